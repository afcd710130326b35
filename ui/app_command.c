/* SPDX-License-Identifier: ISC */
/* The commands that work everywhere, commands by name, and the user's keys. */
#include <stdlib.h>
#include <string.h>

#include "app_priv.h"
#include "mem.h"
#include "value.h"

static void
help(struct app *app, void *screen)
{
	(void)screen;
	if (app_screen(app) != &help_screen)
		app_push(app, &help_screen, app_screen(app));
}

/* Append the names of all commands here that start with text. */
static void
complete_name(struct app *app, const char *text, struct buf *out)
{
	const struct command *tables[] = {
	    app_screen(app)->commands, app_commands()};

	for (size_t i = 0; i < NITEMS(tables); i++)
		for (const struct command *c = tables[i]; c && c->name; c++)
			if (strncmp(c->name, text, strlen(text)) == 0)
				buf_printf(
				    out, "%s%s", out->len ? " " : "", c->name);
}

/* The command of that name, or the only one that starts so. */
static const struct command *
find(struct app *app, const char *name)
{
	const struct command *screen = app_screen(app)->commands;
	const struct command *c = command_by_name(screen, name);
	struct buf names = {0};

	if (!c)
		c = command_by_name(app_commands(), name);
	if (!c && *name) {
		complete_name(app, name, &names);
		if (names.len > 0 && !strchr(names.data, ' ')) {
			c = command_by_name(screen, names.data);
			if (!c)
				c = command_by_name(app_commands(), names.data);
		}
	}
	buf_dispose(&names);
	return c;
}

static void
run_name(struct app *app, void *ctx, const char *text)
{
	const struct command *c;
	char *name;

	(void)ctx;
	if (!text || !*text)
		return;
	name = xstrndup(text, strcspn(text, " "));
	c = find(app, name);
	if (c)
		c->run(app, app->layers[app->nlayers - 1].self);
	else
		app_warn(app, "no command '%s' here; Tab shows them", name);
	free(name);
}

static void
palette(struct app *app, void *screen)
{
	(void)screen;
	app_prompt_with(app, ":", "", complete_name, run_name, NULL);
}

static void
back(struct app *app, void *screen)
{
	(void)screen;
	if (app->nlayers > 1)
		app_leave(app);
	else if (app->sync)
		atomic_store(&app->sync->progress.cancel, true);
}

static void
quit(struct app *app, void *screen)
{
	(void)screen;
	app_leave(app);
}

static void
leave_all(struct app *app, void *screen)
{
	(void)screen;
	app_quit(app);
}

static void
sync_now(struct app *app, void *screen)
{
	(void)screen;
	app_sync(app);
}

static void
reload(struct app *app, void *screen)
{
	(void)screen;
	app_rescan(app);
	app_refresh_git(app, true);
}

static void
redraw(struct app *app, void *screen)
{
	(void)screen;
	app->face->resume(app->face);
}

static void
unsaved(struct app *app, void *screen)
{
	(void)screen;
	if (app_screen(app) != &unsaved_screen)
		app_push(app, &unsaved_screen, NULL);
}

static const struct command commands[] = {
    {"help", "? F1", "more", "Show all keys of this screen", help},
    {"command", ":", NULL, "Run a command by its name", palette},
    {"back", "Esc", NULL, "Go back to the screen before; stop a sync", back},
    {"quit", "q", NULL, "Leave the screen; at the first one, quit", quit},
    {"exit", NULL, NULL, "Quit from wherever you are", leave_all},
    {"sync", "S", NULL, "Fetch, bring up to date, push what waits", sync_now},
    {"unsaved", NULL, NULL, "Show edits that a crash kept from being saved",
	unsaved},
    {"reload", "F5", NULL, "Read the site again from the disk", reload},
    {"redraw", "Ctrl-L", NULL, "Draw the screen again", redraw},
    {NULL},
};

const struct command *
app_commands(void)
{
	return commands;
}

/* The user's keys. */

#define TABLE(screen) screen.commands,

static bool
known(const char *name)
{
	const struct command *const tables[] = {commands, SCREENS(TABLE)};

	for (size_t i = 0; i < NITEMS(tables); i++)
		if (command_by_name(tables[i], name))
			return true;
	return false;
}

