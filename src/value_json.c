/* SPDX-License-Identifier: ISC */
/* Values as JSON: valid whatever they hold, and harmless on a terminal. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "value.h"
#include "value_priv.h"

void
value_real_text(double d, char *text, size_t size)
{
	char raw[64];
	size_t n = 0;

	if (!isfinite(d)) {
		snprintf(text, size, "%s",
		    isnan(d) ? ".nan"
		    : d < 0  ? "-.inf"
			     : ".inf");
		return;
	}
	for (int digits = 15; digits <= 17; digits++) {
		snprintf(raw, sizeof(raw), "%.*g", digits, d);
		if (strtod(raw, NULL) == d)
			break;
	}
	for (const char *p = raw; *p && n + 3 < size; p++)
		if (strchr("0123456789+-e", *p))
			text[n++] = *p;
		else if (n == 0 || text[n - 1] != '.')
			text[n++] = '.';
	text[n] = '\0';
	if (!strpbrk(text, ".e"))
		memcpy(text + n, ".0", 3);
}

/* The bytes of the well-formed UTF-8 sequence at s; 0: none. */
static size_t
utf8_len(const unsigned char *s, size_t len)
{
	unsigned char lo = 0x80, hi = 0xbf;
	size_t n;

	if (s[0] < 0x80)
		return 1;
	if (s[0] < 0xc2 || s[0] > 0xf4)
		return 0;
	n = s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	if (n > len)
		return 0;
	switch (s[0]) { /* overlong, surrogates, beyond U+10FFFF */
	case 0xe0:
		lo = 0xa0;
		break;
	case 0xed:
		hi = 0x9f;
		break;
	case 0xf0:
		lo = 0x90;
		break;
	case 0xf4:
		hi = 0x8f;
		break;
	}
	if (s[1] < lo || s[1] > hi)
		return 0;
	for (size_t i = 2; i < n; i++)
		if (s[i] < 0x80 || s[i] > 0xbf)
			return 0;
	return n;
}

/* One character; controls, C1 ones too, never as they are. */
static void
json_char(const unsigned char *s, size_t n, struct buf *out)
{
	static const char short_of[] = {
	    ['\b'] = 'b',
	    ['\t'] = 't',
	    ['\n'] = 'n',
	    ['\f'] = 'f',
	    ['\r'] = 'r',
	    ['"'] = '"',
	    ['\\'] = '\\',
	};

	if (n == 0)
		buf_puts(out, "\\ufffd");
	else if (n == 1 && *s < sizeof(short_of) && short_of[*s])
		buf_printf(out, "\\%c", short_of[*s]);
	else if (n == 1 && (*s < ' ' || *s == 0x7f))
		buf_printf(out, "\\u%04x", *s);
	else if (n == 2 && s[0] == 0xc2 && s[1] < 0xa0)
		buf_printf(out, "\\u%04x", s[1]);
	else
		buf_add(out, s, n);
}

void
json_string(const char *s, size_t len, struct buf *out)
{
	const unsigned char *p = (const unsigned char *)s;
	size_t i, n;

	buf_putc(out, '"');
	for (i = 0; i < len; i += n ? n : 1) {
		n = utf8_len(p + i, len - i);
		json_char(p + i, n, out);
	}
	buf_putc(out, '"');
}

static const char *
digits(const char *p)
{
	return p + strspn(p, "0123456789");
}

/* Is it a number as RFC 8259 has it? (no "+1", "010", "0x1f", "1_000", ".5") */
static bool
is_json_number(const char *p)
{
	const char *start;

	p += *p == '-';
	start = p;
	p = digits(p);
	if (p == start || (*start == '0' && p > start + 1))
		return false;
	if (*p == '.') {
		start = ++p;
		if ((p = digits(p)) == start)
			return false;
	}
	if (*p == 'e' || *p == 'E') {
		p++;
		p += *p == '-' || *p == '+';
		start = p;
		if ((p = digits(p)) == start)
			return false;
	}
	return !*p;
}

static void
json_number(const struct value *v, struct buf *out)
{
	char text[64];

	if (v->text && strlen(v->text) == v->len && is_json_number(v->text)) {
		buf_puts(out, v->text);
	} else if (v->type == VALUE_INT) {
		buf_printf(out, "%lld", (long long)v->integer);
	} else if (isfinite(v->real)) {
		value_real_text(v->real, text, sizeof(text));
		buf_puts(out, text);
	} else {
		buf_puts(out, "null"); /* JSON has no such number */
	}
}

static void
json_line(int indent, int level, struct buf *out)
{
	if (indent <= 0)
		return;
	buf_putc(out, '\n');
	for (int i = 0; i < indent * level; i++)
		buf_putc(out, ' ');
}

static void
json_at(const struct value *v, int indent, int level, struct buf *out)
{
	bool map = v->type == VALUE_MAP;

	switch (v->type) {
	case VALUE_NULL:
		buf_puts(out, "null");
		return;
	case VALUE_BOOL:
		buf_puts(out, v->boolean ? "true" : "false");
		return;
	case VALUE_INT:
	case VALUE_FLOAT:
		json_number(v, out);
		return;
	case VALUE_STRING:
	case VALUE_DATE:
		json_string(v->text, v->len, out);
		return;
	case VALUE_LIST:
	case VALUE_MAP:
		break;
	}
	buf_putc(out, map ? '{' : '[');
	for (size_t i = 0; i < v->n; i++) {
		if (i > 0)
			buf_putc(out, ',');
		json_line(indent, level + 1, out);
		if (map) {
			json_string(v->keys[i], strlen(v->keys[i]), out);
			buf_puts(out, indent > 0 ? ": " : ":");
		}
		json_at(v->items[i], indent, level + 1, out);
	}
	if (v->n > 0)
		json_line(indent, level, out);
	buf_putc(out, map ? '}' : ']');
}

void
value_json(const struct value *v, int indent, struct buf *out)
{
	json_at(v, indent, 0, out);
}
