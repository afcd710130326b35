/* SPDX-License-Identifier: ISC */
/*
 * A YAML value takes the place of another, in its style: quotes, indentation,
 * brackets or lines; anchor, tag and comments stay where they can.
 */
#include "fm_yaml_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* An entry whose value changes. */
struct change {
	struct yaml_editor *ed;
	const struct yaml_node *parent, *old;
	const struct yaml_entry *entry;
	const struct value *value;
	const char *text;
	size_t len;
	size_t rest, eol; /* a comment behind it, with blanks; the line's end */
	struct buf head;  /* what is to stay on the key's line */
	struct fm_edit *edit;
};

static bool
is_deep(const struct value *v)
{
	return v->type == VALUE_LIST || v->type == VALUE_MAP;
}

static bool
has_lines(const struct yaml_node *n)
{
	return (n->kind == YAML_LIST || n->kind == YAML_MAP) && !n->flow;
}

static size_t
trimmed(const char *text, size_t from, size_t to)
{
	while (to > from && yaml_blank(text[to - 1]))
		to--;
	return to;
}

/* Do a tag and a text read as a value? */
static bool
tag_fits(const struct change *c, const char *scalar)
{
	static const char binary[] = "tag:yaml.org,2002:binary";
	struct value *map;
	struct buf b = {0};
	struct err err;
	bool fits;

	if (strcmp(c->old->tag, binary) == 0)
		return false;
	buf_puts(&b, "k: ");
	buf_add(&b, c->text + c->old->tag_at, c->old->tag_len);
	buf_printf(&b, " %s\n", scalar);
	map = fm_yaml_value(b.data, b.len, &err);
	fits = map && map->type == VALUE_MAP && map->n == 1 &&
	       fm_fits(c->value, map->items[0]);
	value_free(map);
	buf_dispose(&b);
	return fits;
}

/* The anchor, and the tag if asked for, each with a blank before it. */
static void
put_properties(const struct change *c, bool tag, struct buf *out)
{
	const struct yaml_node *n = c->old;
	bool first = n->tag_len > 0 && n->tag_at < n->anchor_at;

	for (int i = 0; i < 2; i++) {
		if ((i == 0) == first && tag && n->tag_len > 0) {
			buf_putc(out, ' ');
			buf_add(out, c->text + n->tag_at, n->tag_len);
		} else if ((i == 0) != first && n->anchor_len > 0) {
			buf_putc(out, ' ');
			buf_add(out, c->text + n->anchor_at, n->anchor_len);
		}
	}
}

/* The header, indentation and width of a scalar in several lines. */
static void
look_at_lines(struct yaml_look *look, const char *text, size_t at, size_t end)
{
	size_t i = at + 1, eol = yaml_line_end(text, end, at), line, n;

	for (; i < eol && strchr("+-0123456789", text[i]); i++)
		look->keep = look->keep || text[i] == '+';
	look->comment = text + i;
	look->comment_len = trimmed(text, i, eol) - i;
	for (line = eol; line < end; line = yaml_line_end(text, end, i)) {
		for (i = line; i < end && strchr("\r\n", text[i]); i++)
			;
		for (n = i; n < end && text[n] == ' '; n++)
			;
		if (n < end && !strchr("\r\n", text[n]) && !look->indent) {
			look->indent = text + i;
			look->indent_len = n - i;
		}
		n = yaml_line_end(text, end, i) - i;
		if (n > look->width + look->indent_len)
			look->width = n - look->indent_len;
	}
}

static enum yaml_style
usual_style(const struct change *c)
{
	if (c->parent->kind == YAML_LIST)
		return yaml_habits_item(&c->ed->habits, c->parent);
	return yaml_habits_text(&c->ed->habits);
}

static struct yaml_spot
spot_of(const struct change *c)
{
	const struct yaml_entry *first = &c->parent->entries[0];
	bool item = c->parent->kind == YAML_LIST;

	return (struct yaml_spot){
	    .column = yaml_tree_column(&c->ed->tree, first->at),
	    .flow = c->parent->flow,
	    .item = item,
	    .style = usual_style(c),
	    .gap = " ",
	    .gap_len = 1,
	};
}

