/* SPDX-License-Identifier: ISC */
/*
 * What galley needs of Hugo's configuration.  Directories outside the site are
 * refused: galley reads and writes below the root only.  Of the settings per
 * language those of the directories and names count, and of module mounts the
 * ones that say where a language's content is.
 */
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "file.h"
#include "mem.h"
#include "site.h"
#include "site_config_priv.h"
#include "text.h"
#include "zone.h"

char *
site_find(const char *dir, struct err *err)
{
	char *at = path_real(dir), *up;

	if (!at) {
		err_errno(err, dir);
		return NULL;
	}
	while (!site_config_here(at)) {
		up = path_dir(at);
		if (strcmp(up, at) == 0) {
			free(up);
			free(at);
			err_set(err,
			    "not inside a Hugo site (no hugo.toml, "
			    "config.toml or config/_default above %s); "
			    "use -C DIR",
			    dir);
			return NULL;
		}
		free(at);
		at = up;
	}
	return at;
}

/* A text setting; a list gives its first item. Borrowed; NULL: none. */
static const char *
text_of(const struct value *map, const char *key)
{
	const struct value *v = value_get(map, key);

	if (v && v->type == VALUE_LIST)
		v = v->n > 0 ? v->items[0] : NULL;
	return value_text(v);
}

static bool
is_true(const struct site_config *c, const char *key)
{
	return value_truth(value_get(c->all, key), false);
}

/* A directory relative to the root; NULL: it is outside. Caller frees. */
static char *
inside(const struct site_config *c, const char *dir)
{
	char *whole = path_join(c->root, dir), *clean = path_clean(whole);
	const char *below = path_below(c->root, clean);
	char *result = below && *below ? xstrdup(below) : NULL;

	free(whole);
	free(clean);
	return result;
}

static char *
dir_of(const struct site_config *c, const char *key, const char *fallback)
{
	const char *dir = text_of(c->all, key);
	char *result = dir && *dir ? inside(c, dir) : NULL;

	return result ? result : xstrdup(fallback);
}

/* The same for content, without which nothing makes sense. */
static int
content_dir(const struct site_config *c, const struct value *map,
    const char *fallback, char **result, struct err *err)
{
	const char *dir = text_of(map, "contentdir");

	if (!dir || !*dir)
		dir = fallback;
	*result = inside(c, dir);
	if (!*result)
		return err_set(err,
		    "%s: the contentDir of the configuration is not a "
		    "directory below the site",
		    dir);
	return 0;
}

static int
language_order(const void *x, const void *y)
{
	const struct site_language *a = x, *b = y;

	/* No weight: after those that have one. */
	if ((a->weight == 0) != (b->weight == 0))
		return a->weight == 0 ? 1 : -1;
	if (a->weight != b->weight)
		return a->weight < b->weight ? -1 : 1;
	return strcmp(a->code, b->code);
}

static int
int_of(const struct value *map, const char *key)
{
	const struct value *v = value_get(map, key);

	if (!v || v->type != VALUE_INT || v->integer > 1000000000 ||
	    v->integer < -1000000000)
		return 0;
	return (int)v->integer;
}

/* disableLanguages: a list, or words with blanks or commas between them. */
static bool
is_disabled(const struct site_config *c, const char *code)
{
	const struct value *v = value_get(c->all, "disablelanguages");
	const char *s;
	size_t n;

	if (v && v->type == VALUE_LIST) {
		for (size_t i = 0; i < v->n; i++) {
			s = value_text(v->items[i]);
			if (s &&
			    text_casecmp(s, strlen(s), code, strlen(code)) == 0)
				return true;
		}
		return false;
	}
	for (s = value_text(v); s && *s; s += n) {
		s += strspn(s, " ,\t");
		n = strcspn(s, " ,\t");
		if (n && text_casecmp(s, n, code, strlen(code)) == 0)
			return true;
	}
	return false;
}

/* A zone that is unknown, or no zone data here: the site opens all the same,
 * as if there were no setting. */
