/* SPDX-License-Identifier: ISC */
/*
 * Front matter under any input: what parses keeps its bytes and has spans
 * inside the text; every edit either does exactly what was asked or nothing.
 * The input is VALUE, a byte 0xff, and a file; the value is also given as
 * text to every field.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "fm.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MUST(x) \
	do { \
		if (!(x)) { \
			fprintf(stderr, "line %d: %s\n", __LINE__, #x); \
			abort(); \
		} \
	} while (0)

static void
check_spans(const struct fm *fm)
{
	size_t len, blen, last = 0;
	const char *text = fm_text(fm, &len);
	const char *body = fm_body(fm, &blen, NULL);

	MUST(body + blen == text + len);
	for (size_t i = 0; i < fm_count(fm); i++) {
		const struct fm_field *f = fm_at(fm, i);

		MUST(f->value);
		MUST(f->key_at >= last || f->frozen);
		last = f->key_at;
		MUST(f->at <= f->key_at && f->key_len <= len);
		MUST(f->key_at + f->key_len <= f->value_at);
		MUST(f->value_at + f->value_len <= f->at + f->len);
		MUST(f->at + f->len <= len);
		MUST(f->at + f->len <= (size_t)(body - text));
		MUST(f->line > 0);
	}
}

/* The text is a, or it is still b's with only one field edited. */
static bool
same_text(const struct fm *fm, const char *text, size_t len)
{
	size_t n;
	const char *now = fm_text(fm, &n);

	return n == len && memcmp(now, text, n) == 0;
}

/* All bytes but those of field i's lines are there still. */
static void
check_rest(const struct fm *was, const struct fm *now, size_t i)
{
	const struct fm_field *f = fm_at(was, i);
	size_t a, b, tail;
	const char *old = fm_text(was, &a), *new = fm_text(now, &b);

	MUST(b >= f->at && memcmp(old, new, f->at) == 0);
	tail = a - f->at - f->len;
	MUST(b >= f->at + tail);
	MUST(memcmp(old + a - tail, new + b - tail, tail) == 0);
	for (size_t j = 0; j < fm_count(was); j++)
		if (j != i)
			MUST(value_equal(
			    fm_at(was, j)->value, fm_at(now, j)->value));
}

static void
edit(const char *text, size_t len, size_t i, const struct value *v)
{
	struct err err;
	struct fm *was = fm_parse(text, len, &err);
	struct fm *now = fm_parse(text, len, &err);
	const struct fm_field *f;
	char *key;

	MUST(was && now);
	key = strdup(fm_at(was, i)->key);
	f = fm_find(was, key);
	MUST(fm_set(now, key, f->value, &err) == 0);
	MUST(same_text(now, text, len));
	if (fm_set(now, key, v, &err) == 0) {
		MUST(fm_count(was) == fm_count(now));
		for (i = 0; fm_at(was, i) != f; i++)
			;
		if (!same_text(now, text, len))
			check_rest(was, now, i);
		f = fm_find(now, key);
		MUST(v->type == VALUE_DATE || v->type == VALUE_LIST ||
		     value_equal(f->value, v));
		check_spans(now);
		len = 0;
		fm_text(now, &len);
		MUST(fm_set(now, key, v, &err) == 0);
	} else {
		MUST(same_text(now, text, len));
		MUST(err.msg[0]);
	}
	free(key);
	fm_free(was);
	fm_free(now);
}

static void
take_out(const char *text, size_t len, size_t i)
{
	struct err err;
	struct fm *fm = fm_parse(text, len, &err);
	size_t n = fm_count(fm);
	char *key = strdup(fm_at(fm, i)->key);

	if (fm_unset(fm, key, &err) == 0)
		MUST(!fm_find(fm, key) && fm_count(fm) < n);
	else
		MUST(same_text(fm, text, len));
	free(key);
	fm_free(fm);
}

static void
put_in(const char *text, size_t len, const struct value *v)
{
	struct err err;
	struct fm *fm = fm_parse(text, len, &err);
	size_t n = fm_count(fm), blen, alen;
	const char *body = fm_body(fm, &blen, NULL);
	char *copy = malloc(blen + 1);

	memcpy(copy, body, blen);
	if (!fm_find(fm, "a new one")) {
		if (fm_set(fm, "a new one", v, &err) == 0) {
			MUST(fm_count(fm) == n + 1);
			MUST(fm_find(fm, "a new one"));
			body = fm_body(fm, &alen, NULL);
			MUST(alen == blen && memcmp(body, copy, blen) == 0);
		} else {
			MUST(same_text(fm, text, len));
		}
	}
	free(copy);
	fm_free(fm);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *mark = size ? memchr(data, 0xff, size) : NULL;
	const char *text = mark ? (const char *)mark + 1 : (const char *)data;
	size_t vlen = mark ? (size_t)(mark - data) : 0;
	size_t len = size - (mark ? vlen + 1 : 0), n;
	struct err err, value_err;
	struct value *values[2];
	struct fm *fm = fm_parse(text, len, &err);

	values[0] = fm_parse_value((const char *)data, vlen, &value_err);
	values[1] = value_string_len((const char *)data, vlen);
	/* TOML's tables have spans of their own kind. */
	if (fm && fm_format(fm) != FM_TOML) {
		check_spans(fm);
		MUST(same_text(fm, text, len));
		n = fm_count(fm);
		for (int i = 0; i < 2; i++) {
			if (!values[i])
				continue;
			for (size_t j = 0; j < n && j < 8; j++)
				edit(text, len, j, values[i]);
			put_in(text, len, values[i]);
		}
		for (size_t j = 0; j < n && j < 8; j++)
			take_out(text, len, j);
	}
	MUST(fm || (err.line > 0 && err.msg[0]));
	fm_free(fm);
	value_free(values[0]);
	value_free(values[1]);
	return 0;
}
