/* SPDX-License-Identifier: ISC */
/*
 * Words of a body as the HTML that Goldmark writes: signs as character
 * references, those of the typographer by name, shortcodes as what they are
 * likely to stand for.
 */
#include "md_markup_priv.h"

#include <stdlib.h>
#include <string.h>

void
markup_put(struct markup *m, const char *s)
{
	buf_puts(m->html, s);
}

void
markup_leaf(struct markup *m, enum node_kind kind)
{
	md_tree_clear(&m->tree);
	md_tree_leaf(&m->tree, kind);
}

/* Something stands in the leaf that the tree is not told of: what follows it is
 * not at the start of anything. */
static void
stand_in(struct markup *m)
{
	if (m->tree.open)
		buf_putc(&m->tree.text, 'x');
}

/* The reference for the sign of the typographer at s. */
static const char *
smart_name(const char *s, size_t len, size_t *size)
{
	static const struct {
		const char *sign, *name;
	} names[] = {
	    {"\xe2\x80\x98", "&lsquo;"},
	    {"\xe2\x80\x99", "&rsquo;"},
	    {"\xe2\x80\x9c", "&ldquo;"},
	    {"\xe2\x80\x9d", "&rdquo;"},
	    {"\xe2\x80\x93", "&ndash;"},
	    {"\xe2\x80\x94", "&mdash;"},
	    {"\xe2\x80\xa6", "&hellip;"},
	    {"\xc2\xab", "&laquo;"},
	    {"\xc2\xbb", "&raquo;"},
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		*size = strlen(names[i].sign);
		if (len >= *size && !memcmp(s, names[i].sign, *size))
			return names[i].name;
	}
	*size = 0;
	return "";
}

static bool
name_is(const struct md_code *c, const char *name)
{
	return c->nname == strlen(name) && !memcmp(c->name, name, c->nname);
}

static void
put_highlight(struct markup *m, const struct md_code *c)
{
	const char *s = c->inner, *v;
	size_t len = c->ninner, n;
	struct buf info = {0};

	if (md_shortcode_arg(c, NULL, 0, &v, &n))
		buf_add(&info, v, n);
	if (md_shortcode_arg(c, NULL, 1, &v, &n)) {
		buf_puts(&info, " {");
		buf_add(&info, v, n);
	}
	for (; len > 0 && (*s == '\n' || *s == '\r'); len--)
		s++;
	while (len > 0 && (s[len - 1] == '\n' || s[len - 1] == '\r'))
		len--;
	markup_code(m, buf_text(&info), s, len, true);
	buf_dispose(&info);
}

/* Is a shortcode, with what is in it, all of the paragraph so far? */
static void
note_lone(struct markup *m, const struct md_code *c, size_t from)
{
	if (c->kind == CODE_OPEN && m->open++ == 0)
		m->lone[0] = from;
	if (c->kind == CODE_CLOSE && m->open > 0 && --m->open == 0)
		m->lone[1] = m->html->len;
	if (m->open > 0 || c->kind == CODE_CLOSE)
		return;
	m->lone[0] = from;
	m->lone[1] = m->html->len;
}

/* A shortcode; what its template adds to what is inside is not known. */
static void
put_shortcode(struct markup *m, const struct md_code *c)
{
	size_t from = m->html->len, n;
	enum md_answer answer;
	char *words, *address;
	const char *v;

	if (c->kind == CODE_LITERAL) {
		buf_add(m->html, c->src, c->len);
		return;
	}
	/* A bare address, or "<<", which the typographer has something for. */
	if (c->kind == CODE_ADDRESS || c->kind == CODE_SIGN) {
		if (c->kind == CODE_SIGN && m->opt->typographer && !m->code &&
		    !m->raw && !m->tree.code[0])
			markup_put(m, "&laquo;");
		else
			markup_escape(m, c->src, c->len);
		return;
	}
	m->tree.codes = m->codes;
	answer = md_shortcode_ask(&m->tree, c, &words, &address);
	m->tree.codes = NULL;
	if (answer == MD_ANSWER_TEXT)
		markup_escape(m, words, strlen(words));
	else if (answer == MD_ANSWER_PAGE)
		markup_escape(m, address, strlen(address));
	else if (c->kind == CODE_RAW && name_is(c, "highlight"))
		put_highlight(m, c);
	else if (c->kind == CODE_RAW)
		buf_add(m->html, c->inner, c->ninner);
	else if ((name_is(c, "ref") || name_is(c, "relref")) &&
		 md_shortcode_arg(c, NULL, 0, &v, &n))
		markup_escape(m, v, n);
	else if (name_is(c, "figure"))
		m->title = md_shortcode_arg(c, "title", -1, &v, &n);
	free(words);
	free(address);
	/* Even where it is nothing, it is alone in its paragraph. */
	if (m->html->len == from)
		markup_put(m, "<i>");
	note_lone(m, c, from);
}

/* What begins at s, a byte of plane 16: bytes of it; 0: it is itself. */
static size_t
put_special(struct markup *m, const char *s, size_t len)
{
	const struct md_code *c =
	    m->codes ? md_shortcodes_at(m->codes, s, len) : NULL;
	size_t size;

	if (c) {
		put_shortcode(m, c);
		return 4;
	}
	if (len < 4 || memcmp(s, MARK_SMART, 4) != 0)
		return 0;
	markup_put(m, smart_name(s + 4, len - 4, &size));
	return 4 + size;
}

