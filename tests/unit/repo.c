/* SPDX-License-Identifier: ISC */
#include "../git.h"

#include <unistd.h>

#include "err.h"

/* Every kind of change at once, none of them the tests' own. */
static const char *const disturb =
    "mkdir d; for f in s m r x c; do echo $f >d/$f; done; git add d;"
    "git commit -q -m more; git push -q; echo s2 >d/s; git add d/s;"
    "echo s3 >d/s; echo m2 >d/m; git mv d/r d/r2; git rm -q d/x;"
    "git rm -q --cached d/c; echo n >d/n; git add d/n; echo u >d/u;"
    "echo i >d/i; git add -N d/i";

static const char *const status =
    "git status --porcelain=v2 -uall; git diff; "
    "git diff --cached; git log --oneline | wc -l";

static void
commit(struct repo *repo, const char *message, const char *const *paths)
{
	struct repo_commit_spec spec = {.message = message, .paths = paths};
	char oid[REPO_OID_LEN + 1];
	struct err err;

	while (paths[spec.n])
		spec.n++;
	if (repo_commit(repo, &spec, oid, &err) == -1)
		fail_msg("%s", err.msg);
	assert_int_equal(strlen(oid), 40);
}

static int
commit_fails(struct repo *repo, const char *path, struct err *err)
{
	struct repo_commit_spec spec = {
	    .message = "no", .paths = &path, .n = 1};
	char oid[REPO_OID_LEN + 1];

	assert_int_equal(repo_commit(repo, &spec, oid, err), -1);
	return err->code;
}

static void
opens_from_below(void **state)
{
	const char *work = git_clone();
	struct repo *repo = git_open(test_path(work, "content/post one"));
	char *real = sh_out(work, "pwd -P | tr -d '\\n'");

	(void)state;
	assert_string_equal(repo_root(repo), real);
	free(real);
	repo_free(repo);
}

static void
cannot_open(const char *dir, const char *want)
{
	struct err err;

	assert_null(repo_open(dir, &err));
	assert_int_equal(err.code, ERR_GIT);
	if (!strstr(err.msg, want))
		fail_msg("\"%s\" is not in \"%s\"", want, err.msg);
	assert_null(strchr(err.msg, '\n'));
}

static void
says_what_it_cannot_open(void **state)
{
	const char *top = test_dir();

	(void)state;
	cannot_open(top, "not in a git repository: git init");
	test_sh(top, "git init -q --bare bare");
	cannot_open(test_path(top, "bare"), "bare repository");
	test_sh(top, "git init -q --object-format=sha256 sha");
	cannot_open(test_path(top, "sha"), "SHA-256");
	test_sh(top, "git init -q strange; cd strange;"
		     "git config core.repositoryformatversion 1;"
		     "git config extensions.refstorage reftable");
	cannot_open(test_path(top, "strange"), "reftable");
	test_sh(top, "git init -q plain");
	setenv("GIT_WORK_TREE", top, 1);
	cannot_open(test_path(top, "plain"), "unset GIT_WORK_TREE");
	unsetenv("GIT_WORK_TREE");
	setenv("GIT_DIR", test_path(top, "bare"), 1);
	cannot_open(test_path(top, "plain"), "unset GIT_DIR");
	unsetenv("GIT_DIR");
}

static void
opens_what_libgit2_finds_odd(void **state)
{
	const char *work = git_clone();

	(void)state;
	test_sh(work, "git config core.repositoryformatversion 1;"
		      "git config extensions.worktreeConfig true");
	repo_free(git_open(work));
	test_sh(work, "git worktree add -q -b side ../side");
	repo_free(git_open(test_path(work, "../side/content")));
}

static void
tells_where_it_stands(void **state)
{
	const char *work = git_clone();
	struct repo *repo = git_open(work);
	struct repo_head head;
	struct err err;

	(void)state;
	assert_int_equal(repo_head(repo, &head, &err), 0);
	assert_string_equal(head.branch, "main");
	assert_string_equal(head.remote, "origin");
	assert_string_equal(head.from, "origin");
	assert_string_equal(head.url, "../remote.git");
	assert_string_equal(head.target, "main");
	assert_string_equal(head.upstream, "refs/remotes/origin/main");
	assert_null(head.refused);
	assert_null(head.busy);
	assert_false(head.unborn);
	assert_int_equal(head.ahead, 0);
	repo_head_dispose(&head);

	test_sh(work, "git commit -q --allow-empty -m x; git reset -q --soft "
		      "HEAD~1; git commit -q --allow-empty -m y;"
		      "git commit -q --allow-empty -m z;"
		      "git push -q ../remote.git HEAD~1:main; git fetch -q;"
		      "git reset -q --hard HEAD~2;"
		      "git commit -q --allow-empty -m own");
	assert_int_equal(repo_head(repo, &head, &err), 0);
	assert_int_equal(head.ahead, 1);
	assert_int_equal(head.behind, 1);
	repo_head_dispose(&head);
	repo_free(repo);
}

