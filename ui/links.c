/* SPDX-License-Identifier: ISC */
/* Links that a terminal can open. */
#include "links.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "mem.h"

/* What VTE takes. */
#define MOST 2083

static const char *
env(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

static bool
starts(const char *s, const char *with)
{
	return strncmp(s, with, strlen(with)) == 0;
}

/* Is a version, as "3.5.2" or "next-3.4", this one or later? */
static bool
since(const char *version, int major, int minor)
{
	char *end;
	long a, b;

	version += strcspn(version, "0123456789");
	a = strtol(version, &end, 10);
	b = *end == '.' ? strtol(end + 1, NULL, 10) : 0;
	return a > major || (a == major && b >= minor);
}

/* Programs that say who they are by TERM_PROGRAM. */
static bool
known_program(const char *name, const char *version)
{
	static const struct {
		const char *name;
		int major, minor;
	} rows[] = {
	    {"iTerm.app", 3, 1},
	    {"WezTerm", 20200620, 0},
	    {"vscode", 1, 72},
	    {"ghostty", 0, 0},
	    {"mintty", 3, 0},
	    {"rio", 0, 0},
	    {"zed", 0, 0},
	    {"tmux", 3, 4},
	};

	for (size_t i = 0; i < NITEMS(rows); i++)
		if (strcmp(name, rows[i].name) == 0)
			return since(version, rows[i].major, rows[i].minor);
	return false;
}

bool
links_known(void)
{
	static const char *const terms[] = {"xterm-kitty", "xterm-ghostty",
	    "alacritty", "foot", "contour", "wezterm", "rio"};
	const char *term = env("TERM"), *force = env("FORCE_HYPERLINK");
	const char *vte = env("VTE_VERSION");
	bool multiplexer = starts(term, "tmux") || starts(term, "screen");

	if (*force)
		return strcmp(force, "0") != 0;
	if (!*term || strcmp(term, "dumb") == 0 || strcmp(term, "linux") == 0)
		return false;
	if (known_program(env("TERM_PROGRAM"), env("TERM_PROGRAM_VERSION")))
		return true;
	/* What is around it was not asked. */
	if (multiplexer || *env("TMUX") || *env("STY"))
		return false;
	for (size_t i = 0; i < NITEMS(terms); i++)
		if (starts(term, terms[i]))
			return true;
	/* 0.50.0 crashes of them. */
	return atoi(vte) > 5000 || *env("WT_SESSION") || *env("DOMTERM") ||
	       atoi(env("KONSOLE_VERSION")) >= 201200;
}

/* The length of "https:" at the start; 0: there is no scheme. */
static size_t
scheme(const char *s)
{
	size_t n = 0;

	if (!isalpha((unsigned char)s[0]))
		return 0;
	while (isalnum((unsigned char)s[n]) || s[n] == '+' || s[n] == '-' ||
	       s[n] == '.')
		n++;
	return s[n] == ':' ? n + 1 : 0;
}

static bool
is_harmless(const char *address)
{
	static const char *const schemes[] = {
	    "https:", "http:", "mailto:", "ftp:"};

	for (size_t i = 0; i < NITEMS(schemes); i++)
		if (strncasecmp(address, schemes[i], strlen(schemes[i])) == 0)
			return true;
	return false;
}

/* The path at s, without "." and "..", and what is behind it (RFC 3986,
 * 5.2.4). */
static void
add_path(struct buf *b, const char *s)
{
	size_t root = b->len;
	size_t path = strcspn(s, "?#");

	for (size_t at = 0, n; at < path; at += n) {
		const char *p = s + at + 1; /* behind the slash */

		n = 1 + strcspn(p, "/?#");
		if (n == 2 && *p == '.') {
			if (at + n >= path)
				buf_putc(b, '/');
		} else if (n == 3 && p[0] == '.' && p[1] == '.') {
			while (b->len > root && b->data[--b->len] != '/')
				continue;
			if (at + n >= path)
				buf_putc(b, '/');
		} else {
			buf_add(b, s + at, n);
		}
	}
	buf_puts(b, s + path);
}

/* A reference on the page at base, which is a whole address. */
static void
resolve(struct buf *b, const char *base, const char *link)
{
	size_t kind = scheme(base), host, path;
	struct buf whole = {0};

	if (starts(link, "//")) {
		buf_add(b, base, kind);
		buf_puts(b, link);
		return;
	}
	host = kind + (starts(base + kind, "//") ? 2 : 0);
	host += strcspn(base + host, "/?#");
	path = host + strcspn(base + host, "?#");
	if (*link == '\0' || *link == '#' || *link == '?') {
		buf_add(b, base, path);
		buf_puts(b, link);
		return;
	}
	buf_add(b, base, host);
	if (*link != '/') {
		while (path > host && base[path - 1] != '/')
			path--;
		buf_add(&whole, base + host, path - host);
		if (whole.len == 0)
			buf_putc(&whole, '/');
	}
	buf_puts(&whole, link);
	add_path(b, buf_text(&whole));
	buf_dispose(&whole);
}

/* What is not printable ASCII is escaped. */
static char *
escaped(const char *s)
{
	struct buf b = {0};

	for (; *s; s++)
		if (*s > 0x20 && *s < 0x7f)
			buf_putc(&b, *s);
		else
			buf_printf(&b, "%%%02X", (unsigned char)*s);
	return buf_steal(&b);
}

char *
links_address(const char *base, const char *link)
{
	struct buf whole = {0};
	char *address;

	if (scheme(link))
		buf_puts(&whole, link);
	else if (is_harmless(base))
		resolve(&whole, base, link);
	address = escaped(buf_text(&whole));
	buf_dispose(&whole);
	if (is_harmless(address) && strlen(address) <= MOST)
		return address;
	free(address);
	return NULL;
}
