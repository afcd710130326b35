/* SPDX-License-Identifier: ISC */
/*
 * Publish: the plan, the way it goes, and what came of it.  Plan and run are
 * jobs that own their site, repository and plan; the screen gets them back.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "date.h"
#include "mem.h"
#include "publish.h"
#include "screen.h"
#include "text.h"
#include "theme.h"

/* What plan and run need, in one hand at a time: the screen's or a job's. */
struct outing {
	struct job job;
	struct publish *screen; /* NULL: it was left meanwhile */
	char *root;
	char **paths;
	size_t n;
	struct plan_options options;
	char *template;
	struct site *site;
	struct repo *repo;
	struct plan *plan;
	struct publish_result result;
};

enum stage { PLANNING, PLANNED, RUNNING, DONE, FAILED };

struct line {
	int style;
	const char *label; /* static, "" to go on */
	char *text;
};

struct publish {
	enum stage stage;
	struct outing *outing; /* NULL while a job has it */
	struct job *running;   /* that job, to cancel it */
	struct err err;
	bool unpublish;
	struct line *lines;
	size_t n, cap, top;
	int rows;
};

static void
outing_free(struct outing *o)
{
	plan_free(o->plan);
	site_free(o->site);
	repo_free(o->repo);
	publish_result_dispose(&o->result);
	for (size_t i = 0; i < o->n; i++)
		free(o->paths[i]);
	free(o->paths);
	free(o->template);
	free(o->root);
	free(o);
}

/* On the worker: look, and change nothing. */
static void
plan_run(struct job *job)
{
	struct outing *o = (struct outing *)job;
	struct site_config *config = site_config_load(o->root, &job->err);

	job->status = -1;
	o->options.template = o->template;
	if (config)
		o->site = site_scan(
		    config, date_now_unix(), &job->progress, &job->err);
	if (o->site && !o->repo)
		o->repo = repo_open(o->root, &job->err);
	if (!o->site || !o->repo)
		return;
	o->plan = publish_plan(o->site, o->repo, (const char *const *)o->paths,
	    o->n, &o->options, &job->err);
	job->status = o->plan ? 0 : -1;
}

/* On the worker: carry the plan out. */
static void
publish_job_run(struct job *job)
{
	struct outing *o = (struct outing *)job;
	struct repo_net net = {.progress = &job->progress};

	publish_result_dispose(&o->result);
	o->result = (struct publish_result){0};
	job->status =
	    publish_run(o->site, o->repo, o->plan, &net, &o->result, &job->err);
}

static void
add_line(struct publish *p, int style, const char *label, char *text)
{
	p->lines = xgrow(p->lines, p->n, &p->cap, sizeof(*p->lines));
	p->lines[p->n++] = (struct line){style, label, text};
}

static void
clear_lines(struct publish *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->lines[i].text);
	p->n = p->top = 0;
}

static void
add_fields(struct publish *p, const struct plan *plan)
{
	const char *label = "fields", *path = NULL;

	for (size_t i = 0; i < plan->nfields; i++) {
		const struct plan_field *f = &plan->fields[i];

		if (plan->nposts > 1 && (!path || strcmp(path, f->path) != 0))
			add_line(p, STYLE_DIM, label, xstrdup(f->path));
		add_line(p, STYLE_CHANGED,
		    path || plan->nposts > 1 ? "" : label,
		    xasprintf("%-10s %s → %s", f->key,
			*f->before ? f->before : "(none)", f->after));
		path = f->path;
		label = "";
	}
}

static const char *
file_sign(unsigned state)
{
	if (state & REPO_NEW)
		return "+";
	return state & REPO_DELETED ? "-" : "~";
}

static void
add_files(struct publish *p, const struct plan *plan)
{
	for (size_t i = 0; i < plan->nfiles; i++) {
		const struct plan_file *f = &plan->files[i];
		char *text = xasprintf("%s %s", file_sign(f->state), f->path);

		if (f->added || f->removed) {
			char *more = xasprintf(
			    "%s   +%zu −%zu", text, f->added, f->removed);

			free(text);
			text = more;
		}
		add_line(p, STYLE_TEXT, i ? "" : "files", text);
	}
}

