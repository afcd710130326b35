/* SPDX-License-Identifier: ISC */
/*
 * Each path of many documents edited, in every format: its own value changes no
 * byte, another value, no value or another name changes nothing else, and what
 * was done is undone and done again byte for byte.  fm.c refuses what changes
 * other data; here lines are compared too.
 */
#include "../test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fm.h"
#include "mem.h"

struct tally {
	const char *name;
	char *text;
	size_t len;
	unsigned paths, done, refused, wrong;
};

static void
wrong(struct tally *t, const char *path, const char *what, const struct fm *fm)
{
	size_t len;

	if (t->wrong++ < 10)
		print_error("%s: %s: %s\n%s-- became\n%s\n", t->name, path,
		    what, t->text, fm ? fm_text(fm, &len) : "");
}

static struct fm *
parse(const struct tally *t)
{
	struct err err;

	return fm_parse(t->text, t->len, &err);
}

static bool
unchanged(const struct tally *t, const struct fm *fm)
{
	size_t len;
	const char *text = fm_text(fm, &len);

	return len == t->len && memcmp(text, t->text, len) == 0;
}

static void
back_and_forth(struct tally *t, struct fm *fm, const char *path)
{
	size_t len, again;
	char *edited = xstrdup(fm_text(fm, &len));

	if (!fm_undo(fm) || !unchanged(t, fm))
		wrong(t, path, "cannot be undone", fm);
	if (!fm_redo(fm) || strcmp(fm_text(fm, &again), edited) != 0)
		wrong(t, path, "cannot be done again", fm);
	fm_undo(fm);
	free(edited);
}

/* What the edit did is undone again; what was refused did nothing. */
static void
settle(struct tally *t, struct fm *fm, const char *path, int rc,
    const char *what, const struct err *err)
{
	if (rc == 0)
		t->done++;
	else
		t->refused++;
	if (rc == -1 && !*err->msg)
		wrong(t, path, "refused without a reason", fm);
	if (rc == -1 && getenv("FM_REFUSED"))
		print_error("%s: %s: %s: %u: %s\n", t->name, path, what,
		    err->line, err->msg);
	if (rc == 0 && !unchanged(t, fm))
		back_and_forth(t, fm, path);
	if (!unchanged(t, fm))
		wrong(t, path, what, fm);
	fm_free(fm);
}

/* The lines that are in both, at the beginning and at the end. */
static bool
one_place(const struct tally *t, const struct fm *fm, unsigned lines)
{
	size_t len, a = 0, b = 0, min;
	const char *text = fm_text(fm, &len);
	unsigned n = 0;

	min = len < t->len ? len : t->len;
	while (a < min && text[a] == t->text[a])
		a++;
	while (b < min - a && text[len - 1 - b] == t->text[t->len - 1 - b])
		b++;
	for (size_t i = a; i + b < t->len; i++)
		n += t->text[i] == '\n';
	return n <= lines;
}

static bool
has_line(const char *text, const char *line, size_t n)
{
	for (const char *p = text; *p; p += strcspn(p, "\n"), p += *p != 0)
		if (strncmp(p, line, n) == 0 && p[n] == '\n')
			return true;
	return false;
}

/* How many lines were not there before. */
static unsigned
new_lines(const struct tally *t, const struct fm *fm)
{
	size_t len, n;
	unsigned count = 0;

	for (const char *p = fm_text(fm, &len); *p; p += n + (p[n] != 0)) {
		n = strcspn(p, "\n");
		count += !has_line(t->text, p, n);
	}
	return count;
}

static unsigned
lines_of(const struct value *v)
{
	unsigned n = 1;

	for (size_t i = 0; v->type == VALUE_STRING && i < v->len; i++)
		n += v->text[i] == '\n';
	return n;
}

static void
set_same(struct tally *t, const char *path, const struct value *v)
{
	struct fm *fm = parse(t);
	struct err err = {0};

	if (fm_set(fm, path, v, &err) == -1 || !unchanged(t, fm))
		wrong(t, path, err.msg, fm);
	fm_free(fm);
}

