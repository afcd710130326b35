/* SPDX-License-Identifier: ISC */
/* Searching in the preview: found while it is typed, then from one to the next.
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "screen_preview_priv.h"

static void
typed(struct app *app, void *ctx, const char *text)
{
	struct preview *p = ctx;

	docview_go(&p->view, p->begun);
	docview_search(&p->view, text);
	docview_find_here(&p->view);
	app_dirty(app);
}

/* As it was before the search began. */
static void
drop(struct preview *p)
{
	docview_go(&p->view, p->begun);
	docview_search(&p->view, p->searched);
	if (p->matched <= p->view.nmatches)
		p->view.match = p->matched;
	free(p->searched);
	p->searched = NULL;
}

static void
done(struct app *app, void *ctx, const char *text)
{
	struct preview *p = ctx;

	app_dirty(app);
	if (!text) {
		drop(p);
		return;
	}
	free(p->searched);
	p->searched = NULL;
	docview_search(&p->view, text);
	docview_find_here(&p->view);
	if (*text && p->view.nmatches == 0) {
		docview_search(&p->view, NULL);
		app_warn(app, "'%s' is not in this post", text);
	} else if (*text) {
		app_say(app, "match %zu of %zu   n next   N previous",
		    p->view.match, p->view.nmatches);
	}
}

void
preview_search(struct app *app, void *self)
{
	struct preview *p = self;

	free(p->searched);
	p->searched = p->view.search ? xstrdup(p->view.search) : NULL;
	p->matched = p->view.match;
	p->begun = p->view.top;
	app_prompt(app, "/", "", done, p);
	app_prompt_live(app, typed);
}

static void
step(struct app *app, struct preview *p, int dir)
{
	const struct docview *v = &p->view;

	app_dirty(app);
	if (!v->search) {
		app_say(app, "nothing searched for yet: / searches");
		return;
	}
	switch (docview_find(&p->view, dir)) {
	case DOCVIEW_LOST:
		app_warn(app, "not found");
		break;
	case DOCVIEW_FOUND:
		app_say(app, "match %zu of %zu", v->match, v->nmatches);
		break;
	case DOCVIEW_WRAPPED:
		app_say(app, "match %zu of %zu   from the %s again", v->match,
		    v->nmatches, dir > 0 ? "top" : "end");
		break;
	}
}

void
preview_search_next(struct app *app, void *self)
{
	step(app, self, 1);
}

void
preview_search_previous(struct app *app, void *self)
{
	step(app, self, -1);
}
