/* SPDX-License-Identifier: ISC */
/*
 * What other programs change shows at once: the directories of the site's pages
 * and of the page that is shown are watched, where the system can.  Where it
 * cannot, watch.c looks at all files now and then, and the page that is shown
 * is looked at here.
 */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app_priv.h"
#include "mem.h"
#include "notify.h"
#include "settle.h"

/* Pages whose directories are watched in one go, so that no key waits. */
#define SLICE 512
/* Files that changed; with more the site is read anew. */
#define MANY 64
/* Directories in directories that came. */
#define DEEP 8
/* A page that nobody tells us about is looked at this often. */
#define SHOWN_MS 250

/* What settles besides files: no page has such a path. */
#define ALL ""
#define GIT ".git"

struct notices {
	struct notify *notify; /* NULL: none */
	struct settle settle;
	bool stale;   /* pages were read since their directories were watched */
	bool partial; /* not all of them could be */
	size_t at;    /* the next page whose directory is to be watched */
	char *git;    /* its directory, watched; NULL: not yet */
	char *shown;  /* the page on the screen, in the site, or NULL */
	struct stamp stamp; /* as it was when last looked at */
	int64_t looked_ms;
	bool told;         /* of its changes */
	int64_t hollow_ms; /* since when it is empty or away; 0: it is not */
};

void
notices_open(struct app *app)
{
	app->notices = xcalloc(1, sizeof(*app->notices));
	app->notices->notify = notify_new();
	app->notices->stale = true;
}

void
notices_close(struct app *app)
{
	struct notices *n = app->notices;

	if (!n)
		return;
	notify_free(n->notify);
	settle_clear(&n->settle);
	free(n->git);
	free(n->shown);
	free(n);
	app->notices = NULL;
}

void
notices_stale(struct app *app)
{
	if (!app->notices)
		return;
	app->notices->stale = true;
	app->notices->at = 0;
}

int
notices_fd(struct app *app)
{
	struct notices *n = app->notices;

	return n && n->notify ? notify_fd(n->notify) : -1;
}

bool
notices_whole(struct app *app)
{
	struct notices *n = app->notices;

	return n && n->notify && !n->stale && !n->partial &&
	       (n->git || app->git.error);
}

static bool
watch_dir(struct app *app, const char *rel, size_t len)
{
	char *part = xstrndup(rel, len);
	char *dir = path_join(app->root, part);
	bool told = notify_add(app->notices->notify, dir) == 0;

	free(part);
	free(dir);
	return told;
}

/* The directories above a page that are not above the one before it. */
static bool
watch_above(struct app *app, const char *path, const char *before)
{
	size_t same = 0;
	bool told = true;

	while (path[same] && path[same] == before[same])
		same++;
	for (const char *s = strchr(path, '/'); s && told;
	     s = strchr(s + 1, '/'))
		if ((size_t)(s - path) >= same)
			told = watch_dir(app, path, (size_t)(s - path));
	return told;
}

static void
watch_roots(struct app *app)
{
	const struct site_config *config = app->site->config;

	watch_dir(app, "", 0);
	for (size_t i = 0; i < config->nlanguages; i++) {
		const char *dir = config->languages[i].content_dir;

		watch_dir(app, dir, strlen(dir));
	}
}

/* Some more of the directories that pages are in. */
static void
cover(struct app *app)
{
	struct notices *n = app->notices;
	const struct site *site = app->site;
	const char *before =
	    n->at && n->at <= site->n ? site->v[n->at - 1]->path : "";
	size_t end = n->at + SLICE;

	if (n->at == 0) {
		n->partial = false;
		watch_roots(app);
	}
	for (; n->at < end && n->at < site->n && !n->partial; n->at++) {
		const char *path = site->v[n->at]->path;

		n->partial = !watch_above(app, path, before);
		before = path;
	}
	if (n->at < site->n && !n->partial)
		return;
	n->stale = false;
	n->at = 0;
	/* What happened meanwhile was not told. */
	app->watch_now = true;
}

static void
cover_git(struct app *app)
{
	struct notices *n = app->notices;

	if (n->git || !app->git.root)
		return;
	n->git = xasprintf("%s/.git", app->git.root);
	if (notify_add(n->notify, n->git) == -1)
		n->partial = true;
}

/* Events. */

static void
note(struct app *app, const char *path, int wait)
{
	struct settle *s = &app->notices->settle;
	int64_t now = app_clock();

	if (s->n > MANY && !settle_has(s, path))
		path = ALL;
	settle_note(s, path, now, *path == '\0' ? SETTLE_MS : wait);
}

/* An empty file may be the first half of a change. */
static int
time_for(const struct notify_event *e)
{
	char *path = path_join(e->dir, e->name);
	struct stamp stamp;
	struct err ignored;
	bool whole = e->what == NOTIFY_WRITTEN &&
		     file_stamp(path, &stamp, &ignored) == 0 && stamp.size > 0;

	free(path);
	return whole ? 0 : SETTLE_MS;
}

static bool
is_config(const char *name)
{
	return strncmp(name, "hugo.", 5) == 0 ||
	       strncmp(name, "config.", 7) == 0;
}

/* What editors have beside a file while it is open, and our own. */
static bool
is_passing(const char *name)
{
	return name[0] == '.' || name[strlen(name) - 1] == '~' ||
	       file_is_leftover(name);
}