/* The style for new text: that of the old one, if it was text. */
static struct yaml_look
look_of(const struct change *c)
{
	const struct yaml_node *old = c->old;
	struct yaml_look look = {
	    .style = old->text ? old->style : YAML_PLAIN,
	    .quote = yaml_habits_quote(&c->ed->habits),
	    .flow = c->parent->flow,
	    .base = spot_of(c).column,
	    .step = c->ed->habits.step,
	    .width = YAML_FOLD,
	};
	bool lines = yaml_line_end(c->text, old->end, old->body) < old->end;

	if (old->kind != YAML_SCALAR || old->at == old->end)
		return look;
	if (!old->text && c->value->type != VALUE_STRING)
		look.style = old->style;
	if (old->style >= YAML_LITERAL || lines)
		look_at_lines(&look, c->text, old->body, old->end);
	if (old->style < YAML_LITERAL) {
		look.comment = NULL;
		look.comment_len = 0;
		look.keep = false;
		look.fold = lines;
	}
	return look;
}

/* A scalar in the place of one, without its anchor and tag; *tag: that stays.
 * What was behind the header of the old one comes behind it. */
static int
write_scalar(struct change *c, bool *tag, struct buf *out)
{
	const struct value *v = c->value;
	struct yaml_look look = look_of(c);
	size_t from = out->len;

	*tag = false;
	if (c->old->tag_len > 0 && c->old->style == YAML_PLAIN &&
	    v->type == VALUE_STRING && tag_fits(c, v->text)) {
		*tag = true;
		buf_add(out, v->text, v->len);
		return 0;
	}
	if (v->type == VALUE_STRING && look.style == YAML_PLAIN && !look.flow &&
	    memchr(v->text, '\n', v->len)) {
		look.style = YAML_LITERAL;
		look.indent = NULL;
		look.comment = c->head.data;
		look.comment_len = c->head.len;
	}
	if (yaml_write(out, v, &look, c->ed->err) == -1)
		return -1;
	*tag = c->old->tag_len > 0 && tag_fits(c, buf_text(out) + from);
	if (yaml_is_block(buf_text(out) + from))
		buf_clear(&c->head);
	else if (c->old->style >= YAML_LITERAL && look.comment)
		buf_add(out, look.comment, look.comment_len);
	return 0;
}

/* What is written in the place of the old bytes, its properties before it. */
static int
write_inline(struct change *c, struct buf *out)
{
	struct yaml_spot spot = spot_of(c);
	struct buf b = {0};
	bool tag = false;
	int rc;

	if (is_deep(c->value)) {
		tag = c->old->kind ==
		      (c->value->type == VALUE_LIST ? YAML_LIST : YAML_MAP);
		rc = yaml_emit_flow(c->ed, c->value, &spot, &b);
	} else {
		rc = write_scalar(c, &tag, &b);
	}
	put_properties(c, tag, out);
	if (out->len > 0) {
		buf_splice(out, 0, 1, NULL, 0);
		buf_putc(out, ' ');
	}
	buf_add(out, b.data, b.len);
	buf_dispose(&b);
	return rc;
}

/* Nothing in the place of a member's value; comments stay. */
static int
put_nothing(struct change *c)
{
	size_t from = c->entry->colon, i;
	const struct yaml_node *n = c->old;
	struct yaml_look look = {.width = 0};

	for (i = from; i < n->at && strchr(" \t\r\n", c->text[i]); i++)
		;
	if (i < n->at) {
		c->edit->at = n->at;
	} else {
		c->edit->at = from;
		put_properties(c, false, &c->edit->with);
	}
	c->edit->cut = n->end - c->edit->at;
	if (n->style >= YAML_LITERAL) {
		look_at_lines(&look, c->text, n->body, n->end);
		buf_add(&c->edit->with, look.comment, look.comment_len);
	}
	return 0;
}

