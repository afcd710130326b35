/* SPDX-License-Identifier: ISC */
/*
 * What the entries of a YAML list or map are to become: new data laid beside
 * the old, so that what stays keeps its bytes and what is around it.
 */
#include "fm_yaml_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

#define MAX_TABLE ((size_t)1024 * 1024) /* cells */

/* Where the new items stand among the old ones. */
struct places {
	size_t *at; /* the old item that each one is, or replaces; or nowhere */
	bool *kept;
};

bool
yaml_alike(const struct value *a, const struct value *b)
{
	bool text_a = a->type == VALUE_STRING || a->type == VALUE_DATE;
	bool text_b = b->type == VALUE_STRING || b->type == VALUE_DATE;

	if (text_a && text_b && (a->type == b->type || a->type == VALUE_DATE))
		return a->len == b->len &&
		       memcmp(a->text, b->text, a->len) == 0;
	return a->type == b->type && fm_fits(a, b);
}

/* The longest common subsequence of a[0..n) and b[0..m). */
static void
match(struct value **a, size_t n, struct value **b, size_t m, size_t offset_a,
    size_t *place, bool *kept)
{
	unsigned *t = xcalloc((n + 1) * (m + 1), sizeof(*t));
	size_t w = m + 1, i, j;

	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;)
			if (yaml_alike(b[j], a[i]))
				t[i * w + j] = t[(i + 1) * w + j + 1] + 1;
			else if (t[(i + 1) * w + j] >= t[i * w + j + 1])
				t[i * w + j] = t[(i + 1) * w + j];
			else
				t[i * w + j] = t[i * w + j + 1];
	for (i = j = 0; i < n && j < m;) {
		if (yaml_alike(b[j], a[i])) {
			place[j] = offset_a + i++;
			kept[j++] = true;
		} else if (t[(i + 1) * w + j] >= t[i * w + j + 1]) {
			i++;
		} else {
			j++;
		}
	}
	free(t);
}

/* What stands elsewhere now is moved there. */
static void
find_moved(struct places *p, const struct value *old, const struct value *new,
    bool *used)
{
	size_t tries = 0;

	for (size_t j = 0; j < new->n; j++) {
		if (p->kept[j])
			continue;
		for (size_t i = 0; i < old->n && tries++ < MAX_TABLE; i++) {
			if (used[i] ||
			    !yaml_alike(new->items[j], old->items[i]))
				continue;
			p->at[j] = i;
			p->kept[j] = used[i] = true;
			break;
		}
	}
}

/* Items between two that stay replace those that stood there, in order. */
static void
pair_up(struct places *p, size_t n, size_t m, const bool *used)
{
	size_t next = 0, stop, i;

	for (size_t j = 0; j < m; j++) {
		if (p->at[j] != YAML_NOWHERE) {
			next = p->at[j] + 1;
			continue;
		}
		stop = n;
		for (i = j; i < m; i++)
			if (p->kept[i]) {
				stop = p->at[i];
				break;
			}
		for (; j < i && next < stop && !used[next]; j++)
			p->at[j] = next++;
		j = i - 1;
	}
}

static struct places
lay(const struct value *old, const struct value *new)
{
	struct places p = {
	    .at = xcalloc(new->n + 1, sizeof(*p.at)),
	    .kept = xcalloc(new->n + 1, sizeof(*p.kept)),
	};
	bool *used = xcalloc(old->n + 1, sizeof(*used));
	size_t n = old->n, m = new->n, head = 0, tail = 0;

	for (size_t j = 0; j < m; j++)
		p.at[j] = YAML_NOWHERE;
	while (head < n && head < m &&
	       yaml_alike(new->items[head], old->items[head])) {
		p.at[head] = head;
		p.kept[head++] = true;
	}
	while (tail < n - head && tail < m - head &&
	       yaml_alike(new->items[m - 1 - tail], old->items[n - 1 - tail])) {
		tail++;
		p.at[m - tail] = n - tail;
		p.kept[m - tail] = true;
	}
	n -= head + tail;
	m -= head + tail;
	if (n > 0 && m > 0 && n < MAX_TABLE && m < MAX_TABLE &&
	    (n + 1) * (m + 1) < MAX_TABLE)
		match(old->items + head, n, new->items + head, m, head,
		    p.at + head, p.kept + head);
	for (size_t j = 0; j < new->n; j++)
		if (p.kept[j])
			used[p.at[j]] = true;
	find_moved(&p, old, new, used);
	pair_up(&p, old->n, new->n, used);
	free(used);
	return p;
}

