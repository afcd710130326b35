/* SPDX-License-Identifier: ISC */
/* Publications on a branch of their own, for a pull request. */
#ifndef PUBLISH_BRANCH_H
#define PUBLISH_BRANCH_H

#include "buf.h"
#include "err.h"
#include "repo.h"

/* "galley/first-proof" for the post at a path in the site; caller frees. */
char *publish_branch_name(const char *path);

/*
 * What waits to be pushed goes to a new branch (name, or name-2 ... when that
 * is taken; *made, caller frees), which is checked out; the branch that it was
 * on is as the remote has it.  No file is touched.  Then push it, with upstream
 * set.  On error of the push the branch stays, and sync tries again.
 */
int publish_to_branch(struct repo *, const char *name, const struct repo_net *,
    char **made, struct err *);

/* An address in what a remote said at a push, to make a pull request of it, or
 * NULL; caller frees. */
char *publish_link(const struct buf *said);

#endif
