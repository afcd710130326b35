/* SPDX-License-Identifier: ISC */
/*
 * Talking with a program: its three pipes are served in one poll(), so that
 * neither side waits for the other for ever, and its end is awaited.
 */
#include "proc.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "mem.h"
#include "proc_priv.h"
#include "work.h"

enum {
	TICK_MS = 50,    /* how often cancel is looked at */
	KILL_MS = 2000,  /* from TERM to KILL */
	MOST_ROUNDS = 64 /* of reading what one who is gone left behind */
};

#define ERRORS_KEPT ((size_t)8 << 10)
#define MOST_AHEAD  ((size_t)16 << 20)
#define MOST_OUTPUT ((size_t)256 << 20)

/* What is still to be written. */
struct feed {
	const char *data;
	size_t len;
};

static void
close_fd(int *fd)
{
	if (*fd != -1)
		close(*fd);
	*fd = -1;
}

/* write() that fails with EPIPE instead of ending us, whatever SIGPIPE does
 * in this process. */
static ssize_t
write_quietly(int fd, const void *data, size_t len)
{
	sigset_t sigpipe, before, pending;
	bool was_pending;
	ssize_t n;
	int e, sig;

	sigemptyset(&sigpipe);
	sigaddset(&sigpipe, SIGPIPE);
	sigpending(&pending);
	was_pending = sigismember(&pending, SIGPIPE);
	pthread_sigmask(SIG_BLOCK, &sigpipe, &before);
	n = write(fd, data, len);
	e = errno;
	if (n == -1 && e == EPIPE && !was_pending) {
		sigpending(&pending);
		if (sigismember(&pending, SIGPIPE))
			sigwait(&sigpipe, &sig);
	}
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	errno = e;
	return n;
}

static bool
try_again(int e)
{
	return e == EINTR || e == EAGAIN || e == EWOULDBLOCK;
}

static void
write_some(struct proc *p, struct feed *feed)
{
	ssize_t n = write_quietly(p->in, feed->data, feed->len);

	if (n == -1 && try_again(errno))
		return;
	if (n == -1) {
		close_fd(&p->in);
		return;
	}
	feed->data += n;
	feed->len -= (size_t)n;
}

static void
read_some(int *fd, struct buf *to)
{
	char chunk[32768];
	ssize_t n = read(*fd, chunk, sizeof(chunk));

	if (n > 0)
		buf_add(to, chunk, (size_t)n);
	else if (n == 0 || !try_again(errno))
		close_fd(fd);
}

/*
 * Wait at most timeout ms and do what can be done: write of feed (may be
 * NULL), read output ahead if that is wanted, read errors.  The number of
 * pipes on which something happened.
 */
static int
step(struct proc *p, struct feed *feed, bool read_out, int timeout)
{
	struct pollfd fds[] = {
	    {.fd = feed && feed->len ? p->in : -1, .events = POLLOUT},
	    {.fd = read_out ? p->out : -1, .events = POLLIN},
	    {.fd = p->err, .events = POLLIN},
	    {.fd = p->side ? p->side->fd : -1, .events = POLLIN},
	};
	int n = poll(fds, NITEMS(fds), timeout);

	if (n <= 0)
		return 0;
	if (fds[0].revents)
		write_some(p, feed);
	if (fds[1].revents)
		read_some(&p->out, &p->ahead);
	if (fds[2].revents)
		read_some(&p->err, &p->errors);
	if (fds[3].revents)
		p->side->ready(p->side->ctx);
	return n;
}

/* Has it ended?  It stays a zombie, so that its group can still be killed
 * and is nobody else's. */
static bool
has_exited(const struct proc *p)
{
	siginfo_t info = {0};

	if (p->ended)
		return true;
	if (waitid(P_PID, (id_t)p->pid, &info, WEXITED | WNOHANG | WNOWAIT) ==
	    -1)
		return errno != EINTR;
	return info.si_pid == p->pid;
}

/* It is gone and its pipes are silent, though somebody may hold them: a
 * program that it left in the background (ssh's ControlPersist). */
