/* SPDX-License-Identifier: ISC */
/* JSON edited in place: what an edit replaces, and by which bytes. */
#include <stdlib.h>
#include <string.h>

#include "fm_json_priv.h"
#include "mem.h"
#include "text.h"

/* Does a value that is added to an empty list or map begin a line? */
static bool
begins_line(const struct json_edit *e, size_t in, const struct value *v)
{
	if (in == 0)
		return false;
	if (json_node(e, in)->type == '{')
		return e->style.maps_in_lines;
	return e->style.lists_in_lines || (v->n > 0 && e->style.maps_in_lines);
}

/* The first entry of what holds none. */
static int
fill_empty(struct json_edit *e, size_t in, const struct fm_change *c)
{
	const struct json_node *m = json_node(e, in);
	const char *blanks = e->tree.text + m->at + 1, *indent, *tail;
	size_t len = m->end - m->at - 2, n, tail_len;
	bool broken = json_has_break(blanks, len);
	bool lines = broken || begins_line(e, in, c->value);
	struct buf *b = &fm_edits_add(e->out, m->at + 1, len, NULL, 0)->with;
	struct buf inner = {0};
	int rc;

	tail = indent = json_indent(e->tree.text, m->at, &n);
	tail_len = n;
	if (broken)
		for (tail = blanks + len, tail_len = 0; !fm_is_break(tail[-1]);
		     tail--)
			tail_len++;
	buf_add(&inner, indent, n);
	if (lines)
		buf_add(&inner, e->style.unit, e->style.unit_len);
	if (lines)
		buf_printf(b, "\n%s", buf_text(&inner));
	else
		buf_add(b, blanks, len);
	rc =
	    json_put_entry(e, c->key, c->value, buf_text(&inner), inner.len, b);
	if (lines)
		buf_putc(b, '\n');
	buf_add(b, lines ? tail : blanks, lines ? tail_len : len);
	buf_dispose(&inner);
	return rc;
}

/* A new entry of a list or map becomes its entry c->to. */
static int
add(struct json_edit *e, size_t in, const struct fm_change *c)
{
	const struct json_node *m = json_node(e, in), *at;
	size_t k = c->to < m->n ? c->to : m->n, n;
	const char *indent;
	struct buf *b;

	if (m->n == 0)
		return fill_empty(e, in, c);
	at = json_node(e, k < m->n ? json_nth(e, in, k) : m->last);
	indent = json_indent(e->tree.text, json_start(at), &n);
	if (k < m->n) {
		b = &fm_edits_add(e->out, json_start(at), 0, NULL, 0)->with;
		if (json_put_entry(e, c->key, c->value, indent, n, b) == -1)
			return -1;
		json_put_gap(e, in, k, b);
		return 0;
	}
	b = &fm_edits_add(e->out, at->end, 0, NULL, 0)->with;
	json_put_gap(e, in, k, b);
	return json_put_entry(e, c->key, c->value, indent, n, b);
}

/* The entry of node in before entry i; 0: i is its first. */
static size_t
before(const struct json_edit *e, size_t in, size_t i)
{
	size_t prev = 0;

	for (size_t j = json_node(e, in)->first; j != i;
	     j = json_node(e, j)->next)
		prev = j;
	return prev;
}

/* The lines of an entry, when they are its own, and its comma is there too. */
static bool
own_lines(const struct json_edit *e, const struct json_node *m, bool comma,
    size_t *from, size_t *to)
{
	const char *text = e->tree.text;
	size_t at = json_start(m), end = m->end;

	while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
		at--;
	if (comma && text[end++] != ',')
		return false;
	while (text[end] == ' ' || text[end] == '\t')
		end++;
	if (at == 0 || !fm_is_break(text[at - 1]) || !fm_is_break(text[end]))
		return false;
	end += text[end] == '\r' && text[end + 1] == '\n' ? 2 : 1;
	*from = at;
	*to = end;
	return true;
}

static bool
on_one_line(const struct json_edit *e, size_t from, size_t to)
{
	return !json_has_break(e->tree.text + from, to - from);
}

