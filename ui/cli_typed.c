/* SPDX-License-Identifier: ISC */
/* Values from the command line: the rules by which a field keeps its kind. */
#include "cli_typed.h"

#include <string.h>

#include "date.h"
#include "field.h"
#include "fm.h"
#include "mem.h"

static const char *const kinds[] = {
    [TYPED_KEPT] = "",
    [TYPED_TEXT] = "text",
    [TYPED_NUMBER] = "number",
    [TYPED_BOOLEAN] = "boolean",
    [TYPED_DATE] = "date",
    [TYPED_LIST] = "list",
    [TYPED_MAP] = "map",
    [TYPED_YAML] = "yaml",
};

int
typed_kind(const char *name, enum typed_kind *kind, struct err *err)
{
	*kind = TYPED_KEPT;
	if (!name)
		return 0;
	for (size_t i = TYPED_TEXT; i < NITEMS(kinds); i++)
		if (strcmp(kinds[i], name) == 0) {
			*kind = (enum typed_kind)i;
			return 0;
		}
	return err_code(err, ERR_USAGE,
	    "--type %s: not one of text, number, boolean, date, list, map, "
	    "yaml",
	    name);
}

static enum typed_kind
kind_of(const struct value *v)
{
	switch (v->type) {
	case VALUE_NULL:
		break;
	case VALUE_BOOL:
		return TYPED_BOOLEAN;
	case VALUE_INT:
	case VALUE_FLOAT:
		return TYPED_NUMBER;
	case VALUE_STRING:
		return TYPED_TEXT;
	case VALUE_DATE:
		return TYPED_DATE;
	case VALUE_LIST:
		return TYPED_LIST;
	case VALUE_MAP:
		return TYPED_MAP;
	}
	return TYPED_KEPT;
}

static bool
is_scalar(const struct value *v)
{
	return v->type != VALUE_LIST && v->type != VALUE_MAP;
}

/* The text as it was typed, but what quotes mean. Takes v. */
static struct value *
as_text(struct value *v, const char *text)
{
	size_t len;

	if (v->type == VALUE_STRING)
		return v;
	value_free(v);
	text += strspn(text, " \t");
	len = strlen(text);
	while (len > 0 && strchr(" \t", text[len - 1]))
		len--;
	return value_string_len(text, len);
}

/* In the shape of the old one; words such as "now" are dates, too. */
static struct value *
as_date(const char *text, const struct value *v, const struct value *old)
{
	const char *s = v->type == VALUE_STRING ? v->text : text;
	const struct field f = {.type = FIELD_DATETIME};
	struct err ignored;

	return field_parse(&f, s, old, &ignored);
}

/* The same kind, out of quotes. */
static struct value *
unquoted(const struct value *v, enum typed_kind kind)
{
	struct err ignored;
	struct value *inner;

	if (v->type != VALUE_STRING)
		return NULL;
	inner = fm_parse_value(v->text, v->len, &ignored);
	if (inner && kind_of(inner) == kind)
		return inner;
	value_free(inner);
	return NULL;
}

/* Where the kind is asked for. Takes v. */
static struct value *
asked(struct value *v, const char *field, const char *text,
    enum typed_kind kind, const struct value *old, struct err *err)
{
	struct value *result = NULL, *list;

	if (kind == TYPED_YAML || kind_of(v) == kind)
		return v;
	if (kind == TYPED_TEXT)
		return as_text(v, text);
	if (kind == TYPED_DATE && v->type != VALUE_NULL && is_scalar(v))
		result = as_date(text, v, old);
	else if (kind == TYPED_NUMBER || kind == TYPED_BOOLEAN)
		result = unquoted(v, kind);
	else if (kind == TYPED_MAP && v->type == VALUE_NULL)
		result = value_map();
	if (kind == TYPED_LIST) {
		list = value_list();
		if (v->type != VALUE_NULL)
			value_append(list, v);
		else
			value_free(v);
		return list;
	}
	value_free(v);
	if (!result)
		err_code(err, ERR_USAGE, "%s: '%s' is no %s", field, text,
		    kinds[kind]);
	return result;
}

/* Is it to be written as a date: it is one, or bears the name of one? */
static bool
is_date(const char *field, const struct value *old)
{
	struct date d;

	if (old && old->type == VALUE_DATE)
		return true;
	if (!field_is_date(field_type(field, NULL, false)))
		return false;
	return !old || old->type == VALUE_NULL ||
	       (old->type == VALUE_STRING &&
		   date_parse(old->text, old->len, &d));
}

