/* SPDX-License-Identifier: ISC */
/* A list's cursor and scroll: moves by keys, keeps three rows of context. */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "key.h"

struct list {
	size_t n;      /* rows there are */
	size_t cursor; /* < n, or 0 */
	size_t top;    /* first row shown */
	int rows;      /* rows that fit, set by list_layout() */
};

/* Tell how many rows there are and fit; the cursor is kept inside. */
void list_layout(struct list *, size_t n, int rows);
void list_move(struct list *, size_t cursor);
/* j k g G arrows, page keys, wheel; a click on row (from the list's first
 * row). True: taken. */
bool list_key(struct list *, int key);
bool list_click(struct list *, int row);

#endif
