/* SPDX-License-Identifier: ISC */
/*
 * Changes: what an edit makes of files, line by line, to be looked at or, where
 * that is asked for, carried out.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "buf.h"
#include "diff.h"
#include "mem.h"
#include "screen.h"
#include "text.h"
#include "theme.h"

/* A line of the diffs; where one takes another's place, what is new in it. */
struct line {
	char *text; /* cleaned; with its sign */
	int style;
	bool head;       /* names a file */
	size_t from, to; /* bytes that are not in the other line */
};

struct changes {
	struct line *v;
	size_t n, cap;
	size_t files, added, removed;
	char *verb;
	void (*done)(struct app *, void *ctx, bool accepted);
	void *ctx;
	size_t top;  /* the first row shown */
	size_t rows; /* in all, at the last width */
	int height;
};

static struct line *
add(struct changes *d, int style, const char *s, size_t len)
{
	struct buf clean = {0};

	text_clean(&clean, s, len);
	d->v = xgrow(d->v, d->n, &d->cap, sizeof(*d->v));
	d->v[d->n] = (struct line){.text = buf_steal(&clean), .style = style};
	return &d->v[d->n++];
}

/* What the two lines do not share, at their ends, behind the sign. */
static void
compare(struct line *a, struct line *b)
{
	size_t alen = strlen(a->text), blen = strlen(b->text), from = 1, n;
	size_t end = 0;

	while ((n = text_next(a->text + from, alen - from)) > 0 &&
	       n == text_next(b->text + from, blen - from) &&
	       memcmp(a->text + from, b->text + from, n) == 0)
		from += n;
	while (
	    alen - end > from && blen - end > from &&
	    (n = text_prev(a->text, alen - end)) > 0 &&
	    n == text_prev(b->text, blen - end) && n <= alen - end - from &&
	    n <= blen - end - from &&
	    memcmp(a->text + alen - end - n, b->text + blen - end - n, n) == 0)
		end += n;
	/* Lines that share next to nothing are new as a whole. */
	if (from + end < 4)
		return;
	a->from = b->from = from;
	a->to = alen - end;
	b->to = blen - end;
}

/* As many lines added as were removed before them: they go by pairs. */
static void
pair_lines(struct changes *d, size_t from)
{
	for (size_t i = from; i < d->n;) {
		size_t minus = 0, plus = 0;

		while (i + minus < d->n && d->v[i + minus].text[0] == '-')
			minus++;
		while (i + minus + plus < d->n &&
		       d->v[i + minus + plus].text[0] == '+')
			plus++;
		for (size_t k = 0; minus == plus && k < minus; k++)
			compare(&d->v[i + k], &d->v[i + minus + k]);
		i += minus + plus > 0 ? minus + plus : 1;
	}
}

static void
add_hunk_line(struct changes *d, const char *s, size_t len)
{
	int style = STYLE_DIM;

	if (*s == '+') {
		style = STYLE_ADDED;
		d->added++;
	} else if (*s == '-') {
		style = STYLE_REMOVED;
		d->removed++;
	} else if (*s == '@') {
		style = STYLE_GIT;
	}
	add(d, style, s, len);
}

static void
add_file(struct changes *d, const struct diff_file *f)
{
	struct buf text = {0};
	const char *s;
	size_t from;

	diff_unified(
	    f->name, f->before, f->nbefore, f->after, f->nafter, &text);
	if (text.len == 0) {
		buf_dispose(&text);
		return;
	}
	if (d->n > 0)
		add(d, STYLE_TEXT, "", 0);
	add(d, STYLE_STRONG, f->name, strlen(f->name))->head = true;
	from = d->n;
	s = buf_text(&text);
	for (int skip = 2; *s;) {
		size_t len = strcspn(s, "\n");
		size_t end = len > 0 && s[len - 1] == '\r' ? len - 1 : len;

		if (skip-- <= 0 && len > 0)
			add_hunk_line(d, s, end);
		s += len + (s[len] == '\n');
	}
	d->files++;
	pair_lines(d, from);
	buf_dispose(&text);
}

static void *
diff_open(struct app *app, const void *arg, struct err *err)
{
	const struct diff_arg *a = arg;
	struct changes *d = xcalloc(1, sizeof(*d));

	(void)app;
	(void)err;
	d->verb = a->verb ? xstrdup(a->verb) : NULL;
	d->done = a->done;
	d->ctx = a->ctx;
	for (size_t i = 0; i < a->n; i++)
		add_file(d, &a->files[i]);
	return d;
}

/* Tell once whether it was accepted. */
static void
tell(struct app *app, struct changes *d, bool accepted)
{
	void (*done)(struct app *, void *, bool) = d->done;

	d->done = NULL;
	if (done)
		done(app, d->ctx, accepted);
}

