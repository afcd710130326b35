/* SPDX-License-Identifier: ISC */
/*
 * Where the branch stands, and where a push goes.  All of it is read from a
 * snapshot of the configuration: libgit2's own remote and upstream lookups
 * leak some 100 KB a call in 1.5, and this is asked often.  Rules: gitconfig(5)
 * branch.<name>.*, remote.<name>.*, remote.pushDefault, push.default.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"
#include "text.h"

#define HEADS "refs/heads/"

static char *
busy_with(git_repository *git)
{
	switch (git_repository_state(git)) {
	case GIT_REPOSITORY_STATE_NONE:
		return NULL;
	case GIT_REPOSITORY_STATE_MERGE:
		return xstrdup("merge");
	case GIT_REPOSITORY_STATE_REVERT:
	case GIT_REPOSITORY_STATE_REVERT_SEQUENCE:
		return xstrdup("revert");
	case GIT_REPOSITORY_STATE_CHERRYPICK:
	case GIT_REPOSITORY_STATE_CHERRYPICK_SEQUENCE:
		return xstrdup("cherry-pick");
	case GIT_REPOSITORY_STATE_BISECT:
		return xstrdup("bisect");
	case GIT_REPOSITORY_STATE_APPLY_MAILBOX:
		return xstrdup("am");
	default:
		return xstrdup("rebase");
	}
}

/* The name in "remote.NAME.url" or "remote.NAME.pushurl", or NULL. */
static char *
remote_of_key(const char *key)
{
	const char *dot = strrchr(key, '.');

	if (strncmp(key, "remote.", 7) != 0 || dot < key + 8 ||
	    (strcmp(dot, ".url") != 0 && strcmp(dot, ".pushurl") != 0))
		return NULL;
	return xstrndup(key + 7, (size_t)(dot - key - 7));
}

/* "origin", or the only remote there is. */
static char *
usual_remote(git_config *config)
{
	git_config_iterator *it = NULL;
	git_config_entry *entry;
	char *name, *only = NULL;
	bool several = false, origin = false;

	if (git_config_iterator_new(&it, config) < 0)
		return NULL;
	while (git_config_next(&entry, it) == 0) {
		if (!(name = remote_of_key(entry->name)))
			continue;
		if (strcmp(name, "origin") == 0)
			origin = true;
		several = several || (only && strcmp(only, name) != 0);
		free(only);
		only = name;
	}
	git_config_iterator_free(it);
	if (!several && !origin)
		return only;
	free(only);
	return origin ? xstrdup("origin") : NULL;
}

static char *
push_remote(git_config *config, const char *branch)
{
	char *name = repo_config_text(config, "branch.%s.pushremote", branch);

	if (!name)
		name = repo_config_text(config, "remote.pushdefault");
	if (!name)
		name = repo_config_text(config, "branch.%s.remote", branch);
	if (name && strcmp(name, ".") == 0) {
		free(name);
		name = NULL;
	}
	return name ? name : usual_remote(config);
}

/* url with the longest url.<base>.insteadOf (or pushInsteadOf) applied, or NULL
 * when there is none. */
static char *
instead_of(git_config *config, const char *url, const char *suffix)
{
	git_config_iterator *it = NULL;
	git_config_entry *entry;
	size_t len, best = 0, key;
	char *out = NULL;

	if (git_config_iterator_new(&it, config) < 0)
		return NULL;
	while (git_config_next(&entry, it) == 0) {
		key = strlen(entry->name);
		if (strncmp(entry->name, "url.", 4) != 0 || !entry->value ||
		    key < 4 + strlen(suffix) ||
		    strcmp(entry->name + key - strlen(suffix), suffix) != 0)
			continue;
		len = strlen(entry->value);
		if (len <= best || strncmp(url, entry->value, len) != 0)
			continue;
		best = len;
		free(out);
		out = xasprintf("%.*s%s", (int)(key - 4 - strlen(suffix)),
		    entry->name + 4, url + len);
	}
	git_config_iterator_free(it);
	return out;
}

char *
repo_remote_url(git_config *config, const char *remote, bool push)
{
	char *url = NULL, *other = NULL;

	if (push)
		url = repo_config_text(config, "remote.%s.pushurl", remote);
	if (!url) {
		url = repo_config_text(config, "remote.%s.url", remote);
		if (!url) /* an address where a name should be */
			url = xstrdup(remote);
		if (push)
			other = instead_of(config, url, ".pushinsteadof");
	}
	if (!other)
		other = instead_of(config, url, ".insteadof");
	if (!other)
		return url;
	free(url);
	return other;
}

