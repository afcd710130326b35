/* SPDX-License-Identifier: ISC */
/*
 * One top-level block as a flat tree: nodes in the order of the text, one text
 * for all of them, runs of style over it, and objects (pictures, shortcodes)
 * in it.  Everything that comes in is cleaned here: what is in a tree can be
 * shown.
 */
#include "md_priv.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define REPLACEMENT "\xef\xbf\xbd"
#define ADDRESS_MAX 4096 /* bytes of one that may be a file's */

void
md_tree_init(struct md_tree *t, const struct md_options *opt,
    const struct md_shortcodes *codes, struct doc *d)
{
	memset(t, 0, sizeof(*t));
	t->opt = opt;
	t->codes = codes;
	t->doc = d;
	t->object = t->edge = MD_NONE;
	t->link[0] = t->link[1] = -1;
	/* Never NULL, so that an empty text has an address too. */
	buf_puts(&t->text, "");
	buf_puts(&t->strings, "");
}

void
md_tree_clear(struct md_tree *t)
{
	md_tree_end_leaf(t);
	buf_clear(&t->text);
	buf_clear(&t->strings);
	t->nnodes = t->nruns = t->nobjects = 0;
}

void
md_tree_dispose(struct md_tree *t)
{
	buf_dispose(&t->text);
	buf_dispose(&t->strings);
	free(t->nodes);
	free(t->runs);
	free(t->objects);
	md_ids_dispose(&t->ids);
}

static struct md_node *
add_node(struct md_tree *t, enum node_kind kind)
{
	struct md_node *n;

	doc_spend(t->doc, sizeof(*n));
	t->nodes = xgrow(t->nodes, t->nnodes, &t->nodes_cap, sizeof(*n));
	n = &t->nodes[t->nnodes++];
	*n = (struct md_node){
	    .kind = (uint8_t)kind,
	    .at = (uint32_t)t->text.len,
	    .run = (uint32_t)t->nruns,
	    .object = (uint32_t)t->nobjects,
	    .label = MD_NONE,
	    .info = MD_NONE,
	};
	return n;
}

/* A cell is open that stays so: what comes next begins a line in it. */
static bool
is_flat(struct md_tree *t)
{
	if (!t->flat || !t->open)
		return false;
	if (t->text.len == 0 || t->text.data[t->text.len - 1] != '\n')
		md_tree_hard_break(t);
	t->spare = (struct md_node){.label = MD_NONE, .info = MD_NONE};
	return true;
}

struct md_node *
md_tree_leaf(struct md_tree *t, enum node_kind kind)
{
	struct md_node *n;

	if (is_flat(t))
		return &t->spare;
	md_tree_end_leaf(t);
	n = add_node(t, kind);
	t->open = true;
	t->leaf = (uint32_t)t->nnodes - 1;
	t->soft = false;
	t->fresh = true;
	t->edge = MD_NONE;
	t->column = 0;
	t->unclosed[0] = t->unclosed[1] = 0;
	t->line = t->line_end = t->line_cut = NULL;
	return n;
}

/* Whatever comes next stands on another line: the last object is alone. */
static void
end_source_line(struct md_tree *t)
{
	if (t->edge != MD_NONE)
		t->objects[t->edge].last = true;
	t->edge = MD_NONE;
	t->fresh = true;
}

static void
trim(struct md_tree *t, const struct md_node *n)
{
	size_t len = t->text.len;

	if (n->kind == NODE_CODE)
		return;
	while (len > n->at &&
	       (t->text.data[len - 1] == ' ' || t->text.data[len - 1] == '\n'))
		len--;
	t->text.len = len;
	while (t->nruns > n->run && t->runs[t->nruns - 1].at >= len)
		t->nruns--;
}

void
md_tree_end_leaf(struct md_tree *t)
{
	struct md_node *n;

	if (!t->open || is_flat(t))
		return;
	md_tree_object_cancel(t);
	end_source_line(t);
	n = &t->nodes[t->leaf];
	trim(t, n);
	n->len = (uint32_t)t->text.len - n->at;
	n->nobject = (uint32_t)t->nobjects - n->object;
	t->open = false;
	/* A paragraph of nothing but hidden things is nothing. */
	if (n->len == 0 && n->kind == NODE_P)
		t->nnodes = t->leaf;
	else if (n->nobject == 1)
		md_shortcode_leaf(t);
}

