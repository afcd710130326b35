/* SPDX-License-Identifier: ISC */
/*
 * libyaml's events with their places in bytes, and its complaints in words
 * that say what to do.  Its marks count code points (a line break of CR LF is
 * two); they come nearly in order, so a cursor walks along.
 */
#include "fm_yaml_priv.h"

#include <stdint.h>
#include <string.h>

#include "mem.h"

/* What libyaml says, and what it means to the writer of front matter. */
static const struct {
	const char *problem;
	const char *say;
	bool context; /* the place is where it began */
} problems[] = {
    {"mapping values are not allowed in this context",
	"a value that holds \": \" needs quotes, or the indentation is wrong"},
    {"found character that cannot start any token",
	"a value cannot begin with this character: put quotes around it"},
    {"could not find expected ':'", "no \": \" follows this key", true},
    {"found unexpected end of stream", "this quote is never closed", true},
    {"found unexpected document indicator", "this quote is never closed", true},
    {"did not find expected key",
	"a key is expected here: see the quotes and indentation before it"},
    {"did not find expected ',' or ']'", "this [ is not closed by a ]", true},
    {"did not find expected ',' or '}'", "this { is not closed by a }", true},
    {"did not find expected '-' indicator",
	"a list item, \"- \", is expected here: see the indentation"},
    {"did not find expected node content", "a value is expected here"},
    {"block sequence entries are not allowed in this context",
	"a list item, \"- \", cannot stand here"},
    {"found unknown escape character",
	"unknown escape: write \\\\ for a backslash, or use single quotes"},
    {"found a tab character where an indentation space is expected",
	"a tab cannot indent: use spaces"},
    {"control characters are not allowed",
	"control characters are not allowed"},
};

/* Bytes of s before the first that is not ASCII, or a few less than those. */
static size_t
ascii_run(const char *s, size_t len)
{
	size_t i = 0;
	uint64_t eight;

	for (; len - i >= sizeof(eight); i += sizeof(eight)) {
		memcpy(&eight, s + i, sizeof(eight));
		if (eight & UINT64_C(0x8080808080808080))
			return i;
	}
	while (i < len && (unsigned char)s[i] < 0x80)
		i++;
	return i;
}

void
yaml_in_init(struct yaml_in *in, const char *text, size_t len)
{
	*in = (struct yaml_in){.text = text, .len = len, .line = 1};
	in->ascii = ascii_run(text, len) == len;
	if (!yaml_parser_initialize(&in->parser))
		fatal("out of memory");
	/* Without this libyaml drops a BOM uncounted, and takes UTF-16. */
	yaml_parser_set_encoding(&in->parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(
	    &in->parser, (const unsigned char *)text, len);
}

void
yaml_in_dispose(struct yaml_in *in)
{
	yaml_parser_delete(&in->parser);
}

static bool
continues(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* How many of eight bytes continue a code point. */
static size_t
continuing(const char *s)
{
	uint64_t v;

	memcpy(&v, s, sizeof(v));
	/* The upper two bits are 10. */
	v = v >> 7 & ~v >> 6 & UINT64_C(0x0101010101010101);
	return (size_t)(v * UINT64_C(0x0101010101010101) >> 56);
}

static size_t
to_byte(struct yaml_in *in, size_t cp)
{
	if (in->ascii)
		return cp < in->len ? cp : in->len;
	while (cp - in->cp >= 8 && in->cp < cp && in->len - in->at >= 8) {
		in->cp += 8 - continuing(in->text + in->at);
		in->at += 8;
	}
	while (in->at < in->len && continues(in->text[in->at]))
		in->at++;
	while (in->cp < cp && in->at < in->len) {
		in->at++;
		while (in->at < in->len && continues(in->text[in->at]))
			in->at++;
		in->cp++;
	}
	while (in->cp > cp && in->at > 0) {
		in->at--;
		while (in->at > 0 && continues(in->text[in->at]))
			in->at--;
		in->cp--;
	}
	return in->at;
}

unsigned
yaml_in_line(struct yaml_in *in, size_t at)
{
	const char *p;

	if (at < in->line_from) {
		in->line_from = 0;
		in->line = 1;
	}
	while (in->line_from < at && (p = memchr(in->text + in->line_from, '\n',
					  at - in->line_from))) {
		in->line++;
		in->line_from = (size_t)(p - in->text) + 1;
	}
	return in->line;
}

int
yaml_in_fail(struct yaml_in *in, size_t at, struct err *err, const char *what)
{
	unsigned line = yaml_in_line(in, at), column = 1;

	for (size_t i = in->line_from; i < at && i < in->len; i++)
		if (!continues(in->text[i]))
			column++;
	return err_at(err, line, column, "%s", what);
}

static int
complain(struct yaml_in *in, struct err *err)
{
	yaml_parser_t *p = &in->parser;
	const char *what = p->problem ? p->problem : "this is not YAML";
	bool context = false;
	size_t at;

	if (p->error == YAML_MEMORY_ERROR)
		fatal("out of memory");
	for (size_t i = 0; i < NITEMS(problems); i++)
		if (strcmp(what, problems[i].problem) == 0) {
			what = problems[i].say;
			context = problems[i].context && p->context;
			break;
		}
	if (p->error == YAML_READER_ERROR) {
		at = p->problem_offset < in->len ? p->problem_offset : in->len;
		if (strstr(p->problem, "UTF-8") || strstr(p->problem, "octet"))
			what = "this is not UTF-8 text";
	} else {
		at = to_byte(in,
		    context ? p->context_mark.index : p->problem_mark.index);
		if (p->error == YAML_SCANNER_ERROR && at < in->len &&
		    in->text[at] == '\t')
			what = "a tab cannot indent: use spaces";
	}
	return yaml_in_fail(in, at, err, what);
}

int
yaml_in_next(struct yaml_in *in, struct yaml_ev *ev, struct err *err)
{
	if (!yaml_parser_parse(&in->parser, &ev->ev))
		return complain(in, err);
	ev->at = to_byte(in, ev->ev.start_mark.index);
	ev->end = to_byte(in, ev->ev.end_mark.index);
	return 0;
}

bool
yaml_blank(char c)
{
	return c == ' ' || c == '\t';
}

size_t
yaml_line_start(const char *text, size_t at)
{
	while (at > 0 && text[at - 1] != '\n' && text[at - 1] != '\r')
		at--;
	return at;
}

size_t
yaml_line_end(const char *text, size_t len, size_t at)
{
	while (at < len && text[at] != '\n' && text[at] != '\r')
		at++;
	return at;
}
