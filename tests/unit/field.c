/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "field.h"
#include "fm.h"
#include "mem.h"

static struct value *
yaml(const char *s)
{
	struct err err;
	struct value *v = fm_parse_value(s, strlen(s), &err);

	if (!v)
		fail_msg("%s: %s", s, err.msg);
	return v;
}

static void
types_by_name_then_value(void **state)
{
	static const struct {
		const char *key, *value;
		bool is_term;
		enum field_type type;
	} rows[] = {
	    {"Title", "2024", false, FIELD_TEXT},
	    {"draft", "\"true\"", false, FIELD_BOOL},
	    {"lastMod", "", false, FIELD_DATE},
	    {"publishDate", "\"2024-01-02\"", false, FIELD_DATE},
	    {"weight", "\"5\"", false, FIELD_INT},
	    {"tags", "one", false, FIELD_LIST},
	    {"tags", "[]", false, FIELD_LIST},
	    {"contributors", "", true, FIELD_LIST},
	    {"contributors", "", false, FIELD_TEXT},
	    {"published", "false", false, FIELD_BOOL},
	    {"published", "2024-01-02", false, FIELD_DATE},
	    {"event_date", "\"2021-12-18\"", false, FIELD_TEXT},
	    {"event_date", "2021-12-18", false, FIELD_DATE},
	    {"pinned", "yes", false, FIELD_BOOL},
	    {"ratio", "1.5", false, FIELD_FLOAT},
	    {"rank", "3", false, FIELD_INT},
	    {"menu", "{main: {weight: 1}}", false, FIELD_RAW},
	    {"tags", "[[a]]", true, FIELD_RAW},
	    {"title", "[a]", false, FIELD_LIST},
	    {"other", "x", false, FIELD_TEXT},
	};
	struct value *v;

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		v = yaml(rows[i].value);
		if (field_type(rows[i].key, v, rows[i].is_term) != rows[i].type)
			fail_msg("%s: %s", rows[i].key, rows[i].value);
		value_free(v);
	}
	assert_int_equal(field_type("date", NULL, false), FIELD_DATE);
	assert_int_equal(field_type("x", NULL, false), FIELD_TEXT);
	for (int i = 0; i < FIELD_TYPES; i++)
		assert_non_null(field_ops((enum field_type)i)->name);
}

static void
prints(void **state)
{
	static const struct {
		enum field_type type;
		const char *value, *text;
	} rows[] = {
	    {FIELD_TEXT, "\"a: b\"", "a: b"},
	    {FIELD_TEXT, "0x10", "0x10"},
	    {FIELD_TEXT, "", ""},
	    {FIELD_BOOL, "yes", "true"},
	    {FIELD_BOOL, "\"true\"", "true"},
	    {FIELD_INT, "0x10", "0x10"},
	    {FIELD_DATE, "2024-1-2", "2024-1-2"},
	    {FIELD_LIST, "[]", ""},
	    {FIELD_LIST, "[a, b c]", "a, b c"},
	    {FIELD_LIST, "[\"a, b\", 'say \"x\"', '\"x\"', \"\", 3]",
		"\"a, b\", say \"x\", \"\\\"x\\\"\", \"\", 3"},
	    {FIELD_LIST, "[\" a\", \"a\\nb\"]", "\" a\", \"a\\nb\""},
	    {FIELD_LIST, "\"a, b\"", "\"a, b\""},
	    {FIELD_RAW, "{a: [1, b]}", "{\"a\":[1,\"b\"]}"},
	};
	struct err err;

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		const struct field_ops *ops = field_ops(rows[i].type);
		struct value *v = yaml(rows[i].value), *same;
		char *text = ops->print(v);

		assert_string_equal(text, rows[i].text);
		/* Unchanged text is the old value, byte for byte. */
		same = ops->parse(text, v, &err);
		assert_non_null(same);
		assert_true(value_equal(same, v));
		value_free(same);
		value_free(v);
		free(text);
	}
}

static void
is_parsed(
    enum field_type type, const char *old, const char *text, const char *want)
{
	struct value *was = old ? yaml(old) : NULL, *v;
	struct buf b = {0};
	struct err err;

	v = field_ops(type)->parse(text, was, &err);
	if (v)
		value_json(v, 0, &b);
	else
		buf_printf(&b, "error: %s", err.msg);
	if (strcmp(buf_text(&b), want) != 0)
		fail_msg("%s -> %s: got %s, want %s", old ? old : "-", text,
		    buf_text(&b), want);
	value_free(v);
	value_free(was);
	buf_dispose(&b);
}

