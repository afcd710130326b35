/* SPDX-License-Identifier: ISC */
/*
 * What the md_source_* files share.  The way of a line: its open containers are
 * matched, those that begin on it are opened (md_source_open.c), what it is a
 * line of is found out (md_source_leaf.c), and it is put out with what stands
 * for its containers before it (md_source_out.c).
 */
#ifndef MD_SOURCE_PRIV_H
#define MD_SOURCE_PRIV_H

#include "md_priv.h"

#define MD_SOURCE_DEPTH  48            /* containers that are followed */
#define MD_SOURCE_INDENT "           " /* as wide as a definition's marker */

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
	struct layer layers[MD_SOURCE_DEPTH];
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
	size_t parted;     /* notes that were parted from what follows */
	const char *source;
	size_t nsource;
	size_t same; /* bytes that have come out as they are, and are dropped */
	bool differs; /* nothing is dropped any more */
};

static inline bool
md_source_is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* md_source_open.c */
/* Columns of blanks before the text at *at. */
int md_source_indent(const struct line *l, const char **at);
bool md_source_match(const struct layer *v, struct line *l);
enum leaf md_source_html_at(struct source *sc, const char *s, const char *end);
/* Does what is left of the line begin a block, so that it is not text? */
bool md_source_begins_block(
    struct source *sc, const struct line *l, int matched);
/* At is where the line begins in the buffer that it goes to. */
bool md_source_open_definition(struct source *sc, struct line *l, size_t *at);
bool md_source_open_note(struct source *sc, struct line *l, size_t *at);
/* A quotation or an item. */
bool md_source_open_container(struct source *sc, struct line *l);

/* md_source_leaf.c */
/* Put out a line whose start was put at at; as it is in the source, if it can
 * be. */
void md_source_put_line(
    struct source *sc, const char *start, const struct line *l, size_t at);
/* The header row that stands before a row of delimiters becomes the first. */
bool md_source_open_table(struct source *sc, const struct line *l);
/* The line that was put at at, with len bytes of text, is of a paragraph. */
void md_source_paragraph_line(struct source *sc, size_t at, size_t len);
/* The leaf that the line is of, as far as it is known to matter. */
void md_source_classify(struct source *sc, const struct line *l, size_t at);
/* A line of code or HTML: does the leaf end with it? */
void md_source_go_on(struct source *sc, const struct line *l);
bool md_source_attributes_line(const struct source *sc, const struct line *l);
/* A table ends where a paragraph would. */
void md_source_end_table(struct source *sc, const struct line *l);

/* md_source_out.c */
/* From here on the body is all in its buffer. */
void md_source_take_back(struct source *sc);
/* Nothing refers to the body before at any more: it is dropped, as long as all
 * so far is as in the source.  Where at has gone to. */
size_t md_source_settle(struct source *sc, size_t at);
/* Is what has come out what went in? A last newline does not count. */
bool md_source_is_same(const struct source *sc);
struct buf *md_source_target(struct source *sc);
/* What the layers put before a line. */
void md_source_put_prefix(const struct source *sc, struct buf *b);
void md_source_put_empty(struct source *sc);
void md_source_pop_to(struct source *sc, int depth);
bool md_source_push(struct source *sc, enum layer_kind kind, int cols);
/* Where the line refers to footnotes, for their order. */
void md_source_find_places(struct source *sc, const struct line *l);
/* A reference to a footnote is no link, whatever follows it on the line that
 * was just put out. */
void md_source_part_notes(struct source *sc, const struct line *l);
/* Number those that are referred to; Goldmark's order. */
void md_source_number_notes(struct source *sc, const char *end);

#endif
