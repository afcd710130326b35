/* SPDX-License-Identifier: ISC */
/*
 * Commit exactly some paths.  The index is written before the branch moves:
 * it is the one step that another git can refuse, and nothing has happened
 * yet.  The tree is HEAD's with those paths, so what else is staged stays so.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"
#include "work.h"

struct commit {
	struct repo *repo;
	const struct repo_commit_spec *spec;
	git_config *config;
	git_index *index;
	char *branch;
	git_commit *parent; /* NULL: the first commit */
	git_tree *base;     /* of parent */
	git_oid tree, oid;
	git_signature *author, *committer;
	git_buf message;
};

/* What git refuses too, before anything is touched. */
static int
check_path(struct repo *repo, const char *path, struct err *err)
{
	char *at = path_join(repo->root, path), *slash, *git;
	size_t root = strlen(repo->root);
	struct stat st;
	int rc = 0;

	if (*path == '/' || !*path || repo_ignored(repo, path))
		rc = err_code(err, ERR_GIT, "%s: ignored by .gitignore", path);
	else if (lstat(at, &st) == 0 && S_ISDIR(st.st_mode))
		rc = err_code(err, ERR_GIT, "%s: is a directory", path);
	while (rc == 0 && (slash = strrchr(at, '/')) > at + root) {
		*slash = '\0';
		git = path_join(at, ".git");
		if (lstat(at, &st) == 0 && S_ISLNK(st.st_mode))
			rc = err_code(err, ERR_GIT,
			    "%s: beyond the symbolic link %s", path,
			    at + root + 1);
		else if (file_exists(git))
			rc = err_code(err, ERR_GIT,
			    "%s: %s is a repository of its own: commit there",
			    path, at + root + 1);
		free(git);
	}
	free(at);
	return rc;
}

/* An entry of another kind where the path, or a directory of it, would be. */
static bool
kind_differs(struct commit *c, const char *path)
{
	git_tree_entry *entry = NULL;
	char *part = xstrdup(path), *slash;
	git_object_t want = GIT_OBJECT_BLOB;
	bool differs = false;

	do {
		if (git_tree_entry_bypath(&entry, c->base, part) == 0)
			differs = git_tree_entry_type(entry) != want;
		git_tree_entry_free(entry);
		entry = NULL;
		want = GIT_OBJECT_TREE;
		slash = strrchr(part, '/');
		if (slash)
			*slash = '\0';
	} while (slash && !differs);
	free(part);
	return differs;
}

/* Hooks, signing, filters: what git itself must do. */
static bool
needs_git(struct commit *c)
{
	static const char *const hooks[] = {"pre-commit", "prepare-commit-msg",
	    "commit-msg", "post-commit", "reference-transaction",
	    "post-index-change"};
	char *encoding;
	bool need;

	for (size_t i = 0; i < NITEMS(hooks); i++)
		if (repo_has_hook(c->repo, c->config, hooks[i]))
			return true;
	encoding = repo_config_text(c->config, "i18n.commitencoding");
	need = encoding || repo_config_hidden(c->config) ||
	       repo_config_bool(c->config, "commit.gpgsign", false);
	free(encoding);
	for (size_t i = 0; i < c->spec->n && !need; i++)
		need = repo_filtered(c->repo, c->config, c->spec->paths[i]) ||
		       (c->base && kind_differs(c, c->spec->paths[i]));
	return need;
}

/* Bring the index, in memory, to what the work tree has. */
static int
stage(struct commit *c, struct err *err)
{
	const char *path;
	struct stat st;
	char *at;
	int rc = 0, there;

	for (size_t i = 0; i < c->spec->n && rc >= 0; i++) {
		path = c->spec->paths[i];
		at = path_join(c->repo->root, path);
		there = lstat(at, &st) == 0;
		if (!there && errno != ENOENT && errno != ENOTDIR)
			rc = err_errno(err, path);
		free(at);
		if (rc == -1)
			return rc;
		if (there)
			rc = git_index_add_bypath(c->index, path);
		else if (git_index_get_bypath(c->index, path, 0))
			rc = git_index_remove(c->index, path, 0);
		if (rc < 0)
			return repo_fail(rc, path, err);
	}
	return 0;
}

