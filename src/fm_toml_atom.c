/* SPDX-License-Identifier: ISC */
/* TOML's words: booleans, numbers, dates and times. */
#include "fm_toml_priv.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "mem.h"

/* What is left of a word. */
struct word {
	const char *p, *end;
};

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Exactly n digits, as a number between min and max. */
static bool
number(struct word *w, int n, int min, int max, int *out)
{
	*out = 0;
	if (w->end - w->p < n)
		return false;
	for (; n > 0; n--, w->p++) {
		if (!is_digit(*w->p))
			return false;
		*out = *out * 10 + (*w->p - '0');
	}
	return *out >= min && *out <= max;
}

static bool
one_of(struct word *w, const char *set)
{
	if (w->p == w->end || !strchr(set, *w->p))
		return false;
	w->p++;
	return true;
}

static bool
full_date(struct word *w)
{
	int y, m, d;

	return number(w, 4, 0, 9999, &y) && one_of(w, "-") &&
	       number(w, 2, 1, 12, &m) && one_of(w, "-") &&
	       number(w, 2, 1, calendar_days_in(y, m), &d);
}

static bool
partial_time(struct word *w)
{
	int n;

	if (!number(w, 2, 0, 23, &n) || !one_of(w, ":") ||
	    !number(w, 2, 0, 59, &n) || !one_of(w, ":") ||
	    !number(w, 2, 0, 60, &n))
		return false;
	if (!one_of(w, "."))
		return true;
	if (!one_of(w, "0123456789"))
		return false;
	while (one_of(w, "0123456789"))
		;
	return true;
}

static bool
offset(struct word *w)
{
	int n;

	if (w->p == w->end || one_of(w, "Zz"))
		return true;
	return one_of(w, "+-") && number(w, 2, 0, 23, &n) && one_of(w, ":") &&
	       number(w, 2, 0, 59, &n);
}

static bool
is_date(const char *s, size_t len)
{
	struct word w = {s, s + len};

	if (len > 2 && s[2] == ':')
		return partial_time(&w) && w.p == w.end;
	if (!full_date(&w))
		return false;
	if (w.p == w.end)
		return true;
	return one_of(&w, "Tt ") && partial_time(&w) && offset(&w) &&
	       w.p == w.end;
}

static bool
is_base_digit(char c, int base)
{
	if (base == 16)
		return is_digit(c) || (c >= 'a' && c <= 'f') ||
		       (c >= 'A' && c <= 'F');
	return c >= '0' && c < '0' + base;
}

/* Digits with single underscores between them. */
static bool
digits(struct word *w, int base)
{
	const char *start = w->p;

	while (w->p < w->end) {
		if (*w->p == '_' && w->p > start && w->p[-1] != '_' &&
		    w->p + 1 < w->end)
			w->p++;
		else if (is_base_digit(*w->p, base))
			w->p++;
		else
			break;
	}
	return w->p > start && w->p[-1] != '_';
}

/* 0, or digits that do not start with 0. */
static bool
decimal(struct word *w)
{
	if (w->p < w->end && *w->p == '0') {
		w->p++;
		return w->p == w->end || (!is_digit(*w->p) && *w->p != '_');
	}
	return digits(w, 10);
}

static char *
without_underscores(const char *s, size_t len)
{
	struct buf b = {0};

	for (size_t i = 0; i < len; i++)
		if (s[i] != '_')
			buf_putc(&b, s[i]);
	return buf_steal(&b);
}

static struct value *
as_written(struct value *v, const char *s, size_t len)
{
	value_written(v, s, len);
	return v;
}

static int
base_of(const char *s, size_t len)
{
	if (len < 2 || s[0] != '0')
		return 10;
	return s[1] == 'x' ? 16 : s[1] == 'o' ? 8 : s[1] == 'b' ? 2 : 10;
}

static struct value *
integer(struct toml *t, const char *s, size_t len)
{
	int base = base_of(s, len);
	char *clean = without_underscores(s, len);
	long long n;

	errno = 0;
	n = strtoll(base == 10 ? clean : clean + 2, NULL, base);
	free(clean);
	if (errno == ERANGE) {
		toml_fail(t, (size_t)(s - t->text),
		    "the number does not fit into 64 bits");
		return NULL;
	}
	return as_written(value_int(n), s, len);
}

static bool
is_integer(const char *s, size_t len)
{
	struct word w = {s, s + len};
	int base = base_of(s, len);

	if (base != 10) {
		w.p += 2;
		return digits(&w, base) && w.p == w.end;
	}
	one_of(&w, "+-");
	return decimal(&w) && w.p == w.end;
}

static bool
is_float(const char *s, size_t len)
{
	struct word w = {s, s + len};

	one_of(&w, "+-");
	if (w.end - w.p == 3 &&
	    (memcmp(w.p, "inf", 3) == 0 || memcmp(w.p, "nan", 3) == 0))
		return true;
	if (!decimal(&w))
		return false;
	if (one_of(&w, ".") && !digits(&w, 10))
		return false;
	if (one_of(&w, "eE")) {
		one_of(&w, "+-");
		if (!digits(&w, 10))
			return false;
	}
	return w.p == w.end;
}

static struct value *
real(const char *s, size_t len)
{
	char *clean = without_underscores(s, len);
	double d = strtod(clean, NULL);

	free(clean);
	return as_written(value_real(d), s, len);
}

static bool
is_word_char(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z') || (c != '\0' && strchr("_+-.:", c));
}

/* The length of the word at the cursor: a date and a time may have one space
 * between them. */
static size_t
word_len(const struct toml *t)
{
	struct word date = {t->text + t->at, t->text + t->len};
	size_t n = 0;

	while (is_word_char(toml_peek(t, n)))
		n++;
	if (n == 10 && full_date(&date) && toml_peek(t, n) == ' ' &&
	    is_digit(toml_peek(t, n + 1)))
		for (n++; is_word_char(toml_peek(t, n));)
			n++;
	return n;
}

struct value *
toml_atom(struct toml *t)
{
	const char *s = t->text + t->at;
	size_t len = word_len(t);
	struct value *v = NULL;

	if (len == 4 && memcmp(s, "true", 4) == 0) {
		v = value_bool(true);
	} else if (len == 5 && memcmp(s, "false", 5) == 0) {
		v = value_bool(false);
	} else if (is_date(s, len)) {
		v = as_written(value_date(""), s, len);
	} else if (is_integer(s, len)) {
		v = integer(t, s, len);
		if (!v)
			return NULL;
	} else if (is_float(s, len)) {
		v = real(s, len);
	}
	if (v)
		t->at += len;
	else if (len == 0)
		toml_fail(t, t->at, "expected a value");
	else if (is_digit(*s) || *s == '+' || *s == '-')
		toml_fail(t, t->at, "%.*s is not a number, date or time",
		    (int)(len > 60 ? 60 : len), s);
	else
		toml_fail(t, t->at, "text needs quotes: \"%.*s\"",
		    (int)(len > 60 ? 60 : len), s);
	return v;
}

struct value *
toml_word(const char *text, size_t len)
{
	struct err err;
	struct toml t = {.text = text, .len = len, .err = &err};
	struct value *v = toml_atom(&t);

	if (v && t.at == len)
		return v;
	value_free(v);
	return NULL;
}
