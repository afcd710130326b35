/* SPDX-License-Identifier: ISC */
/*
 * Sequence diagrams: who takes part stands side by side, each message is an
 * arrow between two life lines with its words above it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagram_priv.h"
#include "mem.h"
#include "text.h"

#define MAX_ACTORS 30
#define MAX_ROWS   500 /* messages, notes, frames */
#define MAX_DEPTH  10
#define WRAP       36 /* columns of words */

struct actor {
	char *id;
	struct diagram_text text;
	int col; /* of its life line */
};

enum row_kind { ROW_MESSAGE, ROW_NOTE, ROW_OPEN, ROW_ELSE, ROW_CLOSE };

struct row {
	enum row_kind kind;
	size_t from, to;
	struct diagram_text text;
	enum grid_line line;
	enum graph_head tail, head;
	int side;  /* of a note: -1 left, 1 right, 0 over */
	int depth; /* of frames around */
};

struct sequence {
	struct actor actors[MAX_ACTORS];
	size_t nactors;
	struct row *rows;
	size_t nrows, cap;
	int depth, most; /* of frames */
	int boxes;       /* open ones, around participants */
	bool numbered;
	unsigned number;
	struct diagram_text title;
};

static void
trim(const char **s, size_t *len)
{
	while (*len > 0 && strchr(" \t+-", **s)) {
		++*s;
		--*len;
	}
	while (*len > 0 && strchr(" \t", (*s)[*len - 1]))
		--*len;
}

/* False: there are too many. */
static bool
actor(struct sequence *q, const char *id, size_t len, size_t *at)
{
	trim(&id, &len);
	for (*at = 0; *at < q->nactors; ++*at)
		if (strlen(q->actors[*at].id) == len &&
		    memcmp(q->actors[*at].id, id, len) == 0)
			return true;
	if (len == 0 || q->nactors == MAX_ACTORS)
		return false;
	q->actors[q->nactors].id = xstrndup(id, len);
	diagram_text(&q->actors[q->nactors].text, id, len, WRAP / 2);
	q->nactors++;
	return true;
}

static struct row *
add_row(struct sequence *q, enum row_kind kind, const char *s, size_t len)
{
	struct row *r;
	char *numbered;

	while (len > 0 && strchr(" \t", *s)) {
		s++;
		len--;
	}
	q->rows = xgrow(q->rows, q->nrows, &q->cap, sizeof(*r));
	r = &q->rows[q->nrows++];
	*r = (struct row){.kind = kind, .depth = q->depth};
	if (kind == ROW_MESSAGE && q->numbered) {
		numbered = xasprintf("%u. %.*s", ++q->number, (int)len, s);
		diagram_text(&r->text, numbered, strlen(numbered), WRAP);
		free(numbered);
	} else {
		diagram_text(&r->text, s, len, WRAP);
	}
	return r;
}

/* "participant A as Alice" */
static bool
participant(struct sequence *q, const char *s, size_t len)
{
	const char *as = NULL;
	size_t at;

	for (size_t i = 0; i + 4 <= len && !as; i++)
		if (memcmp(s + i, " as ", 4) == 0)
			as = s + i;
	if (!actor(q, s, as ? (size_t)(as - s) : len, &at))
		return false;
	if (as) {
		const char *words = as + 4;
		size_t n = (size_t)(s + len - words);

		trim(&words, &n);
		diagram_text_dispose(&q->actors[at].text);
		diagram_text(&q->actors[at].text, words, n, WRAP / 2);
	}
	return true;
}

/* "Note over A,B: words", "Note left of A: words" */
static bool
note(struct sequence *q, const char *s, size_t len)
{
	static const struct {
		const char *word;
		int side;
	} sides[] = {{"left of ", -1}, {"right of ", 1}, {"over ", 0}};
	const char *colon = memchr(s, ':', len), *comma;
	struct row *r;
	size_t a, b;

	for (size_t i = 0; colon && i < NITEMS(sides); i++) {
		size_t n = strlen(sides[i].word);

		if (len < n || text_casecmp(s, n, sides[i].word, n) != 0)
			continue;
		s += n;
		comma = memchr(s, ',', (size_t)(colon - s));
		if (!actor(q, s, (size_t)((comma ? comma : colon) - s), &a))
			return false;
		b = a;
		if (comma &&
		    !actor(q, comma + 1, (size_t)(colon - comma - 1), &b))
			return false;
		len = len - n - (size_t)(colon + 1 - s);
		r = add_row(q, ROW_NOTE, colon + 1, len);
		r->from = a < b ? a : b;
		r->to = a < b ? b : a;
		r->side = sides[i].side;
		return true;
	}
	return false;
}

