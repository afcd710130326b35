/* SPDX-License-Identifier: ISC */
/*
 * YAML as front matter, edited everywhere: in documents that are made up, and
 * in those of the YAML test suite, which read as it says or are refused with a
 * place.  Each edit is compared with the data that it means, and taken back.
 */
#include "../test.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fm.h"
#include "mem.h"

struct tally {
	unsigned maps, same, refused; /* reading */
	unsigned edits, kept;         /* asked for; carried out */
};

/* A file in which all is edited in turn. */
struct trial {
	struct fm *fm;
	const char *name, *text;
	size_t len;
	struct tally *tally;
	bool all; /* nothing may be refused */
};

static char *
json_of(const struct value *v)
{
	struct buf b = {0};

	value_json(v, 0, &b);
	return buf_steal(&b);
}

/* What was edited is what was meant; then it is taken back. */
static void
settle(struct trial *t, const char *what, int rc, const struct err *err,
    const struct value *meant)
{
	char *got = json_of(fm_values(t->fm)), *want = json_of(meant);
	size_t len;
	const char *text = fm_text(t->fm, &len);

	t->tally->edits++;
	t->tally->kept += rc == 0;
	if (rc == -1 && (t->all || getenv("GALLEY_VERBOSE")))
		print_message("%s: %s: %s\n%s\n", t->name, what, err->msg,
		    strlen(t->text) < 700 ? t->text : "");
	if (rc == -1 && t->all)
		fail();
	if (rc == 0 && strcmp(got, want) != 0)
		fail_msg("%s: %s\n%s\n--- got\n%s\n--- want\n%s", t->name, what,
		    text, got, want);
	free(got);
	free(want);
	while (fm_undo(t->fm))
		;
	text = fm_text(t->fm, &len);
	if (len != t->len || memcmp(text, t->text, len) != 0)
		fail_msg("%s: %s, taken back, is\n%s\n--- not\n%s", t->name,
		    what, text, t->text);
}

/* The map or list that the entry at a path is in. */
struct spot {
	struct value *root, *holder;
	size_t i;
	const char *path, *outer;
};

static void
take(struct value *v, size_t i)
{
	if (v->type == VALUE_MAP)
		memmove(v->keys + i, v->keys + i + 1,
		    (v->n - i - 1) * sizeof(*v->keys));
	memmove(
	    v->items + i, v->items + i + 1, (v->n - i - 1) * sizeof(*v->items));
	v->n--;
}

static void
try_set(struct trial *t, struct spot *s, const char *typed)
{
	struct value *old = s->holder->items[s->i], *v;
	struct err err;
	int rc;

	v = fm_parse_value(typed, strlen(typed), &err);
	assert_non_null(v);
	s->holder->items[s->i] = v;
	rc = fm_set(t->fm, s->path, v, &err);
	settle(t, typed, rc, &err, s->root);
	s->holder->items[s->i] = old;
	/* What it is already changes no byte. */
	assert_int_equal(fm_set(t->fm, s->path, old, &err), 0);
	assert_int_equal(fm_edit_count(t->fm), 0);
	value_free(v);
}

static void
try_remove(struct trial *t, struct spot *s)
{
	struct value *h = s->holder, *old = h->items[s->i];
	char *key = h->type == VALUE_MAP ? h->keys[s->i] : NULL;
	struct err err;
	int rc = fm_unset(t->fm, s->path, &err);

	take(h, s->i);
	settle(t, "unset", rc, &err, s->root);
	memmove(h->items + s->i + 1, h->items + s->i,
	    (h->n - s->i) * sizeof(*h->items));
	h->items[s->i] = old;
	if (key) {
		memmove(h->keys + s->i + 1, h->keys + s->i,
		    (h->n - s->i) * sizeof(*h->keys));
		h->keys[s->i] = key;
	}
	h->n++;
}

static void
try_rename(struct trial *t, struct spot *s)
{
	char *old = s->holder->keys[s->i], new[] = "new: key";
	struct err err;
	int rc = fm_rename(t->fm, s->path, new, &err);

	s->holder->keys[s->i] = new;
	settle(t, "rename", rc, &err, s->root);
	s->holder->keys[s->i] = old;
}

