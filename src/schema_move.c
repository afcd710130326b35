/* SPDX-License-Identifier: ISC */
/* What an edit of the front matter does to a page's address. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "schema.h"

/* Below the site's own address, as people read it. Caller frees. */
static char *
readable(const struct site_config *c, const char *whole)
{
	size_t base = strlen(c->base_url);
	char *rest, *shown;

	if (base == 0 || strncmp(whole, c->base_url, base) != 0)
		rest = xstrdup(whole);
	else
		rest = xasprintf("/%s", whole + base);
	shown = permalink_readable(rest);
	free(rest);
	return shown;
}

void
schema_move(const struct site *site, const char *path,
    const struct value *before, const struct value *after,
    struct schema_move *m)
{
	const struct site_config *c = site->config;
	const struct entry *self = site_entry(site, path);
	char *was = permalink_of(c, path, before);
	char *now = permalink_of(c, path, after);

	*m = (struct schema_move){readable(c, was), readable(c, now)};
	m->moved = strcmp(was, now) != 0;
	m->published = self && (self->state == ENTRY_PUBLISHED ||
				   self->state == ENTRY_EXPIRED);
	for (size_t i = 0; m->moved && !m->taken && i < site->n; i++) {
		const struct entry *e = site->v[i];

		if (e != self && e->state != ENTRY_HIDDEN &&
		    e->state != ENTRY_ERROR && strcmp(e->permalink, now) == 0)
			m->taken = e->path;
	}
	free(now);
	free(was);
}

void
schema_move_dispose(struct schema_move *m)
{
	free(m->before);
	free(m->after);
	*m = (struct schema_move){0};
}
