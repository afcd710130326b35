/* SPDX-License-Identifier: ISC */
/* What a schema is made from: the posts of a section, and its archetype. */
#include <stdlib.h>
#include <string.h>

#include "archetype.h"
#include "date.h"
#include "file.h"
#include "fm.h"
#include "mem.h"
#include "schema_priv.h"
#include "text.h"

#define HEAD 4096 /* bytes that hold most front matter */

static int
newest_first(const void *a, const void *b)
{
	const struct entry *x = *(const struct entry *const *)a;
	const struct entry *y = *(const struct entry *const *)b;

	if (x->date_t != y->date_t)
		return x->date_t > y->date_t ? -1 : 1;
	return strcmp(x->path, y->path);
}

/* Keep max of them: the first half, and others evenly from the rest. */
static size_t
thin(const struct entry **v, size_t n, size_t max)
{
	size_t half = max / 2, rest = max - half;

	if (n <= max)
		return n;
	for (size_t i = 0; i < rest; i++)
		v[half + i] = v[half + i * (n - half) / rest];
	return max;
}

const struct entry **
schema_entries(const struct schema_source *s, size_t *n, size_t max)
{
	const struct entry **v = xcalloc(s->site->n, sizeof(*v));

	*n = 0;
	for (size_t i = 0; i < s->site->n; i++) {
		const struct entry *e = s->site->v[i];

		if (e->kind == s->kind && e->state != ENTRY_ERROR &&
		    strcmp(e->section, s->section) == 0)
			v[(*n)++] = e;
	}
	if (*n > 0)
		qsort(v, *n, sizeof(*v), newest_first);
	*n = thin(v, *n, max);
	return v;
}

void
schema_each(const struct schema_source *s, const struct entry **v, size_t n,
    void (*each)(void *ctx, const struct entry *, const struct value *),
    void *ctx)
{
	struct fm_quick *quick = fm_quick_new();
	struct buf text = {0};
	struct err ignored;

	for (size_t i = 0; i < n; i++) {
		char *path = path_join(s->site->config->root, v[i]->path);
		const struct value *values = NULL;
		struct fm *fm = NULL;

		buf_clear(&text);
		if (file_read_head(path, HEAD, &text, NULL, &ignored) == 0)
			values = fm_quick_read(quick, text.data, text.len);
		buf_clear(&text);
		if (values)
			each(ctx, v[i], values);
		else if (file_read(path, &text, NULL, &ignored) == 0 &&
			 (fm = fm_parse(text.data, text.len, &ignored)))
			each(ctx, v[i], fm_values(fm));
		fm_free(fm);
		free(path);
	}
	buf_dispose(&text);
	fm_quick_free(quick);
}

/* Every action of a template made the letter x, for what cannot be expanded. */
static void
blank_actions(const char *s, size_t len, struct buf *out)
{
	const char *end = s + len;

	while (s < end) {
		const char *open = strstr(s, "{{");
		const char *close = open ? strstr(open, "}}") : NULL;

		if (!close)
			break;
		buf_add(out, s, (size_t)(open - s));
		buf_putc(out, 'x');
		s = close + 2;
	}
	buf_add(out, s, (size_t)(end - s));
}

static struct value *
read_archetype(const struct schema_source *s, const struct buf *text)
{
	const struct site_config *c = s->site->config;
	char *path = xasprintf("%s/a/index.md", s->section);
	struct buf out = {0};
	struct value *v = NULL;
	struct date now;
	struct err ignored;
	struct fm *fm;
	char *date;

	date_now(&now);
	date = date_rfc3339(&now);
	const struct archetype_data data = {.config = c,
	    .path = path,
	    .name = "a",
	    .date = date,
	    .section = s->section,
	    .language = c->default_language};

	if (archetype_expand(
		buf_text(text), text->len, &data, &out, &ignored) == -1) {
		buf_clear(&out);
		blank_actions(buf_text(text), text->len, &out);
	}
	fm = fm_parse(buf_text(&out), out.len, &ignored);
	if (fm && fm_format(fm) != FM_NONE)
		v = value_copy(fm_values(fm));
	fm_free(fm);
	buf_dispose(&out);
	free(date);
	free(path);
	return v;
}

struct value *
schema_archetype(const struct schema_source *s, bool *own)
{
	const char *root = s->site->config->root;
	char *path = xasprintf(
		 "%s%sgalley-schema", s->section, s->section[0] ? "/" : ""),
	     *file;
	const struct archetype_spec spec = {.path = path};
	struct archetype_plan plan = {0};
	struct buf text = {0};
	struct value *v = NULL;
	struct err ignored;

	*own = false;
	if (s->kind == ENTRY_PAGE)
		archetype_plan(s->site->config, &spec, &plan, &ignored);
	if (plan.archetype) {
		file = path_join(root, plan.archetype);
		if (file_is_dir(file)) {
			free(file);
			file =
			    xasprintf("%s/%s/index.md", root, plan.archetype);
		}
		*own = strncmp(path_base(plan.archetype), "default", 7) != 0;
		if (file_read(file, &text, NULL, &ignored) == 0)
			v = read_archetype(s, &text);
		free(file);
	}
	buf_dispose(&text);
	archetype_plan_dispose(&plan);
	free(path);
	return v;
}
