/* SPDX-License-Identifier: ISC */
/*
 * The proleptic Gregorian calendar.  Years are counted from March, so that a
 * leap day is the last of its year.
 */
#include "calendar.h"

#include <assert.h>
#include <stdbool.h>

#define ERA       146097 /* days in 400 years */
#define FROM_ZERO 719468 /* days from 0000-03-01 to 1970-01-01 */

static bool
is_leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int
calendar_days_in(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	assert(month >= 1 && month <= 12);
	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

int64_t
calendar_days(int year, int month, int day)
{
	int64_t y = month <= 2 ? (int64_t)year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t of_era = y - era * 400;
	int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day;

	return era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year -
	       FROM_ZERO - 1;
}

void
calendar_date(int64_t days, int *year, int *month, int *day)
{
	int64_t era, of_era, year_of_era, of_year, m;

	days += FROM_ZERO;
	era = days / ERA;
	of_era = days % ERA;
	year_of_era =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	of_year =
	    of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	m = (5 * of_year + 2) / 153;
	*year = (int)(year_of_era + era * 400 + (m >= 10));
	*month = (int)(m < 10 ? m + 3 : m - 9);
	*day = (int)(of_year - (153 * m + 2) / 5 + 1);
}

int
calendar_weekday(int year, int month, int day)
{
	int64_t days = calendar_days(year, month, day);

	/* 1970-01-01 was a Thursday. */
	return (int)(((days + 4) % 7 + 7) % 7);
}

int
calendar_yearday(int year, int month, int day)
{
	return (int)(calendar_days(year, month, day) -
		     calendar_days(year, 1, 1)) +
	       1;
}

const char *
calendar_month_name(int month)
{
	static const char *const names[] = {"January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December"};

	assert(month >= 1 && month <= 12);
	return names[month - 1];
}

const char *
calendar_weekday_name(int weekday)
{
	static const char *const names[] = {"Sunday", "Monday", "Tuesday",
	    "Wednesday", "Thursday", "Friday", "Saturday"};

	assert(weekday >= 0 && weekday <= 6);
	return names[weekday];
}
