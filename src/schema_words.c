/* SPDX-License-Identifier: ISC */
/* What may go into a field, to complete from; and words that are alike. */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "schema_priv.h"
#include "text.h"

#define FILES_MAX 2000  /* that are offered */
#define LOOKS_MAX 20000 /* names that are looked at */
#define DEPTH_MAX 6
#define LONG_WORD 6 /* code points in which one letter may be a slip */

void
schema_words_dispose(struct schema_words *w)
{
	for (size_t i = 0; i < w->n; i++)
		free(w->v[i].text);
	free(w->v);
	*w = (struct schema_words){0};
}

static void
add(struct schema_words *w, const char *text, size_t count)
{
	w->v = xgrow(w->v, w->n, &w->cap, sizeof(*w->v));
	w->v[w->n++] = (struct schema_word){xstrdup(text), count};
}

static bool
has_word(const struct schema_words *w, const char *text)
{
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->v[i].text, text) == 0)
			return true;
	return false;
}

static void
add_new(struct schema_words *w, const char *text, size_t count)
{
	if (*text && !has_word(w, text))
		add(w, text, count);
}

static int
by_text(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static int
by_count(const void *a, const void *b)
{
	const struct schema_word *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* The terms in use, with how many pages have them. */
static void
add_terms(const struct site *site, size_t taxonomy, struct schema_words *w)
{
	const char **all = NULL;
	size_t n = 0, cap = 0, first = w->n, same;

	for (size_t i = 0; i < site->n; i++)
		for (size_t k = 0; k < site->v[i]->nterms; k++) {
			const struct entry_terms *t = &site->v[i]->terms[k];

			for (size_t m = 0; t->taxonomy == taxonomy && m < t->n;
			     m++) {
				all = xgrow(all, n, &cap, sizeof(*all));
				all[n++] = t->terms[m];
			}
		}
	if (n > 0)
		qsort(all, n, sizeof(*all), by_text);
	for (size_t i = 0; i < n; i += same) {
		for (same = 1;
		     i + same < n && strcmp(all[i], all[i + same]) == 0;)
			same++;
		add(w, all[i], same);
	}
	if (w->n > first)
		qsort(w->v + first, w->n - first, sizeof(*w->v), by_count);
	free(all);
}

static size_t
taxonomy_of(const struct site_config *c, const char *key)
{
	size_t i = 0;

	while (i < c->ntaxonomies &&
	       text_casecmp(c->taxonomies[i].plural,
		   strlen(c->taxonomies[i].plural), key, strlen(key)) != 0)
		i++;
	return i;
}

struct files {
	struct schema_words *words;
	bool pictures; /* nothing else */
	const char *prefix;
	size_t first, looks;
};

static bool
is_picture(const char *name)
{
	static const char *const ext[] = {
	    "png", "jpg", "jpeg", "gif", "webp", "svg", "avif", "bmp", "ico"};
	const char *e = path_ext(name);

	for (size_t i = 0; i < NITEMS(ext); i++)
		if (text_casecmp(e, strlen(e), ext[i], strlen(ext[i])) == 0)
			return true;
	return false;
}

/* The files below dir; at: the path below it so far. */
static void
add_files(struct files *f, const char *dir, const char *at, int depth)
{
	char *full = path_join(dir, at), **names = NULL;
	struct err ignored;
	size_t n = 0;

	if (file_names(full, &names, &n, &ignored) == -1)
		n = 0;
	for (size_t i = 0; i < n && f->words->n - f->first < FILES_MAX &&
			   f->looks < LOOKS_MAX;
	     i++) {
		char *path = *at ? path_join(at, names[i]) : xstrdup(names[i]);
		char *file = path_join(dir, path);

		f->looks++;
		if (names[i][0] == '.' || site_is_content(names[i])) {
			/* Pages are no resources, hidden files no files. */
		} else if (file_is_dir(file)) {
			if (depth < DEPTH_MAX)
				add_files(f, dir, path, depth + 1);
		} else if (!f->pictures || is_picture(names[i])) {
			char *word = xasprintf("%s%s", f->prefix, path);

			add_new(f->words, word, 0);
			free(word);
		}
		free(file);
		free(path);
	}
	file_names_free(names, n);
	free(full);
}

/* Those of the bundle by their names, then assets, then static as addresses. */
static void
add_all_files(const struct site *site, const struct field *field,
    const char *path, struct schema_words *w)
{
	const struct site_config *c = site->config;
	struct files f = {w, field->type == FIELD_IMAGE, "", w->n, 0};
	char *full = path_join(c->root, path), *dir = path_dir(full);
	char *assets = path_join(c->root, c->asset_dir);
	char *fixed = path_join(c->root, c->static_dir);

	if (strncmp(path_base(path), "index.", 6) == 0)
		add_files(&f, dir, "", 0);
	add_files(&f, assets, "", 0);
	f.prefix = "/";
	add_files(&f, fixed, "", 0);
	free(fixed);
	free(assets);
	free(dir);
	free(full);
}

static int
newest_first(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a;
	const struct entry *y = *(const struct entry *const *)b;

	if (x->date_t != y->date_t)
		return x->date_t > y->date_t ? -1 : 1;
	return strcmp(x->path, y->path);
}

/* A page as Hugo's ref names it: "/blog/x". Caller frees. */
static char *
page_ref(const struct site_config *c, const struct entry *e)
{
	const char *dir = c->languages[e->language].content_dir;
	const char *path = e->bundle ? e->bundle : e->path;
	const char *below = path_below(dir, path), *dot;

	if (!below)
		below = path;
	dot = e->bundle ? NULL : strrchr(below, '.');
	return xasprintf(
	    "/%.*s", (int)(dot ? (size_t)(dot - below) : strlen(below)), below);
}

static void
add_pages(const struct site *site, const char *path, struct schema_words *w)
{
	const struct entry **v = xcalloc(site->n, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < site->n; i++)
		if (site->v[i]->kind == ENTRY_PAGE &&
		    strcmp(site->v[i]->path, path) != 0)
			v[n++] = site->v[i];
	if (n > 0)
		qsort(v, n, sizeof(*v), newest_first);
	for (size_t i = 0; i < n && i < FILES_MAX; i++) {
		char *ref = page_ref(site->config, v[i]);

		add(w, ref, 0);
		free(ref);
	}
	free(v);
}

/* data/authors.yaml has them as keys, data/authors/ as files. */
static void
add_people(const struct site *site, const char *name, struct schema_words *w)
{
	static const char *const ext[] = {"yaml", "yml", "toml", "json"};
	const struct value *setting = value_get(site->config->all, "dataDir");
	const char *data = setting ? value_text(setting) : NULL;
	char *dir = xasprintf("%s/%s/%s", site->config->root,
	    data && *data != '/' && !strstr(data, "..") ? data : "data", name);
	char **names = NULL;
	struct err ignored;
	size_t n = 0;

	if (file_names(dir, &names, &n, &ignored) == -1)
		n = 0;
	for (size_t i = 0; i < n && i < FILES_MAX; i++) {
		const char *dot = strrchr(names[i], '.');
		char *base;

		if (names[i][0] == '.' || !dot)
			continue;
		base = xstrndup(names[i], (size_t)(dot - names[i]));
		add_new(w, base, 0);
		free(base);
	}
	file_names_free(names, n);
	for (size_t i = 0; i < NITEMS(ext); i++) {
		char *path = xasprintf("%s.%s", dir, ext[i]);
		struct value *v = file_is_regular(path)
				      ? fm_load_data(path, name, NULL, &ignored)
				      : NULL;

		for (size_t k = 0;
		     v && v->type == VALUE_MAP && k < v->n && k < FILES_MAX;
		     k++)
			add_new(w, v->keys[k], 0);
		value_free(v);
		free(path);
	}
	free(dir);
}

static void
add_contributors(
    const struct site *site, const char *key, struct schema_words *w)
{
	static const char *const names[] = {"authors", "contributors"};
	size_t taxonomy = taxonomy_of(site->config, key);

	if (taxonomy < site->config->ntaxonomies)
		add_terms(site, taxonomy, w);
	for (size_t i = 0; i < NITEMS(names); i++)
		add_people(site, names[i], w);
}

static void
add_values(
    const struct schema *s, const struct field *f, struct schema_words *w)
{
	const struct schema_field *sf = schema_find(s, f->key);

	for (size_t i = 0; f->allowed && i < f->allowed->n; i++)
		if (value_text(f->allowed->items[i]))
			add_new(w, value_text(f->allowed->items[i]), 0);
	if (f->strict && f->allowed)
		return;
	for (size_t i = 0; sf && i < sf->values.n; i++)
		add_new(w, sf->values.v[i].text, sf->values.v[i].count);
}

static bool
has_item(const struct value *list, const char *text)
{
	for (size_t i = 0; i < list->n; i++) {
		const char *s = value_text(list->items[i]);

		if (s && strcmp(s, text) == 0)
			return true;
	}
	return false;
}

/* Take out what the list has already. */
static void
leave_out(struct schema_words *w, size_t first, const struct value *have)
{
	size_t kept = first;

	for (size_t i = first; i < w->n; i++)
		if (has_item(have, w->v[i].text))
			free(w->v[i].text);
		else
			w->v[kept++] = w->v[i];
	w->n = kept;
}

void
schema_words(const struct schema *s, const struct site *site,
    const struct field *f, const char *path, const struct value *have,
    struct schema_words *w)
{
	size_t first = w->n, taxonomy;

	switch (f->type) {
	case FIELD_TERMS:
		taxonomy = taxonomy_of(site->config, f->key);
		if (taxonomy < site->config->ntaxonomies)
			add_terms(site, taxonomy, w);
		add_values(s, f, w);
		break;
	case FIELD_IMAGE:
	case FIELD_FILE:
		add_all_files(site, f, path, w);
		break;
	case FIELD_PAGE:
		add_pages(site, path, w);
		break;
	case FIELD_CONTRIBUTOR:
		add_contributors(site, f->key, w);
		add_values(s, f, w);
		break;
	case FIELD_BOOL:
	case FIELD_DATE:
	case FIELD_DATETIME:
	case FIELD_COMPUTED:
		break;
	default:
		add_values(s, f, w);
		break;
	}
	if (have && have->type == VALUE_LIST)
		leave_out(w, first, have);
}

/* A word without what people write in different ways. Caller frees. */
static char *
plain(const char *s, size_t len)
{
	char *folded = text_fold(s, len);
	size_t n = 0;

	for (const char *p = folded; *p; p++)
		if (!strchr("-_ ./", *p))
			folded[n++] = *p;
	folded[n] = '\0';
	/* A plural; "css", "gas" and "https" are none. */
	if (n > 4 && folded[n - 1] == 's' && !strchr("su", folded[n - 2])) {
		folded[--n] = '\0';
		if (folded[n - 1] == 'e' && n > 4 && folded[n - 2] == 'i') {
			folded[n - 2] = 'y';
			folded[n - 1] = '\0';
		}
	}
	return folded;
}

static size_t
common(const char *a, const char *b)
{
	size_t i = 0;

	while (a[i] && a[i] == b[i])
		i++;
	/* Not into the middle of a code point. */
	while (i > 0 && ((unsigned char)a[i] & 0xc0) == 0x80)
		i--;
	return i;
}

static size_t
step(const char *s)
{
	size_t size = 0;

	if (*s)
		text_decode(s, strlen(s), &size);
	return size;
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* One letter more, less, other, or two exchanged; digits are never a slip. */
static bool
one_off(const char *a, const char *b)
{
	size_t at = common(a, b), x, y;

	a += at;
	b += at;
	if (is_digit(*a) || is_digit(*b))
		return false;
	x = step(a);
	y = step(b);
	if (strcmp(a + x, b + y) == 0 || strcmp(a + x, b) == 0 ||
	    strcmp(a, b + y) == 0)
		return true;
	return x && y && step(a + x) == y && step(b + y) == x &&
	       memcmp(a, b + y, x) == 0 && memcmp(b, a + x, y) == 0 &&
	       strcmp(a + x + y, b + x + y) == 0;
}

static bool
is_like(const char *typed, const char *word, size_t len)
{
	char *other = plain(word, strlen(word));
	bool like = strcmp(typed, other) == 0 && *typed;

	if (!like && len >= LONG_WORD &&
	    text_count(other, strlen(other)) >= LONG_WORD)
		like = one_off(typed, other);
	free(other);
	return like;
}

const struct schema_word *
schema_like(const struct schema_words *words, const char *text, size_t len)
{
	const struct schema_word *found = NULL;
	char *typed = plain(text, len);
	size_t count = text_count(typed, strlen(typed));

	for (size_t i = 0; i < words->n; i++) {
		const char *word = words->v[i].text;

		if (strlen(word) == len && memcmp(word, text, len) == 0) {
			found = NULL;
			break;
		}
		if (!found && is_like(typed, word, count))
			found = &words->v[i];
	}
	free(typed);
	return found;
}
