/* SPDX-License-Identifier: ISC */
/* The graph that flowcharts and states are: its parts, and which way it is
 * drawn. */
#include <stdlib.h>
#include <string.h>

#include "diagram_graph.h"
#include "mem.h"

size_t
graph_node(struct graph *g, const char *id, size_t len, int group)
{
	struct graph_node *n;

	for (size_t i = 0; i < g->nnodes; i++)
		if (strlen(g->nodes[i].id) == len &&
		    memcmp(g->nodes[i].id, id, len) == 0) {
			if (g->nodes[i].group < 0)
				g->nodes[i].group = group;
			return i;
		}
	g->nodes = xgrow(g->nodes, g->nnodes, &g->nodes_cap, sizeof(*n));
	n = &g->nodes[g->nnodes];
	*n = (struct graph_node){.id = xstrndup(id, len), .group = group};
	diagram_text(&n->text, id, len, GRAPH_WRAP);
	return g->nnodes++;
}

int
graph_group(struct graph *g, const char *id, size_t len)
{
	for (size_t i = 0; i < g->ngroups; i++)
		if (strlen(g->groups[i].id) == len &&
		    memcmp(g->groups[i].id, id, len) == 0)
			return (int)i;
	return -1;
}

int
graph_add_group(struct graph *g, const char *id, size_t nid, const char *title,
    size_t ntitle, int parent)
{
	struct graph_group *group;
	struct diagram_text t;

	g->groups =
	    xgrow(g->groups, g->ngroups, &g->groups_cap, sizeof(*group));
	group = &g->groups[g->ngroups];
	diagram_text(&t, title, ntitle, 1000);
	*group = (struct graph_group){
	    .id = xstrndup(id, nid),
	    .title = xstrdup(t.n ? t.line[0] : ""),
	    .parent = parent,
	};
	diagram_text_dispose(&t);
	return (int)g->ngroups++;
}

struct graph_edge *
graph_edge(struct graph *g, size_t from, size_t to)
{
	struct graph_edge *e;

	g->edges = xgrow(g->edges, g->nedges, &g->edges_cap, sizeof(*e));
	e = &g->edges[g->nedges++];
	*e = (struct graph_edge){.from = from, .to = to};
	return e;
}

void
graph_dispose(struct graph *g)
{
	for (size_t i = 0; i < g->nnodes; i++) {
		free(g->nodes[i].id);
		diagram_text_dispose(&g->nodes[i].text);
	}
	for (size_t i = 0; i < g->nedges; i++)
		diagram_text_dispose(&g->edges[i].label);
	for (size_t i = 0; i < g->ngroups; i++) {
		free(g->groups[i].id);
		free(g->groups[i].title);
	}
	free(g->nodes);
	free(g->edges);
	free(g->groups);
}

/* An edge from a node to itself stands in the node. */
static void
take_loops(struct graph *g)
{
	size_t n = 0;

	for (size_t i = 0; i < g->nedges; i++) {
		struct graph_edge *e = &g->edges[i];
		struct diagram_text *t = &g->nodes[e->from].text;
		struct diagram_text more;
		char *s;

		if (e->from != e->to) {
			g->edges[n++] = *e;
			continue;
		}
		s = xasprintf(
		    "\xe2\x86\xbb %s", e->label.n ? e->label.line[0] : "");
		diagram_text(&more, s, strlen(s), GRAPH_WRAP);
		free(s);
		diagram_text_dispose(&e->label);
		for (size_t j = 0; j < more.n; j++) {
			t->line =
			    xgrow(t->line, t->n, &t->cap, sizeof(*t->line));
			t->line[t->n++] = more.line[j];
		}
		if (more.cols > t->cols)
			t->cols = more.cols;
		free(more.line);
	}
	g->nedges = n;
}

char *
graph_draw(struct graph *g, int cols, bool ascii, struct err *err)
{
	int needed;
	char *drawn;

	if (g->nnodes == 0) {
		err_set(err, "it is empty");
		return NULL;
	}
	if (g->nnodes > GRAPH_NODES || g->nedges > GRAPH_EDGES) {
		err_set(err, "it is too large");
		return NULL;
	}
	take_loops(g);
	drawn = graph_layout(g, cols, ascii, &needed);
	if (!drawn && (g->dir == GRAPH_RIGHT || g->dir == GRAPH_LEFT)) {
		/* What is too wide may still go down the page. */
		int wide = needed;

		g->dir = g->dir == GRAPH_RIGHT ? GRAPH_DOWN : GRAPH_UP;
		drawn = graph_layout(g, cols, ascii, &needed);
		needed = needed < wide ? needed : wide;
	}
	if (!drawn && needed <= cols)
		err_set(err, "it is too large");
	else if (!drawn)
		err_set(err, "it needs %d columns", needed);
	return drawn;
}
