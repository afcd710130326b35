/* SPDX-License-Identifier: ISC */
/* galley schema: what the posts of a section have, and it written down. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "cli_signal.h"
#include "mem.h"
#include "schema.h"

/* The sections that were asked for, or all with pages. */
struct sections {
	char **v;
	size_t n, cap;
};

static void
add_section(struct sections *s, const char *name)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(s->v[i], name) == 0)
			return;
	s->v = xgrow(s->v, s->n, &s->cap, sizeof(*s->v));
	s->v[s->n++] = xstrdup(name);
}

static void
sections_dispose(struct sections *s)
{
	for (size_t i = 0; i < s->n; i++)
		free(s->v[i]);
	free(s->v);
}

static int
by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Those of all pages, sorted. */
static void
all_sections(const struct site *site, struct sections *s)
{
	for (size_t i = 0; i < site->n; i++)
		if (site->v[i]->kind == ENTRY_PAGE &&
		    site->v[i]->state != ENTRY_ERROR)
			add_section(s, site->v[i]->section);
	if (s->n > 0)
		qsort(s->v, s->n, sizeof(*s->v), by_name);
}

static const char *
shown_name(const char *section)
{
	return *section ? section : "/";
}

static int
find_sections(
    struct cli *cli, const struct site *site, struct sections *s, struct err *e)
{
	const char *asked = cli->argc > 0 ? cli->argv[0] : NULL;
	struct buf b = {0};
	size_t len;

	all_sections(site, s);
	if (!asked)
		return 0;
	len = strlen(asked);
	while (len > 1 && asked[len - 1] == '/')
		len--;
	for (size_t i = 0; i < s->n; i++) {
		const char *name = shown_name(s->v[i]);
		char *only;

		buf_printf(&b, "%s%s", i ? ", " : "", name);
		if (strlen(name) != len || memcmp(name, asked, len) != 0)
			continue;
		only = xstrdup(s->v[i]);
		sections_dispose(s);
		*s = (struct sections){0};
		add_section(s, only);
		free(only);
		buf_dispose(&b);
		return 0;
	}
	err_code(e, ERR_REFUSED, "%s: no section with pages%s%s", asked,
	    b.len ? "; there are: " : "", buf_text(&b));
	buf_dispose(&b);
	return -1;
}

/* What a field must, in few words. Caller frees. */
static char *
demands(const struct field *f)
{
	struct buf b = {0};

	if (f->required)
		buf_puts(&b, "required ");
	else if (f->required_to_publish)
		buf_puts(&b, "to publish ");
	if (f->unique)
		buf_puts(&b, "unique ");
	if (b.len == 0)
		buf_puts(&b, "- ");
	b.data[--b.len] = '\0';
	return buf_steal(&b);
}

static void
print_allowed(const struct field *f)
{
	struct buf b = {0};

	if (!f->allowed)
		return;
	buf_printf(&b, "%26s%s: ", "", f->strict ? "one of" : "suggested");
	for (size_t i = 0; i < f->allowed->n; i++) {
		const char *s = value_text(f->allowed->items[i]);

		buf_printf(&b, "%s%s", i ? ", " : "", s ? s : "");
	}
	cli_print(buf_text(&b));
	buf_dispose(&b);
}

static void
print_schema(const struct schema *s)
{
	char *head = xasprintf("%s: %zu post%s", shown_name(s->section),
	    s->posts, s->posts == 1 ? "" : "s");

	cli_print(head);
	free(head);
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->v[i].field;
		char *evidence = schema_evidence(&s->v[i]);
		char *must = demands(f);
		char *type = xasprintf(
		    "%s%s", field_type_name(f->type), f->several ? "s" : "");
		char *line = xasprintf(
		    "  %-22s  %-12s  %-10s  %s", f->key, type, must, evidence);

		cli_print(line);
		print_allowed(f);
		free(line);
		free(type);
		free(must);
		free(evidence);
	}
}

static struct value *
field_json(const struct schema_field *sf)
{
	const struct field *f = &sf->field;
	struct value *v = value_map();
	char *evidence = schema_evidence(sf);

	value_put(v, "key", value_string(f->key));
	value_put(v, "type", value_string(field_type_name(f->type)));
	value_put(v, "several", value_bool(f->several));
	value_put(v, "required", value_bool(f->required));
	value_put(v, "required_to_publish", value_bool(f->required_to_publish));
	value_put(v, "unique", value_bool(f->unique));
	if (f->allowed) {
		value_put(v, "allowed", value_copy(f->allowed));
		value_put(v, "strict", value_bool(f->strict));
	}
	if (f->fallback)
		value_put(v, "default", value_copy(f->fallback));
	value_put(v, "posts", value_int((int64_t)sf->seen.posts));
	value_put(v, "with", value_int((int64_t)sf->seen.with));
	value_put(v, "empty", value_int((int64_t)sf->seen.empty));
	value_put(v, "archetype", value_bool(sf->seen.archetype));
	value_put(v, "configured", value_bool(sf->seen.configured));
	value_put(v, "evidence", value_string(evidence));
	free(evidence);
	return v;
}

