/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "docview.h"
#include "docview_index.h"
#include "md.h"
#include "mem.h"

static struct doc *
render(const char *text, int width)
{
	const struct md_options opt = {
	    .width = width, .footnotes = true, .unsafe = true};
	struct err err;
	struct doc *d = md_render(text, strlen(text), &opt, &err);

	assert_non_null(d);
	return d;
}

/* The words of a text, with | for a wrapped line and / for an end. */
static void
words(const char *text, int width, const char *want)
{
	struct doc *d = render(text, width);
	struct docview_index *x = docview_index_make(d);

	for (char *s = x->words; *s; s++)
		*s = *s == DOCVIEW_WRAP ? '|' : *s == DOCVIEW_END ? '/' : *s;
	assert_string_equal(x->words, want);
	docview_index_free(x);
	doc_free(d);
}

static void
words_are_without_what_is_drawn(void **state)
{
	(void)state;
	words("", 40, "");
	words("One *two*  THREE.", 40, "one two three.");
	words("One two three four five six.\n\nSeven.", 20,
	    "one two three four|five six./seven.");
	words("> A quotation of some words.", 20, "a quotation of|some words.");
	words("- one item of some words\n- two", 20,
	    "one item of some|words/two");
	words("1. one\n\n   two", 20, "one/two");
	words("| a | b |\n|--|--|\n| c | d |", 40, "a/b/c/d");
	words("Na\u00efve STRASSE \uff21", 40, "naive strasse a");
	words("~~~\nint a;\n\n  int b;\n~~~", 40, "int a;/int b;");
	words("~~~\nsome long line of code here\n~~~", 24,
	    "some long line of code|here");
	words("# Head\n\ntext", 40, "head/text");
	words("\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b\u4e5d\u5341",
	    16,
	    "\u4e00\u4e8c\u4e09\u56db\u4e94\u516d\u4e03\u516b|\u4e5d\u5341");
}

/* How often needle is found. */
static void
found(const char *text, int width, const char *needle, size_t want)
{
	struct doc *d = render(text, width);
	struct docview_index *x = docview_index_make(d);
	char *folded = docview_index_needle(needle);
	size_t n, from, to;
	struct docview_match *v = docview_index_find(x, folded, &n);

	if (n != want)
		fail_msg("'%s' is found %zu times", needle, n);
	/* Each of them is somewhere on its lines. */
	for (size_t i = 0; i < n; i++) {
		size_t end = v[i].at + v[i].len;
		size_t line = docview_index_line(x, v[i].at);

		assert_true(i == 0 || v[i].at >= v[i - 1].at + v[i - 1].len);
		assert_true(
		    docview_index_bytes(x, d, line, v[i].at, end, &from, &to));
		assert_true(from < to);
	}
	free(v);
	free(folded);
	docview_index_free(x);
	doc_free(d);
}

static void
finds_what_a_line_parts(void **state)
{
	static const char text[] =
	    "The quick brown fox jumps over the lazy dog.";

	(void)state;
	for (int width = 14; width < 60; width++) {
		found(text, width, "QUICK  brown fox jumps over", 1);
		found(text, width, "the", 2);
		found(text, width, " the", 2);
		found(text, width, "he ", 2);
		found(text, width, " he", 0);
		found(text, width, "o", 4);
		found(text, width, "dog.", 1);
		found(text, width, "dog. ", 0);
		found(text, width, "cat", 0);
		found(text, width, " ", 0);
		found(text, width, "", 0);
	}
	found("aaaa", 40, "aa", 2);
	found("One.\n\nTwo.", 40, "one. two", 0);
	found("- a\n- b", 40, "a b", 0);
	found("Stra\u00dfe, stra\u00dfe", 40, "STRASSE", 2);
	found("Stra\u00dfe", 40, "s", 3);
	found("cafe\u0301 caf\u00e9", 40, "caf\u00e9", 2);
	found("\ufb01sh", 40, "f", 1);
}

