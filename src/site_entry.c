/* SPDX-License-Identifier: ISC */
/*
 * One page of the index: what its front matter says, and what state that puts
 * it in.  Sources: hugolib/page__meta.go, hugolib/site.go (shouldBuild).
 */
#include "site_priv.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "fm.h"
#include "mem.h"
#include "text.h"

/* As few digits as tell it from its neighbours, without an exponent. */
static char *
real_text(double d)
{
	char digits[40];
	struct buf b = {0};
	int n = 0, point;

	do {
		snprintf(digits, sizeof(digits), "%.*e", n, d);
	} while (++n < 17 && strtod(digits, NULL) != d);
	if (!strchr(digits, 'e'))
		return xstrdup(d > 0 ? "+Inf" : d < 0 ? "-Inf" : "NaN");
	point = atoi(strchr(digits, 'e') + 1);
	if (point < 0 || n - 1 > point)
		return xasprintf("%.*f", n - 1 - point, d);
	/* All digits are before the point: zeros follow them. */
	for (const char *p = digits; *p != 'e'; p++)
		if (*p != '.')
			buf_putc(&b, *p);
	for (int i = n - 1; i < point; i++)
		buf_putc(&b, '0');
	return buf_steal(&b);
}

char *
site_string(const struct value *values, const char *key)
{
	const struct value *v = value_get(values, key);

	if (!v)
		return xstrdup("");
	switch (v->type) {
	case VALUE_STRING:
	case VALUE_DATE:
		return xstrndup(v->text, v->len);
	case VALUE_BOOL:
		return xstrdup(v->boolean ? "true" : "false");
	case VALUE_INT:
		return xasprintf("%lld", (long long)v->integer);
	case VALUE_FLOAT:
		return real_text(v->real);
	default:
		return xstrdup("");
	}
}

char *
site_slug(const struct site_dates *dates, const struct value *values)
{
	char *slug = site_string(values, "slug");
	size_t len, skip = strspn(slug, "-");

	if (!slug[0] && dates->slug) {
		free(slug);
		return xstrdup(dates->slug);
	}
	len = strlen(slug);
	while (len > skip && slug[len - 1] == '-')
		len--;
	memmove(slug, slug + skip, len - skip);
	slug[len - skip] = '\0';
	return slug;
}

static int
weight_of(const struct value *values)
{
	const struct value *v = value_get(values, "weight");
	int64_t n = 0;

	if (v && v->type == VALUE_INT)
		n = v->integer;
	else if (v && v->type == VALUE_FLOAT && v->real > INT_MIN &&
		 v->real < INT_MAX)
		n = (int64_t)v->real;
	else if (v && v->type == VALUE_STRING)
		n = strtoll(v->text, NULL, 10);
	if (n > INT_MAX)
		return INT_MAX;
	return n < INT_MIN ? INT_MIN : (int)n;
}

/* A boolean the way Hugo casts it; false: it is none. */
static bool
truth(const struct value *v, bool *result)
{
	*result = value_truth(v, false);
	return v && *result == value_truth(v, true);
}

/* draft, or the undocumented "published: false"; *why says which. */
static bool
is_draft(const struct value *values, char **why)
{
	const struct value *draft = value_get(values, "draft");
	const struct value *published = value_get(values, "published");
	bool yes;

	if (draft) {
		if (!truth(draft, &yes) || !yes)
			return false;
		*why = xasprintf("draft: %s", value_text(draft));
		return true;
	}
	if (!truth(published, &yes) || yes)
		return false;
	*why = xasprintf("published: %s", value_text(published));
	return true;
}

/* "never" and false of an option of build, else NULL. */
static const char *
build_option(const struct value *values, const char *name)
{
	const struct value *build = value_get(values, "build");
	const struct value *v;

	if (!build)
		build = value_get(values, "_build");
	v = value_get(build, name);
	if (v && v->type == VALUE_BOOL)
		return v->boolean ? NULL : "never";
	if (!v || v->type != VALUE_STRING || strcmp(v->text, "always") == 0)
		return NULL;
	return v->text;
}

static bool
is_headless(const struct entry *e, const struct value *values)
{
	return e->kind == ENTRY_PAGE && e->bundle &&
	       value_truth(value_get(values, "headless"), false);
}

/* What in the front matter keeps a page from being rendered. */
static char *
why_hidden(const struct entry *e, const struct value *values)
{
	const char *render = build_option(values, "render");

	if (is_headless(e, values))
		return xstrdup("headless: true");
	return render ? xasprintf("build.render: %s", render) : NULL;
}

static bool
has_no_address(const struct entry *e, const struct value *values)
{
	const char *render = build_option(values, "render");

	return is_headless(e, values) ||
	       (render && strcmp(render, "never") == 0);
}

static char *
why_scheduled(const struct site_date *d, int64_t now)
{
	char *distance = date_distance(d->t, now);
	char *why = xasprintf("%s %s is %s", d->key, d->text, distance);

	free(distance);
	return why;
}

