/* SPDX-License-Identifier: ISC */
/*
 * A rendered post in an area of the screen: kept as long as path, file and
 * width are the same, scrolled, searched, its links gone through.  Where the
 * reader is stays the same words when it is wrapped anew and when the file has
 * changed.
 */
#ifndef DOCVIEW_H
#define DOCVIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "canvas.h"
#include "err.h"
#include "file.h"

struct app;
struct doc;
struct docview_index;
struct docview_job;
struct docview_match;

struct docview {
	char *path; /* in the site */
	bool card;  /* show its card, not the page */
	struct stamp stamp;
	int width;
	struct doc *doc; /* NULL: err says why, or job is on its way */
	struct docview_job
	    *job; /* lays it out anew; NULL: it is as it should be */
	struct err err;
	int picture_rows, laid_rows; /* that a picture may take; 0: none */
	struct stamp taken;          /* of the file that doc was made of */
	/* Of doc, or of the last one that there was of the page; or NULL. */
	struct docview_index *index;

	size_t top;   /* first line shown */
	size_t place; /* in the index's words: what the reader is at */
	size_t above; /* lines shown that are above those words */
	int rows;     /* of the area that it was last drawn in */

	char *search; /* docview_index_needle(), NULL: none */
	struct docview_match *matches;
	size_t nmatches;
	size_t match; /* the one gone to, from 1; 0: none */

	size_t link;  /* the one gone to, from 1; 0: none */
	bool numbers; /* links are numbered */

	size_t mark;    /* a place, and 1; 0: none */
	size_t changed; /* the same, where the file was changed by others */
	bool news;      /* the page was shown anew, for its file had changed */
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
/* It will not be drawn for a while, and may be moved in memory. */
void docview_pause(struct docview *);
void docview_dispose(struct docview *);

/* Scroll by lines, kept inside. */
void docview_scroll(struct docview *, long lines);
/* Scrolling keys: j k arrows, pages, g G, wheel. True: taken. */
bool docview_key(struct docview *, int key);
/* Have a line at the top, or as near as can be. */
void docview_go(struct docview *, size_t line);
/* Scroll no more than needed to have these lines in sight. */
void docview_reveal(struct docview *, size_t first, size_t last);
/* To the heading with this id, or the footnote or its reference.  False: there
 * is none. */
bool docview_go_id(struct docview *, const char *id);
/* The line of a place, as mark and changed are. */
size_t docview_line(const struct docview *, size_t place);
void docview_set_mark(struct docview *); /* at the first line shown */

/* docview_find.c */
/* Mark what text is found as; NULL or "": nothing. */
void docview_search(struct docview *, const char *text);
enum docview_found {
	DOCVIEW_LOST, /* there is none */
	DOCVIEW_FOUND,
	DOCVIEW_WRAPPED, /* past the end (or the beginning) of the page */
};
/* Go to the next match (dir 1), or the previous one (-1), from the one gone to
 * last if it is in sight, else from the first line shown. */
enum docview_found docview_find(struct docview *, int dir);
/* To the first match that is not before the first line shown, if any. */
void docview_find_here(struct docview *);

/* docview_link.c */
size_t docview_links(const struct docview *);
/* Go to the next link (dir 1), or the previous one (-1); the first time to one
 * that is in sight.  False: there are none. */
bool docview_next_link(struct docview *, int dir);
void docview_go_link(struct docview *, size_t number); /* from 1 */
/* The address of the one gone to, NULL: none is. Borrowed. */
const char *docview_address(const struct docview *);

/* docview_code.c */
/*
 * Append the code of the block that the first line shown is in, or else of the
 * first one that begins in sight, as it is in body, the page's source.  The
 * number of lines; 0: there is no block.
 */
size_t docview_code(
    const struct docview *, const char *body, size_t len, struct buf *);

#endif
