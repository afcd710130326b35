/* SPDX-License-Identifier: ISC */
/*
 * What a shortcode of a page stands for: ref and relref find a page by its
 * path (docs "Links and cross references"), param a parameter of the page or
 * the site, and others are looked for among the templates of the site and its
 * themes.  Names are compared whatever their capitals, as Hugo does.
 */
#include "page_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "post.h"
#include "text.h"

#define PATH_BYTES 1000 /* of a path that is looked for */

static const char *const built_in[] = {"comment", "details", "figure", "gist",
    "highlight", "instagram", "param", "qr", "ref", "relref", "tweet",
    "twitter", "vimeo", "x", "youtube"};

static bool
is_one_of(const char *s, const char *const *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(s, v[i]))
			return true;
	return false;
}

/* Is name file.EXT, or file.LANGUAGE.EXT, with one of these? */
static bool
is_file(const char *name, const char *base, size_t nbase, const char *exts)
{
	const char *ext = strrchr(name, '.');
	size_t n = strlen(name);

	if (n <= nbase || name[nbase] != '.' || !ext || !strstr(exts, ext))
		return false;
	return text_casecmp(name, nbase, base, nbase) == 0 &&
	       ext - name - (ptrdiff_t)nbase <= 8;
}

/* The entry of dir with this name (file: as is_file()). Caller frees. */
static char *
find_name(const char *dir, const char *base, size_t n, const char *exts)
{
	struct err err;
	char **names, *found = NULL;
	size_t count;

	if (file_names(dir, &names, &count, &err) == -1)
		return NULL;
	for (size_t i = 0; i < count && !found; i++)
		if (exts ? is_file(names[i], base, n, exts)
			 : !text_casecmp(names[i], strlen(names[i]), base, n))
			found = path_join(dir, names[i]);
	file_names_free(names, count);
	return found;
}

/* The file of the page at path, from dir. Caller frees. */
static char *
find_page(const char *dir, const char *path)
{
	static const char exts[] = ".md .markdown .html .htm";
	char *at = xstrdup(dir), *next = NULL;
	const char *ext = path_ext(path);
	size_t n;

	for (; *path == '/'; path++)
		continue;
	while (*path && at) {
		n = strcspn(path, "/");
		next = find_name(at, path, n, NULL);
		if (!path[n] && !(next && file_is_dir(next))) {
			size_t base = *ext ? n - strlen(ext) - 1 : n;

			if (!next)
				next = find_name(at, path,
				    *ext && strstr(exts, ext) ? base : n, exts);
			free(at);
			return next;
		}
		free(at);
		at = next;
		for (path += n; *path == '/'; path++)
			continue;
	}
	next = at ? find_name(at, "index", 5, exts) : NULL;
	if (at && !next)
		next = find_name(at, "_index", 6, exts);
	free(at);
	return next;
}

/* In the content directories, the one that the page itself is in first. */
static char *
find_in_content(const struct page_place *p, const char *path)
{
	const struct site_config *c = p->config;
	char *found = NULL, *dir;

	for (size_t i = 0; i < 2 * c->nlanguages && !found; i++) {
		bool own = i < c->nlanguages;

		dir = path_join(
		    c->root, c->languages[i % c->nlanguages].content_dir);
		if ((path_below(dir, p->dir) != NULL) == own)
			found = find_page(dir, path);
		free(dir);
	}
	return found;
}

/* Its title as words, and its path from the root with the fragment. */
static enum md_answer
tell_page(const struct page_place *p, const char *file, const char *fragment,
    char **words, char **address)
{
	struct err err = {0};
	struct post *post = post_load(file, &err);
	const char *title =
	    post ? value_text(value_get(fm_values(post->fm), "title")) : NULL;
	const char *below = path_below(p->config->root, file);

	*words = xstrdup(title && *title ? title : path_base(file));
	*address = xasprintf("%s%s", below ? below : file, fragment);
	post_free(post);
	return MD_ANSWER_PAGE;
}

/* From the directory of the page; no link leads out of the site. */
static char *
find_beside(const struct page_place *p, const char *path)
{
	const char *root = p->config->root, *below;
	char *joined = path_join(p->dir, path), *clean = path_clean(joined);

	below = path_below(root, clean);
	free(joined);
	joined = below && *below ? find_page(root, below) : NULL;
	free(clean);
	return joined;
}

