/* SPDX-License-Identifier: ISC */
/*
 * A signing program between git and gpg or gpgsm: what the agent has not
 * unlocked is asked for through askpass.h, and never on a terminal.  Git runs
 * galley itself by one of the names of askpass.h, as gpg.openpgp.program and
 * gpg.x509.program.
 */
#ifndef SIGNER_H
#define SIGNER_H

#include <stdbool.h>

/* Is it one of the names? program: as it was started. */
bool signer_is(const char *program);
/*
 * Run the real program with the arguments (argv[0] is ours) and what is on
 * standard input; its outputs are ours.  Anything but a signature is left to
 * it as it is.  The exit status.
 */
int signer_run(int argc, char **argv);

#endif
