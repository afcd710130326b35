/* SPDX-License-Identifier: ISC */
/*
 * Markdown against expected lines: tests/md/NAME.md rendered at WIDTH columns
 * is tests/md/NAME.WIDTH.txt, byte for byte.  WIDTH may be followed by letters:
 * a ASCII only, s raw HTML off, l bare addresses are links, e emoji, h hard
 * wraps, m measure of 60, g what else Goldmark reads, p room for pictures, and
 * v: a list of spans instead of lines. ACCEPT=1 writes what is not there or not
 * equal; then read the difference.
 */
#include "../test.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "md.h"
#include "mem.h"

#define DIR_NAME "tests/md"

static const char *const styles[MD_STYLES] = {
    [MD_TEXT] = "text",
    [MD_TITLE] = "title",
    [MD_FACT] = "fact",
    [MD_BADGE] = "badge",
    [MD_H1] = "h1",
    [MD_H2] = "h2",
    [MD_H3] = "h3",
    [MD_LINK] = "link",
    [MD_CODE] = "code",
    [MD_BLOCK] = "block",
    [MD_SOURCE] = "source",
    [MD_KEYWORD] = "keyword",
    [MD_TYPE] = "type",
    [MD_STRING] = "string",
    [MD_NUMBER] = "number",
    [MD_COMMENT] = "comment",
    [MD_NAME] = "name",
    [MD_META] = "meta",
    [MD_INSERTED] = "inserted",
    [MD_DELETED] = "deleted",
    [MD_QUOTE] = "quote",
    [MD_BULLET] = "bullet",
    [MD_RULE] = "rule",
    [MD_CELL] = "cell",
    [MD_LABEL] = "label",
    [MD_MISSING] = "missing",
};

static bool
picture(void *ctx, const char *address, struct md_picture *p)
{
	(void)ctx;
	if (strstr(address, "//"))
		return false;
	p->missing = strstr(address, "missing") != NULL;
	p->width = 870;
	p->height = 520;
	return true;
}

static void
dump_lines(const struct doc *d, struct buf *out)
{
	for (size_t i = 0; i < doc_lines(d); i++) {
		size_t len;
		const char *s = doc_line(d, i, &len);

		buf_add(out, s, len);
		buf_putc(out, '\n');
	}
}

static void
dump_spans(const struct doc *d, struct buf *out)
{
	for (size_t i = 0; i < doc_lines(d); i++) {
		size_t len, n;
		const char *s = doc_line(d, i, &len);
		const struct md_span *v = doc_spans(d, i, &n);

		for (size_t k = 0; k < n; k++) {
			buf_printf(out, "%zu %s%s%s%s%s", i + 1,
			    styles[v[k].style],
			    v[k].attr & MD_BOLD ? " bold" : "",
			    v[k].attr & MD_ITALIC ? " italic" : "",
			    v[k].attr & MD_STRIKE ? " strike" : "",
			    v[k].attr & MD_UNDERLINE ? " underline" : "");
			if (v[k].link >= 0)
				buf_printf(out, " <%s>",
				    doc_link(d, (size_t)v[k].link));
			buf_printf(
			    out, " |%.*s|\n", (int)v[k].len, s + v[k].at);
		}
	}
	for (size_t i = 0; i < doc_headings(d); i++) {
		int level;
		char *text;
		size_t line = doc_heading(d, i, &level, &text);

		buf_printf(
		    out, "heading %zu level %d |%s|", line + 1, level, text);
		buf_printf(out, " #%s\n", doc_heading_id(d, i));
		free(text);
	}
}

/* NAME.WIDTHletters.txt */
static void
render(const char *file, struct buf *out)
{
	static const struct md_fact facts[] = {
	    {"", "16 May 2023"}, {"by", "Ada Author"}, {"tags", "one, two"}};
	static const struct md_header header = {
	    .title = "A title of the post",
	    .badge = "draft",
	    .facts = facts,
	    .nfacts = NITEMS(facts),
	    .cover = "cover.png",
	};
	struct md_options opt = {.unsafe = true, .picture = picture};
	const char *dot = strchr(file, '.'), *letters;
	char *path = xasprintf(DIR_NAME "/%.*s.md", (int)(dot - file), file);
	struct buf body = {0};
	struct err err;
	char *end;
	struct doc *d;

	opt.width = (int)strtol(dot + 1, &end, 10);
	letters = end;
#define HAS(c) (memchr(letters, c, strcspn(letters, ".")) != NULL)
	opt.ascii = HAS('a');
	opt.unsafe = !HAS('s');
	opt.linkify = HAS('l');
	opt.emoji = HAS('e');
	opt.hard_wraps = HAS('h');
	opt.typographer = opt.footnotes = opt.definitions = HAS('g');
	opt.attributes = opt.block_attributes = HAS('g');
	opt.measure = HAS('m') ? 60 : 0;
	opt.picture_rows = HAS('p') ? 9 : 0;
	if (!strncmp(file, "header", 6))
		opt.header = &header;
	assert_int_equal(file_read(path, &body, NULL, &err), 0);
	d = md_render(buf_text(&body), body.len, &opt, &err);
	assert_non_null(d);
	if (HAS('v'))
		dump_spans(d, out);
	else
		dump_lines(d, out);
	for (size_t i = 0; i < doc_pictures(d); i++) {
		struct doc_picture p = doc_picture(d, i);

		buf_printf(out, "picture %zu,%d %dx%d %s\n", p.line + 1,
		    p.column, p.cols, p.rows, p.address);
	}
	doc_free(d);
	buf_dispose(&body);
	free(path);
}

static void
accept_file(const char *path, const struct buf *b)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	assert_int_equal(fwrite(buf_text(b), 1, b->len, f), b->len);
	assert_int_equal(fclose(f), 0);
}

static void
golden(void **state)
{
	const char *file = *state;
	char *path = xasprintf(DIR_NAME "/%s", file), *want;
	struct buf out = {0};

	render(file, &out);
	if (getenv("ACCEPT"))
		accept_file(path, &out);
	want = test_read(path);
	assert_string_equal(buf_text(&out), want);
	free(want);
	buf_dispose(&out);
	free(path);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(((const struct CMUnitTest *)a)->name,
	    ((const struct CMUnitTest *)b)->name);
}

int
main(void)
{
	static struct CMUnitTest tests[200];
	size_t n = 0;
	int result;
	DIR *dir = opendir(DIR_NAME);

	for (struct dirent *e; dir && (e = readdir(dir));) {
		const char *dot = strrchr(e->d_name, '.');

		if (!dot || strcmp(dot, ".txt") != 0 || n == NITEMS(tests))
			continue;
		tests[n].name = xstrdup(e->d_name);
		tests[n].test_func = golden;
		tests[n].initial_state = (void *)tests[n].name;
		n++;
	}
	if (dir)
		closedir(dir);
	qsort(tests, n, sizeof(tests[0]), compare);
	result = _cmocka_run_group_tests("md_golden", tests, n, NULL, NULL);
	for (size_t i = 0; i < n; i++)
		free((void *)tests[i].name);
	return n == 0 ? 1 : result;
}
