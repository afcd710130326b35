/* SPDX-License-Identifier: ISC */
/*
 * A reader of TOML 1.0.0 that keeps the place of every top-level field.  There
 * is no C library that does.  The field of a table that lines of its own or
 * dotted keys make is the first run of such lines.
 */
#include <string.h>

#include "fm_priv.h"
#include "fm_toml_priv.h"
#include "mem.h"
#include "text.h"

/* Where the lines are, for the fields; doc may be NULL. */
struct lines {
	struct fm_doc *doc;
	struct toml_node *root;
	size_t start;   /* of the line that is being read */
	size_t counted; /* lines are counted up to here */
	unsigned line;
	bool open; /* the last field goes on with the next member */
};

static struct value *read_value(struct toml *, int depth);
static struct toml_node *read_pair(
    struct toml *, struct toml_node *, struct toml_key *, size_t *value_at);

static struct value *
read_string(struct toml *t)
{
	struct buf b = {0};
	struct value *v = NULL;

	if (toml_string(t, &b) == 0)
		v = value_string_len(buf_text(&b), b.len);
	buf_dispose(&b);
	return v;
}

static int
array_items(
    struct toml *t, struct value *list, struct toml_tree *tree, int depth)
{
	struct value *item;
	size_t start = t->at - 1;

	for (;;) {
		if (toml_lines(t) == -1)
			return -1;
		if (toml_take(t, ']'))
			return 0;
		if (t->at == t->len)
			break;
		if (!(item = read_value(t, depth)))
			return -1;
		value_append(list, item);
		if (tree)
			toml_tree_put(tree, NULL, t->made);
		if (toml_lines(t) == -1)
			return -1;
		if (toml_take(t, ']'))
			return 0;
		if (t->at == t->len)
			break;
		if (!toml_take(t, ','))
			return toml_fail(t, t->at, "expected a comma or ]");
	}
	return toml_fail(t, start, "the array that starts here has no end");
}

static int
inline_members(struct toml *t, struct toml_node *table)
{
	struct toml_key key = {0};
	struct toml_node *n;
	size_t at;

	toml_blanks(t);
	if (toml_take(t, '}'))
		return 0;
	for (;;) {
		n = read_pair(t, table, &key, &at);
		toml_key_dispose(&key);
		if (!n)
			return -1;
		toml_blanks(t);
		if (toml_take(t, '}'))
			return 0;
		if (!toml_take(t, ','))
			return toml_fail(
			    t, t->at, "expected a comma or } on the same line");
	}
}

/* An array or an inline table. */
static struct value *
read_container(struct toml *t, int depth)
{
	bool array = toml_peek(t, 0) == '[';
	struct toml_node *root;
	struct toml_tree *tree;
	struct value *v;
	int r;

	if (depth >= TOML_DEPTH) {
		toml_fail(t, t->at, "nested too deeply");
		return NULL;
	}
	v = array ? value_list() : value_map();
	tree = toml_tree_new(t, array ? TOML_LIST : TOML_INLINE, t->at, v);
	t->at++;
	if (array) {
		r = array_items(t, v, tree, depth + 1);
	} else {
		root = toml_root(t, v, depth);
		root->tree = tree;
		r = inline_members(t, root);
	}
	toml_tree_end(t, tree, v);
	if (r == 0)
		return v;
	value_free(v);
	return NULL;
}

static struct value *
read_value(struct toml *t, int depth)
{
	struct toml_tree *tree;
	struct value *v;
	char c = toml_peek(t, 0);

	if (c == '[' || c == '{')
		return read_container(t, depth);
	tree = toml_tree_new(t, TOML_SCALAR, t->at, NULL);
	v = c == '"' || c == '\'' ? read_string(t) : toml_atom(t);
	toml_tree_end(t, tree, v);
	return v;
}

/* key = value; *value_at: where the value starts. */
static struct toml_node *
read_pair(struct toml *t, struct toml_node *table, struct toml_key *key,
    size_t *value_at)
{
	struct toml_node *node;
	struct toml_line *line;
	struct value *v;

	if (toml_key(t, key) == -1)
		return NULL;
	if (!toml_take(t, '=')) {
		toml_fail(t, t->at, "expected = after the key");
		return NULL;
	}
	line = toml_line_new(t, table->tree, key);
	if (!(table = toml_dotted(t, table, key)))
		return NULL;
	toml_blanks(t);
	*value_at = t->at;
	if (!(v = read_value(t, table->depth + 1)))
		return NULL;
	node = toml_put(t, table, &key->part[key->n - 1], TOML_VALUE, v);
	if (node && line) {
		line->value = (struct toml_span){*value_at, t->at};
		line->end = t->at;
		toml_line_says(line, node->tree);
	}
	t->line = line;
	return node;
}

static void
add_field(struct lines *l, const struct toml *t, const struct toml_part *part,
    struct toml_node *node)
{
	struct fm_field *f = fm_doc_add(l->doc, part->name);

	for (; l->counted < part->at; l->counted++)
		l->line += t->text[l->counted] == '\n';
	f->key_at = part->at;
	f->key_len = part->len;
	f->at = f->value_at = l->start;
	f->line = l->line;
	f->value = node->value;
	node->has_field = true;
}

/* The lines up to the cursor are those of the key that was just read. */
static void
note_line(const struct lines *l, struct toml *t)
{
	if (!t->line)
		return;
	t->line->at = l->start;
	t->line->end = t->at;
}

