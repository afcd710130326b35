/* SPDX-License-Identifier: ISC */
/* What the files of the app share: its state, and who does which part. */
#ifndef APP_PRIV_H
#define APP_PRIV_H

#include <time.h>

#include "app.h"
#include "canvas.h"
#include "face.h"
#include "file.h"
#include "input.h"
#include "publish.h"
#include "theme.h"

/* A screen on the stack. */
struct layer {
	const struct screen *screen;
	void *self;
};

/* A command table with the user's keys in it. */
struct bound {
	const struct command *table; /* as it is in the code */
	struct command *copy;
};

/* What has the hint line besides messages. */
enum asking { ASK_NOTHING, ASK_QUESTION, ASK_PROMPT };

struct ask {
	enum asking what;
	char *text;  /* question or label */
	char *above; /* NULL, or lines that stand above it */
	struct answer *answers;
	size_t n;
	void (*answer)(struct app *, void *ctx, int key);
	struct input input;
	void (*done)(struct app *, void *ctx, const char *text);
	/* Called at every change of the text; may be NULL. */
	void (*typed)(struct app *, void *ctx, const char *text);
	/* Append all that text may become, blank between; may be NULL. */
	void (*complete)(struct app *, const char *text, struct buf *);
	void *ctx;
	unsigned number; /* of the worker's question that it is; 0: none */
};

struct git_state {
	bool known; /* head and changes are filled */
	struct repo_head head;
	struct repo_changes changes;
	char *root;   /* the work tree */
	char *prefix; /* the site in the work tree: "" or "docs/" */
	char *error;  /* why there is no repository, or NULL */
	struct publish_pending pending;
};

struct app {
	struct face *face;
	struct site_config *config; /* until the first scan is done */
	struct conf *conf;
	struct work *work;
	struct recover *recover;
	struct post *restored; /* for the form that is about to open */
	struct canvas *canvas;
	char *root;       /* the site's */
	const char *self; /* our own program, or NULL */

	struct layer *layers;
	size_t nlayers, cap_layers;
	struct layer *closed; /* to free when the event is over */
	size_t nclosed, cap_closed;
	struct bound *bound;
	size_t nbound, cap_bound;

	struct site *site;
	struct schemas *schemas; /* of site; NULL: not asked for yet */
	struct deeds *deeds;
	struct pictures *pictures;
	struct site *next_site; /* waits for holds to end */
	int holds;
	char **touched; /* files to read again once the site may change */
	size_t ntouched, cap_touched;
	struct git_state git;
	bool git_held; /* repo_init() was called */

	struct job *scan; /* on its way, or NULL */
	bool scan_again;
	struct job *status; /* of the whole site, on its way */
	bool status_again;
	struct job *sync;
	struct job *watch;
	struct notices *notices;  /* NULL: nobody is there to see */
	unsigned asked;           /* the worker's last question that was put */
	int64_t watched_ms;       /* when files were last looked at */
	bool watch_now;           /* they are to be, again */
	time_t site_time;         /* all that is older is known */
	struct stamp index_stamp; /* of git's index when last looked at */

	char *message;
	int message_style;
	struct ask ask;
	bool pasting;
	bool dirty;
	bool quitting; /* app_quit() is asking its way down */
	bool done;
	bool closing; /* jobs end without effect */

	int64_t busy_since; /* milliseconds, 0: idle */
	size_t told;        /* lines of the running job that were seen */
	int64_t busy_shown; /* seconds of it, as last drawn */
	char running[96];   /* the running job as the title line shows it */
};

/* Without keys and jobs, files are looked at this often; the second where the
 * system tells of changes. */
#define WATCH_MS      2000
#define WATCH_TOLD_MS 30000

/* app.c */
int64_t app_clock(void);      /* of a clock that never jumps */
void app_leave(struct app *); /* ask leave(), then pop */

/* app_draw.c */
void app_draw(struct app *);
/* Keep app->running up to date; marks dirty when it changed. */
void app_watch_jobs(struct app *);

/* app_hint.c */
void hint_line_draw(struct app *, const struct layer *, int row);

/* app_ask.c */
bool ask_event(struct app *, const struct event *);
void ask_drop(struct app *); /* without calling anybody */
void app_prompt_with(struct app *, const char *label, const char *initial,
    void (*complete)(struct app *, const char *, struct buf *),
    void (*done)(struct app *, void *ctx, const char *text), void *ctx);

/* app_question.c */
void app_watch_questions(struct app *);
bool app_questioned(struct app *);         /* the worker waits for an answer */
void question_draw(struct app *, int row); /* what stands above row */

/* app_command.c */
void app_unbind(struct app *);

/* jobs.c */
void jobs_scan(struct app *);
/* Of a file or directory in the site; NULL: all; head alone. */
void jobs_git(struct app *, const char *path, bool head_only);
void jobs_adopt(struct app *); /* bring the site up to date, if not held */
void app_git_dispose(struct git_state *);

/* watch.c */
int watch_every(struct app *);
void watch_look(struct app *); /* if it is time to */

/* app_notify.c */
void notices_open(struct app *);
void notices_close(struct app *);
void notices_stale(struct app *); /* there may be other directories */
void notices_take(struct app *);
int notices_fd(struct app *);
int notices_ms(struct app *);     /* until it has something to do; -1: none */
bool notices_whole(struct app *); /* all changes of the site will be told */

#endif
