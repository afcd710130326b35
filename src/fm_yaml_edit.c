/* SPDX-License-Identifier: ISC */
/*
 * YAML, edited: the steps of a change are followed through the tree of the
 * text, and what it asks for becomes bytes in the place of others.
 */
#include "fm_yaml_priv.h"

#include <string.h>

#include "mem.h"
#include "text.h"

/* Where steps lead. */
struct place {
	const struct yaml_node *parent, *node; /* parent NULL: the root */
	size_t i;                              /* among parent's entries */
	const struct value *holder, *value;    /* of parent, of node */
	bool merged;                           /* only a merge brings it */
};

int
yaml_refuse(struct yaml_editor *ed, size_t at, const char *what)
{
	return err_at(ed->err, yaml_tree_line(&ed->tree, at), 0,
	    "%s: %s: edit the file itself", ed->path, what);
}

int
yaml_refuse_alias(struct yaml_editor *ed, const struct yaml_node *alias)
{
	return err_at(ed->err, yaml_tree_line(&ed->tree, alias->at), 0,
	    "%s: *%s repeats this here and would change too: edit the file "
	    "itself",
	    ed->path, alias->name);
}

static void
print_path(const struct fm_change *c, struct buf *out)
{
	for (size_t i = 0; i < c->n; i++)
		if (c->steps[i].key)
			fm_path_add(out, c->steps[i].key);
		else
			buf_printf(out, "[%zu]", c->steps[i].i);
	if (c->n == 0 && c->key)
		fm_path_add(out, c->key);
}

/* Nobody repeats a list or map in which something changes. */
static int
check_aliases(struct yaml_editor *ed, const struct yaml_node *n)
{
	const struct yaml_tree *t = &ed->tree;

	for (size_t i = 0; i < t->n; i++)
		if (t->named[i]->target == n)
			return yaml_refuse_alias(ed, t->named[i]);
	return 0;
}

static int
through_alias(struct yaml_editor *ed, const struct yaml_node *n)
{
	return err_at(ed->err, yaml_tree_line(&ed->tree, n->at), 0,
	    "%s: *%s here is the value of &%s, which would change too: edit "
	    "that one, or set all of this",
	    ed->path, n->name, n->name);
}

/* One step on. -1: err. */
static int
go(struct yaml_editor *ed, struct place *p, const struct fm_step *step)
{
	const struct yaml_node *n = p->node;

	if (p->merged)
		return yaml_refuse(ed, p->parent->at, "this came with a merge");
	if (n && n->kind == YAML_ALIAS)
		return through_alias(ed, n);
	if (!n || n->kind != (step->key ? YAML_MAP : YAML_LIST))
		return err_set(ed->err, "%s: nothing is there", ed->path);
	if (check_aliases(ed, n) == -1)
		return -1;
	p->parent = n;
	p->holder = p->value;
	p->i = step->key ? yaml_tree_find(n, step->key) : step->i;
	p->merged = p->i == YAML_NOWHERE;
	if (p->merged) {
		p->node = NULL;
		return 0;
	}
	p->node = n->entries[p->i].value;
	p->value = yaml_value_of(p->holder, n, p->i);
	return 0;
}

static struct place
root_place(const struct yaml_editor *ed)
{
	return (struct place){.node = ed->tree.root, .value = ed->values};
}

/* The first member of a document that has none. */
static int
add_first(
    struct yaml_editor *ed, const struct fm_change *c, struct fm_edit *edit)
{
	const struct yaml_node none = {.kind = YAML_MAP}, *root = ed->tree.root;
	struct yaml_spot spot = {.style = YAML_PLAIN};
	size_t len = ed->tree.len;
	int rc;

	edit->at = len;
	if (root && root->end > root->at) {
		edit->at = root->at;
		edit->cut = root->end - root->at;
		if (root->flow) {
			spot.flow = true;
			buf_putc(&edit->with, '{');
		}
	} else if (len > 0 && !strchr("\r\n", ed->tree.text[len - 1])) {
		buf_putc(&edit->with, '\n');
	}
	rc = spot.flow ? yaml_emit_member(
			     ed, root, c->key, c->value, &spot, &edit->with)
		       : yaml_emit_member(
			     ed, &none, c->key, c->value, &spot, &edit->with);
	if (spot.flow)
		buf_putc(&edit->with, '}');
	else if (edit->cut == 0)
		buf_putc(&edit->with, '\n');
	return rc;
}

/* A list or map that has no entry gets one: as another value. */
static int
fill_empty(struct yaml_editor *ed, const struct place *p,
    const struct fm_change *c, struct fm_edit *edit)
{
	struct value *v = c->op == FM_ADD ? value_map() : value_list();
	int rc;

	if (c->op == FM_ADD)
		value_add(v, c->key, value_copy(c->value));
	else
		value_append(v, value_copy(c->value));
	rc = yaml_change_value(ed, p->parent, p->i, p->value, v, edit);
	value_free(v);
	return rc;
}

