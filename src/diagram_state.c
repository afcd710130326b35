/* SPDX-License-Identifier: ISC */
/* State diagrams: states and what leads from one to another, drawn as a graph.
 */
#include <stdlib.h>
#include <string.h>

#include "diagram_priv.h"
#include "mem.h"

#define MAX_GROUPS 40

struct states {
	struct graph *g;
	bool ascii;
	int group;
	bool noting; /* in a note of several lines */
};

static void
trim(const char **s, size_t *len)
{
	while (*len > 0 && strchr(" \t", **s)) {
		++*s;
		--*len;
	}
	while (*len > 0 && strchr(" \t", (*s)[*len - 1]))
		--*len;
}

static void
name(struct states *st, size_t node, const char *s, size_t len)
{
	struct graph_node *n = &st->g->nodes[node];

	diagram_text_dispose(&n->text);
	diagram_text(&n->text, s, len, GRAPH_WRAP);
}

/* "[*]" is the start where something leads from it, else the end: of the
 * group that it stands in. */
static size_t
terminal(struct states *st, bool start)
{
	char *id = xasprintf("%s of %d", start ? "start" : "end", st->group);
	size_t before = st->g->nnodes;
	size_t i = graph_node(st->g, id, strlen(id), st->group);
	const char *sign = start ? "●" : "◉";

	if (st->ascii)
		sign = start ? "(*)" : "((*))";
	if (i == before)
		name(st, i, sign, strlen(sign));
	st->g->nodes[i].shape = SHAPE_NONE;
	free(id);
	return i;
}

static bool
is_word(const char *s, size_t len)
{
	return len > 0 && !memchr(s, ' ', len) && !memchr(s, '\t', len) &&
	       !memchr(s, '"', len) && !memchr(s, '[', len);
}

/* A state by its name; false: that is none. */
static bool
state(struct states *st, const char *s, size_t len, bool start, size_t *at)
{
	const char *mark;
	size_t before = st->g->nnodes;
	int group;

	trim(&s, &len);
	if (len == 3 && memcmp(s, "[*]", 3) == 0) {
		*at = terminal(st, start);
		return true;
	}
	for (mark = s; mark < s + len; mark++)
		if (memcmp(mark, ":::", s + len - mark < 3 ? 1 : 3) == 0 &&
		    s + len - mark >= 3)
			break;
	len = (size_t)(mark - s);
	if (!is_word(s, len))
		return false;
	group = graph_group(st->g, s, len);
	if (group >= 0)
		for (*at = 0; *at < st->g->nnodes; ++*at)
			if (st->g->nodes[*at].group == group)
				return true;
	*at = graph_node(st->g, s, len, st->group);
	if (*at == before)
		st->g->nodes[*at].shape = SHAPE_ROUND;
	return true;
}

static const char *
find(const char *s, size_t len, const char *what)
{
	size_t n = strlen(what);

	for (; len >= n; s++, len--)
		if (memcmp(s, what, n) == 0)
			return s;
	return NULL;
}

/* "a --> b : words" */
static bool
transition(struct states *st, const char *s, size_t len, const char *arrow)
{
	const char *to = arrow + 3, *end = s + len;
	const char *colon = memchr(to, ':', (size_t)(end - to));
	const char *stop = colon ? colon : end, *words;
	size_t a, b, n;
	struct graph_edge *e;

	if (colon && end - colon >= 3 && memcmp(colon, ":::", 3) == 0)
		stop = end, colon = NULL;
	if (!state(st, s, (size_t)(arrow - s), true, &a) ||
	    !state(st, to, (size_t)(stop - to), false, &b))
		return false;
	e = graph_edge(st->g, a, b);
	e->head = HEAD_ARROW;
	if (colon) {
		words = colon + 1;
		n = (size_t)(end - words);
		trim(&words, &n);
		diagram_text(&e->label, words, n, GRAPH_WRAP);
	}
	return true;
}

