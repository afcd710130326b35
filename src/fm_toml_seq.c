/* SPDX-License-Identifier: ISC */
/*
 * What stands between the brackets of a list or the braces of a table, put
 * together anew: items move with their comments, blanks and line breaks stay
 * where they are, a last comma stays when there was one.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_toml_priv.h"
#include "mem.h"

/*
 * An item and what is around it:
 *	pre item post , tail
 * pre: blanks, line breaks and comments above it; tail: a comment behind it on
 * its line.
 */
struct chunk {
	struct toml_span item, post, tail;
	struct buf pre;
	bool comma, used;
};

struct weave {
	const struct toml_pen *pen;
	const char *text;
	struct chunk *chunk;
	size_t n;
	struct toml_span head; /* a comment behind the bracket */
	struct buf foot;       /* what is before the closing one */
	/* Before the first item, between others, after the last one. */
	struct buf first, sep, last;
	bool comma;        /* after the last one */
	bool open_comment; /* what was just written ends in a comment */
	struct buf *out;
};

struct toml_slot *
toml_slots_add(struct toml_slots *s, size_t old)
{
	s->slot = xgrow(s->slot, s->n, &s->cap, sizeof(*s->slot));
	s->slot[s->n] = (struct toml_slot){.old = old};
	return &s->slot[s->n++];
}

struct toml_slot *
toml_slots_insert(struct toml_slots *s, size_t at)
{
	toml_slots_add(s, TOML_NEW);
	memmove(
	    s->slot + at + 1, s->slot + at, (s->n - 1 - at) * sizeof(*s->slot));
	s->slot[at] = (struct toml_slot){.old = TOML_NEW, .has_text = true};
	return &s->slot[at];
}

void
toml_slots_remove(struct toml_slots *s, size_t at)
{
	buf_dispose(&s->slot[at].text);
	s->n--;
	memmove(s->slot + at, s->slot + at + 1, (s->n - at) * sizeof(*s->slot));
}

void
toml_slots_keep(struct toml_slots *s, const struct toml_tree *tree)
{
	size_t n = tree->form == TOML_LIST ? tree->n : tree->nlines;

	for (size_t i = 0; i < n; i++)
		toml_slots_add(s, i);
}

void
toml_slots_dispose(struct toml_slots *s)
{
	for (size_t i = 0; i < s->n; i++)
		buf_dispose(&s->slot[i].text);
	free(s->slot);
	*s = (struct toml_slots){0};
}

static bool
has(const struct buf *b, char c)
{
	return b->len > 0 && memchr(b->data, c, b->len);
}

/* The comma between two places that is in no comment, or to. */
static size_t
find_comma(const char *text, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (text[i] == ',')
			return i;
		if (text[i] == '#')
			while (i < to && text[i] != '\n')
				i++;
	}
	return to;
}

/* The end of a comment on the line of a place, or the place. */
static size_t
comment_end(const char *text, size_t from, size_t to)
{
	size_t i = from;

	while (i < to && (text[i] == ' ' || text[i] == '\t'))
		i++;
	if (i == to || text[i] != '#')
		return from;
	while (i < to && text[i] != '\n')
		i++;
	return i > from && text[i - 1] == '\r' ? i - 1 : i;
}

static struct toml_span
item_span(const struct toml_tree *tree, size_t i)
{
	if (tree->form == TOML_LIST)
		return (struct toml_span){tree->kid[i]->at, tree->kid[i]->end};
	return (struct toml_span){tree->line[i]->at, tree->line[i]->end};
}

static void
take_apart(struct weave *w, const struct toml_tree *tree)
{
	size_t close = tree->end - 1, at = tree->at + 1;

	w->n = tree->form == TOML_LIST ? tree->n : tree->nlines;
	w->chunk = xcalloc(w->n + 1, sizeof(*w->chunk));
	w->head = (struct toml_span){at, comment_end(w->text, at, close)};
	at = w->head.end;
	for (size_t i = 0; i < w->n; i++) {
		struct chunk *c = &w->chunk[i];
		size_t next = i + 1 < w->n ? item_span(tree, i + 1).at : close;
		size_t comma;

		c->item = item_span(tree, i);
		buf_add(&c->pre, w->text + at, c->item.at - at);
		comma = find_comma(w->text, c->item.end, next);
		c->comma = comma < next;
		c->post = (struct toml_span){
		    c->item.end, c->comma ? comma : c->item.end};
		at = c->comma ? comma + 1 : c->item.end;
		c->tail.at = at;
		at = c->tail.end = comment_end(w->text, at, next);
	}
	buf_add(&w->foot, w->text + at, close - at);
}

