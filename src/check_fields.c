/* SPDX-License-Identifier: ISC */
/* Rules about the front matter (docs "front matter"; page__meta.go). */
#include <fnmatch.h>
#include <stdlib.h>
#include <string.h>

#include "check_priv.h"
#include "date.h"
#include "mem.h"
#include "page.h"
#include "text.h"

#define DEPTH_MAX 8
#define NAMES_MAX 20000

static const struct fm_field *
field(const struct check *c, const char *key)
{
	return fm_find(c->post->fm, key);
}

/* Nothing is written there. */
static bool
is_empty(const struct value *v)
{
	return v->type == VALUE_NULL || (v->type == VALUE_STRING && !v->len);
}

/* Keys that Hugo takes dates from. */
void
check_dates(const struct check *c)
{
	static const char *const keys[] = {"date", "lastmod", "modified",
	    "publishDate", "pubdate", "published", "expiryDate",
	    "unpublishdate"};

	for (size_t i = 0; i < NITEMS(keys); i++) {
		const struct fm_field *f = field(c, keys[i]);
		struct date d;
		const char *s;

		if (!f || is_empty(f->value))
			continue;
		/* published: false is a kind of draft. */
		if (f->value->type == VALUE_BOOL &&
		    strcmp(keys[i], "published") == 0)
			continue;
		s = value_text(f->value);
		if (s && f->value->type != VALUE_BOOL &&
		    f->value->type != VALUE_FLOAT &&
		    date_parse(f->value->text, f->value->len, &d))
			continue;
		check_say_field(c, f,
		    "Hugo cannot read %s '%s': older versions leave the date "
		    "out, newer ones stop; write it like 2026-11-25T14:20:00"
		    "+01:00",
		    f->key, s ? s : "(not text)");
	}
}

void
check_date_order(const struct check *c)
{
	const struct entry *e = c->entry;
	const struct fm_field *f = field(c, "expiryDate");

	if (e->expiry_t != ENTRY_NO_DATE && e->expiry_t <= e->publish_t)
		check_say_field(c, f ? f : field(c, "unpublishdate"),
		    "it expires (%s) before it is published (%s), and is "
		    "never seen",
		    e->expiry_date, e->publish_date);
}

void
check_title(const struct check *c)
{
	const struct fm_field *f = field(c, "title");

	if (f && (f->value->type == VALUE_LIST || f->value->type == VALUE_MAP))
		check_say_field(c, f,
		    "title is a %s, for Hugo that is no title: write it as "
		    "text",
		    f->value->type == VALUE_LIST ? "list" : "map");
	else if (c->entry->kind == ENTRY_PAGE && !c->entry->title[0])
		check_say_field(c, f, "there is no title");
}

/* title: The end" is YAML for a title that ends in a quotation mark. */
void
check_title_quote(const struct check *c)
{
	const char *title = c->entry->title;
	size_t n = 0, len = strlen(title);

	for (const char *s = title; *s; s++)
		n += *s == '"';
	if (n == 1 && (title[0] == '"' || title[len - 1] == '"'))
		check_say_field(c, field(c, "title"),
		    "the title %s with a lone quotation mark",
		    title[0] == '"' ? "begins" : "ends");
}

void
check_draft(const struct check *c)
{
	const struct fm_field *f = field(c, "draft");
	const struct value *v = f ? f->value : NULL;
	const char *s = value_text(v);

	if (!v || v->type == VALUE_NULL)
		return;
	if (v->type == VALUE_BOOL) {
		if (text_casecmp(s, v->len, "true", 4) == 0 ||
		    text_casecmp(s, v->len, "false", 5) == 0)
			return;
		check_say_field(c, f,
		    "newer versions of Hugo read draft: %s as text, not as "
		    "%s; write %s",
		    s, v->boolean ? "true" : "false",
		    v->boolean ? "true" : "false");
	} else if (value_truth(v, false) != value_truth(v, true)) {
		check_say_field(
		    c, f, "draft is not true or false, and counts as false");
	} else {
		check_say_field(c, f, "draft is not a boolean; write %s",
		    value_truth(v, false) ? "true" : "false");
	}
}

