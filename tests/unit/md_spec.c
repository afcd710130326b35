/* SPDX-License-Identifier: ISC */
/*
 * CommonMark's own examples: the structure of the HTML that the specification
 * expects, against that of the lines that are made.  Both are told as lines of
 * "quotations items kind" and of runs of text with what is around them, so
 * blocks, their nesting, emphasis, code and addresses must be the same.  In
 * examples of raw HTML and of pictures the words alone are compared.
 */
#include "../test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "md.h"
#include "md_html_priv.h"
#include "md_priv.h"
#include "mem.h"

#define DEEP  32
#define FENCE "````````````````````````````````"

/* Examples that differ, and why. */
static const struct {
	int number;
	const char *why;
} departures[] = {
    {173, "md4c 0.4.8 takes Markdown in <textarea>"},
    /* Signs of currencies are punctuation since CommonMark 0.31. */
    {356, "md4c 0.4.8 and Goldmark have them as letters"},
    {631, "a browser shows the end of CDATA, which no page has"},
};

enum look { LOOK_STRONG = 1, LOOK_EM = 2, LOOK_CODE = 4 };

/* The tale of one side. */
struct tale {
	struct buf out;
	bool begun;      /* a line */
	int look;        /* of the run that is open */
	char link[1000]; /* and its address */
	bool run;
	bool blank; /* due before the next word */
};

static void
end_line(struct tale *t)
{
	if (t->begun)
		buf_putc(&t->out, '\n');
	t->begun = t->run = t->blank = false;
}

static void
begin_line(struct tale *t, int quotes, int items, const char *kind)
{
	end_line(t);
	buf_printf(&t->out, "q%d i%d %s", quotes, items, kind);
	t->begun = true;
}

static void
put(struct tale *t, int look, const char *link, const char *s, size_t len)
{
	if (!t->run || t->look != look || strcmp(t->link, link) != 0) {
		buf_printf(&t->out, " {%s%s%s%s%s}",
		    look & LOOK_STRONG ? "strong " : "",
		    look & LOOK_EM ? "em " : "",
		    look & LOOK_CODE ? "code " : "", *link ? "->" : "", link);
		t->run = true;
		t->look = look;
		snprintf(t->link, sizeof(t->link), "%s", link);
	}
	buf_add(&t->out, s, len);
}

/* Words with blanks run together; those at the ends of a line do not count. */
static void
put_words(struct tale *t, int look, const char *link, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (s[i] == ' ' || s[i] == '\n' || s[i] == '\t') {
			t->blank = t->run;
			continue;
		}
		if (t->blank)
			buf_putc(&t->out, '_');
		t->blank = false;
		put(t, look, link, s + i, 1);
	}
}

/* A line of code, its tabs as blanks. */
static void
put_code(struct tale *t, const char *s, size_t len)
{
	int column = 0, n;

	/* Blanks at the end of a line are not to be seen. */
	while (len > 0 && (s[len - 1] == ' ' || s[len - 1] == '\t'))
		len--;
	for (size_t i = 0; i < len; i++) {
		if (s[i] == '\t') {
			n = MD_TAB - column % MD_TAB;
			column += n;
			put(t, 0, "", "    ", (size_t)n);
		} else {
			column += (s[i] & 0xc0) != 0x80;
			put(t, 0, "", s + i, 1);
		}
	}
}

/* What an address stands for: browsers take é and %C3%A9 for the same. */
static void
decode_address(char *s)
{
	char *to = s, hex[3] = "";

	for (; *s; s++) {
		if (*s == '%' && s[1] && s[2]) {
			memcpy(hex, s + 1, 2);
			*to++ = (char)strtol(hex, NULL, 16);
			s += 2;
		} else {
			*to++ = *s;
		}
	}
	*to = '\0';
}

/* ---- of HTML */

