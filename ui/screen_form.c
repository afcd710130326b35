/* SPDX-License-Identifier: ISC */
/*
 * Fields: a post's front matter as a form.  Each accepted value goes into the
 * loaded post at once, losslessly; saving writes it.
 */
#include <stdlib.h>
#include <string.h>

#include "app.h"
#include "date.h"
#include "editor.h"
#include "app_keep.h"
#include "list.h"
#include "mem.h"
#include "post.h"
#include "recover.h"
#include "screen.h"
#include "text.h"
#include "theme.h"

struct form {
	char *path; /* in the site */
	struct post *post;
	struct fm *saved; /* as it is on the disk */
	char **keys;      /* the rows: the file's fields, then missing ones */
	size_t n, cap;
	struct list list;
	struct editor *editor; /* of the row under the cursor, or NULL */
	struct area area;      /* of the rows, as last drawn */
	char *address;         /* what the saved fields give */
};

static const struct value *
form_value(const struct fm *fm, const char *key)
{
	const struct fm_field *f = fm_find(fm, key);

	return f ? f->value : NULL;
}

static enum field_type
form_type(struct app *app, const struct form *f, const char *key)
{
	const struct fm_field *field = fm_find(f->post->fm, key);
	enum field_type type;

	if (field && field->frozen)
		return FIELD_RAW;
	type = field_type(key, field ? field->value : NULL,
	    site_is_taxonomy(app_config(app), key));
	return field_is_nested(type) ? FIELD_RAW : type;
}

static bool
form_changed(const struct form *f, const char *key)
{
	const struct value *a = form_value(f->post->fm, key);
	const struct value *b = form_value(f->saved, key);

	if (!a || !b)
		return a != b;
	return !value_equal(a, b);
}

static size_t
count_changed(const struct form *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->n; i++)
		n += form_changed(f, f->keys[i]);
	return n;
}

static void
add_key(struct form *f, const char *key)
{
	for (size_t i = 0; i < f->n; i++)
		if (text_casecmp(
			f->keys[i], strlen(f->keys[i]), key, strlen(key)) == 0)
			return;
	f->keys = xgrow(f->keys, f->n, &f->cap, sizeof(*f->keys));
	f->keys[f->n++] = xstrdup(key);
}

/* The file's own fields in its order, then those that a post should have. */
static void
collect_keys(struct app *app, struct form *f)
{
	static const char *const usual[] = {"title", "date", "draft"};
	const struct site_config *config = app_config(app);

	for (size_t i = 0; i < fm_count(f->post->fm); i++)
		add_key(f, fm_at(f->post->fm, i)->key);
	for (size_t i = 0; i < NITEMS(usual); i++)
		add_key(f, usual[i]);
	for (size_t i = 0; i < config->ntaxonomies; i++)
		add_key(f, config->taxonomies[i].plural);
}

/* The address below the site's own. */
static char *
form_address(struct app *app, const struct form *f, const struct fm *fm)
{
	const struct site_config *config = app_config(app);
	char *whole = permalink_of(config, f->path, fm_values(fm)), *rest;
	size_t base = strlen(config->base_url);
	char *shown;

	if (base == 0 || strncmp(whole, config->base_url, base) != 0)
		rest = xstrdup(whole);
	else
		rest = xasprintf("/%s", whole + base);
	shown = permalink_readable(rest);
	free(rest);
	free(whole);
	return shown;
}

/* Show that post, which may be edited already. Takes it. */
static int
form_adopt(struct app *app, struct form *f, struct post *post, struct err *err)
{
	struct fm *saved = fm_parse(buf_text(&post->base), post->base.len, err);

	if (!saved) {
		post_free(post);
		return -1;
	}
	post_free(f->post);
	fm_free(f->saved);
	f->post = post;
	f->saved = saved;
	collect_keys(app, f);
	free(f->address);
	f->address = form_address(app, f, f->saved);
	return 0;
}

/* Load the file; what was typed before is dropped. */
static int
form_load(struct app *app, struct form *f, struct err *err)
{
	char *file = app_path(app, f->path);
	struct post *post = post_load(file, err);

	free(file);
	return post ? form_adopt(app, f, post, err) : -1;
}

