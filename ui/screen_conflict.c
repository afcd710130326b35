/* SPDX-License-Identifier: ISC */
/*
 * Conflict: what the remote and we have changed in different ways, a piece a
 * row; below, the piece under the cursor as it was, theirs and mine.  Nothing
 * is changed until all is decided, and leaving it changes nothing.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "file.h"
#include "list.h"
#include "mem.h"
#include "publish.h"
#include "publish_merge.h"
#include "screen.h"
#include "text.h"
#include "theme.h"

struct deciding {
	struct publish_conflicts all;
	struct list list;
	struct area area; /* of the list, as last drawn */
	size_t n;
};

static void *
conflict_open(struct app *app, const void *arg, struct err *err)
{
	struct deciding *d = xcalloc(1, sizeof(*d));
	struct publish_conflicts *from =
	    ((const struct conflict_arg *)arg)->all;

	(void)app;
	(void)err;
	d->all = *from;
	*from = (struct publish_conflicts){0};
	for (size_t i = 0; i < d->all.n; i++)
		d->n += d->all.v[i].n;
	d->list.n = d->n;
	return d;
}

static void
conflict_close(struct app *app, void *self)
{
	struct deciding *d = self;

	(void)app;
	publish_conflicts_dispose(&d->all);
	free(d);
}

static void
conflict_title(struct app *app, void *self, struct buf *dst)
{
	struct deciding *d = self;
	size_t n = publish_conflicts_asks(&d->all);

	(void)app;
	buf_puts(dst, "Changed here and on the remote");
	if (n > 0)
		buf_printf(dst, "   %zu to decide", n);
}

/* The piece at a row, and the file that it is of. */
static struct publish_piece *
piece_at(struct deciding *d, size_t row, struct publish_conflict **file)
{
	for (size_t i = 0; i < d->all.n; i++) {
		*file = &d->all.v[i];
		if (row < (*file)->n)
			return &(*file)->pieces[row];
		row -= (*file)->n;
	}
	return NULL;
}

static bool
is_open(const struct publish_conflict *file, const struct publish_piece *p)
{
	return p->choice == MERGE_ASK && !file->edited;
}

static void
draw_row(struct canvas *c, struct area a, const struct publish_conflict *file,
    const struct publish_piece *p, bool current)
{
	bool open = is_open(file, p);
	const char *word = file->edited              ? "edited"
			   : open                    ? "?"
			   : p->choice == MERGE_OURS ? "mine"
						     : "theirs";
	int style = current ? STYLE_CURSOR : open ? STYLE_WARNING : STYLE_TEXT;
	int used;

	if (current)
		canvas_fill(c, a, STYLE_CURSOR);
	canvas_fit(c, a.row, a.col + 1, 6, style, word, false);
	used =
	    canvas_fit(c, a.row, a.col + 9, a.cols / 3, style, p->name, false);
	if (a.cols - used - 13 > 0)
		canvas_fit(c, a.row, a.col + 11 + used, a.cols - used - 12,
		    current ? STYLE_CURSOR_DIM : STYLE_DIM, file->path, false);
}

/* Lines of a text, wrapped; returns the row after them. */
static int
draw_text(struct canvas *c, struct area a, int style, const char *text)
{
	const char *nl;
	size_t len, n;

	while (*text && a.rows > 0) {
		nl = strchr(text, '\n');
		len = nl ? (size_t)(nl - text) : strlen(text);
		n = text_cut(text, len, a.cols, NULL);
		if (n == 0 && len > 0)
			n = len;
		canvas_text(c, a.row, a.col, a.cols, style, text, n);
		a.row++;
		a.rows--;
		text += n + (n == len && nl);
	}
	return a.row;
}

static int
draw_side(struct canvas *c, struct area a, const char *label, bool chosen,
    const char *text)
{
	int style = chosen ? STYLE_CHANGED : STYLE_TEXT;

	if (a.rows <= 0)
		return a.row;
	canvas_puts(c, a.row, a.col + 1, 1, style, chosen ? ">" : " ");
	canvas_puts(c, a.row, a.col + 3, 7, chosen ? style : STYLE_DIM, label);
	a.col += 11;
	a.cols -= 12;
	if (!text)
		text = "(not there)";
	else if (!*text)
		text = "(empty)";
	return draw_text(c, a, style, text);
}

static void
draw_piece(struct canvas *c, struct area a, const struct publish_conflict *file,
    const struct publish_piece *p)
{
	const struct {
		const char *label, *text;
		bool chosen;
	} sides[] = {
	    {"mine", p->mine, !file->edited && p->choice == MERGE_OURS},
	    {"theirs", p->theirs, !file->edited && p->choice == MERGE_THEIRS},
	    {"was", p->base, false},
	};
	int end = a.row + a.rows, left;

	for (size_t i = 0; i < NITEMS(sides) && a.row < end; i++) {
		/* Each gets its share, and what the ones before left. */
		left = (int)(NITEMS(sides) - i);
		a.rows = (end - a.row + left - 1) / left;
		a.row = draw_side(
		    c, a, sides[i].label, sides[i].chosen, sides[i].text);
	}
}

