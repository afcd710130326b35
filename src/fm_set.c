/* SPDX-License-Identifier: ISC */
/*
 * What a person asks for - a path set, removed, renamed, an item inserted or
 * moved - made a change that is sure to make sense.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_priv.h"
#include "mem.h"
#include "text.h"

/* Where a path leads. */
struct place {
	struct fm_path path;
	size_t found; /* steps that lead somewhere */
	const struct value *at;
};

/* All of the document as the text has it: without what a merge brings. */
static int
find(const struct fm *fm, const char *path, struct place *p, struct err *err)
{
	const struct fm_field *f = fm_find(fm, path);
	struct fm_step *first;

	*p = (struct place){.at = fm->doc.values};
	if (f)
		fm_path_one(&p->path, path);
	else if (fm_path_parse(&p->path, path, err) == -1)
		return -1;
	first = &p->path.step[0];
	f = f ? f : first->key ? fm_find(fm, first->key) : NULL;
	if (!f)
		return 0;
	first->key = f->key;
	p->at = f->value;
	p->found = 1;
	if (p->path.n > 1) {
		struct fm_path rest = {
		    .step = p->path.step + 1, .n = p->path.n - 1};
		size_t n;

		p->at = fm_path_follow(f->value, &rest, &n);
		p->found += n;
	}
	return 0;
}

const struct value *
fm_get(const struct fm *fm, const char *path)
{
	const struct fm_field *f = fm_find(fm, path);
	const struct value *v = NULL;
	struct fm_path p;
	struct err err;
	size_t n;

	if (f)
		return f->value;
	if (fm_path_parse(&p, path, &err) == -1)
		return NULL;
	v = fm_path_follow(fm->doc.values, &p, &n);
	v = n == p.n ? v : NULL;
	fm_path_dispose(&p);
	return v;
}

bool
fm_place(
    const struct fm *fm, const char *path, unsigned *line, unsigned *column)
{
	const struct fm_driver *driver = fm_formats[fm->format].driver;
	size_t at, start;
	struct place p;
	struct err err;
	bool found;

	if (find(fm, path, &p, &err) == -1)
		return false;
	found = p.found == p.path.n;
	if (found && p.found == 1)
		at = fm_find(fm, p.path.step[0].key)->key_at;
	else if (found && driver && driver->place &&
		 driver->place(fm->text + fm->at, fm->end - fm->at, p.path.step,
		     p.path.n, &at) == 0)
		at += fm->at;
	else
		found = false;
	fm_path_dispose(&p.path);
	if (!found)
		return false;
	for (start = at; start > 0 && !fm_is_break(fm->text[start - 1]);)
		start--;
	*line = fm_line_of(fm->text, at);
	*column = 1 + (unsigned)text_count(fm->text + start, at - start);
	return true;
}

static int
check_key(const char *key, struct err *err)
{
	if (text_valid(key, strlen(key)) < strlen(key))
		return err_code(
		    err, ERR_USAGE, "the name of a field must be UTF-8 text");
	for (const char *p = key; *p; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f)
			return err_code(err, ERR_USAGE,
			    "the name of a field cannot hold control "
			    "characters");
	return *key ? 0 : err_code(err, ERR_USAGE, "a field needs a name");
}

static int
check_value(const char *path, const struct value *v, struct err *err)
{
	if (v->type == VALUE_STRING && text_valid(v->text, v->len) < v->len)
		return err_code(
		    err, ERR_USAGE, "%s: the value is not UTF-8 text", path);
	for (size_t i = 0; i < v->n; i++)
		if ((v->type == VALUE_MAP &&
			check_key(v->keys[i], err) == -1) ||
		    check_value(path, v->items[i], err) == -1)
			return -1;
	return 0;
}

static int
check_text(const struct fm *fm, struct err *err)
{
	if (fm->format == FM_NONE && (text_valid(fm->text, fm->len) < fm->len ||
					 memchr(fm->text, '\0', fm->len)))
		return err_set(
		    err, "not UTF-8 text: front matter cannot be added");
	return 0;
}

/* The value within the maps and lists that steps ask for. NULL: err. */
static struct value *
wrap(const struct fm_step *step, size_t n, const char *path,
    const struct value *v, struct err *err)
{
	struct value *inner, *outer;

	if (n == 0)
		return value_copy(v);
	inner = wrap(step + 1, n - 1, path, v, err);
	if (!inner)
		return NULL;
	if (step->key ? check_key(step->key, err) == -1 : step->i > 0) {
		if (!step->key)
			err_code(err, ERR_USAGE,
			    "%s: a list that is not there begins with [0]",
			    path);
		value_free(inner);
		return NULL;
	}
	outer = step->key ? value_map() : value_list();
	if (step->key)
		value_add(outer, step->key, inner);
	else
		value_append(outer, inner);
	return outer;
}

