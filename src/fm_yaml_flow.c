/* SPDX-License-Identifier: ISC */
/*
 * YAML entries in brackets, rearranged: what is between two that stay beside
 * each other stays, blanks and line breaks and all.
 */
#include "fm_yaml_priv.h"

#include <string.h>

#include "mem.h"

struct flow {
	struct yaml_editor *ed;
	const struct yaml_node *node;
	const struct yaml_plan *plan;
	const char *text;
	struct yaml_gaps gaps;
	struct buf *out;
};

/* Do entries a and a + 1 still stand beside each other? */
static bool
together(const struct yaml_plan *p, size_t a)
{
	for (size_t i = 1; i < p->n; i++)
		if (p->slot[i - 1].old == a && p->slot[i].old == a + 1)
			return true;
	return false;
}

static int
keep_comments(const struct flow *f)
{
	const struct yaml_entry *e = f->node->entries;
	struct yaml_gaps g;

	if (f->plan->n == 0 && !f->node->pair &&
	    !yaml_gaps_of(f->text, f->node, &g))
		return yaml_refuse(
		    f->ed, f->node->at, "comments in it would be lost");
	for (size_t i = 0; i + 1 < f->node->n; i++) {
		size_t from = yaml_entry_end(&e[i]);

		if (memchr(f->text + from, '#', e[i + 1].at - from) &&
		    !together(f->plan, i))
			return yaml_refuse(
			    f->ed, from, "comments in it would be lost");
	}
	return 0;
}

/* What is between an entry and the one before it. */
static void
put_gap(struct flow *f, size_t i)
{
	const struct yaml_entry *e = f->node->entries;
	size_t a = f->plan->slot[i - 1].old, b = f->plan->slot[i].old;
	const struct yaml_gaps *g = &f->gaps;
	size_t end;

	if (a != YAML_NOWHERE && b == a + 1) {
		end = yaml_entry_end(&e[a]);
		buf_add(f->out, f->text + end, e[b].at - end);
	} else if (g->between) {
		buf_add(f->out, g->between, g->between_len);
	} else {
		buf_putc(f->out, ',');
		buf_add(f->out, g->lead, g->lead_len);
	}
}

static int
put_slot(struct flow *f, const struct value *was, const struct yaml_slot *s)
{
	const struct yaml_entry *e;

	if (s->old == YAML_NOWHERE)
		return yaml_put_new(f->ed, f->node, s, f->out);
	e = &f->node->entries[s->old];
	return yaml_put_old(
	    f->ed, f->node, was, s, e->at, yaml_entry_end(e), f->out);
}

static void
find_gaps(struct flow *f)
{
	const struct yaml_habits *h = &f->ed->habits;
	const struct yaml_gaps *usual =
	    f->node->kind == YAML_MAP ? &h->braces : &h->brackets;

	if (f->node->pair) {
		f->gaps = *usual;
		return;
	}
	yaml_gaps_of(f->text, f->node, &f->gaps);
	/* One item a line: so are the new ones. */
	if (!f->gaps.between &&
	    (!memchr(f->gaps.lead, '\n', f->gaps.lead_len) ||
		memchr(f->gaps.lead, '#', f->gaps.lead_len))) {
		f->gaps.between = usual->between;
		f->gaps.between_len = usual->between_len;
	}
}

int
yaml_flow(struct yaml_editor *ed, const struct yaml_node *n,
    const struct value *was, const struct yaml_plan *plan, struct fm_edit *edit)
{
	struct flow f = {
	    .ed = ed,
	    .node = n,
	    .plan = plan,
	    .text = ed->tree.text,
	    .out = &edit->with,
	};
	bool map = n->kind == YAML_MAP, bare = n->pair && plan->n == 1;

	edit->at = n->body;
	edit->cut = n->end - n->body;
	if (keep_comments(&f) == -1)
		return -1;
	find_gaps(&f);
	if (!bare)
		buf_putc(f.out, map ? '{' : '[');
	if (!bare && plan->n > 0)
		buf_add(f.out, f.gaps.lead, f.gaps.lead_len);
	for (size_t i = 0; i < plan->n; i++) {
		const struct yaml_slot *s = &plan->slot[i];

		if (i > 0)
			put_gap(&f, i);
		if (put_slot(&f, was, s) == -1)
			return -1;
	}
	if (!bare && plan->n > 0)
		buf_add(f.out, f.gaps.trail, f.gaps.trail_len);
	if (!bare)
		buf_putc(f.out, map ? '}' : ']');
	return 0;
}
