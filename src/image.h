/* SPDX-License-Identifier: ISC */
/* What a picture is and how large, from the first bytes of its file. */
#ifndef IMAGE_H
#define IMAGE_H

#include <stdbool.h>
#include <stddef.h>

/* How much of a file image_size() may want to see. */
#define IMAGE_HEAD ((size_t)128 * 1024)

enum image_kind {
	IMAGE_NONE, /* none of these */
	IMAGE_PNG,
	IMAGE_GIF,
	IMAGE_JPEG,
	IMAGE_WEBP,
	IMAGE_AVIF,
	IMAGE_SVG,
};

/* By its first bytes; its name does not matter. */
enum image_kind image_kind(const void *data, size_t len);

/*
 * Width and height in pixels of a PNG, GIF, JPEG, WebP, AVIF or SVG file that
 * begins with data.  False: none of them, or it does not say; both are 0 then.
 * A JPEG that a camera has marked as turned is as browsers turn it.
 * An SVG file's size is that of its width and height, or else of its viewBox.
 */
bool image_size(const void *data, size_t len, int *width, int *height);

#endif
