/* SPDX-License-Identifier: ISC */
/*
 * A rendered post in an area of the screen: kept as long as path, file and
 * width are the same, scrolled by line, searched.
 */
#ifndef DOCVIEW_H
#define DOCVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"
#include "err.h"
#include "file.h"

struct app;
struct doc;
struct docview_job;

struct docview {
	char *path; /* in the site */
	struct stamp stamp;
	int width;
	struct doc *doc; /* NULL: err says why, or job is on its way */
	struct docview_job
	    *job; /* lays it out anew; NULL: it is as it should be */
	struct err err;
	int laid;                    /* columns that doc was laid out for */
	int picture_rows, laid_rows; /* that a picture may take; 0: none */
	size_t top;                  /* first line shown */
	int rows;                    /* of the area that it was last drawn in */
	char *search;                /* folded text to mark, NULL: none */
};

/*
 * Make it show the page at path in the site as it is on the disk now, for
 * width columns.  Another page starts at its top.  A large one is laid out by a
 * job, after which the screen is drawn again.
 */
void docview_load(struct docview *, struct app *, const char *path, int width);
/* docview_picture.c */
/* Before docview_load(): pictures are drawn where they can be, in a screen of
 * that many rows. */
void docview_picture_room(struct docview *, struct app *, int rows);
/* Does doc have as much room for pictures as it should? */
bool docview_pictures_fit(const struct docview *);
/* After docview_draw(): those that are there. */
void docview_draw_pictures(
    const struct docview *, struct app *, struct canvas *, struct area);

void docview_draw(struct docview *, struct canvas *, struct area);
/* Scroll by lines, kept inside. */
void docview_scroll(struct docview *, long lines);
/* Scrolling keys: j k arrows, pages, g G, wheel. True: taken. */
bool docview_key(struct docview *, int key);
/* The next (dir 1) or previous (-1) line with the search text after the first
 * line shown; wraps around. False: there is none. */
bool docview_find(struct docview *, int dir);
void docview_dispose(struct docview *);

#endif
