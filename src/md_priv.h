/* SPDX-License-Identifier: ISC */
/*
 * What the md_* files share.  The way of a post: md_shortcode.c takes the
 * shortcodes out of the body, md4c parses it, md_parse.c and md_html.c fill a
 * tree with each top-level block, md_layout.c (md_wrap.c, md_table.c, md_box.c)
 * makes lines of it in the doc, and the tree is used again for the next block.
 */
#ifndef MD_PRIV_H
#define MD_PRIV_H

#include "buf.h"
#include "md.h"
#include "work.h"

#define MD_NONE UINT32_MAX
#define MD_TAB  4 /* columns, as Hugo's markup.highlight.tabWidth */

/* md_doc.c: lines and spans. */
struct doc_heading {
	uint32_t line;
	int level;
	uint32_t name, id; /* in names */
};

struct doc_place {
	uint32_t line;
	int column, rows, cols;
	uint32_t address; /* in names */
};

struct doc_line {
	uint32_t at, span; /* where its text and its spans start */
};

struct doc {
	char *block; /* what text, lines and spans begin in */
	size_t nblock;
	struct buf text;  /* lines, each with its newline */
	struct buf names; /* addresses and headings, each with its NUL */
	struct doc_line *lines;
	size_t nlines, lines_cap;
	struct md_span *spans;
	size_t nspans, spans_cap;
	uint32_t *links; /* in names */
	size_t nlinks, links_cap;
	struct doc_heading *headings;
	size_t nheadings, headings_cap;
	struct doc_place *pictures;
	size_t npictures, pictures_cap;
	size_t left;  /* bytes of work, see md_render() */
	size_t given; /* so that what has been done is given - left */
	struct progress *progress; /* may be NULL */
	bool open;                 /* a line has been begun */
	bool cut;     /* none are left, or cancelled: nothing is added */
	bool partial; /* the rest was left out */
};

/* With room for what that many bytes of source become, as a rule. */
struct doc *doc_new(size_t source, size_t budget, struct progress *);
void doc_go_on(struct doc *, size_t budget); /* with another one */
/* Take n bytes off the budget; false: it is spent, or cancelled. */
static inline bool
doc_spend(struct doc *d, size_t n)
{
	if (n > d->left || (d->progress && progress_cancelled(d->progress)))
		d->cut = true;
	else
		d->left -= n;
	return !d->cut;
}

void doc_put(
    struct doc *, const char *s, size_t len, int style, int attr, int link);
void doc_puts(struct doc *, const char *, int style);
void doc_blank(struct doc *, int n, int style);
void doc_repeat(struct doc *, const char *, int n, int style);
void doc_end_line(struct doc *); /* trailing blanks go */
/* An address, which is cleaned: its index, or -1. */
int doc_add_link(struct doc *, const char *address);
int doc_add_address(struct doc *, const char *address, size_t len);
int doc_repeat_link(struct doc *, int link); /* one to the same address */
/* Room for a picture from the next line on. */
void doc_add_picture(
    struct doc *, const char *address, int column, int rows, int cols);
void doc_add_heading(
    struct doc *, int level, const char *, size_t len, const char *id);

/* md_tree.c: one top-level block, as text with runs of style. */
enum node_kind {
	/* Leaves: text. */
	NODE_P,
	NODE_H,
	NODE_CODE,
	NODE_CELL,
	/* Leaves without text. */
	NODE_HR,
	NODE_MORE,    /* <!--more--> */
	NODE_OMITTED, /* raw HTML while it is off */
	/* Containers, each closed by NODE_END. */
	NODE_QUOTE,
	NODE_LIST,
	NODE_ITEM,
	NODE_TABLE,
	NODE_ROW,
	NODE_END,
};

enum { ALIGN_LEFT, ALIGN_CENTER, ALIGN_RIGHT };
enum { TASK_NONE, TASK_OPEN, TASK_DONE };
enum { TERM_NONE, TERM, FORMULA };

struct md_node {
	uint8_t kind;
	uint8_t level; /* heading 1-6; cell: ALIGN_*; item: TASK_*; P: TERM_*,
			  FORMULA */
	bool tight;    /* list */
	bool ordered;  /* list */
	bool definitions; /* list */
	bool head;        /* cell */
	uint32_t at, len; /* text; list: first number, number of items */
	uint32_t run;     /* the first run that is not before at */
	uint32_t object;  /* the first object in it, if any */
	uint32_t nobject;
	uint32_t
	    label;     /* in strings, or MD_NONE: code: its kind; heading: id */
	uint32_t info; /* code: what follows the fence, in strings; MD_NONE */
};

