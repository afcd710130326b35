/* SPDX-License-Identifier: ISC */
/* Values and keys of TOML as they are to stand in the text. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "fm_toml_priv.h"
#include "mem.h"

/* How a string stands: 0 where it is none. */
struct quotes {
	char mark;
	bool multi;
	bool lines; /* its text has line breaks */
};

static struct quotes
quotes_of(const struct toml_pen *pen, const struct toml_tree *tree)
{
	const char *s = pen->doc->text + (tree ? tree->at : 0);
	struct quotes q = {0};

	if (!tree || tree->form != TOML_SCALAR || (*s != '"' && *s != '\''))
		return q;
	q.mark = *s;
	q.multi = tree->end - tree->at >= 6 && s[1] == *s && s[2] == *s;
	q.lines = memchr(tree->value->text, '\n', tree->value->len) != NULL;
	return q;
}

static bool
is_control(char c)
{
	return ((unsigned char)c < ' ' && c != '\t') || c == 0x7f;
}

/* May a text stand between single quotes, on one line or between three? */
static bool
fits_literal(const char *s, size_t len, bool multi)
{
	size_t run = 0;

	for (size_t i = 0; i < len; i++) {
		run = s[i] == '\'' ? run + 1 : 0;
		if (run > (multi ? 2 : 0))
			return false;
		if (is_control(s[i]) &&
		    !(multi && (s[i] == '\n' || s[i] == '\r')))
			return false;
	}
	return run == 0;
}

static void
write_escaped(struct buf *out, char c)
{
	static const char names[] = "btnfr\"\\", chars[] = "\b\t\n\f\r\"\\";
	const char *p = c ? strchr(chars, c) : NULL;

	if (p)
		buf_printf(out, "\\%c", names[p - chars]);
	else
		buf_printf(out, "\\u%04X", (unsigned char)c);
}

static void
write_basic(struct buf *out, const char *s, size_t len)
{
	buf_putc(out, '"');
	for (size_t i = 0; i < len; i++)
		if (is_control(s[i]) || strchr("\t\"\\", s[i]))
			write_escaped(out, s[i]);
		else
			buf_putc(out, s[i]);
	buf_putc(out, '"');
}

static void
write_multi(struct buf *out, const char *s, size_t len)
{
	size_t run = 0;

	for (size_t i = 0; i < len; i++) {
		run = s[i] == '"' ? run + 1 : 0;
		if (s[i] == '\n' || (s[i] == '\r' && s[i + 1] == '\n')) {
			buf_putc(out, s[i]);
		} else if (is_control(s[i]) || s[i] == '\\' ||
			   (s[i] == '"' && (run == 3 || i + 1 == len))) {
			write_escaped(out, s[i]);
			run = 0;
		} else {
			buf_putc(out, s[i]);
		}
	}
}

/* May the line breaks of a text stand in the file as they are?  They become
 * the file's own, which only its lines tell; and no line may look like a fence.
 */
static bool
breaks_fit(const struct toml_pen *pen, const char *s, size_t len)
{
	const char *nl =
	    pen->doc->len ? memchr(pen->doc->text, '\n', pen->doc->len) : NULL;
	bool crlf = !nl || (nl > pen->doc->text && nl[-1] == '\r');
	bool start = true;

	for (size_t i = 0; i < len; i++) {
		if (start && len - i >= 3 && memcmp(s + i, "+++", 3) == 0)
			return false;
		start = s[i] == '\n';
		if (s[i] == '\n' && crlf && (i == 0 || s[i - 1] != '\r'))
			return false;
		if (s[i] == '\r' && (i + 1 == len || s[i + 1] != '\n'))
			return false;
	}
	return true;
}

static void
write_string(const struct toml_pen *pen, struct buf *out, const struct value *v,
    const struct toml_look *look)
{
	struct quotes old = quotes_of(pen, look->old);
	struct quotes q = old.mark ? old : quotes_of(pen, look->model);
	bool multi =
	    memchr(v->text, '\n', v->len) && breaks_fit(pen, v->text, v->len) &&
	    (old.mark ? old.multi || !old.lines : q.multi || !look->flat);
	const char *mark;

	if (look->flat && !old.multi && !q.multi)
		multi = false;
	if (!q.mark)
		q.mark = pen->habit.quote;
	if (q.mark == '\'' && !fits_literal(v->text, v->len, multi))
		q.mark = '"';
	if (!multi && q.mark == '"') {
		write_basic(out, v->text, v->len);
		return;
	}
	mark = !multi ? "'" : q.mark == '"' ? "\"\"\"" : "'''";
	buf_puts(out, mark);
	if (multi && (!old.multi || v->text[0] == '\n' || v->text[0] == '\r' ||
			 strchr("\r\n\\", pen->doc->text[look->old->at + 3])))
		buf_putc(out, '\n');
	if (q.mark == '"')
		write_multi(out, v->text, v->len);
	else
		buf_add(out, v->text, v->len);
	buf_puts(out, mark);
}

