/* SPDX-License-Identifier: ISC */
#include "../git.h"

#include "err.h"
#include "work.h"

static const char *const status = "git status --porcelain=v2 -uall; git diff; "
				  "git diff --cached; git rev-parse HEAD";

struct talk {
	struct repo *repo;
	struct buf said;
	struct repo_net net;
	struct err err;
	bool moved;
};

static struct talk
talk_to(const char *work)
{
	return (struct talk){.repo = git_open(work)};
}

static void
talk_end(struct talk *t)
{
	buf_dispose(&t->said);
	repo_free(t->repo);
}

static int
push(struct talk *t)
{
	t->net.line = collect_line;
	t->net.ctx = &t->said;
	t->err = (struct err){0};
	buf_clear(&t->said);
	return repo_push(t->repo, &t->net, &t->moved, &t->err);
}

static int
fetch(struct talk *t)
{
	t->err = (struct err){0};
	return repo_fetch(t->repo, "origin", &t->net, &t->err);
}

static void
good(struct talk *t, int rc)
{
	if (rc == -1)
		fail_msg("%s", t->err.msg);
}

static void
bad(struct talk *t, int rc, const char *want)
{
	assert_int_equal(rc, -1);
	if (!strstr(t->err.msg, want))
		fail_msg("\"%s\" is not in \"%s\"", want, t->err.msg);
}

static void
pushes_and_runs_the_remotes_hooks(void **state)
{
	const char *work = git_clone();
	struct talk t = talk_to(work);
	struct progress progress = {0};

	(void)state;
	write_hook(work, "../remote.git/hooks/post-receive",
	    "cat >got; echo deployed; printf '\\033[1mbold\\033[0m\\n' >&2\n"
	    "printf '1%%\\r2%%\\rall\\n'; printf tail\n");
	test_sh(work, "git branch --unset-upstream; echo x >a.md;"
		      "git commit -qam x");
	t.net.progress = &progress;
	good(&t, push(&t));
	/* A commit, a tree, a file. */
	assert_string_equal(atomic_load(&progress.what), "sending objects");
	assert_int_equal(atomic_load(&progress.done), 3);
	assert_int_equal(atomic_load(&progress.total), 3);
	assert_string_equal(buf_text(&t.said), "deployed\nbold\nall\ntail\n");
	assert_sh(work,
	    "git -C ../remote.git log --format=%s; cut -d' ' -f3 "
	    "../remote.git/got; git status -sb",
	    "x\nfirst\nrefs/heads/main\n## main...origin/main\n");
	assert_false(t.moved);
	/* Pushed is pushed, also when the configuration cannot be written. */
	test_sh(work,
	    "git branch --unset-upstream; git config x.y z;touch .git/config.lock;"
	    "git commit -q --allow-empty -m y");
	good(&t, push(&t));
	assert_non_null(strstr(buf_text(&t.said), "config"));
	talk_end(&t);
}

static void
says_why_a_ref_was_refused(void **state)
{
	const char *work = git_clone();
	struct talk t = talk_to(work);

	(void)state;
	write_hook(work, "../remote.git/hooks/pre-receive",
	    "echo no pushes on Fridays >&2; exit 1\n");
	test_sh(work, "git commit -q --allow-empty -m x");
	bad(&t, push(&t), "origin refused main: pre-receive hook declined");
	assert_int_equal(t.err.code, ERR_GIT);
	assert_string_equal(buf_text(&t.said), "no pushes on Fridays\n");
	assert_false(t.moved);
	assert_sh(work, "git status -sb; git log -1 --format=%s",
	    "## main...origin/main [ahead 1]\nx\n");
	talk_end(&t);
}

static void
pushes_to_any_local_address(void **state)
{
	static const char *const urls[] = {"../re:mote dir/é'.git",
	    "file://$PWD/../re:mote%20dir/%C3%A9'.git",
	    "$PWD/../re:mote dir/é'.git"};
	const char *work = git_clone();
	char *set;

	(void)state;
	test_sh(work, "mkdir '../re:mote dir';"
		      "mv ../remote.git \"../re:mote dir/é'.git\"");
	for (size_t i = 0; i < NITEMS(urls); i++) {
		struct talk t = talk_to(work);

		set = xasprintf("git config remote.origin.url \"%s\";"
				"git commit -q --allow-empty -m %zu",
		    urls[i], i);
		test_sh(work, set);
		good(&t, push(&t));
		good(&t, fetch(&t));
		assert_sh(work, "git status -sb", "## main...origin/main\n");
		free(set);
		talk_end(&t);
	}
}

