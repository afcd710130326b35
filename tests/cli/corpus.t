# SPDX-License-Identifier: ISC
# The draft flag on every page of the reference site: one line, nothing else.
. "$TOP/tests/lib.sh"
need_corpus wamr.dev
cp -R "$CORPUS/wamr.dev" "$WORK/site" && chmod -R u+w "$WORK/site"
cd "$WORK/site" || exit 1

# lines FILE: how many lines differ from the original.
lines() {
	diff "$CORPUS/wamr.dev/$1" "$1" | grep -c '^[<>]'
}
find content -name '*.md' | sort >"$WORK/pages"
n=$(wc -l <"$WORK/pages")
[ "$n" -ge 29 ]
ok $? "all pages are there"
while IFS= read -r page; do
	was=$("$GALLEY" get "$page" draft)
	"$GALLEY" get "$page" | grep -v '^  "draft"' >"$WORK/rest"
	if [ "$was" = true ]; then other=false; else other=true; fi
	run "$GALLEY" set "$page" draft=$other
	r=$status:$(lines "$page")
	[ "$r" = 0:2 ] && [ "$("$GALLEY" get "$page" draft)" = $other ] &&
		"$GALLEY" get "$page" | grep -v '^  "draft"' |
		cmp -s - "$WORK/rest"
	ok $? "$page: one line to $other" "$r" "$err"
	"$GALLEY" set "$page" draft="$was" >/dev/null
	same "$page" "$CORPUS/wamr.dev/$page" "$page: and every byte back"
done <"$WORK/pages"
git init -q . && git add -A && git commit -qm all
"$GALLEY" undraft $(sed 's/ /?/g' "$WORK/pages") >/dev/null
is "$(git diff --numstat | tr '\t' ' ')" "1 1 content/en/contact/index.md" \
	"draft=false everywhere changes the one draft"
done_testing
