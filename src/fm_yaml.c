/* SPDX-License-Identifier: ISC */
/*
 * YAML, read: libyaml's events become values, and the top-level fields their
 * spans.  Aliases and merges are expanded, within a budget; nesting is bounded.
 */
#include "fm_yaml_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

#define USUAL       32                /* fields of front matter */
#define MAX_DEPTH   100               /* of lists and maps */
#define MAX_ANCHORS 1000              /* names */
#define MAX_COPIED  (100 * 1000)      /* values that aliases may add */
#define MAX_BYTES   (8 * 1024 * 1024) /* of their texts */

struct anchor {
	char *name;
	const struct value *value;
};

struct build {
	struct yaml_in in;
	struct err *err;
	struct anchor *anchors;
	size_t n, cap;
	struct value *replaced; /* anchors may point to them */
	size_t copied, bytes;
	struct fm_doc *doc; /* gets the root's fields; NULL: none wanted */
};

/* A node, read: what it is and where it stands. */
struct node {
	struct value *value;
	size_t at, end;
};

static int compose(
    struct build *, struct yaml_ev *, unsigned depth, struct node *);

static const char *
text_of(const yaml_char_t *s)
{
	return (const char *)s;
}

/* libyaml would take "&a:b c" for an anchor and the value ":b c". */
static bool
cut_short(const struct build *b, const char *name, size_t at)
{
	while (at < b->in.len && b->in.text[at] != '&')
		at++;
	at += 1 + strlen(name);
	return at < b->in.len && strchr("?:%@`", b->in.text[at]);
}

static int
remember(
    struct build *b, const yaml_char_t *name, const struct value *v, size_t at)
{
	if (!name)
		return 0;
	if (cut_short(b, text_of(name), at))
		return yaml_in_fail(&b->in, at, b->err,
		    "an anchor's name is letters, digits, - and _");
	if (b->n == MAX_ANCHORS)
		return yaml_in_fail(&b->in, at, b->err, "too many anchors");
	b->anchors = xgrow(b->anchors, b->n, &b->cap, sizeof(*b->anchors));
	b->anchors[b->n++] = (struct anchor){xstrdup(text_of(name)), v};
	return 0;
}

/* The depth of a value; what copying it takes is added to the budget. */
static unsigned
weigh(struct build *b, const struct value *v)
{
	unsigned depth = 0, d;

	b->copied++;
	b->bytes += v->len;
	for (size_t i = 0; i < v->n; i++) {
		d = weigh(b, v->items[i]);
		depth = d > depth ? d : depth;
	}
	return depth + 1;
}

static struct value *
copy(struct build *b, const struct value *v, unsigned depth, size_t at)
{
	depth += weigh(b, v);
	if (b->copied > MAX_COPIED || b->bytes > MAX_BYTES ||
	    depth > MAX_DEPTH) {
		yaml_in_fail(
		    &b->in, at, b->err, "aliases grow to more than is allowed");
		return NULL;
	}
	return value_copy(v);
}

static int
alias(struct build *b, struct yaml_ev *ev, unsigned depth, struct node *out)
{
	const char *name = text_of(ev->ev.data.alias.anchor);
	size_t i = b->n;

	while (i > 0 && strcmp(b->anchors[i - 1].name, name) != 0)
		i--;
	if (i == 0)
		return yaml_in_fail(
		    &b->in, ev->at, b->err, "no anchor of this name before it");
	out->value = copy(b, b->anchors[i - 1].value, depth, ev->at);
	return out->value ? 0 : -1;
}

static int
scalar(struct build *b, struct yaml_ev *ev, struct node *out)
{
	const char *tag = text_of(ev->ev.data.scalar.tag);
	const char *s = text_of(ev->ev.data.scalar.value);
	size_t len = ev->ev.data.scalar.length;

	if (tag)
		out->value = yaml_scalar_tagged(tag, s, len);
	else
		out->value = yaml_scalar(s, len,
		    ev->ev.data.scalar.style == YAML_PLAIN_SCALAR_STYLE);
	return remember(b, ev->ev.data.scalar.anchor, out->value, ev->at);
}

