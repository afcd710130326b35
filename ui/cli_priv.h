/* SPDX-License-Identifier: ISC */
/* What the commands of the command line share: options, site, posts. */
#ifndef CLI_PRIV_H
#define CLI_PRIV_H

#include <stdbool.h>
#include <stddef.h>

#include "askpass.h"
#include "cli.h"
#include "post.h"
#include "repo.h"

/* An option: exactly one of flag and text is set. */
struct cli_option {
	const char *name; /* "format", without the dashes */
	char letter;      /* 'm', or 0 */
	bool *flag;
	const char **text; /* takes an argument */
	/* Takes an argument, each time it is given: room for argc of them. */
	const char **texts;
	size_t *ntexts;
};

/*
 * Take the options out of cli's arguments; what is left are operands, at least
 * min and at most max of them (-1: any number).  "--" ends the options.
 */
int cli_parse(struct cli *, const struct cli_option *, size_t n, int min,
    int max, struct err *);

/* The configuration of the site around cwd (or dir below it). NULL: err. */
struct site_config *cli_config(struct cli *, const char *dir, struct err *);
/* The same, scanned, with the time of now. */
struct site *cli_site(struct cli *, const char *dir, struct err *);

/*
 * The absolute path of the content file that arg names: in the site around
 * cwd, else as a plain path.  *config (may be NULL) gets that site's
 * configuration, or NULL outside of a site; the caller frees both.
 */
char *cli_file(
    struct cli *, const char *arg, struct site_config **config, struct err *);
/* Load the post that arg names. */
struct post *cli_post(struct cli *, const char *arg, struct err *);

/* Print text with control characters made harmless, and a newline. */
void cli_print(const char *text);
/* Write text as it is, for another program; on a terminal its lines are made
 * harmless, too. */
void cli_write(const char *text, size_t len);
/* Print a line that a hook or remote said, with who it was before it; ctx: the
 * struct progress of the work. */
void cli_say(void *ctx, const char *line);
/*
 * Let what repo runs ask on the terminal, until it is freed.  NULL: it cannot,
 * and they fail.  askpass_free() it after repo_free().
 */
struct askpass *cli_askpass(struct cli *, struct repo *, struct progress *);
/* path as a person standing in cwd would name it; caller frees. */
char *cli_short(const struct cli *, const char *path);

int cli_list(struct cli *, struct err *);
int cli_get(struct cli *, struct err *);
int cli_set(struct cli *, struct err *);
int cli_unset(struct cli *, struct err *);
int cli_rename(struct cli *, struct err *);
int cli_move(struct cli *, struct err *);
int cli_draft(struct cli *, struct err *);
int cli_undraft(struct cli *, struct err *);
int cli_new(struct cli *, struct err *);
int cli_schema(struct cli *, struct err *);
int cli_show(struct cli *, struct err *);
int cli_check(struct cli *, struct err *);
int cli_status(struct cli *, struct err *);
int cli_publish(struct cli *, struct err *);
int cli_unpublish(struct cli *, struct err *);
int cli_sync(struct cli *, struct err *);
int cli_help(struct cli *, struct err *);

#endif
