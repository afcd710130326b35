/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"

/* What Hugo takes, and the same in one form; "~" where it has no offset. */
static const char *const taken[][2] = {
    {"2023-10-15", "2023-10-15T00:00:00~"},
    {"2024-02-29", "2024-02-29T00:00:00~"},
    {"0001-01-01", "0001-01-01T00:00:00~"},
    {"9999-12-31", "9999-12-31T00:00:00~"},
    {"2023-10-15T13:18:50", "2023-10-15T13:18:50~"},
    {"2023-10-15T13:18:50Z", "2023-10-15T13:18:50Z"},
    {"2023-10-15T13:18:50+08:00", "2023-10-15T13:18:50+08:00"},
    {"2023-10-15T13:18:50+0800", "2023-10-15T13:18:50+08:00"},
    {"2023-10-15T13:18:50-00:00", "2023-10-15T13:18:50Z"},
    {"2023-10-15T13:18:50+14:30", "2023-10-15T13:18:50+14:30"},
    {"2023-10-15T13:18:50+24:00", "2023-10-15T13:18:50+24:00"},
    {"2023-10-15T13:18:50.5Z", "2023-10-15T13:18:50Z"},
    {"2023-10-15T13:18:50,5Z", "2023-10-15T13:18:50Z"},
    {"2023-10-15T13:18:50.123456789-03:30", "2023-10-15T13:18:50-03:30"},
    {"2023-10-15T13:18:50.5-0330", "2023-10-15T13:18:50-03:30"},
    {"2023-10-15T13:18:50.250", "2023-10-15T13:18:50~"},
    {"2023-10-15T3:18:50", "2023-10-15T03:18:50~"},
    {"2023-03-18T9:20:07+08:00", "2023-03-18T09:20:07+08:00"},
    {"2023-10-15 13:18:50", "2023-10-15T13:18:50~"},
    {"2023-10-15  13:18:50", "2023-10-15T13:18:50~"},
    {"2023-10-15 3:18:50", "2023-10-15T03:18:50~"},
    {"2023-10-15 13:18:50.123", "2023-10-15T13:18:50~"},
    {"2023-10-15 13:18:50Z", "2023-10-15T13:18:50Z"},
    {"2023-10-15 13:18:50+0800", "2023-10-15T13:18:50+08:00"},
    {"2023-10-15 13:18:50+08:00", "2023-10-15T13:18:50+08:00"},
    {"2023-10-15 13:18:50 +0800", "2023-10-15T13:18:50+08:00"},
    {"2023-10-15 13:18:50 +08:00", "2023-10-15T13:18:50+08:00"},
    {"2023-10-15 13:18:50.5 -07:00", "2023-10-15T13:18:50-07:00"},
    {"2023-10-15 13:18:50 +0800 CST", "2023-10-15T13:18:50+08:00"},
    {"2023-10-15 13:18:50.25 +0800 +08", "2023-10-15T13:18:50+08:00"},
    {"2023-10-15 13:18:50 -0700 ABCDT", "2023-10-15T13:18:50-07:00"},
    {"2023-10-15 13:18:50 -0700 WITA", "2023-10-15T13:18:50-07:00"},
    {"2023-10-15 13:18:50 -0700 ChST", "2023-10-15T13:18:50-07:00"},
    {"2023-10-15 13:18:50 -0700 GMT+3", "2023-10-15T13:18:50-07:00"},
    {"15 Oct 2023", "2023-10-15T00:00:00~"},
    {"15 OCT 2023", "2023-10-15T00:00:00~"},
    {"15 oct 2023", "2023-10-15T00:00:00~"},
    {"05  Oct 2023", "2023-10-05T00:00:00~"},
    {"Mon, 02 Jan 2006 15:04:05 GMT", "2006-01-02T15:04:05~"},
    {"Mon, 02 Jan 2006 15:04:05 MST", "2006-01-02T15:04:05~"},
    {"Mon, 02 Jan 2006 3:04:05 UTC", "2006-01-02T03:04:05~"},
    {"mon, 02 jan 2006 15:04:05 MST", "2006-01-02T15:04:05~"},
    {"Mon, 02 Jan 2006 15:04:05.5 -0700", "2006-01-02T15:04:05-07:00"},
    {"02 Jan 06 15:04 MST", "2006-01-02T15:04:00~"},
    {"02 Jan 06 15:04 -0700", "2006-01-02T15:04:00-07:00"},
    {"02 Jan 69 15:04 -0700", "1969-01-02T15:04:00-07:00"},
    {"02 Jan 68 15:04 -0700", "2068-01-02T15:04:00-07:00"},
    {"Monday, 02-Jan-06 15:04:05 MST", "2006-01-02T15:04:05~"},
    {"Mon Jan  2 15:04:05 2006", "2006-01-02T15:04:05~"},
    {"Mon Jan 2 15:04:05 2006", "2006-01-02T15:04:05~"},
    {"Mon Jan 02 15:04:05 2006", "2006-01-02T15:04:05~"},
    {"Thu Jan 12 15:04:05 2006", "2006-01-12T15:04:05~"},
    {"Mon Jan  2 15:04:05 MST 2006", "2006-01-02T15:04:05~"},
    {"Mon Jan 02 15:04:05 -0700 2006", "2006-01-02T15:04:05-07:00"},
    {"0", "1970-01-01T00:00:00Z"},
    {"-5", "1969-12-31T23:59:55Z"},
    {"+5", "1970-01-01T00:00:05Z"},
    {"1697376000", "2023-10-15T13:20:00Z"},
    {"20231015", "1970-08-23T03:43:35Z"},
};

