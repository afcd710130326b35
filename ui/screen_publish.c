/* SPDX-License-Identifier: ISC */
/*
 * Publish: the plan, the way it goes, and what came of it.  Plan and run are
 * jobs that own their site, repository and plan; the screen gets them back.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "askpass.h"
#include "date.h"
#include "mem.h"
#include "publish_branch.h"
#include "schema.h"
#include "screen.h"
#include "screen_publish_priv.h"
#include "text.h"
#include "theme.h"

static void
outing_free(struct outing *o)
{
	plan_free(o->plan);
	site_free(o->site);
	repo_free(o->repo);
	publish_result_dispose(&o->result);
	publish_conflicts_dispose(&o->conflicts);
	free(o->branch);
	free(o->undone);
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
	struct conf *conf;

	job->status = -1;
	o->options.template = o->template;
	if (config)
		o->site = site_scan(
		    config, date_now_unix(), &job->progress, &job->err);
	if (o->site && !o->repo)
		o->repo = repo_open(o->root, &job->err);
	if (!o->site || !o->repo)
		return;
	if (!(conf = conf_load(o->root, &job->err)))
		return;
	o->options.schemas = schemas_new(o->site, conf);
	o->plan = publish_plan(o->site, o->repo, (const char *const *)o->paths,
	    o->n, &o->options, &job->err);
	schemas_free(o->options.schemas);
	o->options.schemas = NULL;
	conf_free(conf);
	job->status = o->plan ? 0 : -1;
	/* As the plan says on the screen: the commit stays here. */
	if (o->plan && !o->plan->head.remote)
		o->plan->no_push = true;
}

/* publish_run() keeps it. */
static void
tell_line(void *ctx, const char *line)
{
	work_tell(ctx, line);
}

/* On the worker: carry the plan out. */
static void
publish_job_run(struct job *job)
{
	struct outing *o = (struct outing *)job;
	struct repo_net net = {tell_line, job, &job->progress};
	struct askpass *askpass = app_askpass(o->self, job, o->repo);

	publish_result_dispose(&o->result);
	o->result = (struct publish_result){0};
	job->status =
	    publish_run(o->site, o->repo, o->plan, &net, &o->result, &job->err);
	repo_ask_through(o->repo, NULL);
	askpass_free(askpass);
}

static void
keep_line(void *ctx, const char *line)
{
	struct outing *o = ctx;

	buf_printf(&o->result.remote, "%s\n", line);
	work_tell(&o->job, line);
}

/* On the worker: push what an earlier run has committed. */
static void
push_run(struct job *job)
{
	struct outing *o = (struct outing *)job;
	struct publish_result *r = &o->result;
	struct repo_net net = {keep_line, o, &job->progress};
	struct askpass *askpass = app_askpass(o->self, job, o->repo);
	char *summary;
	struct err ignored;

	buf_clear(&r->remote);
	job->status = publish_sync_with(
	    o->repo, &net, &o->conflicts, &summary, &job->err);
	repo_ask_through(o->repo, NULL);
	askpass_free(askpass);
	r->pushed = job->status == 0;
	r->unsent = job->err;
	/* Replayed, it has another name. */
	if (r->pushed && *r->oid)
		repo_oid(o->repo, "HEAD", r->oid, &ignored);
	free(summary);
}

/* On the worker: what was refused goes to a branch of its own. */
static void
branch_run(struct job *job)
{
	struct outing *o = (struct outing *)job;
	struct publish_result *r = &o->result;
	struct repo_net net = {keep_line, o, &job->progress};
	struct askpass *askpass = app_askpass(o->self, job, o->repo);
	char *name = publish_branch_name(o->paths[0]);

	buf_clear(&r->remote);
	free(o->branch);
	job->status =
	    publish_to_branch(o->repo, name, &net, &o->branch, &job->err);
	free(name);
	repo_ask_through(o->repo, NULL);
	askpass_free(askpass);
	r->pushed = job->status == 0;
	r->unsent = job->err;
}

/* On the worker: as if it had not been published. */
static void
undo_run(struct job *job)
{
	struct outing *o = (struct outing *)job;
	struct repo_net net = {keep_line, o, &job->progress};
	struct askpass *askpass = app_askpass(o->self, job, o->repo);

	free(o->undone);
	job->status = publish_undo(o->repo, &net, &o->undone, &job->err);
	repo_ask_through(o->repo, NULL);
	askpass_free(askpass);
	if (job->status == -1)
		o->result.unsent = job->err;
}

