/* SPDX-License-Identifier: ISC */
/*
 * md4c's callbacks for spans and text.  What it makes out of hostile input is
 * bounded here: bytes of addresses, and callbacks.
 */
#include "md_parse_priv.h"

#include <stdlib.h>
#include <string.h>

#define CALL 4 /* what a call costs, beside what is made in it */

/* Is there nothing left for a call with n bytes of text? */
bool
md_parse_is_over(struct md_render *r, size_t n)
{
	return !doc_spend(r->doc, CALL + n);
}

/* An attribute with its character references decoded, in the tree. */
uint32_t
md_parse_attribute(struct md_render *r, const MD_ATTRIBUTE *a)
{
	struct buf b = {0};
	uint32_t at;

	for (unsigned i = 0; a->size > 0 && a->substr_offsets[i] < a->size;
	     i++) {
		const char *s = a->text + a->substr_offsets[i];
		size_t n = a->substr_offsets[i + 1] - a->substr_offsets[i];

		if (a->substr_types[i] != MD_TEXT_ENTITY ||
		    !md_entity_decode(&b, s, n))
			buf_add(&b, s, n);
	}
	at = md_tree_string(&r->tree, buf_text(&b), b.len);
	buf_dispose(&b);
	return at;
}

/* A link to an address: its index in the doc, or -1. */
static int
add_link(struct md_render *r, const MD_ATTRIBUTE *a)
{
	uint32_t at;

	if (a->size == 0 || a->substr_offsets[1] != a->size ||
	    a->substr_types[0] != MD_TEXT_NORMAL || r->tree.codes) {
		at = md_parse_attribute(r, a);
		return doc_add_link(r->doc, r->tree.strings.data + at);
	}
	/* That of a reference is kept once where its uses follow each other. */
	if (a->text == r->address && a->size == r->naddress)
		return doc_repeat_link(r->doc, r->link);
	r->address = a->text >= r->tree.source && a->text < r->tree.source_end
			 ? a->text
			 : NULL;
	r->naddress = a->size;
	r->link = doc_add_address(r->doc, a->text, a->size);
	return r->link;
}

bool
md_parse_is_more(const char *s, size_t len)
{
	while (len > 0 && (s[len - 1] == '\n' || s[len - 1] == ' '))
		len--;
	while (len > 0 && *s == ' ') {
		s++;
		len--;
	}
	return len >= 11 && !memcmp(s, "<!--", 4) &&
	       !memcmp(s + len - 3, "-->", 3) && memchr(s, 'm', len) &&
	       len <= 13 && !memcmp(memchr(s, 'm', len), "more", 4);
}

int
md_parse_enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct md_render *r = ctx;
	struct md_tree *t = &r->tree;
	const MD_SPAN_A_DETAIL *a = detail;
	const MD_SPAN_IMG_DETAIL *img = detail;

	size_t n = 0;

	if (type == MD_SPAN_A)
		n = a->href.size + a->title.size;
	if (type == MD_SPAN_IMG)
		n = img->src.size + img->title.size;
	if (md_parse_is_over(r, n))
		return MD_PARSE_STOP;
	switch (type) {
	case MD_SPAN_EM:
		t->em[0]++;
		break;
	case MD_SPAN_STRONG:
		t->strong[0]++;
		break;
	case MD_SPAN_DEL:
		r->tildes <<= 1;
		r->tilde_due = true;
		t->strike[0]++;
		break;
	case MD_SPAN_CODE:
		t->code[0]++;
		break;
	case MD_SPAN_A:
		r->link_due = true;
		if (t->hide || t->object != MD_NONE)
			break;
		t->link[0] = add_link(r, &a->href);
		break;
	case MD_SPAN_IMG:
		md_tree_object(
		    t, OBJECT_PICTURE, md_parse_attribute(r, &img->src));
		break;
	default:
		break;
	}
	return 0;
}

static bool
in_source(const struct md_tree *t, const char *s)
{
	return t->source && s > t->source && s < t->source_end;
}

/*
 * md4c strikes out ~one~ too.  The first text in such a span tells how many
 * tildes are before it.
 */
static void
begin_strike(struct md_render *r, const char *s)
{
	struct md_tree *t = &r->tree;

	r->tilde_due = false;
	if (!in_source(t, s))
		return;
	while (s > t->source && s[-1] != '~' && s[-1] != '\n')
		s--;
	if (s - t->source < 1 || s[-1] != '~' ||
	    (s - t->source > 1 && s[-2] == '~'))
		return;
	r->tildes |= 1;
	t->strike[0]--;
	md_tree_plain(t, "~", 1);
}

static void
leave_strike(struct md_render *r)
{
	if (r->tildes & 1)
		md_tree_plain(&r->tree, "~", 1);
	else
		r->tree.strike[0]--;
	r->tildes >>= 1;
	r->tilde_due = false;
}

