/* SPDX-License-Identifier: ISC */
/* The values of the templates: truth, print, fields, and what "." is. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "calendar.h"
#include "date.h"
#include "date_layout.h"
#include "file.h"
#include "mem.h"

bool
template_truth(const struct value *v)
{
	switch (v->type) {
	case VALUE_NULL:
		return false;
	case VALUE_BOOL:
		return v->boolean;
	case VALUE_INT:
		return v->integer != 0;
	case VALUE_FLOAT:
		return v->real != 0;
	case VALUE_STRING:
		return v->len > 0;
	case VALUE_DATE:
		return true;
	case VALUE_LIST:
	case VALUE_MAP:
		return v->n > 0;
	}
	return false;
}

/* As Go prints a float64: the fewest digits that give it back. */
static void
print_real(double d, struct buf *out)
{
	char s[64];
	int digits = 0, exp;

	do
		snprintf(s, sizeof(s), "%.*e", digits, d);
	while (digits++ < 17 && strtod(s, NULL) != d);
	exp = strchr(s, 'e') ? atoi(strchr(s, 'e') + 1) : 0;
	if (exp >= -4 && exp < 6)
		snprintf(s, sizeof(s), "%.*f",
		    digits - 1 > exp ? digits - 1 - exp : 0, d);
	buf_puts(out, s);
}

