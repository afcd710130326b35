/* SPDX-License-Identifier: ISC */
/* Files read whole, directories listed, new files made. */
#include "file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_priv.h"
#include "mem.h"

#define MAX_FILE ((size_t)64 << 20)

bool
stamp_equal(const struct stamp *a, const struct stamp *b)
{
	return a->mtime_ns == b->mtime_ns && a->size == b->size &&
	       a->inode == b->inode;
}

struct stamp
file_stamp_of(const struct stat *st)
{
	return (struct stamp){
	    .mtime_ns =
		(int64_t)st->st_mtim.tv_sec * 1000000000 + st->st_mtim.tv_nsec,
	    .size = st->st_size,
	    .inode = st->st_ino,
	};
}

int
file_stamp(const char *path, struct stamp *stamp, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == -1)
		return err_errno(err, path);
	*stamp = file_stamp_of(&st);
	return 0;
}

/* A pipe does not block the open, a terminal does not become ours. */
static int
open_regular(const char *path, struct stat *st, struct err *err)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);

	if (fd == -1)
		return err_errno(err, path);
	if (fstat(fd, st) == -1)
		err_errno(err, path);
	else if (S_ISDIR(st->st_mode))
		err_set(err, "%s: is a directory, not a file", path);
	else if (!S_ISREG(st->st_mode))
		err_set(err, "%s: is not a regular file", path);
	else
		return fd;
	close(fd);
	return -1;
}

/* Up to max bytes of a file that has (or had just now) size; -1 with errno. */
static int
read_some(int fd, size_t max, size_t size, struct buf *out)
{
	size_t got = 0, want;
	ssize_t n;

	while (got < max) {
		/* Some files of the system say that they are empty. */
		want = got < size ? size - got : 16384;
		if (want > max - got)
			want = max - got;
		n = read(fd, buf_space(out, want), want);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		if (n == 0)
			break;
		buf_filled(out, (size_t)n);
		got += (size_t)n;
		if (got == size)
			break;
	}
	return 0;
}

/*
 * The stamp is taken before the first byte is read: a write in between makes
 * it differ from the file's, and a later save finds out.
 */
static int
read_file(const char *path, size_t max, bool whole, struct buf *out,
    struct stamp *stamp, struct err *err)
{
	size_t before = out->len;
	struct stat st;
	int fd = open_regular(path, &st, err), r = 0;
	bool large;

	if (fd == -1)
		return -1;
	large = whole && st.st_size > (off_t)max;
	if (!large)
		r = read_some(
		    fd, whole ? max + 1 : max, (size_t)st.st_size, out);
	if (r == -1)
		err_errno(err, path);
	close(fd);
	if (large || (whole && out->len - before > max))
		r = err_set(err, "%s: is larger than 64 MiB", path);
	if (r == -1) {
		if (out->len > before)
			buf_splice(out, before, out->len - before, NULL, 0);
		return -1;
	}
	buf_add(out, "", 0); /* data is never NULL, as text an empty file */
	if (stamp)
		*stamp = file_stamp_of(&st);
	return 0;
}

int
file_read(
    const char *path, struct buf *out, struct stamp *stamp, struct err *err)
{
	return read_file(path, MAX_FILE, true, out, stamp, err);
}

int
file_read_head(const char *path, size_t max, struct buf *out,
    struct stamp *stamp, struct err *err)
{
	return read_file(path, max, false, out, stamp, err);
}

int
file_write_all(int fd, const void *data, size_t len)
{
	const char *p = data;
	ssize_t n;

	while (len > 0) {
		n = write(fd, p, len);
		if (n == -1 && errno == EINTR)
			continue;
		if (n == -1)
			return -1;
		p += n;
		len -= (size_t)n;
	}
	return 0;
}

