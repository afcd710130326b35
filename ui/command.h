/* SPDX-License-Identifier: ISC */
/*
 * Commands: name, keys, help and function in one row, next to the function.
 * Help screen, hint line, the command line (":"), rebinding and the check of
 * the man page read these tables.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdbool.h>

struct app;

struct command {
	const char *name; /* "toggle-draft"; NULL ends a table */
	const char *keys; /* default keys, blank between: "j Down" */
	const char *hint; /* word for the hint line: "draft"; NULL: not there */
	const char *help; /* one line, imperative: "Toggle the draft flag" */
	void (*run)(struct app *, void *screen);
};

/* The row bound to a key, or NULL. */
const struct command *command_by_key(const struct command *, int key);
const struct command *command_by_name(const struct command *, const char *);
/* The first key of the row, by name, in buf; "" when it has none. */
const char *command_key(const struct command *, char buf[32]);

#endif
