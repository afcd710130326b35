/* SPDX-License-Identifier: ISC */
/*
 * Golden tests of front matter edits: each file tests/fm/NAME.txt is a list of
 * cases.  Lines that begin with % are commands, all others are text:
 *   %case NAME      begins a case
 *   %crlf %bom %chomp   how the texts are stored: line ends, a BOM, no last
 *                   line break
 *   %in             the text of a file, up to the next command
 *   %set KEY VALUE  VALUE as on the command line (YAML)
 *   %unset KEY
 *   %rename PATH KEY
 *   %insert PATH PLACE VALUE
 *   %move PATH FROM TO
 *   %out            what the file must be now, byte for byte
 *   %same           or: what went in
 *   %error TEXT     or: the last edit fails with TEXT, and changes nothing
 *   %broken TEXT    or: the file does not parse: LINE:COLUMN: MESSAGE
 */
#include "../test.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fm.h"
#include "mem.h"

struct golden {
	const char *file;
	unsigned line; /* of the command at hand */
	char name[200];
	bool crlf, bom, chomp;
	struct buf in, before; /* the last edit */
	struct fm *fm;         /* after the edits */
	struct err err;
	int rc; /* of the last edit */
	bool checked;
};

static char *files[100];
static size_t nfiles;

static void
stop(
    const struct golden *g, const char *what, const char *got, const char *want)
{
	fail_msg("%s:%u: %s: %s\n--- got\n%s\n--- want\n%s\n---", g->file,
	    g->line, g->name, what, got, want);
}

/* The text of a section as the case says that it is stored. */
static void
stored(const struct golden *g, const char *s, const char *end, struct buf *out)
{
	buf_clear(out);
	if (g->bom)
		buf_puts(out, "\xef\xbb\xbf");
	if (g->chomp && end > s)
		end--;
	for (; s < end; s++) {
		if (*s == '\n' && g->crlf)
			buf_putc(out, '\r');
		buf_putc(out, *s);
	}
}

static void
expect(struct golden *g, const struct buf *want)
{
	size_t len;
	const char *got;

	if (!g->fm)
		stop(g, "does not parse", g->err.msg, "");
	got = fm_text(g->fm, &len);
	if (g->rc == -1)
		stop(g, "refused", g->err.msg, buf_text(want));
	if (len != want->len || memcmp(got, buf_text(want), len) != 0)
		stop(g, "differs", got, buf_text(want));
	g->checked = true;
}

static void
expect_error(struct golden *g, const char *text)
{
	size_t len;
	const char *got;

	if (!g->fm || g->rc != -1)
		stop(g, "no error", "", text);
	if (strcmp(g->err.msg, text) != 0)
		stop(g, "another error", g->err.msg, text);
	got = fm_text(g->fm, &len);
	if (len != g->before.len || memcmp(got, buf_text(&g->before), len) != 0)
		stop(g, "an error, but the text differs", got,
		    buf_text(&g->before));
	g->checked = true;
}

static void
expect_broken(struct golden *g, const char *text)
{
	char *got;

	if (g->fm)
		stop(g, "parses", "", text);
	got = xasprintf("%u:%u: %s", g->err.line, g->err.column, g->err.msg);
	if (strcmp(got, text) != 0)
		stop(g, "another error", got, text);
	free(got);
	g->checked = true;
}

/* Cut the next word off; there may be none. */
static char *
word(char **s)
{
	char *w = *s, *end = strchr(w, ' ');

	*s = end ? end + 1 : w + strlen(w);
	if (end)
		*end = '\0';
	return w;
}

static int
carry_out(struct golden *g, const char *cmd, char *args)
{
	const char *path = word(&args);
	size_t i = 0;
	struct value *v;
	int rc = -1;

	if (strcmp(cmd, "unset") == 0)
		return fm_unset(g->fm, path, &g->err);
	if (strcmp(cmd, "rename") == 0)
		return fm_rename(g->fm, path, args, &g->err);
	if (strcmp(cmd, "set") != 0)
		i = (size_t)atoi(word(&args));
	if (strcmp(cmd, "move") == 0)
		return fm_move(g->fm, path, i, (size_t)atoi(args), &g->err);
	v = fm_parse_value(args, strlen(args), &g->err);
	if (v && strcmp(cmd, "set") == 0)
		rc = fm_set(g->fm, path, v, &g->err);
	else if (v)
		rc = fm_insert(g->fm, path, i, v, &g->err);
	value_free(v);
	return rc;
}

