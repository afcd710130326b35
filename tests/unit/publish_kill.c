/* SPDX-License-Identifier: ISC */
/*
 * A publication that is killed before each of its system calls that changes
 * something, in turn: what it left is told, and can be finished or undone.
 */
#include "../git.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/ptrace.h>
#include <sys/syscall.h>
#endif

#include "err.h"
#include "publish.h"
#include "work.h"

#if defined(__linux__) && defined(PTRACE_GET_SYSCALL_INFO)

static const char post[] = "content/posts/one/index.md";

/* All that is to be as before. */
static const char state[] =
    "git status --porcelain=v2 -uall; git diff; git diff --cached;"
    "git rev-parse HEAD; git symbolic-ref HEAD; git ls-files -s; "
    "find . -path ./.git -prune -o -type f -exec cksum {} + | sort";

/* What an outing starts from, and what comes of it. */
struct scene {
	const char *name;
	const char *change; /* after the first commit, in work */
	bool moved;         /* the remote has a commit that we have not */
	bool atomic;
	const char *hook; /* of the remote; may be NULL */
	bool refused;     /* by it */
	char *before;
};

static char *top; /* holds the template in made/, and the one tried, in it/ */

/* As sh_out(), for the many. */
static char *
told(const char *dir, const char *command)
{
	char *line = xasprintf("{ %s\n} >'%s/out'", command, top), *text;
	char *file = xasprintf("%s/out", top);

	test_sh(dir, line);
	text = test_read(file);
	free(file);
	free(line);
	return text;
}

static char *
work(void)
{
	return xasprintf("%s/it/work", top);
}

static void
make(const struct scene *s)
{
	char *at = xasprintf("%s/made/work", top);

	test_sh(top, "rm -rf made; mkdir -p made/work");
	test_write(at, "hugo.toml", "baseURL = 'https://blog.example/'\n");
	test_write(at, post,
	    "---\ntitle: \"One\"\ndraft: true # soon\n"
	    "lastmod: 2026-01-02\n---\nText\n");
	test_write(at, "content/posts/two.md",
	    "---\ntitle: Two\ndraft: true\n---\nTwo\n");
	test_write(at, "other.txt", "1\n2\n3\n");
	test_sh(at,
	    "git init -q --bare -b main ../remote.git; git init -q -b main;"
	    "git add -A; git commit -q -m first;"
	    "git remote add origin ../remote.git;"
	    "git push -q -u origin main; "
	    "git clone -q ../remote.git ../theirs");
	if (s->moved)
		test_sh(at, "cd ../theirs; echo theirs >theirs.txt; mkdir d; "
			    "echo 5 >d/e; echo new >>content/posts/two.md; "
			    "git add -A; git commit -q -m theirs; git push -q");
	if (s->hook)
		write_hook(at, "../remote.git/hooks/pre-receive", s->hook);
	test_sh(at, s->change);
	free(at);
}

static void
copy(struct scene *s)
{
	char *at = work();

	test_sh(top, "rm -rf it; cp -a made it");
	free(s->before);
	s->before = told(at, state);
	free(at);
}

/* Each in a process of its own, as after a start. */

static int
publish(const struct scene *s)
{
	const char *posts[] = {post, "content/posts/two.md"};
	struct plan_options options = {
	    .set_lastmod = true, .atomic = s->atomic};
	struct publish_result result = {0};
	struct progress progress = {0};
	struct repo_net net = {.progress = &progress};
	struct err err = {0};
	char *at = work();
	struct site_config *config = site_config_load(at, &err);
	struct site *site =
	    config ? site_scan(config, 1795608000, NULL, &err) : NULL;
	struct repo *repo = repo_open(at, &err);
	struct plan *plan =
	    site && repo ? publish_plan(site, repo, posts, 2, &options, &err)
			 : NULL;
	int rc = plan ? publish_run(site, repo, plan, &net, &result, &err) : -1;

	return rc == -1 ? 1 : 0;
}

/* 10 + what is pending; 1: error. */
static int
look(const struct scene *s)
{
	struct publish_pending p;
	struct err err;
	char *at = work();
	struct repo *repo = repo_open(at, &err);

	(void)s;
	if (!repo || publish_pending(repo, &p, &err) == -1)
		return 1;
	return 10 + (int)p.left;
}

