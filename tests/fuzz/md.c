/* SPDX-License-Identifier: ISC */
/*
 * Fuzz target: whatever the Markdown, the lines fit the width, the spans cover
 * them, nothing in them is a control character, and links are in range.  The
 * first two bytes choose the options.  The unit test runs it on hostile input.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "md.h"
#include "mem.h"
#include "text.h"

int LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static void
must(bool so, const char *what, const char *line, size_t len)
{
	if (so)
		return;
	fprintf(stderr, "%s: |%.*s|\n", what, (int)len, line);
	abort();
}

static void
check_text(const char *s, size_t len)
{
	struct buf b = {0};

	text_clean(&b, s, len);
	must(b.len == len && (len == 0 || !memcmp(b.data, s, len)), "not clean",
	    s, len);
	buf_dispose(&b);
}

static void
check_line(const struct doc *d, size_t i, int width)
{
	size_t len, n, at = 0;
	const char *s = doc_line(d, i, &len);
	const struct md_span *spans = doc_spans(d, i, &n);

	check_text(s, len);
	must(text_width(s, len) <= width, "wider than the width", s, len);
	for (size_t k = 0; k < n; k++) {
		must(spans[k].at == at && spans[k].len > 0, "gap", s, len);
		must(spans[k].style < MD_STYLES, "style", s, len);
		must(spans[k].link >= -1 && spans[k].link < (int)doc_links(d),
		    "link", s, len);
		at += spans[k].len;
	}
	must(at == len, "spans end elsewhere", s, len);
}

static bool
any_picture(void *ctx, const char *address, struct md_picture *p)
{
	(void)ctx;
	p->missing = strlen(address) % 2;
	p->width = p->height = 100;
	return address[0] != 'h';
}

static enum md_answer
any_shortcode(
    void *ctx, const char *name, const char *arg, char **words, char **address)
{
	enum md_answer answer =
	    (enum md_answer)(strlen(name) % (MD_ANSWER_PAGE + 1));

	(void)ctx;
	if (answer >= MD_ANSWER_TEXT)
		*words = strdup(arg);
	if (answer == MD_ANSWER_PAGE)
		*address = strdup(arg);
	return answer;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct md_options opt = {
	    .picture = any_picture, .shortcode = any_shortcode};
	struct err err;
	struct doc *d;
	char *body;

	if (size < 2)
		return 0;
	opt.width = data[0] % 128;
	opt.measure = data[0] & 128 ? 60 : 0;
	opt.ascii = data[1] & 1;
	opt.unsafe = data[1] & 2;
	opt.linkify = data[1] & 4;
	opt.emoji = data[1] & 8;
	opt.hard_wraps = data[1] & 16;
	opt.typographer = !(data[1] & 32);
	opt.footnotes = opt.definitions = !(data[1] & 64);
	opt.attributes = opt.block_attributes = !(data[1] & 128);
	body = xstrndup((const char *)data + 2, size - 2);
	d = md_render(body, size - 2, &opt, &err);
	free(body);
	must(d != NULL, "refused", "", 0);
	for (size_t i = 0; i < doc_lines(d); i++)
		check_line(d, i, opt.width < 10 ? 10 : opt.width);
	for (size_t i = 0; i < doc_links(d); i++)
		check_text(doc_link(d, i), strlen(doc_link(d, i)));
	for (size_t i = 0; i < doc_headings(d); i++) {
		char *text;
		int level;
		size_t line = doc_heading(d, i, &level, &text);

		must(line < doc_lines(d) && level >= 1 && level <= 6, "heading",
		    text, strlen(text));
		check_text(text, strlen(text));
		free(text);
	}
	doc_free(d);
	return 0;
}
