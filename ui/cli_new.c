/* SPDX-License-Identifier: ISC */
/* galley new: a post from the site's archetypes, and images into its bundle. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "archetype.h"
#include "cli_priv.h"
#include "cli_signal.h"
#include "hugo.h"
#include "mem.h"
#include "proc.h"
#include "schema.h"
#include "work.h"

/* Open the editor on the post that was made. */
static int
edit(
    struct cli *cli, const struct conf *conf, const char *path, struct err *err)
{
	const char *editor = conf_text(conf, "editor");
	char *name = cli_short(cli, path);
	int status = 0, rc;

	rc = proc_edit(*editor ? editor : NULL, path, &status, err);
	if (rc == 0 && status != 0)
		rc = err_set(err, "the editor ended with status %d; %s is made",
		    status, name);
	free(name);
	return rc;
}

/* The images' paths, absolute. Caller frees each and the array. */
static char **
image_paths(const struct cli *cli, size_t *n)
{
	char **paths;

	*n = (size_t)cli->argc - 1;
	paths = xcalloc(*n + 1, sizeof(*paths));
	for (size_t i = 0; i < *n; i++)
		paths[i] = path_join(cli->cwd, cli->argv[i + 1]);
	return paths;
}

/* Is there a directory of that path's first name in dir? */
static bool
begins_in(const char *dir, const char *path)
{
	char *first = xasprintf("%s/%.*s", dir, (int)strcspn(path, "/"), path);
	bool is = path[strcspn(path, "/")] && file_is_dir(first);

	free(first);
	return is;
}

/* Below the content directory, where we stand counts: but not for a path that
 * begins with the name of a section, or at the root, and not with one here. */
static char *
target_path(const struct cli *cli, const struct site_config *config)
{
	const char *arg = cli->argv[0];
	bool here = false;

	for (size_t i = 0; i < config->nlanguages && !here; i++) {
		char *dir =
		    path_join(config->root, config->languages[i].content_dir);

		here = path_below(dir, cli->cwd) &&
		       (begins_in(cli->cwd, arg) ||
			   (!begins_in(dir, arg) &&
			       !begins_in(config->root, arg)));
		free(dir);
	}
	return here ? path_join(cli->cwd, arg) : xstrdup(arg);
}

/* Where only Hugo can do it, and is there, how. */
static void
add_way_out(
    const struct archetype_plan *plan, const char *kind, struct err *err)
{
	char *msg;

	if (!plan->hugo || !hugo_is_there())
		return;
	msg = xasprintf("%s: hugo new %s%s%s", err->msg, plan->hugo,
	    kind ? " --kind " : "", kind ? kind : "");
	err_set(err, "%s", msg);
	free(msg);
}

static int
make(struct cli *cli, const struct site_config *config,
    struct archetype_spec *spec, char **rel, struct err *err)
{
	struct archetype_plan plan = {0};
	struct progress progress = {0};
	int rc = archetype_plan(config, spec, &plan, err);

	if (rc == -1) {
		add_way_out(&plan, spec->kind, err);
	} else {
		spec->progress = &progress;
		cli_signal_catch(&progress);
		rc = archetype_new(config, spec, rel, err);
		cli->signal = cli_signal_release();
		spec->progress = NULL;
	}
	archetype_plan_dispose(&plan);
	return rc;
}

static void
print_name(const struct cli *cli, const char *path)
{
	char *name = cli_short(cli, path);

	cli_print(name);
	fflush(stdout);
	free(name);
}

/* The fields of the site's posts, where a new one has to take defaults. */
static int
open_schemas(struct cli *cli, const struct conf *conf, struct site **site,
    struct schemas **schemas, struct err *err)
{
	if (!schema_fills(conf))
		return 0;
	if (!(*site = cli_site(cli, NULL, err)))
		return -1;
	*schemas = schemas_new(*site, conf);
	return 0;
}

int
cli_new(struct cli *cli, struct err *err)
{
	struct archetype_spec spec = {0};
	bool open = false;
	const struct cli_option opts[] = {
	    {"kind", 'k', .text = &spec.kind},
	    {"title", 't', .text = &spec.title},
	    {"edit", 'e', .flag = &open},
	};
	struct site_config *config;
	struct conf *conf;
	struct site *site = NULL;
	struct schemas *schemas = NULL;
	char *rel = NULL, *path = NULL, *target, **images;
	int rc = -1;

	if (cli_parse(cli, opts, NITEMS(opts), 1, -1, err) == -1 ||
	    !(config = cli_config(cli, NULL, err)))
		return -1;
	spec.path = target = target_path(cli, config);
	images = image_paths(cli, &spec.nimages);
	spec.images = (const char *const *)images;
	conf = conf_load(config->root, err);
	if (conf && open_schemas(cli, conf, &site, &schemas, err) == 0) {
		spec.fill = schema_fill;
		spec.ctx = schemas;
		rc = make(cli, config, &spec, &rel, err);
	}
	if (rc == 0) {
		path = path_join(config->root, rel);
		print_name(cli, path);
	}
	if (rc == 0 && open)
		rc = edit(cli, conf, path, err);
	for (size_t i = 0; i < spec.nimages; i++)
		free(images[i]);
	free(images);
	free(target);
	free(path);
	free(rel);
	schemas_free(schemas);
	site_free(site);
	conf_free(conf);
	site_config_free(config);
	return rc;
}