/* From at to the next run's at. */
struct md_run {
	uint32_t at;
	uint8_t style, attr;
	int16_t link;
};

enum object_kind {
	OBJECT_PICTURE,
	OBJECT_FRAME,
	OBJECT_VIDEO,
	OBJECT_AUDIO,
	OBJECT_CODE, /* a shortcode */
};

/*
 * A thing that is no text.  In the text it stands as "[picture words]"; it
 * becomes a box where no words stand beside it on its source line.
 */
struct md_object {
	uint8_t kind;
	bool first, last; /* nothing before it on its line, nothing after it */
	int16_t link;
	uint32_t at, len;   /* all of it */
	uint32_t alt, nalt; /* the words in it */
	uint32_t address;   /* in strings; shortcode: its index */
	struct md_picture picture;
	bool known; /* picture is filled in */
};

/* Ids that a document has so far; next: a number to try behind one. */
struct md_id {
	char *id;
	uint32_t next;
};

struct md_ids_seen {
	struct md_id *v;
	size_t n, cap;
};

/*
 * The lists, quotations and tables that raw HTML has open.  A block of it may
 * end before they do: then Markdown's blocks stand in them.
 */
#define MD_HTML_DEPTH   16
#define MD_HTML_COLUMNS 64
struct md_html_open {
	uint8_t action[MD_HTML_DEPTH];
	uint32_t node[MD_HTML_DEPTH];
	int n;
	bool table;                    /* one of them is one */
	bool caption;                  /* in that of one that begins after it */
	uint8_t rows[MD_HTML_COLUMNS]; /* that a cell reaches down further */
	int column, wide; /* of the row; more columns that its cell takes */
	int inner;        /* tables that are open in a cell of it */
	bool unfolded;    /* the last <details> is open */
};

struct md_shortcodes;
struct md_notes;

struct md_tree {
	const struct md_options *opt;
	const struct md_shortcodes *codes;
	struct md_notes *notes;          /* NULL: none */
	struct doc *doc;                 /* takes the links */
	const char *source, *source_end; /* what is parsed, or NULL */
	struct buf text;
	struct buf strings;
	struct md_node *nodes;
	size_t nnodes, nodes_cap;
	struct md_run *runs;
	size_t nruns, runs_cap;
	struct md_object *objects;
	size_t nobjects, objects_cap;

	/* The leaf that is being filled. */
	bool open;
	uint32_t leaf;
	bool soft;     /* a soft line break came before what comes next */
	bool fresh;    /* nothing stands on this source line yet */
	uint32_t edge; /* the object that may be the last of its line */
	int column;    /* code: columns since the line began */
	int nested;    /* objects open inside of the one that is */
	/* What the spans around say; the second is what raw HTML says. */
	uint16_t strong[2], em[2], strike[2], under[2], code[2];
	int link[2];
	int missing;     /* text readers will not get */
	uint32_t object; /* that is open, or MD_NONE */
	bool formula;    /* text is one */
	int literal;     /* text that no typographer changes */
	bool words;      /* running text of Markdown comes in */
	bool retried;    /* a span has just begun or ended */
	bool tildes;     /* there are three in a row somewhere */
	/* The source line of the heading that is open, and what of it counts.
	 */
	const char *line, *line_end, *line_cut;
	struct md_ids_seen ids;
	int unclosed[2];  /* quotation marks of the leaf: single, double */
	bool smart_marks; /* the typographer's signs have MARK_SMART before
			     them */
	bool titled;      /* a shortcode is shown with a page's title */
	size_t asked;     /* questions put to the site */
	struct md_html_open html;
	bool flat; /* the open leaf is a cell that blocks become lines of */
	struct md_node spare; /* what they are instead of nodes */
	const char *hide; /* text is unseen until this HTML element closes */
	size_t nhide;
	size_t hidden; /* elements of its name that are open in it */
	bool ruby;     /* a bracket before <rt> is of ours */
	size_t script; /* of the text, where <sub> or <sup> began, plus 1 */
};

void md_tree_init(struct md_tree *, const struct md_options *,
    const struct md_shortcodes *, struct doc *);
