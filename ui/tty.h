/* SPDX-License-Identifier: ISC */
/*
 * The device beneath the terminal's screen: signals come through a pipe, so
 * that poll() never misses one, and whatever ends the program, the terminal is
 * given back as it was.  POSIX alone.
 */
#ifndef TTY_H
#define TTY_H

#include <stdbool.h>

#include "err.h"

/* Remember its modes. ERR_USAGE when standard input or output is no terminal.*/
int tty_open(struct err *);
/*
 * Take signals from now on.  restore is written when the program crashes, or is
 * ended by fatal(), before the modes are set as they were.
 */
void tty_arm(const char *restore);
void tty_close(void);

int tty_fd(void);     /* readable when a signal came */
int tty_signal(void); /* the next one that came, or 0 */
void tty_stop(void);  /* as Ctrl-Z does; returns when continued */
bool tty_size(int *rows, int *cols); /* false: not known */

#endif
