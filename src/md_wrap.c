/* SPDX-License-Identifier: ISC */
/*
 * Lines out of text: broken where Unicode's line breaking (UAX 14) allows it,
 * greedily.  Words of ASCII go a short way: they break at blanks, and after a
 * hyphen between letters, as text_breaks() has it.  A word longer than a line
 * is cut.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define LONG 256 /* bytes of a word that are looked at */

/* The line that is being filled. */
struct fill {
	struct md_wrap *w;
	const char *s;
	size_t len;
	int cols;
	size_t start, end; /* what it holds, without trailing blanks */
	int width;         /* columns of that */
	int used;          /* with the blanks after it */
	bool hidden;       /* there are signs that are not shown */
};

void
md_wrap_dispose(struct md_wrap *w)
{
	free(w->cuts);
	free(w->brk);
}

int
md_columns(const char *s, size_t len)
{
	size_t i = 0;
	int n = 0;

	while (i < len) {
		unsigned char c = (unsigned char)s[i];

		if (c < 0x80) {
			i++;
			n++;
			/* What follows may join it in one cluster. */
			if (i < len && (s[i] & 0x80))
				return n - 1 +
				       text_width(s + i - 1, len - i + 1);
		} else if (c >= 0xe5 && c <= 0xe9 && i + 3 <= len) {
			/* U+5000 to U+9FFF: Han, all of them wide. */
			i += 3;
			n += 2;
		} else {
			return n + text_width(s + i, len - i);
		}
	}
	return n;
}

/* Bytes of one of these marks at s, 0: it is none. */
static size_t
mark_at(const char *s, size_t len, const char *const *marks)
{
	for (size_t n; *marks; marks++) {
		n = strlen(*marks);
		if (n <= len && memcmp(s, *marks, n) == 0)
			return n;
	}
	return 0;
}

/* Does it end in a soft hyphen? */
static bool
ends_soft(const char *s, size_t at, size_t end)
{
	return end - at >= 2 && memcmp(s + end - 2, "\xc2\xad", 2) == 0;
}

static void
add_cut(struct fill *f)
{
	struct md_wrap *w = f->w;

	w->cuts = xgrow(w->cuts, w->n, &w->cap, sizeof(*w->cuts));
	w->cuts[w->n++] = (struct md_cut){
	    .at = (uint32_t)f->start,
	    .len = (uint32_t)(f->end - f->start),
	    .cols = f->width,
	    .hidden = f->hidden,
	};
	/* A word that goes on after a soft hyphen. */
	if (f->hidden && f->end < f->len && ends_soft(f->s, f->start, f->end) &&
	    f->s[f->end] != ' ' && f->s[f->end] != '\n') {
		w->cuts[w->n - 1].hyphen = true;
		w->cuts[w->n - 1].cols++;
	}
}

static void
start_line(struct fill *f, size_t at)
{
	f->start = f->end = at;
	f->width = f->used = 0;
}

size_t
md_wrap_cut(const char *s, size_t len, int cols, int *used)
{
	size_t n = 0, size;
	int width;

	*used = 0;
	if (len > 0)
		n = text_cut(s, len, cols, used);
	if (n > 0)
		return n;
	/* A cluster wider than the line: by code points then. */
	for (*used = 0; n < len; n += size, *used += width) {
		width = text_cp_width(text_decode(s + n, len - n, &size));
		if (n > 0 && *used + width > cols)
			break;
	}
	return n;
}

/* Bytes of s that fill a line: behind a sign that addresses may break at. */
static size_t
cut_word(const char *s, size_t len, int cols, int *used)
{
	size_t n = md_wrap_cut(s, len, cols, used);

	for (size_t i = n; i < len && i > n - n / 3; i--)
		if (strchr("/?&=-_+.,;", s[i - 1]) && s[i - 1] &&
		    !strchr("/?&=.,;:)", s[i])) {
			*used -= md_columns(s + i, n - i);
			return i;
		}
	return n;
}

