/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "canvas.h"
#include "face.h"

static struct face *
face_of(const char *text)
{
	const char *path = test_write(test_dir(), "t.script", text);
	struct err err = {0};
	struct face *f = script_face(path, &err);

	assert_non_null(f);
	return f;
}

static void
refused(const char *text, unsigned line, const char *msg)
{
	const char *path = test_write(test_dir(), "t.script", text);
	struct err err = {0};

	assert_null(script_face(path, &err));
	assert_int_equal(err.line, line);
	assert_string_equal(err.msg, msg);
}

/* Run to the end with an empty canvas; what it printed (caller frees). */
static char *
printed(struct face *f, struct canvas *c, int *status)
{
	const char *out = test_path(test_dir(), "out");
	int fd = open(out, O_WRONLY | O_CREAT, 0666), old = dup(1);
	struct event e;

	fflush(stdout);
	dup2(fd, 1);
	f->show(f, c);
	while (f->key(f, true, &e) && e.key != KEY_QUIT)
		;
	*status = f->stop(f);
	dup2(old, 1);
	close(fd);
	close(old);
	return test_read(out);
}

static void
next_is(struct face *f, int key)
{
	struct event e;

	assert_true(f->key(f, true, &e));
	assert_int_equal(e.key, key);
}

static void
gives_keys_in_order(void **state)
{
	struct face *f = face_of("# first\nj Ctrl-S  PgDn\n\ntype é x\n"
				 "paste a\\n\\\\\n# type");
	struct canvas *c = canvas_new(2, 4);

	(void)state;
	f->show(f, c);
	next_is(f, 'j');
	next_is(f, KEY_CTRL('s'));
	next_is(f, KEY_PGDN);
	next_is(f, 0xe9);
	next_is(f, ' ');
	next_is(f, 'x');
	next_is(f, KEY_PASTE);
	next_is(f, 'a');
	next_is(f, KEY_ENTER);
	next_is(f, '\\');
	next_is(f, KEY_PASTE_END);
	next_is(f, KEY_QUIT);
	next_is(f, KEY_QUIT);
	assert_int_equal(f->stop(f), 0);
	canvas_free(c);
}

static void
waits_until_all_is_drawn(void **state)
{
	struct face *f = face_of("j\n");
	struct canvas *c = canvas_new(2, 4);
	struct event e;

	(void)state;
	assert_false(f->key(f, true, &e)); /* nothing was shown yet */
	f->show(f, c);
	assert_false(f->key(f, false, &e));
	assert_true(f->key(f, true, &e));
	f->stop(f);
	canvas_free(c);
}

static void
changes_size_and_clicks(void **state)
{
	struct face *f = face_of("size 60x20\nj\nsize 40x10\nclick 3 7\n");
	struct canvas *c = canvas_new(2, 4);
	struct event e;
	int rows, cols;

	(void)state;
	f->size(f, &rows, &cols);
	assert_int_equal(rows, 20);
	assert_int_equal(cols, 60);
	f->show(f, c);
	next_is(f, 'j');
	next_is(f, KEY_RESIZE);
	f->size(f, &rows, &cols);
	assert_int_equal(rows, 10);
	assert_int_equal(cols, 40);
	assert_true(f->key(f, true, &e));
	assert_int_equal(e.key, KEY_MOUSE);
	assert_int_equal(e.row, 3);
	assert_int_equal(e.col, 7);
	f->stop(f);
	canvas_free(c);
}

static void
refuses_what_it_does_not_know(void **state)
{
	(void)state;
	refused("j\nfoo\n", 2, "'foo' is no key");
	refused("size 80\n", 1, "'80' is no size, as 80x24");
	refused("size 0x10\n", 1, "'0x10' is no size, as 80x24");
	refused("size 80x9999\n", 1, "'80x9999' is no size, as 80x24");
	refused("\n\nclick 1\n", 3, "'1' is no row and column");
	refused("expect\n", 1, "nothing to expect");
	refused("type a\x01\n", 1, "no text to type");
}

static void
prints_frames(void **state)
{
	struct canvas *c = canvas_new(3, 8);
	char *out;
	int status;

	(void)state;
	canvas_puts(c, 0, 0, 8, STYLE_TITLE, "中 x");
	canvas_puts(c, 1, 2, 8, STYLE_DIM | ATTR_ITALIC, "ab");
	canvas_puts(c, 1, 4, 8, STYLE_KEY, "c");
	canvas_cursor(c, 1, 5);
	out = printed(face_of("snapshot one\nstyles\nexpect x\n"), c, &status);
	assert_string_equal(out,
	    "== one 8x3 cursor 1 5\n|中 x    |\n|  abc   |\n|        |\n"
	    "== 8x3 cursor 1 5\n|中 x    |\n: title 0-3\n|  abc   |\n"
	    ": dim+italic 2-3, key 4-4\n|        |\n");
	assert_int_equal(status, 0);
	free(out);
	canvas_free(c);
}

static void
fails_by_expectation(void **state)
{
	struct canvas *c = canvas_new(1, 4);
	char *out;
	int status, err = dup(2), null = open("/dev/null", O_WRONLY);

	(void)state;
	dup2(null, 2);
	canvas_puts(c, 0, 0, 4, STYLE_TEXT, "abc");
	out = printed(face_of("expect abd\nsnapshot\n"), c, &status);
	assert_string_equal(out, "== failed 4x1\n|abc |\n");
	assert_int_equal(status, 1);
	free(out);
	out = printed(face_of("refuse d\nrefuse bc\n"), c, &status);
	assert_string_equal(out, "== failed 4x1\n|abc |\n");
	assert_int_equal(status, 1);
	dup2(err, 2);
	close(err);
	close(null);
	free(out);
	canvas_free(c);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_keys_in_order),
	    cmocka_unit_test(waits_until_all_is_drawn),
	    cmocka_unit_test(changes_size_and_clicks),
	    cmocka_unit_test(refuses_what_it_does_not_know),
	    cmocka_unit_test(prints_frames),
	    cmocka_unit_test(fails_by_expectation),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
