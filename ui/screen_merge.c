/* SPDX-License-Identifier: ISC */
/*
 * Merge: a post that another program changed while it was edited here, field by
 * field: what it was, mine, theirs, and which of the two it is to be.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "list.h"
#include "mem.h"
#include "merge.h"
#include "screen.h"
#include "theme.h"

enum { ROWS = 3, LABEL = 10 }; /* of a field; columns of "theirs" */

struct merging {
	char *path;
	struct merge_arg arg;
	struct list list;
	struct area area; /* as last drawn */
	char hints[64];
};

static void *
merge_open(struct app *app, const void *arg, struct err *err)
{
	struct merging *m = xcalloc(1, sizeof(*m));
	const struct merge *merge;

	(void)app;
	(void)err;
	m->arg = *(const struct merge_arg *)arg;
	m->path = xstrdup(m->arg.path);
	merge = m->arg.merge;
	m->list.n = merge->n;
	for (size_t i = merge->n; i-- > 0;)
		if (merge->v[i].choice == MERGE_ASK)
			m->list.cursor = i;
	return m;
}

static void
merge_close(struct app *app, void *self)
{
	struct merging *m = self;

	if (m->arg.done)
		m->arg.done(app, m->arg.ctx, false);
	free(m->path);
	free(m);
}

static void
merge_title(struct app *app, void *self, struct buf *dst)
{
	struct merging *m = self;
	size_t n = merge_asks(m->arg.merge);

	(void)app;
	buf_printf(dst, "Changed on disk   %s", m->path);
	if (n > 0)
		buf_printf(dst, "   %zu to decide", n);
}

/* A value in one line. Caller frees. */
static char *
shown(const struct value *v)
{
	struct buf b = {0};

	if (!v)
		return xstrdup("(not there)");
	if (v->type == VALUE_NULL)
		return xstrdup("(empty)");
	if (value_text(v))
		return xstrndup(value_text(v), v->len);
	value_json(v, 0, &b);
	return buf_steal(&b);
}

static void
draw_side(struct canvas *c, struct area a, const struct merge_field *f,
    enum merge_choice side)
{
	bool chosen = f->choice == side;
	const struct value *v = side == MERGE_OURS ? f->ours : f->theirs;
	int style = chosen                   ? STYLE_CHANGED
		    : f->choice == MERGE_ASK ? STYLE_TEXT
					     : STYLE_DIM;
	char *text = shown(v);

	canvas_puts(c, a.row, a.col + 2, 2, style, chosen ? ">" : " ");
	canvas_puts(c, a.row, a.col + 4, LABEL - 2, style,
	    side == MERGE_OURS ? "mine" : "theirs");
	canvas_fit(c, a.row, a.col + 2 + LABEL, a.cols - LABEL - 3, style, text,
	    false);
	free(text);
}

static const char *
state_of(const struct merge_field *f)
{
	if (f->choice == MERGE_ASK)
		return "changed on both sides";
	if (f->both)
		return "";
	return f->choice == MERGE_OURS ? "changed here" : "changed there";
}

static void
draw_field(
    struct canvas *c, struct area a, const struct merge_field *f, bool current)
{
	bool asks = f->choice == MERGE_ASK;
	struct area side = {a.row + 1, a.col, 1, a.cols};
	char *was = shown(f->base), *text;
	int used;

	text = xasprintf("%s   was: %s", state_of(f), was);
	if (current)
		canvas_fill(
		    c, (struct area){a.row, a.col, 1, a.cols}, STYLE_CURSOR);
	canvas_puts(c, a.row, a.col, 1, current ? STYLE_CURSOR : STYLE_WARNING,
	    asks ? "?" : " ");
	a.col += 2;
	a.cols -= 3;
	used = canvas_fit(c, a.row, a.col, a.cols,
	    current ? STYLE_CURSOR : STYLE_STRONG, f->path, false);
	if (used + 2 < a.cols)
		canvas_fit(c, a.row, a.col + used + 2, a.cols - used - 2,
		    current ? STYLE_CURSOR_DIM
		    : asks  ? STYLE_WARNING
			    : STYLE_DIM,
		    text + strspn(text, " "), false);
	draw_side(c, side, f, MERGE_OURS);
	side.row++;
	draw_side(c, side, f, MERGE_THEIRS);
	free(text);
	free(was);
}

