/* SPDX-License-Identifier: ISC */
/* JSON front matter: what is read, what is refused and where, and each edit in
 * place, byte for byte; Org's keywords. */
#include "../test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fm.h"
#include "mem.h"

static void
reads(void **state)
{
	static const struct {
		const char *text, *json;
	} good[] = {
	    {"{}", "{}"},
	    {"\xef\xbb\xbf \r\n\t{ }\n", "{}"},
	    {"{\"a\":[1,-0,0.5,1e3,1E+2,-1.5e-2]}",
		"{\"a\":[1,-0,0.5,1e3,1E+2,-1.5e-2]}"},
	    {"{\"a\":9223372036854775807,\"b\":-9223372036854775808}",
		"{\"a\":9223372036854775807,\"b\":-9223372036854775808}"},
	    {"{\"a\":9223372036854775808}", "{\"a\":9223372036854775808}"},
	    {"{\"a\":[true,false,null,\"\",[],{}]}",
		"{\"a\":[true,false,null,\"\",[],{}]}"},
	    {"{\"a\":\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\u4E2d\"}",
		"{\"a\":\"\\\"\\\\/\\b\\f\\n\\r\\t\xc3\xa9\xe4\xb8\xad\"}"},
	    {"{\"a\":\"\\ud83d\\ude00\"}", "{\"a\":\"\xf0\x9f\x98\x80\"}"},
	    /* Half a pair, as Hugo reads it. */
	    {"{\"a\":\"\\ud83dx\\ude00\"}",
		"{\"a\":\"\xef\xbf\xbdx\xef\xbf\xbd\"}"},
	    {"{\"a\":\"\\ud83d\\u0041\"}", "{\"a\":\"\xef\xbf\xbd\x41\"}"},
	    {"{\"a\":1,\"b\":2,\"a\":3}", "{\"a\":3,\"b\":2}"},
	    {"{\"a\":{\"x\":1,\"y\":2,\"x\":{\"z\":3}}}",
		"{\"a\":{\"x\":{\"z\":3},\"y\":2}}"},
	    {"{\"\\u0061\":1,\"\":2,\"b c\":3}", "{\"a\":1,\"\":2,\"b c\":3}"},
	    {"{\"a\" : \"}{\" , \"b\"\n:\n1}\nbody {",
		"{\"a\":\"}{\",\"b\":1}"},
	    {"{\"a\":\"\\u0000\x7f\"}", "{\"a\":\"\\u0000\\u007f\"}"},
	};
	struct err err;
	struct buf b = {0};

	(void)state;
	for (size_t i = 0; i < NITEMS(good); i++) {
		struct fm *fm =
		    fm_parse(good[i].text, strlen(good[i].text), &err);

		if (!fm)
			fail_msg("%s: %s", good[i].text, err.msg);
		buf_clear(&b);
		value_json(fm_values(fm), 0, &b);
		assert_string_equal(buf_text(&b), good[i].json);
		fm_free(fm);
	}
	buf_dispose(&b);
}

