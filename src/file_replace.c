/* SPDX-License-Identifier: ISC */
/*
 * Replacing a file: the new one is complete on the disk before it takes the
 * name.  Where that would change what the file is to others (its other names,
 * its owner, its attributes), it is overwritten, the old text safe beside it.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "file_priv.h"
#include "mem.h"

enum { MAX_LINKS = 40, MAX_TRIES = 100, KEEP_NAME = 100 };

static const char unchanged[] = "the file is unchanged";

struct change {
	const char *name; /* as the caller has it, for messages */
	char *path, *dir; /* links followed */
	const void *data;
	size_t len;
	const struct stamp *expect;
	bool exists;
	struct stat st; /* when it exists */
	struct stat result;
};

/* The end of a chain of links that leads to nothing; NULL and errno. */
static char *
follow_dangling(const char *path)
{
	char link[4096], *at = xstrdup(path), *dir;
	ssize_t n;

	for (int i = 0; i < MAX_LINKS; i++) {
		n = readlink(at, link, sizeof(link) - 1);
		if (n == -1)
			return at;
		link[n] = '\0';
		dir = path_dir(at);
		free(at);
		at = path_join(dir, link);
		free(dir);
	}
	free(at);
	errno = ELOOP;
	return NULL;
}

static int
changed(const struct change *c, struct err *err)
{
	return err_code(err, ERR_CHANGED,
	    "%s: changed on disk since it was read; read it again", c->name);
}

/* Is the file on the disk still the one that was looked at? */
static bool
is_same(const struct change *c, const struct stat *st)
{
	struct stamp now = file_stamp_of(st), then = file_stamp_of(&c->st);

	return st->st_dev == c->st.st_dev && stamp_equal(&now, &then);
}

static int
check_writable(const struct change *c, struct err *err)
{
	/* Root could, but who took the bit away meant it. */
	if (!(c->st.st_mode & S_IWUSR))
		return err_set(err,
		    "%s: is read-only; to change it, make it writable "
		    "(chmod u+w)",
		    c->name);
	if (faccessat(AT_FDCWD, c->path, W_OK, AT_EACCESS) == 0)
		return 0;
	return file_write_error(err, c->name, unchanged);
}

/* Find the file and see whether it may be replaced. */
static int
examine(struct change *c, struct err *err)
{
	struct stamp now;

	c->path = path_real(c->name);
	if (!c->path && errno == ENOENT)
		c->path = follow_dangling(c->name);
	if (!c->path)
		return err_errno(err, c->name);
	c->dir = path_dir(c->path);
	if (stat(c->path, &c->st) == -1) {
		if (errno != ENOENT)
			return err_errno(err, c->name);
		return c->expect ? err_code(err, ERR_CHANGED,
				       "%s: removed from the disk since it "
				       "was read",
				       c->name)
				 : 0;
	}
	c->exists = true;
	if (!S_ISREG(c->st.st_mode))
		return err_set(err, "%s: is not a regular file", c->name);
	now = file_stamp_of(&c->st);
	if (c->expect && !stamp_equal(c->expect, &now))
		return changed(c, err);
	return check_writable(c, err);
}

/*
 * A new file beside the other, ".NAME.galley-XXXXXXXX".  Its descriptor, or
 * -1 with errno; *temp is the caller's to free.
 */
