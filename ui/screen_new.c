/* SPDX-License-Identifier: ISC */
/*
 * A new post: its title is asked first, its directory derived from it as the
 * site names its posts, and what it will be is shown while either is typed.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "archetype.h"
#include "hugo.h"
#include "input.h"
#include "mem.h"
#include "schema.h"
#include "text.h"
#include "theme.h"

#define LABELS 12 /* columns of the labels, with a blank on both sides */

enum { TITLE, DIRECTORY, KIND, INPUTS };

static const char *const labels[INPUTS] = {"title:", "directory:", "kind:"};

struct new_post;

/* What a job of Hugo's holds of the screen, which may close before it ends. */
struct link {
	struct new_post *screen; /* NULL: closed */
};

struct new_post {
	char *beside; /* path of the page that it is made next to, or NULL */
	struct input inputs[INPUTS];
	int focus;
	bool own_directory; /* it was edited: the title leaves it alone */
	bool planned;       /* plan is what would be made; else why says */
	struct archetype_plan plan;
	struct err why;
	void (*made)(struct app *, void *ctx, const char *path);
	void *ctx;
	int row;           /* of the first input, as last drawn */
	struct link *link; /* Hugo is making it; NULL: not */
};

static const char *
text_of(const struct new_post *n, int input)
{
	return buf_text(&n->inputs[input].text);
}

/* NULL for what was left empty. */
static const char *
given(const struct new_post *n, int input)
{
	return n->inputs[input].text.len > 0 ? text_of(n, input) : NULL;
}

static struct archetype_spec
spec_of(struct app *app, const struct new_post *n)
{
	return (struct archetype_spec){.path = text_of(n, DIRECTORY),
	    .kind = given(n, KIND),
	    .title = given(n, TITLE),
	    .fill = schema_fill,
	    .ctx = app_schemas(app)};
}

/* What would be made now? */
static void
replan(struct app *app, struct new_post *n)
{
	struct archetype_spec spec = spec_of(app, n);

	archetype_plan_dispose(&n->plan);
	n->why = (struct err){0};
	n->planned = given(n, DIRECTORY) && archetype_plan(app_config(app),
						&spec, &n->plan, &n->why) == 0;
	app_dirty(app);
}

static void
propose(struct app *app, struct new_post *n)
{
	const struct site *site = app_site(app);
	char *path = NULL;

	if (given(n, TITLE) && site)
		path = archetype_propose(site,
		    n->beside ? site_entry(site, n->beside) : NULL,
		    text_of(n, TITLE));
	input_set(&n->inputs[DIRECTORY], path ? path : "");
	free(path);
}

static void *
new_open(struct app *app, const void *arg, struct err *err)
{
	const struct new_arg *a = arg;
	struct new_post *n;

	(void)app;
	(void)err;
	n = xcalloc(1, sizeof(*n));
	n->beside = a->beside ? xstrdup(a->beside) : NULL;
	n->made = a->made;
	n->ctx = a->ctx;
	return n;
}

static void
new_close(struct app *app, void *self)
{
	struct new_post *n = self;

	(void)app;
	for (int i = 0; i < INPUTS; i++)
		input_dispose(&n->inputs[i]);
	archetype_plan_dispose(&n->plan);
	if (n->link)
		n->link->screen = NULL;
	free(n->beside);
	free(n);
}

static void
new_title(struct app *app, void *self, struct buf *dst)
{
	(void)app;
	(void)self;
	buf_puts(dst, "New post");
}

/* A fact with its label; returns the row after it. */
static int
fact(struct canvas *c, struct area a, int row, const char *label,
    const char *text, int style)
{
	if (row >= a.row + a.rows)
		return row;
	canvas_printf(
	    c, row, a.col, LABELS, STYLE_DIM, "%*s", LABELS - 1, label);
	canvas_fit(
	    c, row, a.col + LABELS, a.cols - LABELS - 1, style, text, false);
	return row + 1;
}

