/* SPDX-License-Identifier: ISC */
/*
 * Publication as data (struct plan) and as a transaction (publish_run()):
 * either the posts are out, or all is as before, or the commit is made and
 * exactly that is said.
 */
#ifndef PUBLISH_H
#define PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

#include "check.h"
#include "repo.h"
#include "site.h"

struct progress;

struct plan_field {
	char *path; /* relative to the site's root */
	char *key;
	char *before, *after; /* as shown; before "" when absent */
	struct value *value;  /* what after is */
	char *beside[2];      /* where a new key goes: it, and the one before or
				 behind it, in their order; NULLs: it is not new */
};

struct plan_file {
	char *path;            /* relative to the work tree */
	unsigned state;        /* enum repo_state */
	size_t added, removed; /* lines, after the edits; 0 for binaries */
	struct stamp stamp;    /* when planned; zeros: not there */
};

struct plan {
	bool unpublish;
	char **posts; /* paths relative to the site's root */
	size_t nposts, cap_posts;
	struct stamp *stamps; /* of the posts, when planned */
	struct plan_field *fields;
	size_t nfields, cap_fields;
	struct plan_file *files;
	size_t nfiles, cap_files;
	struct findings findings;
	struct repo_head head;
	char *message; /* subject, and body and trailers behind a blank line */
	char *url;     /* address of the first post once it is out */
	char *note;    /* NULL, or what the author must know: scheduled ... */
	bool no_push, no_verify, atomic;
	bool ignore_errors; /* publish although checks found errors */
};

struct plan_options {
	bool unpublish, no_push, no_verify, atomic, ignore_errors;
	bool set_lastmod;     /* lastmod to now, where the key exists */
	const char *message;  /* NULL: from the template */
	const char *template; /* the message setting: "{action}: {title}" */
	bool summary;         /* a body that says what is different */
	bool signoff;         /* Signed-off-by: the committer */
	const char *const *reviewers; /* Reviewed-by: each of them */
	size_t nreviewers;
	struct schemas *schemas; /* what fields must hold; NULL: any */
};

/*
 * Look, change nothing: the fields that will change (draft off, by whatever
 * field tells drafts; lastmod to now if the key exists), the posts' and their
 * bundles' changed files and the changed pictures under static and assets that
 * they name, checks, message, target.  Without fields and files it is a push
 * alone.  Errors: a post that does not load, not in the repository, an
 * operation in progress, no identity.
 */
struct plan *publish_plan(const struct site *, struct repo *,
    const char *const *posts, size_t n, const struct plan_options *,
    struct err *);
void plan_free(struct plan *);
/* Nothing to publish: no field and no file changes, and nothing unpushed. */
bool plan_empty(const struct plan *);

/* Another message, without the blank lines around it; false: there is nothing
 * in it, and it stays as it was. */
bool plan_set_message(struct plan *, const char *message);
/* Add a trailer ("Reviewed-by", "Ada <ada@example.org>") to the message; false:
 * it has that one already. */
bool plan_trailer(struct plan *, const char *key, const char *who);

enum publish_step {
	PUBLISH_CHECKED,
	PUBLISH_WRITTEN,
	PUBLISH_COMMITTED,
	PUBLISH_FETCHED,
	PUBLISH_PUSHED,
};

struct publish_result {
	enum publish_step reached;  /* the last step that was done */
	char oid[REPO_OID_LEN + 1]; /* of the commit, "" when none */
	struct buf remote;          /* what hooks and remote said, lines */
	bool pushed;
	struct err unsent; /* why the push failed, without what err adds */
};

/*
 * Carry the plan out.  ERR_CHANGED when a file is not as it was planned, and
 * ERR_REFUSED when checks found errors: nothing is done.  Until the commit
 * exists every failure restores every byte; after it the commit stays (atomic:
 * is undone too) and err says why it is not out: "committed 3f2a91c; not
 * pushed: REASON; sync tries again".  The result is the caller's to dispose
 * either way.
 */
int publish_run(const struct site *, struct repo *, struct plan *,
    const struct repo_net *, struct publish_result *, struct err *);
void publish_result_dispose(struct publish_result *);

/*
 * Wait until the posts of a publication are at their addresses as they are
 * here, or gone, for so many seconds in all.  *told (may be NULL): false when a
 * page cannot be told from what it was before.  ERR_REFUSED: the site leaves
 * one of them out for now.
 */
int publish_wait(const struct site *, struct repo *, const struct plan *,
    const struct publish_result *, int seconds, bool *told, struct progress *,
    struct err *);

/*
 * Fetch, integrate, push what waits: the `sync` command. *summary (caller
 * frees): "pushed 1 commit to origin main".  A publication that was cut off is
 * finished first, as it was planned; ERR_CHANGED when a file is not as it was.
 */
int publish_sync(
    struct repo *, const struct repo_net *, char **summary, struct err *);

struct publish_conflicts;
/* The same, with what a person has decided; what nobody has decided yet is
 * added, nothing is changed then, and ERR_GIT names the files. */
int publish_sync_with(struct repo *, const struct repo_net *,
    struct publish_conflicts *, char **summary, struct err *);

/* What an earlier publication has left. */
enum publish_left {
	PUBLISH_LEFT_NOTHING,
	PUBLISH_LEFT_CUT,     /* in the middle: sync finishes, undo takes back*/
	PUBLISH_LEFT_UNSENT,  /* committed, not pushed: the same */
	PUBLISH_LEFT_UNDOING, /* taking it back was cut off: both finish that */
	PUBLISH_LEFT_RUNNING, /* another galley is at it */
};

struct publish_pending {
	enum publish_left left;
	char *text;    /* "committed 3f2a91c, not pushed: REASON"; one line */
	char *subject; /* of the message, or NULL */
	char oid[REPO_OID_LEN + 1]; /* the commit, "": none */
};

/* Changes nothing.  ERR_GIT: what is kept of it cannot be read. */
int publish_pending(struct repo *, struct publish_pending *, struct err *);
void publish_pending_dispose(struct publish_pending *);

/*
 * Take back what the last publication did that is not out: branch, index and
 * the bytes that it changed are as they were before; what somebody has changed
 * since stays.  Refused when readers have it by now, or others stand on it.
 * *summary (caller frees): "took back 3f2a91c".
 */
int publish_undo(
    struct repo *, const struct repo_net *, char **summary, struct err *);

#endif
