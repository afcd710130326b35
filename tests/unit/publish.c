/* SPDX-License-Identifier: ISC */
#include "../git.h"

#include <unistd.h>

#include "err.h"
#include "publish.h"
#include "work.h"

static const char *const status =
    "git status --porcelain=v2 -uall; git diff; git diff --cached;"
    "git rev-parse HEAD; git ls-files -s; find . -path ./.git -prune -o "
    "-type f -exec cksum {} +";

/* One site in one repository, and what a publication of it says. */
struct desk {
	char *dir; /* the work tree */
	struct site *site;
	struct repo *repo;
	struct plan *plan;
	struct plan_options options;
	struct publish_result result;
	struct repo_net net;
	struct buf said;
	struct err err;
};

/* below: where the site is in the work tree, "" or "web". */
static void
desk_make(struct desk *d, const char *below)
{
	const char *top = test_dir();
	char *site = xasprintf("%s/work%s%s", top, *below ? "/" : "", below);
	char *mkdir = xasprintf("mkdir -p '%s'", site);

	*d = (struct desk){.dir = xasprintf("%s/work", top)};
	test_sh(top, mkdir);
	free(mkdir);
	test_write(site, "hugo.toml",
	    "baseURL = 'https://blog.example/'\n[permalinks]\n"
	    "posts = '/p/:slug/'\n");
	test_write(site, "content/posts/one/index.md",
	    "---\ntitle: \"One\"\nslug: uno\ndraft: true # soon\n"
	    "date: 2026-01-02\nlastmod: 2026-01-02\n---\nText\n");
	test_write(site, "content/posts/one/pic.png", "old picture\n");
	test_write(site, "content/posts/one/gone.txt", "gone\n");
	test_write(site, "content/posts/two.md",
	    "---\ntitle: Two\ndraft: true\ndate: 2026-01-02\n---\n");
	test_write(site, "content/posts/out.md",
	    "---\ntitle: Out\ndate: 2026-01-02\n---\n");
	test_write(site, "other.txt", "1\n2\n3\n");
	test_sh(top, "git init -q --bare -b main remote.git; git init -q -b "
		     "main work; cd work; git add -A; git commit -q -m first;"
		     "git remote add origin ../remote.git;"
		     "git push -q -u origin main");
	free(site);
}

static void
desk_open(struct desk *d, const char *below)
{
	char *root = xasprintf("%s%s%s", d->dir, *below ? "/" : "", below);
	struct site_config *config;

	if (!(config = site_config_load(root, &d->err)) ||
	    !(d->site = site_scan(config, 1795608000, NULL, &d->err)))
		fail_msg("%s", d->err.msg);
	d->repo = git_open(root);
	d->net.line = collect_line;
	d->net.ctx = &d->said;
	free(root);
}

static void
desk_set(struct desk *d)
{
	desk_make(d, "");
	desk_open(d, "");
}

static void
desk_clear(struct desk *d)
{
	plan_free(d->plan);
	publish_result_dispose(&d->result);
	repo_free(d->repo);
	site_free(d->site);
	buf_dispose(&d->said);
	free(d->dir);
}

static void
plan(struct desk *d, const char *a, const char *b)
{
	const char *posts[] = {a, b};

	plan_free(d->plan);
	d->plan = publish_plan(
	    d->site, d->repo, posts, b ? 2 : 1, &d->options, &d->err);
	if (!d->plan)
		fail_msg("%s", d->err.msg);
}

static int
run(struct desk *d)
{
	publish_result_dispose(&d->result);
	buf_clear(&d->said);
	return publish_run(
	    d->site, d->repo, d->plan, &d->net, &d->result, &d->err);
}

static void
good(struct desk *d)
{
	if (run(d) == -1)
		fail_msg("%s", d->err.msg);
}

static void
bad(struct desk *d, enum err_code code, const char *want)
{
	assert_int_equal(run(d), -1);
	if (!strstr(d->err.msg, want))
		fail_msg("\"%s\" is not in \"%s\"", want, d->err.msg);
	assert_int_equal(d->err.code, code);
	assert_false(d->result.pushed);
}

