# SPDX-License-Identifier: ISC
# `galley show`: the lines are as long as on the screen, or as asked for.
. "$TOP/tests/lib.sh"
site=$WORK/site
cp -R "$TOP/examples/site" "$site"
cd "$site" && rm -f galley.yaml || exit 1
printf -- '---\ntitle: Long\n---\n' >content/en/long.md
i=0
while [ "$i" -lt 60 ]; do
	printf 'word%s ' "$i" >>content/en/long.md
	i=$((i + 1))
done
longest() {
	"$GALLEY" show "$@" content/en/long.md |
		awk '!/word/ { next } { sub(/ +$/, "") } length > n { n = length } END { print n }'
}
# The words are 6 bytes and a blank; 2 columns stand before the text.
between() { # LOW HIGH NAME COMMAND...
	low=$1 high=$2 name=$3
	shift 3
	n=$(longest "$@")
	[ "$n" -ge "$low" ] && [ "$n" -le "$high" ]
	ok $? "$name" "the longest line has $n columns"
}
between 72 78 "as preview.measure is by itself"
printf 'preview:\n  measure: 50\n' >galley.yaml
between 46 52 "as preview.measure says"
between 34 40 "narrower, if that is asked for" --width 40
between 114 120 "wider, too" --width 120
echo 'preview: {measure: many}' >galley.yaml
between 72 78 "settings that are wrong do not hide the post"
run "$GALLEY" show --width 9 content/en/long.md
is "$status" 2 "too narrow"
run "$GALLEY" show content/en/none.md
is "$status" 3 "not there"
like "$err" "galley: *none.md*" "is said"

# The card.
rm galley.yaml
cat >content/en/card.md <<'M'
---
title: "A card with a title that has a few more characters than it should"
date: 2026-03-04
tags: [one]
images: [none.png]
---
First [words](x) of *it*.

<!--more-->

And the rest.
M
run "$GALLEY" show --summary --width 44 content/en/card.md
is "$out" "  ┌──────────────────────────────────────┐
  │ cover none.png  missing              │
  │                                      │
  │ A card with a title that has a few   │
  │ more characters than it should       │
  │ 4 March 2026 · tags one · 7 words    │
  │ 1 min                                │
  │                                      │
  │ First words of it.                   │
  │ Read more                            │
  └──────────────────────────────────────┘

  the summary up to <!--more-->: 4 of 7
  words
  a title of 65 characters; results of
  searches show about 60
  no description
  the cover picture is missing" "the card"
run "$GALLEY" show --summary --json content/en/card.md
is "$out" '{
  "title": "A card with a title that has a few more characters than it should",
  "date": "2026-03-04",
  "cover": "none.png",
  "description": "",
  "excerpt": "",
  "summary": "First words of it.",
  "kind": "manual",
  "truncated": true,
  "words": 7,
  "fuzzyWords": 100,
  "minutes": 1
}' "what it is made from"
is "$("$GALLEY" show --summary --color always content/en/card.md |
	sed "s/$(printf '\033')\[[0-9;]*m//g; s/ *\$//")" \
	"$("$GALLEY" show --summary content/en/card.md)" "the card in colours"
run "$GALLEY" show --json content/en/card.md
is "$status:$err" "2:galley: --json: only with --summary; see 'galley help show'" "JSON of the page"

# Several, and standard input.
cd "$WORK" && mkdir plain && cd plain || exit 1
printf -- '---\ntitle: One\n---\nFirst.\n' >a.md
printf 'Second, without front matter.\n' >b.md
printf -- '---\ntitle: [\n---\n' >bad.md
run "$GALLEY" show --width 40 a.md
one=$out
like "$out" '*One*First.*' "one file"
case $out in
*'==>'*) ok 1 "has no line above it" "$out" ;;
*) ok 0 "has no line above it" ;;
esac
run "$GALLEY" show --width 40 b.md
two=$out
run "$GALLEY" show --width 40 a.md b.md
is "$status" 0 "two files"
is "$out" "==> a.md <==
$one

==> b.md <==
$two" "each under its name"
run "$GALLEY" show --width 40 a.md bad.md none.md b.md
is "$status" 3 "one that cannot be read"
is "$out" "==> a.md <==
$one

