/* SPDX-License-Identifier: ISC */
/* Flowcharts: "flowchart LR", nodes in brackets of many kinds, edges, groups.
 */
#include <string.h>

#include "diagram_priv.h"
#include "mem.h"
#include "text.h"

#define MAX_GROUPS 40
#define MAX_SIDE   20 /* nodes of "a & b & c" */

struct flow {
	struct graph *g;
	const char *s, *end; /* of a statement */
	int group;           /* the open one, or -1 */
	const char *why;     /* it is not read */
};

/* The longer ones first. */
static const struct {
	const char *open, *close;
	enum grid_shape shape;
} brackets[] = {
    {"(((", ")))", SHAPE_ROUND},
    {"((", "))", SHAPE_ROUND},
    {"([", "])", SHAPE_ROUND},
    {"[[", "]]", SHAPE_DOUBLE},
    {"[(", ")]", SHAPE_ROUND},
    {"[/", "/]", SHAPE_BOX},
    {"[/", "\\]", SHAPE_BOX},
    {"[\\", "\\]", SHAPE_BOX},
    {"[\\", "/]", SHAPE_BOX},
    {"{{", "}}", SHAPE_DIAMOND},
    {"[", "]", SHAPE_BOX},
    {"(", ")", SHAPE_ROUND},
    {"{", "}", SHAPE_DIAMOND},
    {">", "]", SHAPE_BOX},
};

static void
blanks(struct flow *f)
{
	while (f->s < f->end && strchr(" \t\r", *f->s))
		f->s++;
}

static size_t
left(const struct flow *f)
{
	return (size_t)(f->end - f->s);
}

static bool
next_is(const struct flow *f, const char *what)
{
	size_t n = strlen(what);

	return left(f) >= n && memcmp(f->s, what, n) == 0;
}

/* Where a text in s ends; quotes hide what closes it. NULL: nowhere. */
static const char *
find_close(const char *s, const char *end, const char *close)
{
	size_t n = strlen(close);
	bool quoted = false;

	for (; s < end && (size_t)(end - s) >= n; s++) {
		if (*s == '"')
			quoted = !quoted;
		if (!quoted && memcmp(s, close, n) == 0)
			return s;
	}
	return NULL;
}

/* A node's brackets, when they come next. */
static void
label(struct flow *f, size_t node)
{
	struct graph_node *n = &f->g->nodes[node];

	for (size_t i = 0; i < NITEMS(brackets); i++) {
		const char *from = f->s + strlen(brackets[i].open), *end;

		if (!next_is(f, brackets[i].open))
			continue;
		end = find_close(from, f->end, brackets[i].close);
		if (!end)
			continue;
		diagram_text_dispose(&n->text);
		diagram_text(&n->text, from, (size_t)(end - from), GRAPH_WRAP);
		n->shape = brackets[i].shape;
		f->s = end + strlen(brackets[i].close);
		return;
	}
}

/* "@{ shape: rect, label: "words" }": the words. */
static void
settings(struct flow *f, size_t node)
{
	struct graph_node *n = &f->g->nodes[node];
	const char *close = find_close(f->s, f->end, "}"), *s = f->s, *end;

	f->s = close ? close + 1 : f->end;
	end = close ? close : f->end;
	s = find_close(s, end, "label:");
	if (!s)
		return;
	for (s += 6; s < end && *s == ' ';)
		s++;
	close = find_close(s, end, ",");
	for (end = close ? close : end; end > s && end[-1] == ' ';)
		end--;
	if (end == s)
		return;
	diagram_text_dispose(&n->text);
	diagram_text(&n->text, s, (size_t)(end - s), GRAPH_WRAP);
}

