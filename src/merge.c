/* SPDX-License-Identifier: ISC */
/* Three sides of front matter, compared field by field and put together. */
#include "merge.h"

#include <stdlib.h>
#include <string.h>

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
