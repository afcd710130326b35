/* SPDX-License-Identifier: ISC */
/* A post's field against its schema: required, unique, depends, and the rest.*/
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "schema_priv.h"
#include "text.h"

/* Has the other field one of the values? null: any. */
static bool
is_met(const struct value *values, const char *key, const struct value *wanted)
{
	const struct value *v = value_path(values, key);

	if (wanted->type == VALUE_NULL)
		return !field_is_empty(v) && value_truth(v, true);
	if (wanted->type == VALUE_BOOL)
		return value_truth(v, false) == wanted->boolean;
	if (!v)
		return false;
	if (wanted->type == VALUE_LIST) {
		for (size_t i = 0; i < wanted->n; i++)
			if (is_met(values, key, wanted->items[i]))
				return true;
		return false;
	}
	if (v->type == VALUE_LIST) {
		for (size_t i = 0; i < v->n; i++)
			if (value_equal(v->items[i], wanted))
				return true;
		return false;
	}
	return value_equal(v, wanted) ||
	       (value_text(v) && value_text(wanted) &&
		   strcmp(value_text(v), value_text(wanted)) == 0);
}

bool
schema_applies(const struct schema_field *sf, const struct value *values)
{
	const struct value *on = sf->field.depends;

	for (size_t i = 0; on && i < on->n; i++)
		if (!is_met(values, on->keys[i], on->items[i]))
			return false;
	return true;
}

/* "event is true". Caller frees. */
static char *
condition(const struct value *on)
{
	struct buf b = {0};

	for (size_t i = 0; i < on->n; i++) {
		buf_printf(&b, "%s%s", i ? " and " : "", on->keys[i]);
		if (on->items[i]->type == VALUE_NULL) {
			buf_puts(&b, " has a value");
			continue;
		}
		buf_puts(&b, " is ");
		if (value_text(on->items[i]))
			buf_puts(&b, value_text(on->items[i]));
		else
			value_json(on->items[i], 0, &b);
	}
	return buf_steal(&b);
}

static int
by_value(const void *a, const void *b)
{
	const struct schema_unique *x = a, *y = b;
	int order = strcmp(x->key, y->key);

	if (order == 0)
		order = strcmp(x->value, y->value);
	return order ? order : strcmp(x->path, y->path);
}

struct gathering {
	struct schema *schema;
	size_t cap;
};

/* A post, and the unique field that is gathered of it. */
struct gathered {
	struct gathering *into;
	const struct field *field;
	const struct entry *entry;
};

static void
gather_value(void *ctx, const struct schema_place *place)
{
	const struct gathered *g = ctx;
	struct schema *s = g->into->schema;

	if (field_is_empty(place->value))
		return;
	s->unique =
	    xgrow(s->unique, s->nunique, &g->into->cap, sizeof(*s->unique));
	s->unique[s->nunique++] = (struct schema_unique){xstrdup(g->field->key),
	    field_print(g->field, place->value), xstrdup(g->entry->path)};
}

static void
gather(void *ctx, const struct entry *e, const struct value *values)
{
	struct gathering *g = ctx;
	const struct schema *s = g->schema;

	for (size_t i = 0; i < s->n; i++) {
		struct gathered one = {g, &s->v[i].field, e};

		if (s->v[i].field.unique)
			schema_places(&s->v[i], values, gather_value, &one);
	}
}

void
schema_gather(struct schema *s, const struct schema_source *source)
{
	struct gathering g = {s, 0};
	const struct entry **entries;
	bool any = false;
	size_t n;

	for (size_t i = 0; i < s->n; i++)
		any |= s->v[i].field.unique;
	if (!any)
		return;
	entries = schema_entries(source, &n, SIZE_MAX);
	schema_each(source, entries, n, gather, &g);
	free(entries);
	if (s->nunique > 0)
		qsort(s->unique, s->nunique, sizeof(*s->unique), by_value);
}

static int
check_unique(const struct schema *s, const struct schema_field *sf,
    const struct value *v, const char *path, struct err *err)
{
	char *text = field_print(&sf->field, v);
	struct schema_unique key = {sf->field.key, text, (char *)""};
	size_t from = 0, to = s->nunique;
	int rc = 0;

	while (from < to) {
		size_t middle = from + (to - from) / 2;

		if (by_value(&s->unique[middle], &key) < 0)
			from = middle + 1;
		else
			to = middle;
	}
	for (; rc == 0 && from < s->nunique &&
	       strcmp(s->unique[from].key, key.key) == 0 &&
	       strcmp(s->unique[from].value, text) == 0;
	     from++)
		if (!path || strcmp(s->unique[from].path, path) != 0)
			rc = err_code(err, ERR_REFUSED, "%s has the same",
			    s->unique[from].path);
	free(text);
	return rc;
}

static int
check_missing(const struct schema_field *sf, const struct schema_context *c,
    struct err *err)
{
	const struct field *f = &sf->field;

	if (f->required_to_publish && c->publish)
		return err_code(
		    err, ERR_REFUSED, "it is needed before publishing");
	if (!f->required)
		return 0;
	if (sf->demanded)
		return err_code(err, ERR_REFUSED, "it is required");
	return err_code(err, ERR_FAIL, "%zu of %zu %s have it", sf->seen.filled,
	    sf->seen.places, sf->depth > 0 ? "others" : "posts");
}

/* The type alone: what is only inferred is no rule. */
static int
check_type(
    const struct schema_field *sf, const struct value *v, struct err *err)
{
	struct field f = sf->field;

	f.pattern = NULL;
	f.min = f.max = NULL;
	f.strict = false;
	if (field_check(&f, v, err) == 0)
		return 0;
	err->code = sf->ruled ? ERR_REFUSED : ERR_FAIL;
	return -1;
}

int
schema_check(const struct schema *s, const struct schema_field *sf,
    const struct value *v, const struct schema_context *c, struct err *err)
{
	const struct field *f = &sf->field;
	char *when;

	if (!schema_applies(sf, c->values)) {
		if (field_is_empty(v))
			return 0;
		when = condition(f->depends);
		err_code(err, ERR_REFUSED, "only where %s", when);
		free(when);
		return -1;
	}
	if (field_is_empty(v))
		return check_missing(sf, c, err);
	if (check_type(sf, v, err) == -1 || field_check(f, v, err) == -1)
		return -1;
	return f->unique ? check_unique(s, sf, v, c->path, err) : 0;
}
