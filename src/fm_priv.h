/* SPDX-License-Identifier: ISC */
/* What the formats give to fm.c; nobody else includes this. */
#ifndef FM_PRIV_H
#define FM_PRIV_H

#include "buf.h"
#include "fm.h"

/* A format's document, read: values and the spans of the top-level fields.
 * Spans are byte offsets into the text given to read(). */
struct fm_doc {
	struct value *values; /* a map */
	struct fm_field *fields;
	size_t n, cap;
	/* Values that a later field of the same name replaced in values, as a
	 * list; NULL: none. */
	struct value *replaced;
};

/* text[at, at + cut) becomes with. */
struct fm_edit {
	size_t at, cut;
	struct buf with;
};

/* In the order of the text; they do not overlap. */
struct fm_edits {
	struct fm_edit *edit;
	size_t n, cap;
};

/* Append an edit; the text is copied. */
struct fm_edit *fm_edits_add(
    struct fm_edits *, size_t at, size_t cut, const char *with, size_t len);
void fm_edits_dispose(struct fm_edits *);

/* A member of a map (the last that has this key), or an item of a list. */
struct fm_step {
	const char *key; /* as the text has it, unquoted; NULL: item i */
	size_t i;
};

enum fm_op {
	FM_SET,    /* the value that the steps lead to becomes value */
	FM_ADD,    /* the map there gets key, as its member to */
	FM_REMOVE, /* the member or item there goes */
	FM_RENAME, /* the member there gets another key */
	FM_INSERT, /* the list there gets value, as its item to */
	FM_MOVE,   /* the item there becomes item to of its list */
};

/*
 * One change of a document's data, as a driver gets it: it makes sense (the
 * steps lead somewhere, of the right type; to is in range; key is not taken),
 * and it does change something.  No steps: the document's own map.
 */
struct fm_change {
	enum fm_op op;
	const struct fm_step *steps;
	size_t n;
	const struct value *value; /* of any type, maps in it too */
	const char *key;
	size_t to; /* members of a map: in the order of the text */
};

/* One row a format in fm.c's table. */
struct fm_driver {
	/* text[0..len): the document alone, without its fences.  Positions in
	 * errors are relative to it (line 1 is its first). */
	int (*read)(
	    const char *text, size_t len, struct fm_doc *, struct err *);
	/* Fill an empty edit that gives a field another value, in the style of
	 * the one it has. A line break may be "\n" alone: fm.c makes it the
	 * file's own. */
	int (*set)(const char *text, size_t len, const struct fm_field *,
	    const struct value *, struct fm_edit *, struct err *);
	/* Append the lines of a new last field, in the document's style. */
	int (*add)(const char *text, size_t len, const struct fm_doc *,
	    const char *key, const struct value *, struct buf *, struct err *);
	/* Fill edits with what carries a change out, in the style of what is
	 * there; a line break may be "\n" alone: fm.c makes it the file's own.
	 * The text was read without errors; it may be empty.  fm.c reads the
	 * result and compares all data and the order of keys, so a driver need
	 * not foresee everything, but what it knows it cannot do it says, with
	 * line and reason: a value that an alias elsewhere repeats, say.
	 * NULL: the format is read only. */
	int (*edit)(const char *text, size_t len, const struct fm_change *,
	    struct fm_edits *, struct err *);
	/* Where the entry that the steps lead to begins: its key's byte, or an
	 * item's value's. -1: not in the text (it came with a merge). */
	int (*place)(const char *text, size_t len, const struct fm_step *,
	    size_t n, size_t *at);
};

extern const struct fm_driver fm_yaml, fm_toml, fm_json, fm_org;

void fm_doc_dispose(struct fm_doc *);
/* Add a field; key is copied. The value belongs to doc->values already. */
struct fm_field *fm_doc_add(struct fm_doc *, const char *key);

/* One YAML document of any kind, for fm_parse_value() and data files. */
struct value *fm_yaml_value(const char *text, size_t len, struct err *);
/* The same, all of the text: no comment, nothing after it. */
struct value *fm_yaml_typed(const char *text, size_t len, struct err *);
struct value *fm_json_value(const char *text, size_t len, struct err *);
struct value *fm_toml_value(const char *text, size_t len, struct err *);

#endif
