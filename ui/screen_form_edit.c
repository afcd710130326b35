/* SPDX-License-Identifier: ISC */
/*
 * Edits of a form: each goes into all of its posts or into none, and can be
 * taken back, also after it was saved.
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "screen_form_priv.h"
#include "text.h"

static bool
holds(const struct value *list, const struct value *item)
{
	for (size_t i = 0; list && list->type == VALUE_LIST && i < list->n; i++)
		if (value_equal(list->items[i], item))
			return true;
	return false;
}

/* own without what went from the list that all have, with what came. */
static struct value *
list_merge(
    const struct value *own, const struct value *from, const struct value *to)
{
	struct value *list = value_list();

	for (size_t i = 0; own && own->type == VALUE_LIST && i < own->n; i++)
		if (holds(to, own->items[i]) || !holds(from, own->items[i]))
			value_append(list, value_copy(own->items[i]));
	for (size_t i = 0; i < to->n; i++)
		if (!holds(from, to->items[i]) && !holds(list, to->items[i]))
			value_append(list, value_copy(to->items[i]));
	return list;
}

static int
set_one(struct fm *fm, const struct edit *e, struct err *err)
{
	const struct value *own = fm_get(fm, e->path);
	struct value *merged;
	int rc;

	if (!e->from)
		return fm_set(fm, e->path, e->value, err);
	merged = list_merge(own, e->from, e->value);
	rc = !own && merged->n == 0 ? 0 : fm_set(fm, e->path, merged, err);
	value_free(merged);
	return rc;
}

/* Set it as it is asked for, and turn the other fields that tell drafts. */
static int
set_draft(struct app *app, struct form *f, size_t i, const struct edit *e,
    struct err *err)
{
	const struct schema *s = schemas_get(app_schemas(app), f->paths[i]);
	const struct schema_field *sf = schema_find(s, e->path);
	struct fm *fm = f->posts[i]->fm;
	size_t edits = fm_edit_count(fm);

	if (fm_set(fm, e->path, e->value, err) == -1)
		return -1;
	if (sf && sf->field.type == FIELD_DRAFT &&
	    schema_set_draft(s, fm, field_draft(&sf->field, e->value), err) ==
		-1) {
		if (fm_edit_count(fm) > edits)
			fm_undo(fm);
		return -1;
	}
	fm_join(fm, edits);
	return 0;
}

static int
edit_one(struct app *app, struct form *f, size_t i, const struct edit *e,
    struct err *err)
{
	struct fm *fm = f->posts[i]->fm;

	switch (e->kind) {
	case EDIT_SET:
		return set_one(fm, e, err);
	case EDIT_DRAFT:
		return set_draft(app, f, i, e, err);
	case EDIT_UNSET:
		return fm_unset(fm, e->path, err);
	case EDIT_RENAME:
		return fm_get(fm, e->path)
			   ? fm_rename(fm, e->path, e->text, err)
			   : 0;
	case EDIT_INSERT:
		return fm_insert(fm, e->path, e->at, e->value, err);
	case EDIT_MOVE:
		return fm_move(fm, e->path, e->at, e->to, err);
	case EDIT_SOURCE:
		return fm_set_source(
		    fm, e->path, e->text, strlen(e->text), err);
	}
	return 0;
}

/* What was undone cannot be done again after another edit. */
static void
forget_redo(struct form *f)
{
	while (f->nsteps > f->done)
		free(f->steps[--f->nsteps].did);
}

static void
add_step(struct form *f, bool *did)
{
	f->steps = xgrow(f->steps, f->nsteps, &f->cap_steps, sizeof(*f->steps));
	f->steps[f->nsteps++].did = did;
	f->done = f->nsteps;
}

struct edit
form_set(struct form *f, const char *path, const struct value *v)
{
	bool draft = f->nlevels == 1 && form_row(f)->field.type == FIELD_DRAFT;

	return (struct edit){
	    .kind = draft ? EDIT_DRAFT : EDIT_SET, .path = path, .value = v};
}

int
form_edit(struct app *app, struct form *f, const struct edit *e)
{
	bool *did = xcalloc(f->nposts, sizeof(*did));
	bool any = false;
	struct err err;
	size_t i;
	int rc = 0;

	forget_redo(f);
	for (i = 0; i < f->nposts && rc == 0; i++) {
		size_t edits = fm_edit_count(f->posts[i]->fm);

		rc = edit_one(app, f, i, e, &err);
		did[i] = fm_edit_count(f->posts[i]->fm) != edits;
		any = any || did[i];
	}
	if (rc == -1) {
		while (i-- > 0)
			if (did[i])
				fm_undo(f->posts[i]->fm);
		app_error(app, &err);
	} else if (any) {
		add_step(f, did);
		did = NULL;
	}
	free(did);
	form_rows(app, f);
	form_keep(app, f);
	return rc;
}

