/* SPDX-License-Identifier: ISC */
/*
 * Blocks of code: coloured by their language, with the line numbers and the
 * marked lines that follow the fence, as Hugo's markup.highlight has them:
 * ```go {linenos=table,hl_lines=[8,"15-17"],linenostart=199}
 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "diagram.h"
#include "highlight.h"
#include "md_priv.h"
#include "mem.h"
#include "text.h"

#define MAX_COLOURED (4 * 1024 * 1024) /* bytes of a block */

struct colouring {
	struct md_tree *tree;
	uint32_t at;
};

static void
add_run(void *arg, size_t len, enum highlight kind)
{
	static const uint8_t styles[HIGHLIGHT_KINDS] = {
	    [HIGHLIGHT_PLAIN] = MD_SOURCE,
	    [HIGHLIGHT_KEYWORD] = MD_KEYWORD,
	    [HIGHLIGHT_TYPE] = MD_TYPE,
	    [HIGHLIGHT_STRING] = MD_STRING,
	    [HIGHLIGHT_NUMBER] = MD_NUMBER,
	    [HIGHLIGHT_COMMENT] = MD_COMMENT,
	    [HIGHLIGHT_NAME] = MD_NAME,
	    [HIGHLIGHT_META] = MD_META,
	    [HIGHLIGHT_INSERTED] = MD_INSERTED,
	    [HIGHLIGHT_DELETED] = MD_DELETED,
	};
	struct colouring *c = arg;
	struct md_tree *t = c->tree;

	t->runs = xgrow(t->runs, t->nruns, &t->runs_cap, sizeof(*t->runs));
	t->runs[t->nruns++] =
	    (struct md_run){.at = c->at, .style = styles[kind], .link = -1};
	c->at += (uint32_t)len;
}

static const char *
info_of(const struct md_tree *t, const struct md_node *n)
{
	return n->info == MD_NONE ? "" : t->strings.data + n->info;
}

void
md_code_runs(struct md_tree *t, const struct md_node *n)
{
	const char *info = info_of(t, n);
	const struct language *lang =
	    highlight_find(info, strcspn(info, " \t{,"));
	struct colouring c = {t, n->at};

	if (!lang || n->len == 0 || n->len > MAX_COLOURED)
		return;
	t->nruns = n->run;
	highlight(lang, t->text.data + n->at, n->len, add_run, &c);
}

/* The value of an option after the fence, without what encloses it. */
static const char *
option(const char *info, const char *name, size_t *len)
{
	const char *p = strchr(info, '{'), *end;
	size_t n = strlen(name);

	for (p = p && strchr(p, '}') ? p : NULL; p && *p; p++) {
		if (!strchr("{, \t", *p) || strncmp(p + 1, name, n) != 0 ||
		    p[n + 1] != '=')
			continue;
		p += n + 2;
		end = *p == '"'   ? strchr(p + 1, '"')
		      : *p == '[' ? strchr(p, ']')
				  : p + strcspn(p, ",} \t");
		if (!end)
			return NULL;
		if (*p == '"' || *p == '[')
			p++;
		*len = (size_t)(end - p);
		return p;
	}
	return NULL;
}

static bool
is_numbered(const struct md_layout *l, const char *info)
{
	size_t len;
	const char *v = option(info, "linenos", &len);

	if (!v)
		return l->opt->line_numbers;
	return len != 5 || memcmp(v, "false", 5) != 0;
}

static unsigned long
first_number(const char *info)
{
	size_t len;
	const char *v = option(info, "linenostart", &len);
	unsigned long n = v ? strtoul(v, NULL, 10) : 1;

	return n < 1000000000 ? n : 1;
}

/* Lines that are marked: "8 15-17", 8,"15-17" ... */
struct marks {
	const char *list, *end; /* NULL: none are */
	bool now;               /* the last line that was asked for is */
	unsigned long until;    /* and so are those before that one */
};

static struct marks
marks_of(const char *info)
{
	size_t len;
	struct marks m = {.list = option(info, "hl_lines", &len)};

	if (m.list)
		m.end = m.list + len;
	return m;
}

