/* SPDX-License-Identifier: ISC */
/*
 * HTML without its tags, as Hugo's plainify leaves it.  The tags are found as
 * Go's html/template finds them (stripTags in html.go, transition.go): what it
 * takes for an error ends the text.
 */
#include "summary_priv.h"

#include <string.h>

#include "text.h"

/* A newline that counts, until the tags are gone. */
#define BREAK '\001'

enum state { TEXT, RAW, TAG, AFTER_NAME, VALUE, COMMENT, WRONG };
enum element { NONE, SCRIPT, STYLE, TEXTAREA, TITLE };

struct scan {
	const char *s, *end;
	enum state state;
	enum element element;
	const char *delim; /* what ends the value; NULL: not in one */
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_alnum(char c)
{
	return is_letter(c) || (c >= '0' && c <= '9');
}

static bool
is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r' && c != '\v');
}

static enum element
element_of(const char *s, size_t len)
{
	static const char *const names[] = {
	    "", "script", "style", "textarea", "title"};

	for (int i = SCRIPT; i <= TITLE; i++)
		if (!text_casecmp(s, len, names[i], strlen(names[i])))
			return (enum element)i;
	return NONE;
}

/* Where the tag's name that begins at s ends. */
static const char *
name_end(const char *s, const char *end)
{
	if (s == end || !is_letter(*s))
		return s;
	for (s++; s < end; s++) {
		if (is_alnum(*s))
			continue;
		if ((*s != ':' && *s != '-') || end - s < 2 || !is_alnum(s[1]))
			break;
		s++;
	}
	return s;
}

/* Each of these: where the scan is to go on, with its state set. */
static const char *
in_text(struct scan *sc)
{
	const char *s = sc->s, *end = sc->end, *name;
	bool close;

	while (s < end && (s = memchr(s, '<', (size_t)(end - s)))) {
		if (end - s < 2)
			break;
		if (end - s >= 4 && !memcmp(s, "<!--", 4)) {
			sc->state = COMMENT;
			return s + 4;
		}
		close = *++s == '/';
		if (close && ++s == end)
			break;
		name = s;
		s = name_end(s, end);
		if (s > name) {
			sc->state = TAG;
			sc->element =
			    close ? NONE : element_of(name, (size_t)(s - name));
			return s;
		}
	}
	return end;
}

/* Text of an element that has no tags in it, up to the end of it. */
static const char *
in_raw(struct scan *sc)
{
	for (const char *s = sc->s; s < sc->end; s++) {
		const char *name = s + 2, *to;

		s = memchr(s, '<', (size_t)(sc->end - s));
		if (!s)
			break;
		name = s + 2;
		if (sc->end - s < 3 || s[1] != '/')
			continue;
		to = name_end(name, sc->end);
		if (to == sc->end ||
		    (!is_blank(*to) && *to != '>' && *to != '/') ||
		    element_of(name, (size_t)(to - name)) != sc->element)
			continue;
		sc->state = TEXT;
		sc->element = NONE;
		return s;
	}
	return sc->end;
}

static const char *
skip_blanks(const struct scan *sc)
{
	const char *s = sc->s;

	while (s < sc->end && is_blank(*s))
		s++;
	return s;
}

static const char *
in_tag(struct scan *sc)
{
	const char *s = skip_blanks(sc), *from = s;

	if (s == sc->end)
		return s;
	if (*s == '>') {
		sc->state = sc->element == NONE ? TEXT : RAW;
		return s + 1;
	}
	while (s < sc->end && !is_blank(*s) && *s != '=' && *s != '>') {
		if (*s == '"' || *s == '\'' || *s == '<')
			break;
		s++;
	}
	if (s == from ||
	    (s < sc->end && (*s == '"' || *s == '\'' || *s == '<'))) {
		sc->state = WRONG;
		return sc->end;
	}
	sc->state = AFTER_NAME;
	return s;
}

static const char *
before_value(struct scan *sc)
{
	const char *s = skip_blanks(sc);

	if (s == sc->end)
		return s;
	sc->delim = " \t\n\f\r>";
	if (*s == '"' || *s == '\'')
		sc->delim = *s++ == '"' ? "\"" : "'";
	return s;
}

