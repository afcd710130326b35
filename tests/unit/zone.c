/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "zone.h"

/* A TZif file: three offsets, two transitions, and a rule for the rest. */
struct tzif {
	struct buf b;
	size_t second; /* where its second block begins */
};

static void
put(struct buf *b, int64_t value, int size)
{
	while (size-- > 0)
		buf_putc(b, (char)((uint64_t)value >> (8 * size)));
}

static void
put_block(struct buf *b, int time_size)
{
	static const int counts[] = {1, 1, 0, 2, 3, 4};
	static const int offsets[] = {3600, 7200, -1800};

	buf_add(b, "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", 20);
	for (size_t i = 0; i < NITEMS(counts); i++)
		put(b, counts[i], 4);
	put(b, 1000, time_size);
	put(b, 2000000000, time_size);
	buf_add(b, "\1\2", 2);
	for (size_t i = 0; i < NITEMS(offsets); i++) {
		put(b, offsets[i], 4);
		buf_add(b, "\0\0", 2);
	}
	buf_add(b, "XXX\0", 4);
	buf_add(b, "\0\0", 2);
}

static struct tzif
tzif(const char *rule)
{
	struct tzif f = {0};

	put_block(&f.b, 4);
	f.second = f.b.len;
	put_block(&f.b, 8);
	buf_printf(&f.b, "\n%s\n", rule);
	return f;
}

static struct zone *
load(const char *bytes, size_t len)
{
	FILE *out = fopen(test_path(getenv("TZDIR"), "Zone"), "w");

	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, len, out), len);
	fclose(out);
	return zone_load("Zone");
}

static struct zone *
with_rule(const char *rule)
{
	struct tzif f = tzif(rule);
	struct zone *z = load(f.b.data, f.b.len);

	buf_dispose(&f.b);
	assert_non_null(z);
	return z;
}

static int64_t
at(const char *date)
{
	struct date d;

	assert_true(date_parse(date, strlen(date), &d));
	return date_unix(&d, NULL);
}

static void
finds_transitions(void **state)
{
	struct zone *z = with_rule("");

	(void)state;
	assert_int_equal(zone_offset(z, INT64_MIN), 3600);
	assert_int_equal(zone_offset(z, 999), 3600);
	assert_int_equal(zone_offset(z, 1000), 7200);
	assert_int_equal(zone_offset(z, 1999999999), 7200);
	assert_int_equal(zone_offset(z, 2000000000), -1800);
	assert_int_equal(zone_offset(z, INT64_MAX), -1800);
	zone_free(z);
}

static void
follows_the_rule(void **state)
{
	static const struct {
		const char *rule, *date;
		int offset;
	} cases[] = {
	    {"JST-9", "2040-07-01", 32400},
	    {"<+0330>-3:30", "2040-07-01", 12600},
	    {"<-02>2", "2040-07-01", -7200},
	    {"CET-1CEST,M3.5.0,M10.5.0/3", "2040-03-25T00:59:59Z", 3600},
	    {"CET-1CEST,M3.5.0,M10.5.0/3", "2040-03-25T01:00:00Z", 7200},
	    {"CET-1CEST,M3.5.0,M10.5.0/3", "2040-10-28T00:59:59Z", 7200},
	    {"CET-1CEST,M3.5.0,M10.5.0/3", "2040-10-28T01:00:00Z", 3600},
	    {"EST5EDT,M3.2.0,M11.1.0", "2041-03-10T06:59:59Z", -18000},
	    {"EST5EDT,M3.2.0,M11.1.0", "2041-03-10T07:00:00Z", -14400},
	    {"EST5EDT,M3.2.0,M11.1.0", "2041-11-03T06:00:00Z", -18000},
	    /* The south: summer spans the new year. */
	    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2040-12-31T23:00:00Z", 39600},
	    {"AEST-10AEDT,M10.1.0,M4.1.0/3", "2040-06-01T00:00:00Z", 36000},
	    /* Ireland has its winter as the odd one. */
	    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2040-07-01", 3600},
	    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2040-01-01", 0},
	    /* Negative hours, days of the year, leap days. */
	    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2040-03-25T00:59:59Z", -7200},
	    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2040-03-25T01:00:00Z", -3600},
	    {"AAA0BBB,J60/0,J300/0", "2040-03-01T00:00:00Z", 3600},
	    {"AAA0BBB,J60/0,J300/0", "2040-02-29T23:59:59Z", 0},
	    {"AAA0BBB,60/0,300/0", "2040-03-01T00:00:00Z", 3600},
	    {"AAA0BBB,60/0,300/0", "2041-03-01T23:59:59Z", 0},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct zone *z = with_rule(cases[i].rule);

		assert_int_equal(
		    zone_offset(z, at(cases[i].date)), cases[i].offset);
		zone_free(z);
	}
}

