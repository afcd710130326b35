/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "err.h"
#include "field.h"
#include "fm.h"
#include "mem.h"
#include "zone.h"

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
	    {"draft", "\"true\"", false, FIELD_DRAFT},
	    {"lastMod", "", false, FIELD_DATETIME},
	    {"publishDate", "\"2024-01-02\"", false, FIELD_DATETIME},
	    {"weight", "\"5\"", false, FIELD_WEIGHT},
	    {"tags", "one", false, FIELD_TERMS},
	    {"tags", "[]", false, FIELD_TERMS},
	    {"contributors", "", true, FIELD_TERMS},
	    {"contributors", "", false, FIELD_TEXT},
	    {"published", "false", false, FIELD_DRAFT},
	    {"published", "2024-01-02", false, FIELD_DATETIME},
	    {"event_date", "\"2021-12-18\"", false, FIELD_TEXT},
	    {"event_date", "2021-12-18", false, FIELD_DATE},
	    {"event_date", "2021-12-18T10:00:00Z", false, FIELD_DATETIME},
	    {"event_date", "May 3-5", false, FIELD_TEXT},
	    {"slug", "x", false, FIELD_SLUG},
	    {"images", "[a.png]", false, FIELD_IMAGE},
	    {"images", "a.png", false, FIELD_IMAGE},
	    {"resources", "[{src: a}, {src: b}]", false, FIELD_MAPS},
	    {"more", "\"a\\nb\"", false, FIELD_LINES},
	    {"pinned", "yes", false, FIELD_BOOL},
	    {"ratio", "1.5", false, FIELD_FLOAT},
	    {"rank", "3", false, FIELD_INT},
	    {"menu", "{main: {weight: 1}}", false, FIELD_MAP},
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
	assert_int_equal(field_type("date", NULL, false), FIELD_DATETIME);
	assert_int_equal(field_type("x", NULL, false), FIELD_TEXT);
	for (int i = 0; i < FIELD_TYPES; i++) {
		enum field_type type = (enum field_type)i;

		assert_int_equal(field_type_find(field_type_name(type)), type);
		assert_non_null(field_type_help(type));
	}
	assert_int_equal(field_type_find("color"), FIELD_TYPES);
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
		const struct field f = {.type = rows[i].type};
		struct value *v = yaml(rows[i].value), *same;
		char *text = field_print(&f, v);

		assert_string_equal(text, rows[i].text);
		/* Unchanged text is the old value, byte for byte. */
		same = field_parse(&f, text, v, &err);
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
	const struct field f = {.type = type};
	struct buf b = {0};
	struct err err;

	v = field_parse(&f, text, was, &err);
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
	/* What was a number stays one as long as it is one. */
	is_parsed(FIELD_TEXT, "2024", "2025", "2025");
	is_parsed(FIELD_TEXT, "1.10", "1.20", "1.20");
	is_parsed(FIELD_TEXT, "2024", "2.5", "2.5");
	is_parsed(FIELD_TEXT, "2024", "2025a", "\"2025a\"");
	is_parsed(FIELD_TEXT, "2024", " 2025", "\" 2025\"");
	is_parsed(FIELD_TEXT, "\"2024\"", "2025", "\"2025\"");
	is_parsed(FIELD_TEXT, "yes", "2025", "\"2025\"");
	is_parsed(FIELD_TEXT, "2024-01-02", "2024-01-03", "\"2024-01-03\"");
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
	is_parsed(FIELD_RAW, "{a: 1}", "{b: [2]}", "{\"b\":[2]}");
	is_parsed(FIELD_MAP, "{a: 1}", "{b: [2]}", "{\"b\":[2]}");
	is_parsed(FIELD_MAP, "{a: 1}", "", "null");
	is_parsed(FIELD_MAP, "{a: 1}", "b",
	    "error: a map is expected, like {a: 1, b: x}");
	is_parsed(FIELD_MAPS, NULL, "{a: 1}",
	    "error: a list of maps is expected, like [{a: 1}]");
	is_parsed(FIELD_MAPS, NULL, "[{a: 1}]", "[{\"a\":1}]");
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
	is_parsed(FIELD_DATETIME, "2024-01-02T03:04:05+08:00", "14:20",
	    "\"2024-01-02T14:20:00+08:00\"");
	is_parsed(FIELD_DATETIME, "2024-01-02T03:04:05+08:00", "now",
	    "\"2026-11-25T19:00:00+08:00\"");
	is_parsed(FIELD_DATETIME, "2024-01-02", "2024-3-4", "\"2024-03-04\"");
	is_parsed(FIELD_DATETIME, "2024-01-02", "now", "\"2026-11-25\"");
	is_parsed(FIELD_DATETIME, "2024-01-02", "2024-03-04 10:00",
	    "\"2024-03-04T10:00:00\"");
	is_parsed(FIELD_DATETIME, "2024-01-02 03:04:05", "10:00",
	    "\"2024-01-02 10:00:00\"");
	is_parsed(FIELD_DATETIME, "2024-01-02 03:04:05", "now",
	    "\"2026-11-25T12:00:00+01:00\"");
	is_parsed(
	    FIELD_DATETIME, "\"2024-01-02\"", "2024-01-03", "\"2024-01-03\"");
	is_parsed(FIELD_DATETIME, NULL, "now", "\"2026-11-25T12:00:00+01:00\"");
	is_parsed(
	    FIELD_DATETIME, "", "2026-11-26", "\"2026-11-26T12:00:00+01:00\"");
	is_parsed(FIELD_DATETIME, "2024-01-02", " ", "null");
	/* Not a date that Hugo reads, but the author's until it is changed. */
	is_parsed(FIELD_DATETIME, "2024-4-7T10:13:29+00:00",
	    "2024-4-7T10:13:29+00:00", "\"2024-4-7T10:13:29+00:00\"");
	is_parsed(FIELD_DATETIME, "2024-01-02", "soon",
	    "error: a date is expected, like 2026-11-25 14:20 or now");
	is_parsed(FIELD_DATETIME, "2024-01-02", "2024-02-30",
	    "error: a date is expected, like 2026-11-25 14:20 or now");
}

