/* SPDX-License-Identifier: ISC */
/* Another branch for what is on this one. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"

enum { NAMES_TRIED = 100 };

/* A branch that was not there, at the commit; its short name. */
static char *
new_branch(
    struct repo *repo, const char *name, const git_oid *at, struct err *err)
{
	git_reference *ref = NULL;
	char *ref_name, *short_name = NULL;
	int rc = GIT_EEXISTS, valid = 0;

	for (int i = 1; i <= NAMES_TRIED && rc == GIT_EEXISTS; i++) {
		free(short_name);
		short_name =
		    i == 1 ? xstrdup(name) : xasprintf("%s-%d", name, i);
		ref_name = xasprintf("refs/heads/%s", short_name);
		if (git_reference_name_is_valid(&valid, ref_name) < 0)
			valid = 0;
		rc = !valid ? GIT_EINVALIDSPEC
			    : git_reference_create(&ref, repo->git, ref_name,
				  at, 0, "branch: Created from HEAD");
		git_reference_free(ref);
		ref = NULL;
		free(ref_name);
	}
	if (rc == 0)
		return short_name;
	if (rc == GIT_EINVALIDSPEC)
		err_code(err, ERR_GIT, "%s: no name for a branch", name);
	else
		repo_fail(rc, name, err);
	free(short_name);
	return NULL;
}

static int
check_out(struct repo *repo, const char *branch, struct err *err)
{
	char *ref = xasprintf("refs/heads/%s", branch);
	int rc = git_repository_set_head(repo->git, ref);

	free(ref);
	return rc < 0 ? repo_fail(rc, branch, err) : 0;
}

/* The old branch goes back to what the remote has of it. */
static int
go_back(struct repo *repo, const char *ref, const git_oid *from,
    const char *upstream, struct err *err)
{
	git_oid theirs, base;
	int rc;

	if (!upstream)
		return 0;
	rc = git_reference_name_to_id(&theirs, repo->git, upstream);
	if (rc == 0)
		rc = git_merge_base(&base, repo->git, from, &theirs);
	if (rc < 0)
		return repo_fail(rc, upstream, err);
	return git_oid_equal(&base, from)
		   ? 0
		   : repo_set_branch(repo, ref, &base, from,
			 "reset: moved to another branch", err);
}

int
repo_branch_off(
    struct repo *repo, const char *name, char **made, struct err *err)
{
	char *old = repo_branch_ref(repo);
	struct repo_head head = {0};
	git_oid at;
	int rc;

	*made = NULL;
	if (repo_head(repo, &head, err) == -1) {
		free(old);
		return -1;
	}
	rc = repo_ready(repo, &head, err);
	if (rc == 0 && git_reference_name_to_id(&at, repo->git, "HEAD") < 0)
		rc = err_code(err, ERR_GIT, "no commit yet");
	if (rc == 0 && !(*made = new_branch(repo, name, &at, err)))
		rc = -1;
	if (rc == 0)
		rc = check_out(repo, *made, err);
	if (rc == 0 && old)
		rc = go_back(repo, old, &at, head.upstream, err);
	repo_head_dispose(&head);
	free(old);
	return rc;
}
