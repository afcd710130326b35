/* SPDX-License-Identifier: ISC */
/*
 * A page's address.  Sources: Hugo's docs "configuration/permalinks", "urls";
 * resources/page/permalinks.go and page_paths.go, common/paths/path.go.  Where
 * versions differ the newer one is followed: "+" in a title stays, url may hold
 * tokens.
 */
#include "site_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "date_layout.h"
#include "mem.h"
#include "text.h"

struct page {
	const struct site_config *config;
	const struct site_path *path;
	const struct site_dates *dates;
	const struct value *values;
	char *slug;
};

/* What may stand in a path; all else is dropped, blanks become "-". */
static bool
allowed(uint32_t cp, const char *s, size_t len)
{
	if (cp < 0x80 && strchr("./\\_#+~-@", (int)cp) && cp)
		return true;
	if (cp == '%')
		return len > 2 && strspn(s + 1, "0123456789abcdefABCDEF") >= 2;
	return text_is_letter(cp) || text_is_digit(cp) || text_is_mark(cp);
}

static void
sanitize(struct buf *out, const char *s)
{
	size_t len = strlen(s), size;
	bool blank = false, hyphen = false;

	for (; len > 0; s += size, len -= size) {
		uint32_t cp = text_decode(s, len, &size);

		if (allowed(cp, s, len)) {
			hyphen = cp == '-';
			if (blank && !hyphen)
				buf_putc(out, '-');
			blank = false;
			buf_add(out, s, size);
		} else if (out->len > 0 && !hyphen && text_is_space(cp)) {
			blank = true;
		}
	}
}

char *
permalink_urlize(const struct site_config *c, const char *s)
{
	struct buf out = {0};
	char *t;

	sanitize(&out, s);
	if (c && c->remove_path_accents) {
		t = text_unaccent(buf_text(&out), out.len);
		buf_clear(&out);
		buf_puts(&out, t);
		free(t);
	}
	if (c && c->disable_path_to_lower)
		return buf_steal(&out);
	t = text_lower(buf_text(&out), out.len);
	buf_dispose(&out);
	return t;
}

char *
permalink_escape(const char *s)
{
	struct buf out = {0};

	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;

		if (c <= ' ' || c >= 0x7f || strchr("\"<>\\^`{|}", c) ||
		    (c == '%' && strspn(s + 1, "0123456789abcdefABCDEF") < 2))
			buf_printf(&out, "%%%02X", c);
		else
			buf_putc(&out, (char)c);
	}
	return buf_steal(&out);
}

static int
hex(char c)
{
	static const char digits[] = "0123456789abcdef";
	const char *p;

	if (c >= 'A' && c <= 'F')
		c = (char)(c - 'A' + 'a');
	p = c ? strchr(digits, c) : NULL;
	return p ? (int)(p - digits) : -1;
}

