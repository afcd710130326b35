/* SPDX-License-Identifier: ISC */
/*
 * YAML lists, edited.  The new items are laid beside the old ones: what stays
 * keeps its bytes, and what is around it; the rest is written as its like.
 */
#include "fm_yaml_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

#define NOWHERE   ((size_t)-1)
#define MAX_TABLE (1024 * 1024) /* cells */

/* Where the new items stand among the old ones. */
struct places {
	size_t *at; /* the old item that each one is, or replaces; NOWHERE */
	bool *kept;
};

static bool
alike(const struct value *a, const struct value *b)
{
	bool text_a = a->type == VALUE_STRING || a->type == VALUE_DATE;
	bool text_b = b->type == VALUE_STRING || b->type == VALUE_DATE;

	if (text_a && text_b && (a->type == b->type || a->type == VALUE_DATE))
		return a->len == b->len &&
		       memcmp(a->text, b->text, a->len) == 0;
	return value_equal(a, b);
}

/* The longest common subsequence of a[0..n) and b[0..m). */
static void
match(struct value **a, size_t n, struct value **b, size_t m, size_t offset_a,
    size_t *place, bool *kept)
{
	unsigned *t = xcalloc((n + 1) * (m + 1), sizeof(*t));
	size_t w = m + 1, i, j;

	for (i = n; i-- > 0;)
		for (j = m; j-- > 0;)
			if (alike(b[j], a[i]))
				t[i * w + j] = t[(i + 1) * w + j + 1] + 1;
			else if (t[(i + 1) * w + j] >= t[i * w + j + 1])
				t[i * w + j] = t[(i + 1) * w + j];
			else
				t[i * w + j] = t[i * w + j + 1];
	for (i = j = 0; i < n && j < m;) {
		if (alike(b[j], a[i])) {
			place[j] = offset_a + i++;
			kept[j++] = true;
		} else if (t[(i + 1) * w + j] >= t[i * w + j + 1]) {
			i++;
		} else {
			j++;
		}
	}
	free(t);
}

/* Items between two that stay replace those that stood there, in order. */
static void
pair_up(struct places *p, size_t n, size_t m)
{
	size_t next = 0, stop, i;

	for (size_t j = 0; j < m; j++) {
		if (p->at[j] != NOWHERE) {
			next = p->at[j] + 1;
			continue;
		}
		stop = n;
		for (i = j; i < m; i++)
			if (p->kept[i]) {
				stop = p->at[i];
				break;
			}
		for (; j < i && next < stop; j++)
			p->at[j] = next++;
		j = i - 1;
	}
}

static struct places
lay(const struct value *old, const struct value *new)
{
	struct places p = {
	    .at = xcalloc(new->n, sizeof(*p.at)),
	    .kept = xcalloc(new->n, sizeof(*p.kept)),
	};
	size_t n = old->n, m = new->n, head = 0, tail = 0;

	for (size_t j = 0; j < m; j++)
		p.at[j] = NOWHERE;
	while (
	    head < n && head < m && alike(new->items[head], old->items[head])) {
		p.at[head] = head;
		p.kept[head++] = true;
	}
	while (tail < n - head && tail < m - head &&
	       alike(new->items[m - 1 - tail], old->items[n - 1 - tail])) {
		tail++;
		p.at[m - tail] = n - tail;
		p.kept[m - tail] = true;
	}
	n -= head + tail;
	m -= head + tail;
	if (n > 0 && m > 0 && n < MAX_TABLE && m < MAX_TABLE &&
	    (n + 1) * (m + 1) < MAX_TABLE)
		match(old->items + head, n, new->items + head, m, head,
		    p.at + head, p.kept + head);
	pair_up(&p, old->n, new->n);
	return p;
}

static void
places_dispose(struct places *p)
{
	free(p->at);
	free(p->kept);
}

/* A list that is being written. */
struct writer {
	const struct yaml_looks *looks;
	const struct yaml_field *old; /* NULL: a new list */
	const struct value *was, *new;
	struct places places;
	struct buf *out;
	struct err *err;
};

