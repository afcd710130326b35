/* SPDX-License-Identifier: ISC */
/* The lines of a TOML document, and which of them go with a value. */
#include <stdlib.h>
#include <string.h>

#include "fm_toml_priv.h"
#include "mem.h"

size_t
toml_line_at(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] != '\n')
		at--;
	return at;
}

size_t
toml_line_next(const char *text, size_t len, size_t at)
{
	const char *nl = memchr(text + at, '\n', len - at);

	return nl ? (size_t)(nl - text) + 1 : len;
}

static size_t
first_byte(const char *text, size_t len, size_t at)
{
	while (at < len && (text[at] == ' ' || text[at] == '\t'))
		at++;
	return at;
}

bool
toml_line_blank(const char *text, size_t len, size_t at)
{
	at = first_byte(text, len, at);
	return at < len && (text[at] == '\n' || text[at] == '\r');
}

static bool
is_comment(const char *text, size_t len, size_t at)
{
	at = first_byte(text, len, at);
	return at < len && text[at] == '#';
}

size_t
toml_attached(const struct toml_trees *doc, const struct toml_line *line)
{
	size_t floor = line->i ? line->home->line[line->i - 1]->end : 0;
	size_t at = line->at, above;

	while (at > floor) {
		above = toml_line_at(doc->text, at - 1);
		if (above < floor || !is_comment(doc->text, doc->len, above))
			break;
		at = above;
	}
	return at;
}

size_t
toml_tail(const struct toml_trees *doc, const struct toml_line *line)
{
	const struct toml_tree *root = line->home;
	size_t at = line->end, end = doc->len;

	if (line->i + 1 < root->nlines)
		end = toml_attached(doc, root->line[line->i + 1]);
	while (at < end && is_comment(doc->text, end, at))
		at = toml_line_next(doc->text, end, at);
	return at;
}

bool *
toml_marks(const struct toml_trees *doc, const struct toml_tree *tree)
{
	const struct toml_tree *root = doc->root;
	bool *marks = xcalloc(root->nlines + 1, sizeof(*marks));

	for (size_t i = 0; i < tree->nsaid; i++) {
		const struct toml_line *line = tree->said[i].line;

		if (line->home != root)
			continue;
		marks[line->i] = true;
		if (!line->header)
			continue;
		for (size_t k = line->i + 1;
		     k < root->nlines && !root->line[k]->header; k++)
			marks[k] = true;
	}
	return marks;
}

static bool
has_hash(const char *text, size_t from, size_t to)
{
	return to > from && memchr(text + from, '#', to - from);
}

bool
toml_has_comments(const struct toml_trees *doc, const struct toml_tree *tree)
{
	const struct toml_tree *root = doc->root;
	bool *marks = toml_marks(doc, tree), any = false;

	for (size_t i = 0; i < root->nlines && !any; i++) {
		const struct toml_line *line = root->line[i];
		size_t at = line->value.at, end = line->value.end;

		if (!marks[i])
			continue;
		if (line->header)
			end = line->part[line->n - 1].end;
		else if (memchr(doc->text + at, '\n', end - at) &&
			 doc->text[at] != '"' && doc->text[at] != '\'')
			end = at;
		any =
		    has_hash(doc->text, end, line->end) ||
		    (i > 0 && marks[i - 1] &&
			has_hash(doc->text, root->line[i - 1]->end, line->at));
	}
	free(marks);
	return any;
}

const struct toml_line *
toml_first_pair(const struct toml_tree *tree)
{
	for (size_t i = 0; i < tree->nsaid; i++)
		if (!tree->said[i].line->header)
			return tree->said[i].line;
	return NULL;
}

const struct toml_line *
toml_last_pair(const struct toml_tree *tree, const struct toml_line *before)
{
	for (size_t i = tree->nsaid; i > 0; i--) {
		const struct toml_line *line = tree->said[i - 1].line;

		if (!line->header && (!before || line->i < before->i))
			return line;
	}
	return NULL;
}

struct buf *
toml_edit_at(struct fm_edits *edits, size_t at, size_t cut)
{
	return &fm_edits_add(edits, at, cut, NULL, 0)->with;
}
