/* SPDX-License-Identifier: ISC */
/*
 * Lines out of a tree.  Columns: a margin, then what the open containers put
 * before each line (bars of quotations, bullets, numbers), then text.  Text is
 * held to a measure; code and tables may use the whole width.
 */
#include "md_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define MARGIN    2
#define NARROW    30 /* columns below which there is no margin */
#define LEAST     8  /* columns that containers leave for text */
#define WIDTH_MIN 10
#define WIDTH_MAX 2000

static const struct md_glyphs unicode = {
    .bullet = {"•", "◦", "▪"},
    .task = {"", "☐", "☑"},
    .quote = "│",
    .code = "▏",
    .marked = "▌",
    .broken = "↳ ",
    .rule = "─",
    .heavy = "━",
    .bar = "│",
    .top = {"┌", "┬", "┐"},
    .middle = {"├", "┼", "┤"},
    .bottom = {"└", "┴", "┘"},
    .heading = {"", "", "", "◆ ", "◇ ", "▸ ", "▹ "},
    .dot = "·",
    .back = "↩\xef\xb8\x8e",
};

static const struct md_glyphs ascii = {
    .bullet = {"*", "-", "+"},
    .task = {"", "[ ]", "[x]"},
    .quote = "|",
    .code = ":",
    .marked = ">",
    .broken = "> ",
    .rule = "-",
    .heavy = "=",
    .bar = "|",
    .top = {"+", "+", "+"},
    .middle = {"+", "+", "+"},
    .bottom = {"+", "+", "+"},
    .heading = {"", "", "", "### ", "#### ", "##### ", "###### "},
    .dot = "-",
    .back = "^",
};

void
md_layout_init(struct md_layout *l, struct doc *d, const struct md_options *opt)
{
	int width = opt->width;

	if (width < WIDTH_MIN)
		width = WIDTH_MIN;
	if (width > WIDTH_MAX)
		width = WIDTH_MAX;
	memset(l, 0, sizeof(*l));
	l->doc = d;
	l->opt = opt;
	l->g = opt->ascii ? &ascii : &unicode;
	l->margin = width < NARROW ? 0 : MARGIN;
	l->wide = width - 2 * l->margin;
	l->text = l->wide;
	if (opt->measure > 0 && opt->measure < l->text)
		l->text = opt->measure > LEAST ? opt->measure : LEAST;
}

void
md_layout_dispose(struct md_layout *l)
{
	free(l->levels);
	md_wrap_dispose(&l->wrap);
}

int
md_layout_room(const struct md_layout *l)
{
	return l->text - l->prefix > LEAST ? l->text - l->prefix : LEAST;
}

int
md_layout_space(const struct md_layout *l)
{
	return l->wide - l->prefix;
}

void
md_layout_begin(struct md_layout *l)
{
	doc_blank(l->doc, l->margin, MD_TEXT);
	for (size_t i = 0; i < l->shown; i++) {
		struct md_level *v = &l->levels[i];

		doc_puts(l->doc, v->begun ? v->rest : v->first, v->style);
		if (v->begun)
			doc_blank(
			    l->doc, v->cols - (v->rest[0] ? 2 : 0), MD_TEXT);
		v->begun = true;
	}
}

void
md_layout_end(struct md_layout *l)
{
	doc_end_line(l->doc);
	l->gap = true;
}

/* The empty line that is due, with the bars of the quotations around. */
void
md_layout_gap(struct md_layout *l)
{
	if (!l->gap)
		return;
	l->gap = false;
	doc_blank(l->doc, l->margin, MD_TEXT);
	for (size_t i = 0; i < l->shown; i++) {
		const struct md_level *v = &l->levels[i];

		doc_puts(l->doc, v->rest, v->style);
		doc_blank(l->doc, v->cols - (v->rest[0] ? 2 : 0), MD_TEXT);
	}
	doc_end_line(l->doc);
}

/* An item's bullet or number must be seen even where nothing follows. */
static void
show_bullet(struct md_layout *l)
{
	for (size_t i = 0; i < l->shown; i++) {
		if (l->levels[i].begun)
			continue;
		md_layout_gap(l);
		md_layout_begin(l);
		md_layout_end(l);
		return;
	}
}

static struct md_level *
push(struct md_layout *l, int cols, int style)
{
	struct md_level *v;

	l->levels =
	    xgrow(l->levels, l->nlevels, &l->levels_cap, sizeof(*l->levels));
	v = &l->levels[l->nlevels++];
	*v = (struct md_level){.cols = cols, .style = style, .list = MD_NONE};
	/* Where there is no room for one, there is none for those inside. */
	if (l->shown == l->nlevels - 1 && l->text - l->prefix - cols >= LEAST) {
		l->shown++;
		l->prefix += cols;
	}
	return v;
}

