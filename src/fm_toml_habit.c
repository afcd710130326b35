/* SPDX-License-Identifier: ISC */
/* What a TOML document does most: quotes, brackets, tables, blank lines. */
#include <stdlib.h>
#include <string.h>

#include "fm_toml_priv.h"
#include "mem.h"
#include "text.h"

struct counts {
	size_t single, dbl, rows, columns, tables, braces, blocks, lists;
	size_t gaps, no_gaps;
};

int
toml_refuse(const struct toml_pen *pen, const char *fmt, ...)
{
	unsigned line, column;
	va_list ap;
	char *msg;

	va_start(ap, fmt);
	msg = xvasprintf(fmt, ap);
	va_end(ap);
	text_place(pen->doc->text, pen->at, &line, &column);
	err_at(pen->err, line, 0, "%s", msg);
	free(msg);
	return -1;
}

/* Does a list begin a line before its first item? */
static bool
is_column(const char *text, const struct toml_tree *list)
{
	size_t from = list->at + 1;

	return memchr(text + from, '\n', list->kid[0]->at - from) != NULL;
}

static void
see_list(const char *text, const struct toml_tree *list, struct toml_habits *h,
    struct counts *c)
{
	if (list->n == 0)
		return;
	if (is_column(text, list)) {
		h->column = list;
		c->columns++;
	} else {
		h->row = list;
		c->rows++;
	}
}

static void
see(const struct toml_trees *doc, const struct toml_tree *tree,
    struct toml_habits *h, struct counts *c)
{
	char first = doc->text[tree->at];
	bool top = tree->up && tree->up->form == TOML_SPREAD;

	switch (tree->form) {
	case TOML_SCALAR:
		c->single += first == '\'';
		c->dbl += first == '"';
		break;
	case TOML_LIST:
		see_list(doc->text, tree, h, c);
		c->lists +=
		    top && tree->n > 0 && tree->kid[0]->form == TOML_INLINE;
		break;
	case TOML_INLINE:
		h->braces = tree->nlines > 0 ? tree : h->braces;
		c->braces += tree->up->up == NULL;
		break;
	case TOML_SPREAD:
		c->tables += tree->header && !tree->header->array;
		break;
	case TOML_TABLES:
		c->blocks++;
		break;
	}
	for (size_t i = 0; i < tree->n; i++)
		see(doc, tree->kid[i], h, c);
}

static void
see_lines(const struct toml_trees *doc, struct toml_habits *h, struct counts *c)
{
	for (size_t i = 0; i < doc->root->nlines; i++) {
		const struct toml_line *line = doc->root->line[i];
		size_t above = toml_attached(doc, line);
		char q = doc->text[line->part[line->n - 1].at];

		if (q == '\'' || q == '"')
			h->key_quote = q;
		if (!line->header || i == 0)
			continue;
		if (toml_line_blank(doc->text, doc->len,
			toml_line_at(doc->text, above - 1)))
			c->gaps++;
		else
			c->no_gaps++;
	}
}

void
toml_habits(const struct toml_trees *doc, struct toml_habits *h)
{
	struct counts c = {0};

	*h = (struct toml_habits){0};
	see_lines(doc, h, &c);
	see(doc, doc->root, h, &c);
	h->quote = c.single > c.dbl ? '\'' : '"';
	if (!h->key_quote)
		h->key_quote = h->quote;
	h->columns = c.columns > c.rows;
	h->tables = c.tables > 0 || c.blocks > 0 || c.braces == 0;
	h->blocks = c.blocks > 0;
	h->gaps = c.gaps >= c.no_gaps;
	(void)c.lists;
}
