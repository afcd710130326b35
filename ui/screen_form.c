/* SPDX-License-Identifier: ISC */
/*
 * Fields: the front matter of a post, or of several at once, as a form.  Each
 * accepted value goes into the loaded posts at once, losslessly; saving writes
 * them.
 */
#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "screen_form_priv.h"
#include "text.h"

static void
form_close(struct app *app, void *self)
{
	struct form *f = self;

	(void)app;
	editor_free(f->editor);
	form_rows_dispose(f);
	for (size_t i = 0; i < f->nposts; i++) {
		free(f->paths[i]);
		post_free(f->posts[i]);
		fm_free(f->saved[i]);
	}
	for (size_t i = 0; i < f->nlevels; i++)
		free(f->levels[i].path);
	for (size_t i = 0; i < f->npending; i++)
		free(f->pending[i]);
	for (size_t i = 0; i < f->nsteps; i++)
		free(f->steps[i].did);
	free(f->steps);
	free(f->pending);
	free(f->levels);
	free(f->paths);
	free(f->posts);
	free(f->saved);
	free(f->rows);
	free(f->reason);
	free(f);
}

static void *
form_open(struct app *app, const void *arg, struct err *err)
{
	const struct form_arg *a = arg;
	struct form *f = xcalloc(1, sizeof(*f));
	int rc = 0;

	f->paths = xcalloc(a->n, sizeof(*f->paths));
	f->posts = xcalloc(a->n, sizeof(struct post *));
	f->saved = xcalloc(a->n, sizeof(struct fm *));
	for (; f->nposts < a->n; f->nposts++)
		f->paths[f->nposts] = xstrdup(a->paths[f->nposts]);
	for (size_t i = 0; i < f->nposts && rc == 0; i++)
		rc = form_load(app, f, i, err);
	if (rc == -1) {
		form_close(app, f);
		return NULL;
	}
	/* Nothing is scrolled before the rows are known. */
	f->list.rows = FORM_ROWS;
	form_enter(app, f, "", false);
	/* A form opens on the title; several posts seldom share one. */
	form_cursor_to(f, f->nposts > 1 ? "draft" : "title");
	return f;
}

static size_t
count_wrong(const struct form *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += f->rows[i].reason != NULL;
	return n;
}

static void
form_title(struct app *app, void *self, struct buf *dst)
{
	struct form *f = self;
	size_t n = form_changes(f), wrong = count_wrong(f);

	(void)app;
	buf_puts(dst, "Fields");
	if (f->nlevels > 1)
		buf_printf(dst, " > %s", form_level(f)->path);
	if (f->nposts > 1)
		buf_printf(dst, "   %zu posts at once", f->nposts);
	else
		buf_printf(dst, "   %s", f->paths[0]);
	if (n > 0)
		buf_printf(dst, "   %zu changed", n);
	if (wrong > 0)
		buf_printf(
		    dst, "%s%zu to look at", n > 0 ? " · " : "   ", wrong);
}

/* Flip, go in, or open the editor: what Enter does. */
static void
edit_field(struct app *app, void *self)
{
	struct form *f = self;
	const struct row *r = form_row(f);
	struct value *next;
	char *path;

	if (!r)
		return;
	if (field_is_nested(r->field.type) && form_value(f, r->path)) {
		path = xstrdup(r->path);
		if (r->mixed)
			app_say(app,
			    "the posts differ in %s; s in one post, "
			    "or one post at a time",
			    path);
		else
			form_enter(app, f, path, r->field.type == FIELD_MAPS);
		free(path);
		return;
	}
	next =
	    field_cycle(&r->field, r->mixed ? NULL : form_value(f, r->path), 1);
	if (next) {
		struct edit e;

		path = xstrdup(r->path);
		e = form_set(f, path, next);
		form_edit(app, f, &e);
		free(path);
		value_free(next);
		return;
	}
	form_open_editor(app, f, r->field.type == FIELD_RAW);
}

static void
edit_source(struct app *app, void *self)
{
	if (form_row(self))
		form_open_editor(app, self, true);
}