static void
set_state(struct entry *e, const struct site_config *c,
    const struct site_dates *dates, const struct value *values, int64_t now,
    const char *hidden)
{
	const struct site_date *expiry = &dates->v[DATE_EXPIRY];
	const struct site_date *publish = &dates->v[DATE_PUBLISH];
	char *draft = NULL;

	e->draft = is_draft(values, &draft);
	if (hidden) {
		e->state = ENTRY_HIDDEN;
		e->why = xstrdup(hidden);
	} else if (e->draft && !c->build_drafts) {
		e->state = ENTRY_DRAFT;
		e->why = draft;
		draft = NULL;
	} else if (expiry->key && expiry->t <= now && !c->build_expired) {
		e->state = ENTRY_EXPIRED;
		e->why = xasprintf("%s was %s", expiry->key, expiry->text);
	} else if (publish->key && publish->t > now && !c->build_future) {
		e->state = ENTRY_SCHEDULED;
		e->why = why_scheduled(publish, now);
	} else if ((e->why = why_hidden(e, values))) {
		e->state = ENTRY_HIDDEN;
	} else {
		e->state = ENTRY_PUBLISHED;
		e->why = xstrdup("");
	}
	free(draft);
}

static char *
date_text(
    const struct site_date *d, const struct value *values, const char *key)
{
	const char *written = NULL;

	if (d->key)
		return xstrdup(d->text);
	if (value_get(values, key))
		written = value_text(value_get(values, key));
	return xstrdup(written ? written : "");
}

static int64_t
date_time(const struct site_date *d)
{
	return d->key ? d->t : ENTRY_NO_DATE;
}

static void
set_dates(
    struct entry *e, const struct site_dates *dates, const struct value *values)
{
	const struct site_date *d = dates->v;

	e->date = date_text(&d[DATE_DATE], values, "date");
	e->publish_date = date_text(&d[DATE_PUBLISH], values, "publishDate");
	e->expiry_date = date_text(&d[DATE_EXPIRY], values, "expiryDate");
	e->lastmod = date_text(&d[DATE_LASTMOD], values, "lastmod");
	e->date_t = date_time(&d[DATE_DATE]);
	e->publish_t = date_time(&d[DATE_PUBLISH]);
	e->expiry_t = date_time(&d[DATE_EXPIRY]);
	e->lastmod_t = date_time(&d[DATE_LASTMOD]);
	e->date_offset = d[DATE_DATE].offset;
	e->publish_offset = d[DATE_PUBLISH].offset;
	e->expiry_offset = d[DATE_EXPIRY].offset;
}

static void
add_terms(struct entry *e, size_t taxonomy, const struct value *v)
{
	size_t max = v->type == VALUE_LIST ? v->n : 1;
	struct entry_terms t = {taxonomy, xcalloc(max, sizeof(char *)), 0};

	for (size_t i = 0; i < max; i++) {
		const char *s =
		    value_text(v->type == VALUE_LIST ? v->items[i] : v);

		if (s && s[0])
			t.terms[t.n++] = xstrdup(s);
	}
	if (t.n == 0) {
		free(t.terms);
		return;
	}
	e->terms = xreallocarray(e->terms, e->nterms + 1, sizeof(e->terms[0]));
	e->terms[e->nterms++] = t;
}

static void
add_line(struct buf *b, const char *s)
{
	for (; *s; s++)
		buf_putc(b, *s == '\n' ? ' ' : *s);
	buf_putc(b, '\n');
}

static void
set_folded(struct entry *e, const struct value *values)
{
	char *link = site_string(values, "linkTitle");
	const char *title = link[0] ? link : e->title;
	struct buf b = {0};

	e->sort_key = text_fold(title, strlen(title));
	add_line(&b, e->title);
	add_line(&b, e->path);
	for (size_t i = 0; i < e->nterms; i++)
		for (size_t k = 0; k < e->terms[i].n; k++)
			add_line(&b, e->terms[i].terms[k]);
	e->folded = text_fold(b.data, b.len);
	buf_dispose(&b);
	free(link);
}

/* Everything that comes from the path and the front matter. */
static void
fill(struct entry *e, const struct site_config *c, const struct site_path *p,
    const struct value *values, int64_t now, const char *hidden)
{
	struct site_dates dates;

	site_dates_read(&dates, c, p, values, &e->stamp);
	if (!e->title)
		e->title = site_string(values, "title");
	e->slug = site_slug(&dates, values);
	e->permalink = has_no_address(e, values)
			   ? xstrdup("")
			   : site_permalink(c, p, &dates, values);
	e->weight = weight_of(values);
	set_dates(e, &dates, values);
	set_state(e, c, &dates, values, now, hidden);
	e->listed = e->kind == ENTRY_PAGE && !hidden;
	if (is_headless(e, values) || build_option(values, "list"))
		e->listed = false;
	for (size_t i = 0; i < c->ntaxonomies; i++) {
		const struct value *v =
		    value_get(values, c->taxonomies[i].plural);

		if (v)
			add_terms(e, i, v);
	}
	set_folded(e, values);
	site_dates_dispose(&dates);
}

