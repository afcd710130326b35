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

/* What regcomp() takes. */
struct translation {
	struct buf posix;
	struct pattern_groups groups;
	size_t all; /* groups */
	int flags;
};

/* Behind a backslash, outside of brackets. NULL: not understood. */
static const char *
translate_escape(const char *p, struct buf *out)
{
	static const char letters[] = "dDwWsS";
	static const char *const classes[] = {"[0-9]", "[^0-9]", "[0-9A-Za-z_]",
	    "[^0-9A-Za-z_]", "[[:space:]]", "[^[:space:]]"};
	const char *class = *p ? strchr(letters, *p) : NULL;

	if (class) {
		buf_puts(out, classes[class - letters]);
		return p + 1;
	}
	if (!*p || !strchr(".+*?()[]{}|^$\\/-_ \"'", *p))
		return NULL;
	if (!strchr("/-_ \"'", *p))
		buf_putc(out, '\\');
	buf_putc(out, *p);
	return p + 1;
}

/* A bracket expression, from behind its "[". NULL: not understood. */
static const char *
translate_bracket(const char *p, struct buf *out)
{
	buf_putc(out, '[');
	if (*p == '^')
		buf_putc(out, *p++);
	while (*p && *p != ']') {
		if (*p == '[' && p[1] == ':') {
			const char *end = strstr(p, ":]");

			if (!end)
				return NULL;
			buf_add(out, p, (size_t)(end - p) + 2);
			p = end + 2;
		} else if (*p != '\\') {
			buf_putc(out, *p++);
		} else {
			p++;
			if (*p == 'd' || *p == 'w' || *p == 's')
				buf_puts(out, *p == 'd'   ? "0-9"
					      : *p == 'w' ? "0-9A-Za-z_"
							  : "[:space:]");
			else if (*p && strchr("./+*?()|$_ ,:;", *p))
				buf_putc(out, *p);
			else
				return NULL;
			p++;
		}
	}
	if (*p != ']')
		return NULL;
	buf_putc(out, ']');
	return p + 1;
}

/* As a POSIX one; false: it has what POSIX has not, or could cost too much. */
static bool
translate(const char *p, struct translation *t)
{
	struct buf *out = &t->posix;
	size_t counts = 0;

	if (strlen(p) > PATTERN_MAX)
		return false;
	if (strncmp(p, "(?i)", 4) == 0) {
		t->flags |= REG_ICASE;
		p += 4;
	}
	while (p && *p) {
		if (*p == '\\') {
			p = translate_escape(p + 1, out);
			continue;
		}
		if (*p == '[') {
			p = translate_bracket(p + 1, out);
			continue;
		}
		if ((strchr("*+?}", *p) && p[1] == '?') ||
		    (strchr(")}*+?", *p) && p[1] == '{') ||
		    (*p == '{' && (counts++ > 4 || !small_counts(p + 1))))
			return false;
		if (*p == '(') {
			bool plain = p[1] != '?';

			t->all++;
			if (!plain && p[2] != ':')
				return false;
			if (plain && ++t->groups.n < 10)
				t->groups.at[t->groups.n] = t->all;
			p += plain ? 0 : 2;
			buf_putc(out, '(');
			p++;
			continue;
		}
		buf_putc(out, *p++);
	}
	return p && t->all < 10;
}

int
pattern_compile_groups(regex_t *re, const char *pattern, int flags,
    struct pattern_groups *groups, struct err *err)
{
	struct translation t = {.flags = flags | REG_EXTENDED};
	int rc = -1;

	if (translate(pattern, &t) &&
	    regcomp(re, buf_text(&t.posix), t.flags) == 0)
		rc = 0;
	buf_dispose(&t.posix);
	*groups = t.groups;
	if (rc == -1)
		err_code(err, ERR_USAGE,
		    "the pattern '%s' is not understood here", pattern);
	return rc;
}

int
pattern_compile(regex_t *re, const char *pattern, int flags, struct err *err)
{
	struct pattern_groups groups;

	return pattern_compile_groups(re, pattern, flags, &groups, err);
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
