/* SPDX-License-Identifier: ISC */
/* One content file, loaded to be looked at or edited. */
#include "post.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct post *
post_load(const char *path, struct err *err)
{
	struct buf text = {0};
	struct stamp stamp;
	struct post *post = NULL;
	struct fm *fm;

	if (file_read(path, &text, &stamp, err) == -1)
		return NULL;
	fm = fm_parse(buf_text(&text), text.len, err);
	if (fm) {
		post = xcalloc(1, sizeof(*post));
		post->path = xstrdup(path);
		post->fm = fm;
		post->stamp = stamp;
		post->base = text;
		text = (struct buf){0};
	}
	buf_dispose(&text);
	return post;
}

void
post_free(struct post *post)
{
	if (!post)
		return;
	fm_free(post->fm);
	buf_dispose(&post->base);
	free(post->path);
	free(post);
}

bool
post_changed(const struct post *post)
{
	size_t len;
	const char *text = fm_text(post->fm, &len);

	return len != post->base.len ||
	       memcmp(text, buf_text(&post->base), len) != 0;
}

/* What fm holds is on the disk now. */
static void
saved(struct post *post)
{
	size_t len;
	const char *text = fm_text(post->fm, &len);

	buf_clear(&post->base);
	buf_add(&post->base, text, len);
}

int
post_save(struct post *post, struct err *err)
{
	size_t len;
	const char *text = fm_text(post->fm, &len);
	int r = file_replace(
	    post->path, text, len, &post->stamp, &post->stamp, err);

	if (r == 0)
		saved(post);
	return r;
}
