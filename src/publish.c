/* SPDX-License-Identifier: ISC */
/* Planning a publication; nothing is changed here. */
#include "publish.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "date.h"
#include "file.h"
#include "mem.h"
#include "publish_priv.h"
#include "text.h"

static int
load(struct planning *p, size_t i, struct err *err)
{
	char *path = path_join(p->site->config->root, p->plan->posts[i]);
	struct stat st;

	if (lstat(path, &st) == 0 && S_ISLNK(st.st_mode))
		err_set(err,
		    "%s is a symbolic link: publish the file it leads to",
		    p->plan->posts[i]);
	else
		p->posts[i] = post_load(path, err);
	free(path);
	if (!p->posts[i]) {
		/* Without a line it names the file already. */
		return err->line ? err_where(err, p->plan->posts[i]) : -1;
	}
	p->plan->stamps[i] = p->posts[i]->stamp;
	return 0;
}

static void
plan_checks(struct planning *p)
{
	const struct check_options options = {p->options->schemas, true};
	const struct entry *e;

	for (size_t i = 0; i < p->plan->nposts; i++) {
		e = site_entry(p->site, p->plan->posts[i]);
		if (e && !p->options->unpublish)
			check_page(p->site, e, p->posts[i], &options,
			    &p->plan->findings);
	}
}

/* The time in a field; false when there is none that can be read. */
static bool
time_of(const struct planning *p, size_t i, const char *key, int64_t *t)
{
	const struct value *values = fm_values(p->posts[i]->fm);
	const char *text = value_text(value_get(values, key));
	struct date date;

	if (!text || !date_parse(text, strlen(text), &date))
		return false;
	*t = date_unix(&date, p->site->config->zone);
	return true;
}

/* What keeps a post from readers although it is published. */
static char *
note_of(const struct planning *p, size_t i)
{
	const struct site_config *config = p->site->config;
	int64_t t, now = p->site->now;
	const char *key = "publishDate";
	char *when, *note = NULL;

	if (!time_of(p, i, key, &t)) {
		key = "date"; /* what Hugo takes instead */
		if (!time_of(p, i, key, &t))
			t = 0;
	}
	if (t > now && !config->build_future) {
		when = date_distance(t, now);
		note = xasprintf("%s is ahead: a build before then (%s) leaves "
				 "it out",
		    key, when);
		free(when);
	} else if (time_of(p, i, "expiryDate", &t) && t <= now &&
		   !config->build_expired)
		note = xstrdup("expiryDate has passed: the site leaves it out");
	return note;
}

static void
plan_notes(struct planning *p)
{
	struct plan *plan = p->plan;
	char *note;

	for (size_t i = 0; i < plan->nposts && !plan->note; i++) {
		if (plan->unpublish || !(note = note_of(p, i)))
			continue;
		plan->note = plan->nposts == 1
				 ? xstrdup(note)
				 : xasprintf("%s: %s", plan->posts[i], note);
		free(note);
	}
}

static int
check_repo(struct planning *p, struct err *err)
{
	struct repo_head *head = &p->plan->head;
	char *who;

	if (repo_head(p->repo, head, err) == -1)
		return -1;
	if (head->busy)
		return err_code(err, ERR_GIT,
		    "a %s is in progress: finish or abort it with git",
		    head->busy);
	if (!head->branch)
		return err_code(err, ERR_GIT,
		    "no branch is checked out (detached HEAD): git switch "
		    "BRANCH");
	if (!(who = repo_identity(p->repo, err)))
		return -1;
	free(who);
	if (!(p->prefix = publish_prefix(p->site, p->repo, err)))
		return -1;
	return repo_changes(p->repo, p->prefix, &p->changes, err);
}

/* The same post named twice is one. */
static void
add_posts(struct plan *plan, const char *const *posts, size_t n)
{
	bool twice;

	for (size_t i = 0; i < n; i++) {
		twice = false;
		for (size_t j = 0; j < plan->nposts && !twice; j++)
			twice = strcmp(plan->posts[j], posts[i]) == 0;
		if (twice)
			continue;
		plan->posts = xgrow(plan->posts, plan->nposts, &plan->cap_posts,
		    sizeof(*plan->posts));
		plan->posts[plan->nposts++] = xstrdup(posts[i]);
	}
	plan->stamps = xcalloc(plan->nposts, sizeof(*plan->stamps));
}

static int
make_plan(struct planning *p, struct err *err)
{
	struct plan *plan = p->plan;

	for (size_t i = 0; i < plan->nposts; i++)
		if (load(p, i, err) == -1)
			return -1;
	if (check_repo(p, err) == -1)
		return -1;
	for (size_t i = 0; i < plan->nposts; i++)
		if (publish_fields(p, i, err) == -1)
			return -1;
	if (publish_files(p, err) == -1)
		return -1;
	plan_checks(p);
	plan_notes(p);
	plan->url = permalink_of(
	    p->site->config, plan->posts[0], fm_values(p->posts[0]->fm));
	return publish_message(p, err);
}

struct plan *
publish_plan(const struct site *site, struct repo *repo,
    const char *const *posts, size_t n, const struct plan_options *options,
    struct err *err)
{
	struct plan *plan = xcalloc(1, sizeof(*plan));
	struct planning p = {
	    .site = site, .repo = repo, .options = options, .plan = plan};
	int rc;

	assert(n > 0);
	plan->unpublish = options->unpublish;
	plan->no_push = options->no_push;
	plan->no_verify = options->no_verify;
	plan->atomic = options->atomic;
	plan->ignore_errors = options->ignore_errors;
	add_posts(plan, posts, n);
	p.posts = xcalloc(plan->nposts, sizeof(*p.posts));
	publish_owners(&p);
	rc = make_plan(&p, err);
	for (size_t i = 0; i < plan->nposts; i++)
		post_free(p.posts[i]);
	free(p.posts);
	publish_owners_free(&p);
	free(p.prefix);
	repo_changes_dispose(&p.changes);
	if (rc == 0)
		return plan;
	plan_free(plan);
	return NULL;
}

bool
plan_empty(const struct plan *plan)
{
	const struct repo_head *head = &plan->head;

	if (plan->nfields || plan->nfiles)
		return false;
	return plan->no_push || head->unborn || !head->remote ||
	       (head->upstream && !head->ahead);
}

void
plan_free(struct plan *plan)
{
	if (!plan)
		return;
	for (size_t i = 0; i < plan->nposts; i++)
		free(plan->posts[i]);
	for (size_t i = 0; i < plan->nfields; i++)
		publish_field_dispose(&plan->fields[i]);
	for (size_t i = 0; i < plan->nfiles; i++)
		free(plan->files[i].path);
	free(plan->posts);
	free(plan->stamps);
	free(plan->fields);
	free(plan->files);
	findings_dispose(&plan->findings);
	repo_head_dispose(&plan->head);
	free(plan->message);
	free(plan->url);
	free(plan->note);
	free(plan);
}
