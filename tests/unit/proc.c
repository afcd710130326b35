/* SPDX-License-Identifier: ISC */
/* Programs: started, fed, listened to, cancelled, ended. */
#include "../test.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"
#include "proc.h"
#include "work.h"

#define ARGV(...) ((const char *const[]){__VA_ARGS__, NULL})

/* Run a script; the output must be want. */
static int
sh(const char *script, const char *input, const char *const *env,
    const char *cwd, const char *want)
{
	const struct proc_spec spec = {
	    .argv = ARGV("sh", "-c", script), .env = env, .cwd = cwd};
	struct proc_result result;
	struct err err;
	int status;

	assert_int_equal(proc_run(&spec, input, input ? strlen(input) : 0, NULL,
			     NULL, NULL, &result, &err),
	    0);
	assert_string_equal(buf_text(&result.out), want);
	status = result.status;
	proc_result_dispose(&result);
	return status;
}

static void
says_how_it_ended(void **state)
{
	(void)state;
	assert_int_equal(sh("exit 0", NULL, NULL, NULL, ""), 0);
	assert_int_equal(sh("echo a; exit 3", NULL, NULL, NULL, "a\n"), 3);
	assert_int_equal(sh("kill -TERM $$", NULL, NULL, NULL, ""), 143);
	assert_int_equal(sh("kill -KILL $$", NULL, NULL, NULL, ""), 137);
	/* Input: given, empty, none. */
	assert_int_equal(sh("cat", "x\ny", NULL, NULL, "x\ny"), 0);
	assert_int_equal(sh("cat", "", NULL, NULL, ""), 0);
	assert_int_equal(sh("cat", NULL, NULL, NULL, ""), 0);
	/* It need not be read. */
	assert_int_equal(sh("exec <&-; exit 4", "x", NULL, NULL, ""), 4);
	/* The outputs closed, and still at work. */
	assert_int_equal(
	    sh("exec >&- 2>&-; cat >/dev/null; exit 5", "x", NULL, NULL, ""),
	    5);
}

static void
environment_is_changed(void **state)
{
	static const char script[] =
	    "echo \"$A|${B-none}|${C-none}|${HOME:+home}\"";

	(void)state;
	setenv("B", "ours", 1);
	setenv("C", "ours", 1);
	assert_int_equal(sh(script, NULL, ARGV("A=1", "A=x y", "B"), NULL,
			     "x y|none|ours|home\n"),
	    0);
	assert_int_equal(
	    sh(script, NULL, ARGV("HOME", "C=", "BC=1"), NULL, "|ours||\n"), 0);
	assert_string_equal(getenv("B"), "ours");
	unsetenv("B");
	unsetenv("C");
}

static void
runs_in_a_directory(void **state)
{
	char *dir = path_real(test_dir()), *want;

	(void)state;
	want = xasprintf("%s\n", dir);
	assert_int_equal(sh("pwd", NULL, NULL, dir, want), 0);
	free(want);
	free(dir);
}

static void
cannot_run(const struct proc_spec *spec, const char *want)
{
	struct proc_result result;
	struct proc p;
	struct err err;
	int status;

	assert_int_equal(
	    proc_run(spec, NULL, 0, NULL, NULL, NULL, &result, &err), -1);
	assert_int_equal(err.code, ERR_FAIL);
	assert_string_equal(err.msg, want);
	proc_result_dispose(&result);
	assert_int_equal(proc_start(&p, spec, &err), -1);
	assert_string_equal(err.msg, want);
	proc_dispose(&p);
	assert_int_equal(proc_run_tty(spec, &status, &err), -1);
	assert_string_equal(err.msg, want);
}

static void
says_why_it_cannot_run(void **state)
{
	const char *dir = test_dir(), *path, *env;
	char *want;

	(void)state;
	cannot_run(&(struct proc_spec){.argv = ARGV("no-such-program-here")},
	    "no-such-program-here: cannot run: No such file or directory");
	cannot_run(&(struct proc_spec){.argv = ARGV("")},
	    ": cannot run: No such file or directory");
	cannot_run(&(struct proc_spec){.argv = ARGV("./none"), .cwd = "/"},
	    "./none: cannot run: No such file or directory");
	cannot_run(&(struct proc_spec){.argv = ARGV("sh"), .cwd = "/none"},
	    "/none: cannot run there: No such file or directory");
	path = test_write(dir, "plain", "");
	want = xasprintf("%s: cannot run: Permission denied", path);
	cannot_run(&(struct proc_spec){.argv = ARGV(path)}, want);
	free(want);
	env = want = xasprintf("PATH=%s:/none", dir);
	cannot_run(&(struct proc_spec){.argv = ARGV("plain"), .env = ARGV(env)},
	    "plain: cannot run: Permission denied");
	free(want);
}

