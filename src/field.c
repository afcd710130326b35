/* SPDX-License-Identifier: ISC */
/*
 * Kinds of fields: how a value is shown as text to edit, and what the edited
 * text means.
 */
#include "field.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "fm.h"
#include "mem.h"
#include "text.h"

static bool
is_item(const struct value *v)
{
	return v->type != VALUE_LIST && v->type != VALUE_MAP;
}

static bool
is_list(const struct value *v)
{
	if (v->type != VALUE_LIST)
		return false;
	for (size_t i = 0; i < v->n; i++)
		if (!is_item(v->items[i]))
			return false;
	return true;
}

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

static char *
print(const struct value *v)
{
	struct buf b = {0};

	if (is_list(v)) {
		for (size_t i = 0; i < v->n; i++) {
			if (i > 0)
				buf_puts(&b, ", ");
			print_item(v->items[i], &b);
		}
	} else if (!is_item(v)) {
		value_json(v, 0, &b);
	} else if (v->type == VALUE_BOOL) {
		buf_puts(&b, v->boolean ? "true" : "false");
	} else if (v->type != VALUE_NULL && v->text) {
		buf_add(&b, v->text, v->len);
	}
	return buf_steal(&b);
}

/* A list is printed item by item; one text in a list's place is one item. */
static char *
print_list(const struct value *v)
{
	struct buf b = {0};

	if (!is_item(v) || v->type == VALUE_NULL)
		return print(v);
	print_item(v, &b);
	return buf_steal(&b);
}

/* Text that was not changed is the old value, whatever its type. */
static bool
unchanged(const char *text, const struct value *old,
    char *(*show)(const struct value *))
{
	char *was = old ? show(old) : NULL;
	bool same = was && strcmp(was, text) == 0;

	free(was);
	return same;
}

static struct value *
parse_text(const char *text, const struct value *old, struct err *err)
{
	(void)err;
	if (unchanged(text, old, print))
		return value_copy(old);
	return value_string(text);
}

/* The text without the blanks around it. */
static size_t
trimmed(const char **s)
{
	size_t len;

	while (**s == ' ' || **s == '\t' || **s == '\n' || **s == '\r')
		++*s;
	len = strlen(*s);
	while (len > 0 && strchr(" \t\r\n", (*s)[len - 1]))
		len--;
	return len;
}

static struct value *
parse_bool(const char *text, const struct value *old, struct err *err)
{
	static const char *const words[] = {
	    "true", "yes", "on", "y", "1", "false", "no", "off", "n", "0"};
	size_t len;

	if (unchanged(text, old, print))
		return value_copy(old);
	if ((len = trimmed(&text)) == 0)
		return value_null();
	for (size_t i = 0; i < NITEMS(words); i++)
		if (text_casecmp(text, len, words[i], strlen(words[i])) == 0)
			return value_bool(i < NITEMS(words) / 2);
	err_code(err, ERR_USAGE, "true or false is expected");
	return NULL;
}

/* As YAML reads it, when that is a number. */
static struct value *
number(const char *text)
{
	struct err err;
	size_t len = trimmed(&text);
	struct value *v = fm_parse_value(text, len, &err);

	if (v && v->type != VALUE_INT && v->type != VALUE_FLOAT &&
	    v->type != VALUE_NULL) {
		value_free(v);
		return NULL;
	}
	return v;
}

static struct value *
parse_int(const char *text, const struct value *old, struct err *err)
{
	struct value *v;

	if (unchanged(text, old, print))
		return value_copy(old);
	v = number(text);
	if (v && v->type != VALUE_FLOAT)
		return v;
	value_free(v);
	err_code(err, ERR_USAGE, "a whole number is expected, like 10");
	return NULL;
}

static struct value *
parse_float(const char *text, const struct value *old, struct err *err)
{
	struct value *v;

	if (unchanged(text, old, print))
		return value_copy(old);
	if ((v = number(text)))
		return v;
	err_code(err, ERR_USAGE, "a number is expected, like 0.5");
	return NULL;
}

/*
 * In the shape of the old date, unless that would lose what was typed: a time
 * where there was none, or the meaning of an offset.
 */
static char *
shaped(const struct date *d, const struct value *old, const struct date *base,
    bool time_typed)
{
	static const char no_offset[] = "2006-01-02T15:04:05";

	if (!base)
		return date_rfc3339(d);
	if (!base->has_time && time_typed && !d->has_offset)
		return date_like(d, no_offset, sizeof(no_offset) - 1);
	if ((time_typed || base->has_time) && d->has_offset &&
	    !base->has_offset)
		return date_rfc3339(d);
	return date_like(d, old->text, old->len);
}

