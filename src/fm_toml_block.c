/* SPDX-License-Identifier: ISC */
/* Whole TOML tables: written, put among the items of [[ ]], and moved. */
#include <stdlib.h>
#include <string.h>

#include "fm_toml_priv.h"
#include "mem.h"

static void
copy_indent(struct buf *to, const char *text, size_t at)
{
	while (text[at] == ' ' || text[at] == '\t')
		buf_putc(to, text[at++]);
}

/* The first pair below a header, NULL: it has none. */
static const struct toml_line *
pair_below(const struct toml_line *header)
{
	const struct toml_tree *home = header->home;

	if (header->i + 1 < home->nlines && !home->line[header->i + 1]->header)
		return home->line[header->i + 1];
	return NULL;
}

/* A header with pairs below it, the nearest to a line. */
static const struct toml_line *
usual_header(const struct toml_pen *pen)
{
	const struct toml_tree *root = pen->doc->root;

	for (size_t i = root->nlines; i > 0; i--)
		if (root->line[i - 1]->header && pair_below(root->line[i - 1]))
			return root->line[i - 1];
	return NULL;
}

/* Blanks of the lines below a header: as there, or as below another one. */
static void
copy_inner(const struct toml_pen *pen, struct toml_frame *f,
    const struct toml_line *header)
{
	const char *text = pen->doc->text;
	const struct toml_line *usual =
	    header && pair_below(header) ? header : usual_header(pen);
	struct buf base = {0};

	f->like = usual ? pair_below(usual) : NULL;
	if (usual) {
		copy_indent(&base, text, usual->at);
		copy_indent(&f->inner, text, f->like->at);
	}
	if (usual != header) {
		/* What is more than the other header has. */
		if (f->inner.len >= base.len)
			buf_splice(&f->inner, 0, base.len, f->indent.data,
			    f->indent.len);
	}
	buf_dispose(&base);
}

/* What the second indentation has more than the first; false: something else.
 */
static bool
more_than(const struct buf *less, const struct buf *more, struct buf *rest)
{
	if (more->len < less->len ||
	    memcmp(buf_text(less), buf_text(more), less->len) != 0)
		return false;
	buf_clear(rest);
	buf_add(rest, buf_text(more) + less->len, more->len - less->len);
	return true;
}

/* The table that a table with a header is in, if that has one too. */
static const struct toml_tree *
outer_table(const struct toml_tree *tree)
{
	const struct toml_tree *up = tree->header ? tree->up : NULL;

	if (up && up->form == TOML_TABLES)
		up = up->up;
	return up && up->header ? up : NULL;
}

/* How far a table in a table is to the right: as elsewhere, else as pairs. */
static void
find_step(const struct toml_pen *pen, struct toml_frame *f)
{
	const struct toml_tree *t;
	bool found = false;

	for (t = pen->doc->all; t && !found; t = t->all) {
		const struct toml_tree *up = outer_table(t);
		struct buf outer = {0}, own = {0};

		if (up) {
			copy_indent(&outer, pen->doc->text, up->header->at);
			copy_indent(&own, pen->doc->text, t->header->at);
			found = more_than(&outer, &own, &f->step);
		}
		buf_dispose(&outer);
		buf_dispose(&own);
	}
	if (!found)
		more_than(&f->indent, &f->inner, &f->step);
}

/* The headers of tables in a table: those that follow are as far in. */
static void
step_in(struct toml_frame *f)
{
	if (f->step.len == 0)
		return;
	buf_add(&f->indent, f->step.data, f->step.len);
	buf_splice(&f->inner, 0, 0, f->step.data, f->step.len);
}

void
toml_frame_like(const struct toml_pen *pen, struct toml_frame *f,
    const struct toml_tree *tree)
{
	const char *text = pen->doc->text;
	const struct toml_line *line = NULL;
	size_t part = 0, open;

	*f = (struct toml_frame){.gaps = pen->habit.gaps};
	for (size_t i = 0; i < tree->nsaid && !line; i++)
		if (tree->said[i].line->header) {
			line = tree->said[i].line;
			part = tree->said[i].i;
		}
	if (tree->header)
		line = tree->header;
	if (line) {
		buf_add(&f->path, text + line->part[0].at,
		    line->part[part].end - line->part[0].at);
		copy_indent(&f->indent, text, line->at);
		f->array = tree->header && line->array;
	}
	copy_inner(pen, f, tree->header);
	find_step(pen, f);
	if (!line)
		line = usual_header(pen);
	if (!line)
		return;
	for (open = line->at; text[open] != '['; open++)
		;
	open += line->array ? 2 : 1;
	f->pad = text + open;
	f->pad_len = line->part[0].at - open;
}

