/* SPDX-License-Identifier: ISC */
/* What a link of a page leads to. */
#include "preview_target.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "file.h"
#include "mem.h"
#include "site.h"
#include "text.h"

#define PATH_BYTES 2000 /* of one that is looked for */

/* A link while it is looked for. */
struct lookup {
	const struct site *site;
	const char *from; /* the page's path */
	char *base;       /* the page's address, with its last slash */
	char *path;       /* what is asked for, decoded */
	struct target *to;
};

void
target_dispose(struct target *t)
{
	free(t->path);
	free(t->fragment);
	free(t->why);
	*t = (struct target){0};
}

/* Bytes of "http:", 0: it has no scheme. */
static size_t
scheme_length(const char *s)
{
	size_t n = 0;

	if ((*s | 32) < 'a' || (*s | 32) > 'z')
		return 0;
	while (((s[n] | 32) >= 'a' && (s[n] | 32) <= 'z') ||
	       (s[n] >= '0' && s[n] <= '9') || (s[n] && strchr("+.-", s[n])))
		n++;
	return s[n] == ':' ? n + 1 : 0;
}

static bool
has_scheme(const char *s, const char *scheme)
{
	size_t n = scheme_length(s);

	return n > 0 && text_casecmp(s, n, scheme, strlen(scheme)) == 0;
}

static bool
is_web(const char *s)
{
	return has_scheme(s, "http:") || has_scheme(s, "https:");
}

/* Bytes of "https://host" before the path; 0: there is no host. */
static size_t
origin_length(const char *s)
{
	const char *host = strstr(s, "//");

	if (!is_web(s) || !host)
		return 0;
	host += 2;
	return (size_t)(host - s) + strcspn(host, "/?#");
}

/* What no address may have as it is becomes "%20" and the like. */
static char *
escape(const char *s)
{
	struct buf b = {0};

	for (; *s; s++)
		if ((unsigned char)*s <= ' ' || *s == 0x7f ||
		    strchr("\"<>\\^`{|}", *s))
			buf_printf(&b, "%%%02X", (unsigned char)*s);
		else
			buf_putc(&b, *s);
	return buf_steal(&b);
}

static void
set_outside(struct target *t, const char *address)
{
	t->kind = TARGET_OUTSIDE;
	t->path = escape(address);
}

static void
set_page(struct target *t, const char *path)
{
	t->kind = TARGET_PAGE;
	t->path = xstrdup(path);
}

static char *
unescape(const char *s, size_t len)
{
	struct buf b = {0};

	text_unescape(&b, s, len);
	return buf_steal(&b);
}

/* The page whose address begins with what a and b are together, which are not
 * escaped; NULL: none. */
static const struct entry *
by_address(const struct site *site, const char *a, const char *b)
{
	char *plain = xasprintf("%s%s", a, b), *want = permalink_escape(plain);
	size_t low = 0, high = site->n;
	const struct entry *found = NULL;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(site->by_address[mid]->permalink, want) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < site->n && !found; low++) {
		const struct entry *e = site->by_address[low];

		if (strcmp(e->permalink, want) != 0)
			break;
		if (e->state != ENTRY_ERROR && e->state != ENTRY_HIDDEN)
			found = e;
	}
	free(plain);
	free(want);
	return found;
}

/* With and without a last slash, and with the name of its file. */
static bool
find_address(struct lookup *l, const char *origin, const char *path)
{
	size_t n = strlen(path), index = strlen("index.html");
	const struct entry *e = by_address(l->site, origin, path);
	char *other = NULL;

	if (!e && n > index && strcmp(path + n - index, "index.html") == 0)
		other = xstrndup(path, n - index);
	else if (!e && n > 0 && path[n - 1] != '/')
		other = xasprintf("%s/", path);
	if (other)
		e = by_address(l->site, origin, other);
	free(other);
	if (e)
		set_page(l->to, e->path);
	return e != NULL;
}

/* A path as a browser joins it to the page's own. */
static char *
join_address(const struct lookup *l, const char *path)
{
	const char *own = l->base + origin_length(l->base);
	size_t n = strlen(path);
	char *joined, *clean;

	if (*path == '/')
		joined = xstrdup(path);
	else
		joined = xasprintf("%s%s", own, path);
	clean = path_clean(joined);
	free(joined);
	/* A directory keeps its slash. */
	if (n > 0 && (path[n - 1] == '/' || path[n - 1] == '.') &&
	    strcmp(clean, "/") != 0) {
		joined = xasprintf("%s/", clean);
		free(clean);
		clean = joined;
	}
	return clean;
}

