/* SPDX-License-Identifier: ISC */
/*
 * Every file with front matter that is at hand, edited at every path: what is
 * set to itself changes no byte, what is set to another value leaves all other
 * lines and data alone, and every edit is taken back and done again to the
 * byte.  The documents of the public suites are tried as front matter too.
 */
#include "../test.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "err.h"
#include "fm.h"
#include "mem.h"

/* What may be refused, by words of the reason. */
static const struct {
	const char *name, *word;
} classes[] = {
    {"aliases", "here is the value of &"},
    {"aliases", " repeats this here"},
    {"aliases", "anchor"},
    {"aliases", "<<"},
    {"duplicates", "twice"},
    {"empty names", "a field needs a name"},
    {"order of TOML tables", "cannot stand here, behind another [table]"},
};

struct tally {
	unsigned files, paths, edits, wrong, unknown;
	unsigned alike; /* names that mean another, later field */
	unsigned refused[NITEMS(classes)];
};

struct trial {
	struct tally *tally;
	const char *name;
	char *text;
	size_t len;
	struct fm *fm;
	struct value *data; /* a copy, to compare with */
	unsigned *lines;    /* at which entries begin */
	size_t n, cap;
};

static void
wrong(struct trial *t, const char *path, const char *what)
{
	size_t len;

	if (t->tally->wrong++ < 10)
		print_error("%s: %s: %s\n%.2000s\n--- became\n%.2000s\n",
		    t->name, path, what, t->text, fm_text(t->fm, &len));
}

static bool
is_text(const struct trial *t, const char *text, size_t n)
{
	size_t len;
	const char *now = fm_text(t->fm, &len);

	return len == n && memcmp(now, text, n) == 0;
}

static bool
same_data(const struct trial *t)
{
	struct buf a = {0}, b = {0};
	bool same;

	value_json(t->data, 0, &a);
	value_json(fm_values(t->fm), 0, &b);
	same = strcmp(buf_text(&a), buf_text(&b)) == 0;
	buf_dispose(&a);
	buf_dispose(&b);
	return same;
}

/* Taken back is what was, done again what it became; leaves what was. */
static void
back_and_forth(struct trial *t, const char *path)
{
	size_t len;
	char *now = xstrdup(fm_text(t->fm, &len));

	while (fm_undo(t->fm))
		;
	if (!is_text(t, t->text, t->len))
		wrong(t, path, "taken back, is another text");
	while (fm_redo(t->fm))
		;
	if (!is_text(t, now, len))
		wrong(t, path, "done again, is another text");
	while (fm_undo(t->fm))
		;
	free(now);
}

/* Count an edit. -1: it was refused, and did nothing. */
static int
count(struct trial *t, const char *path, const char *what, int rc,
    const struct err *err)
{
	size_t i;

	t->tally->edits++;
	if (rc == 0)
		return 0;
	if (!err->msg[0] || fm_edit_count(t->fm) > 0 ||
	    !is_text(t, t->text, t->len))
		wrong(t, path, "refused without a reason, or not wholly");
	for (i = 0; i < NITEMS(classes); i++)
		if (strstr(err->msg, classes[i].word))
			break;
	if (i < NITEMS(classes))
		t->tally->refused[i]++;
	else
		t->tally->unknown++;
	if (i == NITEMS(classes) || getenv("GALLEY_VERBOSE"))
		print_message("%s: %s: %s: %u: %s\n", t->name, path, what,
		    err->line, err->msg);
	while (fm_undo(t->fm))
		;
	return -1;
}

