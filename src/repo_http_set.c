/* SPDX-License-Identifier: ISC */
/*
 * What git's configuration and environment say of http (git-config(1), http.*
 * and http.<url>.*), for an address.  Git itself does the matching; a setting
 * that is not known here means that git has to do the work as well.
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"

#define CONNECT_SECONDS 60

enum kind {
	TEXT,
	PATH, /* from the top of the work tree, ~ expanded */
	NO,   /* a flag, the other way round */
	NUMBER,
	IGNORED /* means nothing to us */
};

/* A setting, the variable that comes before it, and where it goes. */
static const struct {
	const char *name, *variable;
	enum kind kind;
	size_t at;
} known[] = {
#define AT(member) offsetof(struct repo_http, member)
    {"sslverify", NULL, NO, AT(set.no_verify)},
    {"sslcainfo", "GIT_SSL_CAINFO", PATH, AT(ca_file)},
    {"sslcapath", "GIT_SSL_CAPATH", PATH, AT(ca_dir)},
    {"sslcert", "GIT_SSL_CERT", PATH, AT(cert)},
    {"sslkey", "GIT_SSL_KEY", PATH, AT(key)},
    {"proxy", NULL, TEXT, AT(proxy)},
    {"cookiefile", NULL, PATH, AT(cookies)},
    {"useragent", "GIT_HTTP_USER_AGENT", TEXT, AT(agent)},
    {"followredirects", NULL, TEXT, AT(follow)},
    {"version", NULL, TEXT, AT(version)},
    {"lowspeedlimit", "GIT_HTTP_LOW_SPEED_LIMIT", NUMBER, AT(set.slow_bytes)},
    {"lowspeedtime", "GIT_HTTP_LOW_SPEED_TIME", NUMBER, AT(set.slow_seconds)},
    {"extraheader", NULL, IGNORED, 0}, /* read for itself */
    {"postbuffer", NULL, IGNORED, 0},
    {"maxrequests", NULL, IGNORED, 0},
    {"minsessions", NULL, IGNORED, 0},
    {"noepsv", NULL, IGNORED, 0},
    {"proxyauthmethod", "GIT_HTTP_PROXY_AUTHMETHOD", IGNORED, 0},
#undef AT
};

/* Set in the environment, these are for git. */
static const char *const variables[] = {"GIT_SSL_VERSION",
    "GIT_SSL_CIPHER_LIST", "GIT_SSL_CERT_PASSWORD_PROTECTED",
    "GIT_PROXY_SSL_CAINFO", "GIT_PROXY_SSL_CERT", "GIT_PROXY_SSL_KEY",
    "GIT_PROXY_SSL_CERT_PASSWORD_PROTECTED"};

static bool
truth(const char *value)
{
	int yes;

	return !value || (git_config_parse_bool(&yes, value) == 0 && yes);
}

static char *
path_of(struct repo *repo, const char *value)
{
	git_buf out = {0};
	char *path;

	if (!*value || git_config_parse_path(&out, value) < 0)
		path = xstrdup(value);
	else
		path = path_join(repo->root, out.ptr);
	git_buf_dispose(&out);
	return path;
}

static void
put(struct repo *repo, struct repo_http *http, size_t i, const char *value)
{
	char *to = (char *)http + known[i].at;

	switch (known[i].kind) {
	case TEXT:
		free(*(char **)to);
		*(char **)to = xstrdup(value ? value : "");
		break;
	case PATH:
		free(*(char **)to);
		*(char **)to = path_of(repo, value ? value : "");
		break;
	case NO:
		*(bool *)to = !truth(value);
		break;
	case NUMBER:
		*(long *)to = value ? strtol(value, NULL, 10) : 0;
		break;
	case IGNORED:
		break;
	}
}

/* "http.sslverify" and its value: false where we do not know it. */
static bool
take(struct repo *repo, struct repo_http *http, const char *name,
    const char *value)
{
	if (strncmp(name, "http.", 5) != 0)
		return true;
	for (size_t i = 0; i < NITEMS(known); i++)
		if (strcmp(known[i].name, name + 5) == 0) {
			put(repo, http, i, value);
			return true;
		}
	return false;
}

/* git config -z: each entry is its name, a newline, its value and a NUL; a
 * name alone is true. */
static bool
take_all(struct repo *repo, struct repo_http *http, struct buf *out)
{
	char *s = out->data, *end = s + out->len, *value;
	bool ok = true;

	for (; s < end; s += strlen(s) + 1) {
		value = strchr(s, '\n');
		if (value)
			*value++ = '\0';
		ok = take(repo, http, s, value) && ok;
		s = value ? value : s;
	}
	return ok;
}

