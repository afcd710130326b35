/* SPDX-License-Identifier: ISC */
/*
 * A YAML document as a tree of nodes with their spans in bytes: what editing
 * goes by.  Reading has its own way; this is made when something is changed.
 */
#include "fm_yaml_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

struct build {
	struct yaml_tree *tree;
	struct yaml_in in;
};

static struct yaml_node *compose(struct build *, struct yaml_ev *, size_t from);

static bool
is_white(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* Past blanks, line breaks and comments. */
static size_t
skip(const char *text, size_t from, size_t to)
{
	while (from < to) {
		if (text[from] == '#')
			from = yaml_line_end(text, to, from);
		else if (is_white(text[from]))
			from++;
		else
			break;
	}
	return from;
}

size_t
yaml_tree_mark(const char *text, size_t from, size_t to, char c)
{
	while ((from = skip(text, from, to)) < to && text[from] != c)
		from++;
	return from < to ? from : YAML_NOWHERE;
}

size_t
yaml_tree_comment(const char *text, size_t from, size_t to)
{
	while (from < to && text[from] != '#')
		from++;
	return from < to ? from : YAML_NOWHERE;
}

/* Anchor and tag, in either order, and where what they are of begins. */
static void
properties(struct yaml_node *n, const char *text, size_t end)
{
	size_t i = n->at, from;

	while ((i = skip(text, i, end)) < end) {
		if ((text[i] != '&' || n->anchor_len > 0 || !n->anchor) &&
		    (text[i] != '!' || n->tag_len > 0))
			break;
		for (from = i; i < end && !is_white(text[i]); i++)
			if (text[from] == '&' && i > from &&
			    strchr(",[]{}", text[i]))
				break;
		if (text[from] == '&') {
			n->anchor_at = from;
			n->anchor_len = i - from;
		} else {
			n->tag_at = from;
			n->tag_len = i - from;
		}
	}
	n->body = i;
}

static char *
copy_of(const yaml_char_t *s)
{
	return s ? xstrdup((const char *)s) : NULL;
}

static void
name_it(struct build *b, struct yaml_node *n)
{
	struct yaml_tree *t = b->tree;

	t->named = xgrow(t->named, t->n, &t->cap, sizeof(struct yaml_node *));
	t->named[t->n++] = n;
}

static enum yaml_style
style_of(const yaml_event_t *ev)
{
	switch (ev->data.scalar.style) {
	case YAML_SINGLE_QUOTED_SCALAR_STYLE:
		return YAML_SINGLE;
	case YAML_DOUBLE_QUOTED_SCALAR_STYLE:
		return YAML_DOUBLE;
	case YAML_LITERAL_SCALAR_STYLE:
		return YAML_LITERAL;
	case YAML_FOLDED_SCALAR_STYLE:
		return YAML_FOLDED;
	default:
		return YAML_PLAIN;
	}
}

/* The columns that all text of a block scalar has before it, at most. */
static size_t
block_indent(const char *text, size_t at, size_t end)
{
	size_t eol = yaml_line_end(text, end, at), least = YAML_NOWHERE, n;

	for (size_t i = at + 1; i < eol && strchr("+-123456789", text[i]); i++)
		if (text[i] >= '1' && text[i] <= '9')
			return (size_t)(text[i] - '0');
	for (size_t i = eol; i < end; i = yaml_line_end(text, end, i + n)) {
		while (i < end && (text[i] == '\r' || text[i] == '\n'))
			i++;
		for (n = 0; i + n < end && text[i + n] == ' '; n++)
			;
		if (i + n < end && !is_white(text[i + n]) && n < least)
			least = n;
	}
	return least;
}

/* Back to where the last line of a block scalar ends that counts: a line of
 * blanks does when it has more than all have. */
static size_t
block_end(const char *text, size_t at, size_t end)
{
	size_t last = end, indent = block_indent(text, at, end);
	bool keep = false;

	for (size_t i = at + 1; i < end && strchr("+-123456789", text[i]); i++)
		keep = keep || text[i] == '+';
	while (last > at && is_white(text[last - 1])) {
		if (keep || (yaml_blank(text[last - 1]) &&
				last - yaml_line_start(text, last) > indent))
			break;
		last--;
	}
	if (keep && text[last - 1] == '\n')
		last--;
	if (keep && text[last - 1] == '\r')
		last--;
	return yaml_line_end(text, end, last);
}

static void
scalar(struct build *b, struct yaml_ev *ev, struct yaml_node *n)
{
	const char *text = b->in.text;
	struct value *v;

	n->style = style_of(&ev->ev);
	n->anchor = copy_of(ev->ev.data.scalar.anchor);
	n->tag = copy_of(ev->ev.data.scalar.tag);
	if (n->anchor || n->tag)
		properties(n, text, n->end);
	n->name = xstrndup(
	    (const char *)ev->ev.data.scalar.value, ev->ev.data.scalar.length);
	if (n->tag)
		v = yaml_scalar_tagged(
		    n->tag, n->name, ev->ev.data.scalar.length);
	else
		v = yaml_scalar(
		    n->name, ev->ev.data.scalar.length, n->style == YAML_PLAIN);
	n->text = v->type == VALUE_STRING;
	value_free(v);
	if (n->style == YAML_LITERAL || n->style == YAML_FOLDED)
		n->end = block_end(text, n->body, n->end);
}

static void
alias(struct build *b, struct yaml_ev *ev, struct yaml_node *n)
{
	const struct yaml_tree *t = b->tree;

	n->kind = YAML_ALIAS;
	n->name = copy_of(ev->ev.data.alias.anchor);
	for (size_t i = t->n; i > 0 && !n->target; i--)
		if (t->named[i - 1]->anchor &&
		    strcmp(t->named[i - 1]->anchor, n->name) == 0)
			n->target = t->named[i - 1];
	name_it(b, n);
}

static struct yaml_entry *
new_entry(struct yaml_node *n, size_t at)
{
	struct yaml_entry *e;

	n->entries = xgrow(n->entries, n->n, &n->cap, sizeof(*e));
	e = &n->entries[n->n++];
	*e = (struct yaml_entry){.at = at, .colon = at};
	return e;
}

/* A node that is empty stands where nothing is: right behind its mark. */
static void
settle(struct yaml_node *n, size_t at)
{
	if (n->kind == YAML_SCALAR && n->at == n->end)
		n->at = n->body = n->end = at;
}

static size_t
last_end(const struct yaml_node *n, size_t from)
{
	return n->n > 0 ? yaml_entry_end(&n->entries[n->n - 1]) : from;
}

static void
item(struct build *b, struct yaml_ev *ev, struct yaml_node *list)
{
	const char *text = b->in.text;
	size_t from = last_end(list, list->body), mark;
	struct yaml_entry *e = new_entry(list, ev->at);

	e->value = compose(b, ev, from);
	if (!e->value)
		return;
	e->at = e->colon = e->value->at;
	if (list->flow)
		return;
	mark = yaml_tree_mark(text, from, e->value->at, '-');
	if (mark != YAML_NOWHERE) {
		e->at = mark;
		e->colon = mark + 1;
		settle(e->value, e->colon);
	}
}

/* A member; its key's event is read. */
static bool
member(struct build *b, struct yaml_ev *ev, struct yaml_node *map)
{
	const char *text = b->in.text;
	size_t from =
	    last_end(map, map->flow && !map->pair ? map->body + 1 : map->body);
	struct yaml_entry *e = new_entry(map, ev->at);
	struct yaml_node *key, *value;
	struct yaml_ev next;
	size_t mark;

	e->merge = ev->ev.type == YAML_SCALAR_EVENT &&
		   ev->ev.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
		   ev->end - ev->at == 2 && memcmp(text + ev->at, "<<", 2) == 0;
	e->key = key = compose(b, ev, from);
	if (!key || yaml_in_next(&b->in, &next, &(struct err){0}) == -1)
		return false;
	mark = yaml_tree_mark(text, from, key->at, '?');
	e->at = mark == YAML_NOWHERE ? key->at : mark;
	value = compose(b, &next, key->end);
	e->value = value;
	if (!value)
		return false;
	mark = yaml_tree_mark(text, key->end, value->at, ':');
	e->bare = mark == YAML_NOWHERE;
	e->colon = e->bare ? key->end : mark + 1;
	settle(value, e->colon);
	return true;
}

static void
collection(struct build *b, struct yaml_node *n)
{
	yaml_event_type_t stop = n->kind == YAML_LIST ? YAML_SEQUENCE_END_EVENT
						      : YAML_MAPPING_END_EVENT;
	struct yaml_ev ev;

	for (;;) {
		if (yaml_in_next(&b->in, &ev, &(struct err){0}) == -1)
			return;
		if (ev.ev.type == stop)
			break;
		if (n->kind == YAML_LIST)
			item(b, &ev, n);
		else if (!member(b, &ev, n))
			return;
	}
	n->end = n->flow && !n->pair ? ev.end : last_end(n, n->end);
	yaml_event_delete(&ev.ev);
}

static void
start(struct build *b, struct yaml_ev *ev, struct yaml_node *n)
{
	const char *text = b->in.text;

	if (ev->ev.type == YAML_SEQUENCE_START_EVENT) {
		n->kind = YAML_LIST;
		n->flow = ev->ev.data.sequence_start.style ==
			  YAML_FLOW_SEQUENCE_STYLE;
		n->anchor = copy_of(ev->ev.data.sequence_start.anchor);
		n->tag = copy_of(ev->ev.data.sequence_start.tag);
	} else {
		n->kind = YAML_MAP;
		n->flow =
		    ev->ev.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
		n->anchor = copy_of(ev->ev.data.mapping_start.anchor);
		n->tag = copy_of(ev->ev.data.mapping_start.tag);
	}
	if (n->anchor || n->tag)
		properties(n, text, b->in.len);
	n->pair = n->kind == YAML_MAP && n->flow &&
		  (n->body >= b->in.len || text[n->body] != '{');
}

/* The node that an event begins, which it deletes; from: behind what is before
 * it. */
static struct yaml_node *
compose(struct build *b, struct yaml_ev *ev, size_t from)
{
	struct yaml_node *n = xcalloc(1, sizeof(*n));
	bool nested = false;

	n->at = n->body = ev->at;
	n->end = ev->end;
	if (n->at < from)
		n->at = n->body = n->end = from;
	switch (ev->ev.type) {
	case YAML_SCALAR_EVENT:
		scalar(b, ev, n);
		break;
	case YAML_ALIAS_EVENT:
		alias(b, ev, n);
		break;
	default:
		start(b, ev, n);
		nested = true;
	}
	yaml_event_delete(&ev->ev);
	if (n->anchor)
		name_it(b, n);
	if (nested)
		collection(b, n);
	return n;
}

void
yaml_tree_init(struct yaml_tree *t, const char *text, size_t len)
{
	struct build b = {.tree = t};
	struct yaml_ev ev;
	struct err err;

	*t = (struct yaml_tree){.text = text, .len = len};
	yaml_in_init(&b.in, text, len);
	while (!t->root && yaml_in_next(&b.in, &ev, &err) == 0) {
		yaml_event_type_t type = ev.ev.type;

		if (type == YAML_STREAM_START_EVENT ||
		    type == YAML_DOCUMENT_START_EVENT ||
		    type == YAML_STREAM_END_EVENT)
			yaml_event_delete(&ev.ev);
		else
			t->root = compose(&b, &ev, 0);
		if (type == YAML_STREAM_END_EVENT)
			break;
	}
	yaml_in_dispose(&b.in);
}

static void
free_node(struct yaml_node *n)
{
	if (!n)
		return;
	for (size_t i = 0; i < n->n; i++) {
		free_node(n->entries[i].key);
		free_node(n->entries[i].value);
	}
	free(n->entries);
	free(n->name);
	free(n->anchor);
	free(n->tag);
	free(n);
}

void
yaml_tree_dispose(struct yaml_tree *t)
{
	free_node(t->root);
	free(t->named);
}

const char *
yaml_key_name(const struct yaml_node *key)
{
	const struct yaml_node *n = key->kind == YAML_ALIAS ? key->target : key;

	return n && n->name ? n->name : "";
}

size_t
yaml_tree_find(const struct yaml_node *map, const char *key)
{
	for (size_t i = map->n; i > 0; i--)
		if (!map->entries[i - 1].merge &&
		    strcmp(yaml_key_name(map->entries[i - 1].key), key) == 0)
			return i - 1;
	return YAML_NOWHERE;
}

size_t
yaml_entry_end(const struct yaml_entry *e)
{
	size_t end = e->value ? e->value->end : e->at;

	return end > e->colon ? end : e->colon;
}

unsigned
yaml_tree_line(const struct yaml_tree *t, size_t at)
{
	unsigned line, column;

	text_place(t->text, at, &line, &column);
	return line;
}

size_t
yaml_tree_column(const struct yaml_tree *t, size_t at)
{
	size_t start = yaml_line_start(t->text, at);

	return text_count(t->text + start, at - start);
}

const struct yaml_node *
yaml_tree_alias(const struct yaml_tree *t, size_t from, size_t to)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct yaml_node *n = t->named[i];

		if (n->kind == YAML_ALIAS && n->target &&
		    (n->at < from || n->at >= to) && n->target->at >= from &&
		    n->target->at < to)
			return n;
	}
	return NULL;
}