/* It fails, and all is as it was. */
static void
bad_and_untouched(struct desk *d, enum err_code code, const char *want)
{
	char *before = sh_out(d->dir, status), *after;

	bad(d, code, want);
	after = sh_out(d->dir, status);
	assert_string_equal(after, before);
	assert_string_equal(d->result.oid, "");
	free(before);
	free(after);
}

static void
plan_is(struct desk *d, const char *want)
{
	struct buf b = {0};

	for (size_t i = 0; i < d->plan->nfields; i++)
		buf_printf(&b, "%s %s: %s -> %s\n", d->plan->fields[i].path,
		    d->plan->fields[i].key, d->plan->fields[i].before,
		    d->plan->fields[i].after);
	for (size_t i = 0; i < d->plan->nfiles; i++)
		buf_printf(&b, "%u %s +%zu -%zu\n", d->plan->files[i].state,
		    d->plan->files[i].path, d->plan->files[i].added,
		    d->plan->files[i].removed);
	buf_printf(&b, "%s\n%s\n", d->plan->message, d->plan->url);
	assert_string_equal(buf_text(&b), want);
	buf_dispose(&b);
}

static const char one[] = "content/posts/one/index.md";
static const char two[] = "content/posts/two.md";

static void
publishes_one_line(void **state)
{
	struct desk d;

	(void)state;
	desk_set(&d);
	write_hook(d.dir, "../remote.git/hooks/post-receive", "echo built\n");
	test_sh(d.dir, "echo 4 >>other.txt; git add other.txt");
	plan(&d, one, NULL);
	plan_is(&d, "content/posts/one/index.md draft: true -> false\n"
		    "2 content/posts/one/index.md +1 -1\n"
		    "publish: One\nhttps://blog.example/p/uno/\n");
	assert_false(plan_empty(d.plan));
	assert_null(d.plan->note);
	good(&d);
	assert_true(d.result.pushed);
	assert_int_equal(d.result.reached, PUBLISH_PUSHED);
	assert_string_equal(buf_text(&d.result.remote), "built\n");
	assert_string_equal(buf_text(&d.said), "built\n");
	assert_sh(d.dir,
	    "git -C ../remote.git log -1 --format=%s main;"
	    "git diff -U0 HEAD~1 HEAD | grep '^[-+]'; git status -sb",
	    "publish: One\n--- a/content/posts/one/index.md\n"
	    "+++ b/content/posts/one/index.md\n-draft: true # soon\n"
	    "+draft: false # soon\n## main...origin/main\nM  other.txt\n");
	plan(&d, one, NULL);
	assert_true(plan_empty(d.plan));
	desk_clear(&d);
}

static void
sets_lastmod_in_its_shape(void **state)
{
	struct desk d;

	(void)state;
	desk_set(&d);
	d.options.set_lastmod = true;
	plan(&d, one, two);
	plan_is(&d,
	    "content/posts/one/index.md draft: true -> false\n"
	    "content/posts/one/index.md lastmod: 2026-01-02 -> 2026-11-25\n"
	    "content/posts/two.md draft: true -> false\n"
	    "2 content/posts/one/index.md +2 -2\n"
	    "2 content/posts/two.md +1 -1\n"
	    "publish: One and 1 more\nhttps://blog.example/p/uno/\n");
	good(&d);
	assert_sh(d.dir, "git show --format= -U0 | grep '^[-+][dl]'",
	    "-draft: true # soon\n+draft: false # soon\n"
	    "-lastmod: 2026-01-02\n+lastmod: 2026-11-25\n"
	    "-draft: true\n+draft: false\n");
	/* Nothing has changed since: no lastmod for its own sake. */
	plan(&d, one, NULL);
	assert_true(plan_empty(d.plan));
	desk_clear(&d);
}

