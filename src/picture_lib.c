/* SPDX-License-Identifier: ISC */
/*
 * gdk-pixbuf and chafa, loaded by the process that decodes a picture and by no
 * other one.
 */
#include "picture_priv.h"

#include <dlfcn.h>
#include <string.h>

#include "mem.h"

struct call {
	const char *name;
	size_t at; /* in struct picture_lib */
};

static void *
open_any(const char *const *names, size_t n)
{
	void *lib = NULL;

	for (size_t i = 0; i < n && !lib; i++)
		lib = dlopen(names[i], RTLD_NOW | RTLD_GLOBAL);
	return lib;
}

/* A library also answers for those that it is linked with. */
static int
find(struct picture_lib *lib, void *handle, const struct call *calls, size_t n)
{
	void *function;

	if (!handle)
		return -1;
	for (size_t i = 0; i < n; i++) {
		if (!(function = dlsym(handle, calls[i].name)))
			return -1;
		memcpy((char *)lib + calls[i].at, &function, sizeof(function));
	}
	return 0;
}

int
picture_lib_load(struct picture_lib *lib)
{
	static const char *const pixbufs[] = {
	    "libgdk_pixbuf-2.0.so.0", "libgdk_pixbuf-2.0.0.dylib"};
	static const char *const chafas[] = {
	    "libchafa.so.0", "libchafa.0.dylib"};
#define X(type, name, arguments) {#name, offsetof(struct picture_lib, name)},
	static const struct call pixbuf_calls[] = {PICTURE_PIXBUF_CALLS(X)};
	static const struct call chafa_calls[] = {PICTURE_CHAFA_CALLS(X)};
#undef X
	static const struct call threads[] = {{"chafa_set_n_threads",
	    offsetof(struct picture_lib, chafa_set_n_threads)}};
	void *pixbuf = open_any(pixbufs, NITEMS(pixbufs));
	void *chafa = open_any(chafas, NITEMS(chafas));

	memset(lib, 0, sizeof(*lib));
	if (find(lib, pixbuf, pixbuf_calls, NITEMS(pixbuf_calls)) == -1 ||
	    find(lib, chafa, chafa_calls, NITEMS(chafa_calls)) == -1)
		return -1;
	find(lib, chafa, threads, NITEMS(threads));
	return 0;
}
