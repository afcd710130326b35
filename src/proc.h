/* SPDX-License-Identifier: ISC */
/*
 * Programs run by argument vector, never by a shell line.  Each gets a session
 * of its own, so that it cannot write on our terminal, and is ended as a
 * process group.
 */
#ifndef PROC_H
#define PROC_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "buf.h"
#include "err.h"

struct progress;

/* Somebody who may speak up while a program runs: the program's child that asks
 * for a password, say. */
struct proc_side {
	int fd;                   /* is readable when there is something */
	void (*ready)(void *ctx); /* may take its time */
	void *ctx;
};

struct proc_spec {
	const char *const
	    *argv;       /* NULL-terminated; argv[0] looked up in PATH */
	const char *cwd; /* NULL: ours */
	/* NULL-terminated, or NULL: "NAME=value" sets, "NAME" removes. */
	const char *const *env;
	bool keep_tty; /* stay in our session, with our stdin, out and err */
	const struct proc_side *side; /* NULL: nobody; must outlive it */
};

/* The file of this very program, absolute; argv0 is what it was started as.
 * NULL: not to be found. Caller frees. */
char *proc_self(const char *argv0);

/* A running program, for those who talk with it. */
struct proc {
	pid_t pid;
	int in, out, err;  /* our ends, non-blocking, -1 when closed */
	struct buf errors; /* the last 8 KiB of its standard error */
	int status;        /* exit status, 128 + signal, once ended */
	bool ended;
	/* Its own. */
	const struct proc_side *side;
	struct buf ahead; /* output read while we wrote, from ahead_at on */
	size_t ahead_at;
	bool own_group;
};

/*
 * ERR_FAIL, "ssh: cannot run: No such file ...", when it cannot be started.
 * keep_tty: there are no pipes; in, out and err are -1.
 */
int proc_start(struct proc *, const struct proc_spec *, struct err *);
/*
 * Read some bytes or write all, waiting as long as it takes (or until progress
 * says cancel: ERR_CANCEL, within 100 ms; the program runs on).  Standard error
 * is drained meanwhile, and while writing some MiB of its output.  *n is the
 * size, then the number of bytes read; 0: the end.  Writing to a program that
 * has closed its input is ERR_FAIL, never SIGPIPE.
 */
int proc_read(
    struct proc *, void *, size_t *n, struct progress *, struct err *);
int proc_write(
    struct proc *, const void *, size_t len, struct progress *, struct err *);
/*
 * Close its input and wait, dropping what it writes on its standard output;
 * after grace_ms (-1: for ever) TERM, and 2 s later KILL, to the group.  Sets
 * ended and status.  Calling it twice does nothing.
 */
void proc_end(struct proc *, int grace_ms);
void proc_dispose(struct proc *); /* ends it at once if it still runs */

struct proc_result {
	int status;          /* exit status, 128 + signal */
	struct buf out, err; /* what it wrote */
};

/* Where all that it writes goes while it runs, chunk by chunk; may be NULL. */
typedef void (*proc_sink)(void *ctx, const char *chunk, size_t len);

/*
 * Run to the end: input (may be NULL) is its standard input, else /dev/null.
 * 0 when it ran, whatever its status; -1 when it could not be run or progress
 * (may be NULL) was cancelled.  proc_result_dispose() always.
 */
int proc_run(const struct proc_spec *, const char *input, size_t len,
    proc_sink sink, void *ctx, struct progress *, struct proc_result *,
    struct err *);
/*
 * With the terminal (keep_tty is implied): wait for it; SIGINT and SIGQUIT are
 * its, ignored by us.  Main thread.  *status as above.
 */
int proc_run_tty(const struct proc_spec *, int *status, struct err *);
/*
 * Let it run on its own, with nothing of ours: in a session of its own, no
 * input, its output dropped, adopted by init.  0 once it is that program.
 */
int proc_detach(const struct proc_spec *, struct err *);
/* Is there a program of that name where proc_start() looks for it? */
bool proc_exists(const char *name);
void proc_result_dispose(struct proc_result *);

/*
 * The user's editor on a file: $VISUAL, $EDITOR or vi, which may hold
 * quotes and arguments, as git has it (a constant script makes the shell read
 * it).  editor NULL: ask the environment.  *status as above; 126, 127:
 * it cannot be run.
 */
int proc_edit(const char *editor, const char *path, int *status, struct err *);

#endif
