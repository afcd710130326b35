/* SPDX-License-Identifier: ISC */
/*
 * The journal as a file: a line that names the format, then fields, each as
 * long as it says ("message 12", the bytes, a newline), then "end".
 */
#include "publish_journal.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"

static const char first[] = "galley publication 1\n";

enum {
	LOCK_TRIES = 20,
	LOCK_WAIT = 50, /* milliseconds */
	FLAG_ATOMIC = 1,
	FLAG_NO_VERIFY = 2,
	FLAG_NO_PUSH = 4,
};

static char *
path_of(struct repo *repo, const char *name)
{
	char *dir = path_join(repo_dir(repo), "galley");
	char *path = path_join(dir, name);

	free(dir);
	return path;
}

struct journal_post *
journal_add_post(struct journal *j, const char *path)
{
	struct journal_post *p;

	j->posts = xgrow(j->posts, j->nposts, &j->cap_posts, sizeof(*j->posts));
	p = &j->posts[j->nposts++];
	*p = (struct journal_post){.path = xstrdup(path)};
	return p;
}

struct journal_file *
journal_add_file(struct journal *j, const char *path)
{
	struct journal_file *f;

	j->files = xgrow(j->files, j->nfiles, &j->cap_files, sizeof(*j->files));
	f = &j->files[j->nfiles++];
	*f = (struct journal_file){.path = xstrdup(path)};
	return f;
}

void
journal_dispose(struct journal *j)
{
	for (size_t i = 0; i < j->nposts; i++) {
		free(j->posts[i].path);
		buf_dispose(&j->posts[i].before);
		buf_dispose(&j->posts[i].after);
	}
	for (size_t i = 0; i < j->nfiles; i++)
		free(j->files[i].path);
	free(j->posts);
	free(j->files);
	free(j->branch);
	free(j->message);
	free(j->reason);
	*j = (struct journal){0};
}

/* Writing. */

static void
put(struct buf *b, const char *name, const char *data, size_t len)
{
	buf_printf(b, "%s %zu\n", name, len);
	buf_add(b, data, len);
	buf_putc(b, '\n');
}

static void
put_text(struct buf *b, const char *name, const char *text)
{
	if (text && *text)
		put(b, name, text, strlen(text));
}

static void
put_file(struct buf *b, const struct journal_file *f)
{
	char *text;

	put_text(b, "file", f->path);
	text = xasprintf("%" PRId64 " %" PRId64 " %" PRIu64, f->stamp.mtime_ns,
	    f->stamp.size, f->stamp.inode);
	put_text(b, "stamp", text);
	free(text);
	if (!f->entry.there)
		return;
	text = xasprintf(
	    "%o %d %s", f->entry.mode, (int)f->entry.intent, f->entry.oid);
	put_text(b, "entry", text);
	free(text);
}

static void
put_all(struct buf *b, const struct journal *j)
{
	char text[32];

	buf_puts(b, first);
	snprintf(text, sizeof(text), "%d %d", (int)j->step,
	    (j->atomic ? FLAG_ATOMIC : 0) |
		(j->no_verify ? FLAG_NO_VERIFY : 0) |
		(j->no_push ? FLAG_NO_PUSH : 0));
	put_text(b, "step", text);
	put_text(b, "branch", j->branch);
	put_text(b, "message", j->message);
	put_text(b, "reason", j->reason);
	put_text(b, "head", j->head);
	put_text(b, "commit", j->commit);
	put_text(b, "from", j->from);
	put_text(b, "to", j->to);
	for (size_t i = 0; i < j->nposts; i++) {
		const struct journal_post *p = &j->posts[i];

		put_text(b, "post", p->path);
		put(b, "before", buf_text(&p->before), p->before.len);
		put(b, "after", buf_text(&p->after), p->after.len);
	}
	for (size_t i = 0; i < j->nfiles; i++)
		put_file(b, &j->files[i]);
	buf_puts(b, "end\n");
}

static int
make_dir(struct repo *repo, struct err *err)
{
	char *dir = path_join(repo_dir(repo), "galley");
	int rc = 0;

	if (mkdir(dir, 0777) == -1 && errno != EEXIST)
		rc = err_errno(err, dir);
	free(dir);
	return rc;
}

