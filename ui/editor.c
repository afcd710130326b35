/* SPDX-License-Identifier: ISC */
/*
 * Editing one field's value in place.  Every type is typed as text; a row says
 * what else its keys do and what is shown below the text.
 */
#include "editor.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "input.h"
#include "mem.h"
#include "text.h"
#include "theme.h"

struct editor {
	enum field_type type;
	struct value *old; /* NULL: there is none yet */
	char *first;       /* the text that it opened with */
	struct input input;
	char **words;
	size_t nwords;
};

/* One row a field type; members may be NULL. */
struct editor_ops {
	bool flips;
	bool (*key)(struct editor *, const struct event *);
	/* Draw below the text; returns the rows used. */
	int (*below)(struct editor *, struct canvas *, struct area);
};

static void
set_date(struct editor *e, const struct date *d)
{
	const char *old = e->old ? value_text(e->old) : NULL;
	char *s = date_like(d, old ? old : "", old ? strlen(old) : 0);

	input_set(&e->input, s);
	free(s);
}

/* What is typed, as a date; what is left out comes from the old one. */
static bool
typed_date(const struct editor *e, struct date *d)
{
	const char *old = e->old ? value_text(e->old) : NULL;
	struct date base;

	if (!old || !date_parse(old, strlen(old), &base))
		date_now(&base);
	return date_parse_typed(
	    buf_text(&e->input.text), e->input.text.len, &base, d);
}

/* Up and Down: a day more or less. */
static bool
date_key(struct editor *e, const struct event *ev)
{
	struct date d, moved;
	int64_t t;

	if ((ev->key != KEY_UP && ev->key != KEY_DOWN) || !typed_date(e, &d))
		return false;
	t = date_unix(&d, NULL) + (ev->key == KEY_UP ? 86400 : -86400);
	date_from_unix(t, d.has_offset ? d.offset : 0, &moved);
	moved.has_offset = d.has_offset;
	moved.has_time = d.has_time;
	moved.nanosecond = d.nanosecond;
	set_date(e, &moved);
	return true;
}

static int
date_below(struct editor *e, struct canvas *c, struct area a)
{
	struct date d;
	char *text, *far;

	if (!typed_date(e, &d)) {
		canvas_fit(c, a.row, a.col, a.cols, STYLE_ERROR,
		    "no date yet: 2026-11-25, 2026-11-25 14:20, now", false);
		return 1;
	}
	text = date_rfc3339(&d);
	far = date_distance(date_unix(&d, NULL), date_now_unix());
	canvas_printf(c, a.row, a.col, a.cols, STYLE_DIM,
	    "%s   %s   Up Down: a day", text, far);
	free(far);
	free(text);
	return 1;
}

/* Where the list item under the cursor begins. */
static size_t
item_start(const struct editor *e)
{
	const char *s = buf_text(&e->input.text);
	size_t at = e->input.cursor;

	while (at > 0 && s[at - 1] != ',')
		at--;
	while (s[at] == ' ')
		at++;
	return at < e->input.cursor ? at : e->input.cursor;
}

/* Whether word i goes with the item that is being typed. */
static bool
word_fits(const struct editor *e, size_t i)
{
	size_t at = item_start(e);
	char *typed =
	    text_fold(buf_text(&e->input.text) + at, e->input.cursor - at);
	char *word = text_fold(e->words[i], strlen(e->words[i]));
	bool fits = strncmp(word, typed, strlen(typed)) == 0 &&
		    strcmp(word, typed) != 0;

	free(word);
	free(typed);
	return fits;
}

/* The first word that Tab may put in the place of the item, or NULL. */
static const char *
completion(const struct editor *e)
{
	for (size_t i = 0; i < e->nwords; i++)
		if (word_fits(e, i))
			return e->words[i];
	return NULL;
}

static bool
list_editor_key(struct editor *e, const struct event *ev)
{
	const char *word = ev->key == KEY_TAB ? completion(e) : NULL;
	size_t at = item_start(e), len;

	if (!word)
		return false;
	len = strlen(word);
	buf_splice(&e->input.text, at, e->input.cursor - at, word, len);
	e->input.cursor = at + len;
	return true;
}

