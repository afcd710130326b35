/* SPDX-License-Identifier: ISC */
/*
 * A block of code as Chroma writes it in Hugo: its lines, and their numbers
 * where they are on, which are words like others.
 */
#include "md_markup_priv.h"

#include <stdlib.h>
#include <string.h>

enum numbers { NUMBERS_NONE, NUMBERS_TABLE, NUMBERS_INLINE };

/* The value of an option in what follows the fence: "linenos=table". */
static const char *
option(const char *info, const char *name, size_t *len)
{
	const char *s = strchr(info, '{');
	size_t n = strlen(name);

	while (s && *s) {
		s += strspn(s, " {,\t");
		if (!strncmp(s, name, n) && s[n] == '=') {
			s += n + 1;
			s += *s == '"' || *s == '\'';
			*len = strcspn(s, "\"', \t}");
			return s;
		}
		s += strcspn(s, " ,\t}");
		s += *s == '}';
	}
	return NULL;
}

static enum numbers
numbers_of(const struct markup *m, const char *info, unsigned long *start)
{
	static const char *const off[] = {"false", "0"};
	size_t n;
	const char *s = option(info, "linenostart", &n);
	bool on = m->opt->line_numbers;

	*start = s ? strtoul(s, NULL, 10) : 1;
	s = option(info, "linenos", &n);
	if (s && n == 6 && !memcmp(s, "inline", n))
		return NUMBERS_INLINE;
	if (s) {
		on = true;
		for (size_t i = 0; i < sizeof(off) / sizeof(*off); i++)
			if (n == strlen(off[i]) && !memcmp(s, off[i], n))
				on = false;
	}
	return on ? m->opt->numbers_inline ? NUMBERS_INLINE : NUMBERS_TABLE
		  : NUMBERS_NONE;
}

static void
put_source(struct markup *m, const char *s, size_t len, bool fence)
{
	size_t from = 0;

	for (size_t i = 0; fence && i < len; i++) {
		if (s[i] != '"' && s[i] != '\'')
			continue;
		markup_escape(m, s + from, i - from);
		markup_put(m, s[i] == '"' ? "&#34;" : "&#39;");
		from = i + 1;
	}
	markup_escape(m, s + from, len - from);
}

static const char *
next_line(const char *s, const char *end)
{
	const char *nl = memchr(s, '\n', (size_t)(end - s));

	return nl ? nl + 1 : end;
}

static void
put_lines(struct markup *m, const char *s, size_t len, enum numbers how,
    unsigned long number)
{
	const char *end = s + len, *next;
	unsigned long i = number;

	if (how == NUMBERS_TABLE)
		for (const char *p = s; p < end; p = next_line(p, end))
			buf_printf(m->html, "%lu\n", i++);
	for (; s < end; s = next) {
		next = next_line(s, end);
		if (how == NUMBERS_INLINE)
			buf_printf(m->html, "%lu", number++);
		put_source(m, s, (size_t)(next - s), true);
	}
}

void
markup_code(
    struct markup *m, const char *info, const char *s, size_t len, bool fence)
{
	size_t n = info ? strcspn(info, " \t{") : 0;
	enum numbers how = NUMBERS_NONE;
	unsigned long start = 1;

	if (!fence || n == 0) {
		markup_put(
		    m, fence ? "<pre tabindex=\"0\"><code>" : "<pre><code>");
		put_source(m, s, len, fence);
		markup_put(m, fence ? "</code></pre>" : "</code></pre>\n");
		return;
	}
	how = numbers_of(m, info, &start);
	markup_put(m, "<div class=\"highlight\"><pre tabindex=\"0\" "
		      "style=\"\"><code class=\"\" data-lang=\"\">");
	put_lines(m, s, len, how, start);
	markup_put(m, "</code></pre></div>");
}
