/* SPDX-License-Identifier: ISC */
/* One content file, loaded to be looked at or edited. */
#include "post.h"

#include <stdlib.h>

#include "buf.h"
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
	free(post->path);
	free(post);
}

int
post_save(struct post *post, struct err *err)
{
	size_t len;
	const char *text = fm_text(post->fm, &len);

	return file_replace(
	    post->path, text, len, &post->stamp, &post->stamp, err);
}
