/* SPDX-License-Identifier: ISC */
/* YAML fields, edited: the bytes of one value, or the lines of a new one. */
#include "fm_yaml_priv.h"

#include <string.h>

#include "mem.h"

#define FOLD 72 /* columns of a folded text, at least */

/* Behind the colon of a field. */
size_t
yaml_colon(const char *text, const struct fm_field *f)
{
	size_t i = f->key_at + f->key_len;

	while (i < f->value_at && text[i] != ':')
		i++;
	return i < f->value_at ? i + 1 : f->value_at;
}

static size_t
column(const char *text, size_t at)
{
	return at - yaml_line_start(text, at);
}

/* The header, indentation and width of a block scalar. */
static void
look_at_block(struct yaml_look *look, const char *text, size_t at, size_t end)
{
	size_t i = at + 1, eol = yaml_line_end(text, end, at), line, n;

	for (; i < eol && strchr("+-0123456789", text[i]); i++)
		look->keep = look->keep || text[i] == '+';
	for (n = eol; n > i && yaml_blank(text[n - 1]); n--)
		;
	look->comment = text + i;
	look->comment_len = n - i;
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

/* What is on the key's line behind its colon: a comment, or nothing. */
static void
keep_comment(const char *text, size_t colon, size_t value_at, struct buf *out)
{
	size_t eol = yaml_line_end(text, value_at, colon);

	while (eol > colon && yaml_blank(text[eol - 1]))
		eol--;
	if (eol < value_at)
		buf_add(out, text + colon, eol - colon);
}

/* A line of only a comment between two places. */
static bool
comment_lines(const char *text, size_t from, size_t to)
{
	size_t i = yaml_line_end(text, to, from);

	while (i < to) {
		while (i < to && strchr(" \t\r\n", text[i]))
			i++;
		if (i < to && text[i] == '#')
			return true;
		i = yaml_line_end(text, to, i);
	}
	return false;
}

/* A short text takes the place of a list in lines of its own. */
int
yaml_replace_lines(const char *text, const struct fm_field *f, const char *with,
    struct fm_edit *edit, struct err *err)
{
	size_t colon = yaml_colon(text, f), end = f->value_at + f->value_len;

	if (comment_lines(text, colon, end))
		return err_at(err, f->line, 0,
		    "%s: comments in the list would be lost: edit the file "
		    "itself",
		    f->key);
	edit->at = colon;
	edit->cut = end - colon;
	if (*with)
		buf_putc(&edit->with, ' ');
	buf_puts(&edit->with, with);
	keep_comment(text, colon, f->value_at, &edit->with);
	return 0;
}

void
yaml_put_value(const char *text, size_t len, const struct fm_field *f,
    const char *with, struct fm_edit *edit)
{
	size_t end = f->value_at + f->value_len;

	edit->at = f->value_at;
	edit->cut = f->value_len;
	if (text[f->value_at - 1] == ':')
		buf_putc(&edit->with, ' ');
	buf_puts(&edit->with, with);
	if (end < len && text[end] == '#')
		buf_putc(&edit->with, ' ');
}

/* An empty value: nothing behind the colon but what was behind the value. */
static void
put_nothing(const char *text, const struct fm_field *f, struct fm_edit *edit)
{
	edit->at = f->value_at;
	edit->cut = f->value_len;
	while (yaml_blank(text[edit->at - 1])) {
		edit->at--;
		edit->cut++;
	}
}

static int
set_scalar(const struct yaml_looks *l, const struct yaml_field *old,
    const struct fm_field *f, const struct value *v, struct fm_edit *edit,
    struct err *err)
{
	struct yaml_look look = {
	    .style = old->list ? YAML_PLAIN : old->style,
	    .quote = yaml_looks_quote(l),
	    .base = column(l->text, f->key_at),
	    .width = FOLD,
	};
	bool block = old->list && !old->flow;
	struct buf b = {0};
	int rc = 0;

	if (yaml_keep_comments(l->text, old, f, err) == -1)
		return -1;
	if (look.style == YAML_LITERAL || look.style == YAML_FOLDED)
		look_at_block(
		    &look, l->text, f->value_at, f->value_at + f->value_len);
	if (v->type == VALUE_NULL && v->len == 0 && !block) {
		put_nothing(l->text, f, edit);
		return 0;
	}
	if (v->type != VALUE_NULL || v->len > 0)
		rc = yaml_write(&b, v, &look, err);
	if (rc == 0 && block)
		rc = yaml_replace_lines(l->text, f, buf_text(&b), edit, err);
	else if (rc == 0)
		yaml_put_value(l->text, l->len, f, buf_text(&b), edit);
	buf_dispose(&b);
	return rc;
}

int
yaml_set(const char *text, size_t len, const struct fm_field *f,
    const struct value *v, struct fm_edit *edit, struct err *err)
{
	struct yaml_looks looks;
	const struct yaml_field *old;
	int rc;

	yaml_looks_init(&looks, text, len);
	old = yaml_looks_at(&looks, f->key_at + f->key_len, f->value_at);
	if (!old)
		rc = err_at(err, f->line, 0,
		    "%s: this value is edited in the file itself", f->key);
	else if (v->type == VALUE_LIST)
		rc = yaml_set_list(&looks, old, f, v, edit, err);
	else
		rc = set_scalar(&looks, old, f, v, edit, err);
	yaml_looks_dispose(&looks);
	return rc;
}

struct spacing {
	const char *s; /* between key and value */
	size_t len, uses;
};

static bool
has_spacing(const char *text, const struct fm_field *f)
{
	size_t key_end = f->key_at + f->key_len;

	return !f->frozen && f->value_len > 0 &&
	       yaml_line_end(text, f->value_at, key_end) == f->value_at;
}

/*
 * What stands between the key and the value of most fields; where all values
 * begin in one column, what brings a new one there.
 */
static void
put_spacing(const char *text, const struct fm_doc *doc, size_t key_columns,
    struct buf *out)
{
	struct spacing kinds[20] = {{0}}, *best = kinds;
	size_t n = 0, at = 0, i;
	bool aligned = true;

	for (size_t j = 0; j < doc->n; j++) {
		const struct fm_field *f = &doc->fields[j];
		const char *s = text + f->key_at + f->key_len;
		size_t len = f->value_at - f->key_at - f->key_len;

		if (!has_spacing(text, f))
			continue;
		aligned = aligned && (n == 0 || at == f->value_at - f->key_at);
		at = f->value_at - f->key_at;
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
		for (i = key_columns + 1; i < at; i++)
			buf_putc(out, ' ');
		if (key_columns + 1 >= at)
			buf_putc(out, ' ');
	} else if (n > 0) {
		buf_add(out, best->s, best->len);
	} else {
		buf_puts(out, ": ");
	}
}

/* Cut trailing blanks: no value follows them. */
static void
trim(struct buf *b)
{
	while (b->len > 0 && yaml_blank(b->data[b->len - 1]))
		buf_splice(b, b->len - 1, 1, NULL, 0);
}

int
yaml_add(const char *text, size_t len, const struct fm_doc *doc,
    const char *key, const struct value *v, struct buf *out, struct err *err)
{
	const struct fm_field *last = doc->n ? &doc->fields[doc->n - 1] : NULL;
	struct yaml_looks looks;
	struct yaml_look look = {0};
	size_t from, base = last ? column(text, last->key_at) : 0;
	int rc;

	yaml_looks_init(&looks, text, len);
	look.style = yaml_looks_text(&looks);
	look.quote = yaml_looks_quote(&looks);
	look.base = base;
	if (last)
		buf_add(out, text + last->key_at - base, base);
	from = out->len;
	rc = yaml_write_key(out, key, look.quote, err);
	if (rc == 0) {
		put_spacing(text, doc, out->len - from, out);
		if (v->type == VALUE_LIST) {
			rc = yaml_add_list(&looks, base, v, out, err);
		} else if (v->type == VALUE_NULL && v->len == 0) {
			trim(out);
		} else {
			if (v->type != VALUE_STRING)
				look.style = YAML_PLAIN;
			rc = yaml_write(out, v, &look, err);
		}
		buf_putc(out, '\n');
	}
	yaml_looks_dispose(&looks);
	return rc;
}
