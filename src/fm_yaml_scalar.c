/* SPDX-License-Identifier: ISC */
/*
 * What a YAML scalar's text stands for: as go-yaml 2 has it, which Hugo used
 * up to 0.151 (yes, on and y are booleans, 010 is 8), and dates told apart.
 */
#include "fm_yaml_priv.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

#define TAG "tag:yaml.org,2002:"

#define MAX_NUMBER 200 /* bytes */

static const struct {
	const char *word;
	enum value_type type;
	bool truth;
} words[] = {
    {"~", VALUE_NULL},
    {"null", VALUE_NULL},
    {"Null", VALUE_NULL},
    {"NULL", VALUE_NULL},
    {"true", VALUE_BOOL, true},
    {"True", VALUE_BOOL, true},
    {"TRUE", VALUE_BOOL, true},
    {"false", VALUE_BOOL},
    {"False", VALUE_BOOL},
    {"FALSE", VALUE_BOOL},
    {"yes", VALUE_BOOL, true},
    {"Yes", VALUE_BOOL, true},
    {"YES", VALUE_BOOL, true},
    {"no", VALUE_BOOL},
    {"No", VALUE_BOOL},
    {"NO", VALUE_BOOL},
    {"on", VALUE_BOOL, true},
    {"On", VALUE_BOOL, true},
    {"ON", VALUE_BOOL, true},
    {"off", VALUE_BOOL},
    {"Off", VALUE_BOOL},
    {"OFF", VALUE_BOOL},
    {"y", VALUE_BOOL, true},
    {"Y", VALUE_BOOL, true},
    {"n", VALUE_BOOL},
    {"N", VALUE_BOOL},
};

/* One digit at least, max at most; the number of them. */
static size_t
digits(const char *s, size_t len, size_t max)
{
	size_t n = 0;

	while (n < len && n < max && s[n] >= '0' && s[n] <= '9')
		n++;
	return n;
}

/* "+08:00", "+8", "-0800", "Z" and the blanks before: all of s[0..len)? */
static bool
zone_like(const char *s, size_t len)
{
	size_t n;

	while (len > 0 && yaml_blank(*s))
		s++, len--;
	if (len == 0)
		return true;
	if (len == 1)
		return *s == 'Z' || *s == 'z';
	if (*s != '+' && *s != '-')
		return false;
	s++, len--;
	if ((n = digits(s, len, 2)) == 0)
		return false;
	s += n, len -= n;
	if (len > 0 && *s == ':')
		s++, len--;
	return len == 0 || (len == 2 && digits(s, len, 2) == 2);
}

/* The time of a YAML timestamp, and its zone: all of s[0..len)? */
static bool
time_like(const char *s, size_t len)
{
	size_t n;

	for (int i = 0; i < 3; i++) {
		if (i > 0 && (len == 0 || *s != ':'))
			return false;
		if (i > 0)
			s++, len--;
		if ((n = digits(s, len, 2)) == 0 || (i > 0 && n != 2))
			return false;
		s += n, len -= n;
	}
	if (len > 0 && *s == '.') {
		s++, len--;
		n = digits(s, len, len);
		s += n, len -= n;
	}
	return zone_like(s, len);
}

/* A timestamp (yaml.org/type/timestamp), one-digit days included. */
static bool
date_shaped(const char *s, size_t len)
{
	size_t n;

	if (len < 8 || digits(s, len, 4) != 4)
		return false;
	s += 4, len -= 4;
	for (int i = 0; i < 2; i++) {
		if (len == 0 || *s != '-')
			return false;
		s++, len--;
		if ((n = digits(s, len, 2)) == 0)
			return false;
		s += n, len -= n;
	}
	if (len == 0)
		return true;
	if (*s != 'T' && *s != 't' && !yaml_blank(*s))
		return false;
	do
		s++, len--;
	while (len > 0 && yaml_blank(*s));
	return time_like(s, len);
}

/* The bits of a number, its sign taken off: 0x1f, 0o17, 0b11, 017, 1000. */
static bool
read_int(const char *s, bool negative, int64_t *value)
{
	int base = 10;
	unsigned long long n;
	char *end;

	if (s[0] == '0' && s[1]) {
		static const char letters[] = "xXoObB";
		static const int bases[] = {16, 8, 2};
		const char *p = strchr(letters, s[1]);

		base = p ? bases[(p - letters) / 2] : 8;
		s += p ? 2 : 1;
	}
	/* strtoull would take a sign and blanks. */
	if (!strchr("0123456789abcdefABCDEF", *s) || *s == '\0')
		return false;
	errno = 0;
	n = strtoull(s, &end, base);
	if (*end || errno || n > (uint64_t)INT64_MAX + negative)
		return false;
	*value = negative ? (int64_t)(0 - n) : (int64_t)n;
	return true;
}

