/* SPDX-License-Identifier: ISC */
/* Replacing files: old or new, and what the file is stays as it was. */
#include "../test.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#endif

#include "file.h"
#include "mem.h"

enum { NOBODY = 65534 };

static void
holds(const char *path, const char *want)
{
	char *text = test_read(path);

	assert_string_equal(text, want);
	free(text);
}

/* Nothing is left beside the files that should be there. */
static void
has_files(const char *dir, size_t want)
{
	char **names;
	size_t n;
	struct err err;

	assert_int_equal(file_names(dir, &names, &n, &err), 0);
	assert_int_equal(n, want);
	file_names_free(names, n);
}

static void
replaces(const char *path, const char *text)
{
	struct stamp now, then;
	struct err err;

	if (file_replace(path, text, strlen(text), NULL, &now, &err) == -1)
		fail_msg("%s", err.msg);
	assert_int_equal(file_stamp(path, &then, &err), 0);
	assert_true(stamp_equal(&now, &then));
	holds(path, text);
}

static void
refuses(const char *path, const struct stamp *expect, enum err_code code,
    const char *what)
{
	struct err err;

	assert_int_equal(file_replace(path, "new", 3, expect, NULL, &err), -1);
	assert_int_equal(err.code, code);
	if (strncmp(err.msg, path, strlen(path)) != 0 ||
	    strncmp(err.msg + strlen(path), ": ", 2) != 0 ||
	    !strstr(err.msg, what))
		fail_msg("%s", err.msg);
}

static struct stat
look(const char *path)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	return st;
}

static void
keeps_the_mode(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", "old\n");

	(void)state;
	chmod(path, 0640);
	replaces(path, "new text\n");
	assert_int_equal(look(path).st_mode & 07777, 0640);
	replaces(path, "");
	assert_int_equal(look(path).st_mode & 07777, 0640);
	has_files(dir, 1);
}

static void
makes_what_is_not_there(void **state)
{
	const char *dir = test_dir(), *path = test_path(dir, "a.md");
	mode_t mask = umask(027);

	(void)state;
	replaces(path, "new\n");
	umask(mask);
	assert_int_equal(look(path).st_mode & 07777, 0640);
	has_files(dir, 1);
	refuses(test_path(dir, "none/a.md"), NULL, ERR_FAIL,
	    "No such file or directory");
}

static void
long_names(void **state)
{
	const char *dir = test_dir();
	char name[256] = "";

	(void)state;
	for (int i = 0; i < 85; i++)
		memcpy(name + 3 * i, "中", 3);
	replaces(test_write(dir, name, "old"), "new");
	has_files(dir, 1);
}

static void
says_when_it_changed(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", "old\n");
	struct stamp stamp, now;
	struct err err;
	struct buf b = {0};

	(void)state;
	assert_int_equal(file_read(path, &b, &stamp, &err), 0);
	buf_dispose(&b);
	assert_int_equal(
	    file_replace(path, "mine\n", 5, &stamp, &now, &err), 0);
	refuses(path, &stamp, ERR_CHANGED, "changed on disk since it was read");
	holds(path, "mine\n");
	assert_int_equal(file_replace(path, "again\n", 6, &now, &now, &err), 0);
	test_write(dir, "a.md", "theirs!\n");
	refuses(path, &now, ERR_CHANGED, "changed on disk since it was read");
	unlink(path);
	refuses(path, &now, ERR_CHANGED, "removed from the disk");
	has_files(dir, 0);
}

