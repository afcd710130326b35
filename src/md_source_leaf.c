/* SPDX-License-Identifier: ISC */
/* The paragraph, table, code or HTML that a line of Markdown is of. */
#include "md_source_priv.h"

#include <string.h>

#include "mem.h"

/* Put out a line whose start was put at at; as it is in the source, if it can
 * be. */
void
md_source_put_line(
    struct source *sc, const char *start, const struct line *l, size_t at)
{
	struct buf *b = md_source_target(sc);

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
bool
md_source_open_table(struct source *sc, const struct line *l)
{
	struct buf *b = md_source_target(sc);
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

		md_source_put_prefix(sc, &empty);
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
void
md_source_paragraph_line(struct source *sc, size_t at, size_t len)
{
	if (sc->leaf != LEAF_PARAGRAPH) {
		sc->leaf = LEAF_PARAGRAPH;
		sc->nterms = 0;
		if (md_source_target(sc) == sc->body)
			at = md_source_settle(sc, at);
	}
	sc->terms =
	    xgrow(sc->terms, sc->nterms, &sc->terms_cap, sizeof(*sc->terms));
	sc->terms[sc->nterms++] =
	    (struct term){at, md_source_target(sc)->len - len - 1};
	sc->terms_depth = sc->depth;
}

/* The leaf that the line is of, as far as it is known to matter. */
void
md_source_classify(struct source *sc, const struct line *l, size_t at)
{
	const char *p;
	int cols = md_source_indent(l, &p);
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
		   (html = md_source_html_at(sc, p, l->end)) != LEAF_NONE) {
		sc->leaf = html;
	} else {
		md_source_paragraph_line(sc, at, (size_t)(l->end - p));
		return;
	}
	sc->terms_depth = -1;
}

/* A line of code or HTML: does the leaf end with it? */
void
md_source_go_on(struct source *sc, const struct line *l)
{
	const char *p;
	size_t n;

	if (sc->leaf == LEAF_RAW) {
		if (md_block_has(l->s, l->end, sc->until))
			sc->leaf = LEAF_NONE;
		return;
	}
	if (sc->leaf != LEAF_FENCE || md_source_indent(l, &p) > 3 ||
	    p == l->end || *p != sc->fence)
		return;
	for (n = 0; p + n < l->end && p[n] == sc->fence;)
		n++;
	if (n < sc->nfence)
		return;
	for (p += n; p < l->end && md_source_is_blank(*p);)
		p++;
	if (p == l->end)
		sc->leaf = LEAF_NONE;
}

bool
md_source_attributes_line(const struct source *sc, const struct line *l)
{
	const char *at;
	size_t len;

	if (!sc->opt->block_attributes || md_source_indent(l, &at) > 3 ||
	    *at != '{')
		return false;
	for (len = (size_t)(l->end - at);
	     len > 0 && md_source_is_blank(at[len - 1]);)
		len--;
	return md_source_attributes(at, len, NULL, NULL) == len;
}

/* A table ends where a paragraph would. */
void
md_source_end_table(struct source *sc, const struct line *l)
{
	if (sc->leaf != LEAF_TABLE)
		return;
	if (md_source_begins_block(sc, l, sc->depth)) {
		sc->leaf = LEAF_NONE;
	} else if (sc->opt->definitions && !l->pad && *l->s == ':' &&
		   l->s + 1 < l->end && md_source_is_blank(l->s[1])) {
		md_source_put_empty(sc);
		sc->leaf = LEAF_NONE;
	}
}
