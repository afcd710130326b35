/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "../fuzz/md.c"
#include "buf.h"
#include "md.h"
#include "md_priv.h"
#include "mem.h"

static struct doc *
render(const char *body, const struct md_options *opt)
{
	struct err err;
	struct doc *d = md_render(body, strlen(body), opt, &err);

	assert_non_null(d);
	return d;
}

static char *
text_of(const struct doc *d)
{
	struct buf b = {0};

	for (size_t i = 0; i < doc_lines(d); i++) {
		size_t len;
		const char *s = doc_line(d, i, &len);

		buf_add(&b, s, len);
		buf_putc(&b, '\n');
	}
	return buf_steal(&b);
}

static void
is_rendered(const char *body, const struct md_options *opt, const char *want)
{
	struct doc *d = render(body, opt);
	char *got = text_of(d);

	assert_string_equal(got, want);
	free(got);
	doc_free(d);
}

static void
gives_headings_with_their_lines(void **state)
{
	static const struct md_options opt = {.width = 40};
	struct doc *d = render("# One *two*\n\ntext\n\n> ### `Three`\n", &opt);
	char *text;
	int level;

	(void)state;
	assert_int_equal(doc_headings(d), 2);
	assert_int_equal(doc_heading(d, 0, &level, &text), 0);
	assert_int_equal(level, 1);
	assert_string_equal(text, "One two");
	free(text);
	assert_int_equal(doc_heading(d, 1, &level, &text), 5);
	assert_int_equal(level, 3);
	assert_string_equal(text, "Three");
	free(text);
	doc_free(d);
}

static void
gives_links_with_their_addresses(void **state)
{
	static const struct md_options opt = {.width = 40, .linkify = true};
	struct doc *d = render(
	    "[a](x&amp;y \"t\") [b][r] <m@x.org> www.x.org\n\n[r]: /z\n", &opt);
	size_t n;
	const struct md_span *v = doc_spans(d, 0, &n);

	(void)state;
	assert_int_equal(doc_links(d), 4);
	assert_string_equal(doc_link(d, 0), "x&y");
	assert_string_equal(doc_link(d, 1), "/z");
	assert_string_equal(doc_link(d, 2), "mailto:m@x.org");
	assert_string_equal(doc_link(d, 3), "https://www.x.org");
	assert_int_equal(v[0].link, -1);
	assert_int_equal(v[1].link, 0);
	assert_int_equal(v[1].style, MD_LINK);
	assert_int_equal(v[1].at, 2);
	assert_int_equal(v[1].len, 1);
	doc_free(d);
}

static void
keeps_shortcodes_in_addresses(void **state)
{
	static const struct md_options opt = {.width = 40};
	struct doc *d = render("[a]({{< ref \"b c\" >}})", &opt);

	(void)state;
	assert_string_equal(doc_link(d, 0), "{{< ref \"b c\" >}}");
	doc_free(d);
}

static void
an_empty_body_is_an_empty_doc(void **state)
{
	static const struct md_options opt = {.width = 40};
	struct doc *d = render("", &opt);

	(void)state;
	assert_int_equal(doc_lines(d), 0);
	assert_int_equal(doc_links(d), 0);
	assert_int_equal(doc_headings(d), 0);
	doc_free(d);
	is_rendered(" \n\n", &opt, "");
	is_rendered("<!-- only -->\n", &opt, "");
}

static void
bounds_the_width(void **state)
{
	static const struct md_options tiny = {.width = -5};
	static const struct md_options narrow = {.width = 60, .measure = 20};

	(void)state;
	is_rendered("abcdefghijklm\n", &tiny, "abcdefghij\nklm\n");
	is_rendered("one two three four five six\n", &narrow,
	    "  one two three four\n  five six\n");
}

static void
takes_no_space_between_cjk_lines(void **state)
{
	static const struct md_options opt = {.width = 40};

	(void)state;
	is_rendered("中文\n中文\nab\n**中**\n*文*\n한국\n한국\n", &opt,
	    "  中文中文 ab 中文 한국 한국\n");
}

static void
shows_soft_hyphens_where_lines_break(void **state)
{
	static const struct md_options opt = {.width = 20};

	(void)state;
	is_rendered("Donau\u00addampf\u00adschiff\u00adfahrt hy\u00adphen\n",
	    &opt, "Donaudampfschiff-\nfahrt hyphen\n");
	is_rendered("**zero\u200bwidth\u200bspace**s\u200b and\u2060so\n", &opt,
	    "zerowidthspaces\nandso\n");
	is_rendered("| a |\n|---|\n| Donau\u00addampf\u00adschiff\u00ad"
		    "fahrts\u00adkapit |\n",
	    &opt,
	    "┌──────────────────┐\n│ a                │\n"
	    "├──────────────────┤\n│ Donaudampf-      │\n"
	    "│ schifffahrts-    │\n│ kapit            │\n"
	    "└──────────────────┘\n");
}

/* A blank before a closing mark, as the French set it, is no place to break. */
static void
keeps_lone_marks(void **state)
{
	static const struct md_options opt = {.width = 20};

	(void)state;
	is_rendered("Bonjour Madame, ça ! Et vous voila ici ? oui\n", &opt,
	    "Bonjour Madame, ça !\nEt vous voila ici ?\noui\n");
	is_rendered("Bonjour Mesdames, ça ! Et\n", &opt,
	    "Bonjour Mesdames,\nça ! Et\n");
	is_rendered("dit le monde entier « oui » encore\n", &opt,
	    "dit le monde entier\n« oui » encore\n");
	is_rendered("il disait a nous « oui » encore\n", &opt,
	    "il disait a nous\n« oui » encore\n");
	is_rendered("one two three four .NET five six a b /usr\n", &opt,
	    "one two three four\n.NET five six a b\n/usr\n");
	is_rendered("! ! ! ! ! ! ! ! ! ! ! ! ! ! ! !\n", &opt,
	    "! ! ! ! ! ! ! ! ! !\n! ! ! ! ! !\n");
}

