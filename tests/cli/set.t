# SPDX-License-Identifier: ISC
# set: what a typed value means, several files, --dry-run; get by path.
. "$TOP/tests/lib.sh"
cd "$WORK" || exit 1

# fresh: a post with a field of each kind.
fresh() {
	cat >post.md <<'E'
---
title: "One: two"
plain: words here
empty: ""
nothing:
draft: true
weight: 10
ratio: 0.5
date: 2026-03-02T09:30:00+08:00
lastmod: "2026-03-02"
event_date: "2021/12/18 13:00 - 17:00"
tags: ["a", "b"]   # short
none: []
years: [2020, 2021]
---
Body.
E
	cp post.md before.md
}

# gives ASSIGNMENT LINE: the one line that comes of it.
gives() {
	fresh
	run "$GALLEY" set post.md "$1"
	is "$status:$(diff before.md post.md | sed -n 's/^> //p')" "0:$2" \
		"set '$1'"
}

# refuses STATUS ASSIGNMENT MESSAGE
refuses() {
	fresh
	run "$GALLEY" set post.md "$2"
	is "$status:$err" "$1:galley: post.md: $3" "refuse '$2'"
	same post.md before.md "and leave the file alone"
}

gives title=2024 'title: "2024"'
gives title=true 'title: "true"'
gives title=2024-01-01 'title: "2024-01-01"'
gives 'title="quoted"' 'title: "quoted"'
gives title= 'title: ""'
gives plain=2024 'plain: "2024"'
gives plain=null 'plain: "null"'
gives 'plain=C# and #1' 'plain: "C# and #1"'
gives TITLE=x 'title: "x"'
gives 'title=a=b+=c' 'title: "a=b+=c"'
gives empty=7 'empty: "7"'
gives nothing=7 'nothing: 7'
gives 'nothing=[x]' 'nothing: ["x"]'
gives new=true 'new: true'
gives draft=no 'draft: false'
gives weight=20 'weight: 20'
gives weight=1.5 'weight: 1.5'
gives weight= 'weight:'
gives ratio=2 'ratio: 2'
gives date=2030-01-02T03:04:05+08:00 'date: 2030-01-02T03:04:05+08:00'
gives date=2030-01-02 'date: 2030-01-02T09:30:00+08:00'
gives date=now 'date: 2026-11-25T20:00:00+08:00'
gives lastmod=2030-01-02 'lastmod: "2030-01-02"'
gives event_date=2030-01-02 'event_date: "2030-01-02"'
gives publishDate=2030-01-02 'publishDate: 2030-01-02'
gives publishDate=tomorrow 'publishDate: 2026-11-26T12:00:00Z'
gives 'tags=[2024, x]' 'tags: ["2024", "x"]   # short'
gives tags= 'tags: []   # short'
gives 'none=[1]' 'none: [1]'
gives 'years=[2022]' 'years: [2022]'

refuses 1 tags=go 'tags is a list: tags=[go] sets it, tags+=go adds to it; or use --type text'
refuses 1 tags=null "tags is a list: tags= empties it, and 'galley unset' removes it; or use --type yaml"
refuses 1 'title=[a]' 'title is text, and [a] is a list: put it in quotes, or use --type list'
refuses 1 draft=maybe "draft is true or false, and 'maybe' is neither; or use --type text"
refuses 1 draft=1 "draft is true or false, and '1' is neither; or use --type number"
refuses 1 weight=heavy "weight is a number, and 'heavy' is none; or use --type text"
refuses 1 date=soon "date is a date, and 'soon' is none; or use --type text"
refuses 1 title+=x 'title is no list; title=[...] --type list makes it one'
refuses 1 title-=x "title is no list: 'galley unset' removes the field"

# as TYPE ASSIGNMENT LINE
as() {
	fresh
	run "$GALLEY" set --type "$1" post.md "$2"
	is "$status:$(diff before.md post.md | sed -n 's/^> //p')" "0:$3" \
		"set --type $1 '$2'"
}
as text tags=go 'tags: go   # short'
as text weight=7 'weight: "7"'
as text draft=true 'draft: "true"'
as number title=7 'title: 7'
as number 'title="7"' 'title: 7'
as boolean title=no 'title: false'
as date plain=2030-01-02 'plain: 2030-01-02'
as list title=x 'title: ["x"]'
as yaml title=7 'title: 7'
as yaml title=null 'title: null'
run "$GALLEY" set --type nope post.md title=x
is "$status" 2 "no such type"
run "$GALLEY" set --type number post.md title=x
is "$status:$err" "2:galley: post.md: title: 'x' is no number; see 'galley help set'" \
	"--type of what is not"

# Nothing, in each format; it is never added to a list.
printf '+++\ntitle = "T"\ntags = ["a"]\ndraft = true\n+++\n' >post.toml.md
printf '{\n  "title": "T",\n  "tags": ["a"],\n  "draft": true\n}\n' >post.json.md
printf -- '---\ntitle: "T"\ntags: ["a"]\ndraft: true\n---\n' >post.yaml.md
# empties FORMAT ASSIGNMENT LINES
empties() {
	cp "post.$1.md" post.md
	run "$GALLEY" set post.md "$2"
	is "$status:$(diff "post.$1.md" post.md | sed -n 's/^> //p')" \
		"0:$3" "$1: set '$2'"
}
empties yaml title= 'title: ""'
empties toml title= 'title = ""'
empties json title= '  "title": "",'
empties yaml tags= 'tags: []'
empties toml tags= 'tags = []'
empties json tags= '  "tags": [],'
empties yaml draft= 'draft:'
empties json draft= '  "draft": null'
empties yaml new= 'new:'
empties json new= '  "draft": true,
  "new": null'
