/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "err.h"
#include "fm.h"
#include "mem.h"

static struct fm *
parse_len(const char *text, size_t len)
{
	struct err err;
	struct fm *fm = fm_parse(text, len, &err);

	if (!fm)
		fail_msg(
		    "%u:%u: %s in\n%s", err.line, err.column, err.msg, text);
	return fm;
}

static struct fm *
parse(const char *text)
{
	return parse_len(text, strlen(text));
}

static void
must(int rc, const struct err *err)
{
	if (rc == -1)
		fail_msg("%u: %s", err->line, err->msg);
}

static void
is_text(const struct fm *fm, const char *want)
{
	size_t len;
	const char *got = fm_text(fm, &len);

	assert_string_equal(got, want);
	assert_int_equal(len, strlen(want));
}

static void
is_body(
    const char *text, enum fm_format format, const char *body, unsigned line)
{
	struct fm *fm = parse(text);
	unsigned at;
	size_t len;

	assert_int_equal(fm_format(fm), format);
	assert_string_equal(fm_body(fm, &len, &at), body);
	assert_int_equal(len, strlen(body));
	assert_int_equal(at, line);
	fm_free(fm);
}

static void
detects_as_hugo(void **state)
{
	(void)state;
	is_body("---\na: 1\n---\nx\n", FM_YAML, "x\n", 4);
	is_body("---\r\na: 1\r\n---\r\nx\r\n", FM_YAML, "x\r\n", 4);
	is_body("---\na: 1\r\n---\nx", FM_YAML, "x", 4);
	is_body("\xef\xbb\xbf---\na: 1\n---\nx", FM_YAML, "x", 4);
	is_body(" \t\n\n---\na: 1\n---\nx", FM_YAML, "x", 6);
	is_body("---\na: 1\n---", FM_YAML, "", 3);
	is_body("---\n---\nx", FM_YAML, "x", 3);
	is_body("---\na: 1\n----\nx", FM_YAML, "-\nx", 3);
	is_body("---\na: 1\n--- \nx", FM_YAML, " \nx", 3);
	is_body("--- # why\na: 1\n---\nx", FM_YAML, "x", 4);
	is_body("---a: 1\n---\nx", FM_YAML, "x", 3);
	is_body("---\na: |\n  x\n  ---\n---\nx", FM_YAML, "x", 6);
	is_body("---\na: 1\n...\n---\nx", FM_YAML, "x", 5);
	is_body("---\ra: 1\r---\rx", FM_YAML, "x", 1);
	is_body("+++\na = 1\n+++\nx", FM_TOML, "x", 4);
	is_body("{\"a\": \"}\\\"}\"}\nx", FM_JSON, "x", 2);
	is_body("{\"a\": {}}x", FM_JSON, "x", 1);
	is_body("#+a: 1\n#+b: 2\n\nx", FM_ORG, "\nx", 3);
	is_body("# a\n---\n", FM_NONE, "# a\n---\n", 1);
	is_body("x\n---\na: 1\n---\n", FM_NONE, "x\n---\na: 1\n---\n", 1);
	is_body("\xef\xbb\xbfx", FM_NONE, "x", 1);
	is_body("\xef\xbb\xbf\n x", FM_NONE, "\n x", 1);
	is_body("", FM_NONE, "", 1);
	is_body(" \n", FM_NONE, " \n", 1);
	is_body("\xff\xfe-\0-\0-\0", FM_NONE, "\xff\xfe-", 1);
	is_body("<b>x</b>", FM_NONE, "<b>x</b>", 1);
}

static void
is_json(const char *text, const char *want)
{
	struct fm *fm = parse(text);
	struct buf b = {0};

	value_json(fm_values(fm), 0, &b);
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
	fm_free(fm);
}

