/* SPDX-License-Identifier: ISC */
/* What the programs of the bench share: time, and a program in a terminal of
 * 24x80, of which the text that it writes is looked at. */
#ifndef PTY_H
#define PTY_H

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PTY_TEXT (1 << 20)

struct pty {
	pid_t pid;
	int master, state;
	size_t len;
	char seen[PTY_TEXT]; /* written since pty_forget() */
};

static inline double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static inline void
die(const char *what)
{
	fprintf(stderr, "bench: %s: %s\n", what, strerror(errno));
	exit(2);
}

/* Become a shell command line with fd as its terminal. */
static inline void
child(const char *command, int fd)
{
	setsid();
	ioctl(fd, TIOCSCTTY, 0);
	dup2(fd, 0);
	dup2(fd, 1);
	dup2(fd, 2);
	execl("/bin/sh", "sh", "-c", command, (char *)NULL);
	_exit(127);
}

static inline int
compare_doubles(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static inline void
pty_start(struct pty *p, const char *command)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	int slave;

	p->len = 0;
	p->state = 0;
	if ((p->master = posix_openpt(O_RDWR | O_NOCTTY)) == -1 ||
	    grantpt(p->master) == -1 || unlockpt(p->master) == -1 ||
	    (slave = open(ptsname(p->master), O_RDWR | O_NOCTTY)) == -1)
		die("pseudo-terminal");
	ioctl(slave, TIOCSWINSZ, &size);
	if ((p->pid = fork()) == -1)
		die("fork");
	if (p->pid == 0)
		child(command, slave);
	close(slave);
}

static inline void
pty_forget(struct pty *p)
{
	p->len = 0;
}

/* Add text without its escape sequences to what was seen. */
static inline void
pty_add(struct pty *p, const char *in, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		char c = in[i];

		if (p->state == 0 && c == '\033')
			p->state = 1;
		else if (p->state == 1)
			p->state = c == '[' || c == '(' || c == ']' ? 2 : 0;
		else if (p->state == 2)
			p->state = c >= '@' && c <= '~' ? 0 : 2;
		else if (c >= ' ' && p->len + 1 < sizeof(p->seen))
			p->seen[p->len++] = c;
	}
	p->seen[p->len] = '\0';
}

/* Until it has written marker; the time then. */
static inline double
pty_await(struct pty *p, const char *marker)
{
	static char chunk[65536];

	for (;;) {
		struct pollfd fd = {p->master, POLLIN, 0};
		ssize_t n;

		if (poll(&fd, 1, 20000) <= 0 ||
		    (n = read(p->master, chunk, sizeof(chunk))) <= 0)
			break;
		pty_add(p, chunk, (size_t)n);
		if (strstr(p->seen, marker))
			return now_ms();
	}
	fprintf(stderr, "bench: '%s' was never shown\n", marker);
	exit(2);
}

static inline void
pty_stop(struct pty *p)
{
	kill(-p->pid, SIGTERM);
	close(p->master);
	waitpid(p->pid, NULL, 0);
}

#endif
