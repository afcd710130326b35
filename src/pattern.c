/* SPDX-License-Identifier: ISC */
/* Regular expressions of other people, made ones of POSIX that are bounded. */
#include "pattern.h"

#include <string.h>

#include "buf.h"

#define COUNT_MAX   100
#define PATTERN_MAX 512

/* "3,5}": no number is so big that the automaton is too. */
static bool
small_counts(const char *p)
{
	int n;

	do {
		for (n = 0; *p >= '0' && *p <= '9'; p++)
			if (n <= COUNT_MAX)
				n = n * 10 + (*p - '0');
		if (n > COUNT_MAX)
			return false;
	} while (*p++ == ',');
	return true;
}

static bool
translate_escape(char c, struct buf *out)
{
	const char *class = c == 'd'   ? "[0-9]"
			    : c == 'w' ? "[0-9A-Za-z_]"
			    : c == 's' ? "[[:space:]]"
				       : NULL;

	if (class) {
		buf_puts(out, class);
		return true;
	}
	if (!c || !strchr(".+*?()[]{}|^$\\/-", c))
		return false;
	if (c != '/' && c != '-')
		buf_putc(out, '\\');
	buf_putc(out, c);
	return true;
}

/* As a POSIX one; false: it has what POSIX has not, or could cost too much. */
static bool
translate(const char *p, struct buf *out)
{
	size_t counts = 0;

	if (strlen(p) > PATTERN_MAX)
		return false;
	for (; *p; p++) {
		if (*p == '\\') {
			if (!translate_escape(*++p, out))
				return false;
			continue;
		}
		if ((*p == '(' && p[1] == '?') ||
		    (strchr("*+?}", *p) && p[1] == '?') ||
		    (strchr(")}*+?", *p) && p[1] == '{') ||
		    (*p == '{' && (counts++ > 4 || !small_counts(p + 1))))
			return false;
		buf_putc(out, *p);
	}
	return true;
}

int
pattern_compile(regex_t *re, const char *pattern, int flags, struct err *err)
{
	struct buf posix = {0};
	int rc = -1;

	if (translate(pattern, &posix) &&
	    regcomp(re, buf_text(&posix), REG_EXTENDED | flags) == 0)
		rc = 0;
	buf_dispose(&posix);
	if (rc == -1)
		err_code(err, ERR_USAGE,
		    "the pattern '%s' is not understood here", pattern);
	return rc;
}

bool
pattern_matches(const char *pattern, const char *s)
{
	struct err ignored;
	bool yes;
	regex_t re;

	if (pattern_compile(&re, pattern, REG_NOSUB, &ignored) == -1)
		return true;
	yes = regexec(&re, s, 0, NULL, 0) == 0;
	regfree(&re);
	return yes;
}
