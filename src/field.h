/* SPDX-License-Identifier: ISC */
/*
 * What kind of thing a front matter field holds, as a person edits it: the
 * types, and what is known of one field.  A value is printed as text to edit,
 * and what was typed is read in the shape of the value that it replaces.  Which
 * fields a post has is in schema.h.
 */
#ifndef FIELD_H
#define FIELD_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"
#include "value.h"

struct zone;

enum field_type {
	FIELD_TEXT,
	FIELD_LINES, /* text of several lines */
	FIELD_BOOL,
	FIELD_DRAFT, /* true, or its word: readers do not see the post */
	FIELD_INT,
	FIELD_FLOAT,
	FIELD_WEIGHT, /* a whole number; 0 is as none */
	FIELD_DATE,
	FIELD_DATETIME, /* in the shape it has; a day alone is one, too */
	FIELD_TIME,     /* "14:20", "14:20:05" */
	FIELD_CHOICE,   /* one of field.allowed */
	FIELD_CHOICES,  /* a list of those */
	FIELD_TERMS,    /* a list of a taxonomy's terms */
	FIELD_LIST,     /* of text */
	FIELD_SLUG,
	FIELD_URL,
	FIELD_IMAGE,
	FIELD_FILE,
	FIELD_PAGE,        /* another page: its path or address */
	FIELD_CONTRIBUTOR, /* a name, or the key of a data file */
	FIELD_MAP,
	FIELD_MAPS,  /* a list of maps */
	FIELD_PAIRS, /* a map of text, its keys free */
	FIELD_COLOUR,
	FIELD_HIDDEN,   /* kept, not shown */
	FIELD_COMPUTED, /* set by galley: lastmod when publishing */
	FIELD_RAW,      /* not understood: its source is edited */
	FIELD_TYPES,
};

/*
 * All that galley.yaml may say of a field (galley(5), "FIELDS"), or that was
 * inferred.  Plain data, begins as {0}; pointers are owned.
 */
struct field {
	char *key; /* a path as in fm.h; items of a list: "resources[].src" */
	enum field_type type;
	bool several;       /* a list of them: of images, files, pages ... */
	char *label, *help; /* NULL: the key; none */
	struct value *fallback; /* what a new post gets, NULL: nothing */
	bool required;
	bool required_to_publish;
	bool unique;              /* no other post of the section has it */
	char *pattern, *message;  /* a POSIX extended regular expression */
	struct value *min, *max;  /* numbers and dates; of text the characters,
				   of a list the items; NULL: no bound */
	struct value *allowed;    /* a list, or NULL */
	bool strict;              /* nothing but those */
	struct value *depends;    /* a map of other keys and values, or NULL */
	bool inverted;            /* FIELD_DRAFT: false means draft */
	char *hidden, *published; /* FIELD_DRAFT that is text: its two words */
};

void field_dispose(struct field *);
void field_copy(struct field *to, const struct field *from);

/* Names as in galley(5). The type of a name, FIELD_TYPES: none has it. */
const char *field_type_name(enum field_type);
enum field_type field_type_find(const char *name);
const char *field_type_help(enum field_type); /* one line */
/* What a type can do; FIELD_IS_LIST holds for field.several, too. */
bool field_is_list(const struct field *); /* several items, as chips */
bool field_is_date(enum field_type);      /* date or datetime */
bool field_is_nested(enum field_type);    /* map, maps, pairs */
/* True: field_cycle() gives its next value at one key: boolean, draft, choice
 * of a few. */
bool field_cycles(const struct field *);

/*
 * The type of a field of which nothing else is known: by Hugo's predefined
 * names (draft, date, weight, tags ...), else by its value.  value may be NULL.
 * is_term: the key is one of the site's taxonomies.
 */
enum field_type field_type(
    const char *key, const struct value *value, bool is_term);
/* The same into type, several and inverted of f; the rest is left as it is. */
void field_guess(
    struct field *f, const char *key, const struct value *value, bool is_term);
/* By its value alone. */
enum field_type field_type_of(const struct value *);

/* The text to edit; caller frees. */
char *field_print(const struct field *, const struct value *);
/*
 * What the edited text means; old (may be NULL) is what it replaces: text that
 * was not changed is the old value, a date keeps its shape, what was a list
 * stays one.  NULL: err says in one line what is expected.  Only the type is
 * looked at: see field_check().
 */
struct value *field_parse(const struct field *, const char *text,
    const struct value *old, struct err *);

/*
 * One value against all rules about a single one: type, pattern, min and max,
 * strictly allowed values.  0, or -1 and err is the reason in one line (the
 * pattern's own message).  NULL and empty values are good (see schema_check()
 * for what is required).
 */
int field_check(const struct field *, const struct value *, struct err *);
/* Is nothing there: NULL, null, "", an empty list or map? */
bool field_is_empty(const struct value *);

enum field_unit { UNIT_DAY, UNIT_HOUR, UNIT_MINUTE };
/*
 * + and -: numbers by one (weights by ten, where they are in tens), dates and
 * times by the unit, in their shape; bounded by min and max.  Steps from now or
 * 0 where there is no value.  NULL: it has no steps. Caller frees.
 */
struct value *field_step(
    const struct field *, const struct value *old, int by, enum field_unit);
/* Now, in the shape of old (may be NULL). NULL: not a date or a time. */
struct value *field_now(const struct field *, const struct value *old);
/* The next (by 1) or last (by -1) choice, the other boolean. NULL: none. */
struct value *field_cycle(
    const struct field *, const struct value *old, int by);
/*
 * What a date means to people, besides what stands there: "14:20 local, 06:20
 * UTC, in 3 d".  Hugo shows a date as it is written: where the local day is
 * another one, "readers see 3 Mar".  zone is the site's, of dates without
 * offset.  NULL: not a date. Caller frees.
 */
char *field_facts(const struct field *, const struct value *,
    const struct zone *zone, int64_t now);

/* FIELD_DRAFT: is it one? NULL is not. */
bool field_draft(const struct field *, const struct value *);
/* The value that says so, or that it is not. Caller frees. */
struct value *field_draft_value(const struct field *, bool draft);

/*
 * Read the settings of one field (a map of galley.yaml) over what f has.
 * -1: err says what is wrong with the setting *name (borrowed, NULL: the map
 * itself), as the rest of a sentence: "must be text".
 */
int field_configure(struct field *, const struct value *settings,
    const char **name, struct err *);

/* Is it the path of a field, as in field.key? "a.b", "a[].b", "\"a.b\".c" */
bool field_is_path(const char *);

/*
 * Check all of "fields" in galley.yaml: a map of sections ("*": all), each a
 * map of fields and their settings.  -1: err, as above, and path gets where it
 * is, appended as a path of fm.h: ".blog.title.pattern".
 */
int field_configure_all(
    const struct value *sections, struct buf *path, struct err *);

/* One setting of a field, for galley(5) and its test. */
struct field_setting {
	const char *name; /* "required_to_publish" */
	const char *help; /* one line */
};

const struct field_setting *field_setting_at(size_t i); /* NULL: no more */

#endif
