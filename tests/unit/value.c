/* SPDX-License-Identifier: ISC */
/* Values: finding, changing and comparing them, and as JSON. */
#include "../test.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "value.h"

static void
is_json(struct value *v, int indent, const char *want)
{
	struct buf b = {0};

	value_json(v, indent, &b);
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
	value_free(v);
}

static struct value *
author(void)
{
	struct value *map = value_map(), *params = value_map(),
		     *who = value_map(), *tags = value_list();

	value_put(who, "Name", value_string("Ada"));
	value_put(params, "author", who);
	value_append(tags, value_string("a"));
	value_append(tags, value_int(-3));
	value_put(map, "title", value_string("x"));
	value_put(map, "Params", params);
	value_put(map, "tags", tags);
	value_put(map, "draft", value_bool(true));
	return map;
}

static void
finds_whatever_the_capitals(void **state)
{
	struct value *map = author();
	const struct value *v;

	(void)state;
	v = value_path(map, "params.AUTHOR.name");
	assert_string_equal(value_text(v), "Ada");
	assert_null(value_path(map, "params.author.name.x"));
	assert_null(value_path(map, "params..name"));
	assert_null(value_path(map, ""));
	assert_null(value_path(NULL, "a"));
	assert_null(value_get(map, "titl"));
	assert_null(value_get(map, "titles"));
	assert_null(value_get(value_get(map, "tags"), "a"));
	assert_null(value_text(value_get(map, "tags")));
	assert_null(value_text(NULL));
	assert_string_equal(value_text(value_get(map, "DRAFT")), "true");
	/* Only ASCII letters have capitals here. */
	value_put(map, "\xc3\x89", value_int(1));
	assert_null(value_get(map, "\xc3\xa9"));
	/* '@' and '`', '[' and '{' differ by the same bit as letters. */
	value_put(map, "@[", value_int(1));
	assert_null(value_get(map, "`{"));
	value_free(map);
}

static void
the_last_of_alike_keys_counts(void **state)
{
	struct value *map = author();

	(void)state;
	value_put(map, "Title", value_string("y"));
	assert_int_equal(map->n, 5);
	assert_string_equal(value_text(value_get(map, "TITLE")), "y");
	/* The same spelling: replaced, and in its place. */
	value_put(map, "title", value_string("z"));
	assert_int_equal(map->n, 5);
	assert_string_equal(value_text(map->items[0]), "z");
	assert_true(value_remove(map, "TITLE"));
	assert_string_equal(value_text(value_get(map, "TITLE")), "z");
	assert_true(value_remove(map, "TITLE"));
	assert_false(value_remove(map, "TITLE"));
	is_json(map, 0,
	    "{\"Params\":{\"author\":{\"Name\":\"Ada\"}},"
	    "\"tags\":[\"a\",-3],\"draft\":true}");
}

static void
many_members(void **state)
{
	struct value *map = value_map(), *copy;
	char *key;

	(void)state;
	for (int i = 0; i < 300; i++) {
		key = xasprintf("key%d", i);
		value_put(map, key, value_int(i));
		free(key);
	}
	copy = value_copy(map);
	value_put(copy, "more", value_null());
	assert_int_equal(value_get(map, "KEY299")->integer, 299);
	assert_int_equal(map->n, 300);
	assert_int_equal(copy->n, 301);
	assert_false(value_equal(map, copy));
	assert_true(value_remove(copy, "more"));
	assert_true(value_equal(map, copy));
	value_free(map);
	value_free(copy);
}

static void
equal(struct value *a, struct value *b, bool want)
{
	assert_int_equal(value_equal(a, b), want);
	assert_int_equal(value_equal(b, a), want);
	value_free(a);
	value_free(b);
}

static struct value *
pair(const char *one, int64_t n, const char *two, int64_t m)
{
	struct value *map = value_map();

	value_put(map, one, value_int(n));
	value_put(map, two, value_int(m));
	return map;
}

static struct value *
written(struct value *v, const char *text)
{
	value_written(v, text, strlen(text));
	return v;
}

static void
compares_by_data(void **state)
{
	(void)state;
	equal(author(), author(), true);
	equal(pair("a", 1, "b", 2), pair("b", 2, "a", 1), true);
	equal(pair("a", 1, "b", 2), pair("a", 2, "b", 1), false);
	equal(pair("a", 1, "b", 2), pair("A", 1, "b", 2), false);
	equal(written(value_int(16), "0x10"), value_int(16), true);
	equal(value_int(1), value_real(1), false);
	equal(value_real(NAN), value_real(NAN), true);
	equal(value_string("a"), value_date("a"), false);
	equal(value_string_len("a\0b", 3), value_string_len("a\0c", 3), false);
	equal(value_null(), written(value_null(), "~"), true);
	equal(value_list(), value_map(), false);
	equal(value_bool(true), value_bool(false), false);
}

static void
truth(struct value *v, bool fallback, bool want)
{
	assert_int_equal(value_truth(v, fallback), want);
	value_free(v);
}

static void
truth_is_as_hugo_casts(void **state)
{
	(void)state;
	truth(value_bool(true), false, true);
	truth(value_string("TRUE"), false, true);
	truth(value_string("t"), false, true);
	truth(value_string("1"), false, true);
	truth(value_string("False"), true, false);
	truth(value_string("yes"), false, false);
	truth(value_string("yes"), true, true);
	truth(value_string("tRUE"), false, false);
	truth(value_string_len("1\0", 2), false, false);
	truth(value_int(2), false, true);
	truth(value_int(0), true, false);
	truth(value_real(0.5), false, true);
	truth(value_null(), true, false);
	truth(value_list(), true, true);
	truth(NULL, true, true);
}

