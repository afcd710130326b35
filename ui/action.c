/* SPDX-License-Identifier: ISC */
/* What several screens do with a post. */
#include "action.h"

#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "archetype.h"
#include "file.h"
#include "mem.h"
#include "post.h"

/* Set the flag in a loaded post and save it. */
static int
set_draft(struct post *post, bool draft, struct err *err)
{
	struct value *v = value_bool(draft);
	int rc = fm_set(post->fm, "draft", v, err);

	value_free(v);
	return rc == -1 ? -1 : post_save(post, err);
}

void
action_toggle_draft(struct app *app, const char *path)
{
	char *file = app_path(app, path), *name = xstrdup(path);
	const struct fm_field *f;
	struct post *post;
	struct err err;
	bool was;

	if (!(post = post_load(file, &err))) {
		app_error(app, &err);
	} else {
		f = fm_find(post->fm, "draft");
		was = f && value_truth(f->value, false);
		if (set_draft(post, !was, &err) == -1) {
			app_error(app, &err);
		} else {
			app_touched(app, name);
			app_say(app, "draft: %s → %s%s", was ? "true" : "false",
			    was ? "false" : "true",
			    was ? "   P publishes it" : "");
		}
	}
	post_free(post);
	free(name);
	free(file);
}

void
action_publish(struct app *app, const char *path)
{
	char *name = xstrdup(path);
	const char *paths[] = {name};
	struct publish_arg arg = {.paths = paths, .n = 1};

	app_push(app, &publish_screen, &arg);
	free(name);
}

void
new_post_dispose(struct new_post *m)
{
	free(m->section);
	free(m->title);
	m->section = m->title = NULL;
}

static void
directory_done(struct app *app, void *ctx, const char *text)
{
	struct new_post *m = ctx;
	struct archetype_spec spec = {.path = text, .title = m->title};
	char *path = NULL;
	struct err err;

	if (!text || !*text) {
		app_say(app, "no post was made");
	} else if (archetype_new(app_config(app), &spec, &path, &err) == -1) {
		app_error(app, &err);
	} else {
		app_touched(app, path);
		app_say(app, "made   e writes, f fields   %s", path);
		m->made(app, m->ctx, path);
	}
	free(path);
}

/* Is there a page of that name, whatever its form and its language? */
static bool
is_taken(struct app *app, const char *dir)
{
	const struct site_config *c = app_config(app);
	bool taken = false;

	for (size_t i = 0; i < c->nlanguages && !taken; i++) {
		char *path = path_join(c->languages[i].content_dir, dir);
		char *bundle = app_path(app, path);
		char *file = xasprintf("%s.md", bundle);

		taken = file_exists(bundle) || file_exists(file);
		free(file);
		free(bundle);
		free(path);
	}
	return taken;
}

/* dir, or dir-2, dir-3 ...: the first that is free. Takes dir. */
static char *
free_name(struct app *app, char *dir)
{
	char *name = xstrdup(dir);

	for (int n = 2; n < 100 && is_taken(app, name); n++) {
		free(name);
		name = xasprintf("%s-%d", dir, n);
	}
	free(dir);
	return name;
}

static void
title_done(struct app *app, void *ctx, const char *text)
{
	struct new_post *m = ctx;
	char *name, *dir;

	if (!text || !*text) {
		app_say(app, "no post was made");
		return;
	}
	free(m->title);
	m->title = xstrdup(text);
	name = archetype_dirname(app_config(app), text);
	dir = *m->section ? path_join(m->section, name) : xstrdup(name);
	dir = free_name(app, dir);
	app_prompt(app, "directory:", dir, directory_done, m);
	free(dir);
	free(name);
}

struct tally {
	const char *section;
	size_t n;
};

/* The section that most of the site's pages are in. Caller frees. */
static char *
main_section(const struct site *site)
{
	struct tally *v = NULL;
	size_t n = 0, cap = 0, best = 0, j;
	char *section;

	for (size_t i = 0; site && i < site->n; i++) {
		const char *s = site->v[i]->section;

		for (j = 0; j < n && strcmp(v[j].section, s) != 0; j++)
			;
		if (j == n) {
			v = xgrow(v, n, &cap, sizeof(*v));
			v[n++] = (struct tally){s, 0};
		}
		if (*s && ++v[j].n > v[best].n)
			best = j;
	}
	section = xstrdup(n > 0 ? v[best].section : "");
	free(v);
	return section;
}

/* Where a post beside e belongs; the default language needs no mention. */
static char *
section_beside(const struct site *site, const struct entry *e)
{
	const struct site_language *l = &site->config->languages[e->language];

	if (strcmp(l->code, site->config->default_language) == 0)
		return xstrdup(e->section);
	return path_join(l->content_dir, e->section);
}

void
action_new(struct app *app, struct new_post *m, const char *path)
{
	const struct site *site = app_site(app);
	const struct entry *e = site && path ? site_entry(site, path) : NULL;

	free(m->section);
	m->section =
	    e && *e->section ? section_beside(site, e) : main_section(site);
	app_prompt(app, "title:", "", title_done, m);
}
