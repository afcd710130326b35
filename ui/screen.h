/* SPDX-License-Identifier: ISC */
/*
 * What a screen is, and which there are.  A screen is one const struct next to
 * its functions; screens do not include each other.  The app draws title line,
 * rules and hint line; a screen draws what is between them.
 */
#ifndef SCREEN_H
#define SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "canvas.h"
#include "command.h"
#include "err.h"
#include "key.h"

struct app;

enum notice {
	NOTICE_SITE,      /* the index was replaced or an entry refreshed */
	NOTICE_GIT,       /* states of files, branch, ahead and behind */
	NOTICE_SHOWN,     /* the screen above was closed */
	NOTICE_HANGUP,    /* the program ends now: accept what is being typed
			   * and keep it (recover_put()), ask nothing */
	NOTICE_PUBLISHED, /* what the screen above was to publish has its commit
			   */
};

struct screen {
	const char *name; /* "browse": the section of the help, man page */
	const struct command *commands;
	/* Make its state from arg (meaning: see the extern below); NULL: err.*/
	void *(*open)(struct app *, const void *arg, struct err *);
	void (*close)(struct app *, void *self); /* free it */
	/* The words of the title line, in dst (cleaned by the app): where it
	 * is, then, after two blanks or more, facts. */
	void (*title)(struct app *, void *self, struct buf *dst);
	/* The area has at least one row.  Title and hint line come after. */
	void (*draw)(struct app *, void *self, struct canvas *, struct area);
	/* What the hint line says instead of the commands, where other keys
	 * matter: "Enter accept|=back leave", a key or "=" and a command's
	 * name; the last one always stays.  NULL: the commands.  May be NULL.
	 */
	const char *(*hints)(struct app *, void *self);
	/* Before the commands; true: taken. May be NULL.  Rows of the mouse
	 * are the canvas's. */
	bool (*event)(struct app *, void *self, const struct event *);
	void (*notice)(struct app *, void *self, enum notice); /* or NULL */
	/* Before it is left by Esc, q or exit: false: not now, it asks
	 * first, and calls app_pop() itself.  May be NULL. */
	bool (*leave)(struct app *, void *self);
};

extern const struct screen browse_screen;   /* arg: NULL */
extern const struct screen preview_screen;  /* arg: path in the site */
extern const struct screen card_screen;     /* arg: path in the site */
extern const struct screen form_screen;     /* arg: struct form_arg */
extern const struct screen diff_screen;     /* arg: struct diff_arg */
extern const struct screen publish_screen;  /* arg: struct publish_arg */
extern const struct screen help_screen;     /* arg: the struct screen */
extern const struct screen merge_screen;    /* arg: struct merge_arg */
extern const struct screen conflict_screen; /* arg: struct conflict_arg */
extern const struct screen new_screen;      /* arg: struct new_arg */
extern const struct screen unsaved_screen;  /* arg: NULL */

/* Those that there are, in the order of the help. */
#define SCREENS(ROW) \
	ROW(browse_screen) \
	ROW(preview_screen) \
	ROW(card_screen) \
	ROW(form_screen) \
	ROW(diff_screen) \
	ROW(publish_screen) \
	ROW(new_screen) \
	ROW(merge_screen) \
	ROW(conflict_screen) \
	ROW(unsaved_screen) \
	ROW(help_screen)

/* What to publish: paths in the site; copied. */
struct publish_arg {
	const char *const *paths;
	size_t n;
	bool unpublish;
};

/* A new post next to the page at beside (copied; NULL: in the section with
 * most pages).  made() is told its path, after the screen has closed itself. */
struct new_arg {
	const char *beside;
	void (*made)(struct app *, void *ctx, const char *path);
	void *ctx;
};

/* The posts whose fields are edited, all at once: paths in the site; copied. */
struct form_arg {
	const char *const *paths;
	size_t n;
};

/* A file before and after. */
struct diff_file {
	const char *name, *before, *after;
	size_t nbefore, nafter;
};

/*
 * Changes to be looked at, or to be accepted where there is a verb: "save all",
 * "apply".  All is copied; ctx is borrowed.  done() (may be NULL) is called
 * once, after the screen has closed itself.
 */
struct diff_arg {
	const struct diff_file *files;
	size_t n;
	const char *verb;
	void (*done)(struct app *, void *ctx, bool accepted);
	void *ctx;
};

struct publish_conflicts;

/* What a sync could not put together; taken, what is there is emptied. */
struct conflict_arg {
	struct publish_conflicts *all;
};

struct merge;

/*
 * A post that changed on the disk while we edited it: the screen shows both
 * sides of merge and lets the user choose, until nothing is left to ask.  All
 * is borrowed, path copied.  done() is called once, when the screen is closed:
 * accepted: merge_apply() is to follow; else the user wants none of it.
 */
struct merge_arg {
	const char *path; /* in the site */
	struct merge *merge;
	const char *verb; /* what accepting it does: "save", "restore" */
	void (*done)(struct app *, void *ctx, bool accepted);
	void *ctx;
};

#endif
