/* SPDX-License-Identifier: ISC */
/* One value against the rules of its field: type, allowed, pattern, bounds. */
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "field_priv.h"
#include "mem.h"
#include "pattern.h"
#include "text.h"

/* What a pattern is tried on is not longer, in bytes. */
#define SUBJECT_MAX 4096

static int
expect(struct err *err, const char *what)
{
	return err_code(err, ERR_REFUSED, "%s", what);
}

double
field_number(const struct value *v)
{
	return v->type == VALUE_INT ? (double)v->integer : v->real;
}

static bool
is_number(const struct value *v)
{
	return v->type == VALUE_INT || v->type == VALUE_FLOAT;
}

static bool
is_colour(const char *s, size_t len)
{
	size_t i = 1;

	if (len == 0 || *s != '#') {
		/* A name, or a function of CSS. */
		for (i = 0; i < len && text_is_letter((unsigned char)s[i]);)
			i++;
		return i > 0 && (i == len || s[i] == '(');
	}
	while (i < len && text_hex(s[i]) >= 0)
		i++;
	return i == len && (len == 4 || len == 5 || len == 7 || len == 9);
}

static int
check_boolean(const struct field *f, const struct value *v, struct err *err)
{
	const char *s = value_text(v);
	size_t len = v->len;

	if (f->type == FIELD_DRAFT && f->hidden) {
		if (s &&
		    (text_casecmp(s, len, f->hidden, strlen(f->hidden)) == 0 ||
			text_casecmp(
			    s, len, f->published, strlen(f->published)) == 0))
			return 0;
		return err_code(err, ERR_REFUSED, "%s or %s is expected",
		    f->hidden, f->published);
	}
	if (value_truth(v, false) == value_truth(v, true))
		return 0;
	return expect(err, "true or false is expected");
}

static int
check_date(const struct value *v, struct err *err)
{
	struct date d;

	if (value_text(v) && v->type != VALUE_BOOL && v->type != VALUE_FLOAT &&
	    date_parse(v->text, v->len, &d))
		return 0;
	return expect(err, "a date is expected, like 2026-11-25");
}

static int
check_time(const struct value *v, struct err *err)
{
	int seconds;
	bool precise;

	if (value_text(v) &&
	    field_read_time(v->text, v->len, &seconds, &precise))
		return 0;
	return expect(err, "a time of a day is expected, like 14:20");
}

static int
check_text(const struct field *f, const struct value *v, struct err *err)
{
	const char *s = value_text(v);

	if (!s)
		return expect(err, v->type == VALUE_LIST
				       ? "one value is expected, not a list"
				       : "text is expected, not a map");
	if (f->type == FIELD_COLOUR && !is_colour(s, v->len))
		return expect(err, "a colour is expected, like #1a2b3c");
	if (f->type == FIELD_URL)
		for (size_t i = 0; i < v->len; i++)
			if (s[i] == ' ' || (unsigned char)s[i] < ' ')
				return expect(
				    err, "an address has no blanks in it");
	return 0;
}

static int
check_nested(const struct field *f, const struct value *v, struct err *err)
{
	if (f->type != FIELD_MAPS)
		return v->type == VALUE_MAP
			   ? 0
			   : expect(err, "a map of keys and values is "
					 "expected");
	for (size_t i = 0; v->type == VALUE_LIST && i < v->n; i++)
		if (v->items[i]->type != VALUE_MAP)
			return expect(err, "a list of maps is expected");
	return v->type == VALUE_LIST
		   ? 0
		   : expect(err, "a list of maps is expected");
}

/* The type of one value, which is no list of several. */
static int
check_type(const struct field *f, const struct value *v, struct err *err)
{
	switch (f->type) {
	case FIELD_BOOL:
	case FIELD_DRAFT:
		return check_boolean(f, v, err);
	case FIELD_INT:
	case FIELD_WEIGHT:
		return v->type == VALUE_INT
			   ? 0
			   : expect(err, "a whole number is expected, like 10");
	case FIELD_FLOAT:
		return is_number(v)
			   ? 0
			   : expect(err, "a number is expected, like 0.5");
	case FIELD_DATE:
	case FIELD_DATETIME:
	case FIELD_COMPUTED:
		return check_date(v, err);
	case FIELD_TIME:
		return check_time(v, err);
	case FIELD_MAP:
	case FIELD_MAPS:
	case FIELD_PAIRS:
		return check_nested(f, v, err);
	case FIELD_HIDDEN:
	case FIELD_RAW:
		return 0;
	default:
		return check_text(f, v, err);
	}
}

static bool
is_allowed(const struct field *f, const struct value *v)
{
	for (size_t i = 0; i < f->allowed->n; i++) {
		const struct value *a = f->allowed->items[i];

		if (value_equal(a, v) ||
		    (value_text(a) && value_text(v) && a->len == v->len &&
			memcmp(a->text, v->text, v->len) == 0))
			return true;
	}
	return false;
}

