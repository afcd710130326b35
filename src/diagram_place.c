/* SPDX-License-Identifier: ISC */
/*
 * A graph whose layers are known, placed and drawn: vertices as near to their
 * neighbours as their order allows, edges on tracks between the layers.
 */
#include <stdlib.h>
#include <string.h>

#include "diagram_graph.h"
#include "mem.h"
#include "text.h"

#define ROUNDS 16

static int
middle(const struct vertex *v)
{
	return v->v + v->vsize / 2;
}

/* Where a segment leaves or reaches a vertex: edges that were turned round have
 * a place of their own on a node. */
static int
port(const struct layout *l, const struct segment *s, const struct vertex *v)
{
	if (l->reversed[s->edge] && v->node != NO_NODE && v->vsize > 4)
		return v->v + v->vsize - 2;
	return middle(v);
}

/* Cells that a frame takes along u and along v, on one side. */
static int
pad_u(const struct layout *l)
{
	return l->across ? 2 : 1;
}

static int
pad_v(const struct layout *l)
{
	return l->across ? 1 : 2;
}

/* Cells between two neighbours: room for the frames that end and begin. */
static int
between(const struct layout *l, const struct vertex *a, const struct vertex *b)
{
	int da = layout_depth(l, a), db = layout_depth(l, b), same = 0;
	bool nodes = a->node != NO_NODE && b->node != NO_NODE;

	while (same < da && same < db &&
	       layout_group_at(l, a, same) == layout_group_at(l, b, same))
		same++;
	return (l->across  ? 1
		   : nodes ? 3
			   : 2) +
	       (da - same + db - same) * pad_v(l);
}

static int
nearest(double x)
{
	return (int)(x < 0 ? x - 0.5 : x + 0.5);
}

struct block {
	double sum, weight;
	size_t n;
};

/*
 * The places nearest to what each would like that keep order and distances:
 * isotonic regression by pooling neighbours.
 */
static void
settle(struct layout *l, const struct layer *y, const double *want)
{
	struct block *b = xcalloc(y->n + 1, sizeof(*b));
	double *from = xcalloc(y->n + 1, sizeof(*from));
	size_t nb = 0, k = 0;

	for (size_t i = 0; i < y->n; i++) {
		const struct vertex *v = &l->vertices[y->vertex[i]];
		/* Straight edges matter more; what has none stands beside. */
		double weight = v->node == NO_NODE      ? 4
				: v->nin + v->nout == 0 ? 1e-9
							: 1;

		if (i > 0) {
			const struct vertex *p = &l->vertices[y->vertex[i - 1]];

			from[i] = from[i - 1] + p->vsize + between(l, p, v);
		}
		b[nb++] = (struct block){
		    (want[i] - v->vsize / 2 - from[i]) * weight, weight, 1};
		while (nb > 1 && b[nb - 2].sum / b[nb - 2].weight >
				     b[nb - 1].sum / b[nb - 1].weight) {
			b[nb - 2].sum += b[nb - 1].sum;
			b[nb - 2].weight += b[nb - 1].weight;
			b[nb - 2].n += b[nb - 1].n;
			nb--;
		}
	}
	for (size_t i = 0; i < nb; i++)
		for (size_t j = 0; j < b[i].n; j++, k++)
			l->vertices[y->vertex[k]].v =
			    nearest(b[i].sum / b[i].weight) + (int)from[k];
	free(b);
	free(from);
}

/* Where each vertex of a layer would like its middle. */
static void
place_layer(struct layout *l, const struct layer *y, int before, int behind)
{
	double *want = xcalloc(y->n + 1, sizeof(*want));

	for (size_t i = 0; i < y->n; i++) {
		const struct vertex *v = &l->vertices[y->vertex[i]];
		double sum = 0, n = 0;

		for (size_t j = 0; j < l->nsegments; j++) {
			const struct segment *s = &l->segments[j];

			if (before && s->to == y->vertex[i]) {
				sum += middle(&l->vertices[s->from]);
				n++;
			}
			if (behind && s->from == y->vertex[i]) {
				sum += middle(&l->vertices[s->to]);
				n++;
			}
		}
		if (n > 0)
			want[i] = sum / n;
		else
			want[i] = v->nin + v->nout > 0 ? middle(v) : -1e4;
	}
	settle(l, y, want);
	free(want);
}

