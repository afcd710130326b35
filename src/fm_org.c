/* SPDX-License-Identifier: ISC */
/*
 * Org's "#+key: value" lines, read as Hugo does, which takes them from go-org:
 * the values of one key are joined by line breaks, lists are words.  Read only.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_priv.h"
#include "mem.h"
#include "text.h"

#define DAY "0000-00-00"

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
}

/* The bytes of a blank at s, of Unicode's too; 0: there is none. */
static size_t
space(const char *s, const char *end)
{
	size_t n;

	return s < end && text_is_space(text_decode(s, (size_t)(end - s), &n))
		   ? n
		   : 0;
}

/* Where the last character that is no blank ends. */
static const char *
trimmed(const char *s, const char *end)
{
	const char *last = s;
	size_t n;

	while (s < end) {
		n = space(s, end);
		if (n == 0) {
			text_decode(s, (size_t)(end - s), &n);
			last = s + n;
		}
		s += n;
	}
	return last;
}

static struct value *
words(const char *s, const char *end)
{
	struct value *list = value_list();
	const char *p;
	size_t n;

	while (s < end) {
		if ((n = space(s, end)) > 0) {
			s += n;
			continue;
		}
		for (p = s; p < end && !space(p, end); p += n)
			text_decode(p, (size_t)(end - p), &n);
		value_append(list, value_string_len(s, (size_t)(p - s)));
		s = p;
	}
	return list;
}

