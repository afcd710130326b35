/* SPDX-License-Identifier: ISC */
/* What the rules need; nobody else includes this. */
#ifndef CHECK_PRIV_H
#define CHECK_PRIV_H

#include "check.h"

/* One page under one rule. */
struct check {
	const struct site *site;
	const struct entry *entry;
	const struct post *post; /* NULL: it did not load */
	struct findings *findings;
	const struct check_rule *rule;
	const struct check_options *options; /* never NULL */
	enum check_severity severity;        /* of the rule, as it is set */
};

/* Add a finding of the rule's severity; line and column from 1, 0: none. */
void check_say(const struct check *, unsigned line, unsigned column,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));
/* The same at a front matter field's value; field may be NULL. */
void check_say_field(const struct check *, const struct fm_field *,
    const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* The finding that was added last weighs that, or less if the rule does. */
void check_severity(const struct check *, enum check_severity);

/* check_fields.c */
void check_dates(const struct check *);
void check_date_order(const struct check *);
void check_title(const struct check *);
void check_title_quote(const struct check *);
void check_draft(const struct check *);
void check_url(const struct check *);
void check_images(const struct check *);
void check_resources(const struct check *);
/* check_schema.c */
void check_required(const struct check *);
void check_types(const struct check *);
void check_values(const struct check *);
void check_hidden(const struct check *);
/* check_body.c */
void check_encoding(const struct check *);
void check_direction(const struct check *);
void check_fence(const struct check *);
void check_pictures(const struct check *);

#endif
