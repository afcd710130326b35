/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "diff.h"

static void
note(void *ctx, const struct diff_line *l)
{
	buf_printf(ctx, "%c%u %.*s|", l->sign, l->line, (int)l->len, l->text);
}

static void
diff_is(const char *a, const char *b, const char *want)
{
	struct buf out = {0};

	diff_lines(a, strlen(a), b, strlen(b), note, &out);
	assert_string_equal(buf_text(&out), want);
	buf_dispose(&out);
}

static void
tells_what_differs(void **state)
{
	(void)state;
	diff_is("", "", "");
	diff_is("a\nb\n", "a\nb\n", "");
	diff_is("", "a\n", "+1 a|");
	diff_is("a\nb\nc\n", "a\nc\n", "-2 b|");
	diff_is("a\nb\nc\nd\n", "a\nB\nc\nD\n", "-2 b|+2 B|-4 d|+4 D|");
	diff_is("a\nb\n", "x\na\nb\ny\n", "+1 x|+4 y|");
	diff_is("a\nb\nc\n", "b\nc\nd\n", "-1 a|+3 d|");
	/* An ending is part of a line, but not of what is told. */
	diff_is("a\r\nb", "a\nb", "-1 a|+1 a|");
	diff_is("a\nb", "a\nb\n", "-2 b|+2 b|");
	diff_is("1\n2\n3\n", "4\n5\n", "-1 1|-2 2|-3 3|+1 4|+2 5|");
}

static void
bounds_what_it_compares(void **state)
{
	struct buf a = {0}, b = {0}, out = {0};
	size_t lines = 0;

	(void)state;
	for (int i = 0; i < 5000; i++) {
		buf_printf(&a, "a%d\n", i);
		buf_printf(&b, "b%d\n", i);
	}
	diff_lines(a.data, a.len, b.data, b.len, note, &out);
	for (size_t i = 0; i < out.len; i++)
		lines += out.data[i] == '|';
	assert_int_equal(lines, 10000);
	buf_dispose(&a);
	buf_dispose(&b);
	buf_dispose(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_what_differs),
	    cmocka_unit_test(bounds_what_it_compares),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
