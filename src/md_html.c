/* SPDX-License-Identifier: ISC */
/*
 * Raw HTML as a reader meets it: pictures, frames and videos become objects,
 * styles, scripts and comments are unseen, links and emphasis count, elements
 * that stand alone in a browser stand alone here, and of all others the text
 * is kept.  Tables, lists and quotations go on in the Markdown that follows.
 * Lenient, in one pass, without recursion.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "md_html_priv.h"

/* Bytes of text in elements that are open from block to block. */
#define HELD ((size_t)8 << 20)

struct html {
	struct md_tree *t;
	struct md_html_open *o; /* the tree's */
	bool block;             /* it may begin paragraphs, lists, tables */
	bool pre;
};

/* s with its character references decoded, in the tree's strings. */
static uint32_t
decoded_string(struct md_tree *t, const char *s, size_t len)
{
	struct buf b = {0};
	const char *amp, *end;
	uint32_t at;

	while (len > 0 && md_html_blank(*s)) {
		s++;
		len--;
	}
	while (len > 0 && md_html_blank(s[len - 1]))
		len--;
	while (len > 0 && (amp = memchr(s, '&', len))) {
		size_t before = (size_t)(amp - s), left = len - before;

		buf_add(&b, s, before);
		end = memchr(amp, ';', left < 50 ? left : 50);
		if (end && md_entity_decode(&b, amp, (size_t)(end - amp) + 1)) {
			len = left - (size_t)(end - amp) - 1;
			s = end + 1;
		} else {
			buf_putc(&b, '&');
			len = left - 1;
			s = amp + 1;
		}
	}
	buf_add(&b, s, len);
	at = md_tree_string(t, buf_text(&b), b.len);
	buf_dispose(&b);
	return at;
}

/* Text between tags. */
static void
put_text(struct html *h, const char *s, size_t len)
{
	struct buf b = {0};
	const char *amp, *end;
	size_t n;

	void (*put)(struct md_tree *, const char *, size_t) =
	    h->pre ? md_tree_code : md_tree_plain;

	while (len > 0 && (amp = memchr(s, '&', len))) {
		n = (size_t)(amp - s);
		put(h->t, s, n);
		s += n;
		len -= n;
		end = memchr(s, ';', len < 50 ? len : 50);
		n = end ? (size_t)(end - s) + 1 : 0;
		if (n && md_entity_decode(&b, s, n)) {
			put(h->t, buf_text(&b), b.len);
		} else {
			n = 1;
			put(h->t, "&", 1);
		}
		buf_clear(&b);
		s += n;
		len -= n;
	}
	buf_dispose(&b);
	put(h->t, s, len);
}

static bool
all_blank(const char *s, size_t len)
{
	while (len > 0 && md_html_blank(s[len - 1]))
		len--;
	return len == 0;
}

static void
count(uint16_t *n, bool close)
{
	if (!close && *n < UINT16_MAX)
		(*n)++;
	else if (close && *n > 0)
		(*n)--;
}

/* Close containers down to and with the last that has this action. */
static void
close_to(struct html *h, enum action action)
{
	int i = h->o->n;

	while (i > 0 && h->o->action[i - 1] != action)
		i--;
	if (i == 0)
		return;
	md_tree_end_leaf(h->t);
	while (h->o->n >= i) {
		if (h->o->action[--h->o->n] == ACT_TABLE)
			h->o->table = false;
		md_tree_leave(h->t);
	}
}

static struct md_node *
open_container(struct html *h, enum action action, enum node_kind kind)
{
	if (h->o->n == MD_HTML_DEPTH)
		return NULL;
	md_tree_end_leaf(h->t);
	h->o->action[h->o->n] = (uint8_t)action;
	h->o->node[h->o->n++] = (uint32_t)h->t->nnodes;
	return md_tree_enter(h->t, kind);
}

static bool
innermost(const struct html *h, enum action action)
{
	return h->o->n > 0 && h->o->action[h->o->n - 1] == action;
}

static void
do_list(struct html *h, const struct tag *tag)
{
	struct md_node *n;
	const char *v;
	size_t len;

	if (tag->close) {
		close_to(h, ACT_LIST);
		return;
	}
	n = open_container(h, ACT_LIST, NODE_LIST);
	if (!n)
		return;
	n->tight = true;
	n->ordered = md_html_lower(tag->name[0]) == 'o';
	n->at = 1;
	if (md_html_attribute(tag, "start", &v, &len) && len > 0 && len < 9) {
		n->at = 0;
		for (; len > 0 && *v >= '0' && *v <= '9'; v++, len--)
			n->at = n->at * 10 + (uint32_t)(*v - '0');
	}
}

