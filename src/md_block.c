/* SPDX-License-Identifier: ISC */
/*
 * What a line of Markdown begins with, as CommonMark and Goldmark have it, for
 * md_source.c, which follows blocks without parsing what is in them.
 */
#include "md_priv.h"

#include <string.h>

#include "mem.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

size_t
md_block_list(const char *s, const char *end, bool *one)
{
	const char *p = s;

	*one = true;
	if (p < end && (*p == '-' || *p == '+' || *p == '*')) {
		p++;
	} else {
		while (p < end && p - s < 9 && *p >= '0' && *p <= '9')
			p++;
		if (p == s || p == end || (*p != '.' && *p != ')'))
			return 0;
		*one = p - s == 1 && *s == '1';
		p++;
	}
	if (p < end && !is_blank(*p))
		return 0;
	return (size_t)(p - s);
}

bool
md_block_rule(const char *s, const char *end)
{
	char c = s < end ? *s : '\0';
	int n = 0;

	if (c != '-' && c != '*' && c != '_')
		return false;
	for (; s < end; s++) {
		if (*s == c)
			n++;
		else if (!is_blank(*s))
			return false;
	}
	return n >= 3;
}

bool
md_block_heading(const char *s, const char *end)
{
	const char *p = s;

	while (p < end && *p == '#')
		p++;
	return p > s && p - s <= 6 && (p == end || is_blank(*p));
}

size_t
md_block_fence(const char *s, const char *end)
{
	size_t n = 0;

	if (s == end || (*s != '`' && *s != '~'))
		return 0;
	while (s + n < end && s[n] == *s)
		n++;
	if (n < 3 || (*s == '`' && memchr(s + n, '`', (size_t)(end - s) - n)))
		return 0;
	return n;
}

size_t
md_block_note(const char *s, const char *end)
{
	const char *p;

	if (end - s < 5 || s[0] != '[' || s[1] != '^')
		return 0;
	for (p = s + 2; p + 1 < end && *p != ']'; p++)
		if (*p == '[')
			return 0;
	if (p + 1 >= end || p[1] != ':' || p == s + 2)
		return 0;
	return (size_t)(p - s) - 2;
}

bool
md_block_underline(const char *s, const char *end)
{
	char c = s < end ? *s : '\0';

	if (c != '=' && c != '-')
		return false;
	while (s < end && *s == c)
		s++;
	while (s < end && is_blank(*s))
		s++;
	return s == end;
}

static bool
is_name(const char *s, size_t len, const char *names)
{
	char lower[16];

	if (len == 0 || len >= sizeof(lower) - 2)
		return false;
	lower[0] = ' ';
	for (size_t i = 0; i < len; i++)
		lower[i + 1] =
		    (char)(s[i] >= 'A' && s[i] <= 'Z' ? s[i] + 32 : s[i]);
	lower[len + 1] = ' ';
	lower[len + 2] = '\0';
	return strstr(names, lower) != NULL;
}

/* The elements of CommonMark's HTML blocks, kind 6. */
static const char block_names[] =
    " address article aside base basefont blockquote body caption center col "
    "colgroup dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe "
    "legend li link main menu menuitem nav noframes ol optgroup option p param "
    "section source summary table tbody td tfoot th thead title tr track ul ";

enum md_block
md_block_html(
    const char *s, const char *end, bool paragraph, const char **until)
{
	static const struct {
		const char *start, *until;
	} raw[] = {
	    {"<!--", "-->"},
	    {"<?", "?>"},
	    {"<![CDATA[", "]]>"},
	    {"<!", ">"},
	};
	const char *p = s + 1;
	size_t n = 0;

	for (size_t i = 0; i < NITEMS(raw); i++) {
		n = strlen(raw[i].start);
		if ((size_t)(end - s) >= n && !memcmp(s, raw[i].start, n)) {
			*until = raw[i].until;
			return MD_BLOCK_RAW;
		}
	}
	if (p < end && *p == '/')
		p++;
	for (n = 0;
	     p + n < end && ((p[n] >= '0' && p[n] <= '9') ||
				((p[n] | 32) >= 'a' && (p[n] | 32) <= 'z'));)
		n++;
	if (is_name(p, n, " script pre style textarea ") && p == s + 1) {
		*until = "</";
		return MD_BLOCK_RAW;
	}
	if (is_name(p, n, block_names))
		return MD_BLOCK_MARKUP;
	while (end > s && is_blank(end[-1]))
		end--;
	/* One whole tag alone on the line. */
	return n > 0 && end[-1] == '>' && !paragraph &&
		       !memchr(p, '<', (size_t)(end - p)) &&
		       !memchr(p, ':',
			   (size_t)(end - p) < n + 1 ? (size_t)(end - p)
						     : n + 1)
		   ? MD_BLOCK_MARKUP
		   : MD_BLOCK_OTHER;
}

bool
md_block_has(const char *s, const char *end, const char *what)
{
	size_t n = strlen(what);

	for (; s + n <= end && (s = memchr(s, *what, (size_t)(end - s))); s++) {
		if (s + n > end)
			return false;
		if (!memcmp(s, what, n))
			return true;
	}
	return false;
}

/* A line whose text begins at s: may it have to be put in other words? */
static bool
is_special(const struct md_options *opt, const char *s, const char *end)
{
	switch (*s) {
	case '[':
		return opt->footnotes && md_block_note(s, end);
	case ':':
	case '|':
	case '-':
		if (*s == ':' && opt->definitions &&
		    (s + 1 == end || is_blank(s[1])))
			return true;
		return (*s == '|' || memchr(s, '|', (size_t)(end - s))) &&
		       md_source_delimiters(s, (size_t)(end - s));
	case '{':
		return opt->block_attributes;
	default:
		return false;
	}
}

bool
md_block_special(const struct md_options *opt, const char *body, size_t *len)
{
	const char *s, *line = body, *end = body + *len, *nl;
	bool code = false;

	for (; line < end; line = nl + 1) {
		unsigned char c = (unsigned char)*line;

		nl = memchr(line, '\n', (size_t)(end - line));
		if (!nl)
			nl = end;
		if (c >= 0x80 || ((c | 32) >= 'a' && (c | 32) <= 'z'))
			continue;
		for (s = line; s < nl && (is_blank(*s) || *s == '>');)
			s++;
		if (s < nl && s - line <= 3 && md_block_fence(s, nl))
			code = !code;
		if (md_bound_is_deep(line, nl, code)) {
			*len = (size_t)(line - body);
			return false;
		}
		if (s < nl && is_special(opt, s, nl))
			return true;
	}
	return false;
}