/* PATH is the one that the program gets; what is in it by a relative name,
 * so in a site perhaps, is not run; a script needs no "#!". */
static void
looks_in_path(void **state)
{
	const char *dir = test_dir();
	struct proc_spec spec = {.argv = ARGV("hello", "a b")};
	struct proc_result result;
	struct err err;
	char *env;

	(void)state;
	test_write(dir, "bin/hello", "echo hello \"$1\"\n");
	chmod(test_path(dir, "bin/hello"), 0755);
	env = xasprintf("PATH=/none:%s/bin:/usr/bin:/bin", dir);
	spec.env = ARGV(env);
	assert_int_equal(
	    proc_run(&spec, NULL, 0, NULL, NULL, NULL, &result, &err), 0);
	assert_string_equal(buf_text(&result.out), "hello a b\n");
	assert_int_equal(result.status, 0);
	proc_result_dispose(&result);
	spec.env = ARGV("PATH=bin:.::/usr/bin:/bin");
	spec.cwd = dir;
	cannot_run(&spec, "hello: cannot run: No such file or directory");
	free(env);
}

static void
collect(void *ctx, const char *chunk, size_t len)
{
	buf_add(ctx, chunk, len);
}

static void
a_lot_both_ways(void **state)
{
	const struct proc_spec spec = {
	    .argv = ARGV("sh", "-c", "tee /dev/stderr")};
	struct proc_result result;
	struct buf seen = {0};
	struct err err;
	size_t size = 1 << 20;
	char *big = xmalloc(size);

	(void)state;
	for (size_t i = 0; i < size; i++)
		big[i] = (char)(i * 7 + (i >> 10));
	assert_int_equal(
	    proc_run(&spec, big, size, collect, &seen, NULL, &result, &err), 0);
	assert_int_equal(result.out.len, size);
	assert_memory_equal(result.out.data, big, size);
	assert_int_equal(result.err.len, size);
	assert_memory_equal(result.err.data, big, size);
	assert_int_equal(seen.len, 2 * size);
	proc_result_dispose(&result);
	buf_dispose(&seen);
	free(big);
}

static void
talks(void **state)
{
	const struct proc_spec spec = {
	    .argv = ARGV("sh", "-c", "echo warning >&2; cat; exit 6")};
	size_t size = 1 << 20, n, got = 0;
	char *big = xmalloc(size), *back = xmalloc(size);
	struct proc p;
	struct err err;

	(void)state;
	memset(big, 'a', size);
	assert_int_equal(proc_start(&p, &spec, &err), 0);
	assert_false(p.ended);
	/* All of it, though nobody reads what comes back yet. */
	assert_int_equal(proc_write(&p, big, size, NULL, &err), 0);
	while (got < size) {
		n = size - got < 1000 ? size - got : 1000;
		assert_int_equal(proc_read(&p, back + got, &n, NULL, &err), 0);
		assert_true(n > 0);
		got += n;
	}
	assert_memory_equal(back, big, size);
	proc_end(&p, -1);
	assert_true(p.ended);
	assert_int_equal(p.status, 6);
	assert_string_equal(buf_text(&p.errors), "warning\n");
	n = 1;
	assert_int_equal(proc_read(&p, back, &n, NULL, &err), 0);
	assert_int_equal(n, 0);
	assert_int_equal(proc_write(&p, big, 1, NULL, &err), -1);
	proc_end(&p, -1);
	assert_int_equal(p.status, 6);
	proc_dispose(&p);
	free(big);
	free(back);
}

