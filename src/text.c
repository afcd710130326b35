/* SPDX-License-Identifier: ISC */
/*
 * Unicode by libunistring, the one file that uses it.  What runs for every
 * cell on the screen goes by a table made from it at build time, and runs of
 * ASCII are passed over without looking at either.
 */
#include "text.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

#include "mem.h"
#include "text_priv.h"
#include "text_width.h"

#define ELLIPSIS "\xe2\x80\xa6"

static unsigned char
cell(uint32_t cp)
{
	if (cp > 0x10ffff)
		cp = TEXT_REPLACEMENT;
	return text_cell[text_row[cp / TEXT_BLOCK]][cp % TEXT_BLOCK];
}

/* How many bytes at the start of s[0..len) are ASCII. */
static size_t
ascii_run(const char *s, size_t len)
{
	size_t n = 0;
	uint64_t eight;

	for (; len - n >= sizeof(eight); n += sizeof(eight)) {
		memcpy(&eight, s + n, sizeof(eight));
		if (eight & 0x8080808080808080u)
			break;
	}
	while (n < len && !(s[n] & 0x80))
		n++;
	return n;
}

static bool
printable(char c)
{
	return c >= 0x20 && c < 0x7f;
}

static size_t
printable_run(const char *s, size_t len)
{
	static const uint64_t ones = 0x0101010101010101u;
	size_t n = 0;
	uint64_t w;

	for (; len - n >= sizeof(w); n += sizeof(w)) {
		memcpy(&w, s + n, sizeof(w));
		/* A high bit, less than a blank, DEL. */
		if ((w | (w - ones * ' ') | (w + ones)) & (ones << 7))
			break;
	}
	while (n < len && printable(s[n]))
		n++;
	return n;
}

/*
 * How many bytes at the start of s[0..len) are printable ASCII characters that
 * nothing after them can join.
 */
static size_t
plain_run(const char *s, size_t len)
{
	size_t n = printable_run(s, len);

	return n > 0 && n < len && (s[n] & 0x80) ? n - 1 : n;
}

/*
 * A Han character of the main block, U+4E00 to U+9FFF: two columns, three
 * bytes, the same when folded, and nothing joins it but what joins a letter.
 */