static void
try_items(struct trial *t, struct spot *s)
{
	struct value *h = s->holder, *item = h->items[s->i];
	struct err err;
	size_t to = h->n - 1 - s->i;
	int rc = fm_move(t->fm, s->outer, s->i, to, &err);

	take(h, s->i);
	memmove(h->items + to + 1, h->items + to,
	    (h->n++ - to) * sizeof(*h->items));
	h->items[to] = item;
	settle(t, "move", rc, &err, s->root);
	take(h, to);
	memmove(h->items + s->i + 1, h->items + s->i,
	    (h->n++ - s->i) * sizeof(*h->items));
	h->items[s->i] = item;
}

static const char *const typed[] = {"new", "\"a: b\"", "3", "[x, \"1\"]",
    "{p: 1, q: [r, {s: z}]}", "\"two\\nlines\\n\"", "null", "[]"};

static void
try_all(struct trial *t, struct value *root, struct value *v, const char *outer)
{
	for (size_t i = 0; i < v->n; i++) {
		struct buf path = {0};
		struct spot s = {root, v, i, NULL, outer};

		buf_puts(&path, outer);
		if (v->type == VALUE_MAP)
			fm_path_add(&path, v->keys[i]);
		else
			buf_printf(&path, "[%zu]", i);
		s.path = buf_text(&path);
		for (size_t j = 0; j < NITEMS(typed); j++)
			try_set(t, &s, typed[j]);
		try_remove(t, &s);
		if (v->type == VALUE_MAP)
			try_rename(t, &s);
		else
			try_items(t, &s);
		try_all(t, root, v->items[i], s.path);
		buf_dispose(&path);
	}
}

/* Another field comes and goes; then all is edited. */
static void
edit_all(struct trial *t)
{
	struct value *v = value_int(1), *data = value_copy(fm_values(t->fm));
	struct err err;
	int rc;

	value_add(data, "elsewhere", v);
	rc = fm_set(t->fm, "elsewhere", v, &err);
	settle(t, "elsewhere", rc, &err, data);
	take(data, data->n - 1);
	free(data->keys[data->n]);
	value_free(v);
	try_all(t, data, data, "");
	value_free(data);
}

/* How the suite shows what cannot be seen. */
static const struct {
	const char *shown, *is;
} signs[] = {
    {"␣", " "},
    {"————»", "\t"},
    {"———»", "\t"},
    {"——»", "\t"},
    {"—»", "\t"},
    {"»", "\t"},
    {"←", "\r"},
    {"⇔", "\xef\xbb\xbf"},
    {"↵", ""},
    {"∎\n", ""},
    {"∎", ""},
};

static void
unshow(const char *s, struct buf *out)
{
	size_t i;

	while (*s) {
		for (i = 0; i < NITEMS(signs); i++)
			if (strncmp(
				s, signs[i].shown, strlen(signs[i].shown)) == 0)
				break;
		if (i < NITEMS(signs)) {
			buf_puts(out, signs[i].is);
			s += strlen(signs[i].shown);
		} else {
			buf_putc(out, *s++);
		}
	}
}

/* The suite's document between fences; its own "---" is the first one. */
static void
as_front_matter(const char *yaml, struct buf *out)
{
	const char *p = yaml;

	while (*p == '#' && (p = strchr(p, '\n')))
		p++;
	if (p && strncmp(p, "---", 3) == 0 && p[3] != '-')
		unshow(p, out);
	else {
		buf_puts(out, "---\n");
		unshow(yaml, out);
	}
	if (out->data[out->len - 1] != '\n')
		buf_putc(out, '\n');
	buf_puts(out, "---\nBody\n");
}

/* The first of JSON texts. */
static struct value *
first_json(const char *text)
{
	size_t len = 0, level = 0;
	bool quoted = false;
	struct err err;

	do {
		char ch = text[len];

		if (ch == '"')
			quoted = !quoted;
		else if (ch == '\\')
			len++;
		else if (!quoted && (ch == '{' || ch == '['))
			level++;
		else if (!quoted && (ch == '}' || ch == ']'))
			level--;
		len++;
	} while (level > 0 && text[len]);
	return fm_parse_data("x.json", text, len, &err);
}