static void
takes_the_bundle_and_named_pictures(void **state)
{
	struct desk d;

	(void)state;
	desk_set(&d);
	test_sh(d.dir,
	    "cd content/posts/one; echo new >pic.png; rm gone.txt;"
	    "mkdir 'a b'; echo 图 >'a b/图 \"1\".txt'; echo no >x.tmp;"
	    "echo '*.tmp' >../../../.gitignore; echo >index.zh.md;"
	    "cd ../../..; mkdir -p static/img assets; echo p >'static/img/a "
	    "b.png'; echo q >static/img/q.png; echo r >static/q.png;"
	    "echo s >assets/s.svg; echo u >content/posts/unrelated.md;"
	    "printf '![x](/img/a%%20b.png) \\nhttps://cdn.example/q.png\\n"
	    "<img src=\"https://blog.example/s.svg\">\\n' "
	    ">>content/posts/one/index.md");
	plan(&d, one, NULL);
	plan_is(&d, "content/posts/one/index.md draft: true -> false\n"
		    "1 assets/s.svg +1 -0\n"
		    "1 content/posts/one/a b/图 \"1\".txt +1 -0\n"
		    "4 content/posts/one/gone.txt +0 -1\n"
		    "2 content/posts/one/index.md +4 -1\n"
		    "2 content/posts/one/pic.png +1 -1\n"
		    "1 static/img/a b.png +1 -0\n"
		    "publish: One\nhttps://blog.example/p/uno/\n");
	good(&d);
	assert_sh(d.dir,
	    "git status --porcelain; git show --format= "
	    "--name-status -z | tr '\\0' ' '",
	    "?? .gitignore\n?? content/posts/one/index.zh.md\n"
	    "?? content/posts/unrelated.md\n?? static/img/q.png\n"
	    "?? static/q.png\n"
	    "A assets/s.svg A content/posts/one/a b/图 \"1\".txt "
	    "D content/posts/one/gone.txt M content/posts/one/index.md "
	    "M content/posts/one/pic.png A static/img/a b.png ");
	desk_clear(&d);
}

static void
takes_a_moved_bundles_old_place(void **state)
{
	struct desk d;

	(void)state;
	desk_make(&d, "");
	test_sh(d.dir, "git rm -q content/posts/out.md;"
		       "mv content/posts/one content/posts/eins;"
		       "rm content/posts/eins/gone.txt");
	desk_open(&d, "");
	plan(&d, "content/posts/eins/index.md", NULL);
	plan_is(&d, "content/posts/eins/index.md draft: true -> false\n"
		    "1 content/posts/eins/index.md +8 -0\n"
		    "1 content/posts/eins/pic.png +1 -0\n"
		    "4 content/posts/one/gone.txt +0 -1\n"
		    "4 content/posts/one/index.md +0 -8\n"
		    "4 content/posts/one/pic.png +0 -1\n"
		    "publish: One\nhttps://blog.example/p/uno/\n");
	good(&d);
	assert_sh(d.dir,
	    "git status --porcelain; git ls-tree -r --name-only "
	    "origin/main content",
	    "D  content/posts/out.md\ncontent/posts/eins/index.md\n"
	    "content/posts/eins/pic.png\ncontent/posts/out.md\n"
	    "content/posts/two.md\n");
	desk_clear(&d);
}

static void
unpublishes(void **state)
{
	struct desk d;

	(void)state;
	desk_set(&d);
	d.options.unpublish = true;
	plan(&d, "content/posts/out.md", NULL);
	plan_is(&d, "content/posts/out.md draft:  -> true\n"
		    "2 content/posts/out.md +1 -0\n"
		    "unpublish: Out\nhttps://blog.example/p/out/\n");
	good(&d);
	assert_sh(d.dir, "git show origin/main:content/posts/out.md",
	    "---\ntitle: Out\ndate: 2026-01-02\ndraft: true\n---\n");
	desk_clear(&d);
}

static void
works_in_a_site_below_the_root(void **state)
{
	struct desk d;

	(void)state;
	desk_make(&d, "web/my site");
	desk_open(&d, "web/my site");
	test_sh(d.dir, "echo x >elsewhere");
	d.options.message = "mine {title}";
	plan(&d, two, NULL);
	plan_is(&d, "content/posts/two.md draft: true -> false\n"
		    "2 web/my site/content/posts/two.md +1 -1\n"
		    "mine {title}\nhttps://blog.example/p/two/\n");
	good(&d);
	assert_sh(d.dir, "git status --porcelain -b; git log -1 --format=%s",
	    "## main...origin/main\n?? elsewhere\nmine {title}\n");
	desk_clear(&d);
}

