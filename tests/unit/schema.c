/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "err.h"
#include "file.h"
#include "mem.h"
#include "schema.h"

#define NOW 1764072000 /* 2025-11-25T12:00:00Z */

struct world {
	const char *dir;
	struct site *site;
	struct conf *conf;
	struct schemas *schemas;
};

static void
world_new(struct world *w)
{
	*w = (struct world){.dir = test_dir()};
	test_write(w->dir, "hugo.toml",
	    "baseURL = \"https://example.org/\"\ntitle = \"T\"\n");
}

/* Read the site as it is now. */
static void
world_open(struct world *w)
{
	struct err err;

	setenv("XDG_CONFIG_HOME", "/nowhere", 1);
	w->site = site_scan(site_config_load(w->dir, &err), NOW, NULL, &err);
	if (!w->site || !(w->conf = conf_load(w->dir, &err)))
		fail_msg("%s", err.msg);
	w->schemas = schemas_new(w->site, w->conf);
}

static void
world_dispose(struct world *w)
{
	schemas_free(w->schemas);
	conf_free(w->conf);
	site_free(w->site);
}

/* content/SECTION/pI.md, with this front matter in it. */
static void
post(struct world *w, const char *section, int i, const char *front)
{
	char *name = xasprintf("content/%s/p%d.md", section, i);
	char *text = xasprintf("---\n%s---\nx\n", front);

	test_write(w->dir, name, text);
	free(text);
	free(name);
}

/* The schema, a line a field that a post or the archetype has. Caller frees. */
static char *
described(const struct schema *s)
{
	struct buf b = {0};

	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->v[i].field;

		if (!s->v[i].seen.with && !s->v[i].seen.archetype &&
		    !s->v[i].seen.configured)
			continue;
		buf_printf(&b, "%s %s%s%s%s\n", f->key,
		    field_type_name(f->type), f->several ? " several" : "",
		    f->required ? " required" : "",
		    f->inverted ? " inverted" : "");
	}
	return buf_steal(&b);
}

static void
expect(struct world *w, const char *section, const char *want)
{
	char *got = described(schemas_section(w->schemas, section, ENTRY_PAGE));

	assert_string_equal(got, want);
	free(got);
}

static void
is_evidence(
    struct world *w, const char *section, const char *key, const char *want)
{
	const struct schema *s =
	    schemas_section(w->schemas, section, ENTRY_PAGE);
	char *got = schema_evidence(schema_find(s, key));

	assert_string_equal(got, want);
	free(got);
}

static void
values_alone_decide(void **state)
{
	static const char *const dates[] = {"\"May 3-5\"",
	    "2021/12/18 13:00 - 17:00", "\"2021-12-18\"", "soon"};
	struct world w;

	(void)state;
	world_new(&w);
	for (int i = 0; i < 8; i++) {
		char *front = xasprintf("title: T%d\ndate: 2026-01-0%d\n"
					"event_date: %s\nevent_location: \"\"\n"
					"seats: %d%s\ndoors: \"18:30\"\n"
					"pic: a%d.png\n",
		    i, i + 1, dates[i % 4], i, i == 7 ? ".5" : "", i);

		post(&w, "events", i, front);
		free(front);
	}
	world_open(&w);
	expect(&w, "events",
	    "title text required\ndate datetime required\n"
	    "event_date text required\nevent_location text\n"
	    "seats float required\ndoors time required\n"
	    "pic image required\n");
	is_evidence(
	    &w, "events", "seats", "8 of 8 posts have it: 7 integer, 1 float");
	is_evidence(
	    &w, "events", "event_location", "8 of 8 posts have it: 8 empty");
	world_dispose(&w);
}

/* The type of a field in a post that has this value. */
static void
is_for(const struct schema *s, const char *key, const char *yaml,
    enum field_type type)
{
	struct err err;
	struct value *v = fm_parse_value(yaml, strlen(yaml), &err);
	struct field f = {0};

	schema_field_for(s, key, v, &f);
	assert_string_equal(field_type_name(f.type), field_type_name(type));
	field_dispose(&f);
	value_free(v);
}

