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
	free(site->v);
	site_config_free(site->config);
	free(site);
}

static int
by_path(const void *a, const void *b)
{
	const struct entry *const *x = a, *const *y = b;

	return strcmp((*x)->path, (*y)->path);
}

static struct entry *
read_file(struct site *site, const struct site_file *f)
{
	struct entry *e;
	char *why = NULL;

	if (f->error.code != ERR_NONE)
		return entry_broken(site->config, f->path, &f->error);
	if (f->bundle)
		why = xasprintf("inside the bundle %s", f->bundle);
	e = entry_read(site->config, f->path, site->now, why);
	free(why);
	return e;
}

static int
read_files(struct site *site, const struct site_files *files,
    struct progress *progress)
{
	site->v = xcalloc(files->n, sizeof(site->v[0]));
	for (size_t i = 0; i < files->n; i++) {
		struct entry *e;

		if (i % 32 == 0) {
			if (progress_cancelled(progress))
				return -1;
			progress_set(progress, "reading", (unsigned)i,
			    (unsigned)files->n);
		}
		e = read_file(site, &files->v[i]);
		if (e)
			site->v[site->n++] = e;
	}
	progress_set(
	    progress, "reading", (unsigned)files->n, (unsigned)files->n);
	if (site->n)
		qsort(site->v, site->n, sizeof(site->v[0]), by_path);
	return 0;
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
		site_files_dispose(&files);
		return site;
	} else {
		err_code(err, ERR_CANCEL, "reading the site was stopped");
	}
	site_files_dispose(&files);
	site_free(site);
	return NULL;
}

/* The index of path, or where it would have to be; *found says which. */
static size_t
search(const struct site *site, const char *path, bool *found)
{
	size_t low = 0, high = site->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(site->v[middle]->path, path);

		if (order == 0) {
			*found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*found = false;
	return low;
}

const struct entry *
site_entry(const struct site *site, const char *path)
{
	bool found;
	size_t at = search(site, path, &found);

	return found ? site->v[at] : NULL;
}

void
site_refresh(struct site *site, const char *path)
{
	struct site_file file = {.path = xstrdup(path)};
	struct entry *e = NULL;
	bool found;
	size_t at = search(site, path, &found);

	if (site->config && site_walk_one(site->config, path, &file.bundle))
		e = read_file(site, &file);
	if (found) {
		entry_free(site->v[at]);
		site->v[at] = e;
		if (!e) {
			site->n--;
			memmove(&site->v[at], &site->v[at + 1],
			    (site->n - at) * sizeof(site->v[0]));
		}
	} else if (e) {
		site->v =
		    xreallocarray(site->v, site->n + 1, sizeof(site->v[0]));
		memmove(&site->v[at + 1], &site->v[at],
		    (site->n - at) * sizeof(site->v[0]));
		site->v[at] = e;
		site->n++;
	}
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
