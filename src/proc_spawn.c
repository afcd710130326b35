/* SPDX-License-Identifier: ISC */
/*
 * Starting a program.  All that needs memory is made before the fork: other
 * threads may hold locks, so the child only makes system calls until it is
 * the program.  It tells why it could not become that through a pipe.
 */
#include "proc_priv.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

#include "file.h"
#include "mem.h"

extern char **environ;

#ifndef NSIG
#define NSIG 65
#endif

/* Ours are out of the way of the child's 0, 1, 2 and TELL. */
enum { TELL = 3, FIRST_FD = 10, MOST_FDS = 4096 };

/* What the child has to know, all of it made before the fork. */
struct plan {
	char *path;
	char **argv, **envp;
	char **shell; /* for a script without "#!": sh, path, arguments */
	const char *cwd;
	bool keep_tty;
	bool alone; /* its parent is to be init */
	int fd[3];  /* its standard input, output and error */
	int tell;   /* closed by exec */
	int max_fd; /* where there is no close_range() */
};

/* What it tells when it cannot become the program. */
struct failure {
	int error;
	bool in_cwd;
};

static size_t
count(const char *const *list)
{
	size_t n = 0;

	while (list && list[n])
		n++;
	return n;
}

/* Do both name the same variable? */
static bool
same_name(const char *a, const char *b)
{
	size_t len = strcspn(a, "=");

	return len == strcspn(b, "=") && memcmp(a, b, len) == 0;
}

static bool
is_named(const char *var, const char *const *list)
{
	for (; list && *list; list++)
		if (same_name(var, *list))
			return true;
	return false;
}

/* Our environment with the changes made to it; the strings are borrowed. */
static char **
make_env(const char *const *changes)
{
	size_t n = 0, ours = count((const char *const *)environ);
	char **env = xcalloc(ours + count(changes) + 1, sizeof(*env));

	for (size_t i = 0; i < ours; i++)
		if (!is_named(environ[i], changes))
			env[n++] = environ[i];
	for (; changes && *changes; changes++)
		if (strchr(*changes, '=') && !is_named(*changes, changes + 1))
			env[n++] = (char *)*changes;
	return env;
}

/* 0, or the errno of running it; one in a directory that we may not search is
 * not there. */
static int
try_program(const char *path)
{
	struct stat st;

	if (stat(path, &st) == -1)
		return ENOENT;
	return S_ISREG(st.st_mode) && access(path, X_OK) == 0 ? 0 : EACCES;
}

/*
 * Where the program is; NULL and errno when it is nowhere.  Relative
 * directories in PATH are passed over: a file in a site is never run.
 */
static char *
look_up(const char *name, char **env)
{
	const char *dirs = "/usr/local/bin:/usr/bin:/bin";
	int why = ENOENT, e;
	char *path;
	size_t len;

	if (strchr(name, '/'))
		return xstrdup(name);
	for (; *env; env++)
		if (strncmp(*env, "PATH=", 5) == 0)
			dirs = *env + 5;
	for (;; dirs += len + 1) {
		len = strcspn(dirs, ":");
		path = xasprintf("%.*s/%s", (int)len, dirs, name);
		if (*dirs == '/' && *name) {
			e = try_program(path);
			if (e == 0)
				return path;
			if (e == EACCES)
				why = e;
		}
		free(path);
		if (!dirs[len])
			break;
	}
	errno = why;
	return NULL;
}

bool
proc_exists(const char *name)
{
	char *path = look_up(name, environ);
	bool there = path && try_program(path) == 0;

	free(path);
	return there;
}

char *
proc_self(const char *argv0)
{
	static const char *const links[] = {
	    "/proc/self/exe", "/proc/curproc/file"};
	char path[4096], *found;
	ssize_t n;

	for (size_t i = 0; i < NITEMS(links); i++) {
		n = readlink(links[i], path, sizeof(path) - 1);
		if (n <= 0 || (size_t)n >= sizeof(path) - 1)
			continue;
		path[n] = '\0';
		if (try_program(path) == 0)
			return xstrdup(path);
	}
	if (!(found = look_up(argv0, environ)))
		return NULL;
	argv0 = realpath(found, NULL);
	free(found);
	return (char *)argv0;
}

