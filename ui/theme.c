/* SPDX-License-Identifier: ISC */
/*
 * How every style looks.  A style has an ink; a theme says what colour the ink
 * is.  Text keeps the terminal's own colours: colour is for state and for where
 * one is.
 */
#include "theme.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "conf.h"
#include "conf_style.h"
#include "mem.h"

enum ink {
	INK_OWN, /* the terminal's */
	INK_QUIET,
	INK_LINE,
	INK_ACCENT,
	INK_RED,
	INK_YELLOW,
	INK_GREEN,
	INK_PURPLE,
	INK_BROWN,
	INK_BAR, /* these two on the bar of the current row */
	INK_BAR_QUIET,
	INKS,
};

#define OWN   -1
#define OWN16 255

enum { RED = 1, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE, GREY, BRIGHT = 15 };

/* fg, bg, and both of the 16 colours. */
static const struct look dark[INKS] = {
    [INK_OWN] = {OWN, OWN, OWN16, OWN16},
    [INK_QUIET] = {0x8a919b, OWN, GREY, OWN16},
    [INK_LINE] = {0x4a5058, OWN, GREY, OWN16},
    [INK_ACCENT] = {0x87afd7, OWN, CYAN, OWN16},
    [INK_RED] = {0xf08080, OWN, RED, OWN16},
    [INK_YELLOW] = {0xe0c070, OWN, YELLOW, OWN16},
    [INK_GREEN] = {0x98c379, OWN, GREEN, OWN16},
    [INK_PURPLE] = {0xc8a0d8, OWN, MAGENTA, OWN16},
    [INK_BROWN] = {0xd7b48a, OWN, YELLOW, OWN16},
    [INK_BAR] = {0xffffff, 0x2f4560, BRIGHT, BLUE},
    [INK_BAR_QUIET] = {0xb4c0cf, 0x2f4560, WHITE, BLUE},
};

static const struct look light[INKS] = {
    [INK_OWN] = {OWN, OWN, OWN16, OWN16},
    [INK_QUIET] = {0x656d76, OWN, GREY, OWN16},
    [INK_LINE] = {0xb8bec6, OWN, GREY, OWN16},
    [INK_ACCENT] = {0x1f5fa8, OWN, BLUE, OWN16},
    [INK_RED] = {0xb42020, OWN, RED, OWN16},
    [INK_YELLOW] = {0x8a5a00, OWN, YELLOW, OWN16},
    [INK_GREEN] = {0x1f7a33, OWN, GREEN, OWN16},
    [INK_PURPLE] = {0x7a3fa0, OWN, MAGENTA, OWN16},
    [INK_BROWN] = {0x8a4a10, OWN, MAGENTA, OWN16},
    [INK_BAR] = {0x10243c, 0xc9def5, BRIGHT, BLUE},
    [INK_BAR_QUIET] = {0x4a5d73, 0xc9def5, WHITE, BLUE},
};

struct row {
	const char *name;
	enum ink ink;
	uint16_t attr;
	uint16_t plain; /* attributes where there is no colour */
};

