/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "mem.h"
#include "site.h"
#include "work.h"

#define NOW 1764072000 /* 2025-11-25T12:00:00Z */

static struct site *
scan(const char *dir)
{
	struct err err;
	struct site_config *c = site_config_load(dir, &err);
	struct site *site;

	if (!c)
		fail_msg("%s", err.msg);
	site = site_scan(c, NOW, NULL, &err);
	if (!site)
		fail_msg("%s", err.msg);
	return site;
}

static const struct entry *
entry(const struct site *site, const char *path)
{
	const struct entry *e = site_entry(site, path);

	if (!e)
		fail_msg("%s is not in the index", path);
	return e;
}

/* All paths, a line each. Caller frees. */
static char *
paths(const struct site *site)
{
	struct buf b = {0};

	for (size_t i = 0; i < site->n; i++)
		buf_printf(&b, "%s\n", site->v[i]->path);
	return buf_steal(&b);
}

#define PAGE "---\ntitle: T\n---\n"

static void
finds_pages_and_bundles(void **state)
{
	const char *dir = test_dir();
	struct site *site;
	char *s;

	(void)state;
	test_write(dir, "hugo.toml",
	    "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n"
	    "[languages.de]\nweight = 3\ndisabled = true\n");
	test_write(dir, "content/_index.md", PAGE);
	test_write(dir, "content/a.md", PAGE);
	test_write(dir, "content/a.fr.md", PAGE);
	test_write(dir, "content/a.de.md", PAGE);
	test_write(dir, "content/a.md~", PAGE);
	test_write(dir, "content/.a.md", PAGE);
	test_write(dir, "content/#a.md", PAGE);
	test_write(dir, "content/a.txt", PAGE);
	test_write(dir, "content/.hidden/a.md", PAGE);
	test_write(dir, "content/h.html", PAGE);
	test_write(dir, "content/raw.html", "<p>not a page</p>");
	test_write(dir, "content/blog/_index.md", PAGE);
	test_write(dir, "content/blog/x/index.md", PAGE);
	test_write(dir, "content/blog/x/index.fr.md", PAGE);
	test_write(dir, "content/blog/x/other.md", PAGE);
	test_write(dir, "content/blog/x/in/index.md", PAGE);
	test_write(dir, "content/blog/x/in/other.md", PAGE);
	test_write(dir, "content/blog/Ünï cödé/index.markdown", PAGE);
	test_write(dir, "content/both/index.md", PAGE);
	test_write(dir, "content/both/_index.md", PAGE);
	test_write(dir, "content/both/x.md", PAGE);
	test_write(dir, "content/rawdir/index.html", "<p>");
	test_write(dir, "content/rawdir/x.md", PAGE);
	test_write(dir, "content/index.html/x.md", PAGE);
	site = scan(dir);
	s = paths(site);
	assert_string_equal(s, "content/_index.md\n"
			       "content/a.de.md\n"
			       "content/a.fr.md\n"
			       "content/a.md\n"
			       "content/blog/_index.md\n"
			       "content/blog/x/in/index.md\n"
			       "content/blog/x/index.fr.md\n"
			       "content/blog/x/index.md\n"
			       "content/blog/Ünï cödé/index.markdown\n"
			       "content/both/_index.md\n"
			       "content/both/index.md\n"
			       "content/both/x.md\n"
			       "content/h.html\n"
			       "content/index.html/x.md\n"
			       "content/rawdir/x.md\n");
	free(s);
	assert_int_equal(entry(site, "content/_index.md")->kind, ENTRY_HOME);
	assert_int_equal(
	    entry(site, "content/blog/_index.md")->kind, ENTRY_SECTION);
	assert_int_equal(entry(site, "content/a.fr.md")->language, 1);
	assert_null(entry(site, "content/a.md")->bundle);
	assert_string_equal(entry(site, "content/a.md")->name, "a");
	assert_string_equal(entry(site, "content/a.md")->section, "");
	assert_string_equal(entry(site, "content/blog/x/index.fr.md")->bundle,
	    "content/blog/x");
	assert_string_equal(
	    entry(site, "content/blog/x/index.fr.md")->name, "x");
	assert_string_equal(
	    entry(site, "content/blog/x/index.fr.md")->section, "blog");
	assert_string_equal(entry(site, "content/blog/x/in/index.md")->why,
	    "inside the bundle content/blog/x");
	assert_string_equal(
	    entry(site, "content/a.de.md")->why, "language de is disabled");
	assert_false(entry(site, "content/a.de.md")->listed);
	assert_int_equal(entry(site, "content/a.de.md")->state, ENTRY_HIDDEN);
	site_free(site);
}