static void
honours_the_remotes_program(void **state)
{
	const char *work = git_clone();
	struct talk t = talk_to(work);

	(void)state;
	test_sh(work, "git config remote.origin.receivepack "
		      "'echo pack >../ran; git receive-pack';"
		      "git commit -q --allow-empty -m x");
	good(&t, push(&t));
	assert_sh(work, "cat ../ran", "pack\n");
	test_sh(work, "git config remote.origin.receivepack 'nowhere --x';"
		      "git commit -q --allow-empty -m y");
	bad(&t, push(&t), "origin: ");
	bad(&t, -1, "nowhere");
	talk_end(&t);
}

static void
says_what_is_wrong_with_the_remote(void **state)
{
	const char *work = git_clone();
	struct talk t = talk_to(work);
	struct progress progress = {.cancel = true};

	(void)state;
	test_sh(work, "git commit -q --allow-empty -m x");
	t.net.progress = &progress;
	bad(&t, push(&t), "stopped");
	assert_int_equal(t.err.code, ERR_CANCEL);
	t.net.progress = NULL;
	test_sh(work, "git config remote.origin.url ../gone.git");
	bad(&t, push(&t), "origin: '../gone.git' does not appear to be a git");
	bad(&t, fetch(&t), "origin: '../gone.git' does not appear to be a git");
	test_sh(work, "git remote remove origin");
	bad(&t, push(&t), "no remote: git remote add origin URL");
	test_sh(work, "git checkout -q --detach");
	bad(&t, push(&t), "git switch BRANCH");
	talk_end(&t);
}

static void
tells_that_the_remote_moved(void **state)
{
	const char *work = git_clone();
	const char *other = git_other(work);
	struct talk t = talk_to(work);

	(void)state;
	test_sh(other, "echo t >b.md; git commit -qam t; git push -q");
	test_sh(work, "echo o >a.md; git commit -qam o");
	bad(&t, push(&t), "origin has commits on main that are not here");
	assert_true(t.moved);
	good(&t, fetch(&t));
	bad(&t, push(&t), "origin has commits on main that are not here");
	assert_true(t.moved);
	talk_end(&t);
}

/* An ssh that runs the command here, and another that is turned away. */
static void
goes_through_ssh(void **state)
{
	const char *work = git_clone();
	struct talk t = talk_to(work);

	(void)state;
	write_hook(work, "../remote.git/hooks/post-receive", "echo far\n");
	write_hook(work, "../ssh", "for a; do :; done; exec sh -c \"$a\"\n");
	write_hook(work, "../nossh",
	    "echo 'git@h: Permission denied (publickey).' >&2; exit 255\n");
	test_sh(work, "git config core.sshCommand \"$PWD/../ssh\";"
		      "git config remote.origin.url \"h:$PWD/../remote.git\";"
		      "git branch --unset-upstream;"
		      "git commit -q --allow-empty -m x");
	good(&t, push(&t));
	assert_string_equal(buf_text(&t.said), "far\n");
	good(&t, fetch(&t));
	assert_sh(work, "git status -sb", "## main...origin/main\n");
	write_hook(work, "../remote.git/hooks/pre-receive", "exit 1\n");
	test_sh(work, "git commit -q --allow-empty -m y");
	bad(&t, push(&t), "origin refused main: pre-receive hook declined");
	test_sh(work, "rm ../remote.git/hooks/*; git push -q;"
		      "git reset -q --hard HEAD~1;"
		      "git commit -q --allow-empty -m z");
	bad(&t, push(&t), "origin has commits on main that are not here");
	assert_true(t.moved);
	test_sh(work, "git config core.sshCommand \"$PWD/../nossh\"");
	bad(&t, push(&t), "origin: git@h: Permission denied (publickey).");
	assert_int_equal(t.err.code, ERR_AUTH);
	bad(&t, fetch(&t), "origin: git@h: Permission denied (publickey).");
	assert_int_equal(t.err.code, ERR_AUTH);
	talk_end(&t);
}

