/* SPDX-License-Identifier: ISC */
/* Fields changed by one key: a step up or down, the next choice, the draft. */
#include <stdint.h>
#include <string.h>

#include "field_priv.h"
#include "mem.h"
#include "text.h"

#define CHOICES_MAX 12 /* more are picked, not cycled through */

static bool
is_number(const struct value *v)
{
	return v && (v->type == VALUE_INT || v->type == VALUE_FLOAT);
}

/* -1, 0, 1: below min, within, above max; of numbers. */
static int
outside(const struct field *f, double x)
{
	const struct value *min = f->min, *max = f->max;

	if (min && is_number(min) && x < field_number(min))
		return -1;
	if (max && is_number(max) && x > field_number(max))
		return 1;
	return 0;
}

static struct value *
step_int(const struct field *f, const struct value *old, int by)
{
	int64_t n = old && old->type == VALUE_INT ? old->integer : 0, to;
	int side;

	/* Places in an order are given in tens, to leave room. */
	if (f->type == FIELD_WEIGHT && n != 0 && n % 10 == 0)
		by *= 10;
	if (by > 0 ? n > INT64_MAX - by : n < INT64_MIN - by)
		return value_int(n);
	to = n + by;
	if ((side = outside(f, (double)to)) != 0)
		return value_copy(side < 0 ? f->min : f->max);
	return value_int(to);
}

static struct value *
step_float(const struct field *f, const struct value *old, int by)
{
	double x = is_number(old) ? old->real : 0;
	int side = outside(f, x + by);

	if (old && old->type == VALUE_INT)
		return step_int(f, old, by);
	if (side != 0)
		return value_copy(side < 0 ? f->min : f->max);
	return value_real(x + by);
}

struct value *
field_step(const struct field *f, const struct value *old, int by,
    enum field_unit unit)
{
	if (field_is_list(f))
		return NULL;
	switch (f->type) {
	case FIELD_INT:
	case FIELD_WEIGHT:
		return step_int(f, old, by);
	case FIELD_FLOAT:
		return step_float(f, old, by);
	case FIELD_DATE:
	case FIELD_DATETIME:
	case FIELD_COMPUTED:
	case FIELD_TIME:
		return field_step_date(f, old, by, unit);
	default:
		return NULL;
	}
}

bool
field_draft(const struct field *f, const struct value *v)
{
	const char *word = v ? value_text(v) : NULL;

	if (!v || v->type == VALUE_NULL)
		return false;
	if (f->hidden)
		return word && text_casecmp(word, v->len, f->hidden,
				   strlen(f->hidden)) == 0;
	/* What is no boolean is "published: <date>", or counts as false. */
	return f->inverted ? !value_truth(v, true) : value_truth(v, false);
}

struct value *
field_draft_value(const struct field *f, bool draft)
{
	if (f->hidden)
		return value_string(draft ? f->hidden : f->published);
	return value_bool(draft != f->inverted);
}

bool
field_cycles(const struct field *f)
{
	if (field_is_list(f))
		return false;
	return f->type == FIELD_BOOL || f->type == FIELD_DRAFT ||
	       (f->type == FIELD_CHOICE && f->allowed && f->allowed->n > 0 &&
		   f->allowed->n <= CHOICES_MAX);
}

/* Where old is among what is allowed; n: it is not. */
static size_t
place(const struct value *allowed, const struct value *old)
{
	size_t i = 0;

	while (i < allowed->n && (!old || !value_equal(allowed->items[i], old)))
		i++;
	return i;
}

struct value *
field_cycle(const struct field *f, const struct value *old, int by)
{
	size_t i, n;

	if (!field_cycles(f))
		return NULL;
	if (f->type == FIELD_BOOL)
		return value_bool(!value_truth(old, false));
	if (f->type == FIELD_DRAFT)
		return field_draft_value(f, !field_draft(f, old));
	n = f->allowed->n;
	i = place(f->allowed, old);
	if (i == n)
		i = by > 0 ? 0 : n - 1;
	else
		i = (i + (by > 0 ? 1 : n - 1)) % n;
	return value_copy(f->allowed->items[i]);
}
