/* SPDX-License-Identifier: ISC */
/*
 * A Hugo site: where its content is and what its pages are.  Configuration is
 * in site_config.c, the index of pages here.  The index is read-only: a scan
 * makes a new one.  Sources: Hugo's docs "configuration/introduction", "page
 * bundles", "usage" (draft, future, expired).
 */
#ifndef SITE_H
#define SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"
#include "file.h"
#include "value.h"

struct progress;
struct zone;

struct site_language {
	char *code;        /* "en" */
	char *name;        /* "English" */
	char *content_dir; /* relative to the root: "content/en" */
	int weight;
	bool disabled;
	struct zone *zone; /* of its own timeZone; NULL: the site's */
};

struct site_taxonomy {
	char *singular; /* "tag" */
	char *plural;   /* "tags", the front matter key */
};

/* The part of Hugo's configuration that galley needs. */
struct site_config {
	char *root; /* absolute, no last slash */
	char *title;
	char *base_url;      /* with its last slash; "" when there is none */
	char *content_dir;   /* "content" */
	char *archetype_dir; /* "archetypes" */
	char *static_dir;    /* "static" */
	char *asset_dir;     /* "assets" */
	char *default_language;
	bool default_language_in_subdir;
	bool disable_path_to_lower;
	bool remove_path_accents;
	bool disable_aliases;
	bool build_drafts, build_future, build_expired;
	struct zone *zone;               /* of timeZone; NULL: UTC */
	struct site_language *languages; /* by weight, then code; at least one*/
	size_t nlanguages;
	struct site_taxonomy *taxonomies;
	size_t ntaxonomies;
	struct value *all; /* the merged configuration, a map */
};

/* The root of the site that encloses dir; caller frees. NULL and err: "not
 * inside a Hugo site ...". */
char *site_find(const char *dir, struct err *);
struct site_config *site_config_load(const char *root, struct err *);
/* Hugo's defaults, for a file in dir that is in no site. */
struct site_config *site_config_none(const char *dir);
void site_config_free(struct site_config *);
/* A setting as a language has it: its own, else the site's; NULL: none. */
const struct value *site_setting(
    const struct site_config *, size_t language, const char *key);
const struct zone *site_zone(const struct site_config *, size_t language);
/* The permalink pattern of a section's pages, or NULL. Borrowed. */
const char *site_permalink_pattern(const struct site_config *, size_t language,
    const char *kind, const char *section);
bool site_is_taxonomy(const struct site_config *, const char *key);

#define ENTRY_NO_DATE INT64_MIN

enum entry_kind { ENTRY_PAGE, ENTRY_SECTION, ENTRY_HOME, ENTRY_TERM };

enum entry_state {
	ENTRY_PUBLISHED,
	ENTRY_DRAFT,
	ENTRY_SCHEDULED, /* publishDate is ahead */
	ENTRY_EXPIRED,
	ENTRY_HIDDEN, /* not rendered for another reason: see why */
	ENTRY_ERROR,  /* unreadable, or broken front matter: see error */
};

struct entry_terms {
	size_t taxonomy; /* index into site_config.taxonomies */
	char **terms;
	size_t n;
};

/* One page, one piece of memory. All strings are UTF-8 as in the file, not
 * cleaned; none is NULL but where said. Paths are relative to the root. */