struct html {
	struct tale *t;
	struct {
		bool ordered;
		int next;
	} lists[DEEP];
	int nlists, items, quotes;
	int strong, em, code;
	char link[1000];
	const char *kind; /* "p", "h1", "pre" */
	char bullets[200];
	bool pre;
	bool due; /* a line begins with the next text */
};

static bool
tag_is(const char *tag, const char *name)
{
	size_t n = strlen(name);

	return !strncmp(tag, name, n) &&
	       (tag[n] == '>' || tag[n] == ' ' || tag[n] == '\n');
}

static void
decode(struct buf *b, const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		const char *end =
		    s[i] == '&' ? memchr(s + i, ';', len - i) : NULL;

		if (end &&
		    md_entity_decode(b, s + i, (size_t)(end - (s + i)) + 1))
			i = (size_t)(end - s);
		else
			buf_putc(b, s[i]);
	}
}

static void
block(struct html *h, const char *kind)
{
	end_line(h->t);
	h->kind = kind;
	h->due = true;
}

static void
begin_due(struct html *h)
{
	char kind[300];

	if (!h->due && h->t->begun)
		return;
	snprintf(kind, sizeof(kind), "%s%s", h->bullets, h->kind);
	begin_line(h->t, h->quotes, h->items, kind);
	h->bullets[0] = '\0';
	h->due = false;
}

static void
item(struct html *h, bool close)
{
	char *b = h->bullets;
	size_t n = strlen(b);

	if (close) {
		if (*b) {
			block(h, "");
			begin_due(h);
		}
		block(h, "p");
		h->items--;
		return;
	}
	block(h, "p");
	h->items++;
	if (h->lists[h->nlists - 1].ordered)
		snprintf(b + n, sizeof(h->bullets) - n, "%d. ",
		    h->lists[h->nlists - 1].next++);
	else
		snprintf(b + n, sizeof(h->bullets) - n, "* ");
}

static void
list(struct html *h, const char *tag, bool close)
{
	const char *start = strstr(tag, "start=\"");

	block(h, "p");
	if (close) {
		h->nlists--;
		return;
	}
	assert_true(h->nlists < DEEP);
	h->lists[h->nlists].ordered = tag[0] == 'o';
	h->lists[h->nlists++].next =
	    start && start < strchr(tag, '>') ? atoi(start + 7) : 1;
}

static void
link_tag(struct html *h, const char *tag, bool close)
{
	struct buf b = {0};
	const char *href = strstr(tag, "href=\"");

	h->link[0] = '\0';
	if (close || !href || href > strchr(tag, '>'))
		return;
	decode(&b, href + 6, strcspn(href + 6, "\""));
	snprintf(h->link, sizeof(h->link), "%s", buf_text(&b));
	decode_address(h->link);
	buf_dispose(&b);
}

static void
on_tag(struct html *h, const char *tag)
{
	bool close = *tag == '/';
	int step = close ? -1 : 1;
	static const char *const headings[] = {
	    "h1", "h2", "h3", "h4", "h5", "h6"};

	tag += close;
	if (tag_is(tag, "p")) {
		block(h, "p");
	} else if (tag[0] == 'h' && tag[1] >= '1' && tag[1] <= '6') {
		block(h, close ? "p" : headings[tag[1] - '1']);
	} else if (tag_is(tag, "hr")) {
		block(h, "hr");
		begin_due(h);
		block(h, "p");
	} else if (tag_is(tag, "br")) {
		block(h, h->kind);
	} else if (tag_is(tag, "pre")) {
		if (close && h->due)
			begin_due(h); /* it is empty */
		block(h, close ? "p" : "pre");
		h->pre = !close;
	} else if (tag_is(tag, "blockquote")) {
		block(h, "p");
		h->quotes += step;
	} else if (tag_is(tag, "ul") || tag_is(tag, "ol")) {
		list(h, tag, close);
	} else if (tag_is(tag, "li")) {
		item(h, close);
	} else if (tag_is(tag, "strong")) {
		h->strong += step;
	} else if (tag_is(tag, "em")) {
		h->em += step;
	} else if (tag_is(tag, "code")) {
		h->code += h->pre ? 0 : step;
	} else if (tag_is(tag, "a")) {
		link_tag(h, tag, close);
	}
}