/* An entry more. */
static int
put_in(struct yaml_editor *ed, const struct place *p, const char *key,
    const struct value *v, size_t to, struct fm_edit *edit)
{
	const struct yaml_node *n = p->node;
	struct yaml_plan plan;
	int rc;

	yaml_plan_same(&plan, n);
	plan.tail = n->kind == YAML_MAP && to >= n->n;
	yaml_plan_put(&plan, to < n->n ? to : n->n,
	    (struct yaml_slot){.old = YAML_NOWHERE, .value = v, .key = key});
	rc = yaml_rebuild(ed, n, p->value, &plan, edit);
	yaml_plan_dispose(&plan);
	return rc;
}

static int
add(struct yaml_editor *ed, const struct fm_change *c, struct place *p,
    struct fm_edit *edit)
{
	const struct yaml_node *n = p->node;

	if (p->merged)
		return yaml_refuse(ed, p->parent->at, "this came with a merge");
	if (n && n->kind == YAML_ALIAS)
		return through_alias(ed, n);
	if (!p->parent && (!n || n->n == 0))
		return add_first(ed, c, edit);
	if (check_aliases(ed, n) == -1)
		return -1;
	if (n->n == 0)
		return fill_empty(ed, p, c, edit);
	return put_in(ed, p, c->key, c->value, c->to, edit);
}

static int
set(struct yaml_editor *ed, const struct fm_change *c, struct place *p,
    struct fm_edit *edit)
{
	struct place map = {.node = p->parent, .value = p->holder};

	/* A member of its own wins over one that a merge brings. */
	if (p->merged)
		return put_in(
		    ed, &map, c->steps[c->n - 1].key, c->value, FM_LAST, edit);
	return yaml_change_value(ed, p->parent, p->i, p->value, c->value, edit);
}

/* All that an entry has goes; nobody may repeat it. */
static int
check_removal(struct yaml_editor *ed, const struct yaml_entry *e)
{
	const struct yaml_node *alias =
	    yaml_tree_alias(&ed->tree, e->at, yaml_entry_end(e));

	return alias ? yaml_refuse_alias(ed, alias) : 0;
}

/* Nested members of one name are one member: all of them go. */
static bool
same_key(const struct place *p, size_t i)
{
	const struct yaml_entry *e = p->parent->entries;

	if (i == p->i)
		return true;
	return p->parent->kind == YAML_MAP && p->holder && !e[i].merge &&
	       strcmp(yaml_key_name(e[i].key), yaml_key_name(e[p->i].key)) == 0;
}

static int
remove_all(struct yaml_editor *ed, const struct place *above, struct place *p,
    const struct yaml_plan *plan, struct fm_edit *edit)
{
	struct value *none =
	    p->parent->kind == YAML_LIST ? value_list() : value_map();
	int rc;

	if (above->parent)
		rc = yaml_change_value(
		    ed, above->parent, above->i, p->holder, none, edit);
	else
		rc = yaml_rebuild(ed, p->parent, p->holder, plan, edit);
	value_free(none);
	return rc;
}

static int
cut_out(struct yaml_editor *ed, const struct place *above, struct place *p,
    struct fm_edit *edit)
{
	struct yaml_plan plan;
	int rc = 0;

	if (p->merged)
		return yaml_refuse(ed, p->parent->at, "this came with a merge");
	yaml_plan_same(&plan, p->parent);
	for (size_t i = p->parent->n; i > 0 && rc == 0; i--)
		if (i - 1 == p->i || (above->parent && same_key(p, i - 1))) {
			rc = check_removal(ed, &p->parent->entries[i - 1]);
			yaml_plan_cut(&plan, i - 1);
		}
	if (rc == 0 && plan.n == 0)
		rc = remove_all(ed, above, p, &plan, edit);
	else if (rc == 0)
		rc = yaml_rebuild(ed, p->parent, p->holder, &plan, edit);
	yaml_plan_dispose(&plan);
	return rc;
}

static int
move_item(struct yaml_editor *ed, const struct place *p, size_t to,
    struct fm_edit *edit)
{
	struct yaml_plan plan;
	struct yaml_slot slot;
	int rc;

	yaml_plan_same(&plan, p->parent);
	plan.moved = true;
	slot = plan.slot[p->i];
	yaml_plan_cut(&plan, p->i);
	yaml_plan_put(&plan, to, slot);
	rc = yaml_rebuild(ed, p->parent, p->holder, &plan, edit);
	yaml_plan_dispose(&plan);
	return rc;
}

