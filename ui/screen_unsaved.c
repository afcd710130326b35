/* SPDX-License-Identifier: ISC */
/*
 * Unsaved: the edits that a program that was killed has left, post by post, to
 * be restored in a form or discarded.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "date.h"
#include "app_keep.h"
#include "list.h"
#include "mem.h"
#include "merge.h"
#include "recover.h"
#include "screen.h"
#include "theme.h"

struct unsaved {
	struct recover_item *const *items; /* the store's */
	struct list list;
	struct merge *edits; /* of the item under the cursor */
	struct area area;
};

static const struct recover_item *
current(const struct unsaved *u)
{
	return u->list.n > 0 ? u->items[u->list.cursor] : NULL;
}

static void
show_edits(struct unsaved *u)
{
	const struct recover_item *item = current(u);

	merge_free(u->edits);
	u->edits = item ? merge_new(item->base, item->ours, item->base) : NULL;
}

static void
read_list(struct app *app, struct unsaved *u)
{
	size_t n;

	u->items = keep_list(app, &n);
	list_layout(&u->list, n, u->list.rows ? u->list.rows : 1);
	show_edits(u);
}

static void *
unsaved_open(struct app *app, const void *arg, struct err *err)
{
	struct unsaved *u = xcalloc(1, sizeof(*u));

	(void)arg;
	(void)err;
	read_list(app, u);
	return u;
}

static void
unsaved_close(struct app *app, void *self)
{
	struct unsaved *u = self;

	(void)app;
	merge_free(u->edits);
	free(u);
}

static void
unsaved_title(struct app *app, void *self, struct buf *dst)
{
	struct unsaved *u = self;

	(void)app;
	buf_printf(dst, "Unsaved edits   %zu post%s", u->list.n,
	    u->list.n == 1 ? "" : "s");
}

static void
draw_item(struct app *app, struct canvas *c, struct area a,
    const struct recover_item *item, bool cursor)
{
	char *far = date_distance(item->when, app_now(app));
	int used, right = (int)strlen(far) + 2;

	if (cursor)
		canvas_fill(c, a, STYLE_CURSOR);
	used = canvas_fit(c, a.row, a.col + 2, a.cols - right - 4,
	    cursor ? STYLE_CURSOR : STYLE_TEXT, item->path, false);
	canvas_puts(c, a.row, a.col + 2 + used + 2, right,
	    cursor ? STYLE_CURSOR_DIM : STYLE_DIM, far);
	free(far);
}

static void
add_text(struct buf *b, const struct value *v)
{
	if (!v)
		buf_puts(b, "(not there)");
	else if (value_text(v))
		buf_add(b, value_text(v), v->len);
	else
		value_json(v, 0, b);
}

static void
draw_edit(struct canvas *c, struct area a, int *row, char sign,
    const char *path, const struct value *v)
{
	struct buf b = {0};

	if (!v || *row >= a.row + a.rows)
		return;
	buf_printf(&b, "%c %s: ", sign, path);
	add_text(&b, v);
	canvas_fit(c, (*row)++, a.col + 4, a.cols - 5,
	    sign == '+' ? STYLE_ADDED : STYLE_REMOVED, buf_text(&b), false);
	buf_dispose(&b);
}

static void
unsaved_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct unsaved *u = self;
	int rows = area.rows > 3 ? (area.rows - 1) / 2 : 1, row;
	struct area a = {area.row, area.col, 1, area.cols};

	u->area = area;
	if (u->list.n == 0) {
		canvas_puts(c, area.row, area.col + 2, area.cols - 3, STYLE_DIM,
		    "There are no unsaved edits.");
		return;
	}
	if ((size_t)rows > u->list.n)
		rows = (int)u->list.n;
	list_layout(&u->list, u->list.n, rows);
	for (size_t i = u->list.top; i < u->list.n && rows-- > 0; i++) {
		draw_item(app, c, a, u->items[i], i == u->list.cursor);
		a.row++;
	}
	row = a.row + 1;
	for (size_t i = 0; i < u->edits->n; i++) {
		const struct merge_field *f = &u->edits->v[i];

		draw_edit(c, area, &row, '-', f->path, f->base);
		draw_edit(c, area, &row, '+', f->path, f->ours);
	}
}

static bool
unsaved_event(struct app *app, void *self, const struct event *e)
{
	struct unsaved *u = self;
	bool taken;

	if (e->key == KEY_MOUSE || e->key == KEY_DOUBLE)
		taken = list_click(&u->list, e->row - u->area.row);
	else
		taken = list_key(&u->list, e->key);
	if (taken) {
		show_edits(u);
		app_dirty(app);
	}
	return taken;
}

/* Back from a form: what was restored is no longer here. */
static void
unsaved_notice(struct app *app, void *self, enum notice what)
{
	struct unsaved *u = self;

	if (what != NOTICE_SHOWN)
		return;
	read_list(app, u);
	if (u->list.n == 0)
		app_pop(app);
	app_dirty(app);
}

static void
restore(struct app *app, void *self)
{
	const struct recover_item *item = current(self);

	if (item)
		keep_restore(app, item);
}

static void
discard_answer(struct app *app, void *ctx, int key)
{
	struct unsaved *u = ctx;
	const struct recover_item *item = current(u);

	if (key != 'y' || !item)
		return;
	recover_discard(app_recover(app), item);
	read_list(app, u);
	app_say(app, "discarded");
	if (u->list.n == 0)
		app_pop(app);
}

static void
discard(struct app *app, void *self)
{
	static const struct answer answers[] = {
	    {'y', "discard"}, {KEY_ESC, "keep"}};

	if (current(self))
		app_ask(app, "Discard these edits for good?", answers,
		    NITEMS(answers), discard_answer, self);
}

static const struct command unsaved_commands[] = {
    {"restore", "Enter", "restore", "Open the form with the edits", restore},
    {"discard", "x", "discard", "Remove the edits for good", discard},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct screen unsaved_screen = {
    .name = "unsaved",
    .commands = unsaved_commands,
    .open = unsaved_open,
    .close = unsaved_close,
    .title = unsaved_title,
    .draw = unsaved_draw,
    .event = unsaved_event,
    .notice = unsaved_notice,
};