struct state_row {
	const char *fields;
	enum entry_state state;
	const char *why, *badge;
};

static void
states_and_their_reasons(void **state)
{
	static const struct state_row rows[] = {
	    {"title: x", ENTRY_PUBLISHED, "", ""},
	    {"draft: true", ENTRY_DRAFT, "draft: true", "draft"},
	    {"DRAFT: yes", ENTRY_DRAFT, "draft: yes", "draft"},
	    {"draft: 'TRUE'", ENTRY_DRAFT, "draft: TRUE", "draft"},
	    {"draft: 1", ENTRY_DRAFT, "draft: 1", "draft"},
	    {"draft: 'yes'", ENTRY_PUBLISHED, "", ""},
	    {"draft: [true]", ENTRY_PUBLISHED, "", ""},
	    {"published: false", ENTRY_DRAFT, "published: false", "draft"},
	    {"{published: false, draft: false}", ENTRY_PUBLISHED, "", ""},
	    {"{published: true, draft: yes}", ENTRY_DRAFT, "draft: yes",
		"draft"},
	    {"published: 2020-01-01", ENTRY_PUBLISHED, "", ""},
	    {"publishDate: 2025-12-01", ENTRY_SCHEDULED,
		"publishDate 2025-12-01 is in 5 d", "in 5 d"},
	    {"date: 2025-11-25T15:00:00Z", ENTRY_SCHEDULED,
		"date 2025-11-25T15:00:00Z is in 3 h", "in 3 h"},
	    {"{date: 2099-01-01, publishDate: 2020-01-01}", ENTRY_PUBLISHED, "",
		""},
	    {"publishDate: 2099-1-1", ENTRY_PUBLISHED, "", ""},
	    {"expiryDate: 2020-01-01", ENTRY_EXPIRED,
		"expiryDate was 2020-01-01", "expired"},
	    {"unpublishdate: 2025-11-25T12:00:00Z", ENTRY_EXPIRED,
		"unpublishdate was 2025-11-25T12:00:00Z", "expired"},
	    {"expiryDate: 2025-11-25T12:00:01Z", ENTRY_PUBLISHED, "", ""},
	    {"{draft: true, expiryDate: 2020-01-01}", ENTRY_DRAFT,
		"draft: true", "draft"},
	    {"headless: true", ENTRY_HIDDEN, "headless: true", "hidden"},
	    {"_build: {render: never}", ENTRY_HIDDEN, "build.render: never",
		"hidden"},
	    {"build: {render: false}", ENTRY_HIDDEN, "build.render: never",
		"hidden"},
	    {"build: {render: link}", ENTRY_HIDDEN, "build.render: link",
		"hidden"},
	    {"build: {render: always}", ENTRY_PUBLISHED, "", ""},
	};
	const char *dir = test_dir();
	struct site *site;

	(void)state;
	test_write(dir, "hugo.toml", "");
	for (size_t i = 0; i < NITEMS(rows); i++) {
		char *name = xasprintf("content/%02zu/index.md", i);
		char *text = xasprintf("---\n%s\n---\n", rows[i].fields);

		test_write(dir, name, text);
		free(name);
		free(text);
	}
	site = scan(dir);
	assert_int_equal(site->n, NITEMS(rows));
	for (size_t i = 0; i < NITEMS(rows); i++) {
		const struct entry *e = site->v[i];
		char *badge = entry_badge(e, NOW);

		if (e->state != rows[i].state ||
		    strcmp(e->why, rows[i].why) != 0 ||
		    strcmp(badge, rows[i].badge) != 0)
			fail_msg("%s: %s, '%s', '%s'", rows[i].fields,
			    entry_state_name(e->state), e->why, badge);
		free(badge);
	}
	site_free(site);
}

