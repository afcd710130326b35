/* SPDX-License-Identifier: ISC */
/*
 * What the app does in the background: reading the site, git's state, sync.  A
 * job has all it works on inside; its done() brings the result to the app.
 */
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "askpass.h"
#include "date.h"
#include "file.h"
#include "mem.h"
#include "publish.h"
#include "publish_merge.h"

/* The site. */

struct scan {
	struct job job;
	char *root;
	int64_t now;
	time_t started;
	struct site *site;
	char *told;     /* of files whose saving was cut off, or NULL */
	bool completed; /* one of them is not what was read */
};

/* What a person has to know; the last one counts. */
static void
swept(void *ctx, enum file_left what, const char *path, const char *kept)
{
	struct scan *s = ctx;
	const char *below = path_below(s->root, path);

	free(s->told);
	if (!below)
		below = path;
	s->completed |= what == FILE_LEFT_COMPLETED;
	if (what == FILE_LEFT_COMPLETED)
		s->told =
		    xasprintf("%s: its saving was cut off; done now", below);
	else
		s->told = xasprintf(
		    "%s: changed since its saving was cut off; the text before "
		    "is in %s",
		    below, path_base(kept));
}

/* Take away what programs that were killed left beside pages. */
static void
sweep(struct scan *s)
{
	for (size_t i = 0; i < s->site->nlittered; i++) {
		char *dir = path_join(s->root, s->site->littered[i]);

		file_sweep(dir, swept, s);
		free(dir);
	}
}

static void
scan_run(struct job *job)
{
	struct scan *s = (struct scan *)job;
	struct site_config *config = site_config_load(s->root, &job->err);

	if (config)
		s->site = site_scan(config, s->now, &job->progress, &job->err);
	job->status = s->site ? 0 : -1;
	if (s->site)
		sweep(s);
}

/* Read again what changed since the site was read. */
static void
refresh_touched(struct app *app)
{
	for (size_t i = 0; i < app->ntouched; i++) {
		site_refresh(app->site, app->touched[i]);
		free(app->touched[i]);
	}
	app->ntouched = 0;
}

void
jobs_adopt(struct app *app)
{
	bool changed = app->next_site || app->ntouched > 0;

	if (app->holds > 0 || app->closing || !changed)
		return;
	if (app->next_site) {
		site_free(app->site);
		app->site = app->next_site;
		app->next_site = NULL;
		notices_stale(app);
	}
	/* What is dated now is in no future. */
	if (app->site)
		app->site->now = app_now(app);
	/* A scan that is on its way may have seen the file as it was: what was
	 * touched is kept for its result. */
	if (app->site && !app->scan)
		refresh_touched(app);
	else if (app->site)
		for (size_t i = 0; i < app->ntouched; i++)
			site_refresh(app->site, app->touched[i]);
	app_notice(app, NOTICE_SITE);
}

static void
scan_done(struct job *job, void *ctx)
{
	struct scan *s = (struct scan *)job;
	struct app *app = ctx;
	bool again = app->scan_again;

	app->scan = NULL;
	app->scan_again = false;
	if (s->site && !again && !app->closing) {
		site_free(app->next_site);
		app->next_site = s->site;
		app->site_time = s->started;
		s->site = NULL;
		jobs_adopt(app);
		if (s->told)
			app_warn(app, "%s", s->told);
	} else if (job->status == -1 && job->err.code != ERR_CANCEL) {
		app_error(app, &job->err);
	}
	if ((again || s->completed) && !app->closing)
		jobs_scan(app);
	site_free(s->site);
	free(s->told);
	free(s->root);
	free(s);
}

void
jobs_scan(struct app *app)
{
	struct scan *s;

	/* One at a time; what an older one finds is dropped. */
	if (app->scan) {
		app->scan_again = true;
		atomic_store(&app->scan->progress.cancel, true);
		return;
	}
	s = xcalloc(1, sizeof(*s));
	s->job.name = "reading";
	s->job.run = scan_run;
	s->job.done = scan_done;
	s->root = xstrdup(app->root);
	s->now = app_now(app);
	s->started = time(NULL);
	app->scan = &s->job;
	work_add(app->work, &s->job);
}

/* Git. */

struct status {
	struct job job;
	char *root;
	char *path; /* in the site; NULL: all */
	bool head_only;
	bool hold, held;         /* git is to stay ready when it is done; is */
	struct git_state result; /* known: head is filled */
	char *scope;             /* what changes were asked for */
};

