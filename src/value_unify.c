/* SPDX-License-Identifier: ISC */
/* Maps that have a key twice, as texts may: the last one counts. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "value.h"

#define FEW 32 /* members, of which each is compared with each */

struct member {
	const char *key;
	size_t i;
};

static int
by_key(const void *a, const void *b)
{
	const struct member *x = a, *y = b;
	int c = strcmp(x->key, y->key);

	return c ? c : x->i < y->i ? -1 : x->i > y->i;
}

/* Quick for the few keys that most maps have. */
static bool
all_differ(const struct value *map)
{
	for (size_t i = 1; i < map->n; i++)
		for (size_t j = 0; j < i; j++)
			if (*map->keys[i] == *map->keys[j] &&
			    strcmp(map->keys[i], map->keys[j]) == 0)
				return false;
	return true;
}

void
value_unify(struct value *map, struct value *replaced)
{
	struct member *m;
	size_t n = 0;

	if (map->n <= FEW && all_differ(map))
		return;
	m = xcalloc(map->n, sizeof(*m));
	for (size_t i = 0; i < map->n; i++)
		m[i] = (struct member){map->keys[i], i};
	qsort(m, map->n, sizeof(*m), by_key);
	for (size_t i = 1, first = 0; i < map->n; i++) {
		struct value **place = &map->items[m[first].i];

		if (strcmp(m[i].key, m[first].key) != 0) {
			first = i;
			continue;
		}
		if (replaced)
			value_append(replaced, *place);
		else
			value_free(*place);
		*place = map->items[m[i].i];
		map->items[m[i].i] = NULL;
	}
	free(m);
	for (size_t i = 0; i < map->n; i++) {
		if (!map->items[i]) {
			free(map->keys[i]);
			continue;
		}
		map->keys[n] = map->keys[i];
		map->items[n++] = map->items[i];
	}
	map->n = n;
}
