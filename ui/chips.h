/* SPDX-License-Identifier: ISC */
/*
 * A list being edited as chips: "[one] [two] three|".  What is typed becomes a
 * chip at Enter or a comma; an arrow goes to a chip, where Delete removes it,
 * Enter takes it back into the text, and < and > move it.
 */
#ifndef CHIPS_H
#define CHIPS_H

#include <stdbool.h>
#include <stddef.h>

#include "canvas.h"
#include "field.h"
#include "input.h"
#include "key.h"
#include "picks.h"
#include "value.h"

struct chip {
	char *text;
	struct value *old; /* what it was read from, or NULL: typed */
};

struct chips {
	struct chip *v;
	size_t n, cap;
	size_t at;       /* the chip that has the keys; n: the text */
	struct input in; /* the text */
	size_t place;    /* where it becomes a chip */
	struct picks picks;
	char note[80]; /* why a key did nothing, or "" */
};

/* A list or one value (NULL: none); takes what is in words. */
void chips_init(
    struct chips *, const struct value *, struct schema_words *words);
void chips_dispose(struct chips *);
/* True: taken; Enter is where something is typed or a chip has the keys. */
bool chips_key(struct chips *, const struct event *);
/* Make a chip of what is typed; false: it is in the list already. */
bool chips_add(struct chips *);
/* The list, what is typed in it, too; items of field->allowed as they are. */
struct value *chips_value(const struct chips *, const struct field *);
/* Returns the rows used, at least one. */
int chips_draw(struct chips *, struct canvas *, struct area);

#endif
