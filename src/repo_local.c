/* SPDX-License-Identifier: ISC */
/*
 * Remotes in the file system, as git has it: git-upload-pack and
 * git-receive-pack are run and spoken with, so the remote's hooks run and what
 * they print comes through.  libgit2's own local transport does neither.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mem.h"
#include "repo_priv.h"
#include "text.h"
#include "work.h"

#define GRACE_MS 10000

struct stream {
	git_smart_subtransport_stream parent; /* first */
	struct local *local;
	struct proc proc;
};

struct local {
	git_smart_subtransport parent; /* first */
	struct repo_local *how;
	struct stream *stream;
};

/* What git clears for a program that works in another repository
 * (git rev-parse --local-env-vars); libgit2 speaks protocol 0. */
static const char *const environment[] = {"GIT_PROTOCOL", "GIT_DIR",
    "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE", "LANGUAGE=C", NULL};

/* git's rule (connect.c): no scheme, and no colon before the first slash. */
bool
repo_url_local(const char *url)
{
	const char *colon = strchr(url, ':'), *slash = strchr(url, '/');

	if (strncmp(url, "file://", 7) == 0)
		return true;
	return !strstr(url, "://") && (!colon || (slash && slash < colon));
}

/* The path in a file:// address, percent-decoded; a path as it is. */
static char *
local_path(const char *url)
{
	struct buf out = {0};

	if (strncmp(url, "file://", 7) != 0)
		return xstrdup(url);
	/* As in git, file://host/x is //host/x. */
	url += url[7] == '/' ? 7 : 5;
	text_unescape(&out, url, strlen(url));
	return buf_steal(&out);
}

/* libgit2 gets the words, the caller the error itself. */
static int
give_up(struct stream *s, int rc, struct err *err)
{
	if (s->local->how->err->code == ERR_NONE)
		*s->local->how->err = *err;
	git_error_set_str(GIT_ERROR_NET, err->msg);
	return rc;
}

/* The program has ended too soon: say what it said. */
static int
ended(struct stream *s)
{
	struct repo_lines lines = {0};
	struct err err;

	proc_end(&s->proc, GRACE_MS);
	repo_lines_feed(&lines, buf_text(&s->proc.errors), s->proc.errors.len);
	repo_lines_end(&lines);
	err_code(&err, ERR_GIT, "%s: %s", s->local->how->name,
	    repo_lines_reason(&lines, "the remote hung up"));
	repo_lines_dispose(&lines);
	return give_up(s, GIT_EEOF, &err);
}

static int
stream_read(git_smart_subtransport_stream *parent, char *buffer, size_t size,
    size_t *got)
{
	struct stream *s = (struct stream *)parent;
	struct err err;

	*got = size;
	if (proc_read(&s->proc, buffer, got, s->local->how->progress, &err) ==
	    -1)
		return give_up(
		    s, err.code == ERR_CANCEL ? GIT_EUSER : -1, &err);
	return *got ? 0 : ended(s);
}

static int
stream_write(
    git_smart_subtransport_stream *parent, const char *buffer, size_t len)
{
	struct stream *s = (struct stream *)parent;
	/* libgit2 says goodbye on every connection, also when the other end
	 * has done its work and is gone: that is no error. */
	bool goodbye = len == 4 && memcmp(buffer, "0000", 4) == 0;
	struct err err;

	if (s->proc.in == -1 || s->proc.ended)
		return goodbye ? 0 : -1;
	if (proc_write(&s->proc, buffer, len, s->local->how->progress, &err) ==
		0 ||
	    goodbye)
		return 0;
	if (err.code == ERR_CANCEL)
		return give_up(s, GIT_EUSER, &err);
	return ended(s);
}

static void
stream_free(git_smart_subtransport_stream *parent)
{
	struct stream *s = (struct stream *)parent;

	if (s->local->stream == s)
		s->local->stream = NULL;
	if (!progress_cancelled(s->local->how->progress))
		proc_end(&s->proc, GRACE_MS);
	proc_dispose(&s->proc);
	free(s);
}

/* remote.<name>.uploadpack may hold arguments: git gives it to the shell, with
 * the path as an argument of its own here. */
static int
start(struct stream *s, const char *path, bool push, struct err *err)
{
	const struct repo_local *how = s->local->how;
	const char *const usual[] = {
	    "git", push ? "receive-pack" : "upload-pack", path, NULL};
	const char *argv[] = {"sh", "-c", NULL, "sh", path, NULL};
	const struct proc_spec spec = {
	    .cwd = how->repo->root, .env = environment};
	struct proc_spec run = spec;
	git_config *config = NULL;
	char *own, *script = NULL;
	int rc;

	if (repo_config(how->repo, &config, err) == -1)
		return -1;
	own = repo_config_text(config, "remote.%s.%s", how->name,
	    push ? "receivepack" : "uploadpack");
	git_config_free(config);
	if (own)
		script = xasprintf("%s \"$@\"", own);
	argv[2] = script;
	run.argv = own ? argv : usual;
	rc = proc_start(&s->proc, &run, err);
	free(script);
	free(own);
	return rc;
}

static int
local_action(git_smart_subtransport_stream **out,
    git_smart_subtransport *parent, const char *url, git_smart_service_t action)
{
	struct local *local = (struct local *)parent;
	bool push = action == GIT_SERVICE_RECEIVEPACK_LS;
	struct stream *s;
	struct err err;
	char *path;
	int rc;

	/* The same conversation goes on; asked for on closing too. */
	if (action == GIT_SERVICE_UPLOADPACK ||
	    action == GIT_SERVICE_RECEIVEPACK) {
		if (!local->stream)
			return -1;
		*out = &local->stream->parent;
		return 0;
	}
	s = xcalloc(1, sizeof(*s));
	s->local = local;
	s->parent.subtransport = parent;
	s->parent.read = stream_read;
	s->parent.write = stream_write;
	s->parent.free = stream_free;
	path = local_path(url);
	rc = *path == '-' ? err_code(&err, ERR_GIT, "%s: strange path %s",
				local->how->name, path)
			  : start(s, path, push, &err);
	free(path);
	if (rc == -1) {
		give_up(s, -1, &err);
		free(s);
		return -1;
	}
	local->stream = s;
	*out = &s->parent;
	return 0;
}

static int
local_close(git_smart_subtransport *parent)
{
	(void)parent;
	return 0;
}

static void
local_free(git_smart_subtransport *parent)
{
	free(parent);
}

static int
local_new(git_smart_subtransport **out, git_transport *owner, void *param)
{
	struct local *local = xcalloc(1, sizeof(*local));

	(void)owner;
	local->how = param;
	local->parent.action = local_action;
	local->parent.close = local_close;
	local->parent.free = local_free;
	*out = &local->parent;
	return 0;
}

int
repo_local_transport(
    git_transport **out, git_remote *owner, struct repo_local *how)
{
	git_smart_subtransport_definition def = {local_new, 0, how};

	return git_transport_smart(out, owner, &def);
}
