/* SPDX-License-Identifier: ISC */
/*
 * Which files below the content directories are pages.  Symbolic links to
 * directories are not followed (as in Hugo since 0.123), those to files only
 * when they stay inside the site.
 */
#include "site_priv.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mem.h"
#include "work.h"

#define DEPTH_MAX    64
#define LITTERED_MAX 1000

struct name {
	char *name;
	bool dir;
	enum site_form form; /* of a file */
};

struct names {
	struct name *v;
	size_t n, cap;
};

struct walk {
	const struct site_config *config;
	struct site_files *files;
	struct progress *progress;
	char *real_root;
};

static void
names_dispose(struct names *names)
{
	for (size_t i = 0; i < names->n; i++)
		free(names->v[i].name);
	free(names->v);
	*names = (struct names){0};
}

static bool
is_content_root(const struct site_config *c, const char *dir)
{
	for (size_t i = 0; i < c->nlanguages; i++)
		if (!c->languages[i].disabled &&
		    strcmp(c->languages[i].content_dir, dir) == 0)
			return true;
	return false;
}

/* A link in dir to a regular file inside the site? */
static bool
link_is_safe(const struct site_config *c, const char *real_root,
    const char *dir, const char *name)
{
	char *path = xasprintf("%s/%s/%s", c->root, dir, name);
	char *real = path_real(path);
	bool safe = real && real_root && path_below(real_root, real) &&
		    file_is_regular(real);

	free(real);
	free(path);
	return safe;
}

enum sort { SORT_OTHER, SORT_FILE, SORT_DIR, SORT_LINK };

static enum sort
sort_of(DIR *d, const struct dirent *entry)
{
	struct stat st;

#ifdef DT_DIR
	if (entry->d_type == DT_DIR)
		return SORT_DIR;
	if (entry->d_type == DT_REG)
		return SORT_FILE;
#endif
	if (fstatat(dirfd(d), entry->d_name, &st, AT_SYMLINK_NOFOLLOW) == -1)
		return SORT_OTHER;
	if (S_ISDIR(st.st_mode))
		return SORT_DIR;
	if (S_ISREG(st.st_mode))
		return SORT_FILE;
	return S_ISLNK(st.st_mode) ? SORT_LINK : SORT_OTHER;
}

static DIR *
open_dir(const struct site_config *c, const char *dir)
{
	char *path = path_join(c->root, dir);
	DIR *d = opendir(path);
	int saved = errno;

	free(path);
	errno = saved;
	return d;
}

static void
add_name(struct names *names, const char *name, bool dir, enum site_form form)
{
	names->v = xgrow(names->v, names->n, &names->cap, sizeof(*names->v));
	names->v[names->n++] = (struct name){xstrdup(name), dir, form};
}

static void
add_littered(struct site_files *files, const char *dir)
{
	if (!files || files->nlittered >= LITTERED_MAX ||
	    (files->nlittered > 0 &&
		strcmp(files->littered[files->nlittered - 1], dir) == 0))
		return;
	files->littered = xgrow(files->littered, files->nlittered,
	    &files->cap_littered, sizeof(*files->littered));
	files->littered[files->nlittered++] = xstrdup(dir);
}

/* The directories and content files of a directory that Hugo looks at. */
static int
read_names(
    const struct walk *w, const char *dir, struct names *names, struct err *err)
{
	DIR *d = open_dir(w->config, dir);
	struct dirent *entry;

	/* A content directory need not be there, and others may vanish. */
	if (!d && errno == ENOENT)
		return 0;
	if (!d)
		return err_set(
		    err, "cannot read the directory: %s", strerror(errno));
	while ((entry = readdir(d))) {
		const char *name = entry->d_name;
		enum sort sort;

		if (name[0] == '.' && file_is_leftover(name))
			add_littered(w->files, dir);
		if (name[0] == '.' || name[0] == '#')
			continue;
		sort = sort_of(d, entry);
		if (sort == SORT_DIR) {
			add_name(names, name, true, FORM_LONE);
			continue;
		}
		if (sort == SORT_OTHER || !site_is_content(name))
			continue;
		if (sort == SORT_LINK &&
		    !link_is_safe(w->config, w->real_root, dir, name))
			continue;
		add_name(names, name, false, site_form_of(name));
	}
	closedir(d);
	return 0;
}

/* HTML that begins with a tag is copied, it is no page. */
static bool
is_page(const struct site_config *c, const char *dir, const char *name)
{
	const char *ext = path_ext(name);
	struct buf head = {0};
	struct err err;
	char *path;
	bool page;

	if (strcmp(ext, "html") != 0 && strcmp(ext, "htm") != 0)
		return true;
	path = xasprintf("%s/%s/%s", c->root, dir, name);
	page = file_read_head(path, 512, &head, NULL, &err) == 0 &&
	       site_html_is_page(buf_text(&head), head.len);
	buf_dispose(&head);
	free(path);
	return page;
}

