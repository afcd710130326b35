/* SPDX-License-Identifier: ISC */
/*
 * The quick reading of front matter under any input: it gives the values and
 * places that libyaml gives, or nothing.  The input is read as a file and as
 * front matter.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fm_priv.h"

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

static bool
same_fields(const struct fm_doc *a, const struct fm_doc *b)
{
	for (size_t i = 0; i < a->n && a->n == b->n; i++) {
		const struct fm_field *f = &a->fields[i], *g = &b->fields[i];

		if (strcmp(f->key, g->key) != 0 || f->key_at != g->key_at ||
		    f->key_len != g->key_len || f->value_at != g->value_at ||
		    f->value_len != g->value_len || f->at != g->at ||
		    f->len != g->len || f->line != g->line)
			return false;
	}
	return a->n == b->n;
}

static bool
agrees(const struct fm *fm, const struct value *quick)
{
	const char *text = fm->text + fm->at;
	struct fm_doc doc = {0}, simple = {0};
	size_t len = fm->end - fm->at;
	bool right = true, taken = fm_yaml_simple(text, len, &simple);
	struct err err;

	if (taken || quick)
		right = fm_yaml_read(text, len, &doc, &err) == 0;
	if (right && taken)
		right = same(simple.values, doc.values) &&
			same_fields(&simple, &doc);
	if (right && quick)
		right = same(quick, doc.values);
	fm_doc_dispose(&doc);
	fm_doc_dispose(&simple);
	return right;
}

static void
check(struct fm_quick *q, const char *text, size_t len)
{
	const struct value *v = fm_quick_read(q, text, len);
	struct err err;
	struct fm *fm = fm_parse(text, len, &err);
	bool right = !v;

	if (fm && fm_format(fm) == FM_YAML)
		right = agrees(fm, v);
	if (!right) {
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
