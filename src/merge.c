/* SPDX-License-Identifier: ISC */
/* Three sides of front matter, compared field by field and put together. */
#include "merge.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "date.h"
#include "mem.h"

enum { DEPTH = 16 };

struct sides {
	const struct value *base, *ours, *theirs; /* NULL: not there */
};

struct walk {
	struct merge *merge;
	size_t cap;
	struct buf path;
};

static bool
same(const struct value *a, const struct value *b)
{
	return a && b ? value_equal(a, b) : a == b;
}

static bool
is_map(const struct value *v)
{
	return v && v->type == VALUE_MAP;
}

static struct value *
copy(const struct value *v)
{
	return v ? value_copy(v) : NULL;
}

static void
add_field(struct walk *w, struct sides s)
{
	struct merge *m = w->merge;
	struct merge_field *f;

	m->v = xgrow(m->v, m->n, &w->cap, sizeof(*m->v));
	f = &m->v[m->n++];
	*f = (struct merge_field){
	    .path = xstrdup(buf_text(&w->path)),
	    .base = copy(s.base),
	    .ours = copy(s.ours),
	    .theirs = copy(s.theirs),
	};
	if (same(s.base, s.ours))
		f->choice = MERGE_THEIRS;
	else if (same(s.base, s.theirs))
		f->choice = MERGE_OURS;
	else
		f->both = true; /* and it is to be asked */
}

static void compare(struct walk *, struct sides, int depth);

static void
compare_member(struct walk *w, struct sides s, const char *key, int depth)
{
	struct sides member = {value_get(s.base, key), value_get(s.ours, key),
	    value_get(s.theirs, key)};
	size_t len = w->path.len;

	fm_path_add(&w->path, key);
	compare(w, member, depth + 1);
	buf_splice(&w->path, len, w->path.len - len, NULL, 0);
}

/* What the map at a place of the text has; of alike keys the last one. */
static void
compare_maps(struct walk *w, struct sides s, int depth)
{
	for (size_t i = 0; i < s.theirs->n; i++)
		if (value_get(s.theirs, s.theirs->keys[i]) ==
		    s.theirs->items[i])
			compare_member(w, s, s.theirs->keys[i], depth);
	for (size_t i = 0; i < s.ours->n; i++)
		if (!value_get(s.theirs, s.ours->keys[i]) &&
		    value_get(s.ours, s.ours->keys[i]) == s.ours->items[i])
			compare_member(w, s, s.ours->keys[i], depth);
}

static void
compare(struct walk *w, struct sides s, int depth)
{
	if (same(s.ours, s.theirs))
		return;
	if (is_map(s.ours) && is_map(s.theirs) && depth < DEPTH) {
		if (!is_map(s.base))
			s.base = NULL;
		compare_maps(w, s, depth);
	} else {
		add_field(w, s);
	}
}

static bool
same_body(const struct fm *a, const struct fm *b)
{
	size_t alen, blen;
	const char *atext = fm_body(a, &alen, NULL);
	const char *btext = fm_body(b, &blen, NULL);

	return alen == blen && memcmp(atext, btext, alen) == 0;
}

struct merge *
merge_new(const struct fm *base, const struct fm *ours, const struct fm *theirs)
{
	struct merge *m = xcalloc(1, sizeof(*m));
	struct walk w = {.merge = m};

	compare_maps(&w,
	    (struct sides){fm_values(base), fm_values(ours), fm_values(theirs)},
	    0);
	buf_dispose(&w.path);
	m->body = !same_body(base, theirs);
	m->norder = fm_count(ours);
	m->order = xcalloc(m->norder, sizeof(*m->order));
	for (size_t i = 0; i < m->norder; i++)
		m->order[i] = xstrdup(fm_at(ours, i)->key);
	return m;
}

void
merge_free(struct merge *m)
{
	if (!m)
		return;
	for (size_t i = 0; i < m->n; i++) {
		free(m->v[i].path);
		value_free(m->v[i].base);
		value_free(m->v[i].ours);
		value_free(m->v[i].theirs);
	}
	for (size_t i = 0; i < m->norder; i++)
		free(m->order[i]);
	free(m->order);
	free(m->v);
	free(m);
}

