/* SPDX-License-Identifier: ISC */
/* How a style is to look, as people write it: "bold #88c0d0 on blue". */
#ifndef CONF_STYLE_H
#define CONF_STYLE_H

#include <stdint.h>

#include "buf.h"
#include "err.h"
#include "value.h"

enum {
	CONF_BOLD = 1,
	CONF_ITALIC = 2,
	CONF_STRIKE = 4,
	CONF_UNDERLINE = 8,
	CONF_REVERSE = 16,
	CONF_DIM = 32,
};

struct conf_style {
	int32_t fg, bg;     /* 0xRRGGBB, -1: the terminal's own */
	uint8_t fg16, bg16; /* the nearest of 16 colours, 255: its own */
	unsigned attr;      /* CONF_* */
};

/*
 * Words with blanks between them: attributes, a colour, and another one behind
 * "on".  -1: err is the rest of a sentence.
 */
int conf_style_parse(const char *text, struct conf_style *, struct err *);
/* A map of such texts, as conf.h's check has it. */
int conf_style_check(const struct value *, struct buf *path, struct err *);

#endif