static void
pop(struct md_layout *l)
{
	if (l->shown == l->nlevels)
		l->prefix -= l->levels[--l->shown].cols;
	l->nlevels--;
}

/* The run that at is in, from one that is not after it. */
static uint32_t
find_run(const struct md_tree *t, uint32_t run, uint32_t at)
{
	uint32_t step = 1, end;

	while (run + step < t->nruns && t->runs[run + step].at <= at) {
		run += step;
		step *= 2;
	}
	for (end = run + step; run + 1 < end; step = 0) {
		uint32_t mid = run + (end - run) / 2;

		if (mid < t->nruns && t->runs[mid].at <= at)
			run = mid;
		else
			end = mid;
	}
	return run;
}

uint32_t
md_layout_text(struct md_layout *l, uint32_t run, uint32_t at, uint32_t len)
{
	const struct md_tree *t = l->tree;
	uint32_t end = at + len, stop;

	run = find_run(t, run, at);
	while (at < end) {
		if (run + 1 < t->nruns && t->runs[run + 1].at <= at)
			run++;
		stop = run + 1 < t->nruns && t->runs[run + 1].at < end
			   ? t->runs[run + 1].at
			   : end;
		doc_put(l->doc, t->text.data + at, stop - at,
		    t->runs[run].style, t->runs[run].attr, t->runs[run].link);
		at = stop;
	}
	return run;
}

uint32_t
md_layout_cut(
    struct md_layout *l, uint32_t run, uint32_t at, const struct md_cut *c)
{
	const struct md_tree *t = l->tree;
	const char *s = t->text.data + at + c->at;
	size_t from = 0, n;

	if (!c->hidden)
		return md_layout_text(l, run, at + c->at, c->len);
	for (size_t i = 0; i < c->len; i += n) {
		n = md_wrap_hidden(s + i, c->len - i);
		if (n > 0 && i > from)
			run = md_layout_text(l, run,
			    at + c->at + (uint32_t)from, (uint32_t)(i - from));
		if (n > 0)
			from = i + n;
		else
			n = 1;
	}
	if (c->len > from)
		run = md_layout_text(l, run, at + c->at + (uint32_t)from,
		    (uint32_t)(c->len - from));
	if (c->hyphen)
		doc_put(l->doc, "-", 1, t->runs[run].style, t->runs[run].attr,
		    t->runs[run].link);
	return run;
}

/* From a footnote to where it is referred to; room: columns on the line. */
static void
put_back_links(struct md_layout *l, int room)
{
	char address[40];
	int link;

	for (; l->back > 0; l->back--) {
		snprintf(address, sizeof(address), "#fnref:%u", l->note);
		link = doc_add_link(l->doc, address);
		if (room < 2) {
			md_layout_end(l);
			md_layout_begin(l);
			room = md_layout_room(l);
		}
		doc_puts(l->doc, " ", MD_TEXT);
		doc_put(
		    l->doc, l->g->back, strlen(l->g->back), MD_LINK, 0, link);
		room -= 2;
	}
}

void
md_layout_lines(struct md_layout *l, uint32_t run, uint32_t at, uint32_t len)
{
	l->wrap.n = 0;
	md_wrap_text(&l->wrap, l->tree->text.data + at, len, md_layout_room(l));
	for (size_t i = 0; i < l->wrap.n; i++) {
		const struct md_cut *c = &l->wrap.cuts[i];

		md_layout_begin(l);
		run = md_layout_cut(l, run, at, c);
		if (l->back > 0 && i + 1 == l->wrap.n)
			put_back_links(l, md_layout_room(l) - c->cols);
		md_layout_end(l);
	}
}

/* Words between boxes. */
static void
words(struct md_layout *l, uint32_t run, uint32_t at, uint32_t end)
{
	const char *s = l->tree->text.data;

	while (at < end && (s[at] == ' ' || s[at] == '\n'))
		at++;
	while (end > at && (s[end - 1] == ' ' || s[end - 1] == '\n'))
		end--;
	if (at == end)
		return;
	md_layout_gap(l);
	md_layout_lines(l, run, at, end - at);
}

static void
paragraph(struct md_layout *l, const struct md_node *n)
{
	const struct md_tree *t = l->tree;
	uint32_t at = n->at, end = n->at + n->len;

	for (uint32_t i = 0; i < n->nobject; i++) {
		const struct md_object *o = &t->objects[n->object + i];

		if (!o->first || !o->last)
			continue;
		words(l, n->run, at, o->at);
		md_layout_gap(l);
		md_layout_object(l, o);
		l->apart = true;
		at = o->at + o->len;
	}
	words(l, n->run, at, end);
}