static void
reads_values_as_hugo(void **state)
{
	(void)state;
	is_json("---\na: y\nb: Off\nc: 0x1f\nd: 010\ne: 0o17\nf: 1_000\n"
		"g: 0b11\nh: -0x1F\ni: +5\n---\n",
	    "{\"a\":true,\"b\":false,\"c\":31,\"d\":8,\"e\":15,"
	    "\"f\":1000,\"g\":3,\"h\":-31,\"i\":5}");
	is_json("---\na: ~\nb:\nc: \"\"\nd: null\ne: nul\nf: 12:30\ng: =\n"
		"h: 1.2.3\ni: \"yes\"\nj: '12'\nk: .\nl: +\n---\n",
	    "{\"a\":null,\"b\":null,\"c\":\"\",\"d\":null,"
	    "\"e\":\"nul\",\"f\":\"12:30\",\"g\":\"=\","
	    "\"h\":\"1.2.3\",\"i\":\"yes\",\"j\":\"12\",\"k\":\".\","
	    "\"l\":\"+\"}");
	is_json("---\na: !!str 12\nb: ! 12\nc: !x 12\nd: !!int \"12\"\n"
		"1: one\n~: two\n---\n",
	    "{\"a\":\"12\",\"b\":\"12\",\"c\":\"12\",\"d\":12,"
	    "\"1\":\"one\",\"~\":\"two\"}");
	is_json("---\na: 1\nb: 2\na: 3\n---\n", "{\"a\":3,\"b\":2}");
	is_json("---\na: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n"
		"c:\n  <<: [{r: 1}, *x]\nd: *x\n---\n",
	    "{\"a\":{\"p\":1,\"q\":2},\"b\":{\"p\":1,\"q\":3},"
	    "\"c\":{\"p\":1,\"q\":2,\"r\":1},"
	    "\"d\":{\"p\":1,\"q\":2}}");
	is_json("---\n&a a: &b b\n*b : *a\n---\n", "{\"a\":\"b\",\"b\":\"a\"}");
	is_json("---\np:\n  <<: &x {a: 1}\n  <<: {b: 2}\nq: *x\n---\n",
	    "{\"p\":{\"b\":2,\"a\":1},\"q\":{\"a\":1}}");
	is_json("---\n<<: {a: 1, b: 2}\nb: 3\n---\n", "{\"a\":1,\"b\":3}");
	is_json("---\ntitle: a\xe2\x80\xa8"
		"b: c\n---\n",
	    "{\"title\":\"a\",\"b\":\"c\"}");
	is_json("#+title: x\n#+TAGS: a b\n#+foo[]: c d\n"
		"#+date: <2024-01-02 Tue>\n",
	    "{\"title\":\"x\",\"TAGS\":[\"a\",\"b\"],"
	    "\"foo\":[\"c\",\"d\"],\"date\":\"2024-01-02\"}");
	is_json("{\"a\": \"\\ud83c\\udf89\\\\ud83c\", \"b\":[1,null]}",
	    "{\"a\":\"\xf0\x9f\x8e\x89\\\\ud83c\",\"b\":[1,null]}");
}

static void
tells_dates(void **state)
{
	static const char *const dates[] = {"2024-01-02", "2024-1-2",
	    "2024-01-02T03:04:05Z", "2024-01-02T03:04:05+08:00",
	    "2024-01-02T9:04:05+0800", "2024-01-02 03:04:05",
	    "2024-01-02 03:04:05.678 -5", "2024-4-7T10:13:29+00:00",
	    "2024-01-02t03:04:05z"};
	static const char *const texts[] = {"2024-01", "2024-01-02x",
	    "2024-01-02 03:04", "2021/12/18 13:00 - 17:00", "24-01-02",
	    "2024-01-02T03:04:05+", "2024-01-02 - 2024-01-03", "2024-"};
	struct err err;

	(void)state;
	for (size_t i = 0; i < NITEMS(dates) + NITEMS(texts); i++) {
		bool date = i < NITEMS(dates);
		const char *s = date ? dates[i] : texts[i - NITEMS(dates)];
		struct value *v = fm_parse_value(s, strlen(s), &err);

		assert_non_null(v);
		assert_int_equal(v->type, date ? VALUE_DATE : VALUE_STRING);
		assert_string_equal(v->text, s);
		value_free(v);
	}
}

