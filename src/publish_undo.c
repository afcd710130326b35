/* SPDX-License-Identifier: ISC */
/*
 * Taking a publication back by its journal, from wherever it stands: branch
 * and commit, index, then the posts.  Each part finds out what is left of it
 * to do, so that this too can be cut off and done again.
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "merge.h"
#include "publish_priv.h"

const char *
journal_tip(struct repo *repo, const struct journal *j)
{
	char head[REPO_OID_LEN + 1];
	struct err ignored;

	if (*j->to && *j->commit &&
	    repo_oid(repo, "HEAD", head, &ignored) == 0 &&
	    strcmp(head, j->from) != 0)
		return j->to;
	return j->commit;
}

int
journal_notice_commit(struct repo *repo, struct journal *j, struct err *err)
{
	const char **paths;
	int made;

	if (*j->commit || !j->nfiles)
		return 0;
	paths = xcalloc(j->nfiles, sizeof(*paths));
	for (size_t i = 0; i < j->nfiles; i++)
		paths[i] = j->files[i].path;
	made = repo_made(repo, j->head, paths, j->nfiles, j->commit, err);
	free(paths);
	if (made == 1 && j->step == JOURNAL_WRITING)
		j->step = JOURNAL_COMMITTED;
	return made == -1 ? -1 : 0;
}

/* Make the last move whole, then go back to our commit as it was made. */
static int
undo_moves(struct repo *repo, struct journal *j, struct err *err)
{
	char head[REPO_OID_LEN + 1];

	if (!*j->to)
		return 0;
	if (repo_oid(repo, "HEAD", head, err) == -1)
		return -1;
	if ((strcmp(head, j->from) == 0 || strcmp(head, j->to) == 0) &&
	    repo_settle(repo, j->from, j->to, head, err) == -1)
		return -1;
	if (!*j->commit || strcmp(head, j->commit) == 0 ||
	    strcmp(head, j->to) != 0)
		return 0;
	memcpy(j->from, j->commit, sizeof(j->from));
	if (journal_write(repo, j, err) == -1)
		return -1;
	return repo_settle(repo, j->from, j->to, j->from, err);
}

static int
undo_commit(struct repo *repo, struct journal *j, struct err *err)
{
	const char **paths = xcalloc(j->nfiles, sizeof(*paths));
	struct repo_entry *entries = xcalloc(j->nfiles, sizeof(*entries));
	char head[REPO_OID_LEN + 1] = "";
	struct err ignored;
	int rc = 0;

	/* No commit yet: no HEAD. */
	if (repo_oid(repo, "HEAD", head, &ignored) == -1)
		head[0] = '\0';
	if (*j->commit && strcmp(head, j->head) != 0)
		rc = repo_undo_commit(repo, j->commit, err);
	for (size_t i = 0; i < j->nfiles; i++) {
		paths[i] = j->files[i].path;
		entries[i] = j->files[i].entry;
	}
	if (rc == 0 && j->nfiles)
		rc = repo_entries_back(repo, paths, entries, j->nfiles, err);
	free(paths);
	free(entries);
	return rc;
}

/* The file is not as we wrote it (a hook formatted it, somebody edits it):
 * take only what we changed back. */
static int
unmix(const struct journal_post *p, const char *path, struct err *err)
{
	struct fm *before = fm_parse(buf_text(&p->before), p->before.len, err);
	struct fm *after = fm_parse(buf_text(&p->after), p->after.len, err);
	struct post *post = post_load(path, err);
	struct merge *merge = NULL;
	int rc = before && after && post ? 0 : -1;

	if (rc == 0) {
		merge = merge_new(after, before, post->fm);
		for (size_t i = 0; i < merge->n; i++)
			if (merge->v[i].both)
				merge->v[i].choice = MERGE_OURS;
		rc = merge_apply(merge, post->fm, err);
	}
	if (rc == 0)
		rc = post_save(post, err);
	merge_free(merge);
	post_free(post);
	fm_free(before);
	fm_free(after);
	return rc;
}

static bool
same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len &&
	       (a->len == 0 || memcmp(a->data, b->data, a->len) == 0);
}

static int
restore(struct repo *repo, const struct journal_post *p, struct err *err)
{
	char *path = path_join(repo_root(repo), p->path);
	struct buf now = {0};
	struct stamp stamp;
	int rc = file_read(path, &now, &stamp, err);

	if (rc == 0 && same(&now, &p->after)) {
		rc = file_replace(path, buf_text(&p->before), p->before.len,
		    &stamp, NULL, err);
		/* A full disk takes the old bytes where the new ones are. */
		if (rc == -1 && err->code == ERR_FAIL)
			rc = file_put_back(
			    path, buf_text(&p->before), p->before.len, err);
	} else if (rc == 0 && !same(&now, &p->before)) {
		rc = unmix(p, path, err);
	}
	buf_dispose(&now);
	free(path);
	return rc;
}

/* All of them, as far as it goes; err is of the first that is not. */
static int
restore_all(struct repo *repo, const struct journal *j, struct err *err)
{
	struct err why;
	int rc = 0;

	for (size_t i = 0; i < j->nposts; i++) {
		if (restore(repo, &j->posts[i], &why) == 0 || rc == -1)
			continue;
		rc = err_code(err, why.code, "%s is not restored: %s",
		    j->posts[i].path, why.msg);
	}
	return rc;
}

int
journal_restore(struct repo *repo, const struct journal *j, struct err *err)
{
	if (restore_all(repo, j, err) == -1)
		return -1;
	journal_remove(repo);
	return 0;
}

static int
check_branch(struct repo *repo, const struct journal *j, struct err *err)
{
	struct repo_head head;
	int rc = 0;

	if (repo_head(repo, &head, err) == -1)
		return -1;
	if (head.busy)
		rc = err_code(err, ERR_GIT,
		    "a %s is in progress: finish or abort it with git",
		    head.busy);
	else if (!head.branch || strcmp(head.branch, j->branch) != 0)
		rc = err_code(err, ERR_GIT,
		    "%s was published from, and is not checked out: git "
		    "switch %s",
		    j->branch, j->branch);
	repo_head_dispose(&head);
	return rc;
}

int
journal_undo(struct repo *repo, struct journal *j, struct err *err)
{
	if (check_branch(repo, j, err) == -1 || repo_wait(repo, err) == -1 ||
	    journal_notice_commit(repo, j, err) == -1 ||
	    undo_moves(repo, j, err) == -1)
		return -1;
	/* What others have put on top of it keeps it. */
	if (j->step != JOURNAL_UNDOING && *j->commit) {
		char head[REPO_OID_LEN + 1];

		if (repo_oid(repo, "HEAD", head, err) == -1)
			return -1;
		if (strcmp(head, j->commit) != 0)
			return err_code(err, ERR_GIT,
			    "%.7s is not the last commit any more: left as it "
			    "is",
			    j->commit);
	}
	j->step = JOURNAL_UNDOING;
	j->from[0] = j->to[0] = '\0';
	if (journal_write(repo, j, err) == -1 ||
	    undo_commit(repo, j, err) == -1)
		return -1;
	return journal_restore(repo, j, err);
}