static void
refuses(void **state)
{
	static const struct {
		const char *text, *why;
	} bad[] = {
	    {"{\"a\":1,}", "1:7: no comma may stand before }"},
	    {"{\"a\":[1,\n ]}", "1:8: no comma may stand before ]"},
	    {"{,\"a\":1}", "1:2: here a name in double quotes must stand"},
	    {"{\"a\":[,1]}", "1:7: here a value must stand"},
	    {"{\"a\" 1}", "1:6: here a colon must stand, behind the name"},
	    {"{\"a\"}", "1:5: here a colon must stand, behind the name"},
	    {"{\"a\":}", "1:6: here a value must stand"},
	    {"{\"a\":1 \"b\":2}", "1:8: here a comma or } must stand"},
	    {"{\n  \"a\": [1 2]\n}", "2:11: here a comma or ] must stand"},
	    {"{a:1}", "1:2: here a name in double quotes must stand"},
	    {"{'a':1}", "1:2: JSON takes double quotes, not single ones"},
	    {"{\"a\":'b'}", "1:6: JSON takes double quotes, not single ones"},
	    {"{\n// why\n\"a\":1}", "2:1: JSON has no comments"},
	    {"{\"a\":True}",
		"1:6: true, false and null are written in small letters"},
	    {"{\"a\":yes}", "1:6: text must be in double quotes"},
	    {"{\"a\":NaN}", "1:6: text must be in double quotes"},
	    {"{\"a\":01}", "1:6: a number cannot begin with 0"},
	    {"{\"a\":-}", "1:6: this is no JSON value"},
	    {"{\"a\":-x}", "1:6: this is no JSON value"},
	    {"{\"a\":+1}", "1:6: here a value must stand"},
	    {"{\"a\":.5}", "1:6: here a value must stand"},
	    {"{\"a\":1.}", "1:6: a digit must follow the point"},
	    {"{\"a\":1.e3}", "1:6: a digit must follow the point"},
	    {"{\"a\":1e}", "1:6: a number must follow the e"},
	    {"{\"a\":1e+}", "1:6: a number must follow the e"},
	    {"{\"a\":1e999}", "1:6: this number is too large"},
	    {"{\"a\":0x1f}", "1:7: here a comma or } must stand"},
	    {"{\"a\":\"\\x\"}", "1:7: JSON has no such escape: a backslash "
				"is written \\\\"},
	    {"{\"a\":\"\\u12g4\"}", "1:7: \\u takes four hexadecimal digits"},
	    {"{\"a\":\"x\ny\"}", "1:8: a line break inside quotes: write "
				 "\\n, or close the quotes"},
	    {"{\"a\":\"x\ty\"}", "1:8: a tab inside quotes: write \\t"},
	    {"{\"a\":\"\x01\"}", "1:7: a control character inside quotes: "
				 "write it as \\u and its number"},
	    {"\n\n {\"\xc3\xa9\xff\":1}", "3:5: this is not UTF-8 text"},
	    {"{\"a\\u0000b\":1}", "1:2: a name cannot hold \\u0000"},
	    {"{\"a\":1", "1:1: no } closes the { that begins this front "
			 "matter"},
	};
	struct err err;
	struct fm *fm;
	char *why;

	(void)state;
	for (size_t i = 0; i < NITEMS(bad); i++) {
		fm = fm_parse(bad[i].text, strlen(bad[i].text), &err);
		if (fm)
			fail_msg("%s: parses", bad[i].text);
		why = xasprintf("%u:%u: %s", err.line, err.column, err.msg);
		assert_string_equal(why, bad[i].why);
		free(why);
	}
}

/* n lists in one another. */
static char *
nested(size_t n)
{
	struct buf b = {0};

	buf_puts(&b, "{\"a\":");
	for (size_t i = 0; i < n; i++)
		buf_putc(&b, '[');
	for (size_t i = 0; i < n; i++)
		buf_putc(&b, ']');
	buf_putc(&b, '}');
	return buf_steal(&b);
}

static void
bounds_depth(void **state)
{
	char *ok = nested(99), *deep = nested(100), *far = nested(1000000);
	struct err err;
	struct fm *fm = fm_parse(ok, strlen(ok), &err);

	(void)state;
	assert_non_null(fm);
	fm_free(fm);
	assert_null(fm_parse(deep, strlen(deep), &err));
	assert_string_equal(err.msg, "nested too deeply");
	assert_int_equal(err.column, 105);
	assert_null(fm_parse(far, strlen(far), &err));
	free(ok);
	free(deep);
	free(far);
}

static void
reads_data(void **state)
{
	struct err err;
	struct value *v = fm_parse_data("a.json", "", 0, &err);

	(void)state;
	assert_int_equal(v->type, VALUE_MAP);
	value_free(v);
	v = fm_parse_data("a.json", " \"x\" \n", 6, &err);
	assert_string_equal(v->text, "x");
	value_free(v);
	assert_null(fm_parse_data("a.json", "[1]\n[2]", 7, &err));
	assert_int_equal(err.line, 2);
	assert_string_equal(err.msg, "nothing may follow the value");
	assert_null(fm_parse_data("a.json", "[1", 2, &err));
	assert_string_equal(
	    err.msg, "the text ends where a comma or ] must stand");
	assert_null(fm_parse_data("a.json", " ", 1, &err));
	assert_null(fm_parse_data("a.json", "a: 1", 4, &err));
}

/* One edit: s set, u unset, r rename, i insert ("0 value"), m move ("0 2"). */
struct edit {
	const char *in;
	char op;
	const char *path, *arg;
	const char *out; /* begins with !: the error */
};

