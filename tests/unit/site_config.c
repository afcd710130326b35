/* SPDX-License-Identifier: ISC */
/* Hugo's configuration: which files count, in which order, and what of it. */
#include "../test.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "date.h"
#include "file.h"
#include "mem.h"
#include "site.h"
#include "zone.h"

static struct site_config *
load(const char *root)
{
	struct err err = {0};
	struct site_config *c = site_config_load(root, &err);

	if (!c)
		fail_msg("%s", err.msg);
	return c;
}

/* The configuration of a site with one file. */
static struct site_config *
load_text(const char *name, const char *text)
{
	const char *dir = test_dir();

	test_write(dir, name, text);
	return load(dir);
}

static void
assert_refused(const char *name, const char *text, const char *message)
{
	struct err err = {0};
	const char *dir = test_dir();

	test_write(dir, name, text);
	assert_null(site_config_load(dir, &err));
	assert_string_equal(err.msg, message);
	assert_int_equal(err.code, ERR_FAIL);
}

/* "code name dir weight disabled;" of every language. */
static void
assert_languages(const struct site_config *c, const char *expected)
{
	struct buf b = {0};

	for (size_t i = 0; i < c->nlanguages; i++) {
		const struct site_language *l = &c->languages[i];

		buf_printf(&b, "%s %s %s %d%s;", l->code, l->name,
		    l->content_dir, l->weight, l->disabled ? " off" : "");
	}
	assert_string_equal(buf_text(&b), expected);
	buf_dispose(&b);
}

static void
assert_found(const char *dir, const char *expected)
{
	struct err err = {0};
	char *real = path_real(expected), *got = site_find(dir, &err);

	if (!got)
		fail_msg("%s", err.msg);
	assert_string_equal(got, real);
	free(real);
	free(got);
}

static void
finds_the_root(void **state)
{
	const char *a = test_dir(), *b = test_dir(), *c = test_dir();

	(void)state;
	test_write(a, "hugo.json", "{}");
	test_write(a, "content/blog/x/index.md", "");
	/* A program's configuration on the way is not a site's. */
	test_write(a, "content/blog/config.json", "{}");
	assert_found(a, a);
	assert_found(test_path(a, "content/blog/x"), a);

	test_write(b, "config/_default/hugo.toml", "");
	test_write(b, "config/production/hugo.toml", "");
	assert_found(b, b);
	assert_found(test_path(b, "config/_default"), b);
	assert_found(test_path(b, "config/production"), b);

	test_write(c, "config.yml", "");
	test_write(c, "layouts/index.html", "");
	assert_found(test_path(c, "layouts"), c);
}

static void
says_when_there_is_none(void **state)
{
	struct err err = {0};
	const char *dir = test_dir();
	char *message;

	(void)state;
	test_write(dir, "config.json", "{}");
	test_write(dir, "config/_default/.keep", "");
	assert_null(site_find(dir, &err));
	message = xasprintf("not inside a Hugo site (no hugo.toml, config.toml "
			    "or config/_default above %s); use -C DIR",
	    dir);
	assert_string_equal(err.msg, message);
	assert_int_equal(err_status(&err), 3);
	free(message);
	assert_null(site_find(test_path(dir, "gone"), &err));
	assert_non_null(strstr(err.msg, "No such file"));
}

static void
has_defaults(void **state)
{
	struct site_config *c = load_text("hugo.toml", "");

	(void)state;
	assert_string_equal(c->title, "");
	assert_string_equal(c->base_url, "");
	assert_string_equal(c->content_dir, "content");
	assert_string_equal(c->archetype_dir, "archetypes");
	assert_string_equal(c->static_dir, "static");
	assert_string_equal(c->asset_dir, "assets");
	assert_string_equal(c->default_language, "en");
	assert_false(c->build_drafts);
	assert_null(c->zone);
	assert_languages(c, "en en content 0;");
	assert_int_equal(c->ntaxonomies, 2);
	assert_string_equal(c->taxonomies[0].singular, "category");
	assert_string_equal(c->taxonomies[0].plural, "categories");
	assert_true(site_is_taxonomy(c, "Tags"));
	assert_false(site_is_taxonomy(c, "tag"));
	assert_null(site_permalink_pattern(c, 0, "page", "blog"));
	site_config_free(c);
}

