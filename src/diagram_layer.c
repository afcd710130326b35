/* SPDX-License-Identifier: ISC */
/*
 * Layers of a graph: edges against the way are turned round, nodes stand as
 * far along as the longest way to them, edges pass the layers between, and
 * vertices are sorted so that few edges cross and groups stay together.
 */
#include <stdlib.h>
#include <string.h>

#include "diagram_graph.h"
#include "mem.h"

#define SWEEPS 12

enum { NEW, OPEN, DONE };

/* Edges back to a node on the way are turned round; no recursion. */
static void
visit(struct layout *l, size_t root, uint8_t *state, size_t *stack, size_t *at)
{
	const struct graph *g = l->g;
	size_t n = 0, i;

	stack[n] = root;
	at[n++] = 0;
	state[root] = OPEN;
	while (n > 0) {
		size_t node = stack[n - 1];

		for (i = at[n - 1]; i < g->nedges; i++) {
			if (g->edges[i].from != node)
				continue;
			if (state[g->edges[i].to] == OPEN)
				l->reversed[i] = true;
			else if (state[g->edges[i].to] == NEW)
				break;
		}
		at[n - 1] = i + 1;
		if (i >= g->nedges) {
			state[node] = DONE;
			n--;
			continue;
		}
		stack[n] = g->edges[i].to;
		state[stack[n]] = OPEN;
		at[n++] = 0;
	}
}

static void
turn_cycles(struct layout *l)
{
	size_t n = l->g->nnodes;
	uint8_t *state = xcalloc(n, 1);
	size_t *stack = xcalloc(n, sizeof(*stack));
	size_t *at = xcalloc(n, sizeof(*at));

	for (size_t i = 0; i < n; i++)
		if (state[i] == NEW)
			visit(l, i, state, stack, at);
	free(state);
	free(stack);
	free(at);
}

static size_t
upper(const struct layout *l, size_t edge)
{
	const struct graph_edge *e = &l->g->edges[edge];

	return l->reversed[edge] ? e->to : e->from;
}

static size_t
lower(const struct layout *l, size_t edge)
{
	const struct graph_edge *e = &l->g->edges[edge];

	return l->reversed[edge] ? e->from : e->to;
}

/* Two layers on where the edge, or one beside it, has a label. */
static int
length(const struct layout *l, size_t edge)
{
	for (size_t i = 0; i < l->g->nedges; i++)
		if (upper(l, i) == upper(l, edge) && l->g->edges[i].label.n > 0)
			return 2;
	return 1;
}

/* What nothing leads to stands right before what it leads to. */
static void
pull_down(struct layout *l, const int *len)
{
	for (size_t i = 0; i < l->nvertices; i++) {
		int least = -1;

		for (size_t j = 0; j < l->g->nedges && least != -2; j++) {
			int layer = l->vertices[lower(l, j)].layer - len[j];

			if (lower(l, j) == i)
				least = -2;
			else if (upper(l, j) == i &&
				 (least == -1 || layer < least))
				least = layer;
		}
		if (least > 0)
			l->vertices[i].layer = least;
	}
}

/* Vertices of nodes stand first, in the nodes' order. */
static void
find_layers(struct layout *l)
{
	int *len = xcalloc(l->g->nedges + 1, sizeof(*len));
	bool moved = true;
	int last = 0;

	for (size_t i = 0; i < l->g->nedges; i++)
		len[i] = length(l, i);
	for (size_t round = 0; moved && round <= l->g->nnodes; round++) {
		moved = false;
		for (size_t i = 0; i < l->g->nedges; i++) {
			struct vertex *a = &l->vertices[upper(l, i)];
			struct vertex *b = &l->vertices[lower(l, i)];

			if (b->layer < a->layer + len[i]) {
				b->layer = a->layer + len[i];
				moved = true;
			}
		}
	}
	pull_down(l, len);
	free(len);
	for (size_t i = 0; i < l->nvertices; i++)
		if (l->vertices[i].layer > last)
			last = l->vertices[i].layer;
	l->nlayers = (size_t)last + 1;
	l->layers = xcalloc(l->nlayers, sizeof(*l->layers));
}

static size_t
add_vertex(struct layout *l, struct vertex v)
{
	l->vertices =
	    xgrow(l->vertices, l->nvertices, &l->vertices_cap, sizeof(v));
	l->vertices[l->nvertices] = v;
	return l->nvertices++;
}

