/* SPDX-License-Identifier: ISC */
/* Edits brought onto what is on the disk now, and back after a crash. */
#include "app_keep.h"

#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "app_priv.h"
#include "date.h"
#include "mem.h"
#include "merge.h"
#include "post.h"
#include "recover.h"

/* A merge that waits for its choices. */
struct waiting {
	struct post *post; /* theirs */
	struct merge *merge;
	keep_done done;
	void *ctx;
};

static void
waiting_free(struct waiting *w)
{
	merge_free(w->merge);
	post_free(w->post);
	free(w);
}

static void
decided(struct app *app, void *ctx, bool accepted)
{
	struct waiting *w = ctx;
	struct post *post = NULL;
	struct err err;

	if (accepted && merge_apply(w->merge, w->post->fm, &err) == -1) {
		app_error(app, &err);
	} else if (accepted) {
		post = w->post;
		w->post = NULL;
	}
	w->done(app, w->ctx, post);
	waiting_free(w);
}

/* Kept edits come without the body: it cannot be compared. */
static bool
no_body(const struct fm *fm)
{
	size_t len;

	fm_body(fm, &len, NULL);
	return len == 0;
}

void
keep_merge(
    struct app *app, const struct keep_edits *e, keep_done done, void *ctx)
{
	struct waiting *w = xcalloc(1, sizeof(*w));
	char *file = app_path(app, e->path);
	struct merge_arg arg = {
	    .path = e->path, .verb = e->verb, .done = decided, .ctx = w};
	struct err err;

	w->done = done;
	w->ctx = ctx;
	w->post = post_load(file, &err);
	free(file);
	if (!w->post) {
		app_error(app, &err);
		done(app, ctx, NULL);
		waiting_free(w);
		return;
	}
	w->merge = merge_new(e->base, e->ours, w->post->fm);
	if (no_body(e->base))
		w->merge->body = false;
	arg.merge = w->merge;
	if (merge_asks(w->merge) > 0 || (e->show && w->merge->n > 0))
		app_push(app, &merge_screen, &arg);
	else
		decided(app, w, true);
}

/* After a crash. */

/* Is there something in the edits that the post does not have? */
static bool
is_stale(struct app *app, const struct recover_item *item)
{
	char *file = app_path(app, item->path);
	struct err ignored;
	struct post *post = post_load(file, &ignored);
	struct merge *m;
	bool stale = false;

	free(file);
	if (post) {
		m = merge_new(item->base, item->ours, post->fm);
		stale = merge_asks(m) == 0 && merge_taken(m) == 0;
		merge_free(m);
	}
	post_free(post);
	return stale;
}

struct recover_item *const *
keep_list(struct app *app, size_t *n)
{
	struct recover_item *const *items = recover_list(app->recover, n);
	bool again = false;

	for (size_t i = 0; i < *n; i++)
		if (is_stale(app, items[i])) {
			recover_discard(app->recover, items[i]);
			again = true;
		}
	return again ? recover_list(app->recover, n) : items;
}

/* What is to be restored, once it is merged. */
struct restoring {
	char *path;
	int64_t when;
};

static void
restored(struct app *app, void *ctx, struct post *post)
{
	struct restoring *r = ctx;
	struct recover_item *const *items;
	struct err err;
	size_t n, i;

	items = recover_listed(app->recover, &n);
	for (i = 0; i < n; i++)
		if (items[i]->when == r->when &&
		    strcmp(items[i]->path, r->path) == 0)
			break;
	if (!post) {
		/* said already, or not wanted */
	} else if (i == n) {
		app_warn(app, "another galley has taken these edits");
		post_free(post);
	} else if (recover_claim(app->recover, items[i], &err) == -1) {
		app_error(app, &err);
		post_free(post);
	} else {
		app->restored = post;
		action_fields(app, &(const char *){r->path}, 1);
		post_free(app->restored);
		app->restored = NULL;
	}
	free(r->path);
	free(r);
}

void
keep_restore(struct app *app, const struct recover_item *item)
{
	struct restoring *r = xcalloc(1, sizeof(*r));
	struct keep_edits e = {.path = item->path,
	    .base = item->base,
	    .ours = item->ours,
	    .verb = "restore"};

	r->path = xstrdup(item->path);
	r->when = item->when;
	keep_merge(app, &e, restored, r);
}

struct post *
keep_take(struct app *app, const char *path)
{
	struct post *post = app->restored;
	char *file;

	if (!post)
		return NULL;
	file = app_path(app, path);
	if (strcmp(file, post->path) == 0)
		app->restored = NULL;
	else
		post = NULL;
	free(file);
	return post;
}

static void
offer_answer(struct app *app, void *ctx, int key)
{
	struct recover_item *const *items;
	size_t n;

	(void)ctx;
	if (key == 's') {
		app_push(app, &unsaved_screen, NULL);
	} else if (key == 'r' || key == 'x') {
		items = keep_list(app, &n);
		if (n == 0) {
			app_say(app, "they are gone");
		} else if (key == 'r') {
			keep_restore(app, items[0]);
		} else {
			recover_discard(app->recover, items[0]);
			app_say(app, "discarded");
		}
	} else {
		app_say(app, "kept   :unsaved shows them");
	}
}

/* What a person calls the post. Caller frees. */
static char *
name_of(const char *path)
{
	char *dir = path_dir(path), *name;

	if (strncmp(path_base(path), "index.", 6) == 0 && strcmp(dir, ".") != 0)
		name = xstrdup(path_base(dir));
	else
		name = xstrdup(path_base(path));
	free(dir);
	return name;
}

void
keep_offer(struct app *app)
{
	static const struct answer answers[] = {{'r', "restore"}, {'s', "show"},
	    {'x', "discard"}, {KEY_ESC, "later"}};
	static const struct answer many[] = {{'s', "show"}, {KEY_ESC, "later"}};
	struct recover_item *const *items;
	char *question, *far, *name;
	size_t n;

	items = keep_list(app, &n);
	if (n == 0)
		return;
	name = name_of(items[0]->path);
	far = date_distance(items[0]->when, app_now(app));
	if (n == 1) {
		question = xasprintf("Unsaved edits of %s, %s.", name, far);
		app_ask(app, question, answers, NITEMS(answers), offer_answer,
		    NULL);
	} else {
		question = xasprintf(
		    "Unsaved edits of %zu posts, the last %s.", n, far);
		app_ask(app, question, many, NITEMS(many), offer_answer, NULL);
	}
	free(question);
	free(name);
	free(far);
}
