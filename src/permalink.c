/* SPDX-License-Identifier: ISC */
/*
 * A page's address.  Sources: Hugo's docs "configuration/permalinks", "urls";
 * resources/page/permalinks.go and page_paths.go, common/paths/path.go.  Where
 * versions differ the newer one is followed: "+" in a title stays, url may hold
 * tokens.
 */
#include "permalink_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

/* Bytes at the start of s that are ASCII letters, digits, '-', '/' or in
 * others. */
static size_t
ascii_run(const char *s, const char *others)
{
	size_t n = 0;

	for (; s[n]; n++) {
		char low = (char)(s[n] | 0x20);

		if (!(low >= 'a' && low <= 'z') && s[n] != '-' && s[n] != '/' &&
		    !(s[n] >= '0' && s[n] <= '9') && !strchr(others, s[n]))
			break;
	}
	return n;
}

/* What may stand in a path; all else is dropped, blanks become "-". */
static bool
allowed(uint32_t cp, const char *s, size_t len)
{
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
		uint32_t cp = 0;

		/* A run of what is ASCII and allowed, or one character. */
		size = ascii_run(s, ".\\_#+~@");
		if (size == 0)
			cp = text_decode(s, len, &size);
		if (cp == 0 || allowed(cp, s, len)) {
			if (blank && *s != '-')
				buf_putc(out, '-');
			blank = false;
			hyphen = s[size - 1] == '-';
			buf_add(out, s, size);
		} else if (out->len > 0 && !hyphen && text_is_space(cp)) {
			blank = true;
		}
	}
}

static char *
urlize(const char *s, bool keep_accents, bool keep_case)
{
	struct buf out = {0};
	char *t;

	sanitize(&out, s);
	if (!keep_accents) {
		t = text_unaccent(buf_text(&out), out.len);
		buf_clear(&out);
		buf_puts(&out, t);
		free(t);
	}
	if (keep_case)
		return buf_steal(&out);
	t = text_lower(buf_text(&out), out.len);
	buf_dispose(&out);
	return t;
}

char *
permalink_urlize(const struct site_config *c, const char *s)
{
	return urlize(
	    s, !c || !c->remove_path_accents, c && c->disable_path_to_lower);
}

char *
permalink_escape(const char *s)
{
	static const char digits[] = "0123456789ABCDEF";
	struct buf out = {0};

	for (; *s; s++) {
		size_t n = ascii_run(s, "!#$&'()*+,.:;=?@[]_~");
		unsigned char c = (unsigned char)s[n];

		buf_add(&out, s, n);
		s += n;
		if (!c)
			break;
		if (c == '%' && strspn(s + 1, "0123456789abcdefABCDEF") >= 2) {
			buf_putc(&out, '%');
			continue;
		}
		buf_putc(&out, '%');
		buf_putc(&out, digits[c >> 4]);
		buf_putc(&out, digits[c & 15]);
	}
	return buf_steal(&out);
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

static bool
is_set(const struct permalink *p, const char *key)
{
	return value_truth(
	    site_setting(p->config, p->path->language, key), false);
}

/* uglyURLs is a boolean, or a map by section. */
static bool
is_ugly(const struct permalink *p)
{
	const struct value *v =
	    site_setting(p->config, p->path->language, "uglyURLs");

	if (v && v->type == VALUE_MAP)
		v = value_get(v, p->path->section);
	return value_truth(v, false);
}

char *
permalink_part(const struct permalink *p, const char *s)
{
	return urlize(s, !is_set(p, "removePathAccents"),
	    is_set(p, "disablePathToLower"));
}

/* The address that the languages of a multihost site have each; or NULL. */
static const char *
own_base(const struct permalink *p)
{
	const char *code = p->config->languages[p->path->language].code;
	const struct value *languages = value_get(p->config->all, "languages");

	return value_text(value_get(value_get(languages, code), "baseURL"));
}

/* "fr" where addresses begin with the language, else "". */
static const char *
prefix(const struct permalink *p)
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
link_by_url(const struct permalink *p, const char *url, struct buf *out)
{
	char *expanded = permalink_expand(p, url);

	if (url[0] != '/')
		join(out, prefix(p));
	join(out, expanded);
	if (ends_with(expanded, "/") || !strchr(expanded, '.'))
		buf_putc(out, '/');
	free(expanded);
}

static void
end_link(const struct permalink *p, struct buf *out)
{
	if (is_ugly(p) && out->len > 0)
		buf_puts(out, ".html");
	else
		buf_putc(out, '/');
}

/* The parts of a page's path before its language and ending. */
static void
add_page(const struct permalink *p, const char *pattern, struct buf *out)
{
	const char *name = p->slug[0] ? p->slug : p->path->name;
	struct buf plain = {0};
	char *s;

	if (pattern) {
		s = permalink_expand(p, pattern);
		text_unescape(&plain, s, strlen(s));
		join(out, buf_text(&plain));
		buf_dispose(&plain);
		free(s);
	} else {
		join(out, p->path->parent);
		join(out, name);
	}
}

/* A page named like the file that Hugo writes is its directory's. */
static bool
cut_index(const struct permalink *p, struct buf *out)
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
link_by_path(const struct permalink *p, struct buf *out)
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
		pattern = site_permalink_pattern(p->config, path->language,
		    kinds[path->kind], path->section);
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
	s = permalink_part(p, buf_text(&parts));
	join(out, prefix(p));
	buf_puts(out, out->len == 0 && strcmp(s, "//") == 0 ? "/" : s);
	free(s);
	buf_dispose(&parts);
}

char *
site_permalink(const struct site_config *config, const struct site_path *path,
    const struct site_dates *dates, const struct value *values)
{
	struct permalink p = {
	    config, path, dates, values, site_slug(dates, values)};
	struct buf link = {0}, out = {0};
	char *url = site_string(values, "url");
	const char *base = own_base(&p);
	char *s;

	if (url[0] && path->kind != ENTRY_HOME)
		link_by_url(&p, url, &link);
	else
		link_by_path(&p, &link);
	s = permalink_escape(base ? base : config->base_url);
	buf_puts(&out, s);
	free(s);
	s = permalink_escape(buf_text(&link));
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

/* The bytes of the escapes at the start of s; *n gets how many there are. */
static char *
escaped_bytes(const char *s, size_t *n)
{
	struct buf b = {0};

	for (; s[0] == '%' && text_hex(s[1]) >= 0 && text_hex(s[2]) >= 0;
	     s += 3)
		buf_putc(&b, (char)(text_hex(s[1]) << 4 | text_hex(s[2])));
	*n = b.len;
	return buf_steal(&b);
}

char *
permalink_readable(const char *url)
{
	struct buf out = {0};
	size_t n, size;

	for (; *url; url++) {
		char *bytes;

		if (*url != '%') {
			buf_putc(&out, *url);
			continue;
		}
		bytes = escaped_bytes(url, &n);
		for (size_t at = 0; at < n; at += size) {
			uint32_t cp = text_decode(bytes + at, n - at, &size);

			if (cp >= 0x80 && allowed(cp, "", 0))
				buf_add(&out, bytes + at, size);
			else
				buf_add(&out, url + 3 * at, 3 * size);
		}
		if (n == 0)
			buf_putc(&out, '%');
		else
			url += 3 * n - 1;
		free(bytes);
	}
	return buf_steal(&out);
}
