/* SPDX-License-Identifier: ISC */
/* A list being edited as chips. */
#include "chips.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"
#include "theme.h"

static bool
in_list(const void *ctx, const char *word)
{
	const struct chips *l = ctx;

	for (size_t i = 0; i < l->n; i++)
		if (strcmp(l->v[i].text, word) == 0)
			return true;
	return false;
}

static void
filter(struct chips *l)
{
	const char *s = buf_text(&l->in.text);

	/* After a comma people type a blank. */
	picks_filter(&l->picks, s + strspn(s, " "), in_list, l);
}

static void
put(struct chips *l, size_t at, char *text, struct value *old)
{
	l->v = xgrow(l->v, l->n, &l->cap, sizeof(*l->v));
	memmove(&l->v[at + 1], &l->v[at], (l->n - at) * sizeof(*l->v));
	l->v[at] = (struct chip){text, old};
	l->n++;
}

static struct chip
take(struct chips *l, size_t at)
{
	struct chip c = l->v[at];

	l->n--;
	memmove(&l->v[at], &l->v[at + 1], (l->n - at) * sizeof(*l->v));
	return c;
}

static void
chip_dispose(struct chip *c)
{
	free(c->text);
	value_free(c->old);
}

static void
read_item(struct chips *l, const struct value *v)
{
	const char *text = value_text(v);

	put(l, l->n, xstrdup(text ? text : ""), value_copy(v));
}

void
chips_init(struct chips *l, const struct value *v, struct schema_words *words)
{
	*l = (struct chips){0};
	picks_init(&l->picks, words);
	if (v && v->type == VALUE_LIST)
		for (size_t i = 0; i < v->n; i++)
			read_item(l, v->items[i]);
	else if (!field_is_empty(v))
		read_item(l, v);
	l->at = l->place = l->n;
	filter(l);
}

void
chips_dispose(struct chips *l)
{
	for (size_t i = 0; i < l->n; i++)
		chip_dispose(&l->v[i]);
	free(l->v);
	input_dispose(&l->in);
	picks_dispose(&l->picks);
	*l = (struct chips){0};
}

/* What is typed without the blanks around it. Caller frees. */
static char *
typed(const struct chips *l)
{
	const char *s = buf_text(&l->in.text);
	size_t len;

	s += strspn(s, " ");
	len = strlen(s);
	while (len > 0 && s[len - 1] == ' ')
		len--;
	return xstrndup(s, len);
}

/* Text becomes a chip; takes it. */
static bool
add(struct chips *l, char *text)
{
	if (in_list(l, text)) {
		snprintf(l->note, sizeof(l->note), "it is in the list already");
		free(text);
		return false;
	}
	put(l, l->place < l->n ? l->place : l->n, text, NULL);
	input_set(&l->in, "");
	l->at = l->place = l->n;
	filter(l);
	return true;
}

bool
chips_add(struct chips *l)
{
	char *text = typed(l);

	if (*text)
		return add(l, text);
	free(text);
	return true;
}

static void
remove_chip(struct chips *l, size_t at)
{
	struct chip c = take(l, at);

	chip_dispose(&c);
	l->at = at < l->n ? at : l->n;
	l->place = l->n;
	filter(l);
}

static void
move_chip(struct chips *l, int by)
{
	size_t to = l->at + (size_t)by;
	struct chip c;

	if ((by < 0 && l->at == 0) || to >= l->n)
		return;
	c = l->v[l->at];
	l->v[l->at] = l->v[to];
	l->v[to] = c;
	l->at = to;
}

/* The chip becomes the text, which goes back to its place. */
static void
open_chip(struct chips *l)
{
	size_t at = l->at;
	struct chip c = take(l, at);

	input_set(&l->in, c.text);
	l->place = at;
	l->at = l->n;
	chip_dispose(&c);
	filter(l);
}

/* A chip has the keys. */
static bool
chip_key(struct chips *l, const struct event *ev)
{
	switch (ev->key) {
	case KEY_LEFT:
		l->at -= l->at > 0;
		return true;
	case KEY_RIGHT:
		l->at++;
		return true;
	case KEY_HOME:
		l->at = 0;
		return true;
	case KEY_END:
		l->at = l->n;
		return true;
	case KEY_DELETE:
	case KEY_BACKSPACE:
		remove_chip(l, l->at);
		return true;
	case '<':
	case KEY_ALT | KEY_LEFT:
		move_chip(l, -1);
		return true;
	case '>':
	case KEY_ALT | KEY_RIGHT:
		move_chip(l, 1);
		return true;
	case KEY_ENTER:
		open_chip(l);
		return true;
	case KEY_PASTE:
		l->at = l->n;
		return false;
	}
	/* Letters that mean nothing here are the start of another item. */
	if (!key_is_text(ev->key))
		return false;
	l->at = l->n;
	return false;
}

/* Pasted lines and lists become chips. */
static bool
paste_key(struct chips *l, const struct event *ev)
{
	if (ev->key == KEY_ENTER || ev->key == '\n' || ev->key == ',')
		return chips_add(l), true;
	input_key(&l->in, ev);
	if (!l->in.pasting)
		filter(l);
	return true;
}

/* Enter, Tab and a comma: what is typed, or chosen, becomes a chip. */
static bool
end_key(struct chips *l, int key)
{
	const char *word = picks_word(&l->picks);
	bool empty = l->in.text.len == 0;

	if (key == KEY_ENTER)
		word = picks_enter(&l->picks);
	if (key == KEY_TAB || (key == KEY_ENTER && word)) {
		if (word)
			return add(l, xstrdup(word)), true;
		if (empty)
			return false;
	} else if (key == KEY_ENTER && empty) {
		return false;
	}
	chips_add(l);
	return true;
}

