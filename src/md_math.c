/* SPDX-License-Identifier: ISC */
/*
 * Formulas: Hugo's passthrough extension leaves what is between its delimiters
 * as it is, for a script of the page to set.  They are taken out of the body
 * before it is parsed, as shortcodes are, but for those in code.
 */
#include "md_priv.h"

#include <string.h>

#include "mem.h"
#include "text.h"

#define TICKS 32 /* longer runs of backticks open no code here */

/* A body while its formulas are taken out. */
struct scan {
	const struct md_options *opt;
	struct md_shortcodes *codes;
	const char *s;
	size_t len;
	size_t paragraph;         /* where the one at hand ends */
	size_t none[MD_MATH_MAX]; /* no closer is before it, by delimiter */
	size_t no_ticks[TICKS];   /* nor a run of so many backticks */
	struct buf *out;
	size_t taken; /* bytes that are in out */
};

static size_t
line_end(const struct scan *sc, size_t at)
{
	const char *nl = memchr(sc->s + at, '\n', sc->len - at);

	return nl ? (size_t)(nl - sc->s) + 1 : sc->len;
}

static bool
is_blank(const char *s, const char *end)
{
	while (s < end && (*s == ' ' || *s == '\t' || *s == '\r' || *s == '\n'))
		s++;
	return s == end;
}

/* A paragraph ends at an empty line, or at a fence. */
static size_t
paragraph_end(const struct scan *sc, size_t at)
{
	for (size_t end; (at = line_end(sc, at)) < sc->len;) {
		end = line_end(sc, at);
		if (is_blank(sc->s + at, sc->s + end) ||
		    md_block_fence(sc->s + at, sc->s + end))
			break;
	}
	return at;
}

/* Behind the fenced code that begins at at; at: there is none. */
static size_t
skip_fence(const struct scan *sc, size_t at)
{
	size_t end = line_end(sc, at), i = at, n, more;
	char sign;

	n = md_block_fence(sc->s + at, sc->s + end);
	if (n == 0)
		return at;
	while (sc->s[i] == ' ')
		i++;
	sign = sc->s[i];
	for (at = end; at < sc->len; at = end) {
		end = line_end(sc, at);
		for (i = at; i < end && sc->s[i] == ' ';)
			i++;
		for (more = 0; i < end && sc->s[i] == sign; i++)
			more++;
		if (more >= 3 && more >= n && is_blank(sc->s + i, sc->s + end))
			return end;
	}
	return at;
}

/* Behind a span of code that begins at at, or behind its backticks. */
static size_t
skip_code(struct scan *sc, size_t at)
{
	size_t n = 0, more;

	while (at + n < sc->len && sc->s[at + n] == '`')
		n++;
	at += n;
	if (n >= TICKS || at < sc->no_ticks[n])
		return at;
	for (size_t i = at; i < sc->paragraph; i += more) {
		for (more = 0; i + more < sc->len && sc->s[i + more] == '`';)
			more++;
		if (more == n)
			return i + more;
		more += more == 0;
	}
	sc->no_ticks[n] = sc->paragraph;
	return at;
}

/* The longest delimiter that opens here, or -1. */
static int
opener(const struct scan *sc, size_t at)
{
	size_t best = 0;
	int found = -1;

	for (int i = 0; i < sc->opt->nmath; i++) {
		size_t n = strlen(sc->opt->math[i].open);

		if (n > best && n <= sc->len - at &&
		    !memcmp(sc->s + at, sc->opt->math[i].open, n)) {
			best = n;
			found = i;
		}
	}
	return found;
}

/* Take one out; the byte behind it, or at: it is not closed. */
static size_t
take(struct scan *sc, size_t at, int which)
{
	const struct md_delimiter *d = &sc->opt->math[which];
	size_t open = strlen(d->open), close = strlen(d->close);
	size_t from = at + open, i = from;
	struct md_shortcodes *codes = sc->codes;

	if (from < sc->none[which] || codes->n >= MD_CODE_MAX)
		return at;
	while (i + close <= sc->paragraph && memcmp(sc->s + i, d->close, close))
		i++;
	if (i + close > sc->paragraph) {
		sc->none[which] = sc->paragraph;
		return at;
	}
	/* Shortcodes and addresses, which are out of it, stay what they are. */
	if (memchr(sc->s + at, 0xf4, i - at))
		return at;
	codes->v = xgrow(codes->v, codes->n, &codes->cap, sizeof(*codes->v));
	codes->v[codes->n++] = (struct md_code){
	    .kind = CODE_LITERAL,
	    .src = sc->s + at,
	    .len = i + close - at,
	    .name = "",
	    .args = "",
	    .inner = sc->s + from,
	    .ninner = i - from,
	    .math = d->block ? MD_MATH_BLOCK : MD_MATH_INLINE,
	};
	buf_add(sc->out, sc->s + sc->taken, at - sc->taken);
	text_encode(sc->out, MD_CODE_FIRST + (uint32_t)codes->n - 1);
	sc->taken = i + close;
	return sc->taken;
}

bool
md_math_take(const struct md_options *opt, struct md_shortcodes *codes,
    const char *s, size_t len, struct buf *out)
{
	struct scan sc = {
	    .opt = opt, .codes = codes, .s = s, .len = len, .out = out};
	size_t at = 0, next;
	int which;

	while (at < len && opt->nmath > 0) {
		if (at >= sc.paragraph) {
			while ((next = skip_fence(&sc, at)) > at)
				at = next;
			sc.paragraph = at < len ? paragraph_end(&sc, at) : at;
			continue;
		}
		which = opener(&sc, at);
		next = which >= 0 ? take(&sc, at, which) : at;
		if (next > at)
			at = next;
		else if (s[at] == '`')
			at = skip_code(&sc, at);
		else
			at += s[at] == '\\' && at + 1 < len ? 2 : 1;
	}
	if (sc.taken == 0)
		return false;
	buf_add(out, s + sc.taken, len - sc.taken);
	return true;
}

/* Its lines. */
static void
put_lines(struct md_tree *t, const char *s, size_t len)
{
	const char *end = s + len, *nl;

	for (; s < end; s = nl + 1) {
		nl = memchr(s, '\n', (size_t)(end - s));
		nl = nl ? nl : end;
		if (is_blank(s, nl))
			continue;
		md_tree_plain(t, s, (size_t)(nl - s));
		md_tree_hard_break(t);
	}
}

void
md_math_put(struct md_tree *t, const struct md_code *c)
{
	struct buf b = {0};
	size_t from = 0;

	md_math_text(&b, c->inner, c->ninner);
	while (from < b.len && (b.data[from] == ' ' || b.data[from] == '\n'))
		from++;
	while (b.len > from &&
	       (b.data[b.len - 1] == ' ' || b.data[b.len - 1] == '\n'))
		b.len--;
	t->formula = true;
	if (c->math == MD_MATH_BLOCK && !t->flat && t->object == MD_NONE &&
	    t->nodes[t->leaf].kind == NODE_P &&
	    t->nodes[t->leaf].level == TERM_NONE) {
		md_tree_leaf(t, NODE_P)->level = FORMULA;
		put_lines(t, buf_text(&b) + from, b.len - from);
		t->formula = false;
		/* What is behind it on its line. */
		md_tree_leaf(t, NODE_P);
	} else {
		md_tree_plain(t, buf_text(&b) + from, b.len - from);
	}
	t->formula = false;
	buf_dispose(&b);
}
