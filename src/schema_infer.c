/* SPDX-License-Identifier: ISC */
/* What was counted, as fields: types, what is required, suggestions. */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "schema_tally.h"
#include "text.h"

#define FEW 3 /* posts that are too few to tell a rule from chance */

/* Nearly all of n. */
static bool
nearly(size_t some, size_t n)
{
	return n > 0 && some <= n && (n - some) * 10 <= n;
}

static bool
is_key(const char *key, const char *const *keys, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (text_casecmp(key, strlen(key), keys[i], strlen(keys[i])) ==
		    0)
			return true;
	return false;
}

/* People, by what their field is called; they stay text. */
static bool
names_people(const char *key)
{
	static const char *const keys[] = {
	    "author", "authors", "contributor", "contributors"};

	return is_key(key, keys, NITEMS(keys));
}

/* The kind of value that nearly all posts have. */
static enum field_type
common_type(const struct tally *t)
{
	const size_t *as = t->seen.as;
	size_t n = 0, numbers = as[FIELD_INT] + as[FIELD_FLOAT];
	size_t dates = as[FIELD_DATE] + as[FIELD_DATETIME];
	size_t texts = as[FIELD_TEXT] + as[FIELD_LINES];

	for (size_t i = 0; i < FIELD_TYPES; i++)
		n += as[i];
	if (n == 0 && t->sample)
		return field_type_of(t->sample);
	/* Lists, with nothing in them. */
	if (n == 0)
		return t->seen.several > 0 ? FIELD_LIST : FIELD_TEXT;
	for (size_t i = 0; i < FIELD_TYPES; i++)
		if (as[i] == n && t->codes == 0)
			return (enum field_type)i;
	if (t->codes > 0 && numbers + texts == n)
		return FIELD_TEXT;
	if (nearly(numbers, n))
		return as[FIELD_FLOAT] ? FIELD_FLOAT : FIELD_INT;
	if (nearly(dates, n))
		return FIELD_DATETIME;
	if (nearly(texts, n))
		return as[FIELD_LINES] * 10 > n ? FIELD_LINES : FIELD_TEXT;
	/* One text in the place of a list is a list of one. */
	if (as[FIELD_LIST] > 0 && nearly(as[FIELD_LIST] + texts, n))
		return FIELD_LIST;
	for (size_t i = 0; i < FIELD_TYPES; i++)
		if (nearly(as[i], n))
			return (enum field_type)i;
	if (as[FIELD_LIST] + as[FIELD_MAP] + as[FIELD_MAPS] + as[FIELD_RAW])
		return FIELD_RAW;
	return FIELD_TEXT;
}

/* A text's finer type, when nearly all texts look like it. */
static enum field_type
fine_type(const struct tally *t, enum field_type type)
{
	const struct {
		size_t n;
		enum field_type type;
	} looks[] = {
	    {t->images, FIELD_IMAGE},
	    {t->files, FIELD_FILE},
	    {t->pages, FIELD_PAGE},
	    {t->colours, FIELD_COLOUR},
	    {t->urls, FIELD_URL},
	    {t->times, FIELD_TIME},
	};

	for (size_t i = 0; i < NITEMS(looks); i++) {
		if (type == FIELD_LIST && (looks[i].type == FIELD_TIME ||
					      looks[i].type == FIELD_COLOUR))
			continue;
		if (nearly(looks[i].n, t->texts) && looks[i].n > 0)
			return looks[i].type;
	}
	return names_people(t->path) ? FIELD_CONTRIBUTOR : type;
}

static void
infer_type(
    const struct tally *t, const struct schema_source *source, struct field *f)
{
	bool is_term =
	    t->depth == 0 && site_is_taxonomy(source->site->config, t->path);
	struct value *like = NULL;
	enum field_type type = common_type(t);
	bool text = type == FIELD_TEXT;

	/* A value of that type, to have the name's say with it. */
	if (type == FIELD_LIST)
		like = value_list();
	else if (type == FIELD_BOOL)
		like = value_bool(false);
	else if (type == FIELD_MAP)
		like = value_map();
	f->type = type;
	if (t->depth == 0 && type != FIELD_MAPS && type != FIELD_RAW)
		field_guess(f, t->path, like, is_term);
	if (t->depth == 0 && field_type(t->path, NULL, is_term) != FIELD_TEXT)
		text = false;
	value_free(like);
	if (f->type == FIELD_TEXT)
		f->type = type;
	if (!(text && f->type == FIELD_TEXT) && f->type != FIELD_LIST)
		return;
	f->type = fine_type(t, f->type);
	if (f->type != FIELD_TEXT && f->type != FIELD_LIST)
		f->several = type == FIELD_LIST;
}