static void
set_other(
    struct tally *t, const char *path, const struct value *v, const char *to)
{
	struct fm *fm = parse(t);
	struct err err = {0};
	struct value *new = fm_parse_value(to, strlen(to), &err);
	bool scalar = v->type != VALUE_LIST && v->type != VALUE_MAP;
	int rc = fm_set(fm, path, new, &err);

	/* A long text may have lines that end in a backslash. */
	if (rc == 0 && scalar && !one_place(t, fm, lines_of(v) + 6))
		wrong(t, path, "changes other lines", fm);
	if (rc == -1 && scalar)
		wrong(t, path, err.msg, fm);
	value_free(new);
	settle(t, fm, path, rc, to, &err);
}

static void
unset(struct tally *t, const char *path)
{
	struct fm *fm = parse(t);
	struct err err = {0};
	int rc = fm_unset(fm, path, &err);

	/* An item that goes changes its line and those around it. */
	if (rc == 0 && new_lines(t, fm) > 2)
		wrong(t, path, "changes other lines", fm);
	settle(t, fm, path, rc, "unset", &err);
}

static void
try_path(struct tally *t, const char *path, const struct value *v, bool item)
{
	struct fm *fm;
	struct err err = {0};
	char *inner = xasprintf("%s.zz new", path);
	struct value *new = value_string("it's \"new\"");

	t->paths++;
	set_same(t, path, v);
	set_other(t, path, v, "a 'text'");
	set_other(t, path, v, "[1, two, [3]]");
	set_other(t, path, v, "{aa: 1, bb: {cc: [x]}}");
	unset(t, path);
	fm = parse(t);
	if (!item)
		settle(t, fm, path, fm_rename(fm, path, "zz.new", &err),
		    "rename", &err);
	else
		fm_free(fm);
	fm = parse(t);
	if (v->type == VALUE_MAP)
		settle(t, fm, path, fm_set(fm, inner, new, &err), "add", &err);
	else if (v->type == VALUE_LIST)
		settle(t, fm, path, fm_insert(fm, path, v->n / 2, new, &err),
		    "insert", &err);
	else
		fm_free(fm);
	fm = parse(t);
	if (v->type == VALUE_LIST && v->n > 1)
		settle(t, fm, path, fm_move(fm, path, 0, v->n - 1, &err),
		    "move", &err);
	else
		fm_free(fm);
	value_free(new);
	free(inner);
}

/* fm_get() takes names whatever their capitals, and the last of two. */
static void
try_values(struct tally *t, const struct fm *fm, const char *path,
    const struct value *v)
{
	for (size_t i = 0; i < v->n; i++) {
		struct buf b = {0};

		buf_puts(&b, path);
		if (v->type == VALUE_MAP)
			fm_path_add(&b, v->keys[i]);
		else
			buf_printf(&b, "[%zu]", i);
		if (fm_get(fm, buf_text(&b)) == v->items[i]) {
			try_path(t, buf_text(&b), v->items[i],
			    v->type == VALUE_LIST);
			try_values(t, fm, buf_text(&b), v->items[i]);
		}
		buf_dispose(&b);
	}
}

static void
add_document(struct buf *b, const char *doc, size_t n, bool crlf)
{
	const char *nl = crlf ? "\r\n" : "\n";

	buf_printf(b, "+++%s", nl);
	for (size_t i = 0; i < n; i++)
		if (doc[i] == '\n' && (i == 0 || doc[i - 1] != '\r'))
			buf_puts(b, nl);
		else
			buf_putc(b, doc[i]);
	if (b->data[b->len - 1] != '\n')
		buf_puts(b, nl);
	buf_printf(b, "+++%sbody%s", nl, nl);
}

