/* SPDX-License-Identifier: ISC */
/*
 * Which changed files go out with a post: itself, those of its bundle, and
 * pictures under static and assets that its text names.
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "publish_priv.h"

#define COUNT_MAX (1024 * 1024) /* bytes; bigger files: lines not counted */
#define LOCAL     (REPO_NEW | REPO_CHANGED | REPO_DELETED | REPO_CONFLICT)

char *
publish_prefix(const struct site *site, struct repo *repo, struct err *err)
{
	char *real = path_real(site->config->root);
	const char *below = real ? path_below(repo_root(repo), real) : NULL;
	char *prefix = below ? xstrdup(below) : NULL;

	if (!prefix)
		err_code(err, ERR_GIT, "%s is not in the work tree %s",
		    site->config->root, repo_root(repo));
	free(real);
	return prefix;
}

char *
publish_repo_path(const char *prefix, const char *path)
{
	return *prefix ? xasprintf("%s/%s", prefix, path) : xstrdup(path);
}

/* A page of its own, not a resource. */
static bool
is_page(const char *path)
{
	return site_is_content(path_base(path));
}

static bool
is_branch(const char *path)
{
	return strncmp(path_base(path), "_index.", 7) == 0;
}

static struct owner
owner_of(const struct planning *p, const char *path)
{
	struct owner owner = {.path = path};
	struct site_place place;

	site_place(p->site->config, path, &place);
	owner.bundle = place.bundle;
	place.bundle = NULL;
	site_place_dispose(&place);
	return owner;
}

void
publish_owners(struct planning *p)
{
	size_t n = p->plan->nposts;

	p->owners = xcalloc(n, sizeof(*p->owners));
	p->sources = xcalloc(n, sizeof(*p->sources));
	for (size_t i = 0; i < n; i++)
		p->owners[i] = owner_of(p, p->plan->posts[i]);
}

void
publish_owners_free(struct planning *p)
{
	for (size_t i = 0; i < p->plan->nposts; i++) {
		free(p->owners[i].bundle);
		free(p->sources[i].bundle);
	}
	free(p->owners);
	free(p->sources);
}

/* Does the file at path (relative to the site's root) go with the page? */
static bool
belongs(const struct owner *page, const char *path)
{
	const char *name;

	if (!page->path)
		return false;
	if (strcmp(page->path, path) == 0)
		return true;
	name = page->bundle ? path_below(page->bundle, path) : NULL;
	if (!name)
		return false;
	if (is_branch(page->path))
		return !strchr(name, '/') && !is_page(name);
	/* index.zh.md is a post of its own */
	return strncmp(name, "index.", 6) != 0 || !is_page(name);
}

/* A change's path relative to the site's root. */
static const char *
site_path(const struct planning *p, const struct repo_change *c)
{
	return *p->prefix ? path_below(p->prefix, c->path) : c->path;
}

bool
publish_touched(const struct planning *p, size_t i)
{
	const struct repo_change *c;

	for (size_t j = 0; j < p->changes.n; j++) {
		c = &p->changes.v[j];
		if ((c->state & LOCAL) &&
		    belongs(&p->owners[i], site_path(p, c)))
			return true;
	}
	return false;
}

/* Where the address that ends in a name begins, and is it the site's own? */
static bool
is_address(const struct site_config *config, const char *text, const char *at)
{
	const char *start = at;
	const char *base = config->base_url;
	size_t len;

	while (start > text && !strchr(" \t\r\n\"'()[]<>=,|", start[-1]))
		start--;
	len = (size_t)(at - start);
	if (*base && len == strlen(base) && strncmp(start, base, len) == 0)
		return true;
	while (len && (*start == '.' || *start == '/')) {
		start++;
		len--;
	}
	return len == 0;
}

static bool
mentions(const struct site_config *config, const char *text, const char *name)
{
	size_t len = strlen(name);

	for (const char *at = text; (at = strstr(at, name)); at += len)
		if (strchr(" \t\r\n\"'()[]<>,|?#", at[len]) &&
		    is_address(config, text, at))
			return true;
	return false;
}

/* RFC 3986, all but unreserved characters and slashes. */
static char *
percent_encode(const char *s)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";
	struct buf out = {0};

	for (; *s; s++)
		if (strchr(plain, *s))
			buf_putc(&out, *s);
		else
			buf_printf(&out, "%%%02X", (unsigned char)*s);
	return buf_steal(&out);
}

/* Is the file, below static or assets, named in a post's text? */
static bool
is_used(const struct planning *p, const char *path)
{
	const struct site_config *config = p->site->config;
	const char *name = path_below(config->static_dir, path), *text;
	char *encoded;
	bool used = false;
	size_t len;

	if (!name)
		name = path_below(config->asset_dir, path);
	if (!name || !*name)
		return false;
	encoded = percent_encode(name);
	for (size_t i = 0; i < p->plan->nposts && !used; i++) {
		text = fm_text(p->posts[i]->fm, &len);
		used = mentions(config, text, name) ||
		       mentions(config, text, encoded);
	}
	free(encoded);
	return used;
}

