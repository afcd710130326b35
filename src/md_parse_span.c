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
	t->retried = true;
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
begin_link(struct md_render *r, const char *s)
{
	struct md_tree *t = &r->tree;

	r->link_due = false;
	t->literal = in_source(t, s) && s[-1] == '<';
}

int
md_parse_leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct md_render *r = ctx;
	struct md_tree *t = &r->tree;

	(void)detail;
	if (md_parse_is_over(r, 0))
		return MD_PARSE_STOP;
	t->retried = true;
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

/* A comment that CommonMark 0.30, which is Goldmark's, takes for none. */
static bool
is_no_comment(const char *s, size_t len)
{
	if (len < 7 || memcmp(s, "<!--", 4) != 0 ||
	    memcmp(s + len - 3, "-->", 3) != 0)
		return false;
	if (s[4] == '>' || (s[4] == '-' && s[5] == '>'))
		return true;
	for (size_t i = 4; i + 4 < len; i++)
		if (s[i] == '-' && s[i + 1] == '-')
			return true;
	return len > 7 && s[len - 4] == '-';
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
	} else if (is_no_comment(s, len)) {
		md_tree_plain(t, s, len);
	} else if (r->opt->unsafe) {
		md_html_inline(t, s, len);
		t->retried = true;
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

/* A task whose box no blank follows, which md4c does not know. */
static void
skip_task(struct md_render *r, const char **s, size_t *len)
{
	struct md_tree *t = &r->tree;
	const char *p = *s;
	struct md_node *item;
	size_t n = 3;

	if (*p != '[' || *len < 4 || p[2] != ']' || r->opt->no_tasks ||
	    !strchr(" xX", p[1]) || t->flat ||
	    (t->open && t->text.len > t->nodes[t->leaf].at))
		return;
	item = t->nnodes > (t->open ? 1u : 0u)
		   ? &t->nodes[t->nnodes - (t->open ? 2 : 1)]
		   : NULL;
	if (!item || item->kind != NODE_ITEM || item->level != TASK_NONE)
		return;
	item->level = p[1] == ' ' ? TASK_OPEN : TASK_DONE;
	while (n < *len && (p[n] == ' ' || p[n] == '\t'))
		n++;
	*s += n;
	*len -= n;
}

/* The run of at least two tildes in s from i; len: there is none. */
static size_t
next_tildes(const char *s, size_t len, size_t i, size_t *n)
{
	for (; i < len; i += *n) {
		for (*n = 0; i + *n < len && s[i + *n] == '~';)
			++*n;
		if (*n > 1)
			return i;
		*n += *n == 0;
	}
	return len;
}

bool
md_strike_find(const char *s, size_t len, size_t from, struct md_strike *strike)
{
	size_t open, close, nopen, nclose, both;

	while ((open = next_tildes(s, len, from, &nopen)) < len &&
	       (close = next_tildes(s, len, open + nopen, &nclose)) < len) {
		from = close;
		if (open + nopen == close || s[open + nopen] == ' ' ||
		    s[close - 1] == ' ')
			continue;
		both = nopen < nclose ? nopen : nclose;
		*strike = (struct md_strike){
		    open + nopen - both, open + nopen, close, close + both};
		return true;
	}
	return false;
}

static void
strike_words(struct md_tree *t, const char *s, size_t len)
{
	struct md_strike k;
	size_t i = 0;

	for (; md_strike_find(s, len, i, &k); i = k.next) {
		md_smart_text(t, s + i, k.before - i);
		t->strike[0]++;
		md_smart_text(t, s + k.at, k.end - k.at);
		t->strike[0]--;
	}
	md_smart_text(t, s + i, len - i);
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
	t->words = true;
	skip_task(r, &s, &len);
	if (t->tildes && !r->opt->no_strikethrough)
		strike_words(t, s, len);
	else
		md_smart_text(t, s, len);
	t->words = false;
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
		begin_link(r, s);
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
