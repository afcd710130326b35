/* SPDX-License-Identifier: ISC */
/*
 * A page's summary and its counts: which body they are made from, how it is
 * divided, and what is told of it.
 */
#include "summary.h"

#include <stdlib.h>
#include <string.h>

#include "hugo_version.h"
#include "mem.h"
#include "page.h"
#include "summary_priv.h"
#include "text.h"

#define LENGTH  70 /* summaryLength, if nothing is said */
#define DIVIDER "HUGOMORE42"

/* A page being told of. */
struct telling {
	struct summary *out;
	const struct site_config *config;
	const struct post *post;
	const struct value *values;
	size_t language;
	bool html_format; /* it is no Markdown, but HTML */
	struct buf body;  /* with the divider as a word of its own */
	struct buf html, plain;
	bool divided;
};

static size_t
language_of(const struct site_config *c, const char *path)
{
	struct site_place place;
	const char *below = path_below(c->root, path);
	size_t language;

	site_place(c, below ? below : path, &place);
	language = place.language;
	site_place_dispose(&place);
	return language;
}

static bool
counts_signs(const struct telling *t)
{
	const struct value *own = value_get(t->values, "isCJKLanguage");
	const char *text;
	size_t len;

	if (own)
		return value_truth(own, false);
	if (!value_truth(
		site_setting(t->config, t->language, "hasCJKLanguage"), false))
		return false;
	text = fm_text(t->post->fm, &len);
	return summary_has_cjk(text, len);
}

static size_t
length_of(const struct telling *t)
{
	const char *s =
	    value_text(site_setting(t->config, t->language, "summaryLength"));
	long n = s ? strtol(s, NULL, 10) : LENGTH;

	return n > 0 ? (size_t)n : 0;
}

static bool
is_blank(const char *s, size_t len)
{
	size_t n;

	for (size_t i = 0; i < len; i += n)
		if (!text_is_space(text_decode(s + i, len - i, &n)))
			return false;
	return true;
}

/* The divider becomes a paragraph; an HTML page loses what is before it. */
static void
divide(struct telling *t, const char *body, size_t len)
{
	static const char more[] = "<!--more-->";
	const char *at = strstr(body, more), *end = body + len, *rest;
	size_t n;

	if (!at) {
		buf_add(&t->body, body, len);
		return;
	}
	t->divided = true;
	for (rest = at + sizeof(more) - 1; rest < end; rest += n)
		if (!text_is_space(text_decode(rest, (size_t)(end - rest), &n)))
			break;
	t->out->truncated = !is_blank(rest, (size_t)(end - rest));
	if (!t->html_format) {
		buf_add(&t->body, body, (size_t)(at - body));
		buf_puts(&t->body, "\n\n" DIVIDER "\n\n");
	}
	buf_add(&t->body, rest, (size_t)(end - rest));
}

/* Its plain text without references and the blanks around it. */
static char *
readable(const char *s, size_t len)
{
	struct buf b = {0};
	size_t from = 0, n;

	md_unescape(&b, s, len);
	while (b.len > 0 && is_blank(b.data + b.len - 1, 1))
		b.len--;
	while (from < b.len && is_blank(b.data + from, 1))
		from++;
	n = b.len - from;
	buf_splice(&b, 0, from, NULL, 0);
	b.len = n;
	if (b.data)
		b.data[n] = '\0';
	return buf_steal(&b);
}

static char *
readable_html(const char *html, size_t len)
{
	struct buf b = {0};
	char *text;

	summary_strip(&b, html, len);
	text = readable(buf_text(&b), b.len);
	buf_dispose(&b);
	return text;
}

/* The summary is what is before the divider; the HTML loses its paragraph. */
static void
take_manual(struct telling *t)
{
	const char *html = buf_text(&t->html), *at = strstr(html, DIVIDER);
	const char *start, *end;

	t->out->kind = SUMMARY_MANUAL;
	if (t->html_format || !at) {
		size_t len;
		const char *body = fm_body(t->post->fm, &len, NULL);
		const char *more = strstr(body, "<!--more-->");

		t->out->text = readable_html(t->html_format ? body : "",
		    t->html_format && more ? (size_t)(more - body) : 0);
		return;
	}
	for (start = at; start > html && memcmp(start, "<p", 2) != 0; start--)
		continue;
	if (memcmp(start, "<p", 2) != 0)
		start = at;
	/* As Hugo: it does not look for ">", so "</pre>" will do. */
	end = strstr(at, "</p");
	end = end ? end + (end[3] ? 4 : 3) : at + strlen(DIVIDER);
	t->out->text = readable_html(html, (size_t)(start - html));
	buf_splice(
	    &t->html, (size_t)(start - html), (size_t)(end - start), NULL, 0);
}

