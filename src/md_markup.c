/* SPDX-License-Identifier: ISC */
/*
 * A body as the HTML that Goldmark makes of it in Hugo, as far as text, blanks
 * and paragraphs go: what Hugo counts words in, and cuts summaries from.  No
 * attribute is written that has no words in it.
 */
#include "md_markup_priv.h"

#include <md4c.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

#define CALL       4 /* what a call costs, beside what is made in it */
#define STOP       (-2)
#define MARKUP_MAX ((size_t)64 << 20)
#define INFO_MAX   1000 /* bytes behind a fence that are looked at */

static bool
is_over(struct markup *m, size_t n)
{
	return !doc_spend(m->doc, CALL + n);
}

/* Words without a block end; more: another block follows them. */
static void
end_bare(struct markup *m, bool more)
{
	if (!m->bare)
		return;
	m->bare = false;
	if (m->loose)
		markup_put(m, "</p>\n");
	else if (more)
		markup_put(m, "\n");
}

static void
put_task(struct markup *m)
{
	if (m->task != TASK_NONE)
		markup_put(m, m->task == TASK_DONE
				  ? "<input checked=\"\" disabled=\"\" "
				    "type=\"checkbox\"> "
				  : "<input disabled=\"\" type=\"checkbox\"> ");
	m->task = TASK_NONE;
}

/* A block begins: an item that begins with one has a line of its own. */
static void
begin_block(struct markup *m)
{
	end_bare(m, true);
	if (m->fresh)
		markup_put(m, "\n");
	m->fresh = false;
}

/* Text begins: in a paragraph, or without one. */
static void
begin_text(struct markup *m)
{
	if (m->paragraph || m->heading || m->cell || m->code || m->raw) {
		if (m->paragraph && !m->begun && !m->term) {
			markup_put(m, "<p>");
			m->words = m->html->len;
			m->begun = true;
			put_task(m);
		}
		return;
	}
	if (m->bare || m->nlists == 0)
		return;
	m->bare = true;
	m->loose = m->collect;
	if (m->loose)
		markup_put(m, m->fresh ? "\n<p>" : "<p>");
	m->fresh = false;
	put_task(m);
	markup_leaf(m, NODE_P);
}

static void
enter_list(struct markup *m, bool tight, bool ordered, unsigned start)
{
	struct markup_list l = {
	    tight, ordered, ordered && start == DEFINITION_START};

	m->lists = xgrow(m->lists, m->nlists, &m->lists_cap, sizeof(l));
	m->lists[m->nlists++] = l;
	if (m->collect && m->nlists == 1)
		return;
	markup_put(m, l.definitions ? "" : l.ordered ? "<ol>\n" : "<ul>\n");
}

static void
leave_list(struct markup *m)
{
	struct markup_list l = m->lists[--m->nlists];

	if (m->collect && m->nlists == 0)
		return;
	markup_put(m, l.definitions ? "</dl>\n"
		      : l.ordered   ? "</ol>\n"
				    : "</ul>\n");
}

static void
enter_item(struct markup *m, const MD_BLOCK_LI_DETAIL *d)
{
	m->fresh = true;
	m->boxable = !d->is_task && !m->opt->no_tasks;
	m->task = !d->is_task           ? TASK_NONE
		  : d->task_mark == ' ' ? TASK_OPEN
					: TASK_DONE;
	if (!m->collect || m->nlists != 1) {
		markup_put(
		    m, m->lists[m->nlists - 1].definitions ? "<dd>" : "<li>");
		return;
	}
	m->items = xgrow(m->items, m->nitems, &m->items_cap, sizeof(*m->items));
	m->items[m->nitems++] = m->html->len;
}

static void
leave_item(struct markup *m)
{
	end_bare(m, false);
	m->fresh = false;
	m->task = TASK_NONE;
	if (!m->collect || m->nlists != 1)
		markup_put(m, m->lists[m->nlists - 1].definitions ? "</dd>\n"
								  : "</li>\n");
}

static void
enter_code(struct markup *m, const MD_BLOCK_CODE_DETAIL *d)
{
	struct buf b = {0};

	m->code = true;
	buf_clear(&m->source);
	free(m->info);
	m->info = NULL;
	if (d->fence_char == '\0')
		return;
	if (d->info.size > 0 && d->info.size <= INFO_MAX)
		buf_add(&b, d->info.text, d->info.size);
	m->info = xstrdup(buf_text(&b));
	buf_dispose(&b);
}