/* The same, but what is written in its place is better. */
static const char *const mended[][2] = {
    {"Tue, 02 Jan 2006 15:04:05 -0700", "Mon, 02 Jan 2006 15:04:05 -0700"},
    {"2023-10-15T13:18:50.1234567891Z", "2023-10-15T13:18:50.1234567890Z"},
};

static const char *const refused[] = {"", " ", "now", "2023-4-7", "2023-04-7",
    "2023-4-07", "2024-4-7T10:13:29+00:00", "2023/10/15", "Oct 15, 2023",
    "5 Oct 2023", "15 October 2023", "2023-10-15 13:18", "2023-10-15T13:18",
    "2023-10-15T13:8:50", "2023-10-15T13:18:5", "2023-10-15t13:18:50",
    "2023-10-15T13:18:50z", "2023-10-15T24:00:00Z", "2023-10-15T23:60:00Z",
    "2023-10-15T23:59:60Z", "2023-10-15T013:18:50Z", "2023-02-29", "2023-04-31",
    "1900-02-29", "31 Feb 2023", "2023-13-01", "2023-00-01", "2023-01-00",
    "0000-01-01", "10000-01-01", "200-01-02", "-001-01-01", "20060102T150405",
    "2023-10-15T", "2023-10-15Z", " 2023-10-15", "2023-10-15 ",
    "2023-10-15T13:18:50+08", "2023-10-15T13:18:50 +08:00",
    "2023-10-15T13:18:50 Z", "2023-10-15 13:18:50 Z", "2023-10-15T13:18:50.Z",
    "2023-10-15T13:18:50+99:99", "2023-10-15 13:18:50 UTC",
    "2023-10-15 13:18:50 -0700 AB", "2023-10-15 13:18:50 -0700 m",
    "2023-10-15 13:18:50 -0700 ABCDE", "2023-10-15 13:18:50 -0700 +24",
    "2023-10-15 13:18:50 -07:00 MST", "Mon, 2 Jan 2006 15:04:05 -0700",
    "Mon,02 Jan 2006 15:04:05 MST", "Mon, 02 Jan 2006 15:04:05 Z",
    "Mon, 02 Jan 2006 15:04:05 mst", "Mon, 02 Jan 2006 15:04:05 +01:00",
    "Xyz, 02 Jan 2006 15:04:05 MST", "Monday, 02 Jan 2006 15:04:05 MST",
    "Mon, 02-Jan-06 15:04:05 MST", "Monday, 02-Jan-06 15:04:05 -0700",
    "02 Jan 2006 15:04 -0700", "Mon Jan 32 15:04:05 2006",
    "Mon Jan 2 15:04:05 -0700 2006", "3:04PM", "15:04", "1697376000.5", "0x10",
    "007", "1e9", "99999999999999", "-", "+", "2021/12/18 13:00 - 17:00"};

static struct date
parsed(const char *s)
{
	struct date d;

	if (!date_parse(s, strlen(s), &d))
		fail_msg("not taken: %s", s);
	return d;
}

static void
same(char *got, const char *want)
{
	assert_string_equal(got, want);
	free(got);
}

