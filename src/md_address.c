/* SPDX-License-Identifier: ISC */
/*
 * Bare addresses, as Goldmark's linkify finds them (its extension/linkify.go
 * names the signs).  They are taken out of the body with the shortcodes, since
 * nothing in them is Markdown, and come back as links in running text and as
 * they are anywhere else.  So is "<<", which the typographer takes before
 * Markdown could take what follows for HTML.
 */
#include "md_priv.h"

#include <string.h>

#include "mem.h"
#include "text.h"

#define DOMAIN_MAX 256
#define LINK_MAX   8192 /* bytes of one that is a link */
#define BACK_MAX   2000 /* bytes of a paragraph before one that are read */
/* What another span may end with. */
#define ENDS      "`>)\"'-.<"
#define LOCAL_MAX 200 /* bytes before the @ of one for mail */

enum {
	DOMAIN = 1, /* may be in a domain */
	PATH = 2,   /* in what follows it */
	LOCAL = 4,  /* before an @ */
	TRIM = 8,   /* does not end an address */
	BEFORE = 16 /* an address may follow */
};

#define ALNUM DOMAIN | PATH | LOCAL

static const unsigned char kinds[256] = {
    ['a'] = ALNUM,
    ['b'] = ALNUM,
    ['c'] = ALNUM,
    ['d'] = ALNUM,
    ['e'] = ALNUM,
    ['f'] = ALNUM,
    ['g'] = ALNUM,
    ['h'] = ALNUM,
    ['i'] = ALNUM,
    ['j'] = ALNUM,
    ['k'] = ALNUM,
    ['l'] = ALNUM,
    ['m'] = ALNUM,
    ['n'] = ALNUM,
    ['o'] = ALNUM,
    ['p'] = ALNUM,
    ['q'] = ALNUM,
    ['r'] = ALNUM,
    ['s'] = ALNUM,
    ['t'] = ALNUM,
    ['u'] = ALNUM,
    ['v'] = ALNUM,
    ['w'] = ALNUM,
    ['x'] = ALNUM,
    ['y'] = ALNUM,
    ['z'] = ALNUM,
    ['A'] = ALNUM,
    ['B'] = ALNUM,
    ['C'] = ALNUM,
    ['D'] = ALNUM,
    ['E'] = ALNUM,
    ['F'] = ALNUM,
    ['G'] = ALNUM,
    ['H'] = ALNUM,
    ['I'] = ALNUM,
    ['J'] = ALNUM,
    ['K'] = ALNUM,
    ['L'] = ALNUM,
    ['M'] = ALNUM,
    ['N'] = ALNUM,
    ['O'] = ALNUM,
    ['P'] = ALNUM,
    ['Q'] = ALNUM,
    ['R'] = ALNUM,
    ['S'] = ALNUM,
    ['T'] = ALNUM,
    ['U'] = ALNUM,
    ['V'] = ALNUM,
    ['W'] = ALNUM,
    ['X'] = ALNUM,
    ['Y'] = ALNUM,
    ['Z'] = ALNUM,
    ['0'] = ALNUM,
    ['1'] = ALNUM,
    ['2'] = ALNUM,
    ['3'] = ALNUM,
    ['4'] = ALNUM,
    ['5'] = ALNUM,
    ['6'] = ALNUM,
    ['7'] = ALNUM,
    ['8'] = ALNUM,
    ['9'] = ALNUM,
    ['-'] = ALNUM,
    ['@'] = DOMAIN | PATH,
    [':'] = DOMAIN | PATH | TRIM,
    ['%'] = ALNUM,
    ['.'] = ALNUM | TRIM,
    ['_'] = ALNUM | TRIM | BEFORE,
    ['+'] = ALNUM,
    ['~'] = ALNUM | TRIM | BEFORE,
    ['#'] = ALNUM,
    ['='] = ALNUM,
    ['!'] = PATH | LOCAL | TRIM,
    ['?'] = PATH | LOCAL | TRIM,
    ['&'] = PATH | LOCAL,
    ['/'] = PATH | LOCAL,
    ['('] = PATH | BEFORE,
    [')'] = PATH,
    [';'] = PATH,
    [','] = PATH | TRIM,
    ['\''] = PATH | LOCAL,
    ['"'] = PATH,
    ['>'] = PATH,
    ['^'] = PATH | LOCAL,
    ['{'] = PATH | LOCAL,
    ['}'] = PATH | LOCAL,
    ['['] = PATH,
    [']'] = PATH,
    ['`'] = PATH | LOCAL,
    ['$'] = PATH | LOCAL,
    ['*'] = LOCAL | TRIM | BEFORE,
    ['|'] = LOCAL,
    [' '] = BEFORE,
    ['\n'] = BEFORE,
};

