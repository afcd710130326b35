/* SPDX-License-Identifier: ISC */
/*
 * What the fm_yaml files share: libyaml's events with their spans in bytes,
 * scalars read and written, and how a document's fields look.
 */
#ifndef FM_YAML_PRIV_H
#define FM_YAML_PRIV_H

#include <stdbool.h>

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
	const char *indent;  /* of the text, blanks; NULL: base + 2 */
	const char *comment; /* after the header, with the blank before it */
	size_t indent_len, comment_len;
	size_t width; /* columns at which to fold */
	bool keep;    /* "+" is allowed */
};
int yaml_write(
    struct buf *, const struct value *, const struct yaml_look *, struct err *);
/* A key as it is written before its colon. */
int yaml_write_key(
    struct buf *, const char *key, enum yaml_style quote, struct err *);

/* fm_yaml_style.c: the fields of a document as they look. */
struct yaml_item {
	size_t at, end;
	enum yaml_style style;
	bool text; /* a string */
};

struct yaml_field {
	size_t at, end; /* the value */
	enum yaml_style style;
	bool text, list, flow;
	struct yaml_item *items;
	size_t n, cap;
};

struct yaml_looks {
	const char *text;
	size_t len;
	struct yaml_field *fields;
	size_t n, cap;
};

/* The text was read before: it has no errors. */
void yaml_looks_init(struct yaml_looks *, const char *text, size_t len);
void yaml_looks_dispose(struct yaml_looks *);
/* The field whose value starts between two bytes; NULL: none. */
const struct yaml_field *yaml_looks_at(
    const struct yaml_looks *, size_t at, size_t end);
/* The style most used for strings: of values, or of the items of lists. */
enum yaml_style yaml_looks_text(const struct yaml_looks *);
enum yaml_style yaml_looks_items(const struct yaml_looks *);
enum yaml_style yaml_looks_quote(const struct yaml_looks *);
bool yaml_looks_flow(const struct yaml_looks *); /* lists: flow or block */

/* fm_yaml_edit.c: the driver's set and add. */
int yaml_set(const char *text, size_t len, const struct fm_field *,
    const struct value *, struct fm_edit *, struct err *);
int yaml_add(const char *text, size_t len, const struct fm_doc *,
    const char *key, const struct value *, struct buf *, struct err *);
/* Behind the colon of a field. */
size_t yaml_colon(const char *text, const struct fm_field *);
/* Bytes take the place of a value on its line; of one with its own lines. */
void yaml_put_value(const char *text, size_t len, const struct fm_field *,
    const char *with, struct fm_edit *);
/* -1: in a list of [ ] stands a comment that another value would cost. */
int yaml_keep_comments(const char *text, const struct yaml_field *,
    const struct fm_field *, struct err *);
int yaml_replace_lines(const char *text, const struct fm_field *,
    const char *with, struct fm_edit *, struct err *);

/* fm_yaml_list.c: a list in the place of a value, which may be a list. */
int yaml_set_list(const struct yaml_looks *, const struct yaml_field *old,
    const struct fm_field *, const struct value *, struct fm_edit *,
    struct err *);
/* Append a new list behind its key; base: columns of the key. */
int yaml_add_list(const struct yaml_looks *, size_t base, const struct value *,
    struct buf *, struct err *);

/* Blank bytes within a line; the end of the line of a byte (its break). */
bool yaml_blank(char);
size_t yaml_line_start(const char *text, size_t at);
size_t yaml_line_end(const char *text, size_t len, size_t at);

#endif
