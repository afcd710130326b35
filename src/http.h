/* SPDX-License-Identifier: ISC */
/*
 * Asking over http and https (RFC 9110), one request at a time, as the person
 * set their machine up: proxies from the environment, certificates of the
 * system, ~/.netrc.  libcurl is behind it, brought in at the first use.  Every
 * call blocks and can be stopped; a struct http belongs to one thread at a
 * time, and the first http_new() of all is made by one thread alone.
 */
#ifndef HTTP_H
#define HTTP_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"

struct progress;
struct http;

/* What holds for all requests; NULL and 0: as libcurl has it. */
struct http_settings {
	const char *ca_file, *ca_dir; /* who may vouch for the server */
	const char *cert, *key;       /* who we are */
	bool no_verify;               /* take any certificate */
	const char *proxy;            /* "": none, whatever the environment */
	const char *cookies;          /* a file of them, read only */
	const char *agent;            /* the User-Agent */
	const char *const *headers;   /* "Name: value", sent with all */
	size_t nheaders;
	bool http1;           /* no HTTP/2 */
	long connect_seconds; /* until it must be connected */
	long slow_bytes,
	    slow_seconds; /* fewer bytes a second, that long: stop */
};

/* ERR_FAIL: libcurl is not there. */
struct http *http_new(const struct http_settings *, struct err *);
void http_free(struct http *);

struct http_call {
	const char *url;
	const char *user, *password; /* NULL: none, or what ~/.netrc has */
	const char *accept;          /* media type wanted; NULL: any */
	const char *type;            /* of body */
	const char *body;            /* NULL: GET, else POST */
	size_t len;                  /* bytes of body */
	bool follow;                 /* go where the server sends us */
	bool head;                   /* HEAD: no body wanted */
};

struct http_answer {
	int status; /* 200, 404, ... */
	char *type; /* media type, NULL: not said */
	char *url;  /* where it came from in the end */
	bool basic; /* of a 401: a name and a password would do */
};

/*
 * Ask, and wait for the head of the answer.  What was left of the answer before
 * is dropped.  ERR_CANCEL within 100 ms; ERR_FAIL with libcurl's words when
 * there is no answer; a status of any kind is an answer.
 */
int http_ask(struct http *, const struct http_call *, struct http_answer *,
    struct progress *, struct err *);
/* The next *n bytes of the body at most; *n 0: the end. */
int http_read(
    struct http *, void *, size_t *n, struct progress *, struct err *);
void http_answer_dispose(struct http_answer *);

#endif
