/* SPDX-License-Identifier: ISC */
/*
 * Carrying a plan out: check, write, commit, send.  What was written is undone
 * as long as there is no commit (and after it when the plan is atomic).
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "publish_priv.h"
#include "work.h"

/* A post that we wrote. */
struct written {
	const char *name; /* relative to the site's root */
	struct post *post;
};

struct outing {
	const struct site *site;
	struct repo *repo;
	struct plan *plan;
	struct repo_net net; /* the caller's, its lines kept on the way */
	const struct repo_net *caller;
	struct publish_result *result;
	struct written *written;
	size_t nwritten;
	char *prefix; /* the site's root below the work tree */
	struct journal journal;
	bool begun; /* the journal tells of this plan */
};

static void
keep_line(void *ctx, const char *line)
{
	struct outing *o = ctx;

	buf_printf(&o->result->remote, "%s\n", line);
	if (o->caller->line)
		o->caller->line(o->caller->ctx, line);
}

static int
check_findings(const struct plan *plan, struct err *err)
{
	size_t n = findings_count(&plan->findings, CHECK_ERROR), i = 0;
	const struct finding *f;

	if (!n || plan->ignore_errors)
		return 0;
	while (plan->findings.v[i].severity != CHECK_ERROR)
		i++;
	f = &plan->findings.v[i];
	if (n > 1)
		err_code(err, ERR_REFUSED, "%s [%s], and %zu more", f->message,
		    f->rule, n - 1);
	else
		err_code(err, ERR_REFUSED, "%s [%s]", f->message, f->rule);
	err->line = f->line;
	err->column = f->column;
	return err_where(err, f->path);
}

static int
check_stamp(const char *root, const char *path, const struct stamp *planned,
    struct err *err)
{
	struct stamp now = {0};
	struct err ignored;
	char *full = path_join(root, path);
	bool same;

	if (file_stamp(full, &now, &ignored) == -1)
		now = (struct stamp){0};
	same = stamp_equal(&now, planned);
	free(full);
	if (!same)
		return err_code(err, ERR_CHANGED,
		    "%s has changed since the plan was made: plan again", path);
	return 0;
}

static int
check_head(struct outing *o, struct err *err)
{
	struct repo_head now, *planned = &o->plan->head;
	int rc = 0;

	if (!o->plan->no_push && !planned->remote)
		return err_code(
		    err, ERR_GIT, "no remote: git remote add origin URL");
	if (!o->plan->no_push && planned->refused)
		return err_code(err, ERR_GIT, "%s", planned->refused);
	if (repo_head(o->repo, &now, err) == -1)
		return -1;
	if (now.busy)
		rc = err_code(err, ERR_GIT,
		    "a %s is in progress: finish or abort it with git",
		    now.busy);
	else if (!now.branch || strcmp(now.branch, planned->branch) != 0)
		rc = err_code(err, ERR_CHANGED,
		    "the branch is not %s any more: plan again",
		    planned->branch);
	repo_head_dispose(&now);
	return rc;
}

static int
check(struct outing *o, struct err *err)
{
	const struct plan *plan = o->plan;

	progress_set(o->net.progress, "checking", 0, 0);
	if (progress_cancelled(o->net.progress))
		return err_code(err, ERR_CANCEL, "stopped");
	if (check_findings(plan, err) == -1 || check_head(o, err) == -1)
		return -1;
	for (size_t i = 0; i < plan->nposts; i++)
		if (check_stamp(o->site->config->root, plan->posts[i],
			&plan->stamps[i], err) == -1)
			return -1;
	for (size_t i = 0; i < plan->nfiles; i++)
		if (check_stamp(repo_root(o->repo), plan->files[i].path,
			&plan->files[i].stamp, err) == -1)
			return -1;
	return 0;
}

/* Set the planned fields of one post in memory. */
static int
edit(struct outing *o, struct written *w, struct err *err)
{
	const struct plan_field *f;
	int rc = 0;

	for (size_t i = 0; i < o->plan->nfields && rc == 0; i++) {
		f = &o->plan->fields[i];
		if (strcmp(f->path, w->name) == 0)
			rc = publish_field_set(f, w->post->fm, err);
	}
	return rc;
}

