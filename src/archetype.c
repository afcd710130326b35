/* SPDX-License-Identifier: ISC */
/*
 * Where a new post goes, and its front matter: all of it is prepared in memory,
 * then written, and taken back when a part of it fails.  Source: Hugo's docs
 * "archetypes"; create/content.go.
 */
#include "archetype.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "archetype_priv.h"
#include "date.h"
#include "fm.h"
#include "mem.h"
#include "text.h"

/* Over the name of a content directory; *language is whose it is. */
static const char *
below_content(const struct site_config *c, const char *path, size_t *language)
{
	const char *best = NULL;

	for (size_t i = 0; i < c->nlanguages; i++) {
		const char *rest =
		    path_below(c->languages[i].content_dir, path);
		bool is_default =
		    strcmp(c->languages[i].code, c->default_language) == 0;

		if (!rest ||
		    (best && (rest > best || (rest == best && !is_default))))
			continue;
		best = rest;
		*language = i;
	}
	return best;
}

static size_t
default_language(const struct site_config *c)
{
	for (size_t i = 0; i < c->nlanguages; i++)
		if (strcmp(c->languages[i].code, c->default_language) == 0)
			return i;
	return 0;
}

/* Names that Hugo does not read. */
static bool
is_ignored(const char *path)
{
	const char *s = path;

	for (;;) {
		size_t n = strcspn(s, "/");

		if (n > 0 && (strchr(".#", *s) || s[n - 1] == '~'))
			return true;
		if (!s[n])
			return false;
		s += n + 1;
	}
}

static int
check_target(const struct making *m, struct err *err)
{
	const char *asked = m->spec->path;
	const struct site_language *l = &m->config->languages[m->language];

	if (m->target[0] == '/' || strncmp(m->target, "..", 2) == 0 ||
	    !m->target[0] || strcmp(m->target, ".") == 0)
		return err_code(err, ERR_USAGE,
		    "%s: give a path below the content directory, like "
		    "blog/my-post",
		    asked);
	if (l->disabled)
		return err_set(err,
		    "%s: the language %s is disabled in the site's "
		    "configuration",
		    asked, l->code);
	if (is_ignored(m->target))
		return err_code(err, ERR_USAGE,
		    "%s: Hugo reads no names that begin with '.' or '#' or "
		    "end in '~'",
		    asked);
	return 0;
}

static int
set_kind(struct making *m, struct err *err)
{
	size_t n = strcspn(m->target, "/");

	if (m->spec->kind)
		m->kind = path_clean(m->spec->kind);
	else
		m->kind = xstrndup(m->target, m->target[n] ? n : 0);
	if (m->kind[0] == '/' || m->kind[0] == '.')
		return err_code(err, ERR_USAGE,
		    "%s: the name of an archetype, like blog", m->kind);
	return 0;
}

/* From the path that was asked for: language, target, kind. */
static int
place(struct making *m, struct err *err)
{
	const struct site_config *c = m->config;
	const char *asked = m->spec->path, *rest;
	const char *below = path_below(c->root, asked);
	char *clean = path_clean(below ? below : asked);
	bool astray;

	m->language = default_language(c);
	rest = below_content(c, clean, &m->language);
	m->root = c->languages[m->language].content_dir;
	/* In the content directory of no language, or beside all of them. */
	astray = !rest && (below || (path_below(c->content_dir, clean) &&
					strcmp(c->content_dir, clean) != 0));
	m->target = xstrdup(rest ? rest : clean);
	free(clean);
	if (astray)
		return err_code(err, ERR_USAGE,
		    "%s: no language of the site has that directory; give a "
		    "path like %s/blog/my-post",
		    asked, m->root);
	return check_target(m, err) == 0 ? set_kind(m, err) : -1;
}

bool
making_inside(const struct making *m, const char *path)
{
	char *full = path_join(m->config->root, path), *real;
	bool inside;

	while (!(real = path_real(full))) {
		char *up = path_dir(full);
		bool top = strcmp(up, full) == 0 || strcmp(up, ".") == 0;

		free(full);
		full = up;
		if (top)
			break;
	}
	inside = real && m->real_root && path_below(m->real_root, real);
	free(real);
	free(full);
	return inside;
}

struct new_file *
making_add(struct making *m, const char *name)
{
	struct new_file *f;

	m->files = xgrow(m->files, m->n, &m->cap, sizeof(*m->files));
	f = &m->files[m->n++];
	*f = (struct new_file){0};
	f->path = path_join(m->root, name);
	return f;
}

struct new_file *
making_page(const struct making *m)
{
	struct new_file *page = NULL;
	char *dir = path_join(m->root, m->target);

	for (size_t i = 0; i < m->n; i++) {
		const char *name = path_below(dir, m->files[i].path);

		if (!site_is_content(path_base(m->files[i].path)))
			continue;
		if (!page ||
		    (name && strncmp(name, "index.", 6) == 0 &&
			strncmp(path_base(page->path), "index.", 6) != 0))
			page = &m->files[i];
	}
	free(dir);
	return page;
}

