/* SPDX-License-Identifier: ISC */
/* The containers of a line of Markdown, and whether it begins a block. */
#include "md_source_priv.h"

#include <string.h>

#define MARKER    "999999999) "
#define NOTE_COLS 4

/* Columns of blanks before the text at *at. */
int
md_source_indent(const struct line *l, const char **at)
{
	const char *s = l->s;
	int n = l->pad, col = l->col, step;

	for (; s < l->end && md_source_is_blank(*s); s++) {
		step = *s == '\t' ? 4 - col % 4 : *s == ' ';
		n += step;
		col += step;
	}
	*at = s;
	return n;
}

static void
md_source_strip(struct line *l, int n)
{
	int take = l->pad < n ? l->pad : n, step;

	l->pad -= take;
	for (n -= take; n > 0 && l->s < l->end && md_source_is_blank(*l->s);
	     l->s++) {
		step = *l->s == '\t' ? 4 - l->col % 4 : *l->s == ' ';
		l->col += step;
		l->pad = step > n ? step - n : 0;
		n -= step;
	}
}

static void
md_source_advance(struct line *l, const char *to)
{
	l->col += (int)(to - l->s);
	l->s = to;
	l->pad = 0;
}

bool
md_source_match(const struct layer *v, struct line *l)
{
	const char *at;
	int n = md_source_indent(l, &at);

	if (v->kind == LAYER_QUOTE) {
		if (n > 3 || at == l->end || *at != '>')
			return false;
		md_source_strip(l, n);
		md_source_advance(l, at + 1);
		if (l->s < l->end && md_source_is_blank(*l->s))
			md_source_strip(l, 1);
		return true;
	}
	if (at == l->end) {
		md_source_strip(l, n < v->cols ? n : v->cols);
		return true;
	}
	if (n < v->cols)
		return false;
	md_source_strip(l, v->cols);
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
	md_source_advance(&rest, l->s + 1);
	n = md_source_indent(&rest, &at);
	if (n < 1 && at < l->end)
		return 0;
	if (n < 1)
		n = 1;
	return 1 + (n >= 8 ? 5 : n);
}

enum leaf
md_source_html_at(struct source *sc, const char *s, const char *end)
{
	static const enum leaf leaves[] = {LEAF_NONE, LEAF_HTML, LEAF_RAW};

	return leaves[md_block_html(
	    s, end, sc->leaf == LEAF_PARAGRAPH, &sc->until)];
}

/* Does what is left of the line begin a block, so that it is not text? */
bool
md_source_begins_block(struct source *sc, const struct line *l, int matched)
{
	const char *at;
	bool one;
	size_t n;

	if (md_source_indent(l, &at) > 3 || at == l->end)
		return at == l->end;
	n = md_block_list(at, l->end, &one);
	return *at == '>' || md_block_heading(at, l->end) ||
	       md_block_fence(at, l->end) || md_block_rule(at, l->end) ||
	       (n && (matched < sc->depth || (one && at + n < l->end))) ||
	       (*at == '<' && md_source_html_at(sc, at, l->end) != LEAF_NONE) ||
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
	struct buf *b = md_source_target(sc), tail = {0};
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
bool
md_source_open_definition(struct source *sc, struct line *l, size_t *at)
{
	int cols = definition_at(sc, l, sc->depth);
	struct buf *b = md_source_target(sc);

	if (!cols || sc->depth == MD_SOURCE_DEPTH)
		return false;
	b->len = *at;
	if (sc->terms_depth == sc->depth) {
		mark_terms(sc);
		md_source_put_empty(sc);
	}
	*at = b->len;
	md_source_put_prefix(sc, b);
	buf_puts(b, MARKER);
	md_source_advance(l, l->s + 1);
	md_source_strip(l, cols - 1);
	return md_source_push(sc, LAYER_DEFINITION, cols);
}

bool
md_source_open_note(struct source *sc, struct line *l, size_t *at)
{
	struct buf *b = sc->body;
	const char *s;
	size_t n;

	if (!sc->opt->footnotes || sc->depth == MD_SOURCE_DEPTH ||
	    md_source_indent(l, &s) > 3 || s == l->end ||
	    md_source_target(sc) != b || !(n = md_block_note(s, l->end)))
		return false;
	b->len = *at;
	md_source_put_empty(sc);
	if (sc->notes->n == 0)
		sc->first_note = sc->nplaces[0];
	md_notes_add(sc->notes, s + 2, n);
	md_source_advance(l, s + n + 4);
	md_source_indent(l, &s);
	md_source_advance(l, s);
	*at = sc->notes_text.len;
	if (l->s < l->end)
		buf_puts(&sc->notes_text, "1.  ");
	sc->note_due = l->s == l->end;
	return md_source_push(sc, LAYER_NOTE, NOTE_COLS);
}

/* A quotation or an item. */
bool
md_source_open_container(struct source *sc, struct line *l)
{
	struct buf *b = md_source_target(sc);
	const char *at, *text;
	int cols = md_source_indent(l, &at), gap;
	bool one;
	size_t n;

	if (cols > 3 || at == l->end || sc->depth == MD_SOURCE_DEPTH)
		return false;
	if (*at == '>') {
		md_source_push(sc, LAYER_QUOTE, 0);
		md_source_match(&sc->layers[sc->depth - 1], l);
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
	md_source_strip(l, cols);
	md_source_advance(l, at + n);
	gap = md_source_indent(l, &text);
	sc->empty = text == l->end;
	if (sc->empty || gap > 4)
		gap = 1;
	md_source_strip(l, gap);
	for (int i = 0; i < gap; i++)
		buf_putc(b, ' ');
	return md_source_push(sc, LAYER_ITEM, cols + (int)n + gap);
}
