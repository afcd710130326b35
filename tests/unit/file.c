/* SPDX-License-Identifier: ISC */
/* Reading files, listing directories, making files, paths as strings. */
#include "../test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"

static void
reads_a_whole_file(void **state)
{
	const char *dir = test_dir(), *path;
	struct buf b = {0};
	struct stamp one, two;
	struct err err;
	char *big = xmalloc(100001);

	(void)state;
	memset(big, 'x', 100000);
	big[100000] = '\0';
	path = test_write(dir, "a", big);
	buf_puts(&b, "before ");
	assert_int_equal(file_read(path, &b, &one, &err), 0);
	assert_int_equal(b.len, 100007);
	assert_string_equal(b.data + 7, big);
	assert_int_equal(one.size, 100000);
	assert_int_equal(file_stamp(path, &two, &err), 0);
	assert_true(stamp_equal(&one, &two));
	buf_clear(&b);
	assert_int_equal(file_read_head(path, 20000, &b, &two, &err), 0);
	assert_int_equal(b.len, 20000);
	assert_true(stamp_equal(&one, &two));
	buf_clear(&b);
	assert_int_equal(
	    file_read(test_write(dir, "b", ""), &b, &two, &err), 0);
	assert_int_equal(b.len, 0);
	assert_false(stamp_equal(&one, &two));
	buf_dispose(&b);
	free(big);
}

static void
refused(const char *path, const char *why)
{
	struct buf b = {0};
	struct err err;
	char *want = xasprintf("%s: %s", path, why);

	assert_int_equal(file_read(path, &b, NULL, &err), -1);
	assert_int_equal(err.code, ERR_FAIL);
	assert_string_equal(err.msg, want);
	assert_int_equal(b.len, 0);
	free(want);
	buf_dispose(&b);
}

static void
reads_only_regular_files_of_some_size(void **state)
{
	const char *dir = test_dir(), *path;
	struct buf b = {0};
	struct err err;

	(void)state;
	refused(dir, "is a directory, not a file");
	refused("/dev/null", "is not a regular file");
	path = test_path(dir, "fifo");
	assert_int_equal(mkfifo(path, 0666), 0);
	refused(path, "is not a regular file");
	refused(test_path(dir, "none"), "No such file or directory");
	path = test_write(dir, "huge", "x");
	assert_int_equal(truncate(path, (64 << 20) + 1), 0);
	refused(path, "is larger than 64 MiB");
	assert_int_equal(file_read_head(path, 1, &b, NULL, &err), 0);
	assert_string_equal(buf_text(&b), "x");
	buf_dispose(&b);
}

static void
creates_with_directories(void **state)
{
	const char *dir = test_dir(), *path = test_path(dir, "a/b c/d.md");
	struct err err;
	char *text;

	(void)state;
	assert_int_equal(file_create(path, "hello\n", 6, &err), 0);
	text = test_read(path);
	assert_string_equal(text, "hello\n");
	free(text);
	assert_int_equal(file_create(path, "x", 1, &err), -1);
	assert_non_null(strstr(err.msg, "d.md: exists already"));
	/* A dangling link is there as well. */
	path = test_path(dir, "link");
	assert_int_equal(symlink("nowhere", path), 0);
	assert_int_equal(file_create(path, "x", 1, &err), -1);
	assert_true(file_exists(path));
	assert_false(file_is_regular(path));
	/* A file where a directory should be. */
	path = test_path(dir, "a/b c/d.md/e/f");
	assert_int_equal(file_create(path, "x", 1, &err), -1);
	assert_non_null(strstr(err.msg, "d.md: is not a directory"));
	assert_int_equal(file_mkdirs(test_path(dir, "x//y/"), &err), 0);
	assert_true(file_is_dir(test_path(dir, "x/y")));
	assert_int_equal(file_mkdirs(test_path(dir, "x/y"), &err), 0);
}

static void
lists_names_in_order(void **state)
{
	const char *dir = test_dir();
	char **names;
	size_t n;
	struct err err;

	(void)state;
	assert_int_equal(file_names(dir, &names, &n, &err), 0);
	assert_int_equal(n, 0);
	file_names_free(names, n);
	test_write(dir, "b", "");
	test_write(dir, "B", "");
	test_write(dir, ".c", "");
	test_write(dir, "\xc3\xa9", "");
	assert_int_equal(file_names(dir, &names, &n, &err), 0);
	assert_int_equal(n, 4);
	assert_string_equal(names[0], ".c");
	assert_string_equal(names[1], "B");
	assert_string_equal(names[2], "b");
	assert_string_equal(names[3], "\xc3\xa9");
	file_names_free(names, n);
	assert_int_equal(file_names(test_path(dir, "b"), &names, &n, &err), -1);
	assert_non_null(strstr(err.msg, "/b: Not a directory"));
	assert_null(names);
}

static void
is(char *got, const char *want)
{
	assert_string_equal(got, want);
	free(got);
}

static void
paths_are_put_together(void **state)
{
	(void)state;
	is(path_join("a", "b"), "a/b");
	is(path_join("a/", "b"), "a/b");
	is(path_join("/", "b"), "/b");
	is(path_join("a", "/b"), "/b");
	is(path_join("", "b"), "b");
	is(path_join("a", ""), "a");
	is(path_dir("a/b"), "a");
	is(path_dir("a//b"), "a");
	is(path_dir("a"), ".");
	is(path_dir("/a"), "/");
	is(path_dir("//"), "/");
	is(path_dir("a/"), "a");
	assert_string_equal(path_base("a/b.md"), "b.md");
	assert_string_equal(path_base("a/"), "");
	assert_string_equal(path_ext("a.b/c.tar.gz"), "gz");
	assert_string_equal(path_ext("a.b/c"), "");
	assert_string_equal(path_ext(".git"), "");
	assert_string_equal(path_ext("a."), "");
}

static void
paths_are_cleaned(void **state)
{
	(void)state;
	is(path_clean(""), ".");
	is(path_clean("."), ".");
	is(path_clean("./"), ".");
	is(path_clean("a/.."), ".");
	is(path_clean("/"), "/");
	is(path_clean("//a//./b/"), "/a/b");
	is(path_clean("/.."), "/");
	is(path_clean("/a/../.."), "/");
	is(path_clean("/a/../../b"), "/b");
	is(path_clean("../a"), "../a");
	is(path_clean("../.."), "../..");
	is(path_clean("a/../../b"), "../b");
	is(path_clean("a/b/../c"), "a/c");
	is(path_clean("a/..b/...c"), "a/..b/...c");
	is(path_clean("a/b/../../../.."), "../..");
}

static void
below(const char *dir, const char *path, const char *want)
{
	const char *got = path_below(dir, path);

	if (want)
		assert_string_equal(got, want);
	else
		assert_null(got);
}

static void
paths_are_below(void **state)
{
	(void)state;
	below("a", "a/b/c", "b/c");
	below("a", "a", "");
	below("a", "ab", NULL);
	below("a/b", "a", NULL);
	below("/", "/a", "a");
	below("/", "a", NULL);
	below(".", "a/b", "a/b");
	below(".", "..a", "..a");
	below(".", "../a", NULL);
	below(".", "..", NULL);
	below(".", "/a", NULL);
	below(".", ".", "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_a_whole_file),
	    cmocka_unit_test(reads_only_regular_files_of_some_size),
	    cmocka_unit_test(creates_with_directories),
	    cmocka_unit_test(lists_names_in_order),
	    cmocka_unit_test(paths_are_put_together),
	    cmocka_unit_test(paths_are_cleaned),
	    cmocka_unit_test(paths_are_below),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
