/* SPDX-License-Identifier: ISC */
/* What several screens do with a post. Paths are relative to the site. */
#ifndef ACTION_H
#define ACTION_H

struct app;

/* Turn the draft flag on or off in the file, and say what changed. */
void action_toggle_draft(struct app *, const char *path);
/* Open the publish screen for one post. */
void action_publish(struct app *, const char *path);

#endif
