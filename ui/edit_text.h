/* SPDX-License-Identifier: ISC */
/* A text that is no file yet in the user's editor. */
#ifndef EDIT_TEXT_H
#define EDIT_TEXT_H

#include "err.h"

/*
 * Write text to a file of this name in a directory that is the user's alone,
 * run the editor on it (see proc_edit()), and return what it has then; the file
 * is removed.  The terminal is the editor's meanwhile.  NULL and err: the
 * editor cannot be run or says by its status that nothing is to be done.
 * Caller frees.
 */
char *edit_text(
    const char *editor, const char *name, const char *text, struct err *);

#endif
