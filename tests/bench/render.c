/* SPDX-License-Identifier: ISC */
/*
 * Rendering against bare parsing, in one process: render FILE [ROUNDS] prints
 * the median of each in ms, and the median of their ratio, by CPU.
 * render -m FILE COMMAND ARGUMENT... prints the peak memory of a command in
 * KB, the size of the file in KB, and the ratio of the two.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <md4c.h>

#include "file.h"
#include "md.h"

#define MOST 200

static double
cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int
block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	(void)type, (void)detail, (void)ctx;
	return 0;
}

static int
span(MD_SPANTYPE type, void *detail, void *ctx)
{
	(void)type, (void)detail, (void)ctx;
	return 0;
}

static int
text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE len, void *ctx)
{
	(void)type, (void)s, (void)len, (void)ctx;
	return 0;
}

static double
parse(const struct buf *b)
{
	MD_PARSER p = {.flags = MD_DIALECT_GITHUB,
	    .enter_block = block,
	    .leave_block = block,
	    .enter_span = span,
	    .leave_span = span,
	    .text = text};
	double start = cpu_ms();

	md_parse(b->data, (MD_SIZE)b->len, &p, NULL);
	return cpu_ms() - start;
}

static double
render(const struct buf *b)
{
	struct md_options o = {.width = 80, .linkify = true};
	double start = cpu_ms();
	struct err err;
	struct doc *doc = md_render(b->data, b->len, &o, &err);

	if (!doc) {
		fprintf(stderr, "render: %s\n", err.msg);
		exit(2);
	}
	doc_free(doc);
	return cpu_ms() - start;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static double
median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), compare);
	return v[n / 2];
}

/* The peak of the one child that was waited for. */
static int
memory(const char *file, char **command)
{
	struct rusage use;
	struct stat st;
	int status = 1;
	double kb;
	pid_t pid = fork();

	if (pid == 0) {
		if (!freopen("/dev/null", "w", stdout))
			_exit(127);
		execvp(command[0], command);
		_exit(127);
	}
	if (pid == -1 || waitpid(pid, &status, 0) == -1 || status != 0 ||
	    stat(file, &st) == -1 || getrusage(RUSAGE_CHILDREN, &use) == -1) {
		fprintf(stderr, "render: %s did not run\n", command[0]);
		return 2;
	}
	kb = (double)st.st_size / 1024;
	printf(
	    "%9ld %9.0f %.3f\n", use.ru_maxrss, kb, (double)use.ru_maxrss / kb);
	return 0;
}

int
main(int argc, char **argv)
{
	double a[MOST], b[MOST], ratio[MOST];
	int n = argc > 2 ? atoi(argv[2]) : 9;
	struct buf file = {0};
	struct err err;

	if (argc > 3 && strcmp(argv[1], "-m") == 0)
		return memory(argv[2], argv + 3);
	if (argc < 2 || n < 1 || n > MOST ||
	    file_read(argv[1], &file, NULL, &err) == -1) {
		fprintf(stderr, "usage: render FILE [ROUNDS]\n");
		return 2;
	}
	for (int i = -1; i < n; i++) {
		double one = render(&file), two = parse(&file);

		if (i < 0)
			continue; /* warm-up */
		a[i] = one;
		b[i] = two;
		ratio[i] = one / two;
	}
	printf(
	    "%8.2f %8.2f %.3f\n", median(a, n), median(b, n), median(ratio, n));
	buf_dispose(&file);
	return 0;
}
