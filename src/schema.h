/* SPDX-License-Identifier: ISC */
/*
 * Which fields the posts of a section have.  A schema is made from Hugo's
 * predefined names, the section's archetype, the posts that are there and what
 * the team wrote under "fields" in galley.yaml, the later over the earlier.
 * Values alone decide: event_date: "May 3-5" is text whatever it is called.
 */
#ifndef SCHEMA_H
#define SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "conf.h"
#include "err.h"
#include "field.h"
#include "fm.h"
#include "site.h"

struct progress;

/* At most so many posts of a section are read; a larger one's are the newest
 * and others evenly from the rest. */
#define SCHEMA_POSTS 400

/* What the posts say of one key. */
struct schema_seen {
	size_t posts;           /* that were read, the same for all keys */
	size_t with;            /* that have the key */
	size_t empty;           /* of those: nothing is in it */
	size_t as[FIELD_TYPES]; /* of those: with a value of this type */
	size_t several;         /* with a list */
	size_t distinct;        /* different values, as far as counted */
	size_t places;          /* maps that it may be in: the posts, or those
				 * of its path that posts have */
	size_t filled;          /* of those: it has a value there */
	size_t lacking;  /* places without a value, and values that are */
	size_t unfit;    /* not of the type; of schemas_measured() */
	bool archetype;  /* the archetype has it */
	bool predefined; /* Hugo's name says its type */
	bool configured; /* galley.yaml has a say */
};

/* A word to complete from. */
struct schema_word {
	char *text;
	size_t count; /* posts that use it; 0: not counted */
};

struct schema_words {
	struct schema_word *v;
	size_t n, cap;
};

struct schema_field {
	struct field field;
	struct schema_seen seen;
	struct schema_words values; /* that posts have, most used first; at
				     most 48 short ones */
	bool ruled;                 /* the team said the type */
	bool demanded;              /* the team said that it is required */
	unsigned depth; /* 0: top level; nested ones follow their map */
};

struct schema {
	char *section; /* "blog", "" */
	enum entry_kind kind;
	size_t posts;           /* how many there are; read: the least of it and
				 SCHEMA_POSTS */
	struct schema_field *v; /* in the order of a form */
	size_t n, cap;
	/* schema.c's own: values of unique fields, and whose they are. */
	struct schema_unique *unique;
	size_t nunique;
};

/*
 * The schemas of a site, each made when it is first asked for (a few
 * milliseconds; on the main thread or in a job, but by one thread).  site and
 * conf (may be NULL: no settings) are borrowed.
 */
struct schemas;
struct schemas *schemas_new(const struct site *, const struct conf *);
void schemas_free(struct schemas *);
/* The settings that it was given. */
const struct conf *schemas_conf(const struct schemas *);
/* Of the page at path (relative to the root; it need not exist); never NULL.
 * Borrowed until schemas_free() or schemas_update(). */
const struct schema *schemas_get(struct schemas *, const char *path);
/* The same, of a section and a kind of page. */
const struct schema *schemas_section(
    struct schemas *, const char *section, enum entry_kind);
/* The same, and every post of the section was held to it: what is to be written
 * down must hold. */
const struct schema *schemas_measured(
    struct schemas *, const char *section, enum entry_kind);
/* The site was read again, or a page was: forget what was made. */
void schemas_update(struct schemas *, const struct site *);

/* The field of a path ("title", "resources[2].src"); NULL: none. */
const struct schema_field *schema_find(const struct schema *, const char *path);
/* What is known of a field that may be in no schema, with its value at hand
 * (may be NULL): the schema's, but a value of quite another type decides (a
 * list where text is the rule), and where posts differ so that none is.  field
 * begins as {0}; field_dispose() it. */
void schema_field_for(const struct schema *, const char *path,
    const struct value *, struct field *field);
/* fm_order() with the top-level keys of the schema. */
void schema_order(const struct schema *, struct fm *);
/*
 * Call each() for every place of the field in front matter, "resources[0].src",
 * with its value; NULL: it is not there.  Of a map that is not there (parent is
 * false) the value cannot be; maps that a list has not are no places.
 */