static void
conflict_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct deciding *d = self;
	struct area a = {area.row, area.col, 1, area.cols};
	struct publish_conflict *file = NULL;
	struct publish_piece *p;
	int rows = area.rows / 3 > 0 ? area.rows / 3 : 1;

	(void)app;
	if ((size_t)rows > d->n)
		rows = (int)d->n;
	d->area = (struct area){area.row, area.col, rows, area.cols};
	list_layout(&d->list, d->n, rows);
	for (size_t i = d->list.top; i < d->n && a.row < area.row + rows; i++) {
		p = piece_at(d, i, &file);
		draw_row(c, a, file, p, i == d->list.cursor);
		a.row++;
	}
	p = piece_at(d, d->list.cursor, &file);
	if (p && area.rows > rows + 1)
		draw_piece(c,
		    (struct area){area.row + rows + 1, area.col,
			area.rows - rows - 1, area.cols},
		    file, p);
}

static void
go_to_open(struct deciding *d)
{
	struct publish_conflict *file = NULL;
	struct publish_piece *p;

	for (size_t i = 0; i < d->n; i++) {
		size_t at = (d->list.cursor + i) % d->n;

		p = piece_at(d, at, &file);
		if (p && is_open(file, p)) {
			list_move(&d->list, at);
			return;
		}
	}
}

static void
choose(struct app *app, struct deciding *d, enum merge_choice choice, bool all)
{
	struct publish_conflict *file = NULL;
	struct publish_piece *p;

	for (size_t i = 0; i < d->n; i++) {
		p = piece_at(d, i, &file);
		if (all ? !is_open(file, p) : i != d->list.cursor)
			continue;
		free(file->edited);
		file->edited = NULL;
		p->choice = choice;
	}
	go_to_open(d);
	app_dirty(app);
}

static void
take_mine(struct app *app, void *self)
{
	choose(app, self, MERGE_OURS, false);
}

static void
take_theirs(struct app *app, void *self)
{
	choose(app, self, MERGE_THEIRS, false);
}

static void
all_mine(struct app *app, void *self)
{
	choose(app, self, MERGE_OURS, true);
}

static void
all_theirs(struct app *app, void *self)
{
	choose(app, self, MERGE_THEIRS, true);
}

static void
edit_both(struct app *app, void *self)
{
	struct deciding *d = self;
	struct publish_conflict *file = NULL;
	char *text, *edited;
	struct err err;

	if (!piece_at(d, d->list.cursor, &file))
		return;
	for (size_t i = 0; i < file->nfields && !file->edited; i++)
		if (file->pieces[i].choice == MERGE_ASK) {
			app_warn(
			    app, "the fields first: m mine, t theirs; then e");
			return;
		}
	text =
	    file->edited ? xstrdup(file->edited) : publish_conflict_text(file);
	if (!text) {
		app_warn(app, "it is no text: m mine, t theirs");
		return;
	}
	edited = app_edit_text(app, path_base(file->path), text);
	free(text);
	if (!edited)
		return;
	if (!publish_conflict_edited(file, edited, &err))
		app_error(app, &err);
	else
		go_to_open(d);
	free(edited);
	app_dirty(app);
}

static void
accept(struct app *app, void *self)
{
	struct deciding *d = self;
	size_t n = publish_conflicts_asks(&d->all);

	if (n > 0) {
		app_warn(app, "%zu %s left to decide: m mine, t theirs", n,
		    n == 1 ? "is" : "are");
		go_to_open(d);
		return;
	}
	app_pop(app);
	app_sync_decided(app, &d->all);
}

static bool
conflict_event(struct app *app, void *self, const struct event *e)
{
	struct deciding *d = self;
	bool taken;

	if (e->key == KEY_MOUSE || e->key == KEY_DOUBLE)
		taken = list_click(&d->list, e->row - d->area.row);
	else
		taken = list_key(&d->list, e->key);
	if (taken)
		app_dirty(app);
	return taken;
}

static const char *
conflict_hints(struct app *app, void *self)
{
	(void)app;
	(void)self;
	return "m mine|t theirs|e edit|Enter push|=back leave all as it is";
}

static const struct command conflict_commands[] = {
    {"take-mine", "m", "mine", "Take mine of the piece", take_mine},
    {"take-theirs", "t", "theirs", "Take what the remote has", take_theirs},
    {"all-mine", "M", NULL, "Take mine of all that is left to decide",
	all_mine},
    {"all-theirs", "T", NULL, "Take theirs of all that is left to decide",
	all_theirs},
    {"edit-both", "e", "edit", "Edit the file with both sides in the editor",
	edit_both},
    {"accept", "Enter", "push", "Put it together as chosen, and push", accept},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct screen conflict_screen = {
    .name = "conflict",
    .commands = conflict_commands,
    .open = conflict_open,
    .close = conflict_close,
    .title = conflict_title,
    .draw = conflict_draw,
    .hints = conflict_hints,
    .event = conflict_event,
};