void
app_git_dispose(struct git_state *g)
{
	repo_head_dispose(&g->head);
	repo_changes_dispose(&g->changes);
	free(g->root);
	free(g->prefix);
	free(g->error);
	publish_pending_dispose(&g->pending);
	*g = (struct git_state){0};
}

/* Where the site is in the work tree: "", or a path with its last slash. */
static char *
prefix_of(const char *repo, const char *root)
{
	char *real = path_real(root), *real_repo = path_real(repo);
	const char *below =
	    real && real_repo ? path_below(real_repo, real) : NULL;
	char *prefix = below && *below ? xasprintf("%s/", below) : xstrdup("");

	free(real);
	free(real_repo);
	return prefix;
}

static int
status_read(struct status *s, struct repo *repo, struct err *err)
{
	struct git_state *g = &s->result;
	size_t len;

	g->root = xstrdup(repo_root(repo));
	g->prefix = prefix_of(repo_root(repo), s->root);
	if (repo_head(repo, &g->head, err) == -1)
		return -1;
	g->known = true;
	if (publish_pending(repo, &g->pending, err) == -1)
		return -1;
	if (s->head_only)
		return 0;
	s->scope = xasprintf("%s%s", g->prefix, s->path ? s->path : "");
	len = strlen(s->scope);
	if (len > 0 && s->scope[len - 1] == '/')
		s->scope[len - 1] = '\0';
	return repo_changes(repo, s->scope, &g->changes, err);
}

static void
status_run(struct job *job)
{
	struct status *s = (struct status *)job;
	struct repo *repo;

	s->held = s->hold && repo_init();
	repo = repo_open(s->root, &job->err);
	job->status = repo ? status_read(s, repo, &job->err) : -1;
	if (!repo)
		s->result.error = xstrdup(job->err.msg);
	repo_free(repo);
}

static bool
in_scope(const char *scope, const char *path)
{
	return *scope == '\0' || path_below(scope, path) != NULL;
}

static int
by_path(const void *a, const void *b)
{
	return strcmp(((const struct repo_change *)a)->path,
	    ((const struct repo_change *)b)->path);
}

/* Put what is new below scope in the place of what was known there. */
static void
merge(struct repo_changes *all, const char *scope, struct repo_changes *new)
{
	struct repo_change *v = xcalloc(all->n + new->n, sizeof(*v));
	size_t n = 0;

	for (size_t i = 0; i < all->n; i++)
		if (in_scope(scope, all->v[i].path))
			free(all->v[i].path);
		else
			v[n++] = all->v[i];
	for (size_t i = 0; i < new->n; i++)
		v[n++] = new->v[i];
	qsort(v, n, sizeof(*v), by_path);
	free(all->v);
	free(new->v);
	*all = (struct repo_changes){v, n};
	*new = (struct repo_changes){0};
}

static void
status_take(struct app *app, struct status *s)
{
	struct git_state *now = &app->git, *new = &s->result;

	if (!new->known) {
		app_git_dispose(now);
		now->error = new->error;
		new->error = NULL;
	} else {
		struct repo_changes changes = now->changes;

		if (s->scope)
			merge(&changes, s->scope, &new->changes);
		now->changes = (struct repo_changes){0};
		app_git_dispose(now);
		*now = *new;
		now->changes = changes;
		*new = (struct git_state){0};
	}
	app_notice(app, NOTICE_GIT);
}

static void
status_done(struct job *job, void *ctx)
{
	struct status *s = (struct status *)job;
	struct app *app = ctx;

	if (s->held && app->git_held)
		repo_shutdown();
	else if (s->held)
		app->git_held = true;
	if (app->status == job) {
		app->status = NULL;
		if (app->status_again && !app->closing) {
			app->status_again = false;
			jobs_git(app, NULL, false);
		}
	}
	if (!app->closing && job->err.code != ERR_CANCEL) {
		if (job->status == -1 && !s->result.error)
			app_error(app, &job->err);
		else
			status_take(app, s);
	}
	app_git_dispose(&s->result);
	free(s->root);
	free(s->path);
	free(s->scope);
	free(s);
}

void
jobs_git(struct app *app, const char *path, bool head_only)
{
	bool all = !path && !head_only;
	struct status *s;

	if (all && app->status) {
		app->status_again = true;
		return;
	}
	s = xcalloc(1, sizeof(*s));
	s->job.name = "asking git";
	s->job.run = status_run;
	s->job.done = status_done;
	s->root = xstrdup(app->root);
	s->path = path ? xstrdup(path) : NULL;
	s->head_only = head_only;
	s->hold = !app->git_held;
	if (all)
		app->status = &s->job;
	work_add(app->work, &s->job);
}