/* All of a file; takes the text. */
static void
try_text(struct tally *t, const char *name, char *text, size_t len)
{
	struct fm *fm;

	t->name = name;
	t->len = len;
	t->text = text;
	fm = parse(t);
	if (fm) {
		if (!unchanged(t, fm))
			wrong(t, "", "is read as another text", fm);
		try_values(t, fm, "", fm_values(fm));
	}
	fm_free(fm);
	free(t->text);
}

static void
try_document(
    struct tally *t, const char *name, const char *doc, size_t n, bool crlf)
{
	struct buf b = {0};
	size_t len;

	add_document(&b, doc, n, crlf);
	len = b.len;
	try_text(t, name, buf_steal(&b), len);
}

static const char *const documents[] = {
    "# a page\n\ntitle='x' # why\n\n# list\ntags = [ # head\n  'a', # one\n\n"
    "  # two\n  \"b\", 'c',\n  # end\n] # last\n\ndate = 2024-01-02 10:00:00Z\n"
    "p.a = 1\n# between\np.b.c=[[1,2], ['x']]\nmap={a=1,b=[ 1, 2 ],c={}}\n\n"
    "# section\n[params] # here\n  # inner\n  author = \"y\"\n\n"
    "    [params.deep]\n    x = 1\n\n\n# menu\n[[menu.main]]\nname = 'n'\n"
    "w = 1\n[menu.main.sub]\nq = 0x1f\n# two\n[[menu.main]]\nname = 'm'\n\n"
    "[[menu.foot]]\n# empty\n\n[other]\n# nothing\n",
    "title   = \"x\"\nweight  = 1_0\nlong_   = \"\"\"\n  a \\\n  b\n\"\"\"\n"
    "raw     = '''\n[a]\n# b'''\n'q k'   = -inf\n[a.b]\nx=1\n[z]\n[a.c]\n"
    "y.z=2\ny.u=3\n[a]\nk=1\n",
    ("a=[]\nb={}\nc=[{x=1},{x=2, y=[\n 1\n , 2 # two\n]}]\nd=[\n]\n"
     "e=[1,2,\n3,4,\n5]\n"),
    "[[l]]\n[l.a]\nx=1\n[[l.k]]\n[[l.k]]\nz=1\n\n[[l]]\nx=1\n[m]\n",
};

static void
edits_every_path(void **state)
{
	struct tally t = {0};

	(void)state;
	for (size_t i = 0; i < NITEMS(documents); i++) {
		const char *doc = documents[i];

		try_document(&t, "here", doc, strlen(doc), false);
		try_document(&t, "CRLF", doc, strlen(doc), true);
	}
	assert_true(t.done > 500);
	assert_int_equal(t.wrong, 0);
}

/* YAML and JSON, each a whole file. */
static const char *const files[] = {
    "---\n# a page\n\ntitle: 'x' # why\nTags: # head\n- a # one\n\n# two\n- \"b\""
    "\n- c\n# end\ndate: 2024-01-02 10:00:00\nflow: [ a, 'b, c', {d: e} ]\n"
    "params:\n  # inner\n  author: {name: y, age: 3}\n  deep:\n    x: 1\n\n"
    "    text: |\n      one\n\n      two\n  after: >-\n    folded\n    text\n\n"
    "menu:\n  main:\n  - name: n\n    w: 1\n    # of m\n  - name: m\n  -\n"
    "    name: o\nempty:\nq k : 'it''s'\n? explicit\n: value\n---\nbody\n",
    "---\r\ntitle: \"\\u00e9\\n\"\r\nlong: one\r\n  two\r\n\r\n  three\r\n"
    "quoted: \"a\r\n  b\"\r\nl:\r\n- [1, 2]\r\n- - x\r\n  - y\r\n---\r\nbody",
    "{\n  \"title\": \"x\",\n  \"tags\": [\"a\", \"b\"],\n  \"n\": 1.50,\n"
    "  \"params\": {\"author\": {\"name\": \"y\"}, \"e\": [], \"m\": {}},\n"
    "  \"menu\": [\n    {\"name\": \"n\"},\n    {\"name\": \"m\", \"w\": null}\n"
    "  ],\n  \"draft\": true\n}\nbody\n",
    "{\"a\":1,\"b\":[1,[2,3],{\"c\":\"\\u00e9\"}]}\r\nbody\r\n",
    "{\n\t\"a\" : {\n\t\t\"b\" : [\n\t\t\t1,\n\t\t\t2\n\t\t]\n\t}\n}\n",
};