/* [0-9]+(\.[0-9]*)?|\.[0-9]+, and an exponent; or .inf and .nan. Spoils s. */
static bool
read_float(char *s, bool sign, double *value)
{
	size_t len = strlen(s), i = digits(s, len, len), n = i;

	if (strcmp(s, ".inf") == 0 || strcmp(s, ".Inf") == 0 ||
	    strcmp(s, ".INF") == 0) {
		*value = INFINITY;
		return true;
	}
	if (!sign && (strcmp(s, ".nan") == 0 || strcmp(s, ".NaN") == 0 ||
			 strcmp(s, ".NAN") == 0)) {
		*value = NAN;
		return true;
	}
	if (s[i] == '.') {
		n += digits(s + i + 1, len - i - 1, len);
		i = n + 1;
	}
	if (n == 0)
		return false;
	if (s[i] == 'e' || s[i] == 'E') {
		i++;
		if (s[i] == '+' || s[i] == '-')
			i++;
		if ((n = digits(s + i, len - i, len)) == 0)
			return false;
		i += n;
	}
	if (i != len)
		return false;
	/* strtod wants the locale's decimal point. */
	for (char *p = s; *p; p++)
		if (*p == '.')
			*p = *localeconv()->decimal_point;
	*value = strtod(s, NULL);
	return true;
}

static void
read_number(struct value *v, const char *s, size_t len)
{
	bool negative = *s == '-', sign = negative || *s == '+';
	char plain[MAX_NUMBER + 1];
	size_t n = 0;

	if (len > MAX_NUMBER)
		return;
	for (size_t i = sign; i < len; i++)
		if (s[i] != '_')
			plain[n++] = s[i];
	plain[n] = '\0';
	if (n == 0 || strlen(plain) != n)
		return;
	if (read_int(plain, negative, &v->integer)) {
		v->type = VALUE_INT;
	} else if (read_float(plain, sign, &v->real)) {
		v->type = VALUE_FLOAT;
		if (negative)
			v->real = -v->real;
	}
}

static void
read_word(struct value *v, const char *s, size_t len)
{
	if (len > 5)
		return;
	for (size_t i = 0; i < NITEMS(words); i++) {
		const char *w = words[i].word;

		if (*w != *s || strlen(w) != len || memcmp(w, s, len) != 0)
			continue;
		v->type = words[i].type;
		v->boolean = words[i].truth;
		return;
	}
}

void
yaml_scalar_read(struct value *v, const char *s, size_t len)
{
	v->type = VALUE_STRING;
	if (len == 0) {
		v->type = VALUE_NULL;
	} else if ((*s >= '0' && *s <= '9') || *s == '+' || *s == '-' ||
		   *s == '.') {
		if (date_shaped(s, len))
			v->type = VALUE_DATE;
		else
			read_number(v, s, len);
	} else if (*s && strchr("~nNtTfFyYoO", *s)) {
		read_word(v, s, len);
	}
}

struct value *
yaml_scalar(const char *s, size_t len, bool plain)
{
	struct value *v;

	if (plain && len == 0)
		return value_null();
	v = value_string_len(s, len);
	if (plain)
		yaml_scalar_read(v, s, len);
	return v;
}

struct value *
yaml_scalar_tagged(const char *tag, const char *s, size_t len)
{
	if (strncmp(tag, TAG, strlen(TAG)) != 0 || strcmp(tag, TAG "str") == 0)
		return value_string_len(s, len);
	return yaml_scalar(s, len, true);
}

bool
yaml_ambiguous(const char *s, size_t len)
{
	struct value *v = yaml_scalar(s, len, true);
	bool text = v->type == VALUE_STRING;
	size_t i = len > 0 && (*s == '+' || *s == '-');
	bool colon = false;

	value_free(v);
	if (!text || (len == 1 && *s == '='))
		return true;
	/* YAML 1.1 has numbers to the base of 60: 12:30. */
	for (; i < len; i++) {
		if (s[i] == ':')
			colon = true;
		else if (!strchr("0123456789_.", s[i]) || !s[i])
			return false;
	}
	return colon;
}
