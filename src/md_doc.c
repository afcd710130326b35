/* SPDX-License-Identifier: ISC */
/*
 * A rendered document: one text, its lines, and on them spans of style.  The
 * text comes in clean from the other md_* files; only addresses are cleaned
 * here.
 */
#include "md_priv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

static bool
in_block(const struct doc *d, const void *p)
{
	uintptr_t at = (uintptr_t)p, start = (uintptr_t)d->block;

	return at >= start && at < start + d->nblock;
}

static void
drop(struct doc *d, void *p)
{
	if (!in_block(d, p))
		free(p);
}

/* Room for need of size bytes where there are n; *cap: for how many. */
static void *
grow(const struct doc *d, void *p, size_t n, size_t need, size_t *cap,
    size_t size)
{
	void *more;

	if (need <= *cap)
		return p;
	*cap = need + need / 2 + 64;
	if (!in_block(d, p))
		return xreallocarray(p, *cap, size);
	more = xreallocarray(NULL, *cap, size);
	memcpy(more, p, n * size);
	return more;
}

void
doc_free(struct doc *d)
{
	if (!d)
		return;
	drop(d, d->text.data);
	drop(d, d->lines);
	drop(d, d->spans);
	buf_dispose(&d->names);
	free(d->links);
	free(d->headings);
	free(d->pictures);
	free(d->block);
	free(d);
}

static void
begin_line(struct doc *d)
{
	struct doc_line *l;

	d->lines = grow(
	    d, d->lines, d->nlines, d->nlines + 1, &d->lines_cap, sizeof(*l));
	l = &d->lines[d->nlines++];
	l->at = (uint32_t)d->text.len;
	l->span = (uint32_t)d->nspans;
	d->open = true;
}

/* Room for len more bytes of text. */
static void
reserve(struct doc *d, size_t len)
{
	d->text.data = grow(d, d->text.data, d->text.len, d->text.len + len + 2,
	    &d->text.cap, 1);
}

/*
 * What most texts need is taken at once: memory that is not used costs nothing,
 * and what is used need not be moved.
 */
struct doc *
doc_new(size_t source, size_t budget, struct progress *progress)
{
	struct doc *d = xcalloc(1, sizeof(*d));

	d->left = d->given = budget;
	d->progress = progress;
	d->lines_cap = source / 32 + 64;
	d->spans_cap = source / 10 + 128;
	d->text.cap = source + source / 4 + 4096;
	d->nblock = d->lines_cap * sizeof(*d->lines) +
		    d->spans_cap * sizeof(*d->spans) + d->text.cap;
	d->block = xmalloc(d->nblock);
	d->lines = (void *)d->block;
	d->spans = (void *)(d->lines + d->lines_cap);
	d->text.data = (char *)(d->spans + d->spans_cap);
	return d;
}

void
doc_go_on(struct doc *d, size_t budget)
{
	d->given = d->given - d->left + budget;
	d->left = budget;
	d->cut = false;
	d->progress = NULL;
}

/* Where len bytes more of that look go; NULL: nowhere. */
static char *
room_for(struct doc *d, size_t len, int style, int attr, int link)
{
	const struct doc_line *l;
	struct md_span *last = NULL;
	size_t at = d->text.len;

	if (len == 0 || d->cut || !doc_spend(d, len + sizeof(*last)))
		return NULL;
	if (!d->open)
		begin_line(d);
	l = &d->lines[d->nlines - 1];
	if (d->nspans > l->span)
		last = &d->spans[d->nspans - 1];
	if (last && last->style == style && last->attr == attr &&
	    last->link == link) {
		last->len += (uint32_t)len;
	} else {
		d->spans = grow(d, d->spans, d->nspans, d->nspans + 1,
		    &d->spans_cap, sizeof(*last));
		d->spans[d->nspans++] = (struct md_span){
		    .at = (uint32_t)at - l->at,
		    .len = (uint32_t)len,
		    .style = (uint8_t)style,
		    .attr = (uint8_t)attr,
		    .link = (int16_t)link,
		};
	}
	reserve(d, len);
	d->text.len += len;
	return d->text.data + at;
}

void
doc_put(struct doc *d, const char *s, size_t len, int style, int attr, int link)
{
	char *to = room_for(d, len, style, attr, link);

	if (to)
		memcpy(to, s, len);
}

void
doc_puts(struct doc *d, const char *s, int style)
{
	doc_put(d, s, strlen(s), style, 0, -1);
}

void
doc_blank(struct doc *d, int n, int style)
{
	char *to = n > 0 ? room_for(d, (size_t)n, style, 0, -1) : NULL;

	if (to)
		memset(to, ' ', (size_t)n);
}