static int
end(const struct scene *s, bool undo)
{
	struct progress progress = {0};
	struct repo_net net = {.progress = &progress};
	struct err err = {0};
	char *summary, *at = work();
	struct repo *repo = repo_open(at, &err);
	int rc;

	(void)s;
	if (!repo)
		return 1;
	rc = (undo ? publish_undo : publish_sync)(repo, &net, &summary, &err);
	if (rc == -1 && err.code != ERR_REFUSED)
		fprintf(stderr, "%s\n", err.msg);
	return rc == 0 ? 0 : err.code == ERR_REFUSED ? 2 : 1;
}

static int
finish(const struct scene *s)
{
	return end(s, false);
}

static int
take_back(const struct scene *s)
{
	return end(s, true);
}

/* A call that changes something: a file, or what the other end knows. */
static bool
changes(const struct __ptrace_syscall_info *i)
{
	switch (i->entry.nr) {
#ifdef SYS_open
	case SYS_open:
		return i->entry.args[1] & (O_CREAT | O_TRUNC);
	case SYS_rename:
	case SYS_unlink:
	case SYS_rmdir:
	case SYS_link:
	case SYS_mkdir:
	case SYS_symlink:
#endif
	case SYS_renameat:
#ifdef SYS_renameat2
	case SYS_renameat2:
#endif
	case SYS_unlinkat:
	case SYS_linkat:
	case SYS_mkdirat:
	case SYS_symlinkat:
	case SYS_write:
	case SYS_pwrite64:
	case SYS_ftruncate:
		return true;
	case SYS_openat:
		return i->entry.args[2] & (O_CREAT | O_TRUNC);
	default:
		return false;
	}
}

/* Let it run until it is before its call number at (0: to its end); returns how
 * many there were. */
static int
trace(pid_t pid, int at, int *status)
{
	struct __ptrace_syscall_info info;
	long options = PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL;
	int n = 0, signal = 0;

	waitpid(pid, status, 0);
	ptrace(PTRACE_SETOPTIONS, pid, NULL, options);
	for (;;) {
		ptrace(PTRACE_SYSCALL, pid, NULL, (long)signal);
		if (waitpid(pid, status, 0) != pid || !WIFSTOPPED(*status))
			return n;
		signal = WSTOPSIG(*status);
		if (signal != (SIGTRAP | 0x80))
			continue;
		signal = 0;
		if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), &info) <=
			0 ||
		    info.op != PTRACE_SYSCALL_INFO_ENTRY || !changes(&info))
			continue;
		if (++n == at)
			kill(pid, SIGKILL);
	}
}

/* Run in a child, killed before its call at (0: not; -1: not even counted).
 * Waits for all that it started. */
