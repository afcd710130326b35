/* SPDX-License-Identifier: ISC */
/* What the repo_*.c files share, and nobody else includes: libgit2's types. */
#ifndef REPO_PRIV_H
#define REPO_PRIV_H

#include <stddef.h>

#include <git2.h>
#include <git2/sys/transport.h>
#if defined(__has_include)
#if __has_include(<git2/sys/errors.h>)
#include <git2/sys/errors.h>
#endif
#endif

#include "askpass.h"
#include "http.h"
#include "proc.h"
#include "repo.h"

/* repo_lib.c: before any call of libgit2; again: nothing. ERR_GIT: it is not
 * there. */
int repo_lib_load(struct err *);
#ifdef LAZY_GIT
/* Made from the calls in repo_*.c: the name of a function of libgit2 stands
 * for a pointer that repo_lib_load() sets. */
#include "repo_calls.h"
#endif

/* Argument vectors, with copies of the strings. */
struct repo_args {
	char **v; /* NULL-terminated */
	size_t n, cap;
};
void repo_args_add(struct repo_args *, const char *);
void repo_args_addf(struct repo_args *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void repo_args_dispose(struct repo_args *);

#define REPO_LOCK_TRIES 20
#define REPO_LOCK_WAIT  50 /* milliseconds between two tries */

/* Index entries as they were before a commit. */
struct repo_saved {
	char *path;
	bool there;
	git_index_entry entry; /* entry.path is path */
};

struct repo {
	git_repository *git;
	char *root;
	char undo_oid[REPO_OID_LEN + 1]; /* the commit that saved is of */
	struct repo_saved *saved;
	size_t nsaved;
	struct askpass *askpass; /* borrowed; NULL: programs ask nobody */
};

/* Fill err from libgit2's error, in plain words, after "what: " (may be NULL).
 * Returns -1. */
int repo_fail(int rc, const char *what, struct err *);
void repo_pause(int ms);
/* Say who holds a lock, an absolute path. Returns -1. (repo_lock.c) */
int repo_fail_locked(struct repo *, const char *lock, struct err *);
/* Refuse while an operation is in progress or HEAD is detached. */
int repo_ready(struct repo *, const struct repo_head *, struct err *);

/* A consistent view of the configuration; free with git_config_free(). */
int repo_config(struct repo *, git_config **, struct err *);
/* NULL: not set. Caller frees. */
char *repo_config_text(git_config *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
bool repo_config_bool(git_config *, const char *name, bool fallback);
/* Call each() for all values of one multi-valued name, in order. */
void repo_config_each(git_config *, const char *name,
    void (*each)(const char *value, void *ctx), void *ctx);
/* The configuration has something that only git itself reads. */
bool repo_config_hidden(git_config *);

/* The signature of `git var which`, "GIT_AUTHOR_IDENT" or the committer's. */
int repo_signature(
    struct repo *, const char *which, git_signature **, struct err *);
/* The executable hook is there. */
bool repo_has_hook(struct repo *, git_config *, const char *name);
/* What libgit2 would not do with the file's content as git does: "filter",
 * "working-tree-encoding"; NULL: nothing. Static. */
const char *repo_filtered(struct repo *, git_config *, const char *path);

/* The commit HEAD is at; *commit NULL on an unborn branch. */
int repo_head_commit(struct repo *, git_commit **commit, struct err *);
/* HEAD's branch as a full ref, unborn too; NULL: detached. Caller frees. */
char *repo_branch_ref(struct repo *);
/* Move branch from old (NULL: it must not exist) to new, if it is still there;
 * reflogs are written. */
int repo_set_branch(struct repo *, const char *branch, const git_oid *new,
    const git_oid *old, const char *why, struct err *);

/* Let branch, index and files, which are at from, go to to; all or none. */
int repo_follow(struct repo *, git_commit *from, git_commit *to,
    const char *why, struct err *);

/* In the index of a replay: what git could not merge, and what it merged line
 * by line of the commit mine on onto. (repo_merge.c) */
int repo_merge_conflicts(
    struct repo *, const struct repo_integration *, git_index *, struct err *);
int repo_merge_clean(struct repo *, const struct repo_integration *,
    git_index *, const git_oid *onto, const git_oid *mine, struct err *);

/* Chunks of a program's or remote's output made into clean lines. */
struct repo_lines {
	repo_line line; /* may be NULL */
	void *ctx;
	struct buf part;
	struct buf error; /* the first line that says what was wrong */
	struct buf last;  /* the last line that says anything */
	bool strip; /* tell only lines that start with "remote: ", without it */
};
void repo_lines_feed(void *lines, const char *chunk, size_t len);
void repo_lines_end(struct repo_lines *); /* a last line without newline */
void repo_lines_dispose(struct repo_lines *);
/* A reason that takes more than its last line: tell it whole. */
void repo_lines_explain(const struct buf *errors, repo_line, void *ctx);
/* The best reason among the lines, or fallback. Borrowed. */
const char *repo_lines_reason(const struct repo_lines *, const char *fallback);

/* base and what makes programs ask through us; free() it, not the strings. */
const char **repo_env(struct repo *, const char *const *base);
/* Signing programs that ask through the repository's askpass: options of git
 * before its command, and its environment. (repo_sign.c) */
struct repo_signer {
	struct repo_args options, env;
};
void repo_signer_make(struct repo *, struct repo_signer *);
void repo_signer_dispose(struct repo_signer *);
/* Run git in the work tree, without a terminal. As proc_run(). */
struct repo_job {
	struct repo_args args; /* "git" first; disposed by repo_run() */
	const char *input;
	size_t len;
	proc_sink sink;
	void *ctx;
	struct progress *progress;
	bool signs; /* it may make a commit: gpg asks through us */
};
int repo_run(
    struct repo *, struct repo_job *, struct proc_result *, struct err *);

/* A remote's address, taken apart. (repo_url.c) */
enum repo_url_kind {
	REPO_URL_LOCAL,
	REPO_URL_SSH,
	REPO_URL_HTTP,
	REPO_URL_OTHER, /* only git itself knows */
};
struct repo_url {
	enum repo_url_kind kind;
	char *user, *host, *port; /* of ssh; NULL: not there */
	char *path;               /* of ssh and local, decoded */
};
/* ERR_GIT: no address, or one that a program would take for an option. */
int repo_url_parse(struct repo_url *, const char *, struct err *);
void repo_url_dispose(struct repo_url *);
bool repo_url_local(const char *url);

/* What git is set up for, for an address; the texts are owned. */
struct repo_http {
	struct http_settings set;
	char *ca_file, *ca_dir, *cert, *key, *proxy, *remote_proxy, *cookies;
	char *agent, *follow, *version;
	struct repo_args headers;
};
/* 1: something is set up that only git itself knows. (repo_http_set.c) */
int repo_http_settings(struct repo *, git_config *, const char *remote,
    const char *url, struct repo_http *);
void repo_http_dispose(struct repo_http *);

/* A login, as git-credential(1) has it. (repo_cred.c) */
struct repo_cred {
	char *protocol, *host, *path;
	char *user, *password; /* NULL: not known */
	bool filled;           /* by a helper, and not yet judged */
};
/* Ask the helpers, and whoever they ask. ERR_AUTH: nobody knows. */
int repo_cred_fill(
    struct repo *, struct repo_cred *, struct progress *, struct err *);
/* Tell the helpers whether it was right. */
void repo_cred_done(struct repo *, struct repo_cred *, bool good);
void repo_cred_dispose(struct repo_cred *);

/* A conversation with a remote; must outlive it. */
struct repo_wire {
	struct repo *repo;
	const char *name;       /* of the remote */
	struct repo_http *http; /* NULL: not over http */
	repo_line line;         /* may be NULL */
	void *ctx;
	struct progress *progress;
	struct err *err; /* filled when the other end or the user ended it */
};
/* For git_remote_callbacks.transport: git's program here, or there through
 * ssh; http. (repo_exec.c, repo_http.c) */
int repo_exec_transport(git_transport **, git_remote *, struct repo_wire *);
int repo_http_transport(git_transport **, git_remote *, struct repo_wire *);
/* Does what ssh or git says on its standard error mean that a secret is missing
 * or a host not known? */
bool repo_auth_failed(const char *text);
/* Run service, "git-receive-pack" and maybe arguments, for url. (repo_ssh.c) */
int repo_ssh_args(git_config *, const struct repo_url *, const char *service,
    struct repo_args *, struct err *);

/* Where a remote is. (repo_head.c) */
char *repo_remote_url(git_config *, const char *remote, bool push);
/* Fit to be shown: http addresses without name and password. */
char *repo_url_shown(const char *url);
/* Do by git itself. (repo_git.c) */
int repo_git_commit(
    struct repo *, const struct repo_commit_spec *, git_index *, struct err *);
int repo_git_fetch(
    struct repo *, const char *remote, const struct repo_net *, struct err *);
int repo_git_push(struct repo *, const struct repo_head *,
    const struct repo_net *, bool *moved, struct err *);

/* Index entries of paths, to bring them back. (repo_index.c) */
int repo_index(struct repo *, git_index **, struct err *);
int repo_index_fail(struct repo *, int rc, struct err *);
void repo_save_entries(
    struct repo *, git_index *, const char *const *paths, size_t n);
void repo_forget_entries(struct repo *);
int repo_restore_entries(struct repo *, struct err *);

#endif
