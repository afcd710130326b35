/* SPDX-License-Identifier: ISC */
/* JSON: the values and fields of what fm_json_scan.c found. */
#include "fm_json_priv.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

char *
json_key(const struct json_tree *t, const struct json_node *m)
{
	struct buf b = {0};

	if (!m->key_escapes)
		return xstrndup(
		    t->text + m->key_at + 1, m->key_end - m->key_at - 2);
	json_decode(t->text, m->key_at, m->key_end, &b);
	return buf_steal(&b);
}

static struct value *
string_value(const struct json_tree *t, const struct json_node *m)
{
	struct buf b = {0};
	struct value *v;

	if (!m->escapes)
		return value_string_len(
		    t->text + m->at + 1, m->end - m->at - 2);
	json_decode(t->text, m->at, m->end, &b);
	v = value_string_len(buf_text(&b), b.len);
	buf_dispose(&b);
	return v;
}

/* A whole number of up to 64 bits is an integer. */
static struct value *
number_value(const char *s, size_t len)
{
	char *copy = xstrndup(s, len);
	struct value *v = NULL;
	long long i;

	if (!strpbrk(copy, ".eE")) {
		errno = 0;
		i = strtoll(copy, NULL, 10);
		if (errno == 0)
			v = value_int(i);
	}
	if (!v)
		v = value_real(strtod(copy, NULL));
	value_written(v, s, len);
	free(copy);
	return v;
}

struct value *
json_value(const struct json_tree *t, size_t node)
{
	const struct json_node *m = &t->node[node];
	struct value *v;
	char *key;

	switch (m->type) {
	case '"':
		return string_value(t, m);
	case '0':
		return number_value(t->text + m->at, m->end - m->at);
	case 't':
	case 'f':
		return value_bool(m->type == 't');
	case 'n':
		v = value_null();
		value_written(v, "null", 4);
		return v;
	}
	v = m->type == '{' ? value_map() : value_list();
	for (size_t i = m->first; i; i = t->node[i].next) {
		if (m->type == '[') {
			value_append(v, json_value(t, i));
			continue;
		}
		key = json_key(t, &t->node[i]);
		value_add(v, key, json_value(t, i));
		free(key);
	}
	if (m->type == '{')
		value_unify(v, NULL);
	return v;
}

/* A member whose key was read, the last one of that key; 0: none. */
static size_t
member(const struct json_tree *t, size_t map, const char *name)
{
	size_t found = 0, n = strlen(name);

	for (size_t i = t->node[map].first; i; i = t->node[i].next) {
		const struct json_node *m = &t->node[i];
		char *key;

		if (!m->key_escapes) {
			if (m->key_end - m->key_at - 2 == n &&
			    memcmp(t->text + m->key_at + 1, name, n) == 0)
				found = i;
			continue;
		}
		key = json_key(t, m);
		if (strcmp(key, name) == 0)
			found = i;
		free(key);
	}
	return found;
}

static size_t
item(const struct json_tree *t, size_t list, size_t k)
{
	size_t i = t->node[list].first;

	while (i && k-- > 0)
		i = t->node[i].next;
	return i;
}

size_t
json_follow(const struct json_tree *t, const struct fm_step *step, size_t n)
{
	size_t at = 0;

	for (size_t d = 0; d < n; d++) {
		if (t->node[at].type != (step[d].key ? '{' : '['))
			return JSON_NONE;
		at = step[d].key ? member(t, at, step[d].key)
				 : item(t, at, step[d].i);
		if (!at)
			return JSON_NONE;
	}
	return at;
}

