/* SPDX-License-Identifier: ISC */
/*
 * Replacing files: the new one is complete on the disk before it takes the
 * name.  Where that would change what the file is to others (its other names,
 * its owner, its attributes), it is overwritten, old and new text safe beside
 * it.  Several are replaced all or none.
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

enum { MAX_LINKS = 40 };

static const char unchanged[] = "the file is unchanged";

struct change {
	struct file_write *write;
	const char *name; /* as the caller has it, for messages */
	char *path, *dir; /* links followed */
	bool exists;
	struct stat st; /* when it exists */
	struct stat result;
	int fd;         /* of the new text beside it, -1 */
	char *temp;     /* that file */
	bool in_place;  /* to be overwritten */
	bool done;      /* it holds the new text */
	struct buf old; /* to overwrite or put back: its bytes */
	char *backup;   /* to overwrite: a file with them */
	char *kept;     /* to put back: another name of what it was */
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

static int
removed(const struct change *c, struct err *err)
{
	return err_code(err, ERR_CHANGED,
	    "%s: removed from the disk since it was read", c->name);
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

/* Does it hold what was read?  Times are too coarse to tell, and who only
 * touched it changed nothing. */
static int
check_bytes(const struct change *c, struct err *err)
{
	const struct buf *base = c->write->base;
	struct stamp now, then = file_stamp_of(&c->st);
	struct buf bytes = {0};
	int r = file_read(c->path, &bytes, &now, err);

	if (r == 0 && (!stamp_equal(&now, &then) || bytes.len != base->len ||
			  memcmp(bytes.data, buf_text(base), bytes.len) != 0))
		r = changed(c, err);
	buf_dispose(&bytes);
	return r;
}

static int
check_unchanged(const struct change *c, struct err *err)
{
	struct stamp now = file_stamp_of(&c->st);

	if (c->write->base)
		return check_bytes(c, err);
	if (c->write->expect && !stamp_equal(c->write->expect, &now))
		return changed(c, err);
	return 0;
}

/* Find the file and see whether it may be replaced. before: done so already. */
static int
examine(struct change *c, const struct change *before, struct err *err)
{
	c->path = path_real(c->name);
	if (!c->path && errno == ENOENT)
		c->path = follow_dangling(c->name);
	if (!c->path)
		return err_errno(err, c->name);
	c->dir = path_dir(c->path);
	if (!before || strcmp(c->dir, before->dir) != 0)
		file_sweep(c->dir, NULL, NULL);
	if (stat(c->path, &c->st) == -1) {
		if (errno != ENOENT)
			return err_errno(err, c->name);
		return c->write->expect || c->write->base ? removed(c, err) : 0;
	}
	c->exists = true;
	if (!S_ISREG(c->st.st_mode))
		return err_set(err, "%s: is not a regular file", c->name);
	if (check_unchanged(c, err) == -1)
		return -1;
	return check_writable(c, err);
}

static int
temp_error(const struct change *c, struct err *err)
{
	if (errno == EACCES || errno == EPERM)
		return err_set(err,
		    "%s: its directory is read-only; make that writable "
		    "(chmod u+w %s); %s",
		    c->name, c->dir, unchanged);
	if (errno == ENOENT && c->exists)
		return removed(c, err);
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
	/* After chown, which takes set-id bits away, as does a write. */
	if (fchmod(fd, c->st.st_mode & 07777) == -1)
		return -1;
	return file_copy_xattrs(c->path, fd);
}

/* A synced copy of the old text beside the file. */
static int
make_backup(struct change *c, struct err *err)
{
	int fd, r = 0;

	buf_clear(&c->old);
	if (file_read(c->path, &c->old, NULL, err) == -1)
		return -1;
	fd = file_temp(c->path, 0600, &c->backup);
	if (fd == -1)
		return temp_error(c, err);
	if (file_write_all(fd, buf_text(&c->old), c->old.len) == -1 ||
	    file_sync(fd) == -1)
		r = file_write_error(err, c->name, unchanged);
	close(fd);
	return r;
}

/* Write the new text beside the file, so that committing it needs no room. */
static int
stage(struct change *c, struct err *err)
{
	const struct file_write *w = c->write;

	c->fd =
	    file_temp(c->path, c->exists || w->secret ? 0600 : 0666, &c->temp);
	if (c->fd == -1)
		return temp_error(c, err);
	if (file_write_all(c->fd, w->data, w->len) == -1)
		return file_write_error(err, c->name, unchanged);
	c->in_place = c->exists &&
		      (c->st.st_nlink > 1 || keep_attributes(c->fd, c) == -1);
	if (file_sync(c->fd) == -1 || fstat(c->fd, &c->result) == -1)
		return file_write_error(err, c->name, unchanged);
	return c->in_place ? make_backup(c, err) : 0;
}

int
file_overwrite(int fd, const void *data, size_t len)
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
	int r = fd == -1 ? -1 : file_overwrite(fd, data, len);

	if (r == -1)
		err_errno(err, path);
	if (fd != -1)
		close(fd);
	return r;
}

