/* SPDX-License-Identifier: ISC */
/*
 * Rendering against bare parsing, in one process: render FILE [ROUNDS] prints
 * the median of each in ms, and the median of their ratio, by CPU.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

int
main(int argc, char **argv)
{
	double a[MOST], b[MOST], ratio[MOST];
	int n = argc > 2 ? atoi(argv[2]) : 9;
	struct buf file = {0};
	struct err err;

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