static struct zone *
zone_of(const struct value *map)
{
	const char *name = text_of(map, "timezone");

	return name && *name ? zone_load(name) : NULL;
}

static int
add_language(struct site_config *c, const char *code, const struct value *map,
    struct err *err)
{
	struct site_language *l = &c->languages[c->nlanguages++];
	const char *name = text_of(map, "languagename");

	l->code = xstrdup(code);
	l->name = xstrdup(name && *name ? name : code);
	l->weight = int_of(map, "weight");
	l->disabled = value_truth(value_get(map, "disabled"), false) ||
		      is_disabled(c, code);
	l->zone = zone_of(map);
	return content_dir(c, map, c->content_dir, &l->content_dir, err);
}

/* The name of the site in its default language. */
static void
fill_title(struct site_config *c)
{
	const struct value *l =
	    value_get(value_get(c->all, "languages"), c->default_language);
	const char *title = text_of(l, "title");

	if (!title || !*title)
		title = text_of(c->all, "title");
	c->title = xstrdup(title ? title : "");
}

static int
fill_languages(struct site_config *c, struct err *err)
{
	const struct value *map = value_get(c->all, "languages");
	const char *code = text_of(c->all, "defaultcontentlanguage");
	size_t n = map && map->type == VALUE_MAP ? map->n : 0;

	c->default_language = xstrdup(code && *code ? code : "en");
	c->languages = xcalloc(n + 1, sizeof(*c->languages));
	for (size_t i = 0; i < n; i++)
		if (map->items[i]->type == VALUE_MAP &&
		    add_language(c, map->keys[i], map->items[i], err) == -1)
			return -1;
	if (c->nlanguages == 0)
		return add_language(c, c->default_language, NULL, err);
	qsort(
	    c->languages, c->nlanguages, sizeof(*c->languages), language_order);
	return 0;
}

static struct site_language *
find_language(struct site_config *c, const char *code)
{
	for (size_t i = 0; i < c->nlanguages; i++)
		if (text_casecmp(c->languages[i].code,
			strlen(c->languages[i].code), code, strlen(code)) == 0)
			return &c->languages[i];
	return NULL;
}

/* [[module.mounts]] source = "x", target = "content", lang = "de": the first
 * for a language is its content; without lang it is the default language's. */
static void
fill_mounts(struct site_config *c)
{
	const struct value *mounts = value_path(c->all, "module.mounts");
	size_t n = mounts && mounts->type == VALUE_LIST ? mounts->n : 0;

	while (n-- > 0) {
		const struct value *m = mounts->items[n];
		const char *source = text_of(m, "source");
		const char *target = text_of(m, "target");
		const char *code = text_of(m, "lang");
		struct site_language *l;
		char *dir, *clean;

		if (!source || !target)
			continue;
		clean = path_clean(target);
		l = find_language(
		    c, code && *code ? code : c->default_language);
		dir = strcmp(clean, "content") == 0 ? inside(c, source) : NULL;
		if (l && dir) {
			free(l->content_dir);
			l->content_dir = xstrdup(dir);
		}
		free(dir);
		free(clean);
	}
}

static void
add_taxonomy(struct site_config *c, const char *singular, const char *plural)
{
	struct site_taxonomy *t = &c->taxonomies[c->ntaxonomies++];

	t->singular = xstrdup(singular);
	t->plural = xstrdup(plural);
}

static void
fill_taxonomies(struct site_config *c)
{
	const struct value *map = value_get(c->all, "taxonomies");
	size_t n = map && map->type == VALUE_MAP ? map->n : 0;

	c->taxonomies = xcalloc(n + 2, sizeof(*c->taxonomies));
	for (size_t i = 0; i < n; i++) {
		const char *plural = value_text(map->items[i]);

		if (plural && *plural)
			add_taxonomy(c, map->keys[i], plural);
	}
	if (!map) {
		add_taxonomy(c, "category", "categories");
		add_taxonomy(c, "tag", "tags");
	}
}