static int
by_count(const void *a, const void *b)
{
	const struct schema_word *x = a, *y = b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return strcmp(x->text, y->text);
}

/* How often values recur: the least, and all together. */
static size_t
least_count(const struct schema_words *w, size_t *total)
{
	size_t least = SIZE_MAX;

	*total = 0;
	for (size_t i = 0; i < w->n; i++) {
		*total += w->v[i].count;
		if (w->v[i].count < least)
			least = w->v[i].count;
	}
	return least;
}

static bool
is_word(const struct schema_words *w, size_t i, const char *word)
{
	return text_casecmp(
		   w->v[i].text, strlen(w->v[i].text), word, strlen(word)) == 0;
}

/* "status: draft|published", where no field is a boolean for it. */
static bool
infer_draft(const struct survey *s, const struct tally *t, struct field *f)
{
	/* Not "final": texts that are out have drafts and versions, too. */
	static const char *const out[] = {
	    "published", "publish", "public", "live"};
	const struct schema_words *w = &t->values;
	size_t draft;

	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i].path, "draft") == 0)
			return false;
	if (w->n != 2 || t->many)
		return false;
	draft = is_word(w, 0, "draft") ? 0 : 1;
	if (!is_word(w, draft, "draft"))
		return false;
	for (size_t i = 0; i < NITEMS(out); i++)
		if (is_word(w, 1 - draft, out[i])) {
			f->type = FIELD_DRAFT;
			f->hidden = xstrdup(w->v[draft].text);
			f->published = xstrdup(w->v[1 - draft].text);
			return true;
		}
	return false;
}

/*
 * Few values that recur are suggested; a choice is one only where all are
 * single words, each used again and again.
 */
static void
infer_allowed(const struct survey *s, const struct tally *t, struct field *f)
{
	static const char *const free_text[] = {
	    "title", "linktitle", "description", "summary"};
	const struct schema_words *w = &t->values;
	size_t total, least;

	/* Where numbers or dates are among them, it is not about words. */
	if (f->type != FIELD_TEXT || t->many || w->n == 0 || t->typed > 0 ||
	    is_key(t->path, free_text, NITEMS(free_text)) ||
	    (t->depth == 0 && infer_draft(s, t, f)))
		return;
	least = least_count(w, &total);
	if (w->n > 8 || total < 2 * FEW || total < 3 * w->n)
		return;
	f->allowed = value_list();
	for (size_t i = 0; i < w->n; i++)
		value_append(f->allowed, value_string(w->v[i].text));
	if (w->n >= 2 && least >= FEW && t->spaced == 0)
		f->type = FIELD_CHOICE;
}

/* A map whose keys are other ones in every post. */
static bool
has_free_keys(const struct survey *s, size_t i)
{
	const struct tally *t = &s->v[i];
	size_t len = strlen(t->path), children = 0, common = 0;

	for (size_t k = 0; k < s->n; k++) {
		const struct tally *c = &s->v[k];

		if (c->depth != t->depth + 1 || c->top != t->top ||
		    strncmp(c->path, t->path, len) != 0 || c->path[len] != '.')
			continue;
		if (c->seen.as[FIELD_MAP] + c->seen.as[FIELD_MAPS])
			return false;
		children++;
		common += c->seen.with * 2 > t->seen.with;
	}
	return t->seen.with >= FEW && children > 4 && common == 0;
}

/* Publishing sets it, unless the settings say no. */
static bool
is_set_by_galley(
    const char *key, const struct field *f, const struct conf *conf)
{
	static const char *const keys[] = {"lastmod"};

	return is_key(key, keys, 1) && field_is_date(f->type) &&
	       (!conf || conf_bool(conf, "publish.lastmod"));
}

