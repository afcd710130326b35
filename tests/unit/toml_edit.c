/* SPDX-License-Identifier: ISC */
/* TOML front matter, edited: what was there, the edit, what is there then. */
#include "../test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fm.h"
#include "mem.h"

enum op { SET, UNSET, RENAME, INSERT, MOVE };

struct edit {
	const char *before;
	enum op op;
	const char *path, *arg; /* a value as it is typed, or the new key */
	const char *after;      /* NULL: refused, as message says */
	size_t i, to;
	const char *message;
};

static char *
fenced(const char *text)
{
	bool crlf = strstr(text, "\r\n") != NULL;

	return crlf ? xasprintf("+++\r\n%s+++\r\nbody\r\n", text)
		    : xasprintf("+++\n%s+++\nbody\n", text);
}

static int
carry_out(struct fm *fm, const struct edit *e, struct err *err)
{
	struct value *v = NULL;
	int rc = -1;

	if (e->op == SET || e->op == INSERT)
		v = fm_parse_value(e->arg, strlen(e->arg), err);
	switch (e->op) {
	case SET:
		rc = fm_set(fm, e->path, v, err);
		break;
	case UNSET:
		rc = fm_unset(fm, e->path, err);
		break;
	case RENAME:
		rc = fm_rename(fm, e->path, e->arg, err);
		break;
	case INSERT:
		rc = fm_insert(fm, e->path, e->i, v, err);
		break;
	case MOVE:
		rc = fm_move(fm, e->path, e->i, e->to, err);
		break;
	}
	value_free(v);
	return rc;
}

static bool
as_expected(const struct edit *e)
{
	struct err err = {0};
	char *text = fenced(e->before);
	char *want = fenced(e->after ? e->after : e->before), *place;
	struct fm *fm = fm_parse(text, strlen(text), &err);
	size_t len;
	int rc;
	bool ok = false;

	if (!fm) {
		print_error("%s\n%u: %s\n", text, err.line, err.msg);
		goto out;
	}
	rc = carry_out(fm, e, &err);
	place = xasprintf("%u: %s", err.line, err.msg);
	ok = strcmp(fm_text(fm, &len), want) == 0 && (rc == 0) == !e->message &&
	     (rc == 0 || strcmp(place, e->message) == 0);
	if (!ok)
		print_error("%s = %s\n%s-- gave %s\n%s-- not %s\n%s\n", e->path,
		    e->arg ? e->arg : "", text, rc == 0 ? "" : place,
		    fm_text(fm, &len), e->message ? e->message : "", want);
	free(place);
out:
	fm_free(fm);
	free(text);
	free(want);
	return ok;
}

static void
check(const struct edit *edits, size_t n)
{
	size_t wrong = 0;

	for (size_t i = 0; i < n; i++)
		wrong += !as_expected(&edits[i]);
	assert_int_equal(wrong, 0);
}

