/* SPDX-License-Identifier: ISC */
/*
 * Words to choose from below a text that is being typed: those that begin as
 * the text does, then those that have it inside, with how often each is used.
 */
#ifndef PICKS_H
#define PICKS_H

#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"
#include "schema.h"

struct picks {
	struct schema_words words;
	size_t *shown; /* those that go with the text, by index */
	size_t n, cap;
	size_t at;
	bool chosen; /* by arrow: Enter takes it, too */
	bool typed;  /* the text was not empty */
	bool exact;  /* it is one of the words */
	bool only;   /* the caller may set it: it is to be one of them, so Enter
		      * takes the marked one */
};

/* Takes what is in words, which is empty then. */
void picks_init(struct picks *, struct schema_words *words);
void picks_dispose(struct picks *);
/* The text is this now; skip (may be NULL) leaves words out. */
void picks_filter(struct picks *, const char *text,
    bool (*skip)(const void *ctx, const char *word), const void *ctx);
/* Up and Down; false: there is nothing to choose from. */
bool picks_move(struct picks *, int by);
/* What Tab takes; NULL: nothing, for nothing is typed nor chosen. */
const char *picks_word(const struct picks *);
/* What Enter takes instead of the text; NULL: the text. */
const char *picks_enter(const struct picks *);
/* Is the text none of the words, nor a part of one, where it is to be one? */
bool picks_strange(const struct picks *, const char *text);
/* Where text is like a word of them without being it, that one; else NULL. */
const struct schema_word *picks_like(const struct picks *, const char *text);
/* Say that it is none of them; returns the rows used. */
int picks_draw_strange(struct canvas *, struct area);
/* Returns the rows used: at most six, and none without words. */
int picks_draw(const struct picks *, struct canvas *, struct area);

#endif
