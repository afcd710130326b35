/* SPDX-License-Identifier: ISC */
/* Edits of front matter that were saved, to be taken back. */
#include "deeds.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "mem.h"
#include "merge.h"
#include "post.h"

#define DEEDS_MAX 100

struct deed_file {
	char *path;
	struct buf before, after;
};

struct deed {
	char *what;
	struct deed_file *v;
	size_t n, cap;
};

struct deeds {
	struct deed *v[DEEDS_MAX];
	size_t n, done; /* those up to done are in force */
};

struct deed *
deed_new(const char *what)
{
	struct deed *d = xcalloc(1, sizeof(*d));

	d->what = xstrdup(what);
	return d;
}

void
deed_add(struct deed *d, const char *path, const struct buf *before,
    const struct fm *fm)
{
	size_t len;
	const char *text = fm_text(fm, &len);
	struct deed_file *file;

	if (len == before->len && memcmp(text, buf_text(before), len) == 0)
		return;
	d->v = xgrow(d->v, d->n, &d->cap, sizeof(*d->v));
	file = &d->v[d->n++];
	*file = (struct deed_file){.path = xstrdup(path)};
	buf_add(&file->before, buf_text(before), before->len);
	buf_add(&file->after, text, len);
}

void
deed_free(struct deed *d)
{
	if (!d)
		return;
	for (size_t i = 0; i < d->n; i++) {
		free(d->v[i].path);
		buf_dispose(&d->v[i].before);
		buf_dispose(&d->v[i].after);
	}
	free(d->v);
	free(d->what);
	free(d);
}

struct deeds *
deeds_new(void)
{
	return xcalloc(1, sizeof(struct deeds));
}

void
deeds_free(struct deeds *l)
{
	for (size_t i = 0; l && i < l->n; i++)
		deed_free(l->v[i]);
	free(l);
}

void
deeds_add(struct deeds *l, struct deed *d)
{
	while (l->n > l->done)
		deed_free(l->v[--l->n]);
	if (d->n == 0) {
		deed_free(d);
		return;
	}
	if (l->n == DEEDS_MAX) {
		deed_free(l->v[0]);
		memmove(&l->v[0], &l->v[1], --l->n * sizeof(l->v[0]));
	}
	l->v[l->n++] = d;
	l->done = l->n;
}

/* The values of to in place of those of from, in a file that has changed. */
static int
put_values(struct post *post, const struct buf *from, const struct buf *to,
    struct err *err)
{
	struct fm *base = fm_parse(buf_text(from), from->len, err);
	struct fm *ours = base ? fm_parse(buf_text(to), to->len, err) : NULL;
	struct merge *m = ours ? merge_new(base, ours, post->fm) : NULL;
	int rc = -1;

	if (m && merge_asks(m) > 0)
		err_code(err, ERR_CHANGED, "the fields have changed since");
	else if (m)
		rc = merge_apply(m, post->fm, err);
	merge_free(m);
	fm_free(ours);
	fm_free(base);
	return rc;
}

/* Bring a loaded file from one text to the other. */
static int
put_back(struct post *post, const struct buf *from, const struct buf *to,
    struct err *err)
{
	struct fm *fm;

	if (post->base.len != from->len ||
	    memcmp(buf_text(&post->base), buf_text(from), from->len) != 0)
		return put_values(post, from, to, err);
	if (!(fm = fm_parse(buf_text(to), to->len, err)))
		return -1;
	fm_free(post->fm);
	post->fm = fm;
	return 0;
}

static int
carry_out(struct app *app, const struct deed *d, bool redo, struct err *err)
{
	struct post **posts = xcalloc(d->n, sizeof(struct post *));
	int rc = 0;

	for (size_t i = 0; i < d->n && rc == 0; i++) {
		const struct deed_file *f = &d->v[i];
		char *file = app_path(app, f->path);

		posts[i] = post_load(file, err);
		rc = !posts[i] ? -1
		     : redo    ? put_back(posts[i], &f->before, &f->after, err)
			       : put_back(posts[i], &f->after, &f->before, err);
		free(file);
	}
	if (rc == 0)
		rc = post_save_all(posts, d->n, NULL, err);
	for (size_t i = 0; i < d->n; i++)
		post_free(posts[i]);
	free(posts);
	return rc;
}

void
deeds_undo(struct app *app, struct deeds *l, bool redo)
{
	const struct deed *d;
	struct err err;

	if (redo ? l->done == l->n : l->done == 0) {
		app_say(app, redo ? "nothing to do again" : "nothing to undo");
		return;
	}
	d = l->v[redo ? l->done : l->done - 1];
	if (carry_out(app, d, redo, &err) == -1) {
		app_error(app, &err);
		return;
	}
	l->done += redo ? 1 : -1;
	for (size_t i = 0; i < d->n; i++)
		app_touched(app, d->v[i].path);
	if (d->n > 1)
		app_say(app, "%s: %s of %zu posts   %s",
		    redo ? "done again" : "undone", d->what, d->n,
		    redo ? "u undoes" : "Ctrl-R does it again");
	else
		app_say(app, "%s: %s of %s   %s",
		    redo ? "done again" : "undone", d->what, d->v[0].path,
		    redo ? "u undoes" : "Ctrl-R does it again");
}
