/* SPDX-License-Identifier: ISC */
/*
 * Files that stand beside another one while it is saved, and what is done with
 * those that a killed program has left.  ".NAME.galley-PID-ID" may go at any
 * time after its program; a pair of them with ".new" and ".old" is there while
 * NAME itself is being overwritten, both whole.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "file_priv.h"
#include "mem.h"

enum {
	MAX_TRIES = 100,
	KEEP_NAME = 200, /* of 255 bytes */
	MAX_LEFT = 1000, /* looked at in one directory */
	ID_DIGITS = 8,
	/* Seconds after which a process of that number is another one. */
	LONG_AGO = 600,
};

static const char mark[] = ".galley-";

enum kind { KIND_TEMP, KIND_NEW, KIND_OLD };

struct left {
	char *path;
	char *target; /* what it stands beside */
	long pid;
	enum kind kind;
};

static char *
temp_name(const char *path, int try)
{
	const char *base = path_base(path);
	size_t len = strlen(base);
	struct timespec t;
	uint32_t id;

	/* Names have a limit; cut between code points. */
	if (len > KEEP_NAME)
		for (len = KEEP_NAME;
		     ((unsigned char)base[len] & 0xc0) == 0x80;)
			len--;
	clock_gettime(CLOCK_REALTIME, &t);
	id = ((uint32_t)t.tv_sec ^ ((uint32_t)getpid() << 12) ^
		 (uint32_t)t.tv_nsec ^ ((uint32_t)try << 27)) *
	     2654435761U;
	return xasprintf("%.*s.%.*s%s%lx-%08x", (int)(base - path), path,
	    (int)len, base, mark, (unsigned long)getpid(), (unsigned)id);
}

/* The lock says to others that we are alive; not all systems have locks. */
static void
lock(int fd)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	fcntl(fd, F_SETLK, &l);
}

int
file_temp(const char *path, mode_t mode, char **temp)
{
	int fd = -1;

	*temp = NULL;
	for (int i = 0; i < MAX_TRIES && fd == -1; i++) {
		free(*temp);
		*temp = temp_name(path, i);
		fd = open(*temp,
		    O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
		if (fd == -1 && errno != EEXIST)
			break;
	}
	if (fd == -1) {
		free(*temp);
		*temp = NULL;
		return -1;
	}
	lock(fd);
	return fd;
}

char *
file_temp_link(const char *path)
{
	char *temp;

	for (int i = 0; i < MAX_TRIES; i++) {
		temp = temp_name(path, i);
		if (link(path, temp) == 0)
			return temp;
		free(temp);
		if (errno != EEXIST)
			break;
	}
	return NULL;
}

/* Hexadecimal digits before s + len, at most max; 0: none. */
static size_t
digits_before(const char *s, size_t len, size_t max)
{
	size_t n = 0;

	while (n < len && n < max && strchr("0123456789abcdef", s[len - n - 1]))
		n++;
	return n;
}

/* Is it one of ours? */
static bool
parse(const char *name, struct left *left, size_t *target_len)
{
	size_t len = strlen(name), n, marked = sizeof(mark) - 1;
	char pid[17] = "";

	left->kind = KIND_TEMP;
	if (len > 4 && strcmp(name + len - 4, ".new") == 0)
		left->kind = KIND_NEW;
	else if (len > 4 && strcmp(name + len - 4, ".old") == 0)
		left->kind = KIND_OLD;
	if (left->kind != KIND_TEMP)
		len -= 4;
	if (digits_before(name, len, ID_DIGITS) != ID_DIGITS)
		return false;
	len -= ID_DIGITS;
	if (len == 0 || name[len - 1] != '-')
		return false;
	len--;
	n = digits_before(name, len, sizeof(pid) - 2);
	if (n == 0)
		return false;
	len -= n;
	memcpy(pid, name + len, n);
	left->pid = strtol(pid, NULL, 16);
	if (name[0] != '.' || len < marked + 2 ||
	    memcmp(name + len - marked, mark, marked) != 0)
		return false;
	*target_len = len - marked - 1;
	return left->pid > 0;
}

bool
file_is_leftover(const char *name)
{
	struct left left;
	size_t len;

	return name[0] == '.' && parse(name, &left, &len);
}

static bool
is_locked(int fd)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	return fcntl(fd, F_GETLK, &l) == 0 && l.l_type != F_UNLCK;
}

