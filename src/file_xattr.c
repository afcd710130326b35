/* SPDX-License-Identifier: ISC */
/* Extended attributes, access control lists among them; Linux only. */
#include "file_priv.h"

#ifdef __linux__

#include <errno.h>
#include <string.h>
#include <sys/types.h>
#include <sys/xattr.h>

#include "mem.h"

enum { TRIES = 8 };

/* A file by its path, or by fd when path is NULL. */
struct subject {
	const char *path;
	int fd;
};

/* The value of an attribute; name NULL: the list of names. */
static ssize_t
ask(const struct subject *s, const char *name, void *data, size_t size)
{
	if (name)
		return s->path ? getxattr(s->path, name, data, size)
			       : fgetxattr(s->fd, name, data, size);
	return s->path ? listxattr(s->path, data, size)
		       : flistxattr(s->fd, data, size);
}

/* The same, of any size, in place of what is in out.  -1 with errno. */
static int
get(const struct subject *s, const char *name, struct buf *out)
{
	ssize_t n;

	for (int i = 0; i < TRIES; i++) {
		buf_clear(out);
		n = ask(s, name, NULL, 0);
		if (n <= 0)
			return (int)n;
		while (out->len < (size_t)n)
			buf_putc(out, '\0');
		n = ask(s, name, out->data, out->len);
		if (n >= 0) {
			out->len = (size_t)n;
			return 0;
		}
		if (errno != ERANGE) /* it has grown in between */
			break;
	}
	return -1;
}

static int
get_names(const struct subject *s, struct buf *names)
{
	if (get(s, NULL, names) == 0)
		return 0;
	buf_clear(names);
	return errno == ENOTSUP || errno == ENOSYS ? 0 : -1;
}

static bool
has_name(const struct buf *names, const char *name)
{
	for (size_t i = 0; i < names->len; i += strlen(names->data + i) + 1)
		if (strcmp(names->data + i, name) == 0)
			return true;
	return false;
}

/* The new file may have got some from its directory. */
static int
remove_others(int fd, const struct buf *names, const struct buf *wanted)
{
	const char *name;

	for (size_t i = 0; i < names->len; i += strlen(name) + 1) {
		name = names->data + i;
		if (!has_name(wanted, name) && fremovexattr(fd, name) == -1)
			return -1;
	}
	return 0;
}

/* A value that is right already is left alone: not all can be set. */
static int
copy_one(const struct subject *from, const struct subject *to, const char *name,
    struct buf *want, struct buf *have)
{
	if (get(from, name, want) == -1)
		return -1;
	if (get(to, name, have) == 0 && have->len == want->len &&
	    memcmp(buf_text(have), buf_text(want), want->len) == 0)
		return 0;
	return fsetxattr(to->fd, name, buf_text(want), want->len, 0);
}

int
file_copy_xattrs(const char *path, int fd)
{
	struct subject from = {path, -1}, to = {NULL, fd};
	struct buf wanted = {0}, names = {0}, want = {0}, have = {0};
	const char *name;
	int r = -1;

	if (get_names(&from, &wanted) == -1 || get_names(&to, &names) == -1 ||
	    remove_others(fd, &names, &wanted) == -1)
		goto out;
	for (size_t i = 0; i < wanted.len; i += strlen(name) + 1) {
		name = wanted.data + i;
		if (copy_one(&from, &to, name, &want, &have) == -1)
			goto out;
	}
	r = 0;
out:
	buf_dispose(&wanted);
	buf_dispose(&names);
	buf_dispose(&want);
	buf_dispose(&have);
	return r;
}

#else

int
file_copy_xattrs(const char *path, int fd)
{
	(void)path;
	(void)fd;
	return 0;
}

#endif
