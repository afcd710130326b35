/* SPDX-License-Identifier: ISC */
/*
 * The next frame as cells.  A cell keeps a short cluster itself; a longer one
 * stands in the canvas's side buffer until the next canvas_clear().
 */
#include "canvas.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "mem.h"
#include "text.h"
#include "theme.h"

#define ELLIPSIS "\xe2\x80\xa6"
/* Longer clusters are cut: no script needs them, only stacked marks do. */
#define CLUSTER_MAX 64

struct slot {
	char text[11]; /* NUL-terminated; or offset in the side buffer */
	uint8_t width; /* 0 (right half), 1, 2 */
	uint16_t style;
	bool side;
};

/* What a cell of a picture is drawn in. */
struct paint {
	int32_t fg, bg;
};

struct canvas {
	int rows, cols;
	struct slot *slots;
	struct paint *paints; /* one a slot; NULL: there is no picture */
	struct buf side;      /* NUL-terminated clusters */
	bool ascii;
	bool cursor;
	int cursor_row, cursor_col;
};

static struct slot *
slot_at(const struct canvas *c, int row, int col)
{
	return &c->slots[(size_t)row * (size_t)c->cols + (size_t)col];
}

static void
slot_blank(struct slot *s, int style)
{
	*s = (struct slot){.text = " ", .width = 1, .style = (uint16_t)style};
}

struct canvas *
canvas_new(int rows, int cols)
{
	struct canvas *c = xcalloc(1, sizeof(*c));

	canvas_resize(c, rows, cols);
	return c;
}

void
canvas_free(struct canvas *c)
{
	if (!c)
		return;
	free(c->slots);
	free(c->paints);
	buf_dispose(&c->side);
	free(c);
}

void
canvas_resize(struct canvas *c, int rows, int cols)
{
	c->rows = rows < 1 ? 1 : rows > 10000 ? 10000 : rows;
	c->cols = cols < 1 ? 1 : cols > 10000 ? 10000 : cols;
	free(c->paints);
	c->paints = NULL;
	c->slots = xreallocarray(
	    c->slots, (size_t)c->rows * (size_t)c->cols, sizeof(*c->slots));
	canvas_clear(c);
}

void
canvas_clear(struct canvas *c)
{
	size_t n = (size_t)c->rows * (size_t)c->cols;

	for (size_t i = 0; i < n; i++)
		slot_blank(&c->slots[i], STYLE_TEXT);
	buf_clear(&c->side);
	c->cursor = false;
}

int
canvas_rows(const struct canvas *c)
{
	return c->rows;
}

int
canvas_cols(const struct canvas *c)
{
	return c->cols;
}

struct area
canvas_area(const struct canvas *c)
{
	return (struct area){0, 0, c->rows, c->cols};
}

/* Empty a cell; of a wide character the other half becomes a blank. */
static void
slot_vacate(struct canvas *c, int row, int col)
{
	struct slot *s = slot_at(c, row, col);

	if (s->width == 2 && col + 1 < c->cols)
		slot_blank(s + 1, s[1].style);
	if (s->width == 0 && col > 0)
		slot_blank(s - 1, s[-1].style);
}

static void
slot_put(struct canvas *c, int row, int col, int width, int style,
    const char *s, size_t len)
{
	struct slot *slot = slot_at(c, row, col);
	uint32_t at;

	slot_vacate(c, row, col);
	if (width == 2) {
		slot_vacate(c, row, col + 1);
		slot[1] = (struct slot){.style = (uint16_t)style};
	}
	*slot =
	    (struct slot){.width = (uint8_t)width, .style = (uint16_t)style};
	if (len < sizeof(slot->text)) {
		memcpy(slot->text, s, len);
		return;
	}
	if (len > CLUSTER_MAX)
		for (len = CLUSTER_MAX; ((unsigned char)s[len] & 0xc0) == 0x80;)
			len--;
	at = (uint32_t)c->side.len;
	buf_add(&c->side, s, len);
	buf_putc(&c->side, '\0');
	memcpy(slot->text, &at, sizeof(at));
	slot->side = true;
}

