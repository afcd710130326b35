/* SPDX-License-Identifier: ISC */
/*
 * Markdown that means harm, or is broken: what is shown of it, and that the
 * work it makes is bounded, in bytes of what is made, on every machine alike.
 */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "md.h"
#include "md_priv.h"
#include "mem.h"

#define DEEP "  The rest is left out: it is nested too deeply."
#define MUCH "  The rest is left out: it takes too much work to lay out."
#define GONE "  The rest is left out: it was not waited for."

static const struct md_options plain = {.width = 60};
static const struct md_options html = {.width = 60, .unsafe = true};

static size_t
work(const struct doc *d)
{
	return d->given - d->left;
}

static struct doc *
render(const char *body, size_t len, const struct md_options *opt)
{
	struct err err;
	struct doc *d = md_render(body, len, opt, &err);

	assert_non_null(d);
	/* Twice the budget: a block that is cut short is laid out too. */
	assert_true(work(d) <= 160 * len + ((size_t)9 << 20));
	return d;
}

static void
add(struct buf *b, const char *s, size_t n)
{
	while (n-- > 0)
		buf_puts(b, s);
}

static bool
line_is(const struct doc *d, size_t i, const char *want)
{
	size_t len;
	const char *s = doc_line(d, i, &len);

	return len == strlen(want) && memcmp(s, want, len) == 0;
}

static size_t
count(const struct doc *d, const char *what)
{
	size_t n = 0, k = strlen(what);

	for (size_t i = 0; i < doc_lines(d); i++) {
		size_t len;
		const char *s = doc_line(d, i, &len);

		for (size_t j = 0; j + k <= len; j++)
			n += memcmp(s + j, what, k) == 0;
	}
	return n;
}

/* All of it is shown: each of n is there. */
static void
shows_all(
    struct buf *b, const struct md_options *opt, const char *what, size_t n)
{
	struct doc *d = render(b->data, b->len, opt);

	assert_true(doc_is_whole(d));
	assert_int_equal(count(d, what), n);
	doc_free(d);
	buf_dispose(b);
}

/* The first line is there, the last says why there are no more. */
static void
ends_early(struct buf *b, const struct md_options *opt, const char *note)
{
	struct doc *d = render(b->data, b->len, opt);

	assert_false(doc_is_whole(d));
	assert_true(line_is(d, 0, "  first"));
	assert_true(line_is(d, doc_lines(d) - 1, note));
	doc_free(d);
	buf_dispose(b);
}

static void
stops_at_deep_nesting(void **state)
{
	static const char *const units[] = {"> ", ">", "- ", "1. ", "* > "};
	struct buf b = {0};

	(void)state;
	for (size_t i = 0; i < NITEMS(units); i++) {
		buf_puts(&b, "first\n\n");
		add(&b, units[i], 100000);
		/* Each of these costs md4c a step for every level. */
		add(&b, "\n", 100000);
		ends_early(&b, &plain, DEEP);
	}
	buf_puts(&b, "first\n\n");
	for (size_t i = 0; i < 2000; i++) {
		add(&b, " ", 2 * i);
		buf_puts(&b, "- a\n");
	}
	ends_early(&b, &plain, DEEP);
	/* A body that is put in other words first. */
	buf_puts(&b, "first\n\n| a | b |\n|-|-|\n| c | d |\n\n");
	add(&b, "> ", 100000);
	ends_early(&b, &plain, DEEP);
}

static void
shows_what_is_as_deep_as_it_may_be(void **state)
{
	struct buf b = {0};

	(void)state;
	add(&b, "> ", 100);
	buf_puts(&b, "end\n");
	shows_all(&b, &plain, "end", 1);
	add(&b, "- ", 100);
	buf_puts(&b, "end\n");
	shows_all(&b, &plain, "end", 1);
	/* No quotation in a block of code. */
	buf_puts(&b, "```\n");
	add(&b, ">", 300);
	buf_puts(&b, "\n```\n\nend\n");
	shows_all(&b, &plain, ">", 300);
}

