/* SPDX-License-Identifier: ISC */
/* Kinds of fields: their table, and which kind a field is of. */
#include "field.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "field_priv.h"
#include "mem.h"
#include "text.h"

static const struct field_ops ops[] = {
    [FIELD_TEXT] = {"text", "one line of text", field_print_item,
	field_parse_text},
    [FIELD_LINES] = {"lines", "text of several lines", field_print_item,
	field_parse_text},
    [FIELD_BOOL] = {"boolean", "true or false", field_print_item,
	field_parse_bool},
    [FIELD_DRAFT] = {"draft", "whether the post is a draft", field_print_item,
	field_parse_draft},
    [FIELD_INT] = {"integer", "a whole number", field_print_item,
	field_parse_int},
    [FIELD_FLOAT] = {"float", "a number", field_print_item, field_parse_float},
    [FIELD_WEIGHT] = {"weight", "a place in an order, 0 being none",
	field_print_item, field_parse_int},
    [FIELD_DATE] = {"date", "a day", field_print_item, field_parse_date},
    [FIELD_DATETIME] = {"datetime", "a day and a time of day", field_print_item,
	field_parse_date},
    [FIELD_TIME] = {"time", "a time of day", field_print_item,
	field_parse_time},
    [FIELD_CHOICE] = {"choice", "one of the allowed values", field_print_item,
	field_parse_choice},
    [FIELD_CHOICES] = {"choices", "several of the allowed values",
	field_print_list, field_parse_list, .list = true},
    [FIELD_TERMS] = {"terms", "terms of a taxonomy", field_print_list,
	field_parse_list, .list = true},
    [FIELD_LIST] = {"list", "a list of text", field_print_list,
	field_parse_list, .list = true},
    [FIELD_SLUG] = {"slug", "the page's part of its address", field_print_item,
	field_parse_text},
    [FIELD_URL] = {"url", "an address or a path of one", field_print_item,
	field_parse_text},
    [FIELD_IMAGE] = {"image", "a picture's file", field_print_item,
	field_parse_text},
    [FIELD_FILE] = {"file", "a file", field_print_item, field_parse_text},
    [FIELD_PAGE] = {"page", "another page of the site", field_print_item,
	field_parse_text},
    [FIELD_CONTRIBUTOR] = {"contributor", "a person who writes here",
	field_print_item, field_parse_text},
    [FIELD_MAP] = {"map", "fields within the field", field_print_item,
	field_parse_source, .nested = true},
    [FIELD_MAPS] = {"maps", "a list of maps", field_print_item,
	field_parse_source, .nested = true},
    [FIELD_PAIRS] = {"pairs", "a map whose keys are free", field_print_item,
	field_parse_source, .nested = true},
    [FIELD_COLOUR] = {"colour", "a colour, as #rrggbb", field_print_item,
	field_parse_text},
    [FIELD_HIDDEN] = {"hidden", "kept and not shown", field_print_item,
	field_parse_source},
    [FIELD_COMPUTED] = {"computed", "set by galley", field_print_item,
	field_parse_date},
    [FIELD_RAW] = {"raw", "the source as it stands in the file",
	field_print_item, field_parse_source},
};

_Static_assert(NITEMS(ops) == FIELD_TYPES, "one row a type");

const char *
field_type_name(enum field_type type)
{
	return ops[type].name;
}

const char *
field_type_help(enum field_type type)
{
	return ops[type].help;
}

enum field_type
field_type_find(const char *name)
{
	size_t i = 0;

	while (i < FIELD_TYPES && strcmp(ops[i].name, name) != 0)
		i++;
	return (enum field_type)i;
}

bool
field_is_list(const struct field *f)
{
	return ops[f->type].list || (f->several && !ops[f->type].nested);
}

bool
field_is_date(enum field_type type)
{
	return type == FIELD_DATE || type == FIELD_DATETIME ||
	       type == FIELD_COMPUTED;
}

bool
field_is_nested(enum field_type type)
{
	return ops[type].nested;
}

char *
field_print(const struct field *f, const struct value *v)
{
	return field_is_list(f) ? field_print_list(f, v)
				: ops[f->type].print(f, v);
}

struct value *
field_parse(const struct field *f, const char *text, const struct value *old,
    struct err *err)
{
	if (field_unchanged(f, text, old))
		return value_copy(old);
	return field_is_list(f) ? field_parse_list(f, text, old, err)
				: ops[f->type].parse(f, text, old, err);
}

static char *
copy_text(const char *s)
{
	return s ? xstrdup(s) : NULL;
}

static struct value *
copy_value(const struct value *v)
{
	return v ? value_copy(v) : NULL;
}

void
field_copy(struct field *to, const struct field *from)
{
	*to = *from;
	to->key = copy_text(from->key);
	to->label = copy_text(from->label);
	to->help = copy_text(from->help);
	to->fallback = copy_value(from->fallback);
	to->pattern = copy_text(from->pattern);
	to->message = copy_text(from->message);
	to->min = copy_value(from->min);
	to->max = copy_value(from->max);
	to->allowed = copy_value(from->allowed);
	to->depends = copy_value(from->depends);
	to->hidden = copy_text(from->hidden);
	to->published = copy_text(from->published);
}

