/* SPDX-License-Identifier: ISC */
/* Dates written by a layout of Go's time package: "2006-01-02", "Jan _2". */
#ifndef DATE_LAYOUT_H
#define DATE_LAYOUT_H

#include "date.h"

/* d as layout says (Go's time.Format; UTC when d has no offset; a zone's
 * abbreviation is not known, so MST gives "UTC" or "+0900"). Caller frees. */
char *date_layout(const struct date *, const char *layout);
#endif
