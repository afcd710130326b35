/* SPDX-License-Identifier: ISC */
/*
 * Words in titles.  title follows the library that Hugo uses for
 * titleCaseStyle = "ap" (jdkato/prose, transform/title.go), letter by letter.
 */
#include <stdlib.h>
#include <string.h>

#include "archetype_priv.h"
#include "mem.h"
#include "text.h"

static bool
small_word(const char *s, size_t len)
{
	static const char *const words[] = {"a", "an", "and", "as", "at", "but",
	    "by", "en", "for", "if", "in", "nor", "of", "on", "or", "per",
	    "the", "to", "vs", "vs.", "via", "v", "v."};

	for (size_t i = 0; i < NITEMS(words); i++)
		if (text_casecmp(s, len, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

static bool
word_character(const char *s, size_t len, size_t *size)
{
	uint32_t cp = text_decode(s, len, size);

	return text_is_letter(cp) || text_is_digit(cp);
}

/* Bytes of the word at s: letters and digits, then up to a blank, "-", "/". */
static size_t
word_length(const char *s, size_t len)
{
	size_t n = 0, size;

	if (len == 0 || !word_character(s, len, &size))
		return 0;
	while (n < len && !strchr(" \t\r\n\f-/", s[n])) {
		text_decode(s + n, len - n, &size);
		n += size;
	}
	return n;
}

static char
byte_at(const char *s, size_t len, size_t at)
{
	return at < len ? s[at] : ' ';
}

/* Is the word s[at..at + n) one that stays small where it stands? */
static bool
stays_small(const char *s, size_t len, size_t at, size_t n)
{
	char before = at > 0 ? s[at - 1] : ' ';
	char before2 = at > 1 ? s[at - 2] : ' ';

	return at > 0 && at + n < len && small_word(s + at, n) &&
	       (before == ' ' || before == '-' || before == '/') &&
	       before2 != ':' && before2 != '-' &&
	       (byte_at(s, len, at + n) != '-' || before == '-');
}

static void
add_changed(struct buf *out, const char *s, size_t len, bool upper)
{
	char *t = upper ? text_upper(s, len) : text_lower(s, len);

	buf_puts(out, t);
	free(t);
}

char *
words_title(const char *s)
{
	struct buf out = {0};
	size_t len = strlen(s), n, size;

	for (size_t at = 0; at < len; at += n) {
		n = word_length(s + at, len - at);
		if (n == 0) {
			text_decode(s + at, len - at, &n);
			buf_add(&out, s + at, n);
		} else if (stays_small(s, len, at, n)) {
			add_changed(&out, s + at, n, false);
		} else {
			text_decode(s + at, len - at, &size);
			add_changed(&out, s + at, size, true);
			buf_add(&out, s + at + size, n - size);
		}
	}
	return buf_steal(&out);
}

char *
words_humanize(const char *s)
{
	struct buf spaced = {0}, out = {0};
	bool small = false;
	size_t first;
	char *t;

	for (; *s; s++) {
		bool capital = *s >= 'A' && *s <= 'Z';

		if (strchr("-_ \t\n", *s)) {
			if (spaced.len && spaced.data[spaced.len - 1] != ' ')
				buf_putc(&spaced, ' ');
		} else {
			if (capital && small)
				buf_putc(&spaced, ' ');
			buf_putc(&spaced, *s);
		}
		small = *s >= 'a' && *s <= 'z';
	}
	while (spaced.len && spaced.data[spaced.len - 1] == ' ')
		spaced.data[--spaced.len] = '\0';
	if (spaced.len == 0)
		return buf_steal(&spaced);
	t = text_lower(spaced.data, spaced.len);
	text_decode(t, strlen(t), &first);
	add_changed(&out, t, first, true);
	buf_puts(&out, t + first);
	free(t);
	buf_dispose(&spaced);
	return buf_steal(&out);
}
