/* SPDX-License-Identifier: ISC */
/*
 * Kept edits as a file: a line that names the format, then fields, a line each;
 * those that may hold anything are as long as they say.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "recover_priv.h"

static const char first[] = "galley unsaved edits 1\n";
static const char last[] = "end\n";

/* What is not read yet. */
struct cursor {
	const char *at, *end;
};

uint64_t
recover_hash(const void *data, size_t len)
{
	const unsigned char *p = data;
	uint64_t h = 14695981039346656037U; /* FNV-1a */

	for (size_t i = 0; i < len; i++)
		h = (h ^ p[i]) * 1099511628211U;
	return h;
}

static void
put_bytes(struct buf *b, const char *name, const char *data, size_t len)
{
	buf_printf(b, "%s %zu\n", name, len);
	buf_add(b, data, len);
	buf_putc(b, '\n');
}

/* All before the body. */
static size_t
head_length(const struct fm *fm)
{
	size_t len, body;

	fm_text(fm, &len);
	fm_body(fm, &body, NULL);
	return len - body;
}

bool
recover_write(struct buf *b, const char *root, const char *path,
    const struct post *post, int64_t when)
{
	const struct buf *base = &post->base;
	struct err ignored;
	struct fm *fm = fm_parse(buf_text(base), base->len, &ignored);
	const char *ours;
	size_t len;

	if (!fm)
		return false;
	buf_puts(b, first);
	put_bytes(b, "site", root, strlen(root));
	put_bytes(b, "path", path, strlen(path));
	buf_printf(b, "time %" PRId64 "\n", when);
	buf_printf(b, "stamp %" PRId64 " %" PRId64 " %" PRIu64 "\n",
	    post->stamp.mtime_ns, post->stamp.size, post->stamp.inode);
	buf_printf(b, "hash %016" PRIx64 "\n",
	    recover_hash(buf_text(base), base->len));
	put_bytes(b, "base", buf_text(base), head_length(fm));
	ours = fm_text(post->fm, &len);
	put_bytes(b, "ours", ours, head_length(post->fm));
	buf_puts(b, last);
	fm_free(fm);
	return true;
}

static bool
skip(struct cursor *c, const char *text)
{
	size_t len = strlen(text);

	if ((size_t)(c->end - c->at) < len || memcmp(c->at, text, len) != 0)
		return false;
	c->at += len;
	return true;
}

/* A number and what follows it; the text ends in a NUL. */
static bool
get_number(struct cursor *c, int64_t *n, const char *after)
{
	char *end;

	*n = strtoll(c->at, &end, 10);
	if (end == c->at || end > c->end)
		return false;
	c->at = end;
	return skip(c, after);
}

static bool
get_unsigned(struct cursor *c, int base, uint64_t *n)
{
	char *end;

	*n = strtoull(c->at, &end, base);
	if (end == c->at || end > c->end)
		return false;
	c->at = end;
	return skip(c, "\n");
}

static bool
get_bytes(struct cursor *c, const char *name, const char **data, size_t *len)
{
	int64_t n;

	if (!skip(c, name) || !get_number(c, &n, "\n") || n < 0 ||
	    n >= c->end - c->at)
		return false;
	*data = c->at;
	*len = (size_t)n;
	c->at += n;
	return skip(c, "\n");
}

static bool
get_head(struct cursor *c, const char *name, struct fm **fm)
{
	const char *data;
	struct err ignored;
	size_t len;

	if (!get_bytes(c, name, &data, &len))
		return false;
	*fm = fm_parse(data, len, &ignored);
	return *fm != NULL;
}

/* A path that stays in the site. */
static bool
is_inside(const char *path)
{
	char *clean = path_clean(path);
	bool inside = strcmp(clean, path) == 0 && *path != '/' &&
		      strcmp(path, ".") != 0 && strncmp(path, "..", 2) != 0;

	free(clean);
	return inside;
}

static bool
read_names(struct cursor *c, const char *root, struct recover_item *item)
{
	const char *data;
	size_t len;

	if (!skip(c, first) || !get_bytes(c, "site ", &data, &len) ||
	    len != strlen(root) || memcmp(data, root, len) != 0 ||
	    !get_bytes(c, "path ", &data, &len) || memchr(data, '\0', len))
		return false;
	item->path = xstrndup(data, len);
	return is_inside(item->path);
}

static bool
read_facts(struct cursor *c, struct recover_item *item)
{
	struct stamp *stamp = &item->stamp;

	return skip(c, "time ") && get_number(c, &item->when, "\n") &&
	       skip(c, "stamp ") && get_number(c, &stamp->mtime_ns, " ") &&
	       get_number(c, &stamp->size, " ") &&
	       get_unsigned(c, 10, &stamp->inode) && skip(c, "hash ") &&
	       get_unsigned(c, 16, &item->hash);
}

struct recover_item *
recover_read(const char *text, size_t len, const char *root)
{
	struct recover_item *item = xcalloc(1, sizeof(*item));
	struct cursor c = {text, text + len};

	if (read_names(&c, root, item) && read_facts(&c, item) &&
	    get_head(&c, "base ", &item->base) &&
	    get_head(&c, "ours ", &item->ours) && skip(&c, last) &&
	    c.at == c.end)
		return item;
	recover_item_free(item);
	return NULL;
}

void
recover_item_free(struct recover_item *item)
{
	if (!item)
		return;
	fm_free(item->base);
	fm_free(item->ours);
	free(item->path);
	free(item->file);
	free(item);
}
