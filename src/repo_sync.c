/* SPDX-License-Identifier: ISC */
/*
 * Bringing the upstream's commits into the branch: forward, or by replaying our
 * commits in memory.  Files, index and branch are touched only when all of it
 * has worked.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"

#define NAMES_SHOWN 5

struct sync {
	struct repo *repo;
	struct repo_head head;
	const char *name; /* "origin/main", in head.upstream */
	git_commit *ours, *theirs;
	git_signature *who; /* who replays */
	git_oid tip;        /* what comes out */
	bool sign;
	struct err *err; /* of a commit made by git */
	const struct repo_integration *with;
};

/* Git itself makes the commit, and signs it. */
static int
commit_signed(git_oid *out, const git_signature *author,
    const git_signature *committer, const char *encoding, const char *message,
    const git_tree *tree, size_t nparents, const git_commit *parents[],
    void *ctx)
{
	struct sync *s = ctx;
	struct repo_job job = {
	    .input = message, .len = strlen(message), .signs = true};
	struct proc_result result = {0};
	char id[REPO_OID_LEN + 1];
	int rc, minutes = abs(author->when.offset);

	(void)committer;
	(void)encoding;
	if (!s->sign)
		return GIT_PASSTHROUGH;
	repo_args_add(&job.args, "env");
	repo_args_addf(&job.args, "GIT_AUTHOR_NAME=%s", author->name);
	repo_args_addf(&job.args, "GIT_AUTHOR_EMAIL=%s", author->email);
	repo_args_addf(&job.args, "GIT_AUTHOR_DATE=@%lld %c%02d%02d",
	    (long long)author->when.time, author->when.offset < 0 ? '-' : '+',
	    minutes / 60, minutes % 60);
	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "commit-tree");
	repo_args_add(&job.args, "-S");
	for (size_t i = 0; i < nparents; i++) {
		repo_args_add(&job.args, "-p");
		repo_args_add(&job.args,
		    git_oid_tostr(id, sizeof(id), git_commit_id(parents[i])));
	}
	repo_args_add(
	    &job.args, git_oid_tostr(id, sizeof(id), git_tree_id(tree)));
	rc = repo_run(s->repo, &job, &result, s->err);
	if (rc == 0 && result.status != 0)
		rc = err_code(s->err, ERR_GIT, "the commit is not signed: %s",
		    buf_text(&result.err));
	if (rc == 0 && result.out.len >= REPO_OID_LEN)
		rc = git_oid_fromstrn(out, buf_text(&result.out), REPO_OID_LEN);
	proc_result_dispose(&result);
	return rc;
}

static int
fail_conflict(struct sync *s, git_index *index, struct err *err)
{
	git_index_conflict_iterator *it = NULL;
	const git_index_entry *base, *theirs, *ours;
	struct buf names = {0};
	size_t n = 0;

	if (git_index_conflict_iterator_new(&it, index) == 0)
		while (
		    git_index_conflict_next(&base, &theirs, &ours, it) == 0) {
			if (n++ >= NAMES_SHOWN)
				continue;
			if (names.len)
				buf_puts(&names, ", ");
			buf_puts(&names, ours     ? ours->path
					 : theirs ? theirs->path
						  : base->path);
		}
	git_index_conflict_iterator_free(it);
	if (n > NAMES_SHOWN)
		buf_printf(&names, " and %zu more", n - NAMES_SHOWN);
	err_code(err, ERR_GIT,
	    "conflict with %s in %s: nothing was changed; S in galley shows both "
	    "sides, or git pull --rebase",
	    s->name, buf_text(&names));
	buf_dispose(&names);
	return -1;
}