static void
head_is(struct repo *repo, const char *remote, const char *url,
    const char *target, const char *refused)
{
	struct repo_head head;
	struct err err;

	assert_int_equal(repo_head(repo, &head, &err), 0);
	assert_string_equal(head.remote ? head.remote : "none", remote);
	assert_string_equal(head.url ? head.url : "none", url);
	assert_string_equal(head.target ? head.target : "none", target);
	if (refused)
		assert_non_null(strstr(head.refused, refused));
	else
		assert_null(head.refused);
	repo_head_dispose(&head);
}

static void
chooses_the_remote_as_git_does(void **state)
{
	const char *work = git_clone();
	struct repo *repo = git_open(work);

	(void)state;
	test_sh(work, "git branch --unset-upstream; git remote rename origin "
		      "one; git remote set-url one https://me:secret@h/x.git");
	head_is(repo, "one", "https://h/x.git", "main", NULL);
	test_sh(work, "git remote add two ssh://git@h:22/x");
	head_is(repo, "none", "none", "none", NULL);
	test_sh(work, "git remote add origin h:x");
	head_is(repo, "origin", "h:x", "main", NULL);
	test_sh(work, "git config branch.main.remote one;"
		      "git config branch.main.merge refs/heads/trunk");
	head_is(repo, "one", "https://h/x.git", "trunk", "another name");
	test_sh(work, "git config push.default upstream");
	head_is(repo, "one", "https://h/x.git", "trunk", NULL);
	test_sh(work, "git config remote.pushDefault two");
	head_is(repo, "two", "ssh://git@h:22/x", "main", NULL);
	test_sh(work, "git config branch.main.pushRemote origin");
	head_is(repo, "origin", "h:x", "main", NULL);
	test_sh(work, "git config url.ssh://git@host/.insteadOf h:");
	head_is(repo, "origin", "ssh://git@host/x", "main", NULL);
	test_sh(work, "git config push.default nothing");
	head_is(repo, "origin", "ssh://git@host/x", "main", "nothing");
	test_sh(work, "git checkout -q --detach");
	head_is(repo, "none", "none", "none", NULL);
	repo_free(repo);
}

static void
changes_are(struct repo *repo, const char *prefix, const char *want)
{
	struct repo_changes c;
	struct buf got = {0};
	struct err err;

	if (repo_changes(repo, prefix, &c, &err) == -1)
		fail_msg("%s", err.msg);
	for (size_t i = 0; i < c.n; i++) {
		buf_printf(
		    &got, "%s%u %s", i ? ", " : "", c.v[i].state, c.v[i].path);
		assert_int_equal(
		    repo_changes_find(&c, c.v[i].path), c.v[i].state);
	}
	assert_int_equal(repo_changes_find(&c, "not there"), REPO_CLEAN);
	assert_string_equal(buf_text(&got), want);
	buf_dispose(&got);
	repo_changes_dispose(&c);
}

static void
lists_changes(void **state)
{
	const char *work = git_clone();
	struct repo *repo = git_open(work);

	(void)state;
	changes_are(repo, "", "");
	test_sh(work, disturb);
	changes_are(repo, "",
	    "34 d/c, 33 d/i, 2 d/m, 33 d/n, 36 d/r, 33 d/r2, 34 d/s, 1 d/u, "
	    "36 d/x");
	test_sh(work,
	    "git reset -q --hard; git clean -qfd; echo x >>a.md; echo '*.o' >.gitignore;"
	    "echo o >x.o; mkdir 'content/post one/img';"
	    "echo p >'content/post one/img/p q.png';"
	    "git commit -q -m a a.md; git init -q content/nested;"
	    "echo y >>a.md");
	changes_are(
	    repo, "", "1 .gitignore, 10 a.md, 1 content/post one/img/p q.png");
	changes_are(repo, "content/post one", "1 content/post one/img/p q.png");
	changes_are(repo, "a.md", "10 a.md");
	changes_are(repo, "content/post", "");
	assert_true(repo_ignored(repo, "x.o"));
	assert_false(repo_ignored(repo, "a.md"));
	repo_free(repo);
}

