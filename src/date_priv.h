/* SPDX-License-Identifier: ISC */
/* What the strict and the lenient reader of dates share. */
#ifndef DATE_PRIV_H
#define DATE_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "date.h"

/* What is being read: from p to end. */
struct cursor {
	const char *p, *end;
};

/* The value of min to max digits; no sign. */
bool cursor_number(struct cursor *, int min, int max, int *value);
/* A point or comma with digits behind it, if there is one: nanoseconds. */
void cursor_fraction(struct cursor *, long *nanosecond);
/* +hh:mm with colon, else +hhmm; false: it is not one. */
bool cursor_offset(struct cursor *, bool colon, int *offset);
/*
 * The name of a month or weekday, in any case: its number from 0, or -1.
 * Names are whole or cut to three letters.
 */
int cursor_month(struct cursor *, bool whole);
int cursor_weekday(struct cursor *, bool whole);

bool date_is_real(const struct date *); /* every number in its range */

#endif
