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

void
toml_frame_like(const struct toml_pen *pen, struct toml_frame *f,
    const struct toml_tree *tree)
{
	const char *text = pen->doc->text;
	const struct toml_line *line = NULL;
	size_t part = 0, open;

	*f = (struct toml_frame){0};
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

void
toml_frame_dispose(struct toml_frame *f)
{
	buf_dispose(&f->path);
	buf_dispose(&f->indent);
	buf_dispose(&f->inner);
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

/* A member that is a table below the one that begins at from. */
static int
put_inner(const struct toml_pen *pen, struct buf *out, size_t from,
    const struct toml_frame *f, const char *key, const struct value *v)
{
	struct toml_frame inner = *f;
	bool list = v->type == VALUE_LIST;
	int rc = 0;

	inner.path = (struct buf){0};
	buf_add(&inner.path, f->path.data, f->path.len);
	buf_putc(&inner.path, '.');
	toml_write_key(pen, &inner.path, key);
	inner.array = list;
	for (size_t i = 0; i < (list ? v->n : 1) && rc == 0; i++) {
		if (pen->habit.gaps && out->len > from)
			buf_putc(out, '\n');
		rc = toml_write_table(pen, out, &inner, list ? v->items[i] : v);
	}
	buf_dispose(&inner.path);
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
			rc = put_inner(
			    pen, out, from, f, v->keys[i], v->items[i]);
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

	if (v->type != VALUE_MAP)
		return toml_refuse(pen,
		    "[[%s]] is a list of tables: what is to be in it must be a "
		    "map",
		    tables->key);
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
