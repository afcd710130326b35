/* SPDX-License-Identifier: ISC */
/* The longest common subsequence of two lists of lines, by its table. */
#include "diff.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

#define MOST_PAIRS ((size_t)4 << 20)

struct lines {
	const char **at; /* n + 1 of them: the last is the end */
	size_t n, cap;
};

static void
split(struct lines *l, const char *s, size_t len)
{
	const char *end = s + len;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));

		l->at = xgrow(l->at, l->n + 1, &l->cap, sizeof(*l->at));
		l->at[l->n++] = s;
		s = nl ? nl + 1 : end;
	}
	l->at = xgrow(l->at, l->n + 1, &l->cap, sizeof(*l->at));
	l->at[l->n] = end;
}

static bool
same(const struct lines *a, size_t i, const struct lines *b, size_t j)
{
	size_t len = (size_t)(a->at[i + 1] - a->at[i]);

	return len == (size_t)(b->at[j + 1] - b->at[j]) &&
	       memcmp(a->at[i], b->at[j], len) == 0;
}

struct diff {
	struct lines a, b;
	size_t from, a_end, b_end; /* what is between equal head and tail */
	uint32_t *lcs; /* [i * width + j]: of a from i and b from j */
	size_t width;
	void (*emit)(void *ctx, const struct diff_line *);
	void *ctx;
};

static void
tell(struct diff *d, char sign, size_t i)
{
	const struct lines *l = sign == '-' ? &d->a : &d->b;
	struct diff_line line = {
	    sign, (unsigned)i + 1, l->at[i], (size_t)(l->at[i + 1] - l->at[i])};

	if (line.len > 0 && line.text[line.len - 1] == '\n')
		line.len--;
	if (line.len > 0 && line.text[line.len - 1] == '\r')
		line.len--;
	d->emit(d->ctx, &line);
}

static uint32_t *
cell(struct diff *d, size_t i, size_t j)
{
	return &d->lcs[(i - d->from) * d->width + (j - d->from)];
}

static void
fill(struct diff *d)
{
	size_t rows = d->a_end - d->from + 1;

	d->width = d->b_end - d->from + 1;
	d->lcs = xcalloc(rows * d->width, sizeof(*d->lcs));
	for (size_t i = d->a_end; i-- > d->from;)
		for (size_t j = d->b_end; j-- > d->from;) {
			uint32_t down = *cell(d, i + 1, j);
			uint32_t right = *cell(d, i, j + 1);

			if (same(&d->a, i, &d->b, j))
				*cell(d, i, j) = *cell(d, i + 1, j + 1) + 1;
			else
				*cell(d, i, j) = down > right ? down : right;
		}
}

static void
walk(struct diff *d)
{
	size_t i = d->from, j = d->from;

	while (i < d->a_end || j < d->b_end) {
		size_t i0 = i, j0 = j;

		/* One run of changes: all that goes, then all that comes. */
		while ((i < d->a_end || j < d->b_end) &&
		       !(i < d->a_end && j < d->b_end &&
			   same(&d->a, i, &d->b, j))) {
			if (j == d->b_end ||
			    (i < d->a_end &&
				*cell(d, i + 1, j) >= *cell(d, i, j + 1)))
				i++;
			else
				j++;
		}
		for (; i0 < i; i0++)
			tell(d, '-', i0);
		for (; j0 < j; j0++)
			tell(d, '+', j0);
		while (
		    i < d->a_end && j < d->b_end && same(&d->a, i, &d->b, j)) {
			i++;
			j++;
		}
	}
}

void
diff_lines(const char *a, size_t alen, const char *b, size_t blen,
    void (*emit)(void *ctx, const struct diff_line *), void *ctx)
{
	struct diff d = {.emit = emit, .ctx = ctx};

	split(&d.a, a, alen);
	split(&d.b, b, blen);
	d.a_end = d.a.n;
	d.b_end = d.b.n;
	while (d.from < d.a_end && d.from < d.b_end &&
	       same(&d.a, d.from, &d.b, d.from))
		d.from++;
	while (d.a_end > d.from && d.b_end > d.from &&
	       same(&d.a, d.a_end - 1, &d.b, d.b_end - 1)) {
		d.a_end--;
		d.b_end--;
	}
	if ((d.a_end - d.from + 1) * (d.b_end - d.from + 1) <= MOST_PAIRS) {
		fill(&d);
		walk(&d);
	} else {
		for (size_t i = d.from; i < d.a_end; i++)
			tell(&d, '-', i);
		for (size_t j = d.from; j < d.b_end; j++)
			tell(&d, '+', j);
	}
	free(d.lcs);
	free(d.a.at);
	free(d.b.at);
}
