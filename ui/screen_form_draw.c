/* SPDX-License-Identifier: ISC */
/* What a form looks like. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "screen_form_priv.h"
#include "text.h"
#include "theme.h"

/* Columns before a label: what is changed or wrong has a sign there. */
#define EDGE 2

/* "name: Ada, url: …": what is in a map, or a list of maps. */
static char *
summary(const struct value *v)
{
	struct buf b = {0};

	for (size_t i = 0; i < v->n && b.len < 200; i++) {
		const struct value *item = v->items[i];
		const char *text = value_text(item);
		char *inner = text ? NULL
			      : item->type == VALUE_MAP && item->n > 0 &&
				      value_text(item->items[0])
				  ? xstrdup(value_text(item->items[0]))
				  : xstrdup("…");

		if (i > 0)
			buf_puts(&b, ", ");
		if (v->type == VALUE_MAP)
			buf_printf(&b, "%s: ", v->keys[i]);
		buf_puts(&b, text ? text : inner);
		free(inner);
	}
	return buf_steal(&b);
}

/* A text of several lines is told by its first one with words in it. */
static char *
first_line(const char *s)
{
	size_t lines = 1, len;

	for (const char *p = s; *p; p++)
		lines += *p == '\n' && p[1];
	s += strspn(s, " \n");
	len = strcspn(s, "\r\n");
	if (lines == 1)
		return xstrndup(s, len);
	return xasprintf("%.*s …  %zu lines", (int)len, s, lines);
}

static char *
shown_value(const struct field *f, const struct value *v)
{
	char *text, *line;

	if (field_is_empty(v))
		return xstrdup(v ? "(empty)" : "(none)");
	if (f->type == FIELD_BOOL ||
	    (f->type == FIELD_DRAFT && v->type == VALUE_BOOL))
		return xstrdup(value_truth(v, false) ? "yes" : "no");
	if (v->type == VALUE_MAP)
		return summary(v);
	if (v->type == VALUE_LIST && !field_is_list(f))
		return summary(v);
	text = field_print(f, v);
	line = first_line(text);
	free(text);
	return line;
}

/* Facts about a date; with little room only how far away it is, and nothing
 * cut: half a time says nothing. */
static void
draw_date_facts(struct app *app, const struct form *f, const struct row *r,
    struct canvas *c, struct area a)
{
	const struct site *site = app_site(app);
	const struct entry *e = site ? site_entry(site, f->paths[0]) : NULL;
	const struct zone *zone =
	    site_zone(app_config(app), e ? e->language : 0);
	char *facts =
	    field_facts(&r->field, form_value(f, r->path), zone, app_now(app));
	const char *far;

	if (facts && text_width(facts, strlen(facts)) + 3 <= a.cols) {
		canvas_puts(c, a.row, a.col + 3, a.cols - 3, STYLE_DIM, facts);
	} else if (facts && (far = strrchr(facts, ','))) {
		far += 1 + strspn(far + 1, " ");
		if (text_width(far, strlen(far)) + 3 <= a.cols)
			canvas_puts(
			    c, a.row, a.col + 3, a.cols - 3, STYLE_DIM, far);
	}
	free(facts);
}

static int
value_style(const struct row *r, const struct value *v, bool current)
{
	int style = !v || r->mixed || r->frozen ? STYLE_DIM : STYLE_TEXT;

	if (r->changed)
		style = STYLE_CHANGED;
	if (!current)
		return style;
	return style == STYLE_DIM ? STYLE_CURSOR_DIM : STYLE_CURSOR;
}

static void
draw_value(struct app *app, const struct form *f, struct canvas *c,
    struct area a, const struct row *r, bool current)
{
	const struct value *v = form_value(f, r->path);
	char *text = r->mixed ? xstrdup("(mixed)") : shown_value(&r->field, v);
	bool in = field_is_nested(r->field.type) && v && !r->mixed;
	int used, room = in ? a.cols - 2 : a.cols;

	used = canvas_fit(
	    c, a.row, a.col, room, value_style(r, v, current), text, false);
	/* Enter goes into it. */
	if (in)
		canvas_puts(c, a.row, a.col + used + 1, 1,
		    current ? STYLE_CURSOR : STYLE_DIM, ">");
	if (!r->mixed && field_is_date(r->field.type) && used < a.cols)
		draw_date_facts(app, f, r, c,
		    (struct area){a.row, a.col + used, 1, a.cols - used});
	free(text);
}