/* Out of what is not there any more. */
static void
leave_gone(struct app *app, struct form *f)
{
	while (f->nlevels > 1 && !form_value(f, form_level(f)->path))
		form_out(app, f);
}

void
form_undo(struct app *app, struct form *f, bool redo)
{
	const char *path = NULL, *one;
	struct form_step *s;

	if (redo ? f->done == f->nsteps : f->done == 0) {
		app_say(app, redo ? "nothing to do again" : "nothing to undo");
		return;
	}
	s = &f->steps[redo ? f->done : f->done - 1];
	for (size_t i = 0; i < f->nposts; i++) {
		if (!s->did[i])
			continue;
		one =
		    redo ? fm_redo(f->posts[i]->fm) : fm_undo(f->posts[i]->fm);
		path = path ? path : one;
	}
	f->done += redo ? 1 : -1;
	app_say(app, "%s: %s%s", redo ? "done again" : "undone",
	    path ? path : "",
	    form_changes(f) > 0 ? "   Ctrl-S saves" : "   as it is on disk");
	leave_gone(app, f);
	form_rows(app, f);
	if (path)
		form_cursor_to(f, path);
	form_keep(app, f);
}

/* What all posts have in their lists of a field. Caller frees. */
static struct value *
common_list(const struct form *f, const char *path)
{
	const struct value *first = fm_get(f->posts[0]->fm, path);
	struct value *list = value_list();

	for (size_t i = 0; first && first->type == VALUE_LIST && i < first->n;
	     i++) {
		bool all = true;

		for (size_t k = 1; k < f->nposts && all; k++)
			all = holds(
			    fm_get(f->posts[k]->fm, path), first->items[i]);
		if (all)
			value_append(list, value_copy(first->items[i]));
	}
	return list;
}

/* Is it a field in which others' values help? */
static bool
completes(const struct row *r)
{
	switch (r->field.type) {
	case FIELD_TEXT:
	case FIELD_SLUG:
	case FIELD_URL:
	case FIELD_LINES:
		return r->field.allowed != NULL;
	case FIELD_INT:
	case FIELD_FLOAT:
	case FIELD_WEIGHT:
	case FIELD_DATE:
	case FIELD_DATETIME:
	case FIELD_TIME:
	case FIELD_COMPUTED:
		return false;
	default:
		return true;
	}
}

/* The source of the top-level field as it stands in the file; of others, and of
 * what stands in several places, the value in flow style. */
static bool
source_of(
    struct app *app, struct form *f, const struct row *r, struct buf *source)
{
	const struct fm_field *field =
	    f->nlevels > 1 ? NULL : fm_find(f->posts[0]->fm, r->path);
	const struct value *v = form_value(f, r->path);
	size_t all;

	if (f->nposts > 1) {
		app_say(app, "the source is edited in one post at a time");
		return false;
	}
	f->as_value = v && (!field || (field->value_len == 0 && v->n > 0));
	if (f->as_value)
		value_json(v, v->n > 0 ? 2 : 0, source);
	else if (field)
		buf_add(source,
		    fm_text(f->posts[0]->fm, &all) + field->value_at,
		    field->value_len);
	return true;
}

void
form_open_editor(struct app *app, struct form *f, bool source)
{
	const struct row *r = form_row(f);
	const struct site *site = app_site(app);
	const struct entry *e = site ? site_entry(site, f->paths[0]) : NULL;
	struct schema_words words = {0};
	struct value *common = NULL;
	struct buf text = {0};
	struct editor_spec spec = {.field = &r->field,
	    .words = &words,
	    .zone = site_zone(app_config(app), e ? e->language : 0),
	    .now = app_now(app)};

	if (source && !source_of(app, f, r, &text))
		return;
	if (source) {
		spec.source = buf_text(&text);
		spec.source_len = text.len;
	}
	if (r->mixed && field_is_list(&r->field))
		common = common_list(f, r->path);
	spec.value = common ? common : r->mixed ? NULL : form_value(f, r->path);
	if (!source && completes(r) && site)
		schema_words(form_schema(app, f), site, &r->field, f->paths[0],
		    spec.value, &words);
	f->editor = editor_open(&spec);
	buf_dispose(&text);
	schema_words_dispose(&words);
	value_free(common);
	form_judge(app, f);
}

/* The name of a new field: those that the schema has and this post has not. */
void
form_open_adding(struct app *app, struct form *f)
{
	static const struct field name = {.type = FIELD_TEXT};
	const struct schema *schema = form_schema(app, f);
	struct schema_words words = {0};
	struct editor_spec spec = {.field = &name, .words = &words};

	for (size_t i = 0; f->nlevels == 1 && i < schema->n; i++) {
		const struct schema_field *sf = &schema->v[i];

		if (sf->depth > 0 || form_value(f, sf->field.key))
			continue;
		words.v = xgrow(words.v, words.n, &words.cap, sizeof(*words.v));
		words.v[words.n++] =
		    (struct schema_word){xstrdup(sf->field.key), sf->seen.with};
	}
	f->editor = editor_open(&spec);
	schema_words_dispose(&words);
	f->adding = true;
	app_dirty(app);
}