struct entry {
	char *path;   /* "content/en/blog/x/index.md" */
	char *bundle; /* "content/en/blog/x", or NULL: a lone file */
	char *name;   /* content base name: "x", "" of the home page */
	char *title;  /* "" when there is none; the name for ENTRY_ERROR */
	char *slug;
	char *section;   /* "blog", "" */
	char *permalink; /* whole address, or its path without a base URL; "":
			  none */
	size_t language; /* index into site_config.languages */
	enum entry_kind kind;
	enum entry_state state;
	char *why; /* one line for every state but published: "draft: true" */
	bool draft;
	bool listed; /* `hugo list all` has a row for it */
	/* The dates after Hugo's fallbacks (publishDate is date when there is
	 * none ...): as written, "" when absent; Unix seconds, ENTRY_NO_DATE
	 * when absent or not readable; seconds east of UTC. */
	char *date, *publish_date, *expiry_date, *lastmod;
	int64_t date_t, publish_t, expiry_t, lastmod_t;
	int date_offset, publish_offset, expiry_offset;
	int weight;
	struct entry_terms *terms; /* one for each taxonomy that it names */
	size_t nterms;
	char *sort_key; /* linkTitle or title, as text_fold() */
	char *folded;   /* title, path and terms, a line each, as text_fold() */
	struct err *error; /* NULL: none */
	struct stamp stamp;
};

struct site {
	struct site_config *config;
	struct entry **v;          /* sorted by path */
	struct entry **by_address; /* the same, by permalink and path */
	size_t n;
	int64_t now; /* the time that the states are for */
	/* Directories of pages, relative to the root, where file_sweep() has
	 * something to look at; not sorted. */
	char **littered;
	size_t nlittered;
};

/*
 * Read all pages; takes config.  now in Unix seconds.  NULL only when the site
 * itself cannot be read, or when cancelled: then config is freed.
 */
struct site *site_scan(
    struct site_config *, int64_t now, struct progress *, struct err *);
/* A site without entries yet, for site_refresh() of single pages; takes config
 * (may be NULL). */
struct site *site_new(struct site_config *, int64_t now);
void site_free(struct site *);
/* By path relative to the root; NULL: not there. */
const struct entry *site_entry(const struct site *, const char *path);
/* Another page with the same address that is, or will be, rendered; NULL: none.
 * One that is out goes before a draft. */
const struct entry *site_rival(const struct site *, const struct entry *);
/* Read one file again: replaces, adds or removes its entry. */
void site_refresh(struct site *, const char *path);
/*
 * The page that a person means by arg: a path, a bundle directory, or a path
 * under the content directory, relative to cwd or the root.  Caller frees;
 * result is relative to the root.  NULL: err says what was looked for.
 */
char *site_resolve(
    const struct site_config *, const char *cwd, const char *arg, struct err *);
/* Is the name that of a content file, by its extension, and not ignored? */
bool site_is_content(const char *name);

/* Where a path stands in the site; the file need not exist. */
struct site_place {
	size_t language; /* index into site_config.languages */
	char *name;      /* content base name: "x" */
	char *section;   /* "blog", "" */
	char *bundle;    /* relative to the root; NULL: a lone file */
};

void site_place(
    const struct site_config *, const char *path, struct site_place *);
void site_place_dispose(struct site_place *);
/* All terms in use of a taxonomy, most used first; caller frees the array,
 * not the strings, which live as long as the site. */
const char **site_terms(const struct site *, size_t taxonomy, size_t *n);

const char *entry_state_name(enum entry_state); /* "draft" */
/* The word for a list: "draft", "in 3 d", "" when published. Caller frees. */
char *entry_badge(const struct entry *, int64_t now);

enum entry_date { ENTRY_DATE, ENTRY_PUBLISH_DATE, ENTRY_EXPIRY_DATE };
/* The date as `hugo list all` prints it: RFC 3339 with the fallbacks of Hugo,
 * "0001-01-01T00:00:00Z" where there is none. Caller frees. */
char *entry_csv_date(const struct entry *, enum entry_date);

/* A page's address. title, slug, date ... come from values (the front
 * matter), the rest from path. Caller frees. (permalink.c) */
char *permalink_of(
    const struct site_config *, const char *path, const struct value *values);
/* A string made fit for an address, as Hugo's urlize. Caller frees. */
char *permalink_urlize(const struct site_config *, const char *s);
/* Percent-encode what is not ASCII. Caller frees. */
char *permalink_escape(const char *);
/* An address for people: letters, marks and digits beyond ASCII as themselves,
 * every other escape as it is. Caller frees. */
char *permalink_readable(const char *);

#endif
