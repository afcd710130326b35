/* SPDX-License-Identifier: ISC */
/* The card's texts: the summary, and the notes about what it is made from. */
#include "summary_card.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "page.h"
#include "summary_priv.h"
#include "text.h"

/* What pages of search results have room for, more or less: characters. */
#define TITLE_MAX       60
#define DESCRIPTION_MAX 160
#define NOTES_MAX       12

struct making {
	const struct value *values;
	struct page_facts facts;
	struct summary summary;
	bool section; /* or home page, term: lists have no date for it */
	const char *excerpt, *description; /* of the front matter, or "" */
	struct md_note_line notes[NOTES_MAX];
	size_t nnotes;
};

static const char *
field(const struct value *values, const char *key)
{
	const char *s = value_text(value_get(values, key));

	return s ? s : "";
}

static void
begin(struct making *m, const struct site_config *c, const struct entry *entry,
    const struct post *post, int64_t now)
{
	memset(m, 0, sizeof(*m));
	m->values = fm_values(post->fm);
	m->section = !strncmp(path_base(post->path), "_index.", 7);
	m->excerpt = field(m->values, "excerpt");
	m->description = field(m->values, "description");
	page_facts(&m->facts, c, entry, post, now);
	summary_make(&m->summary, c, post);
}

static void
end(struct making *m)
{
	for (size_t i = 0; i < m->nnotes; i++)
		free((char *)m->notes[i].text);
	page_facts_dispose(&m->facts);
	summary_dispose(&m->summary);
}

/* Takes text. */
static void
note(struct making *m, bool warning, char *text)
{
	if (m->nnotes == NOTES_MAX)
		free(text);
	else
		m->notes[m->nnotes++] = (struct md_note_line){text, warning};
}

/* Where the text of the card is from. */
static void
note_source(struct making *m)
{
	const struct summary *s = &m->summary;
	size_t n = summary_words(s->text, strlen(s->text), s->cjk);
	const char *unit = s->cjk          ? s->words == 1 ? "sign" : "signs"
			   : s->words == 1 ? "word"
					   : "words";

	if (*m->excerpt)
		note(m, false, xstrdup("the excerpt of the front matter"));
	else if (s->kind == SUMMARY_FIELD)
		note(m, false, xstrdup("the summary of the front matter"));
	else if (s->kind == SUMMARY_MANUAL)
		note(m, false,
		    xasprintf("the summary up to <!--more-->: %zu of %zu %s", n,
			s->words, unit));
	else if (!s->truncated)
		note(m, false,
		    xasprintf("the whole text: %zu %s", s->words, unit));
	else
		note(m, false,
		    xasprintf("an automatic summary: %zu of %zu %s, %s", n,
			s->words, unit,
			s->rule == SUMMARY_PARAGRAPH
			    ? "whole paragraphs as Hugo cuts since 0.134"
			    : "as Hugo cuts before 0.134"));
	if (s->broken && !*m->excerpt)
		note(m, true, xstrdup("cut in the middle of a sentence"));
	if (!s->whole)
		note(m, true,
		    xstrdup("the text is not read to its end: too much work"));
}

static void
note_length(struct making *m, const char *what, const char *s, size_t most)
{
	size_t n = text_count(s, strlen(s));

	if (n > most)
		note(m, true,
		    xasprintf("%s of %zu characters; results of searches show "
			      "about %zu",
			what, n, most));
}

static void
note_missing(struct making *m)
{
	const char *title = field(m->values, "title");

	if (!*title)
		note(m, true, xstrdup("no title"));
	note_length(m, "a title", title, TITLE_MAX);
	if (!m->section && !*field(m->values, "date"))
		note(m, true, xstrdup("no date"));
	if (!*m->description)
		note(m, true, xstrdup("no description"));
	else
		note(m, false, xasprintf("description: %s", m->description));
	note_length(m, "a description", m->description, DESCRIPTION_MAX);
	if (m->facts.local && m->facts.picture.missing)
		note(m, true, xstrdup("the cover picture is missing"));
}

/* "cover a.png  1270x952". Caller frees. */
static char *
cover_words(const struct page_facts *f)
{
	const char *slash = strrchr(f->cover, '/');
	const char *name = slash && slash[1] ? slash + 1 : f->cover;

	if (!*f->cover)
		return xstrdup("no cover");
	if (f->local && f->picture.missing)
		return xasprintf("cover %s  missing", f->cover);
	if (f->local && f->picture.width > 0 && f->picture.height > 0)
		return xasprintf("cover %s  %dx%d", name, f->picture.width,
		    f->picture.height);
	return xasprintf("cover %s", f->local ? name : f->cover);
}

struct doc *
summary_card(const struct site_config *c, const struct entry *entry,
    const struct post *post, int64_t now, int width, bool ascii)
{
	struct making m;
	struct md_card card = {0};
	struct doc *d;
	char *cover;

	begin(&m, c, entry, post, now);
	note_source(&m);
	note_missing(&m);
	cover = cover_words(&m.facts);
	card.cover = cover;
	card.lacks_cover = m.facts.local && m.facts.picture.missing;
	card.title = m.facts.title;
	card.badge = m.facts.badge;
	card.facts = m.facts.v;
	card.nfacts = m.facts.n;
	card.text = *m.excerpt ? m.excerpt : m.summary.text;
	card.more = m.summary.truncated;
	card.notes = m.notes;
	card.nnotes = m.nnotes;
	d = md_card(&card, width, ascii);
	free(cover);
	end(&m);
	return d;
}

struct value *
summary_values(const struct site_config *c, const struct entry *entry,
    const struct post *post)
{
	struct value *map = value_map();
	struct making m;

	begin(&m, c, entry, post, 0);
	value_put(map, "title", value_string(m.facts.title));
	value_put(map, "date", value_string(field(m.values, "date")));
	value_put(map, "cover", value_string(m.facts.cover));
	value_put(map, "description", value_string(m.description));
	value_put(map, "excerpt", value_string(m.excerpt));
	value_put(map, "summary", value_string(m.summary.text));
	value_put(map, "kind", value_string(summary_kind_name(m.summary.kind)));
	value_put(map, "truncated", value_bool(m.summary.truncated));
	value_put(map, "words", value_int((int64_t)m.summary.words));
	value_put(map, "fuzzyWords", value_int((int64_t)m.summary.fuzzy_words));
	value_put(map, "minutes", value_int((int64_t)m.summary.minutes));
	end(&m);
	return map;
}
