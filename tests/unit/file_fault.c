/* SPDX-License-Identifier: ISC */
/*
 * Saving, with a fault at each of its system calls in turn: killed before it,
 * after it or in the middle of it, or an error of it, once or from then on. The
 * calls are this program's own functions of these names.
 */
#include "../test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/syscall.h>
#endif

#include "file.h"
#include "mem.h"

#ifdef __linux__

enum mode { KILL_BEFORE, KILL_AFTER, KILL_AMID, ERROR_ONCE, ERROR_ALWAYS };

struct fault {
	enum mode mode;
	int error; /* errno */
	int at;    /* of this call, counted from 1; 0: none */
};

static struct fault fault;
static int calls;
static int last_error; /* what the call that runs is to fail with */

static void
die(void)
{
	syscall(SYS_kill, getpid(), SIGKILL);
}

/* Before a call: is it to fail? */
static bool
strikes(void)
{
	last_error = 0;
	if (fault.at == 0)
		return false;
	calls++;
	if (fault.mode == KILL_BEFORE && calls == fault.at)
		die();
	if ((fault.mode == ERROR_ONCE && calls == fault.at) ||
	    (fault.mode == ERROR_ALWAYS && calls >= fault.at)) {
		errno = fault.error;
		return true;
	}
	return false;
}

static long
after(long result)
{
	int e = errno;

	if (fault.at != 0 && calls == fault.at &&
	    (fault.mode == KILL_AFTER || fault.mode == KILL_AMID))
		die();
	errno = e;
	return result;
}

int
open(const char *path, int flags, ...)
{
	va_list ap;
	mode_t mode;

	va_start(ap, flags);
	mode = flags & O_CREAT ? (mode_t)va_arg(ap, int) : 0;
	va_end(ap);
	if (strikes())
		return -1;
	return (int)after(syscall(SYS_openat, AT_FDCWD, path, flags, mode));
}

ssize_t
read(int fd, void *data, size_t len)
{
	return strikes() ? -1 : after(syscall(SYS_read, fd, data, len));
}

ssize_t
write(int fd, const void *data, size_t len)
{
	if (strikes())
		return -1;
	/* All at once is never promised. */
	if (fault.at != 0 && len > 1 &&
	    (fault.mode == KILL_AMID || calls == fault.at - 1))
		len /= 2;
	return after(syscall(SYS_write, fd, data, len));
}

/* What is written is there for all who look: a crash of the machine is not what
 * is tried here. */
int
fsync(int fd)
{
	(void)fd;
	return strikes() ? -1 : (int)after(0);
}

int
ftruncate(int fd, off_t len)
{
	return strikes() ? -1 : (int)after(syscall(SYS_ftruncate, fd, len));
}