==> b.md <==
$two" "does not stop the others"
like "$err" "galley: bad.md:*
galley: none.md: *" "each is said"
run "$GALLEY" show --width 40 - <a.md
is "$out" "$one" "standard input is like a file"
run "$GALLEY" show --width 40 a.md - <b.md
like "$out" "==> a.md <==*==> standard input <==*Second, without*" "beside others"
run "$GALLEY" show - <bad.md
is "$status" 3 "broken front matter there"
like "$err" "galley: standard input:*" "is said"
printf -- '---\ntitle: T\n---\n{{< param title >}} :smile:\n' >page
run "$GALLEY" -C "$site" show - <page
like "$out" '*T*' "settings of the site around"
run "$GALLEY" show .
is "$status" 3 "a directory without a page"
i=0
while [ "$i" -lt 20000 ]; do
	echo "line $i"
	echo
	i=$((i + 1))
done >long.md
{
	"$GALLEY" show long.md 2>"$WORK/pipe.err"
	echo $? >"$WORK/pipe.status"
} | head -n 1 >/dev/null
is "$(cat "$WORK/pipe.err" "$WORK/pipe.status")" 141 "a closed pipe is no news"

# Colours: nothing here is a terminal.
esc=$(printf '\033')
colors() { # WANT NAME ENVIRONMENT-AND-OPTIONS...
	want=$1 name=$2
	shift 2
	got=no
	case $(env -u NO_COLOR -u CLICOLOR -u CLICOLOR_FORCE TERM=xterm "$@") in
	*"$esc["*) got=yes ;;
	esac
	is "$got" "$want" "$name"
}
colors no "no colours for a file" "$GALLEY" show a.md
colors yes "but with always" "$GALLEY" show --color always a.md
colors yes "and CLICOLOR_FORCE" CLICOLOR_FORCE=1 "$GALLEY" show a.md
colors no "CLICOLOR_FORCE=0 is none" CLICOLOR_FORCE=0 "$GALLEY" show a.md
colors no "NO_COLOR goes first" NO_COLOR=1 CLICOLOR_FORCE=1 "$GALLEY" show a.md
colors no "never, too" CLICOLOR_FORCE=1 "$GALLEY" show --color never a.md
colors yes "what is asked for goes before all" NO_COLOR=1 \
	"$GALLEY" show --color always a.md
run "$GALLEY" show --color maybe a.md
is "$status" 2 "no such word"

# Links.
printf '[web](https://example.org/x) [in](../y/ "t") [bad](javascript:x)\n' >l.md
run "$GALLEY" show --color never --links always l.md
# The end of such a sequence as "@", its start as "^".
plain_links() {
	printf '%s\n' "$out" | sed -e "s/$esc\\\\/@/g" -e "s/$esc\]8;/^/g"
}
like "$(plain_links)" "*^id=1;https://example.org/x@web^;@ in bad" \
	"links that can be opened"
run env FORCE_HYPERLINK=1 "$GALLEY" show l.md
case $out in
*"$esc"*) ok 1 "none in a file" "$out" ;;
*) ok 0 "none in a file" ;;
esac
printf -- '---\ntitle: L\n---\n[in](../y/)\n' >"$site/content/en/blog-l.md"
run "$GALLEY" show --links always "$site/content/en/blog-l.md"
base=$(sed -n 's/^baseURL *[:=] *"\{0,1\}\([^"]*\)"\{0,1\}$/\1/p' "$site"/hugo.* | head -1)
like "$(plain_links)" "*^id=1;${base%/}/y/@in^;@" "within the site, to the published page"

# The lines are those of the preview.
cd "$site" && rm -f galley.yaml || exit 1
page="content/en/events/Paper Fair/index.md"
cat >"$WORK/keys" <<'K'
size 80x60
type /Paper Fair
Enter
Enter
snapshot page
K
"$GALLEY" --script "$WORK/keys" | sed -n 's/^|\(.*\)|$/\1/p' |
	sed -e 's/ *$//' -e '1,2d' -e '$d' | sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' \
	>"$WORK/preview"
"$GALLEY" show "$page" | sed 's/ *$//' | head -n 57 |
	sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' >"$WORK/shown"
like "$(cat "$WORK/shown")" "*Paper Fair*" "a page"
same "$WORK/shown" "$WORK/preview" "the lines of the preview"

done_testing
