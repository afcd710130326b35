/* SPDX-License-Identifier: ISC */
/*
 * Filter and order over the index of a site.  Hugo's order is that of
 * resources/page/pages_sort.go; titles are compared as the Unicode Collation
 * Algorithm's root order does to its first level.
 */
#include "query.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

struct item {
	const struct entry *entry;
	size_t index;
	int rank; /* how well the text matches: 0 is best */
};

/* A word of the text: folded, and what it is about. */
struct word {
	char *text;
	char *key; /* "tag" of "tag:deb", NULL: any place */
};

struct filter {
	const struct site *site;
	const struct query *query;
	struct word *words;
	size_t n, cap;
	char *term; /* "\nterm\n", folded */
};

/* ASCII as the Unicode Collation Algorithm orders it. */
static const char ascii_order[] = " _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/* The place of a code point among all: blanks and punctuation, other signs,
 * digits, letters. */
static uint32_t
collation_weight(uint32_t cp)
{
	const char *p;

	if (cp < 0x80) {
		if (cp >= 'a' && cp <= 'z')
			return 0x400000 + cp;
		if (cp >= '0' && cp <= '9')
			return 0x300000 + cp;
		p = cp ? strchr(ascii_order, (int)cp) : NULL;
		return p ? 1 + (uint32_t)(p - ascii_order) : 0;
	}
	if (text_is_letter(cp))
		return 0x400000 + cp;
	return (text_is_digit(cp) ? 0x300000 : 0x100000) + cp;
}

static int
compare_folded(const char *a, const char *b)
{
	size_t n = strlen(a), m = strlen(b), size;

	while (n > 0 && m > 0) {
		uint32_t x, y;

		if (*a == *b && (unsigned char)*a < 0x80) {
			a++, b++, n--, m--;
			continue;
		}
		x = collation_weight(text_decode(a, n, &size));
		a += size, n -= size;
		y = collation_weight(text_decode(b, m, &size));
		b += size, m -= size;
		if (x != y)
			return x < y ? -1 : 1;
	}
	return (n > 0) - (m > 0);
}

/* Small letters before capitals, else by bytes. */
static int
compare_case(const char *a, const char *b)
{
	while (*a && *a == *b)
		a++, b++;
	if ((*a ^ *b) == 0x20 &&
	    ((*a >= 'a' && *a <= 'z') || (*a >= 'A' && *a <= 'Z')))
		return *a >= 'a' ? -1 : 1;
	return strcmp(a, b);
}

static int
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + 0x20 : (unsigned char)c;
}

/* Paths: capitals count only between equals (Hugo's compare.Strings). */
static int
compare_path(const struct entry *x, const struct entry *y)
{
	const char *a = x->path, *b = y->path;

	while (*a && lower(*a) == lower(*b))
		a++, b++;
	if (lower(*a) != lower(*b))
		return lower(*a) < lower(*b) ? -1 : 1;
	return strcmp(x->path, y->path);
}

static int
compare_title(const struct entry *x, const struct entry *y)
{
	int order = compare_folded(x->sort_key, y->sort_key);

	return order ? order : compare_case(x->title, y->title);
}

static int
compare_date(const struct entry *x, const struct entry *y)
{
	int64_t a = x->date_t;
	int64_t b = y->date_t;

	return (a < b) - (a > b);
}

static int
compare_weight(const struct entry *x, const struct entry *y)
{
	if (x->weight == y->weight)
		return 0;
	if (x->weight == 0 || y->weight == 0)
		return x->weight == 0 ? 1 : -1;
	return x->weight < y->weight ? -1 : 1;
}

static int
compare_state(const struct entry *x, const struct entry *y)
{
	static const int place[] = {
	    [ENTRY_ERROR] = 0,
	    [ENTRY_DRAFT] = 1,
	    [ENTRY_SCHEDULED] = 2,
	    [ENTRY_HIDDEN] = 3,
	    [ENTRY_EXPIRED] = 4,
	    [ENTRY_PUBLISHED] = 5,
	};

	return place[x->state] - place[y->state];
}

