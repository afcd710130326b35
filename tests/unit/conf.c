/* SPDX-License-Identifier: ISC */
/* Settings: defaults, who may set what, and what is said of mistakes. */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "mem.h"

/* A new site and a new home, with these files; NULL: none. */
static const char *
prepare(const char *site, const char *user)
{
	const char *root = test_dir(), *home = test_dir();

	unsetenv("XDG_CONFIG_HOME");
	setenv("HOME", home, 1);
	if (site)
		test_write(root, "galley.yaml", site);
	if (user)
		test_write(home, ".config/galley/config.yaml", user);
	return root;
}

static struct conf *
load(const char *site, const char *user)
{
	struct err err = {0};
	struct conf *c = conf_load(prepare(site, user), &err);

	if (!c)
		fail_msg("%s", err.msg);
	return c;
}

/* message: HOME stands for the home directory. */
static void
assert_refused(const char *site, const char *user, const char *message)
{
	struct err err = {0};
	struct conf *c = conf_load(prepare(site, user), &err);
	const char *home = strstr(message, "HOME");
	char *expected = home ? xasprintf("%.*s%s%s", (int)(home - message),
				    message, getenv("HOME"), home + 4)
			      : xstrdup(message);

	assert_null(c);
	assert_string_equal(err.msg, expected);
	assert_int_equal(err.code, ERR_FAIL);
	free(expected);
}

static void
assert_defaults(const struct conf *c)
{
	assert_string_equal(conf_text(c, "theme"), "auto");
	assert_string_equal(conf_text(c, "editor"), "");
	assert_false(conf_bool(c, "ascii"));
	assert_true(conf_bool(c, "mouse"));
	assert_int_equal(conf_int(c, "preview.measure"), 76);
	assert_string_equal(
	    conf_text(c, "publish.message"), "{action}: {title}");
	assert_true(conf_bool(c, "publish.lastmod"));
	assert_int_equal(conf_map(c, "keys")->type, VALUE_MAP);
	assert_int_equal(conf_map(c, "keys")->n, 0);
}

static void
works_without_files(void **state)
{
	struct err err = {0};
	struct conf *c = conf_defaults();

	(void)state;
	assert_defaults(c);
	conf_free(c);
	c = load(NULL, NULL);
	assert_defaults(c);
	conf_free(c);
	/* Nothing but comments, and settings without a value. */
	c = load("# later\n", "theme:\nkeys: ~\npreview:\n  measure:\n");
	assert_defaults(c);
	conf_free(c);
	unsetenv("HOME");
	c = conf_load(NULL, &err);
	assert_non_null(c);
	assert_defaults(c);
	conf_free(c);
}

static void
reads_both_files(void **state)
{
	struct conf *c;

	(void)state;
	c = load("preview:\n  measure: 60\npublish.message: \"site {title}\"\n"
		 "publish.lastmod: false\n",
	    "theme: dark\neditor: vi -n\nascii: true\nmouse: false\n"
	    "preview.measure: 100\n"
	    "keys:\n  publish: Ctrl-P\n  any: thing\n");
	assert_string_equal(conf_text(c, "theme"), "dark");
	assert_string_equal(conf_text(c, "editor"), "vi -n");
	assert_true(conf_bool(c, "ascii"));
	assert_false(conf_bool(c, "mouse"));
	assert_int_equal(conf_int(c, "preview.measure"), 100);
	assert_string_equal(conf_text(c, "publish.message"), "site {title}");
	assert_false(conf_bool(c, "publish.lastmod"));
	assert_string_equal(
	    value_text(value_get(conf_map(c, "keys"), "publish")), "Ctrl-P");
	conf_free(c);
}

static void
finds_the_persons_file(void **state)
{
	struct err err = {0};
	const char *xdg = test_dir();
	struct conf *c;

	(void)state;
	prepare(NULL, "theme: dark\n");
	test_write(xdg, "galley/config.yaml", "theme: light\n");
	setenv("XDG_CONFIG_HOME", xdg, 1);
	c = conf_load(NULL, &err);
	assert_non_null(c);
	assert_string_equal(conf_text(c, "theme"), "light");
	conf_free(c);
	/* A relative path is ignored, as the specification asks. */
	setenv("XDG_CONFIG_HOME", "relative", 1);
	c = conf_load(NULL, &err);
	assert_non_null(c);
	assert_string_equal(conf_text(c, "theme"), "dark");
	conf_free(c);
	unsetenv("XDG_CONFIG_HOME");
}

