/* SPDX-License-Identifier: ISC */
/* The socket that questions come through, and the client at its other end. */
#include "askpass.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "mem.h"
#include "text.h"

#define VARIABLE     "GALLEY_ASKPASS" /* where the socket is */
#define MOST_TEXT    8192             /* bytes of a question */
#define MOST_ANSWER  65536            /* bytes */
#define READ_MS      5000             /* for the client to say its question */
#define ANSWERED     'a'
#define NOT_ANSWERED 'n'

struct askpass {
	char *dir, *socket, *program;
	char *signers[2];
	int fd;
	struct proc_side side;
	askpass_answer answer;
	void *ctx;
	char *vars[6]; /* owned, NULL-terminated */
};

static bool
has_any(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strstr(text, *words))
			return true;
	return false;
}

struct question
askpass_read(const char *text, const char *hint)
{
	static const char *const yes_no[] = {"(yes/no", "[y/n]", "(y/n)", NULL};
	static const char *const names[] = {
	    "Username", "username", "login:", NULL};
	struct question q = {.text = text};

	hint = hint ? hint : "";
	q.notice = strcmp(hint, "none") == 0;
	q.yes_no = strcmp(hint, "confirm") == 0 || has_any(text, yes_no);
	q.secret = !q.notice && !q.yes_no && !has_any(text, names);
	return q;
}

