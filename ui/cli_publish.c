/* SPDX-License-Identifier: ISC */
/* Publishing from the command line: status, publish, unpublish, sync. */
#include "cli_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli_signal.h"
#include "edit_text.h"
#include "mem.h"
#include "schema.h"
#include "publish.h"
#include "work.h"

/* One letter a state, as in the list of posts: + ~ - and an arrow. */
static const char *
state_sign(unsigned state)
{
	if (state & REPO_CONFLICT)
		return "!";
	if (state & REPO_DELETED)
		return "-";
	if (state & REPO_NEW)
		return "+";
	if (state & (REPO_CHANGED | REPO_STAGED))
		return "~";
	return "^";
}

static const char *
state_word(unsigned state)
{
	if (state & REPO_CONFLICT)
		return "conflict";
	if (state & REPO_DELETED)
		return "deleted";
	if (state & REPO_NEW)
		return "new";
	if (state & (REPO_CHANGED | REPO_STAGED))
		return "changed";
	return "unpushed";
}

/* The page that a changed file belongs to, or NULL. */
static const struct entry *
page_of(const struct site *site, const char *prefix, const char *path)
{
	size_t len = strlen(prefix);
	const struct entry *e;
	const char *rel;

	if (strncmp(path, prefix, len) != 0)
		return NULL;
	rel = path + len + (len && path[len] == '/');
	if ((e = site_entry(site, rel)))
		return e;
	for (size_t i = 0; i < site->n; i++)
		if (site->v[i]->bundle && path_below(site->v[i]->bundle, rel))
			return site->v[i];
	return NULL;
}

/* What an earlier publication has left, and what to do about it. */
static void
print_pending(const struct publish_pending *p)
{
	static const char *const ways[] = {
	    [PUBLISH_LEFT_NOTHING] = "",
	    [PUBLISH_LEFT_CUT] =
		": galley sync finishes it, galley sync --undo takes it back",
	    [PUBLISH_LEFT_UNSENT] =
		": galley sync tries again, galley sync --undo takes it back",
	    [PUBLISH_LEFT_UNDOING] = ": galley sync --undo finishes that",
	    [PUBLISH_LEFT_RUNNING] = "",
	};
	char *line;

	if (p->left == PUBLISH_LEFT_NOTHING)
		return;
	line = xasprintf("! %s%s", p->text, ways[p->left]);
	cli_print(line);
	free(line);
}

static void
status_text(const struct site *site, const struct repo_head *head,
    const struct repo_changes *changes, const char *prefix,
    const struct publish_pending *pending)
{
	struct buf b = {0};

	buf_printf(&b, "%s", head->branch ? head->branch : "(no branch)");
	if (head->remote)
		buf_printf(&b, " -> %s %s", head->remote, head->url);
	if (head->ahead)
		buf_printf(&b, ", %zu to push", head->ahead);
	if (head->behind)
		buf_printf(&b, ", %zu to fetch", head->behind);
	if (head->busy)
		buf_printf(&b, ", %s in progress", head->busy);
	cli_print(buf_text(&b));
	print_pending(pending);
	for (size_t i = 0; i < changes->n; i++) {
		const struct repo_change *c = &changes->v[i];
		const struct entry *e = page_of(site, prefix, c->path);

		buf_clear(&b);
		buf_printf(&b, "%s %-9s %s", state_sign(c->state),
		    state_word(c->state), c->path);
		if (e && e->state != ENTRY_PUBLISHED)
			buf_printf(&b, "  (%s)", e->why);
		cli_print(buf_text(&b));
	}
	buf_dispose(&b);
}

static struct value *
text_or_null(const char *s)
{
	return s ? value_string(s) : value_null();
}

static struct value *
pending_value(const struct publish_pending *p)
{
	static const char *const words[] = {
	    [PUBLISH_LEFT_NOTHING] = "",
	    [PUBLISH_LEFT_CUT] = "cut off",
	    [PUBLISH_LEFT_UNSENT] = "not pushed",
	    [PUBLISH_LEFT_UNDOING] = "undoing",
	    [PUBLISH_LEFT_RUNNING] = "running",
	};
	struct value *map;

	if (p->left == PUBLISH_LEFT_NOTHING)
		return value_null();
	map = value_map();
	value_put(map, "state", value_string(words[p->left]));
	value_put(map, "text", value_string(p->text));
	value_put(map, "commit", text_or_null(*p->oid ? p->oid : NULL));
	return map;
}