static bool
is_han(const char *s, size_t len)
{
	unsigned char first = (unsigned char)*s;

	if (len < 3 || first < 0xe4 || first > 0xe9)
		return false;
	return (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80 &&
	       (first > 0xe4 || (unsigned char)s[1] >= 0xb8);
}

/* How many of them, at most max, that nothing after them joins. */
static size_t
han_run(const char *s, size_t len, size_t max)
{
	size_t n = 0, i = 0;

	for (; n <= max && i < len && is_han(s + i, len - i); i += 3)
		n++;
	if (n > 0 && i < len && (s[i] & 0x80))
		n--;
	return n < max ? n : max;
}

uint32_t
text_decode(const char *s, size_t len, size_t *size)
{
	ucs4_t cp;
	int n;

	assert(len > 0);
	if (!(*s & 0x80)) {
		*size = 1;
		return (unsigned char)*s;
	}
	n = u8_mbtoucr(&cp, (const uint8_t *)s, len);
	*size = n > 0 ? (size_t)n : 1;
	return n > 0 ? cp : TEXT_REPLACEMENT;
}

void
text_encode(struct buf *b, uint32_t cp)
{
	uint8_t bytes[6];
	int n = u8_uctomb(bytes, cp, sizeof(bytes));

	if (n < 0)
		n = u8_uctomb(bytes, TEXT_REPLACEMENT, sizeof(bytes));
	buf_add(b, bytes, (size_t)n);
}

size_t
text_valid(const char *s, size_t len)
{
	size_t n = ascii_run(s, len);
	const uint8_t *bad;

	if (n == len)
		return len;
	bad = u8_check((const uint8_t *)s + n, len - n);
	return bad == NULL ? len : (size_t)(bad - (const uint8_t *)s);
}

size_t
text_count(const char *s, size_t len)
{
	size_t count = 0, size;

	for (size_t i = 0; i < len; i += size) {
		size = ascii_run(s + i, len - i);
		if (size > 0) {
			count += size;
			continue;
		}
		text_decode(s + i, len - i, &size);
		count++;
	}
	return count;
}

/* May a cluster boundary lie between these two? DEPENDS: on what is before. */
enum boundary { JOIN, BREAK, DEPENDS };

/* UAX 29, rules GB3 to GB999, seen from two neighbours. */
static enum boundary
between(enum text_class a, enum text_class b)
{
	if (a == TC_CR && b == TC_LF)
		return JOIN;
	if (a == TC_CR || a == TC_LF || a == TC_CONTROL)
		return BREAK;
	switch (b) {
	case TC_CR:
	case TC_LF:
	case TC_CONTROL:
		return BREAK;
	case TC_EXTEND:
	case TC_ZWJ:
	case TC_SPACING:
		return JOIN;
	case TC_L:
	case TC_LV:
	case TC_LVT:
		return a == TC_L || a == TC_PREPEND ? JOIN : BREAK;
	case TC_V:
		if (a == TC_L || a == TC_V || a == TC_LV)
			return JOIN;
		break;
	case TC_T:
		if (a == TC_V || a == TC_T || a == TC_LV || a == TC_LVT)
			return JOIN;
		break;
	case TC_REGIONAL:
		if (a == TC_REGIONAL)
			return DEPENDS;
		break;
	case TC_PICTURE:
		if (a == TC_ZWJ)
			return DEPENDS;
		break;
	default:
		break;
	}
	return a == TC_PREPEND ? JOIN : BREAK;
}

/* A cluster while it grows. */
struct cluster {
	enum text_class last;
	unsigned regional; /* regional indicators at its end */
	bool picture;      /* its end is a pictograph, Extend*, ZWJ? */
	bool emoji;        /* the code point just read may be shown as emoji */
	int cols;
};

static void
grow(struct cluster *c, uint32_t cp, unsigned char props, bool first)
{
	enum text_class class = TEXT_CLASS(props);
	int cols = TEXT_COLS(props);

	if (class == TC_REGIONAL && !first && c->last == TC_REGIONAL)
		cols = 2;
	if (class == TC_PICTURE && !first && c->last == TC_ZWJ)
		cols = 2;
	if (cp == 0xfe0f && c->emoji)
		cols = 2;
	if (cols > c->cols)
		c->cols = cols;
	c->regional = class == TC_REGIONAL ? c->regional + 1 : 0;
	if (class == TC_PICTURE)
		c->picture = true;
	else if ((class != TC_EXTEND && class != TC_ZWJ) || c->last == TC_ZWJ)
		c->picture = false;
	c->emoji = (props & TEXT_EMOJI) != 0;
	c->last = class;
}

static bool
joins(const struct cluster *c, enum text_class next)
{
	enum boundary b = between(c->last, next);

	if (b != DEPENDS)
		return b == JOIN;
	return next == TC_REGIONAL ? c->regional % 2 == 1 : c->picture;
}

/* Bytes and columns of the first cluster of s[0..len), len > 0. */
static size_t
first_cluster(const char *s, size_t len, int *cols)
{
	struct cluster c = {0};
	size_t n, size;
	uint32_t cp;

	if (printable(*s) && (len == 1 || !(s[1] & 0x80))) {
		*cols = 1;
		return 1;
	}
	cp = text_decode(s, len, &n);
	grow(&c, cp, cell(cp), true);
	for (; n < len; n += size) {
		unsigned char props;

		cp = text_decode(s + n, len - n, &size);
		props = cell(cp);
		if (!joins(&c, TEXT_CLASS(props)))
			break;
		grow(&c, cp, props, false);
	}
	*cols = c.cols;
	return n;
}

size_t
text_next(const char *s, size_t len)
{
	int cols;

	return len == 0 ? 0 : first_cluster(s, len, &cols);
}

/* Where the code point (or the invalid byte) that ends at end begins. */
static size_t
cp_before(const char *s, size_t end)
{
	size_t size;

	for (size_t n = 1; n <= 4 && n <= end; n++) {
		if ((s[end - n] & 0xc0) == 0x80)
			continue;
		text_decode(s + end - n, n, &size);
		return size == n ? end - n : end - 1;
	}
	return end - 1;
}

static enum text_class
class_at(const char *s, size_t at, size_t end)
{
	size_t size;

	return TEXT_CLASS(cell(text_decode(s + at, end - at, &size)));
}

size_t
text_prev(const char *s, size_t len)
{
	size_t at, before, last;
	enum text_class class;

	if (len == 0)
		return 0;
	/* Back to a boundary that nothing before it can call off ... */
	at = cp_before(s, len);
	class = class_at(s, at, len);
	for (; at > 0; at = before) {
		enum text_class a;

		before = cp_before(s, at);
		a = class_at(s, before, at);
		if (between(a, class) == BREAK)
			break;
		class = a;
	}
	/* ... and forward again, cluster by cluster. */
	for (last = at; at < len; at += text_next(s + at, len - at))
		last = at;
	return len - last;
}

int
text_cp_width(uint32_t cp)
{
	return TEXT_COLS(cell(cp));
}

int
text_width(const char *s, size_t len)
{
	int used;

	text_cut(s, len, INT_MAX, &used);
	return used;
}

size_t
text_cut(const char *s, size_t len, int cols, int *used)
{
	size_t i = 0, n, most;
	int left = cols > 0 ? cols : 0, width;

	while (i < len) {
		/* No more than tells whether they fit: s may be long. */
		most = (size_t)left + 2;
		n = plain_run(s + i, len - i < most ? len - i : most);
		if (n > 0) {
			if (n > (size_t)left) {
				i += (size_t)left;
				left = 0;
				break;
			}
			i += n;
			left -= (int)n;
			continue;
		}
		n = han_run(s + i, len - i, (size_t)left / 2);
		if (n > 0) {
			i += 3 * n;
			left -= 2 * (int)n;
			continue;
		}
		n = first_cluster(s + i, len - i, &width);
		if (width > left)
			break;
		i += n;
		left -= width;
	}
	if (used != NULL)
		*used = (cols > 0 ? cols : 0) - left;
	return i;
}

char *
text_fit(const char *s, size_t len, int cols)
{
	struct buf b = {0};

	if (text_cut(s, len, cols, NULL) == len) {
		buf_add(&b, s, len);
	} else if (cols > 0) {
		buf_add(&b, s, text_cut(s, len, cols - 1, NULL));
		buf_puts(&b, ELLIPSIS);
	}
	return buf_steal(&b);
}

bool
text_is_control(uint32_t cp)
{
	return cp < 0x20 || (cp >= 0x7f && cp < 0xa0) ||
	       (cp >= 0x202a && cp <= 0x202e) || (cp >= 0x2066 && cp <= 0x2069);
}

void
text_clean(struct buf *b, const char *s, size_t len)
{
	size_t n, size;

	for (size_t i = 0; i < len; i += size) {
		uint32_t cp;

		n = printable_run(s + i, len - i);
		buf_add(b, s + i, n);
		i += n;
		if (i == len)
			break;
		cp = text_decode(s + i, len - i, &size);
		if (cp == '\r' && i + 1 < len && s[i + 1] == '\n')
			size = 2;
		if (cp == '\t' || cp == '\n' || cp == '\r' || cp == 0x2028 ||
		    cp == 0x2029)
			buf_putc(b, ' ');
		else
			text_encode(
			    b, text_is_control(cp) ? TEXT_REPLACEMENT : cp);
	}
}

/* Append s made valid, without NUL: what the library and a C string can take.
 */
static void
add_valid(struct buf *b, const char *s, size_t len)
{
	size_t size;

	for (size_t i = 0; i < len; i += size) {
		size = text_valid(s + i, len - i);
		if (size > 0)
			size = strnlen(s + i, size);
		if (size > 0) {
			buf_add(b, s + i, size);
			continue;
		}
		text_encode(b, TEXT_REPLACEMENT);
		size = 1;
	}
}

/* The bytes are ASCII and none is NUL. */
static bool
plain(const char *s, size_t len)
{
	return ascii_run(s, len) == len && memchr(s, 0, len) == NULL;
}

static char
ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static char
ascii_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - ('a' - 'A')) : c;
}