static void
behind_is_not_unpushed(void **state)
{
	const char *work = git_clone();
	const char *other = git_other(work);
	struct repo *repo;

	(void)state;
	test_sh(other, "echo theirs >b.md; git commit -qam t; git push -q");
	test_sh(work, "echo ours >a.md; git commit -qam o; git fetch -q");
	repo = git_open(work);
	changes_are(repo, "", "8 a.md");
	repo_free(repo);
}

static void
leaves_sparse_files_out(void **state)
{
	const char *work = git_clone();
	struct repo *repo;

	(void)state;
	test_sh(work, "mkdir x; echo x >x/x; git add x; git commit -qm x;"
		      "git push -q; git sparse-checkout set --cone content");
	repo = git_open(work);
	changes_are(repo, "", "");
	repo_free(repo);
	test_sh(work, "git sparse-checkout reapply --sparse-index");
	repo = git_open(work);
	struct repo_changes c;
	struct err err;
	assert_int_equal(repo_changes(repo, "", &c, &err), -1);
	assert_non_null(strstr(err.msg, "--no-sparse-index"));
	repo_changes_dispose(&c);
	repo_free(repo);
}

static void
reads_what_was(void **state)
{
	const char *work = git_clone();
	struct repo *repo = git_open(work);
	struct buf b = {0};
	struct err err;

	(void)state;
	test_sh(work, "echo 2 >a.md; git commit -qam 2; echo 3 >a.md");
	assert_int_equal(repo_read(repo, "HEAD", "a.md", &b, &err), 0);
	assert_int_equal(repo_read(repo, "upstream", "a.md", &b, &err), 0);
	assert_int_equal(repo_read(repo, "HEAD~1", "b.md", &b, &err), 0);
	assert_string_equal(buf_text(&b), "2\na\nb\n");
	assert_int_equal(repo_read(repo, "HEAD", "c.md", &b, &err), 1);
	assert_int_equal(repo_read(repo, "HEAD", "content", &b, &err), 1);
	assert_int_equal(repo_read(repo, "none", "a.md", &b, &err), 1);
	buf_dispose(&b);
	repo_free(repo);
}

static void
counts_lines(void **state)
{
	struct buf a = {0}, b = {0};
	size_t added, removed;

	(void)state;
	buf_puts(&a, "1\n2\n3\n");
	buf_puts(&b, "1\r\n2x\n3\n4\n");
	repo_count_lines(&a, &b, &added, &removed);
	assert_int_equal(added, 2);
	assert_int_equal(removed, 1);
	buf_clear(&a);
	repo_count_lines(&a, &b, &added, &removed);
	assert_int_equal(added, 4);
	assert_int_equal(removed, 0);
	buf_add(&b, "\0\n", 2);
	repo_count_lines(&a, &b, &added, &removed);
	assert_int_equal(added, 0);
	buf_dispose(&a);
	buf_dispose(&b);
}

static void
keeps_everything_else(void **state)
{
	static const char *const paths[] = {"a.md", "b.md",
	    "content/post one/index.md", "content/帖子 '\"!/图.md", "run.sh",
	    "link", NULL};
	const char *work = git_clone();
	struct repo *repo = git_open(work);
	char *before, *after;

	(void)state;
	test_sh(work, disturb);
	before = sh_out(work, "git status --porcelain=v2 -uall; git diff;"
			      "git diff --cached");
	test_write(work, "content/帖子 '\"!/图.md", "new\n");
	test_sh(work, "echo x >>a.md; git add a.md; echo y >>a.md; rm b.md;"
		      "rm 'content/post one/index.md'; echo >run.sh;"
		      "chmod +x run.sh; ln -s a.md link");
	commit(repo, "subject\n\nbody", paths);
	after = sh_out(work, "git status --porcelain=v2 -uall; git diff;"
			     "git diff --cached");
	assert_string_equal(after, before);
	free(before);
	free(after);
	assert_sh(work,
	    "git -c core.quotePath=false diff --raw HEAD~1 HEAD | "
	    "sed -E 's/ [0-9a-f]{7} [0-9a-f]{7} / /'",
	    ":100644 100644 M\ta.md\n:100644 000000 D\tb.md\n"
	    ":100644 000000 D\tcontent/post one/index.md\n"
	    ":000000 100644 A\t\"content/帖子 '\\\"!/图.md\"\n"
	    ":000000 120000 A\tlink\n:000000 100755 A\trun.sh\n");
	assert_sh(work, "git log -1 --format='%B%an %ae %cn'",
	    "subject\n\nbody\nAda Author ada@example.org Ada Author\n");
	assert_sh(work,
	    "git reflog -1 --format='%gs %gn'; git reflog main -1 "
	    "--format=%gs; git fsck --strict --no-dangling 2>&1",
	    "commit: subject Ada Author\ncommit: subject\n");
	repo_free(repo);
}

