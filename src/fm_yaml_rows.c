/* SPDX-License-Identifier: ISC */
/*
 * YAML entries that have lines of their own, rearranged: those of block lists
 * and maps, and those of a list in brackets with one item a line.  A comment
 * right above an entry, as far to the right, goes where the entry goes; that
 * of a member that is removed stays, that of an item goes with it.
 */
#include "fm_yaml_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

struct row {
	size_t lead;             /* blank lines and comments before it */
	size_t above;            /* the comments right above it */
	size_t start, end, stop; /* its line; its end; behind the break */
	size_t comma;            /* behind the comma, in brackets; or end */
	bool own;                /* nothing is before it on its line */
};

struct rows {
	struct yaml_editor *ed;
	const struct yaml_node *node;
	const struct value *was;
	const struct yaml_plan *plan;
	const char *text;
	size_t len, column;
	struct row *row;
	bool airy;     /* blank lines between all */
	bool hug;      /* the ] is on the last line */
	bool trailing; /* a comma is behind the last */
	struct buf *out;
};

static bool
is_blank(const char *text, size_t from, size_t to)
{
	while (from < to && yaml_blank(text[from]))
		from++;
	return from == to;
}

static size_t
past_break(const char *text, size_t len, size_t at)
{
	if (at < len && text[at] == '\r')
		at++;
	if (at < len && text[at] == '\n')
		at++;
	return at;
}

static size_t
past_blanks(const char *text, size_t len, size_t at)
{
	while (at < len && yaml_blank(text[at]))
		at++;
	return at;
}

/* The line before one that begins at a byte; from: there is none. */
static size_t
line_before(const char *text, size_t from, size_t at)
{
	if (at > from && text[at - 1] == '\n')
		at--;
	if (at > from && text[at - 1] == '\r')
		at--;
	at = yaml_line_start(text, at);
	return at < from ? from : at;
}

/* Back over blank lines and comments. */
static size_t
lines_above(const char *text, size_t from, size_t at)
{
	while (at > from) {
		size_t line = line_before(text, from, at);
		size_t i = past_blanks(text, at, line);

		if (text[i] != '#' && yaml_line_end(text, at, i) != i)
			break;
		at = line;
	}
	return at;
}

size_t
yaml_comments_above(const char *text, size_t from, size_t at)
{
	size_t column = past_blanks(text, SIZE_MAX, at) - at;

	while (at > from) {
		size_t line = line_before(text, from, at);
		size_t i = past_blanks(text, at, line);

		if (i == at || text[i] != '#' || i - line != column)
			break;
		at = line;
	}
	return at;
}

static int
shared_line(struct rows *r, size_t i)
{
	return yaml_refuse(r->ed, r->node->entries[i].at,
	    "it shares its line with something else");
}

/* What is behind an entry in brackets on its line. */
static bool
behind_comma(struct rows *r, size_t i, struct row *w)
{
	bool last = i + 1 == r->node->n;
	size_t at = past_blanks(r->text, r->len, w->end);

	w->comma = w->end;
	if (at < r->len && r->text[at] == ',')
		at = w->comma = at + 1;
	else if (!last)
		return false;
	if (last)
		r->trailing = w->comma > w->end;
	at = past_blanks(r->text, r->len, at);
	if (last && at == r->node->end - 1) {
		r->hug = true;
		w->stop = w->comma;
		return true;
	}
	w->stop =
	    past_break(r->text, r->len, yaml_line_end(r->text, r->len, at));
	return at < r->len && strchr("#\r\n", r->text[at]);
}

static bool
measure_row(struct rows *r, size_t i)
{
	const struct yaml_entry *e = &r->node->entries[i];
	struct row *w = &r->row[i];
	size_t line = yaml_line_start(r->text, e->at), eol;
	size_t from = i > 0 ? w[-1].stop : 0;

	w->own = is_blank(r->text, line, e->at);
	w->start = w->own ? line : e->at;
	w->end = yaml_entry_end(e);
	if ((i > 0 && (!w->own || line < from)) || (r->node->flow && !w->own))
		return false;
	if (w->own)
		w->lead = lines_above(r->text, from, line);
	else
		w->lead = w->start;
	w->above =
	    w->own ? yaml_comments_above(r->text, w->lead, line) : w->start;
	if (r->node->flow)
		return behind_comma(r, i, w);
	eol = yaml_line_end(r->text, r->len, w->end);
	w->comma = w->end;
	w->stop = past_break(r->text, r->len, eol);
	w->end = past_blanks(r->text, eol, w->end);
	if (w->end < eol && r->text[w->end] != '#')
		return false;
	w->end = w->comma;
	return true;
}

