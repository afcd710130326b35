/* SPDX-License-Identifier: ISC */
/*
 * Text of several lines being edited in a few rows: wrapped at blanks, scrolled
 * by row.  Enter makes a new line.
 */
#ifndef LINES_H
#define LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"
#include "input.h"
#include "key.h"

struct lines {
	struct input in; /* its .lines is set */
	size_t top;      /* first row shown */
	int cols, rows;  /* as last drawn */
	int goal;        /* column that Up and Down keep to; -1: none */
};

void lines_set(struct lines *, const char *); /* cursor at the start */
void lines_dispose(struct lines *);
/* All of input_key(), and Up Down PgUp PgDn by rows. True: taken. */
bool lines_key(struct lines *, const struct event *);
/* How many rows the text takes at that width. */
size_t lines_height(const struct lines *, int cols);
void lines_draw(struct lines *, struct canvas *, struct area);

#endif