static void
makes_the_first_commit(void **state)
{
	static const char *const paths[] = {"x/a.md", NULL};
	const char *top = test_dir();
	struct repo *repo;

	(void)state;
	test_sh(top, "git init -q -b trunk .");
	test_write(top, "x/a.md", "a\n");
	test_write(top, "b.md", "b\n");
	test_write(top, "c.md", "c\n");
	test_sh(top, "git add b.md");
	repo = git_open(top);
	commit(repo, "start", paths);
	assert_sh(top,
	    "git status --porcelain; git ls-tree -r --name-only "
	    "HEAD; git reflog --format=%gs",
	    "A  b.md\n?? c.md\nx/a.md\ncommit (initial): start\n");
	repo_free(repo);
}

static void
refuses_and_changes_nothing(void **state)
{
	const char *work = git_clone();
	struct repo *repo = git_open(work);
	char *before, *after;
	struct err err;

	(void)state;
	test_sh(work, disturb);
	test_sh(work, "echo '*.o' >.gitignore; echo o >x.o; ln -s content ln;"
		      "git init -q sub; echo s >sub/s; echo u >d/u");
	before = sh_out(work, status);
	assert_int_equal(commit_fails(repo, "a.md", &err), ERR_REFUSED);
	assert_string_equal(err.msg, "nothing to commit");
	assert_int_equal(commit_fails(repo, "x.o", &err), ERR_GIT);
	assert_string_equal(err.msg, "x.o: ignored by .gitignore");
	assert_int_equal(commit_fails(repo, "d", &err), ERR_GIT);
	assert_int_equal(
	    commit_fails(repo, "ln/post one/index.md", &err), ERR_GIT);
	assert_non_null(strstr(err.msg, "beyond the symbolic link ln"));
	assert_int_equal(commit_fails(repo, "sub/s", &err), ERR_GIT);
	assert_non_null(strstr(err.msg, "repository of its own"));
	test_sh(work, "touch .git/refs/heads/main.lock");
	assert_int_equal(commit_fails(repo, "d/m", &err), ERR_GIT);
	assert_non_null(strstr(err.msg, "main.lock"));
	test_sh(work, "rm .git/refs/heads/main.lock; touch .git/index.lock");
	assert_int_equal(commit_fails(repo, "d/m", &err), ERR_GIT);
	assert_non_null(strstr(err.msg, ".git/index.lock"));
	test_sh(work, "rm .git/index.lock");
	after = sh_out(work, status);
	assert_string_equal(after, before);
	test_sh(work, "git checkout -q --detach");
	assert_int_equal(commit_fails(repo, "d/m", &err), ERR_GIT);
	assert_non_null(strstr(err.msg, "git switch"));
	free(before);
	free(after);
	repo_free(repo);
}

static void
refuses_in_a_merge(void **state)
{
	const char *work = git_clone();
	struct repo *repo = git_open(work);
	struct repo_head head;
	struct err err;

	(void)state;
	test_sh(work, "git checkout -q -b other; echo 1 >a.md;"
		      "git commit -qam 1; git checkout -q main; echo 2 >a.md;"
		      "git commit -qam 2; git merge -q other || :");
	assert_int_equal(repo_head(repo, &head, &err), 0);
	assert_string_equal(head.busy, "merge");
	repo_head_dispose(&head);
	changes_are(repo, "", "24 a.md");
	commit_fails(repo, "b.md", &err);
	assert_non_null(strstr(err.msg, "a merge is in progress"));
	repo_free(repo);
}

