/* SPDX-License-Identifier: ISC */
/* What the md_html_* files share: tags, and what each element comes to. */
#ifndef MD_HTML_PRIV_H
#define MD_HTML_PRIV_H

#include "md_priv.h"

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
	ACT_SUB,
	ACT_SUP,
	ACT_DETAILS,
	ACT_SUMMARY,
	ACT_RUBY,
	ACT_INPUT,
};

struct tag {
	const char *name;
	size_t nname;
	const char *attrs;
	size_t nattrs;
	bool close;
};

/* Raw HTML on its way into the tree. */
struct md_html {
	struct md_tree *t;
	struct md_html_open *o; /* the tree's */
	bool block;             /* it may begin paragraphs, lists, tables */
	bool pre;
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

/* md_html_tag.c */
/* Of an element that is not known: ACT_NONE. */
enum action md_html_action(const struct tag *);
/* The offset after a comment, declaration or tag at s[0] == '<'. */
size_t md_html_skip(const char *s, size_t len);
/* Read the tag in s, which starts with "<" and a letter or a slash. */
void md_html_tag(const char *s, size_t len, struct tag *);
/* The value of an attribute; false when it is not there. */
bool md_html_attribute(
    const struct tag *, const char *name, const char **v, size_t *n);

/* md_html_list.c */
/* Close containers down to and with the last that has this action. */
void md_html_close_to(struct md_html *h, enum action action);
struct md_node *md_html_open(
    struct md_html *h, enum action action, enum node_kind kind);
bool md_html_is_innermost(const struct md_html *h, enum action action);
void md_html_list(struct md_html *h, const struct tag *tag);
void md_html_item(struct md_html *h, bool close);
/* <dt>, <dd> and the end of their list. */
void md_html_definition(
    struct md_html *h, const struct tag *tag, enum action action);
/* Something that begins and ends paragraphs. */
void md_html_break(struct md_html *h);

/* md_html_table.c */
void md_html_table(struct md_html *h, bool close);
/* A caption stands above its table: the table begins after it. */
void md_html_caption(struct md_html *h, bool close);
void md_html_row(struct md_html *h, bool close);
void md_html_cell_tag(struct md_html *h, const struct tag *tag);
/* One that no tag has opened. */
void md_html_open_cell(struct md_html *h);

/* md_html_span.c */
/* Text between tags. */
void md_html_put(struct md_html *h, const char *s, size_t len);
void md_html_hide(struct md_tree *t, const struct tag *tag);
/* <source src> in a video or audio element that has no address yet. */
void md_html_source(struct md_tree *t, const struct tag *tag);
void md_html_span(struct md_tree *t, const struct tag *tag, enum action action);

#endif