static void
mixed_kinds(void **state)
{
	const struct schema *s;
	struct world w;

	(void)state;
	world_new(&w);
	for (int i = 0; i < 20; i++) {
		char *front = xasprintf(
		    "title: T\ndate: 2026-01-01\npublished: %s\nrank: %s\n"
		    "images: [a.png]\nauthor: Ann\nlevel: %s\n"
		    "links: %s\nmore: %s\n",
		    i % 2 ? "true" : "false", i == 3 ? "high" : "7",
		    i % 2 ? "easy" : "hard",
		    i == 5 ? "https://a.org/" : "[https://a.org/]",
		    i % 2 ? "{a: 1}" : "[b]");

		post(&w, "blog", i, front);
		free(front);
	}
	world_open(&w);
	expect(&w, "blog",
	    "title text required\ndate datetime required\n"
	    "published draft inverted\nrank integer required\n"
	    "images image several required\nauthor contributor required\n"
	    "level choice required\nlinks url several required\n"
	    "more raw required\nmore.a integer required\n");
	assert_string_equal(
	    schema_draft(schemas_section(w.schemas, "blog", ENTRY_PAGE))
		->field.key,
	    "published");
	is_evidence(&w, "blog", "level",
	    "20 of 20 posts have it: 20 text; 2 different values");
	s = schemas_section(w.schemas, "blog", ENTRY_PAGE);
	is_for(s, "more", "{a: 1}", FIELD_MAP);
	is_for(s, "more", "[b]", FIELD_LIST);
	is_for(s, "more", "one", FIELD_TEXT);
	is_for(s, "more", "[b, {a: 1}]", FIELD_RAW);
	is_for(s, "more", "", FIELD_RAW);
	is_for(s, "rank", "high", FIELD_INT);
	is_for(s, "rank", "[1]", FIELD_LIST);
	world_dispose(&w);
}

static void
formats_and_few_posts(void **state)
{
	struct world w;

	(void)state;
	world_new(&w);
	for (int i = 0; i < 4; i++) {
		char *name = xasprintf("content/toml/p%d.md", i);

		test_write(w.dir, name,
		    "+++\ntitle = \"T\"\ndate = 2026-01-02\nweight = 10\n"
		    "status = \"x\"\n[cover]\nimage = \"a.jpg\"\n"
		    "[[resources]]\nsrc = \"a.png\"\ntitle = \"A\"\n+++\n");
		free(name);
	}
	test_write(w.dir, "content/one/p.md",
	    "{\"title\": \"T\", \"sub\": {\"a\": [1]}}\n");
	test_write(w.dir, "content/bad/p.md", "---\ntitle: \"x\n---\n");
	test_write(w.dir, "archetypes/new.md",
	    "---\nb: true\ntitle: {{ nonesuch .Name }}\n"
	    "date: {{ .Date }}\na: []\n---\n");
	test_write(w.dir, "archetypes/made.md",
	    "---\nday: {{ .Date }}\ntitle: \"{{ .Name }}\"\n---\n");
	world_open(&w);
	expect(&w, "toml",
	    "title text required\ndate datetime required\n"
	    "weight weight required\nstatus text required\n"
	    "cover map required\ncover.image image required\n"
	    "resources maps required\nresources[].src image required\n"
	    "resources[].title text required\n");
	expect(&w, "one", "title text\nsub map\nsub.a list\n");
	is_evidence(&w, "one", "title", "1 of 1 post has it: 1 text");
	expect(&w, "bad", "");
	expect(&w, "none", "");
	expect(&w, "new", "b boolean\ntitle text\ndate datetime\na list\n");
	expect(&w, "made", "day datetime\ntitle text\n");
	is_evidence(&w, "made", "day", "no posts yet; in the archetype");
	world_dispose(&w);
}

