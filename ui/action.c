/* SPDX-License-Identifier: ISC */
/* What several screens do with a post. */
#include "action.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "mem.h"
#include "post.h"

void
action_publish(struct app *app, const char *path)
{
	char *name = xstrdup(path);
	const char *paths[] = {name};
	struct publish_arg arg = {.paths = paths, .n = 1};

	app_push(app, &publish_screen, &arg);
	free(name);
}
