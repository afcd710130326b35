/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "input.h"
#include "theme.h"

static bool
press(struct input *in, int key)
{
	struct event e = {.key = key};

	return input_key(in, &e);
}

/* Code points of ASCII text, one by one. */
static void
type(struct input *in, const char *s)
{
	for (; *s; s++)
		assert_true(press(in, *s));
}

static void
edits_by_key(void **state)
{
	struct input in = {0};

	(void)state;
	type(&in, "hello world");
	press(&in, KEY_LEFT);
	press(&in, KEY_BACKSPACE);
	assert_string_equal(buf_text(&in.text), "hello word");
	press(&in, KEY_DELETE);
	assert_string_equal(buf_text(&in.text), "hello wor");
	press(&in, KEY_CTRL('a'));
	type(&in, ">");
	press(&in, KEY_BACKSPACE);
	press(&in, KEY_BACKSPACE); /* at the start: nothing */
	press(&in, KEY_LEFT);
	assert_int_equal(in.cursor, 0);
	press(&in, KEY_ALT | 'f');
	assert_int_equal(in.cursor, 5);
	press(&in, KEY_CTRL('k'));
	assert_string_equal(buf_text(&in.text), "hello");
	press(&in, KEY_DELETE); /* at the end: nothing */
	type(&in, " big  wide");
	press(&in, KEY_CTRL('w'));
	assert_string_equal(buf_text(&in.text), "hello big  ");
	press(&in, KEY_CTRL('w'));
	assert_string_equal(buf_text(&in.text), "hello ");
	press(&in, KEY_CTRL('u'));
	assert_string_equal(buf_text(&in.text), "");
	press(&in, KEY_CTRL('w'));
	press(&in, KEY_RIGHT);
	assert_int_equal(in.cursor, 0);
	input_dispose(&in);
}

static void
leaves_other_keys(void **state)
{
	static const int keys[] = {KEY_ENTER, KEY_ESC, KEY_TAB, KEY_UP,
	    KEY_DOWN, KEY_CTRL('s'), KEY_MOUSE, KEY_RESIZE, KEY_F1};
	struct input in = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		assert_false(press(&in, keys[i]));
	assert_int_equal(in.text.len, 0);
	input_dispose(&in);
}

static void
moves_by_cluster(void **state)
{
	struct input in = {0};

	(void)state;
	input_set(&in, "ae\xcc\x81中");
	assert_int_equal(in.cursor, 7);
	press(&in, KEY_LEFT);
	assert_int_equal(in.cursor, 4);
	press(&in, KEY_LEFT);
	assert_int_equal(in.cursor, 1);
	press(&in, KEY_DELETE);
	assert_string_equal(buf_text(&in.text), "a中");
	press(&in, 0x4e2d);
	assert_string_equal(buf_text(&in.text), "a中中");
	/* A mark joins the character before it, the cursor stays after. */
	press(&in, KEY_HOME);
	press(&in, KEY_RIGHT);
	press(&in, 0x301);
	assert_int_equal(in.cursor, 3);
	press(&in, KEY_BACKSPACE);
	assert_string_equal(buf_text(&in.text), "中中");
	input_dispose(&in);
}

static void
takes_a_paste_as_one_line(void **state)
{
	struct input in = {0};

	(void)state;
	press(&in, KEY_PASTE);
	type(&in, "one");
	press(&in, KEY_ENTER);
	press(&in, KEY_TAB);
	press(&in, 0x1b);
	press(&in, KEY_CTRL('u'));
	type(&in, "two");
	press(&in, '\n');
	press(&in, KEY_PASTE_END);
	assert_string_equal(buf_text(&in.text), "one two");
	assert_false(press(&in, KEY_ENTER));
	/* A blank that is there already is enough; before all text none is. */
	press(&in, ' ');
	press(&in, KEY_PASTE);
	type(&in, " ");
	press(&in, '\n');
	type(&in, "six");
	press(&in, KEY_PASTE_END);
	assert_string_equal(buf_text(&in.text), "one two  six");
	press(&in, KEY_CTRL('u'));
	press(&in, KEY_PASTE);
	press(&in, '\n');
	type(&in, "x");
	press(&in, KEY_PASTE_END);
	assert_string_equal(buf_text(&in.text), "x");
	input_set(&in, "a\x1b[31m\nb");
	assert_null(strchr(buf_text(&in.text), 0x1b));
	assert_null(strchr(buf_text(&in.text), '\n'));
	input_dispose(&in);
}

static void
shown(struct input *in, int cols, const char *want, int col)
{
	struct canvas *c = canvas_new(1, 20);
	int row, at;
	char *got;

	input_draw(in, c, 0, 2, cols);
	got = canvas_row(c, 0);
	assert_string_equal(got, want);
	assert_true(canvas_get_cursor(c, &row, &at));
	assert_int_equal(at, col);
	free(got);
	canvas_free(c);
}

static void
scrolls_sideways(void **state)
{
	struct input in = {0};

	(void)state;
	input_set(&in, "abcdefgh");
	shown(&in, 10, "  abcdefgh", 10);
	shown(&in, 5, "  efgh", 6);
	shown(&in, 10, "  abcdefgh", 10); /* with room again, all of it */
	shown(&in, 5, "  efgh", 6);
	press(&in, KEY_HOME);
	shown(&in, 5, "  abcde", 2);
	input_set(&in, "中文字");
	shown(&in, 6, "   文字", 7); /* half of the first is off */
	shown(&in, 1, "", 2);
	input_dispose(&in);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(edits_by_key),
	    cmocka_unit_test(leaves_other_keys),
	    cmocka_unit_test(moves_by_cluster),
	    cmocka_unit_test(takes_a_paste_as_one_line),
	    cmocka_unit_test(scrolls_sideways),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
