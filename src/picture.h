/* SPDX-License-Identifier: ISC */
/*
 * A picture's file as cells of characters and colours.  Its bytes are untrusted
 * and decoding them is not our work: a process of its own does that, which may
 * use little memory and time and can write no file, with libraries that only it
 * loads (gdk-pixbuf, chafa).  Where they are not installed there are none.
 */
#ifndef PICTURE_H
#define PICTURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "err.h"

struct progress;

/* The first argument of the program that is run for it: galley itself. */
#define PICTURE_ARGUMENT "galley-picture"

#define PICTURE_COLS_MAX   500
#define PICTURE_ROWS_MAX   300
#define PICTURE_BYTES_MAX  ((size_t)32 << 20)
#define PICTURE_PIXELS_MAX ((int64_t)64 << 20) /* of what is no drawing */

struct picture_cell {
	uint32_t cp;    /* ASCII, lines or blocks (U+2500 to U+259F) */
	int32_t fg, bg; /* 0xRRGGBB, or -1: the terminal's own */
};

struct picture {
	int cols, rows;
	struct picture_cell cells[]; /* row by row */
};

struct picture_spec {
	const char *self; /* galley's own file, absolute */
	const char *path; /* of the picture */
	int cols, rows;   /* 1 to the most; it is drawn in their middle */
	int colours;      /* 256: those that xterm has, else any */
	bool ascii;       /* no other characters */
};

/*
 * NULL and err: it is no picture that we know (PNG, GIF, JPEG, WebP, AVIF,
 * SVG), too large, broken, or what decodes it is not there; ERR_CANCEL.  Takes
 * some 10 ms to some seconds.  Caller frees, with free().
 */
struct picture *picture_draw(
    const struct picture_spec *, struct progress *, struct err *);
/* Is what draws pictures installed?  Takes some ms: ask once. */
bool picture_available(const char *self);

/* picture_child.c: what is run with PICTURE_ARGUMENT; the arguments are those
 * behind it.  Returns the status to _exit() with: the libraries keep what they
 * have. */
int picture_child(int argc, char **argv);

#endif