static void
runs_the_pre_push_hook(void **state)
{
	const char *work = git_clone();
	struct talk t = talk_to(work);

	(void)state;
	write_hook(work, ".git/hooks/pre-push",
	    "cat >../pushed; echo links are broken >&2; exit 1\n");
	test_sh(work, "git commit -q --allow-empty -m x");
	bad(&t, push(&t), "links are broken");
	assert_sh(work, "cut -d' ' -f1,3 ../pushed",
	    "refs/heads/main refs/heads/main\n");
	t.net.no_verify = true;
	good(&t, push(&t));
	talk_end(&t);
}

static enum repo_integrated
integrate(struct talk *t)
{
	enum repo_integrated how;

	good(t, fetch(t));
	good(t, repo_integrate(t->repo, &how, &t->err));
	return how;
}

static void
integrate_fails(struct talk *t, const char *work, const char *want)
{
	enum repo_integrated how;
	char *before = sh_out(work, status), *after;

	good(t, fetch(t));
	bad(t, repo_integrate(t->repo, &how, &t->err), want);
	assert_int_equal(t->err.code, ERR_GIT);
	after = sh_out(work, status);
	assert_string_equal(after, before);
	free(before);
	free(after);
}

static void
moves_forward(void **state)
{
	const char *work = git_clone();
	const char *other = git_other(work);
	struct talk t = talk_to(work);

	(void)state;
	assert_int_equal(integrate(&t), REPO_UP_TO_DATE);
	test_sh(other, "echo t >b.md; mkdir n; echo n >n/n; git rm -q a.md;"
		       "git add .; git commit -qm t; git push -q");
	test_sh(work, "echo u >u; echo s >s; git add s;"
		      "echo x >>'content/post one/index.md'");
	assert_int_equal(integrate(&t), REPO_FORWARDED);
	assert_sh(work,
	    "git status --porcelain -b; cat b.md n/n;"
	    "git reflog -1 --format=%gs",
	    "## main...origin/main\n M \"content/post one/index.md\"\nA  s\n"
	    "?? u\nt\nn\nmerge origin/main: Fast-forward\n");
	assert_int_equal(integrate(&t), REPO_UP_TO_DATE);
	talk_end(&t);
}

static void
replays_our_commits(void **state)
{
	const char *work = git_clone();
	const char *other = git_other(work);
	struct talk t = talk_to(work);

	(void)state;
	test_sh(other, "echo t >b.md; git commit -qam theirs; git push -q;"
		       "echo same >same; git add same; git commit -qm same;"
		       "git push -q");
	test_sh(work, "echo same >same; git add same; git commit -qm same2;"
		      "echo o >a.md; git commit -qa -m ours "
		      "--author='Bo <bo@x>';"
		      "git mv 'content/post one' 'content/post 1';"
		      "git commit -qm renamed; echo d >>a.md; echo s >s;"
		      "git add s");
	assert_int_equal(integrate(&t), REPO_REBASED);
	assert_sh(work,
	    "git log --format='%s %an'; git status --porcelain -b; cat a.md;"
	    "git reflog -1 --format=%gs; git fsck --no-dangling",
	    "renamed Ada Author\nours Bo\nsame Ada Author\n"
	    "theirs Ada Author\nfirst Ada Author\n"
	    "## main...origin/main [ahead 2]\n M a.md\nA  s\no\nd\n"
	    "rebase: onto origin/main\n");
	good(&t, push(&t));
	talk_end(&t);
}

static void
changes_nothing_on_a_conflict(void **state)
{
	const char *work = git_clone();
	const char *other = git_other(work);
	struct talk t = talk_to(work);

	(void)state;
	test_sh(other, "echo t >b.md; echo t >'content/post one/index.md';"
		       "git commit -qam t; git push -q");
	test_sh(work, "echo o >b.md; git commit -qam o;"
		      "echo o >'content/post one/index.md';"
		      "git commit -qam o2; echo d >a.md; echo u >u");
	integrate_fails(&t, work, "conflict with origin/main in b.md: nothing");
	talk_end(&t);
}

