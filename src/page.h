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
