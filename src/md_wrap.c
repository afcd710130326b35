/* SPDX-License-Identifier: ISC */
/*
 * Lines out of text: broken where Unicode's line breaking (UAX 14) allows it,
 * greedily.  Words of ASCII go a short way: they break at blanks, and after a
 * hyphen between letters.  A word longer than a line is cut.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

/* The line that is being filled. */
struct fill {
	struct md_wrap *w;
	const char *s;
	int cols;
	size_t start, end; /* what it holds, without trailing blanks */
	int width;         /* columns of that */
	int used;          /* with the blanks after it */
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

static void
add_cut(struct fill *f)
{
	struct md_wrap *w = f->w;

	w->cuts = xgrow(w->cuts, w->n, &w->cap, sizeof(*w->cuts));
	w->cuts[w->n++] = (struct md_cut){
	    .at = (uint32_t)f->start,
	    .len = (uint32_t)(f->end - f->start),
	    .cols = f->width,
	};
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

/* Bytes of s that fill a line: at a sign that an address may break after. */
static size_t
cut_word(const char *s, size_t len, int cols, int *used)
{
	size_t n = md_wrap_cut(s, len, cols, used);

	for (size_t i = n; i < len && i > n - n / 3; i--)
		if (strchr("/?&=-_+", s[i - 1]) && s[i] != '/') {
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
	if (f->used + width > f->cols && f->end > f->start) {
		add_cut(f);
		start_line(f, at);
	}
	if (f->end == f->start)
		start_line(f, at);
	if (width > f->cols) {
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

	if (f->used + (int)(end - at) > f->cols) {
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

/* Words that are not ASCII: up to next, blanks from end. */
static void
add_unicode(struct fill *f, size_t at, size_t end, size_t next)
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

void
md_wrap_text(struct md_wrap *w, const char *s, size_t len, int cols)
{
	struct fill f = {.w = w, .s = s, .cols = cols};
	size_t i = 0, end, next;
	bool ascii;

	while (i < len) {
		if (s[i] == '\n') {
			add_cut(&f);
			start_line(&f, ++i);
			continue;
		}
		end = word_end(s, len, i, &ascii);
		for (next = end; next < len && s[next] == ' ';)
			next++;
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
