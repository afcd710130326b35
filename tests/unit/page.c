/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "mem.h"
#include "page.h"

#define GIF "GIF89a\x0a\x01\x14\x01"

static const char config[] = "baseURL = 'https://example.org/sub/'\n"
			     "[taxonomies]\n"
			     "tag = 'tags'\n"
			     "contributor = 'contributors'\n";

/* Render one post of a site with this configuration. */
static char *
render(const char *dir, const char *path)
{
	struct err err = {0};
	struct site_config *c = site_config_load(dir, &err);
	struct post *post = post_load(test_path(dir, path), &err);
	struct md_options opt = {.width = 60};
	struct buf b = {0};
	struct doc *d;

	if (!c || !post)
		fail_msg("%s", err.msg);
	d = page_render(c, NULL, post, 0, &opt, &err);
	for (size_t i = 0; i < doc_lines(d); i++) {
		size_t len;
		const char *s = doc_line(d, i, &len);

		buf_add(&b, s, len);
		buf_putc(&b, '\n');
	}
	doc_free(d);
	post_free(post);
	site_config_free(c);
	return buf_steal(&b);
}

static void
is_rendered(const char *dir, const char *path, const char *want)
{
	char *got = render(dir, path);

	assert_string_equal(got, want);
	free(got);
}

#define LINE "────────────────────────────────────────────────────────"

#define END "  └──────────────────────────────────────────────────────┘\n\n"

static void
heads_a_page_with_its_facts(void **state)
{
	const char *dir = test_dir();

	(void)state;
	test_write(dir, "hugo.toml", config);
	test_write(dir, "content/a/index.md",
	    "---\n"
	    "title: \"A \\e[31mtitle\"\n"
	    "date: 2023-05-16T15:18:38+08:00\n"
	    "draft: true\n"
	    "contributors: [Ada Author, \"\", Bo]\n"
	    "categories: ['x']\n"
	    "tags: [one, two]\n"
	    "event_date: 2021/12/18 13:00 - 17:00\n"
	    "event_location: Here\n"
	    "---\n"
	    "Body text <b>of</b> a few words.\n");
	is_rendered(dir, "content/a/index.md",
	    "  A \xef\xbf\xbd[31mtitle\n"
	    "  " LINE "\n"
	    "  draft · 16 May 2023 · event 2021/12/18 13:00 - 17:00\n"
	    "  at Here · Ada Author, Bo · x · tags one, two · 6 words\n"
	    "  1 min\n"
	    "\n"
	    "  Body text [raw HTML omitted]of a few words.\n");
}

static void
takes_the_name_where_there_is_no_title(void **state)
{
	const char *dir = test_dir();

	(void)state;
	test_write(dir, "hugo.toml", config);
	test_write(dir, "content/a name/index.md", "");
	test_write(dir, "content/b.md", "---\ndate: 2024-4-7\n---\n");
	is_rendered(dir, "content/a name/index.md", "  a name\n  " LINE "\n");
	is_rendered(dir, "content/b.md", "  b.md\n  " LINE "\n  2024-4-7\n");
}

static void
follows_the_sites_markup(void **state)
{
	const char *dir = test_dir();

	(void)state;
	test_write(dir, "config/_default/hugo.toml", "enableEmoji = true\n");
	test_write(dir, "config/_default/markup.toml",
	    "[goldmark.renderer]\nunsafe = true\nhardWraps = true\n"
	    "[goldmark.extensions]\nlinkify = false\n");
	test_write(
	    dir, "content/a.md", "---\ntitle: t\n---\n:tada: <b>x</b>\nline\n");
	is_rendered(dir, "content/a.md",
	    "  t\n  " LINE "\n  3 words · 1 min\n\n  🎉 x\n  line\n");
}

static void
finds_pictures_in_the_site_alone(void **state)
{
	const char *dir = test_dir();
	char *root = xasprintf("%s/site", dir), *got;

	(void)state;
	test_write(dir, "outside.gif", GIF);
	test_write(dir, "site/hugo.toml", config);
	test_write(dir, "site/static/img/s.gif", GIF);
	test_write(dir, "site/assets/a.gif", GIF);
	test_write(dir, "site/content/p/img/b c.gif", GIF);
	symlink("../../outside.gif", test_path(dir, "site/static/out.gif"));
	symlink("img/s.gif", test_path(dir, "site/static/in.gif"));
	test_write(dir, "site/content/p/index.md",
	    "---\ntitle: t\nimages: [\"b c.gif\"]\n---\n"
	    "![](img/b%20c.gif?x=1#y)\n\n![](/sub/img/s.gif)\n\n"
	    "![](a.gif)\n\n![](../../../outside.gif)\n\n"
	    "![](/out.gif)\n\n![](/in.gif)\n\n"
	    "![](https://example.org/x.gif)\n\n![](img)\n");
	got = render(root, "content/p/index.md");
	assert_string_equal(got,
	    "  t\n  " LINE "\n"
	    "  cover img/b c.gif 266x276\n\n"
	    "  ┌ picture  b%20c.gif?x=1#y  266x276 ───────────────────┐\n" END
	    "  ┌ picture  s.gif  266x276 ─────────────────────────────┐\n" END
	    "  ┌ picture  a.gif  266x276 ─────────────────────────────┐\n" END
	    "  ┌ picture  ../../../outside.gif  missing ──────────────┐\n" END
	    "  ┌ picture  /out.gif  missing ──────────────────────────┐\n" END
	    "  ┌ picture  in.gif  266x276 ────────────────────────────┐\n" END
	    "  ┌ picture  https://example.org/x.gif ──────────────────┐\n" END
	    "  ┌ picture  img  missing ───────────────────────────────┐\n"
	    "  └"
	    "──────────────────────────────────────────────────────┘\n");
	free(got);
	free(root);
}