/* Where text is being written, and how much room is left. */
struct pen {
	struct canvas *c;
	int row, col, end, style;
};

/* False: it does not fit. */
static bool
pen_put(struct pen *p, const char *s, size_t len, int width)
{
	if (p->col + width > p->end)
		return false;
	if (width > 0 && p->col >= 0)
		slot_put(p->c, p->row, p->col, width, p->style, s, len);
	p->col += width;
	return true;
}

/* One cluster that is no printable ASCII character. */
static bool
pen_cluster(struct pen *p, const char *s, size_t len)
{
	int width = text_width(s, len);
	struct buf clean = {0};
	bool fits = true;

	if (width > 0 && text_valid(s, len) == len)
		return pen_put(p, s, len, width > 2 ? 2 : width);
	text_clean(&clean, s, len);
	/* Still without width: joiners, stray marks; nothing to see. */
	for (size_t at = 0, n; fits && at < clean.len; at += n) {
		n = text_next(clean.data + at, clean.len - at);
		width = text_width(clean.data + at, n);
		fits = pen_put(p, clean.data + at, n, width > 2 ? 2 : width);
	}
	buf_dispose(&clean);
	return fits;
}

/* Write until the end or the edge; the bytes done. */
static size_t
pen_text(struct pen *p, const char *s, size_t len)
{
	size_t at = 0;

	while (at < len) {
		unsigned char b = (unsigned char)s[at];
		unsigned char next =
		    at + 1 < len ? (unsigned char)s[at + 1] : 0;
		size_t n = 1;

		/* ASCII not followed by what may join it. */
		if (b >= ' ' && b < 0x7f && next < 0x80) {
			if (!pen_put(p, s + at, 1, 1))
				break;
		} else {
			n = text_next(s + at, len - at);
			if (!pen_cluster(p, s + at, n))
				break;
		}
		at += n;
	}
	return at;
}

/* False: nothing of it is on the canvas. */
static bool
pen_init(struct pen *p, struct canvas *c, int row, int col, int max, int style)
{
	if (row < 0 || row >= c->rows || col < 0 || col >= c->cols || max <= 0)
		return false;
	if (max > c->cols - col)
		max = c->cols - col;
	*p = (struct pen){c, row, col, col + max, style};
	return true;
}

int
canvas_text(struct canvas *c, int row, int col, int max, int style,
    const char *s, size_t len)
{
	struct pen p;

	if (!pen_init(&p, c, row, col, max, style))
		return 0;
	pen_text(&p, s, len);
	return p.col - col;
}

int
canvas_puts(
    struct canvas *c, int row, int col, int max, int style, const char *s)
{
	return canvas_text(c, row, col, max, style, s, strlen(s));
}

/* Write s again, shorter, with a sign at its end that it was cut. */
static void
pen_ellipsis(struct pen *p, int col, const char *s, size_t len)
{
	const char *sign = p->c->ascii ? ">" : ELLIPSIS;
	int end = p->end;

	p->col = col;
	p->end = end - 1;
	pen_text(p, s, len);
	p->end = end;
	pen_put(p, sign, strlen(sign), 1);
}

int
canvas_fit(struct canvas *c, int row, int col, int max, int style,
    const char *s, bool fill)
{
	size_t len = strlen(s);
	struct pen p;

	if (!pen_init(&p, c, row, col, max, style))
		return 0;
	if (pen_text(&p, s, len) < len)
		pen_ellipsis(&p, col, s, len);
	while (fill && p.col < p.end)
		pen_put(&p, " ", 1, 1);
	return p.col - col;
}

int
canvas_printf(struct canvas *c, int row, int col, int max, int style,
    const char *fmt, ...)
{
	va_list ap;
	char *s;
	int used;

	va_start(ap, fmt);
	s = xvasprintf(fmt, ap);
	va_end(ap);
	used = canvas_fit(c, row, col, max, style, s, false);
	free(s);
	return used;
}

