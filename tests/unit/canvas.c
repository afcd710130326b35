/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "canvas.h"
#include "theme.h"

static void
row_is(const struct canvas *c, int row, const char *want)
{
	char *got = canvas_row(c, row);

	assert_string_equal(got, want);
	free(got);
}

/* Every row's widths add up to the columns: nothing is half on it. */
static void
is_whole(const struct canvas *c)
{
	for (int row = 0; row < canvas_rows(c); row++)
		for (int col = 0; col < canvas_cols(c); col++) {
			struct cell cell = canvas_cell(c, row, col);

			if (cell.width != 2) {
				assert_int_equal(cell.width, 1);
				continue;
			}
			col++;
			assert_true(col < canvas_cols(c));
			assert_int_equal(canvas_cell(c, row, col).width, 0);
			assert_string_equal(canvas_cell(c, row, col).text, "");
		}
}

static void
writes_and_clips(void **state)
{
	struct canvas *c = canvas_new(3, 10);

	(void)state;
	assert_int_equal(canvas_puts(c, 0, 0, 99, STYLE_TEXT, "hello"), 5);
	assert_int_equal(canvas_puts(c, 0, 7, 99, STYLE_TEXT, "world"), 3);
	assert_int_equal(canvas_puts(c, 1, 0, 3, STYLE_TEXT, "hello"), 3);
	assert_int_equal(canvas_puts(c, 3, 0, 3, STYLE_TEXT, "hello"), 0);
	assert_int_equal(canvas_puts(c, -1, 0, 3, STYLE_TEXT, "hello"), 0);
	assert_int_equal(canvas_puts(c, 0, 10, 3, STYLE_TEXT, "hello"), 0);
	assert_int_equal(canvas_puts(c, 0, -1, 3, STYLE_TEXT, "hello"), 0);
	assert_int_equal(canvas_puts(c, 0, 0, -5, STYLE_TEXT, "hello"), 0);
	row_is(c, 0, "hello  wor");
	row_is(c, 1, "hel");
	row_is(c, 2, "");
	canvas_free(c);
}

static void
never_splits_a_wide_character(void **state)
{
	struct canvas *c = canvas_new(1, 7);

	(void)state;
	assert_int_equal(canvas_puts(c, 0, 0, 7, STYLE_TEXT, "中文字符"), 6);
	row_is(c, 0, "中文字");
	is_whole(c);
	canvas_puts(c, 0, 1, 1, STYLE_TEXT, "x"); /* over a right half */
	row_is(c, 0, " x文字");
	is_whole(c);
	canvas_puts(c, 0, 4, 1, STYLE_TEXT, "y"); /* over a left half */
	row_is(c, 0, " x文y");
	is_whole(c);
	canvas_puts(c, 0, 1, 2, STYLE_TEXT, "日"); /* over both kinds */
	row_is(c, 0, " 日 y");
	is_whole(c);
	assert_int_equal(canvas_puts(c, 0, 6, 1, STYLE_TEXT, "日"), 0);
	is_whole(c);
	canvas_free(c);
}

static void
keeps_clusters_together(void **state)
{
	static const char family[] =
	    "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d"
	    "\xf0\x9f\x91\xa7";
	struct canvas *c = canvas_new(1, 10);
	char stacked[1000] = "a";

	(void)state;
	assert_int_equal(canvas_puts(c, 0, 0, 10, STYLE_TEXT, "e\xcc\x81x"), 2);
	assert_string_equal(canvas_cell(c, 0, 0).text, "e\xcc\x81");
	assert_int_equal(canvas_puts(c, 0, 2, 10, STYLE_TEXT, family), 2);
	assert_string_equal(canvas_cell(c, 0, 2).text, family);
	assert_int_equal(canvas_cell(c, 0, 2).width, 2);
	/* A tower of marks takes one cell, and an end. */
	for (int i = 0; i < 300; i++)
		strcat(stacked, "\xcc\x81");
	assert_int_equal(canvas_puts(c, 0, 4, 10, STYLE_TEXT, stacked), 1);
	assert_true(strlen(canvas_cell(c, 0, 4).text) <= 64);
	assert_int_equal(strlen(canvas_cell(c, 0, 4).text) % 2, 1);
	is_whole(c);
	canvas_free(c);
}

static void
makes_controls_harmless(void **state)
{
	struct canvas *c = canvas_new(1, 40);
	char *row;

	(void)state;
	canvas_puts(c, 0, 0, 40, STYLE_TEXT,
	    "a\x1b[31mb\tc\nd\r\ne\x7f\xc2\x9b"
	    "f\xff\xe2\x80\xae"
	    "g\xe2\x80\x8bh");
	row = canvas_row(c, 0);
	for (const char *p = row; *p; p++) {
		assert_true((unsigned char)*p >= 0x20);
		assert_true(*p != 0x7f);
	}
	assert_null(strstr(row, "\xc2\x9b"));
	assert_null(strstr(row, "\xe2\x80\xae"));
	assert_non_null(strstr(row, "b c d"));
	assert_non_null(strstr(row, "\xef\xbf\xbd"));
	is_whole(c);
	free(row);
	canvas_free(c);
}

