/* SPDX-License-Identifier: ISC */
/*
 * Inside the JSON reader (RFC 8259, as strict as Hugo's encoding/json):
 * fm_json_scan.c knows where everything stands, fm_json.c makes values of it,
 * fm_json_write.c writes new text in a document's style, fm_json_edit.c says
 * what an edit replaces, and fm_json_rewrite.c how a list or map changes.
 */
#ifndef FM_JSON_PRIV_H
#define FM_JSON_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "fm_priv.h"
#include "value.h"

#define JSON_DEPTH 100 /* of lists and maps in one another */
#define JSON_NONE  SIZE_MAX

/* A value and where it stands, as byte offsets. */
struct json_node {
	char type;              /* its first byte: { [ " t f n; 0 for numbers */
	bool escapes;           /* in a string */
	bool key_escapes;       /* in the key */
	size_t at, end;         /* behind its last byte */
	size_t key_at, key_end; /* with the quotes; both 0: it has no key */
	size_t first, last;     /* of what it holds; 0: nothing */
	size_t next;            /* in what holds it; 0: it is the last */
	size_t n;               /* that it holds */
};

/* All values in the order of the text; the first is the whole. */
struct json_tree {
	const char *text;
	size_t len;
	struct json_node *node;
	size_t n, cap;
};

/* fm_json_scan.c. All of the text must be one value. */
int json_scan(struct json_tree *, const char *text, size_t len, struct err *);
void json_tree_dispose(struct json_tree *);
/* Append what a string, [at, end) with its quotes, stands for. */
void json_decode(const char *text, size_t at, size_t end, struct buf *);
bool json_space(char);
bool json_has_break(const char *, size_t len);

/* fm_json.c */
struct value *json_value(const struct json_tree *, size_t node);
/* The key of a member of a map. Caller frees. */
char *json_key(const struct json_tree *, const struct json_node *);
/* The node that steps lead to from the first; JSON_NONE: nowhere. */
size_t json_follow(const struct json_tree *, const struct fm_step *, size_t n);

/* How a document is written. Texts are borrowed from it. */
struct json_style {
	bool escape_all;   /* what is not ASCII is written \u.... */
	bool escape_slash; /* \/ */
	bool escape_html;  /* \u003c for < and so on */
	bool capitals;     /* \u00E9, not \u00e9 */
	bool lists_in_lines, maps_in_lines; /* an entry a line */
	const char *unit;                   /* one level of indentation */
	size_t unit_len;
	const char *colon; /* with the blanks around it */
	size_t colon_len;
	const char *comma;              /* of what is on one line */
	const char *list_pad, *map_pad; /* behind [ and before ] on one line */
};

/* fm_json_write.c */
void json_look(const struct json_tree *, struct json_style *);
void json_put_string(
    const struct json_style *, const char *s, size_t len, struct buf *);
/* A value as new text; indent: that of the line it is on. -1: JSON has no such
 * value. */
int json_put_value(const struct json_style *, const struct value *,
    const char *indent, size_t indent_len, struct buf *, struct err *);
/* The blanks that the line of a place begins with. */
const char *json_indent(const char *text, size_t at, size_t *len);
/* An edit being made. */
struct json_edit {
	struct json_tree tree;
	struct json_style style;
	struct fm_edits *out;
	struct err *err;
};

/* fm_json_rewrite.c */
const struct json_node *json_node(const struct json_edit *, size_t i);
/* Where an entry begins: its key, or its value. */
size_t json_start(const struct json_node *);
/* Entry k of what a node holds; k < its n. */
size_t json_nth(const struct json_edit *, size_t in, size_t k);
/* Append what stands between entries of node in, as it does near entry k. */
void json_put_gap(const struct json_edit *, size_t in, size_t k, struct buf *);
/* Append a new entry: a value, behind its key if it has one. */
int json_put_entry(struct json_edit *, const char *key, const struct value *,
    const char *indent, size_t indent_len, struct buf *);
/* Append what node i becomes when it gets another value. */
int json_rewrite(
    struct json_edit *, size_t i, const struct value *, struct buf *);

/* fm_json_edit.c */
int json_change(const char *text, size_t len, const struct fm_change *,
    struct fm_edits *, struct err *);

#endif
