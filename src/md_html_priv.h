/* SPDX-License-Identifier: ISC */
/* What the md_html_* files share: tags, and what each element comes to. */
#ifndef MD_HTML_PRIV_H
#define MD_HTML_PRIV_H

#include <stdbool.h>
#include <stddef.h>

enum action {
	ACT_NONE,
	ACT_BLOCK,
	ACT_BREAK,
	ACT_RULE,
	ACT_HEADING,
	ACT_LIST,
	ACT_ITEM,
	ACT_DEFINITIONS,
	ACT_TERM,
	ACT_DEFINITION,
	ACT_QUOTE,
	ACT_PRE,
	ACT_STRONG,
	ACT_EM,
	ACT_STRIKE,
	ACT_UNDER,
	ACT_CODE,
	ACT_LINK,
	ACT_PICTURE,
	ACT_FRAME,
	ACT_VIDEO,
	ACT_AUDIO,
	ACT_SOURCE,
	ACT_HIDE,
	ACT_TABLE,
	ACT_ROW,
	ACT_CELL,
	ACT_CAPTION,
	ACT_Q,
};

struct tag {
	const char *name;
	size_t nname;
	const char *attrs;
	size_t nattrs;
	bool close;
};

static inline char
md_html_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static inline bool
md_html_letter(char c)
{
	return md_html_lower(c) >= 'a' && md_html_lower(c) <= 'z';
}

static inline bool
md_html_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* Of an element that is not known: ACT_NONE. */
enum action md_html_action(const struct tag *);
/* The offset after a comment, declaration or tag at s[0] == '<'. */
size_t md_html_skip(const char *s, size_t len);
/* Read the tag in s, which starts with "<" and a letter or a slash. */
void md_html_tag(const char *s, size_t len, struct tag *);
/* The value of an attribute; false when it is not there. */
bool md_html_attribute(
    const struct tag *, const char *name, const char **v, size_t *n);

#endif