struct md_node *
md_tree_enter(struct md_tree *t, enum node_kind kind)
{
	if (is_flat(t))
		return &t->spare;
	md_tree_end_leaf(t);
	return add_node(t, kind);
}

void
md_tree_leave(struct md_tree *t)
{
	if (is_flat(t))
		return;
	md_tree_end_leaf(t);
	add_node(t, NODE_END);
}

void
md_tree_mark(struct md_tree *t, enum node_kind kind)
{
	if (is_flat(t))
		return;
	md_tree_end_leaf(t);
	add_node(t, kind);
}

/* What is appended next has the style of now; without branches, for it is asked
 * for every piece of text. */
static struct md_run
style_now(const struct md_tree *t)
{
	static const uint8_t headings[] = {
	    MD_H1, MD_H1, MD_H2, MD_H3, MD_H3, MD_H3, MD_H3, MD_H3};
	const struct md_node *n = &t->nodes[t->leaf];
	struct md_run r = {.at = (uint32_t)t->text.len};
	bool strong = (t->strong[0] | t->strong[1]) != 0;
	bool term = (n->kind == NODE_P) & (n->level == TERM);

	r.link = (int16_t)(t->link[1] >= 0 ? t->link[1] : t->link[0]);
	r.style = MD_TEXT;
	if (n->kind == NODE_H)
		r.style = headings[n->level & 7];
	else if (n->kind == NODE_CODE)
		r.style = MD_BLOCK;
	else if (n->kind == NODE_CELL && n->head)
		r.style = MD_CELL;
	r.style = r.link != -1 ? MD_LINK : r.style;
	r.style = t->code[0] | t->code[1] ? MD_CODE : r.style;
	r.style = t->formula ? MD_MATH : r.style;
	r.style = t->object != MD_NONE ? MD_LABEL : r.style;
	r.style = t->missing ? MD_MISSING : r.style;
	r.attr = (uint8_t)((strong | term) * MD_BOLD |
			   ((t->em[0] | t->em[1]) != 0) * MD_ITALIC |
			   ((t->strike[0] | t->strike[1]) != 0) * MD_STRIKE |
			   ((t->under[0] | t->under[1]) != 0) * MD_UNDERLINE);
	return r;
}

static void
sync_style(struct md_tree *t)
{
	struct md_run r = style_now(t);
	struct md_run *last =
	    t->nruns > t->nodes[t->leaf].run ? &t->runs[t->nruns - 1] : NULL;

	if (last && last->style == r.style && last->attr == r.attr &&
	    last->link == r.link)
		return;
	if (last && last->at == r.at) {
		*last = r;
		return;
	}
	t->runs = xgrow(t->runs, t->nruns, &t->runs_cap, sizeof(r));
	t->runs[t->nruns++] = r;
}

static bool
at_start(const struct md_tree *t)
{
	return t->text.len == t->nodes[t->leaf].at;
}

static bool
after_blank(const struct md_tree *t)
{
	return at_start(t) || t->text.data[t->text.len - 1] == ' ' ||
	       t->text.data[t->text.len - 1] == '\n';
}

static bool
ends_cjk(const struct md_tree *t)
{
	size_t i = t->text.len, size;
	size_t start = t->nodes[t->leaf].at;

	if (i == start || !(t->text.data[i - 1] & 0x80))
		return false;
	for (i--; i > start && (t->text.data[i] & 0xc0) == 0x80;)
		i--;
	return text_is_cjk(
	    text_decode(t->text.data + i, t->text.len - i, &size));
}

/* A leaf for words, if none is open: the text of a tight item. */
static void
need_leaf(struct md_tree *t)
{
	if (!t->open)
		md_tree_leaf(t, NODE_P);
}

/* Before words: what a soft break between lines comes to. */
static void
resolve_soft(struct md_tree *t, const char *s, size_t len)
{
	size_t size;

	t->soft = false;
	if (after_blank(t))
		return;
	if ((*s & 0x80) && ends_cjk(t) &&
	    text_is_cjk(text_decode(s, len, &size)))
		return;
	buf_putc(&t->text, ' ');
}

