# SPDX-License-Identifier: ISC
# new: paths, kinds, images, and that a failure leaves nothing.
. "$TOP/tests/lib.sh"
site=$WORK/site
cp -R "$TOP/examples/site" "$site" && chmod -R u+w "$site"
cd "$site" || exit 1
find content | sort >"$WORK/before"

# nothing NAME: the content is as it was.
nothing() {
	find content | sort >"$WORK/now"
	same "$WORK/now" "$WORK/before" "$1"
}

printf 'png' >"$WORK/Cover 1.png"
printf 'pdf' >"$WORK/paper.pdf"
run "$GALLEY" new -t 'It: "new"' posts/one "$WORK/paper.pdf" "$WORK/Cover 1.png"
is "$status:$out:$err" "0:content/en/posts/one/index.md:" "a bundle with images"
is "$(cat content/en/posts/one/index.md)" '---
# One sentence for the cards on the front page goes into excerpt.
title: "It: \"new\""
excerpt: ""
date: 2026-11-25T12:00:00Z
lastmod: 2026-11-25T12:00:00Z
draft: true
images: ["Cover 1.png"]
categories: []
tags: []
authors: []
---' "comments and order stay, title and cover are set"
same "content/en/posts/one/Cover 1.png" "$WORK/Cover 1.png" "a picture is copied"
same content/en/posts/one/paper.pdf "$WORK/paper.pdf" "and a paper"
rm -r content/en/posts/one

cover() {
	printf -- "---\ntitle: x\n$1\n---\n" >archetypes/cover.md
	run "$GALLEY" new -k cover posts/c "$WORK/Cover 1.png"
	is "$(sed -n '3,$p' content/en/posts/c/index.md)" "$(printf -- "$2\n---")" \
		"a cover in $1"
	rm -r content/en/posts/c
}
cover 'image: ""' 'image: "Cover 1.png"'
cover 'featured_image:' 'featured_image: Cover 1.png'
cover 'image: kept.png' 'image: kept.png'
cover 'weight: 1' 'weight: 1'

# What cannot be.
refused() {
	status_wanted=$1 message=$2
	shift 2
	run "$GALLEY" new "$@"
	case $status:$err in
	"$status_wanted:galley: "*"$message"*) ok 0 "refuse $*" ;;
	*) ok 1 "refuse $*" "got: $status:$err" ;;
	esac
	nothing "nothing is left of it"
}
mkdir "$WORK/other" && cp "$WORK/paper.pdf" "$WORK/other"
refused 3 "two files of that name, content/en/posts/x/paper.pdf; rename one" \
	posts/x "$WORK/paper.pdf" "$WORK/other/paper.pdf"
refused 3 "other: not a regular file" posts/x "$WORK/other"
refused 3 "none.png: no such file" posts/x "$WORK/none.png"
refused 3 "/dev/zero: not a regular file" posts/x /dev/zero
refused 3 "a page, not an image" posts/x content/en/_index.md
refused 2 "give a path without md" posts/x.md "$WORK/paper.pdf"
refused 3 "is there already; choose another name" posts/first-proof
refused 3 "there is a post of that name already" posts/first-proof.md
refused 2 "names that begin with '.'" posts/.x
refused 2 "no language of the site has that directory" content/xx/posts/x
refused 2 "give a path below the content directory" ../x
refused 2 "give a path below the content directory" /x
refused 2 "an argument is missing"
# A directory that cannot be written to ends it half-way.
if [ "$(id -u)" -ne 0 ]; then
	mkdir content/en/shut && chmod 555 content/en/shut
	find content | sort >"$WORK/before"
	refused 3 "Permission denied" shut/x "$WORK/paper.pdf"
	rmdir content/en/shut
	find content | sort >"$WORK/before"
fi
echo '{{ truncate 3 "a" }}' >archetypes/bad.md
mkdir "$WORK/bin"
PATH=/usr/bin:/bin
for there in no yes; do
	if [ $there = yes ]; then
		printf '#!/bin/sh\n' >"$WORK/bin/hugo" && chmod +x "$WORK/bin/hugo"
		want=": hugo new content/en/posts/x/index.md --kind bad"
	elif command -v hugo >/dev/null; then
		continue
	else
		want=
	fi
	PATH=$WORK/bin:$PATH run "$GALLEY" new -k bad posts/x
	is "$status:$err" "3:galley: archetypes/bad.md:1:4: the function truncate is not known here; use 'hugo new', or take it out of the archetype$want" \
		"a function that is not known, hugo there: $there"
	nothing "nothing is left of it"
