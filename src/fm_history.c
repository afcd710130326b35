/* SPDX-License-Identifier: ISC */
/*
 * Edits taken back and done again.  An edit is kept as the bytes that it
 * replaced and those it put there.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_priv.h"
#include "mem.h"

static char *
bytes(const char *s, size_t len)
{
	char *copy = xmalloc(len + 1);

	memcpy(copy, s, len);
	copy[len] = '\0';
	return copy;
}

static void
past_dispose(struct fm_past *p)
{
	for (size_t i = 0; i < p->n; i++) {
		free(p->splice[i].old);
		free(p->splice[i].new);
	}
	free(p->splice);
	free(p->path);
	*p = (struct fm_past){0};
}

static void
forget_undone(struct fm_history *h)
{
	while (h->n > h->now)
		past_dispose(&h->past[--h->n]);
}

void
fm_history_dispose(struct fm_history *h)
{
	h->now = 0;
	forget_undone(h);
	free(h->past);
	*h = (struct fm_history){0};
}

void
fm_become(struct fm *fm, struct fm *next)
{
	struct fm old = *fm;

	*fm = *next;
	fm->history = old.history;
	fm->order = old.order;
	fm->norder = old.norder;
	*next = old;
	next->history = (struct fm_history){0};
	next->order = NULL;
	next->norder = 0;
	fm_free(next);
}

/* What differs between two texts, as one run of bytes. */
static struct fm_splice
difference(const struct fm *a, const struct fm *b)
{
	size_t most = a->len < b->len ? a->len : b->len, at = 0, tail = 0;

	while (at < most && a->text[at] == b->text[at])
		at++;
	while (tail < most - at &&
	       a->text[a->len - tail - 1] == b->text[b->len - tail - 1])
		tail++;
	return (struct fm_splice){
	    .at = at,
	    .old = bytes(a->text + at, a->len - at - tail),
	    .old_len = a->len - at - tail,
	    .new = bytes(b->text + at, b->len - at - tail),
	    .new_len = b->len - at - tail,
	};
}

void
fm_history_add(struct fm *fm, const char *path, const struct fm *next)
{
	struct fm_history *h = &fm->history;
	struct fm_past *p;

	forget_undone(h);
	h->past = xgrow(h->past, h->n, &h->cap, sizeof(*h->past));
	p = &h->past[h->n++];
	*p = (struct fm_past){.path = xstrdup(path)};
	p->splice = xgrow(p->splice, 0, &p->cap, sizeof(*p->splice));
	p->splice[p->n++] = difference(fm, next);
	h->now = h->n;
}

static void
put(struct buf *b, const struct fm_splice *s, bool back)
{
	buf_splice(b, s->at, back ? s->new_len : s->old_len,
	    back ? s->old : s->new, back ? s->old_len : s->new_len);
}

static void
replay(struct fm *fm, const struct fm_past *p, bool back)
{
	struct buf b = {0};
	struct fm *next;
	struct err err;
	size_t len;

	buf_add(&b, fm->text, fm->len);
	for (size_t i = 0; i < p->n; i++)
		put(&b, &p->splice[back ? p->n - 1 - i : i], back);
	len = b.len;
	next = fm_parse_taken(buf_steal(&b), len, &err);
	/* This text was read before. */
	if (!next)
		fatal("an edit that was taken back does not read: %s", err.msg);
	fm_become(fm, next);
}

const char *
fm_undo(struct fm *fm)
{
	struct fm_history *h = &fm->history;

	if (h->now == 0)
		return NULL;
	h->now--;
	replay(fm, &h->past[h->now], true);
	return fm->history.past[fm->history.now].path;
}

const char *
fm_redo(struct fm *fm)
{
	struct fm_history *h = &fm->history;

	if (h->now == h->n)
		return NULL;
	replay(fm, &h->past[h->now], false);
	return fm->history.past[fm->history.now++].path;
}

size_t
fm_edit_count(const struct fm *fm)
{
	return fm->history.now;
}

static void
append_past(struct fm_past *to, struct fm_past *from)
{
	for (size_t i = 0; i < from->n; i++) {
		to->splice =
		    xgrow(to->splice, to->n, &to->cap, sizeof(*to->splice));
		to->splice[to->n++] = from->splice[i];
	}
	from->n = 0;
	past_dispose(from);
}

void
fm_join(struct fm *fm, size_t n)
{
	struct fm_history *h = &fm->history;

	if (h->now <= n + 1)
		return;
	forget_undone(h);
	for (size_t i = n + 1; i < h->n; i++)
		append_past(&h->past[n], &h->past[i]);
	h->n = h->now = n + 1;
}