/* What + - and n make of a value, in all posts. */
static void
set_next(struct app *app, struct form *f, struct value *next)
{
	char *path = xstrdup(form_row(f)->path);

	if (next)
		form_edit(app, f,
		    &(struct edit){
			.kind = EDIT_SET, .path = path, .value = next});
	else
		app_say(app, "%s is no date and no number", path);
	free(path);
	value_free(next);
}

static void
increase(struct app *app, void *self)
{
	struct form *f = self;
	const struct row *r = form_row(f);

	if (r)
		set_next(app, f,
		    field_step(&r->field, form_value(f, r->path), 1, UNIT_DAY));
}

static void
decrease(struct app *app, void *self)
{
	struct form *f = self;
	const struct row *r = form_row(f);

	if (r)
		set_next(app, f,
		    field_step(
			&r->field, form_value(f, r->path), -1, UNIT_DAY));
}

static void
set_now(struct app *app, void *self)
{
	struct form *f = self;
	const struct row *r = form_row(f);

	if (r)
		set_next(app, f, field_now(&r->field, form_value(f, r->path)));
}

/* A new item: a map with the first key that the others have. */
static void
add_item(struct app *app, struct form *f)
{
	char *path = xstrdup(form_level(f)->path);
	size_t at = f->n > 0 ? f->list.cursor + 1 : 0;
	const struct value *first =
	    f->n > 0 ? form_value(f, f->rows[0].path) : NULL;
	/* Elsewhere an empty value would not become text later. */
	bool yaml = fm_format(f->posts[0]->fm) == FM_YAML;
	struct value *item = value_map();
	struct value *text = yaml ? value_null() : value_string("");
	char *made = xasprintf("%s[%zu]", path, at);

	if (first && first->type == VALUE_MAP && first->n > 0)
		value_put(item, first->keys[0], text);
	else
		value_put(item, "name", text);
	if (form_edit(app, f,
		&(struct edit){.kind = EDIT_INSERT,
		    .path = path,
		    .at = at,
		    .value = item}) == 0) {
		form_cursor_to(f, made);
		form_enter(app, f, made, false);
	}
	value_free(item);
	free(made);
	free(path);
}

static void
add_field(struct app *app, void *self)
{
	struct form *f = self;

	if (form_level(f)->list)
		add_item(app, f);
	else
		form_open_adding(app, f);
}

static void
remove_field(struct app *app, void *self)
{
	struct form *f = self;
	const struct row *r = form_row(f);
	char *path;

	if (!r)
		return;
	path = xstrdup(r->path);
	if (!r->there)
		app_say(app, "%s is not in the file", path);
	else if (form_edit(app, f,
		     &(struct edit){.kind = EDIT_UNSET, .path = path}) == 0)
		app_say(app, "%s removed   u undoes, Ctrl-S saves", path);
	free(path);
}

static void
renamed(struct app *app, void *ctx, const char *text)
{
	struct form *f = ctx;
	const struct row *r = form_row(f);
	char *path;
	struct buf to = {0};

	if (!r || !text || !*text)
		return;
	path = xstrdup(r->path);
	if (form_edit(app, f,
		&(struct edit){
		    .kind = EDIT_RENAME, .path = path, .text = text}) == 0) {
		buf_puts(&to, form_level(f)->path);
		fm_path_add(&to, text);
		form_cursor_to(f, buf_text(&to));
		app_say(app, "%s is %s now   u undoes", path, buf_text(&to));
	}
	buf_dispose(&to);
	free(path);
}

static void
rename_field(struct app *app, void *self)
{
	struct form *f = self;
	const struct row *r = form_row(f);
	const char *dot = r ? strrchr(r->path, '.') : NULL;

	if (!r || !r->there || form_level(f)->list)
		app_say(app, "no field here to be renamed");
	else
		app_prompt(app,
		    "its new key:", f->nlevels > 1 && dot ? dot + 1 : r->path,
		    renamed, f);
}

/* Back to what the disk has. */
static void
revert_field(struct app *app, void *self)
{
	struct form *f = self;
	const struct row *r = form_row(f);
	const struct value *v;
	char *path;

	if (!r || !r->changed) {
		app_say(app, "it is as on the disk");
		return;
	}
	if (f->nposts > 1) {
		app_say(app, "u takes the last edit back");
		return;
	}
	path = xstrdup(r->path);
	v = fm_get(f->saved[0], path);
	form_edit(app, f,
	    &(struct edit){
		.kind = v ? EDIT_SET : EDIT_UNSET, .path = path, .value = v});
	free(path);
}