static void
enter_paragraph(struct markup *m)
{
	m->paragraph = true;
	m->begun = m->term = false;
	m->lone[0] = m->lone[1] = 0;
	m->open = 0;
	markup_leaf(m, NODE_P);
}

/* md4c 0.4.8 does not know that these are blocks: <h2> to <h6>, <header>. */
static bool
is_block(const struct markup *m)
{
	const char *s = m->html->data + m->words;
	size_t len = m->html->len - m->words;

	if (!m->opt->unsafe || len < 4 || s[0] != '<' || (s[1] | 32) != 'h')
		return false;
	return (s[2] >= '2' && s[2] <= '6' && (s[3] == '>' || s[3] == ' ')) ||
	       (len > 7 && !text_casecmp(s + 1, 6, "header", 6));
}

/* A shortcode alone has no paragraph around it. */
static void
leave_paragraph(struct markup *m)
{
	size_t n = m->html->len;

	m->paragraph = false;
	if (m->term) {
		markup_put(m, "</dt>\n");
	} else if (m->begun && ((m->lone[1] == n && m->lone[0] == m->words &&
				    n > m->words) ||
				   is_block(m))) {
		buf_splice(m->html, m->words - 3, 3, NULL, 0);
		markup_put(m, "\n");
	} else if (m->begun) {
		markup_put(m, "</p>\n");
	}
	m->term = false;
}

static const struct {
	const char *enter, *leave;
} simple[] = {
    [MD_BLOCK_QUOTE] = {"<blockquote>\n", "</blockquote>\n"},
    [MD_BLOCK_HR] = {"<hr>\n", ""},
    [MD_BLOCK_H] = {"<h1>", "</h1>\n"},
    [MD_BLOCK_TABLE] = {"<table>\n", "</table>\n"},
    [MD_BLOCK_THEAD] = {"<thead>\n", "</thead>\n"},
    [MD_BLOCK_TBODY] = {"<tbody>\n", "</tbody>\n"},
    [MD_BLOCK_TR] = {"<tr>\n", "</tr>\n"},
    [MD_BLOCK_TH] = {"<th>", "</th>\n"},
    [MD_BLOCK_TD] = {"<td>", "</td>\n"},
};

static int
enter_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct markup *m = ctx;

	if (is_over(m, 0))
		return STOP;
	m->depth++;
	if (type != MD_BLOCK_DOC && type != MD_BLOCK_LI)
		begin_block(m);
	if (type != MD_BLOCK_P)
		m->boxable = false;
	switch (type) {
	case MD_BLOCK_UL:
		enter_list(
		    m, ((MD_BLOCK_UL_DETAIL *)detail)->is_tight, false, 1);
		break;
	case MD_BLOCK_OL:
		enter_list(m, ((MD_BLOCK_OL_DETAIL *)detail)->is_tight, true,
		    ((MD_BLOCK_OL_DETAIL *)detail)->start);
		break;
	case MD_BLOCK_LI:
		enter_item(m, detail);
		break;
	case MD_BLOCK_CODE:
		enter_code(m, detail);
		break;
	case MD_BLOCK_HTML:
		m->raw = true;
		m->omitted = false;
		break;
	case MD_BLOCK_P:
		enter_paragraph(m);
		break;
	case MD_BLOCK_DOC:
		break;
	default:
		markup_put(m, simple[type].enter);
		m->heading = type == MD_BLOCK_H;
		m->cell = type == MD_BLOCK_TH || type == MD_BLOCK_TD;
		if (m->heading || m->cell)
			markup_leaf(m, m->heading ? NODE_H : NODE_CELL);
	}
	return 0;
}