static bool
find_published(struct lookup *l)
{
	const char *site_base = l->site->config->base_url;
	char *origin = xstrndup(l->base, origin_length(l->base));
	char *path = join_address(l, l->path), *under;
	bool found = find_address(l, origin, path);

	/* "/posts/" of a site that stands below a directory of its host. */
	if (!found && *l->path == '/') {
		const char *dir = site_base + origin_length(site_base);
		size_t n = strlen(dir);

		under =
		    xasprintf("%.*s%s", (int)(n > 0 ? n - 1 : 0), dir, path);
		found = find_address(l, origin, under);
		free(under);
	}
	free(path);
	free(origin);
	return found;
}

/* By the file, as ref and render hooks do. */
static bool
find_source(struct lookup *l)
{
	const struct site_config *c = l->site->config;
	const char *arg = l->path + strspn(l->path, "/");
	char *own = path_dir(l->from);
	char *dir = path_join(c->root, *l->path == '/' ? "" : own);
	char *with_ext = xasprintf("%s.md", arg), *found = NULL;
	struct err err;

	if (*arg)
		found = site_resolve(c, dir, arg, &err);
	if (!found && *arg)
		found = site_resolve(c, dir, with_ext, &err);
	if (found && !site_entry(l->site, found)) {
		free(found);
		found = NULL;
	}
	if (found)
		set_page(l->to, found);
	free(found);
	free(with_ext);
	free(dir);
	free(own);
	return l->to->kind == TARGET_PAGE;
}

/* Kinds of files that a program only shows: nothing in them is run. */
static bool
is_shown(const char *path)
{
	static const char *const kinds[] = {"png", "jpg", "jpeg", "gif", "webp",
	    "avif", "svg", "pdf", "mp4", "webm", "mov", "ogv", "ogg", "mp3",
	    "m4a", "wav", "flac"};
	const char *ext = path_ext(path);

	for (size_t i = 0; i < NITEMS(kinds); i++)
		if (text_casecmp(
			ext, strlen(ext), kinds[i], strlen(kinds[i])) == 0)
			return true;
	return false;
}

/* A file in dir that no link leads out of the site to. */
static char *
file_in(const struct site_config *c, const char *dir, const char *path)
{
	char *below = path_join(c->root, dir), *joined;
	char *real = NULL, *root = path_real(c->root);

	joined = path_join(below, path + strspn(path, "/"));
	if (file_is_regular(joined))
		real = path_real(joined);
	if (real && (!root || !path_below(root, real))) {
		free(real);
		real = NULL;
	}
	free(joined);
	free(below);
	free(root);
	return real;
}

/* The address of what is published, where the site says where that is. */
static bool
set_published(struct lookup *l)
{
	size_t n = origin_length(l->base);
	char *path, *address;

	if (n == 0)
		return false;
	path = join_address(l, l->path);
	address = xasprintf("%.*s%s", (int)n, l->base, path);
	set_outside(l->to, address);
	free(address);
	free(path);
	return true;
}

static bool
find_file(struct lookup *l)
{
	const struct site_config *c = l->site->config;
	char *own = path_dir(l->from), *real = NULL;
	const char *const dirs[] = {own, c->static_dir, c->asset_dir};

	for (size_t i = *l->path == '/'; i < NITEMS(dirs) && !real; i++)
		real = file_in(c, dirs[i], l->path);
	free(own);
	if (!real)
		return false;
	if (is_shown(real)) {
		l->to->kind = TARGET_FILE;
		l->to->path = real;
		return true;
	}
	free(real);
	return set_published(l);
}

