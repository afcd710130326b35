/* SPDX-License-Identifier: ISC */
/* Three sides of front matter: what is asked, and what comes of it. */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "merge.h"

struct three {
	struct fm *base, *ours, *theirs;
	struct merge *merge;
};

static struct fm *
parse(const char *text)
{
	struct err err;
	struct fm *fm = fm_parse(text, strlen(text), &err);

	if (!fm)
		fail_msg("%s", err.msg);
	return fm;
}

static void
open_three(
    struct three *t, const char *base, const char *ours, const char *theirs)
{
	t->base = parse(base);
	t->ours = parse(ours);
	t->theirs = parse(theirs);
	t->merge = merge_new(t->base, t->ours, t->theirs);
}

static void
close_three(struct three *t)
{
	merge_free(t->merge);
	fm_free(t->base);
	fm_free(t->ours);
	fm_free(t->theirs);
}

static void
add_value(struct buf *b, const struct value *v)
{
	buf_putc(b, ' ');
	if (v)
		value_json(v, 0, b);
	else
		buf_putc(b, '-');
}

/* "PATH BASE OURS THEIRS CHOICE;" of each field. */
static void
lists(const struct merge *m, const char *want)
{
	static const char *const choices[] = {[MERGE_ASK] = "ask",
	    [MERGE_OURS] = "ours",
	    [MERGE_THEIRS] = "theirs"};
	struct buf b = {0};

	for (size_t i = 0; i < m->n; i++) {
		const struct merge_field *f = &m->v[i];

		buf_puts(&b, f->path);
		add_value(&b, f->base);
		add_value(&b, f->ours);
		add_value(&b, f->theirs);
		buf_printf(&b, " %s;", choices[f->choice]);
		assert_int_equal(f->both, f->choice == MERGE_ASK);
	}
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
}

static void
gives(struct three *t, const char *want)
{
	struct err err;
	const char *text;
	size_t len;

	if (merge_apply(t->merge, t->theirs, &err) == -1)
		fail_msg("%s", err.msg);
	text = fm_text(t->theirs, &len);
	assert_string_equal(text, want);
	assert_int_equal(len, strlen(want));
}

static const char base[] = "---\ntitle: a\ndate: 2024-01-02\ntags: [p, q]\n"
			   "draft: true # not yet\n---\nbody\n";

static void
takes_what_one_side_changed(void **state)
{
	struct three t;

	(void)state;
	open_three(&t, base,
	    "---\ntitle: b\ndate: 2024-01-02\ntags: [p, q]\nweight: 3\n"
	    "---\nbody\n",
	    "---\n# theirs\nslug: s\ntitle: a\ndate: 2024-01-03\n"
	    "tags: [p,  q]\ndraft: true   # no\n---\nbody, longer\n");
	lists(t.merge,
	    "slug - - \"s\" theirs;title \"a\" \"b\" \"a\" ours;"
	    "date \"2024-01-02\" \"2024-01-02\" \"2024-01-03\" theirs;"
	    "draft true - true ours;weight - 3 - ours;");
	assert_true(t.merge->body);
	assert_int_equal(merge_asks(t.merge), 0);
	assert_int_equal(merge_taken(t.merge), 3);
	gives(&t, "---\n# theirs\nslug: s\ntitle: b\ndate: 2024-01-03\n"
		  "tags: [p,  q]\nweight: 3\n---\nbody, longer\n");
	/* It is one edit. */
	assert_int_equal(fm_edit_count(t.theirs), 1);
	close_three(&t);
}

