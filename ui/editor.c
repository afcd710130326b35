/* SPDX-License-Identifier: ISC */
/*
 * Editing one field's value in place.  A table says how a type is edited; a
 * value that has several lines or items is edited as such whatever its type.
 */
#include "editor.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "editor_priv.h"
#include "mem.h"
#include "text.h"
#include "theme.h"

#define LINES_MAX 10 /* rows of a text of several lines */

static const enum editor_kind kinds[] = {
    [FIELD_TEXT] = EDITOR_LINE,
    [FIELD_LINES] = EDITOR_LINES,
    [FIELD_BOOL] = EDITOR_LINE,
    [FIELD_DRAFT] = EDITOR_LINE,
    [FIELD_INT] = EDITOR_LINE,
    [FIELD_FLOAT] = EDITOR_LINE,
    [FIELD_WEIGHT] = EDITOR_LINE,
    [FIELD_DATE] = EDITOR_DATE,
    [FIELD_DATETIME] = EDITOR_DATE,
    [FIELD_TIME] = EDITOR_DATE,
    [FIELD_CHOICE] = EDITOR_LINE,
    [FIELD_CHOICES] = EDITOR_CHIPS,
    [FIELD_TERMS] = EDITOR_CHIPS,
    [FIELD_LIST] = EDITOR_CHIPS,
    [FIELD_SLUG] = EDITOR_LINE,
    [FIELD_URL] = EDITOR_LINE,
    [FIELD_IMAGE] = EDITOR_LINE,
    [FIELD_FILE] = EDITOR_LINE,
    [FIELD_PAGE] = EDITOR_LINE,
    [FIELD_CONTRIBUTOR] = EDITOR_LINE,
    [FIELD_MAP] = EDITOR_SOURCE,
    [FIELD_MAPS] = EDITOR_SOURCE,
    [FIELD_PAIRS] = EDITOR_SOURCE,
    [FIELD_COLOUR] = EDITOR_LINE,
    [FIELD_HIDDEN] = EDITOR_LINE,
    [FIELD_COMPUTED] = EDITOR_DATE,
    [FIELD_RAW] = EDITOR_SOURCE,
};
static_assert(NITEMS(kinds) == FIELD_TYPES, "a row for each type");

static enum editor_kind
kind_of(const struct editor_spec *spec)
{
	const struct value *v = spec->value;

	if (spec->source)
		return EDITOR_SOURCE;
	if (field_is_list(spec->field))
		return EDITOR_CHIPS;
	if (kinds[spec->field->type] == EDITOR_LINE && v &&
	    v->type == VALUE_STRING && strchr(v->text, '\n'))
		return EDITOR_LINES;
	return kinds[spec->field->type];
}

/* Tabs are shown, and come back as such. */
#define TAB_SIGN "\342\220\211" /* U+2409 */

static char *
replaced(const char *s, const char *from, const char *to)
{
	struct buf b = {0};
	const char *hit;

	for (; (hit = strstr(s, from)); s = hit + strlen(from)) {
		buf_add(&b, s, (size_t)(hit - s));
		buf_puts(&b, to);
	}
	buf_puts(&b, s);
	return buf_steal(&b);
}

static void
open_lines(struct editor *e, const char *text)
{
	char *shown = replaced(text, "\t", TAB_SIGN);

	e->crlf = strstr(text, "\r\n") != NULL;
	lines_set(&e->lines, shown);
	free(shown);
	/* An article is read from its start, a source, too. */
	if (e->kind == EDITOR_LINES && !strchr(text, '\n'))
		e->lines.in.cursor = e->lines.in.text.len;
}

static char *
lines_text(const struct editor *e)
{
	char *s = replaced(buf_text(&e->lines.in.text), TAB_SIGN, "\t");
	char *ended;

	if (!e->crlf)
		return s;
	ended = replaced(s, "\n", "\r\n");
	free(s);
	return ended;
}

/* Is it the name of something that is there, or is not? */
static bool
is_reference(enum field_type type)
{
	return type == FIELD_IMAGE || type == FIELD_FILE || type == FIELD_PAGE;
}