static void
merge_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct merging *m = self;
	const struct merge *merge = m->arg.merge;
	struct area a = area;
	int below = merge->body && area.rows > 2 * ROWS ? 1 : 0;

	(void)app;
	m->area = area;
	list_layout(&m->list, merge->n,
	    area.rows - below >= ROWS ? (area.rows - below) / ROWS : 1);
	for (size_t i = m->list.top; i < merge->n; i++) {
		if (a.row + ROWS > area.row + area.rows - below)
			break;
		draw_field(c, a, &merge->v[i], i == m->list.cursor);
		a.row += ROWS;
	}
	if (below)
		canvas_fit(c, area.row + area.rows - 1, area.col + 2,
		    area.cols - 3, STYLE_DIM,
		    "The text below the fields changed there: it stays theirs.",
		    false);
}

static void
go_to_open(struct merging *m)
{
	const struct merge *merge = m->arg.merge;

	for (size_t i = 0; i < merge->n; i++) {
		size_t at = (m->list.cursor + i) % merge->n;

		if (merge->v[at].choice == MERGE_ASK) {
			list_move(&m->list, at);
			return;
		}
	}
}

static void
choose(struct app *app, struct merging *m, enum merge_choice choice)
{
	struct merge *merge = m->arg.merge;

	if (merge->n == 0)
		return;
	merge->v[m->list.cursor].choice = choice;
	go_to_open(m);
	app_dirty(app);
}

static void
take_mine(struct app *app, void *self)
{
	choose(app, self, MERGE_OURS);
}

static void
take_theirs(struct app *app, void *self)
{
	choose(app, self, MERGE_THEIRS);
}

/* All that is left to decide; when nothing is, all that both changed. */
static void
choose_all(struct app *app, struct merging *m, enum merge_choice choice)
{
	struct merge *merge = m->arg.merge;
	bool left = merge_asks(merge) > 0;

	for (size_t i = 0; i < merge->n; i++)
		if (left ? merge->v[i].choice == MERGE_ASK : merge->v[i].both)
			merge->v[i].choice = choice;
	app_dirty(app);
}

static void
all_mine(struct app *app, void *self)
{
	choose_all(app, self, MERGE_OURS);
}

static void
all_theirs(struct app *app, void *self)
{
	choose_all(app, self, MERGE_THEIRS);
}

static void
turn(struct app *app, void *self)
{
	struct merging *m = self;
	const struct merge *merge = m->arg.merge;

	if (merge->n > 0)
		choose(app, m,
		    merge->v[m->list.cursor].choice == MERGE_OURS ? MERGE_THEIRS
								  : MERGE_OURS);
}

static void
accept(struct app *app, void *self)
{
	struct merging *m = self;
	struct merge_arg arg = m->arg;
	size_t n = merge_asks(arg.merge);

	if (n > 0) {
		app_warn(app, "%zu field%s to decide: m mine, t theirs", n,
		    n == 1 ? " is left" : "s are left");
		go_to_open(m);
		return;
	}
	m->arg.done = NULL;
	app_pop(app);
	arg.done(app, arg.ctx, true);
}

static bool
merge_event(struct app *app, void *self, const struct event *e)
{
	struct merging *m = self;
	bool taken;

	if (e->key == KEY_MOUSE || e->key == KEY_DOUBLE)
		taken = list_click(&m->list, (e->row - m->area.row) / ROWS);
	else
		taken = list_key(&m->list, e->key);
	if (taken)
		app_dirty(app);
	return taken;
}

static const char *
merge_hints(struct app *app, void *self)
{
	struct merging *m = self;

	(void)app;
	snprintf(m->hints, sizeof(m->hints),
	    "m mine|t theirs|Enter %s|=back leave it", m->arg.verb);
	return m->hints;
}

static const struct command merge_commands[] = {
    {"take-mine", "m", "mine", "Take my value of the field", take_mine},
    {"take-theirs", "t", "theirs", "Take the value on the disk", take_theirs},
    {"turn", "Space", NULL, "Take the other of the two", turn},
    {"all-mine", "M", NULL, "Take mine of all that is left to decide",
	all_mine},
    {"all-theirs", "T", NULL, "Take theirs of all that is left to decide",
	all_theirs},
    {"accept", "Enter", "done", "Save or restore what was chosen", accept},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct screen merge_screen = {
    .name = "merge",
    .commands = merge_commands,
    .open = merge_open,
    .close = merge_close,
    .title = merge_title,
    .draw = merge_draw,
    .hints = merge_hints,
    .event = merge_event,
};