static void
plan_dispose(struct plan *plan)
{
	free(plan->path);
	free(plan->argv);
	free(plan->envp);
	free(plan->shell);
	for (int i = 0; i < 3; i++)
		if (plan->fd[i] != -1)
			close(plan->fd[i]);
	if (plan->tell != -1)
		close(plan->tell);
}

static int
plan_make(struct plan *plan, const struct proc_spec *spec, struct err *err)
{
	size_t n = count(spec->argv);
	long max;

	*plan = (struct plan){.cwd = spec->cwd,
	    .keep_tty = spec->keep_tty,
	    .fd = {-1, -1, -1},
	    .tell = -1};
	plan->envp = make_env(spec->env);
	plan->path = look_up(spec->argv[0], plan->envp);
	if (!plan->path)
		return err_set(
		    err, "%s: cannot run: %s", spec->argv[0], strerror(errno));
	plan->argv = xcalloc(n + 1, sizeof(char *));
	plan->shell = xcalloc(n + 2, sizeof(char *));
	memcpy(plan->argv, spec->argv, n * sizeof(char *));
	memcpy(plan->shell + 1, plan->argv, n * sizeof(char *));
	plan->shell[0] = (char *)"sh";
	plan->shell[1] = plan->path;
	max = sysconf(_SC_OPEN_MAX);
	plan->max_fd = max > 0 && max < MOST_FDS ? (int)max : MOST_FDS;
	return 0;
}

/* A descriptor that no exec passes on, out of the way of the low ones. */
static int
keep(int fd)
{
	int high = fcntl(fd, F_DUPFD_CLOEXEC, FIRST_FD), e = errno;

	close(fd);
	errno = e;
	return high;
}

static int
make_pipe(int *reader, int *writer)
{
	int fd[2];

	if (pipe(fd) == -1)
		return -1;
	*reader = keep(fd[0]);
	*writer = keep(fd[1]);
	return *reader == -1 || *writer == -1 ? -1 : 0;
}

static int
open_nothing(int *fd, int mode)
{
	*fd = open("/dev/null", mode | O_CLOEXEC);
	if (*fd != -1)
		*fd = keep(*fd);
	return *fd == -1 ? -1 : 0;
}

/* The ends of the pipes: ours into p, the child's into the plan. */
static int
make_pipes(struct proc *p, struct plan *plan, enum proc_ends ends)
{
	if (plan->keep_tty)
		return 0;
	if (ends == PROC_NOTHING)
		return open_nothing(&plan->fd[0], O_RDONLY) == -1 ||
			       open_nothing(&plan->fd[1], O_WRONLY) == -1 ||
			       open_nothing(&plan->fd[2], O_WRONLY) == -1
			   ? -1
			   : 0;
	if (ends == PROC_NO_INPUT) {
		if (open_nothing(&plan->fd[0], O_RDONLY) == -1)
			return -1;
	} else if (make_pipe(&plan->fd[0], &p->in) == -1) {
		return -1;
	}
	if (make_pipe(&p->out, &plan->fd[1]) == -1 ||
	    make_pipe(&p->err, &plan->fd[2]) == -1)
		return -1;
	if (p->in != -1)
		fcntl(p->in, F_SETFL, O_NONBLOCK);
	fcntl(p->out, F_SETFL, O_NONBLOCK);
	fcntl(p->err, F_SETFL, O_NONBLOCK);
	return 0;
}

