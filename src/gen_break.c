/* SPDX-License-Identifier: ISC */
/*
 * Prints text_break.h: the line breaking class (UAX 14) of every code point in
 * two stages.  libunistring keeps the classes to itself, so they are found out:
 * a code point is of the class of a known one beside which lines break at the
 * same places.  Runs at build time and is no part of the library.
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <unictype.h>
#include <unigbrk.h>
#include <unilbrk.h>
#include <uniwidth.h>

#include "text_priv.h"

#define ROWS  (0x110000 / TEXT_BLOCK)
#define COUNT (sizeof(known) / sizeof(known[0]))

/* One of each class. */
static const struct {
	enum break_class class;
	ucs4_t cp;
} known[] = {
    {BC_AL, 'a'},
    {BC_BA, 0x2010},
    {BC_BB, 0xb4},
    {BC_B2, 0x2014},
    {BC_CL, 0x3001},
    {BC_CM, 0x301},
    {BC_CP, ')'},
    {BC_EB, 0x261d},
    {BC_EM, 0x1f3fb},
    {BC_EX, '!'},
    {BC_GL, 0xa0},
    {BC_H2, 0xac00},
    {BC_H3, 0xac01},
    {BC_HY, '-'},
    {BC_ID, 0x4e00},
    {BC_ID, 0x231a},
    {BC_IN, 0x2026},
    {BC_IS, ','},
    {BC_JL, 0x1100},
    {BC_JT, 0x11a8},
    {BC_JV, 0x1161},
    {BC_NS, 0x3005},
    {BC_NU, '0'},
    {BC_OP, '('},
    {BC_OP, 0x3008},
    {BC_PO, '%'},
    {BC_PR, '$'},
    {BC_QU, '"'},
    {BC_RI, 0x1f1e6},
    {BC_WJ, 0x2060},
    {BC_ZWJ, 0x200d},
};

/* Where lines break beside one: a byte for each known, a bit for each place. */
struct habit {
	unsigned char v[COUNT];
};

static struct habit
habit_of(ucs4_t cp)
{
	enum { PAIR = 12 };
	uint32_t s[PAIR * COUNT];
	char brk[PAIR * COUNT];
	struct habit h;

	for (size_t i = 0; i < COUNT; i++) {
		const uint32_t k = known[i].cp;
		const uint32_t pair[PAIR] = {
		    cp, k, '\n', k, cp, '\n', k, ' ', cp, ' ', k, '\n'};

		memcpy(s + PAIR * i, pair, sizeof(pair));
	}
	u32_possible_linebreaks(s, PAIR * COUNT, "UTF-8", brk);
	for (size_t i = 0; i < COUNT; i++) {
		const char *b = brk + PAIR * i;

		h.v[i] = (unsigned char)((b[1] == UC_BREAK_POSSIBLE) |
					 (b[4] == UC_BREAK_POSSIBLE) << 1 |
					 (b[8] == UC_BREAK_POSSIBLE) << 2 |
					 (b[10] == UC_BREAK_POSSIBLE) << 3);
	}
	return h;
}

/* What the habits do not tell, or what the rules of text_break.c want apart. */
static int
class_by_name(ucs4_t cp)
{
	switch (cp) {
	case '\n':
	case 0xb:
	case 0xc:
	case '\r':
	case 0x85:
	case 0x2028:
	case 0x2029:
		return BC_BK;
	case ' ':
		return BC_SP;
	case '/':
		return BC_SY;
	case 0x200b:
		return BC_ZW;
	case 0x200d:
		return BC_ZWJ;
	case 0xfffc:
		return BC_CB;
	case 0xff0f: /* a full-width solidus and tilde begin no line */
	case 0xff5e:
		return BC_NS;
	default:
		break;
	}
	/* Full-width digits are digits. */
	if (cp >= 0xff10 && cp <= 0xff19)
		return BC_NU;
	switch (uc_graphemeclusterbreak_property(cp)) {
	case GBP_LV:
		return BC_H2;
	case GBP_LVT:
		return BC_H3;
	case GBP_SPACINGMARK:
		return BC_CM; /* U+0E33 is none by itself */
	default:
		break;
	}
	if (cp >= 0x590 && cp < 0xfb50 && uc_is_property_alphabetic(cp) &&
	    uc_is_general_category(cp, UC_CATEGORY_Lo) &&
	    strcmp(uc_script(cp)->name, "Hebrew") == 0)
		return BC_HL;
	if (uc_is_property_unified_ideograph(cp) ||
	    (cp >= 0x20000 && cp <= 0x3fffd))
		return BC_ID;
	/* Private ones, and what has no character. */
	if (uc_is_general_category(cp, UC_CATEGORY_Co) || cp >= 0xe01f0)
		return BC_AL;
	return -1;
}

static int
class_of(ucs4_t cp)
{
	static struct habit habits[COUNT];
	static int ready;
	int class = class_by_name(cp);
	struct habit h;

	if (class != -1)
		return class;
	if (!ready)
		for (size_t i = 0; i < COUNT; i++)
			habits[i] = habit_of(known[i].cp);
	ready = 1;
	h = habit_of(cp);
	for (size_t i = 0; i < COUNT; i++) {
		if (memcmp(&h, &habits[i], sizeof(h)) != 0)
			continue;
		if (known[i].class != BC_QU)
			return known[i].class;
		if (uc_is_general_category(cp, UC_CATEGORY_Pi))
			return BC_QI;
		return uc_is_general_category(cp, UC_CATEGORY_Pf) ? BC_QF
								  : BC_QU;
	}
	return BC_AL;
}

static unsigned char
entry(ucs4_t cp)
{
	/* Half-width forms are the narrow ones that count as wide. */
	int wide = uc_width(cp, "UTF-8") == 2 || (cp >= 0xff61 && cp <= 0xffee);

	return (unsigned char)(class_of(cp) | (wide ? BREAK_WIDE : 0));
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
			fprintf(stderr, "gen_break: too many kinds of rows\n");
			return 1;
		}
		if (at == n)
			memcpy(rows[n++], row, sizeof(row));
		index[r] = (unsigned char)at;
	}
	printf("/* Made by gen_break. */\n"
	       "static const unsigned char break_row[%d] = {\n",
	    ROWS);
	print_bytes(index, ROWS);
	printf("};\nstatic const unsigned char break_cell[%d][%d] = {\n", n,
	    TEXT_BLOCK);
	for (int r = 0; r < n; r++) {
		printf("{");
		print_bytes(rows[r], TEXT_BLOCK);
		printf("},\n");
	}
	printf("};\n");
	return fflush(stdout) != 0 || ferror(stdout);
}
