/* SPDX-License-Identifier: ISC */
/*
 * Where edits are kept that are not saved.  SITE-POST.SESSION is one post's,
 * SITE and POST being hashes; SESSION, "PID-ID", is one running program, which
 * holds a lock on SESSION.lock.  Without that lock it is gone, and what it kept
 * is for everyone.
 */
#include "recover.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "date.h"
#include "mem.h"
#include "recover_priv.h"

enum {
	MAX_ITEMS = 100,
	MAX_NAMES = 2000, /* looked at in the directory */
	MAX_KEPT = 100,   /* posts of one program */
	LONG_AGO = 600,   /* seconds: a process of that number is another one */
	HASH_DIGITS = 16,
};

/* What this program keeps of a post. */
struct kept {
	char *path;
	uint64_t hash; /* of the last text; 0: to be written in any case */
};

struct recover {
	char *root;    /* of the site, links resolved */
	char *dir;     /* NULL: there is no place */
	char *session; /* NULL: nothing was kept yet */
	int lock;
	struct kept *kept;
	size_t nkept, cap_kept;
	struct recover_item **items;
	size_t n, cap;
	bool told; /* that it does not work */
};

static char *
state_dir(void)
{
	const char *state = getenv("XDG_STATE_HOME"), *home = getenv("HOME");

	/* The specification has relative paths ignored. */
	if (state && *state == '/')
		return xasprintf("%s/galley/unsaved", state);
	if (home && *home == '/')
		return xasprintf("%s/.local/state/galley/unsaved", home);
	return NULL;
}

struct recover *
recover_open(const char *root)
{
	struct recover *r = xcalloc(1, sizeof(*r));
	char *real = path_real(root);

	r->root = real ? real : xstrdup(root);
	r->dir = state_dir();
	r->lock = -1;
	return r;
}

static void
items_clear(struct recover *r)
{
	for (size_t i = 0; i < r->n; i++)
		recover_item_free(r->items[i]);
	r->n = 0;
}

static char *
lock_path(const struct recover *r, const char *session)
{
	return xasprintf("%s/%s.lock", r->dir, session);
}

void
recover_close(struct recover *r)
{
	char *path;

	if (!r)
		return;
	if (r->session) {
		path = lock_path(r, r->session);
		unlink(path);
		free(path);
	}
	if (r->lock != -1)
		close(r->lock);
	items_clear(r);
	for (size_t i = 0; i < r->nkept; i++)
		free(r->kept[i].path);
	free(r->kept);
	free(r->items);
	free(r->session);
	free(r->dir);
	free(r->root);
	free(r);
}

/* The directory, for its owner alone. */
static int
make_dir(const struct recover *r, struct err *err)
{
	char *above = path_dir(r->dir);
	int rc = file_mkdirs(above, err);

	if (rc == 0 && mkdir(r->dir, 0700) == -1 &&
	    (errno != EEXIST || chmod(r->dir, 0700) == -1))
		rc = err_errno(err, r->dir);
	free(above);
	return rc;
}

static int
take_lock(struct recover *r, const char *session, struct err *err)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	char *path = lock_path(r, session);
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd == -1)
		err_errno(err, path);
	else
		fcntl(fd, F_SETLK, &l); /* else the number has to do */
	free(path);
	r->lock = fd;
	return fd == -1 ? -1 : 0;
}

static int
begin_session(struct recover *r, struct err *err)
{
	struct timespec t;
	char *session;

	if (r->session)
		return 0;
	if (!r->dir)
		return err_set(err,
		    "unsaved edits are not kept: neither XDG_STATE_HOME nor "
		    "HOME is set");
	if (make_dir(r, err) == -1)
		return -1;
	file_sweep(r->dir, NULL, NULL);
	clock_gettime(CLOCK_REALTIME, &t);
	session = xasprintf("%lx-%08x", (unsigned long)getpid(),
	    (unsigned)((uint32_t)t.tv_sec ^ (uint32_t)t.tv_nsec * 2654435761U));
	if (take_lock(r, session, err) == -1) {
		free(session);
		return -1;
	}
	r->session = session;
	return 0;
}