/* Append what a placeholder in running text stands for. */
static void
add_shortcode(struct md_tree *t, const struct md_code *c, bool retried)
{
	bool code =
	    t->code[0] || t->code[1] || t->nodes[t->leaf].kind == NODE_CODE;

	if (c->kind >= CODE_ADDRESS && !code) {
		md_address_put(t, c, retried);
		return;
	}
	if (c->math != MD_MATH_NONE && !code) {
		md_math_put(t, c);
		return;
	}
	if (c->kind == CODE_LITERAL || t->object != MD_NONE || code) {
		md_shortcode_text(c, &t->text);
		return;
	}
	md_shortcode_put(t, c);
}

/* Bytes of s in U+3000 to U+9FFF, all of which can be taken as they are. */
static size_t
cjk_run(const char *s, size_t len)
{
	size_t i = 0;

	while (i + 3 <= len && (unsigned char)s[i] >= 0xe3 &&
	       (unsigned char)s[i] <= 0xe9 && (s[i + 1] & 0xc0) == 0x80 &&
	       (s[i + 2] & 0xc0) == 0x80)
		i += 3;
	return i;
}

static void
add_clean(struct md_tree *t, const char *s, size_t len)
{
	size_t n;

	while (len > 0) {
		n = cjk_run(s, len);
		buf_add(&t->text, s, n);
		s += n;
		len -= n;
		for (n = 0; n < len && cjk_run(s + n, len - n) == 0; n++)
			continue;
		text_clean(&t->text, s, n);
		s += n;
		len -= n;
	}
}

/* A run of bytes that are not ASCII. */
static void
add_high(struct md_tree *t, const char *s, size_t len, bool retried)
{
	const struct md_code *c;
	size_t from = 0;

	if (t->codes && t->codes->n > 0) {
		for (size_t i = 0; i + 4 <= len; i++) {
			c = (unsigned char)s[i] == 0xf4
				? md_shortcodes_at(t->codes, s + i, len - i)
				: NULL;
			if (!c)
				continue;
			if (i > from)
				add_clean(t, s + from, i - from);
			add_shortcode(t, c, retried && i == from);
			sync_style(t);
			retried = c->kind == CODE_SIGN;
			from = i + 4;
			i += 3;
		}
	}
	if (len > from)
		add_clean(t, s + from, len - from);
}

#define ONES  0x0101010101010101u
#define HIGHS 0x8080808080808080u

static uint64_t
eight(const char *s)
{
	uint64_t w;

	memcpy(&w, s, sizeof(w));
	return w;
}

/* Is a byte of eight no printable ASCII: a high bit, below a blank, DEL? */
static bool
is_odd(uint64_t w)
{
	return (w | (w - ONES * ' ') | (w + ONES)) & HIGHS;
}

static bool
is_plain(uint64_t w)
{
	/* A high bit for each blank, and no other. */
	uint64_t x = ~((w ^ ONES * ' ') + ONES * 0x7f) & HIGHS;

	return !is_odd(w) && !(x & x << 8);
}

/* Bytes of s that can be taken as they are; *blank: the last was a space. */
static size_t
plain_run(const char *s, size_t len, bool *blank)
{
	bool b = *blank;
	size_t i = 0;

	for (; len - i >= 8; i += 8, b = s[i - 1] == ' ')
		if (!is_plain(eight(s + i)) || (b && s[i] == ' '))
			break;
	/* The rest, with some bytes that were looked at. */
	if (i > 0 && len - i < 8 && is_plain(eight(s + len - 8))) {
		*blank = s[len - 1] == ' ';
		return len;
	}
	for (; i < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c > ' ' && c < 0x7f)
			b = false;
		else if (c == ' ' && !b)
			b = true;
		else
			break;
	}
	*blank = b;
	return i;
}

static size_t
high_run(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && (s[i] & 0x80))
		i++;
	return i;
}

static void
mark_words(struct md_tree *t)
{
	t->fresh = false;
	t->edge = MD_NONE;
}

void
md_tree_address(struct md_tree *t, const char *s, size_t len)
{
	sync_style(t);
	add_clean(t, s, len);
	if (t->object == MD_NONE)
		mark_words(t);
}