/* A value where none was: behind its colon or dash. */
static int
fill(struct change *c, const struct buf *b)
{
	size_t at = c->entry->colon;
	struct fm_edit *edit = c->edit;

	if (c->entry->bare && c->parent->kind == YAML_MAP) {
		if (!c->parent->flow) {
			buf_putc(&edit->with, '\n');
			yaml_emit_blanks(&edit->with, spot_of(c).column);
		}
		buf_puts(&edit->with, ": ");
	} else if (at < c->len && yaml_blank(c->text[at])) {
		at++;
	} else {
		buf_putc(&edit->with, ' ');
	}
	edit->at = at;
	edit->cut = 0;
	buf_add(&edit->with, b->data, b->len);
	if (at < c->len && c->text[at] == '#')
		buf_putc(&edit->with, ' ');
	return 0;
}

/* One line or scalar in the place of another, or of an alias. */
static int
replace_inline(struct change *c)
{
	const struct yaml_node *n = c->old;
	const struct value *v = c->value;
	struct buf b = {0};
	bool comment;
	int rc;

	if (v->type == VALUE_NULL && v->len == 0 && !c->parent->flow &&
	    c->parent->kind == YAML_MAP && !c->entry->bare)
		return put_nothing(c);
	comment = trimmed(c->text, c->rest, c->eol) > c->rest;
	buf_add(&c->head, c->text + c->rest,
	    trimmed(c->text, c->rest, c->eol) - c->rest);
	rc = write_inline(c, &b);
	if (rc == 0 && n->at == n->end) {
		rc = fill(c, &b);
		if (yaml_is_block(buf_text(&b)) || (comment && !c->head.len))
			c->edit->cut = c->eol - c->edit->at;
	} else if (rc == 0) {
		c->edit->at = n->at;
		c->edit->cut = n->end - n->at;
		/* No blanks or comment may follow a literal scalar. */
		if (yaml_is_block(buf_text(&b)) || (comment && !c->head.len))
			c->edit->cut = c->eol - n->at;
		if (c->text[n->at - (n->at > 0)] == ':' && !c->parent->flow)
			buf_putc(&c->edit->with, ' ');
		buf_add(&c->edit->with, b.data, b.len);
	}
	buf_dispose(&b);
	return rc;
}

/* Own lines of comments between two tokens, each with a break before it. */
static void
comments_between(
    const struct change *c, size_t from, size_t to, struct buf *out)
{
	size_t at = from, line, end;

	while ((at = yaml_tree_comment(c->text, at, to)) != YAML_NOWHERE) {
		line = yaml_line_start(c->text, at);
		end = yaml_line_end(c->text, to, at);
		while (line < at && yaml_blank(c->text[line]))
			line++;
		if (line == at) {
			line = yaml_line_start(c->text, at);
			buf_putc(out, '\n');
			buf_add(out, c->text + line, end - line);
		}
		at = end;
	}
}

/* Of all that is in a block list or map; of a list that is emptied those that
 * are no item's own. */
static void
comments_in(const struct change *c, const struct yaml_node *n, size_t from,
    struct buf *out)
{
	bool items = n->kind == YAML_LIST && c->value->type == VALUE_LIST;

	for (size_t i = 0; i < n->n; i++) {
		const struct yaml_entry *e = &n->entries[i];
		size_t to = e->at;

		if (items)
			to = yaml_comments_above(
			    c->text, from, yaml_line_start(c->text, to));
		comments_between(c, from, to, out);
		if (e->key)
			comments_between(c, e->key->end, e->value->at, out);
		else if (!items)
			comments_between(c, e->at, e->value->at, out);
		if (!items && has_lines(e->value))
			comments_in(c, e->value, e->value->body, out);
		from = yaml_entry_end(e);
	}
}

/* What is behind the colon on its line but the anchor and tag. */
static void
head_of_lines(struct change *c)
{
	const struct yaml_node *n = c->old;
	size_t from = c->entry->colon, eol;

	if (n->anchor_len > 0 && n->anchor_at + n->anchor_len > from)
		from = n->anchor_at + n->anchor_len;
	if (n->tag_len > 0 && n->tag_at + n->tag_len > from)
		from = n->tag_at + n->tag_len;
	eol = yaml_line_end(c->text, c->len, from);
	if (n->entries[0].at > eol)
		buf_add(&c->head, c->text + from,
		    trimmed(c->text, from, eol) - from);
}

