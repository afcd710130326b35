/* SPDX-License-Identifier: ISC */
/* What galley.yaml says of fields, over what was inferred. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "schema_priv.h"

/* A key of galley.yaml as a path: it is one, unless it has odd letters. */
static void
path_of(const char *key, struct buf *path)
{
	if (field_is_path(key))
		buf_puts(path, key);
	else
		fm_path_add(path, key);
}

/* Is it one thing, of which there could be more? */
static bool
can_be_several(const struct field *f)
{
	const struct field one = {.type = f->type};

	return !field_is_list(&one) && !field_is_nested(f->type);
}

static void
configure_field(struct schema *s, const char *key, const struct value *settings)
{
	struct schema_field *sf;
	struct buf path = {0};
	struct err ignored;
	const char *name;
	size_t i;

	path_of(key, &path);
	i = schema_index(s, buf_text(&path));
	if (i == s->n) {
		sf = schema_add(s, buf_text(&path));
		sf->seen.posts = s->posts;
		if (sf->depth == 0)
			field_guess(&sf->field, key, NULL, false);
	} else {
		sf = &s->v[i];
	}
	buf_dispose(&path);
	/* conf_load() has said what is wrong with them. */
	field_configure(&sf->field, settings, &name, &ignored);
	sf->seen.configured = true;
	if (value_get(settings, "type")) {
		sf->ruled = true;
		/* As most posts have it. */
		if (!value_get(settings, "several") && sf->seen.with > 0)
			sf->field.several =
			    can_be_several(&sf->field) &&
			    sf->seen.several * 2 > sf->seen.with;
	}
	if (value_get(settings, "required"))
		sf->demanded = true;
	if (value_get(settings, "depends"))
		sf->field.required &= sf->demanded;
}

static void
configure(struct schema *s, const struct value *fields)
{
	for (size_t i = 0; fields && fields->type == VALUE_MAP && i < fields->n;
	     i++)
		configure_field(s, fields->keys[i], fields->items[i]);
}

void
schema_configure(struct schema *s, const struct conf *conf)
{
	const struct value *sections = conf_map(conf, "fields");
	char *name;

	if (s->kind == ENTRY_PAGE) {
		configure(s, value_get(sections, "*"));
		/* Pages beside the sections are those of "/". */
		configure(
		    s, value_get(sections, s->section[0] ? s->section : "/"));
		return;
	}
	name = xasprintf("%s/_index", s->section);
	configure(s, value_get(sections, "_index"));
	if (s->section[0])
		configure(s, value_get(sections, name));
	free(name);
}
