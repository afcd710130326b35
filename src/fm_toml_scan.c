/* SPDX-License-Identifier: ISC */
/* TOML's characters: blanks, comments, keys and strings. */
#include "fm_toml_priv.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

int
toml_fail(struct toml *t, size_t at, const char *fmt, ...)
{
	unsigned line, column;
	va_list ap;
	char *msg;

	va_start(ap, fmt);
	msg = xvasprintf(fmt, ap);
	va_end(ap);
	text_place(t->text, at, &line, &column);
	err_at(t->err, line, column, "%s", msg);
	free(msg);
	return -1;
}

int
toml_fail_key(struct toml *t, const struct toml_part *part, const char *why)
{
	struct buf b = {0};

	text_clean(&b, part->name, strlen(part->name));
	toml_fail(t, part->at, "\"%s\" %s", buf_text(&b), why);
	buf_dispose(&b);
	return -1;
}

char
toml_peek(const struct toml *t, size_t n)
{
	return n < t->len - t->at ? t->text[t->at + n] : '\0';
}

bool
toml_take(struct toml *t, char c)
{
	if (t->at == t->len || t->text[t->at] != c)
		return false;
	t->at++;
	return true;
}

void
toml_blanks(struct toml *t)
{
	while (toml_peek(t, 0) == ' ' || toml_peek(t, 0) == '\t')
		t->at++;
}

bool
toml_newline(struct toml *t)
{
	if (toml_peek(t, 0) == '\r' && toml_peek(t, 1) == '\n')
		t->at++;
	return toml_take(t, '\n');
}

static bool
at_newline(const struct toml *t)
{
	return toml_peek(t, 0) == '\n' ||
	       (toml_peek(t, 0) == '\r' && toml_peek(t, 1) == '\n');
}

/* Control characters but the tab are allowed nowhere. */
static bool
is_control(char c)
{
	return ((unsigned char)c < 0x20 && c != '\t') || c == 0x7f;
}

static int
fail_control(struct toml *t)
{
	unsigned char c = (unsigned char)t->text[t->at];

	if (c == '\r')
		return toml_fail(
		    t, t->at, "a carriage return without a newline");
	return toml_fail(
	    t, t->at, "control character U+%04X is not allowed here", c);
}

int
toml_comment(struct toml *t)
{
	if (!toml_take(t, '#'))
		return 0;
	for (; t->at < t->len && !at_newline(t); t->at++)
		if (is_control(t->text[t->at]))
			return fail_control(t);
	return 0;
}

int
toml_end_of_line(struct toml *t)
{
	toml_blanks(t);
	if (toml_comment(t) == -1)
		return -1;
	if (t->at == t->len || toml_newline(t))
		return 0;
	if (is_control(t->text[t->at]))
		return fail_control(t);
	return toml_fail(
	    t, t->at, "expected the end of the line after the value");
}

int
toml_lines(struct toml *t)
{
	do {
		toml_blanks(t);
		if (toml_comment(t) == -1)
			return -1;
	} while (toml_newline(t));
	return 0;
}

/* \uXXXX and \UXXXXXXXX, the cursor at the first digit. */
static int
code_point(struct toml *t, int digits, struct buf *out)
{
	size_t start = t->at - 2;
	uint32_t cp = 0;

	for (int i = 0; i < digits; i++) {
		int d = text_hex(toml_peek(t, 0));

		if (d == -1)
			return toml_fail(
			    t, start, "expected %d hexadecimal digits", digits);
		cp = cp << 4 | (uint32_t)d;
		t->at++;
	}
	if (cp > 0x10ffff || (cp >= 0xd800 && cp <= 0xdfff))
		return toml_fail(
		    t, start, "U+%04X is not a character", (unsigned)cp);
	text_encode(out, cp);
	return 0;
}

static int
escape(struct toml *t, struct buf *out)
{
	static const char names[] = "btnfr\"\\", chars[] = "\b\t\n\f\r\"\\";
	char c = toml_peek(t, 0);
	const char *p;

	if (c == 'u' || c == 'U') {
		t->at++;
		return code_point(t, c == 'u' ? 4 : 8, out);
	}
	if (c == '\0' || !(p = strchr(names, c)))
		return toml_fail(t, t->at - 1,
		    "unknown escape: write \\\\ for a backslash, or use "
		    "'...'");
	buf_putc(out, chars[p - names]);
	t->at++;
	return 0;
}

