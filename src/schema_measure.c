/* SPDX-License-Identifier: ISC */
/* How many posts are not as the schema of their section has it. */
#include <stdlib.h>

#include "mem.h"
#include "schema_priv.h"

static void
measure_place(void *ctx, const struct schema_place *place)
{
	struct schema_field *sf = ctx;
	struct err ignored;

	if (field_is_empty(place->value))
		sf->seen.lacking += place->parent;
	else
		sf->seen.unfit +=
		    field_check(&sf->field, place->value, &ignored) == -1;
}

static void
measure(void *ctx, const struct entry *e, const struct value *values)
{
	struct schema *s = ctx;

	(void)e;
	for (size_t i = 0; i < s->n; i++)
		schema_places(&s->v[i], values, measure_place, &s->v[i]);
}

void
schema_measure(struct schema *s, const struct schema_source *source)
{
	const struct entry **entries;
	size_t n;

	for (size_t i = 0; i < s->n; i++)
		s->v[i].seen.lacking = s->v[i].seen.unfit = 0;
	entries = schema_entries(source, &n, SIZE_MAX);
	schema_each(source, entries, n, measure, s);
	free(entries);
}
