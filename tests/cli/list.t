# SPDX-License-Identifier: ISC
# list, show, check, new, help on the example site.
. "$TOP/tests/lib.sh"
site=$WORK/site
cp -R "$TOP/examples/site" "$site" && chmod -R u+w "$site"
cd "$site/content/en" || exit 1

run "$GALLEY" list --format paths
is "$status" 0 "list from a directory inside"
is "$(echo "$out" | sort)" "content/en/about/index.md
content/en/events/Paper Fair/index.md
content/en/events/open-press-night/index.md
content/en/posts/first-proof/index.md
content/en/posts/how-a-galley-travels/index.md
content/en/posts/the-smell-of-ink/index.md
content/zh/posts/moveable-type/index.md" "every page, no index pages"
run "$GALLEY" list --drafts --format paths
is "$(echo "$out" | sort)" "content/en/events/Paper Fair/index.md
content/en/posts/how-a-galley-travels/index.md" "drafts"
run "$GALLEY" list --future --format paths "$site"
is "$out" "content/en/posts/the-smell-of-ink/index.md" "scheduled, site by name"
is "$("$GALLEY" list --lang zh --format paths)" \
	content/zh/posts/moveable-type/index.md "by language"
is "$("$GALLEY" list --tag Ink --format paths)" \
	content/en/posts/the-smell-of-ink/index.md "by term, caseless"
is "$("$GALLEY" list --search '活字 letterpress' --format paths)" \
	content/zh/posts/moveable-type/index.md "by words"
is "$("$GALLEY" list --section events --sort title --format paths)" \
	"content/en/events/open-press-night/index.md
content/en/events/Paper Fair/index.md" "by section, sorted by title"
run "$GALLEY" list --format csv --search workshop
is "$out" 'path,slug,title,date,expiryDate,publishDate,draft,permalink
content/en/about/index.md,,About the workshop,2024-02-03T00:00:00Z,0001-01-01T00:00:00Z,2024-02-03T00:00:00Z,false,https://tidewater.example/about/' "csv"
run "$GALLEY" list --format json --drafts
like "$out" '*"state": "draft"*' "json"
run "$GALLEY" list --format xml
is "$status" 2 "an unknown format is wrong use"
run "$GALLEY" list --nonsense
is "$status" 2 "an unknown option is wrong use"
like "$err" "galley: unknown option --nonsense; see 'galley help list'" "and named"
if command -v hugo >/dev/null; then
	run "$GALLEY" list --all --format csv
	is "$out" "$(hugo list all -s "$site" | sed 's/\r$//')" "as hugo list all"
else
	skip "as hugo list all" "no hugo"
fi

run "$GALLEY" show --width 60 posts/moveable-type
is "$status" 0 "show"
like "$out" "*活字：一个字一个字地读*校对的三个步骤*" "text in order"
printf '%s' "$out" | LC_ALL=C grep -q "$(printf '\033')"
is $? 1 "no colours into a pipe"
run "$GALLEY" show --color always posts/first-proof
printf '%s' "$out" | LC_ALL=C grep -q "$(printf '\033')\[0;1"
is $? 0 "colours when they are wanted"
mkdir "$WORK/alone"
printf -- '---\ntitle: Alone\ntags: [x]\n---\n![a](b.png)\n' >"$WORK/alone/a.md"
run "$GALLEY" -C "$WORK/alone" show --width 60 a.md
is "$status:$err" "0:" "a file that is in no site"
like "$out" "*Alone*b.png*missing*" "has Hugo's defaults"
run "$GALLEY" show --width 3 posts/first-proof
is "$status" 2 "a width that is too small"

run "$GALLEY" check
is "$status:$out" "0:" "the example site has no findings"
printf -- '---\ntitle: "a"\ndate: 2026-13-45\n---\n' >posts/bad.md
run "$GALLEY" check posts/bad.md
is "$status" 1 "a finding is status 1"
like "$out" "content/en/posts/bad.md:3:*: *: * \[*\]" "with its place and rule"
run "$GALLEY" check --format json posts/bad.md
like "$out" '*"rule": *' "findings as JSON"
rm posts/bad.md

cd "$site" || exit 1
run "$GALLEY" new --title 'Ink: "Black" & more' posts/ink-black
is "$status:$out" "0:content/en/posts/ink-black/index.md" "new prints the path"
is "$(sed '/^date\|^lastmod/d' content/en/posts/ink-black/index.md)" '---
# One sentence for the cards on the front page goes into excerpt.
title: "Ink: \"Black\" & more"
excerpt: ""
draft: true
images: []
categories: []
tags: []
authors: []
---' "the archetype with its comment and the title"
grep -q '^date: 2026-11-25T12:00:00Z$' content/en/posts/ink-black/index.md
ok $? "the date is now"
run "$GALLEY" new posts/ink-black
is "$status" 3 "an existing post is not overwritten"
run "$GALLEY" new events/spring-open
is "$("$GALLEY" get events/spring-open title)" "Spring Open" "title from the name"
cat >"$WORK/editor" <<'S'
#!/bin/sh
echo "written by the editor" >>"$1"
S
chmod +x "$WORK/editor"
EDITOR=$WORK/editor run "$GALLEY" new --edit posts/edited
tail -1 content/en/posts/edited/index.md | grep -q 'written by the editor'
ok $? "--edit opens the editor"

run "$GALLEY" --version
like "$out" "galley [0-9]*" "--version"
for c in list get set unset draft undraft new show check status publish \
	unpublish sync; do
	run "$GALLEY" help $c
	like "$out" "usage: galley $c*" "help $c"
done
run "$GALLEY" nonsense
is "$status" 2 "an unknown command is wrong use"
run "$GALLEY"
is "$status" 2 "the screens need a terminal"
like "$err" "galley: *terminal*" "and say so"
done_testing