/* Replay one commit: 1 when the upstream has it already. */
static int
replay_one(struct sync *s, git_rebase *rebase, const git_oid *mine,
    const git_oid *onto, struct err *err)
{
	git_index *index = NULL;
	bool conflict;
	int rc = git_rebase_inmemory_index(&index, rebase);

	if (rc < 0)
		return repo_fail(rc, "git rebase", err);
	if (s->with->merge &&
	    (repo_merge_clean(s->repo, s->with, index, onto, mine, err) == -1 ||
		repo_merge_conflicts(s->repo, s->with, index, err) == -1)) {
		git_index_free(index);
		return -1;
	}
	conflict = git_index_has_conflicts(index);
	if (conflict)
		fail_conflict(s, index, err);
	git_index_free(index);
	if (conflict)
		return -1;
	err->code = ERR_NONE;
	rc = git_rebase_commit(&s->tip, rebase, NULL, s->who, NULL, NULL);
	if (rc == GIT_EAPPLIED)
		return 1;
	if (rc < 0 && err->code == ERR_NONE)
		repo_fail(rc, "git rebase", err);
	return rc < 0 ? -1 : 0;
}

static int
replay_all(struct sync *s, git_rebase *rebase, struct err *err)
{
	git_rebase_operation *op;
	size_t n = 0;
	git_oid tip = s->tip;
	int rc, one;

	while ((rc = git_rebase_next(&op, rebase)) == 0) {
		if ((one = replay_one(s, rebase, &op->id, &tip, err)) == -1)
			return -1;
		if (one == 0)
			tip = s->tip;
		n++;
	}
	s->tip = tip;
	if (rc != GIT_ITEROVER)
		return repo_fail(rc, "git rebase", err);
	/* libgit2 drops commits without a word when it cannot walk to them. */
	if (n != s->head.ahead)
		return err_code(err, ERR_GIT,
		    "only %zu of %zu commits could be replayed: nothing was "
		    "changed; git pull --rebase",
		    n, s->head.ahead);
	return 0;
}

static int
replay(struct sync *s, struct err *err)
{
	git_rebase_options options = {0};
	git_annotated_commit *ours = NULL, *theirs = NULL;
	git_rebase *rebase = NULL;
	git_repository *git = s->repo->git;
	int rc;

	git_rebase_options_init(&options, GIT_REBASE_OPTIONS_VERSION);
	options.inmemory = 1;
	options.commit_create_cb = commit_signed;
	options.payload = s;
	s->err = err;
	rc = git_annotated_commit_lookup(&ours, git, git_commit_id(s->ours));
	if (rc == 0)
		rc = git_annotated_commit_lookup(
		    &theirs, git, git_commit_id(s->theirs));
	if (rc == 0)
		rc =
		    git_rebase_init(&rebase, git, ours, theirs, NULL, &options);
	rc = rc < 0 ? repo_fail(rc, "git rebase", err)
		    : replay_all(s, rebase, err);
	git_rebase_free(rebase);
	git_annotated_commit_free(ours);
	git_annotated_commit_free(theirs);
	return rc;
}

/* Merges of our own would be left out, and unrelated histories mixed. */
static int
check_ours(struct sync *s, struct err *err)
{
	git_revwalk *walk = NULL;
	git_commit *commit = NULL;
	git_oid oid;
	char id[8];
	bool merge = false;
	int rc;

	rc = git_merge_base(&oid, s->repo->git, git_commit_id(s->ours),
	    git_commit_id(s->theirs));
	if (rc == GIT_ENOTFOUND)
		return err_code(err, ERR_GIT,
		    "%s and %s have no commit in common: is it the right "
		    "remote?",
		    s->head.branch, s->name);
	if (rc == 0)
		rc = git_revwalk_new(&walk, s->repo->git);
	if (rc == 0)
		rc = git_revwalk_push(walk, git_commit_id(s->ours));
	if (rc == 0)
		rc = git_revwalk_hide(walk, git_commit_id(s->theirs));
	while (rc == 0 && !merge && (rc = git_revwalk_next(&oid, walk)) == 0) {
		rc = git_commit_lookup(&commit, s->repo->git, &oid);
		merge = rc == 0 && git_commit_parentcount(commit) > 1;
		git_commit_free(commit);
		commit = NULL;
	}
	git_revwalk_free(walk);
	if (merge)
		return err_code(err, ERR_GIT,
		    "%s is a merge that is not pushed yet: git pull "
		    "--rebase=merges",
		    git_oid_tostr(id, sizeof(id), &oid));
	return rc < 0 && rc != GIT_ITEROVER ? repo_fail(rc, s->name, err) : 0;
}