static int
leave_block(MD_BLOCKTYPE type, void *detail, void *ctx)
{
	struct markup *m = ctx;

	(void)detail;
	if (is_over(m, 0))
		return STOP;
	switch (type) {
	case MD_BLOCK_UL:
	case MD_BLOCK_OL:
		leave_list(m);
		break;
	case MD_BLOCK_LI:
		leave_item(m);
		break;
	case MD_BLOCK_CODE:
		markup_code(m, m->info, buf_text(&m->source), m->source.len,
		    m->info != NULL);
		m->code = false;
		break;
	case MD_BLOCK_HTML:
		m->raw = false;
		break;
	case MD_BLOCK_P:
		leave_paragraph(m);
		break;
	case MD_BLOCK_DOC:
		break;
	default:
		end_bare(m, false);
		m->heading = m->cell = false;
		markup_put(m, simple[type].leave);
	}
	m->tildes = 0;
	m->tilde_due = m->link_due = m->title = false;
	m->image = 0;
	m->depth--;
	return 0;
}

static void
put_title(struct markup *m, const MD_ATTRIBUTE *title)
{
	if (title->size > 0) {
		markup_put(m, "\" title=\"");
		markup_escape(m, title->text, title->size);
	}
	markup_put(m, "\">");
}

static int
enter_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct markup *m = ctx;
	size_t n = 0;

	/* A reference's title may be short in the source, and used often. */
	if (type == MD_SPAN_A)
		n = ((MD_SPAN_A_DETAIL *)detail)->title.size;
	if (type == MD_SPAN_IMG)
		n = ((MD_SPAN_IMG_DETAIL *)detail)->title.size;
	if (is_over(m, n))
		return STOP;
	begin_text(m);
	m->tree.code[0] = type == MD_SPAN_CODE;
	m->boxable = false;
	switch (type) {
	case MD_SPAN_DEL:
		m->tildes <<= 1;
		m->tilde_due = true;
		break;
	case MD_SPAN_A:
		m->link_due = true;
		if (m->image > 0)
			break;
		markup_put(m, "<a href=\"");
		put_title(m, &((MD_SPAN_A_DETAIL *)detail)->title);
		break;
	case MD_SPAN_IMG:
		if (m->image++ == 0)
			markup_put(m, "<img src=\"\" alt=\"");
		break;
	case MD_SPAN_CODE:
		markup_put(m, m->image > 0 ? "" : "<code>");
		break;
	default:
		break;
	}
	return 0;
}

static int
leave_span(MD_SPANTYPE type, void *detail, void *ctx)
{
	struct markup *m = ctx;

	if (is_over(m, 0))
		return STOP;
	switch (type) {
	case MD_SPAN_DEL:
		if (m->tildes & 1)
			markup_put(m, "~");
		m->tildes >>= 1;
		m->tilde_due = false;
		break;
	case MD_SPAN_A:
		m->tree.literal = 0;
		markup_put(m, m->image > 0 ? "" : "</a>");
		break;
	case MD_SPAN_IMG:
		if (m->image > 0 && --m->image == 0)
			put_title(m, &((MD_SPAN_IMG_DETAIL *)detail)->title);
		break;
	case MD_SPAN_CODE:
		m->tree.code[0] = 0;
		markup_put(m, m->image > 0 ? "" : "</code>");
		break;
	default:
		break;
	}
	return 0;
}

/* md4c strikes out ~one~ too: the source tells. */
static void
begin_strike(struct markup *m, const char *s)
{
	const char *start = m->tree.source;

	m->tilde_due = false;
	if (s <= start || s >= m->tree.source_end)
		return;
	while (s > start && s[-1] != '~' && s[-1] != '\n')
		s--;
	if (s == start || s[-1] != '~' || (s - start > 1 && s[-2] == '~'))
		return;
	m->tildes |= 1;
	markup_put(m, "~");
}

/* An address that is its own text is left alone by the typographer. */
static void
begin_link(struct markup *m, const char *s)
{
	const struct md_tree *t = &m->tree;

	m->link_due = false;
	m->tree.literal = s > t->source && s < t->source_end && s[-1] != '[' &&
			  (s[-1] == '<' || !strncmp(s, "http", 4) ||
			      !strncmp(s, "www.", 4) || !strncmp(s, "ftp:", 4));
}

static void
put_break(struct markup *m, bool hard)
{
	if (hard && m->title) {
		m->title = false;
		return;
	}
	markup_put(m, hard && m->image == 0 ? "<br>\n" : "\n");
}

static void
put_html(struct markup *m, const char *s, size_t len)
{
	if (m->image > 0)
		return;
	if (m->opt->unsafe) {
		markup_raw(m, s, len);
		return;
	}
	if (!m->raw || !m->omitted)
		markup_put(m, m->raw ? "<!-- raw HTML omitted -->\n"
				     : "<!-- raw HTML omitted -->");
	m->omitted = m->raw;
}

