/* SPDX-License-Identifier: ISC */
/*
 * Tables: columns as wide as their cells where that fits, else shared out and
 * the cells wrapped; where there is no room even for that, each row becomes a
 * list of "heading: cell".  Nothing is ever cut off.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define FRAME     3  /* columns around each cell: bar and two blanks */
#define LEAST     4  /* columns of a cell below which rows become lists */
#define NARROW    50 /* columns of a window where words decide */
#define RULE_FROM 2  /* lines of a row from which rows are ruled off */

struct table {
	struct md_layout *l;
	size_t first, end; /* nodes: the table, its end */
	size_t ncols;
	int *cols;     /* columns of each */
	int *longest;  /* its longest word */
	bool fits;     /* each cell, in a line of its own column */
	bool ruled;    /* a line between rows */
	size_t *start; /* of each cell of a row, in the cuts */
};

static const struct md_node *
node_at(const struct table *t, size_t i)
{
	return &t->l->tree->nodes[i];
}

/* The index after the NODE_END of the container at i. */
static size_t
skip(const struct md_layout *l, size_t i)
{
	const struct md_tree *t = l->tree;
	int depth = 0;

	for (; i < t->nnodes; i++) {
		if (t->nodes[i].kind == NODE_END)
			depth--;
		else if (t->nodes[i].kind >= NODE_QUOTE)
			depth++;
		if (depth == 0)
			return i + 1;
	}
	return i;
}

static void
count_columns(struct table *t)
{
	size_t n = 0;

	for (size_t i = t->first; i < t->end; i++) {
		if (node_at(t, i)->kind == NODE_ROW)
			n = 0;
		else if (node_at(t, i)->kind == NODE_CELL && ++n > t->ncols)
			t->ncols = n;
	}
}

static void
measure(struct table *t)
{
	size_t n = 0;

	for (size_t i = t->first; i < t->end; i++) {
		const struct md_node *c = node_at(t, i);
		int word, cols;

		if (c->kind == NODE_ROW)
			n = 0;
		if (c->kind != NODE_CELL)
			continue;
		cols =
		    md_wrap_width(t->l->tree->text.data + c->at, c->len, &word);
		if (cols > t->cols[n])
			t->cols[n] = cols;
		if (word > t->longest[n])
			t->longest[n] = word;
		n++;
	}
}

/*
 * Share room columns out: those that need no more than a fair share get what
 * they need, the others the rest in equal parts, but no less than their longest
 * word where that can be.
 */
static void
share(struct table *t, int room)
{
	size_t left = t->ncols;
	int fair = room / (int)left, was = -1;
	bool *done = xcalloc(t->ncols, sizeof(*done));

	while (left > 0 && fair != was) {
		was = fair;
		for (size_t i = 0; i < t->ncols; i++) {
			if (done[i] || t->cols[i] > fair)
				continue;
			done[i] = true;
			room -= t->cols[i];
			left--;
		}
		if (left > 0)
			fair = room / (int)left;
	}
	/* A long word that would be cut may take from those that have more. */
	for (size_t i = 0; i < t->ncols && left > 1; i++) {
		if (done[i] || t->longest[i] <= fair ||
		    t->longest[i] > room / 2)
			continue;
		done[i] = true;
		t->cols[i] = t->longest[i];
		room -= t->cols[i];
		left--;
		fair = room / (int)left;
	}
	for (size_t i = 0; i < t->ncols; i++) {
		if (done[i])
			continue;
		t->cols[i] = room / (int)left;
		room -= t->cols[i];
		left--;
	}
	free(done);
}

/* False: there is no room for a table. */
static bool
fit(struct table *t)
{
	int avail = md_layout_space(t->l) - 1, total = 0, room;

	if (t->ncols == 0 || t->ncols > (size_t)avail)
		return false;
	room = avail - FRAME * (int)t->ncols;
	for (size_t i = 0; i < t->ncols; i++) {
		if (t->cols[i] < 1)
			t->cols[i] = 1;
		total += t->cols[i] < avail ? t->cols[i] : avail;
	}
	t->fits = total <= room;
	if (t->fits)
		return true;
	if (room < LEAST * (int)t->ncols)
		return false;
	share(t, room);
	/* In a narrow window rather a list than words cut in two. */
	for (size_t i = 0; i < t->ncols; i++)
		if (t->cols[i] < 2 ||
		    (avail < NARROW && t->longest[i] > t->cols[i]))
			return false;
	return true;
}

static void
edge(struct table *t, const char *const corner[3])
{
	struct md_layout *l = t->l;

	md_layout_begin(l);
	for (size_t i = 0; i < t->ncols; i++) {
		doc_puts(l->doc, corner[i ? 1 : 0], MD_RULE);
		doc_repeat(l->doc, l->g->rule, t->cols[i] + 2, MD_RULE);
	}
	doc_puts(l->doc, corner[2], MD_RULE);
	md_layout_end(l);
}

/* Wrap the cells of the row at i; its lines are returned. */
static size_t
wrap_row(struct table *t, size_t i)
{
	struct md_wrap *w = &t->l->wrap;
	size_t lines = 0, n = 0;

	w->n = 0;
	for (i++; n < t->ncols; n++) {
		const struct md_node *c = node_at(t, i);

		t->start[n] = w->n;
		if (c->kind != NODE_CELL)
			continue;
		md_wrap_text(
		    w, t->l->tree->text.data + c->at, c->len, t->cols[n]);
		if (w->n - t->start[n] > lines)
			lines = w->n - t->start[n];
		i++;
	}
	t->start[n] = w->n;
	return lines;
}

