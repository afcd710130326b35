/* SPDX-License-Identifier: ISC */
/* Browse: the site's pages as a list, narrowed and ordered, and its keys. */
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "app.h"
#include "mem.h"
#include "screen_browse_priv.h"

const struct entry *
browse_entry(struct app *app, const struct browse *b)
{
	const struct site *site = app_site(app);

	if (!site || b->list.cursor >= b->view.n)
		return NULL;
	return site->v[b->view.v[b->list.cursor]];
}

static void
remember(struct app *app, struct browse *b)
{
	const struct entry *e = browse_entry(app, b);

	if (!e)
		return;
	free(b->current);
	b->current = xstrdup(e->path);
}

/* Filter and order anew; the cursor stays on its page if that is shown. */
static void
rebuild(struct app *app, struct browse *b)
{
	const struct site *site = app_site(app);
	long row;

	view_dispose(&b->view);
	b->list.n = 0;
	if (!site)
		return;
	b->query.text =
	    b->filter.text.len > 0 ? buf_text(&b->filter.text) : NULL;
	b->query.states = b->drafts ? 1u << ENTRY_DRAFT : 0;
	view_build(&b->view, site, &b->query);
	b->list.n = b->view.n;
	row = b->current ? view_find(&b->view, site, b->current) : -1;
	list_move(&b->list, row >= 0 ? (size_t)row : b->list.cursor);
	if (b->list.n > 0)
		list_layout(&b->list, b->list.n, b->list.rows);
	app_dirty(app);
}

static void *
browse_open(struct app *app, const void *arg, struct err *err)
{
	struct browse *b = xcalloc(1, sizeof(*b));

	(void)arg;
	(void)err;
	b->query.best_first = true;
	rebuild(app, b);
	return b;
}

static void
unmark_all(struct browse *b)
{
	for (size_t i = 0; i < b->nmarks; i++)
		free(b->marks[i]);
	b->nmarks = 0;
}

static void
browse_close(struct app *app, void *self)
{
	struct browse *b = self;

	(void)app;
	unmark_all(b);
	free(b->marks);
	free(b->current);
	view_dispose(&b->view);
	input_dispose(&b->filter);
	docview_dispose(&b->side);
	free(b);
}

static bool
inside(struct area a, const struct event *ev)
{
	return ev->row >= a.row && ev->row < a.row + a.rows &&
	       ev->col >= a.col && ev->col < a.col + a.cols;
}

static bool
mouse(struct app *app, struct browse *b, const struct event *ev)
{
	if (inside(b->beside, ev)) {
		docview_key(&b->side, ev->key);
	} else if (ev->key == KEY_WHEEL_UP || ev->key == KEY_WHEEL_DOWN) {
		list_key(&b->list, ev->key);
	} else if (inside(b->rows, ev) &&
		   list_click(&b->list, ev->row - b->rows.row) &&
		   ev->key == KEY_DOUBLE && browse_entry(app, b)) {
		app_push(app, &preview_screen, browse_entry(app, b)->path);
	}
	remember(app, b);
	app_dirty(app);
	return true;
}

/* What was typed: the cursor stays on its page, else goes to the best match. */
static void
filter_typed(struct app *app, struct browse *b)
{
	rebuild(app, b);
	if (!b->current || !app_site(app) ||
	    view_find(&b->view, app_site(app), b->current) < 0)
		list_move(&b->list, 0);
}

/* The page found is kept only when the filter was. */
static void
filter_clear(struct app *app, struct browse *b)
{
	if (!b->filtering)
		remember(app, b);
	input_set(&b->filter, "");
	b->filtering = false;
	rebuild(app, b);
}

static bool
filter_event(struct app *app, struct browse *b, const struct event *ev)
{
	if (ev->key == KEY_ENTER) {
		b->filtering = false;
		remember(app, b);
		app_dirty(app);
	} else if (ev->key == KEY_ESC) {
		filter_clear(app, b);
	} else if (ev->key == KEY_UP || ev->key == KEY_DOWN) {
		list_key(&b->list, ev->key);
		remember(app, b);
		app_dirty(app);
	} else if (input_key(&b->filter, ev)) {
		filter_typed(app, b);
	} else {
		return false;
	}
	return true;
}

