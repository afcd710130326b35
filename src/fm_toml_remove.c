/* SPDX-License-Identifier: ISC */
/* A TOML key or item goes, with all its lines; or a key becomes another. */
#include <stdlib.h>
#include <string.h>

#include "fm_toml_priv.h"
#include "mem.h"

/* Cut whole lines.  Of blank lines on both sides those below go too, and at the
 * end those above. */
static void
cut_lines(const struct toml_trees *doc, size_t from, size_t to,
    struct fm_edits *edits)
{
	const char *text = doc->text;
	size_t bom =
	    doc->len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
	bool above = from <= bom || toml_line_blank(text, doc->len,
					toml_line_at(text, from - 1));
	size_t floor = edits->n > 0 ? edits->edit[edits->n - 1].at +
					  edits->edit[edits->n - 1].cut
				    : bom;

	while (above && to < doc->len && toml_line_blank(text, doc->len, to))
		to = toml_line_next(text, doc->len, to);
	while (to == doc->len && from > floor &&
	       toml_line_blank(text, doc->len, toml_line_at(text, from - 1)))
		from = toml_line_at(text, from - 1);
	toml_edit_at(edits, from, to - from);
}

/* The part that names a table in its first line. */
static const struct toml_mention *
first_said(const struct toml_tree *tree)
{
	return &tree->said[0];
}

/* A table that only dotted keys or longer headers make, whose one member goes:
 * it has to be said that it is there. */
static const struct toml_tree *
left_empty(const struct toml_tree *tree)
{
	const struct toml_tree *up = tree->up;

	return up->up && up->form == TOML_SPREAD && !up->header && up->n == 1
		   ? up
		   : NULL;
}

/*
 * Longer headers make a table, and the first of them goes: do other lines stand
 * between it and the next, so that the table would move behind them?
 */
static bool
loses_place(const struct toml_tree *tree, const bool *marks)
{
	const struct toml_tree *up = tree->up;
	const struct toml_line *line;
	size_t i = 0;

	if (!up->up || up->header || up->form != TOML_SPREAD ||
	    toml_first_pair(up) || !marks[up->said[0].line->i])
		return false;
	while (i < up->nsaid && marks[up->said[i].line->i])
		i++;
	if (i == up->nsaid)
		return false;
	line = up->said[i].line;
	for (size_t k = up->said[0].line->i; k < line->i; k++)
		if (!marks[k])
			return true;
	return false;
}

/*
 * Of a table with dotted keys the first line goes, and lines of others stand
 * between it and the next: that comes in its place, or the table would move
 * behind them.  NULL: nothing has to.
 */
static const struct toml_line *
follower(const struct toml_tree *tree, const bool *marks)
{
	const struct toml_tree *up = tree->up;
	const struct toml_line *line = NULL;
	size_t first;

	if (!up->up || up->header || !toml_first_pair(up))
		return NULL;
	first = up->said[0].line->i;
	if (!marks[first])
		return NULL;
	for (size_t i = 0; i < up->nsaid && !line; i++)
		if (!marks[up->said[i].line->i])
			line = up->said[i].line;
	if (!line || line->header)
		return NULL;
	for (size_t k = first; k < line->i; k++)
		if (!marks[k])
			return line;
	return NULL;
}

/* The first line of a table becomes one that says that it is empty. */
static void
say_empty(const struct toml_pen *pen, const struct toml_mention *said,
    struct fm_edits *edits)
{
	const struct toml_line *line = said->line;
	const char *text = pen->doc->text;
	size_t end = line->part[said->i].end;
	struct buf *out;

	if (!line->header) {
		toml_edit_at(edits, end, line->part[line->n - 1].end - end);
		out = toml_edit_at(
		    edits, line->value.at, line->value.end - line->value.at);
		buf_puts(out, "{}");
		return;
	}
	if (line->array) {
		size_t open = line->at;

		while (text[open] != '[')
			open++;
		toml_edit_at(edits, open, 1);
	}
	toml_edit_at(edits, end, line->part[line->n - 1].end - end);
	for (end = line->part[line->n - 1].end; text[end] != ']'; end++)
		;
	if (line->array)
		toml_edit_at(edits, end, 1);
}

/* A run of lines goes, or another line comes in its place. */
static void
cut_run(const struct toml_trees *doc, size_t from, const struct toml_line *last,
    bool header, const struct toml_line *next, struct fm_edits *edits)
{
	size_t at;

	if (!next) {
		cut_lines(doc, from, header ? toml_tail(doc, last) : last->end,
		    edits);
		return;
	}
	at = toml_attached(doc, next);
	buf_add(toml_edit_at(edits, from, last->end - from), doc->text + at,
	    next->end - at);
}

