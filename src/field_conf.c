/* SPDX-License-Identifier: ISC */
/* The settings of one field, as galley.yaml has them: one row each. */
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "field_priv.h"
#include "fm.h"
#include "mem.h"
#include "pattern.h"
#include "text.h"

struct row {
	struct field_setting setting;
	int (*read)(struct field *, const struct value *, struct err *);
};

static int
expect(struct err *err, const char *what)
{
	return err_code(err, ERR_USAGE, "must be %s", what);
}

static int
read_text(char **to, const struct value *v, struct err *err)
{
	const char *s = value_text(v);

	if (!s || strlen(s) != v->len)
		return expect(err, "text");
	free(*to);
	*to = xstrdup(s);
	return 0;
}

static int
read_bool(bool *to, const struct value *v, struct err *err)
{
	if (v->type != VALUE_BOOL)
		return expect(err, "true or false");
	*to = v->boolean;
	return 0;
}

static void
keep(struct value **to, const struct value *v)
{
	value_free(*to);
	*to = v ? value_copy(v) : NULL;
}

static int
set_type(struct field *f, const struct value *v, struct err *err)
{
	const char *s = value_text(v);
	enum field_type type = s ? field_type_find(s) : FIELD_TYPES;
	struct buf b = {0};

	if (type != FIELD_TYPES) {
		f->type = type;
		return 0;
	}
	for (size_t i = 0; i < FIELD_TYPES; i++)
		buf_printf(&b, "%s%s", i ? " " : "",
		    field_type_name((enum field_type)i));
	err_code(err, ERR_USAGE, "must be one of: %s", buf_text(&b));
	buf_dispose(&b);
	return -1;
}

static int
set_several(struct field *f, const struct value *v, struct err *err)
{
	return read_bool(&f->several, v, err);
}

static int
set_label(struct field *f, const struct value *v, struct err *err)
{
	return read_text(&f->label, v, err);
}

static int
set_help(struct field *f, const struct value *v, struct err *err)
{
	return read_text(&f->help, v, err);
}

static int
set_default(struct field *f, const struct value *v, struct err *err)
{
	(void)err;
	keep(&f->fallback, v);
	return 0;
}

static int
set_required(struct field *f, const struct value *v, struct err *err)
{
	return read_bool(&f->required, v, err);
}

static int
set_required_to_publish(struct field *f, const struct value *v, struct err *err)
{
	return read_bool(&f->required_to_publish, v, err);
}

static int
set_pattern(struct field *f, const struct value *v, struct err *err)
{
	const char *s = value_text(v);
	struct err why;
	regex_t re;

	if (!s || strlen(s) != v->len)
		return expect(err, "text");
	if (pattern_compile(&re, s, REG_NOSUB, &why) == -1)
		return err_code(err, ERR_USAGE,
		    "must be an extended regular expression, without (?, "
		    "back references and counts above 100");
	regfree(&re);
	return read_text(&f->pattern, v, err);
}

static int
set_message(struct field *f, const struct value *v, struct err *err)
{
	return read_text(&f->message, v, err);
}

static bool
is_number(const struct value *v)
{
	return v->type == VALUE_INT || v->type == VALUE_FLOAT;
}

static int
read_bound(struct value **to, const struct value *v, struct err *err)
{
	struct date d;

	if (!is_number(v) && !(value_text(v) && v->type != VALUE_BOOL &&
				 date_parse(v->text, v->len, &d)))
		return expect(err, "a number or a date");
	keep(to, v);
	return 0;
}

static int
set_min(struct field *f, const struct value *v, struct err *err)
{
	return read_bound(&f->min, v, err);
}

static int
set_max(struct field *f, const struct value *v, struct err *err)
{
	return read_bound(&f->max, v, err);
}

static int
set_allowed(struct field *f, const struct value *v, struct err *err)
{
	if (!field_is_items(v) || v->n == 0)
		return expect(err, "a list of values");
	keep(&f->allowed, v);
	return 0;
}

static int
set_strict(struct field *f, const struct value *v, struct err *err)
{
	return read_bool(&f->strict, v, err);
}

static int
set_unique(struct field *f, const struct value *v, struct err *err)
{
	return read_bool(&f->unique, v, err);
}

/* "depends: other" is the same as "depends: {other: }": it has any value. */
static int
set_depends(struct field *f, const struct value *v, struct err *err)
{
	const char *s = value_text(v);

	if (v->type != VALUE_MAP && (!s || !*s || strlen(s) != v->len))
		return expect(err, "a field, or a map of fields and values");
	if (v->type == VALUE_MAP) {
		keep(&f->depends, v);
		return 0;
	}
	value_free(f->depends);
	f->depends = value_map();
	value_put(f->depends, s, value_null());
	return 0;
}

static int
set_inverted(struct field *f, const struct value *v, struct err *err)
{
	return read_bool(&f->inverted, v, err);
}

static int
set_words(struct field *f, const struct value *v, struct err *err)
{
	if (!field_is_items(v) || v->n != 2 ||
	    read_text(&f->hidden, v->items[0], err) == -1 ||
	    read_text(&f->published, v->items[1], err) == -1)
		return expect(err, "two words, like [draft, published]");
	return 0;
}