static void
heading(struct md_layout *l, const struct md_node *n)
{
	const char *mark = l->g->heading[n->level <= 6 ? n->level : 6];
	int style = MD_H1 + (n->level < 3 ? n->level : 3) - 1, cols = 0;
	struct md_level *v;

	if (n->len == 0)
		return;
	md_layout_gap(l);
	doc_add_heading(l->doc, n->level, l->tree->text.data + n->at, n->len,
	    n->label == MD_NONE ? "" : l->tree->strings.data + n->label);
	v = push(l, (int)text_width(mark, strlen(mark)), style);
	snprintf(v->first, sizeof(v->first), "%s", mark);
	md_layout_lines(l, n->run, n->at, n->len);
	pop(l);
	if (n->level > 2)
		return;
	for (size_t i = 0; i < l->wrap.n; i++)
		if (l->wrap.cuts[i].cols > cols)
			cols = l->wrap.cuts[i].cols;
	md_layout_begin(l);
	doc_repeat(
	    l->doc, n->level == 1 ? l->g->heavy : l->g->rule, cols, MD_RULE);
	md_layout_end(l);
}

void
md_layout_note(struct md_layout *l, const char *note)
{
	md_layout_gap(l);
	l->wrap.n = 0;
	md_wrap_text(&l->wrap, note, strlen(note), md_layout_room(l));
	for (size_t i = 0; i < l->wrap.n; i++) {
		md_layout_begin(l);
		doc_put(l->doc, note + l->wrap.cuts[i].at, l->wrap.cuts[i].len,
		    MD_MISSING, 0, -1);
		md_layout_end(l);
	}
}

void
md_layout_hang(struct md_layout *l, const struct md_node *n)
{
	push(l, 2, MD_TEXT)->begun = true;
	md_layout_lines(l, n->run, n->at, n->len);
	pop(l);
}

static void
rule(struct md_layout *l, const char *text)
{
	int cols = md_layout_room(l);
	int left, len = (int)strlen(text);

	md_layout_gap(l);
	md_layout_begin(l);
	left = len > 0 && len + 4 <= cols ? (cols - len - 2) / 2 : 0;
	doc_repeat(l->doc, l->g->rule, left ? left : cols, MD_RULE);
	if (left) {
		doc_puts(l->doc, " ", MD_RULE);
		doc_puts(l->doc, text, MD_FACT);
		doc_puts(l->doc, " ", MD_RULE);
		doc_repeat(l->doc, l->g->rule, cols - left - len - 2, MD_RULE);
	}
	md_layout_end(l);
}

static int
depth_of_bullets(const struct md_layout *l)
{
	int n = 0;

	for (size_t i = 0; i < l->nlevels; i++)
		if (l->levels[i].list != MD_NONE && l->levels[i].cols == 0)
			n++;
	return n;
}

static void
enter_quote(struct md_layout *l)
{
	struct md_level *v;

	md_layout_gap(l);
	v = push(l, 2, MD_QUOTE);
	v->begun = true;
	snprintf(v->rest, sizeof(v->rest), "%s ", l->g->quote);
}

/* A list takes no columns itself: its level knows the item's number. */
static void
enter_list(struct md_layout *l, size_t i)
{
	const struct md_node *n = &l->tree->nodes[i];
	struct md_level *v;

	if (n->definitions && l->term)
		l->gap = false;
	md_layout_gap(l);
	v = push(l, 0, MD_TEXT);
	v->begun = true;
	v->list = (uint32_t)i;
	v->number = n->at;
	v->tight = n->tight;
}

static int
digits(uint32_t n)
{
	int d = 1;

	for (; n >= 10; n /= 10)
		d++;
	return d;
}

static void
enter_item(struct md_layout *l, const struct md_node *item)
{
	struct md_level *list = &l->levels[l->nlevels - 1], *v;
	const struct md_node *n = &l->tree->nodes[list->list];
	const char *task = l->g->task[item->level];
	char first[sizeof(v->first)];
	uint32_t number = list->number++;
	int cols;

	if (list->tight && number != n->at && !l->apart)
		l->gap = false;
	md_layout_gap(l);
	if (n->definitions)
		snprintf(first, sizeof(first), "    ");
	else if (n->ordered)
		snprintf(first, sizeof(first), "%*u. %s%s",
		    digits(n->at + (n->len ? n->len - 1 : 0)), number, task,
		    *task ? " " : "");
	else
		snprintf(first, sizeof(first), "%s ",
		    *task ? task : l->g->bullet[(depth_of_bullets(l) - 1) % 3]);
	cols = md_columns(first, strlen(first));
	v = push(l, cols, MD_BULLET);
	if (l->shown == l->nlevels) {
		memcpy(v->first, first, sizeof(v->first));
		return;
	}
	/* No room to hang it: on a line of its own. */
	v->begun = true;
	if (l->text - l->prefix >= cols) {
		md_layout_begin(l);
		doc_puts(l->doc, first, MD_BULLET);
		md_layout_end(l);
		l->gap = false;
	}
}

