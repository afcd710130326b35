/* SPDX-License-Identifier: ISC */
/* Every style by name, and what it looks like in each theme. */
#ifndef THEME_H
#define THEME_H

#include <stdbool.h>
#include <stdint.h>

#include "err.h"
#include "md.h"

/* A cell's style: one of these, ATTR_* in the high byte. */
enum style {
	STYLE_TEXT,    /* the user's words */
	STYLE_DIM,     /* facts about them: dates, paths, counts */
	STYLE_STRONG,  /* where you are; titles */
	STYLE_TITLE,   /* the title line */
	STYLE_RULE,    /* the thin lines */
	STYLE_HINT,    /* the hint line's words */
	STYLE_KEY,     /* the keys in it */
	STYLE_MESSAGE, /* what happened */
	STYLE_ERROR,
	STYLE_WARNING,
	STYLE_GOOD,
	STYLE_CURSOR, /* the current row, whole width */
	STYLE_CURSOR_DIM,
	STYLE_MATCH, /* what a filter or search found */
	STYLE_MARK,  /* the sign of a marked row */
	STYLE_DRAFT, /* state words */
	STYLE_SCHEDULED,
	STYLE_EXPIRED,
	STYLE_GIT,     /* + ~ and the arrow */
	STYLE_INPUT,   /* text being typed */
	STYLE_CHANGED, /* a field with another value than on disk */
	STYLE_ADDED,   /* + lines */
	STYLE_REMOVED, /* - lines */
	STYLE_PICTURE, /* a cell with colours of its own */
	STYLE_MD,      /* + enum md_style */
	STYLES = STYLE_MD + MD_STYLES,
};

enum {
	ATTR_BOLD = 1 << 8,
	ATTR_ITALIC = 2 << 8,
	ATTR_STRIKE = 4 << 8,
	ATTR_UNDERLINE = 8 << 8,
	ATTR_REVERSE = 16 << 8,
	ATTR_DIM = 32 << 8,
	STYLE_MASK = 0xff,
};

/* How a style looks; colours are 0xRRGGBB, or -1 for the terminal's own. */
struct look {
	int32_t fg, bg;
	uint8_t fg16, bg16; /* 0-15, 255: the terminal's own */
	uint16_t attr;      /* ATTR_* */
};

enum theme { THEME_DARK, THEME_LIGHT, THEME_PLAIN };

/* The looks that settings give to styles, whatever the theme. */
struct theme_styles {
	struct look look[STYLES];
	bool set[STYLES];
};

struct conf;

/* The setting "styles". -1 and err, with file and line: there is no style of a
 * name. */
int theme_styles_load(struct theme_styles *, const struct conf *, struct err *);
/* What the setting "theme" says; auto is dark. */
enum theme theme_of(const struct conf *);

/*
 * The look of a style with its ATTR_* bits; the styles may be NULL.  The plain
 * theme takes their attributes and not their colours.
 */
struct look theme_look(const struct theme_styles *, enum theme, int style);
const char *theme_style_name(int style); /* "cursor", "md-link" */
int theme_to_256(int32_t rgb); /* the nearest of xterm's 256 colours */

#endif
