/* SPDX-License-Identifier: ISC */
/*
 * What there is to find in a rendered post, made once for a doc: its words
 * folded, without what is only drawn (margins, bullets, bars, frames), and its
 * links in the order of the page.  Places in the words are the same however the
 * lines are wrapped, but for blanks.
 */
#ifndef DOCVIEW_INDEX_H
#define DOCVIEW_INDEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct doc;

/* In the words: where a line was wrapped, and where something ends. */
#define DOCVIEW_WRAP '\001'
#define DOCVIEW_END  '\n'

struct docview_link {
	int link;             /* for doc_link() */
	uint32_t first, last; /* lines */
};

struct docview_index {
	char *words; /* as text_fold(), one blank for several; ends in a NUL */
	size_t len;
	uint32_t *start; /* of each line's words, and len */
	size_t nlines;
	size_t body; /* where the words behind the header begin */
	struct docview_link *links;
	size_t nlinks;
};

struct docview_match {
	uint32_t at, len; /* in the words */
};

struct docview_index *docview_index_make(const struct doc *);
void docview_index_free(struct docview_index *);

/* The line that the words at a place are on: of several without words between,
 * the last. */
size_t docview_index_line(const struct docview_index *, size_t at);
/*
 * The bytes of a line that stand for the words from at to end; false: none of
 * them are on it.
 */
bool docview_index_bytes(const struct docview_index *, const struct doc *,
    size_t line, size_t at, size_t end, size_t *from, size_t *to);

/* A text to search for as the words have it.  Caller frees. */
char *docview_index_needle(const char *text);
/*
 * All that is found, none over another, in order; *n of them.  A blank is found
 * where a line was wrapped, too, and so is nothing.  Caller frees.
 */
struct docview_match *docview_index_find(
    const struct docview_index *, const char *needle, size_t *n);

/* How one doc's words became those of another, of the same page. */
struct docview_change {
	const struct docview_index *old, *new;
	size_t from, to;         /* of old: what changed is between */
	size_t new_from, new_to; /* of new */
};

/* False: blanks aside, they are the same words.  Where the header alone differs
 * nothing is between from and to. */
bool docview_index_compare(struct docview_change *,
    const struct docview_index *old, const struct docview_index *new);
/* Where the words at a place of old are in new, or what took their place. */
size_t docview_index_place(const struct docview_change *, size_t at);

#endif