/* The gap before a value of an entry, behind its colon or dash. */
static void
gap_of(const struct change *c, struct yaml_spot *spot)
{
	const struct yaml_node *n = c->old;
	size_t from = c->entry->colon;

	if (n->at > from && n->end > n->at &&
	    yaml_line_end(c->text, n->at, from) == n->at &&
	    !memchr(c->text + from, '#', n->at - from)) {
		spot->gap = c->text + from;
		spot->gap_len = n->at - from;
	} else if (spot->item) {
		spot->gap = c->ed->habits.gap;
		spot->gap_len = c->ed->habits.gap_len;
	}
}

/* What is to stay of the lines behind the colon. */
static void
keep_lines(struct change *c, struct buf *comments)
{
	struct yaml_look look = {.width = 0};

	if (has_lines(c->old)) {
		head_of_lines(c);
		comments_in(c, c->old, c->entry->colon, comments);
	} else {
		comments_between(c, c->entry->colon, c->old->at, comments);
		if (c->old->style >= YAML_LITERAL) {
			look_at_lines(
			    &look, c->text, c->old->body, c->old->end);
			buf_add(&c->head, look.comment, look.comment_len);
		}
	}
	buf_add(&c->head, c->text + c->rest,
	    trimmed(c->text, c->rest, c->eol) - c->rest);
}

/* Comments behind a value; no literal scalar may take them for its own. */
static void
put_comments(const struct change *c, const struct buf *comments, size_t column,
    struct buf *out)
{
	bool literal = c->value->type == VALUE_STRING &&
		       memchr(c->value->text, '\n', c->value->len);

	for (size_t i = 0; i < comments->len; i++) {
		buf_putc(out, comments->data[i]);
		if (!literal || comments->data[i] != '\n')
			continue;
		yaml_emit_blanks(out, column);
		while (
		    i + 1 < comments->len && yaml_blank(comments->data[i + 1]))
			i++;
	}
}

/*
 * Lines of its own for a new list or map, or in the place of one: all behind
 * the colon is written anew, but that comments stay.
 */
static int
replace_lines(struct change *c)
{
	struct yaml_spot spot = spot_of(c);
	struct buf comments = {0}, head = {0}, *with = &c->edit->with;
	enum yaml_kind kind =
	    c->value->type == VALUE_LIST ? YAML_LIST : YAML_MAP;
	bool lines, tag = is_deep(c->value) && c->old->kind == kind;
	int rc;

	keep_lines(c, &comments);
	gap_of(c, &spot);
	if (c->old->style != YAML_PLAIN && c->old->style < YAML_LITERAL)
		spot.style = c->old->style;
	c->edit->at = c->entry->colon;
	c->edit->cut = c->eol - c->edit->at;
	if (c->entry->bare) {
		buf_putc(with, '\n');
		yaml_emit_blanks(with, spot.column);
		buf_putc(with, ':');
	}
	lines = yaml_in_lines(c->ed, c->value, &spot);
	put_properties(c, tag, lines ? &head : with);
	buf_add(&head, c->head.data, c->head.len);
	if (lines)
		buf_add(&head, comments.data, comments.len);
	spot.head = head.data;
	spot.head_len = head.len;
	rc = yaml_emit(c->ed, c->value, &spot, with);
	if (!lines)
		put_comments(c, &comments, spot.column, with);
	buf_dispose(&comments);
	buf_dispose(&head);
	return rc;
}

static bool
comment_inside(const struct change *c, const struct yaml_node *n)
{
	size_t from = n->body + 1;

	for (size_t i = 0; i <= n->n; i++) {
		/* An empty one has no entries to point at. */
		const struct yaml_entry *e = i < n->n ? &n->entries[i] : NULL;
		size_t to = e ? e->at : n->end;

		if (yaml_tree_comment(c->text, from, to) != YAML_NOWHERE)
			return true;
		if (!e)
			break;
		if (e->value->flow && comment_inside(c, e->value))
			return true;
		from = yaml_entry_end(e);
	}
	return false;
}

