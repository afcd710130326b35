/* SPDX-License-Identifier: ISC */
/*
 * What the address of a picture stands for: a file of the page's bundle, of the
 * static or of the assets directory.  Nothing outside of the site is looked at.
 */
#include "page_priv.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "image.h"
#include "mem.h"
#include "text.h"

/* The path of an address: no query, no fragment, %20 is a space. */
static char *
address_path(const char *address)
{
	struct buf b = {0};

	text_unescape(&b, address, strcspn(address, "?#"));
	return buf_steal(&b);
}

/* With a scheme, or "//host/". */
static bool
is_remote(const char *address)
{
	size_t n = strcspn(address, ":/?#");

	return address[n] == ':' || !strncmp(address, "//", 2);
}

/* dir/path, when it is a file inside of the site, links followed. Caller frees.
 */
static char *
find_in(const struct site_config *c, const char *dir, const char *path)
{
	char *joined, *clean, *root = NULL, *real = NULL;
	bool inside;

	while (*path == '/')
		path++;
	if (!*path)
		return NULL;
	joined = path_join(dir, path);
	clean = path_clean(joined);
	free(joined);
	inside = path_below(c->root, clean) && file_is_regular(clean);
	if (inside) {
		root = path_real(c->root);
		real = path_real(clean);
		inside = root && real && path_below(root, real);
	}
	free(root);
	free(real);
	if (inside)
		return clean;
	free(clean);
	return NULL;
}

static char *
find_in_site(const struct site_config *c, const char *dir, const char *path)
{
	char *at = path_join(c->root, dir);
	char *found = find_in(c, at, path);

	free(at);
	return found;
}

/* The part of a path after the base URL's own path. */
static const char *
below_base(const struct site_config *c, const char *path)
{
	const char *host = strstr(c->base_url, "//");
	const char *base = host ? strchr(host + 2, '/') : NULL;
	size_t n = base ? strlen(base) : 0;

	return n > 1 && !strncmp(path, base, n) ? path + n : path;
}

static char *
find(const struct page_place *p, const char *path)
{
	const struct site_config *c = p->config;
	char *found = *path == '/' ? NULL : find_in(c, p->dir, path);

	if (*path == '/')
		path = below_base(c, path);
	if (!found)
		found = find_in_site(c, c->static_dir, path);
	if (!found)
		found = find_in_site(c, c->asset_dir, path);
	return found;
}

/* The file that an address of the site stands for, or NULL. Caller frees. */
static char *
locate(const struct page_place *p, const char *address)
{
	char *path = address_path(address);
	char *file = find(p, path);

	free(path);
	return file;
}

bool
page_picture(void *ctx, const char *address, struct md_picture *out)
{
	struct buf head = {0};
	struct stamp stamp;
	struct err err;
	char *file;

	if (is_remote(address))
		return false;
	memset(out, 0, sizeof(*out));
	file = locate(ctx, address);
	if (!file ||
	    file_read_head(file, IMAGE_HEAD, &head, &stamp, &err) == -1) {
		out->missing = true;
	} else {
		image_size(
		    buf_text(&head), head.len, &out->width, &out->height);
		out->size = stamp.size;
	}
	buf_dispose(&head);
	free(file);
	return true;
}

/* name in one of the page's directories. */
static char *
find_below(const struct page_place *p, const char *name)
{
	struct err err;
	char **dirs, *address = NULL, *found;
	size_t n;

	if (file_names(p->dir, &dirs, &n, &err) == -1)
		return NULL;
	for (size_t i = 0; i < n && !address; i++) {
		char *dir = path_join(p->dir, dirs[i]);

		found = file_is_dir(dir) ? find_in(p->config, dir, name) : NULL;
		if (found)
			address = path_join(dirs[i], name);
		free(found);
		free(dir);
	}
	file_names_free(dirs, n);
	return address;
}

char *
page_cover(const struct page_place *p, const char *name)
{
	char *path, *found, *below = NULL;

	if (is_remote(name))
		return xstrdup(name);
	path = address_path(name);
	found = find(p, path);
	if (!found && *path && *path != '/')
		below = find_below(p, path);
	free(found);
	free(path);
	return below ? below : xstrdup(name);
}

char *
page_picture_file(
    const struct site_config *c, const char *dir, const char *address)
{
	struct page_place place = {.config = c, .dir = (char *)dir};

	return is_remote(address) ? NULL : locate(&place, address);
}

bool
page_lacks_picture(const struct site_config *c, const char *dir,
    const char *address, bool cover)
{
	struct page_place place = {.config = c, .dir = xstrdup(dir)};
	char *at = cover ? page_cover(&place, address) : xstrdup(address);
	char *file = is_remote(at) ? NULL : locate(&place, at);
	bool lacks = !file && !is_remote(at);

	free(file);
	free(at);
	free(place.dir);
	return lacks;
}