/* What is marked for a needle on its first line. */
static void
bytes(const char *text, const char *needle, const char *want)
{
	struct doc *d = render(text, 60);
	struct docview_index *x = docview_index_make(d);
	char *folded = docview_index_needle(needle), *got;
	size_t n, from, to, len, line;
	struct docview_match *v = docview_index_find(x, folded, &n);

	assert_int_equal(n, 1);
	line = docview_index_line(x, v->at);
	assert_true(
	    docview_index_bytes(x, d, line, v->at, v->at + v->len, &from, &to));
	got = xstrndup(doc_line(d, line, &len) + from, to - from);
	assert_string_equal(got, want);
	free(got);
	free(v);
	free(folded);
	docview_index_free(x);
	doc_free(d);
}

static void
marks_whole_clusters(void **state)
{
	(void)state;
	bytes("one two", "ne t", "ne t");
	bytes("Stra\u00dfe", "as", "a\u00df");
	bytes("x cafe\u0301 y", "afe", "afe\u0301");
	bytes("> a \ufb01sh", "ish", "\ufb01sh");
	bytes("\u4e00\u4e8c\u4e09", "\u4e8c", "\u4e8c");
	bytes("a *b* **c d**", "b c d", "b c d");
}

/* The place of here in a is that of there in b. */
static void
moves(const char *a, int wide_a, const char *here, const char *b, int wide_b,
    const char *there)
{
	struct doc *da = render(a, wide_a), *db = render(b, wide_b);
	struct docview_index *xa = docview_index_make(da);
	struct docview_index *xb = docview_index_make(db);
	const char *at = strstr(xa->words, here),
		   *to = strstr(xb->words, there);
	struct docview_change c;
	size_t got;

	assert_non_null(at);
	assert_non_null(to);
	docview_index_compare(&c, xa, xb);
	got = docview_index_place(&c, (size_t)(at - xa->words));
	assert_int_equal(docview_index_line(xb, got),
	    docview_index_line(xb, (size_t)(to - xb->words)));
	docview_index_free(xa);
	docview_index_free(xb);
	doc_free(da);
	doc_free(db);
}

static void
a_place_stays_the_same_words(void **state)
{
	static const char a[] = "First paragraph here.\n\nSecond one, too.\n\n"
				"Third is the longest of them all.\n\nFourth.";
	static const char b[] = "New at the top.\n\nFirst paragraph here.\n\n"
				"Third is the longest of them all.\n\nFourth.";
	static const char c[] = "First paragraph here.\n\nSecond one, too.\n\n"
				"Third is the longest of them.\n\nFifth.";

	(void)state;
	for (int wide = 12; wide < 60; wide += 3) {
		moves(a, 60, "third", a, wide, "third");
		moves(a, wide, "them", a, 60, "third");
		moves(a, 60, "fourth", b, wide, "fourth");
		moves(a, 60, "third", b, wide, "third");
		moves(a, 60, "first", b, wide, "first");
		moves(a, 60, "second", c, wide, "second");
		moves(b, 60, "first", a, wide, "first");
	}
	moves(a, 60, "second", b, 60, "first");
	moves(a, 60, "fourth", c, 60, "fifth");
	moves(a, 60, "fourth", "", 60, "");
	moves("x", 60, "x", a, 60, "first");
}

static void
says_whether_words_differ(void **state)
{
	static const char *const text[] = {
	    "One two three four.", "One two three four.", "One two 3 four."};
	struct docview_change c;
	struct docview_index *x[3];

	(void)state;
	for (int i = 0; i < 3; i++) {
		struct doc *d = render(text[i], i == 1 ? 14 : 40);

		x[i] = docview_index_make(d);
		doc_free(d);
	}
	assert_false(docview_index_compare(&c, x[0], x[1]));
	assert_true(docview_index_compare(&c, x[1], x[2]));
	assert_int_equal(c.new_from, strlen("One two "));
	assert_int_equal(c.new_to, strlen("One two 3"));
	for (int i = 0; i < 3; i++)
		docview_index_free(x[i]);
}

