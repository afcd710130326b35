/* SPDX-License-Identifier: ISC */
/* Hugo itself, where it is installed: for the archetypes that only it can
 * expand.  Nothing else here ever needs it. */
#ifndef HUGO_H
#define HUGO_H

#include <stdbool.h>

#include "err.h"
#include "work.h"

bool hugo_is_there(void); /* in PATH */
/*
 * `hugo new PATH` in the site at root, kind and title may be NULL; no editor is
 * opened whatever the site's configuration says.  The title goes in as an edit
 * of the file.  *made gets the page relative to root (caller frees).
 */
int hugo_new(const char *root, const char *path, const char *kind,
    const char *title, char **made, struct progress *, struct err *);

#endif