/* rel: the directory below the site's root. */
static void
take_file(struct app *app, const char *rel, const struct notify_event *e)
{
	char *path = *rel ? path_join(rel, e->name) : xstrdup(e->name);

	if (*rel == '\0' && is_config(e->name))
		note(app, ALL, SETTLE_MS);
	else if (site_entry(app->site, path) ||
		 (*rel && site_is_content(e->name)))
		note(app, path, time_for(e));
	else if (*rel && e->what != NOTIFY_WRITING && !is_passing(e->name))
		note(app, path, SETTLE_MS);
	free(path);
}

/* A directory that has come, and those in it. */
static void
watch_tree(struct app *app, const char *dir, int depth)
{
	struct err ignored;
	struct stat st;
	char **names;
	size_t n;

	/* No links: they may go round in circles. */
	if (depth > DEEP || lstat(dir, &st) == -1 || !S_ISDIR(st.st_mode))
		return;
	if (notify_add(app->notices->notify, dir) == -1 ||
	    file_names(dir, &names, &n, &ignored) == -1)
		return;
	for (size_t i = 0; i < n; i++) {
		char *path = path_join(dir, names[i]);

		watch_tree(app, path, depth + 1);
		free(path);
	}
	file_names_free(names, n);
}

/* rel: as above; in the root there are those of builds, too. */
static void
take_directory(struct app *app, const char *rel, const struct notify_event *e)
{
	char *path = path_join(e->dir, e->name);

	if (*rel) {
		watch_tree(app, path, 0);
		note(app, ALL, SETTLE_MS);
	}
	free(path);
}

static void
take(struct app *app, const struct notify_event *e)
{
	struct notices *n = app->notices;
	const char *rel = e->dir ? path_below(app->root, e->dir) : NULL;

	if (e->what == NOTIFY_LOST) {
		note(app, ALL, SETTLE_MS);
		n->stale = true;
		return;
	}
	if (n->git && strcmp(e->dir, n->git) == 0) {
		if (strcmp(e->name, "index") == 0 ||
		    strcmp(e->name, "HEAD") == 0)
			note(app, GIT, SETTLE_MS);
	} else if (e->what == NOTIFY_DIRECTORY) {
		if (rel)
			take_directory(app, rel, e);
	} else if (rel) {
		take_file(app, rel, e);
	}
}

static void
look_again(struct app *app)
{
	app_rescan(app);
	app_refresh_git(app, true);
}

static void
settled_file(struct app *app, const char *path)
{
	const struct entry *e = site_entry(app->site, path);
	char *file = app_path(app, path);
	struct stamp now;
	struct err ignored;
	bool there = file_stamp(file, &now, &ignored) == 0;

	free(file);
	if (!e && !site_is_content(path_base(path)))
		jobs_git(app, path, false);
	else if (there != (e != NULL))
		look_again(app);
	else if (e && !stamp_equal(&now, &e->stamp))
		app_touched(app, path);
	app_dirty(app);
}

/* It came to rest. */
static void
settled(struct app *app, const char *path)
{
	if (strcmp(path, ALL) == 0)
		look_again(app);
	else if (strcmp(path, GIT) == 0)
		app->watch_now = true;
	else
		settled_file(app, path);
}

static void
drain(struct app *app)
{
	struct notices *n = app->notices;
	struct notify_event e;
	char *path;

	while (n->notify && notify_next(n->notify, &e))
		take(app, &e);
	while ((path = settle_take(&n->settle, app_clock()))) {
		settled(app, path);
		free(path);
	}
}

/* The page on the screen, of which nobody tells. */
static void
look_at_shown(struct app *app)
{
	struct notices *n = app->notices;
	struct stamp now = {0};
	struct err ignored;
	char *file;

	if (!n->shown || n->told || app_clock() - n->looked_ms < SHOWN_MS)
		return;
	file = app_path(app, n->shown);
	file_stamp(file, &now, &ignored);
	if (!stamp_equal(&now, &n->stamp))
		note(app, n->shown, now.size > 0 ? 0 : SETTLE_MS);
	n->stamp = now;
	n->looked_ms = app_clock();
	free(file);
}

void
notices_take(struct app *app)
{
	struct notices *n = app->notices;

	if (!n || !app->site || app->closing)
		return;
	if (n->notify && n->stale)
		cover(app);
	if (n->notify)
		cover_git(app);
	look_at_shown(app);
	drain(app);
}

int
notices_ms(struct app *app)
{
	struct notices *n = app->notices;
	int ms;

	if (!n || !app->site)
		return -1;
	if (n->notify && n->stale)
		return 0;
	ms = settle_ms(&n->settle, app_clock());
	if (n->shown && !n->told && (ms == -1 || ms > SHOWN_MS))
		ms = SHOWN_MS;
	return ms;
}

/* Another page came to the screen. */
static void
show(struct app *app, const char *path)
{
	struct notices *n = app->notices;
	char *file = app_path(app, path), *dir = path_dir(file);

	free(n->shown);
	n->shown = xstrdup(path);
	n->looked_ms = app_clock();
	n->hollow_ms = 0;
	n->told = n->notify && notify_add(n->notify, dir) == 0;
	free(dir);
	free(file);
}

bool
app_shown(struct app *app, const char *path, const struct stamp *now)
{
	struct notices *n = app->notices;

	if (!n)
		return true;
	if (!n->shown || strcmp(n->shown, path) != 0)
		show(app, path);
	n->stamp = *now;
	if (now->size > 0) {
		n->hollow_ms = 0;
		return !settle_has(&n->settle, path);
	}
	if (n->hollow_ms == 0) {
		n->hollow_ms = app_clock();
		note(app, path, SETTLE_MS);
	}
	return app_clock() - n->hollow_ms >= SETTLE_MS;
}