static void
html_text(struct html *h, const char *s, size_t len)
{
	struct buf b = {0};
	int look = (h->strong ? LOOK_STRONG : 0) | (h->em ? LOOK_EM : 0) |
		   (h->code ? LOOK_CODE : 0);
	const char *p, *end, *nl;

	decode(&b, s, len);
	p = buf_text(&b);
	end = p + b.len;
	for (; h->pre && p < end; p = nl + 1) {
		nl = memchr(p, '\n', (size_t)(end - p));
		if (!nl)
			nl = end;
		block(h, "pre");
		begin_due(h);
		put_code(h->t, p, (size_t)(nl - p));
	}
	if (!h->pre && strspn(p, " \n\t") < b.len) {
		begin_due(h);
		put_words(h->t, look, h->link, p, b.len);
	} else if (!h->pre) {
		put_words(h->t, look, h->link, p, b.len);
	}
	buf_dispose(&b);
}

static void
tell_html(struct tale *t, const char *s)
{
	struct html h = {.t = t, .kind = "p", .due = true};
	const char *lt;

	while (*s) {
		lt = strchr(s, '<');
		html_text(&h, s, lt ? (size_t)(lt - s) : strlen(s));
		if (!lt)
			break;
		on_tag(&h, lt + 1);
		s = strchr(lt, '>');
		if (!s)
			break;
		s++;
	}
	end_line(t);
}

/* ---- of lines */

struct lines {
	struct tale *t;
	const struct doc *d;
	int columns[DEEP]; /* where the text of the open items begins */
	int items;
};

static bool
is_code(const char *s, const struct md_span *v)
{
	return v->style == MD_RULE && v->len >= 3 && !memcmp(s + v->at, "▏", 3);
}

/* Bullets and numbers of items that begin at a column. */
static void
take_bullets(struct lines *l, const char *s, size_t len, int column, char *told,
    size_t room)
{
	const char *end = s + len, *p;

	while (l->items > 0 && l->columns[l->items - 1] > column)
		l->items--;
	for (; s < end; s = p) {
		size_t used = strlen(told);

		while (s < end && *s == ' ') {
			s++;
			column++;
		}
		if (s == end)
			break;
		for (p = s; p < end && *p != ' ';)
			p++;
		column += md_columns(s, (size_t)(p - s)) + 1;
		if (*s >= '0' && *s <= '9')
			snprintf(told + used, room - used, "%d. ", atoi(s));
		else
			snprintf(told + used, room - used, "* ");
		assert_true(l->items < DEEP);
		l->columns[l->items++] = column;
	}
}

/* What stands before the text of a line, and how deep that is. */
static size_t
prefix(struct lines *l, const char *s, const struct md_span *v, size_t n,
    int *quotes, char *bullets, size_t room)
{
	int column = 0;
	size_t k = 0;

	*quotes = 0;
	*bullets = '\0';
	for (; k < n; k++) {
		const char *text = s + v[k].at;
		size_t len = v[k].len, blanks = 0;

		while (blanks < len && text[blanks] == ' ')
			blanks++;
		if (v[k].style == MD_BULLET) {
			take_bullets(l, text, len, column, bullets, room);
		} else if (v[k].style == MD_QUOTE) {
			for (size_t i = 0; i + 3 <= len; i++)
				*quotes += !memcmp(text + i, "│", 3);
		} else if (blanks < len) {
			column += (int)blanks;
			break;
		}
		column += md_columns(text, len);
	}
	while (k < n && !*bullets && l->items > 0 &&
	       l->columns[l->items - 1] > column)
		l->items--;
	return k;
}

