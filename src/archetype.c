/* SPDX-License-Identifier: ISC */
/*
 * Which archetype a new post is made from, where the post goes, and its
 * creation: all is prepared in memory, then written, and taken back when a part
 * of it fails.  Source: Hugo's docs "archetypes"; create/content.go.
 */
#include "archetype.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archetype_priv.h"
#include "date.h"
#include "fm.h"
#include "mem.h"
#include "text.h"

#define FILES_MAX 1000
#define DEPTH_MAX 8

/* Hugo's own, for a site without any. */
static const char built_in[] = "---\n"
			       "title: \"{{ replace .Name \"-\" \" \" | title "
			       "}}\"\n"
			       "date: {{ .Date }}\n"
			       "draft: true\n"
			       "---\n";

struct new_file {
	char *path; /* relative to the root */
	struct buf text;
	bool made;
};

struct job {
	const struct site_config *config;
	const struct archetype_spec *spec;
	const char *root; /* the content directory */
	size_t language;
	char *target; /* below root: "blog/x", "blog/x/index.md" */
	char *kind;
	char *date;
	char *real_root;
	struct new_file *files;
	size_t n, cap;
	size_t looked; /* names of a directory archetype */
};

/* Over the name of a content directory; *language is whose it is. */
static const char *
below_content(const struct site_config *c, const char *path, size_t *language)
{
	const char *best = NULL;

	for (size_t i = 0; i < c->nlanguages; i++) {
		const char *rest =
		    path_below(c->languages[i].content_dir, path);
		bool is_default =
		    strcmp(c->languages[i].code, c->default_language) == 0;

		if (!rest ||
		    (best && (rest > best || (rest == best && !is_default))))
			continue;
		best = rest;
		*language = i;
	}
	return best;
}

static size_t
default_language(const struct site_config *c)
{
	for (size_t i = 0; i < c->nlanguages; i++)
		if (strcmp(c->languages[i].code, c->default_language) == 0)
			return i;
	return 0;
}

/* From the path that was asked for: language, target, kind. */
static int
place(struct job *j, struct err *err)
{
	const struct site_config *c = j->config;
	const char *asked = j->spec->path, *rest;
	char *clean = path_clean(asked);
	size_t n;

	j->language = default_language(c);
	rest = below_content(c, clean, &j->language);
	if (!rest && !(rest = path_below(c->content_dir, clean)))
		rest = clean;
	j->root = c->languages[j->language].content_dir;
	j->target = xstrdup(rest);
	free(clean);
	if (asked[0] == '/' || strncmp(j->target, "..", 2) == 0 ||
	    !j->target[0] || strcmp(j->target, ".") == 0)
		return err_code(err, ERR_USAGE,
		    "%s: give a path below the content directory, like "
		    "blog/my-post",
		    asked);
	if (c->languages[j->language].disabled)
		return err_set(err,
		    "%s: the language %s is disabled in the site's "
		    "configuration",
		    asked, c->languages[j->language].code);
	n = strcspn(j->target, "/");
	if (j->spec->kind)
		j->kind = xstrdup(j->spec->kind);
	else
		j->kind = xstrndup(j->target, j->target[n] ? n : 0);
	if (strchr(j->kind, '/') || j->kind[0] == '.')
		return err_code(err, ERR_USAGE,
		    "%s: the name of an archetype, without directory", j->kind);
	return 0;
}

/* Does path (relative to the root), as far as it is there, stay inside? */
static bool
stays_inside(const struct job *j, const char *path)
{
	char *full = path_join(j->config->root, path), *real;
	bool inside;

	while (!(real = path_real(full))) {
		char *up = path_dir(full);
		bool top = strcmp(up, full) == 0 || strcmp(up, ".") == 0;

		free(full);
		full = up;
		if (top)
			break;
	}
	inside = real && j->real_root && path_below(j->real_root, real);
	free(real);
	free(full);
	return inside;
}

/* dir/name when it is there and inside the site; caller frees. */
static char *
candidate(const struct job *j, const char *dir, const char *name)
{
	char *path = path_join(dir, name);
	char *full = path_join(j->config->root, path);
	bool good = file_exists(full) && stays_inside(j, path);

	free(full);
	if (good)
		return path;
	free(path);
	return NULL;
}

static bool
is_dir(const struct job *j, const char *path)
{
	char *full = path_join(j->config->root, path);
	bool dir = file_is_dir(full);

	free(full);
	return dir;
}