static void
links_are_in_the_order_of_the_page(void **state)
{
	static const char text[] =
	    "A note[^1] and [a link of some words](x).\n\n"
	    "[^1]: With [another](y).\n";
	struct doc *d = render(text, 24);
	struct docview_index *x = docview_index_make(d);
	static const char *const want[] = {"#fn:1", "x", "y", "#fnref:1"};

	(void)state;
	assert_int_equal(x->nlinks, 4);
	for (size_t i = 0; i < 4; i++)
		assert_string_equal(
		    doc_link(d, (size_t)x->links[i].link), want[i]);
	assert_true(x->links[1].last > x->links[1].first);
	docview_index_free(x);
	doc_free(d);
}

static double
cpu_ms(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &ts);
	return (double)ts.tv_sec * 1e3 + (double)ts.tv_nsec / 1e6;
}

/* CPU time of all that is done with two pages of n paragraphs that are alike.
 */
static double
time_for(int n)
{
	struct buf a = {0}, b = {0};
	struct docview_change c;
	struct docview_index *x, *y;
	struct doc *d, *e;
	size_t found;
	double start;

	for (int i = 0; i < n; i++) {
		buf_puts(&a, i % 2 ? "aaaa aaaa aaaa aaaa aaaa aaaa aaaa\n\n"
				   : "aaaa aaaa\n\n");
		buf_puts(&b, i % 3 ? "aaaa aaaa aaaa aaaa aaaa aaaa aaaa\n\n"
				   : "aaaa baaa\n\n");
	}
	d = render(buf_text(&a), 80);
	e = render(buf_text(&b), 40);
	start = cpu_ms();
	x = docview_index_make(d);
	y = docview_index_make(e);
	free(docview_index_find(x, "a", &found));
	assert_true(found > (size_t)n * 8);
	free(docview_index_find(x, "aaaa aaaa aaaa b", &found));
	assert_int_equal(found, 0);
	assert_true(docview_index_compare(&c, x, y));
	docview_index_place(&c, x->len / 2);
	start = cpu_ms() - start;
	docview_index_free(x);
	docview_index_free(y);
	doc_free(d);
	doc_free(e);
	buf_dispose(&a);
	buf_dispose(&b);
	return start;
}

/* Eight times the page takes eight times the time, and not sixty-four. */
static void
large_pages_take_no_time(void **state)
{
	double small = 1e9, large = 1e9, t;

	(void)state;
	for (int i = 0; i < 3; i++) {
		t = time_for(2500);
		small = t < small ? t : small;
		t = time_for(20000);
		large = t < large ? t : large;
	}
	if (large > 30 * small)
		fail_msg("%.1f ms, %.1f ms", small, large);
}

/* A view of a page without an app. */
static void
view(struct docview *dv, const char *text, int width, int rows)
{
	*dv = (struct docview){.rows = rows, .doc = render(text, width)};
	dv->index = docview_index_make(dv->doc);
}

