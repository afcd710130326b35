/* SPDX-License-Identifier: ISC */
/*
 * Slow jobs, run one at a time, in order, off the main thread.  A job embeds
 * struct job as its first member.  work_add() gives the job away; until done()
 * runs on the main thread nothing but run() may touch it, progress excepted.
 */
#ifndef WORK_H
#define WORK_H

#include <stdatomic.h>
#include <stdbool.h>

#include "err.h"

/* Shared by the thread that works and the one that shows it. */
struct progress {
	atomic_bool cancel;       /* set: stop soon, with ERR_CANCEL */
	atomic_uint done, total;  /* total 0: not known */
	atomic_size_t bytes;      /* sent or received, 0: not known */
	const char *_Atomic what; /* a static string: "pushing", "reading" */
};

/* progress may be NULL in both. */
bool progress_cancelled(struct progress *);
void progress_set(
    struct progress *, const char *what, unsigned done, unsigned total);
void progress_bytes(struct progress *, size_t bytes);

/* What the work cannot go on without: a password, a yes or no. */
struct question {
	const char *text; /* clean, maybe several lines */
	bool secret;      /* the answer is not to be shown */
	bool yes_no;      /* "yes" or "no" */
	bool notice;      /* something to do elsewhere: no answer is wanted */
};

struct buf;
struct job {
	const char *name;          /* a static string, shown while it runs */
	void (*run)(struct job *); /* worker thread */
	void (*done)(struct job *, void *ctx); /* main thread; frees the job */
	struct progress progress;
	int status; /* 0, or -1 and err is set */
	struct err err;
	struct job *next;  /* work's own */
	struct work *work; /* work's own */
};

struct work;

/*
 * On the worker thread, in a job's run(): ask the one at the screen and wait.
 * 0 and the answer; -1: there will be none, or the job is to stop.
 */
int work_ask(struct job *, const struct question *, struct buf *answer);
/* On the worker thread, in a job's run(): a line of what its programs say. */
void work_tell(struct job *, const char *line);
/*
 * On the main thread, after work_fd() was readable: how many lines the job that
 * runs, or ran last, has told; out (may be NULL) gets the last 16 KiB of them,
 * each with a newline.
 */
size_t work_told(struct work *, struct buf *out);
/*
 * On the main thread, after work_fd() was readable: the question that is open,
 * which holds until it is answered or the job is cancelled, and then NULL; its
 * number tells one from the next.  answer NULL: there is none.
 */
const struct question *work_question(struct work *, unsigned *number);
void work_answer(struct work *, unsigned number, const char *answer);

struct work *work_new(void);
int work_fd(const struct work *); /* readable when a job is done */
void work_add(struct work *, struct job *);
bool work_busy(struct work *); /* a job waits, runs, or is not yet reaped */
/* The running job, for its name and progress only; NULL: none. Main thread;
 * the pointer holds until the next work_reap(). */
struct job *work_running(struct work *);
void work_reap(struct work *, void *ctx); /* call done() of all finished */
/* Cancel all, wait, reap, free. done() is called for each, also for those
 * that never ran: status -1, ERR_CANCEL. */
void work_free(struct work *, void *ctx);

#endif