static void
add_checks(struct publish *p, const struct findings *f)
{
	size_t errors = findings_count(f, CHECK_ERROR);
	size_t warnings = findings_count(f, CHECK_WARNING);
	struct buf b = {0};

	if (errors)
		buf_printf(&b, "%zu error%s   ", errors, errors > 1 ? "s" : "");
	if (warnings)
		buf_printf(
		    &b, "%zu warning%s   ", warnings, warnings > 1 ? "s" : "");
	if (!errors && !warnings)
		buf_printf(&b, "%zu rules, all good", f->rules);
	add_line(p,
	    errors     ? STYLE_ERROR
	    : warnings ? STYLE_WARNING
		       : STYLE_GOOD,
	    "checks", buf_steal(&b));
	for (size_t i = 0; i < f->n; i++) {
		const struct finding *v = &f->v[i];

		add_line(p,
		    v->severity == CHECK_ERROR ? STYLE_ERROR : STYLE_WARNING,
		    "", xasprintf("line %u: %s", v->line, v->message));
	}
}

static void
plan_lines(struct publish *p)
{
	const struct plan *plan = p->outing->plan;
	const struct repo_head *h = &plan->head;

	clear_lines(p);
	add_fields(p, plan);
	add_files(p, plan);
	if (plan->nfields + plan->nfiles == 0)
		add_line(p, STYLE_DIM, "files",
		    xstrdup(plan_empty(plan)
				? "nothing is changed, nothing waits"
				: "committed before, not pushed yet"));
	add_checks(p, &plan->findings);
	add_line(p, STYLE_TEXT, "message", xstrdup(plan->message));
	add_line(p, h->remote ? STYLE_TEXT : STYLE_WARNING, "to",
	    h->remote ? xasprintf("%s %s   %s", h->remote,
			    h->target ? h->target : "", h->url)
		      : xstrdup("no remote: the commit stays here"));
	if (h->behind)
		add_line(p, STYLE_DIM, "",
		    xasprintf("%zu commit%s to take in first", h->behind,
			h->behind > 1 ? "s" : ""));
	if (plan->url)
		add_line(p, STYLE_TEXT, "address", xstrdup(plan->url));
	if (plan->note)
		add_line(p, STYLE_WARNING, "note", xstrdup(plan->note));
}

/* What hooks and the remote said, line by line. */
static void
remote_lines(struct publish *p)
{
	char *text = xstrdup(buf_text(&p->outing->result.remote)), *save;
	const char *label = "remote";

	for (char *s = strtok_r(text, "\n", &save); s;
	     s = strtok_r(NULL, "\n", &save)) {
		add_line(p, STYLE_DIM, label, xstrdup(s));
		label = "";
	}
	free(text);
}

static void
done_lines(struct publish *p)
{
	const struct plan *plan = p->outing->plan;
	const struct publish_result *r = &p->outing->result;
	const char *word = plan->unpublish ? "Unpublished" : "Published";

	clear_lines(p);
	add_line(p, STYLE_GOOD, "",
	    xasprintf("%s   %s", r->pushed ? word : "Committed, not pushed",
		plan->url ? plan->url : ""));
	if (*r->oid)
		add_line(p, STYLE_DIM, "commit",
		    xasprintf("%.7s  %s", r->oid, plan->message));
	remote_lines(p);
	if (plan->note)
		add_line(p, STYLE_WARNING, "note", xstrdup(plan->note));
}

static void
failed_lines(struct publish *p)
{
	const struct publish_result *r = &p->outing->result;

	clear_lines(p);
	add_line(p, STYLE_ERROR, "",
	    xasprintf(
		"Not %s   %s", *r->oid ? "pushed" : "published", p->err.msg));
	remote_lines(p);
	if (*r->oid)
		add_line(p, STYLE_TEXT, "",
		    xasprintf("Your commit %.7s is safe here.", r->oid));
	else
		add_line(p, STYLE_TEXT, "",
		    xstrdup("Every file is as it was before."));
}

static void
touch_all(struct app *app, const struct outing *o)
{
	for (size_t i = 0; i < o->n; i++)
		app_touched(app, o->paths[i]);
	app_refresh_git(app, true);
}

static void
job_done(struct job *job, void *ctx)
{
	struct outing *o = (struct outing *)job;
	struct app *app = ctx;
	struct publish *p = o->screen;
	bool planned = job->run == plan_run;

	if (!planned)
		touch_all(app, o);
	if (!p) {
		if (!planned && job->status == 0)
			app_say(app, "published");
		else if (!planned)
			app_error(app, &job->err);
		outing_free(o);
		return;
	}
	p->outing = o;
	p->running = NULL;
	p->err = job->err;
	if (job->status == -1)
		p->stage = FAILED;
	else
		p->stage = planned ? PLANNED : DONE;
	if (p->stage == FAILED)
		failed_lines(p);
	else if (planned)
		plan_lines(p);
	else
		done_lines(p);
	app_dirty(app);
}

