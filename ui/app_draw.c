/* SPDX-License-Identifier: ISC */
/* The frame around a screen: title line and rule. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "mem.h"
#include "text.h"

/* A job that is over sooner is not shown at all. */
#define SHOW_AFTER_MS 200

static void
describe(const struct job *job, char *buf, size_t size)
{
	const char *what = atomic_load(&job->progress.what);
	unsigned done = atomic_load(&job->progress.done);
	unsigned total = atomic_load(&job->progress.total);

	if (!what)
		what = job->name;
	if (total > 0)
		snprintf(buf, size, "%s %u of %u", what, done, total);
	else if (done > 0)
		snprintf(buf, size, "%s %u", what, done);
	else
		snprintf(buf, size, "%s", what);
}

/* Screens show what is said, and how long it takes, as it comes. */
static void
watch_told(struct app *app)
{
	size_t n = work_told(app->work, NULL);
	int64_t seconds =
	    app->busy_since ? (app_clock() - app->busy_since) / 1000 : 0;

	if (n == app->told && seconds == app->busy_shown)
		return;
	app->told = n;
	app->busy_shown = seconds;
	app->dirty = true;
}

void
app_told(struct app *app, struct buf *out)
{
	work_told(app->work, out);
}

void
app_watch_jobs(struct app *app)
{
	struct job *job = work_running(app->work);
	char now[sizeof(app->running)] = "";

	if (!work_busy(app->work))
		app->busy_since = 0;
	else if (app->busy_since == 0)
		app->busy_since = app_clock();
	if (job && app_clock() - app->busy_since >= SHOW_AFTER_MS)
		describe(job, now, sizeof(now));
	watch_told(app);
	if (strcmp(now, app->running) == 0)
		return;
	memcpy(app->running, now, sizeof(now));
	app->dirty = true;
}

/* The branch and how far it is from its upstream: "main +1". */
static void
add_branch(struct app *app, struct buf *b)
{
	const struct repo_head *head = app_head(app);
	bool ascii = canvas_is_ascii(app->canvas);
	char *branch;

	if (!head) {
		buf_puts(b, app->git.error ? "no git" : "");
		return;
	}
	branch = text_fit(head->branch ? head->branch : "detached",
	    strlen(head->branch ? head->branch : "detached"), 24);
	buf_puts(b, branch);
	free(branch);
	if (head->busy)
		buf_printf(b, " (%s)", head->busy);
	if (head->ahead > 0)
		buf_printf(b, " %s%zu", ascii ? "^" : "↑", head->ahead);
	if (head->behind > 0)
		buf_printf(b, " %s%zu", ascii ? "v" : "↓", head->behind);
}

/* The right end of the title line; the columns it leaves. */
static int
draw_right(struct app *app, int cols)
{
	struct buf b = {0};
	int width;

	buf_puts(&b, app->running);
	if (b.len > 0)
		buf_puts(&b, "   ");
	add_branch(app, &b);
	width = text_width(buf_text(&b), b.len);
	/* The words at the left come first. */
	if (width > 0 && width <= cols / 2) {
		canvas_puts(app->canvas, 0, cols - width - 1, width,
		    app->git.error ? STYLE_DIM : STYLE_HINT, buf_text(&b));
		cols -= width + 2;
	}
	buf_dispose(&b);
	return cols;
}

/*
 * The facts after the title's first words, with three blanks before each.  The
 * last one tells of a state and stays; the one before it, a path, gives way.
 */
static void
draw_facts(struct canvas *c, int col, int room, const char *facts)
{
	const char *last = facts, *next;
	int wide;

	while ((next = strstr(last + 1, "   ")))
		last = next;
	wide = text_width(last, strlen(last));
	if (last > facts && text_width(facts, strlen(facts)) > room &&
	    wide < room) {
		char *first = xstrndup(facts, (size_t)(last - facts));

		col +=
		    canvas_fit(c, 0, col, room - wide, STYLE_DIM, first, false);
		room = wide;
		facts = last;
		free(first);
	}
	canvas_fit(c, 0, col, room, STYLE_DIM, facts, false);
}

static void
draw_title(struct app *app, const struct layer *l)
{
	struct canvas *c = app->canvas;
	int cols = canvas_cols(c), room = draw_right(app, cols) - 2, used;
	struct buf words = {0}, clean = {0};
	char *facts;

	l->screen->title(app, l->self, &words);
	text_clean(&clean, buf_text(&words), words.len);
	facts = clean.data ? strstr(clean.data, "  ") : NULL;
	if (facts)
		*facts = '\0';
	used = canvas_fit(c, 0, 1, room, STYLE_TITLE, buf_text(&clean), false);
	if (facts) {
		*facts = ' ';
		draw_facts(c, 1 + used, room - used, facts);
	}
	buf_dispose(&words);
	buf_dispose(&clean);
}

/* The rule under the title, joined with the vertical ones below it. */
static void
draw_rule(struct canvas *c)
{
	bool ascii = canvas_is_ascii(c);

	canvas_hline(c, 1, 0, canvas_cols(c));
	for (int col = 0; col < canvas_cols(c); col++) {
		struct cell below = canvas_cell(c, 2, col);

		if (below.style == STYLE_RULE &&
		    strcmp(below.text, ascii ? "|" : "│") == 0)
			canvas_puts(
			    c, 1, col, 1, STYLE_RULE, ascii ? "+" : "┬");
	}
}

void
app_draw(struct app *app)
{
	struct canvas *c = app->canvas;
	const struct layer *l = &app->layers[app->nlayers - 1];
	int rows = canvas_rows(c);
	struct area area = canvas_area(c);

	canvas_clear(c);
	/* With few rows the rule goes first, then the title, then the hints. */
	area.row = rows >= 5 ? 2 : rows >= 3 ? 1 : 0;
	area.rows = rows - area.row - (rows >= 2 ? 1 : 0);
	/* First, for the title and the hints may tell of what is shown. */
	l->screen->draw(app, l->self, c, area);
	if (area.row > 0)
		draw_title(app, l);
	if (area.row > 1)
		draw_rule(c);
	if (rows >= 2)
		hint_line_draw(app, l, rows - 1);
	app->face->show(app->face, c);
	app->dirty = false;
}
