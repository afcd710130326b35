/* SPDX-License-Identifier: ISC */
/* The TOML reader: values, spans, refusals, and the public test suite. */
#include "../test.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fm_priv.h"
#include "mem.h"
#include "text.h"
#include "value.h"

static struct value *
read_toml(const char *text)
{
	struct err err = {0};
	struct value *v = fm_toml_value(text, strlen(text), &err);

	if (!v)
		fail_msg("%u:%u: %s", err.line, err.column, err.msg);
	return v;
}

static void
assert_json(const char *text, const char *json)
{
	struct value *v = read_toml(text);
	struct buf b = {0};

	value_json(v, 0, &b);
	assert_string_equal(buf_text(&b), json);
	buf_dispose(&b);
	value_free(v);
}

static void
assert_fails(
    const char *text, unsigned line, unsigned column, const char *message)
{
	struct err err = {0};
	struct value *v = fm_toml_value(text, strlen(text), &err);
	char where[32];

	if (v)
		fail_msg("was read: %s", text);
	assert_string_equal(err.msg, message);
	snprintf(where, sizeof(where), "%u:%u", line, column);
	if (err.line != line || err.column != column)
		fail_msg(
		    "%u:%u, not %s: %s", err.line, err.column, where, err.msg);
}

static void
reads_every_type(void **state)
{
	struct value *v;

	(void)state;
	v = read_toml("# a page\r\n"
		      "title = \"Caf\\u00e9 \\U0001F389\\t\"\n"
		      "path = 'C:\\temp'\n"
		      "long = \"\"\"\nfirst \\\n   \n  line\"\"\"\"\"\n"
		      "raw = '''\n'a' \\n\n'''\n"
		      "draft = true\n"
		      "weight = 1_000\nmask = 0xff\nmode = 0o755\nb = 0b101\n"
		      "half = -0.5e0_1\nnone = nan\nlot = -inf\n"
		      "date = 2026-11-25 14:20:00+01:00\n"
		      "day = 2024-02-29\nat = 07:32:00.5\n"
		      "tags = [ 'a', # one\n \"b\",\n]\n"
		      "who = {name = 'Ada', mail.home = 'a@b'}");
	assert_string_equal(value_text(value_get(v, "title")), "Café 🎉\t");
	assert_string_equal(value_text(value_get(v, "path")), "C:\\temp");
	assert_string_equal(value_text(value_get(v, "long")), "first line\"\"");
	assert_string_equal(value_text(value_get(v, "raw")), "'a' \\n\n");
	assert_true(value_get(v, "draft")->boolean);
	assert_int_equal(value_get(v, "weight")->integer, 1000);
	assert_string_equal(value_get(v, "weight")->text, "1_000");
	assert_int_equal(value_get(v, "mask")->integer, 255);
	assert_int_equal(value_get(v, "mode")->integer, 0755);
	assert_int_equal(value_get(v, "b")->integer, 5);
	assert_true(value_get(v, "half")->real == -5.0);
	assert_true(isnan(value_get(v, "none")->real));
	assert_true(isinf(value_get(v, "lot")->real));
	assert_int_equal(value_get(v, "date")->type, VALUE_DATE);
	assert_string_equal(
	    value_get(v, "date")->text, "2026-11-25 14:20:00+01:00");
	assert_string_equal(value_get(v, "day")->text, "2024-02-29");
	assert_string_equal(value_get(v, "at")->text, "07:32:00.5");
	assert_int_equal(value_get(v, "tags")->n, 2);
	assert_string_equal(value_text(value_path(v, "who.mail.home")), "a@b");
	value_free(v);
}

