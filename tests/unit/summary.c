/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "hugo_version.h"
#include "md.h"
#include "mem.h"
#include "page.h"
#include "summary_priv.h"

static void
is_stripped(const char *html, const char *want)
{
	struct buf b = {0};

	summary_strip(&b, html, strlen(html));
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
}

static void
strips_tags_as_go_does(void **state)
{
	(void)state;
	is_stripped("", "");
	is_stripped("<p>a</p>\n<p>b<br>c<br />d<br/>e</p>", "a\nb\nc\nde\n");
	is_stripped("a  \t b\xc2\xa0 \xe3\x80\x80"
		    "c\n\nd",
	    "a b\xc2\xa0"
	    "c d");
	is_stripped("<b title=\"x > y\" id='1>2' c=d>t</b>", "t");
	is_stripped("a <!-- b > --> c", "a c");
	is_stripped("a <!-- never closed", "a ");
	is_stripped("1 < 2 <3 </ <!x>", "1 < 2 <3 </ <!x>");
	is_stripped("a<script>var b = '</p>';</script>c", "ac");
	is_stripped("a<STYLE>b</Style >c", "ac");
	is_stripped("<textarea>a <b>x</b></textarea>y", "a <b>xy");
	is_stripped("<title>a</title>", "a");
	is_stripped("a<b 'wrong'>c</b>d", "a");
	is_stripped("<a-b x:y>c</a-b>", "c");
	is_stripped("a<b", "a");
	is_stripped("a<b c=", "a");
	is_stripped("a<b c=\"d", "a");
	is_stripped("a<", "a<");
}

static void
is_cut(const char *s, size_t length, const char *want)
{
	size_t n = summary_cut_sentence(s, strlen(s), length);
	char *got = xstrndup(s, n);

	assert_string_equal(got, want);
	free(got);
}

static void
cuts_at_the_end_of_a_sentence(void **state)
{
	(void)state;
	is_cut("", 2, "");
	is_cut("one", 2, "one");
	is_cut("one two three. four", 2, "one two three.");
	is_cut("one. two three four", 2, "one. two three four");
	is_cut("one two\nthree", 2, "one two\n");
	is_cut("one two three \"four\" five", 2, "one two three \"");
	is_cut("one two v1.2 x", 2, "one two v1.");
	/* The end of a sentence is looked for where the words end. */
	is_cut("one two. three. four", 70, "one two. three. four");
	is_cut("one two. three. four. ", 70, "one two. three. four. ");
}

static void
cuts_signs(void **state)
{
	static const struct {
		const char *s, *want;
		size_t length;
		bool more;
	} rows[] = {
	    {"", "", 3, false},
	    {"a  b\nc", "a b c", 3, false},
	    {"a b c d", "a b c", 3, true},
	    {"中文字", "中文字", 4, false},
	    {"中文字", "中文字", 3, false},
	    {"中文字", "中文", 2, true},
	    {"a 中文字", "a 中", 2, true},
	    {"中文 a b", "中文 a", 3, true},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		struct buf b = {0};
		bool more = summary_cut_signs(
		    &b, rows[i].s, strlen(rows[i].s), rows[i].length);

		assert_string_equal(buf_text(&b), rows[i].want);
		assert_int_equal(more, rows[i].more);
		buf_dispose(&b);
	}
}

static void
cuts_whole_paragraphs(void **state)
{
	static const char html[] = "<h2>Two words</h2>\n<p>one two three "
				   "four.</p>\n<p>five</p>\n";
	static const char tags[] =
	    "<p><a href=\"x\">not</a> <em>one</em> two x</p><p>y</p>";
	size_t n;

	(void)state;
	n = summary_cut_paragraph(html, strlen(html), 3, false);
	assert_string_equal(html + n, "\n<p>five</p>\n");
	n = summary_cut_paragraph(html, strlen(html), 70, false);
	assert_int_equal(n, strlen(html));
	n = summary_cut_paragraph(tags, strlen(tags), 2, false);
	assert_string_equal(tags + n, "<p>y</p>");
	n = summary_cut_paragraph(tags, strlen(tags), 4, false);
	assert_int_equal(n, strlen(tags));
	n = summary_cut_paragraph("", 0, 4, true);
	assert_int_equal(n, 0);
}

static void
counts_words(void **state)
{
	static const char mixed[] = "a 中文 b\xe3\x80\x80"
				    "文";

	(void)state;
	assert_int_equal(summary_words("", 0, false), 0);
	assert_int_equal(summary_words(" a  b\tc ", 8, false), 3);
	assert_int_equal(summary_words(mixed, strlen(mixed), false), 4);
	assert_int_equal(summary_words(mixed, strlen(mixed), true), 5);
	assert_true(summary_has_cjk(mixed, strlen(mixed)));
	assert_true(summary_has_cjk("x\xed\x95\x9c", 4)); /* Hangul */
	assert_false(summary_has_cjk("\xe3\x80\x82\xc3\xa9", 5));
}

static void
reads_the_version_of_hugo(void **state)
{
	static const struct {
		const char *text;
		int want;
	} rows[] = {
	    {"", 0},
	    {"HUGO_VERSION = \"0.111.3\"\n", 111},
	    {"  hugo-version: '0.134.2'\n", 134},
	    {"uses: peaceiris/actions-hugo@v2.6.0\nhugo-version: latest",
		HUGO_LATEST},
	    {"# hugo 0.50\n\"hugo-extended\": \"^0.140.0\"", 140},
	    {"hugo extended_0.120.4", 120},
	    {"image: hugo:10.5", 0},
	    {"hugo 1.0.5", 0},
	    {"hugo", 0},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++)
		assert_int_equal(hugo_version_in(rows[i].text), rows[i].want);
}

