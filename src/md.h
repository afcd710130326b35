/* SPDX-License-Identifier: ISC */
/*
 * A post's Markdown as styled, wrapped lines: what readers will get.  Parsing
 * is md4c's, as CommonMark with the extensions that Goldmark has on in Hugo.
 * All text in a doc is clean: no control character is in it but the newline.
 */
#ifndef MD_H
#define MD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "err.h"

struct progress;

/* What a run of text is; the theme says how it looks. */
enum md_style {
	MD_TEXT,   /* Paragraph. */
	MD_TITLE,  /* the post's own title */
	MD_FACT,   /* 16 May 2023 · Li Jiongqiang: the header's facts */
	MD_BADGE,  /* draft, scheduled in 3 d */
	MD_H1,     /* # Heading */
	MD_H2,     /* ## Heading */
	MD_H3,     /* ### Heading, and deeper */
	MD_LINK,   /* [text](address) */
	MD_CODE,   /* `span` */
	MD_BLOCK,  /* ``` block */
	MD_SOURCE, /* one of a known language, and its parts: */
	MD_KEYWORD,
	MD_TYPE,
	MD_STRING,
	MD_NUMBER,
	MD_COMMENT,
	MD_NAME,
	MD_META,
	MD_INSERTED,
	MD_DELETED,
	MD_QUOTE,   /* the bar of a quotation */
	MD_BULLET,  /* the bullet or number of an item, the box of a task */
	MD_RULE,    /* --- and the lines of tables and boxes */
	MD_CELL,    /* a table's heading cells */
	MD_LABEL,   /* the label of a box: picture, video, shortcode */
	MD_MATH,    /* $formula$ */
	MD_MISSING, /* what readers will not get: a missing picture */
	MD_STYLES,
};

/* Added to a style. */
enum md_attr {
	MD_BOLD = 1,
	MD_ITALIC = 2,
	MD_STRIKE = 4,
	MD_UNDERLINE = 8,
};

struct md_span {
	uint32_t at, len; /* bytes of the doc's text */
	uint8_t style;    /* enum md_style */
	uint8_t attr;     /* enum md_attr, added up */
	int16_t link;     /* index of doc_link(), or -1 */
};

struct md_fact {
	const char *label; /* "", or "tags" */
	const char *text;
};

/* The header above the body; text is cleaned here. */
struct md_header {
	const char *title; /* NULL: no header at all */
	const char *badge; /* "draft", NULL: none */
	const struct md_fact *facts;
	size_t nfacts;
	const char *cover; /* address of the picture, NULL: none */
};

/* What a picture's address stands for. */
struct md_picture {
	bool missing;
	int width, height; /* pixels, 0: not known */
	int64_t size;      /* bytes */
};

/* What a shortcode stands for. */
enum md_answer {
	MD_ANSWER_NONE,    /* nothing is known of it */
	MD_ANSWER_BOX,     /* the site has it */
	MD_ANSWER_MISSING, /* the site has it not, or not what it names */
	MD_ANSWER_TEXT,    /* words */
	MD_ANSWER_PAGE,    /* a page: its title as words, its address */
};

/* What the body is written in. */
enum md_format {
	MD_MARKDOWN,
	MD_HTML,  /* all of it raw HTML, whatever unsafe says */
	MD_PLAIN, /* another language: shown as it is written */
};

/* How the ids of headings are made of their text. */
enum md_ids {
	MD_IDS_GITHUB,
	MD_IDS_ASCII,
	MD_IDS_BLACKFRIDAY,
	MD_IDS_OFF,
};

#define MD_MATH_MAX 8

/* What formulas stand between; not longer than 7 bytes. */
struct md_delimiter {
	char open[8], close[8];
	bool block; /* on lines of its own */
};