static void
start(struct app *app, struct publish *p, void (*run)(struct job *),
    const char *name, enum stage stage)
{
	struct outing *o = p->outing;

	o->job = (struct job){.name = name, .run = run, .done = job_done};
	p->stage = stage;
	p->outing = NULL;
	p->running = &o->job;
	app_work(app, &o->job);
	app_dirty(app);
}

static void *
publish_open(struct app *app, const void *arg, struct err *err)
{
	const struct publish_arg *a = arg;
	const struct conf *conf = app_conf(app);
	struct publish *p;
	struct outing *o;

	if (a->n == 0) {
		err_set(err, "no post to publish");
		return NULL;
	}
	p = xcalloc(1, sizeof(*p));
	o = xcalloc(1, sizeof(*o));
	o->screen = p;
	o->root = xstrdup(app_config(app)->root);
	o->template = xstrdup(conf_text(conf, "publish.message"));
	o->options.set_lastmod = conf_bool(conf, "publish.lastmod");
	o->options.unpublish = a->unpublish;
	o->paths = xcalloc(a->n, sizeof(*o->paths));
	for (; o->n < a->n; o->n++)
		o->paths[o->n] = xstrdup(a->paths[o->n]);
	p->unpublish = a->unpublish;
	p->outing = o;
	start(app, p, plan_run, "planning", PLANNING);
	return p;
}

static void
publish_close(struct app *app, void *self)
{
	struct publish *p = self;

	(void)app;
	clear_lines(p);
	free(p->lines);
	if (p->running) {
		((struct outing *)p->running)->screen = NULL;
		if (p->stage == PLANNING)
			atomic_store(&p->running->progress.cancel, true);
	}
	if (p->outing)
		outing_free(p->outing);
	free(p);
}

static void
publish_title(struct app *app, void *self, struct buf *dst)
{
	struct publish *p = self;
	struct outing *o = p->outing ? p->outing : (struct outing *)p->running;
	const struct site *site = app_site(app);
	const struct entry *e =
	    site && o->n > 0 ? site_entry(site, o->paths[0]) : NULL;

	buf_printf(dst, "%s   ", p->unpublish ? "Unpublish" : "Publish");
	if (o->n > 1)
		buf_printf(dst, "%zu posts", o->n);
	else
		buf_puts(dst, e && *e->title ? e->title : o->paths[0]);
}

/* The text of a line, wrapped at col; returns the rows used. */
static int
draw_text(
    struct canvas *c, struct area a, int row, int col, const struct line *l)
{
	const char *s = l->text;
	size_t left = strlen(s);
	int used = 0;

	do {
		int cols = a.cols - col - 1;
		size_t n = text_cut(s, left, cols, NULL);

		if (n < left) {
			size_t cut = n;

			while (cut > 0 && s[cut] != ' ')
				cut--;
			n = cut > 0 ? cut : n;
		}
		if (n == 0)
			break;
		if (row + used >= 0 && row + used < a.rows)
			canvas_text(c, a.row + row + used, a.col + col, cols,
			    l->style, s, n);
		used++;
		s += n;
		left -= n;
		while (left > 0 && *s == ' ') {
			s++;
			left--;
		}
	} while (left > 0);
	return used > 0 ? used : 1;
}

/* What the job says of itself: "pushing, 12 of 14". */
static void
draw_progress(const struct publish *p, struct canvas *c, struct area a)
{
	struct progress *now = &p->running->progress;
	const char *what = atomic_load(&now->what);
	unsigned done = atomic_load(&now->done);
	unsigned total = atomic_load(&now->total);

	if (p->stage == PLANNING) {
		canvas_fit(c, a.row, a.col, a.cols, STYLE_DIM,
		    "Looking at what will change …", false);
		return;
	}
	canvas_printf(c, a.row, a.col, a.cols, STYLE_STRONG, "Publishing …");
	if (a.rows > 1 && what && total > 0)
		canvas_printf(c, a.row + 1, a.col, a.cols, STYLE_DIM,
		    "%s, %u of %u", what, done, total);
	else if (a.rows > 1 && what)
		canvas_printf(
		    c, a.row + 1, a.col, a.cols, STYLE_DIM, "%s", what);
}

static void
publish_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct publish *p = self;
	int col = area.cols >= 60 ? 14 : 10, row = area.rows > 12 ? 1 : 0;

	(void)app;
	p->rows = area.rows;
	if (p->stage == PLANNING || p->stage == RUNNING) {
		draw_progress(p, c,
		    (struct area){area.row + row, area.col + 3, area.rows - row,
			area.cols - 3});
		return;
	}
	for (size_t i = p->top; i < p->n && row < area.rows; i++) {
		const struct line *l = &p->lines[i];
		bool plain = l->label[0] == '\0' &&
			     (p->stage == DONE || p->stage == FAILED) && i == 0;

		canvas_fit(c, area.row + row, area.col + 3, col - 4, STYLE_DIM,
		    l->label, false);
		row += draw_text(c, area, row, plain ? 3 : col, l);
	}
}

