/* SPDX-License-Identifier: ISC */
/*
 * Pages read from their files: the front matter found the quick way or the
 * whole one, and the entry that it makes put into one piece of memory.
 */
#include "site_priv.h"

#include <stdlib.h>
#include <string.h>

#include "fm.h"
#include "mem.h"

#define HEAD 4096 /* bytes that are read of most files */

static void
begin(struct draft *d, const struct entry_reader *r, const char *path,
    struct site_path *p)
{
	const char *slash = strrchr(path, '/');
	struct entry *e = &d->entry;

	*d = (struct draft){.config = r->config, .path = p, .now = r->now};
	site_path_parse(r->config, path, p);
	e->path = (char *)path;
	e->language = p->language;
	e->kind = p->kind;
	e->name = p->name;
	e->section = p->section;
	if (p->form != FORM_LONE && slash)
		e->bundle =
		    draft_own(d, xstrndup(path, (size_t)(slash - path)));
}

enum { PATH, DATE = 8 }; /* places in strings[] */

/* Where the strings of an entry are, all that it has by itself. */
static const size_t strings[] = {
    [PATH] = offsetof(struct entry, path),
    offsetof(struct entry, bundle),
    offsetof(struct entry, name),
    offsetof(struct entry, title),
    offsetof(struct entry, slug),
    offsetof(struct entry, section),
    offsetof(struct entry, permalink),
    offsetof(struct entry, why),
    [DATE] = offsetof(struct entry, date),
    offsetof(struct entry, publish_date),
    offsetof(struct entry, expiry_date),
    offsetof(struct entry, lastmod),
    offsetof(struct entry, sort_key),
    offsetof(struct entry, folded),
};

static char **
string_at(struct entry *e, size_t i)
{
	return (char **)(void *)((char *)e + strings[i]);
}

/* Copy s to *to, which moves behind it. */
static char *
put(char **to, const char *s, size_t size)
{
	char *at = *to;

	memcpy(at, s, size);
	*to += size;
	return at;
}

/* The memory that a copy of the entry takes; what its strings take, 0: nothing,
 * because it is one that is there already. */
static size_t
measure(struct entry *e, size_t *sizes)
{
	size_t total = sizeof(*e) + e->nterms * sizeof(e->terms[0]);

	for (size_t i = 0; i < NITEMS(strings); i++) {
		char *s = *string_at(e, i);
		bool shared = !s || !*s || (i > DATE && s == e->date);

		total += sizes[i] = shared ? 0 : strlen(s) + 1;
	}
	for (size_t i = 0; i < e->nterms; i++)
		for (size_t k = 0; k < e->terms[i].n; k++)
			total +=
			    sizeof(char *) + strlen(e->terms[i].terms[k]) + 1;
	return total;
}

/* Copy the terms behind the entry, the lists first; *to moves behind them. */
static void
pack_terms(struct entry *e, const struct entry *from, char **to)
{
	char **list;

	e->terms = (struct entry_terms *)(void *)*to;
	*to += e->nterms * sizeof(e->terms[0]);
	list = (char **)(void *)*to;
	for (size_t i = 0; i < e->nterms; i++)
		*to += from->terms[i].n * sizeof(char *);
	for (size_t i = 0; i < e->nterms; i++) {
		const struct entry_terms *t = &from->terms[i];

		e->terms[i] = (struct entry_terms){t->taxonomy, list, t->n};
		for (size_t k = 0; k < t->n; k++)
			*list++ = put(to, t->terms[k], strlen(t->terms[k]) + 1);
	}
}

/* The entry in one piece of memory. */
static struct entry *
pack(struct entry *from)
{
	size_t sizes[NITEMS(strings)];
	struct entry *e = xmalloc(measure(from, sizes));
	char *to = (char *)(e + 1);

	*e = *from;
	pack_terms(e, from, &to);
	for (size_t i = 0; i < NITEMS(strings); i++) {
		char **s = string_at(e, i);

		if (sizes[i] > 0)
			*s = put(&to, *s, sizes[i]);
		else if (*s)
			*s = **s ? e->date : e->path + sizes[PATH] - 1;
	}
	return e;
}

