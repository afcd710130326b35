/* SPDX-License-Identifier: ISC */
/*
 * Inside the drawing of graphs.  Layers of vertices follow each other along u,
 * a layer's vertices stand along v; down the page u is rows and v columns, to
 * the right it is the other way round.  diagram_layer.c finds layers and the
 * order in them, diagram_place.c places and routes, and draws.
 */
#ifndef DIAGRAM_GRAPH_H
#define DIAGRAM_GRAPH_H

#include "diagram_priv.h"

#define NO_NODE         SIZE_MAX
#define LAYOUT_SEGMENTS 1500 /* more are not laid out */

/* A node; or where an edge passes a layer, perhaps with its label. */
struct vertex {
	size_t node; /* NO_NODE: of an edge */
	size_t edge;
	bool label;     /* the edge's label stands here */
	int layer, pos; /* its place in the layer's order */
	int group;      /* the innermost, or -1 */
	double order;   /* what it is sorted by */
	int u, v;       /* its first cell */
	int usize, vsize;
	int nin, nout; /* segments */
};

/* An edge's way from one layer to the next. */
struct segment {
	size_t from, to; /* vertices */
	size_t edge;
	bool first, last; /* of the edge, in the order of the layers */
	int v1, v2;       /* where it leaves and arrives */
	int track;
};

struct layer {
	size_t *vertex; /* in order */
	size_t n, cap;
	int u, size;       /* of its vertices */
	int tracks;        /* in the gap behind it */
	int track_u;       /* the first one's */
	int opens, closes; /* frames of groups that begin and end at it */
};

struct layout {
	struct graph *g;
	bool across; /* to the right or left */
	struct vertex *vertices;
	struct segment *segments;
	struct layer *layers;
	size_t nvertices, vertices_cap, nsegments, segments_cap, nlayers;
	bool *reversed; /* by edge: drawn against its layers */
};

/* diagram_layer.c: layers, vertices and segments, in order. */
void layout_layers(struct layout *);
void layout_dispose(struct layout *);
/* The group of a vertex at a depth from outside, -1: none. */
int layout_group_at(const struct layout *, const struct vertex *, int depth);
/* How many groups are around. */
int layout_depth(const struct layout *, const struct vertex *);

/* NULL: it needs more columns than cols, *needed. */
char *graph_layout(struct graph *, int cols, bool ascii, int *needed);

#endif
