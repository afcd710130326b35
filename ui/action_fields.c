/* SPDX-License-Identifier: ISC */
/* Edits of fields that need no form: the draft flag, and undoing. */
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "app.h"
#include "deeds.h"
#include "mem.h"
#include "post.h"
#include "schema.h"

/* Loaded posts whose flag is to be turned. */
struct turning {
	char **paths;
	struct post **posts;
	size_t n;
	bool draft; /* what they become */
};

static void
turning_free(struct turning *t)
{
	for (size_t i = 0; i < t->n; i++) {
		free(t->paths[i]);
		post_free(t->posts[i]);
	}
	free(t->paths);
	free(t->posts);
	free(t);
}

/* NULL: err. */
static struct turning *
turning_new(
    struct app *app, const char *const *paths, size_t n, struct err *err)
{
	struct turning *t = xcalloc(1, sizeof(*t));
	int rc = 0;

	t->paths = xcalloc(n, sizeof(*t->paths));
	t->posts = xcalloc(n, sizeof(struct post *));
	for (; t->n < n && rc == 0; t->n++) {
		char *file = app_path(app, paths[t->n]);

		t->paths[t->n] = xstrdup(paths[t->n]);
		t->posts[t->n] = post_load(file, err);
		rc = t->posts[t->n] ? 0 : -1;
		free(file);
	}
	if (rc == 0)
		return t;
	turning_free(t);
	return NULL;
}

static bool
is_draft(struct app *app, const struct turning *t, size_t i)
{
	return schema_is_draft(
	    schemas_get(app_schemas(app), t->paths[i]), t->posts[i]->fm);
}

/* Turn all of them; nothing is written. */
static int
turn(struct app *app, struct turning *t, bool draft, struct err *err)
{
	int rc = 0;

	t->draft = draft;
	for (size_t i = 0; i < t->n && rc == 0; i++)
		rc =
		    schema_set_draft(schemas_get(app_schemas(app), t->paths[i]),
			t->posts[i]->fm, draft, err);
	return rc;
}

static int
save(struct app *app, struct turning *t, struct err *err)
{
	struct deed *deed = deed_new("the draft flag");

	for (size_t i = 0; i < t->n; i++)
		deed_add(
		    deed, t->paths[i], &t->posts[i]->base, t->posts[i]->fm);
	if (post_save_all(t->posts, t->n, NULL, err) == -1) {
		deed_free(deed);
		return -1;
	}
	deeds_add(app_deeds(app), deed);
	for (size_t i = 0; i < t->n; i++)
		app_touched(app, t->paths[i]);
	return 0;
}

void
action_toggle_draft(struct app *app, const char *path)
{
	struct err err;
	struct turning *t = turning_new(app, &path, 1, &err);
	bool draft;

	if (!t) {
		app_error(app, &err);
		return;
	}
	draft = is_draft(app, t, 0);
	if (turn(app, t, !draft, &err) == -1 || save(app, t, &err) == -1)
		app_error(app, &err);
	else
		app_say(app, "draft: %s   u undoes%s",
		    draft ? "true → false" : "false → true",
		    draft ? ", P publishes it" : "");
	turning_free(t);
}

static void
shown(struct app *app, void *ctx, bool accepted)
{
	struct turning *t = ctx;
	struct err err;

	if (!accepted)
		app_say(app, "nothing is changed");
	else if (save(app, t, &err) == -1)
		app_error(app, &err);
	else
		app_say(app, "%zu posts: %s   u undoes", t->n,
		    t->draft ? "drafts now" : "no drafts any more");
	turning_free(t);
}

static void
show(struct app *app, struct turning *t)
{
	struct diff_file *files = xcalloc(t->n, sizeof(*files));
	struct diff_arg arg = {.files = files,
	    .n = t->n,
	    .verb = "apply",
	    .done = shown,
	    .ctx = t};

	for (size_t i = 0; i < t->n; i++) {
		files[i].name = t->paths[i];
		files[i].before = buf_text(&t->posts[i]->base);
		files[i].nbefore = t->posts[i]->base.len;
		files[i].after = fm_text(t->posts[i]->fm, &files[i].nafter);
	}
	app_push(app, &diff_screen, &arg);
	free(files);
}

void
action_toggle_drafts(struct app *app, const char *const *paths, size_t n)
{
	struct err err;
	struct turning *t = turning_new(app, paths, n, &err);
	bool all = true;

	if (!t) {
		app_error(app, &err);
		return;
	}
	for (size_t i = 0; i < n; i++)
		all = all && is_draft(app, t, i);
	if (turn(app, t, !all, &err) == -1) {
		app_error(app, &err);
		turning_free(t);
	} else {
		show(app, t);
	}
}

void
action_fields(struct app *app, const char *const *paths, size_t n)
{
	struct form_arg arg = {.paths = paths, .n = n};

	app_push(app, &form_screen, &arg);
}

void
action_undo(struct app *app, void *screen)
{
	(void)screen;
	deeds_undo(app, app_deeds(app), false);
}

void
action_redo(struct app *app, void *screen)
{
	(void)screen;
	deeds_undo(app, app_deeds(app), true);
}
