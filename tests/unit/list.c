/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include "list.h"

static void
moves_and_stops_at_the_ends(void **state)
{
	struct list l = {0};

	(void)state;
	list_layout(&l, 30, 10);
	assert_true(list_key(&l, 'k'));
	assert_int_equal(l.cursor, 0);
	assert_true(list_key(&l, KEY_DOWN));
	assert_int_equal(l.cursor, 1);
	assert_true(list_key(&l, 'G'));
	assert_int_equal(l.cursor, 29);
	assert_int_equal(l.top, 20);
	assert_true(list_key(&l, 'j'));
	assert_int_equal(l.cursor, 29);
	assert_true(list_key(&l, KEY_PGUP));
	assert_int_equal(l.cursor, 20);
	assert_true(list_key(&l, 'g'));
	assert_int_equal(l.cursor, 0);
	assert_int_equal(l.top, 0);
	assert_false(list_key(&l, 'x'));
	assert_false(list_key(&l, KEY_ENTER));
}

static void
keeps_three_rows_of_context(void **state)
{
	struct list l = {0};

	(void)state;
	list_layout(&l, 30, 10);
	for (int i = 0; i < 6; i++)
		list_key(&l, 'j');
	assert_int_equal(l.top, 0);
	list_key(&l, 'j');
	assert_int_equal(l.cursor, 7);
	assert_int_equal(l.top, 1);
	list_move(&l, 20);
	assert_int_equal(l.top, 14);
	for (int i = 0; i < 4; i++)
		list_key(&l, 'k');
	assert_int_equal(l.cursor, 16);
	assert_int_equal(l.top, 13);
}

static void
survives_little_room(void **state)
{
	struct list l = {0};

	(void)state;
	list_layout(&l, 0, 10);
	assert_true(list_key(&l, 'G'));
	assert_int_equal(l.cursor, 0);
	assert_false(list_click(&l, 0));
	list_layout(&l, 5, 0);
	list_key(&l, 'G');
	assert_int_equal(l.cursor, 4);
	list_layout(&l, 5, 1);
	assert_int_equal(l.top, 4);
	list_key(&l, 'k');
	assert_int_equal(l.top, 3);
	list_layout(&l, 2, 3);
	assert_int_equal(l.cursor, 1);
	assert_int_equal(l.top, 0);
	for (int rows = 1; rows < 12; rows++) {
		list_layout(&l, 50, rows);
		for (size_t i = 0; i < 50; i++) {
			list_move(&l, i);
			assert_true(l.top <= i && i < l.top + (size_t)rows);
		}
	}
}

static void
follows_the_mouse(void **state)
{
	struct list l = {0};

	(void)state;
	list_layout(&l, 30, 10);
	list_move(&l, 15);
	assert_int_equal(l.top, 9);
	assert_true(list_click(&l, 4));
	assert_int_equal(l.cursor, 13);
	assert_false(list_click(&l, 10));
	assert_false(list_click(&l, -1));
	list_move(&l, 0);
	assert_true(list_key(&l, KEY_WHEEL_DOWN));
	assert_int_equal(l.top, 3);
	assert_int_equal(l.cursor, 6);
	for (int i = 0; i < 20; i++)
		list_key(&l, KEY_WHEEL_DOWN);
	assert_int_equal(l.top, 20);
	for (int i = 0; i < 20; i++)
		list_key(&l, KEY_WHEEL_UP);
	assert_int_equal(l.top, 0);
	assert_true(l.cursor < 10);
	list_layout(&l, 3, 10);
	assert_false(list_click(&l, 3));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(moves_and_stops_at_the_ends),
	    cmocka_unit_test(keeps_three_rows_of_context),
	    cmocka_unit_test(survives_little_room),
	    cmocka_unit_test(follows_the_mouse),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
