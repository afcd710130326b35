# Publishing against a bare repository with hooks, from the command line.
. tests/lib.sh

site=$WORK/site
site_with_remote "$site" examples/site
bare=$site.git
cd "$site" || exit 1
post=$(grep -rl '^draft: true' content | head -1)
hook() { # NAME SCRIPT
	printf '#!/bin/sh\n%s\n' "$2" >"$bare/hooks/$1"
	chmod +x "$bare/hooks/$1"
}

hook pre-receive 'printf "closed \033[31mtoday\033[0m\n"; exit 1'
before=$(cksum "$post")
run "$GALLEY" publish --atomic "$post"
is "$status" 4 "a refused push is status 4"
like "$err" '*closed today*not pushed: origin refused main: pre-receive hook declined; the commit was taken back' \
	"the remote's words and the reason are said"
is "$(cksum "$post"; git status --porcelain; git log --oneline | wc -l)" \
	"$before
1" "atomic: all is as it was"

run "$GALLEY" publish "$post"
is "$status" 4 "refused again"
like "$err" "*committed *; not pushed: origin refused main: *; sync tries again" \
	"the commit is kept, and that is said"
is "$(git rev-list --count origin/main..main)" 1 "it waits"

rm "$bare/hooks/pre-receive"
hook post-receive 'echo "building the site"'
git clone -q "$bare" "$WORK/other"
(cd "$WORK/other" && echo more >>README && git add README &&
	git commit -q -m theirs && git push -q) 2>/dev/null
run "$GALLEY" sync
is "$status" 0 "sync brings it out"
like "$out$err" "*brought in 1 commit from origin main, pushed 1 commit to origin main*" \
	"it says what it did"
like "$out$err" "*building the site*" "the remote's hook ran"
is "$(git -C "$bare" show "main:$post" | grep '^draft')" "draft: false" \
	"the post is out"
is "$(git diff -U0 HEAD~1 | sed -n 's/^\([-+][a-z]*\):.*/\1/p' | sort | tr '\n' ' ')" \
	"+draft +lastmod -draft -lastmod " "only what was meant is changed"

run "$GALLEY" publish "$post"
is "$status" 1 "nothing to publish is status 1"

echo x >>"$post"
git checkout -q --detach
run "$GALLEY" publish "$post"
is "$status" 4 "not from a detached HEAD"
git checkout -q main
touch .git/index.lock
run "$GALLEY" publish "$post"
is "$status" 4 "not while another git works"
like "$err" "*remove */.git/index.lock" "the lock is named"
rm .git/index.lock
git config user.useConfigOnly true
git config user.name ""
run "$GALLEY" publish "$post"
is "$status" 4 "not without an author"
like "$err" "*git config --global user.name*" "what to do is said"
git config --remove-section user
run "$GALLEY" unpublish "$post"
is "$status" 0 "unpublish"
is "$(git -C "$bare" show "main:$post" | grep '^draft')" "draft: true" \
	"the post is a draft again"
git remote remove origin
run "$GALLEY" publish "$post"
is "$status" 4 "not without a remote"
like "$err" "*no remote: git remote add origin URL" "what to do is said"
is "$(git status --porcelain)" "" "and nothing is written"

done_testing
