/* SPDX-License-Identifier: ISC */
/* What several screens do with a post. Paths are relative to the site. */
#ifndef ACTION_H
#define ACTION_H

struct app;

/* Turn the draft flag on or off in the file, and say what changed. */
void action_toggle_draft(struct app *, const char *path);
/* Open the publish screen for one post. */
void action_publish(struct app *, const char *path);
/*
 * A new post while its title and its directory are asked for.  The screen that
 * asks owns it; zero it before first use.
 */
struct new_post {
	char *section; /* or a directory in another language's content */
	char *title;
	/* Told the path of the post that was made. */
	void (*made)(struct app *, void *ctx, const char *path);
	void *ctx;
};

/* Ask, and make the post from the archetypes, next to the post at path (NULL:
 * in the section with most posts). */
void action_new(struct app *, struct new_post *, const char *path);
void new_post_dispose(struct new_post *);

#endif