static void
change_at(struct marks *m, unsigned long line, unsigned long at)
{
	if (at > line && at < m->until)
		m->until = at;
}

/* Lines are asked for in order. */
static bool
is_marked(struct marks *m, unsigned long line)
{
	unsigned long from, to;
	char *next;

	if (line < m->until)
		return m->now;
	m->now = false;
	m->until = ULONG_MAX;
	for (const char *p = m->list; p < m->end; p++) {
		if (*p < '0' || *p > '9')
			continue;
		from = to = strtoul(p, &next, 10);
		if (*next == '-')
			to = strtoul(next + 1, &next, 10);
		m->now = m->now || (line >= from && line <= to);
		change_at(m, line, from);
		if (to < ULONG_MAX)
			change_at(m, line, to + 1);
		p = next;
	}
	return m->now;
}

/* What stands before a line of code. */
struct gutter {
	const char *bar;
	int bar_style;
	char number[16]; /* with the blank behind it, or "" */
};

/* Bytes of a line of code that fit: up to a blank, if one is not far. */
static uint32_t
cut_code(const char *s, size_t len, int cols)
{
	int used;
	size_t n = md_wrap_cut(s, len, cols, &used);

	if (n == len)
		return (uint32_t)n;
	for (size_t i = n; i > n / 2; i--)
		if (s[i] == ' ' && s[i - 1] != ' ')
			return (uint32_t)i;
	return (uint32_t)n;
}

static void
begin_line(struct md_layout *l, const struct gutter *g, bool more)
{
	md_layout_begin(l);
	doc_puts(l->doc, g->bar, g->bar_style);
	doc_puts(l->doc, " ", MD_BLOCK);
	if (more)
		doc_blank(l->doc, (int)strlen(g->number), MD_BLOCK);
	else
		doc_puts(l->doc, g->number, MD_LABEL);
	if (more)
		doc_puts(l->doc, l->g->broken, MD_RULE);
}

/*
 * One line of code in as many lines as it needs: of the tree's text from at, or
 * of raw, which has no runs.
 */
static uint32_t
code_line(struct md_layout *l, const struct gutter *g, const char *raw,
    uint32_t run, uint32_t at, uint32_t len)
{
	const char *s = raw ? raw : l->tree->text.data;
	int room = md_layout_space(l) - 2 - (int)strlen(g->number);
	int mark = md_columns(l->g->broken, strlen(l->g->broken));
	bool more = false;
	uint32_t n;

	if (room < 2 + mark)
		room = 2 + mark;
	do {
		while (more && len > 0 && s[at] == ' ') {
			at++;
			len--;
		}
		begin_line(l, g, more);
		n = cut_code(s + at, len, room - (more ? mark : 0));
		if (raw)
			doc_put(l->doc, s + at, n, MD_BLOCK, 0, -1);
		else
			run = md_layout_text(l, run, at, n);
		md_layout_end(l);
		at += n;
		len -= n;
		more = true;
	} while (len > 0);
	return run;
}

/* A line of source, cleaned, its tabs as blanks up to the next stop. */
static void
clean_line(struct buf *b, const char *s, size_t len)
{
	const char *tab;
	size_t n;

	buf_clear(b);
	while (len > 0) {
		tab = memchr(s, '\t', len);
		n = tab ? (size_t)(tab - s) : len;
		text_clean(b, s, n);
		if (!tab)
			break;
		do
			buf_putc(b, ' ');
		while (b->len % MD_TAB);
		s += n + 1;
		len -= n + 1;
	}
}

void
md_layout_raw(struct md_layout *l, const char *s, size_t len)
{
	struct gutter g = {.bar = l->g->code, .bar_style = MD_RULE};
	struct buf b = {0};
	const char *nl;
	size_t n;

	while (len > 0 && (*s == '\n' || *s == '\r')) {
		s++;
		len--;
	}
	while (len > 0 && (s[len - 1] == '\n' || s[len - 1] == '\r'))
		len--;
	while (len > 0) {
		nl = memchr(s, '\n', len);
		n = nl ? (size_t)(nl - s) : len;
		clean_line(&b, s, n > 0 && s[n - 1] == '\r' ? n - 1 : n);
		code_line(l, &g, buf_text(&b), 0, 0, (uint32_t)b.len);
		s += nl ? n + 1 : n;
		len -= nl ? n + 1 : n;
	}
	buf_dispose(&b);
}

