/* SPDX-License-Identifier: ISC */
/* Which pages of a site to show, and in what order. */
#ifndef QUERY_H
#define QUERY_H

#include <stdbool.h>
#include <stddef.h>

#include "site.h"

enum query_order {
	ORDER_HUGO, /* weight, date (new first), title, path */
	ORDER_DATE,
	ORDER_TITLE,
	ORDER_STATE,
	ORDER_PATH,
	ORDER_HUGO_LIST, /* that of `hugo list all` */
	ORDERS,
};

/* All conditions must hold; NULL, -1 or 0: no condition. */
struct query {
	unsigned states; /* 1 << enum entry_state, added up */
	const char *section;
	const char *language; /* code */
	const char *term;     /* a term of any taxonomy, caseless */
	const char *text;     /* words, each in title, path or terms; caseless,
				 accents and width folded */
	bool pages_only;      /* no home, section and term pages */
	enum query_order order;
};

/* Indices into site->v. */
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