/* Where the blanks before an item begin that say how lines are broken. */
static size_t
layout_at(const struct buf *pre)
{
	size_t i = pre->len;

	while (i > 0 && pre->data[i - 1] != '\n')
		i--;
	if (i == 0)
		return 0;
	return i > 1 && pre->data[i - 2] == '\r' ? i - 2 : i - 1;
}

static void
copy_layout(struct buf *to, const struct buf *pre)
{
	size_t i = layout_at(pre);

	buf_clear(to);
	buf_add(to, buf_text(pre) + i, pre->len - i);
}

/* The layout of a list that is there. */
static void
look_at(struct weave *w)
{
	copy_layout(&w->first, &w->chunk[0].pre);
	copy_layout(&w->sep, &w->chunk[w->n > 1 ? 1 : 0].pre);
	for (size_t i = 2; i < w->n && has(&w->sep, '\n'); i++)
		if (!has(&w->chunk[i].pre, '\n'))
			copy_layout(&w->sep, &w->chunk[i].pre);
	if (w->n == 1 && !has(&w->first, '\n')) {
		buf_clear(&w->sep);
		buf_putc(&w->sep, ' ');
	}
	copy_layout(&w->last, &w->foot);
	w->comma = w->chunk[w->n - 1].comma;
}

/* The blanks before the line of a place. */
static void
add_indent(struct buf *b, const char *text, size_t at)
{
	size_t i = toml_line_at(text, at), from = i;

	while (text[i] == ' ' || text[i] == '\t')
		i++;
	buf_add(b, text + from, i - from);
}

/* A layout like that of another list, moved to another indentation. */
static void
look_like(struct weave *w, const struct toml_tree *model,
    const struct toml_look *look)
{
	struct weave m = {.pen = w->pen, .text = w->text};
	struct buf base = {0};
	const char *in;
	size_t len;

	take_apart(&m, model);
	look_at(&m);
	w->comma = m.comma;
	if (!has(&m.first, '\n')) {
		buf_add(&w->first, m.first.data, m.first.len);
		buf_add(&w->sep, has(&m.sep, '\n') ? " " : buf_text(&m.sep),
		    has(&m.sep, '\n') ? 1 : m.sep.len);
		if (!has(&m.last, '\n'))
			buf_add(&w->last, m.last.data, m.last.len);
	} else {
		add_indent(&base, w->text, model->at);
		in = (const char *)memchr(m.first.data, '\n', m.first.len) + 1;
		len = m.first.len - (size_t)(in - m.first.data);
		buf_putc(&w->first, '\n');
		buf_add(&w->first, look->indent, look->indent_len);
		if (len > base.len &&
		    memcmp(in, buf_text(&base), base.len) == 0)
			buf_add(&w->first, in + base.len, len - base.len);
		buf_add(&w->sep, w->first.data, w->first.len);
		buf_putc(&w->last, '\n');
		buf_add(&w->last, look->indent, look->indent_len);
	}
	for (size_t i = 0; i < m.n; i++)
		buf_dispose(&m.chunk[i].pre);
	free(m.chunk);
	buf_dispose(&m.foot);
	buf_dispose(&m.first);
	buf_dispose(&m.sep);
	buf_dispose(&m.last);
	buf_dispose(&base);
}