void
doc_repeat(struct doc *d, const char *s, int n, int style)
{
	size_t len = strlen(s);
	char *to = n > 0 ? room_for(d, (size_t)n * len, style, 0, -1) : NULL;

	for (; to && n > 0; n--, to += len)
		memcpy(to, s, len);
}

void
doc_end_line(struct doc *d)
{
	const struct doc_line *l;

	if (d->cut)
		return;
	if (!d->open)
		begin_line(d);
	l = &d->lines[d->nlines - 1];
	while (d->text.len > l->at && d->text.data[d->text.len - 1] == ' ') {
		d->text.len--;
		if (--d->spans[d->nspans - 1].len == 0)
			d->nspans--;
	}
	reserve(d, 1);
	d->text.data[d->text.len++] = '\n';
	d->open = false;
}

int
doc_add_address(struct doc *d, const char *s, size_t len)
{
	if (d->nlinks > INT16_MAX)
		return -1;
	d->links = xgrow(d->links, d->nlinks, &d->links_cap, sizeof(*d->links));
	d->links[d->nlinks] = (uint32_t)d->names.len;
	text_clean(&d->names, s, len);
	buf_putc(&d->names, '\0');
	return (int)d->nlinks++;
}

int
doc_repeat_link(struct doc *d, int link)
{
	if (link < 0 || d->nlinks > INT16_MAX)
		return -1;
	d->links = xgrow(d->links, d->nlinks, &d->links_cap, sizeof(*d->links));
	d->links[d->nlinks] = d->links[link];
	return (int)d->nlinks++;
}

int
doc_add_link(struct doc *d, const char *address)
{
	return doc_add_address(d, address, strlen(address));
}

void
doc_add_heading(
    struct doc *d, int level, const char *s, size_t len, const char *id)
{
	struct doc_heading *h;

	if (d->cut)
		return;
	d->headings = xgrow(
	    d->headings, d->nheadings, &d->headings_cap, sizeof(*d->headings));
	h = &d->headings[d->nheadings++];
	h->line = (uint32_t)d->nlines;
	h->level = level;
	h->name = (uint32_t)d->names.len;
	for (size_t i = 0; i < len; i++)
		buf_putc(&d->names, s[i] == '\n' ? ' ' : s[i]);
	buf_putc(&d->names, '\0');
	h->id = (uint32_t)d->names.len;
	buf_add(&d->names, id, strlen(id) + 1);
}

void
doc_add_picture(
    struct doc *d, const char *address, int column, int rows, int cols)
{
	struct doc_place *p;

	if (d->cut || !doc_spend(d, sizeof(*p) + strlen(address)))
		return;
	d->pictures = xgrow(
	    d->pictures, d->npictures, &d->pictures_cap, sizeof(*d->pictures));
	p = &d->pictures[d->npictures++];
	*p = (struct doc_place){
	    (uint32_t)d->nlines, column, rows, cols, (uint32_t)d->names.len};
	buf_add(&d->names, address, strlen(address) + 1);
}

bool
doc_is_whole(const struct doc *d)
{
	return !d->partial;
}

size_t
doc_lines(const struct doc *d)
{
	return d->nlines;
}

const char *
doc_line(const struct doc *d, size_t i, size_t *len)
{
	size_t end = i + 1 < d->nlines ? d->lines[i + 1].at : d->text.len;

	*len = end - d->lines[i].at - 1;
	return d->text.data + d->lines[i].at;
}

const struct md_span *
doc_spans(const struct doc *d, size_t i, size_t *n)
{
	size_t end = i + 1 < d->nlines ? d->lines[i + 1].span : d->nspans;

	*n = end - d->lines[i].span;
	return d->spans + d->lines[i].span;
}

size_t
doc_links(const struct doc *d)
{
	return d->nlinks;
}

const char *
doc_link(const struct doc *d, size_t i)
{
	return d->names.data + d->links[i];
}

size_t
doc_headings(const struct doc *d)
{
	return d->nheadings;
}

size_t
doc_heading(const struct doc *d, size_t i, int *level, char **text)
{
	if (level)
		*level = d->headings[i].level;
	if (text)
		*text = xstrdup(d->names.data + d->headings[i].name);
	return d->headings[i].line;
}

const char *
doc_heading_id(const struct doc *d, size_t i)
{
	return d->names.data + d->headings[i].id;
}

size_t
doc_pictures(const struct doc *d)
{
	return d->npictures;
}

struct doc_picture
doc_picture(const struct doc *d, size_t i)
{
	const struct doc_place *p = &d->pictures[i];

	return (struct doc_picture){
	    p->line, p->column, p->rows, p->cols, d->names.data + p->address};
}