int
file_sync(int fd)
{
	int r;

#ifdef F_FULLFSYNC
	if (fcntl(fd, F_FULLFSYNC) == 0)
		return 0;
#endif
	do
		r = fsync(fd);
	while (r == -1 && errno == EINTR);
	/* What cannot be synced at all is no reason to lose the work. */
	return r == -1 && (errno == EINVAL || errno == ENOTSUP) ? 0 : r;
}

void
file_sync_dir(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd == -1)
		return;
	file_sync(fd);
	close(fd);
}

int
file_write_error(struct err *err, const char *path, const char *outcome)
{
	const char *why = strerror(errno);

	if (errno == ENOSPC)
		why = "no space left on the device";
	return err_set(err, "%s: %s; %s", path, why, outcome);
}

/* Give the file at temp the name path, if nothing has it.  Where there are no
 * links, an empty file holds the place. */
static int
give_name(const char *temp, const char *path)
{
	int fd;

	if (link(temp, path) == 0)
		return 0;
	if (errno == EEXIST || errno == ENOSPC || errno == EROFS ||
	    errno == EIO || errno == EDQUOT || errno == ENOENT)
		return -1;
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
	if (fd == -1)
		return -1;
	close(fd);
	if (rename(temp, path) == 0)
		return 0;
	unlink(path);
	return -1;
}

static int
create_error(const char *path, struct err *err)
{
	if (errno == EEXIST)
		return err_set(err, "%s: exists already", path);
	return file_write_error(err, path, "the file was not made");
}

int
file_create(const char *path, const void *data, size_t len, struct err *err)
{
	char *dir = path_dir(path), *temp = NULL;
	int fd = -1, r = -1;

	if (file_mkdirs(dir, err) == -1)
		goto out;
	if (file_exists(path)) {
		errno = EEXIST;
		create_error(path, err);
		goto out;
	}
	fd = file_temp(path, 0666, &temp);
	if (fd == -1 || file_write_all(fd, data, len) == -1 ||
	    file_sync(fd) == -1 || give_name(temp, path) == -1) {
		create_error(path, err);
		goto out;
	}
	r = 0;
out:
	if (temp)
		unlink(temp);
	if (r == 0)
		file_sync_dir(dir);
	if (fd != -1)
		close(fd);
	free(temp);
	free(dir);
	return r;
}

int
file_mkdirs(const char *dir, struct err *err)
{
	char *copy, *p;
	int r = 0;

	if (file_is_dir(dir))
		return 0;
	copy = xasprintf("%s/", dir);
	for (p = copy; r == 0 && (p = strchr(p + 1, '/'));) {
		*p = '\0';
		if (!file_is_dir(copy) && mkdir(copy, 0777) == -1 &&
		    !(errno == EEXIST && file_is_dir(copy)))
			r = errno == EEXIST
				? err_set(err, "%s: is not a directory", copy)
				: err_errno(err, copy);
		*p = '/';
	}
	free(copy);
	return r;
}

bool
file_exists(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0;
}

bool
file_is_dir(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool
file_is_regular(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static int
by_bytes(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

int
file_names(const char *dir, char ***names, size_t *n, struct err *err)
{
	DIR *d = opendir(dir);
	struct dirent *entry;
	size_t cap = 0;

	*names = NULL;
	*n = 0;
	if (!d)
		return err_errno(err, dir);
	while ((errno = 0, entry = readdir(d))) {
		if (strcmp(entry->d_name, ".") == 0 ||
		    strcmp(entry->d_name, "..") == 0)
			continue;
		*names = xgrow(*names, *n, &cap, sizeof(**names));
		(*names)[(*n)++] = xstrdup(entry->d_name);
	}
	if (errno != 0) {
		err_errno(err, dir);
		closedir(d);
		file_names_free(*names, *n);
		*names = NULL;
		*n = 0;
		return -1;
	}
	closedir(d);
	if (*n > 0)
		qsort(*names, *n, sizeof(**names), by_bytes);
	return 0;
}

void
file_names_free(char **names, size_t n)
{
	for (size_t i = 0; i < n; i++)
		free(names[i]);
	free(names);
}
