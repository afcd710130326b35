/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "chips.h"
#include "mem.h"

static bool
press(struct chips *l, int key)
{
	struct event e = {.key = key};

	return chips_key(l, &e);
}

static void
type(struct chips *l, const char *s)
{
	for (; *s; s++)
		assert_true(press(l, *s));
}

/* The list as text, with blanks between. */
static void
is(const struct chips *l, const char *want)
{
	static const struct field f = {.type = FIELD_LIST};
	struct value *v = chips_value(l, &f);
	struct buf b = {0};

	for (size_t i = 0; i < v->n; i++)
		buf_printf(&b, "%s%s", i ? " " : "", value_text(v->items[i]));
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
	value_free(v);
}

static void
begin(struct chips *l, const char *first)
{
	static const char *const names[] = {"wasm", "wasi", "debug"};
	struct schema_words words = {0};
	struct value *v = value_list();

	words.v = xcalloc(NITEMS(names), sizeof(*words.v));
	words.cap = NITEMS(names);
	for (; words.n < NITEMS(names); words.n++)
		words.v[words.n] =
		    (struct schema_word){xstrdup(names[words.n]), 9};
	if (*first) {
		char *copy = xstrdup(first), *rest;

		for (char *s = strtok_r(copy, " ", &rest); s;
		     s = strtok_r(NULL, " ", &rest))
			value_append(v, value_string(s));
		free(copy);
	}
	chips_init(l, v, &words);
	assert_int_equal(words.n, 0);
	value_free(v);
}

static void
items_are_added(void **state)
{
	struct chips l;

	(void)state;
	begin(&l, "a");
	type(&l, "b c");
	is(&l, "a b c"); /* what is being typed counts */
	assert_true(press(&l, KEY_ENTER));
	type(&l, "d,e");
	assert_int_equal(l.n, 3);
	assert_true(press(&l, KEY_ENTER));
	assert_false(press(&l, KEY_ENTER)); /* nothing typed: it is done */
	is(&l, "a b c d e");
	type(&l, "a");
	press(&l, KEY_ENTER); /* there already: said, and not added */
	assert_string_equal(l.note, "it is in the list already");
	is(&l, "a b c d e");
	chips_dispose(&l);
}

static void
words_are_completed(void **state)
{
	struct chips l;

	(void)state;
	begin(&l, "wasm");
	type(&l, "WA");
	assert_string_equal(picks_word(&l.picks), "wasi");
	assert_int_equal(l.picks.n, 1); /* not what is in the list */
	press(&l, KEY_TAB);
	is(&l, "wasm wasi");
	assert_null(picks_word(&l.picks));
	assert_false(press(&l, KEY_TAB)); /* to the next field */
	press(&l, KEY_DOWN);
	assert_string_equal(picks_word(&l.picks), "debug");
	press(&l, KEY_ENTER);
	is(&l, "wasm wasi debug");
	chips_dispose(&l);
	begin(&l, "");
	type(&l, "a, de"); /* a blank behind the comma */
	press(&l, KEY_TAB);
	is(&l, "a debug");
	chips_dispose(&l);
	/* Inside a word, and Enter takes what is typed. */
	begin(&l, "");
	type(&l, "bug");
	assert_string_equal(picks_word(&l.picks), "debug");
	press(&l, KEY_ENTER);
	is(&l, "bug");
	chips_dispose(&l);
}

static void
chips_move_and_go(void **state)
{
	struct chips l;

	(void)state;
	begin(&l, "a b c");
	press(&l, KEY_LEFT);
	assert_int_equal(l.at, 2);
	press(&l, '<');
	is(&l, "a c b");
	press(&l, KEY_HOME);
	press(&l, '<'); /* first already */
	press(&l, KEY_ALT | KEY_RIGHT);
	is(&l, "c a b");
	press(&l, KEY_DELETE);
	is(&l, "c b");
	press(&l, KEY_ENTER); /* b is text again */
	type(&l, "2");
	is(&l, "c b2");
	press(&l, KEY_LEFT);
	press(&l, KEY_BACKSPACE);
	press(&l, KEY_CTRL('u'));
	press(&l, KEY_BACKSPACE);
	press(&l, KEY_BACKSPACE);
	is(&l, "");
	chips_dispose(&l);
}

/* A chip that is edited goes back to its place. */
static void
edited_chips_stay(void **state)
{
	struct chips l;

	(void)state;
	begin(&l, "a b c");
	press(&l, KEY_LEFT);
	press(&l, KEY_LEFT);
	press(&l, KEY_ENTER);
	type(&l, "!");
	is(&l, "a b! c");
	press(&l, KEY_ENTER);
	is(&l, "a b! c");
	assert_int_equal(l.at, 3);
	chips_dispose(&l);
}

static void
pasted_lines_are_items(void **state)
{
	struct chips l;

	(void)state;
	begin(&l, "");
	press(&l, KEY_PASTE);
	type(&l, "one");
	press(&l, '\n');
	type(&l, "two, three");
	press(&l, KEY_PASTE_END);
	is(&l, "one two three");
	chips_dispose(&l);
}

/* What was no text stays none. */
static void
kinds_of_items_stay(void **state)
{
	static const struct field f = {.type = FIELD_LIST};
	struct schema_words none = {0};
	struct value *v = value_list(), *got;
	struct chips l;

	(void)state;
	value_append(v, value_int(7));
	value_append(v, value_string("x"));
	chips_init(&l, v, &none);
	type(&l, "8");
	got = chips_value(&l, &f);
	assert_int_equal(got->items[0]->type, VALUE_INT);
	assert_int_equal(got->items[2]->type, VALUE_STRING);
	value_free(got);
	value_free(v);
	chips_dispose(&l);
}

static void
they_wrap(void **state)
{
	struct canvas *c = canvas_new(6, 20);
	struct chips l;
	char *s;

	(void)state;
	begin(&l, "alpha beta gamma");
	type(&l, "Wasm");
	/* Two rows of chips, what the text is like, and the word. */
	assert_int_equal(chips_draw(&l, c, (struct area){0, 0, 6, 20}), 4);
	s = canvas_row(c, 0);
	assert_string_equal(s, "[alpha] [beta]");
	free(s);
	s = canvas_row(c, 1);
	assert_string_equal(s, "[gamma] Wasm");
	free(s);
	s = canvas_row(c, 2);
	assert_string_equal(s, "like wasm, which 9 …");
	free(s);
	s = canvas_row(c, 3);
	assert_string_equal(s, "> wasm  9");
	free(s);
	chips_dispose(&l);
	canvas_free(c);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(items_are_added),
	    cmocka_unit_test(words_are_completed),
	    cmocka_unit_test(chips_move_and_go),
	    cmocka_unit_test(edited_chips_stay),
	    cmocka_unit_test(pasted_lines_are_items),
	    cmocka_unit_test(kinds_of_items_stay),
	    cmocka_unit_test(they_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
