/* SPDX-License-Identifier: ISC */
/* What the md_parse* files share: the callbacks of md4c. */
#ifndef MD_PARSE_PRIV_H
#define MD_PARSE_PRIV_H

#include <md4c.h>

#include "md_priv.h"

/* md4c 0.4.8 goes on after a positive result. */
#define MD_PARSE_STOP (-2)

/* md_parse_span.c */
/* Is there nothing left for a call with n bytes of text? */
bool md_parse_is_over(struct md_render *, size_t n);
/* An attribute with its character references decoded, in the tree. */
uint32_t md_parse_attribute(struct md_render *, const MD_ATTRIBUTE *);
/* Is it the comment that ends the summary? */
bool md_parse_is_more(const char *s, size_t len);
/* md4c's callbacks. */
int md_parse_enter_span(MD_SPANTYPE, void *detail, void *render);
int md_parse_leave_span(MD_SPANTYPE, void *detail, void *render);
int md_parse_text(MD_TEXTTYPE, const MD_CHAR *, MD_SIZE, void *render);

#endif