static size_t
count(const struct merge *m, enum merge_choice choice)
{
	size_t n = 0;

	for (size_t i = 0; i < m->n; i++)
		n += m->v[i].choice == choice;
	return n;
}

size_t
merge_asks(const struct merge *m)
{
	return count(m, MERGE_ASK);
}

size_t
merge_taken(const struct merge *m)
{
	return count(m, MERGE_OURS);
}

/* Rules. */

static bool
is_plain_list(const struct value *v)
{
	if (!v || v->type != VALUE_LIST)
		return false;
	for (size_t i = 0; i < v->n; i++)
		if (v->items[i]->type == VALUE_LIST ||
		    v->items[i]->type == VALUE_MAP)
			return false;
	return true;
}

static bool
has(const struct value *list, const struct value *item)
{
	for (size_t i = 0; list && i < list->n; i++)
		if (value_equal(list->items[i], item))
			return true;
	return false;
}

/* Theirs without what we removed, then what we added. */
static struct value *
unite(const struct value *base, const struct value *ours,
    const struct value *theirs)
{
	struct value *list = value_list();
	const struct value *item;

	for (size_t i = 0; i < theirs->n; i++) {
		item = theirs->items[i];
		if (has(ours, item) || !has(base, item))
			value_append(list, value_copy(item));
	}
	for (size_t i = 0; i < ours->n; i++) {
		item = ours->items[i];
		if (!has(base, item) && !has(list, item))
			value_append(list, value_copy(item));
	}
	return list;
}

/* 1: ours is the later, 0: it is not, -1: who knows. */
static int
is_later(const struct value *ours, const struct value *theirs)
{
	const char *a = value_text(ours), *b = value_text(theirs);
	struct date x, y;

	if (!a || !b || !date_parse(a, strlen(a), &x) ||
	    !date_parse(b, strlen(b), &y))
		return -1;
	return date_unix(&x, NULL) > date_unix(&y, NULL);
}

static void
settle_field(struct merge_field *f)
{
	struct value *list;
	int later;

	if (!f->ours || !f->theirs)
		return;
	if (is_plain_list(f->ours) && is_plain_list(f->theirs) &&
	    (!f->base || is_plain_list(f->base))) {
		list = unite(f->base, f->ours, f->theirs);
		value_free(f->ours);
		f->ours = list;
		f->choice = MERGE_OURS;
	} else if (strcasecmp(f->path, "lastmod") == 0) {
		later = is_later(f->ours, f->theirs);
		if (later != -1)
			f->choice = later ? MERGE_OURS : MERGE_THEIRS;
	} else if (strcasecmp(f->path, "draft") == 0) {
		f->choice =
		    value_truth(f->ours, false) ? MERGE_OURS : MERGE_THEIRS;
	}
}

void
merge_settle(struct merge *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].choice == MERGE_ASK)
			settle_field(&m->v[i]);
}

static int
apply_field(const struct merge_field *f, struct fm *theirs, struct err *err)
{
	if (f->choice == MERGE_ASK)
		return err_code(err, ERR_REFUSED,
		    "%s: changed on both sides, and not decided", f->path);
	if (f->choice == MERGE_THEIRS)
		return 0;
	return f->ours ? fm_set(theirs, f->path, f->ours, err)
		       : fm_unset(theirs, f->path, err);
}

int
merge_apply(const struct merge *m, struct fm *theirs, struct err *err)
{
	size_t before = fm_edit_count(theirs);
	int r = 0;

	/* New fields go where we had them. */
	fm_order(theirs, (const char *const *)m->order, m->norder);
	for (size_t i = 0; i < m->n && r == 0; i++)
		r = apply_field(&m->v[i], theirs, err);
	if (r == 0)
		fm_join(theirs, before);
	while (r == -1 && fm_edit_count(theirs) > before)
		if (!fm_undo(theirs))
			break;
	return r;
}