static void
takes_what_hugo_takes(void **state)
{
	(void)state;
	for (size_t i = 0; i < NITEMS(taken); i++) {
		struct date d = parsed(taken[i][0]);
		char *got = date_rfc3339(&d);

		if (!d.has_offset)
			got[strlen(got) - 1] = '~';
		same(got, taken[i][1]);
		assert_int_equal(
		    d.has_time, strchr(taken[i][0], ':') != NULL ||
				    strpbrk(taken[i][0] + 1, "- ") == NULL);
	}
}

static void
refuses_what_hugo_refuses(void **state)
{
	struct date d = {.year = 77}, before = d;

	(void)state;
	for (size_t i = 0; i < NITEMS(refused); i++)
		if (date_parse(refused[i], strlen(refused[i]), &d))
			fail_msg("taken: '%s'", refused[i]);
	assert_false(date_parse("2023-10-15\0", 11, &d));
	assert_memory_equal(&d, &before, sizeof(d));
}

static void
writes_back_what_it_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < NITEMS(taken); i++) {
		struct date d = parsed(taken[i][0]);

		same(date_like(&d, taken[i][0], strlen(taken[i][0])),
		    taken[i][0]);
	}
	for (size_t i = 0; i < NITEMS(mended); i++) {
		struct date d = parsed(mended[i][0]);

		same(date_like(&d, mended[i][0], strlen(mended[i][0])),
		    mended[i][1]);
	}
}

static void
writes_like_the_example(void **state)
{
	static const struct {
		const char *date, *example, *want;
	} cases[] = {
	    {"2026-11-05T09:02:03+01:00", "2020-01-01", "2026-11-05"},
	    {"2026-11-05T09:02:03+01:00", "2023-03-18T9:20:07+08:00",
		"2026-11-05T16:02:03+08:00"},
	    {"2026-11-05T23:02:03+01:00", "2023-03-18T19:20:07+0800",
		"2026-11-06T06:02:03+0800"},
	    {"2026-11-05T23:02:03+01:00", "2023-03-18T9:20:07+08:00",
		"2026-11-06T6:02:03+08:00"},
	    {"2026-11-05T09:02:03+01:00", "2023-10-15 13:18:50",
		"2026-11-05 09:02:03"},
	    {"2026-11-05T09:02:03.0456Z", "2023-10-15T13:18:50,500 ",
		"2026-11-05T09:02:03Z"},
	    {"2026-11-05T09:02:03.0456Z", "2023-10-15T13:18:50,500Z",
		"2026-11-05T09:02:03,045Z"},
	    {"2026-11-05T09:02:03Z", "15 OCT 2023", "05 NOV 2026"},
	    {"2026-11-05T09:02:03Z", "Mon, 02 Jan 2006 15:04:05 GMT",
		"Thu, 05 Nov 2026 09:02:03 GMT"},
	    {"2026-11-04T09:02:03Z", "Monday, 02-Jan-06 15:04:05 MST",
		"Wednesday, 04-Nov-26 09:02:03 MST"},
	    {"2026-11-05", "02 Jan 06 15:04 -0700", "05 Nov 26 00:00 -0700"},
	    {"2070-11-05", "02 Jan 06 15:04 -0700", "2070-11-05T00:00:00Z"},
	    {"2026-11-25T09:02:03Z", "Mon Jan  2 15:04:05 2006",
		"Wed Nov 25 09:02:03 2026"},
	    {"2026-11-25T09:02:03Z", "Mon Jan 2 15:04:05 2006",
		"Wed Nov 25 09:02:03 2026"},
	    {"2026-11-05T09:02:03Z", "Mon Jan 12 15:04:05 2006",
		"Thu Nov  5 09:02:03 2026"},
	    {"2026-11-05T09:02:03Z", "Mon Jan 02 15:04:05 2006",
		"Thu Nov 05 09:02:03 2026"},
	    {"2026-11-05T09:02:03Z", "1697376000", "1793869323"},
	    {"2026-11-05T09:02:03+01:00", "next week",
		"2026-11-05T09:02:03+01:00"},
	    {"9999-12-31T23:30:00Z", "2020-01-01T00:00:00+08:00",
		"9999-12-31T23:59:59+08:00"},
	    {"0001-01-01T00:00:00Z", "2020-01-01T00:00:00-08:00",
		"0001-01-01T00:00:00-08:00"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct date d = parsed(cases[i].date);

		same(date_like(&d, cases[i].example, strlen(cases[i].example)),
		    cases[i].want);
	}
}

static void
counts_seconds(void **state)
{
	static const struct {
		const char *date;
		int64_t t;
	} cases[] = {
	    {"1970-01-01T00:00:00Z", 0},
	    {"1970-01-01", 0},
	    {"2000-02-29T12:00:00Z", 951825600},
	    {"2001-09-09T01:46:40Z", 1000000000},
	    {"2023-10-15T13:20:00+08:00", 1697347200},
	    {"1969-12-31T23:59:59Z", -1},
	    {"1900-03-01T00:00:00Z", -2203891200},
	    {"0001-01-01T00:00:00Z", INT64_C(-62135596800)},
	    {"9999-12-31T23:59:59Z", INT64_C(253402300799)},
	};
	struct date d;

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		d = parsed(cases[i].date);
		assert_int_equal(date_unix(&d, NULL), cases[i].t);
	}
	/* There and back, over four hundred years and a bit, in odd steps. */
	for (int64_t t = INT64_C(-20000000000); t < 20000000000; t += 7777777) {
		date_from_unix(t, 3600, &d);
		assert_int_equal(date_unix(&d, NULL), t);
		assert_int_equal(d.offset, 3600);
	}
	date_from_unix(INT64_MAX, 3600, &d);
	same(date_rfc3339(&d), "9999-12-31T23:59:59+01:00");
	date_from_unix(INT64_MIN, -1800, &d);
	same(date_rfc3339(&d), "0001-01-01T00:00:00-00:30");
}