static void
shows_brackets_and_marks(void **state)
{
	static const struct {
		const char *unit, *what;
	} cases[] = {
	    {"[", "["},
	    {"![", "!["},
	    {"]", "]"},
	    {"[a](", "a"},
	    {"*a ", "a"},
	    {"*a_ ", "a"},
	    {"**a ", "a"},
	    {"~~a", "a"},
	    {"a`", "a"},
	    {"<b ", "<b"},
	    {"a@", "@"},
	    {"http://", "http"},
	    {"&amp;", "&"},
	    {"\\", "\\"},
	    {"{{< ", "{{<"},
	    {"{{% /", "{{%"},
	    {":a", ":a"},
	    {"\"a ", "a"},
	};
	struct md_options opt = plain;

	(void)state;
	opt.linkify = opt.typographer = opt.footnotes = true;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct buf b = {0};
		size_t n = 100000;

		add(&b, cases[i].unit, n);
		buf_puts(&b, "z");
		if (cases[i].unit[0] == '\\')
			n /= 2;
		shows_all(&b, &opt, cases[i].what, n);
	}
}

/* Every * opens: what is inside of so many is shown, and what follows is not
 * bold for it. */
static void
nests_emphasis(void **state)
{
	struct buf b = {0};
	struct doc *d;
	size_t n;

	(void)state;
	for (size_t i = 0; i < 70000; i++)
		buf_puts(&b, i % 2 ? "_a" : " *a");
	for (size_t i = 0; i < 70000; i++)
		buf_puts(&b, i % 2 ? "a* " : "a_");
	buf_puts(&b, "\n\nx ~~~~a~~ b~~ ~c ~d ~~e~\n\nend\n");
	d = render(b.data, b.len, &plain);
	assert_true(doc_is_whole(d));
	assert_true(line_is(d, doc_lines(d) - 1, "  end"));
	assert_int_equal(doc_spans(d, doc_lines(d) - 1, &n)->attr, 0);
	assert_int_equal(n, 1);
	doc_free(d);
	buf_dispose(&b);
}

static void
nests_html_and_shortcodes(void **state)
{
	static const char *const units[] = {"<div>", "<blockquote>", "<ul><li>",
	    "<b>", "<table><tr><td>", "<details>", "<p>"};
	struct buf b = {0};

	(void)state;
	for (size_t i = 0; i < NITEMS(units); i++) {
		add(&b, units[i], 50000);
		buf_puts(&b, "end");
		shows_all(&b, &html, "end", 1);
	}
	add(&b, "{{< box >}}\n", 20000);
	buf_puts(&b, "end\n");
	add(&b, "{{< /box >}}\n", 20000);
	shows_all(&b, &plain, "end", 1);
}

static void
shows_a_long_table(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_puts(&b, "| a | b |\n|---|---|\n");
	add(&b, "| here | c |\n", 100000);
	shows_all(&b, &plain, "here", 100000);
	/* A cell of a megabyte. */
	buf_puts(&b, "| a | b |\n|---|---|\n| ");
	add(&b, "here ", 200000);
	buf_puts(&b, "| c |\n");
	shows_all(&b, &plain, "here", 200000);
}

/* Short rows are filled up: cells are many times the text. */
static void
stops_at_a_wide_table(void **state)
{
	struct buf b = {0};

	(void)state;
	buf_puts(&b, "first\n\n");
	add(&b, "|a", 5000);
	buf_puts(&b, "|\n");
	add(&b, "|-", 5000);
	buf_puts(&b, "|\n");
	add(&b, "|\n", 100000);
	ends_early(&b, &plain, MUCH);
}

/* In md4c 0.4.8 the address is copied for each use. */
static void
stops_at_a_long_reference(void **state)
{
	struct buf b = {0};
	struct doc *d;

	(void)state;
	buf_puts(&b, "first\n\n[x]: ");
	add(&b, "u", 200000);
	buf_puts(&b, "\n\n");
	add(&b, "[x]\n\n", 60000);
	d = render(b.data, b.len, &plain);
	assert_true(doc_links(d) > 10);
	/* One address, not one for each link. */
	assert_string_equal(doc_link(d, 0), doc_link(d, 9));
	assert_true(d->names.len < 1000000);
	doc_free(d);
	ends_early(&b, &plain, MUCH);
	/* In one paragraph: what there was of it is shown. */
	buf_puts(&b, "first\n\n[x]: ");
	add(&b, "u", 200000);
	buf_puts(&b, "\n\n");
	add(&b, "[x] ", 60000);
	d = render(b.data, b.len, &plain);
	assert_false(doc_is_whole(d));
	assert_true(count(d, "x") > 10);
	doc_free(d);
	buf_dispose(&b);
}