/* The entry that the draft is to become, packed; the draft is gone. */
static struct entry *
finish(struct draft *d, const struct value *values, const char *hidden)
{
	struct site_dates dates;
	struct entry *e;

	site_dates_read(&dates, d->config, d->path, values, &d->entry.stamp);
	d->values = values;
	d->dates = &dates;
	d->hidden = hidden;
	draft_fill(d);
	if (d->entry.error)
		d->entry.why = d->entry.error->msg;
	e = pack(&d->entry);
	for (size_t i = 0; i < d->entry.nterms; i++)
		free(d->entry.terms[i].terms);
	free(d->entry.terms);
	site_dates_dispose(&dates);
	return e;
}

/* The same, of what stands for an error. */
static struct entry *
fail(struct draft *d, const struct err *err)
{
	struct value *none = value_map();
	struct entry *e;

	d->entry.error = xmalloc(sizeof(*err));
	*d->entry.error = *err;
	d->entry.title =
	    d->path->name[0] ? d->path->name : (char *)path_base(d->entry.path);
	e = finish(d, none, NULL);
	e->state = ENTRY_ERROR;
	value_free(none);
	return e;
}

static void
dispose(struct draft *d, struct site_path *p)
{
	for (size_t i = 0; i < d->nown; i++)
		free(d->own[i]);
	site_path_dispose(p);
}

struct entry *
entry_broken(struct entry_reader *r, const char *path, const struct err *err)
{
	struct site_path p;
	struct draft d;
	struct entry *e;

	begin(&d, r, path, &p);
	e = fail(&d, err);
	e->listed = false;
	dispose(&d, &p);
	return e;
}

static bool
is_html(const char *path)
{
	const char *ext = path_ext(path);

	return strcmp(ext, "html") == 0 || strcmp(ext, "htm") == 0;
}

/* Most files: the front matter is simple, and in the head. */
static struct entry *
read_quickly(struct entry_reader *r, struct draft *d, const char *path,
    const char *hidden)
{
	const struct value *values;
	struct err ignored;

	buf_clear(&r->text);
	if (file_read_head(path, HEAD, &r->text, &d->entry.stamp, &ignored) ==
	    -1)
		return NULL;
	values = fm_quick_read(r->quick, r->text.data, r->text.len);
	return values ? finish(d, values, hidden) : NULL;
}

/* All others, and what is wrong with them. */
static struct entry *
read_whole(struct entry_reader *r, struct draft *d, const char *path,
    const char *hidden)
{
	struct entry *e = NULL;
	struct fm *fm = NULL;
	struct err err;

	buf_clear(&r->text);
	if (file_read(path, &r->text, &d->entry.stamp, &err) == -1) {
		if (file_exists(path))
			e = fail(d, &err);
	} else if (!is_html(path) ||
		   site_html_is_page(r->text.data, r->text.len)) {
		fm = fm_parse(r->text.data, r->text.len, &err);
		e = fm ? finish(d, fm_values(fm), hidden) : fail(d, &err);
	}
	fm_free(fm);
	return e;
}

struct entry *
entry_read(struct entry_reader *r, const char *path, const char *hidden)
{
	char *full = path_join(r->config->root, path);
	const struct site_language *l;
	struct entry *e = NULL;
	struct site_path p;
	struct draft d;

	begin(&d, r, path, &p);
	l = &r->config->languages[p.language];
	if (l->disabled && !hidden)
		hidden = draft_own(
		    &d, xasprintf("language %s is disabled", l->code));
	if (!is_html(path))
		e = read_quickly(r, &d, full, hidden);
	if (!e)
		e = read_whole(r, &d, full, hidden);
	dispose(&d, &p);
	free(full);
	return e;
}

void
entry_reader_init(
    struct entry_reader *r, const struct site_config *c, int64_t now)
{
	*r = (struct entry_reader){c, now, fm_quick_new(), {0}};
}

void
entry_reader_dispose(struct entry_reader *r)
{
	fm_quick_free(r->quick);
	buf_dispose(&r->text);
}

void
entry_free(struct entry *e)
{
	if (!e)
		return;
	free(e->error);
	free(e);
}