static struct field
of_type(enum field_type type)
{
	return (struct field){.type = type};
}

static void
is_json(struct value *v, const char *want)
{
	struct buf b = {0};

	if (v)
		value_json(v, 0, &b);
	if (strcmp(buf_text(&b), want) != 0)
		fail_msg("got %s, want %s", buf_text(&b), want);
	buf_dispose(&b);
	value_free(v);
}

static void
steps(enum field_type type, const char *old, int by, enum field_unit unit,
    const char *want)
{
	const struct field f = of_type(type);
	struct value *was = old ? yaml(old) : NULL;

	is_json(field_step(&f, was, by, unit), want);
	value_free(was);
}

static void
steps_in_the_shape_it_has(void **state)
{
	(void)state;
	setenv("GALLEY_NOW", "2026-11-25T12:00:00+01:00", 1);
	steps(FIELD_INT, "5", 1, UNIT_DAY, "6");
	steps(FIELD_INT, NULL, -1, UNIT_DAY, "-1");
	steps(FIELD_INT, "9223372036854775807", 1, UNIT_DAY,
	    "9223372036854775807");
	steps(FIELD_WEIGHT, "50", 1, UNIT_DAY, "60");
	steps(FIELD_WEIGHT, "5", 1, UNIT_DAY, "6");
	steps(FIELD_FLOAT, "0.5", 1, UNIT_DAY, "1.5");
	steps(FIELD_DATETIME, "2026-02-28T23:30:00+08:00", 1, UNIT_DAY,
	    "\"2026-03-01T23:30:00+08:00\"");
	steps(FIELD_DATETIME, "2026-02-28 23:30:00", 1, UNIT_HOUR,
	    "\"2026-03-01 00:30:00\"");
	steps(FIELD_DATETIME, "May 3-5", 1, UNIT_HOUR, "");
	steps(FIELD_DATETIME, "2026-02-28T23:30:00Z", -1, UNIT_MINUTE,
	    "\"2026-02-28T23:29:00Z\"");
	steps(FIELD_DATE, "2026-02-28", 1, UNIT_HOUR, "\"2026-03-01\"");
	steps(FIELD_DATE, NULL, 1, UNIT_DAY, "\"2026-11-25\"");
	steps(FIELD_TIME, "\"23:30\"", 1, UNIT_HOUR, "\"00:30\"");
	steps(FIELD_TIME, "\"00:00:05\"", -1, UNIT_MINUTE, "\"23:59:05\"");
	steps(FIELD_TEXT, "x", 1, UNIT_DAY, "");
	steps(FIELD_LIST, "[1]", 1, UNIT_DAY, "");
}

