/* SPDX-License-Identifier: ISC */
/*
 * Fuzz target: in whatever language, the runs of a text are not empty, of a
 * kind that there is, and together as long as the text.  The first byte chooses
 * the language.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "highlight_priv.h"
#include "mem.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
count_run(void *arg, size_t len, enum highlight kind)
{
	size_t *left = arg;

	if (len == 0 || len > *left || kind >= HIGHLIGHT_KINDS)
		abort();
	*left -= len;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t left;
	char *text;

	if (size < 1)
		return 0;
	left = size - 1;
	/* No NUL behind it: reading on is an error. */
	text = xmalloc(left);
	memcpy(text, data + 1, left);
	highlight(&highlight_languages[data[0] % highlight_nlanguages], text,
	    left, count_run, &left);
	if (left != 0)
		abort();
	free(text);
	return 0;
}
