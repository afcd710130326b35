/* SPDX-License-Identifier: ISC */
/* The program that opens addresses: the user's, or the desktop's. */
#ifndef PREVIEW_BROWSER_H
#define PREVIEW_BROWSER_H

#include <stdbool.h>

struct browser {
	char **argv; /* NULL-terminated, the address in it */
	bool tty;    /* it works in the terminal */
};

/*
 * setting: a command line, with the address for %s or at its end, "": none;
 * else the first one of $BROWSER (parted by ":") that there is; else wslview,
 * xdg-open, or open.  Words are parted at blanks, quotes hold them together;
 * nothing else is special, for no shell reads them.  False: there is none.
 */
bool browser_choose(struct browser *, const char *setting, const char *address);
void browser_dispose(struct browser *);

#endif
