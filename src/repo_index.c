/* SPDX-License-Identifier: ISC */
/*
 * The index: read anew right before it is changed (an old copy written back
 * would drop what another git staged meanwhile), entries remembered and
 * brought back.
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"

int
repo_index(struct repo *repo, git_index **out, struct err *err)
{
	git_index *index = NULL;
	int rc = git_repository_index(&index, repo->git);

	if (rc == 0)
		rc = git_index_read(index, 0);
	if (rc < 0) {
		git_index_free(index);
		*out = NULL;
		return repo_fail(rc, "git index", err);
	}
	*out = index;
	return 0;
}

int
repo_index_fail(struct repo *repo, int rc, struct err *err)
{
	if (rc != GIT_ELOCKED)
		return repo_fail(rc, "git index", err);
	return err_code(err, ERR_GIT,
	    "another git is at work; if none is, remove %sindex.lock",
	    git_repository_path(repo->git));
}

void
repo_forget_entries(struct repo *repo)
{
	for (size_t i = 0; i < repo->nsaved; i++)
		free(repo->saved[i].path);
	free(repo->saved);
	repo->saved = NULL;
	repo->nsaved = 0;
	repo->undo_oid[0] = '\0';
}

void
repo_save_entries(
    struct repo *repo, git_index *index, const char *const *paths, size_t n)
{
	const git_index_entry *entry;
	struct repo_saved *s;

	repo_forget_entries(repo);
	repo->saved = xcalloc(n, sizeof(*repo->saved));
	repo->nsaved = n;
	for (size_t i = 0; i < n; i++) {
		s = &repo->saved[i];
		s->path = xstrdup(paths[i]);
		entry = git_index_get_bypath(index, paths[i], 0);
		s->there = entry != NULL;
		if (entry)
			s->entry = *entry;
		s->entry.path = s->path;
	}
}

static int
put_back(struct repo *repo, git_index *index)
{
	struct repo_saved *s;
	int rc = 0;

	for (size_t i = 0; i < repo->nsaved && rc >= 0; i++) {
		s = &repo->saved[i];
		if (s->there)
			rc = git_index_add(index, &s->entry);
		else if (git_index_get_bypath(index, s->path, 0))
			rc = git_index_remove(index, s->path, 0);
	}
	return rc;
}

int
repo_restore_entries(struct repo *repo, struct err *err)
{
	git_index *index = NULL;
	int rc = GIT_ELOCKED;

	for (int i = 0; i < REPO_LOCK_TRIES && rc == GIT_ELOCKED; i++) {
		if (i > 0)
			repo_pause(REPO_LOCK_WAIT);
		if (repo_index(repo, &index, err) == -1)
			return -1;
		rc = put_back(repo, index);
		if (rc == 0)
			rc = git_index_write(index);
		if (rc < 0)
			git_index_read(index, 1);
		git_index_free(index);
	}
	return rc < 0 ? repo_index_fail(repo, rc, err) : 0;
}