/* A field's spans, as the bytes they cover. */
static void
is_field(const struct fm *fm, size_t i, unsigned line, const char *key,
    const char *value, const char *lines)
{
	const struct fm_field *f = fm_at(fm, i);
	size_t len;
	const char *text = fm_text(fm, &len);
	char *got;

	assert_int_equal(f->line, line);
	got = xstrndup(text + f->key_at, f->key_len);
	assert_string_equal(got, key);
	free(got);
	got = xstrndup(text + f->value_at, f->value_len);
	assert_string_equal(got, value);
	free(got);
	got = xstrndup(text + f->at, f->len);
	assert_string_equal(got, lines);
	free(got);
}

static void
spans_are_bytes(void **state)
{
	struct fm *fm = parse("\xef\xbb\xbf\r\n---\r\n"
			      "# 注释\r\n"
			      "标题 : \"云🎉\" # 后\r\n"
			      "x: 一\xe2\x80\xa8y: 二\r\n"
			      "'empty':\r\n"
			      "lit: |\r\n  一\r\n  二\r\n\r\n"
			      "e: 尾\r\n"
			      "---\r\nbody");

	(void)state;
	is_field(fm, 0, 4, "标题", "\"云🎉\"", "标题 : \"云🎉\" # 后\r\n");
	/* YAML 1.1 has U+2028 for a line break: two fields, one line. */
	is_field(fm, 1, 5, "x", "一", "x: 一\xe2\x80\xa8y: 二\r\n");
	is_field(fm, 2, 5, "y", "二", "x: 一\xe2\x80\xa8y: 二\r\n");
	assert_null(fm_at(fm, 1)->frozen);
	assert_null(fm_at(fm, 2)->frozen);
	is_field(fm, 3, 6, "'empty'", "", "'empty':\r\n");
	assert_string_equal(fm_at(fm, 3)->key, "empty");
	is_field(
	    fm, 4, 7, "lit", "|\r\n  一\r\n  二", "lit: |\r\n  一\r\n  二\r\n");
	is_field(fm, 5, 11, "e", "尾", "e: 尾\r\n");
	assert_int_equal(fm_count(fm), 6);
	fm_free(fm);
}

static void
spans_of_lines(void **state)
{
	struct fm *fm = parse("---\n"
			      "lit: |\n  一\n  二\n\n\n"
			      "tags:\n- a # x\n-  '二'\n"
			      "# end\n"
			      "map:\n  x: 1\n  y: >\n    z\n\n"
			      "l: [a, \n  二] \n"
			      "e: # c\n"
			      "k: |+\n  x\n\n"
			      "---\nbody");

	(void)state;
	is_field(fm, 0, 2, "lit", "|\n  一\n  二", "lit: |\n  一\n  二\n");
	is_field(
	    fm, 1, 7, "tags", "- a # x\n-  '二'", "tags:\n- a # x\n-  '二'\n");
	is_field(fm, 2, 11, "map", "x: 1\n  y: >\n    z",
	    "map:\n  x: 1\n  y: >\n    z\n");
	is_field(fm, 3, 16, "l", "[a, \n  二]", "l: [a, \n  二] \n");
	is_field(fm, 4, 18, "e", "", "e: # c\n");
	is_field(fm, 5, 19, "k", "|+\n  x\n", "k: |+\n  x\n\n");
	fm_free(fm);
}

/* Parsing fails, with these words among the message's. */
static void
breaks(const char *text, size_t len, unsigned line, const char *words)
{
	struct err err;
	struct fm *fm = fm_parse(text, len, &err);

	if (fm)
		fail_msg("parses: %s", text);
	if (err.line != line || !strstr(err.msg, words))
		fail_msg("%u: %s", err.line, err.msg);
}