/* Lines below a row. */
struct below {
	struct canvas *c;
	struct area a;
	int used;
};

static void
line_below(struct below *b, int style, const char *text)
{
	if (b->used < b->a.rows && text && *text)
		canvas_fit(b->c, b->a.row + b->used++, b->a.col, b->a.cols,
		    style, text, false);
}

/* What the site knows of the field, when it is asked for. */
static void
facts_below(const struct row *r, struct below *b)
{
	const struct field *f = &r->field;
	char *type = xasprintf(
	    "%s: %s", field_type_name(f->type), field_type_help(f->type));
	char *allowed = NULL, *one_of = NULL;

	line_below(b, STYLE_TEXT, f->help);
	line_below(b, STYLE_DIM, type);
	line_below(b, STYLE_DIM, r->evidence);
	if (f->allowed && f->allowed->n > 0) {
		allowed = summary(f->allowed);
		one_of =
		    xasprintf(f->strict ? "one of: %s" : "often: %s", allowed);
		line_below(b, STYLE_DIM, one_of);
	}
	free(one_of);
	free(allowed);
	free(type);
}

/* Is it in a list that has become longer or shorter?  Then what was in its
 * place was another item. */
static bool
has_shifted(const struct form *f, const char *path)
{
	for (const char *s = strchr(path, '['); s; s = strchr(s + 1, '[')) {
		char *list = xstrndup(path, (size_t)(s - path));
		const struct value *now = form_value(f, list);
		const struct value *was = fm_get(f->saved[0], list);

		free(list);
		if (now && now->type == VALUE_LIST &&
		    (!was || was->type != VALUE_LIST || was->n != now->n))
			return true;
	}
	return false;
}

/* Below the current row: what is wrong, the value before, the facts. */
static void
draw_below(const struct form *f, const struct row *r, struct below *b)
{
	char *was, *line;

	if (r->frozen) {
		line = xasprintf("read-only here: %s", r->frozen);
		line_below(b, STYLE_DIM, line);
		free(line);
	}
	line_below(b, STYLE_ERROR, r->reason);
	if (r->changed && f->nposts == 1 && !has_shifted(f, r->path)) {
		was = shown_value(&r->field, fm_get(f->saved[0], r->path));
		line = xasprintf("was: %s", was);
		line_below(b, STYLE_DIM, line);
		free(line);
		free(was);
	}
	if (f->facts)
		facts_below(r, b);
}

/* As wide as the longest label, within reason. */
static int
label_width(const struct form *f, int cols)
{
	int most = cols >= 70 ? 22 : 13, wide = cols >= 70 ? 14 : 9;

	for (size_t i = 0; i < f->n; i++) {
		const char *s = f->rows[i].label;
		int w = text_width(s, strlen(s));

		wide = w > wide ? w : wide;
	}
	return (wide < most ? wide : most) + 2;
}

static const char *
sign_of(const struct row *r)
{
	return r->reason ? "!" : r->changed ? "~" : "";
}

/* One field at the top of a; returns the rows used. */
static int
draw_row(
    struct app *app, struct form *f, struct canvas *c, struct area a, size_t i)
{
	const struct row *r = &f->rows[i];
	int label = label_width(f, a.cols);
	struct area v = {
	    a.row, a.col + EDGE + label, a.rows, a.cols - label - EDGE - 1};
	bool current = i == f->list.cursor && !f->adding;
	bool edited = current && f->editor;
	struct below b = {c, {a.row + 1, v.col, a.rows - 1, v.cols}, 0};

	if (current && !edited)
		canvas_fill(
		    c, (struct area){a.row, a.col, 1, a.cols}, STYLE_CURSOR);
	canvas_puts(c, a.row, a.col, 1,
	    current && !edited ? STYLE_CURSOR
	    : r->reason        ? STYLE_ERROR
			       : STYLE_CHANGED,
	    sign_of(r));
	canvas_fit(c, a.row, a.col + EDGE, label - 1,
	    edited    ? STYLE_STRONG
	    : current ? STYLE_CURSOR
		      : STYLE_DIM,
	    r->label, false);
	if (edited)
		return editor_draw(f->editor, c, v, f->reason);
	draw_value(app, f, c, v, r, current);
	if (current)
		draw_below(f, r, &b);
	return 1 + b.used;
}

