/* SPDX-License-Identifier: ISC */
/* The words and links of a rendered post, and which of its bytes they are. */
#include "docview_index.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "md.h"
#include "mem.h"
#include "text.h"

/* A line, taken apart. */
enum piece {
	PIECE_NONE,
	PIECE_WORD,
	PIECE_BLANK, /* between two words */
	PIECE_END,   /* something drawn is between them */
};

struct pieces {
	const char *line;
	const struct md_span *spans;
	size_t n, i, at; /* the span, and where in it */
	bool begun;      /* there was a word */
	enum piece between;
	const char *s; /* the word */
	size_t len;
};

/* Is it only drawn? */
static bool
is_drawn(const struct md_span *s)
{
	return s->style == MD_RULE || s->style == MD_QUOTE ||
	       s->style == MD_BULLET;
}

static void
pieces_init(struct pieces *p, const struct doc *d, size_t line)
{
	size_t len;

	*p = (struct pieces){.line = doc_line(d, line, &len)};
	p->spans = doc_spans(d, line, &p->n);
}

/* The next word is at s; what was between goes before it. */
static enum piece
take_word(struct pieces *p, const char *s, size_t len)
{
	enum piece between = p->between;
	const char *end = memchr(s, ' ', len);

	p->between = PIECE_NONE;
	if (between != PIECE_NONE)
		return between;
	p->begun = true;
	p->s = s;
	p->len = end ? (size_t)(end - s) : len;
	p->at += p->len;
	return PIECE_WORD;
}

static enum piece
next_piece(struct pieces *p)
{
	while (p->i < p->n) {
		const struct md_span *span = &p->spans[p->i];
		const char *s = p->line + span->at + p->at;
		size_t left = span->len - p->at, blanks = 0;

		if (is_drawn(span)) {
			if (p->begun)
				p->between = PIECE_END;
			left = 0;
		}
		while (blanks < left && s[blanks] == ' ')
			blanks++;
		if (blanks > 0 && p->begun && p->between == PIECE_NONE)
			p->between = PIECE_BLANK;
		p->at += blanks;
		if (blanks < left)
			return take_word(p, s + blanks, left - blanks);
		p->i++;
		p->at = 0;
	}
	return PIECE_NONE;
}

/* What is drawn around the words of a line. */
struct frame {
	unsigned bars;         /* before them */
	bool bullet, bar_last; /* an item begins; a bar ends the line */
	bool inside;           /* something is drawn between them */
	bool head;             /* words of the header */
	bool words;            /* there are some */
};

static struct frame
frame_of(const struct doc *d, size_t line)
{
	struct frame f = {0};
	size_t n, len;
	const struct md_span *s = doc_spans(d, line, &n);
	const char *text = doc_line(d, line, &len);

	for (size_t i = 0; i < n; i++) {
		const char *blank = text + s[i].at;
		size_t k = 0;

		if (is_drawn(&s[i])) {
			f.inside = f.inside || f.bar_last;
			f.bar_last = f.words && s[i].style == MD_RULE;
			f.bars += !f.words && s[i].style == MD_RULE;
			f.bullet |= !f.words && s[i].style == MD_BULLET;
			continue;
		}
		while (k < s[i].len && blank[k] == ' ')
			k++;
		if (k == s[i].len)
			continue;
		f.inside = f.inside || f.bar_last;
		f.bar_last = false;
		f.words = true;
		f.head |= s[i].style == MD_TITLE || s[i].style == MD_FACT ||
			  s[i].style == MD_BADGE;
	}
	return f;
}

/*
 * Do the words of a line go on from those before?  So does a paragraph, the
 * text in a box, and a line of code that was cut, which has two bars.
 */
static bool
goes_on(const struct frame *before, const struct frame *f)
{
	if (!before->words || (f->bullet && f->bars == 0))
		return false;
	if (f->bars == 0)
		return before->bars == 0 && !before->bar_last;
	if (f->bars > 1)
		return !f->bar_last && !f->inside;
	return f->bar_last && !f->inside && before->bars == 1 &&
	       before->bar_last && !before->inside;
}

static bool
is_ascii(const char *s, size_t len)
{
	unsigned char all = 0;

	for (size_t i = 0; i < len; i++)
		all |= (unsigned char)s[i];
	return all < 0x80;
}

static void
add_folded(struct buf *to, const char *s, size_t len)
{
	char *out, *folded;

	if (!is_ascii(s, len)) {
		folded = text_fold(s, len);
		buf_puts(to, folded);
		free(folded);
		return;
	}
	out = buf_space(to, len);
	for (size_t i = 0; i < len; i++)
		out[i] = (char)(s[i] | ((s[i] >= 'A' && s[i] <= 'Z') << 5));
	buf_filled(to, len);
}

