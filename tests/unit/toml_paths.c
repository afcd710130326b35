/* SPDX-License-Identifier: ISC */
/*
 * TOML front matter, each path of many documents edited: its own value changes
 * no byte, another value, no value or another name changes nothing else.  fm.c
 * refuses what changes other data; here lines are compared too.
 */
#include "../test.h"

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
	if (rc == -1 && getenv("TOML_REFUSED"))
		print_error("%s: %s: %s: %u: %s\n", t->name, path, what,
		    err->line, err->msg);
	if (rc == 0 && !unchanged(t, fm) && !fm_undo(fm))
		wrong(t, path, "cannot be undone", fm);
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
	fm = parse(t);
	settle(t, fm, path, fm_unset(fm, path, &err), "unset", &err);
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
try_document(struct tally *t, const char *name, const char *doc, size_t n)
{
	struct buf b = {0};
	struct fm *fm;

	buf_puts(&b, "+++\n");
	buf_add(&b, doc, n);
	if (b.data[b.len - 1] != '\n')
		buf_putc(&b, '\n');
	buf_puts(&b, "+++\nbody\n");
	t->name = name;
	t->len = b.len;
	t->text = buf_steal(&b);
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
		try_document(&t, name, text, strlen(text));
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
	    cmocka_unit_test(edits_every_path_of_the_public_suite),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
