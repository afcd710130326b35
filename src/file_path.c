/* SPDX-License-Identifier: ISC */
/* Paths as strings. */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"

char *
path_join(const char *dir, const char *name)
{
	size_t len = strlen(dir), rest = strlen(name);
	char *path;

	if (*name == '/' || len == 0)
		return xstrndup(name, rest);
	if (!*name)
		return xstrndup(dir, len);
	path = xmalloc(len + rest + 2);
	memcpy(path, dir, len);
	if (dir[len - 1] != '/')
		path[len++] = '/';
	memcpy(path + len, name, rest + 1);
	return path;
}

char *
path_dir(const char *path)
{
	size_t len = (size_t)(path_base(path) - path);

	if (len == 0)
		return xstrdup(".");
	while (len > 1 && path[len - 1] == '/')
		len--;
	return xstrndup(path, len);
}

const char *
path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

const char *
path_ext(const char *path)
{
	const char *base = path_base(path), *dot = strrchr(base, '.');

	return dot && dot > base ? dot + 1 : "";
}

/* Is the last name of what is kept so far something that ".." takes back? */
static bool
can_go_up(const struct buf *b, size_t root)
{
	const char *s = buf_text(b);

	if (b->len <= root)
		return false;
	return strcmp(path_base(s), "..") != 0;
}

static void
go_up(struct buf *b, size_t root)
{
	size_t len = b->len;

	while (len > root && b->data[len - 1] != '/')
		len--;
	if (len > root)
		len--;
	buf_splice(b, len, b->len - len, NULL, 0);
}

char *
path_clean(const char *path)
{
	struct buf b = {0};
	size_t root = *path == '/', len;

	if (root)
		buf_putc(&b, '/');
	for (; *path; path += len) {
		path += strspn(path, "/");
		len = strcspn(path, "/");
		if (len == 0 || (len == 1 && path[0] == '.'))
			continue;
		if (len == 2 && memcmp(path, "..", 2) == 0) {
			if (can_go_up(&b, root)) {
				go_up(&b, root);
				continue;
			}
			if (root)
				continue;
		}
		if (b.len > root)
			buf_putc(&b, '/');
		buf_add(&b, path, len);
	}
	if (b.len == 0)
		buf_putc(&b, '.');
	return buf_steal(&b);
}

char *
path_real(const char *path)
{
	return realpath(path, NULL);
}

const char *
path_below(const char *dir, const char *path)
{
	size_t len = strlen(dir);

	if (strcmp(dir, path) == 0)
		return path + len;
	if (strcmp(dir, ".") == 0) {
		if (*path == '/' || strcmp(path, "..") == 0 ||
		    strncmp(path, "../", 3) == 0)
			return NULL;
		return path;
	}
	if (strncmp(dir, path, len) != 0)
		return NULL;
	if (len > 0 && dir[len - 1] == '/')
		return path + len;
	return path[len] == '/' ? path + len + 1 : NULL;
}
