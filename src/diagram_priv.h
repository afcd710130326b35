/* SPDX-License-Identifier: ISC */
/*
 * What the diagram_* files share: diagram_grid.c draws cells, diagram_graph.c
 * lays out nodes and edges that diagram_flow.c and diagram_state.c read,
 * diagram_sequence.c and diagram_chart.c read and draw their own.
 */
#ifndef DIAGRAM_PRIV_H
#define DIAGRAM_PRIV_H

#include <stdint.h>

#include "buf.h"
#include "diagram.h"

/* diagram_grid.c */
enum grid_dir { GRID_UP = 1, GRID_DOWN = 2, GRID_LEFT = 4, GRID_RIGHT = 8 };
enum grid_line { LINE_THIN, LINE_DOTTED, LINE_THICK, LINE_NONE };
enum grid_shape {
	SHAPE_BOX,
	SHAPE_ROUND,
	SHAPE_DIAMOND,
	SHAPE_DOUBLE,
	SHAPE_FRAME, /* dotted */
	SHAPE_NONE,  /* the text alone */
};

struct grid_cell {
	uint8_t dirs, line;
	uint8_t wide;  /* columns of the text; 0: none */
	bool covered;  /* by a wide one before it */
	char text[15]; /* a grapheme cluster, cut at its end */
};

struct grid {
	int rows, cols;
	bool ascii;
	struct grid_cell *cells;
};

#define GRID_MAX 2000000 /* cells */

void grid_init(struct grid *, int rows, int cols, bool ascii);
void grid_dispose(struct grid *);
/* What lies outside of the grid is not drawn. */
void grid_dirs(struct grid *, int row, int col, int dirs, enum grid_line);
void grid_across(
    struct grid *, int row, int from, int to, enum grid_line); /* both ends */
void grid_down(struct grid *, int col, int from, int to, enum grid_line);
/* Returns the columns it took. */
int grid_text(struct grid *, int row, int col, const char *, size_t len);
void grid_clear(struct grid *, int row, int col, int rows, int cols);
void grid_puts(struct grid *, int row, int col, const char *);
void grid_box(
    struct grid *, int row, int col, int rows, int cols, enum grid_shape);
/* The lines, without blanks at their ends. Caller frees. */
char *grid_print(const struct grid *);

/* Lines of words. */
struct diagram_text {
	char **line;
	size_t n, cap;
	int cols; /* of the widest */
};

/* From Mermaid's: quotes off, <br> breaks, #quot; and the like resolved,
 * wrapped at cols. */
void diagram_text(struct diagram_text *, const char *, size_t len, int cols);
void diagram_text_dispose(struct diagram_text *);

/* diagram.c: the statements of a diagram, without comments and blanks around;
 * false: none is left. */
struct statements {
	const char *at, *end;
	bool semicolons; /* end statements too */
};
bool diagram_next(struct statements *, const char **s, size_t *len);
bool diagram_is(const char *s, size_t len, const char *word); /* whole word */

/* diagram_graph.c */
enum graph_dir { GRAPH_DOWN, GRAPH_UP, GRAPH_RIGHT, GRAPH_LEFT };
enum graph_head { HEAD_NONE, HEAD_ARROW, HEAD_CIRCLE, HEAD_CROSS };

struct graph_node {
	char *id;
	struct diagram_text text;
	enum grid_shape shape;
	int group; /* the innermost, or -1 */
};

struct graph_edge {
	size_t from, to;
	struct diagram_text label;
	enum grid_line line;
	enum graph_head tail, head;
};

struct graph_group {
	char *id, *title;
	int parent;
};

struct graph {
	enum graph_dir dir;
	struct graph_node *nodes;
	struct graph_edge *edges;
	struct graph_group *groups;
	size_t nnodes, nodes_cap, nedges, edges_cap, ngroups, groups_cap;
};

#define GRAPH_NODES 150
#define GRAPH_EDGES 300
#define GRAPH_WRAP  28 /* columns of a node's text */

/* The node of an id, made in that group when it is new. */
size_t graph_node(struct graph *, const char *id, size_t len, int group);
int graph_group(struct graph *, const char *id, size_t len); /* -1: none */
int graph_add_group(struct graph *, const char *id, size_t nid,
    const char *title, size_t ntitle, int parent);
struct graph_edge *graph_edge(struct graph *, size_t from, size_t to);
char *graph_draw(struct graph *, int cols, bool ascii, struct err *);
void graph_dispose(struct graph *);

/* A kind's reader and drawer: s is behind its first word. */
typedef char *diagram_kind(struct statements *, const char *head, size_t len,
    int cols, bool ascii, struct err *);
diagram_kind diagram_flow, diagram_state, diagram_sequence, diagram_pie,
    diagram_gantt;

#endif
