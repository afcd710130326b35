/* SPDX-License-Identifier: ISC */
/*
 * Scalars, written in a wanted style.  Whether a style can carry a text is
 * never guessed: what was written is read by libyaml and compared.
 */
#include "fm_yaml_priv.h"

#include <string.h>

#include "mem.h"
#include "text.h"

/* Does the scalar read as v?  A date may read as text. */
static bool
reads_as(const struct buf *scalar, const struct value *v,
    const struct yaml_look *look)
{
	struct buf doc = {0};
	struct value *map;
	const struct value *got;
	struct err err;
	bool same = false;

	for (size_t i = 0; i < look->base; i++)
		buf_putc(&doc, ' ');
	buf_puts(&doc, look->flow ? "k: [" : "k: ");
	buf_add(&doc, buf_text(scalar), scalar->len);
	buf_puts(&doc, look->flow ? "]\n" : "\n");
	map = fm_yaml_value(doc.data, doc.len, &err);
	got = map && map->n == 1 ? value_get(map, "k") : NULL;
	if (got && look->flow)
		got = got->type == VALUE_LIST && got->n == 1 ? got->items[0]
							     : NULL;
	if (got && (got->type == v->type ||
		       (v->type == VALUE_DATE && got->type == VALUE_STRING)))
		same = got->len == v->len &&
		       memcmp(got->text, v->text, v->len) == 0;
	value_free(map);
	buf_dispose(&doc);
	return same;
}

static void
single(struct buf *out, const char *s, size_t len)
{
	buf_putc(out, '\'');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\'')
			buf_putc(out, '\'');
		buf_putc(out, s[i]);
	}
	buf_putc(out, '\'');
}

/* Code points that need an escape, or have one that people know. */
static const struct {
	uint32_t cp;
	const char *escape;
} escapes[] = {
    {'"', "\\\""},
    {'\\', "\\\\"},
    {'\n', "\\n"},
    {'\t', "\\t"},
    {'\r', "\\r"},
    {0, "\\0"},
    {0x85, "\\N"},
    {0x2028, "\\L"},
    {0x2029, "\\P"},
    {0xfeff, "\\uFEFF"},
    {0xfffe, "\\uFFFE"},
    {0xffff, "\\uFFFF"},
};

static void
escaped(struct buf *out, uint32_t cp, const char *s, size_t n)
{
	for (size_t i = 0; i < NITEMS(escapes); i++)
		if (cp == escapes[i].cp) {
			buf_puts(out, escapes[i].escape);
			return;
		}
	if (cp < 0x20 || (cp >= 0x7f && cp < 0xa0))
		buf_printf(out, "\\x%02X", (unsigned)cp);
	else
		buf_add(out, s, n);
}

static void
double_quoted(struct buf *out, const char *s, size_t len)
{
	size_t n;

	buf_putc(out, '"');
	for (size_t i = 0; i < len; i += n) {
		uint32_t cp = text_decode(s + i, len - i, &n);

		escaped(out, cp, s + i, n);
	}
	buf_putc(out, '"');
}

/* "|", an indentation where the text begins with a blank, "-" or "+". */
static void
block_header(struct buf *out, char kind, const struct value *v, size_t columns,
    const struct yaml_look *look)
{
	size_t breaks = 0, lead = 0;

	while (breaks < v->len && v->text[v->len - 1 - breaks] == '\n')
		breaks++;
	while (lead < v->len && v->text[lead] == '\n')
		lead++;
	buf_putc(out, kind);
	if (lead < v->len && yaml_blank(v->text[lead]) &&
	    columns > look->base && columns - look->base < 10)
		buf_printf(out, "%u", (unsigned)(columns - look->base));
	if (breaks == 0)
		buf_putc(out, '-');
	else if (breaks > 1)
		buf_putc(out, '+');
	if (look->comment)
		buf_add(out, look->comment, look->comment_len);
}

static size_t
step_of(const struct yaml_look *look)
{
	return look->step ? look->step : 2;
}