static int
list_below(struct editor *e, struct canvas *c, struct area a)
{
	int col = 0, shown = 0;

	for (size_t i = 0; i < e->nwords && col < a.cols; i++) {
		if (!word_fits(e, i))
			continue;
		if (shown == 0)
			col += canvas_puts(
				   c, a.row, a.col, a.cols, STYLE_KEY, "Tab") +
			       1;
		col += canvas_fit(c, a.row, a.col + col, a.cols - col,
			   shown == 0 ? STYLE_STRONG : STYLE_DIM, e->words[i],
			   false) +
		       2;
		shown++;
	}
	if (shown == 0)
		canvas_fit(c, a.row, a.col, a.cols, STYLE_DIM,
		    "commas between the items", false);
	return 1;
}

static int
number_below(struct editor *e, struct canvas *c, struct area a)
{
	struct err err;
	struct value *v = editor_value(e, &err);

	if (!v)
		canvas_fit(
		    c, a.row, a.col, a.cols, STYLE_ERROR, err.msg, false);
	value_free(v);
	return v ? 0 : 1;
}

static const struct editor_ops ops[] = {
    [FIELD_TEXT] = {false, NULL, NULL},
    [FIELD_BOOL] = {true, NULL, NULL},
    [FIELD_DRAFT] = {true, NULL, NULL},
    [FIELD_INT] = {false, NULL, number_below},
    [FIELD_FLOAT] = {false, NULL, number_below},
    [FIELD_WEIGHT] = {false, NULL, number_below},
    [FIELD_DATE] = {false, date_key, date_below},
    [FIELD_DATETIME] = {false, date_key, date_below},
    [FIELD_COMPUTED] = {false, date_key, date_below},
    [FIELD_LIST] = {false, list_editor_key, list_below},
    [FIELD_TERMS] = {false, list_editor_key, list_below},
    [FIELD_CHOICES] = {false, list_editor_key, list_below},
    [FIELD_IMAGE] = {false, list_editor_key, list_below},
    [FIELD_FILE] = {false, list_editor_key, list_below},
    [FIELD_RAW] = {false, NULL, NULL},
};
static_assert(NITEMS(ops) == FIELD_TYPES, "a row for each type");

/* What is known of a field when only its type is. */
static struct field
of_type(enum field_type type)
{
	return (struct field){
	    .type = type, .several = type == FIELD_IMAGE || type == FIELD_FILE};
}

struct editor *
editor_open(enum field_type type, const struct value *v,
    const char *const *words, size_t n)
{
	struct editor *e = xcalloc(1, sizeof(*e));
	const struct field f = of_type(type);
	char *text = v ? field_print(&f, v) : xstrdup("");

	e->type = type;
	e->old = v ? value_copy(v) : NULL;
	input_set(&e->input, text);
	e->words = xcalloc(n, sizeof(*e->words));
	for (; e->nwords < n; e->nwords++)
		e->words[e->nwords] = xstrdup(words[e->nwords]);
	e->first = text;
	return e;
}

void
editor_free(struct editor *e)
{
	if (!e)
		return;
	for (size_t i = 0; i < e->nwords; i++)
		free(e->words[i]);
	free(e->words);
	value_free(e->old);
	free(e->first);
	input_dispose(&e->input);
	free(e);
}

bool
editor_completes(const struct editor *e)
{
	return ops[e->type].key == list_editor_key && completion(e);
}

bool
editor_key(struct editor *e, const struct event *ev)
{
	if (ev->key == KEY_ENTER || ev->key == KEY_ESC)
		return false;
	if (ops[e->type].key && ops[e->type].key(e, ev))
		return true;
	return input_key(&e->input, ev);
}

int
editor_draw(struct editor *e, struct canvas *c, struct area a)
{
	struct area below = {a.row + 1, a.col, a.rows - 1, a.cols};

	input_draw(&e->input, c, a.row, a.col, a.cols);
	if (below.rows < 1 || !ops[e->type].below)
		return 1;
	return 1 + ops[e->type].below(e, c, below);
}

bool
editor_changed(const struct editor *e)
{
	return strcmp(buf_text(&e->input.text), e->first) != 0;
}

struct value *
editor_value(const struct editor *e, struct err *err)
{
	const struct field f = of_type(e->type);

	return field_parse(&f, buf_text(&e->input.text), e->old, err);
}

struct value *
editor_flip(enum field_type type, const struct value *v)
{
	return ops[type].flips ? value_bool(!value_truth(v, false)) : NULL;
}
