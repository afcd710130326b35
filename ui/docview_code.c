/* SPDX-License-Identifier: ISC */
/*
 * The code of a block that is in sight.  What is shown has its tabs as blanks
 * and its long lines cut, so it is looked for in the source of the page by its
 * signs other than blanks.
 */
#include <stdlib.h>
#include <string.h>

#include "docview_priv.h"
#include "md.h"
#include "text.h"

#define TAB 4 /* columns, as shown */

/* A line of code as shown. */
struct code_line {
	bool code;
	bool more;       /* it goes on from the one above */
	const char *bar; /* where its bar is */
	const char *s;   /* its code */
	size_t len;
};

static bool
all_blank(const char *s, size_t len)
{
	while (len > 0 && s[len - 1] == ' ')
		len--;
	return len == 0;
}

/* The bar of a block and what is behind it: a blank, a number, a sign that the
 * line goes on. */
static struct code_line
line_at(const struct docview *dv, size_t i)
{
	struct code_line l = {0};
	const char *text = doc_line(dv->doc, i, &l.len);
	size_t n, k, len = l.len;
	const struct md_span *s = doc_spans(dv->doc, i, &n);

	for (k = 0; k < n; k++)
		if ((s[k].style == MD_RULE || s[k].style == MD_BULLET) &&
		    (k + 1 == n || s[k + 1].style == MD_BLOCK))
			break;
		else if (s[k].style != MD_QUOTE && s[k].style != MD_BULLET &&
			 !all_blank(text + s[k].at, s[k].len))
			return l;
	if (k == n)
		return l;
	l.code = true;
	l.bar = text + s[k].at;
	l.s = text + s[k].at + s[k].len;
	if (++k < n)
		l.s++;
	if (k + 1 < n && s[k].len == 1 && s[k + 1].style == MD_LABEL) {
		k++;
		l.s = text + s[k].at + s[k].len;
	}
	if (k + 1 < n && s[k + 1].style == MD_RULE &&
	    all_blank(text + s[k].at, s[k].len)) {
		l.more = true;
		l.s = text + s[k + 1].at + s[k + 1].len;
	}
	l.len = len - (size_t)(l.s - text);
	return l;
}

/* A line that ends with its bar is one of code where another is beside it. */
static bool
is_code(const struct docview *dv, size_t i)
{
	struct code_line l = line_at(dv, i);

	return l.code && !all_blank(l.s, l.len);
}

/* The lines of the block: the one at the top, or the first that begins in
 * sight.  False: none. */
static bool
find_block(const struct docview *dv, size_t *first, size_t *end)
{
	size_t n = doc_lines(dv->doc), last = dv->top + (size_t)dv->rows, i;

	for (i = dv->top; i < n && i < last && !is_code(dv, i); i++)
		continue;
	if (i >= n || i >= last)
		return false;
	*first = i;
	while (*first > 0 && line_at(dv, *first - 1).code)
		(*first)--;
	while (!is_code(dv, *first))
		(*first)++;
	for (*end = i + 1; *end < n && line_at(dv, *end).code; (*end)++)
		continue;
	return true;
}

static void
add_signs(struct buf *b, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)s[i] > ' ')
			buf_putc(b, s[i]);
}

/* Columns of blanks that a line begins with; *at: bytes. */
static size_t
indent(const char *s, size_t len, size_t *at)
{
	size_t cols = 0, i = 0;

	for (; i < len && (s[i] == ' ' || s[i] == '\t'); i++)
		cols = s[i] == '\t' ? (cols / TAB + 1) * TAB : cols + 1;
	*at = i;
	return cols;
}

/* The start of a line's code in the source: behind the bars of quotations, if
 * it is quoted. */
static const char *
skip_quote(const char *s, const char *end)
{
	const char *p = s;

	while (p < end) {
		while (p < end && *p == ' ')
			p++;
		if (p == end || *p != '>')
			break;
		p++;
		s = p < end && *p == ' ' ? p + 1 : p;
		p = s;
	}
	return s;
}

/* A line of the source without its end. */
static const char *
line_end(const char *s, const char *end, const char **next)
{
	const char *nl = memchr(s, '\n', (size_t)(end - s));

	*next = nl ? nl + 1 : end;
	if (!nl)
		nl = end;
	return nl > s && nl[-1] == '\r' ? nl - 1 : nl;
}

/* Do the signs from s on, to the end of a line, match all of want?  The end. */
static const char *
match(const char *s, const char *end, const struct buf *want, bool quoted)
{
	size_t k = 0;
	const char *next;

	for (; s < end; s = next) {
		const char *stop = line_end(s, end, &next);

		for (s = quoted ? skip_quote(s, stop) : s; s < stop; s++) {
			if ((unsigned char)*s <= ' ')
				continue;
			if (k == want->len || *s != want->data[k])
				return NULL;
			k++;
		}
		if (k == want->len)
			return stop;
	}
	return NULL;
}