static const struct edit scalars[] = {
    /* Quotes stay, as long as the text suits them. */
    {"a = \"x\" # c\n", SET, "a", "v", "a = \"v\" # c\n"},
    {"a='x'\n", SET, "a", "v", "a='v'\n"},
    {"a = 'x'\n", SET, "a", "it's", "a = \"it's\"\n"},
    {"a = 'x'\n", SET, "a", "'say \"x\" \\ v'", "a = 'say \"x\" \\ v'\n"},
    {"a = \"x\"\n", SET, "a", "'say \"x\" \\ v'",
	"a = \"say \\\"x\\\" \\\\ v\"\n"},
    {"a = \"x\"\n", SET, "a", "\"1\\t2\\a\\x7f\"",
	"a = \"1\\t2\\u0007\\u007F\"\n"},
    {"a = \"x\"\n", SET, "a", "日本 é", "a = \"日本 é\"\n"},
    {"a = \"x\"\n", SET, "a", "''", "a = \"\"\n"},
    /* Several lines. */
    {"a = \"\"\"\nx\nv\n\"\"\"\nb = 1\n", SET, "a", "\"1\\n2\\n3\\n\"",
	"a = \"\"\"\n1\n2\n3\n\"\"\"\nb = 1\n"},
    {"a = \"\"\"x\nv\"\"\" # c\n", SET, "a", "\"1\\n2\"",
	"a = \"\"\"1\n2\"\"\" # c\n"},
    {"a = \"\"\"x\nv\"\"\"\n", SET, "a", "\"\\n1\\n2\\\"\"",
	"a = \"\"\"\n\n1\n2\\\"\"\"\"\n"},
    {"a = \"\"\"\nx\nv\"\"\"\n", SET, "a", "\"\\\"\\\"\\\"\\n\\\\\"",
	"a = \"\"\"\n\"\"\\\"\n\\\\\"\"\"\n"},
    {"a = '''\nx\nv\n'''\n", SET, "a", "\"1\\\\\\n2\\n\"",
	"a = '''\n1\\\n2\n'''\n"},
    {"a = '''\nx\nv\n'''\n", SET, "a", "\"'''\\n2\\n\"",
	"a = \"\"\"\n'''\n2\n\"\"\"\n"},
    {"a = \"\"\"\nx\nv\n\"\"\"\n", SET, "a", "one", "a = \"one\"\n"},
    {"a = '''\nx\nv\n'''\n", SET, "a", "one", "a = 'one'\n"},
    {"a = \"x\"\n", SET, "a", "\"1\\n2\\n\"", "a = \"\"\"\n1\n2\n\"\"\"\n"},
    {"a = \"x\\nv\"\n", SET, "a", "\"1\\n2\"", "a = \"1\\n2\"\n"},
    {"a = \"\"\"\nx\nv\n\"\"\"\n", SET, "a", "\"1\\n+++\\n\"",
	"a = \"1\\n+++\\n\"\n"},
    {"a = \"\"\"\r\nx\r\nv\"\"\"\r\n", SET, "a", "\"1\\n2\"",
	"a = \"1\\n2\"\r\n"},
    {"a = \"\"\"\r\nx\r\nv\"\"\"\r\n", SET, "a", "\"1\\r\\n2\"",
	"a = \"\"\"\r\n1\r\n2\"\"\"\r\n"},
    /* Numbers and booleans. */
    {"a = 1\n", SET, "a", "2", "a = 2\n"},
    {"a = 1_000\n", SET, "a", "1000", "a = 1_000\n"},
    {"a = 1_000\n", SET, "a", "2000", "a = 2000\n"},
    {"a = 0xff\n", SET, "a", "256", "a = 256\n"},
    {"a = 1\n", SET, "a", "010", "a = 8\n"},
    {"a = 1\n", SET, "a", "0x1F", "a = 0x1F\n"},
    {"a = 1.5\n", SET, "a", "2.0", "a = 2.0\n"},
    {"a = 1.5\n", SET, "a", "2.", "a = 2.0\n"},
    {"a = 1.5\n", SET, "a", ".inf", "a = inf\n"},
    {"a = 1.5\n", SET, "a", "-.inf", "a = -inf\n"},
    {"a = 1.5\n", SET, "a", ".nan", "a = nan\n"},
    {"a = 1.5\n", SET, "a", "1e3", "a = 1e3\n"},
    {"a = true  # c\n", SET, "a", "no", "a = false  # c\n"},
    {"a = true\n", SET, "a", "x", "a = \"x\"\n"},
    {"a = true\nb = 'x'\n", SET, "a", "x", "a = 'x'\nb = 'x'\n"},
    {"a = \"x\"\n", SET, "a", "true", "a = true\n"},
    {"a = \"x\"\n", SET, "a", "\"true\"", "a = \"true\"\n"},
    /* Dates. */
    {"a = 2024-01-01\n", SET, "a", "2024-02-03", "a = 2024-02-03\n"},
    {"a = 2024-01-01T10:00:00Z\n", SET, "a", "2024-02-03 10:00:00+01:00",
	"a = 2024-02-03 10:00:00+01:00\n"},
    {"a = 2024-01-01\n", SET, "a", "2024-02-03T10:00:00",
	"a = 2024-02-03T10:00:00\n"},
    {"a = \"2024-01-01\"\n", SET, "a", "2024-02-03", "a = \"2024-02-03\"\n"},
    {"a = '2024-01-01'\n", SET, "a", "2024-02-03", "a = '2024-02-03'\n"},
    {"a = ''\n", SET, "a", "2024-02-03", "a = 2024-02-03\n"},
    {"a = 2024-01-01\n", SET, "a", "2024-1-2", "a = \"2024-1-2\"\n"},
    {"a = 2024-01-01\n", SET, "a", "'2024-02-03'", "a = \"2024-02-03\"\n"},
    {"a = 2024-01-01\n", SET, "a", "soon", "a = \"soon\"\n"},
    {"a = 1\n", SET, "a", "~", NULL,
	.message =
	    "2: TOML has no null: give it a value (\"\" is empty text), or "
	    "remove the field"},
    {"x = 1\na = [\n1\n]\n", SET, "a", "[1, [~]]", NULL,
	.message =
	    "3: TOML has no null: give it a value (\"\" is empty text), or "
	    "remove the field"},
};

