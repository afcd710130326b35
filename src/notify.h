/* SPDX-License-Identifier: ISC */
/*
 * What the system tells of changes in directories: inotify(7), where there is
 * one.  Directories below one that is watched are not.
 */
#ifndef NOTIFY_H
#define NOTIFY_H

#include <stdbool.h>

enum notify_what {
	NOTIFY_WRITTEN,   /* a file was closed by who wrote it, or moved here */
	NOTIFY_WRITING,   /* it was made or written to, and may not be whole */
	NOTIFY_GONE,      /* a file was removed or moved away */
	NOTIFY_DIRECTORY, /* a directory came or went */
	NOTIFY_LOST,      /* there was more than can be told; no dir, no name */
};

/* Strings are borrowed until the next call. */
struct notify_event {
	enum notify_what what;
	const char *dir; /* as it was added */
	const char *name;
};

struct notify;

/* NULL: the system has no such thing, or has no more of it. */
struct notify *notify_new(void);
void notify_free(struct notify *);
int notify_fd(const struct notify *); /* readable when there is an event */
/*
 * Watch a directory, if it is not yet; one that is not there needs none.  -1:
 * not all changes of it will be told: too many are watched already, or it is on
 * a file system that others change too, like one of a network.
 */
int notify_add(struct notify *, const char *dir);
/* The next event; false: none now. */
bool notify_next(struct notify *, struct notify_event *);

#endif
