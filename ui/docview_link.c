/* SPDX-License-Identifier: ISC */
/* Going through the links of a rendered post, to its headings and footnotes. */
#include <stdlib.h>
#include <string.h>

#include "docview_priv.h"
#include "md.h"
#include "mem.h"

size_t
docview_links(const struct docview *dv)
{
	return dv->doc && dv->index ? dv->index->nlinks : 0;
}

void
docview_go_link(struct docview *dv, size_t number)
{
	const struct docview_link *l = &dv->index->links[number - 1];

	dv->link = number;
	dv->numbers = true;
	docview_reveal(dv, l->first, l->last);
}

/* The first link (or the last one) that is in sight, or else beyond. */
static size_t
link_here(const struct docview *dv, int dir)
{
	size_t n = dv->index->nlinks, i;

	if (dir < 0) {
		for (i = n; i > 0; i--)
			if (dv->index->links[i - 1].first <
			    dv->top + (size_t)dv->rows)
				return i;
		return n;
	}
	for (i = 0; i < n; i++)
		if (dv->index->links[i].first >= dv->top)
			return i + 1;
	return 1;
}

bool
docview_next_link(struct docview *dv, int dir)
{
	size_t n = docview_links(dv), to;
	const struct docview_link *l;

	if (n == 0)
		return false;
	l = dv->link > 0 ? &dv->index->links[dv->link - 1] : NULL;
	if (!l || l->last < dv->top || l->first >= dv->top + (size_t)dv->rows)
		to = link_here(dv, dir);
	else if (dir > 0)
		to = dv->link < n ? dv->link + 1 : 1;
	else
		to = dv->link > 1 ? dv->link - 1 : n;
	docview_go_link(dv, to);
	return true;
}

const char *
docview_address(const struct docview *dv)
{
	size_t link;

	if (dv->link == 0 || dv->link > docview_links(dv))
		return NULL;
	link = (size_t)dv->index->links[dv->link - 1].link;
	return doc_link(dv->doc, link);
}

/* The first link to an address; NULL: there is none. */
static const struct docview_link *
link_to(const struct docview *dv, const char *address)
{
	for (size_t i = 0; i < dv->index->nlinks; i++) {
		const struct docview_link *l = &dv->index->links[i];

		if (strcmp(doc_link(dv->doc, (size_t)l->link), address) == 0)
			return l;
	}
	return NULL;
}

/* Does an item of a list begin on the line? */
static bool
begins_item(const struct docview *dv, size_t line)
{
	size_t n;
	const struct md_span *s = doc_spans(dv->doc, line, &n);

	for (size_t i = 0; i < n && i < 2; i++)
		if (s[i].style == MD_BULLET)
			return true;
	return false;
}

/* "fn:1" is the item at whose end the link back is, "fnref:1" the first link to
 * that. */
static bool
go_note(struct docview *dv, const char *id)
{
	bool to_note = strncmp(id, "fn:", 3) == 0;
	const char *number = strchr(id, ':');
	const struct docview_link *l;
	char *address;
	size_t line;

	if (!number || (!to_note && strncmp(id, "fnref", 5) != 0))
		return false;
	address = xasprintf("#%s%s", to_note ? "fnref" : "fn", number);
	l = link_to(dv, address);
	free(address);
	if (!l)
		return false;
	line = l->first;
	while (to_note && line > 0 && !begins_item(dv, line))
		line--;
	docview_reveal(dv, line, l->last);
	return true;
}

bool
docview_go_id(struct docview *dv, const char *id)
{
	if (!dv->doc)
		return false;
	for (size_t i = 0; *id && i < doc_headings(dv->doc); i++)
		if (strcmp(doc_heading_id(dv->doc, i), id) == 0) {
			docview_go(dv, doc_heading(dv->doc, i, NULL, NULL));
			return true;
		}
	if (*id == '\0' || strcmp(id, "top") == 0) {
		docview_go(dv, 0);
		return true;
	}
	return go_note(dv, id);
}
