/* SPDX-License-Identifier: ISC */
/*
 * A page's four dates as Hugo resolves them: each is the first of a list of
 * fields that holds a date it can read (docs "configuration/front-matter";
 * resources/page/pagemeta/page_frontmatter.go).
 */
#include "site_priv.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "text.h"
#include "zone.h"

static const char *const fields[DATE_FIELDS] = {
    [DATE_DATE] = "date",
    [DATE_LASTMOD] = "lastmod",
    [DATE_PUBLISH] = "publishDate",
    [DATE_EXPIRY] = "expiryDate",
};

static const char *const defaults[DATE_FIELDS][7] = {
    [DATE_DATE] = {"date", "publishDate", "pubdate", "published", "lastmod",
	"modified"},
    [DATE_LASTMOD] = {"lastmod", "modified", "date", "publishDate", "pubdate",
	"published"},
    [DATE_PUBLISH] = {"publishDate", "pubdate", "published", "date"},
    [DATE_EXPIRY] = {"expiryDate", "unpublishdate"},
};

/* Go's zero time, 0001-01-01T00:00:00Z, is to Hugo as good as no date. */
#define ZERO_TIME INT64_C(-62135596800)

struct source {
	struct site_dates *dates;
	const struct site_config *config;
	const struct site_path *path;
	const struct value *values;
	const struct stamp *stamp;
};

static bool
take(const struct source *s, struct site_date *to, const char *key,
    const char *text, size_t len)
{
	const struct zone *zone = site_zone(s->config, s->path->language);
	struct date d;
	int64_t t;

	/* The same value as of a date before this one? */
	for (const struct site_date *v = s->dates->v; v < to; v++)
		if (v->key && v->text == text) {
			*to = *v;
			to->key = key;
			return true;
		}
	if (!date_parse(text, len, &d))
		return false;
	t = date_unix(&d, zone);
	if (t == ZERO_TIME)
		return false;
	*to = (struct site_date){.key = key, .text = text, .t = t};
	if (d.has_offset)
		to->offset = d.offset;
	else if (zone)
		to->offset = zone_offset(zone, t);
	return true;
}

static bool
digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

/* The date that a name starts with: bytes of it, with what separates it from
 * the rest; with_time: 2020-01-02-13-14-15. */
static size_t
name_date(const char *name, bool *with_time)
{
	size_t n = strlen(name);

	*with_time = false;
	if (n < 10 || !digits(name, 4) || name[4] != '-' ||
	    !digits(name + 5, 2) || name[7] != '-' || !digits(name + 8, 2))
		return 0;
	if (n >= 19 && name[10] == '-' && digits(name + 11, 2) &&
	    name[13] == '-' && digits(name + 14, 2) && name[16] == '-' &&
	    digits(name + 17, 2)) {
		*with_time = true;
		return 19;
	}
	return 10;
}

static bool
from_filename(const struct source *s, struct site_date *to)
{
	struct site_dates *d = s->dates;
	const char *name = s->path->name;
	bool with_time;
	size_t len = name_date(name, &with_time);

	if (len == 0)
		return false;
	if (!d->text) {
		d->text = xstrndup(name, len);
		if (with_time) {
			d->text[10] = 'T';
			d->text[13] = d->text[16] = ':';
		}
	}
	if (!take(s, to, ":filename", d->text, len))
		return false;
	while (name[len] == '-' || name[len] == ' ' || name[len] == '_')
		len++;
	if (name[len] && !d->slug)
		d->slug = xstrdup(name + len);
	return true;
}

static bool
from_key(const struct source *s, struct site_date *to, const char *key)
{
	const struct value *v;

	if (*key == ':' && strcmp(key, ":filename") == 0)
		return from_filename(s, to);
	if (*key == ':' &&
	    text_casecmp(key, strlen(key), ":filemodtime", 12) == 0) {
		if (!s->stamp)
			return false;
		*to = (struct site_date){.key = ":fileModTime", .text = ""};
		to->t = s->stamp->mtime_ns / 1000000000;
		return true;
	}
	v = value_get(s->values, key);
	if (!v || (v->type != VALUE_DATE && v->type != VALUE_STRING &&
		      v->type != VALUE_INT))
		return false;
	return take(s, to, key, v->text, v->len);
}

static bool
from_defaults(const struct source *s, int field)
{
	for (size_t i = 0; defaults[field][i]; i++)
		if (from_key(s, &s->dates->v[field], defaults[field][i]))
			return true;
	return false;
}

/* A key that is listed, or one that Hugo takes for the same. */
static bool
from_listed(const struct source *s, struct site_date *to, const char *key)
{
	static const char *const alike[][2] = {
	    {"lastmod", "modified"},
	    {"publishdate", "pubdate"},
	    {"publishdate", "published"},
	    {"expirydate", "unpublishdate"},
	};

	if (from_key(s, to, key))
		return true;
	for (size_t i = 0; i < NITEMS(alike); i++)
		if (text_casecmp(key, strlen(key), alike[i][0],
			strlen(alike[i][0])) == 0 &&
		    from_key(s, to, alike[i][1]))
			return true;
	return false;
}

/* asked: the site's own lists of fields, or NULL. */
static void
resolve(const struct source *s, const struct value *asked, int field)
{
	const struct value *list = value_get(asked, fields[field]);
	size_t n = list && list->type == VALUE_LIST ? list->n : 1;

	if (!list) {
		from_defaults(s, field);
		return;
	}
	for (size_t i = 0; i < n; i++) {
		const char *key = value_text(
		    list->type == VALUE_LIST ? list->items[i] : list);

		if (!key)
			continue;
		if (strcmp(key, ":default") == 0
			? from_defaults(s, field)
			: from_listed(s, &s->dates->v[field], key))
			return;
	}
}

void
site_dates_read(struct site_dates *dates, const struct site_config *config,
    const struct site_path *path, const struct value *values,
    const struct stamp *stamp)
{
	struct source s = {dates, config, path, values, stamp};
	const struct value *asked = value_get(config->all, "frontmatter");

	*dates = (struct site_dates){0};
	for (int i = 0; i < DATE_FIELDS; i++) {
		dates->v[i].text = "";
		resolve(&s, asked, i);
	}
}

void
site_dates_dispose(struct site_dates *dates)
{
	free(dates->slug);
	free(dates->text);
	*dates = (struct site_dates){0};
}
