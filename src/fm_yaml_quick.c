/* SPDX-License-Identifier: ISC */
/*
 * The values of simple front matter in YAML, read line by line: comments,
 * "key: scalar", "key: [scalar, ...]" and lists of one scalar a line.  What
 * else there is, or might be, is left to fm_parse(): one that reads the same
 * or nothing needs no errors and no spans, and takes a tenth of the time.
 */
#include "fm_yaml_priv.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define MAX_TEXT   (64 * 1024)
#define MAX_FIELDS 64
#define MAX_VALUES 256
#define MAX_KEY    128 /* bytes; libyaml has a bound too */

struct fm_quick {
	struct value map;
	struct value *fields[MAX_FIELDS];
	char *keys[MAX_FIELDS];
	struct value values[MAX_VALUES];
	struct value *items[MAX_VALUES]; /* of all lists, one after another */
	size_t nvalues, nitems;
	char *text; /* of keys and values, each with a NUL */
	size_t used, cap;
	const char *at, *end;    /* what is left to read */
	const char *line, *stop; /* the line being read, without its break */
	size_t indent;
	bool done; /* that line is the closing fence */
};

struct fm_quick *
fm_quick_new(void)
{
	return xcalloc(1, sizeof(struct fm_quick));
}

void
fm_quick_free(struct fm_quick *q)
{
	if (!q)
		return;
	free(q->text);
	free(q);
}

/* Eight bytes of printable ASCII? */
static bool
eight_plain(const char *p)
{
	const uint64_t ones = UINT64_MAX / 255, high = ones * 0x80;
	uint64_t v, delete;

	memcpy(&v, p, sizeof(v));
	delete = v ^ (ones * 0x7f);
	return ((v | ((v - ones * 0x20) & ~v) | ((delete - ones) & ~delete)) &
		   high) == 0;
}

static bool
continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* The bytes of one character that may stand in a line; 0: it may not, or it
 * breaks the line in YAML's eyes. */
static size_t
plain_char(const char *p, size_t len)
{
	unsigned char c = (unsigned char)*p;
	size_t size;
	uint32_t cp;

	if (c < 0x80)
		return c >= 0x20 && c != 0x7f;
	/* Most of what is not ASCII: U+3000 to U+CFFF. */
	if (c >= 0xe3 && c <= 0xec && len > 2 && continues(p[1]) &&
	    continues(p[2]))
		return 3;
	cp = text_decode(p, len, &size);
	if (cp < 0xa0 || cp == 0x2028 || cp == 0x2029 || cp == 0xfeff ||
	    (cp >= 0xd800 && cp < 0xe000) || (cp >= 0xfffd && cp <= 0xffff))
		return 0;
	return size;
}

static bool
plain_text(const char *p, const char *stop)
{
	size_t size;

	while (p < stop) {
		while (stop - p >= 8 && eight_plain(p))
			p += 8;
		if (p == stop)
			break;
		if ((size = plain_char(p, (size_t)(stop - p))) == 0)
			return false;
		p += size;
	}
	return true;
}

/* To the next line that is neither blank nor a comment, or the fence. */
static bool
next_line(struct fm_quick *q)
{
	const char *p, *nl;

	do {
		if (q->at == q->end)
			return false;
		p = q->line = q->at;
		nl = memchr(p, '\n', (size_t)(q->end - p));
		q->at = nl ? nl + 1 : q->end;
		q->stop = nl ? nl : q->end;
		if (q->stop - p >= 3 && memcmp(p, "---", 3) == 0) {
			q->done = true;
			return true;
		}
		if (q->stop > p && q->stop[-1] == '\r')
			q->stop--;
		if (!plain_text(p, q->stop))
			return false;
		while (p < q->stop && *p == ' ')
			p++;
	} while (p == q->stop || *p == '#');
	q->indent = (size_t)(p - q->line);
	return true;
}

static const char *
skip(const struct fm_quick *q, const char *p)
{
	while (p < q->stop && *p == ' ')
		p++;
	return p;
}

/* Nothing but blanks and a comment from here on? */
static bool
at_end(const struct fm_quick *q, const char *p)
{
	p = skip(q, p);
	return p == q->stop || (*p == '#' && p[-1] == ' ');
}