static void
built_drafts_are_no_drafts(void **state)
{
	const char *dir = test_dir();
	struct site *site;

	(void)state;
	test_write(dir, "hugo.toml",
	    "buildDrafts = true\nbuildFuture = true\nbuildExpired = true\n");
	test_write(dir, "content/a.md", "---\ndraft: true\n---\n");
	test_write(dir, "content/b.md", "---\ndate: 2099-01-01\n---\n");
	test_write(dir, "content/c.md", "---\nexpiryDate: 2000-01-01\n---\n");
	site = scan(dir);
	for (size_t i = 0; i < 3; i++)
		assert_int_equal(site->v[i]->state, ENTRY_PUBLISHED);
	assert_true(site->v[0]->draft);
	site_free(site);
}

static void
fields_of_an_entry(void **state)
{
	const char *dir = test_dir();
	const struct entry *e;
	struct site *site;
	const char **terms;
	size_t n;
	char *s;

	(void)state;
	test_write(dir, "hugo.toml",
	    "baseURL = 'https://e.org/'\ntimeZone = 'Asia/Tokyo'\n"
	    "[taxonomies]\ntag = 'tags'\nauthor = 'authors'\n");
	test_write(dir, "content/blog/x.md",
	    "---\ntitle: \"T: \\u00fc\"\ndate: 2020-01-02\nlastmod: "
	    "2021-01-01T00:00:00-05:00\nweight: '7'\nTags: [b, a, \"\"]\n"
	    "authors: Ann\nslug: -s-\n---\ntext\n");
	test_write(dir, "content/blog/y.md",
	    "---\nmodified: 2021-06-01\ntags:\n- a\n- 3\ntitle: [x]\n---\n");
	test_write(dir, "content/blog/z.md",
	    "---\ntags: null\ntitle: 1.50\ndate: 2024-4-7\n---\n");
	site = scan(dir);
	e = entry(site, "content/blog/x.md");
	assert_string_equal(e->title, "T: ü");
	assert_string_equal(e->slug, "s");
	assert_string_equal(e->permalink, "https://e.org/blog/s/");
	assert_string_equal(e->date, "2020-01-02");
	assert_int_equal(e->date_t, 1577890800);
	assert_int_equal(e->date_offset, 9 * 3600);
	assert_string_equal(e->publish_date, "2020-01-02");
	assert_string_equal(e->expiry_date, "");
	assert_int_equal(e->expiry_t, ENTRY_NO_DATE);
	assert_string_equal(e->lastmod, "2021-01-01T00:00:00-05:00");
	assert_int_equal(e->weight, 7);
	assert_true(e->listed);
	assert_int_equal(e->nterms, 2);
	assert_null(e->error);
	assert_string_equal(e->folded, "t: u\ncontent/blog/x.md\nb\na\nann\n");
	s = entry_csv_date(e, ENTRY_DATE);
	assert_string_equal(s, "2020-01-02T00:00:00+09:00");
	free(s);
	s = entry_csv_date(e, ENTRY_EXPIRY_DATE);
	assert_string_equal(s, "0001-01-01T00:00:00Z");
	free(s);
	e = entry(site, "content/blog/y.md");
	assert_string_equal(e->title, "");
	assert_string_equal(e->date, "2021-06-01");
	assert_string_equal(e->publish_date, "");
	e = entry(site, "content/blog/z.md");
	assert_string_equal(e->title, "1.5");
	assert_string_equal(e->date, "2024-4-7");
	assert_int_equal(e->date_t, ENTRY_NO_DATE);
	for (size_t i = 0; i < site->config->ntaxonomies; i++) {
		if (strcmp(site->config->taxonomies[i].plural, "tags") != 0)
			continue;
		terms = site_terms(site, i, &n);
		assert_int_equal(n, 3);
		assert_string_equal(terms[0], "a");
		assert_string_equal(terms[1], "3");
		assert_string_equal(terms[2], "b");
		free(terms);
	}
	site_free(site);
}

