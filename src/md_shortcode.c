/* SPDX-License-Identifier: ISC */
/*
 * Hugo's shortcodes, taken out of the body before Markdown is parsed, as Hugo
 * does: each becomes one private character (plane 16), which is no Markdown
 * anywhere, and the tree puts back what is fit for the place: a box, a label in
 * a line, or in code and addresses the source itself.  A character of that
 * plane in the body is taken out like a shortcode, so none is ever mistaken.
 */
#include "md_priv.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

/* How many open shortcodes a closing one is compared with. */
#define PAIR_LIMIT   64
#define FIGURE_BYTES 10000 /* of a figure's caption */

struct scan {
	struct md_shortcodes *codes;
	const char *s;
	size_t len;
	size_t taken;                   /* copied up to here */
	size_t spent;                   /* bytes looked at in vain */
	size_t limit;                   /* of them */
	bool high;                      /* there are characters of plane 16 */
	struct md_addresses *addresses; /* NULL: they stay */
};

/* Shortcodes whose content is not Markdown. */
static const char *const raw_names[] = {
    "highlight", "mermaid", "katex", "math", "raw", "chart", "goat"};

void
md_shortcodes_dispose(struct md_shortcodes *c)
{
	free(c->v);
	buf_dispose(&c->body);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool
is_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' ||
	       c == '/' || (c & 0x80);
}

static bool
name_is(const struct md_code *c, const char *name)
{
	return c->nname == strlen(name) && !memcmp(c->name, name, c->nname);
}

/* Skip a string in quotes from i; len when it does not end. */
static size_t
skip_quoted(const char *s, size_t len, size_t i)
{
	char q = s[i++];

	for (; i < len; i++) {
		if (q == '"' && s[i] == '\\' && i + 1 < len)
			i++;
		else if (s[i] == q)
			return i + 1;
	}
	return len;
}

/* The offset after ">}}" or "%}}" from i; *end: where the arguments end. */
static size_t
find_end(const char *s, size_t len, size_t i, char sign, size_t *end)
{
	while (i < len) {
		if (s[i] == '"' || s[i] == '`') {
			i = skip_quoted(s, len, i);
		} else if (s[i] == sign && i + 2 < len && s[i + 1] == '}' &&
			   s[i + 2] == '}') {
			*end = i;
			return i + 3;
		} else {
			i++;
		}
	}
	return 0;
}

/* A shortcode in comment signs: bytes of it, or 0. */
static size_t
take_comment(struct scan *sc, size_t at, struct md_code *c)
{
	const char *s = sc->s + at;
	const char *end = s[2] == '<' ? "*/>}}" : "*/%}}";
	size_t left = sc->len - at;

	for (size_t i = 5; i + 5 <= left; i++) {
		if (s[i] != '*' || memcmp(s + i, end, 5) != 0)
			continue;
		c->kind = CODE_LITERAL;
		c->src = s;
		c->len = i + 5;
		c->inner = s + 5;
		c->ninner = i - 5;
		return i + 5;
	}
	sc->spent += left;
	return 0;
}

/* The shortcode at offset at: bytes of it, or 0. */
static size_t
take_one(struct scan *sc, size_t at, struct md_code *c)
{
	const char *s = sc->s;
	char sign = s[at + 2] == '<' ? '>' : '%';
	size_t i = at + 3, end = 0, next;

	if (i + 1 < sc->len && s[i] == '/' && s[i + 1] == '*')
		return take_comment(sc, at, c);
	while (i < sc->len && is_blank(s[i]))
		i++;
	c->kind = CODE_SINGLE;
	if (i < sc->len && s[i] == '/') {
		c->kind = CODE_CLOSE;
		for (i++; i < sc->len && is_blank(s[i]);)
			i++;
	}
	c->name = s + i;
	while (i < sc->len && is_name(s[i]))
		i++;
	c->nname = (size_t)(s + i - c->name);
	if (c->nname == 0)
		return 0;
	next = find_end(s, sc->len, i, sign, &end);
	if (next == 0) {
		sc->spent += sc->len - at;
		return 0;
	}
	while (i < end && is_blank(s[i]))
		i++;
	while (end > i && is_blank(s[end - 1]))
		end--;
	if (end > i && s[end - 1] == '/')
		end--;
	while (end > i && is_blank(s[end - 1]))
		end--;
	c->args = s + i;
	c->nargs = end - i;
	c->src = s + at;
	c->len = next - at;
	return c->len;
}

static bool
is_plane_16(const char *s)
{
	return (unsigned char)s[0] == 0xf4 && (unsigned char)s[1] < 0x90 &&
	       (s[1] & 0xc0) == 0x80 && (s[2] & 0xc0) == 0x80 &&
	       (s[3] & 0xc0) == 0x80;
}