/* Where a new top-level field goes, by the order that was asked for. */
static size_t
new_place(const struct fm *fm, const char *key)
{
	const struct fm_field *f;
	size_t i = 0;

	while (i < fm->norder && !fm_alike(fm->order[i], key))
		i++;
	if (i == fm->norder)
		return fm->doc.n;
	for (size_t j = i; j > 0; j--)
		if ((f = fm_find(fm, fm->order[j - 1])))
			return (size_t)(f - fm->doc.fields) + 1;
	for (size_t j = i + 1; j < fm->norder; j++)
		if ((f = fm_find(fm, fm->order[j])))
			return (size_t)(f - fm->doc.fields);
	return fm->doc.n;
}

static int
frozen(const struct fm *fm, const struct place *p, struct err *err)
{
	const struct fm_field *f =
	    p->found > 0 ? fm_find(fm, p->path.step[0].key) : NULL;

	if (fm_check_format(fm, err) == -1)
		return -1;
	if (f && f->frozen)
		return err_at(err, f->line, 0, "%s: %s", f->key, f->frozen);
	return 0;
}

/* Nothing is at the end of the path: the first step that leads nowhere is to
 * be made, in what the one before leads to. */
static int
make(struct fm *fm, const char *path, struct place *p, const struct value *v,
    struct err *err)
{
	const struct fm_step *step = &p->path.step[p->found];
	size_t rest = p->path.n - p->found - 1;
	struct fm_change c = {.steps = p->path.step, .n = p->found};
	struct value *made;
	int rc;

	if (p->at->type == VALUE_NULL) {
		c.op = FM_SET;
		rest++;
		step--;
	} else if (step->key && p->at->type == VALUE_MAP) {
		c.op = FM_ADD;
		c.key = step->key;
		c.to = p->found == 0 ? new_place(fm, step->key) : FM_LAST;
		if (check_key(step->key, err) == -1)
			return -1;
	} else if (!step->key && p->at->type == VALUE_LIST &&
		   step->i == p->at->n) {
		c.op = FM_INSERT;
		c.to = step->i;
	} else if (!step->key && p->at->type == VALUE_LIST) {
		return err_code(err, ERR_USAGE,
		    "%s: the list has only %zu items", path, p->at->n);
	} else {
		return err_code(err, ERR_USAGE,
		    step->key ? "%s: what should hold it is no map"
			      : "%s: what should hold it is no list",
		    path);
	}
	made = wrap(step + 1, rest, path, v, err);
	if (!made)
		return -1;
	c.value = made;
	rc = fm_change(fm, &c, path, err);
	value_free(made);
	return rc;
}

int
fm_set(struct fm *fm, const char *path, const struct value *v, struct err *err)
{
	struct place p;
	int rc = 0;

	if (find(fm, path, &p, err) == -1)
		return -1;
	if (p.found == p.path.n && fm_fits(v, p.at))
		goto out;
	rc = -1;
	if (check_value(path, v, err) == -1 || check_text(fm, err) == -1 ||
	    frozen(fm, &p, err) == -1)
		goto out;
	if (p.found == p.path.n)
		rc = fm_change(fm,
		    &(struct fm_change){.op = FM_SET,
			.steps = p.path.step,
			.n = p.path.n,
			.value = v},
		    path, err);
	else
		rc = make(fm, path, &p, v, err);
out:
	fm_path_dispose(&p.path);
	return rc;
}

/* Remove what is at a path. 1: nothing is there. */
static int
unset_one(struct fm *fm, const char *path, struct err *err)
{
	struct place p;
	int rc = 1;

	if (find(fm, path, &p, err) == -1)
		return -1;
	if (p.found == p.path.n)
		rc = fm_change(fm,
		    &(struct fm_change){
			.op = FM_REMOVE, .steps = p.path.step, .n = p.path.n},
		    path, err);
	fm_path_dispose(&p.path);
	return rc;
}

int
fm_unset(struct fm *fm, const char *path, struct err *err)
{
	size_t before = fm_edit_count(fm);
	bool top = fm_find(fm, path) != NULL;
	int rc = unset_one(fm, path, err);

	/* All of that name, or none. */
	while (rc == 0 && top && fm_find(fm, path))
		rc = unset_one(fm, path, err);
	if (rc == -1)
		while (fm_edit_count(fm) > before)
			fm_undo(fm);
	fm_join(fm, before);
	return rc == -1 ? -1 : 0;
}