/* The name of a field that is being added; returns the rows used. */
static int
draw_adding(struct form *f, struct canvas *c, struct area a)
{
	int label = label_width(f, a.cols);
	struct area v = {
	    a.row, a.col + EDGE + label, a.rows, a.cols - label - EDGE - 1};

	canvas_fit(c, a.row, a.col + EDGE, label - 1, STYLE_STRONG, "new field",
	    false);
	return editor_draw(f->editor, c, v, f->reason);
}

/* The address before and after; of one post only. */
static void
draw_address(struct app *app, struct form *f, struct canvas *c, struct area a)
{
	int label = label_width(f, a.cols);
	int col = a.col + EDGE + label, cols = a.cols - label - EDGE - 1;
	struct schema_move m = {0};
	const char *note;

	schema_move(app_site(app), f->paths[0], fm_values(f->saved[0]),
	    fm_values(f->posts[0]->fm), &m);
	canvas_puts(c, a.row, a.col + EDGE, label, STYLE_DIM, "address");
	canvas_fit(c, a.row, col, cols, STYLE_DIM, m.before, false);
	if (m.moved && a.rows > 1) {
		note = m.taken       ? "   taken: see w in the list"
		       : m.published ? "   published: old links will break"
				     : "";
		canvas_puts(c, a.row + 1, col - 2, 1, STYLE_WARNING,
		    canvas_is_ascii(c) ? ">" : "→");
		canvas_printf(c, a.row + 1, col, cols,
		    m.taken ? STYLE_ERROR : STYLE_WARNING, "%s%s", m.after,
		    note);
		/* The note is what matters: it stays whole below. */
		if (*note && a.rows > 2 &&
		    text_width(m.after, strlen(m.after)) +
			    text_width(note, strlen(note)) >
			cols) {
			canvas_fill(c, (struct area){a.row + 1, col, 1, cols},
			    STYLE_TEXT);
			canvas_fit(c, a.row + 1, col, cols, STYLE_WARNING,
			    m.after, false);
			canvas_fit(c, a.row + 2, col, cols, STYLE_WARNING,
			    note + 3, false);
		}
	}
	schema_move_dispose(&m);
}

static void
draw_empty(const struct form *f, struct canvas *c, struct area a)
{
	const char *say = f->levels[f->nlevels - 1].list
			      ? "No items.  a adds one."
			      : "No fields.  a adds one.";

	if (a.rows > 0)
		canvas_fit(
		    c, a.row, a.col + 3, a.cols - 3, STYLE_DIM, say, false);
}

void
form_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct form *f = self;
	struct area a = area;
	bool address = f->nposts == 1 && f->nlevels == 1 && area.rows >= 12;
	int extra = address ? 4 : 0;
	size_t i;
	/* Rows that the current one may need below it. */
	int more = f->editor ? 7 : f->facts ? 5 : 2;

	if (f->editor && (editor_is_long(f->editor) || more > area.rows / 2))
		more = area.rows / 2;
	f->area = area;
	list_layout(&f->list, f->n,
	    area.rows - extra - more > 1 ? area.rows - extra - more : 1);
	if (f->adding)
		list_move(&f->list, f->list.cursor);
	if (f->n == 0 && !f->adding)
		draw_empty(f, c, a);
	for (i = f->list.top; i < f->n && a.rows > extra; i++) {
		struct area room = {a.row, a.col, a.rows - extra, a.cols};
		int used = draw_row(app, f, c, room, i);

		/* A new one is named right below the row under the cursor. */
		if (f->adding && i == f->list.cursor && room.rows > used) {
			room.row += used;
			room.rows -= used;
			used += draw_adding(f, c, room);
		}
		a.row += used;
		a.rows -= used;
	}
	if (f->adding && f->n == 0)
		a.row += draw_adding(f, c, a);
	if (address && a.rows >= 2) {
		if (i < f->n)
			canvas_printf(c, a.row, a.col + EDGE, a.cols - EDGE,
			    STYLE_DIM, "%s %zu more",
			    canvas_is_ascii(c) ? "v" : "↓", f->n - i);
		a.row++;
		a.rows--;
		draw_address(app, f, c, a);
	}
}
