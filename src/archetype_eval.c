/* SPDX-License-Identifier: ISC */
/*
 * Pipelines of Go's text/template: literals, fields, variables, parentheses and
 * function calls.  One pass over the text, no tree; depth is bounded.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "mem.h"
#include "text.h"

#define ARGS_MAX  16
#define DEPTH_MAX 32
#define VALUE_MAX (16 * TEMPLATE_MAX)
#define SPENT_MAX (64 * TEMPLATE_MAX)

int
eval_fail(struct eval *x, size_t at, const char *fmt, ...)
{
	unsigned line, column;
	va_list ap;
	char *msg;

	va_start(ap, fmt);
	msg = xvasprintf(fmt, ap);
	va_end(ap);
	text_place(x->text, at < x->len ? at : x->len, &line, &column);
	err_at(x->err, line, column, "%s", msg);
	free(msg);
	return -1;
}

static struct value *
fail_value(struct eval *x, size_t at, const char *msg)
{
	eval_fail(x, at, "%s", msg);
	return NULL;
}

static int
peek(const struct eval *x, size_t ahead)
{
	return ahead < x->len - x->at ? (unsigned char)x->text[x->at + ahead]
				      : -1;
}

static bool
is_blank(int c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
is_word(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

void
eval_blank(struct eval *x)
{
	while (is_blank(peek(x, 0)))
		x->at++;
}

bool
eval_at_end(const struct eval *x)
{
	size_t skip = 0;

	while (is_blank(peek(x, skip)))
		skip++;
	if (peek(x, skip) == '-' &&
	    (skip > 0 || (x->at > 0 && is_blank(x->text[x->at - 1]))))
		skip++;
	return peek(x, skip) == '}' && peek(x, skip + 1) == '}';
}

bool
eval_end(struct eval *x, bool *trim)
{
	if (!eval_at_end(x))
		return false;
	eval_blank(x);
	*trim = peek(x, 0) == '-';
	x->at += *trim ? 3 : 2;
	return true;
}

size_t
eval_variable(const struct eval *x)
{
	size_t n = 1;

	if (peek(x, 0) != '$')
		return 0;
	while (is_word(peek(x, n)))
		n++;
	return n;
}

void
eval_declare(struct eval *x, char *name, struct value *value)
{
	x->variables = xgrow(x->variables, x->nvariables, &x->cap_variables,
	    sizeof(*x->variables));
	x->variables[x->nvariables++] = (struct eval_variable){name, value};
}

static struct eval_variable *
find_variable(struct eval *x, const char *name)
{
	for (size_t i = x->nvariables; i > 0; i--)
		if (strcmp(x->variables[i - 1].name, name) == 0)
			return &x->variables[i - 1];
	return NULL;
}

bool
eval_assign(struct eval *x, const char *name, struct value *value)
{
	struct eval_variable *v = find_variable(x, name);

	if (!v)
		return false;
	value_free(v->value);
	v->value = value;
	return true;
}

/* \u00e9 and \U0001f389; at stands on the first digit. */
static bool
add_code(struct eval *x, int digits, struct buf *out)
{
	uint32_t cp = 0;

	for (int i = 0; i < digits; i++) {
		int digit = text_hex((char)peek(x, 0));

		if (digit == -1)
			return false;
		cp = cp << 4 | (uint32_t)digit;
		x->at++;
	}
	if (cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000) || cp == 0)
		return false;
	text_encode(out, cp);
	return true;
}

static bool
add_escape(struct eval *x, struct buf *out)
{
	static const char from[] = "abfnrtv\\'\"";
	static const char to[] = "\a\b\f\n\r\t\v\\'\"";
	int c = peek(x, 0);
	const char *p = c > 0 ? strchr(from, c) : NULL;

	x->at++;
	if (p) {
		buf_putc(out, to[p - from]);
		return true;
	}
	if (c == 'x' || c == 'u' || c == 'U')
		return add_code(x, c == 'x' ? 2 : c == 'u' ? 4 : 8, out);
	return false;
}

static struct value *
quoted(struct eval *x)
{
	struct buf out = {0};
	size_t start = x->at;
	struct value *v;
	int c;

	for (x->at++; (c = peek(x, 0)) != '"';) {
		if (c == -1 || c == '\n') {
			buf_dispose(&out);
			return fail_value(x, start, "a string without its end");
		}
		x->at++;
		if (c != '\\') {
			buf_putc(&out, (char)c);
		} else if (!add_escape(x, &out)) {
			buf_dispose(&out);
			return fail_value(x, start,
			    "a string with an escape "
			    "that is none of Go's");
		}
	}
	x->at++;
	v = value_string_len(buf_text(&out), out.len);
	buf_dispose(&out);
	return v;
}