static const struct edit lists[] = {
    {"a = [\"x\", 'v']\n", SET, "a", "[x, v, z]", "a = [\"x\", 'v', 'z']\n"},
    {"a = [ \"x\", \"v\" ] # c\n", SET, "a", "[z, v]",
	"a = [ \"z\", \"v\" ] # c\n"},
    {"a = [\"x\",\"v\"]\n", SET, "a", "[x, v, z]", "a = [\"x\",\"v\",\"z\"]\n"},
    {"a = [\"x\", \"v\",]\n", SET, "a", "[x]", "a = [\"x\",]\n"},
    {"a = [\"x\", \"v\"]\n", SET, "a", "[]", "a = []\n"},
    {"a = []\n", SET, "a", "[x, v]", "a = [\"x\", \"v\"]\n"},
    {"a = []\nb = [ 1,2 ]\n", SET, "a", "[x, v]",
	"a = [ \"x\",\"v\" ]\nb = [ 1,2 ]\n"},
    {"a = []\nb = [\n    1,\n    2,\n]\n", SET, "a", "[x, v]",
	"a = [\n    \"x\",\n    \"v\",\n]\nb = [\n    1,\n    2,\n]\n"},
    {"a = [0x10, 1_0]\n", SET, "a", "[16, 11, 10]", "a = [0x10, 11, 1_0]\n"},
    {"a = [\n  \"x\",\n  \"v\"\n]\n", SET, "a", "[x, v, z]",
	"a = [\n  \"x\",\n  \"v\",\n  \"z\"\n]\n"},
    {"a = [ # head\n\t\"x\", # one\n\t# two\n\t\"v\", # 2\n\t# end\n]\n", SET,
	"a", "[v]", "a = [ # head\n\t# two\n\t\"v\", # 2\n\t# end\n]\n"},
    {"a = [ # head\n\t\"x\", # one\n\t# two\n\t\"v\" # 2\n\t# end\n]\n", SET,
	"a", "[v, k, x]",
	"a = [ # head\n\t# two\n\t\"v\", # 2\n\t\"k\",\n\t\"x\" # one\n"
	"\t# end\n]\n"},
    {"a = [\n1, 2, 3,\n4, 5, 6\n]\n", UNSET, "a[3]", NULL,
	"a = [\n1, 2, 3,\n5, 6\n]\n"},
    {"a = [\n1, 2, 3,\n4, 5, 6\n]\n", UNSET, "a[0]", NULL,
	"a = [\n2, 3,\n4, 5, 6\n]\n"},
    {"a = [\n1, 2, 3,\n4, 5, 6\n]\n", UNSET, "a[5]", NULL,
	"a = [\n1, 2, 3,\n4, 5\n]\n"},
    {"a = [\n1, 2, 3,\n4, 5, 6\n]\n", INSERT, "a", "9",
	"a = [\n1, 2, 3,\n4, 5, 6, 9\n]\n", .i = 6},
    {"a = [\n1, 2, 3,\n4, 5, 6\n]\n", MOVE, "a", NULL,
	"a = [\n2, 3, 4,\n1, 5, 6\n]\n", .i = 0, .to = 3},
    {"a = [\"x\", \"v\"]\n", INSERT, "a", "z", "a = [\"z\", \"x\", \"v\"]\n"},
    {"a = [\"x\", \"v\"]\n", INSERT, "a", "z", "a = [\"x\", \"z\", \"v\"]\n",
	.i = 1},
    {"a = [\n  'x', # c\n  'v'\n]\n", INSERT, "a", "z",
	"a = [\n  'x', # c\n  'z',\n  'v'\n]\n", .i = 1},
    {"a = [\n  'x', # c\n  'v' # d\n]\n", INSERT, "a", "z",
	"a = [\n  'x', # c\n  'v', # d\n  'z'\n]\n", .i = 2},
    {"a = [\n  'x', # c\n  'v' # d\n]\n", MOVE, "a", NULL,
	"a = [\n  'v', # d\n  'x' # c\n]\n", .i = 1},
    {"a = ['x', 'v', 'z']\n", MOVE, "a", NULL, "a = ['z', 'x', 'v']\n", .i = 2},
    {"a = [\n  # gone\n  'x', # too\n\n  # stays\n\n  'v',\n]\n", UNSET, "a[0]",
	NULL, "a = [\n\n  # stays\n\n  'v',\n]\n"},
    {"a = [\n  # stays\n\n  # gone\n  'x',\n  'v',\n]\n", UNSET, "a[0]", NULL,
	"a = [\n  # stays\n\n  'v',\n]\n"},
    {"a = [\n  'x'\n, 'v'\n]\n", UNSET, "a[1]", NULL, "a = [\n  'x'\n]\n"},
    {"a = [\n  'x' # c\n  , 'v'\n]\n", INSERT, "a", "z",
	"a = [\n  'x' # c\n  , 'v', 'z'\n]\n", .i = 2},
    {"a = [['x', 'v'], [1]]\n", SET, "a[0][1]", "z", "a = [['x', 'z'], [1]]\n"},
    {"a = [['x', 'v'], [1]]\n", SET, "a[1]", "[1, 2]",
	"a = [['x', 'v'], [1, 2]]\n"},
    {"a = [[ 'x','v' ], [1]]\n", SET, "a[2]", "[3, 4]",
	"a = [[ 'x','v' ], [1], [3, 4]]\n"},
    {"a = ['x']\n", SET, "a", "v", "a = 'v'\n"},
    {"a = 'x'\n", SET, "a", "[v, z]", "a = ['v', 'z']\n"},
    {"a = [\r\n  'x', # c\r\n  'v',\r\n]\r\n", INSERT, "a", "z",
	"a = [\r\n  'x', # c\r\n  'v',\r\n  'z',\r\n]\r\n", .i = 2},
};

