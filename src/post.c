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

struct post *
post_parse(const char *path, char *text, size_t len, struct err *err)
{
	struct fm *fm = fm_parse_taken(text, len, err);
	struct post *post;

	if (!fm)
		return NULL;
	post = xcalloc(1, sizeof(*post));
	post->path = xstrdup(path);
	post->fm = fm;
	return post;
}

struct post *
post_view(const char *path, struct err *err)
{
	struct buf text = {0};
	struct stamp stamp;
	struct post *post;
	size_t len;

	if (file_read(path, &text, &stamp, err) == -1)
		return NULL;
	len = text.len;
	post = post_parse(path, buf_steal(&text), len, err);
	if (post)
		post->stamp = stamp;
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
	struct file_write w = {
	    .path = post->path, .data = text, .len = len, .base = &post->base};

	if (file_replace_all(&w, 1, NULL, err) == -1)
		return -1;
	post->stamp = w.now;
	saved(post);
	return 0;
}

int
post_save_all(
    struct post *const *posts, size_t n, size_t *failed, struct err *err)
{
	struct file_write *v = xcalloc(n, sizeof(*v));
	size_t *which = xcalloc(n, sizeof(*which)), k = 0, at = 0;
	int r;

	for (size_t i = 0; i < n; i++) {
		if (!post_changed(posts[i]))
			continue;
		v[k].path = posts[i]->path;
		v[k].data = fm_text(posts[i]->fm, &v[k].len);
		v[k].base = &posts[i]->base;
		which[k++] = i;
	}
	r = file_replace_all(v, k, &at, err);
	for (size_t i = 0; i < k && r == 0; i++) {
		posts[which[i]]->stamp = v[i].now;
		saved(posts[which[i]]);
	}
	if (r == -1 && failed)
		*failed = which[at];
	free(which);
	free(v);
	return r;
}