static void
takes_a_line_of_10_mb(void **state)
{
	struct buf b = {0};

	(void)state;
	add(&b, "word ", 2000000);
	shows_all(&b, &plain, "word", 2000000);
	add(&b, "\xe4\xb8\xad", 3300000);
	shows_all(&b, &plain, "\xe4\xb8\xad", 3300000);
	add(&b, "-", 10000000);
	buf_puts(&b, "x");
	shows_all(&b, &plain, "-", 10000000);
}

/* What is never closed ends where the text does, or is text. */
static void
shows_what_is_not_closed(void **state)
{
	static const struct {
		const char *body, *want;
	} cases[] = {
	    {"```c\nint a;\n\nb", "  \xe2\x96\x8f b"},
	    {"~~~\na\n```\nend", "  \xe2\x96\x8f end"},
	    {"{{< a \"b\n\nend", "  end"},
	    {"{{< highlight c >}}\n\nend", "  end"},
	    {"{{%/* a\n\nend", "  end"},
	    {"<div\n\nend", "  end"},
	    {"<div><b>\n\nend", "  end"},
	    {"a <b c=\"\n\nend", "  end"},
	    {"<table><tr><td>end", "  end"},
	    {"[a](<b\n\nend", "  end"},
	    /* A line of nothing but a line separator. */
	    {"\xe2\x80\xa8<br>end", "  end"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct doc *d =
		    render(cases[i].body, strlen(cases[i].body), &html);
		size_t n = doc_lines(d);

		assert_true(n > 0);
		assert_true(doc_is_whole(d));
		if (!line_is(d, n - 1, cases[i].want) &&
		    !count(d, cases[i].want + 2))
			fail_msg("case %zu", i);
		doc_free(d);
	}
}

/* What may be an address, and is not, or is a long one. */
static void
shows_addresses(void **state)
{
	static const char *const parts[] = {"http://a.org/x`", "a@", "www.",
	    "<<a", "http://", "a@b.c ", "` http://a.org `` ", "_a", "~~~x ",
	    "[http://a.org/x "};
	struct md_options opt = {
	    .width = 60, .linkify = true, .typographer = true};

	(void)state;
	for (size_t i = 0; i < NITEMS(parts); i++) {
		struct buf b = {0};
		struct doc *d;

		for (int k = 0; k < 20000; k++)
			buf_puts(&b, parts[i]);
		d = render(buf_text(&b), b.len, &opt);
		assert_true(doc_lines(d) > 0);
		for (size_t k = 0; k < doc_links(d); k++)
			assert_true(strlen(doc_link(d, k)) < 10000);
		doc_free(d);
		buf_dispose(&b);
	}
}

static void
shows_broken_bytes(void **state)
{
	static const char body[] =
	    "a\xff\xc3 b\xed\xa0\x80 c\0d\re\x1b[2Jf\xc2\x9bg\r\n\r\nh\rj\n";
	struct doc *d = render(body, sizeof(body) - 1, &plain);

	(void)state;
	assert_true(line_is(d, 0,
	    "  a\xef\xbf\xbd\xef\xbf\xbd b\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"
	    " c\xef\xbf\xbd"
	    "d e\xef\xbf\xbd[2Jf\xef\xbf\xbdg"));
	assert_true(line_is(d, 2, "  h j"));
	assert_int_equal(doc_lines(d), 3);
	doc_free(d);
}

/* To read on behind the NUL is an error that memory checkers see; md4c 0.4.8
 * does where a link's title ends the text and there is none. */
static void
reads_no_further(void **state)
{
	static const char text[] =
	    "a {#b c=\"d\"}\n: d\n:\n\n> - 1. ```c {a=b}\n<!-- x -->\n\n"
	    "| a | b\n|-|:-:\n| `c\n\n[^a]: [^\n# b {#c}\n===\n<a b='c\n"
	    "{{< a \"b\" >}} ![c](<d> \"e\")[^a] &amp; ''--...\n:\n";
	struct md_options opt = {.width = 40,
	    .unsafe = true,
	    .linkify = true,
	    .emoji = true,
	    .typographer = true,
	    .footnotes = true,
	    .definitions = true,
	    .attributes = true,
	    .block_attributes = true};

	(void)state;
	for (size_t from = 0; from < sizeof(text); from++)
		for (size_t len = 1; from + len < sizeof(text); len++) {
			char *part = xstrndup(text + from, len);

			doc_free(render(part, len, &opt));
			free(part);
		}
}

/* They refer to each other, and to themselves. */
static void
ends_with_footnotes_in_circles(void **state)
{
	static const char body[] = "a[^1]\n\n[^1]: b[^2] [^1]\n[^2]: c[^1]\n";
	struct md_options opt = plain;
	struct doc *d;

	(void)state;
	opt.footnotes = true;
	d = render(body, sizeof(body) - 1, &opt);
	assert_int_equal(count(d, "[1]"), 3);
	assert_int_equal(count(d, "[2]"), 1);
	doc_free(d);
}

/* The same text ends at the same place, with what there was before. */
static void
keeps_to_a_budget(void **state)
{
	struct md_options opt = plain;
	struct buf b = {0};
	size_t lines = 0;

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		buf_printf(&b, "%s %zu\n\n", i ? "para" : "first", i);
	opt.budget = 20000;
	for (int i = 0; i < 2; i++) {
		struct doc *d = render(b.data, b.len, &opt);

		assert_false(doc_is_whole(d));
		assert_true(work(d) < 50000);
		assert_true(line_is(d, 0, "  first 0"));
		assert_true(line_is(d, 2, "  para 1"));
		assert_true(line_is(d, doc_lines(d) - 1, MUCH));
		assert_true(doc_lines(d) > 50 && doc_lines(d) < 1000);
		if (lines)
			assert_int_equal(doc_lines(d), lines);
		lines = doc_lines(d);
		doc_free(d);
	}
	opt.format = MD_PLAIN;
	doc_free(render(b.data, b.len, &opt));
	opt.budget = 0;
	opt.format = MD_MARKDOWN;
	shows_all(&b, &opt, "para", 999);
}

static bool
cancel(void *ctx, const char *address, struct md_picture *p)
{
	struct progress *progress = ctx;

	(void)address, (void)p;
	atomic_store(&progress->cancel, true);
	return false;
}

static void
stops_when_it_is_cancelled(void **state)
{
	struct progress progress = {0};
	struct md_options opt = {.width = 60,
	    .picture = cancel,
	    .ctx = &progress,
	    .progress = &progress};
	struct buf b = {0};
	struct doc *d;

	(void)state;
	buf_puts(&b, "first\n\n![a](b.png)\n\n");
	add(&b, "more\n\n", 100000);
	d = render(b.data, b.len, &opt);
	assert_true(line_is(d, 0, "  first"));
	assert_true(line_is(d, doc_lines(d) - 1, GONE));
	assert_int_equal(count(d, "more"), 0);
	/* Far less than the text, which was not read on. */
	assert_true(work(d) < 1000);
	doc_free(d);
	/* Before it began. */
	d = render(b.data, b.len, &opt);
	assert_int_equal(doc_lines(d), 1);
	assert_true(line_is(d, 0, GONE));
	doc_free(d);
	buf_dispose(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(stops_at_deep_nesting),
	    cmocka_unit_test(shows_what_is_as_deep_as_it_may_be),
	    cmocka_unit_test(shows_brackets_and_marks),
	    cmocka_unit_test(nests_emphasis),
	    cmocka_unit_test(nests_html_and_shortcodes),
	    cmocka_unit_test(shows_a_long_table),
	    cmocka_unit_test(stops_at_a_wide_table),
	    cmocka_unit_test(stops_at_a_long_reference),
	    cmocka_unit_test(takes_a_line_of_10_mb),
	    cmocka_unit_test(shows_what_is_not_closed),
	    cmocka_unit_test(shows_addresses),
	    cmocka_unit_test(shows_broken_bytes),
	    cmocka_unit_test(reads_no_further),
	    cmocka_unit_test(ends_with_footnotes_in_circles),
	    cmocka_unit_test(keeps_to_a_budget),
	    cmocka_unit_test(stops_when_it_is_cancelled),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