static int
digits(unsigned long n)
{
	return snprintf(NULL, 0, "%lu", n);
}

static unsigned long
count_lines(const char *s, size_t len)
{
	const char *p = s, *end = s + len;
	unsigned long n = 1;

	while (p < end && (p = memchr(p, '\n', (size_t)(end - p)))) {
		p++;
		n++;
	}
	return n;
}

static void
code_lines(struct md_layout *l, const char *info, uint32_t run, uint32_t at,
    uint32_t end)
{
	const char *s = l->tree->text.data, *nl;
	unsigned long first = first_number(info), i = 0;
	struct marks marks = marks_of(info);
	int width = 0;

	if (is_numbered(l, info))
		width = digits(first + count_lines(s + at, end - at) - 1);
	do {
		bool marked = is_marked(&marks, ++i);
		struct gutter g = {
		    .bar = marked ? l->g->marked : l->g->code,
		    .bar_style = marked ? MD_BULLET : MD_RULE,
		};

		if (width > 0)
			snprintf(g.number, sizeof(g.number), "%*lu ", width,
			    first + i - 1);
		nl = end > at ? memchr(s + at, '\n', end - at) : NULL;
		run = code_line(
		    l, &g, NULL, run, at, (nl ? (uint32_t)(nl - s) : end) - at);
		at = nl ? (uint32_t)(nl - s) + 1 : end;
	} while (at < end || nl);
}

/* The signs that a drawing is made of: box drawing, blocks, geometric shapes;
 * in ASCII every sign may be a word's. */
static bool
is_drawn(uint32_t cp)
{
	return (cp >= 0x2500 && cp < 0x2600) || cp == 0x2715;
}

static void
drawn_line(struct md_layout *l, const char *s, size_t len)
{
	size_t from = 0, size;
	bool was = false, is;

	md_layout_begin(l);
	for (size_t i = 0; i < len; i += size) {
		is = is_drawn(text_decode(s + i, len - i, &size));
		if (is != was)
			doc_put(l->doc, s + from, i - from,
			    was ? MD_RULE : MD_TEXT, 0, -1);
		from = is != was ? i : from;
		was = is;
	}
	doc_put(l->doc, s + from, len - from, was ? MD_RULE : MD_TEXT, 0, -1);
	md_layout_end(l);
}

/* False: it is not drawn, and err says why. */
static bool
diagram(struct md_layout *l, const struct md_node *n, struct err *err)
{
	char *drawn = diagram_draw(l->tree->text.data + n->at, n->len,
	    md_layout_space(l), l->opt->ascii, err);
	const char *nl;

	for (const char *s = drawn; s && *s; s = nl + 1) {
		nl = strchr(s, '\n');
		drawn_line(l, s, (size_t)(nl - s));
	}
	free(drawn);
	return drawn != NULL;
}

/* The kind of a block, and why it is not drawn. */
static void
head(struct md_layout *l, const char *label, const char *why)
{
	char *words = xasprintf("%s%s%s", label, *why ? ": " : "", why);
	char *fit = text_fit(words, strlen(words), md_layout_space(l));

	md_layout_begin(l);
	doc_puts(l->doc, fit, MD_LABEL);
	md_layout_end(l);
	free(words);
	free(fit);
}

void
md_layout_code(struct md_layout *l, const struct md_node *n)
{
	uint32_t end = n->at + n->len;
	const char *label =
	    n->label == MD_NONE ? "" : l->tree->strings.data + n->label;
	struct err err = {0};

	md_layout_gap(l);
	if (strcmp(label, "mermaid") == 0 && diagram(l, n, &err))
		return;
	if (*label)
		head(l, label, err.msg);
	if (end > n->at && l->tree->text.data[end - 1] == '\n')
		end--;
	code_lines(l, info_of(l->tree, n), n->run, n->at, end);
}