/* What is edited is kept from now on, should we be killed. */
static void
keep(struct app *app, struct form *f)
{
	struct err err;

	if (recover_put(app_recover(app), f->path, f->post, &err) == -1)
		app_warn(app, "%s", err.msg);
}

static void
form_close(struct app *app, void *self)
{
	struct form *f = self;

	(void)app;
	editor_free(f->editor);
	post_free(f->post);
	fm_free(f->saved);
	for (size_t i = 0; i < f->n; i++)
		free(f->keys[i]);
	free(f->keys);
	free(f->address);
	free(f->path);
	free(f);
}

static void *
form_open(struct app *app, const void *arg, struct err *err)
{
	struct form *f = xcalloc(1, sizeof(*f));
	struct post *restored;

	f->path = xstrdup(arg);
	restored = keep_take(app, f->path);
	if ((restored ? form_adopt(app, f, restored, err)
		      : form_load(app, f, err)) == -1) {
		form_close(app, f);
		return NULL;
	}
	/* A form opens on the title. */
	for (size_t i = 0; i < f->n; i++)
		if (text_casecmp(f->keys[i], strlen(f->keys[i]), "title", 5) ==
		    0)
			f->list.cursor = i;
	return f;
}

static void
form_title(struct app *app, void *self, struct buf *dst)
{
	struct form *f = self;
	size_t n = count_changed(f);

	(void)app;
	buf_printf(dst, "Fields   %s", f->path);
	if (n > 0)
		buf_printf(dst, "   %zu changed", n);
}

/* What a value looks like in its row. */
static char *
shown_value(enum field_type type, const struct value *v)
{
	if (!v || v->type == VALUE_NULL)
		return xstrdup("(none)");
	if (type == FIELD_BOOL || type == FIELD_DRAFT)
		return xstrdup(value_truth(v, false) ? "yes" : "no");
	if (v->type == VALUE_LIST && v->n == 0)
		return xstrdup("(none)");
	return field_print(&(struct field){.type = type}, v);
}

/* Facts about a date: how far away, and in UTC. */
static void
draw_date_facts(
    struct app *app, struct canvas *c, struct area a, const struct value *v)
{
	const char *text = v ? value_text(v) : NULL;
	struct date d, utc;
	int64_t t;
	char *far, *facts;

	if (!text || !date_parse(text, strlen(text), &d))
		return;
	t = date_unix(&d, app_config(app)->zone);
	date_from_unix(t, 0, &utc);
	far = date_distance(t, app_now(app));
	facts = xasprintf("   %s · %02d:%02d UTC", far, utc.hour, utc.minute);
	/* All or nothing: half a time says nothing. */
	if (text_width(facts, strlen(facts)) <= a.cols)
		canvas_puts(c, a.row, a.col, a.cols, STYLE_DIM, facts);
	free(facts);
	free(far);
}

static void
draw_value(struct app *app, const struct form *f, struct canvas *c,
    struct area a, const char *key, bool current)
{
	enum field_type type = form_type(app, f, key);
	const struct value *v = form_value(f->post->fm, key);
	char *text = shown_value(type, v);
	int style = !v || type == FIELD_RAW ? STYLE_DIM : STYLE_TEXT;
	int used;

	if (form_changed(f, key))
		style = STYLE_CHANGED;
	if (current)
		style = style == STYLE_DIM ? STYLE_CURSOR_DIM : STYLE_CURSOR;
	used = canvas_fit(c, a.row, a.col, a.cols, style, text, false);
	if (field_is_date(type) && used < a.cols) {
		a.col += used;
		a.cols -= used;
		draw_date_facts(app, c, a, v);
	}
	free(text);
}

/* Below the current row: the value before, or why it is read-only. */
static int
draw_below(struct app *app, const struct form *f, struct canvas *c,
    struct area a, const char *key)
{
	const struct fm_field *field = fm_find(f->post->fm, key);
	char *was;

	if (a.rows < 1)
		return 0;
	if (field && field->frozen) {
		canvas_printf(c, a.row, a.col, a.cols, STYLE_DIM,
		    "read-only here: %s", field->frozen);
		return 1;
	}
	if (!form_changed(f, key))
		return 0;
	was = shown_value(form_type(app, f, key), form_value(f->saved, key));
	canvas_printf(c, a.row, a.col, a.cols, STYLE_DIM, "was: %s", was);
	free(was);
	return 1;
}

