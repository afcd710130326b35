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

#endif
