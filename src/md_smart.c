/* SPDX-License-Identifier: ISC */
/*
 * Running text as Goldmark's inline extensions read it: typographic quotation
 * marks, dashes and ellipses, references to footnotes, attributes that end a
 * heading.  What stands around a sign is looked up in the source.
 */
#include "md_priv.h"

#include <stdio.h>
#include <string.h>

#include "text.h"

/* A place in running text, with what its source says of it. */
struct spot {
	const struct md_tree *t;
	const char *s;
	const char *end;      /* of the source that may be looked at */
	const char *line_end; /* of the line, with a newline that counts */
	uint32_t before;      /* the code point before s */
	bool all;             /* the leaf's text ends before it */
	bool open, close;     /* as CommonMark's delimiter runs */
};

static bool
is_space(uint32_t cp)
{
	return cp <= ' ' || text_is_space(cp);
}

static bool
is_ascii_punct(uint32_t cp)
{
	return (cp > ' ' && cp < '0') || (cp > '9' && cp < 'A') ||
	       (cp > 'Z' && cp < 'a') || (cp > 'z' && cp < 0x7f);
}

/* As Goldmark: ASCII's signs, and Unicode's category P. */
static bool
is_punct(uint32_t cp)
{
	return cp < 0x80 ? is_ascii_punct(cp) : text_is_punct(cp);
}

/* As Go's unicode.IsPunct, which leaves out ASCII's symbols. */
static bool
is_strict_punct(uint32_t cp)
{
	return is_punct(cp) && (cp >= 0x80 || !strchr("$+<=>^`|~", (int)cp));
}

/* Hugo puts letters where a shortcode stands. */
static bool
is_letter(uint32_t cp)
{
	return cp >= MD_CODE_FIRST || text_is_letter(cp);
}

static uint32_t
code_point_before(const struct spot *p, const char *start)
{
	const char *s = p->s;
	size_t size;

	if (s == start)
		return ' ';
	for (s--; s > start && (*s & 0xc0) == 0x80;)
		s--;
	return text_decode(s, (size_t)(p->s - s), &size);
}

static uint32_t
code_point_at(const struct spot *p, size_t i)
{
	size_t size;

	if (p->s + i >= p->line_end)
		return ' ';
	return text_decode(p->s + i, (size_t)(p->line_end - p->s) - i, &size);
}

/* Bytes from s to the line's end. */
static size_t
left(const struct spot *p)
{
	return (size_t)(p->line_end - p->s);
}

/* Is what begins at s a line that ends a paragraph, being empty? */
static bool
is_blank_line(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == '>' || *s == '\r'))
		s++;
	return s == end || *s == '\n';
}

/* At most a few bytes on: where the line, or the cell, ends. */
static const char *
find_line_end(const struct spot *p, int kind)
{
	const char *s = p->s, *most = p->end - s > 8 ? s + 8 : p->end, *e = s;

	while (e < most && *e != '\n' && *e != '\r' &&
	       (kind != NODE_CELL || *e != '|' || e[-1] == '\\'))
		e++;
	if (e == most)
		return e;
	if (*e == '\n' && kind == NODE_P && !is_blank_line(e + 1, p->end))
		return e + 1;
	if (kind == NODE_CELL)
		while (e > s + 1 && e[-1] == ' ')
			e--;
	return e;
}

static void
look_around(struct spot *p, int kind)
{
	const struct md_tree *t = p->t;
	const char *start = t->source ? t->source : p->s;
	uint32_t after;
	size_t run = 1;

	p->line_end = find_line_end(p, kind);
	p->before = p->all && (!t->open || t->text.len == t->nodes[t->leaf].at)
			? ' '
			: code_point_before(p, start);
	while (run < left(p) && p->s[run] == *p->s)
		run++;
	after = code_point_at(p, run);
	p->open =
	    !is_space(after) &&
	    (!is_punct(after) || is_space(p->before) || is_punct(p->before));
	p->close = !is_space(p->before) &&
		   (!is_punct(p->before) || is_space(after) || is_punct(after));
}

static bool
is_digit_at(const struct spot *p, size_t i)
{
	return i < left(p) && p->s[i] >= '0' && p->s[i] <= '9';
}

/* May a closing mark follow where one could open too? */
static bool
may_close(const struct spot *p)
{
	uint32_t next = code_point_at(p, 1), then;

	if (!p->close)
		return false;
	if (!p->open)
		return true;
	if (left(p) < 2 || !is_strict_punct(next))
		return false;
	then = left(p) > 2 ? (unsigned char)p->s[2] : ' ';
	return left(p) == 2 || is_ascii_punct(then) || is_space(then);
}

/* 's 'm 't 'd 've 'll 're, where the word ends. */
static bool
is_contraction(const struct spot *p)
{
	static const char *const tails[] = {
	    "s", "m", "t", "d", "ve", "ll", "re"};

	for (size_t i = 0; i < sizeof(tails) / sizeof(tails[0]); i++) {
		size_t n = strlen(tails[i]);
		unsigned char c;

		if (left(p) < n + 1 || memcmp(p->s + 1, tails[i], n) != 0)
			continue;
		c = left(p) > n + 1 ? (unsigned char)p->s[n + 1] : ' ';
		if (is_ascii_punct(c) || is_space(c))
			return true;
	}
	return false;
}

#define LEFT_SINGLE  "\xe2\x80\x98"
#define RIGHT_SINGLE "\xe2\x80\x99"
#define LEFT_DOUBLE  "\xe2\x80\x9c"
#define RIGHT_DOUBLE "\xe2\x80\x9d"