static int
make_temp(const struct change *c, mode_t mode, char **temp)
{
	const char *base = path_base(c->path);
	size_t len = strlen(base);
	struct timespec t;
	uint32_t id;
	int fd = -1;

	/* Names have a limit; cut between code points. */
	if (len > KEEP_NAME)
		for (len = KEEP_NAME;
		     ((unsigned char)base[len] & 0xc0) == 0x80;)
			len--;
	*temp = NULL;
	for (int i = 0; i < MAX_TRIES && fd == -1; i++) {
		clock_gettime(CLOCK_REALTIME, &t);
		id = ((uint32_t)t.tv_sec ^ ((uint32_t)getpid() << 12) ^
			 (uint32_t)t.tv_nsec ^ ((uint32_t)i << 27)) *
		     2654435761U;
		free(*temp);
		*temp = xasprintf("%s/.%.*s.galley-%08x", c->dir, (int)len,
		    base, (unsigned)id);
		fd = open(*temp,
		    O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
		if (fd == -1 && errno != EEXIST)
			break;
	}
	return fd;
}

static int
temp_error(const struct change *c, struct err *err)
{
	if (errno == EACCES || errno == EPERM)
		return err_set(err,
		    "%s: its directory is read-only; make that writable "
		    "(chmod u+w %s); %s",
		    c->name, c->dir, unchanged);
	return file_write_error(err, c->name, unchanged);
}

/* Give the new file what the old one has; -1: not possible. */
static int
keep_attributes(int fd, const struct change *c)
{
	struct stat st;

	if (fstat(fd, &st) == -1)
		return -1;
	if ((st.st_uid != c->st.st_uid || st.st_gid != c->st.st_gid) &&
	    fchown(fd, c->st.st_uid, c->st.st_gid) == -1)
		return -1;
	/* After chown, which takes set-id bits away. */
	if (fchmod(fd, c->st.st_mode & 07777) == -1)
		return -1;
	return file_copy_xattrs(c->path, fd);
}

/* The new file is complete: let it take the name, unless the old one is not
 * what it was.  0, -1, or 1 when it cannot. */
static int
take_name(const struct change *c, const char *temp, struct err *err)
{
	struct stat st;

	if (stat(c->path, &st) == 0 ? !c->exists || !is_same(c, &st)
				    : c->exists)
		return changed(c, err);
	if (rename(temp, c->path) == 0)
		return 0;
	/* A mount point; another's file in a sticky directory. */
	if (c->exists && (errno == EBUSY || errno == EPERM || errno == EACCES))
		return 1;
	return file_write_error(err, c->name, unchanged);
}

/* 0, -1, or 1: the file would not be what it was, overwrite it. */
static int
by_rename(struct change *c, struct err *err)
{
	char *temp = NULL;
	int r = 1, fd = make_temp(c, c->exists ? 0600 : 0666, &temp);

	if (fd == -1) {
		r = temp_error(c, err);
		goto out;
	}
	if (c->exists && keep_attributes(fd, c) == -1)
		goto out;
	if (file_write_all(fd, c->data, c->len) == -1 || file_sync(fd) == -1 ||
	    fstat(fd, &c->result) == -1)
		r = file_write_error(err, c->name, unchanged);
	else
		r = take_name(c, temp, err);
	if (r == 0)
		file_sync_dir(c->dir);
out:
	if (fd != -1) {
		if (r != 0)
			unlink(temp);
		close(fd);
	}
	free(temp);
	return r;
}

static int
overwrite(int fd, const void *data, size_t len)
{
	if (lseek(fd, 0, SEEK_SET) == -1 ||
	    file_write_all(fd, data, len) == -1 ||
	    ftruncate(fd, (off_t)len) == -1)
		return -1;
	return file_sync(fd);
}

int
file_put_back(const char *path, const void *data, size_t len, struct err *err)
{
	int fd = open(path, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int r = fd == -1 ? -1 : overwrite(fd, data, len);

	if (r == -1)
		err_errno(err, path);
	if (fd != -1)
		close(fd);
	return r;
}

/* A synced copy of the old text beside the file. */
static char *
make_backup(const struct change *c, const struct buf *old, struct err *err)
{
	char *backup = NULL;
	int fd = make_temp(c, 0600, &backup);

	if (fd == -1) {
		temp_error(c, err);
		free(backup);
		return NULL;
	}
	if (file_write_all(fd, buf_text(old), old->len) == -1 ||
	    file_sync(fd) == -1) {
		file_write_error(err, c->name, unchanged);
		close(fd);
		unlink(backup);
		free(backup);
		return NULL;
	}
	close(fd);
	file_sync_dir(c->dir);
	return backup;
}

/* After a write that failed: the old text again, and its time, so that it is
 * still the file that was read. */
static int
restore(const struct change *c, int fd, const struct buf *old)
{
	struct timespec times[] = {c->st.st_atim, c->st.st_mtim};

	if (overwrite(fd, buf_text(old), old->len) == -1)
		return -1;
	futimens(fd, times);
	return 0;
}

/* Overwrite, and put it back if that fails.  Consumes the backup, but when
 * it is all that is left. */
static int
overwrite_safely(struct change *c, int fd, const struct buf *old,
    const char *backup, struct err *err)
{
	char *where;
	int r = overwrite(fd, c->data, c->len), e = errno;

	if (r == 0 && fstat(fd, &c->result) == -1)
		r = -1;
	if (r == -1 && restore(c, fd, old) == -1) {
		errno = e;
		where = xasprintf("the old text is in %s", backup);
		file_write_error(err, c->name, where);
		free(where);
		return -1;
	}
	errno = e;
	if (r == -1)
		file_write_error(err, c->name, unchanged);
	unlink(backup);
	file_sync_dir(c->dir);
	return r;
}

static int
in_place(struct change *c, struct err *err)
{
	struct buf old = {0};
	char *backup = NULL;
	struct stat st;
	int r = -1, fd;

	fd = open(c->path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd == -1) {
		file_write_error(err, c->name, unchanged);
		goto out;
	}
	if (file_read(c->path, &old, NULL, err) == -1)
		goto out;
	if (!(backup = make_backup(c, &old, err)))
		goto out;
	if (fstat(fd, &st) == -1 || !is_same(c, &st)) {
		unlink(backup);
		changed(c, err);
		goto out;
	}
	r = overwrite_safely(c, fd, &old, backup, err);
out:
	if (fd != -1)
		close(fd);
	free(backup);
	buf_dispose(&old);
	return r;
}

int
file_replace(const char *path, const void *data, size_t len,
    const struct stamp *expect, struct stamp *now, struct err *err)
{
	struct change c = {
	    .name = path, .data = data, .len = len, .expect = expect};
	int r = examine(&c, err);

	if (r == 0)
		r = c.exists && c.st.st_nlink > 1 ? 1 : by_rename(&c, err);
	if (r == 1)
		r = in_place(&c, err);
	if (r == 0 && now)
		*now = file_stamp_of(&c.result);
	free(c.path);
	free(c.dir);
	return r;
}