/* What items that go leave behind: their line, comments that stand alone. */
static void
leave_behind(struct weave *w)
{
	for (size_t i = 0; i < w->n; i++) {
		struct chunk *c = &w->chunk[i];
		struct buf *to = i + 1 < w->n ? &w->chunk[i + 1].pre : &w->foot;
		size_t keep = 0, from = 0;

		if (c->used)
			continue;
		/* Up to a blank line nothing is the item's own. */
		for (size_t k = 0, line = 0; k < c->pre.len; k++) {
			if (c->pre.data[k] != '\n')
				continue;
			if (line > 0 &&
			    strspn(c->pre.data + line, " \t\r") == k - line)
				keep = line;
			line = k + 1;
		}
		if (keep > 0 && memchr(c->pre.data, '#', keep))
			buf_splice(to, 0, 0, c->pre.data, keep);
		else if (has(&c->pre, '\n') && !has(to, '\n') && i + 1 < w->n) {
			from = layout_at(&c->pre);
			buf_clear(to);
			buf_add(to, c->pre.data + from, c->pre.len - from);
		}
	}
}

/* In lists of several items a line the line breaks stay in their places. */
static void
keep_grid(struct weave *w, const struct toml_slots *s)
{
	bool grid = false;
	struct buf *pre;

	if (s->n != w->n)
		return;
	for (size_t i = 0; i < w->n; i++) {
		if (!w->chunk[i].used || has(&w->chunk[i].pre, '#'))
			return;
		grid = grid || (i > 0 && !has(&w->chunk[i].pre, '\n'));
	}
	if (!grid)
		return;
	pre = xcalloc(w->n, sizeof(*pre));
	for (size_t i = 0; i < w->n; i++)
		pre[i] = w->chunk[i].pre;
	for (size_t i = 0; i < w->n; i++)
		w->chunk[s->slot[i].old].pre = pre[i];
	free(pre);
}

static void
put_pre(struct weave *w, const struct chunk *c, size_t k)
{
	const struct buf *pre = c ? &c->pre : k > 0 ? &w->sep : &w->first;
	const struct buf *line = has(&w->first, '\n') ? &w->first
				 : has(&w->sep, '\n') ? &w->sep
						      : NULL;

	if (c && !has(pre, '\n')) {
		if (k == 0)
			pre = &w->first;
		else if (c == w->chunk)
			pre = &w->sep;
	}
	if (!w->open_comment || has(pre, '\n'))
		buf_add(w->out, pre->data, pre->len);
	else if (line)
		buf_add(w->out, line->data, line->len);
	else
		buf_putc(w->out, '\n');
}

static void
put_slice(struct weave *w, struct toml_span s)
{
	buf_add(w->out, w->text + s.at, s.end - s.at);
}

static void
put_slot(struct weave *w, const struct toml_slot *slot, size_t k, bool comma)
{
	const struct chunk *c =
	    slot->old == TOML_NEW ? NULL : &w->chunk[slot->old];
	size_t post = c ? c->post.end - c->post.at : 0;

	put_pre(w, c, k);
	if (slot->has_text)
		buf_add(w->out, slot->text.data, slot->text.len);
	else
		put_slice(w, c->item);
	if (c && (comma || memchr(w->text + c->post.at, '#', post)))
		put_slice(w, c->post);
	if (comma)
		buf_putc(w->out, ',');
	w->open_comment = c && c->tail.end > c->tail.at;
	if (w->open_comment)
		put_slice(w, c->tail);
}

static void
put_foot(struct weave *w, size_t n)
{
	bool note = has(&w->foot, '#') || w->head.end > w->head.at;
	const struct buf *foot = w->n > 0 || note ? &w->foot : &w->last;

	if (n == 0 && !note)
		return;
	if (w->open_comment && !has(foot, '\n'))
		buf_putc(w->out, '\n');
	buf_add(w->out, foot->data, foot->len);
}

/* The layout of a list or table that is new, or was empty. */
static void
choose_layout(struct weave *w, bool list, const struct toml_look *look)
{
	const struct toml_habits *h = &w->pen->habit;
	const struct toml_tree *model = look->model;

	if (model && (list ? model->n : model->nlines) == 0)
		model = NULL;
	if (!model && list)
		model = look->flat   ? h->row
			: h->columns ? h->column
			: h->row     ? h->row
				     : NULL;
	if (!model && !list)
		model = h->braces;
	if (model) {
		look_like(w, model, look);
		return;
	}
	buf_puts(&w->first, list ? "" : " ");
	buf_puts(&w->sep, " ");
	buf_puts(&w->last, list ? "" : " ");
}