static void
status_json(const struct site *site, const struct repo_head *head,
    const struct repo_changes *changes, const char *prefix,
    const struct publish_pending *pending)
{
	struct value *map = value_map(), *list = value_list();
	struct buf b = {0};

	value_put(map, "branch", text_or_null(head->branch));
	value_put(map, "remote", text_or_null(head->remote));
	value_put(map, "url", text_or_null(head->url));
	value_put(map, "ahead", value_int((int64_t)head->ahead));
	value_put(map, "behind", value_int((int64_t)head->behind));
	value_put(map, "busy", text_or_null(head->busy));
	for (size_t i = 0; i < changes->n; i++) {
		const struct repo_change *c = &changes->v[i];
		const struct entry *e = page_of(site, prefix, c->path);
		struct value *item = value_map();

		value_put(item, "path", value_string(c->path));
		value_put(item, "git", value_string(state_word(c->state)));
		value_put(item, "unpushed",
		    value_bool((c->state & REPO_UNPUSHED) != 0));
		value_put(item, "page", text_or_null(e ? e->path : NULL));
		value_put(item, "state",
		    text_or_null(e ? entry_state_name(e->state) : NULL));
		value_append(list, item);
	}
	value_put(map, "changes", list);
	value_put(map, "publication", pending_value(pending));
	value_json(map, 2, &b);
	puts(buf_text(&b));
	buf_dispose(&b);
	value_free(map);
}

int
cli_status(struct cli *cli, struct err *err)
{
	bool json = false;
	const struct cli_option opts[] = {{"json", 0, .flag = &json}};
	struct repo_changes changes = {0};
	struct publish_pending pending = {0};
	struct repo_head head = {0};
	struct repo *repo = NULL;
	struct site *site;
	const char *prefix;
	char *root = NULL;
	int rc = -1;

	if (cli_parse(cli, opts, NITEMS(opts), 0, 0, err) == -1 ||
	    !(site = cli_site(cli, NULL, err)))
		return -1;
	if (!(repo = repo_open(site->config->root, err)))
		goto out;
	root = path_real(site->config->root);
	prefix = root ? path_below(repo_root(repo), root) : NULL;
	if (!prefix)
		prefix = "";
	if (repo_head(repo, &head, err) == -1 ||
	    repo_changes(repo, prefix, &changes, err) == -1 ||
	    publish_pending(repo, &pending, err) == -1)
		goto out;
	(json ? status_json : status_text)(
	    site, &head, &changes, prefix, &pending);
	rc = 0;
out:
	publish_pending_dispose(&pending);
	repo_changes_dispose(&changes);
	repo_head_dispose(&head);
	free(root);
	repo_free(repo);
	site_free(site);
	return rc;
}

/* Its other lines below the first one's words. */
static void
print_message(struct buf *b, const char *message)
{
	size_t len;

	for (const char *label = "message"; *message; label = "") {
		len = strcspn(message, "\n");
		buf_printf(
		    b, len ? "%-8s %.*s\n" : "\n", label, (int)len, message);
		message += len + (message[len] == '\n');
	}
}

static void
print_plan(const struct plan *p)
{
	struct buf b = {0};

	for (size_t i = 0; i < p->nfields; i++)
		buf_printf(&b, "field    %s: %s: %s -> %s\n", p->fields[i].path,
		    p->fields[i].key, p->fields[i].before, p->fields[i].after);
	for (size_t i = 0; i < p->nfiles; i++)
		buf_printf(&b, "file     %s %s  +%zu -%zu\n",
		    state_sign(p->files[i].state), p->files[i].path,
		    p->files[i].added, p->files[i].removed);
	for (size_t i = 0; i < p->findings.n; i++)
		buf_printf(&b, "check    %s: %s [%s]\n",
		    check_severity_name(p->findings.v[i].severity),
		    p->findings.v[i].message, p->findings.v[i].rule);
	print_message(&b, p->message);
	if (p->head.remote && !p->no_push)
		buf_printf(&b, "to       %s %s  %s\n", p->head.remote,
		    p->head.target ? p->head.target : "", p->head.url);
	else
		buf_puts(&b, "to       (no push)\n");
	if (p->url)
		buf_printf(&b, "address  %s\n", p->url);
	if (p->note)
		buf_printf(&b, "note     %s\n", p->note);
	for (char *s = b.data, *nl; s && *s; s = nl + 1) {
		nl = strchr(s, '\n');
		*nl = '\0';
		cli_print(s);
	}
	buf_dispose(&b);
}

