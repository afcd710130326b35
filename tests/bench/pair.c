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
#include "pty.h"

#include <sys/resource.h>
#include <sys/time.h>

#define MOST 200

/* One run, ms. */
struct run {
	double wall, cpu;
};

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

/* Until marker is on the screen. */
static struct run
run_terminal(const char *command, const char *marker)
{
	static struct pty pty;
	double start = now_ms(), before = children_ms(), end;

	pty_start(&pty, command);
	end = pty_await(&pty, marker);
	pty_stop(&pty);
	return (struct run){end - start, children_ms() - before};
}

static double
median(const double *v, int n)
{
	double copy[MOST];

	memcpy(copy, v, (size_t)n * sizeof(*v));
	qsort(copy, (size_t)n, sizeof(*copy), compare_doubles);
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