static bool
in_tight_list(const struct md_layout *l)
{
	return l->nlevels >= 2 && l->levels[l->nlevels - 2].tight;
}

static void
leave(struct md_layout *l)
{
	struct md_level *v = &l->levels[l->nlevels - 1];

	if (l->shown == l->nlevels && !v->begun)
		show_bullet(l);
	pop(l);
}

/* Where raw HTML is off: what of it readers will not get. */
static void
omitted(struct md_layout *l, const struct md_node *n)
{
	char *note = xasprintf(
	    "[raw HTML omitted: %s]", l->tree->strings.data + n->label);

	md_layout_note(l, note);
	free(note);
}

static size_t
layout_node(struct md_layout *l, size_t i)
{
	const struct md_node *n = &l->tree->nodes[i];

	switch (n->kind) {
	case NODE_P:
	case NODE_CELL:
		if ((in_tight_list(l) && !l->apart) ||
		    (n->level == TERM && l->term))
			l->gap = false;
		l->apart = false;
		if (n->level == FORMULA)
			push(l, 4, MD_TEXT)->begun = true;
		paragraph(l, n);
		if (n->level == FORMULA)
			pop(l);
		l->term = n->kind == NODE_P && n->level == TERM;
		return i + 1;
	case NODE_H:
		heading(l, n);
		break;
	case NODE_CODE:
		md_layout_code(l, n);
		l->apart = true;
		break;
	case NODE_HR:
		rule(l, "");
		break;
	case NODE_MORE:
		rule(l, "summary ends here");
		break;
	case NODE_OMITTED:
		omitted(l, n);
		break;
	case NODE_QUOTE:
		enter_quote(l);
		break;
	case NODE_LIST:
		if (in_tight_list(l) && !l->apart)
			l->gap = false;
		enter_list(l, i);
		break;
	case NODE_ITEM:
		enter_item(l, n);
		break;
	case NODE_TABLE:
		l->apart = true;
		return md_layout_table(l, i);
	case NODE_END:
		leave(l);
		break;
	default:
		break;
	}
	l->term = false;
	return i + 1;
}

void
md_layout_tree(struct md_layout *l, const struct md_tree *t)
{
	l->tree = t;
	for (size_t i = 0; i < t->nnodes;)
		i = layout_node(l, i);
	l->tree = NULL;
}

/* The items of the lists of a tree that are in no other block. Caller frees. */
static size_t *
find_items(const struct md_tree *t, size_t *n)
{
	size_t *items = NULL, cap = 0;
	int depth = 0;

	*n = 0;
	for (size_t i = 0; i < t->nnodes; i++) {
		if (t->nodes[i].kind == NODE_ITEM && depth == 1) {
			items = xgrow(items, *n, &cap, sizeof(*items));
			items[(*n)++] = i;
		}
		if (t->nodes[i].kind == NODE_END)
			depth--;
		else if (t->nodes[i].kind >= NODE_QUOTE)
			depth++;
	}
	return items;
}

/* One footnote: the nodes of the item at i. */
static void
footnote(struct md_layout *l, size_t i, const struct md_note *note, int digit)
{
	const struct md_tree *t = l->tree;
	struct md_level *v;
	size_t end = i, at;
	int depth = 0;

	do {
		if (t->nodes[end].kind == NODE_END)
			depth--;
		else if (t->nodes[end].kind >= NODE_QUOTE)
			depth++;
		end++;
	} while (depth > 0 && end < t->nnodes);
	end--;
	if (l->term)
		l->gap = false;
	md_layout_gap(l);
	v = push(l, digit + 2, MD_BULLET);
	snprintf(v->first, sizeof(v->first), "%*u. ", digit, note->number);
	l->note = note->number;
	for (at = i + 1; at < end;) {
		if (at + 1 == end && t->nodes[at].kind == NODE_P)
			l->back = note->references;
		at = layout_node(l, at);
	}
	if (at == i + 1 || l->back > 0 ||
	    (t->nodes[end - 1].kind != NODE_P && note->references > 0)) {
		l->back = note->references;
		md_layout_begin(l);
		put_back_links(l, md_layout_room(l));
		md_layout_end(l);
	}
	leave(l);
}

void
md_layout_notes(
    struct md_layout *l, const struct md_tree *t, const struct md_notes *notes)
{
	size_t n, *items = find_items(t, &n);

	l->tree = t;
	if (notes->norder > 0)
		rule(l, "");
	for (size_t i = 0; i < notes->norder; i++) {
		const struct md_note *note = &notes->v[notes->order[i]];

		if (notes->order[i] < n)
			footnote(l, items[notes->order[i]], note,
			    digits((uint32_t)notes->norder));
		l->term = note->references > 0;
	}
	l->term = false;
	l->tree = NULL;
	free(items);
}
