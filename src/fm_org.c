/* SPDX-License-Identifier: ISC */
/* Org's "#+key: value" lines, as Hugo reads them. Read only. */
#include <stdlib.h>
#include <string.h>

#include "fm_priv.h"
#include "mem.h"
#include "text.h"

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct value *
words(const char *s, const char *end)
{
	struct value *list = value_list();
	const char *p;

	while (s < end) {
		for (p = s; p < end && !blank(*p); p++)
			;
		if (p > s)
			value_append(
			    list, value_string_len(s, (size_t)(p - s)));
		s = p + 1;
	}
	return list;
}

static bool
is_list(const char *key, size_t len)
{
	static const char *const lists[] = {"tags", "categories", "aliases"};

	for (size_t i = 0; i < NITEMS(lists); i++)
		if (text_casecmp(key, len, lists[i], strlen(lists[i])) == 0)
			return true;
	return false;
}

/* A date may stand in < > or [ ], with the day's name. */
static struct value *
value_of(const char *key, size_t klen, const char *s, const char *end)
{
	struct value *v;

	if (is_list(key, klen))
		return words(s, end);
	if (text_casecmp(key, klen, "date", 4) != 0 || end - s < 12 ||
	    (*s != '<' && *s != '['))
		return value_string_len(s, (size_t)(end - s));
	v = value_date("");
	value_written(v, s + 1, 10);
	return v;
}

static void
line(const char *text, size_t at, size_t end, unsigned n, struct fm_doc *doc)
{
	const char *s = text + at + 2, *stop = text + end, *colon;
	const char *value;
	size_t klen;
	struct fm_field *f;
	char *key;
	struct value *v;

	while (stop > s && (blank(stop[-1]) || stop[-1] == '\n'))
		stop--;
	colon = memchr(s, ':', (size_t)(stop - s));
	if (!colon || colon == s || memchr(s, '\0', (size_t)(colon - s)))
		return;
	for (value = colon + 1; value < stop && blank(*value); value++)
		;
	klen = (size_t)(colon - s);
	if (klen > 2 && memcmp(colon - 2, "[]", 2) == 0) {
		klen -= 2;
		v = words(value, stop);
	} else {
		v = value_of(s, klen, value, stop);
	}
	key = xstrndup(s, klen);
	f = fm_doc_add(doc, key);
	f->key_at = at + 2;
	f->key_len = (size_t)(colon - s);
	f->value_at = (size_t)(value - text);
	f->value_len = (size_t)(stop - value);
	f->at = at;
	f->len = end - at;
	f->line = n;
	f->value = v;
	f->frozen = "a field in Org is edited in the file itself";
	value_add(doc->values, key, v);
	free(key);
}

static int
org_read(const char *text, size_t len, struct fm_doc *doc, struct err *err)
{
	unsigned n = 1;
	size_t end;

	(void)err;
	doc->values = value_map();
	for (size_t at = 0; at < len; at = end, n++) {
		const char *p = memchr(text + at, '\n', len - at);

		end = p ? (size_t)(p - text) + 1 : len;
		line(text, at, end, n, doc);
	}
	return 0;
}

const struct fm_driver fm_org = {.read = org_read};
