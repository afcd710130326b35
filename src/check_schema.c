/* SPDX-License-Identifier: ISC */
/*
 * Rules about fields: what galley.yaml says is an error, what the other posts
 * of the section do is worth a word only.
 */
#include <stdlib.h>
#include <string.h>

#include "check_priv.h"
#include "mem.h"
#include "schema.h"

#define SURE 8 /* posts that make a habit */

enum part { PART_REQUIRED, PART_TYPE, PART_VALUE };

/* One field under one rule. */
struct held {
	const struct check *check;
	const struct schema *schema;
	const struct schema_field *sf;
	const struct schema_context *context;
	enum part part;
};

/* Where the path is, or what it would be in. */
static void
find_place(
    const struct fm *fm, const char *path, unsigned *line, unsigned *column)
{
	char *at = xstrdup(path), *end;

	*line = *column = 0;
	while (!fm_place(fm, at, line, column)) {
		char *dot = strrchr(at, '.'), *open = strrchr(at, '[');

		if (!(end = dot > open || !open ? dot : open))
			break;
		*end = '\0';
	}
	free(at);
}

static void
say(const struct held *h, const char *path, const struct err *why,
    enum check_severity severity)
{
	const char *label = h->sf->field.label;
	unsigned line, column;

	find_place(h->check->post->fm, path, &line, &column);
	check_say(
	    h->check, line, column, "%s: %s", label ? label : path, why->msg);
	check_severity(h->check, severity);
}

/* A habit that this post alone does not keep. */
static bool
is_habit(const struct schema_field *sf)
{
	const struct schema_seen *seen = &sf->seen;

	return seen->places >= SURE && seen->filled > 0 &&
	       seen->places - seen->filled <= 1;
}

static void
required(const struct held *h, const struct schema_place *place)
{
	struct schema_context out = *h->context;
	struct err why;

	/* To be in a map it needs that map, which has a say of its own. */
	if (!place->parent)
		return;
	/* What is needed before publishing is owed by what is out. */
	out.publish = h->context->publish ||
		      !schema_is_draft(h->schema, h->check->post->fm);
	if (schema_check(h->schema, h->sf, NULL, &out, &why) == 0) {
		out.publish = true;
		if (schema_check(h->schema, h->sf, NULL, &out, &why) == -1)
			say(h, place->path, &why, CHECK_INFO);
	} else if (why.code == ERR_REFUSED) {
		say(h, place->path, &why, CHECK_ERROR);
	} else if (!place->value && is_habit(h->sf)) {
		/* Left empty it was thought of. */
		say(h, place->path, &why, CHECK_INFO);
	}
}

/* Has another rule of the table the say on a field, without galley.yaml? */
static bool
is_left_alone(const struct schema_field *sf, enum part part)
{
	if (part == PART_TYPE ? sf->ruled : sf->seen.configured)
		return false;
	return sf->field.type == FIELD_DRAFT || sf->seen.posts < SURE ||
	       field_is_date(sf->field.type) || sf->seen.predefined;
}

static void
filled(const struct held *h, const struct schema_place *place)
{
	struct field plain = h->sf->field;
	bool type;
	struct err why;

	plain.pattern = NULL;
	plain.min = plain.max = NULL;
	plain.strict = false;
	type = field_check(&plain, place->value, &why) == -1;
	if (type != (h->part == PART_TYPE) || is_left_alone(h->sf, h->part) ||
	    schema_check(h->schema, h->sf, place->value, h->context, &why) == 0)
		return;
	say(h, place->path, &why,
	    why.code == ERR_REFUSED ? CHECK_ERROR : CHECK_INFO);
}

static void
hold(void *ctx, const struct schema_place *place)
{
	const struct held *h = ctx;
	bool empty = field_is_empty(place->value);

	if (!empty && h->part != PART_REQUIRED)
		filled(h, place);
	else if (empty && h->part == PART_REQUIRED)
		required(h, place);
}

static void
each(const struct check *c, enum part part)
{
	const struct value *values = fm_values(c->post->fm);
	const struct schema_context x = {
	    c->entry->path, values, c->options->publish};
	struct held h = {.check = c, .context = &x, .part = part};

	if (!c->options->schemas)
		return;
	h.schema = schemas_get(c->options->schemas, c->entry->path);
	for (size_t i = 0; i < h.schema->n; i++) {
		h.sf = &h.schema->v[i];
		schema_places(h.sf, values, hold, &h);
	}
}

void
check_required(const struct check *c)
{
	each(c, PART_REQUIRED);
}

void
check_types(const struct check *c)
{
	each(c, PART_TYPE);
}

void
check_values(const struct check *c)
{
	each(c, PART_VALUE);
}

/* Inferred, it may be about something else. */
void
check_hidden(const struct check *c)
{
	const struct schema_field *sf = NULL;
	const struct schema *s;

	if (!c->options->schemas || c->entry->draft)
		return;
	s = schemas_get(c->options->schemas, c->entry->path);
	sf = schema_draft(s);
	if (sf && sf->ruled &&
	    field_draft(&sf->field, fm_get(c->post->fm, sf->field.key)))
		check_say_field(c, fm_find(c->post->fm, sf->field.key),
		    "Hugo shows this to readers although %s says draft; it "
		    "needs draft: true",
		    sf->field.key);
}