void md_tree_clear(struct md_tree *);
void md_tree_dispose(struct md_tree *);
struct md_node *md_tree_leaf(
    struct md_tree *, enum node_kind); /* ends the last */
void md_tree_end_leaf(struct md_tree *);
struct md_node *md_tree_enter(struct md_tree *, enum node_kind);
void md_tree_leave(struct md_tree *);
/* A leaf without text. */
void md_tree_mark(struct md_tree *, enum node_kind);
/* Words of a paragraph, heading or cell: blanks run together. */
void md_tree_plain(struct md_tree *, const char *, size_t len);
void md_tree_code(struct md_tree *, const char *, size_t len); /* NODE_CODE's */
/* Of md_address_put(), in what is coming in. */
void md_tree_address(struct md_tree *, const char *, size_t len);
void md_tree_soft_break(struct md_tree *);
void md_tree_hard_break(struct md_tree *);
/* Open an object; the words until it is closed are its alternative text. */
void md_tree_object(struct md_tree *, enum object_kind, uint32_t address);
void md_tree_object_end(struct md_tree *);
void md_tree_object_cancel(struct md_tree *); /* close it, whatever is open */
uint32_t md_tree_string(
    struct md_tree *, const char *, size_t len); /* cleaned */
/* Append with placeholders put back to what they stand for, and cleaned. */
void md_tree_expand(struct md_tree *, struct buf *, const char *, size_t len);

/* md_bound.c */
/*
 * Does a line begin with more containers than md4c can be given, or one that is
 * as far to the right?  code: it may be a line of code.
 */
bool md_bound_is_deep(const char *s, const char *end, bool code);
/* Close what is open in a tree that is not whole. */
void md_bound_close(struct md_tree *);

/* md_smart.c: words of a leaf, as the typographer makes them. */
#define MARK_SMART "\xf4\x8f\xbf\xbb" /* U+10FFFB */
void md_smart_text(struct md_tree *, const char *, size_t len);

/* md_note.c: footnotes. */
struct md_note {
	const char *label; /* in the source */
	size_t len;
	uint32_t number; /* from 1; 0: nothing refers to it */
	uint32_t references;
};

struct md_notes {
	struct md_note *v; /* in the order of the source */
	size_t n, cap;
	uint32_t *slots; /* by label */
	size_t nslots;
	uint32_t *order; /* of those that have a number */
	size_t norder, order_cap;
};

void md_notes_add(struct md_notes *, const char *label, size_t len);
/* Its number, the next one if it has none; 0: there is no such footnote. */
uint32_t md_notes_number(struct md_notes *, const char *label, size_t len);
uint32_t md_notes_refer(struct md_notes *, const char *label, size_t len);
void md_notes_dispose(struct md_notes *);

/*
 * md_source.c: the body as md4c is given it.  Footnotes are taken out of it and
 * stand before it as an ordered list, which ends at a paragraph of MARK_BODY
 * alone.  A definition list is a list that begins at DEFINITION_START, and each
 * line of the paragraph before it, a term, begins with MARK_TERM.  Tables are
 * as md4c takes them.
 */
#define MARK_BODY        "\xf4\x8f\xbf\xbd" /* U+10FFFD */
#define MARK_TERM        "\xf4\x8f\xbf\xbc" /* U+10FFFC */
#define DEFINITION_START 999999999

/*
 * False: body can be parsed as it is.  *len becomes the bytes of it before a
 * line that is nested too deeply.
 */
bool md_source_make(const struct md_options *, const char *body, size_t *len,
    struct buf *out, struct md_notes *);
/* Append s with its emoji; false: there are none. */
bool md_source_emoji(struct buf *, const char *s, size_t len);
/* Bytes of "{#id .class key=value}" at s, 0: it is none; its id, or NULL. */
size_t md_source_attributes(
    const char *s, size_t len, const char **id, size_t *nid);

/* md_id.c */
/* Bytes of a chunk of a heading's source that are its text. */
size_t md_heading_text(struct md_tree *, const char *, size_t len);
void md_heading_end(struct md_tree *); /* gives the heading its id */
/* Where the attributes that end a line begin, 0: it has none. */
size_t md_id_attributes(
    const char *s, size_t len, const char **id, size_t *nid);
void md_id_make(struct buf *, enum md_ids, const char *s, size_t len);
void md_id_take(struct md_ids_seen *, const char *id);
/* Caller frees. */
char *md_id_unique(struct md_ids_seen *, const char *id);
void md_ids_dispose(struct md_ids_seen *);

