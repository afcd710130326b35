/* SPDX-License-Identifier: ISC */
/* What is taken out of the preview to be pasted elsewhere. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "post.h"
#include "screen_preview_priv.h"

void
preview_copy_address(struct app *app, void *self)
{
	struct preview *p = self;
	const struct site *site = app_site(app);
	const struct entry *e = site ? site_entry(site, p->path) : NULL;
	char *what;

	if (!e || e->state == ENTRY_ERROR || !*e->permalink) {
		app_warn(app, "this page has no address");
		return;
	}
	what = permalink_readable(e->permalink);
	app_copy(app, what, e->permalink, strlen(e->permalink));
	free(what);
}

/* The block of code in sight; false: there is none. */
static bool
copy_code(struct app *app, struct preview *p)
{
	char *file = app_path(app, p->path), *what;
	struct err ignored;
	struct post *post = post_view(file, &ignored);
	struct buf code = {0};
	const char *body = "";
	size_t len = 0, n;

	if (post)
		body = fm_body(post->fm, &len, NULL);
	n = docview_code(&p->view, body, len, &code);
	if (n > 0) {
		what = xasprintf("code, %zu line%s", n, n == 1 ? "" : "s");
		app_copy(app, what, buf_text(&code), code.len);
		free(what);
	}
	buf_dispose(&code);
	post_free(post);
	free(file);
	return n > 0;
}

void
preview_copy(struct app *app, void *self)
{
	struct preview *p = self;
	const char *address = docview_address(&p->view);

	if (address)
		app_copy(app, address, address, strlen(address));
	else if (!copy_code(app, p))
		preview_copy_address(app, p);
}
