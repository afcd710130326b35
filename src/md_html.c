/* SPDX-License-Identifier: ISC */
/*
 * Raw HTML as a reader meets it: pictures, frames and videos become objects,
 * styles, scripts and comments are unseen, links and emphasis count, elements
 * that stand alone in a browser stand alone here, and of all others the text
 * is kept.  Tables, lists and quotations go on in the Markdown that follows.
 * Lenient, in one pass, without recursion.
 */
#include "md_html_priv.h"

#include <string.h>

/* Bytes of text in elements that are open from block to block. */
#define HELD ((size_t)8 << 20)

static bool
all_blank(const char *s, size_t len)
{
	while (len > 0 && md_html_blank(s[len - 1]))
		len--;
	return len == 0;
}

static void
do_heading(struct md_html *h, const struct tag *tag)
{
	md_html_break(h);
	if (!tag->close && h->block && !h->o->table)
		md_tree_leaf(h->t, NODE_H)->level =
		    (uint8_t)(tag->name[1] - '0');
}

static void
do_pre(struct md_html *h, bool close)
{
	md_html_break(h);
	h->pre = !close && h->block && !h->o->table;
	if (h->pre)
		md_tree_leaf(h->t, NODE_CODE);
}

/* A summary has the mark that a browser draws before it. */
static void
do_details(struct md_html *h, const struct tag *tag, enum action a)
{
	static const char *const marks[2][2] = {
	    {"\xe2\x96\xb8 ", "\xe2\x96\xbe "}, {"> ", "v "}};
	const char *v, *mark;
	size_t n;

	md_html_break(h);
	if (a == ACT_DETAILS) {
		h->o->unfolded =
		    !tag->close && md_html_attribute(tag, "open", &v, &n);
	} else if (!tag->close) {
		mark = marks[h->t->opt->ascii][h->o->unfolded];
		md_tree_plain(h->t, mark, strlen(mark));
	}
}

/* What only a block of HTML can have. */
static void
do_structure(struct md_html *h, const struct tag *tag, enum action action)
{
	switch (action) {
	case ACT_RULE:
		md_tree_mark(h->t, NODE_HR);
		break;
	case ACT_LIST:
		md_html_list(h, tag);
		break;
	case ACT_ITEM:
		md_html_item(h, tag->close);
		break;
	case ACT_DEFINITIONS:
	case ACT_TERM:
	case ACT_DEFINITION:
		md_html_definition(h, tag, action);
		break;
	case ACT_CAPTION:
		md_html_caption(h, tag->close);
		break;
	case ACT_QUOTE:
		if (tag->close)
			md_html_close_to(h, ACT_QUOTE);
		else
			md_html_open(h, ACT_QUOTE, NODE_QUOTE);
		break;
	case ACT_TABLE:
		md_html_table(h, tag->close);
		break;
	case ACT_ROW:
		md_html_row(h, tag->close);
		break;
	case ACT_CELL:
		md_html_cell_tag(h, tag);
		break;
	default:
		md_html_span(h->t, tag, action);
	}
}

static bool
same_name(const struct tag *tag, const char *name, size_t len)
{
	if (tag->nname != len)
		return false;
	for (size_t i = 0; i < len; i++)
		if (md_html_lower(tag->name[i]) != md_html_lower(name[i]))
			return false;
	return true;
}

static void
end_hidden(struct md_tree *t, const struct tag *tag)
{
	enum action a = md_html_action(tag);

	/* No element is in a script. */
	if (!tag->close)
		t->hidden += a != ACT_HIDE || md_html_lower(*tag->name) == 't';
	else if (t->hidden > 0)
		t->hidden--;
	else
		t->hide = NULL;
}

/* An element that says that it is not shown, and that has an end. */
static bool
is_hidden(const struct tag *tag, enum action a)
{
	const char *v;
	size_t n;

	if (tag->close || a == ACT_BREAK || a == ACT_RULE || a == ACT_PICTURE ||
	    a == ACT_SOURCE || a >= ACT_TABLE ||
	    (tag->nname == 5 && md_html_lower(*tag->name) == 'i') ||
	    tag->nattrs < 6)
		return false;
	return md_html_attribute(tag, "hidden", &v, &n);
}

