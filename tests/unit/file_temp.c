/* SPDX-License-Identifier: ISC */
/* What killed programs leave beside files, and what becomes of it. */
#include "../test.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "file.h"
#include "mem.h"

static void
holds(const char *path, const char *want)
{
	char *text = test_read(path);

	assert_string_equal(text, want);
	free(text);
}

static void
has_files(const char *dir, size_t want)
{
	char **names;
	size_t n;
	struct err err;

	assert_int_equal(file_names(dir, &names, &n, &err), 0);
	assert_int_equal(n, want);
	file_names_free(names, n);
}

/* The number of a process that is no more. */
static long
dead(void)
{
	pid_t pid = fork();

	if (pid == 0)
		_exit(0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
	return (long)pid;
}

static const char *
leave(const char *dir, const char *name, long pid, const char *suffix,
    const char *text)
{
	char *all = xasprintf(".%s.galley-%lx-0123abcd%s", name, pid, suffix);
	const char *path = test_write(dir, all, text);

	free(all);
	return path;
}

static void
knows_its_own(void **state)
{
	static const char *const own[] = {".a.md.galley-1f-0123abcd",
	    ".a.md.galley-1-01234567.new", ".galley-1.galley-1-01234567.old"};
	static const char *const others[] = {"a.md.galley-1f-0123abcd",
	    ".a.md.galley-0123abcd", ".a.md.galley-1f-0123abcg",
	    ".a.md.galley-1f-123abcd", ".a.md.galley--0123abcd",
	    ".galley-1-0123abcd", "..galley-1-0123abcd",
	    ".galley-1-0123abcd.new", ".a.galley-0-0123abcd", ".a.swp", ".", "",
	    ".new", "0123abcd"};

	(void)state;
	for (size_t i = 0; i < NITEMS(own); i++)
		assert_true(file_is_leftover(own[i]));
	for (size_t i = 0; i < NITEMS(others); i++)
		assert_false(file_is_leftover(others[i]));
}

static void
removes_what_is_left(void **state)
{
	const char *dir = test_dir();

	(void)state;
	test_write(dir, "a.md", "old\n");
	leave(dir, "a.md", dead(), "", "half a te");
	leave(dir, "gone.md", dead(), "", "");
	/* Overwriting had not begun, or was done. */
	leave(dir, "a.md", dead(), ".new", "new\n");
	leave(dir, "a.md", dead(), ".old", "older\n");
	file_sweep(dir, NULL, NULL);
	has_files(dir, 1);
	holds(test_path(dir, "a.md"), "old\n");
	file_sweep(test_path(dir, "none"), NULL, NULL);
}

static void
lets_the_living_alone(void **state)
{
	const char *dir = test_dir();
	struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	const char *path;
	int ready[2], fd;
	pid_t pid;
	char c;

	(void)state;
	leave(dir, "a.md", (long)getpid(), "", "text");
	leave(dir, "b.md", (long)getppid(), "", "text");
	/* A process that we cannot see, on another machine maybe. */
	path = leave(dir, "c.md", dead(), "", "text");
	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		fd = open(path, O_RDWR);
		if (fcntl(fd, F_SETLK, &l) == -1 || write(ready[1], "", 1) < 1)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	file_sweep(dir, NULL, NULL);
	has_files(dir, 3);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	file_sweep(dir, NULL, NULL);
	has_files(dir, 2);
	close(ready[0]);
	close(ready[1]);
}

static void
lets_other_files_alone(void **state)
{
	const char *dir = test_dir();
	char *link = xasprintf(".l.md.galley-%lx-0123abcd", dead());

	(void)state;
	test_write(dir, ".a.md.swp", "");
	test_write(dir, ".galley.yaml", "");
	assert_int_equal(symlink("/dev/null", test_path(dir, link)), 0);
	file_sweep(dir, NULL, NULL);
	has_files(dir, 3);
	free(link);
}

static char *said;

static void
told(void *ctx, enum file_left what, const char *path, const char *kept)
{
	assert_ptr_equal(ctx, &said);
	free(said);
	said = xasprintf("%d %s %s", (int)what, path_base(path),
	    what == FILE_LEFT_TORN ? path_ext(kept) : "-");
}

static const char *
settles(const char *now, const char *old, const char *new)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", now);
	static char text[64];
	long pid = dead();
	char *got;

	leave(dir, "a.md", pid, ".old", old);
	leave(dir, "a.md", pid, ".new", new);
	free(said);
	said = NULL;
	file_sweep(dir, told, &said);
	has_files(dir, said && *said == '2' ? 3 : 1);
	got = test_read(path);
	assert_true(strlen(got) < sizeof(text));
	memcpy(text, got, strlen(got) + 1);
	free(got);
	return text;
}

static void
completes_what_was_cut_off(void **state)
{
	(void)state;
	/* Not begun, and done. */
	assert_string_equal(settles("oooo", "oooo", "nnnnnn"), "oooo");
	assert_null(said);
	assert_string_equal(settles("nnnnnn", "oooo", "nnnnnn"), "nnnnnn");
	assert_null(said);
	assert_string_equal(settles("nnoo", "oooo", "nnnnnn"), "nnnnnn");
	assert_string_equal(said, "1 a.md -");
	assert_string_equal(settles("nnnnn", "oooo", "nnnnnn"), "nnnnnn");
	assert_string_equal(settles("nnoooo", "oooooo", "nn"), "nn");
	assert_string_equal(settles("nno", "oooooo", "nn"), "nn");
	/* Another program has written since. */
	assert_string_equal(settles("nnoo?", "oooo", "nnnnnn"), "nnoo?");
	assert_string_equal(said, "2 a.md old");
	assert_string_equal(settles("", "oooo", "nnnnnn"), "");
	assert_string_equal(said, "2 a.md old");
	free(said);
	said = NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(knows_its_own),
	    cmocka_unit_test(removes_what_is_left),
	    cmocka_unit_test(lets_the_living_alone),
	    cmocka_unit_test(lets_other_files_alone),
	    cmocka_unit_test(completes_what_was_cut_off),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
