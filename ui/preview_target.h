/* SPDX-License-Identifier: ISC */
/* What a link of a page leads to: a page or file of the site, or the web. */
#ifndef PREVIEW_TARGET_H
#define PREVIEW_TARGET_H

struct site;

enum target_kind {
	TARGET_BROKEN,  /* why says it in one line */
	TARGET_PAGE,    /* path, in the site */
	TARGET_FILE,    /* path, absolute: a picture or the like, in the site */
	TARGET_OUTSIDE, /* path is an address: http, https or mailto */
};

struct target {
	enum target_kind kind;
	char *path;
	char *fragment; /* TARGET_PAGE: what is behind the "#", decoded; "" */
	char *why;
};

/*
 * The target of an address on the page at path, as a browser finds it on the
 * published page, or else as Hugo's ref does from the file.  What it names in
 * the site is there.
 */
void target_find(struct target *, const struct site *, const char *path,
    const char *address);
void target_dispose(struct target *);

#endif
