/* SPDX-License-Identifier: ISC */
/* What the docview_* files share. */
#ifndef DOCVIEW_PRIV_H
#define DOCVIEW_PRIV_H

#include "docview.h"
#include "docview_index.h"

/*
 * Render file, whose stamp and width dv has: now, or by a job that is dv->job
 * until it is done.  What dv shows of the same page stays that long.
 */
void docview_render(struct docview *, struct app *, const char *file);
/* A job that is on its way has no view any more. */
void docview_forget_job(struct docview *);

/* docview_place.c */
/* The first line shown is where the reader is. */
void docview_stay(struct docview *);
/* doc (may be NULL) and its index take the place of those that are shown; both
 * are given away.  told: its file was changed by others. */
void docview_take(
    struct docview *, struct doc *, struct docview_index *, bool told);

/* docview_find.c */
/* What is searched for is looked for in another index. */
void docview_search_again(struct docview *);

#endif