/* The same data; what is a number or a date depends on YAML's version. */
static bool
alike(const struct value *a, const struct value *b)
{
	const char *x = value_text(a), *y = value_text(b);

	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct value *other = b->items[i];

		if (a->type == VALUE_MAP)
			other = value_get(b, a->keys[i]);
		if (a->type != b->type || !other || !alike(a->items[i], other))
			return false;
	}
	if (a->n > 0 || value_equal(a, b))
		return true;
	if (x && y && (a->type == VALUE_FLOAT || b->type == VALUE_FLOAT))
		return strtod(x, NULL) == strtod(y, NULL);
	return x && y && strcmp(x, y) == 0;
}

static void
one(const char *name, const char *yaml, const struct value *test,
    struct tally *t)
{
	const char *json = value_text(value_get(test, "json"));
	struct buf text = {0}, got = {0};
	struct value *want = json ? first_json(json) : NULL;
	struct err err = {0};
	struct fm *fm;

	as_front_matter(yaml, &text);
	fm = fm_parse(text.data, text.len, &err);
	if (fm) {
		t->maps++;
		value_json(fm_values(fm), 0, &got);
		if (want && alike(want, fm_values(fm)))
			t->same++;
		else if (want && want->type == VALUE_MAP)
			fail_msg("%s:\n%s\n--- got\n%s", name, text.data,
			    buf_text(&got));
		edit_all(
		    &(struct trial){fm, name, text.data, text.len, t, false});
	} else {
		t->refused++;
		assert_int_not_equal(err.line, 0);
	}
	fm_free(fm);
	value_free(want);
	buf_dispose(&text);
	buf_dispose(&got);
}

static void
file(const char *path, const char *name, struct tally *t)
{
	struct value *tests, *test;
	struct err err;
	const char *yaml = NULL;

	tests = fm_load_data(path, name, NULL, &err);
	if (!tests)
		fail_msg("%s: %s", name, err.msg);
	for (size_t i = 0; i < tests->n; i++) {
		test = tests->items[i];
		if (value_get(test, "yaml"))
			yaml = value_text(value_get(test, "yaml"));
		if (yaml)
			one(name, yaml, test, t);
	}
	value_free(tests);
}

static void
reads_the_suite(void **state)
{
	const char *path = test_corpus("yaml-test-suite/src");
	struct tally t = {0};
	struct dirent *e;
	DIR *dir = opendir(path);
	char *full;

	(void)state;
	assert_non_null(dir);
	while ((e = readdir(dir))) {
		if (!strstr(e->d_name, ".yaml"))
			continue;
		full = xasprintf("%s/%s", path, e->d_name);
		file(full, e->d_name, &t);
		free(full);
	}
	closedir(dir);
	print_message("%u maps, %u as in JSON, %u refused; %u of %u edits\n",
	    t.maps, t.same, t.refused, t.kept, t.edits);
	assert_true(t.maps >= 100 && t.same >= 100);
	assert_true(t.kept > t.edits / 10 * 9);
}

/* Documents are made up from these, each as its own kind of line. */
static const char *const scalars[] = {"plain", "two words", "\"double\"",
    "'single'", "'it''s'", "\"a: b\"", "1", "2.50", "true", "2024-01-02", "~",
    "\"\"", "!!str 5", "\"esc \\\" \\u00e9\"", "标题", "\"🎉 # no\"",
    "&anchor value", "x#y", "http://x.y/z"};

struct maker {
	struct buf out;
	unsigned seed, n; /* keys so far */
};

static unsigned
chance(struct maker *m, unsigned of)
{
	m->seed = m->seed * 1103515245 + 12345;
	return (m->seed >> 16) % of;
}

static void
make_key(struct maker *m)
{
	switch (chance(m, 6)) {
	case 3:
		buf_printf(&m->out, "\"k %u\"", m->n++);
		break;
	case 4:
		buf_printf(&m->out, "'k%u'", m->n++);
		break;
	case 5:
		buf_printf(&m->out, "标%u", m->n++);
		break;
	default:
		buf_printf(&m->out, "k%u", m->n++);
	}
}

