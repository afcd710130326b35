/* SPDX-License-Identifier: ISC */
/*
 * A git repository with a work tree.  Paths are relative to the work tree, raw
 * bytes, '/' between.  Knows nothing of posts.  Every call blocks; one struct
 * repo belongs to one thread at a time.  Errors are ERR_GIT (ERR_CANCEL,
 * ERR_AUTH where it is that).
 */
#ifndef REPO_H
#define REPO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"

#define REPO_OID_LEN 40

struct askpass;
struct progress;
struct repo;

/*
 * Hold what git needs.  Every struct repo holds it too, but to start it takes
 * longer than most of the rest (milliseconds): who opens one after another
 * keeps a hold meanwhile, who opens none has nothing to wait for.  The first
 * hold of all is taken by one thread alone.  False: libgit2 is not there, and
 * repo_open() says so.
 */
bool repo_init(void);
void repo_shutdown(void); /* give a hold back */

/* The repository whose work tree holds dir. Says plainly what it cannot open:
 * bare, SHA-256, not the owner's, ... */
struct repo *repo_open(const char *dir, struct err *);
void repo_free(struct repo *);
/* Who answers what programs ask that git runs (ssh, gpg, credential helpers):
 * borrowed until repo_free(); NULL: nobody, and they fail. */
void repo_ask_through(struct repo *, struct askpass *);
const char *repo_root(const struct repo *); /* absolute, no last slash */
/* Git's own directory of this work tree, absolute, with a last slash. */
const char *repo_dir(const struct repo *);

/* Where we stand, and where a push would go. */
struct repo_head {
	char *branch;   /* "main"; NULL when detached */
	bool unborn;    /* no commit yet */
	char *busy;     /* "merge", "rebase": in progress; NULL: nothing */
	char *remote;   /* remote to push to; NULL: there is none */
	char *url;      /* where it pushes, as git would show it, no password */
	char *target;   /* the branch's name there: "main" */
	char *upstream; /* "refs/remotes/origin/main"; NULL: none */
	char *from;     /* the upstream's remote; NULL: none, or local */
	char *refused;  /* why git would not push from here; NULL: it would */
	size_t ahead, behind; /* against the upstream, as last fetched */
};

int repo_head(struct repo *, struct repo_head *, struct err *);
void repo_head_dispose(struct repo_head *);

/* What is different about a path. */
enum repo_state {
	REPO_CLEAN = 0,
	REPO_NEW = 1,      /* not in HEAD */
	REPO_CHANGED = 2,  /* work tree or index differs from HEAD */
	REPO_DELETED = 4,  /* gone from the work tree */
	REPO_UNPUSHED = 8, /* differs between upstream and HEAD */
	REPO_CONFLICT = 16,
	REPO_STAGED = 32, /* the index differs from HEAD */
};

struct repo_change {
	char *path;
	unsigned state; /* enum repo_state, added up; never REPO_CLEAN */
};

struct repo_changes {
	struct repo_change *v; /* sorted bytewise by path */
	size_t n;
};

/*
 * All that is changed or unpushed below the directory or file prefix ("" for
 * all), untracked files one by one, ignored ones left out.
 */
int repo_changes(
    struct repo *, const char *prefix, struct repo_changes *, struct err *);
unsigned repo_changes_find(const struct repo_changes *, const char *path);
void repo_changes_dispose(struct repo_changes *);
/* Lines that b has and a lacks, and the reverse; 0 and 0 for binaries. */
void repo_count_lines(
    const struct buf *a, const struct buf *b, size_t *added, size_t *removed);

/* What a file was: rev is "HEAD", "upstream" or any revision. 1: not there. */
int repo_read(struct repo *, const char *rev, const char *path, struct buf *,
    struct err *);
bool repo_ignored(struct repo *, const char *path);
/* The commit that rev names, in hex. */
int repo_oid(
    struct repo *, const char *rev, char oid[REPO_OID_LEN + 1], struct err *);

/* Text from hooks and remotes, as it comes, cleaned, one line a call. */
typedef void (*repo_line)(void *ctx, const char *line);

struct repo_commit_spec {
	const char *const
	    *paths; /* exactly these; a missing file is a removal*/
	size_t n;
	const char *message; /* subject, blank line, body */
	bool no_verify;
	repo_line line; /* hooks' output; may be NULL */
	void *ctx;
	struct progress *progress; /* may be NULL */
};

/*
 * Commit exactly the paths, as `git commit -m MESSAGE -- PATHS` does; whatever
 * else is staged stays staged.  oid gets the new commit in hex.  Equal to HEAD:
 * ERR_REFUSED.  On error index, HEAD and files are as before.  Where hooks or
 * signing are set up it is git itself that commits.
 */
int repo_commit(struct repo *, const struct repo_commit_spec *,
    char oid[REPO_OID_LEN + 1], struct err *);
/*
 * Take the commit back if the branch still ends in it: its paths are in the
 * index as they were before (as in its parent, when it is not the last one
 * that this repo made), files are left alone.
 */
