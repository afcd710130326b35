/* SPDX-License-Identifier: ISC */
/* The size of a picture, from the first bytes of its file. */
#ifndef IMAGE_H
#define IMAGE_H

#include <stdbool.h>
#include <stddef.h>

/* How much of a file image_size() may want to see. */
#define IMAGE_HEAD ((size_t)128 * 1024)

/*
 * Width and height in pixels of a PNG, GIF, JPEG, WebP, AVIF or SVG file that
 * begins with data.  False: none of them, or it does not say; both are 0 then.
 * An SVG file's size is that of its width and height, or else of its viewBox.
 */
bool image_size(const void *data, size_t len, int *width, int *height);

#endif