/* The text that the file will have: that of a post with its edits. */
static void
new_text(const struct planning *p, const char *path, const char *full,
    struct buf *out)
{
	struct err ignored;
	const char *text;
	size_t len;

	for (size_t i = 0; i < p->plan->nposts; i++)
		if (strcmp(p->plan->posts[i], path) == 0) {
			text = fm_text(p->posts[i]->fm, &len);
			buf_add(out, text, len);
			return;
		}
	file_read(full, out, NULL, &ignored);
}

static int
count(const struct planning *p, const char *path, struct plan_file *f,
    struct err *err)
{
	struct buf old = {0}, new = {0};
	struct err ignored;
	char *full = path_join(p->site->config->root, path);
	int rc = 0;

	/* Not there: zeros. */
	if (file_stamp(full, &f->stamp, &ignored) == -1)
		f->stamp = (struct stamp){0};
	if (f->stamp.size <= COUNT_MAX) {
		rc = repo_read(p->repo, "HEAD", f->path, &old, err);
		if (!(f->state & REPO_DELETED))
			new_text(p, path, full, &new);
		repo_count_lines(&old, &new, &f->added, &f->removed);
	}
	buf_dispose(&old);
	buf_dispose(&new);
	free(full);
	return rc == -1 ? -1 : 0;
}

static int
add_file(struct planning *p, const char *path, unsigned state, struct err *err)
{
	struct plan *plan = p->plan;
	struct plan_file *f;

	plan->files = xgrow(
	    plan->files, plan->nfiles, &plan->cap_files, sizeof(*plan->files));
	f = &plan->files[plan->nfiles++];
	*f = (struct plan_file){
	    .path = publish_repo_path(p->prefix, path), .state = state};
	return count(p, path, f, err);
}

/* Was it (HEAD's file at the path) what the post is now, as git tells renames:
 * half of the lines are there still? */
static bool
is_source(const struct planning *p, size_t i, const char *path)
{
	struct buf old = {0}, new = {0};
	struct err ignored;
	size_t added, removed, lines = 0;
	const char *text;
	size_t len;

	if (repo_read(p->repo, "HEAD", path, &old, &ignored) == 0) {
		text = fm_text(p->posts[i]->fm, &len);
		buf_add(&new, text, len);
		repo_count_lines(&old, &new, &added, &removed);
		for (size_t j = 0; j < old.len; j++)
			lines += old.data[j] == '\n';
		lines = removed * 2 <= lines ? lines : 0;
	}
	buf_dispose(&old);
	buf_dispose(&new);
	return lines > 0;
}

/* Where a post that is new stood before it was moved: a page that is gone and
 * reads alike.  Its files go with it, or readers would have both. */
static void
find_sources(struct planning *p)
{
	const struct repo_change *c;
	const char *post, *path;
	char *full;
	unsigned state;

	for (size_t i = 0; i < p->plan->nposts; i++) {
		post = p->plan->posts[i];
		full = publish_repo_path(p->prefix, post);
		state = repo_changes_find(&p->changes, full);
		free(full);
		for (size_t j = 0; j < p->changes.n && (state & REPO_NEW) &&
				   !p->sources[i].path;
		     j++) {
			c = &p->changes.v[j];
			path = site_path(p, c);
			if ((c->state & REPO_DELETED) && is_page(path) &&
			    is_branch(path) == is_branch(post) &&
			    is_source(p, i, c->path))
				p->sources[i] = owner_of(p, path);
		}
	}
}

static bool
goes_out(const struct planning *p, const struct repo_change *c)
{
	const char *path = site_path(p, c);

	for (size_t i = 0; i < p->plan->nposts; i++)
		if (belongs(&p->owners[i], path) ||
		    ((c->state & REPO_DELETED) &&
			belongs(&p->sources[i], path)))
			return true;
	return is_used(p, path);
}

/* A post that only changes by our edits is not among the changes. */
static int
add_edited(struct planning *p, struct err *err)
{
	const struct plan *plan = p->plan;
	unsigned state;
	char *path;

	for (size_t i = 0; i < plan->nfields; i++) {
		if (i &&
		    strcmp(plan->fields[i].path, plan->fields[i - 1].path) == 0)
			continue;
		path = publish_repo_path(p->prefix, plan->fields[i].path);
		state = repo_changes_find(&p->changes, path);
		free(path);
		if (!(state & LOCAL) && add_file(p, plan->fields[i].path,
					    state | REPO_CHANGED, err) == -1)
			return -1;
	}
	return 0;
}

static int
by_path(const void *a, const void *b)
{
	const struct plan_file *x = a, *y = b;

	return strcmp(x->path, y->path);
}

int
publish_files(struct planning *p, struct err *err)
{
	const struct repo_change *c;

	find_sources(p);
	for (size_t i = 0; i < p->changes.n; i++) {
		c = &p->changes.v[i];
		if ((c->state & LOCAL) && goes_out(p, c) &&
		    add_file(p, site_path(p, c), c->state, err) == -1)
			return -1;
	}
	if (add_edited(p, err) == -1)
		return -1;
	if (p->plan->nfiles)
		qsort(p->plan->files, p->plan->nfiles, sizeof(*p->plan->files),
		    by_path);
	return 0;
}