static void
keys_stand_as_most_have_them(void **state)
{
	static const char *const orders[] = {
	    "title: T\nzeta: 1\nalpha: 1\ndate: 2026-01-01\n",
	    "title: T\nzeta: 1\ndate: 2026-01-01\n",
	    "rare: 1\ntitle: T\nzeta: 1\nalpha: 1\ndate: 2026-01-01\n",
	    "date: 2026-01-01\ntitle: T\nalpha: 1\n"};
	struct world w;
	struct fm *fm;
	struct err err;
	struct value *one = value_int(1);
	size_t len;

	(void)state;
	world_new(&w);
	for (int i = 0; i < 4; i++)
		post(&w, "blog", i, orders[i]);
	world_open(&w);
	expect(&w, "blog",
	    "rare integer\ntitle text required\nzeta integer\n"
	    "alpha integer\ndate datetime required\n");
	fm = fm_parse("---\ntitle: T\ndate: 2026-01-01\n---\n", 35, &err);
	assert_non_null(fm);
	schema_order(schemas_section(w.schemas, "blog", ENTRY_PAGE), fm);
	assert_int_equal(fm_set(fm, "alpha", one, &err), 0);
	assert_string_equal(fm_text(fm, &len),
	    "---\ntitle: T\nalpha: 1\ndate: 2026-01-01\n---\n");
	fm_free(fm);
	value_free(one);
	world_dispose(&w);
}

static const char rules[] = "fields:\n"
			    "  \"*\":\n"
			    "    title: {required: true, max: 5}\n"
			    "  blog:\n"
			    "    excerpt: {required_to_publish: true}\n"
			    "    id: {unique: true}\n"
			    "    where: {required: true, depends: event}\n"
			    "    level: {type: choice, allowed: [a, b],\n"
			    "      strict: true}\n";

static void
is_checked(struct world *w, const char *values, const char *key, bool publish,
    const char *want)
{
	const struct schema *s =
	    schemas_section(w->schemas, "blog", ENTRY_PAGE);
	struct err err = {0};
	struct value *v = fm_parse_value(values, strlen(values), &err);
	const struct schema_context c = {"content/blog/p0.md", v, publish};

	assert_non_null(v);
	schema_check(s, schema_find(s, key), value_get(v, key), &c, &err);
	if (strcmp(err.msg, want) != 0)
		fail_msg("%s of %s: got '%s', want '%s'", key, values, err.msg,
		    want);
	if (err.msg[0])
		assert_int_equal(err.code, ERR_REFUSED);
	value_free(v);
}

static void
the_team_has_the_last_word(void **state)
{
	struct world w;

	(void)state;
	world_new(&w);
	for (int i = 0; i < 3; i++) {
		char *front = xasprintf("title: T\nid: %d\nlevel: a\n", i);

		post(&w, "blog", i, front);
		free(front);
	}
	test_write(w.dir, "galley.yaml", rules);
	world_open(&w);
	expect(&w, "blog",
	    "title text required\nid integer required\nlevel choice required\n"
	    "excerpt text\nwhere text required\n");
	is_checked(&w, "{title: \"\"}", "title", false, "it is required");
	is_checked(&w, "{title: abcdef}", "title", false,
	    "at most 5 characters, it has 6");
	is_checked(&w, "{title: T}", "excerpt", false, "");
	is_checked(&w, "{title: T}", "excerpt", true,
	    "it is needed before publishing");
	is_checked(&w, "{id: 0}", "id", false, "");
	is_checked(
	    &w, "{id: 2}", "id", false, "content/blog/p2.md has the same");
	is_checked(&w, "{event: true}", "where", false, "it is required");
	is_checked(&w, "{event: false}", "where", false, "");
	is_checked(
	    &w, "{where: x}", "where", false, "only where event has a value");
	is_checked(&w, "{level: c}", "level", false, "c is not one of: a, b");
	is_evidence(
	    &w, "blog", "excerpt", "0 of 3 posts have it; in galley.yaml");
	world_dispose(&w);
}

static const char *
like(const struct schema_words *w, const char *text)
{
	const struct schema_word *word = schema_like(w, text, strlen(text));

	return word ? word->text : "";
}

