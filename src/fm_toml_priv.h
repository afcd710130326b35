/* SPDX-License-Identifier: ISC */
/*
 * Inside the TOML reader (TOML 1.0.0): the cursor over the text, and what its
 * parts give each other.  fm_toml_scan.c knows characters, keys and strings,
 * fm_toml_atom.c numbers, booleans and dates, fm_toml_table.c which table may
 * be opened and extended, fm_toml.c values, lines and the fields' spans,
 * fm_toml_tree.c what stands where.  Then what the edits share.
 */
#ifndef FM_TOML_PRIV_H
#define FM_TOML_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "fm_priv.h"
#include "value.h"

#define TOML_DEPTH 100 /* of arrays and tables in one another */

enum toml_kind {
	TOML_VALUE,    /* closed: scalars, arrays, inline tables */
	TOML_IMPLICIT, /* made on the way by a header; may get its own */
	TOML_TABLE,    /* has had its header */
	TOML_DOTTED,   /* made by dotted keys; only these extend it */
	TOML_ARRAY,    /* of tables */
};

struct toml_node {
	struct toml_node *all;   /* every node, for freeing */
	struct toml_node *chain; /* in its hash bucket */
	const struct toml_node *parent;
	char *key;
	enum toml_kind kind;
	int depth;
	bool has_field;         /* a node of the root: its field was added */
	struct value *value;    /* borrowed: the document owns it */
	struct toml_tree *tree; /* NULL: no trees are made */
	struct toml_node *last; /* TOML_ARRAY: its newest table */
};

struct toml {
	const char *text;
	size_t len, at;
	struct err *err;
	struct toml_node *all, **buckets;
	size_t nnodes, nbuckets;
	struct toml_trees *trees; /* NULL: nobody asks what stands where */
	struct toml_tree *made;   /* of the value that was just read */
	struct toml_line *line;   /* that was just read */
};

struct toml_part {
	char *name;
	size_t at, len; /* as written, with quotes */
};

/* a.b."c d" */
struct toml_key {
	struct toml_part *part;
	size_t n, cap;
};

/* How a value stands in the text. */
enum toml_form {
	TOML_SCALAR,
	TOML_LIST,   /* [ ] */
	TOML_INLINE, /* { } */
	TOML_SPREAD, /* a table of lines: with a header, or without one */
	TOML_TABLES, /* [[ ]] */
};

struct toml_span {
	size_t at, end;
};

/* key = value, [a] or [[a]] */
struct toml_line {
	struct toml_line *all;
	bool header, array;
	size_t at, end; /* whole lines; in { }: from the key to the value's end
			 */
	struct toml_span *part; /* of the key, as written */
	size_t n;
	struct toml_span value;    /* no header */
	struct toml_line *section; /* the header above; NULL: none */
	struct toml_tree *home;    /* the document's root, or the { } */
	size_t i;                  /* of home's lines */
};

/* A key or a part of it, where it names a table or value. */
struct toml_mention {
	struct toml_line *line;
	size_t i; /* of the line's parts */
};

/* A value and where it stands. */
struct toml_tree {
	struct toml_tree *all, *up;
	enum toml_form form;
	char *key; /* NULL: an item, or the root */
	size_t i;  /* of up's kids */
	const struct value *value;
	struct toml_tree **kid; /* in the order of the text */
	size_t n, cap;
	size_t at, end;           /* none of TOML_SPREAD and TOML_TABLES */
	struct toml_line *header; /* a table's own, or NULL */
	/* All lines that name it, in the order of the text: in a header those
	 * of [[ ]] name the item too. */
	struct toml_mention *said;
	size_t nsaid, saidcap;
	/* Of the root and of { }: its lines in the order of the text. */
	struct toml_line **line;
	size_t nlines, linecap;
};

/* A document with all of it. */
struct toml_trees {
	const char *text;
	size_t len;
	struct toml_tree *root;
	struct value *values;
	struct toml_tree *all;
	struct toml_line *lines; /* all */
};

