/* SPDX-License-Identifier: ISC */
/*
 * Where a line may break: UAX 14 as of Unicode 16, by a table of classes made
 * at build time, without the rules of South East Asian scripts.  The names of
 * its rules stand beside them.  What posts want is added, each such place says
 * "ours": addresses and code of ASCII part only after a hyphen between letters,
 * quotation marks of Chinese text count as brackets, a dash does not begin a
 * line of English.
 */
#include "text.h"

#include "text_break.h"
#include "text_priv.h"

#define MASK(class) (1ull << (class))
#define LETTER      (MASK(BC_AL) | MASK(BC_HL))
#define IDEOGRAPH   (MASK(BC_ID) | MASK(BC_EB) | MASK(BC_EM))
#define CLOSE       (MASK(BC_CL) | MASK(BC_CP))
#define QUOTE       (MASK(BC_QU) | MASK(BC_QI) | MASK(BC_QF))
#define STAYS       (CLOSE | MASK(BC_EX) | MASK(BC_IS) | MASK(BC_SY))
#define NOTHING     ((enum break_class)63) /* before the text, behind it */

/* A character with the marks that it carries (LB9). */
struct sign {
	enum break_class class;
	bool wide;
	uint32_t cp;
};

/* What has been read. */
struct state {
	const char *s;
	size_t len;
	struct sign last;
	enum break_class before; /* last: another sign, or a blank */
	bool blank;              /* blanks follow last */
	bool joiner;             /* last ends in ZWJ */
	bool must;               /* a line ends here */
	/* LB25: last ends a number, or the bracket behind one. */
	bool number, closed;
	unsigned flags; /* regional indicators at the end */
};

static bool
is(enum break_class class, unsigned long long mask)
{
	return class != NOTHING && (mask >> class & 1);
}

static struct sign
sign_at(const char *s, size_t len, size_t *n)
{
	const unsigned char *p = (const unsigned char *)s;
	struct sign x;
	unsigned char b;

	if (len >= 3 && (p[0] & 0xf0) == 0xe0 && p[0] != 0xe0 && p[0] != 0xed &&
	    (p[1] & 0xc0) == 0x80 && (p[2] & 0xc0) == 0x80) {
		x.cp = (uint32_t)(p[0] & 15) << 12 |
		       (uint32_t)(p[1] & 63) << 6 | (uint32_t)(p[2] & 63);
		*n = 3;
	} else {
		x.cp = text_decode(s, len, n);
	}
	b = break_cell[break_row[x.cp / TEXT_BLOCK]][x.cp % TEXT_BLOCK];
	x.class = BREAK_CLASS(b);
	x.wide = (b & BREAK_WIDE) != 0;
	return x;
}

/* What stands at i, for rules that look ahead. */
static struct sign
peek(const struct state *t, size_t i)
{
	size_t n;

	if (i < t->len)
		return sign_at(t->s + i, t->len - i, &n);
	return (struct sign){.class = NOTHING};
}

/* LB13 and LB15: closing marks, also behind blanks; next: what follows b. */
static bool
stays(const struct state *t, struct sign b, size_t next)
{
	enum break_class c;

	if (!t->blank && is(b.class, STAYS))
		return true;
	if (!is(b.class, STAYS | MASK(BC_QF)))
		return false;
	c = peek(t, next).class;
	if (b.class != BC_QF)
		/* Ours: ".NET" and "/usr" are words. */
		return !is(c, LETTER | MASK(BC_NU));
	return c == NOTHING ||
	       is(c, STAYS | QUOTE | MASK(BC_SP) | MASK(BC_GL) | MASK(BC_WJ) |
			 MASK(BC_BK) | MASK(BC_ZW));
}

/* LB14 to LB17: what holds over blanks. */
static bool
holds(const struct state *t, enum break_class b)
{
	enum break_class a = t->last.class;

	if (a == BC_OP)
		return true;
	/* LB15a */
	if (a == BC_QI &&
	    (t->before == NOTHING ||
		is(t->before, MASK(BC_BK) | MASK(BC_OP) | QUOTE | MASK(BC_GL) |
				  MASK(BC_SP) | MASK(BC_ZW))))
		return true;
	if (is(a, CLOSE) && b == BC_NS)
		return true;
	return a == BC_B2 && b == BC_B2;
}

