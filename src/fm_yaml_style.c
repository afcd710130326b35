/* SPDX-License-Identifier: ISC */
/* How the fields of a YAML document look: quotes, lists, their items. */
#include "fm_yaml_priv.h"

#include <stdlib.h>

#include "mem.h"

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

static bool
is_text(const yaml_event_t *ev)
{
	struct value *v = yaml_scalar((const char *)ev->data.scalar.value,
	    ev->data.scalar.length,
	    ev->data.scalar.style == YAML_PLAIN_SCALAR_STYLE);
	bool text = v->type == VALUE_STRING;

	value_free(v);
	return text;
}

static struct yaml_field *
new_field(struct yaml_looks *l, const struct yaml_ev *ev)
{
	struct yaml_field *f;

	l->fields = xgrow(l->fields, l->n, &l->cap, sizeof(*f));
	f = &l->fields[l->n++];
	*f = (struct yaml_field){.at = ev->at, .end = ev->end};
	if (ev->ev.type == YAML_SCALAR_EVENT) {
		f->style = style_of(&ev->ev);
		f->text = is_text(&ev->ev);
	}
	if (ev->ev.type == YAML_SEQUENCE_START_EVENT) {
		f->list = true;
		f->flow = ev->ev.data.sequence_start.style ==
			  YAML_FLOW_SEQUENCE_STYLE;
	}
	return f;
}

static void
new_item(struct yaml_field *f, const struct yaml_ev *ev)
{
	struct yaml_item *item;

	f->items = xgrow(f->items, f->n, &f->cap, sizeof(*item));
	item = &f->items[f->n++];
	*item = (struct yaml_item){.at = ev->at, .end = ev->end};
	f->end = ev->end;
	if (ev->ev.type == YAML_SCALAR_EVENT) {
		item->style = style_of(&ev->ev);
		item->text = is_text(&ev->ev);
	}
}

/* Depth 1 holds the keys and values in turn, depth 2 a list's items. */
struct walk {
	struct yaml_looks *looks;
	unsigned depth;
	bool value; /* the next node of depth 1 is a value */
};

static void
node(struct walk *w, const struct yaml_ev *ev)
{
	struct yaml_looks *l = w->looks;
	struct yaml_field *f = l->n ? &l->fields[l->n - 1] : NULL;

	if (w->depth == 1) {
		if (w->value)
			new_field(l, ev);
		w->value = !w->value;
	} else if (w->depth == 2 && f && f->list && !w->value) {
		new_item(f, ev);
	}
}

static void
step(struct walk *w, const struct yaml_ev *ev)
{
	struct yaml_looks *l = w->looks;
	struct yaml_field *f = l->n ? &l->fields[l->n - 1] : NULL;

	switch (ev->ev.type) {
	case YAML_SCALAR_EVENT:
	case YAML_ALIAS_EVENT:
		node(w, ev);
		break;
	case YAML_SEQUENCE_START_EVENT:
	case YAML_MAPPING_START_EVENT:
		node(w, ev);
		w->depth++;
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		w->depth--;
		if (w->depth == 1 && f && f->flow)
			f->end = ev->end;
		break;
	default:
		break;
	}
}

void
yaml_looks_init(struct yaml_looks *l, const char *text, size_t len)
{
	struct walk w = {.looks = l};
	struct yaml_in in;
	struct yaml_ev ev;
	struct err err;
	bool end = false;

	*l = (struct yaml_looks){.text = text, .len = len};
	yaml_in_init(&in, text, len);
	while (!end && yaml_in_next(&in, &ev, &err) == 0) {
		step(&w, &ev);
		end = ev.ev.type == YAML_DOCUMENT_END_EVENT ||
		      ev.ev.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&ev.ev);
	}
	yaml_in_dispose(&in);
}

void
yaml_looks_dispose(struct yaml_looks *l)
{
	for (size_t i = 0; i < l->n; i++)
		free(l->fields[i].items);
	free(l->fields);
}

const struct yaml_field *
yaml_looks_at(const struct yaml_looks *l, size_t at, size_t end)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->fields[i].at >= at && l->fields[i].at <= end)
			return &l->fields[i];
	return NULL;
}

static enum yaml_style
most(const size_t *counts, enum yaml_style from, enum yaml_style none)
{
	/* Among equals: double quotes, single quotes, plain. */
	enum yaml_style best = none;
	size_t n = 0;

	for (int s = YAML_DOUBLE; s >= (int)from; s--)
		if (counts[s] > n) {
			n = counts[s];
			best = (enum yaml_style)s;
		}
	return best;
}

static void
count(const struct yaml_looks *l, size_t *values, size_t *items)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct yaml_field *f = &l->fields[i];

		if (f->text && values)
			values[f->style]++;
		for (size_t j = 0; items && j < f->n; j++)
			if (f->items[j].text)
				items[f->items[j].style]++;
	}
}

enum yaml_style
yaml_looks_text(const struct yaml_looks *l)
{
	size_t n[YAML_STYLES] = {0};

	count(l, n, NULL);
	return most(n, YAML_PLAIN, YAML_PLAIN);
}

enum yaml_style
yaml_looks_items(const struct yaml_looks *l)
{
	size_t n[YAML_STYLES] = {0};

	count(l, NULL, n);
	return most(n, YAML_PLAIN, yaml_looks_text(l));
}

enum yaml_style
yaml_looks_quote(const struct yaml_looks *l)
{
	size_t n[YAML_STYLES] = {0};

	count(l, n, n);
	return most(n, YAML_SINGLE, YAML_DOUBLE);
}

bool
yaml_looks_flow(const struct yaml_looks *l)
{
	size_t flow = 0, block = 0;

	for (size_t i = 0; i < l->n; i++)
		if (l->fields[i].list && l->fields[i].n > 0) {
			flow += l->fields[i].flow;
			block += !l->fields[i].flow;
		}
	/* Empty lists are always "[]": they count only alone. */
	return flow >= block;
}
