/* SPDX-License-Identifier: ISC */
/* What the summary*.c files share. */
#ifndef SUMMARY_PRIV_H
#define SUMMARY_PRIV_H

#include "buf.h"
#include "summary.h"

/* summary_strip.c: append the text of HTML as Hugo's plainify has it: without
 * tags, a newline for each end of a paragraph and each <br>, blanks run
 * together. */
void summary_strip(struct buf *, const char *html, size_t len);

/* summary_cut.c: what has length words, at the end of its sentence; all of s
 * where that is nowhere.  Bytes of s. */
size_t summary_cut_sentence(const char *s, size_t len, size_t length);
/* The same for Chinese, Japanese and Korean: append it.  Was s longer? */
bool summary_cut_signs(struct buf *, const char *s, size_t len, size_t length);
/* Up to the end of the paragraph that has the word: bytes of the HTML. */
size_t summary_cut_paragraph(
    const char *html, size_t len, size_t length, bool cjk);
/* Words of plain text; signs: each sign of a word that is not all ASCII. */
size_t summary_words(const char *s, size_t len, bool signs);
/* Is there Han, Hangul, Hiragana or Katakana in it? */
bool summary_has_cjk(const char *s, size_t len);

#endif
