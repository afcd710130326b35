/* SPDX-License-Identifier: ISC */
/* The index of a site's pages: made by a scan, looked up by path. */
#include "site.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "site_priv.h"
#include "work.h"

struct site *
site_new(struct site_config *config, int64_t now)
{
	struct site *site = xcalloc(1, sizeof(*site));

	site->config = config;
	site->now = now;
	return site;
}

void
site_free(struct site *site)
{
	if (!site)
		return;
	for (size_t i = 0; i < site->n; i++)
		entry_free(site->v[i]);
	for (size_t i = 0; i < site->nlittered; i++)
		free(site->littered[i]);
	free(site->littered);
	free(site->v);
	free(site->by_address);
	site_config_free(site->config);
	free(site);
}

static int
by_path(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

static int
compare_address(const struct entry *x, const struct entry *y)
{
	int order = strcmp(x->permalink, y->permalink);

	return order ? order : strcmp(x->path, y->path);
}

static int
by_address(const void *a, const void *b)
{
	return compare_address(
	    *(struct entry *const *)a, *(struct entry *const *)b);
}

static struct entry *
read_file(struct entry_reader *reader, const struct site_file *f)
{
	struct entry *e;
	char *why = NULL;

	if (f->error)
		return entry_broken(reader, f->path, f->error);
	if (f->bundle)
		why = xasprintf("inside the bundle %s", f->bundle);
	e = entry_read(reader, f->path, why);
	free(why);
	return e;
}

static void
sort(struct site *site)
{
	site->by_address = xcalloc(site->n, sizeof(site->v[0]));
	if (site->n == 0)
		return;
	qsort(site->v, site->n, sizeof(site->v[0]), by_path);
	memcpy(site->by_address, site->v, site->n * sizeof(site->v[0]));
	qsort(site->by_address, site->n, sizeof(site->v[0]), by_address);
}

/* -1: cancelled. */
static int
read_files(struct site *site, const struct site_files *files,
    struct progress *progress)
{
	unsigned total = (unsigned)files->n;
	struct entry_reader reader;
	int status = 0;

	entry_reader_init(&reader, site->config, site->now);
	site->v = xcalloc(files->n, sizeof(site->v[0]));
	for (size_t i = 0; i < files->n && status == 0; i++) {
		struct entry *e = read_file(&reader, &files->v[i]);

		if (e)
			site->v[site->n++] = e;
		if (i % 32 != 0)
			continue;
		progress_set(progress, "reading", (unsigned)i, total);
		status = progress_cancelled(progress) ? -1 : 0;
	}
	entry_reader_dispose(&reader);
	progress_set(progress, "reading", total, total);
	if (status == 0)
		sort(site);
	return status;
}

struct site *
site_scan(struct site_config *config, int64_t now, struct progress *progress,
    struct err *err)
{
	struct site *site = site_new(config, now);
	struct site_files files = {0};

	if (!file_is_dir(config->root)) {
		err_set(err, "%s: the site is gone", config->root);
	} else if (site_walk(config, &files, progress) == 0 &&
		   read_files(site, &files, progress) == 0) {
		site->littered = files.littered;
		site->nlittered = files.nlittered;
		files.littered = NULL;
		files.nlittered = 0;
		site_files_dispose(&files);
		return site;
	} else {
		err_code(err, ERR_CANCEL, "reading the site was stopped");
	}
	site_files_dispose(&files);
	site_free(site);
	return NULL;
}

/* The index of the first entry of v[0..n) that is not before e. */
static size_t
lower_bound(struct entry *const *v, size_t n, const struct entry *e,
    int (*compare)(const struct entry *, const struct entry *))
{
	size_t low = 0, high = n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(v[middle], e) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int
compare_path(const struct entry *x, const struct entry *y)
{
	return strcmp(x->path, y->path);
}

static size_t
find_path(const struct site *site, const char *path, bool *found)
{
	const struct entry key = {.path = (char *)path};
	size_t at = lower_bound(site->v, site->n, &key, compare_path);

	*found = at < site->n && strcmp(site->v[at]->path, path) == 0;
	return at;
}

const struct entry *
site_entry(const struct site *site, const char *path)
{
	bool found;
	size_t at = find_path(site, path, &found);

	return found ? site->v[at] : NULL;
}

const struct entry *
site_rival(const struct site *site, const struct entry *e)
{
	const struct entry first = {
	    .permalink = e->permalink, .path = (char *)""};
	const struct entry *best = NULL;
	size_t at;

	if (!e->permalink[0])
		return NULL;
	at = lower_bound(site->by_address, site->n, &first, compare_address);
	for (; at < site->n; at++) {
		const struct entry *other = site->by_address[at];

		if (strcmp(other->permalink, e->permalink) != 0)
			break;
		if (strcmp(other->path, e->path) == 0 ||
		    other->state == ENTRY_HIDDEN || other->state == ENTRY_ERROR)
			continue;
		if (!best || other->state == ENTRY_PUBLISHED)
			best = other;
		if (best->state == ENTRY_PUBLISHED)
			break;
	}
	return best;
}

static void
insert(struct entry **v, size_t n, size_t at, struct entry *e)
{
	memmove(&v[at + 1], &v[at], (n - at) * sizeof(v[0]));
	v[at] = e;
}

static void
take_out(struct entry **v, size_t n, size_t at)
{
	memmove(&v[at], &v[at + 1], (n - at - 1) * sizeof(v[0]));
}

static void
remove_entry(struct site *site, size_t at)
{
	struct entry *e = site->v[at];

	take_out(site->by_address, site->n,
	    lower_bound(site->by_address, site->n, e, compare_address));
	take_out(site->v, site->n, at);
	site->n--;
	entry_free(e);
}

static void
add_entry(struct site *site, struct entry *e)
{
	size_t size = sizeof(site->v[0]);

	site->v = xreallocarray(site->v, site->n + 1, size);
	site->by_address = xreallocarray(site->by_address, site->n + 1, size);
	insert(site->v, site->n, lower_bound(site->v, site->n, e, compare_path),
	    e);
	insert(site->by_address, site->n,
	    lower_bound(site->by_address, site->n, e, compare_address), e);
	site->n++;
}

void
site_refresh(struct site *site, const char *path)
{
	struct site_file file = {.path = xstrdup(path)};
	struct entry_reader reader;
	struct entry *e = NULL;
	bool found;
	size_t at;

	if (site->config && site_walk_one(site->config, path, &file.bundle)) {
		entry_reader_init(&reader, site->config, site->now);
		e = read_file(&reader, &file);
		entry_reader_dispose(&reader);
	}
	at = find_path(site, file.path, &found);
	if (found)
		remove_entry(site, at);
	if (e)
		add_entry(site, e);
	free(file.path);
	free(file.bundle);
}

struct use {
	const char *term;
	size_t n;
};

static int
by_term(const void *a, const void *b)
{
	const struct use *x = a, *y = b;

	return strcmp(x->term, y->term);
}

static int
by_use(const void *a, const void *b)
{
	const struct use *x = a, *y = b;

	if (x->n != y->n)
		return x->n < y->n ? 1 : -1;
	return strcmp(x->term, y->term);
}

/* Equal terms that stand together become one. */
static size_t
merge(struct use *uses, size_t n)
{
	size_t to = 0;

	for (size_t i = 0; i < n; i++) {
		if (to > 0 && strcmp(uses[to - 1].term, uses[i].term) == 0)
			uses[to - 1].n++;
		else
			uses[to++] = uses[i];
	}
	return to;
}

const char **
site_terms(const struct site *site, size_t taxonomy, size_t *n)
{
	struct use *uses = NULL;
	const char **terms;
	size_t count = 0, cap = 0;

	for (size_t i = 0; i < site->n; i++) {
		const struct entry *e = site->v[i];

		for (size_t k = 0; k < e->nterms; k++) {
			const struct entry_terms *t = &e->terms[k];

			for (size_t m = 0; t->taxonomy == taxonomy && m < t->n;
			     m++) {
				uses = xgrow(uses, count, &cap, sizeof(*uses));
				uses[count++] = (struct use){t->terms[m], 1};
			}
		}
	}
	if (count)
		qsort(uses, count, sizeof(*uses), by_term);
	*n = merge(uses, count);
	if (*n)
		qsort(uses, *n, sizeof(*uses), by_use);
	terms = xcalloc(*n, sizeof(terms[0]));
	for (size_t i = 0; i < *n; i++)
		terms[i] = uses[i].term;
	free(uses);
	return terms;
}
