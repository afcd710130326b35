/* SPDX-License-Identifier: ISC */
/*
 * Data as YAML, TOML and JSON have it: making, finding, comparing.  The
 * functions that go down a tree recurse; what reads text bounds its depth.
 */
#include "value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "value_priv.h"

/* Maps of so many members have an index. */
enum { INDEX_FROM = 32 };

static struct value *
make(enum value_type type, const char *text, size_t len)
{
	/* The text stands behind the value, in one piece of memory. */
	struct value *v = xmalloc(sizeof(*v) + (text ? len + 1 : 0));

	*v = (struct value){.type = type};
	if (text) {
		v->text = (char *)(v + 1);
		memcpy(v->text, text, len);
		v->text[len] = '\0';
		v->len = len;
	}
	return v;
}

static void
free_text(struct value *v)
{
	if (v->text != (char *)(v + 1))
		free(v->text);
}

struct value *
value_null(void)
{
	return make(VALUE_NULL, NULL, 0);
}

struct value *
value_bool(bool b)
{
	const char *text = b ? "true" : "false";
	struct value *v = make(VALUE_BOOL, text, strlen(text));

	v->boolean = b;
	return v;
}

struct value *
value_int(int64_t i)
{
	char text[32];
	int len = snprintf(text, sizeof(text), "%lld", (long long)i);
	struct value *v = make(VALUE_INT, text, (size_t)len);

	v->integer = i;
	return v;
}

struct value *
value_real(double d)
{
	char text[64];
	struct value *v;

	value_real_text(d, text, sizeof(text));
	v = make(VALUE_FLOAT, text, strlen(text));
	v->real = d;
	return v;
}

struct value *
value_string(const char *s)
{
	return make(VALUE_STRING, s, strlen(s));
}

struct value *
value_string_len(const char *s, size_t len)
{
	return make(VALUE_STRING, s ? s : "", len);
}

struct value *
value_date(const char *s)
{
	return make(VALUE_DATE, s, strlen(s));
}

struct value *
value_list(void)
{
	return make(VALUE_LIST, NULL, 0);
}

struct value *
value_map(void)
{
	return make(VALUE_MAP, NULL, 0);
}

void
value_written(struct value *v, const char *text, size_t len)
{
	char *copy = xstrndup(text, len);

	free_text(v);
	v->text = copy;
	v->len = len;
}

void
value_free(struct value *v)
{
	if (!v)
		return;
	for (size_t i = 0; i < v->n; i++) {
		value_free(v->items[i]);
		if (v->keys)
			free(v->keys[i]);
	}
	free(v->items);
	free(v->keys);
	free(v->index);
	free_text(v);
	free(v);
}

struct value *
value_copy(const struct value *v)
{
	struct value *c = make(v->type, v->text, v->len);

	c->len = v->len;
	c->boolean = v->boolean;
	c->integer = v->integer;
	c->real = v->real;
	c->n = c->cap = v->n;
	c->items = v->n ? xcalloc(v->n, sizeof(*c->items)) : NULL;
	c->keys = v->n && v->keys ? xcalloc(v->n, sizeof(*c->keys)) : NULL;
	for (size_t i = 0; i < v->n; i++) {
		c->items[i] = value_copy(v->items[i]);
		if (c->keys)
			c->keys[i] = xstrdup(v->keys[i]);
	}
	return c;
}

void
value_reserve(struct value *v, size_t n)
{
	if (n <= v->cap)
		return;
	v->items = xreallocarray(v->items, n, sizeof(*v->items));
	if (v->type == VALUE_MAP)
		v->keys = xreallocarray(v->keys, n, sizeof(*v->keys));
	v->cap = n;
}

void
value_append(struct value *list, struct value *item)
{
	list->items =
	    xgrow(list->items, list->n, &list->cap, sizeof(*list->items));
	list->items[list->n++] = item;
}

void
value_add(struct value *map, const char *key, struct value *item)
{
	value_add_taken(map, xstrdup(key), item);
}

void
value_add_taken(struct value *map, char *key, struct value *item)
{
	size_t cap = map->cap;

	map->keys = xgrow(map->keys, map->n, &cap, sizeof(*map->keys));
	map->keys[map->n] = key;
	value_append(map, item);
}

