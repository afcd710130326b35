/* SPDX-License-Identifier: ISC */
/*
 * JSON is read as YAML, which it is a part of but for two things that are made
 * YAML's first: escapes in pairs of surrogates, and tabs.  Read only.
 */
#include <stdlib.h>
#include <string.h>

#include "fm_priv.h"
#include "mem.h"
#include "text.h"

/* Where the made text is 2 bytes shorter than the written one. */
struct pairs {
	size_t *at;
	size_t n, cap;
};

/* \uD83D at s: its code unit; 0: no such escape. */
static unsigned
unit(const char *s, const char *end)
{
	unsigned u = 0;

	if (end - s < 6 || s[0] != '\\' || s[1] != 'u')
		return 0;
	for (int i = 2; i < 6; i++) {
		int digit = text_hex(s[i]);

		if (digit == -1)
			return 0;
		u = u * 16 + (unsigned)digit;
	}
	return u;
}

static void
make_yaml(const char *s, size_t len, struct buf *out, struct pairs *pairs)
{
	const char *end = s + len;
	unsigned hi, lo;
	bool quoted = false;

	while (s < end) {
		if (*s == '"')
			quoted = !quoted;
		if (*s != '\\') {
			buf_putc(out, *s == '\t' && !quoted ? ' ' : *s);
			s++;
			continue;
		}
		hi = unit(s, end);
		lo = hi ? unit(s + 6, end) : 0;
		if (hi >= 0xd800 && hi < 0xdc00 && lo >= 0xdc00 &&
		    lo < 0xe000) {
			buf_printf(out, "\\U%08X",
			    0x10000 + ((hi - 0xd800) << 10) + (lo - 0xdc00));
			s += 12;
			pairs->at = xgrow(pairs->at, pairs->n, &pairs->cap,
			    sizeof(*pairs->at));
			pairs->at[pairs->n++] = out->len;
			continue;
		}
		/* An escaped backslash begins nothing. */
		buf_putc(out, *s++);
		if (s < end)
			buf_putc(out, *s++);
	}
}

static size_t
written_at(const struct pairs *pairs, size_t at)
{
	size_t lo = 0, hi = pairs->n, mid;

	while (lo < hi) {
		mid = lo + (hi - lo) / 2;
		if (pairs->at[mid] <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return at + 2 * lo;
}

static void
move_back(const struct pairs *pairs, struct fm_field *f)
{
	size_t key_end = f->key_at + f->key_len;
	size_t value_end = f->value_at + f->value_len;
	size_t end = f->at + f->len;

	f->key_at = written_at(pairs, f->key_at);
	f->key_len = written_at(pairs, key_end) - f->key_at;
	f->value_at = written_at(pairs, f->value_at);
	f->value_len = written_at(pairs, value_end) - f->value_at;
	f->at = written_at(pairs, f->at);
	f->len = written_at(pairs, end) - f->at;
}

static int
json_read(const char *text, size_t len, struct fm_doc *doc, struct err *err)
{
	struct pairs pairs = {0};
	struct buf b = {0};
	int rc;

	make_yaml(text, len, &b, &pairs);
	rc = fm_yaml.read(buf_text(&b), b.len, doc, err);
	for (size_t i = 0; i < doc->n; i++)
		move_back(&pairs, &doc->fields[i]);
	buf_dispose(&b);
	free(pairs.at);
	return rc;
}

struct value *
fm_json_value(const char *text, size_t len, struct err *err)
{
	struct pairs pairs = {0};
	struct buf b = {0};
	struct value *v;

	make_yaml(text, len, &b, &pairs);
	v = fm_yaml_value(buf_text(&b), b.len, err);
	buf_dispose(&b);
	free(pairs.at);
	return v;
}

const struct fm_driver fm_json = {.read = json_read};