/* A page that Hugo makes without a file: of a section, a taxonomy, a term. */
static bool
find_listing(struct lookup *l)
{
	const struct site_config *c = l->site->config;
	char *path = join_address(l, l->path);
	const char *base = c->base_url + origin_length(c->base_url);
	size_t nbase = strlen(base), n;
	const char *s = path;
	bool found = false;

	if (nbase > 1 && strncmp(s, base, nbase) == 0)
		s += nbase;
	s += strspn(s, "/");
	for (size_t i = 0; i < c->nlanguages; i++) {
		n = strlen(c->languages[i].code);
		if (strncmp(s, c->languages[i].code, n) == 0 && s[n] == '/') {
			s += n + 1;
			break;
		}
	}
	n = strcspn(s, "/");
	for (size_t i = 0; i < c->ntaxonomies && n > 0 && !found; i++)
		found = text_casecmp(s, n, c->taxonomies[i].plural,
			    strlen(c->taxonomies[i].plural)) == 0;
	for (size_t i = 0; i < l->site->n && n > 0 && !found; i++)
		found = l->site->v[i]->section &&
			strlen(l->site->v[i]->section) == n &&
			strncmp(l->site->v[i]->section, s, n) == 0 &&
			s[n + (s[n] == '/')] == '\0';
	free(path);
	return found && set_published(l);
}

static void
find_path(struct lookup *l)
{
	if (strlen(l->path) > PATH_BYTES) {
		l->to->why = xstrdup("the link's path is too long");
		return;
	}
	/* As ref and relref have put it. */
	if (site_entry(l->site, l->path))
		set_page(l->to, l->path);
	else if (!find_published(l) && !find_source(l) && !find_file(l) &&
		 !find_listing(l))
		l->to->why = xasprintf(
		    "broken link: no page and no file of the site is %s",
		    l->path);
}

/* An address with a host: of a page of the site, or of the web. */
static void
find_web(struct lookup *l, const char *address, const char *path, size_t n)
{
	const char *base = l->site->config->base_url;
	size_t origin = origin_length(address), own = origin_length(base);
	const char *host = strstr(address, "//"), *our = strstr(base, "//");
	char *decoded, *prefix;

	if (origin == 0) {
		l->to->why = xasprintf("broken link: %s has no host", address);
		return;
	}
	if (own > 0 &&
	    origin - (size_t)(host - address) == own - (size_t)(our - base) &&
	    text_casecmp(host, origin - (size_t)(host - address), our,
		own - (size_t)(our - base)) == 0) {
		decoded = unescape(path + origin, n > origin ? n - origin : 0);
		prefix = xstrndup(base, own);
		if (find_address(l, prefix, *decoded ? decoded : "/")) {
			free(decoded);
			free(prefix);
			return;
		}
		free(decoded);
		free(prefix);
	}
	set_outside(l->to, address);
}

/* The page's address as one of a directory: what is relative is joined to. */
static char *
base_of(const struct site *site, const char *from)
{
	const struct entry *e = site_entry(site, from);
	const char *s = e ? e->permalink : "", *slash;
	size_t origin = origin_length(s);

	slash = strrchr(s + origin, '/');
	return slash ? xstrndup(s, (size_t)(slash - s) + 1)
		     : xasprintf("%s/", s);
}

void
target_find(struct target *t, const struct site *site, const char *path,
    const char *address)
{
	struct lookup l = {.site = site, .from = path, .to = t};
	size_t n = strcspn(address, "?#");
	const char *hash = strchr(address, '#');
	char *whole = NULL;

	*t = (struct target){.kind = TARGET_BROKEN};
	t->fragment = hash ? unescape(hash + 1, strlen(hash + 1)) : xstrdup("");
	l.base = base_of(site, path);
	l.path = unescape(address, n);
	if (strncmp(address, "//", 2) == 0) {
		whole = xasprintf("https:%s", address);
		find_web(&l, whole, whole, n + strlen("https:"));
	} else if (is_web(address)) {
		find_web(&l, address, address, n);
	} else if (has_scheme(address, "mailto:")) {
		set_outside(t, address);
	} else if (scheme_length(address) > 0) {
		t->why = xasprintf("not opened, for it is neither http, https "
				   "nor mailto: %s",
		    address);
	} else if (strstr(address, "{{")) {
		t->why = xasprintf(
		    "broken link: its shortcode finds nothing: %s", address);
	} else if (n == 0 && hash) {
		set_page(t, path);
	} else if (n == 0 && !*address) {
		t->why = xstrdup("broken link: it has no address");
	} else if (n == 0) {
		set_page(t, path);
	} else {
		find_path(&l);
	}
	free(whole);
	free(l.base);
	free(l.path);
}
