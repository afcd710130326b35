/* SPDX-License-Identifier: ISC */
/* What the files of the publish screen share. */
#ifndef SCREEN_PUBLISH_PRIV_H
#define SCREEN_PUBLISH_PRIV_H

#include "app.h"
#include "publish.h"
#include "publish_merge.h"

/* What plan and run need, in one hand at a time: the screen's or a job's. */
struct outing {
	struct job job;
	struct publish *screen; /* NULL: it was left meanwhile */
	char *root;
	const char *self; /* the program, for what it runs to ask through */
	char **paths;
	size_t n;
	struct plan_options options;
	char *template;
	struct site *site;
	struct repo *repo;
	struct plan *plan;
	struct publish_result result;
	int seconds;       /* to wait for the pages */
	bool online, told; /* they are there; and the new ones for sure */
	struct publish_conflicts conflicts; /* that S found */
	char *branch;                       /* it went to instead, or NULL */
	char *undone;                       /* what was taken back, or NULL */
};

enum stage { PLANNING, PLANNED, RUNNING, DONE, FAILED };

struct line {
	int style;
	const char *label; /* static, "" to go on */
	char *text;
};

struct publish {
	enum stage stage;
	struct outing *outing; /* NULL while a job has it */
	struct job *running;   /* that job, to cancel it */
	int64_t since;         /* Unix seconds of its start */
	struct err err;
	bool unpublish;
	struct line *lines;
	size_t n, cap;
	int top, all, rows; /* rows of text: scrolled off, in all, shown */
};

/* Is there a commit, and only the push of it failed? */
bool publish_unsent(const struct publish *);

/* Is something out that readers may not see yet? */
bool publish_may_wait(const struct publish *);

/* What there is to say, in place of what was said. */
void publish_clear(struct publish *);
void publish_show_plan(struct publish *);
void publish_show_done(struct publish *);
void publish_show_failed(struct publish *);

/* Draw from row of the area on, which may be above it; the row after them. */
int publish_draw_lines(
    const struct publish *, struct canvas *, struct area, int row);

#endif
