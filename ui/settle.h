/* SPDX-License-Identifier: ISC */
/*
 * Files that are being written, until they can be looked at: a burst of changes
 * is one, and one that may be cut in half is given time to be completed.  Times
 * are milliseconds of the caller's clock.
 */
#ifndef SETTLE_H
#define SETTLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* For a file that may not be whole. */
#define SETTLE_MS 50
/* One that is always being written to is looked at all the same. */
#define SETTLE_MOST_MS 250
/* Between two times that files are looked at. */
#define SETTLE_GAP_MS 30

struct settle {
	struct settle_file *v;
	size_t n, cap;
	int64_t open; /* nothing is due before */
	bool taken;   /* since the last NULL of settle_take() */
};

/* Something happened to path: it is due when nothing else does for wait ms. */
void settle_note(struct settle *, const char *path, int64_t now, int wait);
bool settle_has(const struct settle *, const char *path); /* not yet taken */
/* One that is due, caller frees; NULL: none.  After the first NULL the next
 * ones are due SETTLE_GAP_MS later at the soonest. */
char *settle_take(struct settle *, int64_t now);
int settle_ms(const struct settle *, int64_t now); /* until then; -1: none */
void settle_clear(struct settle *);                /* frees all */

#endif
