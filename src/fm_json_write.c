/* SPDX-License-Identifier: ISC */
/* JSON written as a document has it: escapes, blanks, lines, indentation. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fm_json_priv.h"
#include "text.h"

/* What strings of a document hold, as it is and escaped. */
struct seen {
	bool raw_wide, raw_slash, raw_html;
	bool wide, slash, html, capitals, small;
};

static bool
is_html(uint32_t c)
{
	return c == '<' || c == '>' || c == '&';
}

static size_t
see_escape(const char *s, struct seen *seen)
{
	uint32_t u = 0;

	if (s[1] != 'u') {
		seen->slash = seen->slash || s[1] == '/';
		return 2;
	}
	for (int i = 2; i < 6; i++) {
		u = u * 16 + (uint32_t)text_hex(s[i]);
		seen->capitals = seen->capitals || (s[i] >= 'A' && s[i] <= 'F');
		seen->small = seen->small || (s[i] >= 'a' && s[i] <= 'f');
	}
	/* Others are escaped by those too who leave letters as they are. */
	if (u >= 0x80 && (u < 0x2000 || u > 0x206f))
		seen->wide = true;
	seen->html = seen->html || is_html(u);
	return 6;
}

static void
see_string(const char *s, const char *end, struct seen *seen)
{
	while (s < end) {
		if (*s == '\\') {
			s += see_escape(s, seen);
			continue;
		}
		if ((unsigned char)*s >= 0x80)
			seen->raw_wide = true;
		else if (*s == '/')
			seen->raw_slash = true;
		else if (is_html((unsigned char)*s))
			seen->raw_html = true;
		s++;
	}
}

static void
look_at_strings(const struct json_tree *t, struct json_style *style)
{
	struct seen seen = {0};

	for (size_t i = 0; i < t->n; i++) {
		const struct json_node *m = &t->node[i];

		if (m->key_end)
			see_string(t->text + m->key_at + 1,
			    t->text + m->key_end - 1, &seen);
		if (m->type == '"')
			see_string(
			    t->text + m->at + 1, t->text + m->end - 1, &seen);
	}
	style->escape_all = seen.wide && !seen.raw_wide;
	style->escape_slash = seen.slash && !seen.raw_slash;
	style->escape_html = seen.html && !seen.raw_html;
	style->capitals = seen.capitals && !seen.small;
}

const char *
json_indent(const char *text, size_t at, size_t *len)
{
	size_t from = at, to;

	while (from > 0 && !fm_is_break(text[from - 1]))
		from--;
	for (to = from; to < at && (text[to] == ' ' || text[to] == '\t'); to++)
		;
	*len = to - from;
	return text + from;
}

/* An entry that begins a line of its own, in a list or map that does not. */
static bool
look_at_unit(const struct json_tree *t, size_t in, struct json_style *style)
{
	const struct json_node *m = &t->node[in], *first = &t->node[m->first];
	size_t at = first->key_end ? first->key_at : first->at, outer, inner;
	const char *a, *b;

	if (!m->first || !json_has_break(t->text + m->at, at - m->at))
		return false;
	a = json_indent(t->text, m->at, &outer);
	b = json_indent(t->text, at, &inner);
	if (inner <= outer || memcmp(a, b, outer) != 0)
		return false;
	style->unit = b + outer;
	style->unit_len = inner - outer;
	return true;
}

static const char *
pad(const struct json_tree *t, const struct json_node *m)
{
	return t->text[m->at + 1] == ' ' ? " " : "";
}

/* Does most of what is in lists, or in maps, stand on lines of its own? */
static void
look_at_lines(const struct json_tree *t, struct json_style *style)
{
	size_t in_lines[2] = {0}, on_one[2] = {0};

	for (size_t i = 1; i < t->n; i++) {
		const struct json_node *m = &t->node[i];
		bool map = m->type == '{';

		if (!m->first)
			continue;
		if (json_has_break(t->text + m->at, m->end - m->at)) {
			in_lines[map]++;
			continue;
		}
		if (on_one[map]++ == 0 && map)
			style->map_pad = pad(t, m);
		else if (on_one[map] == 1)
			style->list_pad = pad(t, m);
	}
	style->lists_in_lines = in_lines[0] > on_one[0];
	style->maps_in_lines = in_lines[1] > on_one[1];
	if (in_lines[1] + on_one[1] == 0)
		style->maps_in_lines = json_has_break(
		    t->text + t->node[0].at, t->node[0].end - t->node[0].at);
}

static void
look_at_colon(const struct json_tree *t, const struct json_node *m,
    struct json_style *style)
{
	size_t n = m->at - m->key_end;

	/* The narrowest: others may be wider to stand in a column. */
	if ((style->colon && n >= style->colon_len) ||
	    json_has_break(t->text + m->key_end, n))
		return;
	style->colon = t->text + m->key_end;
	style->colon_len = n;
}

static void
look_at_comma(const struct json_tree *t, size_t i, struct json_style *style)
{
	const struct json_node *m = &t->node[i], *next = &t->node[m->next];
	size_t to = next->key_end ? next->key_at : next->at;

	if (style->comma || !m->next ||
	    json_has_break(t->text + m->end, to - m->end))
		return;
	style->comma = to - m->end == 1 ? "," : ", ";
}