int repo_undo_commit(struct repo *, const char *oid, struct err *);
/*
 * Make a branch of HEAD (name, or name-2 ... where that is taken; *made, caller
 * frees) and check it out; the branch that was checked out goes back to where
 * the upstream and it part, if it has one.  Files and index stay.
 */
int repo_branch_off(struct repo *, const char *name, char **made, struct err *);
/* Let the branch end in the commit oid, and files and index follow as far as
 * they differ between the two; refused where a local change is in the way. */
int repo_move(struct repo *, const char *oid, struct err *);

/* What the index has for a path. */
struct repo_entry {
	bool there, intent; /* git add --intent-to-add */
	unsigned mode;
	char oid[REPO_OID_LEN + 1];
};
int repo_entries(struct repo *, const char *const *paths, size_t n,
    struct repo_entry *, struct err *);
/*
 * Bring entries back that are as the work tree or HEAD has the file, that is,
 * as a commit that was cut off left them; what somebody has staged since stays.
 */
int repo_entries_back(struct repo *, const char *const *paths,
    const struct repo_entry *, size_t n, struct err *);
/* Wait a second for another git that holds the index; ERR_GIT says who. */
int repo_wait(struct repo *, struct err *);
/*
 * Is HEAD a commit on parent ("": the first one) that changes nothing but some
 * of the paths?  1, and its name in oid; 0: it is not.
 */
int repo_made(struct repo *, const char *parent, const char *const *paths,
    size_t n, char oid[REPO_OID_LEN + 1], struct err *);
/* 1: commit is of, or one that of stands on; 0: no, or one is not there. */
int repo_contains(
    struct repo *, const char *of, const char *commit, struct err *);
/*
 * A move of the branch between two commits was cut off (repo_move(),
 * repo_integrate()): let files, index and branch be as in the commit want, one
 * of the two.  Refused where a file is as neither of them has it.
 */
int repo_settle(struct repo *, const char *from, const char *to,
    const char *want, struct err *);
/* Remove the locks that our own program left when it was killed, after since
 * (seconds): those that no running program holds. */
void repo_break_locks(struct repo *, int64_t since);

struct repo_net {
	/* What the remote says to a push ("remote: ..." without that), and why
	 * a connection failed where that takes several lines; may be NULL. */
	repo_line line;
	void *ctx;
	struct progress *progress; /* may be NULL */
	bool no_verify;            /* leave the pre-push hook out */
};

/* Fetch the remote's branches; *net may not be NULL. */
int repo_fetch(
    struct repo *, const char *remote, const struct repo_net *, struct err *);

enum repo_integrated {
	REPO_UP_TO_DATE,
	REPO_FORWARDED, /* no commits of ours: the branch moved forward */
	REPO_REBASED,   /* our commits now stand on the upstream's */
};

/*
 * Bring the upstream's commits into the branch: forward, or rebase in memory
 * and then a safe checkout.  Nothing changes unless all of it works; on a
 * conflict ERR_GIT names the files.
 */
int repo_integrate(struct repo *, enum repo_integrated *, struct err *);

/* A file that both sides changed; NULL where it is not there. */
struct repo_conflict {
	const char *path;
	const struct buf *base, *theirs, *mine; /* theirs: the upstream's */
	bool clean; /* git has merged it, line by line */
};

enum repo_merged {
	REPO_UNMERGED, /* a conflict */
	REPO_MERGED,   /* to the text */
	REPO_REMOVED,
};

/* Who is asked on the way; each function may be NULL. */
struct repo_integration {
	/* Make one text of the sides, where git cannot, or did line by line
	 * (then REPO_UNMERGED leaves it so). */
	enum repo_merged (*merge)(
	    void *ctx, const struct repo_conflict *, struct buf *text);
	/* Files, index and branch are about to go from one commit to the
	 * other; -1: they are not to. */
	int (*moving)(
	    void *ctx, const char *from, const char *to, struct err *);
	void *ctx;
};
int repo_integrate_with(struct repo *, const struct repo_integration *,
    enum repo_integrated *, struct err *);

/* A stretch of text that the sides have alike (theirs and mine are the same),
 * or a conflict. */
struct repo_stretch {
	bool conflict;
	char *base, *theirs, *mine;
};
/*
 * Merge texts line by line; *v (n of them) is the whole text, for
 * repo_stretches_free().  -1: it cannot be (binary).
 */
int repo_merge_text(const struct buf *base, const struct buf *theirs,
    const struct buf *mine, struct repo_stretch **v, size_t *n);
void repo_stretches_free(struct repo_stretch *, size_t n);

/*
 * Push HEAD to the branch that repo_head() names, setting the upstream where
 * there was none.  A refused ref is an error with the remote's reason.
 * moved (may be NULL) tells that the remote has commits that we lack.
 */
int repo_push(
    struct repo *, const struct repo_net *, bool *moved, struct err *);

/* "Name <email>" of the author a commit would have; ERR_GIT with the two git
 * commands to run when there is none. Caller frees. */
char *repo_identity(struct repo *, struct err *);
char *repo_committer(struct repo *, struct err *); /* the same of committer */

#endif
