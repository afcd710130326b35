/* SPDX-License-Identifier: ISC */
/*
 * Reads what picture files say of their size, and nothing more: no pixel is
 * decoded.  Every read is checked against the bytes that are there.
 */
#include "image.h"

#include <stdint.h>
#include <string.h>

/* Sizes beyond this are nonsense. */
#define SIZE_LIMIT 1000000

struct bytes {
	const unsigned char *p;
	size_t len;
};

static bool
has(const struct bytes *b, size_t at, const char *s, size_t n)
{
	return at <= b->len && n <= b->len - at && !memcmp(b->p + at, s, n);
}

/* n bytes from at, the most significant first; 0 where there are none. */
static uint32_t
big(const struct bytes *b, size_t at, size_t n)
{
	uint32_t v = 0;

	if (at > b->len || n > b->len - at)
		return 0;
	for (size_t i = 0; i < n; i++)
		v = v << 8 | b->p[at + i];
	return v;
}

static uint32_t
little(const struct bytes *b, size_t at, size_t n)
{
	uint32_t v = 0;

	if (at > b->len || n > b->len - at)
		return 0;
	for (size_t i = n; i > 0; i--)
		v = v << 8 | b->p[at + i - 1];
	return v;
}

static bool
result(uint32_t w, uint32_t h, int *width, int *height)
{
	if (w == 0 || h == 0 || w > SIZE_LIMIT || h > SIZE_LIMIT)
		return false;
	*width = (int)w;
	*height = (int)h;
	return true;
}

/*
 * Does the Exif segment of [at, end) say that the picture lies on its side?
 * (Exif 2.3, 4.6: the first directory's tag 0x112 is 5 to 8.)
 */
static bool
is_turned(const struct bytes *all, size_t at, size_t end)
{
	struct bytes b = {all->p, end < all->len ? end : all->len};
	uint32_t (*number_at)(const struct bytes *, size_t, size_t) = big;
	size_t dir, n, value;

	if (!has(&b, at, "Exif\0", 6))
		return false;
	at += 6;
	if (has(&b, at, "II", 2))
		number_at = little;
	else if (!has(&b, at, "MM", 2))
		return false;
	dir = at + number_at(&b, at + 4, 4);
	n = number_at(&b, dir, 2);
	for (size_t i = 0; i < n && dir + 2 + 12 * (i + 1) <= b.len; i++) {
		if (number_at(&b, dir + 2 + 12 * i, 2) != 0x112)
			continue;
		value = number_at(&b, dir + 2 + 12 * i + 8, 2);
		return value >= 5 && value <= 8;
	}
	return false;
}

/* Walk the segments up to the frame header (ISO 10918-1, B.2.2). */
static bool
jpeg(const struct bytes *b, int *width, int *height)
{
	size_t i = 2;
	bool turned = false;

	while (i + 4 <= b->len) {
		unsigned char marker;

		if (b->p[i] != 0xff)
			return false;
		marker = b->p[i + 1];
		if (marker == 0xff) {
			i++;
			continue;
		}
		if (marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 &&
		    marker != 0xc8 && marker != 0xcc)
			return result(big(b, i + (turned ? 5 : 7), 2),
			    big(b, i + (turned ? 7 : 5), 2), width, height);
		if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
			i += 2;
			continue;
		}
		if (big(b, i + 2, 2) < 2)
			return false;
		if (marker == 0xe1)
			turned |= is_turned(b, i + 4, i + 2 + big(b, i + 2, 2));
		i += 2 + big(b, i + 2, 2);
	}
	return false;
}

/* The three kinds of WebP (RFC 9649). */
static bool
webp(const struct bytes *b, int *width, int *height)
{
	uint32_t v;

	if (has(b, 12, "VP8X", 4))
		return b->len >= 30 && result(little(b, 24, 3) + 1,
					   little(b, 27, 3) + 1, width, height);
	if (has(b, 12, "VP8L", 4)) {
		v = little(b, 21, 4);
		return b->len >= 25 &&
		       result((v & 0x3fff) + 1, (v >> 14 & 0x3fff) + 1, width,
			   height);
	}
	if (has(b, 12, "VP8 ", 4))
		return result(little(b, 26, 2) & 0x3fff,
		    little(b, 28, 2) & 0x3fff, width, height);
	return false;
}

