/* SPDX-License-Identifier: ISC */
/* Counting what posts have: keys, kinds of values, values, and their order. */
#include "schema_tally.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define KEYS_MAX  400 /* of all depths */
#define DEPTH_MAX 4   /* maps in maps */
#define ITEMS_MAX 24  /* of a list that are looked at */

void
survey_init(struct survey *s)
{
	*s = (struct survey){0};
	s->before = xcalloc(TALLY_TOP, sizeof(*s->before));
}

void
survey_dispose(struct survey *s)
{
	for (size_t i = 0; i < s->n; i++) {
		free(s->v[i].path);
		value_free(s->v[i].sample);
		schema_words_dispose(&s->v[i].values);
	}
	free(s->v);
	free(s->before);
}

static bool
ends_in(const char *s, size_t len, const char *const *ends, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		size_t l = strlen(ends[i]);

		if (len > l && text_casecmp(s + len - l, l, ends[i], l) == 0)
			return true;
	}
	return false;
}

static bool
is_hex_colour(const char *s, size_t len)
{
	if ((len != 4 && len != 7) || *s != '#')
		return false;
	for (size_t i = 1; i < len; i++)
		if (text_hex(s[i]) < 0)
			return false;
	return true;
}

static bool
is_time(const char *s, size_t len)
{
	return len == 5 && s[2] == ':' && s[0] >= '0' && s[0] <= '2' &&
	       s[1] >= '0' && s[1] <= '9' && s[3] >= '0' && s[3] <= '5' &&
	       s[4] >= '0' && s[4] <= '9';
}

