/* SPDX-License-Identifier: ISC */
/*
 * Rows of tables, from Goldmark's reading of them to md4c's: a bar divides
 * cells in code too, a row may have no bar, and one dash is enough.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* A row without the blanks and bars at its ends. */
static void
trim(const char **s, size_t *len, bool bars)
{
	const char *p = *s, *end = p + *len;

	while (p < end && is_blank(*p))
		p++;
	while (end > p && is_blank(end[-1]))
		end--;
	if (bars && p < end && *p == '|')
		p++;
	if (bars && end > p && end[-1] == '|' &&
	    (end - p < 2 || end[-2] != '\\'))
		end--;
	*s = p;
	*len = (size_t)(end - p);
}

/* The end of the cell at s: a bar that is not escaped, or end. */
static const char *
cell_end(const char *s, const char *end)
{
	for (; s < end && *s != '|'; s++)
		if (*s == '\\' && s + 1 < end)
			s++;
	return s < end ? s : end;
}

size_t
md_source_cells(const char *s, size_t len)
{
	const char *end;
	size_t n = 0;

	trim(&s, &len, true);
	end = s + len;
	for (;;) {
		n++;
		s = cell_end(s, end);
		if (s == end)
			return n;
		s++;
	}
}

/* ":-:" as what it aligns to; -1: it is no delimiter. */
static int
delimiter(const char *s, size_t len)
{
	int align = 0;

	trim(&s, &len, false);
	if (len > 0 && *s == ':') {
		align = 1;
		s++;
		len--;
	}
	if (len > 0 && s[len - 1] == ':') {
		align |= 2;
		len--;
	}
	for (size_t i = 0; i < len; i++)
		if (s[i] != '-')
			return -1;
	return len > 0 ? align : -1;
}

size_t
md_source_delimiters(const char *s, size_t len)
{
	const char *end, *cell;
	size_t n = 0;

	/* What is no bar, dash or colon is found before any work is done. */
	for (size_t i = 0; i < len; i++)
		if (!is_blank(s[i]) && s[i] != '|' && s[i] != '-' &&
		    s[i] != ':')
			return 0;
	trim(&s, &len, true);
	end = s + len;
	for (cell = s;; cell = s + 1) {
		s = cell_end(cell, end);
		if (delimiter(cell, (size_t)(s - cell)) < 0)
			return 0;
		n++;
		if (s == end)
			return n;
	}
}

/* Is a row of delimiters as everybody writes it: | --- | :--: | */
static bool
is_usual(const char *s, size_t len)
{
	size_t dashes = 3;

	if (len == 0 || *s != '|' || s[len - 1] != '|')
		return false;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '|' && dashes < 3)
			return false;
		if (s[i] == '|')
			dashes = 0;
		else
			dashes += s[i] == '-';
	}
	return true;
}

void
md_source_delimiter_row(struct buf *b, const char *s, size_t len)
{
	static const char *const rows[] = {"---|", ":---|", "---:|", ":---:|"};
	const char *end, *cell;

	if (is_usual(s, len)) {
		buf_add(b, s, len);
		return;
	}
	trim(&s, &len, true);
	end = s + len;
	buf_putc(b, '|');
	for (cell = s;; cell = s + 1) {
		s = cell_end(cell, end);
		buf_puts(b, rows[delimiter(cell, (size_t)(s - cell))]);
		if (s == end)
			return;
	}
}

/* After the run of n backticks that closes one before s; NULL: there is none.
 */
static const char *
close_of(const char *s, const char *end, size_t n)
{
	size_t run;

	while (s < end) {
		for (run = 0; s < end && *s == '`'; s++)
			run++;
		if (run == n)
			return s;
		while (s < end && *s != '`')
			s++;
	}
	return NULL;
}

/* A cell: runs of backticks that nothing in it closes are escaped. */
static void
cell(struct buf *b, const char *s, const char *end)
{
	const char *close;
	int budget = 64;
	size_t n;

	while (s < end) {
		for (n = 0; s + n < end && s[n] == '`';)
			n++;
		if (n == 0) {
			if (*s == '\\' && s + 1 < end)
				buf_putc(b, *s++);
			buf_putc(b, *s++);
			continue;
		}
		close = budget-- > 0 ? close_of(s + n, end, n) : NULL;
		if (close) {
			buf_add(b, s, (size_t)(close - s));
			s = close;
			continue;
		}
		for (; n > 0; n--, s++)
			buf_puts(b, "\\`");
	}
}

void
md_source_row(struct buf *b, const char *s, size_t len)
{
	const char *end, *stop;

	if (md_source_cells(s, len) > 1 && !memchr(s, '`', len)) {
		buf_add(b, s, len);
		return;
	}
	trim(&s, &len, true);
	end = s + len;
	buf_putc(b, '|');
	for (;; s = stop + 1) {
		stop = cell_end(s, end);
		cell(b, s, stop);
		buf_putc(b, '|');
		if (stop == end)
			return;
	}
}

void
md_source_row_again(struct buf *b, size_t at)
{
	size_t len = b->len - at - 1;
	char *row = xstrndup(b->data + at, len);

	b->len = at;
	md_source_row(b, row, len);
	buf_putc(b, '\n');
	free(row);
}
