/* SPDX-License-Identifier: ISC */
/*
 * Dates as front matter has them: read in every shape that Hugo reads (its
 * "parsable date/time strings", spf13/cast), and written in the shape of the
 * one they replace.
 */
#ifndef DATE_H
#define DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct zone;

struct date {
	int year, month, day; /* proleptic Gregorian; month and day from 1 */
	int hour, minute, second; /* 0 when has_time is false */
	long nanosecond;
	int offset; /* seconds east of UTC, when has_offset */
	bool has_time;
	bool has_offset;
};

/*
 * Read all of s[0..len).  False, and the date untouched, when Hugo would not
 * take it (one-digit month, slashes, impossible day, blanks around it ...), or
 * outside the years 1 to 9999.  As in Hugo, the name of a zone ("GMT" too)
 * means nothing, so the date has no offset then, and a whole number is Unix
 * seconds (Hugo wants that one unquoted).
 */
bool date_parse(const char *s, size_t len, struct date *);
/*
 * More lenient, for what a person types: also "now", "today", "tomorrow",
 * "yesterday", "14:20", "2026-11-25 14:20", "2026/11/25", "20261125",
 * "5 Nov", "Nov 5, 2026", one-digit month and day, blanks around it; what is
 * left out is taken from *base (date, time, offset).
 */
bool date_parse_typed(
    const char *s, size_t len, const struct date *base, struct date *);

/* Unix seconds; z (may be NULL: UTC) gives the offset when there is none. */
int64_t date_unix(const struct date *, const struct zone *z);
/* The civil date of t at offset seconds east of UTC, in years 1 to 9999: what
 * lies beyond becomes their first or last second. */
void date_from_unix(int64_t t, int offset, struct date *);
/* 2026-11-25T14:20:00+01:00 (RFC 3339); UTC and no offset are "Z". Caller
 * frees. */
char *date_rfc3339(const struct date *);
/*
 * Like the example: separator, precision, fraction, form of the offset, case of
 * names, padding.  The time is moved to the example's offset; the example's
 * having none, the date is written as it stands (convert it before).  RFC 3339
 * when the example is no date or its two-digit year cannot hold this one.
 * Caller frees.
 */
char *date_like(const struct date *, const char *example, size_t len);
/* "in 3 h", "2 d ago", "now": how people say the distance. Caller frees. */
char *date_distance(int64_t t, int64_t now);

/* Now: Unix seconds and the local offset; GALLEY_NOW (RFC 3339) fixes both. */
void date_now(struct date *);
int64_t date_now_unix(void);
/* The local offset from UTC at Unix time t, in seconds; with GALLEY_NOW, its
 * offset at any time. */
int date_local_offset(int64_t t);

#endif