void
json_look(const struct json_tree *t, struct json_style *style)
{
	*style = (struct json_style){
	    .unit = "  ", .unit_len = 2, .list_pad = "", .map_pad = ""};
	look_at_strings(t, style);
	look_at_lines(t, style);
	for (size_t i = 0; i < t->n && !look_at_unit(t, i, style); i++)
		;
	for (size_t i = 0; i < t->n; i++) {
		if (t->node[i].key_end)
			look_at_colon(t, &t->node[i], style);
		look_at_comma(t, i, style);
	}
	if (!style->colon) {
		style->colon = ": ";
		style->colon_len = 2;
	}
	if (!style->comma)
		style->comma = style->colon_len == 1 ? "," : ", ";
}

static void
put_unit(const struct json_style *style, uint32_t u, struct buf *out)
{
	buf_printf(out, style->capitals ? "\\u%04X" : "\\u%04x", (unsigned)u);
}

static void
put_escape(const struct json_style *style, uint32_t cp, struct buf *out)
{
	static const char short_of[] = {
	    ['\b'] = 'b',
	    ['\t'] = 't',
	    ['\n'] = 'n',
	    ['\f'] = 'f',
	    ['\r'] = 'r',
	    ['"'] = '"',
	    ['/'] = '/',
	    ['\\'] = '\\',
	};

	if (cp < sizeof(short_of) && short_of[cp]) {
		buf_printf(out, "\\%c", short_of[cp]);
	} else if (cp < 0x10000) {
		put_unit(style, cp, out);
	} else {
		put_unit(style, 0xd800 + ((cp - 0x10000) >> 10), out);
		put_unit(style, 0xdc00 + ((cp - 0x10000) & 0x3ff), out);
	}
}

void
json_put_string(
    const struct json_style *style, const char *s, size_t len, struct buf *out)
{
	size_t n;

	buf_putc(out, '"');
	for (size_t i = 0; i < len; i += n) {
		uint32_t cp = text_decode(s + i, len - i, &n);

		if (cp == '"' || cp == '\\' || text_is_control(cp) ||
		    (cp == '/' && style->escape_slash) ||
		    (is_html(cp) && style->escape_html) ||
		    (cp >= 0x80 && style->escape_all))
			put_escape(style, cp, out);
		else
			buf_add(out, s + i, n);
	}
	buf_putc(out, '"');
}

/* Break the line, to so many levels within indent. */
static void
put_line(const struct json_style *style, const char *indent, size_t indent_len,
    unsigned level, struct buf *out)
{
	buf_putc(out, '\n');
	buf_add(out, indent, indent_len);
	while (level-- > 0)
		buf_add(out, style->unit, style->unit_len);
}

static bool
holds_more(const struct value *v)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->items[i]->n > 0)
			return true;
	return false;
}

/* Where the value stands that is written. */
struct spot {
	const struct json_style *style;
	const char *indent;
	size_t indent_len;
	struct err *err;
};

static int put(
    const struct spot *, const struct value *, unsigned level, struct buf *);

static int
put_entries(const struct spot *at, const struct value *v, unsigned level,
    struct buf *out)
{
	const struct json_style *style = at->style;
	bool map = v->type == VALUE_MAP;
	bool lines = map ? style->maps_in_lines
			 : style->lists_in_lines ||
			       (style->maps_in_lines && holds_more(v));
	const char *in = map ? style->map_pad : style->list_pad;

	for (size_t i = 0; i < v->n; i++) {
		if (i > 0)
			buf_puts(out, lines ? "," : style->comma);
		else if (!lines)
			buf_puts(out, in);
		if (lines)
			put_line(
			    style, at->indent, at->indent_len, level + 1, out);
		if (map) {
			json_put_string(
			    style, v->keys[i], strlen(v->keys[i]), out);
			buf_add(out, style->colon, style->colon_len);
		}
		if (put(at, v->items[i], level + 1, out) == -1)
			return -1;
	}
	if (lines)
		put_line(style, at->indent, at->indent_len, level, out);
	else
		buf_puts(out, in);
	return 0;
}

static int
put(const struct spot *at, const struct value *v, unsigned level,
    struct buf *out)
{
	bool map = v->type == VALUE_MAP;
	int rc = 0;

	switch (v->type) {
	case VALUE_STRING:
	case VALUE_DATE:
		json_put_string(at->style, v->text, v->len, out);
		return 0;
	case VALUE_FLOAT:
		if (!isfinite(v->real))
			return err_code(at->err, ERR_USAGE,
			    "JSON has no infinite number and no NaN");
		break;
	case VALUE_LIST:
	case VALUE_MAP:
		if (level > JSON_DEPTH)
			return err_code(
			    at->err, ERR_USAGE, "nested too deeply");
		buf_putc(out, map ? '{' : '[');
		if (v->n > 0)
			rc = put_entries(at, v, level, out);
		buf_putc(out, map ? '}' : ']');
		return rc;
	default:
		break;
	}
	value_json(v, 0, out);
	return 0;
}

int
json_put_value(const struct json_style *style, const struct value *v,
    const char *indent, size_t indent_len, struct buf *out, struct err *err)
{
	struct spot at = {style, indent, indent_len, err};

	return put(&at, v, 0, out);
}
