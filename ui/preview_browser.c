/* SPDX-License-Identifier: ISC */
/* The program that opens addresses. */
#include "preview_browser.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "file.h"
#include "mem.h"
#include "proc.h"

static bool
is_set(const char *name)
{
	const char *value = getenv(name);

	return value && *value;
}

/* Append a word of s, without its quotes; what follows it. */
static const char *
take_word(struct buf *word, const char *s, const char *end)
{
	char quote = '\0';

	for (; s < end && (quote || *s != ' '); s++)
		if (quote ? *s == quote : *s == '"' || *s == '\'')
			quote = quote ? '\0' : *s;
		else
			buf_putc(word, *s);
	return s;
}

/* Put the address in the place of every %s of word; false: it has none. */
static bool
put_address(char **word, const char *address)
{
	const char *s = *word, *at;
	struct buf b = {0};

	if (!strstr(s, "%s"))
		return false;
	for (; (at = strstr(s, "%s")); s = at + 2) {
		buf_add(&b, s, (size_t)(at - s));
		buf_puts(&b, address);
	}
	buf_puts(&b, s);
	free(*word);
	*word = buf_steal(&b);
	return true;
}

/* s[0..len) as the words of a command; false: there is no such program. */
static bool
parse(struct browser *b, const char *s, size_t len, const char *address)
{
	const char *end = s + len;
	size_t n = 0, cap = 0;
	bool put = false;

	*b = (struct browser){0};
	for (;;) {
		struct buf word = {0};

		while (s < end && *s == ' ')
			s++;
		if (s == end)
			break;
		s = take_word(&word, s, end);
		b->argv = xgrow(b->argv, n + 2, &cap, sizeof(*b->argv));
		b->argv[n] = buf_steal(&word);
		if (n > 0 && put_address(&b->argv[n], address))
			put = true;
		b->argv[++n] = NULL;
	}
	if (n == 0 || !proc_exists(b->argv[0])) {
		browser_dispose(b);
		return false;
	}
	if (!put) {
		b->argv[n++] = xstrdup(address);
		b->argv[n] = NULL;
	}
	return true;
}

static bool
from_environment(struct browser *b, const char *address)
{
	const char *s = getenv("BROWSER");
	size_t len;

	for (; s && *s; s += len + (s[len] == ':')) {
		len = strcspn(s, ":");
		if (parse(b, s, len, address))
			return true;
	}
	return false;
}

static bool
of_desktop(struct browser *b, const char *address)
{
	/* Elsewhere "open" is another program. */
	static const char *const names[] = {"wslview", "xdg-open",
#ifdef __APPLE__
	    "open"
#endif
	};

	for (size_t i = 0; i < NITEMS(names); i++)
		if (names[i] && parse(b, names[i], strlen(names[i]), address))
			return true;
	return false;
}

/* Without a desktop xdg-open looks for a browser in the terminal. */
static bool
needs_terminal(const char *program)
{
	static const char *const known[] = {"w3m", "lynx", "links", "links2",
	    "elinks", "browsh", "carbonyl", "cha", "www-browser"};
	const char *name = path_base(program);

	for (size_t i = 0; i < NITEMS(known); i++)
		if (strcmp(name, known[i]) == 0)
			return true;
#ifndef __APPLE__
	if (strcmp(name, "xdg-open") == 0 ||
	    strcmp(name, "sensible-browser") == 0)
		return !is_set("DISPLAY") && !is_set("WAYLAND_DISPLAY") &&
		       !is_set("WSL_DISTRO_NAME");
#endif
	return false;
}

bool
browser_choose(struct browser *b, const char *setting, const char *address)
{
	bool found;

	*b = (struct browser){0};
	if (setting && *setting)
		found = parse(b, setting, strlen(setting), address);
	else
		found = from_environment(b, address) || of_desktop(b, address);
	if (found)
		b->tty = needs_terminal(b->argv[0]);
	return found;
}

void
browser_dispose(struct browser *b)
{
	for (size_t i = 0; b->argv && b->argv[i]; i++)
		free(b->argv[i]);
	free(b->argv);
	*b = (struct browser){0};
}