/* Another name for one of the two beside the file; both: it may be overwritten,
 * file_sweep() knows them. */
static int
arm(char **temp, const char *base, const char *suffix)
{
	char *name = xasprintf("%s%s", base, suffix);

	if (rename(*temp, name) == -1) {
		free(name);
		return -1;
	}
	free(*temp);
	*temp = name;
	return 0;
}

/* The old text again, and its time, so that it is still the file that was
 * read. */
static int
restore(const struct change *c, int fd)
{
	struct timespec times[] = {c->st.st_atim, c->st.st_mtim};

	if (file_overwrite(fd, buf_text(&c->old), c->old.len) == -1)
		return -1;
	futimens(fd, times);
	return 0;
}

/* The file may be neither: leave the two beside it to file_sweep(). */
static void
leave_torn(struct change *c)
{
	free(c->backup);
	free(c->temp);
	c->backup = c->temp = NULL;
}

static int
torn(struct change *c, int e, struct err *err)
{
	char *where = xasprintf("the old text is in %s", c->backup);

	leave_torn(c);
	errno = e;
	file_write_error(err, c->name, where);
	free(where);
	return -1;
}

static int
overwrite(struct change *c, int fd, struct err *err)
{
	int r = file_overwrite(fd, c->write->data, c->write->len), e;

	/* Set-id bits, which the write took away. */
	if (r == 0 && c->st.st_mode & 06000)
		fchmod(fd, c->st.st_mode & 07777);
	if (r == 0)
		r = fstat(fd, &c->result);
	e = errno;
	if (r == 0) {
		c->done = true;
		return 0;
	}
	if (restore(c, fd) == -1)
		return torn(c, e, err);
	errno = e;
	return file_write_error(err, c->name, unchanged);
}

