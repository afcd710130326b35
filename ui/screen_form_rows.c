/* SPDX-License-Identifier: ISC */
/*
 * The rows of a form: what the section's posts have, in the order of its
 * schema, then what else is in the file.
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "screen_form_priv.h"
#include "text.h"

const struct schema *
form_schema(struct app *app, const struct form *f)
{
	return schemas_get(app_schemas(app), f->paths[0]);
}

const struct value *
form_value(const struct form *f, const char *path)
{
	const struct value *v = NULL;

	for (size_t i = 0; i < f->nposts && !v; i++)
		v = fm_get(f->posts[i]->fm, path);
	return v;
}

struct row *
form_row(struct form *f)
{
	return f->list.cursor < f->n ? &f->rows[f->list.cursor] : NULL;
}

struct level *
form_level(struct form *f)
{
	return &f->levels[f->nlevels - 1];
}

static void
row_dispose(struct row *r)
{
	free(r->path);
	free(r->label);
	free(r->frozen);
	free(r->reason);
	free(r->evidence);
	field_dispose(&r->field);
}

void
form_rows_dispose(struct form *f)
{
	for (size_t i = 0; i < f->n; i++)
		row_dispose(&f->rows[i]);
	f->n = 0;
}

static bool
differ(const struct value *a, const struct value *b)
{
	return !a || !b ? a != b : !value_equal(a, b);
}

static const char *
frozen(const struct form *f, const char *path)
{
	for (size_t i = 0; i < f->nposts; i++) {
		const struct fm_field *field = fm_find(f->posts[i]->fm, path);

		if (field && field->frozen)
			return field->frozen;
	}
	return NULL;
}

/* Each post is held to the rules of its own section. */
char *
form_reason(struct app *app, const struct form *f, const struct row *r,
    const struct value *v)
{
	struct err err = {0};
	int rc = 0;

	for (size_t i = 0; i < f->nposts && rc == 0; i++) {
		const struct schema *schema =
		    schemas_get(app_schemas(app), f->paths[i]);
		const struct schema_field *sf = schema_find(schema, r->path);
		struct schema_context context = {
		    .path = f->paths[i], .values = fm_values(f->posts[i]->fm)};

		if (sf)
			rc = schema_check(schema, sf, v, &context, &err);
		else if (i == 0)
			rc = field_check(&r->field, v, &err);
		if (rc == -1 && i > 0)
			err_where(&err, f->paths[i]);
	}
	return rc == -1 ? xstrdup(err.msg) : NULL;
}

/* Do the sections of all posts have the field, and in the same way? */
static bool
is_common(struct app *app, const struct form *f, const char *path)
{
	const struct schema_field *first =
	    schema_find(form_schema(app, f), path);

	for (size_t i = 1; i < f->nposts; i++) {
		const struct schema_field *sf = schema_find(
		    schemas_get(app_schemas(app), f->paths[i]), path);

		if (!first || !sf || sf->field.type != first->field.type ||
		    sf->field.several != first->field.several)
			return false;
	}
	return true;
}

/* What the posts have in the row's path, and what is on the disk. */
static void
fill(struct app *app, const struct form *f, struct row *r)
{
	const struct value *v = form_value(f, r->path);
	const char *why = frozen(f, r->path);

	for (size_t i = 0; i < f->nposts; i++) {
		const struct value *own = fm_get(f->posts[i]->fm, r->path);

		r->there |= own != NULL;
		r->mixed |= differ(own, fm_get(f->posts[0]->fm, r->path));
		r->changed |= differ(own, fm_get(f->saved[i], r->path));
	}
	r->frozen = why ? xstrdup(why) : NULL;
	if (!r->mixed)
		r->reason = form_reason(app, f, r, v);
}

static bool
has_row(const struct form *f, const char *path)
{
	for (size_t i = 0; i < f->n; i++)
		if (text_casecmp(f->rows[i].path, strlen(f->rows[i].path), path,
			strlen(path)) == 0)
			return true;
	return false;
}

