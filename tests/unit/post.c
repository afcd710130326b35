/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

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
	    cmocka_unit_test(says_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
