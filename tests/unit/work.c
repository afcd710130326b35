/* SPDX-License-Identifier: ISC */
/* Jobs: in order, off the main thread, cancelled, and never lost. */
#include "../test.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "mem.h"
#include "work.h"

struct task {
	struct job job;
	char name;
	bool signals_blocked;
};

/* What done() is given. */
struct seen {
	struct buf names, cancelled;
	struct work *work; /* to add one more, from done() */
	bool blocked;
};

static void
done(struct job *job, void *ctx)
{
	struct task *t = (struct task *)job;
	struct seen *seen = ctx;

	buf_putc(&seen->names, t->name);
	if (job->status == -1 && job->err.code == ERR_CANCEL)
		buf_putc(&seen->cancelled, t->name);
	seen->blocked = t->signals_blocked;
	free(t);
}

static void
run(struct job *job)
{
	struct task *t = (struct task *)job;
	sigset_t mask;

	sigprocmask(SIG_SETMASK, NULL, &mask);
	t->signals_blocked =
	    sigismember(&mask, SIGWINCH) && sigismember(&mask, SIGTERM);
	for (unsigned i = 0; i < 1000; i++)
		progress_set(&job->progress, "counting", i, 1000);
}

/* Until it is told to stop. */
static void
run_on(struct job *job)
{
	progress_set(&job->progress, "waiting", 1, 0);
	while (!progress_cancelled(&job->progress))
		poll(NULL, 0, 1);
	job->status = err_code(&job->err, ERR_CANCEL, "stopped");
}

static struct job *
task(char name, void (*what)(struct job *))
{
	struct task *t = xcalloc(1, sizeof(*t));

	t->name = name;
	t->job.name = "task";
	t->job.run = what;
	t->job.done = done;
	return &t->job;
}

static void
wait_readable(struct work *w)
{
	struct pollfd p = {.fd = work_fd(w), .events = POLLIN};

	assert_int_equal(poll(&p, 1, 30000), 1);
}

static void
dispose(struct seen *seen)
{
	buf_dispose(&seen->names);
	buf_dispose(&seen->cancelled);
}

static void
runs_in_order(void **state)
{
	struct work *w = work_new();
	struct seen seen = {0};

	(void)state;
	assert_false(work_busy(w));
	for (const char *p = "abcdefgh"; *p; p++)
		work_add(w, task(*p, run));
	while (work_busy(w)) {
		wait_readable(w);
		work_reap(w, &seen);
	}
	assert_string_equal(buf_text(&seen.names), "abcdefgh");
	assert_int_equal(seen.cancelled.len, 0);
	assert_true(seen.blocked);
	assert_null(work_running(w));
	work_free(w, &seen);
	dispose(&seen);
}

static struct job *
wait_running(struct work *w)
{
	struct job *job;

	while (!(job = work_running(w)) || !atomic_load(&job->progress.done))
		poll(NULL, 0, 1);
	return job;
}

static void
one_job_is_cancelled(void **state)
{
	struct work *w = work_new();
	struct seen seen = {0};
	struct job *job;

	(void)state;
	work_add(w, task('a', run_on));
	work_add(w, task('b', run));
	job = wait_running(w);
	assert_string_equal(job->name, "task");
	assert_string_equal(atomic_load(&job->progress.what), "waiting");
	assert_true(work_busy(w));
	atomic_store(&job->progress.cancel, true);
	while (work_busy(w)) {
		wait_readable(w);
		work_reap(w, &seen);
	}
	assert_string_equal(buf_text(&seen.names), "ab");
	assert_string_equal(buf_text(&seen.cancelled), "a");
	work_free(w, &seen);
	dispose(&seen);
}

static void
add_another(struct job *job, void *ctx)
{
	struct seen *seen = ctx;

	work_add(seen->work, task('z', run));
	done(job, ctx);
}