/* Append the lines from s to end, without the columns that the block stands
 * in; how many. */
static size_t
add_lines(struct buf *to, const char *s, const char *end, bool quoted,
    size_t indented)
{
	size_t n = 0, at, own, outer = 0;
	const char *next;

	for (; s < end; s = next, n++) {
		const char *stop = line_end(s, end, &next);

		if (quoted)
			s = skip_quote(s, stop);
		own = indent(s, (size_t)(stop - s), &at);
		if (n == 0)
			outer = own > indented ? own - indented : 0;
		/* As blanks up to there, then as it is. */
		for (own = 0;
		     own < outer && s < stop && (*s == ' ' || *s == '\t'); s++)
			own = *s == '\t' ? (own / TAB + 1) * TAB : own + 1;
		for (; own > outer; own--)
			buf_putc(to, ' ');
		buf_add(to, s, (size_t)(stop - s));
		buf_putc(to, '\n');
	}
	return n;
}

/* Where the page has cut a line, in what is shown of it. */
#define CUT '\001'

/* As it is shown, with CUT; the number of lines. */
static size_t
from_page(const struct docview *dv, size_t first, size_t end, struct buf *to)
{
	size_t n = 0;

	for (; first < end; first++) {
		struct code_line l = line_at(dv, first);

		if (l.more && to->len > 0)
			to->data[to->len - 1] = CUT;
		buf_add(to, l.s, l.len);
		buf_putc(to, '\n');
		n += !l.more;
	}
	return n;
}

/* Blanks and tabs at s; *tab: there is a tab among them. */
static size_t
blanks(const char *s, bool *tab)
{
	size_t n = strspn(s, " \t");

	*tab = n > 0 && memchr(s, '\t', n);
	return n;
}

/* Is code what is shown?  A tab stands for any number of blanks, and those that
 * end a line are not shown. */
static bool
is_shown(const char *code, const char *shown)
{
	bool tab;

	while (*code && *shown) {
		size_t n = blanks(code, &tab);

		if (code[n] == '\n' || *shown == CUT) {
			code += n;
			shown += *shown == CUT ? 1 : strspn(shown, " ");
		}
		if (tab && *code != '\n' && *shown == ' ') {
			code += n;
			shown += strspn(shown, " ");
		}
		if (*shown != CUT && *code++ != *shown++)
			return false;
	}
	return !*code && !*shown;
}

/* As it is in the source; the number of lines, 0: it is not found there. */
static size_t
from_source(const char *body, size_t len, const struct buf *want,
    size_t indented, const char *shown, struct buf *to)
{
	const char *end = body + len, *next;

	for (const char *s = body; s < end; s = next) {
		const char *stop = line_end(s, end, &next);

		for (int quoted = 0; quoted < 2; quoted++) {
			const char *from = quoted ? skip_quote(s, stop) : s;
			const char *last;
			size_t at, n;

			indent(from, (size_t)(stop - from), &at);
			if (from + at == stop || from[at] != want->data[0] ||
			    !(last = match(s, end, want, quoted)))
				continue;
			n = add_lines(to, s, last, quoted, indented);
			if (is_shown(buf_text(to), shown))
				return n;
			buf_clear(to);
		}
	}
	return 0;
}

size_t
docview_code(
    const struct docview *dv, const char *body, size_t len, struct buf *to)
{
	size_t first, end, n = 0, lines, at, indented = SIZE_MAX;
	struct buf signs = {0}, shown = {0}, code = {0};

	if (!dv->doc || !find_block(dv, &first, &end))
		return 0;
	for (size_t i = first; i < end; i++) {
		struct code_line l = line_at(dv, i);

		if (indented == SIZE_MAX && !all_blank(l.s, l.len))
			indented = indent(l.s, l.len, &at);
		add_signs(&signs, l.s, l.len);
	}
	lines = from_page(dv, first, end, &shown);
	if (signs.len > 0)
		n = from_source(
		    body, len, &signs, indented, buf_text(&shown), &code);
	if (n > 0)
		buf_add(to, code.data, code.len);
	for (size_t i = 0; i < shown.len && n == 0; i++)
		buf_putc(to, shown.data[i] == CUT ? ' ' : shown.data[i]);
	buf_dispose(&signs);
	buf_dispose(&shown);
	buf_dispose(&code);
	return n > 0 ? n : lines;
}
