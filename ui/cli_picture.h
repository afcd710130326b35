/* SPDX-License-Identifier: ISC */
/* The pictures of a page that is printed, drawn when their lines come. */
#ifndef CLI_PICTURE_H
#define CLI_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#include "err.h"
#include "md.h"

struct cli;
struct picture;
struct site_config;

struct cli_pictures {
	const struct doc *doc;
	const struct site_config *config;
	const char *self;
	char *dir;   /* the page's */
	int colours; /* of the terminal; 0: none are drawn */
	bool ascii;
	size_t next; /* the picture to come */
	struct doc_picture at;
	struct picture *picture; /* the one whose lines are printed, or NULL */
};

/*
 * Whether they are drawn: when is --pictures; color: is the text in colours?
 * The lines that one may take, 0: they are boxes.  ERR_USAGE.
 */
int cli_pictures_init(struct cli_pictures *, const struct cli *,
    const struct site_config *, const char *when, bool color, int *rows,
    struct err *);
/* doc is printed, the page at path. */
void cli_pictures_begin(
    struct cli_pictures *, const struct doc *doc, const char *path);
/* Is a picture on line i, in place of its bytes [*from, *to)?  *blank: columns
 * that the line is too short for it. */
bool cli_pictures_on(
    struct cli_pictures *, size_t i, size_t *from, size_t *to, int *blank);
void cli_pictures_print(const struct cli_pictures *, size_t i);
void cli_pictures_dispose(struct cli_pictures *);

#endif
