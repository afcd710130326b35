/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define FAMILY \
	"\U0001f468\u200d\U0001f469\u200d\U0001f467" /* man, woman, girl */
#define GERMANY "\U0001f1e9\U0001f1ea"

static void
decodes_and_counts(void **state)
{
	static const struct {
		const char *s;
		uint32_t cp;
		size_t size, count;
	} cases[] = {
	    {"a", 'a', 1, 1}, {"é", 0xe9, 2, 1}, {"中", 0x4e2d, 3, 1},
	    {"\U0001f600", 0x1f600, 4, 1}, {"\xff", TEXT_REPLACEMENT, 1, 1},
	    {"\x80z", TEXT_REPLACEMENT, 1, 2},
	    {"\xe4\xb8", TEXT_REPLACEMENT, 1, 2},         /* cut short */
	    {"\xc0\x80", TEXT_REPLACEMENT, 1, 2},         /* overlong */
	    {"\xed\xa0\x80", TEXT_REPLACEMENT, 1, 3},     /* surrogate */
	    {"\xf4\x90\x80\x80", TEXT_REPLACEMENT, 1, 4}, /* too high */
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		size_t len = strlen(cases[i].s), size;
		struct buf b = {0};

		assert_int_equal(
		    text_decode(cases[i].s, len, &size), cases[i].cp);
		assert_int_equal(size, cases[i].size);
		assert_int_equal(text_count(cases[i].s, len), cases[i].count);
		assert_int_equal(text_valid(cases[i].s, len),
		    cases[i].cp == TEXT_REPLACEMENT ? 0 : len);
		text_encode(&b, cases[i].cp);
		assert_int_equal(text_valid(buf_text(&b), b.len), b.len);
		if (cases[i].cp != TEXT_REPLACEMENT)
			assert_string_equal(buf_text(&b), cases[i].s);
		buf_dispose(&b);
	}
	assert_int_equal(text_valid("plain ascii\xc3", 12), 11);
	assert_int_equal(text_valid("long plain ascii \xc3\xa9 \xff", 21), 20);
	assert_int_equal(text_count("naïve 中文", 13), 8);
}

static void
encodes_no_impossible_code_point(void **state)
{
	struct buf b = {0};

	(void)state;
	text_encode(&b, 0xd800);
	text_encode(&b, 0x110000);
	text_encode(&b, UINT32_MAX);
	assert_string_equal(buf_text(&b), "\ufffd\ufffd\ufffd");
	buf_dispose(&b);
}

/* Each has its columns before it; clusters are parted by '|'. */
static const char *const clusters[] = {
    "3 a|b|c",
    "1 e\u0301",
    "1 e\u0301\u0327\u0302",
    "0 \u0301",
    "2 a|\r\n|b",
    "4 中|文",
    "3 中|a",
    "4 中|文\u0301",
    "6 中|\u9fff|\u4e00\ufe0f",
    "3 中|\u4dff",
    "2 \uac00",
    "2 \u1100\u1161\u11a8",
    "2 " FAMILY,
    "4 " FAMILY "|" FAMILY,
    "4 " GERMANY "|" GERMANY,
    "3 " GERMANY "|\U0001f1eb",
    "2 \U0001f44d\U0001f3fd",
    "2 \u261d\U0001f3fd",
    "1 \u2764",
    "2 \u2764\ufe0f",
    "2 1\ufe0f\u20e3",
    "2 \u26f9\u200d\u2642",
    "3 a\u200d|\U0001f44d",
    "4 \U0001f44d\u200d\u200d|\U0001f44d",
    "2 \U0001f44d\U0001f3fd\u200d\U0001f44d",
    "2 \U0001f3f4\U000e0067\U000e0062\U000e007f",
    "1 \u0915\u094d",
    "3 \xff|\xfe|x",
    "2 a|\x1b|b",
    "2 \U0001faf8",
    "1 \u0600\u0661",
    "4 \uff21|\u3000",
};

