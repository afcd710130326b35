/* SPDX-License-Identifier: ISC */
/*
 * A new key in a TOML table: as a line among the table's own, in its braces,
 * with dots like its other keys, or as a table below it.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_toml_priv.h"
#include "mem.h"

/* A new pair, and the line that it is to look like. */
struct pair {
	const struct toml_tree *table;
	size_t to;
	const char *key;
	const struct value *value;
	const struct toml_mention *dots; /* "a.b." before the key, or NULL */
	const struct toml_line *like;
	bool alone; /* no other is around it */
};

static bool
has_pairs(const struct toml_tree *tree)
{
	return toml_first_pair(tree) != NULL;
}

/* The members before and behind which a new one is to stand. */
static const struct toml_line *
pair_behind(const struct toml_tree *table, size_t to)
{
	for (size_t i = to; i < table->n; i++)
		if (has_pairs(table->kid[i]))
			return toml_first_pair(table->kid[i]);
	return NULL;
}

static const struct toml_line *
pair_before(
    const struct toml_tree *table, size_t to, const struct toml_line *next)
{
	const struct toml_line *line = NULL;

	for (size_t i = to; i > 0 && !line; i--)
		line = toml_last_pair(table->kid[i - 1], next);
	return line;
}

/* Where the text of a table's name ends in a line that has it. */
static void
put_path(const struct toml_pen *pen, struct buf *out,
    const struct toml_mention *said)
{
	const struct toml_line *line = said->line;

	buf_add(out, pen->doc->text + line->part[0].at,
	    line->part[said->i].end - line->part[0].at);
}

static void
put_indent(
    const struct toml_pen *pen, struct buf *out, const struct toml_line *line)
{
	size_t at = line->at, end = at;
	const char *text = pen->doc->text;

	while (text[end] == ' ' || text[end] == '\t')
		end++;
	buf_add(out, text + at, end - at);
}

/* "a.b.key = value" after an indentation. */
static int
put_pair(const struct toml_pen *pen, struct buf *out, const struct pair *p,
    const char *indent, size_t len)
{
	struct toml_look look = {.indent = indent, .indent_len = len};
	size_t from = out->len;

	if (p->dots) {
		put_path(pen, out, p->dots);
		buf_putc(out, '.');
	}
	toml_write_key(pen, out, p->key);
	toml_write_equals(pen, out, p->like, out->len - from,
	    !p->like || !toml_aligned(pen, p->like) ? 0
	    : p->alone                              ? 1
		       : toml_aligned(pen, p->like));
	return toml_write(pen, out, p->value, &look);
}

static const struct toml_line *
any_pair(const struct toml_pen *pen, bool below_header)
{
	const struct toml_tree *root = pen->doc->root;

	for (size_t i = root->nlines; i > 0; i--) {
		const struct toml_line *line = root->line[i - 1];

		if (!line->header && (line->section || !below_header))
			return line;
	}
	return NULL;
}

/* A line behind a line, before one, or where the first of a table goes. */
static int
add_line(const struct toml_pen *pen, struct pair *p, struct fm_edits *edits)
{
	const struct toml_trees *doc = pen->doc;
	const struct toml_line *next = pair_behind(p->table, p->to);
	const struct toml_line *prev = pair_before(p->table, p->to, next);
	const struct toml_line *header = p->table->header;
	const struct toml_line *first =
	    doc->root->nlines > 0 ? doc->root->line[0] : NULL;
	struct buf indent = {0}, *out;
	size_t at = prev     ? prev->end
		    : next   ? toml_attached(doc, next)
		    : header ? header->end
		    : first  ? toml_attached(doc, first)
			     : doc->len;
	bool alone = !prev && !next && !header;
	int rc;

	p->like = prev ? prev : next;
	if (p->like) {
		put_indent(pen, &indent, p->like);
	} else {
		if (header) {
			struct toml_frame f;

			toml_frame_like(pen, &f, p->table);
			buf_add(&indent, f.inner.data, f.inner.len);
			toml_frame_dispose(&f);
		}
		p->like = any_pair(pen, header != NULL);
		if (!p->like)
			p->like = any_pair(pen, false);
		p->alone = true;
	}
	out = toml_edit_at(edits, at, 0);
	if (at > 0 && doc->text[at - 1] != '\n' && at == doc->len)
		buf_putc(out, '\n');
	buf_add(out, indent.data, indent.len);
	rc = put_pair(pen, out, p, buf_text(&indent), indent.len);
	buf_putc(out, '\n');
	if (alone && first)
		buf_putc(out, '\n');
	buf_dispose(&indent);
	return rc;
}

