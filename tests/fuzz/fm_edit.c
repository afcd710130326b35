/* SPDX-License-Identifier: ISC */
/*
 * Edits of front matter, in any format: the input is a script, a byte 0xff and
 * a file.  Each byte of the script picks an edit, the next one a path of the
 * file as it is then, the one after it a value.  What is done has the data
 * that was meant and can be taken back and done again; what is refused changes
 * nothing and has a reason.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fm.h"
#include "mem.h"

#define MOST 12 /* edits */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(x) \
	do { \
		if (!(x)) { \
			fprintf(stderr, "line %d: %s\n", __LINE__, #x); \
			abort(); \
		} \
	} while (0)

/* A place in the data, picked by number. */
struct spot {
	struct buf path;
	const struct value *holder, *value;
	size_t i, left;
};

struct script {
	const uint8_t *data;
	size_t n, at;
};

static unsigned
next(struct script *s)
{
	return s->at < s->n ? s->data[s->at++] : 0;
}

/* Does the name of a member mean this one? */
static bool
means(const struct value *v, size_t i)
{
	return v->type != VALUE_MAP || value_get(v, v->keys[i]) == v->items[i];
}

static size_t
size_of(const struct value *v)
{
	size_t n = 0;

	for (size_t i = 0; i < v->n; i++)
		if (means(v, i))
			n += 1 + size_of(v->items[i]);
	return n;
}

static bool
go(struct spot *s, const struct value *v)
{
	size_t len = s->path.len;

	for (size_t i = 0; i < v->n; i++) {
		if (!means(v, i))
			continue;
		if (v->type == VALUE_MAP)
			fm_path_add(&s->path, v->keys[i]);
		else
			buf_printf(&s->path, "[%zu]", i);
		s->holder = v;
		s->value = v->items[i];
		s->i = i;
		if (s->left-- == 0 || go(s, v->items[i]))
			return true;
		s->path.len = len;
	}
	return false;
}

static const char *const typed[] = {"new", "\"a: b\"", "3", "true", "[x, y]",
    "{p: 1, q: [r]}", "\"two\\nlines\"", "2031-02-03", "1.5", "[]", "{}",
    "\"#\"", "\"it's \\\"x\\\"\"", "[[1], {a: 2}]"};

static char *
copy(const struct fm *fm, size_t *len)
{
	const char *text = fm_text(fm, len);
	char *c = xmalloc(*len + 1);

	memcpy(c, text, *len);
	c[*len] = '\0';
	return c;
}

static bool
is_text(const struct fm *fm, const char *text, size_t len)
{
	size_t n;
	const char *now = fm_text(fm, &n);

	return n == len && memcmp(now, text, n) == 0;
}

/* A date may be in quotes. */
static bool
fits(const struct value *asked, const struct value *has)
{
	const struct value *other;

	if (asked->type == VALUE_DATE && has->type == VALUE_STRING)
		return strcmp(asked->text, has->text) == 0;
	if (asked->type != has->type || asked->n != has->n)
		return false;
	if (asked->type != VALUE_LIST && asked->type != VALUE_MAP)
		return value_equal(asked, has);
	for (size_t i = 0; i < asked->n; i++) {
		other = asked->type == VALUE_MAP
			    ? value_get(has, asked->keys[i])
			    : has->items[i];
		if (!other || !fits(asked->items[i], other))
			return false;
	}
	return true;
}

/* One edit; what it is about is there already. */
static int
edit(struct fm *fm, struct spot *s, unsigned op, const struct value *v,
    struct err *err)
{
	const char *path = buf_text(&s->path);
	bool list = s->value->type == VALUE_LIST;
	size_t n = s->value->n;
	int rc;

	switch (op % 5) {
	case 0:
		rc = fm_set(fm, path, v, err);
		MUST(rc == -1 || fits(v, fm_get(fm, path)));
		return rc;
	case 1:
		return fm_unset(fm, path, err);
	case 2:
		return fm_rename(fm, path, op & 8 ? "new" : "n. \"w", err);
	case 3:
		rc = fm_insert(fm, path, list ? op % (n + 1) : 0, v, err);
		MUST(rc == -1 || fm_get(fm, path)->n == n + 1);
		return rc;
	default:
		if (!list || n == 0)
			return fm_set(fm, path, s->value, err);
		rc = fm_move(fm, path, op % n, (op / 5) % n, err);
		MUST(rc == -1 || fm_get(fm, path)->n == n);
		return rc;
	}
}

/* The fm, read again, is what it says it is. */
static void
check_read(const struct fm *fm)
{
	size_t len;
	const char *text = fm_text(fm, &len);
	struct err err;
	struct fm *again = fm_parse(text, len, &err);

	MUST(again && is_text(again, text, len));
	MUST(fm_format(again) == fm_format(fm));
	fm_free(again);
}

static void
step(struct fm *fm, struct script *script)
{
	unsigned op = next(script);
	size_t all = size_of(fm_values(fm)), len, elen;
	size_t edits = fm_edit_count(fm);
	struct spot s = {.left = all ? next(script) % all : 0};
	const char *word = typed[next(script) % NITEMS(typed)];
	struct err err = {0};
	struct value *v = fm_parse_value(word, strlen(word), &err), *own;
	char *was = copy(fm, &len), *now;

	if (go(&s, fm_values(fm))) {
		own = value_copy(s.value);
		if (fm_set(fm, buf_text(&s.path), own, &err) == -1)
			MUST(err.msg[0]);
		MUST(is_text(fm, was, len));
		value_free(own);
		*err.msg = '\0';
		if (edit(fm, &s, op, v, &err) == -1) {
			MUST(err.msg[0] && is_text(fm, was, len));
			MUST(fm_edit_count(fm) == edits);
		} else if (fm_edit_count(fm) > edits) {
			now = copy(fm, &elen);
			check_read(fm);
			MUST(fm_undo(fm) && is_text(fm, was, len));
			MUST(fm_redo(fm) && is_text(fm, now, elen));
			free(now);
		} else {
			MUST(is_text(fm, was, len));
		}
	}
	buf_dispose(&s.path);
	value_free(v);
	free(was);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *mark = size ? memchr(data, 0xff, size) : NULL;
	struct script script = {data, mark ? (size_t)(mark - data) : 0, 0};
	const char *text = mark ? (const char *)mark + 1 : (const char *)data;
	size_t len = size - (size_t)((const uint8_t *)text - data);
	struct err err = {0};
	struct fm *fm = fm_parse(text, len, &err);

	MUST(fm || (err.line > 0 && err.msg[0]));
	if (fm && fm_format(fm) != FM_NONE) {
		MUST(is_text(fm, text, len));
		for (int i = 0; i < MOST && (i == 0 || script.at < script.n);
		     i++)
			step(fm, &script);
		while (fm_undo(fm))
			;
		MUST(is_text(fm, text, len));
	}
	fm_free(fm);
	return 0;
}