static void
indent(struct buf *out, const struct yaml_look *look)
{
	if (look->indent) {
		buf_add(out, look->indent, look->indent_len);
		return;
	}
	for (size_t i = 0; i < look->base + step_of(look); i++)
		buf_putc(out, ' ');
}

/* Does a code point begin with this byte? */
static bool
begins(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

static void in_style(struct buf *, const struct value *, enum yaml_style,
    const struct yaml_look *);

/* A line of a folded scalar, broken at single spaces. */
static void
fold(struct buf *out, const char *s, size_t len, const struct yaml_look *look)
{
	size_t start = 0, space = 0; /* of this line; its last space, 0: none */
	size_t cols = 0, before = 0; /* in the line up to i, up to space */

	for (size_t i = 0; i < len && !yaml_blank(s[0]); i++) {
		if (i > 0 && i + 1 < len && s[i] == ' ' &&
		    !yaml_blank(s[i - 1]) && !yaml_blank(s[i + 1])) {
			space = i;
			before = cols;
		}
		cols += begins(s[i]);
		if (cols <= look->width || space == 0 || i == space)
			continue;
		buf_add(out, s + start, space - start);
		buf_putc(out, '\n');
		indent(out, look);
		start = space + 1;
		cols -= before + 1;
		space = 0;
	}
	buf_add(out, s + start, len - start);
}

/* A literal or folded scalar; its last line break is not part of it. */
static void
block(struct buf *out, const struct value *v, const struct yaml_look *look)
{
	bool folded = look->style == YAML_FOLDED, plain = false, before;
	size_t columns =
	    look->indent ? look->indent_len : look->base + step_of(look);
	const char *s = v->text, *end = s + v->len, *p;

	if (v->len > 0 && end[-1] == '\n')
		end--;
	block_header(out, folded ? '>' : '|', v, columns, look);
	for (;; s = p + 1) {
		if (!(p = memchr(s, '\n', (size_t)(end - s))))
			p = end;
		/* A single break between two lines would be folded. */
		before = plain;
		if (p > s)
			plain = !yaml_blank(*s);
		if (folded && before && plain && p > s)
			buf_putc(out, '\n');
		buf_putc(out, '\n');
		if (p > s)
			indent(out, look);
		if (folded)
			fold(out, s, (size_t)(p - s), look);
		else
			buf_add(out, s, (size_t)(p - s));
		if (p == end)
			break;
	}
}

/* Quoted or plain text that was in several lines may be so again. */
static void
fold_quoted(struct buf *out, const struct value *v, enum yaml_style style,
    const struct yaml_look *look)
{
	struct yaml_look once = *look;
	struct buf b = {0};

	once.fold = false;
	in_style(&b, v, style, &once);
	fold(out, b.data, b.len, look);
	buf_dispose(&b);
}

static void
in_style(struct buf *out, const struct value *v, enum yaml_style style,
    const struct yaml_look *look)
{
	if (look->fold && v->len > look->width && style < YAML_LITERAL &&
	    !memchr(v->text, '\n', v->len)) {
		fold_quoted(out, v, style, look);
		return;
	}
	switch (style) {
	case YAML_SINGLE:
		single(out, v->text, v->len);
		break;
	case YAML_DOUBLE:
		double_quoted(out, v->text, v->len);
		break;
	case YAML_LITERAL:
	case YAML_FOLDED:
		block(out, v, look);
		break;
	default:
		buf_add(out, v->text, v->len);
	}
}

/* A last line of blanks would be cut as if it were none. */
static bool
last_line_shows(const struct value *v)
{
	size_t i = v->len;

	while (i > 0 && v->text[i - 1] == '\n')
		i--;
	while (i > 0 && yaml_blank(v->text[i - 1]))
		i--;
	return i > 0 && v->text[i - 1] != '\n';
}

/* Can this style carry v?  Whether it does is for reads_as(). */
static bool
suits(
    const struct value *v, enum yaml_style style, const struct yaml_look *look)
{
	switch (style) {
	case YAML_PLAIN:
		/* Some readers take no tab in plain text. */
		return v->len > 0 && !memchr(v->text, '\n', v->len) &&
		       !memchr(v->text, '\t', v->len) &&
		       (v->type != VALUE_STRING ||
			   !yaml_ambiguous(v->text, v->len));
	case YAML_SINGLE:
		return !memchr(v->text, '\n', v->len);
	case YAML_LITERAL:
	case YAML_FOLDED:
		if (look->flow || v->len == 0 || memchr(v->text, '\r', v->len))
			return false;
		if (!last_line_shows(v))
			return false;
		return look->keep || v->len < 2 ||
		       memcmp(v->text + v->len - 2, "\n\n", 2) != 0;
	default:
		return true;
	}
}

static int
write_text(struct buf *out, const struct value *v, const struct yaml_look *look,
    struct err *err)
{
	const enum yaml_style tries[] = {look->style, look->quote, YAML_DOUBLE};
	struct buf b = {0};
	bool done = false;

	if (text_valid(v->text, v->len) < v->len)
		return err_set(err, "the value is not UTF-8 text");
	for (size_t i = 0; i < NITEMS(tries) && !done; i++) {
		if (!suits(v, tries[i], look))
			continue;
		buf_clear(&b);
		in_style(&b, v, tries[i], look);
		done = reads_as(&b, v, look);
	}
	if (done)
		buf_add(out, b.data, b.len);
	buf_dispose(&b);
	return done ? 0 : err_set(err, "this value cannot be written as YAML");
}

/* A number as it was written, when that is how YAML has it. */
static void
write_number(struct buf *out, const struct value *v)
{
	struct value *own =
	    v->type == VALUE_INT ? value_int(v->integer) : value_real(v->real);
	struct value *read = NULL;

	if (v->text)
		read = yaml_scalar(v->text, v->len, true);
	if (read && value_equal(read, v))
		buf_add(out, v->text, v->len);
	else
		buf_puts(out, own->text);
	value_free(read);
	value_free(own);
}

int
yaml_write(struct buf *out, const struct value *v, const struct yaml_look *look,
    struct err *err)
{
	struct value *read;

	switch (v->type) {
	case VALUE_NULL:
		read = yaml_scalar(v->text ? v->text : "", v->len, true);
		if (v->len > 0 && read->type == VALUE_NULL)
			buf_add(out, v->text, v->len);
		else
			buf_puts(out, "null");
		value_free(read);
		return 0;
	case VALUE_BOOL:
		buf_puts(out, v->boolean ? "true" : "false");
		return 0;
	case VALUE_INT:
	case VALUE_FLOAT:
		write_number(out, v);
		return 0;
	case VALUE_STRING:
	case VALUE_DATE:
		return write_text(out, v, look, err);
	default:
		return err_set(err, "this value is not text or a number");
	}
}

int
yaml_write_key(struct buf *out, const char *key, enum yaml_style style,
    enum yaml_style quote, bool flow, struct err *err)
{
	const enum yaml_style tries[] = {style, quote, YAML_DOUBLE};
	const char *tail = flow ? ": 1}" : ": 1\n";
	const struct yaml_look look = {0};
	struct value *name = value_string(key), *map;
	struct buf b = {0};
	bool done = false;

	for (size_t i = 0; i < NITEMS(tries) && !done; i++) {
		buf_clear(&b);
		buf_puts(&b, flow ? "{" : "");
		in_style(&b, name, tries[i], &look);
		buf_puts(&b, tail);
		map = fm_yaml_value(b.data, b.len, err);
		done = map && map->type == VALUE_MAP && map->n == 1 &&
		       strcmp(map->keys[0], key) == 0 &&
		       map->items[0]->type == VALUE_INT;
		value_free(map);
	}
	if (done)
		buf_add(out, b.data + flow, b.len - strlen(tail) - flow);
	buf_dispose(&b);
	value_free(name);
	return done ? 0 : err_set(err, "this name cannot be written as YAML");
}