static void
add_header(const char *value, void *ctx)
{
	struct repo_http *http = ctx;

	/* An empty one clears the list. */
	if (!value || !*value) {
		repo_args_dispose(&http->headers);
		return;
	}
	repo_args_add(&http->headers, value);
}

/*
 * http.extraHeader may be there several times, which urlmatch does not tell.
 * Those for an address are taken where it begins as ours does.
 */
static void
read_headers(git_config *config, const char *url, struct repo_http *http)
{
	git_config_iterator *it = NULL;
	git_config_entry *entry;
	const char *name, *dot;
	size_t len;

	if (git_config_iterator_new(&it, config) < 0)
		return;
	while (git_config_next(&entry, it) == 0) {
		name = entry->name;
		dot = strrchr(name, '.');
		if (strncmp(name, "http.", 5) != 0 ||
		    strcmp(dot, ".extraheader") != 0)
			continue;
		len = dot > name + 5 ? (size_t)(dot - name - 5) : 0;
		while (len && name[5 + len - 1] == '/')
			len--;
		if (len && (strncmp(name + 5, url, len) != 0 ||
			       (url[len] && !strchr("/:?", url[len]))))
			continue;
		add_header(entry->value, http);
	}
	git_config_iterator_free(it);
}

static void
read_environment(struct repo *repo, struct repo_http *http)
{
	const char *value;

	for (size_t i = 0; i < NITEMS(known); i++)
		if (known[i].variable && (value = getenv(known[i].variable)))
			put(repo, http, i, value);
	if (getenv("GIT_SSL_NO_VERIFY"))
		http->set.no_verify = true;
}

/* A user without a password in the proxy's address: git asks for one. */
static bool
proxy_asks(const char *proxy)
{
	const char *host = proxy ? strstr(proxy, "://") : NULL;
	const char *at, *colon;

	host = host ? host + 3 : proxy;
	at = host ? strchr(host, '@') : NULL;
	colon = host ? strchr(host, ':') : NULL;
	return at && (!colon || colon > at);
}

static void
fill(struct repo_http *http)
{
	struct http_settings *set = &http->set;

	if (!http->agent || !*http->agent) {
		free(http->agent);
		http->agent = xstrdup("git/2.39 (galley)");
	}
	set->ca_file = http->ca_file;
	set->ca_dir = http->ca_dir;
	set->cert = http->cert;
	set->key = http->key;
	set->proxy = http->proxy;
	set->cookies = http->cookies;
	set->agent = http->agent;
	set->headers = (const char *const *)http->headers.v;
	set->nheaders = http->headers.n;
	set->http1 = http->version && strcmp(http->version, "HTTP/1.1") == 0;
	set->connect_seconds = CONNECT_SECONDS;
}

int
repo_http_settings(struct repo *repo, git_config *config, const char *remote,
    const char *url, struct repo_http *http)
{
	struct repo_job job = {0};
	struct proc_result result = {0};
	struct err ignored;
	char *shown = repo_url_shown(url);
	bool ok;

	*http = (struct repo_http){0};
	repo_args_add(&job.args, "git");
	repo_args_add(&job.args, "config");
	repo_args_add(&job.args, "-z");
	repo_args_add(&job.args, "--get-urlmatch");
	repo_args_add(&job.args, "http");
	/* The password is no argument of a program. */
	repo_args_add(&job.args, shown);
	ok = repo_run(repo, &job, &result, &ignored) == 0 &&
	     result.status <= 1; /* 1: nothing is set */
	ok = ok && (!result.out.len || take_all(repo, http, &result.out));
	proc_result_dispose(&result);
	for (size_t i = 0; i < NITEMS(variables); i++)
		ok = ok && !getenv(variables[i]);
	if (ok)
		read_headers(config, shown, http);
	free(shown);
	if (!ok)
		return 1;
	read_environment(repo, http);
	free(http->remote_proxy);
	http->remote_proxy =
	    repo_config_text(config, "remote.%s.proxy", remote);
	fill(http);
	if (http->remote_proxy)
		http->set.proxy = http->remote_proxy;
	return proxy_asks(http->set.proxy) ? 1 : 0;
}

void
repo_http_dispose(struct repo_http *http)
{
	char *const texts[] = {http->ca_file, http->ca_dir, http->cert,
	    http->key, http->proxy, http->remote_proxy, http->cookies,
	    http->agent, http->follow, http->version};

	for (size_t i = 0; i < NITEMS(texts); i++)
		free(texts[i]);
	repo_args_dispose(&http->headers);
	*http = (struct repo_http){0};
}
