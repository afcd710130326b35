/* SPDX-License-Identifier: ISC */
/* An edit of several files from the command line: all are written, or none. */
#ifndef CLI_EDIT_H
#define CLI_EDIT_H

#include <stdbool.h>
#include <stddef.h>

#include "cli_priv.h"

struct edit {
	struct post *post;
	const char *name; /* as the user has it */
	char *before;     /* the text as it was read */
	size_t before_len;
	bool written;
};

/* Load every file that the first *n operands name; *n becomes how many they
 * are: a file named twice is one. NULL: err. */
struct edit *edits_load(struct cli *, size_t *n, struct err *);
void edits_free(struct edit *, size_t n);
/* Write them all, and print what changed; on error none is changed.  dry:
 * write nothing, print a unified diff. */
int edits_save(struct cli *, struct edit *, size_t n, bool dry, struct err *);

#endif