static char *
repeat(const char *head, const char *s, size_t n, const char *tail)
{
	struct buf b = {0};

	buf_puts(&b, head);
	for (size_t i = 0; i < n; i++)
		buf_puts(&b, s);
	buf_puts(&b, tail);
	return buf_steal(&b);
}

static void
bounds_what_it_reads(void **state)
{
	struct buf b = {0};
	char *s;

	(void)state;
	s = repeat("---\na: ", "[", 101, "\n---\n");
	breaks(s, strlen(s), 2, "nested");
	free(s);
	s = repeat("---\na: ", "{a: ", 100000, "\n---\n");
	breaks(s, strlen(s), 2, "nested");
	free(s);
	s = repeat("---\n", "- ", 100000, "\n---\n");
	breaks(s, strlen(s), 2, "nested");
	free(s);
	/* Nine times nine times nine ... */
	buf_puts(&b, "---\na0: &a0 [x, x, x, x, x, x, x, x, x]\n");
	for (int i = 1; i < 12; i++)
		buf_printf(&b,
		    "a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, "
		    "*a%d, *a%d]\n",
		    i, i, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1, i - 1,
		    i - 1, i - 1);
	buf_puts(&b, "---\n");
	breaks(buf_text(&b), b.len, 7, "aliases grow");
	buf_clear(&b);
	/* Each nests the one before. */
	buf_puts(&b, "---\na0: &a0 [x]\n");
	for (int i = 1; i < 200; i++)
		buf_printf(&b, "a%d: &a%d [*a%d]\n", i, i, i - 1);
	buf_puts(&b, "---\n");
	breaks(buf_text(&b), b.len, 100, "aliases grow");
	buf_dispose(&b);
	breaks("---\na: &a [*a]\n---\n", 20, 2, "no anchor");
	breaks("---\na: \0\n---\n", 13, 2, "control");
	breaks("---\na: \xe9\n---\n", 13, 2, "UTF-8");
	breaks("---\na: \x1b[0m\n---\n", 16, 2, "control");
	breaks("---\n[a]: 1\n---\n", 15, 2, "must be text");
	breaks("---\n<<: 1\n---\n", 14, 2, "<<");
	s = repeat("---\n", "# a comment of some length\n", 200000, "---\n");
	breaks(s, strlen(s), 2, "4 MiB");
	free(s);
}

/* Many fields, aliases, duplicates: no worse than in proportion. */
static void
takes_large_input(void **state)
{
	struct buf b = {0};
	struct fm *fm;
	struct err err;
	struct value *v = value_bool(false);

	(void)state;
	buf_puts(&b, "---\n");
	for (int i = 0; i < 50000; i++)
		buf_printf(&b, "k%d: 值 %d\n", i / 2, i);
	buf_puts(&b, "---\n");
	fm = parse_len(b.data, b.len);
	assert_int_equal(fm_count(fm), 50000);
	assert_int_equal(fm_values(fm)->n, 25000);
	must(fm_set(fm, "draft", v, &err), &err);
	assert_false(fm_find(fm, "draft")->value->boolean);
	fm_free(fm);
	value_free(v);
	/* A folded text without a place to fold it. */
	buf_clear(&b);
	for (int i = 0; i < 400000; i++)
		buf_puts(&b, "值");
	v = value_string_len(b.data, b.len);
	fm = parse("---\na: >-\n  x\n---\n");
	must(fm_set(fm, "a", v, &err), &err);
	assert_true(value_equal(fm_find(fm, "a")->value, v));
	buf_dispose(&b);
	fm_free(fm);
	value_free(v);
}

static struct value *
typed(const char *s)
{
	struct err err;
	struct value *v = fm_parse_value(s, strlen(s), &err);

	if (!v)
		fail_msg("%s: %s", s, err.msg);
	return v;
}

