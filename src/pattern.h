/* SPDX-License-Identifier: ISC */
/*
 * Regular expressions of other people, tried in bounded time: those of POSIX
 * (extended), and \d \w \s, in brackets too, (?:...), and (?i) at the start.
 * What refers back, is lazy, counts far or nests counts is refused.
 */
#ifndef PATTERN_H
#define PATTERN_H

#include <regex.h>
#include <stdbool.h>

#include "err.h"

/* 0, and the caller calls regfree(); -1: err says what is not understood. */
int pattern_compile(regex_t *, const char *pattern, int flags, struct err *);
/* The groups that have a number for those who wrote the pattern: that of
 * regexec() by theirs, [0] is the whole. */
struct pattern_groups {
	size_t at[10], n;
};
int pattern_compile_groups(regex_t *, const char *pattern, int flags,
    struct pattern_groups *, struct err *);
/* Does the pattern match somewhere in s?  What is no pattern matches all. */
bool pattern_matches(const char *pattern, const char *s);

#endif
