/* SPDX-License-Identifier: ISC */
/*
 * Links of the page that is read: gone through, followed inside the site with
 * a way back, and handed to a browser once the whole address was shown.
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "preview_browser.h"
#include "screen_preview_priv.h"
#include "preview_target.h"
#include "proc.h"
#include "text.h"
#include "theme.h"

#define BACK_MOST 32 /* pages that are kept to go back to */

static void
step(struct app *app, struct preview *p, int dir)
{
	p->digits = 0;
	p->seek = docview_next_link(&p->view, dir);
	if (!p->seek)
		app_say(app, "this post has no links");
	app_dirty(app);
}

void
preview_next_link(struct app *app, void *self)
{
	step(app, self, 1);
}

void
preview_previous_link(struct app *app, void *self)
{
	step(app, self, -1);
}

void
preview_leave_links(struct preview *p)
{
	p->view.link = p->digits = 0;
	p->view.numbers = false;
}

bool
preview_digit(struct app *app, struct preview *p, int key)
{
	size_t n = docview_links(&p->view), digit = (size_t)(key - '0');
	size_t number = p->digits * 10 + digit;

	if (!p->view.numbers || key < '0' || key > '9')
		return false;
	if (number == 0 || number > n)
		number = digit;
	if (number == 0 || number > n) {
		app_say(app, "there are %zu links", n);
		return true;
	}
	p->digits = number;
	docview_go_link(&p->view, number);
	p->seek = true;
	app_dirty(app);
	return true;
}

/* The way back. */

/* Remember where a link is followed from; away: to another page, for which the
 * view is empty then. */
static void
keep_step(struct preview *p, bool away)
{
	struct step_back *to;

	if (p->nback == BACK_MOST) {
		docview_dispose(&p->back[0].view);
		memmove(p->back, p->back + 1, (--p->nback) * sizeof(*p->back));
	}
	p->back = xgrow(p->back, p->nback, &p->cap_back, sizeof(*p->back));
	to = &p->back[p->nback++];
	*to = (struct step_back){.top = p->view.top, .link = p->view.link};
	if (!away)
		return;
	docview_pause(&p->view);
	to->view = p->view;
	p->view = (struct docview){.rows = to->view.rows};
}

void
preview_go_back(struct app *app, void *self)
{
	struct preview *p = self;
	struct step_back *from;

	p->digits = 0;
	if (p->nback == 0) {
		app_say(app, "no link was followed to here; Esc leaves");
		return;
	}
	from = &p->back[--p->nback];
	app_dirty(app);
	if (!from->view.path) {
		docview_go(&p->view, from->top);
		if (from->link > 0 && from->link <= docview_links(&p->view))
			docview_go_link(&p->view, from->link);
		return;
	}
	docview_dispose(&p->view);
	p->view = from->view;
	free(p->path);
	p->path = xstrdup(p->view.path);
	free(p->goal);
	p->goal = NULL;
}

/* Following. */

static void
go_page(struct app *app, struct preview *p, const struct target *t)
{
	if (strcmp(t->path, p->path) == 0) {
		keep_step(p, false);
		if (docview_go_id(&p->view, t->fragment)) {
			preview_leave_links(p);
		} else {
			p->nback--;
			app_warn(app, "broken link: no heading #%s here",
			    t->fragment);
		}
		return;
	}
	keep_step(p, true);
	free(p->path);
	p->path = xstrdup(t->path);
	free(p->goal);
	p->goal = *t->fragment ? xstrdup(t->fragment) : NULL;
	p->digits = 0;
}

/* On its own, or on the terminal until it ends. */
static void
start(struct app *app, const struct browser *b)
{
	const char *const *argv = (const char *const *)b->argv;
	struct err err = {0};
	int status = 0, result;

	if (b->tty)
		result = app_run_tty(app, argv, &status, &err);
	else
		result = proc_detach(&(struct proc_spec){.argv = argv}, &err);
	if (result == -1)
		app_error(app, &err);
	else if (status != 0)
		app_warn(
		    app, "%s ended with status %d", path_base(argv[0]), status);
	else
		app_say(app, "opened with %s", path_base(argv[0]));
}