/* A member that is a table, or the last of [[ ]], and has a header. */
static const struct toml_tree *
table_in(const struct toml_tree *table)
{
	for (size_t i = table->n; i > 0; i--) {
		const struct toml_tree *kid = table->kid[i - 1];

		if (kid->form == TOML_TABLES)
			kid = kid->kid[kid->n - 1];
		if (kid->header)
			return kid;
	}
	return NULL;
}

void
toml_frame_in(const struct toml_pen *pen, struct toml_frame *f,
    const struct toml_tree *table)
{
	const struct toml_tree *sibling = table_in(table);
	const struct toml_trees *doc = pen->doc;
	struct buf path;
	size_t at;

	toml_frame_like(pen, f, table);
	if (!sibling) {
		if (table->up)
			step_in(f);
		return;
	}
	path = f->path;
	f->path = (struct buf){0};
	toml_frame_dispose(f);
	toml_frame_like(pen, f, sibling);
	buf_dispose(&f->path);
	f->path = path;
	at = toml_attached(doc, sibling->header);
	if (at > 0 && table->up)
		f->gaps = toml_line_blank(
		    doc->text, doc->len, toml_line_at(doc->text, at - 1));
}

void
toml_frame_dispose(struct toml_frame *f)
{
	buf_dispose(&f->path);
	buf_dispose(&f->indent);
	buf_dispose(&f->inner);
	buf_dispose(&f->step);
}

bool
toml_is_tables(const struct toml_pen *pen, const struct value *v)
{
	if (v->type == VALUE_MAP)
		return pen->habit.tables;
	if (v->type != VALUE_LIST || v->n == 0 || !pen->habit.blocks)
		return false;
	for (size_t i = 0; i < v->n; i++)
		if (v->items[i]->type != VALUE_MAP)
			return false;
	return true;
}

static void
put_header(struct buf *out, const struct toml_frame *f)
{
	buf_add(out, f->indent.data, f->indent.len);
	buf_puts(out, f->array ? "[[" : "[");
	buf_add(out, f->pad, f->pad_len);
	buf_add(out, f->path.data, f->path.len);
	buf_add(out, f->pad, f->pad_len);
	buf_puts(out, f->array ? "]]\n" : "]\n");
}

/* Tables below it alone make a table: it needs no header. */
static bool
goes_without_saying(const struct toml_pen *pen, const struct toml_frame *f,
    const struct value *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (!toml_is_tables(pen, v->items[i]))
			return false;
	return v->n > 0 && !f->array;
}

/* A member of a map that is a table below the one that begins at from. */
static int
put_inner(const struct toml_pen *pen, struct buf *out, size_t from,
    const struct toml_frame *f, const struct value *map, size_t at)
{
	const struct value *v = map->items[at];
	struct toml_frame inner = *f;
	bool list = v->type == VALUE_LIST;
	int rc = 0;

	inner.path = inner.indent = inner.inner = (struct buf){0};
	buf_add(&inner.path, f->path.data, f->path.len);
	buf_putc(&inner.path, '.');
	toml_write_key(pen, &inner.path, map->keys[at]);
	buf_add(&inner.indent, f->indent.data, f->indent.len);
	buf_add(&inner.inner, f->inner.data, f->inner.len);
	if (!goes_without_saying(pen, f, map))
		step_in(&inner);
	inner.array = list;
	for (size_t i = 0; i < (list ? v->n : 1) && rc == 0; i++) {
		if (f->gaps && out->len > from)
			buf_putc(out, '\n');
		rc = toml_write_table(pen, out, &inner, list ? v->items[i] : v);
	}
	buf_dispose(&inner.path);
	buf_dispose(&inner.indent);
	buf_dispose(&inner.inner);
	return rc;
}

/* The column of the equals signs below a new header; 0: none. */
static size_t
column_of(const struct toml_pen *pen, const struct toml_frame *f,
    const struct value *v)
{
	struct buf b = {0};
	size_t n = 1;

	if (!f->like || !toml_aligned(pen, f->like))
		return 0;
	for (size_t i = 0; i < v->n; i++) {
		if (toml_is_tables(pen, v->items[i]))
			continue;
		buf_clear(&b);
		toml_write_key(pen, &b, v->keys[i]);
		n = b.len > n ? b.len : n;
	}
	buf_dispose(&b);
	return n + 1;
}

