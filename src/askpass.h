/* SPDX-License-Identifier: ISC */
/*
 * Questions of programs that we run: ssh, git and gpg have no terminal of ours
 * to ask on.  They run galley itself as $SSH_ASKPASS and $GIT_ASKPASS; that
 * hands the question, over a socket in a private directory, to the galley that
 * started them, and prints the answer.
 */
#ifndef ASKPASS_H
#define ASKPASS_H

#include <stdbool.h>

#include "buf.h"
#include "err.h"
#include "proc.h"
#include "work.h"

#define ASKPASS_NAME "galley-askpass" /* what the program is run as */
/* What it is run as by git to sign, and the variables that name the programs
 * that do. */
#define SIGNER_GPG       "galley-gpg"
#define SIGNER_GPGSM     "galley-gpgsm"
#define SIGNER_GPG_VAR   "GALLEY_GPG"
#define SIGNER_GPGSM_VAR "GALLEY_GPGSM"

/* Fill answer and return 0, or -1: there is none.  On the thread that runs the
 * program which asks. */
typedef int (*askpass_answer)(
    void *ctx, const struct question *, struct buf *answer);

struct askpass;

/* self: the program's own file, absolute.  NULL and err: no place for it. */
struct askpass *askpass_new(
    const char *self, askpass_answer, void *ctx, struct err *);
void askpass_free(struct askpass *);
/* For struct proc_spec: whom to listen to meanwhile; borrowed. */
const struct proc_side *askpass_side(const struct askpass *);
/* For its env, NULL-terminated; borrowed.  $GIT_ASKPASS is left alone where the
 * person has set it. */
const char *const *askpass_env(const struct askpass *);

/* Where it stands: galley itself by each of these names; borrowed. */
const char *askpass_dir(const struct askpass *);

/* What the question wants: a secret, a yes or no, or neither; hint is
 * $SSH_ASKPASS_PROMPT (ssh(1)), may be NULL. */
struct question askpass_read(const char *text, const char *hint);

/* As a program that asks: -1: there is no answer. */
int askpass_ask(const char *text, struct buf *answer);
/*
 * As the program that was asked: hand text on and print the answer to fd.
 * The exit status: 0, or 1 when there is none.
 */
int askpass_client(const char *text, int fd);

#endif