/* n times the same narrow character. */
static void
pen_repeat(struct pen *p, const char *s)
{
	while (pen_put(p, s, strlen(s), 1))
		;
}

void
canvas_fill(struct canvas *c, struct area a, int style)
{
	struct pen p;

	for (int row = a.row; row < a.row + a.rows; row++)
		if (pen_init(&p, c, row, a.col, a.cols, style))
			pen_repeat(&p, " ");
}

void
canvas_hline(struct canvas *c, int row, int col, int n)
{
	struct pen p;

	if (pen_init(&p, c, row, col, n, STYLE_RULE))
		pen_repeat(&p, c->ascii ? "-" : "\xe2\x94\x80");
}

void
canvas_vline(struct canvas *c, int row, int col, int n)
{
	for (int i = 0; i < n; i++)
		canvas_puts(c, row + i, col, 1, STYLE_RULE,
		    c->ascii ? "|" : "\xe2\x94\x82");
}

void
canvas_restyle(struct canvas *c, int row, int col, int n, int style)
{
	if (row < 0 || row >= c->rows || col < 0)
		return;
	for (; n > 0 && col < c->cols; n--, col++) {
		struct slot *s = slot_at(c, row, col);
		int now = style;

		if (style == STYLE_CURSOR &&
		    (s->style & STYLE_MASK) == STYLE_DIM)
			now = STYLE_CURSOR_DIM;
		s->style = (uint16_t)(now | (s->style & ~STYLE_MASK));
	}
}

void
canvas_paint(
    struct canvas *c, int row, int col, uint32_t cp, int32_t fg, int32_t bg)
{
	struct buf text = {0};

	if (row < 0 || row >= c->rows || col < 0 || col >= c->cols)
		return;
	if (!c->paints)
		c->paints = xcalloc(
		    (size_t)c->rows * (size_t)c->cols, sizeof(*c->paints));
	text_encode(&text, cp < ' ' || cp == 0x7f ? '?' : cp);
	if (text_width(text.data, text.len) == 1)
		slot_put(c, row, col, 1, STYLE_PICTURE, text.data, text.len);
	else
		slot_put(c, row, col, 1, STYLE_PICTURE, "?", 1);
	buf_dispose(&text);
	c->paints[(size_t)row * (size_t)c->cols + (size_t)col] =
	    (struct paint){fg, bg};
}

void
canvas_ascii(struct canvas *c, bool ascii)
{
	c->ascii = ascii;
}

bool
canvas_is_ascii(const struct canvas *c)
{
	return c->ascii;
}

void
canvas_cursor(struct canvas *c, int row, int col)
{
	c->cursor = row >= 0 && row < c->rows && col >= 0 && col < c->cols;
	c->cursor_row = row;
	c->cursor_col = col;
}

bool
canvas_get_cursor(const struct canvas *c, int *row, int *col)
{
	if (c->cursor) {
		*row = c->cursor_row;
		*col = c->cursor_col;
	}
	return c->cursor;
}

struct cell
canvas_cell(const struct canvas *c, int row, int col)
{
	const struct slot *s = slot_at(c, row, col);
	const char *text = s->text;
	struct cell cell;
	uint32_t at;

	if (s->side) {
		memcpy(&at, s->text, sizeof(at));
		text = c->side.data + at;
	}
	cell = (struct cell){text, s->width, s->style, -1, -1};
	if (s->style == STYLE_PICTURE && c->paints) {
		cell.fg = c->paints[s - c->slots].fg;
		cell.bg = c->paints[s - c->slots].bg;
	}
	return cell;
}

char *
canvas_row(const struct canvas *c, int row)
{
	struct buf b = {0};
	size_t end = 0;

	for (int col = 0; col < c->cols; col++) {
		struct cell cell = canvas_cell(c, row, col);

		buf_puts(&b, cell.text);
		if (strcmp(cell.text, " ") != 0)
			end = b.len;
	}
	if (b.data)
		b.data[end] = '\0';
	b.len = end;
	return buf_steal(&b);
}