static void
print_json(struct schemas *schemas, const struct sections *sections)
{
	struct value *all = value_list();
	struct buf b = {0};

	for (size_t i = 0; i < sections->n; i++) {
		const struct schema *s =
		    schemas_section(schemas, sections->v[i], ENTRY_PAGE);
		struct value *v = value_map(), *fields = value_list();

		value_put(v, "section", value_string(s->section));
		value_put(v, "posts", value_int((int64_t)s->posts));
		for (size_t k = 0; k < s->n; k++)
			value_append(fields, field_json(&s->v[k]));
		value_put(v, "fields", fields);
		value_append(all, v);
	}
	value_json(all, 2, &b);
	buf_putc(&b, '\n');
	cli_write(buf_text(&b), b.len);
	buf_dispose(&b);
	value_free(all);
}

/* A galley.yaml that is not there yet. */
static int
create(struct schemas *schemas, const struct sections *sections,
    const char *path, struct err *err)
{
	struct buf b = {0};
	int rc;

	buf_puts(&b, "# What the fields of posts hold, as inferred: see "
		     "galley(5), FIELDS.\nfields:\n");
	for (size_t i = 0; i < sections->n; i++) {
		char *yaml = schema_yaml(
		    schemas_measured(schemas, sections->v[i], ENTRY_PAGE));

		buf_puts(&b, yaml);
		free(yaml);
	}
	rc = file_create(path, buf_text(&b), b.len, err);
	if (rc == 0)
		puts("galley.yaml: made");
	buf_dispose(&b);
	return rc;
}

/* Into one that is there. */
static int
extend(struct schemas *schemas, const struct sections *sections,
    const char *path, struct err *err)
{
	struct buf text = {0};
	struct stamp stamp;
	size_t added, all = 0;
	int rc = file_read(path, &text, &stamp, err);

	for (size_t i = 0; rc == 0 && i < sections->n; i++) {
		char *out = schema_write(
		    schemas_measured(schemas, sections->v[i], ENTRY_PAGE),
		    buf_text(&text), text.len, &added, err);

		if (!out) {
			rc = err_where(err, "galley.yaml");
			break;
		}
		buf_clear(&text);
		buf_puts(&text, out);
		free(out);
		all += added;
	}
	if (rc == 0 && all > 0)
		rc = file_replace(
		    path, buf_text(&text), text.len, &stamp, NULL, err);
	if (rc == 0 && all > 0)
		printf("galley.yaml: %zu field%s added\n", all,
		    all == 1 ? "" : "s");
	else if (rc == 0)
		puts("galley.yaml: has all fields already");
	buf_dispose(&text);
	return rc;
}

static int
write_down(const struct site *site, struct schemas *schemas,
    const struct sections *sections, struct err *err)
{
	char *path = path_join(site->config->root, "galley.yaml");
	int rc = file_exists(path) ? extend(schemas, sections, path, err)
				   : create(schemas, sections, path, err);

	free(path);
	return rc;
}

int
cli_schema(struct cli *cli, struct err *err)
{
	bool json = false, to_file = false;
	const struct cli_option opts[] = {
	    {"json", 0, .flag = &json}, {"write", 0, .flag = &to_file}};
	struct sections sections = {0};
	struct schemas *schemas = NULL;
	struct site *site = NULL;
	struct conf *conf = NULL;
	int status = -1;

	if (cli_parse(cli, opts, NITEMS(opts), 0, 1, err) == -1 ||
	    !(site = cli_site(cli, NULL, err)) ||
	    !(conf = conf_load(site->config->root, err)) ||
	    find_sections(cli, site, &sections, err) == -1)
		goto out;
	schemas = schemas_new(site, conf);
	status = 0;
	if (to_file)
		status = write_down(site, schemas, &sections, err);
	else if (json)
		print_json(schemas, &sections);
	for (size_t i = 0; !json && !to_file && i < sections.n; i++)
		print_schema(
		    schemas_section(schemas, sections.v[i], ENTRY_PAGE));
out:
	sections_dispose(&sections);
	schemas_free(schemas);
	conf_free(conf);
	site_free(site);
	return status;
}