static const struct edit braces[] = {
    {"a = {b = 1, c = 'x'}\n", SET, "a.b", "2", "a = {b = 2, c = 'x'}\n"},
    {"a = {b = 1, c = 'x'}\n", SET, "a.d", "v",
	"a = {b = 1, c = 'x', d = 'v'}\n"},
    {"a = { b=1, c='x' }\n", SET, "a.d", "v", "a = { b=1, c='x', d='v' }\n"},
    {"a = {}\n", SET, "a.d", "v", "a = { d = \"v\" }\n"},
    {"a = {b = 1, c = 'x'}\n", UNSET, "a.b", NULL, "a = {c = 'x'}\n"},
    {"a = { b = 1, c = 'x' }\n", UNSET, "a.c", NULL, "a = { b = 1 }\n"},
    {"a = { b = 1 }\n", UNSET, "a.b", NULL, "a = {}\n"},
    {"a = {b.c = 1, b.d = 2, e = 3}\n", UNSET, "a.b", NULL, "a = {e = 3}\n"},
    {"a = {b.c = 1, e = 3}\n", UNSET, "a.b.c", NULL, "a = {b = {}, e = 3}\n"},
    {"a = {b.c = 1, e = 3}\n", SET, "a.b.d", "2",
	"a = {b.c = 1, b.d = 2, e = 3}\n"},
    {"a = {b.c = 1, e = 3}\n", RENAME, "a.b", "x v",
	"a = {\"x v\".c = 1, e = 3}\n"},
    {"a = [{b = 1}, {b = 2}]\n", SET, "a[1].b", "3",
	"a = [{b = 1}, {b = 3}]\n"},
    {"a = [{b = 1}, {b = 2}]\n", INSERT, "a", "{b: 3, c: x}",
	"a = [{b = 1}, {b = 2}, {b = 3, c = \"x\"}]\n", .i = 2},
    {"a = [{b = 1}, {b = 2}]\n", SET, "a", "[{b: 2, c: 1}]",
	"a = [{b = 2, c = 1}]\n"},
    {"a = { b = 1, c = 2 } # x\n", SET, "a", "{c: 3, d: {e: [1]}}",
	"a = { c = 3, d = { e = [1] } } # x\n"},
    {"a = 1\n", SET, "a", "{b: 1}", "a = { b = 1 }\n"},
    {"a = { b = 1 }\n", SET, "a", "x", "a = \"x\"\n"},
};