static const struct edit scalars[] = {
    {"{\"a\" : 1 ,\"b\":\t2}x", 's', "a", "5", "{\"a\" : 5 ,\"b\":\t2}x"},
    {"{\"a\":1.50}", 's', "a", "1.5", "{\"a\":1.50}"},
    {"{\"a\":1.50}", 's', "a", "2.25", "{\"a\":2.25}"},
    {"{\"a\":\"\\u0041\"}", 's', "a", "A", "{\"a\":\"\\u0041\"}"},
    {"{\"draft\": true}", 's', "DRAFT", "no", "{\"draft\": false}"},
    {"{\"a\":\"x\"}", 's', "a", "\"q\\\"\\\\\\n\\t\\x01/\"",
	"{\"a\":\"q\\\"\\\\\\n\\t\\u0001/\"}"},
    {"{\"a\":\"x\"}", 's', "a", "\xc3\xa9\xe4\xb8\xad",
	"{\"a\":\"\xc3\xa9\xe4\xb8\xad\"}"},
    /* As the file escapes. */
    {"{\"a\":\"\\u00e9\"}", 's', "a", "\xc3\xab\xf0\x9f\x98\x80",
	"{\"a\":\"\\u00eb\\ud83d\\ude00\"}"},
    {"{\"a\":\"\\u00E9\"}", 's', "a", "\xc3\xab", "{\"a\":\"\\u00EB\"}"},
    {"{\"a\":\"\\u00e9\",\"b\":\"\xc3\xa9\"}", 's', "a", "\xc3\xab",
	"{\"a\":\"\xc3\xab\",\"b\":\"\xc3\xa9\"}"},
    {"{\"a\":\"x\\/y\"}", 's', "a", "y/x", "{\"a\":\"y\\/x\"}"},
    {"{\"a\":\"x \\u003c y\"}", 's', "a", "x & y", "{\"a\":\"x \\u0026 y\"}"},
    {"{\"date\":\"2024-01-02\"}", 's', "date", "2024-02-03",
	"{\"date\":\"2024-02-03\"}"},
    {"{\"a\":1}", 's', "a", ".inf", "!JSON has no infinite number and no NaN"},
    {"{\"a\":1}", 's', "a", "0x1f", "{\"a\":31}"},
    {"{\"a\":1}", 's', "a", "1_000.5", "{\"a\":1000.5}"},
    {"{\"a\":1}", 's', "a", "", "{\"a\":null}"},
    {"{\"a\":{\"b\":[{\"c\":1},{\"c\":2}]}}", 's', "a.b[1].c", "9",
	"{\"a\":{\"b\":[{\"c\":1},{\"c\":9}]}}"},
    {"{\"a\":1,\"A\":2}", 's', "a", "3", "{\"a\":1,\"A\":3}"},
    {"{\"a\":{\"x\":1,\"x\":2}}", 's', "a.x", "3", "{\"a\":{\"x\":1,\"x\":3}}"},
    {"{\"a.b\":{\"c\\\"d\":1}}", 's', "\"a.b\".\"c\\\"d\"", "2",
	"{\"a.b\":{\"c\\\"d\":2}}"},
};