static int
commit_in_place(struct change *c, struct err *err)
{
	int fd = open(c->path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	char *base = xstrdup(c->temp);
	struct stat st;
	int r = -1;

	if (fd == -1 || arm(&c->temp, base, ".new") == -1 ||
	    arm(&c->backup, base, ".old") == -1)
		file_write_error(err, c->name, unchanged);
	else if (fstat(fd, &st) == -1 || !is_same(c, &st))
		changed(c, err);
	else {
		file_sync_dir(c->dir);
		r = overwrite(c, fd, err);
	}
	if (fd != -1)
		close(fd);
	free(base);
	return r;
}

/* Remember what the file was, should another one of several fail. */
static int
keep_old(struct change *c, struct err *err)
{
	if (!c->exists || (c->kept = file_temp_link(c->path)))
		return 0;
	/* Not all systems have links. */
	return file_read(c->path, &c->old, NULL, err);
}

/* The new file is complete: let it take the name, unless the old one is not
 * what it was. */
static int
commit_by_rename(struct change *c, bool single, struct err *err)
{
	struct stat st;

	if (!single && keep_old(c, err) == -1)
		return -1;
	if (stat(c->path, &st) == 0 ? !c->exists || !is_same(c, &st)
				    : c->exists)
		return changed(c, err);
	if (rename(c->temp, c->path) == 0) {
		c->done = true;
		free(c->temp);
		c->temp = NULL;
		return 0;
	}
	/* A mount point; another's file in a sticky directory. */
	if (c->exists && (errno == EBUSY || errno == EPERM || errno == EACCES ||
			     errno == EXDEV)) {
		c->in_place = true;
		return make_backup(c, err) == -1 ? -1 : commit_in_place(c, err);
	}
	return file_write_error(err, c->name, unchanged);
}

static int
put_back_in_place(struct change *c)
{
	int fd = open(c->path, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	int r;

	if (fd == -1)
		return -1;
	r = restore(c, fd);
	if (r == -1)
		leave_torn(c);
	close(fd);
	return r;
}

/* The inverse of a commit. */
static int
put_back(struct change *c)
{
	struct stat st;
	struct err ignored;

	if (stat(c->path, &st) == -1 || st.st_ino != c->result.st_ino ||
	    st.st_dev != c->result.st_dev)
		return -1; /* another program's already */
	if (c->in_place)
		return put_back_in_place(c);
	if (!c->exists)
		return unlink(c->path);
	if (!c->kept)
		return file_replace(c->path, buf_text(&c->old), c->old.len,
		    NULL, NULL, &ignored);
	if (rename(c->kept, c->path) == -1)
		return -1;
	free(c->kept);
	c->kept = NULL;
	return 0;
}

static void
roll_back(struct change *v, size_t n, struct err *err)
{
	struct err why = *err;
	size_t lost = 0;

	while (n-- > 0) {
		struct change *c = &v[n];

		if (!c->done)
			continue;
		if (put_back(c) == 0) {
			c->done = false;
			file_sync_dir(c->dir);
		} else if (lost++ == 0) {
			err_code(err, why.code,
			    "%s; and %s holds the new text, which could not be "
			    "taken back",
			    why.msg, c->name);
		}
	}
}

static void
change_dispose(struct change *c)
{
	if (c->backup)
		unlink(c->backup);
	if (c->temp)
		unlink(c->temp);
	if (c->kept)
		unlink(c->kept);
	if (c->fd != -1)
		close(c->fd);
	free(c->backup);
	free(c->temp);
	free(c->kept);
	free(c->path);
	free(c->dir);
	buf_dispose(&c->old);
}

static int
commit_all(struct change *v, size_t n, size_t *at, struct err *err)
{
	int r = 0;

	/* Overwriting can fail in more ways: first. */
	for (size_t i = 0; i < n && r == 0; i++)
		if (v[i].in_place)
			r = commit_in_place(&v[ *at = i], err);
	for (size_t i = 0; i < n && r == 0; i++)
		if (!v[i].in_place)
			r = commit_by_rename(&v[ *at = i], n == 1, err);
	for (size_t i = 0; i < n && r == 0; i++)
		if (i == 0 || strcmp(v[i].dir, v[i - 1].dir) != 0)
			file_sync_dir(v[i].dir);
	if (r == -1)
		roll_back(v, n, err);
	return r;
}

int
file_replace_all(
    struct file_write *writes, size_t n, size_t *failed, struct err *err)
{
	struct change *v = xcalloc(n, sizeof(*v));
	size_t at = 0;
	int r = 0;

	for (size_t i = 0; i < n; i++)
		v[i] = (struct change){
		    .write = &writes[i], .name = writes[i].path, .fd = -1};
	for (size_t i = 0; i < n && r == 0; i++)
		r = examine(&v[at = i], i > 0 ? &v[i - 1] : NULL, err);
	for (size_t i = 0; i < n && r == 0; i++)
		r = stage(&v[at = i], err);
	if (r == 0)
		r = commit_all(v, n, &at, err);
	for (size_t i = 0; i < n; i++) {
		if (r == 0)
			writes[i].now = file_stamp_of(&v[i].result);
		change_dispose(&v[i]);
	}
	free(v);
	if (r == -1 && failed)
		*failed = at;
	return r;
}

int
file_replace(const char *path, const void *data, size_t len,
    const struct stamp *expect, struct stamp *now, struct err *err)
{
	struct file_write w = {
	    .path = path, .data = data, .len = len, .expect = expect};
	int r = file_replace_all(&w, 1, NULL, err);

	if (r == 0 && now)
		*now = w.now;
	return r;
}