/* What is told of one post of a site with this configuration. */
static void
make(struct summary *s, const char *dir, const char *path)
{
	struct err err = {0};
	struct site_config *c = site_config_load(dir, &err);
	struct post *post = post_load(test_path(dir, path), &err);

	if (!c || !post)
		fail_msg("%s", err.msg);
	summary_make(s, c, post);
	post_free(post);
	site_config_free(c);
}

static void
follows_the_version_that_the_site_names(void **state)
{
	const char *dir = test_dir();
	struct summary s;

	(void)state;
	test_write(dir, "hugo.toml", "summaryLength = 3\n");
	test_write(dir, "content/a.md",
	    "---\ntitle: a\n---\nOne two. Three four. Five.\n\nSix\n");
	make(&s, dir, "content/a.md");
	assert_string_equal(s.text, "One two. Three four.");
	assert_int_equal(s.rule, SUMMARY_SENTENCE);
	assert_true(s.truncated);
	assert_false(s.broken);
	assert_int_equal(s.words, 6);
	assert_int_equal(s.fuzzy_words, 100);
	assert_int_equal(s.minutes, 1);
	summary_dispose(&s);
	test_write(dir, "hugo.toml",
	    "summaryLength = 3\n[module.hugoVersion]\nmin = '0.134.0'\n");
	make(&s, dir, "content/a.md");
	assert_string_equal(s.text, "One two. Three four. Five.");
	assert_int_equal(s.rule, SUMMARY_PARAGRAPH);
	assert_true(s.truncated);
	summary_dispose(&s);
	test_write(dir, ".github/workflows/x.yml", "hugo-version: 0.111.3\n");
	make(&s, dir, "content/a.md");
	assert_int_equal(s.rule, SUMMARY_SENTENCE);
	summary_dispose(&s);
}

/* Markup of text with all that it can have. */
static bool
markup(const char *text, size_t len, char **html)
{
	struct md_options opt = {.footnotes = true,
	    .definitions = true,
	    .typographer = true,
	    .unsafe = true,
	    .linkify = true,
	    .emoji = true};
	struct buf b = {0};
	bool whole = md_markup(&b, text, len, &opt);

	*html = buf_steal(&b);
	return whole;
}

static void
bounds_the_work(void **state)
{
	static const char *const pieces[] = {"[", "*a ", "> ", "<b>", "- ",
	    "{{< x >}}", "[a]: x\n[a]", "[^1]", "[^1]: x\n\n", ": x\n", "&",
	    "~", "|a|\n|-|\n", "`", "<!--", "\"'", "\xf4\x8f\xbf\xbb", "\xff"};

	(void)state;
	for (size_t i = 0; i < NITEMS(pieces); i++) {
		struct buf b = {0}, plain = {0};
		char *html;

		while (b.len < 60000)
			buf_puts(&b, pieces[i]);
		markup(b.data, b.len, &html);
		assert_true(strlen(html) < 100 * b.len + (8u << 20));
		summary_strip(&plain, html, strlen(html));
		buf_dispose(&plain);
		buf_dispose(&b);
		free(html);
	}
}

static void
writes_what_goldmark_does(void **state)
{
	static const struct {
		const char *text, *html;
	} rows[] = {
	    {"a \"b\" -- 'c' & <", "<p>a &ldquo;b&rdquo; &ndash; "
				   "&lsquo;c&rsquo; &amp; &lt;</p>\n"},
	    {"- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n"},
	    {"- a\n  - b\n",
		"<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>\n"},
	    {"1. a\n\n2. b\n",
		"<ol>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n"},
	    {"a  \nb\nc", "<p>a<br>\nb\nc</p>\n"},
	    {"~a~ ~~b~~ *c* `d & e`",
		"<p>~a~ b c <code>d &amp; e</code></p>\n"},
	    {"![a b](c \"d\") [e](f)", "<p><img src=\"\" alt=\"a b\" "
				       "title=\"d\"> <a href=\"\">e</a></p>\n"},
	    {"{{< x >}}", "<i>\n"},
	    {"a {{< x >}}b{{< /x >}}", "<p>a <i>b<i></p>\n"},
	    {"a\n: b\n", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>\n"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		char *html;

		assert_true(markup(rows[i].text, strlen(rows[i].text), &html));
		assert_string_equal(html, rows[i].html);
		free(html);
	}
}

static void
decodes_references(void **state)
{
	struct buf b = {0};
	static const char s[] = "&amp;&lt &copy;&notit; &frac12 &; & &x &#65;"
				"&#x2026; &";

	(void)state;
	md_unescape(&b, s, strlen(s));
	assert_string_equal(buf_text(&b),
	    "&< \xc2\xa9\xc2\xacit; \xc2\xbd &; & &x A\xe2\x80\xa6 &");
	buf_dispose(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(strips_tags_as_go_does),
	    cmocka_unit_test(cuts_at_the_end_of_a_sentence),
	    cmocka_unit_test(cuts_signs),
	    cmocka_unit_test(cuts_whole_paragraphs),
	    cmocka_unit_test(counts_words),
	    cmocka_unit_test(reads_the_version_of_hugo),
	    cmocka_unit_test(follows_the_version_that_the_site_names),
	    cmocka_unit_test(bounds_the_work),
	    cmocka_unit_test(writes_what_goldmark_does),
	    cmocka_unit_test(decodes_references),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
