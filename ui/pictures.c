/* SPDX-License-Identifier: ISC */
/* Pictures as cells: what is kept of them, and the jobs that draw them. */
#include "pictures.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "file.h"
#include "mem.h"
#include "text.h"

#define MOST_ENTRIES 256
#define MOST_CELLS   ((size_t)512 * 1024)

struct entry_key {
	char *file;
	struct stamp stamp;
	int cols, rows;
};

struct kept {
	struct entry_key key;
	struct picture *picture; /* NULL: why */
	char *why;
	unsigned used; /* the frame that it was asked for last */
};

enum known { UNKNOWN, ASKED, THERE, NOT_THERE };

struct drawing;
struct pictures {
	enum known known;
	struct kept *v;
	size_t n, cap;
	unsigned frame;
	struct drawing *drawing; /* on its way, or NULL */
	bool wanted;             /* it was asked for in this frame */
};

struct probe {
	struct job job;
	const char *self;
	bool there;
};

struct drawing {
	struct job job;
	struct entry_key key;
	struct picture_spec spec;
	struct picture *picture;
};

struct pictures *
pictures_new(void)
{
	return xcalloc(1, sizeof(struct pictures));
}

static void
kept_dispose(struct kept *k)
{
	free(k->key.file);
	free(k->picture);
	free(k->why);
}

void
pictures_free(struct pictures *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->n; i++)
		kept_dispose(&p->v[i]);
	free(p->v);
	free(p);
}

/* Is what draws them installed? */

static void
probe_run(struct job *job)
{
	struct probe *probe = (struct probe *)job;

	probe->there = picture_available(probe->self);
}

static void
probe_done(struct job *job, void *ctx)
{
	struct probe *probe = (struct probe *)job;
	struct pictures *p = app_pictures(ctx);

	p->known = probe->there ? THERE : NOT_THERE;
	if (probe->there)
		app_dirty(ctx);
	free(probe);
}

bool
pictures_on(struct pictures *p, struct app *app)
{
	struct probe *probe;

	/* In fewer colours one could not tell what is on them. */
	if (app_colours(app) < 256 || !app_self(app) ||
	    !strcmp(conf_text(app_conf(app), "preview.pictures"), "off"))
		return false;
	if (p->known == UNKNOWN) {
		p->known = ASKED;
		probe = xcalloc(1, sizeof(*probe));
		probe->job.name = "looking for chafa";
		probe->job.run = probe_run;
		probe->job.done = probe_done;
		probe->self = app_self(app);
		app_work(app, &probe->job);
	}
	return p->known == THERE;
}

/* What is kept. */

static bool
key_equal(const struct entry_key *a, const struct entry_key *b)
{
	return a->cols == b->cols && a->rows == b->rows &&
	       stamp_equal(&a->stamp, &b->stamp) && !strcmp(a->file, b->file);
}

static struct kept *
find(struct pictures *p, const struct entry_key *key)
{
	for (size_t i = 0; i < p->n; i++)
		if (key_equal(&p->v[i].key, key))
			return &p->v[i];
	return NULL;
}

static size_t
cells(const struct kept *k)
{
	return k->picture ? (size_t)k->key.cols * (size_t)k->key.rows : 0;
}

/* Make room, but not of what this frame shows. */
static void
drop_oldest(struct pictures *p)
{
	for (;;) {
		size_t oldest = 0, all = 0;

		for (size_t i = 0; i < p->n; i++) {
			all += cells(&p->v[i]);
			if (p->v[i].used < p->v[oldest].used)
				oldest = i;
		}
		if ((p->n < MOST_ENTRIES && all < MOST_CELLS) ||
		    p->v[oldest].used == p->frame)
			return;
		kept_dispose(&p->v[oldest]);
		p->v[oldest] = p->v[--p->n];
	}
}

/* Drawing one. */

static void
drawing_run(struct job *job)
{
	struct drawing *d = (struct drawing *)job;

	d->picture = picture_draw(&d->spec, &job->progress, &job->err);
	job->status = d->picture ? 0 : -1;
}

static void
drawing_done(struct job *job, void *ctx)
{
	struct drawing *d = (struct drawing *)job;
	struct pictures *p = app_pictures(ctx);

	p->drawing = NULL;
	app_dirty(ctx);
	if (job->status == -1 && job->err.code == ERR_CANCEL) {
		free(d->key.file);
		free(d);
		return;
	}
	drop_oldest(p);
	p->v = xgrow(p->v, p->n, &p->cap, sizeof(*p->v));
	p->v[p->n++] = (struct kept){
	    .key = d->key,
	    .picture = d->picture,
	    .why = d->picture ? NULL : xstrdup(job->err.msg),
	    .used = p->frame,
	};
	free(d);
}

static void
draw(struct pictures *p, struct app *app, const struct entry_key *key)
{
	struct drawing *d = xcalloc(1, sizeof(*d));

	d->job.name = "drawing pictures";
	d->job.run = drawing_run;
	d->job.done = drawing_done;
	d->key = *key;
	d->key.file = xstrdup(key->file);
	d->spec = (struct picture_spec){
	    .self = app_self(app),
	    .path = d->key.file,
	    .cols = key->cols,
	    .rows = key->rows,
	    .colours = app_colours(app),
	    /* Where blocks take two columns there are other signs. */
	    .ascii = conf_bool(app_conf(app), "ascii") ||
		     text_width("\xe2\x96\x80", 3) != 1,
	};
	p->drawing = d;
	p->wanted = true;
	app_work(app, &d->job);
}

void
pictures_begin(struct pictures *p)
{
	p->frame++;
	p->wanted = false;
}

const struct picture *
pictures_get(struct pictures *p, struct app *app, const char *file, int cols,
    int rows, const char **why)
{
	struct entry_key key = {(char *)file, {0}, cols, rows};
	struct err err;
	struct kept *k;

	*why = NULL;
	if (cols > PICTURE_COLS_MAX || rows > PICTURE_ROWS_MAX) {
		*why = "the screen is too large";
		return NULL;
	}
	if (file_stamp(file, &key.stamp, &err) == -1) {
		*why = "the file is not there any more";
		return NULL;
	}
	if ((k = find(p, &key))) {
		k->used = p->frame;
		*why = k->why;
		return k->picture;
	}
	if (!p->drawing)
		draw(p, app, &key);
	else if (key_equal(&p->drawing->key, &key))
		p->wanted = true;
	return NULL;
}

void
pictures_end(struct pictures *p)
{
	if (p->drawing && !p->wanted)
		atomic_store(&p->drawing->job.progress.cancel, true);
}