/* places: how many maps it may be in. */
static void
infer_field(struct schema *schema, struct survey *s, size_t i, size_t places,
    const struct schema_source *source)
{
	struct tally *t = &s->v[i];
	struct schema_field *sf = schema_add(schema, t->path);
	struct field *f = &sf->field;

	sf->depth = t->depth;
	sf->seen = t->seen;
	sf->seen.posts = s->posts;
	sf->seen.places = places;
	sf->seen.archetype = t->archetype;
	sf->seen.predefined =
	    t->depth == 0 && field_type(t->path, NULL, false) != FIELD_TEXT;
	sf->seen.distinct = t->values.n;
	if (t->values.n > 0)
		qsort(t->values.v, t->values.n, sizeof(*t->values.v), by_count);
	infer_type(t, source, f);
	infer_allowed(s, t, f);
	if (f->type == FIELD_MAP && has_free_keys(s, i))
		f->type = FIELD_PAIRS;
	if (t->depth == 0 && is_set_by_galley(t->path, f, source->conf))
		f->type = FIELD_COMPUTED;
	f->required = places >= FEW && nearly(t->seen.filled, places) &&
		      f->type != FIELD_DRAFT;
	/* The words are the schema's now. */
	sf->values = t->values;
	t->values = (struct schema_words){0};
}

/* Fields that every post may have, though none has. */
static void
add_usual(struct schema *schema, const struct schema_source *source)
{
	static const char *const usual[] = {"title", "date", "draft"};
	const struct site_config *c = source->site->config;
	size_t n = NITEMS(usual);

	for (size_t i = 0; i < n + c->ntaxonomies; i++) {
		const char *key =
		    i < n ? usual[i] : c->taxonomies[i - n].plural;
		struct buf path = {0};

		fm_path_add(&path, key);
		if (schema_index(schema, buf_text(&path)) == schema->n)
			field_guess(&schema_add(schema, buf_text(&path))->field,
			    key, NULL, i >= n);
		buf_dispose(&path);
	}
}

static void
add_post(void *ctx, const struct entry *e, const struct value *values)
{
	(void)e;
	survey_add(ctx, values, false);
}

/* Is the path one part below the other? "a.b", "a[].b" below "a". */
static bool
is_in(const struct tally *child, const struct tally *t)
{
	size_t len = strlen(t->path);

	return child->depth == t->depth + 1 && child->top == t->top &&
	       strncmp(child->path, t->path, len) == 0 &&
	       (child->path[len] == '.' || child->path[len] == '[');
}

/* A field, and what is in it behind it. */
static void
infer_fields(struct schema *schema, struct survey *s, size_t i, size_t places,
    const struct schema_source *source)
{
	infer_field(schema, s, i, places, source);
	for (size_t k = i + 1; k < s->n; k++)
		if (is_in(&s->v[k], &s->v[i]))
			infer_fields(schema, s, k, s->v[i].maps, source);
}

struct schema *
schema_infer(const struct schema_source *source)
{
	struct schema *schema = xcalloc(1, sizeof(*schema));
	const struct entry **entries;
	struct value *archetype;
	struct survey s;
	bool own;
	size_t n;

	schema->section = xstrdup(source->section);
	schema->kind = source->kind;
	survey_init(&s);
	if ((archetype = schema_archetype(source, &own)))
		survey_add(&s, archetype, true);
	entries = schema_entries(source, &schema->posts, SIZE_MAX);
	n = schema->posts;
	if (n > SCHEMA_POSTS) {
		free(entries);
		entries = schema_entries(source, &n, SCHEMA_POSTS);
	}
	schema_each(source, entries, n, add_post, &s);
	survey_sort(&s, own || s.posts < FEW);
	for (size_t i = 0; i < s.ntop; i++)
		infer_fields(schema, &s, s.top[i], s.posts, source);
	if (source->kind == ENTRY_PAGE)
		add_usual(schema, source);
	survey_dispose(&s);
	value_free(archetype);
	free(entries);
	return schema;
}