/* The next "{{" with a sign, or a character of plane 16, from i. */
static size_t
find_start(const struct scan *sc, size_t i)
{
	const char *s = sc->s, *p;

	for (; i + 3 < sc->len; i++) {
		if (!sc->high) {
			p = memchr(s + i, '{', sc->len - i - 3);
			if (!p)
				break;
			i = (size_t)(p - s);
		}
		if (s[i] == '{' && s[i + 1] == '{' &&
		    (s[i + 2] == '<' || s[i + 2] == '%'))
			return i;
		if (is_plane_16(s + i))
			return i;
	}
	return sc->len;
}

/* Take in what stands between c and its closing shortcode. */
static size_t
take_inner(struct scan *sc, size_t at, struct md_code *c)
{
	size_t i = at + c->len, n;
	struct md_code close = {0};

	while (sc->spent <= sc->limit && (i = find_start(sc, i)) < sc->len) {
		if (sc->s[i] == '{' && (n = take_one(sc, i, &close)) > 0 &&
		    close.kind == CODE_CLOSE && close.nname == c->nname &&
		    !memcmp(close.name, c->name, c->nname)) {
			c->kind = CODE_RAW;
			c->inner = c->src + c->len;
			c->ninner = (size_t)(sc->s + i - c->inner);
			c->len = i + n - at;
			return c->len;
		}
		i++;
	}
	sc->spent += sc->len - at;
	return c->len;
}

static void
find_open(struct md_shortcodes *codes, struct md_code *close)
{
	size_t seen = 0;

	for (size_t i = codes->n; i > 0 && seen < PAIR_LIMIT; i--, seen++) {
		struct md_code *c = &codes->v[i - 1];

		if (c->kind != CODE_SINGLE || c->nname != close->nname ||
		    memcmp(c->name, close->name, c->nname) != 0)
			continue;
		c->kind = CODE_OPEN;
		c->matched = close->matched = true;
		return;
	}
}

/*
 * A closing shortcode that begins its line ends the list, table or quotation
 * above: an empty line is put before it.
 */
static void
end_block(struct scan *sc, size_t at)
{
	size_t line = at;

	while (line > sc->taken &&
	       (sc->s[line - 1] == ' ' || sc->s[line - 1] == '\t'))
		line--;
	if (line <= sc->taken || sc->s[line - 1] != '\n')
		return;
	buf_add(&sc->codes->body, sc->s + sc->taken, line - sc->taken);
	buf_putc(&sc->codes->body, '\n');
	sc->taken = line;
}

/* A character that would begin a block where it begins a line. */
static bool
begins_block(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && s[n] >= '0' && s[n] <= '9')
		n++;
	if (n > 0)
		return false;
	return len > 0 && (strchr("-+#>=:|~{", *s) ||
			      (len > 1 && *s == '*' && is_blank(s[1])));
}

/* An argument of a figure as Markdown, on a line of its own. */
static void
add_words(struct buf *b, const char *s, size_t len, const char *around)
{
	buf_puts(b, around);
	if (!*around && begins_block(s, len))
		buf_putc(b, '\\');
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\\' && i + 1 < len && s[i + 1] == '"')
			continue;
		if (*around && strchr("\\*_`[]<&", s[i]))
			buf_putc(b, '\\');
		buf_putc(b, s[i] == '\n' || s[i] == '\r' ? ' ' : s[i]);
	}
	buf_puts(b, around);
}

/* The words of a figure follow it, on the lines below, as Hugo has them. */
static void
add_caption(struct scan *sc, const struct md_code *c)
{
	static const char *const names[] = {"title", "caption", "attr"};
	struct buf *b = &sc->codes->body;
	const char *v, *link;
	size_t n, nlink;

	for (size_t i = 0; i < NITEMS(names); i++) {
		if (!md_shortcode_arg(c, names[i], -1, &v, &n) || n == 0 ||
		    n > FIGURE_BYTES)
			continue;
		buf_puts(b, i == 2 ? " " : "\n");
		if (i == 2 &&
		    md_shortcode_arg(c, "attrlink", -1, &link, &nlink)) {
			buf_putc(b, '[');
			add_words(b, v, n, "");
			buf_puts(b, "](<");
			buf_add(b, link, nlink);
			buf_puts(b, ">)");
		} else {
			add_words(b, v, n, i == 0 ? "**" : "");
		}
		if (i == 0)
			buf_puts(b, "\\");
	}
}

static void
add(struct scan *sc, size_t at, struct md_code *c)
{
	struct md_shortcodes *codes = sc->codes;
	uint32_t cp = MD_CODE_FIRST + (uint32_t)codes->n;
	char mark[4] = {
	    (char)(0xf0 | cp >> 18),
	    (char)(0x80 | (cp >> 12 & 0x3f)),
	    (char)(0x80 | (cp >> 6 & 0x3f)),
	    (char)(0x80 | (cp & 0x3f)),
	};

	if (c->kind == CODE_CLOSE)
		find_open(codes, c);
	if (c->kind == CODE_CLOSE && !c->matched)
		c->kind = CODE_SINGLE;
	if (c->kind == CODE_CLOSE)
		end_block(sc, at);
	codes->v = xgrow(codes->v, codes->n, &codes->cap, sizeof(*c));
	codes->v[codes->n++] = *c;
	buf_add(&codes->body, sc->s + sc->taken, at - sc->taken);
	buf_add(&codes->body, mark, sizeof(mark));
	sc->taken = at + c->len;
	if (c->kind == CODE_SINGLE && name_is(c, "figure"))
		add_caption(sc, c);
}

