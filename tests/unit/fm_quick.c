/* SPDX-License-Identifier: ISC */
/*
 * fm_quick_read() and fm_yaml_simple() against libyaml: the same values and
 * places, or none.  On texts of each kind, on all that the tests and the corpus
 * have, and on thousands of changes of them.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../test.h"

#include "file.h"
#include "fm_priv.h"
#include "mem.h"

/* Equal to the last bit, the order of keys and what was written included. */
static bool
same(const struct value *a, const struct value *b)
{
	if (a->type != b->type || a->len != b->len || a->n != b->n ||
	    !a->text != !b->text || a->boolean != b->boolean ||
	    a->integer != b->integer ||
	    memcmp(&a->real, &b->real, sizeof(a->real)) != 0)
		return false;
	if (a->text && memcmp(a->text, b->text, a->len + 1) != 0)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if ((a->type == VALUE_MAP &&
			strcmp(a->keys[i], b->keys[i]) != 0) ||
		    !same(a->items[i], b->items[i]))
			return false;
	return true;
}

static bool
same_fields(const struct fm_doc *a, const struct fm_doc *b)
{
	if (a->n != b->n)
		return false;
	for (size_t i = 0; i < a->n; i++) {
		const struct fm_field *f = &a->fields[i], *g = &b->fields[i];

		if (strcmp(f->key, g->key) != 0 || f->key_at != g->key_at ||
		    f->key_len != g->key_len || f->value_at != g->value_at ||
		    f->value_len != g->value_len || f->at != g->at ||
		    f->len != g->len || f->line != g->line ||
		    f->value != a->values->items[i] || f->frozen || g->frozen)
			return false;
	}
	return true;
}

/* What libyaml reads between the fences; quick: what was read there, or NULL.
 */
static bool
agrees(const struct fm *fm, const struct value *quick)
{
	const char *text = fm->text + fm->at;
	struct fm_doc doc = {0}, simple = {0};
	size_t len = fm->end - fm->at;
	bool right = true, taken = fm_yaml_simple(text, len, &simple);
	struct err err;

	if (taken || quick)
		right = fm_yaml_read(text, len, &doc, &err) == 0;
	if (taken)
		right = right && same(simple.values, doc.values) &&
			same_fields(&simple, &doc);
	if (quick)
		right = right && taken && same(quick, doc.values);
	fm_doc_dispose(&doc);
	fm_doc_dispose(&simple);
	return right;
}

/* Read both ways; true: fm_quick_read() took it. */
static bool
both(struct fm_quick *q, const char *text, size_t len)
{
	const struct value *v = fm_quick_read(q, text, len);
	struct err err;
	struct fm *fm = fm_parse(text, len, &err);
	bool right = !v;

	if (fm && fm_format(fm) == FM_YAML)
		right = agrees(fm, v);
	fm_free(fm);
	if (!right)
		fail_msg("not the same: %.*s", (int)len, text);
	return v != NULL;
}

/* As it is, and as front matter; how often it was taken. */
static int
both_ways(struct fm_quick *q, const char *text, size_t len)
{
	struct buf b = {0};
	int taken = both(q, text, len);

	buf_puts(&b, "---\n");
	buf_add(&b, text, len);
	buf_puts(&b, "\n---\n");
	taken += both(q, b.data, b.len);
	buf_dispose(&b);
	return taken;
}

