/* SPDX-License-Identifier: ISC */
/* What the proc_* modules share; nobody else includes this. */
#ifndef PROC_PRIV_H
#define PROC_PRIV_H

#include "proc.h"

/* What it is connected with; keep_tty of the spec goes before all of them. */
enum proc_ends {
	PROC_PIPES,
	PROC_NO_INPUT, /* its standard input is empty, not ours to write */
	PROC_NOTHING,  /* and nobody reads what it writes: our child ends at
			* once, and leaves the program to init */
};

/* proc_start() with other ends. */
int proc_spawn(
    struct proc *, const struct proc_spec *, enum proc_ends, struct err *);

#endif
