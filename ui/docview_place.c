/* SPDX-License-Identifier: ISC */
/* Where the reader of a post is, and is again when it was rendered anew. */
#include <stdlib.h>
#include <string.h>

#include "docview_priv.h"
#include "md.h"
#include "mem.h"

void
docview_stay(struct docview *dv)
{
	size_t line;

	if (!dv->doc || !dv->index)
		return;
	dv->place = dv->index->start[dv->top];
	line = docview_index_line(dv->index, dv->place);
	dv->above = line > dv->top ? line - dv->top : 0;
}

size_t
docview_line(const struct docview *dv, size_t place)
{
	return dv->index && place ? docview_index_line(dv->index, place - 1)
				  : 0;
}

void
docview_set_mark(struct docview *dv)
{
	dv->mark = dv->doc ? dv->place + 1 : 0;
}

void
docview_go(struct docview *dv, size_t line)
{
	size_t n, last;

	if (!dv->doc)
		return;
	n = doc_lines(dv->doc);
	last = n > (size_t)dv->rows ? n - (size_t)dv->rows : 0;
	dv->top = line < last ? line : last;
	docview_stay(dv);
}

void
docview_scroll(struct docview *dv, long lines)
{
	if (lines < 0 && (size_t)-lines > dv->top)
		docview_go(dv, 0);
	else
		docview_go(dv, dv->top + (size_t)lines);
}

void
docview_reveal(struct docview *dv, size_t first, size_t last)
{
	size_t rows = dv->rows > 0 ? (size_t)dv->rows : 1, third = rows / 3;

	if (first >= dv->top && last < dv->top + rows)
		return;
	docview_go(dv, last >= rows && first > third ? first - third : 0);
}

/* The same text, line by line? */
static bool
same_text(const struct doc *a, const struct doc *b)
{
	size_t n, m;

	if (doc_lines(a) != doc_lines(b))
		return false;
	for (size_t i = 0; i < doc_lines(a); i++) {
		const char *s = doc_line(a, i, &n), *t = doc_line(b, i, &m);

		if (n != m || memcmp(s, t, n) != 0)
			return false;
	}
	return true;
}

static void
move_place(const struct docview_change *c, size_t *place)
{
	if (*place)
		*place = docview_index_place(c, *place - 1) + 1;
}

/* To the words that were shown first, and with them all that is kept. */
static void
follow(struct docview *dv, const struct docview_index *old, bool told)
{
	struct docview_change c;
	bool differs = docview_index_compare(&c, old, dv->index);
	size_t line;

	if (dv->top > 0) {
		dv->place = docview_index_place(&c, dv->place);
		line = docview_index_line(dv->index, dv->place);
		dv->top = line > dv->above ? line - dv->above : 0;
	} else {
		dv->place = dv->above = 0;
	}
	move_place(&c, &dv->mark);
	move_place(&c, &dv->changed);
	if (told)
		dv->changed = differs && c.new_from + c.from < c.new_to + c.to
				  ? c.new_from + 1
				  : 0;
}

void
docview_take(
    struct docview *dv, struct doc *doc, struct docview_index *index, bool told)
{
	struct docview_index *old = dv->index;
	struct doc *was = dv->doc;

	dv->doc = doc;
	dv->news = dv->news || (told && !(was && doc && same_text(was, doc)));
	doc_free(was);
	if (!doc)
		return;
	dv->index = index;
	if (old)
		follow(dv, old, told);
	if (!old || old->nlinks != index->nlinks)
		dv->link = 0;
	docview_index_free(old);
	docview_search_again(dv);
}
