/* SPDX-License-Identifier: ISC */
/*
 * A change of front matter, carried out: a driver says which bytes to replace,
 * the new text is read, and only when it holds the data that was meant, and all
 * else as it was, does it take the place of the old one.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_priv.h"
#include "mem.h"

/* The member of just this key, else of one that is alike. */
static size_t
member(const struct value *map, const char *key)
{
	for (size_t i = map->n; i > 0; i--)
		if (strcmp(map->keys[i - 1], key) == 0)
			return i - 1;
	return fm_member(map, key);
}

/* Has a place the value that was asked for?  Dates may be in quotes. */
bool
fm_fits(const struct value *asked, const struct value *has)
{
	size_t at;

	if (asked->type == VALUE_DATE && has->type == VALUE_STRING)
		return asked->len == has->len &&
		       memcmp(asked->text, has->text, has->len) == 0;
	if (asked->type != has->type)
		return false;
	if (asked->type != VALUE_LIST && asked->type != VALUE_MAP)
		return value_equal(asked, has);
	if (asked->n != has->n)
		return false;
	for (size_t i = 0; i < asked->n; i++) {
		at = asked->type == VALUE_MAP ? member(has, asked->keys[i]) : i;
		if (at == has->n || !fm_fits(asked->items[i], has->items[at]))
			return false;
	}
	return true;
}

/* All fields in the order of the text, also those that a later one of the same
 * name replaces: what must be the same after a change. */
static struct value *
whole(const struct fm *fm)
{
	struct value *map = value_map();

	for (size_t i = 0; i < fm->doc.n; i++)
		value_add(map, fm->doc.fields[i].key,
		    value_copy(fm->doc.fields[i].value));
	return map;
}

static void
take_out(struct value *v, size_t i)
{
	if (v->type == VALUE_MAP) {
		free(v->keys[i]);
		memmove(v->keys + i, v->keys + i + 1,
		    (v->n - i - 1) * sizeof(*v->keys));
	}
	memmove(
	    v->items + i, v->items + i + 1, (v->n - i - 1) * sizeof(*v->items));
	v->n--;
}

static void
put_in(struct value *list, size_t i, struct value *item)
{
	value_append(list, item);
	memmove(list->items + i + 1, list->items + i,
	    (list->n - i - 1) * sizeof(*list->items));
	list->items[i] = item;
}

/* Change data; *fresh: what the change's value became, borrowed. */
static void
apply(struct value *v, const struct fm_change *c, const struct value **fresh)
{
	bool inside = c->op == FM_ADD || c->op == FM_INSERT;
	struct value *item = NULL;
	size_t i = 0;

	for (size_t d = 0; d < c->n; d++) {
		i = c->steps[d].key ? fm_member(v, c->steps[d].key)
				    : c->steps[d].i;
		if (d + 1 < c->n || inside)
			v = v->items[i];
	}
	if (c->value)
		*fresh = item = value_copy(c->value);
	switch (c->op) {
	case FM_SET:
		value_free(v->items[i]);
		v->items[i] = item;
		break;
	case FM_ADD:
		value_add(v, c->key, item);
		break;
	case FM_INSERT:
		put_in(v, c->to, item);
		break;
	case FM_REMOVE:
		value_free(v->items[i]);
		take_out(v, i);
		/* An empty list has no tables, in TOML: it stands above. */
		if (v->type == VALUE_LIST && v->n == 0)
			*fresh = v;
		break;
	case FM_RENAME:
		free(v->keys[i]);
		v->keys[i] = xstrdup(c->key);
		break;
	case FM_MOVE:
		item = v->items[i];
		take_out(v, i);
		put_in(v, c->to, item);
		break;
	}
}

static bool same(
    const struct value *a, const struct value *b, const struct value *fresh);

/* Of names that are alike the last one counts: one that has such names beside
 * it must stay where it is. */
static bool
may_move(const struct value *map, size_t i)
{
	for (size_t j = 0; j < map->n; j++)
		if (j != i && fm_alike(map->keys[j], map->keys[i]))
			return false;
	return true;
}

/* Members in the same order, but for a fresh one, which may be anywhere: a
 * plain value that takes the place of a table, in TOML, stands above others. */