/* What another value would cost. */
static int
check_loss(const struct change *c)
{
	const struct yaml_node *n = c->old, *alias;

	alias = yaml_tree_alias(&c->ed->tree, n->at, n->end);
	if (alias)
		return yaml_refuse_alias(c->ed, alias);
	if (n->flow && comment_inside(c, n))
		return yaml_refuse(
		    c->ed, n->at, "comments in it would be lost");
	return 0;
}

/* Is the new value to have lines of its own, or had the old one them? */
static bool
wants_lines(const struct change *c)
{
	const struct value *v = c->value;

	if (c->parent->flow)
		return false;
	if (has_lines(c->old))
		return true;
	if (!is_deep(v) || v->n == 0)
		return false;
	/* "[]" is filled in its brackets; "{}" is how no map can be without. */
	if (c->old->flow && (v->type == VALUE_LIST || c->old->n > 0))
		return false;
	if (v->type == VALUE_LIST &&
	    trimmed(c->text, c->rest, c->eol) > c->rest &&
	    c->ed->habits.block_deep + c->ed->habits.flow_deep == 0 &&
	    c->ed->habits.block_lists == 0)
		return false;
	return !yaml_habits_flow(&c->ed->habits, v);
}

static int
replace(struct change *c)
{
	if (check_loss(c) == -1)
		return -1;
	c->rest = c->eol = c->old->end;
	if (c->rest < c->entry->colon)
		c->rest = c->eol = c->entry->colon;
	if (!c->parent->flow) {
		size_t i, eol = yaml_line_end(c->text, c->len, c->rest);

		for (i = c->rest; i < eol && yaml_blank(c->text[i]); i++)
			;
		if (i == eol || c->text[i] == '#')
			c->eol = eol;
	}
	return wants_lines(c) ? replace_lines(c) : replace_inline(c);
}

const struct value *
yaml_value_of(const struct value *was, const struct yaml_node *parent, size_t i)
{
	static const struct value none = {.type = VALUE_NULL};

	if (parent->kind == YAML_LIST)
		return i < was->n ? was->items[i] : &none;
	for (size_t j = was->n; j > 0; j--)
		if (strcmp(was->keys[j - 1],
			yaml_key_name(parent->entries[i].key)) == 0)
			return was->items[j - 1];
	return &none;
}

int
yaml_change_value(struct yaml_editor *ed, const struct yaml_node *parent,
    size_t i, const struct value *was, const struct value *v,
    struct fm_edit *edit)
{
	const struct yaml_entry *e = &parent->entries[i];
	const struct yaml_node *n = e->value;
	struct change c = {
	    .ed = ed,
	    .parent = parent,
	    .old = n,
	    .entry = e,
	    .value = v,
	    .text = ed->tree.text,
	    .len = ed->tree.len,
	    .edit = edit,
	};
	struct yaml_plan plan;
	int rc;

	if (v->n > 0 && n->n > 0 &&
	    n->kind == (v->type == VALUE_LIST ? YAML_LIST : YAML_MAP)) {
		yaml_plan_value(&plan, n, was, v);
		rc = yaml_rebuild(ed, n, was, &plan, edit);
		yaml_plan_dispose(&plan);
		return rc;
	}
	rc = replace(&c);
	buf_dispose(&c.head);
	return rc;
}

/* The bytes of an item that has the value take the place of another's. */
static void
copy_like(struct yaml_editor *ed, const struct yaml_node *list,
    const struct yaml_slot *s, struct fm_edit *e)
{
	const struct yaml_node *old = list->entries[s->old].value;
	const struct yaml_node *like = list->entries[s->like - 1].value;

	e->at = old->body;
	e->cut = old->end - old->body;
	if (old->body == list->entries[s->old].colon && !list->flow)
		buf_putc(&e->with, ' ');
	buf_add(&e->with, ed->tree.text + like->at, like->end - like->at);
}

int
yaml_put_old(struct yaml_editor *ed, const struct yaml_node *parent,
    const struct value *was, const struct yaml_slot *s, size_t from, size_t to,
    struct buf *out)
{
	const char *text = ed->tree.text;
	struct fm_edit e = {0};
	int rc = 0;

