/* SPDX-License-Identifier: ISC */
/* The commands of the command line: their table, options and errors. */
#include "cli.h"

#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli_priv.h"
#include "date.h"
#include "mem.h"
#include "text.h"
#include "work.h"

static const struct cli_command commands[] = {
    {"list",
	"[--all|--drafts|--future|--expired|--published] [--section S] "
	"[--lang L] [--tag T] [--search TEXT] [--sort KEY] "
	"[--format table|csv|json|paths] [SITE]",
	"list the site's pages", cli_list},
    {"get", "[--json] FILE [FIELD]", "print front matter", cli_get},
    {"set", "[--dry-run] [--type TYPE] FILE... FIELD=VALUE...",
	"set front matter fields; += and -= add to and take from lists",
	cli_set},
    {"unset", "[--dry-run] FILE FIELD...", "remove front matter fields",
	cli_unset},
    {"rename", "[--dry-run] FILE FIELD KEY", "give a field another key",
	cli_rename},
    {"move", "[--dry-run] FILE 'LIST[N]' PLACE",
	"bring an item of a list to another place in it", cli_move},
    {"draft", "FILE...", "turn the draft flag on", cli_draft},
    {"undraft", "FILE...", "turn the draft flag off", cli_undraft},
    {"new", "[--kind KIND] [--title TITLE] [--edit] PATH [IMAGE...]",
	"make a post from the site's archetypes", cli_new},
    {"show",
	"[--width N] [--color auto|always|never] "
	"[--links auto|always|never] [--pictures auto|always|never] "
	"[--summary [--json]] FILE...",
	"print what readers will get", cli_show},
    {"check", "[--format text|json] [FILE...]", "look for mistakes", cli_check},
    {"schema", "[--json] [--write] [SECTION]",
	"print or write down which fields posts have", cli_schema},
    {"status", "[--json]", "print the branch and what is changed", cli_status},
    {"publish",
	"[-m MESSAGE] [--edit] [--signoff] [--reviewed-by WHO] [--dry-run] "
	"[--no-push] [--no-verify] [--atomic] [--force] [--wait] [--json] "
	"FILE...",
	"publish posts: draft off, commit, push", cli_publish},
    {"unpublish",
	"[-m MESSAGE] [--edit] [--signoff] [--reviewed-by WHO] [--dry-run] "
	"[--no-push] [--no-verify] [--atomic] [--force] [--wait] [--json] "
	"FILE...",
	"take posts back: draft on, commit, push", cli_unpublish},
    {"sync", "", "fetch, integrate and push what waits", cli_sync},
    {"help", "[COMMAND]", "print help", cli_help},
};

const struct cli_command *
cli_commands(size_t *n)
{
	*n = NITEMS(commands);
	return commands;
}

