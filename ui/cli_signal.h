/* SPDX-License-Identifier: ISC */
/*
 * Ctrl-C while a command changes things: it stops at a place where either all
 * is as before, or what was done is said.
 */
#ifndef CLI_SIGNAL_H
#define CLI_SIGNAL_H

struct progress;

/* From now on SIGINT, SIGTERM and SIGHUP cancel the work. */
void cli_signal_catch(struct progress *);
/* The default again, and the signal that came meanwhile; 0: none. */
int cli_signal_release(void);

#endif