static void
parses(void **state)
{
	(void)state;
	is_parsed(FIELD_TEXT, "2024", "2025", "\"2025\"");
	is_parsed(FIELD_TEXT, NULL, "", "\"\"");
	is_parsed(FIELD_TEXT, "", "", "null");
	is_parsed(FIELD_TEXT, "x", "a\nb", "\"a\\nb\"");
	is_parsed(FIELD_BOOL, "true", " No ", "false");
	is_parsed(FIELD_BOOL, "true", "", "null");
	is_parsed(
	    FIELD_BOOL, "true", "maybe", "error: true or false is expected");
	is_parsed(FIELD_INT, "5", " 60 ", "60");
	is_parsed(FIELD_INT, "5", "", "null");
	is_parsed(FIELD_INT, "5", "1.5",
	    "error: a whole number is expected, like 10");
	is_parsed(
	    FIELD_INT, "5", "x", "error: a whole number is expected, like 10");
	is_parsed(
	    FIELD_INT, "5", "[", "error: a whole number is expected, like 10");
	is_parsed(FIELD_FLOAT, "5", "2.5", "2.5");
	is_parsed(FIELD_FLOAT, "5", "2", "2");
	is_parsed(
	    FIELD_FLOAT, "5", "true", "error: a number is expected, like 0.5");
	is_parsed(FIELD_RAW, "{a: 1}", "{}",
	    "error: this field is edited in the file itself");
}

static void
parses_lists(void **state)
{
	(void)state;
	is_parsed(FIELD_LIST, NULL, "", "[]");
	is_parsed(FIELD_LIST, NULL, " , ,", "[]");
	is_parsed(FIELD_LIST, NULL, " a ,b c,, 云 ", "[\"a\",\"b c\",\"云\"]");
	is_parsed(FIELD_LIST, NULL, "\"a, b\" , \"\", \" \\\"c\\\\\\n\"",
	    "[\"a, b\",\"\",\" \\\"c\\\\\\n\"]");
	is_parsed(FIELD_LIST, NULL, "say \"x\", it's",
	    "[\"say \\\"x\\\"\",\"it's\"]");
	is_parsed(FIELD_LIST, "[1, true, a]", "1, b, true, 2",
	    "[1,\"b\",true,\"2\"]");
	is_parsed(FIELD_LIST, "one", "one, two", "[\"one\",\"two\"]");
	is_parsed(FIELD_LIST, NULL, "\"a, b",
	    "error: a quote in this list is not closed before the next comma");
	is_parsed(FIELD_LIST, NULL, "\"a\" b, c",
	    "error: a quote in this list is not closed before the next comma");
}

static void
keeps_the_shape_of_dates(void **state)
{
	(void)state;
	setenv("GALLEY_NOW", "2026-11-25T12:00:00+01:00", 1);
	is_parsed(FIELD_DATE, "2024-01-02T03:04:05+08:00", "14:20",
	    "\"2024-01-02T14:20:00+08:00\"");
	is_parsed(FIELD_DATE, "2024-01-02T03:04:05+08:00", "now",
	    "\"2026-11-25T19:00:00+08:00\"");
	is_parsed(FIELD_DATE, "2024-01-02", "2024-3-4", "\"2024-03-04\"");
	is_parsed(FIELD_DATE, "2024-01-02", "now", "\"2026-11-25\"");
	is_parsed(FIELD_DATE, "2024-01-02", "2024-03-04 10:00",
	    "\"2024-03-04T10:00:00\"");
	is_parsed(FIELD_DATE, "2024-01-02 03:04:05", "10:00",
	    "\"2024-01-02 10:00:00\"");
	is_parsed(FIELD_DATE, "2024-01-02 03:04:05", "now",
	    "\"2026-11-25T12:00:00+01:00\"");
	is_parsed(FIELD_DATE, "\"2024-01-02\"", "2024-01-03", "\"2024-01-03\"");
	is_parsed(FIELD_DATE, NULL, "now", "\"2026-11-25T12:00:00+01:00\"");
	is_parsed(
	    FIELD_DATE, "", "2026-11-26", "\"2026-11-26T12:00:00+01:00\"");
	is_parsed(FIELD_DATE, "2024-01-02", " ", "null");
	/* Not a date that Hugo reads, but the author's until it is changed. */
	is_parsed(FIELD_DATE, "2024-4-7T10:13:29+00:00",
	    "2024-4-7T10:13:29+00:00", "\"2024-4-7T10:13:29+00:00\"");
	is_parsed(FIELD_DATE, "2024-01-02", "soon",
	    "error: a date is expected, like 2026-11-25 14:20 or now");
	is_parsed(FIELD_DATE, "2024-01-02", "2024-02-30",
	    "error: a date is expected, like 2026-11-25 14:20 or now");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(types_by_name_then_value),
	    cmocka_unit_test(prints),
	    cmocka_unit_test(parses),
	    cmocka_unit_test(parses_lists),
	    cmocka_unit_test(keeps_the_shape_of_dates),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