static const char *const simple[] = {
    "---\n---\n",
    "---\r\n---\r\n",
    "---\n# only a comment\n\n---",
    "---\na: b\n---\n",
    "\xef\xbb\xbf---\na: b\n---\nbody\n",
    "---\r\na: b\r\nc: 'd'\r\n\r\n---\r\nbody\r\n",
    "---\na: b\n----- more",
    "---\na:\nb:   \nc: # nothing\nd: \"\"\ne: ''\nf: ~\n---\n",
    "---\na: true\nb: no\nc: Yes\nd: off\ne: null\nf: y\ng: None\n---\n",
    "---\na: 1\nb: -2\nc: 0x1F\nd: 010\ne: 1_000\nf: 1.5\ng: -.5\nh: .inf\n"
    "i: -.inf\nj: .nan\nk: 1e3\nl: 1.2.3\nm: 99999999999999999999\n---\n",
    "---\na: 2024-01-02\nb: 2024-01-02T03:04:05+08:00\nc: 2024-1-2 3:04:05\n"
    "d: \"2024-01-02\"\ne: 2024/01/02\nf: 12:30\n---\n",
    "---\ntitle: \"a: b # c\"   # why\nb: 'it''s'\nc: \"\\\"q\\\" \\\\\"\n---\n",
    "---\na: http://example.org/#top\nb: a#b\nc: a:b\nd: x  # y: z\n---\n",
    "---\na: it's \"so\" [x] {y} & * ! | > % @ `\nb: a, b\nc: a - b ? c\n---\n",
    "---\na: []\nb: [ ]\nc: [a]\nd: [ a b , \"c, ]\", 'd' ]  # e\ne: [1, true, "
    "~, 2024-01-02, 1.5, a/b, c-d]\n---\n",
    "---\na:\n- b\n- c d\ne:\n  - \"f\"   # g\n\n  # h\n  - 'i'\n  - 2\nj: k\n"
    "---\n",
    "---\na: \xe4\xb8\xad\xe6\x96\x87\xef\xbc\x9a\xe6\xa0\x87\nb: "
    "\xf0\x9f\x98\x80 \xc3\xa9 \xed\x9f\xbf \xee\x80\x80\n---\n",
    "---\nA: 1\na: 2\nb-c: 3\nd.e: 4\n_f: 5\ntrue: 6\n---\n",
    "---\na: b\n  # a comment further in\nc: d\n---\n",
    "---\na: |\n  b # c\n  # d: e  \nf: >  # g\n h\n i\n\n# j\n\nk: l\n---\n",
    "---\r\na: |-\r\n  b\r\n  c\r\nd: >-\r\n  e\r\n  f\r\n---\r\n",
    "---\na: >\n  b: [\n  - c\n---\n",
    "---\na:\n  b: c\n  d: [e, 'f']\n  g:\n  - h\n  i:\n    - j\n  k:\n# l\n  m: "
    "true\n  n: >\n    o\n    p\n  q: |\n   r\ns:\n t:\nu: v\n---\n",
    "---\na:\n  b:\n---\n",
};

static void
takes_what_is_simple(void **state)
{
	struct fm_quick *q = fm_quick_new();

	(void)state;
	for (size_t i = 0; i < NITEMS(simple); i++)
		if (!both(q, simple[i], strlen(simple[i])))
			fail_msg("left alone: %s", simple[i]);
	fm_quick_free(q);
}

static const char *const left[] = {
    "",
    "no front matter\n",
    "---",
    "---\n",
    "---\na: b\n",
    "---\na: b\n--",
    "--- # comment\na: b\n---\n",
    "\n---\na: b\n---\n",
    "+++\na = 1\n+++\n",
    "{\"a\": 1}\n",
    "---\na: b\n  c\n---\n",
    "---\na: b\n\n  c\n---\n",
    "---\na: \"b\n  c\"\n---\n",
    "---\na: 'b\n  c'\n---\n",
    "---\na: \"b\\n\"\n---\n",
    "---\na: |\nb\n---\n",
    "---\na: |\n---\n",
    "---\na: |\n\n  b\n---\n",
    "---\na: |\n  b\n\n  c\n---\n",
    "---\na: |\n  b\n \nc: d\n---\n",
    "---\na: >\n  b\n   c\n---\n",
    "---\na: >\n   b\n  c\n---\n",
    "---\na: >\n  b\n# c\n  d\n---\n",
    "---\na: |+\n  b\n---\n",
    "---\na: |2\n  b\n---\n",
    "---\na: |#\n  b\n---\n",
    "---\na: | b\n---\n",
    "---\na:\n  - |\n    b\n---\n",
    "---\na:\n  b: |\n  c\n---\n",
    "---\na:\n  b: c\n d: e\n---\n",
    "---\na:\n  b: c\n    d: e\n---\n",
    "---\na:\n  b:\n    c: d\n---\n",
    "---\na:\n  b:\n- c\n---\n",
    "---\na:\n  b: c\n  b: d\n---\n",
    "---\na:\n  b: c\n  d\n---\n",
    "---\na: \"b\" c\n---\n",
    "---\na: \"b\"#c\n---\n",
    "---\na: \"b\": c\n---\n",
    "---\na: b: c\n---\n",
    "---\na: b:\n---\n",
    "---\na: [b\n  , c]\n---\n",
    "---\na: [b, ]\n---\n",
    "---\na: [b,, c]\n---\n",
    "---\na: [[b]]\n---\n",
    "---\na: [{b: c}]\n---\n",
    "---\na: [b: c]\n---\n",
    "---\na: [\"b\": c]\n---\n",
    "---\na: [b #c\n---\n",
    "---\na: [b] c\n---\n",
    "---\na: {b: c}\n---\n",
    "---\na:\n  b\n---\n",
    "---\na:\n  - b: c\n---\n",
    "---\na:\n  - - b\n---\n",
    "---\na:\n  -\n---\n",
    "---\na:\n  - b\n - c\n---\n",
    "---\na:\n - b\n  - c\n---\n",
    "---\na:\n  - b\n    c\n---\n",
    "---\na:\n  - [b]\n---\n",
    "---\na: b\n- c\n---\n",
    "---\n- a\n---\n",
    "---\na\n---\n",
    "---\n  a: b\n---\n",
    "---\na : b\n---\n",
    "---\na:b\n---\n",
    "---\n\"a\": b\n---\n",
    "---\n? a\n: b\n---\n",
    "---\n<<: b\n---\n",
    "---\na: &b c\n---\n",
    "---\na: *b\n---\n",
    "---\na: !!str b\n---\n",
    "---\na: @b\n---\n",
    "---\na: %b\n---\n",
    "---\na: - b\n---\n",
    "---\na: b\na: c\n---\n",
    "---\na:\tb\n---\n",
    "---\na: b\t# c\n---\n",
    "---\na: b\rc: d\n---\n",
    "---\na: b\x01\n---\n",
    "---\na: b\x7f\n---\n",
    "---\na: b\xc2\x85"
    "c: d\n---\n",
    "---\na: b\xe2\x80\xa8"
    "c: d\n---\n",
    "---\na: b\xef\xbb\xbf\n---\n",
    "---\na: b\xff\n---\n",
    "---\na: \xed\xa0\x80\n---\n",
    "---\na: \xe4\xb8\n---\n",
    "---\na: b\n...\nc: d\n---\n",
    "---\n%YAML 1.1\n---\n",
};

