/* SPDX-License-Identifier: ISC */
/*
 * Commit, fetch and push by git itself: where hooks, signing or filters are
 * set up, and for remotes that are not a local path.
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"

static void
add_paths(struct repo_args *args, char *const *paths, size_t n)
{
	repo_args_add(args, "--");
	for (size_t i = 0; i < n; i++)
		repo_args_addf(args, ":(top,literal)%s", paths[i]);
}

/* Run it; its output goes to line. A status other than 0 is an error with what
 * it said. */
static int
run_told(struct repo *repo, struct repo_job *job, repo_line line, void *ctx,
    const char *what, struct err *err)
{
	struct repo_lines lines = {.line = line, .ctx = ctx};
	struct proc_result result = {0};
	int rc;

	job->sink = repo_lines_feed;
	job->ctx = &lines;
	rc = repo_run(repo, job, &result, err);
	repo_lines_end(&lines);
	if (rc == 0 && result.status != 0)
		rc = err_code(err, ERR_GIT, "%s: %s", what,
		    repo_lines_reason(&lines, "refused without a word"));
	proc_result_dispose(&result);
	repo_lines_dispose(&lines);
	return rc;
}

/* Those of the paths that git commit would not know: there, not in the index.*/
static struct repo_args
new_paths(
    struct repo *repo, const struct repo_commit_spec *spec, git_index *index)
{
	struct repo_args new = {0};
	char *at;

	for (size_t i = 0; i < spec->n; i++) {
		at = path_join(repo->root, spec->paths[i]);
		if (file_exists(at) &&
		    !git_index_get_bypath(index, spec->paths[i], 0))
			repo_args_add(&new, spec->paths[i]);
		free(at);
	}
	return new;
}

/* Take the intent to add back. */
static void
forget_paths(struct repo *repo, const struct repo_args *new)
{
	struct repo_job job = {0};
	struct proc_result result = {0};
	struct buf input = {0};
	struct err ignored;

	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "update-index");
	repo_args_add(&job.args, "--force-remove");
	repo_args_add(&job.args, "-z");
	repo_args_add(&job.args, "--stdin");
	for (size_t i = 0; i < new->n; i++)
		buf_add(&input, new->v[i], strlen(new->v[i]) + 1);
	job.input = buf_text(&input);
	job.len = input.len;
	repo_run(repo, &job, &result, &ignored);
	proc_result_dispose(&result);
	buf_dispose(&input);
}

static int
intend(struct repo *repo, const struct repo_args *new, struct err *err)
{
	struct repo_job job = {0};

	if (!new->n)
		return 0;
	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "add");
	repo_args_add(&job.args, "--intent-to-add");
	add_paths(&job.args, new->v, new->n);
	return run_told(repo, &job, NULL, NULL, "git add", err);
}

/*
 * A hook that formats a file and adds it does so in the index of the commit.
 * The real one has what was there before; it gets what was committed.
 */
static void
follow_hooks(struct repo *repo, const struct repo_commit_spec *spec)
{
	struct repo_job job = {0};
	struct err ignored;

	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "reset");
	repo_args_add(&job.args, "--quiet");
	add_paths(&job.args, (char *const *)spec->paths, spec->n);
	run_told(repo, &job, NULL, NULL, "git reset", &ignored);
}

int
repo_git_commit(struct repo *repo, const struct repo_commit_spec *spec,
    git_index *index, struct err *err)
{
	struct repo_job job = {0};
	struct repo_args new = new_paths(repo, spec, index);
	int rc = intend(repo, &new, err);

	if (rc == 0) {
		repo_args_add(&job.args, "git");
		repo_args_add(&job.args, "commit");
		repo_args_add(&job.args, "--quiet");
		repo_args_add(&job.args, "--only");
		repo_args_add(&job.args, "--file=-");
		if (spec->no_verify)
			repo_args_add(&job.args, "--no-verify");
		add_paths(&job.args, (char *const *)spec->paths, spec->n);
		job.input = spec->message;
		job.len = strlen(spec->message);
		job.progress = spec->progress;
		job.signs = true;
		rc = run_told(
		    repo, &job, spec->line, spec->ctx, "git commit", err);
	}
	if (rc == -1 && new.n)
		forget_paths(repo, &new);
	if (rc == 0)
		follow_hooks(repo, spec);
	repo_args_dispose(&new);
	return rc;
}