/* A word that is longer than a line, from at to end, on an empty line. */
static void
add_long(struct fill *f, size_t at, size_t end, int width)
{
	int used;
	size_t n;

	while (width > f->cols && at < end) {
		n = cut_word(f->s + at, end - at, f->cols, &used);
		f->start = at;
		f->end = at + n;
		f->width = used;
		add_cut(f);
		at += n;
		width -= used;
		if (width <= f->cols)
			width = md_columns(f->s + at, end - at);
	}
	f->start = at;
	f->end = end;
	f->width = f->used = width;
}

/* A piece with no break in it: word [at, end), and blanks up to next. */
static void
add_piece(struct fill *f, size_t at, size_t end, size_t next, int width)
{
	int soft = ends_soft(f->s, at, end); /* the columns of its hyphen */

	if (f->used + width + soft > f->cols && f->end > f->start) {
		add_cut(f);
		start_line(f, at);
	}
	if (f->end == f->start)
		start_line(f, at);
	if (width + soft > f->cols) {
		add_long(f, at, end, width);
	} else if (end > at) {
		f->end = end;
		f->width = f->used + width;
		f->used = f->width;
	}
	f->used += (int)(next - end);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A word of ASCII. */
static void
add_ascii(struct fill *f, size_t at, size_t end, size_t next)
{
	const char *s = f->s;

	/* An address breaks only where it has to. */
	if (f->used + (int)(end - at) > f->cols &&
	    !memchr(s + at, '/', end - at)) {
		for (size_t i = at + 1; i + 1 < end; i++) {
			if (s[i] != '-' || !is_letter(s[i - 1]) ||
			    !is_letter(s[i + 1]))
				continue;
			add_piece(f, at, i + 1, i + 1, (int)(i + 1 - at));
			at = i + 1;
		}
	}
	add_piece(f, at, end, next, (int)(end - at));
}

/* Is it U+4E00 to U+9FFF, all of them wide, between any two of which a line may
 * break? */
static bool
is_han(const char *s)
{
	unsigned char c = (unsigned char)*s;

	return c >= 0xe4 && c <= 0xe9 &&
	       (c > 0xe4 || (unsigned char)s[1] >= 0xb8);
}

/* Bytes of Han at s, which are three each. */
static size_t
han_run(const char *s, size_t len)
{
	size_t i = 0;

	while (i + 3 <= len && is_han(s + i))
		i += 3;
	return i;
}

/* Han, between any two of which a line may break. */
static void
add_han(struct fill *f, size_t at, size_t end)
{
	size_t n, room;

	while (at < end) {
		if (f->used + 2 > f->cols && f->end > f->start)
			add_cut(f);
		if (f->used + 2 > f->cols || f->end == f->start)
			start_line(f, at);
		room = (size_t)(f->cols - f->used) / 2;
		n = (end - at) / 3 < room ? (end - at) / 3 : room;
		at += 3 * n;
		f->end = at;
		f->used += 2 * (int)n;
		f->width = f->used;
	}
}

/* Words in which the tables say where a line may break. */
static void
add_broken(struct fill *f, size_t at, size_t end, size_t next)
{
	struct md_wrap *w = f->w;
	size_t len = end - at, from = 0, blank;

	if (len > w->brk_cap) {
		w->brk = xreallocarray(w->brk, len, 2);
		w->brk_cap = len * 2;
	}
	text_breaks(f->s + at, len, w->brk);
	for (size_t i = 1; i <= len; i++) {
		if (i < len && !w->brk[i])
			continue;
		for (blank = i; blank > from && f->s[at + blank - 1] == ' ';)
			blank--;
		add_piece(f, at + from, at + blank, i == len ? next : at + i,
		    md_columns(f->s + at + from, blank - from));
		from = i;
	}
}

size_t
md_wrap_hidden(const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;

	if (len >= 2 && p[0] == 0xc2)
		return p[1] == 0xad ? 2 : 0; /* soft hyphen */
	if (len < 3)
		return 0;
	/* Zero width space, word joiner and its like, byte order mark. */
	if (p[0] == 0xe2)
		return (p[1] == 0x80 && p[2] == 0x8b) ||
			       (p[1] == 0x81 && p[2] >= 0xa0 && p[2] <= 0xa4)
			   ? 3
			   : 0;
	return p[0] == 0xef && p[1] == 0xbb && p[2] == 0xbf ? 3 : 0;
}

static bool
hides(const char *s, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++) {
		unsigned char c = (unsigned char)s[i];

		if (c >= 0xc2 && md_wrap_hidden(s + i, len - i) > 0)
			return true;
	}
	return false;
}