static int
load(struct outing *o, const char *name, struct err *err)
{
	char *path = path_join(o->site->config->root, name), *below;
	struct written *w = &o->written[o->nwritten++];
	struct journal_post *p;
	const char *text;
	size_t len;

	w->name = name;
	w->post = post_load(path, err);
	free(path);
	if (!w->post)
		return err->line ? err_where(err, name) : -1;
	below = publish_repo_path(o->prefix, name);
	p = journal_add_post(&o->journal, below);
	free(below);
	text = fm_text(w->post->fm, &len);
	buf_add(&p->before, text, len);
	if (edit(o, w, err) == -1)
		return err_where(err, name);
	text = fm_text(w->post->fm, &len);
	buf_add(&p->after, text, len);
	return 0;
}

/* All that finishing or undoing has to know, on the disk. */
static int
begin_journal(struct outing *o, struct err *err)
{
	const struct plan *plan = o->plan;
	const char **paths = xcalloc(plan->nfiles, sizeof(*paths));
	struct repo_entry *entries = xcalloc(plan->nfiles, sizeof(*entries));
	struct journal *j = &o->journal;
	struct journal_file *f;
	int rc = 0;

	j->step = JOURNAL_WRITING;
	j->atomic = plan->atomic;
	j->no_verify = plan->no_verify;
	j->no_push = plan->no_push;
	j->message = xstrdup(plan->message);
	if (!plan->head.unborn)
		rc = repo_oid(o->repo, "HEAD", j->head, err);
	for (size_t i = 0; i < plan->nfiles; i++)
		paths[i] = plan->files[i].path;
	if (rc == 0)
		rc = repo_entries(o->repo, paths, plan->nfiles, entries, err);
	for (size_t i = 0; rc == 0 && i < plan->nfiles; i++) {
		f = journal_add_file(j, paths[i]);
		f->stamp = plan->files[i].stamp;
		f->entry = entries[i];
	}
	if (rc == 0 && (rc = journal_write(o->repo, j, err)) == 0)
		o->begun = true;
	free(paths);
	free(entries);
	return rc;
}

/* Edit all in memory, then write all. */
static int
write_posts(struct outing *o, struct err *err)
{
	const struct plan *plan = o->plan;

	progress_set(o->net.progress, "writing", 0, 0);
	o->written = xcalloc(plan->nfields, sizeof(*o->written));
	for (size_t i = 0; i < plan->nfields; i++)
		if ((i == 0 || strcmp(plan->fields[i].path,
				   plan->fields[i - 1].path) != 0) &&
		    load(o, plan->fields[i].path, err) == -1)
			return -1;
	if (plan->nfiles && begin_journal(o, err) == -1)
		return -1;
	for (size_t i = 0; i < o->nwritten; i++)
		if (post_save(o->written[i].post, err) == -1)
			return -1;
	return 0;
}

/* Bring back what was written; err says so when that is not possible. */
static void
take_back(struct outing *o, struct err *err)
{
	struct err why;

	if (o->begun && journal_restore(o->repo, &o->journal, &why) == -1)
		err_code(err, err->code,
		    "%s; %s; galley sync --undo tries "
		    "again",
		    err->msg, why.msg);
}

static int
commit(struct outing *o, struct err *err)
{
	const struct plan *plan = o->plan;
	const char **paths = xcalloc(plan->nfiles, sizeof(*paths));
	const struct repo_commit_spec spec = {
	    .paths = paths,
	    .n = plan->nfiles,
	    .message = plan->message,
	    .no_verify = plan->no_verify,
	    .line = keep_line,
	    .ctx = o,
	    .progress = o->net.progress,
	};
	int rc;

	progress_set(o->net.progress, "committing", 0, 0);
	for (size_t i = 0; i < plan->nfiles; i++)
		paths[i] = plan->files[i].path;
	rc = repo_commit(o->repo, &spec, o->result->oid, err);
	free(paths);
	return rc;
}

/* Atomic: the commit, with what it was replayed on, goes away again. */
static int
undo_sent(struct outing *o, struct err *err)
{
	struct err why;

	if (journal_undo(o->repo, &o->journal, &why) == -1)
		return err_code(err, err->code,
		    "%s; the commit %.7s could not be taken back: %s", err->msg,
		    o->result->oid, why.msg);
	o->result->oid[0] = '\0';
	return err_code(err, err->code,
	    "not pushed: %s; the commit was taken back", err->msg);
}

/* Stopped in the middle of the push: nothing is taken back that readers may
 * have by now. */
static int
maybe_sent(struct outing *o, const char *oid, struct err *err)
{
	o->result->unsent = *err;
	if (!*oid)
		return err_code(err, err->code,
		    "stopped while pushing: the remote may have it or not; "
		    "sync finishes it");
	return err_code(err, err->code,
	    "committed %.7s; stopped while pushing: the remote may have it or "
	    "not; sync finishes it",
	    o->result->oid);
}

