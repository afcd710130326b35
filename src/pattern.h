/* SPDX-License-Identifier: ISC */
/*
 * Regular expressions of other people, tried in bounded time: those of POSIX
 * (extended), and \d \w \s.  What refers back, counts far or nests counts is
 * refused.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include <regex.h>
#include <stdbool.h>

#include "err.h"

/* 0, and the caller calls regfree(); -1: err says what is not understood. */
int pattern_compile(regex_t *, const char *pattern, int flags, struct err *);
/* Does the pattern match somewhere in s?  What is no pattern matches all. */
bool pattern_matches(const char *pattern, const char *s);

#endif