static char *
file_of(const struct recover *r, const char *path)
{
	return xasprintf("%s/%016" PRIx64 "-%016" PRIx64 ".%s", r->dir,
	    recover_hash(r->root, strlen(r->root)),
	    recover_hash(path, strlen(path)), r->session);
}

static struct kept *
find_kept(const struct recover *r, const char *path)
{
	for (size_t i = 0; i < r->nkept; i++)
		if (strcmp(r->kept[i].path, path) == 0)
			return &r->kept[i];
	return NULL;
}

static struct kept *
add_kept(struct recover *r, const char *path)
{
	struct kept *k = find_kept(r, path);

	if (k)
		return k;
	r->kept = xgrow(r->kept, r->nkept, &r->cap_kept, sizeof(*r->kept));
	k = &r->kept[r->nkept++];
	*k = (struct kept){xstrdup(path), 0};
	return k;
}

/* Of all that is kept but the time; never 0. */
static uint64_t
hash_of(const struct post *post)
{
	size_t len;
	const char *text = fm_text(post->fm, &len);
	uint64_t h = recover_hash(text, len) * 3 +
		     recover_hash(buf_text(&post->base), post->base.len);

	return h ? h : 1;
}

static int
write_kept(struct recover *r, const char *path, const struct buf *text,
    struct err *err)
{
	char *file = file_of(r, path);
	struct file_write w = {.path = file,
	    .data = buf_text(text),
	    .len = text->len,
	    .secret = true};
	int rc = file_replace_all(&w, 1, NULL, err);

	free(file);
	return rc;
}

static int
keep(struct recover *r, const char *path, const struct post *post,
    struct err *err)
{
	struct buf text = {0};
	struct kept *k = find_kept(r, path);
	uint64_t hash = hash_of(post);
	int rc = 0;

	if (k && k->hash == hash)
		return 0;
	if (!k && r->nkept >= MAX_KEPT)
		return err_set(err,
		    "%s: its edits are not kept, too many others are; save",
		    path);
	if (begin_session(r, err) == -1)
		return -1;
	if (!recover_write(&text, r->root, path, post, date_now_unix()) ||
	    text.len > RECOVER_MAX)
		rc = err_set(err,
		    "%s: its front matter is too large to keep edits", path);
	else
		rc = write_kept(r, path, &text, err);
	if (rc == 0)
		add_kept(r, path)->hash = hash;
	buf_dispose(&text);
	return rc;
}

int
recover_put(struct recover *r, const char *path, const struct post *post,
    struct err *err)
{
	if (!post_changed(post)) {
		recover_drop(r, path);
		return 0;
	}
	if (keep(r, path, post, err) == 0) {
		r->told = false;
		return 0;
	}
	if (r->told)
		return 0;
	r->told = true;
	return -1;
}

void
recover_drop(struct recover *r, const char *path)
{
	struct kept *k = find_kept(r, path);
	char *file;

	if (!k)
		return;
	file = file_of(r, path);
	unlink(file);
	free(file);
	free(k->path);
	*k = r->kept[--r->nkept];
}

/* What is there. */

/* Has the program ended?  Its lock file goes when it has. */
static bool
is_over(const struct recover *r, const char *session)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	long pid = strtol(session, NULL, 16);
	char *path = lock_path(r, session);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct stat st;
	bool over = false, gone, locks;

	if (fd == -1) {
		over = errno == ENOENT;
		free(path);
		return over;
	}
	/* Our own number: it was another's, who had it before us. */
	gone = pid == (long)getpid() ||
	       (pid > 0 && kill((pid_t)pid, 0) == -1 && errno == ESRCH);
	locks = fcntl(fd, F_GETLK, &l) == 0;
	over = locks ? l.l_type == F_UNLCK : gone;
	/* Between the two it might be about to take the lock. */
	if (over && !gone && fstat(fd, &st) == 0)
		over = time(NULL) - st.st_mtime > LONG_AGO;
	close(fd);
	if (over)
		unlink(path);
	free(path);
	return over;
}