static void
what_cannot_be_read_is_listed(void **state)
{
	const char *dir = test_dir();
	const struct entry *e;
	struct site *site;

	(void)state;
	test_write(dir, "hugo.toml", "");
	test_write(dir, "content/blog/bad/index.md",
	    "---\ntitle: x\ntags: [a\ndraft: false\n---\n");
	test_write(dir, "content/blog/good.md", PAGE);
	test_write(dir, "content/blog/secret.md", PAGE);
	test_write(dir, "content/closed/x.md", PAGE);
	symlink("nowhere.md", test_path(dir, "content/blog/dangling.md"));
	if (geteuid() != 0) {
		chmod(test_path(dir, "content/blog/secret.md"), 0);
		chmod(test_path(dir, "content/closed"), 0);
	}
	site = scan(dir);
	e = entry(site, "content/blog/bad/index.md");
	assert_int_equal(e->state, ENTRY_ERROR);
	assert_int_equal(e->error->code, ERR_FAIL);
	assert_true(e->error->line >= 3 && e->error->line <= 4);
	assert_true(e->error->column > 0);
	assert_string_equal(e->title, "bad");
	assert_string_equal(e->why, e->error->msg);
	assert_null(site_entry(site, "content/blog/dangling.md"));
	if (geteuid() != 0) {
		e = entry(site, "content/blog/secret.md");
		assert_int_equal(e->state, ENTRY_ERROR);
		assert_string_equal(e->title, "secret");
		e = entry(site, "content/closed");
		assert_int_equal(e->state, ENTRY_ERROR);
	}
	assert_int_equal(
	    entry(site, "content/blog/good.md")->state, ENTRY_PUBLISHED);
	site_free(site);
}

static void
links_do_not_lead_out(void **state)
{
	const char *dir = test_dir(), *out = test_dir();
	struct site *site;
	char *s;

	(void)state;
	test_write(dir, "hugo.toml", "");
	test_write(out, "o.md", PAGE);
	test_write(dir, "content/a/x.md", PAGE);
	symlink("../a", test_path(dir, "content/a/loop"));
	symlink("a", test_path(dir, "content/b"));
	symlink("a/x.md", test_path(dir, "content/x.md"));
	symlink(test_path(out, "o.md"), test_path(dir, "content/o.md"));
	symlink(out, test_path(dir, "content/out"));
	mkfifo(test_path(dir, "content/fifo.md"), 0600);
	site = scan(dir);
	s = paths(site);
	assert_string_equal(s, "content/a/x.md\ncontent/x.md\n");
	free(s);
	site_free(site);
}

static void
refreshes_one_page(void **state)
{
	const char *dir = test_dir();
	struct site *site;
	char *s;

	(void)state;
	test_write(dir, "hugo.toml", "");
	test_write(dir, "content/b.md", PAGE);
	site = scan(dir);
	test_write(dir, "content/b.md", "---\ndraft: true\n---\n");
	site_refresh(site, "content/b.md");
	assert_int_equal(entry(site, "content/b.md")->state, ENTRY_DRAFT);
	test_write(dir, "content/a/index.md", PAGE);
	test_write(dir, "content/a/r.md", PAGE);
	test_write(dir, "content/a/in/deep/index.md", PAGE);
	test_write(dir, "content/c.md", PAGE);
	site_refresh(site, "content/c.md");
	site_refresh(site, "content/a/index.md");
	site_refresh(site, "content/a/r.md");
	site_refresh(site, "content/a/in/deep/index.md");
	site_refresh(site, "content/gone.md");
	site_refresh(site, "static/x.md");
	site_refresh(site, "content/c.txt");
	s = paths(site);
	assert_string_equal(s,
	    "content/a/in/deep/index.md\ncontent/a/index.md\ncontent/b.md\n"
	    "content/c.md\n");
	free(s);
	assert_string_equal(entry(site, "content/a/in/deep/index.md")->why,
	    "inside the bundle content/a");
	unlink(test_path(dir, "content/b.md"));
	site_refresh(site, "content/b.md");
	assert_null(site_entry(site, "content/b.md"));
	assert_int_equal(site->n, 3);
	site_free(site);
}