/* The entry that does not have lines of its own; n: all have. */
static size_t
measure(struct rows *r)
{
	const struct yaml_node *n = r->node;
	size_t i;
	size_t line = yaml_line_start(r->text, n->entries[0].at);

	r->column = text_count(r->text + line, n->entries[0].at - line);
	r->row = xcalloc(n->n, sizeof(*r->row));
	for (i = 0; i < n->n && measure_row(r, i); i++)
		;
	r->airy = n->n > (n->kind == YAML_MAP ? 2 : 1);
	for (size_t j = 1; j < i; j++) {
		size_t at = r->row[j].lead;

		r->airy = r->airy && strchr("\r\n", r->text[at]);
	}
	return i;
}

bool
yaml_in_rows(const struct yaml_tree *t, const struct yaml_node *n)
{
	struct rows r = {.node = n, .text = t->text, .len = t->len};
	bool all = n->n > 0 && !n->pair && measure(&r) == n->n;

	free(r.row);
	return all;
}

static void
copy(struct rows *r, size_t from, size_t to)
{
	if (to > from)
		buf_add(r->out, r->text + from, to - from);
}

static void
end_line(struct rows *r)
{
	if (r->out->len > 0 && !strchr("\r\n", r->out->data[r->out->len - 1]))
		buf_putc(r->out, '\n');
}

static bool
all_white(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!strchr(" \t\r\n", s[i]))
			return false;
	return true;
}

/* The comments of an entry that is gone. */
static void
put_removed(struct rows *r, size_t i)
{
	const struct row *w = &r->row[i];

	if (r->node->kind == YAML_MAP)
		copy(r, w->lead, w->start);
	else if (!all_white(r->text + w->lead, w->above - w->lead))
		copy(r, w->lead, w->above);
}

static bool
has_comment(const struct rows *r, const struct row *w)
{
	size_t at = past_blanks(r->text, w->stop, w->comma);

	return at < w->stop && r->text[at] == '#';
}

/* The comma of an entry in brackets, and the comment behind it. */
static void
put_comma(struct rows *r, const struct row *w, bool last)
{
	if (w && w->comma > w->end && (!last || r->trailing))
		copy(r, w->end, w->comma);
	else if (!last || r->trailing)
		buf_putc(r->out, ',');
	if (w && !(r->hug && last && !has_comment(r, w)))
		copy(r, w->comma, w->stop);
}

/* Blank lines behind a "|+" are part of it. */
static bool
keeps_breaks(const struct rows *r, size_t place)
{
	size_t old = r->plan->slot[place].old, i;
	const struct yaml_node *n;

	if (old == YAML_NOWHERE)
		return false;
	n = r->node->entries[old].value;
	while (n->n > 0)
		n = n->entries[n->n - 1].value;
	i = n->body + 1;
	return n->style >= YAML_LITERAL && i + 1 < r->len &&
	       (r->text[i] == '+' || r->text[i + 1] == '+');
}

