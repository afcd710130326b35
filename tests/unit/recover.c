/* SPDX-License-Identifier: ISC */
/* Edits that are not saved: kept, found again, and never another's. */
#include "../test.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "mem.h"
#include "merge.h"
#include "recover.h"

static const char text[] = "---\ntitle: a\ntags: [p]\n---\nbody\n";

static const char *site, *state, *dir;

static int
begin(void **unused)
{
	(void)unused;
	site = test_dir();
	state = test_dir();
	setenv("XDG_STATE_HOME", state, 1);
	dir = test_path(state, "galley/unsaved");
	test_write(site, "content/x.md", text);
	test_write(site, "content/y.md", text);
	return 0;
}

static struct post *
load(const char *path)
{
	char *file = path_join(site, path);
	struct err err;
	struct post *post = post_load(file, &err);

	assert_non_null(post);
	free(file);
	return post;
}

static void
edit(struct post *post, const char *title)
{
	struct value *v = value_string(title);
	struct err err;

	assert_int_equal(fm_set(post->fm, "title", v, &err), 0);
	value_free(v);
}

static void
put(struct recover *r, const char *path, struct post *post)
{
	struct err err;

	if (recover_put(r, path, post, &err) == -1)
		fail_msg("%s", err.msg);
}

/* A program that keeps an edit and stays; its process. */
static pid_t
other_program(const char *path, const char *title)
{
	struct recover *r;
	struct post *post;
	int ready[2];
	pid_t pid;
	char c;

	assert_int_equal(pipe(ready), 0);
	pid = fork();
	if (pid == 0) {
		r = recover_open(site);
		post = load(path);
		edit(post, title);
		put(r, path, post);
		if (write(ready[1], "", 1) < 1)
			_exit(1);
		for (;;)
			pause();
	}
	assert_int_equal(read(ready[0], &c, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void
end_program(pid_t pid)
{
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

static void
killed_program(const char *path, const char *title)
{
	end_program(other_program(path, title));
}

static size_t
listed(struct recover *r)
{
	size_t n;

	recover_list(r, &n);
	return n;
}

static size_t
files(void)
{
	char **names;
	size_t n;
	struct err err;

	assert_int_equal(file_names(dir, &names, &n, &err), 0);
	file_names_free(names, n);
	return n;
}

static void
survives_a_kill(void **unused)
{
	struct recover *r = recover_open(site);
	const struct recover_item *item;
	struct post *post = load("content/x.md");
	struct merge *m;
	struct err err;
	struct stat st;
	size_t len;

	(void)unused;
	killed_program("content/x.md", "b");
	assert_int_equal(stat(dir, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(listed(r), 1);
	item = recover_find(r, "content/x.md");
	assert_non_null(item);
	assert_null(recover_find(r, "content/y.md"));
	assert_int_equal(stat(item->file, &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_true(stamp_equal(&item->stamp, &post->stamp));
	assert_true(item->hash == recover_hash(text, strlen(text)));
	assert_string_equal(
	    fm_text(item->ours, &len), "---\ntitle: b\ntags: [p]\n---\n");
	m = merge_new(item->base, item->ours, post->fm);
	assert_int_equal(merge_asks(m), 0);
	assert_int_equal(merge_apply(m, post->fm, &err), 0);
	assert_string_equal(
	    fm_text(post->fm, &len), "---\ntitle: b\ntags: [p]\n---\nbody\n");
	merge_free(m);
	/* Who does not restore it finds it again. */
	recover_close(r);
	r = recover_open(site);
	assert_int_equal(listed(r), 1);
	item = recover_find(r, "content/x.md");
	assert_int_equal(recover_claim(r, item, &err), 0);
	assert_true(item->claimed);
	put(r, "content/x.md", post);
	assert_int_equal(listed(r), 0);
	recover_drop(r, "content/x.md");
	recover_close(r);
	assert_int_equal(files(), 0);
	post_free(post);
}

static void
an_end_in_order_keeps_too(void **unused)
{
	struct recover *r = recover_open(site);
	struct post *post = load("content/x.md");

	(void)unused;
	edit(post, "b");
	put(r, "content/x.md", post);
	recover_close(r);
	r = recover_open(site);
	assert_int_equal(listed(r), 1);
	recover_discard(r, recover_find(r, "content/x.md"));
	assert_int_equal(listed(r), 0);
	recover_close(r);
	assert_int_equal(files(), 0);
	post_free(post);
}

static void
leaves_the_living_alone(void **unused)
{
	pid_t pid = other_program("content/x.md", "b");
	struct recover *r = recover_open(site), *second;
	struct post *post = load("content/x.md");
	const struct recover_item *item;
	struct err err;

	(void)unused;
	assert_int_equal(listed(r), 0);
	/* Both of the same post. */
	edit(post, "c");
	put(r, "content/x.md", post);
	end_program(pid);
	assert_int_equal(listed(r), 1);
	item = recover_find(r, "content/x.md");
	recover_drop(r, "content/x.md");
	/* The first one who takes it has it. */
	second = recover_open(site);
	assert_int_equal(listed(second), 1);
	assert_int_equal(
	    recover_claim(second, recover_find(second, "content/x.md"), &err),
	    0);
	assert_int_equal(recover_claim(r, item, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	recover_drop(second, "content/x.md");
	recover_close(second);
	recover_close(r);
	post_free(post);
}

static ino_t
inode_of(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st.st_ino;
}

static void
writes_what_is_new(void **unused)
{
	struct recover *r = recover_open(site);
	struct post *post = load("content/x.md");
	char **names, *file;
	struct err err;
	ino_t inode;
	size_t n;

	(void)unused;
	put(r, "content/x.md", post);
	assert_false(file_exists(dir)); /* no edit, no file */
	edit(post, "b");
	put(r, "content/x.md", post);
	assert_int_equal(file_names(dir, &names, &n, &err), 0);
	assert_int_equal(n, 2); /* and the lock */
	file = path_join(dir, strstr(names[0], ".lock") ? names[1] : names[0]);
	file_names_free(names, n);
	inode = inode_of(file);
	put(r, "content/x.md", post);
	assert_int_equal(inode_of(file), inode);
	edit(post, "c");
	put(r, "content/x.md", post);
	assert_int_not_equal(inode_of(file), inode);
	edit(post, "a");
	put(r, "content/x.md", post);
	assert_false(file_exists(file));
	recover_drop(r, "content/x.md");
	recover_close(r);
	free(file);
	post_free(post);
}

static void
newest_first_and_this_site(void **unused)
{
	struct recover *r = recover_open(site), *elsewhere;
	struct recover_item *const *items;
	const char *other = test_dir();
	size_t n;

	(void)unused;
	setenv("GALLEY_NOW", "2024-01-02T00:00:00Z", 1);
	killed_program("content/x.md", "b");
	setenv("GALLEY_NOW", "2024-01-03T00:00:00Z", 1);
	killed_program("content/y.md", "b");
	unsetenv("GALLEY_NOW");
	items = recover_list(r, &n);
	assert_int_equal(n, 2);
	assert_string_equal(items[0]->path, "content/y.md");
	assert_int_equal(items[0]->when - items[1]->when, 86400);
	elsewhere = recover_open(other);
	assert_int_equal(listed(elsewhere), 0);
	recover_close(elsewhere);
	recover_discard(r, items[0]);
	recover_discard(r, items[1]);
	recover_close(r);
}

/* Whatever byte of the file is another one, or missing. */
static void
broken_files_stop_nobody(void **unused)
{
	struct recover *r = recover_open(site);
	const struct recover_item *item;
	struct buf b = {0};
	struct err err;
	char *file;
	size_t len;

	(void)unused;
	killed_program("content/x.md", "b");
	assert_int_equal(listed(r), 1);
	item = recover_find(r, "content/x.md");
	file = xstrdup(item->file);
	assert_int_equal(file_read(file, &b, NULL, &err), 0);
	for (size_t i = 0; i < b.len; i += 3) {
		b.data[i] ^= 0x15;
		file_put_back(file, b.data, b.len, &err);
		listed(r);
		b.data[i] ^= 0x15;
		file_put_back(file, b.data, i, &err);
		assert_int_equal(listed(r), 0);
	}
	file_put_back(file, "", 0, &err);
	assert_int_equal(listed(r), 0);
	/* Out of the site. */
	len = (size_t)(strstr(b.data, "path ") - b.data);
	buf_splice(&b, len, strlen("path 12\ncontent/x.md"),
	    "path 12\n../../../x.m", strlen("path 12\n../../../x.m"));
	file_put_back(file, b.data, b.len, &err);
	assert_int_equal(listed(r), 0);
	unlink(file);
	free(file);
	buf_dispose(&b);
	recover_close(r);
}

static void
has_limits(void **unused)
{
	struct recover *r = recover_open(site);
	char *big = xcalloc(1, (2 << 20) + 1);
	struct post *post = load("content/x.md");
	struct err err;

	(void)unused;
	memset(big, 'x', 2 << 20);
	edit(post, big);
	assert_int_equal(recover_put(r, "content/x.md", post, &err), -1);
	assert_non_null(strstr(err.msg, "too large"));
	/* Said once. */
	assert_int_equal(recover_put(r, "content/x.md", post, &err), 0);
	edit(post, "small");
	put(r, "content/x.md", post);
	edit(post, big);
	assert_int_equal(recover_put(r, "content/x.md", post, &err), -1);
	recover_drop(r, "content/x.md");
	recover_close(r);
	free(big);
	post_free(post);
}

static void
without_a_place(void **unused)
{
	const char *home = getenv("HOME");
	char *was = home ? xstrdup(home) : NULL;
	struct post *post = load("content/x.md");
	struct recover *r;
	struct err err;

	(void)unused;
	setenv("XDG_STATE_HOME", "relative", 1);
	unsetenv("HOME");
	r = recover_open(site);
	edit(post, "b");
	assert_int_equal(listed(r), 0);
	assert_int_equal(recover_put(r, "content/x.md", post, &err), -1);
	assert_non_null(strstr(err.msg, "HOME"));
	recover_drop(r, "content/x.md");
	recover_close(r);
	/* A place where nothing can be. */
	setenv("XDG_STATE_HOME", "/dev/null", 1);
	r = recover_open(site);
	assert_int_equal(listed(r), 0);
	assert_int_equal(recover_put(r, "content/x.md", post, &err), -1);
	recover_close(r);
	if (was)
		setenv("HOME", was, 1);
	free(was);
	post_free(post);
	recover_close(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup(survives_a_kill, begin),
	    cmocka_unit_test_setup(an_end_in_order_keeps_too, begin),
	    cmocka_unit_test_setup(leaves_the_living_alone, begin),
	    cmocka_unit_test_setup(writes_what_is_new, begin),
	    cmocka_unit_test_setup(newest_first_and_this_site, begin),
	    cmocka_unit_test_setup(broken_files_stop_nobody, begin),
	    cmocka_unit_test_setup(has_limits, begin),
	    cmocka_unit_test_setup(without_a_place, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