/* One in comment signs is its text without them, as Markdown has it. */
static void
add_literal(struct scan *sc, size_t at, const struct md_code *c)
{
	struct buf *b = &sc->codes->body;

	buf_add(b, sc->s + sc->taken, at - sc->taken);
	buf_add(b, c->src, 3);
	buf_add(b, c->inner, c->ninner);
	buf_add(b, c->src + c->len - 3, 3);
	sc->taken = at + c->len;
}

static size_t
take(struct scan *sc, size_t at)
{
	struct md_code c = {0};
	size_t n;

	if (sc->s[at] != '{') {
		c.kind = CODE_LITERAL;
		c.src = sc->s + at;
		c.len = n = 4;
	} else {
		n = take_one(sc, at, &c);
		if (n == 0)
			return 1;
		for (size_t i = 0;
		     c.kind == CODE_SINGLE && i < NITEMS(raw_names); i++)
			if (name_is(&c, raw_names[i]))
				n = take_inner(sc, at, &c);
	}
	if (c.kind == CODE_LITERAL && c.inner)
		add_literal(sc, at, &c);
	else
		add(sc, at, &c);
	return n;
}

/* The bare address, if there is one, before the shortcode at i. */
static void
take_addresses(struct scan *sc, size_t i)
{
	struct md_code c;
	const char *s, *end = sc->s + i;

	while (sc->codes->n < MD_CODE_MAX) {
		s = md_address_find(
		    sc->addresses, sc->s, sc->s + sc->taken, end, &c);
		if (s == end)
			break;
		add(sc, (size_t)(s - sc->s), &c);
	}
}

bool
md_shortcodes_take(struct md_shortcodes *codes, const char *body, size_t len,
    const struct md_options *opt)
{
	struct md_addresses addresses;
	struct scan sc = {
	    .codes = codes,
	    .s = body,
	    .len = len,
	    .limit = 8 * len + 65536,
	    .high = len > 0 && memchr(body, 0xf4, len),
	    .addresses = opt ? &addresses : NULL,
	};
	size_t i = 0;

	if (opt)
		md_address_begin(&addresses, opt, body);
	memset(codes, 0, sizeof(*codes));
	while ((i = find_start(&sc, i)) < len) {
		if (codes->n >= MD_CODE_MAX || sc.spent > sc.limit)
			break;
		if (sc.addresses)
			take_addresses(&sc, i);
		i += take(&sc, i);
	}
	if (sc.addresses)
		take_addresses(&sc, len);
	if (sc.taken == 0)
		return false;
	buf_add(&codes->body, body + sc.taken, len - sc.taken);
	return true;
}

const struct md_code *
md_shortcodes_at(const struct md_shortcodes *codes, const char *s, size_t len)
{
	const unsigned char *p = (const unsigned char *)s;
	uint32_t cp;

	if (len < 4 || !is_plane_16(s))
		return NULL;
	cp = (uint32_t)(p[0] & 7) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
	     (uint32_t)(p[2] & 0x3f) << 6 | (uint32_t)(p[3] & 0x3f);
	if (cp < MD_CODE_FIRST || cp - MD_CODE_FIRST >= codes->n)
		return NULL;
	return &codes->v[cp - MD_CODE_FIRST];
}

void
md_shortcode_text(const struct md_code *c, struct buf *b)
{
	text_clean(b, c->src, c->len);
}

/* One argument from *at: its name (may be empty) and value. */
static bool
next_arg(const struct md_code *c, size_t *at, const char **name, size_t *nname,
    const char **value, size_t *nvalue)
{
	const char *s = c->args;
	size_t i = *at, len = c->nargs, start;

	while (i < len && is_blank(s[i]))
		i++;
	if (i >= len)
		return false;
	*name = s + i;
	*nname = 0;
	start = i;
	while (i < len && is_name(s[i]))
		i++;
	if (i > start && i < len && s[i] == '=') {
		*nname = i - start;
		start = ++i;
	} else {
		i = start;
	}
	if (i < len && (s[i] == '"' || s[i] == '`')) {
		i = skip_quoted(s, len, i);
		*value = s + start + 1;
		*nvalue = i - start > 1 ? i - start - 2 : 0;
	} else {
		while (i < len && !is_blank(s[i]))
			i++;
		*value = s + start;
		*nvalue = i - start;
	}
	*at = i;
	return true;
}

bool
md_shortcode_arg(const struct md_code *c, const char *name, int pos,
    const char **value, size_t *len)
{
	const char *n;
	size_t at = 0, nn;
	int i = 0;

	while (next_arg(c, &at, &n, &nn, value, len)) {
		if (name ? nn == strlen(name) && !memcmp(n, name, nn)
			 : nn == 0 && i == pos)
			return true;
		i++;
	}
	return false;
}