/* Undo %hh, NUL excepted. */
static void
unescape(char *s)
{
	char *to = s;

	for (; *s; s++) {
		int high = *s == '%' ? hex(s[1]) : -1;
		int low = high >= 0 ? hex(s[2]) : -1;

		if (low >= 0 && (high | low) != 0) {
			*to++ = (char)(high << 4 | low);
			s += 2;
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
}

/* Append the parts of path, cleaned, each with a slash before it. ".." takes
 * one away. */
static void
join(struct buf *out, const char *path)
{
	while (*path) {
		size_t n = strcspn(path, "/");

		if (n == 2 && path[0] == '.' && path[1] == '.') {
			while (out->len > 0 && out->data[--out->len] != '/')
				;
			if (out->data)
				out->data[out->len] = '\0';
		} else if (n > 0 && !(n == 1 && path[0] == '.')) {
			buf_putc(out, '/');
			buf_add(out, path, n);
		}
		path += n;
		path += *path == '/';
	}
}

static bool
ends_with(const char *s, const char *end)
{
	size_t n = strlen(s), m = strlen(end);

	return n >= m && strcmp(s + n - m, end) == 0;
}

/* Does the directory (below the content directory) hold an _index page? */
static bool
is_section(const struct page *p, const char *dir, size_t len)
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
current_section(const struct page *p)
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
add_slice(const struct page *p, const char *s, size_t len, struct buf *out)
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
add_urlized(const struct page *p, const char *s, struct buf *out)
{
	char *t = permalink_urlize(p->config, s);

	buf_puts(out, t);
	free(t);
}

static void
add_title(const struct page *p, struct buf *out)
{
	char *title = site_string(p->values, "title");

	add_urlized(p, title, out);
	free(title);
}

/* The page's date in its own offset; Go's zero time when there is none. */
static void
page_date(const struct page *p, struct date *d)
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
add_date_token(const struct page *p, enum token token, struct buf *out)
{
	struct date d;

	page_date(p, &d);
	switch (token) {
	case TOKEN_YEAR:
		buf_printf(out, "%d", d.year);
		break;
	case TOKEN_MONTH:
		buf_printf(out, "%02d", d.month);
		break;
	case TOKEN_MONTHNAME:
		buf_puts(out, date_month_name(d.month));
		break;
	case TOKEN_DAY:
		buf_printf(out, "%02d", d.day);
		break;
	case TOKEN_WEEKDAY:
		buf_printf(out, "%d", date_weekday(&d));
		break;
	case TOKEN_WEEKDAYNAME:
		buf_puts(out, date_weekday_name(date_weekday(&d)));
		break;
	default:
		buf_printf(out, "%d", date_yearday(&d));
	}
}

static void
add_token(const struct page *p, enum token token, struct buf *out)
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
add_layout(const struct page *p, const char *word, struct buf *out)
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
add_word(const struct page *p, const char *word, const char *slice,
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

/* A permalink pattern with its tokens replaced. Caller frees. */
static char *
expand(const struct page *p, const char *pattern)
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

/* uglyURLs is a boolean, or a map by section. */
static bool
is_ugly(const struct page *p)
{
	const struct value *v = value_get(p->config->all, "uglyURLs");

	if (v && v->type == VALUE_MAP)
		return value_truth(value_get(v, p->path->section), false);
	return p->config->ugly_urls;
}

/* The address that the languages of a multihost site have each; or NULL. */
static const char *
own_base(const struct page *p)
{
	const char *code = p->config->languages[p->path->language].code;
	const struct value *languages = value_get(p->config->all, "languages");

	return value_text(value_get(value_get(languages, code), "baseURL"));
}

/* "fr" where addresses begin with the language, else "". */
static const char *
prefix(const struct page *p)
{
	const struct site_config *c = p->config;
	const char *code = c->languages[p->path->language].code;
	size_t enabled = 0;

	for (size_t i = 0; i < c->nlanguages; i++)
		enabled += !c->languages[i].disabled;
	if (enabled < 2 || own_base(p) ||
	    (strcmp(code, c->default_language) == 0 &&
		!c->default_language_in_subdir))
		return "";
	return code;
}

/* The field url: taken as it is, but cleaned. */
static void
link_by_url(const struct page *p, const char *url, struct buf *out)
{
	char *expanded = expand(p, url);

	if (url[0] != '/')
		join(out, prefix(p));
	join(out, expanded);
	if (ends_with(expanded, "/") || !strchr(expanded, '.'))
		buf_putc(out, '/');
	free(expanded);
}

static void
end_link(const struct page *p, struct buf *out)
{
	if (is_ugly(p) && out->len > 0)
		buf_puts(out, ".html");
	else
		buf_putc(out, '/');
}

/* The parts of a page's path before its language and ending. */
static void
add_page(const struct page *p, const char *pattern, struct buf *out)
{
	const char *name = p->slug[0] ? p->slug : p->path->name;
	char *s;

	if (pattern) {
		s = expand(p, pattern);
		unescape(s);
		join(out, s);
		free(s);
	} else {
		join(out, p->path->parent);
		join(out, name);
	}
}

/* A page named like the file that Hugo writes is its directory's. */
static bool
cut_index(const struct page *p, struct buf *out)
{
	const char *name = p->slug[0] ? p->slug : p->path->name;

	if (strcmp(name, "index") != 0)
		return false;
	if (ends_with(buf_text(out), "/index"))
		out->len -= strlen("/index");
	if (out->data)
		out->data[out->len] = '\0';
	return true;
}

static void
link_by_path(const struct page *p, struct buf *out)
{
	static const char *const kinds[] = {
	    [ENTRY_PAGE] = "page",
	    [ENTRY_SECTION] = "section",
	    [ENTRY_HOME] = "home",
	    [ENTRY_TERM] = "term",
	};
	const struct site_path *path = p->path;
	const char *pattern = NULL;
	struct buf parts = {0};
	char *s;
	bool index = false;

	/* "tags" itself is a taxonomy, what is below it is a term. */
	if (path->kind != ENTRY_TERM || strchr(path->dir, '/'))
		pattern = site_permalink_pattern(
		    p->config, kinds[path->kind], path->section);
	if (path->kind == ENTRY_PAGE || pattern)
		add_page(p, pattern, &parts);
	else
		join(&parts, path->dir);
	if (path->kind == ENTRY_PAGE)
		index = cut_index(p, &parts);
	if (index)
		buf_putc(&parts, '/');
	else
		end_link(p, &parts);
	s = permalink_urlize(p->config, buf_text(&parts));
	join(out, prefix(p));
	buf_puts(out, s);
	free(s);
	buf_dispose(&parts);
}

char *
site_permalink(const struct site_config *config, const struct site_path *path,
    const struct site_dates *dates, const struct value *values)
{
	struct page p = {config, path, dates, values, site_slug(dates, values)};
	struct buf link = {0}, out = {0};
	char *url = site_string(values, "url");
	const char *base = own_base(&p);
	char *s;

	if (url[0] && path->kind != ENTRY_HOME)
		link_by_url(&p, url, &link);
	else
		link_by_path(&p, &link);
	s = permalink_escape(buf_text(&link));
	buf_puts(&out, base ? base : config->base_url);
	if (out.len > 0 && out.data[out.len - 1] != '/')
		buf_putc(&out, '/');
	buf_puts(&out, s + (out.len > 0 && s[0] == '/'));
	free(s);
	free(url);
	free(p.slug);
	buf_dispose(&link);
	return buf_steal(&out);
}

char *
permalink_of(
    const struct site_config *c, const char *path, const struct value *values)
{
	struct site_path p;
	struct site_dates dates;
	char *link;

	site_path_parse(c, path, &p);
	site_dates_read(&dates, c, &p, values, NULL);
	link = site_permalink(c, &p, &dates, values);
	site_dates_dispose(&dates);
	site_path_dispose(&p);
	return link;
}