/* On the worker: ask for the pages until they are there. */
static void
wait_run(struct job *job)
{
	struct outing *o = (struct outing *)job;

	job->status = publish_wait(o->site, o->repo, o->plan, &o->result,
	    o->seconds, &o->told, &job->progress, &job->err);
	o->online = job->status == 0;
}

static void
touch_all(struct app *app, const struct outing *o)
{
	for (size_t i = 0; i < o->n; i++)
		app_touched(app, o->paths[i]);
	app_refresh_git(app, true);
}

/* The publication stands, whatever came of it. */
static void
wait_done(struct app *app, struct publish *p, const struct job *job)
{
	p->stage = DONE;
	publish_show_done(p);
	if (job->status == -1)
		app_warn(app, "%s", job->err.msg);
	app_dirty(app);
}

static void start(struct app *, struct publish *, void (*)(struct job *),
    const char *, enum stage);

static void plan_again(struct app *, struct publish *);

static void
job_done(struct job *job, void *ctx)
{
	struct outing *o = (struct outing *)job;
	struct app *app = ctx;
	struct publish *p = o->screen;
	bool planned = job->run == plan_run, waited = job->run == wait_run;

	if (!planned && !waited)
		touch_all(app, o);
	if (!p) {
		if (!planned && !waited && job->status == 0)
			app_say(app, "published");
		else if (!planned)
			app_error(app, &job->err);
		outing_free(o);
		return;
	}
	p->outing = o;
	p->running = NULL;
	p->err = job->err;
	if (waited) {
		wait_done(app, p, job);
		return;
	}
	if (job->run == undo_run && job->status == 0) {
		app_say(app, "%s", o->undone);
		plan_again(app, p);
		return;
	}
	if (!planned && o->result.reached >= PUBLISH_COMMITTED)
		app_notice(app, NOTICE_PUBLISHED);
	if (job->status == -1 && publish_conflicts_asks(&o->conflicts))
		app_push(app, &conflict_screen,
		    &(struct conflict_arg){&o->conflicts});
	if (job->status == -1)
		p->stage = FAILED;
	else
		p->stage = planned ? PLANNED : DONE;
	if (p->stage == FAILED)
		publish_show_failed(p);
	else if (planned)
		publish_show_plan(p);
	else
		publish_show_done(p);
	app_dirty(app);
}

static void
start(struct app *app, struct publish *p, void (*run)(struct job *),
    const char *name, enum stage stage)
{
	struct outing *o = p->outing;

	o->job = (struct job){.name = name, .run = run, .done = job_done};
	p->since = date_now_unix();
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
	o->self = app_self(app);
	o->template = xstrdup(conf_text(conf, "publish.message"));
	o->options.set_lastmod = conf_bool(conf, "publish.lastmod");
	o->seconds = (int)conf_int(conf, "publish.wait");
	o->options.summary = conf_bool(conf, "publish.summary");
	o->options.signoff = conf_bool(conf, "publish.signoff");
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
	publish_clear(p);
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
	if (!p->running && p->all > p->rows)
		buf_printf(dst, "   %d %%", (p->top + p->rows) * 100 / p->all);
}

static void
put_size(struct buf *b, int64_t bytes)
{
	if (bytes < 1000)
		buf_printf(b, "%lld B", (long long)bytes);
	else if (bytes < 1000000)
		buf_printf(b, "%lld kB", (long long)(bytes + 500) / 1000);
	else
		buf_printf(b, "%.1f MB", (double)bytes / 1e6);
}

/* "sending objects, 12 of 14, 1.2 MB, 400 kB/s, 3 s" */
static void
describe(const struct publish *p, struct buf *b)
{
	struct progress *now = &p->running->progress;
	const char *what = atomic_load(&now->what);
	unsigned done = atomic_load(&now->done);
	unsigned total = atomic_load(&now->total);
	size_t bytes = atomic_load(&now->bytes);
	int64_t seconds = date_now_unix() - p->since;

	if (!what)
		return;
	buf_puts(b, what);
	if (total > 0)
		buf_printf(b, ", %u of %u", done, total);
	if (bytes > 0) {
		buf_puts(b, ", ");
		put_size(b, (int64_t)bytes);
	}
	if (bytes > 0 && seconds > 1) {
		buf_puts(b, ", ");
		put_size(b, (int64_t)bytes / seconds);
		buf_puts(b, "/s");
	}
	if (seconds > 1)
		buf_printf(b, ", %lld s", (long long)seconds);
}

