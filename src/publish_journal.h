/* SPDX-License-Identifier: ISC */
/*
 * What a publication is about to do, kept in git's directory of the work tree
 * (galley/publish) before each step that changes something, so that a program
 * that is killed can be finished or undone; and the lock that keeps a second
 * galley away (galley/lock).
 */
#ifndef PUBLISH_JOURNAL_H
#define PUBLISH_JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "file.h"
#include "repo.h"

enum journal_step {
	JOURNAL_WRITING,   /* posts, then the commit: which of it, files tell */
	JOURNAL_COMMITTED, /* and nothing is sent; the branch may be moving */
	JOURNAL_SENDING,   /* the remote may have it */
	JOURNAL_UNSENT,    /* the push failed: reason */
	JOURNAL_UNDOING,
};

/* A post that is written, with all of its text. */
struct journal_post {
	char *path; /* in the work tree, as all paths here */
	struct buf before, after;
};

/* A file that goes into the commit. */
struct journal_file {
	char *path;
	struct stamp stamp;      /* when planned; zeros: not there */
	struct repo_entry entry; /* of the index, before */
};

struct journal {
	enum journal_step step;
	bool atomic, no_verify, no_push;
	int64_t since; /* when it was written; set by journal_read() */
	char *branch;  /* that is published from */
	char *message; /* of the commit */
	char *reason;  /* NULL, or why it was not pushed */
	char head[REPO_OID_LEN + 1];   /* before; "": no commit yet */
	char commit[REPO_OID_LEN + 1]; /* ours, as it was made; "": none */
	/* The last move of the branch: HEAD is at one of them, and files and
	 * index in between while it is at from. "": there was none. */
	char from[REPO_OID_LEN + 1], to[REPO_OID_LEN + 1];
	struct journal_post *posts;
	size_t nposts, cap_posts;
	struct journal_file *files;
	size_t nfiles, cap_files;
};

struct journal_post *journal_add_post(struct journal *, const char *path);
struct journal_file *journal_add_file(struct journal *, const char *path);
void journal_dispose(struct journal *);

/* On the disk when it returns; the one before is replaced. */
int journal_write(struct repo *, const struct journal *, struct err *);
/* 1: there is none. */
int journal_read(struct repo *, struct journal *, struct err *);
void journal_remove(struct repo *);

/*
 * One galley at a time publishes from a work tree: wait a second, then ERR_GIT
 * says which process it is.  journal_unlock() takes what journal_lock() gave.
 * A process locks once: it gives the lock back too when it asks who has it.
 */
int journal_lock(struct repo *, struct err *);
void journal_unlock(int lock);
long journal_owner(struct repo *); /* the process that has it; 0: nobody */

/* What is to be done with it. (publish_undo.c) */
int journal_undo(struct repo *, struct journal *, struct err *);
/* Where there is no commit, and the index is as before: the posts alone. */
int journal_restore(struct repo *, const struct journal *, struct err *);
/* "committed 3f2a91c": our commit, by the name it has now; "" none. */
const char *journal_tip(struct repo *, const struct journal *);
/* Fill commit and step where the commit was made and that was not noted. */
int journal_notice_commit(struct repo *, struct journal *, struct err *);

#endif
