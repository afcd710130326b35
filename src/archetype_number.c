/* SPDX-License-Identifier: ISC */
/* The functions of the templates on numbers, comparisons, and hashes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "date.h"
#include "mem.h"

static struct value *
fail(struct err *err, const char *what)
{
	err_set(err, "%s", what);
	return NULL;
}

static bool
is_number(const struct value *v)
{
	return v->type == VALUE_INT || v->type == VALUE_FLOAT;
}

static double
real(const struct value *v)
{
	return v->type == VALUE_INT ? (double)v->integer : v->real;
}

static bool
is_small(const struct value *v)
{
	return v->integer <= INT32_MAX && v->integer >= INT32_MIN;
}

/* Whole numbers stay whole, as in Go. */
static struct value *
arithmetic(struct value *const *args, char op, struct err *err)
{
	const struct value *a = args[0], *b = args[1];
	bool whole = a->type == VALUE_INT && b->type == VALUE_INT;

	if (!is_number(a) || !is_number(b))
		return fail(err, "only numbers can be calculated with");
	if (whole && (!is_small(a) || !is_small(b)))
		return fail(err, "the numbers are too big");
	if ((op == '/' || op == '%') && real(b) == 0)
		return fail(err, "a division by zero");
	if (op == '%' && !whole)
		return fail(err, "mod wants whole numbers");
	switch (op) {
	case '+':
		return whole ? value_int(a->integer + b->integer)
			     : value_real(real(a) + real(b));
	case '-':
		return whole ? value_int(a->integer - b->integer)
			     : value_real(real(a) - real(b));
	case '*':
		return whole ? value_int(a->integer * b->integer)
			     : value_real(real(a) * real(b));
	case '/':
		return whole ? value_int(a->integer / b->integer)
			     : value_real(real(a) / real(b));
	default:
		return value_int(a->integer % b->integer);
	}
}

/* Texts are put together. */
TEMPLATE_FUNCTION(run_add)
{
	struct buf out = {0};
	struct value *v;

	(void)data, (void)n;
	if (args[0]->type != VALUE_STRING || args[1]->type != VALUE_STRING)
		return arithmetic(args, '+', err);
	buf_add(&out, args[0]->text, args[0]->len);
	buf_add(&out, args[1]->text, args[1]->len);
	v = value_string_len(buf_text(&out), out.len);
	buf_dispose(&out);
	return v;
}

#define ARITHMETIC(name, op) \
	TEMPLATE_FUNCTION(name) \
	{ \
		(void)data, (void)n; \
		return arithmetic(args, op, err); \
	}

ARITHMETIC(run_sub, '-')
ARITHMETIC(run_mul, '*')
ARITHMETIC(run_div, '/')
ARITHMETIC(run_mod, '%')

/* The whole number below, when it is one. */
static bool
floor_of(const struct value *v, int64_t *whole)
{
	double d = real(v);

	if (!is_number(v) || !(d > -1e15 && d < 1e15))
		return false;
	*whole = (int64_t)d;
	if ((double)*whole > d)
		--*whole;
	return true;
}

TEMPLATE_FUNCTION(run_floor)
{
	int64_t whole;

	(void)data, (void)n;
	if (!floor_of(args[0], &whole))
		return fail(err, "math.Floor wants a number");
	return value_real((double)whole);
}

TEMPLATE_FUNCTION(run_ceil)
{
	int64_t whole;

	(void)data, (void)n;
	if (!floor_of(args[0], &whole))
		return fail(err, "math.Ceil wants a number");
	return value_real((double)(whole + ((double)whole < real(args[0]))));
}

TEMPLATE_FUNCTION(run_round)
{
	int64_t whole;
	double d;

	(void)data, (void)n;
	if (!floor_of(args[0], &whole))
		return fail(err, "math.Round wants a number");
	d = real(args[0]) - (double)whole;
	return value_real(
	    (double)(whole + (real(args[0]) < 0 ? d > 0.5 : d >= 0.5)));
}

/* Leading zeros make a number octal, as Hugo has it. */
TEMPLATE_FUNCTION(run_int)
{
	const struct value *v = args[0];
	char *end = NULL;
	bool good = true;
	int64_t i = 0;

	(void)data, (void)n;
	if (v->type == VALUE_INT || v->type == VALUE_BOOL)
		i = v->type == VALUE_INT ? v->integer : v->boolean;
	else if (v->type == VALUE_FLOAT && v->real > -1e15 && v->real < 1e15)
		i = (int64_t)v->real;
	else if (v->type == VALUE_STRING && v->len > 0)
		i = strtoll(v->text, &end, 0);
	else
		good = false;
	if (!good || (end && *end))
		return fail(err, "int: that is no whole number");
	return value_int(i);
}

