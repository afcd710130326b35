/* SPDX-License-Identifier: ISC */
/*
 * Noticing what other programs change while nobody types: a job compares the
 * stamps of the site's files and of git's index with those that are known.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "app_priv.h"
#include "file.h"
#include "mem.h"

/* With more changed files than this the site is read anew. */
#define MANY 64

struct watch {
	struct job job;
	const struct site *site; /* held */
	char *index;             /* git's, or NULL */
	struct stamp index_stamp;
	time_t since; /* directories changed after this are news */
	char *changed[MANY];
	size_t n;
	bool rescan, git;
};

static bool
same_file(const char *root, const struct entry *e)
{
	char *path = path_join(root, e->path);
	struct stamp now;
	struct err err;
	bool same =
	    file_stamp(path, &now, &err) == 0 && stamp_equal(&now, &e->stamp);

	free(path);
	return same;
}

/* Has something come or gone in the directory that the page stands in? */
static bool
same_directory(const struct watch *w, const char *dir)
{
	char *path = path_join(w->site->config->root, dir);
	struct stat st;
	bool same = stat(path, &st) == 0 && st.st_mtime <= w->since;

	free(path);
	return same;
}

static void
watch_pages(struct watch *w)
{
	const struct site *site = w->site;
	char *last = xstrdup("");

	for (size_t i = 0; i < site->n && !w->rescan; i++) {
		const struct entry *e = site->v[i];
		char *dir = path_dir(e->bundle ? e->bundle : e->path);

		if (strcmp(dir, last) != 0 && !same_directory(w, dir))
			w->rescan = true;
		free(last);
		last = dir;
		if (!same_file(site->config->root, e)) {
			if (w->n < MANY)
				w->changed[w->n++] = xstrdup(e->path);
			else
				w->rescan = true;
		}
		if (progress_cancelled(&w->job.progress))
			break;
	}
	free(last);
}

static void
watch_run(struct job *job)
{
	struct watch *w = (struct watch *)job;
	struct stamp now;
	struct err err;

	watch_pages(w);
	if (w->index && file_stamp(w->index, &now, &err) == 0) {
		w->git = !stamp_equal(&now, &w->index_stamp);
		w->index_stamp = now;
	}
}

static void
watch_done(struct job *job, void *ctx)
{
	struct watch *w = (struct watch *)job;
	struct app *app = ctx;
	bool known = app->index_stamp.mtime_ns != 0;

	app->watch = NULL;
	app->watched_ms = app_clock();
	app->index_stamp = w->index_stamp;
	if (!app->closing) {
		app_site_release(app);
		for (size_t i = 0; i < w->n && !w->rescan; i++)
			app_touched(app, w->changed[i]);
		if (w->rescan)
			app_rescan(app);
		if (w->rescan || (w->git && known))
			app_refresh_git(app, true);
	}
	for (size_t i = 0; i < w->n; i++)
		free(w->changed[i]);
	free(w->index);
	free(w);
}

int
watch_every(struct app *app)
{
	return notices_whole(app) ? WATCH_TOLD_MS : WATCH_MS;
}

void
watch_look(struct app *app)
{
	struct watch *w;

	if (app->watch || !app->site ||
	    (!app->watch_now &&
		app_clock() - app->watched_ms < watch_every(app)))
		return;
	app->watch_now = false;
	w = xcalloc(1, sizeof(*w));
	w->job.name = "looking";
	w->job.run = watch_run;
	w->job.done = watch_done;
	w->site = app_site_hold(app);
	w->since = app->site_time;
	if (app->git.root)
		w->index = xasprintf("%s/.git/index", app->git.root);
	w->index_stamp = app->index_stamp;
	app->watch = &w->job;
	work_add(app->work, &w->job);
}