/* No directory can be made in .git/objects. */
static void
restores_when_objects_fail(void **state)
{
	const char *work = git_clone();
	struct repo *repo;
	struct err err;

	(void)state;
	test_sh(work, "git gc -q; echo x >>a.md; git add a.md; echo y >>a.md");
	test_sh(work, "rm -rf .git/objects/??; i=0; while [ $i -lt 256 ]; do "
		      ": >.git/objects/$(printf %02x $i); i=$((i+1)); done");
	repo = git_open(work);
	assert_int_equal(commit_fails(repo, "b.md", &err), ERR_REFUSED);
	test_sh(work, "echo y >>b.md; cp .git/index ../index");
	assert_int_equal(commit_fails(repo, "b.md", &err), ERR_GIT);
	test_sh(work, "cmp .git/index ../index");
	repo_free(repo);
}

static void
takes_a_commit_back(void **state)
{
	static const char *const paths[] = {"a.md", "new.md", "b.md", NULL};
	const char *work = git_clone();
	struct repo *repo = git_open(work);
	char oid[REPO_OID_LEN + 1];
	struct err err;
	char *before, *after;

	(void)state;
	test_sh(work, "echo x >>a.md; git add a.md; echo y >>a.md;"
		      "echo n >new.md; rm b.md");
	before = sh_out(work, status);
	commit(repo, "c", paths);
	assert_int_equal(repo_oid(repo, "HEAD", oid, &err), 0);
	assert_int_equal(repo_undo_commit(repo, oid, &err), 0);
	after = sh_out(work, status);
	assert_string_equal(after, before);
	free(after);
	free(before);
	assert_int_equal(repo_undo_commit(repo, oid, &err), -1);
	assert_non_null(strstr(err.msg, "not the last commit"));
	/* One that another repo object made. */
	test_sh(work, "git add -A; git commit -q -m all");
	assert_int_equal(repo_oid(repo, "HEAD", oid, &err), 0);
	assert_int_equal(repo_undo_commit(repo, oid, &err), 0);
	assert_sh(
	    work, "git status --porcelain", " M a.md\n D b.md\n?? new.md\n");
	repo_free(repo);
}

static void
lets_git_commit_where_hooks_are(void **state)
{
	static const char *const path = "content/帖 '\"/n.md";
	const char *work = git_clone();
	struct repo *repo = git_open(work);
	struct buf said = {0};
	struct repo_commit_spec spec = {.message = "with hooks",
	    .paths = &path,
	    .n = 1,
	    .line = collect_line,
	    .ctx = &said};
	char oid[REPO_OID_LEN + 1], *before, *after;
	struct err err;

	(void)state;
	test_sh(work, disturb);
	test_write(work, path, "n\n");
	before = sh_out(work, status);
	write_hook(work, ".git/hooks/pre-commit",
	    "git diff --cached --name-only -z | tr '\\0' '\\n'\n"
	    "printf '\\033[31mred\\033[0m \\033]0;t\\007\\a.\\r\\n' >&2\n"
	    "echo no title here; exit 1\n");
	assert_int_equal(repo_commit(repo, &spec, oid, &err), -1);
	assert_int_equal(err.code, ERR_GIT);
	assert_string_equal(err.msg, "git commit: no title here");
	assert_string_equal(
	    buf_text(&said), "content/帖 '\"/n.md\nred �.\nno title here\n");
	after = sh_out(work, status);
	assert_string_equal(after, before);
	free(after);
	spec.no_verify = true;
	buf_clear(&said);
	assert_int_equal(repo_commit(repo, &spec, oid, &err), 0);
	assert_int_equal(said.len, 0);
	assert_sh(work, "git show --format=%s --name-only -z | tr '\\0' '\\n'",
	    "with hooks\n\ncontent/帖 '\"/n.md\n");
	assert_int_equal(repo_undo_commit(repo, oid, &err), 0);
	after = sh_out(work, status);
	assert_string_equal(after, before);
	free(after);
	free(before);
	/* Hooks that change message and file. */
	write_hook(work, ".git/hooks/pre-commit",
	    "for f in content/帖*/n.md; do\n"
	    "echo formatted >\"$f\"; git add \"$f\"; done\n");
	write_hook(work, ".git/hooks/commit-msg", "echo 'Ref: 1' >>\"$1\"\n");
	spec.no_verify = false;
	assert_int_equal(repo_commit(repo, &spec, oid, &err), 0);
	assert_sh(work,
	    "git show --format=%B | sed -n '/^+[^+]/p; /^[wR]/p';"
	    "git status --porcelain content",
	    "with hooks\nRef: 1\n+formatted\n");
	assert_int_equal(repo_commit(repo, &spec, oid, &err), -1);
	assert_int_equal(err.code, ERR_REFUSED);
	assert_string_equal(err.msg, "nothing to commit");
	buf_dispose(&said);
	repo_free(repo);
}

