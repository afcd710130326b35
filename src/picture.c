/* SPDX-License-Identifier: ISC */
/*
 * The one who wants a picture drawn: looks at the file before anything decodes
 * it, runs the process that does, and believes nothing of what that says.
 */
#include "picture.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "file.h"
#include "mem.h"
#include "picture_priv.h"
#include "proc.h"

/* Nothing that libraries would look for or start on their own. */
static const char *const environment[] = {"GIO_USE_VFS=local",
    "GIO_MODULE_DIR=/nonexistent", "GSETTINGS_BACKEND=memory",
    "MALLOC_ARENA_MAX=1", "G_MESSAGES_DEBUG", NULL};

bool
picture_is_bomb(enum image_kind kind, int width, int height)
{
	/* A drawing is drawn as large as it is wanted. */
	return kind != IMAGE_SVG &&
	       (int64_t)width * height > PICTURE_PIXELS_MAX;
}

/* Read it, and refuse what need not be decoded to be refused. */
static int
read_picture(const char *path, struct buf *b, struct err *err)
{
	struct stamp stamp;
	int width, height;

	if (file_stamp(path, &stamp, err) == -1)
		return -1;
	if (stamp.size > (int64_t)PICTURE_BYTES_MAX)
		return err_set(err, "not drawn: larger than %zu MiB",
		    PICTURE_BYTES_MAX >> 20);
	if (file_read_head(path, PICTURE_BYTES_MAX, b, &stamp, err) == -1)
		return -1;
	if (b->len == 0)
		return err_set(err, "not drawn: an empty file");
	if (!image_size(b->data, b->len, &width, &height))
		return err_set(
		    err, "not drawn: no PNG, GIF, JPEG, WebP, AVIF or SVG");
	if (picture_is_bomb(image_kind(b->data, b->len), width, height))
		return err_set(err,
		    "not drawn: more than %" PRId64 " million pixels",
		    PICTURE_PIXELS_MAX / 1000000);
	return 0;
}

static uint32_t
number(const char *s)
{
	uint32_t v = 0;

	for (int i = 3; i >= 0; i--)
		v = v << 8 | (unsigned char)s[i];
	return v;
}

static bool
take_colour(uint32_t v, int32_t *colour)
{
	*colour = v == PICTURE_OWN ? -1 : (int32_t)(v & 0xffffff);
	return v == PICTURE_OWN || v <= 0xffffff;
}

static bool
take_cell(const char *s, bool ascii, struct picture_cell *cell)
{
	cell->cp = number(s);
	return ((cell->cp >= ' ' && cell->cp < 0x7f) ||
		   (!ascii && cell->cp >= 0x2500 && cell->cp <= 0x259f)) &&
	       take_colour(number(s + 4), &cell->fg) &&
	       take_colour(number(s + 8), &cell->bg);
}

/* The cells as the child has written them; NULL: it has not. */
static struct picture *
take(const struct picture_spec *spec, const struct buf *b)
{
	size_t n = (size_t)spec->cols * (size_t)spec->rows;
	struct picture *p;

	if (b->len != n * PICTURE_CELL)
		return NULL;
	p = xmalloc(sizeof(*p) + n * sizeof(*p->cells));
	p->cols = spec->cols;
	p->rows = spec->rows;
	for (size_t i = 0; i < n; i++)
		if (!take_cell(b->data + i * PICTURE_CELL, spec->ascii,
			&p->cells[i])) {
			free(p);
			return NULL;
		}
	return p;
}

/* Why there is no picture. */
static void
explain(int status, struct err *err)
{
	if (status == PICTURE_NO_LIBRARY)
		err_set(err, "chafa or gdk-pixbuf is not installed");
	else if (status == PICTURE_TOO_LARGE)
		err_set(err, "not drawn: too large");
	else if (status == PICTURE_BROKEN)
		err_set(err, "not drawn: broken, or there is no loader for it");
	else
		err_set(err, "not drawn: its decoder failed");
}

struct picture *
picture_draw(
    const struct picture_spec *spec, struct progress *progress, struct err *err)
{
	struct buf file = {0};
	struct proc_result result = {0};
	struct picture *picture = NULL;
	char cols[16], rows[16], colours[16];
	const char *argv[] = {spec->self, PICTURE_ARGUMENT, cols, rows, colours,
	    spec->ascii ? "ascii" : "blocks", NULL};
	const struct proc_spec run = {
	    .argv = argv, .cwd = "/", .env = environment};

	snprintf(cols, sizeof(cols), "%d", spec->cols);
	snprintf(rows, sizeof(rows), "%d", spec->rows);
	snprintf(colours, sizeof(colours), "%d", spec->colours);
	if (read_picture(spec->path, &file, err) == 0 &&
	    proc_run(&run, file.data, file.len, NULL, NULL, progress, &result,
		err) == 0) {
		if (result.status == PICTURE_DRAWN)
			picture = take(spec, &result.out);
		if (!picture)
			explain(result.status, err);
	}
	proc_result_dispose(&result);
	buf_dispose(&file);
	return picture;
}

bool
picture_available(const char *self)
{
	const char *argv[] = {self, PICTURE_ARGUMENT, "probe", NULL};
	const struct proc_spec run = {
	    .argv = argv, .cwd = "/", .env = environment};
	struct proc_result result;
	struct err ignored;
	bool there;

	if (!self)
		return false;
	there =
	    proc_run(&run, NULL, 0, NULL, NULL, NULL, &result, &ignored) == 0 &&
	    result.status == PICTURE_DRAWN;
	proc_result_dispose(&result);
	return there;
}