static void
knows_clusters_and_columns(void **state)
{
	(void)state;
	for (size_t i = 0; i < NITEMS(clusters); i++) {
		const char *want = clusters[i] + 2;
		struct buf b = {0}, parted = {0};
		size_t at, n;

		for (const char *p = want; *p != '\0'; p++)
			if (*p != '|')
				buf_putc(&b, *p);
		for (at = 0; at < b.len; at += n) {
			n = text_next(b.data + at, b.len - at);
			if (at > 0)
				buf_putc(&parted, '|');
			buf_add(&parted, b.data + at, n);
		}
		assert_string_equal(buf_text(&parted), want);
		for (at = b.len; at > 0; at -= n) {
			n = text_prev(b.data, at);
			if (at < b.len)
				buf_splice(&parted, at, 0, "|", 1);
			else
				buf_clear(&parted),
				    buf_add(&parted, b.data, at);
		}
		assert_string_equal(buf_text(&parted), want);
		assert_int_equal(text_width(b.data, b.len), *clusters[i] - '0');
		buf_dispose(&b);
		buf_dispose(&parted);
	}
	assert_int_equal(text_next("", 0), 0);
	assert_int_equal(text_prev("", 0), 0);
	assert_int_equal(text_cp_width('\n'), 0);
	assert_int_equal(text_cp_width(0x9f), 0);
	assert_int_equal(text_cp_width(0x4e2d), 2);
	assert_int_equal(text_cp_width(0x1f389), 2);
	assert_int_equal(text_cp_width(UINT32_MAX), 1);
}

