/* SPDX-License-Identifier: ISC */
/*
 * Edits of front matter that were saved, newest last: they can be taken back
 * and done again, also when the screen that made them is gone.  A file that has
 * changed since gets the values back, not its old bytes.
 */
#ifndef DEEDS_H
#define DEEDS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "fm.h"

struct app;
struct deed;
struct deeds;

struct deed *deed_new(const char *what); /* "draft" */
/* A file of it, by its path in the site: its bytes before, and what it is now;
 * nothing where those are the same. */
void deed_add(struct deed *, const char *path, const struct buf *before,
    const struct fm *);
void deed_free(struct deed *);

struct deeds *deeds_new(void);
void deeds_free(struct deeds *);
/* It is done, and saved; takes it. What was taken back before is forgotten. */
void deeds_add(struct deeds *, struct deed *);
/* Take the last one back, or do it again: all of its files or none; it is
 * said. */
void deeds_undo(struct app *, struct deeds *, bool redo);

#endif