static void
print_result_json(
    const struct plan *p, const struct publish_result *r, const struct err *err)
{
	struct value *map = value_map(), *posts = value_list();
	struct buf b = {0};

	for (size_t i = 0; i < p->nposts; i++)
		value_append(posts, value_string(p->posts[i]));
	value_put(map, "posts", posts);
	value_put(map, "commit", text_or_null(*r->oid ? r->oid : NULL));
	value_put(map, "pushed", value_bool(r->pushed));
	value_put(map, "url", text_or_null(p->url));
	value_put(map, "remote", value_string(buf_text(&r->remote)));
	value_put(map, "error", text_or_null(err ? err->msg : NULL));
	value_json(map, 2, &b);
	puts(buf_text(&b));
	buf_dispose(&b);
	value_free(map);
}

static void
print_result(const struct plan *p, const struct publish_result *r)
{
	struct buf b = {0};

	buf_puts(&b, !r->pushed     ? "Committed"
		     : p->unpublish ? "Unpublished"
				    : "Published");
	if (*r->oid)
		buf_printf(&b, "  %.7s", r->oid);
	if (p->url)
		buf_printf(&b, "  %s", p->url);
	cli_print(buf_text(&b));
	buf_dispose(&b);
	if (p->note)
		cli_print(p->note);
}

struct publish_options {
	struct plan_options plan;
	bool dry_run, json, edit, wait;
	int seconds; /* to wait for the pages */
};

/* The message in the editor; empty: no. */
static int
edit_message(struct plan *plan, const char *editor, struct err *err)
{
	char *text = edit_text(editor && *editor ? editor : NULL,
	    "COMMIT_EDITMSG", plan->message, err);

	if (!text)
		return -1;
	if (plan_set_message(plan, text))
		return free(text), 0;
	free(text);
	return err_code(
	    err, ERR_REFUSED, "the message is empty: nothing is published");
}

static int
carry_out(struct cli *cli, const struct site *site, struct repo *repo,
    struct plan *plan, const struct publish_options *o, struct err *err)
{
	struct progress progress = {0};
	struct repo_net net = {
	    .line = cli_say, .ctx = &progress, .progress = &progress};
	struct publish_result result = {0};
	struct askpass *askpass;
	bool told = true;
	int rc;

	if (plan_empty(plan))
		return err_code(err, ERR_REFUSED,
		    "nothing to publish: no change, and nothing unpushed");
	if (o->dry_run) {
		print_plan(plan);
		return 0;
	}
	askpass = cli_askpass(cli, repo, &progress);
	cli_signal_catch(&progress);
	rc = publish_run(site, repo, plan, &net, &result, err);
	if (rc == 0 && o->wait && result.pushed)
		rc = publish_wait(site, repo, plan, &result, o->seconds, &told,
		    &progress, err);
	cli->signal = cli_signal_release();
	repo_ask_through(repo, NULL);
	askpass_free(askpass);
	if (o->json)
		print_result_json(plan, &result, rc ? err : NULL);
	else if (rc == 0 || result.pushed)
		print_result(plan, &result);
	if (rc == 0 && o->wait && result.pushed && !o->json)
		cli_print(plan->unpublish ? "Offline"
			  : told          ? "Online"
				 : "Online, though its text does not tell "
				   "whether it is the new page");
	publish_result_dispose(&result);
	return rc;
}

/* The pages that the operands name, relative to the root. */
static char **
resolve_all(struct cli *cli, const struct site *site, struct err *err)
{
	char **paths = xcalloc((size_t)cli->argc, sizeof(*paths));

	for (int i = 0; i < cli->argc; i++) {
		paths[i] =
		    site_resolve(site->config, cli->cwd, cli->argv[i], err);
		if (!paths[i]) {
			file_names_free(paths, (size_t)i);
			return NULL;
		}
	}
	return paths;
}