static void
put_entity(struct markup *m, const char *s, size_t len)
{
	struct buf b = {0};

	if (md_entity_decode(&b, s, len))
		markup_escape(m, buf_text(&b), b.len);
	else
		markup_escape(m, s, len);
	buf_dispose(&b);
}

/* A span of code: a bar in a table's is escaped. */
static void
put_code(struct markup *m, const char *s, size_t len)
{
	size_t from = 0;

	for (size_t i = 0; m->cell && i + 1 < len; i++) {
		if (s[i] != '\\' || s[i + 1] != '|')
			continue;
		markup_escape(m, s + from, i - from);
		from = i + 1;
	}
	markup_escape(m, s + from, len - from);
}

/* The box of a task that no blank follows, which md4c does not know. */
static void
skip_box(struct markup *m, const char **s, size_t *len)
{
	const char *p = *s;
	size_t n = 3;

	if (m->boxable && *len > 3 && *p == '[' && p[2] == ']' &&
	    strchr(" xX", p[1])) {
		m->task = p[1] == ' ' ? TASK_OPEN : TASK_DONE;
		while (n < *len && (p[n] == ' ' || p[n] == '\t'))
			n++;
		*s += n;
		*len -= n;
	}
	m->boxable = false;
}

static void
put_struck(struct markup *m, const char *s, size_t len)
{
	struct md_strike k;
	size_t i = 0;

	for (; !m->opt->no_strikethrough && md_strike_find(s, len, i, &k);
	     i = k.next) {
		markup_words(m, s + i, k.before - i);
		markup_words(m, s + k.at, k.end - k.at);
	}
	markup_words(m, s + i, len - i);
}

/* Lines of terms begin with a sign. */
static void
put_words(struct markup *m, const char *s, size_t len)
{
	if (m->collect && len >= 4 && !memcmp(s, MARK_BODY, 4)) {
		m->collect = false;
		m->notes_html = *m->html;
		*m->html = (struct buf){0};
		return;
	}
	if (len < 4 || memcmp(s, MARK_TERM, 4) != 0) {
		skip_box(m, &s, &len);
		begin_text(m);
		put_struck(m, s, len);
		return;
	}
	markup_put(m, m->term ? "</dt>\n<dt>" : "<dl>\n<dt>");
	m->term = true;
	for (s += 4, len -= 4; len > 0 && *s == ' '; len--)
		s++;
	markup_words(m, s, len);
}

static int
add_text(MD_TEXTTYPE type, const MD_CHAR *s, MD_SIZE len, void *ctx)
{
	struct markup *m = ctx;

	if (is_over(m, len))
		return STOP;
	if (m->code) {
		buf_add(&m->source, s, len);
		return 0;
	}
	if (m->tilde_due && type != MD_TEXT_SOFTBR && type != MD_TEXT_BR)
		begin_strike(m, s);
	if (m->link_due)
		begin_link(m, s);
	if (m->heading)
		len = (MD_SIZE)md_heading_text(&m->tree, s, len);
	if (type != MD_TEXT_NORMAL)
		begin_text(m);
	switch (type) {
	case MD_TEXT_BR:
		put_break(m, true);
		break;
	case MD_TEXT_SOFTBR:
		put_break(m, m->opt->hard_wraps);
		break;
	case MD_TEXT_ENTITY:
		put_entity(m, s, len);
		break;
	case MD_TEXT_CODE:
		put_code(m, s, len);
		break;
	case MD_TEXT_HTML:
		put_html(m, s, len);
		break;
	case MD_TEXT_NULLCHAR:
		markup_put(m, "\xef\xbf\xbd");
		break;
	default:
		put_words(m, s, len);
	}
	return 0;
}

