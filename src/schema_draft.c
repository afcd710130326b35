/* SPDX-License-Identifier: ISC */
/*
 * Drafts: Hugo's flag, the fields of the team's own that say the same ("status:
 * draft"), and "published: false", which Hugo knows where there is no flag.  As
 * it knows nothing else, its flag always says it, too.
 */
#include <string.h>

#include "mem.h"
#include "schema_priv.h"
#include "text.h"

#define HUGOS     "draft"
#define PUBLISHED "published"

static bool
is_hugos(const struct schema_field *sf)
{
	return text_casecmp(sf->field.key, strlen(sf->field.key), HUGOS,
		   strlen(HUGOS)) == 0;
}

static bool
is_flag(const struct schema_field *sf)
{
	return sf->depth == 0 && sf->field.type == FIELD_DRAFT;
}

static bool
is_own(const struct schema_field *sf)
{
	return is_flag(sf) && !is_hugos(sf);
}

/* The team's word goes first, then what most posts have: Hugo's is in every
 * schema. */
static size_t
rank(const struct schema_field *sf)
{
	return sf->ruled && is_own(sf) ? SIZE_MAX : sf->seen.with;
}

const struct schema_field *
schema_draft(const struct schema *s)
{
	const struct schema_field *found = NULL;

	for (size_t i = 0; i < s->n; i++)
		if (is_flag(&s->v[i]) &&
		    (!found || rank(&s->v[i]) > rank(found)))
			found = &s->v[i];
	return found;
}

/* "published" as a flag; it may be a date as well. NULL: it is none. */
static const struct value *
published_flag(const struct fm *fm)
{
	const struct fm_field *f = fm_find(fm, PUBLISHED);
	const struct value *v = f ? f->value : NULL;

	return value_truth(v, true) == value_truth(v, false) ? v : NULL;
}

bool
schema_is_draft(const struct schema *s, const struct fm *fm)
{
	const struct fm_field *hugos = fm_find(fm, HUGOS);

	if (hugos && value_truth(hugos->value, false))
		return true;
	if (!hugos && !value_truth(published_flag(fm), true))
		return true;
	for (size_t i = 0; s && i < s->n; i++)
		if (is_own(&s->v[i]) &&
		    field_draft(&s->v[i].field, fm_get(fm, s->v[i].field.key)))
			return true;
	return false;
}

/* Is it a flag in this post, too? "published" may be a date. */
static bool
can_turn(const struct field *f, const struct value *v)
{
	if (!v || v->type == VALUE_NULL)
		return true;
	if (f->hidden)
		return value_text(v) != NULL;
	return value_truth(v, true) == value_truth(v, false);
}

/* Does a post that is without the field get it? */
static bool
is_expected(const struct schema *s, const struct schema_field *sf)
{
	return sf == schema_draft(s) &&
	       (sf->ruled || sf->seen.with * 2 > sf->seen.posts);
}

static int
turn_own(const struct schema *s, const struct schema_field *sf, struct fm *fm,
    bool draft, struct err *err)
{
	const struct field *f = &sf->field;
	const struct value *v = fm_get(fm, f->key);
	struct value *to;
	int rc;

	if (field_draft(f, v) == draft || !can_turn(f, v) ||
	    (!v && !is_expected(s, sf)))
		return 0;
	to = field_draft_value(f, draft);
	rc = fm_set(fm, f->key, to, err);
	value_free(to);
	return rc;
}

static int
set_flag(struct fm *fm, const char *key, bool to, struct err *err)
{
	struct value *v = value_bool(to);
	int rc = fm_set(fm, key, v, err);

	value_free(v);
	return rc;
}

static int
turn_hugos(struct fm *fm, bool draft, struct err *err)
{
	const struct value *published = published_flag(fm);
	const struct fm_field *f;

	if (published && value_truth(published, true) == draft &&
	    set_flag(fm, PUBLISHED, !draft, err) == -1)
		return -1;
	f = fm_find(fm, HUGOS);
	/* No flag means published already. */
	if (value_truth(f ? f->value : NULL, false) == draft)
		return 0;
	return set_flag(fm, HUGOS, draft, err);
}

int
schema_set_draft(
    const struct schema *s, struct fm *fm, bool draft, struct err *err)
{
	size_t edits = fm_edit_count(fm);
	int rc = 0;

	if (s)
		schema_order(s, fm);
	for (size_t i = 0; s && i < s->n && rc == 0; i++)
		if (is_own(&s->v[i]))
			rc = turn_own(s, &s->v[i], fm, draft, err);
	if (rc == 0)
		rc = turn_hugos(fm, draft, err);
	while (rc == -1 && fm_edit_count(fm) > edits)
		fm_undo(fm);
	if (fm_edit_count(fm) > edits)
		fm_join(fm, edits);
	return rc;
}
