/* SPDX-License-Identifier: ISC */
/*
 * Inside the TOML reader (TOML 1.0.0): the cursor over the text, and what its
 * parts give each other.  fm_toml_scan.c knows characters, keys and strings,
 * fm_toml_atom.c numbers, booleans and dates, fm_toml_table.c which table may
 * be opened and extended, fm_toml.c values, lines and the fields' spans.
 */
#ifndef FM_TOML_PRIV_H
#define FM_TOML_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
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
	struct toml_node *last; /* TOML_ARRAY: its newest table */
};

struct toml {
	const char *text;
	size_t len, at;
	struct err *err;
	struct toml_node *all, **buckets;
	size_t nnodes, nbuckets;
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

#endif
