/* SPDX-License-Identifier: ISC */
/*
 * What the worker cannot go on without: the password that ssh wants, whether a
 * host is known.  It is asked on the hint line, with what was said about it
 * above, as soon as nothing else is being asked.
 */
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "askpass.h"
#include "mem.h"
#include "text.h"

static int
answer_on_screen(void *ctx, const struct question *q, struct buf *answer)
{
	struct job *job = ctx;

	if (q->notice) {
		progress_set(
		    &job->progress, "waiting for your security key", 0, 0);
		return 0;
	}
	return work_ask(job, q, answer);
}

struct askpass *
app_askpass(const char *self, struct job *job, struct repo *repo)
{
	struct err ignored;
	struct askpass *askpass =
	    self ? askpass_new(self, answer_on_screen, job, &ignored) : NULL;

	repo_ask_through(repo, askpass);
	return askpass;
}

const char *
app_self(struct app *app)
{
	return app->self;
}

bool
app_questioned(struct app *app)
{
	unsigned number;

	return app->ask.number && work_question(app->work, &number);
}

static void
typed(struct app *app, void *ctx, const char *text)
{
	(void)ctx;
	work_answer(app->work, app->asked, text);
}

static void
chosen(struct app *app, void *ctx, int key)
{
	(void)ctx;
	work_answer(app->work, app->asked,
	    key == 'y'   ? "yes"
	    : key == 'n' ? "no"
			 : NULL);
}

/* The last line is what is asked, without how to answer it; where there is no
 * room for that, all stands above. */
static char *
label_of(struct app *app, const struct question *q, char **above)
{
	const char *nl = strrchr(q->text, '\n'), *last = nl ? nl + 1 : q->text;
	const char *how = strstr(last, " (yes/no");
	size_t len = how ? (size_t)(how - last) : strlen(last);
	int most = canvas_cols(app->canvas) * (q->yes_no ? 3 : 2) / 4 - 2;

	*above = NULL;
	while (len && strchr(" :", last[len - 1]))
		len--;
	if (text_width(last, len) <= most) {
		if (nl)
			*above = xstrndup(q->text, (size_t)(nl - q->text));
		return xasprintf("%.*s%s", (int)len, last, how ? "?" : "");
	}
	*above = xstrdup(q->text);
	return xstrdup(q->yes_no   ? "Go on?"
		       : q->secret ? "secret:"
				   : "answer:");
}

static void
put(struct app *app, const struct question *q)
{
	static const struct answer yes_no[] = {{'y', "yes"}, {'n', "no"}};
	char *above, *label = label_of(app, q, &above);

	if (q->yes_no)
		app_ask(app, label, yes_no, 2, chosen, NULL);
	else
		app_prompt(app, label, "", typed, NULL);
	app->ask.input.secret = q->secret;
	app->ask.above = above;
	free(label);
}

void
app_watch_questions(struct app *app)
{
	unsigned number;
	const struct question *q = work_question(app->work, &number);

	/* Nobody waits for the answer any more. */
	if (app->ask.number && (!q || app->ask.number != number)) {
		ask_drop(app);
		app->dirty = true;
	}
	if (!q || number == app->asked || app->ask.what != ASK_NOTHING)
		return;
	app->asked = number;
	put(app, q);
	app->ask.number = number;
	app->dirty = true;
}

/* As much as fits, up to a blank if there is one. */
static size_t
line_end(const char *text, size_t len, int width)
{
	size_t n = text_cut(text, len, width, NULL), cut = n;

	while (n < len && cut > 0 && text[cut] != ' ')
		cut--;
	return n < len && cut > 0 ? cut + 1 : n;
}

/* The lines of text in width columns, from row on, which the first skip of them
 * are above of; without a canvas they are counted alone. */
static int
lines(struct canvas *c, const char *text, int row, int skip, int width)
{
	const char *nl;
	size_t n;
	int used = 0;

	for (; *text; text = *nl ? nl + 1 : nl) {
		nl = text + strcspn(text, "\n");
		do {
			n = line_end(text, (size_t)(nl - text), width);
			if (n == 0)
				break;
			if (c && used >= skip)
				canvas_text(c, row + used - skip, 2, width,
				    STYLE_STRONG, text, n);
			used++;
			text += n;
		} while (text < nl);
	}
	return used;
}

void
question_draw(struct app *app, int row)
{
	struct canvas *c = app->canvas;
	int cols = canvas_cols(c), width = cols - 4 > 4 ? cols - 4 : 4;
	int n = lines(NULL, app->ask.above, 0, 0, width);
	int top = row - n - 1, skip;

	/* What is asked is at the end. */
	if (top < 0)
		top = 0;
	skip = n - (row - top - 1);
	canvas_fill(c, (struct area){top, 0, row - top, cols}, STYLE_TEXT);
	canvas_hline(c, top, 0, cols);
	lines(c, app->ask.above, top + 1, skip, width);
}
