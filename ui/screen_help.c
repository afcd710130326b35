/* SPDX-License-Identifier: ISC */
/* All keys of a screen, made from its command table and the common one. */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "mem.h"
#include "screen.h"
#include "text.h"
#include "theme.h"

/* From this width on, the commands' names are shown too. */
#define NAMES_FROM 76
#define NAME_COLS  18

struct help {
	const struct screen *of;
	int top;   /* the first line shown */
	int lines; /* in all, at the last width */
	int rows;
};

/* Where the next line goes; those above the first one shown are left out. */
struct pen {
	struct canvas *c;
	struct area area;
	int line, top;
	int keys; /* columns of the keys */
};

/* Keys that are in no table. */
static const struct command moving[] = {
    {"", "j Down", NULL, "Down"},
    {"", "k Up", NULL, "Up"},
    {"", "g Home", NULL, "To the first"},
    {"", "G End", NULL, "To the last"},
    {"", "PgDn PgUp", NULL, "By a screenful; the wheel scrolls"},
    {NULL},
};

static void *
help_open(struct app *app, const void *arg, struct err *err)
{
	struct help *h = xcalloc(1, sizeof(*h));

	(void)app;
	(void)err;
	h->of = arg;
	return h;
}

static void
help_close(struct app *app, void *self)
{
	(void)app;
	free(self);
}

static void
help_title(struct app *app, void *self, struct buf *dst)
{
	struct help *h = self;

	(void)app;
	buf_printf(dst, "Keys   %s", h->of->name);
}

/* The canvas row of the next line, or -1: it is out of sight. */
static int
next_row(struct pen *p)
{
	int row = p->line++ - p->top;

	return row >= 0 && row < p->area.rows ? p->area.row + row : -1;
}

static void
heading(struct pen *p, const char *text)
{
	int row;

	if (p->line > 0)
		next_row(p);
	row = next_row(p);
	if (row >= 0)
		canvas_puts(p->c, row, 3, p->area.cols - 3, STYLE_STRONG, text);
}

/* Bytes of s that go on one line of cols columns, cut at a blank if any. */
static size_t
fitting(const char *s, int cols)
{
	size_t len = strlen(s), cut = text_cut(s, len, cols, NULL), at = cut;

	if (cut == len)
		return len;
	while (at > 0 && s[at] != ' ')
		at--;
	return at > 0 ? at : cut > 0 ? cut : text_next(s, len);
}

static void
command(struct pen *p, const struct command *c)
{
	const char *keys = c->keys && *c->keys ? c->keys : "-", *s = c->help;
	int col = 3 + p->keys + 2, cols = p->area.cols - col - 1;
	bool named = p->area.cols >= NAMES_FROM && *c->name;
	size_t n;

	if (named)
		cols -= NAME_COLS;
	for (bool first = true; *s; s += n, first = false) {
		int row = next_row(p);

		s += strspn(s, " ");
		n = fitting(s, cols > 8 ? cols : 8);
		if (row < 0)
			continue;
		if (first)
			canvas_fit(
			    p->c, row, 3, p->keys, STYLE_KEY, keys, false);
		if (first && named)
			canvas_fit(p->c, row, p->area.cols - NAME_COLS,
			    NAME_COLS - 1, STYLE_DIM, c->name, false);
		canvas_text(
		    p->c, row, col, p->area.cols - col, STYLE_TEXT, s, n);
	}
}

static void
table(struct pen *p, const char *name, const struct command *c)
{
	if (!c || !c->name)
		return;
	heading(p, name);
	for (; c->name; c++)
		command(p, c);
}

/* The widest keys of a table, within reason. */
static int
keys_width(const struct command *c, int least)
{
	for (; c && c->name; c++) {
		int width = c->keys ? text_width(c->keys, strlen(c->keys)) : 1;

		if (width > least)
			least = width;
	}
	return least;
}

static void
help_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	const struct command *everywhere = app_bound(app, app_commands());
	struct help *h = self;
	const struct command *own = app_bound(app, h->of->commands);
	struct pen p = {.c = c, .area = area, .top = h->top};

	p.keys = keys_width(moving, keys_width(own, keys_width(everywhere, 1)));
	if (p.keys > area.cols / 3)
		p.keys = area.cols / 3;
	/* Once to count the lines at this width, once to draw. */
	for (int pass = 0; pass < 2; pass++) {
		p.line = 0;
		p.top = pass ? h->top : 1 << 24;
		table(&p, h->of->name, own);
		table(&p, "moving", moving);
		table(&p, "everywhere", everywhere);
		h->lines = p.line;
		h->rows = area.rows;
		if (h->top > h->lines - h->rows)
			h->top = h->lines - h->rows;
		if (h->top < 0)
			h->top = 0;
	}
}

static bool
help_event(struct app *app, void *self, const struct event *e)
{
	struct help *h = self;
	int page = h->rows > 1 ? h->rows - 1 : 1;

	(void)app;
	switch (e->key) {
	case 'j':
	case KEY_DOWN:
		h->top++;
		return true;
	case 'k':
	case KEY_UP:
		h->top--;
		return true;
	case KEY_WHEEL_DOWN:
		h->top += 3;
		return true;
	case KEY_WHEEL_UP:
		h->top -= 3;
		return true;
	case ' ':
	case KEY_PGDN:
		h->top += page;
		return true;
	case KEY_PGUP:
		h->top -= page;
		return true;
	case 'g':
	case KEY_HOME:
		h->top = 0;
		return true;
	case 'G':
	case KEY_END:
		h->top = h->lines;
		return true;
	}
	return false;
}

static const char *
help_hints(struct app *app, void *self)
{
	struct help *h = self;

	(void)app;
	return h->lines > h->rows ? "j k scroll|PgDn more|=back back"
				  : "=back back";
}

static void
help_back(struct app *app, void *self)
{
	(void)self;
	app_pop(app);
}

static const struct command help_commands[] = {
    {"close-help", "? Enter", "back", "Leave the help", help_back},
    {NULL},
};

const struct screen help_screen = {
    .name = "help",
    .commands = help_commands,
    .open = help_open,
    .close = help_close,
    .title = help_title,
    .draw = help_draw,
    .hints = help_hints,
    .event = help_event,
};
