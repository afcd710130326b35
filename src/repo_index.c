/* SPDX-License-Identifier: ISC */
/*
 * The index: read anew right before it is changed (an old copy written back
 * would drop what another git staged meanwhile), entries remembered and
 * brought back.
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
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
	char *lock;

	if (rc != GIT_ELOCKED)
		return repo_fail(rc, "git index", err);
	lock = path_join(repo_dir(repo), "index.lock");
	rc = repo_fail_locked(repo, lock, err);
	free(lock);
	return rc;
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

int
repo_entries(struct repo *repo, const char *const *paths, size_t n,
    struct repo_entry *out, struct err *err)
{
	const git_index_entry *entry;
	git_index *index = NULL;

	if (repo_index(repo, &index, err) == -1)
		return -1;
	for (size_t i = 0; i < n; i++) {
		out[i] = (struct repo_entry){0};
		if (!(entry = git_index_get_bypath(index, paths[i], 0)))
			continue;
		out[i].there = true;
		out[i].mode = entry->mode;
		out[i].intent = (entry->flags_extended &
				    GIT_INDEX_ENTRY_INTENT_TO_ADD) != 0;
		git_oid_tostr(out[i].oid, sizeof(out[i].oid), &entry->id);
	}
	git_index_free(index);
	return 0;
}

/* Is the entry (NULL: there is none) as the file or HEAD has it? */
static bool
is_left(struct repo *repo, const char *path, const git_index_entry *entry)
{
	char *at = path_join(repo->root, path);
	char *rev = xasprintf("HEAD:%s", path);
	git_object *in_head = NULL;
	git_oid oid;
	bool left;

	if (git_revparse_single(&in_head, repo->git, rev) < 0)
		in_head = NULL;
	if (!entry)
		left = !file_exists(at) || !in_head;
	else
		left =
		    (entry->flags_extended & GIT_INDEX_ENTRY_INTENT_TO_ADD) ||
		    (git_repository_hashfile(
			 &oid, repo->git, at, GIT_OBJECT_BLOB, path) == 0 &&
			git_oid_equal(&oid, &entry->id)) ||
		    (in_head &&
			git_oid_equal(git_object_id(in_head), &entry->id));
	git_object_free(in_head);
	free(rev);
	free(at);
	return left;
}

static bool
is_entry(const git_index_entry *entry, const struct repo_entry *was)
{
	char oid[REPO_OID_LEN + 1];

	if (!entry || !was->there)
		return !entry && !was->there;
	return entry->mode == was->mode &&
	       strcmp(git_oid_tostr(oid, sizeof(oid), &entry->id), was->oid) ==
		   0;
}

static int
entry_back(struct repo *repo, git_index *index, const char *path,
    const struct repo_entry *was)
{
	const git_index_entry *entry = git_index_get_bypath(index, path, 0);
	git_index_entry old = {.path = path, .mode = was->mode};
	int rc;

	if (is_entry(entry, was) || !is_left(repo, path, entry))
		return 0;
	if (!was->there)
		return entry ? git_index_remove(index, path, 0) : 0;
	if ((rc = git_oid_fromstr(&old.id, was->oid)) < 0)
		return rc;
	if (was->intent) {
		old.flags = GIT_INDEX_ENTRY_EXTENDED;
		old.flags_extended = GIT_INDEX_ENTRY_INTENT_TO_ADD;
	}
	return git_index_add(index, &old);
}

int
repo_entries_back(struct repo *repo, const char *const *paths,
    const struct repo_entry *entries, size_t n, struct err *err)
{
	git_index *index = NULL;
	int rc = GIT_ELOCKED;

	for (int i = 0; i < REPO_LOCK_TRIES && rc == GIT_ELOCKED; i++) {
		if (i > 0)
			repo_pause(REPO_LOCK_WAIT);
		if (repo_index(repo, &index, err) == -1)
			return -1;
		rc = 0;
		for (size_t k = 0; k < n && rc >= 0; k++)
			rc = entry_back(repo, index, paths[k], &entries[k]);
		if (rc >= 0)
			rc = git_index_write(index);
		if (rc < 0)
			git_index_read(index, 1);
		git_index_free(index);
	}
	return rc < 0 ? repo_index_fail(repo, rc, err) : 0;
}