/* All that comes, until the other end has no more, limit bytes at most. */
static int
read_all(int fd, struct buf *out, size_t limit, int ms)
{
	struct pollfd p = {.fd = fd, .events = POLLIN};
	char chunk[1024];
	ssize_t n;

	while (out->len <= limit) {
		if (poll(&p, 1, ms) <= 0)
			return -1;
		n = read(fd, chunk, sizeof(chunk));
		if (n == -1 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0 ? 0 : -1;
		buf_add(out, chunk, (size_t)n);
		mem_wipe(chunk, sizeof(chunk));
	}
	return -1;
}

static int
write_all(int fd, const char *s, size_t len)
{
	ssize_t n;

	for (; len; s += n, len -= (size_t)n) {
		n = write(fd, s, len);
		if (n == -1 && errno == EINTR)
			n = 0;
		else if (n <= 0)
			return -1;
	}
	return 0;
}

/* Clean, but with its lines. */
static char *
clean_lines(const char *s)
{
	const char *nl;
	struct buf out = {0};

	for (; *s; s = *nl ? nl + 1 : nl) {
		nl = s + strcspn(s, "\n");
		text_clean(&out, s, (size_t)(nl - s));
		if (*nl && nl[1])
			buf_puts(&out, "\n");
	}
	return buf_steal(&out);
}

static void
serve(struct askpass *a, int fd)
{
	struct buf text = {0}, answer = {0};
	struct question q;
	char *clean, status;
	const char *nul;
	int rc = -1;

	/* The hint, a NUL, the text. */
	if (read_all(fd, &text, MOST_TEXT, READ_MS) == 0 &&
	    (nul = memchr(buf_text(&text), '\0', text.len))) {
		clean = clean_lines(nul + 1);
		q = askpass_read(clean, text.data);
		rc = a->answer(a->ctx, &q, &answer);
		free(clean);
	}
	status = rc == 0 ? ANSWERED : NOT_ANSWERED;
	if (write_all(fd, &status, 1) == 0 && rc == 0)
		write_all(fd, buf_text(&answer), answer.len);
	buf_dispose(&text);
	buf_wipe(&answer);
}

static void
ready(void *ctx)
{
	struct askpass *a = ctx;
	int fd = accept(a->fd, NULL, NULL);

	if (fd == -1)
		return;
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	serve(a, fd);
	close(fd);
}

static int
address(struct sockaddr_un *un, const char *path)
{
	*un = (struct sockaddr_un){.sun_family = AF_UNIX};
	if (strlen(path) >= sizeof(un->sun_path))
		return -1;
	memcpy(un->sun_path, path, strlen(path));
	return 0;
}

static int
listen_at(struct askpass *a)
{
	struct sockaddr_un un;

	if (address(&un, a->socket) == -1)
		return -1;
	a->fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (a->fd == -1)
		return -1;
	fcntl(a->fd, F_SETFD, FD_CLOEXEC);
	fcntl(a->fd, F_SETFL, O_NONBLOCK);
	if (bind(a->fd, (struct sockaddr *)&un, sizeof(un)) == -1)
		return -1;
	return listen(a->fd, 4);
}

/* A directory that is the user's alone, in a place with a short name. */
static int
make_dir(struct askpass *a)
{
	const char *const places[] = {
	    getenv("XDG_RUNTIME_DIR"), getenv("TMPDIR"), "/tmp"};
	char *dir;

	for (size_t i = 0; i < NITEMS(places); i++) {
		if (!places[i] || *places[i] != '/' || strlen(places[i]) > 60)
			continue;
		dir = xasprintf("%s/galley-XXXXXX", places[i]);
		if (mkdtemp(dir)) {
			a->dir = dir;
			return 0;
		}
		free(dir);
	}
	return -1;
}

/* The person's own for git stays. */
static bool
own_git_askpass(void)
{
	const char *set = getenv("GIT_ASKPASS");

	return set && *set;
}

static void
make_vars(struct askpass *a)
{
	size_t n = 0;

	a->vars[n++] = xasprintf("SSH_ASKPASS=%s", a->program);
	a->vars[n++] = xstrdup("SSH_ASKPASS_REQUIRE=force");
	a->vars[n++] = xasprintf(VARIABLE "=%s", a->socket);
	if (!own_git_askpass())
		a->vars[n++] = xasprintf("GIT_ASKPASS=%s", a->program);
	/* ssh before 8.4 asks its helper only where there is a display. */
	if (!getenv("DISPLAY"))
		a->vars[n++] = xstrdup("DISPLAY=none");
}

struct askpass *
askpass_new(const char *self, askpass_answer answer, void *ctx, struct err *err)
{
	struct askpass *a = xcalloc(1, sizeof(*a));

	a->fd = -1;
	a->answer = answer;
	a->ctx = ctx;
	if (make_dir(a) == 0) {
		a->socket = xasprintf("%s/ask", a->dir);
		a->program = xasprintf("%s/" ASKPASS_NAME, a->dir);
		a->signers[0] = xasprintf("%s/" SIGNER_GPG, a->dir);
		a->signers[1] = xasprintf("%s/" SIGNER_GPGSM, a->dir);
	}
	if (!a->dir || symlink(self, a->program) == -1 ||
	    symlink(self, a->signers[0]) == -1 ||
	    symlink(self, a->signers[1]) == -1 || listen_at(a) == -1) {
		err_errno(err, "cannot listen to questions");
		askpass_free(a);
		return NULL;
	}
	a->side = (struct proc_side){a->fd, ready, a};
	make_vars(a);
	return a;
}

void
askpass_free(struct askpass *a)
{
	if (!a)
		return;
	if (a->fd != -1)
		close(a->fd);
	if (a->dir) {
		unlink(a->socket);
		unlink(a->program);
		for (size_t i = 0; i < NITEMS(a->signers); i++)
			unlink(a->signers[i]);
		rmdir(a->dir);
	}
	for (size_t i = 0; i < NITEMS(a->vars); i++)
		free(a->vars[i]);
	for (size_t i = 0; i < NITEMS(a->signers); i++)
		free(a->signers[i]);
	free(a->dir);
	free(a->socket);
	free(a->program);
	free(a);
}

const char *
askpass_dir(const struct askpass *a)
{
	return a->dir;
}

const struct proc_side *
askpass_side(const struct askpass *a)
{
	return a ? &a->side : NULL;
}

const char *const *
askpass_env(const struct askpass *a)
{
	return (const char *const *)a->vars;
}

int
askpass_ask(const char *text, struct buf *answer)
{
	const char *path = getenv(VARIABLE);
	const char *hint = getenv("SSH_ASKPASS_PROMPT");
	struct sockaddr_un un;
	int fd = -1, rc = -1;

	if (path && address(&un, path) == 0)
		fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (fd == -1)
		return -1;
	if (connect(fd, (struct sockaddr *)&un, sizeof(un)) == 0 &&
	    write_all(fd, hint ? hint : "", hint ? strlen(hint) + 1 : 1) == 0 &&
	    write_all(fd, text, strlen(text)) == 0 &&
	    shutdown(fd, SHUT_WR) == 0 &&
	    read_all(fd, answer, MOST_ANSWER, -1) == 0 && answer->len &&
	    *answer->data == ANSWERED) {
		buf_splice(answer, 0, 1, "", 0);
		rc = 0;
	}
	close(fd);
	return rc;
}

int
askpass_client(const char *text, int out)
{
	struct buf answer = {0};
	int status = 1;

	if (askpass_ask(text, &answer) == 0) {
		buf_puts(&answer, "\n");
		status = write_all(out, answer.data, answer.len) == -1;
	}
	buf_wipe(&answer);
	return status;
}