static void
edits_every_path_of_files(void **state)
{
	struct tally t = {0};

	(void)state;
	for (size_t i = 0; i < NITEMS(files); i++)
		try_text(&t, "file", xstrdup(files[i]), strlen(files[i]));
	assert_true(t.done > 300);
	assert_int_equal(t.refused, 0);
	assert_int_equal(t.wrong, 0);
}

static void
try_tree(struct tally *t, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;

	assert_non_null(d);
	while ((e = readdir(d))) {
		char *path = xasprintf("%s/%s", dir, e->d_name), *text;
		const char *dot = strrchr(e->d_name, '.');

		if (e->d_name[0] == '.') {
			/* Not of the site. */
		} else if (dot &&
			   (!strcmp(dot, ".md") || !strcmp(dot, ".json"))) {
			text = test_read(path);
			try_text(t, e->d_name, text, strlen(text));
		} else if (!dot) {
			try_tree(t, path);
		}
		free(path);
	}
	closedir(d);
}

static void
edits_every_page(void **state)
{
	struct tally t = {0};

	(void)state;
	try_tree(&t, "examples/site/content");
	assert_true(t.done > 300);
	assert_int_equal(t.refused, 0);
	assert_int_equal(t.wrong, 0);
}

static void
edits_every_page_of_the_reference(void **state)
{
	struct tally t = {0};

	(void)state;
	try_tree(&t, test_corpus("wamr.dev/content"));
	print_message(
	    "%u paths, %u edits, %u refused\n", t.paths, t.done, t.refused);
	assert_true(t.paths > 200);
	assert_int_equal(t.refused, 0);
	assert_int_equal(t.wrong, 0);
}

/* What the suite of TOML means, as JSON. */
static void
edits_every_path_of_json(void **state)
{
	struct tally t = {0};

	(void)state;
	try_tree(&t, test_corpus("toml-test/tests/valid"));
	print_message(
	    "%u paths, %u edits, %u refused\n", t.paths, t.done, t.refused);
	assert_true(t.paths > 1000);
	assert_int_equal(t.refused, 0);
	assert_int_equal(t.wrong, 0);
}

static void
edits_every_path_of_the_public_suite(void **state)
{
	const char *dir = xstrdup(test_corpus("toml-test/tests"));
	char *list = test_read(test_path(dir, "files-toml-1.0.0")), *text;
	struct tally t = {0};

	(void)state;
	for (char *name = strtok(list, "\n"); name; name = strtok(NULL, "\n")) {
		size_t len = strlen(name);

		if (strncmp(name, "valid/", 6) != 0 ||
		    strcmp(name + len - 5, ".toml") != 0)
			continue;
		text = test_read(test_path(dir, name));
		try_document(&t, name, text, strlen(text), false);
		try_document(&t, name, text, strlen(text), true);
		free(text);
	}
	free(list);
	free((char *)dir);
	print_message(
	    "%u paths, %u edits, %u refused\n", t.paths, t.done, t.refused);
	assert_true(t.paths > 1000);
	assert_true(t.refused < t.done / 20);
	assert_int_equal(t.wrong, 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(edits_every_path),
	    cmocka_unit_test(edits_every_path_of_files),
	    cmocka_unit_test(edits_every_page),
	    cmocka_unit_test(edits_every_page_of_the_reference),
	    cmocka_unit_test(edits_every_path_of_json),
	    cmocka_unit_test(edits_every_path_of_the_public_suite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
