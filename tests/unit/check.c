/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "mem.h"

#define NOW 1764072000 /* 2025-11-25T12:00:00Z */

static struct site *
scan(const char *dir)
{
	struct err err;
	struct site *site =
	    site_scan(site_config_load(dir, &err), NOW, NULL, &err);

	if (!site)
		fail_msg("%s", err.msg);
	return site;
}

/* The findings of a page: "line:column severity rule: message", a line each.
 * Caller frees. */
static char *
findings_of(const struct site *site, const char *path)
{
	const struct entry *e = site_entry(site, path);
	char *full = path_join(site->config->root, path);
	struct findings f = {0};
	struct buf b = {0};
	struct err err;
	struct post *post = post_load(full, &err);

	if (!e)
		fail_msg("%s is not in the index", path);
	check_page(site, e, post, NULL, &f);
	assert_true(f.rules > 0);
	for (size_t i = 0; i < f.n; i++) {
		assert_string_equal(f.v[i].path, path);
		buf_printf(&b, "%u:%u %s %s: %s\n", f.v[i].line, f.v[i].column,
		    check_severity_name(f.v[i].severity), f.v[i].rule,
		    f.v[i].message);
	}
	assert_int_equal(f.n, findings_count(&f, CHECK_INFO) +
				  findings_count(&f, CHECK_WARNING) +
				  findings_count(&f, CHECK_ERROR));
	findings_dispose(&f);
	post_free(post);
	free(full);
	return buf_steal(&b);
}

static void
expect(const struct site *site, const char *path, const char *findings)
{
	char *got = findings_of(site, path);

	assert_string_equal(got, findings);
	free(got);
}

#define DATE_HELP \
	"older versions leave the date out, newer ones stop; write it like " \
	"2026-11-25T14:20:00+01:00\n"

static void
front_matter(void **state)
{
	static const struct {
		const char *fields, *findings;
	} rows[] = {
	    {"title: x\ndate: 2020-01-01\ndraft: false\nimages: []", ""},
	    {"title: x\ndate: 2024-4-7T10:13:29+00:00",
		"3:1 error date-unreadable: Hugo cannot read date "
		"'2024-4-7T10:13:29+00:00': " DATE_HELP},
	    {"title: x\ndate: ''\nlastmod:\nexpiryDate: ~", ""},
	    {"title: x\npublished: false", ""},
	    {"title: x\npublished: true\ndraft: true", ""},
	    {"title: x\nPublishDate: [2020-01-01]",
		"3:1 error date-unreadable: Hugo cannot read PublishDate "
		"'(not text)': " DATE_HELP},
	    {"title: x\ndate: 2020-01-01\nexpiryDate: 2019-01-01",
		"4:1 warning date-order: it expires (2019-01-01) before it is "
		"published (2020-01-01), and is never seen\n"},
	    {"title: ''", "2:1 warning title: there is no title\n"},
	    {"date: 2020-01-01", "0:0 warning title: there is no title\n"},
	    {"title: [a, b]",
		"2:1 warning title: title is a list, for Hugo that is no "
		"title: write it as text\n"},
	    {"title: The end\"",
		"2:1 warning title-quote: the title ends with a lone "
		"quotation mark\n"},
	    {"title: a \"b\" c 5\"", ""},
	    {"title: x\ndraft: yes",
		"3:1 warning draft-boolean: newer versions of Hugo read draft: "
		"yes as text, not as true; write true\n"},
	    {"title: x\ndraft: Off",
		"3:1 warning draft-boolean: newer versions of Hugo read draft: "
		"Off as text, not as false; write false\n"},
	    {"title: x\ndraft: 'true'",
		"3:1 warning draft-boolean: draft is not a boolean; write "
		"true\n"},
	    {"title: x\ndraft: maybe",
		"3:1 warning draft-boolean: draft is not true or false, and "
		"counts as false\n"},
	    {"title: x\ndraft: [true]",
		"3:1 warning draft-boolean: draft is not true or false, and "
		"counts as false\n"},
	    {"title: x\ndraft: True", ""},
	    {"title: x\nurl: https://e.org/x",
		"3:1 error url: url must be a path; Hugo stops at an address "
		"with a host\n"},
	    {"title: x\naliases: [/a, 'http://e.org/']",
		"3:1 error url: aliases must be paths; Hugo stops at "
		"'http://e.org/'\n"},
	    {"title: \"\\e[31mred\\n\\\"\"",
		"2:1 warning title-quote: the title ends with a lone "
		"quotation mark\n"},
	    {"title: x\ndate: \"\\e[31m\"",
		"3:1 error date-unreadable: Hugo cannot read date "
		"'\xef\xbf\xbd[31m': " DATE_HELP},
	};
	const char *dir = test_dir();
	struct site *site;

	(void)state;
	test_write(dir, "hugo.toml", "");
	for (size_t i = 0; i < NITEMS(rows); i++) {
		char *name = xasprintf("content/p%02zu.md", i);
		char *text = xasprintf("---\n%s\n---\n", rows[i].fields);

		test_write(dir, name, text);
		free(name);
		free(text);
	}
	site = scan(dir);
	for (size_t i = 0; i < NITEMS(rows); i++) {
		char *name = xasprintf("content/p%02zu.md", i);

		expect(site, name, rows[i].findings);
		free(name);
	}
	site_free(site);
}