static void
leaves_what_is_not(void **state)
{
	struct fm_quick *q = fm_quick_new();

	(void)state;
	for (size_t i = 0; i < NITEMS(left); i++)
		if (both(q, left[i], strlen(left[i])))
			fail_msg("taken: %s", left[i]);
	assert_false(both(q, "---\na: \0b\n---\n", 14));
	fm_quick_free(q);
}

/* "---", n times a line with a number in it, "---". */
static bool
many(struct fm_quick *q, const char *before, const char *line, int n)
{
	struct buf b = {0};
	bool taken;

	buf_puts(&b, before);
	for (int i = 0; i < n; i++)
		buf_printf(&b, "%s%d\n", line, i);
	buf_puts(&b, "---\n");
	taken = both(q, b.data, b.len);
	buf_dispose(&b);
	return taken;
}

static void
has_bounds(void **state)
{
	struct fm_quick *q = fm_quick_new();
	struct buf b = {0};

	(void)state;
	assert_true(many(q, "---\n", "a: b\nc", 0));
	assert_true(many(q, "---\na:\n", "  - x", 200));
	assert_false(many(q, "---\na:\n", "  - x", 300));
	for (int keys = 60; keys < 70; keys++) {
		buf_clear(&b);
		buf_puts(&b, "---\n");
		for (int i = 0; i < keys; i++)
			buf_printf(&b, "k%d: v\n", i);
		buf_puts(&b, "---\n");
		assert_int_equal(both(q, b.data, b.len), keys <= 64);
	}
	for (int len = 100; len < 2000; len += 300) {
		buf_clear(&b);
		buf_puts(&b, "---\n");
		for (int i = 0; i < len; i++)
			buf_putc(&b, 'k');
		buf_puts(&b, ": v\n---\n");
		both(q, b.data, b.len);
	}
	/* Any head of a text: nothing, or all. */
	for (size_t i = 0; i < NITEMS(simple); i++)
		for (size_t n = 0; n <= strlen(simple[i]); n++) {
			char *head = xmalloc(n + 1);

			memcpy(head, simple[i], n);
			both(q, head, n);
			free(head);
		}
	buf_dispose(&b);
	fm_quick_free(q);
}

/* Texts to begin with. */
struct pool {
	char **v;
	size_t *len;
	size_t n, cap, cap_len;
};

static void
pool_add(struct pool *p, const char *text, size_t len)
{
	p->v = xgrow(p->v, p->n, &p->cap, sizeof(*p->v));
	p->len = xgrow(p->len, p->n, &p->cap_len, sizeof(*p->len));
	p->v[p->n] = xstrndup(text, len);
	p->len[p->n++] = len;
}

static void
pool_dispose(struct pool *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->v[i]);
	free(p->v);
	free(p->len);
}

/* All files below a directory. */
static void
pool_read(struct pool *p, const char *dir)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	while (d && (entry = readdir(d))) {
		struct buf text = {0};
		struct stat st;
		struct err err;
		char *path;

		if (entry->d_name[0] == '.')
			continue;
		path = path_join(dir, entry->d_name);
		if (lstat(path, &st) == 0 && S_ISDIR(st.st_mode))
			pool_read(p, path);
		else if (S_ISREG(st.st_mode) && st.st_size < 200000 &&
			 file_read(path, &text, NULL, &err) == 0)
			pool_add(p, text.data, text.len);
		buf_dispose(&text);
		free(path);
	}
	if (d)
		closedir(d);
}

