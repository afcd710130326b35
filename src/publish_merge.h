/* SPDX-License-Identifier: ISC */
/*
 * Files that both we and the remote changed: front matter merged field by
 * field, text by passages, and what is left for a person to decide.
 */
#ifndef PUBLISH_MERGE_H
#define PUBLISH_MERGE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "merge.h"
#include "repo.h"

/* What the sides have in different ways. */
struct publish_piece {
	char *name;                 /* a field's path, "text", "file" */
	char *base, *theirs, *mine; /* as shown; NULL: it is not there */
	enum merge_choice choice;   /* MERGE_OURS: mine */
};

struct publish_conflict {
	char *path; /* in the work tree */
	struct publish_piece *pieces;
	size_t n, cap;
	char *edited; /* what a person made of the whole file, or NULL */
	/* publish_merge.c's own. */
	struct buf sides[3]; /* base, theirs, mine */
	bool there[3];
	size_t nfields; /* of the pieces; passages come behind them */
	struct merge *merge;
	struct repo_stretch *text;
	size_t ntext;
};

struct publish_conflicts {
	struct publish_conflict *v;
	size_t n, cap;
};

void publish_conflicts_dispose(struct publish_conflicts *);
/* Pieces that are not decided. */
size_t publish_conflicts_asks(const struct publish_conflicts *);
/* The file with the choices made, and both sides between marks where there is
 * none: for an editor. NULL: it is no text. Caller frees. */
char *publish_conflict_text(const struct publish_conflict *);
/* Take what a person made of it. false: it has marks still, or front matter
 * that does not parse (err says where). */
bool publish_conflict_edited(
    struct publish_conflict *, const char *text, struct err *);

/* For repo_integration.merge; ctx: struct publish_conflicts.  What is decided
 * in it is taken, what cannot be merged is added to it. */
enum repo_merged publish_merge_file(
    void *ctx, const struct repo_conflict *, struct buf *text);

#endif
