/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "clip.h"

static void
check(const char *text, bool tmux, const char *want)
{
	char *got = clip_sequence(text, strlen(text), tmux);

	assert_string_equal(got, want);
	free(got);
}

static void
is_osc_52_in_base64(void **state)
{
	(void)state;
	check("", false, "\033]52;c;\a");
	check("f", false, "\033]52;c;Zg==\a");
	check("fo", false, "\033]52;c;Zm8=\a");
	check("foo", false, "\033]52;c;Zm9v\a");
	check("foob", false, "\033]52;c;Zm9vYg==\a");
	check("\xff\xfe?>", false, "\033]52;c;//4/Pg==\a");
}

static void
goes_through_tmux(void **state)
{
	(void)state;
	check("foo", true,
	    "\033]52;c;Zm9v\a\033Ptmux;\033\033]52;c;Zm9v\a\033\\");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(is_osc_52_in_base64),
	    cmocka_unit_test(goes_through_tmux),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
