/* SPDX-License-Identifier: ISC */
/*
 * Fields of several values: a list as text with commas between the items, and
 * back.
 */
#include <stdlib.h>
#include <string.h>

#include "field_priv.h"
#include "mem.h"
#include "text.h"

/* Would this item, bare between commas, read as something else? */
static bool
needs_quotes(const char *s, size_t len)
{
	if (len == 0 || *s == ' ' || s[len - 1] == ' ' || *s == '"')
		return true;
	for (size_t i = 0; i < len; i++)
		if (s[i] == ',' || (unsigned char)s[i] < ' ')
			return true;
	return false;
}

static void
print_item(const struct value *v, struct buf *out)
{
	static const char plain[] = "\n\t\r\"\\", named[] = "ntr\"\\";
	const char *s = v->text ? v->text : "", *p;

	if (v->type == VALUE_NULL || !needs_quotes(s, v->len)) {
		buf_add(out, s, v->len);
		return;
	}
	buf_putc(out, '"');
	for (size_t i = 0; i < v->len; i++) {
		p = s[i] ? strchr(plain, s[i]) : NULL;
		if (p) {
			buf_putc(out, '\\');
			buf_putc(out, named[p - plain]);
		} else {
			buf_putc(out, s[i]);
		}
	}
	buf_putc(out, '"');
}

/* A list is printed item by item; one text in a list's place is one item. */
char *
field_print_list(const struct field *f, const struct value *v)
{
	struct buf b = {0};

	if (field_is_items(v)) {
		for (size_t i = 0; i < v->n; i++) {
			if (i > 0)
				buf_puts(&b, ", ");
			print_item(v->items[i], &b);
		}
	} else if (!field_is_item(v) || v->type == VALUE_NULL) {
		return field_print_item(f, v);
	} else {
		print_item(v, &b);
	}
	return buf_steal(&b);
}

/* One item in quotes, *s behind the first; false: they are not closed. */
static bool
quoted(const char **s, struct buf *out)
{
	static const char plain[] = "\n\t\r", named[] = "ntr";
	const char *p = *s, *name;

	for (; *p && *p != '"'; p++) {
		if (*p != '\\' || !p[1]) {
			buf_putc(out, *p);
			continue;
		}
		name = strchr(named, *++p);
		buf_putc(out, name ? plain[name - named] : *p);
	}
	if (*p != '"')
		return false;
	for (p++; *p == ' ' || *p == '\t';)
		p++;
	*s = p;
	return *p == ',' || *p == '\0';
}

static const struct value *
same_text(const struct value *list, const char *s, size_t len, bool caseless)
{
	for (size_t i = 0; i < list->n; i++) {
		const struct value *v = list->items[i];

		if (!v->text || v->len != len)
			continue;
		if (caseless ? text_casecmp(v->text, len, s, len) == 0
			     : memcmp(v->text, s, len) == 0)
			return v;
	}
	return NULL;
}

/* An item as the old list or what is allowed has it, a number say; else text.*/
static struct value *
item_of(
    const struct field *f, const char *s, size_t len, const struct value *old)
{
	const struct value *v = NULL;

	if (old && field_is_items(old))
		v = same_text(old, s, len, false);
	else if (old && old->text && old->len == len &&
		 memcmp(old->text, s, len) == 0)
		v = old;
	if (!v && f->allowed)
		v = same_text(f->allowed, s, len, true);
	return v ? value_copy(v) : value_string_len(s, len);
}

/* The next item of the text into b; false: a quote is not closed. *any: there
 * is one. */
static bool
next_item(const char **text, struct buf *b, bool *any)
{
	const char *s = *text;
	bool good = true;
	size_t len;

	buf_clear(b);
	while (*s == ' ' || *s == '\t')
		s++;
	*any = *s == '"';
	if (*s == '"') {
		s++;
		good = quoted(&s, b);
	} else {
		len = strcspn(s, ",");
		buf_add(b, s, len);
		s += len;
		while (b->len > 0 && strchr(" \t\r\n", b->data[b->len - 1]))
			b->len--;
		/* ", ," and a last comma hold nothing. */
		*any = b->len > 0;
	}
	*text = s;
	return good;
}

struct value *
field_parse_list(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	struct value *list = value_list();
	struct buf b = {0};
	bool any, good = true;

	for (const char *s = text; *s && good; s += good && *s == ',') {
		good = next_item(&s, &b, &any);
		if (good && any)
			value_append(
			    list, item_of(f, buf_text(&b), b.len, old));
	}
	buf_dispose(&b);
	if (good)
		return list;
	value_free(list);
	err_code(err, ERR_USAGE,
	    "a quote in this list is not closed before the next comma");
	return NULL;
}
