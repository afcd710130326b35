/* SPDX-License-Identifier: ISC */
/*
 * Drives md4c: the callbacks for blocks fill a tree with one top-level block
 * after the other, and each is laid out and forgotten when it ends.
 */
#include "md_parse_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

#define INFO_MAX 1000 /* bytes behind a fence that are looked at */

static int
align(MD_ALIGN a)
{
	return a == MD_ALIGN_RIGHT    ? ALIGN_RIGHT
	       : a == MD_ALIGN_CENTER ? ALIGN_CENTER
				      : ALIGN_LEFT;
}

static void
enter_list(struct md_render *r, bool tight, bool ordered, unsigned start)
{
	struct md_node *n;

	md_tree_end_leaf(&r->tree);
	r->lists = xgrow(r->lists, r->nlists, &r->lists_cap, sizeof(*r->lists));
	r->lists[r->nlists++] = r->tree.flat ? (ordered ? start : MD_NONE)
					     : (uint32_t)r->tree.nnodes;
	n = md_tree_enter(&r->tree, NODE_LIST);
	n->tight = tight;
	n->ordered = ordered;
	n->definitions = ordered && start == DEFINITION_START;
	n->at = start;
}

/* In a cell of an HTML table: its list is a number, or none. */
static void
flat_item(struct md_render *r)
{
	uint32_t *number = &r->lists[r->nlists - 1];
	char mark[16] = "\xe2\x80\xa2 ";

	if (*number != MD_NONE)
		snprintf(mark, sizeof(mark), "%u. ", (unsigned)(*number)++);
	md_tree_enter(&r->tree, NODE_ITEM);
	md_tree_plain(&r->tree, mark, strlen(mark));
}

static void
enter_item(struct md_render *r, const MD_BLOCK_LI_DETAIL *d)
{
	struct md_node *n;

	if (r->tree.flat) {
		flat_item(r);
		return;
	}
	r->tree.nodes[r->lists[r->nlists - 1]].len++;
	n = md_tree_enter(&r->tree, NODE_ITEM);
	if (d->is_task)
		n->level = d->task_mark == ' ' ? TASK_OPEN : TASK_DONE;
}

static void
enter_code(struct md_render *r, const MD_BLOCK_CODE_DETAIL *d)
{
	static const char *const drawn[] = {"mermaid", "math", "katex"};
	struct md_node *n = md_tree_leaf(&r->tree, NODE_CODE);

	r->code = r->tree.flat;
	if (d->info.size > 0 && d->info.size <= INFO_MAX)
		n->info = md_parse_attribute(r, &d->info);
	/* What readers will see as a picture is said to be one. */
	for (size_t i = 0; i < NITEMS(drawn); i++) {
		if (d->lang.size != strlen(drawn[i]) ||
		    memcmp(d->lang.text, drawn[i], d->lang.size) != 0)
			continue;
		n->label = md_tree_string(&r->tree, drawn[i], d->lang.size);
		break;
	}
}

static void
enter_cell(struct md_render *r, const MD_BLOCK_TD_DETAIL *d, bool head)
{
	struct md_node *n = md_tree_leaf(&r->tree, NODE_CELL);

	n->level = (uint8_t)align(d->align);
	n->head = head;
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct md_render *r = ctx;
	struct md_tree *t = &r->tree;

	if (md_parse_is_over(r, 0))
		return MD_PARSE_STOP;
	r->depth++;
	md_html_reset(t);
	if (t->flat && type != MD_BLOCK_HTML)
		md_html_cell(t);
	switch (type) {
	case MD_BLOCK_QUOTE:
		md_tree_enter(t, NODE_QUOTE);
		break;
	case MD_BLOCK_UL:
		enter_list(
		    r, ((MD_BLOCK_UL_DETAIL *)detail)->is_tight, false, 1);
		break;
	case MD_BLOCK_OL:
		enter_list(r, ((MD_BLOCK_OL_DETAIL *)detail)->is_tight, true,
		    ((MD_BLOCK_OL_DETAIL *)detail)->start);
		break;
	case MD_BLOCK_LI:
		enter_item(r, detail);
		break;
	case MD_BLOCK_HR:
		md_tree_mark(t, NODE_HR);
		break;
	case MD_BLOCK_H:
		md_tree_leaf(t, NODE_H)->level =
		    (uint8_t)((MD_BLOCK_H_DETAIL *)detail)->level;
		r->heading = !t->flat;
		break;
	case MD_BLOCK_CODE:
		enter_code(r, detail);
		break;
	case MD_BLOCK_HTML:
		md_tree_end_leaf(t);
		r->html = true;
		buf_clear(&r->raw);
		break;
	case MD_BLOCK_P:
		md_tree_leaf(t, NODE_P);
		break;
	case MD_BLOCK_TABLE:
		md_tree_enter(t, NODE_TABLE);
		break;
	case MD_BLOCK_TR:
		md_tree_enter(t, NODE_ROW);
		break;
	case MD_BLOCK_TH:
	case MD_BLOCK_TD:
		enter_cell(r, detail, type == MD_BLOCK_TH);
		break;
	default:
		break;
	}
	return 0;
}