char *
repo_url_shown(const char *url)
{
	struct buf out = {0};
	const char *scheme = strstr(url, "://"), *host, *slash, *at, *colon;

	host = scheme ? scheme + 3 : url;
	slash = host + strcspn(host, "/?#");
	at = NULL;
	for (const char *p = host; scheme && p < slash; p++)
		if (*p == '@')
			at = p;
	colon = at ? memchr(host, ':', (size_t)(at - host)) : NULL;
	text_clean(&out, url, (size_t)(host - url));
	if (at && strncmp(url, "http", 4) == 0)
		host = at + 1;
	else if (colon) {
		text_clean(&out, host, (size_t)(colon - host));
		host = at;
	}
	text_clean(&out, host, strlen(host));
	return buf_steal(&out);
}

struct tracking {
	const char *ref; /* on the remote */
	char *local;     /* where it is tracked */
};

static void
track(const char *value, void *ctx)
{
	struct tracking *t = ctx;
	git_refspec *spec = NULL;
	git_buf out = {0};

	if (t->local || !value || *value == '^' ||
	    git_refspec_parse(&spec, value, 1) < 0)
		return;
	if (git_refspec_src_matches(spec, t->ref) &&
	    git_refspec_transform(&out, spec, t->ref) == 0)
		t->local = xstrdup(out.ptr);
	git_buf_dispose(&out);
	git_refspec_free(spec);
}

/* The ref that tracks the remote's ref, if it exists. */
static char *
tracking_ref(
    struct repo *repo, git_config *config, const char *remote, const char *ref)
{
	struct tracking t = {.ref = ref};
	git_oid oid;
	char *key;

	if (strcmp(remote, ".") == 0)
		t.local = xstrdup(ref);
	else {
		key = xasprintf("remote.%s.fetch", remote);
		repo_config_each(config, key, track, &t);
		free(key);
	}
	if (t.local && git_reference_name_to_id(&oid, repo->git, t.local) == 0)
		return t.local;
	free(t.local);
	return NULL;
}

/* Where a push to remote lands, and whether push.default lets it. */
static void
find_target(struct repo_head *head, git_config *config, const char *from,
    const char *merge)
{
	char *mode = repo_config_text(config, "push.default");
	const char *how = mode ? mode : "simple";
	bool there = from && merge && strcmp(from, head->remote) == 0 &&
		     strncmp(merge, HEADS, strlen(HEADS)) == 0;
	const char *name = there ? merge + strlen(HEADS) : head->branch;

	if (strcmp(how, "current") == 0 || strcmp(how, "matching") == 0)
		name = head->branch;
	head->target = xstrdup(name);
	if (strcmp(how, "nothing") == 0)
		head->refused = xstrdup("push.default is nothing: git config "
					"push.default simple");
	else if (strcmp(how, "simple") == 0 && strcmp(name, head->branch) != 0)
		head->refused = xasprintf(
		    "%s follows %s/%s, which has another name: git config "
		    "push.default upstream, or git branch --unset-upstream",
		    head->branch, head->remote, name);
	free(mode);
}

static void
find_remotes(struct repo *repo, struct repo_head *head, git_config *config)
{
	char *from = repo_config_text(config, "branch.%s.remote", head->branch);
	char *merge = repo_config_text(config, "branch.%s.merge", head->branch);
	char *url, *ref;

	head->remote = push_remote(config, head->branch);
	if (head->remote) {
		find_target(head, config, from, merge);
		url = repo_remote_url(config, head->remote, true);
		head->url = repo_url_shown(url);
		free(url);
	}
	if (from && merge) {
		head->upstream = tracking_ref(repo, config, from, merge);
		if (strcmp(from, ".") != 0)
			head->from = xstrdup(from);
	} else if (head->remote) {
		ref = xasprintf(HEADS "%s", head->target);
		head->upstream = tracking_ref(repo, config, head->remote, ref);
		head->from = xstrdup(head->remote);
		free(ref);
	}
	free(from);
	free(merge);
}

