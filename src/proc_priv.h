/* SPDX-License-Identifier: ISC */
/* What the proc_* modules share; nobody else includes this. */
#ifndef PROC_PRIV_H
#define PROC_PRIV_H

#include "proc.h"

/* proc_start(); no_input: its standard input is empty, not ours to write. */
int proc_spawn(
    struct proc *, const struct proc_spec *, bool no_input, struct err *);

#endif