/* Say which element it was: "<iframe>". */
static void
omit_html(struct md_render *r, const char *s, size_t len)
{
	struct md_tree *t = &r->tree;
	size_t n = 1;
	char *name;

	while (n < len && n < 40 && s[n] > ' ' && s[n] != '>')
		n++;
	name = xasprintf("%.*s>", (int)n, s);
	md_tree_mark(t, NODE_OMITTED);
	t->nodes[t->nnodes - 1].label = md_tree_string(t, name, strlen(name));
	free(name);
}

static void
end_html(struct md_render *r)
{
	struct md_tree *t = &r->tree;
	const char *s = buf_text(&r->raw);
	size_t len = r->raw.len, i = 0;

	r->html = false;
	while (i < len && s[i] == ' ')
		i++;
	if (md_parse_is_more(s, len) && !r->more) {
		r->more = true;
		md_tree_mark(t, NODE_MORE);
	} else if (r->opt->unsafe)
		md_html_block(t, s, len, r->depth == 2 && !r->collect);
	else if (len - i < 4 ||
		 (s[i + 1] != '/' && memcmp(s + i, "<!--", 4) != 0))
		omit_html(r, s + i, len - i);
}

/* A block of the document has ended: it is laid out and forgotten. */
static void
end_top_block(struct md_render *r)
{
	struct md_tree *t = &r->tree;

	if (r->collect && !r->body)
		return;
	if (r->collect) {
		/* All but the paragraph that ends them. */
		struct md_tree other = r->notes_tree;

		other.ids = t->ids;
		t->ids = (struct md_ids_seen){0};
		md_tree_end_leaf(t);
		r->notes_tree = *t;
		*t = other;
		r->collect = false;
		return;
	}
	if (t->html.n > 0)
		return;
	md_layout_tree(&r->layout, t);
	md_tree_clear(t);
}

/* Spans end with their block, however many there were. */
static void
end_spans(struct md_render *r)
{
	struct md_tree *t = &r->tree;

	t->strong[0] = t->em[0] = t->strike[0] = t->code[0] = 0;
	t->link[0] = -1;
	t->literal = 0;
	r->tildes = 0;
	r->tilde_due = r->link_due = false;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct md_render *r = ctx;
	struct md_tree *t = &r->tree;

	(void)detail;
	if (md_parse_is_over(r, 0))
		return MD_PARSE_STOP;
	switch (type) {
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		r->nlists--;
		md_tree_leave(t);
		break;
	case MD_BLOCK_QUOTE:
	case MD_BLOCK_LI:
	case MD_BLOCK_TABLE:
	case MD_BLOCK_TR:
		md_tree_leave(t);
		break;
	case MD_BLOCK_HTML:
		end_html(r);
		break;
	case MD_BLOCK_HR:
	case MD_BLOCK_THEAD:
	case MD_BLOCK_TBODY:
		break;
	case MD_BLOCK_H:
		md_tree_end_leaf(t);
		if (r->heading)
			md_heading_end(t);
		r->heading = false;
		break;
	case MD_BLOCK_CODE:
		md_tree_end_leaf(t);
		if (!t->flat)
			md_code_runs(t, &t->nodes[t->leaf]);
		r->code = false;
		break;
	default:
		md_tree_end_leaf(t);
	}
	md_html_reset(t);
	end_spans(r);
	/* The document itself is the first block. */
	if (--r->depth == 1)
		end_top_block(r);
	return 0;
}

/* Parse s; false: it is more than there is a budget for. */
bool
md_parse_body(struct md_render *r, const char *s, size_t len)
{
	MD_PARSER parser = {
	    .flags = (r->opt->no_tables ? 0 : MD_FLAG_TABLES) |
		     (r->opt->no_strikethrough ? 0 : MD_FLAG_STRIKETHROUGH) |
		     (r->opt->no_tasks ? 0 : MD_FLAG_TASKLISTS),
	    .enter_block = enter_block,
	    .leave_block = leave_block,
	    .enter_span = md_parse_enter_span,
	    .leave_span = md_parse_leave_span,
	    .text = md_parse_text,
	};

	r->tree.source = r->notes_tree.source = s;
	r->tree.source_end = r->notes_tree.source_end = s + len;
	return md_parse(s, (MD_SIZE)len, &parser, r) == 0;
}