/* In a shallow clone libgit2 1.5 walks past the last commit. */
static int
count_by_git(struct repo *repo, struct repo_head *head, struct err *err)
{
	struct repo_job job = {0};
	struct proc_result result = {0};
	int rc;

	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "rev-list");
	repo_args_add(&job.args, "--left-right");
	repo_args_add(&job.args, "--count");
	repo_args_addf(&job.args, "HEAD...%s", head->upstream);
	repo_args_add(&job.args, "--");
	rc = repo_run(repo, &job, &result, err);
	if (rc == 0 && sscanf(buf_text(&result.out), "%zu %zu", &head->ahead,
			   &head->behind) != 2)
		rc = err_code(err, ERR_GIT, "%s: cannot be compared with %s",
		    head->branch, head->upstream);
	proc_result_dispose(&result);
	return rc;
}

static int
count_commits(struct repo *repo, struct repo_head *head, struct err *err)
{
	git_oid local, upstream;
	int rc;

	if (head->unborn || !head->upstream)
		return 0;
	rc = git_reference_name_to_id(&local, repo->git, "HEAD");
	if (rc == 0)
		rc = git_reference_name_to_id(
		    &upstream, repo->git, head->upstream);
	if (rc == 0 && git_oid_equal(&local, &upstream))
		return 0;
	if (rc == 0 && git_repository_is_shallow(repo->git) == 1)
		return count_by_git(repo, head, err);
	if (rc == 0)
		rc = git_graph_ahead_behind(
		    &head->ahead, &head->behind, repo->git, &local, &upstream);
	return rc < 0 ? repo_fail(rc, head->upstream, err) : 0;
}

int
repo_head(struct repo *repo, struct repo_head *head, struct err *err)
{
	git_config *config = NULL;
	char *ref;
	int rc;

	*head = (struct repo_head){0};
	head->busy = busy_with(repo->git);
	head->unborn = git_repository_head_unborn(repo->git) == 1;
	ref = repo_branch_ref(repo);
	if (!ref)
		return 0;
	head->branch = xstrdup(strncmp(ref, HEADS, strlen(HEADS)) == 0
				   ? ref + strlen(HEADS)
				   : ref);
	free(ref);
	rc = repo_config(repo, &config, err);
	if (rc == 0) {
		find_remotes(repo, head, config);
		rc = count_commits(repo, head, err);
	}
	git_config_free(config);
	if (rc == -1)
		repo_head_dispose(head);
	return rc;
}

void
repo_head_dispose(struct repo_head *head)
{
	free(head->branch);
	free(head->busy);
	free(head->remote);
	free(head->url);
	free(head->target);
	free(head->upstream);
	free(head->from);
	free(head->refused);
	*head = (struct repo_head){0};
}

int
repo_ready(struct repo *repo, const struct repo_head *head, struct err *err)
{
	if (head->busy)
		return err_code(err, ERR_GIT,
		    "a %s is in progress in %s: finish or abort it with git",
		    head->busy, repo->root);
	if (!head->branch)
		return err_code(err, ERR_GIT,
		    "no branch is checked out (detached HEAD): git switch "
		    "BRANCH");
	return 0;
}

char *
repo_branch_ref(struct repo *repo)
{
	git_reference *head = NULL;
	const char *target;
	char *ref = NULL;

	if (git_reference_lookup(&head, repo->git, "HEAD") < 0)
		return NULL;
	target = git_reference_symbolic_target(head);
	if (target)
		ref = xstrdup(target);
	git_reference_free(head);
	return ref;
}

int
repo_head_commit(struct repo *repo, git_commit **commit, struct err *err)
{
	git_oid oid;
	int rc = git_reference_name_to_id(&oid, repo->git, "HEAD");

	*commit = NULL;
	if (rc == GIT_ENOTFOUND)
		return 0;
	if (rc == 0)
		rc = git_commit_lookup(commit, repo->git, &oid);
	return rc < 0 ? repo_fail(rc, "HEAD", err) : 0;
}

int
repo_set_branch(struct repo *repo, const char *branch, const git_oid *new,
    const git_oid *old, const char *why, struct err *err)
{
	git_reference *ref = NULL;
	int rc = GIT_ELOCKED;

	for (int i = 0; i < REPO_LOCK_TRIES && rc == GIT_ELOCKED; i++) {
		if (i > 0)
			repo_pause(REPO_LOCK_WAIT);
		if (old)
			rc = git_reference_create_matching(
			    &ref, repo->git, branch, new, 1, old, why);
		else
			rc = git_reference_create(
			    &ref, repo->git, branch, new, 0, why);
	}
	git_reference_free(ref);
	if (rc == GIT_EMODIFIED || rc == GIT_EEXISTS)
		return err_code(err, ERR_GIT,
		    "%s was moved by another program meanwhile: try again",
		    branch);
	return rc < 0 ? repo_fail(rc, branch, err) : 0;
}