static const char *
browse_hints(struct app *app, void *self)
{
	struct browse *b = self;

	if (b->filtering)
		return "Enter keep|Esc clear|Ctrl-U empty";
	/* Without pages only a few keys do anything. */
	if (app_site(app) && app_site(app)->n == 0)
		return "=new new post|=help more|=quit quit";
	return NULL;
}

static bool
browse_event(struct app *app, void *self, const struct event *ev)
{
	struct browse *b = self;

	if (ev->key == KEY_MOUSE || ev->key == KEY_DOUBLE ||
	    ev->key == KEY_WHEEL_UP || ev->key == KEY_WHEEL_DOWN)
		return mouse(app, b, ev);
	if (b->filtering && filter_event(app, b, ev))
		return true;
	if (ev->key == KEY_ESC && b->filter.text.len > 0) {
		filter_clear(app, b);
		return true;
	}
	if (!list_key(&b->list, ev->key))
		return false;
	remember(app, b);
	app_dirty(app);
	return true;
}

/* The page that a command is for; without one it is said. */
static const struct entry *
here(struct app *app, struct browse *b)
{
	const struct entry *e = browse_entry(app, b);

	if (!e)
		app_say(app, "no page here");
	remember(app, b);
	return e;
}

static void
read_post(struct app *app, void *self)
{
	const struct entry *e = here(app, self);

	if (e)
		app_push(app, &preview_screen, e->path);
}

static void
fields(struct app *app, void *self)
{
	struct browse *b = self;
	const struct entry *e = here(app, b);
	const char *path = e ? e->path : NULL;

	if (b->nmarks > 0)
		action_fields(app, (const char *const *)b->marks, b->nmarks);
	else if (e)
		action_fields(app, &path, 1);
}

static void
edit(struct app *app, void *self)
{
	const struct entry *e = here(app, self);

	if (e)
		app_edit(app, e->path);
}

static void
made(struct app *app, void *ctx, const char *path)
{
	struct browse *b = ctx;

	free(b->current);
	b->current = xstrdup(path);
	b->drafts = b->filtering = false;
	input_set(&b->filter, "");
	rebuild(app, b);
}

static void
new_post(struct app *app, void *self)
{
	struct browse *b = self;
	const struct entry *e = browse_entry(app, b);
	struct new_arg arg = {e ? e->path : NULL, made, b};

	app_push(app, &new_screen, &arg);
}

static void
draft(struct app *app, void *self)
{
	struct browse *b = self;
	const struct entry *e = here(app, b);
	char *path;

	if (b->nmarks > 0) {
		action_toggle_drafts(
		    app, (const char *const *)b->marks, b->nmarks);
	} else if (e) {
		/* The entry is read again when its file changes. */
		path = xstrdup(e->path);
		action_toggle_draft(app, path);
		free(path);
	}
}

static void
publish(struct app *app, void *self)
{
	struct browse *b = self;
	const struct entry *e;
	struct publish_arg arg = {
	    .paths = (const char *const *)b->marks, .n = b->nmarks};

	b->publishing = b->nmarks > 0;
	if (b->publishing)
		app_push(app, &publish_screen, &arg);
	else if ((e = here(app, b)))
		action_publish(app, e->path);
}

static void
toggle_mark(struct browse *b, const char *path)
{
	for (size_t i = 0; i < b->nmarks; i++) {
		if (strcmp(b->marks[i], path) != 0)
			continue;
		free(b->marks[i]);
		memmove(&b->marks[i], &b->marks[i + 1],
		    (--b->nmarks - i) * sizeof(*b->marks));
		return;
	}
	b->marks = xgrow(b->marks, b->nmarks, &b->capmarks, sizeof(*b->marks));
	b->marks[b->nmarks++] = xstrdup(path);
}

static void
mark(struct app *app, void *self)
{
	struct browse *b = self;
	const struct entry *e = here(app, b);

	if (!e)
		return;
	toggle_mark(b, e->path);
	list_key(&b->list, KEY_DOWN);
	remember(app, b);
	app_dirty(app);
}

static void
mark_all(struct app *app, void *self)
{
	struct browse *b = self;
	const struct site *site = app_site(app);
	size_t had = b->nmarks;

	unmark_all(b);
	for (size_t i = 0; site && had == 0 && i < b->view.n; i++) {
		b->marks =
		    xgrow(b->marks, b->nmarks, &b->capmarks, sizeof(*b->marks));
		b->marks[b->nmarks++] = xstrdup(site->v[b->view.v[i]]->path);
	}
	app_dirty(app);
}