/* Is there room for a vertex at another place of its layer? */
static bool
can_move(const struct layout *l, const struct vertex *v, int to)
{
	const struct layer *y = &l->layers[v->layer];

	if (v->pos > 0) {
		const struct vertex *a = &l->vertices[y->vertex[v->pos - 1]];

		if (a->v + a->vsize + between(l, a, v) > to)
			return false;
	}
	if ((size_t)v->pos + 1 < y->n) {
		const struct vertex *b = &l->vertices[y->vertex[v->pos + 1]];

		if (to + v->vsize + between(l, v, b) > b->v)
			return false;
	}
	return true;
}

/* Small steps in edges go, where there is room. */
static void
straighten(struct layout *l, int by)
{
	for (size_t k = 0; k < l->nsegments; k++) {
		const struct segment *s =
		    &l->segments[by > 0 ? k : l->nsegments - 1 - k];
		struct vertex *a = &l->vertices[s->from];
		struct vertex *b = &l->vertices[s->to];
		struct vertex *v = by > 0 ? b : a;
		int off = (port(l, s, a) - port(l, s, b)) * by;

		if (off == 0 || abs(off) > 3 || (by > 0 ? v->nin : v->nout) > 1)
			continue;
		if (can_move(l, v, v->v + off))
			v->v += off;
	}
}

static void
place_along_v(struct layout *l)
{
	for (size_t i = 0; i < l->nsegments && l->across; i++) {
		const struct segment *s = &l->segments[i];
		struct vertex *a = &l->vertices[s->from];
		struct vertex *b = &l->vertices[s->to];

		if (l->reversed[s->edge] && a->node != NO_NODE && a->vsize < 5)
			a->vsize = 5;
		if (l->reversed[s->edge] && b->node != NO_NODE && b->vsize < 5)
			b->vsize = 5;
	}
	for (size_t i = 0; i < l->nvertices; i++)
		if (!l->across && l->vertices[i].vsize % 2 == 0)
			l->vertices[i].vsize++;
	for (size_t i = 0; i < l->nlayers; i++)
		place_layer(l, &l->layers[i], 1, 0);
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < l->nlayers; i++) {
			bool up = round % 2 == 0;
			size_t at = up ? l->nlayers - 1 - i : i;
			bool last = round >= ROUNDS - 2;

			place_layer(l, &l->layers[at], !up || last, up || last);
		}
	straighten(l, 1);
	straighten(l, -1);
	straighten(l, 1);
}

static bool
overlap(const struct segment *a, const struct segment *b)
{
	int a1 = a->v1 < a->v2 ? a->v1 : a->v2, a2 = a->v1 + a->v2 - a1;
	int b1 = b->v1 < b->v2 ? b->v1 : b->v2, b2 = b->v1 + b->v2 - b1;

	return a1 <= b2 && b1 <= a2;
}

/* May a lie on this track, with b on its own? */
static bool
goes(const struct segment *a, int track, const struct segment *b)
{
	if (a->v1 == b->v1 || a->v2 == b->v2)
		return true;
	if (track == b->track && overlap(a, b))
		return false;
	/* The end of one must not run into the start of the other. */
	if (a->v2 == b->v1 && a->v2 != a->v1 && b->track >= track)
		return false;
	return !(a->v1 == b->v2 && b->v1 != b->v2 && track >= b->track);
}

/* May a segment lie on a track, with those of its gap that came before? */
static bool
fits(const struct layout *l, size_t i, int layer, int track)
{
	const struct segment *s = &l->segments[i];

	for (size_t j = 0; j < i; j++) {
		const struct segment *o = &l->segments[j];

		if (l->vertices[o->from].layer == layer && o->v1 != o->v2 &&
		    !goes(s, track, o))
			return false;
	}
	return true;
}

/* A new track above the others. */
static void
shift_tracks(struct layout *l, size_t i, int layer)
{
	for (size_t j = 0; j < i; j++)
		if (l->vertices[l->segments[j].from].layer == layer)
			l->segments[j].track++;
	l->layers[layer].tracks++;
}

