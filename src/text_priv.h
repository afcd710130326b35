/* SPDX-License-Identifier: ISC */
/*
 * The layout of the tables of code points that are made at build time, one byte
 * for each.  gen_width's, for text.c: columns in bits 0-1, class in 2-5.
 * gen_break's, for text_break.c: class in bits 0-5.
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

#define BREAK_CLASS(b) ((enum break_class)((b)&63))
#define BREAK_WIDE     64 /* East_Asian_Width is F, W or H */

/*
 * UAX 14's Line_Break, with quotation marks told apart by their category.  XX,
 * SA, SG and AI are AL, CJ is NS; BK stands for CR, LF and NL too.
 */
enum break_class {
	BC_AL,
	BC_BA,
	BC_BB,
	BC_B2,
	BC_BK,
	BC_CB,
	BC_CL,
	BC_CM,
	BC_CP,
	BC_EB,
	BC_EM,
	BC_EX,
	BC_GL,
	BC_H2,
	BC_H3,
	BC_HL,
	BC_HY,
	BC_ID,
	BC_IN,
	BC_IS,
	BC_JL,
	BC_JT,
	BC_JV,
	BC_NS,
	BC_NU,
	BC_OP,
	BC_PO,
	BC_PR,
	BC_QU,
	BC_QI, /* QU that opens (Pi) */
	BC_QF, /* QU that closes (Pf) */
	BC_RI,
	BC_SP,
	BC_SY,
	BC_WJ,
	BC_ZW,
	BC_ZWJ,
};

#endif
