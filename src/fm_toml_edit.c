/* SPDX-License-Identifier: ISC */
/*
 * A change of a TOML document.  What concerns one value is a few edits of the
 * text; a table whose lines are spread over it becomes another by changes of
 * its members, one after the other, on a copy.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_toml_priv.h"
#include "mem.h"

static int change_text(struct buf *, const struct fm_change *, struct err *);

/* Where the entry of a value begins: its key, the brackets of an item. */
static size_t
place_of(const char *text, const struct toml_tree *tree)
{
	size_t at = tree->at;

	if (tree->key && tree->nsaid > 0)
		return tree->said[0].line->part[tree->said[0].i].at;
	if (!tree->header)
		return at;
	for (at = tree->header->at; text[at] != '['; at++)
		;
	return at;
}

static int
set_value(const struct toml_pen *pen, const struct toml_tree *tree,
    const struct value *v, struct fm_edits *edits)
{
	const char *text = pen->doc->text;
	struct toml_look look = {.old = tree};
	size_t line = toml_line_at(text, tree->at);

	look.indent = text + line;
	while (look.indent[look.indent_len] == ' ' ||
	       look.indent[look.indent_len] == '\t')
		look.indent_len++;
	for (const struct toml_tree *t = tree->up; t && !look.flat; t = t->up)
		look.flat = t->form == TOML_LIST || t->form == TOML_INLINE;
	return toml_write(
	    pen, toml_edit_at(edits, tree->at, tree->end - tree->at), v, &look);
}

static int
insert_item(const struct toml_pen *pen, const struct toml_tree *list, size_t to,
    const struct value *v, struct fm_edits *edits)
{
	const char *text = pen->doc->text;
	struct toml_look look = {.flat = true}, around = {.old = list};
	struct toml_slots slots = {0};
	int rc;

	around.indent = text + toml_line_at(text, list->at);
	while (around.indent[around.indent_len] == ' ' ||
	       around.indent[around.indent_len] == '\t')
		around.indent_len++;
	look.model = toml_sibling(list, v);
	toml_slots_keep(&slots, list);
	rc = toml_write(pen, &toml_slots_insert(&slots, to)->text, v, &look);
	if (rc == 0)
		toml_slots_write(pen,
		    toml_edit_at(edits, list->at, list->end - list->at), true,
		    &around, &slots);
	toml_slots_dispose(&slots);
	return rc;
}

static int
move_item(const struct toml_pen *pen, const struct toml_tree *item, size_t to,
    struct fm_edits *edits)
{
	const struct toml_tree *list = item->up;
	struct toml_look look = {.old = list};
	struct toml_slots slots = {0};
	struct toml_slot *slot;

	toml_slots_keep(&slots, list);
	toml_slots_remove(&slots, item->i);
	slot = toml_slots_insert(&slots, to);
	slot->old = item->i;
	slot->has_text = false;
	toml_slots_write(pen,
	    toml_edit_at(edits, list->at, list->end - list->at), true, &look,
	    &slots);
	toml_slots_dispose(&slots);
	return 0;
}

/* The edits of a change that is not made of several. */
static int
simple(const struct toml_pen *pen, const struct toml_tree *tree,
    const struct fm_change *c, struct fm_edits *edits)
{
	bool blocks = tree->form == TOML_TABLES;

	switch (c->op) {
	case FM_SET:
		return set_value(pen, tree, c->value, edits);
	case FM_ADD:
		return toml_add(pen, tree, c->to, c->key, c->value, edits);
	case FM_REMOVE:
		return toml_remove(pen, tree, edits);
	case FM_RENAME:
		return toml_rename(pen, tree, c->key, edits);
	case FM_INSERT:
		return blocks ? toml_insert_block(
				    pen, tree, c->to, c->value, edits)
			      : insert_item(pen, tree, c->to, c->value, edits);
	case FM_MOVE:
		return tree->up->form == TOML_TABLES
			   ? toml_move_block(pen, tree, c->to, edits)
			   : move_item(pen, tree, c->to, edits);
	}
	return -1;
}

/* A change of what is inside the value that another one is about. */
static int
inner(struct buf *text, const struct fm_change *outer, struct fm_step step,
    struct fm_change c, struct err *err)
{
	struct fm_step *steps = xcalloc(outer->n + 1, sizeof(*steps));
	bool inside = c.op == FM_ADD || c.op == FM_INSERT;
	int rc;

	memcpy(steps, outer->steps, outer->n * sizeof(*steps));
	steps[outer->n] = step;
	c.steps = steps;
	c.n = outer->n + (inside ? 0 : 1);
	rc = change_text(text, &c, err);
	free(steps);
	return rc;
}

/* The place of a key in a map, exactly so; n: it is not there. */
static size_t
member(const struct value *map, const char *key)
{
	size_t i = 0;

	while (i < map->n && strcmp(map->keys[i], key) != 0)
		i++;
	return i;
}