/* md_block.c: what stands at s, on a line that goes to end. */
size_t md_block_list(const char *s, const char *end, bool *one); /* marker */
bool md_block_rule(const char *s, const char *end);
bool md_block_heading(const char *s, const char *end);
size_t md_block_fence(const char *s, const char *end); /* its bytes */
bool md_block_underline(const char *s, const char *end);
size_t md_block_note(const char *s, const char *end); /* bytes of its label */
enum md_block {
	MD_BLOCK_OTHER,
	MD_BLOCK_MARKUP, /* HTML up to an empty line */
	MD_BLOCK_RAW,    /* HTML up to *until */
};
enum md_block md_block_html(
    const char *s, const char *end, bool paragraph, const char **until);
bool md_block_has(const char *s, const char *end, const char *what);
/* Is there anything in a body that md_source_make() may put in other words?
 * *len as there, where there is nothing. */
bool md_block_special(const struct md_options *, const char *s, size_t *len);

/* md_source_table.c */
/* Is it a line of a table's delimiters? How many. */
size_t md_source_delimiters(const char *s, size_t len);
size_t md_source_cells(const char *s, size_t len);
void md_source_delimiter_row(struct buf *, const char *s, size_t len);
void md_source_row(struct buf *, const char *s, size_t len);
/* What ends b from there on, with its newline, is a row. */
void md_source_row_again(struct buf *b, size_t at);

/* md_shortcode.c */
enum code_kind {
	CODE_LITERAL, /* text that must be shown as it is */
	CODE_SINGLE,
	CODE_OPEN, /* one that is closed further down */
	CODE_CLOSE,
	CODE_RAW,     /* with its content, which is no Markdown */
	CODE_ADDRESS, /* none: a bare address, see md_address.c */
	CODE_SIGN,    /* none: "<<" that begins no HTML */
};

struct md_code {
	enum code_kind kind;
	const char *src; /* all of it, in the body */
	size_t len;
	const char *name, *args, *inner;
	size_t nname, nargs, ninner;
	bool matched; /* CODE_CLOSE, CODE_OPEN: the other one is there;
			 CODE_ADDRESS: it is a link wherever words are */
	enum { MD_MATH_NONE, MD_MATH_INLINE, MD_MATH_BLOCK } math;
};

struct md_shortcodes {
	struct md_code *v;
	size_t n, cap;
	struct buf body; /* with one private character for each */
};

#define MD_CODE_FIRST 0x100000u /* the placeholder of the first one */
#define MD_CODE_MAX   0xfff0u

/* Take them out, and with opt what md_address.c finds; false: there are none,
 * and body is as it was. */
bool md_shortcodes_take(struct md_shortcodes *, const char *body, size_t len,
    const struct md_options *opt);
void md_shortcodes_dispose(struct md_shortcodes *);
/* The one that the bytes at s stand for, or NULL. */
const struct md_code *md_shortcodes_at(
    const struct md_shortcodes *, const char *s, size_t len);
/* Append its source, cleaned; without comment signs. */
void md_shortcode_text(const struct md_code *, struct buf *);
/* The value of a named argument, or of position pos when name is NULL. */
bool md_shortcode_arg(const struct md_code *, const char *name, int pos,
    const char **value, size_t *len);

/* md_address.c: bare addresses, and "<<" with the typographer. */
struct md_addresses {
	const char *signs;
	const char *next[4]; /* of them */
	const char *at;      /* read up to here, with what is open there: */
	int labels;          /* brackets */
	bool tag;
};

void md_address_begin(
    struct md_addresses *, const struct md_options *, const char *body);
/* The first one in from..end of a body, or end. */
const char *md_address_find(struct md_addresses *, const char *body,
    const char *from, const char *end, struct md_code *);
/* retried: what stands before it has ended. */
void md_address_put(struct md_tree *, const struct md_code *, bool retried);
/* Append s with its addresses put back, and nothing else. */
void md_address_expand(
    const struct md_tree *, struct buf *, const char *s, size_t len);

/* md_math.c */
/* Append s with its formulas taken out, as shortcodes are; false: there are
 * none, and nothing is appended. */
bool md_math_take(const struct md_options *, struct md_shortcodes *,
    const char *s, size_t len, struct buf *out);
/* Put one into the words of the leaf. */
void md_math_put(struct md_tree *, const struct md_code *);
/* md_math_text.c: append what TeX says, in Unicode where there is such a sign;
 * its lines end in "\n". */