static void
cuts_at_whole_clusters(void **state)
{
	static const struct {
		const char *s;
		int cols, used;
		const char *cut, *fit;
	} cases[] = {
	    {"hello", 9, 5, "hello", "hello"},
	    {"hello", 5, 5, "hello", "hello"},
	    {"hello", 4, 4, "hell", "hel…"},
	    {"hello", 1, 1, "h", "…"},
	    {"hello", 0, 0, "", ""},
	    {"hello", -3, 0, "", ""},
	    {"", 3, 0, "", ""},
	    {"中文字", 5, 4, "中文", "中文…"},
	    {"中文字", 4, 4, "中文", "中…"},
	    {"中文字", 1, 0, "", "…"},
	    {"a中文\u0301字", 5, 5, "a中文\u0301", "a中…"},
	    {"e\u0301e\u0301", 1, 1, "e\u0301", "…"},
	    {"ab\u0301c", 2, 2, "ab\u0301", "a…"},
	    {"a" FAMILY "b", 2, 1, "a", "a…"},
	    {"a" FAMILY "b", 3, 3, "a" FAMILY, "a…"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		size_t len = strlen(cases[i].s);
		int used = -1;
		size_t n = text_cut(cases[i].s, len, cases[i].cols, &used);
		char *fit = text_fit(cases[i].s, len, cases[i].cols);

		assert_int_equal(n, strlen(cases[i].cut));
		assert_int_equal(used, cases[i].used);
		assert_string_equal(fit, cases[i].fit);
		free(fit);
	}
}

static void
cleans_what_a_terminal_obeys(void **state)
{
	static const char dirty[] = "a\tb\r\nc\rd\ne\x1b[31m\x07\x7f\0"
				    "\xc2\x85\xc2\x9b\u202e\u2066\u2028\xff中é";
	struct buf b = {0};

	(void)state;
	text_clean(&b, dirty, sizeof(dirty) - 1);
	assert_string_equal(buf_text(&b),
	    "a b c d e\ufffd[31m\ufffd\ufffd\ufffd"
	    "\ufffd\ufffd\ufffd\ufffd \ufffd中é");
	buf_dispose(&b);
}

static void
same(char *got, const char *want)
{
	assert_string_equal(got, want);
	free(got);
}

static void
folds_for_searching(void **state)
{
	static const char *const alike[][2] = {
	    {"Hello World", "hello world"},
	    {"Élan", "elan"},
	    {"E\u0301lan", "elan"},
	    {"STRASSE", "straße"},
	    {"ＷＡＳＭ", "wasm"},
	    {"ｶﾞｲﾄﾞ", "ガイド"},
	    {"ﬁne", "fine"},
	    {"ΣΊΣΥΦΟΣ", "σισυφος"},
	    {"co\u00adop", "coop"},
	    {"İstanbul", "istanbul"},
	    {"中文", "中文"},
	    {"中文ＷÉ，ﬁ\u0301中", "中文wé,fi中"},
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(alike); i++) {
		char *a = text_fold(alike[i][0], strlen(alike[i][0]));
		char *b = text_fold(alike[i][1], strlen(alike[i][1]));

		assert_string_equal(a, b);
		free(a);
		free(b);
	}
	same(text_fold("A\0\xff中", 6), "a\ufffd\ufffd中");
	same(text_fold("A\0", 2), "a\ufffd");
	same(text_fold("", 0), "");
}

static void
maps_case_and_accents(void **state)
{
	(void)state;
	same(text_lower("ABC Éß Ω\xff", 12), "abc éß ω\ufffd");
	same(text_lower("ABC", 3), "abc");
	same(text_upper("abc éß ω", 11), "ABC Éß Ω");
	same(text_upper("abc", 3), "ABC");
	same(text_unaccent("Crème Brûlée, Łódź", 24), "Creme Brulee, Łodz");
	same(text_unaccent("\uac00中が", 9), "\uac00中か");
	same(text_unaccent("\u0301", 2), "");
	same(text_unaccent("", 0), "");
	assert_true(text_casecmp("Title", 5, "tITLE", 5) == 0);
	assert_true(text_casecmp("a", 1, "B", 1) < 0);
	assert_true(text_casecmp("ab", 2, "a", 1) > 0);
	assert_true(text_casecmp("", 0, "a", 1) < 0);
	assert_true(text_casecmp("é", 2, "É", 2) != 0);
}

static void
knows_kinds_of_characters(void **state)
{
	static const uint32_t cjk[] = {
	    0x4e2d, 0x3042, 0x30ab, 0x3105, 0xff01, 0x3002, 0x20000, 0xff71};
	static const uint32_t other[] = {
	    'a', 0xac00, 0x1100, 0x3131, 0xffa1, 0x2014, 0x1f600, UINT32_MAX};

	(void)state;
	for (size_t i = 0; i < NITEMS(cjk); i++)
		assert_true(text_is_cjk(cjk[i]));
	for (size_t i = 0; i < NITEMS(other); i++)
		assert_false(text_is_cjk(other[i]));
	assert_true(text_is_letter('x') && text_is_letter(0x4e2d));
	assert_false(text_is_letter('1') || text_is_letter('@') ||
		     text_is_letter('[') || text_is_letter(UINT32_MAX));
	assert_true(text_is_digit('7') && text_is_digit(0x661));
	assert_false(text_is_digit('a') || text_is_digit(0xb2));
	assert_true(text_is_mark(0x301) && text_is_mark(0x940));
	assert_false(text_is_mark('a') || text_is_mark(0x4e2d));
	assert_true(text_is_space(' ') && text_is_space('\t') &&
		    text_is_space(0xa0) && text_is_space(0x3000));
	assert_false(text_is_space('a') || text_is_space(0x200b));
}

/* Where a line may break there is a '|' in want, where it must a '!'. */
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

static void
breaks_lines(void **state)
{
	static const char *const cases[] = {
	    "one |two  |three",
	    "f(x) |(bar), |\"x |y\"",
	    "non-|breaking\u00a0space",
	    "中|文，|好|吗！|a。|b",
	    "a\n!b\r\n!c\u2028!d\n",
	    "a\n!\n!b",
	    "2026-11-25 |it's |10.5 |a.b |e.g. |x",
	    "e\u0301 |x",
	    "a",
	    "",
	};

	(void)state;
	for (size_t i = 0; i < NITEMS(cases); i++) {
		struct buf b = {0};

		for (const char *p = cases[i]; *p != '\0'; p++)
			if (*p != '|' && *p != '!')
				buf_putc(&b, *p);
		breaks_as(buf_text(&b), b.len, cases[i]);
		buf_dispose(&b);
	}
	breaks_as("a\xff\xfe b\xe4\xb8", 7, "a\xff\xfe |b\xe4\xb8");
}

/* Whatever the bytes, every step ends inside them and the sums agree. */
static void
holds_for(const char *s, size_t len)
{
	size_t forward = 0, back = 0, n;
	int cols = 0, used;
	char *brk = xmalloc(len + 1), *fold = text_fold(s, len);
	struct buf clean = {0};

	for (size_t i = 0; i < len; i += n, forward++) {
		n = text_next(s + i, len - i);
		assert_in_range(n, 1, len - i);
		cols += text_width(s + i, n);
	}
	for (size_t i = len; i > 0; i -= n, back++) {
		n = text_prev(s, i);
		assert_in_range(n, 1, i);
	}
	assert_int_equal(forward, back);
	assert_int_equal(cols, text_width(s, len));
	n = text_cut(s, len, cols / 2, &used);
	assert_in_range(n, 0, len);
	assert_in_range(used, 0, cols / 2);
	assert_int_equal(used, text_width(s, n));
	text_breaks(s, len, brk);
	text_clean(&clean, s, len);
	assert_int_equal(text_valid(buf_text(&clean), clean.len), clean.len);
	assert_int_equal(text_valid(fold, strlen(fold)), strlen(fold));
	for (size_t i = 0; i < clean.len; i++)
		assert_true((unsigned char)clean.data[i] >= 0x20);
	buf_dispose(&clean);
	free(fold);
	free(brk);
}

static void
survives_any_bytes(void **state)
{
	static const char *const pieces[] = {"a", " ", "\r", "\n", "é", "中",
	    "\u0301", "\u200d", "\ufe0f", "\U0001f44d", "\U0001f3fd",
	    "\U0001f1e9", "\u1100", "\u1161", "\u11a8", "\uac00", "\u0600",
	    "\u0940", "\xff", "\xe4", "\xb8", "\xf0\x9f", "\x1b", "1",
	    "\u2764"};
	uint32_t seed = 1;

	(void)state;
	for (int round = 0; round < 2000; round++) {
		struct buf b = {0};
		char *exact;

		seed = seed * 1664525u + 1013904223u;
		for (uint32_t n = (seed >> 24) % 60; n > 0; n--) {
			seed = seed * 1664525u + 1013904223u;
			if (round % 2 == 0)
				buf_putc(&b, (char)(seed >> 24));
			else
				buf_puts(
				    &b, pieces[(seed >> 16) % NITEMS(pieces)]);
		}
		/* Without room behind it, so that a read beyond is seen. */
		exact = xmalloc(b.len > 0 ? b.len : 1);
		memcpy(exact, buf_text(&b), b.len);
		holds_for(exact, b.len);
		free(exact);
		buf_dispose(&b);
	}
}

static void
is_at(const char *s, size_t at, unsigned line, unsigned column)
{
	unsigned l, c;

	text_place(s, at, &l, &c);
	assert_int_equal(l, line);
	assert_int_equal(c, column);
}

static void
finds_line_and_column(void **state)
{
	(void)state;
	is_at("", 0, 1, 1);
	is_at("ab\ncd", 2, 1, 3);
	is_at("ab\ncd", 3, 2, 1);
	is_at("ab\n\n\xe4\xb8\xad"
	      "d",
	    7, 3, 2);
}

static void
unescaped(const char *s, const char *want)
{
	struct buf b = {0};

	text_unescape(&b, s, strlen(s));
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
}

static void
undoes_percent_signs(void **state)
{
	(void)state;
	unescaped("a%20b%C3%a9", "a b\xc3\xa9");
	unescaped("100%", "100%");
	unescaped("%4", "%4");
	unescaped("% 1%+1%00%zz%1", "% 1%+1%00%zz%1");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(decodes_and_counts),
	    cmocka_unit_test(encodes_no_impossible_code_point),
	    cmocka_unit_test(knows_clusters_and_columns),
	    cmocka_unit_test(cuts_at_whole_clusters),
	    cmocka_unit_test(cleans_what_a_terminal_obeys),
	    cmocka_unit_test(folds_for_searching),
	    cmocka_unit_test(maps_case_and_accents),
	    cmocka_unit_test(knows_kinds_of_characters),
	    cmocka_unit_test(breaks_lines),
	    cmocka_unit_test(survives_any_bytes),
	    cmocka_unit_test(finds_line_and_column),
	    cmocka_unit_test(undoes_percent_signs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
