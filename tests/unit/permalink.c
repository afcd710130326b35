/* SPDX-License-Identifier: ISC */
/* Addresses; the expected ones are Hugo's own, but where it says so. */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "date_layout.h"
#include "fm.h"
#include "mem.h"
#include "site.h"

struct row {
	const char *path, *fields, *link;
};

static struct site_config *
load(const char *dir, const char *config)
{
	struct err err;
	struct site_config *c;

	test_write(dir, "hugo.toml", config);
	c = site_config_load(dir, &err);
	if (!c)
		fail_msg("%s", err.msg);
	return c;
}

static void
check(const struct site_config *c, const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct err err;
		char *text = xasprintf("---\n%s\n---\n", rows[i].fields);
		struct fm *fm = fm_parse(text, strlen(text), &err);
		char *link;

		if (!fm)
			fail_msg("%s: %s", rows[i].fields, err.msg);
		link = permalink_of(c, rows[i].path, fm_values(fm));
		if (strcmp(link, rows[i].link) != 0)
			fail_msg("%s (%s): %s, not %s", rows[i].path,
			    rows[i].fields, link, rows[i].link);
		free(link);
		fm_free(fm);
		free(text);
	}
}

static void
by_path(void **state)
{
	static const struct row rows[] = {
	    {"content/about.md", "title: T", "https://e.org/s/about/"},
	    {"content/about.fr.md", "title: T", "https://e.org/s/fr/about/"},
	    {"content/about.xx.md", "title: T", "https://e.org/s/about.xx/"},
	    {"content/about.FR.md", "title: T", "https://e.org/s/about.fr/"},
	    {"content/u/x/index.md", "title: T", "https://e.org/s/u/x/"},
	    {"content/u/x/index.fr.md", "title: T", "https://e.org/s/fr/u/x/"},
	    {"content/Upper Sec/Sub_Dir/x.md", "",
		"https://e.org/s/upper-sec/sub_dir/x/"},
	    {"content/u/CAPS and  Space.md", "",
		"https://e.org/s/u/caps-and-space/"},
	    {"content/u/my.dot.name.md", "", "https://e.org/s/u/my.dot.name/"},
	    {"content/u/中文：名.md", "",
		"https://e.org/s/u/%E4%B8%AD%E6%96%87%E5%90%8D/"},
	    {"content/u/p.md", "slug: '-Föö Bár!-'",
		"https://e.org/s/u/f%C3%B6%C3%B6-b%C3%A1r/"},
	    {"content/u/p.md", "slug: a/b", "https://e.org/s/u/a/b/"},
	    {"content/u/p.md", "slug: 12", "https://e.org/s/u/12/"},
	    {"content/u/p.md", "slug: index", "https://e.org/s/u/"},
	    {"content/u/p/index.md", "slug: q", "https://e.org/s/u/q/"},
	    {"content/u/p.md", "url: /Foo Bar/Baz",
		"https://e.org/s/Foo%20Bar/Baz/"},
	    {"content/u/p.md", "url: foo/x.html", "https://e.org/s/foo/x.html"},
	    {"content/u/p.fr.md", "url: foo/x.html",
		"https://e.org/s/fr/foo/x.html"},
	    {"content/u/p.fr.md", "url: /foo/y", "https://e.org/s/foo/y/"},
	    {"content/u/p.md", "url: /a/../b/é/", "https://e.org/s/b/%C3%A9/"},
	    {"content/u/p.md", "url: /../../../x/", "https://e.org/s/x/"},
	    {"content/u/p.md", "url: ''", "https://e.org/s/u/p/"},
	    /* Since 0.131 url may hold tokens. */
	    {"content/u/p.md", "{url: '/:year/:slug/', slug: a B}",
		"https://e.org/s/1/a-b/"},
	    {"content/_index.md", "url: /home/", "https://e.org/s/"},
	    {"content/_index.fr.md", "", "https://e.org/s/fr/"},
	    {"content/u/Sub Dir/_index.md", "slug: s",
		"https://e.org/s/u/sub-dir/"},
	    {"content/u/_index.md", "url: /custom/place",
		"https://e.org/s/custom/place/"},
	    {"content/tags/_index.md", "", "https://e.org/s/tags/"},
	    {"content/tags/Foo Bar/_index.md", "title: Foo Bar",
		"https://e.org/s/t/foo-bar/"},
	};
	const char *dir = test_dir();
	struct site_config *c = load(dir,
	    "baseURL = 'https://e.org/s'\n"
	    "[permalinks]\ntags = '/t/:title/'\n"
	    "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n");

	(void)state;
	check(c, rows, sizeof(rows) / sizeof(rows[0]));
	site_config_free(c);
}

