/* SPDX-License-Identifier: ISC */
/* Front matter from the command line: get, draft, undraft, and what every edit
 * of several files is made of. */
#include "cli_edit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli_signal.h"
#include "date.h"
#include "diff.h"
#include "mem.h"
#include "schema.h"
#include "work.h"

int
cli_get(struct cli *cli, struct err *err)
{
	bool json = false;
	const struct cli_option opts[] = {{"json", 0, .flag = &json}};
	const struct value *v;
	struct post *post;
	struct buf b = {0};
	int status = 0;

	if (cli_parse(cli, opts, NITEMS(opts), 1, 2, err) == -1 ||
	    !(post = cli_post(cli, cli->argv[0], err)))
		return -1;
	v = fm_values(post->fm);
	if (cli->argc == 2 && !(v = fm_get(post->fm, cli->argv[1]))) {
		status = err_code(err, ERR_REFUSED, "%s: no field %s",
		    cli->argv[0], cli->argv[1]);
	} else {
		if (cli->argc == 2 && !json && value_text(v))
			buf_add(&b, value_text(v), v->len);
		else
			value_json(v, cli->argc == 2 ? 0 : 2, &b);
		cli_write(buf_text(&b), b.len);
		putchar('\n');
	}
	buf_dispose(&b);
	post_free(post);
	return status;
}

/* "path:line: -text", for each line that an edit removed or added. */
static void
print_line(void *ctx, const struct diff_line *l)
{
	char *all = xasprintf("%s:%u: %c%.*s", (const char *)ctx, l->line,
	    l->sign, (int)l->len, l->text);

	cli_print(all);
	free(all);
}

static void
print_change(char *name, const struct edit *e)
{
	size_t len;
	const char *text = fm_text(e->post->fm, &len);

	diff_lines(e->before, e->before_len, text, len, print_line, name);
}

void
edits_free(struct edit *edits, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		post_free(edits[i].post);
		free(edits[i].before);
	}
	free(edits);
}

static bool
is_among(const struct edit *edits, size_t n, const char *path)
{
	for (size_t i = 0; i < n; i++)
		if (strcmp(edits[i].post->path, path) == 0)
			return true;
	return false;
}

struct edit *
edits_load(struct cli *cli, size_t *n, struct err *err)
{
	struct edit *edits = xcalloc(*n, sizeof(*edits)), *e = edits;
	struct post *post;
	const char *text;

	for (size_t i = 0; i < *n; i++) {
		post = cli_post(cli, cli->argv[i], err);
		if (!post) {
			edits_free(edits, (size_t)(e - edits));
			return NULL;
		}
		if (is_among(edits, (size_t)(e - edits), post->path)) {
			post_free(post);
			continue;
		}
		e->post = post;
		e->name = cli->argv[i];
		text = fm_text(post->fm, &e->before_len);
		e->before = xstrndup(text, e->before_len);
		e++;
	}
	*n = (size_t)(e - edits);
	return edits;
}

static bool
edit_changed(const struct edit *e)
{
	size_t len;
	const char *text = fm_text(e->post->fm, &len);

	return len != e->before_len || memcmp(text, e->before, len) != 0;
}

static int
edits_write(struct cli *cli, struct edit *edits, size_t n, struct err *err)
{
	struct post **posts = xcalloc(n, sizeof(struct post *));
	struct progress progress = {0};
	size_t failed = n;
	int rc;

	for (size_t i = 0; i < n; i++) {
		posts[i] = edits[i].post;
		edits[i].written = edit_changed(&edits[i]);
	}
	cli_signal_catch(&progress);
	rc = post_save_all(posts, n, &failed, err);
	cli->signal = cli_signal_release();
	if (rc == -1 && failed < n)
		err_where(err, edits[failed].name);
	free(posts);
	return rc;
}

/* What would be written, as a diff that patch(1) takes. */
static void
print_diff(const char *name, const struct edit *e)
{
	struct buf out = {0};
	size_t len;
	const char *text = fm_text(e->post->fm, &len);

	diff_unified(name, e->before, e->before_len, text, len, &out);
	cli_write(buf_text(&out), out.len);
	buf_dispose(&out);
}

int
edits_save(
    struct cli *cli, struct edit *edits, size_t n, bool dry, struct err *err)
{
	if (!dry && edits_write(cli, edits, n, err) == -1)
		return -1;
	for (size_t i = 0; i < n; i++) {
		char *name = cli_short(cli, edits[i].post->path);

		if (dry)
			print_diff(name + (*name == '/'), &edits[i]);
		else if (edits[i].written)
			print_change(name, &edits[i]);
		free(name);
	}
	return 0;
}

/* The site of the files at hand, for the fields that tell drafts in it. */
struct drafts {
	struct site *site; /* NULL: the last file was in none */
	struct conf *conf;
	struct schemas *schemas;
};

static void
drafts_dispose(struct drafts *d)
{
	schemas_free(d->schemas);
	conf_free(d->conf);
	site_free(d->site);
	*d = (struct drafts){0};
}

/* Read the site at root, if it is not the one at hand. */
static int
drafts_open(struct drafts *d, const char *root, struct err *err)
{
	struct site_config *config;

	if (d->site && strcmp(d->site->config->root, root) == 0)
		return 0;
	drafts_dispose(d);
	if (!(config = site_config_load(root, err)) ||
	    !(d->site = site_scan(config, date_now_unix(), NULL, err)) ||
	    !(d->conf = conf_load(root, err)))
		return -1;
	d->schemas = schemas_new(d->site, d->conf);
	return 0;
}

static int
turn(struct drafts *d, const struct edit *e, bool draft, struct err *err)
{
	char *dir = path_dir(e->post->path);
	char *root = site_find(dir, &(struct err){0});
	const char *path = root ? path_below(root, e->post->path) : NULL;
	int rc = path ? drafts_open(d, root, err) : 0;

	if (rc == 0 &&
	    (rc = schema_set_draft(path ? schemas_get(d->schemas, path) : NULL,
		 e->post->fm, draft, err)) == -1)
		err_where(err, e->name);
	free(root);
	free(dir);
	return rc;
}

static int
set_draft(struct cli *cli, bool draft, struct err *err)
{
	struct drafts drafts = {0};
	struct edit *edits = NULL;
	size_t n = 0;
	int rc = cli_parse(cli, NULL, 0, 1, -1, err);

	if (rc == 0) {
		n = (size_t)cli->argc;
		edits = edits_load(cli, &n, err);
		rc = edits ? 0 : -1;
	}
	for (size_t i = 0; edits && i < n && rc == 0; i++)
		rc = turn(&drafts, &edits[i], draft, err);
	if (rc == 0)
		rc = edits_save(cli, edits, n, false, err);
	if (edits)
		edits_free(edits, n);
	drafts_dispose(&drafts);
	return rc;
}

int
cli_draft(struct cli *cli, struct err *err)
{
	return set_draft(cli, true, err);
}

int
cli_undraft(struct cli *cli, struct err *err)
{
	return set_draft(cli, false, err);
}
