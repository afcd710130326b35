/* SPDX-License-Identifier: ISC */
/*
 * Links that a terminal can open, by OSC 8 ("Hyperlinks in Terminal
 * Emulators"): which terminals have them, and for what addresses.
 */
#ifndef LINKS_H
#define LINKS_H

#include <stdbool.h>

/* Does the environment name a terminal that is known to have them? */
bool links_known(void);
/*
 * The whole address that a link on the page at base (a whole address, or "")
 * leads to, of printable ASCII.  NULL: there is none, or it is none to be
 * opened by a click, or too long for terminals.  Caller frees.
 */
char *links_address(const char *base, const char *link);

#endif
