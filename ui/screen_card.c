/* SPDX-License-Identifier: ISC */
/* Card: how one post looks in lists, and what is missing there. */
#include <stdlib.h>

#include "action.h"
#include "app.h"
#include "docview.h"
#include "mem.h"
#include "screen.h"

#define COLS 72 /* of the card with its margins, in the middle of more */

struct card {
	struct docview view;
	char *path; /* in the site */
};

static void *
card_open(struct app *app, const void *arg, struct err *err)
{
	struct card *k = xcalloc(1, sizeof(*k));

	(void)app;
	(void)err;
	k->path = xstrdup(arg);
	k->view.card = true;
	return k;
}

static void
card_close(struct app *app, void *self)
{
	struct card *k = self;

	(void)app;
	docview_dispose(&k->view);
	free(k->path);
	free(k);
}

static void
card_title(struct app *app, void *self, struct buf *dst)
{
	struct card *k = self;

	(void)app;
	buf_printf(dst, "Card   %s", k->path);
}

static void
card_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct card *k = self;

	if (area.cols > COLS) {
		area.col += (area.cols - COLS) / 2;
		area.cols = COLS;
	}
	/* An empty line above it, where there is room. */
	if (area.rows > 16) {
		area.row++;
		area.rows--;
	}
	docview_load(&k->view, app, k->path, area.cols);
	docview_draw(&k->view, c, area);
}

static bool
card_event(struct app *app, void *self, const struct event *ev)
{
	struct card *k = self;

	if (ev->key == KEY_MOUSE || ev->key == KEY_DOUBLE)
		return true;
	if (!docview_key(&k->view, ev->key))
		return false;
	app_dirty(app);
	return true;
}

static void
back(struct app *app, void *self)
{
	(void)self;
	app_pop(app);
}

static void
fields(struct app *app, void *self)
{
	const char *path = ((struct card *)self)->path;

	action_fields(app, &path, 1);
}

static void
edit(struct app *app, void *self)
{
	app_edit(app, ((struct card *)self)->path);
}

static void
publish(struct app *app, void *self)
{
	action_publish(app, ((struct card *)self)->path);
}

static const struct command card_commands[] = {
    {"close-card", "s", NULL, "Leave the card", back},
    {"fields", "f", "fields", "Edit the front matter in a form", fields},
    {"edit", "e", "edit", "Edit the file in $VISUAL or $EDITOR", edit},
    {"publish", "P", "publish", "Publish this post", publish},
    {NULL, NULL, NULL, NULL, NULL},
};

static void
card_notice(struct app *app, void *self, enum notice what)
{
	(void)self;
	(void)what;
	app_dirty(app);
}

const struct screen card_screen = {
    .name = "card",
    .commands = card_commands,
    .open = card_open,
    .close = card_close,
    .title = card_title,
    .draw = card_draw,
    .event = card_event,
    .notice = card_notice,
};