static void
reads_what_it_needs(void **state)
{
	struct site_config *c =
	    load_text("config.yaml", "BaseURL: https://example.org/sub\n"
				     "title: A site\n"
				     "contentDir: ./text/\n"
				     "staticDir: [pub, more]\n"
				     "archetypeDir: ../elsewhere\n"
				     "timeZone: Asia/Tokyo\n"
				     "defaultContentLanguageInSubdir: true\n"
				     "disablePathToLower: true\n"
				     "removePathAccents: true\n"
				     "uglyURLs: true\n"
				     "disableAliases: true\n"
				     "buildDrafts: true\n"
				     "buildFuture: true\n"
				     "buildExpired: true\n"
				     "taxonomies: {serie: series}\n");

	(void)state;
	assert_string_equal(c->base_url, "https://example.org/sub/");
	assert_string_equal(c->title, "A site");
	assert_string_equal(c->content_dir, "text");
	assert_string_equal(c->static_dir, "pub");
	assert_string_equal(c->archetype_dir, "archetypes");
	assert_int_equal(zone_offset(c->zone, 0), 9 * 3600);
	assert_true(c->default_language_in_subdir);
	assert_true(c->disable_path_to_lower && c->remove_path_accents);
	assert_true(c->disable_aliases);
	assert_true(c->build_drafts && c->build_future && c->build_expired);
	assert_languages(c, "en en text 0;");
	assert_int_equal(c->ntaxonomies, 1);
	assert_true(site_is_taxonomy(c, "series"));
	assert_false(site_is_taxonomy(c, "tags"));
	site_config_free(c);
}

/* hugo before config, then by extension; the first alone is read. */
static void
reads_one_root_file(void **state)
{
	static const char *const names[] = {"config.json", "config.yml",
	    "config.yaml", "config.toml", "hugo.json", "hugo.yml", "hugo.yaml",
	    "hugo.toml"};
	const char *dir = test_dir();

	(void)state;
	for (size_t i = 0; i < NITEMS(names); i++) {
		bool toml = strstr(names[i], "toml");
		char *text = xasprintf(toml ? "title = \"%s\"\nt%d = 1\n"
					    : "{\"title\": \"%s\", \"t%d\": 1}",
		    names[i], (int)i);
		struct site_config *c;

		test_write(dir, names[i], text);
		c = load(dir);
		assert_string_equal(c->title, names[i]);
		assert_int_equal(c->all->n, 2);
		site_config_free(c);
		free(text);
	}
}

static void
merges_directories(void **state)
{
	const char *dir = test_dir();
	struct site_config *c;
	struct buf b = {0};

	(void)state;
	test_write(dir, "hugo.toml",
	    "title = 'root'\n[Params]\nL = [1, 2]\nM = {a = 1}\n");
	test_write(dir, "config/_default/config.toml", "title = 'config'\n");
	test_write(dir, "config/_default/hugo.toml",
	    "title = 'hugo'\nenvironmental = 1\n");
	test_write(
	    dir, "config/_default/deep/er/params.yaml", "l: [3]\nm: {B: 2}\n");
	test_write(dir, "config/_default/empty.yaml", "# nothing\n");
	test_write(dir, "config/_default/taxonomies.toml",
	    "[taxonomies]\ntag = 'tags'\n");
	test_write(dir, "config/_default/languages.de.toml", "weight = 2\n");
	test_write(dir, "config/_default/params.de.toml", "x = 1\n");
	test_write(dir, "config/_default/menus.de.toml", "[[main]]\nn = 1\n");
	test_write(dir, "config/_default/dev_config.toml", "title = 'no'\n");
	test_write(dir, "config/_default/postcss.config.js", "{{{");
	test_write(dir, "config/_default/.hidden.toml", "{{{");
	test_write(dir, "config/postcss.config.js", "{{{");
	test_write(dir, "config/production/hugo.toml", "environmental = 2\n");
	test_write(dir, "config/next/hugo.toml", "environmental = 3\n");
	c = load(dir);
	value_json(c->all, 0, &b);
	assert_string_equal(buf_text(&b),
	    "{\"title\":\"hugo\",\"params\":{\"l\":[3],\"m\":{\"a\":1,\"b\":2}}"
	    ",\"dev_config\":{\"title\":\"no\"},\"empty\":{}"
	    ",\"environmental\":2,\"languages\":{\"de\":{\"weight\":2,"
	    "\"menus\":{\"main\":[{\"n\":1}]},\"params\":{\"x\":1}}}"
	    ",\"taxonomies\":{\"tag\":\"tags\"}}");
	buf_dispose(&b);
	site_config_free(c);

	setenv("HUGO_ENV", "next", 1);
	c = load(dir);
	assert_int_equal(value_get(c->all, "environmental")->integer, 3);
	site_config_free(c);
	setenv("HUGO_ENVIRONMENT", "production", 1);
	c = load(dir);
	assert_int_equal(value_get(c->all, "environmental")->integer, 2);
	site_config_free(c);
	setenv("HUGO_ENVIRONMENT", "../../outside", 1);
	c = load(dir);
	assert_int_equal(value_get(c->all, "environmental")->integer, 2);
	site_config_free(c);
	unsetenv("HUGO_ENV");
	unsetenv("HUGO_ENVIRONMENT");
}