static void
asks_when_both_did(void **state)
{
	struct three t;
	struct err err;
	size_t len;

	(void)state;
	open_three(&t, base,
	    "---\ntitle: b\ndate: 2024-01-02\ntags: [p]\ndraft: false\n---\n",
	    "---\ntitle: c\ndate: 2024-01-02\ntags: [q]\ndraft: false\n---\n");
	lists(t.merge, "title \"a\" \"b\" \"c\" ask;"
		       "tags [\"p\",\"q\"] [\"p\"] [\"q\"] ask;");
	assert_int_equal(merge_asks(t.merge), 2);
	t.merge->v[1].choice = MERGE_OURS;
	assert_int_equal(merge_apply(t.merge, t.theirs, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	assert_non_null(strstr(err.msg, "title"));
	assert_non_null(strstr(fm_text(t.theirs, &len), "tags: [q]"));
	t.merge->v[0].choice = MERGE_THEIRS;
	gives(&t, "---\ntitle: c\ndate: 2024-01-02\ntags: [p]\ndraft: false\n"
		  "---\n");
	close_three(&t);
}

static void
removed_and_changed(void **state)
{
	struct three t;

	(void)state;
	open_three(&t, "---\na: 1\nb: 2\nc: 3\nd: 4\n---\n",
	    "---\nb: 3\nd: 4\n---\n", "---\na: 2\nc: 3\n---\n");
	lists(t.merge, "a 1 - 2 ask;c 3 - 3 ours;b 2 3 - ask;d 4 4 - theirs;");
	t.merge->v[0].choice = MERGE_OURS;
	t.merge->v[2].choice = MERGE_OURS;
	gives(&t, "---\nb: 3\n---\n");
	close_three(&t);
}

static void
enters_maps(void **state)
{
	struct three t;

	(void)state;
	open_three(&t,
	    "---\nparams:\n  author: {name: a, \"e.mail\": x}\n  n: 1\n---\n",
	    "---\nparams:\n  author: {name: b, \"e.mail\": w}\n  n: 1\n---\n",
	    "---\nparams:\n  author: {name: a, \"e.mail\": z}\n  n: 2\n---\n");
	lists(t.merge, "params.author.name \"a\" \"b\" \"a\" ours;"
		       "params.author.\"e.mail\" \"x\" \"w\" \"z\" ask;"
		       "params.n 1 1 2 theirs;");
	t.merge->v[1].choice = MERGE_OURS;
	gives(&t, "---\nparams:\n  author: {name: b, \"e.mail\": w}\n  n: 2\n"
		  "---\n");
	close_three(&t);
	/* A map on one side is one value. */
	open_three(&t, "---\nm: {a: 1}\n---\n", "---\nm: {a: 2}\n---\n",
	    "---\nm: 3\n---\n");
	lists(t.merge, "m {\"a\":1} {\"a\":2} 3 ask;");
	close_three(&t);
	/* Made on both. */
	open_three(&t, "---\n---\n", "---\nm: {a: 1, b: 2}\n---\n",
	    "---\nm: {a: 2, c: 3}\n---\n");
	lists(t.merge, "m.a - 1 2 ask;m.c - - 3 theirs;m.b - 2 - ours;");
	close_three(&t);
}

static void
whatever_the_capitals(void **state)
{
	struct three t;

	(void)state;
	open_three(&t, "---\nTitle: a\nx: 1\n---\n",
	    "---\nTitle: b\nx: 1\n---\n", "---\nx: 0\ntitle: a\nX: 1\n---\n");
	lists(t.merge, "title \"a\" \"b\" \"a\" ours;");
	gives(&t, "---\nx: 0\ntitle: b\nX: 1\n---\n");
	close_three(&t);
}

static void
between_formats(void **state)
{
	struct three t;

	(void)state;
	open_three(&t, "---\ntitle: a\nn: 1\n---\nb",
	    "---\ntitle: b\nn: 1\n---\nb", "+++\ntitle = 'a'\nn = 2\n+++\nb");
	lists(t.merge, "title \"a\" \"b\" \"a\" ours;n 1 1 2 theirs;");
	assert_false(t.merge->body);
	close_three(&t);
	open_three(&t, "---\ntitle: a\n---\n", "---\ntitle: b\n---\n", "");
	lists(t.merge, "title \"a\" \"b\" - ask;");
	t.merge->v[0].choice = MERGE_OURS;
	gives(&t, "---\ntitle: b\n---\n");
	close_three(&t);
}

static void
all_or_nothing(void **state)
{
	struct three t;
	struct err err;
	const char *text =
	    "---\na: 1\nx: &x 2\nb: *x\nb: 4\nq: {<<: {r: 1}}\n---\n";
	size_t len;

	(void)state;
	open_three(
	    &t, "---\na: 1\nq: 1\n---\n", "---\na: 2\nq: 2\n---\n", text);
	assert_string_equal(t.merge->v[0].path, "a");
	/* A path that cannot be set. */
	for (size_t i = 1; i < t.merge->n; i++)
		t.merge->v[i].choice = MERGE_THEIRS;
	free(t.merge->v[1].path);
	t.merge->v[1].path = xstrdup("a[");
	t.merge->v[1].choice = MERGE_OURS;
	assert_int_equal(merge_apply(t.merge, t.theirs, &err), -1);
	assert_string_equal(fm_text(t.theirs, &len), text);
	close_three(&t);
	merge_free(NULL);
}

static void
settles_by_rule(void **state)
{
	struct three t;

	(void)state;
	open_three(&t, "---\ntags: [a, b, c]\nlastmod: 2026-01-02\nx: 1\n---\n",
	    "---\ntags: [a, c, mine]\nlastmod: 2026-03-01\nx: 2\n"
	    "draft: true\nnew: [1, 2]\nsame: [q]\n---\n",
	    "---\ntags: [theirs, b, c]\nlastmod: 2026-02-01\nx: 3\n"
	    "draft: false\nnew: [2, 3]\nsame: [{q: 1}]\n---\n");
	merge_settle(t.merge);
	/* x, and a list that holds a map, are for a person. */
	assert_int_equal(merge_asks(t.merge), 2);
	for (size_t i = 0; i < t.merge->n; i++)
		if (t.merge->v[i].choice == MERGE_ASK)
			t.merge->v[i].choice = MERGE_THEIRS;
	gives(&t, "---\ntags: [theirs, c, mine]\nlastmod: 2026-03-01\n"
		  "x: 3\ndraft: true\nnew: [2, 3, 1]\nsame: [{q: 1}]\n"
		  "---\n");
	close_three(&t);
	open_three(&t, "---\nlastmod: 2026-01-02\n---\n",
	    "---\nlastmod: 2026-02-01\n---\n",
	    "---\nlastmod: 2026-02-01T01:00:00Z\n---\n");
	merge_settle(t.merge);
	assert_int_equal(t.merge->v[0].choice, MERGE_THEIRS);
	close_three(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(takes_what_one_side_changed),
	    cmocka_unit_test(asks_when_both_did),
	    cmocka_unit_test(removed_and_changed),
	    cmocka_unit_test(enters_maps),
	    cmocka_unit_test(whatever_the_capitals),
	    cmocka_unit_test(between_formats),
	    cmocka_unit_test(all_or_nothing),
	    cmocka_unit_test(settles_by_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