static const struct row rows[STYLES] = {
    [STYLE_TEXT] = {"text", INK_OWN, 0, 0},
    [STYLE_DIM] = {"dim", INK_QUIET, 0, ATTR_DIM},
    [STYLE_STRONG] = {"strong", INK_OWN, ATTR_BOLD, ATTR_BOLD},
    [STYLE_TITLE] = {"title", INK_OWN, ATTR_BOLD, ATTR_BOLD},
    [STYLE_RULE] = {"rule", INK_LINE, 0, ATTR_DIM},
    [STYLE_HINT] = {"hint", INK_QUIET, 0, ATTR_DIM},
    [STYLE_KEY] = {"key", INK_ACCENT, 0, ATTR_BOLD},
    [STYLE_MESSAGE] = {"message", INK_OWN, 0, 0},
    [STYLE_ERROR] = {"error", INK_RED, ATTR_BOLD, ATTR_BOLD},
    [STYLE_WARNING] = {"warning", INK_YELLOW, 0, ATTR_BOLD},
    [STYLE_GOOD] = {"good", INK_GREEN, 0, 0},
    [STYLE_CURSOR] = {"cursor", INK_BAR, 0, ATTR_REVERSE},
    [STYLE_CURSOR_DIM] = {"cursor-dim", INK_BAR_QUIET, 0, ATTR_REVERSE},
    [STYLE_MATCH] = {"match", INK_YELLOW, ATTR_UNDERLINE, ATTR_UNDERLINE},
    [STYLE_MARK] = {"mark", INK_ACCENT, ATTR_BOLD, ATTR_BOLD},
    [STYLE_DRAFT] = {"draft", INK_YELLOW, 0, ATTR_BOLD},
    [STYLE_SCHEDULED] = {"scheduled", INK_ACCENT, 0, 0},
    [STYLE_EXPIRED] = {"expired", INK_PURPLE, 0, ATTR_DIM},
    [STYLE_GIT] = {"git", INK_GREEN, 0, ATTR_BOLD},
    [STYLE_INPUT] = {"input", INK_OWN, 0, 0},
    [STYLE_CHANGED] = {"changed", INK_YELLOW, 0, ATTR_BOLD},
    [STYLE_ADDED] = {"added", INK_GREEN, 0, 0},
    [STYLE_REMOVED] = {"removed", INK_RED, 0, ATTR_DIM},
    [STYLE_PICTURE] = {"picture", INK_OWN, 0, 0},
    [STYLE_MD + MD_TEXT] = {"md-text", INK_OWN, 0, 0},
    [STYLE_MD + MD_TITLE] = {"md-title", INK_OWN, ATTR_BOLD, ATTR_BOLD},
    [STYLE_MD + MD_FACT] = {"md-fact", INK_QUIET, 0, ATTR_DIM},
    [STYLE_MD + MD_BADGE] = {"md-badge", INK_YELLOW, 0, ATTR_BOLD},
    [STYLE_MD +
	MD_H1] = {"md-h1", INK_ACCENT, ATTR_BOLD, ATTR_BOLD | ATTR_UNDERLINE},
    [STYLE_MD + MD_H2] = {"md-h2", INK_ACCENT, ATTR_BOLD, ATTR_BOLD},
    [STYLE_MD + MD_H3] = {"md-h3", INK_ACCENT, 0, ATTR_BOLD},
    [STYLE_MD +
	MD_LINK] = {"md-link", INK_ACCENT, ATTR_UNDERLINE, ATTR_UNDERLINE},
    [STYLE_MD + MD_CODE] = {"md-code", INK_BROWN, 0, ATTR_BOLD},
    [STYLE_MD + MD_BLOCK] = {"md-block", INK_BROWN, 0, 0},
    [STYLE_MD + MD_SOURCE] = {"md-source", INK_OWN, 0, 0},
    [STYLE_MD + MD_KEYWORD] = {"md-keyword", INK_PURPLE, 0, ATTR_BOLD},
    [STYLE_MD + MD_TYPE] = {"md-type", INK_ACCENT, 0, 0},
    [STYLE_MD + MD_STRING] = {"md-string", INK_GREEN, 0, 0},
    [STYLE_MD + MD_NUMBER] = {"md-number", INK_BROWN, 0, 0},
    [STYLE_MD + MD_COMMENT] = {"md-comment", INK_QUIET, ATTR_ITALIC, ATTR_DIM},
    [STYLE_MD + MD_NAME] = {"md-name", INK_ACCENT, 0, 0},
    [STYLE_MD + MD_META] = {"md-meta", INK_YELLOW, 0, 0},
    [STYLE_MD + MD_INSERTED] = {"md-inserted", INK_GREEN, 0, 0},
    [STYLE_MD + MD_DELETED] = {"md-deleted", INK_RED, 0, ATTR_DIM},
    [STYLE_MD + MD_QUOTE] = {"md-quote", INK_QUIET, 0, ATTR_DIM},
    [STYLE_MD + MD_BULLET] = {"md-bullet", INK_ACCENT, 0, 0},
    [STYLE_MD + MD_RULE] = {"md-rule", INK_LINE, 0, ATTR_DIM},
    [STYLE_MD + MD_CELL] = {"md-cell", INK_OWN, ATTR_BOLD, ATTR_BOLD},
    [STYLE_MD + MD_LABEL] = {"md-label", INK_QUIET, 0, ATTR_DIM},
    [STYLE_MD + MD_MATH] = {"md-math", INK_BROWN, 0, ATTR_ITALIC},
    [STYLE_MD + MD_MISSING] = {"md-missing", INK_RED, 0, ATTR_BOLD},
};