static void
typed_is(const char *s, const char *json)
{
	struct value *v = typed(s);
	struct buf b = {0};

	value_json(v, 0, &b);
	assert_string_equal(buf_text(&b), json);
	buf_dispose(&b);
	value_free(v);
}

static void
reads_typed_values(void **state)
{
	static const char *const wrong[] = {"[a", "\"a", "'a", "a\n---\nb",
	    "{a: b", "a: b\nc: [", "!x [", ">x"};
	struct err err;

	(void)state;
	typed_is("", "null");
	typed_is("  ", "null");
	typed_is("false", "false");
	typed_is("[a, 'b c', 3]", "[\"a\",\"b c\",3]");
	typed_is("\"x: z\"", "\"x: z\"");
	typed_is("x: z", "\"x: z\"");
	typed_is("a: b: c", "\"a: b: c\"");
	typed_is(" C# and #1 ", "\"C# and #1\"");
	typed_is("#1", "\"#1\"");
	typed_is("@home", "\"@home\"");
	typed_is("*star*", "\"*star*\"");
	typed_is("{a: b}", "{\"a\":\"b\"}");
	typed_is("x: 1\ny: 2", "{\"x\":1,\"y\":2}");
	typed_is(" a b ", "\"a b\"");
	typed_is("\"a\" ", "\"a\"");
	typed_is("- a\n- b\n", "[\"a\",\"b\"]");
	typed_is("|\n  a\n  b\n", "\"a\\nb\\n\"");
	for (size_t i = 0; i < NITEMS(wrong); i++) {
		if (fm_parse_value(wrong[i], strlen(wrong[i]), &err))
			fail_msg("%s is taken", wrong[i]);
		assert_int_equal(err.code, ERR_USAGE);
		assert_int_equal(err.line, 0);
	}
}

static void
reads_data_files(void **state)
{
	static const struct {
		const char *name, *text, *json;
	} files[] = {
	    {"a.yaml", "a: 1\n---\nb: 2\n", "{\"a\":1}"},
	    {"dir.toml/a.yml", "- a\n- b: c\n", "[\"a\",{\"b\":\"c\"}]"},
	    {"a.YAML", "\xef\xbb\xbf# nothing\n", "null"},
	    {"a.json", "\t{\n\t\"a\":1,\n\t\"b\" : [ true ]\n}\n",
		"{\"a\":1,\"b\":[true]}"},
	    {"a.json", "[]", "[]"},
	    {"a.toml", "a = 1\n[b]\nc = 'x'\n",
		"{\"a\":1,\"b\":{\"c\":\"x\"}}"},
	};
	struct err err;
	struct value *v;
	struct buf b = {0};

	(void)state;
	for (size_t i = 0; i < NITEMS(files); i++) {
		v = fm_parse_data(
		    files[i].name, files[i].text, strlen(files[i].text), &err);
		if (!v)
			fail_msg(
			    "%s: %u: %s", files[i].name, err.line, err.msg);
		buf_clear(&b);
		value_json(v, 0, &b);
		assert_string_equal(buf_text(&b), files[i].json);
		value_free(v);
	}
	buf_dispose(&b);
	assert_null(fm_parse_data("a.txt", "", 0, &err));
	assert_null(fm_parse_data("yaml", "", 0, &err));
	assert_null(fm_parse_data("a.yaml", "a: 1\nb: c: d\n", 13, &err));
	assert_int_equal(err.line, 2);
	assert_int_equal(err.column, 5);
}