static void
put_text(struct markup *m, const char *s, size_t len, bool escape)
{
	static const char *const names[128] = {
	    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};
	size_t from = 0, n;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		const char *name = escape && c < 0x80 ? names[c] : NULL;

		if (!name && c != 0xf4)
			continue;
		buf_add(m->html, s + from, i - from);
		from = i;
		n = name ? 1 : put_special(m, s + i, len - i);
		if (name)
			buf_puts(m->html, name);
		if (n > 0)
			i = from + n - 1;
		from += n;
	}
	buf_add(m->html, s + from, len - from);
}

void
markup_escape(struct markup *m, const char *s, size_t len)
{
	stand_in(m);
	put_text(m, s, len, true);
}

void
markup_raw(struct markup *m, const char *s, size_t len)
{
	stand_in(m);
	put_text(m, s, len, false);
}

static void
put_words(struct markup *m, const char *s, size_t len)
{
	struct md_tree *t = &m->tree;
	size_t from = t->text.len;

	if (!t->open || !m->opt->typographer || t->literal) {
		markup_escape(m, s, len);
		return;
	}
	md_smart_text(t, s, len);
	put_text(m, t->text.data + from, t->text.len - from, true);
}

/* The reference to a footnote at s: bytes of it, or 0. */
static size_t
put_reference(struct markup *m, const char *s, size_t len)
{
	const char *close;
	uint32_t number;

	if (len < 4 || s[1] != '^' || m->image > 0 ||
	    !(close = memchr(s, ']', len < 1000 ? len : 1000)))
		return 0;
	number = md_notes_refer(&m->notes, s + 2, (size_t)(close - s) - 2);
	if (number == 0)
		return 0;
	stand_in(m);
	buf_printf(m->html,
	    "<sup id=\"fnref:%u\"><a href=\"#fn:%u\" class=\"footnote-ref\" "
	    "role=\"doc-noteref\">%u</a></sup>",
	    number, number, number);
	return (size_t)(close - s) + 1;
}

void
markup_words(struct markup *m, const char *s, size_t len)
{
	const char *end = s + len, *from = s, *at = s;
	size_t n;

	while (m->notes.n > 0 && at < end &&
	       (at = memchr(at, '[', (size_t)(end - at)))) {
		const char *rest = at;

		if (at > m->tree.source && at < m->tree.source_end &&
		    at[-1] == '\\') {
			at++;
			continue;
		}
		put_words(m, from, (size_t)(at - from));
		from = rest;
		n = put_reference(m, at, (size_t)(end - at));
		at += n > 0 ? n : 1;
		from += n;
	}
	put_words(m, from, (size_t)(end - from));
}

/* Bytes of the name at s, behind "&", of those that HTML knows without a
 * semicolon; 0: it is none. */
static size_t
legacy_name(const char *s, size_t len)
{
	static const char names[] =
	    " AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY"
	    " Ccedil ETH Eacute Ecirc Egrave Euml GT Iacute Icirc"
	    " Igrave Iuml LT Ntilde Oacute Ocirc Ograve Oslash Otilde"
	    " Ouml QUOT REG THORN Uacute Ucirc Ugrave Uuml Yacute"
	    " aacute acirc acute aelig agrave amp aring atilde auml"
	    " brvbar ccedil cedil cent copy curren deg divide eacute"
	    " ecirc egrave eth euml frac12 frac14 frac34 gt iacute"
	    " icirc iexcl igrave iquest iuml laquo lt macr micro middot"
	    " nbsp not ntilde oacute ocirc ograve ordf ordm oslash"
	    " otilde ouml para plusmn pound quot raquo reg sect shy"
	    " sup1 sup2 sup3 szlig thorn times uacute ucirc ugrave uml"
	    " uuml yacute yen yuml ";
	char key[9] = " ";
	size_t n = 0;

	while (n < len && n < 6 &&
	       ((s[n] | 32) >= 'a' && (s[n] | 32) <= 'z'
		       ? true
		       : n > 1 && s[n] >= '0' && s[n] <= '9'))
		n++;
	for (; n >= 2; n--) {
		memcpy(key + 1, s, n);
		memcpy(key + 1 + n, " ", 2);
		if (strstr(names, key))
			return n;
	}
	return 0;
}

/* One character reference, at "&": bytes of it, 0: it is none. */
static size_t
unescape_one(struct buf *b, const char *s, size_t len)
{
	const char *semicolon = memchr(s, ';', len < 40 ? len : 40);
	size_t n;

	if (semicolon && md_entity_decode(b, s, (size_t)(semicolon - s) + 1))
		return (size_t)(semicolon - s) + 1;
	n = legacy_name(s + 1, len - 1);
	if (n == 0)
		return 0;
	buf_puts(b, md_entity_find(s + 1, n));
	return n + 1;
}

void
md_unescape(struct buf *b, const char *s, size_t len)
{
	const char *end = s + len, *amp;
	size_t n;

	while (s < end && (amp = memchr(s, '&', (size_t)(end - s)))) {
		buf_add(b, s, (size_t)(amp - s));
		n = unescape_one(b, amp, (size_t)(end - amp));
		if (n == 0)
			buf_putc(b, '&');
		s = amp + (n > 0 ? n : 1);
	}
	buf_add(b, s, (size_t)(end - s));
}