static void
diff_close(struct app *app, void *self)
{
	struct changes *d = self;

	tell(app, d, false);
	for (size_t i = 0; i < d->n; i++)
		free(d->v[i].text);
	free(d->v);
	free(d->verb);
	free(d);
}

static void
diff_title(struct app *app, void *self, struct buf *dst)
{
	struct changes *d = self;

	(void)app;
	buf_puts(dst, "Changes");
	if (d->verb)
		buf_puts(dst, "   not saved yet");
	buf_printf(dst, "   %zu file%s · +%zu -%zu", d->files,
	    d->files == 1 ? "" : "s", d->added, d->removed);
}

/* Bytes of the line that go into the next row of that width. */
static size_t
row_len(const struct line *l, size_t at, int cols)
{
	size_t len = strlen(l->text) - at;
	size_t n = text_cut(l->text + at, len, cols, NULL);

	return n > 0 || len == 0 ? n : text_next(l->text + at, len);
}

static void
draw_part(const struct line *l, size_t at, size_t n, struct canvas *c, int row,
    int col, int cols)
{
	size_t from = l->from > at ? l->from : at;
	size_t to = l->to < at + n ? l->to : at + n;

	canvas_text(c, row, col, cols, l->style, l->text + at, n);
	if (from < to) {
		int before = text_width(l->text + at, from - at);

		canvas_text(c, row, col + before, cols - before,
		    l->style | ATTR_BOLD | ATTR_UNDERLINE, l->text + from,
		    to - from);
	}
}

static void
diff_draw(struct app *app, void *self, struct canvas *c, struct area a)
{
	struct changes *d = self;
	int cols = a.cols > 6 ? a.cols - 4 : a.cols;
	size_t row = 0;

	(void)app;
	d->height = a.rows;
	for (int pass = 0; pass < 2; pass++) {
		row = 0;
		for (size_t i = 0; i < d->n; i++) {
			const struct line *l = &d->v[i];
			size_t at = 0, n;

			do {
				/* What goes on stands below the text. */
				int in = (l->head ? 0 : 1) + (at > 0);

				n = row_len(l, at, cols - in);
				if (pass && row >= d->top &&
				    row < d->top + (size_t)a.rows)
					draw_part(l, at, n, c,
					    a.row + (int)(row - d->top),
					    a.col + 2 + in, cols - in);
				at += n;
				row++;
			} while (at < strlen(l->text));
		}
		d->rows = row;
		if (d->top + (size_t)a.rows > row)
			d->top =
			    row > (size_t)a.rows ? row - (size_t)a.rows : 0;
	}
}

static bool
diff_event(struct app *app, void *self, const struct event *ev)
{
	struct changes *d = self;
	size_t page = d->height > 1 ? (size_t)d->height - 1 : 1, by = 1;

	switch (ev->key) {
	case KEY_PGUP:
	case KEY_PGDN:
	case ' ':
		by = page;
		break;
	case KEY_WHEEL_UP:
	case KEY_WHEEL_DOWN:
		by = 3;
		break;
	case 'g':
	case KEY_HOME:
	case 'G':
	case KEY_END:
		by = d->rows;
		break;
	case 'j':
	case 'k':
	case KEY_UP:
	case KEY_DOWN:
		break;
	default:
		return false;
	}
	if (strchr("kg", ev->key < 128 ? ev->key : 1) || ev->key == KEY_UP ||
	    ev->key == KEY_PGUP || ev->key == KEY_WHEEL_UP ||
	    ev->key == KEY_HOME)
		d->top -= d->top < by ? d->top : by;
	else
		d->top += by; /* drawing keeps it inside */
	app_dirty(app);
	return true;
}

static const char *
diff_hints(struct app *app, void *self)
{
	struct changes *d = self;

	(void)app;
	/* The words are those of who asks; there are few. */
	if (!d->verb)
		return "j down|k up|=back back";
	if (strcmp(d->verb, "save all") == 0)
		return "=accept-changes save all|j down|k up|=back go back";
	return "=accept-changes apply to all|j down|k up|=back drop";
}

static void
accept(struct app *app, void *self)
{
	struct changes *d = self;

	app_pop(app);
	tell(app, d, d->verb != NULL);
}

static const struct command diff_commands[] = {
    {"accept-changes", "Enter", NULL,
	"Carry the changes out; where they are only shown, go back", accept},
    {NULL, NULL, NULL, NULL, NULL},
};

const struct screen diff_screen = {
    .name = "changes",
    .commands = diff_commands,
    .open = diff_open,
    .close = diff_close,
    .title = diff_title,
    .draw = diff_draw,
    .hints = diff_hints,
    .event = diff_event,
};
