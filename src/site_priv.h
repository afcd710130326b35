/* SPDX-License-Identifier: ISC */
/* What the files of the site family share; nobody else includes this. */
#ifndef SITE_PRIV_H
#define SITE_PRIV_H

#include "site.h"

/* What a content file is by its name. */
enum site_form {
	FORM_LONE,   /* about.md */
	FORM_LEAF,   /* index.md: the page of a leaf bundle */
	FORM_BRANCH, /* _index.md: home, section, taxonomy or term */
};

/* Where a file stands in the site, by its path alone (site_path.c). */
struct site_path {
	size_t language;
	enum site_form form;
	enum entry_kind kind;
	bool inside;      /* below a content directory */
	const char *root; /* that directory, borrowed from the configuration */
	/* The five are in one piece of memory. */
	char *dir;     /* of the file, below root: "blog/x", "" */
	char *base;    /* without language and extension: "index", "about" */
	char *parent;  /* dir, for a leaf bundle the one above it: "blog" */
	char *name;    /* content base name: "x", "about"; "" of the home */
	char *section; /* "blog", "" */
};

enum site_form site_form_of(const char *name); /* of a content file */
void site_path_parse(
    const struct site_config *, const char *path, struct site_path *);
void site_path_dispose(struct site_path *);
/* Does Hugo skip files and directories of this name? */
bool site_is_ignored(const char *name);
/* Is a HTML file that starts with text[0..len) a page?  Not when it starts with
 * a tag: then Hugo copies it. (hugofs/files/classifier.go) */
bool site_html_is_page(const char *text, size_t len);

/* One of the four dates of a page, after Hugo's fallbacks (site_dates.c). */
struct site_date {
	const char *key;  /* the field that gave it, NULL: none did */
	const char *text; /* as written; borrowed from the values, "" if none */
	int64_t t;        /* Unix seconds, 0: none */
	int offset;       /* seconds east of UTC */
};

enum { DATE_DATE, DATE_LASTMOD, DATE_PUBLISH, DATE_EXPIRY, DATE_FIELDS };

struct site_dates {
	struct site_date v[DATE_FIELDS];
	char *slug; /* from the file's name, or NULL */
	char *text; /* the date in the file's name; what v[].text may borrow */
};

/* stamp may be NULL: no :fileModTime. */
void site_dates_read(struct site_dates *, const struct site_config *,
    const struct site_path *, const struct value *values, const struct stamp *);
void site_dates_dispose(struct site_dates *);

/* permalink_of() for one who has read path and dates already. */
char *site_permalink(const struct site_config *, const struct site_path *,
    const struct site_dates *, const struct value *values);
/* The slug in force, as Hugo trims it. Caller frees; "" when there is none. */
char *site_slug(const struct site_dates *, const struct value *values);
/* A field as text, the way Hugo's cast makes strings: "" for lists, maps and
 * null. Caller frees. */
char *site_string(const struct value *values, const char *key);

/* An entry being made: its strings are borrowed, or are among its own. */
struct draft {
	struct entry entry;
	const struct site_config *config;
	const struct site_path *path;
	const struct site_dates *dates;
	const struct value *values; /* the front matter */
	int64_t now;
	const char *hidden; /* why it is, or NULL */
	char *own[16];
	size_t nown;
};

/* Everything that comes from the path and the front matter (site_entry.c). */
void draft_fill(struct draft *);
/* Keep s until the entry is made. Takes s, and returns it. */
char *draft_own(struct draft *, char *s);

/* What the reading of many pages shares (site_read.c). */
struct entry_reader {
	const struct site_config *config;
	int64_t now;
	struct fm_quick *quick;
	struct buf text; /* of the file being read */
};

void entry_reader_init(
    struct entry_reader *, const struct site_config *, int64_t now);
void entry_reader_dispose(struct entry_reader *);
/*
 * Read the page at path (relative to the root). hidden (may be NULL): why it is
 * not rendered whatever it says. NULL: it is not there, or no page.
 */
struct entry *entry_read(
    struct entry_reader *, const char *path, const char *hidden);
/* The entry of what cannot be read. */
struct entry *entry_broken(
    struct entry_reader *, const char *path, const struct err *);
void entry_free(struct entry *);

/* One page found by a walk, not read yet. */
struct site_file {
	char *path;        /* relative to the root */
	char *bundle;      /* the leaf bundle that hides it, or NULL */
	struct err *error; /* of a directory that cannot be read, or NULL */
};

struct site_files {
	struct site_file *v;
	size_t n, cap;
	/* Directories with what a killed program left, relative to the root. */
	char **littered;
	size_t nlittered, cap_littered;
};

/* All pages of the enabled languages, in no order. -1: cancelled. */
int site_walk(
    const struct site_config *, struct site_files *, struct progress *);
void site_files_dispose(struct site_files *);
/*
 * Is the file at path a page, as far as its place goes?  *bundle is the leaf
 * bundle that hides it, or NULL; caller frees.
 */
bool site_walk_one(const struct site_config *, const char *path, char **bundle);

#endif
