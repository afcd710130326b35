/* SPDX-License-Identifier: ISC */
/* Rules about the text.  Pictures are what the preview takes for pictures. */
#include <stdlib.h>
#include <string.h>

#include "check_priv.h"
#include "mem.h"
#include "page.h"
#include "text.h"

#define MISSING_MAX 100 /* pictures; nobody reads more of them */

/* An open code fence. */
struct fence {
	char mark; /* 0: none is open */
	size_t length, indent;
	unsigned line;
};

/* A line that may open or close a fence (CommonMark 4.5). */
static void
fence_line(struct fence *open, const char *s, size_t len, unsigned line)
{
	size_t indent = 0, n = 0;
	char mark;

	while (indent < len && s[indent] == ' ')
		indent++;
	if (indent > 3 || indent == len)
		return;
	mark = s[indent];
	while (indent + n < len && s[indent + n] == mark)
		n++;
	if ((mark != '`' && mark != '~') || n < 3)
		return;
	if (!open->mark) {
		if (mark == '`' &&
		    memchr(s + indent + n, '`', len - indent - n))
			return;
		*open = (struct fence){mark, n, indent, line};
		return;
	}
	if (mark != open->mark || n < open->length)
		return;
	for (size_t i = indent + n; i < len; i++)
		if (!strchr(" \t\r", s[i]) || !s[i])
			return;
	open->mark = 0;
}

static bool
is_markdown(const struct check *c)
{
	const char *ext = path_ext(c->entry->path);

	return strcmp(ext, "md") == 0 || strcmp(ext, "markdown") == 0 ||
	       strcmp(ext, "mdown") == 0;
}

void
check_fence(const struct check *c)
{
	struct fence open = {0};
	unsigned line;
	size_t len;
	const char *s = fm_body(c->post->fm, &len, &line);

	if (!is_markdown(c))
		return;
	for (size_t n; len > 0; s += n, len -= n, line++) {
		const char *end = memchr(s, '\n', len);

		n = end ? (size_t)(end - s) + 1 : len;
		fence_line(&open, s, end ? n - 1 : n, line);
	}
	if (open.mark)
		check_say(c, open.line, (unsigned)open.indent + 1,
		    "the code block that begins here has no end; all after it "
		    "will be code");
}

/* Bytes that no reader will get: how many, and the first. */
static size_t
count_broken(const char *s, size_t len, size_t *first)
{
	size_t n = 0, bad;

	for (size_t i = 0; i < len; i = bad + 1) {
		bad = i + text_valid(s + i, len - i);
		for (size_t k = i; k <= bad && k < len; k++)
			if ((k == bad || s[k] == '\0') && n++ == 0)
				*first = k;
	}
	return n;
}

void
check_encoding(const struct check *c)
{
	unsigned start, line, column;
	size_t len, first = 0, n;
	const char *s = fm_body(c->post->fm, &len, &start);

	n = count_broken(s, len, &first);
	if (n == 0)
		return;
	text_place(s, first, &line, &column);
	check_say(c, start + line - 1, column,
	    "the byte %02x here%s is not UTF-8; readers see U+FFFD in its "
	    "place",
	    (unsigned char)s[first], n > 1 ? ", as others after it," : "");
}

/* Where the next sign is that turns the order of text, or len. */
static size_t
find_turn(const char *s, size_t len)
{
	const char *p = s, *end = s + len;

	while (end - p >= 3 && (p = memchr(p, 0xe2, (size_t)(end - p) - 2))) {
		unsigned char b = (unsigned char)p[1], c = (unsigned char)p[2];

		if ((b == 0x80 && c >= 0xaa && c <= 0xae) ||
		    (b == 0x81 && c >= 0xa6 && c <= 0xa9))
			return (size_t)(p - s);
		p++;
	}
	return len;
}

/* Embeddings, overrides and isolates (UAX 9): what is read may not be what is
 * written, in code most of all. */
void
check_direction(const struct check *c)
{
	unsigned start, line, column;
	size_t len, at, size;
	const char *s = fm_body(c->post->fm, &len, &start);

	at = find_turn(s, len);
	if (at == len)
		return;
	text_place(s, at, &line, &column);
	check_say(c, start + line - 1, column,
	    "U+%04X, which is not seen, turns the order of the text here; "
	    "remove it if it is not meant",
	    (unsigned)text_decode(s + at, len - at, &size));
}

struct pictures {
	const struct check *check;
	char *dir;
	size_t missing;
};

/* The first line of the body that has the address, 0: it is written in another
 * way there. */
static unsigned
line_of(const struct check *c, const char *address)
{
	unsigned line;
	size_t len, n = strlen(address);
	const char *s = fm_body(c->post->fm, &len, &line);

	for (; len >= n && n > 0; s++, len--) {
		if (*s == *address && memcmp(s, address, n) == 0)
			return line;
		line += *s == '\n';
	}
	return 0;
}

/* Themes and modules may bring files of their own. */
static bool
may_be_elsewhere(const struct site_config *c, const char *address)
{
	return address[0] == '/' && (value_get(c->all, "theme") ||
					value_path(c->all, "module.imports"));
}

static bool
look(void *ctx, const char *address, struct md_picture *out)
{
	struct pictures *p = ctx;
	const struct check *c = p->check;
	const struct site_config *config = c->site->config;

	(void)out;
	if (p->missing < MISSING_MAX && !may_be_elsewhere(config, address) &&
	    page_lacks_picture(config, p->dir, address, false)) {
		check_say(c, line_of(c, address), 0,
		    "the picture %s is not there", address);
		p->missing++;
	}
	return false;
}

void
check_pictures(const struct check *c)
{
	struct pictures p = {.check = c};
	struct md_options opt = {.width = 80, .picture = look, .ctx = &p};
	size_t len;
	const char *body = fm_body(c->post->fm, &len, NULL);
	char *dir = path_dir(c->entry->path);
	struct err err;

	p.dir = path_join(c->site->config->root, dir);
	free(dir);
	page_configure(&opt, c->site->config, c->entry->path);
	if (is_markdown(c))
		doc_free(md_render(body, len, &opt, &err));
	free(p.dir);
}
