/* SPDX-License-Identifier: ISC */
/* A new post's files: that none is there yet, and all of them written or none.
 */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archetype_priv.h"
#include "mem.h"
#include "work.h"

#define DEPTH_MAX 8

static bool
is_there(const struct making *m, const char *path, const char *end)
{
	char *full = xasprintf("%s/%s%s", m->config->root, path, end);
	bool there = file_exists(full);

	free(full);
	return there;
}

/* Does the directory (below the root) hold a page, at any depth? */
static bool
has_pages(const struct making *m, const char *dir, int depth)
{
	char *full = path_join(m->config->root, dir);
	char **names = NULL;
	struct err ignored;
	size_t n = 0;
	bool has = false;

	if (file_is_dir(full) && file_names(full, &names, &n, &ignored) == 0) {
		for (size_t i = 0; i < n && !has; i++) {
			char *path = path_join(dir, names[i]);

			has = site_is_content(names[i]) ||
			      (depth < DEPTH_MAX &&
				  has_pages(m, path, depth + 1));
			free(path);
		}
		file_names_free(names, n);
	}
	free(full);
	return has;
}

/* Is the directory (below the root) a bundle already? */
static bool
is_bundle(const struct making *m, const char *dir)
{
	char *full = path_join(m->config->root, dir);
	char **names = NULL;
	struct err ignored;
	size_t n = 0;
	bool is = false;

	if (file_names(full, &names, &n, &ignored) == 0) {
		for (size_t i = 0; i < n && !is; i++)
			is = strncmp(names[i], "index.", 6) == 0 &&
			     site_is_content(names[i]);
		file_names_free(names, n);
	}
	free(full);
	return is;
}

/* An index.md makes all that is below its directory part of one page; a
 * translation goes beside it. */
static int
check_section(const struct making *m, const char *page, struct err *err)
{
	char *dir = path_dir(page);
	int status = 0;

	if (strncmp(path_base(page), "index.", 6) == 0 && !is_bundle(m, dir) &&
	    has_pages(m, dir, 0))
		status = err_set(err,
		    "%s: is a section with pages in it; give a name below it",
		    dir);
	free(dir);
	return status;
}

int
making_check_absent(const struct making *m, struct err *err)
{
	char *page = path_join(m->root, m->target);
	size_t len = strlen(page);
	int status = 0;

	if (!making_inside(m, page))
		status = err_set(err, "%s: outside the site", page);
	for (size_t i = 0; i < m->n && status == 0; i++)
		if (is_there(m, m->files[i].path, ""))
			status = err_set(err,
			    "%s: is there already; choose another name",
			    m->files[i].path);
	if (status == 0)
		status = check_section(m, making_page(m)->path, err);
	if (status == 0 && len > 9 && strcmp(page + len - 9, "/index.md") == 0)
		page[len - 9] = '\0';
	else if (status == 0 && len > 3 && strcmp(page + len - 3, ".md") == 0)
		page[len - 3] = '\0';
	if (status == 0 &&
	    (is_there(m, page, ".md") || is_there(m, page, "/index.md")))
		status = err_set(err,
		    "%s: there is a post of that name already; choose another",
		    page);
	free(page);
	return status;
}

/* The directories of path that hold nothing now, from the deepest. */
static void
remove_empty(const struct making *m, const char *path)
{
	char *dir = path_dir(path);

	while (strcmp(dir, m->root) != 0 && path_below(m->root, dir)) {
		char *full = path_join(m->config->root, dir);
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

/* A file of ours: its text, or what it is a copy of. */
static int
write_file(const struct making *m, struct new_file *f, struct err *err)
{
	char *full = path_join(m->config->root, f->path);
	int status = 0;

	if (f->source)
		status = file_read(f->source, &f->text, NULL, err);
	if (status == 0)
		status =
		    file_create(full, buf_text(&f->text), f->text.len, err);
	if (f->source)
		buf_dispose(&f->text);
	f->made = status == 0;
	if (status == -1)
		remove_empty(m, f->path);
	free(full);
	return status;
}

int
making_write(struct making *m, struct err *err)
{
	struct progress *progress = m->spec->progress;
	int status = 0;

	for (size_t i = 0; i < m->n && status == 0; i++) {
		status = write_file(m, &m->files[i], err);
		if (status == 0 && progress && progress_cancelled(progress))
			status = err_code(err, ERR_CANCEL, "stopped");
	}
	for (size_t i = 0; i < m->n && status == -1; i++) {
		char *full = path_join(m->config->root, m->files[i].path);

		if (m->files[i].made && unlink(full) == 0)
			remove_empty(m, m->files[i].path);
		free(full);
	}
	return status;
}

/* One image, into the directory of the page. */
static int
add_image(
    struct making *m, const char *dir, const char *source, struct err *err)
{
	const char *base = path_base(source);
	struct new_file *f;
	char *path;

	if (!file_is_regular(source))
		return err_set(err,
		    file_exists(source) ? "%s: not a regular file"
					: "%s: no such file",
		    source);
	if (site_is_content(base))
		return err_set(err,
		    "%s: a page, not an image; give it another name", source);
	path = path_join(dir, base);
	for (size_t i = 0; i < m->n; i++)
		if (strcmp(m->files[i].path, path) == 0) {
			err_set(err,
			    "%s: there would be two files of that name, %s; "
			    "rename one",
			    source, path);
			free(path);
			return -1;
		}
	f = making_add(m, "");
	free(f->path);
	f->path = path;
	f->source = source;
	return 0;
}

int
making_add_images(struct making *m, struct err *err)
{
	const struct new_file *page = making_page(m);
	char *dir;
	int status = 0;

	if (m->spec->nimages == 0)
		return 0;
	if (strncmp(path_base(page->path), "index.", 6) != 0)
		return err_code(err, ERR_USAGE,
		    "%s: images go into a bundle: give a path without %s",
		    page->path, path_ext(page->path));
	dir = path_dir(page->path);
	for (size_t i = 0; i < m->spec->nimages && status == 0; i++)
		status = add_image(m, dir, m->spec->images[i], err);
	free(dir);
	return status;
}
