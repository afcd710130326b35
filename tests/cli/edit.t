# SPDX-License-Identifier: ISC
# get, set, unset, draft, undraft: only what was meant changes.
. "$TOP/tests/lib.sh"
site=$WORK/site
cp -R "$TOP/examples/site" "$site" && chmod -R u+w "$site"
cd "$site" || exit 1
post=content/en/posts/first-proof/index.md
cp "$post" "$WORK/before"

run "$GALLEY" get posts/first-proof title
is "$out" "The First Proof" "get prints one field raw"
run "$GALLEY" get --json posts/first-proof tags
is "$out" '["proof","letterpress"]' "get --json prints one field as JSON"
run "$GALLEY" get posts/first-proof nothing
is "$status" 1 "get of a missing field is status 1"
like "$err" "galley: *nothing*" "and says so"
run "$GALLEY" get posts/first-proof
like "$out" '{*"date": "2026-03-02T09:30:00+00:00"*}' "get prints all as JSON"

run "$GALLEY" draft "$post"
is "$status:$out" "0:$post:7: -draft: false
$post:7: +draft: true" "draft prints the changed line"
diff "$WORK/before" "$post" >"$WORK/d"
is "$(cat "$WORK/d")" "7c7
< draft: false
---
> draft: true" "draft changes one line"
run "$GALLEY" draft "$post"
is "$status:$out" "0:" "draft twice changes nothing"
run "$GALLEY" undraft "$post"
same "$post" "$WORK/before" "undraft gives every byte back"

run "$GALLEY" set posts/first-proof title='A "Second" Proof: x' 'tags=[proof, "a, b"]'
is "$status" 0 "set several fields"
is "$("$GALLEY" get --json posts/first-proof title)" '"A \"Second\" Proof: x"' \
	"the value that was meant (YAML plain text)"
is "$("$GALLEY" get --json posts/first-proof tags)" '["proof","a, b"]' "a list"
grep -q '^tags: \["proof", "a, b"\]   # keep these short$' "$post"
ok $? "the list keeps its style and its comment" "$(grep ^tags "$post")"
is "$(diff "$WORK/before" "$post" | grep -c '^[<>]')" 4 "two lines changed"

cp "$WORK/before" "$post"
run "$GALLEY" set posts/first-proof layout=wide
is "$(diff "$WORK/before" "$post")" '11a12
> layout: "wide"' "a new field comes last, in the style of the file"
run "$GALLEY" unset posts/first-proof Layout
same "$post" "$WORK/before" "unset takes it away, whatever its capitals"

run "$GALLEY" set "$post" draft
is "$status" 2 "set without = is wrong use"
like "$err" "*FIELD=VALUE*galley help set*" "and says how"
run "$GALLEY" set "$post" 'tags=[a'
is "$status" 2 "an unbalanced value is wrong use"
same "$post" "$WORK/before" "and changes nothing"

# All or none.
mkdir -p content/en/posts/broken
printf -- '---\ntitle: "x\ndraft: true\n---\n' >content/en/posts/broken/index.md
run "$GALLEY" draft "$post" posts/broken
is "$status" 3 "a broken file stops all"
like "$err" "galley: posts/broken:[0-9]*:[0-9]*: *" "with line and column"
same "$post" "$WORK/before" "the good one is untouched"

cp "$post" "$WORK/before"
run "$GALLEY" draft "$post" posts/first-proof "$post"
is "$status" 0 "a file named twice is one"
is "$(printf '%s\n' "$out" | grep -c '+draft: true')" 1 "and told once"
run "$GALLEY" undraft "$post"

# Beside other text, line endings and marks.
printf '\357\273\277---\r\ntitle : \x27Don\x27\x27t\x27 # why\r\ndraft: true\r\n---\r\nbody' >"$WORK/odd.md"
cp "$WORK/odd.md" "$WORK/odd.want"
run "$GALLEY" -C / set "$WORK/odd.md" draft=false
is "$status" 0 "a file outside of a site"
sed -i 's/draft: true/draft: false/' "$WORK/odd.want"
same "$WORK/odd.md" "$WORK/odd.want" "BOM, CRLF and a missing newline survive"
done_testing
