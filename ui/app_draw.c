/* SPDX-License-Identifier: ISC */
/* The frame around a screen: title line, rule, hint line. */
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

static void
draw_title(struct app *app, const struct layer *l)
{
	struct canvas *c = app->canvas;
	int cols = canvas_cols(c), room = draw_right(app, cols) - 1, used;
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
		canvas_fit(
		    c, 0, 1 + used, room - used, STYLE_DIM, facts, false);
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

/* Key and word at col, if they fit before end; the columns used. */
static int
draw_hint(struct canvas *c, int row, int col, int end, const char *key,
    const char *word)
{
	int k = text_width(key, strlen(key));
	int w = text_width(word, strlen(word));

	if (col + k + 1 + w > end)
		return 0;
	canvas_puts(c, row, col, k, STYLE_KEY, key);
	canvas_puts(c, row, col + k + 1, w, STYLE_HINT, word);
	return k + 1 + w;
}

/* "Enter accept|Esc drop": a key, a blank, its word. */
static void
draw_own_hints(struct app *app, const char *hints, int row)
{
	struct canvas *c = app->canvas;
	int col = 1, used;

	while (*hints) {
		size_t len = strcspn(hints, "|"), key = strcspn(hints, " ");
		char *k = xstrndup(hints, key);
		char *word = xstrndup(hints + key + 1, len - key - 1);

		used = draw_hint(c, row, col, canvas_cols(c), k, word);
		free(word);
		free(k);
		if (used == 0)
			break;
		col += used + 3;
		hints += len + (hints[len] == '|');
	}
}

static void
draw_hints(struct app *app, const struct layer *l, int row)
{
	const struct command *help =
	    command_by_name(app_bound(app, app_commands()), "help");
	struct canvas *c = app->canvas;
	int col = 1, end = canvas_cols(c), used;
	char key[32];

	/* Room for the last one, which is always there. */
	end -=
	    (int)strlen(command_key(help, key)) + 4 + (int)strlen(help->hint);
	for (const struct command *row_of = app_bound(app, l->screen->commands);
	     row_of && row_of->name; row_of++) {
		if (!row_of->hint || !*command_key(row_of, key))
			continue;
		used = draw_hint(c, row, col, end, key, row_of->hint);
		if (used == 0)
			break;
		col += used + 3;
	}
	if (l->screen != &help_screen)
		draw_hint(c, row, col, canvas_cols(c), command_key(help, key),
		    help->hint);
}

static void
draw_question(struct app *app, int row)
{
	struct canvas *c = app->canvas;
	int width = 0, col, cols = canvas_cols(c);
	char key[32];

	for (size_t i = 0; i < app->ask.n; i++) {
		const struct answer *a = &app->ask.answers[i];

		key_label(a->key, key);
		width += text_width(key, strlen(key)) + 3 +
			 text_width(a->word, strlen(a->word));
	}
	/* The answers stay whole; the question gives way. */
	col = 1;
	col +=
	    canvas_fit(c, row, col, cols - width - 2 > 8 ? cols - width - 2 : 8,
		STYLE_WARNING, app->ask.text, false);
	col += 2;
	for (size_t i = 0; i < app->ask.n; i++) {
		const struct answer *a = &app->ask.answers[i];

		col += draw_hint(
		    c, row, col, cols, key_label(a->key, key), a->word);
		col += 2;
	}
}

static void
draw_prompt(struct app *app, int row)
{
	struct canvas *c = app->canvas;
	struct ask *ask = &app->ask;
	const char *typed = buf_text(&ask->input.text);
	int cols = canvas_cols(c), col = 1, width;
	struct buf names = {0};

	col += canvas_fit(c, row, col, cols / 2, STYLE_KEY, ask->text, false);
	/* A sign, as ":" and "/", stands right before what is typed. */
	if (strlen(ask->text) > 1)
		col++;
	input_draw(&ask->input, c, row, col, cols - col);
	width = text_width(typed, ask->input.text.len);
	if (ask->complete && col + width + 4 < cols) {
		ask->complete(app, typed, &names);
		canvas_fit(c, row, col + width + 3, cols - col - width - 3,
		    STYLE_DIM, buf_text(&names), false);
	}
	buf_dispose(&names);
}

static void
draw_screen_hints(struct app *app, const struct layer *l, int row)
{
	const char *own =
	    l->screen->hints ? l->screen->hints(app, l->self) : NULL;

	if (own)
		draw_own_hints(app, own, row);
	else
		draw_hints(app, l, row);
}

static void
draw_hint_line(struct app *app, const struct layer *l, int row)
{
	struct canvas *c = app->canvas;

	if (app->ask.what == ASK_QUESTION)
		draw_question(app, row);
	else if (app->ask.what == ASK_PROMPT)
		draw_prompt(app, row);
	else if (app->message)
		canvas_fit(c, row, 1, canvas_cols(c) - 1, app->message_style,
		    app->message, false);
	else
		draw_screen_hints(app, l, row);
}

void
app_draw(struct app *app)
{
	struct canvas *c = app->canvas;
	const struct layer *l = &app->layers[app->nlayers - 1];
	int rows = canvas_rows(c), row, col;
	struct area area = canvas_area(c);
	bool cursor;

	canvas_clear(c);
	/* With few rows the rule goes first, then the title, then the hints. */
	area.row = rows >= 5 ? 2 : rows >= 3 ? 1 : 0;
	area.rows = rows - area.row - (rows >= 2 ? 1 : 0);
	if (area.row > 0)
		draw_title(app, l);
	if (rows >= 2)
		draw_hint_line(app, l, rows - 1);
	cursor =
	    app->ask.what == ASK_PROMPT && canvas_get_cursor(c, &row, &col);
	l->screen->draw(app, l->self, c, area);
	if (cursor)
		canvas_cursor(c, row, col);
	if (area.row > 1)
		draw_rule(c);
	app->face->show(app->face, c);
	app->dirty = false;
}