void md_math_text(struct buf *, const char *tex, size_t len);

/* md_shortcode_use.c */
/* Where an embed is to be seen; NULL: it is none. Caller frees. */
char *md_shortcode_embed(const struct md_code *);
/* Ask the site. *words and *address: caller frees. */
enum md_answer md_shortcode_ask(
    struct md_tree *, const struct md_code *, char **words, char **address);
/* Put one into the words of the leaf. */
void md_shortcode_put(struct md_tree *, const struct md_code *);
/* Append one that is a part of an address. */
void md_shortcode_address(
    struct md_tree *, const struct md_code *, struct buf *);
/* The leaf that has ended becomes one of code, if highlight is all of it. */
void md_shortcode_leaf(struct md_tree *);

/* md_html.c */
/* top: elements that it leaves open stay so until md_html_close(). */
void md_html_block(struct md_tree *, const char *, size_t len, bool top);
void md_html_close(struct md_tree *);
/* A block of Markdown begins: where a table is open, it stands in a cell. */
void md_html_cell(struct md_tree *);
void md_html_inline(struct md_tree *, const char *, size_t len); /* one tag */
void md_html_reset(struct md_tree *); /* what was not closed ends here */

/*
 * Words with runs of two tildes and more, which md4c leaves alone when there
 * are three: as many as both sides have strike out what is between.  Offsets in
 * s: what is before ends, what is struck begins and ends, the rest begins.
 * (md_parse_span.c)
 */
struct md_strike {
	size_t before, at, end, next;
};
/* The next one from an offset on; false: there is none. */
bool md_strike_find(const char *s, size_t len, size_t from, struct md_strike *);

/* md_entity.c, md_emoji.c: UTF-8 by name, or NULL. */
const char *md_entity_find(const char *name, size_t len); /* "amp" */
const char *md_emoji_find(const char *name, size_t len);  /* "tada" */
/* Append what "&amp;" or "&#x41;" stands for; false: nothing. */
bool md_entity_decode(struct buf *, const char *, size_t len);

/* md_wrap.c */
struct md_cut {
	uint32_t at, len; /* bytes of the text */
	int cols;
	bool hidden; /* there are signs in it that are not shown */
	bool hyphen; /* it ends in a soft hyphen, which is */
};

struct md_wrap {
	struct md_cut *cuts;
	size_t n, cap;
	char *brk; /* scratch */
	size_t brk_cap;
};

/* Append the lines of s[0..len) at cols columns, which is at least 2. */
void md_wrap_text(struct md_wrap *, const char *s, size_t len, int cols);
/* Columns of the widest line of s, and of its longest word. */
int md_wrap_width(const char *s, size_t len, int *word);
int md_columns(const char *s, size_t len); /* text_width, ASCII made quick */
/* Bytes of a sign that only says where lines may break, 0: it is none. */
size_t md_wrap_hidden(const char *s, size_t len);
/* Bytes of s that fit cols, at least one code point; *used: columns. */
size_t md_wrap_cut(const char *s, size_t len, int cols, int *used);
void md_wrap_dispose(struct md_wrap *);

/* md_layout.c */
struct md_glyphs {
	const char *bullet[3];
	const char *task[3]; /* TASK_* */
	const char *quote, *code, *marked, *broken;
	const char *rule, *heavy, *bar;
	const char *top[3], *middle[3], *bottom[3]; /* corners of tables */
	const char *heading[7];
	const char *dot;  /* between facts */
	const char *back; /* from a footnote to its reference */
};

struct md_level {
	int cols;
	int style;
	char first[24], rest[8]; /* before the first line, before the others */
	bool begun;
	bool tight;
	uint32_t list; /* the node of an item's list, or of itself */
	uint32_t number;
};

struct md_layout {
	struct doc *doc;
	const struct md_options *opt;
	const struct md_tree *tree;
	const struct md_glyphs *g;
	int margin; /* columns left free at the left */
	int text;   /* columns of text, from the margin */
	int wide;   /* columns of code and tables, from the margin */
	int prefix; /* columns that the open containers take */
	struct md_level *levels;
	size_t nlevels, levels_cap;
	size_t shown;  /* of the levels, those that there is room for */
	bool gap;      /* an empty line is due */
	bool apart;    /* by the block above, in a tight list too */
	bool term;     /* the block above is one */
	uint32_t back; /* links that are due behind the words of a footnote */
	uint32_t note; /* its number */
	struct md_wrap wrap;
};