static void
json_is_indented(void **state)
{
	struct value *map = author();

	(void)state;
	value_put(map, "none", value_null());
	value_put(map, "empty", value_list());
	value_put(map, "date", value_date("2024-01-02"));
	value_put(map, "bare", value_map());
	is_json(map, 2,
	    "{\n"
	    "  \"title\": \"x\",\n"
	    "  \"Params\": {\n"
	    "    \"author\": {\n"
	    "      \"Name\": \"Ada\"\n"
	    "    }\n"
	    "  },\n"
	    "  \"tags\": [\n"
	    "    \"a\",\n"
	    "    -3\n"
	    "  ],\n"
	    "  \"draft\": true,\n"
	    "  \"none\": null,\n"
	    "  \"empty\": [],\n"
	    "  \"date\": \"2024-01-02\",\n"
	    "  \"bare\": {}\n"
	    "}");
	is_json(value_map(), 4, "{}");
}

static void
json_strings_are_valid_and_harmless(void **state)
{
	(void)state;
	is_json(value_string("é中😀\"\\/"), 0, "\"é中😀\\\"\\\\/\"");
	is_json(value_string_len("a\0b\x01\x1b\x7f\b\t\n\f\r", 11), 0,
	    "\"a\\u0000b\\u0001\\u001b\\u007f\\b\\t\\n\\f\\r\"");
	/* C1 controls move a terminal too. */
	is_json(value_string("\xc2\x9b\xc2\xa0"), 0, "\"\\u009b\xc2\xa0\"");
	/* Cut, overlong, surrogate, beyond the end, stray. */
	is_json(value_string("a\xe4\xb8"), 0, "\"a\\ufffd\\ufffd\"");
	is_json(value_string("\xc0\xaf"), 0, "\"\\ufffd\\ufffd\"");
	is_json(value_string("\xe0\x80\x80"), 0, "\"\\ufffd\\ufffd\\ufffd\"");
	is_json(value_string("\xed\xa0\x80"), 0, "\"\\ufffd\\ufffd\\ufffd\"");
	is_json(value_string("\xf4\x90\x80\x80"), 0,
	    "\"\\ufffd\\ufffd\\ufffd\\ufffd\"");
	is_json(value_string("\xf4\x8f\xbf\xbf"), 0, "\"\xf4\x8f\xbf\xbf\"");
	is_json(value_string("a\xe2\x80\xaez"), 0, "\"a\\u202ez\"");
	is_json(value_string("\xef\xbf\xbd"), 0, "\"\xef\xbf\xbd\"");
	is_json(value_string("\xff\x80z"), 0, "\"\\ufffd\\ufffdz\"");
	is_json(value_string(""), 0, "\"\"");
}

static void
json_numbers_read_back_equal(void **state)
{
	static const double all[] = {0.1, 1.0 / 3, 1e300, -2.5e-308, 5e-324,
	    123456789012345680.0, 1e21, -0.0, 100};
	char *end;

	(void)state;
	is_json(value_int(INT64_MIN), 0, "-9223372036854775808");
	is_json(value_real(0.1), 0, "0.1");
	is_json(value_real(2), 0, "2.0");
	is_json(value_real(NAN), 0, "null");
	is_json(value_real(-INFINITY), 0, "null");
	for (size_t i = 0; i < NITEMS(all); i++) {
		struct value *v = value_real(all[i]);

		assert_true(strtod(v->text, &end) == all[i]);
		assert_int_equal(*end, 0);
		value_free(v);
	}
	/* As written, where JSON can have it so. */
	is_json(written(value_int(16), "0x10"), 0, "16");
	is_json(written(value_int(8), "010"), 0, "8");
	is_json(written(value_int(5), "+5"), 0, "5");
	is_json(written(value_int(1000), "1_000"), 0, "1000");
	is_json(written(value_int(0), "-0"), 0, "-0");
	is_json(written(value_real(1.5), "1.50"), 0, "1.50");
	is_json(written(value_real(0.5), ".5"), 0, "0.5");
	is_json(written(value_real(5), "5."), 0, "5.0");
	is_json(written(value_real(1000), "1E+3"), 0, "1E+3");
	is_json(written(value_real(1e20), "100000000000000000001"), 0,
	    "100000000000000000001");
	is_json(written(value_real(NAN), ".nan"), 0, "null");
}

static void
json_numbers_have_a_point_everywhere(void **state)
{
	(void)state;
	if (!setlocale(LC_NUMERIC, "de_DE.UTF-8") &&
	    !setlocale(LC_NUMERIC, "fr_FR.UTF-8"))
		skip();
	is_json(value_real(2.5), 0, "2.5");
	setlocale(LC_NUMERIC, "C");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_whatever_the_capitals),
	    cmocka_unit_test(the_last_of_alike_keys_counts),
	    cmocka_unit_test(many_members),
	    cmocka_unit_test(compares_by_data),
	    cmocka_unit_test(truth_is_as_hugo_casts),
	    cmocka_unit_test(json_is_indented),
	    cmocka_unit_test(json_strings_are_valid_and_harmless),
	    cmocka_unit_test(json_numbers_read_back_equal),
	    cmocka_unit_test(json_numbers_have_a_point_everywhere),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
