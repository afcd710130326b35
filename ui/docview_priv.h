/* SPDX-License-Identifier: ISC */
/* What the docview_* files share. */
#ifndef DOCVIEW_PRIV_H
#define DOCVIEW_PRIV_H

#include "docview.h"

/*
 * Render file, whose stamp and width dv has: now, or by a job that is dv->job
 * until it is done.  keep: what dv shows is of the same page, and may stay that
 * long.
 */
void docview_render(
    struct docview *, struct app *, const char *file, bool keep);
/* A job that is on its way has no view any more. */
void docview_forget_job(struct docview *);

#endif