static void
find_tracks(struct layout *l, int layer)
{
	struct layer *y = &l->layers[layer];

	for (size_t i = 0; i < l->nsegments; i++) {
		struct segment *s = &l->segments[i];
		int t = 0;

		if (l->vertices[s->from].layer != layer)
			continue;
		s->v1 = port(l, s, &l->vertices[s->from]);
		s->v2 = port(l, s, &l->vertices[s->to]);
		s->track = 0;
		if (s->v1 == s->v2)
			continue;
		while (t <= y->tracks && !fits(l, i, layer, t))
			t++;
		if (t > y->tracks && fits(l, i, layer, -1)) {
			shift_tracks(l, i, layer);
			t = 0;
		}
		s->track = t;
		if (t >= y->tracks)
			y->tracks = t + 1;
	}
}

/* The heads of a segment's edge at its upper and lower end. */
static enum graph_head
head_at(const struct layout *l, const struct segment *s, bool upper)
{
	const struct graph_edge *e = &l->g->edges[s->edge];

	if (upper ? !s->first : !s->last)
		return HEAD_NONE;
	return upper == l->reversed[s->edge] ? e->head : e->tail;
}

/* The layers that a group's members are in. */
static void
group_layers(const struct layout *l, int group, int *first, int *last)
{
	*first = (int)l->nlayers;
	*last = -1;
	for (size_t i = 0; i < l->nvertices; i++) {
		const struct vertex *v = &l->vertices[i];

		for (int g = v->group; g >= 0; g = l->g->groups[g].parent) {
			if (g != group)
				continue;
			*first = v->layer < *first ? v->layer : *first;
			*last = v->layer > *last ? v->layer : *last;
		}
	}
}

static void
count_frames(struct layout *l)
{
	for (size_t i = 0; i < l->g->ngroups; i++) {
		int first, last;

		group_layers(l, (int)i, &first, &last);
		if (last < 0)
			continue;
		l->layers[first].opens++;
		l->layers[last].closes++;
	}
}

static void
place_along_u(struct layout *l)
{
	int u = 0;

	for (size_t i = 0; i < l->nlayers; i++) {
		l->layers[i].opens = l->layers[i].closes = 0;
		l->layers[i].tracks = 0;
	}
	count_frames(l);
	for (size_t i = 0; i < l->nlayers; i++) {
		struct layer *y = &l->layers[i];
		bool up = false, down = false;

		find_tracks(l, (int)i);
		for (size_t j = 0; j < l->nsegments; j++) {
			const struct segment *s = &l->segments[j];

			if (l->vertices[s->from].layer != (int)i)
				continue;
			up = up || head_at(l, s, true) != HEAD_NONE;
			down = down || head_at(l, s, false) != HEAD_NONE;
		}
		u += y->opens * pad_u(l);
		y->u = u;
		for (size_t j = 0; j < y->n; j++) {
			struct vertex *v = &l->vertices[y->vertex[j]];

			v->u = u;
			if (v->usize > y->size)
				y->size = v->usize;
		}
		y->track_u = u + y->size + y->closes * pad_u(l) + up;
		if (l->across)
			y->track_u++;
		u = y->track_u + y->tracks + down + (l->across ? 1 : 0);
		if (y->tracks == 0)
			u++;
	}
}

/* A rectangle of cells, its ends included. */
struct rect {
	int u1, u2, v1, v2;
	bool any;
};

static void
cover(struct rect *r, const struct rect *o)
{
	if (!o->any)
		return;
	if (!r->any) {
		*r = *o;
		return;
	}
	r->u1 = o->u1 < r->u1 ? o->u1 : r->u1;
	r->u2 = o->u2 > r->u2 ? o->u2 : r->u2;
	r->v1 = o->v1 < r->v1 ? o->v1 : r->v1;
	r->v2 = o->v2 > r->v2 ? o->v2 : r->v2;
}

static struct rect
rect_of(const struct vertex *v)
{
	int u = v->usize > 0 ? v->usize : 1;

	return (struct rect){
	    v->u, v->u + u - 1, v->v, v->v + v->vsize - 1, true};
}

/* Columns enough for a title. */
static void
widen(const struct layout *l, struct rect *r, const char *title)
{
	int cols = text_width(title, strlen(title)) + 4;
	int *end = l->across ? &r->u2 : &r->v2;
	int start = l->across ? r->u1 : r->v1;

	if (*end - start + 1 < cols)
		*end = start + cols - 1;
}