static void
follows_links(void **state)
{
	const char *dir = test_dir(), *link = test_path(dir, "sub/link.md");
	char text[16] = "";

	(void)state;
	test_write(dir, "real/a.md", "old\n");
	test_write(dir, "sub/other.md", "");
	assert_int_equal(symlink("../real/a.md", link), 0);
	replaces(link, "new\n");
	holds(test_path(dir, "real/a.md"), "new\n");
	assert_int_equal(readlink(link, text, sizeof(text) - 1), 12);
	assert_string_equal(text, "../real/a.md");
	/* To where nothing is, by way of another. */
	unlink(test_path(dir, "real/a.md"));
	assert_int_equal(symlink("link.md", test_path(dir, "sub/l")), 0);
	replaces(test_path(dir, "sub/l"), "made\n");
	holds(test_path(dir, "real/a.md"), "made\n");
	has_files(test_path(dir, "real"), 1);
	/* Round and round. */
	assert_int_equal(symlink("b", test_path(dir, "a")), 0);
	assert_int_equal(symlink("a", test_path(dir, "b")), 0);
	refuses(test_path(dir, "a"), NULL, ERR_FAIL, "symbolic links");
}

static void
keeps_hard_links(void **state)
{
	const char *dir = test_dir(), *other = test_path(dir, "b.md");
	const char *path = test_write(dir, "a.md", "a long old text\n");
	ino_t inode = look(path).st_ino;

	(void)state;
	assert_int_equal(link(path, other), 0);
	replaces(path, "short\n");
	holds(other, "short\n");
	replaces(other, "a text that is longer again\n");
	holds(path, "a text that is longer again\n");
	assert_int_equal(look(path).st_ino, inode);
	assert_int_equal(look(path).st_nlink, 2);
	has_files(dir, 2);
}

static void
refuses_what_is_no_file(void **state)
{
	const char *dir = test_dir(), *path = test_path(dir, "fifo");

	(void)state;
	assert_int_equal(mkfifo(path, 0666), 0);
	refuses(path, NULL, ERR_FAIL, "is not a regular file");
	refuses(dir, NULL, ERR_FAIL, "is not a regular file");
	has_files(dir, 1);
}

static void
refuses_the_read_only(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", "old\n");

	(void)state;
	chmod(path, 0444);
	refuses(path, NULL, ERR_FAIL, "is read-only; to change it, make it");
	holds(path, "old\n");
	has_files(dir, 1);
}

/* Go on as an ordinary user, who may get at dir. */
static void
become_nobody(const char *dir)
{
	if (geteuid() != 0)
		return;
	assert_int_equal(setegid(NOBODY), 0);
	assert_int_equal(seteuid(NOBODY), 0);
	if (faccessat(AT_FDCWD, dir, X_OK, AT_EACCESS) == -1)
		skip();
}

static int
become_root(void **state)
{
	(void)state;
	if (getuid() != 0)
		return 0;
	return seteuid(0) == -1 || setegid(0) == -1 ? -1 : 0;
}

static void
refuses_in_a_read_only_directory(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", "old\n");

	(void)state;
	if (geteuid() == 0)
		assert_int_equal(chown(path, NOBODY, NOBODY), 0);
	chmod(dir, 0555);
	become_nobody(dir);
	refuses(path, NULL, ERR_FAIL,
	    "its directory is read-only; make that writable");
	holds(path, "old\n");
	become_root(NULL);
	has_files(dir, 1);
}

static void
keeps_the_owner(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", "old\n");

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(path, 1234, 2345), 0);
	chmod(path, 04755);
	replaces(path, "new\n");
	assert_int_equal(look(path).st_uid, 1234);
	assert_int_equal(look(path).st_gid, 2345);
	assert_int_equal(look(path).st_mode & 07777, 04755);
	has_files(dir, 1);
}

/* Another's file that we may write: only overwriting keeps it his. */
static void
keeps_the_owner_who_is_another(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", "old\n");
	ino_t inode = look(path).st_ino;

	(void)state;
	if (geteuid() != 0)
		skip();
	chmod(dir, 0777);
	chmod(path, 0666);
	become_nobody(dir);
	replaces(path, "new\n");
	assert_int_equal(look(path).st_uid, 0);
	assert_int_equal(look(path).st_ino, inode);
	has_files(dir, 1);
	become_root(NULL);
	chmod(path, 0644);
	become_nobody(dir);
	refuses(
	    path, NULL, ERR_FAIL, "Permission denied; the file is unchanged");
	become_root(NULL);
	holds(path, "new\n");
}

