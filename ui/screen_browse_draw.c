/* SPDX-License-Identifier: ISC */
/*
 * The list of pages as drawn, and beside it the page under the cursor where the
 * screen is wide enough.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "mem.h"
#include "publish.h"
#include "screen_browse_priv.h"
#include "text.h"
#include "theme.h"

#define WIDE 100 /* columns from which the page is shown beside the list */

void
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
	docview_picture_room(&b->side, app, a.rows);
	docview_load(&b->side, app, e->path, a.cols);
	docview_draw(&b->side, c, a);
	docview_draw_pictures(&b->side, app, c, a);
}

/* A publication that is not out: what to do about it. */
static void
draw_pending(struct canvas *c, struct area a, const struct publish_pending *p)
{
	static const char *const ways[] = {
	    [PUBLISH_LEFT_NOTHING] = "",
	    [PUBLISH_LEFT_CUT] = "S finishes it, u takes it back",
	    [PUBLISH_LEFT_UNSENT] = "S sends it, u takes it back",
	    [PUBLISH_LEFT_UNDOING] = "u finishes that",
	    [PUBLISH_LEFT_RUNNING] = "",
	};
	const char *way = ways[p->left];
	int wide = text_width(way, strlen(way));

	canvas_puts(c, a.row, a.col + 1, 1, STYLE_WARNING, "!");
	if (wide + 3 + a.cols / 3 > a.cols)
		wide = 0;
	canvas_fit(c, a.row, a.col + 3, a.cols - wide - 6, STYLE_WARNING,
	    p->text, false);
	if (wide)
		canvas_fit(c, a.row, a.col + a.cols - wide - 1, wide,
		    STYLE_TEXT, way, false);
}

void
browse_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct browse *b = self;
	struct area list = area, side = area;
	const struct publish_pending *pending = app_pending(app);

	if (pending && area.rows > 2) {
		draw_pending(c, area, pending);
		area.row++;
		area.rows--;
		list = side = area;
	}
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