static const struct edit fields[] = {
    {"{}", 's', "a", "1", "{\"a\": 1}"},
    {"{ }", 's', "a", "1", "{ \"a\": 1 }"},
    {"{\n}\n", 's', "a", "1", "{\n  \"a\": 1\n}\n"},
    {"{\r\n}\r\n", 's', "a", "1", "{\r\n  \"a\": 1\r\n}\r\n"},
    {"{\"a\":1}", 's', "b", "2", "{\"a\":1,\"b\":2}"},
    {"{\"a\": 1}", 's', "b", "2", "{\"a\": 1, \"b\": 2}"},
    {"{ \"a\" : 1 }", 's', "b", "2", "{ \"a\" : 1, \"b\" : 2 }"},
    {"{\n\t\"a\": 1\n}\nx", 's', "b", "2", "{\n\t\"a\": 1,\n\t\"b\": 2\n}\nx"},
    {"{\n  \"a\": 1,\n\n  \"b\": 2\n}", 's', "c", "3",
	"{\n  \"a\": 1,\n\n  \"b\": 2,\n  \"c\": 3\n}"},
    {"{\n  \"a\": 1\n, \"b\": 2\n}", 's', "c", "3",
	"{\n  \"a\": 1\n, \"b\": 2\n, \"c\": 3\n}"},
    {"{\r\n \"a\":1\r\n}", 's', "b.c", "[1, 2]",
	"{\r\n \"a\":1,\r\n \"b\":{\r\n  \"c\":[1,2]\r\n }\r\n}"},
    {"{\n  \"a\": [\n    1\n  ]\n}", 's', "b", "[x, z]",
	"{\n  \"a\": [\n    1\n  ],\n  \"b\": [\n    \"x\",\n    \"z\"\n"
	"  ]\n}"},
    {"{\n  \"a\": {}\n}", 's', "a.b", "1",
	"{\n  \"a\": {\n    \"b\": 1\n  }\n}"},
    {"{\"a\": {}}", 's', "a.b", "1", "{\"a\": {\"b\": 1}}"},
    {"{\"p\": { \"x\": 1 }}", 's', "q", "{y: 2}",
	"{\"p\": { \"x\": 1 }, \"q\": { \"y\": 2 }}"},
    {"{\"a\":null}", 's', "a.b", "1", "{\"a\":{\"b\":1}}"},
    {"{\"a\":1}", 'u', "a", "", "{}"},
    {"{\n  \"a\": 1\n}\n", 'u', "a", "", "{\n}\n"},
    {"{\"a\":1,\"b\":2}", 'u', "a", "", "{\"b\":2}"},
    {"{\"a\":1, \"b\":2}", 'u', "b", "", "{\"a\":1}"},
    {"{\n \"a\": 1,\n \"b\": 2,\n \"c\": 3\n}", 'u', "b", "",
	"{\n \"a\": 1,\n \"c\": 3\n}"},
    {"{\n \"a\": 1,\n \"b\": 2\n}", 'u', "b", "", "{\n \"a\": 1\n}"},
    {"{\n \"a\": 1,\n \"b\": 2\n}", 'u', "a", "", "{\n \"b\": 2\n}"},
    {"{ \"a\": 1\n, \"b\": 2\n, \"c\": 3\n}", 'u', "b", "",
	"{ \"a\": 1\n, \"c\": 3\n}"},
    {"{\n\"a\": 1\n, \"b\": 2\n, \"c\": 3\n}", 'u', "a", "",
	"{\n\"b\": 2\n, \"c\": 3\n}"},
    {"{\"a\":1,\"A\":2,\"b\":3}", 'u', "a", "", "{\"b\":3}"},
    {"{\"a\":{\"x\":1},\"b\":{\"y\":[2]}}", 'u', "b.y", "",
	"{\"a\":{\"x\":1},\"b\":{}}"},
    {"{\"a\":{\"x\":1,\"x\":2}}", 'u', "a.x", "",
	"!this name is there more than once: edit the file itself"},
    {"{\"a\" : 1}", 'r', "a", "b\"", "{\"b\\\"\" : 1}"},
    {"{\"a\":{\"\\u0062\":1}}", 'r', "a.b", "c", "{\"a\":{\"c\":1}}"},
    {"{\"a\":1,\"b\":2}", 'r', "a", "B", "!B: there is a field of this name"},
};

