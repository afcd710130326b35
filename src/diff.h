/* SPDX-License-Identifier: ISC */
/* The lines that differ between two texts: a shortest edit, line by line. */
#ifndef DIFF_H
#define DIFF_H

#include <stddef.h>

#include "buf.h"

struct diff_line {
	char sign;        /* '-': only in a; '+': only in b */
	unsigned line;    /* 1-based, in the text that has it */
	const char *text; /* borrowed from that text, without its line ending */
	size_t len;       /* bytes */
};

/*
 * Tell emit every line that is only in one of the texts, in order; of lines
 * that take each other's place the removed ones come first.  Texts that are
 * too different to compare (over 4 million pairs of lines between the first and
 * the last change) are told as one change.
 */
void diff_lines(const char *a, size_t alen, const char *b, size_t blen,
    void (*emit)(void *ctx, const struct diff_line *), void *ctx);

/*
 * Append the unified diff of two texts as git prints it and patch(1) takes it:
 * "--- a/name", "+++ b/name", hunks with 3 lines around each change, line
 * endings as they are. Nothing when the texts are the same. (diff_unified.c)
 */
void diff_unified(const char *name, const char *a, size_t alen, const char *b,
    size_t blen, struct buf *);

#endif