static void
says_distances(void **state)
{
	static const struct {
		int64_t apart;
		const char *want;
	} cases[] = {
	    {0, "now"},
	    {59, "now"},
	    {-59, "now"},
	    {60, "in 1 min"},
	    {5 * 60 + 1, "in 5 min"},
	    {-3599, "59 min ago"},
	    {3 * 3600, "in 3 h"},
	    {-86399, "23 h ago"},
	    {-2 * 86400, "2 d ago"},
	    {30 * 86400, "in 30 d"},
	    {31 * 86400, "in 1 mo"},
	    {-364 * 86400, "11 mo ago"},
	    {-INT64_C(4) * 366 * 86400, "4 y ago"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++)
		same(date_distance(1000000000 + cases[i].apart, 1000000000),
		    cases[i].want);
	same(date_distance(INT64_MIN, INT64_MAX), "584554049253 y ago");
}

static void
reads_what_is_typed(void **state)
{
	static const struct {
		const char *typed, *base, *want;
	} cases[] = {
	    {"2026-11-25", "2020-01-02T03:04:05+08:00",
		"2026-11-25T03:04:05+08:00"},
	    {"2026-11-25", "2020-01-02", "2026-11-25"},
	    {" 2026-1-5 ", "2020-01-02", "2026-01-05"},
	    {"2026/11/5", "2020-01-02", "2026-11-05"},
	    {"2026.11.5", "2020-01-02", "2026-11-05"},
	    {"20261125", "2020-01-02", "2026-11-25"},
	    {"1697376000", "2020-01-02", "2023-10-15"},
	    {"2026-11-25 14:20", "2020-01-02T03:04:05+08:00",
		"2026-11-25T14:20:00+08:00"},
	    {"2026-11-25T9:20", "2020-01-02T03:04:05+08:00",
		"2026-11-25T09:20:00+08:00"},
	    {"2026-11-25 14:20 +1", "2020-01-02T03:04:05-08:00",
		"2026-11-25T05:20:00-08:00"},
	    {"2026-11-25 14:20 +0130", "2020-01-02T03:04:05Z",
		"2026-11-25T12:50:00Z"},
	    {"2026-11-25 14:20 utc", "2020-01-02T03:04:05+08:00",
		"2026-11-25T22:20:00+08:00"},
	    {"14:20", "2020-01-02T03:04:05+08:00", "2020-01-02T14:20:00+08:00"},
	    {"14:20:30.5", "2020-01-02T03:04:05.000+08:00",
		"2020-01-02T14:20:30.500+08:00"},
	    {"5 Nov", "2020-01-02", "2020-11-05"},
	    {"5 November 2026", "2020-01-02", "2026-11-05"},
	    {"Nov 5, 2026", "2020-01-02", "2026-11-05"},
	    {"sept. 5", "2020-01-02", NULL},
	    {"nov. 5", "2020-01-02", "2020-11-05"},
	    {"nov 5 14:20", "2020-01-02T03:04:05Z", "2020-11-05T14:20:00Z"},
	    {"today", "2020-01-02T03:04:05-08:00", "2026-11-24T03:04:05-08:00"},
	    {"today 18:00", "2020-01-02T03:04:05Z", "2026-11-25T18:00:00Z"},
	    {"tomorrow", "2020-01-02", "2026-11-26"},
	    {"Yesterday", "2020-01-02", "2026-11-24"},
	    {"NOW", "2020-01-02T03:04:05+08:00", "2026-11-25T14:00:00+08:00"},
	    {"now", "2020-01-02", "2026-11-25"},
	    {"", "2020-01-02", NULL},
	    {"5", "2020-01-02", NULL},
	    {"2026", "2020-01-02", NULL},
	    {"2026-02-30", "2020-01-02", NULL},
	    {"31 Feb", "2020-01-02", NULL},
	    {"25:00", "2020-01-02", NULL},
	    {"14:2", "2020-01-02", NULL},
	    {"2026-11/25", "2020-01-02", NULL},
	    {"2026-11-25 2026-11-25", "2020-01-02", NULL},
	    {"14:20 15:20", "2020-01-02", NULL},
	    {"now now", "2020-01-02", NULL},
	    {"nowhere", "2020-01-02", NULL},
	    {"next week", "2020-01-02", NULL},
	    {"+08:00 +08:00", "2020-01-02", NULL},
	    {"14:20 +99", "2020-01-02", NULL},
	};

	(void)state;
	setenv("GALLEY_NOW", "2026-11-25T07:00:00+01:00", 1);
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct date base = parsed(cases[i].base), d;
		const char *typed = cases[i].typed;
		bool ok = date_parse_typed(typed, strlen(typed), &base, &d);

		if (ok != (cases[i].want != NULL))
			fail_msg("%s: '%s'", ok ? "read" : "not read", typed);
		if (ok)
			same(
			    date_like(&d, cases[i].base, strlen(cases[i].base)),
			    cases[i].want);
	}
}

