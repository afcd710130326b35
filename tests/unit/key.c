/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include "key.h"

#include "mem.h"

static void
names_and_numbers_agree(void **state)
{
	static const struct {
		const char *name;
		int key;
	} rows[] = {
	    {"j", 'j'},
	    {"G", 'G'},
	    {"-", '-'},
	    {"é", 0xe9},
	    {"中", 0x4e2d},
	    {"Space", ' '},
	    {"Enter", KEY_ENTER},
	    {"Tab", 9},
	    {"S-Tab", KEY_BACKTAB},
	    {"Esc", KEY_ESC},
	    {"PgDn", KEY_PGDN},
	    {"F1", KEY_F1},
	    {"F12", KEY_F12},
	    {"Ctrl-S", KEY_CTRL('s')},
	    {"Ctrl-]", 29},
	    {"Alt-x", KEY_ALT | 'x'},
	    {"Alt-Up", KEY_ALT | KEY_UP},
	    {"Backspace", KEY_BACKSPACE},
	    {"WheelUp", KEY_WHEEL_UP},
	};
	char buf[32];

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		assert_int_equal(key_parse(rows[i].name), rows[i].key);
		assert_string_equal(key_label(rows[i].key, buf), rows[i].name);
	}
}

static void
reads_capitals_and_second_names(void **state)
{
	(void)state;
	assert_int_equal(key_parse("enter"), KEY_ENTER);
	assert_int_equal(key_parse("ctrl-s"), KEY_CTRL('s'));
	assert_int_equal(key_parse("PageDown"), KEY_PGDN);
	assert_int_equal(key_parse("Ctrl-M"), KEY_ENTER);
	assert_int_equal(key_parse("f5"), KEY_F1 + 4);
}

static void
refuses_what_is_no_key(void **state)
{
	static const char *const rows[] = {"", "jk", "F0", "F13", "F1x",
	    "Ctrl-", "Ctrl-é", "Ctrl-@", "Alt-", "Alt-Alt-x", "\x1b", "\xff",
	    "\xc3", "\xc2\x85", "Nothing", "F99999999999999999999"};
	char buf[32];

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++)
		assert_int_equal(key_parse(rows[i]), 0);
	assert_string_equal(key_label(KEY_RESIZE, buf), "");
	assert_string_equal(key_label(0, buf), "");
	assert_false(key_is_text(KEY_UP));
	assert_false(key_is_text(0x7f));
	assert_false(key_is_text(0x9b));
	assert_false(key_is_text(0xd800));
	assert_false(key_is_text(KEY_ALT | 'x'));
	assert_true(key_is_text(' '));
	assert_true(key_is_text(0x10ffff));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(names_and_numbers_agree),
	    cmocka_unit_test(reads_capitals_and_second_names),
	    cmocka_unit_test(refuses_what_is_no_key),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
