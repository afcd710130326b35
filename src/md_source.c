/* SPDX-License-Identifier: ISC */
/*
 * What Goldmark reads and md4c does not, put in words that md4c reads: see
 * md_priv.h.  One pass over the lines, which follows the open containers just
 * as far as is needed to know what is a paragraph and what is code or HTML.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

#define DEPTH     48 /* containers that are followed */
#define MARKER    "999999999) "
#define INDENT    "           " /* as wide */
#define NOTE_COLS 4
#define SETTLED   4096 /* bytes that are held back, more or less */

enum layer_kind { LAYER_QUOTE, LAYER_ITEM, LAYER_NOTE, LAYER_DEFINITION };

struct layer {
	enum layer_kind kind;
	int cols; /* that its lines are indented by */
};

enum leaf {
	LEAF_NONE,
	LEAF_PARAGRAPH,
	LEAF_TABLE,
	LEAF_FENCE,
	LEAF_HTML, /* up to an empty line */
	LEAF_RAW,  /* HTML up to a sign */
};

/* What is left of the line. */
struct line {
	const char *s, *end; /* without the newline */
	int col;             /* at s */
	int pad;             /* columns of a tab before s that are left */
};

/* A line of the paragraph, in the buffer it went to. */
struct term {
	size_t at, text;
};

