/* SPDX-License-Identifier: ISC */
/*
 * The tokens of permalink patterns (Hugo's docs "permalink tokens";
 * resources/page/permalinks.go).
 */
#include "permalink_priv.h"

#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "date.h"
#include "date_layout.h"
#include "mem.h"

/* Does the directory (below the content directory) hold an _index page? */
static bool
is_section(const struct permalink *p, const char *dir, size_t len)
{
	static const char *const names[] = {
	    "_index.md", "_index.html", "_index.markdown", "_index.org"};
	bool found = false;

	if (!p->path->root)
		return false;
	for (size_t i = 0; i < NITEMS(names) && !found; i++) {
		char *path = xasprintf("%s/%s/%.*s/%s", p->config->root,
		    p->path->root, (int)len, dir, names[i]);

		found = file_exists(path);
		free(path);
	}
	return found;
}

/* The bytes of path->parent that are the page's current section: the deepest
 * directory with an _index page, at least the first one. */
static size_t
current_section(const struct permalink *p)
{
	const char *dir = p->path->parent;
	size_t len = strlen(dir), first = strcspn(dir, "/");

	while (len > first && !is_section(p, dir, len))
		while (len > first && dir[--len] != '/')
			;
	return len;
}

/* Section i of n sections in dir; -1 is the last. */
static void
add_section(struct buf *out, const char *dir, size_t len, long i)
{
	size_t at = 0, n;

	for (; at < len; at += n + 1, i--) {
		n = strcspn(dir + at, "/");
		if (n > len - at)
			n = len - at;
		if (i == 0 || (i < 0 && at + n >= len)) {
			if (out->len > 0)
				buf_putc(out, '/');
			buf_add(out, dir + at, n);
			return;
		}
	}
}

static long
count_sections(const char *dir, size_t len)
{
	long n = len > 0;

	for (size_t i = 0; i < len; i++)
		n += dir[i] == '/';
	return n;
}

/* One end of "[from:to]": a number, "last", or nothing. */
static bool
slice_end(const char *s, size_t len, long last, long *end)
{
	char *stop;

	if (len == 0)
		return true;
	if (len == 4 && memcmp(s, "last", 4) == 0) {
		*end = last;
		return true;
	}
	*end = strtol(s, &stop, 10);
	return stop == s + len && *end >= 0;
}

/* "[1:]", "[last]", "[0]": which of the sections. */
static bool
add_slice(const struct permalink *p, const char *s, size_t len, struct buf *out)
{
	size_t n = current_section(p);
	const char *colon = memchr(s, ':', len);
	size_t left = colon ? (size_t)(colon - s) : len;
	long count = count_sections(p->path->parent, n);
	long from = 0, to = count;

	if (!slice_end(s, left, count - 1, &from))
		return false;
	if (!colon)
		to = from + 1;
	else if (!slice_end(colon + 1, len - left - 1, count - 1, &to))
		return false;
	for (long i = from; i < to && i < count; i++)
		add_section(out, p->path->parent, n, i);
	return true;
}

static void
add_urlized(const struct permalink *p, const char *s, struct buf *out)
{
	char *t = permalink_part(p, s);

	buf_puts(out, t);
	free(t);
}

static void
add_title(const struct permalink *p, struct buf *out)
{
	char *title = site_string(p->values, "title");

	add_urlized(p, title, out);
	free(title);
}

/* The page's date in its own offset; Go's zero time when there is none. */
static void
page_date(const struct permalink *p, struct date *d)
{
	const struct site_date *date = &p->dates->v[DATE_DATE];

	if (date->key)
		date_from_unix(date->t, date->offset, d);
	else
		*d = (struct date){.year = 1, .month = 1, .day = 1};
}

enum token {
	TOKEN_YEAR,
	TOKEN_MONTH,
	TOKEN_MONTHNAME,
	TOKEN_DAY,
	TOKEN_WEEKDAY,
	TOKEN_WEEKDAYNAME,
	TOKEN_YEARDAY,
	TOKEN_SECTION,
	TOKEN_SECTIONS,
	TOKEN_TITLE,
	TOKEN_SLUG,
	TOKEN_SLUG_OR_NAME,
	TOKEN_NAME,
	TOKENS,
};

