/* SPDX-License-Identifier: ISC */
/* What the page_* files share. */
#ifndef PAGE_PRIV_H
#define PAGE_PRIV_H

#include "page.h"

/* Where a page's addresses are looked up. */
struct page_place {
	const struct site_config *config;
	char *dir;                  /* the page's own directory, absolute */
	const struct value *values; /* its front matter */
	char *name;                 /* the shortcode asked for last, or NULL */
	enum md_answer answer;
};

/* For md_options.shortcode, with a struct page_place. */
enum md_answer page_shortcode(void *place, const char *name, const char *arg,
    char **words, char **address);

/* For md_options.picture, with a struct page_place. */
bool page_picture(void *place, const char *address, struct md_picture *);
/*
 * The address of the picture that a front matter's "images" names: as it is, or
 * in a directory of the bundle.  Caller frees.
 */
char *page_cover(const struct page_place *, const char *name);

#endif