static void
refuses_what_is_not_text(void **state)
{
	static const char *const keys[] = {
	    "", "a\nb", "\xff", "title.b", "a\x7f"};
	struct fm *fm = parse("---\ntitle: x\n---\n");
	struct value *v = value_string("a\xff");
	struct value *list = value_list(), *map = value_map();
	struct err err;

	(void)state;
	assert_int_equal(fm_set(fm, "title", v, &err), -1);
	assert_int_equal(fm_set(fm, "new", v, &err), -1);
	value_append(list, v);
	assert_int_equal(fm_set(fm, "title", list, &err), -1);
	list->items[0] = map;
	value_add(map, "x", v);
	assert_int_equal(fm_set(fm, "title", list, &err), -1);
	value_free(list);
	v = value_string("x");
	for (size_t i = 0; i < NITEMS(keys); i++)
		assert_int_equal(fm_set(fm, keys[i], v, &err), -1);
	is_text(fm, "---\ntitle: x\n---\n");
	fm_free(fm);
	/* UTF-16 has no front matter that anybody would see. */
	fm = parse_len("\xff\xfe-\0-\0", 6);
	assert_int_equal(fm_set(fm, "title", v, &err), -1);
	fm_free(fm);
	value_free(v);
}

/* Values that no parse gives: what is written is still what was asked. */
static void
writes_any_value(void **state)
{
	struct value *(*make[])(const char *) = {value_string, value_date};
	static const char *const texts[] = {"2024-01-02\ndraft: true", "",
	    "---", "...", "a\n---\nb", "- a", "? a", "a:", ":a", "a #b", "\"",
	    "'", "\\", "\t", " ", "\n", "\n\n", "a\n", " a\n b\n\n", "\r",
	    "a\r\nb", "\x7f", "\xc2\x85", "\xe2\x80\xa8", "[", "]", "{", "}",
	    ",", "a, b", "#", "&a", "*a", "!a", "|", ">", "%a", "@a", "`a",
	    "null", "~", "<<", "0", "0x", "1_0", ".5", "1:2", "\xef\xbb\xbf",
	    "\xf0\x9f\x8e\x89", "a\tb", "-", "--", "- ", "yes", "n", "=",
	    "{{ x }}", "a\n  b\n c\n", "\n a", "\ta\n", "a \nb", "a\n \n",
	    "  \n  a\n"};
	static const char *const fields[] = {"plain", "single", "double",
	    "literal", "folded", "keep", "empty", "flow", "block", "new"};
	struct err err;
	struct fm *fm;
	struct value *v;

	(void)state;
	for (size_t m = 0; m < NITEMS(make); m++)
		for (size_t i = 0; i < NITEMS(texts); i++)
			for (size_t j = 0; j < NITEMS(fields); j++) {
				fm = parse("---\nplain: x # c\nsingle: 'x'\n"
					   "double: \"x\"\nliteral: |\n  x\n"
					   "folded: >\n  x\nkeep: |+\n  x\n\n"
					   "empty:\nflow: [x]\nblock:\n"
					   "  - x\n---\n");
				v = make[m](texts[i]);
				if (fm_set(fm, fields[j], v, &err) == -1)
					fail_msg("%s = %s: %s", fields[j],
					    texts[i], err.msg);
				assert_string_equal(
				    fm_find(fm, fields[j])->value->text,
				    texts[i]);
				value_free(v);
				v = value_list();
				value_append(v, make[m](texts[i]));
				value_append(v, make[m]("z"));
				if (fm_set(fm, fields[j], v, &err) == -1)
					fail_msg("%s = [%s]: %s", fields[j],
					    texts[i], err.msg);
				value_free(v);
				fm_free(fm);
			}
}

/* Lines that differ between two texts; SIZE_MAX: not as many lines. */
static size_t
lines_changed(const char *a, const char *b)
{
	size_t n = 0, la, lb;

	for (;; a += la, b += lb) {
		la = strcspn(a, "\n");
		lb = strcspn(b, "\n");
		if (la != lb || strncmp(a, b, la) != 0)
			n++;
		if (!a[la] || !b[lb])
			return a[la] == b[lb] ? n : SIZE_MAX;
		la++;
		lb++;
	}
}