static bool
all_blank(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] != ' ' && s[i] != '\t' && s[i] != '\n')
			return false;
	return true;
}

void
md_tree_plain(struct md_tree *t, const char *s, size_t len)
{
	bool blank, retried = t->retried;
	size_t i, n;

	if (t->hide || len == 0)
		return;
	t->retried = false;
	need_leaf(t);
	blank = *s <= ' ' && all_blank(s, len);
	if (t->soft && !blank)
		resolve_soft(t, s, len);
	sync_style(t);
	/* A shortcode marks its own words. */
	if (t->object == MD_NONE && !blank &&
	    !(t->codes && len == 4 && md_shortcodes_at(t->codes, s, len)))
		mark_words(t);
	for (i = 0; i < len; i += n) {
		blank = after_blank(t);
		n = plain_run(s + i, len - i, &blank);
		if (n > 0) {
			buf_add(&t->text, s + i, n);
		} else if (s[i] & 0x80) {
			n = high_run(s + i, len - i);
			add_high(t, s + i, n, retried && i == 0);
		} else {
			n = 1;
			if (s[i] != ' ' && s[i] != '\t' && s[i] != '\n')
				buf_puts(&t->text, REPLACEMENT);
			else if (!blank)
				buf_putc(&t->text, ' ');
		}
	}
}

static void
add_code_char(struct md_tree *t, char c)
{
	int n;

	if (c == '\n') {
		buf_putc(&t->text, '\n');
		t->column = 0;
	} else if (c == '\t') {
		n = MD_TAB - t->column % MD_TAB;
		t->column += n;
		while (n-- > 0)
			buf_putc(&t->text, ' ');
	} else {
		buf_puts(&t->text, REPLACEMENT);
		t->column++;
	}
}

void
md_tree_code(struct md_tree *t, const char *s, size_t len)
{
	size_t i, n, was;

	if (t->hide || len == 0)
		return;
	if (!t->open)
		md_tree_leaf(t, NODE_CODE);
	sync_style(t);
	for (i = 0; i < len; i += n) {
		for (n = 0; len - i - n >= 8 && !is_odd(eight(s + i + n));)
			n += 8;
		while (i + n < len && s[i + n] >= ' ' && s[i + n] < 0x7f)
			n++;
		if (n > 0) {
			buf_add(&t->text, s + i, n);
			t->column += (int)n;
		} else if (s[i] & 0x80) {
			n = high_run(s + i, len - i);
			was = t->text.len;
			add_high(t, s + i, n, false);
			t->column +=
			    md_columns(t->text.data + was, t->text.len - was);
		} else {
			n = 1;
			add_code_char(t, s[i]);
		}
	}
}

void
md_tree_soft_break(struct md_tree *t)
{
	if (t->hide || !t->open)
		return;
	if (t->object == MD_NONE)
		end_source_line(t);
	t->soft = true;
}

void
md_tree_hard_break(struct md_tree *t)
{
	if (t->hide || !t->open)
		return;
	if (t->object != MD_NONE) {
		t->soft = true;
		return;
	}
	end_source_line(t);
	t->soft = false;
	while (!at_start(t) && t->text.data[t->text.len - 1] == ' ')
		t->text.len--;
	if (at_start(t))
		return;
	sync_style(t);
	buf_putc(&t->text, '\n');
}

/* "[picture ", "[missing picture ", "[email ": what an object begins with. */
static void
add_object_name(struct md_tree *t, const struct md_object *o)
{
	static const char *const names[] = {
	    [OBJECT_PICTURE] = "picture",
	    [OBJECT_FRAME] = "iframe",
	    [OBJECT_VIDEO] = "video",
	    [OBJECT_AUDIO] = "audio",
	};
	const struct md_code *c;

	buf_putc(&t->text, '[');
	if (o->kind != OBJECT_CODE) {
		if (t->missing)
			buf_puts(&t->text, "missing ");
		buf_puts(&t->text, names[o->kind]);
		return;
	}
	c = &t->codes->v[o->address];
	if (t->missing)
		buf_puts(&t->text, "missing ");
	if (c->kind == CODE_CLOSE)
		buf_putc(&t->text, '/');
	text_clean(&t->text, c->name, c->nname);
	if (c->nargs > 0 && !t->titled) {
		buf_putc(&t->text, ' ');
		text_clean(&t->text, c->args, c->nargs);
	}
}