/* A setting's keys with blanks between: a text, or a list of texts. */
static char *
keys_text(const struct value *v)
{
	struct buf b = {0};

	if (v->type == VALUE_LIST)
		for (size_t i = 0; i < v->n; i++) {
			const char *s = value_text(v->items[i]);

			buf_printf(&b, "%s%s", i ? " " : "", s ? s : "");
		}
	else if (value_text(v))
		buf_puts(&b, value_text(v));
	return buf_steal(&b);
}

static int
check_keys(const char *name, const char *keys, struct err *err)
{
	char *copy = xstrdup(keys), *rest = NULL;
	int result = 0;

	for (char *key = strtok_r(copy, " ", &rest); key && result == 0;
	     key = strtok_r(NULL, " ", &rest))
		if (!key_parse(key))
			result = err_code(err, ERR_USAGE,
			    "keys: '%s' is no key (for %s); "
			    "keys are written as j, Ctrl-S, PgDn, F2",
			    key, name);
	free(copy);
	return result;
}

int
app_check_keys(const struct conf *conf, struct err *err)
{
	const struct value *map = conf_map(conf, "keys");
	int result = 0;

	for (size_t i = 0; i < map->n && result == 0; i++) {
		char *keys = keys_text(map->items[i]);

		if (!known(map->keys[i]))
			result = err_code(err, ERR_USAGE,
			    "keys: there is no command '%s'; "
			    "galley(1) lists them",
			    map->keys[i]);
		else
			result = check_keys(map->keys[i], keys, err);
		free(keys);
	}
	return result;
}

/* Did the user give key to another command of these two tables? */
static bool
taken(const struct value *map, const struct command *table, const char *key)
{
	bool found = false;

	for (size_t i = 0; i < map->n && !found; i++) {
		char *keys, *rest = NULL;

		if (!command_by_name(table, map->keys[i]) &&
		    !command_by_name(commands, map->keys[i]))
			continue;
		keys = keys_text(map->items[i]);
		for (char *k = strtok_r(keys, " ", &rest); k && !found;
		     k = strtok_r(NULL, " ", &rest))
			found = key_parse(k) == key_parse(key);
		free(keys);
	}
	return found;
}

/* The keys of a row: the user's, or its own but those given away. */
static char *
row_keys(const struct value *map, const struct command *table,
    const struct command *row)
{
	const struct value *own = value_get(map, row->name);
	char *copy, *rest = NULL;
	struct buf b = {0};

	if (own)
		return keys_text(own);
	copy = xstrdup(row->keys ? row->keys : "");
	for (char *key = strtok_r(copy, " ", &rest); key;
	     key = strtok_r(NULL, " ", &rest))
		if (!taken(map, table, key))
			buf_printf(&b, "%s%s", b.len ? " " : "", key);
	free(copy);
	return buf_steal(&b);
}

const struct command *
app_bound(struct app *app, const struct command *table)
{
	const struct value *map = conf_map(app->conf, "keys");
	struct bound bound = {.table = table};
	size_t n = 0;

	if (!table || map->n == 0)
		return table;
	for (size_t i = 0; i < app->nbound; i++)
		if (app->bound[i].table == table)
			return app->bound[i].copy;
	while (table[n].name)
		n++;
	bound.copy = xcalloc(n + 1, sizeof(*bound.copy));
	memcpy(bound.copy, table, n * sizeof(*bound.copy));
	for (size_t i = 0; i < n; i++)
		bound.copy[i].keys = row_keys(map, table, &table[i]);
	app->bound = xgrow(
	    app->bound, app->nbound, &app->cap_bound, sizeof(*app->bound));
	app->bound[app->nbound++] = bound;
	return bound.copy;
}

void
app_unbind(struct app *app)
{
	for (size_t i = 0; i < app->nbound; i++) {
		struct command *copy = app->bound[i].copy;

		for (size_t k = 0; copy[k].name; k++)
			free((char *)copy[k].keys);
		free(copy);
	}
	free(app->bound);
}
