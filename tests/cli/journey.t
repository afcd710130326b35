# SPDX-License-Identifier: ISC
# From a draft to readers, through the command line: on the example site, on
# the reference site, and on a site of one page.
. "$TOP/tests/lib.sh"

# journey NAME SITE POST: POST becomes a draft in the remote first.
journey() {
	name=$1 site=$2 post=$3
	cd "$site" || exit 1
	cat >"$site.git/hooks/post-receive" <<H
#!/bin/sh
while read -r old new ref; do echo "deployed \$ref"; done
touch '$site.deployed'
H
	chmod +x "$site.git/hooks/post-receive"
	"$GALLEY" draft "$post" >/dev/null
	git commit -qam "as a draft" && git push -q 2>/dev/null
	rm -f "$site.deployed"
	echo "not to be touched" >staged.txt
	git add staged.txt
	staged=$(git status --porcelain)

	run "$GALLEY" list --drafts --format paths
	like "$out" "*$post*" "$name: listed as a draft"
	run "$GALLEY" show --width 80 "$post"
	is "$status" 0 "$name: previewed"
	run "$GALLEY" set "$post" 'title=A new title: 新' 'tags=[proof, wasm]'
	is "$status" 0 "$name: title and tags set"
	run "$GALLEY" publish --dry-run "$post"
	like "$out" "*draft: true -> false*" "$name: the plan"
	is "$(git rev-parse HEAD)" "$(git rev-parse origin/main)" \
		"$name: a dry run commits nothing"
	run "$GALLEY" publish "$post"
	is "$status" 0 "$name: published"
	like "$err" "*remote: deployed refs/heads/main*" "$name: the hook's words"
	[ -e "$site.deployed" ]
	ok $? "$name: the remote's hook ran"
	is "$(git --git-dir="$site.git" rev-parse main)" \
		"$(git rev-parse HEAD)" "$name: the commit is in the remote"
	is "$(git diff --name-only HEAD~1 HEAD)" "$post" \
		"$name: nothing else in the commit"
	changed=$(git diff -U0 HEAD~1 HEAD -- "$post" | grep '^+[^+]' |
		sed 's/:.*//' | sort | tr '\n' ' ')
	case $changed in
	"+draft +lastmod +tags +title " | "+draft +tags +title ") r=0 ;;
	*) r=1 ;;
	esac
	ok $r "$name: only the lines that were meant" "$changed" "$(git diff HEAD~1 -- "$post")"
	is "$(git diff --numstat HEAD~1 HEAD -- "$post" | cut -f1)" \
		"$(git diff --numstat HEAD~1 HEAD -- "$post" | cut -f2)" \
		"$name: no line more or less"
	is "$(git status --porcelain)" "$staged" "$name: what was staged still is"
	run "$GALLEY" list --published --format paths
	like "$out" "*$post*" "$name: listed as published"
	run "$GALLEY" publish "$post"
	is "$status" 1 "$name: nothing left to publish"
	run "$GALLEY" unpublish -m "take it back" "$post"
	is "$status:$(git log -1 --format=%s)" "0:take it back" \
		"$name: and taken back"
	is "$("$GALLEY" get "$post" draft)" "true" "$name: a draft again"
}

site_with_remote "$WORK/example" "$TOP/examples/site"
journey example "$WORK/example" content/en/posts/first-proof/index.md

if [ -d "$CORPUS/wamr.dev" ]; then
	site_with_remote "$WORK/wamr" "$CORPUS/wamr.dev"
	journey reference "$WORK/wamr" \
		"content/en/events/WebAssembly Open Day/index.md"
	mkdir -p "$WORK/one.from/content/events/open-day"
	cp "$CORPUS/seed.md" "$WORK/one.from/content/events/open-day/index.md"
	echo 'baseURL = "https://example.org/"' >"$WORK/one.from/hugo.toml"
	site_with_remote "$WORK/one" "$WORK/one.from"
	journey "one page" "$WORK/one" content/events/open-day/index.md
else
	skip "reference site" "no corpus"
	skip "one page" "no corpus"
fi

# lastmod without an offset is read in the site's zone, so it is written in it.
mkdir -p "$WORK/zone.from/content/posts"
printf 'timeZone = "Asia/Tokyo"\n' >"$WORK/zone.from/hugo.toml"
printf -- '---\ntitle: x\nlastmod: 2026-01-02 10:00:00\ndraft: true\n---\n' \
	>"$WORK/zone.from/content/posts/x.md"
site_with_remote "$WORK/zone" "$WORK/zone.from"
cd "$WORK/zone" || exit 1
run "$GALLEY" publish content/posts/x.md
is "$status:$("$GALLEY" get content/posts/x.md lastmod)" \
	"0:2026-11-25 21:00:00" "lastmod in the site's zone"
is "$(git log -1 --format=%s)" "publish: x" "a draft that goes out is published"
done_testing
