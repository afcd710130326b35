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

/* Facts whose texts are owned. */
struct facts {
	struct md_fact *v;
	size_t n, cap;
};

/* Takes text; an empty one is no fact. */
static void
add_fact(struct facts *f, const char *label, char *text)
{
	if (!text || !*text) {
		free(text);
		return;
	}
	f->v = xgrow(f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n].label = label;
	f->v[f->n++].text = text;
}

static void
free_facts(struct facts *f)
{
	for (size_t i = 0; i < f->n; i++)
		free((char *)f->v[i].text);
	free(f->v);
}

/* A field as words: a list's items, joined; a map's "name". Caller frees. */
static char *
words_of(const struct value *v)
{
	struct buf b = {0};
	const char *s;

	if (!v)
		return NULL;
	if (v->type == VALUE_MAP)
		v = value_get(v, "name");
	s = v ? value_text(v) : NULL;
	if (s) {
		buf_puts(&b, s);
	} else if (v && v->type == VALUE_LIST) {
		for (size_t i = 0; i < v->n; i++) {
			const struct value *item = v->items[i];

			if (item->type == VALUE_MAP)
				item = value_get(item, "name");
			s = item ? value_text(item) : NULL;
			if (s && *s)
				buf_printf(&b, "%s%s", b.len ? ", " : "", s);
		}
	}
	return buf_steal(&b);
}

/* 16 May 2023; one that Hugo would not take stands as it is written. */
static char *
date_words(const struct value *v)
{
	const char *s = v ? value_text(v) : NULL;
	struct date d;

	if (!s)
		return NULL;
	if (!date_parse(s, strlen(s), &d))
		return xstrdup(s);
	return xasprintf(
	    "%d %s %d", d.day, calendar_month_name(d.month), d.year);
}

/* The taxonomies that are said without a label: who, and what it is about. */
static const char *const plain[] = {
    "contributors", "authors", "author", "categories", "series"};

static bool
is_plain(const char *key)
{
	for (size_t i = 0; i < NITEMS(plain); i++)
		if (!text_casecmp(key, strlen(key), plain[i], strlen(plain[i])))
			return true;
	return false;
}

static void
add_terms(
    struct facts *f, const struct site_config *c, const struct value *values)
{
	for (size_t i = 0; i < NITEMS(plain); i++)
		add_fact(f, "", words_of(value_get(values, plain[i])));
	for (size_t i = 0; i < c->ntaxonomies; i++) {
		const char *key = c->taxonomies[i].plural;

		if (!is_plain(key))
			add_fact(f, key, words_of(value_get(values, key)));
	}
}

/* Where the tag at s ends, or 0: it is none. */
static size_t
skip_tag(const char *s, size_t len)
{
	const char *end;

	if (len < 3 || ((s[1] | 32) < 'a' && s[1] != '/' && s[1] != '!') ||
	    (s[1] | 32) > 'z')
		return 0;
	end = memchr(s, '>', len < 4096 ? len : 4096);
	return end ? (size_t)(end - s) + 1 : 0;
}

/* Minutes of reading, counted as Hugo does: 213 words, or 501 CJK signs. */
static size_t
minutes(const char *s, size_t len)
{
	size_t words = 0, cjk = 0, n, size;
	bool in_word = false;

	for (size_t i = 0; i < len; i += n) {
		uint32_t cp = text_decode(s + i, len - i, &size);

		n = size;
		if (cp == '<' && (n = skip_tag(s + i, len - i)) > 0) {
			in_word = false;
			continue;
		}
		n = size;
		if (cp <= ' ' || text_is_space(cp)) {
			in_word = false;
		} else if (text_is_cjk(cp)) {
			in_word = false;
			cjk++;
		} else if (!in_word) {
			in_word = true;
			words++;
		}
	}
	if (words + cjk == 0)
		return 0;
	n = (words * 501 + cjk * 213 + 213 * 501 - 1) / (213 * 501);
	return n;
}

/* What to call a page without a title: its name, or that of its bundle. */
static char *
name_of(const struct post *post)
{
	const char *base = path_base(post->path);
	char *dir, *name;

	if (strncmp(base, "index.", 6) != 0 && strncmp(base, "_index.", 7) != 0)
		return xstrdup(base);
	dir = path_dir(post->path);
	name = xstrdup(path_base(dir));
	free(dir);
	return name;
}

static char *
badge_of(const struct entry *e, const struct value *values, int64_t now)
{
	char *badge, *s;

	if (!e)
		return xstrdup(value_truth(value_get(values, "draft"), false)
				   ? "draft"
				   : "");
	badge = entry_badge(e, now);
	if (e->state != ENTRY_SCHEDULED)
		return badge;
	s = xasprintf("scheduled %s", badge);
	free(badge);
	return s;
}

static void
collect_facts(struct facts *f, const struct site_config *c,
    const struct post *post, const struct value *values)
{
	size_t len, n;
	const char *body = fm_body(post->fm, &len, NULL);

	add_fact(f, "", date_words(value_get(values, "date")));
	add_fact(f, "event", words_of(value_get(values, "event_date")));
	add_fact(f, "at", words_of(value_get(values, "event_location")));
	add_terms(f, c, values);
	n = minutes(body, len);
	if (n > 0)
		add_fact(f, "", xasprintf("%zu min", n));
}

/* The text of a field, of the first of a list, of a map's image; or NULL. */
static const char *
picture_named(const struct value *v)
{
	const struct value *in = v;

	if (in && in->type == VALUE_MAP)
		in = value_get(in, "image");
	if (in && in->type == VALUE_LIST)
		in = in->n > 0 ? in->items[0] : NULL;
	return in ? value_text(in) : NULL;
}

/* The picture that its front matter names for lists, or "". */
static char *
cover_of(const struct page_place *place, const struct value *values)
{
	/* Hugo's own first, then what themes go by. */
	static const char *const keys[] = {"images", "image", "cover",
	    "featured_image", "featuredImage", "thumbnail"};

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++) {
		const char *s = picture_named(value_get(values, keys[i]));

		if (s && *s)
			return page_cover(place, s);
	}
	return xstrdup("");
}

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
	const struct value *values = fm_values(post->fm);
	const char *title = value_text(value_get(values, "title"));
	struct page_place place = {
	    .config = c, .dir = path_dir(post->path), .values = values};
	struct md_options opt = *given;
	struct md_header header = {0};
	struct facts facts = {0};
	char *badge = badge_of(entry, values, now);
	char *cover = cover_of(&place, values), *name = name_of(post);
	struct doc *d;
	const char *body;
	size_t len;

	page_configure(&opt, c, post->path);
	collect_facts(&facts, c, post, values);
	header.title = title && *title ? title : name;
	header.badge = *badge ? badge : NULL;
	header.facts = facts.v;
	header.nfacts = facts.n;
	header.cover = *cover ? cover : NULL;
	opt.header = &header;
	opt.picture = page_picture;
	opt.shortcode = page_shortcode;
	opt.ctx = &place;
	body = fm_body(post->fm, &len, NULL);
	d = md_render(body, len, &opt, err);
	free_facts(&facts);
	free(cover);
	free(name);
	free(badge);
	free(place.name);
	free(place.dir);
	return d;
}
