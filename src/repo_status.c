/* SPDX-License-Identifier: ISC */
/*
 * What differs: work tree and index from HEAD, and what our commits changed
 * since the upstream's.  Nothing is written, the index neither.
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"

struct status {
	struct repo *repo;
	git_index *index;
	struct repo_changes *out;
	size_t cap;
};

static void
add(struct status *s, const char *path, unsigned state)
{
	size_t len = strlen(path);

	/* A directory: another repository, not ours to look into. */
	if (!state || !len || path[len - 1] == '/')
		return;
	s->out->v = xgrow(s->out->v, s->out->n, &s->cap, sizeof(*s->out->v));
	s->out->v[s->out->n++] =
	    (struct repo_change){.path = xstrdup(path), .state = state};
}

static bool
is_skipped(struct status *s, const char *path)
{
	const git_index_entry *entry = git_index_get_bypath(s->index, path, 0);

	return entry && (entry->flags_extended & GIT_INDEX_ENTRY_SKIP_WORKTREE);
}

static unsigned
state_of(struct status *s, const char *path, unsigned flags)
{
	const unsigned changed =
	    GIT_STATUS_INDEX_MODIFIED | GIT_STATUS_INDEX_TYPECHANGE |
	    GIT_STATUS_INDEX_RENAMED | GIT_STATUS_WT_MODIFIED |
	    GIT_STATUS_WT_TYPECHANGE | GIT_STATUS_WT_RENAMED |
	    GIT_STATUS_WT_UNREADABLE;
	const unsigned staged =
	    GIT_STATUS_INDEX_NEW | GIT_STATUS_INDEX_MODIFIED |
	    GIT_STATUS_INDEX_DELETED | GIT_STATUS_INDEX_TYPECHANGE |
	    GIT_STATUS_INDEX_RENAMED;
	unsigned state = 0;

	if ((flags & GIT_STATUS_WT_DELETED) && is_skipped(s, path))
		flags &= ~(unsigned)GIT_STATUS_WT_DELETED;
	if (flags & GIT_STATUS_CONFLICTED)
		return REPO_CONFLICT;
	if (flags & staged)
		state |= REPO_STAGED;
	if (flags & GIT_STATUS_WT_DELETED)
		state |= REPO_DELETED;
	if ((flags & GIT_STATUS_INDEX_DELETED) &&
	    (flags & GIT_STATUS_WT_NEW)) /* removed with --cached */
		return state | REPO_CHANGED;
	if (flags & GIT_STATUS_INDEX_DELETED)
		state |= REPO_DELETED;
	if (flags & (GIT_STATUS_INDEX_NEW | GIT_STATUS_WT_NEW))
		return state | REPO_NEW;
	if ((flags & changed) && !(state & REPO_DELETED))
		state |= REPO_CHANGED;
	return state;
}

static int
add_local(struct status *s, const char *prefix, struct err *err)
{
	git_status_options options = {0};
	git_status_list *list = NULL;
	const git_status_entry *entry;
	const git_diff_delta *delta;
	char *paths[] = {(char *)prefix};
	int rc;

	git_status_options_init(&options, GIT_STATUS_OPTIONS_VERSION);
	options.flags = GIT_STATUS_OPT_INCLUDE_UNTRACKED |
			GIT_STATUS_OPT_RECURSE_UNTRACKED_DIRS |
			GIT_STATUS_OPT_EXCLUDE_SUBMODULES |
			GIT_STATUS_OPT_DISABLE_PATHSPEC_MATCH;
	if (*prefix)
		options.pathspec = (git_strarray){paths, 1};
	rc = git_status_list_new(&list, s->repo->git, &options);
	if (rc < 0)
		return repo_fail(rc, "git status", err);
	for (size_t i = 0; i < git_status_list_entrycount(list); i++) {
		entry = git_status_byindex(list, i);
		delta = entry->index_to_workdir ? entry->index_to_workdir
						: entry->head_to_index;
		if (delta)
			add(s, delta->new_file.path,
			    state_of(s, delta->new_file.path, entry->status));
	}
	git_status_list_free(list);
	return 0;
}

/* The tree of a commit, and the tree of where it left the other's history. */
static int
trees(struct repo *repo, const struct repo_head *head, git_tree **base,
    git_tree **tip)
{
	git_oid ours, theirs, fork;
	git_commit *a = NULL, *b = NULL;
	int rc;

	rc = git_reference_name_to_id(&ours, repo->git, "HEAD");
	if (rc == 0)
		rc = git_reference_name_to_id(
		    &theirs, repo->git, head->upstream);
	if (rc < 0)
		return rc;
	fork = theirs;
	if (head->behind &&
	    git_merge_base(&fork, repo->git, &ours, &theirs) < 0)
		fork = theirs;
	rc = git_commit_lookup(&a, repo->git, &fork);
	if (rc == 0)
		rc = git_commit_lookup(&b, repo->git, &ours);
	if (rc == 0)
		rc = git_commit_tree(base, a);
	if (rc == 0)
		rc = git_commit_tree(tip, b);
	git_commit_free(a);
	git_commit_free(b);
	return rc;
}