static void
lets_git_commit_what_is_filtered(void **state)
{
	static const char *const paths[] = {"p.png", "a.md", "b.md", NULL};
	const char *work = git_clone();
	struct repo *repo;

	(void)state;
	test_sh(work, "git config filter.up.clean 'tr a-z A-Z';"
		      "echo '*.png filter=up' >.gitattributes;"
		      "echo pixel >p.png; rm b.md; echo >>a.md");
	repo = git_open(work);
	commit(repo, "filtered", paths);
	assert_sh(work,
	    "git cat-file -p HEAD:p.png; git show --name-status "
	    "--format=%s; git status --porcelain",
	    "PIXEL\nfiltered\n\nM\ta.md\nD\tb.md\nA\tp.png\n"
	    "?? .gitattributes\n");
	/* A file where a directory was. */
	test_sh(work, "mkdir d; echo 1 >d/1; git add d; git commit -qm d;"
		      "rm -r d; echo d >d");
	commit(repo, "kind", (const char *const[]){"d", "d/1", NULL});
	assert_sh(work, "git show --name-status --format=%s",
	    "kind\n\nA\td\nD\td/1\n");
	repo_free(repo);
}

static void
knows_the_author(void **state)
{
	const char *work = git_clone();
	struct repo *repo = git_open(work);
	struct err err;
	char *who = repo_identity(repo, &err);

	(void)state;
	assert_string_equal(who, "Ada Author <ada@example.org>");
	free(who);
	setenv("GIT_AUTHOR_NAME", "Bo", 1);
	who = repo_identity(repo, &err);
	assert_string_equal(who, "Bo <ada@example.org>");
	free(who);
	unsetenv("GIT_AUTHOR_NAME");
	test_sh(work, "git config user.email ''; git config user.name '';"
		      "git config user.useConfigOnly true; echo >>a.md");
	assert_null(repo_identity(repo, &err));
	assert_non_null(strstr(err.msg, "git config --global user.email"));
	commit_fails(repo, "a.md", &err);
	assert_non_null(strstr(err.msg, "git config --global user.email"));
	assert_sh(work, "git status --porcelain", " M a.md\n");
	repo_free(repo);
}

static void
works_in_a_linked_worktree(void **state)
{
	static const char *const paths[] = {"a.md", NULL};
	const char *work = git_clone(), *side;
	struct repo *repo;

	(void)state;
	test_sh(work, "git worktree add -q -b side ../side");
	side = test_path(work, "../side");
	test_sh(side, "echo x >>a.md; echo y >>b.md; git add b.md");
	repo = git_open(side);
	commit(repo, "from the side", paths);
	assert_sh(side, "git status --porcelain; git log -1 --format=%s side",
	    "M  b.md\nfrom the side\n");
	assert_sh(
	    work, "git status --porcelain; git log -1 --format=%s", "first\n");
	repo_free(repo);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(opens_from_below),
	    cmocka_unit_test(says_what_it_cannot_open),
	    cmocka_unit_test(opens_what_libgit2_finds_odd),
	    cmocka_unit_test(tells_where_it_stands),
	    cmocka_unit_test(chooses_the_remote_as_git_does),
	    cmocka_unit_test(lists_changes),
	    cmocka_unit_test(behind_is_not_unpushed),
	    cmocka_unit_test(leaves_sparse_files_out),
	    cmocka_unit_test(reads_what_was),
	    cmocka_unit_test(counts_lines),
	    cmocka_unit_test(keeps_everything_else),
	    cmocka_unit_test(makes_the_first_commit),
	    cmocka_unit_test(refuses_and_changes_nothing),
	    cmocka_unit_test(refuses_in_a_merge),
	    cmocka_unit_test(restores_when_objects_fail),
	    cmocka_unit_test(takes_a_commit_back),
	    cmocka_unit_test(lets_git_commit_where_hooks_are),
	    cmocka_unit_test(lets_git_commit_what_is_filtered),
	    cmocka_unit_test(knows_the_author),
	    cmocka_unit_test(works_in_a_linked_worktree),
	};

	return cmocka_run_group_tests(tests, git_setup, git_teardown);
}
