/* SPDX-License-Identifier: ISC */
/* The program: reads its own options, then opens a face or runs a command. */
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app.h"
#include "check.h"
#include "askpass.h"
#include "signer.h"
#include "buf.h"
#include "cli.h"
#include "face.h"
#include "file.h"
#include "mem.h"
#include "picture.h"
#include "proc.h"

#define USAGE "usage: galley [-C DIR] [--script FILE] [COMMAND [ARGUMENT ...]]"

struct options {
	const char *dir;     /* -C, or NULL */
	const char *script;  /* --script, or NULL */
	const char *answer;  /* "version", "help": print it and end */
	const char *program; /* what we were started as */
};

static int
complain(const char *where, const struct err *err)
{
	if (where && err->line > 0)
		fprintf(
		    stderr, "galley: %s:%u: %s\n", where, err->line, err->msg);
	else
		fprintf(stderr, "galley: %s\n", err->msg);
	return err_status(err);
}

static int
usage(const char *what, const char *arg)
{
	fprintf(stderr, "galley: %s '%s'; " USAGE "\n", what, arg);
	return 2;
}

/* Text needs UTF-8; a locale without it (LC_ALL=C) is not taken at its word. */
static void
set_locale(void)
{
	static const char *const names[] = {"C.UTF-8", "en_US.UTF-8", "UTF-8"};

	setlocale(LC_CTYPE, "");
	for (size_t i = 0; i < NITEMS(names); i++) {
		if (strcmp(nl_langinfo(CODESET), "UTF-8") == 0)
			return;
		setlocale(LC_CTYPE, names[i]);
	}
}

/* The index of the first argument that is no option of ours; -1: wrong use. */
static int
read_options(int argc, char **argv, struct options *o)
{
	int i;

	for (i = 1; i < argc && argv[i][0] == '-'; i++) {
		const char *arg = argv[i];

		if (strcmp(arg, "--version") == 0) {
			o->answer = "version";
		} else if (strcmp(arg, "--help") == 0 ||
			   strcmp(arg, "-h") == 0) {
			o->answer = "help";
		} else if (strcmp(arg, "-C") == 0 && i + 1 < argc) {
			o->dir = argv[++i];
		} else if (strncmp(arg, "-C", 2) == 0 && arg[2]) {
			o->dir = arg + 2;
		} else if (strcmp(arg, "--script") == 0 && i + 1 < argc) {
			o->script = argv[++i];
		} else if (strncmp(arg, "--script=", 9) == 0) {
			o->script = arg + 9;
		} else if (strcmp(arg, "-C") == 0 ||
			   strcmp(arg, "--script") == 0) {
			usage("an argument is missing after", arg);
			return -1;
		} else {
			usage("unknown option", arg);
			return -1;
		}
	}
	return i;
}

/* The directory to work in, absolute. NULL and err. Caller frees. */
static char *
working_dir(const char *dir, struct err *err)
{
	size_t size = 256;
	char *cwd = xmalloc(size), *path, *clean, *got;

	while (!(got = getcwd(cwd, size)) && errno == ERANGE) {
		size *= 2;
		cwd = xreallocarray(cwd, size, 1);
	}
	if (!got && !(dir && *dir == '/')) {
		err_code(err, ERR_USAGE,
		    "the current directory cannot be named: %s; go to another "
		    "one, or use -C with a whole path",
		    strerror(errno));
		free(cwd);
		return NULL;
	}
	path = path_join(got ? got : "/", dir ? dir : "");
	free(cwd);
	clean = path_clean(path);
	free(path);
	if (!file_is_dir(clean)) {
		err_code(err, ERR_USAGE, "%s is no directory", clean);
		free(clean);
		return NULL;
	}
	return clean;
}

static struct face *
open_face(const struct options *o, const struct conf *conf, struct err *err)
{
	const char *theme = conf_text(conf, "theme");
	struct theme_styles styles;
	struct face_options opt = {
	    .theme = theme_of(conf),
	    .styles = &styles,
	    .theme_auto = strcmp(theme, "auto") == 0,
	    .ascii = conf_bool(conf, "ascii"),
	    .mouse = conf_bool(conf, "mouse"),
	};

	if (theme_styles_load(&styles, conf, err) == -1)
		return NULL;
	return o->script ? script_face(o->script, err) : term_face(&opt, err);
}

/* Takes all of them. */
static int
run_face(struct face *face, struct site_config *config, struct conf *conf,
    const char *self)
{
	int status = app_run(face, config, conf, self);
	int asked = face->stop(face);

	return asked ? asked : status;
}

/* The screens, on the site that encloses cwd. */
static int
screens(const struct options *o, const char *cwd, const char *self)
{
	struct err err = {0};
	char *root;
	struct site_config *config = NULL;
	struct conf *conf = NULL;
	struct face *face = NULL;

	if (!o->script && (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))) {
		err_code(&err, ERR_USAGE,
		    "the screens need a terminal; "
		    "for the commands see `galley help`");
		return complain(NULL, &err);
	}
	root = site_find(cwd, &err);
	if (root)
		config = site_config_load(root, &err);
	if (config)
		conf = conf_load(root, &err);
	free(root);
	if (conf && app_check_keys(conf, &err) == 0 &&
	    check_settings(conf, &err) == 0)
		face = open_face(o, conf, &err);
	if (face)
		return run_face(face, config, conf, self);
	conf_free(conf);
	site_config_free(config);
	return complain(conf && o->script ? o->script : NULL, &err);
}

static int
start(const struct options *o, int argc, char **argv)
{
	struct err err = {0};
	char *cwd = working_dir(o->dir, &err);
	char *self = proc_self(o->program);
	struct cli cli = {
	    .cwd = cwd, .self = self, .argc = argc - 1, .argv = argv + 1};
	int status;

	if (!cwd) {
		free(self);
		return complain(NULL, &err);
	}
	if (argc > 0)
		status = cli_main(&cli, argv[0]);
	else
		status = screens(o, cwd, self);
	free(self);
	free(cwd);
	return status;
}

/* Are we run by ssh or git to ask something? */
static bool
is_askpass(const char *program)
{
	const char *slash = strrchr(program, '/');

	return strcmp(slash ? slash + 1 : program, ASKPASS_NAME) == 0;
}

int
main(int argc, char **argv)
{
	struct options o = {.program = argc > 0 ? argv[0] : "galley"};
	static char help[] = "help";
	char *help_argv[] = {help, NULL};
	int first;

	if (argc > 1 && strcmp(argv[1], PICTURE_ARGUMENT) == 0)
		_exit(picture_child(argc - 2, argv + 2));
	set_locale();
	signal(SIGPIPE, SIG_IGN);
	if (argc == 2 && is_askpass(argv[0]))
		return askpass_client(argv[1], STDOUT_FILENO);
	if (argc > 1 && signer_is(argv[0]))
		return signer_run(argc, argv);
	first = read_options(argc, argv, &o);
	if (first == -1)
		return 2;
	if (o.answer && strcmp(o.answer, "version") == 0) {
		puts("galley " VERSION);
		return 0;
	}
	if (o.answer)
		return start(&o, 1, help_argv);
	return start(&o, argc - first, argv + first);
}
