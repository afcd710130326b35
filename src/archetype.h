/* SPDX-License-Identifier: ISC */
/* New posts from the site's archetypes (Hugo's "archetypes" page). */
#ifndef ARCHETYPE_H
#define ARCHETYPE_H

#include "buf.h"
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
 * its title field losslessly.  A path without extension becomes a bundle where
 * the section's posts are bundles, else a file.  A file that exists is an
 * error, and when anything fails nothing is left behind.
 */
int archetype_new(const struct site_config *, const struct archetype_spec *,
    char **path, struct err *);

struct archetype_data {
	const struct site_config *config; /* for .Site; NULL: an empty one */
	const char *path; /* below the content directory: "blog/x/index.md" */
	const char *name, *date,
	    *section;         /* .Name, .Date (RFC 3339), .Section */
	const char *language; /* its code */
};

/*
 * Append the expanded template.  It is Go's text/template without range,
 * template and method calls other than those of dates, with the functions of
 * Hugo that archetypes use.  What is not known is an error with the line and
 * column that names it.
 */
int archetype_expand(const char *text, size_t len,
    const struct archetype_data *, struct buf *, struct err *);
/* A directory name from a title: "Hello, World!" -> "hello-world". Caller
 * frees; never empty. */
char *archetype_dirname(const struct site_config *, const char *title);

#endif
