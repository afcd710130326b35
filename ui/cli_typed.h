/* SPDX-License-Identifier: ISC */
/*
 * What a value typed on a command line means to the field that it is for.  It
 * is YAML, but a field keeps its kind: "2024" is text where text was, and what
 * would make another kind of it is refused, unless that kind is asked for.
 */
#ifndef CLI_TYPED_H
#define CLI_TYPED_H

#include <stdbool.h>

#include "err.h"
#include "value.h"

enum typed_kind {
	TYPED_KEPT, /* that of the field; anything where there is none */
	TYPED_TEXT,
	TYPED_NUMBER,
	TYPED_BOOLEAN,
	TYPED_DATE,
	TYPED_LIST,
	TYPED_MAP,
	TYPED_YAML, /* whatever YAML says */
};

/* By name, "text"; NULL: TYPED_KEPT. ERR_USAGE: there is no such kind. */
int typed_kind(const char *name, enum typed_kind *, struct err *);
/*
 * The value for a field (its path) that has old (NULL: there is none). NULL:
 * ERR_USAGE for what cannot be read, ERR_REFUSED, with the way out, for what
 * does not fit.  Caller frees.
 */
struct value *typed_value(const char *field, const char *text, enum typed_kind,
    const struct value *old, struct err *);
/* The items that text means for the list old (or NULL), as a list; no text:
 * none. */
struct value *typed_items(const char *field, const char *text, enum typed_kind,
    const struct value *old, struct err *);
/* Is an item of a list the one that is meant, though its type may differ? */
bool typed_same(const struct value *item, const struct value *meant);

#endif