static bool
is_inside(const struct site_config *c, const char *file)
{
	char *root = path_real(c->root), *real = path_real(file);
	bool inside = root && real && path_below(root, real);

	free(root);
	free(real);
	return inside;
}

static enum md_answer
refer(const struct page_place *p, const char *arg, char **words, char **address)
{
	enum md_answer answer = MD_ANSWER_MISSING;
	char *path = xstrndup(arg, strcspn(arg, "#?")), *file = NULL, *clean;

	/* A heading of the page itself, an address, or what is no path. */
	if (!*path || strchr(path, ':') || strlen(path) > PATH_BYTES) {
		free(path);
		return MD_ANSWER_NONE;
	}
	clean = path_clean(path);
	if (*path != '/')
		file = find_beside(p, path);
	if (!file && strncmp(clean, "..", 2) != 0)
		file = find_in_content(p, clean);
	if (file && is_inside(p->config, file))
		answer =
		    tell_page(p, file, arg + strcspn(arg, "#"), words, address);
	else if (!strchr(path, '/'))
		/* Hugo looks for a name alone in all of the site. */
		answer = MD_ANSWER_NONE;
	free(file);
	free(clean);
	free(path);
	return answer;
}

static enum md_answer
parameter(const struct page_place *p, const char *name, char **words)
{
	const struct value *v = value_path(p->values, name);
	const struct value *site = value_get(p->config->all, "params");
	const char *s = value_text(v ? v : value_path(site, name));

	if (!s)
		return v ? MD_ANSWER_BOX : MD_ANSWER_MISSING;
	*words = xstrdup(s);
	return MD_ANSWER_TEXT;
}

/* Has a directory of layouts this template? */
static bool
has_template(const char *dir, const char *name)
{
	static const char *const below[] = {
	    "layouts/shortcodes", "layouts/_shortcodes"};
	char *layouts, *file, *at, *found = NULL;

	for (size_t i = 0; i < NITEMS(below) && !found; i++) {
		layouts = path_join(dir, below[i]);
		file = path_join(layouts, name);
		at = path_dir(file);
		found = find_name(at, path_base(name), strlen(path_base(name)),
		    ".html .htm .md .txt .xml .json .csv");
		free(at);
		free(file);
		free(layouts);
	}
	free(found);
	return found != NULL;
}

static bool
theme_has(const struct site_config *c, const char *theme, const char *name)
{
	char *themes = path_join(c->root, "themes");
	char *dir = path_join(themes, theme);
	bool has = has_template(dir, name);

	free(dir);
	free(themes);
	return has;
}

/* In the site's layouts or those of a theme; modules cannot be told. */
static enum md_answer
look_up(const struct site_config *c, const char *name)
{
	const struct value *theme = value_get(c->all, "theme");
	const char *s = value_text(theme);
	bool has = has_template(c->root, name);

	if (s && !has)
		has = theme_has(c, s, name);
	for (size_t i = 0;
	     theme && theme->type == VALUE_LIST && i < theme->n && !has; i++)
		if ((s = value_text(theme->items[i])))
			has = theme_has(c, s, name);
	if (has)
		return MD_ANSWER_BOX;
	return value_get(c->all, "module") || value_get(c->all, "themesDir")
		   ? MD_ANSWER_NONE
		   : MD_ANSWER_MISSING;
}

enum md_answer
page_shortcode(
    void *ctx, const char *name, const char *arg, char **words, char **address)
{
	struct page_place *p = ctx;
	size_t n = strlen(name);

	if (!strcmp(name, "ref") || !strcmp(name, "relref"))
		return refer(p, arg, words, address);
	if (!strcmp(name, "param"))
		return parameter(p, arg, words);
	if (is_one_of(name, built_in, NITEMS(built_in)))
		return MD_ANSWER_BOX;
	if (n > 200 || strstr(name, "..") || *name == '/' ||
	    (n > 7 && !strcmp(name + n - 7, ".inline")))
		return MD_ANSWER_NONE;
	if (!p->name || strcmp(p->name, name) != 0) {
		free(p->name);
		p->name = xstrdup(name);
		p->answer = look_up(p->config, name);
	}
	return p->answer;
}
