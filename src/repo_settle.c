/* SPDX-License-Identifier: ISC */
/*
 * Where a program was killed that worked on the repository: what there is of
 * its commit, and the files of a move that are partly here and partly there.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"

struct move {
	struct repo *repo;
	git_commit *from, *to;
	git_tree *old, *new;
	git_diff *diff;
};

static int
lookup(struct repo *repo, const char *oid, git_commit **commit, git_tree **tree,
    struct err *err)
{
	git_oid id;
	int rc = git_oid_fromstr(&id, oid);

	if (rc == 0)
		rc = git_commit_lookup(commit, repo->git, &id);
	if (rc == 0)
		rc = git_commit_tree(tree, *commit);
	return rc < 0 ? repo_fail(rc, oid, err) : 0;
}

/* The name of what the work tree has at a path; false: nothing, or no file. */
static bool
hash_here(struct repo *repo, const char *path, git_oid *oid)
{
	char *at = path_join(repo->root, path), target[4096];
	struct stat st;
	ssize_t n;
	bool there = lstat(at, &st) == 0;

	if (there && S_ISLNK(st.st_mode)) {
		n = readlink(at, target, sizeof(target));
		there = n >= 0 && git_odb_hash(oid, target, (size_t)n,
				      GIT_OBJECT_BLOB) == 0;
	} else if (there) {
		there = S_ISREG(st.st_mode) &&
			git_repository_hashfile(
			    oid, repo->git, at, GIT_OBJECT_BLOB, path) == 0;
	}
	free(at);
	return there;
}

/* Is the file the beginning of what a checkout of the blob would write? */
static bool
is_begun(struct repo *repo, const char *path, const git_diff_file *side)
{
	char *at = path_join(repo->root, path);
	git_blob_filter_options options = {0};
	struct buf here = {0};
	git_blob *blob = NULL;
	git_buf text = {0};
	struct err ignored;
	bool begun = false;

	git_blob_filter_options_init(&options, GIT_BLOB_FILTER_OPTIONS_VERSION);
	if ((side->flags & GIT_DIFF_FLAG_EXISTS) &&
	    file_read(at, &here, NULL, &ignored) == 0 &&
	    git_blob_lookup(&blob, repo->git, &side->id) == 0 &&
	    git_blob_filter(&text, blob, path, &options) == 0)
		begun = here.len <= text.size &&
			memcmp(buf_text(&here), text.ptr, here.len) == 0;
	git_buf_dispose(&text);
	git_blob_free(blob);
	buf_dispose(&here);
	free(at);
	return begun;
}

/* As one of the commits has it, or on the way there. */
static bool
is_ours(struct repo *repo, const git_diff_delta *d)
{
	const char *path = d->new_file.path;
	char *at = path_join(repo->root, path);
	bool there = file_exists(at);
	git_oid oid;

	free(at);
	if (!there)
		return true;
	if (hash_here(repo, path, &oid) &&
	    (git_oid_equal(&oid, &d->old_file.id) ||
		git_oid_equal(&oid, &d->new_file.id)))
		return true;
	return is_begun(repo, path, &d->old_file) ||
	       is_begun(repo, path, &d->new_file);
}

static int
check_files(struct move *m, struct err *err)
{
	const git_diff_delta *d;

	for (size_t i = 0; i < git_diff_num_deltas(m->diff); i++) {
		d = git_diff_get_delta(m->diff, i);
		if (!is_ours(m->repo, d))
			return err_code(err, ERR_GIT,
			    "%s has changed since: move it away, then try "
			    "again",
			    d->new_file.path);
	}
	return 0;
}

/* Force files and index, of the paths that differ alone. */
static int
check_out(struct move *m, git_commit *want, struct err *err)
{
	size_t n = git_diff_num_deltas(m->diff);
	char **paths = xcalloc(n, sizeof(*paths));
	git_checkout_options options = {0};
	int rc;

	for (size_t i = 0; i < n; i++)
		paths[i] =
		    xstrdup(git_diff_get_delta(m->diff, i)->new_file.path);
	git_checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION);
	options.checkout_strategy =
	    GIT_CHECKOUT_FORCE | GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH;
	options.baseline = want == m->from ? m->new : m->old;
	options.paths = (git_strarray){paths, n};
	rc = git_checkout_tree(m->repo->git, (git_object *)want, &options);
	file_names_free(paths, n);
	return rc < 0 ? repo_fail(rc, "git checkout", err) : 0;
}

