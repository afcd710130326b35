/* SPDX-License-Identifier: ISC */
/*
 * Edits that are not saved yet, kept in $XDG_STATE_HOME/galley/unsaved (or
 * ~/.local/state/...) so that they outlive a crash, a kill and a terminal that
 * is closed.  One store is one running program on one site; what a program that
 * still runs has kept is its own, nobody else sees it.  Only the front matter
 * is kept: forms change nothing else.
 */
#ifndef RECOVER_H
#define RECOVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "file.h"
#include "fm.h"
#include "post.h"

struct recover;

/* The edits of one post. merge_new(base, ours, what is there now) brings them
 * back. */
struct recover_item {
	char *path;             /* of the post, in the site */
	int64_t when;           /* Unix seconds of the last edit */
	struct fm *base, *ours; /* front matter only, without the body */
	struct stamp stamp;     /* of the file that was read */
	uint64_t hash;          /* of its bytes: recover_hash() */
	bool claimed;           /* to be restored here */
	char *file;             /* recover.c's own */
};

/* root: of the site.  Touches no file yet.  Never NULL. */
struct recover *recover_open(const char *root);
/* What was put stays, to be offered at the next start, unless dropped. */
void recover_close(struct recover *);

/*
 * Keep the edits of a post (post->fm against post->base) in place of what was
 * kept of it before; nothing is written when that is the same, and it is
 * dropped when there are no edits any more.  path: in the site.  An error is
 * one to tell, not to stop at; each kind is returned once.
 */
int recover_put(
    struct recover *, const char *path, const struct post *, struct err *);
/* Saved, or discarded: forget what this program keeps of the post. */
void recover_drop(struct recover *, const char *path);

/*
 * Read what programs that are gone have left on this site, newest first: at
 * most 100 items.  Files that are broken or too large are skipped.  The result
 * is the store's, until the next call of this or recover_close().
 */
struct recover_item *const *recover_list(struct recover *, size_t *n);
/* The same without reading again. */
struct recover_item *const *recover_listed(struct recover *, size_t *n);
/* The listed item of a post, or NULL. */
const struct recover_item *recover_find(struct recover *, const char *path);
/* Make a listed item this program's own, to restore it: from then on it is what
 * recover_put() and recover_drop() of its path are about.  ERR_REFUSED: another
 * program was faster. */
int recover_claim(struct recover *, const struct recover_item *, struct err *);
/* Remove a listed item for good; it stays listed, as a pointer that holds. */
void recover_discard(struct recover *, const struct recover_item *);

uint64_t recover_hash(const void *, size_t len);

#endif
