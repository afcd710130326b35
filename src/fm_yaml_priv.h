/* SPDX-License-Identifier: ISC */
/*
 * What the fm_yaml files share: libyaml's events with their spans in bytes,
 * scalars read and written, and how a document's fields look.
 */
#ifndef FM_YAML_PRIV_H
#define FM_YAML_PRIV_H

#include <stdbool.h>
#include <stdint.h>

#include <yaml.h>

#include "buf.h"
#include "fm_priv.h"

/* fm_yaml_event.c: libyaml's marks count code points; these are bytes. */
struct yaml_in {
	yaml_parser_t parser;
	const char *text;
	size_t len;
	bool ascii;       /* code points are bytes */
	size_t at, cp;    /* a place, in bytes and in code points */
	size_t line_from; /* the line of line_from is known */
	unsigned line;
};

struct yaml_ev {
	yaml_event_t ev; /* yaml_event_delete() it */
	size_t at, end;
};

void yaml_in_init(struct yaml_in *, const char *text, size_t len);
void yaml_in_dispose(struct yaml_in *);
/* The next event; -1: err, nothing to delete. */
int yaml_in_next(struct yaml_in *, struct yaml_ev *, struct err *);
/* The 1-based line of a byte; cheap when asked in the order of the text. */
unsigned yaml_in_line(struct yaml_in *, size_t at);
/* Fill err with a place in the text; returns -1. */
int yaml_in_fail(struct yaml_in *, size_t at, struct err *, const char *what);

/* fm_yaml.c: where a field's key and value begin and end. */
struct yaml_span {
	size_t key_at, key_end, at, end;
};
/* Fill in the places of a field, but its line. */
void yaml_place_field(
    struct fm_field *, const char *text, size_t len, const struct yaml_span *);

/* fm_yaml_scalar.c: what a scalar's text is; plain: no quotes, no tag. */
struct value *yaml_scalar(const char *s, size_t len, bool plain);
/* Type and data of a plain one, into a value that is empty but for its text. */
void yaml_scalar_read(struct value *, const char *s, size_t len);
/* A scalar with an explicit tag ("tag:yaml.org,2002:int" ...). */
struct value *yaml_scalar_tagged(const char *tag, const char *s, size_t len);
/* Some YAML reader would take this plain text for something else. */
bool yaml_ambiguous(const char *s, size_t len);

enum yaml_style {
	YAML_PLAIN,
	YAML_SINGLE,
	YAML_DOUBLE,
	YAML_LITERAL,
	YAML_FOLDED,
	YAML_STYLES,
};

/* fm_yaml_write.c: how a scalar is to look. */
struct yaml_look {
	enum yaml_style style;
	enum yaml_style quote; /* when plain will not do */
	bool flow;             /* inside [ ] */
	/* Block scalars only: */
	size_t base;         /* columns of the key */
	size_t step;         /* columns of the text from there; 0: 2 */
	const char *indent;  /* of the text, blanks; NULL: base + step */
	const char *comment; /* after the header, with the blank before it */
	size_t indent_len, comment_len;
	size_t width; /* columns at which to fold */
	bool keep;    /* "+" is allowed */
	bool fold;    /* a plain or quoted one may go on in other lines */
};
int yaml_write(
    struct buf *, const struct value *, const struct yaml_look *, struct err *);
/* A key as it is written before its colon; quote: when style will not do. */
int yaml_write_key(struct buf *, const char *key, enum yaml_style style,
    enum yaml_style quote, bool flow, struct err *);

/* fm_yaml_tree.c: a document as nodes with their spans. */
#define YAML_NOWHERE SIZE_MAX

enum yaml_kind { YAML_SCALAR, YAML_ALIAS, YAML_LIST, YAML_MAP };

struct yaml_node {
	enum yaml_kind kind;
	enum yaml_style style; /* of a scalar */
	bool text;             /* a scalar: a string */
	bool flow;             /* a list or map: not in lines of its own */
	bool pair;             /* a map without braces, "[a: b]" */
	size_t at, body, end;  /* with its tag and anchor; without them */
	size_t anchor_at, anchor_len, tag_at, tag_len; /* len 0: none */
	char *name; /* a scalar's text; the anchor's name of an alias */
	char *anchor, *tag;
	const struct yaml_node *target; /* of an alias */
	struct yaml_entry *entries;
	size_t n, cap;
};

