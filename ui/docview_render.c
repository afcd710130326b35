/* SPDX-License-Identifier: ISC */
/*
 * A post made into lines for a docview: at once where that takes no time, by a
 * job where the file is large, while what was there before is still shown.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "docview_priv.h"
#include "md.h"
#include "mem.h"
#include "page.h"
#include "summary_card.h"

#define LARGE 131072 /* bytes: some ms of work on a slow machine */

struct docview_job {
	struct job job;
	struct docview *view; /* NULL: it waits no more */
	char *file;
	const struct site_config *config;
	struct entry entry; /* for its state alone */
	bool known;         /* there is one */
	bool card;
	int64_t now;
	struct md_options opt;
	struct doc *doc;
	struct docview_index *index;
	struct stamp stamp;
};

static void
fill(struct docview_job *r, struct docview *dv, struct app *app,
    const char *file, const struct site *site)
{
	const struct entry *e = site ? site_entry(site, dv->path) : NULL;

	*r = (struct docview_job){
	    .view = dv,
	    .file = xstrdup(file),
	    .config = app_config(app),
	    .known = e != NULL,
	    .card = dv->card,
	    .now = app_now(app),
	    .opt.width = dv->width,
	    .opt.measure = conf_int(app_conf(app), "preview.measure"),
	    .opt.picture_rows = dv->picture_rows,
	    .opt.ascii = conf_bool(app_conf(app), "ascii"),
	};
	if (e)
		r->entry = *e;
}

static void
run(struct job *job)
{
	struct docview_job *r = (struct docview_job *)job;
	struct post *post;

	job->status = -1;
	if (progress_cancelled(&job->progress) ||
	    !(post = post_view(r->file, &job->err)))
		return;
	r->stamp = post->stamp;
	r->doc = r->card ? summary_card(r->config, r->known ? &r->entry : NULL,
			       post, r->now, r->opt.width, r->opt.ascii)
			 : page_render(r->config, r->known ? &r->entry : NULL,
			       post, r->now, &r->opt, &job->err);
	post_free(post);
	if (r->doc)
		r->index = docview_index_make(r->doc);
	job->status = r->doc ? 0 : -1;
}

/* The result goes to the view. */
static void
take(struct docview *dv, struct docview_job *r)
{
	bool told = dv->index && !stamp_equal(&r->stamp, &dv->taken);

	if (r->doc) {
		dv->stamp = dv->taken = r->stamp;
	}
	dv->err = r->job.err;
	docview_take(dv, r->doc, r->index, told);
	r->doc = NULL;
	r->index = NULL;
}

static void
done(struct job *job, void *ctx)
{
	struct docview_job *r = (struct docview_job *)job;
	struct app *app = ctx;

	if (r->view) {
		take(r->view, r);
		r->view->job = NULL;
		app_dirty(app);
	}
	doc_free(r->doc);
	docview_index_free(r->index);
	free(r->file);
	free(r);
	app_site_release(app);
}

void
docview_forget_job(struct docview *dv)
{
	if (!dv->job)
		return;
	atomic_store(&dv->job->job.progress.cancel, true);
	dv->job->view = NULL;
	dv->job = NULL;
}

void
docview_render(struct docview *dv, struct app *app, const char *file)
{
	struct docview_job *r;

	docview_forget_job(dv);
	if (dv->stamp.size <= LARGE) {
		struct docview_job now;

		fill(&now, dv, app, file, app_site(app));
		now.opt.progress = NULL;
		run(&now.job);
		take(dv, &now);
		free(now.file);
		return;
	}
	dv->err = (struct err){0};
	r = xmalloc(sizeof(*r));
	fill(r, dv, app, file, app_site_hold(app));
	r->job.name = "laying out";
	r->job.run = run;
	r->job.done = done;
	r->opt.progress = &r->job.progress;
	dv->job = r;
	app_work(app, &r->job);
}
