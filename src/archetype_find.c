/* SPDX-License-Identifier: ISC */
/*
 * Which archetype a new post is made from, and what it gives.  Those of the
 * site lie over those of its themes, file by file, as in Hugo's file system;
 * source: Hugo's create/content.go.
 */
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "mem.h"

#define FILES_MAX  1000
#define DEPTH_MAX  8
#define THEMES_MAX 32
#define NAMES_MAX  2000

/* Hugo's own, for a site without any. */
static const char built_in[] = "---\n"
			       "title: \"{{ replace .Name \"-\" \" \" | title "
			       "}}\"\n"
			       "date: {{ .Date }}\n"
			       "draft: true\n"
			       "---\n\n";

/* dir/name when it is there, of that sort, and inside the site; caller frees.
 */
static char *
candidate(
    const struct making *m, const char *dir, const char *name, bool is_dir)
{
	char *path = path_join(dir, name);
	char *full = path_join(m->config->root, path);
	bool good = (is_dir ? file_is_dir(full) : file_is_regular(full)) &&
		    making_inside(m, path);

	free(full);
	if (good)
		return path;
	free(path);
	return NULL;
}

/* Theme i of the site by its name: of "theme", then of module.imports. */
static const char *
theme(const struct site_config *c, size_t i)
{
	const struct value *v = value_get(c->all, "theme");
	const struct value *imports = value_path(c->all, "module.imports");
	size_t n = !v ? 0 : v->type == VALUE_LIST ? v->n : 1;

	if (i < n)
		return value_text(v->type == VALUE_LIST ? v->items[i] : v);
	i -= n;
	if (!imports || imports->type != VALUE_LIST || i >= imports->n)
		return NULL;
	return value_text(value_get(imports->items[i], "path"));
}

/* Directory i of archetypes, relative to the root: the site's, then those of
 * its themes.  NULL: no more.  Caller frees. */
static char *
archetypes(const struct site_config *c, size_t i)
{
	const char *name, *dir = value_text(value_get(c->all, "themesDir"));

	if (i == 0)
		return xstrdup(c->archetype_dir);
	if (i > THEMES_MAX || !(name = theme(c, (i - 1) / 2)))
		return NULL;
	if (i % 2 == 0)
		return xasprintf("_vendor/%s/archetypes", name);
	return xasprintf("%s/%s/archetypes", dir ? dir : "themes", name);
}

/* The first of that name. Caller frees; NULL: there is none. */
static char *
find(const struct making *m, const char *name, bool is_dir)
{
	char *found = NULL, *dir;

	for (size_t i = 0; !found && (dir = archetypes(m->config, i)); i++) {
		found = candidate(m, dir, name, is_dir);
		free(dir);
	}
	return found;
}

/* The kind's, else the default one, of that extension. */
static char *
find_file(const struct making *m, const char *ext)
{
	char *name = xasprintf("%s.%s", m->kind, ext);
	char *found = m->kind[0] ? find(m, name, false) : NULL;

	free(name);
	if (found)
		return found;
	name = xasprintf("default.%s", ext);
	found = find(m, name, false);
	free(name);
	return found;
}

/* Are the posts beside the new one bundles?  Without any: yes. */
static bool
beside_bundles(const struct making *m)
{
	char *parent = path_dir(m->target);
	char *dir = xasprintf("%s/%s/%s", m->config->root, m->root, parent);
	char **names = NULL;
	size_t n = 0, bundles = 0, files = 0;
	struct err err;

	if (file_names(dir, &names, &n, &err) == 0) {
		for (size_t i = 0; i < n && i < NAMES_MAX; i++) {
			char *index =
			    xasprintf("%s/%s/index.md", dir, names[i]);

			bundles += file_is_regular(index);
			files += site_is_content(names[i]) &&
				 strncmp(names[i], "_index.", 7) != 0;
			free(index);
		}
		file_names_free(names, n);
	}
	free(parent);
	free(dir);
	return bundles >= files;
}

