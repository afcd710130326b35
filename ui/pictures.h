/* SPDX-License-Identifier: ISC */
/*
 * Pictures as cells for all screens: drawn by jobs, one at a time, and kept as
 * long as their files are the same and there is room.
 */
#ifndef PICTURES_H
#define PICTURES_H

#include <stdbool.h>

#include "picture.h"

struct app;
struct pictures;

struct pictures *pictures_new(void);
void pictures_free(struct pictures *); /* after all jobs */

/*
 * Can pictures be drawn, and are they wanted?  That is asked for in the
 * background the first time; until it is known they cannot.
 */
bool pictures_on(struct pictures *, struct app *);

/*
 * A frame: begin, ask for each picture that is to be seen, the most important
 * ones first, end.  The file's picture at this size, NULL: there is none (yet);
 * *why is then a reason, or NULL as long as it may still come.  Both borrowed
 * until the end of the frame.
 */
void pictures_begin(struct pictures *);
const struct picture *pictures_get(struct pictures *, struct app *,
    const char *file, int cols, int rows, const char **why);
/* What is on its way and was not asked for is stopped. */
void pictures_end(struct pictures *);

#endif
