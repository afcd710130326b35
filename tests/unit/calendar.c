/* SPDX-License-Identifier: ISC */
/* Days and dates against each other, and a few that are known. */
#include "../test.h"

#include "calendar.h"

static void
known_days(void **state)
{
	(void)state;
	assert_int_equal(calendar_days(1970, 1, 1), 0);
	assert_int_equal(calendar_days(1969, 12, 31), -1);
	assert_int_equal(calendar_days(2000, 2, 29), 11016);
	assert_int_equal(calendar_days(1, 1, 1), -719162);
	assert_int_equal(calendar_days(9999, 12, 31), 2932896);
}

static void
there_and_back(void **state)
{
	int64_t expected = calendar_days(1, 1, 1);
	int y, m, d;

	(void)state;
	for (int year = 1; year <= 9999; year += 1 + year / 50)
		for (int month = 1; month <= 12; month++)
			for (int day = 1; day <= calendar_days_in(year, month);
			     day++) {
				int64_t n = calendar_days(year, month, day);

				if (day > 1 || month > 1)
					assert_int_equal(n, expected + 1);
				expected = n;
				calendar_date(n, &y, &m, &d);
				assert_int_equal(y, year);
				assert_int_equal(m, month);
				assert_int_equal(d, day);
			}
}

static void
leap_years(void **state)
{
	(void)state;
	assert_int_equal(calendar_days_in(2000, 2), 29);
	assert_int_equal(calendar_days_in(1900, 2), 28);
	assert_int_equal(calendar_days_in(2024, 2), 29);
	assert_int_equal(calendar_days_in(2023, 2), 28);
	assert_int_equal(calendar_days_in(2023, 4), 30);
	assert_int_equal(calendar_yearday(2024, 12, 31), 366);
	assert_int_equal(calendar_yearday(2023, 3, 1), 60);
}

static void
names(void **state)
{
	(void)state;
	/* The day that Go's layouts are written with. */
	assert_string_equal(
	    calendar_weekday_name(calendar_weekday(2006, 1, 2)), "Monday");
	assert_string_equal(
	    calendar_weekday_name(calendar_weekday(1, 1, 1)), "Monday");
	assert_string_equal(calendar_month_name(1), "January");
	assert_string_equal(calendar_month_name(12), "December");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(known_days),
	    cmocka_unit_test(there_and_back),
	    cmocka_unit_test(leap_years),
	    cmocka_unit_test(names),
	};

	return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