/* Groups are made after those around them, so inner ones have later places. */
static void
find_frames(const struct layout *l, struct rect *frames)
{
	for (size_t i = 0; i < l->nvertices; i++) {
		const struct vertex *v = &l->vertices[i];
		struct rect r = rect_of(v);

		if (v->group >= 0)
			cover(&frames[v->group], &r);
	}
	for (size_t i = l->g->ngroups; i > 0; i--) {
		struct rect *r = &frames[i - 1];
		int parent = l->g->groups[i - 1].parent;

		if (!r->any)
			continue;
		r->u1 -= pad_u(l);
		r->u2 += pad_u(l);
		r->v1 -= pad_v(l);
		r->v2 += pad_v(l);
		widen(l, r, l->g->groups[i - 1].title);
		if (parent >= 0)
			cover(&frames[parent], r);
	}
}

static bool
is_inside(const struct layout *l, const struct vertex *v, int group)
{
	for (int g = v->group; g >= 0; g = l->g->groups[g].parent)
		if (g == group)
			return true;
	return false;
}

/* Nothing in a frame but its own. */
static bool
is_clear(const struct layout *l, const struct rect *r, int group)
{
	for (size_t i = 0; i < l->nvertices; i++) {
		const struct vertex *v = &l->vertices[i];
		struct rect o = rect_of(v);

		if ((v->node != NO_NODE || v->label) &&
		    !is_inside(l, v, group) && o.u1 <= r->u2 && o.u2 >= r->u1 &&
		    o.v1 <= r->v2 && o.v2 >= r->v1)
			return false;
	}
	return true;
}

/* Move a vertex that is none of a group's out of its frame, and what stands
 * beyond it as well. */
static void
push_out(struct layout *l, const struct rect *r, int group, size_t i)
{
	const struct vertex *x = &l->vertices[i];
	bool right = middle(x) >= (r->v1 + r->v2) / 2;
	int from = right ? x->v : r->v1;
	int by = right ? r->v2 + 2 - x->v : x->v + x->vsize + 1 - r->v1;

	for (size_t j = 0; j < l->nvertices; j++) {
		struct vertex *v = &l->vertices[j];
		bool member = is_inside(l, v, group);

		if (right ? !member && v->v >= from
			  : member || (j != i && v->v >= from))
			v->v += by;
	}
}

/* Frames hold nothing but their own, where that can be had. */
static void
part_groups(struct layout *l, struct rect *frames)
{
	size_t tries = 4 * l->g->ngroups + 20;

	find_frames(l, frames);
	for (size_t g = 0; g < l->g->ngroups; g++)
		for (size_t i = 0; i < l->nvertices && tries > 0; i++) {
			struct rect r = frames[g], o = rect_of(&l->vertices[i]);

			if (!r.any || is_inside(l, &l->vertices[i], (int)g) ||
			    o.u1 > r.u2 || o.u2 < r.u1 || o.v1 > r.v2 ||
			    o.v2 < r.v1)
				continue;
			tries--;
			push_out(l, &r, (int)g, i);
			memset(frames, 0, l->g->ngroups * sizeof(*frames));
			find_frames(l, frames);
		}
}

/* The grid that it is drawn into; u and v become rows and columns. */
struct sheet {
	const struct layout *l;
	struct grid grid;
	int usize, v0;
};

static void
cell_of(const struct sheet *s, int u, int v, int *row, int *col)
{
	enum graph_dir dir = s->l->g->dir;

	if (dir == GRAPH_UP || dir == GRAPH_LEFT)
		u = s->usize - 1 - u;
	v -= s->v0;
	*row = s->l->across ? v : u;
	*col = s->l->across ? u : v;
}

static void
draw_line(struct sheet *s, int u1, int v1, int u2, int v2, enum grid_line line)
{
	int r1, c1, r2, c2;

	cell_of(s, u1, v1, &r1, &c1);
	cell_of(s, u2, v2, &r2, &c2);
	if (line == LINE_NONE)
		return;
	if (r1 == r2)
		grid_across(&s->grid, r1, c1, c2, line);
	else
		grid_down(&s->grid, c1, r1, r2, line);
}