/* A write takes the set-id bits away, but root's. */
static void
keeps_set_id_bits(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", "old\n");

	(void)state;
	if (geteuid() != 0)
		skip();
	assert_int_equal(chown(dir, NOBODY, NOBODY), 0);
	assert_int_equal(chown(path, NOBODY, NOBODY), 0);
	become_nobody(dir);
	chmod(path, 06755);
	replaces(path, "new\n");
	assert_int_equal(look(path).st_mode & 07777, 06755);
	assert_int_equal(link(path, test_path(dir, "b.md")), 0);
	replaces(path, "newer\n");
	assert_int_equal(look(path).st_mode & 07777, 06755);
	has_files(dir, 2);
}

/* No file can be larger than some bytes: as a disk that is full, but for the
 * words. */
static void
with_little_space(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", "the old text\n"), *other;
	char *big = xcalloc(1, 100000);
	struct rlimit before, little;
	struct stamp stamp, now;
	struct err err;

	(void)state;
	other = test_write(dir, "b.md", "the other old text\n");
	assert_int_equal(link(other, test_path(dir, "c.md")), 0);
	file_stamp(other, &stamp, &err);
	signal(SIGXFSZ, SIG_IGN);
	getrlimit(RLIMIT_FSIZE, &before);
	little = before;
	little.rlim_cur = 5000;
	setrlimit(RLIMIT_FSIZE, &little);
	memset(big, 'x', 100000);
	assert_int_equal(file_replace(path, big, 100000, NULL, NULL, &err), -1);
	assert_non_null(
	    strstr(err.msg, "a.md: File too large; the file is unchanged"));
	/* Overwritten in part, and restored. */
	assert_int_equal(
	    file_replace(other, big, 100000, &stamp, NULL, &err), -1);
	assert_non_null(
	    strstr(err.msg, "b.md: File too large; the file is unchanged"));
	assert_int_equal(
	    file_create(test_path(dir, "d.md"), big, 100000, &err), -1);
	assert_non_null(
	    strstr(err.msg, "File too large; the file was not made"));
	setrlimit(RLIMIT_FSIZE, &before);
	holds(path, "the old text\n");
	holds(other, "the other old text\n");
	/* It is still the file that was read. */
	file_stamp(other, &now, &err);
	assert_true(stamp_equal(&stamp, &now));
	has_files(dir, 3);
	free(big);
}

#ifdef __linux__

enum { CLONE_NEW_MOUNTS = 0x00020000, NO_MOUNT = 77 };

/* In a child with mounts of its own: 0 when all is well. */
static int
on_a_full_disk(const char *dir)
{
	const char *path = test_path(dir, "a.md"), *hard = test_path(dir, "b");
	const char text[] = "the old text\n";
	char *big = xcalloc(1, 200000);
	struct buf b = {0};
	struct err err;
	char **names;
	size_t n;

	if (syscall(SYS_unshare, CLONE_NEW_MOUNTS) == -1 ||
	    mount("none", "/", "none", MS_REC | MS_PRIVATE, NULL) == -1 ||
	    mount("tmpfs", dir, "tmpfs", 0, "size=64k") == -1)
		return NO_MOUNT;
	if (file_create(path, text, strlen(text), &err) == -1 ||
	    file_create(hard, text, strlen(text), &err) == -1 ||
	    link(hard, test_path(dir, "c")) == -1)
		return 1;
	for (int i = 0; i < 2; i++) {
		const char *name = i ? hard : path;

		if (file_replace(name, big, 200000, NULL, NULL, &err) == 0)
			return 2;
		if (!strstr(err.msg,
			": no space left on the device; the file is "
			"unchanged"))
			return 3;
		buf_clear(&b);
		if (file_read(name, &b, NULL, &err) == -1 ||
		    strcmp(buf_text(&b), text) != 0)
			return 4;
	}
	if (file_names(dir, &names, &n, &err) == -1 || n != 3)
		return 5;
	file_names_free(names, n);
	buf_dispose(&b);
	free(big);
	return 0;
}

