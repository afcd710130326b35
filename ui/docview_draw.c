/* SPDX-License-Identifier: ISC */
/*
 * The lines of a rendered post as drawn: with what was found, the link gone to,
 * numbers of links, and the signs in the margin.
 */
#include <stdio.h>
#include <string.h>

#include "docview_priv.h"
#include "md.h"
#include "text.h"
#include "theme.h"

#define LABELS 16 /* on one line; further links have none */

/* A number put before the byte of a line. */
struct label {
	size_t at;
	char text[16];
	int cols;
};

/* A line while it is drawn. */
struct pen {
	const struct docview *dv;
	struct canvas *c;
	struct area area; /* the row alone */
	size_t i;
	const char *line;
	size_t len;
	const struct md_span *spans;
	size_t nspans;
	struct label labels[LABELS];
	size_t nlabels;
	bool bare; /* there is no room for their brackets */
	bool over; /* nor beside the words: on them */
};

static void
pen_init(struct pen *p, const struct docview *dv, struct canvas *c,
    struct area row, size_t i)
{
	*p = (struct pen){.dv = dv, .c = c, .area = row, .i = i};
	p->line = doc_line(dv->doc, i, &p->len);
	p->spans = doc_spans(dv->doc, i, &p->nspans);
}

/* The number of the link that begins with the span, 0: none does. */
static size_t
link_begins(const struct pen *p, const struct md_span *s)
{
	const struct docview_index *x = p->dv->index;
	size_t low = 0, high = x->nlinks;

	if (s->link < 0 || (s > p->spans && s[-1].link == s->link))
		return 0;
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (x->links[mid].first < p->i)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < x->nlinks && x->links[low].first == p->i; low++)
		if (x->links[low].link == s->link)
			return low + 1;
	return 0;
}

static void
find_labels(struct pen *p)
{
	int cols = text_width(p->line, p->len);
	size_t number;

	for (size_t k = 0; k < p->nspans && p->nlabels < LABELS; k++) {
		struct label *l = &p->labels[p->nlabels];

		if ((number = link_begins(p, &p->spans[k])) == 0)
			continue;
		/* A picture's frame may part its link in two. */
		if (p->nlabels > 0 && p->spans[k].link == p->spans[k - 1].link)
			continue;
		l->at = p->spans[k].at;
		l->cols = snprintf(l->text, sizeof(l->text), "[%zu]", number);
		cols += l->cols;
		p->nlabels++;
	}
	p->bare = cols > p->area.cols;
	for (size_t k = 0; k < p->nlabels && p->bare; k++) {
		struct label *l = &p->labels[k];

		memmove(l->text, l->text + 1, (size_t)l->cols - 2);
		l->cols -= 2;
		l->text[l->cols] = '\0';
		cols -= 2;
	}
	p->over = cols > p->area.cols;
}

/* The column of a byte of the line. */
static int
column(const struct pen *p, size_t at)
{
	int col = p->area.col + text_width(p->line, at);

	for (size_t i = 0; i < p->nlabels && !p->over; i++)
		if (p->labels[i].at <= at)
			col += p->labels[i].cols;
	return col;
}

static void
restyle(struct pen *p, size_t from, size_t to, int style)
{
	int col = column(p, from), end = p->area.col + p->area.cols;
	int cols = text_width(p->line + from, to - from);

	if (col + cols > end)
		cols = end - col;
	canvas_restyle(p->c, p->area.row, col, cols, style);
}

static void
draw_labels(struct pen *p)
{
	int end = p->area.col + p->area.cols;

	for (size_t i = 0; i < p->nlabels; i++) {
		const struct label *l = &p->labels[i];
		int col = column(p, l->at) - (p->over ? 0 : l->cols);

		canvas_puts(p->c, p->area.row, col, end - col,
		    STYLE_KEY | (p->bare ? ATTR_REVERSE : 0), l->text);
	}
}

