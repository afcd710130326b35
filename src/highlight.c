/* SPDX-License-Identifier: ISC */
/* The scanner that all languages share. */
#include "highlight_priv.h"

#include <stdint.h>
#include <string.h>

#include "mem.h"

struct scan {
	const struct language *lang;
	const char *text;
	size_t len, at;
	size_t done;          /* runs were made to here */
	uint32_t lengths[32]; /* of the language's words */
	bool first;           /* only blanks before at on its line */
	void (*run)(void *, size_t, enum highlight);
	void *arg;
};

static bool
has(const struct scan *s, unsigned flag)
{
	return (s->lang->flags & flag) != 0;
}

static char
peek(const struct scan *s, size_t n)
{
	return s->at + n < s->len ? s->text[s->at + n] : '\0';
}

static bool
starts(const struct scan *s, const char *with, size_t n)
{
	return n > 0 && s->len - s->at >= n &&
	       memcmp(s->text + s->at, with, n) == 0;
}

static uint32_t
length_bit(size_t len)
{
	return (uint32_t)1 << (len < 31 ? len : 31);
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
	       (unsigned char)c >= 0x80;
}

static bool
in_word(const struct scan *s, char c)
{
	return is_letter(c) || is_digit(c) || (c == '-' && has(s, DASH_WORD)) ||
	       (c == '$' && has(s, DOLLAR_WORD)) ||
	       (c == '.' && has(s, DOTTED));
}

/* What was passed over is plain, and the text from there to end is a run. */
static void
emit(struct scan *s, size_t end, enum highlight kind)
{
	if (s->at > s->done)
		s->run(s->arg, s->at - s->done, HIGHLIGHT_PLAIN);
	if (end > s->at)
		s->run(s->arg, end - s->at, kind);
	s->at = s->done = end;
	s->first = false;
}

static size_t
line_end(const struct scan *s, size_t at)
{
	const char *p = memchr(s->text + at, '\n', s->len - at);

	return p ? (size_t)(p - s->text) : s->len;
}

/* Which lengths the words of a list have, by what they begin with. */
static void
note_words(struct scan *s, const char *list)
{
	for (const char *end; list && *list; list = end + 1) {
		end = strchr(list, ' ');
		if (!end)
			return;
		s->lengths[*list & 31] |= length_bit((size_t)(end - list));
	}
}

/* A word of a list with a blank after each. */
static bool
listed(const struct scan *s, const char *list, const char *word, size_t len)
{
	const char *end;

	if (len == 0 || !(s->lengths[*word & 31] & length_bit(len)))
		return false;
	for (; list && *list; list = end + 1) {
		end = strchr(list, ' ');
		if (!end)
			return false;
		if ((size_t)(end - list) != len)
			continue;
		if (memcmp(list, word, len) == 0)
			return true;
		for (size_t i = 0; has(s, NOCASE); i++) {
			if (i == len)
				return true;
			if ((list[i] | 0x20) != (word[i] | 0x20))
				break;
		}
	}
	return false;
}

static size_t
comment_end(const struct scan *s)
{
	const char *open = s->lang->open, *close = s->lang->close;
	size_t nopen = strlen(open), nclose = strlen(close), depth = 0;
	struct scan t = *s;

	while (t.at < t.len) {
		if (starts(&t, open, nopen) && (depth == 0 || has(s, NESTED))) {
			depth++;
			t.at += nopen;
		} else if (starts(&t, close, nclose)) {
			t.at += nclose;
			if (--depth == 0)
				return t.at;
		} else {
			t.at++;
		}
	}
	return t.len;
}

static bool
begins_line_comment(const struct scan *s)
{
	const char *p = s->lang->line;
	size_t n;

	for (; p && *p; p += n + (p[n] == ' ')) {
		for (n = 0; p[n] && p[n] != ' ';)
			n++;
		if (!starts(s, p, n))
			continue;
		if (*p == '#' && has(s, LINE_HASH) && !s->first)
			continue;
		if (has(s, WORD_HASH) && s->at > 0 &&
		    !strchr(" \t\n;", s->text[s->at - 1]))
			continue;
		return true;
	}
	return s->first && has(s, LINE_QUOTE) && peek(s, 0) == '"';
}

static bool
comment(struct scan *s)
{
	if (s->lang->open && *s->lang->open == peek(s, 0) &&
	    starts(s, s->lang->open, strlen(s->lang->open)))
		emit(s, comment_end(s), HIGHLIGHT_COMMENT);
	else if (begins_line_comment(s))
		emit(s, line_end(s, s->at), HIGHLIGHT_COMMENT);
	else
		return false;
	return true;
}

static bool
one_of(const char *set, char c)
{
	return set && c && strchr(set, c);
}

