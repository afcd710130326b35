/* SPDX-License-Identifier: ISC */
/* Requests over http on libcurl's multi interface: it never blocks for longer
 * than a tick, so that every request can be stopped. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "buf.h"
#include "http_priv.h"
#include "mem.h"
#include "work.h"

#define TICK_MS 50

struct http {
	const struct http_lib *lib;
	CURL *easy;
	CURLM *multi;
	struct curl_slist *common, *headers; /* of all; of this request */
	struct buf in;                       /* read, not yet taken */
	size_t at;
	bool running, failed;
	char words[CURL_ERROR_SIZE]; /* what libcurl says of a failure */
};

static size_t
on_data(char *data, size_t size, size_t n, void *ctx)
{
	struct http *h = ctx;

	buf_add(&h->in, data, size * n);
	return size * n;
}

static void
set_text(struct http *h, CURLoption option, const char *value)
{
	if (value)
		h->lib->easy_setopt(h->easy, option, value);
}

static void
set_number(struct http *h, CURLoption option, long value)
{
	h->lib->easy_setopt(h->easy, option, value);
}

static void
set_protocols(struct http *h)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	set_text(h, CURLOPT_PROTOCOLS_STR, "http,https");
	set_text(h, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
#else
	set_number(h, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
	set_number(
	    h, CURLOPT_REDIR_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

static void
set_up(struct http *h, const struct http_settings *s)
{
	h->lib->easy_setopt(h->easy, CURLOPT_WRITEFUNCTION, on_data);
	h->lib->easy_setopt(h->easy, CURLOPT_WRITEDATA, h);
	h->lib->easy_setopt(h->easy, CURLOPT_ERRORBUFFER, h->words);
	set_number(h, CURLOPT_NOSIGNAL, 1);
	set_number(h, CURLOPT_NETRC, CURL_NETRC_OPTIONAL);
	set_number(h, CURLOPT_PROXYAUTH, (long)CURLAUTH_ANY);
	set_text(h, CURLOPT_ACCEPT_ENCODING, "");
	set_protocols(h);
	set_number(h, CURLOPT_MAXREDIRS, 20);
	set_text(h, CURLOPT_CAINFO, s->ca_file);
	set_text(h, CURLOPT_CAPATH, s->ca_dir);
	set_text(h, CURLOPT_SSLCERT, s->cert);
	set_text(h, CURLOPT_SSLKEY, s->key);
	set_text(h, CURLOPT_PROXY, s->proxy);
	set_text(h, CURLOPT_COOKIEFILE, s->cookies);
	set_text(h, CURLOPT_USERAGENT, s->agent);
	if (s->no_verify) {
		set_number(h, CURLOPT_SSL_VERIFYPEER, 0);
		set_number(h, CURLOPT_SSL_VERIFYHOST, 0);
	}
	if (s->http1)
		set_number(
		    h, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1);
	if (s->connect_seconds)
		set_number(h, CURLOPT_CONNECTTIMEOUT, s->connect_seconds);
	if (s->slow_bytes && s->slow_seconds) {
		set_number(h, CURLOPT_LOW_SPEED_LIMIT, s->slow_bytes);
		set_number(h, CURLOPT_LOW_SPEED_TIME, s->slow_seconds);
	}
	for (size_t i = 0; i < s->nheaders; i++)
		h->common = h->lib->slist_append(h->common, s->headers[i]);
}

struct http *
http_new(const struct http_settings *settings, struct err *err)
{
	const struct http_lib *lib = http_lib_load(err);
	struct http *h;

	if (!lib)
		return NULL;
	h = xcalloc(1, sizeof(*h));
	h->lib = lib;
	h->easy = lib->easy_init();
	h->multi = lib->multi_init();
	if (!h->easy || !h->multi) {
		err_set(err, "libcurl cannot be started");
		http_free(h);
		return NULL;
	}
	set_up(h, settings);
	return h;
}

static void
stop(struct http *h)
{
	if (h->running)
		h->lib->multi_remove_handle(h->multi, h->easy);
	h->running = false;
	h->failed = false;
	h->lib->slist_free_all(h->headers);
	h->headers = NULL;
	buf_clear(&h->in);
	h->at = 0;
}

void
http_free(struct http *h)
{
	if (!h)
		return;
	stop(h);
	if (h->easy)
		h->lib->easy_cleanup(h->easy);
	if (h->multi)
		h->lib->multi_cleanup(h->multi);
	h->lib->slist_free_all(h->common);
	buf_dispose(&h->in);
	free(h);
}

static void
add_header(struct http *h, const char *name, const char *value)
{
	char *line =
	    xasprintf("%s:%s%s", name, value ? " " : "", value ? value : "");

	h->headers = h->lib->slist_append(h->headers, line);
	free(line);
}

static void
compose(struct http *h, const struct http_call *call)
{
	set_text(h, CURLOPT_URL, call->url);
	h->lib->easy_setopt(h->easy, CURLOPT_USERNAME, call->user);
	h->lib->easy_setopt(h->easy, CURLOPT_PASSWORD, call->password);
	set_number(h, CURLOPT_HTTPAUTH,
	    call->user ? (long)CURLAUTH_BASIC : (long)CURLAUTH_ANY);
	set_number(h, CURLOPT_FOLLOWLOCATION, call->follow);
	for (struct curl_slist *x = h->common; x; x = x->next)
		h->headers = h->lib->slist_append(h->headers, x->data);
	if (call->accept)
		add_header(h, "Accept", call->accept);
	if (call->body) {
		add_header(h, "Content-Type", call->type);
		add_header(h, "Expect", NULL); /* not to be sent */
		set_number(h, CURLOPT_POST, 1);
		h->lib->easy_setopt(h->easy, CURLOPT_POSTFIELDS, call->body);
		h->lib->easy_setopt(h->easy, CURLOPT_POSTFIELDSIZE_LARGE,
		    (curl_off_t)call->len);
	} else
		set_number(h, CURLOPT_HTTPGET, 1);
	set_number(h, CURLOPT_NOBODY, call->head);
	h->lib->easy_setopt(h->easy, CURLOPT_HTTPHEADER, h->headers);
}

static int
fail(struct http *h, CURLcode code, struct err *err)
{
	h->failed = true;
	return err_set(
	    err, "%s", *h->words ? h->words : h->lib->easy_strerror(code));
}

/* Let it go on until there is data or the end. */
static int
go_on(struct http *h, struct progress *progress, struct err *err)
{
	CURLMsg *message;
	int running = 1, left;
	CURLcode code;

	while (h->running && h->in.len == 0) {
		if (progress_cancelled(progress))
			return err_code(err, ERR_CANCEL, "stopped");
		if (h->lib->multi_perform(h->multi, &running) != CURLM_OK)
			return fail(h, CURLE_FAILED_INIT, err);
		if (running && h->in.len == 0)
			h->lib->multi_poll(h->multi, NULL, 0, TICK_MS, NULL);
		if (running)
			continue;
		message = h->lib->multi_info_read(h->multi, &left);
		code = message ? message->data.result : CURLE_OK;
		h->lib->multi_remove_handle(h->multi, h->easy);
		h->running = false;
		if (code != CURLE_OK)
			return fail(h, code, err);
	}
	return 0;
}

static void
read_head(struct http *h, struct http_answer *answer)
{
	char *type = NULL, *url = NULL;
	long status = 0, auth = 0;

	h->lib->easy_getinfo(h->easy, CURLINFO_RESPONSE_CODE, &status);
	h->lib->easy_getinfo(h->easy, CURLINFO_CONTENT_TYPE, &type);
	h->lib->easy_getinfo(h->easy, CURLINFO_EFFECTIVE_URL, &url);
	h->lib->easy_getinfo(h->easy, CURLINFO_HTTPAUTH_AVAIL, &auth);
	answer->status = (int)status;
	answer->type = type ? xstrndup(type, strcspn(type, "; \t")) : NULL;
	answer->url = xstrdup(url ? url : "");
	answer->basic = (auth & (long)CURLAUTH_BASIC) != 0;
}

int
http_ask(struct http *h, const struct http_call *call,
    struct http_answer *answer, struct progress *progress, struct err *err)
{
	*answer = (struct http_answer){0};
	stop(h);
	*h->words = '\0';
	compose(h, call);
	if (h->lib->multi_add_handle(h->multi, h->easy) != CURLM_OK)
		return fail(h, CURLE_FAILED_INIT, err);
	h->running = true;
	if (go_on(h, progress, err) == -1)
		return -1;
	read_head(h, answer);
	return 0;
}

int
http_read(struct http *h, void *data, size_t *n, struct progress *progress,
    struct err *err)
{
	size_t have;

	if (h->at == h->in.len) {
		buf_clear(&h->in);
		h->at = 0;
		if (!h->failed && go_on(h, progress, err) == -1)
			return -1;
	}
	have = h->in.len - h->at;
	if (*n > have)
		*n = have;
	if (*n)
		memcpy(data, h->in.data + h->at, *n);
	h->at += *n;
	return 0;
}

void
http_answer_dispose(struct http_answer *answer)
{
	free(answer->type);
	free(answer->url);
	*answer = (struct http_answer){0};
}
