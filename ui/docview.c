/* SPDX-License-Identifier: ISC */
/* A rendered post in an area of the screen. */
#include "docview_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "key.h"
#include "md.h"
#include "mem.h"
#include "text.h"
#include "theme.h"

void
docview_load(struct docview *dv, struct app *app, const char *path, int width)
{
	bool same = dv->path && strcmp(dv->path, path) == 0;
	struct stamp now = {0};
	char *file = app_path(app, path);
	struct err ignored;

	file_stamp(file, &now, &ignored);
	if (!same) {
		free(dv->path);
		dv->path = xstrdup(path);
		dv->top = 0;
	}
	/* Half of a text is no news. */
	if (!app_shown(app, path, &now) && same && dv->doc)
		now = dv->stamp;
	if (!same || width != dv->width || !docview_pictures_fit(dv) ||
	    !stamp_equal(&now, &dv->stamp)) {
		dv->width = width;
		dv->laid_rows = dv->picture_rows;
		dv->stamp = now;
		docview_render(dv, app, file, same);
	}
	free(file);
}

/* Mark what the search found in a line that was drawn at (row, col). */
static void
draw_matches(const struct docview *dv, struct canvas *c, int row, int col,
    int cols, const char *line, size_t len)
{
	size_t want = strlen(dv->search), n;

	for (size_t at = 0; at < len && want > 0; at += n) {
		char *rest = text_fold(line + at, len - at);
		bool hit = strncmp(rest, dv->search, want) == 0;

		free(rest);
		n = text_next(line + at, len - at);
		if (!hit)
			continue;
		/* Folding may change the length: go by clusters. */
		size_t end = at;
		for (size_t done = 0; done < want && end < len;) {
			size_t step = text_next(line + end, len - end);
			char *one = text_fold(line + end, step);

			done += strlen(one) ? strlen(one) : 1;
			end += step;
			free(one);
		}
		int from = text_width(line, at);
		int wide = text_width(line + at, end - at);

		if (from < cols)
			canvas_restyle(c, row, col + from,
			    from + wide > cols ? cols - from : wide,
			    STYLE_MATCH);
	}
}

static void
draw_line(
    const struct docview *dv, struct canvas *c, struct area a, int y, size_t i)
{
	size_t len, n;
	const char *line = doc_line(dv->doc, i, &len);
	const struct md_span *s = doc_spans(dv->doc, i, &n);
	int col = a.col, end = a.col + a.cols;

	for (size_t j = 0; j < n && col < end; j++)
		col += canvas_text(c, a.row + y, col, end - col,
		    (STYLE_MD + s[j].style) | s[j].attr << 8, line + s[j].at,
		    s[j].len);
	if (dv->search)
		draw_matches(dv, c, a.row + y, a.col, a.cols, line, len);
}

void
docview_draw(struct docview *dv, struct canvas *c, struct area a)
{
	dv->rows = a.rows;
	if (!dv->doc) {
		if (a.cols > 4) {
			a.col += 2;
			a.cols -= 2;
		}
		if (dv->job) {
			canvas_fit(c, a.row, a.col, a.cols, STYLE_DIM,
			    "Laying out …", false);
			return;
		}
		canvas_fit(
		    c, a.row, a.col, a.cols, STYLE_ERROR, dv->err.msg, false);
		if (dv->err.line && a.rows > 1)
			canvas_printf(c, a.row + 1, a.col, a.cols, STYLE_DIM,
			    "line %u, column %u: e edits the file",
			    dv->err.line, dv->err.column);
		return;
	}
	docview_scroll(dv, 0);
	for (int y = 0; y < a.rows && dv->top + (size_t)y < doc_lines(dv->doc);
	     y++)
		draw_line(dv, c, a, y, dv->top + (size_t)y);
}

void
docview_scroll(struct docview *dv, long lines)
{
	size_t n = dv->doc ? doc_lines(dv->doc) : 0;
	size_t last = n > (size_t)dv->rows ? n - (size_t)dv->rows : 0;

	if (lines < 0 && (size_t)-lines > dv->top)
		dv->top = 0;
	else
		dv->top += (size_t)lines;
	if (dv->top > last)
		dv->top = last;
}

bool
docview_key(struct docview *dv, int key)
{
	int page = dv->rows > 2 ? dv->rows - 2 : 1;

	switch (key) {
	case 'j':
	case KEY_DOWN:
		docview_scroll(dv, 1);
		return true;
	case 'k':
	case KEY_UP:
		docview_scroll(dv, -1);
		return true;
	case KEY_WHEEL_DOWN:
		docview_scroll(dv, 3);
		return true;
	case KEY_WHEEL_UP:
		docview_scroll(dv, -3);
		return true;
	case ' ':
	case KEY_PGDN:
		docview_scroll(dv, page);
		return true;
	case 'b':
	case KEY_PGUP:
		docview_scroll(dv, -page);
		return true;
	case 'g':
	case KEY_HOME:
		dv->top = 0;
		return true;
	case 'G':
	case KEY_END:
		docview_scroll(dv, (long)(dv->doc ? doc_lines(dv->doc) : 0));
		return true;
	default:
		return false;
	}
}

static bool
line_has(const struct docview *dv, size_t i)
{
	size_t len;
	const char *line = doc_line(dv->doc, i, &len);
	char *folded = text_fold(line, len);
	bool found = strstr(folded, dv->search) != NULL;

	free(folded);
	return found;
}

bool
docview_find(struct docview *dv, int dir)
{
	size_t n = dv->doc ? doc_lines(dv->doc) : 0, i = dv->top;

	if (!dv->search || !*dv->search)
		return false;
	for (size_t tried = 0; tried < n; tried++) {
		i = dir > 0 ? (i + 1) % n : (i + n - 1) % n;
		if (!line_has(dv, i))
			continue;
		dv->top = i;
		docview_scroll(dv, 0);
		return true;
	}
	return false;
}

void
docview_dispose(struct docview *dv)
{
	docview_forget_job(dv);
	doc_free(dv->doc);
	free(dv->path);
	free(dv->search);
	*dv = (struct docview){0};
}