/* The allowed values with commas, the first few. Caller frees. */
static char *
allowed_words(const struct field *f)
{
	struct buf b = {0};

	for (size_t i = 0; i < f->allowed->n; i++) {
		const char *s = value_text(f->allowed->items[i]);

		if (i == 8) {
			buf_puts(&b, " ...");
			break;
		}
		buf_printf(&b, "%s%s", i ? ", " : "", s ? s : "");
	}
	return buf_steal(&b);
}

static int
check_allowed(const struct field *f, const struct value *v, struct err *err)
{
	char *words;

	if (!f->strict || !f->allowed || f->allowed->n == 0 || is_allowed(f, v))
		return 0;
	words = allowed_words(f);
	err_code(err, ERR_REFUSED, "%s is not one of: %s",
	    value_text(v) ? value_text(v) : "this", words);
	free(words);
	return -1;
}

static int
check_pattern(const struct field *f, const struct value *v, struct err *err)
{
	const char *s = value_text(v);

	if (!f->pattern || !s || v->len > SUBJECT_MAX ||
	    pattern_matches(f->pattern, s))
		return 0;
	if (f->message)
		return err_code(err, ERR_REFUSED, "%s", f->message);
	return err_code(
	    err, ERR_REFUSED, "it does not match the pattern %s", f->pattern);
}

/* Is a date before (-1) or after (1) a bound? */
static int
compare_dates(const struct value *v, const struct value *bound)
{
	struct date a, b;
	int64_t ta, tb;

	if (is_number(bound) || !value_text(bound) ||
	    !date_parse(v->text, v->len, &a) ||
	    !date_parse(bound->text, bound->len, &b))
		return 0;
	ta = date_unix(&a, NULL);
	tb = date_unix(&b, NULL);
	return ta < tb ? -1 : ta > tb;
}

static int
check_date_bounds(const struct field *f, const struct value *v, struct err *err)
{
	if (f->min && compare_dates(v, f->min) < 0)
		return err_code(
		    err, ERR_REFUSED, "it must not be before %s", f->min->text);
	if (f->max && compare_dates(v, f->max) > 0)
		return err_code(
		    err, ERR_REFUSED, "it must not be after %s", f->max->text);
	return 0;
}

static int
check_range(const struct field *f, double x, const char *unit, struct err *err)
{
	if (f->min && x < field_number(f->min))
		return err_code(err, ERR_REFUSED, "at least %s%s, it has %.15g",
		    f->min->text, unit, x);
	if (f->max && x > field_number(f->max))
		return err_code(err, ERR_REFUSED, "at most %s%s, it has %.15g",
		    f->max->text, unit, x);
	return 0;
}

static int
check_number(const struct field *f, double x, struct err *err)
{
	if (f->min && x < field_number(f->min))
		return err_code(
		    err, ERR_REFUSED, "at least %s is expected", f->min->text);
	if (f->max && x > field_number(f->max))
		return err_code(
		    err, ERR_REFUSED, "at most %s is expected", f->max->text);
	return 0;
}

/* Bounds are numbers, or dates where the field is one (field_conf.c). */
static int
check_bounds(const struct field *f, const struct value *v, struct err *err)
{
	if (!f->min && !f->max)
		return 0;
	if (field_is_date(f->type))
		return check_date_bounds(f, v, err);
	if ((f->min && !is_number(f->min)) || (f->max && !is_number(f->max)))
		return 0;
	if (v->type == VALUE_LIST || v->type == VALUE_MAP)
		return check_range(f, (double)v->n,
		    v->type == VALUE_LIST ? " items" : " keys", err);
	if (field_is_list(f))
		return check_range(f, 1, " items", err);
	if (f->type == FIELD_INT || f->type == FIELD_FLOAT ||
	    f->type == FIELD_WEIGHT)
		return check_number(f, field_number(v), err);
	if (v->type == VALUE_STRING)
		return check_range(
		    f, (double)text_count(v->text, v->len), " characters", err);
	return 0;
}

/* One value, or one item of a list. */
static int
check_item(const struct field *f, const struct value *v, struct err *err)
{
	if (field_is_empty(v))
		return 0;
	if (check_type(f, v, err) == -1 || check_allowed(f, v, err) == -1)
		return -1;
	return check_pattern(f, v, err);
}

static int
check_items(const struct field *f, const struct value *v, struct err *err)
{
	if (v->type == VALUE_MAP)
		return expect(err, "a list is expected, not a map");
	if (v->type != VALUE_LIST)
		return check_item(f, v, err);
	for (size_t i = 0; i < v->n; i++) {
		if (!field_is_item(v->items[i]))
			return expect(
			    err, "the list's items must be text or numbers");
		if (check_item(f, v->items[i], err) == -1)
			return -1;
	}
	return 0;
}

int
field_check(const struct field *f, const struct value *v, struct err *err)
{
	if (field_is_empty(v))
		return 0;
	if ((field_is_list(f) ? check_items(f, v, err)
			      : check_item(f, v, err)) == -1)
		return -1;
	return check_bounds(f, v, err);
}