static void
reads_to_the_end(void **state)
{
	const struct proc_spec spec = {
	    .argv = ARGV("sh", "-c",
		"i=0; while [ $i -lt 2000 ]; do echo line $i >&2;"
		" i=$((i + 1)); done; echo end")};
	struct proc p;
	struct err err;
	char got[16];
	size_t n = sizeof(got);

	(void)state;
	assert_int_equal(proc_start(&p, &spec, &err), 0);
	assert_int_equal(proc_read(&p, got, &n, NULL, &err), 0);
	assert_int_equal(n, 4);
	assert_memory_equal(got, "end\n", 4);
	n = sizeof(got);
	assert_int_equal(proc_read(&p, got, &n, NULL, &err), 0);
	assert_int_equal(n, 0);
	proc_end(&p, -1);
	/* The last of it. */
	assert_int_equal(p.errors.len, 8192);
	assert_string_equal(p.errors.data + 8192 - 10, "line 1999\n");
	proc_dispose(&p);
}

static void
no_sigpipe(void **state)
{
	const struct proc_spec spec = {.argv = ARGV("true")};
	struct proc p;
	struct err err;
	sigset_t pending;
	int r;

	(void)state;
	signal(SIGPIPE, SIG_DFL);
	assert_int_equal(proc_start(&p, &spec, &err), 0);
	do
		r = proc_write(&p, "x", 1, NULL, &err);
	while (r == 0);
	assert_string_equal(err.msg, "the program has closed its input");
	sigpending(&pending);
	assert_false(sigismember(&pending, SIGPIPE));
	proc_end(&p, -1);
	assert_int_equal(p.status, 0);
	proc_dispose(&p);
}

/* What we ignore or block, the program does not. */
static void
signals_are_as_usual(void **state)
{
	sigset_t block, old;
	int status;

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&block);
	sigaddset(&block, SIGPIPE);
	sigaddset(&block, SIGTERM);
	sigprocmask(SIG_BLOCK, &block, &old);
	status = sh("kill -PIPE $$", NULL, NULL, NULL, "");
	assert_int_equal(status, 128 + SIGPIPE);
	status = sh("kill -TERM $$", NULL, NULL, NULL, "");
	assert_int_equal(status, 128 + SIGTERM);
	sigprocmask(SIG_SETMASK, &old, NULL);
	signal(SIGPIPE, SIG_DFL);
}

/* No file of ours that another thread may have open at that moment. */
static void
files_are_not_passed_on(void **state)
{
	int fd = open("/", O_RDONLY), high;
	char *script;

	(void)state;
	high = fcntl(fd, F_DUPFD, 200);
	script = xasprintf("(: <&%d) 2>/dev/null || echo closed;"
			   "(: <&%d) 2>/dev/null || echo closed",
	    fd, high);
	/* Of two digits and more, only some shells know. */
	if (fd < 10)
		assert_int_equal(
		    sh(script, NULL, NULL, NULL, "closed\nclosed\n"), 0);
	free(script);
	close(fd);
	close(high);
}

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

struct stop {
	struct progress *progress;
	struct buf said;
	int64_t when;
};

/* Cancel as soon as it has said that it is there. */
static void
stop(void *ctx, const char *chunk, size_t len)
{
	struct stop *s = ctx;

	buf_add(&s->said, chunk, len);
	if (memchr(s->said.data, '\n', s->said.len) && !s->when) {
		s->when = now_ms();
		atomic_store(&s->progress->cancel, true);
	}
}

static void
wait_gone(pid_t pid)
{
	/* Its new parent has to take it, too. */
	for (int i = 0; i < 5000 && kill(pid, 0) == 0; i++) {
		char *stat = xasprintf("/proc/%d/stat", (int)pid);
		struct buf b = {0};
		struct err err;
		bool zombie = file_read(stat, &b, NULL, &err) == 0 &&
			      strstr(buf_text(&b), ") Z ");

		buf_dispose(&b);
		free(stat);
		if (zombie)
			return;
		poll(NULL, 0, 1);
	}
	assert_int_equal(kill(pid, 0), -1);
	assert_int_equal(errno, ESRCH);
}

