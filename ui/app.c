/* SPDX-License-Identifier: ISC */
/* The loop, the stack of screens, and what they share. */
#include "app.h"

#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "date.h"
#include "deeds.h"
#include "edit_text.h"
#include "file.h"
#include "app_keep.h"
#include "mem.h"
#include "pictures.h"
#include "proc.h"
#include "recover.h"
#include "schema.h"

/* While a job runs its progress is looked at this often. */
#define BUSY_MS 100

int64_t
app_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static struct layer *
top(struct app *app)
{
	return app->nlayers > 0 ? &app->layers[app->nlayers - 1] : NULL;
}

/* Screens. */

void
app_push(struct app *app, const struct screen *screen, const void *arg)
{
	struct err err = {0};
	void *self = screen->open(app, arg, &err);

	if (!self) {
		app_error(app, &err);
		return;
	}
	app->layers = xgrow(
	    app->layers, app->nlayers, &app->cap_layers, sizeof(*app->layers));
	app->layers[app->nlayers++] = (struct layer){screen, self};
	app->dirty = true;
}

void
app_pop(struct app *app)
{
	struct layer *l = top(app);

	if (!l)
		return;
	ask_drop(app);
	app->closed = xgrow(
	    app->closed, app->nclosed, &app->cap_closed, sizeof(*app->closed));
	app->closed[app->nclosed++] = *l;
	app->nlayers--;
	app->dirty = true;
	l = top(app);
	if (!l)
		app->done = true;
	else if (app->quitting)
		app_quit(app);
	else if (l->screen->notice)
		l->screen->notice(app, l->self, NOTICE_SHOWN);
}

void
app_leave(struct app *app)
{
	struct layer *l = top(app);

	if (!l->screen->leave || l->screen->leave(app, l->self))
		app_pop(app);
}

void
app_quit(struct app *app)
{
	app->quitting = true;
	if (top(app))
		app_leave(app);
}

bool
app_on_top(struct app *app, const void *self)
{
	struct layer *l = top(app);

	return l && l->self == self;
}

const struct screen *
app_screen(struct app *app)
{
	struct layer *l = top(app);

	return l ? l->screen : NULL;
}

/* Free what was popped, now that none of its functions is running. */
static void
bury(struct app *app)
{
	for (size_t i = 0; i < app->nclosed; i++)
		app->closed[i].screen->close(app, app->closed[i].self);
	app->nclosed = 0;
}

void
app_notice(struct app *app, enum notice notice)
{
	app->dirty = true;
	if (notice == NOTICE_SITE && app->schemas)
		schemas_update(app->schemas, app->site);
	for (size_t i = 0; i < app->nlayers; i++) {
		struct layer *l = &app->layers[i];

		if (l->screen->notice)
			l->screen->notice(app, l->self, notice);
	}
}

/* What they share. */

const struct site *
app_site(struct app *app)
{
	return app->site;
}

const struct site *
app_site_hold(struct app *app)
{
	app->holds++;
	return app->site;
}

void
app_site_release(struct app *app)
{
	app->holds--;
	jobs_adopt(app);
}

const struct site_config *
app_config(struct app *app)
{
	return app->site ? app->site->config : app->config;
}

const struct conf *
app_conf(struct app *app)
{
	return app->conf;
}

struct schemas *
app_schemas(struct app *app)
{
	if (!app->schemas && app->site)
		app->schemas = schemas_new(app->site, app->conf);
	return app->schemas;
}

struct pictures *
app_pictures(struct app *app)
{
	return app->pictures;
}

int
app_colours(struct app *app)
{
	return app->face->colours;
}

struct deeds *
app_deeds(struct app *app)
{
	return app->deeds;
}

int64_t
app_now(struct app *app)
{
	(void)app;
	return date_now_unix();
}

struct recover *
app_recover(struct app *app)
{
	return app->recover;
}

char *
app_path(struct app *app, const char *path)
{
	return path_join(app->root, path);
}

void
app_touched(struct app *app, const char *path)
{
	/* It may be the entry's own, which goes when it is read again. */
	char *copy = xstrdup(path);

	app->touched = xgrow(app->touched, app->ntouched, &app->cap_touched,
	    sizeof(*app->touched));
	app->touched[app->ntouched++] = xstrdup(path);
	app->site_time = time(NULL);
	jobs_adopt(app);
	jobs_git(app, copy, false);
	free(copy);
}

void
app_rescan(struct app *app)
{
	jobs_scan(app);
}

void
app_refresh_git(struct app *app, bool full)
{
	jobs_git(app, NULL, !full);
}

void
app_work(struct app *app, struct job *job)
{
	work_add(app->work, job);
}

void
app_dirty(struct app *app)
{
	app->dirty = true;
}

int
app_run_tty(
    struct app *app, const char *const *argv, int *status, struct err *err)
{
	int result;

	app->face->suspend(app->face);
	result = proc_run_tty(&(struct proc_spec){.argv = argv}, status, err);
	app->face->resume(app->face);
	app->dirty = true;
	return result;
}

void
app_edit(struct app *app, const char *path)
{
	const char *editor = conf_text(app->conf, "editor");
	char *absolute = app_path(app, path);
	struct err err = {0};
	int status = 0, result;

	app->face->suspend(app->face);
	result = proc_edit(
	    editor && *editor ? editor : NULL, absolute, &status, &err);
	app->face->resume(app->face);
	if (result == -1)
		app_error(app, &err);
	else if (status != 0)
		app_warn(app, "the editor ended with status %d", status);
	free(absolute);
	app_touched(app, path);
	app_rescan(app);
}

