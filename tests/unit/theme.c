/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <string.h>

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
		struct look look = theme_look(THEME_PLAIN, i);

		assert_int_equal(look.fg, -1);
		assert_int_equal(look.bg, -1);
		assert_int_equal(look.fg16, 255);
		assert_int_equal(look.bg16, 255);
	}
	assert_int_equal(
	    theme_look(THEME_PLAIN, STYLE_CURSOR).attr, ATTR_REVERSE);
	assert_int_equal(theme_look(THEME_PLAIN, STYLE_DIM).attr, ATTR_DIM);
}

static void
attributes_add_up(void **state)
{
	(void)state;
	assert_int_equal(theme_look(THEME_DARK, STYLE_TITLE | ATTR_ITALIC).attr,
	    ATTR_BOLD | ATTR_ITALIC);
	assert_int_equal(theme_look(THEME_DARK, STYLE_TEXT).fg, -1);
	assert_int_not_equal(theme_look(THEME_DARK, STYLE_ERROR).fg,
	    theme_look(THEME_LIGHT, STYLE_ERROR).fg);
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_style_has_a_name_of_its_own),
	    cmocka_unit_test(plain_has_attributes_alone),
	    cmocka_unit_test(attributes_add_up),
	    cmocka_unit_test(finds_the_nearest_of_256),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
