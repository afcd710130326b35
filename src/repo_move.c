/* SPDX-License-Identifier: ISC */
/*
 * Moving the branch with index and files following: what differs between the
 * two commits is checked out, unless a local change is in the way; then nothing
 * is touched.
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"

#define NAMES_SHOWN 5

/* Paths in the way, as a list for the message. */
struct names {
	struct buf text;
	size_t n;
};

static void
name_path(struct names *names, const char *path)
{
	if (names->n++ >= NAMES_SHOWN)
		return;
	if (names->text.len)
		buf_puts(&names->text, ", ");
	buf_puts(&names->text, path);
}

static int
fail_in_way(const struct names *names, struct err *err)
{
	size_t more = names->n > NAMES_SHOWN ? names->n - NAMES_SHOWN : 0;

	if (more)
		return err_code(err, ERR_GIT,
		    "local changes are in the way: %s and %zu more; commit or "
		    "git stash them",
		    buf_text(&names->text), more);
	return err_code(err, ERR_GIT,
	    "local changes are in the way: %s; commit or git stash them",
	    buf_text(&names->text));
}

static int
on_conflict(git_checkout_notify_t why, const char *path,
    const git_diff_file *baseline, const git_diff_file *target,
    const git_diff_file *workdir, void *ctx)
{
	(void)why;
	(void)baseline;
	(void)target;
	(void)workdir;
	name_path(ctx, path);
	return 0;
}

/* A staged change that a checkout would drop, or a file that only git can
 * write. */
static int
check_delta(struct repo *repo, git_config *config, git_index *index,
    const git_diff_delta *delta, struct names *names, struct err *err)
{
	const char *path = delta->new_file.path;
	const git_index_entry *entry = git_index_get_bypath(index, path, 0);
	bool was = delta->status != GIT_DELTA_ADDED;
	const char *only;

	if (was != (entry != NULL) ||
	    (entry && !git_oid_equal(&entry->id, &delta->old_file.id)))
		name_path(names, path);
	if (entry && (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE))
		return err_code(err, ERR_GIT,
		    "%s is not checked out (sparse checkout): git pull "
		    "--rebase",
		    path);
	if ((only = repo_filtered(repo, config, path)))
		return err_code(err, ERR_GIT,
		    "%s goes through a %s of git: git pull --rebase", path,
		    only);
	return 0;
}

static int
check_deltas(struct repo *repo, git_tree *old, git_tree *new, struct err *err)
{
	git_config *config = NULL;
	git_index *index = NULL;
	git_diff *diff = NULL;
	struct names names = {0};
	int rc;

	if (repo_config(repo, &config, err) == -1)
		return -1;
	rc = repo_index(repo, &index, err);
	if (rc == 0 &&
	    (rc = git_diff_tree_to_tree(&diff, repo->git, old, new, NULL)) < 0)
		rc = repo_fail(rc, "git diff", err);
	for (size_t i = 0; rc == 0 && i < git_diff_num_deltas(diff); i++)
		rc = check_delta(repo, config, index,
		    git_diff_get_delta(diff, i), &names, err);
	if (rc == 0 && names.n)
		rc = fail_in_way(&names, err);
	buf_dispose(&names.text);
	git_diff_free(diff);
	git_index_free(index);
	git_config_free(config);
	return rc;
}

static int
check_out(struct repo *repo, git_tree *from, git_commit *to, struct err *err)
{
	git_checkout_options options = {0};
	struct names names = {0};
	int rc;

	git_checkout_options_init(&options, GIT_CHECKOUT_OPTIONS_VERSION);
	options.checkout_strategy = GIT_CHECKOUT_SAFE;
	options.baseline = from;
	options.notify_flags = GIT_CHECKOUT_NOTIFY_CONFLICT;
	options.notify_cb = on_conflict;
	options.notify_payload = &names;
	rc = git_checkout_tree(repo->git, (git_object *)to, &options);
	if (rc == GIT_ECONFLICT && names.n)
		rc = fail_in_way(&names, err);
	else if (rc < 0)
		rc = repo_fail(rc, "git checkout", err);
	buf_dispose(&names.text);
	return rc;
}

static void
leave_orig_head(struct repo *repo, const git_oid *oid)
{
	git_reference *ref = NULL;

	/* Only a convenience, for a person who wants to go back. */
	git_reference_create(
	    &ref, repo->git, "ORIG_HEAD", oid, 1, "galley: move");
	git_reference_free(ref);
}

int
repo_follow(struct repo *repo, git_commit *from, git_commit *to,
    const char *why, struct err *err)
{
	git_tree *old = NULL, *new = NULL;
	struct err ignored;
	char *branch = repo_branch_ref(repo);
	int rc;

	rc = git_commit_tree(&old, from);
	if (rc == 0)
		rc = git_commit_tree(&new, to);
	if (rc < 0 || !branch) {
		rc = repo_fail(rc, "HEAD", err);
		goto out;
	}
	rc = check_deltas(repo, old, new, err);
	/* The checkout writes the index last: do not start while it is
	 * locked. */
	if (rc == 0)
		rc = repo_wait(repo, err);
	if (rc == 0)
		rc = check_out(repo, old, to, err);
	if (rc == 0)
		rc = repo_set_branch(repo, branch, git_commit_id(to),
		    git_commit_id(from), why, err);
	else
		goto out;
	if (rc == -1)
		check_out(repo, new, from, &ignored);
	else
		leave_orig_head(repo, git_commit_id(from));
out:
	git_tree_free(old);
	git_tree_free(new);
	free(branch);
	return rc;
}

int
repo_move(struct repo *repo, const char *oid, struct err *err)
{
	git_commit *from = NULL, *to = NULL;
	git_oid id;
	int rc;

	if (repo_head_commit(repo, &from, err) == -1)
		return -1;
	rc = git_oid_fromstr(&id, oid);
	if (rc == 0)
		rc = git_commit_lookup(&to, repo->git, &id);
	if (rc < 0)
		rc = repo_fail(rc, oid, err);
	else if (!from)
		rc = err_code(err, ERR_GIT, "no commit yet");
	else if (!git_oid_equal(git_commit_id(from), &id))
		rc = repo_follow(repo, from, to, "reset: moving back", err);
	git_commit_free(from);
	git_commit_free(to);
	return rc;
}
