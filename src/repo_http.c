/* SPDX-License-Identifier: ISC */
/*
 * Remotes over http and https: git's smart protocol (gitprotocol-http(5),
 * version 0) on our own client, which knows what git knows of certificates,
 * proxies and logins, and can be stopped.
 */
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "mem.h"
#include "repo_priv.h"
#include "text.h"

#define LOGIN_TRIES 3

static const char advertise[] = "/info/refs?service=git-";

struct talk;

struct stream {
	git_smart_subtransport_stream parent; /* first */
	struct talk *talk;
	bool post; /* of the request; else the list of refs */
	bool push; /* git-receive-pack, else git-upload-pack */
	bool asked;
	struct buf body; /* sent as one when the answer is wanted */
};

struct talk {
	git_smart_subtransport parent; /* first */
	struct repo_wire *how;
	struct http *http;
	char *base; /* of the address, without a login */
	struct repo_cred cred;
	int tries;
};

/* libgit2 gets the words, the caller the error itself. */
static int
give_up(struct talk *t, int rc, struct err *err)
{
	if (err->code != ERR_CANCEL)
		err_where(err, t->how->name);
	if (err->code == ERR_FAIL)
		err->code = ERR_GIT;
	if (t->how->err->code == ERR_NONE)
		*t->how->err = *err;
	git_error_set_str(GIT_ERROR_HTTP, err->msg);
	return rc;
}

static int
failed(struct talk *t, struct err *err)
{
	return give_up(t, err->code == ERR_CANCEL ? GIT_EUSER : -1, err);
}

/* https://host:port and the path of an address. */
static void
set_place(struct talk *t, const char *url)
{
	const char *host = strstr(url, "://") + 3;
	const char *slash = host + strcspn(host, "/");

	free(t->cred.protocol);
	free(t->cred.host);
	free(t->cred.path);
	t->cred.protocol = xstrndup(url, (size_t)(host - 3 - url));
	t->cred.host = xstrndup(host, (size_t)(slash - host));
	t->cred.path = xstrdup(*slash ? slash + 1 : "");
}

static char *
unescaped(const char *s, size_t len)
{
	struct buf out = {0};

	text_unescape(&out, s, len);
	return buf_steal(&out);
}

/* The base of an address: without a login, which goes to cred, and without
 * slashes at the end. */
static void
set_base(struct talk *t, const char *url)
{
	const char *host = strstr(url, "://") + 3, *at, *colon;
	size_t len = strcspn(host, "/"), n;

	for (at = host + len; at > host && *at != '@'; at--)
		;
	if (*at == '@' && at < host + len) {
		colon = memchr(host, ':', (size_t)(at - host));
		t->cred.user =
		    unescaped(host, (size_t)((colon ? colon : at) - host));
		if (colon)
			t->cred.password =
			    unescaped(colon + 1, (size_t)(at - colon - 1));
		t->base = xasprintf("%.*s%s", (int)(host - url), url, at + 1);
	} else
		t->base = xstrdup(url);
	for (n = strlen(t->base); n && t->base[n - 1] == '/'; n--)
		t->base[n - 1] = '\0';
	set_place(t, t->base);
}

/* All that follows goes where the first request was sent to. */
static int
follow(struct talk *t, const struct http_answer *answer, struct err *err)
{
	const char *tail = strstr(answer->url, advertise);
	char *base;

	if (!tail)
		return err_code(err, ERR_GIT,
		    "%s sends us to %s, which is no git repository", t->base,
		    answer->url);
	base = xstrndup(answer->url, (size_t)(tail - answer->url));
	if (strcmp(base, t->base) != 0)
		set_place(t, base);
	free(t->base);
	t->base = base;
	return 0;
}

/* The first line of a plain text that came with a refusal. */
static void
add_reason(struct talk *t, const struct http_answer *answer, struct buf *out)
{
	char text[256];
	size_t n = sizeof(text) - 1;
	struct err ignored;

	if (!answer->type || strcmp(answer->type, "text/plain") != 0 ||
	    http_read(t->http, text, &n, t->how->progress, &ignored) == -1)
		return;
	text[n] = '\0';
	text[strcspn(text, "\r\n")] = '\0';
	if (*text)
		buf_printf(out, ": %s", text);
}

static int
refused(struct talk *t, const struct http_answer *answer, struct err *err)
{
	struct buf why = {0};

	add_reason(t, answer, &why);
	switch (answer->status) {
	case 401:
		err_code(err, ERR_AUTH, "%s does not take the login%s", t->base,
		    buf_text(&why));
		break;
	case 403:
		err_code(err, ERR_AUTH, "%s: this login may not do that%s",
		    t->base, buf_text(&why));
		break;
	case 404:
		err_code(err, ERR_GIT,
		    "%s is not there, or not for this login%s", t->base,
		    buf_text(&why));
		break;
	case 407:
		err_code(err, ERR_AUTH,
		    "the proxy asks for a login: put it in http.proxy");
		break;
	case 413:
		err_code(err, ERR_GIT,
		    "%s takes no more than it did get: too large%s", t->base,
		    buf_text(&why));
		break;
	default:
		err_code(err, ERR_GIT, "%s answers with status %d%s", t->base,
		    answer->status, buf_text(&why));
	}
	buf_dispose(&why);
	return -1;
}