static void
finds_the_cover_that_themes_go_by(void **state)
{
	static const char *const fields[] = {"image: b.gif", "cover: b.gif",
	    "cover: {image: b.gif, alt: x}", "featured_image: b.gif",
	    "featuredImage: b.gif", "images: []\nthumbnail: b.gif",
	    "images: [b.gif]\nimage: c.gif"};
	const char *dir = test_dir();

	(void)state;
	test_write(dir, "hugo.toml", config);
	test_write(dir, "content/p/b.gif", GIF);
	for (size_t i = 0; i < sizeof(fields) / sizeof(*fields); i++) {
		char *text =
		    xasprintf("---\ntitle: t\n%s\n---\na\n", fields[i]);

		test_write(dir, "content/p/index.md", text);
		is_rendered(dir, "content/p/index.md",
		    "  t\n  " LINE "\n"
		    "  1 word · 1 min · cover b.gif 266x276\n\n"
		    "  a\n");
		free(text);
	}
	test_write(dir, "content/p/index.md",
	    "---\ntitle: t\ncover: {alt: x}\nimage: [[1]]\n---\na\n");
	is_rendered(dir, "content/p/index.md",
	    "  t\n  " LINE "\n"
	    "  1 word · 1 min\n\n"
	    "  a\n");
}

static void
asks_the_site_what_shortcodes_stand_for(void **state)
{
	const char *dir = test_dir();

	(void)state;
	test_write(dir, "hugo.toml",
	    "theme = 'plain'\n"
	    "[params]\ncolour = 'blue'\n");
	test_write(dir, "layouts/shortcodes/here.html", "");
	test_write(dir, "themes/plain/layouts/shortcodes/in/theme.html", "");
	test_write(
	    dir, "content/blog/Other/index.md", "---\ntitle: Found\n---\n");
	test_write(dir, "content/b.md", "no title");
	test_write(dir, "outside.md", "---\ntitle: Secret\n---\n");
	test_write(dir, "content/blog/a.md",
	    "---\ntitle: A\nsize: 9\n---\n"
	    "{{< ref \"/blog/other\" >}} {{< ref other >}}\n"
	    "{{% relref `Other/index.md#x` %}} {{< ref \"../b.md\" >}}\n"
	    "{{< ref \"no/such\" >}} {{< ref \"such\" >}}\n"
	    "{{< ref \"../../../x\" >}} {{< ref \"#x\" >}} end\n\n"
	    "{{< param size >}} {{< param colour >}} {{< param no >}}.\n"
	    "{{< here >}} {{< in/theme >}} {{< nowhere >}}a{{< /nowhere >}}\n\n"
	    "{{< nowhere 1 >}}\n\n"
	    "{{< vimeo 12 >}}\n");
	is_rendered(dir, "content/blog/a.md",
	    "  A\n"
	    "  " LINE "\n"
	    "  13 words · 1 min\n"
	    "\n"
	    "  [ref Found] [ref Found] [relref Found] [ref b.md]\n"
	    "  [missing ref \"no/such\"] [ref \"such\"] [missing ref\n"
	    "  \"../../../x\"] [ref \"#x\"] end\n"
	    "\n"
	    "  9 blue [missing param no]. [here] [in/theme] [missing\n"
	    "  nowhere]a[/nowhere]\n"
	    "\n"
	    "  ┌ nowhere  1  missing ─────────────────────────────────┐\n" END
	    "  ┌ vimeo  https://vimeo.com/12 ─────────────────────────┐\n"
	    "  └──────────────────────────────────────────────────────┘\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(heads_a_page_with_its_facts),
	    cmocka_unit_test(takes_the_name_where_there_is_no_title),
	    cmocka_unit_test(follows_the_sites_markup),
	    cmocka_unit_test(finds_pictures_in_the_site_alone),
	    cmocka_unit_test(finds_the_cover_that_themes_go_by),
	    cmocka_unit_test(asks_the_site_what_shortcodes_stand_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
