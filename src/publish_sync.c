/* SPDX-License-Identifier: ISC */
/* Fetch, integrate, push: the second half of a publication, and `sync`. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "publish_priv.h"
#include "work.h"

#define ROUNDS 3 /* how often others may be faster than we */

/* The upstream's remote, and the one we push to when it is another. */
static int
fetch(struct repo *repo, const struct repo_net *net, struct err *err)
{
	struct repo_head head;
	int rc;

	if (repo_head(repo, &head, err) == -1)
		return -1;
	if (head.remote)
		rc = repo_fetch(repo, head.remote, net, err);
	else if (!head.branch)
		rc = err_code(err, ERR_GIT,
		    "no branch is checked out (detached HEAD): git switch "
		    "BRANCH");
	else
		rc = err_code(
		    err, ERR_GIT, "no remote: git remote add origin URL");
	if (rc == 0 && head.from && strcmp(head.from, head.remote) != 0)
		rc = repo_fetch(repo, head.from, net, err);
	repo_head_dispose(&head);
	return rc;
}

/* What is on its way, for those who ask us. */
struct sending {
	struct repo *repo;
	struct journal *journal;
	const struct repo_net *net;
	struct publish_sent *sent;
	struct publish_conflicts *conflicts;
};

static enum repo_merged
merge_file(void *ctx, const struct repo_conflict *c, struct buf *text)
{
	struct sending *s = ctx;

	return publish_merge_file(s->conflicts, c, text);
}

static int
note_move(void *ctx, const char *from, const char *to, struct err *err)
{
	struct sending *s = ctx;

	memcpy(s->journal->from, from, REPO_OID_LEN + 1);
	memcpy(s->journal->to, to, REPO_OID_LEN + 1);
	s->journal->step = JOURNAL_COMMITTED;
	return journal_write(s->repo, s->journal, err);
}

static int
bring_in(struct sending *s, struct err *err)
{
	const struct repo_integration with = {
	    .merge = merge_file, .moving = note_move, .ctx = s};
	struct repo *repo = s->repo;
	const struct repo_net *net = s->net;
	struct publish_sent *sent = s->sent;
	enum repo_integrated how;
	struct repo_head head;
	size_t behind;

	if (fetch(repo, net, err) == -1 || repo_head(repo, &head, err) == -1)
		return -1;
	behind = head.behind;
	repo_head_dispose(&head);
	sent->fetched = true;
	if (behind)
		progress_set(net->progress, "integrating", 0, 0);
	if (progress_cancelled(net->progress))
		return err_code(err, ERR_CANCEL, "stopped");
	if (repo_integrate_with(repo, &with, &how, err) == -1)
		return -1;
	if (how != REPO_UP_TO_DATE)
		sent->brought += behind;
	return 0;
}

/* What there is to push; SIZE_MAX: a branch that the remote does not have. */
static int
count_to_push(struct repo *repo, size_t *n, struct err *err)
{
	struct repo_head head;

	if (repo_head(repo, &head, err) == -1)
		return -1;
	*n = head.upstream ? head.ahead : SIZE_MAX;
	repo_head_dispose(&head);
	return 0;
}

/* Before the remote may have it: from here on only the remote knows. */
static int
push(struct sending *s, bool *moved, struct err *err)
{
	struct journal *j = s->journal;
	int rc = 0;

	if (*j->commit) {
		j->step = JOURNAL_SENDING;
		rc = journal_write(s->repo, j, err);
	}
	if (rc == 0)
		rc = repo_push(s->repo, s->net, moved, err);
	else
		*moved = false;
	s->sent->unsure = rc == -1 && err->code == ERR_CANCEL;
	return rc;
}

static int
send(struct sending *s, struct err *err)
{
	bool moved = true;
	size_t n = 0;
	int rc = -1;

	for (int i = 0; i < ROUNDS && rc == -1 && moved; i++) {
		if (bring_in(s, err) == -1 ||
		    count_to_push(s->repo, &n, err) == -1)
			return -1;
		if (!n)
			return 0;
		rc = push(s, &moved, err);
	}
	if (rc == 0)
		s->sent->pushed = n;
	return rc;
}

