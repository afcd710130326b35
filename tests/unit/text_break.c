/* SPDX-License-Identifier: ISC */
/* Where lines may break: UAX 14, rule by rule, and what is ours. */
#include "../test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

/* Where a line may break there is a '|', where it must a '!' behind "\n". */
static const char *const cases[] = {
    /* LB4, 5: ends of lines */
    ("a\n!b\r\n!c\r!d\u2028!e\xc2\x85"
     "!f\v!g"),
    /* LB6, 7: none before blanks */
    "a  |b \n!c",
    /* LB8, 8a: zero width space, joiners */
    "a\u200b|b\u200b  |c",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467|\U0001f468",
    "中\u200d文",
    /* LB9, 10: marks stay with what they are on */
    "e\u0301 |e\u0301|中\u0301|文\ufe0f|か\u3099|か",
    "a |\u0301b",
    "1\ufe0f\u20e3|\U0001f44d\U0001f3fd|\U0001f44d",
    /* LB11, 12, 12a: glue */
    "中\u2060文\u00a0中\u202f文|中",
    "10\u00a0km |a |\u00a0b",
    "中\ufeff文",
    /* LB13: closing marks, behind blanks too, and ours: words are words */
    "a ) |b ! |c ; |d / |e",
    "in |/usr |of |.NET |is |:smile: |!important",
    "中|文 ！|中|文 。|中",
    /* LB14: opening marks */
    "a |( b |[ c",
    "中|（文）|中|「文」|『中』|【文】|〔中〕|《文》|〈中〉",
    /* LB15: quotations with blanks */
    "dit |« oui » |et |« non » .",
    "sagt |„Wort“ |und |»Wort« |auch",
    /* LB16, 17 */
    "中|（文）\u3005|——|中|— —",
    /* LB19: quotation marks; ours: those of Chinese */
    "a |\"b\" |c |'d' |e",
    "中|“文”|中|文，|“中|文。”|中",
    "用|“WebAssembly”|的|‘意’|义",
    "it’s |“so” |called",
    "说\"中\"文",
    /* LB20 */
    "a|\ufffc|b",
    /* LB20a: -v is an option */
    "the |-v |and |--long |‐a",
    /* LB21: hyphens, non-starters, before the accent */
    "non-|breaking |x-1 |ABC-|def",
    "中|きょ|う\u30fc\u3005",
    "アー|アッ|アヽ|ア・|ア〜|ア～|ア゛",
    "かっ|た",
    /* LB21a: Hebrew */
    "\u05d0-|\u05d0\u05d0 |\u05d0-a",
    /* LB22: dots */
    "中|文……|中|文…|a… |b",
    /* LB23, 24, 25: numbers */
    "10% |$10.50 |1,000 |(1)% |-5 |5° |5℃ |€5 |3.14 |a1 |1a |½",
    "价|格|￥100|元|和|5％|或|－|25‰。",
    "10:30 |2026-11-25 |1/2 |+1",
    "共|２０２５|年",
    "用|C++|中|文",
    /* LB26, 27: Hangul */
    "\uac00|\uac01|\u1100\u1161\u11a8|\uac00",
    /* LB28, 29, 30 */
    "abc |e.g. |f(x) |(bar)s |a(b)c",
    "中|a|文|b(中)|文",
    /* LB30a, b: flags, skin */
    "\U0001f1e9\U0001f1ea|\U0001f1eb\U0001f1f7|\U0001f1ec",
    "\u261d\U0001f3fd|\u261d",
    /* ours: addresses and code */
    "https://a.b/c?d=e&f=g#h-|i |and/or |a?b |{x}y |a+b",
    /* ours: a dash stays with what is before it */
    "word—|word |1939–|1945 |中|——|文",
    /* ours: the dot in names */
    "弗|拉|基|米|尔·|列|宁 |a·b",
    /* a soft hyphen */
    "hy\u00ad|phen",
    "x",
    "",
};