static void
give_up_pipes(struct proc *p)
{
	close_fd(&p->out);
	close_fd(&p->err);
}

static void
trim_errors(struct proc *p)
{
	if (p->errors.len > ERRORS_KEPT)
		buf_splice(&p->errors, 0, p->errors.len - ERRORS_KEPT, NULL, 0);
}

static int
cancelled(struct err *err)
{
	return err_code(err, ERR_CANCEL, "cancelled");
}

int
proc_start(struct proc *p, const struct proc_spec *spec, struct err *err)
{
	return proc_spawn(p, spec, PROC_PIPES, err);
}

int
proc_read(struct proc *p, void *data, size_t *n, struct progress *progress,
    struct err *err)
{
	size_t have, want = *n;

	*n = 0;
	while (p->ahead.len == 0 && p->out != -1) {
		if (progress_cancelled(progress))
			return cancelled(err);
		if (step(p, NULL, true, TICK_MS) == 0 && has_exited(p))
			give_up_pipes(p);
		trim_errors(p);
	}
	have = p->ahead.len - p->ahead_at;
	*n = want < have ? want : have;
	if (*n > 0)
		memcpy(data, p->ahead.data + p->ahead_at, *n);
	p->ahead_at += *n;
	if (p->ahead_at == p->ahead.len) {
		buf_clear(&p->ahead);
		p->ahead_at = 0;
	}
	return 0;
}

int
proc_write(struct proc *p, const void *data, size_t len,
    struct progress *progress, struct err *err)
{
	struct feed feed = {data, len};

	while (feed.len > 0) {
		if (progress_cancelled(progress))
			return cancelled(err);
		if (p->in == -1)
			return err_set(err, "the program has closed its input");
		step(p, &feed, p->ahead.len < MOST_AHEAD, TICK_MS);
		trim_errors(p);
	}
	return 0;
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/*
 * Until it has exited or ms (-1: no limit) are over; what it still writes on
 * its standard output is dropped.  1: exited, 0: time is over, -1: cancelled.
 */
static int
wait_exit(struct proc *p, int ms, struct progress *progress)
{
	int64_t end = now_ms() + ms;
	size_t kept;
	int nap = 1;

	while (!has_exited(p)) {
		if (progress_cancelled(progress))
			return -1;
		if (ms >= 0 && now_ms() >= end)
			return 0;
		kept = p->ahead.len;
		if (step(p, NULL, true, nap) == 0 && nap < TICK_MS)
			nap = nap < TICK_MS / 2 ? nap * 2 : TICK_MS;
		if (p->ahead.len > kept)
			buf_splice(
			    &p->ahead, kept, p->ahead.len - kept, NULL, 0);
		trim_errors(p);
	}
	return 1;
}

static void
reap(struct proc *p)
{
	int status = 0;
	pid_t pid;

	do
		pid = waitpid(p->pid, &status, 0);
	while (pid == -1 && errno == EINTR);
	p->ended = true;
	if (pid == -1)
		p->status = 255; /* somebody else has taken it */
	else
		p->status = WIFEXITED(status) ? WEXITSTATUS(status)
					      : 128 + WTERMSIG(status);
}

void
proc_end(struct proc *p, int grace_ms)
{
	pid_t whom = p->own_group ? -p->pid : p->pid;

	if (p->pid <= 0 || p->ended)
		return;
	close_fd(&p->in);
	if (grace_ms == 0)
		p->side = NULL; /* it is too late to ask */
	if (wait_exit(p, grace_ms, NULL) == 0) {
		kill(whom, SIGTERM);
		wait_exit(p, KILL_MS, NULL);
		kill(whom, SIGKILL); /* also those that it left behind */
		wait_exit(p, -1, NULL);
	}
	close_fd(&p->out);
	for (int i = 0; i < MOST_ROUNDS && step(p, NULL, false, 0) > 0; i++)
		trim_errors(p);
	close_fd(&p->err);
	reap(p);
}

void
proc_dispose(struct proc *p)
{
	proc_end(p, 0);
	buf_dispose(&p->errors);
	buf_dispose(&p->ahead);
}

struct run {
	struct proc proc;
	struct feed feed;
	proc_sink sink;
	void *ctx;
	struct proc_result *result;
};

static void
hand_over(struct run *run, struct buf *from, struct buf *to)
{
	if (from->len > 0 && run->sink)
		run->sink(run->ctx, from->data, from->len);
	buf_add(to, buf_text(from), from->len);
	buf_clear(from);
}

static int
serve(struct run *run, struct progress *progress, struct err *err)
{
	struct proc *p = &run->proc;
	int n;

	while (p->out != -1 || p->err != -1) {
		if (progress_cancelled(progress))
			return cancelled(err);
		if (run->feed.len == 0)
			close_fd(&p->in);
		n = step(p, &run->feed, true, TICK_MS);
		hand_over(run, &p->ahead, &run->result->out);
		hand_over(run, &p->errors, &run->result->err);
		if (run->result->out.len > MOST_OUTPUT ||
		    run->result->err.len > MOST_OUTPUT)
			return err_set(err, "it wrote more than %zu MiB",
			    MOST_OUTPUT >> 20);
		if (n == 0 && has_exited(p))
			give_up_pipes(p);
	}
	close_fd(&p->in);
	return wait_exit(p, -1, progress) == -1 ? cancelled(err) : 0;
}

int
proc_run(const struct proc_spec *spec, const char *input, size_t len,
    proc_sink sink, void *ctx, struct progress *progress,
    struct proc_result *result, struct err *err)
{
	struct run run = {
	    .feed = {input, input ? len : 0},
	    .sink = sink,
	    .ctx = ctx,
	    .result = result,
	};
	int r;