static bool
has_host(const char *s)
{
	return s && (strncmp(s, "http://", 7) == 0 ||
			strncmp(s, "https://", 8) == 0);
}

void
check_url(const struct check *c)
{
	const struct fm_field *f = field(c, "url");
	const struct value *v;

	if (f && has_host(value_text(f->value)))
		check_say_field(c, f,
		    "url must be a path; Hugo stops at an address with a "
		    "host");
	f = field(c, "aliases");
	v = f ? f->value : NULL;
	for (size_t i = 0; v && v->type == VALUE_LIST && i < v->n; i++)
		if (has_host(value_text(v->items[i])))
			check_say_field(c, f,
			    "aliases must be paths; Hugo stops at '%s'",
			    value_text(v->items[i]));
}

/* The page's own directory, absolute. Caller frees. */
static char *
own_dir(const struct check *c)
{
	char *dir = path_dir(c->entry->path);
	char *full = path_join(c->site->config->root, dir);

	free(dir);
	return full;
}

static void
check_image(const struct check *c, const struct fm_field *f, const char *dir,
    const struct value *image)
{
	const char *s = value_text(image);

	if (s && *s && page_lacks_picture(c->site->config, dir, s, true))
		check_say_field(c, f,
		    "the picture %s is neither in the page's bundle nor in "
		    "%s",
		    s, c->site->config->static_dir);
}

void
check_images(const struct check *c)
{
	const struct fm_field *f = field(c, "images");
	char *dir;

	if (!f)
		return;
	dir = own_dir(c);
	if (f->value->type != VALUE_LIST)
		check_image(c, f, dir, f->value);
	else
		for (size_t i = 0; i < f->value->n; i++)
			check_image(c, f, dir, f->value->items[i]);
	free(dir);
}

/*
 * Does a file below dir match?  at: its path below the bundle, "" at first.
 * With more than so many names to look at (links may lead around) it is taken
 * as met.
 */
static bool
matches(const char *dir, const char *at, const char *pattern, int depth,
    size_t *left)
{
	char *full = path_join(dir, at), **names = NULL;
	bool found = false;
	struct err err;
	size_t n = 0;

	if (depth > DEPTH_MAX || file_names(full, &names, &n, &err) == -1)
		n = 0;
	for (size_t i = 0; i < n && !found && *left > 0; i++) {
		char *path =
		    at[0] ? path_join(at, names[i]) : xstrdup(names[i]);
		char *name = path_join(dir, path);
		char *lower = text_lower(path, strlen(path));

		if (--*left == 0)
			found = true;
		else if (file_is_dir(name))
			found = matches(dir, path, pattern, depth + 1, left);
		else
			found = fnmatch(pattern, lower, 0) == 0;
		free(lower);
		free(name);
		free(path);
	}
	file_names_free(names, n);
	free(full);
	return found;
}

/* Patterns that POSIX has not (braces), or that could take long, are taken as
 * met. */
static bool
can_match(const char *pattern)
{
	size_t stars = 0;

	for (const char *s = pattern; *s; s++)
		stars += *s == '*';
	return *pattern && strlen(pattern) <= 256 && stars <= 5 &&
	       !strchr(pattern, '{');
}

void
check_resources(const struct check *c)
{
	const struct fm_field *f = field(c, "resources");
	const struct value *list = f ? f->value : NULL;
	size_t left = NAMES_MAX;
	char *dir;

	if (!list || list->type != VALUE_LIST || !c->entry->bundle)
		return;
	dir = own_dir(c);
	for (size_t i = 0; i < list->n; i++) {
		const char *src = value_text(value_get(list->items[i], "src"));
		char *pattern;

		if (!src || !can_match(src))
			continue;
		pattern = text_lower(src, strlen(src));
		if (!matches(dir, "", pattern, 0, &left))
			check_say_field(
			    c, f, "no file of the bundle is called %s", src);
		free(pattern);
	}
	free(dir);
}
