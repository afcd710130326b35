/* SPDX-License-Identifier: ISC */
/*
 * The hint line: a question, a line being typed, a message, or the keys that
 * matter on this screen.
 */
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "mem.h"
#include "text.h"

#define HINTS 16

struct hint {
	char key[32];
	char *word;
};

/* In the order that they are shown; when room is short the last ones stay. */
struct hints {
	struct hint v[HINTS];
	size_t n, stay;
};

static const struct command *
command_here(struct app *app, const struct layer *l, const char *name)
{
	const struct command *c =
	    command_by_name(app_bound(app, l->screen->commands), name);

	return c ? c : command_by_name(app_bound(app, app_commands()), name);
}

static void
add(struct hints *h, const char *key, const char *word, size_t len)
{
	struct hint *to = &h->v[h->n];

	if (h->n == HINTS || !*key || strlen(key) >= sizeof(to->key))
		return;
	memcpy(to->key, key, strlen(key) + 1);
	to->word = xstrndup(word, len);
	h->n++;
}

/* A command's first key; without a key it is no hint. */
static void
add_command(
    struct hints *h, const struct command *c, const char *word, size_t len)
{
	char key[32];

	if (c)
		add(h, command_key(c, key), word, len);
}

/* "Enter accept|=back leave": a key, or a command of that name, and a word. */
static void
own_hints(
    struct app *app, const struct layer *l, const char *s, struct hints *h)
{
	while (*s) {
		size_t len = strcspn(s, "|"), name = strcspn(s, " ");
		char *key = xstrndup(s, name);
		const char *word = s + name + 1;

		if (key[0] == '=')
			add_command(h, command_here(app, l, key + 1), word,
			    len - name - 1);
		else
			add(h, key, word, len - name - 1);
		free(key);
		s += len + (s[len] == '|');
	}
	h->stay = 1;
}

/* Of those in from .. to-1. */
static int
width_of(const struct hints *h, size_t from, size_t to, int gap)
{
	int width = 0;

	for (size_t i = from; i < to; i++)
		width += text_width(h->v[i].key, strlen(h->v[i].key)) + 1 +
			 text_width(h->v[i].word, strlen(h->v[i].word)) + gap;
	return width > 0 ? width - gap : 0;
}

/* The screen's commands, and the common ones that help now. */
static void
screen_hints(struct app *app, const struct layer *l, struct hints *h)
{
	const struct command *c = app_bound(app, l->screen->commands);
	const struct repo_head *head = app_head(app);
	size_t own;

	for (; c && c->name; c++)
		if (c->hint)
			add_command(h, c, c->hint, strlen(c->hint));
	own = h->n;
	if (head && head->remote && head->ahead + head->behind > 0)
		add_command(h, command_here(app, l, "sync"), "sync", 4);
	if (app->nlayers > 1)
		add_command(h, command_here(app, l, "back"), "back", 4);
	c = command_here(app, l, "help");
	add_command(h, c, c->hint, strlen(c->hint));
	h->stay = h->n - own;
	/* With hardly any room, what the screen is for goes before the way
	 * back. */
	if (width_of(h, 0, own > 2 ? 2 : own, 2) + 2 +
		width_of(h, own, h->n, 2) + 2 >
	    canvas_cols(app->canvas))
		h->stay = 1;
}

/* Key and word at col, if they fit before end; the columns used. */
static int
draw_hint(struct canvas *c, int row, int col, int end, const char *key,
    const char *word)
{
	int k = text_width(key, strlen(key));
	int w = text_width(word, strlen(word));

	if (col + k + 1 + w > end)
		return 0;
	canvas_puts(c, row, col, k, STYLE_KEY, key);
	canvas_puts(c, row, col + k + 1, w, STYLE_HINT, word);
	return k + 1 + w;
}

