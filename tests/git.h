/* SPDX-License-Identifier: ISC */
/* Scratch repositories for tests: a clone with a bare remote beside it. */
#ifndef TEST_GIT_H
#define TEST_GIT_H

#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "repo.h"

/* What a command line prints in dir. Caller frees. */
static inline char *
sh_out(const char *dir, const char *command)
{
	const char *file = test_path(test_dir(), "out");
	char *line = xasprintf("{ %s\n} >'%s'", command, file);
	char *text;

	test_sh(dir, line);
	text = test_read(file);
	free(line);
	return text;
}

#define assert_sh(dir, command, want) \
	do { \
		char *got_ = sh_out(dir, command); \
		assert_string_equal(got_, want); \
		free(got_); \
	} while (0)

/*
 * TOP/work, a clone of the bare TOP/remote.git, on main with one commit of
 * a.md, b.md and "content/post one/index.md", pushed.  Returns TOP/work, good
 * until the next call.
 */
static inline const char *
git_clone(void)
{
	static char work[4096];
	const char *top = test_dir();

	test_write(top, "work/a.md", "a\n");
	test_write(top, "work/b.md", "b\n");
	test_write(top, "work/content/post one/index.md", "one\n");
	test_sh(top,
	    "git init -q --bare -b main remote.git; git init -q -b main work;"
	    "cd work; git add -A; git commit -q -m first;"
	    "git remote add origin ../remote.git; git push -q -u origin main");
	snprintf(work, sizeof(work), "%s/work", top);
	return work;
}

/* Somebody else's clone of work's remote, as TOP/other. */
static inline const char *
git_other(const char *work)
{
	static char other[8192];

	test_sh(work, "git clone -q ../remote.git ../other");
	snprintf(other, sizeof(other), "%s/../other", work);
	return other;
}

static inline struct repo *
git_open(const char *dir)
{
	struct err err;
	struct repo *repo = repo_open(dir, &err);

	if (!repo)
		fail_msg("%s", err.msg);
	return repo;
}

/* Hooks' and remotes' lines, each with a newline. */
static inline void
collect_line(void *ctx, const char *line)
{
	buf_printf(ctx, "%s\n", line);
}

/* An executable file. */
static inline void
write_hook(const char *dir, const char *name, const char *script)
{
	char *text = xasprintf("#!/bin/sh\n%s", script);
	char *chmod = xasprintf("chmod +x '%s'", name);

	test_write(dir, name, text);
	test_sh(dir, chmod);
	free(chmod);
	free(text);
}

static inline int
git_setup(void **state)
{
	(void)state;
	repo_init();
	return 0;
}

static inline int
git_teardown(void **state)
{
	(void)state;
	repo_shutdown();
	return 0;
}

#endif