static void
what_did_not_load(void **state)
{
	const char *dir = test_dir();
	struct site *site;
	char *got;

	(void)state;
	test_write(dir, "hugo.toml", "");
	test_write(dir, "content/a.md", "---\ntitle: [\n---\n");
	site = scan(dir);
	got = findings_of(site, "content/a.md");
	assert_non_null(strstr(got, " error front-matter: "));
	assert_true(got[0] == '2' || got[0] == '3');
	assert_ptr_equal(strchr(got, '\n'), got + strlen(got) - 1);
	free(got);
	site_free(site);
}

static void
addresses_of_others(void **state)
{
	const char *dir = test_dir();
	struct site *site;

	(void)state;
	test_write(dir, "hugo.toml",
	    "baseURL = 'https://e.org/'\n[permalinks]\nblog = '/b/:title/'\n");
	test_write(dir, "content/blog/a.md", "---\ntitle: Same\n---\n");
	test_write(dir, "content/blog/b/index.md", "---\ntitle: same!\n---\n");
	test_write(dir, "content/blog/c.md", "---\ntitle: other\n---\n");
	test_write(
	    dir, "content/blog/d.md", "---\ntitle: Other\ndraft: true\n---\n");
	test_write(dir, "content/e.md", "---\ntitle: x\nurl: /b/other/\n---\n");
	test_write(dir, "content/blog/f/index.md",
	    "---\ntitle: Same\nheadless: true\n---\n");
	site = scan(dir);
	expect(site, "content/blog/a.md",
	    "0:0 error address-taken: its address, https://e.org/b/same/, is "
	    "that of content/blog/b/index.md too; only one of them will be "
	    "seen: change its title, slug or url\n");
	/* The page that is out goes before the draft. */
	expect(site, "content/e.md",
	    "0:0 error address-taken: its address, https://e.org/b/other/, is "
	    "that of content/blog/c.md too; only one of them will be seen: "
	    "change its title, slug or url\n");
	expect(site, "content/blog/f/index.md", "");
	test_write(
	    dir, "content/blog/a.md", "---\ntitle: Same\ndraft: true\n---\n");
	site_refresh(site, "content/blog/a.md");
	expect(site, "content/blog/b/index.md",
	    "0:0 warning address-taken: its address, https://e.org/b/same/, is "
	    "that of content/blog/a.md too; only one of them will be seen: "
	    "change its title, slug or url\n");
	test_write(dir, "content/blog/a.md", "---\ntitle: New\n---\n");
	site_refresh(site, "content/blog/a.md");
	expect(site, "content/blog/b/index.md", "");
	site_free(site);
}