static void
changes_nothing_over_local_work(void **state)
{
	const char *work = git_clone();
	const char *other = git_other(work);
	struct talk t = talk_to(work);

	(void)state;
	test_sh(other, "echo t >b.md; echo n >new; git add .;"
		       "git commit -qam t; git push -q");
	test_sh(work, "echo mine >b.md");
	integrate_fails(&t, work, "local changes are in the way: b.md;");
	test_sh(work, "git add b.md; git show HEAD:b.md >b.md");
	integrate_fails(&t, work, "local changes are in the way: b.md;");
	test_sh(work, "git reset -q --hard; echo u >new");
	integrate_fails(&t, work, "local changes are in the way: new;");
	test_sh(work, "rm new; touch .git/index.lock");
	integrate_fails(&t, work, ".git/index.lock");
	test_sh(work, "rm .git/index.lock; touch .git/refs/heads/main.lock");
	integrate_fails(&t, work, "main.lock");
	test_sh(work, "rm .git/refs/heads/main.lock");
	assert_int_equal(integrate(&t), REPO_FORWARDED);
	talk_end(&t);
}

static void
leaves_the_hard_cases_to_git(void **state)
{
	const char *work = git_clone();
	const char *other = git_other(work);
	struct talk t = talk_to(work);

	(void)state;
	test_sh(other, "echo t >b.md; git commit -qam t; git push -q");
	test_sh(work, "git checkout -q -b side; echo s >s; git add s;"
		      "git commit -qm s; git checkout -q main;"
		      "git commit -q --allow-empty -m o;"
		      "git merge -q --no-edit side");
	integrate_fails(&t, work, "is a merge that is not pushed yet");
	test_sh(work, "git reset -q --hard origin/main~1; echo o >a.md;"
		      "git commit -qam o; echo '*.md filter=x' >"
		      ".git/info/attributes; git config filter.x.clean cat");
	integrate_fails(&t, work, "b.md goes through a filter of git");
	test_sh(work, "rm .git/info/attributes; git checkout -q --orphan o;"
		      "git commit -qm o; git branch -q -M o main;"
		      "git branch -q -u origin/main");
	integrate_fails(&t, work, "no commit in common");
	talk_end(&t);
}

static void
sees_a_shallow_clone(void **state)
{
	const char *work = git_clone();
	const char *shallow;
	struct repo_head head;
	struct talk t;

	(void)state;
	test_sh(work, "git commit -q --allow-empty -m 2;"
		      "git commit -q --allow-empty -m 3; git push -q; cd ..;"
		      "git clone -q --depth 1 \"file://$PWD/remote.git\" sh");
	shallow = test_path(work, "../sh");
	test_sh(shallow, "echo s >a.md; git commit -qam s");
	t = talk_to(shallow);
	assert_int_equal(repo_head(t.repo, &head, &t.err), 0);
	assert_int_equal(head.ahead, 1);
	assert_int_equal(head.behind, 0);
	repo_head_dispose(&head);
	good(&t, push(&t));
	test_sh(work, "git fetch -q; git reset -q --hard origin/main;"
		      "echo w >b.md; git commit -qam w; git push -q");
	test_sh(shallow, "echo 2 >a.md; git commit -qam 2");
	integrate_fails(&t, shallow, "git fetch --unshallow");
	talk_end(&t);
}

static void
moves_back_with_the_files(void **state)
{
	const char *work = git_clone();
	struct talk t = talk_to(work);
	char oid[REPO_OID_LEN + 1];

	(void)state;
	good(&t, repo_oid(t.repo, "HEAD", oid, &t.err));
	test_sh(work, "echo o >a.md; git commit -qam o; echo d >b.md");
	good(&t, repo_move(t.repo, oid, &t.err));
	assert_sh(work, "git status --porcelain -b; cat a.md",
	    "## main...origin/main\n M b.md\na\n");
	talk_end(&t);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(pushes_and_runs_the_remotes_hooks),
	    cmocka_unit_test(says_why_a_ref_was_refused),
	    cmocka_unit_test(pushes_to_any_local_address),
	    cmocka_unit_test(honours_the_remotes_program),
	    cmocka_unit_test(says_what_is_wrong_with_the_remote),
	    cmocka_unit_test(tells_that_the_remote_moved),
	    cmocka_unit_test(goes_through_ssh),
	    cmocka_unit_test(runs_the_pre_push_hook),
	    cmocka_unit_test(moves_forward),
	    cmocka_unit_test(replays_our_commits),
	    cmocka_unit_test(changes_nothing_on_a_conflict),
	    cmocka_unit_test(changes_nothing_over_local_work),
	    cmocka_unit_test(leaves_the_hard_cases_to_git),
	    cmocka_unit_test(sees_a_shallow_clone),
	    cmocka_unit_test(moves_back_with_the_files),
	};

	return cmocka_run_group_tests(tests, git_setup, git_teardown);
}
