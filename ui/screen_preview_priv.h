/* SPDX-License-Identifier: ISC */
/* What the preview's files share: its state, and who does which part. */
#ifndef SCREEN_PREVIEW_PRIV_H
#define SCREEN_PREVIEW_PRIV_H

#include "app.h"
#include "docview.h"
#include "input.h"
#include "list.h"

/* The list of headings, over the page. */
struct contents {
	bool open;
	struct list list;
	struct input filter;
	size_t *shown; /* headings by index */
	size_t n, cap;
	struct area rows; /* where they were drawn */
};

/* Where a link was followed from. */
struct step_back {
	struct docview view; /* the page; empty: the same page */
	size_t top, link;    /* where in it */
};

struct preview {
	struct docview view;
	char *path; /* in the site; view may show the one before still */
	char *goal; /* the heading to go to once it is laid out, or NULL */
	struct step_back *back;
	size_t nback, cap_back;
	struct contents contents;
	char *searched; /* what was searched for before, while one types */
	size_t matched; /* the match gone to then */
	size_t begun;   /* the first line shown then */
	size_t digits;  /* the number of a link that is being typed */
	bool seek;      /* the link is to be in sight, with its address below */
	bool own;       /* what changes the file now is ours */
	char *to_open;  /* asked about: an address or a file, or NULL */
};

/* screen_preview_search.c */
void preview_search(struct app *, void *self);
void preview_search_next(struct app *, void *self);
void preview_search_previous(struct app *, void *self);

/* screen_preview_contents.c */
void preview_contents(struct app *, void *self);
void contents_draw(struct preview *, struct canvas *, struct area);
bool contents_event(struct app *, struct preview *, const struct event *);
void contents_dispose(struct contents *);

/* screen_preview_links.c */
void preview_next_link(struct app *, void *self);
void preview_previous_link(struct app *, void *self);
void preview_follow(struct app *, void *self);
void preview_go_back(struct app *, void *self);
/* The number of a link, typed. */
bool preview_digit(struct app *, struct preview *, int key);
/* The address of the link gone to, below the page; the rows that are left. */
int links_draw(struct preview *, struct canvas *, struct area);
void preview_leave_links(struct preview *);

/* screen_preview_copy.c */
void preview_copy(struct app *, void *self);
void preview_copy_address(struct app *, void *self);

#endif