/* Takes path. */
static void
add_row(struct app *app, struct form *f, char *path, const char *label)
{
	const struct schema *schema = form_schema(app, f);
	const struct schema_field *sf = schema_find(schema, path);
	struct row *r;

	if (has_row(f, path)) {
		free(path);
		return;
	}
	f->rows = xgrow(f->rows, f->n, &f->cap, sizeof(*f->rows));
	r = &f->rows[f->n++];
	*r = (struct row){.path = path};
	if (f->nposts == 1 || is_common(app, f, path))
		schema_field_for(schema, path, form_value(f, path), &r->field);
	else
		field_guess(&r->field, path, form_value(f, path),
		    site_is_taxonomy(app_config(app), path));
	r->label =
	    xstrdup(r->field.label && *r->field.label ? r->field.label : label);
	r->evidence = sf ? schema_evidence(sf) : NULL;
	fill(app, f, r);
}

/* Is an absent field shown, for a writer to fill it in? */
static bool
is_usual(struct app *app, const struct schema_field *sf)
{
	static const char *const always[] = {"title", "date", "draft"};
	const char *key = sf->field.key;

	if (sf->field.type == FIELD_HIDDEN)
		return false;
	for (size_t i = 0; i < NITEMS(always); i++)
		if (text_casecmp(
			key, strlen(key), always[i], strlen(always[i])) == 0)
			return true;
	return sf->field.required || sf->field.required_to_publish ||
	       sf->seen.configured || sf->seen.archetype ||
	       (sf->seen.with > 0 && sf->seen.with * 2 >= sf->seen.posts) ||
	       site_is_taxonomy(app_config(app), key);
}

/* The path with "[]" for every index, as the schema's keys have it. */
static char *
without_indices(const char *path)
{
	struct buf b = {0};

	while (*path) {
		buf_putc(&b, *path);
		if (*path++ == '[')
			path += strspn(path, "0123456789");
	}
	return buf_steal(&b);
}

/* The key below prefix that a schema's key names, one level down; or NULL. */
static const char *
below(const char *key, const char *prefix)
{
	size_t len = strlen(prefix);

	if (len > 0) {
		if (strncmp(key, prefix, len) != 0 || key[len] != '.')
			return NULL;
		key += len + 1;
	}
	return *key && !strpbrk(key, ".[") ? key : NULL;
}

static char *
path_of(const struct form *f, const char *key)
{
	const struct level *level = &f->levels[f->nlevels - 1];
	struct buf b = {0};

	buf_puts(&b, level->path);
	fm_path_add(&b, key);
	return buf_steal(&b);
}

static void
add_from_schema(struct app *app, struct form *f)
{
	const struct schema *schema = form_schema(app, f);
	const struct value *values = fm_values(f->posts[0]->fm);
	char *prefix = without_indices(form_level(f)->path);

	for (size_t i = 0; i < schema->n; i++) {
		const struct schema_field *sf = &schema->v[i];
		const char *key = below(sf->field.key, prefix);
		char *path = key ? path_of(f, key) : NULL;
		bool there = path && form_value(f, path);
		bool shown = f->all || (schema_applies(sf, values) &&
					   sf->field.type != FIELD_HIDDEN);

		/* What only some of the sections have is not asked of all. */
		if (path && shown &&
		    (there || ((f->all || is_usual(app, sf)) &&
				  (f->nposts == 1 || is_common(app, f, path)))))
			add_row(app, f, path, key);
		else
			free(path);
	}
	free(prefix);
}

static void
add_members(struct app *app, struct form *f, const struct value *map)
{
	for (size_t i = 0; map && map->type == VALUE_MAP && i < map->n; i++) {
		char *path = path_of(f, map->keys[i]);
		const struct schema_field *sf =
		    schema_find(form_schema(app, f), path);

		if (f->all || !sf || sf->field.type != FIELD_HIDDEN)
			add_row(app, f, path, map->keys[i]);
		else
			free(path);
	}
}