static const struct edit added[] = {
    {"", SET, "a", "x", "a = \"x\"\n"},
    {"", SET, "a", "\"x\\ny\"", "a = \"x\\ny\"\n"},
    {"a = 1\n", SET, "b", "x", "a = 1\nb = \"x\"\n"},
    {"a=1\n\n# end\n", SET, "b", "x", "a=1\nb=\"x\"\n\n# end\n"},
    {"title = 'x'\na     = 1\n", SET, "bc", "2",
	"title = 'x'\na     = 1\nbc    = 2\n"},
    {"title = 'x'\na     = 1\n", SET, "longer", "2",
	"title = 'x'\na     = 1\nlonger = 2\n"},
    {"a = 1\n\n# about t\n[t]\nx = 1\n", SET, "b", "2",
	"a = 1\nb = 2\n\n# about t\n[t]\nx = 1\n"},
    {"[t]\nx = 1\n", SET, "b", "2", "b = 2\n\n[t]\nx = 1\n"},
    {"# c\n\n[t]\nx = 1\n", SET, "b", "2", "# c\n\nb = 2\n\n[t]\nx = 1\n"},
    {"[t]\nx = 1\n\n# u\n[u]\n", SET, "t.v", "2",
	"[t]\nx = 1\nv = 2\n\n# u\n[u]\n"},
    {"[t]\n  x = 1 # c\n[u]\n", SET, "t.v", "2",
	"[t]\n  x = 1 # c\n  v = 2\n[u]\n"},
    {"[t]\n  x = 1\n[u]\n", SET, "u.v", "2", "[t]\n  x = 1\n[u]\n  v = 2\n"},
    {"[t.u]\nx = 1\n", SET, "t.v", "2", "[t]\nv = 2\n\n[t.u]\nx = 1\n"},
    {"[t.u]\nx = 1\n", SET, "t.v.v", "2", "[t.u]\nx = 1\n\n[t.v]\nv = 2\n"},
    {"[t]\nx = 1\n[t.u]\nv = 1\n[w]\n", SET, "t.z", "2",
	"[t]\nx = 1\nz = 2\n[t.u]\nv = 1\n[w]\n"},
    {"[t]\nx = 1\n[t.u]\nv = 1\n[w]\n", SET, "t.v.z", "2",
	"[t]\nx = 1\n[t.u]\nv = 1\n[t.v]\nz = 2\n[w]\n"},
    {"[t]\nname  = 1\nx     = 2\n[u]\n", SET, "u.long_one", "2",
	"[t]\nname  = 1\nx     = 2\n[u]\nlong_one = 2\n"},
    {"[t]\nname  = 1\nx     = 2\n", SET, "u", "{a: 1, bcd: {}, ef: [1]}",
	"[t]\nname  = 1\nx     = 2\n\n[u]\na  = 1\nef = [1]\n\n[u.bcd]\n"},
    {"p.a = 1\nx = 2\n", SET, "p.b", "v", "p.a = 1\np.b = \"v\"\nx = 2\n"},
    {"p . 'q' . a=1\nx = 2\n", SET, "p.q.b", "v",
	"p . 'q' . a=1\np . 'q'.b=\"v\"\nx = 2\n"},
    {"p.a = 1\nx = 2\n", SET, "p.m.b", "v",
	"p.a = 1\np.m = { b = \"v\" }\nx = 2\n"},
    {"a = 1\n", SET, "m.main.x", "2", "a = 1\n\n[m.main]\nx = 2\n"},
    {"a = 1\n[l]\n", SET, "m", "{a: {b: {}}, c: {d: 1}}",
	"a = 1\n[l]\n[m.a.b]\n[m.c]\nd = 1\n"},
    {"a = 1\n", SET, "p.b", "v", "a = 1\n\n[p]\nb = \"v\"\n"},
    {"a = 1\nm = {x = 1}\n", SET, "p.b", "v",
	"a = 1\nm = {x = 1}\np = {b = \"v\"}\n"},
    {"a = 1\n\n[[l]]\nn = 1\n\n[[l]]\nn = 2\n", SET, "m", "[{x: 1}, {x: 2}]",
	"a = 1\n\n[[l]]\nn = 1\n\n[[l]]\nn = 2\n\n[[m]]\nx = 1\n\n"
	"[[m]]\nx = 2\n"},
    {"a = 1\n", SET, "m", "[{x: 1}, {x: 2}]",
	"a = 1\nm = [{ x = 1 }, { x = 2 }]\n"},
    {"a = 1\n", SET, "m", "{x: 1, v: {z: [1, 2]}}",
	"a = 1\n\n[m]\nx = 1\n\n[m.v]\nz = [1, 2]\n"},
    {"[[l]]\nn = 1\n\n[[l]]\nn = 2\n", SET, "l[0].k", "3",
	"[[l]]\nn = 1\nk = 3\n\n[[l]]\nn = 2\n"},
    {"[[l]]\nn = 1\n\n[[l]]\nn = 2\n", SET, "l[0].k.j", "3",
	"[[l]]\nn = 1\n\n[l.k]\nj = 3\n\n[[l]]\nn = 2\n"},
    {"a = 1\n", SET, "\"b c.d\"", "2", "a = 1\n\"b c.d\" = 2\n"},
    {"'a b' = 1\n", SET, "\"b'c\"", "2", "'a b' = 1\n\"b'c\" = 2\n"},
    {"'a b' = 1\n", SET, "é", "2", "'a b' = 1\n'é' = 2\n"},
    {"a = 1\n", SET, "d", "2024-01-02", "a = 1\nd = 2024-01-02\n"},
    {"a = 1\n", SET, "d", "\"x\\nv\\n\"", "a = 1\nd = \"\"\"\nx\nv\n\"\"\"\n"},
    {"a = [\n  'x',\n]\n", SET, "b", "[v, z]",
	"a = [\n  'x',\n]\nb = [\n  'v',\n  'z',\n]\n"},
    {"a = 1\r\n\r\n[t]\r\nx = 1\r\n", SET, "t.v", "2",
	"a = 1\r\n\r\n[t]\r\nx = 1\r\nv = 2\r\n"},
};

