/* SPDX-License-Identifier: ISC */
/* Which kind of diagram a text is, and what its readers share. */
#include <stdlib.h>
#include <string.h>

#include "diagram_priv.h"
#include "mem.h"
#include "text.h"

#define MAX_TEXT 100000 /* bytes of a diagram */

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* The end of a statement: its line's, or a ; outside of quotes and brackets. */
static const char *
statement_end(const struct statements *st, const char *s)
{
	bool quoted = false;
	int depth = 0;

	for (; s < st->end && *s != '\n'; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (!quoted && strchr("[({", *s))
			depth++;
		else if (!quoted && strchr("])}", *s))
			depth--;
		else if (*s == ';' && st->semicolons && !quoted && depth <= 0)
			break;
	}
	return s;
}

bool
diagram_next(struct statements *st, const char **s, size_t *len)
{
	while (st->at < st->end) {
		const char *from = st->at, *end;

		while (from < st->end && (is_blank(*from) || *from == '\n'))
			from++;
		if (from == st->end)
			break;
		if (st->end - from >= 2 && memcmp(from, "%%", 2) == 0) {
			end = memchr(from, '\n', (size_t)(st->end - from));
			st->at = end ? end + 1 : st->end;
			continue;
		}
		end = statement_end(st, from);
		st->at = end < st->end ? end + 1 : end;
		while (end > from && is_blank(end[-1]))
			end--;
		if (end == from)
			continue;
		*s = from;
		*len = (size_t)(end - from);
		return true;
	}
	return false;
}

bool
diagram_is(const char *s, size_t len, const char *word)
{
	size_t n = strlen(word);

	return len >= n && memcmp(s, word, n) == 0 &&
	       (len == n || strchr(" \t:{", s[n]));
}

static void
add_line(struct diagram_text *t, const char *s, size_t len)
{
	struct buf b = {0};
	int cols;

	while (len > 0 && is_blank(*s)) {
		s++;
		len--;
	}
	while (len > 0 && is_blank(s[len - 1]))
		len--;
	text_clean(&b, s, len);
	cols = text_width(buf_text(&b), b.len);
	if (cols > t->cols)
		t->cols = cols;
	t->line = xgrow(t->line, t->n, &t->cap, sizeof(*t->line));
	t->line[t->n++] = buf_steal(&b);
}

/* A line as several, at blanks. */
static void
wrap(struct diagram_text *t, const char *s, size_t len, int cols)
{
	char *brk = xcalloc(len + 1, 1);
	size_t from = 0, last = 0;

	text_breaks(s, len, brk);
	for (size_t i = 1; i <= len; i++) {
		size_t end = i;

		if (i < len && !brk[i])
			continue;
		while (end > from && is_blank(s[end - 1]))
			end--;
		if (last > from && text_width(s + from, end - from) > cols) {
			add_line(t, s + from, last - from);
			from = last;
		}
		last = i;
	}
	if (len > from || len == 0)
		add_line(t, s + from, len - from);
	free(brk);
}