/* 401: what was tried is wrong; ask git for something else. */
static int
log_in(struct talk *t, const struct http_answer *answer, struct err *err)
{
	if (!answer->basic && t->cred.filled)
		return refused(t, answer, err);
	repo_cred_done(t->how->repo, &t->cred, false);
	if (t->tries++ >= LOGIN_TRIES)
		return refused(t, answer, err);
	/* A password in the address was wrong. */
	if (t->cred.password)
		return refused(t, answer, err);
	return repo_cred_fill(t->how->repo, &t->cred, t->how->progress, err);
}

static int
is_answer(struct stream *s, const struct http_answer *answer, struct err *err)
{
	char *want = xasprintf("application/x-git-%s-%s",
	    s->push ? "receive-pack" : "upload-pack",
	    s->post ? "result" : "advertisement");
	bool same = answer->type && strcmp(answer->type, want) == 0;

	free(want);
	if (same)
		return 0;
	return err_code(err, ERR_GIT,
	    "%s answers with %s: is it the address of a git repository?",
	    s->talk->base, answer->type ? answer->type : "nothing");
}

/* http.followRedirects: true, false, or "initial", which is the default. */
static bool
follows(const struct stream *s)
{
	const char *set = s->talk->how->http->follow;
	int yes;

	if (set && git_config_parse_bool(&yes, set) == 0)
		return yes;
	return !s->post;
}

/* Ask until the login is right. */
static int
ask(struct stream *s, struct err *err)
{
	struct talk *t = s->talk;
	const char *service = s->push ? "receive-pack" : "upload-pack";
	char *type = xasprintf("application/x-git-%s-request", service);
	char *accept = xasprintf("application/x-git-%s-result", service);
	struct http_call call = {.accept = s->post ? accept : "*/*"};
	struct http_answer answer = {0};
	char *url = NULL;
	int rc;

	call.follow = follows(s);
	if (s->post) {
		call.body = buf_text(&s->body);
		call.len = s->body.len;
		call.type = type;
	}
	do {
		free(url);
		url = s->post
			  ? xasprintf("%s/git-%s", t->base, service)
			  : xasprintf("%s%s%s", t->base, advertise, service);
		call.url = url;
		call.user = t->cred.password ? t->cred.user : NULL;
		call.password = t->cred.password;
		http_answer_dispose(&answer);
		rc = http_ask(t->http, &call, &answer, t->how->progress, err);
		if (rc == 0 && !s->post &&
		    (answer.status == 200 || answer.status == 401))
			rc = follow(t, &answer, err);
	} while (rc == 0 && answer.status == 401 &&
		 (rc = log_in(t, &answer, err)) == 0);
	if (rc == 0 && answer.status != 200)
		rc = refused(t, &answer, err);
	if (rc == 0)
		rc = is_answer(s, &answer, err);
	if (rc == 0)
		repo_cred_done(t->how->repo, &t->cred, true);
	http_answer_dispose(&answer);
	free(url);
	free(type);
	free(accept);
	return rc;
}

static int
stream_read(git_smart_subtransport_stream *parent, char *buffer, size_t size,
    size_t *got)
{
	struct stream *s = (struct stream *)parent;
	struct err err = {0};

	*got = size;
	if (!s->asked && ask(s, &err) == -1)
		return failed(s->talk, &err);
	s->asked = true;
	if (http_read(
		s->talk->http, buffer, got, s->talk->how->progress, &err) == -1)
		return failed(s->talk, &err);
	return 0;
}

static int
stream_write(
    git_smart_subtransport_stream *parent, const char *buffer, size_t len)
{
	struct stream *s = (struct stream *)parent;

	buf_add(&s->body, buffer, len);
	return 0;
}

static void
stream_free(git_smart_subtransport_stream *parent)
{
	struct stream *s = (struct stream *)parent;

	buf_dispose(&s->body);
	free(s);
}

static int
talk_action(git_smart_subtransport_stream **out, git_smart_subtransport *parent,
    const char *url, git_smart_service_t action)
{
	struct talk *t = (struct talk *)parent;
	struct stream *s;
	struct err err = {0};

	if (!t->http) {
		t->http = http_new(&t->how->http->set, &err);
		if (!t->http)
			return failed(t, &err);
		set_base(t, url);
	}
	s = xcalloc(1, sizeof(*s));
	s->talk = t;
	s->post = action == GIT_SERVICE_UPLOADPACK ||
		  action == GIT_SERVICE_RECEIVEPACK;
	s->push = action == GIT_SERVICE_RECEIVEPACK ||
		  action == GIT_SERVICE_RECEIVEPACK_LS;
	s->parent.subtransport = parent;
	s->parent.read = stream_read;
	s->parent.write = stream_write;
	s->parent.free = stream_free;
	*out = &s->parent;
	return 0;
}

static int
talk_close(git_smart_subtransport *parent)
{
	struct talk *t = (struct talk *)parent;

	http_free(t->http);
	t->http = NULL;
	free(t->base);
	t->base = NULL;
	repo_cred_dispose(&t->cred);
	return 0;
}

static void
talk_free(git_smart_subtransport *parent)
{
	talk_close(parent);
	free(parent);
}

static int
talk_new(git_smart_subtransport **out, git_transport *owner, void *param)
{
	struct talk *t = xcalloc(1, sizeof(*t));

	(void)owner;
	t->how = param;
	t->parent.action = talk_action;
	t->parent.close = talk_close;
	t->parent.free = talk_free;
	*out = &t->parent;
	return 0;
}

int
repo_http_transport(
    git_transport **out, git_remote *owner, struct repo_wire *how)
{
	git_smart_subtransport_definition def = {talk_new, 1, how};

	return git_transport_smart(out, owner, &def);
}