static const struct edit removed[] = {
    {"a = 1\nb = 2\n", UNSET, "a", NULL, "b = 2\n"},
    {"a = 1\n", UNSET, "a", NULL, ""},
    {"a = 1\n\n# c\nb = '''\nx\n'''\n\nc = 3\n", UNSET, "b", NULL,
	"a = 1\n\n# c\n\nc = 3\n"},
    {"a = 1\n\nb = 2\n\nc = 3\n", UNSET, "b", NULL, "a = 1\n\nc = 3\n"},
    {"a = 1\n\nb = 2\n", UNSET, "b", NULL, "a = 1\n"},
    {"p.a = 1\nx = 2\np.b = 3\n", UNSET, "p", NULL, "x = 2\n"},
    {"p.a = 1\nx = 2\np.b = 3\n", UNSET, "p.b", NULL, "p.a = 1\nx = 2\n"},
    {"p.a = 1\nx = 2\n\n# c\np.b = 3\ny = 4\n", UNSET, "p.a", NULL,
	"# c\np.b = 3\nx = 2\n\ny = 4\n"},
    {"p.q.a = 1 # c\nx = 2\n", UNSET, "p.q.a", NULL, "p.q = {} # c\nx = 2\n"},
    {"a = 1\n\n[t]\nx = 1\n# v = 2\n\n# u\n[u]\nz = 1\n", UNSET, "t", NULL,
	"a = 1\n\n# u\n[u]\nz = 1\n"},
    {"a = 1\n\n[t]\nx = 1\n\n[u]\nz = 1\n\n[t.v]\nv = 1\n", UNSET, "t", NULL,
	"a = 1\n\n[u]\nz = 1\n"},
    {"[t]\nx = 1\n", UNSET, "t.x", NULL, "[t]\n"},
    {"[t.u] # c\nx = 1\n", UNSET, "t.u", NULL, "[t] # c\n"},
    {"[[t.u]] # c\nx = 1\n[[t.u]]\n", UNSET, "t.u", NULL, "[t] # c\n"},
    {"[f.a]\nx = 1\n[g]\n[f.b]\n", UNSET, "f.a", NULL, "[f]\n[g]\n[f.b]\n"},
    {"[[l]]\nn = 1\n\n# two\n[[l]]\nn = 2\n[l.m]\nx = 1\n\n[[l]]\nn = 3\n",
	UNSET, "l[1]", NULL, "[[l]]\nn = 1\n\n[[l]]\nn = 3\n"},
    {"[[l]]\nn = 1\n\n[[l]]\nn = 2\n", UNSET, "l[1]", NULL, "[[l]]\nn = 1\n"},
    {"a = 1\n[[l]]\nn = 1\n", UNSET, "l[0]", NULL, "a = 1\nl = []\n"},
    {"[t]\nx = 1\n\n[[l]]\nn = 1\n", UNSET, "l[0]", NULL,
	"l = []\n\n[t]\nx = 1\n"},
};

