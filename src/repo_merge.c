/* SPDX-License-Identifier: ISC */
/*
 * Merging three texts: by libgit2, as git merge-file does, its marks taken
 * apart again; and putting merged files into the index of a replay.
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"

enum { MARK = 61 }; /* characters of a mark: more than texts have in a row */

static const char marks[] = "<|=>";

/* A line of the mark, with or without a name behind. */
static bool
is_mark(const char *line, const char *end, char c)
{
	if (end - line < MARK)
		return false;
	for (int i = 0; i < MARK; i++)
		if (line[i] != c)
			return false;
	return line + MARK == end || strchr(" \r\n", line[MARK]);
}

/* Something that would be taken for a mark. */
static bool
has_marks(const struct buf *b)
{
	char run[MARK + 1];

	for (const char *c = marks; *c; c++) {
		memset(run, *c, MARK);
		run[MARK] = '\0';
		if (strstr(buf_text(b), run))
			return true;
	}
	return false;
}

static bool
is_text(const struct buf *b)
{
	return strlen(buf_text(b)) == b->len && !has_marks(b);
}

struct stretches {
	struct repo_stretch *v;
	size_t n, cap;
	struct buf part[3]; /* base, theirs, mine of the one being read */
};

static void
end_stretch(struct stretches *s, bool conflict)
{
	struct repo_stretch *r;

	if (!conflict && s->part[1].len == 0)
		return;
	s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
	r = &s->v[s->n++];
	r->conflict = conflict;
	if (!conflict) {
		buf_add(&s->part[0], s->part[1].data, s->part[1].len);
		buf_add(&s->part[2], s->part[1].data, s->part[1].len);
	}
	r->base = buf_steal(&s->part[0]);
	r->theirs = buf_steal(&s->part[1]);
	r->mine = buf_steal(&s->part[2]);
}

/* Take what libgit2 made apart. */
static void
take_apart(struct stretches *s, const char *text, size_t len)
{
	const char *end = text + len, *nl, *next;
	int in = 1; /* which part a line goes to */
	bool conflict = false;

	for (const char *line = text; line < end; line = next) {
		nl = memchr(line, '\n', (size_t)(end - line));
		next = nl ? nl + 1 : end;
		if (!conflict && is_mark(line, next, '<')) {
			end_stretch(s, false);
			conflict = true;
		} else if (conflict && is_mark(line, next, '|')) {
			in = 0;
		} else if (conflict && is_mark(line, next, '=')) {
			in = 2;
		} else if (conflict && is_mark(line, next, '>')) {
			end_stretch(s, true);
			conflict = false;
			in = 1;
		} else {
			buf_add(&s->part[in], line, (size_t)(next - line));
		}
	}
	end_stretch(s, false);
}

int
repo_merge_text(const struct buf *base, const struct buf *theirs,
    const struct buf *mine, struct repo_stretch **v, size_t *n)
{
	git_merge_file_options options = {0};
	git_merge_file_result result = {0};
	git_merge_file_input in[3];
	const struct buf *texts[3] = {base, theirs, mine};
	struct stretches s = {0};
	int rc;

	for (int i = 0; i < 3; i++) {
		if (!is_text(texts[i]))
			return -1;
		git_merge_file_input_init(&in[i], GIT_MERGE_FILE_INPUT_VERSION);
		in[i].ptr = buf_text(texts[i]);
		in[i].size = texts[i]->len;
	}
	git_merge_file_options_init(&options, GIT_MERGE_FILE_OPTIONS_VERSION);
	options.flags = GIT_MERGE_FILE_STYLE_DIFF3;
	options.marker_size = MARK;
	rc = git_merge_file(&result, &in[0], &in[1], &in[2], &options);
	if (rc == 0)
		take_apart(&s, result.ptr, result.len);
	git_merge_file_result_free(&result);
	for (int i = 0; i < 3; i++)
		buf_dispose(&s.part[i]);
	*v = s.v;
	*n = s.n;
	return rc < 0 ? -1 : 0;
}

void
repo_stretches_free(struct repo_stretch *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		free(v[i].base);
		free(v[i].theirs);
		free(v[i].mine);
	}
	free(v);
}

/* Files of a replay. */

/* One side of a file that is merged. */
struct side {
	bool there;
	git_oid id;
	unsigned mode;
	struct buf text;
};

static int
load_side(
    struct repo *repo, struct side *side, const git_oid *id, unsigned mode)
{
	git_blob *blob = NULL;
	int rc = git_blob_lookup(&blob, repo->git, id);

	if (rc < 0)
		return rc;
	side->there = true;
	side->id = *id;
	side->mode = mode;
	buf_add(&side->text, git_blob_rawcontent(blob),
	    (size_t)git_blob_rawsize(blob));
	git_blob_free(blob);
	return 0;
}

static int
put_merged(struct repo *repo, git_index *index, const char *path,
    const struct buf *text, unsigned mode)
{
	git_index_entry entry = {.path = path, .mode = mode};
	int rc = git_blob_create_from_buffer(
	    &entry.id, repo->git, buf_text(text), text->len);

	if (rc < 0)
		return rc;
	git_index_conflict_remove(index, path);
	return git_index_add(index, &entry);
}