/* What a text looks like, whatever its key is called. */
static void
look(struct tally *t, const char *s, size_t len)
{
	static const char *const pictures[] = {
	    ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif"};
	static const char *const files[] = {
	    ".pdf", ".zip", ".mp3", ".mp4", ".webm", ".ogg", ".csv", ".ipynb"};
	static const char *const pages[] = {".md"};

	t->texts++;
	t->spaced += memchr(s, ' ', len) != NULL;
	t->images += ends_in(s, len, pictures, NITEMS(pictures));
	t->files += ends_in(s, len, files, NITEMS(files));
	t->pages += ends_in(s, len, pages, NITEMS(pages));
	t->urls += (len > 8 && (memcmp(s, "https://", 8) == 0 ||
				   memcmp(s, "http://", 7) == 0)) ||
		   (len > 1 && *s == '/' && s[1] != ' ');
	t->colours += is_hex_colour(s, len);
	t->times += is_time(s, len);
}

/* One more post has this value. */
static void
count_value(struct tally *t, const char *s, size_t len)
{
	struct schema_words *w = &t->values;

	if (len > TALLY_LONG || strlen(s) != len) {
		t->many = true;
		return;
	}
	for (size_t i = 0; i < w->n; i++)
		if (strcmp(w->v[i].text, s) == 0) {
			w->v[i].count++;
			return;
		}
	if (w->n == TALLY_VALUES) {
		t->many = true;
		return;
	}
	w->v = xgrow(w->v, w->n, &w->cap, sizeof(*w->v));
	w->v[w->n++] = (struct schema_word){xstrdup(s), 1};
}

/* A number that is none: "0049", "007.5"; nobody counts with those. */
static bool
is_code(const struct value *v)
{
	const char *s = v->text;

	return (v->type == VALUE_INT || v->type == VALUE_FLOAT) &&
	       s[0] == '0' && s[1] >= '0' && s[1] <= '9';
}

static void
count_item(struct tally *t, const struct value *v)
{
	const char *s = value_text(v);

	if (!s)
		return;
	if (v->type == VALUE_STRING)
		look(t, s, v->len);
	else
		t->typed++;
	t->codes += is_code(v);
	if (v->type != VALUE_BOOL)
		count_value(t, s, v->len);
}

static void
count(struct survey *s, struct tally *t, const struct value *v, bool archetype)
{
	if (archetype) {
		t->archetype = true;
		value_free(t->sample);
		t->sample = value_copy(v);
		return;
	}
	/* Several maps of a list count once; each value is looked at. */
	if (t->last_post != s->posts) {
		t->seen.with++;
		t->seen.empty += field_is_empty(v);
	}
	t->last_post = s->posts;
	t->seen.several += v->type == VALUE_LIST;
	if (field_is_empty(v))
		return;
	t->seen.filled++;
	t->seen.as[field_type_of(v)]++;
	if (v->type != VALUE_LIST)
		count_item(t, v);
	for (size_t i = 0; v->type == VALUE_LIST && i < v->n && i < ITEMS_MAX;
	     i++)
		count_item(t, v->items[i]);
}

static bool
is_path(const struct tally *t, const struct buf *path)
{
	return text_casecmp(
		   t->path, strlen(t->path), buf_text(path), path->len) == 0;
}

/* The tally of a path; NULL: there are too many. */
static struct tally *
tally_of(struct survey *s, const struct buf *path, unsigned depth, size_t top)
{
	struct tally *t;

	for (size_t k = 0; k < s->n; k++) {
		size_t i = (s->hint + k) % s->n;

		if (is_path(&s->v[i], path)) {
			s->hint = i + 1;
			return &s->v[i];
		}
	}
	if (s->n == KEYS_MAX)
		return NULL;
	s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
	t = &s->v[s->n++];
	*t = (struct tally){.path = xstrdup(buf_text(path)), .depth = depth};
	t->top = depth > 0 ? top : s->n - 1;
	s->hint = s->n;
	if (depth == 0 && s->ntop < TALLY_TOP)
		s->top[s->ntop++] = s->n - 1;
	return t;
}

/* The keys of a map of the tally at, at path. */
static void walk(struct survey *, const struct value *, struct buf *path,
    unsigned depth, size_t top, bool archetype);

static void
walk_map(struct survey *s, size_t at, const struct value *map, struct buf *path,
    bool archetype)
{
	struct tally *t = &s->v[at];

	if (map->type != VALUE_MAP)
		return;
	t->maps += !archetype;
	walk(s, map, path, t->depth + 1, t->top, archetype);
}

/* A map, or the maps of a list. */
static void
walk_into(struct survey *s, size_t at, const struct value *v, struct buf *path,
    bool archetype)
{
	size_t len = path->len;

	if (s->v[at].depth >= DEPTH_MAX)
		return;
	walk_map(s, at, v, path, archetype);
	if (v->type != VALUE_LIST)
		return;
	buf_puts(path, "[]");
	for (size_t i = 0; i < v->n && i < ITEMS_MAX; i++)
		walk_map(s, at, v->items[i], path, archetype);
	buf_splice(path, len, path->len - len, "", 0);
}

static void
walk(struct survey *s, const struct value *map, struct buf *path,
    unsigned depth, size_t top, bool archetype)
{
	size_t len = path->len;
	struct tally *t;

	for (size_t i = 0; i < map->n; i++) {
		fm_path_add(path, map->keys[i]);
		if ((t = tally_of(s, path, depth, top))) {
			count(s, t, map->items[i], archetype);
			walk_into(s, (size_t)(t - s->v), map->items[i], path,
			    archetype);
		}
		buf_splice(path, len, path->len - len, "", 0);
	}
}

/* The place in s->top of a key, TALLY_TOP: none. */
static size_t
top_place(const struct survey *s, const char *key)
{
	struct buf path = {0};
	size_t i = 0;

	fm_path_add(&path, key);
	while (i < s->ntop && !is_path(&s->v[s->top[i]], &path))
		i++;
	buf_dispose(&path);
	return i < s->ntop ? i : TALLY_TOP;
}

static void
count_order(struct survey *s, const struct value *map)
{
	size_t places[TALLY_TOP], n = 0;

	for (size_t i = 0; i < map->n && n < TALLY_TOP; i++) {
		size_t place = top_place(s, map->keys[i]);

		if (place == TALLY_TOP)
			continue;
		for (size_t k = 0; k < n; k++)
			s->before[places[k]][place]++;
		places[n++] = place;
	}
}

void
survey_add(struct survey *s, const struct value *values, bool archetype)
{
	struct buf path = {0};

	if (!archetype)
		s->posts++;
	s->hint = 0;
	walk(s, values, &path, 0, 0, archetype);
	if (!archetype)
		count_order(s, values);
	buf_dispose(&path);
}

/* How well a key does at place at of the first n: posts that agree. */
static long
agreement(const struct survey *s, const size_t *order, size_t n, size_t key,
    size_t at)
{
	long sum = 0;

	for (size_t i = 0; i < n; i++) {
		long before = s->before[order[i]][key];
		long after = s->before[key][order[i]];

		sum += i < at ? before - after : after - before;
	}
	return sum;
}

static void
insert(const struct survey *s, size_t *order, size_t n, size_t key)
{
	size_t best = n;
	long most = agreement(s, order, n, key, n);

	for (size_t at = n; at-- > 0;) {
		long sum = agreement(s, order, n, key, at);

		if (sum > most) {
			most = sum;
			best = at;
		}
	}
	memmove(order + best + 1, order + best, (n - best) * sizeof(*order));
	order[best] = key;
}

void
survey_sort(struct survey *s, bool archetype_first)
{
	size_t order[TALLY_TOP], top[TALLY_TOP], n = 0;
	bool done[TALLY_TOP] = {false};

	/* The archetype was counted first: its keys stand as it has them. */
	for (size_t i = 0; archetype_first && i < s->ntop; i++)
		if (s->v[s->top[i]].archetype) {
			order[n++] = i;
			done[i] = true;
		}
	while (n < s->ntop) {
		size_t next = TALLY_TOP;

		for (size_t i = 0; i < s->ntop; i++)
			if (!done[i] && (next == TALLY_TOP ||
					    s->v[s->top[i]].seen.with >
						s->v[s->top[next]].seen.with))
				next = i;
		done[next] = true;
		insert(s, order, n++, next);
	}
	for (size_t i = 0; i < n; i++)
		top[i] = s->top[order[i]];
	memcpy(s->top, top, n * sizeof(*top));
}