static const struct row rows[] = {
    {{"allowed", "values to choose from; also suggested as one types"},
	set_allowed},
    {{"default", "what a new post gets"}, set_default},
    {{"depends", "applies only where other fields have these values"},
	set_depends},
    {{"help", "a line that is shown with the field"}, set_help},
    {{"inverted", "of a draft: false means draft"}, set_inverted},
    {{"label", "what the field is called in forms"}, set_label},
    {{"max", "the largest number or date, most characters or items"}, set_max},
    {{"message", "what to say when the pattern does not match"}, set_message},
    {{"min", "the least number or date, fewest characters or items"}, set_min},
    {{"pattern", "an extended regular expression that text must match"},
	set_pattern},
    {{"required", "every post must have a value"}, set_required},
    {{"required_to_publish", "a post without a value is not published"},
	set_required_to_publish},
    {{"several", "a list of them, of images, files, pages, contributors"},
	set_several},
    {{"strict", "nothing but the allowed values"}, set_strict},
    {{"type", "what it holds"}, set_type},
    {{"unique", "no other post of the section has the same"}, set_unique},
    {{"words", "of a draft that is text: the words for draft and published"},
	set_words},
};

const struct field_setting *
field_setting_at(size_t i)
{
	return i < NITEMS(rows) ? &rows[i].setting : NULL;
}

static const struct row *
find_row(const char *name)
{
	for (size_t i = 0; i < NITEMS(rows); i++)
		if (strcmp(rows[i].setting.name, name) == 0)
			return &rows[i];
	return NULL;
}

/* Settings that make sense only with one another. */
static int
check_together(struct field *f, const struct value *settings, const char **name,
    struct err *err)
{
	bool dates = field_is_date(f->type);

	/* As they are inferred. */
	if (!value_get(settings, "type"))
		return 0;
	if ((f->type == FIELD_CHOICE || f->type == FIELD_CHOICES) &&
	    !f->allowed) {
		*name = "type";
		return err_code(err, ERR_USAGE, "%s needs values: allowed",
		    field_type_name(f->type));
	}
	*name = "min";
	if (f->min && dates == is_number(f->min))
		return expect(err, dates ? "a date" : "a number");
	*name = "max";
	if (f->max && dates == is_number(f->max))
		return expect(err, dates ? "a date" : "a number");
	*name = "default";
	if (f->fallback && field_check(f, f->fallback, err) == -1) {
		char *why = xstrdup(err->msg);

		err_code(err, ERR_USAGE, "does not do: %s", why);
		free(why);
		return -1;
	}
	return 0;
}

int
field_configure(struct field *f, const struct value *settings,
    const char **name, struct err *err)
{
	*name = NULL;
	if (settings->type == VALUE_NULL)
		return 0;
	if (settings->type != VALUE_MAP)
		return expect(err, "a map of settings, like {required: true}");
	for (size_t i = 0; i < settings->n; i++) {
		const struct row *row = find_row(settings->keys[i]);
		const struct value *v = settings->items[i];

		*name = settings->keys[i];
		if (!row)
			return err_code(err, ERR_USAGE,
			    "is no setting of a field; galley(5) lists what "
			    "there is");
		if (v->type != VALUE_NULL && row->read(f, v, err) == -1)
			return -1;
	}
	return check_together(f, settings, name, err);
}

/* Over a name, in quotes or not; NULL: there is none. */
static const char *
after_name(const char *s)
{
	if (*s != '"')
		return s + strcspn(s, ".[]\"\\") > s ? s + strcspn(s, ".[]\"\\")
						     : NULL;
	for (s++; *s && *s != '"'; s++)
		s += *s == '\\' && s[1];
	return *s ? s + 1 : NULL;
}

bool
field_is_path(const char *s)
{
	while ((s = after_name(s)) && *s) {
		if (strncmp(s, "[]", 2) == 0)
			s += 2;
		if (*s++ != '.')
			return false;
	}
	return s != NULL;
}

/* A key with odd letters in it is that key, at the top. */
static int
check_key(const char *key, struct err *err)
{
	if (field_is_path(key) || strpbrk(key, "\"\\"))
		return 0;
	return err_code(err, ERR_USAGE,
	    "is not the path of a field, like title, cover.image or "
	    "resources[].src");
}

/* The fields of one section. */
static int
configure_section(const struct value *fields, struct buf *path, struct err *err)
{
	size_t len = path->len;
	int rc = 0;

	if (fields->type == VALUE_NULL)
		return 0;
	if (fields->type != VALUE_MAP)
		return expect(err, "a map of fields and their settings");
	for (size_t i = 0; i < fields->n && rc == 0; i++) {
		struct field f = {0};
		const char *name = NULL;

		rc = check_key(fields->keys[i], err);
		if (rc == 0)
			rc = field_configure(&f, fields->items[i], &name, err);
		field_dispose(&f);
		if (rc == 0)
			continue;
		fm_path_add(path, fields->keys[i]);
		if (name)
			fm_path_add(path, name);
	}
	return path->len > len ? -1 : rc;
}

int
field_configure_all(
    const struct value *sections, struct buf *path, struct err *err)
{
	size_t len;

	for (size_t i = 0; i < sections->n; i++) {
		len = path->len;
		fm_path_add(path, sections->keys[i]);
		if (configure_section(sections->items[i], path, err) == -1)
			return -1;
		path->len = len;
		if (path->data)
			path->data[len] = '\0';
	}
	return 0;
}