static void
every_match_is_reached(void **state)
{
	struct buf text = {0};
	struct docview dv;

	(void)state;
	for (int i = 0; i < 30; i++)
		buf_printf(&text, "Word %d.\n\n", i);
	view(&dv, buf_text(&text), 40, 10);
	docview_search(&dv, "WORD");
	assert_int_equal(dv.nmatches, 30);
	for (size_t i = 1; i <= 30; i++) {
		assert_int_equal(docview_find(&dv, 1), DOCVIEW_FOUND);
		assert_int_equal(dv.match, i);
		assert_true(dv.top <= 2 * (i - 1) && 2 * (i - 1) < dv.top + 10);
	}
	assert_int_equal(docview_find(&dv, 1), DOCVIEW_WRAPPED);
	assert_int_equal(dv.match, 1);
	assert_int_equal(dv.top, 0);
	assert_int_equal(docview_find(&dv, -1), DOCVIEW_WRAPPED);
	assert_int_equal(dv.match, 30);
	/* From what is shown, where the last one is out of sight. */
	docview_go(&dv, 20);
	assert_int_equal(docview_find(&dv, 1), DOCVIEW_FOUND);
	assert_int_equal(dv.match, 11);
	docview_go(&dv, 41);
	assert_int_equal(docview_find(&dv, -1), DOCVIEW_FOUND);
	assert_int_equal(dv.match, 21);
	docview_search(&dv, "nothing");
	assert_int_equal(docview_find(&dv, 1), DOCVIEW_LOST);
	docview_dispose(&dv);
	buf_dispose(&text);
}

static void
notes_and_headings_are_gone_to(void **state)
{
	struct buf text = {0};
	struct docview dv;

	(void)state;
	buf_puts(&text, "# Top of it\n\nA note[^x] here.\n\n");
	for (int i = 0; i < 30; i++)
		buf_puts(&text, "Words.\n\n");
	buf_puts(&text, "## Far\n\n");
	for (int i = 0; i < 30; i++)
		buf_puts(&text, "Words.\n\n");
	buf_puts(&text, "[^x]: The note.\n\n    Its second paragraph.\n");
	view(&dv, buf_text(&text), 40, 10);
	assert_true(docview_go_id(&dv, "far"));
	assert_true(dv.top > 60);
	assert_true(docview_go_id(&dv, "fn:1"));
	assert_true(dv.top > 120);
	assert_true(docview_go_id(&dv, "fnref:1"));
	assert_true(dv.top < 4);
	assert_false(docview_go_id(&dv, "fn:2"));
	assert_false(docview_go_id(&dv, "Far"));
	assert_false(docview_go_id(&dv, "none"));
	assert_true(docview_go_id(&dv, ""));
	docview_dispose(&dv);
	buf_dispose(&text);
}

static void
copies(const char *text, const char *want)
{
	struct buf got = {0};
	struct docview dv;

	view(&dv, text, 30, 20);
	docview_code(&dv, text, strlen(text), &got);
	assert_string_equal(buf_text(&got), want);
	buf_dispose(&got);
	docview_dispose(&dv);
}

static void
code_is_as_in_the_source(void **state)
{
	(void)state;
	copies("none", "");
	copies("~~~\na\tb\n\n\tc\n~~~", "a\tb\n\n\tc\n");
	copies("~~~\n  in\nout\n~~~", "  in\nout\n");
	copies("- x\n\n  ~~~\n  a\n    b\n  ~~~", "a\n  b\n");
	copies("> ~~~\n> a\n>\n> > b\n> ~~~", "a\n\n> b\n");
	copies("text\n\n    a\n    \tb", "a\n\tb\n");
	copies("~~~\na very long line that is cut and  has two blanks\n~~~",
	    "a very long line that is cut and  has two blanks\n");
	copies("a b\n\n~~~\nab\n~~~", "ab\n");
	copies("<pre>\na &lt; b\nc\n</pre>", "a < b\nc\n");
	copies("~~~\r\na\r\nb\r\n~~~\r\n", "a\nb\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(words_are_without_what_is_drawn),
	    cmocka_unit_test(finds_what_a_line_parts),
	    cmocka_unit_test(marks_whole_clusters),
	    cmocka_unit_test(a_place_stays_the_same_words),
	    cmocka_unit_test(says_whether_words_differ),
	    cmocka_unit_test(links_are_in_the_order_of_the_page),
	    cmocka_unit_test(large_pages_take_no_time),
	    cmocka_unit_test(every_match_is_reached),
	    cmocka_unit_test(notes_and_headings_are_gone_to),
	    cmocka_unit_test(code_is_as_in_the_source),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
