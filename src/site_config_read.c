/* SPDX-License-Identifier: ISC */
/*
 * Hugo's configuration files as one map: the first of hugo.* and config.*,
 * then config/_default/, then config/ENVIRONMENT/, then HUGO_* variables
 * (Hugo's docs "configuration/introduction", source config/configLoader.go).
 */
#include "site_config_priv.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "fm.h"
#include "mem.h"

#define MAX_DEPTH 16 /* of directories below config/_default */

static const char *const exts[] = {"toml", "yaml", "yml", "json"};

static bool
is_data(const char *name)
{
	for (size_t i = 0; i < NITEMS(exts); i++)
		if (strcmp(path_ext(name), exts[i]) == 0)
			return true;
	return false;
}

static char *
lower_key(const char *s, size_t len)
{
	char *key = xstrndup(s, len);

	for (char *p = key; *p; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p += 'a' - 'A';
	return key;
}

static void merge(struct value *, const struct value *);

/* A copy with the names of all members in lower case. */
static struct value *
lower_copy(const struct value *v)
{
	struct value *copy;

	if (v->type == VALUE_LIST) {
		copy = value_list();
		for (size_t i = 0; i < v->n; i++)
			value_append(copy, lower_copy(v->items[i]));
		return copy;
	}
	if (v->type != VALUE_MAP)
		return value_copy(v);
	copy = value_map();
	merge(copy, v);
	return copy;
}

/* Maps are merged, all else is replaced. */
static void
merge(struct value *into, const struct value *from)
{
	for (size_t i = 0; i < from->n; i++) {
		const struct value *item = from->items[i];
		char *key = lower_key(from->keys[i], strlen(from->keys[i]));
		struct value *old = (struct value *)value_get(into, key);

		if (old && old->type == VALUE_MAP && item->type == VALUE_MAP)
			merge(old, item);
		else
			value_put(into, key, lower_copy(item));
		free(key);
	}
}

/* Merge a map that stands at path (n names) of the configuration. */
static void
merge_at(struct value *all, const char *const *path, size_t n,
    const struct value *map)
{
	struct value *m = value_copy(map), *outer;

	while (n > 0) {
		outer = value_map();
		value_put(outer, path[--n], m);
		m = outer;
	}
	merge(all, m);
	value_free(m);
}

/* A file that holds "[params]" alone is params, not params.params. */
static const struct value *
unwrap(const struct value *map, const char *name)
{
	const struct value *inner = value_get(map, name);

	return map->n == 1 && inner && inner->type == VALUE_MAP ? inner : map;
}

/* The place of a file below config/ by its name: "config" and "hugo" are the
 * root, "params" is that key, "params.de" is languages.de.params. */
static void
merge_file(struct value *all, const char *file, const struct value *map)
{
	const char *ext = path_ext(file), *dot;
	char *name = lower_key(file, (size_t)(ext - file) - 1);
	const char *path[3] = {name};
	size_t n = 1;

	dot = strrchr(name, '.');
	if (strcmp(name, "hugo") == 0 || strcmp(name, "config") == 0) {
		n = 0;
	} else if (dot) {
		path[n++] = dot + 1;
		name[dot - name] = '\0';
		path[0] = "languages";
		if (strcmp(name, "menu") == 0 || strcmp(name, "menus") == 0)
			path[n++] = "menus";
		else if (strcmp(name, "params") == 0)
			path[n++] = "params";
	} else {
		map = unwrap(map, name);
	}
	merge_at(all, path, n, map);
	free(name);
}

static struct value *
load(const char *root, const char *path, struct err *err)
{
	const char *name = path_below(root, path);
	struct value *v = fm_load_data(path, name ? name : path, NULL, err);

	if (v && v->type == VALUE_NULL) {
		value_free(v);
		v = value_map();
	} else if (v && v->type != VALUE_MAP) {
		value_free(v);
		v = NULL;
		err_set(err, "%s: a configuration must be a map of settings",
		    name ? name : path);
	}
	return v;
}

static int read_dir(struct value *all, const char *root, const char *dir,
    int depth, struct err *err);

static int
read_entry(struct value *all, const char *root, const char *path, int depth,
    struct err *err)
{
	struct value *v;
	struct stat st;

	/* As in Hugo's walk, a link to a directory is not followed. */
	if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return depth < MAX_DEPTH
			   ? read_dir(all, root, path, depth + 1, err)
			   : 0;
	if (!is_data(path) || !file_is_regular(path))
		return 0;
	if (!(v = load(root, path, err)))
		return -1;
	merge_file(all, path_base(path), v);
	value_free(v);
	return 0;
}

static int
read_dir(struct value *all, const char *root, const char *dir, int depth,
    struct err *err)
{
	char **names;
	size_t n;
	int r = 0;

	if (!file_is_dir(dir))
		return 0;
	if (file_names(dir, &names, &n, err) == -1)
		return -1;
	for (size_t i = 0; i < n && r == 0; i++) {
		char *path = path_join(dir, names[i]);

		if (names[i][0] != '.')
			r = read_entry(all, root, path, depth, err);
		free(path);
	}
	file_names_free(names, n);
	return r;
}

/* NAME.toml and so on, the first that there is, or NULL. Caller frees. */
static char *
first_file(const char *dir, const char *name)
{
	for (size_t i = 0; i < NITEMS(exts); i++) {
		char *path = xasprintf("%s/%s.%s", dir, name, exts[i]);

		if (file_is_regular(path))
			return path;
		free(path);
	}
	return NULL;
}

static const char *
environment(void)
{
	const char *env = getenv("HUGO_ENVIRONMENT");

	if (!env || !*env)
		env = getenv("HUGO_ENV");
	if (!env || !*env || *env == '.' || strchr(env, '/'))
		env = "production";
	return env;
}

/* The settings that are read and are one word or list of words. */
static void
read_variables(struct value *all)
{
	static const char *const names[][2] = {
	    {"HUGO_ARCHETYPEDIR", "archetypedir"},
	    {"HUGO_ASSETDIR", "assetdir"},
	    {"HUGO_BASEURL", "baseurl"},
	    {"HUGO_BUILDDRAFTS", "builddrafts"},
	    {"HUGO_BUILDEXPIRED", "buildexpired"},
	    {"HUGO_BUILDFUTURE", "buildfuture"},
	    {"HUGO_CONTENTDIR", "contentdir"},
	    {"HUGO_DEFAULTCONTENTLANGUAGE", "defaultcontentlanguage"},
	    {"HUGO_DEFAULTCONTENTLANGUAGEINSUBDIR",
		"defaultcontentlanguageinsubdir"},
	    {"HUGO_DISABLEALIASES", "disablealiases"},
	    {"HUGO_DISABLELANGUAGES", "disablelanguages"},
	    {"HUGO_DISABLEPATHTOLOWER", "disablepathtolower"},
	    {"HUGO_REMOVEPATHACCENTS", "removepathaccents"},
	    {"HUGO_STATICDIR", "staticdir"},
	    {"HUGO_TIMEZONE", "timezone"},
	    {"HUGO_TITLE", "title"},
	    {"HUGO_UGLYURLS", "uglyurls"},
	};

	for (size_t i = 0; i < NITEMS(names); i++) {
		const char *v = getenv(names[i][0]);

		if (v)
			value_put(all, names[i][1], value_string(v));
	}
}

static int
read_root_file(struct value *all, const char *root, struct err *err)
{
	char *path = first_file(root, "hugo");
	struct value *v;

	if (!path)
		path = first_file(root, "config");
	if (!path)
		return 0;
	v = load(root, path, err);
	free(path);
	if (!v)
		return -1;
	merge(all, v);
	value_free(v);
	return 0;
}

struct value *
site_config_read(const char *root, struct err *err)
{
	struct value *all = value_map();
	char *base = xasprintf("%s/config/_default", root);
	char *env = xasprintf("%s/config/%s", root, environment());

	if (read_root_file(all, root, err) == -1 ||
	    read_dir(all, root, base, 0, err) == -1 ||
	    read_dir(all, root, env, 0, err) == -1) {
		value_free(all);
		all = NULL;
	} else {
		read_variables(all);
	}
	free(base);
	free(env);
	return all;
}

static bool
has_dir(const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	bool is_dir = file_is_dir(path);

	free(path);
	return is_dir;
}

/* Some configuration file right in dir, or a directory in which may be one. */
static bool
has_data(const char *dir)
{
	struct err err;
	char **names;
	size_t n;
	bool found = false;

	if (!file_is_dir(dir) || file_names(dir, &names, &n, &err) == -1)
		return false;
	for (size_t i = 0; i < n && !found; i++)
		found = is_data(names[i]) || has_dir(dir, names[i]);
	file_names_free(names, n);
	return found;
}

/* config/_default and its like may hold a hugo.toml too. */
static bool
inside_config(const char *dir)
{
	char *parent = path_dir(dir);
	bool inside = strcmp(path_base(parent), "config") == 0 &&
		      has_dir(parent, "_default");

	free(parent);
	return inside;
}

static bool
has_base_url(const char *path)
{
	struct buf text = {0};
	char *lower;
	struct err err;
	bool has = false;

	if (file_read_head(path, 1 << 20, &text, NULL, &err) == 0) {
		lower = lower_key(buf_text(&text), text.len);
		has = strstr(lower, "baseurl") != NULL;
		free(lower);
	}
	buf_dispose(&text);
	return has;
}

bool
site_config_here(const char *dir)
{
	static const char *const dirs[] = {
	    "content", "archetypes", "layouts", "themes"};
	char *hugo, *config, *base;
	bool here;

	if (inside_config(dir))
		return false;
	hugo = first_file(dir, "hugo");
	config = first_file(dir, "config");
	base = path_join(dir, "config/_default");
	here = hugo || has_data(base);
	/* Other programs have a config.json too. */
	for (size_t i = 0; i < NITEMS(dirs) && config && !here; i++)
		here = has_dir(dir, dirs[i]);
	here = here || (config && has_base_url(config));
	free(hugo);
	free(config);
	free(base);
	return here;
}
