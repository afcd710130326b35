/* SPDX-License-Identifier: ISC */
/* galley list: the site's pages as a table, as CSV like Hugo's, or as JSON. */
#include "cli_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "date.h"
#include "mem.h"
#include "query.h"
#include "text.h"

struct list_options {
	bool all, drafts, future, expired, published;
	const char *section, *lang, *tag, *search, *sort, *format;
};

static void
column(const char *s, int cols)
{
	struct buf b = {0};
	char *fit;
	int pad;

	text_clean(&b, s, strlen(s));
	fit = text_fit(buf_text(&b), b.len, cols);
	pad = cols - text_width(fit, strlen(fit));
	printf("%s%*s  ", fit, pad > 0 ? pad : 0, "");
	free(fit);
	buf_dispose(&b);
}

static void
print_table(const struct site *site, const struct view *view)
{
	for (size_t i = 0; i < view->n; i++) {
		const struct entry *e = site->v[view->v[i]];
		char *badge = entry_badge(e, site->now);
		char *day = xstrndup(e->date, strcspn(e->date, "T "));

		column(day, 10);
		column(badge, 12);
		column(e->title, 50);
		cli_print(e->path);
		free(day);
		free(badge);
	}
}

/* A field as encoding/csv in Go writes it, and what stands behind it. */
static void
csv_field(struct buf *b, const char *s, char end)
{
	if (*s != ' ' && *s != '\t' && !s[strcspn(s, ",\"\r\n")] &&
	    strcmp(s, "\\.") != 0) {
		buf_puts(b, s);
		buf_putc(b, end);
		return;
	}
	buf_putc(b, '"');
	for (; *s; s++) {
		if (*s == '"')
			buf_putc(b, '"');
		if (*s != '\r')
			buf_putc(b, *s);
	}
	buf_putc(b, '"');
	buf_putc(b, end);
}

static void
csv_date(struct buf *b, const struct entry *e, enum entry_date which)
{
	char *s = entry_csv_date(e, which);

	csv_field(b, s, ',');
	free(s);
}

static void
csv_row(struct buf *b, const struct entry *e)
{
	csv_field(b, e->path, ',');
	csv_field(b, e->slug, ',');
	csv_field(b, e->title, ',');
	csv_date(b, e, ENTRY_DATE);
	csv_date(b, e, ENTRY_EXPIRY_DATE);
	csv_date(b, e, ENTRY_PUBLISH_DATE);
	buf_puts(b, e->draft ? "true," : "false,");
	csv_field(b, e->permalink, '\n');
}

static void
print_csv(const struct site *site, const struct view *view)
{
	struct buf b = {0};

	buf_puts(&b,
	    "path,slug,title,date,expiryDate,publishDate,draft,permalink\n");
	for (size_t i = 0; i < view->n; i++) {
		const struct entry *e = site->v[view->v[i]];

		/* Hugo leaves out what no list on the site has. */
		if (e->listed)
			csv_row(&b, e);
		if (b.len > 16384) {
			cli_write(b.data, b.len);
			buf_clear(&b);
		}
	}
	cli_write(buf_text(&b), b.len);
	buf_dispose(&b);
}

static void
json_text(struct value *map, const char *key, const char *s)
{
	value_put(map, key, value_string(s));
}

static struct value *
json_entry(const struct site *site, const struct entry *e)
{
	struct value *map = value_map();

	json_text(map, "path", e->path);
	json_text(map, "title", e->title);
	json_text(map, "slug", e->slug);
	json_text(map, "section", e->section);
	json_text(map, "language", site->config->languages[e->language].code);
	json_text(map, "state", entry_state_name(e->state));
	json_text(map, "why", e->why);
	value_put(map, "draft", value_bool(e->draft));
	json_text(map, "date", e->date);
	json_text(map, "publishDate", e->publish_date);
	json_text(map, "expiryDate", e->expiry_date);
	json_text(map, "lastmod", e->lastmod);
	value_put(map, "weight", value_int(e->weight));
	for (size_t i = 0; i < e->nterms; i++) {
		const struct entry_terms *t = &e->terms[i];
		struct value *list = value_list();

		for (size_t j = 0; j < t->n; j++)
			value_append(list, value_string(t->terms[j]));
		value_put(
		    map, site->config->taxonomies[t->taxonomy].plural, list);
	}
	json_text(map, "permalink", e->permalink);
	if (e->error)
		json_text(map, "error", e->error->msg);
	return map;
}

