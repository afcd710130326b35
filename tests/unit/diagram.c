/* SPDX-License-Identifier: ISC */
/*
 * Diagrams against expected drawings: tests/diagram/NAME.mmd drawn at WIDTH
 * columns is tests/diagram/NAME.WIDTH.txt, or "not drawn: " and why; an "a"
 * behind the width: ASCII only.  ACCEPT=1 writes what is not equal.
 */
#include "../test.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "diagram.h"
#include "file.h"
#include "mem.h"
#include "text.h"

#define DIR_NAME "tests/diagram"

static char *
drawing(const char *text, size_t len, int cols, bool ascii)
{
	struct err err = {0};
	char *drawn = diagram_draw(text, len, cols, ascii, &err);

	return drawn ? drawn : xasprintf("not drawn: %s\n", err.msg);
}

static void
one(const char *name)
{
	const char *dot = strchr(name, '.');
	char *path = xasprintf(DIR_NAME "/%s", name);
	char *from = xasprintf(DIR_NAME "/%.*s.mmd", (int)(dot - name), name);
	struct buf in = {0}, want = {0};
	struct err err;
	char *got;

	assert_int_equal(file_read(from, &in, NULL, &err), 0);
	assert_int_equal(file_read(path, &want, NULL, &err), 0);
	got = drawing(in.data, in.len, atoi(dot + 1),
	    dot[1 + strspn(dot + 1, "0123456789")] == 'a');
	if (getenv("ACCEPT") && strcmp(got, buf_text(&want)) != 0)
		assert_int_equal(
		    file_replace(path, got, strlen(got), NULL, NULL, &err), 0);
	else
		assert_string_equal(got, buf_text(&want));
	free(got);
	buf_dispose(&in);
	buf_dispose(&want);
	free(from);
	free(path);
}

static void
as_expected(void **state)
{
	DIR *d = opendir(DIR_NAME);
	struct dirent *e;
	int n = 0;

	(void)state;
	assert_non_null(d);
	while ((e = readdir(d)))
		if (strstr(e->d_name, ".txt")) {
			one(e->d_name);
			n++;
		}
	closedir(d);
	assert_true(n >= 10);
}

/* No line is wider than was asked for, whatever the text. */
static void
within(const char *text, size_t len, int cols)
{
	struct err err = {0};
	char *drawn = diagram_draw(text, len, cols, false, &err), *nl;

	if (!drawn)
		assert_true(err.msg[0] != '\0');
	for (char *s = drawn; s && *s; s = nl + 1) {
		nl = strchr(s, '\n');
		assert_non_null(nl);
		assert_true(text_width(s, (size_t)(nl - s)) <= cols);
	}
	free(drawn);
}

/* Every beginning of every diagram, with no NUL behind it. */
static void
cut_short(void **state)
{
	DIR *d = opendir(DIR_NAME);
	struct dirent *e;
	struct err err;

	(void)state;
	while ((e = readdir(d))) {
		char *path = xasprintf(DIR_NAME "/%s", e->d_name);
		struct buf b = {0};

		if (strstr(e->d_name, ".mmd") &&
		    file_read(path, &b, NULL, &err) == 0)
			for (size_t n = 1; n < b.len; n += 3) {
				char *part = malloc(n);

				memcpy(part, b.data, n);
				within(part, n, 60);
				free(part);
			}
		buf_dispose(&b);
		free(path);
	}
	closedir(d);
}

static void
hostile(void **state)
{
	struct buf b = {0};

	(void)state;
	for (int i = 0; i < 400; i++)
		buf_printf(&b, "%s%d --> ", i ? "" : "graph TD\n", i);
	buf_puts(&b, "end1\n");
	within(b.data, b.len, 200);
	buf_clear(&b);
	buf_puts(&b, "graph LR\n");
	for (int i = 0; i < 17; i++)
		for (int j = 0; j < 17; j++)
			buf_printf(&b, "a%d --> b%d\n", i, j);
	within(b.data, b.len, 200);
	buf_clear(&b);
	buf_puts(&b, "graph TD\n");
	for (int i = 0; i < 100; i++)
		buf_printf(&b, "subgraph g%d\n", i);
	within(b.data, b.len, 200);
	buf_clear(&b);
	buf_puts(&b, "graph TD\nz-->a0\n");
	for (int i = 0; i < 140; i++)
		buf_printf(&b, "a%d-->a%d\nz-->a%d\n", i, i + 1, i);
	within(b.data, b.len, 200);
	buf_clear(&b);
	buf_puts(&b, "sequenceDiagram\n");
	for (int i = 0; i < 3000; i++)
		buf_printf(&b, "loop x\nA->>B: %d\n", i);
	within(b.data, b.len, 200);
	/* No NUL behind it: to read on is an error that memory checkers see. */
	for (size_t i = 0; i < 6; i++) {
		static const char text[] = "stateDiagram\na:b:\n::";
		size_t len = sizeof(text) - 1 - i;
		char *part = xmalloc(len);

		memcpy(part, text, len);
		within(part, len, 80);
		free(part);
	}
	buf_dispose(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(as_expected),
	    cmocka_unit_test(cut_short),
	    cmocka_unit_test(hostile),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