static void
words_that_are_alike(void **state)
{
	static struct schema_word v[] = {{(char *)"Javascript", 4},
	    {(char *)"web-assembly", 3}, {(char *)"event", 2},
	    {(char *)"library", 1}, {(char *)"python3", 1},
	    {(char *)"云原生应用开发", 1}, {(char *)"css", 1},
	    {(char *)"C", 1}};
	const struct schema_words w = {v, NITEMS(v), NITEMS(v)};

	(void)state;
	assert_string_equal(like(&w, "JavaScript"), "Javascript");
	assert_string_equal(like(&w, "Javascript"), "");
	assert_string_equal(like(&w, "Javacsript"), "Javascript");
	assert_string_equal(like(&w, "Web Assembly"), "web-assembly");
	assert_string_equal(like(&w, "WebAssembly"), "web-assembly");
	assert_string_equal(like(&w, "events"), "event");
	assert_string_equal(like(&w, "libraries"), "library");
	assert_string_equal(like(&w, "libary"), "library");
	assert_string_equal(like(&w, "python2"), "");
	assert_string_equal(like(&w, "云原生应用开放"), "云原生应用开发");
	assert_string_equal(like(&w, "cs"), "");
	assert_string_equal(like(&w, "C++"), "");
	assert_string_equal(like(&w, "evens"), "");
	assert_string_equal(like(&w, ""), "");
}

static void
are_words(struct world *w, enum field_type type, const char *key,
    const char *have, const char *want)
{
	const struct schema *s =
	    schemas_section(w->schemas, "blog", ENTRY_PAGE);
	const struct field f = {.key = (char *)key, .type = type};
	struct schema_words words = {0};
	struct buf b = {0};
	struct err err;
	struct value *v = fm_parse_value(have, strlen(have), &err);

	schema_words(s, w->site, &f, "content/blog/b/index.md", v, &words);
	for (size_t i = 0; i < words.n; i++)
		buf_printf(&b, "%s %zu\n", words.v[i].text, words.v[i].count);
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
	schema_words_dispose(&words);
	value_free(v);
}

static void
words_to_complete_from(void **state)
{
	struct world w;

	(void)state;
	world_new(&w);
	post(&w, "blog", 1, "title: A\ntags: [x, y]\nplace: Rome\n");
	post(&w, "blog", 2, "title: B\ntags: [y]\ndate: 2026-01-01\n");
	test_write(w.dir, "content/blog/b/index.md", "---\ntitle: C\n---\n");
	test_write(w.dir, "content/blog/b/a.png", "x");
	test_write(w.dir, "content/blog/b/sub/b.PNG", "x");
	test_write(w.dir, "content/blog/b/c.txt", "x");
	test_write(w.dir, "assets/d.jpg", "x");
	test_write(w.dir, "static/img/e.svg", "x");
	test_write(w.dir, "data/authors/ann.yaml", "a: 1\n");
	test_write(w.dir, "data/contributors.toml", "[bob]\nname = \"B\"\n");
	world_open(&w);
	are_words(&w, FIELD_TERMS, "tags", "[z]", "y 2\nx 1\n");
	are_words(&w, FIELD_TERMS, "tags", "[y]", "x 1\n");
	are_words(&w, FIELD_TEXT, "place", "", "Rome 1\n");
	are_words(&w, FIELD_IMAGE, "image", "",
	    "a.png 0\nsub/b.PNG 0\nd.jpg 0\n/img/e.svg 0\n");
	are_words(&w, FIELD_FILE, "file", "[d.jpg]",
	    "a.png 0\nc.txt 0\nsub/b.PNG 0\n/img/e.svg 0\n");
	are_words(&w, FIELD_PAGE, "related", "", "/blog/p2 0\n/blog/p1 0\n");
	are_words(&w, FIELD_CONTRIBUTOR, "author", "", "ann 0\nbob 0\n");
	world_dispose(&w);
}

static void
addresses_before_and_after(void **state)
{
	struct value *before = value_map(), *after = value_map();
	struct schema_move m;
	struct world w;

	(void)state;
	world_new(&w);
	post(&w, "blog", 1, "title: A\n");
	post(&w, "blog", 2, "title: B\ndraft: true\n");
	world_open(&w);
	value_put(after, "slug", value_string("p2"));
	schema_move(w.site, "content/blog/p1.md", before, after, &m);
	assert_string_equal(m.before, "/blog/p1/");
	assert_string_equal(m.after, "/blog/p2/");
	assert_true(m.moved);
	assert_true(m.published);
	assert_string_equal(m.taken, "content/blog/p2.md");
	schema_move_dispose(&m);
	schema_move(w.site, "content/blog/p2.md", before, before, &m);
	assert_false(m.moved);
	assert_false(m.published);
	assert_null(m.taken);
	schema_move_dispose(&m);
	value_free(before);
	value_free(after);
	world_dispose(&w);
}