int
journal_write(struct repo *repo, const struct journal *j, struct err *err)
{
	char *path = path_of(repo, "publish");
	struct buf b = {0};
	struct file_write w = {.path = path, .secret = true};
	int rc = make_dir(repo, err);

	put_all(&b, j);
	w.data = buf_text(&b);
	w.len = b.len;
	if (rc == 0)
		rc = file_replace_all(&w, 1, NULL, err);
	buf_dispose(&b);
	free(path);
	return rc;
}

void
journal_remove(struct repo *repo)
{
	char *path = path_of(repo, "publish");

	unlink(path);
	free(path);
}

/* Reading. */

/* What is not read yet. */
struct cursor {
	const char *at, *end;
};

struct field {
	char name[16];
	const char *data;
	size_t len;
};

/* The next field; false at the end, or where it is broken. */
static bool
next(struct cursor *c, struct field *f)
{
	const char *space = memchr(c->at, ' ', (size_t)(c->end - c->at));
	unsigned long long len;
	char *end;

	if (!space || (size_t)(space - c->at) >= sizeof(f->name))
		return false;
	memcpy(f->name, c->at, (size_t)(space - c->at));
	f->name[space - c->at] = '\0';
	errno = 0;
	len = strtoull(space + 1, &end, 10);
	if (errno != 0 || *end != '\n' ||
	    len >= (unsigned long long)(c->end - end - 1))
		return false;
	f->data = end + 1;
	f->len = (size_t)len;
	c->at = f->data + f->len + 1;
	return f->data[f->len] == '\n';
}

static bool
take_oid(char oid[REPO_OID_LEN + 1], const char *text)
{
	if (strlen(text) != REPO_OID_LEN ||
	    strspn(text, "0123456789abcdef") != REPO_OID_LEN)
		return false;
	memcpy(oid, text, REPO_OID_LEN + 1);
	return true;
}

static bool
take_step(struct journal *j, const char *text)
{
	int step, flags;

	if (sscanf(text, "%d %d", &step, &flags) != 2 || step < 0 ||
	    step > JOURNAL_UNDOING)
		return false;
	j->step = (enum journal_step)step;
	j->atomic = flags & FLAG_ATOMIC;
	j->no_verify = flags & FLAG_NO_VERIFY;
	j->no_push = flags & FLAG_NO_PUSH;
	return true;
}

/* A path that stays in the work tree. */
static bool
is_inside(const char *path)
{
	char *clean = path_clean(path);
	bool inside = *path && *path != '/' && strcmp(clean, path) == 0 &&
		      strcmp(path, "..") != 0 && strncmp(path, "../", 3) != 0;

	free(clean);
	return inside;
}

static bool
take_file(struct journal *j, const char *name, const char *text)
{
	struct journal_file *f = j->nfiles ? &j->files[j->nfiles - 1] : NULL;
	char oid[REPO_OID_LEN + 2];
	int intent;

	if (strcmp(name, "file") == 0) {
		journal_add_file(j, text);
		return is_inside(text);
	}
	if (!f)
		return false;
	if (strcmp(name, "stamp") == 0)
		return sscanf(text, "%" SCNd64 " %" SCNd64 " %" SCNu64,
			   &f->stamp.mtime_ns, &f->stamp.size,
			   &f->stamp.inode) == 3;
	if (sscanf(text, "%o %d %41s", &f->entry.mode, &intent, oid) != 3)
		return false;
	f->entry.there = true;
	f->entry.intent = intent != 0;
	return take_oid(f->entry.oid, oid);
}

static bool
take_post(struct journal *j, const struct field *f, const char *text)
{
	struct journal_post *p = j->nposts ? &j->posts[j->nposts - 1] : NULL;

	if (strcmp(f->name, "post") == 0) {
		journal_add_post(j, text);
		return is_inside(text);
	}
	if (!p)
		return false;
	buf_add(strcmp(f->name, "before") == 0 ? &p->before : &p->after,
	    f->data, f->len);
	return true;
}

