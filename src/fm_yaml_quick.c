/* SPDX-License-Identifier: ISC */
/*
 * The values of simple front matter in YAML, read line by line: comments,
 * "key: scalar", "key: [scalar, ...]", lists of one scalar a line, maps of
 * such fields, text in blocks of even lines.  What else there is, or might be,
 * is left to libyaml: one that reads the same or nothing needs no errors, and
 * takes a tenth of the time.
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

/* Where a field stands. */
struct place {
	const char *key, *colon, *at, *end;
	unsigned line;
};

struct fm_quick {
	struct value map;
	struct place places[MAX_FIELDS];
	struct value *fields[MAX_FIELDS], *inner[MAX_FIELDS];
	char *keys[MAX_FIELDS], *inner_keys[MAX_FIELDS];
	struct value values[MAX_VALUES];
	struct value *items[MAX_VALUES]; /* of all lists, one after another */
	size_t ninner, nvalues, nitems;
	char *text; /* of keys and values, each with a NUL */
	size_t used, cap;
	const char *at, *end;    /* what is left to read */
	const char *line, *stop; /* the line being read, without its break */
	size_t indent;
	unsigned lines; /* that were read */
	/* Where a value below its key begins; where the last one ends. */
	const char *below, *last;
	bool bare; /* there are no fences */
	bool done; /* that line is the closing fence, or the end */
};

struct fm_quick *
fm_quick_new(void)
{
	struct fm_quick *q = xmalloc(sizeof(*q));

	/* The rest is as start() leaves it. */
	q->text = NULL;
	q->cap = 0;
	return q;
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
	while (p < stop) {
		size_t size = 8;

		if ((*p & 0x80) || stop - p < 8 || !eight_plain(p))
			size = plain_char(p, (size_t)(stop - p));
		if (size == 0)
			return false;
		p += size;
	}
	return true;
}

/* To the next line, or the fence; false: there is none, or it is not ours. */
static bool
raw_line(struct fm_quick *q)
{
	const char *p = q->at, *nl;

	if (p == q->end) {
		q->line = q->stop = p;
		q->indent = 0;
		return q->done = q->bare;
	}
	q->lines++;
	nl = memchr(p, '\n', (size_t)(q->end - p));
	q->line = p;
	q->at = nl ? nl + 1 : q->end;
	q->stop = nl ? nl : q->end;
	if (q->stop - p >= 3 && memcmp(p, "---", 3) == 0) {
		q->indent = 0;
		return q->done = !q->bare;
	}
	if (q->stop > p && q->stop[-1] == '\r')
		q->stop--;
	if (!plain_text(p, q->stop))
		return false;
	while (p < q->stop && *p == ' ')
		p++;
	q->indent = (size_t)(p - q->line);
	return true;
}

static bool
is_blank(const struct fm_quick *q)
{
	return q->line + q->indent == q->stop;
}

/* A line that is blank or a comment. */
static bool
is_idle(const struct fm_quick *q)
{
	return !q->done && (is_blank(q) || q->line[q->indent] == '#');
}

