/* SPDX-License-Identifier: ISC */
/*
 * The looks of styles in the settings.  What the styles are called is known to
 * those who draw; here is only how a look is written.
 */
#include "conf_style.h"

#include <string.h>

#include "fm.h"
#include "mem.h"
#include "text.h"

#define OWN16 255

static const struct {
	const char *name;
	unsigned attr;
} attributes[] = {
    {"bold", CONF_BOLD},
    {"italic", CONF_ITALIC},
    {"strike", CONF_STRIKE},
    {"underline", CONF_UNDERLINE},
    {"reverse", CONF_REVERSE},
    {"dim", CONF_DIM},
    {"plain", 0},
};

/* The 16 colours, as xterm has them. */
static const struct {
	const char *name;
	int32_t rgb;
} colours[] = {
    {"black", 0x000000},
    {"red", 0xcd0000},
    {"green", 0x00cd00},
    {"yellow", 0xcdcd00},
    {"blue", 0x0000ee},
    {"magenta", 0xcd00cd},
    {"cyan", 0x00cdcd},
    {"white", 0xe5e5e5},
    {"grey", 0x7f7f7f},
    {"bright-red", 0xff0000},
    {"bright-green", 0x00ff00},
    {"bright-yellow", 0xffff00},
    {"bright-blue", 0x5c5cff},
    {"bright-magenta", 0xff00ff},
    {"bright-cyan", 0x00ffff},
    {"bright-white", 0xffffff},
};

static bool
same(const char *word, size_t len, const char *name)
{
	return text_casecmp(word, len, name, strlen(name)) == 0;
}

static uint8_t
nearest(int32_t rgb)
{
	int32_t least = INT32_MAX;
	uint8_t best = 0;

	for (uint8_t i = 0; i < NITEMS(colours); i++) {
		int32_t c = colours[i].rgb, d = 0;

		for (int shift = 0; shift <= 16; shift += 8) {
			int32_t one =
			    (rgb >> shift & 0xff) - (c >> shift & 0xff);

			d += one * one;
		}
		if (d < least) {
			least = d;
			best = i;
		}
	}
	return best;
}

/* "#88c0d0" or "#8cd", without the sign too, which begins a comment in YAML. */
static bool
hexadecimal(const char *word, size_t len, int32_t *rgb)
{
	if (len > 0 && *word == '#') {
		word++;
		len--;
	}
	if (len != 6 && len != 3)
		return false;
	*rgb = 0;
	for (size_t i = 0; i < len; i++) {
		int digit = text_hex(word[i]);

		if (digit == -1)
			return false;
		*rgb = *rgb << 4 | digit;
		if (len == 3)
			*rgb = *rgb << 4 | digit;
	}
	return true;
}

static bool
take_colour(const char *word, size_t len, int32_t *rgb, uint8_t *c16)
{
	if (same(word, len, "default")) {
		*rgb = -1;
		*c16 = OWN16;
		return true;
	}
	for (uint8_t i = 0; i < NITEMS(colours); i++)
		if (same(word, len, colours[i].name)) {
			*rgb = colours[i].rgb;
			*c16 = i;
			return true;
		}
	if (!hexadecimal(word, len, rgb))
		return false;
	*c16 = nearest(*rgb);
	return true;
}

static bool
take_attribute(const char *word, size_t len, unsigned *attr)
{
	for (size_t i = 0; i < NITEMS(attributes); i++)
		if (same(word, len, attributes[i].name)) {
			*attr |= attributes[i].attr;
			return true;
		}
	return false;
}

static int
refuse(const char *word, size_t len, struct err *err)
{
	struct buf b = {0};

	text_clean(&b, word, len);
	err_code(err, ERR_USAGE,
	    "has '%s', which is no attribute (bold, italic, underline, strike, "
	    "reverse, dim, plain) and no colour (red, bright-red, '#88c0d0')",
	    buf_text(&b));
	buf_dispose(&b);
	return -1;
}

int
conf_style_parse(const char *text, struct conf_style *style, struct err *err)
{
	bool on = false;
	size_t n;

	*style = (struct conf_style){-1, -1, OWN16, OWN16, 0};
	for (text += strspn(text, " "); *text;
	     text += n, text += strspn(text, " ")) {
		n = strcspn(text, " ");
		if (!on && same(text, n, "on")) {
			on = true;
			continue;
		}
		if (on ? !take_colour(text, n, &style->bg, &style->bg16)
		       : !take_attribute(text, n, &style->attr) &&
			     !take_colour(text, n, &style->fg, &style->fg16))
			return refuse(text, n, err);
		on = false;
	}
	return on ? err_code(err, ERR_USAGE, "has no colour behind 'on'") : 0;
}

int
conf_style_check(const struct value *map, struct buf *path, struct err *err)
{
	struct conf_style ignored;

	for (size_t i = 0; i < map->n; i++) {
		const char *text = value_text(map->items[i]);
		int rc = text ? conf_style_parse(text, &ignored, err)
			      : err_code(err, ERR_USAGE,
				    "must be text in quotes, as \"bold "
				    "#88c0d0\"");

		if (rc == 0)
			continue;
		fm_path_add(path, map->keys[i]);
		return -1;
	}
	return 0;
}
