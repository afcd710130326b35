/* SPDX-License-Identifier: ISC */
/*
 * What screens do so that no edit is lost and none overwrites another: edits
 * brought onto a file that changed, and edits of a program that was killed.
 */
#ifndef APP_KEEP_H
#define APP_KEEP_H

#include <stdbool.h>
#include <stddef.h>

struct app;
struct fm;
struct post;
struct recover_item;

/* A post with the edits in it (given away), or NULL: there was an error, which
 * is shown, or the user wants none of it. */
typedef void (*keep_done)(struct app *, void *ctx, struct post *post);

/* Edits, ours made to base, for the post at path in the site.  All borrowed
 * until keep_merge() returns; ctx until done() was called. */
struct keep_edits {
	const char *path;
	const struct fm *base, *ours;
	bool show;        /* in any case, not only when there is to decide */
	const char *verb; /* "save", "restore": static */
};

/*
 * Read the post again and bring the edits into it; where both sides changed a
 * field the merge screen asks.  done() is called once, maybe at once; not when
 * the program ends meanwhile.
 */
void keep_merge(
    struct app *, const struct keep_edits *, keep_done done, void *ctx);

/* At start: say what edits a program that was killed has left on this site. */
void keep_offer(struct app *);
/* Those that are still to be done, newest first, as recover_list(). */
struct recover_item *const *keep_list(struct app *, size_t *n);
/* Make the edits ours, bring them into the post and open its form. */
void keep_restore(struct app *, const struct recover_item *);
/*
 * For the form: the post at path with the edits that were just restored, to be
 * shown as not saved; once, given away.  NULL: load it.
 */
struct post *keep_take(struct app *, const char *path);

#endif