static char *
put(struct fm_quick *q, const char *s, size_t len)
{
	char *to = q->text + q->used;

	/* Every text that is kept is shorter than what it is read from. */
	assert(q->used + len < q->cap);
	memcpy(to, s, len);
	to[len] = '\0';
	q->used += len + 1;
	return to;
}

static struct value *
new_value(struct fm_quick *q)
{
	struct value *v;

	if (q->nvalues == MAX_VALUES)
		return NULL;
	v = &q->values[q->nvalues++];
	*v = (struct value){.type = VALUE_NULL};
	return v;
}

static void
set_plain(struct fm_quick *q, struct value *v, const char *s, size_t len)
{
	v->text = put(q, s, len);
	v->len = len;
	yaml_scalar_read(v, v->text, len);
}

/* In quotes, on one line; behind the closing one. NULL: not ours. */
static const char *
quoted(struct fm_quick *q, const char *p, struct value *v)
{
	char quote = *p++;
	const char *end = memchr(p, quote, (size_t)(q->stop - p));
	char *to;

	if (!end)
		return NULL;
	v->type = VALUE_STRING;
	if (quote == '"' ? !memchr(p, '\\', (size_t)(end - p))
			 : end + 1 == q->stop || end[1] != quote) {
		v->len = (size_t)(end - p);
		v->text = put(q, p, v->len);
		return end + 1;
	}
	to = v->text = q->text + q->used;
	for (; p < q->stop; p++) {
		if (*p == quote) {
			if (quote == '"' || p + 1 == q->stop || p[1] != quote) {
				v->len = (size_t)(to - v->text);
				*to = '\0';
				q->used += v->len + 1;
				return p + 1;
			}
			p++;
		} else if (*p == '\\' && quote == '"') {
			p++;
			if (p == q->stop || (*p != '"' && *p != '\\'))
				return NULL;
		}
		*to++ = *p;
	}
	return NULL;
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_';
}

/* May a scalar without quotes begin here? */
static bool
begins_plain(const struct fm_quick *q, const char *p)
{
	if (is_word(*p))
		return true;
	if (*p == '-')
		return p + 1 < q->stop && (is_word(p[1]) || p[1] == '.');
	return !strchr("?:,[]{}#&*!|>'\"%@`", *p);
}

/* Without quotes, to the end of the line or its comment. */
static const char *
plain(struct fm_quick *q, const char *p, struct value *v)
{
	const char *end = q->stop, *c;

	if (!begins_plain(q, p))
		return NULL;
	for (c = p; (c = memchr(c, '#', (size_t)(end - c))); c++)
		if (c[-1] == ' ') {
			end = c;
			break;
		}
	while (end[-1] == ' ')
		end--;
	/* ": " makes it a key. */
	for (c = p; (c = memchr(c, ':', (size_t)(end - c))); c++)
		if (c + 1 == end || c[1] == ' ')
			return NULL;
	set_plain(q, v, p, (size_t)(end - p));
	return end;
}

static const char *
scalar(struct fm_quick *q, const char *p, struct value *v)
{
	return *p == '"' || *p == '\'' ? quoted(q, p, v) : plain(q, p, v);
}

/* Without quotes, inside [ ]. */
static const char *
flow_plain(struct fm_quick *q, const char *p, struct value *v)
{
	const char *end = p;

	if (*p == '-' || !begins_plain(q, p))
		return NULL;
	for (; end < q->stop && *end != ',' && *end != ']'; end++)
		if (!is_word(*end) && strchr(":?#[{}", *end))
			return NULL;
	if (end == q->stop)
		return NULL;
	while (end[-1] == ' ')
		end--;
	set_plain(q, v, p, (size_t)(end - p));
	return end;
}

static void
begin_list(struct fm_quick *q, struct value *v)
{
	v->type = VALUE_LIST;
	v->items = &q->items[q->nitems];
}

/* A new last item of the list that was begun last. */
static struct value *
add_item(struct fm_quick *q, struct value *list)
{
	struct value *item = new_value(q);

	if (item) {
		q->items[q->nitems++] = item;
		list->n++;
	}
	return item;
}