static bool
one_of(const char *key, const char *const *names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_casecmp(
			key, strlen(key), names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static bool
is_list(const char *key)
{
	static const char *const lists[] = {"tags", "categories", "aliases"};

	return one_of(key, lists, NITEMS(lists));
}

static bool
is_date(const char *key)
{
	static const char *const dates[] = {
	    "date", "lastmod", "publishdate", "expirydate"};

	return one_of(key, dates, NITEMS(dates));
}

/* The day of a timestamp, "<2024-01-02 Tue>" or in [ ]; NULL: it is none. */
static const char *
day(const char *s, size_t len)
{
	size_t i;

	for (; len > strlen(DAY) + 2; s++, len--) {
		if (*s != '<' && *s != '[')
			continue;
		for (i = 0; i < strlen(DAY); i++)
			if (DAY[i] == '-' ? s[i + 1] != '-'
					  : s[i + 1] < '0' || s[i + 1] > '9')
				break;
		if (i == strlen(DAY) && s[i + 1] == ' ' &&
		    (memchr(s, '>', len) || memchr(s, ']', len)))
			return s + 1;
	}
	return NULL;
}

static struct value *
value_of(const char *key, bool list, const char *s, size_t len)
{
	const char *d;
	struct value *v;

	if (list || is_list(key))
		return words(s, s + len);
	d = is_date(key) ? day(s, len) : NULL;
	if (!d)
		return value_string_len(s, len);
	v = value_date("");
	value_written(v, d, strlen(DAY));
	return v;
}

/* Keywords that tell Org something and are no data. */
static bool
is_command(const char *key)
{
	static const char *const names[] = {
	    "name", "macro", "link", "setupfile", "include"};

	return one_of(key, names, NITEMS(names)) ||
	       text_casecmp(key, strnlen(key, 6), "begin_", 6) == 0 ||
	       text_casecmp(key, strnlen(key, 4), "end_", 4) == 0;
}

/* A document being read. */
struct org {
	const char *text;
	struct fm_doc *doc;
	bool *lists; /* of each field: "[]" followed its key */
	size_t cap;
};

static void
add_field(struct org *o, const char *key, bool list, const struct fm_field *as)
{
	struct fm_field *f = fm_doc_add(o->doc, key);
	const char *name = f->key;

	*f = *as;
	f->key = name;
	f->frozen = "a field in Org is edited in the file itself";
	f->value = value_of(key, list, o->text + f->value_at, f->value_len);
	o->lists = xgrow(o->lists, o->doc->n - 1, &o->cap, sizeof(*o->lists));
	o->lists[o->doc->n - 1] = list;
}

/* One line, "#+key: value"; without a blank behind the colon it is text. */
static void
line(struct org *o, size_t at, size_t end, unsigned n)
{
	const char *s = o->text + at + 2, *stop = o->text + end, *value, *colon;
	size_t klen, step;
	char *key;

	while (stop > s && (blank(stop[-1]) || stop[-1] == '\n'))
		stop--;
	colon = memchr(s, ':', (size_t)(stop - s));
	if (!colon || colon == s || memchr(s, '\0', (size_t)(colon - s)) ||
	    (colon + 1 < stop && !blank(colon[1])))
		return;
	for (value = colon + 1; (step = space(value, stop)) > 0; value += step)
		;
	stop = trimmed(value, stop);
	klen = (size_t)(colon - s);
	step = klen > 2 && memcmp(colon - 2, "[]", 2) == 0 ? 2 : 0;
	key = xstrndup(s, klen - step);
	if (!is_command(key))
		add_field(o, key, step > 0,
		    &(struct fm_field){
			.key_at = at + 2,
			.key_len = klen,
			.value_at = (size_t)(value - o->text),
			.value_len = (size_t)(stop - value),
			.at = at,
			.len = end - at,
			.line = n,
		    });
	free(key);
}

struct named {
	const char *key;
	size_t i;
};

static int
by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	int c = text_casecmp(x->key, strlen(x->key), y->key, strlen(y->key));

	return c ? c : x->i < y->i ? -1 : x->i > y->i;
}

/* The last field of a name counts, and its value is that of all of them, one
 * below the other. */
static void
join(struct org *o, const struct named *m, size_t n)
{
	struct fm_field *f = NULL;
	struct buf all = {0};

	for (size_t k = 0; k < n; k++) {
		f = &o->doc->fields[m[k].i];
		if (o->lists[m[k].i] != o->lists[m[n - 1].i])
			continue;
		if (all.len > 0)
			buf_putc(&all, '\n');
		buf_add(&all, o->text + f->value_at, f->value_len);
	}
	if (n > 1 && f) {
		value_append(o->doc->replaced, (struct value *)f->value);
		f->value = value_of(
		    f->key, o->lists[m[n - 1].i], buf_text(&all), all.len);
	}
	buf_dispose(&all);
}

static void
collect(struct org *o)
{
	struct fm_doc *doc = o->doc;
	struct named *m = xcalloc(doc->n + 1, sizeof(*m));
	bool *counts = xcalloc(doc->n + 1, sizeof(*counts));
	size_t n;

	for (size_t i = 0; i < doc->n; i++)
		m[i] = (struct named){doc->fields[i].key, i};
	qsort(m, doc->n, sizeof(*m), by_name);
	for (size_t i = 0; i < doc->n; i += n) {
		for (n = 1; i + n < doc->n && fm_alike(m[i].key, m[i + n].key);)
			n++;
		join(o, m + i, n);
		counts[m[i + n - 1].i] = true;
	}
	for (size_t i = 0; i < doc->n; i++) {
		struct value *v = (struct value *)doc->fields[i].value;

		if (counts[i])
			value_add(doc->values, doc->fields[i].key, v);
		else
			value_append(doc->replaced, v);
	}
	free(m);
	free(counts);
}

static int
org_read(const char *text, size_t len, struct fm_doc *doc, struct err *err)
{
	struct org o = {.text = text, .doc = doc};
	unsigned n = 1, lines, column;
	size_t end, valid = text_valid(text, len);

	if (valid < len) {
		text_place(text, valid, &lines, &column);
		return err_at(err, lines, column, "this is not UTF-8 text");
	}
	doc->values = value_map();
	doc->replaced = value_list();
	for (size_t at = 0; at < len; at = end, n++) {
		const char *p = memchr(text + at, '\n', len - at);

		end = p ? (size_t)(p - text) + 1 : len;
		line(&o, at, end, n);
	}
	collect(&o);
	free(o.lists);
	return 0;
}

const struct fm_driver fm_org = {.read = org_read};