static struct value *
parse_date(const char *text, const struct value *old, struct err *err)
{
	struct date base, d;
	struct value *v;
	size_t len;
	bool had;
	char *s;

	if (unchanged(text, old, print))
		return value_copy(old);
	if ((len = trimmed(&text)) == 0)
		return value_null();
	had = old && value_text(old) &&
	      date_parse(value_text(old), old->len, &base);
	if (!had)
		date_now(&base);
	if (!date_parse_typed(text, len, &base, &d)) {
		err_code(err, ERR_USAGE,
		    "a date is expected, like 2026-11-25 14:20 or now");
		return NULL;
	}
	s = shaped(&d, old, had ? &base : NULL, memchr(text, ':', len));
	v = value_date(s);
	free(s);
	return v;
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

/* An item as the old list has it, a number say; else text. */
static struct value *
item_of(const char *s, size_t len, const struct value *old)
{
	size_t n = !old ? 0 : is_list(old) ? old->n : 1;

	for (size_t i = 0; i < n; i++) {
		const struct value *v = is_list(old) ? old->items[i] : old;

		if (v->text && v->len == len && memcmp(v->text, s, len) == 0)
			return value_copy(v);
	}
	return value_string_len(s, len);
}

static struct value *
parse_list(const char *text, const struct value *old, struct err *err)
{
	struct value *list;
	struct buf b = {0};
	size_t len;

	if (unchanged(text, old, print_list))
		return value_copy(old);
	list = value_list();
	for (const char *s = text; *s; s += *s == ',') {
		buf_clear(&b);
		while (*s == ' ' || *s == '\t')
			s++;
		if (*s == '"') {
			s++;
			if (!quoted(&s, &b)) {
				value_free(list);
				buf_dispose(&b);
				err_code(err, ERR_USAGE,
				    "a quote in this list is not closed before "
				    "the next comma");
				return NULL;
			}
			value_append(list, item_of(buf_text(&b), b.len, old));
			continue;
		}
		len = strcspn(s, ",");
		buf_add(&b, s, len);
		s += len;
		while (b.len > 0 && strchr(" \t\r\n", b.data[b.len - 1]))
			b.len--;
		/* ", ," and a last comma hold nothing. */
		if (b.len > 0)
			value_append(list, item_of(b.data, b.len, old));
	}
	buf_dispose(&b);
	return list;
}

static struct value *
parse_raw(const char *text, const struct value *old, struct err *err)
{
	if (unchanged(text, old, print))
		return value_copy(old);
	err_code(err, ERR_USAGE, "this field is edited in the file itself");
	return NULL;
}

static const struct field_ops ops[] = {
    [FIELD_TEXT] = {"text", print, parse_text},
    [FIELD_BOOL] = {"boolean", print, parse_bool},
    [FIELD_INT] = {"integer", print, parse_int},
    [FIELD_FLOAT] = {"number", print, parse_float},
    [FIELD_DATE] = {"date", print, parse_date},
    [FIELD_LIST] = {"list", print_list, parse_list},
    [FIELD_RAW] = {"raw", print, parse_raw},
};

_Static_assert(NITEMS(ops) == FIELD_TYPES, "one row a type");

const struct field_ops *
field_ops(enum field_type type)
{
	return &ops[type];
}

/* Hugo's predefined names (its content-management/front-matter page). */
static const struct {
	const char *key;
	enum field_type type;
} names[] = {
    {"title", FIELD_TEXT},
    {"linktitle", FIELD_TEXT},
    {"description", FIELD_TEXT},
    {"summary", FIELD_TEXT},
    {"slug", FIELD_TEXT},
    {"url", FIELD_TEXT},
    {"type", FIELD_TEXT},
    {"layout", FIELD_TEXT},
    {"markup", FIELD_TEXT},
    {"translationkey", FIELD_TEXT},
    {"draft", FIELD_BOOL},
    {"headless", FIELD_BOOL},
    {"iscjklanguage", FIELD_BOOL},
    {"date", FIELD_DATE},
    {"lastmod", FIELD_DATE},
    {"modified", FIELD_DATE},
    {"publishdate", FIELD_DATE},
    {"pubdate", FIELD_DATE},
    {"published", FIELD_DATE},
    {"expirydate", FIELD_DATE},
    {"unpublishdate", FIELD_DATE},
    {"weight", FIELD_INT},
    {"tags", FIELD_LIST},
    {"categories", FIELD_LIST},
    {"keywords", FIELD_LIST},
    {"aliases", FIELD_LIST},
    {"outputs", FIELD_LIST},
    {"images", FIELD_LIST},
    {"videos", FIELD_LIST},
    {"audio", FIELD_LIST},
    {"series", FIELD_LIST},
};

static enum field_type
type_of_value(const struct value *v)
{
	switch (v->type) {
	case VALUE_BOOL:
		return FIELD_BOOL;
	case VALUE_INT:
		return FIELD_INT;
	case VALUE_FLOAT:
		return FIELD_FLOAT;
	case VALUE_DATE:
		return FIELD_DATE;
	case VALUE_LIST:
		return is_list(v) ? FIELD_LIST : FIELD_RAW;
	case VALUE_MAP:
		return FIELD_RAW;
	default:
		return FIELD_TEXT;
	}
}

enum field_type
field_type(const char *key, const struct value *v, bool is_term)
{
	enum field_type by_value = v ? type_of_value(v) : FIELD_TEXT;
	size_t len = strlen(key);

	/* Nested is nested whatever its name. */
	if (by_value == FIELD_RAW)
		return FIELD_RAW;
	if (is_term)
		return FIELD_LIST;
	/* "published: false" is an old way to say draft. */
	if (by_value == FIELD_LIST ||
	    (by_value == FIELD_BOOL &&
		text_casecmp(key, len, "published", 9) == 0))
		return by_value;
	for (size_t i = 0; i < NITEMS(names); i++)
		if (text_casecmp(
			key, len, names[i].key, strlen(names[i].key)) == 0)
			return names[i].type;
	return by_value;
}
