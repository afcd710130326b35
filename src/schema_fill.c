/* SPDX-License-Identifier: ISC */
/* The defaults of galley.yaml, for new posts. */
#include <string.h>

#include "mem.h"
#include "schema_priv.h"

/* Does it get its default now?  What it depends on may come later. */
static bool
lacks(const struct schema_field *sf, const struct fm *fm)
{
	const struct field *f = &sf->field;

	/* Of lists nobody knows how many maps there will be. */
	return f->fallback && !strchr(f->key, '[') &&
	       field_is_empty(fm_get(fm, f->key)) &&
	       !field_is_empty(f->fallback) &&
	       schema_applies(sf, fm_values(fm));
}

/* One field; a draft is one for Hugo, too. */
static int
fill(const struct schema *s, const struct field *f, struct fm *fm,
    struct err *err)
{
	if (fm_set(fm, f->key, f->fallback, err) == -1)
		return -1;
	if (f->type == FIELD_DRAFT && field_draft(f, f->fallback))
		return schema_set_draft(s, fm, true, err);
	return 0;
}

int
schema_fill(void *schemas, const char *path, struct fm *fm, struct err *err)
{
	const struct schema *s = schemas ? schemas_get(schemas, path) : NULL;
	bool more = s != NULL;

	if (s)
		schema_order(s, fm);
	/* One may be what another depends on. */
	for (size_t pass = 0; more && pass <= s->n; pass++) {
		more = false;
		for (size_t i = 0; i < s->n; i++) {
			const struct field *f = &s->v[i].field;

			if (!lacks(&s->v[i], fm))
				continue;
			if (fill(s, f, fm, err) == -1)
				return err_set(err,
				    "the default of %s in galley.yaml: %s",
				    f->key, err->msg);
			more = true;
		}
	}
	return 0;
}

bool
schema_fills(const struct conf *conf)
{
	const struct value *sections = conf_map(conf, "fields");

	for (size_t i = 0; i < sections->n; i++) {
		const struct value *fields = sections->items[i];

		for (size_t k = 0; fields->type == VALUE_MAP && k < fields->n;
		     k++)
			if (value_get(fields->items[k], "default"))
				return true;
	}
	return false;
}