done

# Where one stands.
at() {
	run "$GALLEY" -C "$1" new "$2"
	is "$status:$(find content -newer "$WORK/mark" -name '*.md')" "0:$3" "$2 in $1"
	rm "$3"
	rmdir -p "$(dirname "$3")" 2>/dev/null
}
touch -d 2001-01-01 "$WORK/mark"
find . -name '*.md' -exec touch -d 2000-01-01 {} +
at . posts/x content/en/posts/x/index.md
at content/en/posts x content/en/posts/x/index.md
at content/en/posts posts/x content/en/posts/x/index.md
at content/en/posts content/zh/posts/x.md content/zh/posts/x.md
at content/zh posts/x content/zh/posts/x/index.md
at archetypes posts/x content/en/posts/x/index.md
at . "$site/content/zh/posts/y" content/zh/posts/y/index.md

# TOML and JSON.
printf '+++\ntitle = "{{ .Name }}" # kept\ndate = {{ .Date }}\nimage = ""\n+++\n' \
	>archetypes/posts.md
run "$GALLEY" new -t 'T "q"' posts/toml "$WORK/Cover 1.png"
is "$(cat content/en/posts/toml/index.md)" '+++
title = "T \"q\"" # kept
date = 2026-11-25T12:00:00Z
image = "Cover 1.png"
+++' "a TOML archetype"
printf '{\n  "title": "{{ .Name }}",\n  "draft": true\n}\n' >archetypes/posts.md
run "$GALLEY" new posts/json
is "$(cat content/en/posts/json/index.md)" '{
  "title": "json",
  "draft": true
}' "a JSON archetype"
printf '{{< hero >}}\nText of {{ .Name }}\n' >archetypes/posts.md
run "$GALLEY" new posts/bare
is "$status:$(cat content/en/posts/bare/index.md)" '0:{{< hero >}}
Text of bare' "a shortcode is no JSON"
run "$GALLEY" new -t 'T: "q"' posts/titled
is "$(cat content/en/posts/titled/index.md)" '---
title: "T: \"q\""
---
{{< hero >}}
Text of titled' "front matter goes above it"
run "$GALLEY" set posts/bare draft=true
is "$status:$err" '3:galley: posts/bare:1:1: Hugo takes a first "{" for front matter, and this is a shortcode: put front matter above it' \
	"and has to, for Hugo"

# Defaults of galley.yaml.
cat >galley.yaml <<'END'
fields:
  "*":
    authors: {default: [Ines Duarte]}
  posts:
    title: {default: "Never taken"}
    excerpt: {default: "In a word"}
    categories: {default: [craft]}
    level: {type: choice, allowed: [beginner, expert], default: beginner}
    hall: {default: A, depends: {fair: true}}
    seats: {default: 3, depends: talk}
    fair: {default: true}
    cover.credit: {default: Ada}
    resources[].name: {default: x}
END
cat >archetypes/posts.md <<'END'
---
title: "{{ .Name }}" # ours
excerpt: ""
date: {{ .Date }}
categories: [news]
tags: []
---
END
run "$GALLEY" new -t 'Mine' posts/filled
is "$status:$err" "0:" "a post with defaults"
is "$(cat "$out")" '---
title: "Mine" # ours
excerpt: "In a word"
date: 2026-11-25T12:00:00Z
categories: [news]
tags: []
authors: [Ines Duarte]
level: "beginner"
hall: "A"
fair: true
cover:
  credit: "Ada"
---' "what the archetype says goes before, what it leaves empty is filled"
rm "$out"
# A default that says draft is one for Hugo, too.
printf 'fields:\n  posts:\n    state: {type: draft, words: [draft, out], default: draft}\n' >galley.yaml
run "$GALLEY" new -t 'Mine' posts/filled
is "$(sed -n '2p;/state/p;/draft: /p' "$out")" 'title: "Mine" # ours
draft: true
state: "draft"' "a draft by default"
run "$GALLEY" schema --json posts
like "$out" '*"key": "state"*"default": "draft"*' "and told"
rm -r content/en/posts/filled
printf 'fields:\n  posts:\n    title.part: {default: x}\n' >galley.yaml
run "$GALLEY" new -t 'Mine' posts/filled
is "$status" 3 "a default that cannot be"
like "$err" "*the default of title.part in galley.yaml: *" "is named"
rm galley.yaml
done_testing
