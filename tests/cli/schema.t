# SPDX-License-Identifier: ISC
# schema: what is inferred, written down, and held to.
. "$TOP/tests/lib.sh"
site=$WORK/site
cp -R "$TOP/examples/site" "$site" && chmod -R u+w "$site"
cd "$site" || exit 1

run "$GALLEY" schema events
like "$status:$out" "0:events: 2 posts*" "a section"
like "$out" "*event_date *text *2 of 2 posts have it: 2 text; in the archetype*" \
	"an event's date is the text that it is"
run "$GALLEY" schema --json posts
like "$status:$out" '0:\[*"key": "title"*"required": true*' "as JSON"
run "$GALLEY" schema nothing
is "$status" 1 "a section that is not there"
like "$err" "*no section with pages; there are: /, events, posts" "and says so"

run "$GALLEY" schema --write
is "$status:$out" "0:galley.yaml: made" "written down"
run "$GALLEY" check
is "$status" 0 "and all pages keep to it" "$out"
cp galley.yaml "$WORK/made"
run "$GALLEY" schema --write
is "$out" "galley.yaml: has all fields already" "once only"
same galley.yaml "$WORK/made" "and is not touched"

# Into what somebody has written, which stays, line by line.
cat >galley.yaml <<'END'
# Ours; ask Ines.
publish.lastmod: false   # Hugo has it from git

fields:
    "posts":             # the long ones
        title: {max: 70} # or the cards break

        # Nobody knows why.
        excerpt: {help: one sentence}
        # The end of the posts.

    "*":
        authors: {help: who wrote it}
# The end.
END
cp galley.yaml "$WORK/ours"
run "$GALLEY" schema --write
like "$status:$out" "0:galley.yaml: * fields added" "written into ours"
is "$(diff "$WORK/ours" galley.yaml | grep -c '^<')" 0 "nothing of ours is changed" \
	"$(diff "$WORK/ours" galley.yaml)"
cp galley.yaml "$WORK/made"
run "$GALLEY" schema --write
is "$out" "galley.yaml: has all fields already" "once only"
same galley.yaml "$WORK/made" "and is not touched"
run "$GALLEY" check
is "$status" 0 "and all pages keep to it" "$out"

printf 'fields:\n  "*":\n    title: {max: 5}\n  posts:\n    lead:\n      required_to_publish: true\n' >galley.yaml
run "$GALLEY" check posts/first-proof
is "$status" 1 "a rule that is not kept"
like "$out" "*:3:1: error: title: at most 5 characters, it has 15 \[field-value\]*" \
	"names the field"
like "$out" "*error: lead: it is needed before publishing \[field-required\]*" \
	"and what is out lacks"

printf 'fields:\n  posts:\n    title:\n      label: x\n      requird: true\n' >galley.yaml
run "$GALLEY" check
is "$status" 3 "settings that are wrong"
like "$err" "galley: galley.yaml:5: fields.posts.title.requird is no setting*" \
	"name the line"
printf 'fields:\n  posts:\n    title: {required: true}\n    cover..image: {required: true}\n' >galley.yaml
run "$GALLEY" check
is "$status" 3 "a path that is none"
like "$err" 'galley: galley.yaml:4: fields.posts."cover..image" is not the path of a field, like title, *' \
	"is named"

# How much a finding weighs.
post=content/en/posts/first-proof/index.md
printf 'fields:\n  "*":\n    title: {max: 5}\nchecks:\n  field-value: info\n' >galley.yaml
run "$GALLEY" check posts/first-proof
is "$status" 0 "a rule that weighs less"
like "$out" "*:3:1: info: title: at most 5 characters*" "is still told"
sed -i 's/info/off/' galley.yaml
run "$GALLEY" check posts/first-proof
is "$status:$out" "0:" "or not at all"
printf 'checks:\n  title: off\n  field-required: error\n  title-quote: error\n' >galley.yaml
sed 's/^title: .*/title: 6 "/' "$post" >"$WORK/odd" && cp "$WORK/odd" "$post"
run "$GALLEY" check posts/first-proof
is "$status" 1 "one that weighs more"
like "$out" "*: error: the title ends with *\[title-quote\]" "is an error"
printf 'checks: {\n  titel: off}\n' >galley.yaml
run "$GALLEY" check
is "$status:$err" "3:galley: galley.yaml:2: checks.titel is no rule; galley(5) lists them" \
	"no such rule"
printf 'checks:\n  url: error\n  title: loud\n' >galley.yaml
run "$GALLEY" check
is "$status:$err" "3:galley: galley.yaml:3: checks.title must be one of: error, warning, info, off" \
	"no such weight"

# What is in maps.
cat >galley.yaml <<'END'
fields:
  posts:
    resources[].src: {required: true, unique: true}
    resources[].width: {type: integer}
    cover.alt: {required: true}
END
sed -i 's/^tags:.*/cover: {image: a.png}\nresources:\n  - {title: x, width: wide}\n  - src: b*/' "$post"
run "$GALLEY" check posts/first-proof
is "$(printf '%s\n' "$out" | grep -c 'field-')" 3 "fields in maps are held to"
line=$(grep -n '^cover' "$post" | sed 's/:.*//')
like "$out" "*:$line:1: error: cover.alt: it is required*" "in a map"
like "$out" "*:$((line + 2)):*: error: resources[[]0[]].src: it is required*" "in a list"
like "$out" "*:$((line + 2)):*: error: resources[[]0[]].width: a whole number*" "a type"

# What the team calls a draft, and Hugo does not.
printf 'fields:\n  posts:\n    state: {type: draft, words: [draft, out]}\n' >galley.yaml
sed -i '/^draft:/d; s/^excerpt:.*/state: draft/' "$post"
run "$GALLEY" check posts/first-proof
like "$out" "*:4:1: warning: Hugo shows this to readers although state says draft; *" \
	"a draft that readers see"
done_testing
