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

/* One row a format in fm.c's table; functions that are NULL: read only. */
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