const struct repo_changes *
app_changes(struct app *app)
{
	return app->git.known ? &app->git.changes : NULL;
}

const struct repo_head *
app_head(struct app *app)
{
	return app->git.known ? &app->git.head : NULL;
}

const char *
app_git_error(struct app *app)
{
	return app->git.error;
}

const struct publish_pending *
app_pending(struct app *app)
{
	const struct git_state *g = &app->git;

	return g->known && g->pending.left != PUBLISH_LEFT_NOTHING ? &g->pending
								   : NULL;
}

/* All that is changed below a directory, added up. */
static unsigned
state_below(const struct repo_changes *changes, const char *dir)
{
	size_t low = 0, high = changes->n, len = strlen(dir);
	unsigned state = REPO_CLEAN;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (strcmp(changes->v[mid].path, dir) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	for (; low < changes->n; low++) {
		if (strncmp(changes->v[low].path, dir, len) != 0)
			break;
		state |= changes->v[low].state;
	}
	return state;
}

unsigned
app_git_state(struct app *app, const struct entry *e)
{
	const struct git_state *g = &app->git;
	unsigned state;
	char *path;

	if (!g->known)
		return REPO_CLEAN;
	if (e->bundle && e->kind == ENTRY_PAGE) {
		path = xasprintf("%s%s/", g->prefix, e->bundle);
		state = state_below(&g->changes, path);
	} else {
		path = xasprintf("%s%s", g->prefix, e->path);
		state = repo_changes_find(&g->changes, path);
	}
	free(path);
	return state;
}

/* Sync. */

struct sync {
	struct job job;
	char *root;
	const char *self;
	char *summary;
	char *said; /* the last line from hooks and remote */
	bool undo;  /* take back instead */
	struct publish_conflicts conflicts; /* decided, or to be */
};

static void
sync_line(void *ctx, const char *line)
{
	struct sync *s = ctx;

	if (!*line)
		return;
	free(s->said);
	s->said = xstrdup(line);
}

static void
sync_run(struct job *job)
{
	struct sync *s = (struct sync *)job;
	struct repo_net net = {sync_line, s, &job->progress};
	struct repo *repo = repo_open(s->root, &job->err);
	struct askpass *askpass;

	job->status = -1;
	if (!repo)
		return;
	askpass = app_askpass(s->self, job, repo);
	job->status = s->undo ? publish_undo(repo, &net, &s->summary, &job->err)
			      : publish_sync_with(repo, &net, &s->conflicts,
				    &s->summary, &job->err);
	repo_free(repo);
	askpass_free(askpass);
}

static void
sync_done(struct job *job, void *ctx)
{
	struct sync *s = (struct sync *)job;
	struct app *app = ctx;

	app->sync = NULL;
	if (!app->closing) {
		if (job->status == -1 &&
		    publish_conflicts_asks(&s->conflicts)) {
			app_push(app, &conflict_screen,
			    &(struct conflict_arg){&s->conflicts});
			app_say(app,
			    "nothing is changed yet: m mine, t theirs, e "
			    "edit; then Enter");
		} else if (job->status == -1)
			app_error(app, &job->err);
		else if (s->said)
			app_say(
			    app, "%s; remote says: %s", s->summary, s->said);
		else
			app_say(app, "%s", s->summary);
		app_rescan(app);
		app_refresh_git(app, true);
	}
	free(s->root);
	free(s->summary);
	free(s->said);
	publish_conflicts_dispose(&s->conflicts);
	free(s);
}

static void
start_sync(struct app *app, bool undo, struct publish_conflicts *decided)
{
	struct sync *s;

	if (app->sync) {
		app_say(app, "already on it; Esc stops it");
		return;
	}
	s = xcalloc(1, sizeof(*s));
	s->job.name = undo ? "undo" : "sync";
	s->job.run = sync_run;
	s->job.done = sync_done;
	s->root = xstrdup(app->root);
	s->self = app->self;
	s->undo = undo;
	if (decided) {
		s->conflicts = *decided;
		*decided = (struct publish_conflicts){0};
	}
	app->sync = &s->job;
	work_add(app->work, &s->job);
}

void
app_sync(struct app *app)
{
	app_sync_decided(app, NULL);
}

void
app_sync_decided(struct app *app, struct publish_conflicts *decided)
{
	bool busy = app->sync;

	start_sync(app, false, decided);
	if (!busy)
		app_say(app, "syncing with the remote   Esc stops it");
}

void
app_unpublish(struct app *app)
{
	start_sync(app, true, NULL);
}