/* The first commit's tree: a fresh index of the paths. */
static int
first_tree(struct commit *c, struct err *err)
{
	git_index *index = NULL;
	const git_index_entry *entry;
	git_index_entry copy;
	int rc = git_index_new(&index);

	for (size_t i = 0; i < c->spec->n && rc == 0; i++) {
		entry = git_index_get_bypath(c->index, c->spec->paths[i], 0);
		if (!entry)
			continue;
		copy = *entry;
		rc = git_index_add(index, &copy);
	}
	if (rc == 0)
		rc = git_index_write_tree_to(&c->tree, index, c->repo->git);
	git_index_free(index);
	return rc < 0 ? repo_fail(rc, "git tree", err) : 0;
}

static int
next_tree(struct commit *c, struct err *err)
{
	git_tree_update *updates = xcalloc(c->spec->n, sizeof(*updates));
	const git_index_entry *entry;
	git_tree_entry *old;
	const char *path;
	size_t n = 0;
	int rc;

	for (size_t i = 0; i < c->spec->n; i++) {
		path = c->spec->paths[i];
		entry = git_index_get_bypath(c->index, path, 0);
		if (entry)
			updates[n++] = (git_tree_update){GIT_TREE_UPDATE_UPSERT,
			    entry->id, (git_filemode_t)entry->mode, path};
		else if (git_tree_entry_bypath(&old, c->base, path) == 0) {
			updates[n++] = (git_tree_update){
			    .action = GIT_TREE_UPDATE_REMOVE, .path = path};
			git_tree_entry_free(old);
		}
	}
	c->tree = *git_tree_id(c->base);
	rc = n ? git_tree_create_updated(
		     &c->tree, c->repo->git, c->base, n, updates)
	       : 0;
	free(updates);
	return rc < 0 ? repo_fail(rc, "git tree", err) : 0;
}

/* The commit as an object; the branch is not touched. */
static int
make_object(struct commit *c, struct err *err)
{
	const git_commit *parents[] = {c->parent};
	git_tree *tree = NULL;
	int rc = git_tree_lookup(&tree, c->repo->git, &c->tree);

	if (rc == 0)
		rc = git_commit_create(&c->oid, c->repo->git, NULL, c->author,
		    c->committer, NULL, c->message.ptr, tree, c->parent ? 1 : 0,
		    parents);
	git_tree_free(tree);
	return rc < 0 ? repo_fail(rc, "git commit", err) : 0;
}

/* Stage, make tree and commit, write the index; all again while another git
 * holds the lock, since it may have staged something.  The index comes after
 * all that may find the disk full: what is only an object does no harm. */
static int
prepare(struct commit *c, struct err *err)
{
	int rc = GIT_ELOCKED;

	for (int i = 0; i < REPO_LOCK_TRIES && rc == GIT_ELOCKED; i++) {
		if (i > 0)
			repo_pause(REPO_LOCK_WAIT);
		rc = git_index_read(c->index, i > 0);
		if (rc < 0)
			return repo_fail(rc, "git index", err);
		repo_save_entries(
		    c->repo, c->index, c->spec->paths, c->spec->n);
		if (stage(c, err) == -1 ||
		    (c->base ? next_tree(c, err) : first_tree(c, err)) == -1)
			return -1;
		if (c->base && git_oid_equal(&c->tree, git_tree_id(c->base)))
			return err_code(err, ERR_REFUSED, "nothing to commit");
		if (progress_cancelled(c->spec->progress))
			return err_code(err, ERR_CANCEL, "stopped");
		if (make_object(c, err) == -1)
			return -1;
		rc = git_index_write(c->index);
	}
	return rc < 0 ? repo_index_fail(c->repo, rc, err) : 0;
}

static int
move_branch(struct commit *c, struct err *err)
{
	char *why = xasprintf("commit%s: %.*s", c->parent ? "" : " (initial)",
	    (int)strcspn(c->message.ptr, "\n"), c->message.ptr);
	int rc = repo_set_branch(c->repo, c->branch, &c->oid,
	    c->parent ? git_commit_id(c->parent) : NULL, why, err);
	struct err more;

	free(why);
	if (rc == -1 && repo_restore_entries(c->repo, &more) == -1)
		err_code(err, err->code,
		    "%s; the index is not restored (%s): git reset", err->msg,
		    more.msg);
	return rc;
}