/* Child: what another thread had open when we forked is not its business. */
static void
close_above_tell(int max)
{
#if defined(__linux__) && defined(SYS_close_range)
	if (syscall(SYS_close_range, TELL + 1, ~0U, 0) == 0)
		return;
#endif
	for (int fd = TELL + 1; fd < max; fd++)
		close(fd);
}

/* Child: no handler of ours, nothing blocked, and what the program's parent
 * may ignore but it must not. */
static void
reset_signals(void)
{
	struct sigaction action, dfl = {.sa_handler = SIG_DFL};
	sigset_t none;

	for (int sig = 1; sig < NSIG; sig++)
		if (sigaction(sig, NULL, &action) == 0 &&
		    (action.sa_handler != SIG_IGN || sig == SIGPIPE ||
			sig == SIGINT || sig == SIGQUIT || sig == SIGCHLD))
			sigaction(sig, &dfl, NULL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
}

/* Child: only async-signal-safe calls (POSIX, 2.4.3) in here. */
static void
become(const struct plan *plan)
{
	struct failure why = {0};
	ssize_t n;

	dup2(plan->tell, TELL);
	fcntl(TELL, F_SETFD, FD_CLOEXEC);
	if (!plan->keep_tty) {
		setsid();
		for (int i = 0; i < 3; i++)
			dup2(plan->fd[i], i);
	}
	close_above_tell(plan->max_fd);
	reset_signals();
	if (plan->alone && fork() > 0)
		_exit(0);
	if (plan->cwd && chdir(plan->cwd) == -1) {
		why.in_cwd = true;
	} else {
		execve(plan->path, plan->argv, plan->envp);
		if (errno == ENOEXEC)
			execve("/bin/sh", plan->shell, plan->envp);
	}
	why.error = errno;
	n = write(TELL, &why, sizeof(why));
	_exit(n == sizeof(why) ? 127 : 126);
}

/* Wait until it is the program, or has told why it is not. */
static int
hear(pid_t pid, int fd, const struct proc_spec *spec, struct err *err)
{
	struct failure why;
	ssize_t n;

	do
		n = read(fd, &why, sizeof(why));
	while (n == -1 && errno == EINTR);
	if (n != sizeof(why))
		return 0;
	while (waitpid(pid, NULL, 0) == -1 && errno == EINTR)
		continue;
	if (why.in_cwd)
		return err_set(err, "%s: cannot run there: %s", spec->cwd,
		    strerror(why.error));
	return err_set(
	    err, "%s: cannot run: %s", spec->argv[0], strerror(why.error));
}

static void
close_ours(struct proc *p)
{
	int *fd[] = {&p->in, &p->out, &p->err};

	for (size_t i = 0; i < NITEMS(fd); i++) {
		if (*fd[i] != -1)
			close(*fd[i]);
		*fd[i] = -1;
	}
}

int
proc_spawn(struct proc *p, const struct proc_spec *spec, enum proc_ends ends,
    struct err *err)
{
	int told = -1, r = -1;
	sigset_t all, old;
	struct plan plan;
	pid_t pid;

	*p = (struct proc){.in = -1, .out = -1, .err = -1, .side = spec->side};
	if (plan_make(&plan, spec, err) == -1)
		goto out;
	plan.alone = ends == PROC_NOTHING && !spec->keep_tty;
	if (make_pipes(p, &plan, ends) == -1 ||
	    make_pipe(&told, &plan.tell) == -1) {
		err_errno(err, "cannot make a pipe");
		goto out;
	}
	/* Our handlers must not run in the child. */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	pid = fork();
	if (pid == 0)
		become(&plan);
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	if (pid == -1) {
		err_errno(err, spec->argv[0]);
		goto out;
	}
	close(plan.tell);
	plan.tell = -1;
	r = hear(pid, told, spec, err);
	if (r == 0) {
		p->pid = pid;
		p->own_group = !spec->keep_tty;
	}
out:
	if (r == -1)
		close_ours(p);
	if (told != -1)
		close(told);
	plan_dispose(&plan);
	return r;
}