char *
app_edit_text(struct app *app, const char *name, const char *text)
{
	const char *editor = conf_text(app->conf, "editor");
	struct err err = {0};
	char *now;

	app->face->suspend(app->face);
	now = edit_text(editor && *editor ? editor : NULL, name, text, &err);
	app->face->resume(app->face);
	if (!now)
		app_error(app, &err);
	return now;
}

/* Events. */

static void
resize(struct app *app)
{
	int rows, cols;

	app->face->size(app->face, &rows, &cols);
	if (rows != canvas_rows(app->canvas) ||
	    cols != canvas_cols(app->canvas))
		canvas_resize(app->canvas, rows, cols);
}

/* What is no key of the user's; true: taken. */
static bool
own_event(struct app *app, const struct event *e)
{
	switch (e->key) {
	case KEY_RESIZE:
		resize(app);
		return true;
	case KEY_RESUMED:
		app_rescan(app);
		app_refresh_git(app, true);
		return true;
	case KEY_QUIT:
		app_notice(app, NOTICE_HANGUP);
		app->done = true;
		return true;
	}
	return false;
}

static void
run_by_key(struct app *app, struct layer l, int key)
{
	const struct command *c;

	c = command_by_key(app_bound(app, l.screen->commands), key);
	if (!c)
		c = command_by_key(app_bound(app, app_commands()), key);
	if (c)
		c->run(app, l.self);
}

/* Pasted text is text: the ends of its lines accept nothing. */
static bool
pasted_text(struct event *e)
{
	if (e->key == KEY_ENTER || e->key == KEY_TAB)
		e->key = '\n';
	return e->key == '\n' || e->key == KEY_PASTE_END || key_is_text(e->key);
}

static void
handle(struct app *app, struct event e)
{
	struct layer l = *top(app);
	bool pasting = app->pasting;

	app->dirty = true;
	if (own_event(app, &e) || (pasting && !pasted_text(&e)))
		return;
	if (e.key == KEY_CTRL('c'))
		e.key = KEY_ESC;
	free(app->message);
	app->message = NULL;
	if (e.key == KEY_PASTE || e.key == KEY_PASTE_END)
		app->pasting = e.key == KEY_PASTE;
	if (ask_event(app, &e))
		return;
	app->quitting = false;
	if (l.screen->event && l.screen->event(app, l.self, &e))
		return;
	/* Pasted text is no command. */
	if (!pasting && !app->pasting)
		run_by_key(app, l, e.key);
}

/* All keys that there are. */
static void
drain(struct app *app)
{
	struct face *face = app->face;
	struct event e;

	while (!app->done && face->key(face,
				 !app->dirty && (!work_busy(app->work) ||
						    app_questioned(app)),
				 &e)) {
		handle(app, e);
		bury(app);
		app->watched_ms = app_clock();
	}
}

/* Until there is something to do. */
static void
sleep_until(struct app *app)
{
	const int fds[FACE_FDS] = {work_fd(app->work), notices_fd(app)};
	struct face *face = app->face;
	int notices = notices_ms(app);
	int ms = work_busy(app->work) ? BUSY_MS
		 : face->live         ? watch_every(app)
				      : -1;

	if (notices != -1 && notices < ms)
		ms = notices;
	face->wait(face, fds, ms);
}

static void
loop(struct app *app)
{
	struct face *face = app->face;

	for (;;) {
		work_reap(app->work, app);
		app_watch_questions(app);
		/* What the face has read ahead no poll() announces. */
		drain(app);
		if (app->done)
			break;
		app_watch_jobs(app);
		notices_take(app);
		if (app->dirty)
			app_draw(app);
		sleep_until(app);
		if (face->live && !work_busy(app->work))
			watch_look(app);
	}
}

static void
dispose(struct app *app)
{
	app->closing = true;
	ask_drop(app);
	while (app->nlayers > 0) {
		struct layer l = app->layers[--app->nlayers];

		l.screen->close(app, l.self);
	}
	bury(app);
	work_free(app->work, app);
	notices_close(app);
	if (app->git_held)
		repo_shutdown();
	app_unbind(app);
	app_git_dispose(&app->git);
	deeds_free(app->deeds);
	pictures_free(app->pictures);
	schemas_free(app->schemas);
	site_free(app->site);
	site_free(app->next_site);
	site_config_free(app->config);
	recover_close(app->recover);
	conf_free(app->conf);
	canvas_free(app->canvas);
	for (size_t i = 0; i < app->ntouched; i++)
		free(app->touched[i]);
	free(app->touched);
	free(app->layers);
	free(app->closed);
	free(app->message);
	free(app->root);
}

int
app_run(struct face *face, struct site_config *config, struct conf *conf,
    const char *self)
{
	struct app app = {
	    .face = face, .config = config, .conf = conf, .self = self};
	int rows, cols;

	face->size(face, &rows, &cols);
	app.canvas = canvas_new(rows, cols);
	canvas_ascii(app.canvas, conf_bool(conf, "ascii"));
	app.work = work_new();
	app.deeds = deeds_new();
	app.pictures = pictures_new();
	app.root = xstrdup(config->root);
	app.recover = recover_open(app.root);
	app.dirty = true;
	if (face->live)
		notices_open(&app);
	app_push(&app, &browse_screen, NULL);
	if (app.nlayers > 0) {
		/* The first screen is drawn before either is done. */
		app_rescan(&app);
		app_refresh_git(&app, true);
		keep_offer(&app);
		loop(&app);
	}
	dispose(&app);
	return 0;
}