/* A picture that browsers show, by its name. */
static bool
is_picture(const char *path)
{
	static const char *const exts[] = {
	    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg"};
	const char *ext = path_ext(path);

	for (size_t i = 0; i < NITEMS(exts); i++)
		if (text_casecmp(ext, strlen(ext), exts[i], strlen(exts[i])) ==
		    0)
			return true;
	return false;
}

static bool
is_empty(const struct value *v)
{
	return v->type == VALUE_NULL ||
	       (v->type == VALUE_STRING && v->len == 0) ||
	       (v->type == VALUE_LIST && v->n == 0);
}

/* The first picture goes where the archetype has a place for one. */
static int
set_cover(const struct making *m, struct fm *fm, struct err *err)
{
	static const char *const fields[] = {"images", "image", "cover",
	    "cover.image", "featured_image", "featuredImage", "featureImage",
	    "featured", "thumbnail", "banner"};
	const char *picture = NULL;
	struct value *v, *list;
	int status;

	for (size_t i = 0; i < m->spec->nimages && !picture; i++)
		if (is_picture(m->spec->images[i]))
			picture = path_base(m->spec->images[i]);
	for (size_t i = 0; i < NITEMS(fields) && picture; i++) {
		const struct value *old = fm_get(fm, fields[i]);

		if (!old || !is_empty(old))
			continue;
		v = value_string(picture);
		if (i == 0 || old->type == VALUE_LIST) {
			list = value_list();
			value_append(list, v);
			v = list;
		}
		status = fm_set(fm, fields[i], v, err);
		value_free(v);
		return status;
	}
	return 0;
}

static int
set_fields(
    const struct making *m, const char *path, struct fm *fm, struct err *err)
{
	const struct archetype_spec *spec = m->spec;
	struct value *title;
	int status = 0;

	if (spec->title) {
		title = value_string(spec->title);
		status = fm_set(fm, "title", title, err);
		value_free(title);
	}
	if (status == 0)
		status = set_cover(m, fm, err);
	if (status == 0 && spec->fill)
		status = spec->fill(spec->ctx, path, fm, err);
	return status;
}

/* A shortcode is what a page begins with: there is no front matter.  Hugo makes
 * that page, too, though it would take the first brace for JSON. */
static bool
is_bare(const struct buf *text)
{
	const char *s = buf_text(text);

	return strncmp(s + strspn(s, " \t\r\n"), "{{", 2) == 0;
}

/* What was expanded must be front matter that can be read; fields go in as any
 * edit does.  *permalink (may be NULL): the page's address. */
static int
finish_page(struct making *m, char **permalink, struct err *err)
{
	struct new_file *f = making_page(m);
	const char *text;
	struct fm *fm;
	size_t len, bare;
	int status;

	if (!f)
		return err_set(err, "the archetype %s has no page in it",
		    m->archetype ? m->archetype : "built in");
	bare = is_bare(&f->text) ? f->text.len : 0;
	fm = fm_parse(buf_text(&f->text), f->text.len - bare, err);
	if (!fm)
		return err_set(err,
		    "the archetype of %s gives front matter that cannot be "
		    "read: line %u: %s",
		    m->kind[0] ? m->kind : "default", err->line, err->msg);
	status = set_fields(m, f->path, fm, err);
	if (status == 0 && permalink)
		*permalink = permalink_of(m->config, f->path, fm_values(fm));
	text = fm_text(fm, &len);
	buf_splice(&f->text, 0, f->text.len - bare, text, len);
	fm_free(fm);
	return status;
}

static void
making_init(struct making *m, const struct site_config *config,
    const struct archetype_spec *spec)
{
	struct date now;

	*m = (struct making){.config = config, .spec = spec};
	date_now(&now);
	m->date = date_rfc3339(&now);
	m->real_root = path_real(config->root);
}

static void
making_dispose(struct making *m)
{
	for (size_t i = 0; i < m->n; i++) {
		free(m->files[i].path);
		buf_dispose(&m->files[i].text);
	}
	free(m->files);
	free(m->archetype);
	free(m->target);
	free(m->kind);
	free(m->date);
	free(m->real_root);
}

/* Everything but writing. */
static int
prepare(struct making *m, char **permalink, struct err *err)
{
	if (place(m, err) == -1 || making_read(m, err) == -1 ||
	    finish_page(m, permalink, err) == -1 ||
	    making_add_images(m, err) == -1)
		return -1;
	return making_check_absent(m, err);
}

int
archetype_new(const struct site_config *config,
    const struct archetype_spec *spec, char **path, struct err *err)
{
	struct making m;
	int status;

	making_init(&m, config, spec);
	status = prepare(&m, NULL, err);
	if (status == 0 && (status = making_write(&m, err)) == 0)
		*path = xstrdup(making_page(&m)->path);
	making_dispose(&m);
	return status;
}

int
archetype_plan(const struct site_config *config,
    const struct archetype_spec *spec, struct archetype_plan *plan,
    struct err *err)
{
	const struct new_file *page;
	struct making m;
	int status;

	*plan = (struct archetype_plan){0};
	making_init(&m, config, spec);
	status = prepare(&m, &plan->permalink, err);
	page = m.n > 0 ? making_page(&m) : NULL;
	if (page)
		plan->path = xstrdup(page->path);
	if (m.archetype)
		plan->archetype = xstrdup(m.archetype);
	if (m.expanding && page)
		plan->hugo = m.bundle ? path_join(m.root, m.target)
				      : xstrdup(page->path);
	making_dispose(&m);
	return status;
}

void
archetype_plan_dispose(struct archetype_plan *plan)
{
	free(plan->path);
	free(plan->permalink);
	free(plan->archetype);
	free(plan->hugo);
	*plan = (struct archetype_plan){0};
}
