/* SPDX-License-Identifier: ISC */
/*
 * Opening a repository, and what is read from it as it stands: configuration,
 * revisions, files of a revision.  Ownership is checked here and not by
 * libgit2, whose idea of safe.directory is narrower than git's.
 */
#include "repo.h"

#include <assert.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"

/* libgit2's words, and ours. */
static const struct {
	const char *theirs, *ours;
} plain[] = {
    {"extensions.objectformat",
	"this repository uses SHA-256, which libgit2 cannot read yet"},
    {"extensions.refstorage",
	"this repository uses reftable, which libgit2 cannot read yet"},
    {"'sdir'", "the index is sparse: git sparse-checkout reapply "
	       "--no-sparse-index"},
    {"'link'", "the index is split: git update-index --no-split-index"},
    {"failed to read index",
	"the index cannot be read; if it is damaged: rm .git/index, then git "
	"reset"},
    {"calculated checksum does not match",
	"the index has no checksum: git config index.skipHash false, then "
	"git update-index --force-write-index"},
};

/* What holds for all repositories, set when the first one is opened. */
static void
set_options(void)
{
	static const char *extensions[] = {"worktreeconfig"};
	const char *nosystem = getenv("GIT_CONFIG_NOSYSTEM");

	git_libgit2_opts(
	    GIT_OPT_SET_EXTENSIONS, extensions, NITEMS(extensions));
	git_libgit2_opts(GIT_OPT_SET_OWNER_VALIDATION, 0);
	git_libgit2_opts(GIT_OPT_ENABLE_FSYNC_GITDIR, 1);
	if (nosystem && *nosystem && strcmp(nosystem, "0") != 0)
		git_libgit2_opts(
		    GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_SYSTEM, "");
	if (getenv("GIT_CONFIG_GLOBAL")) {
		git_libgit2_opts(
		    GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_GLOBAL, "");
		git_libgit2_opts(
		    GIT_OPT_SET_SEARCH_PATH, GIT_CONFIG_LEVEL_XDG, "");
	}
}

/* libgit2 counts who uses it. */
static int
hold(struct err *err)
{
	int users;

	if (repo_lib_load(err) == -1)
		return -1;
	users = git_libgit2_init();
	if (users < 0)
		fatal("libgit2 does not start");
	if (users == 1)
		set_options();
	return 0;
}

bool
repo_init(void)
{
	struct err ignored;

	return hold(&ignored) == 0;
}

void
repo_shutdown(void)
{
	git_libgit2_shutdown();
}

/* The path that libgit2 names in quotes, ".../index.lock".  It calls a file
 * locked too that may not be read: that one is not to be removed. */
static int
fail_locked(const char *message, struct err *err)
{
	const char *from = strchr(message, '\''), *to;

	to = from ? strrchr(from + 1, '\'') : NULL;
	if (to && (to - from < 6 || memcmp(to - 5, ".lock", 5) != 0))
		return err_code(err, ERR_GIT,
		    "%.*s: cannot be read; make it readable (chmod u+r)",
		    (int)(to - from - 1), from + 1);
	if (!to)
		return err_code(err, ERR_GIT,
		    "the repository is locked by another git: %s", message);
	return err_code(err, ERR_GIT,
	    "another git is at work; if none is, remove %.*s",
	    (int)(to - from - 1), from + 1);
}

int
repo_fail(int rc, const char *what, struct err *err)
{
	const git_error *e = git_error_last();
	const char *message = e && e->message ? e->message : "git error";

	if (rc == GIT_ELOCKED)
		return fail_locked(message, err);
	for (size_t i = 0; i < NITEMS(plain); i++)
		if (strstr(message, plain[i].theirs))
			return err_code(err, ERR_GIT, "%s", plain[i].ours);
	if (!what)
		return err_code(err, ERR_GIT, "%s", message);
	return err_code(err, ERR_GIT, "%s: %s", what, message);
}

void
repo_pause(int ms)
{
	poll(NULL, 0, ms);
}

