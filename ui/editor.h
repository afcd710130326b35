/* SPDX-License-Identifier: ISC */
/*
 * Editing one field's value in place: as a line, lines, chips, a date by its
 * parts, or its source.  The form owns the layout; an editor owns what is
 * typed.
 */
#ifndef EDITOR_H
#define EDITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "canvas.h"
#include "err.h"
#include "field.h"
#include "key.h"
#include "schema.h"

struct editor;
struct zone;

struct editor_spec {
	const struct field *field; /* copied */
	const struct value *value; /* NULL: there is none yet; copied */
	const char *source;        /* instead of the value: its source */
	size_t source_len;
	struct schema_words *words; /* to complete from; taken */
	const struct zone *zone;    /* of dates; borrowed */
	int64_t now;
};

struct editor *editor_open(const struct editor_spec *);
void editor_free(struct editor *);
/* True: taken.  What is not taken ends it, or is no key of it. */
bool editor_key(struct editor *, const struct event *);
/* What the hint line says now, as screen->hints does. */
const char *editor_hints(const struct editor *);
/*
 * Draw at the top of the area; returns the rows used (at least 1).  reason
 * (may be NULL): why what is typed will not do.
 */
int editor_draw(
    struct editor *, struct canvas *, struct area, const char *reason);
/* Has the text been changed since it was opened? */
bool editor_changed(const struct editor *);
/* Is more of a pasted text to come? */
bool editor_pasting(const struct editor *);
/* Did what was typed or pasted last not fit? */
bool editor_full(const struct editor *);
/* Does it have several lines, so that Enter is one of its keys? */
bool editor_is_long(const struct editor *);
/* Before it ends: what is being typed into a list is an item. */
void editor_finish(struct editor *);
/* What was typed as a value; NULL: err says what is wrong. */
struct value *editor_value(const struct editor *, struct err *);
/* What was typed as source; NULL: it is a value. Caller frees. */
char *editor_source(const struct editor *);

#endif
