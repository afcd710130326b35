/* SPDX-License-Identifier: ISC */
/* Words to choose from below a text that is being typed. */
#include "picks.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"
#include "theme.h"

#define ROWS      6
#define WORDS_MAX 2000 /* as many as schema_words() gives */

void
picks_init(struct picks *p, struct schema_words *words)
{
	*p = (struct picks){.words = *words};
	*words = (struct schema_words){0};
}

void
picks_dispose(struct picks *p)
{
	schema_words_dispose(&p->words);
	free(p->shown);
	*p = (struct picks){0};
}

static void
show(struct picks *p, size_t i)
{
	p->shown = xgrow(p->shown, p->n, &p->cap, sizeof(*p->shown));
	p->shown[p->n++] = i;
}

void
picks_filter(struct picks *p, const char *text,
    bool (*skip)(const void *ctx, const char *word), const void *ctx)
{
	char *typed = text_fold(text, strlen(text));
	size_t len = strlen(typed);
	bool *inside = xcalloc(p->words.n + 1, sizeof(*inside));

	p->n = p->at = 0;
	p->chosen = false;
	p->typed = len > 0;
	p->exact = false;
	for (size_t i = 0; i < p->words.n; i++) {
		const char *s = p->words.v[i].text;
		char *word;

		if (strcmp(s, text) == 0)
			p->exact = true;
		if (strcmp(s, text) == 0 || (skip && skip(ctx, s)))
			continue;
		word = text_fold(s, strlen(s));
		if (strncmp(word, typed, len) == 0)
			show(p, i);
		else
			inside[i] = strstr(word, typed) != NULL;
		free(word);
	}
	for (size_t i = 0; i < p->words.n; i++)
		if (inside[i])
			show(p, i);
	free(inside);
	free(typed);
}

bool
picks_move(struct picks *p, int by)
{
	if (p->n == 0)
		return false;
	if (!p->chosen)
		p->at = by > 0 ? 0 : p->n - 1;
	else if (by > 0)
		p->at = (p->at + 1) % p->n;
	else
		p->at = (p->at > 0 ? p->at : p->n) - 1;
	p->chosen = true;
	return true;
}

const char *
picks_word(const struct picks *p)
{
	if (p->n == 0 || (!p->typed && !p->chosen))
		return NULL;
	return p->words.v[p->shown[p->at]].text;
}

const char *
picks_enter(const struct picks *p)
{
	return p->chosen || (p->only && !p->exact) ? picks_word(p) : NULL;
}

bool
picks_strange(const struct picks *p, const char *text)
{
	/* Not all are there of a site with very many. */
	return p->only && *text && p->n == 0 && !p->exact &&
	       p->words.n < WORDS_MAX && !strstr(text, "://");
}

const struct schema_word *
picks_like(const struct picks *p, const char *text)
{
	return *text ? schema_like(&p->words, text, strlen(text)) : NULL;
}

static void
draw_word(
    const struct schema_word *w, struct canvas *c, struct area a, bool current)
{
	char *count = w->count > 0 ? xasprintf("%zu", w->count) : xstrdup("");
	int wide = (int)strlen(count);
	int used;

	used = canvas_fit(c, a.row, a.col + 2, a.cols - wide - 4,
	    current ? STYLE_STRONG : STYLE_TEXT, w->text, false);
	canvas_puts(c, a.row, a.col + 2 + used + 2, wide, STYLE_DIM, count);
	if (current)
		canvas_puts(c, a.row, a.col, 1, STYLE_KEY, ">");
	free(count);
}

int
picks_draw(const struct picks *p, struct canvas *c, struct area a)
{
	int rows = a.rows < ROWS ? a.rows : ROWS;
	size_t top, end;

	if (rows < 1 || p->n == 0)
		return 0;
	top = p->at >= (size_t)rows ? p->at + 1 - (size_t)rows : 0;
	end = p->n - top < (size_t)rows ? p->n : top + (size_t)rows;
	for (size_t i = top; i < end; i++) {
		struct area row = {a.row + (int)(i - top), a.col, 1, a.cols};

		draw_word(&p->words.v[p->shown[i]], c, row,
		    i == p->at && (p->typed || p->chosen));
	}
	return (int)(end - top);
}

int
picks_draw_strange(struct canvas *c, struct area a)
{
	canvas_fit(c, a.row, a.col, a.cols, STYLE_WARNING,
	    "nothing of that name is here", false);
	return 1;
}