static const char *
publish_hints(struct app *app, void *self)
{
	struct publish *p = self;

	(void)app;
	switch (p->stage) {
	case PLANNING:
		return "Esc back";
	case RUNNING:
		return "Esc stop";
	case DONE:
		return "Enter back";
	case FAILED:
		return *p->outing->result.oid ? "S push again|Esc back"
					      : "r plan again|Esc back";
	case PLANNED:
		break;
	}
	return plan_empty(p->outing->plan) ? "r again|Esc back" : NULL;
}

static bool
publish_event(struct app *app, void *self, const struct event *ev)
{
	struct publish *p = self;

	if (ev->key == KEY_ESC && p->stage == RUNNING) {
		atomic_store(&p->running->progress.cancel, true);
		app_say(app, "stopping …");
		return true;
	}
	if ((ev->key == 'j' || ev->key == KEY_DOWN ||
		ev->key == KEY_WHEEL_DOWN) &&
	    p->top + 1 < p->n)
		p->top++;
	else if ((ev->key == 'k' || ev->key == KEY_UP ||
		     ev->key == KEY_WHEEL_UP) &&
		 p->top > 0)
		p->top--;
	else
		return false;
	app_dirty(app);
	return true;
}

static void
run_now(struct app *app, struct publish *p)
{
	start(app, p, publish_job_run,
	    p->unpublish ? "unpublishing" : "publishing", RUNNING);
}

static void
answered(struct app *app, void *ctx, int key)
{
	struct publish *p = ctx;

	if (key != 'y')
		return;
	p->outing->plan->ignore_errors = true;
	run_now(app, p);
}

static const struct answer yes_no[] = {{'y', "yes"}, {'n', "no"}};

static void
go(struct app *app, void *self)
{
	struct publish *p = self;
	size_t errors;
	char *question;

	if (p->stage == DONE || (p->stage == FAILED && !p->outing->plan)) {
		app_pop(app);
	} else if (p->stage == FAILED) {
		app_say(app, "r tries again, Esc leaves it");
	} else if (p->stage == PLANNED && plan_empty(p->outing->plan)) {
		app_say(app, "nothing to publish");
	} else if (p->stage == PLANNED) {
		errors =
		    findings_count(&p->outing->plan->findings, CHECK_ERROR);
		if (errors == 0) {
			run_now(app, p);
			return;
		}
		question = xasprintf(
		    "Publish with %zu error%s?", errors, errors > 1 ? "s" : "");
		app_ask(app, question, yes_no, 2, answered, p);
		free(question);
	}
}

static void
message_done(struct app *app, void *ctx, const char *text)
{
	struct publish *p = ctx;

	if (!text || !*text || p->stage != PLANNED)
		return;
	free(p->outing->plan->message);
	p->outing->plan->message = xstrdup(text);
	plan_lines(p);
	app_dirty(app);
}

static void
message(struct app *app, void *self)
{
	struct publish *p = self;

	if (p->stage == PLANNED)
		app_prompt(
		    app, "message:", p->outing->plan->message, message_done, p);
}

/* Plan again from what is on the disk now. */
static void
again(struct app *app, void *self)
{
	struct publish *p = self;

	if (p->stage != FAILED && p->stage != PLANNED)
		return;
	plan_free(p->outing->plan);
	p->outing->plan = NULL;
	site_free(p->outing->site);
	p->outing->site = NULL;
	start(app, p, plan_run, "planning", PLANNING);
}

static const struct command publish_commands[] = {
    {"go", "Enter", "publish", "Publish as planned; afterwards: go back", go},
    {"message", "m", "message", "Edit the message of the commit", message},
    {"again", "r", "again", "Plan again, after a failure or a change", again},
    {NULL, NULL, NULL, NULL, NULL},
};

static bool
publish_leave(struct app *app, void *self)
{
	struct publish *p = self;

	if (p->stage != RUNNING)
		return true;
	app_say(app, "publishing goes on; Esc stops it");
	return false;
}

const struct screen publish_screen = {
    .name = "publish",
    .commands = publish_commands,
    .open = publish_open,
    .close = publish_close,
    .title = publish_title,
    .draw = publish_draw,
    .hints = publish_hints,
    .event = publish_event,
    .leave = publish_leave,
};
