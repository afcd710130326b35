/* SPDX-License-Identifier: ISC */
/*
 * Searching the words of a rendered post, and finding a place in them again
 * after the page was wrapped anew or has changed.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "docview_index.h"
#include "mem.h"
#include "text.h"

char *
docview_index_needle(const char *text)
{
	char *folded = text_fold(text, strlen(text));
	struct buf b = {0};

	for (const char *s = folded; *s; s++)
		if (*s != ' ' || b.len == 0 || b.data[b.len - 1] != ' ')
			buf_putc(&b, *s);
	free(folded);
	return buf_steal(&b);
}

/* The bytes of words that needle is found as, 0: it is not. */
static size_t
match(const char *words, const char *needle)
{
	const char *s = words;

	for (; *needle; s++) {
		if (*s == *needle)
			needle++;
		else if (*s != DOCVIEW_WRAP)
			return 0;
		else if (*needle == ' ')
			needle++;
	}
	return (size_t)(s - words);
}

/* What is behind a blank begins a word. */
static bool
begins_word(const struct docview_index *x, const char *s)
{
	return s == x->words || s[-1] == ' ' || s[-1] == DOCVIEW_WRAP ||
	       s[-1] == DOCVIEW_END;
}

struct docview_match *
docview_index_find(const struct docview_index *x, const char *needle, size_t *n)
{
	const char *s = x->words, *end = x->words + x->len;
	bool word = *needle == ' ';
	struct docview_match *v = NULL;
	size_t cap = 0, len;

	*n = 0;
	needle += word;
	if (!*needle)
		return NULL;
	while (s < end && (s = memchr(s, *needle, (size_t)(end - s)))) {
		len = word && !begins_word(x, s) ? 0 : match(s, needle);
		if (len == 0) {
			s++;
			continue;
		}
		v = xgrow(v, *n, &cap, sizeof(*v));
		v[(*n)++] = (struct docview_match){
		    (uint32_t)(s - x->words), (uint32_t)len};
		s += len;
	}
	return v;
}

/* Blanks are where lines are wrapped and where they are not. */
static size_t
skip_blanks(const struct docview_index *x, size_t at)
{
	while (at < x->len && (unsigned char)x->words[at] <= ' ')
		at++;
	return at;
}

static size_t
skip_back(const struct docview_index *x, size_t at, size_t least)
{
	while (at > least && (unsigned char)x->words[at - 1] <= ' ')
		at--;
	return at;
}

/* How far they are alike from these places on; the end of what is, in *j, too.
 * Not further than to stop. */
static size_t
alike(const struct docview_index *a, size_t i, size_t stop,
    const struct docview_index *b, size_t *j)
{
	size_t k = *j;

	for (;;) {
		i = skip_blanks(a, i);
		k = skip_blanks(b, k);
		if (i >= stop || k >= b->len || a->words[i] != b->words[k])
			break;
		i++;
		k++;
	}
	*j = k;
	return i;
}

bool
docview_index_compare(struct docview_change *c, const struct docview_index *old,
    const struct docview_index *new)
{
	size_t i, k, head = new->body;

	*c = (struct docview_change){.old = old, .new = new};
	/* The header tells of the body; it has changed only where that has
	 * not. */
	c->new_from = new->body;
	c->from = alike(old, old->body, old->len, new, &c->new_from);
	i = old->len;
	k = new->len;
	for (;;) {
		i = skip_back(old, i, c->from);
		k = skip_back(new, k, c->new_from);
		if (i <= c->from || k <= c->new_from ||
		    old->words[i - 1] != new->words[k - 1])
			break;
		i--;
		k--;
	}
	c->to = i;
	c->new_to = k;
	if (c->from < c->to || c->new_from < c->new_to)
		return true;
	head = 0;
	i = alike(old, 0, old->body, new, &head);
	if (i >= old->body && head >= new->body)
		return false;
	c->from = c->to = old->body;
	c->new_from = c->new_to = new->body;
	return true;
}

/* Is what is in old at a place, n signs of it, in new at another? */
static bool
same_here(const struct docview_change *c, size_t at, size_t k, size_t n)
{
	for (; n > 0; n--, at++, k++) {
		at = skip_blanks(c->old, at);
		k = skip_blanks(c->new, k);
		if (at >= c->old->len || k >= c->new->len ||
		    c->old->words[at] != c->new->words[k])
			return false;
	}
	return true;
}

/* The nearest place of new within what changed that has the same n signs;
 * SIZE_MAX: none has. */
static size_t
nearest(const struct docview_change *c, size_t at, size_t guess, size_t n)
{
	const char *words = c->new->words, *s = words + c->new_from;
	const char *end = words + c->new_to;
	size_t best = SIZE_MAX, least = SIZE_MAX;

	at = skip_blanks(c->old, at);
	if (at >= c->old->len)
		return SIZE_MAX;
	for (; s < end; s++) {
		size_t k, far;

		s = memchr(s, c->old->words[at], (size_t)(end - s));
		if (!s)
			break;
		k = (size_t)(s - words);
		far = k > guess ? k - guess : guess - k;
		if (far < least && same_here(c, at, k, n)) {
			least = far;
			best = k;
		}
	}
	return best;
}

/* Within what changed: where the words that stood there are now. */
static size_t
within(const struct docview_change *c, size_t at)
{
	static const size_t signs[] = {64, 24, 10};
	size_t wide = c->new_to - c->new_from, best = SIZE_MAX;
	size_t guess =
	    c->new_from + (size_t)((double)(at - c->from) /
				   (double)(c->to - c->from) * (double)wide);

	for (size_t i = 0; i < NITEMS(signs) && best == SIZE_MAX; i++)
		best = nearest(c, at, guess, signs[i]);
	return best == SIZE_MAX ? guess : best;
}

size_t
docview_index_place(const struct docview_change *c, size_t at)
{
	size_t k, i;

	if (at < c->old->body)
		return at < c->new->body ? at : c->new->body;
	if (at >= c->from && at < c->to)
		return within(c, at);
	/* Before or behind it, counted from where that begins. */
	i = at < c->from ? c->old->body : c->to;
	k = at < c->from ? c->new->body : c->new_to;
	alike(c->old, i, at, c->new, &k);
	return k;
}