static void
variables_win(void **state)
{
	struct site_config *c;

	(void)state;
	setenv("HUGO_TITLE", "from outside", 1);
	setenv("HUGO_BUILDDRAFTS", "true", 1);
	setenv("HUGO_DISABLELANGUAGES", "de, nl", 1);
	c = load_text("hugo.toml",
	    "title = 'x'\n[languages.de]\n[languages.nl]\n[languages.en]\n");
	assert_string_equal(c->title, "from outside");
	assert_true(c->build_drafts);
	assert_languages(
	    c, "de de content 0 off;en en content 0;nl nl content 0 off;");
	site_config_free(c);
	unsetenv("HUGO_TITLE");
	unsetenv("HUGO_BUILDDRAFTS");
	unsetenv("HUGO_DISABLELANGUAGES");
}

static void
orders_languages(void **state)
{
	struct site_config *c = load_text("hugo.toml",
	    "title = 'plain'\ncontentDir = 'text'\n"
	    "defaultContentLanguage = 'EN'\n"
	    "disableLanguages = ['NL']\n"
	    "[languages.zz]\n[languages.aa]\ndisabled = true\n"
	    "[languages.nl]\nweight = 20\n"
	    "[languages.EN]\nlanguageName = 'English'\nweight = 10\n"
	    "contentDir = 'text/en'\ntitle = 'English title'\n");

	(void)state;
	assert_languages(c,
	    "en English text/en 10;nl nl text 20 off;aa aa text 0 off;"
	    "zz zz text 0;");
	assert_string_equal(c->title, "English title");
	site_config_free(c);
	c = load_text("hugo.toml", "defaultContentLanguage = 'zh-cn'\n");
	assert_languages(c, "zh-cn zh-cn content 0;");
	site_config_free(c);
}

static void
mounts_move_content(void **state)
{
	struct site_config *c = load_text("hugo.toml",
	    "[languages.en]\nweight = 1\n[languages.de]\nweight = 2\n"
	    "[module]\n"
	    "[[module.mounts]]\nsource = 'docs/de'\ntarget = 'content'\n"
	    "lang = 'de'\n"
	    "[[module.mounts]]\nsource = 'docs/en'\ntarget = 'content/'\n"
	    "[[module.mounts]]\nsource = 'other'\ntarget = 'content'\n"
	    "[[module.mounts]]\nsource = 'x'\ntarget = 'content/x'\n"
	    "[[module.mounts]]\nsource = 'a'\ntarget = 'assets'\n");

	(void)state;
	assert_languages(c, "en en docs/en 1;de de docs/de 2;");
	site_config_free(c);
	c = load_text("hugo.toml",
	    "[[module.mounts]]\nsource = '../up'\ntarget = 'content'\n");
	assert_languages(c, "en en content 0;");
	site_config_free(c);
}

static void
knows_permalinks(void **state)
{
	struct site_config *c = load_text("hugo.toml",
	    "[permalinks]\nBlog = '/blog/:title/'\n'/' = '/:slug/'\n"
	    "[permalinks.page]\nevents = '/e/:title/'\n"
	    "[permalinks.section]\nevents = '/s/'\n"
	    "[permalinks.term]\ntags = '/t/:slug/'\n");

	(void)state;
	assert_string_equal(
	    site_permalink_pattern(c, 0, "page", "blog"), "/blog/:title/");
	assert_string_equal(
	    site_permalink_pattern(c, 0, "term", "blog"), "/blog/:title/");
	assert_null(site_permalink_pattern(c, 0, "section", "blog"));
	assert_string_equal(
	    site_permalink_pattern(c, 0, "page", "events"), "/e/:title/");
	assert_string_equal(
	    site_permalink_pattern(c, 0, "section", "events"), "/s/");
	assert_string_equal(
	    site_permalink_pattern(c, 0, "term", "tags"), "/t/:slug/");
	assert_string_equal(
	    site_permalink_pattern(c, 0, "page", ""), "/:slug/");
	/* The maps of kinds are no sections. */
	assert_null(site_permalink_pattern(c, 0, "page", "page"));
	site_config_free(c);
}

static void
opens_with_an_unknown_zone(void **state)
{
	struct site_config *c =
	    load_text("hugo.toml", "timeZone = 'Asia/Tokio'\ntitle = 'x'\n");

	(void)state;
	assert_null(c->zone);
	assert_string_equal(c->title, "x");
	site_config_free(c);
}

