/* SPDX-License-Identifier: ISC */
/* What the system tells of changes in directories. */
#include "notify.h"

#include <stddef.h>

#if defined(__has_include)
#if __has_include(<sys/inotify.h>)
#define HAVE_INOTIFY
#endif
#endif

#ifdef HAVE_INOTIFY

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/vfs.h>
#endif

#include "mem.h"

/* A user has some thousands for all programs together. */
#define MOST 4096

#define WANTED \
	(IN_CLOSE_WRITE | IN_MODIFY | IN_CREATE | IN_MOVED_TO | \
	    IN_MOVED_FROM | IN_DELETE | IN_MOVE_SELF | IN_ONLYDIR)

struct watched {
	int wd;
	char *dir;
};

struct notify {
	int fd;
	struct watched *v; /* by wd */
	size_t n, cap;
	char *gone; /* the directory of the last event, not watched any more */
	size_t at, len; /* of buf: what is read, and not told yet */
	_Alignas(struct inotify_event) char buf[16384];
};

struct notify *
notify_new(void)
{
	int fd = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	struct notify *n;

	if (fd == -1)
		return NULL;
	n = xcalloc(1, sizeof(*n));
	n->fd = fd;
	return n;
}

void
notify_free(struct notify *n)
{
	if (!n)
		return;
	close(n->fd);
	for (size_t i = 0; i < n->n; i++)
		free(n->v[i].dir);
	free(n->gone);
	free(n->v);
	free(n);
}

int
notify_fd(const struct notify *n)
{
	return n->fd;
}

/* Where wd is, or belongs. */
static size_t
place(const struct notify *n, int wd)
{
	size_t low = 0, high = n->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (n->v[mid].wd < wd)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

/* Do the changes that other machines or programs make go past this one? */
static bool
is_shared(const char *dir)
{
#ifdef __linux__
	/* From linux/magic.h and the kernel's sources. */
	static const unsigned types[] = {
	    0x6969,                             /* NFS */
	    0x517b, 0xfe534d42, 0xff534d42,     /* SMB, CIFS */
	    0x01021997,                         /* 9P */
	    0x65735546,                         /* FUSE: sshfs and many more */
	    0x5346414f, 0x6b414653, 0x73757245, /* AFS, Coda */
	    0x00c36400, 0x7461636f, 0x01161970, /* Ceph, OCFS2, GFS2 */
	    0x0bd00bd0, 0x47504653,             /* Lustre, GPFS */
	    0x786f4256, 0xbacbacbc,             /* of virtual machines */
	};
	struct statfs fs;

	if (statfs(dir, &fs) == -1)
		return false;
	for (size_t i = 0; i < NITEMS(types); i++)
		if (types[i] == (unsigned)fs.f_type)
			return true;
#endif
	(void)dir;
	return false;
}

int
notify_add(struct notify *n, const char *dir)
{
	bool shared = is_shared(dir);
	size_t at;
	int wd;

	wd = inotify_add_watch(n->fd, dir, WANTED);
	if (wd == -1)
		return errno == ENOENT || errno == ENOTDIR ? 0 : -1;
	at = place(n, wd);
	if (at < n->n && n->v[at].wd == wd)
		return shared ? -1 : 0;
	if (n->n >= MOST) {
		inotify_rm_watch(n->fd, wd);
		return -1;
	}
	n->v = xgrow(n->v, n->n, &n->cap, sizeof(*n->v));
	memmove(n->v + at + 1, n->v + at, (n->n - at) * sizeof(*n->v));
	n->v[at] = (struct watched){wd, xstrdup(dir)};
	n->n++;
	return shared ? -1 : 0;
}

static void
forget(struct notify *n, size_t at)
{
	free(n->gone);
	n->gone = n->v[at].dir;
	n->n--;
	memmove(n->v + at, n->v + at + 1, (n->n - at) * sizeof(*n->v));
}

/* What an event means; false: nothing. */
static bool
take(struct notify *n, const struct inotify_event *e, struct notify_event *out)
{
	size_t at;

	*out = (struct notify_event){NOTIFY_LOST, NULL, NULL};
	if (e->mask & IN_Q_OVERFLOW)
		return true;
	at = place(n, e->wd);
	if (at == n->n || n->v[at].wd != e->wd)
		return false;
	if (e->mask & IN_IGNORED) {
		forget(n, at);
		return false;
	}
	/* It goes by another name now. */
	if (e->mask & IN_MOVE_SELF)
		inotify_rm_watch(n->fd, e->wd);
	if (e->len == 0)
		return false;
	out->dir = n->v[at].dir;
	out->name = e->name;
	if (e->mask & IN_ISDIR)
		out->what = NOTIFY_DIRECTORY;
	else if (e->mask & (IN_CLOSE_WRITE | IN_MOVED_TO))
		out->what = NOTIFY_WRITTEN;
	else if (e->mask & (IN_DELETE | IN_MOVED_FROM))
		out->what = NOTIFY_GONE;
	else
		out->what = NOTIFY_WRITING;
	return true;
}

bool
notify_next(struct notify *n, struct notify_event *out)
{
	for (;;) {
		const struct inotify_event *e;
		ssize_t got;

		if (n->at == n->len) {
			got = read(n->fd, n->buf, sizeof(n->buf));
			if (got <= 0)
				return false;
			n->at = 0;
			n->len = (size_t)got;
		}
		e = (const void *)(n->buf + n->at);
		n->at += sizeof(*e) + e->len;
		if (take(n, e, out))
			return true;
	}
}

#else

struct notify *
notify_new(void)
{
	return NULL;
}

void
notify_free(struct notify *n)
{
	(void)n;
}

int
notify_fd(const struct notify *n)
{
	(void)n;
	return -1;
}

int
notify_add(struct notify *n, const char *dir)
{
	(void)n;
	(void)dir;
	return -1;
}

bool
notify_next(struct notify *n, struct notify_event *e)
{
	(void)n;
	(void)e;
	return false;
}

#endif