typedef int (*comparison)(const struct entry *, const struct entry *);

static const struct {
	const char *name;
	comparison by[4]; /* the next decides when one finds them equal */
} orders[] = {
    [ORDER_HUGO] = {"hugo",
	{compare_weight, compare_date, compare_title, compare_path}},
    [ORDER_DATE] = {"date", {compare_date, compare_title, compare_path}},
    [ORDER_TITLE] = {"title", {compare_title, compare_date, compare_path}},
    [ORDER_STATE] = {"state",
	{compare_state, compare_date, compare_title, compare_path}},
    [ORDER_PATH] = {"path", {compare_path}},
    [ORDER_HUGO_LIST] = {"hugo-list",
	{compare_weight, compare_date, compare_title, compare_path}},
};

_Static_assert(NITEMS(orders) == ORDERS, "a row for each order");

static int
compare_items(const struct item *x, const struct item *y, enum query_order o)
{
	int order = x->rank - y->rank;

	for (size_t i = 0; i < NITEMS(orders[o].by) && order == 0; i++)
		if (orders[o].by[i])
			order = orders[o].by[i](x->entry, y->entry);
	return order;
}

/* A merge sort, since qsort() takes no context. */
static void
sort(struct item *v, struct item *spare, size_t n, enum query_order o)
{
	size_t half = n / 2, i = 0, k = half, to = 0;

	if (n < 2)
		return;
	sort(v, spare, half, o);
	sort(v + half, spare, n - half, o);
	while (i < half && k < n)
		spare[to++] =
		    compare_items(&v[i], &v[k], o) <= 0 ? v[i++] : v[k++];
	while (i < half)
		spare[to++] = v[i++];
	memcpy(v, spare, to * sizeof(*v));
}

static bool
starts(const char *s, const char *beginning)
{
	return strncmp(s, beginning, strlen(beginning)) == 0;
}

/* Is key the singular or plural of a taxonomy of the entry that has a term
 * which begins with text? */
static bool
has_term(const struct filter *f, const struct entry *e, const struct word *w)
{
	for (size_t i = 0; i < e->nterms; i++) {
		const struct entry_terms *t = &e->terms[i];
		const struct site_taxonomy *tax =
		    &f->site->config->taxonomies[t->taxonomy];

		if (strcmp(w->key, tax->singular) != 0 &&
		    strcmp(w->key, tax->plural) != 0)
			continue;
		for (size_t k = 0; k < t->n; k++) {
			char *term =
			    text_fold(t->terms[k], strlen(t->terms[k]));
			bool found = starts(term, w->text);

			free(term);
			if (found)
				return true;
		}
	}
	return false;
}

static const char *
language(const struct site *site, const struct entry *e)
{
	return site->config->languages[e->language].code;
}

static bool
keyed_word_matches(
    const struct filter *f, const struct entry *e, const struct word *w)
{
	if (strcmp(w->key, "draft") == 0)
		return starts(e->draft ? "true" : "false", w->text) ||
		       starts(e->draft ? "yes" : "no", w->text);
	if (strcmp(w->key, "section") == 0)
		return text_casecmp(e->section, strlen(e->section), w->text,
			   strlen(w->text)) == 0;
	if (strcmp(w->key, "lang") == 0)
		return strcmp(language(f->site, e), w->text) == 0;
	if (strcmp(w->key, "state") == 0)
		return starts(entry_state_name(e->state), w->text);
	return has_term(f, e, w);
}

/* In the title: 0; elsewhere: 1; nowhere: -1. */
static int
word_rank(const struct filter *f, const struct entry *e, const struct word *w)
{
	const char *end, *found;

	if (w->key)
		return keyed_word_matches(f, e, w) ? 0 : -1;
	found = strstr(e->folded, w->text);
	if (!found)
		return -1;
	end = strchr(e->folded, '\n');
	return !end || found < end ? 0 : 1;
}

