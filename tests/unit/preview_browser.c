/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mem.h"
#include "preview_browser.h"

static const char *
programs(void)
{
	static const char *dir;

	return dir = dir ? dir : test_dir();
}

static void
program(const char *name)
{
	const char *path = test_write(programs(), name, "#!/bin/sh\n");

	assert_int_equal(chmod(path, 0755), 0);
}

/* The words of the command, "|" between; NULL: there is none. */
static void
chooses(const char *setting, const char *env, const char *want)
{
	static const char address[] = "https://example.org/?a=b&c;d";
	struct buf got = {0};
	struct browser b;
	bool found;

	setenv("BROWSER", env, 1);
	found = browser_choose(&b, setting, address);
	assert_int_equal(found, want != NULL);
	for (size_t i = 0; found && b.argv[i]; i++)
		buf_printf(&got, "%s%s", i ? "|" : "", b.argv[i]);
	if (want)
		assert_string_equal(buf_text(&got), want);
	buf_dispose(&got);
	browser_dispose(&b);
}

#define ADDRESS "https://example.org/?a=b&c;d"

static void
the_address_is_one_word(void **state)
{
	(void)state;
	program("fox");
	program("xdg-open");
	setenv("PATH", programs(), 1);
	chooses("fox", "", "fox|" ADDRESS);
	chooses(
	    "fox --new 'a b' \"$HOME\"", "", "fox|--new|a b|$HOME|" ADDRESS);
	chooses("fox u=%s x", "", "fox|u=" ADDRESS "|x");
	chooses("", "fox", "fox|" ADDRESS);
	chooses("", "none -x:fox -y %s:other", "fox|-y|" ADDRESS);
	chooses("", ":: ", "xdg-open|" ADDRESS);
	chooses("", "none", "xdg-open|" ADDRESS);
	/* A setting that does not work is not passed over in silence. */
	chooses("none", "fox", NULL);
	chooses("fox '", "", "fox||" ADDRESS);
	setenv("PATH", "/nowhere", 1);
	chooses("", "fox", NULL);
}

static void
some_need_the_terminal(void **state)
{
	static const struct {
		const char *name, *display;
		bool tty;
	} rows[] = {{"w3m", ":0", true}, {"fox", "", false},
	    {"xdg-open", "", true}, {"xdg-open", ":0", false}};
	struct browser b;

	(void)state;
	setenv("PATH", programs(), 1);
	unsetenv("WAYLAND_DISPLAY");
	unsetenv("WSL_DISTRO_NAME");
	for (size_t i = 0; i < NITEMS(rows); i++) {
		setenv("DISPLAY", rows[i].display, 1);
		program(rows[i].name);
		assert_true(browser_choose(&b, rows[i].name, "x"));
		assert_int_equal(b.tty, rows[i].tty);
		browser_dispose(&b);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(the_address_is_one_word),
	    cmocka_unit_test(some_need_the_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
