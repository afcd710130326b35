/* SPDX-License-Identifier: ISC */
/* What every unit test starts from: cmocka, a sandbox, the optional corpus. */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "buf.h"

/* A new empty directory, removed when the program ends. Borrowed. */
const char *test_dir(void);
/* dir/name, in static storage of a few results. */
const char *test_path(const char *dir, const char *name);
/* Write a file, missing directories made. Returns its path, as above. */
const char *test_write(const char *dir, const char *name, const char *text);
/* A whole file, NUL-terminated; fails the test when it is not there. Caller
 * frees. */
char *test_read(const char *path);
/* A path in the optional corpus; skips the test when it is not there. */
const char *test_corpus(const char *name);
/* Run a command line in dir; fails the test on a non-zero status. */
void test_sh(const char *dir, const char *command);

#endif
