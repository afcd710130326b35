/* SPDX-License-Identifier: ISC */
/*
 * How large a picture is in cells.  It is known from the pixels alone, before
 * any is decoded, so that nothing moves when it is drawn.
 */
#include "md_priv.h"

enum {
	CELL_WIDTH = 8, /* pixels of a cell, about, where none is scaled */
	CELL_HEIGHT = 16,
	LEAST_COLS = 4, /* below: nothing could be made out */
	LEAST_ROWS = 2,
};

bool
md_picture_fit(const struct md_picture *p, int most_cols, int most_rows,
    int *cols, int *rows)
{
	int64_t w = p->width, h = p->height, c, r;

	if (p->missing || w <= 0 || h <= 0)
		return false;
	c = (w + CELL_WIDTH - 1) / CELL_WIDTH;
	if (c > most_cols)
		c = most_cols;
	r = (c * CELL_WIDTH * h / w + CELL_HEIGHT / 2) / CELL_HEIGHT;
	if (r > most_rows) {
		r = most_rows;
		c = (r * CELL_HEIGHT * w / h + CELL_WIDTH / 2) / CELL_WIDTH;
	}
	if (c > most_cols)
		c = most_cols;
	*cols = (int)c;
	*rows = (int)r;
	return c >= LEAST_COLS && r >= LEAST_ROWS;
}

void
md_picture_cover(
    struct md_layout *l, const char *address, const struct md_picture *p)
{
	int cols, rows;

	/* The text's beginning is to be seen as well. */
	if (!md_picture_fit(p, md_layout_room(l), l->opt->picture_rows * 2 / 3,
		&cols, &rows))
		return;
	l->gap = true;
	md_layout_gap(l);
	doc_add_picture(l->doc, address, l->margin, rows, cols);
	for (int i = 0; i < rows; i++) {
		md_layout_begin(l);
		md_layout_end(l);
	}
}
