/* SPDX-License-Identifier: ISC */
/*
 * The head of a page from its front matter, and the Markdown options that the
 * site's configuration asks for.
 */
#include "page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "date.h"
#include "mem.h"
#include "page_priv.h"
#include "text.h"

/* One of Goldmark's extensions, which are on if nothing is said. */
static bool
has_extension(const struct value *all, const char *name)
{
	char *path = xasprintf("markup.goldmark.extensions.%s", name);
	const struct value *v = value_path(all, path);
	bool on;

	if (v && v->type == VALUE_MAP)
		on = value_truth(value_get(v, "enable"), true) &&
		     !value_truth(value_get(v, "disable"), false);
	else
		on = value_truth(v, true);
	free(path);
	return on;
}

static void
add_delimiters(struct md_options *opt, const struct value *pairs, bool block)
{
	for (size_t i = 0; pairs && i < pairs->n; i++) {
		const struct value *pair = pairs->items[i];
		struct md_delimiter *d = &opt->math[opt->nmath];
		const char *open, *close;

		if (pair->type != VALUE_LIST || pair->n != 2 ||
		    opt->nmath == MD_MATH_MAX)
			continue;
		open = value_text(pair->items[0]);
		close = value_text(pair->items[1]);
		if (!open || !close || !*open || !*close ||
		    strlen(open) >= sizeof(d->open) ||
		    strlen(close) >= sizeof(d->close))
			continue;
		memcpy(d->open, open, strlen(open) + 1);
		memcpy(d->close, close, strlen(close) + 1);
		d->block = block;
		opt->nmath++;
	}
}

/* Formulas, which are left to a script; off if nothing is said. */
static void
configure_math(struct md_options *opt, const struct value *all)
{
	const struct value *v =
	    value_path(all, "markup.goldmark.extensions.passthrough");

	opt->nmath = 0;
	if (!value_truth(value_get(v, "enable"), false))
		return;
	add_delimiters(opt, value_path(v, "delimiters.block"), true);
	add_delimiters(opt, value_path(v, "delimiters.inline"), false);
}

/* Goldmark's parser: attributes, and how headings get their ids. */
static void
configure_parser(struct md_options *opt, const struct value *all)
{
	const struct value *v = value_path(all, "markup.goldmark.parser");
	const char *kind = value_text(value_get(v, "autoHeadingIDType"));

	opt->attributes = value_truth(value_path(v, "attribute.title"), true);
	opt->block_attributes =
	    value_truth(value_path(v, "attribute.block"), false);
	opt->ids = MD_IDS_GITHUB;
	if (kind && !text_casecmp(kind, strlen(kind), "github-ascii", 12))
		opt->ids = MD_IDS_ASCII;
	if (kind && !text_casecmp(kind, strlen(kind), "blackfriday", 11))
		opt->ids = MD_IDS_BLACKFRIDAY;
	if (!value_truth(value_get(v, "autoHeadingID"), true))
		opt->ids = MD_IDS_OFF;
}

void
page_configure(
    struct md_options *opt, const struct site_config *c, const char *path)
{
	static const struct {
		const char *ext;
		enum md_format format;
	} formats[] = {
	    {"html", MD_HTML},
	    {"htm", MD_HTML},
	    {"org", MD_PLAIN},
	    {"ad", MD_PLAIN},
	    {"adoc", MD_PLAIN},
	    {"asciidoc", MD_PLAIN},
	    {"rst", MD_PLAIN},
	};
	const struct value *all = c->all;

	opt->unsafe = value_truth(
	    value_path(all, "markup.goldmark.renderer.unsafe"), false);
	opt->hard_wraps = value_truth(
	    value_path(all, "markup.goldmark.renderer.hardWraps"), false);
	configure_math(opt, all);
	opt->linkify = has_extension(all, "linkify");
	opt->typographer = has_extension(all, "typographer");
	opt->footnotes = has_extension(all, "footnote");
	opt->definitions = has_extension(all, "definitionList");
	opt->no_tables = !has_extension(all, "table");
	opt->no_strikethrough = !has_extension(all, "strikethrough");
	opt->no_tasks = !has_extension(all, "taskList");
	configure_parser(opt, all);
	opt->emoji = value_truth(value_get(all, "enableEmoji"), false);
	opt->line_numbers =
	    value_truth(value_path(all, "markup.highlight.lineNos"), false);
	opt->numbers_inline = !value_truth(
	    value_path(all, "markup.highlight.lineNumbersInTable"), true);
	opt->format = MD_MARKDOWN;
	for (size_t i = 0; i < NITEMS(formats); i++)
		if (!strcmp(path_ext(path), formats[i].ext))
			opt->format = formats[i].format;
}

struct doc *
page_render(const struct site_config *c, const struct entry *entry,
    const struct post *post, int64_t now, const struct md_options *given,
    struct err *err)
{
	struct page_place place = {.config = c,
	    .dir = path_dir(post->path),
	    .values = fm_values(post->fm)};
	struct md_options opt = *given;
	struct page_facts facts;
	struct md_header header = {0};
	struct doc *d;
	const char *body;
	size_t len;

	page_facts(&facts, c, entry, post, now);
	page_configure(&opt, c, post->path);
	header.title = facts.title;
	header.badge = *facts.badge ? facts.badge : NULL;
	header.facts = facts.v;
	header.nfacts = facts.n;
	header.cover = *facts.cover ? facts.cover : NULL;
	opt.header = &header;
	opt.picture = page_picture;
	opt.shortcode = page_shortcode;
	opt.ctx = &place;
	body = fm_body(post->fm, &len, NULL);
	d = md_render(body, len, &opt, err);
	page_facts_dispose(&facts);
	free(place.name);
	free(place.dir);
	return d;
}

bool
page_markup(struct buf *dst, const struct site_config *c,
    const struct post *post, const char *text, size_t len)
{
	struct page_place place = {.config = c,
	    .dir = path_dir(post->path),
	    .values = fm_values(post->fm)};
	struct md_options opt = {.shortcode = page_shortcode, .ctx = &place};
	bool whole;

	page_configure(&opt, c, post->path);
	whole = md_markup(dst, text, len, &opt);
	free(place.name);
	free(place.dir);
	return whole;
}
