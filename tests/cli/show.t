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

done_testing