/* LB19: does a quotation mark hold to its neighbour? */
static bool
quoted(const struct state *t, struct sign b, size_t next)
{
	struct sign a = t->last;

	if (!is(a.class, QUOTE) && !is(b.class, QUOTE))
		return false;
	if (b.class == BC_QU || b.class == BC_QF || a.class == BC_QU ||
	    a.class == BC_QI)
		return true;
	/* Ours: what is behind an opening one need not be wide. */
	if (b.class == BC_QI)
		return !a.wide && !peek(t, next).wide;
	return a.class == BC_QF && !b.wide;
}

/* LB25: numbers with their signs. */
static bool
numeric(const struct state *t, enum break_class b, size_t next)
{
	enum break_class a = t->last.class;

	if (is(b, MASK(BC_PO) | MASK(BC_PR)))
		return t->number || t->closed;
	if (b == BC_NU)
		return t->number || is(a, MASK(BC_PO) | MASK(BC_PR) |
					      MASK(BC_HY) | MASK(BC_IS));
	return is(a, MASK(BC_PO) | MASK(BC_PR)) && b == BC_OP &&
	       is(peek(t, next).class, MASK(BC_NU) | MASK(BC_IS));
}

/* LB26 and LB27: Hangul. */
static bool
hangul(enum break_class a, enum break_class b)
{
	static const unsigned long long syllable =
	    MASK(BC_JL) | MASK(BC_JV) | MASK(BC_JT) | MASK(BC_H2) | MASK(BC_H3);

	if (a == BC_JL)
		return is(b, MASK(BC_JL) | MASK(BC_JV) | MASK(BC_H2) |
				 MASK(BC_H3) | MASK(BC_PO));
	if (a == BC_JV || a == BC_H2)
		return is(b, MASK(BC_JV) | MASK(BC_JT) | MASK(BC_PO));
	if (a == BC_JT || a == BC_H3)
		return is(b, MASK(BC_JT) | MASK(BC_PO));
	return a == BC_PR && is(b, syllable);
}

/* LB21 to LB24, LB28 to LB30: words. */
static bool
joined(const struct state *t, struct sign b)
{
	enum break_class a = t->last.class;

	if (is(b.class,
		MASK(BC_BA) | MASK(BC_HY) | MASK(BC_NS) | MASK(BC_IN)) ||
	    a == BC_BB)
		return true;
	if (t->before == BC_HL && is(a, MASK(BC_HY) | MASK(BC_BA)))
		return b.class != BC_HL;
	if (is(a, LETTER | MASK(BC_NU)))
		return is(b.class, LETTER | MASK(BC_NU)) ||
		       (is(a, LETTER) &&
			   is(b.class, MASK(BC_PR) | MASK(BC_PO))) ||
		       (b.class == BC_OP && !b.wide) ||
		       /* Ours: the dash stays. */
		       (b.class == BC_B2 && !t->last.wide);
	if (is(a, IDEOGRAPH))
		return b.class == BC_PO ||
		       /* Ours: the dot in names is no letter. */
		       (t->last.wide && (b.cp == 0xb7 || b.cp == 0x2027));
	if (a == BC_PR)
		/* Ours: "C++" is no sum. */
		return is(b.class, LETTER) ||
		       (is(b.class, IDEOGRAPH) && t->last.cp != '+');
	if (a == BC_PO || a == BC_IS || a == BC_SY)
		/* LB24, LB29; LB21b and ours: "and/or". */
		return is(b.class, LETTER);
	return a == BC_CP && !t->last.wide && is(b.class, LETTER | MASK(BC_NU));
}

/* Ours: what is between signs of ASCII. */
static bool
ascii(const struct state *t, struct sign b)
{
	return t->last.cp != '-' || !is(b.class, LETTER) || t->before != BC_AL;
}

