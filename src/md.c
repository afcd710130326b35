/* SPDX-License-Identifier: ISC */
/*
 * Drives md4c: its callbacks fill a tree with one top-level block after the
 * other, and each is laid out and forgotten when it ends.  What md4c makes out
 * of hostile input is bounded here: bytes of addresses, and callbacks.
 */
#include "md.h"

#include <md4c.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "md_priv.h"
#include "mem.h"
#include "text.h"

#define BODY_MAX ((size_t)256 << 20)
#define TEXT_MAX ((size_t)1 << 30)
#define INFO_MAX 1000 /* bytes behind a fence that are looked at */

struct render {
	const struct md_options *opt;
	struct doc *doc;
	struct md_tree tree;
	struct md_layout layout;
	int depth;       /* of blocks */
	bool html;       /* in a block of raw HTML */
	struct buf raw;  /* its text */
	uint32_t *lists; /* nodes of the open lists */
	size_t nlists, lists_cap;
	bool omitted;    /* the last inline HTML was said to be omitted */
	bool heading;    /* in one */
	bool code;       /* in a block of it in a cell */
	bool more;       /* the summary has ended */
	uint32_t tildes; /* a bit for each open span: it is one ~, so none */
	bool tilde_due;  /* one has begun, its text tells */
	bool link_due;   /* so has a link */
	struct md_notes notes;
	struct md_tree notes_tree;
	bool collect; /* footnotes come first */
	bool body;    /* they have ended */
	size_t budget;
	const char *address; /* of the last link, in the source; or NULL */
	size_t naddress;
	int link; /* and its index */
};

/* md4c 0.4.8 goes on after a positive result. */
#define STOP (-2)
#define CALL 4 /* what a call costs, beside what is made in it */

/* Is there nothing left for a call with n bytes of text? */
static bool
is_over(struct render *r, size_t n)
{
	return !doc_spend(r->doc, CALL + n);
}

/* An attribute with its character references decoded, in the tree. */
static uint32_t
attribute(struct render *r, const MD_ATTRIBUTE *a)
{
	struct buf b = {0};
	uint32_t at;

	for (unsigned i = 0; a->size > 0 && a->substr_offsets[i] < a->size;
	     i++) {
		const char *s = a->text + a->substr_offsets[i];
		size_t n = a->substr_offsets[i + 1] - a->substr_offsets[i];

		if (a->substr_types[i] != MD_TEXT_ENTITY ||
		    !md_entity_decode(&b, s, n))
			buf_add(&b, s, n);
	}
	at = md_tree_string(&r->tree, buf_text(&b), b.len);
	buf_dispose(&b);
	return at;
}

/* A link to an address: its index in the doc, or -1. */
static int
add_link(struct render *r, const MD_ATTRIBUTE *a)
{
	uint32_t at;

	if (a->size == 0 || a->substr_offsets[1] != a->size ||
	    a->substr_types[0] != MD_TEXT_NORMAL || r->tree.codes) {
		at = attribute(r, a);
		return doc_add_link(r->doc, r->tree.strings.data + at);
	}
	/* That of a reference is kept once where its uses follow each other. */
	if (a->text == r->address && a->size == r->naddress)
		return doc_repeat_link(r->doc, r->link);
	r->address = a->text >= r->tree.source && a->text < r->tree.source_end
			 ? a->text
			 : NULL;
	r->naddress = a->size;
	r->link = doc_add_address(r->doc, a->text, a->size);
	return r->link;
}

static int
align(MD_ALIGN a)
{
	return a == MD_ALIGN_RIGHT    ? ALIGN_RIGHT
	       : a == MD_ALIGN_CENTER ? ALIGN_CENTER
				      : ALIGN_LEFT;
}

static void
enter_list(struct render *r, bool tight, bool ordered, unsigned start)
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
flat_item(struct render *r)
{
	uint32_t *number = &r->lists[r->nlists - 1];
	char mark[16] = "\xe2\x80\xa2 ";

	if (*number != MD_NONE)
		snprintf(mark, sizeof(mark), "%u. ", (unsigned)(*number)++);
	md_tree_enter(&r->tree, NODE_ITEM);
	md_tree_plain(&r->tree, mark, strlen(mark));
}

