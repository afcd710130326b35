/* SPDX-License-Identifier: ISC */
/*
 * What stands where in a TOML document: a tree of its values, with the lines
 * that name each.  The reader makes it when it is asked to; edits read it.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_toml_priv.h"
#include "mem.h"

struct toml_tree *
toml_tree_new(
    struct toml *t, enum toml_form form, size_t at, const struct value *v)
{
	struct toml_tree *tree;

	if (!t->trees)
		return NULL;
	tree = xcalloc(1, sizeof(*tree));
	tree->form = form;
	tree->at = at;
	tree->value = v;
	tree->all = t->trees->all;
	t->trees->all = tree;
	return tree;
}

void
toml_tree_end(struct toml *t, struct toml_tree *tree, const struct value *v)
{
	if (!tree)
		return;
	tree->end = t->at;
	tree->value = v;
	t->made = tree;
}

void
toml_tree_put(struct toml_tree *up, const char *key, struct toml_tree *tree)
{
	up->kid = xgrow(up->kid, up->n, &up->cap, sizeof(*up->kid));
	tree->up = up;
	tree->i = up->n;
	tree->key = key ? xstrdup(key) : NULL;
	up->kid[up->n++] = tree;
}

struct toml_line *
toml_line_new(
    struct toml *t, struct toml_tree *table, const struct toml_key *key)
{
	struct toml_tree *home;
	struct toml_line *line;

	if (!t->trees)
		return NULL;
	home = table->form == TOML_INLINE ? table : t->trees->root;
	line = xcalloc(1, sizeof(*line));
	line->all = t->trees->lines;
	t->trees->lines = line;
	line->at = key->part[0].at;
	line->n = key->n;
	line->part = xcalloc(key->n, sizeof(*line->part));
	for (size_t i = 0; i < key->n; i++)
		line->part[i] = (struct toml_span){
		    key->part[i].at, key->part[i].at + key->part[i].len};
	line->home = home;
	line->i = home->nlines;
	home->line = xgrow(
	    home->line, home->nlines, &home->linecap, sizeof(*home->line));
	home->line[home->nlines++] = line;
	if (line->i > 0) {
		struct toml_line *last = home->line[line->i - 1];

		line->section = last->header ? last : last->section;
	}
	return line;
}

static void
mention(struct toml_tree *tree, struct toml_line *line, size_t i)
{
	tree->said =
	    xgrow(tree->said, tree->nsaid, &tree->saidcap, sizeof(*tree->said));
	tree->said[tree->nsaid++] = (struct toml_mention){line, i};
}

void
toml_line_says(struct toml_line *line, struct toml_tree *tree)
{
	for (size_t i = line->n; i > 0; i--, tree = tree->up) {
		mention(tree, line, i - 1);
		if (!tree->key) {
			tree = tree->up;
			mention(tree, line, i - 1);
		}
	}
}

struct toml_tree *
toml_trees_at(
    const struct toml_trees *trees, const struct fm_step *steps, size_t n)
{
	struct toml_tree *tree = trees->root;

	for (size_t i = 0; i < n; i++) {
		size_t k = steps[i].key ? tree->n : steps[i].i + 1;

		while (steps[i].key && k > 0 &&
		       (!tree->kid[k - 1]->key ||
			   strcmp(tree->kid[k - 1]->key, steps[i].key) != 0))
			k--;
		if (k == 0 || k > tree->n)
			return NULL;
		tree = tree->kid[k - 1];
	}
	return tree;
}

void
toml_trees_dispose(struct toml_trees *trees)
{
	struct toml_tree *tree;
	struct toml_line *line;

	while ((tree = trees->all)) {
		trees->all = tree->all;
		free(tree->key);
		free(tree->kid);
		free(tree->said);
		free(tree->line);
		free(tree);
	}
	while ((line = trees->lines)) {
		trees->lines = line->all;
		free(line->part);
		free(line);
	}
	value_free(trees->values);
	*trees = (struct toml_trees){0};
}