static const struct edit renamed[] = {
    {"a = 1\nb = 2\n", RENAME, "a", "c", "c = 1\nb = 2\n"},
    {"'a' = 1\n", RENAME, "a", "c", "c = 1\n"},
    {"name = 1\nb    = 2 # c\n", RENAME, "b", "cde",
	"name = 1\ncde  = 2 # c\n"},
    {"name = 1\nb    = 2 # c\n", RENAME, "b", "longer",
	"name = 1\nlonger = 2 # c\n"},
    {"a = 1\n", RENAME, "a", "c d", "\"c d\" = 1\n"},
    {"p.a = 1\n[p.t]\nx = 1\n[[p.l]]\n[p.l.m]\n", RENAME, "p", "q",
	"q.a = 1\n[q.t]\nx = 1\n[[q.l]]\n[q.l.m]\n"},
    {"[[p.l]]\n[p.l.m]\n[[p.l]]\n[p.l.m]\n", RENAME, "p.l[1].m", "n",
	"[[p.l]]\n[p.l.m]\n[[p.l]]\n[p.l.n]\n"},
};

static const struct edit blocks[] = {
    {"[[l]]\nn = 1\n\n[[l]]\nn = 2\n", INSERT, "l", "{n: 3, m: x}",
	"[[l]]\nn = 1\n\n[[l]]\nn = 3\nm = \"x\"\n\n[[l]]\nn = 2\n", .i = 1},
    {"[[l]]\nn = 1\n\n[[l]]\nn = 2\n", INSERT, "l", "{n: 3}",
	"[[l]]\nn = 3\n\n[[l]]\nn = 1\n\n[[l]]\nn = 2\n"},
    {"[[l]]\nn = 1\n[[l]]\nn = 2\n[u]\n", INSERT, "l", "{n: 3}",
	"[[l]]\nn = 1\n[[l]]\nn = 2\n[[l]]\nn = 3\n[u]\n", .i = 2},
    /* What is no map cannot be in [[ ]], but in brackets. */
    {"[[l]]\nn = 1\n", INSERT, "l", "x", "l = [\"x\", { n = 1 }]\n"},
    {"a = 1\n\n[[l]]\nn = 1\n[l.s]\nb = [\n2]\n\n[u]\n", INSERT, "l", "x",
	"a = 1\nl = [{ n = 1, s = { b = [2] } }, \"x\"]\n\n[u]\n", .i = 1},
    {"[[l]]\nn = 1\n[[l]]\nn = 2\n", SET, "l[0]", "x",
	"l = [\"x\", { n = 2 }]\n"},
    {"[[l]]\n[[l.s]]\nb = 1\n[[l.s]]\n", INSERT, "l[0].s", "x",
	"[[l]]\ns = [{ b = 1 }, {}, \"x\"]\n", .i = 2},
    {"[[l]]\nn = 1 # c\n[[l]]\n", INSERT, "l", "x", NULL,
	.message = "2: [[l]] would have to become a list in brackets, and "
		   "lose its comments: edit the file itself"},
    {"[[l]]\n# c\n[[l]]\n", SET, "l[1]", "x", NULL,
	.message = "4: [[l]] would have to become a list in brackets, and "
		   "lose its comments: edit the file itself"},
    {"a = 1\n[p]\n  x = 1\n  [p.q]\n    y = 1\n", SET, "p.r.z", "1",
	"a = 1\n[p]\n  x = 1\n  [p.q]\n    y = 1\n  [p.r]\n    z = 1\n"},
    {"[p]\n  x = 1\n  [p.q]\n  y = 1\n\n[u]\n", SET, "p.r", "{s: {z: 1}, t: 2}",
	"[p]\n  x = 1\n  [p.q]\n  y = 1\n  [p.r]\n  t = 2\n    [p.r.s]\n    z = "
	"1\n\n[u]\n"},
    {"[p]\n  x = 1\n\n[u]\n", SET, "u.v.w", "1",
	"[p]\n  x = 1\n\n[u]\n\n  [u.v]\n    w = 1\n"},
    {"[p]\nx = 1\n", SET, "p.q.r", "1", "[p]\nx = 1\n\n[p.q]\nr = 1\n"},
    {"[[l]]\nn = 1\n", INSERT, "l", "~", NULL,
	.message =
	    "2: TOML has no null: give it a value (\"\" is empty text), or "
	    "remove the field"},
    {"[[l]]\nn = 1\n[l.m]\nx = 1\n\n# two\n[[l]]\nn = 2\n\n[u]\n", MOVE, "l",
	NULL, "# two\n[[l]]\nn = 2\n\n[[l]]\nn = 1\n[l.m]\nx = 1\n\n[u]\n",
	.i = 1},
    {"[[l]]\nn = 1\n\n[[l]]\nn = 2\n\n[[l]]\nn = 3\n", SET, "l",
	"[{n: 3}, {n: 1, m: 2}]", "[[l]]\nn = 3\n\n[[l]]\nn = 1\nm = 2\n"},
    {"[[l]]\nn = 1\n\n[[l]]\nn = 2\n", SET, "l[1]", "{n: 4, k: 5}",
	"[[l]]\nn = 1\n\n[[l]]\nn = 4\nk = 5\n"},
    {"[t]\nx = 1 # c\nv = 2\n[t.u]\nz = 1\n", SET, "t",
	"{x: 3, u: {z: 1, w: 2}}", "[t]\nx = 3 # c\n[t.u]\nz = 1\nw = 2\n"},
    {"a = 1\n\n[t]\nx = 1\n", SET, "t", "v", "a = 1\nt = \"v\"\n"},
    {"[s]\n[[t]]\nx = 1\n\n[[t]]\nx = 2\n[u]\n", SET, "t", "{a: 1}",
	"[s]\n[t]\na = 1\n[u]\n"},
    {"[s]\n[t]\nx = 1\n", SET, "t", "v", "t = \"v\"\n\n[s]\n"},
};