/* A text in as many rows as it takes. */
static void
draw_why(struct canvas *c, struct area a, int row, const char *s)
{
	int cols = a.cols - LABELS - 1;
	size_t len = strlen(s), n;

	for (; len > 0 && row < a.row + a.rows; s += n, len -= n, row++) {
		n = text_cut(s, len, cols > 8 ? cols : 8, NULL);
		while (n > 0 && n < len && s[n] != ' ' && s[n - 1] != ' ')
			n--;
		if (n == 0)
			n = text_cut(s, len, cols > 8 ? cols : 8, NULL);
		if (n == 0)
			break;
		canvas_text(c, row, a.col + LABELS, cols, STYLE_ERROR, s, n);
	}
}

static void
draw_plan(struct new_post *n, struct canvas *c, struct area a, int row)
{
	const struct archetype_plan *p = &n->plan;
	char *address = p->permalink ? permalink_readable(p->permalink) : NULL;

	if (n->planned) {
		row = fact(c, a, row, "file:", p->path, STYLE_TEXT);
		row = fact(c, a, row, "address:", *address ? address : "none",
		    STYLE_TEXT);
		row = fact(c, a, row, "from:",
		    p->archetype ? p->archetype : "Hugo's own archetype",
		    STYLE_DIM);
	} else if (n->why.msg[0]) {
		draw_why(c, a, row, n->why.msg);
	} else if (!given(n, TITLE)) {
		canvas_fit(c, row, a.col + LABELS, a.cols - LABELS - 1,
		    STYLE_DIM, "The directory follows from the title.", false);
	}
	free(address);
}

static void
new_draw(struct app *app, void *self, struct canvas *c, struct area a)
{
	struct new_post *n = self;
	int row = a.row + (a.rows > 8), cols = a.cols - LABELS - 1;
	const char *kind = "(the section's)";

	(void)app;
	n->row = row;
	for (int i = 0; i < INPUTS && row < a.row + a.rows; i++, row++) {
		canvas_printf(c, row, a.col, LABELS,
		    i == n->focus ? STYLE_STRONG : STYLE_DIM, "%*s", LABELS - 1,
		    labels[i]);
		if (i == n->focus)
			input_draw(&n->inputs[i], c, row, a.col + LABELS, cols);
		else if (given(n, i))
			canvas_fit(c, row, a.col + LABELS, cols, STYLE_TEXT,
			    text_of(n, i), false);
		else if (i == KIND)
			canvas_fit(c, row, a.col + LABELS, cols, STYLE_DIM,
			    kind, false);
	}
	draw_plan(n, c, a, row + (a.rows > 8));
}

/* The post is there: back to where it was asked for, and stand on it. */
static void
finish(struct app *app, struct new_post *n, const char *path)
{
	void (*made)(struct app *, void *, const char *) = n->made;
	void *ctx = n->ctx;

	app_pop(app);
	app_touched(app, path);
	made(app, ctx, path);
}

/* Hugo makes it, in the background. */
struct hugo_job {
	struct job job;
	struct link *link;
	char *root, *path, *kind, *title, *made;
};

static void
hugo_run(struct job *job)
{
	struct hugo_job *h = (struct hugo_job *)job;

	job->status = hugo_new(h->root, h->path, h->kind, h->title, &h->made,
	    &job->progress, &job->err);
}

static void
hugo_done(struct job *job, void *ctx)
{
	struct hugo_job *h = (struct hugo_job *)job;
	struct new_post *n = h->link->screen;
	struct app *app = ctx;

	if (n)
		n->link = NULL;
	if (h->made)
		app_touched(app, h->made);
	if (job->status == -1) {
		app_error(app, &job->err);
	} else if (n && app_on_top(app, n)) {
		finish(app, n, h->made);
		app_edit(app, h->made);
	} else {
		app_say(app, "made %s", h->made);
	}
	free(h->link);
	free(h->root);
	free(h->path);
	free(h->kind);
	free(h->title);
	free(h->made);
	free(h);
}

