/* SPDX-License-Identifier: ISC */
/* Searching a rendered post: all matches are known once a search is made. */
#include <stdlib.h>
#include <string.h>

#include "docview_priv.h"
#include "md.h"
#include "mem.h"

static size_t
first_line(const struct docview *dv, size_t i)
{
	return docview_index_line(dv->index, dv->matches[i].at);
}

static size_t
last_line(const struct docview *dv, size_t i)
{
	const struct docview_match *m = &dv->matches[i];

	return docview_index_line(dv->index, m->at + m->len - 1);
}

/* The first match that is not before a place; nmatches: there is none. */
static size_t
match_from(const struct docview *dv, size_t place)
{
	size_t low = 0, high = dv->nmatches;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (dv->matches[mid].at < place)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static void
look(struct docview *dv)
{
	free(dv->matches);
	dv->matches = NULL;
	dv->nmatches = dv->match = 0;
	if (dv->search && dv->index)
		dv->matches =
		    docview_index_find(dv->index, dv->search, &dv->nmatches);
}

void
docview_search(struct docview *dv, const char *text)
{
	free(dv->search);
	dv->search = text && *text ? docview_index_needle(text) : NULL;
	if (dv->search && !*dv->search) {
		free(dv->search);
		dv->search = NULL;
	}
	look(dv);
}

void
docview_search_again(struct docview *dv)
{
	size_t before = dv->match;

	look(dv);
	if (before > 0 && dv->nmatches > 0)
		dv->match = before < dv->nmatches ? before : dv->nmatches;
}

static void
go_match(struct docview *dv, size_t i)
{
	dv->match = i + 1;
	docview_reveal(dv, first_line(dv, i), last_line(dv, i));
}

static bool
in_sight(const struct docview *dv, size_t i)
{
	size_t line = first_line(dv, i);

	return line >= dv->top && line < dv->top + (size_t)dv->rows;
}

void
docview_find_here(struct docview *dv)
{
	size_t i;

	if (dv->nmatches == 0 || !dv->doc)
		return;
	i = match_from(dv, dv->index->start[dv->top]);
	go_match(dv, i < dv->nmatches ? i : 0);
}

enum docview_found
docview_find(struct docview *dv, int dir)
{
	size_t i, n = dv->nmatches;
	bool wrapped;

	if (n == 0 || !dv->doc)
		return DOCVIEW_LOST;
	if (dv->match > 0 && in_sight(dv, dv->match - 1))
		i = dv->match - 1 + (dir > 0);
	else
		i = match_from(dv, dv->index->start[dv->top]);
	wrapped = dir > 0 ? i >= n : i == 0;
	if (dir > 0)
		i = wrapped ? 0 : i;
	else
		i = wrapped ? n - 1 : i - 1;
	go_match(dv, i);
	return wrapped ? DOCVIEW_WRAPPED : DOCVIEW_FOUND;
}
