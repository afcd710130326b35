/* SPDX-License-Identifier: ISC */
/*
 * Git's configuration as the repo_*.c files ask for it, and the few questions
 * that are about it: hooks, filters, who the author is.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"

int
repo_config(struct repo *repo, git_config **out, struct err *err)
{
	int rc = git_repository_config_snapshot(out, repo->git);

	return rc < 0 ? repo_fail(rc, NULL, err) : 0;
}

char *
repo_config_text(git_config *config, const char *fmt, ...)
{
	const char *value;
	char *name, *copy;
	va_list ap;

	va_start(ap, fmt);
	name = xvasprintf(fmt, ap);
	va_end(ap);
	copy = git_config_get_string(&value, config, name) == 0 ? xstrdup(value)
								: NULL;
	free(name);
	return copy;
}

bool
repo_config_bool(git_config *config, const char *name, bool fallback)
{
	int value;

	if (git_config_get_bool(&value, config, name) < 0)
		return fallback;
	return value;
}

void
repo_config_each(git_config *config, const char *name,
    void (*each)(const char *value, void *ctx), void *ctx)
{
	git_config_iterator *it = NULL;
	git_config_entry *entry;

	/* Without a regular expression: libgit2 1.5 leaks those. */
	if (git_config_iterator_new(&it, config) < 0)
		return;
	while (git_config_next(&entry, it) == 0)
		if (strcmp(entry->name, name) == 0)
			each(entry->value, ctx);
	git_config_iterator_free(it);
}

bool
repo_config_hidden(git_config *config)
{
	git_config_iterator *it = NULL;
	git_config_entry *entry;
	bool hidden =
	    getenv("GIT_CONFIG_COUNT") || getenv("GIT_CONFIG_PARAMETERS") ||
	    repo_config_bool(config, "extensions.worktreeconfig", false);

	if (hidden || git_config_iterator_new(&it, config) < 0)
		return hidden;
	while (!hidden && git_config_next(&entry, it) == 0)
		hidden =
		    strncmp(entry->name, "includeif.hasconfig:", 20) == 0 ||
		    (strncmp(entry->name, "hook.", 5) == 0 &&
			strcmp(strrchr(entry->name, '.'), ".command") == 0);
	git_config_iterator_free(it);
	return hidden;
}

bool
repo_has_hook(struct repo *repo, git_config *config, const char *name)
{
	git_buf dir = {0};
	char *at, *path;
	bool there;

	if (git_config_get_path(&dir, config, "core.hookspath") == 0)
		at = path_join(repo->root, dir.ptr);
	else
		at = path_join(git_repository_commondir(repo->git), "hooks");
	path = path_join(at, name);
	there = file_is_regular(path) && access(path, X_OK) == 0;
	git_buf_dispose(&dir);
	free(path);
	free(at);
	return there;
}

const char *
repo_filtered(struct repo *repo, git_config *config, const char *path)
{
	static const char *const parts[] = {"clean", "smudge", "process"};
	const char *value = NULL;
	char *set = NULL;

	if (git_attr_get(&value, repo->git, 0, path, "working-tree-encoding") ==
		0 &&
	    git_attr_value(value) == GIT_ATTR_VALUE_STRING)
		return "working-tree-encoding";
	if (git_attr_get(&value, repo->git, 0, path, "filter") < 0 ||
	    git_attr_value(value) != GIT_ATTR_VALUE_STRING)
		return NULL;
	for (size_t i = 0; i < NITEMS(parts) && !set; i++)
		set = repo_config_text(config, "filter.%s.%s", value, parts[i]);
	free(set);
	return set ? "filter" : NULL;
}

static int
fail_identity(struct err *err)
{
	return err_code(err, ERR_GIT,
	    "who is the author? git config --global user.name \"Your Name\" "
	    "and git config --global user.email you@example.org");
}

int
repo_signature(
    struct repo *repo, const char *which, git_signature **out, struct err *err)
{
	struct repo_job job = {0};
	struct proc_result result = {0};
	int rc;

	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "var");
	repo_args_add(&job.args, which);
	rc = repo_run(repo, &job, &result, err);
	if (rc == -1 || result.status == 127) /* no git: ask libgit2 */
		rc = git_signature_default(out, repo->git);
	else if (result.status != 0)
		rc = -1;
	else
		rc = git_signature_from_buffer(out, buf_text(&result.out));
	proc_result_dispose(&result);
	return rc < 0 ? fail_identity(err) : 0;
}

static char *
who_is(struct repo *repo, const char *which, struct err *err)
{
	git_signature *who = NULL;
	char *text;

	if (repo_signature(repo, which, &who, err) == -1)
		return NULL;
	text = xasprintf("%s <%s>", who->name, who->email);
	git_signature_free(who);
	return text;
}

char *
repo_identity(struct repo *repo, struct err *err)
{
	return who_is(repo, "GIT_AUTHOR_IDENT", err);
}

char *
repo_committer(struct repo *repo, struct err *err)
{
	return who_is(repo, "GIT_COMMITTER_IDENT", err);
}
