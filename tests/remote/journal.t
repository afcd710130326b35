# Publishing that is killed or refused: what is left, finished and taken back
# from the command line.
. tests/lib.sh

site=$WORK/site
site_with_remote "$site" examples/site
bare=$site.git
cd "$site" || exit 1
post=content/en/posts/how-a-galley-travels/index.md
first=$(git rev-parse HEAD)
hook() { # NAME SCRIPT
	printf '#!/bin/sh\n%s\n' "$2" >"$1"
	chmod +x "$1"
}
sound() { # NAME
	is "$(git fsck --no-dangling --no-progress 2>&1
		git -C "$bare" fsck --no-dangling --no-progress 2>&1
		find .git -name '*.lock')" "" "$1: both repositories are sound"
}
# The program that runs us, and the one that runs that.
killer='up() { sed "s/.*) . \([0-9]*\) .*/\1/" "/proc/$1/stat"; }
kill -9 $(up $(up $$))'
[ -e /proc/self/stat ] || {
	skip "killed while publishing" "no /proc"
	done_testing
	exit 0
}
before=$(cksum "$post")
echo staged >>README
git add README

hook "$bare/hooks/pre-receive" 'exit 1'
run "$GALLEY" publish "$post"
is "$status" 4 "refused"
run "$GALLEY" status
like "$out" "*! committed *, not pushed: origin refused main: *pre-receive*: galley sync tries again, galley sync --undo takes it back*" \
	"status says what waits"
run "$GALLEY" status --json
like "$out" '*"publication": {*"state": "not pushed",*"commit": "'"$(git rev-parse HEAD)"'"*' \
	"so does its JSON"
run "$GALLEY" sync --undo
is "$status" 0 "taken back"
like "$out" "took back *: $post is as before" "and said"
is "$(cksum "$post"; git rev-parse HEAD; git status --porcelain)" "$before
$first
$(printf 'A  README')" "all is as it was, what is staged too"
run "$GALLEY" sync --undo
is "$status" 1 "there is nothing more to take back"
like "$err" "*nothing to take back*" "and that is said"
sound "undone"

# Killed while the remote decides: nobody knows, so the remote is asked.
hook "$bare/hooks/update" "$killer"
rm "$bare/hooks/pre-receive"
"$GALLEY" publish "$post" >/dev/null 2>&1
run "$GALLEY" status
like "$out" "*! committed *; cut off while pushing: the remote may have it or not: galley sync finishes it*" \
	"killed while pushing"
rm "$bare/hooks/update"
echo y >>content/en/about/index.md
run "$GALLEY" publish content/en/about
is "$status" 4 "nothing else is published before that is settled"
like "$err" "*cut off while pushing*galley sync --undo takes it back" \
	"and that is said"
git checkout -q content/en/about
until [ "$(git -C "$bare" rev-parse main)" = "$(git rev-parse HEAD)" ]; do :; done
run "$GALLEY" sync --undo
is "$status" 1 "what is out is not taken back"
like "$err" "*is out already: galley unpublish" "and that is said"
run "$GALLEY" sync
is "$status" 0 "sync finds that it is out"
run "$GALLEY" status
case $out in *"! "*) ok 1 "nothing is left" "$out" ;; *) ok 0 "nothing is left" ;; esac
sound "sent"

# Killed by a commit hook.
run "$GALLEY" unpublish "$post"
is "$status" 0 "unpublished"
before=$(cksum "$post")
head=$(git rev-parse HEAD)
hook .git/hooks/pre-commit "$killer; exit 1"
"$GALLEY" publish "$post" >/dev/null 2>&1
rm .git/hooks/pre-commit
run "$GALLEY" status
like "$out" "*! publishing $post was cut off before the commit: galley sync finishes it, galley sync --undo takes it back*" \
	"killed before the commit"
cp -R "$site" "$WORK/copy"
run "$GALLEY" sync --undo
is "$status:$out" "0:$post is as before" "undone"
is "$(cksum "$post"; git rev-parse HEAD; git status --porcelain)" "$before
$head
$(printf 'A  README')" "all is as it was"
sound "cut off and undone"
rm -rf "$site"
mv "$WORK/copy" "$site"
cd "$site" || exit 1
run "$GALLEY" sync
is "$status" 0 "finished"
is "$(git -C "$bare" show "main:$post" | grep '^draft')" "draft: false" \
	"it is out"
is "$(git status --porcelain)" "A  README" "only what was staged is left"
is "$(git log -1 --format=%s)" "publish: How a Galley Travels" \
	"with the message that was planned"
sound "cut off and finished"

# What was changed since stays.
hook .git/hooks/pre-commit "$killer; exit 1"
run "$GALLEY" unpublish "$post"
rm .git/hooks/pre-commit
echo "A later line." >>"$post"
run "$GALLEY" sync
is "$status" 3 "not finished with another text"
like "$err" "*$post has changed since publishing was cut off: galley sync --undo*" \
	"and what to do is said"
run "$GALLEY" sync --undo
is "$status" 0 "undone"
is "$(git diff -U0 "$post" | grep '^[-+][^-+]')" "+A later line." \
	"the later edit is kept"
sound "changed since"
git checkout -q "$post"

# Two at once.
hook "$bare/hooks/pre-receive" 'while [ -e '"$WORK"'/wait ]; do :; done'
touch "$WORK/wait"
"$GALLEY" unpublish "$post" >/dev/null 2>&1 &
until grep -qs "^step" .git/galley/publish &&
	[ "$(git rev-parse HEAD)" != "$(git rev-parse origin/main)" ]; do :; done
run "$GALLEY" sync
is "$status" 4 "one at a time"
like "$err" "*another galley (process *) is publishing from here: try again when it is done" \
	"the other one is named"
run "$GALLEY" status
like "$out" "*! another galley (process *) is publishing*" "status too"
rm "$WORK/wait"
wait
is "$(git -C "$bare" show "main:$post" | grep '^draft')" "draft: true" \
	"the first one is not disturbed"

# A broken journal is not guessed at.
echo nonsense >.git/galley/publish
run "$GALLEY" sync
is "$status" 4 "a broken journal"
like "$err" "*.git/galley/publish is broken: look at git status, then remove it" \
	"is named"
rm .git/galley/publish

# Who holds the index.
sleep 300 3<>.git/index.lock &
echo x >>"$post"
run "$GALLEY" publish --no-push "$post"
is "$status" 4 "not while another program has the index"
like "$err" "*sleep (process $!) is at work here and holds */.git/index.lock: try again when it is done" \
	"which is named"
kill $!
wait $! 2>/dev/null
run "$GALLEY" publish --no-push "$post"
like "$err" "*locked, and no git runs here: one was killed; remove */.git/index.lock" \
	"a lock that nobody holds"
is "$(git diff --stat --cached -- "$post")" "" "nothing is staged"
rm .git/index.lock
sound "at the end"
done_testing