/* The last of what hooks and the remote say, as they say it. */
static void
draw_told(struct app *app, struct canvas *c, struct area a)
{
	struct buf told = {0};
	const char *s, *line;
	int n = 0;

	app_told(app, &told);
	s = buf_text(&told) + told.len;
	while (n < a.rows && s > buf_text(&told)) {
		for (line = s - 1; line > buf_text(&told) && line[-1] != '\n';)
			line--;
		s = line;
		n++;
	}
	for (int row = 0; row < n; row++, s = line + 1) {
		line = s + strcspn(s, "\n");
		canvas_text(c, a.row + row, a.col, a.cols, STYLE_DIM, s,
		    (size_t)(line - s));
	}
	buf_dispose(&told);
}

/* What the job says of itself, and what its programs say. */
static void
draw_progress(
    struct app *app, const struct publish *p, struct canvas *c, struct area a)
{
	struct buf what = {0};

	if (p->stage == PLANNING) {
		canvas_fit(c, a.row, a.col, a.cols, STYLE_DIM,
		    "Looking at what will change …", false);
		return;
	}
	describe(p, &what);
	canvas_printf(c, a.row, a.col, a.cols, STYLE_STRONG,
	    p->running->run == wait_run ? "Published" : "Publishing …");
	if (a.rows > 1)
		canvas_fit(c, a.row + 1, a.col, a.cols, STYLE_DIM,
		    buf_text(&what), false);
	buf_dispose(&what);
	if (a.rows > 3)
		draw_told(app, c,
		    (struct area){a.row + 3, a.col, a.rows - 3, a.cols});
}

static void
scroll(struct publish *p, int rows)
{
	int last = p->all > p->rows ? p->all - p->rows : 0;

	p->top += rows;
	if (p->top > last)
		p->top = last;
	if (p->top < 0)
		p->top = 0;
}

static void
publish_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct publish *p = self;
	int row = area.rows > 12 ? 1 : 0;

	if (p->stage == PLANNING || p->stage == RUNNING) {
		draw_progress(app, p, c,
		    (struct area){area.row + row, area.col + 3, area.rows - row,
			area.cols - 3});
		return;
	}
	p->rows = area.rows;
	p->all =
	    publish_draw_lines(p, c, (struct area){0, 0, 0, area.cols}, row);
	scroll(p, 0);
	publish_draw_lines(p, c, area, row - p->top);
}