/* Words that are not ASCII: up to next, blanks from end. */
static void
add_unicode(struct fill *f, size_t at, size_t end, size_t next)
{
	const char *s = f->s;
	size_t i, n;

	for (; at < end; at = i) {
		/* All but the last of a run depend on nothing around. */
		n = han_run(s + at, end - at);
		if (n > 3) {
			add_han(f, at, at + n - 3);
			at += n - 3;
		}
		for (i = at + 1; i < end; i++)
			if ((unsigned char)s[i] >= 0xe4 &&
			    han_run(s + i, end - i < 6 ? end - i : 6) == 6)
				break;
		if (i < end)
			i += 3;
		add_broken(f, at, i, i == end ? next : i);
	}
}

/*
 * A blank at which no line breaks: behind a lone mark that opens, or before a
 * few lone ones that close, as the French set them.
 */
static bool
held(const char *s, size_t len, size_t at)
{
	static const char *const opening[] = {
	    "(", "[", "{", "«", "‹", "“", "„", NULL};
	static const char *const closing[] = {"!", "?", ":", ";", ",", ".", ")",
	    "]", "}", "/", "%", "»", "›", "”", "…", NULL};
	size_t i = at, n;

	while (i < len && s[i] == ' ')
		i++;
	/* Nearly all words begin with a letter, and end with ASCII. */
	for (n = i; n < len && n < i + 8 && s[n] != ' ' && s[n] != '\n' &&
		    !is_letter(s[n]);) {
		size_t size = mark_at(s + n, len - n, closing);

		if (size == 0)
			break;
		n += size;
	}
	if (n > i && (n == len || s[n] == ' ' || s[n] == '\n'))
		return true;
	if (at == 0 || (!(s[at - 1] & 0x80) && !strchr("([{", s[at - 1])))
		return false;
	for (i = at; i > 0 && at - i < 3 && s[i - 1] != ' ';)
		i--;
	return i < at && (i == 0 || s[i - 1] == ' ') &&
	       mark_at(s + i, at - i, opening) == at - i;
}

/* From i: the end of what has no blank in it; *ascii: nor any other sign. */
static size_t
word_end(const char *s, size_t len, size_t i, bool *ascii)
{
	unsigned char high = 0;

	for (; i < len && s[i] != ' ' && s[i] != '\n'; i++)
		high |= (unsigned char)s[i];
	*ascii = !(high & 0x80);
	return i;
}

/* The end of the run of whole words of ASCII from i; i: there are none. */
static size_t
words_end(const char *s, size_t len, size_t i)
{
	static const uint64_t high = 0x8080808080808080u;
	size_t n = i;
	uint64_t w;

	for (; len - n >= sizeof(w); n += sizeof(w)) {
		memcpy(&w, s + n, sizeof(w));
		/* A byte with its high bit, or one below a blank. */
		if ((w | (w - 0x2020202020202020u)) & high)
			break;
	}
	while (n < len && s[n] >= ' ' && !(s[n] & 0x80))
		n++;
	if (n == len || !(s[n] & 0x80))
		return n;
	while (n > i && s[n - 1] != ' ')
		n--;
	if (n > i && held(s, len, n - 1)) {
		while (n > i && s[n - 1] == ' ')
			n--;
		while (n > i && s[n - 1] != ' ')
			n--;
	}
	return n;
}

/* The end of the last word from at that ends before limit; at: none does. */
static size_t
last_blank(const char *s, size_t len, size_t at, size_t limit)
{
	size_t any = at;

	for (size_t cut = limit; cut > at; cut--) {
		if (s[cut] != ' ')
			continue;
		if (!held(s, len, cut))
			return cut;
		any = any > at ? any : cut;
	}
	return any;
}

