/* SPDX-License-Identifier: ISC */
/* Files that are being written, until they can be looked at. */
#include "settle.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct settle_file {
	char *path;
	int64_t due, most;
};

static struct settle_file *
find(const struct settle *s, const char *path)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].path, path) == 0)
			return &s->v[i];
	return NULL;
}

void
settle_note(struct settle *s, const char *path, int64_t now, int wait)
{
	struct settle_file *f = find(s, path);

	if (!f) {
		s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
		f = &s->v[s->n++];
		*f = (struct settle_file){
		    xstrdup(path), 0, now + SETTLE_MOST_MS};
	}
	f->due = now + wait < f->most ? now + wait : f->most;
}

bool
settle_has(const struct settle *s, const char *path)
{
	return find(s, path) != NULL;
}

char *
settle_take(struct settle *s, int64_t now)
{
	if (now < s->open)
		return NULL;
	for (size_t i = 0; i < s->n; i++) {
		char *path = s->v[i].path;

		if (s->v[i].due > now)
			continue;
		s->v[i] = s->v[--s->n];
		s->taken = true;
		return path;
	}
	if (s->taken)
		s->open = now + SETTLE_GAP_MS;
	s->taken = false;
	return NULL;
}

int
settle_ms(const struct settle *s, int64_t now)
{
	int64_t due = INT64_MAX;

	for (size_t i = 0; i < s->n; i++)
		if (s->v[i].due < due)
			due = s->v[i].due;
	if (s->n == 0)
		return -1;
	if (due < s->open)
		due = s->open;
	return due <= now            ? 0
	       : due - now > INT_MAX ? INT_MAX
				     : (int)(due - now);
}

void
settle_clear(struct settle *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i].path);
	free(s->v);
	*s = (struct settle){0};
}