static void
cycles_and_drafts(void **state)
{
	struct field f = of_type(FIELD_CHOICE);
	struct value *v;

	(void)state;
	f.allowed = yaml("[a, 2, c]");
	assert_true(field_cycles(&f));
	is_json(field_cycle(&f, NULL, 1), "\"a\"");
	is_json(field_cycle(&f, f.allowed->items[0], 1), "2");
	is_json(field_cycle(&f, f.allowed->items[0], -1), "\"c\"");
	value_free(f.allowed);
	f = of_type(FIELD_DRAFT);
	v = yaml("true");
	assert_true(field_draft(&f, v));
	assert_false(field_draft(&f, NULL));
	is_json(field_cycle(&f, v, 1), "false");
	f.inverted = true;
	assert_false(field_draft(&f, v));
	is_json(field_draft_value(&f, true), "false");
	value_free(v);
	f.inverted = false;
	f.hidden = (char *)"draft";
	f.published = (char *)"live";
	v = yaml("Draft");
	assert_true(field_draft(&f, v));
	is_json(field_cycle(&f, v, 1), "\"live\"");
	value_free(v);
	f = of_type(FIELD_TEXT);
	assert_null(field_cycle(&f, NULL, 1));
}

static void
is_checked(const char *settings, const char *value, const char *want)
{
	struct value *s = yaml(settings), *v = yaml(value);
	struct field f = {0};
	const char *name;
	struct err err;

	if (field_configure(&f, s, &name, &err) == -1)
		fail_msg("%s: %s %s", settings, name, err.msg);
	err.msg[0] = '\0';
	field_check(&f, v, &err);
	if (strcmp(err.msg, want) != 0)
		fail_msg("%s, %s: got '%s', want '%s'", settings, value,
		    err.msg, want);
	field_dispose(&f);
	value_free(s);
	value_free(v);
}

static void
checks_values(void **state)
{
	(void)state;
	is_checked("{type: text}", "x", "");
	is_checked("{type: text}", "2024", "");
	is_checked("{type: text}", "[a]", "one value is expected, not a list");
	is_checked(
	    "{type: integer}", "1.5", "a whole number is expected, like 10");
	is_checked(
	    "{type: integer, min: 1, max: 5}", "6", "at most 5 is expected");
	is_checked("{type: integer, min: 1}", "", "");
	is_checked("{type: text, max: 3}", "云云云", "");
	is_checked(
	    "{type: text, max: 3}", "abcd", "at most 3 characters, it has 4");
	is_checked("{type: list, min: 2}", "[a]", "at least 2 items, it has 1");
	is_checked(
	    "{type: list, max: 1}", "[a, b]", "at most 1 items, it has 2");
	is_checked("{type: date, min: 2026-01-01}", "2025-12-31",
	    "it must not be before 2026-01-01");
	is_checked(
	    "{type: date}", "May 3-5", "a date is expected, like 2026-11-25");
	is_checked("{type: time}", "\"25:00\"",
	    "a time of a day is expected, like 14:20");
	is_checked("{type: text, pattern: '^[A-Z]', message: use a capital}",
	    "abc", "use a capital");
	is_checked("{type: text, pattern: '^\\d{4}$'}", "\"2024\"", "");
	is_checked("{type: text, pattern: '^\\d{4}$'}", "\"24\"",
	    "it does not match the pattern ^\\d{4}$");
	is_checked("{type: choice, allowed: [a, b], strict: true}", "c",
	    "c is not one of: a, b");
	is_checked("{type: choice, allowed: [a, b]}", "c", "");
	is_checked("{type: choices, allowed: [1, b], strict: true}",
	    "[\"1\", c]", "c is not one of: 1, b");
	is_checked("{type: colour}", "\"#1a2\"", "");
	is_checked(
	    "{type: colour}", "\"#1a\"", "a colour is expected, like #1a2b3c");
	is_checked("{type: image, several: true}", "[a.png, [b]]",
	    "the list's items must be text or numbers");
	is_checked("{type: maps}", "[{a: 1}, b]", "a list of maps is expected");
	is_checked(
	    "{type: map}", "[{a: 1}]", "a map of keys and values is expected");
	is_checked("{type: draft, words: [draft, live]}", "gone",
	    "draft or live is expected");
	is_checked("{type: boolean}", "\"true\"", "");
	is_checked("{type: boolean}", "maybe", "true or false is expected");
}

