/* SPDX-License-Identifier: ISC */
/* Preview: one post as its readers will get it. */
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "app.h"
#include "md.h"
#include "mem.h"
#include "screen_preview_priv.h"
#include "screen.h"
#include "text.h"
#include "theme.h"

static void *
preview_open(struct app *app, const void *arg, struct err *err)
{
	struct preview *p = xcalloc(1, sizeof(*p));

	(void)app;
	(void)err;
	p->path = xstrdup(arg);
	return p;
}

static void
preview_close(struct app *app, void *self)
{
	struct preview *p = self;

	(void)app;
	docview_dispose(&p->view);
	for (size_t i = 0; i < p->nback; i++)
		docview_dispose(&p->back[i].view);
	free(p->back);
	contents_dispose(&p->contents);
	free(p->searched);
	free(p->to_open);
	free(p->goal);
	free(p->path);
	free(p);
}

static void
preview_title(struct app *app, void *self, struct buf *dst)
{
	struct preview *p = self;
	const struct site *site = app_site(app);
	const struct entry *e = site ? site_entry(site, p->path) : NULL;
	size_t n = p->view.doc ? doc_lines(p->view.doc) : 0;
	size_t end = p->view.top + (size_t)p->view.rows;
	const char *sep = "   ";
	char *where;

	where = permalink_readable(
	    e && e->state != ENTRY_ERROR ? e->permalink : p->path);
	buf_printf(dst, "Preview   %s", where);
	free(where);
	/* One fact, which stays where there is little room. */
	if (p->view.search && p->view.nmatches > 0) {
		if (p->view.match > 0)
			buf_printf(dst, "   match %zu of %zu", p->view.match,
			    p->view.nmatches);
		else
			buf_printf(dst, "   %zu found", p->view.nmatches);
		sep = " · ";
	}
	if (n > (size_t)p->view.rows)
		buf_printf(dst, "%s%zu %%", sep, (end < n ? end : n) * 100 / n);
}

/* What there is to say of a page that was just laid out. */
static void
tell(struct app *app, struct preview *p)
{
	struct docview *v = &p->view;
	size_t line = docview_line(v, v->changed);

	if (v->doc && p->goal) {
		if (!docview_go_id(v, p->goal))
			app_warn(
			    app, "broken link: no heading #%s here", p->goal);
		free(p->goal);
		p->goal = NULL;
	}
	if (!v->news)
		return;
	v->news = false;
	if (p->own)
		v->changed = 0;
	else if (v->changed &&
		 (line < v->top || line >= v->top + (size_t)v->rows))
		app_say(app, "changed on disk, shown anew   "
			     "] goes to what changed");
	else
		app_say(app, "changed on disk, shown anew");
	p->own = false;
}

static void
preview_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct preview *p = self;

	int width = conf_int(app_conf(app), "preview.measure") + 4;

	/* A page in the middle of a wide screen. */
	if (width < area.cols) {
		area.col += (area.cols - width) / 2;
		area.cols = width;
	}
	docview_picture_room(&p->view, app, area.rows);
	p->view.rows = area.rows;
	docview_load(&p->view, app, p->path, area.cols);
	tell(app, p);
	if (p->contents.open) {
		contents_draw(p, c, area);
		return;
	}
	area.rows = p->view.rows = links_draw(p, c, area);
	if (p->seek && docview_address(&p->view))
		docview_go_link(&p->view, p->view.link);
	p->seek = false;
	docview_draw(&p->view, c, area);
	docview_draw_pictures(&p->view, app, c, area);
}

static const char *
preview_hints(struct app *app, void *self)
{
	struct preview *p = self;

	(void)app;
	if (p->contents.open)
		return "Enter go there|Down next|Esc back";
	if (docview_address(&p->view))
		return "=next-link next|=follow follow|=copy copy|Esc done";
	return NULL;
}

/* Esc leaves what is on the page before it leaves the page. */
static bool
leave_something(struct preview *p)
{
	if (p->view.numbers)
		preview_leave_links(p);
	else if (p->view.search)
		docview_search(&p->view, NULL);
	else
		return false;
	return true;
}

static bool
preview_event(struct app *app, void *self, const struct event *ev)
{
	struct preview *p = self;

	p->own = false;
	if (p->contents.open)
		return contents_event(app, p, ev);
	if (ev->key == KEY_MOUSE || ev->key == KEY_DOUBLE)
		return true;
	if (preview_digit(app, p, ev->key))
		return true;
	p->digits = 0;
	if (!docview_key(&p->view, ev->key) &&
	    !(ev->key == KEY_ESC && leave_something(p)))
		return false;
	app_dirty(app);
	return true;
}