/* Without a branch, for runs of text. */
static void
lower_ascii(char *to, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		to[i] = (char)(s[i] | ((s[i] >= 'A' && s[i] <= 'Z') << 5));
}

static char *
map_ascii(const char *s, size_t len, char (*map)(char))
{
	char *to = xmalloc(len + 1);

	for (size_t i = 0; i < len; i++)
		to[i] = map(s[i]);
	to[len] = '\0';
	return to;
}

static char *
map_each(const char *s, size_t len, ucs4_t (*map)(ucs4_t))
{
	struct buf b = {0};
	size_t size;

	for (size_t i = 0; i < len; i += size) {
		uint32_t cp = text_decode(s + i, len - i, &size);

		if (cp >= 0x4e00 && cp <= 0x9fff)
			buf_add(&b, s + i, size);
		else
			text_encode(&b, cp == 0 ? TEXT_REPLACEMENT : map(cp));
	}
	return buf_steal(&b);
}

char *
text_lower(const char *s, size_t len)
{
	if (plain(s, len))
		return map_ascii(s, len, ascii_lower);
	return map_each(s, len, uc_tolower);
}

char *
text_upper(const char *s, size_t len)
{
	if (plain(s, len))
		return map_ascii(s, len, ascii_upper);
	return map_each(s, len, uc_toupper);
}

/* Whether a reader who searches would not miss it. */
static bool
folds_away(ucs4_t cp)
{
	return uc_combining_class(cp) != 0 ||
	       uc_is_property_default_ignorable_code_point(cp);
}

static bool
is_accent(ucs4_t cp)
{
	return uc_is_general_category(cp, UC_NON_SPACING_MARK);
}

/* Replace the text of b, valid UTF-8, by what is left without such marks. */
static void
drop(struct buf *b, bool (*unwanted)(ucs4_t))
{
	size_t to = 0, size;

	for (size_t i = 0; i < b->len; i += size) {
		uint32_t cp = text_decode(b->data + i, b->len - i, &size);

		if (cp >= 0x80 && unwanted(cp))
			continue;
		memmove(b->data + to, b->data + i, size);
		to += size;
	}
	buf_splice(b, to, b->len - to, NULL, 0);
}