/* script says the number of a process that would sleep for long. */
static void
cancel(const char *script, int within_ms)
{
	const struct proc_spec spec = {.argv = ARGV("sh", "-c", script)};
	struct progress progress = {0};
	struct stop s = {.progress = &progress};
	struct proc_result result;
	struct err err;

	assert_int_equal(
	    proc_run(&spec, NULL, 0, stop, &s, &progress, &result, &err), -1);
	assert_int_equal(err.code, ERR_CANCEL);
	assert_true(now_ms() - s.when < within_ms);
	assert_true(atoi(buf_text(&s.said)) > 0);
	wait_gone(atoi(buf_text(&s.said)));
	proc_result_dispose(&result);
	buf_dispose(&s.said);
}

static void
cancel_ends_the_whole_group(void **state)
{
	(void)state;
	cancel("sleep 1000 & echo $!; wait", 1500);
	cancel("(trap '' TERM; sleep 1000) & echo $!; wait", 1500);
	/* The output closed: there is nothing to poll. */
	cancel("sleep 1000 & echo $!; exec >&- 2>&-; wait", 1500);
	/* It does not want to hear. */
	cancel("trap '' TERM; sleep 1000 & echo $!; wait", 10000);
}

static void
cancelled_before_it_starts(void **state)
{
	const struct proc_spec spec = {.argv = ARGV("touch", "made")};
	struct progress progress = {0};
	struct proc_result result;
	struct err err;

	(void)state;
	atomic_store(&progress.cancel, true);
	assert_int_equal(
	    proc_run(&spec, NULL, 0, NULL, NULL, &progress, &result, &err), -1);
	assert_int_equal(err.code, ERR_CANCEL);
	proc_result_dispose(&result);
}

static void
reading_and_writing_are_cancelled(void **state)
{
	const struct proc_spec spec = {.argv = ARGV("sleep", "1000")};
	struct progress progress = {0};
	struct proc p;
	struct err err;
	char c, *big = xcalloc(1, 1 << 20);
	size_t n = 1;
	pid_t pid;

	(void)state;
	assert_int_equal(proc_start(&p, &spec, &err), 0);
	pid = p.pid;
	atomic_store(&progress.cancel, true);
	assert_int_equal(proc_read(&p, &c, &n, &progress, &err), -1);
	assert_int_equal(err.code, ERR_CANCEL);
	assert_int_equal(proc_write(&p, big, 1 << 20, &progress, &err), -1);
	assert_int_equal(err.code, ERR_CANCEL);
	proc_dispose(&p);
	assert_true(p.ended);
	assert_int_equal(p.status, 128 + SIGTERM);
	wait_gone(pid);
	free(big);
}

/* What it leaves in the background may keep its pipes; it is done anyway. */
static void
background_is_not_waited_for(void **state)
{
	const struct proc_spec spec = {
	    .argv = ARGV("sh", "-c", "sleep 1000 & echo $!; exit 2")};
	struct proc_result result;
	struct err err;

	(void)state;
	assert_int_equal(
	    proc_run(&spec, NULL, 0, NULL, NULL, NULL, &result, &err), 0);
	assert_int_equal(result.status, 2);
	/* And lives on. */
	assert_int_equal(kill(atoi(buf_text(&result.out)), SIGKILL), 0);
	proc_result_dispose(&result);
}

static void
has_a_session_of_its_own(void **state)
{
	const struct proc_spec spec = {.argv = ARGV("cat")};
	struct proc_spec on_tty = {.argv = ARGV("sh", "-c", "exit 7")};
	struct proc p;
	struct err err;
	int status;

	(void)state;
	assert_int_equal(proc_start(&p, &spec, &err), 0);
	assert_int_equal(getsid(p.pid), p.pid);
	proc_end(&p, -1);
	proc_dispose(&p);
	/* With the terminal it stays in ours. */
	assert_int_equal(proc_run_tty(&on_tty, &status, &err), 0);
	assert_int_equal(status, 7);
	on_tty.keep_tty = true;
	on_tty.argv = ARGV("sh", "-c", "kill -INT $$");
	assert_int_equal(proc_run_tty(&on_tty, &status, &err), 0);
	assert_int_equal(status, 128 + SIGINT);
}

/* Ctrl-C in the editor is not for us. */
static void
interrupts_are_ignored_meanwhile(void **state)
{
	struct sigaction action;
	char *script = xasprintf("kill -INT %d", (int)getpid());
	const struct proc_spec spec = {.argv = ARGV("sh", "-c", script)};
	struct err err;
	int status;

	(void)state;
	signal(SIGINT, SIG_DFL);
	assert_int_equal(proc_run_tty(&spec, &status, &err), 0);
	assert_int_equal(status, 0);
	sigaction(SIGINT, NULL, &action);
	assert_true(action.sa_handler == SIG_DFL);
	free(script);
}

