/* SPDX-License-Identifier: ISC */
/*
 * Data as YAML, TOML and JSON have it: making, finding, comparing.  The
 * functions that go down a tree recurse; what reads text bounds its depth.
 */
#include "value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

static struct value *
make(enum value_type type, const char *text, size_t len)
{
	struct value *v = xcalloc(1, sizeof(*v));

	v->type = type;
	if (text) {
		v->text = xstrndup(text, len);
		v->len = len;
	}
	return v;
}

struct value *
value_null(void)
{
	return make(VALUE_NULL, NULL, 0);
}

struct value *
value_bool(bool b)
{
	const char *text = b ? "true" : "false";
	struct value *v = make(VALUE_BOOL, text, strlen(text));

	v->boolean = b;
	return v;
}

struct value *
value_int(int64_t i)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "%lld", (long long)i);
	struct value *v = make(VALUE_INT, text, (size_t)len);

	v->integer = i;
	return v;
}

/*
 * The shortest text that reads back as the same number, with a point whatever
 * the locale, and never like an integer; not finite: as YAML writes it.
 */
static void
real_text(double d, char *text, size_t size)
{
	char raw[64];
	size_t n = 0;

	if (!isfinite(d)) {
		snprintf(text, size, "%s",
		    isnan(d) ? ".nan"
		    : d < 0  ? "-.inf"
			     : ".inf");
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(raw, sizeof(raw), "%.*g", digits, d);
		if (strtod(raw, NULL) == d)
			break;
	}
	for (const char *p = raw; *p && n + 3 < size; p++)
		if (strchr("0123456789+-e", *p))
			text[n++] = *p;
		else if (n == 0 || text[n - 1] != '.')
			text[n++] = '.';
	text[n] = '\0';
	if (!strpbrk(text, ".e"))
		memcpy(text + n, ".0", 3);
}

struct value *
value_real(double d)
{
	char text[64];
	struct value *v;

	real_text(d, text, sizeof(text));
	v = make(VALUE_FLOAT, text, strlen(text));
	v->real = d;
	return v;
}

struct value *
value_string(const char *s)
{
	return make(VALUE_STRING, s, strlen(s));
}

struct value *
value_string_len(const char *s, size_t len)
{
	return make(VALUE_STRING, s ? s : "", len);
}

struct value *
value_date(const char *s)
{
	return make(VALUE_DATE, s, strlen(s));
}

struct value *
value_list(void)
{
	return make(VALUE_LIST, NULL, 0);
}

struct value *
value_map(void)
{
	return make(VALUE_MAP, NULL, 0);
}

void
value_written(struct value *v, const char *text, size_t len)
{
	char *copy = xstrndup(text, len);

	free(v->text);
	v->text = copy;
	v->len = len;
}

void
value_free(struct value *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < v->n; i++) {
		value_free(v->items[i]);
		if (v->keys)
			free(v->keys[i]);
	}
	free(v->items);
	free(v->keys);
	free(v->text);
	free(v);
}

struct value *
value_copy(const struct value *v)
{
	struct value *c = xmalloc(sizeof(*c));

	*c = *v;
	c->text = v->text ? xstrndup(v->text, v->len) : NULL;
	c->cap = v->n;
	c->items = v->n ? xcalloc(v->n, sizeof(*c->items)) : NULL;
	c->keys = v->n && v->keys ? xcalloc(v->n, sizeof(*c->keys)) : NULL;
	for (size_t i = 0; i < v->n; i++) {
		c->items[i] = value_copy(v->items[i]);
		if (c->keys)
			c->keys[i] = xstrdup(v->keys[i]);
	}
	return c;
}

void
value_append(struct value *list, struct value *item)
{
	list->items =
	    xgrow(list->items, list->n, &list->cap, sizeof(*list->items));
	list->items[list->n++] = item;
}

void
value_add(struct value *map, const char *key, struct value *item)
{
	size_t cap = map->cap;

	map->keys = xgrow(map->keys, map->n, &cap, sizeof(*map->keys));
	map->keys[map->n] = xstrdup(key);
	value_append(map, item);
}