static void
add_segment(struct layout *l, struct segment s)
{
	l->segments =
	    xgrow(l->segments, l->nsegments, &l->segments_cap, sizeof(s));
	l->segments[l->nsegments++] = s;
	l->vertices[s.from].nout++;
	l->vertices[s.to].nin++;
}

/* The innermost group that both are in. */
static int
common_group(const struct layout *l, int a, int b)
{
	for (; a >= 0; a = l->g->groups[a].parent)
		for (int c = b; c >= 0; c = l->g->groups[c].parent)
			if (a == c)
				return a;
	return -1;
}

static void
pass_layers(struct layout *l, size_t edge)
{
	size_t a = upper(l, edge), b = lower(l, edge), at = a, next;
	int from = l->vertices[a].layer, to = l->vertices[b].layer;
	const struct diagram_text *t = &l->g->edges[edge].label;

	for (int layer = from + 1; layer <= to; layer++) {
		bool label = t->n > 0 && layer == from + (to - from + 1) / 2;
		struct vertex v = {.node = NO_NODE,
		    .edge = edge,
		    .label = label,
		    .layer = layer,
		    .group = common_group(
			l, l->vertices[a].group, l->vertices[b].group),
		    .usize = label ? l->across ? t->cols + 2 : (int)t->n : 0,
		    .vsize = label ? l->across ? (int)t->n : t->cols : 1};

		next = layer == to ? b : add_vertex(l, v);
		add_segment(l, (struct segment){.from = at,
				   .to = next,
				   .edge = edge,
				   .first = layer == from + 1,
				   .last = layer == to});
		at = next;
	}
}

static void
fill_layers(struct layout *l)
{
	for (size_t i = 0; i < l->nvertices; i++) {
		struct vertex *v = &l->vertices[i];
		struct layer *y = &l->layers[v->layer];

		y->vertex = xgrow(y->vertex, y->n, &y->cap, sizeof(*y->vertex));
		v->pos = (int)y->n;
		y->vertex[y->n++] = i;
	}
}

int
layout_depth(const struct layout *l, const struct vertex *v)
{
	int n = 0;

	for (int g = v->group; g >= 0; g = l->g->groups[g].parent)
		n++;
	return n;
}

int
layout_group_at(const struct layout *l, const struct vertex *v, int depth)
{
	int g = v->group, up = layout_depth(l, v) - 1 - depth;

	if (up < 0)
		return -1;
	while (up-- > 0)
		g = l->g->groups[g].parent;
	return g;
}

struct keyed {
	size_t vertex;
	double key[8]; /* of the groups around, then its own */
	size_t index;
};

static int
by_key(const void *a, const void *b)
{
	const struct keyed *x = a, *y = b;

	for (size_t i = 0; i < NITEMS(x->key); i++)
		if (x->key[i] < y->key[i] || x->key[i] > y->key[i])
			return x->key[i] < y->key[i] ? -1 : 1;
	return x->index < y->index ? -1 : x->index > y->index;
}

/* The mean of a group's members, in all layers: the same order everywhere. */
static void
group_means(const struct layout *l, double *mean)
{
	double *n = xcalloc(l->g->ngroups + 1, sizeof(*n));

	for (size_t i = 0; i < l->g->ngroups; i++)
		mean[i] = 0;
	for (size_t i = 0; i < l->nvertices; i++)
		for (int g = l->vertices[i].group; g >= 0;
		     g = l->g->groups[g].parent) {
			mean[g] += l->vertices[i].order;
			n[g]++;
		}
	for (size_t i = 0; i < l->g->ngroups; i++)
		if (n[i] > 0)
			mean[i] /= n[i];
	free(n);
}

static void
sort_layer(struct layout *l, struct layer *y, const double *mean)
{
	struct keyed *k = xcalloc(y->n + 1, sizeof(*k));

	for (size_t i = 0; i < y->n; i++) {
		const struct vertex *v = &l->vertices[y->vertex[i]];
		int depth = layout_depth(l, v), last = NITEMS(k->key) - 1;

		k[i].vertex = y->vertex[i];
		k[i].index = i;
		for (int d = 0; d <= last; d++)
			k[i].key[d] = d < depth && d < last
					  ? mean[layout_group_at(l, v, d)] +
						1e-6 * layout_group_at(l, v, d)
					  : v->order;
	}
	qsort(k, y->n, sizeof(*k), by_key);
	for (size_t i = 0; i < y->n; i++) {
		y->vertex[i] = k[i].vertex;
		l->vertices[k[i].vertex].pos = (int)i;
	}
	free(k);
}

