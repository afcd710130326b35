/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "post.h"

static void
loads_edits_and_saves(void **state)
{
	const char *dir = test_dir();
	const char *path =
	    test_write(dir, "x.md", "---\r\ntitle: a # b\r\n---\r\nbody");
	struct err err;
	struct post *post = post_load(path, &err);
	struct value *v = value_string("c");
	char *text;

	(void)state;
	assert_non_null(post);
	assert_string_equal(post->path, path);
	assert_false(post_changed(post));
	assert_int_equal(fm_set(post->fm, "title", v, &err), 0);
	assert_true(post_changed(post));
	assert_int_equal(post_save(post, &err), 0);
	assert_false(post_changed(post));
	text = test_read(path);
	assert_string_equal(text, "---\r\ntitle: c # b\r\n---\r\nbody");
	assert_string_equal(buf_text(&post->base), text);
	free(text);
	/* The new stamp is the post's. */
	assert_int_equal(post_save(post, &err), 0);
	value_free(v);
	post_free(post);
}

static void
does_not_save_over_another_edit(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "x.md", "---\ntitle: a\n---\n");
	struct err err;
	struct post *post = post_load(path, &err);
	char *text;

	(void)state;
	test_write(dir, "x.md", "another edit");
	assert_int_equal(post_save(post, &err), -1);
	assert_int_equal(err.code, ERR_CHANGED);
	text = test_read(path);
	assert_string_equal(text, "another edit");
	free(text);
	post_free(post);
}

/* The time of a file says little: what is in it counts. */
static void
compares_the_bytes(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "x.md", "---\ntitle: a\n---\n");
	struct err err;
	struct post *post = post_load(path, &err);
	struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}};
	struct stat st;

	(void)state;
	assert_int_equal(stat(path, &st), 0);
	times[1] = st.st_mtim;
	test_write(dir, "x.md", "---\ntitle: b\n---\n");
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	assert_int_equal(post_save(post, &err), -1);
	assert_int_equal(err.code, ERR_CHANGED);
	test_write(dir, "x.md", "---\ntitle: a\n---\n");
	times[1].tv_sec += 5;
	assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
	assert_int_equal(post_save(post, &err), 0);
	unlink(path);
	assert_int_equal(post_save(post, &err), -1);
	assert_int_equal(err.code, ERR_CHANGED);
	assert_non_null(strstr(err.msg, "removed from the disk"));
	post_free(post);
}

static void
set_title(struct post *post, const char *title)
{
	struct value *v = value_string(title);
	struct err err;

	assert_int_equal(fm_set(post->fm, "title", v, &err), 0);
	value_free(v);
}

static void
saves_all_or_none(void **state)
{
	const char *dir = test_dir(), *text = "---\ntitle: a\n---\n";
	struct post *posts[3];
	struct err err;
	size_t failed = 9;
	char *got;

	(void)state;
	posts[0] = post_load(test_write(dir, "x.md", text), &err);
	posts[1] = post_load(test_write(dir, "y.md", text), &err);
	posts[2] = post_load(test_write(dir, "z.md", text), &err);
	set_title(posts[0], "b");
	set_title(posts[2], "b");
	/* One that is not edited is not looked at. */
	test_write(dir, "y.md", "theirs");
	assert_int_equal(post_save_all(posts, 3, &failed, &err), 0);
	assert_false(post_changed(posts[0]));
	set_title(posts[0], "c");
	set_title(posts[2], "c");
	test_write(dir, "z.md", "theirs");
	assert_int_equal(post_save_all(posts, 3, &failed, &err), -1);
	assert_int_equal(err.code, ERR_CHANGED);
	assert_int_equal(failed, 2);
	assert_true(post_changed(posts[0]));
	got = test_read(posts[0]->path);
	assert_string_equal(got, "---\ntitle: b\n---\n");
	free(got);
	assert_int_equal(post_save_all(posts, 1, NULL, &err), 0);
	assert_int_equal(post_save_all(posts, 0, NULL, &err), 0);
	for (size_t i = 0; i < 3; i++)
		post_free(posts[i]);
}

static void
says_what_is_wrong(void **state)
{
	const char *dir = test_dir();
	struct err err;

	(void)state;
	assert_null(post_load(test_path(dir, "none.md"), &err));
	assert_non_null(strstr(err.msg, "none.md"));
	assert_null(post_load(
	    test_write(dir, "x.md", "---\na: b\ntitle: [\n---\n"), &err));
	assert_true(err.line > 1);
	post_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(loads_edits_and_saves),
	    cmocka_unit_test(does_not_save_over_another_edit),
	    cmocka_unit_test(compares_the_bytes),
	    cmocka_unit_test(saves_all_or_none),
	    cmocka_unit_test(says_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