static void
passes_over_broken_rules(void **state)
{
	static const char *const rules[] = {"A3", "AAA", "AAA25", "<AAA3",
	    "AAA3B", "AAA3BBB", "AAA3BBB,M3.5.0", "AAA3BBB,M13.5.0,M10.5.0",
	    "AAA3BBB,M0.5.0,M10.5.0", "AAA3BBB,M3.6.0,M10.5.0",
	    "AAA3BBB,M3.5.7,M10.5.0", "AAA3BBB,M3.5.0,M10.5.0/168",
	    "AAA3BBB,M3.5.0,M10.5.0 ", "AAA3BBB,J0,J300", "AAA3BBB,366,1",
	    "AAA3:60", "AAA99999999999999999999"};

	(void)state;
	for (size_t i = 0; i < NITEMS(rules); i++) {
		struct zone *z = with_rule(rules[i]);

		/* The last offset stays. */
		assert_int_equal(zone_offset(z, INT64_MAX), -1800);
		zone_free(z);
	}
}

static void
gives_local_dates_their_offset(void **state)
{
	struct zone *z = with_rule("CET-1CEST,M3.5.0,M10.5.0/3");
	static const struct {
		const char *date, *same;
	} cases[] = {
	    {"2040-01-01 12:00:00", "2040-01-01T12:00:00+01:00"},
	    {"2040-07-01", "2040-07-01T00:00:00+02:00"},
	    {"2040-03-25 03:00:00", "2040-03-25T03:00:00+02:00"},
	    {"2040-07-01T00:00:00Z", "2040-07-01T00:00:00Z"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct date d;

		assert_true(
		    date_parse(cases[i].date, strlen(cases[i].date), &d));
		assert_int_equal(date_unix(&d, z), at(cases[i].same));
	}
	zone_free(z);
}

static void
knows_the_local_zone(void **state)
{
	struct zone *z = with_rule("JST-9");

	(void)state;
	zone_free(z);
	setenv("TZ", ":Zone", 1);
	z = zone_load("Local");
	assert_int_equal(zone_offset(z, 2100000000), 9 * 3600);
	zone_free(z);
	setenv("TZ", "", 1);
	z = zone_load("Local");
	assert_int_equal(zone_offset(z, 2100000000), 0);
	zone_free(z);
	setenv("TZ", "Local", 1);
	assert_null(zone_load("Local"));
	setenv("TZ", "UTC", 1);
}

static void
refuses_names_that_leave(void **state)
{
	static const char *const names[] = {"../Zone", "a/../Zone",
	    "/etc/passwd", ".", "..", "Zone.tab", "No/Such", "Zo\ne", "Zone ",
	    "a\\b", "\xff"};
	struct zone *z = with_rule("JST-9");

	(void)state;
	zone_free(z);
	for (size_t i = 0; i < NITEMS(names); i++)
		assert_null(zone_load(names[i]));
	z = zone_load("");
	assert_int_equal(zone_offset(z, 0), 0);
	zone_free(z);
	z = zone_load("UTC");
	assert_int_equal(zone_offset(z, 2100000000), 0);
	zone_free(z);
	zone_free(NULL);
	assert_int_equal(zone_offset(NULL, 5), 0);
	test_write(getenv("TZDIR"), "dir/file", "x");
	assert_null(zone_load("dir"));
	assert_null(zone_load("dir/file"));
}

/* Cut anywhere or with any byte changed: a zone or none, and no harm. */
static void
survives_damage(void **state)
{
	struct tzif f = tzif("CET-1CEST,M3.5.0,M10.5.0/3");
	static const char values[] = {'\0', '\1', '\x7f', '\x80', '\xff', ';'};
	struct zone *z;

	(void)state;
	for (size_t len = 0; len < f.second + 44; len++)
		assert_null(load(f.b.data, len));
	for (size_t i = 0; i < f.b.len; i++) {
		char kept = f.b.data[i];

		f.b.data[i] = values[i % sizeof(values)];
		z = load(f.b.data, f.b.len);
		if (z != NULL)
			for (int64_t t = -4; t < 5; t++)
				assert_in_range(
				    zone_offset(z, t * (INT64_C(1) << 60)) +
					170 * 3600,
				    0, 340 * 3600);
		zone_free(z);
		f.b.data[i] = kept;
	}
	/* An offset beyond reason, a transition out of order. */
	f.b.data[f.second + 44 + 18] = 1;
	assert_null(load(f.b.data, f.b.len));
	f.b.data[f.second + 44 + 18] = 0;
	f.b.data[f.second + 44] = 1;
	assert_null(load(f.b.data, f.b.len));
	buf_dispose(&f.b);
}

static void
reads_the_system(void **state)
{
	struct zone *z;

	(void)state;
	unsetenv("TZDIR");
	z = zone_load("Europe/Berlin");
	if (z == NULL)
		skip();
	assert_int_equal(zone_offset(z, at("2023-07-01")), 7200);
	assert_int_equal(zone_offset(z, at("2023-01-01")), 3600);
	assert_int_equal(zone_offset(z, at("2345-07-01")), 7200);
	assert_int_equal(zone_offset(z, at("1942-01-01")), 7200);
	zone_free(z);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_transitions),
	    cmocka_unit_test(follows_the_rule),
	    cmocka_unit_test(passes_over_broken_rules),
	    cmocka_unit_test(gives_local_dates_their_offset),
	    cmocka_unit_test(knows_the_local_zone),
	    cmocka_unit_test(refuses_names_that_leave),
	    cmocka_unit_test(survives_damage),
	    cmocka_unit_test(reads_the_system),
	};

	setenv("TZDIR", test_dir(), 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