struct editor *
editor_open(const struct editor_spec *spec)
{
	struct editor *e = xcalloc(1, sizeof(*e));
	struct schema_words none = {0};
	struct schema_words *words = spec->words ? spec->words : &none;
	char *text;

	e->kind = kind_of(spec);
	field_copy(&e->field, spec->field);
	e->old = spec->value ? value_copy(spec->value) : NULL;
	e->zone = spec->zone;
	e->now = spec->now;
	text = spec->source ? xstrndup(spec->source, spec->source_len)
	       : e->old     ? field_print(&e->field, e->old)
			    : xstrdup("");
	if (e->kind == EDITOR_CHIPS)
		chips_init(&e->chips, e->old, words);
	else
		picks_init(&e->picks, words);
	e->picks.only = e->chips.picks.only = is_reference(e->field.type);
	if (e->kind == EDITOR_LINES || e->kind == EDITOR_SOURCE)
		open_lines(e, text);
	input_set(&e->input, text);
	picks_filter(&e->picks, text, NULL, NULL);
	if (e->kind == EDITOR_DATE)
		date_editor_open(e);
	free(text);
	e->first = e->kind == EDITOR_LINES || e->kind == EDITOR_SOURCE
		       ? lines_text(e)
		       : xstrdup(buf_text(&e->input.text));
	return e;
}

void
editor_free(struct editor *e)
{
	if (!e)
		return;
	chips_dispose(&e->chips);
	picks_dispose(&e->picks);
	lines_dispose(&e->lines);
	input_dispose(&e->input);
	field_dispose(&e->field);
	value_free(e->old);
	free(e->first);
	free(e);
}

/* Up and Down step a number. */
static bool
step_number(struct editor *e, int key)
{
	struct err ignored;
	struct value *v, *to;
	char *text;

	if (key != KEY_UP && key != KEY_DOWN)
		return false;
	v = field_parse(&e->field, buf_text(&e->input.text), e->old, &ignored);
	to = v ? field_step(&e->field, v, key == KEY_UP ? 1 : -1, UNIT_DAY)
	       : NULL;
	if (to) {
		text = field_print(&e->field, to);
		input_set(&e->input, text);
		free(text);
	}
	value_free(v);
	value_free(to);
	return to != NULL;
}

static bool
line_key(struct editor *e, const struct event *ev)
{
	const char *word = picks_word(&e->picks);
	bool changed =
	    e->picks.chosen || strcmp(buf_text(&e->input.text), e->first) != 0;
	bool done;

	if (e->input.pasting)
		return input_key(&e->input, ev);
	if (ev->key == KEY_ENTER)
		word = changed ? picks_enter(&e->picks) : NULL;
	if (word && (ev->key == KEY_TAB || ev->key == KEY_ENTER)) {
		input_set(&e->input, word);
		picks_filter(&e->picks, word, NULL, NULL);
		return ev->key == KEY_TAB;
	}
	if ((ev->key == KEY_UP || ev->key == KEY_DOWN) &&
	    picks_move(&e->picks, ev->key == KEY_DOWN ? 1 : -1))
		return true;
	if (step_number(e, ev->key))
		return true;
	done = input_key(&e->input, ev);
	if (done)
		picks_filter(&e->picks, buf_text(&e->input.text), NULL, NULL);
	return done;
}

static bool
list_key_of(struct editor *e, const struct event *ev)
{
	size_t n = e->chips.n;

	if (!chips_key(&e->chips, ev))
		return false;
	e->touched = e->touched || e->chips.n != n || ev->key == '<' ||
		     ev->key == '>' || ev->key & KEY_ALT;
	return true;
}

bool
editor_key(struct editor *e, const struct event *ev)
{
	if (ev->key == KEY_ESC)
		return false;
	switch (e->kind) {
	case EDITOR_LINE:
		return line_key(e, ev);
	case EDITOR_DATE:
		return date_editor_key(e, ev);
	case EDITOR_CHIPS:
		return list_key_of(e, ev);
	case EDITOR_LINES:
	case EDITOR_SOURCE:
		return lines_key(&e->lines, ev);
	}
	return false;
}

/* The one that the keys go to. */
static const struct input *
input_of(const struct editor *e)
{
	return editor_is_long(e)         ? &e->lines.in
	       : e->kind == EDITOR_CHIPS ? &e->chips.in
					 : &e->input;
}

bool
editor_pasting(const struct editor *e)
{
	return input_of(e)->pasting;
}

bool
editor_full(const struct editor *e)
{
	return input_of(e)->full;
}

bool
editor_is_long(const struct editor *e)
{
	return e->kind == EDITOR_LINES || e->kind == EDITOR_SOURCE;
}