/* Ask for one text of the three; what comes of it goes into the index. */
static int
merge_sides(struct repo *repo, const struct repo_integration *with,
    git_index *index, const char *path, struct side side[3], bool clean)
{
	const struct repo_conflict c = {path,
	    side[0].there ? &side[0].text : NULL,
	    side[1].there ? &side[1].text : NULL,
	    side[2].there ? &side[2].text : NULL, clean};
	struct buf text = {0};
	int rc = 0;

	switch (with->merge(with->ctx, &c, &text)) {
	case REPO_MERGED:
		rc = put_merged(repo, index, path, &text,
		    side[1].there ? side[1].mode : side[2].mode);
		break;
	case REPO_REMOVED:
		rc = git_index_conflict_remove(index, path);
		break;
	case REPO_UNMERGED:
		break;
	}
	buf_dispose(&text);
	return rc;
}

static void
sides_dispose(struct side side[3])
{
	for (int i = 0; i < 3; i++)
		buf_dispose(&side[i].text);
}

static int
merge_conflict(struct repo *repo, const struct repo_integration *with,
    git_index *index, const char *path)
{
	const git_index_entry *e[3];
	struct side side[3] = {0};
	int rc = git_index_conflict_get(&e[0], &e[1], &e[2], index, path);

	for (int i = 0; i < 3 && rc == 0; i++)
		if (e[i])
			rc = load_side(repo, &side[i], &e[i]->id, e[i]->mode);
	if (rc == 0)
		rc = merge_sides(repo, with, index, path, side, false);
	sides_dispose(side);
	return rc;
}

int
repo_merge_conflicts(struct repo *repo, const struct repo_integration *with,
    git_index *index, struct err *err)
{
	git_index_conflict_iterator *it = NULL;
	const git_index_entry *base, *theirs, *mine;
	struct repo_args paths = {0};
	int rc = git_index_conflict_iterator_new(&it, index);

	while (
	    rc == 0 && git_index_conflict_next(&base, &theirs, &mine, it) == 0)
		repo_args_add(&paths, theirs ? theirs->path
				      : mine ? mine->path
					     : base->path);
	git_index_conflict_iterator_free(it);
	for (size_t i = 0; i < paths.n && rc == 0; i++)
		rc = merge_conflict(repo, with, index, paths.v[i]);
	repo_args_dispose(&paths);
	return rc < 0 ? repo_fail(rc, "git rebase", err) : 0;
}

/* A file that git merged line by line, which says nothing of its fields. */
static int
merge_clean(struct repo *repo, const struct repo_integration *with,
    git_index *index, git_tree *onto, const git_diff_delta *d)
{
	const char *path = d->new_file.path;
	const git_index_entry *now = git_index_get_bypath(index, path, 0);
	git_tree_entry *theirs = NULL;
	struct side side[3] = {0};
	int rc = 0;

	if (!now || d->status != GIT_DELTA_MODIFIED ||
	    git_oid_equal(&now->id, &d->new_file.id) ||
	    git_tree_entry_bypath(&theirs, onto, path) < 0)
		return 0;
	if (!git_oid_equal(&now->id, git_tree_entry_id(theirs)) &&
	    git_tree_entry_type(theirs) == GIT_OBJECT_BLOB) {
		rc = load_side(
		    repo, &side[0], &d->old_file.id, d->old_file.mode);
		if (rc == 0)
			rc =
			    load_side(repo, &side[1], git_tree_entry_id(theirs),
				git_tree_entry_filemode(theirs));
		if (rc == 0)
			rc = load_side(
			    repo, &side[2], &d->new_file.id, d->new_file.mode);
		if (rc == 0)
			rc = merge_sides(repo, with, index, path, side, true);
	}
	sides_dispose(side);
	git_tree_entry_free(theirs);
	return rc;
}

int
repo_merge_clean(struct repo *repo, const struct repo_integration *with,
    git_index *index, const git_oid *onto_id, const git_oid *mine_id,
    struct err *err)
{
	git_commit *onto = NULL, *mine = NULL, *parent = NULL;
	git_tree *before = NULL, *after = NULL, *tree = NULL;
	git_diff *diff = NULL;
	int rc = git_commit_lookup(&onto, repo->git, onto_id);

	if (rc == 0)
		rc = git_commit_lookup(&mine, repo->git, mine_id);
	if (rc == 0)
		rc = git_commit_parent(&parent, mine, 0);
	if (rc == 0)
		rc = git_commit_tree(&before, parent);
	if (rc == 0)
		rc = git_commit_tree(&after, mine);
	if (rc == 0)
		rc = git_commit_tree(&tree, onto);
	if (rc == 0)
		rc = git_diff_tree_to_tree(
		    &diff, repo->git, before, after, NULL);
	for (size_t i = 0; rc == 0 && i < git_diff_num_deltas(diff); i++)
		rc = merge_clean(
		    repo, with, index, tree, git_diff_get_delta(diff, i));
	git_diff_free(diff);
	git_tree_free(before);
	git_tree_free(after);
	git_tree_free(tree);
	git_commit_free(parent);
	git_commit_free(mine);
	git_commit_free(onto);
	return rc < 0 ? repo_fail(rc, "git rebase", err) : 0;
}