static void
is_written(struct world *w, const char *text, const char *want, size_t want_n)
{
	const struct schema *s =
	    schemas_section(w->schemas, "blog", ENTRY_PAGE);
	struct err err;
	size_t n;
	char *got = schema_write(s, text, strlen(text), &n, &err);

	if (!got)
		fail_msg("%s", err.msg);
	assert_string_equal(got, want);
	assert_int_equal(n, want_n);
	free(got);
}

/* Front matter, turned into a draft and back; undone by one step each. */
static void
turns(const struct schema *s, const char *front, const char *draft,
    const char *out)
{
	char *text = xasprintf("---\n%s---\n", front);
	struct fm *fm;
	struct err err;
	size_t len;

	fm = fm_parse(text, strlen(text), &err);
	for (int i = 0; i < 2; i++) {
		size_t edits = fm_edit_count(fm);
		char *want = xasprintf("---\n%s---\n", i ? out : draft);

		if (schema_set_draft(s, fm, i == 0, &err) == -1)
			fail_msg("%s", err.msg);
		assert_string_equal(fm_text(fm, &len), want);
		assert_int_equal(schema_is_draft(s, fm), i == 0);
		assert_true(fm_edit_count(fm) <= edits + 1);
		free(want);
	}
	while (fm_undo(fm))
		;
	assert_string_equal(fm_text(fm, &len), text);
	fm_free(fm);
	free(text);
}

static void
drafts_by_other_fields(void **state)
{
	const struct schema *s;
	struct world w;

	(void)state;
	world_new(&w);
	for (int i = 0; i < 4; i++) {
		post(&w, "posts", i,
		    i % 2 ? "title: T\nstatus: Draft\n"
			  : "title: T\nstatus: Live\n");
		post(&w, "notes", i, "title: T\ndraft: true\nphase: x\n");
	}
	test_write(w.dir, "content/posts/_index.md", "---\ntitle: P\n---\n");
	test_write(w.dir, "galley.yaml",
	    "fields:\n  notes:\n    phase: {type: draft, words: [x, z]}\n");
	world_open(&w);
	/* Inferred. */
	s = schemas_section(w.schemas, "posts", ENTRY_PAGE);
	assert_string_equal(schema_draft(s)->field.key, "status");
	turns(s, "title: T\nstatus: Live\ntags: []\n",
	    "title: T\nstatus: Draft\ndraft: true\ntags: []\n",
	    "title: T\nstatus: Live\ndraft: false\ntags: []\n");
	turns(s, "status: idea\n", "status: Draft\ndraft: true\n",
	    "status: Live\ndraft: false\n");
	/* The team's word goes before what posts have. */
	s = schemas_section(w.schemas, "notes", ENTRY_PAGE);
	assert_string_equal(schema_draft(s)->field.key, "phase");
	turns(s, "title: T\ndraft: true\nphase: z\n",
	    "title: T\ndraft: true\nphase: x\n",
	    "title: T\ndraft: false\nphase: z\n");
	/* A section's own page, and no schema at all. */
	s = schemas_get(w.schemas, "content/posts/_index.md");
	assert_null(schema_draft(s));
	turns(s, "title: P\n", "title: P\ndraft: true\n",
	    "title: P\ndraft: false\n");
	turns(NULL, "published: yes\nstatus: Live\n",
	    "published: false\nstatus: Live\ndraft: true\n",
	    "published: true\nstatus: Live\ndraft: false\n");
	world_dispose(&w);
}