int
publish_send(struct repo *repo, struct journal *journal,
    const struct repo_net *net, struct publish_conflicts *conflicts,
    struct publish_sent *sent, struct err *err)
{
	struct sending s = {repo, journal, net, sent, conflicts};
	struct err ignored;
	int rc = send(&s, err);

	if (rc == -1 && *journal->commit && !sent->unsure) {
		journal->step = JOURNAL_UNSENT;
		free(journal->reason);
		journal->reason = xstrdup(err->msg);
		journal_write(repo, journal, &ignored);
	}
	return rc;
}

static void
say(struct buf *out, const char *verb, size_t n, const char *where)
{
	if (out->len)
		buf_puts(out, ", ");
	if (n == SIZE_MAX)
		buf_printf(out, "%s a new branch %s", verb, where);
	else
		buf_printf(out, "%s %zu commit%s %s", verb, n,
		    n == 1 ? "" : "s", where);
}

static char *
summary_of(const struct publish_sent *sent, const struct repo_head *head)
{
	struct buf out = {0};
	char *name = xasprintf("%s %s", head->remote, head->target), *where;

	where = xasprintf("from %s", name);
	if (sent->brought)
		say(&out, "brought in", sent->brought, where);
	free(where);
	where = xasprintf("to %s", name);
	if (sent->pushed)
		say(&out, "pushed", sent->pushed, where);
	free(where);
	if (!out.len)
		buf_printf(&out, "up to date with %s", name);
	free(name);
	return buf_steal(&out);
}

/* Finish what an earlier publication has begun. */
static int
begin(struct repo *repo, struct journal *j, const struct repo_net *net,
    struct err *err)
{
	char *branch;
	int rc = journal_read(repo, j, err);

	if (rc == -1)
		return -1;
	if (rc == 0)
		rc = publish_finish(repo, j, net, err);
	if (rc != 1)
		return rc;
	/* None of ours: for what is brought in. */
	branch = j->branch;
	j->branch = NULL;
	journal_dispose(j);
	j->branch = branch;
	j->step = JOURNAL_COMMITTED;
	return 0;
}

static int
sync(struct repo *repo, struct journal *j, const struct repo_net *net,
    struct publish_conflicts *conflicts, char **summary, struct err *err)
{
	struct publish_sent sent = {0};
	struct repo_head head;
	struct err why;
	int rc;

	if (repo_head(repo, &head, err) == -1)
		return -1;
	if (!j->branch && head.branch)
		j->branch = xstrdup(head.branch);
	rc = publish_send(repo, j, net, conflicts, &sent, err);
	if (rc == 0 || !*j->commit)
		journal_remove(repo);
	if (rc == 0)
		*summary = summary_of(&sent, &head);
	else if (*j->commit && j->atomic && !sent.unsure) {
		if (journal_undo(repo, j, &why) == -1)
			err_code(err, err->code,
			    "%s; the commit %.7s could not be taken back: %s",
			    err->msg, j->commit, why.msg);
		else
			err_code(err, err->code,
			    "not pushed: %s; the commit was taken back",
			    err->msg);
	}
	repo_head_dispose(&head);
	return rc;
}

int
publish_sync(struct repo *repo, const struct repo_net *net, char **summary,
    struct err *err)
{
	struct publish_conflicts conflicts = {0};
	int rc = publish_sync_with(repo, net, &conflicts, summary, err);

	publish_conflicts_dispose(&conflicts);
	return rc;
}

int
publish_sync_with(struct repo *repo, const struct repo_net *net,
    struct publish_conflicts *conflicts, char **summary, struct err *err)
{
	struct journal j;
	int lock = journal_lock(repo, err), rc;

	*summary = NULL;
	if (lock == -1)
		return -1;
	rc = begin(repo, &j, net, err);
	if (rc == 0)
		rc = sync(repo, &j, net, conflicts, summary, err);
	journal_dispose(&j);
	journal_unlock(lock);
	return rc;
}