static void
answered(struct app *app, void *ctx, int key)
{
	struct preview *p = ctx;
	char *what = p->to_open;
	struct browser b;

	p->to_open = NULL;
	if (key == 'c') {
		app_copy(app, what, what, strlen(what));
	} else if (key == 'y' &&
		   browser_choose(
		       &b, conf_text(app_conf(app), "browser"), what)) {
		start(app, &b);
		browser_dispose(&b);
	}
	free(what);
	app_dirty(app);
}

/* The whole of it is shown before any program gets it. */
static void
ask(struct app *app, struct preview *p, const char *what)
{
	static const struct answer answers[] = {
	    {'y', "open"}, {'c', "copy"}, {'n', "no"}};
	struct browser b;
	bool found =
	    browser_choose(&b, conf_text(app_conf(app), "browser"), what);
	char *question;

	free(p->to_open);
	p->to_open = xstrdup(what);
	question = found ? xasprintf("Open it with %s?", path_base(b.argv[0]))
			 : xstrdup("There is no browser here.");
	if (found)
		app_ask(app, question, answers, 3, answered, p);
	else
		app_ask(app, question, answers + 1, 2, answered, p);
	app_ask_about(app, what);
	free(question);
	browser_dispose(&b);
}

void
preview_follow(struct app *app, void *self)
{
	struct preview *p = self;
	const char *address = docview_address(&p->view);
	struct target t;

	app_dirty(app);
	if (!address) {
		app_say(app, docview_links(&p->view) > 0
				 ? "Tab goes to a link, Enter follows it"
				 : "this post has no links");
		return;
	}
	if (!app_site(app)) {
		app_say(app, "the site is still being read");
		return;
	}
	target_find(&t, app_site(app), p->path, address);
	switch (t.kind) {
	case TARGET_BROKEN:
		app_warn(app, "%s", t.why);
		break;
	case TARGET_PAGE:
		go_page(app, p, &t);
		break;
	case TARGET_FILE:
	case TARGET_OUTSIDE:
		ask(app, p, t.path);
		break;
	}
	target_dispose(&t);
}

/* Drawing. */

/* The rows that an address takes in cols columns. */
static int
rows_of(const char *s, int cols)
{
	size_t len = strlen(s), n;
	int rows = 0;

	for (; len > 0 && cols > 1; s += n, len -= n) {
		n = text_cut(s, len, cols, NULL);
		if (n == 0)
			break;
		rows++;
	}
	return rows;
}

int
links_draw(struct preview *p, struct canvas *c, struct area a)
{
	const char *s = docview_address(&p->view);
	char *count, *text;
	int rows, most = a.rows / 2, cols = a.cols - 4;

	if (!s || most < 1 || cols < 8)
		return a.rows;
	count =
	    xasprintf("%zu of %zu   ", p->view.link, docview_links(&p->view));
	text = xasprintf("%s%s", count, s);
	rows = rows_of(text, cols);
	if (rows > most - 1)
		rows = most > 1 ? most - 1 : 1;
	a.row += a.rows - rows;
	if (most > 1)
		canvas_hline(c, a.row - 1, a.col, a.cols);
	s = text;
	for (int y = 0; y < rows; y++) {
		size_t n = text_cut(s, strlen(s), cols, NULL);

		if (y == rows - 1)
			canvas_fit(c, a.row + y, a.col + 2, cols, STYLE_STRONG,
			    s, false);
		else
			canvas_text(
			    c, a.row + y, a.col + 2, cols, STYLE_STRONG, s, n);
		s += n;
	}
	canvas_restyle(
	    c, a.row, a.col + 2, text_width(count, strlen(count)), STYLE_DIM);
	free(text);
	free(count);
	return a.rows - rows - (most > 1);
}
