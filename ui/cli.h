/* SPDX-License-Identifier: ISC */
/* The commands of the command line: one row each, in cli.c's table. */
#ifndef CLI_H
#define CLI_H

#include "conf.h"
#include "err.h"
#include "site.h"

struct cli {
	const char *cwd;  /* absolute, after -C */
	const char *self; /* the program's own file, or NULL */
	int argc;         /* what follows the command's name */
	char **argv;
	int signal; /* that stopped the command; 0: none */
};

struct cli_command {
	const char *name;
	const char *usage; /* "[--json] FILE [FIELD]" */
	const char *help;  /* one line */
	/* Exit status; -1: err is set and gives it. */
	int (*run)(struct cli *, struct err *);
};

/* Rows in the order of the help. */
const struct cli_command *cli_commands(size_t *n);
const struct cli_command *cli_find(const char *name);
/* Run by name; prints errors as "galley: WHERE: WHAT". Returns the status. */
int cli_main(struct cli *, const char *name);

#endif
