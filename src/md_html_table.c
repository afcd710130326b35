/* SPDX-License-Identifier: ISC */
/* Tables of raw HTML, whose cells may reach over columns and rows. */
#include "md_html_priv.h"

#include <string.h>

static void
empty_cells(struct md_html *h, int n)
{
	while (n-- > 0) {
		md_tree_leaf(h->t, NODE_CELL);
		md_tree_end_leaf(h->t);
		h->o->column++;
	}
}

/* Columns that cells of the rows above reach down into come first. */
static void
skip_spanned(struct md_html *h)
{
	int *c = &h->o->column;

	while (*c < MD_HTML_COLUMNS && h->o->rows[*c] > 0) {
		h->o->rows[*c]--;
		empty_cells(h, 1);
	}
}

/* colspan and rowspan: 1 where it is none. */
static int
span_of(const struct tag *tag, const char *name, int most)
{
	const char *v;
	size_t n;
	int span = 0;

	if (!md_html_attribute(tag, name, &v, &n))
		return 1;
	for (; n > 0 && *v >= '0' && *v <= '9' && span < 1000; v++, n--)
		span = span * 10 + *v - '0';
	return span < 1 ? 1 : span > most ? most : span;
}

/* Before another one: the other columns that the last cell takes. */
static void
end_cell(struct md_html *h)
{
	md_tree_end_leaf(h->t);
	empty_cells(h, h->o->wide);
	h->o->wide = 0;
}

static void
end_row(struct md_html *h)
{
	if (!md_html_is_innermost(h, ACT_ROW))
		return;
	/* What no cell follows takes no room. */
	h->o->column += h->o->wide;
	for (int i = h->o->column; i < MD_HTML_COLUMNS; i++)
		if (h->o->rows[i] > 0)
			h->o->rows[i]--;
	md_html_close_to(h, ACT_ROW);
}

static void
open_row(struct md_html *h)
{
	h->o->column = h->o->wide = 0;
	md_html_open(h, ACT_ROW, NODE_ROW);
}

void
md_html_table(struct md_html *h, bool close)
{
	if (h->o->table && (!close || h->o->inner > 0)) {
		/* A table in a cell is lines of it. */
		h->o->inner += close ? -1 : 1;
		md_tree_hard_break(h->t);
	} else if (close) {
		if (h->o->table)
			end_row(h);
		md_html_close_to(h, ACT_TABLE);
		h->o->caption = false;
	} else if (!h->o->table && md_html_open(h, ACT_TABLE, NODE_TABLE)) {
		h->o->table = true;
		h->o->inner = 0;
		memset(h->o->rows, 0, sizeof(h->o->rows));
	}
}

/* A caption stands above its table: the table begins after it. */
void
md_html_caption(struct md_html *h, bool close)
{
	struct md_tree *t = h->t;

	if (h->o->caption && close) {
		h->o->caption = false;
		md_html_table(h, false);
	} else if (!close && md_html_is_innermost(h, ACT_TABLE) && !t->open &&
		   h->o->node[h->o->n - 1] == t->nnodes - 1) {
		t->nnodes--;
		h->o->n--;
		h->o->table = false;
		h->o->caption = true;
		md_tree_leaf(t, NODE_P);
	} else {
		md_html_break(h);
	}
}

void
md_html_row(struct md_html *h, bool close)
{
	if (h->o->caption)
		md_html_caption(h, true);
	if (!h->o->table) {
		md_tree_end_leaf(h->t);
		return;
	}
	if (h->o->inner > 0) {
		md_tree_hard_break(h->t);
		return;
	}
	end_row(h);
	if (!close && md_html_is_innermost(h, ACT_TABLE))
		open_row(h);
}

static int
align_named(const char *s, size_t n)
{
	char c = n >= 5 ? md_html_lower(*s) : '\0';

	return c == 'c' ? ALIGN_CENTER : c == 'r' ? ALIGN_RIGHT : ALIGN_LEFT;
}

/* By the align attribute, or text-align in the style. */
static int
cell_align(const struct tag *tag)
{
	const char *v;
	size_t n;

	if (md_html_attribute(tag, "style", &v, &n)) {
		for (size_t i = 0; i + 11 <= n; i++) {
			if (memcmp(v + i, "text-align:", 11) != 0)
				continue;
			for (i += 11; i < n && md_html_blank(v[i]);)
				i++;
			return align_named(v + i, n - i);
		}
	}
	if (md_html_attribute(tag, "align", &v, &n))
		return align_named(v, n);
	return ALIGN_LEFT;
}

void
md_html_cell_tag(struct md_html *h, const struct tag *tag)
{
	struct md_html_open *o = h->o;
	struct md_node *n;
	int wide, high;

	if (o->caption)
		md_html_caption(h, true);
	if (!o->table || !md_html_is_innermost(h, ACT_ROW)) {
		if (h->block && !o->table)
			md_tree_end_leaf(h->t);
		return;
	}
	if (o->inner > 0) {
		md_tree_plain(h->t, " ", 1);
		return;
	}
	md_tree_end_leaf(h->t);
	if (tag->close)
		return;
	end_cell(h);
	skip_spanned(h);
	wide = span_of(tag, "colspan", MD_HTML_COLUMNS - o->column);
	high = span_of(tag, "rowspan", UINT8_MAX);
	for (int i = 0; i < wide && o->column + i < MD_HTML_COLUMNS; i++)
		o->rows[o->column + i] = (uint8_t)(high - 1);
	o->wide = wide - 1;
	o->column++;
	n = md_tree_leaf(h->t, NODE_CELL);
	n->head = md_html_lower(tag->name[1]) == 'h';
	n->level = (uint8_t)cell_align(tag);
}

/* One that no tag has opened. */
void
md_html_open_cell(struct md_html *h)
{
	if (md_html_is_innermost(h, ACT_TABLE))
		open_row(h);
	if (!md_html_is_innermost(h, ACT_ROW))
		return;
	end_cell(h);
	skip_spanned(h);
	h->o->column++;
	md_tree_leaf(h->t, NODE_CELL);
}
