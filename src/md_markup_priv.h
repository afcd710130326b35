/* SPDX-License-Identifier: ISC */
/* What the md_markup* files share. */
#ifndef MD_MARKUP_PRIV_H
#define MD_MARKUP_PRIV_H

#include "md_priv.h"

struct markup_list {
	bool tight, ordered, definitions;
};

struct markup {
	const struct md_options *opt;
	struct buf *html; /* what is written to */
	struct buf notes_html;
	size_t *items; /* where footnotes begin in it, by their place */
	size_t nitems, items_cap;
	struct md_tree tree; /* a leaf's words, for the typographer */
	struct doc *doc;     /* of the tree; has the budget */
	const struct md_shortcodes *codes;
	struct md_notes notes;
	bool collect; /* footnotes come first */
	int depth;    /* of blocks */
	struct markup_list *lists;
	size_t nlists, lists_cap;
	bool fresh;     /* an item has begun, and nothing is in it */
	uint8_t task;   /* TASK_*, not written yet */
	bool boxable;   /* its first words may begin with the box of a task */
	bool loose;     /* words without a block stand in one of them */
	bool bare;      /* and are written now */
	bool raw;       /* in a block of HTML */
	bool paragraph; /* in one */
	bool term;      /* which is a term of a definition list */
	bool heading, cell, code;
	bool begun;     /* the paragraph's tag is written */
	size_t words;   /* where it ends */
	int open;       /* shortcodes in it */
	size_t lone[2]; /* what a shortcode put in place of itself */
	bool omitted;
	int image;       /* open pictures */
	uint32_t tildes; /* as in struct md_render */
	bool tilde_due, link_due;
	bool title; /* a figure's title is to come: what ends it is dropped */
	char *info; /* behind the fence of the code; NULL: indented */
	struct buf source; /* of it */
};

/* md_markup_text.c */
void markup_put(struct markup *, const char *); /* tags */
/* Text, its signs as character references; shortcodes as what they are. */
void markup_escape(struct markup *, const char *, size_t len);
/* Raw HTML: shortcodes alone are other things. */
void markup_raw(struct markup *, const char *, size_t len);
/* Words of the leaf that is open. */
void markup_words(struct markup *, const char *, size_t len);
void markup_leaf(struct markup *, enum node_kind);

/* md_markup_code.c: a block of code as Chroma writes it. */
void markup_code(
    struct markup *, const char *info, const char *, size_t len, bool fence);

#endif