static const struct row *
row_of(int style)
{
	int i = style & STYLE_MASK;

	return &rows[i < STYLES ? i : STYLE_TEXT];
}

/* Attributes as conf_style.h has them are ours, one byte further up. */
_Static_assert(CONF_BOLD << 8 == ATTR_BOLD && CONF_DIM << 8 == ATTR_DIM &&
		   CONF_REVERSE << 8 == ATTR_REVERSE,
    "attributes");

static int
style_named(const char *name)
{
	for (int i = 0; i < STYLES; i++)
		if (strcmp(rows[i].name, name) == 0)
			return i;
	return -1;
}

int
theme_styles_load(
    struct theme_styles *styles, const struct conf *conf, struct err *err)
{
	const struct value *map = conf_map(conf, "styles");

	memset(styles, 0, sizeof(*styles));
	for (size_t i = 0; i < map->n; i++) {
		int style = style_named(map->keys[i]);
		struct conf_style c;

		if (style == -1) {
			char *path = xasprintf("styles.%s", map->keys[i]);
			char *place = conf_user_place(conf, path);

			err_code(err, ERR_USAGE,
			    "%s: there is no style '%s'; galley(5) lists them",
			    place, map->keys[i]);
			free(place);
			free(path);
			return -1;
		}
		if (conf_style_parse(value_text(map->items[i]), &c, err) == -1)
			return -1;
		styles->set[style] = true;
		styles->look[style] = (struct look){
		    c.fg, c.bg, c.fg16, c.bg16, (uint16_t)(c.attr << 8)};
	}
	return 0;
}

enum theme
theme_of(const struct conf *conf)
{
	const char *name = conf_text(conf, "theme");

	if (strcmp(name, "light") == 0)
		return THEME_LIGHT;
	return strcmp(name, "plain") == 0 ? THEME_PLAIN : THEME_DARK;
}

struct look
theme_look(const struct theme_styles *styles, enum theme theme, int style)
{
	const struct row *row = row_of(style);
	const ptrdiff_t i = row - rows;
	struct look look = dark[INK_OWN];

	if (theme != THEME_PLAIN)
		look = theme == THEME_LIGHT ? light[row->ink] : dark[row->ink];
	look.attr = theme == THEME_PLAIN ? row->plain : row->attr;
	if (styles && styles->set[i]) {
		if (theme != THEME_PLAIN)
			look = styles->look[i];
		look.attr = styles->look[i].attr;
	}
	look.attr |= (uint16_t)(style & ~STYLE_MASK);
	return look;
}

const char *
theme_style_name(int style)
{
	return row_of(style)->name;
}

static int
distance(int32_t rgb, int r, int g, int b)
{
	int dr = (rgb >> 16 & 0xff) - r;
	int dg = (rgb >> 8 & 0xff) - g;
	int db = (rgb & 0xff) - b;

	return dr * dr + dg * dg + db * db;
}

/* The nearest of the cube's six levels. */
static int
level_index(int v)
{
	return v < 48 ? 0 : v < 115 ? 1 : (v - 35) / 40;
}

int
theme_to_256(int32_t rgb)
{
	static const int levels[] = {0, 95, 135, 175, 215, 255};
	int r = level_index(rgb >> 16 & 0xff);
	int g = level_index(rgb >> 8 & 0xff);
	int b = level_index(rgb & 0xff);
	int best = distance(rgb, levels[r], levels[g], levels[b]);
	int index = 16 + 36 * r + 6 * g + b;

	for (int i = 0; i < 24; i++) {
		int v = 8 + 10 * i, d = distance(rgb, v, v, v);

		if (d < best) {
			best = d;
			index = 232 + i;
		}
	}
	return index;
}
