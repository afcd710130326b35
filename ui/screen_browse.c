/* SPDX-License-Identifier: ISC */
/*
 * Browse: the site's pages as a list, narrowed and ordered, and beside it the
 * page under the cursor where the screen is wide enough.
 */
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "app.h"
#include "docview.h"
#include "input.h"
#include "list.h"
#include "mem.h"
#include "query.h"
#include "screen.h"
#include "text.h"
#include "theme.h"

#define WIDE 100 /* columns from which the page is shown beside the list */

struct browse {
	struct list list;
	struct view view;
	struct query query;
	struct input filter;
	bool filtering; /* the filter line has the keys */
	bool drafts;    /* drafts only */
	char *current;  /* path under the cursor */
	char **marks;   /* paths, in the order they were marked */
	size_t nmarks, capmarks;
	bool publishing; /* the marked ones, on the screen above */
	struct docview side;
	struct area rows, beside; /* as last drawn, for the mouse */
};

static const struct entry *
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

static void
browse_title(struct app *app, void *self, struct buf *dst)
{
	struct browse *b = self;
	const struct site *site = app_site(app);
	const struct site_config *config = app_config(app);
	size_t drafts = 0, errors = 0;

	buf_puts(dst, *config->title ? config->title : path_base(config->root));
	if (!site) {
		buf_puts(dst, "   reading …");
		return;
	}
	for (size_t i = 0; i < site->n; i++) {
		drafts += site->v[i]->state == ENTRY_DRAFT;
		errors += site->v[i]->state == ENTRY_ERROR;
	}
	if (b->view.n != site->n)
		buf_printf(dst, "   %zu of %zu pages", b->view.n, site->n);
	else
		buf_printf(
		    dst, "   %zu page%s", site->n, site->n == 1 ? "" : "s");
	if (b->drafts)
		buf_puts(dst, " · drafts only");
	else if (drafts)
		buf_printf(
		    dst, " · %zu draft%s", drafts, drafts == 1 ? "" : "s");
	if (errors)
		buf_printf(dst, " · %zu broken", errors);
	if (b->nmarks)
		buf_printf(dst, " · %zu marked", b->nmarks);
	if (b->query.order != ORDER_HUGO)
		buf_printf(dst, "   by %s", query_order_name(b->query.order));
}

static bool
is_marked(const struct browse *b, const char *path)
{
	for (size_t i = 0; i < b->nmarks; i++)
		if (strcmp(b->marks[i], path) == 0)
			return true;
	return false;
}

/* One sign: + new, ~ changed, an arrow: committed, not pushed. */
static const char *
git_sign(unsigned state, bool ascii)
{
	if (state & REPO_CONFLICT)
		return "!";
	if (state & REPO_NEW)
		return "+";
	if (state & (REPO_CHANGED | REPO_DELETED | REPO_STAGED))
		return "~";
	if (state & REPO_UNPUSHED)
		return ascii ? "^" : "↑";
	return "";
}

static int
state_style(enum entry_state state)
{
	switch (state) {
	case ENTRY_DRAFT:
		return STYLE_DRAFT;
	case ENTRY_SCHEDULED:
		return STYLE_SCHEDULED;
	case ENTRY_EXPIRED:
	case ENTRY_HIDDEN:
		return STYLE_EXPIRED;
	case ENTRY_ERROR:
		return STYLE_ERROR;
	case ENTRY_PUBLISHED:
		break;
	}
	return STYLE_DIM;
}

/* The first term of the taxonomy that holds people, or "". */
static const char *
contributor(const struct site_config *config, const struct entry *e)
{
	static const char *const people[] = {
	    "contributors", "authors", "author", "contributor"};

	for (size_t p = 0; p < NITEMS(people); p++)
		for (size_t i = 0; i < e->nterms; i++) {
			size_t t = e->terms[i].taxonomy;

			if (e->terms[i].n > 0 &&
			    strcmp(config->taxonomies[t].plural, people[p]) ==
				0)
				return e->terms[i].terms[0];
		}
	return "";
}

/* What a page that is no post is; else its section. */
static const char *
section_word(const struct entry *e)
{
	switch (e->kind) {
	case ENTRY_HOME:
		return "home";
	case ENTRY_TERM:
		return "term";
	case ENTRY_SECTION:
	case ENTRY_PAGE:
		break;
	}
	return e->section;
}

struct row {
	struct canvas *c;
	int row, col, cols;
	bool cursor;
};

static int
row_style(const struct row *r, int style)
{
	if (!r->cursor)
		return style;
	return style == STYLE_DIM ? STYLE_CURSOR_DIM : STYLE_CURSOR;
}

/* Restyle what the filter's words found in the title. */
static void
draw_matches(const struct browse *b, const struct row *r, int col, int cols,
    const char *title)
{
	char *folded = text_fold(title, strlen(title)), *words, *save, *w;

	/* Columns are only known where folding kept the length. */
	if (strlen(folded) == strlen(title)) {
		words =
		    text_fold(buf_text(&b->filter.text), b->filter.text.len);
		for (w = strtok_r(words, " ", &save); w;
		     w = strtok_r(NULL, " ", &save)) {
			char *hit = strstr(folded, w);
			int from, wide;

			if (!hit)
				continue;
			from = text_width(title, (size_t)(hit - folded));
			wide = text_width(title + (hit - folded), strlen(w));
			if (from + wide <= cols)
				canvas_restyle(r->c, r->row, col + from, wide,
				    STYLE_MATCH);
		}
		free(words);
	}
	free(folded);
}

