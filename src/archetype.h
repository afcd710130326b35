/* SPDX-License-Identifier: ISC */
/* New posts from the site's archetypes (Hugo's "archetypes" page). */
#ifndef ARCHETYPE_H
#define ARCHETYPE_H

#include <stdbool.h>

#include "buf.h"
#include "err.h"
#include "site.h"

struct fm;
struct progress;

struct archetype_spec {
	/* "blog/x", "blog/x/index.md", "content/en/...", or absolute */
	const char *path;
	const char *kind;  /* NULL: the section */
	const char *title; /* NULL: the archetype's own */
	/* Absolute paths of files to be copied into the post's bundle under
	 * the names that they have. */
	const char *const *images;
	size_t nimages;
	struct progress *progress; /* may be NULL; only its cancel is read */
	/* Called with the page's front matter when all else is in it, and its
	 * file relative to the root; -1: err.  May be NULL. */
	int (*fill)(void *ctx, const char *path, struct fm *, struct err *);
	void *ctx;
};

/* What a post would be, or why there can be none. */
struct archetype_plan {
	char *path;      /* its file, relative to the root */
	char *permalink; /* as entry.permalink */
	char *archetype; /* relative to the root; NULL: Hugo's own */
	/* The archetype cannot be expanded here, and Hugo may be able to: the
	 * path to give to "hugo new"; NULL: it is not that. */
	char *hugo;
};

/*
 * Create the post; *path gets its file relative to the root (caller frees).
 * The archetype is looked up as Hugo 0.111 does (the kind's in the site and its
 * themes, then the default one in them), and expanded as text, never parsed and
 * printed; title replaces its title field losslessly, and the first picture
 * among the images an empty field for the cover (images, image, cover,
 * cover.image, featured_image ...).  A path without extension becomes a bundle
 * where the section's posts are bundles or there are images, else a file.  A
 * file that exists is an error, and when anything fails nothing is left behind.
 */
int archetype_new(const struct site_config *, const struct archetype_spec *,
    char **path, struct err *);
/* The same without writing anything: -1 where archetype_new() would fail.
 * Always archetype_plan_dispose(). */
int archetype_plan(const struct site_config *, const struct archetype_spec *,
    struct archetype_plan *, struct err *);
void archetype_plan_dispose(struct archetype_plan *);

struct archetype_data {
	const struct site_config *config; /* for .Site; NULL: an empty one */
	const char *path; /* below the content directory: "blog/x/index.md" */
	const char *name, *date,
	    *section;         /* .Name, .Date (RFC 3339), .Section */
	const char *type;     /* .Type: the kind; NULL: the section, or page */
	const char *language; /* its code */
};

/*
 * Append the expanded template.  It is Go's text/template without define,
 * template and method calls other than those of dates, with the functions of
 * Hugo that archetypes use.  What is not known is an error with the line and
 * column that names it.
 */
int archetype_expand(const char *text, size_t len,
    const struct archetype_data *, struct buf *, struct err *);
/* A directory name from a title: "Hello, World!" -> "hello-world". Caller
 * frees; never empty. */
char *archetype_dirname(const struct site_config *, const char *title);

/*
 * A path for a post of that title beside another page (NULL: in the section
 * with most pages), made as the names of the pages there are: a date before
 * the name, directories by year, underscores or blanks, capitals, words in
 * ASCII only, the language in the file's name.  It is relative to the content
 * directory, to the root in another language's, and free.  Caller frees.
 * (archetype_name.c)
 */
char *archetype_propose(
    const struct site *, const struct entry *beside, const char *title);

#endif