static void
enter_item(struct render *r, const MD_BLOCK_LI_DETAIL *d)
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
enter_code(struct render *r, const MD_BLOCK_CODE_DETAIL *d)
{
	static const char *const drawn[] = {"mermaid", "math", "katex"};
	struct md_node *n = md_tree_leaf(&r->tree, NODE_CODE);

	r->code = r->tree.flat;
	if (d->info.size > 0 && d->info.size <= INFO_MAX)
		n->info = attribute(r, &d->info);
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
enter_cell(struct render *r, const MD_BLOCK_TD_DETAIL *d, bool head)
{
	struct md_node *n = md_tree_leaf(&r->tree, NODE_CELL);

	n->level = (uint8_t)align(d->align);
	n->head = head;
}

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct render *r = ctx;
	struct md_tree *t = &r->tree;

	if (is_over(r, 0))
		return STOP;
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

static bool
is_more(const char *s, size_t len)
{
	while (len > 0 && (s[len - 1] == '\n' || s[len - 1] == ' '))
		len--;
	while (len > 0 && *s == ' ') {
		s++;
		len--;
	}
	return len >= 11 && !memcmp(s, "<!--", 4) &&
	       !memcmp(s + len - 3, "-->", 3) && memchr(s, 'm', len) &&
	       len <= 13 && !memcmp(memchr(s, 'm', len), "more", 4);
}

/* Say which element it was: "<iframe>". */
static void
omit_html(struct render *r, const char *s, size_t len)
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
end_html(struct render *r)
{
	struct md_tree *t = &r->tree;
	const char *s = buf_text(&r->raw);
	size_t len = r->raw.len, i = 0;

	r->html = false;
	while (i < len && s[i] == ' ')
		i++;
	if (is_more(s, len) && !r->more) {
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
end_top_block(struct render *r)
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
end_spans(struct render *r)
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
	struct render *r = ctx;
	struct md_tree *t = &r->tree;

	(void)detail;
	if (is_over(r, 0))
		return STOP;
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

static int
enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct render *r = ctx;
	struct md_tree *t = &r->tree;
	const MD_SPAN_A_DETAIL *a = detail;
	const MD_SPAN_IMG_DETAIL *img = detail;

	size_t n = 0;

	if (type == MD_SPAN_A)
		n = a->href.size + a->title.size;
	if (type == MD_SPAN_IMG)
		n = img->src.size + img->title.size;
	if (is_over(r, n))
		return STOP;
	switch (type) {
	case MD_SPAN_EM:
		t->em[0]++;
		break;
	case MD_SPAN_STRONG:
		t->strong[0]++;
		break;
	case MD_SPAN_DEL:
		r->tildes <<= 1;
		r->tilde_due = true;
		t->strike[0]++;
		break;
	case MD_SPAN_CODE:
		t->code[0]++;
		break;
	case MD_SPAN_A:
		r->link_due = true;
		if (t->hide || t->object != MD_NONE)
			break;
		t->link[0] = add_link(r, &a->href);
		break;
	case MD_SPAN_IMG:
		md_tree_object(t, OBJECT_PICTURE, attribute(r, &img->src));
		break;
	default:
		break;
	}
	return 0;
}

static bool
in_source(const struct md_tree *t, const char *s)
{
	return t->source && s > t->source && s < t->source_end;
}

/*
 * md4c strikes out ~one~ too.  The first text in such a span tells how many
 * tildes are before it.
 */
static void
begin_strike(struct render *r, const char *s)
{
	struct md_tree *t = &r->tree;

	r->tilde_due = false;
	if (!in_source(t, s))
		return;
	while (s > t->source && s[-1] != '~' && s[-1] != '\n')
		s--;
	if (s - t->source < 1 || s[-1] != '~' ||
	    (s - t->source > 1 && s[-2] == '~'))
		return;
	r->tildes |= 1;
	t->strike[0]--;
	md_tree_plain(t, "~", 1);
}

static void
leave_strike(struct render *r)
{
	if (r->tildes & 1)
		md_tree_plain(&r->tree, "~", 1);
	else
		r->tree.strike[0]--;
	r->tildes >>= 1;
	r->tilde_due = false;
}

/* The first text of a link: an address that is its own text is left alone. */
static void
begin_link(struct render *r, const char *s, size_t len)
{
	struct md_tree *t = &r->tree;

	r->link_due = false;
	t->literal = in_source(t, s) && s[-1] != '[' &&
		     (s[-1] == '<' || !strncmp(s, "http", 4) ||
			 !strncmp(s, "www.", 4) || !strncmp(s, "ftp:", 4));
	/* <<a@b.c>>: the typographer comes first, and makes it no link. */
	if (!t->literal || !r->opt->typographer || !t->open || s[-1] != '<' ||
	    s - t->source < 2 || s[-2] != '<' || memchr(s, ':', len) ||
	    (size_t)(t->source_end - s) < len + 2 || s[len + 1] != '>' ||
	    t->text.len == 0 || t->text.data[t->text.len - 1] != '<')
		return;
	t->text.len--;
	t->link[0] = -1;
	md_tree_plain(t, "\xc2\xab", 2);
	t->guillemet = s + len + 1;
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct render *r = ctx;
	struct md_tree *t = &r->tree;

	(void)detail;
	if (is_over(r, 0))
		return STOP;
	switch (type) {
	case MD_SPAN_EM:
		t->em[0]--;
		break;
	case MD_SPAN_STRONG:
		t->strong[0]--;
		break;
	case MD_SPAN_DEL:
		leave_strike(r);
		break;
	case MD_SPAN_CODE:
		t->code[0]--;
		break;
	case MD_SPAN_A:
		t->literal = 0;
		if (t->object == MD_NONE)
			t->link[0] = -1;
		break;
	case MD_SPAN_IMG:
		md_tree_object_end(t);
		break;
	default:
		break;
	}
	return 0;
}

static void
add_entity(struct render *r, const char *s, size_t len)
{
	struct buf b = {0};

	if (md_entity_decode(&b, s, len))
		md_tree_plain(&r->tree, buf_text(&b), b.len);
	else
		md_tree_plain(&r->tree, s, len);
	buf_dispose(&b);
}

static void
add_html(struct render *r, const char *s, size_t len)
{
	struct md_tree *t = &r->tree;
	static const char note[] = "[raw HTML omitted]";

	if (r->html) {
		buf_add(&r->raw, s, len);
	} else if (!r->more && is_more(s, len) && t->open &&
		   t->nodes[t->leaf].kind == NODE_P) {
		r->more = true;
		md_tree_mark(t, NODE_MORE);
		md_tree_leaf(t, NODE_P);
	} else if (r->opt->unsafe) {
		md_html_inline(t, s, len);
	} else if (len > 1 && s[1] != '/' && s[1] != '!' && !r->omitted) {
		t->missing++;
		md_tree_plain(t, note, sizeof(note) - 1);
		t->missing--;
		r->omitted = true;
	}
}

/* The source of a span of code; a bar in a table's is escaped. */
static void
add_code(struct render *r, const char *s, size_t len)
{
	struct md_tree *t = &r->tree;
	size_t from = 0;

	if (r->code && t->open) {
		md_tree_code(t, s, len);
		return;
	}
	if (!t->open || t->nodes[t->leaf].kind != NODE_CELL) {
		if (t->open && t->nodes[t->leaf].kind == NODE_CODE)
			md_tree_code(t, s, len);
		else
			md_tree_plain(t, s, len);
		return;
	}
	for (size_t i = 0; i + 1 < len; i++) {
		if (s[i] != '\\' || s[i + 1] != '|')
			continue;
		md_tree_plain(t, s + from, i - from);
		from = i + 1;
	}
	md_tree_plain(t, s + from, len - from);
}

static void
add_words(struct render *r, const char *s, size_t len)
{
	struct md_tree *t = &r->tree;

	if (len >= 4 && (unsigned char)*s == 0xf4) {
		if (!memcmp(s, MARK_TERM, 4)) {
			md_tree_leaf(t, NODE_P)->level = TERM;
			s += 4;
			len -= 4;
		} else if (r->collect && !memcmp(s, MARK_BODY, 4)) {
			r->body = true;
			return;
		}
	}
	md_smart_text(t, s, len);
}

static int
add_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE len, void *ctx)
{
	struct render *r = ctx;
	struct md_tree *t = &r->tree;

	if (is_over(r, len))
		return STOP;
	if (r->tilde_due && type != MD_TEXT_SOFTBR && type != MD_TEXT_BR)
		begin_strike(r, s);
	if (r->link_due)
		begin_link(r, s, len);
	if (r->heading)
		len = (MD_SIZE)md_heading_text(t, s, len);
	if (type != MD_TEXT_HTML)
		r->omitted = false;
	switch (type) {
	case MD_TEXT_BR:
		md_tree_hard_break(t);
		break;
	case MD_TEXT_SOFTBR:
		if (r->opt->hard_wraps)
			md_tree_hard_break(t);
		else
			md_tree_soft_break(t);
		break;
	case MD_TEXT_ENTITY:
		add_entity(r, s, len);
		break;
	case MD_TEXT_CODE:
		add_code(r, s, len);
		break;
	case MD_TEXT_HTML:
		add_html(r, s, len);
		break;
	case MD_TEXT_NULLCHAR:
		md_tree_plain(t, "\xef\xbf\xbd", 3);
		break;
	default:
		add_words(r, s, len);
	}
	return 0;
}

/* Parse s; false: it is more than there is a budget for. */
static bool
parse(struct render *r, const char *s, size_t len)
{
	MD_PARSER parser = {
	    .flags = (r->opt->no_tables ? 0 : MD_FLAG_TABLES) |
		     (r->opt->no_strikethrough ? 0 : MD_FLAG_STRIKETHROUGH) |
		     (r->opt->no_tasks ? 0 : MD_FLAG_TASKLISTS),
	    .enter_block = enter_block,
	    .leave_block = leave_block,
	    .enter_span = enter_span,
	    .leave_span = leave_span,
	    .text = add_text,
	};

	if (r->opt->linkify)
		parser.flags |= MD_FLAG_PERMISSIVEAUTOLINKS;
	r->tree.source = r->notes_tree.source = s;
	r->tree.source_end = r->notes_tree.source_end = s + len;
	return md_parse(s, (MD_SIZE)len, &parser, r) == 0;
}

static void
dispose(struct render *r)
{
	md_tree_dispose(&r->tree);
	md_tree_dispose(&r->notes_tree);
	md_notes_dispose(&r->notes);
	md_layout_dispose(&r->layout);
	buf_dispose(&r->raw);
	free(r->lists);
}

static void
render_plain(struct render *r, const char *body, size_t len)
{
	md_layout_gap(&r->layout);
	md_layout_raw(&r->layout, body, len);
}

static void
render_html(struct render *r, const char *body, size_t len)
{
	struct md_shortcodes codes;
	bool any = md_shortcodes_take(&codes, body, len);

	md_tree_init(&r->tree, r->opt, any ? &codes : NULL, r->doc);
	md_html_block(&r->tree, any ? codes.body.data : body,
	    any ? codes.body.len : len, false);
	md_layout_tree(&r->layout, &r->tree);
	md_shortcodes_dispose(&codes);
}

/* It ended before the text did: show what there is of the block. */
static void
end_early(struct render *r)
{
	if (progress_cancelled(r->opt->progress) || r->collect)
		return;
	doc_go_on(r->doc, r->budget);
	md_html_close(&r->tree);
	md_bound_close(&r->tree);
	md_layout_tree(&r->layout, &r->tree);
}

static void
render_body(struct render *r, const char *body, size_t len)
{
	struct md_shortcodes codes;
	struct buf emoji = {0}, source = {0};
	const char *s = body;
	size_t n = len, all;
	bool any, any_other, deep, whole;

	if (r->opt->emoji && md_source_emoji(&emoji, s, n)) {
		s = emoji.data;
		n = emoji.len;
	}
	any = md_shortcodes_take(&codes, s, n);
	if (any) {
		s = codes.body.data;
		n = codes.body.len;
	}
	all = n;
	any_other = md_source_make(r->opt, s, &n, &source, &r->notes);
	deep = n < all;
	/* md4c 0.4.8 looks at the byte behind the text: a NUL. */
	if (deep && !any_other) {
		buf_clear(&source);
		buf_add(&source, s, n);
	}
	if (any_other || deep) {
		s = buf_text(&source);
		n = source.len;
	}
	md_tree_init(&r->tree, r->opt, any ? &codes : NULL, r->doc);
	md_tree_init(&r->notes_tree, r->opt, any ? &codes : NULL, r->doc);
	r->collect = r->notes.n > 0;
	if (r->collect)
		r->tree.notes = r->notes_tree.notes = &r->notes;
	whole = parse(r, s, n);
	if (!whole) {
		end_early(r);
	} else if (r->tree.html.n > 0) {
		md_html_close(&r->tree);
		md_layout_tree(&r->layout, &r->tree);
	}
	if (r->notes.n > 0 && !r->collect)
		md_layout_notes(&r->layout, &r->notes_tree, &r->notes);
	if (whole && deep && !r->doc->cut)
		md_bound_note(&r->layout, "it is nested too deeply");
	else if (!whole)
		r->doc->cut = true;
	md_shortcodes_dispose(&codes);
	buf_dispose(&source);
	buf_dispose(&emoji);
}

struct doc *
md_render(
    const char *body, size_t len, const struct md_options *opt, struct err *err)
{
	struct render r = {.opt = opt};
	size_t max = opt->budget ? opt->budget : 80 * len + ((size_t)4 << 20);

	if (len > BODY_MAX) {
		err_set(err, "it has %zu MB of text; %zu are the most shown",
		    len >> 20, BODY_MAX >> 20);
		return NULL;
	}
	r.budget = max < TEXT_MAX ? max : TEXT_MAX;
	r.doc = doc_new(len, r.budget, opt->progress);
	md_layout_init(&r.layout, r.doc, opt);
	if (opt->header && opt->header->title)
		md_layout_header(&r.layout, opt->header);
	if (opt->format == MD_PLAIN)
		render_plain(&r, body, len);
	else if (opt->format == MD_HTML)
		render_html(&r, body, len);
	else
		render_body(&r, body, len);
	if (r.doc->cut)
		md_bound_note(
		    &r.layout, progress_cancelled(opt->progress)
				   ? "it was not waited for"
				   : "it takes too much work to lay out");
	dispose(&r);
	return r.doc;
}
