/* SPDX-License-Identifier: ISC */
/*
 * The quick reading of front matter under any input: it gives what fm_parse()
 * gives, or nothing.  The input is read as a file and as front matter.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static bool
same(const struct value *a, const struct value *b)
{
	if (a->type != b->type || a->len != b->len || a->n != b->n ||
	    !a->text != !b->text || a->boolean != b->boolean ||
	    a->integer != b->integer ||
	    memcmp(&a->real, &b->real, sizeof(a->real)) != 0)
		return false;
	if (a->text && memcmp(a->text, b->text, a->len + 1) != 0)
		return false;
	for (size_t i = 0; i < a->n; i++)
		if ((a->type == VALUE_MAP &&
			strcmp(a->keys[i], b->keys[i]) != 0) ||
		    !same(a->items[i], b->items[i]))
			return false;
	return true;
}

static void
check(struct fm_quick *q, const char *text, size_t len)
{
	const struct value *v = fm_quick_read(q, text, len);
	struct err err;
	struct fm *fm = v ? fm_parse(text, len, &err) : NULL;

	if (v && (!fm || !same(v, fm_values(fm)))) {
		fprintf(stderr, "not the same\n");
		abort();
	}
	fm_free(fm);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct fm_quick *q = fm_quick_new();
	struct buf b = {0};

	check(q, (const char *)data, size);
	buf_puts(&b, "---\n");
	buf_add(&b, data, size);
	buf_puts(&b, "\n---\n");
	check(q, b.data, b.len);
	buf_dispose(&b);
	fm_quick_free(q);
	return 0;
}