static const struct {
	const char *name;
	enum token token;
} tokens[] = {
    {"year", TOKEN_YEAR},
    {"month", TOKEN_MONTH},
    {"monthname", TOKEN_MONTHNAME},
    {"day", TOKEN_DAY},
    {"weekday", TOKEN_WEEKDAY},
    {"weekdayname", TOKEN_WEEKDAYNAME},
    {"yearday", TOKEN_YEARDAY},
    {"section", TOKEN_SECTION},
    {"sections", TOKEN_SECTIONS},
    {"title", TOKEN_TITLE},
    {"slug", TOKEN_SLUG},
    {"slugorfilename", TOKEN_SLUG_OR_NAME},
    {"slugorcontentbasename", TOKEN_SLUG_OR_NAME},
    {"filename", TOKEN_NAME},
    {"contentbasename", TOKEN_NAME},
};

static void
add_date_token(const struct permalink *p, enum token token, struct buf *out)
{
	struct date d;
	int weekday;

	page_date(p, &d);
	weekday = calendar_weekday(d.year, d.month, d.day);
	switch (token) {
	case TOKEN_YEAR:
		buf_printf(out, "%d", d.year);
		break;
	case TOKEN_MONTH:
		buf_printf(out, "%02d", d.month);
		break;
	case TOKEN_MONTHNAME:
		buf_puts(out, calendar_month_name(d.month));
		break;
	case TOKEN_DAY:
		buf_printf(out, "%02d", d.day);
		break;
	case TOKEN_WEEKDAY:
		buf_printf(out, "%d", weekday);
		break;
	case TOKEN_WEEKDAYNAME:
		buf_puts(out, calendar_weekday_name(weekday));
		break;
	default:
		buf_printf(out, "%d", calendar_yearday(d.year, d.month, d.day));
	}
}

static void
add_token(const struct permalink *p, enum token token, struct buf *out)
{
	switch (token) {
	case TOKEN_SECTION:
		buf_puts(out, p->path->section);
		break;
	case TOKEN_SECTIONS:
		buf_add(out, p->path->parent, current_section(p));
		break;
	case TOKEN_TITLE:
		add_title(p, out);
		break;
	case TOKEN_SLUG:
		if (p->slug[0])
			add_urlized(p, p->slug, out);
		else
			add_title(p, out);
		break;
	case TOKEN_SLUG_OR_NAME:
		add_urlized(p, p->slug[0] ? p->slug : p->path->name, out);
		break;
	case TOKEN_NAME:
		add_urlized(p, p->path->name, out);
		break;
	default:
		add_date_token(p, token, out);
	}
}

/* Any other word is a layout of Go's time package, if it shows a date. */
static bool
add_layout(const struct permalink *p, const char *word, struct buf *out)
{
	/* The time by which Hugo tells: its layouts all look different. */
	static const struct date reference = {
	    2019, 11, 9, 23, 1, 42, 1, 0, true, true};
	struct date d;
	char *s = date_layout(&reference, word);
	bool is_layout = strcmp(s, word) != 0;

	free(s);
	if (!is_layout)
		return false;
	page_date(p, &d);
	s = date_layout(&d, word);
	buf_puts(out, s);
	free(s);
	return true;
}

/* Append what ":word[slice]" stands for. False: it is no token. */
static bool
add_word(const struct permalink *p, const char *word, const char *slice,
    size_t slice_len, struct buf *out)
{
	struct buf part = {0};
	bool known = false;

	if (slice) {
		known = strcmp(word, "sections") == 0 &&
			add_slice(p, slice, slice_len, &part);
	} else {
		for (size_t i = 0; i < NITEMS(tokens) && !known; i++) {
			if (strcmp(word, tokens[i].name) != 0)
				continue;
			add_token(p, tokens[i].token, &part);
			known = true;
		}
		known = known || add_layout(p, word, &part);
	}
	if (known)
		buf_add(out, buf_text(&part), part.len);
	buf_dispose(&part);
	return known;
}

char *
permalink_expand(const struct permalink *p, const char *pattern)
{
	static const char word[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";
	struct buf out = {0};
	const char *slice, *end;
	char *name;
	size_t n;

	while (*pattern) {
		if (pattern[0] == '\\' && pattern[1] == ':') {
			buf_putc(&out, ':');
			pattern += 2;
			continue;
		}
		n = pattern[0] == ':' ? strspn(pattern + 1, word) : 0;
		slice = n > 0 && pattern[n + 1] == '[' ? pattern + n + 2 : NULL;
		end = slice ? strchr(slice, ']') : NULL;
		if (!end || end == slice)
			slice = NULL;
		name = xstrndup(pattern + 1, n);
		if (n > 0 && add_word(p, name, slice,
				 slice ? (size_t)(end - slice) : 0, &out))
			pattern = slice ? end + 1 : pattern + n + 1;
		else
			buf_putc(&out, *pattern++);
		free(name);
	}
	return buf_steal(&out);
}