/* To the next line that is not. */
static bool
next_line(struct fm_quick *q)
{
	do
		if (!raw_line(q))
			return false;
	while (is_idle(q));
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

/* A list of one scalar a line, and to the line behind it. */
static bool
block_list(struct fm_quick *q, struct value *v)
{
	size_t indent = q->indent;
	struct value *item;
	const char *p;

	begin_list(q, v);
	while (is_item(q) && q->indent == indent) {
		p = skip(q, q->line + indent + 1);
		if (at_end(q, p) || !(item = add_item(q, v)) ||
		    !(p = scalar(q, p, item)) || !at_end(q, p))
			return false;
		q->last = p;
		if (!next_line(q))
			return false;
	}
	return true;
}

/* To the line behind a block of text with this indentation, the first line
 * that is not of it having been read. */
static bool
end_block(struct fm_quick *q, size_t indent)
{
	while (is_idle(q)) {
		if (is_blank(q) ? q->indent > 0 : q->indent >= indent)
			return false;
		if (!raw_line(q))
			return false;
	}
	return q->indent < indent;
}

/*
 * Text in lines of their own, behind a "|" or ">" at p, and to the line behind
 * it.  base: the indentation of its key.  Not ours are lines further in and
 * blank ones between, which fold in ways of their own.
 */
static bool
block_text(struct fm_quick *q, const char *p, size_t base, struct value *v)
{
	char between = *p == '|' ? '\n' : ' ';
	bool strip = p + 1 < q->stop && p[1] == '-';
	char *to = q->text + q->used;
	size_t indent = 0, len;

	if (!at_end(q, p + 1 + strip) || !raw_line(q))
		return false;
	v->type = VALUE_STRING;
	v->text = to;
	for (; !q->done && !is_blank(q) && q->indent > base; to += len) {
		if (indent == 0)
			indent = q->indent;
		else if (q->indent < indent)
			break;
		else
			*to++ = between;
		if (q->indent > indent)
			return false;
		len = (size_t)(q->stop - q->line) - indent;
		memcpy(to, q->line + indent, len);
		q->last = q->stop;
		if (!raw_line(q))
			return false;
	}
	if (indent == 0)
		return false;
	if (!strip)
		*to++ = '\n';
	*to = '\0';
	v->len = (size_t)(to - v->text);
	q->used += v->len + 1;
	return end_block(q, indent);
}

/* "key:"; behind it. NULL: not ours. */
static const char *
read_key(struct fm_quick *q, struct value *map, size_t indent)
{
	const char *begin = q->line + indent, *p = begin;
	char *key;

	if (q->indent != indent || !is_word(*p) || (*p >= '0' && *p <= '9'))
		return NULL;
	while (p < q->stop && (is_word(*p) || *p == '-' || *p == '.'))
		p++;
	if (p == q->stop || *p != ':' || (p + 1 < q->stop && p[1] != ' '))
		return NULL;
	if (p - begin > MAX_KEY)
		return NULL;
	key = put(q, begin, (size_t)(p - begin));
	for (size_t i = 0; i < map->n; i++)
		if (*map->keys[i] == *key && strcmp(map->keys[i], key) == 0)
			return NULL;
	map->keys[map->n] = key;
	return p + 1;
}

/* A field of a map whose value, if there is one, is on the line of its key or
 * in a block; *v; behind the key. NULL: not ours. */
static const char *
begin_field(struct fm_quick *q, struct value *map, size_t indent, size_t room,
    struct value **v)
{
	const char *p;

	if (room == 0 || !(p = read_key(q, map, indent)) ||
	    !(*v = new_value(q)))
		return NULL;
	map->items[map->n++] = *v;
	return p;
}

/* What is on the line of its key, and to the line behind it. */
static bool
value_beside(struct fm_quick *q, const char *p, size_t indent, struct value *v)
{
	p = skip(q, p);
	if (*p == '|' || *p == '>')
		return block_text(q, p, indent, v);
	p = *p == '[' ? flow_list(q, p, v) : scalar(q, p, v);
	q->last = p;
	return p && at_end(q, p) && next_line(q);
}

/* A map of such fields, and to the line behind it. */
static bool
inner_map(struct fm_quick *q, struct value *map)
{
	size_t indent = q->indent;
	struct value *v;
	const char *p;

	map->type = VALUE_MAP;
	map->items = q->inner + q->ninner;
	map->keys = q->inner_keys + q->ninner;
	while (!q->done && q->indent == indent) {
		p = begin_field(q, map, indent, MAX_FIELDS - q->ninner, &v);
		if (!p)
			return false;
		q->ninner++;
		q->last = p;
		if (!at_end(q, p)) {
			if (!value_beside(q, p, indent, v))
				return false;
		} else if (!next_line(q) ||
			   (is_item(q) && q->indent >= indent &&
			       !block_list(q, v))) {
			return false;
		}
	}
	return true;
}

/* What has nothing on the line of its key: null, or what is below it. */
static bool
value_below(struct fm_quick *q, struct value *v)
{
	if (!next_line(q))
		return false;
	if (!q->done && (is_item(q) || q->indent > 0))
		q->below = q->line + q->indent;
	if (is_item(q))
		return block_list(q, v);
	return q->done || q->indent == 0 || inner_map(q, v);
}

/* The field whose line is being read, and to the line behind it. */
static bool
field(struct fm_quick *q)
{
	struct place *place = &q->places[q->map.n];
	struct place here = {.key = q->line, .line = q->lines};
	struct value *v;
	const char *p = begin_field(q, &q->map, 0, MAX_FIELDS - q->map.n, &v);
	bool ok;

	if (!p)
		return false;
	q->below = q->last = p;
	here.colon = p - 1;
	here.at = skip(q, p);
	if (at_end(q, p)) {
		ok = value_below(q, v);
		here.at = q->below;
	} else {
		ok = value_beside(q, p, 0, v);
	}
	here.end = q->last;
	*place = here;
	return ok;
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
	q->ninner = q->nvalues = q->nitems = q->used = 0;
	q->at = text;
	q->end = text + len;
	q->lines = 0;
	q->bare = q->done = false;
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

static bool
fields(struct fm_quick *q)
{
	bool ok = next_line(q);

	while (ok && !q->done)
		ok = field(q);
	return ok;
}

const struct value *
fm_quick_read(struct fm_quick *q, const char *text, size_t len)
{
	start(q, text, len);
	return open_fence(q) && fields(q) ? &q->map : NULL;
}

static void
add_fields(
    const struct fm_quick *q, const char *text, size_t len, struct fm_doc *doc)
{
	for (size_t i = 0; i < q->map.n; i++) {
		const struct place *p = &q->places[i];
		struct yaml_span span = {.key_at = (size_t)(p->key - text),
		    .key_end = (size_t)(p->colon - text),
		    .at = (size_t)(p->at - text),
		    .end = (size_t)(p->end - text)};
		struct fm_field *f = fm_doc_add(doc, doc->values->keys[i]);

		f->value = doc->values->items[i];
		f->line = p->line;
		yaml_place_field(f, text, len, &span);
	}
}

bool
fm_yaml_simple(const char *text, size_t len, struct fm_doc *doc)
{
	struct fm_quick *q;
	bool ok;

	if (len > MAX_TEXT)
		return false;
	q = fm_quick_new();
	start(q, text, len);
	q->bare = true;
	ok = fields(q);
	if (ok) {
		doc->values = value_copy(&q->map);
		add_fields(q, text, len, doc);
	}
	fm_quick_free(q);
	return ok;
}
