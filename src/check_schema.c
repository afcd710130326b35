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

static void
say(const struct check *c, const struct schema_field *sf, const struct err *why,
    enum check_severity severity)
{
	const char *key = sf->field.key;

	check_say_field(c, fm_find(c->post->fm, key), "%s: %s",
	    sf->field.label ? sf->field.label : key, why->msg);
	check_severity(c, severity);
}

static void
required(const struct check *c, const struct schema *s,
    const struct schema_field *sf, const struct schema_context *x)
{
	struct schema_context out = *x;
	struct err why;

	/* What is needed before publishing is owed by what is out. */
	out.publish = c->options->publish || !schema_is_draft(s, c->post->fm);
	if (schema_check(s, sf, NULL, &out, &why) == 0) {
		out.publish = true;
		if (schema_check(s, sf, NULL, &out, &why) == -1)
			say(c, sf, &why, CHECK_INFO);
	} else if (why.code == ERR_REFUSED) {
		say(c, sf, &why, CHECK_ERROR);
	} else if (sf->seen.posts >= SURE && sf->seen.with > 0 &&
		   sf->seen.posts - sf->seen.with <= 1) {
		say(c, sf, &why, CHECK_INFO);
	}
}

/* Has another rule of the table the say on a field, without galley.yaml? */
static bool
is_left_alone(const struct schema_field *sf)
{
	return !sf->seen.configured &&
	       (sf->field.type == FIELD_DRAFT || sf->seen.posts < SURE ||
		   field_is_date(sf->field.type) || sf->seen.predefined);
}

static void
filled(const struct check *c, const struct schema *s,
    const struct schema_field *sf, const struct value *v,
    const struct schema_context *x, enum part part)
{
	struct field plain = sf->field;
	bool type;
	struct err why;

	plain.pattern = NULL;
	plain.min = plain.max = NULL;
	plain.strict = false;
	type = field_check(&plain, v, &why) == -1;
	if (type != (part == PART_TYPE) || is_left_alone(sf) ||
	    schema_check(s, sf, v, x, &why) == 0)
		return;
	say(c, sf, &why, why.code == ERR_REFUSED ? CHECK_ERROR : CHECK_INFO);
}

/* Fields in maps have their say in the form. */
static void
each(const struct check *c, enum part part)
{
	const struct value *values = fm_values(c->post->fm), *v;
	const struct schema_context x = {
	    c->entry->path, values, c->options->publish};
	const struct schema *s;

	if (!c->options->schemas)
		return;
	s = schemas_get(c->options->schemas, c->entry->path);
	for (size_t i = 0; i < s->n; i++) {
		const struct schema_field *sf = &s->v[i];

		if (strchr(sf->field.key, '['))
			continue;
		v = fm_get(c->post->fm, sf->field.key);
		if (!field_is_empty(v) && part != PART_REQUIRED)
			filled(c, s, sf, v, &x, part);
		else if (field_is_empty(v) && part == PART_REQUIRED)
			required(c, s, sf, &x);
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