/* As it was typed, if TOML has the same for that, else as TOML has it. */
static void
write_number(struct buf *out, const struct value *v)
{
	struct value *w = v->text ? toml_word(v->text, v->len) : NULL;
	struct value *plain = NULL;

	if (w && value_equal(w, v)) {
		buf_add(out, v->text, v->len);
	} else if (v->type == VALUE_INT) {
		buf_printf(out, "%" PRId64, v->integer);
	} else {
		plain = value_real(v->real);
		for (const char *p = plain->text; *p; p++)
			if (*p != '.' || (p[1] >= '0' && p[1] <= '9'))
				buf_putc(out, *p);
	}
	value_free(plain);
	value_free(w);
}

/* A date of TOML, or one in quotes: where the old one had them, and where TOML
 * has no such date. */
static void
write_date(const struct toml_pen *pen, struct buf *out, const struct value *v,
    const struct toml_look *look)
{
	const struct toml_tree *old = look->old;
	struct value *w = toml_word(v->text, v->len);
	struct date d;

	if (w && w->type == VALUE_DATE &&
	    !(quotes_of(pen, old).mark &&
		date_parse(old->value->text, old->value->len, &d)))
		buf_add(out, v->text, v->len);
	else
		write_string(pen, out, v, look);
	value_free(w);
}

const struct toml_tree *
toml_sibling(const struct toml_tree *list, const struct value *v)
{
	bool map = v->type == VALUE_MAP, many = v->type == VALUE_LIST;

	for (size_t i = list ? list->n : 0; i > 0; i--) {
		const struct toml_tree *kid = list->kid[i - 1];

		if (map    ? kid->form == TOML_INLINE
		    : many ? kid->form == TOML_LIST
			   : kid->value->type == v->type)
			return kid;
	}
	return NULL;
}

static int
write_list(const struct toml_pen *pen, struct buf *out, const struct value *v,
    const struct toml_look *look)
{
	const struct toml_tree *old = look->old, *model = look->model;
	struct toml_slots slots = {0};
	size_t *from = old ? toml_match(old, v) : NULL;
	int rc = 0;

	for (size_t i = 0; i < v->n && rc == 0; i++) {
		const struct toml_tree *kid =
		    from && from[i] != TOML_NEW ? old->kid[from[i]] : NULL;
		struct toml_look inner = *look;
		struct toml_slot *slot =
		    toml_slots_add(&slots, kid ? from[i] : TOML_NEW);

		if (kid && fm_fits(v->items[i], kid->value))
			continue;
		inner.flat = true;
		inner.old = kid;
		inner.model = toml_sibling(old ? old : model, v->items[i]);
		slot->has_text = true;
		rc = toml_write(pen, &slot->text, v->items[i], &inner);
	}
	if (rc == 0)
		toml_slots_write(pen, out, true, look, &slots);
	toml_slots_dispose(&slots);
	free(from);
	return rc;
}

void
toml_write_key(const struct toml_pen *pen, struct buf *out, const char *key)
{
	static const char bare[] = "abcdefghijklmnopqrstuvwxyz"
				   "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
	size_t len = strlen(key);

	if (len > 0 && strspn(key, bare) == len)
		buf_puts(out, key);
	else if (pen->habit.key_quote == '\'' && fits_literal(key, len, false))
		buf_printf(out, "'%s'", key);
	else
		write_basic(out, key, len);
}

/* Where the equals sign of a line stands behind the beginning of its key. */
static size_t
equals_at(const char *text, const struct toml_line *line)
{
	size_t at = line->part[line->n - 1].end;

	while (text[at] != '=')
		at++;
	return at - line->part[0].at;
}

size_t
toml_aligned(const struct toml_pen *pen, const struct toml_line *like)
{
	const struct toml_tree *home = like->home;
	size_t first = like->i, last = like->i, at, len, n;
	bool differ = false;

	while (first > 0 && !home->line[first - 1]->header)
		first--;
	while (last + 1 < home->nlines && !home->line[last + 1]->header)
		last++;
	at = equals_at(pen->doc->text, like);
	len = like->part[like->n - 1].end - like->part[0].at;
	for (size_t i = first; i <= last; i++) {
		const struct toml_line *line = home->line[i];

		if (equals_at(pen->doc->text, line) != at)
			return 0;
		n = line->part[line->n - 1].end - line->part[0].at;
		differ = differ || n != len;
	}
	return differ ? at : 0;
}

void
toml_write_equals(const struct toml_pen *pen, struct buf *out,
    const struct toml_line *like, size_t n, size_t column)
{
	size_t at;

	if (!like) {
		buf_puts(out, " = ");
		return;
	}
	at = like->part[like->n - 1].end;
	if (column > 0) {
		do
			buf_putc(out, ' ');
		while (++n < column);
		at = like->part[0].at + equals_at(pen->doc->text, like);
	}
	buf_add(out, pen->doc->text + at, like->value.at - at);
}

