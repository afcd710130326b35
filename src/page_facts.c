/* SPDX-License-Identifier: ISC */
/* What is told of a page in its header and on its card, from its front matter
 * and its body. */
#include <stdlib.h>
#include <string.h>

#include "calendar.h"
#include "date.h"
#include "mem.h"
#include "page_priv.h"
#include "summary.h"
#include "text.h"

#define EXACT_BYTES ((size_t)256 << 10) /* of a body that is read for it */

/* Takes text; an empty one is no fact. */
static void
add_fact(struct page_facts *f, const char *label, char *text)
{
	if (!text || !*text) {
		free(text);
		return;
	}
	f->v = xgrow(f->v, f->n, &f->cap, sizeof(*f->v));
	f->v[f->n].label = label;
	f->v[f->n++].text = text;
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
add_terms(struct page_facts *f, const struct site_config *c,
    const struct value *values)
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

/* Words of a body that is too large to be read as Hugo does at once. */
static size_t
estimate(const char *s, size_t len)
{
	size_t words = 0, n, size;
	bool in_word = false;

	for (size_t i = 0; i < len; i += n) {
		uint32_t cp = text_decode(s + i, len - i, &size);

		if (cp == '<' && (n = skip_tag(s + i, len - i)) > 0) {
			in_word = false;
			continue;
		}
		n = size;
		if (cp <= ' ' || text_is_space(cp)) {
			in_word = false;
		} else if (!in_word) {
			in_word = true;
			words++;
		}
	}
	return words;
}

/* "1234": "1,234". Caller frees. */
static char *
grouped(size_t n)
{
	if (n >= 1000000)
		return xasprintf(
		    "%zu,%03zu,%03zu", n / 1000000, n / 1000 % 1000, n % 1000);
	return n >= 1000 ? xasprintf("%zu,%03zu", n / 1000, n % 1000)
			 : xasprintf("%zu", n);
}

/* Words and minutes of reading, as Hugo counts them. */
static void
add_counts(
    struct page_facts *f, const struct site_config *c, const struct post *post)
{
	struct summary s = {0};
	size_t len;
	const char *body = fm_body(post->fm, &len, NULL);
	const char *about = "";
	char *number;

	if (len <= EXACT_BYTES)
		summary_count(&s, c, post);
	if (!s.whole && len > 0) {
		s.words = estimate(body, len);
		s.minutes = (s.words + 212) / 213;
		about = "about ";
	}
	if (s.words == 0)
		return;
	number = grouped(s.words);
	add_fact(f, "",
	    xasprintf(
		"%s%s %s", about, number, s.words == 1 ? "word" : "words"));
	add_fact(f, "", xasprintf("%zu min", s.minutes));
	free(number);
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
collect_facts(struct page_facts *f, const struct site_config *c,
    const struct post *post, const struct value *values)
{
	add_fact(f, "", date_words(value_get(values, "date")));
	add_fact(f, "event", words_of(value_get(values, "event_date")));
	add_fact(f, "at", words_of(value_get(values, "event_location")));
	add_terms(f, c, values);
	add_counts(f, c, post);
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

void
page_facts(struct page_facts *f, const struct site_config *c,
    const struct entry *entry, const struct post *post, int64_t now)
{
	const struct value *values = fm_values(post->fm);
	const char *title = value_text(value_get(values, "title"));
	struct page_place place = {
	    .config = c, .dir = path_dir(post->path), .values = values};

	memset(f, 0, sizeof(*f));
	f->title = title && *title ? xstrdup(title) : name_of(post);
	f->badge = badge_of(entry, values, now);
	f->cover = cover_of(&place, values);
	if (*f->cover)
		f->local = page_picture(&place, f->cover, &f->picture);
	collect_facts(f, c, post, values);
	free(place.dir);
}

void
page_facts_dispose(struct page_facts *f)
{
	for (size_t i = 0; i < f->n; i++)
		free((char *)f->v[i].text);
	free(f->v);
	free(f->title);
	free(f->badge);
	free(f->cover);
}