/* LB20a: a hyphen that begins a word. */
static bool
hyphen(const struct state *t, enum break_class b)
{
	return (t->last.class == BC_HY || t->last.cp == 0x2010) &&
	       is(b, LETTER) &&
	       (t->before == NOTHING ||
		   is(t->before, MASK(BC_BK) | MASK(BC_SP) | MASK(BC_ZW) |
				     MASK(BC_CB) | MASK(BC_GL)));
}

/* May a line break before b, which next follows? */
static bool
breaks(const struct state *t, struct sign b, size_t next)
{
	struct sign a = t->last;

	if (is(b.class, MASK(BC_SP) | MASK(BC_BK) | MASK(BC_ZW))) /* LB6, 7 */
		return false;
	if (a.class == BC_ZW) /* LB8 */
		return true;
	if (!t->blank && (t->joiner || b.class == BC_WJ || a.class == BC_WJ ||
			     a.class == BC_GL)) /* LB8a, 11, 12 */
		return false;
	/* LB30b; ours: a cluster it is with what has no skin, too. */
	if (b.class == BC_WJ || (b.class == BC_EM && !t->blank))
		return false;
	if (b.class == BC_GL) /* LB12a */
		return t->blank || is(a.class, MASK(BC_BA) | MASK(BC_HY));
	if (stays(t, b, next) || holds(t, b.class))
		return false;
	if (t->blank) /* LB18 */
		return true;
	if (a.cp < 0x80 && b.cp < 0x80)
		return !ascii(t, b);
	if (quoted(t, b, next) || hyphen(t, b.class))
		return false;
	if (a.class == BC_CB || b.class == BC_CB) /* LB20 */
		return true;
	if (a.class == BC_RI && b.class == BC_RI) /* LB30a */
		return t->flags % 2 == 0;
	return !joined(t, b) && !hangul(a.class, b.class) &&
	       !numeric(t, b.class, next);
}

/* b has been read. */
static void
advance(struct state *t, struct sign b)
{
	if (b.class == BC_SP) {
		t->blank = true;
		t->joiner = false;
		return;
	}
	t->closed = t->number && is(b.class, CLOSE) && !t->blank;
	t->number =
	    b.class == BC_NU ||
	    (t->number && !t->blank && is(b.class, MASK(BC_SY) | MASK(BC_IS)));
	t->flags = b.class == BC_RI ? (t->blank ? 1 : t->flags + 1) : 0;
	t->before = t->blank ? BC_SP : t->last.class;
	t->last = b;
	t->blank = false;
	t->joiner = false;
	t->must = b.class == BC_BK;
}

/* LB9 and LB10: a mark, which is a part of what it follows, or a letter. */
static bool
carried(struct state *t, struct sign *b)
{
	bool joiner = b->class == BC_ZWJ;

	if (b->class != BC_CM && !joiner)
		return false;
	if (!t->blank &&
	    !is(t->last.class, MASK(BC_BK) | MASK(BC_SP) | MASK(BC_ZW)) &&
	    t->last.class != NOTHING) {
		t->joiner = joiner;
		/* What carries marks is no ASCII. */
		t->last.cp |= 0x80;
		return true;
	}
	b->class = BC_AL;
	return false;
}

void
text_breaks(const char *s, size_t len, char *brk)
{
	struct state t = {
	    .s = s, .len = len, .last = {.class = NOTHING}, .before = NOTHING};
	struct sign b;

	for (size_t i = 0, n; i < len; i += n) {
		b = sign_at(s + i, len - i, &n);
		for (size_t k = 0; k < n; k++)
			brk[i + k] = 0;
		if (t.must) {
			if (t.last.cp == '\r' && b.cp == '\n') {
				t.last = b;
				continue;
			}
			brk[i] = '!';
			t.last.class = t.before = NOTHING;
			t.must = t.blank = false;
			carried(&t, &b);
			advance(&t, b);
			continue;
		}
		if (carried(&t, &b))
			continue;
		/* Between two Han nothing around them matters. */
		if (b.class == BC_ID && t.last.class == BC_ID && !t.blank &&
		    !t.joiner)
			brk[i] = 'y';
		else if (i > 0 && breaks(&t, b, i + n))
			brk[i] = 'y';
		advance(&t, b);
		if (b.class == BC_ZWJ)
			t.joiner = true;
	}
}
