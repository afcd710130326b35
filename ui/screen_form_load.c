/* SPDX-License-Identifier: ISC */
/* A form and the disk: reading, saving, showing what would be saved. */
#include <stdlib.h>
#include <string.h>

#include "action.h"
#include "app_keep.h"
#include "deeds.h"
#include "file.h"
#include "mem.h"
#include "recover.h"
#include "screen_form_priv.h"

/* The front matter that the file on the disk has. */
static struct fm *
read_saved(const struct post *post, struct err *err)
{
	return fm_parse(buf_text(&post->base), post->base.len, err);
}

/* Show that post, which may be edited already. Takes it. */
static int
adopt(struct app *app, struct form *f, size_t i, struct post *post,
    struct err *err)
{
	struct fm *saved = read_saved(post, err);

	if (!saved) {
		post_free(post);
		return -1;
	}
	post_free(f->posts[i]);
	fm_free(f->saved[i]);
	f->posts[i] = post;
	f->saved[i] = saved;
	schema_order(form_schema(app, f), post->fm);
	return 0;
}

int
form_load(struct app *app, struct form *f, size_t i, struct err *err)
{
	char *file = app_path(app, f->paths[i]);
	struct post *post = keep_take(app, f->paths[i]);

	if (!post)
		post = post_load(file, err);
	free(file);
	return post ? adopt(app, f, i, post, err) : -1;
}

static void
forget_steps(struct form *f)
{
	while (f->nsteps > 0)
		free(f->steps[--f->nsteps].did);
	f->done = 0;
}

static bool
is_gone(const struct form *f)
{
	return f->nposts == 1 && !file_exists(f->posts[0]->path);
}

/* Read all again: what was typed, and how to undo it, is dropped. */
static void
load_all(struct app *app, struct form *f)
{
	struct err err;

	for (size_t i = 0; i < f->nposts; i++)
		if (form_load(app, f, i, &err) == -1)
			app_error(app, &err);
	forget_steps(f);
	form_rows(app, f);
}

void
form_refresh(struct app *app, struct form *f)
{
	struct stamp now;
	struct err err;
	bool moved = false;

	for (size_t i = 0; i < f->nposts; i++)
		moved |= file_stamp(f->posts[i]->path, &now, &err) == 0 &&
			 !stamp_equal(&now, &f->posts[i]->stamp);
	if (moved && !f->editor && form_changes(f) == 0)
		load_all(app, f);
	else
		form_rows(app, f);
	if (is_gone(f) && !f->gone)
		app_warn(app, "the file is gone from the disk   Ctrl-S writes "
			      "it again");
	f->gone = is_gone(f);
}

void
form_keep(struct app *app, struct form *f)
{
	struct err err;

	for (size_t i = 0; i < f->nposts; i++)
		if (recover_put(
			app_recover(app), f->paths[i], f->posts[i], &err) == -1)
			app_warn(app, "%s", err.msg);
}

static void
forget(struct app *app, const struct form *f)
{
	for (size_t i = 0; i < f->nposts; i++)
		recover_drop(app_recover(app), f->paths[i]);
}

/* The edits are in what another program has written: save that. */
static void
merged(struct app *app, void *ctx, struct post *post)
{
	struct form *f = ctx;
	struct err err;

	if (!post) {
		f->leaving = false;
		return;
	}
	if (adopt(app, f, 0, post, &err) == -1) {
		app_error(app, &err);
		return;
	}
	forget_steps(f);
	form_rows(app, f);
	form_keep(app, f);
	if (form_changes(f) > 0)
		form_save(app, f);
	else
		app_say(app, "read from the disk; nothing of mine is left");
}

/* A post that is not to be edited with the others any more. */
static void
leave_out(struct form *f, size_t at)
{
	size_t left = --f->nposts - at;

	free(f->paths[at]);
	post_free(f->posts[at]);
	fm_free(f->saved[at]);
	memmove(&f->paths[at], &f->paths[at + 1], left * sizeof(*f->paths));
	memmove(&f->posts[at], &f->posts[at + 1], left * sizeof(*f->posts));
	memmove(&f->saved[at], &f->saved[at + 1], left * sizeof(*f->saved));
	forget_steps(f);
}

static bool
has_moved(const struct form *f, size_t i)
{
	struct stamp now;
	struct err ignored;

	return file_stamp(f->posts[i]->path, &now, &ignored) == -1 ||
	       !stamp_equal(&now, &f->posts[i]->stamp);
}

/* nposts: none has. */
static size_t
first_moved(const struct form *f)
{
	size_t i = 0;

	while (i < f->nposts && !has_moved(f, i))
		i++;
	return i;
}

static void settle(struct app *, struct form *);
static void write_all(struct app *, struct form *);

static void
settled(struct app *app, void *ctx, struct post *post)
{
	struct form *f = ctx;
	struct err err;

	if (post && adopt(app, f, f->settling, post, &err) == 0) {
		forget_steps(f);
		settle(app, f);
		return;
	}
	/* Nothing is pushed here: the screen above may be closing. */
	f->leaving = false;
	recover_drop(app_recover(app), f->paths[f->settling]);
	app_warn(app, "Ctrl-S saves the others; left out: %s",
	    f->paths[f->settling]);
	leave_out(f, f->settling);
	form_rows(app, f);
	form_keep(app, f);
}

/* Bring the edits into what other programs have written, post by post; when all
 * is settled, show again what saving would change. */
static void
settle(struct app *app, struct form *f)
{
	size_t i = first_moved(f);

	f->settling = i;
	if (i < f->nposts) {
		keep_merge(app,
		    &(struct keep_edits){.path = f->paths[i],
			.base = f->saved[i],
			.ours = f->posts[i]->fm,
			.verb = "save"},
		    settled, f);
		return;
	}
	form_rows(app, f);
	form_keep(app, f);
	form_save(app, f);
	if (form_changes(f) > 0)
		app_say(app,
		    "what others changed is in here, too   Enter saves all");
}