/* Where a line that has room up to limit ends in the words from at. */
static size_t
last_break(const char *s, size_t len, size_t at, size_t limit)
{
	size_t cut = last_blank(s, len, at, limit), end;

	for (size_t i = limit - 1; i > cut && s[limit] != ' '; i--) {
		if (s[i] == ' ')
			break;
		if (s[i] != '-' || !is_letter(s[i - 1]) || !is_letter(s[i + 1]))
			continue;
		for (end = limit; end < len && end < limit + LONG;)
			if (s[end++] <= ' ')
				break;
		return memchr(s + cut, '/', end - cut) ? cut : i + 1;
	}
	return cut;
}

static size_t
skip_blanks(const char *s, size_t at, size_t end)
{
	while (at < end && s[at] == ' ')
		at++;
	return at;
}

/* What is put on a line: words up to end, and blanks up to next. */
static void
extend(struct fill *f, size_t at, size_t end, size_t next)
{
	while (end > at && f->s[end - 1] == ' ')
		end--;
	if (end > at) {
		f->end = end;
		f->width = f->used + (int)(end - at);
	}
	f->used += (int)(next - at);
}

/* Words of ASCII: a line at a time, and only its end is looked at. */
static void
add_words(struct fill *f, size_t at, size_t end)
{
	const char *s = f->s;
	size_t last = end, cut, room;

	while (last > at && s[last - 1] == ' ')
		last--;
	while (at < last) {
		if (f->end == f->start) {
			at = skip_blanks(s, at, last);
			start_line(f, at);
		}
		room = f->used < f->cols ? (size_t)(f->cols - f->used) : 0;
		if (last - at <= room)
			break;
		cut = room > 0 ? last_break(s, f->len, at, at + room) : at;
		if (cut > at) {
			extend(f, at, cut, cut);
			at = skip_blanks(s, cut, last);
		}
		if (f->end > f->start) {
			add_cut(f);
			start_line(f, at);
			continue;
		}
		/* A word that is longer than a line. */
		for (cut = at; cut < last && s[cut] != ' ';)
			cut++;
		room = skip_blanks(s, cut, last);
		add_ascii(f, at, cut, room);
		at = room;
	}
	extend(f, at, last, end);
}

void
md_wrap_text(struct md_wrap *w, const char *s, size_t len, int cols)
{
	struct fill f = {.w = w, .s = s, .len = len, .cols = cols};
	size_t i = 0, end, next;
	bool ascii, more;

	while (i < len) {
		if (s[i] == '\n') {
			add_cut(&f);
			start_line(&f, ++i);
			continue;
		}
		end = words_end(s, len, i);
		if (end > i) {
			add_words(&f, i, end);
			i = end;
			continue;
		}
		end = word_end(s, len, i, &ascii);
		while (end < len && s[end] == ' ' && held(s, len, end)) {
			end = skip_blanks(s, end, len);
			end = word_end(s, len, end, &more);
			ascii = ascii && more;
		}
		next = skip_blanks(s, end, len);
		if (!ascii)
			f.hidden = f.hidden || hides(s + i, end - i);
		if (ascii)
			add_ascii(&f, i, end, next);
		else
			add_unicode(&f, i, end, next);
		i = next;
	}
	if (f.end > f.start)
		add_cut(&f);
}

int
md_wrap_width(const char *s, size_t len, int *word)
{
	size_t i = 0, end;
	int line = 0, widest = 0, n;
	bool ascii;

	*word = 0;
	while (i < len) {
		if (s[i] == '\n' || s[i] == ' ') {
			line = s[i++] == '\n' ? 0 : line + 1;
			continue;
		}
		end = word_end(s, len, i, &ascii);
		n = ascii ? (int)(end - i) : md_columns(s + i, end - i);
		line += n;
		if (ascii && n > *word)
			*word = n;
		if (line > widest)
			widest = line;
		i = end;
	}
	return widest;
}