void
value_put(struct value *map, const char *key, struct value *item)
{
	for (size_t i = 0; i < map->n; i++)
		if (strcmp(map->keys[i], key) == 0) {
			value_free(map->items[i]);
			map->items[i] = item;
			return;
		}
	value_add(map, key, item);
}

static int
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Is key, whatever the capitals of ASCII letters, name[0..len)? */
static bool
alike(const char *key, const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!key[i] || lower(key[i]) != lower(name[i]))
			return false;
	return !key[len];
}

/* The place after that of the last member of that name; 0: none. */
static size_t
find(const struct value *map, const char *name, size_t len)
{
	size_t i = map && map->type == VALUE_MAP ? map->n : 0;

	while (i > 0 && !alike(map->keys[i - 1], name, len))
		i--;
	return i;
}

bool
value_remove(struct value *map, const char *key)
{
	size_t i = find(map, key, strlen(key)), rest;

	if (i == 0)
		return false;
	rest = map->n - i;
	value_free(map->items[i - 1]);
	free(map->keys[i - 1]);
	memmove(map->items + i - 1, map->items + i, rest * sizeof(*map->items));
	memmove(map->keys + i - 1, map->keys + i, rest * sizeof(*map->keys));
	map->n--;
	return true;
}

const struct value *
value_get(const struct value *v, const char *key)
{
	size_t i = find(v, key, strlen(key));

	return i ? v->items[i - 1] : NULL;
}

const struct value *
value_path(const struct value *v, const char *path)
{
	size_t len, i;

	for (;; path += len + 1) {
		len = strcspn(path, ".");
		if ((i = find(v, path, len)) == 0)
			return NULL;
		v = v->items[i - 1];
		if (!path[len])
			return v;
	}
}

const char *
value_text(const struct value *v)
{
	if (!v)
		return NULL;
	switch (v->type) {
	case VALUE_NULL:
	case VALUE_LIST:
	case VALUE_MAP:
		return NULL;
	default:
		return v->text;
	}
}

static bool
one_of(const char *s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(s, words[i]) == 0)
			return true;
	return false;
}

bool
value_truth(const struct value *v, bool fallback)
{
	static const char *const yes[] = {
	    "1", "t", "T", "true", "TRUE", "True"};
	static const char *const no[] = {
	    "0", "f", "F", "false", "FALSE", "False"};

	if (!v)
		return fallback;
	switch (v->type) {
	case VALUE_NULL:
		return false;
	case VALUE_BOOL:
		return v->boolean;
	case VALUE_INT:
		return v->integer != 0;
	case VALUE_FLOAT:
		return v->real != 0;
	case VALUE_STRING:
		if (strlen(v->text) != v->len)
			return fallback;
		if (one_of(v->text, yes, NITEMS(yes)))
			return true;
		return one_of(v->text, no, NITEMS(no)) ? false : fallback;
	default:
		return fallback;
	}
}

static bool
members_equal(const struct value *a, const struct value *b)
{
	size_t j;

	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		j = i;
		if (a->type == VALUE_MAP && strcmp(a->keys[i], b->keys[i]) != 0)
			for (j = 0; j < b->n; j++)
				if (strcmp(a->keys[i], b->keys[j]) == 0)
					break;
		if (j == b->n || !value_equal(a->items[i], b->items[j]))
			return false;
	}
	return true;
}

bool
value_equal(const struct value *a, const struct value *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case VALUE_NULL:
		return true;
	case VALUE_BOOL:
		return a->boolean == b->boolean;
	case VALUE_INT:
		return a->integer == b->integer;
	case VALUE_FLOAT:
		return a->real == b->real || (isnan(a->real) && isnan(b->real));
	case VALUE_STRING:
	case VALUE_DATE:
		return a->len == b->len &&
		       memcmp(a->text, b->text, a->len) == 0;
	case VALUE_LIST:
	case VALUE_MAP:
		return members_equal(a, b);
	}
	return false;
}

/* The bytes of the well-formed UTF-8 sequence at s; 0: none. */
static size_t
utf8_len(const unsigned char *s, size_t len)
{
	unsigned char lo = 0x80, hi = 0xbf;
	size_t n;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (n > len)
		return 0;
	switch (s[0]) { /* overlong, surrogates, beyond U+10FFFF */
	case 0xe0:
		lo = 0xa0;
		break;
	case 0xed:
		hi = 0x9f;
		break;
	case 0xf0:
		lo = 0x90;
		break;
	case 0xf4:
		hi = 0x8f;
		break;
	}
	if (s[1] < lo || s[1] > hi)
		return 0;
	for (size_t i = 2; i < n; i++)
		if (s[i] < 0x80 || s[i] > 0xbf)
			return 0;
	return n;
}

