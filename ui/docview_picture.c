/* SPDX-License-Identifier: ISC */
/*
 * The pictures of a rendered post: room for them where they can be drawn, and
 * their cells in it once they are there.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "docview.h"
#include "md.h"
#include "page.h"
#include "pictures.h"
#include "theme.h"

#define LEAST_ROWS 3 /* for a picture; in fewer there is its label alone */

void
docview_picture_room(struct docview *dv, struct app *app, int rows)
{
	rows /= 2;
	dv->picture_rows =
	    rows >= LEAST_ROWS && pictures_on(app_pictures(app), app) ? rows
								      : 0;
}

bool
docview_pictures_fit(const struct docview *dv)
{
	/* What has no picture is as it was. */
	return dv->laid_rows == dv->picture_rows ||
	       (dv->doc && dv->laid_rows > 0 && dv->picture_rows > 0 &&
		   doc_pictures(dv->doc) == 0);
}

/* A picture while it is on the screen. */
struct shown {
	struct doc_picture at;
	long row; /* its first, counted from the area's; may be above it */
};

static void
paint(const struct picture *p, const struct shown *s, struct canvas *c,
    struct area a)
{
	for (int y = 0; y < p->rows; y++) {
		const struct picture_cell *cell =
		    p->cells + (size_t)y * (size_t)p->cols;
		long row = s->row + y;

		if (row < 0 || row >= a.rows)
			continue;
		for (int x = 0; x < p->cols && s->at.column + x < a.cols; x++)
			canvas_paint(c, a.row + (int)row,
			    a.col + s->at.column + x, cell[x].cp, cell[x].fg,
			    cell[x].bg);
	}
}

static bool
is_blank(const struct canvas *c, int row, int col)
{
	return strcmp(canvas_cell(c, row, col).text, " ") == 0;
}

/* In the middle of where it would be, and over its edges up to the frame. */
static void
say(const char *why, const struct shown *s, struct canvas *c, struct area a)
{
	long y = s->row + (s->at.rows - 1) / 2;
	int row = a.row + (int)y, end = a.col + a.cols;
	int cols = (int)strlen(why), from = a.col + s->at.column, to = from;

	if (y < 0 || y >= a.rows || from >= end)
		return;
	while (from - 2 >= a.col && is_blank(c, row, from - 2))
		from--;
	while (to + 1 < end && is_blank(c, row, to + 1))
		to++;
	end = a.col + s->at.column + (s->at.cols - cols) / 2;
	if (end + cols > to)
		end = to - cols;
	if (end > from)
		from = end;
	canvas_fit(c, row, from, to - from, STYLE_DIM, why, false);
}

static void
show(struct app *app, const char *dir, const struct shown *s, struct canvas *c,
    struct area a)
{
	char *file = page_picture_file(app_config(app), dir, s->at.address);
	const struct picture *p = NULL;
	const char *why = "the file is not there any more";

	if (file)
		p = pictures_get(
		    app_pictures(app), app, file, s->at.cols, s->at.rows, &why);
	if (p)
		paint(p, s, c, a);
	else if (why)
		say(why, s, c, a);
	free(file);
}

void
docview_draw_pictures(
    const struct docview *dv, struct app *app, struct canvas *c, struct area a)
{
	size_t n = dv->doc ? doc_pictures(dv->doc) : 0;
	char *path, *dir;

	if (n == 0)
		return;
	path = app_path(app, dv->path);
	dir = path_dir(path);
	pictures_begin(app_pictures(app));
	for (size_t i = 0; i < n; i++) {
		struct shown s = {.at = doc_picture(dv->doc, i)};

		s.row = (long)s.at.line - (long)dv->top;
		if (s.row + s.at.rows <= 0)
			continue;
		/* The next page's too, so that they are there. */
		if (s.row >= 2L * a.rows)
			break;
		show(app, dir, &s, c, a);
	}
	pictures_end(app_pictures(app));
	free(dir);
	free(path);
}