/* The worst of the words, -1: one is missing. */
static int
text_rank(const struct filter *f, const struct entry *e)
{
	int rank = 0;

	for (size_t i = 0; i < f->n; i++) {
		int r = word_rank(f, e, &f->words[i]);

		if (r == -1)
			return -1;
		rank = r > rank ? r : rank;
	}
	return rank;
}

static bool
passes(const struct filter *f, const struct entry *e)
{
	const struct query *q = f->query;

	if (q->states && !(q->states & 1u << e->state))
		return false;
	if (q->pages_only && e->kind != ENTRY_PAGE)
		return false;
	if (q->listed_only && !e->listed)
		return false;
	if (q->section && strcmp(q->section, e->section) != 0)
		return false;
	if (q->language && strcmp(q->language, language(f->site, e)) != 0)
		return false;
	return !f->term || strstr(e->folded, f->term);
}

/* The words that a key may stand before. */
static bool
is_key(const struct site *site, const char *key)
{
	static const char *const keys[] = {"draft", "section", "lang", "state"};

	for (size_t i = 0; i < NITEMS(keys); i++)
		if (strcmp(key, keys[i]) == 0)
			return true;
	for (size_t i = 0; i < site->config->ntaxonomies; i++)
		if (strcmp(key, site->config->taxonomies[i].singular) == 0 ||
		    strcmp(key, site->config->taxonomies[i].plural) == 0)
			return true;
	return false;
}

static void
add_word(struct filter *f, const char *s, size_t len)
{
	struct word w = {text_fold(s, len), NULL};
	char *colon = strchr(w.text, ':');

	if (colon) {
		*colon = '\0';
		if (is_key(f->site, w.text)) {
			w.key = w.text;
			w.text = xstrdup(colon + 1);
		} else {
			*colon = ':';
		}
	}
	f->words = xgrow(f->words, f->n, &f->cap, sizeof(*f->words));
	f->words[f->n++] = w;
}

static void
filter_init(
    struct filter *f, const struct site *site, const struct query *query)
{
	static const char blanks[] = " \t\r\n";
	const char *s = query->text ? query->text : "";
	char *term;
	size_t len;

	*f = (struct filter){.site = site, .query = query};
	for (; *(s += strspn(s, blanks)); s += len) {
		len = strcspn(s, blanks);
		add_word(f, s, len);
	}
	if (query->term && query->term[0]) {
		term = text_fold(query->term, strlen(query->term));
		f->term = xasprintf("\n%s\n", term);
		free(term);
	}
}

static void
filter_dispose(struct filter *f)
{
	for (size_t i = 0; i < f->n; i++) {
		free(f->words[i].text);
		free(f->words[i].key);
	}
	free(f->words);
	free(f->term);
}

void
view_build(
    struct view *view, const struct site *site, const struct query *query)
{
	struct item *items = xcalloc(site->n, 2 * sizeof(*items));
	struct filter f;

	filter_init(&f, site, query);
	view->n = 0;
	for (size_t i = 0; i < site->n; i++) {
		int rank;

		if (!passes(&f, site->v[i]) ||
		    (rank = text_rank(&f, site->v[i])) == -1)
			continue;
		items[view->n++] =
		    (struct item){site->v[i], i, query->best_first ? rank : 0};
	}
	sort(items, items + view->n, view->n, query->order);
	view->v = xreallocarray(view->v, view->n, sizeof(view->v[0]));
	for (size_t i = 0; i < view->n; i++)
		view->v[i] = items[i].index;
	filter_dispose(&f);
	free(items);
}

void
view_dispose(struct view *view)
{
	free(view->v);
	*view = (struct view){0};
}

long
view_find(const struct view *view, const struct site *site, const char *path)
{
	for (size_t i = 0; i < view->n; i++)
		if (strcmp(site->v[view->v[i]]->path, path) == 0)
			return (long)i;
	return -1;
}

const char *
query_order_name(enum query_order order)
{
	return orders[order].name;
}

bool
query_order_parse(const char *name, enum query_order *order)
{
	for (size_t i = 0; i < ORDERS; i++) {
		if (strcmp(name, orders[i].name) == 0) {
			*order = (enum query_order)i;
			return true;
		}
	}
	return false;
}