TEMPLATE_FUNCTION(run_float)
{
	const struct value *v = args[0];
	char *end = NULL;
	bool good = true;
	double d = 0;

	(void)data, (void)n;
	if (is_number(v))
		d = real(v);
	else if (v->type == VALUE_STRING && v->len > 0)
		d = strtod(v->text, &end);
	else
		good = false;
	if (!good || (end && *end))
		return fail(err, "float: that is no number");
	return value_real(d);
}

/* A text is its number, if it is one; lists are their length. */
static bool
weight_of(const struct value *v, double *d)
{
	struct date date;
	char *end;

	switch (v->type) {
	case VALUE_INT:
	case VALUE_FLOAT:
		*d = real(v);
		return true;
	case VALUE_LIST:
	case VALUE_MAP:
		*d = (double)v->n;
		return true;
	case VALUE_DATE:
		*d = date_parse(v->text, v->len, &date)
			 ? (double)date_unix(&date, NULL)
			 : 0;
		return true;
	case VALUE_STRING:
		*d = strtod(v->text, &end);
		return v->len > 0 && !*end;
	default:
		*d = 0;
		return false;
	}
}

int
template_compare(const struct value *a, const struct value *b)
{
	double x, y;
	bool one = weight_of(a, &x), other = weight_of(b, &y);
	int c;

	if ((one && other) || a->type != VALUE_STRING ||
	    b->type != VALUE_STRING)
		return x < y ? -1 : x > y;
	c = strcmp(a->text, b->text);
	return c < 0 ? -1 : c > 0;
}

/* Equal to any of the others; kinds that differ are not. */
static bool
equals(struct value *const *args, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (args[0]->type == args[i]->type &&
		    value_equal(args[0], args[i]))
			return true;
	return false;
}

#define COMPARISON(name, expression) \
	TEMPLATE_FUNCTION(name) \
	{ \
		(void)data, (void)n, (void)err; \
		return value_bool(expression); \
	}

COMPARISON(run_eq, equals(args, n))
COMPARISON(run_ne, !equals(args, n))
COMPARISON(run_lt, template_compare(args[0], args[1]) < 0)
COMPARISON(run_le, template_compare(args[0], args[1]) <= 0)
COMPARISON(run_gt, template_compare(args[0], args[1]) > 0)
COMPARISON(run_ge, template_compare(args[0], args[1]) >= 0)

#define HASH(name, function) \
	TEMPLATE_FUNCTION(name) \
	{ \
		char *s = template_string(args[0]); \
		struct buf out = {0}; \
		struct value *v; \
\
		(void)data, (void)n, (void)err; \
		function(s, strlen(s), &out); \
		v = value_string_len(buf_text(&out), out.len); \
		buf_dispose(&out); \
		free(s); \
		return v; \
	}

HASH(run_md5, hash_md5)
HASH(run_sha1, hash_sha1)
HASH(run_sha256, hash_sha256)

const struct template_name template_numbers[] = {
    {"add", "math.Add", 2, 2, run_add},
    {"div", "math.Div", 2, 2, run_div},
    {"eq", "compare.Eq", 2, 8, run_eq},
    {"float", "cast.ToFloat", 1, 1, run_float},
    {"ge", "compare.Ge", 2, 2, run_ge},
    {"gt", "compare.Gt", 2, 2, run_gt},
    {"int", "cast.ToInt", 1, 1, run_int},
    {"le", "compare.Le", 2, 2, run_le},
    {"lt", "compare.Lt", 2, 2, run_lt},
    {"math.Ceil", NULL, 1, 1, run_ceil},
    {"math.Floor", NULL, 1, 1, run_floor},
    {"math.Round", NULL, 1, 1, run_round},
    {"md5", "crypto.MD5", 1, 1, run_md5},
    {"mod", "math.Mod", 2, 2, run_mod},
    {"mul", "math.Mul", 2, 2, run_mul},
    {"ne", "compare.Ne", 2, 8, run_ne},
    {"sha1", "crypto.SHA1", 1, 1, run_sha1},
    {"sha256", "crypto.SHA256", 1, 1, run_sha256},
    {"sub", "math.Sub", 2, 2, run_sub},
    {NULL},
};
