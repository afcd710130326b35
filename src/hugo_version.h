/* SPDX-License-Identifier: ISC */
/*
 * Which version of Hugo a site is built with, as far as its files tell: what
 * installs it where it is deployed, else the least that the configuration asks
 * for (module.hugoVersion.min).
 */
#ifndef HUGO_VERSION_H
#define HUGO_VERSION_H

#include <stdbool.h>

#include "site.h"

/* Minor of 0.minor; HUGO_LATEST: the site asks for the latest; 0: not told.
 * Reads a few small files. */
#define HUGO_LATEST 100000
int hugo_version(const struct site_config *);
/* The same, of one file's text. */
int hugo_version_in(const char *text);

#endif