/* What the other items of the list have, this one may have, too. */
static void
add_from_siblings(struct app *app, struct form *f)
{
	const struct level *level = form_level(f);
	const struct value *list;

	if (f->nlevels < 2 || !level[-1].list)
		return;
	list = form_value(f, level[-1].path);
	for (size_t i = 0; list && list->type == VALUE_LIST && i < list->n; i++)
		add_members(app, f, list->items[i]);
}

static void
add_items(struct app *app, struct form *f)
{
	const struct value *list = form_value(f, form_level(f)->path);
	size_t n = list && list->type == VALUE_LIST ? list->n : 0;

	for (size_t i = 0; i < n; i++) {
		char *label = xasprintf("%zu", i + 1);

		add_row(app, f, xasprintf("%s[%zu]", form_level(f)->path, i),
		    label);
		free(label);
	}
}

static void
add_map(struct app *app, struct form *f)
{
	const char *path = form_level(f)->path;

	add_from_schema(app, f);
	for (size_t i = 0; i < f->nposts; i++)
		add_members(app, f,
		    *path ? fm_get(f->posts[i]->fm, path)
			  : fm_values(f->posts[i]->fm));
	add_from_siblings(app, f);
	/* Fields that were asked for, and removed ones, which can come back. */
	for (size_t i = 0; i < f->npending; i++)
		if (strncmp(f->pending[i], path, strlen(path)) == 0) {
			const char *key = f->pending[i] + strlen(path);

			key += *path && *key == '.';
			if (!strpbrk(key, ".["))
				add_row(app, f, xstrdup(f->pending[i]), key);
		}
	for (size_t i = 0; i < f->nposts; i++)
		add_members(app, f,
		    *path ? fm_get(f->saved[i], path) : fm_values(f->saved[i]));
}

void
form_rows(struct app *app, struct form *f)
{
	const struct row *r = form_row(f);
	char *here = r ? xstrdup(r->path) : NULL;

	form_rows_dispose(f);
	if (form_level(f)->list)
		add_items(app, f);
	else
		add_map(app, f);
	f->list.n = f->n;
	list_move(&f->list, f->list.cursor);
	/* On the same field, wherever it went. */
	if (here)
		form_cursor_to(f, here);
	free(here);
	app_dirty(app);
}

void
form_cursor_to(struct form *f, const char *path)
{
	for (size_t i = 0; i < f->n; i++)
		if (text_casecmp(f->rows[i].path, strlen(f->rows[i].path), path,
			strlen(path)) == 0)
			list_move(&f->list, i);
}

void
form_enter(struct app *app, struct form *f, const char *path, bool list)
{
	if (f->nlevels > 0)
		form_level(f)->cursor = f->list.cursor;
	f->levels =
	    xgrow(f->levels, f->nlevels, &f->cap_levels, sizeof(*f->levels));
	f->levels[f->nlevels++] =
	    (struct level){.path = xstrdup(path), .list = list};
	form_rows(app, f);
	f->list.top = 0;
	list_move(&f->list, 0);
}

bool
form_out(struct app *app, struct form *f)
{
	if (f->nlevels < 2)
		return false;
	free(f->levels[--f->nlevels].path);
	form_rows(app, f);
	list_move(&f->list, form_level(f)->cursor);
	return true;
}

/* Top-level keys in which the front matter differs from the saved one. */
static size_t
changes(const struct fm *now, const struct fm *saved)
{
	const struct value *a = fm_values(now), *b = fm_values(saved);
	size_t n = 0;

	for (size_t i = 0; i < a->n; i++)
		n += differ(a->items[i], value_get(b, a->keys[i]));
	for (size_t i = 0; i < b->n; i++)
		n += value_get(a, b->keys[i]) == NULL;
	return n;
}

size_t
form_changes(const struct form *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->nposts; i++) {
		size_t own;

		if (!post_changed(f->posts[i]))
			continue;
		own = changes(f->posts[i]->fm, f->saved[i]);
		/* Only written in another way: the file differs all the same.*/
		n += own > 0 ? own : 1;
	}
	return n;
}