/* Expand text for the new file; name is below the content directory. */
static int
expand(struct making *m, const char *archetype, const struct buf *text,
    const char *name, struct err *err)
{
	struct archetype_data data = {.config = m->config, .date = m->date};
	struct new_file *f = making_add(m, name);
	struct site_place p;
	int status;

	site_place(m->config, f->path, &p);
	data.path = name;
	data.name = p.name;
	data.section = p.section;
	data.type = m->kind[0] ? m->kind : NULL;
	data.language = m->config->languages[p.language].code;
	m->expanding = true;
	status =
	    archetype_expand(buf_text(text), text->len, &data, &f->text, err);
	site_place_dispose(&p);
	if (status == -1)
		return err_where(err, archetype);
	m->expanding = false;
	return 0;
}

static bool
has_file(const struct making *m, const char *name)
{
	char *path = path_join(m->root, name);
	bool has = false;

	for (size_t i = 0; i < m->n && !has; i++)
		has = strcmp(m->files[i].path, path) == 0;
	free(path);
	return has;
}

static int add_bundle(struct making *m, const char *archetype,
    const char *below, int depth, struct err *err);

/* One name of a directory archetype. */
static int
add_bundled(struct making *m, const char *archetype, const char *below,
    int depth, struct err *err)
{
	char *path = path_join(archetype, below);
	char *full = path_join(m->config->root, path);
	char *name = path_join(m->target, below);
	struct buf text = {0};
	int status = 0;

	if (!making_inside(m, path))
		status = err_set(err, "%s: outside the site", path);
	else if (m->looked++ >= FILES_MAX)
		status = err_set(err, "%s: too many files", archetype);
	else if (file_is_dir(full))
		status = add_bundle(m, archetype, below, depth + 1, err);
	else if (has_file(m, name))
		; /* the site's lies over that of a theme */
	else if ((status = file_read(full, &text, NULL, err)) == -1)
		;
	else if (site_is_content(path_base(below)))
		status = expand(m, path, &text, name, err);
	else
		buf_add(&making_add(m, name)->text, buf_text(&text), text.len);
	buf_dispose(&text);
	free(name);
	free(full);
	free(path);
	return status;
}

static int
add_bundle(struct making *m, const char *archetype, const char *below,
    int depth, struct err *err)
{
	char *path = path_join(archetype, below);
	char *full = path_join(m->config->root, path);
	char **names = NULL;
	size_t n = 0;
	int status = depth > DEPTH_MAX
			 ? err_set(err, "%s: directories too deep", archetype)
			 : file_names(full, &names, &n, err);

	for (size_t i = 0; status == 0 && i < n; i++) {
		char *next = path_join(below, names[i]);

		status = add_bundled(
		    m, archetype, below[0] ? next : names[i], depth, err);
		free(next);
	}
	file_names_free(names, n);
	free(full);
	free(path);
	return status;
}

/* The directories of that name, of the site and of its themes, as one. */
static int
add_bundles(struct making *m, const char *name, struct err *err)
{
	char *dir, *path;
	int status = 0;

	for (size_t i = 0; status == 0 && (dir = archetypes(m->config, i));
	     i++) {
		if ((path = candidate(m, dir, name, true)))
			status = add_bundle(m, path, "", 0, err);
		free(path);
		free(dir);
	}
	return status;
}

/* A single file: of the archetype, or of the built-in text. */
static int
add_single(struct making *m, struct err *err)
{
	char *name = xstrdup(m->target), *full;
	struct buf text = {0};
	int status = 0;

	if (!site_is_content(path_base(m->target))) {
		bool bundle = m->spec->nimages > 0 || beside_bundles(m);

		free(name);
		name =
		    xasprintf("%s%s", m->target, bundle ? "/index.md" : ".md");
	}
	if (m->archetype) {
		full = path_join(m->config->root, m->archetype);
		status = file_read(full, &text, NULL, err);
		free(full);
	} else {
		buf_puts(&text, built_in);
	}
	if (status == 0)
		status = expand(m,
		    m->archetype ? m->archetype : "built-in archetype", &text,
		    name, err);
	buf_dispose(&text);
	free(name);
	return status;
}

int
making_read(struct making *m, struct err *err)
{
	const char *const kinds[] = {m->kind, "default"};
	bool file = site_is_content(path_base(m->target));

	/* A directory is for a path without extension. */
	for (size_t i = 0; i < NITEMS(kinds) && !file; i++)
		if (*kinds[i] && (m->archetype = find(m, kinds[i], true))) {
			m->bundle = true;
			return add_bundles(m, kinds[i], err);
		}
	m->archetype = find_file(m, file ? path_ext(m->target) : "md");
	return add_single(m, err);
}
