/* SPDX-License-Identifier: ISC */
/* What the permalink files share; nobody else includes this. */
#ifndef PERMALINK_PRIV_H
#define PERMALINK_PRIV_H

#include "site_priv.h"

/* All that an address is made of. */
struct permalink {
	const struct site_config *config;
	const struct site_path *path;
	const struct site_dates *dates;
	const struct value *values;
	char *slug;
};

/* As permalink_urlize(), by the settings of the page's language. */
char *permalink_part(const struct permalink *, const char *s);
/* A pattern with its tokens replaced. Caller frees. (permalink_token.c) */
char *permalink_expand(const struct permalink *, const char *pattern);

#endif