/* From this cell on (or back), half a line. */
static void
draw_turn(struct sheet *s, int u, int v, enum grid_line line, bool on)
{
	static const int dirs[] = {[GRAPH_DOWN] = GRID_DOWN,
	    [GRAPH_UP] = GRID_UP,
	    [GRAPH_RIGHT] = GRID_RIGHT,
	    [GRAPH_LEFT] = GRID_LEFT};
	int dir = dirs[s->l->g->dir], row, col;

	if (!on)
		dir = dir == GRID_DOWN    ? GRID_UP
		      : dir == GRID_UP    ? GRID_DOWN
		      : dir == GRID_RIGHT ? GRID_LEFT
					  : GRID_RIGHT;
	cell_of(s, u, v, &row, &col);
	grid_dirs(&s->grid, row, col, dir, line);
}

static void
draw_head(struct sheet *s, int u, int v, enum graph_head head, bool back)
{
	static const char *const arrows[] = {"▼", "▲", "▶", "◀"};
	static const char *const ascii[] = {"v", "^", ">", "<"};
	/* The way against each. */
	static const enum graph_dir other[] = {
	    GRAPH_UP, GRAPH_DOWN, GRAPH_LEFT, GRAPH_RIGHT};
	enum graph_dir dir = back ? other[s->l->g->dir] : s->l->g->dir;
	bool plain = s->grid.ascii;
	int row, col;

	cell_of(s, u, v, &row, &col);
	if (head == HEAD_ARROW)
		grid_puts(&s->grid, row, col, plain ? ascii[dir] : arrows[dir]);
	else if (head == HEAD_CIRCLE)
		grid_puts(&s->grid, row, col, plain ? "o" : "○");
	else if (head == HEAD_CROSS)
		grid_puts(&s->grid, row, col, plain ? "x" : "✕");
}

static void
draw_segment(struct sheet *sheet, const struct segment *s)
{
	const struct layout *l = sheet->l;
	const struct vertex *a = &l->vertices[s->from];
	const struct vertex *b = &l->vertices[s->to];
	const struct layer *y = &l->layers[a->layer];
	enum grid_line line = l->g->edges[s->edge].line;
	enum graph_head up = head_at(l, s, true), down = head_at(l, s, false);
	int behind = a->u + a->usize, before = b->u - 1;
	int from = behind - 1, to = b->u, track = y->track_u + s->track;

	if (line == LINE_NONE)
		return;
	/* Words and heads are not joined. */
	if (a->label || up != HEAD_NONE ||
	    (a->node != NO_NODE && l->g->nodes[a->node].shape == SHAPE_NONE))
		from = behind;
	else if (a->node == NO_NODE)
		from = a->u;
	if (b->label || down != HEAD_NONE ||
	    (b->node != NO_NODE && l->g->nodes[b->node].shape == SHAPE_NONE))
		to = before;
	/* A line beside words points at them. */
	if (a->label)
		draw_turn(sheet, behind, s->v1, line, false);
	if (b->label)
		draw_turn(sheet, before, s->v2, line, true);
	if (s->v1 == s->v2) {
		draw_line(sheet, from, s->v1, to, s->v2, line);
	} else {
		draw_line(sheet, from, s->v1, track, s->v1, line);
		draw_line(sheet, track, s->v1, track, s->v2, line);
		draw_line(sheet, track, s->v2, to, s->v2, line);
	}
	draw_head(sheet, behind, s->v1, up, true);
	draw_head(sheet, before, s->v2, down, false);
}

/* The upper left cell of a rectangle, and its size. */
static void
box_of(const struct sheet *s, const struct rect *r, int *row, int *col,
    int *rows, int *cols)
{
	int r2, c2;

	cell_of(s, r->u1, r->v1, row, col);
	cell_of(s, r->u2, r->v2, &r2, &c2);
	*rows = abs(r2 - *row) + 1;
	*cols = abs(c2 - *col) + 1;
	*row = r2 < *row ? r2 : *row;
	*col = c2 < *col ? c2 : *col;
}

static void
draw_words(struct sheet *s, const struct diagram_text *t, int row, int col,
    int rows, int cols)
{
	int top = row + (rows - (int)t->n) / 2;

	for (size_t i = 0; i < t->n; i++) {
		int w = text_width(t->line[i], strlen(t->line[i]));

		grid_puts(
		    &s->grid, top + (int)i, col + (cols - w) / 2, t->line[i]);
	}
}