/* Finished, running, waiting and added at the last moment. */
static void
the_end_loses_none(void **state)
{
	struct work *w = work_new();
	struct seen seen = {.work = w};
	struct job *job;

	(void)state;
	work_add(w, task('a', run));
	wait_readable(w);
	job = task('b', run_on);
	job->done = add_another;
	work_add(w, job);
	work_add(w, task('c', run));
	work_add(w, task('d', run_on));
	wait_running(w);
	work_free(w, &seen);
	assert_string_equal(buf_text(&seen.names), "abcdz");
	assert_string_equal(buf_text(&seen.cancelled), "bcdz");
	dispose(&seen);
	work_free(NULL, NULL);
}

/* Asks until it is told to stop, and does with the answers what it should. */
static void
run_asking(struct job *job)
{
	struct task *t = (struct task *)job;
	const struct question q = {.text = "Password:", .secret = true};
	struct buf answer = {0};

	while (work_ask(job, &q, &answer) == 0)
		buf_puts(&answer, ";");
	t->name = strcmp(buf_text(&answer), "one;two;") == 0 ? 'y' : 'n';
	buf_wipe(&answer);
}

static const struct question *
wait_question(struct work *w, unsigned *number)
{
	const struct question *q;

	while (!(q = work_question(w, number)))
		poll(NULL, 0, 1);
	return q;
}

static void
a_job_asks(void **state)
{
	struct work *w = work_new();
	struct seen seen = {0};
	const struct question *q;
	unsigned first, second;

	(void)state;
	work_add(w, task('a', run_asking));
	wait_readable(w);
	q = wait_question(w, &first);
	assert_string_equal(q->text, "Password:");
	assert_true(q->secret);
	work_answer(w, first + 1, "to another question");
	work_answer(w, first, "one");
	do
		wait_question(w, &second);
	while (second == first);
	work_answer(w, first, "too late");
	work_answer(w, second, "two");
	while (wait_question(w, &first) && first == second)
		;
	work_answer(w, first, NULL);
	while (work_busy(w)) {
		wait_readable(w);
		work_reap(w, &seen);
	}
	assert_null(work_question(w, &first));
	assert_string_equal(buf_text(&seen.names), "y");
	/* One that is asking when all ends. */
	work_add(w, task('b', run_asking));
	wait_question(w, &first);
	work_free(w, &seen);
	assert_string_equal(buf_text(&seen.names), "yn");
	dispose(&seen);
}

static void
run_telling(struct job *job)
{
	char line[120];

	for (int i = 0; i < 400; i++) {
		snprintf(line, sizeof(line), "line %d%*s", i, 90, ".");
		work_tell(job, line);
	}
}

/* The last lines, whole; a job begins with none. */
static void
a_job_tells(void **state)
{
	struct work *w = work_new();
	struct seen seen = {0};
	struct buf told = {0};

	(void)state;
	assert_int_equal(work_told(w, &told), 0);
	for (int i = 0; i < 2; i++) {
		work_add(w, task('a', i ? run : run_telling));
		while (work_busy(w)) {
			wait_readable(w);
			work_reap(w, &seen);
		}
		buf_clear(&told);
		assert_int_equal(work_told(w, &told), i ? 0 : 400);
		if (i)
			assert_int_equal(told.len, 0);
		else {
			assert_true(told.len > 16000 && told.len <= 16384);
			assert_memory_equal(told.data, "line ", 5);
			assert_non_null(strstr(buf_text(&told), "line 399 "));
			assert_int_equal(told.data[told.len - 1], '\n');
		}
	}
	buf_dispose(&told);
	work_free(w, &seen);
	dispose(&seen);
}

static void
no_progress_is_fine(void **state)
{
	(void)state;
	assert_false(progress_cancelled(NULL));
	progress_set(NULL, "x", 1, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(runs_in_order),
	    cmocka_unit_test(one_job_is_cancelled),
	    cmocka_unit_test(the_end_loses_none),
	    cmocka_unit_test(a_job_asks),
	    cmocka_unit_test(a_job_tells),
	    cmocka_unit_test(no_progress_is_fine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
