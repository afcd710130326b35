/* SPDX-License-Identifier: ISC */
/* A language, as the scanner reads it. */
#ifndef HIGHLIGHT_PRIV_H
#define HIGHLIGHT_PRIV_H

#include <stdbool.h>

#include "highlight.h"

enum language_flag {
	META_LINE = 1 << 0,    /* a line that begins with # is META */
	CALLS = 1 << 1,        /* a word before ( is a NAME */
	NESTED = 1 << 2,       /* block comments nest */
	MULTI = 1 << 3,        /* all strings may have lines */
	TICK = 1 << 4,         /* 'a is no string unless a ' follows */
	BANG = 1 << 5,         /* a word before ! is a NAME */
	TRIPLE = 1 << 6,       /* three quotes: a string with lines */
	AT = 1 << 7,           /* @word is META */
	DOLLAR = 1 << 8,       /* $word ${...} is META */
	DOLLAR_WORD = 1 << 9,  /* $ is part of words */
	DASH_WORD = 1 << 10,   /* - is part of words */
	WORD_HASH = 1 << 11,   /* # begins a comment only after a blank */
	PROMPT = 1 << 12,      /* lines of $ or # are commands */
	NOCASE = 1 << 13,      /* words whatever their capitals */
	MARKUP = 1 << 14,      /* tags */
	COLON_KEY = 1 << 15,   /* a word or string before : is a NAME */
	EQUAL_KEY = 1 << 16,   /* before = */
	LINE_KEY = 1 << 17,    /* these only as the first of a line */
	HASH_COLOUR = 1 << 18, /* #fff is a NUMBER */
	SECTION = 1 << 19,     /* a line that begins with [ is a NAME */
	LINE_HASH = 1 << 20,   /* # is a comment only as the first of a line */
	DOUBLED = 1 << 21,     /* a quote in a string is doubled; \ is text */
	SYMBOL = 1 << 22,      /* :word is a STRING */
	QUERY = 1 << 23,       /* ? ! ' may end words */
	PERCENT = 1 << 24,     /* %word is META */
	DIFF = 1 << 25,
	FIRST_WORD = 1 << 26, /* a line's first word is a KEYWORD */
	DOTTED = 1 << 27,     /* . is part of words; the last part counts too */
	LINE_QUOTE = 1 << 28, /* a " that begins a line is a comment */
};

struct language {
	const char *names;        /* with blanks; the first is its own */
	const char *line;         /* "//", or several with blanks between */
	const char *open, *close; /* of a block comment */
	const char *strings;      /* quotes */
	const char *raw;          /* those in which \ is text, with lines */
	const char *multi;        /* those with lines */
	unsigned flags;
	const char *words, *types; /* each followed by a blank */
};

extern const struct language highlight_languages[];
extern const size_t highlight_nlanguages;

#endif