static void
notes_what_is_scheduled(void **state)
{
	struct desk d;

	(void)state;
	desk_make(&d, "");
	test_write(d.dir, "content/posts/two.md",
	    "---\ntitle: Two\ndraft: true\ndate: 2027-01-02\n---\n");
	test_write(d.dir, "content/posts/out.md",
	    "---\ntitle: Two\nexpiryDate: 2025-01-02\n---\n");
	desk_open(&d, "");
	plan(&d, two, NULL);
	assert_non_null(strstr(d.plan->note, "date is ahead: "));
	plan(&d, "content/posts/out.md", NULL);
	assert_non_null(strstr(d.plan->note, "expiryDate has passed"));
	desk_clear(&d);
}

static void
cannot_plan(struct desk *d, const char *post, const char *want)
{
	assert_null(
	    publish_plan(d->site, d->repo, &post, 1, &d->options, &d->err));
	if (!strstr(d->err.msg, want))
		fail_msg("\"%s\" is not in \"%s\"", want, d->err.msg);
}

static void
refuses_to_plan(void **state)
{
	struct desk d;

	(void)state;
	desk_set(&d);
	cannot_plan(&d, "content/posts/none.md", "content/posts/none.md: ");
	test_write(d.dir, "content/posts/bad.md", "---\ntitle: [\n---\n");
	cannot_plan(&d, "content/posts/bad.md", "content/posts/bad.md:3:1: ");
	test_sh(d.dir, "ln -s two.md content/posts/link.md");
	cannot_plan(&d, "content/posts/link.md", "is a symbolic link");
	test_sh(d.dir, "git config user.name ''; git config user.email '';"
		       "git config user.useConfigOnly true");
	cannot_plan(&d, one, "git config --global user.name");
	test_sh(d.dir, "git config --remove-section user;"
		       "git update-ref refs/keep HEAD; echo a >a; git add a;"
		       "git commit -qm a; git checkout -q -b o HEAD~1;"
		       "echo b >a; git add a; git commit -qm b;"
		       "git merge -q main >/dev/null || :");
	cannot_plan(&d, one, "a merge is in progress");
	test_sh(d.dir, "git merge --abort; git checkout -q --detach");
	cannot_plan(&d, one, "git switch BRANCH");
	desk_clear(&d);
}

static void
does_nothing_unless_all_is_as_planned(void **state)
{
	struct progress progress = {.cancel = true};
	struct desk d;

	(void)state;
	desk_set(&d);
	plan(&d, one, two);
	d.net.progress = &progress;
	bad_and_untouched(&d, ERR_CANCEL, "stopped");
	d.net.progress = NULL;
	test_sh(d.dir, "echo more >>content/posts/two.md");
	bad_and_untouched(&d, ERR_CHANGED, "content/posts/two.md has changed");
	test_sh(d.dir, "echo new >content/posts/one/pic.png");
	plan(&d, one, NULL);
	test_sh(d.dir, "echo newer >content/posts/one/pic.png");
	bad_and_untouched(&d, ERR_CHANGED, "one/pic.png has changed");
	plan(&d, one, NULL);
	test_sh(d.dir, "git checkout -q -b other");
	bad_and_untouched(&d, ERR_CHANGED, "the branch is not main");
	test_sh(d.dir, "git checkout -q main; git remote remove origin");
	plan(&d, one, NULL);
	bad_and_untouched(&d, ERR_GIT, "no remote: git remote add origin URL");
	desk_clear(&d);
}

static void
obeys_the_checks(void **state)
{
	struct desk d;

	(void)state;
	desk_make(&d, "");
	test_write(d.dir, "content/posts/two.md",
	    "---\ntitle: Two\ndraft: true\ndate: 1st of May\n---\n");
	desk_open(&d, "");
	plan(&d, two, NULL);
	assert_int_equal(findings_count(&d.plan->findings, CHECK_ERROR), 1);
	bad_and_untouched(&d, ERR_REFUSED, "[date-unreadable]");
	if (strncmp(d.err.msg, "content/posts/two.md:4:", 23) != 0)
		fail_msg("%s", d.err.msg);
	d.options.ignore_errors = true;
	plan(&d, two, NULL);
	good(&d);
	/* To take a post away is always allowed. */
	d.options = (struct plan_options){.unpublish = true};
	plan(&d, two, NULL);
	good(&d);
	desk_clear(&d);
}