static void
do_item(struct html *h, bool close)
{
	for (int i = h->o->n; i > 0 && h->o->action[i - 1] != ACT_LIST; i--)
		if (h->o->action[i - 1] == ACT_ITEM) {
			close_to(h, ACT_ITEM);
			break;
		}
	md_tree_end_leaf(h->t);
	if (close || !innermost(h, ACT_LIST))
		return;
	h->t->nodes[h->o->node[h->o->n - 1]].len++;
	open_container(h, ACT_ITEM, NODE_ITEM);
}

static void
empty_cells(struct html *h, int n)
{
	while (n-- > 0) {
		md_tree_leaf(h->t, NODE_CELL);
		md_tree_end_leaf(h->t);
		h->o->column++;
	}
}

/* Columns that cells of the rows above reach down into come first. */
static void
skip_spanned(struct html *h)
{
	int *c = &h->o->column;

	while (*c < MD_HTML_COLUMNS && h->o->rows[*c] > 0) {
		h->o->rows[*c]--;
		empty_cells(h, 1);
	}
}

/* colspan and rowspan: 1 where it is none. */
static int
span_of(const struct tag *tag, const char *name, int most)
{
	const char *v;
	size_t n;
	int span = 0;

	if (!md_html_attribute(tag, name, &v, &n))
		return 1;
	for (; n > 0 && *v >= '0' && *v <= '9' && span < 1000; v++, n--)
		span = span * 10 + *v - '0';
	return span < 1 ? 1 : span > most ? most : span;
}

/* Before another one: the other columns that the last cell takes. */
static void
end_cell(struct html *h)
{
	md_tree_end_leaf(h->t);
	empty_cells(h, h->o->wide);
	h->o->wide = 0;
}

static void
end_row(struct html *h)
{
	if (!innermost(h, ACT_ROW))
		return;
	/* What no cell follows takes no room. */
	h->o->column += h->o->wide;
	for (int i = h->o->column; i < MD_HTML_COLUMNS; i++)
		if (h->o->rows[i] > 0)
			h->o->rows[i]--;
	close_to(h, ACT_ROW);
}

static void
open_row(struct html *h)
{
	h->o->column = h->o->wide = 0;
	open_container(h, ACT_ROW, NODE_ROW);
}

static void
do_table(struct html *h, bool close)
{
	if (close) {
		if (h->o->table)
			end_row(h);
		close_to(h, ACT_TABLE);
		h->o->caption = false;
	} else if (!h->o->table && open_container(h, ACT_TABLE, NODE_TABLE)) {
		h->o->table = true;
		memset(h->o->rows, 0, sizeof(h->o->rows));
	}
}

/* Something that begins and ends paragraphs. */
static void
do_block(struct html *h)
{
	if (!h->block || h->o->table)
		md_tree_hard_break(h->t);
	else
		md_tree_end_leaf(h->t);
}

/* A caption stands above its table: the table begins after it. */
static void
do_caption(struct html *h, bool close)
{
	struct md_tree *t = h->t;

	if (h->o->caption && close) {
		h->o->caption = false;
		do_table(h, false);
	} else if (!close && innermost(h, ACT_TABLE) && !t->open &&
		   h->o->node[h->o->n - 1] == t->nnodes - 1) {
		t->nnodes--;
		h->o->n--;
		h->o->table = false;
		h->o->caption = true;
		md_tree_leaf(t, NODE_P);
	} else {
		do_block(h);
	}
}

static void
do_row(struct html *h, bool close)
{
	if (h->o->caption)
		do_caption(h, true);
	if (!h->o->table) {
		md_tree_end_leaf(h->t);
		return;
	}
	end_row(h);
	if (!close && innermost(h, ACT_TABLE))
		open_row(h);
}

static int
align_named(const char *s, size_t n)
{
	char c = n >= 5 ? md_html_lower(*s) : '\0';

	return c == 'c' ? ALIGN_CENTER : c == 'r' ? ALIGN_RIGHT : ALIGN_LEFT;
}

/* By the align attribute, or text-align in the style. */
static int
cell_align(const struct tag *tag)
{
	const char *v;
	size_t n;

	if (md_html_attribute(tag, "style", &v, &n)) {
		for (size_t i = 0; i + 11 <= n; i++) {
			if (memcmp(v + i, "text-align:", 11) != 0)
				continue;
			for (i += 11; i < n && md_html_blank(v[i]);)
				i++;
			return align_named(v + i, n - i);
		}
	}
	if (md_html_attribute(tag, "align", &v, &n))
		return align_named(v, n);
	return ALIGN_LEFT;
}

