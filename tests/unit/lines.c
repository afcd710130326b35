/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "lines.h"

static bool
press(struct lines *l, int key)
{
	struct event e = {.key = key};

	return lines_key(l, &e);
}

static void
type(struct lines *l, const char *s)
{
	for (; *s; s++)
		assert_true(press(l, *s));
}

static const char *
text(const struct lines *l)
{
	return buf_text(&l->in.text);
}

static void
lines_are_made_and_joined(void **state)
{
	struct lines l = {0};

	(void)state;
	lines_set(&l, "one\ntwo");
	assert_int_equal(l.in.cursor, 0);
	press(&l, KEY_END);
	press(&l, KEY_ENTER);
	type(&l, "and a half");
	assert_string_equal(text(&l), "one\nand a half\ntwo");
	press(&l, KEY_HOME);
	press(&l, KEY_BACKSPACE);
	assert_string_equal(text(&l), "oneand a half\ntwo");
	press(&l, KEY_CTRL('k'));
	assert_string_equal(text(&l), "one\ntwo");
	press(&l, KEY_CTRL('k')); /* the end of the line */
	assert_string_equal(text(&l), "onetwo");
	press(&l, KEY_CTRL('u'));
	assert_string_equal(text(&l), "");
	lines_dispose(&l);
}

/* Ctrl-U empties the line that the cursor is in, and no other. */
static void
keys_stay_in_the_line(void **state)
{
	struct lines l = {0};

	(void)state;
	lines_set(&l, "one\ntwo\nthree");
	l.in.cursor = 6;
	press(&l, KEY_CTRL('a'));
	assert_int_equal(l.in.cursor, 4);
	press(&l, KEY_CTRL('e'));
	assert_int_equal(l.in.cursor, 7);
	press(&l, KEY_CTRL('u'));
	assert_string_equal(text(&l), "one\n\nthree");
	lines_dispose(&l);
}

static void
pasted_lines_stay(void **state)
{
	struct lines l = {0};

	(void)state;
	lines_set(&l, "");
	press(&l, KEY_PASTE);
	type(&l, "a");
	press(&l, '\n');
	press(&l, '\n');
	type(&l, "b");
	press(&l, KEY_PASTE_END);
	assert_string_equal(text(&l), "a\n\nb");
	/* What is pasted over an end of a line in Windows' way. */
	lines_set(&l, "a\r\nb\r\n");
	assert_string_equal(text(&l), "a\nb\n");
	lines_dispose(&l);
}

/* Ten columns are nine of text and one for the cursor. */
static void
moves_by_rows(void **state)
{
	struct lines l = {0};

	(void)state;
	lines_set(&l, "aaaa bbbb cccc\ndd\n中文中文中文");
	l.cols = 10;
	l.rows = 3;
	assert_int_equal(lines_height(&l, 10), 5);
	l.in.cursor = 2;
	press(&l, KEY_DOWN); /* "bbbb cccc": wrapped at the blank */
	assert_int_equal(l.in.cursor, 7);
	press(&l, KEY_DOWN);
	assert_int_equal(l.in.cursor, 17);
	press(&l, KEY_DOWN); /* two columns are one character */
	assert_int_equal(l.in.cursor, 21);
	press(&l, KEY_UP);
	press(&l, KEY_UP);
	press(&l, KEY_UP);
	assert_int_equal(l.in.cursor, 2);
	press(&l, KEY_UP);
	assert_int_equal(l.in.cursor, 2);
	press(&l, KEY_PGDN);
	press(&l, KEY_PGDN);
	press(&l, KEY_PGDN);
	press(&l, KEY_END);
	assert_int_equal(l.in.cursor, l.in.text.len);
	lines_dispose(&l);
}

static void
draws_what_the_cursor_is_in(void **state)
{
	struct canvas *c = canvas_new(3, 10);
	struct lines l = {0};
	int row, col;
	char *s;

	(void)state;
	lines_set(&l, "1\n2\n3\n4\n5");
	l.in.cursor = l.in.text.len;
	lines_draw(&l, c, (struct area){0, 0, 3, 10});
	s = canvas_row(c, 0);
	assert_string_equal(s, "3");
	free(s);
	assert_true(canvas_get_cursor(c, &row, &col));
	assert_int_equal(row, 2);
	assert_int_equal(col, 1);
	l.in.cursor = 0;
	canvas_clear(c);
	lines_draw(&l, c, (struct area){0, 0, 3, 10});
	s = canvas_row(c, 2);
	assert_string_equal(s, "3");
	free(s);
	lines_dispose(&l);
	canvas_free(c);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(lines_are_made_and_joined),
	    cmocka_unit_test(keys_stay_in_the_line),
	    cmocka_unit_test(pasted_lines_stay),
	    cmocka_unit_test(moves_by_rows),
	    cmocka_unit_test(draws_what_the_cursor_is_in),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
