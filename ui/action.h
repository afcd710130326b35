/* SPDX-License-Identifier: ISC */
/* What several screens do with a post. Paths are relative to the site. */
#ifndef ACTION_H
#define ACTION_H

#include <stddef.h>

struct app;

/* Make it a draft, or none, in the file (schema_set_draft()), and say so. */
void action_toggle_draft(struct app *, const char *path);
/* Of several posts: all become drafts, or none where all are.  What changes is
 * shown first. */
void action_toggle_drafts(struct app *, const char *const *paths, size_t n);
/* Open the form of these posts. */
void action_fields(struct app *, const char *const *paths, size_t n);
/* Commands: take the last saved edit of fields back, and do it again. */
void action_undo(struct app *, void *screen);
void action_redo(struct app *, void *screen);
/* Open the publish screen for one post. */
void action_publish(struct app *, const char *path);

#endif