/* A backslash that ends its line joins it to the next text. */
static bool
joined_line(struct toml *t)
{
	size_t start = t->at;

	toml_blanks(t);
	if (!toml_newline(t)) {
		t->at = start;
		return false;
	}
	do
		toml_blanks(t);
	while (toml_newline(t));
	return true;
}

/* Quotes in a multi-line string: three close it, two more may be text. */
static bool
closing_quotes(struct toml *t, char quote, struct buf *out)
{
	size_t n = 0;

	while (n < 5 && toml_peek(t, n) == quote)
		n++;
	t->at += n;
	for (size_t i = n < 3 ? 0 : 3; i < n; i++)
		buf_putc(out, quote);
	return n >= 3;
}

static int
string_body(
    struct toml *t, size_t start, char quote, bool multi, struct buf *out)
{
	while (t->at < t->len) {
		char c = t->text[t->at];

		if (c == quote && !multi) {
			t->at++;
			return 0;
		} else if (c == quote) {
			if (closing_quotes(t, quote, out))
				return 0;
		} else if (c == '\\' && quote == '"') {
			t->at++;
			if (multi && joined_line(t))
				continue;
			if (escape(t, out) == -1)
				return -1;
		} else if (multi && at_newline(t)) {
			buf_add(out, t->text + t->at, c == '\r' ? 2 : 1);
			toml_newline(t);
		} else if (at_newline(t)) {
			break;
		} else if (is_control(c)) {
			return fail_control(t);
		} else {
			buf_putc(out, c);
			t->at++;
		}
	}
	return toml_fail(t, start, "the string that starts here has no end");
}

int
toml_string(struct toml *t, struct buf *out)
{
	size_t start = t->at;
	char q = toml_peek(t, 0);
	bool multi = toml_peek(t, 1) == q && toml_peek(t, 2) == q;

	t->at += multi ? 3 : 1;
	if (multi)
		toml_newline(t);
	return string_body(t, start, q, multi, out);
}

static bool
is_bare(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

static int
quoted_part(struct toml *t, struct buf *out)
{
	char q = toml_peek(t, 0);

	if (toml_peek(t, 1) == q && toml_peek(t, 2) == q)
		return toml_fail(
		    t, t->at, "a key cannot be a multi-line string");
	return toml_string(t, out);
}

/* A name is a C string: a NUL, which only "\u0000" can make, becomes U+FFFD. */
static char *
name_of(struct buf *b)
{
	for (size_t i = 0; i < b->len; i++)
		if (b->data[i] == '\0')
			buf_splice(b, i, 1, "\xef\xbf\xbd", 3);
	return buf_steal(b);
}

static int
key_part(struct toml *t, struct toml_key *key)
{
	struct buf b = {0};
	struct toml_part *part;
	size_t start = t->at;
	char c = toml_peek(t, 0);

	if (c == '"' || c == '\'') {
		if (quoted_part(t, &b) == -1) {
			buf_dispose(&b);
			return -1;
		}
	} else {
		while (is_bare(toml_peek(t, 0)))
			t->at++;
		if (t->at == start)
			return toml_fail(t, start, "expected a key");
		buf_add(&b, t->text + start, t->at - start);
	}
	key->part = xgrow(key->part, key->n, &key->cap, sizeof(*key->part));
	part = &key->part[key->n++];
	part->name = name_of(&b);
	part->at = start;
	part->len = t->at - start;
	return 0;
}

int
toml_key(struct toml *t, struct toml_key *key)
{
	do {
		toml_blanks(t);
		if (key->n == TOML_DEPTH)
			return toml_fail(t, t->at, "too many dots in a key");
		if (key_part(t, key) == -1)
			return -1;
		toml_blanks(t);
	} while (toml_take(t, '.'));
	return 0;
}

void
toml_key_dispose(struct toml_key *key)
{
	for (size_t i = 0; i < key->n; i++)
		free(key->part[i].name);
	free(key->part);
	*key = (struct toml_key){0};
}