/* One character; controls, C1 ones too, never as they are. */
static void
json_char(const unsigned char *s, size_t n, struct buf *out)
{
	static const char short_of[] = {
	    ['\b'] = 'b',
	    ['\t'] = 't',
	    ['\n'] = 'n',
	    ['\f'] = 'f',
	    ['\r'] = 'r',
	    ['"'] = '"',
	    ['\\'] = '\\',
	};

	if (n == 0)
		buf_puts(out, "\\ufffd");
	else if (n == 1 && *s < sizeof(short_of) && short_of[*s])
		buf_printf(out, "\\%c", short_of[*s]);
	else if (n == 1 && (*s < ' ' || *s == 0x7f))
		buf_printf(out, "\\u%04x", *s);
	else if (n == 2 && s[0] == 0xc2 && s[1] < 0xa0)
		buf_printf(out, "\\u%04x", s[1]);
	else
		buf_add(out, s, n);
}

void
json_string(const char *s, size_t len, struct buf *out)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i, n;

	buf_putc(out, '"');
	for (i = 0; i < len; i += n ? n : 1) {
		n = utf8_len(p + i, len - i);
		json_char(p + i, n, out);
	}
	buf_putc(out, '"');
}

static const char *
digits(const char *p)
{
	return p + strspn(p, "0123456789");
}

/* Is it a number as RFC 8259 has it? (no "+1", "010", "0x1f", "1_000", ".5") */
static bool
is_json_number(const char *p)
{
	const char *start;

	p += *p == '-';
	start = p;
	p = digits(p);
	if (p == start || (*start == '0' && p > start + 1))
		return false;
	if (*p == '.') {
		start = ++p;
		if ((p = digits(p)) == start)
			return false;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		p += *p == '-' || *p == '+';
		start = p;
		if ((p = digits(p)) == start)
			return false;
	}
	return !*p;
}

static void
json_number(const struct value *v, struct buf *out)
{
	char text[64];

	if (v->text && strlen(v->text) == v->len && is_json_number(v->text)) {
		buf_puts(out, v->text);
	} else if (v->type == VALUE_INT) {
		buf_printf(out, "%lld", (long long)v->integer);
	} else if (isfinite(v->real)) {
		real_text(v->real, text, sizeof(text));
		buf_puts(out, text);
	} else {
		buf_puts(out, "null"); /* JSON has no such number */
	}
}

static void
json_line(int indent, int level, struct buf *out)
{
	if (indent <= 0)
		return;
	buf_putc(out, '\n');
	for (int i = 0; i < indent * level; i++)
		buf_putc(out, ' ');
}

static void
json_at(const struct value *v, int indent, int level, struct buf *out)
{
	bool map = v->type == VALUE_MAP;

	switch (v->type) {
	case VALUE_NULL:
		buf_puts(out, "null");
		return;
	case VALUE_BOOL:
		buf_puts(out, v->boolean ? "true" : "false");
		return;
	case VALUE_INT:
	case VALUE_FLOAT:
		json_number(v, out);
		return;
	case VALUE_STRING:
	case VALUE_DATE:
		json_string(v->text, v->len, out);
		return;
	case VALUE_LIST:
	case VALUE_MAP:
		break;
	}
	buf_putc(out, map ? '{' : '[');
	for (size_t i = 0; i < v->n; i++) {
		if (i > 0)
			buf_putc(out, ',');
		json_line(indent, level + 1, out);
		if (map) {
			json_string(v->keys[i], strlen(v->keys[i]), out);
			buf_puts(out, indent > 0 ? ": " : ":");
		}
		json_at(v->items[i], indent, level + 1, out);
	}
	if (v->n > 0)
		json_line(indent, level, out);
	buf_putc(out, map ? '}' : ']');
}

void
value_json(const struct value *v, int indent, struct buf *out)
{
	json_at(v, indent, 0, out);
}