void md_layout_init(
    struct md_layout *, struct doc *, const struct md_options *);
void md_layout_dispose(struct md_layout *);
void md_layout_tree(struct md_layout *, const struct md_tree *);
/* The footnotes of a tree, which are items of its lists, in their order. */
void md_layout_notes(
    struct md_layout *, const struct md_tree *, const struct md_notes *);
void md_layout_header(struct md_layout *, const struct md_header *);
/* A node's words, two columns in. */
void md_layout_hang(struct md_layout *, const struct md_node *);
/* Say that the rest is left out, and why; whatever is open ends (md_bound.c).
 */
void md_bound_note(struct md_layout *, const char *why);
/* A note of our own, where text was left out. */
void md_layout_note(struct md_layout *, const char *note);

void md_layout_gap(struct md_layout *);
void md_layout_begin(struct md_layout *); /* a line: margin and containers */
void md_layout_end(struct md_layout *);
int md_layout_room(const struct md_layout *);  /* columns for text */
int md_layout_space(const struct md_layout *); /* columns for code and tables */
/* The tree's text [at, at + len) with its styles, from the run on; the run
 * to go on with is returned. */
uint32_t md_layout_text(
    struct md_layout *, uint32_t run, uint32_t at, uint32_t len);
/* One of the lines that the words from at on have been wrapped to. */
uint32_t md_layout_cut(
    struct md_layout *, uint32_t run, uint32_t at, const struct md_cut *);
/* A range as wrapped lines. */
void md_layout_lines(
    struct md_layout *, uint32_t run, uint32_t at, uint32_t len);

/* md_parse.c: a body that is being parsed, or shown in another way. */
struct md_render {
	const struct md_options *opt;
	struct doc *doc;
	struct md_tree tree;
	struct md_layout layout;
	int depth;       /* of blocks */
	bool html;       /* in a block of raw HTML */
	struct buf raw;  /* its text */
	uint32_t *lists; /* nodes of the open lists */
	size_t nlists, lists_cap;
	bool omitted;    /* the last inline HTML was said to be omitted */
	bool heading;    /* in one */
	bool code;       /* in a block of it in a cell */
	bool more;       /* the summary has ended */
	uint32_t tildes; /* a bit for each open span: it is one ~, so none */
	bool tilde_due;  /* one has begun, its text tells */
	bool link_due;   /* so has a link */
	struct md_notes notes;
	struct md_tree notes_tree;
	bool collect; /* footnotes come first */
	bool body;    /* they have ended */
	size_t budget;
	const char *address; /* of the last link, in the source; or NULL */
	size_t naddress;
	int link; /* and its index */
};

/* Parse s; false: it is more than there is a budget for. */
bool md_parse_body(struct md_render *, const char *s, size_t len);

/* md_code.c */
/* The runs of a leaf of code that is full, by its language. */
void md_code_runs(struct md_tree *, const struct md_node *);
void md_layout_code(struct md_layout *, const struct md_node *);
/* Lines of source, as code. */
void md_layout_raw(struct md_layout *, const char *, size_t len);

/* md_box.c */
struct md_box {
	const char *label; /* "picture" */
	int label_style;
	const char *name; /* "chre.svg", or NULL */
	const char *fact; /* "870x520", or NULL */
	int fact_style;   /* MD_MISSING when it is missing */
	int link;         /* of the name, or -1 */
	const char *body; /* words in it, or NULL */
	size_t nbody;
	const char *picture; /* address of one to draw above them, or NULL */
	int cols, rows;      /* its size */
	bool open_end;       /* its lower edge comes later */
};
/* What has found its place in the upper edge is NULL afterwards. */
void md_layout_box(struct md_layout *, struct md_box *);
void md_layout_object(struct md_layout *, const struct md_object *);

/* md_picture.c: a picture in cells, which are about twice as high as wide. */
/* The size for at most cols and rows; false: it is drawn in none. */
bool md_picture_fit(const struct md_picture *, int most_cols, int most_rows,
    int *cols, int *rows);
/* The picture of a page's header, below its facts. */
void md_picture_cover(
    struct md_layout *, const char *address, const struct md_picture *);

/* md_table.c: a table's nodes from first; the index after its NODE_END. */
size_t md_layout_table(struct md_layout *, size_t first);

#endif
