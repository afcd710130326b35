/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "err.h"

#define BAD "\xef\xbf\xbd"

static void
splices_anywhere(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_puts(&b, "draft: true\n");
	buf_splice(&b, 7, 4, "false", 5);
	assert_string_equal(buf_text(&b), "draft: false\n");
	buf_splice(&b, 0, 7, NULL, 0);
	assert_string_equal(buf_text(&b), "false\n");
	buf_splice(&b, b.len, 0, "end", 3);
	assert_string_equal(buf_text(&b), "false\nend");
	assert_int_equal(b.len, 9);
	buf_dispose(&b);
	assert_string_equal(buf_text(&b), "");
}

static void
errors_are_one_clean_line(void **state)
{
	struct err err;
	char *a_lot = malloc(5000);

	(void)state;
	/* C0, C1, and what turns the direction of text. */
	assert_int_equal(
	    err_set(&err, "a\x1b[31m\nb\xc2\x9b\xe2\x80\xae\xff"), -1);
	assert_string_equal(err.msg, "a" BAD "[31m b" BAD BAD BAD);
	/* Cut at a code point, with a sign that it was cut. */
	for (int i = 0; i < 4998; i += 2)
		memcpy(a_lot + i, "é", 2);
	a_lot[4998] = '\0';
	err_at(&err, 3, 4, "%s", a_lot);
	assert_int_equal(err.line, 3);
	assert_int_equal(err.column, 4);
	assert_true(strlen(err.msg) < sizeof(err.msg));
	assert_string_equal(err.msg + strlen(err.msg) - 5, "é…");
	/* The message may be made of itself. */
	err_set(&err, "x");
	err_code(&err, ERR_GIT, "say: %s", err.msg);
	assert_string_equal(err.msg, "say: x");
	assert_int_equal(err_status(&err), 4);
	free(a_lot);
}

static void
errors_say_where(void **state)
{
	struct err err;

	(void)state;
	err_at(&err, 3, 4, "no");
	assert_int_equal(err_where(&err, "a.md"), -1);
	assert_string_equal(err.msg, "a.md:3:4: no");
	assert_int_equal(err.line, 0);
	err_at(&err, 3, 0, "no");
	err_where(&err, "a.md");
	assert_string_equal(err.msg, "a.md:3: no");
	err_code(&err, ERR_GIT, "no");
	err_where(&err, "a.md");
	assert_string_equal(err.msg, "a.md: no");
	assert_int_equal(err.code, ERR_GIT);
	/* Once is enough. */
	err_where(&err, "a.md");
	assert_string_equal(err.msg, "a.md: no");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(splices_anywhere),
	    cmocka_unit_test(errors_are_one_clean_line),
	    cmocka_unit_test(errors_say_where),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