/* A pair in { }. */
static int
add_inside(const struct toml_pen *pen, struct pair *p, struct fm_edits *edits)
{
	const struct toml_tree *braces = p->table;
	const struct toml_line *next = pair_behind(p->table, p->to);
	const struct toml_line *prev = pair_before(p->table, p->to, next);
	struct toml_look look = {.flat = true}, around = {0};
	struct toml_slots slots = {0};
	struct toml_slot *slot;
	size_t at = prev ? prev->i + 1 : next ? next->i : 0;
	int rc;

	if (p->dots)
		braces = p->dots->line->home;
	around.old = braces;
	toml_slots_keep(&slots, braces);
	slot = toml_slots_insert(&slots, at);
	if (p->dots) {
		put_path(pen, &slot->text, p->dots);
		buf_putc(&slot->text, '.');
	}
	p->like = prev ? prev : next;
	if (!p->like && pen->habit.braces)
		p->like = pen->habit.braces->line[0];
	rc =
	    toml_write_pair(pen, &slot->text, p->like, p->key, p->value, &look);
	if (rc == 0)
		toml_slots_write(pen,
		    toml_edit_at(edits, braces->at, braces->end - braces->at),
		    false, &around, &slots);
	toml_slots_dispose(&slots);
	return rc;
}

/* The first header that names a table. */
static const struct toml_mention *
said_in_header(const struct toml_tree *tree)
{
	for (size_t i = 0; i < tree->nsaid; i++)
		if (tree->said[i].line->header)
			return &tree->said[i];
	return NULL;
}

/* A table that only longer headers make gets one of its own, above them. */
static int
add_header(const struct toml_pen *pen, struct pair *p, struct fm_edits *edits)
{
	const struct toml_mention *said = said_in_header(p->table);
	struct value *map = value_map();
	struct toml_frame f;
	size_t at = toml_attached(pen->doc, said->line);
	struct buf *out = toml_edit_at(edits, at, 0);
	int rc;

	toml_frame_like(pen, &f, p->table);
	value_add(map, p->key, value_copy(p->value));
	rc = toml_write_table(pen, out, &f, map);
	if (pen->habit.gaps)
		buf_putc(out, '\n');
	toml_frame_dispose(&f);
	value_free(map);
	return rc;
}

/* Behind all lines of a table, and of the tables in it. */
static size_t
end_of_table(const struct toml_pen *pen, const struct toml_tree *table)
{
	const struct toml_tree *root = pen->doc->root;
	bool *marks = toml_marks(pen->doc, table);
	size_t at = pen->doc->len;

	for (size_t i = root->nlines; table->up && i > 0; i--)
		if (marks[i - 1]) {
			at = toml_tail(pen->doc, root->line[i - 1]);
			break;
		}
	free(marks);
	return at;
}

/* The header of the next member that is a table and has not begun before. */
static const struct toml_line *
table_behind(const struct toml_tree *table, size_t to)
{
	for (size_t i = to; i < table->n; i++)
		if (!has_pairs(table->kid[i]))
			return said_in_header(table->kid[i])->line;
	return NULL;
}

/* [table.key], or a [[table.key]] for each of a list. */
static int
add_tables(const struct toml_pen *pen, struct pair *p, struct fm_edits *edits)
{
	const struct toml_trees *doc = pen->doc;
	const struct toml_line *next = table_behind(p->table, p->to);
	size_t at =
	    next ? toml_attached(doc, next) : end_of_table(pen, p->table);
	size_t n = p->value->type == VALUE_LIST ? p->value->n : 1;
	struct buf *out = toml_edit_at(edits, at, 0);
	struct toml_frame f;
	int rc = 0;

	toml_frame_in(pen, &f, p->table);
	if (f.path.len > 0)
		buf_putc(&f.path, '.');
	toml_write_key(pen, &f.path, p->key);
	f.array = p->value->type == VALUE_LIST;
	if (at > 0 && doc->text[at - 1] != '\n')
		buf_putc(out, '\n');
	if (at > 0 && !next && f.gaps &&
	    !toml_line_blank(
		doc->text, doc->len, toml_line_at(doc->text, at - 1)))
		buf_putc(out, '\n');
	for (size_t i = 0; i < n && rc == 0; i++) {
		if (i > 0 && f.gaps)
			buf_putc(out, '\n');
		rc = toml_write_table(
		    pen, out, &f, f.array ? p->value->items[i] : p->value);
	}
	if (next && f.gaps)
		buf_putc(out, '\n');
	toml_frame_dispose(&f);
	return rc;
}

/* Does the next member stand in lines of its own, so that a table cannot come
 * before it?  Or the one before in a table, so that a pair cannot follow? */
static bool
as_tables(const struct toml_pen *pen, const struct pair *p)
{
	if (!toml_is_tables(pen, p->value))
		return false;
	return pair_behind(p->table, p->to) == NULL;
}

int
toml_add(const struct toml_pen *pen, const struct toml_tree *table, size_t to,
    const char *key, const struct value *v, struct fm_edits *edits)
{
	struct pair p = {
	    .table = table,
	    .to = to < table->n ? to : table->n,
	    .key = key,
	    .value = v,
	};

	if (table->form == TOML_INLINE)
		return add_inside(pen, &p, edits);
	if (!table->up || table->header)
		return as_tables(pen, &p) ? add_tables(pen, &p, edits)
					  : add_line(pen, &p, edits);
	if (has_pairs(table)) {
		for (size_t i = 0; i < table->nsaid && !p.dots; i++)
			if (!table->said[i].line->header)
				p.dots = &table->said[i];
		if (p.dots->line->home != pen->doc->root)
			return add_inside(pen, &p, edits);
		return add_line(pen, &p, edits);
	}
	return toml_is_tables(pen, v) ? add_tables(pen, &p, edits)
				      : add_header(pen, &p, edits);
}
