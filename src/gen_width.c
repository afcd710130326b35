/* SPDX-License-Identifier: ISC */
/*
 * Prints text_width.h: columns and grapheme cluster class of every code point
 * in two stages, made from libunistring.  Runs at build time and is no part of
 * the library.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <unictype.h>
#include <unigbrk.h>
#include <uniwidth.h>

#include "text_priv.h"

#define ROWS (0x110000 / TEXT_BLOCK)

static const unsigned char classes[] = {
    [GBP_OTHER] = TC_OTHER,
    [GBP_CR] = TC_CR,
    [GBP_LF] = TC_LF,
    [GBP_CONTROL] = TC_CONTROL,
    [GBP_EXTEND] = TC_EXTEND,
    [GBP_PREPEND] = TC_PREPEND,
    [GBP_SPACINGMARK] = TC_SPACING,
    [GBP_L] = TC_L,
    [GBP_V] = TC_V,
    [GBP_T] = TC_T,
    [GBP_LV] = TC_LV,
    [GBP_LVT] = TC_LVT,
    [GBP_RI] = TC_REGIONAL,
    [GBP_ZWJ] = TC_ZWJ,
};

static int
columns(ucs4_t cp)
{
	int width = uc_width(cp, "UTF-8");

	if (width < 0)
		return 0;
	if (uc_graphemeclusterbreak_property(cp) == GBP_RI)
		return 1;
	if (uc_is_property_emoji_presentation(cp))
		return 2;
	/* Places that Unicode keeps for emoji to come: as they will be. */
	if (((cp >= 0x1f6d0 && cp <= 0x1f6ff) ||
		(cp >= 0x1fa70 && cp <= 0x1faff)) &&
	    uc_is_property_unassigned_code_value(cp))
		return 2;
	return width;
}

static unsigned char
entry(ucs4_t cp)
{
	int gbp = uc_graphemeclusterbreak_property(cp);
	int class = TC_OTHER;

	if (gbp >= 0 && (size_t)gbp < sizeof(classes))
		class = classes[gbp];
	if (class == TC_OTHER && uc_is_property_extended_pictographic(cp))
		class = TC_PICTURE;
	return (unsigned char)(columns(cp) | class << 2 |
			       (uc_is_property_emoji(cp) ? TEXT_EMOJI : 0));
}

static void
print_bytes(const unsigned char *p, size_t n)
{
	for (size_t i = 0; i < n; i++)
		printf("%d,%s", p[i], i % 16 == 15 ? "\n" : "");
}

static int
same_row(
    const unsigned char (*rows)[TEXT_BLOCK], int n, const unsigned char *row)
{
	for (int i = 0; i < n; i++)
		if (memcmp(rows[i], row, TEXT_BLOCK) == 0)
			return i;
	return n;
}

int
main(void)
{
	static unsigned char rows[256][TEXT_BLOCK], index[ROWS];
	int n = 0;

	for (unsigned r = 0; r < ROWS; r++) {
		unsigned char row[TEXT_BLOCK];
		int at;

		for (unsigned i = 0; i < TEXT_BLOCK; i++)
			row[i] = entry(r * TEXT_BLOCK + i);
		at = same_row(rows, n, row);
		if (at == 256) {
			fprintf(stderr, "gen_width: too many kinds of rows\n");
			return 1;
		}
		if (at == n)
			memcpy(rows[n++], row, sizeof(row));
		index[r] = (unsigned char)at;
	}
	printf("/* Made by gen_width. */\n"
	       "static const unsigned char text_row[%d] = {\n",
	    ROWS);
	print_bytes(index, ROWS);
	printf("};\nstatic const unsigned char text_cell[%d][%d] = {\n", n,
	    TEXT_BLOCK);
	for (int r = 0; r < n; r++) {
		printf("{");
		print_bytes(rows[r], TEXT_BLOCK);
		printf("},\n");
	}
	printf("};\n");
	return fflush(stdout) != 0 || ferror(stdout);
}
