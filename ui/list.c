/* SPDX-License-Identifier: ISC */
/* A list's cursor and scroll. */
#include "list.h"

#define CONTEXT 3 /* rows kept in sight above and below the cursor */
#define WHEEL   3 /* rows a turn */

/* Scroll no more than needed to have the cursor and its context in sight. */
static void
follow(struct list *l)
{
	size_t rows = l->rows > 0 ? (size_t)l->rows : 1;
	size_t context = rows > 2 * CONTEXT ? CONTEXT : (rows - 1) / 2;
	size_t last = l->n > rows ? l->n - rows : 0;

	if (l->cursor < l->top + context)
		l->top = l->cursor > context ? l->cursor - context : 0;
	if (l->cursor + context + 1 > l->top + rows)
		l->top = l->cursor + context + 1 - rows;
	if (l->top > last)
		l->top = last;
}

void
list_layout(struct list *l, size_t n, int rows)
{
	l->n = n;
	l->rows = rows;
	list_move(l, l->cursor);
}

void
list_move(struct list *l, size_t cursor)
{
	l->cursor = cursor < l->n ? cursor : l->n > 0 ? l->n - 1 : 0;
	follow(l);
}

/* By d rows, stopping at the ends. */
static void
by(struct list *l, long d)
{
	size_t up = d < 0 ? (size_t)-d : 0;

	if (d > 0)
		list_move(l, l->cursor + (size_t)d);
	else
		list_move(l, l->cursor > up ? l->cursor - up : 0);
}

/* Scroll the rows; the cursor goes along only when it would leave them. */
static void
wheel(struct list *l, int d)
{
	size_t rows = l->rows > 0 ? (size_t)l->rows : 1;
	size_t last = l->n > rows ? l->n - rows : 0;
	size_t context = rows > 2 * CONTEXT ? CONTEXT : (rows - 1) / 2;
	size_t low, high;

	if (d < 0)
		l->top = l->top > WHEEL ? l->top - WHEEL : 0;
	else
		l->top = l->top + WHEEL < last ? l->top + WHEEL : last;
	low = l->top > 0 ? l->top + context : 0;
	high = l->top < last ? l->top + rows - 1 - context : l->n;
	if (l->cursor < low)
		l->cursor = low;
	if (l->cursor > high)
		l->cursor = high;
	list_move(l, l->cursor);
}

bool
list_key(struct list *l, int key)
{
	int page = l->rows > 1 ? l->rows - 1 : 1;

	switch (key) {
	case 'j':
	case KEY_DOWN:
		by(l, 1);
		return true;
	case 'k':
	case KEY_UP:
		by(l, -1);
		return true;
	case 'g':
	case KEY_HOME:
		list_move(l, 0);
		return true;
	case 'G':
	case KEY_END:
		list_move(l, l->n);
		return true;
	case KEY_PGDN:
		by(l, page);
		return true;
	case KEY_PGUP:
		by(l, -page);
		return true;
	case KEY_WHEEL_UP:
		wheel(l, -1);
		return true;
	case KEY_WHEEL_DOWN:
		wheel(l, 1);
		return true;
	}
	return false;
}

bool
list_click(struct list *l, int row)
{
	if (row < 0 || row >= l->rows || l->top + (size_t)row >= l->n)
		return false;
	list_move(l, l->top + (size_t)row);
	return true;
}
