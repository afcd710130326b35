/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diff.h"
#include "mem.h"

static void
unified_is(const char *a, const char *b, const char *want)
{
	struct buf out = {0};

	diff_unified("x.md", a, strlen(a), b, strlen(b), &out);
	assert_string_equal(buf_text(&out), want);
	buf_dispose(&out);
}

#define HEAD "--- a/x.md\n+++ b/x.md\n"

static void
prints_hunks(void **state)
{
	(void)state;
	unified_is("a\n", "a\n", "");
	unified_is("", "a\n", HEAD "@@ -0,0 +1 @@\n+a\n");
	unified_is("a\n", "", HEAD "@@ -1 +0,0 @@\n-a\n");
	unified_is("1\n2\n3\n4\n5\n6\n7\n8\n9\n",
	    "1\n2\n3\n4\nfive\n6\n7\n8\n9\n",
	    HEAD "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+five\n 6\n 7\n 8\n");
	unified_is("a\r\nb", "A\r\nb",
	    HEAD "@@ -1,2 +1,2 @@\n-a\r\n+A\r\n b\n\\ No newline at end of "
		 "file\n");
	unified_is("a\nb", "a\nb\n",
	    HEAD "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n"
		 "+b\n");
}

static void
joins_what_is_near(void **state)
{
	(void)state;
	/* Six lines between: one hunk; seven: two. */
	unified_is("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
	    HEAD "@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n 6\n-b\n+B\n");
	unified_is("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "1\n2\n3\n4\n5\n6\n7\nB\nC\n",
	    HEAD "@@ -1,4 +1,3 @@\n-a\n 1\n 2\n 3\n"
		 "@@ -6,4 +5,5 @@\n 5\n 6\n 7\n-b\n+B\n+C\n");
}

/* git says the same of the same texts. */
static void
agrees_with_git(void **state)
{
	const char *dir = test_dir();
	struct buf a = {0}, b = {0}, out = {0};
	char *want;

	(void)state;
	for (int i = 0; i < 60; i++) {
		buf_printf(&a, "line %d\n", i);
		if (i % 13 != 4)
			buf_printf(&b, "line %d%s\n", i, i % 17 ? "" : "!");
		if (i % 29 == 5)
			buf_printf(&b, "more %d\n", i);
	}
	test_write(dir, "a/x.md", buf_text(&a));
	test_write(dir, "b/x.md", buf_text(&b));
	test_sh(dir, "git diff --no-index --no-color --no-ext-diff --no-prefix "
		     "--src-prefix=a/ --dst-prefix=b/ a/x.md b/x.md | "
		     "sed -e '1,2d' -e 's,a/a/,a/,' -e 's,b/b/,b/,' "
		     "-e 's/^\\(@@ .* @@\\).*/\\1/' >want");
	diff_unified("x.md", a.data, a.len, b.data, b.len, &out);
	want = test_read(test_path(dir, "want"));
	assert_string_equal(buf_text(&out), want);
	free(want);
	buf_dispose(&a);
	buf_dispose(&b);
	buf_dispose(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(prints_hunks),
	    cmocka_unit_test(joins_what_is_near),
	    cmocka_unit_test(agrees_with_git),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