static int
list(struct build *b, struct yaml_ev *ev, unsigned depth, struct node *out)
{
	bool flow =
	    ev->ev.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
	struct yaml_ev next;
	struct node item;

	out->value = value_list();
	for (;;) {
		if (yaml_in_next(&b->in, &next, b->err) == -1)
			return -1;
		if (next.ev.type == YAML_SEQUENCE_END_EVENT)
			break;
		if (compose(b, &next, depth + 1, &item) == -1)
			return -1;
		value_append(out->value, item.value);
		out->end = item.end;
	}
	if (flow)
		out->end = next.end;
	yaml_event_delete(&next.ev);
	return remember(
	    b, ev->ev.data.sequence_start.anchor, out->value, ev->at);
}

/* A value that is not part of the result, but that anchors may point to. */
static void
keep(struct build *b, struct value *v)
{
	if (!b->replaced)
		b->replaced = value_list();
	value_append(b->replaced, v);
}

/* Copies of a map's members, or of a list of maps' (the first one wins). */
static int
merge_into(struct build *b, struct value *map, const struct value *from,
    unsigned depth, size_t at)
{
	struct value *item;

	if (from->type == VALUE_LIST) {
		for (size_t i = from->n; i > 0; i--)
			if (from->items[i - 1]->type != VALUE_MAP ||
			    merge_into(b, map, from->items[i - 1], depth, at) ==
				-1)
				return yaml_in_fail(&b->in, at, b->err,
				    "<< takes a map or a list of maps");
		return 0;
	}
	if (from->type != VALUE_MAP)
		return yaml_in_fail(
		    &b->in, at, b->err, "<< takes a map or a list of maps");
	for (size_t i = 0; i < from->n; i++) {
		item = copy(b, from->items[i], depth, at);
		if (!item)
			return -1;
		value_add(map, from->keys[i], item);
	}
	return 0;
}

/* What "<<" brings comes first, so that the map's own members win. */
static int
merge(struct build *b, struct value *map, const struct value *merges,
    unsigned depth, size_t at)
{
	struct value *own = value_map(), swap;
	int rc = 0;

	swap = *own;
	*own = *map;
	*map = swap;
	for (size_t i = merges->n; i > 0 && rc == 0; i--)
		rc = merge_into(b, map, merges->items[i - 1], depth, at);
	for (size_t i = 0; i < own->n; i++) {
		value_add(map, own->keys[i], own->items[i]);
		free(own->keys[i]);
	}
	own->n = 0;
	value_free(own);
	return rc;
}

/* A node that ends in a block scalar ends behind its blank lines: back to where
 * its last line that counts ends. */
static size_t
block_end(const char *text, size_t at, size_t end)
{
	size_t last = end;
	bool keep = false;

	if (text[at] == '|' || text[at] == '>')
		for (size_t i = at + 1;
		     i < end && strchr("+-123456789", text[i]); i++)
			keep = keep || text[i] == '+';
	if (keep) {
		if (last > at && text[last - 1] == '\n')
			last--;
		if (last > at && text[last - 1] == '\r')
			last--;
		return last;
	}
	while (last > at && strchr(" \t\r\n", text[last - 1]))
		last--;
	return yaml_line_end(text, end, last);
}

void
yaml_place_field(struct fm_field *f, const char *text, size_t len,
    const struct yaml_span *span)
{
	size_t end = span->end;

	f->key_at = span->key_at;
	f->key_len = span->key_end - span->key_at;
	f->value_at = span->at;
	if (end > span->at && fm_is_break(text[end - 1]))
		end = block_end(text, span->at, end);
	if (end == span->at && end < len && yaml_blank(text[end]))
		f->value_at = ++end;
	if (f->value_at < span->key_end)
		f->value_at = end = span->key_end;
	f->value_len = end - f->value_at;
	f->at = yaml_line_start(text, f->key_at);
	end = yaml_line_end(text, len, end);
	if (end < len && text[end] == '\r')
		end++;
	if (end < len && text[end] == '\n')
		end++;
	f->len = end - f->at;
}

static void
add_field(struct build *b, const struct node *key, const char *name,
    const struct node *value)
{
	struct fm_field *f = fm_doc_add(b->doc, name);
	struct yaml_span span = {key->at, key->end, value->at, value->end};

	f->value = value->value;
	f->line = yaml_in_line(&b->in, key->at);
	yaml_place_field(f, b->in.text, b->in.len, &span);
	if (f->key_len == 2 && memcmp(b->in.text + f->key_at, "<<", 2) == 0)
		f->frozen = "a merge is edited in the file itself";
}

