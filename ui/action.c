/* SPDX-License-Identifier: ISC */
/* What several screens do with a post. */
#include "action.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "mem.h"
#include "post.h"

/* Set the flag in a loaded post and save it. */
static int
set_draft(struct post *post, bool draft, struct err *err)
{
	struct value *v = value_bool(draft);
	int rc = fm_set(post->fm, "draft", v, err);

	value_free(v);
	return rc == -1 ? -1 : post_save(post, err);
}

void
action_toggle_draft(struct app *app, const char *path)
{
	char *file = app_path(app, path), *name = xstrdup(path);
	const struct fm_field *f;
	struct post *post;
	struct err err;
	bool was;

	if (!(post = post_load(file, &err))) {
		app_error(app, &err);
	} else {
		f = fm_find(post->fm, "draft");
		was = f && value_truth(f->value, false);
		if (set_draft(post, !was, &err) == -1) {
			app_error(app, &err);
		} else {
			app_touched(app, name);
			app_say(app, "draft: %s → %s%s", was ? "true" : "false",
			    was ? "false" : "true",
			    was ? "   P publishes it" : "");
		}
	}
	post_free(post);
	free(name);
	free(file);
}

void
action_publish(struct app *app, const char *path)
{
	char *name = xstrdup(path);
	const char *paths[] = {name};
	struct publish_arg arg = {.paths = paths, .n = 1};

	app_push(app, &publish_screen, &arg);
	free(name);
}
