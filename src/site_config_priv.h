/* SPDX-License-Identifier: ISC */
/* Between reading Hugo's configuration and making sense of it. */
#ifndef SITE_CONFIG_PRIV_H
#define SITE_CONFIG_PRIV_H

#include <stdbool.h>

#include "err.h"
#include "value.h"

/* Is there a Hugo configuration in dir, and the look of a site? */
bool site_config_here(const char *dir);
/* The files and the environment merged as Hugo does: one map, its keys in
 * lower case. Caller frees. NULL: err names the file, line and column. */
struct value *site_config_read(const char *root, struct err *);

#endif
