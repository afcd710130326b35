/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>

#include "settle.h"

static void
taken_is(struct settle *s, int64_t now, const char *want)
{
	char *got = settle_take(s, now);

	if (want)
		assert_string_equal(got, want);
	else
		assert_null(got);
	free(got);
}

static void
whole_at_once(void **state)
{
	struct settle s = {0};

	(void)state;
	assert_int_equal(settle_ms(&s, 0), -1);
	settle_note(&s, "a", 1000, 0);
	settle_note(&s, "b", 1000, 0);
	settle_note(&s, "a", 1000, 0);
	assert_int_equal(settle_ms(&s, 1000), 0);
	taken_is(&s, 1000, "a");
	taken_is(&s, 1000, "b");
	taken_is(&s, 1000, NULL);
	/* A burst: the next one waits a little. */
	settle_note(&s, "a", 1001, 0);
	assert_int_equal(settle_ms(&s, 1001), SETTLE_GAP_MS - 1);
	taken_is(&s, 1001, NULL);
	taken_is(&s, 1000 + SETTLE_GAP_MS, "a");
	taken_is(&s, 1000 + SETTLE_GAP_MS, NULL);
	assert_int_equal(settle_ms(&s, 2000), -1);
	settle_clear(&s);
}

static void
half_waits(void **state)
{
	struct settle s = {0};

	(void)state;
	settle_note(&s, "a", 1000, SETTLE_MS);
	assert_true(settle_has(&s, "a"));
	assert_false(settle_has(&s, "b"));
	taken_is(&s, 1000, NULL);
	/* The rest of it, and the end. */
	settle_note(&s, "a", 1020, SETTLE_MS);
	assert_int_equal(settle_ms(&s, 1050), 20);
	taken_is(&s, 1050, NULL);
	settle_note(&s, "a", 1051, 0);
	taken_is(&s, 1051, "a");
	taken_is(&s, 1051, NULL);
	assert_false(settle_has(&s, "a"));
	/* Nothing comes: it is as it is. */
	settle_note(&s, "a", 2000, SETTLE_MS);
	taken_is(&s, 2049, NULL);
	taken_is(&s, 2050, "a");
	settle_clear(&s);
}

static void
no_end(void **state)
{
	struct settle s = {0};

	(void)state;
	for (int64_t now = 1000; now < 1000 + SETTLE_MOST_MS; now += 10) {
		settle_note(&s, "log", now, SETTLE_MS);
		taken_is(&s, now, NULL);
	}
	settle_note(&s, "log", 1000 + SETTLE_MOST_MS, SETTLE_MS);
	taken_is(&s, 1000 + SETTLE_MOST_MS, "log");
	settle_note(&s, "left", 3000, SETTLE_MS);
	settle_clear(&s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_at_once),
	    cmocka_unit_test(half_waits),
	    cmocka_unit_test(no_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