static void
by_pattern(void **state)
{
	static const struct row rows[] = {
	    {"content/b/Post_One.md",
		"{title: T x, date: "
		"2021-03-04T23:00:00-05:00}",
		"/b/2021/03/04/4/thursday/march/63/b/b/post_one/post_one/t-x/"},
	    {"content/s/a/b/c/p.md", "{title: T x, date: 2021-03-04}",
		"/s/a/b/b/s/21/2021-01/t-x/"},
	    {"content/t/p.md", "title: 'Hello, World! A/B #c'",
		"/1-01/hello-world-a/b-#c/"},
	    {"content/t/p.md", "title: ''", "/1-01/"},
	    {"content/t/p.md", "title: '  lead -- trail  '",
		"/1-01/lead--trail/"},
	    {"content/t/p.md", "title: .hidden..", "/1-01/.hidden../"},
	    {"content/t/p.md", "title: 🎉 party — time", "/1-01/party-time/"},
	    {"content/t/p.md", "title: a/../b", "/1-01/b/"},
	    {"content/t/p.md", "title: Äpfel “x” ß İ",
		"/1-01/%C3%A4pfel-x-%C3%9F-i/"},
	    {"content/t/p.md", "title: x_y~z@w\\v", "/1-01/x_y~z@w%5Cv/"},
	    {"content/t/p.md", "title: 云原生：时代。",
		"/1-01/%E4%BA%91%E5%8E%9F%E7%94%9F%E6%97%B6%E4%BB%A3/"},
	    /* Newer ones keep the "+". */
	    {"content/t/p.md", "title: C++ & Rust", "/1-01/c++-rust/"},
	    {"content/t/p.md", "title: a%20b", "/1-01/a-b/"},
	    {"content/t/p.md", "{title: t, slug: index}", "/1-01/t/"},
	    {"content/v/x/index.md", "slug: Yy", "/v/yy/x/nope/sectionsx/"},
	    {"content/v/x/index.md", "", "/v/x/x/nope/sectionsx/"},
	    {"content/fixed/index.md", "title: a", "/fixed/"},
	    {"content/fixed/x.md", "title: a", "/only/"},
	};
	const char *dir = test_dir();
	struct site_config *c = load(dir,
	    "[permalinks]\n"
	    "b = '/b/:year/:month/:day/:weekday/:weekdayname/:monthname/"
	    ":yearday/:section/:sections/:filename/:slugorfilename/:title/'\n"
	    "s = '/s/:sections[1:]/:sections[last]/:sections[0]/:06/:2006-01/"
	    ":slug'\n"
	    "t = '/:year-:month/:title'\n"
	    "v = '/v/:slugorcontentbasename/:contentbasename/:nope/"
	    ":sections[x]/'\n"
	    "fixed = '/only/'\n");

	(void)state;
	test_write(dir, "content/s/a/_index.md", "");
	test_write(dir, "content/s/a/b/_index.md", "");
	check(c, rows, sizeof(rows) / sizeof(rows[0]));
	site_config_free(c);
}

static void
ugly_and_subdirectory(void **state)
{
	static const struct row rows[] = {
	    {"content/about.md", "", "/en/about.html"},
	    {"content/b/x/index.fr.md", "", "/fr/b/x.html"},
	    {"content/b/x.md", "slug: index", "/en/b/"},
	    {"content/b/x.md", "url: /y", "/y/"},
	    {"content/b/_index.md", "", "/en/b.html"},
	    {"content/_index.md", "", "/en/"},
	    {"content/t/x.md", "title: .hidden..", "/en/.hidden...html"},
	};
	struct site_config *c = load(test_dir(),
	    "uglyURLs = true\ndefaultContentLanguageInSubdir = true\n"
	    "[permalinks]\nt = '/:title/'\n"
	    "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n");

	(void)state;
	check(c, rows, sizeof(rows) / sizeof(rows[0]));
	site_config_free(c);
}