static bool
is_blank(unsigned char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

/* A number at *i, rounded; false: none. */
static bool
number(const struct bytes *b, size_t *i, size_t end, uint32_t *v)
{
	size_t start;

	while (*i < end && (is_blank(b->p[*i]) || b->p[*i] == ','))
		(*i)++;
	start = *i;
	*v = 0;
	if (*i < end && b->p[*i] == '-')
		(*i)++;
	for (; *i < end && b->p[*i] >= '0' && b->p[*i] <= '9'; (*i)++)
		if (*v <= SIZE_LIMIT)
			*v = *v * 10 + (uint32_t)(b->p[*i] - '0');
	if (*i == start)
		return false;
	if (*i < end && b->p[*i] == '.') {
		(*i)++;
		if (*i < end && b->p[*i] >= '5' && b->p[*i] <= '9')
			(*v)++;
		while (*i < end && b->p[*i] >= '0' && b->p[*i] <= '9')
			(*i)++;
	}
	return true;
}

/* The value of an attribute of the tag in [at, end): where it begins. */
static size_t
attribute(const struct bytes *b, size_t at, size_t end, const char *name,
    size_t *stop)
{
	size_t n = strlen(name), i;

	for (; at + n + 2 < end; at++) {
		if (!is_blank(b->p[at]) || !has(b, at + 1, name, n))
			continue;
		i = at + 1 + n;
		while (i < end && (is_blank(b->p[i]) || b->p[i] == '='))
			i++;
		if (i >= end || (b->p[i] != '"' && b->p[i] != '\''))
			continue;
		for (*stop = i + 1; *stop < end && b->p[*stop] != b->p[i];)
			(*stop)++;
		return i + 1;
	}
	return 0;
}

/* A length in pixels; false for one in other units, or in percent. */
static bool
svg_length(
    const struct bytes *b, size_t at, size_t end, const char *name, uint32_t *v)
{
	size_t stop = 0, i = attribute(b, at, end, name, &stop);

	if (i == 0 || !number(b, &i, stop, v))
		return false;
	return i == stop || has(b, i, "px", 2);
}

static bool
svg(const struct bytes *b, int *width, int *height)
{
	size_t at = 0, end, stop = 0, i;
	uint32_t w, h, skip;

	while (at + 5 < b->len && !has(b, at, "<svg", 4))
		at++;
	for (end = at; end < b->len && b->p[end] != '>';)
		end++;
	if (at + 5 >= b->len || (!is_blank(b->p[at + 4])))
		return false;
	if (svg_length(b, at, end, "width", &w) &&
	    svg_length(b, at, end, "height", &h))
		return result(w, h, width, height);
	i = attribute(b, at, end, "viewBox", &stop);
	if (i == 0 || !number(b, &i, stop, &skip) ||
	    !number(b, &i, stop, &skip) || !number(b, &i, stop, &w) ||
	    !number(b, &i, stop, &h))
		return false;
	return result(w, h, width, height);
}

/* A box of ISO 14496-12, 4.2: where its contents are. */
struct box {
	size_t at, end;
};

/* The next box in [*at, end), *at moves behind it; false: none. */
static bool
next_box(const struct bytes *b, size_t *at, size_t end, struct box *box)
{
	uint32_t size = big(b, *at, 4);

	if (end > b->len)
		end = b->len;
	if (*at >= end || end - *at < 8 || size == 1)
		return false;
	if (size == 0 || size > end - *at)
		size = (uint32_t)(end - *at);
	if (size < 8)
		return false;
	box->at = *at + 8;
	box->end = *at + size;
	*at = box->end;
	return true;
}

/* The first box of a type in *in, which becomes it. */
static bool
enter_box(const struct bytes *b, struct box *in, const char *type, size_t skip)
{
	struct box box;

	for (size_t at = in->at; next_box(b, &at, in->end, &box);)
		if (has(b, box.at - 4, type, 4)) {
			in->at = box.at + skip;
			in->end = box.end;
			return true;
		}
	return false;
}

/* The largest picture of the file (ISO 23008-12, 6.5.3); the rest are parts. */
static bool
avif(const struct bytes *b, int *width, int *height)
{
	struct box in = {0, b->len}, box;
	uint32_t w = 0, h = 0;

	if (!enter_box(b, &in, "meta", 4) || !enter_box(b, &in, "iprp", 0) ||
	    !enter_box(b, &in, "ipco", 0))
		return false;
	for (size_t at = in.at; next_box(b, &at, in.end, &box);) {
		if (!has(b, box.at - 4, "ispe", 4) || box.end - box.at < 12)
			continue;
		if (big(b, box.at + 4, 4) > w) {
			w = big(b, box.at + 4, 4);
			h = big(b, box.at + 8, 4);
		}
	}
	return result(w, h, width, height);
}

enum image_kind
image_kind(const void *data, size_t len)
{
	const struct bytes b = {data, len};
	int width, height;

	if (has(&b, 0, "\x89PNG\r\n\x1a\n", 8))
		return IMAGE_PNG;
	if (has(&b, 0, "GIF87a", 6) || has(&b, 0, "GIF89a", 6))
		return IMAGE_GIF;
	if (has(&b, 0, "\xff\xd8", 2))
		return IMAGE_JPEG;
	if (has(&b, 0, "RIFF", 4) && has(&b, 8, "WEBP", 4))
		return IMAGE_WEBP;
	if (has(&b, 4, "ftypavi", 7))
		return IMAGE_AVIF;
	return svg(&b, &width, &height) ? IMAGE_SVG : IMAGE_NONE;
}

bool
image_size(const void *data, size_t len, int *width, int *height)
{
	const struct bytes b = {data, len};

	*width = *height = 0;
	switch (image_kind(data, len)) {
	case IMAGE_PNG:
		return has(&b, 12, "IHDR", 4) &&
		       result(big(&b, 16, 4), big(&b, 20, 4), width, height);
	case IMAGE_GIF:
		return result(
		    little(&b, 6, 2), little(&b, 8, 2), width, height);
	case IMAGE_JPEG:
		return jpeg(&b, width, height);
	case IMAGE_WEBP:
		return webp(&b, width, height);
	case IMAGE_AVIF:
		return avif(&b, width, height);
	case IMAGE_SVG:
		return svg(&b, width, height);
	case IMAGE_NONE:
		break;
	}
	return false;
}