static enum yaml_style
item_style(const struct writer *w)
{
	size_t n[YAML_STYLES] = {0};
	enum yaml_style best = YAML_DOUBLE;

	for (size_t i = 0; w->old && i < w->old->n; i++)
		if (w->old->items[i].text)
			n[w->old->items[i].style]++;
	for (int s = YAML_SINGLE; s >= YAML_PLAIN; s--)
		if (n[s] > n[best])
			best = (enum yaml_style)s;
	return n[best] > 0 ? best : yaml_looks_items(w->looks);
}

/* The bytes of a new item: those of an old one of its value, else its like. */
static int
write_item(struct writer *w, size_t j, bool flow)
{
	struct yaml_look look = {
	    .style = item_style(w),
	    .quote = yaml_looks_quote(w->looks),
	    .flow = flow,
	};
	size_t i = w->old ? w->places.at[j] : NOWHERE;

	if (i != NOWHERE && !w->places.kept[j]) {
		if (w->old->items[i].text &&
		    w->old->items[i].style < YAML_LITERAL)
			look.style = w->old->items[i].style;
	}
	if (i == NOWHERE || !w->places.kept[j])
		for (i = 0; w->old && i < w->old->n; i++)
			if (w->old->items[i].style < YAML_LITERAL &&
			    alike(w->new->items[j], w->was->items[i]))
				break;
	if (w->old && i < w->old->n) {
		buf_add(w->out, w->looks->text + w->old->items[i].at,
		    w->old->items[i].end - w->old->items[i].at);
		return 0;
	}
	if (w->new->items[j]->type != VALUE_STRING)
		look.style = YAML_PLAIN;
	return yaml_write(w->out, w->new->items[j], &look, w->err);
}

/* Blanks and commas of flow lists: inside the brackets, between items. */
struct gaps {
	const char *lead, *between, *trail;
	size_t lead_len, between_len, trail_len;
};

static struct gaps
gaps_of(const char *text, const struct yaml_field *f)
{
	const struct yaml_item *last = &f->items[f->n - 1];
	struct gaps g = {
	    .lead = text + f->at + 1,
	    .lead_len = f->items[0].at - f->at - 1,
	    .trail = text + last->end,
	    .trail_len = f->end - 1 - last->end,
	};

	if (f->n > 1) {
		g.between = text + f->items[0].end;
		g.between_len = f->items[1].at - f->items[0].end;
	}
	return g;
}

/* As most one-line flow lists of the document begin; "" and ", " else. */
static struct gaps
usual_gaps(const struct yaml_looks *l)
{
	struct gaps g = {.lead = "", .trail = ""}, one;

	for (size_t i = 0; i < l->n; i++) {
		const struct yaml_field *f = &l->fields[i];

		if (!f->flow || f->n == 0 ||
		    yaml_line_end(l->text, f->end, f->at) < f->end)
			continue;
		one = gaps_of(l->text, f);
		if (!g.between)
			g = one;
		if (g.between)
			break;
	}
	if (!g.between) {
		g.between = ", ";
		g.between_len = 2;
	}
	return g;
}

int
yaml_keep_comments(const char *text, const struct yaml_field *old,
    const struct fm_field *f, struct err *err)
{
	size_t from = old->at, to;

	for (size_t i = 0; old->list && old->flow && i <= old->n; i++) {
		to = i < old->n ? old->items[i].at : old->end;
		if (to > from && memchr(text + from, '#', to - from))
			return err_at(err, f->line, 0,
			    "%s: comments in the list would be lost: edit the "
			    "file itself",
			    f->key);
		from = i < old->n ? old->items[i].end : to;
	}
	return 0;
}

/* The gap before new item j > 0: the old one where both neighbours stand. */
static void
put_gap(struct writer *w, size_t j, const struct gaps *g)
{
	const struct yaml_field *f = w->old;
	size_t a = f ? w->places.at[j - 1] : NOWHERE;
	size_t b = f ? w->places.at[j] : NOWHERE;

	if (a != NOWHERE && b == a + 1) {
		buf_add(w->out, w->looks->text + f->items[a].end,
		    f->items[b].at - f->items[a].end);
	} else if (g->between) {
		buf_add(w->out, g->between, g->between_len);
	} else {
		buf_putc(w->out, ',');
		buf_add(w->out, g->lead, g->lead_len);
	}
}