static void
move_by(struct app *app, struct form *f, int by)
{
	size_t from = f->list.cursor, to = from + (size_t)by;
	char *path;

	if (!form_level(f)->list) {
		app_say(app, "only items of a list are moved");
		return;
	}
	if ((by < 0 && from == 0) || to >= f->n)
		return;
	path = xstrdup(form_level(f)->path);
	if (form_edit(app, f,
		&(struct edit){
		    .kind = EDIT_MOVE, .path = path, .at = from, .to = to}) ==
	    0)
		list_move(&f->list, to);
	free(path);
}

static void
move_up(struct app *app, void *self)
{
	move_by(app, self, -1);
}

static void
move_down(struct app *app, void *self)
{
	move_by(app, self, 1);
}

static void
undo(struct app *app, void *self)
{
	form_undo(app, self, false);
}

static void
redo(struct app *app, void *self)
{
	form_undo(app, self, true);
}

static void
show_facts(struct app *app, void *self)
{
	struct form *f = self;

	f->facts = !f->facts;
	app_dirty(app);
}

static void
show_all(struct app *app, void *self)
{
	struct form *f = self;

	f->all = !f->all;
	form_rows(app, f);
	app_say(app,
	    f->all ? "all fields that the section has" : "the usual fields");
}

static void
save(struct app *app, void *self)
{
	form_save(app, self);
}

static void
show_diff(struct app *app, void *self)
{
	form_diff(app, self);
}

static void
edit(struct app *app, void *self)
{
	struct form *f = self;

	if (f->nposts > 1)
		app_say(app, "one post at a time");
	else if (form_changes(f) > 0)
		app_warn(app, "save first: Ctrl-S");
	else
		app_edit(app, f->paths[0]);
}

static void
publish(struct app *app, void *self)
{
	struct form *f = self;
	struct publish_arg arg = {
	    .paths = (const char *const *)f->paths, .n = f->nposts};

	if (form_changes(f) > 0)
		app_warn(app, "save first: Ctrl-S");
	else
		app_push(app, &publish_screen, &arg);
}

static const struct command form_commands[] = {
    {"edit-field", "Enter Space", "edit",
	"Edit the field, flip a yes or no, go into a map", edit_field},
    {"save", "Ctrl-S", "save", "Write the changed fields to the file", save},
    {"show-changes", "v", "changes", "Show what saving will change in the file",
	show_diff},
    {"add-field", "a", "add", "Add a field, or an item to a list", add_field},
    {"remove-field", "x Delete", NULL, "Remove the field from the file",
	remove_field},
    {"rename-field", "m", NULL, "Give the field another key", rename_field},
    {"revert-field", "r", NULL, "Go back to the value on the disk",
	revert_field},
    {"edit-source", "s", NULL, "Edit the field as it stands in the file",
	edit_source},
    {"increase", "+", NULL, "A day later, a number up", increase},
    {"decrease", "-", NULL, "A day earlier, a number down", decrease},
    {"set-now", "n", NULL, "Set a date or a time to now", set_now},
    {"move-up", "Alt-Up K", NULL, "Bring an item of a list up", move_up},
    {"move-down", "Alt-Down J", NULL, "Bring an item of a list down",
	move_down},
    {"undo", "u", NULL, "Take the last edit back, also a saved one", undo},
    {"redo", "Ctrl-R", NULL, "Do again what was taken back", redo},
    {"field-facts", "i", NULL, "Say what the site knows of the field, or not",
	show_facts},
    {"all-fields", "A", NULL, "Show all fields of the section, or the usual",
	show_all},
    {"edit", "e", NULL, "Edit the file in $VISUAL or $EDITOR", edit},
    {"publish", "P", "publish", "Publish what the form is about", publish},
    {NULL, NULL, NULL, NULL, NULL},
};