/* Fail at byte at of the text. Returns -1. */
int toml_fail(struct toml *, size_t at, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* Fail at a key: its name, quoted and harmless, and then why. Returns -1. */
int toml_fail_key(struct toml *, const struct toml_part *, const char *why);

/* The byte n ahead, '\0' after the end. */
char toml_peek(const struct toml *, size_t n);
bool toml_take(struct toml *, char); /* step over it, if it comes next */
void toml_blanks(struct toml *);     /* spaces and tabs */
bool toml_newline(struct toml *);    /* step over one, if it comes next */
int toml_comment(struct toml *);     /* if one comes next */
/* Blanks, a comment, and the newline or the end of the text. */
int toml_end_of_line(struct toml *);
int toml_lines(struct toml *); /* blanks, comments and newlines */

/* A string of any of the four kinds, appended to out. */
int toml_string(struct toml *, struct buf *out);
/* A key with its dots and the blanks after it; dispose it in any case. */
int toml_key(struct toml *, struct toml_key *);
void toml_key_dispose(struct toml_key *);

/* A number, boolean, date or time. NULL: err. */
struct value *toml_atom(struct toml *);
/* All of a text as such a word; NULL: it is none. */
struct value *toml_word(const char *text, size_t len);

/* A table that no other table has: the document, an inline table, or an
 * element of an array. */
struct toml_node *toml_root(struct toml *, struct value *map, int depth);
struct toml_node *toml_find(
    const struct toml *, const struct toml_node *, const char *key);
/* Put a value into a table: takes value, also on error (NULL). */
struct toml_node *toml_put(struct toml *, struct toml_node *table,
    const struct toml_part *, enum toml_kind, struct value *);
/* The table that all but the last part of a dotted key lead to. */
struct toml_node *toml_dotted(
    struct toml *, struct toml_node *table, const struct toml_key *);
/* The table that a header opens; array: of [[ ]]. */
struct toml_node *toml_open(
    struct toml *, struct toml_node *root, const struct toml_key *, bool array);
void toml_nodes_free(struct toml *);

/* fm_toml.c: read a text that has no errors into empty trees. */
int toml_trees_read(
    struct toml_trees *, const char *text, size_t len, struct err *);
void toml_trees_dispose(struct toml_trees *);
/* The value that steps lead to; NULL: nothing is there. */
struct toml_tree *toml_trees_at(
    const struct toml_trees *, const struct fm_step *, size_t n);

/* What the reader tells them; all do nothing when t has no trees. */
struct toml_tree *toml_tree_new(
    struct toml *, enum toml_form, size_t at, const struct value *);
/* The value that was just read has an end, and is in t->made. */
void toml_tree_end(struct toml *, struct toml_tree *, const struct value *);
/* Put a tree into a table, or a list (key NULL). */
void toml_tree_put(struct toml_tree *up, const char *key, struct toml_tree *);
struct toml_line *toml_line_new(
    struct toml *, struct toml_tree *table, const struct toml_key *);
/* A line leads to a table or value: it names that and those on the way. */
void toml_line_says(struct toml_line *, struct toml_tree *);

/* fm_toml_habit.c: what a document does most. */
struct toml_habits {
	char quote, key_quote; /* of strings; of keys that need one */
	const struct toml_tree *row,
	    *column;                    /* lists, on one line or several */
	const struct toml_tree *braces; /* a { } with members */
	bool columns;                   /* most lists are columns */
	bool tables, blocks; /* maps are [a], lists of maps are [[a]] */
	bool gaps;           /* blank lines stand before headers */
};

struct toml_pen {
	const struct toml_trees *doc;
	struct toml_habits habit;
	struct err *err;
	size_t at; /* in the text: where errors are */
};

void toml_habits(const struct toml_trees *, struct toml_habits *);
/* Fill err with the line that is edited; returns -1. */
int toml_refuse(const struct toml_pen *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* fm_toml_write.c: a value as it is to stand. */
struct toml_look {
	const struct toml_tree *old;   /* what it takes the place of, or NULL */
	const struct toml_tree *model; /* like what it is to look, or NULL */
	const char *indent; /* blanks before the line that it is in */
	size_t indent_len;
	bool flat;     /* in { } or in a list: on one line */
	size_t column; /* of the equals signs of pairs; 0: as in like */
};
int toml_write(const struct toml_pen *, struct buf *, const struct value *,
    const struct toml_look *);
/* An item of a list (or NULL) that a new one can look like; NULL: none. */
const struct toml_tree *toml_sibling(
    const struct toml_tree *list, const struct value *);
void toml_write_key(const struct toml_pen *, struct buf *, const char *key);
/* A key, the equals sign like that of a line (or NULL), and a value. */
int toml_write_pair(const struct toml_pen *, struct buf *,
    const struct toml_line *like, const char *key, const struct value *,
    const struct toml_look *);
/* The column that the equals signs of a line and of those around it stand in,
 * behind keys of different lengths; 0: none. */
size_t toml_aligned(const struct toml_pen *, const struct toml_line *like);
/* Blanks and the equals sign after a key of n bytes, like those of a line (or
 * NULL); column 0: the very same, else the sign is to stand there. */
void toml_write_equals(const struct toml_pen *, struct buf *,
    const struct toml_line *like, size_t n, size_t column);

/* fm_toml_seq.c: what stands between brackets or braces, put together anew. */
#define TOML_NEW ((size_t)-1)
struct toml_slot {
	size_t old;      /* TOML_NEW: it was not there */
	struct buf text; /* of a new item, or what an old one becomes */
	bool has_text;
};
struct toml_slots {
	struct toml_slot *slot;
	size_t n, cap;
};
struct toml_slot *toml_slots_add(struct toml_slots *, size_t old);
void toml_slots_dispose(struct toml_slots *);
/* All items of a list, or pairs of { }, as they are. */
void toml_slots_keep(struct toml_slots *, const struct toml_tree *);
/* Put in a new one before that at a place. */
struct toml_slot *toml_slots_insert(struct toml_slots *, size_t at);
void toml_slots_remove(struct toml_slots *, size_t at);
/* Brackets and all; look->old NULL: a new list, or map. */
void toml_slots_write(const struct toml_pen *, struct buf *, bool list,
    const struct toml_look *, const struct toml_slots *);
/* Which item of a list each of new is, or becomes: n indexes, TOML_NEW for
 * those to insert. The caller frees. */
size_t *toml_match(const struct toml_tree *list, const struct value *new);

/* fm_toml_edit.c: the driver's. */
int toml_edit(const char *text, size_t len, const struct fm_change *,
    struct fm_edits *, struct err *);
int toml_place(
    const char *text, size_t len, const struct fm_step *, size_t n, size_t *at);

/* fm_toml_lines.c: lines. */
size_t toml_line_at(const char *text, size_t at); /* its start */
size_t toml_line_next(const char *text, size_t len, size_t at);
bool toml_line_blank(const char *text, size_t len, size_t at);
/* The start of the comments directly above a line, or of the line. */
size_t toml_attached(const struct toml_trees *, const struct toml_line *);
/* Behind the comments directly below a line that are not the next one's. */
size_t toml_tail(const struct toml_trees *, const struct toml_line *);
/* For each of the document's lines whether it goes with a value. */
bool *toml_marks(const struct toml_trees *, const struct toml_tree *);
/* Are comments among the lines of a value, or behind them?  (A multi-line list
 * with a number sign in it counts.) */
bool toml_has_comments(const struct toml_trees *, const struct toml_tree *);
/* A line that names a value with pairs, not headers: the first, the last one
 * before a line (or NULL).  NULL: there is none. */
const struct toml_line *toml_first_pair(const struct toml_tree *);
const struct toml_line *toml_last_pair(
    const struct toml_tree *, const struct toml_line *before);
/* Begin an edit; its text is still empty. */
struct buf *toml_edit_at(struct fm_edits *, size_t at, size_t cut);

/* fm_toml_add.c, fm_toml_remove.c, fm_toml_block.c: one change each. */
int toml_add(const struct toml_pen *, const struct toml_tree *table, size_t to,
    const char *key, const struct value *, struct fm_edits *);
int toml_remove(
    const struct toml_pen *, const struct toml_tree *, struct fm_edits *);
int toml_rename(const struct toml_pen *, const struct toml_tree *,
    const char *key, struct fm_edits *);
int toml_insert_block(const struct toml_pen *, const struct toml_tree *tables,
    size_t to, const struct value *, struct fm_edits *);
int toml_move_block(const struct toml_pen *, const struct toml_tree *,
    size_t to, struct fm_edits *);

/* What a new table is written like. */
struct toml_frame {
	bool array; /* [[ ]] */
	struct buf path;
	struct buf indent, inner; /* of headers; of the lines below them */
	struct buf step;          /* more, of headers of tables in it */
	bool gaps;                /* blank lines stand before headers */
	const char *pad;          /* inside the brackets */
	size_t pad_len;
	const struct toml_line *like; /* a pair, or NULL */
};
/* Like a table with its header; path is copied from it. */
void toml_frame_like(
    const struct toml_pen *, struct toml_frame *, const struct toml_tree *);
/* For tables in a table: like those that it has. */
void toml_frame_in(
    const struct toml_pen *, struct toml_frame *, const struct toml_tree *);
void toml_frame_dispose(struct toml_frame *);
/* The header, the lines and the tables of a map. */
int toml_write_table(const struct toml_pen *, struct buf *,
    const struct toml_frame *, const struct value *);
/* A map that is to stand as tables, or a list of maps as [[ ]]. */
bool toml_is_tables(const struct toml_pen *, const struct value *);

#endif