static int
fail_net(const struct repo_lines *lines, const char *remote, struct err *err)
{
	bool auth = repo_auth_failed(buf_text(&lines->last)) ||
		    repo_auth_failed(buf_text(&lines->error));

	return err_code(err, auth ? ERR_AUTH : ERR_GIT, "%s: %s", remote,
	    repo_lines_reason(lines, "git gave up without a word"));
}

int
repo_git_fetch(struct repo *repo, const char *remote,
    const struct repo_net *net, struct err *err)
{
	struct repo_lines lines = {.strip = true};
	struct repo_job job = {
	    .sink = repo_lines_feed, .ctx = &lines, .progress = net->progress};
	struct proc_result result = {0};
	int rc;

	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "fetch");
	repo_args_add(&job.args, "--quiet");
	repo_args_add(&job.args, "--");
	repo_args_add(&job.args, remote);
	rc = repo_run(repo, &job, &result, err);
	repo_lines_end(&lines);
	if (rc == 0 && result.status != 0) {
		rc = fail_net(&lines, remote, err);
		repo_lines_explain(&result.err, net->line, net->ctx);
	}
	proc_result_dispose(&result);
	repo_lines_dispose(&lines);
	return rc;
}

/* The reason in the porcelain line "!\tFROM:TO\t[remote rejected] (REASON)",
 * git-push(1). */
static int
parse_ref(const char *line, const struct repo_head *head, bool *moved,
    struct err *err)
{
	const char *tab = strchr(line + 2, '\t');
	const char *from = tab ? strchr(tab, '(') : NULL, *to;

	to = from ? strrchr(from, ')') : NULL;
	if (!to)
		return err_code(err, ERR_GIT, "%s: refused: %s", head->remote,
		    tab ? tab + 1 : line);
	if (strncmp(tab + 1, "[rejected]", 10) == 0 &&
	    (strncmp(from, "(fetch first", 12) == 0 ||
		strncmp(from, "(non-fast-forward", 17) == 0))
		*moved = true;
	return err_code(err, ERR_GIT, "%s refused %s: %.*s", head->remote,
	    head->target, (int)(to - from - 1), from + 1);
}

/* Standard output of git push --porcelain. Returns -1 with the reason when a
 * ref was refused, 1 when none is named. */
static int
parse_push(
    struct buf *out, const struct repo_head *head, bool *moved, struct err *err)
{
	char *line, *rest = out->len ? out->data : NULL;
	int rc = 1;

	while (rest && rc >= 0) {
		line = rest;
		if ((rest = strchr(line, '\n')))
			*rest++ = '\0';
		if (strncmp(line, "!\t", 2) == 0)
			rc = parse_ref(line, head, moved, err);
		else if (*line && line[1] == '\t')
			rc = 0;
	}
	return rc;
}

int
repo_git_push(struct repo *repo, const struct repo_head *head,
    const struct repo_net *net, bool *moved, struct err *err)
{
	struct repo_lines lines = {
	    .line = net->line, .ctx = net->ctx, .strip = true};
	struct repo_job job = {
	    .sink = repo_lines_feed, .ctx = &lines, .progress = net->progress};
	struct proc_result result = {0};
	int rc;

	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "push");
	repo_args_add(&job.args, "--porcelain");
	if (net->no_verify)
		repo_args_add(&job.args, "--no-verify");
	repo_args_add(&job.args, "--");
	repo_args_add(&job.args, head->remote);
	repo_args_addf(&job.args, "refs/heads/%s:refs/heads/%s", head->branch,
	    head->target);
	rc = repo_run(repo, &job, &result, err);
	repo_lines_end(&lines);
	if (rc == 0 && result.status != 0 &&
	    parse_push(&result.out, head, moved, err) != -1)
		fail_net(&lines, head->remote, err);
	if (rc == 0 && result.status != 0)
		rc = -1;
	proc_result_dispose(&result);
	repo_lines_dispose(&lines);
	return rc;
}
