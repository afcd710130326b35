/* SPDX-License-Identifier: ISC */
/* What the files of the list of pages share: its state. */
#ifndef SCREEN_BROWSE_PRIV_H
#define SCREEN_BROWSE_PRIV_H

#include "app.h"
#include "canvas.h"
#include "docview.h"
#include "input.h"
#include "list.h"
#include "query.h"
#include "screen.h"

struct browse {
	struct list list;
	struct view view;
	struct query query;
	struct input filter;
	bool filtering; /* the filter line has the keys */
	bool drafts;    /* drafts only */
	char *current;  /* path under the cursor */
	char **marks;   /* paths, in the order they were marked */
	size_t nmarks, capmarks;
	bool publishing; /* the marked ones, on the screen above */
	struct docview side;
	struct area rows, beside; /* as last drawn, for the mouse */
};

/* The page under the cursor; NULL: there is none. Borrowed. */
const struct entry *browse_entry(struct app *, const struct browse *);

/* screen_browse_draw.c */
void browse_title(struct app *, void *self, struct buf *dst);
void browse_draw(struct app *, void *self, struct canvas *, struct area);

#endif
