/* SPDX-License-Identifier: ISC */
/*
 * A JSON list or map given another value: what of it stays keeps its bytes, and
 * what is new looks like its neighbours.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_json_priv.h"
#include "mem.h"

const struct json_node *
json_node(const struct json_edit *e, size_t i)
{
	return &e->tree.node[i];
}

size_t
json_start(const struct json_node *m)
{
	return m->key_end ? m->key_at : m->at;
}

/* Entry k of what node in holds; k < n. */
size_t
json_nth(const struct json_edit *e, size_t in, size_t k)
{
	size_t i = json_node(e, in)->first;

	while (k-- > 0)
		i = json_node(e, i)->next;
	return i;
}

/* The blanks of one gap; of several line breaks only the last, with what
 * indents the line behind it. */
static void
put_blanks(const char *s, size_t len, struct buf *out)
{
	size_t i = len;

	while (i > 0 && !fm_is_break(s[i - 1]))
		i--;
	if (i > 0)
		buf_putc(out, '\n');
	buf_add(out, s + i, len - i);
}

/* What stands between entries, as near place k of what node in holds. */
void
json_put_gap(const struct json_edit *e, size_t in, size_t k, struct buf *out)
{
	const struct json_node *m = json_node(e, in);
	const char *text = e->tree.text, *comma;
	size_t i, from, to;

	if (m->n > 1) {
		k = k == 0 ? 0 : k - 1;
		i = json_nth(e, in, k > m->n - 2 ? m->n - 2 : k);
		from = json_node(e, i)->end;
		to = json_start(json_node(e, json_node(e, i)->next));
		comma = memchr(text + from, ',', to - from);
		put_blanks(text + from, (size_t)(comma - text) - from, out);
		buf_putc(out, ',');
		from = (size_t)(comma + 1 - text);
		put_blanks(text + from, to - from, out);
		return;
	}
	from = m->at + 1;
	to = json_start(json_node(e, m->first));
	if (!json_has_break(text + from, to - from)) {
		buf_puts(out, e->style.comma);
		return;
	}
	buf_putc(out, ',');
	put_blanks(text + from, to - from, out);
}

/* An entry's text: a value, behind its key if it has one. */
int
json_put_entry(struct json_edit *e, const char *key, const struct value *v,
    const char *indent, size_t indent_len, struct buf *out)
{
	if (key) {
		json_put_string(&e->style, key, strlen(key), out);
		buf_add(out, e->style.colon, e->style.colon_len);
	}
	return json_put_value(&e->style, v, indent, indent_len, out, e->err);
}

/* Entries, old and new, that come to stand behind each other. */
struct row {
	struct json_edit *e;
	size_t in; /* whose they are */
	size_t n;  /* written so far */
	size_t
	    last; /* the old entry that the last one is or replaces; 0: new */
	struct buf *out;
};

/* What goes before the next entry, which is or replaces an old one, or is new:
 * i = 0. */
static void
next_entry(struct row *row, size_t i)
{
	const struct json_edit *e = row->e;
	const struct json_node *m = json_node(e, row->in);
	size_t from = row->last ? json_node(e, row->last)->end : m->at;

	if (row->n == 0)
		buf_add(row->out, e->tree.text + m->at,
		    json_start(json_node(e, m->first)) - m->at);
	else if (i && row->last && json_node(e, row->last)->next == i)
		buf_add(row->out, e->tree.text + from,
		    json_start(json_node(e, i)) - from);
	else
		json_put_gap(e, row->in, row->n, row->out);
	row->n++;
	row->last = i;
}

static void
end_entries(struct row *row)
{
	const struct json_edit *e = row->e;
	const struct json_node *m = json_node(e, row->in);
	size_t from = json_node(e, m->last)->end;

	buf_add(row->out, e->tree.text + from, m->end - from);
}

static int
new_entry(struct row *row, const char *key, const struct value *v)
{
	const struct json_edit *e = row->e;
	size_t first = json_node(e, row->in)->first, n;
	const char *indent =
	    json_indent(e->tree.text, json_start(json_node(e, first)), &n);

	next_entry(row, 0);
	return json_put_entry(row->e, key, v, indent, n, row->out);
}

/* An old entry, its key as it is. */
static int
old_entry(struct row *row, size_t i, const struct value *v)
{
	const struct json_edit *e = row->e;
	const struct json_node *m = json_node(e, i);

	next_entry(row, i);
	buf_add(row->out, e->tree.text + json_start(m), m->at - json_start(m));
	return json_rewrite(row->e, i, v, row->out);
}

