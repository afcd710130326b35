/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "notify.h"

/* All there is, as "WHAT dir/name" lines below the test's directory. */
static char *
told(struct notify *n)
{
	static const char *const names[] = {
	    "written", "writing", "gone", "directory", "lost"};
	struct notify_event e;
	struct buf b = {0};

	while (notify_next(n, &e))
		buf_printf(&b, "%s %s\n", names[e.what], e.name ? e.name : "");
	return b.data ? b.data : calloc(1, 1);
}

static struct notify *
watcher(const char *dir)
{
	struct notify *n = notify_new();
	struct notify_event e;

	if (!n)
		skip();
	if (notify_add(n, dir) == -1) {
		/* The tests run on such a file system. */
		notify_free(n);
		skip();
	}
	assert_false(notify_next(n, &e));
	return n;
}

#define told_is(n, want) \
	do { \
		char *is_ = told(n); \
		assert_string_equal(is_, want); \
		free(is_); \
	} while (0)

static void
tells_of_files(void **state)
{
	const char *dir = test_dir();
	struct notify *n;
	FILE *f;

	(void)state;
	test_write(dir, "a.md", "one");
	n = watcher(dir);
	test_write(dir, "a.md", "two");
	told_is(n, "writing a.md\nwritten a.md\n");
	/* As editors save: beside it, then in its place. */
	test_write(dir, "a.md~", "three");
	test_sh(dir, "mv a.md~ a.md");
	told_is(n, "writing a.md~\nwriting a.md~\nwritten a.md~\n"
		   "gone a.md~\nwritten a.md\n");
	test_sh(dir, "ln a.md b.md; rm a.md");
	told_is(n, "writing b.md\ngone a.md\n");
	f = fopen(test_path(dir, "b.md"), "a");
	assert_non_null(f);
	fputs("more", f);
	fflush(f);
	told_is(n, "writing b.md\n");
	fclose(f);
	told_is(n, "written b.md\n");
	notify_free(n);
}

static void
tells_of_directories(void **state)
{
	const char *dir = test_dir();
	struct notify *n;

	(void)state;
	test_write(dir, "old/x.md", "x");
	n = watcher(dir);
	test_sh(dir, "mkdir new");
	told_is(n, "directory new\n");
	assert_int_equal(notify_add(n, test_path(dir, "new")), 0);
	assert_int_equal(notify_add(n, test_path(dir, "old")), 0);
	test_write(test_path(dir, "new"), "x.md", "x");
	told_is(n, "writing x.md\nwriting x.md\nwritten x.md\n");
	/* Another name: what is in it is told no more until it is added. */
	test_sh(dir, "mv old older; : >older/y.md");
	told_is(
	    n, "directory old\ndirectory older\nwriting y.md\nwritten y.md\n");
	test_sh(dir, ": >older/z.md");
	told_is(n, "");
	test_sh(dir, "rm -r new");
	told_is(n, "gone x.md\ndirectory new\n");
	notify_free(n);
}

static void
needs_no_directory(void **state)
{
	const char *dir = test_dir();
	struct notify *n;

	(void)state;
	test_write(dir, "x.md", "x");
	n = watcher(dir);
	assert_int_equal(notify_add(n, test_path(dir, "nothing")), 0);
	assert_int_equal(notify_add(n, test_path(dir, "x.md")), 0);
	/* Twice is once. */
	assert_int_equal(notify_add(n, dir), 0);
	test_sh(dir, "rm x.md");
	told_is(n, "gone x.md\n");
	notify_free(n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(tells_of_files),
	    cmocka_unit_test(tells_of_directories),
	    cmocka_unit_test(needs_no_directory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
