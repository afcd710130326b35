/* SPDX-License-Identifier: ISC */
/* One line of text being edited, by grapheme cluster. */
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
	bool pasting;
	bool gap; /* an end of a line was pasted, no text after it yet */
};

void input_set(struct input *, const char *); /* cursor at the end */
void input_dispose(struct input *);
/*
 * Typing, Backspace, Delete, arrows, Home End, Ctrl-A Ctrl-E Ctrl-U Ctrl-K
 * Ctrl-W, Alt-b Alt-f; pasted ends of lines become a blank.  True: taken.
 */
bool input_key(struct input *, const struct event *);
/* Draw in one row of cols columns and put the terminal's cursor there. */
void input_draw(struct input *, struct canvas *, int row, int col, int cols);

#endif
