/* SPDX-License-Identifier: ISC */
/*
 * Fuzz target: whatever the diagram, it is drawn within its columns and without
 * a control character, or a reason is given.  The first byte is the columns.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "diagram.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
check_line(const char *s, size_t len, int cols)
{
	struct buf b = {0};

	text_clean(&b, s, len);
	if (text_width(s, len) > cols || b.len != len ||
	    (len > 0 && memcmp(b.data, s, len) != 0))
		abort();
	buf_dispose(&b);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct err err = {0};
	char *drawn, *nl;
	int cols;

	if (size == 0)
		return 0;
	cols = data[0];
	drawn = diagram_draw(
	    (const char *)data + 1, size - 1, cols, data[0] & 1, &err);
	if (!drawn && !*err.msg)
		abort();
	for (char *s = drawn; s && *s; s = nl + 1) {
		nl = strchr(s, '\n');
		if (!nl)
			abort();
		check_line(s, (size_t)(nl - s), cols);
	}
	free(drawn);
	return 0;
}