static int
missing(const char *path, struct err *err)
{
	return err_code(err, ERR_USAGE, "%s: no such field", path);
}

/* The map that holds a member has another one of a name. */
static bool
taken(const struct fm *fm, const struct place *p, const char *key)
{
	const struct fm_step *last = &p->path.step[p->path.n - 1];
	struct fm_path outer = {.step = p->path.step, .n = p->path.n - 1};
	const struct value *map;
	size_t n;

	if (fm_alike(last->key, key))
		return false;
	if (outer.n == 0)
		return fm_find(fm, key) != NULL;
	map = fm_path_follow(fm->doc.values, &outer, &n);
	return fm_member(map, key) < map->n;
}

int
fm_rename(struct fm *fm, const char *path, const char *key, struct err *err)
{
	struct place p;
	const struct fm_step *last;
	int rc = -1;

	if (check_key(key, err) == -1 || find(fm, path, &p, err) == -1)
		return -1;
	last = &p.path.step[p.path.n - 1];
	if (p.found < p.path.n)
		missing(path, err);
	else if (!last->key)
		err_code(
		    err, ERR_USAGE, "%s: an item of a list has no name", path);
	else if (taken(fm, &p, key))
		err_code(
		    err, ERR_USAGE, "%s: there is a field of this name", key);
	else if (strcmp(last->key, key) == 0)
		rc = 0;
	else if (frozen(fm, &p, err) == 0)
		rc = fm_change(fm,
		    &(struct fm_change){.op = FM_RENAME,
			.steps = p.path.step,
			.n = p.path.n,
			.key = key},
		    path, err);
	fm_path_dispose(&p.path);
	return rc;
}

static int
set_list_of(
    struct fm *fm, const char *path, const struct value *v, struct err *err)
{
	struct value *list = value_list();
	int rc;

	value_append(list, value_copy(v));
	rc = fm_set(fm, path, list, err);
	value_free(list);
	return rc;
}

int
fm_insert(struct fm *fm, const char *path, size_t i, const struct value *v,
    struct err *err)
{
	struct place p;
	int rc = -1;

	if (find(fm, path, &p, err) == -1)
		return -1;
	if (p.found < p.path.n || p.at->type == VALUE_NULL)
		rc = set_list_of(fm, path, v, err);
	else if (p.at->type != VALUE_LIST)
		err_code(err, ERR_USAGE, "%s: this is no list", path);
	else if (i > p.at->n)
		err_code(err, ERR_USAGE, "%s: the list has only %zu items",
		    path, p.at->n);
	else if (check_value(path, v, err) == 0 && frozen(fm, &p, err) == 0)
		rc = fm_change(fm,
		    &(struct fm_change){.op = FM_INSERT,
			.steps = p.path.step,
			.n = p.path.n,
			.value = v,
			.to = i},
		    path, err);
	fm_path_dispose(&p.path);
	return rc;
}

/* As a change of the item: the path with one step more. */
static int
move_item(struct fm *fm, const char *path, const struct place *p, size_t from,
    size_t to, struct err *err)
{
	struct fm_step *step = xcalloc(p->path.n + 1, sizeof(*step));
	int rc;

	memcpy(step, p->path.step, p->path.n * sizeof(*step));
	step[p->path.n].i = from;
	rc = fm_change(fm,
	    &(struct fm_change){
		.op = FM_MOVE, .steps = step, .n = p->path.n + 1, .to = to},
	    path, err);
	free(step);
	return rc;
}

int
fm_move(
    struct fm *fm, const char *path, size_t from, size_t to, struct err *err)
{
	struct place p;
	int rc = -1;

	if (find(fm, path, &p, err) == -1)
		return -1;
	if (p.found < p.path.n)
		missing(path, err);
	else if (p.at->type != VALUE_LIST)
		err_code(err, ERR_USAGE, "%s: this is no list", path);
	else if (from >= p.at->n || to >= p.at->n)
		err_code(err, ERR_USAGE, "%s: the list has only %zu items",
		    path, p.at->n);
	else if (frozen(fm, &p, err) == 0)
		rc = from == to ? 0 : move_item(fm, path, &p, from, to, err);
	fm_path_dispose(&p.path);
	return rc;
}

void
fm_order(struct fm *fm, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < fm->norder; i++)
		free(fm->order[i]);
	free(fm->order);
	fm->order = xcalloc(n ? n : 1, sizeof(*fm->order));
	for (size_t i = 0; i < n; i++)
		fm->order[i] = xstrdup(keys[i]);
	fm->norder = n;
}