static void
reads_tables(void **state)
{
	(void)state;
	assert_json("", "{}");
	assert_json("\xef\xbb\xbf# only a comment", "{}");
	assert_json("a.b.c = 1\na.b.d = 2\n[a.e]\nx = 1\n[q.r.s]\n[q]\ny = 1\n",
	    "{\"a\":{\"b\":{\"c\":1,\"d\":2},\"e\":{\"x\":1}},"
	    "\"q\":{\"r\":{\"s\":{}},\"y\":1}}");
	assert_json("[[a]]\nn = 1\n[a.sub]\nx = 1\n[[a.list]]\n[[a]]\n"
		    "n = 2\n[a.sub]\nx = 2\n[[ a . 'list' ]]\nz = []\n",
	    "{\"a\":[{\"n\":1,\"sub\":{\"x\":1},\"list\":[{}]},"
	    "{\"n\":2,\"sub\":{\"x\":2},\"list\":[{\"z\":[]}]}]}");
	/* Names are case-sensitive in TOML itself. */
	assert_json("a = 1\nA = 2\n\"\" = 3\n1.2 = 4\n",
	    "{\"a\":1,\"A\":2,\"\":3,\"1\":{\"2\":4}}");
	/* A name is a C string. */
	assert_json("\"a\\u0000b\" = 1\n", "{\"a\xef\xbf\xbd"
					   "b\":1}");
}

static void
says_where_and_why(void **state)
{
	(void)state;
	assert_fails("a = 1\nb = yes\n", 2, 5, "text needs quotes: \"yes\"");
	assert_fails("é = 1", 1, 1, "expected a key");
	assert_fails("a = 1\n'é' b = 1", 2, 5, "expected = after the key");
	assert_fails("a =", 1, 4, "expected a value");
	assert_fails(
	    "a = 1 2", 1, 7, "expected the end of the line after the value");
	assert_fails("a = 012", 1, 5, "012 is not a number, date or time");
	assert_fails(
	    "a = 2023-02-29", 1, 5, "2023-02-29 is not a number, date or time");
	assert_fails("a = 9223372036854775808", 1, 5,
	    "the number does not fit into 64 bits");
	assert_fails("\n a = \"x\nb = 1", 2, 6,
	    "the string that starts here has no end");
	assert_fails(
	    "a = \"\"\"x\n", 1, 5, "the string that starts here has no end");
	assert_fails(
	    "a = [1,\n2\n", 1, 5, "the array that starts here has no end");
	assert_fails("a = [1 2]", 1, 8, "expected a comma or ]");
	assert_fails(
	    "a = {b = 1\n}", 1, 11, "expected a comma or } on the same line");
	assert_fails("a = \"\\d\"", 1, 6,
	    "unknown escape: write \\\\ for a backslash, or use '...'");
	assert_fails("a = \"\\ud800\"", 1, 6, "U+D800 is not a character");
	assert_fails("a = \"\\u12\"", 1, 6, "expected 4 hexadecimal digits");
	assert_fails("a = \"\x1b\"", 1, 6,
	    "control character U+001B is not allowed here");
	assert_fails("a = 1 # \x7f", 1, 9,
	    "control character U+007F is not allowed here");
	assert_fails(
	    "a = 1\rb = 2", 1, 6, "a carriage return without a newline");
	assert_fails("a = '\xff'", 1, 6, "the text is not valid UTF-8");
	assert_fails(
	    "\"\"\"a\"\"\" = 1", 1, 1, "a key cannot be a multi-line string");
	assert_fails("[a", 1, 3, "expected ]");
	assert_fails("[[a]", 1, 5, "expected ]]");
}

static void
refuses_second_definitions(void **state)
{
	(void)state;
	assert_fails("a = 1\n\na = 2", 3, 1, "\"a\" is defined twice");
	assert_fails("[a]\n[a]", 2, 2, "\"a\" is defined twice");
	assert_fails("a.b = 1\n[a]", 2, 2, "\"a\" is defined twice");
	assert_fails("a = {}\n[a.b]", 2, 2, "\"a\" is not a table");
	assert_fails("a = []\n[[a]]", 2, 3, "\"a\" is not an array of tables");
	assert_fails("[a.b]\n[a]\nb.c = 1", 3, 1,
	    "\"b\" cannot be extended with dotted keys");
	assert_fails("a = 1\na.b = 1", 2, 1, "\"a\" is not a table");
	assert_fails("a = {b = 1, b = 2}", 1, 13, "\"b\" is defined twice");
	/* What a name holds does not reach a terminal. */
	assert_fails("\"\\u009b\" = 1\n\"\\u009b\" = 1", 2, 1,
	    "\"\xef\xbf\xbd\" is defined twice");
}

