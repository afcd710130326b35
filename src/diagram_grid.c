/* SPDX-License-Identifier: ISC */
/* A grid of cells: lines that join where they meet, boxes, and words. */
#include <stdlib.h>
#include <string.h>

#include "diagram_priv.h"
#include "mem.h"
#include "text.h"

void
grid_init(struct grid *g, int rows, int cols, bool ascii)
{
	g->rows = rows;
	g->cols = cols;
	g->ascii = ascii;
	g->cells = xcalloc((size_t)rows * (size_t)cols + 1, sizeof(*g->cells));
}

void
grid_dispose(struct grid *g)
{
	free(g->cells);
	g->cells = NULL;
}

static struct grid_cell *
cell_at(const struct grid *g, int row, int col)
{
	if (row < 0 || row >= g->rows || col < 0 || col >= g->cols)
		return NULL;
	return &g->cells[(size_t)row * (size_t)g->cols + (size_t)col];
}

void
grid_dirs(struct grid *g, int row, int col, int dirs, enum grid_line line)
{
	struct grid_cell *c = cell_at(g, row, col);

	if (!c || line == LINE_NONE)
		return;
	/* Where lines of different kinds meet, the thin one shows. */
	if (c->dirs == 0)
		c->line = (uint8_t)line;
	else if (c->line != line)
		c->line = LINE_THIN;
	c->dirs |= (uint8_t)dirs;
}

void
grid_across(struct grid *g, int row, int from, int to, enum grid_line line)
{
	int a = from < to ? from : to, b = from < to ? to : from;

	for (int c = a; c <= b; c++)
		grid_dirs(g, row, c,
		    (c > a ? GRID_LEFT : 0) | (c < b ? GRID_RIGHT : 0), line);
}

void
grid_down(struct grid *g, int col, int from, int to, enum grid_line line)
{
	int a = from < to ? from : to, b = from < to ? to : from;

	for (int r = a; r <= b; r++)
		grid_dirs(g, r, col,
		    (r > a ? GRID_UP : 0) | (r < b ? GRID_DOWN : 0), line);
}

int
grid_text(struct grid *g, int row, int col, const char *s, size_t len)
{
	int start = col;

	while (len > 0) {
		size_t n = text_next(s, len);
		int w = text_width(s, n);
		struct grid_cell *c = cell_at(g, row, col);
		struct grid_cell *next = cell_at(g, row, col + 1);

		if (w > 0 && c && (w == 1 || next)) {
			if (n < sizeof(c->text)) {
				memcpy(c->text, s, n);
				c->text[n] = '\0';
			} else {
				memcpy(c->text, "??", 3);
				c->text[w] = '\0';
			}
			c->wide = (uint8_t)w;
			c->covered = false;
			if (w == 2) {
				next->covered = true;
				next->wide = 0;
			}
		}
		col += w;
		s += n;
		len -= n;
	}
	return col - start;
}

void
grid_clear(struct grid *g, int row, int col, int rows, int cols)
{
	for (int r = row; r < row + rows; r++)
		for (int c = col; c < col + cols; c++) {
			struct grid_cell *cell = cell_at(g, r, c);

			if (cell)
				*cell = (struct grid_cell){0};
		}
}

void
grid_puts(struct grid *g, int row, int col, const char *s)
{
	grid_text(g, row, col, s, strlen(s));
}

/* Corners from the upper left, clockwise; "": as lines join. */
static const struct {
	const char *corner[4];
	const char *ascii;
} shapes[] = {
    [SHAPE_BOX] = {{"", "", "", ""}, "++++"},
    [SHAPE_ROUND] = {{"╭", "╮", "╯", "╰"}, "..''"},
    [SHAPE_DIAMOND] = {{"◇", "◇", "◇", "◇"}, "<><>"},
    [SHAPE_DOUBLE] = {{"╓", "╖", "╜", "╙"}, "++++"},
    [SHAPE_FRAME] = {{"┌", "┐", "┘", "└"}, "++++"},
    [SHAPE_NONE] = {{"", "", "", ""}, "    "},
};

void
grid_box(
    struct grid *g, int row, int col, int rows, int cols, enum grid_shape shape)
{
	enum grid_line line = shape == SHAPE_FRAME ? LINE_DOTTED : LINE_THIN;
	int bottom = row + rows - 1, right = col + cols - 1;
	const int at[4][2] = {
	    {row, col}, {row, right}, {bottom, right}, {bottom, col}};

	if (shape == SHAPE_NONE)
		return;
	grid_across(g, row, col, right, line);
	grid_across(g, bottom, col, right, line);
	grid_down(g, col, row, bottom, line);
	grid_down(g, right, row, bottom, line);
	for (int i = 0; i < 4; i++) {
		if (g->ascii)
			grid_text(
			    g, at[i][0], at[i][1], shapes[shape].ascii + i, 1);
		else
			grid_puts(
			    g, at[i][0], at[i][1], shapes[shape].corner[i]);
	}
	for (int r = row + 1; shape == SHAPE_DOUBLE && r < bottom; r++) {
		grid_puts(g, r, col, g->ascii ? "|" : "║");
		grid_puts(g, r, right, g->ascii ? "|" : "║");
	}
}

static const char *
glyph(const struct grid *g, const struct grid_cell *c)
{
	/* By the sum of enum grid_dir. */
	static const char *const thin[16] = {" ", "│", "│", "│", "─", "┘", "┐",
	    "┤", "─", "└", "┌", "├", "─", "┴", "┬", "┼"};
	static const char *const thick[16] = {" ", "┃", "┃", "┃", "━", "┛", "┓",
	    "┫", "━", "┗", "┏", "┣", "━", "┻", "┳", "╋"};
	static const char *const ascii[16] = {" ", "|", "|", "|", "-", "+", "+",
	    "+", "-", "+", "+", "+", "-", "+", "+", "+"};
	bool across = c->dirs && !(c->dirs & (GRID_UP | GRID_DOWN));
	bool down = c->dirs && !(c->dirs & (GRID_LEFT | GRID_RIGHT));

	if (g->ascii) {
		if (c->line == LINE_THICK && across)
			return "=";
		if (c->line == LINE_DOTTED && (across || down))
			return across ? "." : ":";
		return ascii[c->dirs];
	}
	if (c->line == LINE_DOTTED && (across || down))
		return across ? "┄" : "┆";
	return c->line == LINE_THICK ? thick[c->dirs] : thin[c->dirs];
}

char *
grid_print(const struct grid *g)
{
	struct buf b = {0};

	for (int r = 0; r < g->rows; r++) {
		size_t line = b.len, used = b.len;

		for (int i = 0; i < g->cols; i++) {
			const struct grid_cell *c = cell_at(g, r, i);

			if (c->covered)
				continue;
			buf_puts(&b, c->wide ? c->text : glyph(g, c));
			if (c->wide ? strcmp(c->text, " ") != 0 : c->dirs)
				used = b.len;
		}
		b.len = used > line ? used : line;
		buf_putc(&b, '\n');
	}
	return buf_steal(&b);
}