/* Addresses break behind a sign, and only where a line is too short. */
static void
parts_addresses(void **state)
{
	static const struct md_options opt = {.width = 24};

	(void)state;
	is_rendered("so https://a.example/with-dash\n", &opt,
	    "so\nhttps://a.example/with-\ndash\n");
	is_rendered("so a well-known/with-dash b\n", &opt,
	    "so a\nwell-known/with-dash b\n");
}

/* n times the text. */
static char *
repeat(const char *unit, size_t n)
{
	struct buf b = {0};

	while (n-- > 0)
		buf_puts(&b, unit);
	return buf_steal(&b);
}

/* The fuzz target aborts where something does not hold. */
static void
check(const char *options, const char *text)
{
	struct buf b = {0};

	buf_add(&b, options, 2);
	buf_puts(&b, text);
	LLVMFuzzerTestOneInput((const uint8_t *)b.data, b.len);
	buf_dispose(&b);
}

static void
survives_what_is_repeated(void **state)
{
	static const char *const units[] = {"[", "![", "> ", "- ", "  - x\n",
	    "* 1. ", "`", "**a ", "*a_ ", "<", "<a ", "<div>\n", "<ul><li>",
	    "<b>", "<!--", "<table><tr><td>", "{{<", "{{< a \"", "{{< a >}}",
	    "{{< highlight >}}", "{{< /a >}}", "{{% a %}}x{{% /a %}}", "|",
	    "|a", "&amp;", "&#0;", ":a:", "![](x)\n", "[![a](b)](c) ",
	    "\xf4\x80\x80\x80", "\xff", "\x01", "\xe4\xb8\xad", "\xe1\x84\x80",
	    "e\xcc\x81", "\xe2\x80\x8d", "~~~\n", "    x\n", "a\n===\n", "# \n",
	    "1. a\n", "- [ ] \n", "\\\n", "a  \n", "<video>", "<img src=x>",
	    "<br>", "---\n", "\t", "\r", "1234567890. a\n\n   ", "```\n",
	    "``` x", "<dl><dt>a<dd>b", "<dd><dl>", "<div><caption>",
	    "<table><caption>a", "<table><tr><caption>", "<p hidden>a",
	    "<template>", "{{< youtube x >}}\n\n", "{{< abcd p >}}\n\n",
	    "{{< abc p >}}", "[a]({{< abcd p >}})", "{{< ab >}} {{< /ab >}}",
	    "{{< highlight a `b=,c,=` >}}x{{< /highlight >}}\n\n"};
	static const char *const options[] = {
	    "\x00\x00", "\x50\x1e", "\x28\x02", "\xd0\x0f"};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		char *text = repeat(units[i], 800);

		for (size_t k = 0; k < 4; k++)
			check(options[k], text);
		free(text);
	}
}

static void
survives_a_megabyte(void **state)
{
	static const char *const units[] = {"<", "</", "<!--", "{{<", "{{%/*",
	    "{{< a `", "{{< highlight >}}", "<a b='", "<div hidden>", "<dd>",
	    "<table><caption>"};

	(void)state;
	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		char *text = repeat(units[i], 1000000 / strlen(units[i]));
		char *html = xasprintf("<div>%s", text);

		check("\x50\x02", text);
		check("\x50\x02", html);
		free(html);
		free(text);
	}
}

static void
survives_depth(void **state)
{
	char *quotes = repeat("> ", 20000), *items = repeat("- ", 20000);

	(void)state;
	check("\x50\x02", quotes);
	check("\x50\x02", items);
	free(quotes);
	free(items);
}

static void
survives_a_wide_and_empty_table(void **state)
{
	char *cells = repeat("|a", 500), *lines = repeat("|-", 500);
	char *rows = repeat("|\n", 5000);
	struct buf b = {0};

	(void)state;
	buf_printf(&b, "%s|\n%s|\n%s", cells, lines, rows);
	check("\x50\x02", b.data);
	buf_dispose(&b);
	free(cells);
	free(lines);
	free(rows);
}

static void
renders_the_corpus(void **state)
{
	static const char *const files[] = {"seed.md",
	    "wamr.dev/content/en/blog/2024_summary/index.md",
	    "wamr.dev/content/en/events/WebAssembly Open Day/index.md",
	    "commonmark/spec.txt"};

	(void)state;
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++) {
		char *text = test_read(test_corpus(files[i]));

		for (int w = 0; w < 128; w += 9) {
			const char options[] = {(char)w, 0x0e};

			check(options, text);
		}
		free(text);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_headings_with_their_lines),
	    cmocka_unit_test(gives_links_with_their_addresses),
	    cmocka_unit_test(keeps_shortcodes_in_addresses),
	    cmocka_unit_test(an_empty_body_is_an_empty_doc),
	    cmocka_unit_test(bounds_the_width),
	    cmocka_unit_test(takes_no_space_between_cjk_lines),
	    cmocka_unit_test(shows_soft_hyphens_where_lines_break),
	    cmocka_unit_test(keeps_lone_marks),
	    cmocka_unit_test(parts_addresses),
	    cmocka_unit_test(survives_what_is_repeated),
	    cmocka_unit_test(survives_a_megabyte),
	    cmocka_unit_test(survives_depth),
	    cmocka_unit_test(survives_a_wide_and_empty_table),
	    cmocka_unit_test(renders_the_corpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