static void
tell_runs(struct lines *l, const char *s, const struct md_span *v, size_t n,
    bool mark)
{
	for (size_t k = 0; k < n; k++) {
		int look = (v[k].attr & MD_BOLD ? LOOK_STRONG : 0) |
			   (v[k].attr & MD_ITALIC ? LOOK_EM : 0) |
			   (v[k].style == MD_CODE ? LOOK_CODE : 0);

		char *link = xstrdup(
		    v[k].link >= 0 ? doc_link(l->d, (size_t)v[k].link) : "");

		/* The mark of a deep heading is no word. */
		size_t skip = mark && k == 0 ? 4 : 0;

		decode_address(link);
		put_words(
		    l->t, look, link, s + v[k].at + skip, v[k].len - skip);
		free(link);
	}
}

static int
heading_level(const struct doc *d, size_t line)
{
	int level = 0;

	for (size_t i = 0; i < doc_headings(d); i++)
		if (doc_heading(d, i, &level, NULL) == line)
			return level;
	return 0;
}

static void
tell_line(struct lines *l, size_t i, bool *ruled)
{
	size_t len, n, k;
	const char *s = doc_line(l->d, i, &len);
	const struct md_span *v = doc_spans(l->d, i, &n);
	char bullets[200], kind[300];
	int quotes, level = heading_level(l->d, i);
	bool rule = *ruled;

	k = prefix(l, s, v, n, &quotes, bullets, sizeof(bullets));
	*ruled = level == 1 || level == 2;
	if (k == n && !*bullets)
		return;
	if (k < n && v[k].style == MD_RULE && !is_code(s, &v[k]) && rule)
		return; /* below a heading */
	snprintf(kind, sizeof(kind), "%s%s", bullets,
	    k == n                  ? ""
	    : is_code(s, &v[k])     ? "pre"
	    : v[k].style == MD_RULE ? "hr"
	    : level                 ? "h"
				    : "p");
	if (level)
		snprintf(kind + strlen(kind), 4, "%d", level);
	begin_line(l->t, quotes, l->items, kind);
	if (k < n && is_code(s, &v[k])) {
		/* Behind the bar and a blank. */
		size_t at = v[k].at + 4 < len ? v[k].at + 4 : len;

		put_code(l->t, s + at, len - at);
	} else if (k < n && v[k].style != MD_RULE) {
		tell_runs(l, s, v + k, n - k, level > 2);
	}
}

static void
tell_lines(struct tale *t, const struct doc *d)
{
	struct lines l = {.t = t, .d = d};
	bool ruled = false;

	for (size_t i = 0; i < doc_lines(d); i++)
		tell_line(&l, i, &ruled);
	end_line(t);
}

/* ---- examples */

struct example {
	int number;
	struct buf markdown, html;
};

/* Raw HTML and pictures: elements that Markdown alone makes none of. */
static bool
is_foreign(const char *html)
{
	static const char *const own[] = {"p", "h1", "h2", "h3", "h4", "h5",
	    "h6", "hr", "br", "pre", "code", "blockquote", "ul", "ol", "li",
	    "strong", "em", "a"};
	size_t i;

	for (const char *s = html; (s = strchr(s, '<')); s++) {
		const char *tag = s + 1 + (s[1] == '/');

		for (i = 0; i < NITEMS(own) && !tag_is(tag, own[i]); i++)
			continue;
		if (i == NITEMS(own) ||
		    (tag_is(s + 1, "a") && strncmp(s + 3, "href", 4) != 0))
			return true;
	}
	return false;
}