static void
half_page(struct app *app, struct preview *p, int dir)
{
	docview_scroll(
	    &p->view, dir * (p->view.rows > 3 ? p->view.rows / 2 : 1));
	app_dirty(app);
}

static void
half_page_down(struct app *app, void *self)
{
	half_page(app, self, 1);
}

static void
half_page_up(struct app *app, void *self)
{
	half_page(app, self, -1);
}

static void
set_mark(struct app *app, void *self)
{
	struct preview *p = self;

	docview_set_mark(&p->view);
	app_say(app, "marked   ' comes back here");
}

static void
go_to_mark(struct app *app, void *self)
{
	struct preview *p = self;
	size_t mark = p->view.mark;

	if (!mark) {
		app_say(app, "no line is marked yet: m marks one");
		return;
	}
	/* And back, at the next time. */
	docview_set_mark(&p->view);
	docview_go(&p->view, docview_line(&p->view, mark));
	app_dirty(app);
}

static void
go_to_change(struct app *app, void *self)
{
	struct preview *p = self;
	size_t line = docview_line(&p->view, p->view.changed);

	if (p->view.changed)
		docview_reveal(&p->view, line, line);
	else
		app_say(app, "nothing has changed while this was read");
	app_dirty(app);
}

/* The page that a command is for, which may change its file. */
static const char *
own_page(void *self)
{
	struct preview *p = self;

	p->own = true;
	return p->path;
}

static void
fields(struct app *app, void *self)
{
	const char *path = own_page(self);

	action_fields(app, &path, 1);
}

static void
edit(struct app *app, void *self)
{
	app_edit(app, own_page(self));
}

static void
card(struct app *app, void *self)
{
	app_push(app, &card_screen, ((struct preview *)self)->path);
}

static void
draft(struct app *app, void *self)
{
	action_toggle_draft(app, own_page(self));
}

static void
publish(struct app *app, void *self)
{
	action_publish(app, own_page(self));
}

static void
undo(struct app *app, void *self)
{
	own_page(self);
	action_undo(app, self);
}

static void
redo(struct app *app, void *self)
{
	own_page(self);
	action_redo(app, self);
}

static const struct command preview_commands[] = {
    {"fields", "f", "fields", "Edit the front matter in a form", fields},
    {"edit", "e", "edit", "Edit the file in $VISUAL or $EDITOR", edit},
    {"toggle-draft", "d", "draft", "Turn the draft flag on or off", draft},
    {"publish", "P", "publish", "Publish this post", publish},
    {"card", "s", NULL, "Show how the post looks in lists", card},
    {"undo", "u", NULL, "Take the last saved edit of fields back", undo},
    {"redo", "Ctrl-R", NULL, "Do again what was taken back", redo},
    {"search", "/", "search", "Search in the text", preview_search},
    {"search-next", "n", NULL, "Go to the next match", preview_search_next},
    {"search-previous", "N", NULL, "Go to the previous match",
	preview_search_previous},
    {"contents", "t", "contents", "Go to a heading by its words",
	preview_contents},
    {"next-link", "Tab", "links",
	"Go to the next link; digits go to its number", preview_next_link},
    {"previous-link", "S-Tab", NULL, "Go to the previous link",
	preview_previous_link},
    {"follow", "Enter", NULL,
	"Follow the link: in the site here, else in a browser", preview_follow},
    {"go-back", "Backspace", NULL, "Go back to the page of the link",
	preview_go_back},
    {"copy", "y", NULL,
	"Copy the link's address, else the code in sight, else the page's address",
	preview_copy},
    {"copy-address", "Y", NULL, "Copy the address of the page",
	preview_copy_address},
    {"half-page-down", "Ctrl-D", NULL, "Down by half a screen", half_page_down},
    {"half-page-up", "Ctrl-U", NULL, "Up by half a screen", half_page_up},
    {"set-mark", "m", NULL, "Mark the first line", set_mark},
    {"go-to-mark", "'", NULL, "Go to the marked line; again: back", go_to_mark},
    {"go-to-change", "]", NULL, "Go to what another program has changed",
	go_to_change},
    {NULL, NULL, NULL, NULL, NULL},
};

static void
preview_notice(struct app *app, void *self, enum notice what)
{
	(void)self;
	(void)what;
	app_dirty(app);
}

const struct screen preview_screen = {
    .name = "preview",
    .commands = preview_commands,
    .open = preview_open,
    .close = preview_close,
    .title = preview_title,
    .draw = preview_draw,
    .hints = preview_hints,
    .event = preview_event,
    .notice = preview_notice,
};