static const struct edit lists[] = {
    {"{\"t\": [\"a\",\"b\"]}", 's', "t", "[a, b, c]",
	"{\"t\": [\"a\",\"b\",\"c\"]}"},
    {"{\"t\": [ \"a\" ]}", 's', "t", "[a, b]", "{\"t\": [ \"a\", \"b\" ]}"},
    {"{\"t\": [ 1.0 , 2 ]}", 's', "t", "[2, 1.0, 3]",
	"{\"t\": [ 2 , 1.0 , 3 ]}"},
    {"{\n \"t\": [\n  \"\\u0061\",\n  \"b\",\n  \"c\"\n ]\n}", 's', "t",
	"[a, c]", "{\n \"t\": [\n  \"\\u0061\",\n  \"c\"\n ]\n}"},
    {"{\n \"t\": [\n  \"a\",\n  \"b\"\n ]\n}", 's', "t", "[m, a, b]",
	"{\n \"t\": [\n  \"m\",\n  \"a\",\n  \"b\"\n ]\n}"},
    {"{\"t\":[1,2]}", 's', "t", "[]", "{\"t\":[]}"},
    {"{\"t\":[]}", 's', "t", "[1, 2]", "{\"t\":[1,2]}"},
    {"{\n  \"t\": []\n}", 's', "t", "[1, 2]", "{\n  \"t\": [1, 2]\n}"},
    {"{\n  \"t\": []\n}", 's', "t", "[{a: 1}]",
	"{\n  \"t\": [\n    {\n      \"a\": 1\n    }\n  ]\n}"},
    {"{\"m\":{\"A\" : 1,\"b\":{\"c\" :2}}}", 's', "m", "{b: {c: 3}, a: 1}",
	"{\"m\":{\"A\" : 1,\"b\":{\"c\" :3}}}"},
    {"{\"m\":{\"a\":1,\"b\":2}}", 's', "m", "{b: 2, c: 3}",
	"{\"m\":{\"b\":2,\"c\":3}}"},
    {"{\"t\":[{\"a\" : 1},{\"a\" : 2}]}", 's', "t", "[{a: 1}, {a: 3}]",
	"{\"t\":[{\"a\" : 1},{\"a\" : 3}]}"},
    {"{\"t\":[1,\n2, 3]}", 'u', "t[1]", "", "{\"t\":[1,\n3]}"},
    {"{\"t\":[1, 2,\n3]}", 'u', "t[1]", "", "{\"t\":[1,\n3]}"},
    {"{\"t\":[1]}", 'u', "t[0]", "", "{\"t\":[]}"},
    {"{\n \"t\": [\n  1\n ]\n}", 'u', "t[0]", "", "{\n \"t\": []\n}"},
    {"{\"t\": [1, 2]}", 'i', "t", "0 9", "{\"t\": [9, 1, 2]}"},
    {"{\"t\": [1, 2]}", 'i', "t", "1 9", "{\"t\": [1, 9, 2]}"},
    {"{\"t\": [1, 2]}", 'i', "t", "2 9", "{\"t\": [1, 2, 9]}"},
    {"{\"t\": [\n 1\n ]}", 'i', "t", "0 9", "{\"t\": [\n 9,\n 1\n ]}"},
    {"{\"t\": [\n]}", 'i', "t", "0 9", "{\"t\": [\n  9\n]}"},
    {"{\"t\": [1,2 , 3]}", 'm', "t", "0 2", "{\"t\": [2,3 , 1]}"},
    {"{\"t\": [1,2 , 3]}", 'm', "t", "2 0", "{\"t\": [3,1 , 2]}"},
    {"{\"t\": [\n {\"a\":1},\n 2,\n\n 3\n]}", 'm', "t", "0 1",
	"{\"t\": [\n 2,\n {\"a\":1},\n\n 3\n]}"},
};

static int
carry_out(struct fm *fm, const struct edit *e, struct err *err)
{
	char *rest = NULL;
	unsigned long i = strtoul(e->arg, &rest, 10);
	const char *text = e->op == 'i' ? rest : e->arg;
	struct value *v;
	int rc = -1;

	switch (e->op) {
	case 'u':
		return fm_unset(fm, e->path, err);
	case 'r':
		return fm_rename(fm, e->path, e->arg, err);
	case 'm':
		return fm_move(fm, e->path, i, strtoul(rest, NULL, 10), err);
	}
	v = fm_parse_value(text, strlen(text), err);
	assert_non_null(v);
	if (e->op == 's')
		rc = fm_set(fm, e->path, v, err);
	else
		rc = fm_insert(fm, e->path, i, v, err);
	value_free(v);
	return rc;
}

static void
check(const struct edit *edits, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		const struct edit *e = &edits[i];
		struct err err = {0};
		struct fm *fm = fm_parse(e->in, strlen(e->in), &err);
		size_t len;
		int rc;

		if (!fm)
			fail_msg("%s: %s", e->in, err.msg);
		rc = carry_out(fm, e, &err);
		if (rc == -1 && *e->out != '!')
			fail_msg("%s: %s: %s", e->in, e->path, err.msg);
		if (*e->out == '!')
			assert_string_equal(err.msg, e->out + 1);
		assert_string_equal(
		    fm_text(fm, &len), *e->out == '!' ? e->in : e->out);
		fm_undo(fm);
		assert_string_equal(fm_text(fm, &len), e->in);
		fm_free(fm);
	}
}

static void
edits_scalars(void **state)
{
	(void)state;
	check(scalars, NITEMS(scalars));
}

static void
edits_fields(void **state)
{
	(void)state;
	check(fields, NITEMS(fields));
}

static void
edits_lists(void **state)
{
	(void)state;
	check(lists, NITEMS(lists));
}

static void
adds_by_order(void **state)
{
	static const char *const order[] = {"title", "date", "draft"};
	static const char text[] = "{\n  \"title\": 1,\n  \"draft\": 2\n}";
	struct err err;
	struct fm *fm = fm_parse(text, strlen(text), &err);
	struct value *v = value_int(3);
	size_t len;

	(void)state;
	fm_order(fm, order, NITEMS(order));
	assert_int_equal(fm_set(fm, "date", v, &err), 0);
	assert_string_equal(fm_text(fm, &len),
	    "{\n  \"title\": 1,\n  \"date\": 3,\n  \"draft\": 2\n}");
	value_free(v);
	fm_free(fm);
}

