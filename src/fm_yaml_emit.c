/* SPDX-License-Identifier: ISC */
/*
 * New YAML values of any type, in lines or in brackets, written as the document
 * is.  What takes the place of a scalar is fm_yaml_value.c's.
 */
#include "fm_yaml_priv.h"

#include <string.h>

#include "mem.h"
#include "text.h"

void
yaml_emit_blanks(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_putc(out, ' ');
}

static bool
is_empty(const struct value *v)
{
	return v->type == VALUE_NULL && v->len == 0;
}

static bool
is_deep(const struct value *v)
{
	return v->type == VALUE_LIST || v->type == VALUE_MAP;
}

static int
emit_scalar(struct yaml_editor *ed, const struct value *v,
    const struct yaml_spot *spot, struct buf *out)
{
	struct yaml_look look = {
	    .style = spot->style,
	    .quote = yaml_habits_quote(&ed->habits),
	    .flow = spot->flow,
	    .base = spot->column,
	    .step = ed->habits.step,
	    .width = YAML_FOLD,
	    .comment = spot->head,
	    .comment_len = spot->head_len,
	};
	size_t from = out->len;

	if (v->type != VALUE_STRING)
		look.style = YAML_PLAIN;
	else if (!spot->flow && memchr(v->text, '\n', v->len))
		look.style = YAML_LITERAL;
	if (yaml_write(out, v, &look, ed->err) == -1)
		return -1;
	if (spot->head && !yaml_is_block(buf_text(out) + from))
		buf_add(out, spot->head, spot->head_len);
	return 0;
}

bool
yaml_is_block(const char *scalar)
{
	return *scalar == '|' || *scalar == '>';
}

static int
flow_member(struct yaml_editor *ed, const char *key, const struct value *v,
    const struct yaml_spot *spot, struct buf *out)
{
	if (yaml_write_key(out, key, YAML_PLAIN, yaml_habits_quote(&ed->habits),
		true, ed->err) == -1)
		return -1;
	buf_puts(out, ": ");
	return yaml_emit_flow(ed, v, spot, out);
}

int
yaml_emit_flow(struct yaml_editor *ed, const struct value *v,
    const struct yaml_spot *spot, struct buf *out)
{
	bool map = v->type == VALUE_MAP;
	const struct yaml_gaps *g =
	    map ? &ed->habits.braces : &ed->habits.brackets;
	struct yaml_spot inner = {.column = spot->column, .flow = true};

	if (!is_deep(v)) {
		inner.style = spot->style;
		return emit_scalar(ed, v, &inner, out);
	}
	inner.style = map ? yaml_habits_text(&ed->habits)
			  : yaml_habits_item(&ed->habits, NULL);
	buf_putc(out, map ? '{' : '[');
	if (v->n > 0)
		buf_add(out, g->lead, g->lead_len);
	for (size_t i = 0; i < v->n; i++) {
		if (i > 0)
			buf_add(out, g->between, g->between_len);
		if ((map ? flow_member(ed, v->keys[i], v->items[i], &inner, out)
			 : yaml_emit_flow(ed, v->items[i], &inner, out)) == -1)
			return -1;
	}
	if (v->n > 0)
		buf_add(out, g->trail, g->trail_len);
	buf_putc(out, map ? '}' : ']');
	return 0;
}

/* The lines of a list or map, the first one without its indentation. */
static int
emit_lines(struct yaml_editor *ed, const struct value *v, size_t column,
    struct buf *out)
{
	bool map = v->type == VALUE_MAP;
	struct yaml_spot spot = {
	    .column = column,
	    .item = !map,
	    .style = map ? yaml_habits_text(&ed->habits)
			 : yaml_habits_item(&ed->habits, NULL),
	    .gap = map ? " " : ed->habits.gap,
	    .gap_len = map ? 1 : ed->habits.gap_len,
	};

	for (size_t i = 0; i < v->n; i++) {
		if (i > 0) {
			buf_putc(out, '\n');
			yaml_emit_blanks(out, column);
		}
		if (map &&
		    yaml_write_key(out, v->keys[i], YAML_PLAIN,
			yaml_habits_quote(&ed->habits), false, ed->err) == -1)
			return -1;
		buf_putc(out, map ? ':' : '-');
		if (yaml_emit(ed, v->items[i], &spot, out) == -1)
			return -1;
	}
	return 0;
}

bool
yaml_in_lines(const struct yaml_editor *ed, const struct value *v,
    const struct yaml_spot *spot)
{
	if (!is_deep(v) || v->n == 0 || spot->flow)
		return false;
	if (spot->form != YAML_FORM_ANY)
		return spot->form == YAML_FORM_BLOCK;
	return !yaml_habits_flow(&ed->habits, v);
}

