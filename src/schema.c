/* SPDX-License-Identifier: ISC */
#include "schema.h"

#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "schema_priv.h"
#include "text.h"

struct schemas {
	const struct site *site;
	const struct conf *conf;
	struct schema **v;
	size_t n, cap;
};

struct schemas *
schemas_new(const struct site *site, const struct conf *conf)
{
	struct schemas *s = xcalloc(1, sizeof(*s));

	s->site = site;
	s->conf = conf;
	return s;
}

void
schema_free(struct schema *s)
{
	if (!s)
		return;
	for (size_t i = 0; i < s->n; i++) {
		field_dispose(&s->v[i].field);
		schema_words_dispose(&s->v[i].values);
	}
	for (size_t i = 0; i < s->nunique; i++) {
		free(s->unique[i].key);
		free(s->unique[i].value);
		free(s->unique[i].path);
	}
	free(s->unique);
	free(s->v);
	free(s->section);
	free(s);
}

static void
forget(struct schemas *s)
{
	for (size_t i = 0; i < s->n; i++)
		schema_free(s->v[i]);
	s->n = 0;
}

void
schemas_free(struct schemas *s)
{
	if (!s)
		return;
	forget(s);
	free(s->v);
	free(s);
}

void
schemas_update(struct schemas *s, const struct site *site)
{
	forget(s);
	s->site = site;
}

const struct conf *
schemas_conf(const struct schemas *s)
{
	return s->conf;
}

static struct schema *
section(struct schemas *s, const struct schema_source *source)
{
	struct schema *schema;

	for (size_t i = 0; i < s->n; i++)
		if (s->v[i]->kind == source->kind &&
		    strcmp(s->v[i]->section, source->section) == 0)
			return s->v[i];
	schema = schema_infer(source);
	if (s->conf)
		schema_configure(schema, s->conf);
	schema_gather(schema, source);
	s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
	s->v[s->n++] = schema;
	return schema;
}

const struct schema *
schemas_section(struct schemas *s, const char *name, enum entry_kind kind)
{
	return section(
	    s, &(struct schema_source){s->site, s->conf, name, kind});
}

const struct schema *
schemas_measured(struct schemas *s, const char *name, enum entry_kind kind)
{
	const struct schema_source source = {s->site, s->conf, name, kind};
	struct schema *schema = section(s, &source);

	schema_measure(schema, &source);
	return schema;
}

const struct schema *
schemas_get(struct schemas *s, const char *path)
{
	const struct entry *e = site_entry(s->site, path);
	const struct schema *schema;
	struct site_place place;
	enum entry_kind kind = ENTRY_PAGE;

	if (e)
		return schemas_section(s, e->section, e->kind);
	site_place(s->site->config, path, &place);
	if (strncmp(path_base(path), "_index.", 7) == 0)
		kind = place.section[0] ? ENTRY_SECTION : ENTRY_HOME;
	schema = schemas_section(s, place.section, kind);
	site_place_dispose(&place);
	return schema;
}

size_t
schema_index(const struct schema *s, const char *path)
{
	size_t len = strlen(path), i = 0;

	while (i < s->n && text_casecmp(s->v[i].field.key,
			       strlen(s->v[i].field.key), path, len) != 0)
		i++;
	return i;
}

struct schema_field *
schema_add(struct schema *s, const char *path)
{
	bool quoted = false;

	s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
	s->v[s->n] = (struct schema_field){.field.key = xstrdup(path)};
	for (const char *p = path; *p; p++) {
		if (*p == '\\' && p[1])
			p++;
		else
			quoted ^= *p == '"';
		s->v[s->n].depth += *p == '.' && !quoted;
	}
	return &s->v[s->n++];
}

/* "resources[2].src" -> "resources[].src". Caller frees. */
static char *
without_indexes(const char *path)
{
	struct buf b = {0};
	bool quoted = false;

	for (; *path; path++) {
		quoted ^= *path == '"';
		buf_putc(&b, *path);
		if (*path == '[' && !quoted)
			path += strspn(path + 1, "0123456789");
	}
	return buf_steal(&b);
}

const struct schema_field *
schema_find(const struct schema *s, const char *path)
{
	char *plain = without_indexes(path);
	size_t i = schema_index(s, plain);

	free(plain);
	return i < s->n ? &s->v[i] : NULL;
}

/* Is a value of quite another shape than its field? */
static bool
is_other(const struct field *f, const struct value *v)
{
	enum field_type type = field_type_of(v);

	if (field_is_empty(v) || f->type == FIELD_RAW)
		return false;
	if (v->type == VALUE_MAP || type == FIELD_MAPS || type == FIELD_RAW)
		return !field_is_nested(f->type) ||
		       (f->type == FIELD_MAPS) != (type == FIELD_MAPS);
	if (field_is_nested(f->type))
		return true;
	return v->type == VALUE_LIST && !field_is_list(f);
}

void
schema_field_for(const struct schema *s, const char *path,
    const struct value *v, struct field *field)
{
	const struct schema_field *sf = schema_find(s, path);
	const char *key = strrchr(path, '.');

	if (!sf) {
		field->key = xstrdup(path);
		/* Hugo's names mean what they do at the top. */
		field_guess(field, key ? "" : path, v, false);
		return;
	}
	field_copy(field, &sf->field);
	/* Where posts differ, this one tells. */
	if (field_is_empty(v) ||
	    (!is_other(field, v) && (field->type != FIELD_RAW || sf->ruled)))
		return;
	field->several = false;
	field->type = field_type_of(v);
}

void
schema_order(const struct schema *s, struct fm *fm)
{
	const char **keys = xcalloc(s->n, sizeof(*keys));
	size_t n = 0;

	for (size_t i = 0; i < s->n; i++) {
		const char *key = s->v[i].field.key;

		/* fm_order() wants keys, not paths. */
		if (s->v[i].depth == 0 && *key != '"')
			keys[n++] = key;
	}
	fm_order(fm, keys, n);
	free(keys);
}

static void
add_part(struct buf *b, size_t *n, size_t count, const char *what)
{
	if (count > 0)
		buf_printf(b, "%s%zu %s", (*n)++ ? ", " : ": ", count, what);
}

char *
schema_evidence(const struct schema_field *sf)
{
	const struct schema_seen *seen = &sf->seen;
	struct buf b = {0};
	size_t parts = 0;

	if (seen->posts > 0)
		buf_printf(&b, "%zu of %zu post%s ha%s it", seen->with,
		    seen->posts, seen->posts == 1 ? "" : "s",
		    seen->posts == 1 ? "s" : "ve");
	else
		buf_puts(&b, "no posts yet");
	for (size_t i = 0; i < FIELD_TYPES; i++)
		add_part(&b, &parts, seen->as[i],
		    field_type_name((enum field_type)i));
	add_part(&b, &parts, seen->empty, "empty");
	if (sf->field.allowed && sf->values.n > 0)
		buf_printf(&b, "; %zu different value%s", sf->values.n,
		    sf->values.n == 1 ? "" : "s");
	if (seen->filled != seen->places && seen->places != seen->posts)
		buf_printf(
		    &b, "; in %zu of %zu maps", seen->filled, seen->places);
	if (seen->archetype)
		buf_puts(&b, "; in the archetype");
	if (seen->configured)
		buf_puts(&b, "; in galley.yaml");
	return buf_steal(&b);
}
