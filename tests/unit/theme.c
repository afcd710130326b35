/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "mem.h"
#include "theme.h"

static void
every_style_has_a_name_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < STYLES; i++) {
		assert_non_null(theme_style_name(i));
		for (int k = 0; k < i; k++)
			assert_string_not_equal(
			    theme_style_name(i), theme_style_name(k));
	}
	assert_string_equal(theme_style_name(STYLE_MD + MD_LINK), "md-link");
	assert_string_equal(
	    theme_style_name(STYLE_CURSOR | ATTR_BOLD), "cursor");
}

/* What differs in colour differs without it too, where it carries meaning. */
static void
plain_has_attributes_alone(void **state)
{
	(void)state;
	for (int i = 0; i < STYLES; i++) {
		struct look look = theme_look(NULL, THEME_PLAIN, i);

		assert_int_equal(look.fg, -1);
		assert_int_equal(look.bg, -1);
		assert_int_equal(look.fg16, 255);
		assert_int_equal(look.bg16, 255);
	}
	assert_int_equal(
	    theme_look(NULL, THEME_PLAIN, STYLE_CURSOR).attr, ATTR_REVERSE);
	assert_int_equal(
	    theme_look(NULL, THEME_PLAIN, STYLE_DIM).attr, ATTR_DIM);
}

static void
attributes_add_up(void **state)
{
	(void)state;
	assert_int_equal(
	    theme_look(NULL, THEME_DARK, STYLE_TITLE | ATTR_ITALIC).attr,
	    ATTR_BOLD | ATTR_ITALIC);
	assert_int_equal(theme_look(NULL, THEME_DARK, STYLE_TEXT).fg, -1);
	assert_int_not_equal(theme_look(NULL, THEME_DARK, STYLE_ERROR).fg,
	    theme_look(NULL, THEME_LIGHT, STYLE_ERROR).fg);
}

static void
finds_the_nearest_of_256(void **state)
{
	(void)state;
	assert_int_equal(theme_to_256(0x000000), 16);
	assert_int_equal(theme_to_256(0xffffff), 231);
	assert_int_equal(theme_to_256(0x87afd7), 110);
	assert_int_equal(theme_to_256(0xff0000), 196);
	assert_int_equal(theme_to_256(0x808080), 244);
	assert_int_equal(theme_to_256(0x303030), 236);
}

/* Reads a person's settings; NULL and err: they are wrong. Caller frees. */
static struct theme_styles *
styles_of(const char *text, struct err *err)
{
	const char *home = test_dir();
	struct theme_styles *styles = xmalloc(sizeof(*styles));
	struct conf *conf;
	int rc = -1;

	test_write(home, "galley/config.yaml", text);
	setenv("XDG_CONFIG_HOME", home, 1);
	conf = conf_load(NULL, err);
	if (conf)
		rc = theme_styles_load(styles, conf, err);
	conf_free(conf);
	if (rc == 0)
		return styles;
	free(styles);
	return NULL;
}

static void
settings_change_looks(void **state)
{
	struct err err = {0};
	struct theme_styles *s =
	    styles_of("styles:\n  md-link: bold underline 88c0d0\n"
		      "  cursor: \"Bright-White on #00f\"\n  md-h1: plain\n",
		&err);
	struct look look;

	(void)state;
	assert_non_null(s);
	look = theme_look(s, THEME_LIGHT, STYLE_MD + MD_LINK);
	assert_int_equal(look.fg, 0x88c0d0);
	assert_int_equal(look.fg16, 7);
	assert_int_equal(look.bg, -1);
	assert_int_equal(look.attr, ATTR_BOLD | ATTR_UNDERLINE);
	look = theme_look(s, THEME_DARK, STYLE_CURSOR | ATTR_ITALIC);
	assert_int_equal(look.fg16, 15);
	assert_int_equal(look.bg, 0x0000ff);
	assert_int_equal(look.bg16, 4);
	assert_int_equal(look.attr, ATTR_ITALIC);
	/* Without colours the attributes alone. */
	look = theme_look(s, THEME_PLAIN, STYLE_MD + MD_LINK);
	assert_int_equal(look.fg, -1);
	assert_int_equal(look.attr, ATTR_BOLD | ATTR_UNDERLINE);
	assert_int_equal(theme_look(s, THEME_PLAIN, STYLE_MD + MD_H1).attr, 0);
	look = theme_look(s, THEME_DARK, STYLE_MD + MD_H2);
	assert_int_equal(look.attr, ATTR_BOLD);
	free(s);
}

static void
settings_say_what_is_wrong(void **state)
{
	static const char *const cases[][2] = {
	    {"theme: dark\nstyles:\n  md-lnk: bold\n",
		":3: there is no style 'md-lnk'; galley(5) lists them"},
	    {"styles:\n  title: bold\n  md-link: bold rde\n",
		":3: styles.md-link has 'rde', which is no attribute (bold, "
		"italic, underline, strike, reverse, dim, plain) and no "
		"colour (red, bright-red, '#88c0d0')"},
	    {"styles:\n  md-link: red on\n",
		":2: styles.md-link has no colour behind 'on'"},
	    {"styles:\n  md-link: on bold\n",
		":2: styles.md-link has 'bold', which is no attribute (bold, "
		"italic, underline, strike, reverse, dim, plain) and no "
		"colour (red, bright-red, '#88c0d0')"},
	    {"styles:\n  md-link: #88c0d0\n",
		":2: styles.md-link must be text in quotes, as \"bold "
		"#88c0d0\""},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct err err = {0};
		const char *place;

		assert_null(styles_of(cases[i][0], &err));
		place = strstr(err.msg, "config.yaml:");
		assert_non_null(place);
		assert_string_equal(place + 11, cases[i][1]);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_style_has_a_name_of_its_own),
	    cmocka_unit_test(plain_has_attributes_alone),
	    cmocka_unit_test(attributes_add_up),
	    cmocka_unit_test(finds_the_nearest_of_256),
	    cmocka_unit_test(settings_change_looks),
	    cmocka_unit_test(settings_say_what_is_wrong),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