void
form_close_editor(struct app *app, struct form *f)
{
	editor_free(f->editor);
	f->editor = NULL;
	f->adding = false;
	free(f->reason);
	f->reason = NULL;
	app_dirty(app);
}

void
form_judge(struct app *app, struct form *f)
{
	struct err err;
	struct value *v;
	char *source = editor_source(f->editor);

	free(f->reason);
	f->reason = NULL;
	app_dirty(app);
	if (source || f->adding || !editor_changed(f->editor)) {
		free(source);
		return;
	}
	if (!(v = editor_value(f->editor, &err)))
		f->reason = xstrdup(err.msg);
	else
		f->reason = form_reason(app, f, form_row(f), v);
	value_free(v);
}

/* A row for the name that was typed, and its editor. */
static bool
accept_name(struct app *app, struct form *f)
{
	struct err err;
	struct value *v = editor_value(f->editor, &err);
	const char *name = v ? value_text(v) : NULL;
	struct buf path = {0};

	form_close_editor(app, f);
	if (name && *name) {
		buf_puts(&path, form_level(f)->path);
		fm_path_add(&path, name);
		f->pending = xgrow(f->pending, f->npending, &f->cap_pending,
		    sizeof(*f->pending));
		f->pending[f->npending++] = xstrdup(buf_text(&path));
		form_rows(app, f);
		form_cursor_to(f, buf_text(&path));
		if (form_value(f, buf_text(&path)))
			app_say(
			    app, "%s is there already; Enter edits it", name);
		else if (form_row(f) && !field_cycles(&form_row(f)->field))
			form_open_editor(app, f, false);
	}
	buf_dispose(&path);
	value_free(v);
	return true;
}

/* Flow style has no dates: what reads as it did before is what it was. */
static void
keep_types(struct value *v, const struct value *old)
{
	for (size_t i = 0; old && v->type == old->type && i < v->n; i++) {
		const struct value *was = v->type == VALUE_MAP
					      ? value_get(old, v->keys[i])
					  : i < old->n ? old->items[i]
						       : NULL;

		if (was && v->items[i]->type == VALUE_STRING &&
		    was->type == VALUE_DATE &&
		    strcmp(v->items[i]->text, was->text) == 0) {
			value_free(v->items[i]);
			v->items[i] = value_copy(was);
		} else {
			keep_types(v->items[i], was);
		}
	}
}

static bool
accept_flow(struct app *app, struct form *f, const char *source)
{
	struct err err;
	struct value *v = fm_parse_value(source, strlen(source), &err);
	char *path = xstrdup(form_row(f)->path);
	int rc = -1;

	if (v) {
		keep_types(v, form_value(f, path));
		rc = form_edit(app, f,
		    &(struct edit){.kind = EDIT_SET, .path = path, .value = v});
	} else {
		app_error(app, &err);
	}
	free(path);
	value_free(v);
	return rc == 0;
}

static bool
accept_source(struct app *app, struct form *f, char *source)
{
	struct edit e = {
	    .kind = EDIT_SOURCE, .path = form_row(f)->path, .text = source};
	char *path = xstrdup(e.path);
	int rc;

	e.path = path;
	rc = form_edit(app, f, &e);
	free(path);
	return rc == 0;
}

static bool
accept_value(struct app *app, struct form *f)
{
	const struct row *r = form_row(f);
	struct err err;
	struct value *v = editor_value(f->editor, &err);
	struct value *from = NULL;
	char *path = xstrdup(r->path);
	struct edit e = form_set(f, path, v);
	int rc = -1;

	if (f->nposts > 1 && field_is_list(&r->field))
		e.from = from = common_list(f, path);
	if (!v)
		app_error(app, &err);
	else
		rc = form_edit(app, f, &e);
	free(path);
	value_free(from);
	value_free(v);
	return rc == 0;
}

bool
form_accept(struct app *app, struct form *f)
{
	char *source;
	bool good = true;

	if (f->adding)
		return accept_name(app, f);
	editor_finish(f->editor);
	/* What was not changed is not written: "2" stays "2", absent absent. */
	if (editor_changed(f->editor)) {
		source = editor_source(f->editor);
		good = source && f->as_value ? accept_flow(app, f, source)
		       : source              ? accept_source(app, f, source)
					     : accept_value(app, f);
		free(source);
	}
	if (good)
		form_close_editor(app, f);
	return good;
}