static const struct {
	const char *text;
	enum grid_line line;
	enum graph_head tail, head;
} arrows[] = {
    {"<<-->>", LINE_DOTTED, HEAD_ARROW, HEAD_ARROW},
    {"<<->>", LINE_THIN, HEAD_ARROW, HEAD_ARROW},
    {"-->>", LINE_DOTTED, HEAD_NONE, HEAD_ARROW},
    {"->>", LINE_THIN, HEAD_NONE, HEAD_ARROW},
    {"--x", LINE_DOTTED, HEAD_NONE, HEAD_CROSS},
    {"-x", LINE_THIN, HEAD_NONE, HEAD_CROSS},
    {"--)", LINE_DOTTED, HEAD_NONE, HEAD_ARROW},
    {"-)", LINE_THIN, HEAD_NONE, HEAD_ARROW},
    {"-->", LINE_DOTTED, HEAD_NONE, HEAD_NONE},
    {"->", LINE_THIN, HEAD_NONE, HEAD_NONE},
};

/* "A->>B: words" */
static bool
message(struct sequence *q, const char *s, size_t len)
{
	const char *colon = memchr(s, ':', len), *to, *stop;
	struct row *r;
	size_t a, b;

	stop = colon ? colon : s + len;
	for (const char *p = s; p < stop; p++)
		for (size_t i = 0; i < NITEMS(arrows); i++) {
			size_t n = strlen(arrows[i].text);

			if ((size_t)(stop - p) < n ||
			    memcmp(p, arrows[i].text, n) != 0)
				continue;
			to = p + n;
			if (!actor(q, s, (size_t)(p - s), &a) ||
			    !actor(q, to, (size_t)(stop - to), &b))
				return false;
			r = add_row(q, ROW_MESSAGE, colon ? colon + 1 : "",
			    colon ? (size_t)(s + len - colon) - 1 : 0);
			r->from = a;
			r->to = b;
			r->line = arrows[i].line;
			r->tail = arrows[i].tail;
			r->head = arrows[i].head;
			return true;
		}
	return false;
}

/* Is what follows "box" nothing, or a colour? */
static bool
is_colour(const char *s, size_t len)
{
	static const char *const names[] = {"transparent", "aqua", "black",
	    "blue", "gray", "green", "grey", "lightblue", "lightgreen",
	    "lightgrey", "lightyellow", "orange", "pink", "purple", "red",
	    "white", "yellow"};

	while (len > 0 && (*s == ' ' || *s == '\t')) {
		s++;
		len--;
	}
	if (len == 0 || *s == '#')
		return !memchr(s, ' ', len);
	if (len > 4 && memcmp(s, "rgb", 3) == 0)
		return memchr(s, ')', len) == s + len - 1;
	for (size_t i = 0; i < NITEMS(names); i++)
		if (text_casecmp(s, len, names[i], strlen(names[i])) == 0)
			return true;
	return false;
}

static bool
frame(struct sequence *q, const char *s, size_t len)
{
	static const char *const opens[] = {
	    "loop", "alt", "opt", "par", "critical", "break", "rect"};
	static const char *const elses[] = {"else", "and", "option"};

	for (size_t i = 0; i < NITEMS(opens); i++)
		if (diagram_is(s, len, opens[i])) {
			if (q->depth == MAX_DEPTH)
				return false;
			/* A rectangle has a colour, which is no word. */
			add_row(q, ROW_OPEN, s, *s == 'r' ? 0 : len);
			q->depth++;
			q->most = q->depth > q->most ? q->depth : q->most;
			return true;
		}
	for (size_t i = 0; i < NITEMS(elses); i++)
		if (diagram_is(s, len, elses[i]) && q->depth > 0) {
			add_row(q, ROW_ELSE, s, len)->depth--;
			return true;
		}
	if (diagram_is(s, len, "box")) {
		/* Its title has no place here. */
		if (!is_colour(s + 3, len - 3))
			return false;
		q->boxes++;
		return true;
	}
	if (len == 3 && memcmp(s, "end", 3) == 0 && q->boxes > 0 &&
	    q->depth == 0) {
		q->boxes--;
		return true;
	}
	if (len == 3 && memcmp(s, "end", 3) == 0 && q->depth > 0) {
		q->depth--;
		add_row(q, ROW_CLOSE, "", 0);
		return true;
	}
	return false;
}

