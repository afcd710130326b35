/* SPDX-License-Identifier: ISC */
/* What the picture_* files share. */
#ifndef PICTURE_PRIV_H
#define PICTURE_PRIV_H

#include "image.h"
#include "picture.h"

/* Exit statuses of the child. */
enum {
	PICTURE_DRAWN,
	PICTURE_MISUSED,
	PICTURE_NO_LIBRARY,
	PICTURE_TOO_LARGE,
	PICTURE_BROKEN,
};

/* The child writes each cell as three numbers of four bytes, the least
 * significant first; a colour of the terminal is PICTURE_OWN. */
#define PICTURE_CELL 12
#define PICTURE_OWN  0xffffffffu

/* Too many pixels to decode them? */
bool picture_is_bomb(enum image_kind, int width, int height);

/*
 * picture_lib.c: the libraries' functions, as far as they are used.  Their
 * headers are not needed to build; these are their declarations (gdk-pixbuf
 * 2.0, chafa 1.8), with void for what is opaque.
 */
#define PICTURE_PIXBUF_CALLS(X) \
	X(void *, gdk_pixbuf_loader_new_with_mime_type, \
	    (const char *, void **)) \
	X(int, gdk_pixbuf_loader_write, \
	    (void *, const unsigned char *, size_t, void **)) \
	X(int, gdk_pixbuf_loader_close, (void *, void **)) \
	X(void, gdk_pixbuf_loader_set_size, (void *, int, int)) \
	X(void *, gdk_pixbuf_loader_get_pixbuf, (void *)) \
	X(void *, gdk_pixbuf_apply_embedded_orientation, (void *)) \
	X(int, gdk_pixbuf_get_width, (const void *)) \
	X(int, gdk_pixbuf_get_height, (const void *)) \
	X(int, gdk_pixbuf_get_rowstride, (const void *)) \
	X(int, gdk_pixbuf_get_n_channels, (const void *)) \
	X(int, gdk_pixbuf_get_bits_per_sample, (const void *)) \
	X(unsigned char *, gdk_pixbuf_get_pixels, (const void *)) \
	X(unsigned long, g_signal_connect_data, \
	    (void *, const char *, void (*)(void), void *, \
		void (*)(void *, void *), int))

#define PICTURE_CHAFA_CALLS(X) \
	X(void *, chafa_symbol_map_new, (void)) \
	X(void, chafa_symbol_map_add_by_tags, (void *, int)) \
	X(void *, chafa_canvas_config_new, (void)) \
	X(void, chafa_canvas_config_set_geometry, (void *, int, int)) \
	X(void, chafa_canvas_config_set_canvas_mode, (void *, int)) \
	X(void, chafa_canvas_config_set_symbol_map, (void *, const void *)) \
	X(void, chafa_canvas_config_set_work_factor, (void *, float)) \
	X(void *, chafa_canvas_new, (const void *)) \
	X(void, chafa_canvas_draw_all_pixels, \
	    (void *, int, const unsigned char *, int, int, int)) \
	X(uint32_t, chafa_canvas_get_char_at, (void *, int, int)) \
	X(void, chafa_canvas_get_colors_at, (void *, int, int, int *, int *))

struct picture_lib {
#define X(type, name, arguments) type(*name) arguments;
	PICTURE_PIXBUF_CALLS(X)
	PICTURE_CHAFA_CALLS(X)
#undef X
	void (*chafa_set_n_threads)(int); /* NULL before 1.10 */
};

/* -1: a library, or a function of one, is not there. */
int picture_lib_load(struct picture_lib *);

#endif
