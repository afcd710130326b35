/* SPDX-License-Identifier: ISC */
/* The headings of the page as a list that is narrowed by typing. */
#include <stdlib.h>
#include <string.h>

#include "md.h"
#include "mem.h"
#include "screen_preview_priv.h"
#include "text.h"
#include "theme.h"

void
contents_dispose(struct contents *c)
{
	input_dispose(&c->filter);
	free(c->shown);
	*c = (struct contents){0};
}

/* The heading that the first line shown is below. */
static size_t
heading_here(const struct docview *v)
{
	size_t here = 0;

	for (size_t i = 0; i < doc_headings(v->doc); i++)
		if (doc_heading(v->doc, i, NULL, NULL) <= v->top)
			here = i;
	return here;
}

static bool
fits(const struct docview *v, size_t heading, const char *typed)
{
	char *text, *folded;
	bool found;

	doc_heading(v->doc, heading, NULL, &text);
	folded = text_fold(text, strlen(text));
	found = strstr(folded, typed) != NULL;
	free(folded);
	free(text);
	return found;
}

/* What goes with the filter; the cursor stays on its heading. */
static void
narrow(struct contents *c, const struct docview *v, size_t on)
{
	char *typed = text_fold(buf_text(&c->filter.text), c->filter.text.len);
	size_t cursor = 0;

	c->n = 0;
	for (size_t i = 0; v->doc && i < doc_headings(v->doc); i++) {
		if (*typed && !fits(v, i, typed))
			continue;
		if (i == on)
			cursor = c->n;
		c->shown = xgrow(c->shown, c->n, &c->cap, sizeof(*c->shown));
		c->shown[c->n++] = i;
	}
	free(typed);
	c->list.n = c->n;
	c->list.top = 0;
	list_move(&c->list, cursor);
}

void
preview_contents(struct app *app, void *self)
{
	struct preview *p = self;

	if (!p->view.doc || doc_headings(p->view.doc) == 0) {
		app_say(app, "this post has no headings");
		return;
	}
	input_set(&p->contents.filter, "");
	p->contents.open = true;
	narrow(&p->contents, &p->view, heading_here(&p->view));
	app_dirty(app);
}

static size_t
current(const struct contents *c)
{
	return c->n > 0 ? c->shown[c->list.cursor] : 0;
}

static void
jump(struct preview *p)
{
	struct contents *c = &p->contents;

	if (c->n == 0 || !p->view.doc)
		return;
	docview_go(&p->view, doc_heading(p->view.doc, current(c), NULL, NULL));
	c->open = false;
}

/* Keys that move in the list and are no text. */
static bool
moves(int key)
{
	return key == KEY_UP || key == KEY_DOWN || key == KEY_PGUP ||
	       key == KEY_PGDN || key == KEY_WHEEL_UP || key == KEY_WHEEL_DOWN;
}

static void
click(struct preview *p, const struct event *e)
{
	struct contents *c = &p->contents;

	if (list_click(&c->list, e->row - c->rows.row) && e->key == KEY_DOUBLE)
		jump(p);
}

bool
contents_event(struct app *app, struct preview *p, const struct event *e)
{
	struct contents *c = &p->contents;
	size_t on = current(c);

	app_dirty(app);
	if (e->key == KEY_ESC)
		c->open = false;
	else if (e->key == KEY_ENTER && !c->filter.pasting)
		jump(p);
	else if (moves(e->key))
		list_key(&c->list, e->key);
	else if (e->key == KEY_MOUSE || e->key == KEY_DOUBLE)
		click(p, e);
	else if (input_key(&c->filter, e))
		narrow(c, &p->view, on);
	else
		return e->key != KEY_F1;
	return true;
}

static void
draw_heading(
    const struct docview *v, struct canvas *c, struct area a, size_t i, bool on)
{
	int level, in;
	char *text;

	doc_heading(v->doc, i, &level, &text);
	in = 2 + 2 * (level - 1);
	if (in > a.cols / 3)
		in = a.cols / 3;
	if (on)
		canvas_fill(c, a, STYLE_CURSOR);
	canvas_fit(c, a.row, a.col + in, a.cols - in - 1,
	    on           ? STYLE_CURSOR
	    : level == 1 ? STYLE_STRONG
			 : STYLE_TEXT,
	    text, false);
	free(text);
}

void
contents_draw(struct preview *p, struct canvas *canvas, struct area a)
{
	struct contents *c = &p->contents;
	size_t on = current(c);
	int used;

	/* The page may have been laid out anew. */
	if (!p->view.doc) {
		c->open = false;
		return;
	}
	if (c->n > 0 && c->shown[c->n - 1] >= doc_headings(p->view.doc))
		narrow(c, &p->view, on);
	used = canvas_puts(
	    canvas, a.row, a.col + 2, a.cols - 2, STYLE_KEY, "go to ");
	if (a.cols > used + 4)
		input_draw(&c->filter, canvas, a.row, a.col + 2 + used,
		    a.cols - used - 4);
	a.row++;
	a.rows--;
	c->rows = a;
	list_layout(&c->list, c->n, a.rows > 0 ? a.rows : 0);
	if (c->n == 0 && a.rows > 0)
		canvas_fit(canvas, a.row, a.col + 2, a.cols - 2, STYLE_DIM,
		    "no heading has these words", false);
	for (int y = 0; y < a.rows && c->list.top + (size_t)y < c->n; y++) {
		size_t i = c->list.top + (size_t)y;

		draw_heading(&p->view, canvas,
		    (struct area){a.row + y, a.col, 1, a.cols}, c->shown[i],
		    i == c->list.cursor);
	}
}
