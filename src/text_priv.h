/* SPDX-License-Identifier: ISC */
/*
 * The layout of the table of code points that gen_width makes at build time
 * and text.c reads: one byte each, columns in bits 0-1, class in 2-5.
 */
#ifndef TEXT_PRIV_H
#define TEXT_PRIV_H

#define TEXT_BLOCK    128 /* code points that share one row of the table */
#define TEXT_COLS(b)  ((b)&3)
#define TEXT_CLASS(b) ((enum text_class)(((b) >> 2) & 15))
#define TEXT_EMOJI    64 /* the property Emoji: takes U+FE0F, skin tones */

/* UAX 29's Grapheme_Cluster_Break, and Extended_Pictographic. */
enum text_class {
	TC_OTHER,
	TC_CR,
	TC_LF,
	TC_CONTROL,
	TC_EXTEND,
	TC_PREPEND,
	TC_SPACING,
	TC_L,
	TC_V,
	TC_T,
	TC_LV,
	TC_LVT,
	TC_REGIONAL,
	TC_ZWJ,
	TC_PICTURE,
};

#endif
