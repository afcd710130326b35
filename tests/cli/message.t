# SPDX-License-Identifier: ISC
# The message of the commit: template, what is different, trailers, editor.
. "$TOP/tests/lib.sh"

mkdir -p "$WORK/from/content/posts/one" "$WORK/from/content/posts/two"
cat >"$WORK/from/hugo.toml" <<'T'
baseURL = "https://blog.example/"
T
cat >"$WORK/from/content/posts/one/index.md" <<'T'
---
title: "One"
date: 2026-01-02
weight: 3
tags: [wasm, press]
authors: [Ada]
draft: true
params:
  mood: calm
---
First line.
Second line.
T
printf -- '---\ntitle: Two\ndate: 2026-01-03\n---\nText.\n' \
	>"$WORK/from/content/posts/two/index.md"
echo old >"$WORK/from/content/posts/one/a.png"
site=$WORK/site
site_with_remote "$site" "$WORK/from"
cd "$site" || exit 1
one=content/posts/one/index.md
two=content/posts/two/index.md

body() { git log -1 --format=%b | sed 's/[[:space:]]*$//' | sed '/^$/d'; }

"$GALLEY" set $one 'title=One: more' weight=4 >/dev/null
"$GALLEY" set $one tags+=proof tags-=press params.mood=loud authors='[Ada, Bo]' >/dev/null
sed -i 's/^Second line.$/Another line.\nAnd one more./' $one
echo new >content/posts/one/b.png
rm content/posts/one/a.png
run "$GALLEY" publish --dry-run $one
like "$out" "*message  publish: One: more*
 *title: One → One: more; *" "the plan shows subject and body"
run "$GALLEY" publish $one
is "$status" 0 "published"
is "$(git log -1 --format=%s)" "publish: One: more" "the subject"
is "$(body)" "title: One → One: more; weight: 3 → 4; + tag proof; − tag press;
  + authors Bo; draft: true → false; params.mood: calm → loud;
  body +2 −1
− a.png; + b.png" "what is different"

echo "Two more." >>$two
"$GALLEY" set $two summary='Short' >/dev/null
run "$GALLEY" publish --signoff --reviewed-by 'Ada <ada@example.org>' \
	--reviewed-by "Bo" $two
is "$status" 0 "published with trailers"
is "$(git log -1 --format='%(trailers)' | sed '/^$/d')" \
	"Reviewed-by: Ada <ada@example.org>
Reviewed-by: Bo
Signed-off-by: $(git var GIT_COMMITTER_IDENT | sed 's/>.*/>/')" "git reads the trailers"
is "$(git log -1 --format=%b | head -1)" "+ summary: Short; body +1" \
	"after the body"

echo "More." >>$two
run "$GALLEY" publish -s -m "mine

Acked-by: Cy" $two
is "$(git log -1 --format=%B | sed '/^$/d')" "mine
Acked-by: Cy
Signed-off-by: $(git var GIT_COMMITTER_IDENT | sed 's/>.*/>/')" \
	"-m has no body of ours, trailers join those that are there"
is "$(git log -1 --format=%B | grep -c '^$')" 2 "in one block"

mkdir -p content/posts/three
printf -- '---\ntitle: Three\ntags: [a, b]\ndate: 2026-01-03\n---\nOne.\nTwo.\n' \
	>content/posts/three/index.md
echo "Last." >>$two
run "$GALLEY" publish content/posts/three/index.md $two
is "$(git log -1 --format=%s)" "publish: Three and 1 more" "several posts"
is "$(body)" "posts/three: new; + tags a, b; body +2
posts/two: body +1" "each one by its name"

mkdir -p content/notes
git mv -k content/posts/three content/notes/three
run "$GALLEY" publish content/notes/three/index.md
is "$(body)" "moved from posts/three" "a post that was moved"

cat >galley.yaml <<'T'
publish:
  message: |
    {section}/{slug}: {action} on {branch}

    {summary}
    See {url} {unknown}
  signoff: true
T
echo "Again." >>$two
run "$GALLEY" publish $two
is "$(git log -1 --format=%B | sed '/^$/d')" "posts/two: update on main
body +1
See https://blog.example/posts/two/ {unknown}
Signed-off-by: $(git var GIT_COMMITTER_IDENT | sed 's/>.*/>/')" \
	"a template of several lines, and what is no word of it"

printf 'publish:\n  summary: false\n' >galley.yaml
echo "Once more." >>$two
run "$GALLEY" publish $two
is "$(git log -1 --format=%B | sed '/^$/d')" "update: Two" "no body when not wanted"

cat >"$WORK/ed" <<'S'
#!/bin/sh
printf '%s' "${1##*/}" >"$(dirname "$0")/name"
cp "$1" "$(dirname "$0")/shown"
[ -n "${SAY-}" ] && printf "$SAY" >"$1"
exit "${RC:-0}"
S
chmod +x "$WORK/ed"
echo "By hand." >>$two
head=$(git rev-parse HEAD)
run env EDITOR="$WORK/ed" SAY='\n \n' "$GALLEY" publish --edit $two
is "$status:$(git rev-parse HEAD)" "1:$head" "an empty message: nothing happens"
like "$err" "*the message is empty*" "and that is said"
run env EDITOR="$WORK/ed" SAY='never' RC=3 "$GALLEY" publish --edit $two
is "$status:$(git rev-parse HEAD)" "1:$head" "an editor that fails: nothing happens"
run env EDITOR="$WORK/ed" SAY='by hand\n\nwhy\n' "$GALLEY" publish -e $two
is "$status:$(git log -1 --format=%B)" "0:by hand

why" "edited"
is "$(cat "$WORK/name"):$(cat "$WORK/shown")" "COMMIT_EDITMSG:update: Two" \
	"the editor had the proposed one"
is "$(find "${TMPDIR:-/tmp}" -maxdepth 1 -name 'galley-*' -newer "$WORK/ed" \
	2>/dev/null | while read -r d; do [ -e "$d/COMMIT_EDITMSG" ] && echo "$d"; done)" \
	"" "no file is left"
is "$(git fsck 2>&1 | grep -v '^notice')" "" "the repository is whole"
done_testing