static bool
same_members(
    const struct value *a, const struct value *b, const struct value *fresh)
{
	size_t skip_a = 0, skip_b = b->n, i = 0, j = 0;

	if (a->n != b->n)
		return false;
	while (skip_a < a->n && a->items[skip_a] != fresh)
		skip_a++;
	if (skip_a < a->n) {
		skip_b = member(b, a->keys[skip_a]);
		if (skip_b == b->n ||
		    strcmp(b->keys[skip_b], a->keys[skip_a]) != 0 ||
		    !fm_fits(fresh, b->items[skip_b]) ||
		    (skip_a != skip_b && !may_move(a, skip_a)))
			return false;
	}
	for (;; i++, j++) {
		i += i == skip_a;
		j += j == skip_b;
		if (i >= a->n || j >= b->n)
			return i >= a->n && j >= b->n;
		if (strcmp(a->keys[i], b->keys[j]) != 0 ||
		    !same(a->items[i], b->items[j], fresh))
			return false;
	}
}

/* Is b what a is?  What is fresh may look different. */
static bool
same(const struct value *a, const struct value *b, const struct value *fresh)
{
	if (a == fresh)
		return fm_fits(a, b);
	if (a->type != b->type)
		return false;
	if (a->type == VALUE_MAP)
		return same_members(a, b, fresh);
	if (a->type != VALUE_LIST)
		return value_equal(a, b);
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if (!same(a->items[i], b->items[i], fresh))
			return false;
	return true;
}

static bool
same_body(const struct fm *a, const struct fm *b)
{
	size_t alen, blen;
	const char *abody = fm_body(a, &alen, NULL);
	const char *bbody = fm_body(b, &blen, NULL);

	return alen == blen && memcmp(abody, bbody, alen) == 0;
}

static bool
as_meant(const struct fm *a, const struct fm *b, const struct fm_change *c)
{
	const struct value *fresh = NULL;
	struct value *meant = whole(a), *is = whole(b);
	bool ok;

	apply(meant, c, &fresh);
	ok = same_body(a, b) && same(meant, is, fresh);
	value_free(meant);
	value_free(is);
	return ok;
}

/* The line break that the file uses at a place: that before, else after it. */
static const char *
break_at(const struct fm *fm, size_t at)
{
	size_t i = at;

	while (i > 0 && !fm_is_break(fm->text[i - 1]))
		i--;
	if (i == 0)
		for (i = at; i < fm->len && !fm_is_break(fm->text[i]); i++)
			;
	else
		i--;
	if (i >= fm->len)
		return "\n";
	if (fm->text[i] == '\r')
		return i + 1 < fm->len && fm->text[i + 1] == '\n' ? "\r\n"
								  : "\r";
	return i > 0 && fm->text[i - 1] == '\r' ? "\r\n" : "\n";
}

static void
put_edit(const struct fm *fm, const struct fm_edit *edit, struct buf *text)
{
	const char *nl = break_at(fm, edit->at);

	for (size_t i = 0; i < edit->with.len; i++) {
		char ch = edit->with.data[i];

		if (ch == '\n' && (i == 0 || edit->with.data[i - 1] != '\r'))
			buf_puts(text, nl);
		else
			buf_putc(text, ch);
	}
}

/* The file with edits of its document carried out, read; NULL: err. */
static struct fm *
edited(const struct fm *fm, const struct fm_edits *edits, struct err *err)
{
	struct buf text = {0};
	size_t at = 0, len;

	for (size_t i = 0; i < edits->n; i++) {
		struct fm_edit e = edits->edit[i];

		e.at += fm->at;
		buf_add(&text, fm->text + at, e.at - at);
		put_edit(fm, &e, &text);
		at = e.at + e.cut;
	}
	buf_add(&text, fm->text + at, fm->len - at);
	len = text.len;
	return fm_parse_taken(buf_steal(&text), len, err);
}

struct fm_edit *
fm_edits_add(
    struct fm_edits *e, size_t at, size_t cut, const char *with, size_t len)
{
	struct fm_edit *edit;

	e->edit = xgrow(e->edit, e->n, &e->cap, sizeof(*e->edit));
	edit = &e->edit[e->n++];
	*edit = (struct fm_edit){.at = at, .cut = cut};
	buf_add(&edit->with, with, len);
	return edit;
}