/* "[a, b]" on one line; behind it. NULL: not ours. */
static const char *
flow_list(struct fm_quick *q, const char *p, struct value *v)
{
	struct value *item;

	begin_list(q, v);
	p = skip(q, p + 1);
	if (p < q->stop && *p == ']')
		return p + 1;
	for (;; p++) {
		p = skip(q, p);
		if (p == q->stop || !(item = add_item(q, v)))
			return NULL;
		p = *p == '"' || *p == '\'' ? quoted(q, p, item)
					    : flow_plain(q, p, item);
		if (!p)
			return NULL;
		p = skip(q, p);
		if (p == q->stop)
			return NULL;
		if (*p == ']')
			return p + 1;
		if (*p != ',')
			return NULL;
	}
}

static bool
is_item(const struct fm_quick *q)
{
	const char *p = q->line + q->indent;

	return !q->done && *p == '-' && p + 1 < q->stop && p[1] == ' ';
}

/* What has nothing on the line of its key: null, or a list below it. */
static bool
below(struct fm_quick *q, struct value *v)
{
	struct value *item;
	const char *p;
	size_t indent;

	if (!next_line(q))
		return false;
	if (!is_item(q))
		return true;
	indent = q->indent;
	begin_list(q, v);
	while (is_item(q) && q->indent == indent) {
		p = skip(q, q->line + indent + 1);
		if (at_end(q, p) || !(item = add_item(q, v)) ||
		    !(p = scalar(q, p, item)) || !at_end(q, p) || !next_line(q))
			return false;
	}
	return true;
}

/* "key:"; behind it. NULL: not ours. */
static const char *
read_key(struct fm_quick *q)
{
	const char *p = q->line;
	char *key;

	if (q->indent > 0 || !is_word(*p) || (*p >= '0' && *p <= '9'))
		return NULL;
	while (p < q->stop && (is_word(*p) || *p == '-' || *p == '.'))
		p++;
	if (p == q->stop || *p != ':' || (p + 1 < q->stop && p[1] != ' '))
		return NULL;
	if (p - q->line > MAX_KEY || q->map.n == MAX_FIELDS)
		return NULL;
	key = put(q, q->line, (size_t)(p - q->line));
	for (size_t i = 0; i < q->map.n; i++)
		if (*q->keys[i] == *key && strcmp(q->keys[i], key) == 0)
			return NULL;
	q->keys[q->map.n] = key;
	return p + 1;
}

/* The field whose line is being read, and to the line behind it. */
static bool
field(struct fm_quick *q)
{
	const char *p = read_key(q);
	struct value *v = p ? new_value(q) : NULL;

	if (!v)
		return false;
	q->fields[q->map.n++] = v;
	if (at_end(q, p))
		return below(q, v);
	p = skip(q, p);
	p = *p == '[' ? flow_list(q, p, v) : scalar(q, p, v);
	return p && at_end(q, p) && next_line(q);
}

static void
start(struct fm_quick *q, const char *text, size_t len)
{
	if (len > MAX_TEXT)
		len = MAX_TEXT;
	if (q->cap < len + 1) {
		q->cap = len + 1;
		q->text = xreallocarray(q->text, q->cap, 1);
	}
	q->map = (struct value){
	    .type = VALUE_MAP, .items = q->fields, .keys = q->keys};
	q->nvalues = q->nitems = q->used = 0;
	q->at = text;
	q->end = text + len;
	q->done = false;
}

/* Behind the line "---" that begins the text. */
static bool
open_fence(struct fm_quick *q)
{
	const char *p = q->at;
	size_t len = (size_t)(q->end - p);

	if (len >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0)
		p += 3, len -= 3;
	if (len < 5 || memcmp(p, "---", 3) != 0)
		return false;
	p += 3;
	if (*p == '\r')
		p++;
	q->at = p + 1;
	return *p == '\n';
}

const struct value *
fm_quick_read(struct fm_quick *q, const char *text, size_t len)
{
	start(q, text, len);
	if (!open_fence(q) || !next_line(q))
		return NULL;
	while (!q->done)
		if (!field(q))
			return NULL;
	return &q->map;
}
