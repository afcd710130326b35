/* SPDX-License-Identifier: ISC */
/*
 * Footnotes by their labels: the definitions that stand in the source, and in
 * which order they are first referred to, which is how they are numbered.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

static size_t
hash(const char *s, size_t len)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < len; i++)
		h = (h ^ (unsigned char)s[i]) * 16777619u;
	return h;
}

/* The slot of a label: the one it is in, or a free one. */
static uint32_t *
slot_of(const struct md_notes *notes, const char *label, size_t len)
{
	size_t i = hash(label, len);

	for (;; i++) {
		uint32_t *slot = &notes->slots[i & (notes->nslots - 1)];
		const struct md_note *n;

		if (*slot == MD_NONE)
			return slot;
		n = &notes->v[*slot];
		if (n->len == len && !memcmp(n->label, label, len))
			return slot;
	}
}

static void
widen(struct md_notes *notes)
{
	notes->nslots = notes->nslots ? notes->nslots * 2 : 64;
	notes->slots =
	    xreallocarray(notes->slots, notes->nslots, sizeof(*notes->slots));
	memset(notes->slots, 0xff, notes->nslots * sizeof(*notes->slots));
	for (size_t i = 0; i < notes->n; i++) {
		const struct md_note *n = &notes->v[i];
		uint32_t *slot = slot_of(notes, n->label, n->len);

		if (*slot == MD_NONE)
			*slot = (uint32_t)i;
	}
}

void
md_notes_add(struct md_notes *notes, const char *label, size_t len)
{
	uint32_t *slot;

	if (notes->n * 2 >= notes->nslots)
		widen(notes);
	slot = slot_of(notes, label, len);
	if (*slot == MD_NONE)
		*slot = (uint32_t)notes->n;
	notes->v = xgrow(notes->v, notes->n, &notes->cap, sizeof(*notes->v));
	notes->v[notes->n++] = (struct md_note){.label = label, .len = len};
}

uint32_t
md_notes_number(struct md_notes *notes, const char *label, size_t len)
{
	uint32_t *slot = notes->nslots ? slot_of(notes, label, len) : NULL;
	struct md_note *n;

	if (!slot || *slot == MD_NONE)
		return 0;
	n = &notes->v[*slot];
	if (n->number == 0) {
		notes->order = xgrow(notes->order, notes->norder,
		    &notes->order_cap, sizeof(*notes->order));
		notes->order[notes->norder++] = *slot;
		n->number = (uint32_t)notes->norder;
	}
	return n->number;
}

uint32_t
md_notes_refer(struct md_notes *notes, const char *label, size_t len)
{
	uint32_t number = md_notes_number(notes, label, len);

	if (number > 0)
		notes->v[notes->order[number - 1]].references++;
	return number;
}

void
md_notes_dispose(struct md_notes *notes)
{
	free(notes->v);
	free(notes->slots);
	free(notes->order);
}
