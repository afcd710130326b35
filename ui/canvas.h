/* SPDX-License-Identifier: ISC */
/*
 * The next frame: cells {grapheme cluster, width, style}.  The one place that
 * cuts text to columns; a wide character is never split, and control characters
 * become harmless here if they did not before.
 */
#ifndef CANVAS_H
#define CANVAS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct canvas;

/* A part of it, in cells. */
struct area {
	int row, col, rows, cols;
};

struct cell {
	const char *text; /* a cluster; "" in the right half of a wide one */
	int width;        /* 0 (right half), 1, 2 */
	uint16_t style;
	int32_t fg, bg; /* of STYLE_PICTURE: 0xRRGGBB, or -1 */
};

struct canvas *canvas_new(int rows, int cols);
void canvas_free(struct canvas *);
void canvas_resize(struct canvas *, int rows, int cols);
void canvas_clear(struct canvas *); /* blanks in STYLE_TEXT, cursor hidden */
int canvas_rows(const struct canvas *);
int canvas_cols(const struct canvas *);
struct area canvas_area(const struct canvas *); /* all of it */

/*
 * Write s[0..len) from (row, col), at most max columns, never over the edge;
 * text that does not fit is cut at a cluster. Returns the columns used.
 */
int canvas_text(struct canvas *, int row, int col, int max, int style,
    const char *s, size_t len);
int canvas_puts(
    struct canvas *, int row, int col, int max, int style, const char *s);
/* The same, with an ellipsis when it was cut, and blanks up to max if fill. */
int canvas_fit(struct canvas *, int row, int col, int max, int style,
    const char *s, bool fill);
int canvas_printf(struct canvas *, int row, int col, int max, int style,
    const char *fmt, ...) __attribute__((format(printf, 6, 7)));
/* Blanks in style. */
void canvas_fill(struct canvas *, struct area, int style);
void canvas_hline(struct canvas *, int row, int col, int n);
void canvas_vline(struct canvas *, int row, int col, int n);
/* Give cells another style, their text kept; attributes stay. STYLE_CURSOR over
 * STYLE_DIM becomes STYLE_CURSOR_DIM. */
void canvas_restyle(struct canvas *, int row, int col, int n, int style);
/*
 * A narrow character in colours of its own, 0xRRGGBB, or -1 for the terminal's:
 * a cell of a picture.  Its style is STYLE_PICTURE until something else is
 * written there or it is restyled.
 */
void canvas_paint(
    struct canvas *, int row, int col, uint32_t cp, int32_t fg, int32_t bg);
/* Lines and signs in ASCII only from now on. */
void canvas_ascii(struct canvas *, bool);
bool canvas_is_ascii(const struct canvas *);

void canvas_cursor(struct canvas *, int row, int col); /* show it there */
bool canvas_get_cursor(const struct canvas *, int *row, int *col);
struct cell canvas_cell(const struct canvas *, int row, int col);
/* A row's text without trailing blanks. Caller frees. */
char *canvas_row(const struct canvas *, int row);

#endif
