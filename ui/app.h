/* SPDX-License-Identifier: ISC */
/*
 * The program with screens: a stack of them, the loop, the site and git state
 * that they share, messages and questions.  Everything here is for the main
 * thread.
 */
#ifndef APP_H
#define APP_H

#include <stdbool.h>
#include <stdint.h>

#include "conf.h"
#include "repo.h"
#include "screen.h"
#include "site.h"
#include "work.h"

struct face;
struct app;

/* Takes config and conf; face is borrowed. Returns an exit status. */
int app_run(struct face *, struct site_config *config, struct conf *conf);

/* Screens. */
void app_push(struct app *, const struct screen *, const void *arg);
void app_pop(struct app *);  /* close the top one; the last one quits */
void app_quit(struct app *); /* asks every screen's leave() */
/* Pop down to the first screen and push s, e.g. after a save. */
bool app_on_top(struct app *, const void *self);

/* What they share; borrowed until the next event. */
const struct site *app_site(struct app *); /* NULL until the first scan */
const struct site_config *app_config(struct app *);
const struct conf *app_conf(struct app *);
const struct repo_changes *app_changes(struct app *); /* NULL: not known */
const struct repo_head *app_head(struct app *);       /* NULL: no repository */
const char *app_git_error(struct app *); /* why there is none, or NULL */
/* State of an entry and its bundle: enum repo_state, added up. */
unsigned app_git_state(struct app *, const struct entry *);
int64_t app_now(struct app *); /* Unix seconds */

/* The absolute path of a path in the site. Caller frees. */
char *app_path(struct app *, const char *path);

/* One file changed (by us): its entry and git state are read again. */
void app_touched(struct app *, const char *path);
void app_rescan(struct app *); /* all of it, in the background */
void app_refresh_git(struct app *, bool full);

/* One line on the hint line, until the next key. */
void app_say(struct app *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void app_warn(struct app *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void app_error(struct app *, const struct err *);

/*
 * A question on the hint line: "Discard 2 changes?", answers "yYes nNo" by
 * key.  answer gets the key, or 0 for Esc.
 */
struct answer {
	int key;
	const char *word;
};
void app_ask(struct app *, const char *question, const struct answer *, int n,
    void (*answer)(struct app *, void *ctx, int key), void *ctx);
/* A line of text asked for on the hint line; text NULL: Esc. */
void app_prompt(struct app *, const char *label, const char *initial,
    void (*done)(struct app *, void *ctx, const char *text), void *ctx);

/* A background job; ctx of its done() is the app. */
void app_work(struct app *, struct job *);
void app_dirty(struct app *); /* draw again */

/* The user's editor on a file; then app_touched(). */
void app_edit(struct app *, const char *path);

/* For the help screen. */
const struct command *app_commands(void);      /* those that work everywhere */
const struct screen *app_screen(struct app *); /* the top one */

#endif