/* Is the program that made it gone? */
static bool
is_stale(const struct left *left)
{
	int fd =
	    open(left->path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	bool stale;

	if (fd == -1)
		return false;
	stale = fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && !is_locked(fd);
	close(fd);
	if (!stale)
		return false;
	if (left->pid != (long)getpid() && kill((pid_t)left->pid, 0) == -1 &&
	    errno == ESRCH)
		return true;
	return time(NULL) - st.st_ctim.tv_sec > LONG_AGO;
}

/* Can it be what overwriting old with new had come to?  Parts of the disk may
 * never have been written. */
static bool
is_mixture(const struct buf *now, const struct buf *old, const struct buf *new)
{
	size_t low = old->len < new->len ? old->len : new->len;
	size_t high = old->len > new->len ? old->len : new->len;

	if (now->len < low || now->len > high)
		return false;
	for (size_t i = 0; i < now->len; i++)
		if (now->data[i] != '\0' &&
		    (i >= old->len || now->data[i] != old->data[i]) &&
		    (i >= new->len || now->data[i] != new->data[i]))
			return false;
	return true;
}

static bool
is_same(const struct buf *a, const struct buf *b)
{
	return a->len == b->len &&
	       memcmp(buf_text(a), buf_text(b), a->len) == 0;
}

/* Go on where the program was stopped that overwrote the file. */
static enum file_left
complete(const char *path, const struct buf *new)
{
	struct err ignored;

	if (file_put_back(path, buf_text(new), new->len, &ignored) == -1)
		return FILE_LEFT_TORN;
	return FILE_LEFT_COMPLETED;
}

/* The two that are beside a file while it is overwritten. */
static enum file_left
settle(const char *path, const char *old_path, const char *new_path)
{
	struct buf now = {0}, old = {0}, new = {0};
	enum file_left what = FILE_LEFT_TORN;
	struct err ignored;

	if (file_read(path, &now, NULL, &ignored) == -1 ||
	    file_read(old_path, &old, NULL, &ignored) == -1 ||
	    file_read(new_path, &new, NULL, &ignored) == -1)
		goto out;
	if (is_same(&now, &old) || is_same(&now, &new))
		what = FILE_LEFT_NOTHING;
	else if (is_mixture(&now, &old, &new))
		what = complete(path, &new);
out:
	buf_dispose(&now);
	buf_dispose(&old);
	buf_dispose(&new);
	return what;
}

static char *
partner_of(const char *path, const char *suffix)
{
	return xasprintf("%.*s%s", (int)strlen(path) - 4, path, suffix);
}

static void
sweep_old(const struct left *left, file_told told, void *ctx)
{
	char *partner = partner_of(left->path, ".new");
	enum file_left what = FILE_LEFT_NOTHING;

	if (file_exists(partner))
		what = settle(left->target, left->path, partner);
	if (what != FILE_LEFT_NOTHING && told)
		told(ctx, what, left->target, left->path);
	if (what != FILE_LEFT_TORN) {
		unlink(left->path);
		unlink(partner);
	}
	free(partner);
}

static void
sweep_one(const struct left *left, file_told told, void *ctx)
{
	char *partner;

	if (!is_stale(left))
		return;
	if (left->kind == KIND_OLD) {
		sweep_old(left, told, ctx);
	} else if (left->kind == KIND_NEW) {
		partner = partner_of(left->path, ".old");
		if (!file_exists(partner))
			unlink(left->path);
		free(partner);
	} else {
		unlink(left->path);
	}
}

void
file_sweep(const char *dir, file_told told, void *ctx)
{
	DIR *d = opendir(dir);
	struct left *v = NULL, left = {0};
	size_t n = 0, cap = 0, len;
	struct dirent *entry;

	while (d && n < MAX_LEFT && (entry = readdir(d))) {
		const char *at = entry->d_name;

		if (at[0] != '.' || !parse(at, &left, &len))
			continue;
		v = xgrow(v, n, &cap, sizeof(*v));
		left.path = path_join(dir, at);
		left.target = xasprintf("%s/%.*s", dir, (int)len, at + 1);
		v[n++] = left;
	}
	if (d)
		closedir(d);
	for (size_t i = 0; i < n; i++) {
		sweep_one(&v[i], told, ctx);
		free(v[i].path);
		free(v[i].target);
	}
	free(v);
}