static int
commit_here(struct commit *c, struct err *err)
{
	int rc;

	if (repo_signature(c->repo, "GIT_AUTHOR_IDENT", &c->author, err) ==
		-1 ||
	    repo_signature(
		c->repo, "GIT_COMMITTER_IDENT", &c->committer, err) == -1)
		return -1;
	/* The reflog's name. */
	git_repository_set_ident(
	    c->repo->git, c->committer->name, c->committer->email);
	rc = git_message_prettify(&c->message, c->spec->message, 0, '#');
	if (rc < 0)
		return repo_fail(rc, "git commit", err);
	if (prepare(c, err) == -1) {
		git_index_read(c->index, 1);
		return -1;
	}
	return move_branch(c, err);
}

/* Would git find something to commit?  It has no words for it when not. */
static bool
differs(struct commit *c)
{
	unsigned flags;
	int rc;

	for (size_t i = 0; i < c->spec->n; i++) {
		rc = git_status_file(&flags, c->repo->git, c->spec->paths[i]);
		if (rc != GIT_ENOTFOUND &&
		    (rc < 0 || flags != GIT_STATUS_CURRENT))
			return true;
	}
	return false;
}

/* By git: what was the branch before, is HEAD's parent after. */
static int
commit_by_git(struct commit *c, struct err *err)
{
	git_commit *now = NULL;
	struct err ignored;
	int rc;

	if (!differs(c))
		return err_code(err, ERR_REFUSED, "nothing to commit");
	repo_save_entries(c->repo, c->index, c->spec->paths, c->spec->n);
	rc = repo_git_commit(c->repo, c->spec, c->index, err);
	if (repo_head_commit(c->repo, &now, rc == 0 ? err : &ignored) == -1)
		return -1;
	if (now)
		c->oid = *git_commit_id(now);
	if (rc == -1 && now && git_commit_parentcount(now) <= 1 &&
	    (c->parent ? git_commit_parentcount(now) == 1 &&
			     git_oid_equal(git_commit_parent_id(now, 0),
				 git_commit_id(c->parent))
		       : true) &&
	    !differs(c))
		rc = 0; /* stopped after the fact, in post-commit */
	git_commit_free(now);
	return rc;
}

static int
check_commit(struct commit *c, struct err *err)
{
	struct repo_head head;
	int rc;

	if (repo_head(c->repo, &head, err) == -1)
		return -1;
	rc = repo_ready(c->repo, &head, err);
	repo_head_dispose(&head);
	for (size_t i = 0; i < c->spec->n && rc == 0; i++)
		rc = check_path(c->repo, c->spec->paths[i], err);
	if (rc == -1 || repo_index(c->repo, &c->index, err) == -1)
		return -1;
	if (git_index_has_conflicts(c->index))
		return err_code(err, ERR_GIT,
		    "there are unmerged files: solve them and git add them");
	if (repo_config(c->repo, &c->config, err) == -1 ||
	    repo_head_commit(c->repo, &c->parent, err) == -1)
		return -1;
	c->branch = repo_branch_ref(c->repo);
	if (c->parent && git_commit_tree(&c->base, c->parent) < 0)
		return repo_fail(-1, "HEAD", err);
	return 0;
}

int
repo_commit(struct repo *repo, const struct repo_commit_spec *spec,
    char oid[REPO_OID_LEN + 1], struct err *err)
{
	struct commit c = {.repo = repo, .spec = spec};
	int rc;

	assert(spec->n > 0);
	rc = check_commit(&c, err);
	if (rc == 0)
		rc = needs_git(&c) ? commit_by_git(&c, err)
				   : commit_here(&c, err);
	if (rc == 0) {
		git_oid_tostr(oid, REPO_OID_LEN + 1, &c.oid);
		memcpy(repo->undo_oid, oid, REPO_OID_LEN + 1);
	}
	git_buf_dispose(&c.message);
	git_signature_free(c.author);
	git_signature_free(c.committer);
	git_tree_free(c.base);
	git_commit_free(c.parent);
	git_index_free(c.index);
	git_config_free(c.config);
	free(c.branch);
	return rc;
}