/* Take out entry i of what node in holds, with one of the commas. */
static void
take_out(struct json_edit *e, size_t in, size_t i)
{
	const struct json_node *outer = json_node(e, in), *m = json_node(e, i);
	size_t prev = before(e, in, i), from, to;

	if (outer->n == 1) {
		from = outer->at + 1;
		to = outer->end - 1;
		if (in == 0)
			own_lines(e, m, false, &from, &to);
	} else if (!m->next) {
		from = json_node(e, prev)->end;
		to = m->end;
	} else if (own_lines(e, m, true, &from, &to)) {
		;
	} else if (prev &&
		   on_one_line(e, json_node(e, prev)->end, json_start(m)) &&
		   !on_one_line(e, m->end, json_start(json_node(e, m->next)))) {
		from = json_node(e, prev)->end;
		to = m->end;
	} else {
		from = json_start(m);
		to = json_start(json_node(e, m->next));
	}
	fm_edits_add(e->out, from, to - from, NULL, 0);
}

/* Of the members of an inner map that have one key all go: they are one. */
static int
remove_entry(struct json_edit *e, size_t in, size_t i)
{
	const struct json_node *outer = json_node(e, in);
	char *key, *other;
	size_t n = 0;

	if (outer->type == '{' && in > 0) {
		key = json_key(&e->tree, json_node(e, i));
		for (size_t j = outer->first; j; j = json_node(e, j)->next) {
			other = json_key(&e->tree, json_node(e, j));
			n += strcmp(key, other) == 0;
			free(other);
		}
		free(key);
	}
	if (n > 1) {
		unsigned line, column;

		text_place(
		    e->tree.text, json_start(json_node(e, i)), &line, &column);
		return err_at(e->err, line, column,
		    "this name is there more than once: edit the file itself");
	}
	take_out(e, in, i);
	return 0;
}

static void
rename_entry(struct json_edit *e, size_t i, const char *key)
{
	const struct json_node *m = json_node(e, i);
	struct buf *b =
	    &fm_edits_add(e->out, m->key_at, m->key_end - m->key_at, NULL, 0)
		 ->with;

	json_put_string(&e->style, key, strlen(key), b);
}

/* Items change places; what is between them stays. */
static void
move(struct json_edit *e, size_t in, size_t from, size_t to)
{
	size_t lo = from < to ? from : to, hi = from < to ? to : from;
	size_t at = json_nth(e, in, lo), i = at, place, prev = 0;
	const char *text = e->tree.text;
	const struct json_node *m;
	struct buf *b = &fm_edits_add(e->out, json_node(e, at)->at,
	    json_node(e, json_nth(e, in, hi))->end - json_node(e, at)->at, NULL,
	    0)
			     ->with;

	for (size_t k = lo; k <= hi; k++, prev = i, i = json_node(e, i)->next) {
		/* Whose bytes come to place k. */
		place = k == to ? from : from < to ? k + 1 : k - 1;
		if (k > lo)
			buf_add(b, text + json_node(e, prev)->end,
			    json_node(e, i)->at - json_node(e, prev)->end);
		m = json_node(e, json_nth(e, in, place));
		buf_add(b, text + m->at, m->end - m->at);
	}
}

static int
edit(struct json_edit *e, const struct fm_change *c)
{
	bool inside = c->op == FM_ADD || c->op == FM_INSERT;
	size_t in = json_follow(
	    &e->tree, c->steps, inside || c->n == 0 ? c->n : c->n - 1);
	size_t i = json_follow(&e->tree, c->steps, c->n);

	if (in == JSON_NONE || i == JSON_NONE)
		return err_set(e->err, "this is not in the text");
	switch (c->op) {
	case FM_SET:
		return json_rewrite(e, i, c->value,
		    &fm_edits_add(e->out, json_node(e, i)->at,
			json_node(e, i)->end - json_node(e, i)->at, NULL, 0)
			 ->with);
	case FM_ADD:
	case FM_INSERT:
		return add(e, in, c);
	case FM_REMOVE:
		return remove_entry(e, in, i);
	case FM_RENAME:
		rename_entry(e, i, c->key);
		return 0;
	case FM_MOVE:
		move(e, in, c->steps[c->n - 1].i, c->to);
		return 0;
	}
	return 0;
}

int
json_change(const char *text, size_t len, const struct fm_change *c,
    struct fm_edits *out, struct err *err)
{
	struct json_edit e = {.out = out, .err = err};
	int rc;

	if (json_scan(&e.tree, text, len, err) == -1)
		return -1;
	json_look(&e.tree, &e.style);
	rc = edit(&e, c);
	json_tree_dispose(&e.tree);
	return rc;
}