/* A member of a map or an item of a list. */
struct yaml_entry {
	size_t at;        /* "-", "?", the key, or in brackets the item */
	size_t colon;     /* behind the ":", "-" or "?" that a value follows */
	bool merge, bare; /* "<<"; no ":" is there */
	struct yaml_node *key, *value; /* key NULL: of a list */
};

struct yaml_tree {
	const char *text;
	size_t len;
	struct yaml_node *root;   /* NULL: there is none */
	struct yaml_node **named; /* anchors and aliases in their order */
	size_t n, cap;
};

/* The text was read before: it has no errors. */
void yaml_tree_init(struct yaml_tree *, const char *text, size_t len);
void yaml_tree_dispose(struct yaml_tree *);
/* The last member of a key; YAML_NOWHERE: none, or only a merge brings it. */
size_t yaml_tree_find(const struct yaml_node *, const char *key);
/* The text of a key, or of what an alias stands for. */
const char *yaml_key_name(const struct yaml_node *key);
/* The first c between two places where tokens cannot be, but comments. */
size_t yaml_tree_mark(const char *text, size_t from, size_t to, char c);
/* The first comment there. */
size_t yaml_tree_comment(const char *text, size_t from, size_t to);
/* The end of what an entry has. */
size_t yaml_entry_end(const struct yaml_entry *);
/* The 1-based line of a byte; its column from 0, in code points. */
unsigned yaml_tree_line(const struct yaml_tree *, size_t at);
size_t yaml_tree_column(const struct yaml_tree *, size_t at);
/* An alias outside of [from, to) of an anchor inside. NULL: none. */
const struct yaml_node *yaml_tree_alias(
    const struct yaml_tree *, size_t from, size_t to);

/* fm_yaml_habit.c: how a document is written where it has a choice. */
struct yaml_gaps {
	const char *lead, *between, *trail; /* behind [, at a comma, before ] */
	size_t lead_len, between_len, trail_len;
};

struct yaml_habits {
	/* Strings in maps, in lists; all that are quoted. */
	size_t texts[YAML_STYLES], items[YAML_STYLES], quotes[YAML_STYLES];
	size_t flow_lists, block_lists, flow_maps, block_maps;
	size_t flow_deep, block_deep; /* lists that hold lists or maps */
	size_t step;                  /* columns of a map in a map */
	size_t dash;                  /* of a list's dashes in a map */
	const char *gap;              /* behind a dash */
	size_t gap_len;
	bool dash_alone; /* maps in lists begin on a line of their own */
	struct yaml_gaps brackets, braces;
};

void yaml_habits_init(struct yaml_habits *, const struct yaml_tree *);
enum yaml_style yaml_habits_text(const struct yaml_habits *);
enum yaml_style yaml_habits_item(
    const struct yaml_habits *, const struct yaml_node *list);
enum yaml_style yaml_habits_quote(const struct yaml_habits *);
/* A new list or map is written in brackets. */
bool yaml_habits_flow(const struct yaml_habits *, const struct value *);
/* Of one that has entries; false: comments are in the way. */
bool yaml_gaps_of(
    const char *text, const struct yaml_node *, struct yaml_gaps *);

/* What all that carries out a change goes by. */
struct yaml_editor {
	struct yaml_tree tree;
	struct yaml_habits habits;
	struct value *values; /* of all of the document */
	const char *path;     /* for people */
	struct err *err;
};

/* fm_yaml_edit.c: the driver's edit and place. */
int yaml_edit(const char *text, size_t len, const struct fm_change *,
    struct fm_edits *, struct err *);
int yaml_place(
    const char *text, size_t len, const struct fm_step *, size_t n, size_t *at);
/* Fail: why not, and at which place; or which alias repeats it. -1. */
int yaml_refuse(struct yaml_editor *, size_t at, const char *what);
int yaml_refuse_alias(struct yaml_editor *, const struct yaml_node *alias);

/* fm_yaml_emit.c: new values of any type. */
#define YAML_FOLD 72 /* columns of a folded text, at least */

enum yaml_form { YAML_FORM_ANY, YAML_FORM_FLOW, YAML_FORM_BLOCK };

