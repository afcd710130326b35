/* SPDX-License-Identifier: ISC */
/* One content file, loaded: its front matter, and its state on the disk. */
#ifndef POST_H
#define POST_H

#include "err.h"
#include "file.h"
#include "fm.h"

struct post {
	char *path; /* absolute */
	struct fm *fm;
	struct stamp stamp; /* of the file that was read */
};

/* NULL and err (with line and column for broken front matter). */
struct post *post_load(const char *path, struct err *);
void post_free(struct post *);
/* Write what fm holds. ERR_CHANGED when the disk copy moved since. */
int post_save(struct post *, struct err *);

#endif