int
rename(const char *from, const char *to)
{
	return strikes() ? -1
			 : (int)after(syscall(
			       SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int
link(const char *from, const char *to)
{
	return strikes() ? -1
			 : (int)after(syscall(
			       SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int
unlink(const char *path)
{
	return strikes() ? -1
			 : (int)after(syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}

int
fchmod(int fd, mode_t mode)
{
	return strikes() ? -1 : (int)after(syscall(SYS_fchmod, fd, mode));
}

int
fchown(int fd, uid_t uid, gid_t gid)
{
	return strikes() ? -1 : (int)after(syscall(SYS_fchown, fd, uid, gid));
}

int
close(int fd)
{
	return strikes() ? -1 : (int)after(syscall(SYS_close, fd));
}

enum { FILES = 4, SIZE = 3000 };

/* One way to save. */
struct scene {
	const char *name;
	const char *files[FILES]; /* what is written */
	/* From and to, once the files are there; as links.  In d: moved there,
	 * the link leads to it. */
	const char *links[2][2];
	const char *old, *new; /* texts; old NULL: not there before */
	int (*save)(const struct scene *, struct err *);
	size_t names; /* in the directory, with old there */
};

static char *texts[2]; /* a short one and a long one */

static void
write_at(const struct scene *s, size_t i, struct file_write *w)
{
	*w = (struct file_write){
	    .path = s->files[i], .data = s->new, .len = strlen(s->new)};
}

static int
replace(const struct scene *s, struct err *err)
{
	return file_replace(
	    s->files[0], s->new, strlen(s->new), NULL, NULL, err);
}

static int
create(const struct scene *s, struct err *err)
{
	return file_create(s->files[0], s->new, strlen(s->new), err);
}

static int
replace_all(const struct scene *s, struct err *err)
{
	struct file_write v[FILES];
	size_t n = 0, failed;

	for (; n < FILES && s->files[n]; n++)
		write_at(s, n, &v[n]);
	return file_replace_all(v, n, &failed, err);
}

static void
empty(const char *dir)
{
	char **names, *path;
	struct err err;
	size_t n;

	assert_int_equal(file_names(dir, &names, &n, &err), 0);
	for (size_t i = 0; i < n; i++) {
		path = path_join(dir, names[i]);
		if (file_is_dir(path))
			empty(path);
		assert_int_equal(remove(path), 0);
		free(path);
	}
	file_names_free(names, n);
}

static void
prepare(const struct scene *s)
{
	empty(".");
	for (size_t i = 0; s->old && i < FILES && s->files[i]; i++)
		test_write(".", s->files[i], s->old);
	for (size_t i = 0; i < NITEMS(s->links) && s->links[i][0]; i++) {
		const char *from = s->links[i][0], *to = s->links[i][1];

		if (!strchr(to, '/')) {
			assert_int_equal(link(from, to), 0);
			continue;
		}
		assert_int_equal(mkdir("d", 0777), 0);
		assert_int_equal(rename(from, to), 0);
		assert_int_equal(symlink(to, from), 0);
	}
}

/* The save with the fault, in a child: its wait status; *reached: whether the
 * fault was. */
static int
run(const struct scene *s, const struct fault *f, bool *reached)
{
	struct err err = {0};
	int status, r;
	pid_t pid = fork();

	if (pid == 0) {
		fault = *f;
		r = s->save(s, &err);
		fault.at = 0;
		if (r == -1 && err.code == ERR_NONE)
			_exit(99);
		_exit((r == -1) | (calls >= f->at) << 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (WIFSIGNALED(status))
		*reached = true;
	else
		*reached = WEXITSTATUS(status) & 2;
	return status;
}

static void
found(const struct scene *s, const struct fault *f, const char *what)
{
	fail_msg("%s: mode %d, errno %d, call %d: %s", s->name, (int)f->mode,
	    f->error, f->at, what);
}

/* 0: old, 1: new, -1: neither. */
static int
state_of(const struct scene *s, size_t i)
{
	char *text;
	int state = -1;

	if (!file_exists(s->files[i]))
		return s->old ? -1 : 0;
	text = test_read(s->files[i]);
	if (strcmp(text, s->new) == 0)
		state = 1;
	else if (s->old && strcmp(text, s->old) == 0)
		state = 0;
	free(text);
	return state;
}

/* After it, and after the next start. */
static void
look(const struct scene *s, const struct fault *f, int status)
{
	bool failed = WIFEXITED(status) && WEXITSTATUS(status) & 1;
	int sum = 0, state, files = 0;
	char **names;
	struct err err;
	size_t n, want = s->names;

	if (WIFEXITED(status) && WEXITSTATUS(status) == 99)
		found(s, f, "fails without a word");
	file_sweep(".", NULL, NULL);
	for (size_t i = 0; i < FILES && s->files[i]; i++, files++) {
		state = state_of(s, i);
		if (state == -1)
			found(s, f, "a mixture");
		sum += state;
	}
	if (!s->old && sum == 0)
		want--;
	/* Who could not put it back goes on at the next start. */
	if (WIFEXITED(status) && f->mode == ERROR_ONCE &&
	    sum != (failed ? 0 : files))
		found(s, f, failed ? "not as before" : "not all is new");
	if (WIFEXITED(status) && !failed && sum != files)
		found(s, f, "says it is done");
	assert_int_equal(file_names(".", &names, &n, &err), 0);
	if (n != want)
		found(s, f, names[0]);
	file_names_free(names, n);
}

static void
each_call(const struct scene *s, enum mode mode, int error)
{
	struct fault f = {.mode = mode, .error = error};
	bool reached = true;
	int status;

	while (reached && f.at < 500) {
		f.at++;
		prepare(s);
		status = run(s, &f, &reached);
		look(s, &f, status);
	}
	assert_false(reached);
	assert_true(f.at > 5);
}

static void
all_faults(const struct scene *s)
{
	static const int errors[] = {EIO, ENOSPC, EPERM, ENOTSUP};
	assert_int_equal(chdir(test_dir()), 0);
	each_call(s, KILL_BEFORE, 0);
	each_call(s, KILL_AFTER, 0);
	each_call(s, KILL_AMID, 0);
	for (size_t i = 0; i < NITEMS(errors); i++)
		each_call(s, ERROR_ONCE, errors[i]);
	each_call(s, ERROR_ALWAYS, EIO);
	each_call(s, ERROR_ALWAYS, ENOSPC);
}

static void
one_file(void **state)
{
	struct scene s = {
	    "one file", {"a.md"}, {{NULL}}, texts[0], texts[1], replace, 1};

	(void)state;
	all_faults(&s);
}

static void
through_a_link(void **state)
{
	struct scene s = {"link", {"l.md"}, {{"l.md", "d/a.md"}}, texts[1],
	    texts[0], replace, 2};

	(void)state;
	all_faults(&s);
}

static void
hard_links(void **state)
{
	struct scene s = {"hard link", {"a.md"}, {{"a.md", "b.md"}}, texts[0],
	    texts[1], replace, 2};

	(void)state;
	all_faults(&s);
	s.old = texts[1];
	s.new = texts[0];
	all_faults(&s);
}

static void
new_files(void **state)
{
	struct scene s = {
	    "created", {"a.md"}, {{NULL}}, NULL, texts[1], create, 1};

	(void)state;
	all_faults(&s);
	s.name = "replaced from nothing";
	s.save = replace;
	all_faults(&s);
}

static void
several(void **state)
{
	struct scene s = {"several", {"a.md", "b.md", "c.md", "d.md"},
	    {{"b.md", "x"}, {"d.md", "y"}}, texts[0], texts[1], replace_all, 6};

	(void)state;
	all_faults(&s);
}

static int
make_texts(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++) {
		texts[i] = xcalloc(1, SIZE + 1);
		memset(texts[i], 'a' + i, i == 0 ? 100 : SIZE);
	}
	return 0;
}

static int
free_texts(void **state)
{
	(void)state;
	free(texts[0]);
	free(texts[1]);
	return 0;
}

static void
too_slow(void **state)
{
	(void)state;
	skip();
}

int
main(void)
{
	const struct CMUnitTest slow[] = {cmocka_unit_test(too_slow)};
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(one_file),
	    cmocka_unit_test(through_a_link),
	    cmocka_unit_test(hard_links),
	    cmocka_unit_test(new_files),
	    cmocka_unit_test(several),
	};

	/* Thousands of processes: not under a program that slows them down. */
	if (getenv("WRAP"))
		return cmocka_run_group_tests(slow, NULL, NULL);
	return cmocka_run_group_tests(tests, make_texts, free_texts);
}

#else

static void
needs_linux(void **state)
{
	(void)state;
	skip();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(needs_linux)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
