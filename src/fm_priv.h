/* SPDX-License-Identifier: ISC */
/* What the formats give to fm.c; nobody else includes this. */
#ifndef FM_PRIV_H
#define FM_PRIV_H

#include <stdint.h>

#include "buf.h"
#include "fm.h"

struct fm_names;

/* A format's document, read: values and the spans of the top-level fields.
 * Spans are byte offsets into the text given to read(). */
struct fm_doc {
	struct value *values; /* a map */
	struct fm_field *fields;
	size_t n, cap;
	struct fm_names *names; /* the fields' keys */
	/* Values that a later field of the same name replaced in values, as a
	 * list; NULL: none. */
	struct value *replaced;
};

struct fm_change;

/* What fm_undo() and fm_redo() go by: each edit as the bytes it replaced. */
struct fm_splice {
	size_t at;
	char *old, *new; /* bytes */
	size_t old_len, new_len;
};

struct fm_past {
	char *path;
	struct fm_splice *splice; /* in the order they were made */
	size_t n, cap;
};

struct fm_history {
	struct fm_past *past;
	size_t n, cap; /* all; those from now on were taken back */
	size_t now;
};

struct fm {
	char *text;
	size_t len;
	enum fm_format format;
	size_t at, end; /* the document, without its fences */
	size_t body;
	unsigned body_line;
	struct fm_doc doc; /* spans are of the whole file */
	/* These stay when an edit makes a new text: */
	struct fm_history history;
	char **order;
	size_t norder;
};

/* fm.c */
bool fm_is_break(char);
unsigned fm_line_of(const char *text, size_t at); /* 1-based */
/* An error's place: from the document's to the file's. */
void fm_shift_err(const struct fm *, struct err *);
/* fm_change.c. Carry a change out; path names it to people. */
int fm_change(
    struct fm *, const struct fm_change *, const char *path, struct err *);
/* -1: front matter of this format is read only. */
int fm_check_format(const struct fm *, struct err *);
bool fm_fits(const struct value *asked, const struct value *has);
/* fm_history.c */
void fm_history_add(struct fm *, const char *path, const struct fm *next);
void fm_history_dispose(struct fm_history *);
/* Take the text and fields of next, which is freed. */
void fm_become(struct fm *, struct fm *next);

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

/* A path, read. Its keys are its own until fm_path_follow() lends others. */
struct fm_path {
	struct fm_step *step;
	char **keys;
	size_t n, cap, nkeys, keys_cap;
};

int fm_path_parse(struct fm_path *, const char *path, struct err *);
void fm_path_one(struct fm_path *, const char *key);
void fm_path_dispose(struct fm_path *);
/* The value that the first *n steps lead to; they get keys as the text has them
 * (borrowed from v). *n < path->n: the next one leads nowhere. */
const struct value *fm_path_follow(
    const struct value *v, struct fm_path *, size_t *n);
/* The same key, whatever its capitals. */
bool fm_alike(const char *a, const char *b);
/* The last member of a key; map->n: none. */
size_t fm_member(const struct value *map, const char *key);

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
	/* INSERT, MOVE: the item's place afterwards. ADD: that among the map's
	 * entries in the text, FM_LAST but in the document's own map. */
	size_t to;
};

#define FM_LAST SIZE_MAX

/* One row a format in fm.c's table. */
struct fm_driver {
	/* text[0..len): the document alone, without its fences.  Positions in
	 * errors are relative to it (line 1 is its first). */
	int (*read)(
	    const char *text, size_t len, struct fm_doc *, struct err *);
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

/* By enum fm_format. */
struct fm_format_row {
	const char *name;
	const struct fm_driver *driver;
};
extern const struct fm_format_row fm_formats[];

extern const struct fm_driver fm_yaml, fm_toml, fm_json, fm_org;

void fm_doc_dispose(struct fm_doc *);
/* Add a field; key is copied. The value belongs to doc->values already. */
struct fm_field *fm_doc_add(struct fm_doc *, const char *key);

/* The front matter of a YAML document, as fm_driver has it: all of YAML; and
 * what is simple, a few times as fast: false: nothing is done. */
int fm_yaml_read(const char *, size_t len, struct fm_doc *, struct err *);
bool fm_yaml_simple(const char *, size_t len, struct fm_doc *);

/* One YAML document of any kind, for fm_parse_value() and data files. */
struct value *fm_yaml_value(const char *text, size_t len, struct err *);
/* The same, all of the text: no comment, nothing after it. */
struct value *fm_yaml_typed(const char *text, size_t len, struct err *);
struct value *fm_json_value(const char *text, size_t len, struct err *);
struct value *fm_toml_value(const char *text, size_t len, struct err *);

#endif