void
field_dispose(struct field *f)
{
	free(f->key);
	free(f->label);
	free(f->help);
	value_free(f->fallback);
	free(f->pattern);
	free(f->message);
	value_free(f->min);
	value_free(f->max);
	value_free(f->allowed);
	value_free(f->depends);
	free(f->hidden);
	free(f->published);
	*f = (struct field){0};
}

bool
field_is_empty(const struct value *v)
{
	if (!v || v->type == VALUE_NULL)
		return true;
	if (v->type == VALUE_STRING)
		return v->len == 0;
	return (v->type == VALUE_LIST || v->type == VALUE_MAP) && v->n == 0;
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
    {"slug", FIELD_SLUG},
    {"url", FIELD_URL},
    {"type", FIELD_TEXT},
    {"layout", FIELD_TEXT},
    {"markup", FIELD_TEXT},
    {"translationkey", FIELD_TEXT},
    {"draft", FIELD_DRAFT},
    {"headless", FIELD_BOOL},
    {"iscjklanguage", FIELD_BOOL},
    {"date", FIELD_DATETIME},
    {"lastmod", FIELD_DATETIME},
    {"modified", FIELD_DATETIME},
    {"publishdate", FIELD_DATETIME},
    {"pubdate", FIELD_DATETIME},
    {"published", FIELD_DATETIME},
    {"expirydate", FIELD_DATETIME},
    {"unpublishdate", FIELD_DATETIME},
    {"weight", FIELD_WEIGHT},
    {"tags", FIELD_TERMS},
    {"categories", FIELD_TERMS},
    {"keywords", FIELD_LIST},
    {"aliases", FIELD_LIST},
    {"outputs", FIELD_LIST},
    {"images", FIELD_IMAGE},
    {"videos", FIELD_FILE},
    {"audio", FIELD_FILE},
    {"series", FIELD_LIST},
};

/* What a list holds, if it is one thing. */
static enum field_type
type_of_list(const struct value *v)
{
	if (field_is_items(v))
		return FIELD_LIST;
	for (size_t i = 0; i < v->n; i++)
		if (v->items[i]->type != VALUE_MAP)
			return FIELD_RAW;
	return FIELD_MAPS;
}

static enum field_type
type_of_date(const struct value *v)
{
	struct date d;
	int seconds;
	bool precise;

	if (date_parse(v->text, v->len, &d))
		return d.has_time ? FIELD_DATETIME : FIELD_DATE;
	if (field_read_time(v->text, v->len, &seconds, &precise))
		return FIELD_TIME;
	return FIELD_TEXT;
}

enum field_type
field_type_of(const struct value *v)
{
	switch (v->type) {
	case VALUE_BOOL:
		return FIELD_BOOL;
	case VALUE_INT:
		return FIELD_INT;
	case VALUE_FLOAT:
		return FIELD_FLOAT;
	case VALUE_DATE:
		return type_of_date(v);
	case VALUE_LIST:
		return type_of_list(v);
	case VALUE_MAP:
		return FIELD_MAP;
	case VALUE_STRING:
		if (memchr(v->text, '\n', v->len))
			return FIELD_LINES;
		break;
	case VALUE_NULL:
		break;
	}
	return FIELD_TEXT;
}

static enum field_type
type_of_name(const char *key)
{
	size_t len = strlen(key);

	for (size_t i = 0; i < NITEMS(names); i++)
		if (text_casecmp(
			key, len, names[i].key, strlen(names[i].key)) == 0)
			return names[i].type;
	return FIELD_TYPES;
}

void
field_guess(
    struct field *f, const char *key, const struct value *v, bool is_term)
{
	enum field_type by_value = v ? field_type_of(v) : FIELD_TEXT;
	enum field_type by_name = type_of_name(key);
	bool published = text_casecmp(key, strlen(key), "published", 9) == 0;

	f->several = false;
	f->inverted = false;
	f->type = by_value;
	/* Nested is nested whatever its name. */
	if (by_value == FIELD_RAW || ops[by_value].nested)
		return;
	if (is_term) {
		f->type = FIELD_TERMS;
	} else if (by_value == FIELD_BOOL && published) {
		/* "published: false" is an old way to say draft. */
		f->type = FIELD_DRAFT;
		f->inverted = true;
	} else if (by_name == FIELD_IMAGE || by_name == FIELD_FILE) {
		f->type = by_name;
		f->several = !v || v->type == VALUE_NULL || v->n > 0 ||
			     v->type == VALUE_LIST;
	} else if (by_name != FIELD_TYPES &&
		   (by_value != FIELD_LIST || ops[by_name].list)) {
		/* Of a title in several lines, all are edited. */
		if (by_value != FIELD_LINES || by_name != FIELD_TEXT)
			f->type = by_name;
	}
}

enum field_type
field_type(const char *key, const struct value *v, bool is_term)
{
	struct field f = {0};

	field_guess(&f, key, v, is_term);
	return f.type;
}