static unsigned
line_at(const char *text, size_t at)
{
	unsigned line = 1;

	for (size_t i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

/* Is all that differs in the lines from an entry's to the next one's? */
static bool
only_lines(const struct trial *t, const char *path)
{
	size_t len, a = 0, b = 0, min;
	const char *now = fm_text(t->fm, &len);
	unsigned first, column, next = (unsigned)-1;

	min = len < t->len ? len : t->len;
	while (a < min && now[a] == t->text[a])
		a++;
	while (b < min - a && now[len - 1 - b] == t->text[t->len - 1 - b])
		b++;
	while (fm_undo(t->fm))
		;
	if (!fm_place(t->fm, path, &first, &column))
		return false;
	for (size_t i = 0; i < t->n; i++)
		if (t->lines[i] > first && t->lines[i] < next)
			next = t->lines[i];
	return line_at(t->text, a) >= first &&
	       line_at(t->text, t->len - b) <= next;
}

/* Something more for a list, of the kind that it has. */
static struct value *
an_item(const struct value *list)
{
	if (list->n > 0 && list->items[0]->type == VALUE_MAP)
		return value_copy(list->items[0]);
	return value_string("another");
}

/* Another value of the same type; NULL: none is tried. */
static struct value *
another(const struct value *v)
{
	struct value *other;

	switch (v->type) {
	case VALUE_BOOL:
		return value_bool(!v->boolean);
	case VALUE_INT:
		return value_int(v->integer == 77 ? 78 : 77);
	case VALUE_FLOAT:
		return value_real(2.5);
	case VALUE_STRING:
		return value_string("it's: another #1");
	case VALUE_DATE:
		return value_date("2031-02-03T04:05:06Z");
	case VALUE_LIST:
		other = value_list();
		value_append(other, an_item(v));
		if (v->n == 1)
			value_append(other, an_item(v));
		return other;
	default:
		return NULL;
	}
}

static void
try_set(struct trial *t, const char *path, struct value **slot)
{
	struct value *old = *slot, *other = another(old);
	struct err err = {0};

	if (fm_set(t->fm, path, old, &err) == -1 ||
	    !is_text(t, t->text, t->len) || fm_edit_count(t->fm) > 0)
		wrong(t, path, "set to its own value");
	if (!other)
		return;
	if (count(t, path, "set", fm_set(t->fm, path, other, &err), &err) ==
	    0) {
		*slot = other;
		if (!same_data(t))
			wrong(t, path, "set, has other data");
		*slot = old;
		back_and_forth(t, path);
		while (fm_redo(t->fm))
			;
		if (old->type != VALUE_LIST && !only_lines(t, path))
			while (fm_redo(t->fm))
				wrong(t, path, "set, changes other lines");
		while (fm_undo(t->fm))
			;
	}
	value_free(other);
}

/* What has no name, or one that cannot be shown, is not made. */
static bool
can_be_named(const char *key)
{
	bool can = *key != '\0';

	for (; *key; key++)
		can = can && (unsigned char)*key >= ' ' && *key != 0x7f;
	return can;
}

static void
try_rename(struct trial *t, const char *outer, const char *path, char **slot)
{
	char *old = *slot, new[] = "another key";
	struct buf b = {0};
	struct err err = {0};

	buf_puts(&b, outer);
	fm_path_add(&b, new);
	if (count(t, path, "rename", fm_rename(t->fm, path, new, &err), &err) ==
	    0) {
		*slot = new;
		if (!same_data(t))
			wrong(t, path, "renamed, has other data");
		*slot = old;
		if (can_be_named(old) &&
		    fm_rename(t->fm, buf_text(&b), old, &err) == -1)
			wrong(t, path, err.msg);
		else if (can_be_named(old) && !same_data(t))
			wrong(t, path, "renamed and back, has other data");
		back_and_forth(t, path);
	}
	buf_dispose(&b);
}

static void
try_items(struct trial *t, const char *path, const struct value *list)
{
	struct value *item = an_item(list);
	struct err err = {0};
	size_t at = list->n / 2;
	char *inner = xasprintf("%s[%zu]", path, at);

	if (count(t, path, "insert", fm_insert(t->fm, path, at, item, &err),
		&err) == 0) {
		if (fm_unset(t->fm, inner, &err) == -1)
			wrong(t, path, err.msg);
		else if (!same_data(t))
			wrong(t, path, "added and removed, has other data");
		back_and_forth(t, path);
	}
	value_free(item);
	free(inner);
}

static void
path_of(struct buf *b, const char *outer, const struct value *v, size_t i)
{
	buf_puts(b, outer);
	if (v->type == VALUE_MAP)
		fm_path_add(b, v->keys[i]);
	else
		buf_printf(b, "[%zu]", i);
}

static void
add_lines(struct trial *t, const char *outer, const struct value *v)
{
	unsigned column;

	for (size_t i = 0; i < v->n; i++) {
		struct buf b = {0};

		path_of(&b, outer, v, i);
		t->lines = xgrow(t->lines, t->n, &t->cap, sizeof(*t->lines));
		if (fm_place(t->fm, buf_text(&b), &t->lines[t->n], &column))
			t->n++;
		add_lines(t, buf_text(&b), v->items[i]);
		buf_dispose(&b);
	}
}

/* Does another key of the map differ in capitals alone? */
static bool
has_alike(const struct value *map, size_t i)
{
	for (size_t j = 0; j < map->n; j++)
		if (j != i && value_get(map, map->keys[j]) == map->items[i])
			return true;
	return false;
}

static void
try_all(struct trial *t, const char *outer, struct value *v)
{
	for (size_t i = 0; i < v->n; i++) {
		bool map = v->type == VALUE_MAP;
		struct buf b = {0};

		/* A name means the last of those that are alike. */
		if (map && value_get(v, v->keys[i]) != v->items[i]) {
			t->tally->alike++;
			continue;
		}
		path_of(&b, outer, v, i);
		t->tally->paths++;
		try_set(t, buf_text(&b), &v->items[i]);
		if (map && !has_alike(v, i))
			try_rename(t, outer, buf_text(&b), &v->keys[i]);
		if (v->items[i]->type == VALUE_LIST)
			try_items(t, buf_text(&b), v->items[i]);
		try_all(t, buf_text(&b), v->items[i]);
		buf_dispose(&b);
	}
}

/* The text is taken. */
static void
try_text(struct tally *tally, const char *name, struct buf *b)
{
	struct trial t = {.tally = tally, .name = name, .len = b->len};
	struct err err;

	t.text = buf_steal(b);
	t.fm = fm_parse(t.text, t.len, &err);
	if (t.fm && !is_text(&t, t.text, t.len))
		wrong(&t, "", "is read as another text");
	if (t.fm && fm_format(t.fm) != FM_NONE && fm_format(t.fm) != FM_ORG) {
		tally->files++;
		t.data = value_copy(fm_values(t.fm));
		add_lines(&t, "", t.data);
		try_all(&t, "", t.data);
		value_free(t.data);
	}
	fm_free(t.fm);
	free(t.text);
	free(t.lines);
}

/* The documents of a file of the YAML suite that need no signs for blanks. */
static void
try_suite(struct tally *tally, const char *path)
{
	struct err err;
	struct value *tests = fm_load_data(path, path, NULL, &err);

	assert_non_null(tests);
	for (size_t i = 0; i < tests->n; i++) {
		const struct value *v = value_get(tests->items[i], "yaml");
		struct buf b = {0};
		bool plain = v && v->len > 0;

		for (size_t j = 0; plain && j < v->len; j++)
			plain = (unsigned char)v->text[j] < 0x80;
		if (!plain)
			continue;
		if (strncmp(v->text, "---", 3) != 0)
			buf_puts(&b, "---\n");
		buf_printf(&b, "%s\n---\nbody\n", v->text);
		try_text(tally, path, &b);
	}
	value_free(tests);
}

static void
try_file(struct tally *tally, const char *path)
{
	const char *dot = strrchr(path, '.');
	struct buf b = {0};
	char *text;

	if (!dot || strstr(path, "/invalid/"))
		return;
	if (strcmp(dot, ".yaml") == 0 && strstr(path, "yaml-test-suite")) {
		try_suite(tally, path);
		return;
	}
	if (strcmp(dot, ".md") != 0 && strcmp(dot, ".toml") != 0 &&
	    strcmp(dot, ".json") != 0)
		return;
	text = test_read(path);
	if (strcmp(dot, ".toml") == 0)
		buf_printf(&b, "+++\n%s\n+++\nbody\n", text);
	else if (strcmp(dot, ".json") == 0)
		buf_printf(&b, "%s\nbody\n", text);
	else
		buf_puts(&b, text);
	free(text);
	try_text(tally, path, &b);
}

static void
walk(struct tally *tally, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *e;
	struct stat st;
	char *path;

	assert_non_null(d);
	while ((e = readdir(d))) {
		if (e->d_name[0] == '.')
			continue;
		path = xasprintf("%s/%s", dir, e->d_name);
		if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
			walk(tally, path);
		else if (S_ISREG(st.st_mode))
			try_file(tally, path);
		free(path);
	}
	closedir(d);
}

static void
hold(const struct tally *t)
{
	struct buf b = {0};

	buf_printf(&b, "%u files, %u paths, %u hidden by alike names, ",
	    t->files, t->paths, t->alike);
	buf_printf(&b, "%u edits; refused ", t->edits);
	for (size_t i = 0; i < NITEMS(classes); i++)
		if (t->refused[i] > 0)
			buf_printf(&b, "%u for %s (%s), ", t->refused[i],
			    classes[i].name, classes[i].word);
	print_message("%s%u for other reasons; %u wrong\n", buf_text(&b),
	    t->unknown, t->wrong);
	buf_dispose(&b);
	assert_int_equal(t->wrong, 0);
	assert_int_equal(t->unknown, 0);
}

static void
holds_for_the_examples(void **state)
{
	struct tally t = {0};

	(void)state;
	walk(&t, "examples");
	walk(&t, "tests");
	hold(&t);
	assert_true(t.files > 5 && t.edits > 50);
}

static void
holds_for_the_corpus(void **state)
{
	struct tally t = {0};
	char *dir = xstrdup(test_corpus("."));

	(void)state;
	walk(&t, dir);
	free(dir);
	hold(&t);
	assert_true(t.files > 400 && t.edits > 4000);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(holds_for_the_examples),
	    cmocka_unit_test(holds_for_the_corpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