static void
accents_case_hosts_and_file_names(void **state)
{
	static const struct row rows[] = {
	    {"content/É Ab/Ço.md", "slug: Zé",
		"https://en.e.org/E-Ab/Ze"
		".html"},
	    {"content/a.fr.md", "url: foo/", "https://fr.e.org/s/foo/"},
	    {"content/b.fr.md", "", "https://fr.e.org/s/b/"},
	    {"content/p/2020-02-03-Some-Name.md", "",
		"https://en.e.org/2020/Some-Name/"},
	    {"content/p/2020-02-05.md", "",
		"https://en.e.org/2020/2020-02-05/"},
	    {"content/p/2020-02-04-b/index.md", "slug: own",
		"https://en.e.org/2020/own/"},
	    {"content/p/2020-02-04-10-11-12-b/index.md", "",
		"https://en.e.org/2020/b/"},
	};
	struct site_config *c = load(test_dir(),
	    "disablePathToLower = true\nremovePathAccents = true\n"
	    "[permalinks]\np = '/:year/:slugorfilename/'\n"
	    "[frontmatter]\ndate = [':filename', ':default']\n"
	    "[uglyURLs]\n'É Ab' = true\n"
	    "[languages.en]\nbaseURL = 'https://en.e.org'\n"
	    "[languages.fr]\nbaseURL = 'https://fr.e.org/s/'\n");

	(void)state;
	check(c, rows, sizeof(rows) / sizeof(rows[0]));
	site_config_free(c);
}

static void
escapes_and_urlizes(void **state)
{
	static const char *const rows[][2] = {
	    {"Hello, World!", "hello-world"},
	    {"a -- b", "a--b"},
	    {"em—dash", "emdash"},
	    {" a\t\nb ", "a-b"},
	    {"100%", "100"},
	    {"a%2Fb", "a%2fb"},
	    {"", ""},
	    {"……", ""},
	    {"\xff", ""},
	};
	char *s;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		s = permalink_urlize(NULL, rows[i][0]);
		assert_string_equal(s, rows[i][1]);
		free(s);
	}
	s = permalink_escape("/a b/é%/%20\"\x1b");
	assert_string_equal(s, "/a%20b/%C3%A9%25/%20%22%1B");
	free(s);
}

static void
go_layouts(void **state)
{
	static const struct date d = {
	    2026, 3, 5, 7, 4, 9, 120000000, 32400, true, true};
	static const struct date utc = {
	    2026, 12, 25, 0, 4, 9, 0, 0, true, true};
	static const char *const rows[][2] = {
	    {"2006-01-02T15:04:05Z07:00", "2026-03-05T07:04:09+09:00"},
	    {"Jan _2 Monday Mon January 2", "Mar  5 Thursday Thu March 5"},
	    {"3:04PM 03:4:5 pm", "7:04AM 07:4:9 am"},
	    {"06 1 002 __2 _2006", "26 3 064  64 _2026"},
	    {"-0700 -07 MST", "+0900 +09 +09"},
	    {"05.000 05.999 05,0 .5", "09.120 09.12 09,1 .9"},
	    {"Janus Month at", "Janus Month at"},
	};
	char *s;

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		s = date_layout(&d, rows[i][0]);
		assert_string_equal(s, rows[i][1]);
		free(s);
	}
	s = date_layout(&utc, "3PM Z07:00 MST 05.999 -07:00");
	assert_string_equal(s, "12AM Z UTC 09 +00:00");
	free(s);
}

static void
readable(void **state)
{
	static const char *const rows[][2] = {
	    {"https://e.org/%E4%BD%A0%E5%A5%BD/a-b/",
		"https://e.org/你好/a-b/"},
	    {"/caf%c3%a9/100%25/%20x/", "/café/100%25/%20x/"},
	    {"/%E4%BD/%E2%80%AE/%F0%9F%8E%89/%/%4", /* cut, reorders, no letter
						     */
		"/%E4%BD/%E2%80%AE/%F0%9F%8E%89/%/%4"},
	    {"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		char *s = permalink_readable(rows[i][0]);

		assert_string_equal(s, rows[i][1]);
		free(s);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(by_path),
	    cmocka_unit_test(by_pattern),
	    cmocka_unit_test(ugly_and_subdirectory),
	    cmocka_unit_test(accents_case_hosts_and_file_names),
	    cmocka_unit_test(escapes_and_urlizes),
	    cmocka_unit_test(readable),
	    cmocka_unit_test(go_layouts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