static int
fail_open(int rc, const char *dir, struct err *err)
{
	struct stat st;

	if (stat(dir, &st) == -1)
		return err_errno(err, dir);
	if (rc == GIT_ENOTFOUND)
		return err_code(
		    err, ERR_GIT, "%s: not in a git repository: git init", dir);
	return repo_fail(rc, dir, err);
}

static bool
owned(const char *path)
{
	struct stat st;

	return path && lstat(path, &st) == 0 && st.st_uid == geteuid();
}

/* What belongs to another user may be opened where git would (setting
 * safe.directory). */
static int
check_owner(struct repo *repo, struct err *err)
{
	struct repo_job job = {0};
	struct proc_result result = {0};
	struct err ignored;
	int rc;

	if (owned(repo->root) && owned(git_repository_path(repo->git)))
		return 0;
	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "rev-parse");
	repo_args_add(&job.args, "--git-dir");
	rc = repo_run(repo, &job, &result, &ignored);
	if (rc == 0 && result.status != 0)
		rc = -1;
	proc_result_dispose(&result);
	if (rc == -1)
		err_code(err, ERR_GIT,
		    "%s belongs to another user; if you trust it: git config "
		    "--global --add safe.directory '%s'",
		    repo->root, repo->root);
	return rc;
}

/* What git would take from the environment, and we do not. */
static int
check_env(struct repo *repo, struct err *err)
{
	const char *dir = getenv("GIT_DIR");
	char *a, *b;
	bool same;

	if (getenv("GIT_WORK_TREE"))
		return err_code(err, ERR_GIT,
		    "GIT_WORK_TREE is set: unset GIT_WORK_TREE and GIT_DIR");
	if (!dir)
		return 0;
	a = path_real(dir);
	b = path_real(git_repository_path(repo->git));
	same = a && b && strcmp(a, b) == 0;
	free(a);
	free(b);
	if (!same)
		return err_code(err, ERR_GIT,
		    "GIT_DIR is %s, not this repository: unset GIT_DIR", dir);
	return 0;
}

/* $GIT_CONFIG_GLOBAL and $GIT_CONFIG_SYSTEM, which libgit2 leaves to us. */
static void
add_env_config(struct repo *repo)
{
	static const struct {
		const char *name;
		git_config_level_t level;
	} files[] = {
	    {"GIT_CONFIG_SYSTEM", GIT_CONFIG_LEVEL_SYSTEM},
	    {"GIT_CONFIG_GLOBAL", GIT_CONFIG_LEVEL_GLOBAL},
	};
	git_config *config = NULL;
	const char *path;

	if (git_repository_config(&config, repo->git) < 0)
		return;
	for (size_t i = 0; i < NITEMS(files); i++)
		if ((path = getenv(files[i].name)) && *path)
			git_config_add_file_ondisk(
			    config, path, files[i].level, repo->git, 1);
	git_config_free(config);
}

static int
check_tree(struct repo *repo, const char *dir, struct err *err)
{
	char *real;
	bool inside;

	if (!repo->root)
		return err_code(err, ERR_GIT,
		    "%s: a bare repository has no files to edit: git clone it",
		    dir);
	real = path_real(dir);
	inside = real && path_below(repo->root, real);
	free(real);
	if (!inside)
		return err_code(err, ERR_GIT, "%s: outside the work tree %s",
		    dir, repo->root);
	if (check_env(repo, err) == -1)
		return -1;
	return check_owner(repo, err);
}

struct repo *
repo_open(const char *dir, struct err *err)
{
	git_repository *git = NULL;
	struct repo *repo;
	const char *root;
	int rc;

	if (hold(err) == -1)
		return NULL;
	rc = git_repository_open_ext(
	    &git, dir, 0, getenv("GIT_CEILING_DIRECTORIES"));
	if (rc < 0) {
		fail_open(rc, dir, err);
		repo_shutdown();
		return NULL;
	}
	repo = xcalloc(1, sizeof(*repo));
	repo->git = git;
	root = git_repository_workdir(git);
	if (root && !git_repository_is_bare(git))
		repo->root = path_clean(root);
	if (check_tree(repo, dir, err) == -1) {
		repo_free(repo);
		return NULL;
	}
	add_env_config(repo);
	return repo;
}

