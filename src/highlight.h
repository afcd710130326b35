/* SPDX-License-Identifier: ISC */
/*
 * Source code, split into runs for colouring: comments, strings, numbers,
 * keywords.  One row of a table per language; a scanner, not a parser: it
 * looks at no more than a line's beginning and the characters around a word.
 */
#ifndef HIGHLIGHT_H
#define HIGHLIGHT_H

#include <stddef.h>

enum highlight {
	HIGHLIGHT_PLAIN,
	HIGHLIGHT_KEYWORD,
	HIGHLIGHT_TYPE, /* types, built-in names and constants */
	HIGHLIGHT_STRING,
	HIGHLIGHT_NUMBER,
	HIGHLIGHT_COMMENT,
	HIGHLIGHT_NAME,     /* of a function, tag, key, section */
	HIGHLIGHT_META,     /* preprocessor, attributes, variables */
	HIGHLIGHT_INSERTED, /* lines of a diff */
	HIGHLIGHT_DELETED,
	HIGHLIGHT_KINDS,
};

struct language;

/* A language by the name that follows a fence ("c++", "YAML", "sh"), whatever
 * its capitals; NULL: not known. */
const struct language *highlight_find(const char *name, size_t len);

/*
 * Call run() for each run of text[0..len), in order, without gaps; its length
 * is in bytes.  Time is linear in len.
 */
void highlight(const struct language *, const char *text, size_t len,
    void (*run)(void *arg, size_t len, enum highlight), void *arg);

#endif