/* All of them, closer together or without those in the middle if need be. */
static void
draw_hints(struct canvas *c, const struct hints *h, int row)
{
	int cols = canvas_cols(c), col = 1, used;
	int gap = 1 + width_of(h, 0, h->n, 3) < cols ? 3 : 2;
	size_t last = h->n > h->stay ? h->n - h->stay : 0, i;
	int kept = width_of(h, last, h->n, gap);

	for (i = 0; i < last; i++) {
		used = draw_hint(c, row, col, cols - kept - (kept ? gap : 0),
		    h->v[i].key, h->v[i].word);
		if (used == 0)
			break;
		col += used + gap;
	}
	for (i = last; i < h->n; i++) {
		used = draw_hint(c, row, col, cols, h->v[i].key, h->v[i].word);
		col += used ? used + gap : 0;
	}
}

static void
draw_screen_hints(struct app *app, const struct layer *l, int row)
{
	const char *own =
	    l->screen->hints ? l->screen->hints(app, l->self) : NULL;
	struct hints h = {0};

	if (own)
		own_hints(app, l, own, &h);
	else
		screen_hints(app, l, &h);
	draw_hints(app->canvas, &h, row);
	for (size_t i = 0; i < h.n; i++)
		free(h.v[i].word);
}

static void
draw_question(struct app *app, int row)
{
	struct canvas *c = app->canvas;
	int width = 0, col, cols = canvas_cols(c);
	char key[32];

	for (size_t i = 0; i < app->ask.n; i++) {
		const struct answer *a = &app->ask.answers[i];

		key_label(a->key, key);
		width += text_width(key, strlen(key)) + 3 +
			 text_width(a->word, strlen(a->word));
	}
	/* The answers stay whole; the question gives way. */
	col = 1;
	col +=
	    canvas_fit(c, row, col, cols - width - 2 > 8 ? cols - width - 2 : 8,
		STYLE_WARNING, app->ask.text, false);
	col += 2;
	for (size_t i = 0; i < app->ask.n; i++) {
		const struct answer *a = &app->ask.answers[i];

		col += draw_hint(
		    c, row, col, cols, key_label(a->key, key), a->word);
		col += 2;
	}
}

/* What Tab makes of what is typed. */
static void
draw_completions(struct app *app, int row, int col)
{
	struct canvas *c = app->canvas;
	const char *typed = buf_text(&app->ask.input.text);
	struct buf names = {0};

	app->ask.complete(app, typed, &names);
	if (names.len > 0 && strcmp(buf_text(&names), typed) != 0 &&
	    col + 8 < canvas_cols(c)) {
		col += canvas_puts(c, row, col, 3, STYLE_KEY, "Tab") + 1;
		canvas_fit(c, row, col, canvas_cols(c) - col, STYLE_DIM,
		    buf_text(&names), false);
	}
	buf_dispose(&names);
}

static void
draw_prompt(struct app *app, int row)
{
	static const char keys[] = "Enter ok  Esc drop";
	struct canvas *c = app->canvas;
	struct ask *ask = &app->ask;
	int cols = canvas_cols(c), col = 1, width, left;

	col += canvas_fit(c, row, col, cols / 2, STYLE_KEY, ask->text, false);
	/* A sign, as ":" and "/", stands right before what is typed. */
	if (strlen(ask->text) > 1)
		col++;
	width = text_width(buf_text(&ask->input.text), ask->input.text.len);
	left = cols - (int)sizeof(keys);
	input_draw(&ask->input, c, row, col, cols - col);
	if (ask->complete) {
		draw_completions(app, row, col + width + 3);
	} else if (col + width + 3 <= left) {
		draw_hint(c, row, left, cols, "Enter", "ok");
		draw_hint(c, row, left + 10, cols, "Esc", "drop");
	}
}

void
hint_line_draw(struct app *app, const struct layer *l, int row)
{
	struct canvas *c = app->canvas;

	if (app->ask.above)
		question_draw(app, row);
	if (app->ask.what == ASK_QUESTION)
		draw_question(app, row);
	else if (app->ask.what == ASK_PROMPT)
		draw_prompt(app, row);
	else if (app->message)
		canvas_fit(c, row, 1, canvas_cols(c) - 1, app->message_style,
		    app->message, false);
	else
		draw_screen_hints(app, l, row);
}