static void
has_settings_for_each_language(void **state)
{
	struct site_config *c = load_text("hugo.toml",
	    "timeZone = 'UTC'\n[permalinks]\nblog = '/b/'\ndocs = '/d/'\n"
	    "[languages.en]\nweight = 1\n"
	    "[languages.ja]\nweight = 2\ntimeZone = 'Asia/Tokyo'\n"
	    "[languages.ja.permalinks]\nblog = '/j/'\n");

	(void)state;
	assert_string_equal(
	    site_permalink_pattern(c, 0, "page", "blog"), "/b/");
	assert_string_equal(
	    site_permalink_pattern(c, 1, "page", "blog"), "/j/");
	assert_null(site_permalink_pattern(c, 1, "page", "docs"));
	assert_ptr_equal(site_zone(c, 0), c->zone);
	assert_int_equal(zone_offset(site_zone(c, 1), 0), 9 * 3600);
	site_config_free(c);
}

static void
says_where_it_is_wrong(void **state)
{
	(void)state;
	assert_refused("config/_default/config.toml", "a = 1\n\nb = 1, 2\n",
	    "config/_default/config.toml:3:6: "
	    "expected the end of the line after the value");
	assert_refused(
	    "hugo.toml", "title =", "hugo.toml:1:8: expected a value");
	assert_refused("hugo.yaml", "- a\n",
	    "hugo.yaml: a configuration must be a map of settings");
	assert_refused("hugo.toml", "contentDir = '/etc'\n",
	    "/etc: the contentDir of the configuration is not a directory "
	    "below the site");
	assert_refused("hugo.toml", "[languages.de]\ncontentDir = 'a/../..'\n",
	    "a/../..: the contentDir of the configuration is not a directory "
	    "below the site");
}

/* Settings of a wrong type are as good as none. */
static void
survives_nonsense(void **state)
{
	struct site_config *c = load_text("hugo.toml",
	    "title = {}\nbaseURL = []\ntimeZone = {}\nbuildDrafts = []\n"
	    "languages = 3\ntaxonomies = 4\npermalinks = []\n"
	    "module = {mounts = [1, {source = 2}]}\nstaticDir = []\n"
	    "disableLanguages = {}\ndefaultContentLanguage = {}\n"
	    "contentDir = {}\n");

	(void)state;
	assert_string_equal(c->title, "");
	assert_string_equal(c->base_url, "");
	assert_string_equal(c->static_dir, "static");
	assert_languages(c, "en en content 0;");
	assert_int_equal(c->ntaxonomies, 0);
	assert_null(site_permalink_pattern(c, 0, "page", "blog"));
	site_config_free(c);
}

static void
links_do_not_loop(void **state)
{
	const char *dir = test_dir();
	struct site_config *c;

	(void)state;
	test_write(dir, "config/_default/a/params.toml", "x = 1\n");
	assert_int_equal(
	    symlink("..", test_path(dir, "config/_default/a/loop")), 0);
	assert_int_equal(
	    symlink(".", test_path(dir, "config/_default/again.toml")), 0);
	c = load(dir);
	assert_int_equal(c->all->n, 1);
	site_config_free(c);
}

static void
reads_a_real_site(void **state)
{
	struct site_config *c = load(test_corpus("wamr.dev"));

	(void)state;
	assert_string_equal(
	    c->base_url, "https://bytecodealliance.github.io/wamr.dev/");
	assert_languages(c,
	    "en English content/en 10;de German content/de 15 off;"
	    "nl Nederlands content/nl 20 off;");
	assert_int_equal(c->ntaxonomies, 3);
	assert_string_equal(c->taxonomies[0].plural, "contributors");
	assert_string_equal(
	    site_permalink_pattern(c, 0, "page", "resources"), "/resources/");
	assert_true(c->disable_aliases);
	site_config_free(c);
}

static int
clean_environment(void **state)
{
	static const char *const names[] = {"HUGO_ENV", "HUGO_ENVIRONMENT",
	    "HUGO_TITLE", "HUGO_BASEURL", "HUGO_CONTENTDIR"};

	(void)state;
	for (size_t i = 0; i < NITEMS(names); i++)
		unsetenv(names[i]);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_the_root),
	    cmocka_unit_test(says_when_there_is_none),
	    cmocka_unit_test(has_defaults),
	    cmocka_unit_test(reads_what_it_needs),
	    cmocka_unit_test(reads_one_root_file),
	    cmocka_unit_test(merges_directories),
	    cmocka_unit_test(variables_win),
	    cmocka_unit_test(orders_languages),
	    cmocka_unit_test(mounts_move_content),
	    cmocka_unit_test(knows_permalinks),
	    cmocka_unit_test(opens_with_an_unknown_zone),
	    cmocka_unit_test(has_settings_for_each_language),
	    cmocka_unit_test(says_where_it_is_wrong),
	    cmocka_unit_test(survives_nonsense),
	    cmocka_unit_test(links_do_not_loop),
	    cmocka_unit_test(reads_a_real_site),
	};

	return cmocka_run_group_tests(tests, clean_environment, NULL);
}