static bool
after(const char **s, size_t *len, const char *word)
{
	size_t n = strlen(word);

	if (*len < n || text_casecmp(*s, n, word, n) != 0)
		return false;
	*s += n;
	*len -= n;
	while (*len > 0 && strchr(" \t:", **s)) {
		++*s;
		--*len;
	}
	return true;
}

static bool
is_passed_over(const char *s, size_t len)
{
	static const char *const words[] = {"activate", "deactivate", "link",
	    "links", "accTitle", "accDescr", "destroy", "properties"};

	for (size_t i = 0; i < NITEMS(words); i++)
		if (diagram_is(s, len, words[i]))
			return true;
	return false;
}

static bool
statement(struct sequence *q, const char *s, size_t len)
{
	if (q->nrows >= MAX_ROWS)
		return false;
	if (is_passed_over(s, len) || frame(q, s, len))
		return true;
	if (diagram_is(s, len, "autonumber")) {
		q->numbered = true;
		return true;
	}
	if (after(&s, &len, "create "))
		return statement(q, s, len);
	if (after(&s, &len, "title ") || after(&s, &len, "title:")) {
		diagram_text_dispose(&q->title);
		diagram_text(&q->title, s, len, 1000);
		return true;
	}
	if (after(&s, &len, "participant ") || after(&s, &len, "actor "))
		return participant(q, s, len);
	if (after(&s, &len, "note "))
		return note(q, s, len);
	return message(q, s, len);
}

static int
half(const struct actor *a)
{
	return (a->text.cols + 4) / 2;
}

/* Make b stand at least so far behind a. */
static void
apart(struct sequence *q, size_t a, size_t b, int cols)
{
	int more = cols - (q->actors[b].col - q->actors[a].col);

	for (size_t i = b; more > 0 && i < q->nactors; i++)
		q->actors[i].col += more;
}

/* The columns of the life lines; returns the width of all. */
static int
place(struct sequence *q)
{
	int right = 0, margin = 2 * q->most;

	if (q->nactors == 0)
		return 0;
	q->actors[0].col = half(&q->actors[0]) + margin;
	for (size_t i = 0; i < q->nrows; i++) {
		const struct row *r = &q->rows[i];

		if (r->kind == ROW_NOTE && r->side < 0 && r->from == 0 &&
		    r->text.cols + 6 + margin > q->actors[0].col)
			q->actors[0].col = r->text.cols + 6 + margin;
	}
	for (size_t i = 1; i < q->nactors; i++) {
		q->actors[i].col = q->actors[i - 1].col;
		apart(q, i - 1, i,
		    half(&q->actors[i - 1]) + half(&q->actors[i]) + 2);
	}
	for (size_t i = 0; i < q->nrows; i++) {
		const struct row *r = &q->rows[i];
		size_t a = r->from < r->to ? r->from : r->to;
		size_t b = r->from < r->to ? r->to : r->from;

		if (r->kind == ROW_MESSAGE && a != b)
			apart(q, a, b, r->text.cols + 4);
		else if (r->kind == ROW_MESSAGE && a + 1 < q->nactors)
			apart(q, a, a + 1, r->text.cols + 8);
		else if (r->kind == ROW_NOTE && r->side > 0 &&
			 a + 1 < q->nactors)
			apart(q, a, a + 1, r->text.cols + 8);
		else if (r->kind == ROW_NOTE && r->side < 0 && a > 0)
			apart(q, a - 1, a, r->text.cols + 8);
		else if (r->kind == ROW_NOTE && r->side == 0 && a != b)
			apart(q, a, b, r->text.cols);
	}
	for (size_t i = 0; i < q->nactors; i++) {
		int end = q->actors[i].col + half(&q->actors[i]);

		right = end > right ? end : right;
	}
	for (size_t i = 0; i < q->nrows; i++) {
		const struct row *r = &q->rows[i];
		int col = q->actors[r->from].col, end = 0;

		if (r->kind == ROW_MESSAGE && r->from == r->to)
			end = col + r->text.cols + 7;
		else if (r->kind == ROW_NOTE && r->side > 0)
			end = col + r->text.cols + 6;
		else if (r->kind == ROW_NOTE && r->side == 0)
			end = (col + q->actors[r->to].col) / 2 +
			      (r->text.cols + 5) / 2;
		else if (r->kind == ROW_OPEN || r->kind == ROW_ELSE)
			end = r->text.cols + 6 + 2 * r->depth - margin;
		right = end > right ? end : right;
	}
	return right + margin + 1;
}

