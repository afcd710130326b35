/* SPDX-License-Identifier: ISC */
/*
 * libcurl, brought in when something is asked over http for the first time: it
 * takes two dozen libraries along.  Where the program is linked with it
 * (LAZY_CURL=no) there is nothing to find.
 */
#define CURL_DISABLE_TYPECHECK
#include "http_priv.h"

#include <string.h>

#include "mem.h"

#ifdef LAZY_CURL

#include <dlfcn.h>

#define SOVERSION "4" /* since 2006 */

static int
find(struct http_lib *lib, struct err *err)
{
	static const struct {
		const char *name;
		size_t at;
	} calls[] = {
#define X(name) {"curl_" #name, offsetof(struct http_lib, name)},
	    HTTP_CALLS(X)
#undef X
	};
	/* Where the system looks, and where it was built with. */
	static const char *const names[] = {
	    "libcurl.so." SOVERSION, LAZY_CURL "/libcurl.so." SOVERSION};
	void *handle = NULL, *function;

	for (size_t i = 0; i < NITEMS(names) && !handle; i++)
		handle = dlopen(names[i], RTLD_NOW | RTLD_LOCAL);
	if (!handle)
		return err_set(err, "libcurl.so." SOVERSION
				    " cannot be loaded: install it, http is "
				    "spoken through it");
	for (size_t i = 0; i < NITEMS(calls); i++) {
		if (!(function = dlsym(handle, calls[i].name)))
			return err_set(err,
			    "libcurl has no %s: another version is installed "
			    "than galley was built with",
			    calls[i].name);
		memcpy((char *)lib + calls[i].at, &function, sizeof(function));
	}
	return 0;
}

#else

static int
find(struct http_lib *lib, struct err *err)
{
	(void)err;
#define X(call) lib->call = curl_##call;
	HTTP_CALLS(X)
#undef X
	return 0;
}

#endif

const struct http_lib *
http_lib_load(struct err *err)
{
	/* Written once, by the one thread that makes the first struct http. */
	static struct http_lib lib;
	struct http_lib found;

	if (lib.global_init)
		return &lib;
	if (find(&found, err) == -1)
		return NULL;
	if (found.global_init(CURL_GLOBAL_DEFAULT) != 0) {
		err_set(err, "libcurl cannot be started");
		return NULL;
	}
	lib = found;
	return &lib;
}