/* Whole texts, and each stretch between lines of "%...". */
static int
check_all(const struct pool *p)
{
	struct fm_quick *q = fm_quick_new();
	int taken = 0;

	for (size_t i = 0; i < p->n; i++) {
		const char *at = p->v[i], *end = at + p->len[i], *next;

		taken += both_ways(q, at, p->len[i]);
		for (; at && at < end; at = next) {
			next = strstr(at, "\n%");
			next = next ? strchr(next + 1, '\n') : NULL;
			next = next ? next + 1 : NULL;
			taken += both_ways(
			    q, at, next ? (size_t)(next - at) : strlen(at));
		}
	}
	fm_quick_free(q);
	return taken;
}

static void
agrees_on_our_files(void **state)
{
	struct pool p = {0};

	(void)state;
	pool_read(&p, "tests/fm");
	pool_read(&p, "tests/md");
	pool_read(&p, "tests/ui");
	pool_read(&p, "examples");
	assert_true(p.n > 50);
	assert_true(check_all(&p) > 10);
	pool_dispose(&p);
}

static void
agrees_on_the_corpus(void **state)
{
	struct pool p = {0};

	(void)state;
	pool_read(&p, test_corpus("wamr.dev/content"));
	assert_true(check_all(&p) > 20);
	pool_dispose(&p);
}

static void
agrees_on_the_yaml_test_suite(void **state)
{
	struct pool p = {0};

	(void)state;
	pool_read(&p, test_corpus("yaml-test-suite/src"));
	assert_true(p.n > 300);
	check_all(&p);
	pool_dispose(&p);
}

static uint32_t
next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 8;
}

/* Some bytes that mean something in YAML take the place of others. */
static void
change(struct buf *b, const struct pool *p, uint32_t *seed)
{
	static const char *const bits[] = {"", " ", "  ", "\n", "\r\n", "\t",
	    ":", ": ", " #", "#", "-", "- ", "\n- ", "\n  - ", "[", "]", ",",
	    ", ", "{", "}", "\"", "'", "''", "\\", "\\\"", "|", ">", "&a ",
	    "*a", "!", "%", "@", "`", "?", "? ", "---", "\n---\n", "...", "~",
	    "<<", "=", ".", "_", "0", "1e5", "0x", "-1", "true", "no",
	    "y: ", "2024-01-01", "\xe4\xb8\xad", "\xc2\x85", "\xe2\x80\xa8",
	    "\xef\xbb\xbf", "\xff", "\x7f", "\x01", "\nkey: value\n", "\n\n",
	    "\n  ", "\n# x\n", "\na:\n", "[a, b]", "\"c\""};
	size_t front = b->len < 700 ? b->len : 700;
	size_t at = next_random(seed) % (front + 1);
	size_t cut = next_random(seed) % 4, other;

	if (cut > b->len - at)
		cut = b->len - at;
	if (next_random(seed) % 8 == 0) {
		/* A stretch of another text. */
		other = next_random(seed) % p->n;
		buf_splice(b, at, cut, p->v[other],
		    next_random(seed) % (p->len[other] % 60 + 1));
		return;
	}
	other = next_random(seed) % NITEMS(bits);
	buf_splice(b, at, cut, bits[other], strlen(bits[other]));
}

static void
agrees_on_changes(void **state)
{
	struct fm_quick *q = fm_quick_new();
	struct pool p = {0};
	uint32_t seed = 1;
	int taken = 0, rounds = 20000;

	(void)state;
	for (size_t i = 0; i < NITEMS(simple); i++)
		pool_add(&p, simple[i], strlen(simple[i]));
	for (size_t i = 0; i < NITEMS(left); i++)
		pool_add(&p, left[i], strlen(left[i]));
	pool_read(&p, "examples");
	for (int i = 0; i < rounds; i++) {
		size_t from = next_random(&seed) % p.n;
		struct buf b = {0};

		buf_add(&b, p.v[from], p.len[from] % 2000);
		for (uint32_t n = next_random(&seed) % 4 + 1; n > 0; n--)
			change(&b, &p, &seed);
		taken += both(q, b.data, b.len);
		buf_dispose(&b);
	}
	assert_true(taken > rounds / 20);
	pool_dispose(&p);
	fm_quick_free(q);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_what_is_simple),
	    cmocka_unit_test(leaves_what_is_not),
	    cmocka_unit_test(has_bounds),
	    cmocka_unit_test(agrees_on_our_files),
	    cmocka_unit_test(agrees_on_the_corpus),
	    cmocka_unit_test(agrees_on_the_yaml_test_suite),
	    cmocka_unit_test(agrees_on_changes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