static int
height(const struct row *r)
{
	switch (r->kind) {
	case ROW_MESSAGE:
		return (int)r->text.n + (r->from == r->to ? 2 : 1);
	case ROW_NOTE:
		return (int)r->text.n + 2;
	default:
		return 1;
	}
}

static void
draw_message(
    struct grid *g, const struct sequence *q, const struct row *r, int row)
{
	static const char *const right[] = {"", "▶", "○", "✕"};
	static const char *const left[] = {"", "◀", "○", "✕"};
	static const char *const right_ascii[] = {"", ">", "o", "x"};
	static const char *const left_ascii[] = {"", "<", "o", "x"};
	int a = q->actors[r->from].col, b = q->actors[r->to].col;
	bool back = b < a;
	const char *const *head = g->ascii ? back ? left_ascii : right_ascii
				  : back   ? left
					   : right;
	const char *const *tail = g->ascii ? back ? right_ascii : left_ascii
				  : back   ? right
					   : left;
	int low = back ? b : a, high = back ? a : b, n = (int)r->text.n;

	if (a == b) {
		for (int i = 0; i < n; i++)
			grid_puts(g, row + i, a + 5, r->text.line[i]);
		grid_across(g, row, a, a + 3, r->line);
		grid_down(g, a + 3, row, row + n + 1, r->line);
		grid_across(g, row + n + 1, a + 1, a + 3, r->line);
		if (r->head != HEAD_NONE)
			grid_puts(g, row + n + 1, a + 1,
			    g->ascii ? left_ascii[r->head] : left[r->head]);
		return;
	}
	for (int i = 0; i < n; i++) {
		int w = text_width(r->text.line[i], strlen(r->text.line[i]));

		grid_puts(g, row + i, low + (high - low - w) / 2 + 1,
		    r->text.line[i]);
	}
	grid_across(g, row + n, low + ((back ? r->head : r->tail) != HEAD_NONE),
	    high - ((back ? r->tail : r->head) != HEAD_NONE), r->line);
	if (r->head != HEAD_NONE)
		grid_puts(g, row + n, back ? b + 1 : b - 1, head[r->head]);
	if (r->tail != HEAD_NONE)
		grid_puts(g, row + n, back ? a - 1 : a + 1, tail[r->tail]);
}

static void
draw_note(
    struct grid *g, const struct sequence *q, const struct row *r, int row)
{
	int a = q->actors[r->from].col, b = q->actors[r->to].col;
	int cols = r->text.cols + 4, n = (int)r->text.n, col;

	if (r->side == 0 && b - a + 3 > cols)
		cols = b - a + 3;
	col = r->side > 0   ? a + 2
	      : r->side < 0 ? a - cols - 1
			    : (a + b) / 2 - cols / 2;
	col = col < 0 ? 0 : col;
	grid_clear(g, row, col, n + 2, cols);
	grid_box(g, row, col, n + 2, cols, SHAPE_BOX);
	for (int i = 0; i < n; i++) {
		int w = text_width(r->text.line[i], strlen(r->text.line[i]));

		grid_puts(
		    g, row + 1 + i, col + (cols - w) / 2, r->text.line[i]);
	}
}

