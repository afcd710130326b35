/* SPDX-License-Identifier: ISC */
/*
 * Reading front matter against a bare event parse of the same bytes, in one
 * process: read ROUNDS FILE... prints the medians in ms of all files and, of
 * the rounds, the median ratio: first as a scan of a site reads, then as a form
 * does.  Files without YAML front matter are left out.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <yaml.h>

#include "file.h"
#include "fm.h"
#include "mem.h"

#define MOST  200
#define WORTH 20 /* ms that a round takes, at least */

struct text {
	struct buf buf;
	const char *front; /* between the fences */
	size_t len;
};

static double
cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void
events(const struct text *t)
{
	yaml_parser_t p;
	yaml_event_t ev;
	bool end = false;

	yaml_parser_initialize(&p);
	yaml_parser_set_input_string(
	    &p, (const unsigned char *)t->front, t->len);
	while (!end && yaml_parser_parse(&p, &ev)) {
		end = ev.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&ev);
	}
	yaml_parser_delete(&p);
}

static void
as_scan(const struct text *t)
{
	static struct fm_quick *quick;
	struct err err;

	if (!quick)
		quick = fm_quick_new();
	if (!fm_quick_read(quick, t->buf.data, t->buf.len))
		fm_free(fm_parse(t->buf.data, t->buf.len, &err));
}

static void
as_form(const struct text *t)
{
	struct err err;

	fm_free(fm_parse(t->buf.data, t->buf.len, &err));
}

static double
timed(void (*read)(const struct text *), const struct text *t, size_t n,
    int times)
{
	double start = cpu_ms();

	for (int k = 0; k < times; k++)
		for (size_t i = 0; i < n; i++)
			read(&t[i]);
	return (cpu_ms() - start) / times;
}

static bool
load(struct text *t, const char *path)
{
	struct err err;
	struct fm *fm;
	const char *end;

	*t = (struct text){0};
	if (file_read(path, &t->buf, NULL, &err) == -1)
		return false;
	fm = fm_parse(buf_text(&t->buf), t->buf.len, &err);
	end = fm && fm_format(fm) == FM_YAML && t->buf.data[0] == '-'
		  ? strstr(t->buf.data + 3, "\n---")
		  : NULL;
	fm_free(fm);
	if (!end)
		return false;
	t->front = strchr(t->buf.data, '\n') + 1;
	if (end < t->front)
		return false;
	t->len = (size_t)(end + 1 - t->front);
	/* What is behind it is not read by either. */
	t->buf.len = (size_t)(end + 5 - t->buf.data);
	if (t->buf.data[t->buf.len - 1] != '\n')
		t->buf.len--;
	return true;
}

static int
compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return x < y ? -1 : x > y;
}

static double
median(double *v, int n)
{
	qsort(v, (size_t)n, sizeof(*v), compare);
	return v[n / 2];
}

static void
measure(void (*read)(const struct text *), const struct text *t, size_t n,
    int rounds)
{
	double ours[MOST], bare[MOST], ratio[MOST];
	int times = 1 + (int)(WORTH / (timed(events, t, n, 1) + 0.01));

	for (int i = 0; i < rounds; i++) {
		ours[i] = timed(read, t, n, times);
		bare[i] = timed(events, t, n, times);
		/* Throughput: bytes a second, ours to theirs. */
		ratio[i] = bare[i] / ours[i];
	}
	printf("%.3f %.3f %.4f\n", median(ours, rounds), median(bare, rounds),
	    median(ratio, rounds));
}

int
main(int argc, char **argv)
{
	int rounds = argc > 1 ? atoi(argv[1]) : 0;
	struct text *t = xcalloc((size_t)argc, sizeof(*t));
	size_t n = 0;

	if (rounds < 1 || rounds > MOST || argc < 3) {
		fprintf(stderr, "usage: read ROUNDS FILE...\n");
		return 2;
	}
	for (int i = 2; i < argc; i++)
		n += load(&t[n], argv[i]);
	measure(as_scan, t, n, rounds);
	measure(as_form, t, n, rounds);
	for (size_t i = 0; i < n; i++)
		buf_dispose(&t[i].buf);
	free(t);
	return 0;
}