int
toml_write_table(const struct toml_pen *pen, struct buf *out,
    const struct toml_frame *f, const struct value *v)
{
	struct toml_look look = {.indent = buf_text(&f->inner),
	    .indent_len = f->inner.len,
	    .column = column_of(pen, f, v)};
	size_t from = out->len;
	int rc = 0;

	if (!goes_without_saying(pen, f, v))
		put_header(out, f);
	for (size_t i = 0; i < v->n && rc == 0; i++) {
		if (toml_is_tables(pen, v->items[i]))
			continue;
		buf_add(out, f->inner.data, f->inner.len);
		rc = toml_write_pair(
		    pen, out, f->like, v->keys[i], v->items[i], &look);
		buf_putc(out, '\n');
	}
	for (size_t i = 0; i < v->n && rc == 0; i++)
		if (toml_is_tables(pen, v->items[i]))
			rc = put_inner(pen, out, from, f, v, i);
	return rc;
}

/* Where an item of [[ ]] stands, with the comments above it; false: its tables
 * are not in one place. */
static bool
block_span(const struct toml_pen *pen, const struct toml_tree *item,
    struct toml_span *span)
{
	const struct toml_tree *root = pen->doc->root;
	bool *marks = toml_marks(pen->doc, item), one = true;
	size_t first = item->header->i, last = first;

	while (last + 1 < root->nlines && marks[last + 1])
		last++;
	for (size_t i = 0; i < root->nlines; i++)
		one = one && (!marks[i] || (i >= first && i <= last));
	free(marks);
	span->at = toml_attached(pen->doc, root->line[first]);
	span->end = toml_tail(pen->doc, root->line[last]);
	return one;
}

int
toml_insert_block(const struct toml_pen *pen, const struct toml_tree *tables,
    size_t to, const struct value *v, struct fm_edits *edits)
{
	const char *text = pen->doc->text;
	const struct toml_tree *like = tables->kid[to > 0 ? to - 1 : 0];
	struct toml_span span;
	struct toml_frame f;
	struct buf *out;
	int rc;

	block_span(pen, like, &span);
	if (to > 0) {
		bool *marks = toml_marks(pen->doc, like);
		size_t last = pen->doc->root->nlines - 1;

		while (!marks[last])
			last--;
		free(marks);
		span.end = toml_tail(pen->doc, pen->doc->root->line[last]);
	}
	out = toml_edit_at(edits, to > 0 ? span.end : span.at, 0);
	if (to > 0 && text[span.end - 1] != '\n')
		buf_putc(out, '\n');
	if (to > 0 && pen->habit.gaps)
		buf_putc(out, '\n');
	toml_frame_like(pen, &f, like);
	rc = toml_write_table(pen, out, &f, v);
	toml_frame_dispose(&f);
	if (to == 0 && pen->habit.gaps)
		buf_putc(out, '\n');
	return rc;
}

/* Each block's place gets the text of another. */
int
toml_move_block(const struct toml_pen *pen, const struct toml_tree *item,
    size_t to, struct fm_edits *edits)
{
	const struct toml_tree *tables = item->up;
	size_t from = item->i, first = from < to ? from : to;
	size_t last = from < to ? to : from, other;
	struct toml_span *span = xcalloc(last + 1, sizeof(*span));
	struct buf *out;
	int rc = 0;

	for (size_t i = first; i <= last && rc == 0; i++)
		if (!block_span(pen, tables->kid[i], &span[i]))
			rc = toml_refuse(pen,
			    "the tables of an item of [[%s]] are not in one "
			    "place: move them in the file itself",
			    tables->key);
	for (size_t i = first; i <= last && rc == 0; i++) {
		other = i == to ? from : from < to ? i + 1 : i - 1;
		out = toml_edit_at(edits, span[i].at, span[i].end - span[i].at);
		buf_add(out, pen->doc->text + span[other].at,
		    span[other].end - span[other].at);
		if (out->data[out->len - 1] != '\n' &&
		    span[i].end < pen->doc->len)
			buf_putc(out, '\n');
	}
	free(span);
	return rc;
}