static void
fill_plain(struct site_config *c)
{
	const char *text = text_of(c->all, "baseurl");
	char *url = permalink_escape(text ? text : "");
	size_t len = strlen(url);

	c->base_url =
	    xasprintf("%s%s", url, len > 0 && url[len - 1] != '/' ? "/" : "");
	free(url);
	c->archetype_dir = dir_of(c, "archetypedir", "archetypes");
	c->static_dir = dir_of(c, "staticdir", "static");
	c->asset_dir = dir_of(c, "assetdir", "assets");
	c->default_language_in_subdir =
	    is_true(c, "defaultcontentlanguageinsubdir");
	c->disable_path_to_lower = is_true(c, "disablepathtolower");
	c->remove_path_accents = is_true(c, "removepathaccents");
	c->disable_aliases = is_true(c, "disablealiases");
	c->build_drafts = is_true(c, "builddrafts");
	c->build_future = is_true(c, "buildfuture");
	c->build_expired = is_true(c, "buildexpired");
}

/* Takes all, which may be NULL: err. */
static struct site_config *
config_of(const char *root, struct value *all, struct err *err)
{
	struct site_config *c = xcalloc(1, sizeof(*c));

	c->root = path_clean(root);
	c->all = all;
	if (!all)
		goto fail;
	fill_plain(c);
	fill_taxonomies(c);
	if (content_dir(c, c->all, "content", &c->content_dir, err) == -1 ||
	    fill_languages(c, err) == -1)
		goto fail;
	c->zone = zone_of(c->all);
	fill_title(c);
	fill_mounts(c);
	return c;
fail:
	site_config_free(c);
	return NULL;
}

struct site_config *
site_config_load(const char *root, struct err *err)
{
	char *clean = path_clean(root);
	struct site_config *c =
	    config_of(clean, site_config_read(clean, err), err);

	free(clean);
	return c;
}

struct site_config *
site_config_none(const char *dir)
{
	struct err err;
	struct site_config *c = config_of(dir, value_map(), &err);

	if (!c)
		fatal("a site without settings: %s", err.msg);
	return c;
}

void
site_config_free(struct site_config *c)
{
	if (!c)
		return;
	for (size_t i = 0; i < c->nlanguages; i++) {
		free(c->languages[i].code);
		free(c->languages[i].name);
		free(c->languages[i].content_dir);
		zone_free(c->languages[i].zone);
	}
	for (size_t i = 0; i < c->ntaxonomies; i++) {
		free(c->taxonomies[i].singular);
		free(c->taxonomies[i].plural);
	}
	free(c->languages);
	free(c->taxonomies);
	free(c->root);
	free(c->title);
	free(c->base_url);
	free(c->content_dir);
	free(c->archetype_dir);
	free(c->static_dir);
	free(c->asset_dir);
	free(c->default_language);
	zone_free(c->zone);
	value_free(c->all);
	free(c);
}

const struct value *
site_setting(const struct site_config *c, size_t language, const char *key)
{
	const struct value *languages = value_get(c->all, "languages");
	const struct value *v =
	    value_get(value_get(languages, c->languages[language].code), key);

	return v ? v : value_get(c->all, key);
}

const struct zone *
site_zone(const struct site_config *c, size_t language)
{
	const struct zone *zone = c->languages[language].zone;

	return zone ? zone : c->zone;
}

const char *
site_permalink_pattern(const struct site_config *c, size_t language,
    const char *kind, const char *section)
{
	const struct value *map = site_setting(c, language, "permalinks"), *v;
	const char *key = *section ? section : "/";

	if (!map)
		return NULL;
	v = value_get(value_get(map, kind), key);
	/* The plain form is for pages and terms. */
	if (!v && (strcmp(kind, "page") == 0 || strcmp(kind, "term") == 0))
		v = value_get(map, key);
	return v && v->type == VALUE_STRING ? v->text : NULL;
}

bool
site_is_taxonomy(const struct site_config *c, const char *key)
{
	for (size_t i = 0; i < c->ntaxonomies; i++) {
		const char *plural = c->taxonomies[i].plural;

		if (text_casecmp(plural, strlen(plural), key, strlen(key)) == 0)
			return true;
	}
	return false;
}
