/* SPDX-License-Identifier: ISC */
/* A diff as git prints it, put together from the lines that differ. */
#include <stdlib.h>
#include <string.h>

#include "diff.h"
#include "mem.h"

#define CONTEXT 3

/* One changed line, and how far both texts are behind the lines before it. */
struct change {
	char sign;
	const char *text; /* to the end of its text */
	size_t left;      /* bytes from there */
	size_t a, b;      /* 0-based: the next line of each text */
};

struct unified {
	const char *a, *b;
	size_t alen, blen;
	struct change *v;
	size_t n, cap;
	const char **lines; /* of a; the last is the end */
	size_t nlines, cap_lines;
};

static void
collect(void *ctx, const struct diff_line *l)
{
	struct unified *u = ctx;
	const struct change *last = u->n > 0 ? &u->v[u->n - 1] : NULL;
	struct change c = {.sign = l->sign, .text = l->text};
	size_t line = l->line - 1;

	if (last) {
		c.a = last->a + (last->sign == '-');
		c.b = last->b + (last->sign == '+');
	}
	/* What both have lies between. */
	if (l->sign == '-') {
		c.b += line - c.a;
		c.a = line;
		c.left = (size_t)(u->a + u->alen - l->text);
	} else {
		c.a += line - c.b;
		c.b = line;
		c.left = (size_t)(u->b + u->blen - l->text);
	}
	u->v = xgrow(u->v, u->n, &u->cap, sizeof(*u->v));
	u->v[u->n++] = c;
}

static void
split(struct unified *u)
{
	const char *s = u->a, *end = s + u->alen;

	while (s < end) {
		const char *nl = memchr(s, '\n', (size_t)(end - s));

		u->lines = xgrow(
		    u->lines, u->nlines, &u->cap_lines, sizeof(*u->lines));
		u->lines[u->nlines++] = s;
		s = nl ? nl + 1 : end;
	}
}

static void
add_line(struct buf *out, char sign, const char *s, size_t left)
{
	const char *nl = memchr(s, '\n', left);

	buf_putc(out, sign);
	buf_add(out, s, nl ? (size_t)(nl - s) + 1 : left);
	if (!nl)
		buf_puts(out, "\n\\ No newline at end of file\n");
}

static void
add_context(const struct unified *u, size_t from, size_t to, struct buf *out)
{
	for (; from < to; from++)
		add_line(out, ' ', u->lines[from],
		    (size_t)(u->a + u->alen - u->lines[from]));
}

/* "12,7"; git leaves a length of 1 out, and counts from 0 where it is 0. */
static void
add_range(struct buf *out, char sign, size_t from, size_t n)
{
	buf_printf(out, "%c%zu", sign, n == 0 ? from : from + 1);
	if (n != 1)
		buf_printf(out, ",%zu", n);
}

/* The changes first to last, which lie near to each other. */
static void
add_hunk(const struct unified *u, size_t first, size_t last, struct buf *out)
{
	const struct change *v = u->v, *c = &v[first];
	size_t before = c->a < CONTEXT ? c->a : CONTEXT;
	size_t a = c->a - before, end = v[last].a + (v[last].sign == '-');
	size_t stop = end + CONTEXT, at = a, minus = 0, plus = 0;

	stop = stop < u->nlines ? stop : u->nlines;
	for (size_t i = first; i <= last; i++)
		*(v[i].sign == '-' ? &minus : &plus) += 1;
	buf_puts(out, "@@ ");
	add_range(out, '-', a, stop - a);
	buf_putc(out, ' ');
	add_range(out, '+', c->b - before, stop - a - minus + plus);
	buf_puts(out, " @@\n");
	for (size_t i = first; i <= last; i++) {
		add_context(u, at, v[i].a, out);
		add_line(out, v[i].sign, v[i].text, v[i].left);
		at = v[i].a + (v[i].sign == '-');
	}
	add_context(u, at, stop, out);
}

void
diff_unified(const char *name, const char *a, size_t alen, const char *b,
    size_t blen, struct buf *out)
{
	struct unified u = {.a = a, .b = b, .alen = alen, .blen = blen};
	size_t first = 0;

	diff_lines(a, alen, b, blen, collect, &u);
	split(&u);
	if (u.n > 0)
		buf_printf(out, "--- a/%s\n+++ b/%s\n", name, name);
	for (size_t i = 0; i < u.n; i++) {
		size_t end = u.v[i].a + (u.v[i].sign == '-');

		if (i + 1 < u.n && u.v[i + 1].a - end <= (size_t)2 * CONTEXT)
			continue;
		add_hunk(&u, first, i, out);
		first = i + 1;
	}
	free(u.v);
	free(u.lines);
}