static size_t
hash(const char *key)
{
	uint64_t h = 14695981039346656037U; /* FNV-1a */

	for (; *key; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211U;
	return (size_t)(h ^ (h >> 32));
}

/* Where the key is in the index, or would be. */
static size_t *
index_slot(const struct value *map, const char *key)
{
	size_t i = hash(key) & (map->slots - 1);

	while (map->index[i] && strcmp(map->keys[map->index[i] - 1], key) != 0)
		i = (i + 1) & (map->slots - 1);
	return &map->index[i];
}

static void
index_build(struct value *map)
{
	free(map->index);
	map->slots = (size_t)INDEX_FROM * 4;
	while (map->slots < map->n * 4)
		map->slots *= 2;
	map->index = xcalloc(map->slots, sizeof(*map->index));
	for (size_t i = 0; i < map->n; i++)
		*index_slot(map, map->keys[i]) = i + 1;
	map->indexed = map->n;
}

/* The place after that of the key in this very spelling; 0: none. */
static size_t
find_spelling(struct value *map, const char *key)
{
	if (map->n < INDEX_FROM) {
		for (size_t i = 0; i < map->n; i++)
			if (strcmp(map->keys[i], key) == 0)
				return i + 1;
		return 0;
	}
	if (map->indexed != map->n || map->slots < map->n * 2)
		index_build(map);
	return *index_slot(map, key);
}

void
value_put(struct value *map, const char *key, struct value *item)
{
	size_t i = find_spelling(map, key);

	if (i > 0) {
		value_free(map->items[i - 1]);
		map->items[i - 1] = item;
		return;
	}
	value_add(map, key, item);
	if (map->index && map->indexed == map->n - 1) {
		*index_slot(map, key) = map->n;
		map->indexed = map->n;
	}
}

static int
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Is key, whatever the capitals of ASCII letters, name[0..len)? */
static bool
alike(const char *key, const char *name, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!key[i] || lower(key[i]) != lower(name[i]))
			return false;
	return !key[len];
}

/* The place after that of the last member of that name; 0: none. */
static size_t
find(const struct value *map, const char *name, size_t len)
{
	size_t i = map && map->type == VALUE_MAP ? map->n : 0;
	char first = (char)((len > 0 ? *name : '\0') | 0x20);

	/* Most differ in the first letter: 0x20 sets capitals apart. */
	for (; i > 0; i--) {
		const char *key = map->keys[i - 1];

		if ((*key | 0x20) == first && alike(key, name, len))
			break;
	}
	return i;
}

bool
value_remove(struct value *map, const char *key)
{
	size_t i = find(map, key, strlen(key)), rest;

	if (i == 0)
		return false;
	rest = map->n - i;
	value_free(map->items[i - 1]);
	free(map->keys[i - 1]);
	memmove(map->items + i - 1, map->items + i, rest * sizeof(*map->items));
	memmove(map->keys + i - 1, map->keys + i, rest * sizeof(*map->keys));
	map->n--;
	map->indexed = 0; /* out of date */
	return true;
}

const struct value *
value_get(const struct value *v, const char *key)
{
	size_t i = find(v, key, strlen(key));

	return i ? v->items[i - 1] : NULL;
}

const struct value *
value_path(const struct value *v, const char *path)
{
	size_t len, i;

	for (;; path += len + 1) {
		len = strcspn(path, ".");
		if ((i = find(v, path, len)) == 0)
			return NULL;
		v = v->items[i - 1];
		if (!path[len])
			return v;
	}
}

const char *
value_text(const struct value *v)
{
	if (!v)
		return NULL;
	switch (v->type) {
	case VALUE_NULL:
	case VALUE_LIST:
	case VALUE_MAP:
		return NULL;
	default:
		return v->text;
	}
}

static bool
one_of(const char *s, const char *const *words, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(s, words[i]) == 0)
			return true;
	return false;
}

bool
value_truth(const struct value *v, bool fallback)
{
	static const char *const yes[] = {
	    "1", "t", "T", "true", "TRUE", "True"};
	static const char *const no[] = {
	    "0", "f", "F", "false", "FALSE", "False"};

	if (!v)
		return fallback;
	switch (v->type) {
	case VALUE_NULL:
		return false;
	case VALUE_BOOL:
		return v->boolean;
	case VALUE_INT:
		return v->integer != 0;
	case VALUE_FLOAT:
		return v->real != 0;
	case VALUE_STRING:
		if (strlen(v->text) != v->len)
			return fallback;
		if (one_of(v->text, yes, NITEMS(yes)))
			return true;
		return one_of(v->text, no, NITEMS(no)) ? false : fallback;
	default:
		return fallback;
	}
}

static bool
members_equal(const struct value *a, const struct value *b)
{
	size_t j;

	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		j = i;
		if (a->type == VALUE_MAP && strcmp(a->keys[i], b->keys[i]) != 0)
			for (j = 0; j < b->n; j++)
				if (strcmp(a->keys[i], b->keys[j]) == 0)
					break;
		if (j == b->n || !value_equal(a->items[i], b->items[j]))
			return false;
	}
	return true;
}

bool
value_equal(const struct value *a, const struct value *b)
{
	if (a->type != b->type)
		return false;
	switch (a->type) {
	case VALUE_NULL:
		return true;
	case VALUE_BOOL:
		return a->boolean == b->boolean;
	case VALUE_INT:
		return a->integer == b->integer;
	case VALUE_FLOAT:
		return a->real == b->real || (isnan(a->real) && isnan(b->real));
	case VALUE_STRING:
	case VALUE_DATE:
		return a->len == b->len &&
		       memcmp(a->text, b->text, a->len) == 0;
	case VALUE_LIST:
	case VALUE_MAP:
		return members_equal(a, b);
	}
	return false;
}
