/* SPDX-License-Identifier: ISC */
/*
 * How a YAML document is written where it has a choice: quotes, brackets,
 * indentation, blanks.  What is new is written the same way.
 */
#include "fm_yaml_priv.h"

#include <string.h>

#include "mem.h"

static bool
one_line(const char *text, const struct yaml_node *n)
{
	return yaml_line_end(text, n->end, n->at) == n->end;
}

bool
yaml_gaps_of(const char *text, const struct yaml_node *n, struct yaml_gaps *g)
{
	const struct yaml_entry *e = n->entries;
	size_t last = yaml_entry_end(&e[n->n - 1]), from = n->body + 1;

	*g = (struct yaml_gaps){
	    .lead = text + from,
	    .lead_len = e[0].at - from,
	    .trail = text + last,
	    .trail_len = n->end - 1 - last,
	};
	for (size_t i = 1; i < n->n; i++) {
		size_t end = yaml_entry_end(&e[i - 1]);

		if (memchr(text + end, '#', e[i].at - end))
			continue;
		g->between = text + end;
		g->between_len = e[i].at - end;
		break;
	}
	return !memchr(g->lead, '#', g->lead_len) &&
	       !memchr(g->trail, '#', g->trail_len);
}

static void
count_gaps(struct yaml_gaps *usual, const char *text, const struct yaml_node *n)
{
	struct yaml_gaps g;

	if (n->pair || n->n == 0 || !one_line(text, n) ||
	    (usual->lead && usual->between))
		return;
	yaml_gaps_of(text, n, &g);
	if (!usual->lead || g.between)
		*usual = g;
}

static bool
holds_deep(const struct yaml_node *n)
{
	for (size_t i = 0; i < n->n; i++)
		if (n->entries[i].value->kind == YAML_LIST ||
		    n->entries[i].value->kind == YAML_MAP)
			return true;
	return false;
}

static void
count_form(struct yaml_habits *h, const struct yaml_node *n, bool root)
{
	if (n->n == 0 || n->pair || root)
		return;
	if (n->kind == YAML_MAP) {
		h->flow_maps += n->flow;
		h->block_maps += !n->flow;
	} else if (holds_deep(n)) {
		h->flow_deep += n->flow;
		h->block_deep += !n->flow;
	} else {
		h->flow_lists += n->flow;
		h->block_lists += !n->flow;
	}
}

/* How far a block list or map is to the right of the key it has. */
static void
count_indent(struct yaml_habits *h, const struct yaml_tree *t,
    const struct yaml_node *parent, const struct yaml_node *n)
{
	size_t outer = yaml_tree_column(t, parent->entries[0].at);
	size_t inner = yaml_tree_column(t, n->entries[0].at);

	if (inner < outer)
		return;
	if (n->kind == YAML_LIST && h->dash == YAML_NOWHERE)
		h->dash = inner - outer;
	else if (n->kind == YAML_MAP && h->step == 0)
		h->step = inner - outer;
}

static void
count_item(struct yaml_habits *h, const struct yaml_tree *t,
    const struct yaml_entry *e)
{
	size_t eol = yaml_line_end(t->text, t->len, e->colon);

	if (e->value->end == e->value->at)
		return;
	if (e->value->at > eol) {
		h->dash_alone = h->dash_alone || e->value->kind == YAML_MAP;
	} else if (!h->gap) {
		h->gap = t->text + e->colon;
		h->gap_len = e->value->at - e->colon;
	}
}

/* Text that cannot be plain: its quotes are no habit. */
static bool
needs_quotes(const char *s)
{
	size_t len = strlen(s);

	return len == 0 || yaml_ambiguous(s, len) ||
	       strchr("-?:,[]{}#&*!|>'\"%@` \t", *s) ||
	       strchr(": \t", s[len - 1]) || strstr(s, ": ") ||
	       strstr(s, " #") || strpbrk(s, "\n\t");
}