/* One field at the top of a; returns the rows used. */
static int
draw_field(
    struct app *app, struct form *f, struct canvas *c, struct area a, size_t i)
{
	int label = a.cols >= 70 ? 18 : 13;
	struct area v = {a.row, a.col + 2 + label, a.rows, a.cols - label - 3};
	struct area below = {v.row + 1, v.col, v.rows - 1, v.cols};
	bool current = i == f->list.cursor;
	bool changed = form_changed(f, f->keys[i]);

	if (current && !f->editor)
		canvas_fill(
		    c, (struct area){a.row, a.col, 1, a.cols}, STYLE_CURSOR);
	if (changed)
		canvas_puts(c, a.row, a.col, 1,
		    current && !f->editor ? STYLE_CURSOR : STYLE_CHANGED, "~");
	canvas_fit(c, a.row, a.col + 2, label - 1,
	    current ? f->editor ? STYLE_STRONG : STYLE_CURSOR : STYLE_DIM,
	    f->keys[i], false);
	if (current && f->editor)
		return editor_draw(f->editor, c, v);
	draw_value(app, f, c, v, f->keys[i], current);
	return 1 + (current ? draw_below(app, f, c, below, f->keys[i]) : 0);
}

static void
draw_address(struct app *app, struct form *f, struct canvas *c, struct area a)
{
	int label = a.cols >= 70 ? 18 : 13;
	char *now = form_address(app, f, f->post->fm);
	bool moved = strcmp(now, f->address) != 0;

	canvas_puts(c, a.row, a.col + 2, label, STYLE_DIM, "address");
	canvas_fit(c, a.row, a.col + 2 + label, a.cols - label - 3, STYLE_DIM,
	    f->address, false);
	if (moved && a.rows > 1)
		canvas_printf(c, a.row + 1, a.col + label, a.cols - label - 1,
		    STYLE_WARNING, "%s %s%s", canvas_is_ascii(c) ? ">" : "→",
		    now,
		    value_truth(form_value(f->saved, "draft"), false)
			? ""
			: "   old links will break");
	free(now);
}

static void
form_draw(struct app *app, void *self, struct canvas *c, struct area area)
{
	struct form *f = self;
	struct area a = area;
	int extra = area.rows >= 12 ? 3 : 0;

	f->area = area;
	/* Rows that grow are at most two, and the address three. */
	list_layout(&f->list, f->n, area.rows - extra - 1);
	for (size_t i = f->list.top; i < f->n && a.rows > extra; i++) {
		int used = draw_field(app, f, c, a, i);

		a.row += used;
		a.rows -= used;
	}
	if (extra && a.rows >= 2) {
		a.row++;
		a.rows--;
		draw_address(app, f, c, a);
	}
}

static void
set_value(
    struct app *app, struct form *f, const char *key, const struct value *v)
{
	struct err err;

	if (fm_set(f->post->fm, key, v, &err) == -1)
		app_error(app, &err);
	else
		keep(app, f);
	app_dirty(app);
}

static void
accept(struct app *app, struct form *f)
{
	struct err err;
	struct value *v = NULL;

	/* What was not changed is not written: "2" stays "2", absent absent. */
	if (editor_changed(f->editor)) {
		if (!(v = editor_value(f->editor, &err))) {
			app_error(app, &err);
			return;
		}
		set_value(app, f, f->keys[f->list.cursor], v);
		value_free(v);
	}
	editor_free(f->editor);
	f->editor = NULL;
}

/* Tab and Down accept and go to the next field, Up to the one before. */
static void
accept_and_move(struct app *app, struct form *f, int key)
{
	bool up = key == KEY_BACKTAB || key == KEY_UP;
	size_t i = f->list.cursor;

	if (!up && key != KEY_TAB && key != KEY_DOWN)
		return;
	accept(app, f);
	if (!f->editor)
		list_move(&f->list, !up ? i + 1 : i > 0 ? i - 1 : 0);
}

static bool
editing_event(struct app *app, struct form *f, const struct event *ev)
{
	if (ev->key == KEY_ENTER) {
		accept(app, f);
	} else if (ev->key == KEY_CTRL('S')) {
		accept(app, f);
		return f->editor != NULL;
	} else if (ev->key == KEY_ESC) {
		editor_free(f->editor);
		f->editor = NULL;
	} else if (!editor_key(f->editor, ev)) {
		accept_and_move(app, f, ev->key);
	}
	app_dirty(app);
	return true;
}

