/* SPDX-License-Identifier: ISC */
/*
 * Remotes as git has them: git-upload-pack and git-receive-pack are run, here
 * or by the system's ssh on another host, and spoken with.  The remote's hooks
 * run, what they print comes through, and all that ssh is set up for holds.
 * libgit2's own transports do neither.
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
	struct peer *peer;
	struct proc proc;
	char start[4]; /* what it said first: a length in hexadecimal */
	size_t nstart;
};

struct peer {
	git_smart_subtransport parent; /* first */
	struct repo_wire *how;
	struct stream *stream;
};

/* What git clears for a program that works in another repository
 * (git rev-parse --local-env-vars); libgit2 speaks protocol 0. */
static const char *const environment[] = {"GIT_PROTOCOL", "GIT_DIR",
    "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_COMMON_DIR",
    "GIT_OBJECT_DIRECTORY", "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_CONFIG",
    "GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT", "GIT_GRAFT_FILE",
    "GIT_IMPLICIT_WORK_TREE", "GIT_NO_REPLACE_OBJECTS", "GIT_REPLACE_REF_BASE",
    "GIT_SHALLOW_FILE", "SSH_ASKPASS", "LANGUAGE=C", NULL};

/* libgit2 gets the words, the caller the error itself. */
static int
give_up(struct stream *s, int rc, struct err *err)
{
	if (s->peer->how->err->code == ERR_NONE)
		*s->peer->how->err = *err;
	git_error_set_str(GIT_ERROR_NET, err->msg);
	return rc;
}

/* A secret is missing, or a host is not known. */
bool
repo_auth_failed(const char *text)
{
	static const char *const signs[] = {"Permission denied (",
	    "could not read Username", "could not read Password",
	    "Authentication failed", "Host key verification failed",
	    "Too many authentication failures", "terminal prompts disabled"};

	for (size_t i = 0; i < NITEMS(signs); i++)
		if (strstr(text, signs[i]))
			return true;
	return false;
}

/* The program has ended too soon: say what it said. */
static int
ended(struct stream *s)
{
	const struct buf *errors = &s->proc.errors;
	struct repo_lines lines = {0};
	enum err_code code;
	struct err err;

	proc_end(&s->proc, GRACE_MS);
	code = repo_auth_failed(buf_text(errors)) ? ERR_AUTH : ERR_GIT;
	repo_lines_feed(&lines, buf_text(errors), errors->len);
	repo_lines_end(&lines);
	err_code(&err, code, "%s: %s", s->peer->how->name,
	    repo_lines_reason(&lines, "the remote hung up"));
	repo_lines_dispose(&lines);
	repo_lines_explain(errors, s->peer->how->line, s->peer->how->ctx);
	return give_up(s, GIT_EEOF, &err);
}

/* A greeting that a login shell prints is no git protocol. */
static int
check_start(struct stream *s, const char *data, size_t len)
{
	struct buf line = {0};
	struct err err;
	bool noise = false;
	size_t n = 0;

	while (s->nstart < sizeof(s->start) && n < len) {
		noise = noise || text_hex(data[n]) < 0;
		s->start[s->nstart++] = data[n++];
	}
	if (!noise)
		return 0;
	buf_add(&line, s->start, s->nstart);
	if (memchr(s->start, '\n', s->nstart))
		n = len;
	for (; n < len && data[n] != '\n' && data[n] != '\r'; n++)
		buf_add(&line, data + n, 1);
	err_code(&err, ERR_GIT,
	    "%s: the server printed \"%s\" before the git protocol: let its "
	    "login shell be quiet",
	    s->peer->how->name, buf_text(&line));
	buf_dispose(&line);
	return give_up(s, -1, &err);
}