static bool
is_merge(const struct yaml_ev *ev)
{
	return ev->ev.type == YAML_SCALAR_EVENT &&
	       ev->ev.data.scalar.style == YAML_PLAIN_SCALAR_STYLE &&
	       ev->ev.data.scalar.length == 2 &&
	       memcmp(ev->ev.data.scalar.value, "<<", 2) == 0;
}

/* The text of a key; NULL: err. */
static char *
key_text(struct build *b, const struct node *key)
{
	struct value *v = key->value;

	if (v->type == VALUE_LIST || v->type == VALUE_MAP) {
		yaml_in_fail(&b->in, key->at, b->err,
		    "a key must be text: put quotes around it");
		return NULL;
	}
	if (v->text && strlen(v->text) != v->len) {
		yaml_in_fail(
		    &b->in, key->at, b->err, "a key cannot hold a NUL");
		return NULL;
	}
	return xstrdup(v->text ? v->text : "");
}

/* A key; its event is read. Deletes it. NULL: err, and nothing in key. */
static char *
read_key(struct build *b, struct yaml_ev *ev, unsigned depth, struct node *key)
{
	char *name = NULL;

	/* Most are scalars and nothing else: they need no value. */
	if (ev->ev.type == YAML_SCALAR_EVENT && !ev->ev.data.scalar.anchor &&
	    strlen(text_of(ev->ev.data.scalar.value)) ==
		ev->ev.data.scalar.length) {
		*key = (struct node){.at = ev->at, .end = ev->end};
		name = xstrdup(text_of(ev->ev.data.scalar.value));
		yaml_event_delete(&ev->ev);
		return name;
	}
	if (compose(b, ev, depth, key) == -1)
		return NULL;
	name = key_text(b, key);
	/* An anchor may point to it. */
	keep(b, key->value);
	key->value = NULL;
	return name;
}

struct pairs {
	struct value *merges;
	bool root, flow;
};

/* One key and its value; the key's event is read. Deletes it. */
static int
pair(struct build *b, struct yaml_ev *ev, unsigned depth, struct pairs *p,
    struct node *out)
{
	struct node key, value;
	struct yaml_ev next;
	bool merges = is_merge(ev);
	char *name;
	int rc = -1;

	/* For libyaml "{?a: b}" is "{? a: b}". */
	if (p->flow && ev->at > 0 && b->in.text[ev->at - 1] == '?') {
		yaml_in_fail(&b->in, ev->at - 1, b->err,
		    "a key that begins with ? needs quotes");
		yaml_event_delete(&ev->ev);
		return -1;
	}
	name = read_key(b, ev, depth + 1, &key);

	if (!name || yaml_in_next(&b->in, &next, b->err) == -1)
		goto out;
	if (compose(b, &next, depth + 1, &value) == -1)
		goto out;
	out->end = value.end > key.end ? value.end : key.end;
	if (p->root && b->doc)
		add_field(b, &key, name, &value);
	if (merges) {
		if (!p->merges)
			p->merges = value_list();
		value_append(p->merges, value.value);
	} else {
		value_add_taken(out->value, name, value.value);
		name = NULL;
	}
	rc = 0;
out:
	free(name);
	return rc;
}

static int
map(struct build *b, struct yaml_ev *ev, unsigned depth, struct node *out)
{
	struct pairs p = {.root = depth == 0};
	struct yaml_ev next;
	int rc = -1;

	p.flow = ev->ev.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
	out->value = value_map();
	if (p.root)
		value_reserve(out->value, USUAL);
	for (;;) {
		if (yaml_in_next(&b->in, &next, b->err) == -1)
			goto out;
		if (next.ev.type == YAML_MAPPING_END_EVENT)
			break;
		if (pair(b, &next, depth, &p, out) == -1)
			goto out;
	}
	if (p.flow)
		out->end = next.end;
	yaml_event_delete(&next.ev);
	if (p.merges && merge(b, out->value, p.merges, depth, ev->at) == -1)
		goto out;
	if (!b->replaced)
		b->replaced = value_list();
	value_unify(out->value, b->replaced);
	rc = remember(b, ev->ev.data.mapping_start.anchor, out->value, ev->at);
out:
	if (p.merges)
		keep(b, p.merges);
	return rc;
}

