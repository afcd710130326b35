/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "links.h"
#include "mem.h"

#define PAGE "https://example.org/blog/one/?q#f"

static void
whole_addresses(void **state)
{
	static const char *const rows[][3] = {
	    {"", "https://a.example/x", "https://a.example/x"},
	    {"", "HTTP://a.example", "HTTP://a.example"},
	    {"", "mailto:a@example.org", "mailto:a@example.org"},
	    {"", "https://a.example/中 b\"",
		"https://a.example/%E4%B8%AD%20b\""},
	    {"", "https://a.example/\033]8;;\007",
		"https://a.example/%1B]8;;%07"},
	    {"", "javascript:alert(1)", NULL},
	    {"", "file:///etc/passwd", NULL},
	    {"", "/blog/", NULL},
	    {"/blog/one/", "two/", NULL},
	    {PAGE, "two/", "https://example.org/blog/one/two/"},
	    {PAGE, "../two/?a=../b", "https://example.org/blog/two/?a=../b"},
	    {PAGE, "./a/./b/..", "https://example.org/blog/one/a/"},
	    {PAGE, "../../../../x", "https://example.org/x"},
	    {PAGE, "/x/y.png", "https://example.org/x/y.png"},
	    {PAGE, "#part", "https://example.org/blog/one/#part"},
	    {PAGE, "?r", "https://example.org/blog/one/?r"},
	    {PAGE, "//b.example/", "https://b.example/"},
	    {"https://example.org", "x", "https://example.org/x"},
	    {"https://example.org/a", "b", "https://example.org/b"},
	    {PAGE, "..", "https://example.org/blog/"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		char *got = links_address(rows[i][0], rows[i][1]);

		if (rows[i][2])
			assert_string_equal(got ? got : "NULL", rows[i][2]);
		else
			assert_null(got);
		free(got);
	}
}

static void
too_long(void **state)
{
	char link[3000] = "https://a.example/";

	(void)state;
	memset(link + 18, 'x', sizeof(link) - 19);
	assert_null(links_address("", link));
}

static void
known_terminals(void **state)
{
	static const char *const names[] = {"TERM", "TERM_PROGRAM",
	    "TERM_PROGRAM_VERSION", "VTE_VERSION", "WT_SESSION", "DOMTERM",
	    "KONSOLE_VERSION", "TMUX", "STY", "FORCE_HYPERLINK"};
	static const struct {
		bool known;
		const char *set; /* NAME=VALUE, blank between */
	} rows[] = {
	    {false, ""},
	    {false, "TERM=xterm-256color"},
	    {false, "TERM=dumb VTE_VERSION=6800"},
	    {false, "TERM=linux"},
	    {true, "TERM=xterm-256color VTE_VERSION=6800"},
	    {false, "TERM=xterm-256color VTE_VERSION=5000"},
	    {false, "TERM=xterm-256color VTE_VERSION=4601"},
	    {true, "TERM=xterm-kitty"},
	    {true, "TERM=foot-extra"},
	    {true, "TERM=xterm-256color WT_SESSION=1"},
	    {true, "TERM=xterm-256color KONSOLE_VERSION=220401"},
	    {false, "TERM=xterm-256color KONSOLE_VERSION=190801"},
	    {true, "TERM=xterm-256color TERM_PROGRAM=iTerm.app "
		   "TERM_PROGRAM_VERSION=3.4.15"},
	    {false, "TERM=xterm-256color TERM_PROGRAM=iTerm.app "
		    "TERM_PROGRAM_VERSION=2.9"},
	    {false, "TERM=xterm-256color TERM_PROGRAM=Apple_Terminal "
		    "TERM_PROGRAM_VERSION=447"},
	    {true, "TERM=tmux-256color TMUX=x TERM_PROGRAM=tmux "
		   "TERM_PROGRAM_VERSION=3.5a VTE_VERSION=6800"},
	    {false, "TERM=tmux-256color TMUX=x TERM_PROGRAM=tmux "
		    "TERM_PROGRAM_VERSION=3.3a VTE_VERSION=6800"},
	    {false, "TERM=screen-256color STY=x VTE_VERSION=6800"},
	    {true, "TERM=xterm FORCE_HYPERLINK=1"},
	    {false, "TERM=xterm-kitty FORCE_HYPERLINK=0"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(rows); i++) {
		char *set = xstrdup(rows[i].set), *rest = NULL;

		for (size_t j = 0; j < NITEMS(names); j++)
			unsetenv(names[j]);
		for (char *one = strtok_r(set, " ", &rest); one;
		     one = strtok_r(NULL, " ", &rest)) {
			char *value = strchr(one, '=');

			*value++ = '\0';
			setenv(one, value, 1);
		}
		if (links_known() != rows[i].known)
			fail_msg("%s", rows[i].set);
		free(set);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(whole_addresses),
	    cmocka_unit_test(too_long),
	    cmocka_unit_test(known_terminals),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