static void
fits_with_an_ellipsis(void **state)
{
	struct canvas *c = canvas_new(2, 12);

	(void)state;
	assert_int_equal(canvas_fit(c, 0, 0, 5, STYLE_DIM, "abcde", true), 5);
	row_is(c, 0, "abcde");
	assert_int_equal(canvas_fit(c, 0, 0, 5, STYLE_DIM, "abcdef", true), 5);
	row_is(c, 0, "abcd…");
	assert_int_equal(canvas_fit(c, 0, 0, 5, STYLE_DIM, "中文字", true), 5);
	row_is(c, 0, "中文…");
	canvas_clear(c);
	assert_int_equal(canvas_fit(c, 0, 0, 4, STYLE_DIM, "中文字", true), 4);
	row_is(c, 0, "中…");
	is_whole(c);
	assert_int_equal(canvas_fit(c, 0, 0, 1, STYLE_DIM, "ab", false), 1);
	assert_string_equal(canvas_cell(c, 0, 0).text, "…");
	canvas_clear(c);
	assert_int_equal(canvas_fit(c, 0, 2, 9, STYLE_DIM, "ab", true), 9);
	assert_int_equal(canvas_cell(c, 0, 1).style, STYLE_TEXT);
	assert_int_equal(canvas_cell(c, 0, 10).style, STYLE_DIM);
	assert_int_equal(canvas_cell(c, 0, 11).style, STYLE_TEXT);
	canvas_ascii(c, true);
	canvas_fit(c, 1, 0, 5, STYLE_DIM, "abcdef", true);
	canvas_hline(c, 1, 6, 3);
	canvas_vline(c, 1, 10, 1);
	row_is(c, 1, "abcd> --- |");
	canvas_free(c);
}

static void
restyles_and_fills(void **state)
{
	struct canvas *c = canvas_new(2, 6);

	(void)state;
	canvas_puts(c, 0, 0, 6, STYLE_TEXT | ATTR_BOLD, "ab");
	canvas_puts(c, 0, 2, 6, STYLE_DIM, "cd");
	canvas_restyle(c, 0, 0, 99, STYLE_CURSOR);
	row_is(c, 0, "abcd");
	assert_int_equal(canvas_cell(c, 0, 0).style, STYLE_CURSOR | ATTR_BOLD);
	assert_int_equal(canvas_cell(c, 0, 2).style, STYLE_CURSOR_DIM);
	assert_int_equal(canvas_cell(c, 0, 5).style, STYLE_CURSOR);
	canvas_restyle(c, 7, 0, 1, STYLE_CURSOR);
	canvas_fill(c, (struct area){0, 1, 9, 2}, STYLE_HINT);
	row_is(c, 0, "a  d");
	assert_int_equal(canvas_cell(c, 1, 2).style, STYLE_HINT);
	canvas_free(c);
}

static void
has_a_cursor_and_a_size(void **state)
{
	struct canvas *c = canvas_new(2, 6);
	int row, col;

	(void)state;
	assert_false(canvas_get_cursor(c, &row, &col));
	canvas_cursor(c, 1, 5);
	assert_true(canvas_get_cursor(c, &row, &col));
	assert_int_equal(row, 1);
	assert_int_equal(col, 5);
	canvas_cursor(c, 2, 5);
	assert_false(canvas_get_cursor(c, &row, &col));
	canvas_resize(c, 0, -3);
	assert_int_equal(canvas_rows(c), 1);
	assert_int_equal(canvas_cols(c), 1);
	assert_int_equal(canvas_puts(c, 0, 0, 9, STYLE_TEXT, "中"), 0);
	canvas_resize(c, 4, 8);
	assert_int_equal(canvas_area(c).rows, 4);
	is_whole(c);
	canvas_free(c);
}

static void
paints_pictures(void **state)
{
	struct canvas *c = canvas_new(2, 5);
	struct cell cell;

	(void)state;
	canvas_puts(c, 0, 0, 5, STYLE_TEXT, "abcde");
	canvas_paint(c, 0, 1, 0x2580, 0x123456, -1);
	canvas_paint(c, 0, 2, '\033', 1, 2);
	canvas_paint(c, 0, 3, 0x4e2d, 1, 2); /* two columns */
	canvas_paint(c, 2, 0, 'x', 1, 2);
	canvas_paint(c, 0, 5, 'x', 1, 2);
	canvas_paint(c, 0, -1, 'x', 1, 2);
	row_is(c, 0, "a\xe2\x96\x80??e");
	row_is(c, 1, "");
	is_whole(c);
	cell = canvas_cell(c, 0, 1);
	assert_int_equal(cell.style, STYLE_PICTURE);
	assert_int_equal(cell.fg, 0x123456);
	assert_int_equal(cell.bg, -1);
	assert_int_equal(canvas_cell(c, 0, 0).fg, -1);
	/* What is written over it, or marked, is no picture any more. */
	canvas_restyle(c, 0, 1, 1, STYLE_MATCH);
	assert_int_equal(canvas_cell(c, 0, 1).style, STYLE_MATCH);
	assert_int_equal(canvas_cell(c, 0, 1).fg, -1);
	canvas_puts(c, 0, 0, 5, STYLE_TEXT, "\xe6\x97\xa5\xe6\x9c\xac");
	canvas_paint(c, 0, 1, 0x2588, 7, 8);
	row_is(c, 0,
	    " \xe2\x96\x88\xe6\x9c\xac"
	    "e");
	is_whole(c);
	canvas_resize(c, 3, 9);
	assert_int_equal(canvas_cell(c, 0, 1).style, STYLE_TEXT);
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes_and_clips),
	    cmocka_unit_test(never_splits_a_wide_character),
	    cmocka_unit_test(keeps_clusters_together),
	    cmocka_unit_test(makes_controls_harmless),
	    cmocka_unit_test(fits_with_an_ellipsis),
	    cmocka_unit_test(restyles_and_fills),
	    cmocka_unit_test(has_a_cursor_and_a_size),
	    cmocka_unit_test(paints_pictures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
