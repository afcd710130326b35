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

struct askpass;
struct deeds;
struct face;
struct publish_pending;
struct recover;
struct schemas;
struct pictures;
struct app;

/* Takes config and conf; face is borrowed; self is the program's own file, for
 * what it runs to ask through, or NULL. Returns an exit status. */
int app_run(struct face *, struct site_config *config, struct conf *conf,
    const char *self);

/*
 * Screens.  A popped screen is freed when the event is over, so a function of
 * it may pop it and go on.  A question that is open is dropped with it.
 */
void app_push(struct app *, const struct screen *, const void *arg);
void app_pop(struct app *);  /* close the top one; the last one quits */
void app_quit(struct app *); /* asks every screen's leave() */
bool app_on_top(struct app *, const void *self); /* is it the top one? */
void app_notice(struct app *, enum notice);      /* tell all of them */

/* What they share; borrowed until the next event. */
const struct site *app_site(struct app *); /* NULL until the first scan */
/*
 * For a job that reads the site: the site (NULL: none yet) stays as it is until
 * released, from the job's done(); changes wait.
 */
const struct site *app_site_hold(struct app *);
void app_site_release(struct app *);
const struct site_config *app_config(struct app *);
const struct conf *app_conf(struct app *);
/* Below the site; paths in the work tree, not in the site. NULL: not known. */
const struct repo_changes *app_changes(struct app *);
const struct repo_head *app_head(struct app *); /* NULL: no repository */
const char *app_git_error(struct app *);        /* why there is none, or NULL */
/* A publication that is not out, or was cut off; NULL: there is none. */
const struct publish_pending *app_pending(struct app *);
/* State of a page's file and its bundle's: enum repo_state, added up. */
unsigned app_git_state(struct app *, const struct entry *);
int64_t app_now(struct app *); /* Unix seconds */
/* What fields the site's posts have; NULL until the first scan. */
struct schemas *app_schemas(struct app *);
struct pictures *app_pictures(struct app *);
int app_colours(struct app *); /* that the screen has, as of struct face */
struct deeds *app_deeds(struct app *); /* edits that were saved */
/* Where edits are kept that are not saved yet. */
struct recover *app_recover(struct app *);

/* The absolute path of a path in the site. Caller frees. */
char *app_path(struct app *, const char *path);

/* One file in the site changed (by us): its entry is read again at once (unless
 * held), its git state in the background. */
void app_touched(struct app *, const char *path);
void app_rescan(struct app *); /* all of it, in the background */
/*
 * The page at path is on the screen, and its file has this stamp (all zero: it
 * is not there): what becomes of it is noticed soon.  False: another program
 * may be in the middle of writing it; it is drawn again when it is not.
 */
bool app_shown(struct app *, const char *path, const struct stamp *);
/* The states of all files; else only branch, ahead and behind. */
void app_refresh_git(struct app *, bool full);

/*
 * On the worker: let what repo runs for the job ask the one at the screen.
 * NULL: it cannot, and they fail.  askpass_free() it after repo_free().
 */
struct askpass *app_askpass(const char *self, struct job *, struct repo *);
const char *app_self(struct app *); /* for it */

/* One line on the hint line, until the next key; cleaned. */
void app_say(struct app *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void app_warn(struct app *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void app_error(struct app *, const struct err *);

/* Make text the clipboard's and say what was copied: "the address".  One that
 * is too long, or without a clipboard, is said, too. */
void app_copy(struct app *, const char *what, const char *text, size_t len);

/*
 * A question on the hint line: "Discard 2 changes?" with {'y', "yes"}, {'n',
 * "no"}.  answer gets the key of one of them, or 0 for Esc.  One question or
 * prompt at a time; ctx is borrowed, and the screen that asks owns it.
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
/* Lines that stand above the question that was just asked; cleaned, but for the
 * ends of lines. */
void app_ask_about(struct app *, const char *above);
/* The prompt just made calls typed() at every change of its text; once for all
 * that is pasted. */
void app_prompt_live(
    struct app *, void (*typed)(struct app *, void *ctx, const char *text));

/* A background job; ctx of its done() is the app. */
void app_work(struct app *, struct job *);
/* The last lines of what the running job's programs say; see work_told(). */
void app_told(struct app *, struct buf *);
void app_dirty(struct app *); /* draw again */

/* Run a program on the terminal and wait. -1 and err: it could not be run. */
int app_run_tty(
    struct app *, const char *const *argv, int *status, struct err *);
/* The user's editor on a file of the site; then app_touched() and a rescan. */
void app_edit(struct app *, const char *path);
/* A text in the user's editor, as a file of that name: what it is then, or
 * NULL, which has been said. Caller frees. */
char *app_edit_text(struct app *, const char *name, const char *text);
void app_sync(struct app *); /* fetch, integrate, push; in the background */
/* The same with what was decided, which is taken. */
void app_sync_decided(struct app *, struct publish_conflicts *);
/* Take back the publication that is not out, in the background. */
void app_unpublish(struct app *);

/* Commands. */
const struct command *app_commands(void);      /* those that work everywhere */
const struct screen *app_screen(struct app *); /* the top one */
/* A command table with the user's keys in place of its own. */
const struct command *app_bound(struct app *, const struct command *table);
/* Are the settings' keys all keys of commands?  ERR_USAGE when not. */
int app_check_keys(const struct conf *, struct err *);

#endif