static void
add_line(struct buf *words, const struct doc *d, size_t line)
{
	struct pieces p;
	enum piece piece;

	pieces_init(&p, d, line);
	while ((piece = next_piece(&p)) != PIECE_NONE)
		if (piece == PIECE_WORD)
			add_folded(words, p.s, p.len);
		else
			buf_putc(
			    words, piece == PIECE_BLANK ? ' ' : DOCVIEW_END);
}

static void
add_links(struct docview_index *x, const struct doc *d)
{
	size_t n, nlinks = doc_links(d);
	uint32_t *seen = xcalloc(nlinks + 1, sizeof(*seen));

	x->links = xcalloc(nlinks + 1, sizeof(*x->links));
	for (size_t i = 0; i < x->nlines && nlinks > 0; i++) {
		const struct md_span *s = doc_spans(d, i, &n);

		for (size_t k = 0; k < n; k++) {
			int link = s[k].link;

			if (link < 0 || (size_t)link >= nlinks)
				continue;
			if (!seen[link]) {
				x->links[x->nlinks++] = (struct docview_link){
				    link, (uint32_t)i, (uint32_t)i};
				seen[link] = (uint32_t)x->nlinks;
			}
			x->links[seen[link] - 1].last = (uint32_t)i;
		}
	}
	free(seen);
}

struct docview_index *
docview_index_make(const struct doc *d)
{
	struct docview_index *x = xcalloc(1, sizeof(*x));
	struct frame before = {0}, f;
	struct buf words = {0};
	bool head = true;

	x->nlines = doc_lines(d);
	x->start = xcalloc(x->nlines + 1, sizeof(*x->start));
	for (size_t i = 0; i < x->nlines; i++) {
		x->start[i] = (uint32_t)words.len;
		f = frame_of(d, i);
		if (f.words && words.len > 0)
			buf_putc(&words,
			    goes_on(&before, &f) ? DOCVIEW_WRAP : DOCVIEW_END);
		if (f.words)
			add_line(&words, d, i);
		head = head && (f.head || !f.words);
		if (head)
			x->body = words.len;
		before = f;
	}
	x->start[x->nlines] = (uint32_t)words.len;
	x->len = words.len;
	x->words = buf_steal(&words);
	add_links(x, d);
	return x;
}

void
docview_index_free(struct docview_index *x)
{
	if (!x)
		return;
	free(x->words);
	free(x->start);
	free(x->links);
	free(x);
}

size_t
docview_index_line(const struct docview_index *x, size_t at)
{
	size_t low = 0, high = x->nlines;

	/* The last one that begins at or before it. */
	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (x->start[mid] <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low > 0 ? low - 1 : 0;
}

/* The bytes of a word that stand for what is from at to end, in its folded
 * form, which begins at *pos and is passed over. */
static bool
word_bytes(const char *s, size_t len, size_t *pos, size_t at, size_t end,
    size_t *from, size_t *to)
{
	bool any = false;
	size_t n;

	if (is_ascii(s, len)) {
		size_t start = *pos;

		*pos += len;
		*from = at > start ? at - start : 0;
		*to = end < *pos ? end - start : len;
		return start<end && * pos> at;
	}
	for (size_t i = 0; i < len; i += n) {
		char *one;
		size_t was = *pos;

		n = text_next(s + i, len - i);
		one = text_fold(s + i, n);
		*pos += strlen(one);
		free(one);
		if (was >= end || *pos <= at)
			continue;
		if (!any)
			*from = i;
		*to = i + n;
		any = true;
	}
	return any;
}

bool
docview_index_bytes(const struct docview_index *x, const struct doc *d,
    size_t line, size_t at, size_t end, size_t *from, size_t *to)
{
	size_t pos = x->start[line], first, last;
	bool any = false;
	enum piece piece;
	struct pieces p;

	if (end <= pos || at >= x->start[line + 1])
		return false;
	/* What parts it from the words before. */
	pos += pos > 0;
	pieces_init(&p, d, line);
	while ((piece = next_piece(&p)) != PIECE_NONE && pos < end) {
		if (piece != PIECE_WORD) {
			pos++;
			continue;
		}
		if (!word_bytes(p.s, p.len, &pos, at, end, &first, &last))
			continue;
		if (!any)
			*from = (size_t)(p.s - p.line) + first;
		*to = (size_t)(p.s - p.line) + last;
		any = true;
	}
	return any;
}
