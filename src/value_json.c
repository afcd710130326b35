/* SPDX-License-Identifier: ISC */
/* Values as JSON: valid whatever they hold, and harmless on a terminal. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "text.h"
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

/* One character of n bytes at s; controls never as they are, and what is no
 * UTF-8 as U+FFFD. */
static void
json_char(uint32_t cp, const char *s, size_t n, struct buf *out)
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

	if (cp < sizeof(short_of) && short_of[cp])
		buf_printf(out, "\\%c", short_of[cp]);
	else if (text_is_control(cp) || (cp == TEXT_REPLACEMENT && n == 1))
		buf_printf(out, "\\u%04x", (unsigned)cp);
	else
		buf_add(out, s, n);
}

void
json_string(const char *s, size_t len, struct buf *out)
{
	size_t n;

	buf_putc(out, '"');
	for (size_t i = 0; i < len; i += n) {
		uint32_t cp = text_decode(s + i, len - i, &n);

		json_char(cp, s + i, n, out);
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