static void
knows_the_time(void **state)
{
	struct date d;

	(void)state;
	setenv("GALLEY_NOW", "2026-11-25T14:20:00+01:00", 1);
	date_now(&d);
	same(date_rfc3339(&d), "2026-11-25T14:20:00+01:00");
	assert_int_equal(date_now_unix(), 1795612800);
	/* Without it, or with nonsense in it, the clock. */
	setenv("GALLEY_NOW", "yesterday", 1);
	assert_true(date_now_unix() > 1700000000);
	unsetenv("GALLEY_NOW");
	date_now(&d);
	assert_true(d.has_time && d.has_offset);
	assert_true(date_unix(&d, NULL) > 1700000000);
}

/* Bytes in any order are read or refused, and never beyond their end. */
static void
survives_any_bytes(void **state)
{
	static const char alphabet[] = "0123456789-:+TZ .,JanMonday\xff";
	struct date base = parsed("2020-01-02T03:04:05Z"), d;
	uint32_t seed = 3;
	char *s = xmalloc(40);

	(void)state;
	for (int round = 0; round < 20000; round++) {
		const char *from = taken[round % NITEMS(taken)][0];
		size_t len = strlen(from);
		char *exact = s + 40 - len;

		memcpy(exact, from, len);
		for (int k = 0; k < 1 + round % 3; k++) {
			seed = seed * 1664525u + 1013904223u;
			exact[(seed >> 8) % len] =
			    alphabet[(seed >> 20) % (sizeof(alphabet) - 1)];
		}
		if (date_parse(exact, len, &d)) {
			char *like = date_like(&d, exact, len);
			struct date again = parsed(like);

			assert_int_equal(
			    date_unix(&again, NULL), date_unix(&d, NULL));
			free(like);
		}
		for (size_t n = 0; n <= len; n++)
			date_parse_typed(exact + len - n, n, &base, &d);
	}
	free(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_what_hugo_takes),
	    cmocka_unit_test(refuses_what_hugo_refuses),
	    cmocka_unit_test(writes_back_what_it_read),
	    cmocka_unit_test(writes_like_the_example),
	    cmocka_unit_test(counts_seconds),
	    cmocka_unit_test(says_distances),
	    cmocka_unit_test(reads_what_is_typed),
	    cmocka_unit_test(knows_the_time),
	    cmocka_unit_test(survives_any_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
