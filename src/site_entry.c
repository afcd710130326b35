/* SPDX-License-Identifier: ISC */
/*
 * One page of the index: what its front matter says, and what state that puts
 * it in.  Sources: hugolib/page__meta.go, hugolib/site.go (shouldBuild).
 */
#include "site_priv.h"

#include <assert.h>
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

char *
draft_own(struct draft *d, char *s)
{
	assert(d->nown < NITEMS(d->own));
	d->own[d->nown++] = s;
	return s;
}

/* Nobody writes to the strings of an entry. */
static char *
borrow(const char *s)
{
	return (char *)s;
}

/* draft, or the undocumented "published: false"; why says which. */
static bool
is_draft(struct draft *d, char **why)
{
	const struct value *draft = value_get(d->values, "draft");
	const struct value *published;
	bool yes;

	if (draft) {
		if (!truth(draft, &yes) || !yes)
			return false;
		*why = strcmp(value_text(draft), "true") == 0
			   ? borrow("draft: true")
			   : draft_own(
				 d, xasprintf("draft: %s", value_text(draft)));
		return true;
	}
	published = value_get(d->values, "published");
	if (!truth(published, &yes) || yes)
		return false;
	*why = draft_own(d, xasprintf("published: %s", value_text(published)));
	return true;
}

/* Hugo's build options, or NULL. */
static const struct value *
build_options(const struct value *values)
{
	const struct value *build = value_get(values, "build");

	return build ? build : value_get(values, "_build");
}

/* "never" and false of an option of build, else NULL. */
static const char *
build_option(const struct value *build, const char *name)
{
	const struct value *v = value_get(build, name);

	if (v && v->type == VALUE_BOOL)
		return v->boolean ? NULL : "never";
	if (!v || v->type != VALUE_STRING || strcmp(v->text, "always") == 0)
		return NULL;
	return v->text;
}

static char *
why_scheduled(const struct site_date *d, int64_t now)
{
	char *distance = date_distance(d->t, now);
	char *why = xasprintf("%s %s is %s", d->key, d->text, distance);

	free(distance);
	return why;
}

/* render: the build option, or NULL. */
static void
set_state(struct draft *d, bool headless, const char *render)
{
	const struct site_date *expiry = &d->dates->v[DATE_EXPIRY];
	const struct site_date *publish = &d->dates->v[DATE_PUBLISH];
	const struct site_config *c = d->config;
	struct entry *e = &d->entry;
	char *draft = NULL;

	e->draft = is_draft(d, &draft);
	if (d->hidden) {
		e->state = ENTRY_HIDDEN;
		e->why = borrow(d->hidden);
	} else if (e->draft && !c->build_drafts) {
		e->state = ENTRY_DRAFT;
		e->why = draft;
	} else if (expiry->key && expiry->t <= d->now && !c->build_expired) {
		e->state = ENTRY_EXPIRED;
		e->why = draft_own(
		    d, xasprintf("%s was %s", expiry->key, expiry->text));
	} else if (publish->key && publish->t > d->now && !c->build_future) {
		e->state = ENTRY_SCHEDULED;
		e->why = draft_own(d, why_scheduled(publish, d->now));
	} else if (headless || render) {
		e->state = ENTRY_HIDDEN;
		e->why = headless ? borrow("headless: true")
				  : draft_own(d,
					xasprintf("build.render: %s", render));
	} else {
		e->state = ENTRY_PUBLISHED;
		e->why = borrow("");
	}
}

static char *
date_text(const struct draft *d, int which, const char *key)
{
	const struct site_date *date = &d->dates->v[which];
	const char *written;

	if (date->key)
		return borrow(date->text);
	written = value_text(value_get(d->values, key));
	return borrow(written ? written : "");
}

static int64_t
date_time(const struct site_date *d)
{
	return d->key ? d->t : ENTRY_NO_DATE;
}

static void
set_dates(struct draft *draft)
{
	const struct site_date *d = draft->dates->v;
	struct entry *e = &draft->entry;

	e->date = date_text(draft, DATE_DATE, "date");
	e->publish_date = date_text(draft, DATE_PUBLISH, "publishDate");
	e->expiry_date = date_text(draft, DATE_EXPIRY, "expiryDate");
	e->lastmod = date_text(draft, DATE_LASTMOD, "lastmod");
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
	struct entry_terms t = {taxonomy, NULL, 0};

	for (size_t i = 0; i < max; i++) {
		const char *s =
		    value_text(v->type == VALUE_LIST ? v->items[i] : v);

		if (!s || !s[0])
			continue;
		if (!t.terms)
			t.terms = xcalloc(max, sizeof(char *));
		t.terms[t.n++] = borrow(s);
	}
	if (t.n > 0)
		e->terms[e->nterms++] = t;
}

static void
set_terms(struct draft *d)
{
	const struct site_config *c = d->config;

	d->entry.terms = xcalloc(c->ntaxonomies, sizeof(d->entry.terms[0]));
	for (size_t i = 0; i < c->ntaxonomies; i++) {
		const struct value *v =
		    value_get(d->values, c->taxonomies[i].plural);

		if (v)
			add_terms(&d->entry, i, v);
	}
}

static void
add_line(struct buf *b, const char *s)
{
	for (const char *nl; (nl = strchr(s, '\n')); s = nl + 1) {
		buf_add(b, s, (size_t)(nl - s));
		buf_putc(b, ' ');
	}
	buf_puts(b, s);
	buf_putc(b, '\n');
}

static void
set_folded(struct draft *d)
{
	struct entry *e = &d->entry;
	char *link = site_string(d->values, "linkTitle");
	const char *title = link[0] ? link : e->title;
	struct buf b = {0};

	add_line(&b, e->title);
	add_line(&b, e->path);
	for (size_t i = 0; i < e->nterms; i++)
		for (size_t k = 0; k < e->terms[i].n; k++)
			add_line(&b, e->terms[i].terms[k]);
	e->folded = draft_own(d, text_fold(b.data, b.len));
	/* Folding stops at the end of a line. */
	if (title == e->title && !strchr(title, '\n'))
		e->sort_key =
		    draft_own(d, xstrndup(e->folded, strcspn(e->folded, "\n")));
	else
		e->sort_key = draft_own(d, text_fold(title, strlen(title)));
	buf_dispose(&b);
	free(link);
}

void
draft_fill(struct draft *d)
{
	struct entry *e = &d->entry;
	const struct value *build = build_options(d->values);
	const char *render = build_option(build, "render");
	bool headless = e->kind == ENTRY_PAGE && e->bundle &&
			value_truth(value_get(d->values, "headless"), false);
	bool none = headless || (render && strcmp(render, "never") == 0);

	if (!e->title)
		e->title = draft_own(d, site_string(d->values, "title"));
	e->slug = draft_own(d, site_slug(d->dates, d->values));
	e->permalink = none ? borrow("")
			    : draft_own(d, site_permalink(d->config, d->path,
					       d->dates, d->values));
	e->weight = weight_of(d->values);
	set_dates(d);
	set_state(d, headless, render);
	e->listed = e->kind == ENTRY_PAGE && !d->hidden && !headless &&
		    !build_option(build, "list");
	set_terms(d);
	set_folded(d);
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
	return date_rfc3339(&d);
}
