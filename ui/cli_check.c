/* SPDX-License-Identifier: ISC */
/* galley check: hold posts to the rules. */
#include "cli_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "mem.h"
#include "schema.h"

static void
print_findings_text(const struct findings *f)
{
	for (size_t i = 0; i < f->n; i++) {
		const struct finding *v = &f->v[i];
		struct buf b = {0};

		buf_printf(&b, "%s:%u:%u: %s: %s [%s]", v->path,
		    v->line ? v->line : 1, v->column ? v->column : 1,
		    check_severity_name(v->severity), v->message, v->rule);
		cli_print(buf_text(&b));
		buf_dispose(&b);
	}
}

static void
print_findings_json(const struct findings *f)
{
	struct value *list = value_list();
	struct buf b = {0};

	for (size_t i = 0; i < f->n; i++) {
		const struct finding *v = &f->v[i];
		struct value *map = value_map();

		value_put(map, "path", value_string(v->path));
		value_put(map, "line", value_int(v->line ? v->line : 1));
		value_put(map, "column", value_int(v->column ? v->column : 1));
		value_put(map, "severity",
		    value_string(check_severity_name(v->severity)));
		value_put(map, "rule", value_string(v->rule));
		value_put(map, "message", value_string(v->message));
		value_append(list, map);
	}
	value_json(list, 2, &b);
	puts(buf_text(&b));
	buf_dispose(&b);
	value_free(list);
}

static void
check_entry(const struct site *site, struct schemas *schemas,
    const struct entry *e, struct findings *findings)
{
	const struct check_options options = {schemas, false};
	char *path = path_join(site->config->root, e->path);
	struct err ignored; /* the entry holds it too */
	struct post *post = post_load(path, &ignored);

	check_page(site, e, post, &options, findings);
	post_free(post);
	free(path);
}

/* Check the operands, or all pages. */
static int
check_all(struct cli *cli, const struct site *site, struct schemas *schemas,
    struct findings *findings, struct err *err)
{
	for (size_t i = 0; i < site->n && cli->argc == 0; i++)
		check_entry(site, schemas, site->v[i], findings);
	for (int i = 0; i < cli->argc; i++) {
		char *path =
		    site_resolve(site->config, cli->cwd, cli->argv[i], err);
		const struct entry *e = path ? site_entry(site, path) : NULL;

		if (path && !e)
			err_set(err, "%s: not a page of the site", path);
		free(path);
		if (!e)
			return -1;
		check_entry(site, schemas, e, findings);
	}
	return 0;
}

int
cli_check(struct cli *cli, struct err *err)
{
	const char *format = "text";
	const struct cli_option opts[] = {{"format", 'f', .text = &format}};
	struct findings findings = {0};
	struct schemas *schemas;
	struct conf *conf;
	struct site *site;
	int status;

	if (cli_parse(cli, opts, NITEMS(opts), 0, -1, err) == -1)
		return -1;
	if (strcmp(format, "text") != 0 && strcmp(format, "json") != 0)
		return err_code(err, ERR_USAGE,
		    "--format %s: not one of text, json", format);
	if (!(site = cli_site(cli, NULL, err)))
		return -1;
	if (!(conf = conf_load(site->config->root, err)) ||
	    check_settings(conf, err) == -1) {
		conf_free(conf);
		site_free(site);
		return -1;
	}
	schemas = schemas_new(site, conf);
	status = check_all(cli, site, schemas, &findings, err);
	if (status == 0) {
		if (*format == 't')
			print_findings_text(&findings);
		else
			print_findings_json(&findings);
		status = findings_count(&findings, CHECK_WARNING) +
			     findings_count(&findings, CHECK_ERROR) >
			 0;
	}
	findings_dispose(&findings);
	schemas_free(schemas);
	conf_free(conf);
	site_free(site);
	return status;
}