struct source {
	const struct md_options *opt;
	struct md_notes *notes;
	struct buf *body, notes_text;
	struct layer layers[DEPTH];
	int depth;
	bool empty;    /* the line before began an item, and had no text */
	int rewritten; /* layers whose lines are not as in the source */
	enum leaf leaf;
	char fence;
	size_t nfence;
	const char *until; /* what ends LEAF_RAW */
	struct term *terms;
	size_t nterms, terms_cap;
	int terms_depth;        /* layers around the paragraph; -1: none */
	int definition_depth;   /* as of a definition list that just ended */
	bool note_due;          /* a footnote that has no line yet */
	const char **places[2]; /* of "[^" in the body, and in footnotes */
	size_t nplaces[2], places_cap[2];
	size_t first_note; /* places in the body before it */
	const char *source;
	size_t nsource;
	size_t same; /* bytes that have come out as they are, and are dropped */
	bool differs; /* nothing is dropped any more */
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Columns of blanks before the text at *at. */
static int
indent(const struct line *l, const char **at)
{
	const char *s = l->s;
	int n = l->pad, col = l->col, step;

	for (; s < l->end && is_blank(*s); s++) {
		step = *s == '\t' ? 4 - col % 4 : *s == ' ';
		n += step;
		col += step;
	}
	*at = s;
	return n;
}

static void
strip(struct line *l, int n)
{
	int take = l->pad < n ? l->pad : n, step;

	l->pad -= take;
	for (n -= take; n > 0 && l->s < l->end && is_blank(*l->s); l->s++) {
		step = *l->s == '\t' ? 4 - l->col % 4 : *l->s == ' ';
		l->col += step;
		l->pad = step > n ? step - n : 0;
		n -= step;
	}
}

static void
advance(struct line *l, const char *to)
{
	l->col += (int)(to - l->s);
	l->s = to;
	l->pad = 0;
}

static bool
match_layer(const struct layer *v, struct line *l)
{
	const char *at;
	int n = indent(l, &at);

	if (v->kind == LAYER_QUOTE) {
		if (n > 3 || at == l->end || *at != '>')
			return false;
		strip(l, n);
		advance(l, at + 1);
		if (l->s < l->end && is_blank(*l->s))
			strip(l, 1);
		return true;
	}
	if (at == l->end) {
		strip(l, n < v->cols ? n : v->cols);
		return true;
	}
	if (n < v->cols)
		return false;
	strip(l, v->cols);
	return true;
}

/* From here on the body is all in its buffer. */
static void
take_back(struct source *sc)
{
	if (!sc->differs)
		buf_splice(sc->body, 0, 0, sc->source, sc->same);
	sc->differs = true;
}

/* Nothing refers to the body before at any more: it is dropped, as long as all
 * so far is as in the source.  Where at has gone to. */
static size_t
settle(struct source *sc, size_t at)
{
	struct buf *b = sc->body;

	if (sc->differs || at == 0)
		return at;
	if (at > sc->nsource - sc->same ||
	    memcmp(sc->source + sc->same, b->data, at) != 0) {
		take_back(sc);
		return sc->same + at;
	}
	buf_splice(b, 0, at, NULL, 0);
	sc->same += at;
	return 0;
}

/* Is what has come out what went in? A last newline does not count. */
static bool
is_same(const struct source *sc)
{
	size_t left = sc->nsource - sc->same, n = sc->body->len;

	if (sc->differs || sc->notes->n > 0)
		return false;
	if (n == left + 1 && sc->body->data[left] == '\n')
		n--;
	return n == left &&
	       (n == 0 || !memcmp(sc->source + sc->same, sc->body->data, n));
}

static struct buf *
target(struct source *sc)
{
	for (int i = 0; i < sc->depth; i++)
		if (sc->layers[i].kind == LAYER_NOTE)
			return &sc->notes_text;
	return sc->body;
}

/* What the layers put before a line. */
static void
put_prefix(const struct source *sc, struct buf *b)
{
	size_t start = b->len;

	for (int i = 0; i < sc->depth; i++) {
		const struct layer *v = &sc->layers[i];

		switch (v->kind) {
		case LAYER_QUOTE:
			buf_puts(b, "> ");
			break;
		case LAYER_ITEM:
			for (int k = 0; k < v->cols; k++)
				buf_putc(b, ' ');
			break;
		case LAYER_NOTE:
			b->len = start;
			buf_puts(b, "    ");
			break;
		case LAYER_DEFINITION:
			buf_puts(b, INDENT);
			break;
		}
	}
}

static void
put_empty(struct source *sc)
{
	struct buf *b = target(sc);

	put_prefix(sc, b);
	buf_putc(b, '\n');
}

static void
pop_to(struct source *sc, int depth)
{
	while (sc->depth > depth) {
		struct layer *v = &sc->layers[--sc->depth];

		if (v->kind == LAYER_NOTE || v->kind == LAYER_DEFINITION)
			sc->rewritten--;
		if (v->kind == LAYER_NOTE && sc->note_due) {
			buf_puts(&sc->notes_text, "1.\n");
			sc->note_due = false;
		}
		if (v->kind == LAYER_DEFINITION)
			sc->definition_depth = sc->depth;
		sc->leaf = LEAF_NONE;
		if (sc->terms_depth > sc->depth)
			sc->terms_depth = -1;
	}
}

static bool
push(struct source *sc, enum layer_kind kind, int cols)
{
	if (sc->depth == DEPTH)
		return false;
	sc->layers[sc->depth++] = (struct layer){kind, cols};
	if (kind == LAYER_NOTE || kind == LAYER_DEFINITION)
		sc->rewritten++;
	sc->leaf = LEAF_NONE;
	sc->terms_depth = sc->definition_depth = -1;
	return true;
}

/* ": text" at s where a definition may stand: columns up to its text, or 0. */
static int
definition_at(const struct source *sc, const struct line *l, int matched)
{
	struct line rest = *l;
	const char *at;
	int n;

	if (!sc->opt->definitions || l->pad || l->s == l->end || *l->s != ':')
		return 0;
	if (sc->terms_depth != matched && sc->definition_depth != matched &&
	    (matched == sc->depth ||
		sc->layers[matched].kind != LAYER_DEFINITION))
		return 0;
	advance(&rest, l->s + 1);
	n = indent(&rest, &at);
	if (n < 1 && at < l->end)
		return 0;
	if (n < 1)
		n = 1;
	return 1 + (n >= 8 ? 5 : n);
}

static enum leaf
html_at(struct source *sc, const char *s, const char *end)
{
	static const enum leaf leaves[] = {LEAF_NONE, LEAF_HTML, LEAF_RAW};

	return leaves[md_block_html(
	    s, end, sc->leaf == LEAF_PARAGRAPH, &sc->until)];
}

/* Does what is left of the line begin a block, so that it is not text? */
static bool
begins_block(struct source *sc, const struct line *l, int matched)
{
	const char *at;
	bool one;
	size_t n;

	if (indent(l, &at) > 3 || at == l->end)
		return at == l->end;
	n = md_block_list(at, l->end, &one);
	return *at == '>' || md_block_heading(at, l->end) ||
	       md_block_fence(at, l->end) || md_block_rule(at, l->end) ||
	       (n && (matched < sc->depth || (one && at + n < l->end))) ||
	       (*at == '<' && html_at(sc, at, l->end) != LEAF_NONE) ||
	       (sc->opt->footnotes && md_block_note(at, l->end)) ||
	       definition_at(sc, l, matched) ||
	       (*at == '{' && sc->opt->block_attributes &&
		   md_source_attributes(at, (size_t)(l->end - at), NULL,
		       NULL) == (size_t)(l->end - at));
}

/* The lines of the paragraph before a definition become terms. */
static void
mark_terms(struct source *sc)
{
	struct buf *b = target(sc), tail = {0};
	size_t from, at;

	if (sc->nterms == 0)
		return;
	at = from = sc->terms[0].at;
	buf_add(&tail, b->data + from, b->len - from);
	b->len = from;
	for (size_t i = 0; i < sc->nterms; i++) {
		buf_add(b, tail.data + at - from, sc->terms[i].text - at);
		buf_puts(b, MARK_TERM " ");
		at = sc->terms[i].text;
	}
	buf_add(b, tail.data + at - from, tail.len - (at - from));
	buf_dispose(&tail);
	sc->nterms = 0;
}

/* At is where the line begins in the buffer that it goes to. */
static bool
open_definition(struct source *sc, struct line *l, size_t *at)
{
	int cols = definition_at(sc, l, sc->depth);
	struct buf *b = target(sc);

	if (!cols || sc->depth == DEPTH)
		return false;
	b->len = *at;
	if (sc->terms_depth == sc->depth) {
		mark_terms(sc);
		put_empty(sc);
	}
	*at = b->len;
	put_prefix(sc, b);
	buf_puts(b, MARKER);
	advance(l, l->s + 1);
	strip(l, cols - 1);
	return push(sc, LAYER_DEFINITION, cols);
}

static bool
open_note(struct source *sc, struct line *l, size_t *at)
{
	struct buf *b = sc->body;
	const char *s;
	size_t n;

	if (!sc->opt->footnotes || sc->depth == DEPTH || indent(l, &s) > 3 ||
	    s == l->end || target(sc) != b || !(n = md_block_note(s, l->end)))
		return false;
	b->len = *at;
	put_empty(sc);
	if (sc->notes->n == 0)
		sc->first_note = sc->nplaces[0];
	md_notes_add(sc->notes, s + 2, n);
	advance(l, s + n + 4);
	indent(l, &s);
	advance(l, s);
	*at = sc->notes_text.len;
	if (l->s < l->end)
		buf_puts(&sc->notes_text, "1.  ");
	sc->note_due = l->s == l->end;
	return push(sc, LAYER_NOTE, NOTE_COLS);
}

/* A quotation or an item. */
static bool
open_container(struct source *sc, struct line *l)
{
	struct buf *b = target(sc);
	const char *at, *text;
	int cols = indent(l, &at), gap;
	bool one;
	size_t n;

	if (cols > 3 || at == l->end || sc->depth == DEPTH)
		return false;
	if (*at == '>') {
		push(sc, LAYER_QUOTE, 0);
		match_layer(&sc->layers[sc->depth - 1], l);
		buf_puts(b, "> ");
		return true;
	}
	n = md_block_list(at, l->end, &one);
	if (n == 0 || md_block_rule(at, l->end) ||
	    (sc->leaf == LEAF_PARAGRAPH && (!one || at + n == l->end)))
		return false;
	for (int i = 0; i < cols; i++)
		buf_putc(b, ' ');
	buf_add(b, at, n);
	strip(l, cols);
	advance(l, at + n);
	gap = indent(l, &text);
	sc->empty = text == l->end;
	if (sc->empty || gap > 4)
		gap = 1;
	strip(l, gap);
	for (int i = 0; i < gap; i++)
		buf_putc(b, ' ');
	return push(sc, LAYER_ITEM, cols + (int)n + gap);
}

/* Put out a line whose start was put at at; as it is in the source, if it can
 * be. */
static void
put_line(struct source *sc, const char *start, const struct line *l, size_t at)
{
	struct buf *b = target(sc);

	if (!sc->rewritten) {
		b->len = at;
		buf_add(b, start, (size_t)(l->end - start));
	} else {
		for (int i = 0; i < l->pad; i++)
			buf_putc(b, ' ');
		buf_add(b, l->s, (size_t)(l->end - l->s));
	}
	buf_putc(b, '\n');
}

/* The header row that stands before a row of delimiters becomes the first. */
static bool
open_table(struct source *sc, const struct line *l)
{
	struct buf *b = target(sc);
	struct term *head;
	size_t n, len;

	if (sc->leaf != LEAF_PARAGRAPH || sc->nterms == 0 ||
	    md_block_underline(l->s, l->end))
		return false;
	n = md_source_delimiters(l->s, (size_t)(l->end - l->s));
	head = &sc->terms[sc->nterms - 1];
	if (n == 0)
		return false;
	len = b->len - head->text - 1;
	if (md_source_cells(b->data + head->text, len) != n)
		return false;
	if (sc->nterms > 1) {
		struct buf empty = {0};

		put_prefix(sc, &empty);
		buf_putc(&empty, '\n');
		buf_splice(b, head->at, 0, empty.data, empty.len);
		head->at += empty.len;
		head->text += empty.len;
		buf_dispose(&empty);
	}
	if (len > 0)
		md_source_row_again(b, head->text);
	sc->leaf = LEAF_TABLE;
	sc->terms_depth = -1;
	return true;
}

/* The line that was put at at, with len bytes of text, is of a paragraph. */
static void
paragraph_line(struct source *sc, size_t at, size_t len)
{
	if (sc->leaf != LEAF_PARAGRAPH) {
		sc->leaf = LEAF_PARAGRAPH;
		sc->nterms = 0;
		if (target(sc) == sc->body)
			at = settle(sc, at);
	}
	sc->terms =
	    xgrow(sc->terms, sc->nterms, &sc->terms_cap, sizeof(*sc->terms));
	sc->terms[sc->nterms++] = (struct term){at, target(sc)->len - len - 1};
	sc->terms_depth = sc->depth;
}

/* The leaf that the line is of, as far as it is known to matter. */
static void
classify(struct source *sc, const struct line *l, size_t at)
{
	const char *p;
	int cols = indent(l, &p);
	enum leaf html;

	if (cols > 3 && sc->leaf != LEAF_PARAGRAPH) {
		sc->leaf = LEAF_NONE; /* code */
	} else if ((sc->nfence = md_block_fence(p, l->end)) > 0 && cols <= 3) {
		sc->leaf = LEAF_FENCE;
		sc->fence = *p;
	} else if (cols <= 3 &&
		   (md_block_heading(p, l->end) || md_block_rule(p, l->end) ||
		       (sc->leaf == LEAF_PARAGRAPH &&
			   md_block_underline(p, l->end)))) {
		sc->leaf = LEAF_NONE;
	} else if (cols <= 3 && p < l->end && *p == '<' &&
		   (html = html_at(sc, p, l->end)) != LEAF_NONE) {
		sc->leaf = html;
	} else {
		paragraph_line(sc, at, (size_t)(l->end - p));
		return;
	}
	sc->terms_depth = -1;
}

/* A line of code or HTML: does the leaf end with it? */
static void
go_on(struct source *sc, const struct line *l)
{
	const char *p;
	size_t n;

	if (sc->leaf == LEAF_RAW) {
		if (md_block_has(l->s, l->end, sc->until))
			sc->leaf = LEAF_NONE;
		return;
	}
	if (sc->leaf != LEAF_FENCE || indent(l, &p) > 3 || p == l->end ||
	    *p != sc->fence)
		return;
	for (n = 0; p + n < l->end && p[n] == sc->fence;)
		n++;
	if (n < sc->nfence)
		return;
	for (p += n; p < l->end && is_blank(*p);)
		p++;
	if (p == l->end)
		sc->leaf = LEAF_NONE;
}

/* Where the line refers to footnotes, for their order. */
static void
find_places(struct source *sc, const struct line *l)
{
	bool code = false;
	int which = target(sc) == &sc->notes_text;

	if (!memchr(l->s, '^', (size_t)(l->end - l->s)))
		return;
	for (const char *s = l->s; s + 3 < l->end; s++) {
		if (*s == '`')
			code = !code;
		else if (*s == '\\')
			s++;
		else if (*s == '[' && s[1] == '^' && !code) {
			sc->places[which] = xgrow(sc->places[which],
			    sc->nplaces[which], &sc->places_cap[which],
			    sizeof(*sc->places[which]));
			sc->places[which][sc->nplaces[which]++] = s + 2;
		}
	}
}

/* Text: the containers that begin on the line, and its leaf. */
static void
text_line(struct source *sc, const char *start, struct line *l)
{
	struct buf *b = target(sc);
	size_t at = b->len;

	if (sc->note_due)
		buf_puts(b, "1.  ");
	else
		put_prefix(sc, b);
	sc->note_due = sc->empty = false;
	while (open_note(sc, l, &at) || open_definition(sc, l, &at) ||
	       open_container(sc, l))
		continue;
	b = target(sc);
	if (l->s == l->end && sc->note_due)
		return;
	if (sc->opt->footnotes)
		find_places(sc, l);
	if (open_table(sc, l)) {
		md_source_delimiter_row(b, l->s, (size_t)(l->end - l->s));
		buf_putc(b, '\n');
	} else if (sc->leaf == LEAF_PARAGRAPH &&
		   memchr(l->s, '|', (size_t)(l->end - l->s)) &&
		   md_source_delimiters(l->s, (size_t)(l->end - l->s))) {
		/* No table, though md4c would make one of it. */
		buf_putc(b, '\\');
		buf_add(b, l->s, (size_t)(l->end - l->s));
		buf_putc(b, '\n');
	} else if (sc->leaf == LEAF_TABLE) {
		md_source_row(b, l->s, (size_t)(l->end - l->s));
		buf_putc(b, '\n');
	} else {
		put_line(sc, start, l, at);
		classify(sc, l, at);
		if (sc->leaf == LEAF_RAW)
			go_on(sc, l);
	}
}

static void
empty_line(struct source *sc, const char *start, const struct line *l)
{
	if (sc->leaf != LEAF_FENCE && sc->leaf != LEAF_RAW)
		sc->leaf = LEAF_NONE;
	/* An item begins with one empty line at most. */
	if (sc->empty && sc->depth > 0)
		pop_to(sc, sc->depth - 1);
	sc->empty = false;
	if (!sc->note_due)
		put_line(sc, start, l, target(sc)->len);
}

static bool
is_attributes(const struct source *sc, const struct line *l)
{
	const char *at;
	size_t len;

	if (!sc->opt->block_attributes || indent(l, &at) > 3 || *at != '{')
		return false;
	for (len = (size_t)(l->end - at); len > 0 && is_blank(at[len - 1]);)
		len--;
	return md_source_attributes(at, len, NULL, NULL) == len;
}

/* A table ends where a paragraph would. */
static void
end_table(struct source *sc, const struct line *l)
{
	if (sc->leaf != LEAF_TABLE)
		return;
	if (begins_block(sc, l, sc->depth)) {
		sc->leaf = LEAF_NONE;
	} else if (sc->opt->definitions && !l->pad && *l->s == ':' &&
		   l->s + 1 < l->end && is_blank(l->s[1])) {
		put_empty(sc);
		sc->leaf = LEAF_NONE;
	}
}

/* Does a definition follow the empty line that begins at s? */
static bool
is_defined(const struct source *sc, const char *s)
{
	const char *end = sc->source + sc->nsource;

	while (s < end && (is_blank(*s) || *s == '\n'))
		s++;
	return s < end && *s == ':';
}

/* A line that can be nothing but words, as most are, or NULL: the end of what
 * was taken, which may be the empty line after it. */
static const char *
take_words(struct source *sc, const char *s, const char *end)
{
	struct line l = {.s = s, .end = end};
	size_t at, len = (size_t)(end - s);
	unsigned char c = len > 0 ? (unsigned char)*s : 0;

	if (sc->depth > 0 || sc->leaf > LEAF_PARAGRAPH ||
	    (c < 0x80 && ((c | 32) < 'a' || (c | 32) > 'z')))
		return NULL;
	if (sc->opt->footnotes)
		find_places(sc, &l);
	at = sc->leaf == LEAF_NONE ? settle(sc, sc->body->len) : sc->body->len;
	if (at == 0 && !sc->differs && sc->nsource - sc->same > len + 1 &&
	    end[1] == '\n' && !is_defined(sc, end + 1)) {
		sc->same += len + 2;
		sc->nterms = 0;
		sc->terms_depth = sc->definition_depth = -1;
		sc->leaf = LEAF_NONE;
		return end + 1;
	}
	buf_add(sc->body, s, len);
	buf_putc(sc->body, '\n');
	paragraph_line(sc, at, len);
	sc->definition_depth = -1;
	return end;
}

static void
take_line(struct source *sc, const char *s, const char *end)
{
	struct line l = {.s = s, .end = end};
	const char *at;
	int k = 0;

	if (sc->terms_depth == -1 && sc->leaf != LEAF_PARAGRAPH &&
	    sc->body->len > SETTLED)
		settle(sc, sc->body->len);
	while (k < sc->depth && match_layer(&sc->layers[k], &l))
		k++;
	if (k < sc->depth &&
	    (sc->leaf != LEAF_PARAGRAPH || begins_block(sc, &l, k)))
		pop_to(sc, k);
	indent(&l, &at);
	if (at == end) {
		empty_line(sc, s, &l);
		return;
	}
	if (sc->leaf >= LEAF_FENCE) {
		size_t from = target(sc)->len;

		if (sc->rewritten)
			put_prefix(sc, target(sc));
		put_line(sc, s, &l, from);
		go_on(sc, &l);
	} else if (is_attributes(sc, &l)) {
		put_empty(sc);
		sc->leaf = LEAF_NONE;
		sc->terms_depth = -1;
	} else {
		end_table(sc, &l);
		text_line(sc, s, &l);
	}
	sc->definition_depth = -1;
}

/* Number those that are referred to; Goldmark's order. */
static void
number_notes(struct source *sc, const char *end)
{
	size_t first = sc->first_note, n = sc->nplaces[0] + sc->nplaces[1];

	for (size_t i = 0; i < n; i++) {
		const char *s, *close;
		size_t most;

		if (i < first)
			s = sc->places[0][i];
		else if (i < first + sc->nplaces[1])
			s = sc->places[1][i - first];
		else
			s = sc->places[0][i - sc->nplaces[1]];
		most = (size_t)(end - s) < 1000 ? (size_t)(end - s) : 1000;
		close = memchr(s, ']', most);
		if (close)
			md_notes_number(sc->notes, s, (size_t)(close - s));
	}
}

bool
md_source_make(const struct md_options *opt, const char *body, size_t *len,
    struct buf *out, struct md_notes *notes)
{
	struct source sc = {.opt = opt,
	    .notes = notes,
	    .body = out,
	    .source = body,
	    .nsource = *len,
	    .terms_depth = -1,
	    .definition_depth = -1};
	const char *end = body + *len, *nl, *past;
	bool same;

	if (!md_block_special(opt, body, len))
		return false;
	for (const char *s = body; s < end; s = nl + 1) {
		nl = memchr(s, '\n', (size_t)(end - s));
		if (!nl)
			nl = end;
		if ((past = take_words(&sc, s, nl))) {
			nl = past;
			continue;
		}
		if (md_bound_is_deep(s, nl, sc.leaf >= LEAF_FENCE)) {
			*len = (size_t)(s - body);
			break;
		}
		take_line(&sc, s, nl);
	}
	pop_to(&sc, 0);
	sc.nsource = *len;
	same = is_same(&sc);
	if (!same)
		take_back(&sc);
	if (notes->n > 0) {
		number_notes(&sc, end);
		buf_puts(&sc.notes_text, "\n" MARK_BODY "\n\n");
		buf_splice(out, 0, 0, sc.notes_text.data, sc.notes_text.len);
	}
	buf_dispose(&sc.notes_text);
	free(sc.places[0]);
	free(sc.places[1]);
	free(sc.terms);
	return !same;
}