/* The table becomes another: what changes, what is new, then what goes. */
static int
set_table(struct buf *text, const struct toml_tree *table,
    const struct fm_change *c, struct err *err)
{
	const struct value *old = table->value, *new = c->value;
	struct fm_change sub = {0};
	size_t n = old->n;
	int rc = 0;

	for (size_t i = 0; i < new->n &&rc == 0; i++) {
		const char *key = new->keys[i];
		size_t at = member(old, key);

		sub.value = new->items[i];
		sub.op = at < old->n ? FM_SET : FM_ADD;
		sub.key = key;
		sub.to = n;
		if (at == old->n)
			n++;
		else if (fm_fits(new->items[i], old->items[at]))
			continue;
		rc = inner(text, c, (struct fm_step){.key = key}, sub, err);
	}
	sub = (struct fm_change){.op = FM_REMOVE};
	for (size_t i = 0; i < old->n && rc == 0; i++)
		if (member(new, old->keys[i]) == new->n)
			rc = inner(text, c,
			    (struct fm_step){.key = old->keys[i]}, sub, err);
	return rc;
}

/* One item of the new list: an old one is brought there, or becomes it. */
static int
set_block(struct buf *text, const struct toml_tree *tables,
    const struct fm_change *c, size_t *now, size_t *n, size_t i, size_t from,
    struct err *err)
{
	struct fm_change sub = {.to = i, .value = c->value->items[i]};
	size_t at = 0, left;
	int rc = 0;

	if (from == TOML_NEW) {
		sub.op = FM_INSERT;
		left = *n - i;
		memmove(now + i + 1, now + i, left * sizeof(*now));
		now[i] = TOML_NEW;
		++*n;
		return inner(text, c, (struct fm_step){0}, sub, err);
	}
	while (now[at] != from)
		at++;
	if (at != i) {
		sub.op = FM_MOVE;
		rc = inner(text, c, (struct fm_step){.i = at}, sub, err);
		memmove(now + i + 1, now + i, (at - i) * sizeof(*now));
		now[i] = from;
	}
	if (rc == -1 || fm_fits(sub.value, tables->kid[from]->value))
		return rc;
	sub.op = FM_SET;
	return inner(text, c, (struct fm_step){.i = i}, sub, err);
}

/* [[ ]] become a list of other maps. */
static int
set_blocks(struct buf *text, const struct toml_tree *tables,
    const struct fm_change *c, struct err *err)
{
	size_t *from = toml_match(tables, c->value), n = tables->n;
	size_t *now = xcalloc(n + c->value->n, sizeof(*now));
	struct fm_change sub = {.op = FM_REMOVE};
	bool *used = xcalloc(n, sizeof(*used));
	int rc = 0;

	for (size_t i = 0; i < n; i++)
		now[i] = i;
	for (size_t i = 0; i < c->value->n; i++)
		if (from[i] != TOML_NEW)
			used[from[i]] = true;
	/* What goes, goes first, as long as something stays. */
	for (size_t i = n; i > 0 && rc == 0; i--) {
		if (used[now[i - 1]] || n == 1)
			continue;
		rc = inner(text, c, (struct fm_step){.i = i - 1}, sub, err);
		memmove(now + i - 1, now + i, (n - i) * sizeof(*now));
		n--;
	}
	for (size_t i = 0; i < c->value->n && rc == 0; i++)
		rc = set_block(text, tables, c, now, &n, i, from[i], err);
	for (size_t i = n; i > c->value->n && rc == 0; i--)
		rc = inner(text, c, (struct fm_step){.i = i - 1}, sub, err);
	free(from);
	free(now);
	free(used);
	return rc;
}

/* Something else in the place of a table: a plain value stands above all of
 * them. */
static int
replace_table(struct buf *text, const struct toml_tree *tree,
    const struct fm_change *c, struct err *err)
{
	struct fm_change sub = {.op = FM_REMOVE}, outer = *c;

	outer.n--;
	if (inner(text, &outer, c->steps[outer.n], sub, err) == -1)
		return -1;
	sub = (struct fm_change){
	    .op = FM_ADD, .key = tree->key, .value = c->value, .to = tree->i};
	return inner(text, &outer, (struct fm_step){0}, sub, err);
}

static bool
all_maps(const struct value *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->items[i]->type != VALUE_MAP)
			return false;
	return v->n > 0;
}

/* [[ ]] get an item that is no map, which a list in brackets can have. */
static int
leave_blocks(struct buf *text, const struct toml_pen *pen,
    const struct toml_tree *tables, const struct fm_change *c, struct err *err)
{
	struct value *list = value_list();
	struct fm_change sub = *c;
	size_t at = c->op == FM_INSERT ? c->to : c->steps[c->n - 1].i;
	int rc;

	if (toml_has_comments(pen->doc, tables)) {
		value_free(list);
		return toml_refuse(pen,
		    "[[%s]] would have to become a list in brackets, and lose "
		    "its comments: edit the file itself",
		    tables->key);
	}
	for (size_t i = 0; i <= tables->n; i++) {
		if (i == at)
			value_append(list, value_copy(c->value));
		if (i < tables->n && (i != at || c->op == FM_INSERT))
			value_append(list, value_copy(tables->kid[i]->value));
	}
	sub.op = FM_SET;
	sub.n -= c->op == FM_SET;
	sub.value = list;
	rc = replace_table(text, tables, &sub, err);
	value_free(list);
	return rc;
}