static void
restores_every_byte_before_the_commit(void **state)
{
	struct desk d;

	(void)state;
	desk_set(&d);
	test_sh(d.dir, "echo 4 >>other.txt; git add other.txt;"
		       "echo new >content/posts/one/new.txt");
	plan(&d, one, two);
	test_sh(d.dir, "touch .git/index.lock");
	bad_and_untouched(&d, ERR_GIT, "index.lock");
	test_sh(d.dir, "rm .git/index.lock; mkdir .git/refs/heads/main.lock");
	plan(&d, one, two);
	bad_and_untouched(&d, ERR_GIT, "main");
	test_sh(d.dir, "rmdir .git/refs/heads/main.lock");
	write_hook(d.dir, ".git/hooks/pre-commit",
	    "grep -h draft content/posts/one/index.md; echo typo; exit 1\n");
	plan(&d, one, two);
	bad_and_untouched(&d, ERR_GIT, "git commit: typo");
	assert_string_equal(buf_text(&d.said), "draft: false # soon\ntypo\n");
	/* A hook that formats and refuses: only our field goes back. */
	write_hook(d.dir, ".git/hooks/pre-commit",
	    "echo formatted >>content/posts/two.md; exit 1\n");
	plan(&d, one, two);
	bad(&d, ERR_GIT, "git commit: ");
	assert_sh(d.dir, "cat content/posts/two.md; git diff --name-only",
	    "---\ntitle: Two\ndraft: true\ndate: 2026-01-02\n---\nformatted\n"
	    "content/posts/two.md\n");
	desk_clear(&d);
}

static void
restores_when_objects_fail(void **state)
{
	struct desk d;

	(void)state;
	desk_set(&d);
	test_sh(d.dir, "git gc -q; rm -rf .git/objects/??; i=0;"
		       "while [ $i -lt 256 ]; do "
		       ": >.git/objects/$(printf %02x $i); i=$((i+1)); done");
	plan(&d, one, two);
	bad_and_untouched(&d, ERR_GIT, "");
	desk_clear(&d);
}

static void
keeps_the_commit_when_the_remote_refuses(void **state)
{
	struct desk d;
	char *summary;

	(void)state;
	desk_set(&d);
	write_hook(
	    d.dir, "../remote.git/hooks/pre-receive", "echo closed; exit 1\n");
	plan(&d, one, NULL);
	bad(&d, ERR_GIT,
	    "; not pushed: origin refused main: pre-receive hook declined; "
	    "sync tries again");
	assert_int_equal(strncmp(d.err.msg, "committed ", 10), 0);
	assert_int_equal(strncmp(d.err.msg + 10, d.result.oid, 7), 0);
	assert_string_equal(buf_text(&d.result.remote), "closed\n");
	assert_sh(d.dir, "git status -sb; git log -1 --format=%s",
	    "## main...origin/main [ahead 1]\npublish: One\n");
	/* Now it is a push alone. */
	plan(&d, one, NULL);
	assert_false(plan_empty(d.plan));
	assert_int_equal(d.plan->nfiles, 0);
	bad(&d, ERR_GIT, "not pushed: origin refused main");
	assert_string_equal(d.result.oid, "");
	test_sh(d.dir, "rm ../remote.git/hooks/pre-receive");
	assert_int_equal(publish_sync(d.repo, &d.net, &summary, &d.err), 0);
	assert_string_equal(summary, "pushed 1 commit to origin main");
	free(summary);
	assert_int_equal(publish_sync(d.repo, &d.net, &summary, &d.err), 0);
	assert_string_equal(summary, "up to date with origin main");
	free(summary);
	desk_clear(&d);
}

static void
takes_it_all_back_when_atomic(void **state)
{
	struct desk d;

	(void)state;
	desk_set(&d);
	write_hook(d.dir, "../remote.git/hooks/pre-receive", "exit 1\n");
	test_sh(d.dir, "echo 4 >>other.txt; git add other.txt;"
		       "echo new >content/posts/one/new.txt;"
		       "git -C .. clone -q remote.git other; cd ../other;"
		       "echo 0 >zero; git add zero; git commit -qm zero;"
		       "mv ../remote.git/hooks/pre-receive ..;"
		       "git push -q; mv ../pre-receive ../remote.git/hooks");
	d.options.atomic = true;
	plan(&d, one, two);
	bad_and_untouched(&d, ERR_GIT, "; the commit was taken back");
	desk_clear(&d);
}