/* For every file of a directory, and below. */
static size_t
walk(const char *dir, void (*each)(const char *path))
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;
	size_t n = 0;

	assert_non_null(d);
	while ((e = readdir(d))) {
		char *path;

		if (e->d_name[0] == '.')
			continue;
		path = xasprintf("%s/%s", dir, e->d_name);
		if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
			n += walk(path, each);
		} else if (strstr(e->d_name, ".md")) {
			each(path);
			n++;
		}
		free(path);
	}
	closedir(d);
	return n;
}

static void
own_values_change_nothing(struct fm *fm, const char *text)
{
	struct value *v;
	struct err err;

	for (size_t i = 0; i < fm_count(fm); i++) {
		const struct fm_field *f = fm_at(fm, i);

		if (f->frozen)
			continue;
		v = value_copy(f->value);
		must(fm_set(fm, f->key, v, &err), &err);
		value_free(v);
		is_text(fm, text);
	}
}

/* Every field: changed and changed back, taken out. */
static void
every_field(const char *text)
{
	struct value *was, *other;
	struct fm *fm = parse(text), *without;
	struct err err;
	char *key;

	for (size_t i = 0; i < fm_count(fm); i++) {
		if (fm_at(fm, i)->frozen)
			continue;
		key = xstrdup(fm_at(fm, i)->key);
		was = value_copy(fm_at(fm, i)->value);
		without = parse(text);
		must(fm_unset(without, key, &err), &err);
		assert_null(fm_find(without, key));
		assert_int_equal(fm_count(without), fm_count(fm) - 1);
		for (size_t j = 0; j < fm_count(without); j++)
			assert_true(value_equal(fm_at(without, j)->value,
			    fm_at(fm, j < i ? j : j + 1)->value));
		fm_free(without);
		other = was->type == VALUE_LIST ? value_copy(was)
						: value_string("neu 新");
		if (was->type == VALUE_LIST)
			value_append(other, value_string("a, \"b\": #新"));
		must(fm_set(fm, key, other, &err), &err);
		assert_true(value_equal(fm_find(fm, key)->value, other));
		must(fm_set(fm, key, was, &err), &err);
		is_text(fm, text);
		value_free(was);
		value_free(other);
		free(key);
	}
	fm_free(fm);
}

static void
one_corpus_file(const char *path)
{
	char *text = test_read(path);
	struct fm *fm = parse(text);
	const struct fm_field *draft;
	struct value *on = value_bool(true), *off = value_bool(false);
	struct err err;
	size_t len;
	bool was;

	is_text(fm, text);
	own_values_change_nothing(fm, text);
	draft = fm_find(fm, "draft");
	if (draft) {
		was = draft->value->boolean;
		must(fm_set(fm, "draft", was ? off : on, &err), &err);
		assert_int_equal(lines_changed(text, fm_text(fm, &len)), 1);
		must(fm_set(fm, "draft", was ? on : off, &err), &err);
		is_text(fm, text);
	}
	every_field(text);
	fm_free(fm);
	value_free(on);
	value_free(off);
	free(text);
}

static void
keeps_the_corpus(void **state)
{
	const char *dir = test_corpus("wamr.dev/content/en");

	(void)state;
	assert_true(walk(dir, one_corpus_file) >= 25);
	one_corpus_file(test_corpus("seed.md"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(detects_as_hugo),
	    cmocka_unit_test(reads_values_as_hugo),
	    cmocka_unit_test(tells_dates),
	    cmocka_unit_test(spans_are_bytes),
	    cmocka_unit_test(spans_of_lines),
	    cmocka_unit_test(bounds_what_it_reads),
	    cmocka_unit_test(takes_large_input),
	    cmocka_unit_test(reads_typed_values),
	    cmocka_unit_test(reads_data_files),
	    cmocka_unit_test(refuses_what_is_not_text),
	    cmocka_unit_test(writes_any_value),
	    cmocka_unit_test(keeps_the_corpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