void
repo_free(struct repo *repo)
{
	if (!repo)
		return;
	repo_forget_entries(repo);
	git_repository_free(repo->git);
	free(repo->root);
	free(repo);
	repo_shutdown();
}

void
repo_ask_through(struct repo *repo, struct askpass *askpass)
{
	repo->askpass = askpass;
}

const char *
repo_root(const struct repo *repo)
{
	return repo->root;
}

const char *
repo_dir(const struct repo *repo)
{
	return git_repository_path(repo->git);
}

/* A tracking ref for "upstream", else rev itself. Caller frees. */
static char *
rev_name(struct repo *repo, const char *rev)
{
	struct repo_head head;
	struct err ignored;
	char *name;

	if (strcmp(rev, "upstream") != 0)
		return xstrdup(rev);
	if (repo_head(repo, &head, &ignored) == -1)
		return NULL;
	name = head.upstream ? xstrdup(head.upstream) : NULL;
	repo_head_dispose(&head);
	return name;
}

/* 1: there is no such revision. */
static int
rev_peel(struct repo *repo, const char *rev, git_object_t type,
    git_object **out, struct err *err)
{
	git_object *object = NULL;
	char *name = rev_name(repo, rev);
	int rc;

	if (!name)
		return 1;
	rc = git_revparse_single(&object, repo->git, name);
	if (rc == 0)
		rc = git_object_peel(out, object, type);
	git_object_free(object);
	free(name);
	if (rc == GIT_ENOTFOUND || rc == GIT_EUNBORNBRANCH)
		return 1;
	return rc < 0 ? repo_fail(rc, rev, err) : 0;
}

int
repo_oid(struct repo *repo, const char *rev, char oid[REPO_OID_LEN + 1],
    struct err *err)
{
	git_object *commit = NULL;
	int rc = rev_peel(repo, rev, GIT_OBJECT_COMMIT, &commit, err);

	if (rc == 1)
		return err_code(err, ERR_GIT, "%s: no such commit", rev);
	if (rc == 0)
		git_oid_tostr(oid, REPO_OID_LEN + 1, git_object_id(commit));
	git_object_free(commit);
	return rc;
}

static int
read_blob(struct repo *repo, const git_oid *oid, const char *path,
    struct buf *out, struct err *err)
{
	git_blob *blob = NULL;
	char *partial;
	git_config *config;
	int rc = git_blob_lookup(&blob, repo->git, oid);

	if (rc == 0) {
		buf_add(out, git_blob_rawcontent(blob),
		    (size_t)git_blob_rawsize(blob));
		git_blob_free(blob);
		return 0;
	}
	if (rc != GIT_ENOTFOUND || repo_config(repo, &config, err) == -1)
		return repo_fail(rc, path, err);
	partial = repo_config_text(config, "extensions.partialclone");
	git_config_free(config);
	if (!partial)
		return repo_fail(rc, path, err);
	free(partial);
	return err_code(err, ERR_GIT,
	    "%s: not downloaded yet (partial clone): git fetch --refetch",
	    path);
}

int
repo_read(struct repo *repo, const char *rev, const char *path, struct buf *out,
    struct err *err)
{
	git_object *tree = NULL;
	git_tree_entry *entry = NULL;
	int rc = rev_peel(repo, rev, GIT_OBJECT_TREE, &tree, err);

	if (rc != 0)
		return rc;
	rc = git_tree_entry_bypath(&entry, (git_tree *)tree, path);
	if (rc == GIT_ENOTFOUND)
		rc = 1;
	else if (rc < 0)
		rc = repo_fail(rc, path, err);
	else if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB)
		rc = 1;
	else
		rc = read_blob(repo, git_tree_entry_id(entry), path, out, err);
	git_tree_entry_free(entry);
	git_object_free(tree);
	return rc;
}