/* "#quot;" and "#35;", of what Mermaid has for characters. */
static size_t
character(const char *s, size_t len, struct buf *b)
{
	static const struct {
		const char *name, *is;
	} names[] = {{"quot", "\""}, {"amp", "&"}, {"lt", "<"}, {"gt", ">"},
	    {"nbsp", " "}, {"apos", "'"}, {"semi", ";"}, {"colon", ":"}};
	const char *end = memchr(s, ';', len < 12 ? len : 12);
	unsigned long cp;
	size_t n;

	if (!end)
		return 0;
	n = (size_t)(end - s);
	for (size_t i = 0; i < NITEMS(names); i++)
		if (strlen(names[i].name) == n - 1 &&
		    memcmp(s + 1, names[i].name, n - 1) == 0) {
			buf_puts(b, names[i].is);
			return n + 1;
		}
	if (n < 2 || strspn(s + 1, "0123456789") != n - 1)
		return 0;
	cp = strtoul(s + 1, NULL, 10);
	if (cp == 0 || cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		return 0;
	text_encode(b, (uint32_t)cp);
	return n + 1;
}

/* Bytes of <br>, <br/>, or of a tag that says how text looks; 0: none. */
static size_t
tag(const char *s, size_t len, bool *is_break)
{
	const char *end = memchr(s, '>', len < 80 ? len : 80);

	*is_break = len > 3 && text_casecmp(s, 3, "<br", 3) == 0;
	if (!end || len < 2 ||
	    !(s[1] == '/' || ((s[1] | 0x20) >= 'a' && (s[1] | 0x20) <= 'z')))
		return 0;
	return (size_t)(end - s) + 1;
}

/* "fa:fa-car ": a picture that has no words. */
static size_t
icon(const char *s, size_t len)
{
	size_t n = 2;

	if (len < 7 || s[0] != 'f' || s[1] != 'a')
		return 0;
	if (s[n] >= 'a' && s[n] <= 'z')
		n++;
	if (memcmp(s + n, ":fa-", 4) != 0)
		return 0;
	while (n < len && !is_blank(s[n]))
		n++;
	return n < len ? n + 1 : n;
}

void
diagram_text(struct diagram_text *t, const char *s, size_t len, int cols)
{
	struct buf b = {0};
	bool is_break;
	size_t n;

	*t = (struct diagram_text){0};
	if (len >= 2 && *s == '"' && s[len - 1] == '"') {
		s++;
		len -= 2;
	}
	/* A Markdown string. */
	if (len >= 2 && *s == '`' && s[len - 1] == '`') {
		s++;
		len -= 2;
	}
	for (; len > 0; s += n, len -= n) {
		if ((n = icon(s, len)) > 0)
			continue;
		is_break = *s == '\n';
		if (*s == '<')
			n = tag(s, len, &is_break);
		else if (*s == '#')
			n = character(s, len, &b);
		else if (*s == '\\' && len > 1 && s[1] == 'n') {
			is_break = true;
			n = 2;
		}
		if (is_break && (n > 0 || *s == '\n')) {
			wrap(t, buf_text(&b), b.len, cols);
			buf_clear(&b);
		}
		if (n == 0) {
			if (*s != '\n')
				buf_putc(&b, *s);
			n = 1;
		}
	}
	wrap(t, buf_text(&b), b.len, cols);
	buf_dispose(&b);
}

void
diagram_text_dispose(struct diagram_text *t)
{
	for (size_t i = 0; i < t->n; i++)
		free(t->line[i]);
	free(t->line);
	*t = (struct diagram_text){0};
}

static const struct {
	const char *word;
	diagram_kind *draw; /* NULL: what is not drawn */
	const char *name;
} kinds[] = {
    {"flowchart", diagram_flow, NULL},
    {"flowchart-v2", diagram_flow, NULL},
    {"graph", diagram_flow, NULL},
    {"stateDiagram", diagram_state, NULL},
    {"stateDiagram-v2", diagram_state, NULL},
    {"sequenceDiagram", diagram_sequence, NULL},
    {"pie", diagram_pie, NULL},
    {"gantt", diagram_gantt, NULL},
    {"classDiagram", NULL, "a class diagram"},
    {"classDiagram-v2", NULL, "a class diagram"},
    {"erDiagram", NULL, "an entity relationship diagram"},
    {"gitGraph", NULL, "a git graph"},
    {"journey", NULL, "a user journey"},
    {"mindmap", NULL, "a mind map"},
    {"timeline", NULL, "a timeline"},
    {"quadrantChart", NULL, "a quadrant chart"},
    {"requirementDiagram", NULL, "a requirement diagram"},
    {"sankey-beta", NULL, "a Sankey diagram"},
    {"xychart-beta", NULL, "an XY chart"},
    {"block-beta", NULL, "a block diagram"},
    {"C4Context", NULL, "a C4 diagram"},
    {"packet-beta", NULL, "a packet diagram"},
    {"architecture-beta", NULL, "an architecture diagram"},
    {"kanban", NULL, "a kanban board"},
};

/* Behind the settings that may stand before all: "---" to "---".  *title is set
 * to the words of their title. */
static void
skip_settings(struct statements *st, struct diagram_text *title, int cols)
{
	const char *s;
	size_t len;
	struct statements inner = *st;

	if (!diagram_next(&inner, &s, &len) || len != 3 ||
	    memcmp(s, "---", 3) != 0)
		return;
	while (diagram_next(&inner, &s, &len)) {
		if (len == 3 && memcmp(s, "---", 3) == 0) {
			*st = inner;
			return;
		}
		if (len <= 6 || memcmp(s, "title:", 6) != 0)
			continue;
		for (s += 6, len -= 6; len > 0 && *s == ' '; len--)
			s++;
		diagram_text_dispose(title);
		diagram_text(title, s, len, cols);
	}
	/* They do not end: they are none. */
	diagram_text_dispose(title);
}

/* The drawing below the title. Takes the drawing. */
static char *
add_title(struct diagram_text *title, char *drawing)
{
	struct buf b = {0};

	if (drawing && title->n > 0) {
		for (size_t i = 0; i < title->n; i++)
			buf_printf(&b, "%s\n", title->line[i]);
		buf_printf(&b, "\n%s", drawing);
		free(drawing);
		drawing = buf_steal(&b);
	}
	diagram_text_dispose(title);
	return drawing;
}

/* By the word that it begins with. */
static char *
draw(struct statements *st, int cols, bool ascii, struct err *err)
{
	const char *s;
	size_t n, word;

	if (!diagram_next(st, &s, &n)) {
		err_set(err, "it is empty");
		return NULL;
	}
	for (word = 0; word < n && !strchr(" \t:", s[word]);)
		word++;
	for (size_t i = 0; i < NITEMS(kinds); i++) {
		if (strlen(kinds[i].word) != word ||
		    memcmp(s, kinds[i].word, word) != 0)
			continue;
		if (kinds[i].draw)
			return kinds[i].draw(
			    st, s + word, n - word, cols, ascii, err);
		err_set(err, "%s is not drawn", kinds[i].name);
		return NULL;
	}
	err_set(err, "this kind of diagram is not known");
	return NULL;
}

char *
diagram_draw(
    const char *text, size_t len, int cols, bool ascii, struct err *err)
{
	struct statements st = {.at = text, .end = text + len};
	struct diagram_text title = {0};

	if (len > MAX_TEXT) {
		err_set(err, "it is too large");
		return NULL;
	}
	skip_settings(&st, &title, cols);
	st.semicolons = true;
	return add_title(&title, draw(&st, cols, ascii, err));
}