static const char *
after_name(struct scan *sc)
{
	const char *s = skip_blanks(sc);

	if (s == sc->end)
		return s;
	sc->state = *s == '=' ? VALUE : TAG;
	return *s == '=' ? s + 1 : s;
}

static const char *
in_comment(struct scan *sc)
{
	for (const char *s = sc->s; sc->end - s >= 3; s++) {
		s = memchr(s, '-', (size_t)(sc->end - s));
		if (!s || sc->end - s < 3)
			break;
		if (!memcmp(s, "-->", 3)) {
			sc->state = TEXT;
			return s + 3;
		}
	}
	return sc->end;
}

/* Past the value; NULL: it does not end. */
static const char *
skip_value(struct scan *sc)
{
	const char *s = sc->s;

	while (s < sc->end && !strchr(sc->delim, *s ? *s : 'x'))
		s++;
	if (s == sc->end)
		return NULL;
	s += sc->delim[1] == '\0';
	sc->delim = NULL;
	sc->state = TAG;
	return s;
}

static const char *
step(struct scan *sc)
{
	switch (sc->state) {
	case TEXT:
		return in_text(sc);
	case RAW:
		return in_raw(sc);
	case TAG:
		return in_tag(sc);
	case AFTER_NAME:
		return after_name(sc);
	case VALUE:
		return before_value(sc);
	case COMMENT:
		return in_comment(sc);
	case WRONG:
		break;
	}
	return sc->end;
}

/* The text up to to, where a tag has begun if it ended. */
static void
add_text(struct buf *b, const struct scan *sc, const char *to, bool ended)
{
	const char *s = to;

	while (ended && s > sc->s && s[-1] != '<')
		s--;
	if (ended && s > sc->s)
		to = s - 1;
	buf_add(b, sc->s, (size_t)(to - sc->s));
}

static void
strip_tags(struct buf *b, const char *html, size_t len)
{
	struct scan sc = {.s = html, .end = html + len};
	const char *to;

	while (sc.s < sc.end) {
		enum state was = sc.state;
		bool shown =
		    was == TEXT ||
		    (was == RAW && sc.element != SCRIPT && sc.element != STYLE);

		to = sc.delim ? skip_value(&sc) : step(&sc);
		if (!to)
			return;
		if (shown)
			add_text(b, &sc, to, sc.state != was);
		sc.s = to;
	}
}

/* Newlines that count are marked, the others are blanks. */
static void
mark_breaks(struct buf *b, const char *s, size_t len)
{
	static const char *const tags[] = {"</p>", "<br>", "<br />"};
	size_t from = 0, n;

	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\n' || s[i] == BREAK) {
			buf_add(b, s + from, i - from);
			buf_putc(b, ' ');
			from = i + 1;
		}
		if (s[i] != '<')
			continue;
		for (size_t k = 0; k < sizeof(tags) / sizeof(*tags); k++) {
			n = strlen(tags[k]);
			if (len - i < n || memcmp(s + i, tags[k], n) != 0)
				continue;
			buf_add(b, s + from, i - from);
			buf_putc(b, BREAK);
			from = i + n;
			i = from - 1;
			break;
		}
	}
	buf_add(b, s + from, len - from);
}

void
summary_strip(struct buf *dst, const char *html, size_t len)
{
	struct buf marked = {0}, text = {0};
	bool blank = false, was;
	size_t n;

	mark_breaks(&marked, html, len);
	strip_tags(&text, buf_text(&marked), marked.len);
	for (size_t i = 0; i < text.len; i += n) {
		unsigned char c = (unsigned char)text.data[i];

		n = 1;
		was = blank;
		if (c == BREAK)
			c = (unsigned char)(text.data[i] = '\n');
		if (c < 0x80)
			blank = text_is_space(c);
		else
			blank = text_is_space(
			    text_decode(text.data + i, text.len - i, &n));
		if (!blank || !was)
			buf_add(dst, text.data + i, n);
	}
	buf_dispose(&marked);
	buf_dispose(&text);
}
