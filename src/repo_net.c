/* SPDX-License-Identifier: ISC */
/*
 * Fetch and push.  Paths, ssh and http go through libgit2 and our own
 * transports, everything else, and what libgit2 has no word for (several push
 * addresses, a pre-push hook, shallow clones ...), through git itself.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"
#include "work.h"

/* How to get to a remote. */
struct way {
	bool git;  /* git itself has to do it */
	bool http; /* over http, with these settings */
	struct repo_http settings;
};

/* One conversation with a remote. */
struct net {
	struct repo_wire wire;
	struct repo_lines lines;
	struct progress *progress;
	struct err err;     /* of the transport */
	char *ref, *status; /* a refused ref, and why */
};

static int
on_transport(git_transport **out, git_remote *remote, void *ctx)
{
	struct net *net = ctx;

	return net->wire.http ? repo_http_transport(out, remote, &net->wire)
			      : repo_exec_transport(out, remote, &net->wire);
}

static int
on_text(const char *text, int len, void *ctx)
{
	struct net *net = ctx;

	if (len > 0)
		repo_lines_feed(&net->lines, text, (size_t)len);
	return progress_cancelled(net->progress) ? GIT_EUSER : 0;
}

static int
told(struct net *net, const char *what, unsigned done, unsigned total)
{
	progress_set(net->progress, what, done, total);
	return progress_cancelled(net->progress) ? GIT_EUSER : 0;
}

static int
on_received(const git_indexer_progress *p, void *ctx)
{
	struct net *net = ctx;
	int rc = told(
	    net, "receiving objects", p->received_objects, p->total_objects);

	progress_bytes(net->progress, p->received_bytes);
	return rc;
}

static int
on_packed(int stage, uint32_t done, uint32_t total, void *ctx)
{
	(void)stage;
	return told(ctx, "packing objects", done, total);
}

static int
on_sent(unsigned done, unsigned total, size_t bytes, void *ctx)
{
	struct net *net = ctx;
	int rc = told(net, "sending objects", done, total);

	progress_bytes(net->progress, bytes);
	return rc;
}

static int
on_ref(const char *ref, const char *status, void *ctx)
{
	struct net *net = ctx;

	if (status && !net->ref) {
		net->ref = xstrdup(ref);
		net->status = xstrdup(status);
	}
	return 0;
}

static void
net_init(struct net *net, struct repo *repo, const char *remote,
    struct way *way, const struct repo_net *spec,
    git_remote_callbacks *callbacks)
{
	*net = (struct net){.progress = spec->progress};
	net->lines.line = spec->line;
	net->lines.ctx = spec->ctx;
	net->wire = (struct repo_wire){.repo = repo,
	    .name = remote,
	    .http = way->http ? &way->settings : NULL,
	    .line = spec->line,
	    .ctx = spec->ctx,
	    .progress = spec->progress,
	    .err = &net->err};
	callbacks->transport = on_transport;
	callbacks->sideband_progress = on_text;
	callbacks->push_update_reference = on_ref;
	callbacks->transfer_progress = on_received;
	callbacks->pack_progress = on_packed;
	callbacks->push_transfer_progress = on_sent;
	callbacks->payload = net;
}

static void
net_dispose(struct net *net)
{
	repo_lines_end(&net->lines);
	repo_lines_dispose(&net->lines);
	free(net->ref);
	free(net->status);
}

/* The words of the program at the other end, else those of libgit2. */
static int
net_fail(struct net *net, int rc, const char *remote, struct err *err)
{
	if (progress_cancelled(net->progress))
		return err_code(err, ERR_CANCEL, "stopped");
	if (net->err.code != ERR_NONE) {
		*err = net->err;
		if (err->code == ERR_FAIL)
			err->code = ERR_GIT;
		return -1;
	}
	return repo_fail(rc, remote, err);
}