static void
stands_on_what_others_pushed(void **state)
{
	struct desk d;
	char *summary, oid[REPO_OID_LEN + 1];

	(void)state;
	desk_set(&d);
	test_sh(d.dir, "git -C .. clone -q remote.git other; cd ../other;"
		       "echo Theirs >>content/posts/one/index.md;"
		       "git commit -qam theirs; git push -q");
	test_sh(d.dir, "echo 4 >>other.txt");
	plan(&d, one, NULL);
	good(&d);
	assert_sh(d.dir,
	    "git log -3 --format=%s origin/main; git status -sb;"
	    "sed -n '4p;$p' content/posts/one/index.md",
	    "publish: One\ntheirs\nfirst\n## main...origin/main\n"
	    " M other.txt\ndraft: false # soon\nTheirs\n");
	assert_int_equal(repo_oid(d.repo, "HEAD", oid, &d.err), 0);
	assert_string_equal(d.result.oid, oid);
	/* Two titles: our commit stays, theirs too. */
	test_sh(d.dir, "cd ../other; git pull -q;"
		       "sed -i 's/^draft: true/draft: false/;s/^title: Two/"
		       "title: Zwei/' content/posts/two.md;"
		       "git commit -qam zwei; git push -q");
	test_sh(
	    d.dir, "sed -i 's/^title: Two/title: Deux/' content/posts/two.md");
	plan(&d, two, NULL);
	bad(&d, ERR_GIT,
	    "; not pushed: conflict with origin/main in content/posts/two.md");
	assert_sh(d.dir, "git status -sb; sed -n 3p content/posts/two.md",
	    "## main...origin/main [ahead 1, behind 1]\n M other.txt\n"
	    "draft: false\n");
	test_sh(d.dir, "git reset -q --keep HEAD~1");
	assert_int_equal(publish_sync(d.repo, &d.net, &summary, &d.err), 0);
	assert_string_equal(summary, "brought in 1 commit from origin main");
	free(summary);
	desk_clear(&d);
}

static void
can_leave_the_push_out(void **state)
{
	struct desk d;

	(void)state;
	desk_set(&d);
	test_sh(d.dir, "git remote remove origin");
	d.options.no_push = true;
	plan(&d, one, NULL);
	good(&d);
	assert_false(d.result.pushed);
	assert_int_equal(d.result.reached, PUBLISH_COMMITTED);
	plan(&d, one, NULL);
	assert_true(plan_empty(d.plan));
	desk_clear(&d);
}

static void
publishes_the_first_commit(void **state)
{
	struct desk d;

	(void)state;
	desk_make(&d, "");
	test_sh(d.dir, "rm -rf .git ../remote.git; git init -q -b main .;"
		       "git init -q --bare -b main ../remote.git;"
		       "git remote add origin ../remote.git");
	desk_open(&d, "");
	plan(&d, two, NULL);
	good(&d);
	assert_sh(d.dir,
	    "git ls-tree -r --name-only origin/main; git status "
	    "-sb | head -1",
	    "content/posts/two.md\n## main...origin/main\n");
	desk_clear(&d);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(publishes_one_line),
	    cmocka_unit_test(sets_lastmod_in_its_shape),
	    cmocka_unit_test(takes_the_bundle_and_named_pictures),
	    cmocka_unit_test(takes_a_moved_bundles_old_place),
	    cmocka_unit_test(unpublishes),
	    cmocka_unit_test(works_in_a_site_below_the_root),
	    cmocka_unit_test(notes_what_is_scheduled),
	    cmocka_unit_test(refuses_to_plan),
	    cmocka_unit_test(does_nothing_unless_all_is_as_planned),
	    cmocka_unit_test(obeys_the_checks),
	    cmocka_unit_test(restores_every_byte_before_the_commit),
	    cmocka_unit_test(restores_when_objects_fail),
	    cmocka_unit_test(keeps_the_commit_when_the_remote_refuses),
	    cmocka_unit_test(takes_it_all_back_when_atomic),
	    cmocka_unit_test(stands_on_what_others_pushed),
	    cmocka_unit_test(can_leave_the_push_out),
	    cmocka_unit_test(publishes_the_first_commit),
	};

	return cmocka_run_group_tests(tests, git_setup, git_teardown);
}