/* Is it a name of what was kept on this site?  Its session, or NULL. */
static const char *
session_of(const struct recover *r, const char *name, const char *site)
{
	size_t len = 2 * HASH_DIGITS + 1;
	const char *session;

	if (strncmp(name, site, HASH_DIGITS) != 0 || name[HASH_DIGITS] != '-' ||
	    strlen(name) < len + 2 || name[len] != '.')
		return NULL;
	session = name + len + 1;
	if (r->session && strcmp(session, r->session) == 0)
		return NULL;
	return session;
}

static void
read_item(struct recover *r, const char *name)
{
	char *file = path_join(r->dir, name);
	struct recover_item *item = NULL;
	struct buf text = {0};
	struct err ignored;

	if (file_read_head(file, RECOVER_MAX + 1, &text, NULL, &ignored) == 0 &&
	    text.len <= RECOVER_MAX)
		item = recover_read(buf_text(&text), text.len, r->root);
	buf_dispose(&text);
	if (!item) {
		free(file);
		return;
	}
	item->file = file;
	r->items =
	    xgrow(r->items, r->n, &r->cap, sizeof(struct recover_item *));
	r->items[r->n++] = item;
}

static int
newest_first(const void *a, const void *b)
{
	const struct recover_item *x = *(struct recover_item *const *)a;
	const struct recover_item *y = *(struct recover_item *const *)b;

	if (x->when != y->when)
		return x->when < y->when ? 1 : -1;
	return strcmp(x->path, y->path);
}

struct recover_item *const *
recover_list(struct recover *r, size_t *n)
{
	DIR *d = r->dir ? opendir(r->dir) : NULL;
	char site[HASH_DIGITS + 1];
	struct dirent *entry;
	const char *session;

	items_clear(r);
	snprintf(site, sizeof(site), "%016" PRIx64,
	    recover_hash(r->root, strlen(r->root)));
	for (int i = 0; d && i < MAX_NAMES && (entry = readdir(d)); i++) {
		session = session_of(r, entry->d_name, site);
		if (session && is_over(r, session))
			read_item(r, entry->d_name);
	}
	if (d)
		closedir(d);
	if (r->n > 0)
		qsort(r->items, r->n, sizeof(struct recover_item *),
		    newest_first);
	for (; r->n > MAX_ITEMS; r->n--)
		recover_item_free(r->items[r->n - 1]);
	*n = r->n;
	return r->items;
}

struct recover_item *const *
recover_listed(struct recover *r, size_t *n)
{
	*n = r->n;
	return r->items;
}

const struct recover_item *
recover_find(struct recover *r, const char *path)
{
	for (size_t i = 0; i < r->n; i++)
		if (strcmp(r->items[i]->path, path) == 0)
			return r->items[i];
	return NULL;
}

/* The store's own item behind a borrowed one. */
static struct recover_item *
own(const struct recover *r, const struct recover_item *item)
{
	for (size_t i = 0; i < r->n; i++)
		if (r->items[i] == item)
			return r->items[i];
	return NULL;
}

int
recover_claim(
    struct recover *r, const struct recover_item *item, struct err *err)
{
	struct recover_item *mine = own(r, item);
	char *file;

	if (!mine || mine->claimed)
		return 0;
	if (begin_session(r, err) == -1)
		return -1;
	file = file_of(r, mine->path);
	if (rename(mine->file, file) == -1) {
		free(file);
		return errno == ENOENT
			   ? err_code(err, ERR_REFUSED,
				 "%s: another galley has restored or "
				 "discarded its edits",
				 mine->path)
			   : err_errno(err, mine->file);
	}
	free(mine->file);
	mine->file = file;
	mine->claimed = true;
	add_kept(r, mine->path)->hash = 0;
	return 0;
}

void
recover_discard(struct recover *r, const struct recover_item *item)
{
	struct recover_item *mine = own(r, item);

	if (!mine)
		return;
	if (mine->claimed)
		recover_drop(r, mine->path);
	else
		unlink(mine->file);
}
