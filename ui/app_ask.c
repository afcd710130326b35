/* SPDX-License-Identifier: ISC */
/* What the app and the user say to each other on the hint line. */
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "clip.h"
#include "mem.h"
#include "text.h"

static void say(struct app *, int style, const char *fmt, va_list)
    __attribute__((format(printf, 3, 0)));

static void
say(struct app *app, int style, const char *fmt, va_list ap)
{
	char *text = xvasprintf(fmt, ap);
	struct buf clean = {0};

	text_clean(&clean, text, strlen(text));
	free(text);
	free(app->message);
	app->message = buf_steal(&clean);
	app->message_style = style;
	app->dirty = true;
}

void
app_say(struct app *app, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(app, STYLE_MESSAGE, fmt, ap);
	va_end(ap);
}

void
app_warn(struct app *app, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(app, STYLE_WARNING, fmt, ap);
	va_end(ap);
}

static void say_error(struct app *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

static void
say_error(struct app *app, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(app, STYLE_ERROR, fmt, ap);
	va_end(ap);
}

void
app_error(struct app *app, const struct err *err)
{
	if (err->line > 0)
		say_error(
		    app, "line %u: %s   e edits the file", err->line, err->msg);
	else
		say_error(app, "%s", err->msg);
}

static void
ask_dispose(struct ask *ask)
{
	free(ask->text);
	free(ask->above);
	free(ask->answers);
	input_dispose(&ask->input);
}

void
ask_drop(struct app *app)
{
	struct ask old = app->ask;

	app->ask = (struct ask){.what = ASK_NOTHING};
	ask_dispose(&old);
}

void
app_ask(struct app *app, const char *question, const struct answer *answers,
    int n, void (*answer)(struct app *, void *ctx, int key), void *ctx)
{
	ask_drop(app);
	app->ask.what = ASK_QUESTION;
	app->ask.text = xstrdup(question);
	app->ask.n = (size_t)n;
	app->ask.answers = xcalloc((size_t)n, sizeof(*answers));
	memcpy(app->ask.answers, answers, (size_t)n * sizeof(*answers));
	app->ask.answer = answer;
	app->ask.ctx = ctx;
	app->dirty = true;
}

void
app_prompt_with(struct app *app, const char *label, const char *initial,
    void (*complete)(struct app *, const char *, struct buf *),
    void (*done)(struct app *, void *ctx, const char *text), void *ctx)
{
	ask_drop(app);
	app->ask.what = ASK_PROMPT;
	app->ask.text = xstrdup(label);
	input_set(&app->ask.input, initial ? initial : "");
	app->ask.complete = complete;
	app->ask.done = done;
	app->ask.ctx = ctx;
	app->dirty = true;
}

void
app_prompt(struct app *app, const char *label, const char *initial,
    void (*done)(struct app *, void *ctx, const char *text), void *ctx)
{
	app_prompt_with(app, label, initial, NULL, done, ctx);
}

void
app_prompt_live(
    struct app *app, void (*typed)(struct app *, void *ctx, const char *text))
{
	app->ask.typed = typed;
}

void
app_ask_about(struct app *app, const char *above)
{
	struct buf clean = {0};

	for (const char *s = above; *s; s += *s == '\n') {
		size_t len = strcspn(s, "\n");

		if (clean.len > 0)
			buf_putc(&clean, '\n');
		text_clean(&clean, s, len);
		s += len;
	}
	free(app->ask.above);
	app->ask.above = buf_steal(&clean);
}

void
app_copy(struct app *app, const char *what, const char *text, size_t len)
{
	struct face *face = app->face;

	if (len > CLIP_MAX)
		app_warn(app, "%s is %zu KB; terminals take %d KB at most",
		    what, len / 1000, CLIP_MAX / 1000);
	else if (!face->copy(face, text, len))
		app_warn(app, "this terminal has no clipboard to copy to");
	else
		app_say(app, "copied: %s", what);
}

/* End the question before it is answered: the answer may ask the next one. */
static void
answer(struct app *app, int key)
{
	struct ask old = app->ask;

	app->ask = (struct ask){.what = ASK_NOTHING};
	old.answer(app, old.ctx, key);
	ask_dispose(&old);
}

static int
lower(int key)
{
	return key >= 'A' && key <= 'Z' ? key + 'a' - 'A' : key;
}

static void
question_event(struct app *app, int key)
{
	if (key == KEY_ESC) {
		answer(app, 0);
		return;
	}
	for (size_t i = 0; i < app->ask.n; i++)
		if (lower(app->ask.answers[i].key) == lower(key)) {
			answer(app, app->ask.answers[i].key);
			return;
		}
}

static void
prompt_end(struct app *app, const char *text)
{
	struct ask old = app->ask;

	app->ask = (struct ask){.what = ASK_NOTHING};
	old.done(app, old.ctx, text);
	ask_dispose(&old);
}

/* The longest start that all names (blank between) have in common. */
static size_t
common(const char *names, bool *one)
{
	size_t len = strcspn(names, " ");

	*one = names[len] == '\0';
	for (const char *s = names + len; *s;) {
		size_t n = 0;

		s += strspn(s, " ");
		while (n < len && s[n] == names[n])
			n++;
		if (*s)
			len = n;
		s += strcspn(s, " ");
	}
	return len;
}

static void
prompt_complete(struct app *app)
{
	struct input *in = &app->ask.input;
	struct buf names = {0};
	size_t len;
	char *start;
	bool one;

	app->ask.complete(app, buf_text(&in->text), &names);
	len = common(buf_text(&names), &one);
	if (len > 0) {
		start = xstrndup(names.data, len);
		input_set(in, start);
		free(start);
	}
	buf_dispose(&names);
}

static void
prompt_type(struct app *app, const struct event *e)
{
	struct ask *ask = &app->ask;
	char *before = ask->typed ? xstrdup(buf_text(&ask->input.text)) : NULL;

	input_key(&ask->input, e);
	if (before && !ask->input.pasting &&
	    (e->key == KEY_PASTE_END ||
		strcmp(before, buf_text(&ask->input.text)) != 0))
		ask->typed(app, ask->ctx, buf_text(&ask->input.text));
	free(before);
}

static void
prompt_event(struct app *app, const struct event *e)
{
	struct ask *ask = &app->ask;

	if (!ask->input.pasting && e->key == KEY_ESC)
		prompt_end(app, NULL);
	else if (!ask->input.pasting && e->key == KEY_ENTER)
		prompt_end(app, buf_text(&ask->input.text));
	else if (!ask->input.pasting && e->key == KEY_TAB && ask->complete)
		prompt_complete(app);
	else
		prompt_type(app, e);
}

bool
ask_event(struct app *app, const struct event *e)
{
	if (app->ask.what == ASK_NOTHING)
		return false;
	if (app->ask.what == ASK_PROMPT)
		prompt_event(app, e);
	else if (!app->pasting)
		question_event(app, e->key);
	/* An answer that neither left nor asked again ends the quitting. */
	if (app->ask.what == ASK_NOTHING)
		app->quitting = false;
	return true;
}