static void
make_flow(struct maker *m, unsigned depth)
{
	unsigned n = chance(m, 4), kind = depth ? chance(m, 4) : 0;

	if (kind < 2) {
		buf_puts(&m->out, scalars[chance(m, NITEMS(scalars))]);
		return;
	}
	buf_puts(&m->out, kind == 2 ? "[" : "{");
	for (unsigned i = 0; i < n; i++) {
		buf_puts(&m->out, i ? ", " : chance(m, 3) ? "" : " ");
		if (kind == 3) {
			make_key(m);
			buf_puts(&m->out, ": ");
		}
		make_flow(m, depth - 1);
	}
	buf_puts(&m->out, kind == 2 ? "]" : " }");
}

static void
make_blanks(struct maker *m, unsigned n)
{
	while (n-- > 0)
		buf_putc(&m->out, ' ');
}

static void make_lines(
    struct maker *m, unsigned column, unsigned depth, bool first);

/* What is behind a colon or dash, and the line's end. */
static void
make_value(struct maker *m, unsigned column, unsigned depth, bool item)
{
	unsigned kind = chance(m, depth ? 12 : 8), in = column + 2;

	if (kind >= 8) {
		if (item && chance(m, 2)) {
			buf_putc(&m->out, ' ');
			make_lines(m, in, depth - 1, true);
			return;
		}
		buf_puts(&m->out, chance(m, 4) ? "\n" : " # head\n");
		make_lines(
		    m, column + (chance(m, 2) ? 2 : 4), depth - 1, false);
		return;
	}
	buf_puts(&m->out, chance(m, 8) ? " " : "   ");
	switch (kind) {
	case 0:
		buf_puts(&m->out, "|\n");
		make_blanks(m, in);
		buf_puts(&m->out, "one # two\n\n");
		make_blanks(m, in);
		buf_puts(&m->out, "  three\n");
		return;
	case 1:
		buf_puts(&m->out, ">-\n");
		make_blanks(m, in);
		buf_puts(&m->out, "one\n");
		make_blanks(m, in);
		buf_puts(&m->out, "two\n");
		return;
	case 2:
		buf_puts(&m->out, "several\n");
		make_blanks(m, in);
		buf_puts(&m->out, "plain lines");
		break;
	case 3:
	case 4:
		make_flow(m, 2);
		break;
	default:
		buf_puts(&m->out, scalars[chance(m, NITEMS(scalars))]);
	}
	buf_puts(&m->out, chance(m, 3) ? "\n" : " # c\n");
}

static void
make_lines(struct maker *m, unsigned column, unsigned depth, bool first)
{
	unsigned n = 1 + chance(m, 3);
	bool list = column > 0 && chance(m, 2);

	for (unsigned i = 0; i < n; i++) {
		if (i > 0 || !first) {
			if (chance(m, 6) == 0)
				buf_putc(&m->out, '\n');
			if (chance(m, 5) == 0) {
				make_blanks(m, column);
				buf_puts(&m->out, "# above\n");
			}
			make_blanks(m, column);
		}
		if (list) {
			buf_putc(&m->out, '-');
		} else {
			make_key(m);
			buf_puts(&m->out, chance(m, 9) ? ":" : " :");
		}
		make_value(m, column, depth, list);
	}
}

static void
edits_what_is_made_up(void **state)
{
	struct tally t = {0};
	const char *rounds = getenv("GALLEY_ROUNDS");
	unsigned n = rounds ? (unsigned)atoi(rounds) : 60;
	struct err err;

	(void)state;
	for (unsigned i = 0; i < n; i++) {
		struct maker m = {.seed = i * 7919 + 1};
		struct trial trial = {.tally = &t, .all = true};
		char name[20];

		buf_puts(&m.out, "---\n");
		make_lines(&m, 0, 3, false);
		buf_puts(&m.out, "---\nBody\n");
		snprintf(name, sizeof(name), "%u", i);
		trial.name = name;
		trial.text = m.out.data;
		trial.len = m.out.len;
		trial.fm = fm_parse(m.out.data, m.out.len, &err);
		if (!trial.fm)
			fail_msg("%u:%u: %s\n%s", err.line, err.column, err.msg,
			    m.out.data);
		edit_all(&trial);
		fm_free(trial.fm);
		buf_dispose(&m.out);
	}
	print_message("%u edits\n", t.edits);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(reads_the_suite),
	    cmocka_unit_test(edits_what_is_made_up),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