static void
draw_spans(struct pen *p)
{
	int end = p->area.col + p->area.cols;

	for (size_t k = 0; k < p->nspans; k++) {
		const struct md_span *s = &p->spans[k];
		int col = column(p, s->at);

		if (col >= end)
			break;
		canvas_text(p->c, p->area.row, col, end - col,
		    (STYLE_MD + s->style) | s->attr << 8, p->line + s->at,
		    s->len);
	}
}

static void
draw_matches(struct pen *p)
{
	const struct docview *dv = p->dv;
	const struct docview_index *x = dv->index;
	size_t low = 0, high = dv->nmatches, from, to;

	/* The first one that does not end before the line. */
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		const struct docview_match *m = &dv->matches[mid];

		if (m->at + m->len <= x->start[p->i])
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < dv->nmatches; low++) {
		const struct docview_match *m = &dv->matches[low];

		if (m->at >= x->start[p->i + 1])
			break;
		if (docview_index_bytes(
			x, dv->doc, p->i, m->at, m->at + m->len, &from, &to))
			restyle(p, from, to,
			    low + 1 == dv->match ? STYLE_CURSOR : STYLE_MATCH);
	}
}

static void
draw_link(struct pen *p)
{
	const struct docview_link *l;

	if (p->dv->link == 0)
		return;
	l = &p->dv->index->links[p->dv->link - 1];
	for (size_t k = 0; k < p->nspans; k++)
		if (p->spans[k].link == l->link)
			restyle(p, p->spans[k].at,
			    p->spans[k].at + p->spans[k].len, STYLE_CURSOR);
}

/* In the margin: the reader's mark, and where others changed the page. */
static void
draw_sign(struct pen *p)
{
	const struct docview *dv = p->dv;
	bool ascii = canvas_is_ascii(p->c);
	const char *sign = NULL;
	int style = STYLE_MARK;

	if (p->len > 0 && p->line[0] != ' ')
		return;
	if (dv->mark && docview_line(dv, dv->mark) == p->i) {
		sign = ascii ? ">" : "▌";
	} else if (dv->changed && docview_line(dv, dv->changed) == p->i) {
		sign = "~";
		style = STYLE_CHANGED;
	}
	if (sign)
		canvas_puts(p->c, p->area.row, p->area.col, 1, style, sign);
}

static void
draw_line(const struct docview *dv, struct canvas *c, struct area row, size_t i)
{
	struct pen p;

	pen_init(&p, dv, c, row, i);
	if (dv->numbers)
		find_labels(&p);
	draw_spans(&p);
	draw_matches(&p);
	draw_link(&p);
	draw_labels(&p);
	draw_sign(&p);
}

/* There is nothing to show: not yet, or not at all. */
static void
draw_reason(const struct docview *dv, struct canvas *c, struct area a)
{
	if (a.cols > 4) {
		a.col += 2;
		a.cols -= 2;
	}
	if (dv->job) {
		canvas_fit(
		    c, a.row, a.col, a.cols, STYLE_DIM, "Laying out …", false);
		return;
	}
	canvas_fit(c, a.row, a.col, a.cols, STYLE_ERROR, dv->err.msg, false);
	if (dv->err.line && a.rows > 1)
		canvas_printf(c, a.row + 1, a.col, a.cols, STYLE_DIM,
		    "line %u, column %u: e edits the file", dv->err.line,
		    dv->err.column);
}

void
docview_draw(struct docview *dv, struct canvas *c, struct area a)
{
	size_t n, last;

	dv->rows = a.rows;
	if (!dv->doc) {
		draw_reason(dv, c, a);
		return;
	}
	/* Where the reader is stays what it was in fewer rows. */
	n = doc_lines(dv->doc);
	last = n > (size_t)a.rows ? n - (size_t)a.rows : 0;
	if (dv->top > last)
		dv->top = last;
	for (int y = 0; y < a.rows && dv->top + (size_t)y < n; y++)
		draw_line(dv, c, (struct area){a.row + y, a.col, 1, a.cols},
		    dv->top + (size_t)y);
}