static void
do_tag(struct md_html *h, const struct tag *tag)
{
	enum action a = md_html_action(tag);
	struct md_tree *t = h->t;

	if (t->hide) {
		if (same_name(tag, t->hide, t->nhide))
			end_hidden(t, tag);
		else if (a == ACT_SOURCE)
			md_html_source(t, tag);
	} else if (is_hidden(tag, a)) {
		if (a != ACT_NONE && a < ACT_STRONG)
			md_html_break(h);
		md_html_hide(t, tag);
	} else if (a == ACT_NONE) {
		return;
	} else if (a == ACT_BLOCK) {
		md_html_break(h);
	} else if (a == ACT_DETAILS || a == ACT_SUMMARY) {
		do_details(h, tag, a);
	} else if (a == ACT_HEADING) {
		do_heading(h, tag);
	} else if (a == ACT_PRE) {
		do_pre(h, tag->close);
	} else if (h->block && !(h->o->table && a < ACT_STRONG)) {
		do_structure(h, tag, a);
	} else {
		if (a >= ACT_LIST && a <= ACT_QUOTE)
			md_tree_hard_break(t);
		md_html_span(t, tag, a);
	}
}

/* Text on its way into the tree: in a table it stands in a cell. */
static void
place_text(struct md_html *h, const char *s, size_t len)
{
	/* Blanks alone begin nothing. */
	if (!h->t->open && all_blank(s, len))
		return;
	if (h->o->table && !h->t->open && !h->t->hide) {
		md_html_open_cell(h);
	}
	md_html_put(h, s, len);
}

void
md_html_block(struct md_tree *t, const char *s, size_t len, bool top)
{
	struct md_html h = {
	    .t = t, .o = &t->html, .block = top || t->html.n == 0};
	struct tag tag;
	size_t i = 0, n;
	const char *lt;

	if (h.block)
		t->flat = false;
	while (i < len) {
		lt = memchr(s + i, '<', len - i);
		n = lt ? (size_t)(lt - (s + i)) : len - i;
		place_text(&h, s + i, n);
		i += n;
		if (i >= len)
			break;
		if (i + 1 < len &&
		    (md_html_letter(s[i + 1]) || s[i + 1] == '/' ||
			s[i + 1] == '!' || s[i + 1] == '?')) {
			n = md_html_skip(s + i, len - i);
			if (s[i + 1] != '!' && s[i + 1] != '?') {
				md_html_tag(s + i, n, &tag);
				do_tag(&h, &tag);
			}
		} else {
			n = 1;
			place_text(&h, "<", 1);
		}
		i += n;
	}
	if (!h.block)
		md_tree_hard_break(t);
	else if (!top || t->text.len > HELD)
		md_html_close(t);
	else if (t->html.table)
		t->flat = true;
	else
		md_tree_end_leaf(t);
	md_html_reset(t);
}

void
md_html_close(struct md_tree *t)
{
	t->flat = false;
	md_tree_end_leaf(t);
	for (; t->html.n > 0; t->html.n--)
		md_tree_leave(t);
	t->html.table = t->html.caption = false;
}

void
md_html_cell(struct md_tree *t)
{
	struct md_html h = {.t = t, .o = &t->html, .block = true};

	if (!t->flat || t->open)
		return;
	t->flat = false;
	md_html_open_cell(&h);
	if (t->open)
		t->flat = true;
	else
		md_html_close(t);
}

void
md_html_inline(struct md_tree *t, const char *s, size_t len)
{
	struct md_html h = {.t = t, .o = &t->html};
	struct tag tag;

	if (len < 3 || s[0] != '<' || s[1] == '!' || s[1] == '?')
		return;
	md_html_tag(s, len, &tag);
	do_tag(&h, &tag);
}

void
md_html_reset(struct md_tree *t)
{
	t->strong[1] = t->em[1] = t->strike[1] = t->under[1] = t->code[1] = 0;
	t->link[1] = -1;
	t->hide = NULL;
}
