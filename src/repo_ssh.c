/* SPDX-License-Identifier: ISC */
/*
 * The command line for git's program on another host: the system's ssh, or
 * what GIT_SSH_COMMAND, core.sshCommand and GIT_SSH name, as git composes it.
 */
#include <stdlib.h>
#include <string.h>

#include "file.h"
#include "mem.h"
#include "repo_priv.h"

#define CONNECT_TIMEOUT 120 /* seconds, also until the server greets */

/* How a program of the family wants a port. */
struct variant {
	const char *name;
	const char *port;  /* NULL: it takes none */
	const char *extra; /* NULL: nothing */
};

static const struct variant variants[] = {
    {"ssh", "-p", NULL},
    {"plink", "-P", NULL},
    {"putty", "-P", NULL},
    {"tortoiseplink", "-P", "-batch"},
    {"simple", NULL, NULL},
};

static const struct variant *
variant_named(const char *name, size_t len)
{
	for (size_t i = 0; i < NITEMS(variants); i++)
		if (strncmp(variants[i].name, name, len) == 0 &&
		    !variants[i].name[len])
			return &variants[i];
	return NULL;
}

/* By the name of the program, which is the command's first word. */
static const struct variant *
variant_of(const char *command)
{
	const char *end = command + strcspn(command, " \t\n"), *name = end;
	const struct variant *v;
	size_t len;

	while (name > command && name[-1] != '/' && name[-1] != '\\')
		name--;
	len = (size_t)(end - name);
	if (len > 4 && strncmp(end - 4, ".exe", 4) == 0)
		len -= 4;
	v = variant_named(name, len);
	return v ? v : &variants[0];
}

static const char *
environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static const struct variant *
choose_variant(git_config *config, const char *command)
{
	const char *said = environment("GIT_SSH_VARIANT");
	char *set =
	    said ? xstrdup(said) : repo_config_text(config, "ssh.variant");
	const struct variant *v = set && strcmp(set, "auto") != 0
				      ? variant_named(set, strlen(set))
				      : variant_of(command);

	free(set);
	return v ? v : &variants[0];
}

/* For the shell there (git's sq_quote: csh reads ! in quotes too). */
static void
quote(struct buf *out, const char *s)
{
	buf_puts(out, "'");
	for (; *s; s++)
		if (*s == '\'' || *s == '!')
			buf_printf(out, "'\\%c'", *s);
		else
			buf_add(out, s, 1);
	buf_puts(out, "'");
}

/* The program, and whether the system's ssh is meant. */
static char *
add_program(git_config *config, struct repo_args *args, bool *ours)
{
	const char *said = environment("GIT_SSH_COMMAND");
	char *command =
	    said ? xstrdup(said) : repo_config_text(config, "core.sshcommand");

	*ours = false;
	if (command) {
		repo_args_add(args, "sh");
		repo_args_add(args, "-c");
		repo_args_addf(args, "%s \"$@\"", command);
	} else {
		said = environment("GIT_SSH");
		*ours = !said;
		command = xstrdup(said ? said : "ssh");
	}
	repo_args_add(args, command);
	return command;
}

int
repo_ssh_args(git_config *config, const struct repo_url *url,
    const char *service, struct repo_args *args, struct err *err)
{
	struct buf there = {0};
	bool ours;
	char *command = add_program(config, args, &ours);
	const struct variant *v = choose_variant(config, command);

	free(command);
	if (url->port && !v->port)
		return err_code(err, ERR_GIT,
		    "ssh variant %s takes no port: set it in the ssh "
		    "configuration",
		    v->name);
	if (ours && v == &variants[0])
		repo_args_addf(args, "-oConnectTimeout=%d", CONNECT_TIMEOUT);
	if (v->extra)
		repo_args_add(args, v->extra);
	if (url->port) {
		repo_args_add(args, v->port);
		repo_args_add(args, url->port);
	}
	repo_args_addf(args, "%s%s%s", url->user ? url->user : "",
	    url->user ? "@" : "", url->host);
	buf_printf(&there, "%s ", service);
	quote(&there, url->path);
	repo_args_add(args, buf_text(&there));
	buf_dispose(&there);
	return 0;
}
