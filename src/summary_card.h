/* SPDX-License-Identifier: ISC */
/* A page's card: how it looks in lists, what that is made from, and what is
 * likely to be missing. */
#ifndef SUMMARY_CARD_H
#define SUMMARY_CARD_H

#include "md.h"
#include "post.h"
#include "site.h"

/* entry may be NULL; now in Unix seconds; width in columns.  Caller frees. */
struct doc *summary_card(const struct site_config *, const struct entry *,
    const struct post *, int64_t now, int width, bool ascii);
/*
 * The same as a map: title, date, cover, description, excerpt, summary (plain
 * text), kind ("automatic", "manual", "frontmatter"), truncated, words,
 * fuzzyWords, minutes.  Caller frees.
 */
struct value *summary_values(
    const struct site_config *, const struct entry *, const struct post *);

#endif