static int
prepare(struct sync *s, struct err *err)
{
	git_config *config = NULL;
	git_oid oid;
	int rc;

	if (git_repository_is_shallow(s->repo->git) == 1)
		return err_code(err, ERR_GIT,
		    "%s has new commits and this is a shallow clone: git "
		    "fetch --unshallow",
		    s->name);
	if (repo_head_commit(s->repo, &s->ours, err) == -1)
		return -1;
	rc = git_reference_name_to_id(&oid, s->repo->git, s->head.upstream);
	if (rc == 0)
		rc = git_commit_lookup(&s->theirs, s->repo->git, &oid);
	if (rc < 0)
		return repo_fail(rc, s->name, err);
	s->tip = oid;
	if (!s->head.ahead)
		return 0;
	if (check_ours(s, err) == -1 ||
	    repo_config(s->repo, &config, err) == -1)
		return -1;
	s->sign = repo_config_bool(config, "commit.gpgsign", false);
	git_config_free(config);
	return repo_signature(s->repo, "GIT_COMMITTER_IDENT", &s->who, err);
}

static int
carry_out(struct sync *s, struct err *err)
{
	char from_id[REPO_OID_LEN + 1], to_id[REPO_OID_LEN + 1];
	git_commit *to = NULL;
	char *why;
	int rc;

	if (s->head.ahead && replay(s, err) == -1)
		return -1;
	rc = git_commit_lookup(&to, s->repo->git, &s->tip);
	if (rc < 0)
		return repo_fail(rc, s->name, err);
	git_oid_tostr(from_id, sizeof(from_id), git_commit_id(s->ours));
	git_oid_tostr(to_id, sizeof(to_id), &s->tip);
	if (s->with->moving &&
	    s->with->moving(s->with->ctx, from_id, to_id, err) == -1) {
		git_commit_free(to);
		return -1;
	}
	why = s->head.ahead ? xasprintf("rebase: onto %s", s->name)
			    : xasprintf("merge %s: Fast-forward", s->name);
	rc = repo_follow(s->repo, s->ours, to, why, err);
	free(why);
	git_commit_free(to);
	return rc;
}

int
repo_integrate(struct repo *repo, enum repo_integrated *how, struct err *err)
{
	const struct repo_integration with = {0};

	return repo_integrate_with(repo, &with, how, err);
}

int
repo_integrate_with(struct repo *repo, const struct repo_integration *with,
    enum repo_integrated *how, struct err *err)
{
	struct sync s = {.repo = repo, .with = with};
	int rc;

	*how = REPO_UP_TO_DATE;
	if (repo_head(repo, &s.head, err) == -1)
		return -1;
	rc = repo_ready(repo, &s.head, err);
	if (rc == 0 && s.head.unborn && s.head.upstream)
		rc = err_code(err, ERR_GIT,
		    "%s has no commit yet: git pull first", s.head.branch);
	if (rc == 0 && s.head.behind) {
		s.name = s.head.upstream;
		if (strncmp(s.name, "refs/remotes/", 13) == 0)
			s.name += 13;
		rc = prepare(&s, err);
		if (rc == 0)
			rc = carry_out(&s, err);
		if (rc == 0)
			*how = s.head.ahead ? REPO_REBASED : REPO_FORWARDED;
	}
	git_signature_free(s.who);
	git_commit_free(s.ours);
	git_commit_free(s.theirs);
	repo_head_dispose(&s.head);
	return rc;
}