static bool
in_id(const struct flow *f)
{
	char c = *f->s;

	if ((unsigned char)c >= 0x80 || (c >= '0' && c <= '9') || c == '_' ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z'))
		return true;
	/* One dash is part of a name, two begin an edge. */
	return (c == '-' || c == '.') && left(f) > 1 && f->s[1] != '-' &&
	       f->s[1] != '.' && f->s[1] != '>' && !strchr(" \t", f->s[1]);
}

/* False: no node is here. */
static bool
node(struct flow *f, size_t *index)
{
	const char *from;
	int group;

	blanks(f);
	for (from = f->s; f->s < f->end && in_id(f);)
		f->s++;
	if (f->s == from)
		return false;
	group = graph_group(f->g, from, (size_t)(f->s - from));
	if (group >= 0) {
		/* An edge of a whole group is drawn to its first node. */
		for (*index = 0; *index < f->g->nnodes; ++*index)
			if (f->g->nodes[*index].group == group)
				return true;
	}
	*index = graph_node(f->g, from, (size_t)(f->s - from), f->group);
	if (next_is(f, "@{"))
		settings(f, *index);
	label(f, *index);
	if (next_is(f, ":::"))
		for (f->s += 3; f->s < f->end && in_id(f);)
			f->s++;
	return true;
}

/* "a & b" */
static size_t
side(struct flow *f, size_t *nodes)
{
	size_t n = 0;

	while (n < MAX_SIDE && node(f, &nodes[n])) {
		n++;
		blanks(f);
		if (f->s == f->end || *f->s != '&')
			break;
		f->s++;
	}
	return n;
}

struct link {
	enum grid_line line;
	enum graph_head tail, head;
	const char *label;
	size_t nlabel;
};

static enum graph_head
head_of(char c)
{
	return c == '>' || c == '<' ? HEAD_ARROW
	       : c == 'o'           ? HEAD_CIRCLE
	       : c == 'x'           ? HEAD_CROSS
				    : HEAD_NONE;
}

static enum grid_line
line_of(const char *s, size_t len)
{
	return memchr(s, '=', len)   ? LINE_THICK
	       : memchr(s, '.', len) ? LINE_DOTTED
	       : memchr(s, '~', len) ? LINE_NONE
				     : LINE_THIN;
}

/* "-- text -->": the words between, and where the rest of the edge begins. */
static const char *
words_in_link(const struct flow *f, enum grid_line line)
{
	static const char *const rest[] = {
	    [LINE_THIN] = "--", [LINE_DOTTED] = ".-", [LINE_THICK] = "=="};

	return line == LINE_NONE ? NULL : find_close(f->s, f->end, rest[line]);
}

/* The dashes of an edge. */
static const char *
dashes(struct flow *f)
{
	while (f->s < f->end && strchr("-=.~", *f->s))
		f->s++;
	return f->s;
}

static bool
link(struct flow *f, struct link *l)
{
	const char *from, *rest, *end;

	*l = (struct link){0};
	blanks(f);
	from = f->s;
	if (f->s < f->end && strchr("<ox", *f->s) && left(f) > 2 &&
	    strchr("-=.", f->s[1])) {
		l->tail = head_of(*f->s);
		from = ++f->s;
	}
	if (dashes(f) - from < 2)
		return false;
	l->line = line_of(from, (size_t)(f->s - from));
	if (f->s < f->end && head_of(*f->s) != HEAD_NONE && *f->s != '<' &&
	    (*f->s == '>' || left(f) < 2 || strchr(" \t|&", f->s[1]))) {
		l->head = head_of(*f->s++);
	} else if (f->s - from == 2 && (rest = words_in_link(f, l->line))) {
		l->label = f->s;
		l->nlabel = (size_t)(rest - f->s);
		f->s = rest;
		dashes(f);
		if (f->s < f->end && head_of(*f->s) != HEAD_NONE)
			l->head = head_of(*f->s++);
	}
	blanks(f);
	if (f->s < f->end && *f->s == '|') {
		end = find_close(f->s + 1, f->end, "|");
		if (!end)
			return false;
		l->label = f->s + 1;
		l->nlabel = (size_t)(end - l->label);
		f->s = end + 1;
	}
	return true;
}

static void
connect(struct flow *f, const size_t *a, size_t na, const size_t *b, size_t nb,
    const struct link *l)
{
	for (size_t i = 0; i < na; i++)
		for (size_t j = 0; j < nb; j++) {
			struct graph_edge *e = graph_edge(f->g, a[i], b[j]);

			e->line = l->line;
			e->tail = l->tail;
			e->head = l->head;
			if (l->label)
				diagram_text(
				    &e->label, l->label, l->nlabel, GRAPH_WRAP);
		}
}

/* "a --> b & c --> d" */
static bool
chain(struct flow *f)
{
	size_t a[MAX_SIDE], b[MAX_SIDE], na, nb;
	struct link l;

	na = side(f, a);
	if (na == 0)
		return false;
	for (;;) {
		blanks(f);
		if (f->s == f->end)
			return true;
		if (!link(f, &l) || (nb = side(f, b)) == 0)
			return false;
		connect(f, a, na, b, nb, &l);
		memcpy(a, b, nb * sizeof(*a));
		na = nb;
		if (f->g->nnodes > GRAPH_NODES || f->g->nedges > GRAPH_EDGES)
			return true;
	}
}

static void
open_group(struct flow *f)
{
	const char *id, *open;
	size_t nid;

	blanks(f);
	id = f->s;
	open = find_close(f->s, f->end, "[");
	nid = open ? (size_t)(open - id) : left(f);
	while (nid > 0 && strchr(" \t", id[nid - 1]))
		nid--;
	if (open && f->end[-1] == ']')
		f->group = graph_add_group(f->g, id, nid, open + 1,
		    (size_t)(f->end - open) - 2, f->group);
	else
		f->group = graph_add_group(f->g, id, nid, id, nid, f->group);
}

static bool
is_passed_over(const char *s, size_t len)
{
	static const char *const words[] = {"classDef", "class", "style",
	    "linkStyle", "click", "direction", "accTitle", "accDescr"};

	for (size_t i = 0; i < NITEMS(words); i++)
		if (diagram_is(s, len, words[i]))
			return true;
	return false;
}

static bool
statement(struct flow *f, const char *s, size_t len)
{
	f->s = s;
	f->end = s + len;
	if (is_passed_over(s, len))
		return true;
	if (diagram_is(s, len, "subgraph")) {
		if (f->g->ngroups == MAX_GROUPS)
			return false;
		f->s += strlen("subgraph");
		open_group(f);
		return true;
	}
	if (diagram_is(s, len, "end") && len == 3) {
		if (f->group >= 0)
			f->group = f->g->groups[f->group].parent;
		return true;
	}
	return chain(f);
}

static enum graph_dir
direction(const char *s, size_t len)
{
	while (len > 0 && strchr(" \t", *s)) {
		s++;
		len--;
	}
	if (len >= 2 && memcmp(s, "LR", 2) == 0)
		return GRAPH_RIGHT;
	if (len >= 2 && memcmp(s, "RL", 2) == 0)
		return GRAPH_LEFT;
	return len >= 2 && memcmp(s, "BT", 2) == 0 ? GRAPH_UP : GRAPH_DOWN;
}

char *
diagram_flow(struct statements *st, const char *head, size_t len, int cols,
    bool ascii, struct err *err)
{
	struct graph g = {.dir = direction(head, len)};
	struct flow f = {.g = &g, .group = -1};
	char *drawn = NULL;
	const char *s;
	size_t n;

	while (diagram_next(st, &s, &n))
		if (!statement(&f, s, n)) {
			err_set(err, "\"%.*s\" is not understood",
			    (int)text_cut(s, n, 30, NULL), s);
			goto out;
		}
	drawn = graph_draw(&g, cols, ascii, err);
out:
	graph_dispose(&g);
	return drawn;
}