/* <dt>, <dd> and the end of their list. */
static void
do_definition(struct html *h, const struct tag *tag, enum action action)
{
	struct md_node *n;

	if (action != ACT_DEFINITION) {
		close_to(h, ACT_DEFINITIONS);
		do_block(h);
		if (action == ACT_TERM && !tag->close)
			md_tree_leaf(h->t, NODE_P)->level = TERM;
		return;
	}
	close_to(h, ACT_DEFINITION);
	if (tag->close)
		return;
	if (!innermost(h, ACT_DEFINITIONS)) {
		n = open_container(h, ACT_DEFINITIONS, NODE_LIST);
		if (!n)
			return;
		n->definitions = n->tight = n->ordered = true;
		n->at = DEFINITION_START;
	}
	h->t->nodes[h->o->node[h->o->n - 1]].len++;
	open_container(h, ACT_DEFINITION, NODE_ITEM);
}

static void
do_cell(struct html *h, const struct tag *tag)
{
	struct md_html_open *o = h->o;
	struct md_node *n;
	int wide, high;

	if (o->caption)
		do_caption(h, true);
	if (!o->table || !innermost(h, ACT_ROW)) {
		if (h->block && !o->table)
			md_tree_end_leaf(h->t);
		return;
	}
	md_tree_end_leaf(h->t);
	if (tag->close)
		return;
	end_cell(h);
	skip_spanned(h);
	wide = span_of(tag, "colspan", MD_HTML_COLUMNS - o->column);
	high = span_of(tag, "rowspan", UINT8_MAX);
	for (int i = 0; i < wide && o->column + i < MD_HTML_COLUMNS; i++)
		o->rows[o->column + i] = (uint8_t)(high - 1);
	o->wide = wide - 1;
	o->column++;
	n = md_tree_leaf(h->t, NODE_CELL);
	n->head = md_html_lower(tag->name[1]) == 'h';
	n->level = (uint8_t)cell_align(tag);
}

static void
do_heading(struct html *h, const struct tag *tag)
{
	do_block(h);
	if (!tag->close && h->block && !h->o->table)
		md_tree_leaf(h->t, NODE_H)->level =
		    (uint8_t)(tag->name[1] - '0');
}

static void
do_pre(struct html *h, bool close)
{
	do_block(h);
	h->pre = !close && h->block && !h->o->table;
	if (h->pre)
		md_tree_leaf(h->t, NODE_CODE);
}

static void
do_link(struct md_tree *t, const struct tag *tag)
{
	const char *v;
	size_t n;
	uint32_t at;

	t->link[1] = -1;
	if (tag->close || t->hide || !md_html_attribute(tag, "href", &v, &n))
		return;
	at = decoded_string(t, v, n);
	t->link[1] = doc_add_link(t->doc, t->strings.data + at);
}

static void
hide(struct md_tree *t, const struct tag *tag)
{
	t->hide = tag->name;
	t->nhide = tag->nname;
	t->hidden = 0;
}

static void
do_object(struct md_tree *t, const struct tag *tag, enum object_kind kind)
{
	const char *v = "", *alt = NULL;
	size_t n = 0, nalt = 0;
	struct html h = {.t = t, .o = &t->html};
	bool has = md_html_attribute(tag, "src", &v, &n) ||
		   md_html_attribute(tag, "data", &v, &n);

	if (tag->close || t->hide)
		return;
	if (!has) {
		v = "";
		n = 0;
	}
	md_tree_object(t, kind, decoded_string(t, v, n));
	if (md_html_attribute(
		tag, kind == OBJECT_PICTURE ? "alt" : "title", &alt, &nalt))
		put_text(&h, alt, nalt);
	md_tree_object_end(t);
	/* What is inside is for browsers that know no such element. */
	if (kind == OBJECT_VIDEO || kind == OBJECT_AUDIO ||
	    (kind == OBJECT_FRAME && md_html_lower(tag->name[0]) != 'e'))
		hide(t, tag);
}