/* Behind the quote that closes the string that begins at s->at. */
static size_t
string_end(const struct scan *s)
{
	char q = peek(s, 0);
	bool raw = one_of(s->lang->raw, q), escapes = !raw && !has(s, DOUBLED);
	bool lines = raw || has(s, MULTI) || one_of(s->lang->multi, q);
	size_t i = s->at + 1;

	if (has(s, TRIPLE) && peek(s, 1) == q && peek(s, 2) == q) {
		for (i += 2; i < s->len; i++) {
			if (s->text[i] == '\\' && !raw)
				i++;
			else if (s->text[i] == q && s->len - i >= 3 &&
				 s->text[i + 1] == q && s->text[i + 2] == q)
				return i + 3;
		}
		return s->len;
	}
	if (has(s, TRIPLE))
		lines = false;
	for (; i < s->len; i++) {
		if (s->text[i] == '\n' && !lines)
			return i;
		if (s->text[i] == '\\' && escapes && i + 1 < s->len &&
		    s->text[i + 1] != '\n')
			i++;
		else if (s->text[i] == q)
			return i + 1;
	}
	return s->len;
}

/* A word or string that ends there is a key. */
static bool
is_key(const struct scan *s, size_t end, bool first)
{
	if (has(s, LINE_KEY) && !first)
		return false;
	while (end < s->len && (s->text[end] == ' ' || s->text[end] == '\t'))
		end++;
	if (end == s->len)
		return false;
	if (has(s, COLON_KEY) && s->text[end] == ':')
		return end + 1 == s->len || s->text[end + 1] != ':';
	return has(s, EQUAL_KEY) && s->text[end] == '=' &&
	       (end + 1 == s->len || s->text[end + 1] != '=');
}

static bool
string(struct scan *s)
{
	bool first = s->first;
	size_t end;

	if (!one_of(s->lang->strings, peek(s, 0)))
		return false;
	if (s->at > 0 && has(s, WORD_HASH) && peek(s, 0) == '\'' &&
	    (is_letter(s->text[s->at - 1]) || is_digit(s->text[s->at - 1])))
		return false;
	end = string_end(s);
	emit(s, end, is_key(s, end, first) ? HIGHLIGHT_NAME : HIGHLIGHT_STRING);
	return true;
}

/* 'a' is a character, 'a alone a lifetime. */
static bool
tick(struct scan *s)
{
	size_t end = s->at + 1;

	if (!has(s, TICK) || peek(s, 0) != '\'')
		return false;
	if (peek(s, 1) == '\\') {
		for (end += 2; end < s->len && !strchr("'\n", s->text[end]);)
			end++;
		end += end < s->len && s->text[end] == '\'';
		emit(s, end < s->len ? end : s->len, HIGHLIGHT_STRING);
		return true;
	}
	while (end < s->len && end - s->at < 5 &&
	       (end == s->at + 1 || (s->text[end] & 0xc0) == 0x80))
		end++;
	if (end < s->len && s->text[end] == '\'') {
		emit(s, end + 1, HIGHLIGHT_STRING);
		return true;
	}
	for (end = s->at + 1; end < s->len && in_word(s, s->text[end]);)
		end++;
	emit(s, end, HIGHLIGHT_META);
	return true;
}

static bool
number(struct scan *s)
{
	size_t i = s->at;

	if (!is_digit(peek(s, 0)))
		return false;
	for (; i < s->len; i++) {
		char c = s->text[i];

		if (is_letter(c) || is_digit(c))
			continue;
		if (c == '.' && i + 1 < s->len && is_digit(s->text[i + 1]))
			continue;
		if ((c == '+' || c == '-') && (s->text[i - 1] | 0x20) == 'e' &&
		    i + 1 < s->len && is_digit(s->text[i + 1]) &&
		    (s->text[s->at + 1] | 0x20) != 'x')
			continue;
		break;
	}
	emit(s, i, HIGHLIGHT_NUMBER);
	return true;
}

/* A sign and the word behind it: @word, $word, ${word}, %word, :word. */
static bool
sigil(struct scan *s)
{
	char c = peek(s, 0), next = peek(s, 1);
	enum highlight kind = c == ':' ? HIGHLIGHT_STRING : HIGHLIGHT_META;
	size_t end = s->at + 1;

	if (!((c == '@' && has(s, AT)) || (c == '$' && has(s, DOLLAR)) ||
		(c == '%' && has(s, PERCENT)) || (c == ':' && has(s, SYMBOL))))
		return false;
	if (c == '$' && (next == '{' || next == '(')) {
		char close = next == '{' ? '}' : ')';

		while (end < s->len && s->text[end] != close &&
		       s->text[end] != '\n')
			end++;
		end += end < s->len && s->text[end] == close;
	} else if (is_letter(next)) {
		while (end < s->len &&
		       (is_letter(s->text[end]) || is_digit(s->text[end])))
			end++;
	} else if (c == '$' && next && strchr("0123456789@*#?!<^", next)) {
		end++;
	} else {
		return false;
	}
	emit(s, end, kind);
	return true;
}

