/* SPDX-License-Identifier: ISC */
/*
 * Front matter that was edited on both sides: as it was read (base), our edits
 * (ours), and what another program has written meanwhile (theirs).  The merge
 * is data, field by field, for a person to decide; the result is their text
 * with the chosen values of ours set in it, so that all else of their edit,
 * the body included, stays byte for byte.
 */
#ifndef MERGE_H
#define MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "fm.h"
#include "value.h"

enum merge_choice {
	MERGE_ASK, /* both sides changed it: somebody has to say */
	MERGE_OURS,
	MERGE_THEIRS,
};

/* Something that the two sides have in different ways.  Maps are entered, a
 * list is one value. */
struct merge_field {
	char *path;                         /* as fm_get() takes it */
	struct value *base, *ours, *theirs; /* NULL: it is not there */
	bool both;                          /* both sides changed it */
	enum merge_choice choice;           /* the caller may set it */
};

struct merge {
	struct merge_field *v; /* in the order of the texts, theirs first */
	size_t n;
	bool body;    /* their body is not the one of base */
	char **order; /* merge.c's own: our keys */
	size_t norder;
};

/* Choices are made where only one side changed the value; values are copies. */
struct merge *merge_new(
    const struct fm *base, const struct fm *ours, const struct fm *theirs);
void merge_free(struct merge *);
size_t merge_asks(const struct merge *);  /* fields left to be decided */
size_t merge_taken(const struct merge *); /* fields whose choice is ours */
/*
 * Decide by rule what both sides changed, as far as there is one: of lists that
 * of plain values both additions and both removals; of lastmod the later; a
 * draft for one is a draft.
 */
void merge_settle(struct merge *);
/*
 * Set the values chosen from ours in theirs, as one edit of it (fm_undo()).
 * Nothing may be left to ask.  On error theirs is as it was.
 */
int merge_apply(const struct merge *, struct fm *theirs, struct err *);

#endif
