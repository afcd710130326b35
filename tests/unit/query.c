/* SPDX-License-Identifier: ISC */
#include "../test.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "query.h"

#define NOW 1764072000 /* 2025-11-25T12:00:00Z */

static struct site *
scan(const char *dir)
{
	struct err err;
	struct site *site =
	    site_scan(site_config_load(dir, &err), NOW, NULL, &err);

	if (!site)
		fail_msg("%s", err.msg);
	return site;
}

static void
page(const char *dir, const char *name, const char *fields)
{
	char *path = xasprintf("content/%s", name);
	char *text = xasprintf("---\n%s\n---\n", fields);

	test_write(dir, path, text);
	free(path);
	free(text);
}

/* The names that a query gives, in order. */
static void
expect(const struct site *site, struct query q, const char *names)
{
	struct view view = {0};
	struct buf b = {0};

	view_build(&view, site, &q);
	for (size_t i = 0; i < view.n; i++) {
		const struct entry *e = site->v[view.v[i]];

		buf_printf(&b, "%s%s", i ? " " : "",
		    e->kind == ENTRY_HOME ? "home" : e->name);
		assert_int_equal(view_find(&view, site, e->path), i);
	}
	assert_int_equal(view_find(&view, site, "content/none.md"), -1);
	assert_string_equal(buf_text(&b), names);
	buf_dispose(&b);
	view_dispose(&view);
}

static void
filters(void **state)
{
	const char *dir = test_dir();
	struct site *site;

	(void)state;
	test_write(dir, "hugo.toml",
	    "[languages.en]\nweight = 1\n[languages.fr]\nweight = 2\n");
	page(dir, "_index.md", "title: Home");
	page(dir, "blog/a/index.md",
	    "{title: Débogage du WASM, tags: [Debug, ＷＡＳＩ], date: "
	    "2020-01-01}");
	page(dir, "blog/b/index.md", "{title: Zeta, draft: true}");
	page(dir, "blog/c/index.md",
	    "{title: C, headless: true, categories: debugging}");
	page(dir, "news/d.md", "{title: D, date: 2099-01-01}");
	page(dir, "news/e.fr.md", "{title: 'E: wasm debug'}");
	page(dir, "news/wasm-f.md", "{title: F}");
	site = scan(dir);
	expect(
	    site, (struct query){.order = ORDER_PATH}, "home a b c d e wasm-f");
	expect(site, (struct query){.order = ORDER_PATH, .pages_only = true},
	    "a b c d e wasm-f");
	expect(site, (struct query){.order = ORDER_PATH, .listed_only = true},
	    "a b d e wasm-f");
	expect(site,
	    (struct query){.order = ORDER_PATH,
		.states = 1u << ENTRY_DRAFT | 1u << ENTRY_SCHEDULED},
	    "b d");
	expect(site, (struct query){.order = ORDER_PATH, .section = "news"},
	    "d e wasm-f");
	expect(
	    site, (struct query){.order = ORDER_PATH, .language = "fr"}, "e");
	expect(site, (struct query){.order = ORDER_PATH, .term = "dEbug"}, "a");
	expect(site, (struct query){.order = ORDER_PATH, .text = "wasm"},
	    "a e wasm-f");
	expect(site,
	    (struct query){
		.order = ORDER_PATH, .text = " WASM  debog\xc3\xa1ge "},
	    "a");
	expect(site, (struct query){.order = ORDER_PATH, .text = "wasi"}, "a");
	expect(
	    site, (struct query){.order = ORDER_PATH, .text = "tag:deb"}, "a");
	expect(site,
	    (struct query){.order = ORDER_PATH, .text = "categories:deb"}, "c");
	expect(site,
	    (struct query){.order = ORDER_PATH, .text = "draft:true zet"}, "b");
	expect(site,
	    (struct query){.order = ORDER_PATH,
		.text = "draft:no "
			"wasm-f"},
	    "wasm-f");
	expect(site, (struct query){.order = ORDER_PATH, .text = "state:sched"},
	    "d");
	expect(site,
	    (struct query){.order = ORDER_PATH, .text = "section:blog lang:en"},
	    "a b c");
	expect(site, (struct query){.order = ORDER_PATH, .text = "e:"}, "e");
	expect(
	    site, (struct query){.order = ORDER_PATH, .text = "nothing"}, "");
	/* In the title goes before in the path; the order decides the rest. */
	expect(site,
	    (struct query){
		.order = ORDER_DATE, .text = "news", .best_first = true},
	    "d e wasm-f");
	expect(site,
	    (struct query){
		.order = ORDER_PATH, .text = "f", .best_first = true},
	    "wasm-f e");
	site_free(site);
}

static void
orders(void **state)
{
	const char *dir = test_dir();
	enum query_order order;
	struct site *site;

	(void)state;
	test_write(dir, "hugo.toml", "");
	page(dir, "a.md", "{title: b, date: 2020-01-01}");
	page(dir, "b.md", "{title: a, date: 2021-01-01}");
	page(dir, "c.md", "{title: Äb, weight: 20}");
	page(dir, "d.md", "{title: x, weight: -1}");
	page(dir, "e.md", "{title: x, weight: 3, draft: true}");
	page(dir, "f.md", "{title: B, date: 2020-01-01}");
	page(dir, "g.md", "{title: zz, linkTitle: Aa, date: 2020-01-01}");
	page(dir, "h.md", "{title: 中文, date: 2099-01-01}");
	page(dir, "i.md", "title: '10'");
	page(dir, "j.md", "title: '#1'");
	page(dir, "k.md", "title: ''");
	page(dir, "l.md", "title: '…'");
	page(dir, "m.md", "title: [");
	site = scan(dir);
	expect(site, (struct query){.order = ORDER_HUGO},
	    "d e c h b g a f k l j i m");
	expect(site, (struct query){.order = ORDER_HUGO_LIST},
	    "d e c h b g a f k l j i m");
	expect(site, (struct query){.order = ORDER_DATE},
	    "h b g a f k l j i c m d e");
	expect(site, (struct query){.order = ORDER_TITLE},
	    "k l j i b g c a f m d e h");
	expect(site, (struct query){.order = ORDER_STATE},
	    "m e h b g a f k l j i c d");
	expect(site, (struct query){.order = ORDER_PATH},
	    "a b c d e f g h i j k l m");
	site_free(site);
	for (int i = 0; i < ORDERS; i++) {
		assert_true(query_order_parse(
		    query_order_name((enum query_order)i), &order));
		assert_int_equal(order, i);
	}
	assert_false(query_order_parse("dates", &order));
}

static void
an_empty_site(void **state)
{
	struct site *site = site_new(NULL, NOW);
	struct view view = {0};

	(void)state;
	view_build(&view, site, &(struct query){.order = ORDER_DATE});
	assert_int_equal(view.n, 0);
	view_build(&view, site, &(struct query){.order = ORDER_DATE});
	view_dispose(&view);
	site_free(site);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(filters),
	    cmocka_unit_test(orders),
	    cmocka_unit_test(an_empty_site),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