static struct value *
raw(struct eval *x)
{
	size_t start = x->at++;
	const char *s = x->text + x->at;
	const char *end = memchr(s, '`', x->len - x->at);

	if (!end)
		return fail_value(x, start, "a string without its end");
	x->at += (size_t)(end - s) + 1;
	return value_string_len(s, (size_t)(end - s));
}

/* Go's: 12, 1_000, 0x1f, 1.5, 1e3; it is whole when there is no "." or "e". */
static struct value *
number_value(const char *s)
{
	struct value *v;
	char *end;

	if (strpbrk(s, ".eEpP") && !strpbrk(s, "xX"))
		v = value_real(strtod(s, &end));
	else
		v = value_int(strtoll(s, &end, 0));
	if (*s && !*end)
		return v;
	value_free(v);
	return NULL;
}

static struct value *
number(struct eval *x)
{
	size_t start = x->at, n = 0;
	struct buf digits = {0};
	struct value *v;

	if (peek(x, 0) == '-' || peek(x, 0) == '+')
		n++;
	while (is_word(peek(x, n)) || peek(x, n) == '.')
		n++;
	for (size_t i = 0; i < n; i++)
		if (x->text[start + i] != '_')
			buf_putc(&digits, x->text[start + i]);
	x->at += n;
	v = number_value(buf_text(&digits));
	if (!v)
		eval_fail(
		    x, start, "%.*s is no number", (int)n, x->text + start);
	buf_dispose(&digits);
	return v;
}

/* A term: its value, or a function that waits for arguments. */
struct term {
	size_t at;
	struct value *value;
	const struct template_name *function;
	/* A method or field that waits for arguments. */
	const char *method;
	size_t method_len;
};

static void
term_dispose(struct term *t)
{
	value_free(t->value);
	*t = (struct term){0};
}

/* What a value takes, about, in bytes; enough when it is over the limit. */
static size_t
weight(const struct value *v)
{
	size_t sum = sizeof(*v) + v->len;

	for (size_t i = 0; i < v->n && sum <= VALUE_MAX; i++)
		sum += weight(v->items[i]);
	return sum;
}

int
eval_spend(struct eval *x, size_t at, size_t bytes)
{
	x->spent += bytes;
	if (x->spent <= SPENT_MAX)
		return 0;
	return eval_fail(x, at, "the archetype does too much");
}

static int
call(struct eval *x, struct term *t, struct value *const *args, size_t n)
{
	struct err why;
	struct value *v;

	if (t->function && n < t->function->min) {
		return eval_fail(x, t->at, "%s wants %zu arguments, not %zu",
		    t->function->name, t->function->min, n);
	} else if (t->function && n > t->function->max) {
		return eval_fail(x, t->at,
		    "%s wants at most %zu arguments, not %zu",
		    t->function->name, t->function->max, n);
	} else if (t->function) {
		v = t->function->run(x->data, args, n, &why);
	} else if (t->method) {
		v = template_field(
		    t->value, t->method, t->method_len, args, n, &why);
	} else if (n > 0) {
		return eval_fail(x, t->at,
		    "this is no function, and takes no "
		    "arguments");
	} else {
		return 0;
	}
	if (!v)
		return eval_fail(x, t->at, "%s", why.msg);
	value_free(t->value);
	t->value = v;
	t->function = NULL;
	t->method = NULL;
	/* A list of a list of ... doubles with each step. */
	if (v->len > TEMPLATE_MAX || weight(v) > VALUE_MAX)
		return eval_fail(x, t->at, "the result is too long");
	return eval_spend(x, t->at, weight(v));
}

/* ".Site.Title" after a value: all but the last are taken at once. */
static int
chain(struct eval *x, struct term *t)
{
	while (peek(x, 0) == '.' && is_word(peek(x, 1))) {
		size_t n = 0;

		if (call(x, t, NULL, 0) == -1)
			return -1;
		t->at = x->at++;
		while (is_word(peek(x, n)))
			n++;
		t->method = x->text + x->at;
		t->method_len = n;
		x->at += n;
	}
	return 0;
}