/* Why what was typed does not fit, and what would. Takes v. */
static struct value *
refuse(struct value *v, const char *field, const char *text,
    const struct value *old, struct err *err)
{
	enum typed_kind kind = kind_of(old), typed = kind_of(v);
	const char *other = kinds[typed == TYPED_KEPT ? TYPED_YAML : typed];

	value_free(v);
	if (typed == TYPED_KEPT && (kind == TYPED_LIST || kind == TYPED_MAP)) {
		err_code(err, ERR_REFUSED,
		    "%s is a %s: %s= empties it, and 'galley unset' removes "
		    "it; or use --type yaml",
		    field, kinds[kind], field);
		return NULL;
	}
	switch (kind) {
	case TYPED_LIST:
		err_code(err, ERR_REFUSED,
		    "%s is a list: %s=[%s] sets it, %s+=%s adds to it; or use "
		    "--type %s",
		    field, field, text, field, text, other);
		break;
	case TYPED_TEXT:
		err_code(err, ERR_REFUSED,
		    "%s is text, and %s is a %s: put it in quotes, or use "
		    "--type %s",
		    field, text, other, other);
		break;
	case TYPED_MAP:
		err_code(err, ERR_REFUSED,
		    "%s is a map: set a field in it, %s.KEY=VALUE; or use "
		    "--type %s",
		    field, field, other);
		break;
	case TYPED_BOOLEAN:
		err_code(err, ERR_REFUSED,
		    "%s is true or false, and '%s' is neither; or use --type "
		    "%s",
		    field, text, other);
		break;
	default:
		err_code(err, ERR_REFUSED,
		    "%s is a %s, and '%s' is none; or use --type %s", field,
		    kinds[kind], text, other);
		break;
	}
	return NULL;
}

/* Texts stay texts in a list that holds nothing else. */
static bool
all_text(const struct value *list)
{
	for (size_t i = 0; list && i < list->n; i++)
		if (list->items[i]->type != VALUE_STRING)
			return false;
	return list && list->n > 0;
}

/* Takes v. */
static struct value *
as_item(struct value *v)
{
	struct value *text;

	if (v->type == VALUE_STRING || !v->text || !is_scalar(v))
		return v;
	text = value_string_len(v->text, v->len);
	value_free(v);
	return text;
}

static void
fit_items(struct value *list, const struct value *old)
{
	for (size_t i = 0; all_text(old) && i < list->n; i++)
		list->items[i] = as_item(list->items[i]);
}

/* Nothing, for a field of this kind. */
static struct value *
emptied(const struct value *old)
{
	switch (kind_of(old)) {
	case TYPED_TEXT:
		return value_string("");
	case TYPED_LIST:
		return value_list();
	case TYPED_MAP:
		return value_map();
	default:
		return value_null();
	}
}

/* Where the field has a kind already. Takes v. */
static struct value *
kept(struct value *v, const char *field, const char *text,
    const struct value *old, struct err *err)
{
	enum typed_kind kind = kind_of(old);
	struct value *date;

	if (v->type == VALUE_NULL && text[strspn(text, " \t")] == '\0') {
		value_free(v);
		return emptied(old);
	}
	if (kind == TYPED_TEXT && is_scalar(v))
		return as_text(v, text);
	if (kind == TYPED_TEXT && old->len == 0)
		return v;
	if (kind == TYPED_LIST && kind_of(v) == kind)
		fit_items(v, old);
	if (kind == kind_of(v) ||
	    (v->type == VALUE_NULL && kind != TYPED_LIST && kind != TYPED_MAP))
		return v;
	if (kind == TYPED_DATE && v->type == VALUE_STRING &&
	    (date = as_date(text, v, old))) {
		value_free(v);
		return date;
	}
	return refuse(v, field, text, old, err);
}

struct value *
typed_value(const char *field, const char *text, enum typed_kind kind,
    const struct value *old, struct err *err)
{
	struct value *v = fm_parse_value(text, strlen(text), err), *date;

	if (!v) {
		err_code(err, ERR_USAGE, "%s: %s", field, err->msg);
		return NULL;
	}
	if (kind != TYPED_KEPT)
		return asked(v, field, text, kind, old, err);
	if ((v->type == VALUE_STRING || (v->type == VALUE_DATE && old)) &&
	    is_date(field, old) && (date = as_date(text, v, old))) {
		value_free(v);
		return date;
	}
	if (!old || old->type == VALUE_NULL)
		return v;
	return kept(v, field, text, old, err);
}

struct value *
typed_items(const char *field, const char *text, enum typed_kind kind,
    const struct value *old, struct err *err)
{
	struct value *v = fm_parse_value(text, strlen(text), err);
	struct value *list;

	if (!v) {
		err_code(err, ERR_USAGE, "%s: %s", field, err->msg);
		return NULL;
	}
	if (v->type == VALUE_LIST) {
		list = v;
	} else if (text[strspn(text, " \t")] == '\0') {
		value_free(v);
		list = value_list();
	} else {
		if (kind != TYPED_KEPT && kind != TYPED_LIST &&
		    !(v = asked(v, field, text, kind, NULL, err)))
			return NULL;
		list = value_list();
		value_append(list, v);
	}
	if (kind == TYPED_KEPT)
		fit_items(list, old);
	return list;
}

bool
typed_same(const struct value *item, const struct value *meant)
{
	const char *a = value_text(item), *b = value_text(meant);

	if (a && b)
		return item->len == meant->len && memcmp(a, b, item->len) == 0;
	return value_equal(item, meant);
}