/* It outlives us, and we wait for nothing of it but that it has started. */
static void
detached_it_is_on_its_own(void **state)
{
	const char *fifo = test_path(test_dir(), "fifo");
	struct proc_spec spec = {.argv = ARGV("sh", "-c",
				     "read x; echo lost; echo lost >&2; "
				     "echo \"$x.$1.\" >\"$2\"",
				     "sh", "a b", fifo)};
	struct err err;
	char *text;

	(void)state;
	assert_int_equal(mkfifo(fifo, 0600), 0);
	assert_int_equal(proc_detach(&spec, &err), 0);
	assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
	assert_int_equal(errno, ECHILD);
	text = test_read(fifo);
	assert_string_equal(text, ".a b.\n");
	free(text);
	spec.argv = ARGV("no-such-program-here");
	assert_int_equal(proc_detach(&spec, &err), -1);
	assert_string_equal(err.msg,
	    "no-such-program-here: cannot run: No such file or directory");
	assert_true(proc_exists("sh"));
	assert_true(proc_exists("/bin/sh"));
	assert_false(proc_exists("/bin"));
	assert_false(proc_exists("no-such-program-here"));
	assert_false(proc_exists(""));
}

static void
edits(const char *editor, const char *path, const char *want)
{
	struct err err;
	int status = -1;
	char *text;

	assert_int_equal(proc_edit(editor, path, &status, &err), 0);
	assert_int_equal(status, 0);
	text = test_read(path);
	assert_string_equal(text, want);
	free(text);
}

static void
an_editor_has_arguments(void **state)
{
	const char *dir = test_dir(), *path, *editor;
	char *quoted, *env;
	struct err err;
	int status;

	(void)state;
	path = test_write(dir, "a file; $(rm).md", "one\n");
	editor = test_write(dir, "my editor",
	    "#!/bin/sh\necho \"$#|$1|${GALLEY_EDITOR-unset}\" >>\"$2\"\n");
	chmod(editor, 0755);
	quoted = xasprintf("\"%s\" -w", editor);
	edits(quoted, path, "one\n2|-w|unset\n");
	setenv("EDITOR", "false", 1);
	env = xasprintf("'%s' 'x  y'", editor);
	setenv("VISUAL", env, 1);
	edits(NULL, path, "one\n2|-w|unset\n2|x  y|unset\n");
	unsetenv("VISUAL");
	assert_int_equal(proc_edit(NULL, path, &status, &err), 0);
	assert_int_equal(status, 1);
	setenv("VISUAL", "", 1);
	assert_int_equal(proc_edit(NULL, path, &status, &err), 0);
	assert_int_equal(status, 1);
	assert_int_equal(
	    proc_edit("no-such-editor 2>/dev/null", path, &status, &err), 0);
	assert_true(status == 127 || status == 126);
	unsetenv("VISUAL");
	unsetenv("EDITOR");
	free(quoted);
	free(env);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(says_how_it_ended),
	    cmocka_unit_test(environment_is_changed),
	    cmocka_unit_test(runs_in_a_directory),
	    cmocka_unit_test(says_why_it_cannot_run),
	    cmocka_unit_test(looks_in_path),
	    cmocka_unit_test(a_lot_both_ways),
	    cmocka_unit_test(talks),
	    cmocka_unit_test(reads_to_the_end),
	    cmocka_unit_test(no_sigpipe),
	    cmocka_unit_test(signals_are_as_usual),
	    cmocka_unit_test(files_are_not_passed_on),
	    cmocka_unit_test(cancel_ends_the_whole_group),
	    cmocka_unit_test(cancelled_before_it_starts),
	    cmocka_unit_test(reading_and_writing_are_cancelled),
	    cmocka_unit_test(background_is_not_waited_for),
	    cmocka_unit_test(has_a_session_of_its_own),
	    cmocka_unit_test(interrupts_are_ignored_meanwhile),
	    cmocka_unit_test(detached_it_is_on_its_own),
	    cmocka_unit_test(an_editor_has_arguments),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
