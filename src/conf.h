/* SPDX-License-Identifier: ISC */
/*
 * Settings: galley.yaml at the site's root (shared) and
 * $XDG_CONFIG_HOME/galley/config.yaml (a person's).  One row in conf.c's table
 * per setting: name, type, default, who may set it, help.  galley.5 is checked
 * against the table.
 */
#ifndef CONF_H
#define CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "err.h"
#include "value.h"

enum conf_type { CONF_TEXT, CONF_BOOL, CONF_INT, CONF_CHOICE, CONF_MAP };
enum conf_scope { CONF_USER = 1, CONF_SITE = 2 };

struct conf_row {
	const char *name; /* "preview.measure" */
	enum conf_type type;
	int scope;            /* enum conf_scope, added up */
	const char *fallback; /* as it would be written */
	const char *choices;  /* CONF_CHOICE: "auto dark light plain" */
	int min, max;         /* CONF_INT */
	const char *help;     /* one line */
	/* CONF_MAP: is its value good?  -1: err is the rest of a sentence, and
	 * path gets where it is, appended as a path of fm.h. */
	int (*check)(const struct value *, struct buf *path, struct err *);
};

struct conf;

/*
 * root may be NULL: the user's settings alone.  A setting that is unknown,
 * of a wrong type or not allowed in that file is an error with file, line.
 * The person's settings win over the site's where both may set it.
 */
struct conf *conf_load(const char *root, struct err *);
struct conf *conf_defaults(void);
void conf_free(struct conf *);

const char *conf_text(const struct conf *, const char *name);
bool conf_bool(const struct conf *, const char *name);
int conf_int(const struct conf *, const char *name);
/* A CONF_MAP: a value of type VALUE_MAP (keys, fields ...), never NULL. */
const struct value *conf_map(const struct conf *, const char *name);

/* The line of galley.yaml that sets a path ("checks.title"), 0: none does. */
unsigned conf_line(const struct conf *, const char *path);
/* Where the person's settings set a path: "FILE:LINE". Caller frees. */
char *conf_user_place(const struct conf *, const char *path);

const struct conf_row *conf_rows(size_t *n);

#endif