static void
files_and_pictures(void **state)
{
	const char *dir = test_dir();
	struct site *site;

	(void)state;
	test_write(dir, "hugo.toml", "baseURL = 'https://e.org/sub/'\n");
	test_write(dir, "content/a/in/cover.png", "");
	test_write(dir, "content/a/pic one.png", "");
	test_write(dir, "static/img/s.png", "");
	test_write(dir, "content/a/index.md",
	    "---\n"
	    "title: a\n"
	    "images: [cover.png, none.png, /img/s.png, 'https://e.org/x.png']\n"
	    "resources:\n"
	    "- src: '*.PNG'\n"
	    "- src: in/cover.png\n"
	    "- src: 'zip/*'\n"
	    "---\n"
	    "![ok](pic%20one.png) ![ok](in/cover.png \"t\")\n"
	    "![ok](/sub/img/s.png) ![ok](/img/s.png) ![x](//cdn.e.org/x.png)\n"
	    "\n"
	    "`![code](code.png)`\n"
	    "\n"
	    "    ![code](code.png)\n"
	    "\n"
	    "<!-- ![no](comment.png) -->\n"
	    "\n"
	    "![alt *text*](lost.png) and ![x](/lost/too.png)\n"
	    "![r][ref]\n"
	    "\n"
	    "[ref]: ../../../etc/passwd\n");
	test_write(dir, "content/b.md",
	    "---\ntitle: b\nimages: /img/s.png\n---\n"
	    "![ok](img/s.png)\n"
	    "\n"
	    "```c\n"
	    "![](code.png)\n"
	    "~~~\n"
	    "``` not the end\n"
	    "````\n"
	    "  ~~~~ open ~ here\n"
	    "```\n"
	    "~~~\n"
	    "    ~~~~\n");
	test_write(dir, "content/c.md",
	    "---\ntitle: c\n---\nok \xc3\xa9\n\xc3\xa9\xff \xe4\xb8\n");
	test_write(dir, "content/d.md", "---\ntitle: d\n---\n\xc0\xae");
	test_write(dir, "content/e.md",
	    "---\ntitle: e\n---\n\xe2\x80\x8f\nab\xe2\x80\xae"
	    "c\n");
	site = scan(dir);
	expect(site, "content/a/index.md",
	    "3:1 warning image-missing: the picture none.png is neither in "
	    "the page's bundle nor in static\n"
	    "4:1 warning resource-missing: no file of the bundle is called "
	    "zip/*\n"
	    "18:0 warning picture-missing: the picture lost.png is not there\n"
	    "18:0 warning picture-missing: the picture /lost/too.png is not "
	    "there\n"
	    "21:0 warning picture-missing: the picture ../../../etc/passwd is "
	    "not there\n");
	expect(site, "content/b.md",
	    "12:3 warning fence-open: the code block that begins here has no "
	    "end; all after it will be code\n");
	expect(site, "content/c.md",
	    "5:2 warning encoding: the byte ff here, as others after it, is "
	    "not UTF-8; readers see U+FFFD in its place\n");
	expect(site, "content/d.md",
	    "4:1 warning encoding: the byte c0 here, as others after it, is "
	    "not UTF-8; readers see U+FFFD in its place\n");
	expect(site, "content/e.md",
	    "5:3 warning text-direction: U+202E, which is not seen, turns the "
	    "order of the text here; remove it if it is not meant\n");
	site_free(site);
}

/* Links that lead around make a tree of 10^8 directories out of one. */
static void
resources_do_not_go_in_circles(void **state)
{
	const char *dir = test_dir();
	char name[] = "content/a/0";
	struct site *site;

	(void)state;
	test_write(dir, "hugo.toml", "");
	test_write(dir, "content/a/index.md",
	    "---\ntitle: a\nresources:\n- src: none.png\n---\n");
	for (; name[10] <= '9'; name[10]++)
		assert_int_equal(symlink(".", test_path(dir, name)), 0);
	site = scan(dir);
	expect(site, "content/a/index.md", "");
	site_free(site);
}

static void
no_more_pictures_than_one_reads(void **state)
{
	const char *dir = test_dir();
	struct buf b = {0};
	struct site *site;
	size_t lines = 0;
	char *got;

	(void)state;
	buf_puts(&b, "---\ntitle: a\n---\n");
	for (int i = 0; i < 300; i++)
		buf_printf(&b, "![x](n%d.png)\n\n", i);
	test_write(dir, "hugo.toml", "");
	test_write(dir, "content/a.md", buf_text(&b));
	buf_dispose(&b);
	site = scan(dir);
	got = findings_of(site, "content/a.md");
	for (const char *s = got; *s; s++)
		lines += *s == '\n';
	assert_int_equal(lines, 100);
	free(got);
	site_free(site);
}

static void
the_table_is_whole(void **state)
{
	size_t n;
	const struct check_rule *rules = check_rules(&n);

	(void)state;
	assert_true(n >= 10);
	for (size_t i = 0; i < n; i++) {
		assert_non_null(rules[i].name);
		assert_non_null(rules[i].help);
		assert_non_null(rules[i].run);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(rules[i].name, rules[k].name);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(front_matter),
	    cmocka_unit_test(what_did_not_load),
	    cmocka_unit_test(addresses_of_others),
	    cmocka_unit_test(files_and_pictures),
	    cmocka_unit_test(resources_do_not_go_in_circles),
	    cmocka_unit_test(no_more_pictures_than_one_reads),
	    cmocka_unit_test(the_table_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
