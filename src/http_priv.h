/* SPDX-License-Identifier: ISC */
/* What the http*.c files share, and nobody else includes: libcurl's types. */
#ifndef HTTP_PRIV_H
#define HTTP_PRIV_H

#include <curl/curl.h>

#include "http.h"

/* The functions of libcurl that are used, under its names without "curl_". */
#define HTTP_CALLS(X) \
	X(global_init) \
	X(easy_init) \
	X(easy_cleanup) \
	X(easy_setopt) \
	X(easy_getinfo) \
	X(easy_strerror) \
	X(multi_init) \
	X(multi_cleanup) \
	X(multi_add_handle) \
	X(multi_remove_handle) \
	X(multi_perform) \
	X(multi_poll) \
	X(multi_info_read) \
	X(slist_append) \
	X(slist_free_all)

struct http_lib {
#define X(name) __typeof__(curl_##name) *name;
	HTTP_CALLS(X)
#undef X
};

/* NULL: libcurl is not there. (http_lib.c) */
const struct http_lib *http_lib_load(struct err *);

#endif
