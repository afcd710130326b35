/* SPDX-License-Identifier: ISC */
/*
 * What Goldmark reads and md4c does not, put in words that md4c reads: see
 * md_priv.h.  One pass over the lines, which follows the open containers just
 * as far as is needed to know what is a paragraph and what is code or HTML.
 */
#include "md_source_priv.h"

#include <stdlib.h>
#include <string.h>

#define SETTLED 4096 /* bytes that are held back, more or less */

/* Text: the containers that begin on the line, and its leaf. */
static void
text_line(struct source *sc, const char *start, struct line *l)
{
	struct buf *b = md_source_target(sc);
	size_t at = b->len;

	if (sc->note_due)
		buf_puts(b, "1.  ");
	else
		md_source_put_prefix(sc, b);
	sc->note_due = sc->empty = false;
	while (md_source_open_note(sc, l, &at) ||
	       md_source_open_definition(sc, l, &at) ||
	       md_source_open_container(sc, l))
		continue;
	b = md_source_target(sc);
	if (l->s == l->end && sc->note_due)
		return;
	if (sc->opt->footnotes)
		md_source_find_places(sc, l);
	if (md_source_open_table(sc, l)) {
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
		md_source_put_line(sc, start, l, at);
		if (sc->opt->footnotes)
			md_source_part_notes(sc, l);
		md_source_classify(sc, l, at);
		if (sc->leaf == LEAF_RAW)
			md_source_go_on(sc, l);
	}
}

static void
empty_line(struct source *sc, const char *start, const struct line *l)
{
	if (sc->leaf != LEAF_FENCE && sc->leaf != LEAF_RAW)
		sc->leaf = LEAF_NONE;
	/* An item begins with one empty line at most. */
	if (sc->empty && sc->depth > 0)
		md_source_pop_to(sc, sc->depth - 1);
	sc->empty = false;
	if (!sc->note_due)
		md_source_put_line(sc, start, l, md_source_target(sc)->len);
}

/* Does a definition follow the empty line that begins at s? */
static bool
is_defined(const struct source *sc, const char *s)
{
	const char *end = sc->source + sc->nsource;

	while (s < end && (md_source_is_blank(*s) || *s == '\n'))
		s++;
	return s < end && *s == ':';
}

/* A line that can be nothing but words, as most are, or NULL: the end of what
 * was taken, which may be the empty line after it. */
static const char *
take_words(struct source *sc, const char *s, const char *end)
{
	struct line l = {.s = s, .end = end};
	size_t at, len = (size_t)(end - s), from, places = sc->nplaces[0];
	unsigned char c = len > 0 ? (unsigned char)*s : 0;

	if (sc->depth > 0 || sc->leaf > LEAF_PARAGRAPH ||
	    (c < 0x80 && ((c | 32) < 'a' || (c | 32) > 'z')))
		return NULL;
	if (sc->opt->footnotes)
		md_source_find_places(sc, &l);
	at = sc->leaf == LEAF_NONE ? md_source_settle(sc, sc->body->len)
				   : sc->body->len;
	if (at == 0 && !sc->differs && places == sc->nplaces[0] &&
	    sc->nsource - sc->same > len + 1 && end[1] == '\n' &&
	    !is_defined(sc, end + 1)) {
		sc->same += len + 2;
		sc->nterms = 0;
		sc->terms_depth = sc->definition_depth = -1;
		sc->leaf = LEAF_NONE;
		return end + 1;
	}
	from = sc->body->len;
	buf_add(sc->body, s, len);
	buf_putc(sc->body, '\n');
	if (places != sc->nplaces[0])
		md_source_part_notes(sc, &l);
	md_source_paragraph_line(sc, at, sc->body->len - from - 1);
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
		md_source_settle(sc, sc->body->len);
	while (k < sc->depth && md_source_match(&sc->layers[k], &l))
		k++;
	if (k < sc->depth &&
	    (sc->leaf != LEAF_PARAGRAPH || md_source_begins_block(sc, &l, k)))
		md_source_pop_to(sc, k);
	md_source_indent(&l, &at);
	if (at == end) {
		empty_line(sc, s, &l);
		return;
	}
	if (sc->leaf >= LEAF_FENCE) {
		size_t from = md_source_target(sc)->len;

		if (sc->rewritten)
			md_source_put_prefix(sc, md_source_target(sc));
		md_source_put_line(sc, s, &l, from);
		md_source_go_on(sc, &l);
	} else if (md_source_attributes_line(sc, &l)) {
		md_source_put_empty(sc);
		sc->leaf = LEAF_NONE;
		sc->terms_depth = -1;
	} else {
		md_source_end_table(sc, &l);
		text_line(sc, s, &l);
	}
	sc->definition_depth = -1;
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
	md_source_pop_to(&sc, 0);
	sc.nsource = *len;
	same = md_source_is_same(&sc);
	if (!same)
		md_source_take_back(&sc);
	if (notes->n > 0) {
		md_source_number_notes(&sc, end);
		buf_puts(&sc.notes_text, "\n" MARK_BODY "\n\n");
		buf_splice(out, 0, 0, sc.notes_text.data, sc.notes_text.len);
	}
	buf_dispose(&sc.notes_text);
	free(sc.places[0]);
	free(sc.places[1]);
	free(sc.terms);
	return !same;
}