static const char *
publish_hints(struct app *app, void *self)
{
	struct publish *p = self;

	(void)app;
	switch (p->stage) {
	case PLANNING:
		return "=back back";
	case RUNNING:
		return "Esc stop";
	case DONE:
		return publish_may_wait(p) ? "=go back|=wait is it online"
					   : "=go back";
	case FAILED:
		return publish_unsent(p)
			   ? "=push push again|=to-branch to a branch|=take-back take "
			     "back|=back leave it"
			   : "=again plan again|=back back";
	case PLANNED:
		break;
	}
	if (plan_empty(p->outing->plan))
		return "=again again|=back back";
	return p->outing->plan->no_push
		   ? "=go commit|=message message|=back back|=help more"
		   : NULL;
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
	switch (ev->key) {
	case 'j':
	case KEY_DOWN:
		scroll(p, 1);
		break;
	case 'k':
	case KEY_UP:
		scroll(p, -1);
		break;
	case KEY_WHEEL_DOWN:
		scroll(p, 3);
		break;
	case KEY_WHEEL_UP:
		scroll(p, -3);
		break;
	case KEY_PGDN:
		scroll(p, p->rows > 1 ? p->rows - 1 : 1);
		break;
	case KEY_PGUP:
		scroll(p, p->rows > 1 ? 1 - p->rows : -1);
		break;
	case 'g':
	case KEY_HOME:
		scroll(p, -p->top);
		break;
	case 'G':
	case KEY_END:
		scroll(p, p->all);
		break;
	default:
		return false;
	}
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
		app_say(app, publish_unsent(p)
				 ? "S pushes again, Esc leaves it"
				 : "r plans again, Esc leaves it");
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

/* The first line is the subject, the rest stays. */
static void
message_done(struct app *app, void *ctx, const char *text)
{
	struct publish *p = ctx;
	struct plan *plan;
	char *all;

	if (!text || !*text || p->stage != PLANNED)
		return;
	plan = p->outing->plan;
	all = xasprintf(
	    "%s%s", text, plan->message + strcspn(plan->message, "\n"));
	plan_set_message(plan, all);
	free(all);
	publish_show_plan(p);
	app_dirty(app);
}

static void
message(struct app *app, void *self)
{
	struct publish *p = self;
	char *subject;

	if (p->stage != PLANNED)
		return;
	subject = xstrndup(
	    p->outing->plan->message, strcspn(p->outing->plan->message, "\n"));
	app_prompt(app, "message:", subject, message_done, p);
	free(subject);
}

static void
edit_message(struct app *app, void *self)
{
	struct publish *p = self;
	char *text;

	if (p->stage != PLANNED)
		return;
	text = app_edit_text(app, "COMMIT_EDITMSG", p->outing->plan->message);
	if (text && !plan_set_message(p->outing->plan, text))
		app_warn(app, "the message is empty: it stays as it was");
	free(text);
	publish_show_plan(p);
	app_dirty(app);
}

static void
add_trailer(struct app *app, struct publish *p, const char *key, char *who)
{
	if (!plan_trailer(p->outing->plan, key, who))
		app_say(app, "the message says so already");
	free(who);
	publish_show_plan(p);
	app_dirty(app);
}

static void
signoff(struct app *app, void *self)
{
	struct publish *p = self;
	struct err err = {0};
	char *who;

	if (p->stage != PLANNED)
		return;
	if ((who = repo_committer(p->outing->repo, &err)))
		add_trailer(app, p, "Signed-off-by", who);
	else
		app_error(app, &err);
}

static void
reviewer_done(struct app *app, void *ctx, const char *text)
{
	struct publish *p = ctx;

	if (text && *text && p->stage == PLANNED)
		add_trailer(app, p, "Reviewed-by", xstrdup(text));
}

static void
reviewed(struct app *app, void *self)
{
	struct publish *p = self;
	struct err err = {0};
	char *who;

	if (p->stage != PLANNED)
		return;
	who = repo_identity(p->outing->repo, &err);
	app_prompt(app, "reviewed by:", who ? who : "", reviewer_done, p);
	free(who);
}

static void
plan_again(struct app *app, struct publish *p)
{
	plan_free(p->outing->plan);
	p->outing->plan = NULL;
	site_free(p->outing->site);
	p->outing->site = NULL;
	start(app, p, plan_run, "planning", PLANNING);
}

/* Plan again from what is on the disk now. */
static void
again(struct app *app, void *self)
{
	struct publish *p = self;

	if (p->stage == FAILED || p->stage == PLANNED)
		plan_again(app, p);
}

static void
to_branch(struct app *app, void *self)
{
	struct publish *p = self;

	if (publish_unsent(p))
		start(app, p, branch_run, "pushing", RUNNING);
	else
		app_say(app, "that is for a push that was refused");
}

static void
take_back(struct app *app, void *self)
{
	struct publish *p = self;

	if (publish_unsent(p))
		start(app, p, undo_run, "undo", RUNNING);
	else
		app_say(app, "that is for a push that was refused");
}

/* Where a push failed, its words belong here; else it is a sync as any. */
static void
push(struct app *app, void *self)
{
	struct publish *p = self;

	if (p->stage == RUNNING)
		app_say(app, "already on it; Esc stops it");
	else if (publish_unsent(p))
		start(app, p, push_run, "pushing", RUNNING);
	else
		app_sync(app);
}

static void
wait(struct app *app, void *self)
{
	struct publish *p = self;

	if (publish_may_wait(p))
		start(app, p, wait_run, "waiting for the page", RUNNING);
	else if (p->stage == DONE)
		app_say(app,
		    p->outing->online ? "it is online" : "nothing was pushed");
}

static const struct command publish_commands[] = {
    {"go", "Enter", "publish", "Publish as planned; afterwards: go back", go},
    {"message", "m", "message", "Edit the subject of the commit's message",
	message},
    {"edit-message", "e", NULL, "Edit the whole message in $VISUAL or $EDITOR",
	edit_message},
    {"sign-off", "s", NULL, "Add Signed-off-by and who commits", signoff},
    {"reviewed-by", "v", NULL, "Add Reviewed-by and a name", reviewed},
    {"again", "r", NULL, "Plan again, after a failure or a change", again},
    {"push", "S", NULL, "Push again what is committed", push},
    {"to-branch", "b", NULL,
	"Send a refused commit to a branch of its own, for a pull request",
	to_branch},
    {"take-back", "u", NULL, "Take a commit back that was not pushed",
	take_back},
    {"wait", "w", NULL, "Wait until what was published is online", wait},
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