/* A leaf bundle has an index page and no _index page. */
static bool
is_leaf(const struct site_config *c, const char *dir, const struct names *names)
{
	bool leaf = false;

	for (size_t i = 0; i < names->n; i++) {
		const struct name *n = &names->v[i];

		if (n->form == FORM_BRANCH)
			return false;
		if (n->form == FORM_LEAF && !leaf)
			leaf = is_page(c, dir, n->name);
	}
	return leaf;
}

static struct site_file *
add_file(struct site_files *files, char *path, const char *bundle)
{
	struct site_file *f;

	files->v = xgrow(files->v, files->n, &files->cap, sizeof(*files->v));
	f = &files->v[files->n++];
	*f = (struct site_file){.path = path};
	f->bundle = bundle ? xstrdup(bundle) : NULL;
	return f;
}

/* bundle: the leaf bundle that dir is in, or NULL. */
static int
walk_dir(struct walk *w, const char *dir, const char *bundle, int depth)
{
	struct names names = {0};
	struct site_file *f;
	struct err err;
	bool leaf;
	int status = 0;

	if (progress_cancelled(w->progress))
		return -1;
	if (read_names(w, dir, &names, &err) == -1) {
		f = add_file(w->files, xstrdup(dir), NULL);
		f->error = xmalloc(sizeof(err));
		*f->error = err;
		return 0;
	}
	leaf = !bundle && is_leaf(w->config, dir, &names);
	for (size_t i = 0; i < names.n && status == 0; i++) {
		const struct name *n = &names.v[i];
		char *path;

		if (!n->dir && (leaf || bundle) && n->form != FORM_LEAF)
			continue;
		path = path_join(dir, n->name);
		if (n->dir) {
			if (depth < DEPTH_MAX &&
			    !is_content_root(w->config, path))
				status = walk_dir(
				    w, path, leaf ? dir : bundle, depth + 1);
		} else {
			add_file(w->files, path, bundle);
			path = NULL;
		}
		free(path);
	}
	names_dispose(&names);
	return status;
}

/* Several languages may share a directory: the first one walks it. */
static bool
walked_before(const struct site_config *c, size_t language)
{
	const char *dir = c->languages[language].content_dir;

	for (size_t i = 0; i < language; i++)
		if (!c->languages[i].disabled &&
		    strcmp(c->languages[i].content_dir, dir) == 0)
			return true;
	return false;
}

int
site_walk(const struct site_config *c, struct site_files *files,
    struct progress *progress)
{
	struct walk w = {c, files, progress, path_real(c->root)};
	int status = 0;

	for (size_t i = 0; i < c->nlanguages && status == 0; i++) {
		const struct site_language *l = &c->languages[i];

		if (!l->disabled && !walked_before(c, i))
			status = walk_dir(&w, l->content_dir, NULL, 0);
	}
	free(w.real_root);
	return status;
}

void
site_files_dispose(struct site_files *files)
{
	for (size_t i = 0; i < files->n; i++) {
		free(files->v[i].path);
		free(files->v[i].bundle);
		free(files->v[i].error);
	}
	for (size_t i = 0; i < files->nlittered; i++)
		free(files->littered[i]);
	free(files->littered);
	free(files->v);
	*files = (struct site_files){0};
}

static bool
dir_is_leaf(const struct walk *w, const char *dir)
{
	struct names names = {0};
	struct err err;
	bool leaf = read_names(w, dir, &names, &err) == 0 &&
		    is_leaf(w->config, dir, &names);

	names_dispose(&names);
	return leaf;
}

bool
site_walk_one(const struct site_config *c, const char *path, char **bundle)
{
	struct site_path p;
	struct walk w = {c, NULL, NULL, path_real(c->root)};
	char *dir = path_dir(path);
	bool page, own = true, last = false;

	*bundle = NULL;
	site_path_parse(c, path, &p);
	page = p.inside && site_is_content(path_base(path));
	/* The outermost leaf bundle hides all that is in it. */
	while (page && !last) {
		char *up = path_dir(dir);

		last = strcmp(dir, p.root) == 0;
		if (!last && site_is_ignored(path_base(dir))) {
			page = false;
		} else if (dir_is_leaf(&w, dir)) {
			page = p.form == FORM_LEAF;
			if (!own) {
				free(*bundle);
				*bundle = xstrdup(dir);
			}
		}
		own = false;
		free(dir);
		dir = up;
	}
	site_path_dispose(&p);
	free(w.real_root);
	free(dir);
	return page;
}
