/* SPDX-License-Identifier: ISC */
/*
 * Words as Hugo counts them, and where it cuts a text that has too many.  A
 * word is what stands between blanks.
 */
#include "summary_priv.h"

#include <string.h>

#include "mem.h"
#include "text.h"

static bool
is_space(const char *s, size_t len, size_t *size)
{
	unsigned char c = (unsigned char)*s;

	*size = 1;
	if (c < 0x80)
		return text_is_space(c);
	return text_is_space(text_decode(s, len, size));
}

/* The next word from *at: its bytes, and where it begins; 0: none is left. */
static size_t
next_word(const char *s, size_t len, size_t *at)
{
	size_t i = *at, start, n;

	while (i < len && is_space(s + i, len - i, &n))
		i += n;
	start = i;
	while (i < len && !is_space(s + i, len - i, &n))
		i += n;
	*at = start;
	return i - start;
}

static bool
is_ascii(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (s[i] & 0x80)
			return false;
	return true;
}

size_t
summary_words(const char *s, size_t len, bool signs)
{
	size_t words = 0, n;

	for (size_t at = 0; (n = next_word(s, len, &at)) > 0; at += n)
		words +=
		    signs && !is_ascii(s + at, n) ? text_count(s + at, n) : 1;
	return words;
}

static bool
ends_sentence(char c)
{
	return c == '.' || c == '?' || c == '!' || c == '"' || c == '\n';
}

size_t
summary_cut_sentence(const char *s, size_t len, size_t length)
{
	size_t words = 0, last = len, n;

	for (size_t i = 0; i < len && words < length; i += n) {
		if (!is_space(s + i, len - i, &n))
			continue;
		words++;
		last = i;
	}
	for (; last < len; last++)
		if (ends_sentence(s[last]))
			return last + 1;
	return len;
}

bool
summary_cut_signs(struct buf *b, const char *s, size_t len, size_t length)
{
	size_t count = 0, n, size, start = b->len;

	for (size_t at = 0; (n = next_word(s, len, &at)) > 0; at += n) {
		size_t signs = text_count(s + at, n);

		if (count >= length)
			return true;
		if (b->len > start)
			buf_putc(b, ' ');
		if (is_ascii(s + at, n) || count + signs < length) {
			count += is_ascii(s + at, n) ? 1 : signs;
			buf_add(b, s + at, n);
			continue;
		}
		for (size_t i = 0; i < n; i += size, count++) {
			if (count >= length) {
				buf_add(b, s + at, i);
				return true;
			}
			text_decode(s + at + i, n - i, &size);
		}
		buf_add(b, s + at, n);
	}
	return false;
}

/* A tag, or an attribute and what is stuck to it. */
static bool
is_tag(const char *s, size_t len)
{
	size_t i = 0, from;

	if (len == 1 && *s == '>')
		return true;
	if (*s == '<')
		i = len > 1 && s[1] == '/' ? 2 : 1;
	from = i;
	while (i < len &&
	       ((s[i] >= 'a' && s[i] <= 'z') || (s[i] >= 'A' && s[i] <= 'Z')))
		i++;
	if (i == from)
		return false;
	if (from > 0)
		return i == len || (i + 1 == len && s[i] == '>');
	return len - i >= 2 && s[i] == '=' &&
	       (s[i + 1] == '"' || s[i + 1] == '\'');
}

static size_t
count_word(const char *s, size_t len, bool cjk)
{
	struct buf b = {0};
	size_t n;

	if (is_tag(s, len))
		return 0;
	if (!cjk)
		return 1;
	summary_strip(&b, s, len);
	n = is_ascii(buf_text(&b), b.len) ? 1 : text_count(buf_text(&b), b.len);
	buf_dispose(&b);
	return n;
}

static const char *
paragraph_end(const char *s, const char *end)
{
	for (; end - s >= 4; s++) {
		s = memchr(s, '<', (size_t)(end - s));
		if (!s || end - s < 4)
			break;
		if (!memcmp(s, "</p>", 4))
			return s;
	}
	return NULL;
}

/*
 * Hugo counts the last word of a paragraph only with what follows it: the last
 * character, which ends it, is cut off, and stays alone where it is all.
 */
size_t
summary_cut_paragraph(const char *html, size_t len, size_t length, bool cjk)
{
	const char *end = html + len, *s = html, *close;
	size_t count = 0, n, m;

	while ((close = paragraph_end(s, end))) {
		m = (size_t)(close - s);
		if (m > 0)
			for (m--; m > 0 && (s[m] & 0xc0) == 0x80;)
				m--;
		for (size_t at = 0;
		     count < length && (n = next_word(s, m, &at)) > 0; at += n)
			count += count_word(s + at, n, cjk);
		if (count >= length)
			return (size_t)(close - html) + 4;
		s = close + 3;
	}
	return len;
}

bool
summary_has_cjk(const char *s, size_t len)
{
	/* Unicode's scripts Han, Hangul, Hiragana and Katakana. */
	static const struct {
		uint32_t first, last;
	} ranges[] = {
	    {0x1100, 0x11ff},
	    {0x2e80, 0x2e99},
	    {0x2e9b, 0x2ef3},
	    {0x2f00, 0x2fd5},
	    {0x3005, 0x3005},
	    {0x3007, 0x3007},
	    {0x3021, 0x3029},
	    {0x302e, 0x302f},
	    {0x3038, 0x303b},
	    {0x3041, 0x3096},
	    {0x309d, 0x309f},
	    {0x30a1, 0x30fa},
	    {0x30fd, 0x30ff},
	    {0x3131, 0x318e},
	    {0x31f0, 0x321e},
	    {0x3260, 0x327e},
	    {0x32d0, 0x32fe},
	    {0x3300, 0x3357},
	    {0x3400, 0x4dbf},
	    {0x4e00, 0x9fff},
	    {0xa960, 0xa97c},
	    {0xac00, 0xd7fb},
	    {0xf900, 0xfad9},
	    {0xff66, 0xff6f},
	    {0xff71, 0xff9d},
	    {0xffa0, 0xffdc},
	    {0x1b000, 0x1b167},
	    {0x1f200, 0x1f200},
	    {0x20000, 0x3134a},
	};
	size_t size;

	for (size_t i = 0; i < len; i += size) {
		uint32_t cp;

		size = 1;
		if (!(s[i] & 0x80))
			continue;
		cp = text_decode(s + i, len - i, &size);
		for (size_t k = 0; k < NITEMS(ranges); k++)
			if (cp >= ranges[k].first && cp <= ranges[k].last)
				return true;
	}
	return false;
}
