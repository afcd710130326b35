/* SPDX-License-Identifier: ISC */
/* What went wrong, in a caller-owned struct so that it can cross threads. */
#ifndef ERR_H
#define ERR_H

#include <stddef.h>

/* What a caller may have to tell apart; each has one exit status. */
enum err_code {
	ERR_NONE,
	ERR_FAIL,    /* a file or site cannot be read, parsed or written */
	ERR_CHANGED, /* the file on disk is not the one that was loaded */
	ERR_USAGE,   /* wrong arguments */
	ERR_REFUSED, /* refused by a check, or nothing to do */
	ERR_GIT,     /* git or the remote refused; local work is kept */
	ERR_AUTH,    /* git or the remote wants a secret */
	ERR_CANCEL,  /* the user stopped it */
};

struct err {
	enum err_code code;
	unsigned line;   /* 1-based line in the file, 0: none */
	unsigned column; /* 1-based column in code points, 0: none */
	char msg[1024];  /* one line of UTF-8, cleaned as by text_clean() */
};

/* Fill err and return -1, so that failing is one statement.  A message that is
 * too long is cut and ends in an ellipsis. */
int err_set(struct err *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
int err_code(struct err *, enum err_code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with a place in a file. */
int err_at(struct err *, unsigned line, unsigned column, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* The message of errno, after "what: ". Returns -1. */
int err_errno(struct err *, const char *what);

/*
 * Put where it happened before the message, "name:line:column: " as far as they
 * are known, and nothing when it says the name already.  The place is no longer
 * in line and column then.  Returns -1.
 */
int err_where(struct err *, const char *name);

/* The exit status (DESIGN: 0 to 4) that the error stands for. */
int err_status(const struct err *);

#endif
