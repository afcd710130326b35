/* SPDX-License-Identifier: ISC */
/* Text of several lines being edited: rows, and moving by them. */
#include "lines.h"

#include <string.h>

#include "text.h"
#include "theme.h"

/* A row of the wrapped text: bytes from .. end, the next one from next. */
struct row {
	size_t from, end, next;
	bool last; /* of its line */
};

void
lines_set(struct lines *l, const char *s)
{
	l->in.lines = true;
	input_set(&l->in, s);
	l->in.cursor = 0;
	l->top = 0;
	l->goal = -1;
}

void
lines_dispose(struct lines *l)
{
	input_dispose(&l->in);
	*l = (struct lines){0};
}

/* The row that begins at byte from. */
static struct row
row_at(const struct lines *l, size_t from, int cols)
{
	const char *s = buf_text(&l->in.text) + from;
	size_t len = strcspn(s, "\n"), n = text_cut(s, len, cols, NULL);
	size_t blank = n;

	/* The last column is the cursor's at the end of a line. */
	if (n == len)
		return (struct row){from, from + n, from + n + 1, true};
	while (blank > 0 && s[blank - 1] != ' ')
		blank--;
	n = blank > 0 ? blank : n > 0 ? n : text_next(s, len);
	return (struct row){from, from + n, from + n, false};
}

static bool
next_row(const struct lines *l, struct row *r, int cols)
{
	if (r->last && r->end == l->in.text.len)
		return false;
	*r = row_at(l, r->next, cols);
	return true;
}

/* Text may fill a row but for the cursor's column. */
static int
room(int cols)
{
	return cols > 3 ? cols - 1 : 2;
}

size_t
lines_height(const struct lines *l, int cols)
{
	struct row r = row_at(l, 0, room(cols));
	size_t n = 1;

	while (next_row(l, &r, room(cols)))
		n++;
	return n;
}

/* The row that the cursor is in, and its number. */
static struct row
cursor_row(const struct lines *l, int cols, size_t *number)
{
	struct row r = row_at(l, 0, cols);

	*number = 0;
	while (l->in.cursor > r.end || (l->in.cursor == r.end && !r.last)) {
		if (!next_row(l, &r, cols))
			break;
		++*number;
	}
	return r;
}

/* The cursor to row number, as far as there is one, and column goal. */
static void
go_to(struct lines *l, size_t number, int cols)
{
	struct row r = row_at(l, 0, cols);
	size_t len;

	while (number-- > 0 && next_row(l, &r, cols))
		;
	len = text_cut(
	    buf_text(&l->in.text) + r.from, r.end - r.from, l->goal, NULL);
	/* The end of a row that goes on is the start of the next one. */
	if (!r.last && len == r.end - r.from)
		len -= text_prev(buf_text(&l->in.text) + r.from, len);
	l->in.cursor = r.from + len;
}

static bool
by_rows(struct lines *l, long d)
{
	int cols = room(l->cols);
	size_t at;
	struct row r = cursor_row(l, cols, &at);

	if (l->goal < 0)
		l->goal = text_width(
		    buf_text(&l->in.text) + r.from, l->in.cursor - r.from);
	if (d < 0)
		go_to(l, at > (size_t)-d ? at - (size_t)-d : 0, cols);
	else
		go_to(l, at + (size_t)d, cols);
	return true;
}

bool
lines_key(struct lines *l, const struct event *ev)
{
	int page = l->rows > 1 ? l->rows - 1 : 1;

	if (!l->in.pasting) {
		switch (ev->key) {
		case KEY_UP:
			return by_rows(l, -1);
		case KEY_DOWN:
			return by_rows(l, 1);
		case KEY_PGUP:
			return by_rows(l, -page);
		case KEY_PGDN:
			return by_rows(l, page);
		}
	}
	if (!input_key(&l->in, ev))
		return false;
	l->goal = -1;
	return true;
}

void
lines_draw(struct lines *l, struct canvas *c, struct area a)
{
	int cols = room(a.cols);
	const char *s = buf_text(&l->in.text);
	size_t at, n = 0;
	struct row here = cursor_row(l, cols, &at), r = row_at(l, 0, cols);

	l->cols = a.cols;
	l->rows = a.rows;
	if (at < l->top)
		l->top = at;
	if (at >= l->top + (size_t)a.rows)
		l->top = at + 1 - (size_t)a.rows;
	canvas_fill(c, a, STYLE_INPUT);
	do {
		if (n >= l->top && n < l->top + (size_t)a.rows)
			canvas_text(c, a.row + (int)(n - l->top), a.col, a.cols,
			    STYLE_INPUT, s + r.from, r.end - r.from);
		n++;
	} while (n < l->top + (size_t)a.rows && next_row(l, &r, cols));
	canvas_cursor(c, a.row + (int)(at - l->top),
	    a.col + text_width(s + here.from, l->in.cursor - here.from));
}
