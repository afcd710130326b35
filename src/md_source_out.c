/* SPDX-License-Identifier: ISC */
/*
 * Where the lines of Markdown go that md_source.c has read, and the places of
 * footnotes in them.  As long as they are as in the source, they are dropped.
 */
#include "md_source_priv.h"

#include <string.h>

#include "mem.h"

#define PARTED_MAX 100 /* footnotes that are looked up for it */

/* From here on the body is all in its buffer. */
void
md_source_take_back(struct source *sc)
{
	if (!sc->differs)
		buf_splice(sc->body, 0, 0, sc->source, sc->same);
	sc->differs = true;
}

/* Nothing refers to the body before at any more: it is dropped, as long as all
 * so far is as in the source.  Where at has gone to. */
size_t
md_source_settle(struct source *sc, size_t at)
{
	struct buf *b = sc->body;

	if (sc->differs || at == 0)
		return at;
	if (at > sc->nsource - sc->same ||
	    memcmp(sc->source + sc->same, b->data, at) != 0) {
		md_source_take_back(sc);
		return sc->same + at;
	}
	buf_splice(b, 0, at, NULL, 0);
	sc->same += at;
	return 0;
}

/* Is what has come out what went in? A last newline does not count. */
bool
md_source_is_same(const struct source *sc)
{
	size_t left = sc->nsource - sc->same, n = sc->body->len;

	if (sc->differs || sc->notes->n > 0)
		return false;
	if (n == left + 1 && sc->body->data[left] == '\n')
		n--;
	return n == left &&
	       (n == 0 || !memcmp(sc->source + sc->same, sc->body->data, n));
}

struct buf *
md_source_target(struct source *sc)
{
	for (int i = 0; i < sc->depth; i++)
		if (sc->layers[i].kind == LAYER_NOTE)
			return &sc->notes_text;
	return sc->body;
}

/* What the layers put before a line. */
void
md_source_put_prefix(const struct source *sc, struct buf *b)
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
			buf_puts(b, MD_SOURCE_INDENT);
			break;
		}
	}
}

void
md_source_put_empty(struct source *sc)
{
	struct buf *b = md_source_target(sc);

	md_source_put_prefix(sc, b);
	buf_putc(b, '\n');
}

void
md_source_pop_to(struct source *sc, int depth)
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

bool
md_source_push(struct source *sc, enum layer_kind kind, int cols)
{
	if (sc->depth == MD_SOURCE_DEPTH)
		return false;
	sc->layers[sc->depth++] = (struct layer){kind, cols};
	if (kind == LAYER_NOTE || kind == LAYER_DEFINITION)
		sc->rewritten++;
	sc->leaf = LEAF_NONE;
	sc->terms_depth = sc->definition_depth = -1;
	return true;
}

/* Where the line refers to footnotes, for their order. */
void
md_source_find_places(struct source *sc, const struct line *l)
{
	bool code = false;
	int which = md_source_target(sc) == &sc->notes_text;

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

/* Is there a footnote with the label at s? */
static bool
is_note(const struct source *sc, const char *s, size_t n)
{
	const char *p = sc->source, *end = p + sc->nsource;

	for (; p < end && (p = memchr(p, '^', (size_t)(end - p))); p++)
		if ((size_t)(end - p) > n + 2 && p > sc->source &&
		    p[-1] == '[' && !memcmp(p + 1, s, n) && p[n + 1] == ']' &&
		    p[n + 2] == ':')
			return true;
	return false;
}

void
md_source_part_notes(struct source *sc, const struct line *l)
{
	struct buf *b = md_source_target(sc);
	size_t len = b->len;
	int which = b == &sc->notes_text;

	for (size_t i = sc->nplaces[which]; i > 0; i--) {
		const char *s = sc->places[which][i - 1], *close;

		if (s < l->s || s >= l->end || sc->parted >= PARTED_MAX)
			break;
		close = memchr(s, ']', (size_t)(l->end - s));
		if (!close || close + 1 >= l->end ||
		    (close[1] != '(' && close[1] != '[') ||
		    !is_note(sc, s, (size_t)(close - s)))
			continue;
		sc->parted++;
		buf_splice(b, len - (size_t)(l->end - close), 0, "\\", 1);
	}
}

/* Number those that are referred to; Goldmark's order. */
void
md_source_number_notes(struct source *sc, const char *end)
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