static void
depth_is_bounded(void **state)
{
	struct err err = {0};
	struct buf b = {0};

	(void)state;
	buf_puts(&b, "a = ");
	for (int i = 0; i < 100000; i++)
		buf_putc(&b, '[');
	assert_null(fm_toml_value(b.data, b.len, &err));
	assert_string_equal(err.msg, "nested too deeply");
	buf_clear(&b);
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, "a = {a");
	assert_null(fm_toml_value(b.data, b.len, &err));
	buf_clear(&b);
	buf_puts(&b, "a");
	for (int i = 0; i < 100000; i++)
		buf_puts(&b, ".a");
	buf_puts(&b, " = 1");
	assert_null(fm_toml_value(b.data, b.len, &err));
	assert_string_equal(err.msg, "too many dots in a key");
	/* Headers that go on in each other's arrays. */
	buf_clear(&b);
	buf_puts(&b, "[[a]]\n");
	for (int i = 0; i < 60; i++)
		buf_printf(&b, "[[%.*s]]\n", i * 2 + 1,
		    "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a."
		    "a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a."
		    "a.a.a.a");
	assert_null(fm_toml_value(b.data, b.len, &err));
	assert_string_equal(err.msg, "\"a\" is nested too deeply");
	buf_dispose(&b);
}

/* Each field as "key|key span|value span|line span|frozen". */
static char *
fields_of(const char *text)
{
	struct err err = {0};
	struct fm_doc doc = {0};
	struct buf b = {0};

	assert_int_equal(fm_toml.read(text, strlen(text), &doc, &err), 0);
	for (size_t i = 0; i < doc.n; i++) {
		const struct fm_field *f = &doc.fields[i];

		buf_printf(&b, "%u %s|%.*s|%.*s|%.*s|%s\n", f->line, f->key,
		    (int)f->key_len, text + f->key_at, (int)f->value_len,
		    text + f->value_at, (int)f->len, text + f->at,
		    f->frozen ? f->frozen : "");
		assert_ptr_equal(f->value, value_get(doc.values, f->key));
	}
	fm_doc_dispose(&doc);
	return buf_steal(&b);
}

static void
assert_fields(const char *text, const char *expected)
{
	char *got = fields_of(text);

	assert_string_equal(got, expected);
	free(got);
}

static void
fields_have_spans(void **state)
{
	(void)state;
	assert_fields(
	    "\n# c\n  title = \"a # b\"  # why\r\n\"d k\" = [\n1,\n]\n"
	    "e = '''\n\n'''",
	    "3 title|title|\"a # b\"|  title = \"a # b\"  # why\r\n|\n"
	    "4 d k|\"d k\"|[\n1,\n]|\"d k\" = [\n1,\n]\n|\n"
	    "7 e|e|'''\n\n'''|e = '''\n\n'''|\n");
}

static void
spread_tables_have_spans(void **state)
{
	(void)state;
	assert_fields("p.a = 1\np.b = 2\nx = 1\n[t]\n# c\na = 1\n\n[t.u]\n"
		      "b = 2\n[[l]]\n[[l]]\n\n[t.v]\nc = 1\n[l.m]\n",
	    "1 p|p|.a = 1\np.b = 2\n|p.a = 1\np.b = 2\n|\n"
	    "3 x|x|1|x = 1\n|\n"
	    "4 t|t|# c\na = 1\n\n[t.u]\nb = 2\n|"
	    "[t]\n# c\na = 1\n\n[t.u]\nb = 2\n|\n"
	    "10 l|l|]]\n[[l]]\n|[[l]]\n[[l]]\n|\n");
	assert_fields("[1.5]\na = 1\n[t] # c\n",
	    "1 1|1|.5]\na = 1\n|[1.5]\na = 1\n|\n"
	    "3 t|t||[t] # c\n|\n");
}