static void
filter(struct app *app, void *self)
{
	((struct browse *)self)->filtering = true;
	app_dirty(app);
}

static void
next_order(struct app *app, void *self)
{
	struct browse *b = self;

	b->query.order = (b->query.order + 1) % ORDER_HUGO_LIST;
	rebuild(app, b);
	if (b->query.order == ORDER_HUGO)
		app_say(app, "ordered as Hugo does: by weight, then by date");
	else
		app_say(app, "ordered by %s", query_order_name(b->query.order));
}

static void
only_drafts(struct app *app, void *self)
{
	struct browse *b = self;

	b->drafts = !b->drafts;
	rebuild(app, b);
	app_say(app, b->drafts ? "drafts only" : "all pages");
}

static void
why(struct app *app, void *self)
{
	const struct entry *e = here(app, self);
	char *where;

	if (!e)
		return;
	where = permalink_readable(e->permalink);
	if (e->state == ENTRY_ERROR)
		app_warn(app, "line %u: %s   e edits the file", e->error->line,
		    e->error->msg);
	else if (e->state == ENTRY_PUBLISHED)
		app_say(app, "published as %s", where);
	else
		app_say(app, "not on the site   %s", e->why);
	free(where);
}

static void
take_back(struct app *app, void *self)
{
	(void)self;
	if (app_pending(app))
		app_unpublish(app);
	else
		app_say(app, "nothing to take back: all is out");
}

static void
undo_answered(struct app *app, void *ctx, int key)
{
	if (key == 'p')
		take_back(app, ctx);
	else if (key == 'e')
		action_undo(app, ctx);
}

/* Two things may be meant while a publication waits. */
static void
undo(struct app *app, void *self)
{
	static const struct answer answers[] = {
	    {'p', "the publication"}, {'e', "the last edit"}};

	if (!app_pending(app))
		action_undo(app, self);
	else
		app_ask(
		    app, "Take back what?", answers, 2, undo_answered, self);
}

static const struct command browse_commands[] = {
    {"read", "Enter", "read", "Read the page as its readers will get it",
	read_post},
    {"fields", "f", "fields",
	"Edit the fields of the marked posts, or of this one", fields},
    {"edit", "e", "edit", "Edit the file in $VISUAL or $EDITOR", edit},
    {"toggle-draft", "d", "draft",
	"Turn the draft flag of the marked posts, or of this one", draft},
    {"publish", "P", "publish", "Publish the marked posts, or this one",
	publish},
    {"new", "n", "new", "Make a new post from the site's archetypes", new_post},
    {"filter", "/", "filter", "Narrow the list while you type", filter},
    {"next-order", "s", NULL, "Order by date, title, state, path, weight",
	next_order},
    {"only-drafts", "D", NULL, "Show drafts only, or all", only_drafts},
    {"mark", "Space", NULL, "Mark this page, or unmark it", mark},
    {"mark-all", "*", NULL, "Mark all that are shown, or none", mark_all},
    {"undo", "u", NULL,
	"Take the last saved edit of fields back, or what is not out", undo},
    {"take-back", NULL, NULL, "Take back the publication that is not out",
	take_back},
    {"redo", "Ctrl-R", NULL, "Do again what was taken back", action_redo},
    {"why", "w", NULL, "Say why the page is, or is not, on the site", why},
    {NULL, NULL, NULL, NULL, NULL},
};

/* Marks of pages that are gone go with them. */
static void
prune_marks(struct app *app, struct browse *b)
{
	const struct site *site = app_site(app);

	for (size_t i = b->nmarks; site && i-- > 0;)
		if (!site_entry(site, b->marks[i]))
			toggle_mark(b, b->marks[i]);
}

static void
browse_notice(struct app *app, void *self, enum notice what)
{
	struct browse *b = self;

	if (what == NOTICE_SITE) {
		prune_marks(app, b);
		rebuild(app, b);
	} else if (what == NOTICE_PUBLISHED && b->publishing) {
		unmark_all(b);
	} else if (what == NOTICE_SHOWN) {
		b->publishing = false;
	}
	app_dirty(app);
}

const struct screen browse_screen = {
    .name = "browse",
    .commands = browse_commands,
    .open = browse_open,
    .close = browse_close,
    .title = browse_title,
    .draw = browse_draw,
    .hints = browse_hints,
    .event = browse_event,
    .notice = browse_notice,
};