static int
remove_lines(const struct toml_pen *pen, const struct toml_tree *tree,
    struct fm_edits *edits)
{
	const struct toml_trees *doc = pen->doc;
	const struct toml_tree *root = doc->root, *up = left_empty(tree);
	bool *marks = toml_marks(doc, tree), header;
	const struct toml_line *next = follower(tree, marks), *line;
	size_t last = 0, from;

	if (loses_place(tree, marks))
		up = tree->up;
	if (up) {
		say_empty(pen, first_said(up), edits);
		marks[first_said(up)->line->i] = false;
	}
	if (next)
		marks[next->i] = true;
	for (size_t i = 0; i < root->nlines; i = last + 1) {
		line = root->line[i];
		last = i;
		if (!marks[i])
			continue;
		header = line->header;
		while (last + 1 < root->nlines && marks[last + 1])
			header = root->line[++last]->header || header;
		from = line->at;
		if (!tree->key || line == next)
			from = toml_attached(doc, line);
		cut_run(doc, from, root->line[last], header,
		    next && line == tree->up->said[0].line ? next : NULL,
		    edits);
	}
	free(marks);
	return 0;
}

static int
remove_item(const struct toml_pen *pen, const struct toml_tree *tree,
    struct fm_edits *edits)
{
	const struct toml_tree *list = tree->up;
	struct toml_look look = {.old = list};
	struct toml_slots slots = {0};

	toml_slots_keep(&slots, list);
	toml_slots_remove(&slots, tree->i);
	toml_slots_write(pen,
	    toml_edit_at(edits, list->at, list->end - list->at), true, &look,
	    &slots);
	toml_slots_dispose(&slots);
	return 0;
}

/* The pairs of { } that name a member. */
static int
remove_pairs(const struct toml_pen *pen, const struct toml_tree *tree,
    struct fm_edits *edits)
{
	const struct toml_tree *braces = tree->said[0].line->home;
	const struct toml_tree *up = left_empty(tree);
	struct toml_look look = {.old = braces};
	struct toml_slots slots = {0};

	if (up && tree->nsaid == 1) {
		say_empty(pen, first_said(up), edits);
		return 0;
	}
	toml_slots_keep(&slots, braces);
	for (size_t i = tree->nsaid; i > 0; i--) {
		const struct toml_line *line = tree->said[i - 1].line;

		if (!up || i > 1) {
			toml_slots_remove(&slots, line->i);
			continue;
		}
		slots.slot[line->i].has_text = true;
		buf_add(&slots.slot[line->i].text, pen->doc->text + line->at,
		    line->part[first_said(up)->i].end - line->at);
		toml_write_equals(pen, &slots.slot[line->i].text, line, 0, 0);
		buf_puts(&slots.slot[line->i].text, "{}");
	}
	toml_slots_write(pen,
	    toml_edit_at(edits, braces->at, braces->end - braces->at), false,
	    &look, &slots);
	toml_slots_dispose(&slots);
	return 0;
}

int
toml_remove(const struct toml_pen *pen, const struct toml_tree *tree,
    struct fm_edits *edits)
{
	if (tree->up->form == TOML_LIST)
		return remove_item(pen, tree, edits);
	if (tree->said[0].line->home != pen->doc->root)
		return remove_pairs(pen, tree, edits);
	return remove_lines(pen, tree, edits);
}

/* Where equals signs stand in one column, they go on to. */
static void
rename_part(const struct toml_pen *pen, const struct toml_mention *said,
    const char *key, struct fm_edits *edits)
{
	const struct toml_line *line = said->line;
	size_t column = line->header ? 0 : toml_aligned(pen, line);
	size_t at = line->part[said->i].at, end = line->part[said->i].end, n;
	struct buf *out;

	if (said->i + 1 < line->n)
		column = 0;
	if (column > 0)
		end = line->part[0].at + column;
	out = toml_edit_at(edits, at, end - at);
	toml_write_key(pen, out, key);
	if (column == 0)
		return;
	n = at - line->part[0].at + out->len;
	do
		buf_putc(out, ' ');
	while (++n < column);
}

int
toml_rename(const struct toml_pen *pen, const struct toml_tree *tree,
    const char *key, struct fm_edits *edits)
{
	for (size_t i = 0; i < tree->nsaid; i++)
		rename_part(pen, &tree->said[i], key, edits);
	return 0;
}
