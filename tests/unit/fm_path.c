/* SPDX-License-Identifier: ISC */
/* Paths into front matter, and edits taken back. */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "fm.h"
#include "../test.h"

static const char text[] = "---\n"
			   "title: A\n"
			   "a.b: dotted\n"
			   "params:\n"
			   "  Author:\n"
			   "    name: Ada\n"
			   "  \"x.y[0]\": odd\n"
			   "menu:\n"
			   "  - name: main\n"
			   "    weight: 3\n"
			   "tags: [x, y]\n"
			   "---\n"
			   "body\n";

static struct fm *
parsed(void)
{
	struct err err;
	struct fm *fm = fm_parse(text, strlen(text), &err);

	assert_non_null(fm);
	return fm;
}

static void
assert_at(const struct fm *fm, const char *path, const char *want)
{
	const char *got = value_text(fm_get(fm, path));

	if (!want)
		assert_null(got);
	else if (!got)
		fail_msg("%s: nothing is there", path);
	else
		assert_string_equal(got, want);
}

static void
leads_to(void **state)
{
	struct fm *fm = parsed();

	(void)state;
	assert_at(fm, "title", "A");
	assert_at(fm, "TITLE", "A");
	assert_at(fm, "a.b", "dotted");
	assert_at(fm, "params.author.NAME", "Ada");
	assert_at(fm, "params.\"x.y[0]\"", "odd");
	assert_at(fm, "menu[0].weight", "3");
	assert_at(fm, "tags[1]", "y");
	assert_at(fm, "tags[2]", NULL);
	assert_at(fm, "tags[-1]", NULL);
	assert_at(fm, "title.x", NULL);
	assert_at(fm, "params.author.", NULL);
	assert_at(fm, "params..name", NULL);
	assert_at(fm, "params.\"x", NULL);
	assert_at(fm, "[0]", NULL);
	assert_at(fm, "", NULL);
	fm_free(fm);
}

static void
is_written(void **state)
{
	struct buf b = {0};

	(void)state;
	fm_path_add(&b, "params");
	fm_path_add(&b, "a.b");
	fm_path_add(&b, "say \"hi\"\\");
	assert_string_equal(
	    buf_text(&b), "params.\"a.b\".\"say \\\"hi\\\"\\\\\"");
	buf_dispose(&b);
}

static void
wrong_paths(void **state)
{
	static const char *const paths[] = {"", ".", "a.", "[0]", "a[", "a[x]",
	    "a[99999999]", "a]b[0]c", "\"a"};
	struct value *v = value_int(1);
	struct fm *fm = parsed();

	(void)state;
	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct err err = {0};
		size_t len;

		assert_int_equal(fm_set(fm, paths[i], v, &err), -1);
		assert_int_equal(err.code, ERR_USAGE);
		assert_string_equal(fm_text(fm, &len), text);
	}
	value_free(v);
	fm_free(fm);
}

static void
set_text(struct fm *fm, const char *path, const char *s)
{
	struct value *v = value_string(s);
	struct err err;

	assert_int_equal(fm_set(fm, path, v, &err), 0);
	value_free(v);
}

static void
taken_back(void **state)
{
	struct fm *fm = parsed();
	struct err err;
	char *after;
	size_t len;

	(void)state;
	assert_null(fm_undo(fm));
	set_text(fm, "title", "B");
	set_text(fm, "slug", "b");
	assert_int_equal(fm_unset(fm, "tags", &err), 0);
	assert_int_equal(fm_edit_count(fm), 3);
	after = strdup(fm_text(fm, &len));
	assert_string_equal(fm_undo(fm), "tags");
	assert_string_equal(fm_undo(fm), "slug");
	assert_string_equal(fm_undo(fm), "title");
	assert_null(fm_undo(fm));
	assert_string_equal(fm_text(fm, &len), text);
	assert_string_equal(fm_redo(fm), "title");
	assert_at(fm, "title", "B");
	assert_string_equal(fm_redo(fm), "slug");
	assert_string_equal(fm_redo(fm), "tags");
	assert_null(fm_redo(fm));
	assert_string_equal(fm_text(fm, &len), after);
	free(after);
	fm_free(fm);
}

static void
a_new_edit_ends_redo(void **state)
{
	struct fm *fm = parsed();

	(void)state;
	set_text(fm, "title", "B");
	fm_undo(fm);
	set_text(fm, "title", "C");
	assert_null(fm_redo(fm));
	fm_undo(fm);
	assert_at(fm, "title", "A");
	fm_free(fm);
}

static void
joined(void **state)
{
	struct fm *fm = parsed();
	size_t len;

	(void)state;
	set_text(fm, "title", "B");
	set_text(fm, "title", "C");
	set_text(fm, "slug", "c");
	fm_join(fm, 1);
	assert_int_equal(fm_edit_count(fm), 2);
	fm_undo(fm);
	assert_at(fm, "title", "B");
	assert_at(fm, "slug", NULL);
	fm_redo(fm);
	assert_at(fm, "title", "C");
	assert_at(fm, "slug", "c");
	fm_undo(fm);
	fm_undo(fm);
	assert_string_equal(fm_text(fm, &len), text);
	fm_free(fm);
}

static void
source_is_set(void **state)
{
	struct fm *fm = parsed();
	struct err err;
	size_t len;

	(void)state;
	assert_int_equal(
	    fm_set_source(fm, "tags", "[ a, {b: c} ]", 13, &err), 0);
	assert_at(fm, "tags[1].b", "c");
	assert_int_equal(fm_set_source(fm, "tags", "[a", 2, &err), -1);
	assert_int_equal(fm_set_source(fm, "tags", "a\nx: y", 6, &err), -1);
	assert_int_equal(fm_set_source(fm, "none", "a", 1, &err), -1);
	fm_undo(fm);
	assert_string_equal(fm_text(fm, &len), text);
	fm_free(fm);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(leads_to),
	    cmocka_unit_test(is_written),
	    cmocka_unit_test(wrong_paths),
	    cmocka_unit_test(taken_back),
	    cmocka_unit_test(a_new_edit_ends_redo),
	    cmocka_unit_test(joined),
	    cmocka_unit_test(source_is_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
