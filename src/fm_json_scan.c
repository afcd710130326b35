/* SPDX-License-Identifier: ISC */
/* JSON checked byte by byte, and where each of its values stands. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fm_json_priv.h"
#include "mem.h"
#include "text.h"

#define SAFE_DIGITS 300 /* so many make no infinite double */

struct scan {
	const char *text;
	size_t len, at;
	struct json_tree *tree;
	struct err *err;
};

bool
json_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool
json_has_break(const char *s, size_t len)
{
	return memchr(s, '\n', len) || memchr(s, '\r', len);
}

static int
fail(const struct scan *s, size_t at, const char *why)
{
	unsigned line, column;

	text_place(s->text, at, &line, &column);
	return err_at(s->err, line, column, "%s", why);
}

static void
skip_space(struct scan *s)
{
	while (s->at < s->len && json_space(s->text[s->at]))
		s->at++;
}

static char
peek(const struct scan *s)
{
	return s->at < s->len ? s->text[s->at] : '\0';
}

/* What stands here is not what must; say what it looks like. */
static int
unexpected(const struct scan *s, const char *wanted)
{
	char c = peek(s), why[200];

	if (s->at >= s->len)
		snprintf(why, sizeof(why), "the text ends where %s", wanted);
	else if (c == '/' || c == '#')
		snprintf(why, sizeof(why), "JSON has no comments");
	else if (c == '\'')
		snprintf(why, sizeof(why),
		    "JSON takes double quotes, not single ones");
	else
		snprintf(why, sizeof(why), "%s%s", "here ", wanted);
	return fail(s, s->at, why);
}

static int
escape(struct scan *s)
{
	size_t at = s->at++;
	char c = peek(s);

	if (c == 'u') {
		for (int i = 1; i <= 4; i++)
			if (s->at + (size_t)i >= s->len ||
			    text_hex(s->text[s->at + (size_t)i]) == -1)
				return fail(
				    s, at, "\\u takes four hexadecimal digits");
		s->at += 5;
		return 0;
	}
	if (!c || !strchr("\"\\/bfnrt", c))
		return fail(s, at,
		    "JSON has no such escape: a backslash is written \\\\");
	s->at++;
	return 0;
}

static int
bad_byte(const struct scan *s)
{
	switch (peek(s)) {
	case '\n':
	case '\r':
		return fail(s, s->at,
		    "a line break inside quotes: write \\n, or close the "
		    "quotes");
	case '\t':
		return fail(s, s->at, "a tab inside quotes: write \\t");
	}
	return fail(s, s->at,
	    "a control character inside quotes: write it as \\u and its "
	    "number");
}

static int
string(struct scan *s, bool *escapes)
{
	size_t start = s->at++;

	*escapes = false;
	while (s->at < s->len) {
		char c = s->text[s->at];

		if (c == '"') {
			s->at++;
			return 0;
		}
		if (c == '\\') {
			*escapes = true;
			if (escape(s) == -1)
				return -1;
		} else if ((unsigned char)c < ' ') {
			return bad_byte(s);
		} else {
			s->at++;
		}
	}
	return fail(s, start, "these quotes are not closed");
}

static size_t
digits(struct scan *s)
{
	size_t start = s->at;

	while (peek(s) >= '0' && peek(s) <= '9')
		s->at++;
	return s->at - start;
}

/* Hugo reads all numbers as doubles; one that is none is an error. */
static int
check_size(const struct scan *s, size_t start)
{
	size_t n = s->at - start;
	char *copy = xstrndup(s->text + start, n);
	bool finite = isfinite(strtod(copy, NULL));

	free(copy);
	return finite ? 0 : fail(s, start, "this number is too large");
}

static int
number(struct scan *s)
{
	size_t start = s->at, n;

	if (peek(s) == '-')
		s->at++;
	n = digits(s);
	if (n == 0)
		return fail(s, start, "this is no JSON value");
	if (n > 1 && s->text[s->at - n] == '0')
		return fail(s, start, "a number cannot begin with 0");
	if (peek(s) == '.') {
		s->at++;
		if (digits(s) == 0)
			return fail(s, start, "a digit must follow the point");
	}
	if (peek(s) == 'e' || peek(s) == 'E') {
		s->at++;
		if (peek(s) == '-' || peek(s) == '+')
			s->at++;
		if (digits(s) == 0)
			return fail(s, start, "a number must follow the e");
	}
	return n > SAFE_DIGITS || s->at - start > n ? check_size(s, start) : 0;
}

static int
word(struct scan *s)
{
	static const char *const words[] = {"true", "false", "null"};
	size_t start = s->at;

	while ((peek(s) | 0x20) >= 'a' && (peek(s) | 0x20) <= 'z')
		s->at++;
	for (size_t i = 0; i < NITEMS(words); i++) {
		size_t n = strlen(words[i]);

		if (s->at - start == n &&
		    memcmp(s->text + start, words[i], n) == 0)
			return 0;
		if (text_casecmp(s->text + start, s->at - start, words[i], n) ==
		    0)
			return fail(s, start,
			    "true, false and null are written in small "
			    "letters");
	}
	return fail(s, start, "text must be in double quotes");
}