static void
knows_places(void **state)
{
	static const char text[] =
	    "\n {\"a\":{\"\xc3\xa9\":[1,\n\t{\"c\":2}]},\n\"b\":\n3}";
	struct err err;
	struct fm *fm = fm_parse(text, strlen(text), &err);
	const struct fm_field *f = fm_find(fm, "b");
	unsigned line, column;

	(void)state;
	assert_int_equal(f->line, 4);
	assert_int_equal(f->value_len, 1);
	assert_true(fm_place(fm, "a.\xc3\xa9", &line, &column));
	assert_int_equal(line, 2);
	assert_int_equal(column, 8);
	assert_true(fm_place(fm, "a.\xc3\xa9[0]", &line, &column));
	assert_int_equal(column, 13);
	assert_true(fm_place(fm, "a.\xc3\xa9[1].c", &line, &column));
	assert_int_equal(line, 3);
	assert_int_equal(column, 3);
	assert_false(fm_place(fm, "a.x", &line, &column));
	fm_free(fm);
}

static void
org_is(const char *text, const char *json)
{
	struct err err;
	struct fm *fm = fm_parse(text, strlen(text), &err);
	struct buf b = {0};

	assert_non_null(fm);
	value_json(fm_values(fm), 0, &b);
	assert_string_equal(buf_text(&b), json);
	buf_dispose(&b);
	fm_free(fm);
}

/* Each as Hugo has it. */
static void
reads_org(void **state)
{
	(void)state;
	org_is("#+title: x \xc2\xa0\r\n#+a:\ty: z\n#+e:\n#+no\n#+t:x\n",
	    "{\"title\":\"x\",\"a\":\"y: z\",\"e\":\"\"}");
	org_is("#+k: 1\n#+K: 2\n#+TAGS: a  b\n#+tags: c\n",
	    "{\"K\":\"1\\n2\",\"tags\":[\"a\",\"b\",\"c\"]}");
	org_is("#+foo[]: c d\n#+b[]:\n#+aliases: /x/\n#+series: a b\n",
	    "{\"foo\":[\"c\",\"d\"],\"b\":[],\"aliases\":[\"/x/\"],"
	    "\"series\":\"a b\"}");
	org_is("#+date: <2024-01-02 Tue>\n#+lastmod: on [2024-01-03 10:00]\n"
	       "#+publishdate: <2024-01-05>\n#+event: <2024-01-02 Tue>\n",
	    "{\"date\":\"2024-01-02\",\"lastmod\":\"2024-01-03\","
	    "\"publishdate\":\"<2024-01-05>\","
	    "\"event\":\"<2024-01-02 Tue>\"}");
	org_is("#+BEGIN_QUOTE\n#+q: in\n#+end_quote: x\n#+macro: m b\n"
	       "#+k:: v\n#+last: 1",
	    "{\"q\":\"in\",\"last\":\"1\"}");
	org_is("#+a: 1\n\n#+b: 2\n", "{\"a\":\"1\"}");
}

static void
org_is_read_only(void **state)
{
	static const char text[] = "#+title: x\n#+draft: true\n\nText\n";
	struct err err;
	struct fm *fm = fm_parse(text, strlen(text), &err);
	struct value *v = value_bool(false);
	size_t len;

	(void)state;
	assert_int_equal(fm_set(fm, "draft", v, &err), -1);
	assert_string_equal(err.msg,
	    "front matter in Org is read-only here: edit the file itself");
	assert_int_equal(fm_set(fm, "new", v, &err), -1);
	assert_int_equal(fm_unset(fm, "draft", &err), -1);
	assert_int_equal(fm_rename(fm, "draft", "x", &err), -1);
	assert_string_equal(fm_text(fm, &len), text);
	value_free(v);
	fm_free(fm);
	assert_null(fm_parse("#+a: \xff\n", 7, &err));
	assert_int_equal(err.column, 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads),
	    cmocka_unit_test(refuses),
	    cmocka_unit_test(bounds_depth),
	    cmocka_unit_test(reads_data),
	    cmocka_unit_test(edits_scalars),
	    cmocka_unit_test(edits_fields),
	    cmocka_unit_test(edits_lists),
	    cmocka_unit_test(adds_by_order),
	    cmocka_unit_test(knows_places),
	    cmocka_unit_test(reads_org),
	    cmocka_unit_test(org_is_read_only),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