static int
write_flow(struct writer *w)
{
	struct gaps g = usual_gaps(w->looks), own;

	if (w->new->n == 0) {
		buf_puts(w->out, "[]");
		return 0;
	}
	if (w->old && w->old->n > 0) {
		own = gaps_of(w->looks->text, w->old);
		/* One item a line: so are the new ones. */
		if (!own.between && !memchr(own.lead, '\n', own.lead_len)) {
			own.between = g.between;
			own.between_len = g.between_len;
		}
		g = own;
	}
	buf_putc(w->out, '[');
	buf_add(w->out, g.lead, g.lead_len);
	for (size_t j = 0; j < w->new->n; j++) {
		if (j > 0)
			put_gap(w, j, &g);
		if (write_item(w, j, true) == -1)
			return -1;
	}
	buf_add(w->out, g.trail, g.trail_len);
	buf_putc(w->out, ']');
	return 0;
}

/* The dash of an item: only blanks and line breaks are between. */
static size_t
dash_of(const char *text, size_t at, size_t from)
{
	while (at > from && strchr(" \t\r\n", text[at - 1]))
		at--;
	return at > from && text[at - 1] == '-' ? at - 1 : NOWHERE;
}

/* Old item i of a block list: where its lines begin and end. */
struct lines {
	size_t start, dash, at, end, stop; /* stop: its last line's break */
};

static bool
lines_of(const struct yaml_looks *l, const struct yaml_field *f, size_t i,
    struct lines *out)
{
	size_t from = i > 0 ? f->items[i - 1].end : f->at;

	out->at = f->items[i].at;
	out->end = f->items[i].end;
	while (out->end > out->at && strchr(" \t\r\n", l->text[out->end - 1]))
		out->end--;
	out->dash = dash_of(l->text, out->at, from);
	if (out->dash == NOWHERE)
		return false;
	out->start = yaml_line_start(l->text, out->dash);
	out->stop = yaml_line_end(l->text, l->len, out->end);
	return true;
}

/* A whole new line, "  - item". */
static int
write_line(struct writer *w, size_t j, const struct buf *lead)
{
	buf_add(w->out, buf_text(lead), lead->len);
	if (write_item(w, j, false) == -1)
		return -1;
	buf_putc(w->out, '\n');
	return 0;
}

static bool
all_blank(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!strchr(" \t\r\n", s[i]))
			return false;
	return true;
}

/* The lines of old item i with what new item j makes of it; NOWHERE: gone. */
static int
write_old(struct writer *w, const struct lines *li, size_t j, size_t *from)
{
	const char *text = w->looks->text;
	size_t next = li->stop;

	if (j != NOWHERE || !all_blank(text + *from, li->start - *from))
		buf_add(w->out, text + *from, li->start - *from);
	if (next < w->looks->len && text[next] == '\r')
		next++;
	if (next < w->looks->len && text[next] == '\n')
		next++;
	*from = next;
	if (j == NOWHERE)
		return 0;
	buf_add(w->out, text + li->start, li->at - li->start);
	if (!w->places.kept[j] && li->at > 0 && text[li->at - 1] == '-')
		buf_putc(w->out, ' ');
	if (w->places.kept[j])
		buf_add(w->out, text + li->at, li->end - li->at);
	else if (write_item(w, j, false) == -1)
		return -1;
	buf_add(w->out, text + li->end, li->stop - li->end);
	if (next == li->stop)
		buf_putc(w->out, '\n');
	else
		buf_add(w->out, text + li->stop, next - li->stop);
	return 0;
}

static void
cut_break(struct buf *b)
{
	if (b->len > 0 && b->data[b->len - 1] == '\n')
		buf_splice(b, b->len - 1, 1, NULL, 0);
	if (b->len > 0 && b->data[b->len - 1] == '\r')
		buf_splice(b, b->len - 1, 1, NULL, 0);
}

/* The blanks and the dash that new items begin with. */
static void
take_lead(const struct yaml_looks *l, const struct lines *li, struct buf *lead)
{
	buf_add(lead, l->text + li->start, li->dash + 1 - li->start);
	if (li->end > li->at &&
	    yaml_line_end(l->text, li->at, li->dash) == li->at)
		buf_add(lead, l->text + li->dash + 1, li->at - li->dash - 1);
	else
		buf_putc(lead, ' ');
}