static void
cell_line(struct table *t, size_t n, const struct md_node *c, size_t line)
{
	struct md_layout *l = t->l;
	const struct md_cut *cut = NULL;
	int pad = t->cols[n], left = 0;

	if (t->start[n] + line < t->start[n + 1]) {
		cut = &l->wrap.cuts[t->start[n] + line];
		pad -= cut->cols;
	}
	if (c && c->level == ALIGN_RIGHT)
		left = pad;
	else if (c && c->level == ALIGN_CENTER)
		left = pad / 2;
	doc_puts(l->doc, l->g->bar, MD_RULE);
	doc_blank(l->doc, left + 1, MD_TEXT);
	if (cut)
		md_layout_cut(l, c->run, c->at, cut);
	doc_blank(l->doc, pad - left + 1, MD_TEXT);
}

static void
row(struct table *t, size_t i)
{
	size_t lines = wrap_row(t, i);

	for (size_t k = 0; k < (lines ? lines : 1); k++) {
		size_t c = i + 1;

		md_layout_begin(t->l);
		for (size_t n = 0; n < t->ncols; n++) {
			bool is = node_at(t, c)->kind == NODE_CELL;

			cell_line(t, n, is ? node_at(t, c) : NULL, k);
			c += is;
		}
		doc_puts(t->l->doc, t->l->g->bar, MD_RULE);
		md_layout_end(t->l);
	}
}

static bool
is_head(const struct table *t, size_t i)
{
	return node_at(t, i + 1)->kind == NODE_CELL && node_at(t, i + 1)->head;
}

/* Are all rows one line? */
static bool
is_simple(const struct table *t)
{
	const struct md_node *first = node_at(t, t->first);
	const struct md_node *end = node_at(t, t->end - 1);

	return t->fits && !memchr(t->l->tree->text.data + first->at, '\n',
			      end->at - first->at);
}

static void
grid(struct table *t)
{
	bool first = true, head = false, simple = is_simple(t);

	for (size_t i = t->first + 1; i < t->end && !simple; i++)
		if (node_at(t, i)->kind == NODE_ROW && !is_head(t, i) &&
		    wrap_row(t, i) >= RULE_FROM)
			t->ruled = true;
	edge(t, t->l->g->top);
	for (size_t i = t->first + 1; i < t->end; i++) {
		if (node_at(t, i)->kind != NODE_ROW)
			continue;
		if (!first && (head || t->ruled))
			edge(t, t->l->g->middle);
		row(t, i);
		head = is_head(t, i);
		first = false;
	}
	edge(t, t->l->g->bottom);
}

/* The heading of column n, or NULL. */
static const struct md_node *
heading(const struct table *t, size_t n)
{
	size_t i = t->first + 2 + n;

	if (i >= t->end || !is_head(t, t->first + 1))
		return NULL;
	/* The cells of a row follow each other. */
	return node_at(t, i)->head ? node_at(t, i) : NULL;
}

/* Heading and cell on one line; false: they do not fit. */
static bool
pair(struct md_layout *l, const struct md_node *h, const struct md_node *c,
    int label)
{
	const char *s = l->tree->text.data;
	int word, head = md_wrap_width(s + h->at, h->len, &word);

	if (head > label ||
	    label + 2 + md_wrap_width(s + c->at, c->len, &word) >
		md_layout_room(l) ||
	    memchr(s + h->at, '\n', h->len) || memchr(s + c->at, '\n', c->len))
		return false;
	md_layout_begin(l);
	md_layout_text(l, h->run, h->at, h->len);
	doc_blank(l->doc, label + 2 - head, MD_TEXT);
	md_layout_text(l, c->run, c->at, c->len);
	md_layout_end(l);
	return true;
}

static void
record(struct table *t, size_t i, int label)
{
	struct md_layout *l = t->l;
	size_t n = 0;

	for (i++; node_at(t, i)->kind == NODE_CELL; i++, n++) {
		const struct md_node *c = node_at(t, i), *h = heading(t, n);

		if (c->len == 0)
			continue;
		if (c->head || !h || h->len == 0) {
			md_layout_hang(l, c);
		} else if (!pair(l, h, c, label)) {
			md_layout_lines(l, h->run, h->at, h->len);
			md_layout_hang(l, c);
		}
	}
}

/* Columns for the headings, so that the cells stand in line. */
static int
label_columns(const struct table *t)
{
	const char *s = t->l->tree->text.data;
	int widest = 0, cols, word;

	for (size_t n = 0; heading(t, n); n++) {
		const struct md_node *h = heading(t, n);

		cols = md_wrap_width(s + h->at, h->len, &word);
		if (cols > widest && cols <= md_layout_room(t->l) / 2)
			widest = cols;
	}
	return widest;
}

static void
records(struct table *t)
{
	int label = label_columns(t);
	bool lone = skip(t->l, t->first + 1) + 1 >= t->end;

	for (size_t i = t->first + 1; i < t->end; i++) {
		if (node_at(t, i)->kind != NODE_ROW)
			continue;
		/* The headings are said with each cell. */
		if (i == t->first + 1 && is_head(t, i) && !lone)
			continue;
		md_layout_gap(t->l);
		record(t, i, label);
	}
}

size_t
md_layout_table(struct md_layout *l, size_t first)
{
	struct table t = {.l = l, .first = first, .end = skip(l, first)};

	md_layout_gap(l);
	count_columns(&t);
	t.cols = xcalloc(t.ncols + 1, sizeof(*t.cols));
	t.longest = xcalloc(t.ncols + 1, sizeof(*t.longest));
	t.start = xcalloc(t.ncols + 1, sizeof(*t.start));
	measure(&t);
	if (fit(&t))
		grid(&t);
	else
		records(&t);
	free(t.cols);
	free(t.longest);
	free(t.start);
	return t.end;
}