static void
big_tables_are_quick(void **state)
{
	struct err err = {0};
	struct buf b = {0};
	struct value *v;

	(void)state;
	for (int i = 0; i < 20000; i++)
		buf_printf(&b, "key%d = %d\n", i, i);
	v = fm_toml_value(b.data, b.len, &err);
	assert_non_null(v);
	assert_int_equal(v->n, 20000);
	value_free(v);
	buf_dispose(&b);
}

/*
 * The public suite (toml-test).  Its expectations are JSON, in which a scalar
 * is {"type": ..., "value": "..."}; the reader here takes just that.
 */
static void
json_blanks(const char **p)
{
	*p += strspn(*p, " \t\r\n");
}

static unsigned
json_hex(const char **p)
{
	char digits[5] = {0};

	memcpy(digits, *p, 4);
	*p += 4;
	return (unsigned)strtoul(digits, NULL, 16);
}

static void
json_escape(const char **p, struct buf *out)
{
	static const char names[] = "bfnrt\"\\/", chars[] = "\b\f\n\r\t\"\\/";
	char c = *(*p)++;
	unsigned cp;

	if (c != 'u') {
		assert_non_null(strchr(names, c));
		buf_putc(out, chars[strchr(names, c) - names]);
		return;
	}
	cp = json_hex(p);
	if (cp >= 0xd800 && cp < 0xdc00 && memcmp(*p, "\\u", 2) == 0) {
		*p += 2;
		cp = 0x10000 + ((cp - 0xd800) << 10) + (json_hex(p) - 0xdc00);
	}
	text_encode(out, cp);
}

static void
json_text(const char **p, struct buf *out)
{
	json_blanks(p);
	assert_int_equal(**p, '"');
	for (++*p; **p && **p != '"';) {
		if (**p == '\\') {
			++*p;
			json_escape(p, out);
		} else {
			buf_putc(out, *(*p)++);
		}
	}
	assert_int_equal(**p, '"');
	++*p;
}

static struct value *
json_value(const char **p)
{
	struct value *v;
	struct buf b = {0};
	bool map;

	json_blanks(p);
	if (**p == '"') {
		json_text(p, &b);
		v = value_string_len(buf_text(&b), b.len);
		buf_dispose(&b);
		return v;
	}
	map = **p == '{';
	assert_true(map || **p == '[');
	v = map ? value_map() : value_list();
	for (++*p, json_blanks(p); **p != '}' && **p != ']'; json_blanks(p)) {
		if (map) {
			json_text(p, &b);
			/* A name is a C string: see fm_toml_scan.c. */
			for (size_t i = 0; i < b.len; i++)
				if (b.data[i] == '\0')
					buf_splice(&b, i, 1, "\ufffd", 3);
			json_blanks(p);
			assert_int_equal(*(*p)++, ':');
			value_put(v, buf_text(&b), json_value(p));
			buf_dispose(&b);
		} else {
			value_append(v, json_value(p));
		}
		json_blanks(p);
		*p += **p == ',';
	}
	++*p;
	return v;
}

/* A member whose name is exactly key. */
static const struct value *
member(const struct value *map, const char *key)
{
	for (size_t i = 0; map->keys && i < map->n; i++)
		if (strcmp(map->keys[i], key) == 0)
			return map->items[i];
	return NULL;
}

/* The suite writes T and Z and no zeros at the end of a fraction. */
static char *
plain_date(const char *s)
{
	struct buf b = {0};

	for (; *s; s++) {
		if (*s == 't' || *s == ' ')
			buf_putc(&b, 'T');
		else if (*s == 'z')
			buf_putc(&b, 'Z');
		else if (*s == '0' && strchr(buf_text(&b), '.') &&
			 !strchr(buf_text(&b) + 10, '+') &&
			 strspn(s, "0") == strcspn(s, "Z+-"))
			continue;
		else
			buf_putc(&b, *s);
	}
	return buf_steal(&b);
}

static bool
same_float(const char *expected, double got)
{
	double d = strtod(expected, NULL);

	return isnan(d) ? isnan(got) : d == got;
}