/* <source src> in a video or audio element that has no address yet. */
static void
do_source(struct md_tree *t, const struct tag *tag)
{
	struct md_object *o = t->nobjects ? &t->objects[t->nobjects - 1] : NULL;
	const char *v;
	size_t n;
	uint32_t at;

	if (!t->open || !o || o->kind < OBJECT_VIDEO ||
	    o->kind > OBJECT_AUDIO || t->strings.data[o->address] ||
	    !md_html_attribute(tag, "src", &v, &n))
		return;
	at = decoded_string(t, v, n);
	o->address = at;
	if (o->at + o->len != t->text.len || o->nalt > 0)
		return;
	t->text.len--;
	buf_puts(&t->text, t->strings.data + at);
	buf_putc(&t->text, ']');
	o->len = (uint32_t)t->text.len - o->at;
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
do_inline(struct md_tree *t, const struct tag *tag, enum action action)
{
	switch (action) {
	case ACT_STRONG:
		count(&t->strong[1], tag->close);
		break;
	case ACT_EM:
		count(&t->em[1], tag->close);
		break;
	case ACT_STRIKE:
		count(&t->strike[1], tag->close);
		break;
	case ACT_UNDER:
		count(&t->under[1], tag->close);
		break;
	case ACT_CODE:
		count(&t->code[1], tag->close);
		break;
	case ACT_LINK:
		do_link(t, tag);
		break;
	case ACT_PICTURE:
		do_object(t, tag, OBJECT_PICTURE);
		break;
	case ACT_FRAME:
		do_object(t, tag, OBJECT_FRAME);
		break;
	case ACT_VIDEO:
		do_object(t, tag, OBJECT_VIDEO);
		break;
	case ACT_AUDIO:
		do_object(t, tag, OBJECT_AUDIO);
		break;
	case ACT_BREAK:
		md_tree_hard_break(t);
		break;
	case ACT_Q:
		md_tree_plain(
		    t, tag->close ? "\xe2\x80\x9d" : "\xe2\x80\x9c", 3);
		break;
	case ACT_HIDE:
		if (!tag->close)
			hide(t, tag);
		break;
	default:
		break;
	}
}

/* What only a block of HTML can have. */
static void
do_structure(struct html *h, const struct tag *tag, enum action action)
{
	switch (action) {
	case ACT_RULE:
		md_tree_mark(h->t, NODE_HR);
		break;
	case ACT_LIST:
		do_list(h, tag);
		break;
	case ACT_ITEM:
		do_item(h, tag->close);
		break;
	case ACT_DEFINITIONS:
	case ACT_TERM:
	case ACT_DEFINITION:
		do_definition(h, tag, action);
		break;
	case ACT_CAPTION:
		do_caption(h, tag->close);
		break;
	case ACT_QUOTE:
		if (tag->close)
			close_to(h, ACT_QUOTE);
		else
			open_container(h, ACT_QUOTE, NODE_QUOTE);
		break;
	case ACT_TABLE:
		do_table(h, tag->close);
		break;
	case ACT_ROW:
		do_row(h, tag->close);
		break;
	case ACT_CELL:
		do_cell(h, tag);
		break;
	default:
		do_inline(h->t, tag, action);
	}
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
do_tag(struct html *h, const struct tag *tag)
{
	enum action a = md_html_action(tag);
	struct md_tree *t = h->t;

	if (t->hide) {
		if (same_name(tag, t->hide, t->nhide))
			end_hidden(t, tag);
		else if (a == ACT_SOURCE)
			do_source(t, tag);
	} else if (is_hidden(tag, a)) {
		if (a != ACT_NONE && a < ACT_STRONG)
			do_block(h);
		hide(t, tag);
	} else if (a == ACT_NONE) {
		return;
	} else if (a == ACT_BLOCK) {
		do_block(h);
	} else if (a == ACT_HEADING) {
		do_heading(h, tag);
	} else if (a == ACT_PRE) {
		do_pre(h, tag->close);
	} else if (h->block && !(h->o->table && a < ACT_STRONG)) {
		do_structure(h, tag, a);
	} else {
		if (a >= ACT_LIST && a <= ACT_QUOTE)
			md_tree_hard_break(t);
		do_inline(t, tag, a);
	}
}

/* One that no tag has opened. */
static void
open_cell(struct html *h)
{
	if (innermost(h, ACT_TABLE))
		open_row(h);
	if (!innermost(h, ACT_ROW))
		return;
	end_cell(h);
	skip_spanned(h);
	h->o->column++;
	md_tree_leaf(h->t, NODE_CELL);
}

/* Text on its way into the tree: in a table it stands in a cell. */
static void
place_text(struct html *h, const char *s, size_t len)
{
	/* Blanks alone begin nothing. */
	if (!h->t->open && all_blank(s, len))
		return;
	if (h->o->table && !h->t->open && !h->t->hide) {
		open_cell(h);
	}
	put_text(h, s, len);
}

void
md_html_block(struct md_tree *t, const char *s, size_t len, bool top)
{
	struct html h = {.t = t, .o = &t->html, .block = top || t->html.n == 0};
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
	struct html h = {.t = t, .o = &t->html, .block = true};

	if (!t->flat || t->open)
		return;
	t->flat = false;
	open_cell(&h);
	if (t->open)
		t->flat = true;
	else
		md_html_close(t);
}

void
md_html_inline(struct md_tree *t, const char *s, size_t len)
{
	struct html h = {.t = t, .o = &t->html};
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
