/* SPDX-License-Identifier: ISC */
/*
 * A remote's address taken apart by git's own rules (git-fetch(1), "GIT URLS";
 * git's connect.c has the details): paths, file://, ssh:// and host:path.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo_priv.h"
#include "text.h"

/* git's rule: no scheme, and no colon before the first slash. */
bool
repo_url_local(const char *url)
{
	const char *colon = strchr(url, ':'), *slash = strchr(url, '/');

	if (strncmp(url, "file://", 7) == 0)
		return true;
	return !strstr(url, "://") && (!colon || (slash && slash < colon));
}

static char *
unescaped(const char *s, size_t len)
{
	struct buf out = {0};

	text_unescape(&out, s, len);
	return buf_steal(&out);
}

/* As in git, file://host/x is //host/x. */
static char *
local_path(const char *url)
{
	if (strncmp(url, "file://", 7) != 0)
		return xstrdup(url);
	url += url[7] == '/' ? 7 : 5;
	return unescaped(url, strlen(url));
}

/* A number after the last colon is the port; anything else belongs to the
 * host. */
static void
take_port(struct repo_url *url, char *colon)
{
	size_t digits = colon ? strspn(colon + 1, "0123456789") : 0;

	if (!colon || colon[1 + digits] || digits > 5)
		return;
	*colon = '\0';
	if (digits)
		url->port = xstrdup(colon + 1);
}

/* [user@]host[:port], [user@]\[host\][:port]: s is changed. */
static int
take_host(struct repo_url *url, char *s)
{
	char *at = strrchr(s, '@'), *host = at ? at + 1 : s, *end, *colon;

	if (at) {
		*at = '\0';
		/* ssh has no place for a password. */
		if ((colon = strchr(s, ':')))
			*colon = '\0';
		url->user = xstrdup(s);
	}
	if (*host == '[') {
		if (!(end = strchr(host, ']')))
			return -1;
		*end = '\0';
		if (end[1] == ':')
			take_port(url, end + 1);
		host++;
	} else
		take_port(url, strrchr(host, ':'));
	url->host = xstrdup(host);
	return *host ? 0 : -1;
}

/* ssh://[user@]host[:port]/path */
static int
parse_ssh(struct repo_url *url, const char *s)
{
	const char *slash = strchr(s, '/');
	char *host;
	int rc;

	if (!slash)
		return -1;
	host = unescaped(s, (size_t)(slash - s));
	rc = take_host(url, host);
	free(host);
	url->path = unescaped(slash, strlen(slash));
	return rc;
}

/*
 * [user@]host:path.  In brackets around the host or around both there may be
 * a port, [user@host:port]:path, or an address with colons, [::1]:path.
 */
static int
parse_scp(struct repo_url *url, const char *s)
{
	const char *open = *s == '[' ? s : strstr(s, "@[");
	const char *close = open ? strchr(open, ']') : NULL;
	const char *colon = strchr(close ? close : s, ':');
	char *host, *at, *first;
	int rc = -1;

	if (!colon || (close && colon != close + 1))
		return -1;
	host = xstrndup(s, (size_t)(colon - s));
	if (close) {
		host[close - s] = '\0';
		open += *open == '@';
		memmove(host + (open - s), host + (open - s) + 1,
		    strlen(host + (open - s)));
	}
	at = strrchr(host, '@');
	first = strchr(at ? at : host, ':');
	if (!close || !first || first == strrchr(host, ':')) {
		rc = take_host(url, host);
	} else {
		if (at) {
			*at = '\0';
			url->user = xstrdup(host);
		}
		url->host = xstrdup(at ? at + 1 : host);
		rc = 0;
	}
	free(host);
	url->path = xstrdup(colon + 1);
	return rc;
}

/* name::address is for a helper program of that name. */
static bool
for_helper(const char *s)
{
	size_t n = 0;

	while (
	    isalnum((unsigned char)s[n]) || (n && s[n] && strchr("+-.", s[n])))
		n++;
	return n && strncmp(s + n, "::", 2) == 0;
}

static bool
has_scheme(const char *s, const char *scheme)
{
	size_t len = strlen(scheme);

	return strncmp(s, scheme, len) == 0 && strncmp(s + len, "://", 3) == 0;
}

/* What would be taken for an option by a program that gets it. */
static bool
strange(const char *s)
{
	return s && *s == '-';
}

static int
check(const struct repo_url *url, const char *s, struct err *err)
{
	if (url->kind == REPO_URL_SSH && (!url->path || !*url->path))
		return err_code(err, ERR_GIT, "%s: no path in it", s);
	if (strange(url->user) || strange(url->host))
		return err_code(err, ERR_GIT, "%s: strange host name", s);
	if (strange(url->path))
		return err_code(err, ERR_GIT, "%s: strange path", s);
	return 0;
}

int
repo_url_parse(struct repo_url *url, const char *s, struct err *err)
{
	static const char *const ssh[] = {"ssh", "git+ssh", "ssh+git"};
	int rc = 0;

	*url = (struct repo_url){.kind = REPO_URL_OTHER};
	if (repo_url_local(s)) {
		url->kind = REPO_URL_LOCAL;
		url->path = local_path(s);
	} else if (has_scheme(s, "http") || has_scheme(s, "https"))
		url->kind = REPO_URL_HTTP;
	for (size_t i = 0; i < NITEMS(ssh); i++)
		if (has_scheme(s, ssh[i])) {
			url->kind = REPO_URL_SSH;
			rc = parse_ssh(url, strstr(s, "://") + 3);
		}
	if (url->kind == REPO_URL_OTHER && !strstr(s, "://") &&
	    !for_helper(s)) {
		url->kind = REPO_URL_SSH;
		rc = parse_scp(url, s);
	}
	if (rc == -1)
		rc = err_code(
		    err, ERR_GIT, "%s: not an address that git knows", s);
	else
		rc = check(url, s, err);
	/* The home directory of a user is said without the slash. */
	if (rc == 0 && url->kind == REPO_URL_SSH &&
	    strncmp(url->path, "/~", 2) == 0)
		memmove(url->path, url->path + 1, strlen(url->path));
	if (rc == -1)
		repo_url_dispose(url);
	return rc;
}

void
repo_url_dispose(struct repo_url *url)
{
	free(url->user);
	free(url->host);
	free(url->port);
	free(url->path);
	*url = (struct repo_url){0};
}