/* In one directory of archetypes: a bundle (*bundle), or a file. */
static char *
find_in(const struct job *j, const char *dir, const char *ext, bool *bundle)
{
	const char *const kinds[] = {j->kind, "default"};
	bool file = site_is_content(path_base(j->target));
	char *name, *found;

	for (size_t i = 0; i < 2; i++) {
		if (!kinds[i][0])
			continue;
		name = xasprintf("%s.%s", kinds[i], ext);
		found = candidate(j, dir, name);
		free(name);
		if (found && !is_dir(j, found))
			return found;
		free(found);
		/* A directory is for a path without extension. */
		found = file ? NULL : candidate(j, dir, kinds[i]);
		*bundle = found && is_dir(j, found);
		if (*bundle)
			return found;
		free(found);
	}
	return NULL;
}

/* Theme i of the site, or NULL. */
static const char *
theme(const struct site_config *c, size_t i)
{
	const struct value *v = value_get(c->all, "theme");

	if (v && v->type == VALUE_LIST)
		return i < v->n ? value_text(v->items[i]) : NULL;
	return i == 0 ? value_text(v) : NULL;
}

/* The site's archetype, else that of a theme, else NULL: the built-in one. */
static char *
find_archetype(const struct job *j, bool *bundle)
{
	const char *ext = path_ext(j->target), *name;
	char *found;

	*bundle = false;
	if (!site_is_content(path_base(j->target)))
		ext = "md";
	found = find_in(j, j->config->archetype_dir, ext, bundle);
	for (size_t i = 0; !found && (name = theme(j->config, i)); i++) {
		char *dir = xasprintf("themes/%s/archetypes", name);

		found = find_in(j, dir, ext, bundle);
		free(dir);
	}
	return found;
}

