/* SPDX-License-Identifier: ISC */
/*
 * Where a rendering ends before its text does: nesting beyond all reason, which
 * costs md4c a step for each level on each line, is found before it is parsed;
 * a budget that is spent, or a reader who has gone, ends it on the way.
 */
#include "md_priv.h"

#include <stdio.h>
#include <string.h>

#define DEEP      100 /* containers that a line may begin with */
#define DEEP_CODE 500 /* the same where it may be in a block of code */
#define INDENTED  400 /* columns before a line's first container */
#define NOTE_MAX  65536

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

bool
md_bound_is_deep(const char *s, const char *end, bool code)
{
	int most = code ? DEEP_CODE : DEEP, columns = 0;
	bool one;

	for (int n = 0; n <= most; n++) {
		size_t len;

		for (; s < end && is_blank(*s); s++)
			columns += *s == '\t' ? MD_TAB : 1;
		if (s == end)
			return false;
		len = *s == '>' ? 1 : md_block_list(s, end, &one);
		if (len == 0)
			return false;
		/* A list that is there may be in as many others. */
		if (columns > INDENTED)
			return true;
		s += len;
		columns += (int)len;
	}
	return true;
}

void
md_bound_close(struct md_tree *t)
{
	int depth = 0;

	md_tree_end_leaf(t);
	for (size_t i = 0; i < t->nnodes; i++) {
		if (t->nodes[i].kind == NODE_END)
			depth--;
		else if (t->nodes[i].kind >= NODE_QUOTE)
			depth++;
	}
	while (depth-- > 0)
		md_tree_leave(t);
}

void
md_bound_note(struct md_layout *l, const char *why)
{
	struct doc *d = l->doc;
	const struct md_options *opt = l->opt;
	char note[128];

	snprintf(note, sizeof(note), "The rest is left out: %s.", why);
	doc_go_on(d, NOTE_MAX);
	if (d->open)
		doc_end_line(d);
	md_layout_dispose(l);
	md_layout_init(l, d, opt);
	l->gap = d->nlines > 0;
	md_layout_note(l, note);
	d->partial = true;
}