static void
way_by_url(struct repo *repo, git_config *config, const char *remote,
    const char *url, struct way *way)
{
	struct repo_url parts = {0};
	struct err ignored;
	char *path;

	/* What is wrong with an address git says best. */
	if (repo_url_parse(&parts, url, &ignored) == -1) {
		way->git = true;
		return;
	}
	switch (parts.kind) {
	case REPO_URL_LOCAL:
		path = path_join(repo->root, parts.path);
		way->git = file_is_regular(path);
		free(path);
		break;
	case REPO_URL_SSH:
		break;
	case REPO_URL_HTTP:
		way->http = true;
		way->git = repo_http_settings(
			       repo, config, remote, url, &way->settings) != 0;
		break;
	case REPO_URL_OTHER:
		way->git = true;
		break;
	}
	repo_url_dispose(&parts);
}

static struct way
find_way(struct repo *repo, git_config *config, const char *remote, bool push)
{
	char *url = repo_config_text(config, "remote.%s.url", remote);
	struct way way = {
	    .git = !url || repo_config_hidden(config) ||
		   git_repository_is_shallow(repo->git) == 1 ||
		   repo_has_hook(repo, config, "reference-transaction")};

	free(url);
	if (way.git)
		return way;
	url = repo_remote_url(config, remote, push);
	way_by_url(repo, config, remote, url, &way);
	free(url);
	return way;
}

static void
count_value(const char *value, void *ctx)
{
	(void)value;
	++*(int *)ctx;
}

/* What a push may need that only git does. */
static bool
push_by_git(struct repo *repo, git_config *config, const char *remote)
{
	static const char *const names[] = {"push.pushoption",
	    "push.followtags", "push.gpgsign", "push.recursesubmodules",
	    "submodule.recurse"};
	char *key = xasprintf("remote.%s.pushurl", remote);
	char *url = xasprintf("remote.%s.url", remote);
	int n = 0, urls = 0;

	repo_config_each(config, key, count_value, &n);
	repo_config_each(config, url, count_value, &urls);
	free(key);
	free(url);
	if (n > 1 || (n == 0 && urls > 1) ||
	    repo_has_hook(repo, config, "pre-push"))
		return true;
	n = 0;
	for (size_t i = 0; i < NITEMS(names); i++)
		repo_config_each(config, names[i], count_value, &n);
	return n > 0;
}

static int
fetch_here(struct repo *repo, const char *name, struct way *way,
    const struct repo_net *spec, struct err *err)
{
	git_fetch_options options = {0};
	git_remote *remote = NULL;
	struct net net;
	int rc;

	git_fetch_options_init(&options, GIT_FETCH_OPTIONS_VERSION);
	net_init(&net, repo, name, way, spec, &options.callbacks);
	/* What a remote says at a fetch is how far it got in counting. */
	net.lines.line = NULL;
	rc = git_remote_lookup(&remote, repo->git, name);
	if (rc == 0)
		rc = git_remote_fetch(remote, NULL, &options, NULL);
	if (rc < 0)
		rc = net_fail(&net, rc, name, err);
	git_remote_free(remote);
	net_dispose(&net);
	return rc;
}

int
repo_fetch(struct repo *repo, const char *remote, const struct repo_net *net,
    struct err *err)
{
	git_config *config = NULL;
	struct way way;
	int rc;

	if (repo_config(repo, &config, err) == -1)
		return -1;
	way = find_way(repo, config, remote, false);
	git_config_free(config);
	progress_set(net->progress, "fetching", 0, 0);
	rc = way.git ? repo_git_fetch(repo, remote, net, err)
		     : fetch_here(repo, remote, &way, net, err);
	repo_http_dispose(&way.settings);
	return rc;
}

/* A ref that the remote refused although the push as such went well. */
static int
refused(const struct net *net, const struct repo_head *head, bool *moved,
    struct err *err)
{
	/* Somebody was faster, between our look and our push. */
	if (strstr(net->status, "non-fast-forward") ||
	    strstr(net->status, "fetch first") ||
	    strstr(net->status, "failed to update ref") ||
	    strstr(net->status, "reference already exists") ||
	    strstr(net->status, "cannot lock ref"))
		*moved = true;
	return err_code(err, ERR_GIT, "%s refused %s: %s", head->remote,
	    head->target, net->status);
}