void
toml_slots_write(const struct toml_pen *pen, struct buf *out, bool list,
    const struct toml_look *look, const struct toml_slots *s)
{
	struct weave w = {.pen = pen, .text = pen->doc->text, .out = out};

	if (look->old)
		take_apart(&w, look->old);
	if (w.n > 0)
		look_at(&w);
	else
		choose_layout(&w, list, look);
	for (size_t i = 0; i < s->n; i++)
		if (s->slot[i].old != TOML_NEW)
			w.chunk[s->slot[i].old].used = true;
	leave_behind(&w);
	keep_grid(&w, s);
	buf_putc(out, list ? '[' : '{');
	put_slice(&w, w.head);
	w.open_comment = w.head.end > w.head.at;
	for (size_t i = 0; i < s->n; i++)
		put_slot(&w, &s->slot[i], i, i + 1 < s->n || w.comma);
	put_foot(&w, s->n);
	buf_putc(out, list ? ']' : '}');
	for (size_t i = 0; i < w.n; i++)
		buf_dispose(&w.chunk[i].pre);
	free(w.chunk);
	buf_dispose(&w.foot);
	buf_dispose(&w.first);
	buf_dispose(&w.sep);
	buf_dispose(&w.last);
}

/* A longest run of equal items in both, in order; from gets where they were. */
static void
match_runs(const struct toml_tree *list, const struct value *new, size_t *from,
    struct toml_span a, struct toml_span b)
{
	size_t n = a.end - a.at, m = b.end - b.at, w = m + 1;
	unsigned *len;

	if (n == 0 || m == 0 || n * m > 1000000)
		return;
	len = xcalloc((n + 1) * w, sizeof(*len));
	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			unsigned down = len[(i + 1) * w + j],
				 right = len[i * w + j + 1];

			if (fm_fits(new->items[b.at + j],
				list->kid[a.at + i]->value))
				len[i * w + j] = len[(i + 1) * w + j + 1] + 1;
			else
				len[i * w + j] = down > right ? down : right;
		}
	for (size_t i = 0, j = 0; i < n && j < m;) {
		if (fm_fits(new->items[b.at + j], list->kid[a.at + i]->value))
			from[b.at + j++] = a.at + i++;
		else if (len[(i + 1) * w + j] >= len[i * w + j + 1])
			i++;
		else
			j++;
	}
	free(len);
}

/* Equal items that moved; then, between those that stay, one becomes the
 * other. */
static void
match_rest(const struct toml_tree *list, const struct value *new, size_t *from,
    bool *used)
{
	size_t i, next = 0;

	for (size_t j = 0; j < new->n && list->n <= 1000; j++) {
		for (i = 0; from[j] == TOML_NEW && i < list->n; i++)
			if (!used[i] &&
			    fm_fits(new->items[j], list->kid[i]->value))
				from[j] = i;
		if (from[j] != TOML_NEW)
			used[from[j]] = true;
	}
	for (size_t j = 0; j < new->n; j++) {
		if (from[j] != TOML_NEW) {
			next = from[j] + 1;
		} else if (next < list->n && !used[next]) {
			used[next] = true;
			from[j] = next++;
		}
	}
}

size_t *
toml_match(const struct toml_tree *list, const struct value *new)
{
	size_t *from = xcalloc(new->n + 1, sizeof(*from));
	bool *used = xcalloc(list->n + 1, sizeof(*used));
	struct toml_span a = {0, list->n}, b = {0, new->n};

	for (size_t j = 0; j < new->n; j++)
		from[j] = TOML_NEW;
	for (; a.at < a.end && b.at < b.end &&
	       fm_fits(new->items[b.at], list->kid[a.at]->value);
	     a.at++, b.at++)
		from[b.at] = a.at;
	for (; a.at < a.end && b.at < b.end &&
	       fm_fits(new->items[b.end - 1], list->kid[a.end - 1]->value);
	     a.end--, b.end--)
		from[b.end - 1] = a.end - 1;
	match_runs(list, new, from, a, b);
	for (size_t j = 0; j < new->n; j++)
		if (from[j] != TOML_NEW)
			used[from[j]] = true;
	match_rest(list, new, from, used);
	free(used);
	return from;
}