/* Another key, in the quotes of the old one. */
static int
rename_entry(struct yaml_editor *ed, const struct yaml_node *map, size_t i,
    const char *name, struct fm_edit *edit)
{
	const struct yaml_node *key = map->entries[i].key;
	enum yaml_style style =
	    key->style < YAML_LITERAL ? key->style : YAML_PLAIN;

	if (check_aliases(ed, key) == -1)
		return -1;
	edit->at = key->body;
	edit->cut = key->end - key->body;
	if (key->tag_len > 0) {
		edit->at = key->at;
		edit->cut = key->end - key->at;
		if (key->anchor_len > 0) {
			buf_add(&edit->with, ed->tree.text + key->anchor_at,
			    key->anchor_len);
			buf_putc(&edit->with, ' ');
		}
	}
	if (key->kind == YAML_ALIAS)
		style = YAML_PLAIN;
	if (yaml_write_key(&edit->with, name, style,
		yaml_habits_quote(&ed->habits), map->flow, ed->err) == -1)
		return -1;
	/* "key" : may be "key":, key : may not be key:value. */
	if (key->kind == YAML_SCALAR && key->at == key->end)
		buf_putc(&edit->with, ' ');
	return 0;
}

static int
rename_member(struct yaml_editor *ed, const struct place *above,
    const struct place *p, const char *name, struct fm_edits *edits)
{
	if (p->merged)
		return yaml_refuse(ed, p->parent->at, "this came with a merge");
	for (size_t i = 0; i < p->parent->n; i++) {
		if (i != p->i && !(above->parent && same_key(p, i)))
			continue;
		if (rename_entry(ed, p->parent, i, name,
			fm_edits_add(edits, 0, 0, NULL, 0)) == -1)
			return -1;
	}
	return 0;
}

static int
carry_out(
    struct yaml_editor *ed, const struct fm_change *c, struct fm_edits *edits)
{
	struct place p = root_place(ed), above = p;
	struct fm_edit *edit;

	for (size_t i = 0; i < c->n; i++) {
		above = p;
		if (go(ed, &p, &c->steps[i]) == -1)
			return -1;
	}
	if (c->op == FM_RENAME)
		return rename_member(ed, &above, &p, c->key, edits);
	edit = fm_edits_add(edits, 0, 0, NULL, 0);
	switch (c->op) {
	case FM_SET:
		return set(ed, c, &p, edit);
	case FM_REMOVE:
		return cut_out(ed, &above, &p, edit);
	case FM_MOVE:
		return move_item(ed, &p, c->to, edit);
	default:
		return add(ed, c, &p, edit);
	}
}

/* Leave out of an edit what stays as it is at its ends; a CR LF is one. */
static void
shorten(const char *text, struct fm_edit *e)
{
	size_t head = 0, tail = 0, most;

	most = e->cut < e->with.len ? e->cut : e->with.len;
	while (head < most && text[e->at + head] == e->with.data[head])
		head++;
	while (head > 0 && e->with.data[head - 1] == '\r')
		head--;
	most -= head;
	while (tail < most && text[e->at + e->cut - 1 - tail] ==
				  e->with.data[e->with.len - 1 - tail])
		tail++;
	while (tail > 0 && e->with.data[e->with.len - tail] == '\n')
		tail--;
	e->at += head;
	e->cut -= head + tail;
	buf_splice(&e->with, e->with.len - tail, tail, NULL, 0);
	buf_splice(&e->with, 0, head, NULL, 0);
}

int
yaml_edit(const char *text, size_t len, const struct fm_change *c,
    struct fm_edits *edits, struct err *err)
{
	struct yaml_editor ed = {.err = err};
	struct buf path = {0};
	int rc;

	print_path(c, &path);
	ed.path = buf_text(&path);
	yaml_tree_init(&ed.tree, text, len);
	yaml_habits_init(&ed.habits, &ed.tree);
	ed.values = fm_yaml_value(text, len, err);
	rc = ed.values ? carry_out(&ed, c, edits) : -1;
	for (size_t i = 0; rc == 0 && i < edits->n; i++)
		shorten(text, &edits->edit[i]);
	value_free(ed.values);
	yaml_tree_dispose(&ed.tree);
	buf_dispose(&path);
	return rc;
}

int
yaml_place(const char *text, size_t len, const struct fm_step *steps, size_t n,
    size_t *at)
{
	struct yaml_tree t;
	const struct yaml_node *node;
	size_t i, d;

	yaml_tree_init(&t, text, len);
	node = t.root;
	for (d = 0; d < n; d++) {
		if (node && node->kind == YAML_ALIAS)
			node = node->target;
		if (!node ||
		    node->kind != (steps[d].key ? YAML_MAP : YAML_LIST))
			break;
		i = steps[d].key ? yaml_tree_find(node, steps[d].key)
				 : steps[d].i;
		if (i >= node->n)
			break;
		*at = steps[d].key ? node->entries[i].key->at
				   : node->entries[i].value->at;
		node = node->entries[i].value;
	}
	yaml_tree_dispose(&t);
	return d == n && n > 0 ? 0 : -1;
}