struct schema_place {
	const char *path; /* as fm_get() has it; borrowed for the call */
	const struct value *value;
	bool parent; /* what it is in is there */
};

void schema_places(const struct schema_field *, const struct value *values,
    void (*each)(void *ctx, const struct schema_place *), void *ctx);
/* "27 of 29 posts have it: 26 dates, 1 text; in the archetype". Caller frees.*/
char *schema_evidence(const struct schema_field *);

/* What a value is held to besides its own field. */
struct schema_context {
	const char *path;           /* the page's, relative to the root */
	const struct value *values; /* its whole front matter */
	bool publish;               /* it is to be published */
};

/*
 * One field of a post: field_check(), and required, required to publish,
 * unique, depends.  0, or -1 and err->msg is the reason in one line, without
 * the key; its code is ERR_REFUSED for a rule of the team or of Hugo, ERR_FAIL
 * where it is only what other posts do.  value NULL: it is not there.
 */
int schema_check(const struct schema *, const struct schema_field *,
    const struct value *, const struct schema_context *, struct err *);
/* Does the field apply, by what it depends on? Else it need not be shown. */
bool schema_applies(const struct schema_field *, const struct value *values);
/*
 * The field that tells drafts: the team's own of galley.yaml, else the one that
 * most posts have.  NULL: no field of the schema does, and Hugo's draft would.
 */
const struct schema_field *schema_draft(const struct schema *);
/* Does Hugo's draft, or a field of the team's own, say that it is one?  The
 * schema may be NULL: Hugo's alone. */
bool schema_is_draft(const struct schema *, const struct fm *);
/*
 * Make it a draft, or none: every field that tells drafts is turned where the
 * post has it (the team's own is added), and draft: true is written always, as
 * Hugo knows nothing else; draft: false only where the post has that key. It is
 * one edit for fm_undo(); on error there is none.  The schema may be NULL.
 */
int schema_set_draft(
    const struct schema *, struct fm *, bool draft, struct err *);

/*
 * Give the front matter of a new page the defaults of galley.yaml: a field that
 * is not there, or is empty, gets its own, where it applies; what is added goes
 * where the section's posts have it.  For archetype_spec.fill; schemas is a
 * struct schemas, or NULL: there are none.
 */
int schema_fill(void *schemas, const char *path, struct fm *, struct err *);
/* Is there a default in the settings? Else there is no need of schemas. */
bool schema_fills(const struct conf *);

void schema_words_dispose(struct schema_words *);
/*
 * What may go into a field of the page at path, best first: terms in use with
 * their counts, allowed values, files of the bundle and the asset and static
 * directories (at most 2000), pages, contributors (terms, else data files), the
 * values that posts have.  have (may be NULL) is the value so far: items in its
 * list are left out.  Appends to words, which begins as {0}.
 */
void schema_words(const struct schema *, const struct site *,
    const struct field *, const char *path, const struct value *have,
    struct schema_words *words);
/*
 * The word of words that the text is like without being it: capitals, dashes,
 * accents, a plural, one letter of a long word.  NULL: none. Borrowed.
 */
const struct schema_word *schema_like(
    const struct schema_words *words, const char *text, size_t len);

/* A page's address before and after an edit of its front matter. */
struct schema_move {
	char *before, *after; /* readable, below the site's own address */
	bool moved;
	bool published;    /* readers may have the old one */
	const char *taken; /* the path of a page that has the new one, or NULL;
			    borrowed from the site */
};

void schema_move(const struct site *, const char *path,
    const struct value *before, const struct value *after,
    struct schema_move *);
void schema_move_dispose(struct schema_move *);

/*
 * The settings that say what was inferred, as YAML lines for "fields:" of
 * galley.yaml (the section and its fields, indented by two). Caller frees.
 * What is known not to hold (schemas_measured()) is left out.
 */
char *schema_yaml(const struct schema *);
/*
 * Add them to the text of a galley.yaml (NULL: there is none yet), which is not
 * rewritten: keys that are there stay as they are, with what is below them.
 * Caller frees; NULL: err; *added is how many fields.
 */
char *schema_write(const struct schema *, const char *text, size_t len,
    size_t *added, struct err *);

#endif