static int
edit_block(struct writer *w, struct fm_edit *edit)
{
	const struct yaml_field *f = w->old;
	struct buf lead = {0};
	struct lines li = {0};
	size_t from = 0, j = 0;
	int rc = 0;

	for (size_t i = 0; i < f->n && rc == 0; i++) {
		if (!lines_of(w->looks, f, i, &li) || li.start < from) {
			rc = err_set(w->err,
			    "a list like this is edited in the file itself");
			break;
		}
		if (i == 0) {
			take_lead(w->looks, &li, &lead);
			edit->at = from = li.start;
		}
		for (; j < w->new->n && w->places.at[j] == NOWHERE &&rc == 0;
		     j++)
			rc = write_line(w, j, &lead);
		if (rc == 0 && j < w->new->n && w->places.at[j] == i)
			rc = write_old(w, &li, j++, &from);
		else if (rc == 0)
			rc = write_old(w, &li, NOWHERE, &from);
	}
	for (; j < w->new->n &&rc == 0; j++)
		rc = write_line(w, j, &lead);
	edit->cut = li.stop - edit->at;
	cut_break(w->out);
	buf_dispose(&lead);
	return rc;
}

/* A new block list: as the first one of the document, else "  - ". */
static int
write_block(struct writer *w, size_t base)
{
	struct buf lead = {0};
	struct lines li;
	int rc = 0;

	for (size_t i = 0; i < w->looks->n && lead.len == 0; i++) {
		const struct yaml_field *f = &w->looks->fields[i];

		if (f->list && !f->flow && f->n > 0 &&
		    lines_of(w->looks, f, 0, &li))
			take_lead(w->looks, &li, &lead);
	}
	if (lead.len == 0) {
		for (size_t i = 0; i < base + 2; i++)
			buf_putc(&lead, ' ');
		buf_puts(&lead, "- ");
	}
	buf_putc(w->out, '\n');
	for (size_t j = 0; j < w->new->n &&rc == 0; j++)
		rc = write_line(w, j, &lead);
	cut_break(w->out);
	buf_dispose(&lead);
	return rc;
}

/* A list in the place of a scalar or of nothing. */
static int
replace_scalar(struct writer *w, const struct fm_field *f, struct fm_edit *edit)
{
	const char *text = w->looks->text;
	size_t end = f->value_at + f->value_len;
	size_t eol = yaml_line_end(text, w->looks->len, end);
	struct buf b = {0};
	int rc;

	if (w->new->n == 0 || yaml_looks_flow(w->looks) ||
	    !all_blank(text + end, eol - end)) {
		w->out = &b;
		rc = write_flow(w);
		if (rc == 0)
			yaml_put_value(
			    text, w->looks->len, f, buf_text(&b), edit);
		buf_dispose(&b);
		return rc;
	}
	edit->at = yaml_colon(text, f);
	edit->cut = eol - edit->at;
	return write_block(w, f->key_at - yaml_line_start(text, f->key_at));
}

int
yaml_set_list(const struct yaml_looks *l, const struct yaml_field *old,
    const struct fm_field *f, const struct value *v, struct fm_edit *edit,
    struct err *err)
{
	struct writer w = {.looks = l,
	    .was = f->value,
	    .new = v,
	    .out = &edit->with,
	    .err = err};
	int rc;

	if (!old->list)
		return replace_scalar(&w, f, edit);
	if (yaml_keep_comments(l->text, old, f, err) == -1)
		return -1;
	if (!old->flow && v->n == 0)
		return yaml_replace_lines(l->text, f, "[]", edit, err);
	w.old = old;
	w.places = lay(f->value, v);
	if (old->flow)
		rc = write_flow(&w);
	else
		rc = edit_block(&w, edit);
	places_dispose(&w.places);
	return rc;
}

int
yaml_add_list(const struct yaml_looks *l, size_t base, const struct value *v,
    struct buf *out, struct err *err)
{
	struct writer w = {.looks = l, .new = v, .out = out, .err = err};

	if (v->n == 0 || yaml_looks_flow(l))
		return write_flow(&w);
	while (out->len > 0 && yaml_blank(out->data[out->len - 1]))
		buf_splice(out, out->len - 1, 1, NULL, 0);
	return write_block(&w, base);
}