static bool
hash_colour(struct scan *s)
{
	size_t end = s->at + 1;
	bool colour = true;

	if (!has(s, HASH_COLOUR) || peek(s, 0) != '#')
		return false;
	while (
	    end < s->len && (is_letter(s->text[end]) ||
				is_digit(s->text[end]) || s->text[end] == '-'))
		end++;
	for (size_t i = s->at + 1; i < end; i++)
		colour = colour && one_of("0123456789abcdefABCDEF", s->text[i]);
	emit(s, end, colour ? HIGHLIGHT_NUMBER : HIGHLIGHT_NAME);
	return true;
}

static enum highlight
word_kind(const struct scan *s, size_t end, bool first)
{
	const char *word = s->text + s->at;
	size_t len = end - s->at, part = 0;

	if (is_key(s, end, first))
		return HIGHLIGHT_NAME;
	if (listed(s, s->lang->words, word, len))
		return HIGHLIGHT_KEYWORD;
	if (listed(s, s->lang->types, word, len))
		return HIGHLIGHT_TYPE;
	if (has(s, DOTTED)) {
		while (part < len && word[part] != '.')
			part++;
		if (part < len && (listed(s, s->lang->types, word, part) ||
				      listed(s, s->lang->words, word, part)))
			return HIGHLIGHT_KEYWORD;
	}
	if (has(s, FIRST_WORD) && first)
		return HIGHLIGHT_KEYWORD;
	if (has(s, CALLS) && end < s->len && s->text[end] == '(')
		return HIGHLIGHT_NAME;
	if (has(s, BANG) && end < s->len && s->text[end] == '!')
		return HIGHLIGHT_NAME;
	return HIGHLIGHT_PLAIN;
}

static bool
word(struct scan *s)
{
	size_t end = s->at;
	bool first = s->first;
	enum highlight kind;

	if (!is_letter(peek(s, 0)) &&
	    !(peek(s, 0) == '$' && has(s, DOLLAR_WORD)) &&
	    !(peek(s, 0) == '.' && s->lang->types &&
		strstr(s->lang->types, ".PHONY")))
		return false;
	do
		end++;
	while (end < s->len && in_word(s, s->text[end]));
	if (has(s, QUERY))
		while (end < s->len && strchr("?!'", s->text[end]))
			end++;
	kind = word_kind(s, end, first);
	if (kind == HIGHLIGHT_PLAIN)
		s->at = end;
	else
		emit(s, end, kind);
	s->first = false;
	return true;
}

/* Lines of which all is one thing. */
static bool
whole_line(struct scan *s)
{
	size_t end;

	if (!s->first)
		return false;
	if (has(s, META_LINE) && peek(s, 0) == '#') {
		end = line_end(s, s->at);
		while (end > s->at && s->text[end - 1] == '\\' && end < s->len)
			end = line_end(s, end + 1);
		emit(s, end, HIGHLIGHT_META);
		return true;
	}
	if (has(s, SECTION) && peek(s, 0) == '[') {
		const char *p;

		end = line_end(s, s->at);
		p = memchr(s->text + s->at, ']', end - s->at);
		emit(s, p ? (size_t)(p - s->text) + 1 : end, HIGHLIGHT_NAME);
		return true;
	}
	return false;
}

static void
code(struct scan *s)
{
	while (s->at < s->len) {
		char c = peek(s, 0);

		if (c == '\n') {
			s->first = true;
			s->at++;
			continue;
		}
		if (c == ' ' || c == '\t' || c == '\r') {
			s->at++;
			continue;
		}
		if (whole_line(s) || comment(s) || tick(s) || string(s) ||
		    number(s) || sigil(s) || hash_colour(s) || word(s))
			continue;
		/* "- key: value" */
		s->first = s->first && has(s, LINE_KEY) && c == '-';
		s->at++;
	}
}

static void
diff_line(struct scan *s, size_t end)
{
	static const char *const heads[] = {"diff ", "index ", "--- ", "+++ ",
	    "Index: ", "new file", "deleted "};
	enum highlight kind = HIGHLIGHT_PLAIN;

	for (size_t i = 0; i < NITEMS(heads); i++)
		if (starts(s, heads[i], strlen(heads[i])))
			kind = HIGHLIGHT_NAME;
	if (kind == HIGHLIGHT_PLAIN && s->at < end)
		switch (peek(s, 0)) {
		case '@':
			kind = HIGHLIGHT_META;
			break;
		case '+':
		case '>':
			kind = HIGHLIGHT_INSERTED;
			break;
		case '-':
		case '<':
			kind = HIGHLIGHT_DELETED;
			break;
		}
	emit(s, end, kind);
}

