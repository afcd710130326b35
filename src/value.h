/* SPDX-License-Identifier: ISC */
/* Data as YAML, TOML and JSON have it: a tree of values. */
#ifndef VALUE_H
#define VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

enum value_type {
	VALUE_NULL,
	VALUE_BOOL,
	VALUE_INT,
	VALUE_FLOAT,
	VALUE_STRING,
	VALUE_DATE, /* text as written; date_parse() reads it */
	VALUE_LIST,
	VALUE_MAP,
};

struct value {
	enum value_type type;
	/* BOOL, INT, FLOAT: as written; STRING, DATE: the text. UTF-8, len
	 * bytes, NUL-terminated; a STRING may hold NULs. Else NULL, but a NULL
	 * may have it as written. */
	char *text;
	size_t len;
	bool boolean;
	int64_t integer;
	double real;
	/* LIST: items. MAP: items and keys, in the order of the text. */
	struct value **items;
	char **keys;
	size_t n, cap;
	/* value.c's own: places (+ 1) of the keys of a large map by hash. */
	size_t *index, slots, indexed;
};

struct value *value_null(void);
struct value *value_bool(bool);
struct value *value_int(int64_t);
struct value *value_real(double);
struct value *value_string(const char *);
struct value *value_string_len(const char *, size_t);
struct value *value_date(const char *);
struct value *value_list(void);
struct value *value_map(void);
/* Replace text (copied), which the constructors fill: how it was written. */
void value_written(struct value *, const char *text, size_t len);
void value_free(struct value *);
struct value *value_copy(const struct value *);

/* Take the item (and copy the key). A key that is there is replaced in place
 * when its spelling is the same; value_get() finds the last of alike keys. */
void value_append(struct value *list, struct value *item);
void value_put(struct value *map, const char *key, struct value *item);
/*
 * Of members with the same spelling the last stays, in the place of the first,
 * as Go's maps and Hugo have it; the list replaced (may be NULL) takes the
 * others.  For maps that were made with value_add().
 */
void value_unify(struct value *map, struct value *replaced);
/* value_put() without the search, for a key that is known not to be there. */
void value_add(struct value *map, const char *key, struct value *item);
void value_add_taken(struct value *map, char *key, struct value *item);
void value_reserve(struct value *, size_t n); /* room for so many in all */
bool value_remove(struct value *map, const char *key); /* as value_get() */

/*
 * A member by name, whatever the capitals (as in Hugo); the last one that
 * matches.  NULL when v is NULL, no map or has none.  Borrowed.
 */
const struct value *value_get(const struct value *v, const char *key);
/* A nested member: "params.author.name". */
const struct value *value_path(const struct value *v, const char *path);
/* The text of a string, date, number or boolean; NULL for others. Borrowed. */
const char *value_text(const struct value *v);
/* As Hugo's cast does: true, "true", "1", 1, "t", "TRUE" ...; else fallback */
bool value_truth(const struct value *v, bool fallback);

/* Same type and same data; maps: same keys in any order; numbers by value. */
bool value_equal(const struct value *, const struct value *);

/* Append as JSON (RFC 8259); indent > 0: that many spaces a level, else one
 * line. Dates are strings. */
void value_json(const struct value *, int indent, struct buf *);
void json_string(const char *, size_t len, struct buf *);

#endif