static char *
copy(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

static void
ask_hugo_done(struct app *app, void *ctx, int key)
{
	struct new_post *n = ctx;
	struct hugo_job *h;

	if (key != 'h' || !n->plan.hugo || n->link)
		return;
	h = xcalloc(1, sizeof(*h));
	h->job = (struct job){
	    .name = "hugo new", .run = hugo_run, .done = hugo_done};
	h->link = n->link = xcalloc(1, sizeof(*h->link));
	h->link->screen = n;
	h->root = xstrdup(app_config(app)->root);
	h->path = xstrdup(n->plan.hugo);
	h->kind = copy(given(n, KIND));
	h->title = copy(given(n, TITLE));
	app_work(app, &h->job);
}

static void
create(struct app *app, struct new_post *n)
{
	static const struct answer answers[] = {{'h', "hugo new"}, {'n', "no"}};
	struct archetype_spec spec = spec_of(app, n);
	struct err err = {0};
	char *path = NULL;

	replan(app, n);
	if (n->link) {
		app_say(app, "Hugo is making it");
	} else if (!n->planned && n->plan.hugo && hugo_is_there()) {
		app_ask(app, "Only Hugo can make this one. Let it?", answers, 2,
		    ask_hugo_done, n);
	} else if (!n->planned) {
		if (n->why.msg[0])
			app_error(app, &n->why);
		else
			app_warn(app, "a directory first, like blog/my-post");
	} else if (archetype_new(app_config(app), &spec, &path, &err) == -1) {
		app_error(app, &err);
	} else {
		finish(app, n, path);
		app_say(app, "made   e writes, f fields   %s", path);
	}
	free(path);
}

static void
enter(struct app *app, void *self)
{
	struct new_post *n = self;

	if (n->focus != TITLE) {
		create(app, n);
	} else if (!given(n, TITLE)) {
		app_warn(app, "a title first");
	} else {
		n->focus = DIRECTORY;
		app_dirty(app);
	}
}

static void
step(struct app *app, struct new_post *n, int by)
{
	n->focus = (n->focus + by + INPUTS) % INPUTS;
	app_dirty(app);
}

static void
next_input(struct app *app, void *self)
{
	step(app, self, 1);
}

static void
previous_input(struct app *app, void *self)
{
	step(app, self, -1);
}

/* The title's name for the directory again, after it was edited. */
static void
propose_again(struct app *app, void *self)
{
	struct new_post *n = self;

	n->own_directory = false;
	propose(app, n);
	replan(app, n);
}

static bool
mouse(struct app *app, struct new_post *n, const struct event *ev)
{
	int i = ev->row - n->row;

	if (ev->key == KEY_MOUSE && i >= 0 && i < INPUTS)
		n->focus = i;
	app_dirty(app);
	return true;
}

static bool
new_event(struct app *app, void *self, const struct event *ev)
{
	struct new_post *n = self;
	struct input *in = &n->inputs[n->focus];
	char *before;

	if (ev->key == KEY_MOUSE || ev->key == KEY_DOUBLE)
		return mouse(app, n, ev);
	before = xstrdup(buf_text(&in->text));
	if (!input_key(in, ev)) {
		free(before);
		return false;
	}
	if (strcmp(before, buf_text(&in->text)) != 0) {
		if (n->focus == DIRECTORY)
			n->own_directory = given(n, DIRECTORY) != NULL;
		if (n->focus == TITLE && !n->own_directory)
			propose(app, n);
		replan(app, n);
	}
	free(before);
	app_dirty(app);
	return true;
}

static const char *
new_hints(struct app *app, void *self)
{
	const struct new_post *n = self;

	(void)app;
	return n->focus == TITLE ? "Enter directory|Tab next|=back drop"
				 : "Enter make it|Tab next|=back drop";
}

static void
new_notice(struct app *app, void *self, enum notice notice)
{
	if (notice == NOTICE_SITE)
		replan(app, self);
}

static bool
new_leave(struct app *app, void *self)
{
	struct new_post *n = self;

	if (given(n, TITLE) && !n->link)
		app_say(app, "no post was made");
	return true;
}

static const struct command new_commands[] = {
    {"make", "Enter", "make", "On to the directory; there: make the post",
	enter},
    {"next-input", "Tab Down", "next", "Go to the next line", next_input},
    {"previous-input", "Shift-Tab Up", NULL, "Go to the line before",
	previous_input},
    {"propose", "Ctrl-P", NULL, "Derive the directory from the title again",
	propose_again},
    {NULL},
};

const struct screen new_screen = {
    .name = "new",
    .commands = new_commands,
    .open = new_open,
    .close = new_close,
    .title = new_title,
    .draw = new_draw,
    .hints = new_hints,
    .event = new_event,
    .notice = new_notice,
    .leave = new_leave,
};
