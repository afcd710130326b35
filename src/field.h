/* SPDX-License-Identifier: ISC */
/* What kind of thing a front matter field holds, as a person edits it. */
#ifndef FIELD_H
#define FIELD_H

#include <stdbool.h>

#include "err.h"
#include "value.h"

enum field_type {
	FIELD_TEXT,
	FIELD_BOOL,
	FIELD_INT,
	FIELD_FLOAT,
	FIELD_DATE, /* date and time, in the shape it has */
	FIELD_LIST, /* of strings */
	FIELD_RAW,  /* nested or not understood: shown, not edited */
	FIELD_TYPES,
};

/* One row a type. */
struct field_ops {
	const char *name; /* "text", "boolean": galley.5's words */
	/* The text to edit; caller frees. */
	char *(*print)(const struct value *);
	/* What the edited text means; old (may be NULL) is what it replaces,
	 * for dates to keep their shape. NULL: err says what is wrong. */
	struct value *(*parse)(
	    const char *text, const struct value *old, struct err *);
};

const struct field_ops *field_ops(enum field_type);
/*
 * The type of a field: by Hugo's predefined names (draft, date, weight,
 * tags ...), else by its value.  value may be NULL.  is_term: the key is one
 * of the site's taxonomies.
 */
enum field_type field_type(
    const char *key, const struct value *value, bool is_term);

#endif
