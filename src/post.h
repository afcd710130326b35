/* SPDX-License-Identifier: ISC */
/* One content file, loaded: its front matter, and its state on the disk. */
#ifndef POST_H
#define POST_H

#include "buf.h"
#include "err.h"
#include "file.h"
#include "fm.h"

struct post {
	char *path; /* absolute */
	struct fm *fm;
	struct buf base;    /* the file's bytes, as last read or saved */
	struct stamp stamp; /* of the file that was read */
};

/* NULL and err (with line and column for broken front matter). */
struct post *post_load(const char *path, struct err *);
/* As post_load(), but to be read alone: the text is there once, base is empty,
 * and it cannot be saved. */
struct post *post_view(const char *path, struct err *err);
/* The same of a text that is in no file, with a NUL behind it, which it takes;
 * path says where it would be. */
struct post *post_parse(
    const char *path, char *text, size_t len, struct err *err);
void post_free(struct post *);
bool post_changed(const struct post *); /* does fm differ from base? */
/* Write what fm holds. ERR_CHANGED when the disk copy moved since (then: see
 * merge.h), or is gone. */
int post_save(struct post *, struct err *);
/*
 * Save those that changed, all or none: every new text is whole on the disk
 * before the first file is replaced, and when one cannot be, those that were
 * are put back.  *failed (may be NULL) is the index of the post that err, as
 * of post_save(), is about.  No two may be the same file.
 */
int post_save_all(
    struct post *const *posts, size_t n, size_t *failed, struct err *);

#endif
