/* SPDX-License-Identifier: ISC */
/*
 * TOML's tables while they are read: which name is taken, and which table may
 * still be opened or extended (TOML 1.0.0, "Table" and "Array of Tables").  A
 * hash over (table, key) keeps big files linear.
 */
#include "fm_toml_priv.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

static size_t
hash(const struct toml_node *parent, const char *key)
{
	uint64_t h = 14695981039346656037u ^ (uint64_t)(uintptr_t)parent;

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211u;
	return (size_t)(h ^ h >> 32);
}

static void
link_node(struct toml *t, struct toml_node *n)
{
	size_t i = hash(n->parent, n->key) & (t->nbuckets - 1);

	n->chain = t->buckets[i];
	t->buckets[i] = n;
}

static void
grow_buckets(struct toml *t)
{
	if (t->nnodes < t->nbuckets)
		return;
	free(t->buckets);
	t->nbuckets = t->nbuckets ? t->nbuckets * 2 : 64;
	t->buckets = xcalloc(t->nbuckets, sizeof(struct toml_node *));
	for (struct toml_node *n = t->all; n; n = n->all)
		if (n->key)
			link_node(t, n);
}

static struct toml_node *
new_node(struct toml *t, enum toml_kind kind, struct value *value, int depth)
{
	struct toml_node *n = xcalloc(1, sizeof(*n));

	grow_buckets(t);
	n->kind = kind;
	n->value = value;
	n->depth = depth;
	n->all = t->all;
	t->all = n;
	t->nnodes++;
	return n;
}

struct toml_node *
toml_root(struct toml *t, struct value *map, int depth)
{
	return new_node(t, TOML_TABLE, map, depth);
}

struct toml_node *
toml_find(const struct toml *t, const struct toml_node *parent, const char *key)
{
	struct toml_node *n = t->buckets[hash(parent, key) & (t->nbuckets - 1)];

	for (; n; n = n->chain)
		if (n->parent == parent && strcmp(n->key, key) == 0)
			return n;
	return NULL;
}

static void
put_tree(struct toml *t, struct toml_node *n)
{
	if (!t->trees)
		return;
	n->tree = n->kind == TOML_VALUE ? t->made
		  : n->kind == TOML_ARRAY
		      ? toml_tree_new(t, TOML_TABLES, 0, n->value)
		      : toml_tree_new(t, TOML_SPREAD, 0, n->value);
	toml_tree_put(n->parent->tree, n->key, n->tree);
}

struct toml_node *
toml_put(struct toml *t, struct toml_node *table, const struct toml_part *part,
    enum toml_kind kind, struct value *value)
{
	struct toml_node *n;
	const char *why = NULL;

	if (table->depth >= TOML_DEPTH)
		why = "is nested too deeply";
	else if (toml_find(t, table, part->name))
		why = "is defined twice";
	if (why) {
		value_free(value);
		toml_fail_key(t, part, why);
		return NULL;
	}
	n = new_node(t, kind, value, table->depth + 1);
	n->parent = table;
	n->key = xstrdup(part->name);
	link_node(t, n);
	value_add(table->value, part->name, value);
	put_tree(t, n);
	return n;
}

struct toml_node *
toml_dotted(struct toml *t, struct toml_node *table, const struct toml_key *key)
{
	for (size_t i = 0; i + 1 < key->n && table; i++) {
		const struct toml_part *part = &key->part[i];
		struct toml_node *n = toml_find(t, table, part->name);

		if (!n) {
			n = toml_put(t, table, part, TOML_DOTTED, value_map());
		} else if (n->kind == TOML_VALUE) {
			toml_fail_key(t, part, "is not a table");
			n = NULL;
		} else if (n->kind != TOML_DOTTED) {
			toml_fail_key(
			    t, part, "cannot be extended with dotted keys");
			n = NULL;
		}
		table = n;
	}
	return table;
}

/* A step of a header's path. */
static struct toml_node *
step(struct toml *t, struct toml_node *table, const struct toml_part *part)
{
	struct toml_node *n = toml_find(t, table, part->name);

	if (!n)
		return toml_put(t, table, part, TOML_IMPLICIT, value_map());
	if (n->kind == TOML_ARRAY)
		return n->last;
	if (n->kind != TOML_VALUE)
		return n;
	toml_fail_key(t, part, "is not a table");
	return NULL;
}

static struct toml_node *
open_array(
    struct toml *t, struct toml_node *table, const struct toml_part *part)
{
	struct toml_node *n = toml_find(t, table, part->name);
	struct value *map;

	if (!n)
		n = toml_put(t, table, part, TOML_ARRAY, value_list());
	else if (n->kind != TOML_ARRAY) {
		toml_fail_key(t, part, "is not an array of tables");
		n = NULL;
	}
	if (!n)
		return NULL;
	map = value_map();
	value_append(n->value, map);
	n->last = toml_root(t, map, n->depth + 1);
	if (t->trees) {
		n->last->tree = toml_tree_new(t, TOML_SPREAD, 0, map);
		toml_tree_put(n->tree, NULL, n->last->tree);
	}
	return n->last;
}

static struct toml_node *
open_table(
    struct toml *t, struct toml_node *table, const struct toml_part *part)
{
	struct toml_node *n = toml_find(t, table, part->name);

	if (!n)
		return toml_put(t, table, part, TOML_TABLE, value_map());
	if (n->kind != TOML_IMPLICIT) {
		toml_fail_key(t, part, "is defined twice");
		return NULL;
	}
	n->kind = TOML_TABLE;
	return n;
}

struct toml_node *
toml_open(struct toml *t, struct toml_node *table, const struct toml_key *key,
    bool array)
{
	const struct toml_part *part = key->part;

	for (; part < key->part + key->n - 1 && table; part++)
		table = step(t, table, part);
	if (!table)
		return NULL;
	return array ? open_array(t, table, part) : open_table(t, table, part);
}

void
toml_nodes_free(struct toml *t)
{
	struct toml_node *n;

	while ((n = t->all)) {
		t->all = n->all;
		free(n->key);
		free(n);
	}
	free(t->buckets);
}