static int
put_slot(struct rows *r, size_t place)
{
	const struct yaml_slot *s = &r->plan->slot[place];
	const struct row *w = s->old == YAML_NOWHERE ? NULL : &r->row[s->old];
	const struct yaml_entry *e = w ? &r->node->entries[s->old] : NULL;
	bool last = place + 1 == r->plan->n;

	if (w && w->own)
		copy(r, w->above, w->start);
	if (!w && r->airy && place > 0 && !keeps_breaks(r, place - 1))
		buf_putc(r->out, '\n');
	if (w && w->own)
		copy(r, w->start, e->at);
	else if (r->row[0].own && r->node->flow)
		copy(r, r->row[0].start, r->node->entries[0].at);
	else
		yaml_emit_blanks(r->out, r->column);
	if (!w) {
		if (yaml_put_new(r->ed, r->node, s, r->out) == -1)
			return -1;
	} else if (r->node->flow) {
		if (yaml_put_old(
			r->ed, r->node, r->was, s, e->at, w->end, r->out) == -1)
			return -1;
	} else if (yaml_put_old(r->ed, r->node, r->was, s, e->at, w->stop,
		       r->out) == -1) {
		return -1;
	}
	if (r->node->flow)
		put_comma(r, w, last);
	if (!r->hug || !last)
		end_line(r);
	return 0;
}

/* Behind the comments at the end of a map that are as far to the right. */
static size_t
tail_end(const struct rows *r)
{
	size_t tail = r->row[r->node->n - 1].stop, at = tail, i;
	bool root = r->node == r->ed->tree.root;

	while (at < r->len) {
		i = past_blanks(r->text, r->len, at);
		if (i < r->len && r->text[i] == '#') {
			if (i - at < r->column && !root)
				break;
			tail = yaml_line_end(r->text, r->len, i);
			tail = past_break(r->text, r->len, tail);
		} else if (i < r->len && !strchr("\r\n", r->text[i])) {
			break;
		}
		at = yaml_line_end(r->text, r->len, i);
		if (at == r->len)
			break;
		at = past_break(r->text, r->len, at);
	}
	return tail;
}

/* Those before an entry that are not in the plan. */
static void
put_removed_to(struct rows *r, size_t to, size_t *next, const bool *there)
{
	for (; *next < to; ++*next)
		if (!there[*next])
			put_removed(r, *next);
}

static int
put_slots(struct rows *r, size_t tail, const bool *there)
{
	const struct yaml_plan *p = r->plan;
	bool placed = p->moved; /* what is above the rest stays there */
	size_t next = 0, n = r->node->n;

	for (size_t i = 0; i < p->n; i++) {
		size_t old = p->slot[i].old;
		const struct row *w = NULL;

		if (placed || old != YAML_NOWHERE)
			w = &r->row[placed ? i : old];

		if (old == YAML_NOWHERE && i + 1 == p->n) {
			copy(r, r->row[n - 1].stop, tail);
			end_line(r);
		}
		if (old != YAML_NOWHERE)
			put_removed_to(r, old, &next, there);
		if (w)
			copy(r, w->lead, w->above);
		if (put_slot(r, i) == -1)
			return -1;
	}
	put_removed_to(r, n, &next, there);
	return 0;
}

static int
put_all(struct rows *r, size_t tail)
{
	bool *there = xcalloc(r->node->n + 1, sizeof(*there));
	int rc;

	for (size_t i = 0; i < r->plan->n; i++)
		if (r->plan->slot[i].old != YAML_NOWHERE)
			there[r->plan->slot[i].old] = true;
	rc = put_slots(r, tail, there);
	free(there);
	return rc;
}

/* The first line goes on one that began before it. */
static void
join_first(struct rows *r)
{
	size_t i = 0;

	while (i < r->out->len && strchr(" \t\r\n", r->out->data[i]))
		i++;
	buf_splice(r->out, 0, i, NULL, 0);
}

int
yaml_rows(struct yaml_editor *ed, const struct yaml_node *n,
    const struct value *was, const struct yaml_plan *plan, struct fm_edit *edit)
{
	struct rows r = {
	    .ed = ed,
	    .node = n,
	    .was = was,
	    .plan = plan,
	    .text = ed->tree.text,
	    .len = ed->tree.len,
	    .out = &edit->with,
	};
	size_t bad = measure(&r), tail;
	int rc;

	if (bad < n->n) {
		rc = shared_line(&r, bad);
	} else {
		tail = r.row[n->n - 1].stop;
		if (plan->tail)
			tail = tail_end(&r);
		edit->at = r.row[0].lead;
		rc = put_all(&r, tail);
		if (rc == 0 && !r.row[0].own)
			join_first(&r);
		edit->cut = tail - edit->at;
	}
	free(r.row);
	return rc;
}
