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

/* How signs that are common between Han break (UAX 14). */
enum sign {
	SIGN_OTHER,
	SIGN_HAN,   /* ID: breaks on either side */
	SIGN_CLOSE, /* CL, NS, EX, full-width: no break before it */
	SIGN_OPEN,  /* OP, full-width: no break after it */
	SIGN_WORD,  /* ASCII letters and digits: no break between them */
};

/* The sign at s; *n gets its bytes. */
static enum sign
sign_at(const char *s, size_t len, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t cp;

	*n = 1;
	if (p[0] < 0x80)
		return is_letter(s[0]) || (p[0] >= '0' && p[0] <= '9')
			   ? SIGN_WORD
			   : SIGN_OTHER;
	if (len < 3 || (p[0] & 0xf0) != 0xe0)
		return SIGN_OTHER;
	*n = 3;
	cp = (uint32_t)(p[0] & 15) << 12 | (uint32_t)(p[1] & 63) << 6 |
	     (uint32_t)(p[2] & 63);
	if (cp >= 0x4e00 && cp <= 0x9fff)
		return SIGN_HAN;
	switch (cp) {
	case 0x3001: /* the comma and full stop of lists */
	case 0x3002:
	case 0x300b: /* brackets */
	case 0x300d:
	case 0x3011:
	case 0xff01: /* ! ) , : ; ? */
	case 0xff09:
	case 0xff0c:
	case 0xff1a:
	case 0xff1b:
	case 0xff1f:
		return SIGN_CLOSE;
	case 0x300a:
	case 0x300c:
	case 0x3010:
	case 0xff08:
		return SIGN_OPEN;
	default:
		return SIGN_OTHER;
	}
}

/* May a line break between two signs? SIGN_OTHER: not decided here. */
static const bool breaks[][5] = {
    [SIGN_OTHER] = {0},
    [SIGN_HAN] = {[SIGN_HAN] = 1, [SIGN_OPEN] = 1, [SIGN_WORD] = 1},
    [SIGN_CLOSE] = {[SIGN_HAN] = 1, [SIGN_OPEN] = 1, [SIGN_WORD] = 1},
    [SIGN_OPEN] = {0},
    [SIGN_WORD] = {[SIGN_HAN] = 1, [SIGN_OPEN] = 1},
};

void
md_wrap_breaks(const char *s, size_t len, char *brk)
{
	enum sign last = SIGN_OTHER, now = SIGN_OTHER;
	size_t from = 0, n = 0;
	bool known = true;

	for (size_t i = 0; i <= len; i += n, last = now) {
		if (i < len)
			now = sign_at(s + i, len - i, &n);
		/* Between two Han nothing around them matters. */
		if (i == len || (now == SIGN_HAN && last == SIGN_HAN)) {
			if (!known)
				text_breaks(s + from, i - from, brk + from);
			if (i > from)
				brk[from] = from > 0 ? 'y' : 0;
			from = i;
			known = true;
		}
		if (i == len)
			break;
		memset(brk + i, 0, n);
		brk[i] = breaks[last][now] ? 'y' : 0;
		known = known && now != SIGN_OTHER;
	}
}

/* Bytes of Han at s, which are three each. */
static size_t
han_run(const char *s, size_t len)
{
	size_t i = 0, n;

	while (i + 3 <= len && (unsigned char)s[i] >= 0xe4 &&
	       sign_at(s + i, len - i, &n) == SIGN_HAN)
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
	md_wrap_breaks(f->s + at, len, w->brk);
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
	if (n < len && (s[n] & 0x80))
		while (n > i && s[n - 1] != ' ')
			n--;
	return n;
}

/* Where a line that has room up to limit ends in the words from at. */
static size_t
last_break(const char *s, size_t at, size_t limit)
{
	size_t cut = limit;

	if (s[limit] == ' ')
		return limit;
	while (cut > at && s[cut - 1] != ' ')
		cut--;
	for (size_t i = limit - 1; i > cut; i--)
		if (s[i] == '-' && is_letter(s[i - 1]) && is_letter(s[i + 1]))
			return i + 1;
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
		cut = room > 0 ? last_break(s, at, at + room) : at;
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
	struct fill f = {.w = w, .s = s, .cols = cols};
	size_t i = 0, end, next;
	bool ascii;

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
