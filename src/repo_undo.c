/* SPDX-License-Identifier: ISC */
/* Taking back a commit of ours, and moving branch and files together. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"

/* Remember, as what the index is to have, the parent's state of all paths that
 * the commit changed. */
static int
save_from_parent(struct repo *repo, git_tree *before, git_tree *after)
{
	git_diff *diff = NULL;
	const git_diff_file *old;
	struct repo_saved *s;
	int rc;

	rc = git_diff_tree_to_tree(&diff, repo->git, before, after, NULL);
	if (rc < 0)
		return rc;
	repo_forget_entries(repo);
	repo->nsaved = git_diff_num_deltas(diff);
	repo->saved = xcalloc(repo->nsaved, sizeof(*repo->saved));
	for (size_t i = 0; i < repo->nsaved; i++) {
		s = &repo->saved[i];
		old = &git_diff_get_delta(diff, i)->old_file;
		s->path = xstrdup(old->path);
		s->there = (old->flags & GIT_DIFF_FLAG_EXISTS) != 0;
		s->entry.id = old->id;
		s->entry.mode = old->mode;
		s->entry.path = s->path;
	}
	git_diff_free(diff);
	return 0;
}

static int
move_back(
    struct repo *repo, git_commit *commit, git_commit *parent, struct err *err)
{
	char *branch = repo_branch_ref(repo);
	git_reference *ref = NULL;
	int rc;

	if (!branch)
		return err_code(err, ERR_GIT, "no branch is checked out");
	if (parent)
		rc = repo_set_branch(repo, branch, git_commit_id(parent),
		    git_commit_id(commit), "reset: moving to HEAD~1", err);
	else {
		rc = git_reference_lookup(&ref, repo->git, branch);
		if (rc == 0)
			rc = git_reference_delete(ref);
		git_reference_free(ref);
		if (rc < 0)
			rc = repo_fail(rc, branch, err);
	}
	free(branch);
	return rc;
}

int
repo_undo_commit(struct repo *repo, const char *oid, struct err *err)
{
	git_commit *commit = NULL, *parent = NULL;
	git_tree *before = NULL, *after = NULL;
	char at[REPO_OID_LEN + 1] = "";
	int rc;

	if (repo_head_commit(repo, &commit, err) == -1)
		return -1;
	if (commit)
		git_oid_tostr(at, sizeof(at), git_commit_id(commit));
	if (strcmp(at, oid) != 0) {
		rc = err_code(err, ERR_GIT,
		    "%.7s is not the last commit any more: left as it is", oid);
		goto out;
	}
	rc = 0;
	if (git_commit_parentcount(commit) > 0)
		rc = git_commit_parent(&parent, commit, 0);
	if (rc == 0 && strcmp(repo->undo_oid, oid) != 0) {
		rc = git_commit_tree(&after, commit);
		if (rc == 0 && parent)
			rc = git_commit_tree(&before, parent);
		if (rc == 0)
			rc = save_from_parent(repo, before, after);
	}
	if (rc < 0)
		rc = repo_fail(rc, oid, err);
	else if ((rc = move_back(repo, commit, parent, err)) == 0)
		rc = repo_restore_entries(repo, err);
	repo_forget_entries(repo);
out:
	git_tree_free(before);
	git_tree_free(after);
	git_commit_free(parent);
	git_commit_free(commit);
	return rc;
}