static void
count_text(struct yaml_habits *h, const struct yaml_node *n, bool item)
{
	if (n->style != YAML_PLAIN)
		h->quotes[n->style]++;
	if (n->style == YAML_PLAIN || !needs_quotes(n->name))
		(item ? h->items : h->texts)[n->style]++;
}

static void
count(struct yaml_habits *h, const struct yaml_tree *t,
    const struct yaml_node *n, const struct yaml_node *parent)
{
	if (n->kind == YAML_SCALAR && n->text && parent)
		count_text(h, n, parent->kind == YAML_LIST);
	if (n->kind != YAML_LIST && n->kind != YAML_MAP)
		return;
	count_form(h, n, !parent);
	if (n->flow)
		count_gaps(n->kind == YAML_LIST ? &h->brackets : &h->braces,
		    t->text, n);
	else if (parent && parent->kind == YAML_MAP && n->n > 0)
		count_indent(h, t, parent, n);
	for (size_t i = 0; i < n->n; i++) {
		if (n->kind == YAML_LIST && !n->flow)
			count_item(h, t, &n->entries[i]);
		count(h, t, n->entries[i].value, n);
	}
}

static void
complete(struct yaml_gaps *g, const struct yaml_gaps *other)
{
	if (!g->lead)
		*g = *other;
	if (!g->lead)
		g->lead = g->trail = "";
	if (!g->between && other->between) {
		g->between = other->between;
		g->between_len = other->between_len;
	}
	if (!g->between) {
		g->between = ", ";
		g->between_len = 2;
	}
}

void
yaml_habits_init(struct yaml_habits *h, const struct yaml_tree *t)
{
	*h = (struct yaml_habits){.dash = YAML_NOWHERE};
	if (t->root)
		count(h, t, t->root, NULL);
	if (h->step == 0)
		h->step = h->dash != YAML_NOWHERE && h->dash > 0 ? h->dash : 2;
	if (h->dash == YAML_NOWHERE)
		h->dash = h->step;
	if (!h->gap) {
		h->gap = " ";
		h->gap_len = 1;
	}
	complete(&h->brackets, &(struct yaml_gaps){0});
	complete(&h->braces, &h->brackets);
}

/* Among equals: double quotes, single quotes, plain. */
static enum yaml_style
most(const size_t *counts, enum yaml_style from, enum yaml_style none)
{
	enum yaml_style best = none;
	size_t n = 0;

	for (int s = YAML_DOUBLE; s >= (int)from; s--)
		if (counts[s] > n) {
			n = counts[s];
			best = (enum yaml_style)s;
		}
	return best;
}

/* Where all text is in quotes, and has to be, so is what is new. */
enum yaml_style
yaml_habits_text(const struct yaml_habits *h)
{
	return most(
	    h->texts, YAML_PLAIN, most(h->quotes, YAML_SINGLE, YAML_PLAIN));
}

enum yaml_style
yaml_habits_item(const struct yaml_habits *h, const struct yaml_node *list)
{
	size_t own[YAML_STYLES] = {0};

	for (size_t i = 0; list && i < list->n; i++)
		if (list->entries[i].value->text &&
		    (list->entries[i].value->style == YAML_PLAIN ||
			!needs_quotes(list->entries[i].value->name)))
			own[list->entries[i].value->style]++;
	return most(
	    own, YAML_PLAIN, most(h->items, YAML_PLAIN, yaml_habits_text(h)));
}

enum yaml_style
yaml_habits_quote(const struct yaml_habits *h)
{
	return most(h->quotes, YAML_SINGLE, YAML_DOUBLE);
}

bool
yaml_habits_flow(const struct yaml_habits *h, const struct value *v)
{
	bool deep = false;

	if (v->n == 0)
		return true;
	if (v->type == VALUE_MAP)
		return h->flow_maps > h->block_maps;
	for (size_t i = 0; i < v->n; i++)
		deep = deep || v->items[i]->type == VALUE_LIST ||
		       v->items[i]->type == VALUE_MAP;
	/* Empty lists are always "[]": they do not count. */
	return deep ? h->flow_deep > h->block_deep
		    : h->flow_lists >= h->block_lists;
}
