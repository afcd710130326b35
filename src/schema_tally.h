/* SPDX-License-Identifier: ISC */
/* What the posts of a section say, counted; of the schema family alone. */
#ifndef SCHEMA_TALLY_H
#define SCHEMA_TALLY_H

#include "schema_priv.h"

#define TALLY_TOP    96 /* keys whose order is looked at */
#define TALLY_VALUES 48 /* different values that are kept of a key */
#define TALLY_LONG   60 /* bytes of the longest that is */

/* One key, nested ones by their path. */
struct tally {
	char *path;
	unsigned depth;
	size_t top;       /* of the top-level key that it is in */
	size_t last_post; /* + 1; a key counts once a post */
	size_t maps;      /* of its own that were looked into */
	struct schema_seen seen;
	bool archetype;
	/* Of texts: what they look like. */
	size_t typed; /* values that are no text, but numbers, dates ... */
	size_t codes; /* numbers with a zero before them: "007" */
	size_t texts, images, files, urls, colours, times, pages, spaced;
	struct schema_words values;
	bool many;            /* more values than are kept, or long ones */
	struct value *sample; /* the archetype's value, or NULL */
};

struct survey {
	struct tally *v;
	size_t n, cap;
	size_t posts;                /* that were read */
	size_t hint;                 /* where the next key most likely is */
	size_t ntop, top[TALLY_TOP]; /* indexes of the top-level keys */
	/* In how many posts the first stands before the second. */
	unsigned short (*before)[TALLY_TOP];
};

void survey_init(struct survey *);
void survey_dispose(struct survey *);
/* Count one post; archetype: it is the archetype, which is no post. */
void survey_add(struct survey *, const struct value *values, bool archetype);
/* Put the top-level keys into order: those of the archetype as it has them
 * (archetype_first), others where most posts have them. */
void survey_sort(struct survey *, bool archetype_first);

#endif