/* Words that look like something else; habits that not all keep. */
static void
mixed_habits(void **state)
{
	static const char *const eta[] = {"2026-02-01", "soon", "Q3"};
	static const char *const tags[] = {
	    "tags: [a, b]", "tags: a", "tags:", "tags: [c]"};
	static const char *const want =
	    "  posts:\n"
	    "    # 12 of 12 posts have it: 12 text\n"
	    "    title: {type: text, required: true}\n"
	    "    # 12 of 12 posts have it: 3 text, 6 list, 3 empty\n"
	    "    tags: {type: terms}\n"
	    "    # 12 of 12 posts have it: 6 integer, 6 float\n"
	    "    isbn: {type: text, required: true}\n"
	    "    # 12 of 12 posts have it: 8 text, 4 date\n"
	    "    eta: {type: text, required: true}\n"
	    "    # 12 of 12 posts have it: 6 text, 6 integer\n"
	    "    order: {type: text, required: true}\n"
	    "    # 12 of 12 posts have it: 1 text, 11 integer\n"
	    "    rank: {required: true}\n"
	    "    # 12 of 12 posts have it: 11 maps, 1 empty\n"
	    "    links: {type: maps}\n"
	    "    # 11 of 12 posts have it: 11 text; 2 different values\n"
	    "    \"links[].name\": {type: choice, required: true, "
	    "allowed: [a, b]}\n"
	    "    # 12 of 12 posts have it: 12 empty\n"
	    "    projects: {type: list}\n";
	const struct schema *s;
	struct world w;
	char *got;

	(void)state;
	world_new(&w);
	for (int i = 0; i < 12; i++) {
		char *front = xasprintf(
		    "title: T\n%s\nisbn: %s\neta: %s\norder: %s\n"
		    "rank: %s\nlinks: %s\nprojects: []\n",
		    tags[i % 4], i % 2 ? "9781234567897" : "0987654321",
		    eta[i % 3], i % 2 ? "7" : "\"7\"", i == 3 ? "high" : "7",
		    i == 4  ? "[]"
		    : i % 2 ? "[{name: a}]"
			    : "[{name: b}]");

		post(&w, "posts", i, front);
		free(front);
	}
	world_open(&w);
	s = schemas_measured(w.schemas, "posts", ENTRY_PAGE);
	/* Only what all keep to is written down. */
	got = schema_yaml(s);
	assert_string_equal(got, want);
	free(got);
	assert_int_equal(schema_find(s, "rank")->field.type, FIELD_INT);
	assert_true(schema_find(s, "links")->field.required);
	world_dispose(&w);
}

static void
keep_path(void *ctx, const struct schema_place *place)
{
	const char *s = value_text(place->value);

	buf_printf(ctx, "%s%s%s\n", place->path, s ? " " : "", s ? s : "");
	if (!place->parent)
		buf_puts(ctx, "- it is in nothing\n");
}

/* What is in maps: required there, unique, and where it is. */
static void
nested_fields(void **state)
{
	const struct schema *s;
	const struct schema_field *sf;
	struct schema_context x = {"content/blog/p9.md", NULL, false};
	struct world w;
	struct value *v;
	struct buf got = {0};
	struct err err;
	size_t len;
	struct fm *fm;
	const char *const text =
	    "---\nlinks:\n- {url: /a, note: x}\n- 3\n- {note: y}\n"
	    "params: {author: {email: a}}\n---\n";

	(void)state;
	world_new(&w);
	for (int i = 0; i < 9; i++) {
		char *front = xasprintf(
		    "title: T\n"
		    "lastmod: 2026-01-01\n"
		    "%s"
		    "links:\n- {url: /a%d%s}\n- {url: /b%d}\n",
		    i % 2 ? "params: {author: {name: Ann, email: e}}\n" : "", i,
		    i == 3 ? ", note: x" : "", i);

		post(&w, "blog", i, front);
		free(front);
	}
	test_write(w.dir, "galley.yaml",
	    "fields:\n  blog:\n    links[].url: {unique: true}\n"
	    "    params.author.email: {unique: true}\n");
	world_open(&w);
	expect(&w, "blog",
	    "title text required\nlastmod computed required\n"
	    "params map\nparams.author map required\n"
	    "params.author.name text required\n"
	    "params.author.email text required\n"
	    "links maps required\nlinks[].url url required\n"
	    "links[].note text\n");
	is_evidence(&w, "blog", "links[1].note",
	    "1 of 9 posts have it: 1 text; in 1 of 18 maps");
	s = schemas_section(w.schemas, "blog", ENTRY_PAGE);
	v = value_string("/b4");
	sf = schema_find(s, "links[7].url");
	assert_int_equal(schema_check(s, sf, v, &x, &err), -1);
	assert_string_equal(err.msg, "content/blog/p4.md has the same");
	x.path = "content/blog/p4.md";
	assert_int_equal(schema_check(s, sf, v, &x, &err), 0);
	value_free(v);
	v = value_string("e");
	sf = schema_find(s, "params.author.email");
	assert_int_equal(schema_check(s, sf, v, &x, &err), -1);
	assert_string_equal(err.msg, "content/blog/p1.md has the same");
	value_free(v);
	fm = fm_parse(text, strlen(text), &err);
	assert_non_null(fm_text(fm, &len));
	schema_places(
	    schema_find(s, "links[].url"), fm_values(fm), keep_path, &got);
	schema_places(schema_find(s, "params.author.name"), fm_values(fm),
	    keep_path, &got);
	schema_places(sf, NULL, keep_path, &got);
	assert_string_equal(buf_text(&got),
	    "links[0].url /a\nlinks[2].url\nparams.author.name\n"
	    "params.author.email\n- it is in nothing\n");
	buf_dispose(&got);
	fm_free(fm);
	world_dispose(&w);
}