const char *
editor_hints(const struct editor *e)
{
	switch (e->kind) {
	case EDITOR_LINES:
	case EDITOR_SOURCE:
		return "Tab accept|Enter new line|Esc drop";
	case EDITOR_DATE:
		return e->parts ? "+- step|Left part|n now|Enter accept|Esc "
				  "drop"
				: "Enter accept|Tab next|Esc drop";
	case EDITOR_CHIPS:
		if (e->chips.at < e->chips.n)
			return "Delete remove|<> move|Enter edit|Esc drop";
		if (e->chips.in.text.len > 0)
			return picks_enter(&e->chips.picks)
				   ? "Enter add it|Up Down choose|Esc drop"
			       : picks_word(&e->chips.picks)
				   ? "Enter add|Tab complete|Esc drop"
				   : "Enter add|, add|Esc drop";
		return e->chips.n > 0 ? "Enter accept|Left items|Esc drop"
				      : "Enter accept|Tab next|Esc drop";
	case EDITOR_LINE:
		break;
	}
	if (picks_enter(&e->picks))
		return "Enter take it|Up Down choose|Tab complete|Esc drop";
	if (e->picks.n > 0)
		return picks_word(&e->picks)
			   ? "Enter accept|Tab complete|Down choose|Esc drop"
			   : "Enter accept|Down choose|Tab next|Esc drop";
	return "Enter accept|Tab next|Esc drop";
}

static int
draw_reason(struct canvas *c, struct area a, const char *reason)
{
	if (a.rows < 1 || !reason)
		return 0;
	canvas_fit(c, a.row, a.col, a.cols, STYLE_ERROR, reason, false);
	return 1;
}

static int
draw_lines(
    struct editor *e, struct canvas *c, struct area a, const char *reason)
{
	size_t need = lines_height(&e->lines, a.cols);
	struct area box = a;
	int most = a.rows > 4 ? a.rows - 2 : a.rows;

	box.rows = need < LINES_MAX ? (int)need + 1 : LINES_MAX;
	if (box.rows > most)
		box.rows = most;
	lines_draw(&e->lines, c, box);
	a.row += box.rows;
	a.rows -= box.rows;
	return box.rows + draw_reason(c, a, reason);
}

int
editor_draw(
    struct editor *e, struct canvas *c, struct area a, const char *reason)
{
	struct area below = {a.row + 1, a.col, a.rows - 1, a.cols};
	int used;

	switch (e->kind) {
	case EDITOR_DATE:
		return date_editor_draw(e, c, a, reason);
	case EDITOR_LINES:
	case EDITOR_SOURCE:
		return draw_lines(e, c, a, reason);
	case EDITOR_CHIPS:
		used = chips_draw(&e->chips, c, a);
		below =
		    (struct area){a.row + used, a.col, a.rows - used, a.cols};
		return used + draw_reason(c, below, reason);
	case EDITOR_LINE:
		break;
	}
	input_draw(&e->input, c, a.row, a.col, a.cols);
	used = draw_reason(c, below, reason);
	if (used == 0 && below.rows > 0 && editor_changed(e) &&
	    picks_strange(&e->picks, buf_text(&e->input.text)))
		used = picks_draw_strange(c, below);
	below.row += used;
	below.rows -= used;
	return 1 + used + picks_draw(&e->picks, c, below);
}

bool
editor_changed(const struct editor *e)
{
	bool same;
	char *text;

	if (e->kind == EDITOR_CHIPS)
		return e->touched || e->chips.in.text.len > 0;
	if (!editor_is_long(e))
		return strcmp(buf_text(&e->input.text), e->first) != 0;
	text = lines_text(e);
	same = strcmp(text, e->first) == 0;
	free(text);
	return !same;
}

void
editor_finish(struct editor *e)
{
	if (e->kind == EDITOR_CHIPS && e->chips.in.text.len > 0) {
		chips_add(&e->chips);
		e->touched = true;
	}
}

struct value *
editor_value(const struct editor *e, struct err *err)
{
	struct value *v;
	char *text;

	if (e->kind == EDITOR_CHIPS)
		return chips_value(&e->chips, &e->field);
	if (!editor_is_long(e))
		return field_parse(
		    &e->field, buf_text(&e->input.text), e->old, err);
	text = lines_text(e);
	v = field_parse(&e->field, text, e->old, err);
	free(text);
	return v;
}

char *
editor_source(const struct editor *e)
{
	return e->kind == EDITOR_SOURCE ? lines_text(e) : NULL;
}
