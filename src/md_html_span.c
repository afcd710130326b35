/* SPDX-License-Identifier: ISC */
/* What raw HTML has within a line: emphasis, links, pictures, frames, videos.
 */
#include "md_html_priv.h"

#include <string.h>

#include "mem.h"

#define SCRIPT_MAX 40 /* bytes of <sub> and <sup> that become small */

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
void
md_html_put(struct md_html *h, const char *s, size_t len)
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

static void
count(uint16_t *n, bool close)
{
	if (!close && *n < UINT16_MAX)
		(*n)++;
	else if (close && *n > 0)
		(*n)--;
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

void
md_html_hide(struct md_tree *t, const struct tag *tag)
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
	struct md_html h = {.t = t, .o = &t->html};
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
		md_html_put(&h, alt, nalt);
	md_tree_object_end(t);
	/* What is inside is for browsers that know no such element. */
	if (kind == OBJECT_VIDEO || kind == OBJECT_AUDIO ||
	    (kind == OBJECT_FRAME && md_html_lower(tag->name[0]) != 'e'))
		md_html_hide(t, tag);
}

/* <source src> in a video or audio element that has no address yet. */
void
md_html_source(struct md_tree *t, const struct tag *tag)
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

static void
do_input(struct md_tree *t, const struct tag *tag)
{
	const char *v, *mark;
	size_t n;
	bool on = md_html_attribute(tag, "checked", &v, &n);

	if (tag->close || !md_html_attribute(tag, "type", &v, &n) || n != 8 ||
	    md_html_lower(*v) != 'c')
		return;
	mark = t->opt->ascii ? (on ? "[x] " : "[ ] ")
			     : (on ? "\xe2\x98\x91 " : "\xe2\x98\x90 ");
	md_tree_plain(t, mark, strlen(mark));
}

/* Small signs by their ASCII; a sign that has none stays in its line. */
static const struct {
	char c, up[4], down[4];
} scripts[] = {
    {'(', "\u207d", "\u208d"},
    {')', "\u207e", "\u208e"},
    {'+', "\u207a", "\u208a"},
    {'-', "\u207b", "\u208b"},
    {'0', "\u2070", "\u2080"},
    {'1', "\u00b9", "\u2081"},
    {'2', "\u00b2", "\u2082"},
    {'3', "\u00b3", "\u2083"},
    {'4', "\u2074", "\u2084"},
    {'5', "\u2075", "\u2085"},
    {'6', "\u2076", "\u2086"},
    {'7', "\u2077", "\u2087"},
    {'8', "\u2078", "\u2088"},
    {'9', "\u2079", "\u2089"},
    {'=', "\u207c", "\u208c"},
    {'i', "\u2071", "\u1d62"},
    {'n', "\u207f", "\u2099"},
    {'x', "\u02e3", "\u2093"},
};

static const char *
small(char c, bool up)
{
	for (size_t i = 0; i < NITEMS(scripts); i++)
		if (scripts[i].c == c)
			return up ? scripts[i].up : scripts[i].down;
	return NULL;
}

/* <sub> and <sup>: small where all of their signs are there, in one style. */
static void
do_script(struct md_tree *t, bool close, bool up)
{
	struct buf b = {0};
	size_t from = t->script - 1;
	const char *s;

	if (t->hide || t->object != MD_NONE || t->code[0] || t->opt->ascii)
		return;
	if (!close) {
		t->script = t->open ? t->text.len + 1 : 0;
		return;
	}
	if (t->script == 0 || !t->open || from < t->nodes[t->leaf].at ||
	    from >= t->text.len || t->text.len - from > SCRIPT_MAX ||
	    (t->nruns > 0 && t->runs[t->nruns - 1].at > from))
		return;
	t->script = 0;
	for (size_t i = from; i < t->text.len; i++) {
		s = small(t->text.data[i], up);
		if (!s)
			break;
		buf_puts(&b, s);
		if (i + 1 < t->text.len)
			continue;
		buf_splice(&t->text, from, t->text.len - from, b.data, b.len);
		break;
	}
	buf_dispose(&b);
}

/* The reading of a sign, in brackets where the page has none around it. */
static void
do_ruby(struct md_tree *t, bool close)
{
	char last = t->open && t->text.len > t->nodes[t->leaf].at
			? t->text.data[t->text.len - 1]
			: '\0';

	if (!close && last != '(') {
		t->ruby = true;
		md_tree_plain(t, "(", 1);
	} else if (close && t->ruby) {
		t->ruby = false;
		md_tree_plain(t, ")", 1);
	}
}

void
md_html_span(struct md_tree *t, const struct tag *tag, enum action action)
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
	case ACT_SUB:
	case ACT_SUP:
		do_script(t, tag->close, action == ACT_SUP);
		break;
	case ACT_RUBY:
		do_ruby(t, tag->close);
		break;
	case ACT_INPUT:
		do_input(t, tag);
		break;
	case ACT_HIDE:
		if (!tag->close)
			md_html_hide(t, tag);
		break;
	default:
		break;
	}
}
