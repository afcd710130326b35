/* SPDX-License-Identifier: ISC */
/* Tags of raw HTML, read leniently, and a table of the elements. */
#include "md_html_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct element {
	const char *name;
	enum action action;
};

static const struct element elements[] = {
    {"a", ACT_LINK},
    {"address", ACT_BLOCK},
    {"article", ACT_BLOCK},
    {"aside", ACT_BLOCK},
    {"audio", ACT_AUDIO},
    {"b", ACT_STRONG},
    {"blockquote", ACT_QUOTE},
    {"br", ACT_BREAK},
    {"canvas", ACT_HIDE},
    {"caption", ACT_CAPTION},
    {"center", ACT_BLOCK},
    {"cite", ACT_EM},
    {"code", ACT_CODE},
    {"datalist", ACT_HIDE},
    {"dd", ACT_DEFINITION},
    {"del", ACT_STRIKE},
    {"details", ACT_DETAILS},
    {"dfn", ACT_EM},
    {"dialog", ACT_BLOCK},
    {"div", ACT_BLOCK},
    {"dl", ACT_DEFINITIONS},
    {"dt", ACT_TERM},
    {"em", ACT_EM},
    {"embed", ACT_FRAME},
    {"fieldset", ACT_BLOCK},
    {"figcaption", ACT_BLOCK},
    {"figure", ACT_BLOCK},
    {"footer", ACT_BLOCK},
    {"form", ACT_BLOCK},
    {"h1", ACT_HEADING},
    {"h2", ACT_HEADING},
    {"h3", ACT_HEADING},
    {"h4", ACT_HEADING},
    {"h5", ACT_HEADING},
    {"h6", ACT_HEADING},
    {"header", ACT_BLOCK},
    {"hgroup", ACT_BLOCK},
    {"hr", ACT_RULE},
    {"i", ACT_EM},
    {"iframe", ACT_FRAME},
    {"img", ACT_PICTURE},
    {"input", ACT_INPUT},
    {"ins", ACT_UNDER},
    {"kbd", ACT_CODE},
    {"legend", ACT_BLOCK},
    {"li", ACT_ITEM},
    {"main", ACT_BLOCK},
    {"mark", ACT_UNDER},
    {"menu", ACT_LIST},
    {"meter", ACT_HIDE},
    {"nav", ACT_BLOCK},
    {"noscript", ACT_HIDE},
    {"object", ACT_FRAME},
    {"ol", ACT_LIST},
    {"option", ACT_BLOCK},
    {"p", ACT_BLOCK},
    {"pre", ACT_PRE},
    {"progress", ACT_HIDE},
    {"q", ACT_Q},
    {"rt", ACT_RUBY},
    {"s", ACT_STRIKE},
    {"samp", ACT_CODE},
    {"script", ACT_HIDE},
    {"search", ACT_BLOCK},
    {"section", ACT_BLOCK},
    {"source", ACT_SOURCE},
    {"strike", ACT_STRIKE},
    {"strong", ACT_STRONG},
    {"style", ACT_HIDE},
    {"sub", ACT_SUB},
    {"summary", ACT_SUMMARY},
    {"sup", ACT_SUP},
    {"svg", ACT_HIDE},
    {"table", ACT_TABLE},
    {"td", ACT_CELL},
    {"template", ACT_HIDE},
    {"th", ACT_CELL},
    {"title", ACT_HIDE},
    {"tr", ACT_ROW},
    {"tt", ACT_CODE},
    {"u", ACT_UNDER},
    {"ul", ACT_LIST},
    {"var", ACT_EM},
    {"video", ACT_VIDEO},
};

static int
compare(const void *key, const void *item)
{
	const struct tag *tag = key;
	const char *name = ((const struct element *)item)->name;

	for (size_t i = 0; i < tag->nname; i++) {
		unsigned char a = (unsigned char)md_html_lower(tag->name[i]);
		unsigned char b = (unsigned char)name[i];

		if (a != b)
			return a - b;
	}
	return name[tag->nname] ? -1 : 0;
}

enum action
md_html_action(const struct tag *tag)
{
	const struct element *e = bsearch(
	    tag, elements, NITEMS(elements), sizeof(elements[0]), compare);

	return e ? e->action : ACT_NONE;
}

/* As browsers do: "<!-->" is one, and "--!>" ends one. */
static size_t
skip_comment(const char *s, size_t len)
{
	if (len > 4 && s[4] == '>')
		return 5;
	if (len > 5 && s[4] == '-' && s[5] == '>')
		return 6;
	for (size_t i = 4; i + 3 <= len; i++) {
		if (s[i] != '-' || s[i + 1] != '-')
			continue;
		if (s[i + 2] == '>')
			return i + 3;
		if (i + 3 < len && s[i + 2] == '!' && s[i + 3] == '>')
			return i + 4;
	}
	return len;
}

size_t
md_html_skip(const char *s, size_t len)
{
	char q = 0, before = 0;

	if (len >= 4 && !memcmp(s, "<!--", 4))
		return skip_comment(s, len);
	for (size_t i = 1; i < len; i++) {
		if (q && s[i] == q)
			q = 0;
		else if (!q && (s[i] == '"' || s[i] == '\''))
			q = before == '=' ? s[i] : 0;
		else if (!q && s[i] == '>')
			return i + 1;
		if (!md_html_blank(s[i]))
			before = s[i];
	}
	return len;
}

void
md_html_tag(const char *s, size_t len, struct tag *tag)
{
	size_t i = 1, end = len;

	tag->close = s[i] == '/';
	if (tag->close)
		i++;
	tag->name = s + i;
	while (i < len && (md_html_letter(s[i]) ||
			      (s[i] >= '0' && s[i] <= '9') || s[i] == '-'))
		i++;
	tag->nname = (size_t)(s + i - tag->name);
	if (end > i && s[end - 1] == '>')
		end--;
	if (end > i && s[end - 1] == '/')
		end--;
	tag->attrs = s + i;
	tag->nattrs = end - i;
}

bool
md_html_attribute(
    const struct tag *tag, const char *name, const char **v, size_t *n)
{
	const char *s = tag->attrs;
	size_t i = 0, len = tag->nattrs, at, end;
	struct tag key;
	char q;

	while (i < len) {
		while (i < len && (md_html_blank(s[i]) || s[i] == '/'))
			i++;
		at = i;
		while (i < len && !md_html_blank(s[i]) && s[i] != '=')
			i++;
		end = i;
		while (i < len && md_html_blank(s[i]))
			i++;
		*v = s + i;
		*n = 0;
		if (i < len && s[i] == '=') {
			for (i++; i < len && md_html_blank(s[i]);)
				i++;
			q = i < len && (s[i] == '"' || s[i] == '\'') ? s[i++]
								     : 0;
			*v = s + i;
			while (
			    i < len && (q ? s[i] != q : !md_html_blank(s[i])))
				i++;
			*n = (size_t)(s + i - *v);
			if (q && i < len)
				i++;
		}
		key.name = s + at;
		key.nname = end - at;
		if (key.nname > 0 && key.nname == strlen(name) &&
		    compare(&key, &(struct element){name, ACT_NONE}) == 0)
			return true;
		if (i == at)
			i++;
	}
	return false;
}