void
fm_edits_dispose(struct fm_edits *e)
{
	for (size_t i = 0; i < e->n; i++)
		buf_dispose(&e->edit[i].with);
	free(e->edit);
	*e = (struct fm_edits){0};
}

static int
not_alone(const struct fm *fm, const struct fm_change *c, const char *path,
    struct err *err)
{
	const struct fm_field *f =
	    c->n > 0 ? fm_find(fm, c->steps[0].key) : NULL;

	return err_at(err, f ? f->line : 0, 0,
	    "%s: this cannot be changed without changing something else: edit "
	    "the file itself",
	    path);
}

int
fm_check_format(const struct fm *fm, struct err *err)
{
	if (fm->format == FM_NONE || fm_formats[fm->format].driver->edit)
		return 0;
	return err_at(err, fm_line_of(fm->text, fm->at), 0,
	    "front matter in %s is read-only here: edit the file itself",
	    fm_formats[fm->format].name);
}

/* A first line that goes may be the opening fence's: its break stays. */
static void
keep_fence(const struct fm *fm, struct fm_edits *edits)
{
	struct fm_edit *e = edits->edit;

	if (edits->n == 0 || e->at > 0 || e->cut == 0 || fm->at == 0 ||
	    fm_is_break(fm->text[fm->at - 1]) ||
	    !fm_is_break(fm->text[fm->at + e->cut - 1]))
		return;
	if (e->with.len == 0)
		buf_putc(&e->with, '\n');
}

/* The driver's edits; front matter is made where there is none. */
static int
ask_driver(const struct fm *fm, const struct fm_change *c,
    struct fm_edits *edits, struct err *err)
{
	bool none = fm->format == FM_NONE;
	const struct fm_driver *driver =
	    fm_formats[none ? FM_YAML : fm->format].driver;
	struct buf b = {0};
	size_t from = none ? fm->body : fm->at;

	if (driver->edit(fm->text + from, none ? 0 : fm->end - from, c, edits,
		err) == -1) {
		fm_shift_err(fm, err);
		return -1;
	}
	if (!none) {
		keep_fence(fm, edits);
		return 0;
	}
	buf_puts(&b, "---\n");
	for (size_t i = 0; i < edits->n; i++)
		buf_add(&b, edits->edit[i].with.data, edits->edit[i].with.len);
	buf_puts(&b, "---\n");
	fm_edits_dispose(edits);
	fm_edits_add(edits, fm->body - fm->at, 0, b.data, b.len);
	buf_dispose(&b);
	return 0;
}

int
fm_change(
    struct fm *fm, const struct fm_change *c, const char *path, struct err *err)
{
	struct fm_edits edits = {0};
	struct fm *next = NULL;
	struct err unread;

	if (fm_check_format(fm, err) == -1)
		return -1;
	if (ask_driver(fm, c, &edits, err) == -1) {
		fm_edits_dispose(&edits);
		return -1;
	}
	next = edited(fm, &edits, &unread);
	fm_edits_dispose(&edits);
	if (!next || !as_meant(fm, next, c)) {
		fm_free(next);
		return not_alone(fm, c, path, err);
	}
	fm_history_add(fm, path, next);
	fm_become(fm, next);
	return 0;
}

int
fm_set_source(struct fm *fm, const char *key, const char *text, size_t len,
    struct err *err)
{
	const struct fm_field *f = fm_find(fm, key);
	struct fm_step step = {.key = f ? f->key : NULL};
	struct fm_change c = {.op = FM_SET, .steps = &step, .n = 1};
	struct fm_edits edits = {0};
	struct fm_edit *e;
	struct fm *next;

	if (!f)
		return err_code(err, ERR_USAGE, "%s: no such field", key);
	e = fm_edits_add(&edits, f->value_at - fm->at, f->value_len, NULL, 0);
	if (f->value_at > 0 && fm->text[f->value_at - 1] == ':')
		buf_putc(&e->with, ' ');
	buf_add(&e->with, text, len);
	next = edited(fm, &edits, err);
	fm_edits_dispose(&edits);
	if (!next)
		return -1;
	f = fm_find(next, key);
	c.value = f ? f->value : NULL;
	if (!f || !as_meant(fm, next, &c)) {
		fm_free(next);
		return not_alone(fm, &c, key, err);
	}
	fm_history_add(fm, key, next);
	fm_become(fm, next);
	return 0;
}
