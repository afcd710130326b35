/* SPDX-License-Identifier: ISC */
/*
 * What Hugo tells of a page without its layout: .Summary, .Truncated,
 * .WordCount, .ReadingTime and their like, made without running it.  Sources:
 * Hugo's docs "Content summaries", and its code where the docs are silent
 * (hugolib/page__per_output.go, helpers/content.go, resources/page/
 * page_markup.go).
 */
#ifndef SUMMARY_H
#define SUMMARY_H

#include <stdbool.h>
#include <stddef.h>

#include "post.h"
#include "site.h"

/* Where the summary is from. */
enum summary_kind {
	SUMMARY_AUTOMATIC,
	SUMMARY_MANUAL, /* what stands before <!--more--> */
	SUMMARY_FIELD,  /* the front matter's "summary" */
};

/* How an automatic one is cut. */
enum summary_rule {
	SUMMARY_SENTENCE,  /* Hugo before 0.134: summaryLength words, and then
			      up to the end of the sentence */
	SUMMARY_PARAGRAPH, /* since: up to the end of the paragraph */
};

struct summary {
	enum summary_kind kind;
	enum summary_rule rule;
	char *text; /* plain: no tags, no character references; UTF-8 as in the
		       file, not cleaned */
	bool truncated; /* there is more to read */
	bool broken;    /* the cut is not at the end of a sentence */
	bool cjk;       /* signs are counted, see isCJKLanguage */
	size_t words, fuzzy_words, minutes;
	bool whole; /* all of the body was read; else figures are too small */
};

/*
 * Everything there is to say; only a body of more than 64 MiB, or one that is
 * too much work, is not whole.  summary_dispose() it.
 */
void summary_make(
    struct summary *, const struct site_config *, const struct post *);
/* The same without text, kind and truncated, which are left zero. */
void summary_count(
    struct summary *, const struct site_config *, const struct post *);
void summary_dispose(struct summary *);
const char *summary_kind_name(enum summary_kind); /* "automatic" */

#endif
