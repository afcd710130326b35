/* SPDX-License-Identifier: ISC */
/* A rendered post in an area of the screen: which one, and its keys. */
#include "docview_priv.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "key.h"
#include "md.h"
#include "mem.h"

/* What belongs to the page that was shown, but for the search. */
static void
forget_page(struct docview *dv)
{
	docview_forget_job(dv);
	doc_free(dv->doc);
	dv->doc = NULL;
	docview_index_free(dv->index);
	dv->index = NULL;
	free(dv->matches);
	dv->matches = NULL;
	dv->nmatches = dv->match = dv->link = 0;
	dv->top = dv->place = dv->above = 0;
	dv->mark = dv->changed = 0;
	dv->numbers = dv->news = false;
}

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
		forget_page(dv);
	}
	/* Half of a text is no news. */
	if (!app_shown(app, path, &now) && same && dv->doc)
		now = dv->stamp;
	if (!same || width != dv->width || !docview_pictures_fit(dv) ||
	    !stamp_equal(&now, &dv->stamp)) {
		dv->width = width;
		dv->laid_rows = dv->picture_rows;
		dv->stamp = now;
		docview_render(dv, app, file);
	}
	free(file);
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
		docview_go(dv, 0);
		return true;
	case 'G':
	case KEY_END:
		docview_go(dv, dv->doc ? doc_lines(dv->doc) : 0);
		return true;
	default:
		return false;
	}
}

void
docview_pause(struct docview *dv)
{
	if (!dv->job)
		return;
	docview_forget_job(dv);
	dv->stamp = (struct stamp){0};
}

void
docview_dispose(struct docview *dv)
{
	forget_page(dv);
	free(dv->path);
	free(dv->search);
	*dv = (struct docview){0};
}
