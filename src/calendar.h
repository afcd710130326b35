/* SPDX-License-Identifier: ISC */
/* The proleptic Gregorian calendar: days, months and their English names. */
#ifndef CALENDAR_H
#define CALENDAR_H

#include <stdint.h>

#define CALENDAR_DAY 86400 /* seconds */

/* Months count from 1, days from 1, days of the week from 0: Sunday. */
int calendar_days_in(int year, int month);
/* Days from 1970-01-01 to that day, which must be one (1 <= month <= 12). */
int64_t calendar_days(int year, int month, int day);
/* The date that many days after 1970-01-01; not before the year 0. */
void calendar_date(int64_t days, int *year, int *month, int *day);
int calendar_weekday(int year, int month, int day);
int calendar_yearday(int year, int month, int day); /* from 1 */

/* Static. */
const char *calendar_month_name(int month);
const char *calendar_weekday_name(int weekday);

#endif