static int
settle(struct move *m, const char *want_id, struct err *err)
{
	char *branch = repo_branch_ref(m->repo);
	git_commit *head = NULL, *want;
	char id[REPO_OID_LEN + 1];
	int rc = -1;

	git_oid_tostr(id, sizeof(id), git_commit_id(m->from));
	want = strcmp(id, want_id) == 0 ? m->from : m->to;
	if (!branch || repo_head_commit(m->repo, &head, err) == -1)
		goto out;
	if (!head ||
	    (!git_oid_equal(git_commit_id(head), git_commit_id(m->from)) &&
		!git_oid_equal(git_commit_id(head), git_commit_id(m->to)))) {
		err_code(err, ERR_GIT,
		    "the branch was moved by another program meanwhile");
		goto out;
	}
	rc =
	    git_diff_tree_to_tree(&m->diff, m->repo->git, m->old, m->new, NULL);
	if (rc < 0)
		rc = repo_fail(rc, "git diff", err);
	else if (git_diff_num_deltas(m->diff) > 0) {
		rc = check_files(m, err);
		if (rc == 0)
			rc = check_out(m, want, err);
	}
	if (rc == 0 && !git_oid_equal(git_commit_id(head), git_commit_id(want)))
		rc = repo_set_branch(m->repo, branch, git_commit_id(want),
		    git_commit_id(head), "reset: moving back", err);
out:
	git_commit_free(head);
	free(branch);
	return rc;
}

int
repo_settle(struct repo *repo, const char *from, const char *to,
    const char *want, struct err *err)
{
	struct move m = {.repo = repo};
	int rc = lookup(repo, from, &m.from, &m.old, err);

	if (rc == 0)
		rc = lookup(repo, to, &m.to, &m.new, err);
	if (rc == 0)
		rc = repo_wait(repo, err);
	if (rc == 0)
		rc = settle(&m, want, err);
	git_diff_free(m.diff);
	git_tree_free(m.old);
	git_tree_free(m.new);
	git_commit_free(m.from);
	git_commit_free(m.to);
	return rc;
}

/* Does the commit change nothing but the paths, and something? */
static bool
only_these(struct repo *repo, git_commit *parent, git_commit *commit,
    const char *const *paths, size_t n)
{
	git_tree *before = NULL, *after = NULL;
	git_diff *diff = NULL;
	const char *path;
	bool same = true;
	size_t deltas = 0, k;

	if (git_commit_tree(&after, commit) == 0 &&
	    (!parent || git_commit_tree(&before, parent) == 0) &&
	    git_diff_tree_to_tree(&diff, repo->git, before, after, NULL) == 0)
		deltas = git_diff_num_deltas(diff);
	for (size_t i = 0; i < deltas && same; i++) {
		path = git_diff_get_delta(diff, i)->new_file.path;
		for (k = 0; k < n && strcmp(paths[k], path) != 0; k++)
			;
		same = k < n;
	}
	git_diff_free(diff);
	git_tree_free(before);
	git_tree_free(after);
	return same && deltas > 0;
}

int
repo_made(struct repo *repo, const char *parent, const char *const *paths,
    size_t n, char oid[REPO_OID_LEN + 1], struct err *err)
{
	git_commit *commit = NULL, *before = NULL;
	char id[REPO_OID_LEN + 1] = "";
	int made = 0;

	if (repo_head_commit(repo, &commit, err) == -1)
		return -1;
	if (commit && git_commit_parentcount(commit) <= 1) {
		if (git_commit_parentcount(commit) == 1 &&
		    git_commit_parent(&before, commit, 0) == 0)
			git_oid_tostr(id, sizeof(id), git_commit_id(before));
		made = strcmp(id, parent) == 0 &&
		       only_these(repo, before, commit, paths, n);
	}
	if (made)
		git_oid_tostr(oid, REPO_OID_LEN + 1, git_commit_id(commit));
	git_commit_free(before);
	git_commit_free(commit);
	return made;
}

int
repo_contains(
    struct repo *repo, const char *of, const char *commit, struct err *err)
{
	char tip[REPO_OID_LEN + 1];
	struct err ignored;
	git_oid a, b;
	int rc;

	(void)err;
	if (repo_oid(repo, of, tip, &ignored) == -1 ||
	    git_oid_fromstr(&a, tip) < 0 || git_oid_fromstr(&b, commit) < 0)
		return 0;
	if (git_oid_equal(&a, &b))
		return 1;
	rc = git_graph_descendant_of(repo->git, &a, &b);
	if (rc == GIT_ENOTFOUND)
		return 0;
	return rc < 0 ? repo_fail(rc, of, err) : rc;
}