/* The first text of a link: an address that is its own text is left alone. */
static void
begin_link(struct md_render *r, const char *s, size_t len)
{
	struct md_tree *t = &r->tree;

	r->link_due = false;
	t->literal = in_source(t, s) && s[-1] != '[' &&
		     (s[-1] == '<' || !strncmp(s, "http", 4) ||
			 !strncmp(s, "www.", 4) || !strncmp(s, "ftp:", 4));
	/* <<a@b.c>>: the typographer comes first, and makes it no link. */
	if (!t->literal || !r->opt->typographer || !t->open || s[-1] != '<' ||
	    s - t->source < 2 || s[-2] != '<' || memchr(s, ':', len) ||
	    (size_t)(t->source_end - s) < len + 2 || s[len + 1] != '>' ||
	    t->text.len == 0 || t->text.data[t->text.len - 1] != '<')
		return;
	t->text.len--;
	t->link[0] = -1;
	md_tree_plain(t, "\xc2\xab", 2);
	t->guillemet = s + len + 1;
}

int
md_parse_leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct md_render *r = ctx;
	struct md_tree *t = &r->tree;

	(void)detail;
	if (md_parse_is_over(r, 0))
		return MD_PARSE_STOP;
	switch (type) {
	case MD_SPAN_EM:
		t->em[0]--;
		break;
	case MD_SPAN_STRONG:
		t->strong[0]--;
		break;
	case MD_SPAN_DEL:
		leave_strike(r);
		break;
	case MD_SPAN_CODE:
		t->code[0]--;
		break;
	case MD_SPAN_A:
		t->literal = 0;
		if (t->object == MD_NONE)
			t->link[0] = -1;
		break;
	case MD_SPAN_IMG:
		md_tree_object_end(t);
		break;
	default:
		break;
	}
	return 0;
}

static void
add_entity(struct md_render *r, const char *s, size_t len)
{
	struct buf b = {0};

	if (md_entity_decode(&b, s, len))
		md_tree_plain(&r->tree, buf_text(&b), b.len);
	else
		md_tree_plain(&r->tree, s, len);
	buf_dispose(&b);
}

static void
add_html(struct md_render *r, const char *s, size_t len)
{
	struct md_tree *t = &r->tree;
	static const char note[] = "[raw HTML omitted]";

	if (r->html) {
		buf_add(&r->raw, s, len);
	} else if (!r->more && md_parse_is_more(s, len) && t->open &&
		   t->nodes[t->leaf].kind == NODE_P) {
		r->more = true;
		md_tree_mark(t, NODE_MORE);
		md_tree_leaf(t, NODE_P);
	} else if (r->opt->unsafe) {
		md_html_inline(t, s, len);
	} else if (len > 1 && s[1] != '/' && s[1] != '!' && !r->omitted) {
		t->missing++;
		md_tree_plain(t, note, sizeof(note) - 1);
		t->missing--;
		r->omitted = true;
	}
}

/* The source of a span of code; a bar in a table's is escaped. */
static void
add_code(struct md_render *r, const char *s, size_t len)
{
	struct md_tree *t = &r->tree;
	size_t from = 0;

	if (r->code && t->open) {
		md_tree_code(t, s, len);
		return;
	}
	if (!t->open || t->nodes[t->leaf].kind != NODE_CELL) {
		if (t->open && t->nodes[t->leaf].kind == NODE_CODE)
			md_tree_code(t, s, len);
		else
			md_tree_plain(t, s, len);
		return;
	}
	for (size_t i = 0; i + 1 < len; i++) {
		if (s[i] != '\\' || s[i + 1] != '|')
			continue;
		md_tree_plain(t, s + from, i - from);
		from = i + 1;
	}
	md_tree_plain(t, s + from, len - from);
}

static void
add_words(struct md_render *r, const char *s, size_t len)
{
	struct md_tree *t = &r->tree;

	if (len >= 4 && (unsigned char)*s == 0xf4) {
		if (!memcmp(s, MARK_TERM, 4)) {
			md_tree_leaf(t, NODE_P)->level = TERM;
			s += 4;
			len -= 4;
		} else if (r->collect && !memcmp(s, MARK_BODY, 4)) {
			r->body = true;
			return;
		}
	}
	md_smart_text(t, s, len);
}

int
md_parse_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE len, void *ctx)
{
	struct md_render *r = ctx;
	struct md_tree *t = &r->tree;

	if (md_parse_is_over(r, len))
		return MD_PARSE_STOP;
	if (r->tilde_due && type != MD_TEXT_SOFTBR && type != MD_TEXT_BR)
		begin_strike(r, s);
	if (r->link_due)
		begin_link(r, s, len);
	if (r->heading)
		len = (MD_SIZE)md_heading_text(t, s, len);
	if (type != MD_TEXT_HTML)
		r->omitted = false;
	switch (type) {
	case MD_TEXT_BR:
		md_tree_hard_break(t);
		break;
	case MD_TEXT_SOFTBR:
		if (r->opt->hard_wraps)
			md_tree_hard_break(t);
		else
			md_tree_soft_break(t);
		break;
	case MD_TEXT_ENTITY:
		add_entity(r, s, len);
		break;
	case MD_TEXT_CODE:
		add_code(r, s, len);
		break;
	case MD_TEXT_HTML:
		add_html(r, s, len);
		break;
	case MD_TEXT_NULLCHAR:
		md_tree_plain(t, "\xef\xbf\xbd", 3);
		break;
	default:
		add_words(r, s, len);
	}
	return 0;
}
