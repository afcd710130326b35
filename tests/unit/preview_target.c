/* SPDX-License-Identifier: ISC */
/* What links lead to, on a site that stands below a directory of its host. */
#include "../test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "preview_target.h"
#include "site.h"
#include "work.h"

static const char *
site_dir(void)
{
	static const char config[] = "baseURL = 'https://press.example/sub/'\n"
				     "[taxonomies]\ntag = 'tags'\n";
	static const char *const files[] = {"content/posts/one/index.md",
	    "content/posts/two.md", "content/posts/_index.md",
	    "content/about.md", "content/events/fair.md",
	    "content/posts/caf\u00e9.md"};
	const char *dir = test_dir();

	test_write(dir, "hugo.toml", config);
	for (size_t i = 0; i < NITEMS(files); i++)
		test_write(dir, files[i], "---\ntitle: x\n---\n\nWords.\n");
	test_write(dir, "content/posts/one/press.png", "PNG");
	test_write(dir, "content/posts/one/run.desktop", "[Desktop Entry]");
	test_write(dir, "static/img/a b.jpg", "JPG");
	test_write(dir, "static/guide.PDF", "PDF");
	test_write(dir, "assets/ink.svg", "<svg/>");
	return dir;
}

static struct site *
scan(const char *dir)
{
	struct err err;
	struct site *site =
	    site_scan(site_config_load(dir, &err), 1795608000, NULL, &err);

	assert_non_null(site);
	return site;
}

/* A target as text: its kind, what it is, and the fragment. */
static char *
tell(const struct site *site, const char *from, const char *address)
{
	static const char kinds[] = "-pfo";
	char *root = path_real(site->config->root), *text;
	const char *s;
	struct target t;

	target_find(&t, site, from, address);
	s = t.kind == TARGET_BROKEN ? t.why : t.path;
	if (t.kind == TARGET_FILE)
		s = path_below(root, s);
	assert_non_null(s);
	text = xasprintf("%c %s%s%s", kinds[t.kind], s,
	    *t.fragment && t.kind == TARGET_PAGE ? " #" : "",
	    t.kind == TARGET_PAGE ? t.fragment : "");
	target_dispose(&t);
	free(root);
	return text;
}

static void
leads(const struct site *site, const char *address, const char *want)
{
	char *got = tell(site, "content/posts/one/index.md", address);

	if (strcmp(got, want) != 0)
		fail_msg("%s: %s, not %s", address, got, want);
	free(got);
}

#define TWO  "p content/posts/two.md"
#define GONE "- broken link: no page and no file of the site is "

static void
pages_are_found(void **state)
{
	struct site *site = scan(site_dir());

	(void)state;
	/* As a browser finds them. */
	leads(site, "../two/", TWO);
	leads(site, "../two", TWO);
	leads(site, "../two/index.html", TWO);
	leads(site, "../two/?a=b#c%20d", TWO " #c d");
	leads(site, "./../two/.", TWO);
	leads(site, "/sub/posts/two/", TWO);
	leads(site, "https://press.example/sub/posts/two/", TWO);
	leads(site, "http://PRESS.example/sub/posts/two", TWO);
	leads(site, "//press.example/sub/posts/two/#x", TWO " #x");
	leads(site, "../caf%C3%A9/", "p content/posts/caf\u00e9.md");
	leads(site, "../caf\u00e9/", "p content/posts/caf\u00e9.md");
	leads(site, "..", "p content/posts/_index.md");
	/* As Hugo and its render hooks do. */
	leads(site, "/posts/two/", TWO);
	leads(site, "/posts/two.md", TWO);
	leads(site, "/posts/two", TWO);
	leads(site, "../two.md#x", TWO " #x");
	leads(site, "posts/two.md", TWO);
	leads(site, "content/posts/two.md#y", TWO " #y");
	leads(site, "/about.md", "p content/about.md");
	/* The page itself. */
	leads(site, "#a-b", "p content/posts/one/index.md #a-b");
	leads(site, "", "- broken link: it has no address");
	leads(site, "?x", "p content/posts/one/index.md");
	leads(site, "./", "p content/posts/one/index.md");
	site_free(site);
}

static void
files_are_found(void **state)
{
	struct site *site = scan(site_dir());

	(void)state;
	leads(site, "press.png", "f content/posts/one/press.png");
	leads(site, "/img/a%20b.jpg", "f static/img/a b.jpg");
	leads(site, "/guide.PDF", "f static/guide.PDF");
	leads(site, "ink.svg", "f assets/ink.svg");
	/* What could be run is only opened where it is published. */
	leads(site, "run.desktop",
	    "o https://press.example/sub/posts/one/run.desktop");
	leads(site, "/tags/ink/", "o https://press.example/tags/ink/");
	leads(site, "/sub/tags/", "o https://press.example/sub/tags/");
	leads(site, "/events/", "o https://press.example/events/");
	site_free(site);
}

static void
nothing_else_is_opened(void **state)
{
	const char *dir = site_dir();
	struct site *site = scan(dir);
	char *link = path_join(dir, "static/out.png");

	(void)state;
	leads(site, "https://example.org/a b\"'<%41>?q#f",
	    "o https://example.org/a%20b%22'%3C%41%3E?q#f");
	leads(site, "https://press.example/elsewhere/",
	    "o https://press.example/elsewhere/");
	leads(site, "//example.org", "o https://example.org");
	leads(site, "MAILTO:a@example.org", "o MAILTO:a@example.org");
	leads(site, "javascript:alert(1)",
	    "- not opened, for it is neither http, https nor mailto: "
	    "javascript:alert(1)");
	leads(site, "file:///etc/passwd",
	    "- not opened, for it is neither http, https nor mailto: "
	    "file:///etc/passwd");
	leads(site, "https:", "- broken link: https: has no host");
	leads(site, "../three/", GONE "../three/");
	leads(site, "../../../../../../../../etc/passwd",
	    GONE "../../../../../../../../etc/passwd");
	leads(site, "{{< ref \"x\" >}}",
	    "- broken link: its shortcode finds nothing: {{< ref \"x\" >}}");
	/* A link of the file system does not lead out of the site. */
	unlink(link);
	assert_int_equal(symlink("/etc/hostname", link), 0);
	leads(site, "/out.png", GONE "/out.png");
	unlink(link);
	free(link);
	site_free(site);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pages_are_found),
	    cmocka_unit_test(files_are_found),
	    cmocka_unit_test(nothing_else_is_opened),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