struct yaml_spot {
	size_t column;         /* of the keys or dashes around the value */
	bool flow, item;       /* in brackets; in a list */
	enum yaml_style style; /* of strings */
	enum yaml_form form;   /* of lists and maps; ANY: as the document */
	const char *gap;       /* before a value that begins on the line */
	size_t gap_len;
	const char *head; /* a comment that is to stay on the first line */
	size_t head_len;
};

/* What follows a colon or dash, blanks and all; no break at its end. */
int yaml_emit(struct yaml_editor *, const struct value *,
    const struct yaml_spot *, struct buf *);
/* That will have lines of its own for its entries. */
bool yaml_in_lines(
    const struct yaml_editor *, const struct value *, const struct yaml_spot *);
/* In brackets, or on one line. */
int yaml_emit_flow(struct yaml_editor *, const struct value *,
    const struct yaml_spot *, struct buf *);
/* A member of a map, as its siblings are; spot's gap is filled. */
int yaml_emit_member(struct yaml_editor *, const struct yaml_node *map,
    const char *key, const struct value *, struct yaml_spot *, struct buf *);
/* What was written begins as a literal or folded scalar does. */
bool yaml_is_block(const char *);
void yaml_emit_blanks(struct buf *, size_t n);

/* fm_yaml_plan.c: what the entries of a list or map become. */
struct yaml_slot {
	size_t old; /* the entry it was; YAML_NOWHERE: it is new */
	const struct value *value; /* NULL: as it was */
	const char *key;           /* of a new member */
	size_t like; /* an item that has this value, + 1; 0: none */
};

struct yaml_plan {
	struct yaml_slot *slot;
	size_t n;
	bool tail;  /* what is last comes behind comments at the end */
	bool moved; /* all are there, in another order */
};

void yaml_plan_same(struct yaml_plan *, const struct yaml_node *);
void yaml_plan_cut(struct yaml_plan *, size_t i);
void yaml_plan_put(struct yaml_plan *, size_t i, struct yaml_slot);
/* The entries beside new items or members; was: what they are. */
void yaml_plan_value(struct yaml_plan *, const struct yaml_node *,
    const struct value *was, const struct value *new);
void yaml_plan_dispose(struct yaml_plan *);
/* Equal, as it matters here: a date may be text. */
bool yaml_alike(const struct value *asked, const struct value *has);

/*
 * Entries are made what a plan says; there are some before, and after it but in
 * the document's own map.  was: the node's value.
 */
int yaml_rebuild(struct yaml_editor *, const struct yaml_node *,
    const struct value *was, const struct yaml_plan *, struct fm_edit *);
/* fm_yaml_rows.c: those that have lines of their own. */
int yaml_rows(struct yaml_editor *, const struct yaml_node *,
    const struct value *was, const struct yaml_plan *, struct fm_edit *);
/* The start of the comments right above the line of an entry that begins at a
 * byte, as far to the right as the entry. */
size_t yaml_comments_above(const char *text, size_t from, size_t at);
/* Those of a list or map in brackets have. */
bool yaml_in_rows(const struct yaml_tree *, const struct yaml_node *);
/* fm_yaml_flow.c: those in brackets, with commas between. */
int yaml_flow(struct yaml_editor *, const struct yaml_node *,
    const struct value *was, const struct yaml_plan *, struct fm_edit *);
/* Append an entry that was, with its value changed, or a new one. */
int yaml_put_old(struct yaml_editor *, const struct yaml_node *,
    const struct value *was, const struct yaml_slot *, size_t from, size_t to,
    struct buf *);
int yaml_put_new(struct yaml_editor *, const struct yaml_node *,
    const struct yaml_slot *, struct buf *);

/* fm_yaml_value.c: an entry's value becomes another. */
int yaml_change_value(struct yaml_editor *, const struct yaml_node *parent,
    size_t i, const struct value *was, const struct value *, struct fm_edit *);
/* Of the value of a map's member or a list's item. */
const struct value *yaml_value_of(
    const struct value *was, const struct yaml_node *parent, size_t i);

/* Blank bytes within a line; the end of the line of a byte (its break). */
bool yaml_blank(char);
size_t yaml_line_start(const char *text, size_t at);
size_t yaml_line_end(const char *text, size_t len, size_t at);

#endif