static void
stops_when_cancelled(void **state)
{
	const char *dir = test_dir();
	struct progress progress = {0};
	struct err err;

	(void)state;
	test_write(dir, "hugo.toml", "");
	test_write(dir, "content/b.md", PAGE);
	progress.cancel = true;
	assert_null(
	    site_scan(site_config_load(dir, &err), NOW, &progress, &err));
	assert_int_equal(err.code, ERR_CANCEL);
	progress.cancel = false;
	site_free(site_scan(site_config_load(dir, &err), NOW, &progress, &err));
	assert_int_equal(progress.done, 1);
	assert_int_equal(progress.total, 1);
}

struct resolve_row {
	const char *cwd, *arg, *result, *message;
};

static void
resolves_what_a_person_types(void **state)
{
	static const struct resolve_row rows[] = {
	    {"", "content/en/blog/x/index.md", "content/en/blog/x/index.md"},
	    {"", "content/en/blog/x", "content/en/blog/x/index.md"},
	    {"", "./content/en/blog/x/", "content/en/blog/x/index.md"},
	    {"", "blog/x", "content/en/blog/x/index.md"},
	    {"", "blog/lone.md", "content/en/blog/lone.md"},
	    {"", "blog/lone", "content/en/blog/lone.md"},
	    {"", "blog", "content/en/blog/_index.md"},
	    {"", "seul.md", "content/fr/seul.md"},
	    {"", "blog/both", "content/en/blog/both/index.md"},
	    {"content/en/blog", "x", "content/en/blog/x/index.md"},
	    {"content/en/blog/x", ".", "content/en/blog/x/index.md"},
	    {"content/en/blog/x", "index.md", "content/en/blog/x/index.md"},
	    {"content/en/blog/x", "../lone.md", "content/en/blog/lone.md"},
	    {"static", "blog/x", "content/en/blog/x/index.md"},
	    {"", "content/en/blog/x/../../blog/lone.md",
		"content/en/blog/lone.md"},
	    {"", "blog/x/pic.png", NULL, "*not a content file"},
	    {"", "static/s.md", NULL, "*not in the site's content"},
	    {"", "../../../../../../../../etc/passwd", NULL,
		"*outside the site*"},
	    {"", "/etc/passwd", NULL, "/etc/passwd: outside the site*"},
	    {"", "blog/link.md", NULL, "*outside the site*"},
	    {"", "blog/linkdir", NULL, "*outside the site*"},
	    {"", "blog/linkdir/o.md", NULL, "*outside the site*"},
	    {"", "blog/empty", NULL, "*without an index page"},
	    {"", "blog/nope", NULL, "blog/nope: no such page (looked for *"},
	    {"", "", NULL, "the name of a page is empty"},
	};
	const char *dir = test_dir(), *out = test_dir();
	struct site_config *c;
	struct err err;

	(void)state;
	test_write(dir, "hugo.toml",
	    "[languages.en]\nweight = 1\ncontentDir = 'content/en'\n"
	    "[languages.fr]\nweight = 2\ncontentDir = 'content/fr'\n");
	test_write(dir, "content/en/blog/_index.md", PAGE);
	test_write(dir, "content/en/blog/x/index.md", PAGE);
	test_write(dir, "content/en/blog/x/index.de.md", PAGE);
	test_write(dir, "content/en/blog/x/pic.png", "");
	test_write(dir, "content/en/blog/both/index.md", PAGE);
	test_write(dir, "content/en/blog/both/_index.md", PAGE);
	test_write(dir, "content/en/blog/lone.md", PAGE);
	test_write(dir, "content/en/blog/empty/a.txt", "");
	test_write(dir, "content/fr/seul.md", PAGE);
	test_write(dir, "static/s.md", PAGE);
	test_write(out, "o.md", PAGE);
	test_write(out, "index.md", PAGE);
	symlink(test_path(out, "o.md"), test_path(dir, "content/en/blog/link"
						       ".md"));
	symlink(out, test_path(dir, "content/en/blog/linkdir"));
	c = site_config_load(dir, &err);
	assert_non_null(c);
	for (size_t i = 0; i < NITEMS(rows); i++) {
		const struct resolve_row *r = &rows[i];
		char *got = site_resolve(
		    c, r->cwd[0] ? test_path(dir, r->cwd) : dir, r->arg, &err);

		if (r->result && (!got || strcmp(got, r->result) != 0))
			fail_msg("%s: %s", r->arg, got ? got : err.msg);
		if (!r->result && got)
			fail_msg("%s: %s", r->arg, got);
		if (!r->result) {
			const char *m = r->message;
			size_t n = strlen(m);
			bool open = m[n - 1] == '*';
			char *part =
			    xstrndup(m + (*m == '*'), n - (*m == '*') - open);
			char *at = strstr(err.msg, part);

			if (!at || (*m != '*' && at != err.msg) ||
			    (!open && strcmp(at, part) != 0))
				fail_msg("%s: %s", r->arg, err.msg);
			free(part);
		}
		free(got);
	}
	site_config_free(c);
}