/* Its lines, when they are its own; else its bytes with the comma behind. */
static void
lines_of(const char *text, size_t len, struct fm_field *f)
{
	size_t at = f->key_at, end = f->value_at + f->value_len, i = end;

	while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
		at--;
	while (i < len && json_space(text[i]))
		i++;
	if (i < len && text[i] == ',')
		end = i + 1;
	for (i = end; i < len && (text[i] == ' ' || text[i] == '\t'); i++)
		;
	f->at = f->key_at;
	f->len = end - f->key_at;
	if (at == 0 || !fm_is_break(text[at - 1]) || i == len ||
	    !fm_is_break(text[i]))
		return;
	i += text[i] == '\r' && i + 1 < len && text[i + 1] == '\n' ? 2 : 1;
	f->at = at;
	f->len = i - at;
}

static unsigned
lines_between(const char *text, size_t from, size_t to)
{
	unsigned n = 0;

	for (; from < to; from++)
		n += text[from] == '\n';
	return n;
}

static int
bad_name(const struct json_tree *t, const struct json_node *m, struct err *err)
{
	unsigned line, column;

	text_place(t->text, m->key_at, &line, &column);
	return err_at(err, line, column, "a name cannot hold \\u0000");
}

/* Names are C strings: \u0000 would cut them. */
static int
check_names(const struct json_tree *t, struct err *err)
{
	for (size_t i = 0; i < t->n; i++) {
		struct buf b = {0};
		const struct json_node *m = &t->node[i];
		bool bad;

		if (!m->key_escapes)
			continue;
		json_decode(t->text, m->key_at, m->key_end, &b);
		bad = b.len > 0 && memchr(b.data, '\0', b.len);
		buf_dispose(&b);
		if (bad)
			return bad_name(t, m, err);
	}
	return 0;
}

static int
read_tree(struct json_tree *t, const char *text, size_t len, struct err *err)
{
	if (json_scan(t, text, len, err) == -1)
		return -1;
	if (check_names(t, err) == 0)
		return 0;
	json_tree_dispose(t);
	return -1;
}

static void
add_fields(const struct json_tree *t, struct fm_doc *doc)
{
	size_t last = 0;
	unsigned line = 1;

	for (size_t i = t->node[0].first; i; i = t->node[i].next) {
		const struct json_node *m = &t->node[i];
		char *key = json_key(t, m);
		struct fm_field *f = fm_doc_add(doc, key);
		struct value *v = json_value(t, i);

		line += lines_between(t->text, last, m->key_at);
		last = m->key_at;
		f->key_at = m->key_at;
		f->key_len = m->key_end - m->key_at;
		f->value_at = m->at;
		f->value_len = m->end - m->at;
		f->line = line;
		f->value = v;
		lines_of(t->text, t->len, f);
		value_add(doc->values, key, v);
		free(key);
	}
}

static int
json_read(const char *text, size_t len, struct fm_doc *doc, struct err *err)
{
	struct json_tree t;

	if (read_tree(&t, text, len, err) == -1)
		return -1;
	doc->values = value_map();
	doc->replaced = value_list();
	add_fields(&t, doc);
	value_unify(doc->values, doc->replaced);
	json_tree_dispose(&t);
	return 0;
}

struct value *
fm_json_value(const char *text, size_t len, struct err *err)
{
	struct json_tree t;
	struct value *v;

	/* As Hugo takes an empty data file. */
	if (len == 0)
		return value_map();
	if (read_tree(&t, text, len, err) == -1)
		return NULL;
	v = json_value(&t, 0);
	json_tree_dispose(&t);
	return v;
}

/* Where a field's entry begins. */
static int
json_place(const char *text, size_t len, const struct fm_step *step, size_t n,
    size_t *at)
{
	struct json_tree t;
	struct err err;
	size_t i;

	if (json_scan(&t, text, len, &err) == -1)
		return -1;
	i = json_follow(&t, step, n);
	if (i != JSON_NONE)
		*at = t.node[i].key_end ? t.node[i].key_at : t.node[i].at;
	json_tree_dispose(&t);
	return i == JSON_NONE ? -1 : 0;
}

const struct fm_driver fm_json = {
    .read = json_read,
    .edit = json_change,
    .place = json_place,
};