static int
add_unpushed(struct status *s, const char *prefix, struct err *err)
{
	git_diff_options options = {0};
	struct repo_head head = {0};
	git_tree *base = NULL, *tip = NULL;
	git_diff *diff = NULL;
	char *paths[] = {(char *)prefix};
	int rc = 0;

	if (repo_head(s->repo, &head, err) == -1)
		return -1;
	if (!head.upstream || head.unborn || !head.ahead)
		goto out;
	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	options.flags =
	    GIT_DIFF_DISABLE_PATHSPEC_MATCH | GIT_DIFF_SKIP_BINARY_CHECK;
	if (*prefix)
		options.pathspec = (git_strarray){paths, 1};
	rc = trees(s->repo, &head, &base, &tip);
	if (rc == 0)
		rc = git_diff_tree_to_tree(
		    &diff, s->repo->git, base, tip, &options);
	for (size_t i = 0; rc == 0 && i < git_diff_num_deltas(diff); i++)
		add(s, git_diff_get_delta(diff, i)->new_file.path,
		    REPO_UNPUSHED);
	if (rc < 0)
		rc = repo_fail(rc, head.upstream, err);
out:
	git_diff_free(diff);
	git_tree_free(base);
	git_tree_free(tip);
	repo_head_dispose(&head);
	return rc;
}

static int
by_path(const void *a, const void *b)
{
	const struct repo_change *x = a, *y = b;

	return strcmp(x->path, y->path);
}

/* Sort, and one row a path. */
static void
settle(struct repo_changes *c)
{
	size_t n = 0;

	if (c->n)
		qsort(c->v, c->n, sizeof(*c->v), by_path);
	for (size_t i = 0; i < c->n; i++) {
		if (n && strcmp(c->v[n - 1].path, c->v[i].path) == 0) {
			c->v[n - 1].state |= c->v[i].state;
			free(c->v[i].path);
		} else
			c->v[n++] = c->v[i];
	}
	c->n = n;
}

int
repo_changes(struct repo *repo, const char *prefix, struct repo_changes *out,
    struct err *err)
{
	struct status s = {.repo = repo, .out = out};
	int rc;

	*out = (struct repo_changes){0};
	if (repo_index(repo, &s.index, err) == -1)
		return -1;
	rc = add_local(&s, prefix, err);
	if (rc == 0)
		rc = add_unpushed(&s, prefix, err);
	git_index_free(s.index);
	if (rc == -1)
		repo_changes_dispose(out);
	settle(out);
	return rc;
}

unsigned
repo_changes_find(const struct repo_changes *c, const char *path)
{
	const struct repo_change key = {.path = (char *)path}, *found;

	if (!c->n)
		return REPO_CLEAN;
	found = bsearch(&key, c->v, c->n, sizeof(*c->v), by_path);
	return found ? found->state : REPO_CLEAN;
}

void
repo_changes_dispose(struct repo_changes *c)
{
	for (size_t i = 0; i < c->n; i++)
		free(c->v[i].path);
	free(c->v);
	*c = (struct repo_changes){0};
}

bool
repo_ignored(struct repo *repo, const char *path)
{
	git_index *index = NULL;
	struct err ignored;
	bool tracked;
	int yes = 0;

	if (repo_index(repo, &index, &ignored) == -1)
		return false;
	tracked = git_index_get_bypath(index, path, 0) != NULL;
	git_index_free(index);
	if (tracked || git_ignore_path_is_ignored(&yes, repo->git, path) < 0)
		return false;
	return yes;
}

void
repo_count_lines(
    const struct buf *a, const struct buf *b, size_t *added, size_t *removed)
{
	git_diff_options options = {0};
	git_patch *patch = NULL;

	*added = *removed = 0;
	git_diff_options_init(&options, GIT_DIFF_OPTIONS_VERSION);
	/* A CR that git takes away when it stores the file is no change. */
	options.flags = GIT_DIFF_IGNORE_WHITESPACE_EOL;
	if (git_patch_from_buffers(&patch, buf_text(a), a->len, NULL,
		buf_text(b), b->len, NULL, &options) < 0)
		return;
	git_patch_line_stats(NULL, added, removed, patch);
	git_patch_free(patch);
}