	if (!s->value) {
		buf_add(out, text + from, to - from);
		return 0;
	}
	if (s->like > 0 && parent->entries[s->old].value->kind == YAML_SCALAR &&
	    parent->entries[s->old].value->style < YAML_LITERAL)
		copy_like(ed, parent, s, &e);
	else
		rc = yaml_change_value(ed, parent, s->old,
		    yaml_value_of(was, parent, s->old), s->value, &e);
	if (rc == 0 && (e.at < from || e.at + e.cut > to))
		rc = yaml_refuse(
		    ed, parent->entries[s->old].at, "this needs an editor");
	if (rc == 0) {
		buf_add(out, text + from, e.at - from);
		buf_add(out, e.with.data, e.with.len);
		buf_add(out, text + e.at + e.cut, to - e.at - e.cut);
	}
	buf_dispose(&e.with);
	return rc;
}

/* Lists and maps among siblings: in brackets or not, as those are. */
static enum yaml_form
form_of(const struct yaml_node *parent, const struct value *v)
{
	size_t flow = 0, lines = 0;

	for (size_t i = 0; i < parent->n; i++) {
		const struct yaml_node *n = parent->entries[i].value;

		if (n->n == 0 ||
		    n->kind != (v->type == VALUE_MAP ? YAML_MAP : YAML_LIST))
			continue;
		flow += n->flow;
		lines += !n->flow;
	}
	if (flow == lines)
		return YAML_FORM_ANY;
	return flow > lines ? YAML_FORM_FLOW : YAML_FORM_BLOCK;
}

int
yaml_put_new(struct yaml_editor *ed, const struct yaml_node *parent,
    const struct yaml_slot *s, struct buf *out)
{
	struct change c = {.ed = ed,
	    .parent = parent,
	    .value = s->value,
	    .text = ed->tree.text};
	struct yaml_spot spot = spot_of(&c);

	spot.form = parent->kind == YAML_LIST ? form_of(parent, s->value)
					      : YAML_FORM_ANY;
	if (parent->kind == YAML_MAP)
		return yaml_emit_member(
		    ed, parent, s->key, s->value, &spot, out);
	if (parent->flow && s->like > 0) {
		c.old = parent->entries[s->like - 1].value;
		buf_add(out, c.text + c.old->at, c.old->end - c.old->at);
		return 0;
	}
	if (parent->flow)
		return yaml_emit_flow(ed, s->value, &spot, out);
	spot.gap = ed->habits.gap;
	spot.gap_len = ed->habits.gap_len;
	for (size_t i = 0; i < parent->n; i++) {
		c.entry = &parent->entries[i];
		c.old = c.entry->value;
		if (c.old->end > c.old->at) {
			gap_of(&c, &spot);
			break;
		}
	}
	buf_putc(out, '-');
	return yaml_emit(ed, s->value, &spot, out);
}

/* Entries that go may not be repeated by what stays. */
static int
check_dropped(struct yaml_editor *ed, const struct yaml_node *n,
    const struct yaml_plan *plan)
{
	bool *there = xcalloc(n->n + 1, sizeof(*there));
	const struct yaml_node *alias = NULL;

	for (size_t i = 0; i < plan->n; i++)
		if (plan->slot[i].old != YAML_NOWHERE)
			there[plan->slot[i].old] = true;
	for (size_t i = 0; i < n->n && !alias; i++)
		if (!there[i])
			alias = yaml_tree_alias(&ed->tree, n->entries[i].at,
			    yaml_entry_end(&n->entries[i]));
	free(there);
	return alias ? yaml_refuse_alias(ed, alias) : 0;
}

int
yaml_rebuild(struct yaml_editor *ed, const struct yaml_node *n,
    const struct value *was, const struct yaml_plan *plan, struct fm_edit *edit)
{
	const struct yaml_tree *t = &ed->tree;

	for (size_t i = 0; i < t->n; i++)
		if (t->named[i]->target == n)
			return yaml_refuse_alias(ed, t->named[i]);
	if (check_dropped(ed, n, plan) == -1)
		return -1;
	if (!n->flow || (plan->n > 0 && yaml_in_rows(t, n)))
		return yaml_rows(ed, n, was, plan, edit);
	return yaml_flow(ed, n, was, plan, edit);
}
