/* SPDX-License-Identifier: ISC */
/*
 * Emoji by the names that Hugo's enableEmoji takes: those of md_emoji.txt. They
 * are put into the source, code included, as Hugo's page lexer does.
 */
#include "md_priv.h"

#include <string.h>

#include "md_emoji_table.h"
#include "mem.h"

#define COUNT (NITEMS(emoji_at) - 1)

const char *
md_emoji_find(const char *name, size_t len)
{
	size_t low = 0, high = COUNT;

	while (low < high) {
		size_t i = (low + high) / 2;
		size_t at = emoji_at[i][0];
		size_t n = (size_t)(emoji_at[i + 1][0] - at);
		int c = memcmp(name, emoji_names + at, len < n ? len : n);

		if (c == 0 && len == n)
			return (const char *)emoji_texts + emoji_at[i][1];
		if (c < 0 || (c == 0 && len < n))
			high = i;
		else
			low = i + 1;
	}
	return NULL;
}

static bool
is_name(unsigned char c)
{
	return (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z') ||
	       c == '_' || c == '-' || c == '+';
}

/* Bytes of what has the form of ":name:" at s; 0: it has not. */
static size_t
word_at(const char *s, size_t len)
{
	size_t i = 1;

	while (i < len && is_name((unsigned char)s[i]))
		i++;
	return i > 1 && i < len && s[i] == ':' ? i + 1 : 0;
}

/* Behind the tag of a shortcode at s, which is left alone; NULL: it is none. */
static const char *
tag_end(const char *s, const char *end)
{
	const char close[] = {s[2] == '<' ? '>' : '%', '}', '}'};

	if (s[1] != '{' || (s[2] != '<' && s[2] != '%'))
		return NULL;
	for (s += 3; end - s >= 3; s++)
		if (memcmp(s, close, 3) == 0)
			return s + 3;
	return NULL;
}

/* The next colon or shortcode. */
static const char *
next_sign(const char *s, const char *end, bool codes)
{
	const char *colon = memchr(s, ':', (size_t)(end - s));
	const char *brace;

	if (!codes || !colon)
		return colon;
	for (; (brace = memchr(s, '{', (size_t)(colon - s))); s = brace + 1)
		if (end - brace > 3 && tag_end(brace, end))
			return brace;
	return colon;
}

bool
md_source_emoji(struct buf *b, const char *s, size_t len)
{
	const char *end = s + len, *from = s, *to;
	bool any = false, codes = memchr(s, '{', len) != NULL;
	size_t n;

	while (s < end && (s = next_sign(s, end, codes))) {
		if (*s == '{') {
			s = tag_end(s, end);
			continue;
		}
		n = word_at(s, (size_t)(end - s));
		if (n > 0 && (to = md_emoji_find(s + 1, n - 2))) {
			buf_add(b, from, (size_t)(s - from));
			buf_puts(b, to);
			from = s + n;
			any = true;
		}
		s += n ? n : 1;
	}
	if (any)
		buf_add(b, from, (size_t)(end - from));
	return any;
}
