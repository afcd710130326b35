/* SPDX-License-Identifier: ISC */
/*
 * One thread that runs jobs in order.  A job belongs to this thread from the
 * moment it is taken from the queue until it lies in the queue of the done;
 * only its progress is looked at meanwhile.
 */
#include "work.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "buf.h"
#include "mem.h"

#define MOST_TOLD 16384     /* bytes of what a job tells that are kept */
#define TICK_NS   50000000L /* how often cancel is looked at */

struct queue {
	struct job *head, **tail;
};

struct work {
	pthread_t thread;
	pthread_mutex_t lock; /* of what follows, but wake */
	pthread_cond_t more;
	struct queue todo, done;
	struct job *running;
	const struct question *question; /* of the running job; NULL: none */
	unsigned number;                 /* how many there were */
	bool answered, declined;
	struct buf answer;
	pthread_cond_t said; /* answered */
	struct buf told;     /* lines of the running job, or the last one */
	size_t ntold;
	bool quit;
	int wake[2]; /* a byte for each job done */
};

bool
progress_cancelled(struct progress *p)
{
	return p && atomic_load(&p->cancel);
}

void
progress_set(
    struct progress *p, const char *what, unsigned done, unsigned total)
{
	if (!p)
		return;
	if (atomic_load(&p->what) != what)
		atomic_store(&p->bytes, 0);
	atomic_store(&p->what, what);
	atomic_store(&p->done, done);
	atomic_store(&p->total, total);
}

void
progress_bytes(struct progress *p, size_t bytes)
{
	if (p)
		atomic_store(&p->bytes, bytes);
}

static void
push(struct queue *q, struct job *job)
{
	job->next = NULL;
	*q->tail = job;
	q->tail = &job->next;
}

static struct job *
pop(struct queue *q)
{
	struct job *job = q->head;

	if (job && !(q->head = job->next))
		q->tail = &q->head;
	return job;
}

static void
wake(struct work *w)
{
	/* When the pipe is full, there is enough to wake the reader. */
	while (write(w->wake[1], "", 1) == -1 && errno == EINTR)
		continue;
}

static void *
work_main(void *arg)
{
	struct work *w = arg;
	struct job *job;

	pthread_mutex_lock(&w->lock);
	while (!w->quit) {
		if (!(job = pop(&w->todo))) {
			pthread_cond_wait(&w->more, &w->lock);
			continue;
		}
		w->running = job;
		buf_clear(&w->told);
		w->ntold = 0;
		pthread_mutex_unlock(&w->lock);
		job->run(job);
		pthread_mutex_lock(&w->lock);
		w->running = NULL;
		push(&w->done, job);
		wake(w);
	}
	pthread_mutex_unlock(&w->lock);
	return NULL;
}

static void
make_pipe(int fd[2])
{
	if (pipe(fd) == -1)
		fatal("cannot make a pipe");
	for (int i = 0; i < 2; i++) {
		fcntl(fd[i], F_SETFD, FD_CLOEXEC);
		fcntl(fd[i], F_SETFL, O_NONBLOCK);
	}
}

struct work *
work_new(void)
{
	struct work *w = xcalloc(1, sizeof(*w));
	sigset_t all, old;

	w->todo.tail = &w->todo.head;
	w->done.tail = &w->done.head;
	make_pipe(w->wake);
	pthread_mutex_init(&w->lock, NULL);
	pthread_cond_init(&w->more, NULL);
	pthread_cond_init(&w->said, NULL);
	/* Signals are the main thread's: SIGWINCH must end its poll(). */
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &old);
	if (pthread_create(&w->thread, NULL, work_main, w) != 0)
		fatal("cannot start a thread");
	pthread_sigmask(SIG_SETMASK, &old, NULL);
	return w;
}

