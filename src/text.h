/* SPDX-License-Identifier: ISC */
/*
 * UTF-8 text as a terminal shows it: grapheme clusters (UAX 29), columns
 * (UAX 11), line breaks (UAX 14), caseless comparing.  Lengths are bytes,
 * widths are terminal columns.  Invalid bytes count as one U+FFFD each.
 */
#ifndef TEXT_H
#define TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

#define TEXT_REPLACEMENT 0xfffdu

/* The code point at s[0..len), len > 0; *size gets its length in bytes. */
uint32_t text_decode(const char *s, size_t len, size_t *size);
/* Append a code point as UTF-8. */
void text_encode(struct buf *, uint32_t cp);
/* Byte offset of the first byte that is not valid UTF-8, or len. */
size_t text_valid(const char *s, size_t len);
/* The number of code points in s[0..len). */
size_t text_count(const char *s, size_t len);
/* Where byte at of s is: line and column from 1, columns in code points; lines
 * end in "\n". */
void text_place(const char *s, size_t at, unsigned *line, unsigned *column);
/* The value of a hexadecimal digit, -1: it is none. */
int text_hex(char);
/* Append s with every %hh (RFC 3986) but %00 made the byte that it is. */
void text_unescape(struct buf *, const char *s, size_t len);

/* Bytes of the first grapheme cluster of s[0..len); 0 when len is 0. */
size_t text_next(const char *s, size_t len);
/* Bytes of the last grapheme cluster of s[0..len); 0 when len is 0. */
size_t text_prev(const char *s, size_t len);

/* Columns of a code point: 0, 1 or 2; control characters: 0. */
int text_cp_width(uint32_t cp);
/* Columns of s[0..len), cluster by cluster (an emoji sequence is 2). */
int text_width(const char *s, size_t len);
/*
 * Bytes of the longest run of whole clusters of s[0..len) that fits cols
 * columns; *used (may be NULL) gets its columns.
 */
size_t text_cut(const char *s, size_t len, int cols, int *used);
/* s cut to cols columns, ending in U+2026 when it was cut. Caller frees. */
char *text_fit(const char *s, size_t len, int cols);

/* What a terminal may obey: C0, DEL, C1, and the format characters that reorder
 * text, U+202A-202E and U+2066-2069. */
bool text_is_control(uint32_t cp);
/*
 * Append s with every such character and invalid byte made harmless: tabs and
 * line ends (CR LF, U+2028 and U+2029 too) become a space, the rest U+FFFD.
 */
void text_clean(struct buf *, const char *s, size_t len);

/*
 * s in a form in which equal means alike to a reader who searches: NFKD, case
 * folded, combining marks (canonical class other than 0) and what shows nothing
 * (soft hyphen, joiners) dropped.  A NUL becomes U+FFFD, here and in the three
 * below.  Caller frees.
 */
char *text_fold(const char *s, size_t len);
/* Compare caselessly, ASCII only (front matter keys, configuration). */
int text_casecmp(const char *a, size_t alen, const char *b, size_t blen);
/* Upper- or lower-case of a string, Unicode's simple mapping. Caller frees. */
char *text_lower(const char *s, size_t len);
char *text_upper(const char *s, size_t len);
/* Decompose, drop combining marks, recompose (Hugo's removePathAccents). */
char *text_unaccent(const char *s, size_t len);

bool text_is_letter(uint32_t cp); /* Unicode category L */
bool text_is_digit(uint32_t cp);  /* Unicode category Nd */
bool text_is_mark(uint32_t cp);   /* Unicode category M */
bool text_is_punct(uint32_t cp);  /* Unicode category P */
bool text_is_space(uint32_t cp);
/* Han, kana, bopomofo and their full-width punctuation; Hangul is not. */
bool text_is_cjk(uint32_t cp);

/*
 * Line-break opportunities of s[0..len): brk[i] becomes 'y' where a line may
 * break before byte i, '!' where it must, else 0.  brk has len bytes.
 * text_break.c has the rules; an invalid byte is a letter.
 */
void text_breaks(const char *s, size_t len, char *brk);

#endif