static int
child(int (*what)(const struct scene *), const struct scene *s, int at, int *n)
{
	int ends[2], status;
	char c;
	pid_t pid;

	assert_int_equal(pipe(ends), 0);
	pid = fork();
	if (pid == 0) {
		close(ends[0]);
		if (at >= 0) {
			ptrace(PTRACE_TRACEME, 0, NULL, NULL);
			raise(SIGSTOP);
		}
		_exit(what(s));
	}
	close(ends[1]);
	if (at >= 0)
		*n = trace(pid, at, &status);
	else
		assert_int_equal(waitpid(pid, &status, 0), pid);
	while (read(ends[0], &c, 1) > 0)
		;
	close(ends[0]);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
sound(const struct scene *s, int at, const char *when)
{
	char *dir = work();
	char *out = told(dir,
	    "git fsck --no-dangling --no-progress 2>&1 && "
	    "git -C ../remote.git fsck --no-dangling --no-progress 2>&1; "
	    "find .git -name '*.lock' ! -path '*/objects/*'");

	if (*out)
		fail_msg("%s, call %d, %s: %s", s->name, at, when, out);
	free(out);
	free(dir);
}

/* Out, and nothing else is different. */
static bool
is_out(void)
{
	char *dir = work();
	char *out = told(dir,
	    "git -C ../remote.git show main:content/posts/one/index.md "
	    "main:content/posts/two.md | grep draft; "
	    "git rev-parse HEAD origin/main | sort -u | wc -l; "
	    "git status --porcelain");
	bool is = strcmp(out, "draft: false # soon\ndraft: false\n1\n"
			      "M  other.txt\n?? left\n") == 0;

	free(out);
	free(dir);
	return is;
}

static bool
is_before(const struct scene *s)
{
	char *dir = work(), *now = told(dir, state);
	bool is = strcmp(now, s->before) == 0;

	free(now);
	free(dir);
	return is;
}

static void
wrong(const struct scene *s, int at, const char *what, int left, int status)
{
	char *dir = work();
	char *now = told(dir, "git status; git log --oneline --all --graph; "
			      "git diff HEAD; ls .git/galley");

	fail_msg("%s, call %d: %s (left %d, status %d)\n%s", s->name, at, what,
	    left, status, now);
}

static void
after(struct scene *s, int at, bool undo)
{
	int left = child(look, s, -1, NULL) - 10, status;
	bool out, before;

	if (left < 0)
		wrong(s, at, "cannot tell", left, 0);
	if (left == PUBLISH_LEFT_NOTHING) {
		sound(s, at, "when nothing is left");
		if (!is_out() && !is_before(s))
			wrong(s, at, "says that nothing is left", left, 0);
		return;
	}
	status = child(undo ? take_back : finish, s, -1, NULL);
	sound(s, at, undo ? "undone" : "finished");
	out = is_out();
	before = is_before(s);
	if (undo && status == 0 && !before)
		wrong(s, at, "is not as before", left, status);
	if (undo && status == 2 && !out)
		wrong(
		    s, at, "refuses to undo, and it is not out", left, status);
	if (!undo && status == 0 && !out &&
	    !(left == PUBLISH_LEFT_UNDOING && before))
		wrong(s, at, "is not out", left, status);
	if (status == 1 && !(s->refused && !undo))
		wrong(s, at, "fails", left, status);
	if (s->refused && s->atomic && !undo && !before)
		wrong(s, at, "is not undone by itself", left, status);
	if (child(look, s, -1, NULL) != 10 + PUBLISH_LEFT_NOTHING &&
	    !(s->refused && !undo && !s->atomic))
		wrong(s, at, "something is still left", left, status);
}

static void
each_call(struct scene *s)
{
	int n, ignored, step = getenv("KILL_ALL") ? 1 : 23;

	make(s);
	copy(s);
	assert_int_equal(child(publish, s, 0, &n), s->refused ? 1 : 0);
	assert_true(n > 20);
	for (int at = 1; at <= n; at += step) {
		copy(s);
		child(publish, s, at, &ignored);
		after(s, at, (at / step) % 2);
	}
	for (int at = 1; at <= n && getenv("KILL_ALL"); at++) {
		copy(s);
		child(publish, s, at, &ignored);
		after(s, at, !(at % 2));
	}
	free(s->before);
	s->before = NULL;
}

#define CHANGE "echo 4 >>other.txt; git add other.txt; echo left >left; "

static void
straight(void **unused)
{
	struct scene s = {.name = "straight", .change = CHANGE};

	(void)unused;
	each_call(&s);
}

static void
onto_others(void **unused)
{
	struct scene s = {.name = "moved",
	    .change = CHANGE "echo more >>"
			     "content/posts/one/index.md; ",
	    .moved = true};

	(void)unused;
	each_call(&s);
}

static void
refused(void **unused)
{
	struct scene s = {.name = "refused and atomic",
	    .change = CHANGE,
	    .moved = true,
	    .atomic = true,
	    .hook = "echo closed today\nexit 1\n",
	    .refused = true};

	(void)unused;
	each_call(&s);
}

static int
begin(void **unused)
{
	(void)unused;
	top = xstrdup(test_dir());
	return 0;
}

static int
done(void **unused)
{
	(void)unused;
	free(top);
	return 0;
}

static void
not_here(void **unused)
{
	(void)unused;
	skip();
}

int
main(void)
{
	const struct CMUnitTest slow[] = {cmocka_unit_test(not_here)};
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(straight),
	    cmocka_unit_test(onto_others),
	    cmocka_unit_test(refused),
	};
	int status;
	pid_t pid = fork();

	/* Not where a process may not be traced, and not under a program that
	 * makes calls of its own. */
	if (pid == 0)
		_exit(ptrace(PTRACE_TRACEME, 0, NULL, NULL) == -1);
	waitpid(pid, &status, 0);
	if (getenv("WRAP") || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return cmocka_run_group_tests(slow, NULL, NULL);
	return cmocka_run_group_tests(tests, begin, done);
}

#else

static void
needs_linux(void **unused)
{
	(void)unused;
	skip();
}

int
main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(needs_linux)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
