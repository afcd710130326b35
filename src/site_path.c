/* SPDX-License-Identifier: ISC */
/*
 * What a path says about a page: language, form, section, content base name.
 * Text only, no file is touched.  Sources: Hugo's docs "page bundles",
 * "organization", "multilingual"; files.go, fileinfo.go.
 */
#include "site_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

bool
site_is_ignored(const char *name)
{
	size_t len = strlen(name);

	return len == 0 || name[0] == '.' || name[0] == '#' ||
	       name[len - 1] == '~';
}

bool
site_is_content(const char *name)
{
	static const char *const exts[] = {"md", "markdown", "mdown", "html",
	    "htm", "org", "ad", "adoc", "asciidoc", "pandoc", "pdc", "rst"};
	const char *dot = strrchr(name, '.');

	if (site_is_ignored(name) || !dot)
		return false;
	for (size_t i = 0; i < NITEMS(exts); i++)
		if (strcmp(dot + 1, exts[i]) == 0)
			return true;
	return false;
}

bool
site_html_is_page(const char *text, size_t len)
{
	size_t i = 0;

	while (i < len && text[i] && strchr(" \t\r\n\f\v", text[i]))
		i++;
	if (i == len)
		return false;
	return text[i] != '<' ||
	       (len - i >= 4 && memcmp(text + i, "<!--", 4) == 0);
}

/* Has language a a better claim to a file in both their directories than b? */
static bool
claims(const struct site_config *c, size_t a, size_t b)
{
	const struct site_language *x = &c->languages[a], *y = &c->languages[b];
	size_t xlen = strlen(x->content_dir), ylen = strlen(y->content_dir);

	/* To Hugo the directory of a disabled language is one like others. */
	if (x->disabled != y->disabled)
		return y->disabled;
	if (xlen != ylen)
		return xlen > ylen;
	return strcmp(x->code, c->default_language) == 0;
}

/* The language whose content directory holds path. */
static size_t
content_root(const struct site_config *c, const char *path, const char **root)
{
	size_t best = 0;

	*root = NULL;
	for (size_t i = 0; i < c->nlanguages; i++) {
		const char *dir = c->languages[i].content_dir;

		if (!path_below(dir, path) || (*root && !claims(c, i, best)))
			continue;
		best = i;
		*root = dir;
	}
	return best;
}

static bool
language_of(const struct site_config *c, const char *code, size_t *language)
{
	for (size_t i = 0; i < c->nlanguages; i++) {
		if (strcmp(c->languages[i].code, code) == 0) {
			*language = i;
			return true;
		}
	}
	return false;
}

/* Copy s[0..len) to *to, which moves behind it. */
static char *
put(char **to, const char *s, size_t len)
{
	char *at = *to;

	memcpy(at, s, len);
	at[len] = '\0';
	*to += len + 1;
	return at;
}

/* "about.fr.md" -> "about" and French, when that is a language of the site. */
static void
cut_base(const struct site_config *c, char *base, size_t *language)
{
	char *dot = strrchr(base, '.');

	if (!dot || dot == base)
		return;
	*dot = '\0';
	dot = strrchr(base, '.');
	if (dot && dot != base && language_of(c, dot + 1, language))
		*dot = '\0';
}

/* The bytes of path that are its directory. */
static size_t
dir_len(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash - path) : 0;
}

static const char *
last_of(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

/* Hugo asks for no more: "index.xx.md" is one too where xx is no language. */
enum site_form
site_form_of(const char *name)
{
	if (strncmp(name, "_index.", 7) == 0)
		return FORM_BRANCH;
	return strncmp(name, "index.", 6) == 0 ? FORM_LEAF : FORM_LONE;
}

static enum entry_kind
kind_of(const struct site_config *c, const struct site_path *p)
{
	if (p->form != FORM_BRANCH)
		return ENTRY_PAGE;
	if (p->dir[0] == '\0')
		return ENTRY_HOME;
	for (size_t i = 0; i < c->ntaxonomies; i++)
		if (strcmp(c->taxonomies[i].plural, p->section) == 0)
			return ENTRY_TERM;
	return ENTRY_SECTION;
}

void
site_path_parse(
    const struct site_config *c, const char *path, struct site_path *p)
{
	const char *rest = path, *name;
	char *to;

	*p = (struct site_path){0};
	p->language = content_root(c, path, &p->root);
	p->inside = p->root != NULL;
	if (p->inside)
		rest = path_below(p->root, path);
	/* None of the five is longer than what they are parts of. */
	to = p->dir = xmalloc(5 * (strlen(rest) + 1));
	put(&to, rest, dir_len(rest));
	name = last_of(rest);
	p->base = put(&to, name, strlen(name));
	cut_base(c, p->base, &p->language);
	p->form = site_form_of(name);
	/* "_index.xx.md" of no language makes a branch, but is a page there. */
	if (p->form == FORM_BRANCH && strcmp(p->base, "_index") != 0)
		p->form = FORM_LEAF;
	p->parent = put(&to, p->dir,
	    p->form == FORM_LEAF ? dir_len(p->dir) : strlen(p->dir));
	name = p->form == FORM_LONE ? p->base : last_of(p->dir);
	p->name = put(&to, name, strlen(name));
	p->section = put(&to, p->parent, strcspn(p->parent, "/"));
	p->kind = kind_of(c, p);
}

void
site_path_dispose(struct site_path *p)
{
	free(p->dir);
	*p = (struct site_path){0};
}

void
site_place(
    const struct site_config *c, const char *path, struct site_place *place)
{
	struct site_path p;

	site_path_parse(c, path, &p);
	*place = (struct site_place){
	    .language = p.language,
	    .name = xstrdup(p.name),
	    .section = xstrdup(p.section),
	    .bundle =
		p.form == FORM_LONE ? NULL : xstrndup(path, dir_len(path)),
	};
	site_path_dispose(&p);
}

void
site_place_dispose(struct site_place *place)
{
	free(place->name);
	free(place->section);
	free(place->bundle);
	*place = (struct site_place){0};
}
