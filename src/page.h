/* SPDX-License-Identifier: ISC */
/* A post as its readers will see it: header and body. */
#ifndef PAGE_H
#define PAGE_H

#include "md.h"
#include "post.h"
#include "site.h"

/*
 * Render a loaded post; entry (may be NULL) gives state and permalink.
 * width, measure and ascii of opt are used, the rest comes from the site.
 */
struct doc *page_render(const struct site_config *, const struct entry *,
    const struct post *, int64_t now, const struct md_options *opt,
    struct err *);

/* What is told of a page above it, and in lists; texts as in the file. */
struct page_facts {
	char *title;       /* its name where it has none */
	char *badge;       /* "draft", "" */
	struct md_fact *v; /* date, authors, terms, words, minutes */
	size_t n, cap;
	char *cover; /* the picture's address; "": none */
	bool local;  /* it is one of the site's: picture is filled in */
	struct md_picture picture;
};

/* entry may be NULL.  page_facts_dispose() them. */
void page_facts(struct page_facts *, const struct site_config *,
    const struct entry *, const struct post *, int64_t now);
void page_facts_dispose(struct page_facts *);

/*
 * Append the HTML of text, as md_markup() makes it, with the site's settings
 * and the page's shortcodes; text has a NUL behind it.  False: it is not whole.
 */
bool page_markup(struct buf *, const struct site_config *, const struct post *,
    const char *text, size_t len);

/* Fill in what the configuration says of Markdown, with Hugo's defaults; path
 * is the page's, for its format. */
void page_configure(
    struct md_options *, const struct site_config *, const char *path);

/*
 * The file that a picture's address stands for on a page in dir (absolute):
 * beside the page, or in the static and asset directories; NULL: there is none
 * in the site.  Caller frees.
 */
char *page_picture_file(
    const struct site_config *, const char *dir, const char *address);

/*
 * Is a picture that a page names nowhere in the site, neither beside the page
 * (dir: its directory, absolute) nor in the static and asset directories?
 * cover: named by the front matter, so that any directory of the bundle will
 * do.  Addresses of other hosts are never missing; a link that leads out of the
 * site is.
 */
bool page_lacks_picture(const struct site_config *, const char *dir,
    const char *address, bool cover);

#endif
