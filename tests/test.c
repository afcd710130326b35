/* SPDX-License-Identifier: ISC */
/* What every unit test starts from. */
#include "test.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mem.h"

static char *dirs[256];
static size_t ndirs;
static pid_t owner;

static void
run(const char *const *argv)
{
	pid_t pid = fork();

	if (pid == 0) {
		execvp(argv[0], (char *const *)argv);
		_exit(127);
	}
	waitpid(pid, NULL, 0);
}

static void
remove_dirs(void)
{
	if (getpid() != owner)
		return;
	for (size_t i = 0; i < ndirs; i++) {
		const char *mode[] = {"chmod", "-R", "u+rwx", dirs[i], NULL};
		const char *rm[] = {"rm", "-rf", dirs[i], NULL};

		run(mode);
		run(rm);
		free(dirs[i]);
	}
}

const char *
test_dir(void)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = xasprintf("%s/galley-test-XXXXXX", tmp ? tmp : "/tmp");

	if (ndirs == 0) {
		owner = getpid();
		atexit(remove_dirs);
	}
	assert_true(ndirs < NITEMS(dirs));
	assert_non_null(mkdtemp(dir));
	return dirs[ndirs++] = dir;
}

const char *
test_path(const char *dir, const char *name)
{
	static char paths[16][4096];
	static size_t next;
	char *p = paths[next++ % NITEMS(paths)];

	assert_true(strlen(dir) + strlen(name) + 2 < sizeof(paths[0]));
	snprintf(p, sizeof(paths[0]), "%s/%s", dir, name);
	return p;
}

const char *
test_write(const char *dir, const char *name, const char *text)
{
	const char *path = test_path(dir, name);
	char *copy = xstrdup(path);
	FILE *f;

	for (char *p = copy + strlen(dir) + 1; (p = strchr(p, '/')); p++) {
		*p = '\0';
		mkdir(copy, 0777);
		*p = '/';
	}
	free(copy);
	f = fopen(path, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(text, 1, strlen(text), f), strlen(text));
	assert_int_equal(fclose(f), 0);
	return path;
}

char *
test_read(const char *path)
{
	struct buf b = {0};
	char chunk[8192];
	size_t n;
	FILE *f = fopen(path, "r");

	if (!f)
		fail_msg("%s is not there", path);
	while ((n = fread(chunk, 1, sizeof(chunk), f)) > 0)
		buf_add(&b, chunk, n);
	fclose(f);
	return buf_steal(&b);
}

const char *
test_corpus(const char *name)
{
	const char *dir = getenv("GALLEY_CORPUS");
	const char *path = test_path(dir ? dir : "../shared/corpus", name);

	if (access(path, R_OK) == -1)
		skip();
	return path;
}

void
test_sh(const char *dir, const char *command)
{
	pid_t pid = fork();
	int status;

	if (pid == 0) {
		if (chdir(dir) == -1)
			_exit(126);
		execlp("sh", "sh", "-c", command, (char *)NULL);
		_exit(127);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		fail_msg("status %d: %s", status, command);
}