static bool
take(struct journal *j, const struct field *f, const char *text)
{
	const struct {
		const char *name;
		char **text;
	} texts[] = {{"branch", &j->branch}, {"message", &j->message},
	    {"reason", &j->reason}};
	const struct {
		const char *name;
		char *oid;
	} oids[] = {{"head", j->head}, {"commit", j->commit}, {"from", j->from},
	    {"to", j->to}};
	static const char *const post[] = {"post", "before", "after"};
	static const char *const file[] = {"file", "stamp", "entry"};

	for (size_t i = 0; i < NITEMS(texts); i++)
		if (strcmp(f->name, texts[i].name) == 0) {
			free(*texts[i].text);
			*texts[i].text = xstrdup(text);
			return true;
		}
	for (size_t i = 0; i < NITEMS(oids); i++)
		if (strcmp(f->name, oids[i].name) == 0)
			return take_oid(oids[i].oid, text);
	for (size_t i = 0; i < NITEMS(post); i++)
		if (strcmp(f->name, post[i]) == 0)
			return take_post(j, f, text);
	for (size_t i = 0; i < NITEMS(file); i++)
		if (strcmp(f->name, file[i]) == 0)
			return take_file(j, f->name, text);
	return strcmp(f->name, "step") == 0 && take_step(j, text);
}

static bool
parse(struct journal *j, const struct buf *b)
{
	struct cursor c = {buf_text(b), buf_text(b) + b->len};
	struct field f;
	char *text;
	bool good = true;

	if (b->len < sizeof(first) - 1 ||
	    memcmp(c.at, first, sizeof(first) - 1) != 0)
		return false;
	c.at += sizeof(first) - 1;
	while (good && next(&c, &f)) {
		text = xstrndup(f.data, f.len);
		good = take(j, &f, text);
		free(text);
	}
	return good && c.end - c.at == 4 && memcmp(c.at, "end\n", 4) == 0 &&
	       j->branch && (j->nposts + j->nfiles == 0 || j->message);
}

int
journal_read(struct repo *repo, struct journal *j, struct err *err)
{
	char *path = path_of(repo, "publish");
	struct stamp stamp;
	struct buf b = {0};
	int rc = 1;

	*j = (struct journal){0};
	if (file_exists(path))
		rc = file_read(path, &b, &stamp, err);
	if (rc == 0 && !parse(j, &b)) {
		journal_dispose(j);
		rc = err_code(err, ERR_GIT,
		    "%s is broken: look at git status, then remove it", path);
	}
	if (rc == 0)
		j->since = stamp.mtime_ns / 1000000000;
	buf_dispose(&b);
	free(path);
	return rc;
}

/* The lock. */

static int
open_lock(struct repo *repo, int flags, struct err *err)
{
	char *path = path_of(repo, "lock");
	int fd = open(path, flags | O_CLOEXEC | O_NOFOLLOW, 0666);

	if (fd == -1)
		err_errno(err, path);
	free(path);
	return fd;
}

static long
owner(int fd)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};

	if (fcntl(fd, F_GETLK, &l) == -1 || l.l_type == F_UNLCK)
		return 0;
	return (long)l.l_pid;
}

long
journal_owner(struct repo *repo)
{
	struct err ignored;
	int fd = open_lock(repo, O_RDWR, &ignored);
	long pid = fd == -1 ? 0 : owner(fd);

	if (fd != -1)
		close(fd);
	return pid;
}

int
journal_lock(struct repo *repo, struct err *err)
{
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd, rc = -1;

	if (make_dir(repo, err) == -1 ||
	    (fd = open_lock(repo, O_RDWR | O_CREAT, err)) == -1)
		return -1;
	for (int i = 0; i < LOCK_TRIES && rc == -1; i++) {
		if (i > 0)
			poll(NULL, 0, LOCK_WAIT);
		rc = fcntl(fd, F_SETLK, &l);
		/* A file system without locks: nobody is kept away. */
		if (rc == -1 && errno != EACCES && errno != EAGAIN)
			rc = 0;
	}
	if (rc == 0)
		return fd;
	err_code(err, ERR_GIT,
	    "another galley (process %ld) is publishing from here: try again "
	    "when it is done",
	    owner(fd));
	close(fd);
	return -1;
}

void
journal_unlock(int lock)
{
	close(lock);
}
