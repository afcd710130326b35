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

static int
bring_in(struct repo *repo, const struct repo_net *net,
    struct publish_sent *sent, struct err *err)
{
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
	if (repo_integrate(repo, &how, err) == -1)
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

int
publish_send(struct repo *repo, const struct repo_net *net,
    struct publish_sent *sent, struct err *err)
{
	bool moved = true;
	size_t n = 0;
	int rc = -1;

	for (int i = 0; i < ROUNDS && rc == -1 && moved; i++) {
		if (bring_in(repo, net, sent, err) == -1 ||
		    count_to_push(repo, &n, err) == -1)
			return -1;
		if (!n)
			return 0;
		rc = repo_push(repo, net, &moved, err);
	}
	sent->unsure = rc == -1 && err->code == ERR_CANCEL;
	if (rc == 0)
		sent->pushed = n;
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

int
publish_sync(struct repo *repo, const struct repo_net *net, char **summary,
    struct err *err)
{
	struct publish_sent sent = {0};
	struct repo_head head;
	struct buf out = {0};
	char *name, *where;
	int rc;

	*summary = NULL;
	if (repo_head(repo, &head, err) == -1)
		return -1;
	rc = publish_send(repo, net, &sent, err);
	if (rc == 0) {
		name = xasprintf("%s %s", head.remote, head.target);
		where = xasprintf("from %s", name);
		if (sent.brought)
			say(&out, "brought in", sent.brought, where);
		free(where);
		where = xasprintf("to %s", name);
		if (sent.pushed)
			say(&out, "pushed", sent.pushed, where);
		free(where);
		if (!out.len)
			buf_printf(&out, "up to date with %s", name);
		free(name);
		*summary = buf_steal(&out);
	}
	repo_head_dispose(&head);
	return rc;
}