static void
draw_vertex(struct sheet *s, const struct vertex *v)
{
	const struct graph *g = s->l->g;
	struct rect r = rect_of(v);
	int row, col, rows, cols;

	if (v->node == NO_NODE && !v->label)
		return;
	box_of(s, &r, &row, &col, &rows, &cols);
	if (v->node != NO_NODE)
		grid_box(
		    &s->grid, row, col, rows, cols, g->nodes[v->node].shape);
	draw_words(s,
	    v->label ? &g->edges[v->edge].label : &g->nodes[v->node].text, row,
	    col, rows, cols);
}

static void
draw_frame(struct sheet *s, const struct rect *r, int group)
{
	const char *title = s->l->g->groups[group].title;
	int row, col, rows, cols;
	char *fit;

	if (!r->any)
		return;
	box_of(s, r, &row, &col, &rows, &cols);
	if (!is_clear(s->l, r, group))
		return;
	fit = text_fit(title, strlen(title), cols - 4);
	grid_box(&s->grid, row, col, rows, cols, SHAPE_FRAME);
	if (*title) {
		grid_puts(&s->grid, row, col + 1, " ");
		col += 2 + grid_text(&s->grid, row, col + 2, fit, strlen(fit));
		grid_puts(&s->grid, row, col, " ");
	}
	free(fit);
}

/* Groups that no frame holds: "title: a, b". */
static void
list_groups(const struct layout *l, const struct rect *frames, struct buf *b)
{
	for (size_t i = 0; i < l->g->ngroups; i++) {
		const char *comma = "";

		if (!frames[i].any || is_clear(l, &frames[i], (int)i))
			continue;
		buf_printf(b, "%s: ", l->g->groups[i].title);
		for (size_t j = 0; j < l->g->nnodes; j++) {
			const struct graph_node *n = &l->g->nodes[j];

			if (n->group != (int)i || n->text.n == 0)
				continue;
			buf_printf(b, "%s%s", comma, n->text.line[0]);
			comma = ", ";
		}
		buf_putc(b, '\n');
	}
}

static char *
draw(struct layout *l, const struct rect *all, const struct rect *frames,
    int rows, int cols, bool ascii)
{
	struct sheet s = {.l = l, .usize = all->u2 + 1, .v0 = all->v1};
	struct buf b = {0};
	char *drawn;

	grid_init(&s.grid, rows, cols, ascii);
	for (size_t i = 0; i < l->nsegments; i++)
		draw_segment(&s, &l->segments[i]);
	for (size_t i = 0; i < l->g->ngroups; i++)
		draw_frame(&s, &frames[i], (int)i);
	for (size_t i = 0; i < l->nvertices; i++)
		draw_vertex(&s, &l->vertices[i]);
	drawn = grid_print(&s.grid);
	grid_dispose(&s.grid);
	buf_puts(&b, drawn);
	free(drawn);
	list_groups(l, frames, &b);
	return buf_steal(&b);
}

/* Everything that is drawn; edges lie between the vertices they join. */
static struct rect
extent(const struct layout *l, const struct rect *frames)
{
	struct rect all = {0};

	for (size_t i = 0; i < l->nvertices; i++) {
		struct rect r = rect_of(&l->vertices[i]);

		cover(&all, &r);
	}
	for (size_t i = 0; i < l->g->ngroups; i++)
		cover(&all, &frames[i]);
	return all;
}

char *
graph_layout(struct graph *g, int cols, bool ascii, int *needed)
{
	struct layout l = {
	    .g = g, .across = g->dir == GRAPH_RIGHT || g->dir == GRAPH_LEFT};
	struct rect *frames = xcalloc(g->ngroups + 1, sizeof(*frames));
	struct rect all;
	char *drawn = NULL;
	int rows, wide;

	*needed = 0;
	layout_layers(&l);
	if (l.nsegments <= LAYOUT_SEGMENTS) {
		place_along_v(&l);
		place_along_u(&l);
		part_groups(&l, frames);
		place_along_u(&l);
		memset(frames, 0, g->ngroups * sizeof(*frames));
		find_frames(&l, frames);
		all = extent(&l, frames);
		rows = l.across ? all.v2 - all.v1 + 1 : all.u2 + 1;
		wide = l.across ? all.u2 + 1 : all.v2 - all.v1 + 1;
		*needed = wide;
		if (wide <= cols && (int64_t)rows * wide < GRID_MAX)
			drawn = draw(&l, &all, frames, rows, wide, ascii);
	}
	free(frames);
	layout_dispose(&l);
	return drawn;
}
