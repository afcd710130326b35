/* SPDX-License-Identifier: ISC */
/*
 * Ids of headings: as Hugo makes them of the source of a heading's last line,
 * or as its attributes say; and attributes.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-' || c == ':' ||
	       c == '.' || (c & 0x80);
}

/* The end of a value from i; 0: it has none. */
static size_t
value_end(const char *s, size_t len, size_t i)
{
	const char *close;

	if (i < len && (s[i] == '"' || s[i] == '\'')) {
		close = memchr(s + i + 1, s[i], len - i - 1);
		return close ? (size_t)(close - s) + 1 : 0;
	}
	if (i < len && s[i] == '[') {
		close = memchr(s + i, ']', len - i);
		return close ? (size_t)(close - s) + 1 : 0;
	}
	while (i < len && (is_word(s[i]) || s[i] == '+' || s[i] == '%'))
		i++;
	return i;
}

/* One attribute at i: its end, 0: it is none. */
static size_t
attribute_end(const char *s, size_t len, size_t i, const char **id, size_t *nid)
{
	size_t start = i, from;

	if (s[i] == '#' || s[i] == '.') {
		for (i++; i < len && is_word(s[i]);)
			i++;
		if (i == start + 1)
			return 0;
		if (s[start] == '#' && id) {
			*id = s + start + 1;
			*nid = i - start - 1;
		}
		return i;
	}
	if (!is_word(s[i]) || s[i] == '-' || s[i] == '.' ||
	    (s[i] >= '0' && s[i] <= '9'))
		return 0;
	while (i < len && is_word(s[i]))
		i++;
	from = i + 1;
	if (i >= len || s[i] != '=' || from >= len)
		return 0;
	i = value_end(s, len, from);
	if (i <= from)
		return 0;
	if (id && from - start == 3 && !memcmp(s + start, "id", 2)) {
		bool quoted = s[from] == '"' || s[from] == '\'';

		*id = s + from + quoted;
		*nid = i - from - 2 * quoted;
	}
	return i;
}

size_t
md_source_attributes(const char *s, size_t len, const char **id, size_t *nid)
{
	size_t i = 1;

	if (id)
		*id = NULL;
	if (len < 2 || *s != '{')
		return 0;
	for (;;) {
		while (i < len && (is_blank(s[i]) || s[i] == ','))
			i++;
		if (i >= len)
			return 0;
		if (s[i] == '}')
			return i + 1;
		i = attribute_end(s, len, i, id, nid);
		if (i == 0)
			return 0;
	}
}

size_t
md_id_attributes(const char *s, size_t len, const char **id, size_t *nid)
{
	size_t end = len, n;

	while (end > 0 && is_blank(s[end - 1]))
		end--;
	if (end == 0 || s[end - 1] != '}')
		return 0;
	/* The one that ends the line, which has no brace in it. */
	for (size_t i = end - 1; i-- > 0;) {
		if (s[i] == '}')
			return 0;
		if (s[i] != '{')
			continue;
		if (i > 0 && s[i - 1] == '\\')
			return 0;
		n = md_source_attributes(s + i, end - i, id, nid);
		return n == end - i ? i : 0;
	}
	return 0;
}

/* Hugo's blackfriday kind: runs of what is no letter are one dash. */
static void
put_blackfriday(struct buf *b, const char *s, size_t len)
{
	bool dash = false;
	size_t size, start = b->len;
	uint32_t cp;

	for (; len > 0; s += size, len -= size) {
		cp = text_decode(s, len, &size);
		if (!text_is_letter(cp) && !text_is_digit(cp)) {
			dash = true;
			continue;
		}
		if (dash && b->len > start)
			buf_putc(b, '-');
		dash = false;
		text_encode(b, cp);
	}
}

static void
put_github(struct buf *b, const char *s, size_t len, bool ascii)
{
	size_t size;
	uint32_t cp;

	for (; len > 0; s += size, len -= size) {
		cp = text_decode(s, len, &size);
		if (ascii && cp >= 0x80)
			continue;
		if (cp == '-' || cp == ' ')
			buf_putc(b, '-');
		else if (cp == '_' || text_is_letter(cp) || text_is_digit(cp))
			text_encode(b, cp);
	}
}

void
md_id_make(struct buf *b, enum md_ids kind, const char *s, size_t len)
{
	char *plain = NULL, *lower;

	while (len > 0 && is_blank(*s)) {
		s++;
		len--;
	}
	while (len > 0 && is_blank(s[len - 1]))
		len--;
	if (kind == MD_IDS_ASCII) {
		plain = text_unaccent(s, len);
		s = plain;
		len = strlen(plain);
	}
	lower = text_lower(s, len);
	if (kind == MD_IDS_BLACKFRIDAY)
		put_blackfriday(b, lower, strlen(lower));
	else
		put_github(b, lower, strlen(lower), kind == MD_IDS_ASCII);
	if (b->len == 0)
		buf_puts(b, "heading");
	free(lower);
	free(plain);
}

static size_t
hash(const char *s)
{
	uint32_t h = 2166136261u;

	for (; *s; s++)
		h = (h ^ (unsigned char)*s) * 16777619u;
	return h;
}

