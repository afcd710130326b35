/* SPDX-License-Identifier: ISC */
/* What the files of the form share: its state, and who does which part. */
#ifndef SCREEN_FORM_PRIV_H
#define SCREEN_FORM_PRIV_H

#include "app.h"
#include "canvas.h"
#include "editor.h"
#include "field.h"
#include "list.h"
#include "post.h"
#include "schema.h"
#include "screen.h"

#define FORM_ROWS 10000 /* more than any screen has */

/* One line of the form. */
struct row {
	char *path;  /* as fm.h has it */
	char *label; /* what it is called here */
	struct field field;
	bool there;     /* in one of the posts, at least */
	bool mixed;     /* the posts differ in it */
	bool changed;   /* not what is on the disk */
	char *frozen;   /* why it cannot be edited, or NULL */
	char *reason;   /* why its value will not do, or NULL */
	char *evidence; /* what the site's posts say, or NULL */
};

/* What is entered: the posts, a map in them, a list of maps. */
struct level {
	char *path; /* "" */
	size_t cursor;
	bool list; /* its rows are items */
};

/* An edit that can be undone: which of the posts it changed. */
struct form_step {
	bool *did;
};

struct form {
	char **paths; /* in the site */
	struct post **posts;
	struct fm **saved; /* as they are on the disk */
	size_t nposts;
	struct level *levels;
	size_t nlevels, cap_levels;
	struct row *rows;
	size_t n, cap;
	char **pending; /* paths of fields that were asked for */
	size_t npending, cap_pending;
	struct list list;
	struct editor *editor; /* of the row under the cursor, or NULL */
	char *reason;          /* why what is typed will not do, or NULL */
	bool as_value;         /* the source in it is a value in flow style */
	bool adding;           /* the editor asks for a new field's name */
	bool facts;            /* what is known of the field is shown */
	bool all;              /* fields that nobody asked for, too */
	bool leaving;          /* once it is saved */
	bool gone;             /* so is its file, and it was said */
	size_t settling;       /* the post that is being merged */
	struct form_step *steps;
	size_t nsteps, cap_steps, done; /* those up to done are in force */
	struct area area;               /* of the rows, as last drawn */
};

/* One edit of all posts. */
struct edit {
	enum edit_kind {
		EDIT_SET,
		EDIT_DRAFT, /* SET of a field that tells drafts: with it all
			       others that do are turned */
		EDIT_UNSET,
		EDIT_RENAME,
		EDIT_INSERT,
		EDIT_MOVE,
		EDIT_SOURCE,
	} kind;
	const char *path;
	const struct value *value; /* SET, DRAFT, INSERT */
	const struct value *from;  /* SET of a list in several posts: what all
				    have; only what was added to it and taken
				    from it changes */
	const char *text;          /* RENAME: the key; SOURCE */
	size_t at, to;             /* INSERT, MOVE */
};

/* screen_form_rows.c */
const struct schema *form_schema(struct app *, const struct form *);
void form_rows(struct app *, struct form *); /* make them anew */
void form_rows_dispose(struct form *);
/* The row under the cursor; NULL: there is none. */
struct row *form_row(struct form *);
struct level *form_level(struct form *); /* where we are */
void form_enter(struct app *, struct form *, const char *path, bool list);
bool form_out(struct app *, struct form *); /* false: at the top */
void form_cursor_to(struct form *, const char *path);
/* Of the first post that has it. Borrowed. */
const struct value *form_value(const struct form *, const char *path);
size_t form_changes(const struct form *); /* fields not saved, of all posts */
/* Why a value of the row will not do; NULL: it is good. Caller frees. */
char *form_reason(struct app *, const struct form *, const struct row *,
    const struct value *);

/* screen_form_draw.c */
void form_draw(struct app *, void *self, struct canvas *, struct area);

/* screen_form_edit.c */
/* The edit that gives the row under the cursor a value (borrowed). */
struct edit form_set(struct form *, const char *path, const struct value *);
/* All posts or none; -1: it was said. */
int form_edit(struct app *, struct form *, const struct edit *);
void form_undo(struct app *, struct form *, bool redo);
void form_open_editor(struct app *, struct form *, bool source);
void form_open_adding(struct app *, struct form *);
void form_close_editor(struct app *, struct form *);
/* What is typed goes into the posts; false: it will not do, or goes on. */
bool form_accept(struct app *, struct form *);
/* After a key: is what is typed good? */
void form_judge(struct app *, struct form *);

/* screen_form_load.c */
int form_load(struct app *, struct form *, size_t i, struct err *);
void form_save(struct app *, struct form *);
void form_diff(struct app *, struct form *);
bool form_leaving(struct app *, struct form *);
void form_keep(struct app *, struct form *); /* for a crash */
/* Read again what another program has written, where nothing is lost. */
void form_refresh(struct app *, struct form *);

#endif
