# SPDX-License-Identifier: ISC
# Bad input: each has one line that says where, what, and the way out.
. "$TOP/tests/lib.sh"
site=$WORK/site
one_line() {
	[ "$(printf '%s\n' "$err" | wc -l)" -eq 1 ]
	ok $? "$1: one line" "$err"
}

run "$GALLEY" -C "$WORK" list
is "$status" 3 "not a site"
like "$err" "galley: *not inside a Hugo site*-C DIR*" "not a site: what to do"
one_line "not a site"

mkdir "$WORK/gone" && cd "$WORK/gone" && rmdir "$WORK/gone"
run "$GALLEY" list
is "$status" 2 "a current directory that is gone"
like "$err" "galley: *No such file*-C*" "a directory that is gone: what to do"
run "$GALLEY" -C "$TOP/examples/site" list
is "$status" 0 "a directory that is gone: another one may be named"
cd "$WORK" || exit 1

cp -R "$TOP/examples/site" "$site" && chmod -R u+w "$site"
cd "$site" || exit 1
post=content/en/posts/first-proof/index.md
run "$GALLEY" status
is "$status" 4 "not a repository"
like "$err" "galley: *git init*" "not a repository: what to do"
one_line "not a repository"
run "$GALLEY" publish "$post"
is "$status" 4 "publish without a repository"

git init -q . && git add -A && git commit -qm first
"$GALLEY" draft "$post" >/dev/null
cp "$post" "$WORK/before"
run "$GALLEY" publish "$post"
is "$status" 4 "no remote"
like "$err" "*git remote add*" "no remote: what to do"
same "$post" "$WORK/before" "no remote: the file is as it was"
is "$(git log --oneline | wc -l)" 1 "no remote: nothing is committed"
run "$GALLEY" publish --no-push "$post"
is "$status" 0 "no remote: --no-push commits"
git reset -q --hard HEAD~1

"$GALLEY" draft "$post" >/dev/null
cp "$post" "$WORK/before"
mv "$HOME/.gitconfig" "$HOME/.gitconfig.off"
run env -u EMAIL "$GALLEY" publish --no-push "$post"
is "$status" 4 "no identity"
like "$err" "*git config*user.name*user.email*" "no identity: what to do"
same "$post" "$WORK/before" "no identity: the file is as it was"
mv "$HOME/.gitconfig.off" "$HOME/.gitconfig"

run "$GALLEY" get posts/none
is "$status" 3 "no such post"
like "$err" "galley: *posts/none*" "no such post: named"
run "$GALLEY" set /etc/passwd draft=true
is "$status" 3 "a path that is no page of the site"

printf -- '---\ntitle: ok\n bad: [x\n---\nbody\n' >content/en/posts/broken.md
run "$GALLEY" get posts/broken.md
is "$status" 3 "broken front matter"
like "$err" "galley: posts/broken.md:[0-9]*:[0-9]*: *" "broken: line and column"
one_line "broken front matter"
run "$GALLEY" list --format json
like "$out" '*"path": "content/en/posts/broken.md"*"error": "*' \
	"broken: still listed, with its error"
run "$GALLEY" check posts/broken.md
is "$status" 1 "broken: a finding"
rm content/en/posts/broken.md

printf -- '---\ntitle: "\\e[2J\\e]0;evil\\a\\u202Eabc"\n---\n\033[31mred\033[0m\233\n' \
	>content/en/posts/evil.md
for args in "list" "show posts/evil.md" "check" "get posts/evil.md" \
	"show --color never posts/evil.md"; do
	# shellcheck disable=SC2086
	"$GALLEY" $args >"$WORK/out" 2>&1
	LC_ALL=C tr -d '\n\t\040-\176\200-\377' <"$WORK/out" >"$WORK/ctl"
	[ ! -s "$WORK/ctl" ]
	ok $? "no control character through '$args'" "$(od -c "$WORK/ctl" | head -3)"
done
rm content/en/posts/evil.md

# Files that cannot be written.
git checkout -q -- .
cp "$post" "$WORK/before"
chmod a-w "$post"
run "$GALLEY" draft "$post"
is "$status" 3 "a read-only file"
like "$err" "galley: *read-only*" "a read-only file: said"
chmod u+w "$post"
same "$post" "$WORK/before" "a read-only file: unchanged"
if [ "$(id -u)" -eq 0 ]; then
	skip "a read-only directory" "root writes everywhere"
else
	chmod a-w "$(dirname "$post")"
	run "$GALLEY" draft "$post"
	chmod u+w "$(dirname "$post")"
	is "$status" 3 "a read-only directory"
	same "$post" "$WORK/before" "a read-only directory: unchanged"
fi
# As on a full disk: no file may grow.
run sh -c 'ulimit -f 0; trap "" XFSZ; exec "$0" draft "$1" 2>/dev/null' "$GALLEY" "$post"
is "$status" 3 "a disk that takes nothing"
same "$post" "$WORK/before" "a disk that takes nothing: the old file stays"
is "$(ls -A "$(dirname "$post")")" "$(printf 'index.md\npress.png')" \
	"a disk that takes nothing: no leftovers"

# A directory in the place of a file, a link that leads out.
ln -s /etc/hostname content/en/posts/out.md
run "$GALLEY" get posts/out.md
is "$status" 3 "a link that leaves the site"
rm content/en/posts/out.md
mkdir content/en/posts/dir.md
run "$GALLEY" list
is "$status" 0 "a directory called dir.md"
done_testing