/* The line of a frame, with its words on it. */
static void
draw_edge(struct grid *g, const struct row *r, int row)
{
	int left = 2 * r->depth, right = g->cols - 1 - left;

	grid_across(g, row, left, right, LINE_DOTTED);
	if (r->text.n > 0 && r->text.cols > 0) {
		int col = left + 2;

		grid_puts(g, row, col, " ");
		col += 1 + grid_text(g, row, col + 1, r->text.line[0],
			       strlen(r->text.line[0]));
		grid_puts(g, row, col, " ");
	}
}

static void
draw_actors(struct grid *g, const struct sequence *q, int row, int rows)
{
	for (size_t i = 0; i < q->nactors; i++) {
		const struct actor *a = &q->actors[i];
		int col = a->col - half(a);
		int n = (int)a->text.n;

		grid_box(g, row, col, rows, a->text.cols + 4, SHAPE_BOX);
		for (int j = 0; j < n; j++) {
			int w = text_width(
			    a->text.line[j], strlen(a->text.line[j]));

			grid_puts(g, row + 1 + (rows - 2 - n) / 2 + j,
			    col + (a->text.cols + 4 - w) / 2, a->text.line[j]);
		}
	}
}

static void
draw_rows(struct grid *g, const struct sequence *q, int top)
{
	int open[MAX_DEPTH + 1] = {0}, row = top;

	for (size_t i = 0; i < q->nrows; i++) {
		const struct row *r = &q->rows[i];

		if (r->kind == ROW_MESSAGE)
			draw_message(g, q, r, row);
		else if (r->kind == ROW_NOTE)
			draw_note(g, q, r, row);
		else
			draw_edge(g, r, row);
		if (r->kind == ROW_OPEN)
			open[r->depth] = row;
		if (r->kind == ROW_CLOSE) {
			int left = 2 * r->depth;

			grid_down(g, left, open[r->depth], row, LINE_DOTTED);
			grid_down(g, g->cols - 1 - left, open[r->depth], row,
			    LINE_DOTTED);
		}
		row += height(r);
	}
}

static char *
draw(struct sequence *q, int cols, bool ascii, struct err *err)
{
	struct grid g;
	int wide = place(q), rows, heads = 3, body = 0;
	char *drawn;

	for (size_t i = 0; i < q->nactors; i++)
		if ((int)q->actors[i].text.n + 2 > heads)
			heads = (int)q->actors[i].text.n + 2;
	for (size_t i = 0; i < q->nrows; i++)
		body += height(&q->rows[i]);
	if (wide > cols) {
		err_set(err, "it needs %d columns", wide);
		return NULL;
	}
	rows = (int)q->title.n + heads + body + 1;
	grid_init(&g, rows, wide, ascii);
	for (size_t i = 0; i < q->title.n; i++)
		grid_puts(&g, (int)i, 0, q->title.line[i]);
	for (size_t i = 0; i < q->nactors; i++)
		grid_down(&g, q->actors[i].col, (int)q->title.n + heads - 1,
		    rows - 1, LINE_THIN);
	draw_actors(&g, q, (int)q->title.n, heads);
	draw_rows(&g, q, (int)q->title.n + heads);
	drawn = grid_print(&g);
	grid_dispose(&g);
	return drawn;
}

static void
dispose(struct sequence *q)
{
	for (size_t i = 0; i < q->nactors; i++) {
		free(q->actors[i].id);
		diagram_text_dispose(&q->actors[i].text);
	}
	for (size_t i = 0; i < q->nrows; i++)
		diagram_text_dispose(&q->rows[i].text);
	free(q->rows);
	diagram_text_dispose(&q->title);
}

char *
diagram_sequence(struct statements *st, const char *head, size_t len, int cols,
    bool ascii, struct err *err)
{
	struct sequence q = {0};
	char *drawn = NULL;
	const char *s;
	size_t n;

	(void)head;
	(void)len;
	while (diagram_next(st, &s, &n))
		if (!statement(&q, s, n)) {
			err_set(err, "\"%.*s\" is not understood",
			    (int)text_cut(s, n, 30, NULL), s);
			goto out;
		}
	while (q.depth > 0) {
		q.depth--;
		add_row(&q, ROW_CLOSE, "", 0);
	}
	if (q.nactors == 0)
		err_set(err, "it is empty");
	else
		drawn = draw(&q, cols, ascii, err);
out:
	dispose(&q);
	return drawn;
}