static bool
is(char c, int kind)
{
	return kinds[(unsigned char)c] & kind;
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_alnum(char c)
{
	return is_lower((char)(c | 32)) || is_digit(c);
}

static bool
begins(const char *s, const char *end, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(end - s) > n && !memcmp(s, with, n);
}

/* Where a domain that begins at s, a port and a path end; NULL: it is none. */
static const char *
domain_end(const char *s, const char *end, bool port)
{
	const char *most = s, *dot = NULL;

	for (; most < end && most - s <= DOMAIN_MAX && is(*most, DOMAIN);
	     most++)
		if (*most == '.' && most > s && most + 1 < end &&
		    is_lower(most[1]))
			dot = most;
	if (!dot)
		return NULL;
	for (s = dot + 1; s < end && is_lower(*s);)
		s++;
	if (port && end - s > 1 && *s == ':' && is_digit(s[1]))
		for (s++; s < end && is_digit(*s);)
			s++;
	if (s < end && (*s == '/' || *s == '#' || *s == '?'))
		while (s < end && is(*s, PATH))
			s++;
	return s;
}

/* Without the bracket, full stop or reference that it ends with. */
static const char *
without_tail(const char *s, const char *end)
{
	const char *p = end - 2;
	int closing = 0;

	if (end[-1] == '.')
		return end - 1;
	if (end[-1] == ')') {
		for (p = end - 1; p >= s; p--)
			closing += (*p == ')') - (*p == '(');
		return closing > 0 ? end - closing : end;
	}
	if (end[-1] != ';')
		return end;
	while (p >= s && is_alnum(*p))
		p--;
	return p >= s && p < end - 2 && *p == '&' ? p : end;
}

/* Bytes of the address with a scheme, or of www, at s; 0: it is none. */
static size_t
site_at(const char *s, const char *end)
{
	const char *e = NULL;

	if (begins(s, end, "http://"))
		e = domain_end(s + 7, end, true);
	else if (begins(s, end, "https://"))
		e = domain_end(s + 8, end, true);
	else if (begins(s, end, "ftp://"))
		e = domain_end(s + 6, end, true);
	else if (begins(s, end, "www."))
		e = domain_end(s + 4, end, false);
	return e ? (size_t)(without_tail(s, e) - s) : 0;
}

/* Bytes of the address for mail at s, whose @ is at at; 0: it is none. */
static size_t
mail_at(const char *s, const char *at, const char *end)
{
	const char *e = at + 1, *label = e, *stop = e;
	bool dot = false;

	if (at == s || !is_alnum(*s))
		return 0;
	for (;; label = ++e) {
		while (e < end && (is_alnum(*e) || *e == '-') && e - label < 63)
			e++;
		while (e > label && e[-1] == '-')
			e--;
		if (e == label || *label == '-')
			break;
		dot = dot || label > at + 1;
		stop = e;
		if (e == end || *e != '.')
			break;
	}
	if (!dot || (stop < end && (*stop == '-' || *stop == '_')))
		return 0;
	return (size_t)(stop - s);
}

/* Signs at its end are not of it. */
static size_t
trimmed(const char *s, size_t n)
{
	while (n > 1 && is(s[n - 1], TRIM))
		n--;
	return n;
}

/* The run of signs like the one at s. */
static size_t
run_of(const char *s, const char *end)
{
	size_t n = 1;

	while (s + n < end && s[n] == *s)
		n++;
	return n;
}

/* Where the span of code that begins with n signs before s ends, or NULL. */
static const char *
code_end(const char *s, size_t n, const char *end)
{
	for (; s < end && !(s[0] == '\n' && s + 1 < end && s[1] == '\n'); s++) {
		size_t run;

		if (*s != '`')
			continue;
		run = run_of(s, end);
		s += run - 1;
		if (run == n)
			return s + 1;
	}
	return NULL;
}

/* Read on to s: what is open there. */
static bool
is_within(
    struct md_addresses *a, const char *body, const char *s, const char *end)
{
	const char *most = end - s > BACK_MAX ? s + BACK_MAX : end, *p, *close;

	if (s - a->at > BACK_MAX) {
		a->at = s - BACK_MAX;
		a->labels = 0;
		a->tag = false;
	}
	for (p = a->at; p < s; a->at = ++p) {
		size_t n = *p == '`' ? run_of(p, most) : 0;

		if (*p == '\\') {
			p++;
		} else if (n > 0) {
			close = code_end(p + n, n, most);
			if (close && close > s)
				return true;
			p = close ? close - 1 : p + n - 1;
		} else if (*p == '[') {
			a->labels++;
		} else if (*p == ']') {
			a->labels -= a->labels > 0;
		} else if (*p == '<') {
			a->tag = a->tag || is_lower((char)(p[1] | 32)) ||
				 p[1] == '!' || p[1] == '/';
		} else if (*p == '>') {
			a->tag = false;
		} else if (*p == '\n' && p > body && p[-1] == '\n') {
			a->labels = 0;
			a->tag = false;
		}
	}
	return a->labels > 0 || a->tag;
}

/* What stands before s may be followed by an address; *sure: it is. */
static bool
may_follow(const char *body, const char *s, bool *sure)
{
	const char *p = s;

	*sure = s == body || is(s[-1], BEFORE);
	if (s == body)
		return true;
	if (s - body > 1 && s[-2] == '\\' && s[-1] != ' ' && s[-1] != '\n')
		return false;
	/* The address of a link. */
	if (s[-1] == '(')
		return s - body < 2 || s[-2] != ']';
	if (*sure)
		return true;
	while (p > body && (p[-1] == '>' || p[-1] == '\t'))
		p--;
	if (p == body || p[-1] == '\n') {
		*sure = true;
		return true;
	}
	/* What may be the end of another span, which its text will tell. */
	if (s - body > 1 && s[-2] == '=')
		return false;
	return strchr(ENDS, s[-1]) && s[-1] != '\0';
}

/* Where an address begins whose sign is at p: "://", "www." or "@"; *n. */
static const char *
address_at(const char *from, const char *p, const char *end, size_t *n)
{
	const char *s = p;

	*n = 0;
	if (*p == '@') {
		while (s > from && p - s < LOCAL_MAX && is(s[-1], LOCAL))
			s--;
		while (s < p && !is_alnum(*s))
			s++;
		/* What begins it may stand in the middle of its words. */
		if (s > from && s < p && !is(s[-1], BEFORE) &&
		    !strchr(ENDS, s[-1])) {
			while (s < p && !(is(s[-1], BEFORE) && is_alnum(*s)))
				s++;
		}
		*n = mail_at(s, p, end);
		return s;
	}
	if (*p == ':') {
		if (end - p < 4 || p[1] != '/' || p[2] != '/')
			return s;
		while (s > from && p - s < 5 && is_lower(s[-1]))
			s--;
	} else if (p - from >= 3) {
		s = p - 3;
	}
	*n = site_at(s, end);
	return s;
}

void
md_address_begin(
    struct md_addresses *a, const struct md_options *opt, const char *body)
{
	*a = (struct md_addresses){.at = body};
	a->signs = opt->linkify       ? opt->typographer ? ":@.<" : ":@."
		   : opt->typographer ? "<"
				      : "";
}

/* The next sign that may be of one. */
static const char *
next_sign(struct md_addresses *a, const char *s, const char *end)
{
	const char *best = NULL;

	for (int i = 0; a->signs[i]; i++) {
		if (!a->next[i] || a->next[i] < s)
			a->next[i] = memchr(s, a->signs[i], (size_t)(end - s));
		if (!a->next[i])
			a->next[i] = end;
		if (a->next[i] < end && (!best || a->next[i] < best))
			best = a->next[i];
	}
	return best;
}

/* "<<" that Markdown would take for "<" and a tag or an address. */
static bool
is_guillemet(const char *body, const char *p, const char *end)
{
	return end - p > 2 && p[1] == '<' && (p == body || p[-1] != '\\') &&
	       (is_lower((char)(p[2] | 32)) || p[2] == '/' || p[2] == '!' ||
		   p[2] == '?' || p[2] == '<');
}

const char *
md_address_find(struct md_addresses *a, const char *body, const char *from,
    const char *end, struct md_code *c)
{
	const char *p = from, *s;
	size_t n;
	bool sure = true;

	*c = (struct md_code){.kind = CODE_ADDRESS};
	for (; p < end && (p = next_sign(a, p, end)); p++) {
		if (*p == '.' && (p - from < 3 || memcmp(p - 3, "www", 3) != 0))
			continue;
		if (*p == '<') {
			s = p;
			n = is_guillemet(body, p, end) ? 2 : 0;
			c->kind = CODE_SIGN;
		} else {
			s = address_at(from, p, end, &n);
			n = trimmed(s, n);
			c->kind = CODE_ADDRESS;
			if (n > 0 && !may_follow(body, s, &sure))
				n = 0;
		}
		if (n == 0 || is_within(a, body, s, end))
			continue;
		a->at = s + n;
		c->src = s;
		c->len = n;
		c->matched = sure;
		return s;
	}
	return end;
}

void
md_address_put(struct md_tree *t, const struct md_code *c, bool retried)
{
	struct buf b = {0};
	int was = t->link[1];

	if (c->kind == CODE_SIGN) {
		md_tree_address(t, t->words ? "\xc2\xab" : "<<", 2);
		return;
	}
	if (t->words && c->len <= LINK_MAX && t->link[0] < 0 && was < 0 &&
	    (c->matched || retried)) {
		if (c->len > 4 && !memcmp(c->src, "www.", 4))
			buf_puts(&b, "https://"); /* linkifyProtocol */
		else if (!memchr(c->src, ':', c->len))
			buf_puts(&b, "mailto:");
		text_clean(&b, c->src, c->len);
		t->link[1] = doc_add_link(t->doc, buf_text(&b));
		buf_dispose(&b);
	}
	md_tree_address(t, c->src, c->len);
	t->link[1] = was;
}

void
md_address_expand(
    const struct md_tree *t, struct buf *b, const char *s, size_t len)
{
	const struct md_code *c;
	const char *end = s + len, *p = s;

	while (t->codes && (p = memchr(p, 0xf4, (size_t)(end - p)))) {
		c = md_shortcodes_at(t->codes, p, (size_t)(end - p));
		if (!c || (c->kind != CODE_ADDRESS && c->kind != CODE_SIGN)) {
			p++;
			continue;
		}
		buf_add(b, s, (size_t)(p - s));
		buf_add(b, c->src, c->len);
		s = p += 4;
	}
	buf_add(b, s, (size_t)(end - s));
}
