/* SPDX-License-Identifier: ISC */
/* Which pages of a site to show, and in what order. */
#ifndef QUERY_H
#define QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "site.h"

enum query_order {
	ORDER_HUGO,  /* weight, date (new first), title, path */
	ORDER_DATE,  /* new first */
	ORDER_TITLE, /* by letters, capitals and accents aside */
	ORDER_STATE, /* what asks for attention first, then by date */
	ORDER_PATH,
	ORDER_HUGO_LIST, /* that of `hugo list all`: ORDER_HUGO's */
	ORDERS,
};

/*
 * All conditions must hold; NULL or 0: no condition.  text is words, each to be
 * found in title, path or terms; capitals, accents and width do not count.  A
 * word may be "draft:true", "section:blog", "lang:en", "state:expired", or a
 * taxonomy and the beginning of a term, "tag:deb".
 */
struct query {
	unsigned states; /* 1 << enum entry_state, added up */
	const char *section;
	const char *language; /* code */
	const char *term;     /* a term of any taxonomy, caseless */
	const char *text;     /* see below */
	bool pages_only;      /* no home, section and term pages */
	bool listed_only;     /* what `hugo list all` has a row for */
	bool best_first;      /* text in the title goes before the order */
	enum query_order order;
};

/* Indices into site->v. Begins as {0}; view_build() may be called again. */
struct view {
	size_t *v;
	size_t n;
};

void view_build(struct view *, const struct site *, const struct query *);
void view_dispose(struct view *);
/* The row of a path, or -1. */
long view_find(const struct view *, const struct site *, const char *path);

const char *query_order_name(enum query_order);
bool query_order_parse(const char *name, enum query_order *);

#endif