int
yaml_emit(struct yaml_editor *ed, const struct value *v,
    const struct yaml_spot *spot, struct buf *out)
{
	const struct yaml_habits *h = &ed->habits;
	size_t column = spot->column;

	if (is_empty(v) && !spot->item && !spot->flow) {
		buf_add(out, spot->head, spot->head_len);
		return 0;
	}
	if (!yaml_in_lines(ed, v, spot)) {
		buf_add(out, spot->gap, spot->gap_len);
		if (!is_deep(v))
			return emit_scalar(ed, v, spot, out);
		if (yaml_emit_flow(ed, v, spot, out) == -1)
			return -1;
		buf_add(out, spot->head, spot->head_len);
		return 0;
	}
	if (spot->item && spot->head_len == 0 &&
	    !(v->type == VALUE_MAP && h->dash_alone)) {
		buf_add(out, spot->gap, spot->gap_len);
		return emit_lines(ed, v, column + 1 + spot->gap_len, out);
	}
	buf_add(out, spot->head, spot->head_len);
	buf_putc(out, '\n');
	column += v->type == VALUE_MAP || spot->item ? h->step : h->dash;
	yaml_emit_blanks(out, column);
	return emit_lines(ed, v, column, out);
}

/* What stands between keys and values, and how often. */
struct spacing {
	const char *s;
	size_t len, uses;
};

static bool
has_spacing(const char *text, const struct yaml_entry *e)
{
	size_t from = e->key->end, to = e->value->at;

	return !e->bare && e->at == e->key->at && to > from &&
	       e->value->end > to && yaml_line_end(text, to, from) == to &&
	       !memchr(text + from, '#', to - from);
}

/*
 * What stands between the key and the value of most members; where all values
 * begin in one column, what brings a new one there.
 */
static void
put_spacing(const struct yaml_tree *t, const struct yaml_node *map,
    size_t key_columns, struct buf *out)
{
	struct spacing kinds[20] = {{0}}, *best = kinds;
	size_t n = 0, at = 0, here, i;
	bool aligned = !map->flow;

	for (size_t j = 0; j < map->n; j++) {
		const struct yaml_entry *e = &map->entries[j];
		const char *s = t->text + e->key->end;
		size_t len = e->value->at - e->key->end;

		if (!has_spacing(t->text, e))
			continue;
		here =
		    text_count(t->text + e->key->at, e->value->at - e->key->at);
		aligned = aligned && (n == 0 || at == here);
		at = here;
		for (i = 0; i < n; i++)
			if (kinds[i].len == len &&
			    memcmp(kinds[i].s, s, len) == 0)
				break;
		if (i == n && n < NITEMS(kinds))
			kinds[n++] = (struct spacing){s, len, 0};
		if (i < NITEMS(kinds))
			kinds[i].uses++;
	}
	for (i = 1; i < n; i++)
		if (kinds[i].uses > best->uses)
			best = &kinds[i];
	if (n > 1 && aligned) {
		buf_putc(out, ':');
		if (key_columns + 1 >= at)
			at = key_columns + 2;
		yaml_emit_blanks(out, at - key_columns - 1);
	} else if (n > 0) {
		buf_add(out, best->s, best->len);
	} else {
		buf_puts(out, ": ");
	}
}

static enum yaml_style
key_style(const struct yaml_node *map)
{
	size_t n[YAML_STYLES] = {0};

	for (size_t i = 0; i < map->n; i++)
		if (map->entries[i].key->kind == YAML_SCALAR)
			n[map->entries[i].key->style]++;
	if (n[YAML_DOUBLE] > n[YAML_PLAIN] && n[YAML_DOUBLE] > n[YAML_SINGLE])
		return YAML_DOUBLE;
	return n[YAML_SINGLE] > n[YAML_PLAIN] ? YAML_SINGLE : YAML_PLAIN;
}

int
yaml_emit_member(struct yaml_editor *ed, const struct yaml_node *map,
    const char *key, const struct value *v, struct yaml_spot *spot,
    struct buf *out)
{
	size_t from = out->len, colon;
	struct buf gap = {0};
	int rc;

	if (yaml_write_key(out, key, key_style(map),
		yaml_habits_quote(&ed->habits), map->flow, ed->err) == -1)
		return -1;
	put_spacing(&ed->tree, map,
	    text_count(buf_text(out) + from, out->len - from), &gap);
	colon = (size_t)(strchr(buf_text(&gap), ':') - gap.data) + 1;
	buf_add(out, gap.data, colon);
	spot->gap = gap.data + colon;
	spot->gap_len = gap.len - colon;
	rc = yaml_emit(ed, v, spot, out);
	buf_dispose(&gap);
	return rc;
}