static void
sets_scalars(void **state)
{
	(void)state;
	check(scalars, NITEMS(scalars));
}

static void
edits_lists(void **state)
{
	(void)state;
	check(lists, NITEMS(lists));
}

static void
edits_inline_tables(void **state)
{
	(void)state;
	check(braces, NITEMS(braces));
}

static void
adds_keys(void **state)
{
	(void)state;
	check(added, NITEMS(added));
}

static void
removes(void **state)
{
	(void)state;
	check(removed, NITEMS(removed));
}

static void
renames(void **state)
{
	(void)state;
	check(renamed, NITEMS(renamed));
}

static void
edits_tables(void **state)
{
	(void)state;
	check(blocks, NITEMS(blocks));
}

static void
knows_places(void **state)
{
	static const struct {
		const char *path;
		unsigned line, column;
	} places[] = {
	    {"a", 2, 1},
	    {"a[1]", 2, 11},
	    {"b", 3, 2},
	    {"b.c", 3, 4},
	    {"b.c.d", 3, 10},
	    {"t", 4, 3},
	    {"t.u", 4, 5},
	    {"t.u[0]", 4, 1},
	    {"t.u[1]", 6, 2},
	    {"t.u[1].x", 7, 1},
	};
	static const char text[] = "+++\na = ['é', 1]\n b.c = { d = 1 }\n"
				   "[[t.u]]\nx = 1\n [[t.u]]\nx = 2\n+++\n";
	struct err err;
	struct fm *fm = fm_parse(text, strlen(text), &err);
	unsigned line, column;

	(void)state;
	assert_non_null(fm);
	for (size_t i = 0; i < NITEMS(places); i++) {
		assert_true(fm_place(fm, places[i].path, &line, &column));
		if (line != places[i].line || column != places[i].column)
			fail_msg("%s: %u:%u", places[i].path, line, column);
	}
	assert_false(fm_place(fm, "t.v", &line, &column));
	fm_free(fm);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(sets_scalars),
	    cmocka_unit_test(edits_lists),
	    cmocka_unit_test(edits_inline_tables),
	    cmocka_unit_test(adds_keys),
	    cmocka_unit_test(removes),
	    cmocka_unit_test(renames),
	    cmocka_unit_test(edits_tables),
	    cmocka_unit_test(knows_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
