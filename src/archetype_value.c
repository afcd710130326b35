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

void
template_print(const struct value *v, struct buf *out)
{
	switch (v->type) {
	case VALUE_NULL:
		break;
	case VALUE_BOOL:
		buf_puts(out, v->boolean ? "true" : "false");
		break;
	case VALUE_INT:
		buf_printf(out, "%lld", (long long)v->integer);
		break;
	case VALUE_FLOAT:
		buf_printf(out, "%.15g", v->real);
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
		value_json(v, 0, out);
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

/* What .Site is. */
struct value *
template_site(const struct archetype_data *data)
{
	const struct site_config *c = data->config;
	struct value *site = value_map(), *language = value_map();
	const struct value *params = c ? value_get(c->all, "params") : NULL;
	const char *code =
	    value_text(c ? value_get(c->all, "languageCode") : NULL);

	value_put(language, "Lang", value_string(data->language));
	value_put(site, "Title", value_string(c ? c->title : ""));
	value_put(site, "BaseURL", value_string(c ? c->base_url : ""));
	value_put(site, "LanguageCode", value_string(code ? code : ""));
	value_put(site, "Language", language);
	value_put(site, "Params", params ? value_copy(params) : value_map());
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
	    value_string(data->section[0] ? data->section : "page"));
	value_put(dot, "Site", template_site(data));
	return dot;
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
	};

	for (size_t i = 0; i < NITEMS(numbers); i++)
		if (strlen(numbers[i].name) == len &&
		    memcmp(name, numbers[i].name, len) == 0)
			return value_int(numbers[i].number);
	if (len == 5 && memcmp(name, "Month", 5) == 0)
		return value_string(calendar_month_name(d->month));
	if (len == 7 && memcmp(name, "Weekday", 7) == 0)
		return value_string(calendar_weekday_name(
		    calendar_weekday(d->year, d->month, d->day)));
	return NULL;
}

struct value *
template_field(const struct value *v, const char *name, size_t len,
    struct value *const *args, size_t n, struct err *err)
{
	char *key = xstrndup(name, len);
	struct value *found = NULL;
	struct date d;
	char *layout, *text;

	if (v->type == VALUE_DATE && date_parse(v->text, v->len, &d)) {
		if (n == 1 && strcmp(key, "Format") == 0) {
			layout = template_string(args[0]);
			text = date_layout(&d, layout);
			found = value_string(text);
			free(text);
			free(layout);
		} else if (n == 0) {
			found = date_method(&d, name, len);
		}
	} else if (v->type == VALUE_MAP && n == 0) {
		const struct value *item = value_get(v, key);

		if (item)
			found = value_copy(item);
		else if (!value_get(v, "BaseURL") && !value_get(v, "Ext"))
			found = value_null(); /* a parameter that is not set */
	} else if (v->type == VALUE_NULL) {
		found = value_null();
	}
	if (!found)
		err_set(err,
		    "the field .%s is not known here; use 'hugo new content', "
		    "or take it out of the archetype",
		    key);
	free(key);
	return found;
}
