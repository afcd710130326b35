/* SPDX-License-Identifier: ISC */
/* New posts from the site's archetypes (Hugo's "archetypes" page). */
#ifndef ARCHETYPE_H
#define ARCHETYPE_H

#include "err.h"
#include "site.h"

struct archetype_spec {
	const char *path;  /* "blog/x", "blog/x/index.md", "content/en/..." */
	const char *kind;  /* NULL: the section */
	const char *title; /* NULL: the archetype's own */
};

/*
 * Create the post; *path gets its file relative to the root (caller frees).
 * The archetype's text is expanded, never parsed and printed; title replaces
 * its title field losslessly.  A file that exists is an error.
 */
int archetype_new(const struct site_config *, const struct archetype_spec *,
    char **path, struct err *);

/*
 * Expand the template text; name is .Name, now .Date (RFC 3339).  Unknown
 * functions are errors with line and column that name them.
 */
struct archetype_data {
	const char *name, *date, *section, *site_title, *language;
};
int archetype_expand(const char *text, size_t len,
    const struct archetype_data *, struct buf *, struct err *);
/* A directory name from a title: "Hello, World!" -> "hello-world". Caller
 * frees; never empty. */
char *archetype_dirname(const struct site_config *, const char *title);

#endif