/* The items of a list, the old value and the node of each, and which new item
 * each stays as. */
struct items {
	const struct value *old, *new;
	size_t *node; /* of the old ones */
	size_t *from; /* of each new item: which old one it is; old->n: none */
	bool *used;   /* of each old one */
};

static bool
match(struct items *it, size_t i, size_t j)
{
	if (it->used[i] || it->from[j] != it->old->n ||
	    !fm_fits(it->new->items[j], it->old->items[i]))
		return false;
	it->from[j] = i;
	return it->used[i] = true;
}

static void
match_items(struct items *it)
{
	size_t a = it->old->n, b = it->new->n, head = 0;

	while (head < a && head < b && match(it, head, head))
		head++;
	while (a > head && b > head && match(it, a - 1, b - 1)) {
		a--;
		b--;
	}
	for (size_t j = head; j < b; j++)
		for (size_t i = head; i < a && !match(it, i, j); i++)
			;
	/* Another value in the place of one that is gone. */
	for (size_t j = head; j < b; j++)
		if (it->from[j] == it->old->n && j < a && !it->used[j]) {
			it->from[j] = j;
			it->used[j] = true;
		}
}

static int
rewrite_list(struct json_edit *e, size_t in, const struct value *old,
    const struct value *new, struct buf *out)
{
	struct row row = {.e = e, .in = in, .out = out};
	struct items it = {.old = old, .new = new};
	size_t i = json_node(e, in)->first;
	int rc = 0;

	it.node = xcalloc(old->n, sizeof(*it.node));
	it.used = xcalloc(old->n, sizeof(*it.used));
	it.from = xcalloc(new->n, sizeof(*it.from));
	for (size_t k = 0; k < old->n; k++, i = json_node(e, i)->next)
		it.node[k] = i;
	for (size_t j = 0; j < new->n; j++)
		it.from[j] = old->n;
	match_items(&it);
	for (size_t j = 0; j < new->n &&rc == 0; j++)
		if (it.from[j] < old->n)
			rc =
			    old_entry(&row, it.node[it.from[j]], new->items[j]);
		else
			rc = new_entry(&row, NULL, new->items[j]);
	end_entries(&row);
	free(it.node);
	free(it.used);
	free(it.from);
	return rc;
}

/* Is there a later member of this key, whatever its capitals? */
static bool
replaced(const struct json_edit *e, size_t i, const char *key)
{
	bool later = false;
	char *other;

	for (i = json_node(e, i)->next; i && !later;
	     i = json_node(e, i)->next) {
		other = json_key(&e->tree, json_node(e, i));
		later = fm_alike(key, other);
		free(other);
	}
	return later;
}

/* Members stay in their order; new ones come behind them. */
static int
rewrite_map(
    struct json_edit *e, size_t in, const struct value *new, struct buf *out)
{
	struct row row = {.e = e, .in = in, .out = out};
	bool *done = xcalloc(new->n, sizeof(*done));
	int rc = 0;

	for (size_t i = json_node(e, in)->first; i && rc == 0;
	     i = json_node(e, i)->next) {
		char *key = json_key(&e->tree, json_node(e, i));
		size_t j = fm_member(new, key);

		if (j < new->n && !replaced(e, i, key)) {
			rc = old_entry(&row, i, new->items[j]);
			done[j] = true;
		}
		free(key);
	}
	for (size_t j = 0; j < new->n &&rc == 0; j++)
		if (!done[j])
			rc = new_entry(&row, new->keys[j], new->items[j]);
	end_entries(&row);
	free(done);
	return rc;
}

int
json_rewrite(
    struct json_edit *e, size_t i, const struct value *v, struct buf *out)
{
	const struct json_node *m = json_node(e, i);
	struct value *old = json_value(&e->tree, i);
	const char *indent;
	size_t n;
	int rc = 0;

	if (fm_fits(v, old)) {
		buf_add(out, e->tree.text + m->at, m->end - m->at);
	} else if (v->type == old->type && v->n > 0 && old->n > 0) {
		rc = v->type == VALUE_LIST ? rewrite_list(e, i, old, v, out)
					   : rewrite_map(e, i, v, out);
	} else {
		indent = json_indent(e->tree.text, json_start(m), &n);
		rc = json_put_value(&e->style, v, indent, n, out, e->err);
	}
	value_free(old);
	return rc;
}