/* Tab and Down accept and go to the next field, Up to the one before. */
static void
accept_and_move(struct app *app, struct form *f, int key)
{
	bool up = key == KEY_BACKTAB || key == KEY_UP;
	size_t i = f->list.cursor;
	bool adding = f->adding;

	if (!up && key != KEY_TAB && key != KEY_DOWN)
		return;
	if (form_accept(app, f) && !adding)
		list_move(&f->list, !up ? i + 1 : i > 0 ? i - 1 : 0);
}

static void
drop_answer(struct app *app, void *ctx, int key)
{
	if (key == 'y')
		form_close_editor(app, ctx);
}

/* Esc drops what was typed; many lines not without asking. */
static void
drop(struct app *app, struct form *f)
{
	static const struct answer answers[] = {
	    {'y', "drop it"}, {KEY_ESC, "go on"}};

	if (editor_is_long(f->editor) && editor_changed(f->editor))
		app_ask(app, "Drop what you typed?", answers, NITEMS(answers),
		    drop_answer, f);
	else
		form_close_editor(app, f);
}

static bool
editing_event(struct app *app, struct form *f, const struct event *ev)
{
	app_dirty(app);
	if (ev->key == KEY_ESC) {
		drop(app, f);
	} else if (ev->key == KEY_CTRL('S')) {
		return !form_accept(app, f);
	} else if (editor_key(f->editor, ev)) {
		if (!editor_pasting(f->editor))
			form_judge(app, f);
		if (!editor_pasting(f->editor) && editor_full(f->editor))
			app_warn(app, "a field holds no more: the rest is left "
				      "out   e edits the file");
	} else if (ev->key == KEY_ENTER || ev->key == (KEY_ALT | KEY_ENTER)) {
		form_accept(app, f);
	} else {
		accept_and_move(app, f, ev->key);
	}
	return true;
}

static bool
form_mouse(struct app *app, struct form *f, const struct event *ev)
{
	if (ev->key == KEY_WHEEL_UP || ev->key == KEY_WHEEL_DOWN)
		list_key(&f->list, ev->key);
	else if (list_click(&f->list, ev->row - f->area.row) &&
		 ev->key == KEY_DOUBLE)
		edit_field(app, f);
	app_dirty(app);
	return true;
}

static const char *
form_hints(struct app *app, void *self)
{
	struct form *f = self;

	(void)app;
	if (f->editor)
		return editor_hints(f->editor);
	if (form_level(f)->list)
		return "=edit-field open|=add-field add|=remove-field remove|"
		       "=move-up up|=move-down down|=back out";
	if (f->nlevels > 1)
		return "=edit-field edit|=add-field add|=remove-field remove|"
		       "=save save|=back out";
	return NULL;
}

static bool
form_event(struct app *app, void *self, const struct event *ev)
{
	struct form *f = self;

	if (f->editor)
		return editing_event(app, f, ev);
	if (ev->key == KEY_MOUSE || ev->key == KEY_DOUBLE ||
	    ev->key == KEY_WHEEL_UP || ev->key == KEY_WHEEL_DOWN)
		return form_mouse(app, f, ev);
	if (ev->key == KEY_ESC || ev->key == KEY_LEFT) {
		if (form_out(app, f))
			return true;
		return ev->key == KEY_LEFT;
	}
	if ((ev->key == KEY_TAB || ev->key == KEY_BACKTAB) && f->n > 0) {
		size_t i = f->list.cursor;

		list_move(&f->list, ev->key == KEY_TAB ? (i + 1) % f->n
				    : i > 0            ? i - 1
						       : f->n - 1);
	} else if (!list_key(&f->list, ev->key)) {
		return false;
	}
	app_dirty(app);
	return true;
}

static bool
form_leave(struct app *app, void *self)
{
	return form_leaving(app, self);
}

static void
form_notice(struct app *app, void *self, enum notice what)
{
	struct form *f = self;

	if (what == NOTICE_SITE)
		form_refresh(app, f);
	if (what == NOTICE_HANGUP) {
		if (f->editor)
			form_accept(app, f);
		form_keep(app, f);
	}
	app_dirty(app);
}

const struct screen form_screen = {
    .name = "fields",
    .commands = form_commands,
    .open = form_open,
    .close = form_close,
    .title = form_title,
    .draw = form_draw,
    .hints = form_hints,
    .event = form_event,
    .notice = form_notice,
    .leave = form_leave,
};
