/* SPDX-License-Identifier: ISC */
/* Preview: one post as its readers will get it. */
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "app.h"
#include "docview.h"
#include "md.h"
#include "mem.h"
#include "screen.h"
#include "text.h"
#include "theme.h"

struct preview {
	struct docview view;
	char *path; /* in the site */
};

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
	char *where;

	where = permalink_readable(
	    e && e->state != ENTRY_ERROR ? e->permalink : p->path);
	buf_printf(dst, "Preview   %s", where);
	free(where);
	if (n > (size_t)p->view.rows)
		buf_printf(dst, "   %zu %%", (end < n ? end : n) * 100 / n);
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
	docview_load(&p->view, app, p->path, area.cols);
	docview_draw(&p->view, c, area);
	docview_draw_pictures(&p->view, app, c, area);
}

static bool
preview_event(struct app *app, void *self, const struct event *ev)
{
	struct preview *p = self;

	if (ev->key == KEY_MOUSE || ev->key == KEY_DOUBLE)
		return true;
	if (!docview_key(&p->view, ev->key))
		return false;
	app_dirty(app);
	return true;
}

static void
search_done(struct app *app, void *ctx, const char *text)
{
	struct preview *p = ctx;

	if (!text)
		return;
	free(p->view.search);
	p->view.search = *text ? text_fold(text, strlen(text)) : NULL;
	if (*text && !docview_find(&p->view, 1))
		app_warn(app, "'%s' is not in this post", text);
	else if (*text)
		app_say(app, "n next match   N previous");
	app_dirty(app);
}

static void
search(struct app *app, void *self)
{
	app_prompt(app, "/", "", search_done, self);
}

static void
search_step(struct app *app, struct preview *p, int dir)
{
	if (!p->view.search)
		app_say(app, "nothing searched for yet: / searches");
	else if (!docview_find(&p->view, dir))
		app_warn(app, "not found");
	app_dirty(app);
}

static void
search_next(struct app *app, void *self)
{
	search_step(app, self, 1);
}

static void
search_previous(struct app *app, void *self)
{
	search_step(app, self, -1);
}

static void
fields(struct app *app, void *self)
{
	const char *path = ((struct preview *)self)->path;

	action_fields(app, &path, 1);
}

static void
edit(struct app *app, void *self)
{
	app_edit(app, ((struct preview *)self)->path);
}

static void
draft(struct app *app, void *self)
{
	action_toggle_draft(app, ((struct preview *)self)->path);
}

static void
publish(struct app *app, void *self)
{
	action_publish(app, ((struct preview *)self)->path);
}

static const struct command preview_commands[] = {
    {"fields", "f", "fields", "Edit the front matter in a form", fields},
    {"edit", "e", "edit", "Edit the file in $VISUAL or $EDITOR", edit},
    {"toggle-draft", "d", "draft", "Turn the draft flag on or off", draft},
    {"publish", "P", "publish", "Publish this post", publish},
    {"undo", "u", NULL, "Take the last saved edit of fields back", action_undo},
    {"redo", "Ctrl-R", NULL, "Do again what was taken back", action_redo},
    {"search", "/", "search", "Search in the text", search},
    {"search-next", "n", NULL, "Go to the next match", search_next},
    {"search-previous", "N", NULL, "Go to the previous match", search_previous},
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
    .event = preview_event,
    .notice = preview_notice,
};