static bool
parse(struct markup *m, const char *s, size_t len)
{
	MD_PARSER parser = {
	    .flags = (m->opt->no_tables ? 0 : MD_FLAG_TABLES) |
		     (m->opt->no_strikethrough ? 0 : MD_FLAG_STRIKETHROUGH) |
		     (m->opt->no_tasks ? 0 : MD_FLAG_TASKLISTS) |
		     (m->opt->linkify ? MD_FLAG_PERMISSIVEAUTOLINKS : 0),
	    .enter_block = enter_block,
	    .leave_block = leave_block,
	    .enter_span = enter_span,
	    .leave_span = leave_span,
	    .text = add_text,
	};

	m->tree.source = s;
	m->tree.source_end = s + len;
	return md_parse(s, (MD_SIZE)len, &parser, m) == 0;
}

/* A footnote, with the way back to where it is referred to at its end. */
static void
put_note(struct markup *m, uint32_t number)
{
	const struct md_note *note = &m->notes.v[m->notes.order[number]];
	size_t i = m->notes.order[number];
	size_t from = i < m->nitems ? m->items[i] : m->notes_html.len;
	size_t to = i + 1 < m->nitems ? m->items[i + 1] : m->notes_html.len;
	const char *s = buf_text(&m->notes_html) + from;
	size_t len = to - from;
	bool p = len > 5 && !memcmp(s + len - 5, "</p>\n", 5);

	buf_printf(m->html, "<li id=\"fn:%u\">", number + 1);
	buf_add(m->html, s, p ? len - 5 : len);
	for (uint32_t k = 0; k < note->references && k < 1000; k++)
		markup_put(m, "&#160;<a href=\"\">&#x21a9;&#xfe0e;</a>");
	markup_put(m, p ? "</p>\n</li>\n" : "</li>\n");
}

static void
put_notes(struct markup *m)
{
	if (m->notes.norder == 0 || m->collect)
		return;
	markup_put(m, "<div class=\"footnotes\" role=\"doc-endnotes\">\n"
		      "<hr>\n<ol>\n");
	for (uint32_t i = 0; i < m->notes.norder && !is_over(m, 0); i++)
		put_note(m, i);
	markup_put(m, "</ol>\n</div>\n");
}

static void
dispose(struct markup *m)
{
	md_tree_dispose(&m->tree);
	md_notes_dispose(&m->notes);
	doc_free(m->doc);
	buf_dispose(&m->notes_html);
	buf_dispose(&m->source);
	free(m->items);
	free(m->lists);
	free(m->info);
}

/* As md_render(): what is not Markdown is put in other words first. */
static bool
make(struct markup *m, const char *body, size_t len)
{
	struct md_shortcodes codes;
	struct buf emoji = {0}, source = {0};
	const char *s = body;
	size_t n = len, all;
	bool other, whole;

	if (m->opt->emoji && md_source_emoji(&emoji, s, n)) {
		s = emoji.data;
		n = emoji.len;
	}
	if (md_shortcodes_take(
		&codes, s, n, m->opt->format == MD_MARKDOWN ? m->opt : NULL)) {
		m->codes = &codes;
		s = codes.body.data;
		n = codes.body.len;
	}
	all = n;
	other = m->opt->format == MD_MARKDOWN &&
		md_source_make(m->opt, s, &n, &source, &m->notes);
	/* md4c looks at the byte behind the text: a NUL. */
	if (n < all && !other) {
		buf_clear(&source);
		buf_add(&source, s, n);
	}
	if (other || n < all) {
		s = buf_text(&source);
		whole = n == all;
		n = source.len;
	} else {
		whole = true;
	}
	m->collect = m->notes.n > 0;
	if (m->opt->format == MD_MARKDOWN) {
		whole = parse(m, s, n) && whole;
		put_notes(m);
	} else {
		markup_raw(m, s, n);
	}
	md_shortcodes_dispose(&codes);
	buf_dispose(&source);
	buf_dispose(&emoji);
	return whole;
}

bool
md_markup(
    struct buf *dst, const char *body, size_t len, const struct md_options *opt)
{
	struct buf html = {0};
	struct markup m = {.opt = opt, .html = &html};
	size_t max = opt->budget ? opt->budget : 80 * len + ((size_t)4 << 20);
	bool whole;

	if (len > MARKUP_MAX)
		return false;
	m.doc = doc_new(0, max, opt->progress);
	md_tree_init(&m.tree, opt, NULL, m.doc);
	m.tree.smart_marks = true;
	whole = make(&m, body, len);
	buf_add(dst, buf_text(&html), html.len);
	buf_dispose(&html);
	dispose(&m);
	return whole;
}