struct md_options {
	int width;   /* columns of the lines; at least 10 is used */
	int measure; /* text is wrapped at this many columns; 0: at width */
	enum md_format format;
	bool ascii;   /* draw boxes and bullets with ASCII only */
	bool unsafe;  /* Hugo's markup.goldmark.renderer.unsafe: raw HTML on */
	bool linkify; /* bare addresses become links */
	bool emoji;   /* :smile: */
	bool typographer; /* markup.goldmark.extensions.typographer */
	bool footnotes;   /* and so on */
	bool definitions;
	bool no_tables, no_strikethrough, no_tasks; /* on otherwise */
	bool attributes;       /* parser.attribute.title: # Title {#id} */
	bool block_attributes; /* parser.attribute.block */
	struct md_delimiter math[MD_MATH_MAX]; /* extensions.passthrough */
	int nmath;
	enum md_ids ids;     /* parser.autoHeadingIDType */
	bool hard_wraps;     /* a soft line break is a hard one */
	bool line_numbers;   /* markup.highlight.lineNos */
	bool numbers_inline; /* markup.highlight.lineNumbersInTable: false */
	/* Room is left for pictures to be drawn in, this many lines at most; 0:
	 * none, there are their labels alone. */
	int picture_rows;
	const struct md_header *header; /* NULL: none */
	/* What a picture's address stands for; NULL or false: not local. */
	bool (*picture)(void *ctx, const char *address, struct md_picture *);
	/*
	 * What a shortcode stands for (NULL: nothing is known of any): its
	 * name, and its first argument or "".  *words and *address, which the
	 * caller frees, are set as the answer says.
	 */
	enum md_answer (*shortcode)(void *ctx, const char *name,
	    const char *arg, char **words, char **address);
	void *ctx;     /* of both */
	size_t budget; /* see md_render(); 0: 4 MiB and 80 times the text */
	struct progress *progress; /* NULL; only its cancel is looked at */
};

struct doc;

/*
 * body has a NUL behind it, as fm_body() has.
 * Work is bounded, and ends at the same place everywhere: it is counted in
 * bytes of what is made (nodes, text, spans, addresses), not in time.  When the
 * budget is spent, progress is cancelled, or blocks are nested more than 100
 * deep, there are the lines so far, and one that says that the rest was left
 * out.  NULL and err only for more than 256 MiB.  Caller frees.
 */
struct doc *md_render(
    const char *body, size_t len, const struct md_options *, struct err *);
void doc_free(struct doc *);

/* A note below a card. */
struct md_note_line {
	const char *text;
	bool warning; /* something is missing, or likely to be wrong */
};

/* A page as it looks in a list; text is cleaned here.  None is NULL. */
struct md_card {
	const char *cover; /* a line about the picture */
	bool lacks_cover;  /* it is named, and not there */
	const char *title, *badge;
	const struct md_fact *facts;
	size_t nfacts;
	const char *text; /* the summary; a newline ends a paragraph */
	bool more;        /* "Read more" */
	const struct md_note_line *notes;
	size_t nnotes;
};

/* The card in a frame, and its notes, at width columns.  Caller frees. */
struct doc *md_card(const struct md_card *, int width, bool ascii);

/*
 * Append the HTML that Goldmark makes of the body in Hugo: its text, blanks and
 * paragraphs; of attributes only what has words.  What shortcodes stand for is
 * asked as in md_render(); one that is not known is what is in it.  Of opt what
 * is asked about the picture, the width and the header is not used.  False: it
 * ends before the body does, which takes too much work or is larger than 64
 * MiB.
 */
bool md_markup(
    struct buf *, const char *body, size_t len, const struct md_options *);
/* Append s with its character references, "&amp;", as what they stand for. */
void md_unescape(struct buf *, const char *s, size_t len);
bool doc_is_whole(const struct doc *); /* nothing was left out */

size_t doc_lines(const struct doc *);
/* Line i without its newline; borrowed, not NUL-terminated. */
const char *doc_line(const struct doc *, size_t i, size_t *len);
/*
 * The spans of line i, in order, without gaps, none over its ends: *n of
 * them.  Their at counts from the start of the line.
 */
const struct md_span *doc_spans(const struct doc *, size_t i, size_t *n);
size_t doc_links(const struct doc *);
const char *doc_link(const struct doc *, size_t i); /* the address */
/*
 * Headings in order, for a table of contents: the line that one is on; *level
 * from 1 to 6 and *text, which the caller frees (both may be NULL).
 */
size_t doc_headings(const struct doc *);
size_t doc_heading(const struct doc *, size_t i, int *level, char **text);
/* Its id, as in an address after "#"; "" where it has none. Borrowed. */
const char *doc_heading_id(const struct doc *, size_t i);

/*
 * Pictures that there is room for, in order: lines from line on, columns from
 * column on.  What stands there is blank.
 */
struct doc_picture {
	size_t line;
	int column, rows, cols;
	const char *address; /* as options' picture() was asked; borrowed */
};
size_t doc_pictures(const struct doc *);
struct doc_picture doc_picture(const struct doc *, size_t i);

#endif
