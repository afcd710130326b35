/* SPDX-License-Identifier: ISC */
/*
 * Paths into front matter, "menu.main[0].weight": read into steps, written, and
 * followed through values, whatever the capitals of keys.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_priv.h"
#include "mem.h"
#include "text.h"

#define MAX_STEPS 100
#define MAX_INDEX 1000000

static int
bad_path(const char *path, const char *why, struct err *err)
{
	return err_code(err, ERR_USAGE,
	    "%s: %s (fields inside others are written \"params.author\", "
	    "\"tags[0]\", \"params.\\\"a.b\\\"\")",
	    path, why);
}

static struct fm_step *
new_step(struct fm_path *p)
{
	p->step = xgrow(p->step, p->n, &p->cap, sizeof(*p->step));
	p->step[p->n] = (struct fm_step){0};
	return &p->step[p->n++];
}

static void
add_key(struct fm_path *p, char *key)
{
	new_step(p)->key = key;
	p->keys = xgrow(p->keys, p->nkeys, &p->keys_cap, sizeof(*p->keys));
	p->keys[p->nkeys++] = key;
}

/* "..." with \" and \\; s is behind the first quote. NULL: it has no end. */
static const char *
quoted_key(struct fm_path *p, const char *s)
{
	struct buf b = {0};

	while (*s && *s != '"') {
		if (*s == '\\' && (s[1] == '"' || s[1] == '\\'))
			s++;
		buf_putc(&b, *s++);
	}
	add_key(p, xstrndup(buf_text(&b), b.len));
	buf_dispose(&b);
	return *s ? s + 1 : NULL;
}

/* "12]"; NULL: it is none. */
static const char *
index_of(struct fm_path *p, const char *s)
{
	size_t i = 0, n = strspn(s, "0123456789");

	if (n == 0 || n > 7 || s[n] != ']')
		return NULL;
	for (size_t j = 0; j < n; j++)
		i = i * 10 + (size_t)(s[j] - '0');
	if (i > MAX_INDEX)
		return NULL;
	new_step(p)->i = i;
	return s + n + 1;
}

/* One key and the indexes behind it. NULL: err. */
static const char *
part(struct fm_path *p, const char *path, const char *s, struct err *err)
{
	size_t n = strcspn(s, ".[\"");

	if (*s == '"') {
		s = quoted_key(p, s + 1);
	} else if (n == 0) {
		bad_path(path, "a name is missing", err);
		return NULL;
	} else {
		add_key(p, xstrndup(s, n));
		s += n;
	}
	while (s && *s == '[')
		s = index_of(p, s + 1);
	if (!s || (*s && *s != '.')) {
		bad_path(path, "this is no path", err);
		return NULL;
	}
	return s;
}

int
fm_path_parse(struct fm_path *p, const char *path, struct err *err)
{
	const char *s = path;

	*p = (struct fm_path){0};
	if (!*path)
		return err_code(err, ERR_USAGE, "a field needs a name");
	do {
		s = part(p, path, s, err);
		if (s && p->n > MAX_STEPS) {
			bad_path(path, "too deep", err);
			s = NULL;
		}
	} while (s && *s++ == '.');
	if (!s)
		fm_path_dispose(p);
	return s ? 0 : -1;
}

void
fm_path_one(struct fm_path *p, const char *key)
{
	*p = (struct fm_path){0};
	add_key(p, xstrdup(key));
}

void
fm_path_dispose(struct fm_path *p)
{
	for (size_t i = 0; i < p->nkeys; i++)
		free(p->keys[i]);
	free(p->keys);
	free(p->step);
	*p = (struct fm_path){0};
}

void
fm_path_add(struct buf *path, const char *key)
{
	bool plain = *key && !strpbrk(key, ".[]\"\\");

	if (path->len > 0)
		buf_putc(path, '.');
	if (plain) {
		buf_puts(path, key);
		return;
	}
	buf_putc(path, '"');
	for (; *key; key++) {
		if (*key == '"' || *key == '\\')
			buf_putc(path, '\\');
		buf_putc(path, *key);
	}
	buf_putc(path, '"');
}

bool
fm_alike(const char *a, const char *b)
{
	/* Most differ in the first letter: 0x20 sets capitals apart. */
	return (*a | 0x20) == (*b | 0x20) &&
	       text_casecmp(a, strlen(a), b, strlen(b)) == 0;
}

size_t
fm_member(const struct value *map, const char *key)
{
	size_t i = map->n;

	while (i > 0 && !fm_alike(map->keys[i - 1], key))
		i--;
	return i > 0 ? i - 1 : map->n;
}

/* The place in a map or list that a step means; v->n: nothing is there. */
static size_t
place_of(const struct value *v, const struct fm_step *step)
{
	if (step->key)
		return v->type == VALUE_MAP ? fm_member(v, step->key) : v->n;
	return v->type == VALUE_LIST && step->i < v->n ? step->i : v->n;
}

const struct value *
fm_path_follow(const struct value *v, struct fm_path *p, size_t *n)
{
	size_t i, at;

	for (i = 0; i < p->n; i++) {
		if (v->type != VALUE_MAP && v->type != VALUE_LIST)
			break;
		at = place_of(v, &p->step[i]);
		if (at == v->n)
			break;
		if (p->step[i].key)
			p->step[i].key = v->keys[at];
		v = v->items[at];
	}
	*n = i;
	return v;
}