static int
not_sent(struct outing *o, const char *oid, struct err *err)
{
	enum err_code code = err->code == ERR_FAIL ? ERR_GIT : err->code;

	o->result->unsent = *err;
	if (!*oid) {
		if (!*o->journal.commit)
			journal_remove(o->repo);
		return err_code(
		    err, code, "not pushed: %s; sync tries again", err->msg);
	}
	if (o->plan->atomic)
		return undo_sent(o, err);
	return err_code(err, code,
	    "committed %.7s; not pushed: %s; sync tries again", o->result->oid,
	    err->msg);
}

static int
send(struct outing *o, struct err *err)
{
	struct publish_conflicts conflicts = {0};
	struct publish_sent sent = {0};
	char oid[REPO_OID_LEN + 1];
	struct err ignored;
	int rc;

	memcpy(oid, o->result->oid, sizeof(oid));
	rc =
	    publish_send(o->repo, &o->journal, &o->net, &conflicts, &sent, err);
	publish_conflicts_dispose(&conflicts);
	if (sent.fetched)
		o->result->reached = PUBLISH_FETCHED;
	/* Replayed, it has another name. */
	if (*oid && sent.brought)
		repo_oid(o->repo, "HEAD", o->result->oid, &ignored);
	if (rc == -1)
		return sent.unsure ? maybe_sent(o, oid, err)
				   : not_sent(o, oid, err);
	journal_remove(o->repo);
	o->result->reached = PUBLISH_PUSHED;
	o->result->pushed = true;
	return 0;
}

static int
carry_out(struct outing *o, struct err *err)
{
	int rc = check(o, err);

	if (rc == 0)
		rc = write_posts(o, err);
	if (rc == 0) {
		o->result->reached = PUBLISH_WRITTEN;
		if (progress_cancelled(o->net.progress))
			rc = err_code(err, ERR_CANCEL, "stopped");
	}
	if (rc == 0 && o->plan->nfiles)
		rc = commit(o, err);
	if (rc == -1) {
		if (err->code == ERR_CANCEL)
			err_code(err, ERR_CANCEL,
			    "stopped before the commit; nothing is changed");
		take_back(o, err);
		return -1;
	}
	o->result->reached = PUBLISH_COMMITTED;
	if (o->begun) {
		o->journal.step = JOURNAL_COMMITTED;
		memcpy(o->journal.commit, o->result->oid,
		    sizeof(o->journal.commit));
	}
	if (!o->plan->no_push)
		return send(o, err);
	if (o->begun)
		journal_remove(o->repo);
	return 0;
}

/* One that was cut off comes first; one that waits to be sent goes along. */
static int
check_journal(struct outing *o, struct err *err)
{
	struct publish_pending p;
	struct journal *j = &o->journal;
	int rc = publish_left(o->repo, j, &p, err);

	if (rc == 0 && p.left != PUBLISH_LEFT_NOTHING &&
	    p.left != PUBLISH_LEFT_UNSENT)
		rc = err_code(err, ERR_GIT,
		    "%s: galley sync finishes it, galley sync --undo takes it "
		    "back",
		    p.text);
	if (p.left != PUBLISH_LEFT_UNSENT || o->plan->nfiles > 0)
		journal_dispose(j);
	if (!j->branch && o->plan->head.branch)
		j->branch = xstrdup(o->plan->head.branch);
	publish_pending_dispose(&p);
	return rc;
}

int
publish_run(const struct site *site, struct repo *repo, struct plan *plan,
    const struct repo_net *net, struct publish_result *result, struct err *err)
{
	struct outing o = {
	    .site = site,
	    .repo = repo,
	    .plan = plan,
	    .caller = net,
	    .result = result,
	};
	int rc, lock;

	*result = (struct publish_result){0};
	o.net = (struct repo_net){
	    .line = keep_line,
	    .ctx = &o,
	    .progress = net->progress,
	    .no_verify = net->no_verify || plan->no_verify,
	};
	if ((lock = journal_lock(repo, err)) == -1)
		return -1;
	rc = check_journal(&o, err);
	if (rc == 0 && !(o.prefix = publish_prefix(site, repo, err)))
		rc = -1;
	if (rc == 0)
		rc = carry_out(&o, err);
	for (size_t i = 0; i < o.nwritten; i++)
		post_free(o.written[i].post);
	free(o.written);
	free(o.prefix);
	journal_dispose(&o.journal);
	journal_unlock(lock);
	return rc;
}

void
publish_result_dispose(struct publish_result *result)
{
	buf_dispose(&result->remote);
	*result = (struct publish_result){0};
}
