/* SPDX-License-Identifier: ISC */
/* Dates written by a layout of Go's time package: "2006-01-02", "Jan _2". */
#ifndef DATE_LAYOUT_H
#define DATE_LAYOUT_H

#include "date.h"

/* d as layout says (Go's time.Format; UTC when d has no offset; a zone's
 * abbreviation is not known, so MST gives "UTC" or "+0900"). Caller frees. */
char *date_layout(const struct date *, const char *layout);
/* English name of a month, 1 to 12. Static. */
const char *date_month_name(int month);
/* English name of a day of the week, 0: Sunday. Static. */
const char *date_weekday_name(int weekday);
int date_weekday(const struct date *); /* 0: Sunday */
int date_yearday(const struct date *); /* from 1 */

#endif