static int
parenthesis(struct eval *x, struct term *t)
{
	if (x->depth >= DEPTH_MAX)
		return eval_fail(x, x->at, "parentheses too deep");
	x->at++;
	x->depth++;
	t->value = eval_pipeline(x);
	x->depth--;
	if (!t->value)
		return -1;
	eval_blank(x);
	if (peek(x, 0) != ')')
		return eval_fail(x, t->at, "a parenthesis without its end");
	x->at++;
	return 0;
}

/* "true", "now", "strings.TrimPrefix": the longest name that is known. */
static int
name_term(struct eval *x, struct term *t)
{
	const char *s = x->text + x->at;
	size_t n = 0, best = 0;

	while (is_word(peek(x, n)) ||
	       (peek(x, n) == '.' && is_word(peek(x, n + 1)))) {
		n++;
		if (!is_word(peek(x, n)) && template_find(s, n)) {
			best = n;
			t->function = template_find(s, n);
		}
	}
	if (best > 0) {
		x->at += best;
		return 0;
	}
	if (n == 4 && memcmp(s, "true", 4) == 0)
		t->value = value_bool(true);
	else if (n == 5 && memcmp(s, "false", 5) == 0)
		t->value = value_bool(false);
	else if (n == 3 && memcmp(s, "nil", 3) == 0)
		t->value = value_null();
	else
		return eval_fail(x, x->at,
		    "the function %.*s is not known here; use 'hugo new', or "
		    "take it out of the archetype",
		    (int)n, s);
	x->at += n;
	return 0;
}

static int
variable_term(struct eval *x, struct term *t)
{
	size_t n = eval_variable(x);
	char *name = xstrndup(x->text + x->at, n);
	struct eval_variable *v = find_variable(x, name);
	int status = 0;

	if (v)
		t->value = value_copy(v->value);
	else
		status = eval_fail(
		    x, x->at, "the variable %s was not declared", name);
	x->at += n;
	free(name);
	return status;
}

static int
read_term(struct eval *x, struct term *t)
{
	int c = peek(x, 0);
	int status = 0;

	*t = (struct term){.at = x->at};
	if (c == '(') {
		status = parenthesis(x, t);
	} else if (c == '"') {
		t->value = quoted(x);
	} else if (c == '`') {
		t->value = raw(x);
	} else if ((c >= '0' && c <= '9') ||
		   ((c == '-' || c == '+') && peek(x, 1) >= '0' &&
		       peek(x, 1) <= '9')) {
		t->value = number(x);
	} else if (c == '.') {
		t->value = value_copy(x->dot);
		x->at += !is_word(peek(x, 1));
	} else if (c == '$') {
		status = variable_term(x, t);
	} else if (is_word(c)) {
		status = name_term(x, t);
	} else if (c == -1) {
		status = eval_fail(x, x->at, "an action without its end");
	} else {
		status = eval_fail(x, x->at, "not understood: %.*s",
		    (int)text_next(x->text + x->at, x->len - x->at),
		    x->text + x->at);
	}
	if (status == 0 && !t->value && !t->function)
		status = -1;
	if (status == 0)
		status = chain(x, t);
	if (status == -1)
		term_dispose(t);
	return status;
}

/* One command: what is called, its arguments, and what came down the pipe. */
static struct value *
command(struct eval *x, struct value *piped)
{
	struct value *args[ARGS_MAX + 1];
	struct term first, arg;
	size_t n = 0;
	int status;

	eval_blank(x);
	status = read_term(x, &first);
	while (status == 0) {
		eval_blank(x);
		if (eval_at_end(x) || peek(x, 0) == '|' || peek(x, 0) == ')')
			break;
		if (n == ARGS_MAX) {
			status = eval_fail(x, x->at, "too many arguments");
			break;
		}
		status = read_term(x, &arg);
		if (status == 0 && (status = call(x, &arg, NULL, 0)) == 0)
			args[n++] = arg.value;
		else
			term_dispose(&arg);
	}
	if (status == 0 && piped) {
		args[n++] = piped;
		piped = NULL;
	}
	if (status == 0)
		status = call(x, &first, args, n);
	while (n > 0)
		value_free(args[--n]);
	value_free(piped);
	if (status == 0)
		return first.value;
	term_dispose(&first);
	return NULL;
}

struct value *
eval_pipeline(struct eval *x)
{
	struct value *v = command(x, NULL);

	while (v) {
		eval_blank(x);
		if (peek(x, 0) != '|')
			break;
		x->at++;
		v = command(x, v);
	}
	return v;
}