/* What an address stands for is asked once where it comes in a row. */
static void
look_up_picture(struct md_tree *t, struct md_object *o)
{
	const struct md_object *last =
	    t->nobjects > 0 ? &t->objects[t->nobjects - 1] : NULL;
	const char *address;

	if (o->kind != OBJECT_PICTURE || !t->opt->picture)
		return;
	address = t->strings.data + o->address;
	if (last && last->kind == OBJECT_PICTURE &&
	    !strcmp(t->strings.data + last->address, address)) {
		t->strings.len = o->address;
		o->address = last->address;
		o->known = last->known;
		o->picture = last->picture;
	} else if (strlen(address) <= ADDRESS_MAX) {
		o->known = t->opt->picture(t->opt->ctx, address, &o->picture);
	}
	t->missing = o->known && o->picture.missing;
}

void
md_tree_object(struct md_tree *t, enum object_kind kind, uint32_t address)
{
	struct md_object o = {.kind = (uint8_t)kind, .address = address};

	if (t->hide)
		return;
	if (t->object != MD_NONE) {
		t->nested++;
		return;
	}
	need_leaf(t);
	if (t->soft)
		resolve_soft(t, "[", 1);
	if (t->edge != MD_NONE)
		t->objects[t->edge].last = true;
	o.first = t->fresh || (t->edge != MD_NONE && t->objects[t->edge].first);
	o.link = (int16_t)(t->link[1] >= 0 ? t->link[1] : t->link[0]);
	look_up_picture(t, &o);
	t->objects = xgrow(t->objects, t->nobjects, &t->objects_cap, sizeof(o));
	t->object = (uint32_t)t->nobjects++;
	sync_style(t);
	o.at = (uint32_t)t->text.len;
	add_object_name(t, &o);
	buf_putc(&t->text, ' ');
	o.alt = (uint32_t)t->text.len;
	t->objects[t->object] = o;
	t->fresh = false;
	t->edge = MD_NONE;
}

/* The last part of an address; its end when it has none. */
static const char *
base_name(const char *address)
{
	const char *slash = strrchr(address, '/');

	return slash && slash[1] ? slash + 1 : address;
}

void
md_tree_object_end(struct md_tree *t)
{
	struct md_object *o;
	const char *address;
	char *name;

	if (t->object == MD_NONE)
		return;
	if (t->nested > 0) {
		t->nested--;
		return;
	}
	o = &t->objects[t->object];
	while (t->text.len > o->alt && t->text.data[t->text.len - 1] == ' ')
		t->text.len--;
	o->nalt = (uint32_t)t->text.len - o->alt;
	if (o->nalt == 0 && o->kind != OBJECT_CODE) {
		address = t->strings.data + o->address;
		name = xstrdup(
		    o->kind == OBJECT_PICTURE ? base_name(address) : address);
		buf_puts(&t->text, name);
		free(name);
	} else if (o->nalt == 0) {
		t->text.len--;
	}
	buf_putc(&t->text, ']');
	o->len = (uint32_t)t->text.len - o->at;
	t->edge = t->object;
	t->object = MD_NONE;
	t->missing = 0;
	t->soft = false;
}

void
md_tree_object_cancel(struct md_tree *t)
{
	t->nested = 0;
	md_tree_object_end(t);
}

void
md_tree_expand(struct md_tree *t, struct buf *b, const char *s, size_t len)
{
	const struct md_code *c;
	size_t from = 0;

	if (t->codes && t->codes->n > 0) {
		for (size_t i = 0; i + 4 <= len; i++) {
			c = md_shortcodes_at(t->codes, s + i, len - i);
			if (!c)
				continue;
			text_clean(b, s + from, i - from);
			md_shortcode_address(t, c, b);
			from = i + 4;
			i += 3;
		}
	}
	text_clean(b, s + from, len - from);
}

uint32_t
md_tree_string(struct md_tree *t, const char *s, size_t len)
{
	uint32_t at = (uint32_t)t->strings.len;

	md_tree_expand(t, &t->strings, s, len);
	buf_putc(&t->strings, '\0');
	return at;
}