const struct cli_command *
cli_find(const char *name)
{
	for (size_t i = 0; i < NITEMS(commands); i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	return NULL;
}

static const struct cli_option *
option_long(const struct cli_option *opts, size_t n, const char *s, size_t len)
{
	for (size_t i = 0; i < n; i++)
		if (strlen(opts[i].name) == len &&
		    memcmp(opts[i].name, s, len) == 0)
			return &opts[i];
	return NULL;
}

static const struct cli_option *
option_short(const struct cli_option *opts, size_t n, char letter)
{
	for (size_t i = 0; i < n; i++)
		if (opts[i].letter && opts[i].letter == letter)
			return &opts[i];
	return NULL;
}

/* One argument that is an option; *i is its index, moved over its value. */
static int
parse_option(struct cli *cli, const struct cli_option *opts, size_t n, int *i,
    struct err *err)
{
	const char *arg = cli->argv[*i], *value = NULL;
	const struct cli_option *o;
	size_t len;

	if (arg[1] == '-') {
		len = strcspn(arg + 2, "=");
		o = option_long(opts, n, arg + 2, len);
		if (arg[2 + len] == '=')
			value = arg + 2 + len + 1;
	} else {
		o = option_short(opts, n, arg[1]);
		if (arg[2] != '\0')
			value = arg + 2;
	}
	if (!o)
		return err_code(err, ERR_USAGE, "unknown option %s", arg);
	if (o->flag) {
		if (value)
			return err_code(err, ERR_USAGE,
			    "option --%s takes no value", o->name);
		*o->flag = true;
		return 0;
	}
	if (!value && *i + 1 < cli->argc)
		value = cli->argv[++*i];
	if (!value)
		return err_code(
		    err, ERR_USAGE, "option --%s needs a value", o->name);
	if (o->texts)
		o->texts[(*o->ntexts)++] = value;
	else
		*o->text = value;
	return 0;
}

int
cli_parse(struct cli *cli, const struct cli_option *opts, size_t n, int min,
    int max, struct err *err)
{
	bool over = false;
	int kept = 0;

	for (int i = 0; i < cli->argc; i++) {
		const char *arg = cli->argv[i];

		if (over || arg[0] != '-' || arg[1] == '\0') {
			cli->argv[kept++] = cli->argv[i];
		} else if (strcmp(arg, "--") == 0) {
			over = true;
		} else if (parse_option(cli, opts, n, &i, err) == -1) {
			return -1;
		}
	}
	cli->argc = kept;
	if (kept < min)
		return err_code(err, ERR_USAGE, "an argument is missing");
	if (max >= 0 && kept > max)
		return err_code(
		    err, ERR_USAGE, "too many arguments: '%s'", cli->argv[max]);
	return 0;
}

struct site_config *
cli_config(struct cli *cli, const char *dir, struct err *err)
{
	char *path = dir ? path_join(cli->cwd, dir) : xstrdup(cli->cwd);
	char *root = site_find(path, err);
	struct site_config *config = NULL;

	if (root)
		config = site_config_load(root, err);
	free(root);
	free(path);
	return config;
}

struct site *
cli_site(struct cli *cli, const char *dir, struct err *err)
{
	struct site_config *config = cli_config(cli, dir, err);

	return config ? site_scan(config, date_now_unix(), NULL, err) : NULL;
}

/* Outside of a site: the file itself, or index.md in the directory. */
static char *
plain_file(struct cli *cli, const char *arg, struct err *err)
{
	static const char *const names[] = {"index.md", "_index.md"};
	char *path = path_join(cli->cwd, arg);

	for (size_t i = 0; i < NITEMS(names) && file_is_dir(path); i++) {
		char *inside = path_join(path, names[i]);

		if (file_is_regular(inside)) {
			free(path);
			return inside;
		}
		free(inside);
	}
	if (file_is_regular(path))
		return path;
	err_set(err, "%s: no such post", arg);
	free(path);
	return NULL;
}

char *
cli_file(struct cli *cli, const char *arg, struct site_config **config,
    struct err *err)
{
	struct err none;
	char *full = path_join(cli->cwd, arg);
	char *dir = file_is_dir(full) ? xstrdup(full) : path_dir(full);
	char *root = NULL, *rel, *path = NULL;
	struct site_config *c = NULL;

	if (file_exists(full))
		root = site_find(dir, &none);
	if (!root && !(file_exists(full) && strcmp(dir, cli->cwd) == 0))
		root = site_find(cli->cwd, &none);
	if (!root) {
		path = plain_file(cli, arg, err);
	} else if ((c = site_config_load(root, err))) {
		if ((rel = site_resolve(c, cli->cwd, arg, err)))
			path = path_join(c->root, rel);
		free(rel);
	}
	if (config && path)
		*config = c;
	else
		site_config_free(c);
	free(root);
	free(dir);
	free(full);
	return path;
}

struct post *
cli_post(struct cli *cli, const char *arg, struct err *err)
{
	char *path = cli_file(cli, arg, NULL, err);
	struct post *post = path ? post_load(path, err) : NULL;

	if (path && !post)
		err_where(err, arg);
	free(path);
	return post;
}

void
cli_print(const char *text)
{
	struct buf b = {0};

	text_clean(&b, text, strlen(text));
	puts(buf_text(&b));
	buf_dispose(&b);
}

void
cli_write(const char *text, size_t len)
{
	struct buf b = {0};
	const char *nl;
	size_t n;

	if (!isatty(STDOUT_FILENO)) {
		fwrite(text, 1, len, stdout);
		return;
	}
	for (; len > 0; text += n, len -= n) {
		nl = memchr(text, '\n', len);
		n = nl ? (size_t)(nl - text) + 1 : len;
		text_clean(&b, text, nl ? n - 1 : n);
		if (nl)
			buf_putc(&b, '\n');
	}
	fwrite(buf_text(&b), 1, b.len, stdout);
	buf_dispose(&b);
}

void
cli_say(void *ctx, const char *line)
{
	struct progress *progress = ctx;
	const char *what = progress->what;
	struct buf b = {0};

	/* A commit has hooks of the repository, a push those of the remote. */
	buf_puts(&b,
	    what && strcmp(what, "committing") == 0 ? "hook: " : "remote: ");
	text_clean(&b, line, strlen(line));
	fprintf(stderr, "%s\n", buf_text(&b));
	buf_dispose(&b);
}

char *
cli_short(const struct cli *cli, const char *path)
{
	const char *below = path_below(cli->cwd, path);

	return xstrdup(below && *below ? below : path);
}

/* Is standard output a pipe that was closed at its other end, as head(1) does?
 */
static bool
nobody_reads(void)
{
	struct pollfd p = {.fd = STDOUT_FILENO, .events = POLLOUT};

	return poll(&p, 1, 0) == 1 && (p.revents & POLLERR);
}

int
cli_main(struct cli *cli, const char *name)
{
	const struct cli_command *c = cli_find(name);
	struct err err = {0};
	int status;

	if (!c) {
		err_set(&err, "%s", name); /* cleaned */
		fprintf(stderr,
		    "galley: %s: no such command; see 'galley help'\n",
		    err.msg);
		return 2;
	}
	status = c->run(cli, &err);
	if (status == -1) {
		status = err_status(&err);
		if (err.code == ERR_USAGE)
			fprintf(stderr, "galley: %s; see 'galley help %s'\n",
			    err.msg, c->name);
		else
			fprintf(stderr, "galley: %s\n", err.msg);
		if (cli->signal)
			status = 128 + cli->signal;
	}
	if (fflush(stdout) == EOF || ferror(stdout)) {
		if (nobody_reads())
			return 128 + SIGPIPE;
		fprintf(stderr, "galley: standard output: cannot write\n");
		status = status ? status : 3;
	}
	return status;
}

static void
help_all(void)
{
	puts("usage: galley [-C DIR] [COMMAND] [OPTIONS] [FILE...]\n\n"
	     "Browse, edit, preview and publish the posts of a Hugo site kept "
	     "in git.\nWithout a command: the screens, on the site around the "
	     "current directory.\n\nCommands:");
	for (size_t i = 0; i < NITEMS(commands); i++)
		printf("  %-10s %s\n", commands[i].name, commands[i].help);
	puts("\nExit status: 0 done; 1 findings, or refused; 2 wrong use; 3 "
	     "a file or site\ncannot be read; 4 git or the remote refused. "
	     "More in galley(1).");
}

int
cli_help(struct cli *cli, struct err *err)
{
	const struct cli_command *c;

	if (cli_parse(cli, NULL, 0, 0, 1, err) == -1)
		return -1;
	if (cli->argc == 0) {
		help_all();
		return 0;
	}
	if (!(c = cli_find(cli->argv[0])))
		return err_code(
		    err, ERR_USAGE, "%s: no such command", cli->argv[0]);
	printf("usage: galley %s%s%s\n\n%s\n", c->name, *c->usage ? " " : "",
	    c->usage, c->help);
	return 0;
}