/* Replace the text of b by what the library made of it, which is freed. */
static void
take(struct buf *b, uint8_t *made, size_t len)
{
	if (made == NULL)
		fatal("out of memory");
	buf_clear(b);
	buf_add(b, made, len);
	free(made);
}

static void
normalise(struct buf *b, uninorm_t form)
{
	uint8_t *made;
	size_t len;

	if (b->len == 0)
		return;
	made = u8_normalize(form, (const uint8_t *)b->data, b->len, NULL, &len);
	take(b, made, len);
}

/* Append s folded, by the library. */
static void
fold_any(struct buf *to, const char *s, size_t len)
{
	struct buf b = {0};
	uint8_t *made;
	size_t n;

	add_valid(&b, s, len);
	normalise(&b, UNINORM_NFKD);
	made = u8_casefold(
	    (const uint8_t *)b.data, b.len, NULL, UNINORM_NFKD, NULL, &n);
	take(&b, made, n);
	drop(&b, folds_away);
	buf_add(to, buf_text(&b), b.len);
	buf_dispose(&b);
}

static bool
folds_alone(const char *s, size_t len)
{
	return (*s != '\0' && !(*s & 0x80)) || is_han(s, len);
}

/*
 * Folding a code point looks at no other, as marks go in whatever order; so
 * only what is neither ASCII nor Han needs the library.
 */
char *
text_fold(const char *s, size_t len)
{
	struct buf b = {0};

	buf_space(&b, len);
	for (size_t i = 0, n; i < len; i += n) {
		n = strnlen(s + i, ascii_run(s + i, len - i));
		if (n > 0) {
			lower_ascii(buf_space(&b, n), s + i, n);
			buf_filled(&b, n);
			continue;
		}
		while (i + n < len && is_han(s + i + n, len - i - n))
			n += 3;
		if (n > 0) {
			buf_add(&b, s + i, n);
			continue;
		}
		while (i + n < len && !folds_alone(s + i + n, len - i - n))
			n++;
		fold_any(&b, s + i, n);
	}
	return buf_steal(&b);
}

char *
text_unaccent(const char *s, size_t len)
{
	struct buf b = {0};

	if (plain(s, len))
		return xstrndup(s, len);
	add_valid(&b, s, len);
	normalise(&b, UNINORM_NFD);
	drop(&b, is_accent);
	normalise(&b, UNINORM_NFC);
	return buf_steal(&b);
}

bool
text_is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
	if (cp >= 0x4e00 && cp <= 0x9fff)
		return true;
	return cp <= 0x10ffff && uc_is_general_category(cp, UC_LETTER);
}

bool
text_is_digit(uint32_t cp)
{
	if (cp < 0x80)
		return cp >= '0' && cp <= '9';
	return cp <= 0x10ffff &&
	       uc_is_general_category(cp, UC_DECIMAL_DIGIT_NUMBER);
}

bool
text_is_punct(uint32_t cp)
{
	return cp <= 0x10ffff && uc_is_general_category(cp, UC_PUNCTUATION);
}

bool
text_is_mark(uint32_t cp)
{
	return cp >= 0x300 && cp <= 0x10ffff &&
	       uc_is_general_category(cp, UC_MARK);
}

bool
text_is_space(uint32_t cp)
{
	if (cp < 0x80)
		return cp == ' ' || (cp >= '\t' && cp <= '\r');
	/* U+3000 is the last one. */
	return cp <= 0x3000 && uc_is_property_white_space(cp);
}

bool
text_is_cjk(uint32_t cp)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = {
	    {0x2e80, 0x302d},   /* radicals, punctuation */
	    {0x3030, 0x312f},   /* kana, bopomofo */
	    {0x3190, 0x31ff},   /* kanbun, strokes, more kana */
	    {0x3220, 0x325f},   /* enclosed, without Hangul */
	    {0x3280, 0x4dbf},   /* squared, extension A */
	    {0x4e00, 0x9fff},   /* Han */
	    {0xf900, 0xfaff},   /* compatibility */
	    {0xfe10, 0xfe1f},   /* vertical forms */
	    {0xfe30, 0xfe6f},   /* compatibility and small forms */
	    {0xff01, 0xff9f},   /* full-width forms, half-width kana */
	    {0xffe0, 0xffe6},   /* full-width signs */
	    {0x1aff0, 0x1b16f}, /* kana supplements */
	    {0x20000, 0x3fffd}, /* extensions B and later */
	};

	for (size_t i = 0; i < NITEMS(ranges) && cp >= ranges[i].first; i++)
		if (cp <= ranges[i].last)
			return true;
	return false;
}
