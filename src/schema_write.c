/* SPDX-License-Identifier: ISC */
/* A schema as settings for galley.yaml, and into one that is there. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "schema_priv.h"

/* What was inferred of a field, as its settings. Caller frees. */
static struct value *
settings_of(const struct schema_field *sf)
{
	const struct field *f = &sf->field;
	struct value *v = value_map();

	bool fits = sf->seen.unfit == 0;

	if (fits)
		value_put(v, "type", value_string(field_type_name(f->type)));
	if (fits && f->several)
		value_put(v, "several", value_bool(true));
	if (f->required && sf->seen.lacking == 0)
		value_put(v, "required", value_bool(true));
	if (fits && f->inverted)
		value_put(v, "inverted", value_bool(true));
	if (f->allowed)
		value_put(v, "allowed", value_copy(f->allowed));
	if (fits && f->hidden) {
		struct value *words = value_list();

		value_append(words, value_string(f->hidden));
		value_append(words, value_string(f->published));
		value_put(v, "words", words);
	}
	return v;
}

/* Only what posts or the archetype have is worth a line. */
static bool
is_worth(const struct schema_field *sf)
{
	return sf->seen.with > 0 || sf->seen.archetype;
}

/* As YAML's flow style has it; strings bare where they are plain words. */
static void
add_scalar(struct buf *b, const char *s)
{
	static const char *const odd[] = {
	    "true", "false", "null", "yes", "no", "on", "off", "y", "n"};
	bool bare = (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z');

	for (const char *p = s; *p; p++)
		if (!((*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') ||
			(*p >= '0' && *p <= '9') || *p == '_' || *p == '-'))
			bare = false;
	for (size_t i = 0; i < NITEMS(odd); i++)
		if (strcmp(s, odd[i]) == 0)
			bare = false;
	if (bare)
		buf_puts(b, s);
	else
		json_string(s, strlen(s), b);
}

static void
add_flow(struct buf *b, const struct value *v)
{
	if (v->type == VALUE_MAP) {
		buf_putc(b, '{');
		for (size_t i = 0; i < v->n; i++) {
			buf_printf(b, "%s%s: ", i ? ", " : "", v->keys[i]);
			add_flow(b, v->items[i]);
		}
		buf_putc(b, '}');
	} else if (v->type == VALUE_LIST) {
		buf_putc(b, '[');
		for (size_t i = 0; i < v->n; i++) {
			buf_puts(b, i ? ", " : "");
			add_flow(b, v->items[i]);
		}
		buf_putc(b, ']');
	} else if (v->type == VALUE_BOOL) {
		buf_puts(b, v->boolean ? "true" : "false");
	} else if (v->type == VALUE_INT || v->type == VALUE_FLOAT) {
		buf_puts(b, v->text);
	} else {
		add_scalar(b, v->text ? v->text : "");
	}
}

/* The key of galley.yaml for a section. Caller frees. */
static char *
section_key(const struct schema *s)
{
	if (s->kind == ENTRY_PAGE)
		return xstrdup(s->section[0] ? s->section : "/");
	return s->section[0] ? xasprintf("%s/_index", s->section)
			     : xstrdup("_index");
}

char *
schema_yaml(const struct schema *s)
{
	char *key = section_key(s);
	struct buf b = {0};

	buf_puts(&b, "  ");
	add_scalar(&b, key);
	buf_puts(&b, ":\n");
	free(key);
	for (size_t i = 0; i < s->n; i++) {
		struct value *v;
		char *evidence;

		if (!is_worth(&s->v[i]))
			continue;
		v = settings_of(&s->v[i]);
		evidence = schema_evidence(&s->v[i]);
		buf_puts(&b, "    # ");
		buf_puts(&b, evidence);
		buf_puts(&b, "\n    ");
		add_scalar(&b, s->v[i].field.key);
		buf_puts(&b, ": ");
		add_flow(&b, v);
		buf_putc(&b, '\n');
		free(evidence);
		value_free(v);
	}
	return buf_steal(&b);
}

/* The settings as front matter, which can be edited in place. */
static struct fm *
open_settings(const char *text, size_t len, bool *fenced, struct err *err)
{
	struct buf b = {0};
	struct fm *fm;

	*fenced = len >= 3 && strncmp(text, "---", 3) == 0;
	if (!*fenced)
		buf_puts(&b, "---\n");
	buf_add(&b, text, len);
	if (len > 0 && text[len - 1] != '\n')
		buf_putc(&b, '\n');
	buf_puts(&b, "---\n");
	fm = fm_parse(b.data, b.len, err);
	buf_dispose(&b);
	if (!fm)
		return NULL;
	fm_body(fm, &len, NULL);
	if (len == 0)
		return fm;
	fm_free(fm);
	err_set(err, "there is more than one document in it");
	return NULL;
}

/* What open_settings() put around them, off. */
static char *
close_settings(const struct fm *fm, bool fenced)
{
	size_t len, skip = fenced ? 0 : 4;
	const char *text = fm_text(fm, &len);

	return xstrndup(text + skip, len - skip - 4);
}

static int
add_field(struct fm *fm, const char *section, const struct schema_field *sf,
    size_t *added, struct err *err)
{
	const struct value *there =
	    value_get(value_get(fm_values(fm), "fields"), section);
	struct value *v;
	struct buf path = {0};
	int rc;

	if (!is_worth(sf) || value_get(there, sf->field.key))
		return 0;
	buf_puts(&path, "fields");
	fm_path_add(&path, section);
	fm_path_add(&path, sf->field.key);
	v = settings_of(sf);
	rc = fm_set(fm, buf_text(&path), v, err);
	*added += rc == 0;
	value_free(v);
	buf_dispose(&path);
	return rc;
}

char *
schema_write(const struct schema *s, const char *text, size_t len,
    size_t *added, struct err *err)
{
	char *key = section_key(s), *out = NULL;
	bool fenced, good;
	struct fm *fm;

	*added = 0;
	fm = open_settings(text ? text : "", len, &fenced, err);
	good = fm != NULL;
	for (size_t i = 0; good && i < s->n; i++)
		good = add_field(fm, key, &s->v[i], added, err) == 0;
	if (good)
		out = close_settings(fm, fenced);
	fm_free(fm);
	free(key);
	return out;
}