static void
places_dispose(struct places *p)
{
	free(p->at);
	free(p->kept);
}

void
yaml_plan_same(struct yaml_plan *p, const struct yaml_node *n)
{
	/* One more: what is put in. */
	*p = (struct yaml_plan){.n = n->n};
	p->slot = xcalloc(n->n + 1, sizeof(*p->slot));
	for (size_t i = 0; i < n->n; i++)
		p->slot[i].old = i;
}

void
yaml_plan_cut(struct yaml_plan *p, size_t i)
{
	p->n--;
	memmove(p->slot + i, p->slot + i + 1, (p->n - i) * sizeof(*p->slot));
}

void
yaml_plan_put(struct yaml_plan *p, size_t i, struct yaml_slot slot)
{
	memmove(p->slot + i + 1, p->slot + i, (p->n - i) * sizeof(*p->slot));
	p->slot[i] = slot;
	p->n++;
}

/* A scalar of the list that has a value, for its looks: its place + 1. */
static size_t
like(const struct yaml_node *n, const struct value *was, const struct value *v)
{
	for (size_t i = 0; i < n->n && i < was->n; i++) {
		const struct yaml_node *old = n->entries[i].value;

		if (old->kind == YAML_SCALAR && old->style < YAML_LITERAL &&
		    old->body == old->at && yaml_alike(v, was->items[i]))
			return i + 1;
	}
	return 0;
}

static void
plan_list(struct yaml_plan *plan, const struct yaml_node *n,
    const struct value *was, const struct value *new)
{
	struct places p = lay(was, new);

	plan->slot = xcalloc(new->n + 1, sizeof(*plan->slot));
	plan->n = new->n;
	plan->moved = new->n == n->n;
	for (size_t i = 0; i < new->n; i++) {
		struct yaml_slot *s = &plan->slot[i];

		s->old = p.at[i];
		if (p.at[i] != YAML_NOWHERE && p.kept[i])
			continue;
		plan->moved = false;
		s->value = new->items[i];
		s->like = like(n, was, s->value);
	}
	places_dispose(&p);
}

/* A member that is not in the text, but that a merge brings. */
static bool
merged(const struct value *was, const struct value *new, size_t i)
{
	size_t at = fm_member(was, new->keys[i]);

	return at < was->n && yaml_alike(new->items[i], was->items[at]);
}

/* Members stay in their order; new ones come behind those before them. */
static void
plan_map(struct yaml_plan *plan, const struct yaml_node *n,
    const struct value *was, const struct value *new)
{
	bool *there = xcalloc(new->n + 1, sizeof(*there));
	size_t next = 0, at;

	plan->slot = xcalloc(n->n + new->n + 1, sizeof(*plan->slot));
	for (size_t i = 0; i < n->n; i++) {
		const struct yaml_entry *e = &n->entries[i];
		struct yaml_slot slot = {.old = i};

		if (!e->merge) {
			at = fm_member(new, yaml_key_name(e->key));
			if (at == new->n || there[at] ||
			    strcmp(new->keys[at], yaml_key_name(e->key)) != 0 ||
			    yaml_tree_find(n, new->keys[at]) != i)
				continue;
			there[at] = true;
			if (!yaml_alike(
				new->items[at], yaml_value_of(was, n, i)))
				slot.value = new->items[at];
		}
		plan->slot[plan->n++] = slot;
	}
	for (size_t i = 0; i < new->n; i++) {
		struct yaml_slot slot = {.old = YAML_NOWHERE,
		    .value = new->items[i],
		    .key = new->keys[i]};

		if (there[i]) {
			for (at = yaml_tree_find(n, new->keys[i]), next = 0;
			     plan->slot[next].old != at; next++)
				;
			next++;
		} else if (!merged(was, new, i)) {
			yaml_plan_put(plan, next++, slot);
		}
	}
	free(there);
}

void
yaml_plan_value(struct yaml_plan *plan, const struct yaml_node *n,
    const struct value *was, const struct value *new)
{
	*plan = (struct yaml_plan){0};
	if (n->kind == YAML_LIST)
		plan_list(plan, n, was, new);
	else
		plan_map(plan, n, was, new);
}

void
yaml_plan_dispose(struct yaml_plan *p)
{
	free(p->slot);
}