/* The words of HTML, alternative text too, are in the lines, in order. */
static bool
has_words(const char *html, const struct doc *d)
{
	struct buf want = {0}, text = {0}, got = {0};
	const char *at, *word, *alt;
	bool all = true;
	size_t n;

	for (const char *s = html; *s; s++) {
		if (*s != '<') {
			buf_putc(&want, *s);
			continue;
		}
		alt = tag_is(s + 1, "img") ? strstr(s, "alt=\"") : NULL;
		buf_putc(&want, ' ');
		if (alt)
			buf_add(&want, alt + 5, strcspn(alt + 5, "\""));
		if (!strncmp(s, "<script", 7) || !strncmp(s, "<style", 6))
			break;
		s += md_html_skip(s, strlen(s)) - 1;
	}
	for (size_t i = 0; i < doc_lines(d); i++) {
		size_t len;
		const char *s = doc_line(d, i, &len);

		buf_add(&got, s, len);
		buf_putc(&got, ' ');
	}
	at = buf_text(&got);
	decode(&text, buf_text(&want), want.len);
	for (word = buf_text(&text); *word && all; word += n) {
		char *one;

		n = strspn(word, " \n\t");
		word += n;
		n = strcspn(word, " \n\t");
		one = xstrndup(word, n);
		at = strstr(at, one);
		all = at != NULL;
		at = all ? at + n : "";
		free(one);
	}
	buf_dispose(&want);
	buf_dispose(&text);
	buf_dispose(&got);
	return all;
}

static bool
is_departure(int number)
{
	for (size_t i = 0; i < NITEMS(departures); i++)
		if (departures[i].number == number)
			return true;
	return false;
}

/* Is it as the specification has it? */
static bool
try(const struct example *e)
{
	struct md_options opt = {.width = 2000,
	    .unsafe = true,
	    .no_tables = true,
	    .no_strikethrough = true,
	    .no_tasks = true};
	struct tale want = {0}, got = {0};
	struct err err;
	struct doc *d =
	    md_render(buf_text(&e->markdown), e->markdown.len, &opt, &err);
	bool same;

	assert_non_null(d);
	tell_html(&want, buf_text(&e->html));
	tell_lines(&got, d);
	same = is_foreign(buf_text(&e->html))
		   ? has_words(buf_text(&e->html), d)
		   : !strcmp(buf_text(&want.out), buf_text(&got.out));
	if (!same && !is_departure(e->number))
		fprintf(stderr, "example %d:\n%swant:\n%sgot:\n%s", e->number,
		    buf_text(&e->markdown), buf_text(&want.out),
		    buf_text(&got.out));
	doc_free(d);
	buf_dispose(&want.out);
	buf_dispose(&got.out);
	return same;
}

/* The next example of the specification at *s; false: there is none. */
static bool
next(const char **s, struct example *e)
{
	const char *start = strstr(*s, FENCE " example\n"), *dot, *end;

	if (!start)
		return false;
	start += strlen(FENCE " example\n");
	dot = start[0] == '.' && start[1] == '\n' ? start
						  : strstr(start, "\n.\n") + 1;
	end = strstr(dot, FENCE);
	e->number++;
	buf_clear(&e->markdown);
	buf_clear(&e->html);
	for (const char *p = start; p < end; p++) {
		struct buf *b = p < dot ? &e->markdown : &e->html;

		if (!strncmp(p, "→", 3)) {
			buf_putc(b, '\t');
			p += 2;
		} else if (p != dot && p != dot + 1) {
			buf_putc(b, *p);
		}
	}
	*s = end + strlen(FENCE);
	return true;
}

static void
renders_the_examples(void **state)
{
	char *spec = test_read(test_corpus("commonmark/spec.txt"));
	const char *s = spec;
	struct example e = {0};
	int wrong = 0;

	(void)state;
	while (next(&s, &e)) {
		bool good = try(&e);

		/* One that differs no longer is to be taken off the list. */
		if (good && is_departure(e.number))
			fprintf(stderr, "example %d is good\n", e.number);
		wrong += good == is_departure(e.number);
	}
	assert_int_equal(wrong, 0);
	assert_true(e.number > 600);
	buf_dispose(&e.markdown);
	buf_dispose(&e.html);
	free(spec);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(renders_the_examples),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