int
work_ask(struct job *job, const struct question *q, struct buf *answer)
{
	struct work *w = job->work;
	struct timespec until;
	int rc = -1;

	pthread_mutex_lock(&w->lock);
	w->question = q;
	w->number++;
	w->answered = w->declined = false;
	wake(w);
	while (!w->answered && !progress_cancelled(&job->progress)) {
		clock_gettime(CLOCK_REALTIME, &until);
		until.tv_nsec += TICK_NS;
		if (until.tv_nsec >= 1000000000) {
			until.tv_nsec -= 1000000000;
			until.tv_sec++;
		}
		pthread_cond_timedwait(&w->said, &w->lock, &until);
	}
	if (w->answered && !w->declined) {
		buf_add(answer, buf_text(&w->answer), w->answer.len);
		rc = 0;
	}
	buf_wipe(&w->answer);
	w->question = NULL;
	wake(w);
	pthread_mutex_unlock(&w->lock);
	return rc;
}

void
work_tell(struct job *job, const char *line)
{
	struct work *w = job->work;
	const char *cut;

	pthread_mutex_lock(&w->lock);
	buf_puts(&w->told, line);
	buf_putc(&w->told, '\n');
	w->ntold++;
	if (w->told.len > MOST_TOLD &&
	    (cut = memchr(
		 w->told.data + w->told.len - MOST_TOLD, '\n', MOST_TOLD)))
		buf_splice(
		    &w->told, 0, (size_t)(cut + 1 - w->told.data), "", 0);
	wake(w);
	pthread_mutex_unlock(&w->lock);
}

size_t
work_told(struct work *w, struct buf *out)
{
	size_t n;

	pthread_mutex_lock(&w->lock);
	n = w->ntold;
	if (out)
		buf_add(out, buf_text(&w->told), w->told.len);
	pthread_mutex_unlock(&w->lock);
	return n;
}

const struct question *
work_question(struct work *w, unsigned *number)
{
	const struct question *q;

	pthread_mutex_lock(&w->lock);
	q = w->answered ? NULL : w->question;
	*number = w->number;
	pthread_mutex_unlock(&w->lock);
	return q;
}

void
work_answer(struct work *w, unsigned number, const char *answer)
{
	pthread_mutex_lock(&w->lock);
	if (w->question && !w->answered && w->number == number) {
		buf_wipe(&w->answer);
		if (answer)
			buf_puts(&w->answer, answer);
		w->declined = !answer;
		w->answered = true;
		pthread_cond_signal(&w->said);
	}
	pthread_mutex_unlock(&w->lock);
}

int
work_fd(const struct work *w)
{
	return w->wake[0];
}

void
work_add(struct work *w, struct job *job)
{
	job->work = w;
	pthread_mutex_lock(&w->lock);
	push(&w->todo, job);
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->lock);
}

bool
work_busy(struct work *w)
{
	bool busy;

	pthread_mutex_lock(&w->lock);
	busy = w->running || w->todo.head || w->done.head;
	pthread_mutex_unlock(&w->lock);
	return busy;
}

struct job *
work_running(struct work *w)
{
	struct job *job;

	pthread_mutex_lock(&w->lock);
	job = w->running;
	pthread_mutex_unlock(&w->lock);
	return job;
}

void
work_reap(struct work *w, void *ctx)
{
	struct job *job, *next;
	char drain[64];

	while (read(w->wake[0], drain, sizeof(drain)) > 0)
		continue;
	pthread_mutex_lock(&w->lock);
	job = w->done.head;
	w->done.head = NULL;
	w->done.tail = &w->done.head;
	pthread_mutex_unlock(&w->lock);
	for (; job; job = next) {
		next = job->next;
		job->done(job, ctx);
	}
}

void
work_free(struct work *w, void *ctx)
{
	struct job *job;

	if (!w)
		return;
	pthread_mutex_lock(&w->lock);
	w->quit = true;
	if (w->running)
		atomic_store(&w->running->progress.cancel, true);
	pthread_cond_signal(&w->more);
	pthread_mutex_unlock(&w->lock);
	pthread_join(w->thread, NULL);
	work_reap(w, ctx);
	/* Also what done() adds now. */
	while ((job = pop(&w->todo))) {
		atomic_store(&job->progress.cancel, true);
		job->status = err_code(&job->err, ERR_CANCEL, "cancelled");
		job->done(job, ctx);
	}
	close(w->wake[0]);
	close(w->wake[1]);
	pthread_mutex_destroy(&w->lock);
	pthread_cond_destroy(&w->more);
	pthread_cond_destroy(&w->said);
	buf_wipe(&w->answer);
	buf_dispose(&w->told);
	free(w);
}