/* The line up to the cursor belongs to the last field. */
static void
extend_field(struct lines *l, const struct toml *t)
{
	struct fm_field *f = &l->doc->fields[l->doc->n - 1];

	f->len = t->at - f->at;
	f->value_len = t->at - f->value_at;
}

/* A line of a table or a dotted key that starts with part.  Its field is the
 * first run of such lines; its value the lines below [part], or else what
 * follows the part. */
static void
note_member(struct lines *l, const struct toml *t, const struct toml_part *part,
    bool own)
{
	struct fm_field *f;
	struct toml_node *node;

	if (!l->doc)
		return;
	node = toml_find(t, l->root, part->name);
	if (!node->has_field) {
		add_field(l, t, part, node);
		f = &l->doc->fields[l->doc->n - 1];
		f->value_at = own ? t->at : part->at + part->len;
		l->open = true;
	} else {
		l->open = l->open && strcmp(l->doc->fields[l->doc->n - 1].key,
					 part->name) == 0;
	}
	if (l->open)
		extend_field(l, t);
}

static void
note_pair(struct lines *l, const struct toml *t, const struct toml_part *part,
    size_t value_at, size_t value_len)
{
	struct fm_field *f;

	if (!l->doc)
		return;
	add_field(l, t, part, toml_find(t, l->root, part->name));
	f = &l->doc->fields[l->doc->n - 1];
	f->len = t->at - f->at;
	f->value_at = value_at;
	f->value_len = value_len;
	l->open = false;
}

static int
pair_line(struct toml *t, struct lines *l, struct toml_node *table)
{
	struct toml_key key = {0};
	size_t at = 0, end;
	int r = -1;

	if (!read_pair(t, table, &key, &at))
		goto out;
	end = t->at;
	if (toml_end_of_line(t) == -1)
		goto out;
	note_line(l, t);
	if (table == l->root && key.n == 1)
		note_pair(l, t, key.part, at, end - at);
	else if (table == l->root)
		note_member(l, t, key.part, false);
	else if (l->doc && l->open)
		extend_field(l, t);
	r = 0;
out:
	toml_key_dispose(&key);
	return r;
}

static void
note_header(const struct lines *l, struct toml *t, const struct toml_key *key,
    struct toml_node *table, bool array)
{
	t->line = toml_line_new(t, l->root->tree, key);
	if (!t->line)
		return;
	t->line->header = true;
	t->line->array = array;
	t->line->section = NULL;
	table->tree->header = t->line;
	toml_line_says(t->line, table->tree);
	note_line(l, t);
}

/* [table] and [[table]]; *table becomes the one that it opens. */
static int
header_line(struct toml *t, struct lines *l, struct toml_node **table)
{
	struct toml_key key = {0};
	bool array;
	int r = -1;

	toml_take(t, '[');
	array = toml_take(t, '[');
	if (toml_key(t, &key) == -1)
		goto out;
	if (!toml_take(t, ']') || (array && !toml_take(t, ']'))) {
		toml_fail(t, t->at, "expected %s", array ? "]]" : "]");
		goto out;
	}
	if (!(*table = toml_open(t, l->root, &key, array)))
		goto out;
	if (toml_end_of_line(t) == -1)
		goto out;
	note_header(l, t, &key, *table, array);
	note_member(l, t, key.part, key.n == 1 && !array);
	r = 0;
out:
	toml_key_dispose(&key);
	return r;
}

static int
read_lines(struct toml *t, struct lines *l)
{
	struct toml_node *table = l->root;
	int r = 0;

	while (r == 0 && t->at < t->len) {
		l->start = t->at;
		toml_blanks(t);
		if (toml_comment(t) == -1)
			return -1;
		if (toml_newline(t) || t->at == t->len)
			continue;
		if (toml_peek(t, 0) == '[')
			r = header_line(t, l, &table);
		else
			r = pair_line(t, l, table);
	}
	return r;
}

static struct value *
read_document(const char *text, size_t len, struct fm_doc *doc,
    struct toml_trees *trees, struct err *err)
{
	struct toml t = {.text = text, .len = len, .err = err, .trees = trees};
	struct lines l = {.doc = doc, .line = 1};
	struct value *map = value_map();
	size_t bad = text_valid(text, len);
	int r;

	l.root = toml_root(&t, map, 0);
	l.root->tree = toml_tree_new(&t, TOML_SPREAD, 0, map);
	if (trees)
		trees->root = l.root->tree;
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		t.at = 3;
	if (bad < len)
		r = toml_fail(&t, bad, "the text is not valid UTF-8");
	else
		r = read_lines(&t, &l);
	toml_nodes_free(&t);
	if (r == 0)
		return map;
	value_free(map);
	return NULL;
}

static int
toml_read(const char *text, size_t len, struct fm_doc *doc, struct err *err)
{
	doc->values = read_document(text, len, doc, NULL, err);
	return doc->values ? 0 : -1;
}

int
toml_trees_read(
    struct toml_trees *trees, const char *text, size_t len, struct err *err)
{
	trees->text = text;
	trees->len = len;
	trees->values = read_document(text, len, NULL, trees, err);
	return trees->values ? 0 : -1;
}

struct value *
fm_toml_value(const char *text, size_t len, struct err *err)
{
	return read_document(text, len, NULL, NULL, err);
}

const struct fm_driver fm_toml = {
    .read = toml_read,
    .edit = toml_edit,
    .place = toml_place,
};