static void
a_site_cannot_name_programs(void **state)
{
	(void)state;
	assert_refused("# ours\nediotr: x\n", NULL,
	    "galley.yaml:2: unknown setting \"ediotr\"; did you mean "
	    "\"editor\"?");
	assert_refused("\neditor: rm -rf /\n", NULL,
	    "galley.yaml:2: editor may only be set in your own settings "
	    "(HOME/.config/galley/config.yaml)");
	assert_refused("keys: {}\n", NULL,
	    "galley.yaml:1: keys may only be set in your own settings "
	    "(HOME/.config/galley/config.yaml)");
	/* Not even to nothing: a later version might read it otherwise. */
	assert_refused("editor:\n", NULL,
	    "galley.yaml:1: editor may only be set in your own settings "
	    "(HOME/.config/galley/config.yaml)");
}

static void
says_what_is_wrong_and_where(void **state)
{
	(void)state;
	assert_refused("publish:\n  lastmod: true\npreview:\n  mesure: 3\n",
	    NULL,
	    "galley.yaml:4: unknown setting \"preview.mesure\"; did you mean "
	    "\"preview.measure\"?");
	assert_refused(NULL, "\n\nmeasure: 3\n",
	    "HOME/.config/galley/config.yaml:3: unknown setting \"measure\"; "
	    "did you mean \"preview.measure\"?");
	assert_refused("completely_else: 3\n", NULL,
	    "galley.yaml:1: unknown setting \"completely_else\"; galley(5) "
	    "lists what there is");
	assert_refused("preview: 3\n", NULL,
	    "galley.yaml:1: unknown setting \"preview\"; galley(5) lists what "
	    "there is");
	assert_refused("preview: {\n  \"measure\" : 39 }\n", NULL,
	    "galley.yaml:2: preview.measure must be a number from 40 to 200");
	assert_refused("preview.measure: 201\n", NULL,
	    "galley.yaml:1: preview.measure must be a number from 40 to 200");
	assert_refused("preview.measure: wide\n", NULL,
	    "galley.yaml:1: preview.measure must be a number from 40 to 200");
	assert_refused(NULL, "theme: pink\n",
	    "HOME/.config/galley/config.yaml:1: theme must be one of: auto "
	    "dark light plain");
	assert_refused(NULL, "theme: da\n",
	    "HOME/.config/galley/config.yaml:1: theme must be one of: auto "
	    "dark light plain");
	assert_refused(NULL, "a: &a 1\nmouse: *a\n",
	    "HOME/.config/galley/config.yaml:1: unknown setting \"a\"; "
	    "galley(5) lists what there is");
	assert_refused(NULL, "mouse: 1\n",
	    "HOME/.config/galley/config.yaml:1: mouse must be true or false");
	assert_refused(NULL, "editor: [vi]\n",
	    "HOME/.config/galley/config.yaml:1: editor must be text");
	assert_refused(NULL, "keys: q\n",
	    "HOME/.config/galley/config.yaml:1: keys must be a map of names "
	    "and values");
	assert_refused("- theme\n", NULL,
	    "galley.yaml: settings must be lines of \"name: value\"");
	/* What a name holds does not reach a terminal. */
	assert_refused("\"\\e[31m\\x9b\": 1\n", NULL,
	    "galley.yaml:1: unknown setting \"\xef\xbf\xbd[31m\xef\xbf\xbd\"; "
	    "galley(5) lists what there is");
}

static void
broken_files_name_the_place(void **state)
{
	struct err err = {0};

	(void)state;
	assert_null(
	    conf_load(prepare("publish:\n  lastmod: \"x\n", NULL), &err));
	assert_memory_equal(err.msg, "galley.yaml:", 12);
	assert_true(err.msg[12] >= '1' && err.msg[12] <= '9');
}

static void
the_table_is_whole(void **state)
{
	size_t n;
	const struct conf_row *rows = conf_rows(&n);
	struct conf *c = conf_defaults();

	(void)state;
	assert_true(n > 0);
	for (size_t i = 0; i < n; i++) {
		assert_non_null(rows[i].help);
		assert_true(rows[i].scope & (CONF_USER | CONF_SITE));
		assert_true(
		    i == 0 || strcmp(rows[i - 1].name, rows[i].name) < 0);
		switch (rows[i].type) {
		case CONF_TEXT:
		case CONF_CHOICE:
			assert_string_equal(
			    conf_text(c, rows[i].name), rows[i].fallback);
			break;
		case CONF_BOOL:
			assert_string_equal(
			    conf_bool(c, rows[i].name) ? "true" : "false",
			    rows[i].fallback);
			break;
		case CONF_INT:
			assert_in_range(conf_int(c, rows[i].name), rows[i].min,
			    rows[i].max);
			break;
		case CONF_MAP:
			assert_int_equal(
			    conf_map(c, rows[i].name)->type, VALUE_MAP);
			break;
		}
	}
	conf_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(works_without_files),
	    cmocka_unit_test(reads_both_files),
	    cmocka_unit_test(finds_the_persons_file),
	    cmocka_unit_test(a_site_cannot_name_programs),
	    cmocka_unit_test(says_what_is_wrong_and_where),
	    cmocka_unit_test(broken_files_name_the_place),
	    cmocka_unit_test(the_table_is_whole),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
