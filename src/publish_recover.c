/* SPDX-License-Identifier: ISC */
/*
 * What a publication has left that was killed, stopped or refused: saying it,
 * finishing it as it was planned, taking it back.
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "publish_priv.h"

/* Files that programs left that were killed while they saved, and locks. */
static void
clean_up(struct repo *repo, const struct journal *j)
{
	char *path, *dir;

	repo_break_locks(repo, j->since);
	for (size_t i = 0; i < j->nposts; i++) {
		path = path_join(repo_root(repo), j->posts[i].path);
		dir = path_dir(path);
		file_sweep(dir, NULL, NULL);
		free(dir);
		free(path);
	}
}

static char *
first_line(const char *text)
{
	return text ? xstrndup(text, strcspn(text, "\n")) : NULL;
}

static char *
posts_of(const struct journal *j)
{
	const char *name = j->nposts   ? j->posts[0].path
			   : j->nfiles ? j->files[0].path
				       : "new commits";
	size_t n = j->nposts ? j->nposts : j->nfiles;

	return n > 1 ? xasprintf("%s and %zu more", name, n - 1)
		     : xstrdup(name);
}

/* Is what the journal is about on the remote, or gone? */
static bool
is_over(struct repo *repo, const struct journal *j)
{
	const char *tip = journal_tip(repo, j);
	char head[REPO_OID_LEN + 1];
	struct err ignored;

	if (j->step == JOURNAL_WRITING || j->step == JOURNAL_UNDOING)
		return false;
	if (*j->to && repo_oid(repo, "HEAD", head, &ignored) == 0 &&
	    strcmp(head, j->from) == 0)
		return false; /* half way, maybe */
	if (!*tip)
		return true;
	return repo_contains(repo, "upstream", tip, &ignored) == 1 ||
	       repo_contains(repo, "HEAD", tip, &ignored) == 0;
}

static void
describe(struct repo *repo, const struct journal *j, struct publish_pending *p)
{
	const char *tip = journal_tip(repo, j);
	char *posts = posts_of(j);

	memcpy(p->oid, tip, sizeof(p->oid));
	p->left = PUBLISH_LEFT_CUT;
	if (j->step == JOURNAL_UNDOING) {
		p->left = PUBLISH_LEFT_UNDOING;
		p->text = xasprintf("taking %s back was cut off", posts);
	} else if (!*tip && j->nfiles) {
		p->text = xasprintf(
		    "publishing %s was cut off before the commit", posts);
	} else if (!*tip) {
		p->text = xstrdup("bringing in new commits was cut off");
	} else if (j->step == JOURNAL_UNSENT) {
		p->left = PUBLISH_LEFT_UNSENT;
		p->text = xasprintf("committed %.7s, not pushed: %s", tip,
		    j->reason ? j->reason : "stopped");
	} else if (j->step == JOURNAL_SENDING) {
		p->text = xasprintf("committed %.7s; cut off while pushing: "
				    "the remote may have it or not",
		    tip);
	} else {
		p->text = xasprintf(
		    "committed %.7s; cut off before it was pushed", tip);
	}
	p->subject = first_line(j->message);
	free(posts);
}

int
publish_left(struct repo *repo, struct journal *j, struct publish_pending *p,
    struct err *err)
{
	int rc;

	*p = (struct publish_pending){0};
	rc = journal_read(repo, j, err);
	if (rc != 0)
		return rc == 1 ? 0 : -1;
	if (journal_notice_commit(repo, j, err) == -1)
		return -1;
	if (!is_over(repo, j))
		describe(repo, j, p);
	return 0;
}

int
publish_pending(struct repo *repo, struct publish_pending *p, struct err *err)
{
	struct journal j;
	int rc = publish_left(repo, &j, p, err);
	long owner = j.branch ? journal_owner(repo) : 0;

	if (rc == 0 && owner) {
		publish_pending_dispose(p);
		p->left = PUBLISH_LEFT_RUNNING;
		p->text = xasprintf(
		    "another galley (process %ld) is publishing", owner);
	}
	journal_dispose(&j);
	return rc;
}

void
publish_pending_dispose(struct publish_pending *p)
{
	free(p->text);
	free(p->subject);
	*p = (struct publish_pending){0};
}

/* Finishing. */

static int
fail_changed(const char *path, struct err *err)
{
	return err_code(err, ERR_CHANGED,
	    "%s has changed since publishing was cut off: galley sync --undo, "
	    "then publish again",
	    path);
}

static int
write_post(struct repo *repo, const struct journal_post *p, struct err *err)
{
	char *path = path_join(repo_root(repo), p->path);
	struct file_write w = {.path = path,
	    .data = buf_text(&p->after),
	    .len = p->after.len,
	    .base = &p->before};
	struct buf now = {0};
	int rc = file_read(path, &now, NULL, err);

	if (rc == 0 &&
	    (now.len != p->after.len ||
		memcmp(buf_text(&now), buf_text(&p->after), now.len) != 0))
		rc = file_replace_all(&w, 1, NULL, err);
	if (rc == -1 && err->code == ERR_CHANGED)
		fail_changed(p->path, err);
	buf_dispose(&now);
	free(path);
	return rc;
}

static bool
is_post(const struct journal *j, const char *path)
{
	for (size_t i = 0; i < j->nposts; i++)
		if (strcmp(j->posts[i].path, path) == 0)
			return true;
	return false;
}

