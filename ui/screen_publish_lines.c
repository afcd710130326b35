/* SPDX-License-Identifier: ISC */
/* Publish: what the screen says, in lines, and drawing them. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "publish_branch.h"
#include "screen_publish_priv.h"
#include "text.h"
#include "theme.h"

/* Of longer lists the rest is counted: what comes after must be seen. */
#define LONGEST 12

static void
add_line(struct publish *p, int style, const char *label, char *text)
{
	p->lines = xgrow(p->lines, p->n, &p->cap, sizeof(*p->lines));
	p->lines[p->n++] = (struct line){style, label, text};
}

void
publish_clear(struct publish *p)
{
	for (size_t i = 0; i < p->n; i++)
		free(p->lines[i].text);
	p->n = 0;
	p->top = 0;
}

/* "and 93 more" of a list whose rest is not shown. */
static void
add_more(struct publish *p, size_t n)
{
	if (n > 0)
		add_line(p, STYLE_DIM, "", xasprintf("and %zu more", n));
}

static void
add_fields(struct publish *p, const struct plan *plan)
{
	const char *label = "fields", *path = NULL;
	size_t n = plan->nfields < LONGEST ? plan->nfields : LONGEST;

	for (size_t i = 0; i < n; i++) {
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
	add_more(p, plan->nfields - n);
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
	size_t n = plan->nfiles < LONGEST ? plan->nfiles : LONGEST;

	for (size_t i = 0; i < n; i++) {
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
	add_more(p, plan->nfiles - n);
}

static char *
finding_text(const struct plan *plan, const struct finding *v)
{
	if (plan->nposts > 1)
		return xasprintf("%s:%u: %s", v->path, v->line, v->message);
	return xasprintf("line %u: %s", v->line, v->message);
}

/* Those of one severity, while shown is not too many; how many are then. */
static size_t
add_findings(struct publish *p, const struct plan *plan,
    enum check_severity severity, size_t shown)
{
	const struct findings *f = &plan->findings;
	int style = severity == CHECK_ERROR     ? STYLE_ERROR
		    : severity == CHECK_WARNING ? STYLE_WARNING
						: STYLE_DIM;

	for (size_t i = 0; i < f->n && shown < LONGEST; i++) {
		if (f->v[i].severity != severity)
			continue;
		add_line(p, style, "", finding_text(plan, &f->v[i]));
		shown++;
	}
	return shown;
}

static void
add_checks(struct publish *p, const struct plan *plan)
{
	const struct findings *f = &plan->findings;
	size_t errors = findings_count(f, CHECK_ERROR);
	size_t warnings = findings_count(f, CHECK_WARNING), shown;
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
	shown = add_findings(p, plan, CHECK_ERROR, 0);
	shown = add_findings(p, plan, CHECK_WARNING, shown);
	shown = add_findings(p, plan, CHECK_INFO, shown);
	add_more(p, f->n - shown);
}

/* Of the first post. */
static char *
address(const struct plan *plan)
{
	char *first = permalink_readable(plan->url), *all;

	if (plan->nposts < 2)
		return first;
	all = xasprintf("%s   and %zu more", first, plan->nposts - 1);
	free(first);
	return all;
}

static void
add_target(struct publish *p, const struct repo_head *h)
{
	if (!h->remote)
		add_line(p, STYLE_WARNING, "to",
		    xstrdup("no remote: the commit stays here"));
	else if (h->refused)
		add_line(p, STYLE_ERROR, "to", xstrdup(h->refused));
	else
		add_line(p, STYLE_TEXT, "to",
		    xasprintf("%s %s   %s", h->remote,
			h->target ? h->target : "", h->url));
}

/* The subject, and below it the rest. */
static void
add_message(struct publish *p, const char *message)
{
	size_t len, n = 0;

	for (; *message; message += len + (message[len] == '\n')) {
		len = strcspn(message, "\n");
		/* A blank line tells nothing here. */
		if (len > 0 && n++ < LONGEST)
			add_line(p, n > 1 ? STYLE_DIM : STYLE_TEXT,
			    n > 1 ? "" : "message", xstrndup(message, len));
	}
	add_more(p, n > LONGEST ? n - LONGEST : 0);
}

/* "3f2a91c  publish: A title" */
static char *
commit_line(const struct publish *p)
{
	const char *message = p->outing->plan->message;

	return xasprintf("%.7s  %.*s", p->outing->result.oid,
	    (int)strcspn(message, "\n"), message);
}

void
publish_show_plan(struct publish *p)
{
	const struct plan *plan = p->outing->plan;
	const struct repo_head *h = &plan->head;

	publish_clear(p);
	add_fields(p, plan);
	add_files(p, plan);
	if (plan->nfields + plan->nfiles == 0)
		add_line(p, STYLE_DIM, "files",
		    xstrdup(plan_empty(plan)
				? "nothing to publish: all is out as it is here"
				: "committed before, not pushed yet"));
	add_checks(p, plan);
	add_message(p, plan->message);
	add_target(p, h);
	if (h->behind)
		add_line(p, STYLE_DIM, "",
		    xasprintf("%zu commit%s to take in first", h->behind,
			h->behind > 1 ? "s" : ""));
	if (plan->url)
		add_line(p, STYLE_TEXT, "address", address(plan));
	if (plan->note)
		add_line(p, STYLE_WARNING, "note", xstrdup(plan->note));
}

/* What hooks and the remote said, line by line. */
static void
remote_lines(struct publish *p, int style)
{
	char *text = xstrdup(buf_text(&p->outing->result.remote)), *save;
	const char *label = "remote";

	for (char *s = strtok_r(text, "\n", &save); s;
	     s = strtok_r(NULL, "\n", &save)) {
		add_line(p, style, label, xstrdup(s));
		label = "";
	}
	free(text);
}

/* Where it went instead, and what makes a pull request of it. */
static void
branch_lines(struct publish *p)
{
	const struct outing *o = p->outing;
	char *link = publish_link(&o->result.remote);

	if (o->branch)
		add_line(p, STYLE_TEXT, "branch", xstrdup(o->branch));
	if (link)
		add_line(p, STYLE_STRONG, "request", link);
}

void
publish_show_done(struct publish *p)
{
	const struct plan *plan = p->outing->plan;
	const struct publish_result *r = &p->outing->result;
	const char *word = p->outing->branch ? "On its way to be reviewed"
			   : plan->unpublish ? "Unpublished"
					     : "Published";
	char *where = plan->url ? address(plan) : xstrdup("");

	publish_clear(p);
	if (r->pushed)
		add_line(p, STYLE_GOOD, "", xasprintf("%s   %s", word, where));
	else
		add_line(
		    p, STYLE_WARNING, "", xstrdup("Committed, not pushed"));
	free(where);
	if (*r->oid)
		add_line(p, STYLE_DIM, "commit", commit_line(p));
	branch_lines(p);
	remote_lines(p, STYLE_DIM);
	if (p->outing->online)
		add_line(p, STYLE_GOOD, "online",
		    xstrdup(plan->unpublish ? "readers do not find it any more"
			    : p->outing->told
				? "readers have the new page"
				: "it is there; its text does not tell whether "
				  "it is the new page"));
	if (!plan->head.remote)
		add_line(p, STYLE_TEXT, "next",
		    xstrdup("git remote add origin URL; then S pushes it"));
	if (plan->note)
		add_line(p, STYLE_WARNING, "note", xstrdup(plan->note));
}

bool
publish_unsent(const struct publish *p)
{
	return p->stage == FAILED && p->outing->plan &&
	       p->outing->result.unsent.code != ERR_NONE;
}

bool
publish_may_wait(const struct publish *p)
{
	return p->stage == DONE && p->outing->result.pushed &&
	       !p->outing->online;
}

static void
unsent_lines(struct publish *p)
{
	const struct publish_result *r = &p->outing->result;

	add_line(
	    p, STYLE_ERROR, "", xasprintf("Not pushed   %s", r->unsent.msg));
	remote_lines(p, STYLE_TEXT);
	if (*r->oid)
		add_line(p, STYLE_DIM, "commit", commit_line(p));
	add_line(p, STYLE_TEXT, "next",
	    xstrdup("The commit is safe here; S pushes it, now or later; b "
		    "sends it to a branch for a pull request; u takes it "
		    "back."));
}

void
publish_show_failed(struct publish *p)
{
	publish_clear(p);
	if (publish_unsent(p)) {
		unsent_lines(p);
	} else if (!p->outing->plan) {
		add_line(p, STYLE_ERROR, "",
		    xasprintf("Cannot %s   %s",
			p->unpublish ? "unpublish" : "publish", p->err.msg));
	} else {
		add_line(p, STYLE_ERROR, "",
		    xasprintf("Not %s   %s",
			p->unpublish ? "unpublished" : "published",
			p->err.msg));
		remote_lines(p, STYLE_TEXT);
		add_line(p, STYLE_TEXT, "next",
		    xstrdup("Every file is as it was before; r plans again."));
	}
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

int
publish_draw_lines(
    const struct publish *p, struct canvas *c, struct area a, int row)
{
	int col = a.cols >= 60 ? 14 : 11;
	bool over = p->stage == DONE || p->stage == FAILED;

	for (size_t i = 0; i < p->n; i++) {
		const struct line *l = &p->lines[i];

		if (row >= 0 && row < a.rows)
			canvas_fit(c, a.row + row, a.col + 3, col - 4,
			    STYLE_DIM, l->label, false);
		row += draw_text(c, a, row, over && i == 0 ? 3 : col, l);
	}
	return row;
}
