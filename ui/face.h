/* SPDX-License-Identifier: ISC */
/* Where keys come from and frames go: the terminal, or a script. */
#ifndef FACE_H
#define FACE_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "key.h"
#include "theme.h"

struct canvas;

/* What a face can wait for besides itself: jobs, and files that change. */
#define FACE_FDS 2

struct face {
	bool live;   /* a person sits there: timers make sense */
	int colours; /* that a cell can be given: 0, 8, 16, 256, 1 << 24 */
	void (*size)(struct face *, int *rows, int *cols);
	/* Sleep until there may be a key, one of FACE_FDS is readable (-1:
	 * none), or ms milliseconds passed (-1: no limit). */
	void (*wait)(struct face *, const int fds[FACE_FDS], int ms);
	/* The next key; false: none now.  Settled: drawn, and no job runs. */
	bool (*key)(struct face *, bool settled, struct event *);
	void (*show)(struct face *, const struct canvas *);
	/* Make text (CLIP_MAX bytes at most) the clipboard's.  False: this face
	 * has none. */
	bool (*copy)(struct face *, const char *text, size_t len);
	/* Give the terminal to another program, and take it back. */
	void (*suspend)(struct face *);
	void (*resume)(struct face *);
	/* Restore the terminal, free. The exit status that the face asks for
	 * (128 + signal, 1: a script's expectation failed), or 0. */
	int (*stop)(struct face *);
};

struct face_options {
	enum theme theme;
	bool theme_auto; /* ask the environment (COLORFGBG, NO_COLOR) */
	const struct theme_styles *styles; /* NULL: the theme's; copied */
	bool ascii;
	bool mouse;
};

/* NULL and err: no terminal, unknown TERM. */
struct face *term_face(const struct face_options *, struct err *);
/*
 * Keys and snapshots from a file, frames to standard output; see galley(1),
 * "--script".  NULL and err: it cannot be read or has an unknown line.
 */
struct face *script_face(const char *path, struct err *);

#endif
