/* SPDX-License-Identifier: ISC */
/* What the files of the schema family share; nobody else includes this. */
#ifndef SCHEMA_PRIV_H
#define SCHEMA_PRIV_H

#include "schema.h"

/* A value of a unique field, and the page that has it. */
struct schema_unique {
	char *key;
	char *value; /* as field_print() has it */
	char *path;
};

/* What the making of a schema is given. */
struct schema_source {
	const struct site *site;
	const struct conf *conf; /* NULL: no settings */
	const char *section;
	enum entry_kind kind;
};

/* What the section's posts and archetype say. (schema_infer.c) */
struct schema *schema_infer(const struct schema_source *);
/* Put what galley.yaml says over it. (schema_conf.c) */
void schema_configure(struct schema *, const struct conf *);
/* Count lacking and unfit. (schema_measure.c) */
void schema_measure(struct schema *, const struct schema_source *);
/* The values of the fields that are unique, sorted. (schema_check.c) */
void schema_gather(struct schema *, const struct schema_source *);
void schema_free(struct schema *);

/* A field of the schema, without indexes; n: not there. */
size_t schema_index(const struct schema *, const char *path);
struct schema_field *schema_add(struct schema *, const char *path);

/* The pages of a section, as they are wanted. Caller frees. */
const struct entry **schema_entries(
    const struct schema_source *, size_t *n, size_t max);
/* Call each() with the front matter of every page of them. */
void schema_each(const struct schema_source *, const struct entry **, size_t n,
    void (*each)(void *ctx, const struct entry *, const struct value *),
    void *ctx);
/* The front matter of the section's archetype, expanded; NULL: there is none.
 * *own: it is the section's. (schema_read.c) */
struct value *schema_archetype(const struct schema_source *, bool *own);

#endif
