/* SPDX-License-Identifier: ISC */
/*
 * One line of text being edited, by grapheme cluster; with .lines set, several
 * (see lines.h, which draws those).
 */
#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "canvas.h"
#include "key.h"

struct input {
	struct buf text;
	size_t cursor; /* byte offset, at a cluster */
	int left;      /* columns scrolled off at the left */
	bool lines;    /* ends of lines are text, too */
	bool secret;   /* drawn as dots */
	bool pasting;
	bool full; /* what was put in last did not fit */
	bool gap;  /* an end of a line was pasted, no text after it yet */
};

/* Cursor at the end.  Control characters become harmless. */
void input_set(struct input *, const char *);
void input_dispose(struct input *); /* secrets are overwritten */
/* Put text at the cursor, which goes behind it. */
void input_insert(struct input *, const char *s, size_t len);
/*
 * Typing, Backspace, Delete, arrows, Home End, Ctrl-A Ctrl-E Ctrl-U Ctrl-K
 * Ctrl-W, by words: Alt-b Alt-f Alt-d, Ctrl with an arrow.  Pasted ends of
 * lines become a blank; with .lines they stay, Enter makes one, and what goes
 * to an end goes to that of the line.  True: taken.
 */
bool input_key(struct input *, const struct event *);
/* Draw in one row of cols columns and put the terminal's cursor there. */
void input_draw(struct input *, struct canvas *, int row, int col, int cols);

#endif