static int
compare_keys(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

char **
template_keys(const struct value *map)
{
	char **keys = xcalloc(map->n + 1, sizeof(*keys));

	for (size_t i = 0; i < map->n; i++)
		keys[i] = map->keys[i];
	if (map->n > 1)
		qsort(keys, map->n, sizeof(*keys), compare_keys);
	return keys;
}

/* map[a:1 b:2] */
static void
print_map(const struct value *v, struct buf *out)
{
	char **keys = template_keys(v);

	buf_puts(out, "map[");
	for (size_t i = 0; i < v->n; i++) {
		buf_printf(out, "%s%s:", i ? " " : "", keys[i]);
		template_print(value_get(v, keys[i]), out);
	}
	buf_putc(out, ']');
	free(keys);
}

void
template_print(const struct value *v, struct buf *out)
{
	switch (v->type) {
	case VALUE_NULL:
		buf_puts(out, "<no value>");
		break;
	case VALUE_BOOL:
		buf_puts(out, v->boolean ? "true" : "false");
		break;
	case VALUE_INT:
		/* A month is a number that has a name. */
		if (v->text && *v->text > '9')
			buf_puts(out, v->text);
		else
			buf_printf(out, "%lld", (long long)v->integer);
		break;
	case VALUE_FLOAT:
		print_real(v->real, out);
		break;
	case VALUE_STRING:
	case VALUE_DATE:
		buf_add(out, v->text, v->len);
		break;
	case VALUE_LIST:
		buf_putc(out, '[');
		for (size_t i = 0; i < v->n; i++) {
			if (i)
				buf_putc(out, ' ');
			template_print(v->items[i], out);
		}
		buf_putc(out, ']');
		break;
	case VALUE_MAP:
		print_map(v, out);
		break;
	}
}

char *
template_string(const struct value *v)
{
	struct buf b = {0};

	template_print(v, &b);
	return buf_steal(&b);
}

/* Fields that are not in a map of ours are an error, in another nothing. */
#define CLOSED 1

static size_t
language_of(const struct archetype_data *data)
{
	const struct site_config *c = data->config;

	for (size_t i = 0; c && i < c->nlanguages; i++)
		if (strcmp(c->languages[i].code, data->language) == 0)
			return i;
	return 0;
}

/* A setting of the page's language, or an empty text or map. */
static struct value *
setting(const struct archetype_data *data, const char *key, bool map)
{
	const struct site_config *c = data->config;
	const struct value *v =
	    c ? site_setting(c, language_of(data), key) : NULL;

	if (v && (v->type == VALUE_MAP) == map)
		return value_copy(v);
	return map ? value_map() : value_string("");
}

/* What .Site is. */
struct value *
template_site(const struct archetype_data *data)
{
	const struct site_config *c = data->config;
	struct value *site = value_map(), *language = value_map();

	site->integer = language->integer = CLOSED;
	value_put(language, "Lang", value_string(data->language));
	if (c) {
		const struct site_language *l =
		    &c->languages[language_of(data)];

		value_put(language, "Weight", value_int(l->weight));
	}
	value_put(
	    language, "LanguageName", setting(data, "languageName", false));
	value_put(site, "Title", setting(data, "title", false));
	value_put(site, "BaseURL", value_string(c ? c->base_url : ""));
	value_put(site, "LanguageCode", setting(data, "languageCode", false));
	value_put(site, "Copyright", setting(data, "copyright", false));
	value_put(site, "Author", setting(data, "author", true));
	value_put(site, "Params", setting(data, "params", true));
	value_put(site, "Language", language);
	return site;
}

/* Takes the text. */
static void
put_text(struct value *map, const char *key, char *text)
{
	value_put(map, key, value_string(text));
	free(text);
}

/* What .File is; also the fields of "." that name the file. */
static struct value *
file_value(const struct archetype_data *data)
{
	struct value *file = value_map();
	char *dir = path_dir(data->path);
	char *base = xstrdup(path_base(data->path));
	char *dot = strrchr(base, '.');
	struct buf id = {0};

	file->integer = CLOSED;
	hash_md5(data->path, strlen(data->path), &id);
	put_text(file, "UniqueID", buf_steal(&id));
	value_put(file, "LogicalName", value_string(base));
	value_put(file, "Ext", value_string(path_ext(data->path)));
	if (dot)
		*dot = '\0';
	value_put(file, "BaseFileName", value_string(base));
	value_put(file, "TranslationBaseName", value_string(base));
	value_put(file, "ContentBaseName", value_string(data->name));
	value_put(file, "Path", value_string(data->path));
	put_text(
	    file, "Dir", xasprintf("%s/", strcmp(dir, ".") == 0 ? "" : dir));
	value_put(file, "Section", value_string(data->section));
	value_put(file, "Lang", value_string(data->language));
	free(dir);
	free(base);
	return file;
}

struct value *
template_dot(const struct archetype_data *data)
{
	struct value *dot = file_value(data);

	value_put(dot, "File", file_value(data));
	value_put(dot, "Name", value_string(data->name));
	value_put(dot, "Date", value_string(data->date));
	value_put(dot, "Type",
	    value_string(data->type         ? data->type
			 : data->section[0] ? data->section
					    : "page"));
	value_put(dot, "Site", template_site(data));
	return dot;
}

/* A month: its number, shown by its name. */
static struct value *
month(int number)
{
	struct value *v = value_int(number);
	const char *name = calendar_month_name(number);

	value_written(v, name, strlen(name));
	return v;
}

/* Methods of dates that give a number or a name. */
static struct value *
date_method(const struct date *d, const char *name, size_t len)
{
	const struct {
		const char *name;
		int64_t number;
	} numbers[] = {
	    {"Year", d->year},
	    {"Day", d->day},
	    {"Hour", d->hour},
	    {"Minute", d->minute},
	    {"Second", d->second},
	    {"YearDay", calendar_yearday(d->year, d->month, d->day)},
	    {"Unix", date_unix(d, NULL)},
	    {"UnixMilli", date_unix(d, NULL) * 1000},
	};

	for (size_t i = 0; i < NITEMS(numbers); i++)
		if (strlen(numbers[i].name) == len &&
		    memcmp(name, numbers[i].name, len) == 0)
			return value_int(numbers[i].number);
	if (len == 5 && memcmp(name, "Month", 5) == 0)
		return month(d->month);
	if (len == 7 && memcmp(name, "Weekday", 7) == 0)
		return value_string(calendar_weekday_name(
		    calendar_weekday(d->year, d->month, d->day)));
	return NULL;
}

static struct value *
date_value(const struct date *d)
{
	char *s = date_rfc3339(d);
	struct value *v = value_date(s);

	free(s);
	return v;
}

/* AddDate: years, months and days later; what is too much for its month goes
 * into the next one. */
static struct value *
add_date(const struct date *d, struct value *const *args)
{
	int64_t months, days, t;
	struct date later = *d;

	for (size_t i = 0; i < 3; i++)
		if (args[i]->type != VALUE_INT || args[i]->integer > 100000 ||
		    args[i]->integer < -100000)
			return NULL;
	months =
	    (d->year + args[0]->integer) * 12 + d->month - 1 + args[1]->integer;
	if (months < 12 || months >= 120000)
		return NULL;
	later.year = (int)(months / 12);
	later.month = (int)(months % 12) + 1;
	later.day = 1;
	days = d->day - 1 + args[2]->integer;
	t = date_unix(&later, NULL) + days * 86400;
	date_from_unix(t, d->offset, &later);
	return date_value(&later);
}

/* What a method of a date gives; NULL: there is none like that. */
static struct value *
call_date(
    const struct date *d, const char *name, struct value *const *args, size_t n)
{
	struct date other;
	struct value *v;
	char *layout, *text;

	if (n == 1 && strcmp(name, "Format") == 0) {
		layout = template_string(args[0]);
		text = date_layout(d, layout);
		v = value_string(text);
		free(text);
		free(layout);
		return v;
	}
	if (n == 3 && strcmp(name, "AddDate") == 0)
		return add_date(d, args);
	if (n > 0)
		return NULL;
	if (strcmp(name, "UTC") == 0) {
		date_from_unix(date_unix(d, NULL), 0, &other);
		return date_value(&other);
	}
	if (strcmp(name, "Local") == 0)
		return date_value(d);
	return date_method(d, name, strlen(name));
}

struct value *
template_field(const struct value *v, const char *name, size_t len,
    struct value *const *args, size_t n, struct err *err)
{
	char *key = xstrndup(name, len);
	struct value *found = NULL;
	struct date d;

	if (v->type == VALUE_DATE && date_parse(v->text, v->len, &d)) {
		found = call_date(&d, key, args, n);
	} else if (v->type == VALUE_MAP && n == 0) {
		const struct value *item = value_get(v, key);

		if (item)
			found = value_copy(item);
		else if (v->integer != CLOSED)
			found = value_null(); /* a parameter that is not set */
	} else if (v->type == VALUE_NULL) {
		found = value_null();
	}
	if (!found)
		err_set(err,
		    "the field .%s is not known here; use 'hugo new', "
		    "or take it out of the archetype",
		    key);
	free(key);
	return found;
}