static int
stream_read(git_smart_subtransport_stream *parent, char *buffer, size_t size,
    size_t *got)
{
	struct stream *s = (struct stream *)parent;
	struct err err;

	*got = size;
	if (proc_read(&s->proc, buffer, got, s->peer->how->progress, &err) ==
	    -1)
		return give_up(
		    s, err.code == ERR_CANCEL ? GIT_EUSER : -1, &err);
	if (!*got)
		return ended(s);
	return s->nstart < sizeof(s->start) ? check_start(s, buffer, *got) : 0;
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
	if (proc_write(&s->proc, buffer, len, s->peer->how->progress, &err) ==
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

	if (s->peer->stream == s)
		s->peer->stream = NULL;
	if (!progress_cancelled(s->peer->how->progress))
		proc_end(&s->proc, GRACE_MS);
	proc_dispose(&s->proc);
	free(s);
}

/* A shell that runs the command with what follows as its arguments. */
static void
add_shell(struct repo_args *args, const char *command)
{
	repo_args_add(args, "sh");
	repo_args_add(args, "-c");
	repo_args_addf(args, "%s \"$@\"", command);
	repo_args_add(args, command);
}

/* remote.<name>.uploadpack may hold arguments: git gives it to the shell, here
 * or there. */
static int
compose(struct stream *s, const char *address, bool push,
    struct repo_args *args, struct err *err)
{
	const struct repo_wire *how = s->peer->how;
	git_config *config = NULL;
	struct repo_url url;
	char *own;
	int rc;

	if (repo_config(how->repo, &config, err) == -1)
		return -1;
	if (repo_url_parse(&url, address, err) == -1) {
		git_config_free(config);
		return -1;
	}
	own = repo_config_text(config, "remote.%s.%s", how->name,
	    push ? "receivepack" : "uploadpack");
	if (url.kind == REPO_URL_SSH) {
		rc = repo_ssh_args(config, &url,
		    own    ? own
		    : push ? "git-receive-pack"
			   : "git-upload-pack",
		    args, err);
	} else {
		if (own)
			add_shell(args, own);
		else {
			repo_args_add(args, "git");
			repo_args_add(
			    args, push ? "receive-pack" : "upload-pack");
		}
		repo_args_add(args, url.path);
		rc = 0;
	}
	free(own);
	repo_url_dispose(&url);
	git_config_free(config);
	return rc;
}

static int
start(struct stream *s, const char *url, bool push, struct err *err)
{
	struct repo *repo = s->peer->how->repo;
	struct repo_args args = {0};
	const char **env = repo_env(repo, environment);
	struct proc_spec spec = {
	    .cwd = repo->root, .env = env, .side = askpass_side(repo->askpass)};
	int rc = compose(s, url, push, &args, err);

	if (rc == 0) {
		spec.argv = (const char *const *)args.v;
		rc = proc_start(&s->proc, &spec, err);
	}
	repo_args_dispose(&args);
	free(env);
	return rc == -1 ? err_where(err, s->peer->how->name) : 0;
}

static int
peer_action(git_smart_subtransport_stream **out, git_smart_subtransport *parent,
    const char *url, git_smart_service_t action)
{
	struct peer *peer = (struct peer *)parent;
	struct stream *s;
	struct err err;

	/* The same conversation goes on; asked for on closing too. */
	if (action == GIT_SERVICE_UPLOADPACK ||
	    action == GIT_SERVICE_RECEIVEPACK) {
		if (!peer->stream)
			return -1;
		*out = &peer->stream->parent;
		return 0;
	}
	s = xcalloc(1, sizeof(*s));
	s->peer = peer;
	s->parent.subtransport = parent;
	s->parent.read = stream_read;
	s->parent.write = stream_write;
	s->parent.free = stream_free;
	if (start(s, url, action == GIT_SERVICE_RECEIVEPACK_LS, &err) == -1) {
		give_up(s, -1, &err);
		free(s);
		return -1;
	}
	peer->stream = s;
	*out = &s->parent;
	return 0;
}

static int
peer_close(git_smart_subtransport *parent)
{
	(void)parent;
	return 0;
}

static void
peer_free(git_smart_subtransport *parent)
{
	free(parent);
}

static int
peer_new(git_smart_subtransport **out, git_transport *owner, void *param)
{
	struct peer *peer = xcalloc(1, sizeof(*peer));

	(void)owner;
	peer->how = param;
	peer->parent.action = peer_action;
	peer->parent.close = peer_close;
	peer->parent.free = peer_free;
	*out = &peer->parent;
	return 0;
}

int
repo_exec_transport(
    git_transport **out, git_remote *owner, struct repo_wire *how)
{
	git_smart_subtransport_definition def = {peer_new, 0, how};

	return git_transport_smart(out, owner, &def);
}
