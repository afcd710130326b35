/* SPDX-License-Identifier: ISC */
/* Names of new posts, after their titles and after the names that there are. */
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "date.h"
#include "mem.h"
#include "text.h"

#define NAME_MAX_BYTES 200
#define SAMPLE         2000

/* The words of s with a dash between them, without what means something in a
 * path; ascii: only those of ASCII. */
static char *
dashed(const char *s, bool ascii)
{
	struct buf out = {0};
	size_t len = strlen(s), size;

	for (size_t i = 0; i < len && out.len < NAME_MAX_BYTES; i += size) {
		uint32_t cp = text_decode(s + i, len - i, &size);
		bool plain = (cp == '_' || cp == '.' || text_is_letter(cp) ||
				 text_is_digit(cp) || text_is_mark(cp)) &&
			     (cp < 0x80 || !ascii);

		if (plain && !(out.len == 0 && cp == '.'))
			buf_add(&out, s + i, size);
		else if (out.len > 0 && out.data[out.len - 1] != '-')
			buf_putc(&out, '-');
	}
	while (out.len > 0 && strchr("-.", out.data[out.len - 1]))
		out.data[--out.len] = '\0';
	return buf_steal(&out);
}

char *
archetype_dirname(const struct site_config *config, const char *title)
{
	char *s = permalink_urlize(config, title), *name = dashed(s, false);

	free(s);
	/* Names that mean something to Hugo, and none. */
	if (*name && strcmp(name, "index") != 0 && strcmp(name, "_index") != 0)
		return name;
	s = xasprintf("post%s%s", *name ? "-" : "", name + (*name == '_'));
	free(name);
	return s;
}

/* How the pages of a section are named: how many of them are so. */
struct manner {
	size_t n, dated, capital;
	size_t words, dash, underscore, blank; /* names of several words */
	size_t wide, latin; /* of titles beyond Latin: the names */
};

/* "2026-11-25-name" */
static bool
is_dated(const char *name)
{
	static const char form[] = "0000-00-00-";

	for (size_t i = 0; form[i]; i++)
		if (form[i] == '0' ? name[i] < '0' || name[i] > '9'
				   : name[i] != form[i])
			return false;
	return true;
}

static bool
has_wide(const char *s)
{
	size_t len = strlen(s), size;

	for (size_t i = 0; i < len; i += size)
		if (text_is_cjk(text_decode(s + i, len - i, &size)))
			return true;
	return false;
}

static bool
is_ascii(const char *s)
{
	for (; *s; s++)
		if ((unsigned char)*s >= 0x80)
			return false;
	return true;
}