static int
push_here(struct repo *repo, const struct repo_head *head, struct way *way,
    const struct repo_net *spec, bool *moved, struct err *err)
{
	git_push_options options = {0};
	git_remote *remote = NULL;
	struct net net;
	char *refspec;
	int rc;

	git_push_options_init(&options, GIT_PUSH_OPTIONS_VERSION);
	net_init(&net, repo, head->remote, way, spec, &options.callbacks);
	refspec = xasprintf(
	    "refs/heads/%s:refs/heads/%s", head->branch, head->target);
	rc = git_remote_lookup(&remote, repo->git, head->remote);
	if (rc == 0)
		rc = git_remote_push(
		    remote, &(git_strarray){&refspec, 1}, &options);
	repo_lines_end(&net.lines);
	if (rc == GIT_ENONFASTFORWARD) {
		*moved = true;
		rc = err_code(err, ERR_GIT,
		    "%s has commits on %s that are not here", head->remote,
		    head->target);
	} else if (rc < 0)
		rc = net_fail(&net, rc, head->remote, err);
	else if (net.ref)
		rc = refused(&net, head, moved, err);
	git_remote_free(remote);
	net_dispose(&net);
	free(refspec);
	return rc;
}

/* As git push --set-upstream, for a branch that follows nothing. */
static int
set_upstream(struct repo *repo, const struct repo_head *head, struct err *err)
{
	git_config *snapshot = NULL, *config = NULL;
	char *from, *key, *ref;
	int rc;

	if (repo_config(repo, &snapshot, err) == -1)
		return -1;
	from = repo_config_text(snapshot, "branch.%s.remote", head->branch);
	if (!from)
		from =
		    repo_config_text(snapshot, "branch.%s.merge", head->branch);
	git_config_free(snapshot);
	if (from) {
		free(from);
		return 0;
	}
	key = xasprintf("branch.%s.remote", head->branch);
	ref = xasprintf("refs/heads/%s", head->target);
	rc = git_repository_config(&config, repo->git);
	if (rc == 0)
		rc = git_config_set_string(config, key, head->remote);
	free(key);
	key = xasprintf("branch.%s.merge", head->branch);
	if (rc == 0)
		rc = git_config_set_string(config, key, ref);
	free(key);
	free(ref);
	git_config_free(config);
	return rc < 0 ? repo_fail(rc, "git config", err) : 0;
}

static int
can_push(struct repo *repo, const struct repo_head *head, struct err *err)
{
	if (repo_ready(repo, head, err) == -1)
		return -1;
	if (head->unborn)
		return err_code(
		    err, ERR_GIT, "%s has no commit yet", head->branch);
	if (!head->remote)
		return err_code(
		    err, ERR_GIT, "no remote: git remote add origin URL");
	if (head->refused)
		return err_code(err, ERR_GIT, "%s", head->refused);
	return 0;
}

static int
push_now(struct repo *repo, git_config *config, const struct repo_head *head,
    const struct repo_net *net, bool *moved, struct err *err)
{
	struct way way = {.git = push_by_git(repo, config, head->remote)};
	int rc;

	if (!way.git)
		way = find_way(repo, config, head->remote, true);
	rc = way.git ? repo_git_push(repo, head, net, moved, err)
		     : push_here(repo, head, &way, net, moved, err);
	repo_http_dispose(&way.settings);
	return rc;
}

int
repo_push(
    struct repo *repo, const struct repo_net *net, bool *moved, struct err *err)
{
	git_config *config = NULL;
	struct repo_head head;
	bool ignored;
	int rc;

	if (!moved)
		moved = &ignored;
	*moved = false;
	if (repo_head(repo, &head, err) == -1)
		return -1;
	rc = can_push(repo, &head, err);
	if (rc == 0)
		rc = repo_config(repo, &config, err);
	if (rc == 0) {
		progress_set(net->progress, "pushing", 0, 0);
		rc = push_now(repo, config, &head, net, moved, err);
	}
	/* It is pushed; what the branch follows is a comfort. */
	if (rc == 0 && set_upstream(repo, &head, err) == -1 && net->line)
		net->line(net->ctx, err->msg);
	git_config_free(config);
	repo_head_dispose(&head);
	return rc;
}