static bool
take_field(struct telling *t)
{
	const char *s = value_text(value_get(t->values, "summary"));
	struct buf html = {0};

	if (!s || !*s)
		return false;
	t->out->kind = SUMMARY_FIELD;
	page_markup(&html, t->config, t->post, s, strlen(s));
	t->out->text = readable_html(buf_text(&html), html.len);
	buf_dispose(&html);
	return true;
}

/* Does it end as sentences do, in marks that close? */
static bool
ends_well(const char *s)
{
	static const char *const ends[] = {".", "!", "?", ":", ";", ")", "\"",
	    "'", "\xe2\x80\xa6", "\xe3\x80\x82", "\xef\xbc\x81", "\xef\xbc\x9f",
	    "\xe2\x80\x9d", "\xe2\x80\x99", "\xef\xbc\x9a", "\xef\xbc\x89",
	    "\xc2\xbb", "\xef\xbc\x9b", "\xe3\x80\x8d"};
	size_t len = strlen(s), n;

	for (size_t i = 0; i < NITEMS(ends); i++) {
		n = strlen(ends[i]);
		if (len >= n && !memcmp(s + len - n, ends[i], n))
			return true;
	}
	return len == 0;
}

static void
take_automatic(struct telling *t)
{
	struct summary *out = t->out;
	const char *s = buf_text(&t->plain);
	size_t len = t->plain.len, length = length_of(t), n;
	struct buf b = {0};

	out->kind = SUMMARY_AUTOMATIC;
	out->rule = hugo_version(t->config) >= 134 ? SUMMARY_PARAGRAPH
						   : SUMMARY_SENTENCE;
	if (out->rule == SUMMARY_PARAGRAPH) {
		n = summary_cut_paragraph(
		    buf_text(&t->html), t->html.len, length, out->cjk);
		out->truncated = n < t->html.len;
		out->text = readable_html(buf_text(&t->html), n);
	} else if (out->cjk) {
		out->truncated = summary_cut_signs(&b, s, len, length);
		out->text = readable(buf_text(&b), b.len);
		buf_dispose(&b);
	} else {
		n = summary_cut_sentence(s, len, length);
		out->truncated = n < len;
		out->text = readable(s, n);
	}
}

static void
count(struct telling *t)
{
	struct summary *out = t->out;
	size_t per = out->cjk ? 501 : 213;

	summary_strip(&t->plain, buf_text(&t->html), t->html.len);
	out->words = summary_words(buf_text(&t->plain), t->plain.len, out->cjk);
	out->fuzzy_words = (out->words + 100) / 100 * 100;
	out->minutes = (out->words + per - 1) / per;
}

static void
tell(struct telling *t, bool texts)
{
	struct summary *out = t->out;
	size_t len;
	const char *body = fm_body(t->post->fm, &len, NULL);
	const char *ext = path_ext(t->post->path);

	t->values = fm_values(t->post->fm);
	t->language = language_of(t->config, t->post->path);
	t->html_format = !strcmp(ext, "html") || !strcmp(ext, "htm");
	out->cjk = counts_signs(t);
	divide(t, body, len);
	out->whole = page_markup(
	    &t->html, t->config, t->post, buf_text(&t->body), t->body.len);
	if (t->divided)
		take_manual(t);
	count(t);
	if (texts && !t->divided && !take_field(t))
		take_automatic(t);
	out->broken = out->truncated && out->text && !ends_well(out->text);
	buf_dispose(&t->body);
	buf_dispose(&t->html);
	buf_dispose(&t->plain);
}

void
summary_make(
    struct summary *out, const struct site_config *c, const struct post *post)
{
	struct telling t = {.out = out, .config = c, .post = post};

	memset(out, 0, sizeof(*out));
	tell(&t, true);
}

void
summary_count(
    struct summary *out, const struct site_config *c, const struct post *post)
{
	struct telling t = {.out = out, .config = c, .post = post};

	memset(out, 0, sizeof(*out));
	tell(&t, false);
	free(out->text);
	out->text = NULL;
	out->truncated = out->broken = false;
	out->kind = SUMMARY_AUTOMATIC;
}

void
summary_dispose(struct summary *s)
{
	free(s->text);
	s->text = NULL;
}

const char *
summary_kind_name(enum summary_kind kind)
{
	static const char *const names[] = {
	    [SUMMARY_AUTOMATIC] = "automatic",
	    [SUMMARY_MANUAL] = "manual",
	    [SUMMARY_FIELD] = "frontmatter",
	};

	return names[kind];
}
