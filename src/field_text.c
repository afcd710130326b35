/* SPDX-License-Identifier: ISC */
/*
 * Fields of one value: how it is shown as text to edit, and what the edited
 * text means.
 */
#include <stdlib.h>
#include <string.h>

#include "field_priv.h"
#include "fm.h"
#include "mem.h"
#include "text.h"

bool
field_is_item(const struct value *v)
{
	return v->type != VALUE_LIST && v->type != VALUE_MAP;
}

bool
field_is_items(const struct value *v)
{
	if (v->type != VALUE_LIST)
		return false;
	for (size_t i = 0; i < v->n; i++)
		if (!field_is_item(v->items[i]))
			return false;
	return true;
}

char *
field_print_item(const struct field *f, const struct value *v)
{
	struct buf b = {0};

	if (field_is_items(v))
		return field_print_list(f, v);
	if (!field_is_item(v))
		value_json(v, 0, &b);
	else if (v->type == VALUE_BOOL)
		buf_puts(&b, v->boolean ? "true" : "false");
	else if (v->type != VALUE_NULL && v->text)
		buf_add(&b, v->text, v->len);
	return buf_steal(&b);
}

/* Text that was not changed is the old value, whatever its type. */
bool
field_unchanged(
    const struct field *f, const char *text, const struct value *old)
{
	char *was = old ? field_print(f, old) : NULL;
	bool same = was && strcmp(was, text) == 0;

	free(was);
	return same;
}

size_t
field_trim(const char **s)
{
	size_t len;

	while (**s == ' ' || **s == '\t' || **s == '\n' || **s == '\r')
		++*s;
	len = strlen(*s);
	while (len > 0 && strchr(" \t\r\n", (*s)[len - 1]))
		len--;
	return len;
}

/* A number stays one, and so do dates and booleans, when the text is one. */
static struct value *
same_kind(const char *text, const struct value *old)
{
	struct err ignored;
	struct value *v;
	bool number;

	if (!old || old->type == VALUE_STRING || !field_is_item(old) ||
	    old->type == VALUE_NULL)
		return NULL;
	number = old->type == VALUE_INT || old->type == VALUE_FLOAT;
	v = fm_parse_value(text, strlen(text), &ignored);
	if (v &&
	    (v->type == old->type ||
		(number && (v->type == VALUE_INT || v->type == VALUE_FLOAT))) &&
	    v->len == strlen(text) && strcmp(v->text, text) == 0)
		return v;
	value_free(v);
	return NULL;
}

struct value *
field_parse_text(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	struct value *v = same_kind(text, old);

	(void)f;
	(void)err;
	return v ? v : value_string(text);
}

struct value *
field_parse_bool(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	static const char *const words[] = {
	    "true", "yes", "on", "y", "1", "false", "no", "off", "n", "0"};
	size_t len;

	(void)f;
	(void)old;
	if ((len = field_trim(&text)) == 0)
		return value_null();
	for (size_t i = 0; i < NITEMS(words); i++)
		if (text_casecmp(text, len, words[i], strlen(words[i])) == 0)
			return value_bool(i < NITEMS(words) / 2);
	err_code(err, ERR_USAGE, "true or false is expected");
	return NULL;
}

/* One of its two words, where it has them. */
struct value *
field_parse_draft(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	size_t len;

	if (!f->hidden)
		return field_parse_bool(f, text, old, err);
	if ((len = field_trim(&text)) == 0)
		return value_null();
	if (text_casecmp(text, len, f->hidden, strlen(f->hidden)) == 0)
		return value_string(f->hidden);
	if (text_casecmp(text, len, f->published, strlen(f->published)) == 0)
		return value_string(f->published);
	err_code(
	    err, ERR_USAGE, "%s or %s is expected", f->hidden, f->published);
	return NULL;
}

/* As YAML reads it, when that is a number. */
static struct value *
number(const char *text)
{
	struct err err;
	size_t len = field_trim(&text);
	struct value *v = fm_parse_value(text, len, &err);

	if (v && v->type != VALUE_INT && v->type != VALUE_FLOAT &&
	    v->type != VALUE_NULL) {
		value_free(v);
		return NULL;
	}
	return v;
}

struct value *
field_parse_int(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	struct value *v = number(text);

	(void)f;
	(void)old;
	if (v && v->type != VALUE_FLOAT)
		return v;
	value_free(v);
	err_code(err, ERR_USAGE, "a whole number is expected, like 10");
	return NULL;
}

struct value *
field_parse_float(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	struct value *v = number(text);

	(void)f;
	(void)old;
	if (!v)
		err_code(err, ERR_USAGE, "a number is expected, like 0.5");
	return v;
}

/* The allowed value as it is there: a number stays one, capitals are its. */
struct value *
field_parse_choice(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	size_t len = field_trim(&text);

	(void)old;
	(void)err;
	for (size_t i = 0; f->allowed && i < f->allowed->n; i++) {
		const struct value *v = f->allowed->items[i];
		const char *word = value_text(v);

		if (word && text_casecmp(text, len, word, v->len) == 0)
			return value_copy(v);
	}
	return len > 0 ? value_string_len(text, len) : value_null();
}

/* Does the text open a map or a list that a value ends? */
static bool
is_whole(char c, const struct value *v)
{
	return (c != '[' || v->type == VALUE_LIST) &&
	       (c != '{' || v->type == VALUE_MAP);
}

/* Whatever it is, written in one line as YAML or JSON has it. */
struct value *
field_parse_source(const struct field *f, const char *text,
    const struct value *old, struct err *err)
{
	size_t len = field_trim(&text);
	struct value *v = fm_parse_value(text, len, err);
	bool nested = field_is_nested(f->type);

	(void)old;
	if (!v)
		return NULL;
	if (!is_whole(*text, v) ||
	    (nested && v->type != VALUE_NULL &&
		(v->type == VALUE_LIST) != (f->type == FIELD_MAPS)) ||
	    (nested && v->type != VALUE_NULL && field_is_item(v))) {
		value_free(v);
		err_code(err, ERR_USAGE, "%s",
		    f->type == FIELD_MAPS
			? "a list of maps is expected, like [{a: 1}]"
			: "a map is expected, like {a: 1, b: x}");
		return NULL;
	}
	return v;
}