static void
is_refused(const char *settings, const char *setting, const char *want)
{
	struct value *s = yaml(settings);
	struct field f = {0};
	const char *name;
	struct err err;

	if (field_configure(&f, s, &name, &err) == 0)
		fail_msg("%s: taken", settings);
	assert_string_equal(name ? name : "", setting);
	if (strcmp(err.msg, want) != 0)
		fail_msg("%s: got '%s', want '%s'", settings, err.msg, want);
	field_dispose(&f);
	value_free(s);
}

static void
refuses_settings(void **state)
{
	(void)state;
	is_refused("3", "", "must be a map of settings, like {required: true}");
	is_refused("{requird: true}", "requird",
	    "is no setting of a field; galley(5) lists what there is");
	is_refused("{required: 3}", "required", "must be true or false");
	is_refused("{label: [a]}", "label", "must be text");
	is_refused("{pattern: '('}", "pattern",
	    "must be an extended regular expression, without (?, back "
	    "references and counts above 100");
	is_refused("{pattern: '((a{100}){100}){100}'}", "pattern",
	    "must be an extended regular expression, without (?, back "
	    "references and counts above 100");
	is_refused("{type: choice}", "type", "choice needs values: allowed");
	is_refused("{type: date, min: 3}", "min", "must be a date");
	is_refused(
	    "{type: integer, max: 2026-01-01}", "max", "must be a number");
	is_refused("{type: integer, default: x}", "default",
	    "does not do: a whole number is expected, like 10");
	is_refused("{words: [a]}", "words",
	    "must be two words, like [draft, published]");
}

static void
says_what_dates_mean(void **state)
{
	static const struct {
		const char *now, *zone, *date, *facts;
	} rows[] = {
	    {"2026-03-02T12:00:00Z", "", "2026-03-02T09:30:00Z", "2 h ago"},
	    {"2026-03-02T12:00:00Z", "", "2026-03-02", "12 h ago"},
	    {"2026-03-02T12:00:00Z", "", "2026-03-02T21:30:00+09:00",
		"12:30 UTC, in 30 min"},
	    {"2026-03-02T13:00:00+01:00", "", "2026-03-02T12:30:00Z",
		"13:30 local, in 30 min"},
	    {"2026-03-02T13:00:00+01:00", "", "2026-03-02T13:30:00+01:00",
		"12:30 UTC, in 30 min"},
	    {"2026-03-02T13:00:00+01:00", "", "2026-03-02T21:30:00+09:00",
		"13:30 local, 12:30 UTC, in 30 min"},
	    /* Here it is still the day before. */
	    {"2026-03-02T17:00:00+01:00", "", "2026-03-03T01:30:00+09:00",
		"2 Mar 17:30 local, 2 Mar 16:30 UTC, readers see 3 Mar, "
		"in 30 min"},
	    {"2026-03-03T01:00:00+09:00", "", "2026-03-02T16:30:00Z",
		"3 Mar 01:30 local, readers see 2 Mar, in 30 min"},
	    /* Without an offset it is the site's. */
	    {"2026-07-02T10:00:00Z", "Europe/Berlin", "2026-07-02T12:30:00",
		"10:30 UTC, in 30 min"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		struct field f = {.type = FIELD_DATETIME};
		struct zone *zone = zone_load(rows[i].zone);
		struct value *v = value_date(rows[i].date);
		char *facts;

		setenv("GALLEY_NOW", rows[i].now, 1);
		facts = field_facts(&f, v, zone, date_now_unix());
		assert_string_equal(facts, rows[i].facts);
		free(facts);
		value_free(v);
		zone_free(zone);
	}
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
	    cmocka_unit_test(steps_in_the_shape_it_has),
	    cmocka_unit_test(says_what_dates_mean),
	    cmocka_unit_test(cycles_and_drafts),
	    cmocka_unit_test(checks_values),
	    cmocka_unit_test(refuses_settings),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