static bool
same_scalar(const char *type, const char *text, const struct value *v)
{
	char *a, *b;
	bool same;

	if (strcmp(type, "string") == 0)
		return v->type == VALUE_STRING;
	if (strcmp(type, "integer") == 0)
		return v->type == VALUE_INT &&
		       strtoll(text, NULL, 10) == v->integer;
	if (strcmp(type, "float") == 0)
		return v->type == VALUE_FLOAT && same_float(text, v->real);
	if (strcmp(type, "bool") == 0)
		return v->type == VALUE_BOOL &&
		       (strcmp(text, "true") == 0) == v->boolean;
	if (v->type != VALUE_DATE)
		return false;
	a = plain_date(text);
	b = plain_date(v->text);
	same = strcmp(a, b) == 0;
	free(a);
	free(b);
	return same;
}

static bool
same_tagged(const struct value *want, const struct value *got)
{
	const struct value *type = member(want, "type");
	const struct value *value = member(want, "value");

	if (want->type == VALUE_LIST) {
		if (got->type != VALUE_LIST || got->n != want->n)
			return false;
		for (size_t i = 0; i < want->n; i++)
			if (!same_tagged(want->items[i], got->items[i]))
				return false;
		return true;
	}
	if (want->n == 2 && type && value && type->type == VALUE_STRING &&
	    value->type == VALUE_STRING)
		return same_scalar(type->text, value->text, got) &&
		       (got->type != VALUE_STRING ||
			   (got->len == value->len &&
			       memcmp(got->text, value->text, got->len) == 0));
	if (got->type != VALUE_MAP || got->n != want->n)
		return false;
	for (size_t i = 0; i < want->n; i++)
		if (!member(got, want->keys[i]) ||
		    !same_tagged(want->items[i], member(got, want->keys[i])))
			return false;
	return true;
}

static void
read_bytes(const char *path, struct buf *out)
{
	char chunk[4096];
	size_t n;
	FILE *f = fopen(path, "r");

	if (!f)
		fail_msg("%s is not there", path);
	buf_clear(out);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		buf_add(out, chunk, n);
	fclose(f);
}

/* One case of the suite; true when it went as it must. */
static bool
suite_case(const char *dir, const char *name)
{
	bool valid = strncmp(name, "valid/", 6) == 0, right = !valid;
	char *json;
	const char *p;
	struct buf text = {0};
	struct err err = {0};
	struct fm_doc doc = {0};
	struct value *want;

	read_bytes(test_path(dir, name), &text);
	if (fm_toml.read(buf_text(&text), text.len, &doc, &err) == 0) {
		right = false;
		if (valid) {
			char *path =
			    xasprintf("%.*s.json", (int)strlen(name) - 5, name);

			p = json = test_read(test_path(dir, path));
			want = json_value(&p);
			right = same_tagged(want, doc.values);
			value_free(want);
			free(json);
			free(path);
		}
	} else if (err.line == 0 || err.column == 0) {
		right = false;
	}
	if (!right)
		print_error(
		    "%s: %u:%u: %s\n", name, err.line, err.column, err.msg);
	fm_doc_dispose(&doc);
	buf_dispose(&text);
	return right;
}

static void
public_suite(void **state)
{
	const char *dir = xstrdup(test_corpus("toml-test/tests"));
	char *list = test_read(test_path(dir, "files-toml-1.0.0"));
	unsigned cases = 0, wrong = 0;

	(void)state;
	for (char *name = strtok(list, "\n"); name; name = strtok(NULL, "\n")) {
		size_t len = strlen(name);

		if (len < 5 || strcmp(name + len - 5, ".toml") != 0)
			continue;
		cases++;
		wrong += !suite_case(dir, name);
	}
	free(list);
	free((char *)dir);
	assert_true(cases > 600);
	assert_int_equal(wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_every_type),
	    cmocka_unit_test(reads_tables),
	    cmocka_unit_test(says_where_and_why),
	    cmocka_unit_test(refuses_second_definitions),
	    cmocka_unit_test(depth_is_bounded),
	    cmocka_unit_test(fields_have_spans),
	    cmocka_unit_test(spread_tables_have_spans),
	    cmocka_unit_test(big_tables_are_quick),
	    cmocka_unit_test(public_suite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
