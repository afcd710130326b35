/* SPDX-License-Identifier: ISC */
/* Where the fields of a schema are in a post's front matter. */
#include <string.h>

#include "mem.h"
#include "schema_priv.h"

struct walk {
	void (*each)(void *ctx, const struct schema_place *);
	void *ctx;
	struct buf path;
};

/* The key that a path begins with, unquoted, into name; returns the rest. */
static const char *
first_key(const char *path, struct buf *name)
{
	bool quoted = *path == '"';

	for (path += quoted;
	     *path && (quoted ? *path != '"' : !strchr(".[", *path)); path++) {
		path += quoted && *path == '\\' && path[1];
		buf_putc(name, *path);
	}
	return path + (quoted && *path == '"');
}

static void walk(struct walk *, const struct value *map, const char *path);

static void
walk_items(struct walk *w, const struct value *list, const char *path)
{
	size_t len = w->path.len;

	for (size_t i = 0; list && list->type == VALUE_LIST && i < list->n;
	     i++) {
		if (list->items[i]->type != VALUE_MAP)
			continue;
		buf_printf(&w->path, "[%zu]", i);
		walk(w, list->items[i], path);
		buf_splice(&w->path, len, w->path.len - len, "", 0);
	}
}

/* What path says below map, which is at w->path; map NULL: it is not there. */
static void
walk(struct walk *w, const struct value *map, const char *path)
{
	size_t len = w->path.len;
	struct buf name = {0};
	const char *rest = first_key(path, &name);
	const struct value *v = value_get(map, buf_text(&name));

	fm_path_add(&w->path, buf_text(&name));
	if (!*rest)
		w->each(w->ctx,
		    &(struct schema_place){buf_text(&w->path), v, map != NULL});
	else if (strncmp(rest, "[].", 3) == 0)
		walk_items(w, v, rest + 3);
	else if (*rest == '.' &&
		 (!v || v->type == VALUE_NULL || v->type == VALUE_MAP))
		walk(w, v && v->type == VALUE_MAP ? v : NULL, rest + 1);
	buf_splice(&w->path, len, w->path.len - len, "", 0);
	buf_dispose(&name);
}

void
schema_places(const struct schema_field *sf, const struct value *values,
    void (*each)(void *ctx, const struct schema_place *), void *ctx)
{
	struct walk w = {each, ctx, {0}};

	walk(&w, values, sf->field.key);
	buf_dispose(&w.path);
}