/* Are the posts beside the new one bundles?  Without any: yes. */
static bool
beside_bundles(const struct job *j)
{
	char *parent = path_dir(j->target);
	char *dir = xasprintf("%s/%s/%s", j->config->root, j->root, parent);
	char **names = NULL;
	size_t n = 0, bundles = 0, files = 0;
	struct err err;

	if (file_names(dir, &names, &n, &err) == 0) {
		for (size_t i = 0; i < n; i++) {
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

static struct new_file *
add_file(struct job *j, const char *name)
{
	struct new_file *f;

	j->files = xgrow(j->files, j->n, &j->cap, sizeof(*j->files));
	f = &j->files[j->n++];
	*f = (struct new_file){0};
	f->path = path_join(j->root, name);
	return f;
}

/* Expand text for the new file; name is below the content directory. */
static int
expand(struct job *j, const char *archetype, const struct buf *text,
    const char *name, struct err *err)
{
	struct archetype_data data = {.config = j->config, .date = j->date};
	struct new_file *f = add_file(j, name);
	struct site_place p;
	int status;

	site_place(j->config, f->path, &p);
	data.path = name;
	data.name = p.name;
	data.section = p.section;
	data.language = j->config->languages[p.language].code;
	status =
	    archetype_expand(buf_text(text), text->len, &data, &f->text, err);
	site_place_dispose(&p);
	return status == 0 ? 0 : err_where(err, archetype);
}

static int add_bundle(struct job *j, const char *archetype, const char *below,
    int depth, struct err *err);

/* One name of a directory archetype. */
static int
add_bundled(struct job *j, const char *archetype, const char *below, int depth,
    struct err *err)
{
	char *path = path_join(archetype, below);
	char *full = path_join(j->config->root, path);
	char *name = path_join(j->target, below);
	struct buf text = {0};
	int status = 0;

	if (!stays_inside(j, path))
		status = err_set(err, "%s: outside the site", path);
	else if (j->looked++ >= FILES_MAX)
		status = err_set(err, "%s: too many files", archetype);
	else if (file_is_dir(full))
		status = add_bundle(j, archetype, below, depth + 1, err);
	else if ((status = file_read(full, &text, NULL, err)) == -1)
		;
	else if (site_is_content(path_base(below)))
		status = expand(j, path, &text, name, err);
	else
		buf_add(&add_file(j, name)->text, buf_text(&text), text.len);
	buf_dispose(&text);
	free(name);
	free(full);
	free(path);
	return status;
}

static int
add_bundle(struct job *j, const char *archetype, const char *below, int depth,
    struct err *err)
{
	char *path = path_join(archetype, below);
	char *full = path_join(j->config->root, path);
	char **names = NULL;
	size_t n = 0;
	int status = depth > DEPTH_MAX
			 ? err_set(err, "%s: directories too deep", archetype)
			 : file_names(full, &names, &n, err);

	for (size_t i = 0; status == 0 && i < n; i++) {
		char *next = path_join(below, names[i]);

		status = add_bundled(
		    j, archetype, below[0] ? next : names[i], depth, err);
		free(next);
	}
	file_names_free(names, n);
	free(full);
	free(path);
	return status;
}

/* A single file: of the archetype, or of the built-in text. */
static int
add_single(struct job *j, const char *archetype, struct err *err)
{
	bool has_ext = site_is_content(path_base(j->target));
	char *name = xstrdup(j->target);
	struct buf text = {0};
	char *full;
	int status = 0;

	if (!has_ext) {
		const char *end = beside_bundles(j) ? "/index.md" : ".md";

		free(name);
		name = xasprintf("%s%s", j->target, end);
	}
	if (archetype) {
		full = path_join(j->config->root, archetype);
		status = file_read(full, &text, NULL, err);
		free(full);
	} else {
		buf_puts(&text, built_in);
	}
	if (status == 0)
		status = expand(j, archetype ? archetype : "built-in archetype",
		    &text, name, err);
	buf_dispose(&text);
	free(name);
	return status;
}

/* The new page among the files: the index page, else the first page. */
static struct new_file *
main_file(const struct job *j)
{
	struct new_file *page = NULL;

	for (size_t i = 0; i < j->n; i++) {
		const char *base = path_base(j->files[i].path);

		if (!site_is_content(base))
			continue;
		if (strncmp(base, "index.", 6) == 0)
			return &j->files[i];
		if (!page)
			page = &j->files[i];
	}
	return page;
}

/* What was expanded must be front matter that can be read; the title goes in
 * as any edit does. */
static int
set_title(struct job *j, struct err *err)
{
	struct new_file *f = main_file(j);
	struct value *title;
	const char *text;
	struct fm *fm;
	size_t len;
	int status = 0;

	if (!f)
		return err_set(err, "the archetype %s has no page", j->kind);
	fm = fm_parse(buf_text(&f->text), f->text.len, err);
	if (!fm)
		return err_set(err,
		    "the archetype of %s gives front matter that cannot be "
		    "read: line %u: %s",
		    j->kind[0] ? j->kind : "default", err->line, err->msg);
	if (j->spec->title) {
		title = value_string(j->spec->title);
		status = fm_set(fm, "title", title, err);
		value_free(title);
		text = fm_text(fm, &len);
		buf_clear(&f->text);
		buf_add(&f->text, text, len);
	}
	fm_free(fm);
	return status;
}

static bool
is_there(const struct job *j, const char *path, const char *end)
{
	char *full = xasprintf("%s/%s%s", j->config->root, path, end);
	bool there = file_exists(full);

	free(full);
	return there;
}

/* Does the directory (below the root) hold a page, at any depth? */
static bool
has_pages(const struct job *j, const char *dir, int depth)
{
	char *full = path_join(j->config->root, dir);
	char **names = NULL;
	struct err ignored;
	size_t n = 0;
	bool has = false;

	if (file_is_dir(full) && file_names(full, &names, &n, &ignored) == 0) {
		for (size_t i = 0; i < n && !has; i++) {
			char *path = path_join(dir, names[i]);

			has = site_is_content(names[i]) ||
			      (depth < DEPTH_MAX &&
				  has_pages(j, path, depth + 1));
			free(path);
		}
		file_names_free(names, n);
	}
	free(full);
	return has;
}

/* An index.md makes all that is below its directory part of one page. */
static int
check_section(const struct job *j, const char *page, struct err *err)
{
	char *dir = path_dir(page);
	int status = 0;

	if (strncmp(path_base(page), "index.", 6) == 0 && has_pages(j, dir, 0))
		status = err_set(err,
		    "%s: is a section with pages in it; give a name below it",
		    dir);
	free(dir);
	return status;
}

/* Neither the files, nor the same page in its other form. */
static int
check_absent(const struct job *j, struct err *err)
{
	char *page = path_join(j->root, j->target);
	size_t len = strlen(page);
	int status = 0;

	if (!stays_inside(j, page))
		status = err_set(err, "%s: outside the site", page);
	for (size_t i = 0; i < j->n && status == 0; i++)
		if (is_there(j, j->files[i].path, ""))
			status = err_set(err,
			    "%s: is there already; choose another name",
			    j->files[i].path);
	if (status == 0)
		status = check_section(j, main_file(j)->path, err);
	if (status == 0 && len > 9 && strcmp(page + len - 9, "/index.md") == 0)
		page[len - 9] = '\0';
	else if (status == 0 && len > 3 && strcmp(page + len - 3, ".md") == 0)
		page[len - 3] = '\0';
	if (status == 0 &&
	    (is_there(j, page, ".md") || is_there(j, page, "/index.md")))
		status = err_set(err,
		    "%s: there is a post of that name already; choose another",
		    page);
	free(page);
	return status;
}

/* The directories of path that hold nothing now, from the deepest. */
static void
remove_empty(const struct job *j, const char *path)
{
	char *dir = path_dir(path);

	while (strcmp(dir, j->root) != 0 && path_below(j->root, dir)) {
		char *full = path_join(j->config->root, dir);
		char *up = path_dir(dir);
		int gone = rmdir(full);

		free(full);
		free(dir);
		dir = up;
		if (gone == -1)
			break;
	}
	free(dir);
}

static int
write_files(struct job *j, struct err *err)
{
	int status = 0;

	for (size_t i = 0; i < j->n && status == 0; i++) {
		struct new_file *f = &j->files[i];
		char *full = path_join(j->config->root, f->path);

		status =
		    file_create(full, buf_text(&f->text), f->text.len, err);
		f->made = status == 0;
		free(full);
		if (status == -1)
			remove_empty(j, f->path);
	}
	for (size_t i = 0; i < j->n && status == -1; i++) {
		char *full = path_join(j->config->root, j->files[i].path);

		if (j->files[i].made && unlink(full) == 0)
			remove_empty(j, j->files[i].path);
		free(full);
	}
	return status;
}

static void
job_dispose(struct job *j)
{
	for (size_t i = 0; i < j->n; i++) {
		free(j->files[i].path);
		buf_dispose(&j->files[i].text);
	}
	free(j->files);
	free(j->target);
	free(j->kind);
	free(j->date);
	free(j->real_root);
}

int
archetype_new(const struct site_config *config,
    const struct archetype_spec *spec, char **path, struct err *err)
{
	struct job j = {.config = config, .spec = spec};
	char *archetype = NULL;
	bool bundle = false;
	struct date now;
	int status;

	date_now(&now);
	j.date = date_rfc3339(&now);
	j.real_root = path_real(config->root);
	status = place(&j, err);
	if (status == 0) {
		archetype = find_archetype(&j, &bundle);
		status = bundle ? add_bundle(&j, archetype, "", 0, err)
				: add_single(&j, archetype, err);
	}
	if (status == 0 && (status = set_title(&j, err)) == 0 &&
	    (status = check_absent(&j, err)) == 0 &&
	    (status = write_files(&j, err)) == 0)
		*path = xstrdup(main_file(&j)->path);
	job_dispose(&j);
	free(archetype);
	return status;
}

char *
archetype_dirname(const struct site_config *config, const char *title)
{
	char *s = permalink_urlize(config, title), *name;
	struct buf out = {0};
	size_t len = strlen(s), size;

	for (size_t i = 0; i < len && out.len < 200; i += size) {
		uint32_t cp = text_decode(s + i, len - i, &size);
		bool plain = cp == '-' || cp == '_' || cp == '.' ||
			     text_is_letter(cp) || text_is_digit(cp) ||
			     text_is_mark(cp);

		if (plain && cp != '-' && !(out.len == 0 && cp == '.'))
			buf_add(&out, s + i, size);
		else if (out.len > 0 && out.data[out.len - 1] != '-')
			buf_putc(&out, '-');
	}
	while (out.len > 0 && strchr("-.", out.data[out.len - 1]))
		out.data[--out.len] = '\0';
	free(s);
	/* Names that mean something to Hugo. */
	if (out.len == 0 || strcmp(out.data, "index") == 0 ||
	    strcmp(out.data, "_index") == 0) {
		name = xasprintf("post%s%s", out.len ? "-" : "",
		    out.len ? out.data + (out.data[0] == '_') : "");
		buf_dispose(&out);
		return name;
	}
	return buf_steal(&out);
}