static bool
text_key(struct chips *l, const struct event *ev)
{
	bool first = l->in.cursor == 0;

	if (first && l->n > 0 &&
	    (ev->key == KEY_LEFT || ev->key == KEY_BACKSPACE)) {
		if (!chips_add(l))
			return true;
		l->at = l->n - 1;
		return true;
	}
	if (ev->key == KEY_HOME && first && l->n > 0) {
		l->at = 0;
		return true;
	}
	if (ev->key == KEY_ENTER || ev->key == KEY_TAB || ev->key == ',')
		return end_key(l, ev->key);
	if (ev->key == KEY_UP || ev->key == KEY_DOWN)
		return picks_move(&l->picks, ev->key == KEY_DOWN ? 1 : -1);
	if (!input_key(&l->in, ev))
		return false;
	filter(l);
	return true;
}

bool
chips_key(struct chips *l, const struct event *ev)
{
	l->note[0] = '\0';
	if (l->in.pasting)
		return paste_key(l, ev);
	if (l->at < l->n && chip_key(l, ev))
		return true;
	if (l->at < l->n)
		return false;
	return text_key(l, ev);
}

static struct value *
item_value(const char *text, const struct field *f)
{
	for (size_t i = 0; f->allowed && i < f->allowed->n; i++) {
		const char *s = value_text(f->allowed->items[i]);

		if (s && strcmp(s, text) == 0)
			return value_copy(f->allowed->items[i]);
	}
	return value_string(text);
}

struct value *
chips_value(const struct chips *l, const struct field *f)
{
	struct value *list = value_list();
	char *text = typed(l);

	for (size_t i = 0; i <= l->n; i++) {
		if (i == (l->place < l->n ? l->place : l->n) && *text &&
		    !in_list(l, text))
			value_append(list, item_value(text, f));
		if (i < l->n)
			value_append(list, l->v[i].old
					       ? value_copy(l->v[i].old)
					       : item_value(l->v[i].text, f));
	}
	free(text);
	return list;
}

/* Where the next thing goes; it wraps. */
struct pen {
	struct canvas *c;
	struct area a;
	int row, col; /* in the area */
};

static void
need(struct pen *p, int cols)
{
	if (p->col > 0 && p->col + cols > p->a.cols && p->row + 1 < p->a.rows) {
		p->row++;
		p->col = 0;
	}
}

static void
draw_chip(struct pen *p, const char *text, bool current)
{
	int wide = text_width(text, strlen(text)) + 2;
	int row, col;

	need(p, wide);
	row = p->a.row + p->row;
	col = p->a.col + p->col;
	if (wide > p->a.cols - p->col)
		wide = p->a.cols - p->col;
	if (wide < 3)
		return;
	canvas_puts(p->c, row, col, 1, current ? STYLE_CURSOR : STYLE_DIM, "[");
	wide = 1 + canvas_fit(p->c, row, col + 1, wide - 2,
		       current ? STYLE_CURSOR : STYLE_TEXT, text, false);
	canvas_puts(
	    p->c, row, col + wide, 1, current ? STYLE_CURSOR : STYLE_DIM, "]");
	p->col += wide + 2;
}

static void
draw_text(struct chips *l, struct pen *p)
{
	int wide = text_width(buf_text(&l->in.text), l->in.text.len);

	need(p, wide + 1 < 12 ? 12 : wide + 1);
	wide = p->a.cols - p->col;
	if (l->at == l->n)
		input_draw(
		    &l->in, p->c, p->a.row + p->row, p->a.col + p->col, wide);
	p->col = p->a.cols;
}

/* What is to be known of the text. */
static int
draw_note(const struct chips *l, struct canvas *c, struct area a)
{
	char *text = typed(l);
	const struct schema_word *like = picks_like(&l->picks, text);
	bool strange = !*l->note && !like && picks_strange(&l->picks, text);
	int used = a.rows > 0 && (*l->note || like || strange);

	if (used && strange)
		picks_draw_strange(c, a);
	else if (used && *l->note)
		canvas_fit(
		    c, a.row, a.col, a.cols, STYLE_WARNING, l->note, false);
	else if (used && like->count > 0)
		canvas_printf(c, a.row, a.col, a.cols, STYLE_WARNING,
		    "like %s, which %zu post%s", like->text, like->count,
		    like->count == 1 ? " has" : "s have");
	else if (used)
		canvas_printf(c, a.row, a.col, a.cols, STYLE_WARNING, "like %s",
		    like->text);
	free(text);
	return used;
}

int
chips_draw(struct chips *l, struct canvas *c, struct area a)
{
	struct pen p = {.c = c, .a = a};
	struct area below;

	for (size_t i = 0; i <= l->n; i++) {
		if (i == (l->place < l->n ? l->place : l->n) &&
		    (l->place < l->n || i == l->n))
			draw_text(l, &p);
		if (i < l->n)
			draw_chip(&p, l->v[i].text, i == l->at);
	}
	below =
	    (struct area){a.row + p.row + 1, a.col, a.rows - p.row - 1, a.cols};
	if (below.rows > 0) {
		int used = draw_note(l, c, below);

		below.row += used;
		below.rows -= used;
		if (l->at == l->n)
			below.row += picks_draw(&l->picks, c, below);
	}
	return below.row - a.row;
}
