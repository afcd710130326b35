/* SPDX-License-Identifier: ISC */
/*
 * Time two commands in turn, A B A B ..., and print medians in ms: wall of A,
 * of B, of their ratio; CPU (user and system) of A, of B, of their ratio.
 * pair [-n ROUNDS] [-m MARKER-A MARKER-B] A B
 * A and B are shell command lines.  Without -m a run ends with the process,
 * its output thrown away.  With -m each runs in a pseudo-terminal of 24x80 and
 * a run ends when its marker is in what it wrote (then it gets q, and is
 * ended).
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define MOST 200

/* One run, ms. */
struct run {
	double wall, cpu;
};

static double
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
die(const char *what)
{
	fprintf(stderr, "pair: %s: %s\n", what, strerror(errno));
	exit(2);
}

static void
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

static double
ms(struct timeval t)
{
	return (double)t.tv_sec * 1e3 + (double)t.tv_usec / 1e3;
}

/* CPU of all children that have ended. */
static double
children_ms(void)
{
	struct rusage r;

	getrusage(RUSAGE_CHILDREN, &r);
	return ms(r.ru_utime) + ms(r.ru_stime);
}

/* Whole process, output to nowhere. */
static struct run
run_process(const char *command)
{
	double start = now_ms(), before = children_ms();
	pid_t pid = fork();
	int status;

	if (pid == -1)
		die("fork");
	if (pid == 0) {
		int null = open("/dev/null", O_RDWR);

		child(command, null);
	}
	if (waitpid(pid, &status, 0) == -1)
		die("wait");
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
		fprintf(stderr, "pair: '%s' failed\n", command);
		exit(2);
	}
	return (struct run){now_ms() - start, children_ms() - before};
}

/* Text without escape sequences, appended to seen. */
static size_t
strip(const char *in, size_t n, char *seen, size_t len, size_t cap, int *state)
{
	for (size_t i = 0; i < n; i++) {
		char c = in[i];

		if (*state == 0 && c == '\033')
			*state = 1;
		else if (*state == 1)
			*state = c == '[' || c == '(' || c == ']' ? 2 : 0;
		else if (*state == 2)
			*state = c >= '@' && c <= '~' ? 0 : 2;
		else if (c >= ' ' && len + 1 < cap)
			seen[len++] = c;
	}
	seen[len] = '\0';
	return len;
}

/* Until marker is on the screen. */
static struct run
run_terminal(const char *command, const char *marker)
{
	struct winsize size = {.ws_row = 24, .ws_col = 80};
	static char seen[1 << 20], chunk[65536];
	double start, end = -1, before = children_ms();
	size_t len = 0;
	int state = 0, master, slave;
	pid_t pid;

	if ((master = posix_openpt(O_RDWR | O_NOCTTY)) == -1 ||
	    grantpt(master) == -1 || unlockpt(master) == -1 ||
	    (slave = open(ptsname(master), O_RDWR | O_NOCTTY)) == -1)
		die("pseudo-terminal");
	ioctl(slave, TIOCSWINSZ, &size);
	start = now_ms();
	if ((pid = fork()) == -1)
		die("fork");
	if (pid == 0)
		child(command, slave);
	close(slave);
	while (end < 0) {
		struct pollfd p = {master, POLLIN, 0};
		ssize_t n;

		if (poll(&p, 1, 20000) <= 0)
			break;
		if ((n = read(master, chunk, sizeof(chunk))) <= 0)
			break;
		len = strip(chunk, (size_t)n, seen, len, sizeof(seen), &state);
		if (strstr(seen, marker))
			end = now_ms();
	}
	kill(-pid, SIGTERM);
	close(master);
	waitpid(pid, NULL, 0);
	if (end < 0) {
		fprintf(
		    stderr, "pair: '%s' never showed '%s'\n", command, marker);
		exit(2);
	}
	return (struct run){end - start, children_ms() - before};
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(const double *v, int n)
{
	double copy[MOST];

	memcpy(copy, v, (size_t)n * sizeof(*v));
	qsort(copy, (size_t)n, sizeof(*copy), compare);
	return copy[n / 2];
}

static struct run
run(const char *command, const char *marker)
{
	return marker ? run_terminal(command, marker) : run_process(command);
}

int
main(int argc, char **argv)
{
	const char *marker[2] = {NULL, NULL};
	double wall[3][MOST], cpu[3][MOST];
	int n = 9, i = 1;

	for (; i < argc && argv[i][0] == '-'; i++) {
		if (strcmp(argv[i], "-n") == 0 && i + 1 < argc) {
			n = atoi(argv[++i]);
		} else if (strcmp(argv[i], "-m") == 0 && i + 2 < argc) {
			marker[0] = argv[++i];
			marker[1] = argv[++i];
		}
	}
	if (argc - i != 2 || n < 1 || n > MOST) {
		fprintf(stderr, "usage: pair [-n ROUNDS] [-m A B] A B\n");
		return 2;
	}
	for (int r = -1; r < n; r++) {
		struct run a = run(argv[i], marker[0]);
		struct run b = run(argv[i + 1], marker[1]);

		if (r < 0)
			continue; /* warm-up */
		wall[0][r] = a.wall;
		wall[1][r] = b.wall;
		wall[2][r] = a.wall / b.wall;
		cpu[0][r] = a.cpu;
		cpu[1][r] = b.cpu;
		cpu[2][r] = b.cpu > 0 ? a.cpu / b.cpu : 0;
	}
	printf("%.2f %.2f %.4f %.2f %.2f %.4f\n", median(wall[0], n),
	    median(wall[1], n), median(wall[2], n), median(cpu[0], n),
	    median(cpu[1], n), median(cpu[2], n));
	return 0;
}