/* A change that is made of others, on the text. */
static int
compound(struct buf *text, const struct toml_pen *pen,
    const struct toml_tree *tree, const struct fm_change *c, struct err *err)
{
	struct value *none;
	struct fm_change sub = *c;
	int rc;

	if (c->op == FM_REMOVE) {
		/* The last item of [[ ]]: an empty list is left. */
		none = value_list();
		sub.op = FM_SET;
		sub.n--;
		sub.value = none;
		rc = change_text(text, &sub, err);
		value_free(none);
		return rc;
	}
	if (c->op == FM_INSERT)
		return leave_blocks(text, pen, tree, c, err);
	if (tree->form == TOML_SPREAD && c->value->type == VALUE_MAP)
		return set_table(text, tree, c, err);
	if (!tree->key)
		return leave_blocks(text, pen, tree->up, c, err);
	if (tree->form == TOML_TABLES && c->value->type == VALUE_LIST &&
	    all_maps(c->value))
		return set_blocks(text, tree, c, err);
	return replace_table(text, tree, c, err);
}

static bool
is_compound(const struct toml_tree *tree, const struct fm_change *c)
{
	if (c->op == FM_SET)
		return tree->form == TOML_SPREAD || tree->form == TOML_TABLES;
	if (c->op == FM_INSERT)
		return tree->form == TOML_TABLES && c->value->type != VALUE_MAP;
	return c->op == FM_REMOVE && tree->up->form == TOML_TABLES &&
	       tree->up->n == 1;
}

static int
by_place(const void *a, const void *b)
{
	const struct fm_edit *x = a, *y = b;

	return x->at < y->at ? -1 : x->at > y->at;
}

static void
carry_out(struct buf *text, const struct fm_edits *edits)
{
	for (size_t i = edits->n; i > 0; i--) {
		const struct fm_edit *e = &edits->edit[i - 1];

		buf_splice(
		    text, e->at, e->cut, buf_text(&e->with), e->with.len);
	}
}

static int
change_text(struct buf *text, const struct fm_change *c, struct err *err)
{
	struct fm_edits edits = {0};
	int rc = toml_edit(buf_text(text), text->len, c, &edits, err);

	if (rc == 0)
		carry_out(text, &edits);
	fm_edits_dispose(&edits);
	return rc;
}

/* One edit that makes one text of another. */
static void
difference(
    const char *text, size_t len, const struct buf *new, struct fm_edits *edits)
{
	size_t at = 0, end = len, new_end = new->len;

	while (at < end && at < new_end && text[at] == new->data[at])
		at++;
	/* A line break is not torn apart. */
	if (at > 0 && text[at - 1] == '\r')
		at--;
	while (end > at && new_end > at &&
	       text[end - 1] == new->data[new_end - 1]) {
		end--;
		new_end--;
	}
	if (end < len && text[end] == '\n' && end > at) {
		end++;
		new_end++;
	}
	fm_edits_add(edits, at, end - at, buf_text(new) + at, new_end - at);
}

int
toml_edit(const char *text, size_t len, const struct fm_change *c,
    struct fm_edits *edits, struct err *err)
{
	struct toml_trees doc = {0};
	struct toml_pen pen = {.doc = &doc, .err = err};
	const struct toml_tree *tree;
	struct buf new = {0};
	int rc = -1;

	if (toml_trees_read(&doc, text, len, err) == -1)
		goto out;
	toml_habits(&doc, &pen.habit);
	tree = toml_trees_at(&doc, c->steps, c->n);
	if (!tree) {
		err_set(err, "this cannot be changed in one step");
		goto out;
	}
	pen.at = place_of(text, tree);
	if (is_compound(tree, c)) {
		buf_add(&new, text, len);
		rc = compound(&new, &pen, tree, c, err);
		if (rc == 0)
			difference(text, len, &new, edits);
	} else {
		rc = simple(&pen, tree, c, edits);
		if (edits->n > 1)
			qsort(edits->edit, edits->n, sizeof(*edits->edit),
			    by_place);
	}
out:
	toml_trees_dispose(&doc);
	buf_dispose(&new);
	return rc;
}

int
toml_place(const char *text, size_t len, const struct fm_step *steps, size_t n,
    size_t *at)
{
	struct toml_trees doc = {0};
	struct err err;
	const struct toml_tree *tree = NULL;

	if (toml_trees_read(&doc, text, len, &err) == 0)
		tree = toml_trees_at(&doc, steps, n);
	if (tree)
		*at = place_of(text, tree);
	toml_trees_dispose(&doc);
	return tree ? 0 : -1;
}
