/* SPDX-License-Identifier: ISC */
/* What the term_* files share; curses is in here, for them alone. */
#ifndef TERM_PRIV_H
#define TERM_PRIV_H

#include <stddef.h>
#include <stdint.h>

#include "canvas.h"
#include "face.h"

/* Our names for keys whose names curses takes for its own codes. */
enum {
	OUR_UP = KEY_UP,
	OUR_DOWN = KEY_DOWN,
	OUR_LEFT = KEY_LEFT,
	OUR_RIGHT = KEY_RIGHT,
	OUR_HOME = KEY_HOME,
	OUR_END = KEY_END,
	OUR_ENTER = KEY_ENTER,
	OUR_BACKSPACE = KEY_BACKSPACE,
	OUR_RESIZE = KEY_RESIZE,
	OUR_MOUSE = KEY_MOUSE,
};

#include <curses.h>
#include <term.h>

enum depth { DEPTH_NONE, DEPTH_8, DEPTH_16, DEPTH_256, DEPTH_DIRECT };

/* The pairs of colours that pictures have, made when they are first shown. */
struct inks {
	struct ink *v; /* a table by colours; NULL: none was needed yet */
	int n, most;
};

struct terminal {
	struct face face; /* first: the face is the term */
	SCREEN *screen;
	enum theme theme;
	struct theme_styles styles;
	enum depth depth;
	bool ansi; /* understands private modes */
	bool pairs[STYLES + 1];
	struct inks inks;
	int quit; /* the signal that ends us */
	bool resized, resumed, stop;
	bool answering; /* the terminal is telling its background */
	char answer[32];
	size_t nanswer;
	char partial[5]; /* bytes of an incomplete character */
	size_t npartial;
	struct event click; /* the last one */
	int64_t click_ms;
};

/* term_colour.c */
enum depth term_depth(void);
/* How many colours a cell can be given. */
int term_colours(enum depth);
/* A new frame of that many cells: there is a pair for each. */
void term_colour_frame(struct terminal *, int cells);
/* The pair of a cell; *a gets its attributes. */
int term_pair(struct terminal *, const struct cell *, attr_t *a);
void term_colour_dispose(struct terminal *);

#endif
