/* SPDX-License-Identifier: ISC */
/*
 * Has a page arrived?  Ask for its address until what is new in its text is in
 * the answer, as a reader would by reloading.
 */
#ifndef ONLINE_H
#define ONLINE_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "post.h"
#include "site.h"

struct online;
struct progress;

/*
 * What tells the page at url (absolute, http or https) as now has it from the
 * one that was has (NULL: there was none, or it is not known).  gone: the page
 * is to go away instead.  path: of the page in the site.  NULL and err: nobody
 * can ask for such an address.
 */
struct online *online_new(const struct site_config *, const char *path,
    const char *url, const struct fm *now, const struct fm *was, bool gone,
    struct err *);
void online_free(struct online *);
/* Can the new page be told from the old one by its text? */
bool online_tells(const struct online *);

/*
 * Ask now and then for up to so many seconds.  0: it is there.  ERR_FAIL says
 * what was there last; ERR_CANCEL within 100 ms.
 */
int online_wait(struct online *, int seconds, struct progress *, struct err *);

#endif