/* "$ make": a command; other lines are what it printed. */
static void
console_line(struct scan *s, size_t end)
{
	size_t i = s->at;

	while (i < end && i - s->at < 80 && !strchr("$#%>", s->text[i]))
		i++;
	if (i + 1 < end && strchr("$#%>", s->text[i]) &&
	    s->text[i + 1] == ' ' &&
	    (i == s->at || memchr(s->text + s->at, '@', i - s->at) ||
		s->text[i - 1] == ')')) {
		emit(s, i + 1, HIGHLIGHT_META);
		s->at = i + 2;
		for (i = s->at; i < end && s->text[i] != ' ';)
			i++;
		emit(s, i, HIGHLIGHT_NAME);
	}
	s->at = end;
}

static void
lines(struct scan *s, void (*one)(struct scan *, size_t end))
{
	while (s->at < s->len) {
		one(s, line_end(s, s->at));
		s->at += s->at < s->len;
	}
}

static void
attributes(struct scan *s)
{
	while (s->at < s->len && peek(s, 0) != '>') {
		size_t end = s->at + 1;
		char c = peek(s, 0);

		if (c == '"' || c == '\'') {
			while (end < s->len && s->text[end] != c)
				end++;
			emit(s, end < s->len ? end + 1 : end, HIGHLIGHT_STRING);
		} else if (is_letter(c) || c == '@' || c == ':') {
			while (end < s->len &&
			       !strchr(" \t\r\n=>/\"'", s->text[end]))
				end++;
			emit(s, end, HIGHLIGHT_META);
		} else {
			s->at++;
		}
	}
}

/* To the end of what close closes. */
static void
upto(struct scan *s, const char *close, enum highlight kind)
{
	size_t n = strlen(close), i = s->at;

	while (i < s->len && (s->len - i < n || memcmp(s->text + i, close, n)))
		i++;
	emit(s, i < s->len ? i + n : i, kind);
}

static void
tag(struct scan *s)
{
	size_t end = s->at + 1;

	end += end < s->len && s->text[end] == '/';
	if (end == s->len || !is_letter(s->text[end])) {
		s->at++;
		return;
	}
	while (end < s->len && !strchr(" \t\r\n>/", s->text[end]))
		end++;
	emit(s, end, HIGHLIGHT_KEYWORD);
	attributes(s);
	if (s->at < s->len)
		emit(s, s->at + 1, HIGHLIGHT_KEYWORD);
}

static void
markup(struct scan *s)
{
	size_t end;

	while (s->at < s->len) {
		if (comment(s))
			continue;
		if (starts(s, "<?", 2)) {
			upto(s, "?>", HIGHLIGHT_META);
		} else if (starts(s, "<!", 2)) {
			upto(s, ">", HIGHLIGHT_META);
		} else if (starts(s, "{{", 2)) {
			upto(s, "}}", HIGHLIGHT_META);
		} else if (starts(s, "{%", 2)) {
			upto(s, "%}", HIGHLIGHT_META);
		} else if (peek(s, 0) == '<') {
			tag(s);
		} else if (peek(s, 0) == '&') {
			for (end = s->at + 1; end < s->len &&
					      end - s->at < 12 &&
					      (is_letter(s->text[end]) ||
						  is_digit(s->text[end]) ||
						  s->text[end] == '#');)
				end++;
			if (end < s->len && s->text[end] == ';')
				emit(s, end + 1, HIGHLIGHT_TYPE);
			else
				s->at++;
		} else {
			s->at++;
		}
	}
}

void
highlight(const struct language *lang, const char *text, size_t len,
    void (*run)(void *, size_t, enum highlight), void *arg)
{
	struct scan s = {.lang = lang,
	    .text = text,
	    .len = len,
	    .first = true,
	    .run = run,
	    .arg = arg};

	note_words(&s, lang->words);
	note_words(&s, lang->types);
	if (has(&s, DIFF))
		lines(&s, diff_line);
	else if (has(&s, PROMPT))
		lines(&s, console_line);
	else if (has(&s, MARKUP))
		markup(&s);
	else
		code(&s);
	emit(&s, len, HIGHLIGHT_PLAIN);
}

const struct language *
highlight_find(const char *name, size_t len)
{
	const char *p, *end;

	for (size_t i = 0; i < highlight_nlanguages; i++)
		for (p = highlight_languages[i].names; *p; p = end) {
			for (end = p; *end && *end != ' ';)
				end++;
			if ((size_t)(end - p) == len && len > 0) {
				size_t j = 0;

				while (j < len &&
				       p[j] == (name[j] >= 'A' && name[j] <= 'Z'
						       ? name[j] | 0x20
						       : name[j]))
					j++;
				if (j == len)
					return &highlight_languages[i];
			}
			end += *end == ' ';
		}
	return NULL;
}
