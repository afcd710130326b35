/* SPDX-License-Identifier: ISC */
/* What the kinds of editors share. */
#ifndef EDITOR_PRIV_H
#define EDITOR_PRIV_H

#include "chips.h"
#include "editor.h"
#include "input.h"
#include "lines.h"
#include "picks.h"

enum editor_kind {
	EDITOR_LINE,
	EDITOR_LINES,
	EDITOR_CHIPS,
	EDITOR_DATE,
	EDITOR_SOURCE, /* lines, too */
};

struct editor {
	enum editor_kind kind;
	struct field field;
	struct value *old;  /* NULL: there is none yet */
	char *first;        /* the text that it opened with */
	struct input input; /* LINE, DATE */
	struct picks picks; /* LINE */
	struct lines lines; /* LINES, SOURCE */
	struct chips chips; /* CHIPS */
	bool touched;       /* CHIPS: a key changed the list */
	bool crlf;          /* LINES, SOURCE: how its lines end */
	bool parts;         /* DATE: stepped by part; else it is typed */
	size_t part;        /* DATE: the one under the cursor */
	const struct zone *zone;
	int64_t now;
};

/* editor_date.c */
void date_editor_open(struct editor *);
bool date_editor_key(struct editor *, const struct event *);
int date_editor_draw(
    struct editor *, struct canvas *, struct area, const char *reason);

#endif
