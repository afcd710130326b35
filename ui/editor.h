/* SPDX-License-Identifier: ISC */
/*
 * Editing one field's value in place: one row a field type.  The form owns the
 * layout; an editor owns what is typed.
 */
#ifndef EDITOR_H
#define EDITOR_H

#include <stdbool.h>

#include "canvas.h"
#include "err.h"
#include "field.h"
#include "key.h"

struct editor;

/* words: n words to complete from (terms in use), best first; copied. */
struct editor *editor_open(
    enum field_type, const struct value *, const char *const *words, size_t n);
void editor_free(struct editor *);
/* True: taken; Enter and Esc are the form's. */
bool editor_key(struct editor *, const struct event *);
/* Would Tab complete a word? */
bool editor_completes(const struct editor *);
/* Draw at the top of the area; returns the rows used (at least 1). */
int editor_draw(struct editor *, struct canvas *, struct area);
/* Has the text been changed since it was opened? */
bool editor_changed(const struct editor *);
/* What was typed as a value; NULL: err says what is wrong. */
struct value *editor_value(const struct editor *, struct err *);
/* Types that flip at once without opening (boolean): the new value; else
 * NULL. */
struct value *editor_flip(enum field_type, const struct value *);

#endif
