/* SPDX-License-Identifier: ISC */
/*
 * Colours of the terminal.  Curses wants them in numbered pairs: each style has
 * one of its own, and the colours of pictures get theirs as they come.
 */
#include "term_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

#define FIRST_INK (STYLES + 1) /* the pairs before are the styles' */
#define MOST_INKS 32000
#define SLOTS     65536 /* a power of two, at least twice as many */

struct ink {
	int fg, bg; /* numbers of colours */
	int pair;   /* 0: a free slot */
};

enum depth
term_depth(void)
{
	if (!has_colors() || start_color() == ERR)
		return DEPTH_NONE;
	use_default_colors();
	if (tigetflag("RGB") > 0 && COLORS > 256)
		return DEPTH_DIRECT;
	if (COLOR_PAIRS <= STYLES)
		return DEPTH_NONE;
	return COLORS >= 256  ? DEPTH_256
	       : COLORS >= 16 ? DEPTH_16
	       : COLORS >= 8  ? DEPTH_8
			      : DEPTH_NONE;
}

int
term_colours(enum depth depth)
{
	static const int colours[] = {
	    [DEPTH_NONE] = 0,
	    [DEPTH_8] = 8,
	    [DEPTH_16] = 16,
	    [DEPTH_256] = 256,
	    [DEPTH_DIRECT] = 1 << 24,
	};

	return colours[depth];
}

static attr_t
attributes(uint16_t attr)
{
	attr_t a = A_NORMAL;

	if (attr & ATTR_BOLD)
		a |= A_BOLD;
	if (attr & ATTR_ITALIC)
		a |= A_ITALIC;
	if (attr & ATTR_UNDERLINE)
		a |= A_UNDERLINE;
	if (attr & ATTR_REVERSE)
		a |= A_REVERSE;
	/* Curses has no struck text. */
	if (attr & (ATTR_DIM | ATTR_STRIKE))
		a |= A_DIM;
	return a;
}

/* The colour's number in this terminal; -1: its own. */
static int
colour(const struct terminal *t, int32_t rgb, uint8_t c16)
{
	if (rgb == -1 || c16 == 255)
		return -1;
	switch (t->depth) {
	case DEPTH_DIRECT:
		return rgb;
	case DEPTH_256:
		return theme_to_256(rgb);
	case DEPTH_16:
		return c16;
	default:
		return c16 & 7;
	}
}

/* The style's pair, made when it is first used; *a gets its attributes. */
static int
style_pair(struct terminal *t, int style, attr_t *a)
{
	struct look look = theme_look(&t->styles, t->theme, style);
	int index = style & STYLE_MASK;

	*a = attributes(look.attr);
	if (t->depth == DEPTH_NONE || (look.fg == -1 && look.bg == -1))
		return 0;
	/* Of eight colours none is grey: the terminal's own, dimmed. */
	if (t->depth == DEPTH_8 && look.fg16 == 8) {
		*a |= A_DIM;
		return 0;
	}
	if (index >= STYLES)
		return 0;
	if (!t->pairs[index]) {
		t->pairs[index] = true;
		init_extended_pair(index + 1, colour(t, look.fg, look.fg16),
		    colour(t, look.bg, look.bg16));
	}
	return index + 1;
}

void
term_colour_frame(struct terminal *t, int cells)
{
	if (!t->inks.v || t->inks.n + cells <= t->inks.most)
		return;
	/* Start again: numbers that change their colours are drawn anew. */
	memset(t->inks.v, 0, SLOTS * sizeof(*t->inks.v));
	t->inks.n = 0;
	clearok(curscr, TRUE);
}

/* A picture's colour; where all of them can be had, the first few numbers are
 * still those of the palette. */
static int
ink_colour(const struct terminal *t, int32_t rgb)
{
	int number = colour(t, rgb, 0);

	return t->depth == DEPTH_DIRECT && number >= 0 && number < 8 ? 8
								     : number;
}

static int
ink_pair(struct terminal *t, int32_t fg_rgb, int32_t bg_rgb)
{
	int fg = ink_colour(t, fg_rgb), bg = ink_colour(t, bg_rgb);
	uint32_t h = ((uint32_t)fg * 0x9e3779b1u) ^
		     ((uint32_t)bg * 0x85ebca6bu + 0x7f4a7c15u);
	struct ink *ink;

	if (!t->inks.v) {
		t->inks.v = xcalloc(SLOTS, sizeof(*t->inks.v));
		t->inks.most = COLOR_PAIRS - FIRST_INK < MOST_INKS
				   ? COLOR_PAIRS - FIRST_INK
				   : MOST_INKS;
	}
	h ^= h >> 15;
	for (;; h++) {
		ink = &t->inks.v[h % SLOTS];
		if (!ink->pair)
			break;
		if (ink->fg == fg && ink->bg == bg)
			return ink->pair;
	}
	if (t->inks.n >= t->inks.most)
		return 0;
	*ink = (struct ink){fg, bg, FIRST_INK + t->inks.n};
	if (init_extended_pair(ink->pair, fg, bg) == ERR) {
		ink->pair = 0;
		return 0;
	}
	t->inks.n++;
	return ink->pair;
}

int
term_pair(struct terminal *t, const struct cell *cell, attr_t *a)
{
	if (cell->style != STYLE_PICTURE)
		return style_pair(t, cell->style, a);
	*a = A_NORMAL;
	if (t->depth != DEPTH_256 && t->depth != DEPTH_DIRECT)
		return 0;
	return ink_pair(t, cell->fg, cell->bg);
}

void
term_colour_dispose(struct terminal *t)
{
	free(t->inks.v);
}