static size_t
new_node(struct scan *s)
{
	struct json_tree *t = s->tree;

	t->node = xgrow(t->node, t->n, &t->cap, sizeof(*t->node));
	t->node[t->n] = (struct json_node){.at = s->at};
	return t->n++;
}

static int value(struct scan *, unsigned depth, size_t *node);

/* A key and its colon, in front of a value. */
static int
key(struct scan *s, struct json_node *m)
{
	if (peek(s) != '"')
		return unexpected(s, "a name in double quotes must stand");
	m->key_at = s->at;
	if (string(s, &m->key_escapes) == -1)
		return -1;
	m->key_end = s->at;
	skip_space(s);
	if (peek(s) != ':')
		return unexpected(s, "a colon must stand, behind the name");
	s->at++;
	skip_space(s);
	return 0;
}

static int
entry(struct scan *s, unsigned depth, size_t in)
{
	bool map = s->tree->node[in].type == '{';
	struct json_node m = {0}, *all;
	size_t i;

	if (map && key(s, &m) == -1)
		return -1;
	if (value(s, depth, &i) == -1)
		return -1;
	all = s->tree->node;
	all[i].key_at = m.key_at;
	all[i].key_end = m.key_end;
	all[i].key_escapes = m.key_escapes;
	if (all[in].n++ == 0)
		all[in].first = i;
	else
		all[all[in].last].next = i;
	all[in].last = i;
	return 0;
}

static int
container(struct scan *s, unsigned depth, size_t in)
{
	char close = s->text[s->at] == '{' ? '}' : ']';
	size_t comma = 0;

	if (depth > JSON_DEPTH)
		return fail(s, s->at, "nested too deeply");
	s->at++;
	skip_space(s);
	while (peek(s) != close) {
		if (entry(s, depth, in) == -1)
			return -1;
		skip_space(s);
		if (peek(s) == close)
			break;
		if (peek(s) != ',')
			return unexpected(s, close == '}'
						 ? "a comma or } must stand"
						 : "a comma or ] must stand");
		comma = s->at++;
		skip_space(s);
		if (peek(s) == close)
			return fail(s, comma,
			    close == '}' ? "no comma may stand before }"
					 : "no comma may stand before ]");
	}
	s->at++;
	return 0;
}

static int
value(struct scan *s, unsigned depth, size_t *node)
{
	size_t i = *node = new_node(s);
	char c = peek(s), type = c;
	bool escapes = false;
	int rc;

	if (c == '{' || c == '[') {
		s->tree->node[i].type = c;
		rc = container(s, depth + 1, i);
	} else if (c == '"') {
		rc = string(s, &escapes);
	} else if (c == '-' || (c >= '0' && c <= '9')) {
		type = '0';
		rc = number(s);
	} else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
		rc = word(s);
	} else {
		rc = unexpected(s, "a value must stand");
	}
	s->tree->node[i].type = type;
	s->tree->node[i].escapes = escapes;
	s->tree->node[i].end = s->at;
	return rc;
}

int
json_scan(struct json_tree *t, const char *text, size_t len, struct err *err)
{
	struct scan s = {.text = text, .len = len, .tree = t, .err = err};
	size_t root, valid = text_valid(text, len);
	int rc;

	*t = (struct json_tree){.text = text, .len = len};
	if (valid < len) {
		rc = fail(&s, valid, "this is not UTF-8 text");
	} else {
		skip_space(&s);
		rc = value(&s, 0, &root);
	}
	if (rc == 0) {
		skip_space(&s);
		if (s.at < len)
			rc = fail(&s, s.at, "nothing may follow the value");
	}
	if (rc == -1)
		json_tree_dispose(t);
	return rc;
}

void
json_tree_dispose(struct json_tree *t)
{
	free(t->node);
	*t = (struct json_tree){0};
}

static unsigned
unit(const char *s)
{
	unsigned u = 0;

	for (int i = 2; i < 6; i++)
		u = u * 16 + (unsigned)text_hex(s[i]);
	return u;
}

/* \u.... at s, two of them for what is beyond U+FFFF. Returns their bytes. Half
 * a pair is U+FFFD, as in Hugo. */
static size_t
decode_unit(const char *s, const char *end, struct buf *out)
{
	unsigned hi = unit(s), lo;

	if (hi >= 0xd800 && hi < 0xdc00 && end - s >= 12 && s[6] == '\\' &&
	    s[7] == 'u') {
		lo = unit(s + 6);
		if (lo >= 0xdc00 && lo < 0xe000) {
			text_encode(out,
			    0x10000 + ((hi - 0xd800) << 10) + (lo - 0xdc00));
			return 12;
		}
	}
	text_encode(out, hi >= 0xd800 && hi < 0xe000 ? TEXT_REPLACEMENT : hi);
	return 6;
}

void
json_decode(const char *text, size_t at, size_t end, struct buf *out)
{
	static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
	const char *s = text + at + 1, *stop = text + end - 1, *p;

	while ((p = memchr(s, '\\', (size_t)(stop - s)))) {
		buf_add(out, s, (size_t)(p - s));
		if (p[1] == 'u') {
			s = p + decode_unit(p, stop, out);
			continue;
		}
		s = strchr(from, p[1]);
		buf_putc(out, s ? to[s - from] : p[1]);
		s = p + 2;
	}
	buf_add(out, s, (size_t)(stop - s));
}