int
toml_write_pair(const struct toml_pen *pen, struct buf *out,
    const struct toml_line *like, const char *key, const struct value *v,
    const struct toml_look *look)
{
	size_t from = out->len;

	toml_write_key(pen, out, key);
	toml_write_equals(pen, out, like, out->len - from, look->column);
	return toml_write(pen, out, v, look);
}

/* A line of { } whose key has this one name. */
static const struct toml_line *
line_of(const struct toml_tree *braces, const char *key)
{
	for (size_t i = 0; braces && i < braces->n; i++) {
		const struct toml_tree *kid = braces->kid[i];

		if (strcmp(kid->key, key) == 0 && kid->said[0].line->n == 1)
			return kid->said[0].line;
	}
	return NULL;
}

static bool
has_member(const struct value *map, const char *key)
{
	for (size_t i = 0; i < map->n; i++)
		if (strcmp(map->keys[i], key) == 0)
			return true;
	return false;
}

static bool
has_dots(const struct toml_tree *braces)
{
	for (size_t i = 0; braces && i < braces->nlines; i++)
		if (braces->line[i]->n > 1)
			return true;
	return false;
}

/* A member of a map: a pair that is there, or a new one behind that before. */
static int
map_member(const struct toml_pen *pen, struct toml_slots *slots, size_t *at,
    const struct toml_look *look, const char *key, const struct value *v)
{
	const struct toml_line *line = line_of(look->old, key), *like = line;
	const struct toml_tree *braces =
	    look->old && look->old->nlines > 0 ? look->old : look->model;
	struct toml_look inner = *look;
	struct toml_slot *slot = NULL;

	inner.flat = true;
	inner.column = 0;
	inner.old = inner.model = NULL;
	for (size_t i = 0; line && i < slots->n; i++)
		if (slots->slot[i].old == line->i) {
			*at = i + 1;
			slot = &slots->slot[i];
		}
	for (size_t i = 0; line && i < look->old->n; i++)
		if (look->old->kid[i]->said[0].line == line)
			inner.old = look->old->kid[i];
	if (slot && fm_fits(v, inner.old->value))
		return 0;
	if (!slot)
		slot = toml_slots_insert(slots, (*at)++);
	if (!like && braces && braces->nlines > 0)
		like = braces->line[0];
	slot->has_text = true;
	return toml_write_pair(pen, &slot->text, like, key, v, &inner);
}

static int
write_map(const struct toml_pen *pen, struct buf *out, const struct value *v,
    const struct toml_look *look)
{
	struct toml_look own = *look;
	struct toml_slots slots = {0};
	size_t at = 0;
	int rc = 0;

	if (has_dots(own.old)) {
		own.model = own.old;
		own.old = NULL;
	}
	if (!own.model)
		own.model = pen->habit.braces;
	for (size_t i = 0; own.old && i < own.old->n; i++) {
		const struct toml_tree *kid = own.old->kid[i];

		if (has_member(v, kid->key))
			toml_slots_add(&slots, kid->said[0].line->i);
	}
	for (size_t i = 0; i < v->n && rc == 0; i++)
		rc =
		    map_member(pen, &slots, &at, &own, v->keys[i], v->items[i]);
	if (rc == 0)
		toml_slots_write(pen, out, false, &own, &slots);
	toml_slots_dispose(&slots);
	return rc;
}

int
toml_write(const struct toml_pen *pen, struct buf *out, const struct value *v,
    const struct toml_look *look)
{
	struct toml_look own = *look;
	enum toml_form form = v->type == VALUE_LIST  ? TOML_LIST
			      : v->type == VALUE_MAP ? TOML_INLINE
						     : TOML_SCALAR;

	if (own.old && own.old->form != form)
		own.old = NULL;
	if (own.model && own.model->form != form)
		own.model = NULL;
	switch (v->type) {
	case VALUE_NULL:
		toml_refuse(pen,
		    "TOML has no null: give it a value (\"\" is empty text), or "
		    "remove the field");
		pen->err->code = ERR_REFUSED;
		return -1;
	case VALUE_BOOL:
		buf_puts(out, v->boolean ? "true" : "false");
		return 0;
	case VALUE_INT:
	case VALUE_FLOAT:
		write_number(out, v);
		return 0;
	case VALUE_STRING:
		write_string(pen, out, v, &own);
		return 0;
	case VALUE_DATE:
		write_date(pen, out, v, &own);
		return 0;
	case VALUE_LIST:
		return write_list(pen, out, v, &own);
	case VALUE_MAP:
		return write_map(pen, out, v, &own);
	}
	return -1;
}