/* The state's word at the right end; returns the columns it took. */
static int
draw_badge(struct app *app, const struct row *r, const struct entry *e)
{
	char *badge = entry_badge(e, app_now(app));
	int wide = text_width(badge, strlen(badge));

	if (wide > r->cols / 2)
		wide = r->cols / 2;
	if (wide > 0)
		canvas_fit(r->c, r->row, r->col + r->cols - wide - 1, wide,
		    r->cursor ? STYLE_CURSOR : state_style(e->state), badge,
		    false);
	free(badge);
	return wide > 0 ? wide + 3 : 1;
}

static void
draw_row(struct app *app, const struct browse *b, const struct row *r,
    const struct entry *e)
{
	bool ascii = canvas_is_ascii(r->c);
	int col = r->col, end;
	const char *who = contributor(app_config(app), e);
	struct area line = {r->row, r->col, 1, r->cols};
	char *day;

	if (r->cursor)
		canvas_fill(r->c, line, STYLE_CURSOR);
	if (is_marked(b, e->path))
		canvas_puts(
		    r->c, r->row, col, 1, STYLE_MARK, ascii ? ">" : "▌");
	canvas_puts(r->c, r->row, col + 1, 1, row_style(r, STYLE_GIT),
	    git_sign(app_git_state(app, e), ascii));
	col += 3;
	end = r->col + r->cols - draw_badge(app, r, e);
	if (r->cols >= 46) {
		day = xstrndup(e->date, strcspn(e->date, "T "));
		canvas_fit(
		    r->c, r->row, col, 10, row_style(r, STYLE_DIM), day, false);
		free(day);
		col += 12;
	}
	if (r->cols >= 66) {
		canvas_fit(r->c, r->row, col, 9, row_style(r, STYLE_DIM),
		    section_word(e), false);
		col += 11;
	}
	if (r->cols >= 78 && *who) {
		int wide = text_width(who, strlen(who));

		wide = wide > 16 ? 16 : wide;
		canvas_fit(r->c, r->row, end - wide, wide,
		    row_style(r, STYLE_DIM), who, false);
	}
	if (r->cols >= 78)
		end -= 18;
	if (end <= col)
		return;
	canvas_fit(r->c, r->row, col, end - col, row_style(r, STYLE_TEXT),
	    *e->title ? e->title : e->name, false);
	if (b->filter.text.len > 0)
		draw_matches(b, r, col, end - col, e->title);
}

static void
draw_empty(
    struct app *app, const struct browse *b, struct canvas *c, struct area a)
{
	const char *say = "No pages yet.  n makes the first post.";

	if (!app_site(app))
		say = "Reading the site …";
	else if (b->filter.text.len > 0)
		say = "Nothing matches.  Esc clears the filter.";
	else if (b->drafts)
		say = "No drafts.  D shows all pages.";
	if (a.rows > 1)
		canvas_fit(
		    c, a.row + 1, a.col + 3, a.cols - 3, STYLE_DIM, say, false);
}

static void
draw_list(struct app *app, struct browse *b, struct canvas *c, struct area a)
{
	const struct site *site = app_site(app);

	b->rows = a;
	list_layout(&b->list, b->view.n, a.rows);
	if (!site || b->view.n == 0) {
		draw_empty(app, b, c, a);
		return;
	}
	for (int y = 0; y < a.rows; y++) {
		size_t i = b->list.top + (size_t)y;
		struct row r = {
		    c, a.row + y, a.col, a.cols, i == b->list.cursor};

		if (i < b->view.n)
			draw_row(app, b, &r, site->v[b->view.v[i]]);
	}
}

static void
draw_filter(struct browse *b, struct canvas *c, struct area a)
{
	const char *how = "words, tag:x section:x draft:yes state:scheduled";
	char *count = xasprintf("%zu found", b->view.n);
	int wide = (int)strlen(count);

	canvas_puts(c, a.row, a.col + 1, 1, STYLE_KEY, "/");
	if (a.cols > wide + 12)
		canvas_puts(c, a.row, a.col + a.cols - wide - 1, wide,
		    STYLE_DIM, count);
	free(count);
	if (b->filtering)
		input_draw(&b->filter, c, a.row, a.col + 3, a.cols - wide - 6);
	if (b->filtering && b->filter.text.len == 0)
		canvas_fit(c, a.row, a.col + 5, a.cols - wide - 8, STYLE_DIM,
		    how, false);
	else if (!b->filtering)
		canvas_fit(c, a.row, a.col + 3, a.cols - wide - 6, STYLE_STRONG,
		    buf_text(&b->filter.text), false);
}

static void
draw_beside(struct app *app, struct browse *b, struct canvas *c, struct area a)
{
	const struct entry *e = browse_entry(app, b);

	b->beside = a;
	if (!e)
		return;
	docview_load(&b->side, app, e->path, a.cols);
	docview_draw(&b->side, c, a);
}

static void
browse_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct browse *b = self;
	struct area list = area, side = area;

	if (area.cols >= WIDE) {
		list.cols = area.cols / 2;
		side.col = list.col + list.cols + 1;
		side.cols = area.cols - list.cols - 1;
		canvas_vline(c, area.row, side.col - 1, area.rows);
		draw_beside(app, b, c, side);
	} else {
		b->beside = (struct area){0};
	}
	if ((b->filtering || b->filter.text.len > 0) && list.rows > 1) {
		draw_filter(b, c, list);
		list.row++;
		list.rows--;
	}
	draw_list(app, b, c, list);
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
    {"undo", "u", NULL, "Take the last saved edit of fields back", action_undo},
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