static void
places_a_path(void **state)
{
	const char *dir = test_dir();
	struct site_config *c;
	struct err err;
	struct site_place p;

	(void)state;
	test_write(dir, "hugo.toml",
	    "[languages.en]\nweight = 1\ncontentDir = 'content'\n"
	    "[languages.fr]\nweight = 2\ncontentDir = 'content-fr'\n");
	c = site_config_load(dir, &err);
	site_place(c, "content-fr/blog/x/index.md", &p);
	assert_int_equal(p.language, 1);
	assert_string_equal(p.name, "x");
	assert_string_equal(p.section, "blog");
	assert_string_equal(p.bundle, "content-fr/blog/x");
	site_place_dispose(&p);
	site_place(c, "content/x.fr.md", &p);
	assert_int_equal(p.language, 1);
	assert_string_equal(p.name, "x");
	assert_string_equal(p.section, "");
	assert_null(p.bundle);
	site_place_dispose(&p);
	site_place(c, "content/contact/index.md", &p);
	assert_string_equal(p.section, "");
	site_place_dispose(&p);
	site_config_free(c);
}

static void
the_corpus(void **state)
{
	const char *dir = test_corpus("wamr.dev");
	struct site *site = scan(dir);
	size_t pages = 0, drafts = 0;

	(void)state;
	assert_int_equal(site->n, 29);
	for (size_t i = 0; i < site->n; i++) {
		pages += site->v[i]->kind == ENTRY_PAGE;
		drafts += site->v[i]->state == ENTRY_DRAFT;
		assert_null(site->v[i]->error);
	}
	assert_int_equal(pages, 25);
	assert_int_equal(drafts, 1);
	assert_string_equal(
	    entry(site, "content/en/contributors/_index.md")->section,
	    "contributors");
	assert_int_equal(
	    entry(site, "content/en/contributors/_index.md")->kind, ENTRY_TERM);
	site_free(site);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(finds_pages_and_bundles),
	    cmocka_unit_test(states_and_their_reasons),
	    cmocka_unit_test(built_drafts_are_no_drafts),
	    cmocka_unit_test(fields_of_an_entry),
	    cmocka_unit_test(what_cannot_be_read_is_listed),
	    cmocka_unit_test(links_do_not_lead_out),
	    cmocka_unit_test(refreshes_one_page),
	    cmocka_unit_test(stops_when_cancelled),
	    cmocka_unit_test(resolves_what_a_person_types),
	    cmocka_unit_test(places_a_path),
	    cmocka_unit_test(the_corpus),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