static void
with_no_space(void **state)
{
	const char *dir = test_dir();
	int status;
	pid_t pid;

	(void)state;
	if (geteuid() != 0)
		skip();
	pid = fork();
	if (pid == 0)
		_exit(on_a_full_disk(dir));
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	if (WEXITSTATUS(status) == NO_MOUNT)
		skip();
	assert_int_equal(WEXITSTATUS(status), 0);
}

static void
keeps_attributes(void **state)
{
	const char *dir = test_dir();
	const char *path = test_write(dir, "a.md", "old\n");
	char got[16] = "";

	(void)state;
	if (setxattr(path, "user.one", "1", 1, 0) == -1)
		skip();
	assert_int_equal(setxattr(path, "user.two", "", 0, 0), 0);
	replaces(path, "new\n");
	assert_int_equal(getxattr(path, "user.one", got, sizeof(got)), 1);
	assert_string_equal(got, "1");
	assert_int_equal(getxattr(path, "user.two", got, sizeof(got)), 0);
	has_files(dir, 1);
}

/* Who may read new files of the directory may not read this one. */
static void
gets_no_access_list(void **state)
{
	/* u::rwx u:1234:rwx g::rwx m::rwx o::---, little-endian. */
	static const unsigned char acl[] = {2, 0, 0, 0, 1, 0, 7, 0, 255, 255,
	    255, 255, 2, 0, 7, 0, 0xd2, 4, 0, 0, 4, 0, 7, 0, 255, 255, 255, 255,
	    0x10, 0, 7, 0, 255, 255, 255, 255, 0x20, 0, 0, 0, 255, 255, 255,
	    255};
	const char *dir = test_dir(), *path;
	char got[64];

	(void)state;
	path = test_write(dir, "a.md", "old\n");
	chmod(path, 0660);
	if (setxattr(dir, "system.posix_acl_default", acl, sizeof(acl), 0) ==
	    -1)
		skip();
	replaces(path, "new\n");
	assert_int_equal(
	    getxattr(path, "system.posix_acl_access", got, sizeof(got)), -1);
	assert_int_equal(look(path).st_mode & 07777, 0660);
	/* Its own one stays. */
	assert_int_equal(
	    setxattr(path, "system.posix_acl_access", acl, sizeof(acl), 0), 0);
	replaces(path, "newer\n");
	assert_int_equal(
	    getxattr(path, "system.posix_acl_access", got, sizeof(got)),
	    sizeof(acl));
	assert_memory_equal(got, acl, sizeof(acl));
	has_files(dir, 1);
}

#endif

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keeps_the_mode),
	    cmocka_unit_test(makes_what_is_not_there),
	    cmocka_unit_test(long_names),
	    cmocka_unit_test(says_when_it_changed),
	    cmocka_unit_test(follows_links),
	    cmocka_unit_test(keeps_hard_links),
	    cmocka_unit_test(refuses_what_is_no_file),
	    cmocka_unit_test(refuses_the_read_only),
	    cmocka_unit_test_teardown(
		refuses_in_a_read_only_directory, become_root),
	    cmocka_unit_test(keeps_the_owner),
	    cmocka_unit_test_teardown(
		keeps_the_owner_who_is_another, become_root),
	    cmocka_unit_test_teardown(keeps_set_id_bits, become_root),
	    cmocka_unit_test(with_little_space),
#ifdef __linux__
	    cmocka_unit_test(with_no_space),
	    cmocka_unit_test(keeps_attributes),
	    cmocka_unit_test(gets_no_access_list),
#endif
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