static int
check_file(struct repo *repo, const struct journal_file *f, struct err *err)
{
	char *path = path_join(repo_root(repo), f->path);
	struct stamp now = {0};
	struct err ignored;

	if (file_stamp(path, &now, &ignored) == -1)
		now = (struct stamp){0};
	free(path);
	return stamp_equal(&now, &f->stamp) ? 0 : fail_changed(f->path, err);
}

static int
check_head(struct repo *repo, const struct journal *j, struct err *err)
{
	char now[REPO_OID_LEN + 1] = "";
	struct repo_head head;
	struct err ignored;
	int rc = 0;

	if (repo_head(repo, &head, err) == -1)
		return -1;
	if (!head.unborn && repo_oid(repo, "HEAD", now, &ignored) == -1)
		now[0] = '\0';
	if (!head.branch || strcmp(head.branch, j->branch) != 0 ||
	    strcmp(now, j->head) != 0)
		rc = err_code(err, ERR_CHANGED,
		    "%s has moved on since publishing was cut off: galley "
		    "sync --undo, then publish again",
		    j->branch);
	repo_head_dispose(&head);
	return rc;
}

static int
finish_commit(struct repo *repo, struct journal *j, const struct repo_net *net,
    struct err *err)
{
	const char **paths = xcalloc(j->nfiles, sizeof(*paths));
	struct repo_commit_spec spec = {
	    .paths = paths,
	    .n = j->nfiles,
	    .message = j->message,
	    .no_verify = j->no_verify,
	    .line = net->line,
	    .ctx = net->ctx,
	    .progress = net->progress,
	};
	int rc = check_head(repo, j, err);

	for (size_t i = 0; i < j->nfiles && rc == 0; i++)
		if (!is_post(j, j->files[i].path))
			rc = check_file(repo, &j->files[i], err);
	for (size_t i = 0; i < j->nposts && rc == 0; i++)
		rc = write_post(repo, &j->posts[i], err);
	for (size_t i = 0; i < j->nfiles; i++)
		paths[i] = j->files[i].path;
	if (rc == 0)
		rc = repo_commit(repo, &spec, j->commit, err);
	if (rc == 0)
		j->step = JOURNAL_COMMITTED;
	free(paths);
	return rc;
}

/* A move that was cut off goes back; the sync that follows makes it again. */
static int
settle(struct repo *repo, struct journal *j, struct err *err)
{
	char head[REPO_OID_LEN + 1];

	if (!*j->to || repo_oid(repo, "HEAD", head, err) == -1)
		return *j->to ? -1 : 0;
	if (strcmp(head, j->from) != 0)
		return 0;
	return repo_settle(repo, j->from, j->to, j->from, err);
}

int
publish_finish(struct repo *repo, struct journal *j, const struct repo_net *net,
    struct err *err)
{
	clean_up(repo, j);
	if (repo_wait(repo, err) == -1 ||
	    journal_notice_commit(repo, j, err) == -1)
		return -1;
	if (is_over(repo, j)) {
		journal_remove(repo);
		return 1;
	}
	if (j->step == JOURNAL_UNDOING)
		return journal_undo(repo, j, err) == -1 ? -1 : 1;
	if (j->step == JOURNAL_WRITING &&
	    finish_commit(repo, j, net, err) == -1)
		return -1;
	return settle(repo, j, err);
}

/* Undoing. */

/* Readers may have it: ask the remote. */
static int
check_unsent(struct repo *repo, const struct journal *j,
    const struct repo_net *net, struct err *err)
{
	const char *tip = journal_tip(repo, j);
	struct repo_head head;
	struct err why;
	int rc;

	if (j->step != JOURNAL_SENDING && j->step != JOURNAL_UNSENT)
		return 0;
	if (repo_head(repo, &head, err) == -1)
		return -1;
	rc = head.remote ? repo_fetch(repo, head.remote, net, &why) : 0;
	repo_head_dispose(&head);
	if (rc == -1 && j->step == JOURNAL_SENDING)
		return err_code(err, why.code,
		    "%.7s may be out, and the remote cannot be asked: %s", tip,
		    why.msg);
	rc = repo_contains(repo, "upstream", tip, err);
	if (rc == 1)
		return err_code(err, ERR_REFUSED,
		    "%.7s is out already: galley unpublish", tip);
	return rc;
}

static int
undo(struct repo *repo, struct journal *j, const struct repo_net *net,
    char **summary, struct err *err)
{
	char oid[REPO_OID_LEN + 1], *posts;

	clean_up(repo, j);
	if (repo_wait(repo, err) == -1 ||
	    journal_notice_commit(repo, j, err) == -1 ||
	    check_unsent(repo, j, net, err) == -1)
		return -1;
	if (is_over(repo, j)) {
		journal_remove(repo);
		return err_code(err, ERR_REFUSED, "nothing to take back");
	}
	memcpy(oid, journal_tip(repo, j), sizeof(oid));
	if (journal_undo(repo, j, err) == -1)
		return -1;
	posts = posts_of(j);
	*summary =
	    *oid ? xasprintf("took back %.7s: %s is as before", oid, posts)
		 : xasprintf("%s is as before", posts);
	free(posts);
	return 0;
}

int
publish_undo(struct repo *repo, const struct repo_net *net, char **summary,
    struct err *err)
{
	struct journal j;
	int lock = journal_lock(repo, err), rc;

	*summary = NULL;
	if (lock == -1)
		return -1;
	rc = journal_read(repo, &j, err);
	if (rc == 1)
		rc = err_code(err, ERR_REFUSED, "nothing to take back");
	else if (rc == 0) {
		rc = undo(repo, &j, net, summary, err);
		journal_dispose(&j);
	}
	journal_unlock(lock);
	return rc;
}