/* The file as it was read, in its old place; saving follows. */
static void
write_again(struct app *app, struct form *f)
{
	const struct post *post = f->posts[0];
	char *dir = path_dir(post->path);
	struct err err;

	if (file_mkdirs(dir, &err) == -1 ||
	    file_create(
		post->path, buf_text(&post->base), post->base.len, &err) == -1)
		app_error(app, &err);
	else if (form_changes(f) > 0)
		write_all(app, f);
	else
		app_say(app, "written again: %s", f->paths[0]);
	app_touched(app, f->paths[0]);
	free(dir);
}

static void
gone_answer(struct app *app, void *ctx, int key)
{
	struct form *f = ctx;

	if (key == 'w') {
		write_again(app, f);
		return;
	}
	f->leaving = false;
	if (key == 'd') {
		forget(app, f);
		app_pop(app);
	}
}

static void
ask_gone(struct app *app, struct form *f)
{
	static const struct answer answers[] = {
	    {'w', "write it again"}, {'d', "drop my edits"}, {KEY_ESC, "stay"}};

	app_ask(
	    app, "The file is gone.", answers, NITEMS(answers), gone_answer, f);
}

static void
save_failed(struct app *app, struct form *f, const struct err *err)
{
	if (err->code == ERR_CHANGED && f->nposts == 1 && is_gone(f)) {
		ask_gone(app, f);
		return;
	}
	if (err->code == ERR_CHANGED && f->nposts > 1) {
		settle(app, f);
		return;
	}
	if (err->code == ERR_CHANGED) {
		keep_merge(app,
		    &(struct keep_edits){.path = f->paths[0],
			.base = f->saved[0],
			.ours = f->posts[0]->fm,
			.show = true,
			.verb = "save"},
		    merged, f);
		return;
	}
	f->leaving = false;
	app_error(app, err);
}

/* What the posts were and are, for undoing it when the form is closed. */
static struct deed *
deed_of(const struct form *f)
{
	struct deed *d = deed_new("the fields");

	for (size_t i = 0; i < f->nposts; i++)
		deed_add(d, f->paths[i], &f->posts[i]->base, f->posts[i]->fm);
	return d;
}

static void
write_all(struct app *app, struct form *f)
{
	size_t n = form_changes(f);
	struct deed *deed = deed_of(f);
	struct err err;

	if (post_save_all(f->posts, f->nposts, NULL, &err) == -1) {
		deed_free(deed);
		save_failed(app, f, &err);
		return;
	}
	deeds_add(app_deeds(app), deed);
	forget(app, f);
	for (size_t i = 0; i < f->nposts; i++) {
		struct fm *saved = read_saved(f->posts[i], &err);

		if (!saved)
			continue;
		fm_free(f->saved[i]);
		f->saved[i] = saved;
	}
	form_rows(app, f);
	form_keep(app, f);
	if (f->nposts > 1)
		app_say(app, "saved %zu changes in %zu posts   u undoes", n,
		    f->nposts);
	else
		app_say(app, "saved %zu field%s   u undoes, P publishes", n,
		    n == 1 ? "" : "s");
	for (size_t i = 0; i < f->nposts; i++)
		app_touched(app, f->paths[i]);
	if (f->leaving)
		app_pop(app);
}

static void
diff_done(struct app *app, void *ctx, bool accepted)
{
	struct form *f = ctx;

	if (accepted)
		write_all(app, f);
	else
		f->leaving = false;
}

static void
show_diff(struct app *app, struct form *f, const char *verb)
{
	struct diff_file *files = xcalloc(f->nposts, sizeof(*files));
	struct diff_arg arg = {.files = files,
	    .n = f->nposts,
	    .verb = verb,
	    .done = verb ? diff_done : NULL,
	    .ctx = f};

	for (size_t i = 0; i < f->nposts; i++) {
		files[i].name = f->paths[i];
		files[i].before = buf_text(&f->posts[i]->base);
		files[i].nbefore = f->posts[i]->base.len;
		files[i].after = fm_text(f->posts[i]->fm, &files[i].nafter);
	}
	app_push(app, &diff_screen, &arg);
	free(files);
}

void
form_diff(struct app *app, struct form *f)
{
	if (form_changes(f) == 0)
		app_say(app, "nothing is changed");
	else
		show_diff(app, f, NULL);
}

void
form_save(struct app *app, struct form *f)
{
	if (is_gone(f))
		ask_gone(app, f);
	else if (form_changes(f) == 0)
		app_say(app, "nothing is changed");
	else if (f->nposts > 1 && first_moved(f) < f->nposts)
		settle(app, f);
	else if (f->nposts > 1)
		show_diff(app, f, "save all");
	else
		write_all(app, f);
}

static void
leave_answer(struct app *app, void *ctx, int key)
{
	struct form *f = ctx;

	f->leaving = key == 's';
	if (key == 's')
		form_save(app, f);
	if (key == 'd') {
		forget(app, f);
		app_pop(app);
	}
}

bool
form_leaving(struct app *app, struct form *f)
{
	static const struct answer answers[] = {
	    {'s', "save"}, {'d', "discard"}, {KEY_ESC, "stay"}};
	size_t n = form_changes(f);
	char *question;

	if (n == 0)
		return true;
	question =
	    xasprintf("%zu field%s changed, not saved.", n, n == 1 ? "" : "s");
	app_ask(app, question, answers, NITEMS(answers), leave_answer, f);
	free(question);
	return false;
}