/* The node that an event begins. Deletes the event; on error leaves nothing. */
static int
compose(struct build *b, struct yaml_ev *ev, unsigned depth, struct node *out)
{
	int rc;

	*out = (struct node){.at = ev->at, .end = ev->end};
	if (depth > MAX_DEPTH) {
		rc = yaml_in_fail(
		    &b->in, ev->at, b->err, "nested more than 100 deep");
	} else {
		switch (ev->ev.type) {
		case YAML_ALIAS_EVENT:
			rc = alias(b, ev, depth, out);
			break;
		case YAML_SCALAR_EVENT:
			rc = scalar(b, ev, out);
			break;
		case YAML_SEQUENCE_START_EVENT:
			rc = list(b, ev, depth, out);
			break;
		case YAML_MAPPING_START_EVENT:
			rc = map(b, ev, depth, out);
			break;
		default:
			rc = yaml_in_fail(
			    &b->in, ev->at, b->err, "a value is expected here");
		}
	}
	yaml_event_delete(&ev->ev);
	if (rc == -1) {
		value_free(out->value);
		out->value = NULL;
	}
	return rc;
}

/* The first document's root node; value NULL: an empty stream. */
static int
root(struct build *b, struct node *out)
{
	struct yaml_ev ev;
	yaml_event_type_t type;

	*out = (struct node){0};
	do {
		if (yaml_in_next(&b->in, &ev, b->err) == -1)
			return -1;
		type = ev.ev.type;
		if (type == YAML_STREAM_START_EVENT ||
		    type == YAML_DOCUMENT_START_EVENT ||
		    type == YAML_STREAM_END_EVENT)
			yaml_event_delete(&ev.ev);
	} while (type == YAML_STREAM_START_EVENT ||
		 type == YAML_DOCUMENT_START_EVENT);
	if (type == YAML_STREAM_END_EVENT)
		return 0;
	if (compose(b, &ev, 0, out) == -1)
		return -1;
	/* What follows must end the document: "a: b" and then "c" is wrong. */
	if (yaml_in_next(&b->in, &ev, b->err) == -1) {
		value_free(out->value);
		out->value = NULL;
		return -1;
	}
	yaml_event_delete(&ev.ev);
	return 0;
}

static void
dispose(struct build *b)
{
	for (size_t i = 0; i < b->n; i++)
		free(b->anchors[i].name);
	free(b->anchors);
	value_free(b->replaced);
	yaml_in_dispose(&b->in);
}

int
fm_yaml_read(const char *text, size_t len, struct fm_doc *doc, struct err *err)
{
	struct build b = {.err = err, .doc = doc};
	struct node node;
	int rc;

	yaml_in_init(&b.in, text, len);
	rc = root(&b, &node);
	if (rc == 0 && node.value && node.value->type != VALUE_MAP &&
	    node.value->type != VALUE_NULL)
		rc = yaml_in_fail(&b.in, node.at, err,
		    "front matter must be lines of \"key: value\"");
	if (rc == 0 && node.value && node.value->type == VALUE_MAP) {
		doc->values = node.value;
		node.value = NULL;
	} else if (rc == 0) {
		doc->values = value_map();
	}
	value_free(node.value);
	doc->replaced = b.replaced;
	b.replaced = NULL;
	dispose(&b);
	return rc;
}

struct value *
fm_yaml_value(const char *text, size_t len, struct err *err)
{
	struct build b = {.err = err};
	struct node node;
	int rc;

	yaml_in_init(&b.in, text, len);
	rc = root(&b, &node);
	dispose(&b);
	return rc == 0 && !node.value ? value_null() : node.value;
}

struct value *
fm_yaml_typed(const char *text, size_t len, struct err *err)
{
	struct build b = {.err = err};
	struct node node;
	int rc;

	yaml_in_init(&b.in, text, len);
	rc = root(&b, &node);
	while (len > 0 && (yaml_blank(text[len - 1]) || text[len - 1] == '\n' ||
			      text[len - 1] == '\r'))
		len--;
	if (rc == 0 && len > 0 &&
	    (!node.value || node.end < len || node.end == node.at)) {
		value_free(node.value);
		node.value = NULL;
		rc = yaml_in_fail(&b.in, node.end, err,
		    "not all of this is the value (\"#\" begins a comment): "
		    "put quotes around it");
	}
	dispose(&b);
	return rc == 0 && !node.value ? value_null() : node.value;
}

static int
read_any(const char *text, size_t len, struct fm_doc *doc, struct err *err)
{
	if (fm_yaml_simple(text, len, doc))
		return 0;
	return fm_yaml_read(text, len, doc, err);
}

const struct fm_driver fm_yaml = {
    .read = read_any,
    .edit = yaml_edit,
    .place = yaml_place,
};