static void
print_json(const struct site *site, const struct view *view)
{
	struct value *list = value_list();
	struct buf b = {0};

	for (size_t i = 0; i < view->n; i++)
		value_append(list, json_entry(site, site->v[view->v[i]]));
	value_json(list, 2, &b);
	puts(buf_text(&b));
	buf_dispose(&b);
	value_free(list);
}

static void
print_paths(const struct site *site, const struct view *view)
{
	for (size_t i = 0; i < view->n; i++) {
		const char *path = site->v[view->v[i]]->path;

		cli_write(path, strlen(path));
		putchar('\n');
	}
}

static const struct format {
	const char *name;
	void (*print)(const struct site *, const struct view *);
} formats[] = {
    {"table", print_table},
    {"csv", print_csv},
    {"json", print_json},
    {"paths", print_paths},
};

static const struct format *
format_find(const char *name, struct err *err)
{
	for (size_t i = 0; i < NITEMS(formats); i++)
		if (strcmp(formats[i].name, name) == 0)
			return &formats[i];
	err_code(err, ERR_USAGE,
	    "--format %s: not one of table, csv, json, paths", name);
	return NULL;
}

static int
make_query(const struct list_options *o, struct query *q, struct err *err)
{
	int chosen = o->all + o->drafts + o->future + o->expired + o->published;

	if (chosen > 1)
		return err_code(err, ERR_USAGE,
		    "only one of --all, --drafts, --future, --expired and "
		    "--published");
	*q = (struct query){
	    .states = (o->drafts ? 1u << ENTRY_DRAFT : 0) |
		      (o->future ? 1u << ENTRY_SCHEDULED : 0) |
		      (o->expired ? 1u << ENTRY_EXPIRED : 0) |
		      (o->published ? 1u << ENTRY_PUBLISHED : 0),
	    .section = o->section,
	    .language = o->lang,
	    .term = o->tag,
	    .text = o->search,
	    .pages_only = true,
	    .order = ORDER_HUGO_LIST,
	};
	if (!o->sort || query_order_parse(o->sort, &q->order))
		return 0;
	struct buf names = {0};
	for (int i = 0; i < ORDERS; i++)
		buf_printf(&names, "%s%s", i ? ", " : "",
		    query_order_name((enum query_order)i));
	err_code(err, ERR_USAGE, "--sort %s: not one of %s", o->sort,
	    buf_text(&names));
	buf_dispose(&names);
	return -1;
}

int
cli_list(struct cli *cli, struct err *err)
{
	struct list_options o = {.format = "table"};
	const struct cli_option opts[] = {
	    {"all", 'a', .flag = &o.all},
	    {"drafts", 0, .flag = &o.drafts},
	    {"future", 0, .flag = &o.future},
	    {"expired", 0, .flag = &o.expired},
	    {"published", 0, .flag = &o.published},
	    {"section", 's', .text = &o.section},
	    {"lang", 'l', .text = &o.lang},
	    {"tag", 't', .text = &o.tag},
	    {"search", 0, .text = &o.search},
	    {"sort", 0, .text = &o.sort},
	    {"format", 'f', .text = &o.format},
	};
	const struct format *format;
	struct site *site;
	struct view view = {0};
	struct query q;

	if (cli_parse(cli, opts, NITEMS(opts), 0, 1, err) == -1 ||
	    !(format = format_find(o.format, err)) ||
	    make_query(&o, &q, err) == -1)
		return -1;
	if (!(site = cli_site(cli, cli->argc ? cli->argv[0] : NULL, err)))
		return -1;
	view_build(&view, site, &q);
	format->print(site, &view);
	view_dispose(&view);
	site_free(site);
	return 0;
}
