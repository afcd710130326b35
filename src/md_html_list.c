/* SPDX-License-Identifier: ISC */
/* The lists and quotations that raw HTML opens, and its paragraphs. */
#include "md_html_priv.h"

#include <string.h>

/* Close containers down to and with the last that has this action. */
void
md_html_close_to(struct md_html *h, enum action action)
{
	int i = h->o->n;

	while (i > 0 && h->o->action[i - 1] != action)
		i--;
	if (i == 0)
		return;
	md_tree_end_leaf(h->t);
	while (h->o->n >= i) {
		if (h->o->action[--h->o->n] == ACT_TABLE)
			h->o->table = false;
		md_tree_leave(h->t);
	}
}

struct md_node *
md_html_open(struct md_html *h, enum action action, enum node_kind kind)
{
	if (h->o->n == MD_HTML_DEPTH)
		return NULL;
	md_tree_end_leaf(h->t);
	h->o->action[h->o->n] = (uint8_t)action;
	h->o->node[h->o->n++] = (uint32_t)h->t->nnodes;
	return md_tree_enter(h->t, kind);
}

bool
md_html_is_innermost(const struct md_html *h, enum action action)
{
	return h->o->n > 0 && h->o->action[h->o->n - 1] == action;
}

void
md_html_list(struct md_html *h, const struct tag *tag)
{
	struct md_node *n;
	const char *v;
	size_t len;

	if (tag->close) {
		md_html_close_to(h, ACT_LIST);
		return;
	}
	n = md_html_open(h, ACT_LIST, NODE_LIST);
	if (!n)
		return;
	n->tight = true;
	n->ordered = md_html_lower(tag->name[0]) == 'o';
	n->at = 1;
	if (md_html_attribute(tag, "start", &v, &len) && len > 0 && len < 9) {
		n->at = 0;
		for (; len > 0 && *v >= '0' && *v <= '9'; v++, len--)
			n->at = n->at * 10 + (uint32_t)(*v - '0');
	}
}

void
md_html_item(struct md_html *h, bool close)
{
	for (int i = h->o->n; i > 0 && h->o->action[i - 1] != ACT_LIST; i--)
		if (h->o->action[i - 1] == ACT_ITEM) {
			md_html_close_to(h, ACT_ITEM);
			break;
		}
	md_tree_end_leaf(h->t);
	if (close || !md_html_is_innermost(h, ACT_LIST))
		return;
	h->t->nodes[h->o->node[h->o->n - 1]].len++;
	md_html_open(h, ACT_ITEM, NODE_ITEM);
}

/* <dt>, <dd> and the end of their list. */
void
md_html_definition(struct md_html *h, const struct tag *tag, enum action action)
{
	struct md_node *n;

	if (action != ACT_DEFINITION) {
		md_html_close_to(h, ACT_DEFINITIONS);
		md_html_break(h);
		if (action == ACT_TERM && !tag->close)
			md_tree_leaf(h->t, NODE_P)->level = TERM;
		return;
	}
	md_html_close_to(h, ACT_DEFINITION);
	if (tag->close)
		return;
	if (!md_html_is_innermost(h, ACT_DEFINITIONS)) {
		n = md_html_open(h, ACT_DEFINITIONS, NODE_LIST);
		if (!n)
			return;
		n->definitions = n->tight = n->ordered = true;
		n->at = DEFINITION_START;
	}
	h->t->nodes[h->o->node[h->o->n - 1]].len++;
	md_html_open(h, ACT_DEFINITION, NODE_ITEM);
}

/* Something that begins and ends paragraphs. */
void
md_html_break(struct md_html *h)
{
	if (!h->block || h->o->table)
		md_tree_hard_break(h->t);
	else
		md_tree_end_leaf(h->t);
}