static void
edit(struct golden *g, const char *cmd, const char *args)
{
	char *copy = xstrdup(args);
	const char *text;
	size_t len;

	if (!g->fm)
		stop(g, "does not parse", g->err.msg, "");
	text = fm_text(g->fm, &len);
	buf_clear(&g->before);
	buf_add(&g->before, text, len);
	g->rc = carry_out(g, cmd, copy);
	free(copy);
}

static bool
is_edit(const char *cmd)
{
	static const char *const edits[] = {
	    "set", "unset", "rename", "insert", "move"};

	for (size_t i = 0; i < NITEMS(edits); i++)
		if (strcmp(cmd, edits[i]) == 0)
			return true;
	return false;
}

static void
forget(struct golden *g)
{
	if (g->name[0] && !g->checked)
		stop(g, "nothing is expected", "", "");
	fm_free(g->fm);
	buf_dispose(&g->in);
	buf_dispose(&g->before);
	*g = (struct golden){.file = g->file, .line = g->line};
}

/* One command, with the text behind it up to the next one. */
static void
command(struct golden *g, const char *cmd, const char *arg, const char *text,
    const char *end)
{
	struct buf want = {0};

	if (strcmp(cmd, "case") == 0) {
		forget(g);
		snprintf(g->name, sizeof(g->name), "%s", arg);
	} else if (strcmp(cmd, "crlf") == 0) {
		g->crlf = true;
	} else if (strcmp(cmd, "bom") == 0) {
		g->bom = true;
	} else if (strcmp(cmd, "chomp") == 0) {
		g->chomp = true;
	} else if (strcmp(cmd, "in") == 0) {
		stored(g, text, end, &g->in);
		g->fm = fm_parse(buf_text(&g->in), g->in.len, &g->err);
	} else if (is_edit(cmd)) {
		edit(g, cmd, arg);
	} else if (strcmp(cmd, "out") == 0) {
		stored(g, text, end, &want);
		expect(g, &want);
	} else if (strcmp(cmd, "same") == 0) {
		expect(g, &g->in);
	} else if (strcmp(cmd, "error") == 0) {
		expect_error(g, arg);
	} else if (strcmp(cmd, "broken") == 0) {
		expect_broken(g, arg);
	} else {
		stop(g, "unknown command", cmd, "");
	}
	buf_dispose(&want);
}

static void
run_file(void **state)
{
	struct golden g = {.file = *state};
	char *all = test_read(*state), *p = all, *eol, *arg, *next;
	unsigned lines = 0;

	while (*p) {
		g.line = ++lines;
		eol = strchr(p, '\n');
		assert_non_null(eol);
		*eol = '\0';
		if (*p != '%') {
			/* Before the first case: a comment. */
			p = eol + 1;
			continue;
		}
		for (next = eol + 1; *next && *next != '%';) {
			next = strchr(next, '\n') + 1;
			lines++;
		}
		arg = strchr(p, ' ');
		if (arg)
			*arg++ = '\0';
		command(&g, p + 1, arg ? arg : eol, eol + 1, next);
		p = next;
	}
	forget(&g);
	free(all);
}

int
main(void)
{
	struct CMUnitTest tests[NITEMS(files)] = {{0}};
	struct dirent *e;
	DIR *dir = opendir("tests/fm");
	int rc;

	if (!dir)
		return 1;
	while ((e = readdir(dir)) && nfiles < NITEMS(files))
		if (strstr(e->d_name, ".txt")) {
			files[nfiles] = xasprintf("tests/fm/%s", e->d_name);
			tests[nfiles].name = files[nfiles];
			tests[nfiles].test_func = run_file;
			tests[nfiles].initial_state = files[nfiles];
			nfiles++;
		}
	closedir(dir);
	rc = _cmocka_run_group_tests("fm_golden", tests, nfiles, NULL, NULL);
	while (nfiles > 0)
		free(files[--nfiles]);
	return rc;
}