static void open_editor(struct app *, void *);

static bool
form_mouse(struct app *app, struct form *f, const struct event *ev)
{
	if (ev->key == KEY_WHEEL_UP || ev->key == KEY_WHEEL_DOWN)
		list_key(&f->list, ev->key);
	else if (list_click(&f->list, ev->row - f->area.row) &&
		 ev->key == KEY_DOUBLE)
		open_editor(app, f);
	app_dirty(app);
	return true;
}

static const char *
form_hints(struct app *app, void *self)
{
	struct form *f = self;

	(void)app;
	if (!f->editor)
		return NULL;
	return editor_completes(f->editor)
		   ? "Enter accept|Tab complete|Esc drop"
		   : "Enter accept|Tab next|Esc drop";
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
	if (ev->key == KEY_TAB || ev->key == KEY_BACKTAB) {
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

/* Names of the files in the post's bundle that are no pages. */
static char **
bundle_files(struct app *app, const struct form *f, size_t *n)
{
	char *file = app_path(app, f->path), *dir = path_dir(file);
	const char *base = path_base(file);
	char **names = NULL;
	struct err ignored;
	size_t kept = 0;

	*n = 0;
	if (strncmp(base, "index.", 6) == 0)
		file_names(dir, &names, n, &ignored);
	for (size_t i = 0; i < *n; i++) {
		if (strcmp(path_ext(names[i]), "md") == 0)
			free(names[i]);
		else
			names[kept++] = names[i];
	}
	*n = kept;
	free(dir);
	free(file);
	return names;
}

static struct editor *
make_editor(struct app *app, const struct form *f, const char *key)
{
	const struct site_config *config = app_config(app);
	const struct value *v = form_value(f->post->fm, key);
	enum field_type type = form_type(app, f, key);
	const char **terms = NULL;
	struct editor *e;
	char **files;
	size_t n = 0;

	if (strcmp(key, "images") == 0) {
		files = bundle_files(app, f, &n);
		e = editor_open(type, v, (const char *const *)files, n);
		file_names_free(files, n);
		return e;
	}
	for (size_t i = 0; i < config->ntaxonomies && app_site(app); i++)
		if (text_casecmp(config->taxonomies[i].plural,
			strlen(config->taxonomies[i].plural), key,
			strlen(key)) == 0)
			terms = site_terms(app_site(app), i, &n);
	e = editor_open(type, v, terms, n);
	free(terms);
	return e;
}

static void
open_editor(struct app *app, void *self)
{
	struct form *f = self;
	const char *key = f->keys[f->list.cursor];
	enum field_type type = form_type(app, f, key);
	struct value *flipped;

	if (type == FIELD_RAW) {
		app_say(app, "%s is read-only here; e edits the file", key);
		return;
	}
	flipped = editor_flip(type, form_value(f->post->fm, key));
	if (flipped) {
		set_value(app, f, key, flipped);
		value_free(flipped);
	} else {
		f->editor = make_editor(app, f, key);
	}
	app_dirty(app);
}

static void save(struct app *, void *);

/* The edits are in what another program has written: save that. */
static void
merged(struct app *app, void *ctx, struct post *post)
{
	struct form *f = ctx;
	struct err err;

	if (!post)
		return;
	if (form_adopt(app, f, post, &err) == -1) {
		app_error(app, &err);
		return;
	}
	keep(app, f);
	if (count_changed(f) > 0)
		save(app, f);
	else
		app_say(app, "read from the disk; nothing of mine is left");
}

static void
changed_on_disk(struct app *app, struct form *f)
{
	keep_merge(app,
	    &(struct keep_edits){.path = f->path,
		.base = f->saved,
		.ours = f->post->fm,
		.show = true,
		.verb = "save"},
	    merged, f);
}

static void
save(struct app *app, void *self)
{
	struct form *f = self;
	size_t n = count_changed(f);
	char *path;
	struct err err;

	if (n == 0) {
		app_say(app, "nothing is changed");
		return;
	}
	if (post_save(f->post, &err) == -1) {
		if (err.code == ERR_CHANGED)
			changed_on_disk(app, f);
		else
			app_error(app, &err);
		return;
	}
	recover_drop(app_recover(app), f->path);
	path = xstrdup(f->path);
	if (form_load(app, f, &err) == -1)
		app_error(app, &err);
	else
		app_say(app, "saved %zu field%s   P publishes", n,
		    n == 1 ? "" : "s");
	app_touched(app, path);
	free(path);
}

static void
remove_field(struct app *app, void *self)
{
	struct form *f = self;
	const char *key = f->keys[f->list.cursor];
	struct err err;

	if (!fm_find(f->post->fm, key))
		app_say(app, "%s is not in the file", key);
	else if (fm_unset(f->post->fm, key, &err) == -1)
		app_error(app, &err);
	else
		app_say(app, "%s removed   Ctrl-S saves", key);
	keep(app, f);
	app_dirty(app);
}

/* Back to the value on the disk. */
static void
revert_field(struct app *app, void *self)
{
	struct form *f = self;
	const char *key = f->keys[f->list.cursor];
	const struct value *v = form_value(f->saved, key);
	struct err err;
	int rc;

	rc = v ? fm_set(f->post->fm, key, v, &err)
	       : fm_unset(f->post->fm, key, &err);
	if (rc == -1)
		app_error(app, &err);
	keep(app, f);
	app_dirty(app);
}

static void
name_done(struct app *app, void *ctx, const char *text)
{
	struct form *f = ctx;

	if (!text || !*text)
		return;
	add_key(f, text);
	for (size_t i = 0; i < f->n; i++)
		if (text_casecmp(f->keys[i], strlen(f->keys[i]), text,
			strlen(text)) == 0) {
			f->list.n = f->n;
			list_move(&f->list, i);
		}
	if (fm_find(f->post->fm, text))
		app_say(app, "%s is there already; Enter edits it", text);
	else
		open_editor(app, f);
}

static void
add_field(struct app *app, void *self)
{
	app_prompt(app, "new field:", "", name_done, self);
}

static void
edit(struct app *app, void *self)
{
	struct form *f = self;

	if (count_changed(f) > 0)
		app_warn(app, "save first: Ctrl-S");
	else
		app_edit(app, f->path);
}

static void
publish(struct app *app, void *self)
{
	struct form *f = self;
	const char *path = f->path;
	struct publish_arg arg = {.paths = &path, .n = 1};

	if (count_changed(f) > 0)
		app_warn(app, "save first: Ctrl-S");
	else
		app_push(app, &publish_screen, &arg);
}

static const struct command form_commands[] = {
    {"edit-field", "Enter", "edit", "Edit the field, or flip a yes or no",
	open_editor},
    {"save", "Ctrl-S", "save", "Write the changed fields to the file", save},
    {"add-field", "a", "add", "Add a field by name", add_field},
    {"remove-field", "x", NULL, "Remove the field from the file", remove_field},
    {"revert-field", "r", NULL, "Go back to the value on the disk",
	revert_field},
    {"edit", "e", NULL, "Edit the file in $VISUAL or $EDITOR", edit},
    {"publish", "P", "publish", "Publish this post", publish},
    {NULL, NULL, NULL, NULL, NULL},
};

static void
discard(struct app *app, void *ctx, int key)
{
	struct form *f = ctx;

	if (key == 's') {
		save(app, f);
		if (count_changed(f) == 0)
			app_pop(app);
	} else if (key == 'd') {
		recover_drop(app_recover(app), f->path);
		app_pop(app);
	}
}

static bool
form_leave(struct app *app, void *self)
{
	static const struct answer answers[] = {
	    {'s', "save"}, {'d', "discard"}, {KEY_ESC, "stay"}};
	struct form *f = self;
	size_t n = count_changed(f);
	char *question;

	if (n == 0)
		return true;
	question =
	    xasprintf("%zu field%s changed, not saved.", n, n == 1 ? "" : "s");
	app_ask(app, question, answers, NITEMS(answers), discard, f);
	free(question);
	return false;
}

/* After the editor: what is on the disk, unless something was typed. */
static void
form_notice(struct app *app, void *self, enum notice what)
{
	struct form *f = self;
	struct err err;

	if (what == NOTICE_HANGUP && f->editor)
		accept(app, f);
	if (what == NOTICE_SITE && !f->editor && count_changed(f) == 0 &&
	    form_load(app, f, &err) == -1)
		app_error(app, &err);
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