empties toml new= 'new = ""'
empties toml params.new= '
[params]
new = ""'
for format in yaml toml json; do
	empties $format tags+= ''
	empties $format tags-= ''
	empties $format more+= ''
done
empties yaml tags+=null 'tags: ["a", "null"]'
empties toml tags+=null 'tags = ["a", "null"]'
empties json 'tags=[a, null]' '  "tags": ["a", "null"],'
# no_null ASSIGNMENT LINE: what TOML cannot have
no_null() {
	cp post.toml.md post.md
	run "$GALLEY" set post.md "$1"
	is "$status:$err" \
		"1:galley: post.md:$2: TOML has no null: give it a value (\"\" is empty text), or remove the field" \
		"toml: set '$1'"
	same post.md post.toml.md "and leave the file alone"
}
no_null draft= 4
no_null draft=null 4
no_null 'new=[1, null]' 2
no_null new=null 2

# Several files and several fields: all or none.
fresh
printf -- '---\ntitle: other\nweight: 1\n---\n' >other.md
cp other.md other.before
run "$GALLEY" set post.md other.md weight=3 title=T
is "$status:$out" "0:post.md:2: -title: \"One: two\"
post.md:2: +title: \"T\"
post.md:7: -weight: 10
post.md:7: +weight: 3
other.md:2: -title: other
other.md:3: -weight: 1
other.md:2: +title: T
other.md:3: +weight: 3" "two files, two fields"
cp before.md post.md
cp other.before other.md
run "$GALLEY" set post.md other.md title=T ratio=maybe
is "$status" 1 "one file refuses a field"
same post.md before.md "none of it in the first"
same other.md other.before "nor in the other"
run "$GALLEY" set post.md missing.md title=T
is "$status" 3 "a file that is not there"
same post.md before.md "nothing is written"
run "$GALLEY" set post.md title=T other.md
is "$status:$err" "2:galley: 'other.md' is not FIELD=VALUE, such as draft=false; see 'galley help set'" \
	"a file behind the fields"
mkdir -p d && cp before.md d/a=b.md
run "$GALLEY" set post.md d/a=b.md title=T
is "$status:$(grep '^title: "T"' post.md d/a=b.md)" '0:post.md:title: "T"
d/a=b.md:title: "T"' "a path with an equals sign"

# What would be done.
fresh
run "$GALLEY" set --dry-run post.md title=T weight=
is "$status:$out" '0:--- a/post.md
+++ b/post.md
@@ -1,10 +1,10 @@
 ---
-title: "One: two"
+title: "T"
 plain: words here
 empty: ""
 nothing:
 draft: true
-weight: 10
+weight:
 ratio: 0.5
 date: 2026-03-02T09:30:00+08:00
 lastmod: "2026-03-02"' "a dry run is a unified diff"
same post.md before.md "and writes nothing"
"$GALLEY" set -n post.md title=T >p.diff
"$GALLEY" set post.md title=T >/dev/null
cp post.md want.md
cp before.md post.md
git apply p.diff
same post.md want.md "that git applies"
run "$GALLEY" set -n post.md title=T
is "$status:$out" "0:" "nothing to do prints nothing"
run "$GALLEY" unset -n post.md title plain
is "$status:$(printf '%s\n' "$out" | grep -c '^-[a-z]')" "0:2" "unset --dry-run"

# Nested, and lists.
cat >before.md <<'E'
---
title: x
tags:
  - a # one
  - b
  - c
params:
  author:
    name: Ada
menu: {main: [{weight: 1}]}
---
E
# edits LINES COMMAND...: which lines go and come.
edits() {
	want=$1
	shift
	cp before.md post.md
	run "$GALLEY" "$@"
	is "$status:$(diff before.md post.md | grep '^[<>]')" "0:$want" "$*"
}
edits '>   - d' set post.md tags+=d
edits '' set post.md tags+=a
edits '>   - q' set post.md 'tags+=[a, q]'
edits '<   - b' set post.md tags-=b
edits '' set post.md tags-=nothing
edits '<     name: Ada
>     name: "2024"' set post.md Params.Author.name=2024
edits '>   new:
>     deep: 1' set post.md params.new.deep=1
edits '< menu: {main: [{weight: 1}]}
> menu: {main: [{weight: 5}]}' set post.md 'menu.main[0].weight=5'
edits '<   - a # one
>   - "1" # one' set post.md 'tags[0]=1'
edits '<   - b' unset post.md 'tags[1]'
edits '<   author:
>   writer:' rename post.md params.author writer
edits '>   - c
<   - c' move post.md 'tags[2]' 0
run "$GALLEY" move post.md 'tags[2]' 3
is "$status:$err" "2:galley: post.md: '3' is no place in it, from 0 to 2; see 'galley help move'" \
	"a place that is not there"
run "$GALLEY" rename post.md title tags
is "$status" 2 "a key that is taken"
run "$GALLEY" rename post.md nope x
is "$status:$err" "1:galley: post.md: no field nope" "nothing to rename"
is "$("$GALLEY" get before.md params.author.name)" Ada "get a nested field"

fresh
is "$("$GALLEY" get post.md 'tags[1]')" b "get by path"
is "$("$GALLEY" get --json post.md 'Tags')" '["a","b"]' "whatever the capitals"
run "$GALLEY" get post.md 'tags[2]'
is "$status" 1 "get of an item that is not there"
done_testing