static void
writes_what_is_not_there(void **state)
{
	struct world w;
	struct err err;
	char *yaml;
	size_t n;

	(void)state;
	world_new(&w);
	post(&w, "blog", 1, "title: A\nn: 1\n");
	world_open(&w);
	yaml = schema_yaml(schemas_section(w.schemas, "blog", ENTRY_PAGE));
	assert_string_equal(yaml, "  blog:\n"
				  "    # 1 of 1 post has it: 1 text\n"
				  "    title: {type: text}\n"
				  "    # 1 of 1 post has it: 1 integer\n"
				  "    \"n\": {type: integer}\n");
	free(yaml);
	is_written(&w,
	    "# ours\nfields:\n  blog:\n    title: {type: lines} # so\n"
	    "    n: {type: float}\n",
	    "# ours\nfields:\n  blog:\n    title: {type: lines} # so\n"
	    "    n: {type: float}\n",
	    0);
	assert_null(schema_write(schemas_section(w.schemas, "blog", ENTRY_PAGE),
	    "a: [", 4, &n, &err));
	assert_null(schema_write(schemas_section(w.schemas, "blog", ENTRY_PAGE),
	    "a: 1\n---\nb: 2\n", 14, &n, &err));
	world_dispose(&w);
}

/* Keys with dots, quotes and brackets in them, written down and read. */
static void
odd_keys(void **state)
{
	static const char *const front =
	    "title: T\n\"a.b\": 1\n'\"q\"': x\n\"c[0]\": {\"d.e\": [f]}\n";
	const struct schema *s;
	struct world w;
	char *yaml, *file;

	(void)state;
	world_new(&w);
	for (int i = 0; i < 4; i++)
		post(&w, "blog", i, front);
	world_open(&w);
	yaml = schema_yaml(schemas_measured(w.schemas, "blog", ENTRY_PAGE));
	file = xasprintf("fields:\n%s", yaml);
	free(yaml);
	test_write(w.dir, "galley.yaml", file);
	free(file);
	world_dispose(&w);
	world_open(&w);
	expect(&w, "blog",
	    "title text required\n\"a.b\" integer required\n"
	    "\"\\\"q\\\"\" text required\n\"c[0]\" map required\n"
	    "\"c[0]\".\"d.e\" list required\n");
	s = schemas_section(w.schemas, "blog", ENTRY_PAGE);
	assert_true(schema_find(s, "\"a.b\"")->seen.configured);
	assert_int_equal(schema_find(s, "\"c[0]\".\"d.e\"")->depth, 1);
	world_dispose(&w);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(values_alone_decide),
	    cmocka_unit_test(mixed_kinds),
	    cmocka_unit_test(formats_and_few_posts),
	    cmocka_unit_test(keys_stand_as_most_have_them),
	    cmocka_unit_test(the_team_has_the_last_word),
	    cmocka_unit_test(words_that_are_alike),
	    cmocka_unit_test(words_to_complete_from),
	    cmocka_unit_test(addresses_before_and_after),
	    cmocka_unit_test(drafts_by_other_fields),
	    cmocka_unit_test(mixed_habits),
	    cmocka_unit_test(nested_fields),
	    cmocka_unit_test(writes_what_is_not_there),
	    cmocka_unit_test(odd_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
