/* SPDX-License-Identifier: ISC */
/* What the files of the field family share; nobody else includes this. */
#ifndef FIELD_PRIV_H
#define FIELD_PRIV_H

#include <stddef.h>

#include "field.h"

/* One row a type. */
struct field_ops {
	const char *name; /* galley(5)'s word */
	const char *help;
	/* The text to edit, of what is no list of several. Caller frees. */
	char *(*print)(const struct field *, const struct value *);
	struct value *(*parse)(const struct field *, const char *text,
	    const struct value *old, struct err *);
	bool list;   /* holds a list by itself */
	bool nested; /* holds maps */
};

/* No list and no map. */
bool field_is_item(const struct value *);
/* A list of such. */
bool field_is_items(const struct value *);
/* The text without the blanks around it: *s moves over them. */
size_t field_trim(const char **s);
/* Does the text say what old has, so that old is meant? */
bool field_unchanged(
    const struct field *, const char *text, const struct value *old);

/* Rows' functions. (field_text.c, field_list.c, field_date.c) */
char *field_print_item(const struct field *, const struct value *);
char *field_print_list(const struct field *, const struct value *);
struct value *field_parse_text(const struct field *, const char *text,
    const struct value *old, struct err *);
struct value *field_parse_bool(const struct field *, const char *text,
    const struct value *old, struct err *);
struct value *field_parse_draft(const struct field *, const char *text,
    const struct value *old, struct err *);
struct value *field_parse_int(const struct field *, const char *text,
    const struct value *old, struct err *);
struct value *field_parse_float(const struct field *, const char *text,
    const struct value *old, struct err *);
struct value *field_parse_source(const struct field *, const char *text,
    const struct value *old, struct err *);
struct value *field_parse_choice(const struct field *, const char *text,
    const struct value *old, struct err *);
struct value *field_parse_list(const struct field *, const char *text,
    const struct value *old, struct err *);
struct value *field_parse_date(const struct field *, const char *text,
    const struct value *old, struct err *);
struct value *field_parse_time(const struct field *, const char *text,
    const struct value *old, struct err *);

/* Seconds since midnight and how the text has them: "9:05", "14:20:05".
 * False: it is no time of a day. */
bool field_read_time(const char *s, size_t len, int *seconds, bool *precise);
/* field_step() of a date or a time. */
struct value *field_step_date(
    const struct field *, const struct value *old, int by, enum field_unit);
/* A number's value, of VALUE_INT and VALUE_FLOAT. */
double field_number(const struct value *);

#endif
