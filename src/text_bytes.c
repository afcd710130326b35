/* SPDX-License-Identifier: ISC */
/* Text as bytes: what needs no table of Unicode. */
#include "text.h"

#include <string.h>

void
text_place(const char *s, size_t at, unsigned *line, unsigned *column)
{
	const char *start = s, *nl;

	*line = 1;
	while ((nl = memchr(start, '\n', at - (size_t)(start - s)))) {
		start = nl + 1;
		(*line)++;
	}
	*column = (unsigned)text_count(start, at - (size_t)(start - s)) + 1;
}

int
text_hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
		return (c | 0x20) - 'a' + 10;
	return -1;
}

void
text_unescape(struct buf *b, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		int high = s[i] == '%' && len - i > 2 ? text_hex(s[i + 1]) : -1;
		int low = high >= 0 ? text_hex(s[i + 2]) : -1;

		if (low < 0 || (high | low) == 0) {
			buf_putc(b, s[i]);
			continue;
		}
		buf_putc(b, (char)(high << 4 | low));
		i += 2;
	}
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

int
text_casecmp(const char *a, size_t alen, const char *b, size_t blen)
{
	for (size_t i = 0; i < alen && i < blen; i++) {
		unsigned char x = (unsigned char)lower(a[i]);
		unsigned char y = (unsigned char)lower(b[i]);

		if (x != y)
			return x < y ? -1 : 1;
	}
	return (alen > blen) - (alen < blen);
}