static void
breaks_as(const char *s, size_t len, const char *want)
{
	char *brk = xmalloc(len + 1);
	struct buf b = {0};

	memset(brk, '?', len + 1);
	text_breaks(s, len, brk);
	assert_int_equal(brk[len], '?');
	for (size_t i = 0; i < len; i++) {
		if (brk[i] != 0)
			buf_putc(&b, brk[i] == 'y' ? '|' : brk[i]);
		buf_putc(&b, s[i]);
	}
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
	free(brk);
}

/* Is there a '!' that says that a line ends here? */
static bool
marks_end(const char *s, size_t i)
{
	return s[i] == '!' && i > 0 &&
	       (strchr("\n\r\v", s[i - 1]) != NULL ||
		   (i > 2 && memcmp(s + i - 3, "\u2028", 3) == 0) ||
		   (i > 1 && memcmp(s + i - 2, "\xc2\x85", 2) == 0));
}

static void
follows_the_rules(void **state)
{
	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct buf b = {0};

		for (size_t k = 0; cases[i][k] != '\0'; k++)
			if (cases[i][k] != '|' && !marks_end(cases[i], k))
				buf_putc(&b, cases[i][k]);
		breaks_as(buf_text(&b), b.len, cases[i]);
		buf_dispose(&b);
	}
	breaks_as("a\xff\xfe b\xe4\xb8", 7, "a\xff\xfe |b\xe4\xb8");
}

/* What begins no line, and what ends none, of Chinese and Japanese. */
static const char no_start[] =
    "、。，．・：；？！゛゜ヽヾゝゞ々ー’”）〕］｝〉》」』】〙〗｠»‐゠–〜～"
    "ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹ"
    "ㇺㇻㇼㇽㇾㇿ…‥℃％‰／!?),.:;]}%";
static const char no_end[] = "‘“（〔［｛〈《「『【〘〖｟«￥＄￡([{";

static void
keeps_japanese_and_chinese_lines(void **state)
{
	size_t n;

	(void)state;
	for (size_t i = 0; i + 1 < sizeof(no_start); i += n) {
		char s[16], brk[16];

		n = text_next(no_start + i, sizeof(no_start) - 1 - i);
		snprintf(s, sizeof(s), "文%.*s文", (int)n, no_start + i);
		text_breaks(s, strlen(s), brk);
		if (brk[3] != 0)
			fail_msg("a line begins with %.*s", (int)n, s + 3);
	}
	for (size_t i = 0; i + 1 < sizeof(no_end); i += n) {
		char s[16], brk[16];

		n = text_next(no_end + i, sizeof(no_end) - 1 - i);
		snprintf(s, sizeof(s), "文%.*s文", (int)n, no_end + i);
		text_breaks(s, strlen(s), brk);
		if (brk[3 + n] != 0)
			fail_msg("a line ends with %.*s", (int)n, s + 3);
	}
}

/* Whatever stands beside what, no line breaks within a cluster. */
static void
parts_no_cluster(void **state)
{
	static const char *const pieces[] = {"a", " ", "中", "\u0301", "\u200d",
	    "\ufe0f", "\U0001f44d", "\U0001f3fd", "\U0001f1e9", "\u1100",
	    "\u1161", "\u11a8", "\uac00", "\u0940", "\u093e", "\u0915",
	    "\u094d", "1", "\u20e3", "\u2764", "-", "「", "。", "“", "”",
	    "\xff", "\u0e33", "\u200c", "\u00ad", "\U000e0067"};
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 4000; round++) {
		struct buf b = {0};
		char brk[256];
		size_t at = 0;

		for (int i = 0; i < 3 + round % 20; i++) {
			seed = seed * 1664525u + 1013904223u;
			buf_puts(&b, pieces[(seed >> 16) % NITEMS(pieces)]);
		}
		text_breaks(b.data, b.len, brk);
		while (at < b.len) {
			size_t n = text_next(b.data + at, b.len - at);

			/* LB10: a mark on a blank is on its own. */
			for (size_t k = 1; k < n; k++)
				if (brk[at + k] != 0 && b.data[at] != ' ')
					fail_msg("%s: parted at %zu", b.data,
					    at + k);
			at += n;
		}
		buf_dispose(&b);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
	    cmocka_unit_test(follows_the_rules),
	    cmocka_unit_test(keeps_japanese_and_chinese_lines),
	    cmocka_unit_test(parts_no_cluster),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