static const char *
single_quote(struct spot *p, int *unclosed)
{
	uint32_t next = code_point_at(p, 1);

	if (p->open && !p->close && is_digit_at(p, 1) && is_digit_at(p, 2) &&
	    left(p) > 3 && p->s[3] == 's') {
		uint32_t then = code_point_at(p, 4);

		if (is_space(then) || is_punct(then))
			return RIGHT_SINGLE;
	}
	if (left(p) > 1 &&
	    (is_strict_punct(p->before) || is_space(p->before)) &&
	    p->s[1] != '\0' && strchr("tenl", p->s[1]))
		return RIGHT_SINGLE;
	if (left(p) > 1 && (text_is_digit(p->before) || is_letter(p->before)) &&
	    is_letter(next))
		return RIGHT_SINGLE;
	if (p->open && !p->close) {
		if (is_contraction(p))
			return RIGHT_SINGLE;
		++*unclosed;
		return LEFT_SINGLE;
	}
	if (left(p) > 2 && !text_is_digit(next))
		return RIGHT_SINGLE;
	if (*unclosed == 0 || !may_close(p))
		return NULL;
	--*unclosed;
	return RIGHT_SINGLE;
}

static const char *
double_quote(struct spot *p, int *unclosed)
{
	if (p->open && !p->close) {
		++*unclosed;
		return LEFT_DOUBLE;
	}
	if (*unclosed == 0 || !may_close(p))
		return NULL;
	/* An inch sign before the mark that closes. */
	if (left(p) > 1 && p->s[1] == '"' && text_is_digit(p->before))
		return NULL;
	--*unclosed;
	return RIGHT_DOUBLE;
}

/* What the sign at s stands for, *n bytes of it; NULL: for itself. */
static const char *
substitute(struct md_tree *t, const char *s, size_t len, bool all, size_t *n)
{
	struct spot p = {.t = t, .s = s, .end = s + len, .all = all};
	int kind = t->open ? t->nodes[t->leaf].kind : NODE_P;
	bool twice = len > 1 && s[1] == *s;

	*n = 2;
	switch (*s) {
	case '<':
		return twice ? "\xc2\xab" : NULL;
	case '>':
		return twice ? "\xc2\xbb" : NULL;
	case '-':
		if (!twice)
			return NULL;
		*n = len > 2 && s[2] == '-' ? 3 : 2;
		return *n == 3 ? "\xe2\x80\x94" : "\xe2\x80\x93";
	case '.':
		*n = 3;
		return twice && len > 2 && s[2] == '.' ? "\xe2\x80\xa6" : NULL;
	default:
		break;
	}
	*n = 1;
	if (t->source && s >= t->source && s < t->source_end)
		p.end = t->source_end;
	look_around(&p, kind);
	return *s == '"' ? double_quote(&p, &t->unclosed[1])
			 : single_quote(&p, &t->unclosed[0]);
}

static const unsigned char special[256] = {
    ['\''] = 1,
    ['"'] = 1,
    ['['] = 1,
    ['-'] = 2,
    ['.'] = 2,
    ['<'] = 2,
    ['>'] = 2,
};

/* The "[^label]" at s: its length, 0: it is none. */
static size_t
note_at(struct md_tree *t, const char *s, size_t len, uint32_t *number)
{
	const char *close;

	if (len < 4 || s[1] != '^' || t->object != MD_NONE)
		return 0;
	close = memchr(s, ']', len < 1000 ? len : 1000);
	if (!close)
		return 0;
	*number = md_notes_refer(t->notes, s + 2, (size_t)(close - s) - 2);
	return *number ? (size_t)(close - s) + 1 : 0;
}

static void
add_note(struct md_tree *t, uint32_t number)
{
	char mark[16], address[20];
	int link = t->link[0], n;

	n = snprintf(mark, sizeof(mark), "[%u]", number);
	snprintf(address, sizeof(address), "#fn:%u", number);
	t->link[0] = doc_add_link(t->doc, address);
	md_tree_plain(t, mark, (size_t)n);
	t->link[0] = link;
}

/* Is s[0] the character that a backslash before it makes plain? */
static bool
is_escaped(const struct md_tree *t, const char *s)
{
	return t->source && s > t->source && s < t->source_end && s[-1] == '\\';
}

void
md_smart_text(struct md_tree *t, const char *s, size_t len)
{
	bool typographer = t->opt->typographer && !t->literal;
	size_t from = 0, i, n;
	uint32_t number = 0;

	if (!typographer && !t->notes) {
		md_tree_plain(t, s, len);
		return;
	}
	if (!t->hide && !t->open && len > 0)
		md_tree_leaf(t, NODE_P);
	for (i = is_escaped(t, s) ? 1 : 0; i < len; i++) {
		const char *to = NULL;

		if (!special[(unsigned char)s[i]])
			continue;
		/* Full stops and dashes count only where there are more. */
		if (special[(unsigned char)s[i]] == 2 &&
		    (i + 1 == len || s[i + 1] != s[i]))
			continue;
		n = 0;
		if (s[i] == '[') {
			if (t->notes)
				n = note_at(t, s + i, len - i, &number);
		} else if (typographer) {
			to = substitute(t, s + i, len - i, i == from, &n);
		}
		if (!to && (s[i] != '[' || n == 0))
			continue;
		md_tree_plain(t, s + from, i - from);
		if (to && t->smart_marks)
			md_tree_plain(t, MARK_SMART, 4);
		if (to)
			md_tree_plain(t, to, strlen(to));
		else
			add_note(t, number);
		t->retried = true;
		from = i + n;
		i = from - 1;
	}
	md_tree_plain(t, s + from, len - from);
}