static void
learn(struct manner *m, const struct entry *e)
{
	const char *name = e->name;
	bool dated = is_dated(name);

	if (dated)
		name += 11;
	m->n++;
	m->dated += dated;
	m->capital += strpbrk(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != NULL;
	m->words += strpbrk(name, "-_ ") != NULL;
	m->dash += strchr(name, '-') != NULL;
	m->underscore += strchr(name, '_') != NULL;
	m->blank += strchr(name, ' ') != NULL;
	m->wide += has_wide(e->title);
	m->latin += has_wide(e->title) && is_ascii(name);
}

/* "2026", "11": a directory of a date; not the content's own. */
static bool
is_number(const char *s, size_t len, size_t digits)
{
	if (len != digits)
		return false;
	for (size_t i = 0; i < len; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return true;
}

/* Where the directories by date begin in dir, and how many there are. */
static size_t
date_tail(const char *dir, size_t *levels)
{
	size_t at = 0, tail = strlen(dir);

	*levels = 0;
	while (dir[at]) {
		size_t n = strcspn(dir + at, "/");
		bool year = is_number(dir + at, n, 4);

		if (*levels == 0 && year)
			tail = at;
		if (*levels == 0 ? year : is_number(dir + at, n, 2)) {
			++*levels;
		} else {
			*levels = 0;
			tail = strlen(dir);
		}
		at += n + (dir[at + n] == '/');
	}
	return tail > 0 && tail < strlen(dir) ? tail - 1 : tail;
}

/* The directory that the posts beside e are in, below its language's content
 * directory.  Caller frees. */
static char *
parent_of(const struct site_config *c, const struct entry *e)
{
	const char *root = c->languages[e->language].content_dir;
	const char *below = path_below(root, e->bundle ? e->bundle : e->path);
	char *dir;

	if (!below)
		return xstrdup(e->section);
	if (e->kind == ENTRY_SECTION && e->bundle)
		return xstrdup(below);
	dir = path_dir(below);
	if (strcmp(dir, ".") != 0)
		return dir;
	free(dir);
	return xstrdup("");
}

struct tally {
	const char *section;
	size_t n;
};

/* A page of the section that most pages are in; NULL: there is none. */
static const struct entry *
main_page(const struct site *site)
{
	const struct entry *page = NULL;
	struct tally *v = NULL;
	size_t n = 0, cap = 0, best = 0, j;

	for (size_t i = 0; i < site->n; i++) {
		const char *s = site->v[i]->section;

		if (!*s || site->v[i]->kind != ENTRY_PAGE)
			continue;
		for (j = 0; j < n && strcmp(v[j].section, s) != 0; j++)
			;
		if (j == n) {
			v = xgrow(v, n, &cap, sizeof(*v));
			v[n++] = (struct tally){s, 0};
		}
		if (++v[j].n > v[best].n)
			best = j;
	}
	for (size_t i = 0; i < site->n && n > 0; i++) {
		const struct entry *e = site->v[i];
		const struct site_language *l =
		    &site->config->languages[e->language];

		if (e->kind != ENTRY_PAGE ||
		    strcmp(e->section, v[best].section) != 0)
			continue;
		if (strcmp(l->code, site->config->default_language) == 0) {
			page = e;
			break;
		}
	}
	free(v);
	return page;
}

/* The title as a name in that manner. Caller frees. */
static char *
name_of(const struct site_config *c, const struct manner *m, const char *title)
{
	struct site_config cased = *c;
	struct date now;
	char *s, *name, *dated;

	date_now(&now);
	cased.disable_path_to_lower =
	    c->disable_path_to_lower || m->capital * 2 > m->n;
	name = archetype_dirname(&cased, title);
	if (m->wide > 1 && m->latin * 2 > m->wide) {
		s = dashed(name, true);
		free(name);
		name = *s ? s
			  : xasprintf(
				"%04d-%02d-%02d", now.year, now.month, now.day);
		if (!*s)
			free(s);
	}
	if (m->underscore * 2 > m->words || m->blank * 2 > m->words)
		for (s = name; (s = strchr(s, '-'));)
			*s = m->blank * 2 > m->words ? ' ' : '_';
	if (m->n > 0 && m->dated * 2 > m->n && !is_dated(name)) {
		dated = xasprintf(
		    "%04d-%02d-%02d-%s", now.year, now.month, now.day, name);
		free(name);
		name = dated;
	}
	return name;
}

/* "" or "/2026", "/2026/11" ... */
static void
add_dates(struct buf *path, size_t levels)
{
	struct date now;

	date_now(&now);
	if (levels > 0)
		buf_printf(path, "/%04d", now.year);
	if (levels > 1)
		buf_printf(path, "/%02d", now.month);
	if (levels > 2)
		buf_printf(path, "/%02d", now.day);
}

/* Is there a page of that name, whatever its form and its language? */
static bool
is_taken(const struct site_config *c, const char *below)
{
	bool taken = false;

	for (size_t i = 0; i < c->nlanguages && !taken; i++) {
		char *dir = xasprintf(
		    "%s/%s/%s", c->root, c->languages[i].content_dir, below);
		char *file = xasprintf("%s.md", dir);

		taken = file_exists(dir) || file_exists(file);
		free(file);
		free(dir);
	}
	return taken;
}

/* path, or path-2, path-3 ...: the first that is free. Takes path. */
static char *
free_path(const struct site_config *c, char *path)
{
	char *name = xstrdup(path);

	for (int n = 2; n < 100 && is_taken(c, name); n++) {
		free(name);
		name = xasprintf("%s-%d", path, n);
	}
	free(path);
	return name;
}

/* With what the language of e asks for around it. Takes path. */
static char *
for_language(const struct site_config *c, const struct entry *e, char *path)
{
	const struct site_language *l = &c->languages[e->language];
	char *suffix = xasprintf(".%s.", l->code), *named;

	if (strcmp(l->code, c->default_language) == 0)
		named = xstrdup(path);
	else if (!strstr(path_base(e->path), suffix))
		named = path_join(l->content_dir, path);
	else
		named = xasprintf(
		    "%s%s.%s.md", path, e->bundle ? "/index" : "", l->code);
	free(suffix);
	free(path);
	return named;
}

char *
archetype_propose(
    const struct site *site, const struct entry *beside, const char *title)
{
	const struct entry *e =
	    beside && *beside->section ? beside : main_page(site);
	struct manner m = {0};
	struct buf path = {0};
	size_t base, levels;
	char *dir, *name;

	if (!e)
		return free_path(
		    site->config, archetype_dirname(site->config, title));
	dir = parent_of(site->config, e);
	base = date_tail(dir, &levels);
	for (size_t i = 0; i < site->n && m.n < SAMPLE; i++) {
		const struct entry *other = site->v[i];
		char *its;

		if (other->kind != ENTRY_PAGE ||
		    other->language != e->language ||
		    strcmp(other->section, e->section) != 0)
			continue;
		its = parent_of(site->config, other);
		if (levels > 0 ? strncmp(its, dir, base) == 0
			       : strcmp(its, dir) == 0)
			learn(&m, other);
		free(its);
	}
	buf_add(&path, dir, base);
	add_dates(&path, levels);
	name = name_of(site->config, &m, title);
	buf_printf(&path, "%s%s", path.len > 0 ? "/" : "", name);
	free(name);
	free(dir);
	return for_language(
	    site->config, e, free_path(site->config, buf_steal(&path)));
}