static struct md_id *
slot_of(const struct md_ids_seen *seen, const char *id)
{
	for (size_t i = hash(id);; i++) {
		struct md_id *slot = &seen->v[i & (seen->cap - 1)];

		if (!slot->id || !strcmp(slot->id, id))
			return slot;
	}
}

static void
widen(struct md_ids_seen *seen)
{
	struct md_ids_seen old = *seen;

	seen->cap = old.cap ? old.cap * 2 : 64;
	seen->v = xcalloc(seen->cap, sizeof(*seen->v));
	for (size_t i = 0; i < old.cap; i++)
		if (old.v[i].id)
			*slot_of(seen, old.v[i].id) = old.v[i];
	free(old.v);
}

static struct md_id *
put_seen(struct md_ids_seen *seen, const char *id)
{
	struct md_id *slot;

	if (seen->n * 2 >= seen->cap)
		widen(seen);
	slot = slot_of(seen, id);
	if (!slot->id) {
		slot->id = xstrdup(id);
		seen->n++;
	}
	return slot;
}

void
md_id_take(struct md_ids_seen *seen, const char *id)
{
	put_seen(seen, id);
}

char *
md_id_unique(struct md_ids_seen *seen, const char *id)
{
	char *next = xstrdup(id);
	uint32_t n;

	if (seen->cap == 0 || !slot_of(seen, id)->id) {
		put_seen(seen, id);
		return next;
	}
	for (n = slot_of(seen, id)->next; slot_of(seen, next)->id; n++) {
		free(next);
		next = xasprintf("%s-%u", id, n + 1);
	}
	slot_of(seen, id)->next = n;
	put_seen(seen, next);
	return next;
}

void
md_ids_dispose(struct md_ids_seen *seen)
{
	for (size_t i = 0; i < seen->cap; i++)
		free(seen->v[i].id);
	free(seen->v);
}

/* Is the line that ends at end the last one of its heading? */
static bool
is_last_line(const struct md_tree *t, const char *end)
{
	const char *s = end < t->source_end ? end + 1 : end;

	if (t->line < end && *t->line == '#')
		return true;
	while (s < t->source_end && (is_blank(*s) || *s == '>') && *s != '\n')
		s++;
	return s < t->source_end && (*s == '=' || *s == '-');
}

/* The line around s, without its containers; what of it is text. */
static void
find_line(struct md_tree *t, const char *s)
{
	int level = t->nodes[t->leaf].level;
	const char *p = s, *id;
	size_t n, nid;

	t->line_end = memchr(s, '\n', (size_t)(t->source_end - s));
	if (!t->line_end)
		t->line_end = t->source_end;
	/* Back to the signs of a heading, or over what the text begins with. */
	while (p > t->source && p[-1] != '\n')
		p--;
	t->line = p;
	while (p < s && *p != '#')
		p++;
	for (n = 0; p + n < s && p[n] == '#';)
		n++;
	if ((int)n == level && (is_blank(p[n]) || p + n == s))
		t->line = p;
	else
		while (t->line < s && (is_blank(*t->line) || *t->line == '>'))
			t->line++;
	t->line_cut = t->line_end;
	if (!t->opt->attributes || !is_last_line(t, t->line_end))
		return;
	n = md_id_attributes(
	    t->line, (size_t)(t->line_end - t->line), &id, &nid);
	if (n == 0)
		return;
	t->line_cut = p = t->line + n;
	/* Signs that close the heading. */
	while (p > t->line && is_blank(p[-1]))
		p--;
	while (p > t->line && p[-1] == '#')
		p--;
	if (*t->line == '#' && p > t->line && is_blank(p[-1]))
		t->line_cut = p;
}

size_t
md_heading_text(struct md_tree *t, const char *s, size_t len)
{
	if (!t->source || s < t->source || s >= t->source_end)
		return len;
	if (!t->line || s >= t->line_end || s < t->line)
		find_line(t, s);
	if (s >= t->line_cut)
		return 0;
	return s + len > t->line_cut ? (size_t)(t->line_cut - s) : len;
}

void
md_heading_end(struct md_tree *t)
{
	uint32_t leaf = t->leaf;
	struct buf b = {0}, text = {0};
	const char *id = NULL, *s = t->line;
	size_t nid = 0;
	char *unique;

	if (s && t->line_cut < t->line_end)
		md_id_attributes(s, (size_t)(t->line_end - s), &id, &nid);
	if (id) {
		buf_add(&b, id, nid);
		md_id_take(&t->ids, buf_text(&b));
		t->nodes[leaf].label = md_tree_string(t, buf_text(&b), b.len);
	} else if (t->opt->ids != MD_IDS_OFF) {
		const char *end = s ? t->line_cut : NULL;

		while (s && s < end && *s == '#')
			s++;
		while (s && end > s && is_blank(end[-1]))
			end--;
		if (s)
			md_address_expand(t, &text, s, (size_t)(end - s));
		md_id_make(&b, t->opt->ids, buf_text(&text), text.len);
		unique = md_id_unique(&t->ids, buf_text(&b));
		t->nodes[leaf].label =
		    md_tree_string(t, unique, strlen(unique));
		free(unique);
		buf_dispose(&text);
	}
	buf_dispose(&b);
}