static void
shape(struct graph_node *n, const char *s, size_t len)
{
	if (find(s, len, "<<choice>>") || find(s, len, "[[choice]]"))
		n->shape = SHAPE_DIAMOND;
	else if (find(s, len, "<<fork>>") || find(s, len, "<<join>>") ||
		 find(s, len, "[[fork]]") || find(s, len, "[[join]]"))
		n->shape = SHAPE_DOUBLE;
}

/* "state "words" as id", "state id {", "state id <<choice>>" */
static bool
declaration(struct states *st, const char *s, size_t len)
{
	const char *as = find(s, len, " as "), *id = as ? as + 4 : s;
	size_t n = (size_t)(s + len - id), at,
	       title = as ? (size_t)(as - s) : 0;
	bool opens = len > 0 && s[len - 1] == '{';
	size_t nid;

	trim(&id, &n);
	for (nid = 0; nid < n && !strchr(" \t{<[", id[nid]);)
		nid++;
	if (nid == 0)
		return false;
	if (opens) {
		if (st->g->ngroups == MAX_GROUPS)
			return false;
		st->group = graph_add_group(
		    st->g, id, nid, as ? s : id, as ? title : nid, st->group);
		return true;
	}
	if (!state(st, id, nid, true, &at))
		return false;
	if (as)
		name(st, at, s, title);
	shape(&st->g->nodes[at], s, len);
	return true;
}

/* "id : words" */
static bool
description(struct states *st, const char *s, size_t len, const char *colon)
{
	const char *words = colon + 1;
	size_t n = (size_t)(s + len - words), at;

	if (!state(st, s, (size_t)(colon - s), true, &at))
		return false;
	trim(&words, &n);
	name(st, at, words, n);
	return true;
}

static bool
is_passed_over(struct states *st, const char *s, size_t len)
{
	static const char *const words[] = {"classDef", "class", "style",
	    "hide empty description", "accTitle", "accDescr", "direction"};

	if (diagram_is(s, len, "note")) {
		st->noting = !memchr(s, ':', len);
		return true;
	}
	if (len == 2 && memcmp(s, "--", 2) == 0)
		return true;
	for (size_t i = 0; i < NITEMS(words); i++)
		if (diagram_is(s, len, words[i]))
			return true;
	return false;
}

static bool
statement(struct states *st, const char *s, size_t len)
{
	const char *at;
	size_t ignored;

	if (st->noting) {
		st->noting = !diagram_is(s, len, "end note");
		return true;
	}
	if (diagram_is(s, len, "direction") && st->group < 0)
		st->g->dir = find(s, len, "LR")   ? GRAPH_RIGHT
			     : find(s, len, "RL") ? GRAPH_LEFT
			     : find(s, len, "BT") ? GRAPH_UP
						  : GRAPH_DOWN;
	if (is_passed_over(st, s, len))
		return true;
	if (len == 1 && *s == '}') {
		if (st->group >= 0)
			st->group = st->g->groups[st->group].parent;
		return true;
	}
	if (diagram_is(s, len, "state")) {
		s += 5;
		len -= 5;
		trim(&s, &len);
		return declaration(st, s, len);
	}
	if ((at = find(s, len, "-->")))
		return transition(st, s, len, at);
	if ((at = memchr(s, ':', len)) && (at + 1 == s + len || at[1] != ':'))
		return description(st, s, len, at);
	return state(st, s, len, true, &ignored);
}

char *
diagram_state(struct statements *in, const char *head, size_t len, int cols,
    bool ascii, struct err *err)
{
	struct graph g = {.dir = GRAPH_DOWN};
	struct states st = {.g = &g, .ascii = ascii, .group = -1};
	char *drawn = NULL;
	const char *s;
	size_t n;

	(void)head;
	(void)len;
	in->semicolons = false;
	while (diagram_next(in, &s, &n)) {
		if (!statement(&st, s, n)) {
			err_set(err, "\"%.*s\" is not understood",
			    (int)(n < 30 ? n : 30), s);
			goto out;
		}
		if (g.nnodes > GRAPH_NODES || g.nedges > GRAPH_EDGES)
			break;
	}
	drawn = graph_draw(&g, cols, ascii, err);
out:
	graph_dispose(&g);
	return drawn;
}