/* The mean place of the neighbours before (or behind). */
static void
pull(struct layout *l, const struct layer *y, bool before)
{
	for (size_t i = 0; i < y->n; i++) {
		struct vertex *v = &l->vertices[y->vertex[i]];
		double sum = 0, n = 0;

		for (size_t j = 0; j < l->nsegments; j++) {
			const struct segment *s = &l->segments[j];

			if ((before ? s->to : s->from) != y->vertex[i])
				continue;
			sum += l->vertices[before ? s->from : s->to].pos;
			n++;
		}
		v->order = n > 0 ? sum / n : v->pos;
	}
}

static int
crossings(const struct layout *l)
{
	int n = 0;

	for (size_t i = 0; i < l->nsegments; i++)
		for (size_t j = i + 1; j < l->nsegments; j++) {
			const struct segment *s = &l->segments[i];
			const struct segment *t = &l->segments[j];
			const struct vertex *a = &l->vertices[s->from];
			const struct vertex *b = &l->vertices[t->from];

			if (a->layer == b->layer &&
			    (a->pos - b->pos) * (l->vertices[s->to].pos -
						    l->vertices[t->to].pos) <
				0)
				n++;
		}
	return n;
}

static void
keep_order(const struct layout *l, int *pos)
{
	for (size_t i = 0; i < l->nvertices; i++)
		pos[i] = l->vertices[i].pos;
}

static void
take_order(struct layout *l, const int *pos)
{
	for (size_t i = 0; i < l->nvertices; i++) {
		struct vertex *v = &l->vertices[i];

		v->pos = pos[i];
		l->layers[v->layer].vertex[v->pos] = i;
	}
}

static void
sort_layers(struct layout *l)
{
	double *mean = xcalloc(l->g->ngroups + 1, sizeof(*mean));
	int *best = xcalloc(l->nvertices, sizeof(*best));
	int n, least = -1;

	for (int round = 0; round <= SWEEPS; round++) {
		for (size_t i = 0; i < l->nlayers; i++) {
			bool down = round % 2 == 0;
			struct layer *y =
			    &l->layers[down ? i : l->nlayers - 1 - i];

			if (round > 0)
				pull(l, y, down);
			else
				for (size_t j = 0; j < y->n; j++)
					l->vertices[y->vertex[j]].order =
					    (double)j;
			group_means(l, mean);
			sort_layer(l, y, mean);
		}
		/* Groups have one order in all layers. */
		group_means(l, mean);
		for (size_t i = 0; i < l->nlayers; i++)
			sort_layer(l, &l->layers[i], mean);
		n = crossings(l);
		if (least == -1 || n < least) {
			least = n;
			keep_order(l, best);
		}
	}
	take_order(l, best);
	free(best);
	free(mean);
}

void
layout_layers(struct layout *l)
{
	l->reversed = xcalloc(l->g->nedges + 1, sizeof(*l->reversed));
	for (size_t i = 0; i < l->g->nnodes; i++) {
		const struct graph_node *n = &l->g->nodes[i];
		bool bare = n->shape == SHAPE_NONE;
		int rows = (int)n->text.n + (bare ? 0 : 2);
		int cols = n->text.cols + (bare ? 0 : 4);

		add_vertex(l, (struct vertex){.node = i,
				  .group = n->group,
				  .usize = l->across ? cols : rows,
				  .vsize = l->across ? rows : cols});
	}
	turn_cycles(l);
	find_layers(l);
	for (size_t i = 0; i < l->g->nedges; i++)
		pass_layers(l, i);
	fill_layers(l);
	if (l->nsegments <= LAYOUT_SEGMENTS)
		sort_layers(l);
}

void
layout_dispose(struct layout *l)
{
	for (size_t i = 0; i < l->nlayers; i++)
		free(l->layers[i].vertex);
	free(l->layers);
	free(l->vertices);
	free(l->segments);
	free(l->reversed);
}