	*result = (struct proc_result){0};
	if (progress_cancelled(progress))
		return cancelled(err);
	if (proc_spawn(
		&run.proc, spec, input ? PROC_PIPES : PROC_NO_INPUT, err) == -1)
		return -1;
	r = serve(&run, progress, err);
	if (r == -1 && err->code != ERR_CANCEL)
		err_set(err, "%s: %s", spec->argv[0], err->msg);
	proc_end(&run.proc, r == -1 ? 0 : -1);
	result->status = run.proc.status;
	proc_dispose(&run.proc);
	return r;
}

int
proc_run_tty(const struct proc_spec *spec, int *status, struct err *err)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN}, interrupt, quit;
	struct proc_spec on_tty = *spec;
	struct proc p;
	int r;

	on_tty.keep_tty = true;
	sigaction(SIGINT, &ignore, &interrupt);
	sigaction(SIGQUIT, &ignore, &quit);
	r = proc_spawn(&p, &on_tty, PROC_PIPES, err);
	if (r == 0) {
		reap(&p);
		*status = p.status;
	}
	sigaction(SIGINT, &interrupt, NULL);
	sigaction(SIGQUIT, &quit, NULL);
	return r;
}

int
proc_detach(const struct proc_spec *spec, struct err *err)
{
	struct proc p;

	if (proc_spawn(&p, spec, PROC_NOTHING, err) == -1)
		return -1;
	reap(&p);
	return 0;
}

void
proc_result_dispose(struct proc_result *result)
{
	buf_dispose(&result->out);
	buf_dispose(&result->err);
}

static const char *
from_env(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

int
proc_edit(const char *editor, const char *path, int *status, struct err *err)
{
	char *var, *file;
	int r;

	if (!editor && !(editor = from_env("VISUAL")) &&
	    !(editor = from_env("EDITOR")))
		editor = "vi";
	/* A file is no option. */
	file = xasprintf("%s%s", *path == '-' ? "./" : "", path);
	var = xasprintf("GALLEY_EDITOR=%s", editor);
	r = proc_run_tty(
	    &(struct proc_spec){
		.argv = (const char *const[]){"sh", "-c",
		    "eval \"unset GALLEY_EDITOR; exec $GALLEY_EDITOR"
		    " \\\"\\$@\\\"\"",
		    "sh", file, NULL},
		.env = (const char *const[]){var, NULL},
	    },
	    status, err);
	free(var);
	free(file);
	return r;
}