static int
publish(struct cli *cli, struct publish_options *o, struct err *err)
{
	struct site *site;
	struct conf *conf = NULL;
	struct repo *repo = NULL;
	struct plan *plan = NULL;
	char **paths = NULL;
	size_t n = (size_t)cli->argc;
	int rc = -1;

	if (!(site = cli_site(cli, NULL, err)))
		return -1;
	if (!(paths = resolve_all(cli, site, err)) ||
	    !(conf = conf_load(site->config->root, err)) ||
	    check_settings(conf, err) == -1 ||
	    !(repo = repo_open(site->config->root, err)))
		goto out;
	o->plan.template = conf_text(conf, "publish.message");
	o->plan.set_lastmod = conf_bool(conf, "publish.lastmod");
	o->plan.schemas = schemas_new(site, conf);
	o->seconds = (int)conf_int(conf, "publish.wait");
	o->plan.summary = conf_bool(conf, "publish.summary");
	o->plan.signoff |= conf_bool(conf, "publish.signoff");
	plan = publish_plan(
	    site, repo, (const char *const *)paths, n, &o->plan, err);
	if (plan &&
	    (!o->edit || plan_empty(plan) ||
		edit_message(plan, conf_text(conf, "editor"), err) == 0))
		rc = carry_out(cli, site, repo, plan, o, err);
out:
	plan_free(plan);
	repo_free(repo);
	schemas_free(o->plan.schemas);
	conf_free(conf);
	if (paths)
		file_names_free(paths, n);
	site_free(site);
	return rc;
}

static int
publish_command(struct cli *cli, bool unpublish, struct err *err)
{
	struct publish_options o = {.plan = {.unpublish = unpublish}};
	const char **reviewers =
	    xcalloc((size_t)cli->argc + 1, sizeof(*reviewers));
	const struct cli_option opts[] = {
	    {"message", 'm', .text = &o.plan.message},
	    {"edit", 'e', .flag = &o.edit},
	    {"signoff", 's', .flag = &o.plan.signoff},
	    {"reviewed-by", 0, .texts = reviewers,
		.ntexts = &o.plan.nreviewers},
	    {"dry-run", 'n', .flag = &o.dry_run},
	    {"no-push", 0, .flag = &o.plan.no_push},
	    {"no-verify", 0, .flag = &o.plan.no_verify},
	    {"atomic", 0, .flag = &o.plan.atomic},
	    {"force", 0, .flag = &o.plan.ignore_errors},
	    {"wait", 0, .flag = &o.wait},
	    {"json", 0, .flag = &o.json},
	};

	int rc = cli_parse(cli, opts, NITEMS(opts), 1, -1, err);

	o.plan.reviewers = reviewers;
	if (rc == 0)
		rc = publish(cli, &o, err);
	free(reviewers);
	return rc;
}

int
cli_publish(struct cli *cli, struct err *err)
{
	return publish_command(cli, false, err);
}

int
cli_unpublish(struct cli *cli, struct err *err)
{
	return publish_command(cli, true, err);
}

int
cli_sync(struct cli *cli, struct err *err)
{
	struct progress progress = {0};
	struct repo_net net = {
	    .line = cli_say, .ctx = &progress, .progress = &progress};
	struct askpass *askpass = NULL;
	struct site_config *config;
	struct repo *repo;
	char *summary = NULL;
	bool undo = false;
	const struct cli_option opts[] = {{"undo", 0, .flag = &undo}};
	int rc = -1;

	if (cli_parse(cli, opts, NITEMS(opts), 0, 0, err) == -1 ||
	    !(config = cli_config(cli, NULL, err)))
		return -1;
	if ((repo = repo_open(config->root, err))) {
		askpass = cli_askpass(cli, repo, &progress);
		cli_signal_catch(&progress);
		rc = (undo ? publish_undo : publish_sync)(
		    repo, &net, &summary, err);
		cli->signal = cli_signal_release();
	}
	if (rc == 0)
		cli_print(summary);
	free(summary);
	repo_free(repo);
	askpass_free(askpass);
	site_config_free(config);
	return rc;
}