static struct entry *
entry_new(const struct site_config *c, const char *path, struct site_path *p)
{
	struct entry *e = xcalloc(1, sizeof(*e));
	const char *slash = strrchr(path, '/');

	site_path_parse(c, path, p);
	e->path = xstrdup(path);
	e->language = p->language;
	e->kind = p->kind;
	e->name = xstrdup(p->name);
	e->section = xstrdup(p->section);
	if (p->form != FORM_LONE && slash)
		e->bundle = xstrndup(path, (size_t)(slash - path));
	return e;
}

/* Make it an entry that stands for an error. */
static void
fail(struct entry *e, const struct site_config *c, const struct site_path *p,
    int64_t now, const struct err *err)
{
	struct value *none = value_map();

	e->title = xstrdup(p->name[0] ? p->name : path_base(e->path));
	fill(e, c, p, none, now, NULL);
	value_free(none);
	free(e->why);
	e->error = *err;
	e->state = ENTRY_ERROR;
	e->why = xstrdup(err->msg);
}

struct entry *
entry_broken(
    const struct site_config *c, const char *path, const struct err *err)
{
	struct site_path p;
	struct entry *e = entry_new(c, path, &p);

	fail(e, c, &p, 0, err);
	e->listed = false;
	site_path_dispose(&p);
	return e;
}

static bool
is_html(const char *path)
{
	const char *ext = path_ext(path);

	return strcmp(ext, "html") == 0 || strcmp(ext, "htm") == 0;
}

struct entry *
entry_read(const struct site_config *c, const char *path, int64_t now,
    const char *hidden)
{
	char *full = path_join(c->root, path), *disabled = NULL;
	struct buf text = {0};
	struct err err = {0};
	struct site_path p;
	struct entry *e = entry_new(c, path, &p);
	struct fm *fm = NULL;

	if (c->languages[p.language].disabled) {
		disabled = xasprintf(
		    "language %s is disabled", c->languages[p.language].code);
		hidden = hidden ? hidden : disabled;
	}
	if (file_read(full, &text, &e->stamp, &err) == -1) {
		if (file_exists(full)) {
			fail(e, c, &p, now, &err);
		} else {
			entry_free(e);
			e = NULL;
		}
	} else if (is_html(path) &&
		   !site_html_is_page(buf_text(&text), text.len)) {
		entry_free(e);
		e = NULL;
	} else if (!(fm = fm_parse(buf_text(&text), text.len, &err))) {
		fail(e, c, &p, now, &err);
	} else {
		fill(e, c, &p, fm_values(fm), now, hidden);
	}
	fm_free(fm);
	buf_dispose(&text);
	site_path_dispose(&p);
	free(disabled);
	free(full);
	return e;
}

void
entry_free(struct entry *e)
{
	if (!e)
		return;
	for (size_t i = 0; i < e->nterms; i++) {
		for (size_t k = 0; k < e->terms[i].n; k++)
			free(e->terms[i].terms[k]);
		free(e->terms[i].terms);
	}
	free(e->terms);
	free(e->path);
	free(e->bundle);
	free(e->name);
	free(e->title);
	free(e->slug);
	free(e->section);
	free(e->permalink);
	free(e->why);
	free(e->date);
	free(e->publish_date);
	free(e->expiry_date);
	free(e->lastmod);
	free(e->sort_key);
	free(e->folded);
	free(e);
}

const char *
entry_state_name(enum entry_state state)
{
	static const char *const names[] = {
	    [ENTRY_PUBLISHED] = "published",
	    [ENTRY_DRAFT] = "draft",
	    [ENTRY_SCHEDULED] = "scheduled",
	    [ENTRY_EXPIRED] = "expired",
	    [ENTRY_HIDDEN] = "hidden",
	    [ENTRY_ERROR] = "error",
	};

	return names[state];
}

char *
entry_badge(const struct entry *e, int64_t now)
{
	if (e->state == ENTRY_PUBLISHED)
		return xstrdup("");
	if (e->state == ENTRY_SCHEDULED)
		return date_distance(e->publish_t, now);
	return xstrdup(entry_state_name(e->state));
}

char *
entry_csv_date(const struct entry *e, enum entry_date which)
{
	struct date d;
	int64_t t = e->date_t;
	int offset = e->date_offset;
	char zone[8];

	if (which == ENTRY_PUBLISH_DATE) {
		t = e->publish_t;
		offset = e->publish_offset;
	} else if (which == ENTRY_EXPIRY_DATE) {
		t = e->expiry_t;
		offset = e->expiry_offset;
	}
	if (t == ENTRY_NO_DATE)
		return xstrdup("0001-01-01T00:00:00Z");
	date_from_unix(t, offset, &d);
	snprintf(zone, sizeof(zone), "%c%02d:%02d", offset < 0 ? '-' : '+',
	    abs(offset) / 3600 % 100, abs(offset) / 60 % 60);
	return xasprintf("%04d-%02d-%02dT%02d:%02d:%02d%s", d.year, d.month,
	    d.day, d.hour, d.minute, d.second, offset ? zone : "Z");
}
